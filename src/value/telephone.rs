//! Telephone numbers as they stand in a card: text, or a tel: URI. RFC 6350, 6.4.1; RFC 3966.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

use super::uri::{looks_like_uri, unescape_uri};
use super::{Notes, Reason, Text, Unwritable, Uri, Value, ValueError};
use crate::Version;
use crate::registry::ValueType;

/// The value of TEL: free text, a tel: URI, or another URI such as sip:.
///
/// What it is follows from the text. RFC 6350, 6.4.1; RFC 2426, 3.3.1; vCard 2.1, 2.4.1.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{Telephone, Value};
///
/// let text = Telephone::parse("(415) 555-0123", Version::V3_0)?;
/// assert!(matches!(text, Telephone::Text(_)));
/// let uri = Telephone::parse("tel:+1-415-555-0123;ext=5", Version::V4_0)?;
/// assert_eq!(uri.number(), Some("+1-415-555-0123"));
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Telephone<'a> {
    /// A number as people write it, or any text.
    Text(Text<'a>),
    /// A tel: URI.
    Tel(TelUri<'a>),
    /// Another URI.
    Uri(Uri<'a>),
}

impl Telephone<'_> {
    /// The number with its visual separators; none where the URI is no tel: URI.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        match self {
            Telephone::Text(text) => Some(text.as_str()),
            Telephone::Tel(tel) => Some(tel.number()),
            Telephone::Uri(_) => None,
        }
    }
}

impl<'a> Value<'a> for Telephone<'a> {
    fn read(raw: &'a str, version: Version, notes: &mut Notes<'_>) -> Result<Self, ValueError> {
        if is_tel(raw)
            && let Some(tel) = notes.only_if_read(raw, version)
        {
            return Ok(Telephone::Tel(tel));
        }
        // `sip:ada@example.com`, but not `Home: 5550123`.
        if looks_like_uri(raw) && !raw.ends_with(':') {
            return Uri::read(raw, version, notes).map(Telephone::Uri);
        }
        Text::read(raw, version, notes).map(Telephone::Text)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        let start = out.len();
        match self {
            Telephone::Text(text) => text.write_to(version, out)?,
            Telephone::Tel(tel) => return tel.write_to(version, out),
            Telephone::Uri(uri) => uri.write_to(version, out)?,
        }
        let written = out.get(start..).unwrap_or_default();
        if Telephone::parse(written, version).as_ref() != Ok(self) {
            out.truncate(start);
            return Err(Unwritable::Ambiguous("the other of text and URI"));
        }
        Ok(())
    }

    fn value_type(&self, version: Version) -> ValueType {
        match self {
            Telephone::Text(_) if version == Version::V3_0 => ValueType::PhoneNumber,
            Telephone::Text(_) => ValueType::Text,
            Telephone::Tel(tel) => tel.value_type(version),
            Telephone::Uri(uri) => uri.value_type(version),
        }
    }
}

/// A tel: URI: a number, an extension or ISDN subaddress, a context, and other parameters.
///
/// RFC 3966, 3.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{TelUri, Value};
///
/// let tel = TelUri::parse("tel:863-1234;phone-context=+1-914-555", Version::V4_0)?;
/// assert!(!tel.is_global());
/// assert_eq!(tel.phone_context(), Some("+1-914-555"));
/// let tel = TelUri::new("+1-415-555-0123")?.with_extension("5")?;
/// assert_eq!(tel.to_text(Version::V4_0)?, "tel:+1-415-555-0123;ext=5");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TelUri<'a> {
    number: Cow<'a, str>,
    extension: Option<Cow<'a, str>>,
    subaddress: Option<Cow<'a, str>>,
    context: Option<Cow<'a, str>>,
    /// In the order of their names.
    parameters: Vec<(Cow<'a, str>, Option<Cow<'a, str>>)>,
}

const EXPECTED: &str = "a tel: URI, as tel:+1-415-555-0123;ext=5";

impl<'a> TelUri<'a> {
    /// A global number: `+` and digits, which may have `-` `.` `(` `)` between them.
    ///
    /// # Errors
    ///
    /// It is no such number. For a local one see [`local`](Self::local).
    pub fn new(number: impl Into<Cow<'a, str>>) -> Result<Self, ValueError> {
        let number = number.into();
        if !is_global(&number) {
            let reason = Reason::Expected("a number as +1-415-555-0123");
            return Err(ValueError::new(0..number.len(), reason));
        }
        Ok(Self::of(number))
    }

