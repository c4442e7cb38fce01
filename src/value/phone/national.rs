//! A number as it is written inside a country -> [`E164`].

use core::fmt;

use super::region::Region;
use crate::value::e164::{E164, E164Error, E164Reason};
use crate::value::phone_characters::{decimal_digit, is_separator};

impl E164 {
    /// Reads a number as it is written inside `region`, or with its plus sign.
    ///
    /// The result is a guess about what was meant, however good: keep what was written, and treat
    /// the number as [derived](DerivedNumber). It is always valid.
    ///
    /// # Errors
    ///
    /// [`NationalError`]: no digits, a character that cannot be in a number, or not a valid number of
    /// the region. Short codes such as 112 are not numbers of this kind.
    ///
    /// ```
    /// use vcardinal::value::E164;
    ///
    /// let derived = E164::from_national("(415) 555-0123 ext. 7", "US".parse()?)?;
    /// assert_eq!(derived.number.as_str(), "+14155550123");
    /// assert_eq!(derived.extension.as_deref(), Some("7"));
    /// assert_eq!(derived.written, "(415) 555-0123 ext. 7");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_national(written: &str, region: Region) -> Result<DerivedNumber, NationalError> {
        let (main, extension) = split_extension(written);
        let derived = |number: E164| DerivedNumber {
            number,
            written: written.to_owned(),
            extension: extension.clone(),
            region,
        };
        if main
            .trim_start_matches(is_separator)
            .starts_with(['+', '\u{FF0B}'])
        {
            let number = E164::parse_lenient(main).map_err(NationalError::Syntax)?;
            return match number.is_valid() {
                true => Ok(derived(number)),
                false => Err(NationalError::Invalid {
                    region,
                    suggestion: number.without_trunk_prefix(),
                }),
            };
        }
        let digits = plain_digits(main)?;
        national(&digits, region)
            .map(derived)
            .ok_or(NationalError::Invalid {
                region,
                suggestion: None,
            })
    }
}

/// A number made of what somebody wrote without its calling code.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct DerivedNumber {
    /// The number; valid.
    pub number: E164,
    /// What it was made of, unchanged.
    pub written: String,
    /// Digits of an extension after the number; `None` without one.
    pub extension: Option<String>,
    /// The region it was read for.
    pub region: Region,
}

/// Why a text could not be read as a number of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NationalError {
    /// The text is not digits and separators.
    #[error(transparent)]
    Syntax(E164Error),
    /// The digits are not a valid number of the region.
    #[error("{region} has no such number{}", Suggest(*suggestion))]
    Invalid {
        /// The region it was read for.
        region: Region,
        /// The number that may have been meant.
        suggestion: Option<E164>,
    },
}

struct Suggest(Option<E164>);

impl fmt::Display for Suggest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(number) => write!(f, "; did you mean {number}?"),
            None => Ok(()),
        }
    }
}

fn national(digits: &str, region: Region) -> Option<E164> {
    let metadata = region.metadata()?;
    let code = metadata.country_code();
    let number = |text: &str| E164::parse(text).ok().filter(E164::is_valid);

    let id = region.as_str().parse::<phonenumber::country::Id>().ok();
    let parsed = phonenumber::parse(id, digits).ok().and_then(|parsed| {
        let text = format!("+{}{}", parsed.country().code(), parsed.national());
        // Dialled abroad ("00 44 ..."): whatever else the parser dropped was not a trunk prefix.
        let at_home = parsed.country().code() == code;
        (at_home || digits.ends_with(text.trim_start_matches('+'))).then_some(text)
    });
    parsed
        .as_deref()
        .and_then(number)
        // The parser also takes off what only looks like a trunk prefix, as the 8 of 812.
        .or_else(|| number(&format!("+{code}{digits}")))
        .or_else(|| {
            let rest = digits.strip_prefix(metadata.national_prefix()?)?;
            number(&format!("+{code}{rest}"))
        })
}

fn plain_digits(text: &str) -> Result<String, NationalError> {
    let mut digits = String::with_capacity(text.len());
    for (offset, c) in text.char_indices() {
        match decimal_digit(c) {
            Some(digit) => digits.push(char::from(digit)),
            None if is_separator(c) => {}
            None => {
                return Err(NationalError::Syntax(E164Error::new(
                    offset,
                    E164Reason::NotADigit(c),
                )));
            }
        }
    }
    match digits.len() {
        0 => Err(NationalError::Syntax(E164Error::new(
            text.len(),
            E164Reason::Empty,
        ))),
        1..=40 => Ok(digits),
        _ => Err(NationalError::Syntax(E164Error::new(
            0,
            E164Reason::TooLong,
        ))),
    }
}

/// Takes `;ext=7`, `ext. 7`, `extension 7` or `x7` off the end.
fn split_extension(text: &str) -> (&str, Option<String>) {
    const MARKS: [&str; 6] = [
        ";ext=",
        "extension",
        "extn",
        "ext",
        "\u{434}\u{43E}\u{431}",
        "x",
    ];
    let digits = text.trim_end();
    let head = digits.trim_end_matches(|c| decimal_digit(c).is_some());
    let extension = digits.get(head.len()..).unwrap_or_default();
    if extension.is_empty() || extension.chars().count() > 20 {
        return (text, None);
    }
    let before = head.trim_end_matches([' ', '.', ':', '\u{A0}']);
    MARKS
        .iter()
        .find_map(|mark| {
            let at = before.len().checked_sub(mark.len())?;
            before.get(at..)?.eq_ignore_ascii_case(mark).then_some(at)
        })
        .and_then(|at| text.get(..at))
        .map_or((text, None), |main| {
            let extension = extension.chars().filter_map(decimal_digit);
            (main, Some(extension.map(char::from).collect()))
        })
}
