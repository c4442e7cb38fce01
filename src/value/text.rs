//! Text and comma lists of text. RFC 6350, 4.1; RFC 2426, 4; vCard 2.1, 2.1.3.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Deref;

use super::{Notes, Reason, Unwritable, Value, ValueError};
use crate::registry::ValueType;
use crate::syntax::escape::{
    escape_component, escape_text, first_unknown_escape, looks_escaped, split, unescape,
};
use crate::syntax::wide;
use crate::version::Version;

/// A text, with its line breaks as `\n`.
///
/// RFC 6350, 4.1.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{Text, Value};
///
/// let note = Text::parse(r"Ring twice\, please.\nThen wait.", Version::V4_0)?;
/// assert_eq!(note.as_str(), "Ring twice, please.\nThen wait.");
/// assert_eq!(Text::new("a; b").to_text(Version::V3_0)?, r"a\; b");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Text<'a>(Cow<'a, str>);

impl<'a> Text<'a> {
    /// A text; CR LF and CR become `\n`.
    #[must_use]
    pub fn new(text: impl Into<Cow<'a, str>>) -> Self {
        Text(lines(text.into()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, borrowed where nothing had to be decoded.
    #[must_use]
    pub fn into_cow(self) -> Cow<'a, str> {
        self.0
    }

    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> Text<'static> {
        Text(Cow::Owned(self.0.into_owned()))
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Text::new(text)
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Text::new(text)
    }
}

impl Text<'_> {
    /// Whether a text is clean at a glance, folds and all: [`read`](Value::read) notes nothing about
    /// it once it is unfolded.
    ///
    /// A part of what is read without a note: a semicolon, which 3.0 has escaped, is not. That there
    /// is no control character in it is for the caller to know.
    #[inline(always)]
    pub(crate) fn is_clean(raw: &[u8], version: Version) -> bool {
        if version == Version::V2_1 {
            return memchr::memchr(b'\\', raw).is_none();
        }
        !wide::any(raw, is_delimiter) || bare_delimiters(raw, version) == Some((0, 0))
    }
}

impl<'a> Value<'a> for Text<'a> {
    const TAKES_WHITE_SPACE: bool = true;

    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        if notes.wanted() {
            note_bare_commas(raw, version, notes);
        }
        Ok(Text(decode(raw, version, notes)))
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        writable(&self.0)?;
        literal(&self.0, version)?;
        escape_text(&self.0, version, out);
        Ok(())
    }

    fn value_type(&self, _: Version) -> ValueType {
        ValueType::Text
    }
}

/// Texts between commas: NICKNAME and CATEGORIES.
///
/// Empty items mean nothing and are left out. The letter of 2.1 has no lists, but producers write
/// CATEGORIES there too.
///
/// RFC 6350, 4.1, 6.2.3 and 6.7.1.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{TextList, Value};
///
/// let names = TextList::parse(r"Jim,,Jimmie\, the fox", Version::V4_0)?;
/// assert_eq!(names.as_slice(), ["Jim", "Jimmie, the fox"]);
/// assert_eq!(TextList::new(["a", "b, c"]).to_text(Version::V4_0)?, r"a,b\, c");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct TextList<'a>(Vec<Cow<'a, str>>);

impl<'a> TextList<'a> {
    /// A list of these texts, without the empty ones.
    #[must_use]
    pub fn new<T: Into<Cow<'a, str>>>(texts: impl IntoIterator<Item = T>) -> Self {
        let texts = texts.into_iter().map(|text| lines(text.into()));
        TextList(texts.filter(|text| !text.is_empty()).collect())
    }

    /// The texts.
    #[must_use]
    pub fn as_slice(&self) -> &[Cow<'a, str>] {
        &self.0
    }

    /// The texts, borrowed where nothing had to be decoded.
    #[must_use]
    pub fn into_vec(self) -> Vec<Cow<'a, str>> {
        self.0
    }

    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> TextList<'static> {
        let texts = self.0.into_iter().map(|text| Cow::Owned(text.into_owned()));
        TextList(texts.collect())
    }

    /// The texts as `&str`.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator + Clone {
        self.0.iter().map(|text| &**text)
    }

    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first text; `None` where there is none.
    #[must_use]
    pub fn first(&self) -> Option<&str> {
        self.0.first().map(|text| &**text)
    }
}

impl TextList<'_> {
    /// As [`Text::is_clean`], with commas between the texts.
    pub(crate) fn is_clean(raw: &[u8], version: Version) -> bool {
        matches!(bare_delimiters(raw, version), Some((0, _)))
    }
}

impl<'a> Value<'a> for TextList<'a> {
    const TAKES_WHITE_SPACE: bool = true;

    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        let mut texts = Vec::with_capacity(4);
        let mut at = 0;
        for item in split(raw, ',') {
            if !item.is_empty() {
                notes.inside(at, |notes| {
                    texts.push(decode(item, version, notes));
                    Ok(())
                })?;
            }
            at += item.len() + 1;
        }
        Ok(TextList(texts))
    }

    fn count_values(raw: &str, _: Version) -> usize {
        split(raw, ',').count()
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        write_items(&self.0, version, out, |text, version, out| {
            if version == Version::V2_1 && text.contains(',') {
                return Err(Unwritable::not_in_2_1("a comma in a list of texts"));
            }
            if version == Version::V2_1 && text.ends_with('\\') {
                return Err(Unwritable::not_in_2_1(
                    "a backslash at the end of a text in a list",
                ));
            }
            literal(text, version)?;
            escape_text(text, version, out);
            Ok(())
        })
    }

    fn value_type(&self, _: Version) -> ValueType {
        ValueType::Text
    }
}

