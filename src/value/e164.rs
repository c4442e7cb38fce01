//! Text <-> [`E164`]: a telephone number of the international numbering plan.
//!
//! The first two of three levels, neither of which allocates or needs a feature:
//!
//! 1. *Syntax*: `+` and 1 to 15 digits, the first of them not 0 (ITU-T E.164, 6; the messaging
//!    API's `value` of a phone). Digits are kept exactly as given.
//! 2. *Possible*: the calling code exists and numbers under it can be that long.
//!
//! The third, *valid*, needs the ranges that each country hands out and is in
//! [`value::phone`](crate::value::phone) (feature `phone`).

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use super::calling_codes::{self, CallingCode};
use super::phone_characters::{decimal_digit, is_separator};
use super::possibility::Possibility;

/// A telephone number in E.164 form: `+`, then 1 to 15 digits of which the first is not 0.
///
/// `Copy`, 17 bytes, ordered as its text. No digit is ever added, dropped or changed.
///
/// ```
/// use vcardinal::value::E164;
///
/// let number: E164 = "+14155550123".parse()?;
/// assert_eq!(number.as_str(), "+14155550123");
/// assert_eq!(number.calling_code(), Some(1));
/// assert_eq!(number.national_number(), Some("4155550123"));
/// assert!(number.is_possible());
///
/// let error = "+1415555012x".parse::<E164>().unwrap_err();
/// assert_eq!(error.to_string(), "byte 11: expected a digit, found 'x'");
/// assert_eq!(error.offset(), 11);
/// # Ok::<(), vcardinal::value::E164Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct E164 {
    // Zero bytes fill the tail, so that comparing the arrays compares the texts.
    text: [u8; 1 + E164::MAX_DIGITS],
    length: u8,
}

impl E164 {
    /// Digits after the plus sign at most (ITU-T E.164, 6.1).
    pub const MAX_DIGITS: usize = 15;

    /// Reads strict E.164: nothing but the plus sign and the digits. The same as [`FromStr`].
    ///
    /// # Errors
    ///
    /// [`E164Error`] with the byte in question and the reason.
    ///
    /// ```
    /// use vcardinal::value::{E164, E164Reason};
    ///
    /// assert!(E164::parse("+442079460123").is_ok());
    /// let error = E164::parse("+44 20 7946 0123").unwrap_err();
    /// assert_eq!((error.offset(), error.reason()), (3, E164Reason::NotADigit(' ')));
    /// ```
    pub fn parse(text: &str) -> Result<E164, E164Error> {
        read(text, |_| false)
    }

    /// Reads a number with its plus sign as people write it: separators are skipped, digits of
    /// other scripts are taken as digits.
    ///
    /// Separators are those of RFC 3966 (`-`, `.`, `(`, `)`), the slash, spaces and dashes of any
    /// kind, and the invisible direction marks that address books put around numbers. A zero in
    /// brackets (`+44 (0)20`) is refused rather than guessed at; [`WrittenNumber`](super::WrittenNumber)
    /// says what is to be left out.
    ///
    /// # Errors
    ///
    /// [`E164Error`], with the byte of `text` in question.
    ///
    /// ```
    /// use vcardinal::value::{E164, E164Reason};
    ///
    /// let number = E164::parse_lenient("+1 (415) 555-0123")?;
    /// assert_eq!(number.as_str(), "+14155550123");
    /// assert_eq!(E164::parse_lenient("\u{202A}+44\u{A0}20 7946 0123\u{202C}")?.as_str(), "+442079460123");
    ///
    /// let error = E164::parse_lenient("+44 (0)20 7946 0123").unwrap_err();
    /// assert_eq!(error.reason(), E164Reason::TrunkZero);
    /// # Ok::<(), vcardinal::value::E164Error>(())
    /// ```
    pub fn parse_lenient(text: &str) -> Result<E164, E164Error> {
        read(text, is_separator)
    }

