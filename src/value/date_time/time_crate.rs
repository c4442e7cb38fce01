//! Conversions from and to the crate `time`, feature `time`.

use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time};

use super::{PartialDate, PartialTime, Timestamp, Zone};
use crate::value::{Reason, UtcOffset, ValueError};

fn no_form(what: &'static str) -> ValueError {
    ValueError::new(0..0, Reason::Expected(what))
}

/// A complete date.
///
/// ```
/// use vcardinal::value::PartialDate;
///
/// let date = time::Date::try_from(PartialDate::new(1985, 4, 12)?)?;
/// assert_eq!(PartialDate::try_from(date)?, PartialDate::new(1985, 4, 12)?);
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
impl TryFrom<PartialDate> for Date {
    type Error = ValueError;

    fn try_from(date: PartialDate) -> Result<Self, ValueError> {
        let wrong = || no_form("a date with year, month and day");
        let (year, month, day) = date.complete().ok_or_else(wrong)?;
        let month = Month::try_from(month).map_err(|_| wrong())?;
        Date::from_calendar_date(i32::from(year), month, day).map_err(|_| wrong())
    }
}

/// A date of the years 0 to 9999.
impl TryFrom<Date> for PartialDate {
    type Error = ValueError;

    fn try_from(date: Date) -> Result<Self, ValueError> {
        let year = u16::try_from(date.year()).map_err(|_| no_form("a year from 0 to 9999"))?;
        PartialDate::new(year, u8::from(date.month()), date.day())
    }
}

/// A complete time without regard to its zone, and without a leap second.
impl TryFrom<PartialTime> for Time {
    type Error = ValueError;

    fn try_from(time: PartialTime) -> Result<Self, ValueError> {
        let wrong = || no_form("a time with hour, minute and second");
        let (hour, minute, second) = time.complete().ok_or_else(wrong)?;
        Time::from_hms(hour, minute, second).map_err(|_| wrong())
    }
}

/// The whole seconds of a time.
impl From<Time> for PartialTime {
    fn from(time: Time) -> Self {
        PartialTime {
            hour: Some(time.hour()),
            minute: Some(time.minute()),
            second: Some(time.second()),
            zone: None,
        }
    }
}

/// A timestamp without regard to its zone.
impl TryFrom<Timestamp> for PrimitiveDateTime {
    type Error = ValueError;

    fn try_from(timestamp: Timestamp) -> Result<Self, ValueError> {
        let date = Date::try_from(timestamp.date())?;
        Ok(PrimitiveDateTime::new(date, timestamp.time().try_into()?))
    }
}

/// A timestamp with a zone.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{Timestamp, Value};
///
/// let rev = Timestamp::parse("19951031T222710-0500", Version::V4_0)?;
/// let time = time::OffsetDateTime::try_from(rev)?;
/// assert_eq!(time.offset().whole_hours(), -5);
/// assert_eq!(Timestamp::try_from(time)?, rev);
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
impl TryFrom<Timestamp> for OffsetDateTime {
    type Error = ValueError;

    fn try_from(timestamp: Timestamp) -> Result<Self, ValueError> {
        let wrong = || no_form("a timestamp with a zone");
        let zone = timestamp.zone().ok_or_else(wrong)?;
        let offset = time::UtcOffset::from_whole_seconds(i32::from(zone.minutes()) * 60);
        let local = PrimitiveDateTime::try_from(timestamp)?;
        Ok(local.assume_offset(offset.map_err(|_| wrong())?))
    }
}

/// The whole seconds of a time; the offset in whole minutes.
impl TryFrom<OffsetDateTime> for Timestamp {
    type Error = ValueError;

    fn try_from(time: OffsetDateTime) -> Result<Self, ValueError> {
        let seconds = time.offset().whole_seconds();
        if seconds % 60 != 0 {
            return Err(no_form("an offset of whole minutes"));
        }
        let minutes = i16::try_from(seconds / 60).unwrap_or(i16::MAX);
        let zone = Zone::Offset(UtcOffset::from_minutes(minutes)?);
        Timestamp::new(
            time.date().try_into()?,
            PartialTime::from(time.time()).in_zone(zone)?,
        )
    }
}