/// Line breaks as `\n`.
pub(super) fn lines(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

const fn is_delimiter(byte: u8) -> bool {
    (byte == b',') | (byte == b';') | (byte == b'\\')
}

/// How many semicolons and commas there are that no backslash escapes; none when a backslash begins
/// no escape of the version.
pub(super) fn bare_delimiters(raw: &[u8], version: Version) -> Option<(usize, usize)> {
    if !wide::any(raw, |byte| (byte == b',') | (byte == b'\\'))
        && let Some(semicolons) = wide::count(raw, |byte| byte == b';')
    {
        return Some((semicolons, 0));
    }
    let (mut semicolons, mut commas) = (0, 0);
    let mut rest = raw;
    while let Some(at) = wide::find(rest, is_delimiter) {
        rest = match rest.get(at..)? {
            [b';', after @ ..] => {
                semicolons += 1;
                after
            }
            [b',', after @ ..] => {
                commas += 1;
                after
            }
            [b'\\', ..] if version == Version::V2_1 => return None,
            [b'\\', b'\\' | b',' | b';' | b'n' | b'N', after @ ..] => after,
            _ => return None,
        };
    }
    Some((semicolons, commas))
}

/// The meaning of raw text or of a raw component.
#[inline]
pub(super) fn decode<'a>(raw: &'a str, version: Version, notes: &mut Notes<'_>) -> Cow<'a, str> {
    if !notes.wanted() && is_literal(raw) {
        return Cow::Borrowed(raw);
    }
    decode_noting(raw, version, notes)
}

fn decode_noting<'a>(raw: &'a str, version: Version, notes: &mut Notes<'_>) -> Cow<'a, str> {
    if notes.wanted() {
        let mut at = 0;
        while let Some(found) = raw
            .get(at..)
            .and_then(|rest| first_unknown_escape(rest, version))
        {
            notes.add(at + found.start..at + found.end, Reason::UnknownEscape);
            at += found.end;
        }
        if version != Version::V2_1 && has_control(raw) {
            for (at, byte) in raw
                .bytes()
                .enumerate()
                .filter(|(_, byte)| is_control(*byte))
            {
                // A raw line break cannot stand in a line either; the escape is what is meant.
                let _ = byte;
                notes.add(at..at + 1, Reason::Control);
            }
        }
    }
    if is_literal(raw) {
        return Cow::Borrowed(raw);
    }
    lines(unescape(raw, version))
}

/// Whether a raw text means what it says, letter by letter.
#[inline]
pub(super) fn is_literal(raw: &str) -> bool {
    !wide::any(raw.as_bytes(), |byte| (byte == b'\\') | (byte == b'\r'))
}

pub(super) fn note_bare_commas(raw: &str, version: Version, notes: &mut Notes<'_>) {
    if version == Version::V2_1 {
        return;
    }
    let mut at = 0;
    for piece in split(raw, ',') {
        at += piece.len();
        if at < raw.len() {
            notes.add(at..at + 1, Reason::BareComma);
        }
        at += 1;
    }
}

/// Whether any byte is below 0x20 or DEL; written so that it is vectorised.
pub(super) fn has_control(text: &str) -> bool {
    let control = |byte: &u8| *byte < 0x20 || *byte == 0x7f;
    let any = |chunk: &[u8]| {
        chunk
            .iter()
            .fold(false, |found, byte| found | control(byte))
    };
    text.as_bytes().chunks(64).any(any)
}

const fn is_control(byte: u8) -> bool {
    byte < 0x20 && byte != b'\t' || byte == 0x7f
}

/// Whether a text has only characters that a line can hold, line breaks aside.
pub(super) fn writable(text: &str) -> Result<(), Unwritable> {
    if has_control(text)
        && text
            .bytes()
            .any(|byte| is_control(byte) && byte != b'\n' && byte != b'\r')
    {
        return Err(Unwritable::Control);
    }
    Ok(())
}

/// Writes items between commas; writes nothing when one of them cannot be written.
pub(super) fn write_items(
    items: &[Cow<'_, str>],
    version: Version,
    out: &mut String,
    write: impl Fn(&str, Version, &mut String) -> Result<(), Unwritable>,
) -> Result<(), Unwritable> {
    let start = out.len();
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        let written = writable(item).and_then(|()| write(item, version, out));
        if written.is_err() {
            out.truncate(start);
            return written;
        }
    }
    Ok(())
}

/// Writes one component of a structured value.
pub(super) fn write_component(
    text: &str,
    version: Version,
    out: &mut String,
) -> Result<(), Unwritable> {
    writable(text)?;
    if version == Version::V2_1 && text.ends_with('\\') {
        return Err(Unwritable::not_in_2_1(
            "a backslash at the end of a component",
        ));
    }
    literal(text, version)?;
    escape_component(text, version, out);
    Ok(())
}

/// 2.1 cannot escape a backslash: before some letters it would be taken for an escape. A card says
/// such a text in quoted-printable.
fn literal(text: &str, version: Version) -> Result<(), Unwritable> {
    match version == Version::V2_1 && looks_escaped(text) {
        true => Err(Unwritable::not_in_2_1("a backslash before a comma or an n")),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::fold::unfold;
    use crate::value::assert_clean_is_read;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ok_clean_texts_are_read_without_a_note(
            raw in "([aNn,;\\\\ \té]|\r\n |\n\t){0,12}"
        ) {
            for version in Version::ALL {
                let unfolded = unfold(raw.as_bytes()).into_owned();
                let text = String::from_utf8(unfolded).unwrap();
                if Text::is_clean(raw.as_bytes(), version) {
                    assert_clean_is_read::<Text<'_>>(&text, version);
                }
                if TextList::is_clean(raw.as_bytes(), version) {
                    assert_clean_is_read::<TextList<'_>>(&text, version);
                }
            }
        }
    }
}
