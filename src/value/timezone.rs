//! Time zones: TZ. RFC 6350, 6.5.1; RFC 2426, 3.4.1; vCard 2.1, 2.4.5.

use alloc::string::String;

use super::uri::scheme;
use super::{Notes, Reason, Text, Unwritable, Uri, UtcOffset, Value, ValueError};
use crate::registry::ValueType;
use crate::version::Version;

/// A time zone by its name, its offset, or a URI.
///
/// What it is follows from the text: an offset, a URI, or else a name. RFC 6350, 6.5.1.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{TimeZone, Value};
///
/// let zone = TimeZone::parse("Europe/Oslo", Version::V4_0)?;
/// assert!(matches!(zone, TimeZone::Name(name) if name.as_str() == "Europe/Oslo"));
/// assert!(matches!(TimeZone::parse("-0500", Version::V4_0)?, TimeZone::Offset(_)));
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeZone<'a> {
    /// Preferably one of the IANA time zone database, as `Europe/Oslo`.
    Name(Text<'a>),
    /// An offset, of which one does not know when it holds.
    Offset(UtcOffset),
    /// A URI.
    Uri(Uri<'a>),
}

impl TimeZone<'_> {
    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> TimeZone<'static> {
        match self {
            TimeZone::Name(value) => TimeZone::Name(value.into_owned()),
            TimeZone::Offset(value) => TimeZone::Offset(value),
            TimeZone::Uri(value) => TimeZone::Uri(value.into_owned()),
        }
    }
}

impl<'a> Value<'a> for TimeZone<'a> {
    const TAKES_WHITE_SPACE: bool = true;

    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        if raw.is_empty() {
            let reason = Reason::Empty("a time zone, as Europe/Oslo");
            return Err(ValueError::new(0..0, reason));
        }
        if let Some(offset) = notes.only_if_read(raw, version) {
            return Ok(TimeZone::Offset(offset));
        }
        if scheme(raw.trim_ascii()).is_some() && version == Version::V4_0 {
            return Uri::read(raw, version, notes).map(TimeZone::Uri);
        }
        Text::read(raw, version, notes).map(TimeZone::Name)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        let start = out.len();
        match self {
            TimeZone::Offset(offset) => return offset.write_to(version, out),
            TimeZone::Uri(_) if version != Version::V4_0 => {
                return Err(Unwritable::not_in(
                    version,
                    "a URI as time zone",
                    "an offset or a name has one",
                ));
            }
            TimeZone::Uri(uri) => uri.write_to(version, out)?,
            TimeZone::Name(name) => name.write_to(version, out)?,
        }
        let written = out.get(start..).unwrap_or_default();
        if TimeZone::parse(written, version).as_ref() != Ok(self) {
            out.truncate(start);
            return Err(Unwritable::Ambiguous("another kind of time zone"));
        }
        Ok(())
    }

    fn value_type(&self, _: Version) -> ValueType {
        match self {
            TimeZone::Name(_) => ValueType::Text,
            TimeZone::Offset(_) => ValueType::UtcOffset,
            TimeZone::Uri(_) => ValueType::Uri,
        }
    }
}
