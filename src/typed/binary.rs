//! What stands inline in PHOTO, LOGO, SOUND and KEY.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

use super::AccessError;
use crate::card::PropertyRef;
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
            true => data_uri(text, self.version()),
            false => self.inline(text),
        };
        Some(text.map_err(AccessError::from).and_then(read))
    }

    /// Base64, and the media type that TYPE stands for.
    fn inline(&self, text: Cow<'a, str>) -> Result<DataUri<'a>, AccessError> {
        let data = Binary::from_base64(text)?;
        let media_type = match self.parameter("TYPE") {
            Some(types) => media_type(&types.value()),
            None => Cow::Borrowed(""),
        };
        // A TYPE that stands for no media type costs the type, and not the bytes.
        let stands = DataUri::new(media_type.clone(), Binary::from_base64("AAAA")?).is_ok();
        Ok(DataUri::new(
            if stands { media_type } else { "".into() },
            data,
        )?)
    }
}

fn data_uri(text: Cow<'_, str>, version: Option<Version>) -> Result<DataUri<'_>, AccessError> {
    // 2.1 has no escapes, but other versions' commas are found there.
    let version = match version {
        Some(Version::V4_0) => Version::V4_0,
        _ => Version::V3_0,
    };
    Ok(match text {
        Cow::Borrowed(text) => DataUri::parse(text, version)?,
        Cow::Owned(text) => DataUri::parse(&text, version)?.into_owned(),
    })
}

/// The media type that a TYPE of 2.1 or 3.0 stands for.
fn media_type(format: &str) -> Cow<'static, str> {
    const SOUNDS: [&str; 7] = ["wave", "wav", "basic", "pcm", "aiff", "mp3", "ogg"];
    let format = format.trim().to_ascii_lowercase();
    Cow::Owned(match &*format {
        _ if format.contains('/') || format.is_empty() => format,
        "x509" => String::from("application/pkix-cert"),
        "pgp" => String::from("application/pgp-keys"),
        "jpg" => String::from("image/jpeg"),
        sound if SOUNDS.contains(&sound) => format!("audio/{sound}"),
        image => format!("image/{image}"),
    })
}
