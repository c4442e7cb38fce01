//! `tel:` URI <-> [`TelUri`] (RFC 3966): a number, global or local, and its parameters.
//!
//! In vCard 4.0 the value of TEL with `VALUE=uri` (RFC 6350, 6.4.1). Two forms of reading: strict,
//! by the grammar, and lenient, for what address books write. Both keep the text as it was; a card
//! gets the canonical text.

use alloc::borrow::{Cow, ToOwned};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::ops::Range;
use core::str::FromStr;

use super::e164::{E164, E164Error};
use super::uri::unescape_uri;
use super::{Notes, Reason, Unwritable, Value, ValueError};
use crate::registry::ValueType;
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
    number: Range<usize>,
    parameters: Vec<Parameter>,
}

#[derive(Debug, Clone)]
struct Parameter {
    name: Range<usize>,
    value: Option<Range<usize>>,
}

impl TelUri {
    /// A global number: `+` and digits, which may have `-` `.` `(` `)` between them.
    ///
    /// # Errors
    ///
    /// It is no such number; the offset counts in the URI. For a local one see
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
    /// One of them is none; the offset counts in the URI.
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
        check_value("phone-context", context, start)?;
        format!("tel:{number};phone-context={context}").parse()
    }

    /// The same with this extension and without a subaddress, in canonical form.
    ///
    /// # Errors
    ///
    /// It has other characters than digits and `-` `.` `(` `)`, or no digit.
    pub fn with_extension(&self, extension: &str) -> Result<TelUri, TelUriError> {
        check_value("ext", extension, 0)?;
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
    /// [`TelUriError`]: another scheme, no digit, a character that belongs to no number, a
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
        let number = self.number();
        let global = self.is_global();
        let digits = number.strip_prefix('+').unwrap_or(number);
        let start = self.number.end - digits.len();
        for (at, byte) in (start..).zip(digits.bytes()) {
            let allowed = is_visual_separator(char::from(byte))
                || byte.is_ascii_digit()
                || (!global && (byte.is_ascii_hexdigit() || matches!(byte, b'*' | b'#')));
            if !allowed {
                return fail(at, TelUriReason::NotADigit(char_at(&self.text, at)));
            }
        }
        let mut before: Option<(u8, &str)> = None;
        for parameter in &self.parameters {
            let name = self.slice(&parameter.name);
            if let Some((at, c)) = name
                .char_indices()
                .find(|(_, c)| !(c.is_ascii_alphanumeric() || *c == '-'))
            {
                return fail(parameter.name.start + at, TelUriReason::Parameter(c));
            }
            let value = parameter
                .value
                .clone()
                .unwrap_or(parameter.name.end..parameter.name.end);
            check_value(name, self.slice(&value), value.start)?;
            let rank = rank(name);
            if let Some((earlier, earlier_name)) = before {
                if rank == 0 && earlier == 0 {
                    return fail(parameter.name.start, TelUriReason::ExtensionAndSubaddress);
                }
                if (earlier, earlier_name) > (rank, name) {
                    return fail(parameter.name.start, TelUriReason::Order);
                }
            }
            before = Some((rank, name));
        }
        if !global && self.phone_context().is_none() {
            return fail(self.number.end, TelUriReason::NoContext);
        }
        Ok(())
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
        self.slice(&self.number)
    }

    /// Whether the number is global, that is, begins with `+`.
    #[must_use]
    pub fn is_global(&self) -> bool {
        self.number().starts_with('+')
    }

    /// Digits of an extension behind a private exchange, as given (RFC 3966, 5.3).
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        self.parameter("ext")
    }

    /// ISDN subaddress, as given (RFC 3966, 5.2).
    #[must_use]
    pub fn subaddress(&self) -> Option<&str> {
        self.parameter("isub")
    }

    /// Where a local number is valid: a domain or the first digits of global numbers
    /// (RFC 3966, 5.1.5).
    #[must_use]
    pub fn phone_context(&self) -> Option<&str> {
        self.parameter("phone-context")
    }

    /// The value of a parameter, as given; empty where the parameter has none.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.unwrap_or_default())
    }

    /// All parameters in the order given.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.parameters.iter().map(|parameter| {
            let value = parameter.value.as_ref().map(|value| self.slice(value));
            (self.slice(&parameter.name), value)
        })
    }

    /// The number in E.164 form, without separators and parameters.
    ///
    /// A local number has none: the context is not a prefix (RFC 3966, 5.1.5).
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
                Err(error) => error.reason == TelUriReason::NoContext,
            }),
        }
    }

    fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
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
    fn read(raw: &'a str, version: Version, notes: &mut Notes<'_>) -> Result<Self, ValueError> {
        let text = unescape_uri(raw, version);
        let fault = |at: usize, reason| {
            // With escapes the places differ; the whole value is near enough.
            let span = match &text {
                Cow::Borrowed(_) => at..raw.len(),
                Cow::Owned(_) => 0..raw.len(),
            };
            ValueError::new(span, reason)
        };
        let no_uri = |error: TelUriError| fault(error.offset, Reason::Expected(EXPECTED));
        let uri = read(&text).map_err(no_uri)?;
        let Err(error) = uri.check() else {
            return Ok(uri);
        };
        if !uri.has_canonical() {
            return Err(no_uri(error));
        }
        if uri.number().contains([' ', '%']) {
            notes.add(
                uri.number.clone(),
                Reason::Spelling("no spaces in the number"),
            );
        }
        if !uri
            .parameters()
            .map(|(name, _)| (rank(name), name))
            .is_sorted()
        {
            let reason = Reason::Spelling("ext or isub, phone-context, then the others by name");
            notes.add(uri.number.end..raw.len(), reason);
        }
        if !uri.is_global() && uri.phone_context().is_none() {
            notes.add(0..raw.len(), Reason::NoPhoneContext);
        }
        Ok(uri)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        if !self.has_canonical() {
            return Err(Unwritable::NotInVersion("a tel: URI against RFC 3966"));
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

/// That nothing behind a number would become a parameter.
fn only_number(number: &str) -> Result<(), TelUriError> {
    match number.find(';') {
        Some(at) => fail(4 + at, TelUriReason::NotADigit(';')),
        None => Ok(()),
    }
}

impl From<E164> for TelUri {
    fn from(number: E164) -> TelUri {
        let mut text = "tel:".to_owned();
        text.push_str(number.as_str());
        TelUri {
            number: 4..text.len(),
            text,
            parameters: Vec::new(),
        }
    }
}

/// Before the context come `ext` and `isub`, after it all others.
fn rank(name: &str) -> u8 {
    if name.eq_ignore_ascii_case("ext") || name.eq_ignore_ascii_case("isub") {
        0
    } else if name.eq_ignore_ascii_case("phone-context") {
        1
    } else {
        2
    }
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

/// ```abnf
/// visual-separator = "-" / "." / "(" / ")"
/// ```
const fn is_visual_separator(c: char) -> bool {
    matches!(c, '-' | '.' | '(' | ')')
}

fn fail<T>(offset: usize, reason: TelUriReason) -> Result<T, TelUriError> {
    Err(TelUriError { offset, reason })
}

/// The character that begins there.
fn char_at(text: &str, at: usize) -> char {
    let rest = text.get(at..).unwrap_or_default();
    rest.chars().next().unwrap_or_default()
}

/// Whether it has the scheme, and may be a `tel:` URI.
pub(super) fn is_tel(text: &str) -> bool {
    text.as_bytes()
        .first_chunk::<4>()
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"tel:"))
}

fn read(text: &str) -> Result<TelUri, TelUriError> {
    if !is_tel(text) {
        return fail(0, TelUriReason::Scheme);
    }
    let end = memchr::memchr(b';', text.as_bytes()).unwrap_or(text.len());
    let number = 4..end;
    let mut digits = false;
    let mut at = 4;
    let mut rest = text.as_bytes().get(number.clone()).unwrap_or_default();
    while let [byte, after @ ..] = rest {
        rest = after;
        match byte {
            b'+' if at == 4 => {}
            b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F' | b'*' | b'#' => digits = true,
            b' ' | b'-' | b'.' | b'(' | b')' => {}
            b'%' if after.starts_with(b"20") => {
                rest = after.get(2..).unwrap_or_default();
                at += 2;
            }
            _ => return fail(at, TelUriReason::NotADigit(char_at(text, at))),
        }
        at += 1;
    }
    if !digits {
        return fail(end, TelUriReason::NoDigits);
    }

    let mut uri = TelUri {
        text: text.to_owned(),
        number,
        parameters: Vec::new(),
    };
    let mut names: Vec<(String, usize)> = Vec::new();
    let mut start = end + 1;
    while let Some(part) = text.get(start..) {
        let part = part.split(';').next().unwrap_or_default();
        let name = part.split('=').next().unwrap_or_default();
        if name.is_empty() {
            return fail(start, TelUriReason::NoParameterName);
        }
        if let Some((at, c)) = part
            .char_indices()
            .find(|(_, c)| c.is_ascii_control() || *c == ' ')
        {
            return fail(start + at, TelUriReason::Parameter(c));
        }
        let end = start + part.len();
        let name = start..start + name.len();
        names.push((
            text.get(name.clone())
                .unwrap_or_default()
                .to_ascii_lowercase(),
            start,
        ));
        uri.parameters.push(Parameter {
            value: (name.end < end).then_some(name.end + 1..end),
            name,
        });
        start = end + 1;
    }
    names.sort();
    let twice = names.windows(2).find_map(|pair| match pair {
        [(one, _), (other, at)] if one == other => Some(*at),
        _ => None,
    });
    match twice {
        Some(at) => fail(at, TelUriReason::Twice),
        None => Ok(uri),
    }
}

fn check_value(name: &str, value: &str, start: usize) -> Result<(), TelUriError> {
    let none = |reason| fail(start, reason);
    if name.eq_ignore_ascii_case("ext") {
        if !value.contains(|c: char| c.is_ascii_digit()) {
            return none(TelUriReason::NoValue);
        }
        return match value
            .char_indices()
            .find(|(_, c)| !c.is_ascii_digit() && !is_visual_separator(*c))
        {
            Some((at, c)) => fail(start + at, TelUriReason::NotADigit(c)),
            None => Ok(()),
        };
    }
    if name.eq_ignore_ascii_case("phone-context") {
        return match value.strip_prefix('+') {
            Some(digits)
                if digits.contains(|c: char| c.is_ascii_digit())
                    && digits
                        .chars()
                        .all(|c| c.is_ascii_digit() || is_visual_separator(c)) =>
            {
                Ok(())
            }
            None if is_domain_name(value) => Ok(()),
            _ => none(TelUriReason::Context),
        };
    }
    let subaddress = name.eq_ignore_ascii_case("isub");
    if subaddress && value.is_empty() {
        return none(TelUriReason::NoValue);
    }
    let mut rest = value.char_indices();
    while let Some((at, c)) = rest.next() {
        let allowed = match c {
            '%' => {
                let hex = |c: Option<char>| c.is_some_and(|c| c.is_ascii_hexdigit());
                let mut ahead = rest.as_str().chars();
                hex(ahead.next()) && hex(ahead.next())
            }
            '-' | '_' | '.' | '!' | '~' | '*' | '\'' | '(' | ')' => true,
            '[' | ']' | '/' | ':' | '&' | '+' | '$' => true,
            '?' | '@' | '=' | ',' => subaddress,
            c => c.is_ascii_alphanumeric(),
        };
        if !allowed {
            return fail(start + at, TelUriReason::Parameter(c));
        }
    }
    Ok(())
}

/// ```abnf
/// domainname  = *( domainlabel "." ) toplabel [ "." ]
/// domainlabel = alphanum / alphanum *( alphanum / "-" ) alphanum
/// toplabel    = ALPHA / ALPHA *( alphanum / "-" ) alphanum
/// ```
fn is_domain_name(text: &str) -> bool {
    let text = text.strip_suffix('.').unwrap_or(text);
    let top = text.rsplit('.').next().unwrap_or_default();
    top.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
}

/// Why a text is not a `tel:` URI, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("byte {offset}: {reason}")]
pub struct TelUriError {
    offset: usize,
    reason: TelUriReason,
}

impl TelUriError {
    /// The byte of the text in question, from 0.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// What is wrong there.
    #[must_use]
    pub const fn reason(&self) -> TelUriReason {
        self.reason
    }
}

/// What keeps a text from being a `tel:` URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum TelUriReason {
    /// The text does not begin with `tel:`.
    #[error("expected \"tel:\"")]
    Scheme,
    /// There is no digit in the number.
    #[error("expected digits")]
    NoDigits,
    /// A character that no number, or no global number, holds.
    #[error("expected a digit, found {0:?}")]
    NotADigit(char),
    /// A local number does not say where it is valid (RFC 3966, 5.1.5).
    #[error("a number without '+' needs ;phone-context=")]
    NoContext,
    /// The context is neither a domain nor the beginning of a global number.
    #[error("expected a domain or '+' and digits as phone-context")]
    Context,
    /// A semicolon with no name behind it.
    #[error("expected the name of a parameter")]
    NoParameterName,
    /// A parameter that needs a value has none.
    #[error("expected a value")]
    NoValue,
    /// A character that must be percent-encoded there.
    #[error("{0:?} must be percent-encoded in a parameter")]
    Parameter(char),
    /// A parameter that was there before.
    #[error("the parameter is there twice")]
    Twice,
    /// `ext` and `isub` exclude each other (RFC 3966, 5.3).
    #[error("ext and isub exclude each other")]
    ExtensionAndSubaddress,
    /// `ext` or `isub` come first, then `phone-context`, then the others by name.
    #[error("parameters are out of order: ext or isub, phone-context, then the others by name")]
    Order,
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
    fn strict_reads_the_grammar() {
        for ok in [
            "tel:+1-415-555-0123",
            "TEL:+1.415.555.0123",
            "tel:+1(415)555-0123",
            "tel:+14155550123;ext=7",
            "tel:+14155550123;ext=7-0",
            "tel:+14155550123;isub=a%20b",
            "tel:+14155550123;isub=a=b@c?d,e",
            "tel:+14155550123;ext=7;a;b=%3B;c=[/:&+$]",
            "tel:7042;phone-context=example.com",
            "tel:7042;phone-context=example.com.",
            "tel:7042;phone-context=a-1.b",
            "tel:7042;phone-context=+1-415-555",
            "tel:*21#;phone-context=+1",
            "tel:dead-beef;phone-context=example.com",
            "tel:7042;ext=1;phone-context=example.com;a=b",
        ] {
            let uri = ok
                .parse::<TelUri>()
                .unwrap_or_else(|error| panic!("{ok}: {error}"));
            assert_eq!(uri.to_string(), ok);
            let again: TelUri = uri.normalized().parse().unwrap();
            assert_eq!(again, uri);
            assert_eq!(again.normalized(), uri.normalized());
        }
    }

    #[test]
    fn strict_refuses_and_says_where() {
        use TelUriReason as R;
        for (wrong, offset, reason, lenient) in [
            ("", 0, R::Scheme, false),
            ("+14155550123", 0, R::Scheme, false),
            ("te\u{212A}:+1", 0, R::Scheme, false),
            ("sip:+14155550123", 0, R::Scheme, false),
            ("tel:", 4, R::NoDigits, false),
            ("tel:+", 5, R::NoDigits, false),
            ("tel:+-()", 8, R::NoDigits, false),
            ("tel:+1 415", 6, R::NotADigit(' '), true),
            ("tel:+1%20415", 6, R::NotADigit('%'), true),
            ("tel:+1%0D%0A415", 6, R::NotADigit('%'), false),
            ("tel:+1\r\n415", 6, R::NotADigit('\r'), false),
            ("tel:+1415flowers", 10, R::NotADigit('l'), false),
            ("tel:+1415a", 9, R::NotADigit('a'), true),
            ("tel:+1#", 6, R::NotADigit('#'), true),
            ("tel:1+1", 5, R::NotADigit('+'), false),
            ("tel:\u{661}", 4, R::NotADigit('\u{661}'), false),
            ("tel:7042", 8, R::NoContext, true),
            ("tel:7042;ext=1", 8, R::NoContext, true),
            ("tel:7042;phone-context=", 23, R::Context, true),
            ("tel:7042;phone-context=+", 23, R::Context, true),
            ("tel:7042;phone-context=example.1", 23, R::Context, true),
            ("tel:7042;phone-context=-a.b", 23, R::Context, true),
            ("tel:7042;phone-context=a..b", 23, R::Context, true),
            ("tel:+1;", 7, R::NoParameterName, false),
            ("tel:+1;=x", 7, R::NoParameterName, false),
            ("tel:+1;;a=b", 7, R::NoParameterName, false),
            ("tel:+1;a b=1", 8, R::Parameter(' '), false),
            ("tel:+1;a_b=1", 8, R::Parameter('_'), true),
            ("tel:+1;a=b=c", 10, R::Parameter('='), true),
            ("tel:+1;a=\u{e9}", 9, R::Parameter('\u{e9}'), true),
            ("tel:+1;a=%4", 9, R::Parameter('%'), true),
            ("tel:+1;a=1\r\nX:2", 10, R::Parameter('\r'), false),
            ("tel:+1;ext=", 11, R::NoValue, true),
            ("tel:+1;ext", 10, R::NoValue, true),
            ("tel:+1;ext=7a", 12, R::NotADigit('a'), true),
            ("tel:+1;isub=", 12, R::NoValue, true),
            ("tel:+1;a=1;A=2", 11, R::Twice, false),
            ("tel:+1;ext=1;isub=2", 13, R::ExtensionAndSubaddress, true),
            ("tel:1;phone-context=+1;ext=1", 23, R::Order, true),
            ("tel:+1;b=1;a=1", 11, R::Order, true),
        ] {
            let error = wrong
                .parse::<TelUri>()
                .map(|uri| uri.to_string())
                .unwrap_err();
            assert_eq!(
                (error.offset(), error.reason()),
                (offset, reason),
                "{wrong}"
            );
            assert_eq!(TelUri::parse_lenient(wrong).is_ok(), lenient, "{wrong}");
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

    #[test]
    fn many_parameters_are_read_in_linear_time() {
        let mut text = "tel:+1".to_owned();
        for n in 0..50_000 {
            text += &alloc::format!(";p{n}=1");
        }
        let uri = TelUri::parse_lenient(&text).unwrap();
        assert_eq!(uri.parameters().count(), 50_000);
        assert!(uri.check().is_err());
    }
}
