//! Rules about what JSContact leaves in a card: JSCOMPS, JSPTR and JSPROP. RFC 9555, 3.
//!
//! Whether the value of a JSPROP is JSON at all is looked at with the feature `serde` only; whether
//! it is compact, always.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::registry::{ParameterId, PropertyId};
use crate::syntax::escape;
use crate::validate::findings::{Findings, REMEMBERED, shown};
use crate::validate::looks_at::LooksAt;
use crate::validate::placed_line::{LineParameter, PlacedLine, SpanIn};
use crate::validate::rule::{
    Rule, Severity,
    Severity::{Error, Warning},
};
use crate::value::foreign::{self, JsCompsFault, JsPtrFault, LONGEST, Place};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &JSCOMPS_INVALID,
    &JSPTR_CONFLICT,
    &JSPTR_INVALID,
    &JSPROP_INVALID,
];

pub(in crate::validate) const LOOKS_AT: LooksAt = LooksAt {
    properties: &[PropertyId::JSPROP],
    parameters: &[ParameterId::JSCOMPS, ParameterId::JSPTR],
    ..LooksAt::NOTHING
};

pub(in crate::validate) static JSCOMPS_INVALID: Rule = Rule::new(
    "jscomps-invalid",
    [None, None, Some(Error)],
    &["RFC 9555, 3.3.1"],
    "JSCOMPS is a separator or nothing, and then the place of each component, in quotes.",
    "As JSCOMPS=\"s, ;1;0\", where s, and a text is a separator, and 2,1 the second value of the third \
     component. Readers ignore one that is not so, or that does not fit the value (a warning), and \
     the order of the components is lost.",
);

pub(in crate::validate) static JSPTR_INVALID: Rule = Rule::new(
    "jsptr-invalid",
    [None, None, Some(Error)],
    &["RFC 9555, 3.3.2", "RFC 9555, 3.2.1"],
    "JSPTR is a JSON pointer, and leads into no array.",
    "In it ~0 stands for ~ and ~1 for a slash of a name. Without quotes it ends at its first colon, \
     semicolon or comma. A wrong one makes all JSPROP of the card a patch that is not \
     applied.",
);

pub(in crate::validate) static JSPTR_CONFLICT: Rule = Rule::new(
    "jsptr-conflict",
    [None, None, Some(Error)],
    &["RFC 9555, 3.2.1", "RFC 9553, 1.4.3"],
    "The JSPTR of no JSPROP leads into what another one replaces, or to the same place.",
    "All JSPROP of a card are one patch, which is not applied at all when one pointer is the beginning of \
     another, as foo of foo/bar. Write one JSPROP with the whole value.",
);

pub(in crate::validate) static JSPROP_INVALID: Rule = Rule::new(
    "jsprop-invalid",
    [None, None, Some(Error)],
    &["RFC 9555, 3.2.1", "RFC 9555, 3.3.2"],
    "The value of JSPROP is JSON without white space between its parts.",
    "A text of JSON has its quotes: \"tux hux\". What is not JSON cannot be put back. A JSPTR \
     without quotes ends at its first colon, and its rest is taken for the value. White space between \
     the parts is a warning.",
);

/// Where the JSPROP of a card lead to, up to the current line.
#[derive(Default)]
pub(in crate::validate) struct Pointers<'a>(Vec<(String, PlacedLine<'a>)>);

impl<'a> Pointers<'a> {
    pub fn note(&mut self, findings: &Findings, line: &PlacedLine<'a>) {
        let is_one = line.row.is_some_and(|row| row.id == PropertyId::JSPROP);
        if !is_one || findings.standard != Version::V4_0 || self.0.len() >= REMEMBERED {
            return;
        }
        if let Some(pointer) = line.content.parameter("JSPTR") {
            let value = pointer.value();
            let path = value.strip_prefix('/').unwrap_or(&value);
            // What ends a step comes before any letter, so that sorted paths stand beside those they
            // begin with.
            self.0.push((path.replace('/', "\0"), *line));
        }
    }

