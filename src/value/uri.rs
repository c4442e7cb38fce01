//! URIs. RFC 6350, 4.2; RFC 3986; RFC 2425, 5.8.4; vCard 2.1, 2.6.4.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use super::text::{has_control, writable};
use super::{Notes, Reason, Unwritable, Value, ValueError};
use crate::registry::ValueType;
use crate::syntax::escape::{escape_uri, unescape_uri};
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

/// Whether a raw value is a URI rather than a text, as [`looks_like_uri`] has it: a backslash before a
/// delimiter is not part of it.
pub(super) fn is_raw_uri(raw: &str, version: Version) -> bool {
    looks_like_uri(&unescape_uri(raw.trim_ascii(), version))
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

/// Characters of a URI that are right wherever they stand: the unreserved and the reserved ones. Those from
/// the ampersand to the semicolon are all among them. Without a branch, for [`wide::any`].
#[inline(always)]
const fn is_right_in_uri(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26)
        | (byte.wrapping_sub(b'&') <= b';' - b'&')
        | (byte == b'=')
        | (byte == b'?')
        | (byte == b'@')
        | (byte == b'#')
        | (byte == b'_')
        | (byte == b'~')
        | (byte == b'!')
        | (byte == b'$')
}

pub(super) fn first_fault(uri: &str) -> Option<ValueError> {
    if scheme(uri).is_none() {
        return Some(ValueError::new(0..uri.len(), Reason::NoScheme));
    }
    faults(uri).next().or_else(|| structure_fault(uri))
}

/// What RFC 3986, 2 does not allow, the scheme aside.
fn faults(uri: &str) -> impl Iterator<Item = ValueError> {
    // Few URIs need a look at each character, and least of all those that are a photo.
    let looked_at = match wide::any(uri.as_bytes(), |byte| !is_right_in_uri(byte)) {
        true => uri,
        false => "",
    };
    looked_at.char_indices().filter_map(move |(at, character)| {
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

/// The first part that is not where RFC 3986, 3 has it: what of an authority is neither user, host
/// nor port, brackets outside of an address, and a second fragment.
fn structure_fault(uri: &str) -> Option<ValueError> {
    let start = scheme(uri).map_or(0, |scheme| scheme.len() + 1);
    let after_scheme = uri.get(start..)?;
    let at = |place: usize| ValueError::new(place..place + 1, Reason::NotInUri);
    let mut path = start;
    if let Some(rest) = after_scheme.strip_prefix("//") {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let begin = start + 2;
        path = begin + authority.len();
        if let Some(fault) = authority_fault(authority, begin) {
            return Some(fault);
        }
    }
    let rest = uri.get(path..)?;
    if let Some(bracket) = memchr::memchr2(b'[', b']', rest.as_bytes()) {
        return Some(at(path + bracket));
    }
    let mut marks = memchr::memchr_iter(b'#', rest.as_bytes());
    marks.nth(1).map(|mark| at(path + mark))
}

/// RFC 3986, 3.2. `begin` is where in the URI it stands.
fn authority_fault(authority: &str, begin: usize) -> Option<ValueError> {
    const ADDRESS: &str = "an address in brackets, as [2001:db8::1]";
    const PORT: &str = "digits after the colon of a port, as https://example.com:8443/";
    let (user, host) = match authority.split_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    let host_at = begin + user.map_or(0, |user| user.len() + 1);
    let not_in_uri = |place: usize| ValueError::new(place..place + 1, Reason::NotInUri);
    if let Some(bracket) = user.and_then(|user| user.find(['[', ']'])) {
        return Some(not_in_uri(begin + bracket));
    }
    let (port, port_at) = match host.strip_prefix('[') {
        Some(rest) => {
            let (address, port) = rest.split_once(']').unwrap_or((rest, "]"));
            let end = host_at + 1 + address.len();
            if port == "]" || !is_address(address) {
                return Some(ValueError::new(host_at..end, Reason::Expected(ADDRESS)));
            }
            match port.strip_prefix(':') {
                Some(port) => (port, end + 2),
                None if port.is_empty() => return None,
                None => return Some(not_in_uri(end + 1)),
            }
        }
        None => {
            if let Some(other) = host.find(['[', ']', '@']) {
                return Some(not_in_uri(host_at + other));
            }
            let (name, port) = host.split_once(':')?;
            (port, host_at + name.len() + 1)
        }
    };
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit());
    (!is_port).then(|| ValueError::new(port_at..port_at + port.len(), Reason::Expected(PORT)))
}

/// `IPv6address / IPvFuture`, the first of them as the library of Rust reads it. RFC 3986, 3.2.2.
fn is_address(text: &str) -> bool {
    let future = |rest: &str| {
        let parts = rest.split_once('.');
        parts.is_some_and(|(version, address)| {
            !version.is_empty()
                && version.bytes().all(|byte| byte.is_ascii_hexdigit())
                && !address.is_empty()
                && !address.contains(['[', ']', '@', '%'])
        })
    };
    match text.strip_prefix(['v', 'V']) {
        Some(rest) => future(rest),
        // RFC 6874 puts the zone of an address after %25.
        None => {
            let address = text.split_once("%25").map_or(text, |(address, _)| address);
            address.parse::<core::net::Ipv6Addr>().is_ok()
        }
    }
}

/// Where in a raw value the octets of its URI are. What is asked for comes in order, so that all of
/// it is one pass.
struct Places<'a> {
    raw: &'a str,
    version: Version,
    /// Whether there are escapes, so that places differ.
    escapes: bool,
    /// How much of the URI was passed, and of the raw value.
    passed: usize,
    passed_raw: usize,
}

impl Places<'_> {
    fn of(&mut self, span: Range<usize>) -> Range<usize> {
        self.place(span.start)..self.place(span.end)
    }

    fn place(&mut self, at: usize) -> usize {
        if !self.escapes {
            return at;
        }
        while self.passed < at {
            let mut rest = self.raw.get(self.passed_raw..).unwrap_or_default().chars();
            let (first, second) = (rest.next(), rest.next());
            match (first, second) {
                (Some('\\'), Some('\\')) if self.version == Version::V2_1 => {
                    self.passed += 2;
                    self.passed_raw += 2;
                }
                (Some('\\'), Some(',' | ';' | ':' | '\\')) => {
                    self.passed += 1;
                    self.passed_raw += 2;
                }
                (Some(character), _) => {
                    self.passed += character.len_utf8();
                    self.passed_raw += character.len_utf8();
                }
                (None, _) => break,
            }
        }
        self.passed_raw
    }
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

/// Appends a text as the path of a URI: RFC 3986, 2.1, and the characters of an address with its
/// resource (RFC 5122, 2.2) as they are.
pub(crate) fn percent_encode(text: &str, out: &mut String) {
    let digit =
        |nibble: u8| char::from_digit(u32::from(nibble), 16).map(|c| c.to_ascii_uppercase());
    for &byte in text.as_bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' | b'@' | b'+' | b':' | b'/' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => {
                out.push('%');
                out.extend([digit(byte >> 4), digit(byte & 0xF)].into_iter().flatten());
            }
        }
    }
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
        let end = raw.iter().position(|byte| !byte.is_ascii_alphanumeric());
        let Some((scheme, [b':', _, ..])) = end.and_then(|end| raw.split_at_checked(end)) else {
            return false;
        };
        let is_scheme = scheme.first().is_some_and(u8::is_ascii_alphabetic)
            && !scheme.eq_ignore_ascii_case(b"data");
        // A colon in the authority stands before a port, a second # before nothing.
        let rest = raw.get(scheme.len() + 1..).unwrap_or_default();
        let is_simple =
            !rest.starts_with(b"//") || !wide::any(rest, |byte| (byte == b':') | (byte == b'@'));
        let one_fragment = || {
            let fragment = wide::position(rest, b'#').and_then(|at| rest.get(at + 1..));
            fragment.is_none_or(|fragment| wide::position(fragment, b'#').is_none())
        };
        is_scheme && is_simple && !wide::any(raw, |byte| !is_clean_in_uri(byte)) && one_fragment()
    }
}

