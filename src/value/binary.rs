//! Binary data: inline base64, data: URIs and references. RFC 6350, 6.2.4; RFC 2397;
//! RFC 2426, 2.4.1; vCard 2.1, 2.1.9.
//!
//! The text is kept as base64; bytes are made when asked for, with the feature `base64`.

use alloc::borrow::Cow;
use alloc::string::String;

use super::uri::{scheme, unescape_uri};
use super::{Notes, Reason, Unwritable, Uri, Value, ValueError};
use crate::registry::ValueType;
use crate::syntax::byte_class::is_base64_digit;
use crate::version::Version;

const EXPECTED: &str = "base64 text";

/// Inline data of 3.0 and 2.1: base64 text, without the white space that folding leaves.
///
/// RFC 2426, 2.4.1.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{Binary, Value};
///
/// let data = Binary::parse("R0lG ODlh", Version::V2_1)?;
/// assert_eq!(data.as_base64(), "R0lGODlh");
/// assert_eq!(data.into_data_uri("image/gif")?.to_text(Version::V4_0)?,
///     r"data:image/gif;base64\,R0lGODlh");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Binary<'a>(Cow<'a, str>);

impl<'a> Binary<'a> {
    /// Data as base64; white space in it is dropped.
    ///
    /// # Errors
    ///
    /// It is empty or no base64.
    pub fn from_base64(text: impl Into<Cow<'a, str>>) -> Result<Self, ValueError> {
        base64_text(text.into()).map(Binary)
    }

    /// Data as bytes.
    #[cfg(feature = "base64")]
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Binary<'static> {
        Binary(Cow::Owned(encode(bytes)))
    }

    /// The data as base64.
    #[must_use]
    pub fn as_base64(&self) -> &str {
        &self.0
    }

    /// The data as bytes.
    ///
    /// # Errors
    ///
    /// The base64 has a wrong length.
    #[cfg(feature = "base64")]
    pub fn decode(&self) -> Result<alloc::vec::Vec<u8>, ValueError> {
        decode(&self.0)
    }

    /// The same data as 4.0 has it.
    ///
    /// # Errors
    ///
    /// The media type is none.
    pub fn into_data_uri(
        self,
        media_type: impl Into<Cow<'a, str>>,
    ) -> Result<DataUri<'a>, ValueError> {
        DataUri::new(media_type, self)
    }

    /// The same, borrowing from nothing.
    #[must_use]
    pub fn into_owned(self) -> Binary<'static> {
        Binary(Cow::Owned(self.0.into_owned()))
    }
}

impl<'a> Value<'a> for Binary<'a> {
    fn read(raw: &'a str, version: Version, notes: &mut Notes<'_>) -> Result<Self, ValueError> {
        let text = base64_text(Cow::Borrowed(raw)).map_err(|error| {
            // Without the white space the places differ.
            let moved = raw.bytes().any(|byte| byte.is_ascii_whitespace());
            ValueError::new(if moved { 0..raw.len() } else { error.span }, error.reason)
        })?;
        let borrowed = matches!(text, Cow::Borrowed(_));
        if !borrowed && version != Version::V2_1 {
            notes.add(
                0..raw.len(),
                Reason::Spelling("base64 text without white space"),
            );
        }
        if !text.len().is_multiple_of(4) {
            let reason = Reason::Spelling("base64 text padded to a multiple of four");
            notes.add(0..raw.len(), reason);
        }
        Ok(Binary(text))
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        if version == Version::V4_0 {
            return Err(Unwritable::NotInVersion("inline data but in a data: URI"));
        }
        out.push_str(&self.0);
        Ok(())
    }

    fn value_type(&self, _: Version) -> ValueType {
        ValueType::Binary
    }
}

