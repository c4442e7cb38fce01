//! Times with parts left out. RFC 6350, 4.3.2.

use alloc::string::String;

use super::{Cursor, push_pairs};
use crate::registry::ValueType;
use crate::value::{Notes, Reason, Unwritable, UtcOffset, Value, ValueError};
use crate::version::Version;

const ZONE_OF_3_0: &str = "a zone with hours and minutes, as -05:00";
const EXPECTED: &str = "a time, as 102200, 1022, 10, -2200, -22 or --00";

/// UTC, or an offset from it. RFC 6350, 4.3.2 (`zone`).
///
/// Exhaustive, as ISO 8601 has no third form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Zone {
    /// `Z`
    Utc,
    /// An offset, which may be zero.
    Offset(UtcOffset),
}

impl Zone {
    /// Minutes to the east of UTC.
    ///
    /// ```
    /// assert_eq!(vcardinal::value::Zone::Utc.minutes(), 0);
    /// ```
    #[must_use]
    pub const fn minutes(self) -> i16 {
        match self {
            Zone::Utc => 0,
            Zone::Offset(offset) => offset.minutes(),
        }
    }
}

/// A time of day of which the hour, the minute or the second may be unknown.
///
/// Six forms: hour, minute and second; hour and minute; hour; minute and second; minute; second.
/// A zone only stands with an hour (erratum 3484). RFC 6350, 4.3.2.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{PartialTime, Value};
///
/// let time = PartialTime::parse("-2200", Version::V4_0)?;
/// assert_eq!((time.hour(), time.minute(), time.second()), (None, Some(22), Some(0)));
/// let time = PartialTime::new(10, 22, 0)?;
/// assert_eq!(time.to_text(Version::V4_0)?, "102200");
/// assert_eq!(time.to_text(Version::V3_0)?, "10:22:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialTime {
    pub(super) hour: Option<u8>,
    pub(super) minute: Option<u8>,
    pub(super) second: Option<u8>,
    pub(super) zone: Option<Zone>,
}

impl PartialTime {
    /// The beginning of a day in UTC.
    #[cfg(feature = "std")]
    pub(super) const MIDNIGHT: PartialTime = PartialTime {
        hour: Some(0),
        minute: Some(0),
        second: Some(0),
        zone: Some(Zone::Utc),
    };

    /// A complete time; second 60 is a leap second.
    ///
    /// # Errors
    ///
    /// A part is out of its range.
    ///
    /// ```
    /// use vcardinal::value::PartialTime;
    ///
    /// assert!(PartialTime::new(23, 59, 60).is_ok());
    /// assert!(PartialTime::new(24, 0, 0).is_err());
    /// ```
    pub fn new(hour: u8, minute: u8, second: u8) -> Result<Self, ValueError> {
        Self::checked(Some(hour), Some(minute), Some(second))
    }

    /// An hour and a minute.
    ///
    /// # Errors
    ///
    /// A part is out of its range.
    ///
    /// ```
    /// use vcardinal::value::PartialTime;
    ///
    /// let time = PartialTime::hour_minute(14, 30)?;
    /// assert_eq!((time.hour(), time.minute(), time.second()), (Some(14), Some(30), None));
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    pub fn hour_minute(hour: u8, minute: u8) -> Result<Self, ValueError> {
        Self::checked(Some(hour), Some(minute), None)
    }

    /// An hour alone.
    ///
    /// # Errors
    ///
    /// It is past 23.
    ///
    /// ```
    /// use vcardinal::value::PartialTime;
    ///
    /// assert_eq!(PartialTime::of_hour(14)?.hour(), Some(14));
    /// assert!(PartialTime::of_hour(24).is_err());
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    pub fn of_hour(hour: u8) -> Result<Self, ValueError> {
        Self::checked(Some(hour), None, None)
    }

    /// A minute and a second of every hour.
    ///
    /// # Errors
    ///
    /// A part is out of its range.
    pub fn minute_second(minute: u8, second: u8) -> Result<Self, ValueError> {
        Self::checked(None, Some(minute), Some(second))
    }

