//! Rules about which parameters a property takes.

use alloc::format;

use super::{profiles, value_types};
use crate::registry::{
    self, AnyParameter, Column, Condition, Defined, ParameterId, Permit, ValueType,
};
use crate::validate::diagnostic::{
    Rule,
    Severity::{Error, Info, Warning},
    section_in,
};
use crate::validate::findings::{Findings, shown};
use crate::validate::placed_line::{LineParameter, PlacedLine, find};
use crate::validate::profile::Profile;
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &PARAMETER_NOT_IN_VERSION,
    &PARAMETER_NOT_PERMITTED,
    &PARAMETER_REQUIRED,
    &PARAMETER_REPEATED,
];

pub(in crate::validate) static PARAMETER_NOT_IN_VERSION: Rule = Rule::new(
    "parameter-not-in-version",
    [Some(Info), Some(Warning), Some(Warning)],
    &[
        "RFC 6350, A.2",
        "RFC 2426, 4",
        "vCard 2.1, 2.9",
        "RFC 2426, 5",
        "RFC 7095, 3.3.1.2.1",
        "RFC 9555, 2.3.9",
    ],
    "A parameter is one of the card's version.",
    "Readers of the version do not look at it. Use what the version has for it, or an X- name.",
);

pub(in crate::validate) static PARAMETER_NOT_PERMITTED: Rule = Rule::new(
    "parameter-not-permitted",
    [Some(Info), Some(Warning), Some(Warning)],
    &[
        "RFC 6350, 5",
        "RFC 6350, 6",
        "RFC 2426, 4",
        "vCard 2.1, 2.9",
        "RFC 6350, 5.3",
        "RFC 6350, 5.4",
        "RFC 6350, 5.5",
        "RFC 6350, 5.6",
        "RFC 6350, 5.7",
        "RFC 6350, 5.8",
        "RFC 6350, 5.9",
        "RFC 9554, 4.6",
        "RFC 8605, 3.1",
        "RFC 9554, 4.10",
        "RFC 2426, 2.4.1",
        "RFC 9554, 4.9",
        "RFC 4770, 3",
    ],
    "A parameter is one that the property takes, with a value of this type.",
    "Readers do not look at it, since it means nothing there. Remove it.",
);

pub(in crate::validate) static PARAMETER_REQUIRED: Rule = Rule::new(
    "parameter-required",
    [None, None, Some(Error)],
    &["RFC 9554, 3.5", "RFC 9555, 3.2.1"],
    "A property has the parameters without which its value means nothing.",
    "SERVICE-TYPE says whose user name the text of a SOCIALPROFILE is, and JSPTR where the value of a \
     JSPROP belongs.",
);

pub(in crate::validate) static PARAMETER_REPEATED: Rule = Rule::new(
    "parameter-repeated",
    [Some(Warning), Some(Warning), Some(Error)],
    &[
        "RFC 6350, 5",
        "RFC 2426, 4",
        "RFC 9554, 3.2",
        "RFC 9554, 3.4",
        "RFC 9554, 3.5",
    ],
    "A parameter that has one value is there once, with one value.",
    "Readers take the first or the last. A value with a comma in it stands in quotes.",
);

pub(in crate::validate) fn check(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
    value_type: Option<ValueType>,
) {
    let column = line
        .row
        .filter(|row| row.stands_for.is_none())
        .and_then(|row| findings.column(row));
    // One place for each row of the table.
    let mut seen = [None; 32];
    let mut rows = 0;
    for parameter in parameters {
        let Some(id) = parameter.id else {
            if let Some(column) = column {
                unknown_not_permitted(findings, line, parameter, column);
            }
            continue;
        };
        let row = id.row();
        if row.defined(findings.standard) != Defined::Yes {
            parameter_not_in_version(findings, line, parameter, id);
            continue;
        }
        if let Some(column) = column {
            parameter_not_permitted(findings, line, parameter, id, column, value_type);
        }
        let earlier = seen.iter().take(rows).any(|seen| *seen == Some(id));
        if !earlier && let Some(place) = seen.get_mut(rows) {
            *place = Some(id);
            rows += 1;
        }
        if !row.many && (earlier || parameter.written.raw_values().nth(1).is_some()) {
            parameter_repeated(findings, line, parameter, id, earlier);
        }
    }
    if let Some(column) = column
        && findings.standard == Version::V4_0
    {
        parameter_required(findings, line, parameters, column, value_type);
    }
}

fn parameter_not_in_version(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    id: ParameterId,
) {
    // These have rules of their own.
    if matches!(id, ParameterId::CHARSET | ParameterId::ENCODING) {
        return;
    }
    let standard = findings.standard;
    let message = match id {
        ParameterId::PREF => format!("PREF is no parameter of {standard}; expected TYPE=pref"),
        id => format!("{} is no parameter of {standard}", id.name()),
    };
    findings.add_citing(
        line.section(standard),
        &PARAMETER_NOT_IN_VERSION,
        line,
        line.span_of(parameter.written.raw()),
        message,
    );
}

