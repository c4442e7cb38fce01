//! Conversions from and to `jiff`, feature `jiff`.

use jiff::civil;

use super::{PartialDate, PartialTime, Timestamp, Zone};
use crate::value::{Reason, ValueError};

fn no_form(what: &'static str) -> ValueError {
    ValueError::new(0..0, Reason::Expected(what))
}

/// A complete date.
///
/// ```
/// use vcardinal::value::PartialDate;
///
/// let date = jiff::civil::Date::try_from(PartialDate::new(1985, 4, 12)?)?;
/// assert_eq!(PartialDate::try_from(date)?, PartialDate::new(1985, 4, 12)?);
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
impl TryFrom<PartialDate> for civil::Date {
    type Error = ValueError;

    fn try_from(date: PartialDate) -> Result<Self, ValueError> {
        let wrong = || no_form("a date with year, month and day");
        let (year, month, day) = date.complete().ok_or_else(wrong)?;
        let signed = |part: u8| i8::try_from(part).unwrap_or(i8::MAX);
        let year = i16::try_from(year).map_err(|_| wrong())?;
        civil::Date::new(year, signed(month), signed(day)).map_err(|_| wrong())
    }
}

/// A date of the years 0 to 9999.
impl TryFrom<civil::Date> for PartialDate {
    type Error = ValueError;

    fn try_from(date: civil::Date) -> Result<Self, ValueError> {
        let part = |number: i8| u8::try_from(number).unwrap_or(u8::MAX);
        let year = u16::try_from(date.year()).map_err(|_| no_form("a year from 0 to 9999"))?;
        PartialDate::new(year, part(date.month()), part(date.day()))
    }
}

/// A complete time without regard to its zone, and without a leap second.
impl TryFrom<PartialTime> for civil::Time {
    type Error = ValueError;

    fn try_from(time: PartialTime) -> Result<Self, ValueError> {
        let wrong = || no_form("a time with hour, minute and second");
        let (hour, minute, second) = time.complete().ok_or_else(wrong)?;
        let signed = |part: u8| i8::try_from(part).unwrap_or(i8::MAX);
        civil::Time::new(signed(hour), signed(minute), signed(second), 0).map_err(|_| wrong())
    }
}

/// The whole seconds of a time.
impl From<civil::Time> for PartialTime {
    fn from(time: civil::Time) -> Self {
        let part = |number: i8| u8::try_from(number).ok();
        PartialTime {
            hour: part(time.hour()),
            minute: part(time.minute()),
            second: part(time.second()),
            zone: None,
        }
    }
}

/// A timestamp without regard to its zone.
impl TryFrom<Timestamp> for civil::DateTime {
    type Error = ValueError;

    fn try_from(timestamp: Timestamp) -> Result<Self, ValueError> {
        let date = civil::Date::try_from(timestamp.date())?;
        Ok(date.to_datetime(timestamp.time().try_into()?))
    }
}

/// A timestamp with a zone, as an instant.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{Timestamp, Value};
///
/// let rev = Timestamp::parse("19951031T222710-0500", Version::V4_0)?;
/// let instant = jiff::Timestamp::try_from(rev)?;
/// let utc = Timestamp::try_from(instant)?;
/// assert_eq!(utc, Timestamp::parse("19951101T032710Z", Version::V4_0)?);
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = ValueError;

    fn try_from(timestamp: Timestamp) -> Result<Self, ValueError> {
        let wrong = || no_form("a timestamp with a zone");
        let zone = timestamp.zone().ok_or_else(wrong)?;
        let offset = jiff::tz::Offset::from_seconds(i32::from(zone.minutes()) * 60);
        let offset = offset.map_err(|_| wrong())?;
        offset
            .to_timestamp(civil::DateTime::try_from(timestamp)?)
            .map_err(|_| wrong())
    }
}

/// The whole seconds of an instant, in UTC. The years of jiff are more than four digits have, so that
/// it is `Timestamp::try_from(jiff::Timestamp::now())?` and not a `From`.
impl TryFrom<jiff::Timestamp> for Timestamp {
    type Error = ValueError;

    fn try_from(instant: jiff::Timestamp) -> Result<Self, ValueError> {
        let utc = jiff::tz::Offset::UTC.to_datetime(instant);
        let time = PartialTime::from(utc.time()).in_zone(Zone::Utc)?;
        Timestamp::new(utc.date().try_into()?, time)
    }
}
