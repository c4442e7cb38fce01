//! Text <-> [`Email`]: a mailbox as SMTP knows it (RFC 5321, 4.1.2 *Mailbox*, with the
//! characters RFC 6531, 3.3 adds).
//!
//! The grammar of local parts is the `email_address` crate's. Around it stands what that crate
//! lets through or refuses wrongly: control characters, display names, domains, address literals
//! and limits are checked here, and characters beyond ASCII are hidden from it.
//!
//! Knowingly left out: comments and folding white space (RFC 5322, 3.2.2), which are part of mail
//! headers and not of addresses, and whether the domain exists.

use core::fmt;
use core::net::Ipv6Addr;
use core::str::FromStr;
use std::borrow::Cow;

use email_address::{EmailAddress, Options};

use super::{Notes, Reason, Text, Unwritable, Value, ValueError};
use crate::registry::ValueType;
use crate::version::Version;

/// An email address: `local-part@domain`, with nothing before or after it.
///
/// Kept exactly as given; two are equal when their text is. Letter case counts in the local part
/// (RFC 5321, 2.4); for comparing there is [`normalized`](Email::normalized).
///
/// ```
/// use vcardinal::value::Email;
///
/// let email: Email = "zoe.quist@example.com".parse()?;
/// assert_eq!(email.local_part(), "zoe.quist");
/// assert_eq!(email.domain(), "example.com");
///
/// let email: Email = "zoë@bücher.example".parse()?;
/// assert!(email.is_internationalized());
///
/// let error = "Zoe <zoe@example.com>".parse::<Email>().unwrap_err();
/// assert_eq!(error.to_string(), "byte 4: expected the address alone, without a name or brackets");
/// let error = "zoe@example..com".parse::<Email>().unwrap_err();
/// assert_eq!((error.offset(), error.section()), (12, "RFC 5321, 4.1.2"));
/// # Ok::<(), vcardinal::value::EmailError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email {
    text: String,
    at: usize,
}

/// Octets of a local part at most (RFC 5321, 4.5.3.1.1).
const MAX_LOCAL_PART: usize = 64;
/// Octets of an address at most: a path has 256, two of them its angle brackets
/// (RFC 5321, 4.5.3.1.3; RFC 3696, erratum 1690). The 255 of a domain are then no limit.
const MAX_ADDRESS: usize = 254;
/// Octets of a label at most (RFC 1035, 2.3.4).
const MAX_LABEL: usize = 63;

impl Email {
    /// Reads an address. The same as [`FromStr`].
    ///
    /// # Errors
    ///
    /// [`EmailError`] with the byte in question and the reason.
    ///
    /// ```
    /// use vcardinal::value::Email;
    ///
    /// assert!(Email::parse("zoe.quist@example.com").is_ok());
    /// assert_eq!(Email::parse("zoe quist@example.com").unwrap_err().section(), "RFC 5321, 4.1.2");
    /// ```
    pub fn parse(text: &str) -> Result<Email, EmailError> {
        Email::split(text).map(|at| Email {
            text: text.to_owned(),
            at,
        })
    }

    /// Checks an address without keeping it, and tells where its `@` is.
    fn split(text: &str) -> Result<usize, EmailError> {
        if text.is_empty() {
            return fail(0, EmailReason::Empty);
        }
        if text.len() > MAX_ADDRESS {
            // Which limit it is that was passed matters to whoever has to shorten it.
            let local_part = text.bytes().take_while(|b| *b != b'@').count();
            return if local_part > MAX_LOCAL_PART && !text.starts_with('"') {
                fail(MAX_LOCAL_PART, EmailReason::LocalPartTooLong)
            } else {
                fail(MAX_ADDRESS, EmailReason::TooLong)
            };
        }
        if let Some((offset, c)) = text.char_indices().find(|(_, c)| c.is_control()) {
            return fail(offset, EmailReason::Control(c));
        }
        if text.starts_with(char::is_whitespace) {
            return fail(0, EmailReason::Space);
        }
        let trimmed = text.trim_end();
        if trimmed.len() < text.len() {
            return fail(trimmed.len(), EmailReason::Space);
        }

        let at = match text.strip_prefix('"') {
            Some(rest) => 1 + end_of_quotes(rest)?,
            None => match text.find(['@', '<', '>']) {
                Some(at) if text.get(at..).is_some_and(|rest| rest.starts_with('@')) => at,
                Some(at) => return fail(at, EmailReason::DisplayName),
                None => text.len(),
            },
        };
        match text.get(at..).and_then(|rest| rest.chars().next()) {
            Some('@') => {}
            Some(' ' | '<') => return fail(at, EmailReason::DisplayName),
            Some(c) => return fail(at, EmailReason::AfterQuotes(c)),
            None => return fail(at, EmailReason::NoAt),
        }
        let (local_part, domain) = text
            .split_at_checked(at)
            .map(|(local_part, rest)| (local_part, rest.get(1..).unwrap_or_default()))
            .unwrap_or_default();
        if local_part.len() > MAX_LOCAL_PART {
            return fail(MAX_LOCAL_PART, EmailReason::LocalPartTooLong);
        }
        if local_part.is_empty() {
            return fail(0, EmailReason::NoLocalPart);
        }
        // The domain is judged below; any that the crate takes will do.
        let shadow = format!("{}@example", shadow(local_part));
        let options = Options {
            minimum_sub_domains: 0,
            ..Options::default().without_display_text()
        };
        if EmailAddress::parse_with_options(&shadow, options).is_err() {
            return Err(in_local_part(local_part));
        }
        check_domain(domain, at + 1)?;
        Ok(at)
    }

