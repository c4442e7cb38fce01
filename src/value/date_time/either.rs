//! A date, a time, or both. RFC 6350, 4.3.3 and 4.3.4.

use alloc::string::String;

use super::{Cursor, PartialDate, PartialTime, Timestamp};
use crate::registry::ValueType;
use crate::value::{Notes, Reason, Unwritable, Value, ValueError};
use crate::version::Version;

/// A date with a day and a time with an hour.
///
/// RFC 6350, 4.3.3.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{DateTime, Value};
///
/// let lunch = DateTime::parse("--1022T1400", Version::V4_0)?;
/// assert_eq!((lunch.date().month(), lunch.time().hour()), (Some(10), Some(14)));
/// assert!(DateTime::parse("1996T14", Version::V4_0).is_err());
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateTime {
    date: PartialDate,
    time: PartialTime,
}

impl DateTime {
    /// This date at this time.
    ///
    /// # Errors
    ///
    /// The date has no day or the time has no hour.
    ///
    /// ```
    /// use vcardinal::value::{DateTime, PartialDate, PartialTime};
    ///
    /// let noon = PartialTime::hour_minute(12, 0)?;
    /// assert!(DateTime::new(PartialDate::month_day(12, 10)?, noon).is_ok());
    /// assert!(DateTime::new(PartialDate::of_year(1985)?, noon).is_err());
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    pub fn new(date: PartialDate, time: PartialTime) -> Result<Self, ValueError> {
        if !date.takes_a_time() {
            return Err(ValueError::new(0..0, Reason::TimeAfterReducedDate));
        }
        if time.hour().is_none() {
            return Err(ValueError::new(
                0..0,
                Reason::Expected("an hour in a time after a date"),
            ));
        }
        Ok(DateTime { date, time })
    }

    /// The date, which has a day.
    #[must_use]
    pub const fn date(self) -> PartialDate {
        self.date
    }

    /// The time, which has an hour.
    #[must_use]
    pub const fn time(self) -> PartialTime {
        self.time
    }

    /// Reads what follows a date: the `T` was seen.
    fn take(
        date: PartialDate,
        start: usize,
        cursor: &mut Cursor<'_>,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        if !date.takes_a_time() {
            return Err(ValueError::new(
                start..cursor.at(),
                Reason::TimeAfterReducedDate,
            ));
        }
        if cursor.peek() == Some(b'-') {
            let reason = Reason::Expected("an hour in a time after a date");
            return Err(ValueError::new(cursor.at()..cursor.end(), reason));
        }
        let time = PartialTime::take(cursor, notes)?;
        Ok(DateTime { date, time })
    }

    fn write(self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        let start = out.len();
        self.date.write(version, out)?;
        out.push('T');
        self.time
            .write(version, out)
            .inspect_err(|_| out.truncate(start))
    }
}

impl<'a> Value<'a> for DateTime {
    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        const EXPECTED: &str = "a date and a time, as 19961022T140000";
        if raw.is_empty() {
            return Err(ValueError::new(0..0, Reason::Empty(EXPECTED)));
        }
        let mut cursor = Cursor::new(raw, version);
        let date = PartialDate::take(&mut cursor, notes)?;
        if !cursor.designator(notes) {
            return Err(ValueError::new(0..raw.len(), Reason::Expected(EXPECTED)));
        }
        let value = DateTime::take(date, 0, &mut cursor, notes)?;
        cursor.finish("the time")?;
        Ok(value)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        self.write(version, out)
    }

    fn value_type(&self, _: Version) -> ValueType {
        ValueType::DateTime
    }
}

impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        DateTime {
            date: timestamp.date(),
            time: timestamp.time(),
        }
    }
}

/// A date, a time, or a date and a time: the value of BDAY, ANNIVERSARY and DEATHDATE.
///
/// A time alone has a T in front, which tells the second `T--10` from the month `--10`. 3.0 and
/// 2.1 have complete dates, with a complete time or without. RFC 6350, 4.3.4.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{DateAndOrTime, Value};
///
/// assert!(matches!(DateAndOrTime::parse("1022", Version::V4_0)?, DateAndOrTime::Date(_)));
/// assert!(matches!(DateAndOrTime::parse("T1022", Version::V4_0)?, DateAndOrTime::Time(_)));
/// assert!(DateAndOrTime::parse("circa 1800", Version::V4_0).is_err());
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DateAndOrTime {
    /// A date.
    Date(PartialDate),
    /// A date and a time.
    DateTime(DateTime),
    /// A time.
    Time(PartialTime),
}

