//! Rules about which parameters a property takes.

use alloc::format;

use super::{profiles, unknown_parameters, value_types};
use crate::registry::{
    self, AnyParameter, Column, Condition, Defined, ParameterId, Permit, ValueType,
};
use crate::validate::findings::{Findings, shown};
use crate::validate::placed_line::{LineParameter, PlacedLine, find};
use crate::validate::profile::Profile;
use crate::validate::rule::{
    Rule,
    Severity::{Error, Info, Warning},
    section_in,
};
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
    [Some(Info), Some(Warning), Some(Error)],
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
        "RFC 6350, 5.1",
        "RFC 6350, 5.10",
        "RFC 6350, 5.11",
        "RFC 6350, 6.3.1",
        "RFC 6715, 3.1",
        "RFC 6715, 3.2",
        "RFC 9554, 4.6",
        "RFC 9554, 4.8",
        "RFC 9555, 3.3.1",
        "RFC 9555, 3.3.2",
        "RFC 8605, 3.1",
        "RFC 9554, 4.10",
        "RFC 2426, 2.4.1",
        "RFC 9554, 4.9",
        "RFC 4770, 3",
    ],
    "A parameter is one that the property takes, with a value of this type.",
    "Readers do not look at it, since it means nothing there. Remove it. An error is what the standard \
     forbids, or what the grammar of the property does not take; an info what the grammar takes and no \
     text gives a meaning.",
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
    // The last registered one, where its value goes on.
    let mut cut = None;
    for parameter in parameters {
        let Some(id) = parameter.id else {
            unknown_parameters::check(findings, line, parameter, cut);
            if let Some(column) = column {
                unknown_not_permitted(findings, line, parameter, column);
            }
            continue;
        };
        let row = id.row();
        let open = unknown_parameters::open(findings.standard, parameter);
        if let Some(before) = core::mem::replace(&mut cut, open)
            && unknown_parameters::is_of_media_type(parameter, before)
        {
            unknown_parameters::parameter_value_unquoted(findings, line, parameter, before);
            continue;
        }
        if row.defined(findings.standard) != Defined::Yes {
            parameter_not_in_version(findings, line, parameter, id);
            continue;
        }
        // Whether a word without a name is meant to be one of TYPE is another rule's business, where
        // the version has no such words. An encoding or a type of values is nothing else.
        let is_meant = findings.is_2_1()
            || parameter.written.name_bytes().is_some()
            || id != ParameterId::TYPE;
        if let Some(column) = column.filter(|_| is_meant) {
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
    // What is preferred is said by TYPE in 3.0, where the property has TYPE.
    let pref_is_type = standard == Version::V3_0
        && line
            .row
            .is_some_and(|row| registry::is_registered_type(row.id, standard, b"pref"));
    let message = match id {
        ParameterId::PREF if pref_is_type => {
            format!("PREF is not a parameter of {standard}; expected TYPE=pref")
        }
        id => format!("{} is not a parameter of {standard}", id.name()),
    };
    let section = match id {
        ParameterId::PREF if pref_is_type => Some("RFC 2426, 5"),
        _ if id.row().defined(standard) == Defined::Reserved => Some("RFC 9555, 2.3.9"),
        _ => None,
    };
    findings.add_citing(
        section,
        &PARAMETER_NOT_IN_VERSION,
        line,
        line.span_of(parameter.written.raw()),
        message,
    );
}

/// A private parameter, on a property whose grammar takes no others.
fn unknown_not_permitted(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    column: &Column,
) {
    let Some(name) = parameter.written.name_bytes() else {
        return;
    };
    // One that is no private name is not registered, which says more.
    if takes_unknown(column, name) || !registry::is_private(name) {
        return;
    }
    let section = line.section(findings.standard);
    let span = line.span_of(parameter.written.raw());
    let property = line.row.map_or("", |row| row.name);
    let message = format!("{property} takes no {}", shown(name));
    let rule = &PARAMETER_NOT_PERMITTED;
    // A private parameter is passed over by all readers, wherever it stands before 4.0.
    match findings.standard {
        Version::V4_0 => findings.add_citing(section, rule, line, span, message),
        _ => findings.add_citing_as(Info, section, rule, line, span, message),
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
    let in_4_0 = findings.standard == Version::V4_0;
    let of = id.name();
    let only = |what: &str| format!("{name} takes {of} with {what} only");
    let with = |what: &str| match in_4_0 {
        true => format!("{of} means nothing on {name} without {what}; expected it left out"),
        false => only(what),
    };
    let never = || format!("{name} takes no {}", id.name());
    let (severity, message) = match column.permit(id) {
        // Whose value "MUST be URI" (RFC 9554, 4.10); MEDIATYPE is a hint and has no such word.
        Permit::If(Condition::IfUri) if id == ParameterId::USERNAME && !may_be_uri(value_type) => {
            (None, only("a URI value"))
        }
        // The grammar of 4.0 lets them pass, and they say nothing.
        Permit::If(Condition::IfText) if !may_be_text(value_type) => {
            (in_4_0.then_some(Info), with("a text value"))
        }
        Permit::If(Condition::IfUri) if !may_be_uri(value_type) => {
            (in_4_0.then_some(Info), with("a URI value"))
        }
        Permit::If(Condition::IfDate) if !may_be_date(value_type) || is_time(line) => {
            (Some(Error), only("a date"))
        }
        Permit::If(Condition::PrefOnly) if !is_pref_only(parameter) => {
            (None, only("the value pref"))
        }
        // The rules about encodings and types of values say more.
        Permit::No if id == ParameterId::ENCODING && !line.content.is_base64() => return,
        Permit::No if value_types::is_about(findings, parameter, column) => return,
        // The revision wants it of properties whose own documents do not have it.
        Permit::No
            if id == ParameterId::VALUE
                && findings.profile == Profile::Vcard4Bis
                && line
                    .row
                    .is_some_and(|row| profiles::wants_value_type(row, column)) =>
        {
            return;
        }
        Permit::If(Condition::Forbidden) | Permit::No => (in_4_0.then_some(Error), never()),
        Permit::Meaningless => (
            Some(Info),
            format!(
                "{} means nothing on {name}; expected it left out",
                id.name()
            ),
        ),
        Permit::If(_) => return,
    };
    // The grammar of the property where it takes no others, or else what the parameter is for.
    let section = match column.permit(id) {
        Permit::No if id == ParameterId::ENCODING => {
            section_in(&["RFC 2426, 2.4.1"], findings.standard)
        }
        Permit::No | Permit::If(Condition::IfDate) => line.section(findings.standard),
        // TYPE is forbidden where it is defined, the others where the property is.
        Permit::If(Condition::Forbidden) if id != ParameterId::TYPE && column.names(id) => {
            line.section(findings.standard)
        }
        _ => section_in(id.row().sections, findings.standard),
    };
    let span = line.span_of(parameter.written.raw());
    let rule = &PARAMETER_NOT_PERMITTED;
    match severity {
        Some(severity) => findings.add_citing_as(severity, section, rule, line, span, message),
        None => findings.add_citing(section, rule, line, span, message),
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
        // The quote that was meant for the value has ended it.
        false if memchr::memmem::find(parameter.written.raw(), b"\\\"").is_some() => {
            format!(
                "a backslash does not hide the quote in {}; expected ^' for it",
                id.name()
            )
        }
        false => format!(
            "{} has one value; one with a comma in it stands in quotes",
            id.name()
        ),
    };
    let column = line.row.and_then(|row| findings.column(row));
    // The grammar of 4.0 names it once for the property; in 3.0 what it is for says that it has one value.
    let named = column.is_some_and(|column| column.names(id));
    let section = match named && findings.standard == Version::V4_0 {
        true => line.section(findings.standard),
        false => section_in(id.row().sections, findings.standard),
    };
    findings.add_citing(
        section,
        &PARAMETER_REPEATED,
        line,
        line.span_of(parameter.written.raw()),
        message,
    );
}

fn parameter_required(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
    column: &Column,
    value_type: Option<ValueType>,
) {
    for allowed in column.parameters {
        let needed = allowed.is_needed(value_type);
        let found = find(parameters, allowed.parameter);
        // An empty JSPTR is a pointer; the name of a service is a name.
        let says = |parameter: &LineParameter<'_>| {
            allowed.condition == Condition::Required || !parameter.value().trim().is_empty()
        };
        if needed && !found.is_some_and(says) {
            let property = line.row.map_or("", |row| row.name);
            let name = allowed.parameter.name();
            let message = match found {
                Some(_) => format!("{property} needs a value of the parameter {name}; it is empty"),
                None => format!("{property} needs the parameter {name}"),
            };
            let section = line.section(findings.standard);
            let span = line.span_of_name();
            findings.add_citing(section, &PARAMETER_REQUIRED, line, span, message);
        }
    }
}
