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
use crate::validate::diagnostic::{
    Rule, Severity,
    Severity::{Error, Warning},
};
use crate::validate::findings::{Findings, shown};
use crate::validate::looks_at::LooksAt;
use crate::validate::placed_line::{LineParameter, PlacedLine, SpanIn};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] =
    &[&JSCOMPS_INVALID, &JSPTR_INVALID, &JSPROP_INVALID];

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
    "JSPTR is a JSON pointer in quotes, and leads into no array.",
    "In it ~0 stands for ~ and ~1 for a slash of a name. Without quotes (a warning) it ends at its \
     first colon, semicolon or comma. A wrong one makes all JSPROP of the card a patch that is not \
     applied.",
);

pub(in crate::validate) static JSPROP_INVALID: Rule = Rule::new(
    "jsprop-invalid",
    [None, None, Some(Error)],
    &["RFC 9555, 3.2.1"],
    "The value of JSPROP is JSON without white space between its parts.",
    "A text of JSON has its quotes: \"tux hux\". What is no JSON cannot be put back. White space \
     between the parts is a warning.",
);

/// No name or address has as many octets; the parts of a longer one are not counted.
const LONGEST: usize = 10_000;

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

/// A positional entry: which value of which component, and how that is written.
struct PositionalEntry<'v> {
    component: usize,
    value: usize,
    written: &'v str,
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
    let entries = match entries(&value) {
        Ok(entries) => entries,
        Err(message) => return Some((Error, message.into())),
    };
    stale(&entries, whole?).map(|message| (Warning, message.into()))
}

/// ```abnf
/// jscomps-param = "JSCOMPS" "=" DQUOTE [jscomps-entry-sep] ";" jscomps-entrylist DQUOTE
/// jscomps-entry = jscomps-entry-pos / jscomps-entry-sep
/// ```
fn entries(value: &str) -> Result<Vec<PositionalEntry<'_>>, String> {
    let mut entries = escape::split(value, ';');
    let first = entries.next().unwrap_or_default();
    if !first.is_empty() && !is_separator(first) {
        return Err(format!(
            "JSCOMPS begins with \"{}\"; expected nothing or a separator, as \"s, \", before the \
             first semicolon",
            shown(first.as_bytes())
        ));
    }
    let mut found = Vec::new();
    for entry in entries {
        if is_separator(entry) {
            continue;
        }
        let positional = positional(entry).ok_or_else(|| {
            format!(
                "\"{}\" in JSCOMPS; expected a place, as 1 or 2,1, or a separator, as \"s, \", with \
                 \\, and \\; in it",
                shown(entry.as_bytes())
            )
        })?;
        if found.len() < LONGEST {
            found.push(positional);
        }
    }
    match found.is_empty() {
        true => Err("JSCOMPS names no component; expected the place of each, as \";1;0\"".into()),
        false => Ok(found),
    }
}

/// `"s" "," jscomps-entry-verb`
fn is_separator(entry: &str) -> bool {
    entry
        .strip_prefix("s,")
        .is_some_and(|text| escape::split(text, ',').count() == 1)
}

/// `1*DIGIT [ "," 1*DIGIT ]`, where the second number is not zero.
fn positional(written: &str) -> Option<PositionalEntry<'_>> {
    // What is larger than any number of components is not there either way.
    let number = |digits: &str| -> Option<usize> {
        let all = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        all.then(|| digits.parse().unwrap_or(usize::MAX))
    };
    let (component, value) = match written.split_once(',') {
        None => (number(written)?, 0),
        Some((first, second)) => {
            let second = number(second).filter(|second| *second > 0)?;
            (number(first)?, second)
        }
    };
    Some(PositionalEntry {
        component,
        value,
        written,
    })
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
fn stale(entries: &[PositionalEntry<'_>], whole: &Whole) -> Option<String> {
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

/// Arrays of a JSContact Card; `*` is any key.
const ARRAYS: [&[&str]; 4] = [
    &["name", "components"],
    &["addresses", "*", "components"],
    &["organizations", "*", "units"],
    &["vCardProps"],
];

fn jsptr(parameter: &LineParameter<'_>) -> Option<Fault> {
    let value = parameter.value();
    // RFC 6901, 3: ~ is the first half of ~0 or ~1.
    let mut after = value.split('~').skip(1);
    if after.any(|rest| !rest.starts_with(['0', '1'])) {
        return Some((
            Error,
            "a ~ in JSPTR that begins neither ~0, for ~, nor ~1, for a slash".into(),
        ));
    }
    let path = value.strip_prefix('/').unwrap_or(&value);
    let into = ARRAYS.iter().find(|array| {
        let mut keys = path.split('/');
        let inside = array
            .iter()
            .all(|name| keys.next().is_some_and(|key| *name == "*" || key == *name));
        inside && keys.next().is_some()
    });
    if let Some(array) = into {
        return Some((
            Error,
            format!(
                "JSPTR leads into the array {}; expected the array as a whole",
                array.join("/")
            )
            .into(),
        ));
    }
    (!is_quoted(parameter)).then(|| {
        (
            Warning,
            "JSPTR without quotes; expected JSPTR=\"…\", since a colon ends it otherwise".into(),
        )
    })
}

fn jsprop(json: &str) -> Option<Fault> {
    let mut quoted = false;
    let mut depth = 0_usize;
    let mut deepest = 0;
    let mut spaced = false;
    let mut bytes = json.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => quoted = !quoted,
            b'\\' if quoted => {
                bytes.next();
            }
            _ if quoted => {}
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b' ' | b'\t' | b'\r' | b'\n' => spaced = true,
            _ => {}
        }
    }
    if let Some(error) = syntax_error(json, deepest) {
        return Some((Error, error.into()));
    }
    spaced.then(|| {
        (
            Warning,
            "white space between the parts of the JSON in JSPROP; expected none".into(),
        )
    })
}

#[cfg(feature = "serde")]
fn syntax_error(json: &str, deepest: usize) -> Option<String> {
    // The reader goes no deeper, and so cannot tell.
    if deepest > 100 {
        return None;
    }
    let error = serde_json::from_str::<serde::de::IgnoredAny>(json).err()?;
    Some(format!(
        "\"{}\" in JSPROP is no JSON, from character {} on; a text has quotes, as \"\\\"tux\\\"\"",
        shown(json.as_bytes()),
        error.column()
    ))
}

#[cfg(not(feature = "serde"))]
fn syntax_error(_: &str, _: usize) -> Option<String> {
    None
}
