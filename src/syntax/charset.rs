//! Bytes of other charsets than UTF-8 to text. vCard 2.1, 2.1.6.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

/// A charset that text can be read from.
///
/// Windows-1252 is always there; the feature `charset` brings the others.
///
/// ```
/// use vcardinal::Charset;
///
/// assert_eq!(Charset::for_label("cp1252"), Some(Charset::WINDOWS_1252));
/// assert_eq!(Charset::WINDOWS_1252.name(), "windows-1252");
/// assert_eq!(Charset::for_label("x-unheard-of"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Charset(Repr);

#[cfg(feature = "charset")]
type Repr = &'static encoding_rs::Encoding;

#[cfg(not(feature = "charset"))]
type Repr = ();

impl Charset {
    /// Windows-1252, which old address books wrote where they named no charset. Every octet is a
    /// character in it, so that it reads any text.
    #[cfg(feature = "charset")]
    pub const WINDOWS_1252: Charset = Charset(encoding_rs::WINDOWS_1252);

    /// Windows-1252, which old address books wrote where they named no charset. Every octet is a
    /// character in it, so that it reads any text.
    #[cfg(not(feature = "charset"))]
    pub const WINDOWS_1252: Charset = Charset(());

    /// The charset that a label names, in any letter case; `None` for one that is not known, and
    /// for all but Windows-1252 without the feature `charset`.
    ///
    /// The labels are those of the Encoding Standard, so that `ISO-8859-1` is Windows-1252.
    ///
    /// ```
    /// use vcardinal::Charset;
    ///
    /// assert_eq!(Charset::for_label("CP1252"), Some(Charset::WINDOWS_1252));
    /// assert_eq!(Charset::for_label("no such"), None);
    /// ```
    #[must_use]
    pub fn for_label(label: &str) -> Option<Charset> {
        #[cfg(feature = "charset")]
        {
            encoding_rs::Encoding::for_label(label.as_bytes()).map(Charset)
        }
        #[cfg(not(feature = "charset"))]
        {
            let labels = ["windows-1252", "cp1252", "x-cp1252"];
            let is_it = labels.iter().any(|one| one.eq_ignore_ascii_case(label));
            is_it.then_some(Charset::WINDOWS_1252)
        }
    }

    /// Its name in the Encoding Standard: `windows-1252`, `Shift_JIS`.
    ///
    /// ```
    /// assert_eq!(vcardinal::Charset::WINDOWS_1252.name(), "windows-1252");
    /// ```
    #[must_use]
    pub fn name(self) -> &'static str {
        #[cfg(feature = "charset")]
        {
            self.0.name()
        }
        #[cfg(not(feature = "charset"))]
        {
            "windows-1252"
        }
    }

    /// The text that bytes are in this charset; `None` where they are no text of it.
    ///
    /// ```
    /// assert_eq!(vcardinal::Charset::WINDOWS_1252.decode(b"Zo\xEB").unwrap(), "Zoë");
    /// ```
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        if self == Charset::WINDOWS_1252 {
            return Some(windows_1252(bytes));
        }
        #[cfg(feature = "charset")]
        {
            self.0
                .decode_without_bom_handling_and_without_replacement(bytes)
        }
        #[cfg(not(feature = "charset"))]
        {
            None
        }
    }
}

impl Charset {
    /// The text that bytes are in this charset, with U+FFFD in place of what is no text of it.
    #[cfg(feature = "convert")]
    pub(crate) fn decode_lossy(self, bytes: &[u8]) -> String {
        match self == Charset::WINDOWS_1252 {
            true => windows_1252(bytes).into_owned(),
            false => self.0.decode_without_bom_handling(bytes).0.into_owned(),
        }
    }

    /// As [`decode`](Self::decode), of bytes that may be owned.
    pub(crate) fn read(self, bytes: Cow<'_, [u8]>) -> Option<Cow<'_, str>> {
        match bytes {
            Cow::Borrowed(bytes) => self.decode(bytes),
            Cow::Owned(bytes) => Some(Cow::Owned(self.decode(&bytes)?.into_owned())),
        }
    }
}

impl fmt::Debug for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Charset").field(&self.name()).finish()
    }
}

impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What the octets 80 to 9F are; the others are the characters of their number.
const HIGH_CONTROLS: [char; 32] = [
    '\u{20AC}', '\u{81}', '\u{201A}', '\u{192}', '\u{201E}', '\u{2026}', '\u{2020}', '\u{2021}',
    '\u{2C6}', '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8D}', '\u{17D}', '\u{8F}',
    '\u{90}', '\u{2018}', '\u{2019}', '\u{201C}', '\u{201D}', '\u{2022}', '\u{2013}', '\u{2014}',
    '\u{2DC}', '\u{2122}', '\u{161}', '\u{203A}', '\u{153}', '\u{9D}', '\u{17E}', '\u{178}',
];

fn windows_1252(bytes: &[u8]) -> Cow<'_, str> {
    if bytes.is_ascii()
        && let Ok(text) = core::str::from_utf8(bytes)
    {
        return Cow::Borrowed(text);
    }
    let character = |byte: &u8| {
        let high = byte.checked_sub(0x80).map(usize::from);
        let special = high.and_then(|at| HIGH_CONTROLS.get(at));
        special.copied().unwrap_or(char::from(*byte))
    };
    Cow::Owned(bytes.iter().map(character).collect::<String>())
}

/// Whether a label names UTF-8, or ASCII, which is a part of it.
pub(crate) fn is_utf8(label: &str) -> bool {
    ["UTF-8", "UTF8", "US-ASCII", "ASCII"]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(label))
}

/// Whether a label names a charset that can be decoded here.
pub(crate) fn is_known(label: &str) -> bool {
    is_utf8(label) || Charset::for_label(label).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn ok_windows_1252_reads_every_octet() {
        let all: Vec<u8> = (0..=255).collect();
        let text = Charset::WINDOWS_1252.decode(&all).unwrap();
        assert_eq!(text.chars().count(), 256);
        assert!(text.contains('€') && text.contains('ÿ') && text.contains('Ž'));
        #[cfg(feature = "charset")]
        assert_eq!(
            text,
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(&all)
                .0
        );
    }
}
