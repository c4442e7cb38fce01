//! A complete date and time: REV and CREATED. RFC 6350, 4.3.5.

use alloc::string::String;

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
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

impl<'a> Value<'a> for Timestamp {
    fn read(raw: &'a str, version: Version, notes: &mut Notes<'_>) -> Result<Self, ValueError> {
        if raw.is_empty() {
            return Err(ValueError::new(0..0, Reason::Empty(EXPECTED)));
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