    /// A local number, and the context in which it is one: a domain name, or the digits that a
    /// global number begins with.
    ///
    /// # Errors
    ///
    /// One of them is none.
    ///
    /// ```
    /// use vcardinal::value::TelUri;
    ///
    /// assert!(TelUri::local("7042", "example.com").is_ok());
    /// assert!(TelUri::local("7042", "").is_err());
    /// ```
    pub fn local(
        number: impl Into<Cow<'a, str>>,
        context: impl Into<Cow<'a, str>>,
    ) -> Result<Self, ValueError> {
        let (number, context) = (number.into(), context.into());
        if !is_local(&number) || !is_context(&context) {
            let reason =
                Reason::Expected("a number as 7042 and a context as +1-415 or example.com");
            return Err(ValueError::new(0..number.len(), reason));
        }
        Ok(TelUri {
            context: Some(context),
            ..Self::of(number)
        })
    }

    fn of(number: Cow<'a, str>) -> Self {
        TelUri {
            number,
            extension: None,
            subaddress: None,
            context: None,
            parameters: Vec::new(),
        }
    }

    /// The same with an extension, in digits.
    ///
    /// # Errors
    ///
    /// It has other characters than digits and `-` `.` `(` `)`.
    pub fn with_extension(self, extension: impl Into<Cow<'a, str>>) -> Result<Self, ValueError> {
        let extension = extension.into();
        if !is_extension(&extension) {
            let reason = Reason::Expected("an extension in digits");
            return Err(ValueError::new(0..extension.len(), reason));
        }
        Ok(TelUri {
            extension: Some(extension),
            subaddress: None,
            ..self
        })
    }

    /// The number as it is written, separators included.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }

    /// Whether it is good everywhere: it begins with `+`.
    #[must_use]
    pub fn is_global(&self) -> bool {
        self.number.starts_with('+')
    }

    /// The number without its separators.
    ///
    /// ```
    /// use vcardinal::value::TelUri;
    ///
    /// assert_eq!(TelUri::new("+1-(415)-555.0123")?.digits(), "+14155550123");
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub fn digits(&self) -> String {
        self.number
            .chars()
            .filter(|character| !is_separator(*character))
            .collect()
    }

    /// The extension, parameter `ext`.
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// The ISDN subaddress, parameter `isub`.
    #[must_use]
    pub fn subaddress(&self) -> Option<&str> {
        self.subaddress.as_deref()
    }

    /// Where a local number is good: a domain name or the beginning of a global number.
    #[must_use]
    pub fn phone_context(&self) -> Option<&str> {
        self.context.as_deref()
    }

    /// The other parameters in the order of their names, with their values where they have one.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.parameters
            .iter()
            .map(|(name, value)| (&**name, value.as_deref()))
    }

    /// Whether both reach the same telephone: separators and letter case do not matter, all
    /// parameters do. RFC 3966, 4.
    ///
    /// ```
    /// use vcardinal::value::TelUri;
    ///
    /// let one = TelUri::new("+1-415-555-0123")?;
    /// assert!(one.is_same_number(&TelUri::new("+14155550123")?));
    /// assert!(!one.is_same_number(&TelUri::new("+14155550123")?.with_extension("5")?));
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub fn is_same_number(&self, other: &TelUri<'_>) -> bool {
        let digits = |a: &str, b: &str| {
            let plain = |text: &str| -> String {
                let kept = text.chars().filter(|character| !is_separator(*character));
                kept.map(|character| character.to_ascii_lowercase())
                    .collect()
            };
            plain(a) == plain(b)
        };
        let same =
            |a: Option<&str>, b: Option<&str>, same: &dyn Fn(&str, &str) -> bool| match (a, b) {
                (Some(a), Some(b)) => same(a, b),
                (None, None) => true,
                _ => false,
            };
        let context = |a: &str, b: &str| {
            if a.starts_with('+') {
                digits(a, b)
            } else {
                a.eq_ignore_ascii_case(b)
            }
        };
        let ignoring_case = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
        digits(&self.number, &other.number)
            && same(self.extension(), other.extension(), &digits)
            && same(self.subaddress(), other.subaddress(), &ignoring_case)
            && same(self.phone_context(), other.phone_context(), &context)
            && self.parameters.len() == other.parameters.len()
            && self
                .parameters()
                .zip(other.parameters())
                .all(|(a, b)| a.0.eq_ignore_ascii_case(b.0) && same(a.1, b.1, &ignoring_case))
    }

    /// The same, borrowing from nothing.
    #[must_use]
    pub fn into_owned(self) -> TelUri<'static> {
        let owned = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        TelUri {
            number: owned(self.number),
            extension: self.extension.map(owned),
            subaddress: self.subaddress.map(owned),
            context: self.context.map(owned),
            parameters: self
                .parameters
                .into_iter()
                .map(|(name, value)| (owned(name), value.map(owned)))
                .collect(),
        }
    }
}

/// A piece of a value that had escapes or had not.
fn piece<'a>(whole: &Cow<'a, str>, from: usize, to: usize) -> Cow<'a, str> {
    match whole {
        Cow::Borrowed(whole) => Cow::Borrowed(whole.get(from..to).unwrap_or_default()),
        Cow::Owned(whole) => Cow::Owned(whole.get(from..to).unwrap_or_default().into()),
    }
}

