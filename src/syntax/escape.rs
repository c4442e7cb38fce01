//! Backslash escapes of text: the raw text of an unfolded value to the text it means, and back.
//!
//! Covers RFC 6350, 3.4 and 4 (errata 3377), RFC 2426, 4 and section 2.1.3 of vCard 2.1. A value
//! is always [`split`] on its raw text first, and each piece is unescaped once afterwards.
//!
//! What the versions do differently:
//!
//! | | escapes read | written in text | written in a component |
//! |---|---|---|---|
//! | 4.0 | `\\` `\,` `\;` `\n` `\N` | backslash, comma, line break | semicolon too |
//! | 3.0 | these, and `\:` | semicolon too | the same |
//! | 2.1 | `\;` | a semicolon after a backslash | semicolon |
//!
//! `\:` is in no grammar, but `http\://` stands in millions of 3.0 cards. In 2.1 the backslash is
//! a letter like any other unless a semicolon follows, so that `C:\new` stays what it is; a line
//! break needs quoted-printable there, which is not the business of this module.
//!
//! Other control characters than line breaks pass through both ways: whoever writes a line
//! refuses or encodes them.

use alloc::borrow::Cow;
use alloc::string::String;
use core::ops::Range;

use super::span::{self, slice};
use crate::version::Version;

/// What the escape `\x` with this `x` stands for.
const fn meaning(escaped: u8, version: Version) -> Option<char> {
    match (escaped, version) {
        (b';', _) => Some(';'),
        (_, Version::V2_1) => None,
        (b'\\', _) => Some('\\'),
        (b',', _) => Some(','),
        (b'n' | b'N', _) => Some('\n'),
        (b':', Version::V3_0) => Some(':'),
        _ => None,
    }
}

/// The text that the raw text of a value means.
///
/// One pass from left to right, so that `\\n` is a backslash and the letter n. An escape that the
/// version does not have keeps both of its characters, and so does a backslash at the end: no
/// reader can tell what was meant, and dropping it would lose data. Borrows when nothing changes.
///
/// RFC 6350, 3.4; RFC 2426, 4; vCard 2.1, 2.1.3.
///
/// ```
/// use vcardinal::{Version, syntax::escape::unescape};
///
/// assert_eq!(unescape(r"12 High St\, Flat 2\nLeeds", Version::V4_0), "12 High St, Flat 2\nLeeds");
/// assert_eq!(unescape(r"\\n", Version::V4_0), r"\n");
/// assert_eq!(unescape(r"C:\new\; D:\old", Version::V2_1), r"C:\new; D:\old");
/// ```
#[must_use]
pub fn unescape(raw: &str, version: Version) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'\\', raw.as_bytes()) else {
        return Cow::Borrowed(raw);
    };
    let mut text = String::with_capacity(raw.len());
    let mut copied = 0;
    let mut at = first;
    while let Some(&escaped) = raw.as_bytes().get(at + 1) {
        let next = match meaning(escaped, version) {
            Some(character) => {
                text.push_str(span::text(raw, copied..at));
                text.push(character);
                copied = at + 2;
                at + 2
            }
            // In 2.1 the next backslash may be the one before a semicolon.
            None if version == Version::V2_1 => at + 1,
            None => at + 2,
        };
        let rest = slice(raw.as_bytes(), next..);
        match memchr::memchr(b'\\', rest) {
            Some(found) => at = next + found,
            None => break,
        }
    }
    if copied == 0 {
        return Cow::Borrowed(raw);
    }
    text.push_str(span::text(raw, copied..));
    Cow::Owned(text)
}

/// Appends `text` as the raw text of a text value, or of one item of a comma list.
///
/// CR LF, CR and LF each become one `\n`. In 2.1, which has no escape for it, they become CR LF,
/// and the caller has to encode the value; the rest is unchanged, but that a semicolon after a
/// backslash is escaped.
///
/// RFC 6350, 3.4 and 4; RFC 2426, 4.
///
/// ```
/// use vcardinal::{Version, syntax::escape::escape_text};
///
/// let mut line = String::from("NOTE:");
/// escape_text("a; b, c\r\nd", Version::V4_0, &mut line);
/// assert_eq!(line, r"NOTE:a; b\, c\nd");
/// ```
pub fn escape_text(text: &str, version: Version, out: &mut String) {
    escape(text, version, version == Version::V3_0, out);
}