    /// A minute of every hour.
    ///
    /// # Errors
    ///
    /// It is past 59.
    pub fn of_minute(minute: u8) -> Result<Self, ValueError> {
        Self::checked(None, Some(minute), None)
    }

    /// A second of every minute.
    ///
    /// # Errors
    ///
    /// It is past 60.
    pub fn of_second(second: u8) -> Result<Self, ValueError> {
        Self::checked(None, None, Some(second))
    }

    /// The same time in a zone.
    ///
    /// # Errors
    ///
    /// The time has no hour, so that a zone says nothing (RFC 6350, erratum 3484).
    ///
    /// ```
    /// use vcardinal::Version;
    /// use vcardinal::value::{PartialTime, Value, Zone};
    ///
    /// let time = PartialTime::of_hour(10)?.in_zone(Zone::Utc)?;
    /// assert_eq!(time.to_text(Version::V4_0)?, "10Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn in_zone(self, zone: Zone) -> Result<Self, ValueError> {
        if self.hour.is_none() {
            return Err(ValueError::new(0..0, Reason::ZoneOnTruncatedTime));
        }
        Ok(PartialTime {
            zone: Some(zone),
            ..self
        })
    }

    /// The hour, 0 to 23; `None` where it is left out.
    #[must_use]
    pub const fn hour(self) -> Option<u8> {
        self.hour
    }

    /// The minute, 0 to 59; `None` where it is left out.
    #[must_use]
    pub const fn minute(self) -> Option<u8> {
        self.minute
    }

    /// The second, 0 to 60; `None` where it is left out.
    #[must_use]
    pub const fn second(self) -> Option<u8> {
        self.second
    }

    /// The zone; `None` for a local time.
    ///
    /// ```
    /// use vcardinal::value::{PartialTime, Zone};
    ///
    /// assert_eq!(PartialTime::of_hour(14)?.zone(), None);
    /// assert_eq!(PartialTime::of_hour(14)?.in_zone(Zone::Utc)?.zone(), Some(Zone::Utc));
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub const fn zone(self) -> Option<Zone> {
        self.zone
    }

    /// Hour, minute and second; `None` when one of them is missing.
    ///
    /// ```
    /// use vcardinal::value::PartialTime;
    ///
    /// assert_eq!(PartialTime::new(14, 30, 0)?.complete(), Some((14, 30, 0)));
    /// assert_eq!(PartialTime::of_hour(14)?.complete(), None);
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub const fn complete(self) -> Option<(u8, u8, u8)> {
        match (self.hour, self.minute, self.second) {
            (Some(hour), Some(minute), Some(second)) => Some((hour, minute, second)),
            _ => None,
        }
    }

    fn checked(
        hour: Option<u8>,
        minute: Option<u8>,
        second: Option<u8>,
    ) -> Result<Self, ValueError> {
        for (what, part, high) in [
            ("hour", hour, 23),
            ("minute", minute, 59),
            ("second", second, 60),
        ] {
            if let Some(part) = part.filter(|part| *part > high) {
                let (found, high) = (u32::from(part), u32::from(high));
                let reason = Reason::OutOfRange {
                    what,
                    found,
                    low: 0,
                    high,
                };
                return Err(ValueError::new(0..0, reason));
            }
        }
        Ok(PartialTime {
            hour,
            minute,
            second,
            zone: None,
        })
    }

    pub(super) fn take(cursor: &mut Cursor<'_>, notes: &mut Notes<'_>) -> Result<Self, ValueError> {
        let start = cursor.at();
        let mut time = PartialTime {
            hour: None,
            minute: None,
            second: None,
            zone: None,
        };
        if cursor.eat(b'-') {
            if !cursor.eat(b'-') {
                time.minute = Some(cursor.two("minute", EXPECTED, 0, 59)?);
                if colon(cursor, notes) || cursor.digit_follows() {
                    time.second = Some(cursor.two("second", EXPECTED, 0, 60)?);
                }
            } else {
                time.second = Some(cursor.two("second", EXPECTED, 0, 60)?);
            }
        } else {
            time.hour = Some(cursor.two("hour", EXPECTED, 0, 23)?);
            if colon(cursor, notes) || cursor.digit_follows() {
                time.minute = Some(cursor.two("minute", EXPECTED, 0, 59)?);
                if colon(cursor, notes) || cursor.digit_follows() {
                    time.second = Some(cursor.two("second", EXPECTED, 0, 60)?);
                    fraction(cursor, notes);
                }
            }
        }
        let zone_at = cursor.at();
        time.zone = match cursor.peek() {
            Some(b'Z' | b'z') => {
                if cursor.next() == Some(b'z') {
                    notes.add(zone_at..zone_at + 1, Reason::Designator);
                }
                Some(Zone::Utc)
            }
            Some(b'+' | b'-') => Some(Zone::Offset(UtcOffset::take(cursor, notes)?)),
            _ => None,
        };
        // RFC 2425, 5.8.4 (`time-numzone`).
        if cursor.version == Version::V3_0 && cursor.at() - zone_at == "-05".len() {
            notes.add(zone_at..cursor.at(), Reason::Spelling(ZONE_OF_3_0));
        }
        if time.hour.is_none() && time.zone.is_some() {
            notes.add(zone_at..cursor.at(), Reason::ZoneOnTruncatedTime);
            time.zone = None;
        }
        if cursor.version != Version::V4_0 && time.complete().is_none() {
            notes.add(start..cursor.at(), Reason::Incomplete);
        }
        Ok(time)
    }

    pub(super) fn write(self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        let basic = version == Version::V4_0;
        let colon = if basic { "" } else { ":" };
        match (self.hour, self.minute, self.second) {
            (Some(hour), Some(minute), Some(second)) => {
                push_pairs(out, [("", hour), (colon, minute), (colon, second)]);
            }
            _ if !basic => {
                return Err(Unwritable::not_in(
                    version,
                    "a time with parts left out",
                    "hour, minute and second have one",
                ));
            }
            (Some(hour), Some(minute), None) => push_pairs(out, [("", hour), ("", minute)]),
            (Some(hour), None, _) => push_pairs(out, [("", hour)]),
            (None, Some(minute), Some(second)) => push_pairs(out, [("-", minute), ("", second)]),
            (None, Some(minute), None) => push_pairs(out, [("-", minute)]),
            (None, None, second) => push_pairs(out, [("--", second.unwrap_or(0))]),
        }
        match self.zone {
            Some(Zone::Utc) => out.push('Z'),
            Some(Zone::Offset(offset)) => offset.write(!basic, out),
            None => {}
        }
        Ok(())
    }
}

