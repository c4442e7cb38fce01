//! URIs. RFC 6350, 4.2; RFC 3986; RFC 2425, 5.8.4; vCard 2.1, 2.6.4.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::text::{has_control, writable};
use super::{Notes, Reason, Unwritable, Value, ValueError};
use crate::registry::ValueType;
use crate::syntax::wide;
use crate::version::Version;

/// A URI as it is written.
///
/// Commas are read plain and as `\,`, and so are the other escapes of text. In 4.0 they are
/// written as `\,` (verified errata 3845 and 3846); [`write_plain`](Uri::write_plain) is for the
/// revision of RFC 6350, which has no escapes in URIs.
///
/// Reading tolerates, with a note, what address books hold where a URI should be: no scheme
/// (`www.example.com`), spaces, characters that are not ASCII. RFC 6350, 4.2.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{Uri, Value};
///
/// let place = Uri::parse(r"geo:48.2\,16.3", Version::V4_0)?;
/// assert_eq!((place.as_str(), place.scheme()), ("geo:48.2,16.3", Some("geo")));
/// assert_eq!(place.to_text(Version::V4_0)?, r"geo:48.2\,16.3");
/// assert_eq!(Uri::parse("www.example.com", Version::V4_0)?.scheme(), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Uri<'a>(Cow<'a, str>);

impl<'a> Uri<'a> {
    /// A URI.
    ///
    /// # Errors
    ///
    /// It has no scheme, or a character that a URI cannot hold.
    ///
    /// ```
    /// use vcardinal::value::Uri;
    ///
    /// assert!(Uri::new("https://example.com/a%20b").is_ok());
    /// assert!(Uri::new("https://example.com/a b").is_err());
    /// ```
    pub fn new(uri: impl Into<Cow<'a, str>>) -> Result<Self, ValueError> {
        let uri = uri.into();
        match first_fault(&uri) {
            Some(fault) => Err(fault),
            None => Ok(Uri(uri)),
        }
    }

    /// The whole URI.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The URI, borrowed where nothing had to be decoded.
    #[must_use]
    pub fn into_cow(self) -> Cow<'a, str> {
        self.0
    }

    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> Uri<'static> {
        Uri(Cow::Owned(self.0.into_owned()))
    }

    /// What stands before the first colon; `None` where that is not a scheme.
    #[must_use]
    pub fn scheme(&self) -> Option<&str> {
        scheme(&self.0)
    }

    /// Whether it has this scheme, in any letter case.
    ///
    /// ```
    /// assert!(vcardinal::value::Uri::new("XMPP:ada@example.com")?.has_scheme("xmpp"));
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub fn has_scheme(&self, scheme: &str) -> bool {
        self.scheme()
            .is_some_and(|own| own.eq_ignore_ascii_case(scheme))
    }

    /// What stands after the scheme and its colon; all of it when there is no scheme.
    ///
    /// ```
    /// assert_eq!(vcardinal::value::Uri::new("xmpp:ada@example.com")?.after_scheme(), "ada@example.com");
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub fn after_scheme(&self) -> &str {
        let skip = self.scheme().map_or(0, |scheme| scheme.len() + 1);
        self.0.get(skip..).unwrap_or_default()
    }

    /// Appends the URI without backslashes, as the revision of RFC 6350 has it.
    ///
    /// # Errors
    ///
    /// It holds a control character or a backslash.
    pub fn write_plain(&self, out: &mut String) -> Result<(), Unwritable> {
        writable(&self.0)?;
        if self.0.contains(['\n', '\r', '\\']) {
            return Err(Unwritable::Control);
        }
        out.push_str(&self.0);
        Ok(())
    }
}

