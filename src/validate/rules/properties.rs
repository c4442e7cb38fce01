//! Rules about which properties a version has.

use alloc::format;

use crate::registry::{self, PropertyId, PropertyRow};
use crate::syntax::byte_class::is_token;
use crate::syntax::flags::Flags;
use crate::validate::findings::{Findings, shown};
use crate::validate::placed_line::PlacedLine;
use crate::validate::rule::{
    Rule,
    Severity::{Info, Warning},
};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[&PROPERTY_NOT_IN_VERSION, &PROPERTY_UNKNOWN];

pub(in crate::validate) static PROPERTY_NOT_IN_VERSION: Rule = Rule::new(
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

pub(in crate::validate) static PROPERTY_UNKNOWN: Rule = Rule::new(
    "property-unknown",
    [Some(Info), Some(Info), Some(Info)],
    &["RFC 6350, 6.10", "RFC 2426, 3.8", "vCard 2.1, 2.8.1"],
    "A property is registered, or its name begins with X-.",
    "It may be misspelt, or registered later than these tables. Private names begin with X-, so that \
     they never meet a registered one.",
);

pub(in crate::validate) fn check(findings: &mut Findings, line: &PlacedLine<'_>) {
    match line.row {
        None => property_unknown(findings, line),
        Some(row) if findings.column(row).is_none() => {
            property_not_in_version(findings, line, row);
        }
        Some(_) => {}
    }
}

fn property_unknown(findings: &mut Findings, line: &PlacedLine<'_>) {
    let name = line.content.name_bytes();
    // The names of these are found to be wrong, or are those of lines that delimit a card.
    let another = registry::is_private(name)
        || !is_token(name)
        || line.content.is("BEGIN")
        || line.content.is("END");
    if another {
        return;
    }
    findings.add(
        &PROPERTY_UNKNOWN,
        line,
        line.span_of(name),
        format!(
            "{} is not a property of any version; expected a registered name, or X-{0}",
            shown(name)
        ),
    );
}

fn property_not_in_version(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    row: &'static PropertyRow,
) {
    if line.flags().has(Flags::NESTED) {
        return;
    }
    let standard = findings.standard;
    let instead = match (standard, row.id) {
        (Version::V4_0, PropertyId::AGENT) => "RELATED with TYPE=agent",
        (Version::V4_0, PropertyId::LABEL) => "the parameter LABEL of ADR",
        (Version::V4_0, PropertyId::SORT_STRING) => "the parameter SORT-AS of N",
        _ => "a name with X-",
    };
    findings.add_citing(
        line.section(standard),
        &PROPERTY_NOT_IN_VERSION,
        line,
        line.span_of_name(),
        format!(
            "{} is not a property of {standard}; expected {instead}",
            row.name
        ),
    );
}