    /// The number as text, `+` first.
    ///
    /// ```
    /// assert_eq!(vcardinal::value::E164::parse("+14155550123")?.as_str(), "+14155550123");
    /// # Ok::<(), vcardinal::value::E164Error>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.text
            .get(..usize::from(self.length))
            .and_then(|text| core::str::from_utf8(text).ok())
            .unwrap_or_default()
    }

    /// The digits after the plus sign.
    ///
    /// ```
    /// # use vcardinal::value::E164;
    /// assert_eq!(E164::parse("+14155550123")?.digits(), "14155550123");
    /// # Ok::<(), vcardinal::value::E164Error>(())
    /// ```
    #[must_use]
    pub fn digits(&self) -> &str {
        self.as_str().get(1..).unwrap_or_default()
    }

    /// The calling code the number begins with, 1 to 999; `None` where no country or service has it.
    ///
    /// ```
    /// # use vcardinal::value::E164;
    /// assert_eq!(E164::parse("+358401234567")?.calling_code(), Some(358));
    /// assert_eq!(E164::parse("+2101234567")?.calling_code(), None); // +210 is not assigned
    /// # Ok::<(), vcardinal::value::E164Error>(())
    /// ```
    #[must_use]
    pub fn calling_code(&self) -> Option<u16> {
        self.split().map(|(code, _)| code.code)
    }

    /// What follows the calling code: the national (significant) number; `None` where the calling code
    /// is not assigned.
    ///
    /// ```
    /// use vcardinal::value::E164;
    ///
    /// assert_eq!(E164::parse("+14155550123")?.national_number(), Some("4155550123"));
    /// # Ok::<(), vcardinal::value::E164Error>(())
    /// ```
    #[must_use]
    pub fn national_number(&self) -> Option<&str> {
        self.split().map(|(_, national)| national)
    }

    /// Whether a number under this calling code can have this many digits, and if not, why.
    ///
    /// A table look-up of a few nanoseconds. The verdicts are those of Google's
    /// `isPossibleNumberWithReason`.
    ///
    /// ```
    /// use vcardinal::value::{E164, Possibility};
    ///
    /// let possibility = |text| E164::parse(text).map(|number| number.possibility());
    /// assert_eq!(possibility("+14155550123")?, Possibility::Possible);
    /// assert_eq!(possibility("+1415555012")?, Possibility::TooShort);
    /// assert_eq!(possibility("+15550123")?, Possibility::LocalOnly);
    /// assert_eq!(possibility("+2101234567")?, Possibility::UnknownCallingCode);
    /// # Ok::<(), vcardinal::value::E164Error>(())
    /// ```
    #[must_use]
    pub fn possibility(&self) -> Possibility {
        match self.split() {
            Some((code, national)) => code.possibility(national.len()),
            None => Possibility::UnknownCallingCode,
        }
    }

    /// Whether [`possibility`](E164::possibility) is [`Possibility::Possible`] or
    /// [`Possibility::LocalOnly`], which is Google's `isPossibleNumber`.
    ///
    /// ```
    /// use vcardinal::value::E164;
    ///
    /// assert!(E164::parse("+14155550123")?.is_possible());
    /// assert!(!E164::parse("+1415555012")?.is_possible());
    /// # Ok::<(), vcardinal::value::E164Error>(())
    /// ```
    #[must_use]
    pub fn is_possible(&self) -> bool {
        matches!(
            self.possibility(),
            Possibility::Possible | Possibility::LocalOnly
        )
    }

    /// The row of the calling code, and the digits after it.
    pub(crate) fn split(&self) -> Option<(&'static CallingCode, &str)> {
        calling_codes::split(self.digits())
    }
}

/// A number as it is to be written, which most are: [`read_each`] says the same of it.
pub(super) fn plain(text: &str) -> Option<E164> {
    let (plus, digits) = text.as_bytes().split_first()?;
    let is_plain = *plus == b'+'
        && (1..=E164::MAX_DIGITS).contains(&digits.len())
        && digits.first() != Some(&b'0')
        && digits.iter().all(u8::is_ascii_digit);
    if !is_plain {
        return None;
    }
    let mut number = E164 {
        text: [0; 1 + E164::MAX_DIGITS],
        length: text.len() as u8,
    };
    number
        .text
        .get_mut(..text.len())?
        .copy_from_slice(text.as_bytes());
    Some(number)
}

fn read(text: &str, skip: impl Fn(char) -> bool) -> Result<E164, E164Error> {
    match plain(text) {
        Some(number) => Ok(number),
        None => read_each(text, skip),
    }
}

