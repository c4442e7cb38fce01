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
//! | 2.1 | `\;` `\,` `\n` `\N` | a semicolon after a backslash | semicolon |
//!
//! `\:` is in no grammar, but `http\://` stands in millions of 3.0 cards. The letter
//! of 2.1 has `\;` alone; programs that write it escape commas and line breaks as in 3.0, and all who
//! read it undo that. Any other backslash of 2.1 is a letter, and so are two of them: `C:\temp` and
//! `\\nas` stay what they are. What is written in 2.1 is by the letter: a line break, and a letter that
//! would be taken for an escape, need quoted-printable, which is not the business of this module.
//!
//! Other control characters than line breaks pass through both ways: whoever writes a line
//! refuses or encodes them.

use alloc::borrow::Cow;
use alloc::string::String;
use core::ops::Range;

use super::span::{self, slice};
use super::wide;
use crate::version::Version;

/// What the escape `\x` with this `x` stands for.
const fn meaning(escaped: u8, version: Version) -> Option<char> {
    match (escaped, version) {
        (b';', _) => Some(';'),
        (b'\\', Version::V2_1) => None,
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
/// assert_eq!(unescape(r"C:\temp\; Elm\, Inc.\nLeeds", Version::V2_1), "C:\\temp; Elm, Inc.\nLeeds");
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
            // In 2.1 the second of two backslashes may be the one before a semicolon.
            None if version == Version::V2_1
                && escaped == b'\\'
                && raw.as_bytes().get(at + 2) == Some(&b';') =>
            {
                at + 1
            }
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
    out.reserve(text.len());
    each_escaped(text, version, semicolon, |piece| {
        out.push_str(piece);
        true
    });
}

/// Whether raw text is what [`escape_text`] makes of a text: over with the first piece that differs, and
/// nothing is made for it.
pub(crate) fn is_escaped_text(raw: &str, text: &str, version: Version) -> bool {
    let mut rest = raw;
    let is_start = each_escaped(text, version, version == Version::V3_0, |piece| {
        let after = rest.strip_prefix(piece);
        rest = after.unwrap_or(rest);
        after.is_some()
    });
    is_start && rest.is_empty()
}

/// The pieces of a text and the escapes between them, in order, as long as they are taken; whether all
/// were.
#[inline(always)]
fn each_escaped(
    text: &str,
    version: Version,
    semicolon: bool,
    mut take: impl FnMut(&str) -> bool,
) -> bool {
    let bytes = text.as_bytes();
    let plain_text = version == Version::V2_1;
    let mut copied = 0;
    let mut searched = 0;
    // Most texts have nothing to escape.
    while let Some(found) = wide::find(slice(bytes, searched..), is_ever_escaped) {
        let at = searched + found;
        searched = at + 1;
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let escaped = match bytes.get(at) {
            Some(b'\\') if !plain_text => r"\\",
            Some(b',') if !plain_text => r"\,",
            // In 2.1 text a semicolon is escaped only where the backslash before it would do that.
            Some(b';') if semicolon || (plain_text && before == Some(&b'\\')) => r"\;",
            // The LF of a CR LF was written with its CR.
            Some(b'\n') if before == Some(&b'\r') => "",
            Some(b'\n' | b'\r') if plain_text => "\r\n",
            Some(b'\n' | b'\r') => r"\n",
            _ => continue,
        };
        if !(take(span::text(text, copied..at)) && take(escaped)) {
            return false;
        }
        copied = searched;
    }
    take(span::text(text, copied..))
}

/// Whether there is a version that writes an escape in the place of this octet. Without a branch, for
/// [`wide::find`].
#[inline(always)]
fn is_ever_escaped(byte: u8) -> bool {
    (byte == b'\\') | (byte == b',') | (byte == b';') | (byte == b'\n') | (byte == b'\r')
}

/// What stands bare in a raw value because it parts it.
#[cfg(feature = "convert")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Separators {
    /// Nothing: the value is one text.
    None,
    /// The commas of a list.
    Commas,
    /// The semicolons of components; commas are not told from those of lists in them.
    Semicolons,
}

