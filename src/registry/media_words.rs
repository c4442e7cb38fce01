//! The formats that TYPE of a picture, a sound or a key names before 4.0, and the media types that
//! these are: one table, read in both directions.
//!
//! vCard 2.1, 2.2.3.1, 2.6.3.1 and 2.7.2; RFC 2426, 3.1.4, 3.6.6 and 3.7.2.

use alloc::borrow::Cow;
use alloc::format;

use super::PropertyId;
use super::type_words::is_registered_type;
use crate::version::Version;

/// A word of TYPE and the media type it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct MediaRow {
    /// The properties on which it is that.
    pub properties: &'static [PropertyId],
    /// The word, as it is written.
    pub word: &'static str,
    /// The media type, in small letters.
    pub media_type: &'static str,
}

const PICTURE: &[PropertyId] = &[PropertyId::PHOTO, PropertyId::LOGO];
const SOUND: &[PropertyId] = &[PropertyId::SOUND];
const KEY: &[PropertyId] = &[PropertyId::KEY];

const fn row(
    properties: &'static [PropertyId],
    word: &'static str,
    media_type: &'static str,
) -> MediaRow {
    MediaRow {
        properties,
        word,
        media_type,
    }
}

/// Of several words for one media type, the first is written.
static ROWS: [MediaRow; 44] = [
    row(PICTURE, "JPEG", "image/jpeg"),
    row(PICTURE, "JPG", "image/jpeg"),
    row(PICTURE, "GIF", "image/gif"),
    row(PICTURE, "PNG", "image/png"),
    row(PICTURE, "WEBP", "image/webp"),
    row(PICTURE, "HEIC", "image/heic"),
    row(PICTURE, "AVIF", "image/avif"),
    row(PICTURE, "SVG", "image/svg+xml"),
    row(PICTURE, "TIFF", "image/tiff"),
    row(PICTURE, "TIF", "image/tiff"),
    row(PICTURE, "BMP", "image/bmp"),
    row(PICTURE, "DIB", "image/dib"),
    row(PICTURE, "CGM", "image/cgm"),
    row(PICTURE, "WMF", "image/wmf"),
    row(PICTURE, "MET", "image/met"),
    row(PICTURE, "PMB", "image/pmb"),
    row(PICTURE, "PICT", "image/pict"),
    row(PICTURE, "ICO", "image/vnd.microsoft.icon"),
    row(PICTURE, "PS", "application/postscript"),
    row(PICTURE, "PDF", "application/pdf"),
    row(PICTURE, "MPEG", "video/mpeg"),
    row(PICTURE, "MPEG2", "video/mpeg2"),
    row(PICTURE, "AVI", "video/avi"),
    row(PICTURE, "QTIME", "video/quicktime"),
    row(SOUND, "BASIC", "audio/basic"),
    row(SOUND, "WAVE", "audio/wave"),
    row(SOUND, "WAV", "audio/wav"),
    row(SOUND, "PCM", "audio/pcm"),
    row(SOUND, "AIFF", "audio/aiff"),
    row(SOUND, "MPEG", "audio/mpeg"),
    row(SOUND, "MP3", "audio/mpeg"),
    row(SOUND, "AAC", "audio/aac"),
    row(SOUND, "OGG", "audio/ogg"),
    row(SOUND, "VORBIS", "audio/vorbis"),
    row(SOUND, "OPUS", "audio/opus"),
    row(SOUND, "FLAC", "audio/flac"),
    row(SOUND, "MIDI", "audio/midi"),
    row(SOUND, "AMR", "audio/amr"),
    row(KEY, "PGP", "application/pgp-keys"),
    row(KEY, "GPG", "application/pgp-keys"),
    row(KEY, "PGP-KEYS", "application/pgp-keys"),
    row(KEY, "X509", "application/pkix-cert"),
    row(KEY, "PKIX-CERT", "application/pkix-cert"),
    row(KEY, "PKCS7-MIME", "application/pkcs7-mime"),
];

/// All words of the table.
///
/// ```
/// assert!(vcardinal::registry::media_rows().iter().any(|row| row.word == "JPEG"));
/// ```
#[must_use]
pub fn media_rows() -> &'static [MediaRow] {
    &ROWS
}

