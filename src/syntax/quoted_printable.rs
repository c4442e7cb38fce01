//! Quoted-printable, the encoding of text in vCard 2.1 (2.1.5 and RFC 2045, 6.7).

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::byte_class::{is_white_space, trim_end};
use super::fold::LINE_MAX;
use super::physical::physical_end;
use super::span::{slice, split};

/// The bytes that a value stands for. `value` is as in the input, line breaks and all.
///
/// A soft break (`=` before the line break) is removed; white space after it is text, as MIME
/// has it, unless it stands inside a character. Any other line break is a fold. `=` before anything
/// but two hexadecimal digits stays as it is.
pub(crate) fn decode(value: &[u8]) -> Vec<u8> {
    let joined = join(value);
    let mut decoded = Vec::with_capacity(joined.len());
    decode_line(&joined, &mut decoded);
    decoded
}

/// The value without its line breaks, still encoded.
pub(crate) fn join(value: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr2(b'\r', b'\n', value).is_none() {
        // The soft break of a line that nothing follows.
        let open = trim_end(value).strip_suffix(b"=");
        return Cow::Borrowed(open.unwrap_or(value));
    }
    let mut joined = Vec::with_capacity(value.len());
    let mut start = 0;
    let mut after_soft_break = false;
    while let Some(end) = physical_end(value, start, true) {
        let mut line = slice(value, start..end.content);
        if start > 0 && (!after_soft_break || continues_character(&joined, line)) {
            line = match line.split_first() {
                Some((first, after)) if is_white_space(*first) => after,
                _ => line,
            };
        }
        after_soft_break = false;
        if (end.next > end.content || end.next == value.len())
            && let Some(before) = trim_end(line).strip_suffix(b"=")
        {
            line = before;
            after_soft_break = true;
        }
        joined.extend_from_slice(line);
        if end.next >= value.len() {
            break;
        }
        start = end.next;
    }
    Cow::Owned(joined)
}

/// Whether white space at the beginning of a line parts the octets of one character of UTF-8: some
/// programs put it after a soft break as after a fold.
fn continues_character(before: &[u8], line: &[u8]) -> bool {
    let [first, b'=', high, low, ..] = line else {
        return false;
    };
    if !is_white_space(*first)
        || !matches!(high, b'8'..=b'B' | b'a' | b'b')
        || !low.is_ascii_hexdigit()
    {
        return false;
    }
    // The last octets that are written encoded, at most three of them.
    let mut octets = [0; 3];
    let mut count = 0;
    let mut rest = before;
    while count < octets.len()
        && let [more @ .., b'=', high, low] = rest
        && high.is_ascii_hexdigit()
        && low.is_ascii_hexdigit()
    {
        if let Some(octet) = octets.iter_mut().rev().nth(count) {
            *octet = digit(*high) << 4 | digit(*low);
        }
        count += 1;
        rest = more;
        let Some(tail) = octets.get(octets.len() - count..) else {
            return false;
        };
        match tail.first() {
            Some(0x80..=0xBF) => {}
            Some(0xC2..=0xF4) => {
                let begun = core::str::from_utf8(tail);
                return begun.is_err_and(|error| error.error_len().is_none());
            }
            _ => return false,
        }
    }
    false
}

fn decode_line(mut line: &[u8], decoded: &mut Vec<u8>) {
    while let Some(at) = memchr::memchr(b'=', line) {
        let (before, rest) = split(line, at);
        decoded.extend_from_slice(before);
        match rest {
            [_, high, low, after @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                decoded.push(digit(*high) << 4 | digit(*low));
                line = after;
            }
            [equals, after @ ..] => {
                decoded.push(*equals);
                line = after;
            }
            [] => return,
        }
    }
    decoded.extend_from_slice(line);
}

/// The value of a hexadecimal digit.
fn digit(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => byte - b'0',
        _ => (byte & 0xDF) - b'A' + 10,
    }
}

/// The first `=` that neither two hexadecimal digits nor a line break follow.
pub(crate) fn first_invalid(value: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'=', value).find(|at| {
        let rest = slice(value, at + 1..);
        match rest {
            [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => false,
            _ => {
                let after = rest.iter().find(|byte| !is_white_space(**byte));
                !matches!(after, None | Some(b'\r' | b'\n'))
            }
        }
    })
}

