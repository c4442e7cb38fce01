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
        let non_ascii = !bytes.is_ascii();
        Octets {
            control: wide::any(bytes, is_control),
            non_ascii,
            backslash: memchr::memchr(b'\\', bytes).is_some(),
            utf8: !non_ascii || simdutf8::basic::from_utf8(bytes).is_ok(),
        }
    }
}

/// C0 control characters other than tab, CR and LF, and DEL.
#[inline(always)]
pub(super) fn is_control(byte: u8) -> bool {
    (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r') | (byte == 0x7F)
}

/// Whether octets begin with these letters, in any letter case.
pub(super) fn begins_with(bytes: &[u8], letters: &str) -> bool {
    bytes
        .get(..letters.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(letters.as_bytes()))
}
