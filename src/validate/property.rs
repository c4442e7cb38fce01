//! Rules about which properties a version has, and of which type their values are.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::diagnostic::{
    Rule,
    Severity::{Error, Info, Warning},
};
use super::findings::{Findings, LineAt, Param, shown};
use super::fix::{Change, Fix};
use crate::registry::{self, Column, ParameterId, PropertyId, ValueType};
use crate::syntax::line::Flags;
use crate::value::{Uri, Value as _};
use crate::version::Version;

pub(super) static PROPERTY_NOT_IN_VERSION: Rule = Rule::new(
    "property-not-in-version",
    [Some(Warning), Some(Warning), Some(Warning)],
    &[
        "RFC 6350, A.2",
        "RFC 6350, 6.3.1",
        "RFC 2426, 3.8",
        "vCard 2.1, 2.8.1",
    ],
    "A property is one of the card's version.",
    "Readers of the version keep it at best, and do not know what it means. Use what the version has \
     for it, or an X- name.",
);

pub(super) static PROPERTY_UNKNOWN: Rule = Rule::new(
    "property-unknown",
    [Some(Info), Some(Info), Some(Info)],
    &["RFC 6350, 6.10", "RFC 2426, 3.8", "vCard 2.1, 2.8.1"],
    "A property is registered, or its name begins with X-.",
    "It may be misspelt, or registered later than these tables. Private names begin with X-, so that \
     they never meet a registered one.",
);

