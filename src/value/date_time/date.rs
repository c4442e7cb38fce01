//! Dates with parts left out. RFC 6350, 4.3.1.

use alloc::string::String;

use super::{Cursor, push_pairs, two_digits};
use crate::registry::ValueType;
use crate::value::{Notes, Reason, Unwritable, Value, ValueError};
use crate::version::Version;

const EXPECTED: &str = "a date, as 19850412, 1985-04, 1985, --0412, --04 or ---12";

/// A date of the Gregorian calendar of which the year, the month or the day may be unknown.
///
/// Six forms: year, month and day; year and month; year; month and day; month; day. A 29 February
/// without a year is a date. RFC 6350, 4.3.1.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{PartialDate, Value};
///
/// let date = PartialDate::parse("--0229", Version::V4_0)?;
/// assert_eq!((date.year(), date.month(), date.day()), (None, Some(2), Some(29)));
/// assert!(PartialDate::parse("19000229", Version::V4_0).is_err());
/// // The order of three numbers is not a guess: no tuple is a date.
/// let date = PartialDate::new(1985, 4, 12)?;
/// assert_eq!(date.to_text(Version::V4_0)?, "19850412");
/// assert_eq!(date.to_text(Version::V3_0)?, "1985-04-12");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    year: Option<u16>,
    month: Option<u8>,
    day: Option<u8>,
}

impl PartialDate {
    /// The first day of 1970.
    #[cfg(feature = "std")]
    pub(super) const EPOCH: PartialDate = PartialDate {
        year: Some(1970),
        month: Some(1),
        day: Some(1),
    };

    /// A complete date.
    ///
    /// # Errors
    ///
    /// The year is past 9999, or the calendar has no such day.
    ///
    /// ```
    /// use vcardinal::value::PartialDate;
    ///
    /// assert!(PartialDate::new(2000, 2, 29).is_ok());
    /// let error = PartialDate::new(2001, 2, 29).unwrap_err();
    /// assert_eq!(error.to_string(), "day 29 in month 2; that month ends with day 28");
    /// ```
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, ValueError> {
        Self::checked(Some(year), Some(month), Some(day))
    }

    /// A year and a month. Errors as [`new`](Self::new).
    ///
    /// # Errors
    ///
    /// The year is past 9999, or there is no such month.
    ///
    /// ```
    /// use vcardinal::value::PartialDate;
    ///
    /// assert_eq!(PartialDate::year_month(1985, 4)?.to_string(), "1985-04");
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    pub fn year_month(year: u16, month: u8) -> Result<Self, ValueError> {
        Self::checked(Some(year), Some(month), None)
    }

    /// A year alone.
    ///
    /// # Errors
    ///
    /// It is past 9999.
    ///
    /// ```
    /// use vcardinal::value::PartialDate;
    ///
    /// assert_eq!(PartialDate::of_year(1985)?.to_string(), "1985");
    /// assert!(PartialDate::of_year(10_000).is_err());
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    pub fn of_year(year: u16) -> Result<Self, ValueError> {
        Self::checked(Some(year), None, None)
    }

    /// A day of every year, the month first: `month_day(12, 10)` is the tenth of December.
    ///
    /// # Errors
    ///
    /// The calendar has no such day in any year.
    ///
    /// ```
    /// use vcardinal::value::PartialDate;
    ///
    /// assert!(PartialDate::month_day(2, 29).is_ok());
    /// assert!(PartialDate::month_day(2, 30).is_err());
    /// ```
    pub fn month_day(month: u8, day: u8) -> Result<Self, ValueError> {
        Self::checked(None, Some(month), Some(day))
    }

    /// A month alone.
    ///
    /// # Errors
    ///
    /// There is no such month.
    ///
    /// ```
    /// use vcardinal::value::PartialDate;
    ///
    /// assert_eq!(PartialDate::of_month(4)?.month(), Some(4));
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    pub fn of_month(month: u8) -> Result<Self, ValueError> {
        Self::checked(None, Some(month), None)
    }

    /// A day of every month.
    ///
    /// # Errors
    ///
    /// No month has it.
    ///
    /// ```
    /// use vcardinal::value::PartialDate;
    ///
    /// assert_eq!(PartialDate::of_day(12)?.day(), Some(12));
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    pub fn of_day(day: u8) -> Result<Self, ValueError> {
        Self::checked(None, None, Some(day))
    }

    /// The year, 0 to 9999; `None` where it is left out.
    ///
    /// ```
    /// use vcardinal::value::PartialDate;
    ///
    /// let date = PartialDate::month_day(4, 12)?;
    /// assert_eq!((date.year(), date.month(), date.day()), (None, Some(4), Some(12)));
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub const fn year(self) -> Option<u16> {
        self.year
    }