    /// What can only be told at the end of the card.
    pub fn finish(mut self, findings: &mut Findings) {
        self.0.sort_by(|one, other| one.0.cmp(&other.0));
        let mut rest = self.0.as_slice();
        while let [(path, _), others @ ..] = rest {
            let leads_into = |other: &str| {
                let steps = other.strip_prefix(path.as_str());
                steps.is_some_and(|steps| steps.is_empty() || steps.starts_with('\0'))
            };
            let inside = others.iter().take_while(|(other, _)| leads_into(other));
            let count = inside.clone().count();
            for (_, line) in inside {
                findings.next_line();
                let message = format!(
                    "JSPTR leads to \"{}\" or into it, as another one does; expected one JSPROP",
                    shown(path.replace('\0', "/").as_bytes())
                );
                findings.add(&JSPTR_CONFLICT, line, line.span_of_name(), message);
            }
            rest = others.get(count..).unwrap_or_default();
        }
    }
}

pub(in crate::validate) fn check(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
) {
    if findings.standard != Version::V4_0 {
        return;
    }
    let property = line.row.map(|row| row.id);
    // Taken apart once, however often a hostile line has the parameter.
    let mut whole = None;
    for parameter in parameters {
        let fault = match (parameter.id, property) {
            (Some(ParameterId::JSCOMPS), Some(id @ (PropertyId::N | PropertyId::ADR))) => {
                let whole = whole.get_or_insert_with(|| Whole::of(line, id));
                jscomps(parameter, whole.as_ref()).map(|fault| (&JSCOMPS_INVALID, fault))
            }
            (Some(ParameterId::JSPTR), Some(PropertyId::JSPROP)) => {
                if let Some(message) = leads_into_array(parameter) {
                    let span = line.span_of(parameter.written.raw());
                    let section = Some(POINTERS);
                    findings.add_citing(section, &JSPTR_INVALID, line, span, message);
                }
                jsptr(parameter).map(|fault| (&JSPTR_INVALID, fault))
            }
            _ => None,
        };
        if let Some((rule, (severity, message))) = fault {
            let span = line.span_of(parameter.written.raw());
            add(findings, severity, rule, line, span, message);
        }
    }
    if property == Some(PropertyId::JSPROP)
        && !line.content.raw_value().is_empty()
        && let Some((severity, message)) = jsprop(&line.property.text_lossy())
    {
        let whole = line.span_of_value();
        add(findings, severity, &JSPROP_INVALID, line, whole, message);
    }
}

fn add(
    findings: &mut Findings,
    severity: Severity,
    rule: &'static Rule,
    line: &PlacedLine<'_>,
    span: SpanIn,
    message: Cow<'static, str>,
) {
    match severity {
        Error => findings.add(rule, line, span, message),
        severity => findings.add_as(severity, rule, line, span, message),
    }
}

type Fault = (Severity, Cow<'static, str>);

fn is_quoted(parameter: &LineParameter<'_>) -> bool {
    parameter
        .written
        .raw_values()
        .next()
        .is_some_and(|value| value.starts_with(b"\""))
}

/// The value that places are about.
struct Whole {
    id: PropertyId,
    /// Whether there is something, for each value of each component.
    filled: Vec<Vec<bool>>,
    /// How many values there are.
    values: usize,
}

impl Whole {
    /// None where the value is no text, or too long.
    fn of(line: &PlacedLine<'_>, id: PropertyId) -> Option<Self> {
        let text = line.property.raw_text().ok()?;
        if text.len() > LONGEST {
            return None;
        }
        let components = components(&text);
        Some(Whole {
            id,
            values: distinct(&components, id),
            filled: components
                .iter()
                .map(|values| values.iter().map(|value| !value.is_empty()).collect())
                .collect(),
        })
    }
}

fn jscomps(parameter: &LineParameter<'_>, whole: Option<&Whole>) -> Option<Fault> {
    let value = parameter.value();
    if value.is_empty() {
        return None;
    }
    if !is_quoted(parameter) {
        return Some((
            Error,
            "JSCOMPS without quotes ends at its first semicolon; expected \";1;0\"".into(),
        ));
    }
    let places = match foreign::js_comps(&value) {
        Ok(places) => places,
        Err(fault) => return Some((Error, jscomps_message(&fault).into())),
    };
    stale(&places, whole?).map(|message| (Warning, message.into()))
}

fn jscomps_message(fault: &JsCompsFault<'_>) -> String {
    match fault {
        JsCompsFault::Start(first) => format!(
            "JSCOMPS begins with \"{}\"; expected nothing or a separator, as \"s, \", before the \
             first semicolon",
            shown(first.as_bytes())
        ),
        JsCompsFault::Entry(entry) => format!(
            "\"{}\" in JSCOMPS; expected a place, as 1 or 2,1, or a separator, as \"s, \", with \
             \\, and \\; in it",
            shown(entry.as_bytes())
        ),
        JsCompsFault::NoPlace => {
            "JSCOMPS names no component; expected the place of each, as \";1;0\"".into()
        }
    }
}

/// The values of each component.
fn components(text: &str) -> Vec<Vec<Cow<'_, str>>> {
    escape::split_components(text, Version::V4_0)
        .map(|component| {
            escape::split(component, ',')
                .map(|value| escape::unescape(value, Version::V4_0))
                .collect()
        })
        .collect()
}

