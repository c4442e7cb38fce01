//! A URI or a text: RELATED, UID, places, profiles. RFC 6350, 6.6.6, 6.7.6; RFC 6474; RFC 9554, 3.5.

use alloc::string::String;

use super::uri::{is_raw_uri, looks_like_uri};
use super::{Notes, Reason, Text, Unwritable, Uri, Value, ValueError};
use crate::registry::ValueType;
use crate::version::Version;

/// Somebody or something related: a URI, or a text such as a name.
///
/// What it is follows from the text: with a scheme in front and no space it is a URI.
/// RFC 6350, 6.6.6.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{UriOrText, Value};
///
/// assert!(matches!(UriOrText::parse("mailto:ada@example.com", Version::V4_0)?, UriOrText::Uri(_)));
/// assert!(matches!(UriOrText::parse("Ada Quist", Version::V4_0)?, UriOrText::Text(_)));
/// assert!(matches!(UriOrText::parse("Ask: Ada", Version::V4_0)?, UriOrText::Text(_)));
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UriOrText<'a> {
    /// A URI, as the UID of another card.
    Uri(Uri<'a>),
    /// A text, which needs `VALUE=text`.
    Text(Text<'a>),
}

impl UriOrText<'_> {
    /// The URI or the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            UriOrText::Uri(uri) => uri.as_str(),
            UriOrText::Text(text) => text.as_str(),
        }
    }

    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> UriOrText<'static> {
        match self {
            UriOrText::Uri(value) => UriOrText::Uri(value.into_owned()),
            UriOrText::Text(value) => UriOrText::Text(value.into_owned()),
        }
    }
}

impl<'a> Value<'a> for UriOrText<'a> {
    const TAKES_WHITE_SPACE: bool = true;

    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        if raw.is_empty() {
            return Err(ValueError::new(0..0, Reason::Empty("a URI or a text")));
        }
        if is_raw_uri(raw, version) {
            return Uri::read(raw, version, notes).map(UriOrText::Uri);
        }
        Text::read(raw, version, notes).map(UriOrText::Text)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        let start = out.len();
        match self {
            UriOrText::Uri(uri) => uri.write_to(version, out)?,
            UriOrText::Text(text) => text.write_to(version, out)?,
        }
        let written = out.get(start..).unwrap_or_default();
        if UriOrText::parse(written, version).as_ref() != Ok(self) {
            out.truncate(start);
            return Err(Unwritable::Ambiguous("a URI; give it as UriOrText::Uri"));
        }
        Ok(())
    }

    fn value_type(&self, _: Version) -> ValueType {
        match self {
            UriOrText::Uri(_) => ValueType::Uri,
            UriOrText::Text(_) => ValueType::Text,
        }
    }
}

impl<'a> From<Uri<'a>> for UriOrText<'a> {
    fn from(uri: Uri<'a>) -> Self {
        UriOrText::Uri(uri)
    }
}

impl<'a> From<Text<'a>> for UriOrText<'a> {
    fn from(text: Text<'a>) -> Self {
        UriOrText::Text(text)
    }
}

/// What it is read as: with a scheme in front and no space it is a URI, or else a text.
///
/// ```
/// use vcardinal::value::UriOrText;
///
/// assert!(matches!(UriOrText::from("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"), UriOrText::Uri(_)));
/// assert!(matches!(UriOrText::from("Ada Quist"), UriOrText::Text(_)));
/// ```
impl<'a> From<&'a str> for UriOrText<'a> {
    fn from(text: &'a str) -> Self {
        let uri = text.trim_ascii();
        match looks_like_uri(uri).then(|| Uri::new(uri)) {
            Some(Ok(uri)) => UriOrText::Uri(uri),
            _ => UriOrText::Text(text.into()),
        }
    }
}