/// Appends `text` as one component of a structured value, or one item of a list in it.
///
/// As [`escape_text`], and a semicolon is always escaped. In 2.1 the semicolon is all that can be
/// escaped, so a component that ends in a backslash cannot be told from one that goes on.
///
/// RFC 6350, 3.4 and 4; RFC 2426, 4; vCard 2.1, 2.1.3.
///
/// ```
/// use vcardinal::{Version, syntax::escape::escape_component};
///
/// let mut line = String::from("ORG:");
/// escape_component("Nut; Bolt, Inc.", Version::V4_0, &mut line);
/// assert_eq!(line, r"ORG:Nut\; Bolt\, Inc.");
/// ```
pub fn escape_component(text: &str, version: Version, out: &mut String) {
    escape(text, version, true, out);
}

fn escape(text: &str, version: Version, semicolon: bool, out: &mut String) {
    let bytes = text.as_bytes();
    let plain_text = version == Version::V2_1;
    out.reserve(text.len());
    let mut copied = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let escaped = match byte {
            b'\\' if !plain_text => r"\\",
            b',' if !plain_text => r"\,",
            // In 2.1 text a semicolon is escaped only where the backslash before it would do that.
            b';' if semicolon || (plain_text && at > 0 && bytes.get(at - 1) == Some(&b'\\')) => {
                r"\;"
            }
            b'\n' | b'\r' if plain_text => "\r\n",
            b'\n' | b'\r' => r"\n",
            _ => continue,
        };
        // The LF of a CR LF was written with its CR.
        if byte != b'\n' || at == 0 || bytes.get(at - 1) != Some(&b'\r') {
            out.push_str(span::text(text, copied..at));
            out.push_str(escaped);
        }
        copied = at + 1;
    }
    out.push_str(span::text(text, copied..));
}

/// The pieces of a raw value between unescaped separators, still escaped; at least one.
///
/// `separator` is `;` for components or `,` for list items. Reads the escapes of 3.0 and 4.0:
/// a backslash takes the character after it along, so `a\\;b` is two pieces. For a value of 2.1
/// use [`split_components`].
///
/// RFC 6350, 3.4.
///
/// ```
/// use vcardinal::syntax::escape::split;
///
/// assert!(split(r"Doe\, Roe;Jane;;", ';').eq([r"Doe\, Roe", "Jane", "", ""]));
/// assert!(split("", ',').eq([""]));
/// ```
pub fn split(raw: &str, separator: char) -> Split<'_> {
    Split {
        rest: Some(raw),
        separator: u8::try_from(separator).ok().filter(u8::is_ascii),
        pairs: true,
    }
}

/// The components of a raw structured value, still escaped; at least one.
///
/// As [`split`] on `;`, except that in 2.1 a backslash is only an escape directly before a
/// semicolon: `a\\;b` is one component there.
///
/// RFC 6350, 3.4; vCard 2.1, 2.1.3.
///
/// ```
/// use vcardinal::{Version, syntax::escape::split_components};
///
/// assert!(split_components(r"a\\;b", Version::V4_0).eq([r"a\\", "b"]));
/// assert!(split_components(r"a\\;b", Version::V2_1).eq([r"a\\;b"]));
/// ```
pub fn split_components(raw: &str, version: Version) -> Split<'_> {
    Split {
        pairs: version != Version::V2_1,
        ..split(raw, ';')
    }
}

/// Iterator of [`split`] and [`split_components`].
#[derive(Debug, Clone)]
pub struct Split<'a> {
    rest: Option<&'a str>,
    separator: Option<u8>,
    /// Whether a backslash takes any character along, or only the separator.
    pairs: bool,
}

impl<'a> Iterator for Split<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest.take()?;
        let mut escaped = false;
        for (at, &byte) in rest.as_bytes().iter().enumerate() {
            if byte == b'\\' {
                escaped = !escaped || !self.pairs;
            } else if Some(byte) == self.separator && !escaped {
                let (piece, after) = rest.split_at_checked(at)?;
                self.rest = after.get(1..);
                return Some(piece);
            } else {
                escaped = false;
            }
        }
        Some(rest)
    }
}

impl core::iter::FusedIterator for Split<'_> {}

