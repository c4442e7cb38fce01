//! Telephone numbers as they stand in a card: text, or a tel: URI. RFC 6350, 6.4.1; RFC 3966.

use alloc::string::String;

use super::tel_uri;
use super::uri::{is_raw_uri, looks_like_uri};
use super::{E164, Notes, Reason, TelUri, Text, Unwritable, Uri, Value, ValueError};
use crate::registry::ValueType;
use crate::version::Version;

/// The value of TEL: free text, a tel: URI, or another URI such as sip:.
///
/// What it is follows from the text. RFC 6350, 6.4.1; RFC 2426, 3.3.1; vCard 2.1, 2.4.1.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{Telephone, Value};
///
/// let text = Telephone::parse("(415) 555-0123", Version::V3_0)?;
/// assert!(matches!(text, Telephone::Text(_)));
/// let uri = Telephone::parse("tel:+1-415-555-0123;ext=5", Version::V4_0)?;
/// assert_eq!(uri.number(), Some("+1-415-555-0123"));
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Telephone<'a> {
    /// A number as people write it, or any text.
    Text(Text<'a>),
    /// A tel: URI.
    Tel(TelUri),
    /// Another URI.
    Uri(Uri<'a>),
}

impl Telephone<'_> {
    /// The number with its visual separators; `None` for a URI that is not a tel: URI.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        match self {
            Telephone::Text(text) => Some(text.as_str()),
            Telephone::Tel(tel) => Some(tel.number()),
            Telephone::Uri(_) => None,
        }
    }

    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> Telephone<'static> {
        match self {
            Telephone::Text(text) => Telephone::Text(text.into_owned()),
            Telephone::Tel(tel) => Telephone::Tel(tel),
            Telephone::Uri(uri) => Telephone::Uri(uri.into_owned()),
        }
    }
}

impl<'a> Value<'a> for Telephone<'a> {
    const TAKES_WHITE_SPACE: bool = true;

    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        let trimmed = raw.trim_ascii();
        if tel_uri::is_tel(trimmed)
            && let Some(tel) = notes.only_if_read(raw, version)
        {
            return Ok(Telephone::Tel(tel));
        }
        // `sip:ada@example.com`, but not `Home: 5550123`.
        if is_raw_uri(trimmed, version) && !trimmed.ends_with(':') {
            return Uri::read(raw, version, notes).map(Telephone::Uri);
        }
        Text::read(raw, version, notes).map(Telephone::Text)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        let start = out.len();
        match self {
            Telephone::Text(text) => text.write_to(version, out)?,
            Telephone::Tel(tel) => return tel.write_to(version, out),
            Telephone::Uri(uri) => uri.write_to(version, out)?,
        }
        let written = out.get(start..).unwrap_or_default();
        if Telephone::parse(written, version).as_ref() != Ok(self) {
            out.truncate(start);
            return Err(Unwritable::Ambiguous(
                "a URI; give it as Telephone::Uri or Telephone::Tel",
            ));
        }
        Ok(())
    }

    fn value_type(&self, version: Version) -> ValueType {
        match self {
            Telephone::Text(_) if version == Version::V3_0 => ValueType::PhoneNumber,
            Telephone::Text(_) => ValueType::Text,
            Telephone::Tel(tel) => tel.value_type(version),
            Telephone::Uri(uri) => uri.value_type(version),
        }
    }
}

impl From<E164> for Telephone<'_> {
    fn from(number: E164) -> Self {
        Telephone::Tel(number.into())
    }
}

impl From<TelUri> for Telephone<'_> {
    fn from(tel: TelUri) -> Self {
        Telephone::Tel(tel)
    }
}

/// What it is read as: a tel: URI, another URI, or a text.
///
/// ```
/// use vcardinal::value::Telephone;
///
/// assert!(matches!(Telephone::from("tel:+14155550123"), Telephone::Tel(_)));
/// assert!(matches!(Telephone::from("+1 415 555 0123"), Telephone::Text(_)));
/// ```
impl<'a> From<&'a str> for Telephone<'a> {
    fn from(text: &'a str) -> Self {
        let uri = text.trim_ascii();
        if let Some(Ok(tel)) = tel_uri::is_tel(uri).then(|| uri.parse::<TelUri>()) {
            return Telephone::Tel(tel);
        }
        match (looks_like_uri(uri) && !uri.ends_with(':')).then(|| Uri::new(uri)) {
            Some(Ok(uri)) => Telephone::Uri(uri),
            _ => Telephone::Text(text.into()),
        }
    }
}

/// As of a `&str`.
impl From<String> for Telephone<'_> {
    fn from(text: String) -> Self {
        match Telephone::from(&*text) {
            Telephone::Text(_) => Telephone::Text(text.into()),
            other => other.into_owned(),
        }
    }
}

/// A telephone number without an extension: `tel:+14155550123` in 4.0, `+14155550123` before.
///
/// Spaces and punctuation are read too.
impl<'a> Value<'a> for E164 {
    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        let expected = || {
            let reason = Reason::Expected("a number in E.164 form, as +14155550123");
            ValueError::new(0..raw.len(), reason)
        };
        if let Ok(tel) = TelUri::read(raw, version, notes) {
            return match tel.parameters().next() {
                Some(_) => Err(expected()),
                None => tel.to_e164().map_err(|_| expected()),
            };
        }
        let number = E164::parse_lenient(raw).map_err(|_| expected())?;
        if number.as_str() != raw {
            notes.add(0..raw.len(), Reason::Spelling("digits alone after the +"));
        }
        Ok(number)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        if version == Version::V4_0 {
            out.push_str("tel:");
        }
        out.push_str(self.as_str());
        Ok(())
    }

    fn value_type(&self, version: Version) -> ValueType {
        match version {
            Version::V2_1 => ValueType::Text,
            Version::V3_0 => ValueType::PhoneNumber,
            Version::V4_0 => ValueType::Uri,
        }
    }
}
