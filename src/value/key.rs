//! Keys and certificates: KEY. RFC 6350, 6.8.1; RFC 2426, 3.7.2; vCard 2.1, 2.7.1.

use alloc::string::String;

use super::binary::is_data;
use super::uri::is_raw_uri;
use super::{Binary, DataUri, Notes, Reason, Text, Unwritable, Uri, Value, ValueError};
use crate::registry::ValueType;
use crate::version::Version;

/// A key: inline, as text, or where to find it.
///
/// What it is follows from the text: with a scheme in front and no space it is a URI; before 4.0,
/// base64 without blanks in it is inline data; anything else is text, as a fingerprint in groups.
/// RFC 6350, 6.8.1. In a card of 2.1, where text is the default, base64 needs its ENCODING too.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{Key, Value};
///
/// let key = "data:application/pgp-keys;base64,mQENBF";
/// assert!(matches!(Key::parse(key, Version::V4_0)?, Key::Data(_)));
/// assert!(matches!(Key::parse("mQENBF==", Version::V3_0)?, Key::Inline(_)));
/// assert!(matches!(Key::parse("-----BEGIN KEY-----", Version::V4_0)?, Key::Text(_)));
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Key<'a> {
    /// The key with its media type.
    Data(DataUri<'a>),
    /// The key as in 3.0, whose format is in the parameter TYPE.
    Inline(Binary<'a>),
    /// Where to find it.
    Uri(Uri<'a>),
    /// The key as text, which needs `VALUE=text`.
    Text(Text<'a>),
}

impl Key<'_> {
    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> Key<'static> {
        match self {
            Key::Data(value) => Key::Data(value.into_owned()),
            Key::Inline(value) => Key::Inline(value.into_owned()),
            Key::Uri(value) => Key::Uri(value.into_owned()),
            Key::Text(value) => Key::Text(value.into_owned()),
        }
    }
}

impl<'a> Value<'a> for Key<'a> {
    const TAKES_WHITE_SPACE: bool = true;

    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        if raw.is_empty() {
            return Err(ValueError::new(0..0, Reason::Empty("a key")));
        }
        let trimmed = raw.trim_ascii();
        if is_data(trimmed)
            && let Some(data) = notes.only_if_read(raw, version)
        {
            return Ok(Key::Data(data));
        }
        if is_raw_uri(trimmed, version) {
            if version == Version::V3_0 {
                notes.add(0..raw.len(), Reason::OtherVersion("inline data or text"));
            }
            return Uri::read(raw, version, notes).map(Key::Uri);
        }
        // The digits of a fingerprint are base64 as well, but for the blanks between them.
        let is_grouped = trimmed.contains([' ', '\t']);
        if version != Version::V4_0
            && !is_grouped
            && let Some(data) = notes.only_if_read(raw, version)
        {
            return Ok(Key::Inline(data));
        }
        Text::read(raw, version, notes).map(Key::Text)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        let start = out.len();
        match self {
            Key::Data(data) => return data.write_to(version, out),
            Key::Inline(data) => return data.write_to(version, out),
            Key::Uri(uri) => uri.write_to(version, out)?,
            Key::Text(text) => text.write_to(version, out)?,
        }
        let written = out.get(start..).unwrap_or_default();
        if Key::parse(written, version).as_ref() != Ok(self) {
            out.truncate(start);
            return Err(Unwritable::Ambiguous("another kind of key"));
        }
        Ok(())
    }

    fn value_type(&self, version: Version) -> ValueType {
        match self {
            Key::Data(data) => data.value_type(version),
            Key::Inline(data) => data.value_type(version),
            Key::Uri(uri) => uri.value_type(version),
            Key::Text(text) => text.value_type(version),
        }
    }
}
