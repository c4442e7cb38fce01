//! Conversions from and to `chrono`, feature `chrono`.

use chrono::{DateTime as ChronoDateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime};
use chrono::{NaiveTime, Timelike};

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
/// let date = chrono::NaiveDate::try_from(PartialDate::new(1985, 4, 12)?)?;
/// assert_eq!(PartialDate::try_from(date)?, PartialDate::new(1985, 4, 12)?);
/// assert!(chrono::NaiveDate::try_from(PartialDate::month_day(4, 12)?).is_err());
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
impl TryFrom<PartialDate> for NaiveDate {
    type Error = ValueError;

    fn try_from(date: PartialDate) -> Result<Self, ValueError> {
        date.complete()
            .and_then(|(year, month, day)| {
                NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
            })
            .ok_or_else(|| no_form("a date with year, month and day"))
    }
}

/// A date of the years 0 to 9999.
impl TryFrom<NaiveDate> for PartialDate {
    type Error = ValueError;

    fn try_from(date: NaiveDate) -> Result<Self, ValueError> {
        let part = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
        let year = u16::try_from(date.year()).map_err(|_| no_form("a year from 0 to 9999"))?;
        PartialDate::new(year, part(date.month()), part(date.day()))
    }
}

/// A complete time without regard to its zone; a leap second is chrono's second 59 and a billion
/// nanoseconds.
impl TryFrom<PartialTime> for NaiveTime {
    type Error = ValueError;

    fn try_from(time: PartialTime) -> Result<Self, ValueError> {
        time.complete()
            .and_then(|(hour, minute, second)| {
                let leap = if second == 60 { 1_000_000_000 } else { 0 };
                let (hour, minute) = (u32::from(hour), u32::from(minute));
                NaiveTime::from_hms_nano_opt(hour, minute, u32::from(second.min(59)), leap)
            })
            .ok_or_else(|| no_form("a time with hour, minute and second"))
    }
}

/// The whole seconds of a time.
impl From<NaiveTime> for PartialTime {
    fn from(time: NaiveTime) -> Self {
        let part = |number: u32| u8::try_from(number).unwrap_or_default();
        let leap = u8::from(time.nanosecond() >= 1_000_000_000);
        PartialTime {
            hour: Some(part(time.hour())),
            minute: Some(part(time.minute())),
            second: Some(part(time.second()) + leap),
            zone: None,
        }
    }
}

/// A timestamp without regard to its zone.
impl TryFrom<Timestamp> for NaiveDateTime {
    type Error = ValueError;

    fn try_from(timestamp: Timestamp) -> Result<Self, ValueError> {
        Ok(NaiveDate::try_from(timestamp.date())?.and_time(timestamp.time().try_into()?))
    }
}

/// A timestamp with a zone.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{Timestamp, Value};
///
/// let rev = Timestamp::parse("19951031T222710-0500", Version::V4_0)?;
/// let time = chrono::DateTime::try_from(rev)?;
/// assert_eq!(time.offset().local_minus_utc(), -5 * 3600);
/// assert_eq!(Timestamp::try_from(time)?, rev);
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
impl TryFrom<Timestamp> for ChronoDateTime<FixedOffset> {
    type Error = ValueError;

    fn try_from(timestamp: Timestamp) -> Result<Self, ValueError> {
        let local = NaiveDateTime::try_from(timestamp)?;
        timestamp
            .zone()
            .and_then(|zone| FixedOffset::east_opt(i32::from(zone.minutes()) * 60))
            .and_then(|offset| local.and_local_timezone(offset).single())
            .ok_or_else(|| no_form("a timestamp with a zone"))
    }
}

/// The whole seconds of a time; the offset in whole minutes.
impl TryFrom<ChronoDateTime<FixedOffset>> for Timestamp {
    type Error = ValueError;

    fn try_from(time: ChronoDateTime<FixedOffset>) -> Result<Self, ValueError> {
        let seconds = time.offset().local_minus_utc();
        let minutes = i16::try_from(seconds / 60).unwrap_or(i16::MAX);
        if seconds % 60 != 0 {
            return Err(no_form("an offset of whole minutes"));
        }
        let local = PartialTime::from(time.naive_local().time());
        let zone = Zone::Offset(UtcOffset::from_minutes(minutes)?);
        Timestamp::new(time.naive_local().date().try_into()?, local.in_zone(zone)?)
    }
}

/// The whole seconds of a time, in UTC.
impl TryFrom<ChronoDateTime<chrono::Utc>> for Timestamp {
    type Error = ValueError;

    fn try_from(time: ChronoDateTime<chrono::Utc>) -> Result<Self, ValueError> {
        let local = PartialTime::from(time.naive_utc().time()).in_zone(Zone::Utc)?;
        Timestamp::new(time.naive_utc().date().try_into()?, local)
    }
}
