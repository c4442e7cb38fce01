//! Rules about dates, times, timestamps and offsets from UTC.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::value_text::ValueText;
use crate::registry::{PropertyId, ValueType};
use crate::typed::value_type::declared;
use crate::validate::findings::Findings;
use crate::validate::fix::{Change, Fix};
use crate::validate::rule::{
    Rule,
    Severity::{Error, Warning},
};
use crate::value::{
    DateAndOrTime, Notes, Reason, Timestamp, UtcOffset, Value as _, ValueError,
    check as check_value,
};
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
        "RFC 6350, 4",
        "RFC 2425, 5.8.4",
        "vCard 2.1, 2.2.4",
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
        "RFC 2425, 5.8.4",
        "RFC 2426, 3.6.4",
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

/// A date and a time where VALUE says a date, or the other way round. Without VALUE the value itself
/// tells, as in RFC 2426, 3.1.5.
pub(in crate::validate) fn other_than_stated(
    findings: &mut Findings,
    value: &ValueText<'_, '_>,
    rule: &'static Rule,
) {
    let stated = match value.value_type {
        ValueType::Date => false,
        ValueType::DateTime => true,
        _ => return,
    };
    let standard = findings.standard;
    let Ok(read) = DateAndOrTime::parse(value.text, standard) else {
        return;
    };
    let has_time = read.time().is_some();
    if has_time == stated || declared(&value.line.property).is_none() {
        return;
    }
    let message = match has_time {
        true => {
            "a date and a time, and VALUE says a date; expected VALUE=date-time, or the date alone"
        }
        false => "a date, and VALUE says a date and a time; expected VALUE=date, or a time too",
    };
    findings.add_as(Warning, rule, value.line, value.whole(), message);
}

/// The section of RFC 6350 that a date or time breaks: the ranges of its parts, or the form of a date,
/// a time, the two together, or either.
pub(in crate::validate) fn section(
    value_type: ValueType,
    text: &str,
    error: &ValueError,
) -> &'static str {
    let of_range = matches!(
        error.reason,
        Reason::OutOfRange { .. } | Reason::NoSuchDay { .. }
    );
    let starts = text.bytes().next().unwrap_or_default();
    // Which of the forms of ISO 8601 there is, and how its letters are written, is said once for all.
    let whole = starts.is_ascii_digit() && text.as_bytes().get(4) == Some(&b'-');
    match error.reason {
        Reason::Designator => return "RFC 6350, 4.3",
        Reason::Extended if whole => return "RFC 6350, 4.3",
        _ => {}
    }
    if value_type == ValueType::Time || matches!(starts, b'T' | b't') {
        return "RFC 6350, 4.3.2";
    }
    if !starts.is_ascii_digit() && !matches!(starts, b'-' | b'+') {
        return "RFC 6350, 4";
    }
    match text.contains(['T', 't', ' ']) && !text.starts_with("--- ") {
        true if of_range => "RFC 6350, 4.3",
        true => "RFC 6350, 4.3.3",
        false if text.contains(':') => "RFC 6350, 4.3.4",
        false if of_range && starts.is_ascii_digit() => "RFC 6350, 4.3",
        false => "RFC 6350, 4.3.1",
    }
}

/// Whether a text is meant as an offset from UTC, in a form that the version has or not.
pub(in crate::validate) fn looks_like_offset(text: &str) -> bool {
    let is_number = |first: u8| first.is_ascii_digit() || matches!(first, b'+' | b'-');
    text.eq_ignore_ascii_case("Z") || text.bytes().next().is_some_and(is_number)
}

/// The value in the form of the version, when it was understood.
pub(in crate::validate) fn canonical(value: &ValueText<'_, '_>, version: Version) -> Option<Fix> {
    let text = value.text;
    let written: String = match (value.property, value.value_type) {
        (Some(PropertyId::REV | PropertyId::CREATED), _) | (_, ValueType::Timestamp) => {
            let written = Timestamp::parse(text, version).ok()?;
            written.to_text(version).ok()?
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
    // A time that the card does not have is not ours to invent, nor is a part to be cut off.
    if written == text || !digits(text).eq(digits(&written)) || !value.line.is_plain() {
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
        value.line,
        Change::Raw(written, Vec::new()),
    ))
}

/// A date of any version in the form of 4.0, if that is right and leaves nothing out.
pub(in crate::validate) fn date_and_or_time(text: &str) -> Option<String> {
    let version = Version::V4_0;
    let written = DateAndOrTime::parse(text, version).ok()?;
    let written = written.to_text(version).ok()?;
    DateAndOrTime::parse_strict(&written, version).ok()?;
    digits(text).eq(digits(&written)).then_some(written)
}

/// What of a date no other form of it can do without: digits, and the zone.
fn digits(text: &str) -> impl Iterator<Item = u8> {
    let octets = text.bytes().map(|byte| byte.to_ascii_uppercase());
    octets.filter(|byte| byte.is_ascii_digit() || matches!(byte, b'Z' | b'+'))
}