/// A data: URI: a media type, and data as base64 or percent-encoded text.
///
/// RFC 6350, 6.2.4; RFC 2397.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{DataUri, Value};
///
/// // With a plain comma and with an escaped one (errata 3845 of RFC 6350).
/// let data = DataUri::parse(r"data:image/gif;base64\,R0lGODlh", Version::V4_0)?;
/// assert_eq!(data, DataUri::parse("data:image/gif;base64,R0lGODlh", Version::V4_0)?);
/// assert_eq!(data.media_type(), "image/gif");
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DataUri<'a> {
    media_type: Cow<'a, str>,
    data: Encoded<'a>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Encoded<'a> {
    Base64(Cow<'a, str>),
    Percent(Cow<'a, str>),
}

impl<'a> DataUri<'a> {
    /// This data, of this media type.
    ///
    /// # Errors
    ///
    /// The media type has a comma, a space or a control character.
    pub fn new(media_type: impl Into<Cow<'a, str>>, data: Binary<'a>) -> Result<Self, ValueError> {
        let media_type = media_type.into();
        if let Some(at) = media_type
            .bytes()
            .position(|byte| !byte.is_ascii_graphic() || matches!(byte, b',' | b'\\'))
        {
            return Err(ValueError::new(
                at..at + 1,
                Reason::Expected("a media type, as image/png"),
            ));
        }
        if ends_in_base64(&media_type).is_some() {
            let reason = Reason::Expected("a media type without ;base64");
            return Err(ValueError::new(0..media_type.len(), reason));
        }
        Ok(DataUri {
            media_type,
            data: Encoded::Base64(data.0),
        })
    }

    /// The media type, with its parameters; empty means `text/plain;charset=US-ASCII`.
    #[must_use]
    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    /// The data as base64; none when it is percent-encoded.
    #[must_use]
    pub fn as_base64(&self) -> Option<&str> {
        match &self.data {
            Encoded::Base64(text) => Some(text),
            Encoded::Percent(_) => None,
        }
    }

    /// The data as bytes.
    ///
    /// # Errors
    ///
    /// The base64 is none, or a percent sign has no two digits after it.
    ///
    /// ```
    /// use vcardinal::Version;
    /// use vcardinal::value::{DataUri, Value};
    ///
    /// let data = DataUri::parse("data:,caf%C3%A9", Version::V4_0)?;
    /// assert_eq!(data.decode()?, "café".as_bytes());
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[cfg(feature = "base64")]
    pub fn decode(&self) -> Result<alloc::vec::Vec<u8>, ValueError> {
        match &self.data {
            Encoded::Base64(text) => decode(text),
            Encoded::Percent(text) => super::uri::percent_decode(text),
        }
    }

    /// The data as 3.0 has it; none when it is percent-encoded.
    #[must_use]
    pub fn into_binary(self) -> Option<Binary<'a>> {
        match self.data {
            Encoded::Base64(text) => Some(Binary(text)),
            Encoded::Percent(_) => None,
        }
    }

    /// The same, borrowing from nothing.
    #[must_use]
    pub fn into_owned(self) -> DataUri<'static> {
        let owned = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        DataUri {
            media_type: owned(self.media_type),
            data: match self.data {
                Encoded::Base64(text) => Encoded::Base64(owned(text)),
                Encoded::Percent(text) => Encoded::Percent(owned(text)),
            },
        }
    }
}