    /// The month, 1 to 12; `None` where it is left out.
    #[must_use]
    pub const fn month(self) -> Option<u8> {
        self.month
    }

    /// The day of the month, from 1; `None` where it is left out.
    #[must_use]
    pub const fn day(self) -> Option<u8> {
        self.day
    }

    /// Year, month and day; `None` when one of them is missing.
    ///
    /// ```
    /// use vcardinal::value::PartialDate;
    ///
    /// assert_eq!(PartialDate::new(1985, 4, 12)?.complete(), Some((1985, 4, 12)));
    /// assert_eq!(PartialDate::month_day(4, 12)?.complete(), None);
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub const fn complete(self) -> Option<(u16, u8, u8)> {
        match (self.year, self.month, self.day) {
            (Some(year), Some(month), Some(day)) => Some((year, month, day)),
            _ => None,
        }
    }

    /// Whether a time may follow: YYYYMMDD, --MMDD or ---DD. RFC 6350, 4.3.3.
    pub(super) const fn takes_a_time(self) -> bool {
        self.day.is_some()
    }

    fn checked(year: Option<u16>, month: Option<u8>, day: Option<u8>) -> Result<Self, ValueError> {
        let range = |what, found, low, high| {
            let reason = Reason::OutOfRange {
                what,
                found,
                low,
                high,
            };
            Err(ValueError::new(0..0, reason))
        };
        if let Some(year @ 10_000..) = year {
            return range("year", u32::from(year), 0, 9999);
        }
        if let Some(month @ (0 | 13..)) = month {
            return range("month", u32::from(month), 1, 12);
        }
        let date = PartialDate { year, month, day };
        match (date.no_such_day(), day) {
            (Some(reason), _) => Err(ValueError::new(0..0, reason)),
            (None, Some(day @ (0 | 32..))) => range("day", u32::from(day), 1, 31),
            (None, _) => Ok(date),
        }
    }

    fn no_such_day(self) -> Option<Reason> {
        let (month, day) = (self.month?, self.day?);
        let last = last_day(self.year, month);
        (day > last).then_some(Reason::NoSuchDay { day, month, last })
    }

    /// Reads a date; a `T` may follow.
    pub(super) fn take(cursor: &mut Cursor<'_>, notes: &mut Notes<'_>) -> Result<Self, ValueError> {
        let start = cursor.at();
        let expected =
            |cursor: &Cursor<'_>| ValueError::new(start..cursor.end(), Reason::Expected(EXPECTED));
        let month = |cursor: &mut Cursor<'_>| cursor.two("month", EXPECTED, 1, 12);
        let mut date = PartialDate {
            year: None,
            month: None,
            day: None,
        };
        let mut day_at = start;
        let mut day = |cursor: &mut Cursor<'_>| {
            day_at = cursor.at();
            cursor.two("day", EXPECTED, 1, 31)
        };
        let separated = |cursor: &Cursor<'_>| match cursor.peek() {
            Some(separator @ (b'/' | b'.')) => {
                let reason = Reason::DateSeparator(char::from(separator));
                Err(ValueError::new(cursor.at()..cursor.at() + 1, reason))
            }
            _ => Ok(()),
        };
        if cursor.eat(b'-') {
            if !cursor.eat(b'-') {
                return Err(expected(cursor));
            }
            if cursor.eat(b'-') {
                date.day = Some(day(cursor)?);
            } else {
                date.month = Some(month(cursor)?);
                let hyphen = cursor.at();
                if cursor.eat(b'-') {
                    cursor.extended(hyphen..hyphen + 1, notes);
                    date.day = Some(day(cursor)?);
                } else if cursor.digit_follows() {
                    date.day = Some(day(cursor)?);
                }
            }
        } else {
            let century = cursor.two("century", EXPECTED, 0, 99)?;
            let year = cursor.two("year", EXPECTED, 0, 99)?;
            date.year = Some(u16::from(century) * 100 + u16::from(year));
            separated(cursor)?;
            let hyphen = cursor.at();
            let hyphened = cursor.eat(b'-');
            let digit = |at| {
                cursor
                    .peek_after(at)
                    .is_some_and(|byte| byte.is_ascii_digit())
            };
            let is_alone = !digit(2) && cursor.peek_after(2) != Some(b'-');
            if !hyphened && digit(0) && digit(1) && is_alone {
                let reason = Reason::YearMonthWithoutHyphen;
                return Err(ValueError::new(start..hyphen + 2, reason));
            }
            if hyphened || cursor.digit_follows() {
                // 1985-4 is as likely to have lost a digit.
                cursor.one_digit(hyphened && cursor.peek_after(1) == Some(b'-'), notes);
                date.month = Some(month(cursor)?);
                separated(cursor)?;
                let second = cursor.at();
                if cursor.eat(b'-') {
                    cursor.extended(second..second + 1, notes);
                    cursor.one_digit(hyphened, notes);
                    date.day = Some(day(cursor)?);
                } else if cursor.digit_follows() {
                    if hyphened {
                        cursor.extended(hyphen..hyphen + 1, notes);
                    }
                    date.day = Some(day(cursor)?);
                }
            }
        }
        if let Some(reason) = date.no_such_day() {
            return Err(ValueError::new(day_at..cursor.at(), reason));
        }
        if cursor.version != Version::V4_0 && date.complete().is_none() {
            notes.add(start..cursor.at(), Reason::Incomplete);
        }
        Ok(date)
    }

    pub(super) fn write(self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        // A year is two numbers of two digits.
        let pairs = |year: u16| ((year / 100) as u8, (year % 100) as u8);
        match (self.year.map(pairs), self.month, self.day) {
            (Some((century, year)), Some(month), Some(day)) => {
                let hyphen = if version == Version::V4_0 { "" } else { "-" };
                push_pairs(
                    out,
                    [("", century), ("", year), (hyphen, month), (hyphen, day)],
                );
            }
            _ if version != Version::V4_0 => {
                return Err(Unwritable::not_in(
                    version,
                    "a date with parts left out",
                    "year, month and day have one",
                ));
            }
            (Some((century, year)), Some(month), None) => {
                push_pairs(out, [("", century), ("", year), ("-", month)]);
            }
            (Some((century, year)), None, _) => push_pairs(out, [("", century), ("", year)]),
            (None, Some(month), Some(day)) => push_pairs(out, [("--", month), ("", day)]),
            (None, Some(month), None) => push_pairs(out, [("--", month)]),
            (None, None, day) => push_pairs(out, [("---", day.unwrap_or(1))]),
        }
        Ok(())
    }
}

