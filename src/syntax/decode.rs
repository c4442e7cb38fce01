//! Value bytes to text, and what was done on the way.

use alloc::borrow::Cow;
use alloc::string::String;

use super::charset;
use super::content_line::ContentLine;
use super::escape;
use super::flags::Flags;
use crate::version::Version;

/// Text of a value, and what was undone to get at it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decoded<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// Folds or soft line breaks were joined.
    pub unfolded: bool,
    /// Quoted-printable was decoded.
    pub quoted_printable: bool,
    /// The charset it was converted from, when that was not UTF-8.
    pub charset: Option<&'static str>,
    /// Backslash escapes were resolved.
    pub unescaped: bool,
}

/// Why the text of a value is not to be had. The bytes are kept as they are all the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextError {
    /// No charset is named, and the bytes are not UTF-8.
    #[error("byte {valid_up_to} of the value is not UTF-8, and the property names no charset")]
    NotUtf8 {
        /// Bytes of the unfolded value before the first that is not UTF-8.
        valid_up_to: usize,
    },
    /// The charset is not known, or the feature `charset` is not there.
    #[error("the charset {label:?} is not known{}", if cfg!(feature = "charset") { "" } else { " without the feature `charset`" })]
    UnknownCharset {
        /// The charset's name as it is written, 40 characters of it at most.
        label: String,
    },
    /// A list or a structured value has more values than
    /// [`Limits::values`](crate::Limits::values) allows.
    #[error("the value has more than {max} values")]
    TooManyValues {
        /// The limit.
        max: usize,
    },
    /// The bytes are no text of the charset that the property names.
    #[error("the value is not {label} as its property says")]
    Malformed {
        /// The charset's name as it is written, 40 characters of it at most.
        label: String,
    },
}

/// The text of a line's value before its escapes are resolved.
pub(crate) fn raw_text<'a>(
    line: &ContentLine<'a>,
    version: Option<Version>,
) -> Result<Decoded<'a>, TextError> {
    let bytes = line.value(version);
    let mut decoded = Decoded {
        text: Cow::Borrowed(""),
        unfolded: line.flags().has(Flags::VALUE_FOLDED),
        quoted_printable: line.is_quoted_printable(),
        charset: None,
        unescaped: false,
    };
    let label = match line.parameter_text() {
        Some(_) => line.parameter("CHARSET").map(|parameter| parameter.value()),
        None => None,
    };
    match label.as_deref().filter(|label| !charset::is_utf8(label)) {
        None => {
            decoded.text = utf8(bytes)?;
        }
        Some(label) => {
            let (text, name) = match bytes {
                Cow::Borrowed(bytes) => charset::decode(bytes, label),
                Cow::Owned(bytes) => charset::decode(&bytes, label)
                    .map(|(text, name)| (Cow::Owned(text.into_owned()), name)),
            }
            .map_err(|error| {
                let label = label.chars().take(40).collect::<String>();
                match error {
                    charset::CharsetError::Unknown => TextError::UnknownCharset { label },
                    #[cfg(feature = "charset")]
                    charset::CharsetError::Malformed => TextError::Malformed { label },
                }
            })?;
            decoded.text = text;
            decoded.charset = Some(name);
        }
    }
    // The line breaks of quoted-printable text are CRLF; text has LF.
    if decoded.quoted_printable && decoded.text.contains('\r') {
        decoded.text = Cow::Owned(decoded.text.replace("\r\n", "\n"));
    }
    Ok(decoded)
}

fn utf8(bytes: Cow<'_, [u8]>) -> Result<Cow<'_, str>, TextError> {
    let error = |bytes: &[u8]| TextError::NotUtf8 {
        valid_up_to: core::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len),
    };
    match bytes {
        Cow::Borrowed(bytes) => match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(_) => Err(error(bytes)),
        },
        Cow::Owned(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Owned(text)),
            Err(not_utf8) => Err(error(not_utf8.as_bytes())),
        },
    }
}

/// The text of a line's value, taken as one text.
pub(crate) fn text<'a>(
    line: &ContentLine<'a>,
    version: Option<Version>,
) -> Result<Decoded<'a>, TextError> {
    let mut decoded = raw_text(line, version)?;
    let dialect = version.unwrap_or(Version::V3_0);
    let unescaped = match escape::unescape(&decoded.text, dialect) {
        Cow::Borrowed(_) => None,
        Cow::Owned(text) => Some(text),
    };
    if let Some(text) = unescaped {
        decoded.text = Cow::Owned(text);
        decoded.unescaped = true;
    }
    Ok(decoded)
}
