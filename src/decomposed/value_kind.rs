//! Which texts are values of a type, and how they are parted.

use alloc::borrow::Cow;

use crate::registry::ValueType;
use crate::syntax::date_format::{self, Part};
use crate::value::{
    DateAndOrTime, DateTime, PartialDate, PartialTime, Timestamp, UtcOffset, Value,
};
use crate::version::Version;

/// Which part of a date and time values of the type are; `None` for other types.
pub(crate) const fn part(value_type: ValueType) -> Option<Part> {
    match value_type {
        ValueType::Time => Some(Part::Time),
        ValueType::UtcOffset => Some(Part::Offset),
        value_type if value_type.is_date() => Some(Part::DateAndTime),
        _ => None,
    }
}

/// Whether values of the type stand in a list between commas, on a property of which nothing else is
/// known. RFC 6350, 4.
pub(super) const fn is_listed(value_type: ValueType) -> bool {
    value_type.is_date()
        || matches!(
            value_type,
            ValueType::Time | ValueType::Integer | ValueType::Float
        )
}

/// A value of 4.0 in the form that the type has in 4.0; `None` where it is not one.
pub(super) fn in_form(value_type: ValueType, raw: Cow<'_, str>) -> Option<Cow<'_, str>> {
    fn is<'a, T: Value<'a>>(raw: &'a str) -> bool {
        T::parse_strict(raw, Version::V4_0).is_ok()
    }
    let text = match part(value_type) {
        Some(part) => match date_format::basic(&raw, part) {
            Cow::Owned(basic) => Cow::Owned(basic),
            Cow::Borrowed(_) => raw,
        },
        None => raw,
    };
    let is_value = match value_type {
        ValueType::Date => is::<PartialDate>(&text),
        ValueType::Time => is::<PartialTime>(&text),
        ValueType::DateTime => is::<DateTime>(&text),
        ValueType::DateAndOrTime => is::<DateAndOrTime>(&text),
        ValueType::Timestamp => is::<Timestamp>(&text),
        ValueType::UtcOffset => is::<UtcOffset>(&text),
        ValueType::Boolean => is::<bool>(&text),
        ValueType::Integer => is_number(&text, false),
        ValueType::Float => is_number(&text, true),
        _ => true,
    };
    is_value.then_some(text)
}

/// RFC 6350, 4.5 and 4.6; of any size.
fn is_number(text: &str, has_fraction: bool) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    match digits.split_once('.') {
        Some((whole, fraction)) => has_fraction && is_digits(whole) && is_digits(fraction),
        None => is_digits(digits),
    }
}