impl PartialDate {
    /// Whether it is clean at a glance: a whole date in the form of the version, about which
    /// [`read`](Value::read) notes nothing.
    pub(crate) fn is_clean(raw: &[u8], version: Version) -> bool {
        let pairs = match raw {
            [a, b, c, d, e, f, g, h] => [[*a, *b], [*c, *d], [*e, *f], [*g, *h]],
            [a, b, c, d, b'-', e, f, b'-', g, h] if version != Version::V4_0 => {
                [[*a, *b], [*c, *d], [*e, *f], [*g, *h]]
            }
            _ => return false,
        };
        match pairs.map(two_digits) {
            [Some(century), Some(year), Some(month @ 1..=12), Some(day)] => {
                let year = u16::from(century) * 100 + u16::from(year);
                (1..=last_day(Some(year), month)).contains(&day)
            }
            _ => false,
        }
    }
}

/// The last day of a month, of the longest such month when the year is unknown.
const fn last_day(year: Option<u16>, month: u8) -> u8 {
    match (month, year) {
        (4 | 6 | 9 | 11, _) => 30,
        (2, Some(year)) if year % 4 != 0 || (year % 100 == 0 && year % 400 != 0) => 28,
        (2, _) => 29,
        _ => 31,
    }
}

impl<'a> Value<'a> for PartialDate {
    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        if raw.is_empty() {
            return Err(ValueError::new(0..0, Reason::Empty(EXPECTED)));
        }
        let mut cursor = Cursor::new(raw, version);
        let date = Self::take(&mut cursor, notes)?;
        cursor.finish("the date")?;
        Ok(date)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        self.write(version, out)
    }

    fn value_type(&self, _: Version) -> ValueType {
        ValueType::Date
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::assert_clean_is_read;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ok_clean_dates_are_read_without_a_note(
            raw in "[0-2][0-9]{3}-?[01][0-9]-?[0-3][0-9]|[0-9-]{7,11}"
        ) {
            for version in Version::ALL {
                if PartialDate::is_clean(raw.as_bytes(), version) {
                    assert_clean_is_read::<PartialDate>(&raw, version);
                }
            }
        }
    }

    #[test]
    fn ok_whole_dates_are_clean() {
        assert!(PartialDate::is_clean(b"20000229", Version::V4_0));
        assert!(PartialDate::is_clean(b"1985-04-12", Version::V3_0));
        assert!(!PartialDate::is_clean(b"1985-04-12", Version::V4_0));
        assert!(!PartialDate::is_clean(b"19000229", Version::V4_0));
    }
}