pub(super) static VALUE_TYPE_UNKNOWN: Rule = Rule::new(
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

pub(super) static VALUE_TYPE_NOT_PERMITTED: Rule = Rule::new(
    "value-type-not-permitted",
    [Some(Warning), Some(Warning), Some(Error)],
    &["RFC 6350, 5.2", "RFC 2426, 4", "vCard 2.1, 2.1.8"],
    "VALUE names a type that the property can have in the version.",
    "Readers take the value for the default type of the property, or skip it.",
);

pub(super) static ENCODING_MISSING: Rule = Rule::new(
    "encoding-missing",
    [None, Some(Error), None],
    &[
        "RFC 2426, 2.4.1",
        "RFC 2426, 3.1.4",
        "RFC 2426, 3.5.3",
        "RFC 2426, 3.6.6",
    ],
    "A PHOTO, LOGO or SOUND of 3.0 has ENCODING=b or VALUE=uri.",
    "Without either nobody can tell data from a reference. A URI is known by its scheme, and a \
     warning; so is the spoken name that mobile phones put into SOUND.",
);

/// The type of the value; none when it is not known.
pub(super) fn check(
    findings: &mut Findings,
    at: &LineAt<'_>,
    params: &[Param<'_>],
) -> Option<ValueType> {
    let Some(row) = at.row else {
        unknown(findings, at);
        return value_type(findings, at, params, None);
    };
    let Some(column) = findings.column(row) else {
        if at.flags().has(Flags::NESTED) {
            return None;
        }
        let name = at.line.name_bytes();
        let instead = match (findings.standard, row.id) {
            (Version::V4_0, PropertyId::AGENT) => "RELATED with TYPE=agent",
            (Version::V4_0, PropertyId::LABEL) => "the parameter LABEL of ADR",
            (Version::V4_0, PropertyId::SORT_STRING) => "the parameter SORT-AS of N",
            _ => "a name with X-",
        };
        findings.add_in(
            at.section(findings.standard),
            &PROPERTY_NOT_IN_VERSION,
            at,
            at.of_head(name),
            format!(
                "{} is no property of {}; expected {instead}",
                row.name, findings.standard
            ),
        );
        return None;
    };
    let default = column.default_type();
    let named = value_type(findings, at, params, Some(default));
    encoding_missing(findings, at, params, named);
    named
}

fn unknown(findings: &mut Findings, at: &LineAt<'_>) {
    let name = at.line.name_bytes();
    let private = name
        .get(..2)
        .is_some_and(|start| start.eq_ignore_ascii_case(b"X-"));
    let token = name
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    if !private && token && !at.line.is("BEGIN") && !at.line.is("END") {
        findings.add(
            &PROPERTY_UNKNOWN,
            at,
            at.of_head(name),
            format!(
                "{} is no property of any version; expected one that is, or X-{0}",
                shown(name)
            ),
        );
    }
}

fn value_type(
    findings: &mut Findings,
    at: &LineAt<'_>,
    params: &[Param<'_>],
    default: Option<ValueType>,
) -> Option<ValueType> {
    let Some(param) = params
        .iter()
        .find(|param| param.id == Some(ParameterId::VALUE))
    else {
        return default.or(Some(ValueType::Text));
    };
    let word = param.value();
    let inline = findings.standard == Version::V2_1 && word.eq_ignore_ascii_case("INLINE");
    if word.is_empty() || inline {
        return default;
    }
    let Some(named) = registry::value_type(word.as_bytes()) else {
        let private = word
            .get(..2)
            .is_some_and(|start| start.eq_ignore_ascii_case("X-"));
        if !private {
            findings.add(
                &VALUE_TYPE_UNKNOWN,
                at,
                at.of_head(param.parameter.raw()),
                format!(
                    "\"{}\" is no type of value; expected one, as text or uri, or X-{0}",
                    shown(word.as_bytes())
                ),
            );
        }
        return None;
    };
    let column = at.row.and_then(|row| findings.column(row));
    let permitted = match (at.row, column) {
        (Some(row), Some(column)) if row.stands_for.is_none() => {
            column.permits_type(named.value_type)
        }
        _ => true,
    };
    if !permitted || !named.versions.contains(&findings.standard) {
        let section = at.section(findings.standard);
        let span = at.of_head(param.parameter.raw());
        let message = format!(
            "the value of {} is no {} in {}; expected {}",
            shown(at.line.name_bytes()),
            named.name,
            findings.standard,
            expected_types(column, default)
        );
        let date = matches!(
            named.value_type,
            ValueType::Date | ValueType::DateTime | ValueType::Time
        );
        if default == Some(ValueType::DateAndOrTime) && date {
            // Written by converters from 3.0 and read by everybody.
            findings.add_in_as(
                Warning,
                section,
                &VALUE_TYPE_NOT_PERMITTED,
                at,
                span,
                message,
            );
        } else {
            findings.add_in(section, &VALUE_TYPE_NOT_PERMITTED, at, span, message);
        }
        return None;
    }
    Some(named.value_type)
}

/// The names of the types that a property may have in the version.
fn expected_types(column: Option<&Column>, default: Option<ValueType>) -> String {
    let types: Vec<&str> = match column {
        Some(column) => column.types.iter().map(|one| one.name()).collect(),
        None => default.iter().map(|one| one.name()).collect(),
    };
    match types.is_empty() {
        true => String::from("a type of the version"),
        false => types.join(" or "),
    }
}

/// Whether the value is a URI that base64 could not be: the colon is none of its digits.
fn is_uri(at: &LineAt<'_>) -> bool {
    at.property
        .raw_text()
        .is_ok_and(|text| Uri::parse(&text, Version::V3_0).is_ok_and(|uri| uri.scheme().is_some()))
}

fn encoding_missing(
    findings: &mut Findings,
    at: &LineAt<'_>,
    params: &[Param<'_>],
    named: Option<ValueType>,
) {
    let Some(row) = at.row else { return };
    let binary = matches!(
        row.id,
        PropertyId::PHOTO | PropertyId::LOGO | PropertyId::SOUND
    );
    if findings.standard != Version::V3_0
        || !binary
        || !matches!(named, Some(ValueType::Binary))
        || params
            .iter()
            .any(|param| param.id == Some(ParameterId::ENCODING))
    {
        return;
    }
    let (section, name) = (
        at.section(findings.standard),
        at.of_head(at.line.name_bytes()),
    );
    if at.line.raw_value().is_empty() {
        return;
    }
    if is_uri(at) {
        let message = format!("{} is a URI; expected VALUE=uri", row.name);
        findings.add_in_as(Warning, section, &ENCODING_MISSING, at, name, message);
        findings.fix(|| {
            let text = at.property.raw_text().ok()?;
            Uri::parse_strict(&text, Version::V3_0).ok()?;
            Some(Fix::new(
                "write VALUE=uri",
                at.entry(),
                Change::SetParameter {
                    name: "VALUE",
                    values: [String::from("uri")].into(),
                },
            ))
        });
        return;
    }
    let spoken = params.iter().any(|param| {
        param
            .value()
            .get(..7)
            .is_some_and(|start| start.eq_ignore_ascii_case("X-IRMC-"))
    });
    let message = format!(
        "{} has neither ENCODING=b nor VALUE=uri; expected one of them",
        row.name
    );
    if spoken {
        findings.add_in_as(Warning, section, &ENCODING_MISSING, at, name, message);
    } else {
        findings.add_in(section, &ENCODING_MISSING, at, name, message);
    }
}