    /// The address as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What is before the `@`, quotes included.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.text.get(..self.at).unwrap_or_default()
    }

    /// What is after the `@`: a domain, or an address literal in square brackets.
    ///
    /// ```
    /// use vcardinal::value::Email;
    ///
    /// let email = Email::parse("zoe.quist@example.com")?;
    /// assert_eq!((email.local_part(), email.domain()), ("zoe.quist", "example.com"));
    /// # Ok::<(), vcardinal::value::EmailError>(())
    /// ```
    #[must_use]
    pub fn domain(&self) -> &str {
        self.text.get(self.at + 1..).unwrap_or_default()
    }

    /// The domain as the DNS has it, `xn--bcher-kva.example`, checked by UTS 46 with the
    /// rules of RFC 5891. A literal stays as it is.
    ///
    /// Reading an address does not do this, so that it gives the same verdicts with and without
    /// the feature `idna`.
    ///
    /// # Errors
    ///
    /// [`EmailReason::Idna`] where the domain is not valid in the DNS.
    ///
    /// ```
    /// use vcardinal::value::Email;
    ///
    /// let email: Email = "zoë@bücher.example".parse()?;
    /// assert_eq!(email.ascii_domain()?, "xn--bcher-kva.example");
    /// assert!("zoe@xn--a-.example".parse::<Email>().is_err());
    /// assert!("zoe@xn--99999999.example".parse::<Email>()?.ascii_domain().is_err());
    /// # Ok::<(), vcardinal::value::EmailError>(())
    /// ```
    #[cfg(feature = "idna")]
    pub fn ascii_domain(&self) -> Result<Cow<'_, str>, EmailError> {
        let domain = self.domain();
        if self.is_literal() {
            return Ok(Cow::Borrowed(domain));
        }
        let ascii = idna::domain_to_ascii_cow(domain.as_bytes(), idna::AsciiDenyList::STD3)
            .map_err(|_| EmailError {
                offset: self.at + 1,
                reason: EmailReason::Idna,
            })?;
        // 255 octets with their length bytes (RFC 1035, 2.3.4).
        let fits = ascii.len() <= 253 && ascii.split('.').all(|label| label.len() <= MAX_LABEL);
        match fits {
            true => Ok(ascii),
            false => fail(self.at + 1, EmailReason::Idna),
        }
    }

    /// Whether the address has characters beyond ASCII, so that every server on its way must
    /// understand SMTPUTF8 (RFC 6531).
    #[must_use]
    pub fn is_internationalized(&self) -> bool {
        !self.text.is_ascii()
    }

    /// Whether an IP address in square brackets stands for the domain (RFC 5321, 4.1.3).
    ///
    /// ```
    /// use vcardinal::value::Email;
    ///
    /// assert!(Email::parse("zoe@[192.0.2.1]")?.is_literal());
    /// assert!(!Email::parse("zoe@example.com")?.is_literal());
    /// # Ok::<(), vcardinal::value::EmailError>(())
    /// ```
    #[must_use]
    pub fn is_literal(&self) -> bool {
        self.domain().starts_with('[')
    }

    /// The address with its domain in lower case and without needless quotes: two that are equal
    /// in this form reach the same mailbox.
    ///
    /// ```
    /// use vcardinal::value::Email;
    ///
    /// let normalized = |text: &str| text.parse().map(|email: Email| email.normalized());
    /// assert_eq!(normalized("Zoe@Example.COM")?, "Zoe@example.com");
    /// assert_eq!(normalized(r#""z\oe"@example.com"#)?, "zoe@example.com");
    /// assert_eq!(normalized(r#""z oe"@example.com"#)?, r#""z oe"@example.com"#);
    /// # Ok::<(), vcardinal::value::EmailError>(())
    /// ```
    #[must_use]
    pub fn normalized(&self) -> String {
        let domain = self.domain().to_lowercase();
        let local_part = self.local_part();
        let Some(quoted) = local_part
            .strip_prefix('"')
            .and_then(|t| t.strip_suffix('"'))
        else {
            return format!("{local_part}@{domain}");
        };
        let mut content = String::with_capacity(quoted.len());
        let mut chars = quoted.chars();
        while let Some(c) = chars.next() {
            content.extend(if c == '\\' { chars.next() } else { Some(c) });
        }
        let plain = format!("{content}@{domain}");
        if Email::split(&plain).is_ok_and(|at| at == content.len()) {
            return plain;
        }
        let mut text = String::with_capacity(plain.len() + 4);
        text.push('"');
        for c in content.chars() {
            if matches!(c, '"' | '\\') {
                text.push('\\');
            }
            text.push(c);
        }
        text.push_str("\"@");
        text.push_str(&domain);
        text
    }
}

