//! Rules about texts: their components, and the delimiters in them.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::value_text::ValueText;
use super::words;
use crate::registry::{PropertyId, PropertyRow, Shape, ValueType};
use crate::syntax::escape;
use crate::validate::findings::Findings;
use crate::validate::fix::{Change, Fix};
use crate::validate::profile::Profile;
use crate::validate::rule::{
    Rule,
    Severity::{Error, Info, Warning},
};
use crate::value::foreign::LONGEST;
use crate::value::{Address, Name, Reason, Value, ValueError};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &COMPONENT_COUNT,
    &COMPONENT_ALONE,
    &COMPONENTS_ESCAPED,
    &COMMA_UNESCAPED,
    &SEMICOLON_UNESCAPED,
];

pub(in crate::validate) static COMPONENT_COUNT: Rule = Rule::new(
    "component-count",
    [Some(Info), Some(Warning), Some(Warning)],
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
    "Readers that count on all of them fail on fewer: add the semicolons. What stands in more than there \
     are is lost. Fewer are an info in 3.0, whose text lets them be left out.",
);

pub(in crate::validate) static COMPONENT_ALONE: Rule = Rule::new(
    "component-alone",
    [None, None, Some(Info)],
    &["RFC 9554, 2.2", "RFC 9554, 2.1"],
    "What stands in a component that RFC 9554 added stands in an older one too.",
    "A secondary surname among the family names, a generation among the suffixes, and the parts of a \
     street together in the street: readers of RFC 6350 lose it otherwise, and a server in wide use \
     deletes it.",
);

pub(in crate::validate) static COMPONENTS_ESCAPED: Rule = Rule::new(
    "components-escaped",
    [Some(Info), Some(Info), Some(Info)],
    &["RFC 6350, 3.4", "RFC 2426, 4", "vCard 2.1, 2.1.3"],
    "The semicolons between components have no backslash before them.",
    "With one they are text, so that all of a name or an address stands in its first component. Where \
     the text has such a semicolon, all is well.",
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
    "A comma in a value that is not a list is written \\,.",
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
    let components = row.components(findings.standard);
    if !components.is_empty() && value.property.is_some() {
        if matches!(row.id, PropertyId::N | PropertyId::ADR | PropertyId::ORG) {
            components_escaped(findings, value);
        }
        // With fewer semicolons there are none of the newer ones.
        let semicolons = memchr::memchr_iter(b';', value.text.as_bytes()).count();
        let newer = components.iter().position(|component| component.rfc9554);
        if newer.is_some_and(|newer| newer <= semicolons) {
            component_alone(findings, value, components.len());
        }
    }
    match row.id {
        PropertyId::N | PropertyId::ADR if in_3_0 => components_missing(findings, value, row),
        PropertyId::XML => words::xml(findings, value),
        id if words::value_not_registered(findings, value, id) => {}
        _ if in_3_0 && matches!(row.shape, Shape::Single | Shape::List) => {
            semicolon_in_text(findings, value, row);
        }
        _ => {}
    }
}

/// One component with everything in it, and the others empty.
fn components_escaped(findings: &mut Findings, value: &ValueText<'_, '_>) {
    let standard = findings.standard;
    let text = value.text.as_bytes();
    if memchr::memchr(b'\\', text).is_none() || memchr::memmem::find(text, b"\\;").is_none() {
        return;
    }
    let mut at = 0;
    let mut filled = None;
    for component in escape::split_components(value.text, standard) {
        if !component.is_empty() && filled.replace((at, component)).is_some() {
            return;
        }
        at += component.len() + 1;
    }
    let Some((at, component)) = filled else {
        return;
    };
    let Some(escaped) = memchr::memmem::find(component.as_bytes(), b"\\;") else {
        return;
    };
    let span = value.span(at + escaped..at + escaped + 2);
    let message = "a backslash before each semicolon, so that there is one component; expected \
                   semicolons alone between components";
    findings.add(&COMPONENTS_ESCAPED, value.line, span, message);
}

/// Values of components that RFC 9554 added, and not of the older ones for other readers.
fn component_alone(findings: &mut Findings, value: &ValueText<'_, '_>, components: usize) {
    let text = value.text;
    if text.len() > LONGEST {
        return;
    }
    let standard = findings.standard;
    let (section, older, repeated) = match value.property {
        Some(PropertyId::N) => {
            let repeated = repeated(text, standard, Name::repeated);
            let older = "the family name or suffix";
            (NEWER_IN_N, older, repeated)
        }
        Some(PropertyId::ADR) => {
            let repeated = repeated(text, standard, Address::repeated);
            (NEWER_IN_ADR, "the street", repeated)
        }
        _ => return,
    };
    let Some(repeated) = repeated else { return };
    let message =
        format!("a component of RFC 9554 has what {older} has not; expected it there too");
    let whole = value.whole();
    findings.add_citing(Some(section), &COMPONENT_ALONE, value.line, whole, message);
    let parts: Vec<&str> = escape::split_components(text, standard).collect();
    findings.fix(|| {
        // Of fewer or more components nobody knows which each of them is.
        let is_sure = parts.len() == components
            && value.line.is_plain()
            && (value.property != Some(PropertyId::ADR) || is_one_street(&parts));
        let change = Change::Raw(repeated, Vec::new());
        is_sure.then(|| Fix::new("write it there too", value.line, change))
    });
}

