//! Rules about the parameter VALUE.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::values::dates;
use crate::card::ParameterEdit;
use crate::registry::{self, Column, ParameterId, ReadAs, ValueType, ValueTypeRow};
use crate::syntax::byte_class::is_x_name;
use crate::typed::value_type::effective;
use crate::validate::findings::{Findings, shown};
use crate::validate::fix::{Change, Fix};
use crate::validate::placed_line::{LineParameter, PlacedLine, find};
use crate::validate::rule::{
    Rule,
    Severity::{Error, Info, Warning},
    section_in,
};
use crate::value::{Notes, check as check_value};
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
        value_type_not_permitted(findings, line, parameter, named, column.filter(|_| own));
        findings.fix(|| date_and_or_time(line, parameters, named.value_type, column?));
        return None;
    }
    if is_later(named, standard) {
        value_type_of_later(findings, line, parameter, named);
    }
    Some(named.value_type)
}

/// Whether VALUE has no word for this type in the version: 2.1 has types of values, and says of
/// references only which they are.
fn is_later(named: &ValueTypeRow, standard: Version) -> bool {
    standard == Version::V2_1 && !matches!(named.value_type, ValueType::Url | ValueType::ContentId)
}

/// What programs write into cards of 2.1 and all readers understand.
fn value_type_of_later(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    named: &ValueTypeRow,
) {
    let section = section_in(ParameterId::VALUE.row().sections, findings.standard);
    let span = line.span_of(parameter.written.raw());
    let message = format!(
        "VALUE={} is not of {}; expected INLINE, URL or CONTENT-ID, or no VALUE",
        named.name, findings.standard
    );
    findings.add_citing_as(
        Info,
        section,
        &VALUE_TYPE_NOT_PERMITTED,
        line,
        span,
        message,
    );
}

/// Whether a value may have this type, of a property that the version has where there is a column.
pub(super) fn is_permitted(
    named: &ValueTypeRow,
    standard: Version,
    column: Option<&Column>,
) -> bool {
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
    (is_permitted(named, standard, Some(column)) && !is_later(named, standard))
        .then_some(named.value_type)
}

fn value_type_unknown(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    word: &str,
) {
    if is_x_name(word.as_bytes()) {
        return;
    }
    let severity = match is_of_default_type(line, findings.standard) {
        true => Warning,
        false => Error,
    };
    findings.add_as(
        severity,
        &VALUE_TYPE_UNKNOWN,
        line,
        line.span_of(parameter.written.raw()),
        format!(
            "\"{}\" is not a value type; expected one such as text or uri, or a private one with X-",
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
    // Which types a property has, its own grammar says.
    let section = line.section(findings.standard);
    let span = line.span_of(parameter.written.raw());
    let message = format!(
        "VALUE={} is not for {} in {}; expected {}",
        named.name,
        shown(line.content.name_bytes()),
        findings.standard,
        expected_types(column, named.value_type)
    );
    let date = matches!(
        named.value_type,
        ValueType::Date | ValueType::DateTime | ValueType::Time
    );
    let of_dates = column.map(Column::default_type) == Some(ValueType::DateAndOrTime);
    let rule = &VALUE_TYPE_NOT_PERMITTED;
    match of_dates && date {
        _ if !is_readable(line) => {
            findings.add_citing_as(Error, section, rule, line, span, message);
        }
        // Written by converters from 3.0 and read by everybody.
        true => findings.add_citing_as(Warning, section, rule, line, span, message),
        false => findings.add_citing(section, rule, line, span, message),
    }
}

/// Whether the value is one all the same, of the type that readers take it for. Nothing else is said of
/// a value whose type is wrong.
fn is_readable(line: &PlacedLine<'_>) -> bool {
    line.content.raw_value().trim_ascii().is_empty() || line.property.value().is_ok()
}

/// Whether the value is one of the type that the property has without VALUE: readers who know no other
/// take it for that.
fn is_of_default_type(line: &PlacedLine<'_>, standard: Version) -> bool {
    let raw = line.property.raw_text();
    let (Some(row), Ok(raw)) = (line.row.filter(|row| row.stands_for.is_none()), raw) else {
        return true;
    };
    let value_type = row.default_type(standard);
    // Where a text does as well, it is one.
    row.form() == ReadAs::DateOrText
        || raw.trim_ascii().is_empty()
        || check_value(Some(row.id), value_type, &raw, standard, &mut Notes::none()).is_ok()
}

/// The date of 3.0 as the type that it is of in 4.0, which is the default where it is permitted.
fn date_and_or_time(
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
    named: ValueType,
    column: &Column,
) -> Option<Fix> {
    let is_date = matches!(named, ValueType::Date | ValueType::DateTime);
    if !is_date || column.default_type() != ValueType::DateAndOrTime || !line.is_plain() {
        return None;
    }
    let mut values = parameters
        .iter()
        .enumerate()
        .filter(|(_, it)| it.is(ParameterId::VALUE));
    let (Some((place, _)), None) = (values.next(), values.next()) else {
        return None;
    };
    let text = line.property.raw_text().ok()?;
    let written = dates::date_and_or_time(&text)?;
    let change = Change::Raw(written, [ParameterEdit::Remove(place)].into());
    Some(Fix::new("remove VALUE", line, change))
}

/// The names of the types that a property may have in the version; of a vendor's name, which may have
/// any, those of the same kind.
fn expected_types(column: Option<&Column>, named: ValueType) -> String {
    let types = column.map_or(&[][..], |column| column.types);
    let names: Vec<&str> = types.iter().map(|one| one.name()).collect();
    match names.is_empty() {
        true if named == ValueType::DateAndOrTime => String::from("date or date-time"),
        true => String::from("a type of the version"),
        false => names.join(" or "),
    }
}