/// Character by character, so that an error has the place of what is wrong.
fn read_each(text: &str, skip: impl Fn(char) -> bool) -> Result<E164, E164Error> {
    let fail = |offset, reason| Err(E164Error { offset, reason });
    // Which characters beside the plain ones count is the caller's choice.
    let lenient = skip(' ');
    let mut number = E164 {
        text: [0; 1 + E164::MAX_DIGITS],
        length: 0,
    };
    for (offset, c) in text.char_indices() {
        let byte = match c {
            '+' => b'+',
            '0'..='9' => c as u8,
            '(' if lenient && number.length > 1 => match bracketed_zero(text, offset) {
                Some(zero) => return fail(zero, E164Reason::TrunkZero),
                None => continue,
            },
            c if skip(c) => continue,
            '\u{FF0B}' if lenient => b'+',
            c => match decimal_digit(c) {
                Some(digit) if lenient => digit,
                _ if number.length == 0 => return fail(offset, E164Reason::NoPlus),
                _ => return fail(offset, E164Reason::NotADigit(c)),
            },
        };
        match (number.length, byte) {
            (0, b'+') => {}
            (0, _) => return fail(offset, E164Reason::NoPlus),
            (_, b'+') => return fail(offset, E164Reason::NotADigit('+')),
            (1, b'0') => return fail(offset, E164Reason::LeadingZero),
            _ => {}
        }
        match number.text.get_mut(usize::from(number.length)) {
            Some(place) => *place = byte,
            None => return fail(offset, E164Reason::TooLong),
        }
        number.length += 1;
    }
    match number.length {
        0 => fail(text.len(), E164Reason::Empty),
        1 => fail(text.len(), E164Reason::NoDigits),
        _ => Ok(number),
    }
}

/// Where the zero is, if nothing else is in the brackets that open here.
fn bracketed_zero(text: &str, opens: usize) -> Option<usize> {
    let inside = text.get(opens + 1..)?;
    let zero = inside.trim_start();
    let after = zero.strip_prefix('0')?.trim_start();
    after
        .starts_with(')')
        .then(|| opens + 1 + inside.len() - zero.len())
}

/// Why a text is not an E.164 number, and where.
///
/// ```
/// use vcardinal::value::{E164, E164Reason};
///
/// let error = E164::parse("14155550123").unwrap_err();
/// assert_eq!((error.offset(), error.reason()), (0, E164Reason::NoPlus));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("byte {offset}: {reason}")]
pub struct E164Error {
    offset: usize,
    reason: E164Reason,
}

impl E164Error {
    #[cfg(feature = "phone")]
    pub(crate) const fn new(offset: usize, reason: E164Reason) -> E164Error {
        E164Error { offset, reason }
    }

    /// The byte of the text in question, from 0; its length where something is missing at the end.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// What is wrong there.
    #[must_use]
    pub const fn reason(&self) -> E164Reason {
        self.reason
    }
}

/// What keeps a text from being an E.164 number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum E164Reason {
    /// The text is empty, or only separators.
    #[error("expected a number, found nothing")]
    Empty,
    /// The first character is not a plus sign.
    #[error("expected '+' and the calling code first")]
    NoPlus,
    /// Nothing follows the plus sign.
    #[error("expected digits after '+'")]
    NoDigits,
    /// The first digit is 0; no calling code begins with it.
    #[error("expected a calling code, which cannot begin with 0")]
    LeadingZero,
    /// A character that is not a digit.
    #[error("expected a digit, found {0:?}")]
    NotADigit(char),
    /// More than 15 digits.
    #[error("expected no more than 15 digits")]
    TooLong,
    /// A zero in brackets, which is dialled inside the country only. Lenient reading only.
    #[error("the 0 in brackets is dialled inside the country only; leave it out")]
    TrunkZero,
}

impl FromStr for E164 {
    type Err = E164Error;

    fn from_str(text: &str) -> Result<Self, E164Error> {
        E164::parse(text)
    }
}

impl TryFrom<&str> for E164 {
    type Error = E164Error;

    fn try_from(text: &str) -> Result<Self, E164Error> {
        E164::parse(text)
    }
}

impl TryFrom<String> for E164 {
    type Error = E164Error;

    fn try_from(text: String) -> Result<Self, E164Error> {
        E164::parse(&text)
    }
}

impl From<E164> for String {
    fn from(number: E164) -> String {
        String::from(number.as_str())
    }
}

impl AsRef<str> for E164 {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// `E164(+14155550123)`
impl fmt::Debug for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "E164({})", self.as_str())
    }
}

/// As a string.
#[cfg(feature = "serde")]
impl serde::Serialize for E164 {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// From a string in strict form.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for E164 {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = alloc::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        E164::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ok_plain_numbers_are_those_that_are_read(text in "[+]?[0-9]{0,17}[ é+]?[0-9]?") {
            let read = read_each(&text, |_| false);
            prop_assert_eq!(plain(&text), read.ok());
        }
    }
}