/// Whether raw text of 3.0 or 4.0 reads the same in the other, and is what is written in this version
/// for what it says.
#[cfg(feature = "convert")]
pub(crate) fn is_written_so(raw: &str, version: Version, separators: Separators) -> bool {
    let mut bytes = raw.bytes();
    if !wide::any(raw.as_bytes(), is_ever_escaped) {
        return true;
    }
    let escapes_semicolons = version == Version::V3_0 || separators == Separators::Semicolons;
    while let Some(byte) = bytes.next() {
        let is_so = match byte {
            b'\\' => match bytes.next() {
                Some(b'\\' | b',' | b'n') => true,
                Some(b';') => escapes_semicolons,
                _ => false,
            },
            b',' => separators == Separators::Commas,
            b';' => separators == Separators::Semicolons || !escapes_semicolons,
            b'\n' | b'\r' => false,
            _ => true,
        };
        if !is_so {
            return false;
        }
    }
    true
}

/// The URI a raw value means: `\,` `\;` and `\:` lose their backslash, since it is not a character of a
/// URI, and so does `\\`, but not in 2.1, where two backslashes are two.
pub(crate) fn unescape_uri(raw: &str, version: Version) -> Cow<'_, str> {
    if memchr::memchr(b'\\', raw.as_bytes()).is_none() {
        return Cow::Borrowed(raw);
    }
    let mut uri = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        let (kept, last) = match rest.as_bytes().get(at + 1) {
            Some(b'\\') if version == Version::V2_1 => (at, at + 1),
            Some(b',' | b';' | b':' | b'\\') => (at + 1, at + 1),
            _ => (at, at),
        };
        uri.push_str(span::text(rest, ..at));
        uri.push_str(span::text(rest, kept..=last));
        rest = span::text(rest, last + 1..);
    }
    uri.push_str(rest);
    Cow::Owned(uri)
}

/// Appends a URI as the raw text of 3.0 or 4.0, which [`unescape_uri`] undoes: each backslash twice, since it is
/// not a character of a URI and kept where one was read, and each comma with one before it where `commas` are
/// escaped. RFC 6350, 3.4, errata 3845 and 3846.
pub(crate) fn escape_uri(uri: &str, commas: bool, out: &mut String) {
    let mut copied = 0;
    for at in memchr::memchr2_iter(b',', b'\\', uri.as_bytes()) {
        if commas || uri.as_bytes().get(at) == Some(&b'\\') {
            out.push_str(span::text(uri, copied..at));
            out.push('\\');
            copied = at;
        }
    }
    out.push_str(span::text(uri, copied..));
}

/// Raw text in which each backslash begins an escape: one that does not means itself, and is doubled.
#[cfg(feature = "convert")]
pub(crate) fn closed_escapes(raw: String, version: Version) -> String {
    let mut closed = String::new();
    let mut copied = 0;
    let mut next = 0;
    for at in memchr::memchr_iter(b'\\', raw.as_bytes()) {
        if at < next {
            continue;
        }
        let escaped = raw.as_bytes().get(at + 1);
        if escaped.is_some_and(|escaped| meaning(*escaped, version).is_some()) {
            next = at + 2;
            continue;
        }
        closed.push_str(span::text(&raw, copied..=at));
        closed.push('\\');
        copied = at + 1;
    }
    if copied == 0 {
        return raw;
    }
    closed.push_str(span::text(&raw, copied..));
    closed
}

/// Whether a text of 2.1 holds what would be read as an escape of a comma or a line break.
pub(crate) fn looks_escaped(text: &str) -> bool {
    memchr::memchr_iter(b'\\', text.as_bytes())
        .any(|at| matches!(text.as_bytes().get(at + 1), Some(b'n' | b'N' | b',')))
}

