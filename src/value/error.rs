//! Why a text cannot be read as a value, and why a value cannot be written as text.

use core::ops::Range;

use super::Value;
use crate::syntax::byte_class::is_white_space;
use crate::version::Version;

/// What is wrong with the text of a value, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
#[non_exhaustive]
pub struct ValueError {
    /// The bytes in question, counted from the start of the raw text.
    pub span: Range<usize>,
    /// What was found, and what would have been right.
    pub reason: Reason,
}

impl ValueError {
    pub(crate) fn new(span: Range<usize>, reason: Reason) -> Self {
        ValueError { span, reason }
    }

    /// The same, in a text that has `by` more bytes in front.
    pub(crate) fn moved(mut self, by: usize) -> Self {
        self.span = self.span.start + by..self.span.end + by;
        self
    }
}

/// What was found in the text of a value, and what would have been right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The text is empty.
    #[error("empty; expected {0}")]
    Empty(&'static str),
    /// It is something else.
    #[error("expected {0}")]
    Expected(&'static str),
    /// More text where the value should end.
    #[error("text after the end of {0}")]
    TextAfter(&'static str),
    /// A number outside its range.
    #[error("{what} {found}; expected {low} to {high}")]
    OutOfRange {
        /// What is counted.
        what: &'static str,
        /// The number found.
        found: u32,
        /// The smallest that is right.
        low: u32,
        /// The largest that is right.
        high: u32,
    },
    /// A day the month does not have.
    #[error("day {day} in month {month}; that month ends with day {last}")]
    NoSuchDay {
        /// The day found.
        day: u8,
        /// The month.
        month: u8,
        /// Its last day.
        last: u8,
    },
    /// Hyphens in a date or colons in a time of 4.0. RFC 6350, 4.3.
    #[error(
        "extended format with hyphens or colons; 4.0 has the basic format, as 19850412 or 102200"
    )]
    Extended,
    /// YYYYMM, which looks like YYMMDD. RFC 6350, 4.3.1.
    #[error(
        "six digits are not a date; a year and a month are written as 1985-04, a time as T102200"
    )]
    YearMonthWithoutHyphen,
    /// Another separator than a hyphen between year, month and day.
    #[error(
        "\"{0}\" between the parts of a date; expected hyphens or nothing, as 1985-04-12 or 19850412"
    )]
    DateSeparator(char),
    /// A date or time with parts left out, in 2.1 or 3.0.
    #[error("parts of the date or time are missing; only 4.0 has such values")]
    Incomplete,
    /// A zone after a truncated time. RFC 6350, 4.3.2, erratum 3484.
    #[error("a zone after a time without an hour, which cannot have one")]
    ZoneOnTruncatedTime,
    /// A fraction of a second in 4.0. RFC 6350, 4.3.2.
    #[error("a fraction of a second; 4.0 has whole seconds")]
    Fraction,
    /// A lower case `t` or `z`, or a space for the `T`. RFC 6350, 4.3.
    #[error("expected an upper case T before a time and an upper case Z for UTC")]
    Designator,
    /// A year, a month, or a year and a month before a time. RFC 6350, 4.3.3.
    #[error("a time after a date without day; expected YYYYMMDD, --MMDD or ---DD before the T")]
    TimeAfterReducedDate,
    /// A backslash that does not begin an escape of the version. RFC 6350, 3.4.
    #[error(r"unknown escape; only \\ \, \; and \n are escapes")]
    UnknownEscape,
    /// A backslash at the end, which escapes nothing. RFC 6350, 3.4.
    #[error("a backslash at the end, which escapes nothing")]
    OpenEscape,
    /// A comma that is not a separator. RFC 6350, 3.4.
    #[error(r"a comma inside a value; expected \,")]
    BareComma,
    /// A semicolon that is not a separator.
    #[error(r"a semicolon inside a value; expected \;")]
    BareSemicolon,
    /// A control character, which values must not have.
    #[error("a control character; only tabs and escaped line breaks are allowed")]
    Control,
    /// Another number of components.
    #[error("{found} components; expected {expected}")]
    Components {
        /// How many there are.
        found: u32,
        /// How many there should be.
        expected: &'static str,
    },
    /// No scheme in front. RFC 3986, 3.
    #[error("no scheme; expected a URI, as https://example.com/")]
    NoScheme,
    /// A character a URI cannot hold. RFC 3986, 2.
    #[error("this character is not allowed in a URI; expected it percent-encoded")]
    NotInUri,
    /// A percent sign without two hexadecimal digits. RFC 3986, 2.1.
    #[error("a percent sign without two hexadecimal digits after it")]
    PercentEncoding,
    /// A local number without a phone-context. RFC 3966, 5.1.5.
    #[error("a number without + and without phone-context; expected one of them")]
    NoPhoneContext,
    /// White space that is not part of the value.
    #[error("white space {0} the value")]
    WhiteSpace(&'static str),
    /// A form that another version has.
    #[error("a form of another version; expected {0}")]
    OtherVersion(&'static str),
    /// A letter case or width that is tolerated.
    #[error("not written the standard way; expected {0}")]
    Spelling(&'static str),
}

/// Why a value cannot be written in a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unwritable {
    /// It holds a control character, which no version can write.
    #[error("the value holds a control character")]
    Control,
    /// The version has no form for it.
    #[error("vCard {version} has no form for {what}{}{}", .instead.map_or("", |_| "; "), .instead.unwrap_or_default())]
    NotInVersion {
        /// The version.
        version: Version,
        /// What of the value it is.
        what: &'static str,
        /// What there is a form for, where that is known.
        instead: Option<&'static str>,
    },
    /// It is a number that cannot be written, such as infinity.
    #[error("not a finite number")]
    NotFinite,
    /// The text means something else where it would stand.
    #[error("the text would be read as {0}")]
    Ambiguous(&'static str),
}

impl Unwritable {
    /// The version has no form for it, but for something else.
    pub(crate) const fn not_in(
        version: Version,
        what: &'static str,
        instead: &'static str,
    ) -> Self {
        Unwritable::NotInVersion {
            version,
            what,
            instead: Some(instead),
        }
    }

    /// What a text of 2.1 cannot say, which has fewer escapes than the later versions.
    pub(crate) const fn not_in_2_1(what: &'static str) -> Self {
        Self::not_in(Version::V2_1, what, "3.0 and 4.0 have one")
    }
}

/// Where a parser notes what it tolerates: nowhere, or your closure.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{Notes, Text, Value};
///
/// let mut count = 0;
/// let mut sink = |_| count += 1;
/// Text::read("a, b", Version::V4_0, &mut Notes::to(&mut sink))?;
/// assert_eq!(count, 1);
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
pub struct Notes<'n> {
    sink: Option<&'n mut dyn FnMut(ValueError)>,
    offset: usize,
}

impl<'n> Notes<'n> {
    /// Notes go nowhere, so that a parser need not look for them.
    #[must_use]
    pub fn none() -> Self {
        Notes {
            sink: None,
            offset: 0,
        }
    }

    /// Every note goes to this closure.
    pub fn to(sink: &'n mut dyn FnMut(ValueError)) -> Self {
        Notes {
            sink: Some(sink),
            offset: 0,
        }
    }

    /// Whether looking for something is worth it.
    pub(crate) fn wanted(&self) -> bool {
        self.sink.is_some()
    }

    pub(crate) fn add(&mut self, span: Range<usize>, reason: Reason) {
        if let Some(sink) = &mut self.sink {
            sink(ValueError::new(span, reason).moved(self.offset));
        }
    }

    /// Where a text begins without white space around it, and the text; the white space is noted
    /// where a value is left.
    pub(crate) fn trim<'a>(&mut self, raw: &'a str) -> (usize, &'a str) {
        if let [first, .., last] = raw.as_bytes()
            && !(is_white_space(*first) || is_white_space(*last))
        {
            return (0, raw);
        }
        let blank = [' ', '\t'];
        let text = raw.trim_matches(blank);
        if text.len() == raw.len() || text.is_empty() {
            return (0, text);
        }
        let before = raw.len() - raw.trim_start_matches(blank).len();
        let end = before + text.len();
        let (span, place) = match (before, raw.len() - end) {
            (_, 0) => (0..before, "before"),
            (0, _) => (end..raw.len(), "after"),
            _ => (0..raw.len(), "around"),
        };
        self.add(span, Reason::WhiteSpace(place));
        (before, text)
    }

    /// Reads a value, noting what is tolerated; where the text is not one, nothing is noted.
    pub(crate) fn only_if_read<'a, T: Value<'a>>(
        &mut self,
        raw: &'a str,
        version: Version,
    ) -> Option<T> {
        let value = T::parse(raw, version).ok()?;
        if self.wanted() {
            T::read(raw, version, self).ok()?;
        }
        Some(value)
    }

    /// Reads a piece that begins `by` bytes into the text, with its positions put right.
    pub(crate) fn inside<T>(
        &mut self,
        by: usize,
        read: impl FnOnce(&mut Self) -> Result<T, ValueError>,
    ) -> Result<T, ValueError> {
        self.offset += by;
        let result = read(self);
        self.offset -= by;
        result.map_err(|error| error.moved(by))
    }
}

impl core::fmt::Debug for Notes<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Notes")
            .field("wanted", &self.wanted())
            .finish_non_exhaustive()
    }
}

crate::error::into_error! {
    Value: ValueError, Unwritable, super::E164Error, super::TelUriError,
}

#[cfg(feature = "email")]
crate::error::into_error! { Value: super::EmailError }

#[cfg(feature = "phone")]
crate::error::into_error! { Value: super::phone::NationalError, super::phone::UnknownRegion }
