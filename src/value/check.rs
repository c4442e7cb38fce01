//! Which type the value of a property is to be read as, in one place.

use super::{
    Address, Binary, ClientPidMap, DateAndOrTime, DateTime, Gender, Geo, Kind, LanguageTag, List,
    Name, Notes, Organization, PartialDate, PartialTime, Text, TextList, Timestamp, Uri, UtcOffset,
    Value, ValueError,
};
use crate::registry::{PropertyId, Shape, ValueType};
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
    match (property, value_type) {
        (Some(PropertyId::N), ValueType::Text) => read::<Name>(raw, version, notes),
        (Some(PropertyId::ADR), ValueType::Text) => read::<Address>(raw, version, notes),
        (Some(PropertyId::ORG), ValueType::Text) => read::<Organization>(raw, version, notes),
        (Some(PropertyId::GENDER), ValueType::Text) => read::<Gender>(raw, version, notes),
        (Some(PropertyId::KIND), ValueType::Text) => read::<Kind>(raw, version, notes),
        (Some(PropertyId::CLIENTPIDMAP), ValueType::Text) => {
            read::<ClientPidMap>(raw, version, notes)
        }
        (Some(PropertyId::GEO), ValueType::Uri | ValueType::Float) => {
            read::<Geo>(raw, version, notes)
        }
        (Some(PropertyId::REV), ValueType::Date | ValueType::DateTime) => {
            read::<Timestamp>(raw, version, notes)
        }
        // RFC 2426, 3.1.5 has date-times of BDAY without VALUE: the T tells.
        (Some(PropertyId::BDAY), ValueType::Date | ValueType::DateTime) => {
            read::<DateAndOrTime>(raw, version, notes)
        }
        (Some(id), ValueType::Text) if id.row().shape == Shape::List => {
            read::<TextList>(raw, version, notes)
        }
        (Some(_), ValueType::Integer) => read::<i64>(raw, version, notes),
        (_, ValueType::Text | ValueType::PhoneNumber) => read::<Text>(raw, version, notes),
        (_, ValueType::Uri) => read::<Uri>(raw, version, notes),
        (_, ValueType::Date) => read::<List<PartialDate>>(raw, version, notes),
        (_, ValueType::Time) => read::<List<PartialTime>>(raw, version, notes),
        (_, ValueType::DateTime) => read::<List<DateTime>>(raw, version, notes),
        (Some(id), ValueType::DateAndOrTime) if id.row().stands_for.is_none() => {
            read::<DateAndOrTime>(raw, version, notes)
        }
        (_, ValueType::DateAndOrTime) => read::<List<DateAndOrTime>>(raw, version, notes),
        (Some(id), ValueType::Timestamp) if id.row().stands_for.is_none() => {
            read::<Timestamp>(raw, version, notes)
        }
        (_, ValueType::Timestamp) => read::<List<Timestamp>>(raw, version, notes),
        (_, ValueType::Boolean) => read::<bool>(raw, version, notes),
        (_, ValueType::Integer) => read::<List<i64>>(raw, version, notes),
        (_, ValueType::Float) => read::<List<f64>>(raw, version, notes),
        (_, ValueType::UtcOffset) => read::<UtcOffset>(raw, version, notes),
        (_, ValueType::LanguageTag) => read::<LanguageTag>(raw, version, notes),
        (_, ValueType::Binary) if version != Version::V2_1 => read::<Binary>(raw, version, notes),
        (_, ValueType::Binary | ValueType::Vcard | ValueType::Url | ValueType::ContentId) => Ok(()),
    }
}
