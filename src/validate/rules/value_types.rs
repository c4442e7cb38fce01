//! Rules about the parameter VALUE.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::registry::{self, Column, ParameterId, ValueType, ValueTypeRow};
use crate::typed::value_type::effective;
use crate::validate::diagnostic::{
    Rule,
    Severity::{Error, Warning},
};
use crate::validate::findings::{Findings, shown};
use crate::validate::placed_line::{LineParameter, PlacedLine, find};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[&VALUE_TYPE_UNKNOWN, &VALUE_TYPE_NOT_PERMITTED];

pub(in crate::validate) static VALUE_TYPE_UNKNOWN: Rule = Rule::new(
    "value-type-unknown",
    [Some(Warning), Some(Warning), Some(Warning)],
    &[
        "RFC 6350, 5.2",
        "RFC 2425, 5.8.3",
        "vCard 2.1, 2.1.8",
        "RFC 7095, 5.2",
        "RFC 6351, 6",
    ],
    "VALUE names a type of value.",
    "Readers fall back to text or skip the property. Private types begin with X-.",
);

pub(in crate::validate) static VALUE_TYPE_NOT_PERMITTED: Rule = Rule::new(
    "value-type-not-permitted",
    [Some(Warning), Some(Warning), Some(Error)],
    &["RFC 6350, 5.2", "RFC 2426, 4", "vCard 2.1, 2.1.8"],
    "VALUE names a type that the property can have in the version.",
    "Readers take the value for the default type of the property, or skip it.",
);

/// The type of the value; `None` when it is not known, or not one of the property.
pub(in crate::validate) fn check(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
) -> Option<ValueType> {
    let column = match line.row {
        Some(row) => Some(findings.column(row)?),
        None => None,
    };
    let standard = findings.standard;
    let parameter = find(parameters, ParameterId::VALUE);
    let word = parameter.map(LineParameter::value);
    let (Some(parameter), Some(word)) = (parameter, word.as_deref()) else {
        return effective(line.row, None, standard);
    };
    if word.is_empty() || (findings.is_2_1() && word.eq_ignore_ascii_case("INLINE")) {
        return effective(line.row, None, standard);
    }
    let Some(named) = registry::value_type(word.as_bytes()) else {
        value_type_unknown(findings, line, parameter, word);
        return None;
    };
    // What is wrong with the type is said once, and not of the value too.
    let own = line.row.is_some_and(|row| row.stands_for.is_none());
    if !is_permitted(named, standard, column.filter(|_| own)) {
        value_type_not_permitted(findings, line, parameter, named, column);
        return None;
    }
    Some(named.value_type)
}

/// Whether a value may have this type, of a property that the version has where there is a column.
fn is_permitted(named: &ValueTypeRow, standard: Version, column: Option<&Column>) -> bool {
    column.is_none_or(|column| column.permits_type(named.value_type))
        && named.versions.contains(&standard)
}

/// Whether the rules here have something to say about a parameter.
pub(in crate::validate) fn is_about(
    findings: &Findings,
    parameter: &LineParameter<'_>,
    column: &Column,
) -> bool {
    let word = parameter.value();
    let inline = findings.is_2_1() && word.eq_ignore_ascii_case("INLINE");
    parameter.is(ParameterId::VALUE)
        && !word.is_empty()
        && !inline
        && clean(word.as_bytes(), findings.standard, column).is_none()
}

/// The type that a VALUE names, if it is clean at a glance: no rule here has anything to say about
/// it.
pub(in crate::validate) fn clean(
    word: &[u8],
    standard: Version,
    column: &Column,
) -> Option<ValueType> {
    let named = registry::value_type(word)?;
    is_permitted(named, standard, Some(column)).then_some(named.value_type)
}

fn value_type_unknown(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    word: &str,
) {
    if registry::is_private(word.as_bytes()) {
        return;
    }
    findings.add(
        &VALUE_TYPE_UNKNOWN,
        line,
        line.span_of(parameter.written.raw()),
        format!(
            "\"{}\" is no type of value; expected one, as text or uri, or X-{0}",
            shown(word.as_bytes())
        ),
    );
}

fn value_type_not_permitted(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    named: &ValueTypeRow,
    column: Option<&Column>,
) {
    let section = line.section(findings.standard);
    let span = line.span_of(parameter.written.raw());
    let message = format!(
        "the value of {} is no {} in {}; expected {}",
        shown(line.content.name_bytes()),
        named.name,
        findings.standard,
        expected_types(column)
    );
    let date = matches!(
        named.value_type,
        ValueType::Date | ValueType::DateTime | ValueType::Time
    );
    let of_dates = column.map(Column::default_type) == Some(ValueType::DateAndOrTime);
    let rule = &VALUE_TYPE_NOT_PERMITTED;
    match of_dates && date {
        // Written by converters from 3.0 and read by everybody.
        true => findings.add_citing_as(Warning, section, rule, line, span, message),
        false => findings.add_citing(section, rule, line, span, message),
    }
}

/// The names of the types that a property may have in the version.
fn expected_types(column: Option<&Column>) -> String {
    let types = column.map_or(&[][..], |column| column.types);
    let names: Vec<&str> = types.iter().map(|one| one.name()).collect();
    match names.is_empty() {
        true => String::from("a type of the version"),
        false => names.join(" or "),
    }
}
