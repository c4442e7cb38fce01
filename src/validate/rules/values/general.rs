//! Rules about a value of any type: that it is there, and that it is one.

use alloc::format;
use alloc::vec::Vec;
use core::ops::Range;

use super::value_text::ValueText;
use crate::registry::{self, Occurrence, PropertyId, ValueType};
use crate::validate::findings::{Findings, shown};
use crate::validate::fix::{Change, Fix};
use crate::validate::placed_line::PlacedLine;
use crate::validate::rule::{
    Rule,
    Severity::{Error, Info, Warning},
    section_in,
};
use crate::value::{Notes, Reason, ValueError, check as check_value};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] =
    &[&VALUE_EMPTY, &VALUE_LIST, &WHITE_SPACE_AROUND_VALUE];

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
    "A value that is not a text stands alone; only CATEGORIES, NICKNAME and the components of N and ADR \
     are lists.",
    "Readers fail on the comma, or take the first value. Write a line for each, where the property may \
     occur more than once.",
);

pub(in crate::validate) static WHITE_SPACE_AROUND_VALUE: Rule = Rule::new(
    "white-space-around-value",
    [Some(Warning), Some(Warning), Some(Warning)],
    &["RFC 6350, 4", "RFC 2426, 4", "vCard 2.1, 2.1.2"],
    "A value that is not a text has no white space around it.",
    "A text may begin with a blank. In front of a date, a number, a URI or a word it is no part of \
     the grammar: readers that look at the first character see no such value.",
);

/// Whether white space around a value may be part of it: of a text, unless it is a word of a list.
pub(in crate::validate) fn may_begin_with_a_blank(
    property: Option<PropertyId>,
    value_type: ValueType,
) -> bool {
    matches!(
        value_type,
        ValueType::Text | ValueType::PhoneNumber | ValueType::Vcard | ValueType::Binary
    ) && !property.is_some_and(registry::is_enumerated)
}

/// The value that is looked at further: without white space around it, unless it is a text.
pub(in crate::validate) fn without_white_space<'t, 'a>(
    findings: &mut Findings,
    value: ValueText<'t, 'a>,
) -> ValueText<'t, 'a> {
    if may_begin_with_a_blank(value.property, value.value_type) {
        return value;
    }
    let mut noted = None;
    let mut sink = |note: ValueError| noted = Some(note);
    let (before, text) = Notes::to(&mut sink).trim(value.text);
    let Some(note) = noted else { return value };
    if let Reason::WhiteSpace(place) = note.reason {
        white_space(findings, &value, &note.span, place);
    }
    ValueText {
        text,
        at: value.at + before,
        ..value
    }
}

/// White space in this part of a value, before, after or around what is meant.
pub(in crate::validate) fn white_space(
    findings: &mut Findings,
    value: &ValueText<'_, '_>,
    part: &Range<usize>,
    place: &str,
) {
    let span = value.span(part.clone());
    let message = format!("white space {place} the value");
    findings.add(&WHITE_SPACE_AROUND_VALUE, value.line, span, message);
    findings.fix(|| {
        if !value.line.is_plain() {
            return None;
        }
        // A backslash would have something else after it.
        let before = value.text.get(..part.start)?;
        if before.ends_with('\\') {
            return None;
        }
        let meant = value.text.get(part.clone())?.trim_ascii();
        let after = value.text.get(part.end..)?;
        Some(Fix::new(
            "take away the white space",
            value.line,
            Change::Raw(format!("{before}{meant}{after}"), Vec::new()),
        ))
    });
}

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
    // What the type asks for, whichever rule is about its values.
    let section = section_in(VALUE_EMPTY.sections, findings.standard);
    let span = line.name_to_value();
    // A word of a list is no free text, which may be empty.
    let word = line.row.is_some_and(|row| registry::is_enumerated(row.id));
    if (value_type == ValueType::Text && !word) || findings.is_2_1() {
        let message = format!("{name} has no value; expected a text, or no {name}");
        return findings.add_citing(section, &VALUE_EMPTY, line, span, message);
    }
    // Written everywhere for a field that was left empty, and skipped by readers.
    let rule = rule.unwrap_or(&VALUE_EMPTY);
    let expected = match word {
        true => "a registered word",
        false => value_type.name(),
    };
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
    let section = match value.value_type {
        ValueType::LanguageTag => "RFC 6350, 4.8",
        _ => "RFC 6350, 5.2",
    };
    let (rule, whole) = (&VALUE_LIST, value.whole());
    findings.add_citing(Some(section), rule, value.line, whole, message);
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