impl fmt::Display for Uri<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The scheme in front of a colon. RFC 3986, 3.1.
pub(super) fn scheme(uri: &str) -> Option<&str> {
    // No scheme comes near this length, and base64 data looks like one for long.
    let end = uri.bytes().take(64).position(|byte| !is_scheme(byte))?;
    let (scheme, rest) = uri.split_at_checked(end)?;
    let letter_first = scheme.bytes().next()?.is_ascii_alphabetic();
    (letter_first && rest.starts_with(':')).then_some(scheme)
}

const fn is_scheme(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')
}

/// Whether a text is a URI rather than a text: a scheme is in front, and no space anywhere.
pub(super) fn looks_like_uri(raw: &str) -> bool {
    scheme(raw).is_some() && memchr::memchr2(b' ', b'\t', raw.as_bytes()).is_none()
}

/// The characters of RFC 3986, 2: unreserved, reserved, and the percent sign.
const IN_URI: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    #[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric()
            || matches!(
                byte as u8,
                b'-' | b'.'
                    | b'_'
                    | b'~'
                    | b':'
                    | b'/'
                    | b'?'
                    | b'#'
                    | b'['
                    | b']'
                    | b'@'
                    | b'!'
                    | b'$'
                    | b'&'
                    | b'\''
                    | b'('
                    | b')'
                    | b'*'
                    | b'+'
                    | b','
                    | b';'
                    | b'='
                    | b'%'
            );
        byte += 1;
    }
    table
};

fn first_fault(uri: &str) -> Option<ValueError> {
    if scheme(uri).is_none() {
        return Some(ValueError::new(0..uri.len(), Reason::NoScheme));
    }
    faults(uri).next()
}

/// What RFC 3986, 2 does not allow, the scheme aside.
fn faults(uri: &str) -> impl Iterator<Item = ValueError> {
    uri.char_indices().filter_map(move |(at, character)| {
        let allowed = character.is_ascii() && IN_URI.get(character as usize) == Some(&true);
        if !allowed {
            return Some(ValueError::new(
                at..at + character.len_utf8(),
                Reason::NotInUri,
            ));
        }
        let encoded = character != '%'
            || uri
                .as_bytes()
                .get(at + 1..at + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        (!encoded).then(|| ValueError::new(at..at + 1, Reason::PercentEncoding))
    })
}

pub(crate) fn percent_decode(text: &str) -> Result<Vec<u8>, ValueError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes().enumerate();
    while let Some((at, byte)) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || {
            rest.next()
                .and_then(|(_, byte)| char::from(byte).to_digit(16))
        };
        let decoded = digit()
            .zip(digit())
            .and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        bytes.push(decoded.ok_or_else(|| ValueError::new(at..at + 1, Reason::PercentEncoding))?);
    }
    Ok(bytes)
}

/// Appends a text as a part of a URI: RFC 3986, 2.1, and the characters of an address as they are.
pub(crate) fn percent_encode(text: &str, out: &mut String) {
    let digit =
        |nibble: u8| char::from_digit(u32::from(nibble), 16).map(|c| c.to_ascii_uppercase());
    for &byte in text.as_bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' | b'@' | b'+' | b':' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => {
                out.push('%');
                out.extend([digit(byte >> 4), digit(byte & 0xF)].into_iter().flatten());
            }
        }
    }
}

/// The URI a raw value means: `\,` `\;` `\:` and `\\` lose their backslash, but not in 2.1.
pub(super) fn unescape_uri(raw: &str, version: Version) -> Cow<'_, str> {
    if version == Version::V2_1 || memchr::memchr(b'\\', raw.as_bytes()).is_none() {
        return Cow::Borrowed(raw);
    }
    let mut uri = String::with_capacity(raw.len());
    let mut characters = raw.chars().peekable();
    while let Some(character) = characters.next() {
        let escaped = characters.peek().copied();
        match (character, escaped) {
            ('\\', Some(next @ (',' | ';' | ':' | '\\'))) => {
                uri.push(next);
                characters.next();
            }
            _ => uri.push(character),
        }
    }
    Cow::Owned(uri)
}

