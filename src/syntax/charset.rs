//! Bytes of other charsets than UTF-8 to text. vCard 2.1, 2.1.6.

use alloc::borrow::Cow;

/// Why bytes could not be read as text of a charset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CharsetError {
    /// The label names no charset that is known here.
    Unknown,
    /// The bytes are no text of that charset.
    #[cfg(feature = "charset")]
    Malformed,
}

/// Text of the charset that `label` names, and the charset's name.
#[cfg(feature = "charset")]
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    label: &str,
) -> Result<(Cow<'a, str>, &'static str), CharsetError> {
    let encoding =
        encoding_rs::Encoding::for_label(label.as_bytes()).ok_or(CharsetError::Unknown)?;
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or(CharsetError::Malformed)?;
    Ok((text, encoding.name()))
}

/// Without the feature `charset`: US-ASCII alone, which is UTF-8.
#[cfg(not(feature = "charset"))]
pub(crate) fn decode<'a>(
    _: &'a [u8],
    _: &str,
) -> Result<(Cow<'a, str>, &'static str), CharsetError> {
    Err(CharsetError::Unknown)
}

/// Whether a label names UTF-8, or ASCII, which is a part of it.
pub(crate) fn is_utf8(label: &str) -> bool {
    ["UTF-8", "UTF8", "US-ASCII", "ASCII"]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(label))
}

/// Whether a label names a charset that can be decoded here.
pub(crate) fn is_known(label: &str) -> bool {
    is_utf8(label) || {
        #[cfg(feature = "charset")]
        {
            encoding_rs::Encoding::for_label(label.as_bytes()).is_some()
        }
        #[cfg(not(feature = "charset"))]
        {
            false
        }
    }
}
