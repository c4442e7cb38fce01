//! `tel:` URI <-> [`TelUri`] (RFC 3966): a number, global or local, and its parameters.
//!
//! In vCard 4.0 the value of TEL with `VALUE=uri` (RFC 6350, 6.4.1). Two forms of reading: strict,
//! by the grammar, and lenient, for what address books write. Both keep the text as it was; a card
//! gets the canonical text.

mod error;
mod grammar;

use alloc::borrow::{Cow, ToOwned};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::ops::Range;
use core::str::FromStr;

pub use error::{TelUriError, TelUriReason};
pub(super) use grammar::is_tel;
use grammar::{Parts, is_visual_separator, rank};

use super::e164::{E164, E164Error};
use super::{Notes, Reason, Unwritable, Value, ValueError};
use crate::registry::ValueType;
use crate::syntax::escape::unescape_uri;
use crate::syntax::span;
use crate::version::Version;

/// A telephone number as a URI, `tel:+1-415-555-0123;ext=7`.
///
/// Two are equal when RFC 3966, section 4, says so: without visual separators, in any letter case
/// and whatever the order of the parameters.
///
/// ```
/// use vcardinal::value::TelUri;
///
/// let uri: TelUri = "tel:+1-415-555-0123;ext=7".parse()?;
/// assert_eq!(uri.number(), "+1-415-555-0123");
/// assert_eq!(uri.extension(), Some("7"));
/// assert_eq!(uri.to_e164()?.as_str(), "+14155550123");
/// assert_eq!(uri, "TEL:+1(415)5550123;ext=7".parse()?);
///
/// let local: TelUri = "tel:7042;phone-context=example.com".parse()?;
/// assert_eq!(local.phone_context(), Some("example.com"));
/// assert!(local.to_e164().is_err());
///
/// let error = "tel:7042".parse::<TelUri>().unwrap_err();
/// assert_eq!(error.to_string(), "byte 8: a number without '+' needs ;phone-context=");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct TelUri {
    text: String,
    parts: Parts,
}

impl TelUri {
    /// A global number: `+` and digits, which may have `-` `.` `(` `)` between them.
    ///
    /// # Errors
    ///
    /// It is not a global number; the offset counts in the URI. For a local one see
    /// [`local`](Self::local).
    ///
    /// ```
    /// use vcardinal::value::TelUri;
    ///
    /// let tel = TelUri::new("+1-415-555-0123")?.with_extension("5")?;
    /// assert_eq!(tel.as_str(), "tel:+1-415-555-0123;ext=5");
    /// assert!(TelUri::new("7042").is_err());
    /// # Ok::<(), vcardinal::value::TelUriError>(())
    /// ```
    pub fn new(number: &str) -> Result<TelUri, TelUriError> {
        only_number(number)?;
        format!("tel:{number}").parse()
    }

    /// A local number, and the context in which it is one: a domain name, or the digits that a
    /// global number begins with. RFC 3966, 5.1.5.
    ///
    /// # Errors
    ///
    /// One of them is not valid; the offset counts in the URI.
    ///
    /// ```
    /// use vcardinal::value::TelUri;
    ///
    /// let tel = TelUri::local("7042", "example.com")?;
    /// assert_eq!(tel.as_str(), "tel:7042;phone-context=example.com");
    /// assert!(TelUri::local("7042", "").is_err());
    /// # Ok::<(), vcardinal::value::TelUriError>(())
    /// ```
    pub fn local(number: &str, context: &str) -> Result<TelUri, TelUriError> {
        only_number(number)?;
        let start = "tel:;phone-context=".len() + number.len();
        grammar::check_value("phone-context", context, start)?;
        format!("tel:{number};phone-context={context}").parse()
    }

    /// The same with this extension and without a subaddress, in canonical form.
    ///
    /// # Errors
    ///
    /// It has other characters than digits and `-` `.` `(` `)`, or no digit.
    pub fn with_extension(&self, extension: &str) -> Result<TelUri, TelUriError> {
        grammar::check_value("ext", extension, 0)?;
        let mut text = self.canonical_number();
        text.push_str(";ext=");
        text.push_str(extension);
        self.push_parameters(&mut text, |name| rank(name) > 0);
        read(&text)
    }

