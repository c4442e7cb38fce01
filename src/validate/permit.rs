//! Rules about which parameters a property takes.

use alloc::format;

use super::diagnostic::{
    Rule,
    Severity::{Error, Info, Warning},
    section_in,
};
use super::findings::{Findings, LineAt, Param, shown};
use super::of_profile;
use super::profile::Profile;
use crate::registry::{AnyParameter, Column, Condition, Defined, ParameterId, Permit, ValueType};
use crate::version::Version;

pub(super) static PARAMETER_NOT_IN_VERSION: Rule = Rule::new(
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

pub(super) static PARAMETER_NOT_PERMITTED: Rule = Rule::new(
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

pub(super) static PARAMETER_REQUIRED: Rule = Rule::new(
    "parameter-required",
    [None, None, Some(Error)],
    &["RFC 9554, 3.5", "RFC 9555, 3.2.1"],
    "A property has the parameters without which its value means nothing.",
    "SERVICE-TYPE says whose user name the text of a SOCIALPROFILE is, and JSPTR where the value of a \
     JSPROP belongs.",
);

pub(super) static PARAMETER_REPEATED: Rule = Rule::new(
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

pub(super) fn check(
    findings: &mut Findings,
    at: &LineAt<'_>,
    params: &[Param<'_>],
    value_type: Option<ValueType>,
) {
    let column = at
        .row
        .filter(|row| row.stands_for.is_none())
        .and_then(|row| findings.column(row));
    // One place for each row of the table.
    let mut seen = [None; 32];
    let mut rows = 0;
    for param in params {
        let Some(id) = param.id else {
            if let Some(column) = column {
                unknown(findings, at, param, column);
            }
            continue;
        };
        let row = id.row();
        if row.defined(findings.standard) != Defined::Yes {
            not_in_version(findings, at, param, id);
            continue;
        }
        if let Some(column) = column {
            permitted(findings, at, param, id, column, value_type);
        }
        let earlier = seen.iter().take(rows).any(|seen| *seen == Some(id));
        if !earlier && let Some(place) = seen.get_mut(rows) {
            *place = Some(id);
            rows += 1;
        }
        if !row.many && (earlier || param.parameter.raw_values().nth(1).is_some()) {
            repeated(findings, at, param, id, earlier);
        }
    }
    if let Some(column) = column
        && findings.standard == Version::V4_0
    {
        required(findings, at, params, column, value_type);
    }
}

fn not_in_version(findings: &mut Findings, at: &LineAt<'_>, param: &Param<'_>, id: ParameterId) {
    // These have rules of their own.
    if matches!(id, ParameterId::CHARSET | ParameterId::ENCODING) {
        return;
    }
    findings.add_in(
        at.section(findings.standard),
        &PARAMETER_NOT_IN_VERSION,
        at,
        at.of_head(param.parameter.raw()),
        match (id, findings.standard) {
            (ParameterId::PREF, standard) => {
                format!("PREF is no parameter of {standard}; expected TYPE=pref")
            }
            (id, standard) => format!("{} is no parameter of {standard}", id.name()),
        },
    );
}

/// A parameter that no table has, on a property whose grammar takes no others.
fn unknown(findings: &mut Findings, at: &LineAt<'_>, param: &Param<'_>, column: &Column) {
    let Some(name) = param.parameter.name_bytes() else {
        return;
    };
    let private = name
        .get(..2)
        .is_some_and(|start| start.eq_ignore_ascii_case(b"X-"));
    let taken = match column.any {
        AnyParameter::Yes => true,
        AnyParameter::Extension => private,
        AnyParameter::No => false,
    };
    if !taken && !name.is_empty() {
        findings.add_in(
            at.section(findings.standard),
            &PARAMETER_NOT_PERMITTED,
            at,
            at.of_head(param.parameter.raw()),
            format!(
                "{} takes no {}",
                at.row.map_or("", |row| row.name),
                shown(name)
            ),
        );
    }
}

fn permitted(
    findings: &mut Findings,
    at: &LineAt<'_>,
    param: &Param<'_>,
    id: ParameterId,
    column: &Column,
    value_type: Option<ValueType>,
) {
    let text = matches!(
        value_type,
        None | Some(ValueType::Text | ValueType::PhoneNumber)
    );
    let uri = matches!(value_type, None | Some(ValueType::Uri | ValueType::Url));
    let date = matches!(
        value_type,
        None | Some(
            ValueType::Date | ValueType::DateTime | ValueType::DateAndOrTime | ValueType::Timestamp
        )
    );
    let name = at.row.map_or("", |row| row.name);
    let with = |what: &str| format!("{name} takes {} with {what} only", id.name());
    let never = || format!("{name} takes no {}", id.name());
    let (severe, message) = match column.permit(id) {
        Permit::If(Condition::IfText) if !text => (true, with("a text value")),
        Permit::If(Condition::IfUri) if !uri => (true, with("a URI value")),
        Permit::If(Condition::IfDate) if !date || is_time(at) => (true, with("a date")),
        Permit::If(Condition::PrefOnly)
            if !param
                .parameter
                .values()
                .all(|value| value.eq_ignore_ascii_case("pref")) =>
        {
            (false, with("the value pref"))
        }
        // The rules about encodings and types of values say more.
        Permit::No if id == ParameterId::ENCODING && !at.line.is_base64() => return,
        Permit::No if id == ParameterId::VALUE && value_type.is_none() => return,
        // The revision wants it of properties whose own documents do not have it.
        Permit::No | Permit::Elsewhere
            if id == ParameterId::VALUE
                && findings.profile == Profile::Vcard4Bis
                && at
                    .row
                    .is_some_and(|row| of_profile::wants_value_type(row, column)) =>
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
    let section = at.section(findings.standard);
    let span = at.of_head(param.parameter.raw());
    if severe && findings.standard == Version::V4_0 {
        findings.add_in_as(Error, section, &PARAMETER_NOT_PERMITTED, at, span, message);
    } else {
        findings.add_in(section, &PARAMETER_NOT_PERMITTED, at, span, message);
    }
}

/// Whether a date-and-or-time is a time alone.
fn is_time(at: &LineAt<'_>) -> bool {
    matches!(at.line.raw_value(), [b'T' | b't', ..])
}

fn repeated(
    findings: &mut Findings,
    at: &LineAt<'_>,
    param: &Param<'_>,
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
    findings.add_in(
        section_in(id.row().sections, findings.standard),
        &PARAMETER_REPEATED,
        at,
        at.of_head(param.parameter.raw()),
        message,
    );
}

fn required(
    findings: &mut Findings,
    at: &LineAt<'_>,
    params: &[Param<'_>],
    column: &Column,
    value_type: Option<ValueType>,
) {
    for allowed in column.parameters {
        let needed = match allowed.condition {
            Condition::Required => true,
            Condition::RequiredIfText => value_type == Some(ValueType::Text),
            _ => false,
        };
        if needed
            && !params
                .iter()
                .any(|param| param.id == Some(allowed.parameter))
        {
            findings.add_in(
                at.section(findings.standard),
                &PARAMETER_REQUIRED,
                at,
                at.of_head(at.line.name_bytes()),
                format!(
                    "{} needs the parameter {}",
                    at.row.map_or("", |row| row.name),
                    allowed.parameter.name()
                ),
            );
        }
    }
}