/// The bytes of the first escape that the grammar of the version does not have, or of a lone
/// backslash at the end; none in 2.1, where a backslash is an ordinary character.
///
/// `\:` counts as unknown in 3.0, although [`unescape`] reads it.
///
/// RFC 6350, 4 (TEXT-CHAR); RFC 2426, 4 (text-value).
///
/// ```
/// use vcardinal::{Version, syntax::escape::first_unknown_escape};
///
/// assert_eq!(first_unknown_escape(r"a\, b\tc", Version::V4_0), Some(5..7));
/// assert_eq!(first_unknown_escape(r"a\, b\nc", Version::V4_0), None);
/// ```
#[must_use]
pub fn first_unknown_escape(raw: &str, version: Version) -> Option<Range<usize>> {
    if version == Version::V2_1 {
        return None;
    }
    let mut at = 0;
    loop {
        at += memchr::memchr(b'\\', raw.as_bytes().get(at..)?)?;
        match raw.get(at + 1..).and_then(|rest| rest.chars().next()) {
            Some('\\' | ',' | ';' | 'n' | 'N') => at += 2,
            Some(other) => return Some(at..at + 1 + other.len_utf8()),
            None => return Some(at..at + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use alloc::vec;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    use Version::{V2_1, V3_0, V4_0};

    /// The obvious version, character by character.
    fn unescape_reference(raw: &str, version: Version) -> String {
        let mut text = String::new();
        let mut rest = raw;
        while let Some(character) = rest.chars().next() {
            let pairs: &[(&str, &str)] = match version {
                V2_1 => &[("\\;", ";")],
                V3_0 => &[
                    ("\\\\", "\\"),
                    ("\\,", ","),
                    ("\\;", ";"),
                    ("\\n", "\n"),
                    ("\\N", "\n"),
                    ("\\:", ":"),
                ],
                V4_0 => &[
                    ("\\\\", "\\"),
                    ("\\,", ","),
                    ("\\;", ";"),
                    ("\\n", "\n"),
                    ("\\N", "\n"),
                ],
            };
            if let Some((escape, means)) = pairs.iter().find(|pair| rest.starts_with(pair.0)) {
                text.push_str(means);
                rest = &rest[escape.len()..];
            } else {
                text.push(character);
                rest = &rest[character.len_utf8()..];
            }
        }
        text
    }

    fn split_reference(raw: &str, separator: char, version: Version) -> Vec<String> {
        let characters: Vec<char> = raw.chars().collect();
        let mut pieces = vec![String::new()];
        let mut at = 0;
        while at < characters.len() {
            let takes_next = characters[at] == '\\'
                && at + 1 < characters.len()
                && (version != V2_1 || characters[at + 1] == separator);
            if takes_next {
                pieces.last_mut().unwrap().push(characters[at]);
                at += 1;
                pieces.last_mut().unwrap().push(characters[at]);
            } else if characters[at] == separator {
                pieces.push(String::new());
            } else {
                pieces.last_mut().unwrap().push(characters[at]);
            }
            at += 1;
        }
        pieces
    }

    #[test]
    fn known_escapes_of_each_version() {
        for (raw, v2_1, v3_0, v4_0) in [
            ("", "", "", ""),
            ("plain", "plain", "plain", "plain"),
            (r"a\, b", r"a\, b", "a, b", "a, b"),
            (r"a\;b", "a;b", "a;b", "a;b"),
            (r"a\nb\Nc", r"a\nb\Nc", "a\nb\nc", "a\nb\nc"),
            (r"\\n", r"\\n", r"\n", r"\n"),
            (r"a\\;b", r"a\;b", r"a\;b", r"a\;b"),
            (r"http\://e", r"http\://e", "http://e", r"http\://e"),
            (r"C:\temp", r"C:\temp", r"C:\temp", r"C:\temp"),
            (r"\é", r"\é", r"\é", r"\é"),
            (r"end\", r"end\", r"end\", r"end\"),
            (r"\t\,", r"\t\,", r"\t,", r"\t,"),
            (r"\x\\\,", r"\x\\\,", r"\x\,", r"\x\,"),
        ] {
            assert_eq!(unescape(raw, V2_1), v2_1, "{raw}");
            assert_eq!(unescape(raw, V3_0), v3_0, "{raw}");
            assert_eq!(unescape(raw, V4_0), v4_0, "{raw}");
        }
    }

    #[test]
    fn borrows_when_nothing_changes() {
        for raw in ["plain", r"C:\temp", r"end\", ""] {
            assert!(matches!(unescape(raw, V4_0), Cow::Borrowed(_)), "{raw}");
        }
    }

    #[test]
    fn written_escapes_of_each_version() {
        for (text, version, as_text, as_component) in [
            ("a;b,c\\d", V4_0, r"a;b\,c\\d", r"a\;b\,c\\d"),
            ("a;b,c\\d", V3_0, r"a\;b\,c\\d", r"a\;b\,c\\d"),
            ("a;b,c\\d", V2_1, "a;b,c\\d", r"a\;b,c\d"),
            ("a\r\nb\rc\nd", V4_0, r"a\nb\nc\nd", r"a\nb\nc\nd"),
            ("a\nb", V2_1, "a\r\nb", "a\r\nb"),
            (r"a\;b", V2_1, r"a\\;b", r"a\\;b"),
            ("\n\n\r\r\n", V4_0, r"\n\n\n\n", r"\n\n\n\n"),
            ("a: \"b\"", V3_0, "a: \"b\"", "a: \"b\""),
        ] {
            let mut out = String::new();
            escape_text(text, version, &mut out);
            assert_eq!(out, as_text, "{text:?} in {version}");
            out.clear();
            escape_component(text, version, &mut out);
            assert_eq!(out, as_component, "{text:?} in {version}");
        }
    }

    #[test]
    fn splits_on_unescaped_separators_only() {
        for (raw, pieces) in [
            ("", vec![""]),
            (";", vec!["", ""]),
            (r"a\;b;c", vec![r"a\;b", "c"]),
            (r"a\\;b", vec![r"a\\", "b"]),
            (r"a\\\;b", vec![r"a\\\;b"]),
            (r"é;\", vec!["é", r"\"]),
        ] {
            assert_eq!(split(raw, ';').collect::<Vec<_>>(), pieces, "{raw}");
        }
        assert_eq!(split("a\u{2028}b", '\u{2028}').count(), 1);
    }

    #[test]
    fn unknown_escapes_are_found() {
        for (raw, v3_0, v4_0) in [
            ("", None, None),
            (r"\\\,\;\n\N", None, None),
            (r"a\:b", Some(1..3), Some(1..3)),
            (r"\é", Some(0..3), Some(0..3)),
            (r"ok\\\", Some(4..5), Some(4..5)),
        ] {
            assert_eq!(first_unknown_escape(raw, V3_0), v3_0, "{raw}");
            assert_eq!(first_unknown_escape(raw, V4_0), v4_0, "{raw}");
            assert_eq!(first_unknown_escape(raw, V2_1), None, "{raw}");
        }
    }

    fn versions() -> impl Strategy<Value = Version> {
        prop::sample::select(Version::ALL.to_vec())
    }

    const RAW: &str = "[a\\\\\\\\;;,,nN:é\r\n]{0,24}";

    proptest! {
        #[test]
        fn unescape_equals_the_reference(raw in RAW, version in versions()) {
            prop_assert_eq!(unescape(&raw, version), unescape_reference(&raw, version));
        }

        #[test]
        fn split_equals_the_reference(raw in RAW, version in versions()) {
            let pieces: Vec<_> = split_components(&raw, version).map(str::to_string).collect();
            prop_assert_eq!(pieces, split_reference(&raw, ';', version));
            let pieces: Vec<_> = split(&raw, ',').map(str::to_string).collect();
            prop_assert_eq!(pieces, split_reference(&raw, ',', V4_0));
        }

        #[test]
        fn what_is_escaped_comes_back(text in RAW, version in versions()) {
            let newline = if version == V2_1 { "\r\n" } else { "\n" };
            let lines = text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', newline);
            for component in [false, true] {
                let mut raw = String::new();
                if component {
                    escape_component(&text, version, &mut raw);
                    prop_assert_eq!(split_components(&raw, version).count(), 1);
                } else {
                    escape_text(&text, version, &mut raw);
                }
                prop_assert_eq!(unescape(&raw, version), &*lines);
                prop_assert_eq!(first_unknown_escape(&raw, version), None);
            }
        }
    }
}