impl<'a> Value<'a> for Uri<'a> {
    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
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
            let start = || Places {
                raw,
                version,
                escapes: matches!(uri, Cow::Owned(_)),
                passed: 0,
                passed_raw: 0,
            };
            let mut places = start();
            for fault in faults(&uri) {
                notes.add(places.of(fault.span), fault.reason);
            }
            if let Some(fault) = structure_fault(&uri) {
                notes.add(start().of(fault.span), fault.reason);
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
            // Which has no escape for a backslash.
            if unescape_uri(&self.0, version) != self.0 {
                return Err(Unwritable::not_in_2_1("a backslash before a delimiter"));
            }
            out.push_str(&self.0);
            return Ok(());
        }
        escape_uri(&self.0, version == Version::V4_0, out);
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

    /// All of RFC 3986, 2 but for the percent sign, and the brackets, which have one place only.
    #[test]
    fn ok_characters_that_need_no_look_are_right() {
        for byte in 0..=u8::MAX {
            let is_right = IN_URI[usize::from(byte)] && !matches!(byte, b'%' | b'[' | b']');
            assert_eq!(is_right_in_uri(byte), is_right, "{byte}");
        }
    }

    #[test]
    fn ok_authorities_of_all_kinds_are_right() {
        for uri in [
            "http://example.com",
            "http://example.com:80/",
            "http://example.com:/",
            "http://zoe:a:b@example.com:80/a:b@c?d:e@f#g:h@i",
            "http://[2001:db8::1]/",
            "http://[::ffff:192.0.2.1]:80",
            "http://[v1.a:b]/",
            "http://[fe80::1%25en0]/",
            "file:///a",
            "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
            "mailto:a@b@c",
            "x:a#",
        ] {
            assert!(Uri::new(uri).is_ok(), "{uri}");
        }
    }

    /// Each with the octets that are wrong in it.
    #[test]
    fn err_parts_where_the_grammar_has_no_place_for_them() {
        for (uri, wrong) in [
            ("http://example.com/[a]", "["),
            ("http://example.com/a]", "]"),
            ("http://example.com?a[]=1", "["),
            ("urn:x:[a]", "["),
            ("http://example.com:80a/", "80a"),
            ("http://example.com:a:b/", "a:b"),
            ("http://a@b@c/", "@"),
            ("http://[::1/", "[::1"),
            ("http://[zz]/", "[zz"),
            ("http://[]/", "["),
            ("http://[::1]a/", "a"),
            ("http://[::1]:x/", "x"),
            ("http://a[::1]/", "["),
            ("http://[a]@b/", "["),
            ("http://example.com/a#b#c", "#"),
        ] {
            let error = Uri::new(uri).unwrap_err();
            assert_eq!(&uri[error.span.clone()], wrong, "{uri}: {error}");
            assert!(!Uri::is_clean(uri.as_bytes()), "{uri}");
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