/// Characters of a URI that need no second look; those from the hyphen to the colon are the point,
/// the slash, the digits and the colon.
#[inline(always)]
const fn is_clean_in_uri(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26)
        | (byte.wrapping_sub(b'-') <= b':' - b'-')
        | (byte == b'_')
        | (byte == b'~')
        | (byte == b'?')
        | (byte == b'#')
        | (byte == b'@')
        | (byte == b'=')
        | (byte == b'&')
        | (byte == b'+')
}

impl Uri<'_> {
    /// Whether it is clean at a glance: [`read`](Value::read) notes nothing about it, and there is
    /// nothing in it that the standards write in two ways.
    ///
    /// A data: URI is not, since what is right in it depends on the property.
    #[inline(always)]
    pub(crate) fn is_clean(raw: &[u8]) -> bool {
        let colon = raw.iter().position(|byte| *byte == b':');
        let Some((scheme, [_, _, ..])) = colon.and_then(|colon| raw.split_at_checked(colon)) else {
            return false;
        };
        let is_scheme = scheme.first().is_some_and(u8::is_ascii_alphabetic)
            && scheme.iter().all(u8::is_ascii_alphanumeric)
            && !scheme.eq_ignore_ascii_case(b"data");
        is_scheme && !wide::any(raw, |byte| !is_clean_in_uri(byte))
    }
}

impl<'a> Value<'a> for Uri<'a> {
    fn read(raw: &'a str, version: Version, notes: &mut Notes<'_>) -> Result<Self, ValueError> {
        if raw.is_empty() {
            return Err(ValueError::new(
                0..0,
                Reason::Empty("a URI, as https://example.com/"),
            ));
        }
        // A tab is as wrong as a blank, and no worse.
        let is_control = |byte: u8| byte.is_ascii_control() && byte != b'\t';
        if has_control(raw)
            && let Some(at) = raw.bytes().position(is_control)
        {
            return Err(ValueError::new(at..at + 1, Reason::Control));
        }
        let uri = unescape_uri(raw, version);
        if notes.wanted() {
            if scheme(&uri).is_none() {
                notes.add(0..raw.len(), Reason::NoScheme);
            }
            let borrowed = matches!(uri, Cow::Borrowed(_));
            for fault in faults(&uri) {
                // With escapes the places differ; the whole value is near enough.
                let span = if borrowed { fault.span } else { 0..raw.len() };
                notes.add(span, fault.reason);
            }
        }
        Ok(Uri(uri))
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        writable(&self.0)?;
        if self.0.contains(['\n', '\r']) {
            return Err(Unwritable::Control);
        }
        if version == Version::V2_1 {
            out.push_str(&self.0);
            return Ok(());
        }
        for character in self.0.chars() {
            // A backslash is not a URI character; read from a card, it is kept.
            if character == '\\' || (character == ',' && version == Version::V4_0) {
                out.push('\\');
            }
            out.push(character);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::assert_clean_is_read;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ok_clean_uris_are_read_without_a_note(
            raw in "[a-zA-Z0-9+é]{0,5}:?[a-zA-Z0-9:/?#@!$&'()*+,;=.~_% \\\\\\[\\]-]{0,9}"
        ) {
            for version in Version::ALL {
                if Uri::is_clean(raw.as_bytes()) {
                    assert_clean_is_read::<Uri<'_>>(&raw, version);
                }
            }
        }
    }

    #[test]
    fn ok_usual_uris_are_clean() {
        for raw in [
            "https://example.com/a?b=c#d",
            "mailto:ada@example.com",
            "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
            "xmpp:ada@example.com",
        ] {
            assert!(Uri::is_clean(raw.as_bytes()), "{raw}");
        }
        for raw in [
            "www.example.com",
            "data:a",
            "DATA:a",
            "a:",
            ":a",
            "1:a",
            "a:b c",
            "a:b,c",
        ] {
            assert!(!Uri::is_clean(raw.as_bytes()), "{raw}");
        }
    }
}
