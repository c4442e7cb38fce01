//! A complete date and time: REV and CREATED. RFC 6350, 4.3.5.

use alloc::string::String;
use core::cmp::Ordering;
use core::hash::{Hash, Hasher};

use super::{Cursor, PartialDate, PartialTime, Zone, two_digits};
use crate::registry::ValueType;
use crate::value::{Notes, Reason, Unwritable, Value, ValueError};
use crate::version::Version;

const EXPECTED: &str = "a complete date and time, as 19951031T222710Z";

/// A complete date and time, with a zone or without.
///
/// In 3.0 and 2.1 it is the `date-time` of REV, or a date alone, which is read as its midnight.
/// RFC 6350, 4.3.5; RFC 2426, 3.6.4.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{Timestamp, Value};
///
/// let rev = Timestamp::parse("1995-10-31T22:27:10Z", Version::V3_0)?;
/// assert_eq!(rev.to_text(Version::V4_0)?, "19951031T222710Z");
///
/// // Compared is the instant; one without a zone counts as of UTC.
/// let later: Timestamp = "1995-10-31T22:27:10-05:00".parse()?;
/// assert!(rev < later);
/// assert_eq!(later, "1995-11-01T03:27:10Z".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Timestamp {
    date: PartialDate,
    time: PartialTime,
}

impl Timestamp {
    /// This date at this time.
    ///
    /// # Errors
    ///
    /// One of them has parts left out.
    ///
    /// ```
    /// use vcardinal::value::{PartialDate, PartialTime, Timestamp, Zone};
    ///
    /// let time = PartialTime::new(22, 27, 10)?.in_zone(Zone::Utc)?;
    /// assert!(Timestamp::new(PartialDate::new(1995, 10, 31)?, time).is_ok());
    /// assert!(Timestamp::new(PartialDate::month_day(10, 31)?, time).is_err());
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    pub fn new(date: PartialDate, time: PartialTime) -> Result<Self, ValueError> {
        if date.complete().is_none() || time.complete().is_none() {
            return Err(ValueError::new(0..0, Reason::Expected(EXPECTED)));
        }
        Ok(Timestamp { date, time })
    }

    /// The date, which is complete.
    ///
    /// ```
    /// use vcardinal::value::Timestamp;
    ///
    /// let rev: Timestamp = "20240102T030405Z".parse()?;
    /// assert_eq!(rev.date().complete(), Some((2024, 1, 2)));
    /// assert_eq!(rev.time().complete(), Some((3, 4, 5)));
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub const fn date(self) -> PartialDate {
        self.date
    }

    /// The time, which is complete.
    #[must_use]
    pub const fn time(self) -> PartialTime {
        self.time
    }

    /// The zone; `None` for a local time, of an unknown place.
    #[must_use]
    pub const fn zone(self) -> Option<Zone> {
        self.time.zone()
    }

    /// The time as it is now, in UTC and whole seconds.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::property;
    /// use vcardinal::value::Timestamp;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// card.set::<property::Rev>(Timestamp::now())?;
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[cfg(feature = "std")]
    #[must_use]
    pub fn now() -> Self {
        // A clock outside of the years that dates have is not set.
        Timestamp::try_from(std::time::SystemTime::now()).unwrap_or(Timestamp::EPOCH)
    }

    #[cfg(feature = "std")]
    const EPOCH: Timestamp = Timestamp {
        date: PartialDate::EPOCH,
        time: PartialTime::MIDNIGHT,
    };

    /// Seconds since the beginning of 1970 in UTC; one without a zone counts as of UTC.
    ///
    /// ```
    /// let moment: vcardinal::value::Timestamp = "1970-01-02T00:00:01+00:00".parse()?;
    /// assert_eq!(moment.unix_seconds(), 86_401);
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        let (year, month, day) = self.date.complete().unwrap_or((1970, 1, 1));
        let (hour, minute, second) = self.time.complete().unwrap_or((0, 0, 0));
        let days = days_since_1970(i64::from(year), i64::from(month), i64::from(day));
        let minutes = days * 1440 + i64::from(hour) * 60 + i64::from(minute);
        let offset = i64::from(self.zone().map_or(0, Zone::minutes));
        (minutes - offset) * 60 + i64::from(second)
    }

    /// The moment so many seconds after the beginning of 1970, in UTC.
    ///
    /// # Errors
    ///
    /// It is not in a year from 0 to 9999.
    ///
    /// ```
    /// use vcardinal::value::Timestamp;
    ///
    /// assert_eq!(Timestamp::from_unix_seconds(86_401)?.to_string(), "1970-01-02T00:00:01Z");
    /// assert!(Timestamp::from_unix_seconds(i64::MAX).is_err());
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    pub fn from_unix_seconds(seconds: i64) -> Result<Self, ValueError> {
        let outside = || ValueError::new(0..0, Reason::Expected("a year from 0 to 9999"));
        let (year, month, day) = date_of_day(seconds.div_euclid(86_400));
        let year = u16::try_from(year).map_err(|_| outside())?;
        let of_day = seconds.rem_euclid(86_400);
        let part = |number: i64| u8::try_from(number).map_err(|_| outside());
        let date = PartialDate::new(year, part(month)?, part(day)?)?;
        let time = PartialTime::new(
            part(of_day / 3600)?,
            part(of_day / 60 % 60)?,
            part(of_day % 60)?,
        )?;
        Timestamp::new(date, time.in_zone(Zone::Utc)?)
    }
}