fn fail<T>(offset: usize, reason: EmailReason) -> Result<T, EmailError> {
    Err(EmailError { offset, reason })
}

/// Bytes of `rest`, which follows an opening quote, up to and with the closing one.
///
/// ```abnf
/// Quoted-string    = DQUOTE *QcontentSMTP DQUOTE
/// quoted-pairSMTP  = %d92 %d32-126
/// ```
fn end_of_quotes(rest: &str) -> Result<usize, EmailError> {
    let mut chars = rest.char_indices();
    while let Some((offset, c)) = chars.next() {
        match c {
            '"' => return Ok(offset + 1),
            '\\' => match chars.next() {
                Some((_, ' '..='~')) => {}
                Some((offset, c)) => return fail(1 + offset, EmailReason::QuotedPair(c)),
                None => break,
            },
            _ => {}
        }
    }
    fail(1 + rest.len(), EmailReason::UnclosedQuote)
}

/// The local part as the crate judges it rightly: an `x` for each character beyond ASCII, for a
/// space in quotes, escaped or not, and for nothing in quotes.
fn shadow(local_part: &str) -> Cow<'_, str> {
    let quoted = local_part.starts_with('"');
    if local_part.is_ascii() && !quoted {
        return Cow::Borrowed(local_part);
    }
    if local_part == "\"\"" {
        return Cow::Borrowed("\"x\"");
    }
    let shadow = match quoted {
        true => local_part
            .replace("\\\\", "xx")
            .replace("\\ ", "x")
            .replace(' ', "x"),
        false => local_part.to_owned(),
    };
    Cow::Owned(shadow.replace(|c: char| !c.is_ascii(), "x"))
}

/// Where a local part that was refused breaks the grammar.
///
/// ```abnf
/// Dot-string = Atom *("."  Atom)
/// ```
fn in_local_part(local_part: &str) -> EmailError {
    let mut after_dot = true;
    for (offset, c) in local_part.char_indices() {
        let reason = match c {
            '.' if after_dot => EmailReason::Dot,
            c if c == '.' || is_atext(c) => {
                after_dot = c == '.';
                continue;
            }
            c => EmailReason::LocalPart(c),
        };
        return EmailError { offset, reason };
    }
    EmailError {
        offset: local_part.len().saturating_sub(1),
        reason: EmailReason::Dot,
    }
}

/// ```abnf
/// atext =/ UTF8-non-ascii
/// ```
fn is_atext(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() || "!#$%&'*+-/=?^_`{|}~".contains(c)
}