/// Appends raw text of 2.1 as raw text of 3.0, which has an escape for a backslash too. Bare
/// separators that are data become escaped, those that are in `data`.
pub(crate) fn escape_as_3_0(raw: &str, data: &[u8], out: &mut String) {
    let mut letters = raw.bytes().enumerate();
    let mut copied = 0;
    while let Some((at, byte)) = letters.next() {
        let escaped = match byte {
            b'\\' => match raw.as_bytes().get(at + 1) {
                Some(b',' | b';' | b'n' | b'N') => {
                    letters.next();
                    continue;
                }
                // The second may escape a semicolon.
                Some(b'\\') if raw.as_bytes().get(at + 2) != Some(&b';') => {
                    letters.next();
                    out.push_str(span::text(raw, copied..at));
                    copied = at + 2;
                    r"\\\\"
                }
                _ => r"\\",
            },
            b',' if data.contains(&b',') => r"\,",
            b';' if data.contains(&b';') => r"\;",
            b'\n' => r"\n",
            _ => continue,
        };
        if copied <= at {
            out.push_str(span::text(raw, copied..at));
            copied = at + 1;
        }
        out.push_str(escaped);
    }
    out.push_str(span::text(raw, copied..));
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
                V2_1 if rest.starts_with("\\\\;") => &[("\\\\;", "\\;")],
                V2_1 => &[
                    ("\\\\", "\\\\"),
                    ("\\;", ";"),
                    ("\\,", ","),
                    ("\\n", "\n"),
                    ("\\N", "\n"),
                ],
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
            (r"a\, b", "a, b", "a, b", "a, b"),
            (r"a\;b", "a;b", "a;b", "a;b"),
            (r"a\nb\Nc", "a\nb\nc", "a\nb\nc", "a\nb\nc"),
            (r"\\n", r"\\n", r"\n", r"\n"),
            (r"a\\;b", r"a\;b", r"a\;b", r"a\;b"),
            (r"http\://e", r"http\://e", "http://e", r"http\://e"),
            (r"C:\temp", r"C:\temp", r"C:\temp", r"C:\temp"),
            (r"\é", r"\é", r"\é", r"\é"),
            (r"end\", r"end\", r"end\", r"end\"),
            (r"\t\,", r"\t,", r"\t,", r"\t,"),
            (r"\x\\\,", r"\x\\,", r"\x\,", r"\x\,"),
        ] {
            assert_eq!(unescape(raw, V2_1), v2_1, "{raw}");
            assert_eq!(unescape(raw, V3_0), v3_0, "{raw}");
            assert_eq!(unescape(raw, V4_0), v4_0, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn ok_raw_text_is_told_from_what_is_not_made_of_a_text(
            text in "[a,;\\\\\n]{0,20}", other in "[a,;\\\\\n]{0,20}",
        ) {
            for version in Version::ALL {
                let (mut raw, mut another) = (String::new(), String::new());
                escape_text(&text, version, &mut raw);
                escape_text(&other, version, &mut another);
                prop_assert!(is_escaped_text(&raw, &text, version));
                prop_assert_eq!(is_escaped_text(&another, &text, version), raw == another);
                prop_assert!(!is_escaped_text(&(raw + "a"), &text, version));
            }
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
        fn an_escaped_uri_reads_as_it_was(uri in RAW, commas: bool) {
            let mut raw = String::new();
            escape_uri(&uri, commas, &mut raw);
            for version in [V3_0, V4_0] {
                prop_assert_eq!(unescape_uri(&raw, version), &*uri);
            }
            let has_bare = split(&raw, ',').count() > 1;
            prop_assert_eq!(has_bare, !commas && uri.contains(','));
        }

        #[test]
        fn texts_of_2_1_as_3_0_mean_the_same(raw in RAW) {
            let mut escaped = String::new();
            escape_as_3_0(&raw, b"", &mut escaped);
            prop_assert_eq!(unescape(&escaped, V3_0), unescape(&raw, V2_1));
            escaped.clear();
            escape_as_3_0(&raw, b",;", &mut escaped);
            prop_assert_eq!(unescape(&escaped, V3_0), unescape(&raw, V2_1));
            prop_assert_eq!(split(&escaped, ';').count(), 1);
            prop_assert_eq!(split(&escaped, ',').count(), 1);
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
            // That takes quoted-printable.
            prop_assume!(version != V2_1 || !looks_escaped(&text));
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

    #[test]
    fn ok_each_backslash_before_a_delimiter_goes() {
        for (raw, uri, of_2_1) in [
            (r"a\,b\;c\:d", "a,b;c:d", "a,b;c:d"),
            (r"\\,\\\,\a\", r"\,\,\a\", r"\\,\\,\a\"),
            (r"\é\,é", r"\é,é", r"\é,é"),
            (r"\,", ",", ","),
        ] {
            assert_eq!(unescape_uri(raw, Version::V4_0), uri, "{raw}");
            assert_eq!(unescape_uri(raw, Version::V2_1), of_2_1, "{raw}");
        }
    }
}