impl<'a> Value<'a> for DataUri<'a> {
    fn read(raw: &'a str, version: Version, notes: &mut Notes<'_>) -> Result<Self, ValueError> {
        let expected = || {
            let reason = Reason::Expected("a data: URI, as data:image/png;base64,iVBORw0K");
            ValueError::new(0..raw.len(), reason)
        };
        let rest = raw
            .get("data:".len()..)
            .filter(|_| is_data(raw))
            .ok_or_else(expected)?;
        let (head, data) = rest.split_once(',').ok_or_else(expected)?;
        let data_at = raw.len() - data.len();
        let head = head.strip_suffix('\\').unwrap_or(head);
        let head = match unescape_uri(head, version) {
            Cow::Borrowed(head) => match ends_in_base64(head) {
                Some(media_type) => (Cow::Borrowed(media_type), true),
                None => (Cow::Borrowed(head), false),
            },
            Cow::Owned(head) => match ends_in_base64(&head) {
                Some(media_type) => (Cow::Owned(media_type.into()), true),
                None => (Cow::Owned(head), false),
            },
        };
        let data = unescape_uri(data, version);
        let (media_type, in_base64) = head;
        if media_type
            .bytes()
            .any(|byte| !byte.is_ascii_graphic() || byte == b'\\')
        {
            return Err(expected());
        }
        if !in_base64 {
            if let Some(at) = data.bytes().position(|byte| byte.is_ascii_control()) {
                return Err(ValueError::new(
                    data_at + at..data_at + at + 1,
                    Reason::Control,
                ));
            }
            return Ok(DataUri {
                media_type,
                data: Encoded::Percent(data),
            });
        }
        let text =
            base64_text(data).map_err(|error| ValueError::new(data_at..raw.len(), error.reason))?;
        if !text.len().is_multiple_of(4) {
            let reason = Reason::Spelling("base64 text padded to a multiple of four");
            notes.add(data_at..raw.len(), reason);
        }
        Ok(DataUri {
            media_type,
            data: Encoded::Base64(text),
        })
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        let comma = if version == Version::V4_0 { r"\," } else { "," };
        out.push_str("data:");
        out.push_str(&self.media_type);
        match &self.data {
            Encoded::Base64(text) => {
                out.push_str(";base64");
                out.push_str(comma);
                out.push_str(text);
            }
            Encoded::Percent(text) => {
                out.push_str(comma);
                for character in text.chars() {
                    let escaped =
                        character == '\\' || (character == ',' && version == Version::V4_0);
                    if escaped && version != Version::V2_1 {
                        out.push('\\');
                    }
                    out.push(character);
                }
            }
        }
        Ok(())
    }

    fn value_type(&self, version: Version) -> ValueType {
        match version {
            Version::V2_1 => ValueType::Url,
            Version::V3_0 | Version::V4_0 => ValueType::Uri,
        }
    }
}

/// A picture, a sound, or where to find it: PHOTO, LOGO and SOUND.
///
/// What it is follows from the text: a data: URI, another URI, or base64. RFC 6350, 6.2.4;
/// RFC 2426, 3.1.4.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{Media, Value};
///
/// assert!(matches!(Media::parse("R0lGODlh", Version::V3_0)?, Media::Inline(_)));
/// assert!(matches!(Media::parse("data:;base64,R0lGODlh", Version::V3_0)?, Media::Data(_)));
/// assert!(matches!(Media::parse("https://example.com/a.gif", Version::V4_0)?, Media::Uri(_)));
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Media<'a> {
    /// Data with its media type.
    Data(DataUri<'a>),
    /// Data as in 3.0, whose media type is in the parameter TYPE.
    Inline(Binary<'a>),
    /// A reference.
    Uri(Uri<'a>),
}

impl Media<'_> {
    /// The same, borrowing from nothing.
    #[must_use]
    pub fn into_owned(self) -> Media<'static> {
        match self {
            Media::Data(data) => Media::Data(data.into_owned()),
            Media::Inline(data) => Media::Inline(data.into_owned()),
            Media::Uri(uri) => Media::Uri(uri.into_owned()),
        }
    }

    /// The data as bytes; none for a reference.
    ///
    /// # Errors
    ///
    /// The data is not what it says it is.
    #[cfg(feature = "base64")]
    pub fn decode(&self) -> Result<Option<alloc::vec::Vec<u8>>, ValueError> {
        match self {
            Media::Data(data) => data.decode().map(Some),
            Media::Inline(data) => data.decode().map(Some),
            Media::Uri(_) => Ok(None),
        }
    }
}