/// Days from the beginning of 1970 to a date. The algorithm counts years from March, so that the
/// day that may be there or not is the last of a year.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date of a day counted from the beginning of 1970.
fn date_of_day(day: i64) -> (i64, i64, i64) {
    let day = day.saturating_add(719_468);
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let month_day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400;
    (if month <= 2 { year + 1 } else { year }, month, month_day)
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.unix_seconds() == other.unix_seconds()
    }
}

impl Eq for Timestamp {}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.unix_seconds().hash(state);
    }
}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By the instant.
impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        self.unix_seconds().cmp(&other.unix_seconds())
    }
}

#[cfg(feature = "std")]
impl TryFrom<std::time::SystemTime> for Timestamp {
    type Error = ValueError;

    fn try_from(time: std::time::SystemTime) -> Result<Self, ValueError> {
        let seconds = match time.duration_since(std::time::UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_secs()).unwrap_or(i64::MAX),
            Err(before) => {
                let before = before.duration();
                let seconds = i64::try_from(before.as_secs()).unwrap_or(i64::MAX);
                -seconds - i64::from(before.subsec_nanos() > 0)
            }
        };
        Timestamp::from_unix_seconds(seconds)
    }
}

#[cfg(feature = "std")]
impl From<Timestamp> for std::time::SystemTime {
    fn from(moment: Timestamp) -> Self {
        let seconds = moment.unix_seconds();
        let distance = std::time::Duration::from_secs(seconds.unsigned_abs());
        match seconds < 0 {
            true => std::time::UNIX_EPOCH - distance,
            false => std::time::UNIX_EPOCH + distance,
        }
    }
}

impl Timestamp {
    /// Whether it is clean at a glance: a whole date and a whole time of UTC in the form of the
    /// version, about which [`read`](Value::read) notes nothing.
    pub(crate) fn is_clean(raw: &[u8], version: Version) -> bool {
        let Some((date, time)) = raw.split_at_checked(match version {
            Version::V4_0 => 8,
            Version::V2_1 | Version::V3_0 => 10,
        }) else {
            return false;
        };
        let pairs = match time {
            [b'T', a, b, c, d, e, f, b'Z'] if version == Version::V4_0 => {
                [[*a, *b], [*c, *d], [*e, *f]]
            }
            [b'T', a, b, b':', c, d, b':', e, f, b'Z'] if version != Version::V4_0 => {
                [[*a, *b], [*c, *d], [*e, *f]]
            }
            _ => return false,
        };
        let is_time = matches!(
            pairs.map(two_digits),
            [Some(0..=23), Some(0..=59), Some(0..=59)]
        );
        is_time && PartialDate::is_clean(date, version)
    }
}

/// A timestamp without the number in parentheses that Evolution writes after it.
fn without_count(raw: &str) -> &str {
    let count = raw.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    match count {
        Some((time, count)) if count.bytes().all(|byte| byte.is_ascii_digit()) => time,
        _ => raw,
    }
}

impl<'a> Value<'a> for Timestamp {
    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        if raw.is_empty() {
            return Err(ValueError::new(0..0, Reason::Empty(EXPECTED)));
        }
        let whole = raw.len();
        let raw = without_count(raw);
        if raw.len() < whole {
            notes.add(raw.len()..whole, Reason::TextAfter("the time"));
        }
        let mut cursor = Cursor::new(raw, version);
        let date = PartialDate::take(&mut cursor, notes)?;
        let time = if cursor.designator(notes) {
            PartialTime::take(&mut cursor, notes)?
        } else {
            cursor.finish("the date")?;
            if version == Version::V4_0 {
                notes.add(0..raw.len(), Reason::Expected(EXPECTED));
            }
            PartialTime::new(0, 0, 0)?
        };
        cursor.finish("the time")?;
        Timestamp::new(date, time).map_err(|error| ValueError::new(0..raw.len(), error.reason))
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        let start = out.len();
        self.date.write(version, out)?;
        out.push('T');
        self.time
            .write(version, out)
            .inspect_err(|_| out.truncate(start))
    }

    fn value_type(&self, version: Version) -> ValueType {
        match version {
            Version::V4_0 => ValueType::Timestamp,
            Version::V2_1 | Version::V3_0 => ValueType::DateTime,
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
        fn ok_clean_timestamps_are_read_without_a_note(
            raw in "19[0-9]{2}-?[01][0-9]-?[0-3][0-9]T[0-2][0-9]:?[0-6][0-9]:?[0-6][0-9]Z?"
        ) {
            for version in Version::ALL {
                if Timestamp::is_clean(raw.as_bytes(), version) {
                    assert_clean_is_read::<Timestamp>(&raw, version);
                }
            }
        }
    }

    #[test]
    fn ok_whole_timestamps_are_clean() {
        assert!(Timestamp::is_clean(b"19951031T222710Z", Version::V4_0));
        assert!(Timestamp::is_clean(b"1995-10-31T22:27:10Z", Version::V3_0));
        assert!(!Timestamp::is_clean(b"1995-10-31T22:27:10Z", Version::V4_0));
    }
}
