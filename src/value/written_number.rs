//! Text <-> a telephone number as people write it: the number, and what E.164 has no room for.
//!
//! Half of the numbers in address books that begin with a calling code carry something more: the
//! zero that is dialled inside the country only (`+49 (0) 30`), an extension, or what a phone
//! dials after a pause (`,,123`). [`E164::parse_lenient`] refuses them, since it would have to
//! leave something out; this type says what it left out.

use alloc::string::String;

use super::e164::plain;
use super::phone_characters::{decimal_digit, is_separator};
use super::{E164, E164Error, E164Reason, calling_codes};

/// A telephone number with its calling code, and what is written beside it.
///
/// ```
/// use vcardinal::value::WrittenNumber;
///
/// let written = WrittenNumber::parse("+44 (0)20 7946 0123 ext. 7")?;
/// assert_eq!(written.to_e164().as_str(), "+442079460123");
/// assert_eq!(written.dialled_after(), Some("ext. 7"));
/// assert!(written.has_trunk_zero());
///
/// let paused = WrittenNumber::parse("+1 415 555 0123,,42#")?;
/// assert_eq!((paused.to_e164().as_str(), paused.dialled_after()), ("+14155550123", Some(",,42#")));
/// # Ok::<(), vcardinal::value::E164Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WrittenNumber<'a> {
    number: E164,
    dialled_after: Option<&'a str>,
    trunk_zero: bool,
}

impl<'a> WrittenNumber<'a> {
    /// Reads what [`E164::parse_lenient`] reads, and beside it
    ///
    /// - a zero in brackets after the calling code, left out where the country dials its own
    ///   numbers with a 0 before them (ITU-T E.123, 7.1 advises against writing it), kept where
    ///   the 0 belongs to the number, as in Italy, and refused elsewhere;
    /// - an extension after the number: `x128`, `ext. 129`, `extension 7`, `;ext=126`, `#5`;
    /// - digits that a phone dials later, after commas, semicolons, `p` or `w`.
    ///
    /// # Errors
    ///
    /// [`E164Error`], with the byte of `text` in question. A zero in brackets elsewhere, or after a
    /// calling code where it makes no sense, is [`E164Reason::TrunkZero`].
    pub fn parse(text: &'a str) -> Result<WrittenNumber<'a>, E164Error> {
        // Most numbers are written as they are to be, and nothing follows them.
        if let Some(number) = plain(text) {
            return Ok(WrittenNumber {
                number,
                dialled_after: None,
                trunk_zero: false,
            });
        }
        let (number, dialled_after) = split_dialled_after(text);
        let dialled_after = dialled_after.map(str::trim);
        match E164::parse_lenient(number) {
            Ok(number) => Ok(WrittenNumber {
                number,
                dialled_after,
                trunk_zero: false,
            }),
            Err(error) if error.reason() == E164Reason::TrunkZero => {
                let (number, trunk_zero) = with_bracketed_zero(number, error)?;
                Ok(WrittenNumber {
                    number,
                    dialled_after,
                    trunk_zero,
                })
            }
            Err(error) => Err(error),
        }
    }

    /// The number.
    #[must_use]
    pub const fn to_e164(&self) -> E164 {
        self.number
    }

    /// What follows the number, as it is written without white space around it: an extension, or
    /// pauses and digits.
    #[must_use]
    pub const fn dialled_after(&self) -> Option<&'a str> {
        self.dialled_after
    }

    /// Whether a zero in brackets was left out of the number.
    #[must_use]
    pub const fn has_trunk_zero(&self) -> bool {
        self.trunk_zero
    }
}

/// The number whose bracketed zero is where the error points, and whether the zero was left out.
fn with_bracketed_zero(text: &str, error: E164Error) -> Result<(E164, bool), E164Error> {
    let zero = error.offset();
    let before = text.get(..zero).unwrap_or_default();
    let before = before.trim_end().trim_end_matches('(');
    let after = text.get(zero + 1..).unwrap_or_default();
    let after = after.trim_start().trim_start_matches(')');
    let code = E164::parse_lenient(before).map_err(|_| error)?;
    // Anywhere but directly after the calling code it is something else.
    let (row, "") = code.split().ok_or(error)? else {
        return Err(error);
    };
    let is_trunk_zero = calling_codes::has_trunk_zero(row.code);
    let kept = if is_trunk_zero { "" } else { "0" };
    let whole = [before, kept, after].concat();
    // The offset of another error would be one of a text that nobody wrote.
    let number = E164::parse_lenient(&whole).map_err(|_| error)?;
    let is_own = calling_codes::has_zero_of_its_own(row.code) && number.is_possible();
    match is_trunk_zero || is_own {
        true => Ok((number, is_trunk_zero)),
        false => Err(error),
    }
}

impl E164 {
    /// For a number that is too long because it has the 0 in it that is dialled inside the country
    /// only: the number without it. `None` for a number that is possible as it is.
    ///
    /// ```
    /// use vcardinal::value::E164;
    ///
    /// let number: E164 = "+330199001234".parse()?;
    /// assert_eq!(number.without_trunk_zero(), Some("+33199001234".parse()?));
    /// assert_eq!("+33199001234".parse::<E164>()?.without_trunk_zero(), None);
    /// # Ok::<(), vcardinal::value::E164Error>(())
    /// ```
    #[must_use]
    pub fn without_trunk_zero(&self) -> Option<E164> {
        let (row, national) = self.split()?;
        if self.is_possible() || !calling_codes::has_trunk_zero(row.code) {
            return None;
        }
        let code = self.as_str().strip_suffix(national)?;
        let mut text = String::from(code);
        text.push_str(national.strip_prefix('0')?);
        E164::parse(&text).ok().filter(E164::is_possible)
    }
}

/// Words of an extension or a pause: `x`, `ext`, and the `p` and `w` that phones write.
const WORDS: [&str; 7] = [
    "x",
    "ext",
    "extn",
    "extension",
    "\u{434}\u{43E}\u{431}",
    "p",
    "w",
];

/// A number, and what is dialled after it.
fn split_dialled_after(text: &str) -> (&str, Option<&str>) {
    let is_number =
        |c: char| decimal_digit(c).is_some() || is_separator(c) || matches!(c, '+' | '\u{FF0B}');
    let at = text.char_indices().find(|(_, c)| !is_number(*c));
    let Some((number, rest)) = at.and_then(|(at, _)| text.split_at_checked(at)) else {
        return (text, None);
    };
    match number.contains(|c| decimal_digit(c).is_some()) && is_dialled(rest) {
        true => (number, Some(rest)),
        false => (text, None),
    }
}

/// Whether a text is marks, pauses and digits, and nothing else.
fn is_dialled(text: &str) -> bool {
    let is_mark = |c: char| matches!(c, ',' | ';' | '=' | '#' | '*' | ':') || is_separator(c);
    let has_digit = text.contains(|c| decimal_digit(c).is_some());
    // A lone word is a number that is not written yet; a lone comma is a pause.
    let has_word = text.contains(char::is_alphabetic);
    (has_digit || !has_word)
        && text
            .split(|c| is_mark(c) || decimal_digit(c).is_some())
            .filter(|word| !word.is_empty())
            .all(|word| {
                let word = word.to_lowercase();
                WORDS.contains(&word.as_str())
            })
}