    /// Reads what address books write: spaces in the number (plain or as `%20`), a local number
    /// without its context, parameters in any order, both `ext` and `isub`.
    ///
    /// # Errors
    ///
    /// [`TelUriError`]: another scheme, no digit, a character that cannot be in a number, a
    /// parameter without a name or there twice.
    ///
    /// ```
    /// use vcardinal::value::TelUri;
    ///
    /// let uri = TelUri::parse_lenient("tel:+1%20415%20555%200123")?;
    /// assert_eq!(uri.to_e164()?.as_str(), "+14155550123");
    /// assert!(uri.check().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn parse_lenient(text: &str) -> Result<TelUri, TelUriError> {
        read(text)
    }

    /// What keeps a leniently read URI from conforming to RFC 3966.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), TelUriError> {
        grammar::check(&self.text, &self.parts)
    }

    /// The URI as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The number without its visual separators.
    ///
    /// ```
    /// use vcardinal::value::TelUri;
    ///
    /// assert_eq!(TelUri::new("+1-(415)-555.0123")?.digits(), "+14155550123");
    /// # Ok::<(), vcardinal::value::TelUriError>(())
    /// ```
    #[must_use]
    pub fn digits(&self) -> String {
        let mut digits = String::new();
        push_digits(&mut digits, self.number());
        digits
    }

    /// The number with its visual separators, as given.
    #[must_use]
    pub fn number(&self) -> &str {
        self.slice(&self.parts.number)
    }

    /// Whether the number is global, that is, begins with `+`.
    #[must_use]
    pub fn is_global(&self) -> bool {
        self.number().starts_with('+')
    }

    /// Digits of an extension behind a private exchange, as given; `None` without one (RFC 3966, 5.3).
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        self.parameter("ext")
    }

    /// ISDN subaddress, as given; `None` without one (RFC 3966, 5.2).
    #[must_use]
    pub fn subaddress(&self) -> Option<&str> {
        self.parameter("isub")
    }

    /// Where a local number is valid: a domain or the first digits of global numbers; `None` where
    /// the URI does not say (RFC 3966, 5.1.5).
    #[must_use]
    pub fn phone_context(&self) -> Option<&str> {
        self.parameter("phone-context")
    }

    /// The value of a parameter, as given; empty where the parameter is there without a value, `None`
    /// where it is not there.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.unwrap_or_default())
    }

    /// All parameters in the order given.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.parts.parameters.iter().map(|parameter| {
            let value = parameter.value.as_ref().map(|value| self.slice(value));
            (self.slice(&parameter.name), value)
        })
    }

    /// The number in E.164 form, without separators and parameters.
    ///
    /// A local number has no such form: the context is not a prefix (RFC 3966, 5.1.5).
    ///
    /// # Errors
    ///
    /// [`E164Error`]; its offset counts in [`number`](TelUri::number).
    pub fn to_e164(&self) -> Result<E164, E164Error> {
        E164::parse_lenient(&self.number().replace("%20", " "))
    }

    /// The form in which equal URIs are equal text: lower case, no visual separators, parameters
    /// in the order of RFC 3966, section 3.
    ///
    /// ```
    /// use vcardinal::value::TelUri;
    ///
    /// let uri = TelUri::parse_lenient("TEL:+1 (415) 555-0123;X=1;EXT=7")?;
    /// assert_eq!(uri.normalized(), "tel:+14155550123;ext=7;x=1");
    /// # Ok::<(), vcardinal::value::TelUriError>(())
    /// ```
    #[must_use]
    pub fn normalized(&self) -> String {
        let mut text = "tel:".to_owned();
        push_digits(&mut text, self.number());
        let mut parameters: Vec<_> = self
            .parameters()
            .map(|(name, value)| {
                let name = name.to_ascii_lowercase();
                let value = value.map(|value| {
                    let digits = name == "ext" || value.starts_with('+');
                    let mut plain = String::with_capacity(value.len());
                    match digits && matches!(name.as_str(), "ext" | "phone-context") {
                        true => push_digits(&mut plain, value),
                        false => plain = value.to_ascii_lowercase(),
                    }
                    plain
                });
                (rank(&name), name, value)
            })
            .collect();
        parameters.sort();
        for (_, name, value) in parameters {
            text.push(';');
            text.push_str(&name);
            if let Some(value) = value {
                text.push('=');
                text.push_str(&value);
            }
        }
        text
    }

    /// `tel:` and the number without the spaces that only lenient reading takes.
    fn canonical_number(&self) -> String {
        let mut text = String::with_capacity(self.text.len());
        text.push_str("tel:");
        text.extend(
            self.number()
                .replace("%20", "")
                .chars()
                .filter(|c| *c != ' '),
        );
        text
    }

    fn push_parameters(&self, text: &mut String, wanted: impl Fn(&str) -> bool) {
        let mut parameters: Vec<_> = self
            .parameters()
            .filter(|(name, _)| wanted(name))
            .map(|(name, value)| (rank(name), name, value))
            .collect();
        parameters.sort_unstable();
        for (_, name, value) in parameters {
            text.push(';');
            text.push_str(name);
            if let Some(value) = value {
                text.push('=');
                text.push_str(value);
            }
        }
    }

    /// By the grammar where that needs no guess: spaces gone, parameters in order.
    fn canonical(&self) -> Cow<'_, str> {
        if self.text.starts_with("tel:") && self.check().is_ok() {
            return Cow::Borrowed(&self.text);
        }
        let mut text = self.canonical_number();
        self.push_parameters(&mut text, |_| true);
        Cow::Owned(text)
    }

    /// Whether the canonical form conforms, or lacks nothing but the context of a local number.
    fn has_canonical(&self) -> bool {
        match self.check() {
            Ok(()) => true,
            Err(_) => read(&self.canonical()).is_ok_and(|canonical| match canonical.check() {
                Ok(()) => true,
                Err(error) => error.reason() == TelUriReason::NoContext,
            }),
        }
    }

    fn slice(&self, range: &Range<usize>) -> &str {
        span::text(&self.text, range.clone())
    }
}