impl<'a> Value<'a> for Media<'a> {
    fn read(raw: &'a str, version: Version, notes: &mut Notes<'_>) -> Result<Self, ValueError> {
        if is_data(raw) {
            return DataUri::read(raw, version, notes).map(Media::Data);
        }
        if scheme(raw).is_some() {
            return Uri::read(raw, version, notes).map(Media::Uri);
        }
        match Binary::read(raw, version, notes) {
            Ok(data) => {
                if version == Version::V4_0 {
                    notes.add(0..raw.len(), Reason::OtherVersion("a URI, or a data: URI"));
                }
                Ok(Media::Inline(data))
            }
            // A relative reference is more likely than base64 with a dot or a space in it.
            Err(_) if raw.contains(['.', '/']) && !raw.is_empty() => {
                Uri::read(raw, version, notes).map(Media::Uri)
            }
            Err(error) => Err(error),
        }
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        let start = out.len();
        match self {
            Media::Data(data) => return data.write_to(version, out),
            Media::Inline(data) => return data.write_to(version, out),
            Media::Uri(uri) => uri.write_to(version, out)?,
        }
        let written = out.get(start..).unwrap_or_default();
        if Media::parse(written, version).as_ref() != Ok(self) {
            out.truncate(start);
            return Err(Unwritable::Ambiguous("data"));
        }
        Ok(())
    }

    fn value_type(&self, version: Version) -> ValueType {
        match self {
            Media::Data(data) => data.value_type(version),
            Media::Inline(data) => data.value_type(version),
            Media::Uri(uri) => uri.value_type(version),
        }
    }
}

pub(super) fn is_data(raw: &str) -> bool {
    raw.get(..5)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// The media type in front of `;base64`.
fn ends_in_base64(head: &str) -> Option<&str> {
    let (media_type, end) = head.split_at_checked(head.len().checked_sub(7)?)?;
    end.eq_ignore_ascii_case(";base64").then_some(media_type)
}

/// Base64 text without its white space: letters, digits, `+` and `/`, then at most two `=`.
fn base64_text(text: Cow<'_, str>) -> Result<Cow<'_, str>, ValueError> {
    if all_base64(digits(&text)) {
        return non_empty(text);
    }
    let spaced = text.bytes().any(|byte| byte.is_ascii_whitespace());
    let text = if spaced {
        Cow::Owned(text.chars().filter(|c| !c.is_ascii_whitespace()).collect())
    } else {
        text
    };
    match digits(&text)
        .bytes()
        .position(|byte| !is_base64_digit(byte))
    {
        Some(at) => Err(ValueError::new(at..at + 1, Reason::Expected(EXPECTED))),
        None => non_empty(text),
    }
}

fn digits(text: &str) -> &str {
    text.strip_suffix("==")
        .or_else(|| text.strip_suffix('='))
        .unwrap_or(text)
}

fn non_empty(text: Cow<'_, str>) -> Result<Cow<'_, str>, ValueError> {
    if digits(&text).is_empty() {
        return Err(ValueError::new(0..text.len(), Reason::Empty(EXPECTED)));
    }
    Ok(text)
}

/// Written so that it is vectorised: photos are most of the bytes of an address book.
fn all_base64(text: &str) -> bool {
    let all = |chunk: &[u8]| {
        chunk
            .iter()
            .fold(true, |all, byte| all & is_base64_digit(*byte))
    };
    text.as_bytes().chunks(64).all(all)
}

#[cfg(feature = "base64")]
fn engine() -> base64::engine::GeneralPurpose {
    use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(&base64::alphabet::STANDARD, config)
}

#[cfg(feature = "base64")]
fn encode(bytes: &[u8]) -> String {
    use base64::Engine;
    engine().encode(bytes)
}

#[cfg(feature = "base64")]
fn decode(text: &str) -> Result<alloc::vec::Vec<u8>, ValueError> {
    use base64::Engine;
    let wrong = |_| ValueError::new(0..text.len(), Reason::Expected(EXPECTED));
    engine().decode(text).map_err(wrong)
}