/// Whether an address without a street has one part of one alone: the order of several is that of their
/// country. RFC 9554, 2.1.
fn is_one_street(parts: &[&str]) -> bool {
    let (older, newer) = parts.split_at(parts.len().min(7));
    let mut newer = newer.iter().filter(|part| !part.is_empty());
    older.get(2).is_some_and(|street| street.is_empty())
        && newer.next().is_some()
        && newer.next().is_none()
}

/// The text of a value with its newer parts in the older ones; nothing where they are there.
fn repeated<'t, T: Value<'t> + Clone + PartialEq>(
    text: &'t str,
    version: Version,
    repeat: impl Fn(T) -> T,
) -> Option<String> {
    let value = T::parse(text, version).ok()?;
    let repeated = repeat(value.clone());
    match repeated == value {
        true => None,
        false => repeated.to_text(version).ok(),
    }
}

/// Another number of components, found in reading.
pub(in crate::validate) fn component_count(
    findings: &mut Findings,
    value: &ValueText<'_, '_>,
    note: &ValueError,
) {
    let section = match note.reason {
        Reason::Components { found, .. } if findings.standard == Version::V4_0 => {
            more_than_before(value, found)
        }
        _ => None,
    };
    let section = section.or(value.line.section(findings.standard));
    let message = note.to_string();
    value.add(findings, None, section, &COMPONENT_COUNT, note, message);
}

/// Where it is said how many components there are, of more than RFC 6350 has.
fn more_than_before(value: &ValueText<'_, '_>, found: u32) -> Option<&'static str> {
    let components = value.line.row?.components(Version::V4_0);
    let before = components.iter().filter(|one| !one.rfc9554).count();
    let is_more = usize::try_from(found).is_ok_and(|found| found > before);
    match value.property.filter(|_| is_more)? {
        PropertyId::N => Some(NEWER_IN_N),
        PropertyId::ADR => Some(NEWER_IN_ADR),
        _ => None,
    }
}

/// Where components were added to N.
const NEWER_IN_N: &str = "RFC 9554, 2.2";
/// Where components were added to ADR.
const NEWER_IN_ADR: &str = "RFC 9554, 2.1";

/// Fewer components than 3.0 has: what its readers count on.
fn components_missing(findings: &mut Findings, value: &ValueText<'_, '_>, row: &PropertyRow) {
    let standard = findings.standard;
    let expected = row.components(standard).len();
    let found = escape::split_components(value.text, standard).count();
    if found < expected {
        let section = value.line.section(standard);
        let message = format!("{found} components; expected {expected}");
        let rule = &COMPONENT_COUNT;
        findings.add_citing_as(Info, section, rule, value.line, value.whole(), message);
    }
}

/// A comma that separates nothing, found in reading.
pub(in crate::validate) fn comma_unescaped(
    findings: &mut Findings,
    value: &ValueText<'_, '_>,
    note: &ValueError,
) {
    // Servers take the parts of an ORG between commas for a list, and cannot write it.
    let severity = match (value.value_type, findings.profile) {
        (ValueType::Uri, _) => Some(Info),
        (_, Profile::CardDav) if value.property != Some(PropertyId::ORG) => Some(Warning),
        _ => None,
    };
    let message = note.to_string();
    value.add(findings, severity, None, &COMMA_UNESCAPED, note, message);
    let single = value.line.row.is_some_and(|row| row.shape == Shape::Single);
    if single && value.value_type == ValueType::Text {
        let standard = findings.standard;
        findings.fix(|| escaped(value, standard));
    }
}

/// A semicolon that separates nothing, found in reading.
pub(in crate::validate) fn semicolon_unescaped(
    findings: &mut Findings,
    value: &ValueText<'_, '_>,
    note: &ValueError,
) {
    let message = note.to_string();
    value.add(findings, None, None, &SEMICOLON_UNESCAPED, note, message);
}

/// 3.0 has no bare semicolon in any text.
fn semicolon_in_text(findings: &mut Findings, value: &ValueText<'_, '_>, row: &PropertyRow) {
    let standard = findings.standard;
    let mut pieces = escape::split_components(value.text, standard);
    let semicolon = pieces.next().unwrap_or_default().len();
    if semicolon >= value.text.len() {
        return;
    }
    findings.add(
        &SEMICOLON_UNESCAPED,
        value.line,
        value.span(semicolon..semicolon + 1),
        "a semicolon inside a value; expected \\;",
    );
    if row.shape == Shape::Single {
        findings.fix(|| escaped(value, standard));
    }
}

/// The whole value escaped anew, when it is one text.
fn escaped(value: &ValueText<'_, '_>, version: Version) -> Option<Fix> {
    let meant = escape::unescape(value.text, version);
    value.line.is_plain().then(|| {
        let change = Change::Text(meant.into_owned());
        Fix::new("escape the text", value.line, change)
    })
}
