//! Rules about parameters that no table has: misspelt, private, or the rest of a value that should
//! stand in quotes.

use alloc::format;

use crate::registry::{self, ParameterId};
use crate::syntax::byte_class::is_token;
use crate::validate::findings::{Findings, shown};
use crate::validate::placed_line::{LineParameter, PlacedLine};
use crate::validate::rule::{
    Rule,
    Severity::{Info, Warning},
};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[&PARAMETER_UNKNOWN, &PARAMETER_VALUE_UNQUOTED];

pub(in crate::validate) static PARAMETER_UNKNOWN: Rule = Rule::new(
    "parameter-unknown",
    [Some(Info), Some(Info), Some(Info)],
    &[
        "RFC 6350, 3.3",
        "RFC 6350, 10.2.2",
        "RFC 2426, 4",
        "RFC 2425, 5.8.2",
        "vCard 2.1, 2.9",
    ],
    "A parameter is registered, or its name begins with X-.",
    "Readers do not look at it: what is meant by a name that is misspelt is lost. Private names begin \
     with X-, so that they never meet a registered one.",
);

pub(in crate::validate) static PARAMETER_VALUE_UNQUOTED: Rule = Rule::new(
    "parameter-value-unquoted",
    [None, Some(Warning), Some(Warning)],
    &["RFC 6350, 5", "RFC 6350, 3.3", "RFC 2425, 5.8.2"],
    "The value of a parameter stands in quotes when there is a semicolon, a colon or a comma in it.",
    "The value ends at the semicolon otherwise, and the rest of it looks like another parameter, as \
     charset does in MEDIATYPE=text/plain;charset=utf-8. Write MEDIATYPE=\"text/plain;charset=utf-8\".",
);

/// A parameter that is not in the tables; `cut` is what [`open`] gives of the last one before it
/// that is.
pub(super) fn check(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    cut: Option<&LineParameter<'_>>,
) {
    let Some(name) = parameter.written.name_bytes() else {
        return;
    };
    // Whether it is a name at all is another rule.
    if registry::is_private(name) || !is_token(name) {
        return;
    }
    if let Some(cut) = cut {
        return parameter_value_unquoted(findings, line, parameter, cut);
    }
    let found = shown(name);
    let message = match nearest(name, findings.standard) {
        Some(meant) => {
            format!("{found} is not a registered parameter; expected {meant}, or X-{found}")
        }
        None => {
            format!("{found} is not a registered parameter; expected one that is, or X-{found}")
        }
    };
    findings.add(&PARAMETER_UNKNOWN, line, line.span_of(name), message);
}

/// Whether CHARSET, which no later version than 2.1 has, is a part of the media type before it.
pub(super) fn is_of_media_type(parameter: &LineParameter<'_>, cut: &LineParameter<'_>) -> bool {
    parameter.is(ParameterId::CHARSET) && cut.is(ParameterId::MEDIATYPE)
}

/// A registered parameter whose value goes on for sure with those after it, up to the next
/// registered one: free text that no quotes hold together.
pub(super) fn open<'p, 'a>(
    standard: Version,
    parameter: &'p LineParameter<'a>,
) -> Option<&'p LineParameter<'a>> {
    let written = parameter.written;
    let is_open = standard != Version::V2_1
        && parameter.id?.row().is_free_text
        && written.name_bytes().is_some()
        && !written.raw().contains(&b'"')
        && !written.value().is_empty();
    is_open.then_some(parameter)
}

pub(super) fn parameter_value_unquoted(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    cut: &LineParameter<'_>,
) {
    let name = cut.id.map_or("", ParameterId::name);
    findings.add(
        &PARAMETER_VALUE_UNQUOTED,
        line,
        line.span_of(parameter.written.raw()),
        format!(
            "\"{}\" looks like the rest of {name}, which ends at the semicolon; expected quotes around the \
             whole value",
            shown(parameter.written.raw())
        ),
    );
}

/// The registered parameter that somebody may have meant.
fn nearest(name: &[u8], standard: Version) -> Option<&'static str> {
    let rows = registry::parameters().iter();
    let defined = rows.filter(|row| row.defined(standard) == registry::Defined::Yes);
    let name = core::str::from_utf8(name).ok()?;
    registry::nearest(name, defined.map(|row| row.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_names_that_differ_in_a_letter_are_near() {
        for (name, known) in [
            ("TPYE", Some("TYPE")),
            ("typ", Some("TYPE")),
            ("TYPEE", Some("TYPE")),
            ("TIPE", Some("TYPE")),
            ("LANGAUGE", Some("LANGUAGE")),
            ("SORTAS", Some("SORT-AS")),
            ("FOO", None),
            ("T", None),
            ("LANG", None),
        ] {
            assert_eq!(nearest(name.as_bytes(), Version::V4_0), known, "{name}");
        }
        assert_eq!(nearest(b"PREFF", Version::V3_0), None);
    }
}