impl TelUri {
    /// Whether it is clean at a glance: a global number, with the separators that people write, and
    /// no parameters. [`read`](Value::read) notes nothing about it.
    pub(crate) fn is_clean(raw: &[u8]) -> bool {
        let Some(number) = raw.strip_prefix(b"tel:+") else {
            return false;
        };
        let is_visual_separator = |byte: u8| matches!(byte, b'-' | b'.' | b'(' | b')');
        number.first().is_some_and(u8::is_ascii_digit)
            && number
                .iter()
                .all(|byte| byte.is_ascii_digit() || is_visual_separator(*byte))
    }
}

/// RFC 6350, 6.4.1: the tel: URI, its `\,` and `\;` unescaped.
impl<'a> Value<'a> for TelUri {
    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        let text = unescape_uri(raw, version);
        let fault = |at: usize, reason| {
            // With escapes the places differ; the whole value is near enough.
            let span = match &text {
                Cow::Borrowed(_) => at..raw.len(),
                Cow::Owned(_) => 0..raw.len(),
            };
            ValueError::new(span, reason)
        };
        let not_a_uri = |error: TelUriError| fault(error.offset(), Reason::Expected(EXPECTED));
        let uri = read(&text).map_err(not_a_uri)?;
        let Err(error) = uri.check() else {
            return Ok(uri);
        };
        if !uri.has_canonical() {
            return Err(not_a_uri(error));
        }
        if uri.number().contains([' ', '%']) {
            notes.add(
                uri.parts.number.clone(),
                Reason::Spelling("no spaces in the number"),
            );
        }
        if !uri
            .parameters()
            .map(|(name, _)| (rank(name), name))
            .is_sorted()
        {
            let reason = Reason::Spelling("ext or isub, phone-context, then the others by name");
            notes.add(uri.parts.number.end..raw.len(), reason);
        }
        if !uri.is_global() && uri.phone_context().is_none() {
            notes.add(0..raw.len(), Reason::NoPhoneContext);
        }
        Ok(uri)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        if TelUri::is_clean(self.text.as_bytes()) {
            out.push_str(&self.text);
            return Ok(());
        }
        if !self.has_canonical() {
            return Err(Unwritable::not_in(
                version,
                "a tel: URI against RFC 3966",
                "give the number as text",
            ));
        }
        let text = self.canonical();
        // Only a subaddress can have a comma.
        match version {
            Version::V4_0 if text.contains(',') => out.push_str(&text.replace(',', r"\,")),
            _ => out.push_str(&text),
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

const EXPECTED: &str = "a tel: URI, as tel:+1-415-555-0123;ext=5";

/// Checks that nothing after a number would become a parameter.
fn only_number(number: &str) -> Result<(), TelUriError> {
    match number.find(';') {
        Some(at) => Err(TelUriError::new(4 + at, TelUriReason::NotADigit(';'))),
        None => Ok(()),
    }
}

impl From<E164> for TelUri {
    fn from(number: E164) -> TelUri {
        let text = ["tel:", number.as_str()].concat();
        TelUri {
            parts: Parts {
                number: 4..text.len(),
                parameters: Vec::new(),
            },
            text,
        }
    }
}

/// Takes a text apart, leniently.
fn read(text: &str) -> Result<TelUri, TelUriError> {
    Ok(TelUri {
        parts: grammar::parts(text)?,
        text: text.to_owned(),
    })
}

fn push_digits(text: &mut String, number: &str) {
    text.extend(
        number
            .replace("%20", "")
            .chars()
            .filter(|c| !is_visual_separator(*c) && *c != ' ')
            .map(|c| c.to_ascii_lowercase()),
    );
}

/// By the grammar of RFC 3966, section 3, order of parameters included.
impl FromStr for TelUri {
    type Err = TelUriError;

    fn from_str(text: &str) -> Result<Self, TelUriError> {
        let uri = read(text)?;
        uri.check()?;
        Ok(uri)
    }
}

impl PartialEq for TelUri {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text || self.normalized() == other.normalized()
    }
}

impl Eq for TelUri {}

impl Hash for TelUri {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.normalized().hash(state);
    }
}

