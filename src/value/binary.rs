//! Binary data: inline base64, data: URIs and references. RFC 6350, 6.2.4; RFC 2397;
//! RFC 2426, 2.4.1; vCard 2.1, 2.1.9.
//!
//! The text is kept as base64; bytes are made when asked for, with the feature `base64`.

use alloc::borrow::Cow;
use alloc::string::String;
use core::hash::{Hash, Hasher};

use super::uri::scheme;
use super::{Notes, Reason, Text, Unwritable, Uri, Value, ValueError};
use crate::registry::ValueType;
use crate::syntax::byte_class::is_base64_digit;
use crate::syntax::escape::unescape_uri;
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
#[derive(Debug, Clone)]
pub struct Binary<'a>(Cow<'a, str>);

/// By the data: padding says nothing of it.
impl PartialEq for Binary<'_> {
    fn eq(&self, other: &Self) -> bool {
        digits(&self.0) == digits(&other.0)
    }
}

impl Eq for Binary<'_> {}

impl Hash for Binary<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        digits(&self.0).hash(state);
    }
}

impl<'a> Binary<'a> {
    /// Data as base64; white space in it is dropped.
    ///
    /// # Errors
    ///
    /// It is empty or not base64.
    ///
    /// ```
    /// use vcardinal::value::Binary;
    ///
    /// assert_eq!(Binary::from_base64("R0lG ODlh")?.as_base64(), "R0lGODlh");
    /// assert!(Binary::from_base64("R0lG!").is_err());
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    pub fn from_base64(text: impl Into<Cow<'a, str>>) -> Result<Self, ValueError> {
        base64_text(text.into()).map(|text| Binary(text.0))
    }

    /// Data as bytes; without any it cannot be written.
    ///
    /// ```
    /// use vcardinal::value::Binary;
    ///
    /// assert_eq!(Binary::from_bytes(b"GIF89a").as_base64(), "R0lGODlh");
    /// ```
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
    ///
    /// ```
    /// use vcardinal::value::Binary;
    ///
    /// assert_eq!(Binary::from_base64("R0lGODlh")?.decode()?, b"GIF89a");
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[cfg(feature = "base64")]
    pub fn decode(&self) -> Result<alloc::vec::Vec<u8>, ValueError> {
        decode(&self.0)
    }

    /// The same data as 4.0 has it.
    ///
    /// # Errors
    ///
    /// The media type is not valid.
    ///
    /// ```
    /// use vcardinal::value::Binary;
    ///
    /// let uri = Binary::from_base64("R0lGODlh")?.into_data_uri("image/gif")?;
    /// assert_eq!((uri.media_type(), uri.as_base64()), ("image/gif", Some("R0lGODlh")));
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    pub fn into_data_uri(
        self,
        media_type: impl Into<Cow<'a, str>>,
    ) -> Result<DataUri<'a>, ValueError> {
        DataUri::new(media_type, self)
    }

    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> Binary<'static> {
        Binary(Cow::Owned(self.0.into_owned()))
    }
}

impl<'a> Value<'a> for Binary<'a> {
    const TAKES_WHITE_SPACE: bool = true;

    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        let (text, surplus) = base64_text(Cow::Borrowed(raw)).map_err(|error| {
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
        if surplus || !text.len().is_multiple_of(4) {
            let reason = Reason::Spelling("base64 text padded to a multiple of four");
            notes.add(0..raw.len(), reason);
        }
        Ok(Binary(text))
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        if version == Version::V4_0 {
            return Err(Unwritable::not_in(
                version,
                "inline data as it is",
                "a data: URI has one",
            ));
        }
        if digits(&self.0).is_empty() {
            return Err(Unwritable::not_in(
                version,
                "data without an octet",
                "remove the property",
            ));
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
    Base64(Binary<'a>),
    Percent(Cow<'a, str>),
}

impl<'a> DataUri<'a> {
    /// This data, of this media type.
    ///
    /// # Errors
    ///
    /// The media type has a comma, a space or a control character, or there is no data.
    ///
    /// ```
    /// use vcardinal::value::{Binary, DataUri};
    ///
    /// assert!(DataUri::new("image/gif", Binary::from_base64("R0lGODlh")?).is_ok());
    /// assert!(DataUri::new("image/gif,", Binary::from_base64("R0lGODlh")?).is_err());
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    pub fn new(media_type: impl Into<Cow<'a, str>>, data: Binary<'a>) -> Result<Self, ValueError> {
        let media_type = media_type.into();
        let (data, _) = padded(data.0)?;
        let is_other = |one: char| !one.is_ascii_graphic() || matches!(one, ',' | '\\');
        if let Some((at, one)) = media_type.char_indices().find(|(_, one)| is_other(*one)) {
            return Err(ValueError::new(
                at..at + one.len_utf8(),
                Reason::Expected("a media type, as image/png"),
            ));
        }
        if ends_in_base64(&media_type).is_some() {
            let reason = Reason::Expected("a media type without ;base64");
            return Err(ValueError::new(0..media_type.len(), reason));
        }
        Ok(DataUri {
            media_type,
            data: Encoded::Base64(Binary(data)),
        })
    }

    /// The media type, with its parameters; empty means `text/plain;charset=US-ASCII`.
    #[must_use]
    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    /// The data as base64; `None` when it is percent-encoded.
    #[must_use]
    pub fn as_base64(&self) -> Option<&str> {
        match &self.data {
            Encoded::Base64(data) => Some(&data.0),
            Encoded::Percent(_) => None,
        }
    }

    /// The data as bytes.
    ///
    /// # Errors
    ///
    /// The base64 is not valid, or a percent sign is without two hexadecimal digits after it.
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
            Encoded::Base64(data) => data.decode(),
            Encoded::Percent(text) => super::uri::percent_decode(text),
        }
    }

    /// The data as 3.0 has it, without the media type; `None` when it is percent-encoded.
    ///
    /// ```
    /// use vcardinal::Version;
    /// use vcardinal::value::{DataUri, Value};
    ///
    /// let uri = DataUri::parse("data:image/gif;base64,R0lGODlh", Version::V4_0)?;
    /// assert_eq!(uri.into_binary().unwrap().as_base64(), "R0lGODlh");
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub fn into_binary(self) -> Option<Binary<'a>> {
        match self.data {
            Encoded::Base64(data) => Some(data),
            Encoded::Percent(_) => None,
        }
    }

    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> DataUri<'static> {
        let owned = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        DataUri {
            media_type: owned(self.media_type),
            data: match self.data {
                Encoded::Base64(data) => Encoded::Base64(data.into_owned()),
                Encoded::Percent(text) => Encoded::Percent(owned(text)),
            },
        }
    }
}

