//! Bytes inline: base64 with ENCODING and TYPE before 4.0, a `data:` URI in 4.0.
//!
//! RFC 2426, 2.4.1; RFC 6350, 6.2.4; vCard 2.1, 2.1.9.

use alloc::string::String;

use super::new_property::{PropertyValue, WriteError};
use super::uri_commas::{Style, UriCommas};
use crate::registry::{self, PropertyId};
use crate::syntax::byte_class::{is_base64_digit, is_media_name};
use crate::syntax::line_head::Dialect;
use crate::syntax::parameter::Parameters;
use crate::version::Version;

/// Bytes that stand inline.
#[derive(Clone, Copy)]
pub(super) enum Inline<'a> {
    Base64(&'a str),
    #[cfg(feature = "base64")]
    Bytes(&'a [u8]),
}

impl<'a> Inline<'a> {
    /// The media type and the bytes of a value that is inline.
    pub fn of(value: &'a PropertyValue) -> Option<(&'a str, Self)> {
        match value {
            PropertyValue::Base64 { media_type, data } => Some((media_type, Inline::Base64(data))),
            #[cfg(feature = "base64")]
            PropertyValue::Binary { media_type, data } => Some((media_type, Inline::Bytes(data))),
            _ => None,
        }
    }

    fn is_right(self) -> bool {
        match self {
            Inline::Base64(text) => {
                let digits = text.trim_end_matches('=');
                let padding = text.len() - digits.len();
                !digits.is_empty() && padding < 3 && digits.bytes().all(is_base64_digit)
            }
            #[cfg(feature = "base64")]
            Inline::Bytes(bytes) => !bytes.is_empty(),
        }
    }

    fn push(self, line: &mut String) {
        match self {
            Inline::Base64(text) => {
                line.push_str(text);
                for _ in 0..text.len().wrapping_neg() % 4 % 3 {
                    line.push('=');
                }
            }
            #[cfg(feature = "base64")]
            Inline::Bytes(bytes) => {
                use base64::Engine;
                base64::engine::general_purpose::STANDARD.encode_string(bytes, line);
            }
        }
    }
}

/// Whether a media type can be written, with its parameters in 4.0.
pub(crate) fn is_media_type(media_type: &str) -> bool {
    match media_type.split_once('/') {
        Some((kind, subtype)) => is_media_name(kind) && is_media_name(subtype),
        None => media_type.is_empty(),
    }
}

/// Appends what inline data asks of a head, the colon and the data. How long the head is then.
pub(super) fn push_inline(
    media_type: &str,
    data: Inline<'_>,
    style: Style,
    line: &mut String,
) -> Result<usize, WriteError> {
    let version = style.version;
    if !is_media_type(media_type) || !data.is_right() {
        return Err(WriteError::NoForm { version });
    }
    let head_len;
    match version {
        Version::V4_0 => {
            if !has_parameter(line, version, "VALUE", |_| true) {
                line.push_str(";VALUE=uri");
            }
            head_len = line.len();
            line.push_str(":data:");
            line.push_str(media_type);
            line.push_str(match style.commas {
                UriCommas::Escaped => ";base64\\,",
                UriCommas::Plain => ";base64,",
            });
        }
        Version::V3_0 | Version::V2_1 => {
            push_encoding(media_type, version, line);
            head_len = line.len();
            line.push(':');
        }
    }
    data.push(line);
    Ok(head_len)
}

/// Whether a head has a parameter of this name with such a value.
fn has_parameter(head: &str, version: Version, name: &str, is: impl Fn(&str) -> bool) -> bool {
    let Some((_, parameters)) = head.split_once(';') else {
        return false;
    };
    let dialect = match version {
        Version::V2_1 => Dialect::Backslash,
        _ => Dialect::Quoting,
    };
    Parameters::new(Some(parameters.as_bytes()), dialect, false)
        .any(|one| one.is(name) && one.values().any(|value| is(&value)))
}

/// Appends ENCODING and the word of TYPE for a media type to a head of 2.1 or 3.0 that does not have
/// them.
fn push_encoding(media_type: &str, version: Version, head: &mut String) {
    let name = head.split(';').next().unwrap_or_default();
    let name = name.rsplit('.').next().unwrap_or_default();
    let property = registry::property(name.as_bytes());
    let id = property.map_or(PropertyId::PHOTO, |row| {
        row.id.stands_for_property().unwrap_or(row.id)
    });
    let has_encoding = has_parameter(head, version, "ENCODING", |_| true);
    let id = if id.row().is_media() {
        id
    } else {
        PropertyId::PHOTO
    };
    let is_format = |word: &str| registry::is_media_word(id, word);
    let has_type = media_type.is_empty() || has_parameter(head, version, "TYPE", is_format);
    if !has_encoding {
        head.push_str(match version {
            Version::V2_1 => ";ENCODING=BASE64",
            _ => ";ENCODING=b",
        });
    }
    if !has_type {
        head.push_str(";TYPE=");
        head.push_str(&registry::media_word(id, media_type));
    }
}
