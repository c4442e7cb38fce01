//! Which type the value of a property is to be read as, in one place.

use super::{
    Address, Binary, ClientPidMap, DateAndOrTime, DateTime, Gender, Geo, Kind, LanguageTag, List,
    Name, Notes, Organization, PartialDate, PartialTime, Text, TextList, Timestamp, Uri, UtcOffset,
    Value, ValueError,
};
use crate::registry::{PropertyId, ReadAs, ValueType};
use crate::version::Version;

/// Reads a value as what its property and its VALUE parameter say it is, and drops it.
///
/// This is for a checker: the notes and the error are what is wrong with the value.
/// `value_type` is what VALUE names, or the default of the property. `vcard`, `url` and
/// `content-id` of old versions, and inline data of 2.1, are taken as they are.
///
/// # Errors
///
/// The text is no such value.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::registry::{PropertyId, ValueType};
/// use vcardinal::value::{Notes, check};
///
/// let bday = Some(PropertyId::BDAY);
/// let read = |raw| check(bday, ValueType::DateAndOrTime, raw, Version::V4_0, &mut Notes::none());
/// assert!(read("--0412").is_ok());
/// assert!(read("circa 1800").is_err());
/// ```
pub fn check(
    property: Option<PropertyId>,
    value_type: ValueType,
    raw: &str,
    version: Version,
    notes: &mut Notes<'_>,
) -> Result<(), ValueError> {
    fn read<'a, T: Value<'a>>(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<(), ValueError> {
        T::read(raw, version, notes).map(|_| ())
    }
    let read_as = match property {
        Some(id) => id.row().read_as(value_type),
        None => ReadAs::of_type(value_type),
    };
    match (read_as, value_type) {
        (ReadAs::Address, _) => read::<Address>(raw, version, notes),
        (ReadAs::ClientPidMap, _) => read::<ClientPidMap>(raw, version, notes),
        (ReadAs::Gender, _) => read::<Gender>(raw, version, notes),
        (ReadAs::Geo, _) => read::<Geo>(raw, version, notes),
        (ReadAs::Kind, _) => read::<Kind>(raw, version, notes),
        (ReadAs::Name, _) => read::<Name>(raw, version, notes),
        (ReadAs::Organization, _) => read::<Organization>(raw, version, notes),
        (ReadAs::TextList, _) => read::<TextList>(raw, version, notes),
        (ReadAs::Timestamp, _) => read::<Timestamp>(raw, version, notes),
        // The type says which of several they are.
        (_, ValueType::Text | ValueType::PhoneNumber) => read::<Text>(raw, version, notes),
        (_, ValueType::Uri) => read::<Uri>(raw, version, notes),
        (_, ValueType::UtcOffset) => read::<UtcOffset>(raw, version, notes),
        // RFC 2426, 3.1.5 has date-times of BDAY without VALUE: the T tells.
        (ReadAs::DateOrText, _) => read::<DateAndOrTime>(raw, version, notes),
        (ReadAs::LanguageTag, _) => read::<LanguageTag>(raw, version, notes),
        (ReadAs::Boolean, _) => read::<bool>(raw, version, notes),
        (ReadAs::Floats, _) => read::<List<f64>>(raw, version, notes),
        (ReadAs::Integers, _) => read::<List<i64>>(raw, version, notes),
        (ReadAs::Dates, _) => read::<List<PartialDate>>(raw, version, notes),
        (ReadAs::Times, _) => read::<List<PartialTime>>(raw, version, notes),
        (ReadAs::DateTimes, _) => read::<List<DateTime>>(raw, version, notes),
        (ReadAs::DatesAndOrTimes, _) => read::<List<DateAndOrTime>>(raw, version, notes),
        (ReadAs::Timestamps, _) => read::<List<Timestamp>>(raw, version, notes),
        (_, ValueType::Binary) if version != Version::V2_1 => read::<Binary>(raw, version, notes),
        // References and inline data of 2.1, and cards in AGENT, are taken as they are.
        _ => Ok(()),
    }
}