impl<'a> Value<'a> for DataUri<'a> {
    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
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
        let (text, surplus) =
            base64_text(data).map_err(|error| ValueError::new(data_at..raw.len(), error.reason))?;
        if surplus || !text.len().is_multiple_of(4) {
            let reason = Reason::Spelling("base64 text padded to a multiple of four");
            notes.add(data_at..raw.len(), reason);
        }
        Ok(DataUri {
            media_type,
            data: Encoded::Base64(Binary(text)),
        })
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        let comma = if version == Version::V4_0 { r"\," } else { "," };
        out.push_str("data:");
        out.push_str(&self.media_type);
        match &self.data {
            Encoded::Base64(Binary(text)) => {
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
/// RFC 2426, 3.1.4. In a card of 2.1 a SOUND is a text unless VALUE or ENCODING say otherwise.
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
#[non_exhaustive]
pub enum Media<'a> {
    /// Data with its media type.
    Data(DataUri<'a>),
    /// Data as in 3.0, whose media type is in the parameter TYPE.
    Inline(Binary<'a>),
    /// A reference.
    Uri(Uri<'a>),
    /// How something sounds, in letters: SOUND of 2.1 alone has that. vCard 2.1, 2.6.3.
    Text(Text<'a>),
}

impl Media<'_> {
    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> Media<'static> {
        match self {
            Media::Data(data) => Media::Data(data.into_owned()),
            Media::Inline(data) => Media::Inline(data.into_owned()),
            Media::Uri(uri) => Media::Uri(uri.into_owned()),
            Media::Text(text) => Media::Text(text.into_owned()),
        }
    }

    /// The data as bytes; `None` for a reference and a text.
    ///
    /// # Errors
    ///
    /// The data is not what it says it is.
    #[cfg(feature = "base64")]
    pub fn decode(&self) -> Result<Option<alloc::vec::Vec<u8>>, ValueError> {
        match self {
            Media::Data(data) => data.decode().map(Some),
            Media::Inline(data) => data.decode().map(Some),
            Media::Uri(_) | Media::Text(_) => Ok(None),
        }
    }
}

/// Whether a text begins as a URI with a scheme, whose colon may be escaped as in a text.
fn has_scheme(text: &str, version: Version) -> bool {
    let is_of_scheme = |one: char| one.is_ascii_alphanumeric() || ['+', '-', '.'].contains(&one);
    let hides_colon = || text.trim_start_matches(is_of_scheme).starts_with(r"\:");
    scheme(text).is_some() || (hides_colon() && scheme(&unescape_uri(text, version)).is_some())
}

impl<'a> Value<'a> for Media<'a> {
    const TAKES_WHITE_SPACE: bool = true;

    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        let trimmed = raw.trim_ascii();
        if is_data(trimmed) {
            return DataUri::read(raw, version, notes).map(Media::Data);
        }
        if has_scheme(trimmed, version) {
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
            Media::Text(text) => text.write_to(version, out)?,
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
            Media::Text(text) => text.value_type(version),
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

/// Base64 text without its white space: letters, digits, `+` and `/`, then at most as many `=` as
/// fill up the last group; and whether there were more of them.
fn base64_text(text: Cow<'_, str>) -> Result<(Cow<'_, str>, bool), ValueError> {
    if all_base64(digits(&text)) {
        return padded(text);
    }
    let spaced = text.bytes().any(|byte| byte.is_ascii_whitespace());
    let text = if spaced {
        Cow::Owned(text.chars().filter(|c| !c.is_ascii_whitespace()).collect())
    } else {
        text
    };
    let is_other =
        |one: &char| !u8::try_from(*one).is_ok_and(|byte| byte < 0x80 && is_base64_digit(byte));
    let other = digits(&text).char_indices().find(|(_, one)| is_other(one));
    match other {
        Some((at, one)) => {
            let span = at..at + one.len_utf8();
            Err(ValueError::new(span, Reason::Expected(EXPECTED)))
        }
        None => padded(text),
    }
}

fn digits(text: &str) -> &str {
    text.trim_end_matches('=')
}

/// The text without surplus equals signs; whether there were some.
fn padded(text: Cow<'_, str>) -> Result<(Cow<'_, str>, bool), ValueError> {
    let digits = digits(&text).len();
    if digits == 0 {
        return Err(ValueError::new(0..text.len(), Reason::Empty(EXPECTED)));
    }
    let whole = digits.next_multiple_of(4);
    if text.len() <= whole {
        return Ok((text, false));
    }
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(..whole).unwrap_or(text)),
        Cow::Owned(mut text) => {
            text.truncate(whole);
            Cow::Owned(text)
        }
    };
    Ok((text, true))
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
