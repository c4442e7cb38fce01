//! A perfect hash from names, in any letter case, to rows; computed at compile time.
//!
//! The first and last eight bytes, folded to one case, and the length, multiplied once. That no
//! two names share a slot is checked when the table is built, so a new name that collides is a
//! compile error and asks for another multiplier.

/// Slots that hold the number of a row, or [`EMPTY`].
pub(super) struct Hash<const SLOTS: usize> {
    multiplier: u64,
    slots: [u8; SLOTS],
}

const EMPTY: u8 = u8::MAX;

/// This bit set, upper and lower case letters are the same; digits and the hyphen have it.
const ONE_CASE: u64 = 0x2020_2020_2020_2020;

const fn ends(name: &[u8]) -> (u64, u64) {
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

impl<const SLOTS: usize> Hash<SLOTS> {
    const fn slot(multiplier: u64, name: &[u8]) -> usize {
        let (first, last) = ends(name);
        let mixed = (first | ONE_CASE) ^ (last | ONE_CASE).rotate_left(23);
        let mixed = mixed
            .wrapping_add(name.len() as u64)
            .wrapping_mul(multiplier);
        (mixed >> (64 - SLOTS.trailing_zeros())) as usize
    }

    /// For `SLOTS` a power of two, and fewer names than that and than 255.
    #[expect(
        clippy::indexing_slicing,
        reason = "only ever evaluated at compile time"
    )]
    pub(super) const fn new(multiplier: u64, names: &[&str]) -> Self {
        let mut slots = [EMPTY; SLOTS];
        let mut row = 0;
        while row < names.len() {
            let slot = Self::slot(multiplier, names[row].as_bytes());
            assert!(
                slots[slot] == EMPTY,
                "two names share a slot: find another multiplier"
            );
            slots[slot] = row as u8;
            row += 1;
        }
        Hash { multiplier, slots }
    }

    /// The only row that can have this name; the caller compares the names.
    pub(super) fn find(&self, name: &[u8]) -> Option<usize> {
        let row = *self.slots.get(Self::slot(self.multiplier, name))?;
        (row != EMPTY).then_some(usize::from(row))
    }
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