/// The media type that a word of TYPE is on a property of pictures, sounds or keys: a row of the
/// table, a media type as such, or a word that nothing else is known of.
///
/// Call it for what [`is_media_word`] says is one.
///
/// ```
/// use vcardinal::registry::{PropertyId, media_type};
///
/// assert_eq!(media_type(PropertyId::PHOTO, "jpg"), "image/jpeg");
/// assert_eq!(media_type(PropertyId::SOUND, "MPEG"), "audio/mpeg");
/// assert_eq!(media_type(PropertyId::KEY, "X509"), "application/pkix-cert");
/// assert_eq!(media_type(PropertyId::LOGO, "image/webp"), "image/webp");
/// ```
#[must_use]
pub fn media_type(property: PropertyId, word: &str) -> Cow<'static, str> {
    let word = word.trim();
    if word.is_empty() || word.contains('/') {
        return Cow::Owned(word.to_ascii_lowercase());
    }
    let named = |row: &&MediaRow| row.word.eq_ignore_ascii_case(word);
    let own = ROWS
        .iter()
        .filter(named)
        .find(|row| row.properties.contains(&property));
    if let Some(row) = own.or_else(|| ROWS.iter().find(named)) {
        return Cow::Borrowed(row.media_type);
    }
    let kind = if SOUND.contains(&property) {
        "audio"
    } else if KEY.contains(&property) {
        "application"
    } else {
        "image"
    };
    Cow::Owned(format!("{kind}/{}", word.to_ascii_lowercase()))
}

/// The word of TYPE that reads as a media type on a property: a word of the table, the subtype, or
/// the media type as such where the subtype would read as another.
///
/// ```
/// use vcardinal::registry::{PropertyId, media_word};
///
/// assert_eq!(media_word(PropertyId::PHOTO, "image/svg+xml"), "SVG");
/// assert_eq!(media_word(PropertyId::KEY, "application/pgp-keys"), "PGP");
/// assert_eq!(media_word(PropertyId::PHOTO, "image/x-own"), "X-OWN");
/// assert_eq!(media_word(PropertyId::PHOTO, "text/plain"), "text/plain");
/// ```
#[must_use]
pub fn media_word(property: PropertyId, wanted: &str) -> Cow<'_, str> {
    let own = ROWS.iter().find(|row| {
        row.media_type.eq_ignore_ascii_case(wanted) && row.properties.contains(&property)
    });
    if let Some(row) = own {
        return Cow::Borrowed(row.word);
    }
    match wanted.split_once('/') {
        Some((_, subtype))
            if media_type(property, subtype).eq_ignore_ascii_case(wanted)
                && is_media_word(property, subtype) =>
        {
            Cow::Owned(subtype.to_ascii_uppercase())
        }
        _ => Cow::Borrowed(wanted),
    }
}

/// Whether a word of TYPE before 4.0 names the media type of a picture, a sound or a key, and not
/// what somebody calls it, as `home`, or how much it is preferred, as `pref`.
///
/// ```
/// use vcardinal::registry::{PropertyId, is_media_word};
///
/// assert!(is_media_word(PropertyId::PHOTO, "jpeg"));
/// assert!(!is_media_word(PropertyId::PHOTO, "WORK") && !is_media_word(PropertyId::PHOTO, "pref"));
/// assert!(!is_media_word(PropertyId::TEL, "jpeg"));
/// ```
#[must_use]
pub fn is_media_word(property: PropertyId, word: &str) -> bool {
    let word = word.trim();
    if word.is_empty() || !property.row().is_media() || is_word_of_spoken(word) {
        return false;
    }
    if word.contains('/') || ROWS.iter().any(|row| row.word.eq_ignore_ascii_case(word)) {
        return true;
    }
    let is_label = |id, version| is_registered_type(id, version, word.as_bytes());
    !(is_label(property, Version::V4_0)
        || [PropertyId::TEL, PropertyId::EMAIL, PropertyId::ADR]
            .into_iter()
            .any(|id| {
                Version::ALL
                    .into_iter()
                    .any(|version| is_label(id, version))
            }))
}

/// Whether a word of TYPE says that a SOUND is a name as it is spoken, in letters: what phones write as
/// `SOUND;X-IRMC-N:`, in any version.
///
/// ```
/// use vcardinal::registry::is_word_of_spoken;
///
/// assert!(is_word_of_spoken("X-IRMC-N") && !is_word_of_spoken("WAVE"));
/// ```
#[must_use]
pub fn is_word_of_spoken(word: &str) -> bool {
    const START: &str = "X-IRMC-";
    let start = word.trim().get(..START.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(START))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_the_table_reads_the_same_in_both_directions() {
        for row in &ROWS {
            for property in row.properties {
                assert!(is_media_word(*property, row.word), "{}", row.word);
                assert_eq!(media_type(*property, row.word), row.media_type);
                let written = media_word(*property, row.media_type);
                assert_eq!(media_type(*property, &written), row.media_type);
            }
        }
    }

    #[test]
    fn ok_media_types_that_no_row_has_come_back() {
        for property in [PICTURE, SOUND, KEY].into_iter().flatten() {
            for wanted in [
                "image/webp",
                "audio/x-wave",
                "text/plain",
                "image/home",
                "video/mpeg",
                "x/pref",
            ] {
                let word = media_word(*property, wanted);
                assert!(is_media_word(*property, &word), "{word}");
                assert_eq!(media_type(*property, &word), wanted, "{property:?}");
            }
        }
    }
}
