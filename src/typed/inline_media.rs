//! What stands inline in PHOTO, LOGO, SOUND and KEY.

use alloc::borrow::Cow;
use alloc::string::String;

use super::AccessError;
#[cfg(feature = "base64")]
use super::value_type::version_of;
use crate::card::PropertyRef;
#[cfg(feature = "base64")]
use crate::card::{Card, EditError, Property, PropertyMut, PropertyValue, of_value::NewValue};
#[cfg(feature = "base64")]
use crate::registry::ValueType;
use crate::registry::{self, PropertyId};
use crate::value::{Binary, DataUri, Value};
use crate::version::Version;

impl<'a> PropertyRef<'a> {
    /// What a PHOTO, LOGO, SOUND or KEY holds inline, with its media type; [`DataUri::decode`]
    /// makes the bytes.
    ///
    /// Base64 of 2.1 and 3.0, whose TYPE becomes the media type (`JPEG` is `image/jpeg`; empty
    /// without one), and `data:` URIs of any version, after `ENCODING=b` too. White space,
    /// an escaped comma and missing padding do not matter. `None` when the value is neither: then it
    /// is a URI that points elsewhere, or text. RFC 2426, 3.1.4; RFC 6350, 6.2.4; RFC 2397.
    ///
    /// # Errors
    ///
    /// The base64 or the URI is damaged.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:3.0\nPHOTO;ENCODING=b;TYPE=GIF:R0lG\n ODlh\nEND:VCARD\n",
    /// )?;
    /// let photo = card.property("PHOTO").unwrap().binary().unwrap()?;
    /// assert_eq!((photo.media_type(), photo.as_base64()), ("image/gif", Some("R0lGODlh")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn binary(&self) -> Option<Result<DataUri<'a>, AccessError>> {
        let value = self.value_bytes();
        let is_uri = value
            .trim_ascii_start()
            .get(..5)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"data:"));
        if !is_uri && !self.line().is_base64() {
            return None;
        }
        // Both are ASCII, whatever CHARSET says.
        let text = match value {
            Cow::Borrowed(bytes) => core::str::from_utf8(bytes).map(Cow::Borrowed).ok(),
            Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).ok(),
        };
        let text = text.map_or_else(|| self.raw_text(), Ok);
        let read = |text| match is_uri {
            true => data_uri(text, self.effective_version()),
            false => self.inline(text),
        };
        Some(text.map_err(AccessError::from).and_then(read))
    }

    /// Base64, and the media type that TYPE stands for.
    fn inline(&self, text: Cow<'a, str>) -> Result<DataUri<'a>, AccessError> {
        let data = Binary::from_base64(text)?;
        let media_type = self.media_type_of_inline();
        // A TYPE that stands for no media type costs the type, and not the bytes.
        let stands = DataUri::new(&*media_type, Binary::from_base64("AAAA")?).is_ok();
        Ok(DataUri::new(
            if stands { media_type } else { "".into() },
            data,
        )?)
    }

    /// The media type that a word of TYPE is on this property, or else MEDIATYPE; empty without both.
    fn media_type_of_inline(&self) -> Cow<'a, str> {
        let row = registry::property(self.line().name_bytes());
        let id = row.map(|row| row.id.stands_for_property().unwrap_or(row.id));
        // Whatever holds inline data without being known for it holds a picture most of the time.
        let id = id
            .filter(|id| id.row().is_media())
            .unwrap_or(PropertyId::PHOTO);
        let mut words = self.values_named("TYPE");
        match words.find(|word| registry::is_media_word(id, word)) {
            Some(word) => registry::media_type(id, &word),
            None => self
                .parameter("MEDIATYPE")
                .map(|parameter| parameter.value())
                .unwrap_or_default(),
        }
    }
}

#[cfg(feature = "base64")]
impl PropertyMut<'_> {
    /// Sets the bytes of a PHOTO, LOGO, SOUND or KEY in the form of the card's version: base64
    /// in 2.1 and 3.0, a `data:` URI in 4.0. What described the old value goes, words of TYPE such as
    /// `home` stay; bytes that are there already change nothing.
    ///
    /// # Errors
    ///
    /// When the media type is not a valid one.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nLOGO:https://example.com/a.png\nEND:VCARD\n")?;
    /// card.property_mut("LOGO").unwrap().set_binary("image/gif", b"GIF89a")?;
    /// assert_eq!(card.property("LOGO").unwrap().media_type().unwrap(), "image/gif");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set_binary(&mut self, media_type: &str, data: &[u8]) -> Result<(), EditError> {
        let property = self.get();
        if let Some(Ok(old)) = property.binary()
            && old.media_type().eq_ignore_ascii_case(media_type)
            && old.decode().is_ok_and(|old| old == data)
        {
            return Ok(());
        }
        let version = version_of(&property);
        let row = registry::property(property.line().name_bytes());
        let new = NewValue::new(row, ValueType::inline(version), version);
        let value = PropertyValue::Binary {
            media_type: media_type.into(),
            data: data.into(),
        };
        self.set_typed_value(&value, new, None, &[])
    }
}

#[cfg(feature = "base64")]
impl Card {
    /// Sets the first PHOTO, or adds one, in the form of the card's version. RFC 6350, 6.2.4;
    /// RFC 2426, 3.1.4.
    ///
    /// # Errors
    ///
    /// When the media type is not a valid one, or the card has no place for another line.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// card.set_photo("image/gif", b"GIF89a")?;
    /// assert_eq!(card.photo().unwrap().bytes()?, b"GIF89a");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set_photo(&mut self, media_type: &str, data: &[u8]) -> Result<(), EditError> {
        if let Some(mut photo) = self.property_mut("PHOTO") {
            return photo.set_binary(media_type, data);
        }
        let value = PropertyValue::Binary {
            media_type: media_type.into(),
            data: data.into(),
        };
        self.push(Property::new("PHOTO", value)?).map(|_| ())
    }
}

fn data_uri(text: Cow<'_, str>, version: Version) -> Result<DataUri<'_>, AccessError> {
    // 2.1 has no escapes, but other versions' commas are found there.
    let version = version.max(Version::V3_0);
    Ok(match text {
        Cow::Borrowed(text) => DataUri::parse(text, version)?,
        Cow::Owned(text) => DataUri::parse(&text, version)?.into_owned(),
    })
}
