//! Rules about texts: their components, and the delimiters in them.

use alloc::format;
use alloc::string::ToString;

use super::value_text::ValueText;
use super::words;
use crate::registry::{PropertyId, PropertyRow, Shape, ValueType};
use crate::syntax::escape;
use crate::validate::diagnostic::{
    Rule,
    Severity::{Error, Info, Warning},
};
use crate::validate::findings::Findings;
use crate::validate::fix::{Change, Fix};
use crate::value::ValueError;
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] =
    &[&COMPONENT_COUNT, &COMMA_UNESCAPED, &SEMICOLON_UNESCAPED];

pub(in crate::validate) static COMPONENT_COUNT: Rule = Rule::new(
    "component-count",
    [Some(Info), Some(Info), Some(Warning)],
    &[
        "RFC 6350, 6.2.2",
        "RFC 6350, 6.3.1",
        "RFC 9554, 2.1",
        "RFC 9554, 2.2",
        "RFC 2426, 3.1.2",
        "RFC 2426, 3.2.1",
        "vCard 2.1, 2.2.2",
    ],
    "N has 5 components, or 7; ADR has 7, or 18.",
    "Readers that count on all of them fail on fewer. Add the semicolons.",
);

pub(in crate::validate) static COMMA_UNESCAPED: Rule = Rule::new(
    "comma-unescaped",
    [None, Some(Warning), Some(Warning)],
    &[
        "RFC 6350, 3.4",
        "RFC 6350, 4.1",
        "RFC 2426, 5",
        "RFC 2426, 2.3",
        "RFC 2426, 2.5",
    ],
    "A comma in a value that is no list is written \\,.",
    "A few readers cut the text at the comma; most take it for what it is. In a URI it is the other \
     way round: most readers take \\, too, and a few need it.",
);

pub(in crate::validate) static SEMICOLON_UNESCAPED: Rule = Rule::new(
    "semicolon-unescaped",
    [None, Some(Warning), Some(Error)],
    &[
        "RFC 2426, 5",
        "RFC 2426, 2.3",
        "RFC 6350, 3.4",
        "RFC 2426, 2.5",
    ],
    "A semicolon that separates nothing is written \\; in 3.0, and in the components of 4.0.",
    "Readers cut the text at the semicolon.",
);

/// What reading a text does not say.
pub(in crate::validate) fn check(findings: &mut Findings, value: &ValueText<'_, '_>) {
    let Some(row) = value.line.row else { return };
    let in_3_0 = findings.standard == Version::V3_0;
    match row.id {
        PropertyId::N | PropertyId::ADR if in_3_0 => components_missing(findings, value, row),
        PropertyId::XML => words::xml_namespace(findings, value),
        id if words::value_not_registered(findings, value, id) => {}
        _ if in_3_0 && matches!(row.shape, Shape::Single | Shape::List) => {
            semicolon_in_text(findings, value, row);
        }
        _ => {}
    }
}

/// Another number of components, found in reading.
pub(in crate::validate) fn component_count(
    findings: &mut Findings,
    value: &ValueText<'_, '_>,
    note: &ValueError,
) {
    value.add(findings, None, &COMPONENT_COUNT, note, note.to_string());
}

/// Fewer components than 3.0 has: what its readers count on.
fn components_missing(findings: &mut Findings, value: &ValueText<'_, '_>, row: &PropertyRow) {
    let standard = findings.standard;
    let expected = row.components(standard).len();
    let found = escape::split_components(value.text, standard).count();
    if found < expected {
        let section = value.line.section(standard);
        let message = format!("{found} components; expected {expected}");
        findings.add_citing(
            section,
            &COMPONENT_COUNT,
            value.line,
            value.whole(),
            message,
        );
    }
}

/// A comma that separates nothing, found in reading.
pub(in crate::validate) fn comma_unescaped(
    findings: &mut Findings,
    value: &ValueText<'_, '_>,
    note: &ValueError,
) {
    let severity = (value.value_type == ValueType::Uri).then_some(Info);
    value.add(findings, severity, &COMMA_UNESCAPED, note, note.to_string());
    let single = value.line.row.is_some_and(|row| row.shape == Shape::Single);
    if single && value.value_type == ValueType::Text && !value.line.content.is_quoted_printable() {
        let standard = findings.standard;
        findings.fix(|| Some(escaped(value, standard)));
    }
}

/// A semicolon that separates nothing, found in reading.
pub(in crate::validate) fn semicolon_unescaped(
    findings: &mut Findings,
    value: &ValueText<'_, '_>,
    note: &ValueError,
) {
    value.add(findings, None, &SEMICOLON_UNESCAPED, note, note.to_string());
}

/// 3.0 has no bare semicolon in any text.
fn semicolon_in_text(findings: &mut Findings, value: &ValueText<'_, '_>, row: &PropertyRow) {
    let standard = findings.standard;
    let mut pieces = escape::split_components(value.text, standard);
    let semicolon = pieces.next().unwrap_or_default().len();
    if semicolon >= value.text.len() {
        return;
    }
    findings.add_citing(
        value.line.section(standard),
        &SEMICOLON_UNESCAPED,
        value.line,
        value.span(semicolon..semicolon + 1),
        "a semicolon inside a value; expected \\;",
    );
    if row.shape == Shape::Single && !value.line.content.is_quoted_printable() {
        findings.fix(|| Some(escaped(value, standard)));
    }
}

/// The whole value escaped anew, when it is one text.
fn escaped(value: &ValueText<'_, '_>, version: Version) -> Fix {
    let meant = escape::unescape(value.text, version);
    Fix::new(
        "escape the text",
        value.line.entry(),
        Change::SetText(meant.into_owned()),
    )
}
