//! What an octet is: the character classes that the grammars of lines, names and values share.
//!
//! RFC 5234, B.1 (ALPHA, DIGIT, WSP); RFC 6350, 3.3; RFC 4648, 4; RFC 6838, 4.2. A class that only
//! one grammar has stands with that grammar.

/// `WSP = SP / HTAB`. RFC 5234, B.1.
#[inline]
pub(crate) const fn is_white_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// CR or LF. Without a branch, so that a look at many of them can be made of vector instructions.
#[inline]
pub(crate) const fn is_line_break(byte: u8) -> bool {
    (byte == b'\r') | (byte == b'\n')
}

/// `ALPHA / DIGIT / "-"`: what names of properties, parameters and groups are made of, and the
/// words of TYPE, VALUE and KIND. RFC 6350, 3.3, `iana-token`.
#[inline]
pub(crate) const fn is_in_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

/// `iana-token = 1*(ALPHA / DIGIT / "-")`. RFC 6350, 3.3.
#[inline]
pub(crate) fn is_token(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|byte| is_in_token(*byte))
}

/// `x-name = "x-" 1*(ALPHA / DIGIT / "-")`, in any letter case. RFC 6350, 3.3.
#[inline]
pub(crate) fn is_x_name(text: &[u8]) -> bool {
    matches!(text, [b'x' | b'X', b'-', rest @ ..] if is_token(rest))
}

/// What names are made of in cards as they are: a token, and `_`, which producers write.
#[inline]
pub(crate) const fn is_in_name(byte: u8) -> bool {
    is_in_token(byte) || byte == b'_'
}

/// `restricted-name`, the name of a type or a subtype of media. RFC 6838, 4.2.
pub(crate) fn is_media_name(text: &str) -> bool {
    let is_in_it = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
    (1..=127).contains(&text.len()) && text.bytes().all(is_in_it)
}

/// A letter of the alphabet of base64, without the `=` that pads it. RFC 4648, 4.
///
/// Without a branch, so that a look at many of them can be made of vector instructions.
#[inline]
pub(crate) const fn is_base64_digit(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26)
        | (byte.wrapping_sub(b'0') < 10)
        | (byte == b'+')
        | (byte == b'/')
}

/// Without white space at its end.
pub(crate) fn trim_end(mut input: &[u8]) -> &[u8] {
    while let Some((last, before)) = input.split_last() {
        if !is_white_space(*last) {
            break;
        }
        input = before;
    }
    input
}

/// Without white space at either end.
pub(crate) fn trim(mut input: &[u8]) -> &[u8] {
    while let Some((first, after)) = input.split_first() {
        if !is_white_space(*first) {
            break;
        }
        input = after;
    }
    trim_end(input)
}

/// A class of octets as a table, so that a test for membership is one load.
pub(super) struct ByteSet([bool; 256]);

impl ByteSet {
    pub const fn of(members: &[u8]) -> Self {
        let mut table = [false; 256];
        let mut i = 0;
        while i < members.len() {
            #[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
            let member = members[i];
            #[expect(clippy::indexing_slicing, reason = "a byte indexes a table of 256")]
            {
                table[member as usize] = true;
            }
            i += 1;
        }
        ByteSet(table)
    }

    /// What [`is_in_name`] says.
    pub const fn of_names() -> Self {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < table.len() {
            #[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
            {
                table[byte] = is_in_name(byte as u8);
            }
            byte += 1;
        }
        ByteSet(table)
    }

    #[inline(always)]
    pub const fn has(&self, byte: u8) -> bool {
        #[expect(clippy::indexing_slicing, reason = "a byte indexes a table of 256")]
        self.0[byte as usize]
    }
}
