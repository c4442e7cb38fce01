//! Dates and times: JSContact <-> vCard. RFC 9555, 2.2.2 and 2.5.1.

use alloc::format;
use alloc::string::String;

use serde_json::{Map, Value};

use super::strings;
use crate::value::{DateAndOrTime, PartialDate, PartialTime, Timestamp};

/// A `PartialDate` or a `Timestamp`; `None` for a date that neither has a form for: a month or a day
/// alone, a time, a time without its zone.
pub(super) fn anniversary(date: DateAndOrTime) -> Option<Map<String, Value>> {
    match date {
        DateAndOrTime::Date(date) => partial_date(date),
        DateAndOrTime::DateTime(both) => {
            let mut map = Map::new();
            map.insert("@type".into(), "Timestamp".into());
            map.insert("utc".into(), utc(both.date(), both.time())?.into());
            Some(map)
        }
        DateAndOrTime::Time(_) => None,
    }
}

fn partial_date(date: PartialDate) -> Option<Map<String, Value>> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let has_form = matches!(
        (year, month, day),
        (Some(_), None, None) | (Some(_), Some(_), _) | (None, Some(_), Some(_))
    );
    if !has_form {
        return None;
    }
    let mut map = Map::new();
    if let Some(year) = year {
        map.insert("year".into(), year.into());
    }
    if let Some(month) = month {
        map.insert("month".into(), month.into());
    }
    if let Some(day) = day {
        map.insert("day".into(), day.into());
    }
    Some(map)
}

/// A `UTCDateTime`; `None` where the zone or a part is missing.
pub(super) fn of_timestamp(timestamp: Timestamp) -> Option<String> {
    utc(timestamp.date(), timestamp.time())
}

/// Whether a date and time says by how much it is off UTC.
pub(super) fn has_offset(text: &str) -> bool {
    let time = text.split_once(['T', 't']).map(|(_, time)| time);
    time.is_some_and(|time| time.contains(['+', '-']))
}

fn utc(date: PartialDate, time: PartialTime) -> Option<String> {
    let (year, month, day) = date.complete()?;
    let (hour, minute, second) = time.complete()?;
    let offset = i64::from(time.zone()?.minutes());
    let minutes = i64::from(hour) * 60 + i64::from(minute) - offset;
    let days = days_of(i64::from(year), i64::from(month), i64::from(day));
    let (year, month, day) = date_of(days + minutes.div_euclid(24 * 60));
    if !(0..=9999).contains(&year) {
        return None;
    }
    let minutes = minutes.rem_euclid(24 * 60);
    let (hour, minute) = (minutes / 60, minutes % 60);
    Some(format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
    ))
}

/// The days since 1 March of the year 0, in the Gregorian calendar.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + day
        - 1
}

fn date_of(days: i64) -> (i64, i64, i64) {
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, carried) = match month {
        0..=9 => (month + 3, 0),
        _ => (month - 9, 1),
    };
    (era * 400 + year_of_era + carried, month, day)
}

/// The text of a TIMESTAMP in 4.0, without the fraction, which it has no form for. RFC 6350, 4.3.5.
pub(super) fn to_timestamp(utc: &str) -> Option<String> {
    let whole = utc.strip_suffix('Z')?;
    let whole = whole.split_once('.').map_or(whole, |(whole, _)| whole);
    let [year, month, day, hour, minute, second] = strings::date_time(whole)?;
    Some(format!(
        "{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z"
    ))
}

/// The text of the date of an anniversary in 4.0.
pub(super) fn to_date(date: &Map<String, Value>) -> Option<String> {
    if let Some(utc) = date.get("utc").and_then(Value::as_str) {
        return to_timestamp(utc);
    }
    let number = |name: &str| date.get(name).and_then(Value::as_u64);
    let year = number("year").filter(|year| *year <= 9999);
    if year.is_none() && date.contains_key("year") {
        return None;
    }
    match (year, number("month"), number("day")) {
        (Some(year), Some(month), Some(day)) => Some(format!("{year:04}{month:02}{day:02}")),
        (Some(year), Some(month), None) => Some(format!("{year:04}-{month:02}")),
        (Some(year), None, None) => Some(format!("{year:04}")),
        (None, Some(month), Some(day)) => Some(format!("--{month:02}{day:02}")),
        _ => None,
    }
}
