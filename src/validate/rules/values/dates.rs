//! Rules about dates, times, timestamps and offsets from UTC.

use alloc::format;
use alloc::string::String;

use super::value_text::ValueText;
use crate::registry::{PropertyId, ValueType};
use crate::validate::diagnostic::{
    Rule,
    Severity::{Error, Warning},
};
use crate::validate::fix::{Change, Fix};
use crate::value::{DateAndOrTime, Notes, Timestamp, UtcOffset, Value as _, check as check_value};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] =
    &[&DATE_INVALID, &TIMESTAMP_INVALID, &UTC_OFFSET_INVALID];

pub(in crate::validate) static DATE_INVALID: Rule = Rule::new(
    "date-invalid",
    [Some(Warning), Some(Error), Some(Error)],
    &[
        "RFC 6350, 4.3",
        "RFC 6350, 4.3.1",
        "RFC 6350, 4.3.2",
        "RFC 6350, 4.3.3",
        "RFC 6350, 4.3.4",
        "RFC 2425, 5.8.4",
        "vCard 2.1, 2.2.4",
        "RFC 6350, 4",
    ],
    "A date or a time exists, and is written in the form of the version.",
    "4.0 has the basic format (19850412, T102200) and may leave parts out (--0412); 3.0 has whole \
     dates, with hyphens or without. A form of another version that readers understand is a warning. \
     A date in words needs VALUE=text in 4.0.",
);

pub(in crate::validate) static TIMESTAMP_INVALID: Rule = Rule::new(
    "timestamp-invalid",
    [Some(Warning), Some(Error), Some(Error)],
    &[
        "RFC 6350, 4.3.5",
        "RFC 6350, 6.7.4",
        "RFC 2426, 3.6.4",
        "RFC 2425, 5.8.4",
        "vCard 2.1, 2.6.2",
    ],
    "A timestamp is a whole date and a whole time.",
    "As 19961022T140000Z in 4.0, and 1996-10-22T14:00:00Z in 3.0. Programs that synchronize compare \
     it, and take the wrong side of a conflict when they cannot read it.",
);

pub(in crate::validate) static UTC_OFFSET_INVALID: Rule = Rule::new(
    "utc-offset-invalid",
    [Some(Warning), Some(Error), Some(Error)],
    &[
        "RFC 6350, 4.7",
        "RFC 6350, 6.5.1",
        "RFC 2426, 2.4.4",
        "RFC 2426, 3.4.1",
        "vCard 2.1, 2.4.5",
    ],
    "An offset from UTC is a sign, hours and minutes.",
    "-0500 in 4.0, -05:00 in 3.0. A name such as Europe/Oslo is text.",
);

/// What to say of a value that is no date, timestamp or offset at all: the form of the version.
pub(in crate::validate) fn expected(
    rule: &Rule,
    value_type: ValueType,
    standard: Version,
) -> Option<&'static str> {
    let timestamp = core::ptr::eq(rule, &TIMESTAMP_INVALID);
    let date = matches!(
        value_type,
        ValueType::Date | ValueType::DateTime | ValueType::DateAndOrTime
    );
    match standard {
        Version::V4_0 if timestamp => Some("expected a whole date and time, as 19961022T140000Z"),
        _ if timestamp => Some("expected a date and time, as 1996-10-22T14:00:00Z"),
        Version::V4_0 => None,
        _ if value_type == ValueType::UtcOffset => Some("expected an offset from UTC, as -05:00"),
        _ => date.then_some("expected a whole date, as 1985-04-12"),
    }
}

/// The value in the form of the version, when it was understood.
pub(in crate::validate) fn canonical(value: &ValueText<'_, '_>, version: Version) -> Option<Fix> {
    let text = value.text;
    let written: String = match (value.property, value.value_type) {
        (Some(PropertyId::REV | PropertyId::CREATED), _) | (_, ValueType::Timestamp) => {
            let written = Timestamp::parse(text, version).ok()?;
            let written = written.to_text(version).ok()?;
            // A time that the card does not have is not ours to invent, nor one to cut off.
            let is_same = digits(text).eq(digits(&written));
            is_same.then_some(written)?
        }
        (Some(PropertyId::BDAY | PropertyId::ANNIVERSARY | PropertyId::DEATHDATE), _) => {
            let written = DateAndOrTime::parse(text, version).ok()?;
            written.to_text(version).ok()?
        }
        (_, ValueType::UtcOffset) => {
            let written = UtcOffset::parse(text, version).ok()?;
            written.to_text(version).ok()?
        }
        _ => return None,
    };
    if written == text {
        return None;
    }
    let mut notes = Notes::none();
    check_value(
        value.property,
        value.value_type,
        &written,
        version,
        &mut notes,
    )
    .ok()?;
    Some(Fix::new(
        format!("write {written}"),
        value.line.entry(),
        Change::SetRaw(written),
    ))
}

fn digits(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(u8::is_ascii_digit)
}