/// A parameter that no table has, on a property whose grammar takes no others.
fn unknown_not_permitted(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    column: &Column,
) {
    let Some(name) = parameter.written.name_bytes() else {
        return;
    };
    if !takes_unknown(column, name) && !name.is_empty() {
        findings.add_citing(
            line.section(findings.standard),
            &PARAMETER_NOT_PERMITTED,
            line,
            line.span_of(parameter.written.raw()),
            format!(
                "{} takes no {}",
                line.row.map_or("", |row| row.name),
                shown(name)
            ),
        );
    }
}

fn parameter_not_permitted(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    id: ParameterId,
    column: &Column,
    value_type: Option<ValueType>,
) {
    let name = line.row.map_or("", |row| row.name);
    let with = |what: &str| format!("{name} takes {} with {what} only", id.name());
    let never = || format!("{name} takes no {}", id.name());
    let (severe, message) = match column.permit(id) {
        Permit::If(Condition::IfText) if !may_be_text(value_type) => (true, with("a text value")),
        Permit::If(Condition::IfUri) if !may_be_uri(value_type) => (true, with("a URI value")),
        Permit::If(Condition::IfDate) if !may_be_date(value_type) || is_time(line) => {
            (true, with("a date"))
        }
        Permit::If(Condition::PrefOnly) if !is_pref_only(parameter) => {
            (false, with("the value pref"))
        }
        // The rules about encodings and types of values say more.
        Permit::No if id == ParameterId::ENCODING && !line.content.is_base64() => return,
        Permit::No if value_types::is_about(findings, parameter, column) => return,
        // The revision wants it of properties whose own documents do not have it.
        Permit::No | Permit::Elsewhere
            if id == ParameterId::VALUE
                && findings.profile == Profile::Vcard4Bis
                && line
                    .row
                    .is_some_and(|row| profiles::wants_value_type(row, column)) =>
        {
            return;
        }
        Permit::If(Condition::Forbidden) | Permit::No => (true, never()),
        Permit::Elsewhere => (
            false,
            format!("{}; it is defined for other properties", never()),
        ),
        Permit::If(_) => return,
    };
    let section = line.section(findings.standard);
    let span = line.span_of(parameter.written.raw());
    let rule = &PARAMETER_NOT_PERMITTED;
    match severe && findings.standard == Version::V4_0 {
        true => findings.add_citing_as(Error, section, rule, line, span, message),
        false => findings.add_citing(section, rule, line, span, message),
    }
}

/// Whether a property takes a parameter that no table has.
pub(in crate::validate) fn takes_unknown(column: &Column, name: &[u8]) -> bool {
    match column.any {
        AnyParameter::Yes => true,
        AnyParameter::Extension => registry::is_private(name),
        AnyParameter::No => false,
    }
}

/// Whether a value of this type may be a text; one of an unknown type may be anything.
pub(in crate::validate) fn may_be_text(value_type: Option<ValueType>) -> bool {
    matches!(
        value_type,
        None | Some(ValueType::Text | ValueType::PhoneNumber)
    )
}

/// As [`may_be_text`].
pub(in crate::validate) fn may_be_uri(value_type: Option<ValueType>) -> bool {
    matches!(value_type, None | Some(ValueType::Uri | ValueType::Url))
}

/// As [`may_be_text`].
fn may_be_date(value_type: Option<ValueType>) -> bool {
    matches!(
        value_type,
        None | Some(
            ValueType::Date | ValueType::DateTime | ValueType::DateAndOrTime | ValueType::Timestamp
        )
    )
}

/// Whether a date-and-or-time is a time alone.
fn is_time(line: &PlacedLine<'_>) -> bool {
    matches!(line.content.raw_value(), [b'T' | b't', ..])
}

fn is_pref_only(parameter: &LineParameter<'_>) -> bool {
    parameter
        .written
        .values()
        .all(|value| value.eq_ignore_ascii_case("pref"))
}

fn parameter_repeated(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    id: ParameterId,
    earlier: bool,
) {
    let message = match earlier {
        true => format!("{} again; it has one value", id.name()),
        false => format!(
            "{} has one value; one with a comma in it stands in quotes",
            id.name()
        ),
    };
    findings.add_citing(
        section_in(id.row().sections, findings.standard),
        &PARAMETER_REPEATED,
        line,
        line.span_of(parameter.written.raw()),
        message,
    );
}

/// Whether a property must have some parameter.
pub(in crate::validate) const fn requires_one(column: &Column) -> bool {
    let mut allowed = column.parameters;
    while let [first, rest @ ..] = allowed {
        if matches!(
            first.condition,
            Condition::Required | Condition::RequiredIfText
        ) {
            return true;
        }
        allowed = rest;
    }
    false
}

fn parameter_required(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
    column: &Column,
    value_type: Option<ValueType>,
) {
    for allowed in column.parameters {
        let needed = match allowed.condition {
            Condition::Required => true,
            Condition::RequiredIfText => value_type == Some(ValueType::Text),
            _ => false,
        };
        if needed && find(parameters, allowed.parameter).is_none() {
            findings.add_citing(
                line.section(findings.standard),
                &PARAMETER_REQUIRED,
                line,
                line.span_of_name(),
                format!(
                    "{} needs the parameter {}",
                    line.row.map_or("", |row| row.name),
                    allowed.parameter.name()
                ),
            );
        }
    }
}
