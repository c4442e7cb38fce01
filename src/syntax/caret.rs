//! The circumflex escapes of parameter values in vCard 4.0. RFC 6868.

use alloc::borrow::Cow;
use alloc::string::String;

use super::span;

/// `^n` is a line break, `^^` a circumflex, `^'` a double quote; in one pass, so that `^^n` is a
/// circumflex and an n. A circumflex before anything else stays. RFC 6868, 3.2.
pub(super) fn decode_caret(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('^') {
        return text;
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some((before, after)) = rest.split_once('^') {
        decoded.push_str(before);
        let (character, width) = match after.bytes().next() {
            Some(b'n') => ('\n', 1),
            Some(b'^') => ('^', 1),
            Some(b'\'') => ('"', 1),
            _ => ('^', 0),
        };
        decoded.push(character);
        rest = span::text(after, width..);
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Appends a value with `^`, `"` and line breaks encoded. RFC 6868, 3.1.
pub(crate) fn encode_caret(text: &str, out: &mut String) {
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '^' => out.push_str("^^"),
            '"' => out.push_str("^'"),
            '\n' => out.push_str("^n"),
            '\r' => {
                if characters.peek() == Some(&'\n') {
                    characters.next();
                }
                out.push_str("^n");
            }
            character => out.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_decoded_in_one_pass() {
        assert_eq!(decode_caret("a^^nb^nc^'d^x^".into()), "a^nb\nc\"d^x^");
    }

    #[test]
    fn ok_line_breaks_and_quotes_encoded() {
        let mut encoded = String::new();
        encode_caret("a^nb\r\nc\"", &mut encoded);
        assert_eq!(encoded, "a^^nb^nc^'");
    }
}