impl DateAndOrTime {
    /// The date; `None` for a time alone.
    ///
    /// ```
    /// use vcardinal::Version;
    /// use vcardinal::value::{DateAndOrTime, Value};
    ///
    /// let birthday = DateAndOrTime::parse("19850412", Version::V4_0)?;
    /// assert_eq!(birthday.date().unwrap().year(), Some(1985));
    /// assert_eq!(birthday.time(), None);
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub const fn date(self) -> Option<PartialDate> {
        match self {
            DateAndOrTime::Date(date) => Some(date),
            DateAndOrTime::DateTime(both) => Some(both.date),
            DateAndOrTime::Time(_) => None,
        }
    }

    /// The time; `None` for a date alone.
    #[must_use]
    pub const fn time(self) -> Option<PartialTime> {
        match self {
            DateAndOrTime::Date(_) => None,
            DateAndOrTime::DateTime(both) => Some(both.time),
            DateAndOrTime::Time(time) => Some(time),
        }
    }
}

impl From<PartialDate> for DateAndOrTime {
    fn from(date: PartialDate) -> Self {
        DateAndOrTime::Date(date)
    }
}

impl From<DateTime> for DateAndOrTime {
    fn from(both: DateTime) -> Self {
        DateAndOrTime::DateTime(both)
    }
}

impl From<PartialTime> for DateAndOrTime {
    fn from(time: PartialTime) -> Self {
        DateAndOrTime::Time(time)
    }
}

impl DateAndOrTime {
    /// Whether it is clean at a glance: a whole date, as [`PartialDate::is_clean`] says.
    pub(crate) fn is_clean(raw: &[u8], version: Version) -> bool {
        PartialDate::is_clean(raw, version)
    }
}

impl<'a> Value<'a> for DateAndOrTime {
    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        if raw.is_empty() {
            let reason = Reason::Empty("a date or a time, as 19850412, --0412 or T102200");
            return Err(ValueError::new(0..0, reason));
        }
        let mut cursor = Cursor::new(raw, version);
        if cursor.designator(notes) {
            let time = PartialTime::take(&mut cursor, notes)?;
            cursor.finish("the time")?;
            if version != Version::V4_0 {
                notes.add(0..raw.len(), Reason::Incomplete);
            }
            return Ok(time.into());
        }
        let date = PartialDate::take(&mut cursor, notes)?;
        let value = if cursor.designator(notes) {
            DateTime::take(date, 0, &mut cursor, notes)?.into()
        } else {
            date.into()
        };
        cursor.finish("the date")?;
        Ok(value)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        match self {
            DateAndOrTime::Date(date) => date.write(version, out),
            DateAndOrTime::DateTime(both) => both.write(version, out),
            DateAndOrTime::Time(_) if version != Version::V4_0 => Err(Unwritable::not_in(
                version,
                "a time without a date",
                "a date with a time has one",
            )),
            DateAndOrTime::Time(time) => {
                out.push('T');
                time.write(version, out)
            }
        }
    }

    fn value_type(&self, version: Version) -> ValueType {
        match self {
            _ if version == Version::V4_0 => ValueType::DateAndOrTime,
            DateAndOrTime::Date(_) => ValueType::Date,
            DateAndOrTime::DateTime(_) => ValueType::DateTime,
            DateAndOrTime::Time(_) => ValueType::Time,
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
        fn ok_clean_dates_are_read_without_a_note(
            raw in "[0-2][0-9]{3}-?[01][0-9]-?[0-3][0-9]|[0-9T-]{7,11}"
        ) {
            for version in Version::ALL {
                if DateAndOrTime::is_clean(raw.as_bytes(), version) {
                    assert_clean_is_read::<DateAndOrTime>(&raw, version);
                }
            }
        }
    }
}