/// Appends `text` encoded, with soft breaks, to the line that `out` ends in; `column` octets of
/// it are there already. Line breaks become `=0D=0A`.
///
/// Where the text is `literal`, what would be an escape is written so that it is none: a backslash
/// before an encoded letter escapes nothing.
pub(crate) fn encode(
    text: &str,
    literal: bool,
    mut column: usize,
    ending: &str,
    out: &mut Vec<u8>,
) {
    let mut bytes = text.bytes().peekable();
    let mut before = 0;
    while let Some(byte) = bytes.next() {
        let escaped = literal && before == b'\\';
        before = byte;
        let mut hex = |byte: u8, out: &mut Vec<u8>| {
            soft_break(3, &mut column, ending, out);
            out.push(b'=');
            out.extend([byte >> 4, byte & 15].map(|digit| match digit {
                0..=9 => b'0' + digit,
                _ => b'A' + digit - 10,
            }));
        };
        match byte {
            b'\n' => {
                hex(b'\r', out);
                hex(b'\n', out);
            }
            b'\r' => {
                bytes.next_if_eq(&b'\n');
                hex(b'\r', out);
                hex(b'\n', out);
            }
            // White space at the end of a line is lost on the way; it never stands there bare.
            b' ' if bytes
                .peek()
                .is_some_and(|next| !matches!(next, b'\r' | b'\n')) =>
            {
                soft_break(1, &mut column, ending, out);
                out.push(b' ');
            }
            b'n' | b'N' | b',' if escaped => hex(byte, out),
            // No colon: a line of the encoded text must not look like END:VCARD.
            b'!'..=b'9' | b';' | b'<' | b'>'..=b'~' => {
                soft_break(1, &mut column, ending, out);
                out.push(byte);
            }
            byte => hex(byte, out),
        }
    }
}

/// Breaks the line if `width` more octets and a `=` would not fit. A line of 2.1 is shorter than the 76
/// characters of RFC 2045. vCard 2.1, 2.1.3.
fn soft_break(width: usize, column: &mut usize, ending: &str, out: &mut Vec<u8>) {
    if *column + width > LINE_MAX - 1 {
        out.push(b'=');
        out.extend_from_slice(ending.as_bytes());
        *column = 0;
    }
    *column += width;
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decoded(value: &str) -> Vec<u8> {
        decode(value.as_bytes())
    }

    #[test]
    fn ok_joins_soft_breaks() {
        assert_eq!(decoded("a=\r\nb= \r\n c=3D"), b"ab c=");
        assert_eq!(decoded("a\r\n b"), b"ab");
        assert_eq!(decoded("a\r\n b=\r\n c"), b"ab c");
        assert_eq!(decoded("open="), b"open");
    }

    #[test]
    fn ok_white_space_inside_a_character_belongs_to_the_fold() {
        for value in ["=D0=\r\n =B0", "=D0\r\n =B0", "=d0=\n\t=b0", "=D0=\r\n=B0"] {
            assert_eq!(decoded(value), "\u{430}".as_bytes(), "{value:?}");
        }
        for value in ["=E2=82=\r\n =AC", "=E2=\r\n =82=\r\n =AC"] {
            assert_eq!(decoded(value), "\u{20AC}".as_bytes(), "{value:?}");
        }
        // Between characters and words it is text.
        assert_eq!(decoded("=D0=B0=\r\n =D0=B0"), "\u{430} \u{430}".as_bytes());
        assert_eq!(decoded("a=\r\n =B0"), b"a \xB0");
    }

    #[test]
    fn ok_keeps_what_is_no_escape() {
        assert_eq!(decoded("1=2=G1=c3"), b"1=2=G1\xC3");
        assert_eq!(first_invalid(b"=41=\r\n=G1"), Some(6));
        assert_eq!(first_invalid(b"=41= "), None);
    }

    proptest! {
        #[test]
        fn ok_encode_then_decode(text in "[ -~é😀\t\n]{0,300}") {
            let mut encoded = Vec::new();
            encode(&text, true, 30, "\r\n", &mut encoded);
            for line in encoded.split(|byte| *byte == b'\n') {
                prop_assert!(line.len() <= LINE_MAX + 1);
            }
            let decoded = alloc::string::String::from_utf8(decode(&encoded)).unwrap();
            prop_assert_eq!(decoded.replace("\r\n", "\n"), text);
        }
    }
}