/// ```abnf
/// Domain     = sub-domain *("." sub-domain)
/// sub-domain = Let-dig [Ldh-str] / U-label
/// ```
fn check_domain(domain: &str, start: usize) -> Result<(), EmailError> {
    if domain.is_empty() {
        return fail(start, EmailReason::NoDomain);
    }
    if let Some(literal) = domain.strip_prefix('[') {
        return check_literal(literal, start + 1);
    }
    let mut offset = start;
    for label in domain.split('.') {
        if label.is_empty() {
            // The dot too many: the second of two, or the last.
            let dot = offset.min(start + domain.len() - 1);
            return fail(dot, EmailReason::EmptyLabel);
        }
        if let Some((at, c)) = label.char_indices().find(|(_, c)| !is_label_character(*c)) {
            let reason = match c {
                '<' | '>' => EmailReason::DisplayName,
                c => EmailReason::Domain(c),
            };
            return fail(offset + at, reason);
        }
        if label.starts_with('-') {
            return fail(offset, EmailReason::Hyphen);
        }
        if label.ends_with('-') {
            return fail(offset + label.len() - 1, EmailReason::Hyphen);
        }
        if label.len() > MAX_LABEL && label.is_ascii() {
            return fail(offset + MAX_LABEL, EmailReason::LabelTooLong);
        }
        offset += label.len() + 1;
    }
    Ok(())
}

fn is_label_character(c: char) -> bool {
    match c {
        '-' => true,
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        c => c.is_alphanumeric() || is_mark(c),
    }
}

/// Marks and joiners that words of some scripts cannot do without and that `char` does not count
/// as letters (RFC 5892, appendix B.1, *PVALID* and *CONTEXTJ*).
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5C7}'
        | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{6D6}'..='\u{6ED}'
        | '\u{730}'..='\u{74A}' | '\u{93C}'..='\u{963}' | '\u{981}'..='\u{9E3}'
        | '\u{A01}'..='\u{A51}' | '\u{A70}'..='\u{AE3}' | '\u{B01}'..='\u{B6F}'
        | '\u{B82}'..='\u{BD7}' | '\u{C00}'..='\u{C63}' | '\u{C81}'..='\u{CE3}'
        | '\u{D00}'..='\u{D63}' | '\u{D81}'..='\u{DF3}' | '\u{E31}'..='\u{E4E}'
        | '\u{EB1}'..='\u{ECE}' | '\u{F18}'..='\u{F19}' | '\u{F35}'..='\u{F39}'
        | '\u{F71}'..='\u{FBC}' | '\u{102B}'..='\u{103E}' | '\u{1056}'..='\u{109D}'
        | '\u{135D}'..='\u{135F}' | '\u{17B4}'..='\u{17D3}' | '\u{1AB0}'..='\u{1ACE}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{200C}' | '\u{200D}' | '\u{302A}'..='\u{302D}'
        | '\u{3099}' | '\u{309A}' | '\u{30FB}' | '\u{FE20}'..='\u{FE2F}')
}

/// ```abnf
/// address-literal      = "[" ( IPv4-address-literal / IPv6-address-literal ) "]"
/// IPv6-address-literal = "IPv6:" IPv6-addr
/// ```
///
/// The general form needs a tag registered with IANA, and `IPv6` is the only one.
fn check_literal(literal: &str, start: usize) -> Result<(), EmailError> {
    let Some(address) = literal.strip_suffix(']') else {
        return fail(start + literal.len(), EmailReason::UnclosedLiteral);
    };
    let valid = match address.split_at_checked(5) {
        Some((tag, address)) if tag.eq_ignore_ascii_case("IPv6:") => is_ipv6(address),
        _ => is_ipv4(address),
    };
    match valid {
        true => Ok(()),
        false => fail(start, EmailReason::Literal),
    }
}

/// ```abnf
/// IPv4-address-literal = Snum 3("."  Snum)
/// Snum                 = 1*3DIGIT ; 0 through 255
/// ```
fn is_ipv4(text: &str) -> bool {
    let number = |part: &str| {
        (1..=3).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_digit())
            && part.parse::<u8>().is_ok()
    };
    text.split('.').count() == 4 && text.split('.').all(number)
}

/// In RFC 5321 `::` stands for two groups at least.
fn is_ipv6(text: &str) -> bool {
    let groups = |text: &str| {
        let groups = text.split(':').filter(|group| !group.is_empty());
        groups
            .map(|g| if g.contains('.') { 2 } else { 1 })
            .sum::<u32>()
    };
    text.parse::<Ipv6Addr>().is_ok() && (!text.contains("::") || groups(text) <= 6)
}

/// Why a text is not an email address, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("byte {offset}: {reason}")]
pub struct EmailError {
    offset: usize,
    reason: EmailReason,
}

impl EmailError {
    /// The byte of the text in question, from 0; its length where something is missing at the end.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// What is wrong there.
    #[must_use]
    pub const fn reason(&self) -> EmailReason {
        self.reason
    }

