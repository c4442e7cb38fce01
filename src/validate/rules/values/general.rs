//! Rules about a value of any type: that it is there, and that it is one.

use alloc::format;

use super::value_text::ValueText;
use crate::registry::{Occurrence, PropertyId, ValueType};
use crate::validate::diagnostic::{
    Rule,
    Severity::{Error, Info, Warning},
};
use crate::validate::findings::{Findings, shown};
use crate::validate::placed_line::PlacedLine;
use crate::value::{Notes, check as check_value};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[&VALUE_EMPTY, &VALUE_LIST];

pub(in crate::validate) static VALUE_EMPTY: Rule = Rule::new(
    "value-empty",
    [Some(Info), Some(Info), Some(Info)],
    &["RFC 6350, 4", "RFC 2426, 4", "vCard 2.1, 2.1.2"],
    "A property has a value.",
    "An empty text is grammatical and says nothing. Leave the property out.",
);

pub(in crate::validate) static VALUE_LIST: Rule = Rule::new(
    "value-list",
    [None, None, Some(Error)],
    &["RFC 6350, 5.2", "RFC 6350, 4.8"],
    "A value that is no text stands alone; only CATEGORIES, NICKNAME and the components of N and ADR \
     are lists.",
    "Readers fail on the comma, or take the first value. Write a line for each, where the property may \
     occur more than once.",
);

/// `rule` is the one about values of the type.
pub(in crate::validate) fn value_empty(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    value_type: ValueType,
    rule: Option<&'static Rule>,
) {
    // These have rules of their own.
    if line.row.is_some_and(|row| {
        matches!(
            row.id,
            PropertyId::FN | PropertyId::VERSION | PropertyId::END
        )
    }) {
        return;
    }
    let name = shown(line.content.name_bytes());
    let section = line.section(findings.standard);
    let span = line.name_to_value();
    if value_type == ValueType::Text || findings.is_2_1() {
        let message = format!("{name} has no value; expected a text, or no {name}");
        return findings.add_citing(section, &VALUE_EMPTY, line, span, message);
    }
    // Written everywhere for a field that was left empty, and skipped by readers.
    let rule = rule.unwrap_or(&VALUE_EMPTY);
    let expected = value_type.name();
    let message = format!("{name} has no value; expected {expected}, or no {name}");
    findings.add_citing_as(Warning, section, rule, line, span, message);
}

/// Whether a value that cannot be read is a list of values that can.
pub(in crate::validate) fn value_list(findings: &mut Findings, value: &ValueText<'_, '_>) -> bool {
    if findings.standard != Version::V4_0 || !is_list(value) {
        return false;
    }
    let name = shown(value.line.content.name_bytes());
    let repeats = value
        .line
        .row
        .and_then(|row| findings.column(row))
        .is_none_or(|column| column.occurrence == Occurrence::Any);
    let message = match repeats {
        true => format!("a list of values; expected a line of {name} for each"),
        false => format!("a list of values; {name} has one"),
    };
    findings.add(&VALUE_LIST, value.line, value.whole(), message);
    true
}

/// Whether a value is several of its type with commas between them. A comma may be part of a URI,
/// and is that of a fraction in a time of 3.0.
fn is_list(value: &ValueText<'_, '_>) -> bool {
    let single = matches!(
        value.value_type,
        ValueType::Date
            | ValueType::Time
            | ValueType::DateTime
            | ValueType::DateAndOrTime
            | ValueType::Timestamp
            | ValueType::Boolean
            | ValueType::Integer
            | ValueType::Float
            | ValueType::UtcOffset
            | ValueType::LanguageTag
    );
    let is_value = |one: &str| {
        let mut notes = Notes::none();
        check_value(
            value.property,
            value.value_type,
            one,
            Version::V4_0,
            &mut notes,
        )
        .is_ok()
    };
    single && value.text.contains(',') && value.text.split(',').take(2).all(is_value)
}