fn colon(cursor: &mut Cursor<'_>, notes: &mut Notes<'_>) -> bool {
    let at = cursor.at();
    let found = cursor.eat(b':');
    if found {
        cursor.extended(at..at + 1, notes);
    }
    found
}

/// `("." / ",") 1*DIGIT` of RFC 2425, 5.8.4, where the grammar has a comma and the text a dot.
fn fraction(cursor: &mut Cursor<'_>, notes: &mut Notes<'_>) {
    let start = cursor.at();
    let digit = cursor
        .peek_after(1)
        .is_some_and(|byte| byte.is_ascii_digit());
    if digit && (cursor.eat(b'.') || cursor.eat(b',')) {
        while cursor.digit_follows() {
            cursor.next();
        }
        if cursor.version == Version::V4_0 {
            notes.add(start..cursor.at(), Reason::Fraction);
        }
    }
}

impl<'a> Value<'a> for PartialTime {
    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        if raw.is_empty() {
            return Err(ValueError::new(0..0, Reason::Empty(EXPECTED)));
        }
        let mut cursor = Cursor::new(raw, version);
        let time = Self::take(&mut cursor, notes)?;
        cursor.finish("the time")?;
        Ok(time)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        self.write(version, out)
    }

    fn value_type(&self, _: Version) -> ValueType {
        ValueType::Time
    }
}