impl AsRef<str> for TelUri {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

/// As it was given.
impl fmt::Display for TelUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::assert_clean_is_read;
    use alloc::string::ToString;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ok_clean_uris_are_read_without_a_note(raw in "(tel|TEL)?:?[+]?[0-9().-]{0,9}[;a ]?") {
            for version in Version::ALL {
                if TelUri::is_clean(raw.as_bytes()) {
                    assert_clean_is_read::<TelUri>(&raw, version);
                }
            }
        }
    }

    #[test]
    fn comparison_is_that_of_section_4() {
        let equal = |one: &str, other: &str| {
            TelUri::parse_lenient(one).unwrap() == TelUri::parse_lenient(other).unwrap()
        };
        assert!(equal("tel:+1-415-555-0123", "tel:+14155550123"));
        assert!(equal("tel:+1;b=X;a=1", "tel:+1;A=1;B=x"));
        assert!(equal(
            "tel:7042;phone-context=Example.COM",
            "tel:70-42;phone-context=example.com"
        ));
        assert!(equal(
            "tel:1;phone-context=+1-415",
            "tel:1;phone-context=+1415"
        ));
        assert!(equal("tel:+1;ext=1-2", "tel:+1;ext=12"));
        assert!(equal(
            "tel:DEAD;phone-context=+1",
            "tel:dead;phone-context=+1"
        ));
        assert!(!equal(
            "tel:+14155550123",
            "tel:14155550123;phone-context=+1"
        ));
        assert!(!equal("tel:+1;ext=1", "tel:+1"));
        assert!(!equal("tel:+1;a", "tel:+1;a=1"));
        // Only numbers have visual separators.
        assert!(!equal("tel:+1;a=x-y", "tel:+1;a=xy"));
        assert!(!equal(
            "tel:1;phone-context=a-b.c",
            "tel:1;phone-context=ab.c"
        ));
    }

    #[test]
    fn e164_of_global_numbers_only() {
        let e164 = |text| TelUri::parse_lenient(text).unwrap().to_e164();
        assert_eq!(
            e164("tel:+1-415-555-0123;ext=7").unwrap().as_str(),
            "+14155550123"
        );
        assert_eq!(
            e164("tel:+1%20415 555-0123").unwrap().as_str(),
            "+14155550123"
        );
        assert!(e164("tel:4155550123;phone-context=+1").is_err());
        assert!(e164("tel:+1415555012345678").is_err());
        assert!(e164("tel:+1415a").is_err());
        let number: E164 = "+14155550123".parse().unwrap();
        assert_eq!(TelUri::from(number).to_string(), "tel:+14155550123");
        assert_eq!(
            TelUri::from(number),
            "tel:+1-415-555-0123".parse::<TelUri>().unwrap()
        );
    }
}