impl<'a> Value<'a> for TelUri<'a> {
    fn read(raw: &'a str, version: Version, notes: &mut Notes<'_>) -> Result<Self, ValueError> {
        let error = || ValueError::new(0..raw.len(), Reason::Expected(EXPECTED));
        if !is_tel(raw) {
            return Err(error());
        }
        let uri = unescape_uri(raw.get(4..).unwrap_or_default(), version);
        let number_end = uri.find(';').unwrap_or(uri.len());
        let mut tel = TelUri::of(piece(&uri, 0, number_end));
        if !is_global(&tel.number) && !is_local(&tel.number) {
            // Some write spaces, raw or percent-encoded.
            let plain = tel.number.replace("%20", " ").replace(' ', "");
            if !is_global(&plain) && !is_local(&plain) {
                return Err(error());
            }
            notes.add(0..raw.len(), Reason::Spelling("no spaces in the number"));
            tel.number = Cow::Owned(plain);
        }
        let mut at = number_end + 1;
        for parameter in uri.get(at..).unwrap_or_default().split(';') {
            if at > uri.len() {
                break;
            }
            let end = at + parameter.len();
            let name_end = parameter.find('=').map_or(end, |equals| at + equals);
            let name = piece(&uri, at, name_end);
            let value = (name_end < end).then(|| piece(&uri, name_end + 1, end));
            at = end + 1;
            if !super::kind::is_token(&name) || !value.as_deref().is_none_or(is_parameter_value) {
                return Err(error());
            }
            match value {
                Some(value) if name.eq_ignore_ascii_case("ext") && is_extension(&value) => {
                    tel.extension = Some(value);
                }
                Some(value) if name.eq_ignore_ascii_case("isub") => tel.subaddress = Some(value),
                Some(value) if name.eq_ignore_ascii_case("phone-context") => {
                    if !is_context(&value) {
                        return Err(error());
                    }
                    tel.context = Some(value);
                }
                _ if ["ext", "isub", "phone-context"].contains(&&*name.to_ascii_lowercase()) => {
                    return Err(error());
                }
                value => tel.parameters.push((name, value)),
            }
        }
        tel.parameters.sort_by(|a, b| by_name(&a.0, &b.0));
        if !tel.is_global() && tel.context.is_none() {
            notes.add(0..raw.len(), Reason::NoPhoneContext);
        }
        Ok(tel)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        out.push_str("tel:");
        out.push_str(&self.number);
        let first = [("ext", &self.extension), ("isub", &self.subaddress)];
        for (name, value) in first.into_iter().chain([("phone-context", &self.context)]) {
            if let Some(value) = value {
                parameter(name, Some(value), version, out);
            }
        }
        for (name, value) in &self.parameters {
            parameter(name, value.as_deref(), version, out);
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

/// No comma can be in the value, so there is nothing to escape in any version.
fn parameter(name: &str, value: Option<&str>, _: Version, out: &mut String) {
    out.push(';');
    out.push_str(name);
    if let Some(value) = value {
        out.push('=');
        out.push_str(value);
    }
}

fn by_name(a: &str, b: &str) -> Ordering {
    let lower = |text: &str| text.to_ascii_lowercase();
    lower(a).cmp(&lower(b)).then_with(|| a.cmp(b))
}

fn is_tel(raw: &str) -> bool {
    raw.get(..4)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("tel:"))
}

const fn is_separator(character: char) -> bool {
    matches!(character, '-' | '.' | '(' | ')')
}

/// `"+" *phonedigit DIGIT *phonedigit`
fn is_global(number: &str) -> bool {
    number.strip_prefix('+').is_some_and(is_extension)
}

/// Digits, of which there is at least one, and separators.
fn is_extension(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text
            .chars()
            .all(|character| character.is_ascii_digit() || is_separator(character))
}

/// `*phonedigit-hex (HEXDIG / "*" / "#") *phonedigit-hex`
fn is_local(number: &str) -> bool {
    let digit = |character: char| character.is_ascii_hexdigit() || matches!(character, '*' | '#');
    number.chars().any(digit)
        && number
            .chars()
            .all(|character| digit(character) || is_separator(character))
}

/// `domainname / global-number-digits`, with domain names taken loosely.
fn is_context(text: &str) -> bool {
    is_global(text)
        || (!text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.')))
}

/// `1*paramchar`. RFC 3966, 3.
fn is_parameter_value(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| {
            byte.is_ascii_alphanumeric()
                || matches!(
                    byte,
                    b'-' | b'_'
                        | b'.'
                        | b'!'
                        | b'~'
                        | b'*'
                        | b'\''
                        | b'('
                        | b')'
                        | b'['
                        | b']'
                        | b'/'
                        | b':'
                        | b'&'
                        | b'+'
                        | b'$'
                        | b'%'
                        | b'?'
                        | b'@'
                        | b'='
                )
        })
}