    /// The section of the standard that says so, for instance `RFC 5321, 4.1.2`.
    #[must_use]
    pub const fn section(&self) -> &'static str {
        match self.reason {
            EmailReason::LocalPartTooLong => "RFC 5321, 4.5.3.1.1",
            EmailReason::TooLong => "RFC 5321, 4.5.3.1.3",
            EmailReason::UnclosedLiteral | EmailReason::Literal => "RFC 5321, 4.1.3",
            EmailReason::LabelTooLong => "RFC 1035, 2.3.4",
            EmailReason::Idna => "RFC 5891, 4",
            _ => "RFC 5321, 4.1.2",
        }
    }
}

/// What keeps a text from being an email address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum EmailReason {
    /// The text is empty.
    #[error("expected an address, found nothing")]
    Empty,
    /// A control character, a line break among them.
    #[error("{0:?} cannot be part of an address")]
    Control(char),
    /// White space before or after the address.
    #[error("expected no space around the address")]
    Space,
    /// Something that looks like `Name <address>`.
    #[error("expected the address alone, without a name or brackets")]
    DisplayName,
    /// There is no `@`.
    #[error("expected '@' and a domain")]
    NoAt,
    /// Nothing is before the `@`.
    #[error("expected something before '@'")]
    NoLocalPart,
    /// More than 64 octets are before the `@`.
    #[error("expected no more than 64 octets before '@'")]
    LocalPartTooLong,
    /// A character that must be in quotes, or that no local part can hold.
    #[error("{0:?} cannot stand before '@' without quotes")]
    LocalPart(char),
    /// A dot at the beginning, at the end, or after another.
    #[error("expected a dot only between other characters")]
    Dot,
    /// A quote is opened and not closed.
    #[error("expected a closing quote")]
    UnclosedQuote,
    /// A backslash before what it cannot quote.
    #[error("a backslash cannot stand before {0:?}")]
    QuotedPair(char),
    /// Something between the closing quote and the `@`.
    #[error("expected '@' after the quotes, found {0:?}")]
    AfterQuotes(char),
    /// There is nothing after the `@`.
    #[error("expected a domain after '@'")]
    NoDomain,
    /// A character that no domain holds.
    #[error("{0:?} cannot be part of a domain")]
    Domain(char),
    /// Two dots in a row, or one at an end of the domain.
    #[error("expected a name between the dots of the domain")]
    EmptyLabel,
    /// A hyphen at an end of a name between dots.
    #[error("a hyphen cannot begin or end a name in the domain")]
    Hyphen,
    /// More than 63 octets between two dots.
    #[error("expected no more than 63 octets between the dots of the domain")]
    LabelTooLong,
    /// The square bracket is not closed.
    #[error("expected ']' at the end")]
    UnclosedLiteral,
    /// No IP address is in the square brackets.
    #[error("expected an IPv4 address, or \"IPv6:\" and an IPv6 address")]
    Literal,
    /// More than 254 octets.
    #[error("expected no more than 254 octets")]
    TooLong,
    /// The domain has no form for the DNS. Only from `Email::ascii_domain`.
    #[error("the domain cannot be in the DNS")]
    Idna,
}

impl FromStr for Email {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        Email::parse(text)
    }
}

impl TryFrom<&str> for Email {
    type Error = EmailError;

    fn try_from(text: &str) -> Result<Self, EmailError> {
        Email::parse(text)
    }
}

impl TryFrom<String> for Email {
    type Error = EmailError;

    fn try_from(text: String) -> Result<Self, EmailError> {
        Email::split(&text).map(|at| Email { text, at })
    }
}

impl From<Email> for String {
    fn from(email: Email) -> String {
        email.text
    }
}

impl AsRef<str> for Email {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// `Email(zoe@example.com)`
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Email({})", self.text)
    }
}

/// As a string.
#[cfg(feature = "serde")]
impl serde::Serialize for Email {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

/// From a string.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Email {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Email::try_from(text).map_err(serde::de::Error::custom)
    }
}
impl<'a> Value<'a> for Email {
    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        let text = Text::read(raw, version, notes)?;
        Email::parse(&text).map_err(|_| {
            let reason = Reason::Expected("an email address, as zoe@example.com");
            ValueError::new(0..raw.len(), reason)
        })
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        Text::from(self.as_str()).write_to(version, out)
    }

    fn value_type(&self, _: Version) -> ValueType {
        ValueType::Text
    }
}

impl From<Email> for Text<'_> {
    fn from(email: Email) -> Self {
        Text::new(email.text)
    }
}