/// Why places do not fit the value that they are about.
fn stale(entries: &[Place<'_>], whole: &Whole) -> Option<String> {
    let (id, expected) = (whole.id, whole.values);
    for entry in entries {
        let filled = whole.filled.get(entry.component);
        let there = filled.and_then(|values| values.get(entry.value));
        if there != Some(&true) {
            return Some(format!(
                "JSCOMPS names the place {} of {}, where there is nothing; places count from 0",
                shown(entry.written.as_bytes()),
                id.name()
            ));
        }
    }
    let found = entries.len();
    (found != expected).then(|| {
        format!(
            "the places in JSCOMPS are {found}, the values of {} {expected}; expected a place for each value",
            id.name()
        )
    })
}

/// How many values there are, those counted once that stand in an old and in a new component.
fn distinct(components: &[Vec<Cow<'_, str>>], id: PropertyId) -> usize {
    const STREET: usize = 2;
    const NEW_OF_ADR: usize = 7;
    // Family name and secondary surname, honorific suffix and generation.
    const OLD_AND_NEW_OF_N: [(usize, usize); 2] = [(0, 5), (3 + 1, 6)];
    let filled = |index: usize| {
        let values = components.get(index).into_iter().flatten();
        values.filter(|value| !value.is_empty())
    };
    let all: usize = (0..components.len())
        .map(|index| filled(index).count())
        .sum();
    let twice: usize = match id {
        PropertyId::ADR => {
            let new = (NEW_OF_ADR..components.len()).any(|index| filled(index).next().is_some());
            if new { filled(STREET).count() } else { 0 }
        }
        _ => OLD_AND_NEW_OF_N
            .iter()
            .map(|(old, new)| {
                let new: BTreeSet<_> = filled(*new).collect();
                filled(*old).filter(|value| new.contains(value)).count()
            })
            .sum(),
    };
    all - twice
}

/// "MUST NOT point into an array", as all pointers of a patch.
const POINTERS: &str = "RFC 9555, 3.2.1";

fn leads_into_array(parameter: &LineParameter<'_>) -> Option<String> {
    match foreign::js_ptr_fault(&parameter.value())? {
        JsPtrFault::Array(array) => Some(format!(
            "JSPTR leads into the array {}; expected the array as a whole",
            array.join("/")
        )),
        JsPtrFault::Tilde => None,
    }
}

fn jsptr(parameter: &LineParameter<'_>) -> Option<Fault> {
    match foreign::js_ptr_fault(&parameter.value()) {
        Some(JsPtrFault::Tilde) => Some((
            Error,
            "a ~ in JSPTR that begins neither ~0, for ~, nor ~1, for a slash".into(),
        )),
        // It is quoted as any value of a parameter is: where its characters ask for it.
        Some(JsPtrFault::Array(_)) | None => None,
    }
}

fn jsprop(text: &str) -> Option<Fault> {
    let json = foreign::json(text);
    if let Some(column) = json.error {
        let message = format!(
            "\"{}\" in JSPROP is not JSON from character {column} on; a text has quotes, as \"\\\"tux\\\"\"",
            shown(text.as_bytes()),
        );
        return Some((Error, message.into()));
    }
    json.is_spaced.then(|| {
        (
            Warning,
            "white space between the parts of the JSON in JSPROP".into(),
        )
    })
}
