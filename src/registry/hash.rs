//! A perfect hash from names, in any letter case, to rows; computed at compile time.
//!
//! The first and last eight bytes, folded to one case, and the length, multiplied once. That no
//! two names share a slot is checked when the table is built, so a new name that collides is a
//! compile error and asks for another multiplier.

/// Slots that hold the number of a row, or [`EMPTY`].
pub(super) struct Hash<const ROWS: usize, const SLOTS: usize> {
    multiplier: u64,
    slots: [u8; SLOTS],
    keys: [Key; ROWS],
}

/// What a name has to be for its row.
#[derive(Clone, Copy)]
struct Key {
    name: &'static str,
    first: u64,
    last: u64,
    /// The bit in which the two cases of a letter differ, of all octets of both ends that are not
    /// letters: there it has to be set, or the octet is another one.
    set_in_first: u64,
    set_in_last: u64,
    /// Whether a name of this length with these ends is this name: both ends cover it, and only
    /// letters have another case.
    is_whole: bool,
}

impl Key {
    /// Whether a name is this one that has its length and its ends. Apart, so that the search stays short
    /// enough to be inlined.
    #[inline(never)]
    fn is(&self, name: &[u8]) -> bool {
        // Names with a hyphen, as those of vendors.
        if name.len() <= 16 {
            let (first, last) = octets_at_ends(name);
            return first & self.set_in_first == self.set_in_first
                && last & self.set_in_last == self.set_in_last;
        }
        self.name.as_bytes().eq_ignore_ascii_case(name)
    }
}

const EMPTY: u8 = u8::MAX;

/// This bit set, upper and lower case letters are the same; digits and the hyphen have it.
const ONE_CASE: u64 = 0x2020_2020_2020_2020;

/// The first and the last bytes, in one case.
#[inline(always)]
const fn ends(name: &[u8]) -> (u64, u64) {
    let (first, last) = octets_at_ends(name);
    (first | ONE_CASE, last | ONE_CASE)
}

/// The first and the last bytes.
#[inline(always)]
const fn octets_at_ends(name: &[u8]) -> (u64, u64) {
    if let (Some(first), Some(last)) = (name.first_chunk::<8>(), name.last_chunk::<8>()) {
        (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
    } else if let (Some(first), Some(last)) = (name.first_chunk::<4>(), name.last_chunk::<4>()) {
        (
            u32::from_le_bytes(*first) as u64,
            u32::from_le_bytes(*last) as u64,
        )
    } else if let (Some(first), Some(last)) = (name.first_chunk::<2>(), name.last_chunk::<2>()) {
        (
            u16::from_le_bytes(*first) as u64,
            u16::from_le_bytes(*last) as u64,
        )
    } else if let [only] = name {
        (*only as u64, *only as u64)
    } else {
        (0, 0)
    }
}

/// The bit of [`ONE_CASE`] in each octet that is not a letter.
#[expect(
    clippy::indexing_slicing,
    reason = "only ever evaluated at compile time"
)]
const fn not_of_letters(octets: u64) -> u64 {
    let octets = octets.to_le_bytes();
    let mut bits = [0; 8];
    let mut at = 0;
    while at < 8 {
        if !octets[at].is_ascii_alphabetic() {
            bits[at] = octets[at] & 0x20;
        }
        at += 1;
    }
    u64::from_le_bytes(bits)
}

impl<const ROWS: usize, const SLOTS: usize> Hash<ROWS, SLOTS> {
    #[inline(always)]
    const fn slot(multiplier: u64, (first, last): (u64, u64), length: usize) -> usize {
        let mixed = (first ^ last.rotate_left(23))
            .wrapping_add(length as u64)
            .wrapping_mul(multiplier);
        (mixed >> (64 - SLOTS.trailing_zeros())) as usize
    }

    /// For `SLOTS` a power of two, and fewer names than that and than 255.
    #[expect(
        clippy::indexing_slicing,
        reason = "only ever evaluated at compile time"
    )]
    pub(super) const fn new(multiplier: u64, names: &[&'static str; ROWS]) -> Self {
        let mut slots = [EMPTY; SLOTS];
        let mut keys = [Key {
            name: "",
            first: 0,
            last: 0,
            set_in_first: 0,
            set_in_last: 0,
            is_whole: false,
        }; ROWS];
        let mut row = 0;
        while row < ROWS {
            let name = names[row].as_bytes();
            let (first, last) = ends(name);
            let slot = Self::slot(multiplier, (first, last), name.len());
            assert!(
                slots[slot] == EMPTY,
                "two names share a slot: find another multiplier"
            );
            slots[slot] = row as u8;
            let octets = octets_at_ends(name);
            keys[row] = Key {
                name: names[row],
                first,
                last,
                set_in_first: not_of_letters(octets.0),
                set_in_last: not_of_letters(octets.1),
                is_whole: name.len() <= 16 && is_of_letters(name),
            };
            row += 1;
        }
        Hash {
            multiplier,
            slots,
            keys,
        }
    }

    /// The row of this name, in any letter case.
    #[inline(always)]
    pub(super) fn find(&self, name: &[u8]) -> Option<usize> {
        let (first, last) = ends(name);
        let row = *self
            .slots
            .get(Self::slot(self.multiplier, (first, last), name.len()))?;
        let key = self.keys.get(usize::from(row))?;
        let is_it = key.first == first
            && key.last == last
            && key.name.len() == name.len()
            && (key.is_whole || key.is(name));
        is_it.then_some(usize::from(row))
    }
}

#[expect(
    clippy::indexing_slicing,
    reason = "only ever evaluated at compile time"
)]
const fn is_of_letters(name: &[u8]) -> bool {
    let mut at = 0;
    while at < name.len() && name[at].is_ascii_alphabetic() {
        at += 1;
    }
    at == name.len()
}

/// Whether `a` comes before `b`, and is not the same name, whatever their letter case.
#[expect(
    clippy::indexing_slicing,
    reason = "only ever evaluated at compile time"
)]
pub(super) const fn is_before(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() {
        let (x, y) = (a[at].to_ascii_uppercase(), b[at].to_ascii_uppercase());
        if x != y {
            return x < y;
        }
        at += 1;
    }
    a.len() < b.len()
}

/// Whether `ident` is `name` as a Rust constant spells it.
#[expect(
    clippy::indexing_slicing,
    reason = "only ever evaluated at compile time"
)]
pub(super) const fn is_constant_of(ident: &str, name: &str) -> bool {
    let (ident, name) = (ident.as_bytes(), name.as_bytes());
    let mut at = 0;
    while at < ident.len() && at < name.len() {
        let expected = match name[at].to_ascii_uppercase() {
            b'-' => b'_',
            other => other,
        };
        if ident[at] != expected {
            return false;
        }
        at += 1;
    }
    ident.len() == name.len()
}

#[cfg(test)]
mod tests {
    use crate::registry;

    /// A name with one octet changed is another name, or the same in another letter case.
    #[test]
    fn ok_no_other_name_is_taken_for_one() {
        for row in registry::properties() {
            for at in 0..row.name.len() {
                for byte in 0..=u8::MAX {
                    let mut name = row.name.as_bytes().to_vec();
                    name[at] = byte;
                    let mut rows = registry::properties().iter();
                    let slow = rows.find(|row| row.name.as_bytes().eq_ignore_ascii_case(&name));
                    let found = registry::property(&name);
                    assert_eq!(found.map(|row| row.id), slow.map(|row| row.id), "{name:?}");
                }
            }
        }
    }
}
