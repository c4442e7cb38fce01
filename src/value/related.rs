//! RELATED. RFC 6350, 6.6.6.

use alloc::string::String;

use super::uri::looks_like_uri;
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
/// use vcardinal::value::{Related, Value};
///
/// assert!(matches!(Related::parse("mailto:ada@example.com", Version::V4_0)?, Related::Uri(_)));
/// assert!(matches!(Related::parse("Ada Quist", Version::V4_0)?, Related::Text(_)));
/// assert!(matches!(Related::parse("Ask: Ada", Version::V4_0)?, Related::Text(_)));
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Related<'a> {
    /// A URI, as the UID of another card.
    Uri(Uri<'a>),
    /// A text, which needs `VALUE=text`.
    Text(Text<'a>),
}

impl Related<'_> {
    /// The same, borrowing from nothing.
    #[must_use]
    pub fn into_owned(self) -> Related<'static> {
        match self {
            Related::Uri(value) => Related::Uri(value.into_owned()),
            Related::Text(value) => Related::Text(value.into_owned()),
        }
    }
}

impl<'a> Value<'a> for Related<'a> {
    fn read(raw: &'a str, version: Version, notes: &mut Notes<'_>) -> Result<Self, ValueError> {
        if raw.is_empty() {
            return Err(ValueError::new(0..0, Reason::Empty("a URI or a text")));
        }
        if looks_like_uri(raw) {
            return Uri::read(raw, version, notes).map(Related::Uri);
        }
        Text::read(raw, version, notes).map(Related::Text)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        let start = out.len();
        match self {
            Related::Uri(uri) => uri.write_to(version, out)?,
            Related::Text(text) => text.write_to(version, out)?,
        }
        let written = out.get(start..).unwrap_or_default();
        if Related::parse(written, version).as_ref() != Ok(self) {
            out.truncate(start);
            return Err(Unwritable::Ambiguous("the other of URI and text"));
        }
        Ok(())
    }

    fn value_type(&self, _: Version) -> ValueType {
        match self {
            Related::Uri(_) => ValueType::Uri,
            Related::Text(_) => ValueType::Text,
        }
    }
}

impl<'a> From<Uri<'a>> for Related<'a> {
    fn from(uri: Uri<'a>) -> Self {
        Related::Uri(uri)
    }
}

impl<'a> From<Text<'a>> for Related<'a> {
    fn from(text: Text<'a>) -> Self {
        Related::Text(text)
    }
}

/// As a text.
impl<'a> From<&'a str> for Related<'a> {
    fn from(text: &'a str) -> Self {
        Related::Text(text.into())
    }
}
