//! Which kinds of octets there are in a card at all, so that the lines of a usual one need not be
//! searched for the others.

use crate::syntax::wide;

/// What kinds of octets occur in a card.
#[derive(Clone, Copy)]
pub(super) struct Octets {
    /// C0 control characters other than tab, CR and LF, and DEL.
    pub control: bool,
    pub non_ascii: bool,
    pub backslash: bool,
    /// Whether all is UTF-8, taken without unfolding.
    pub utf8: bool,
}

impl Octets {
    pub fn of(bytes: &[u8]) -> Self {
        let (non_ascii, control) = non_ascii_and_control(bytes);
        Octets {
            control,
            non_ascii,
            backslash: memchr::memchr(b'\\', bytes).is_some(),
            utf8: !non_ascii || simdutf8::basic::from_utf8(bytes).is_ok(),
        }
    }
}

/// Whether there are octets beyond ASCII, and control characters. In one pass, since a search for each
/// looks at every octet of nearly all cards; in lanes that each keep the worst of their octets, which
/// takes fewer instructions than to tell of each whether it is one.
#[inline(always)]
fn non_ascii_and_control(bytes: &[u8]) -> (bool, bool) {
    let Some(last) = bytes.last_chunk::<LANES>() else {
        return (!bytes.is_ascii(), wide::any(bytes, is_control));
    };
    let (mut union, mut highest, mut deletes) = ([0; LANES], [0; LANES], [0; LANES]);
    let mut look = |chunk: &[u8; LANES]| {
        let lanes = union.iter_mut().zip(&mut highest).zip(&mut deletes);
        for (((union, highest), deletes), byte) in lanes.zip(chunk) {
            *union |= *byte;
            *highest = rank(*byte).max(*highest);
            *deletes |= u8::from(*byte == DELETE).wrapping_neg();
        }
    };
    // What it has in common with the chunk before is looked at twice.
    look(last);
    for chunk in bytes.as_chunks().0 {
        look(chunk);
    }
    let highest = highest.into_iter().fold(0, u8::max);
    let any = |lanes: &[u8; LANES]| lanes.iter().fold(0, |all, lane| all | lane);
    let control = (highest >= rank(0)) | (any(&deletes) != 0);
    (any(&union) >= 0x80, control)
}

/// Two vectors of the least that every processor has.
const LANES: usize = 32;

const DELETE: u8 = 0x7F;

/// Higher of C0 control characters than of all other octets; lowest of tab, CR and LF. By a subtraction
/// that saturates, which stays one where a choice is made into several.
#[inline(always)]
fn rank(byte: u8) -> u8 {
    let is_layout = (byte | 4 == b'\r') | (byte == b'\n');
    let all_if_layout = u8::from(is_layout).wrapping_neg();
    byte.wrapping_sub(b' ').saturating_sub(all_if_layout)
}

/// C0 control characters other than tab, CR and LF, and DEL. In few vector instructions: tab and CR are told
/// by one comparison, since they differ in one bit.
#[inline(always)]
pub(super) fn is_control(byte: u8) -> bool {
    (byte < 0x20) & (byte | 4 != b'\r') & (byte != b'\n') | (byte == DELETE)
}

/// Whether octets begin with these letters, in any letter case.
pub(super) fn begins_with(bytes: &[u8], letters: &str) -> bool {
    bytes
        .get(..letters.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(letters.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use proptest::prelude::*;

    /// Each octet at each place, in texts of less than a vector, of one and of more.
    #[test]
    fn ok_the_look_at_all_finds_each_octet() {
        for length in [1, LANES - 1, LANES, 2 * LANES + 7] {
            let mut bytes = vec![b'a'; length];
            for at in 0..length {
                for byte in 0..=u8::MAX {
                    bytes[at] = byte;
                    let expected = (!byte.is_ascii(), is_control(byte));
                    assert_eq!(
                        non_ascii_and_control(&bytes),
                        expected,
                        "{byte} {at} {length}"
                    );
                }
                bytes[at] = b'a';
            }
        }
    }

    proptest! {
        #[test]
        fn ok_the_look_at_all_equals_the_look_at_each(
            bytes in prop::collection::vec(prop::sample::select(b"\t\n\r\x0B\x0E\x1F aZ~\x7F\x80\xFF".to_vec()), 0..200)
        ) {
            let control = bytes.iter().any(|byte| is_control(*byte));
            prop_assert_eq!(non_ascii_and_control(&bytes), (!bytes.is_ascii(), control));
        }
    }
}
