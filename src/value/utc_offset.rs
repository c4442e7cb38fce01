//! Offsets from UTC. RFC 6350, 4.7; RFC 2426, 4; vCard 2.1, 2.4.5.

use alloc::string::String;
use core::fmt::{self, Write};

use super::date_time::Cursor;
use super::{Notes, Reason, Unwritable, Value, ValueError};
use crate::registry::ValueType;
use crate::version::Version;

/// An offset from UTC in minutes, less than a day either way.
///
/// RFC 6350, 4.7.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{UtcOffset, Value};
///
/// let offset = UtcOffset::parse("-0330", Version::V4_0)?;
/// assert_eq!(offset.minutes(), -210);
/// assert_eq!(offset.to_text(Version::V3_0)?, "-03:30");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcOffset(i16);

impl UtcOffset {
    /// An offset of so many minutes.
    ///
    /// # Errors
    ///
    /// A day or more.
    ///
    /// ```
    /// use vcardinal::value::UtcOffset;
    ///
    /// assert!(UtcOffset::from_minutes(-8 * 60).is_ok());
    /// assert!(UtcOffset::from_minutes(24 * 60).is_err());
    /// ```
    pub fn from_minutes(minutes: i16) -> Result<Self, ValueError> {
        if minutes.unsigned_abs() >= 24 * 60 {
            let found = u32::from(minutes.unsigned_abs());
            let reason = Reason::OutOfRange {
                what: "offset in minutes",
                found,
                low: 0,
                high: 1439,
            };
            return Err(ValueError::new(0..0, reason));
        }
        Ok(UtcOffset(minutes))
    }

    /// Minutes, positive to the east.
    #[must_use]
    pub const fn minutes(self) -> i16 {
        self.0
    }

    pub(super) fn write(self, colon: bool, out: &mut String) {
        let sign = if self.0 < 0 { '-' } else { '+' };
        let (hours, minutes) = (self.0.unsigned_abs() / 60, self.0.unsigned_abs() % 60);
        let colon = if colon { ":" } else { "" };
        let written = write!(out, "{sign}{hours:02}{colon}{minutes:02}");
        debug_assert!(written.is_ok(), "a String takes everything");
    }

    /// `sign hour [[":"] minute]`; the sign comes next.
    pub(super) fn take(cursor: &mut Cursor<'_>, notes: &mut Notes<'_>) -> Result<Self, ValueError> {
        const EXPECTED: &str = "an offset from UTC, as -0500";
        let start = cursor.at();
        let sign = match cursor.next() {
            Some(b'+') => 1,
            Some(b'-') => -1,
            _ => {
                return Err(ValueError::new(
                    start..cursor.end(),
                    Reason::Expected(EXPECTED),
                ));
            }
        };
        let hours = cursor.two("hour of the offset", EXPECTED, 0, 23)?;
        let colon_at = cursor.at();
        let mut minutes = 0;
        if cursor.eat(b':') {
            cursor.extended(colon_at..colon_at + 1, notes);
            minutes = cursor.two("minute of the offset", EXPECTED, 0, 59)?;
        } else if cursor.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            minutes = cursor.two("minute of the offset", EXPECTED, 0, 59)?;
        }
        Ok(UtcOffset(
            sign * (i16::from(hours) * 60 + i16::from(minutes)),
        ))
    }
}

/// `+hh:mm`. ISO 8601.
impl fmt::Display for UtcOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(true, &mut text);
        f.pad(&text)
    }
}

impl<'a> Value<'a> for UtcOffset {
    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        let mut cursor = Cursor::new(raw, version);
        if raw.is_empty() {
            return Err(ValueError::new(
                0..0,
                Reason::Empty("an offset from UTC, as -0500"),
            ));
        }
        let offset = Self::take(&mut cursor, notes)?;
        if version == Version::V3_0 && raw.len() != "-05:00".len() {
            notes.add(
                0..raw.len(),
                Reason::Spelling("hours and minutes with a colon, as -05:00"),
            );
        }
        cursor.finish("the offset")?;
        Ok(offset)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        self.write(version != Version::V4_0, out);
        Ok(())
    }

    fn value_type(&self, _: Version) -> ValueType {
        ValueType::UtcOffset
    }
}
