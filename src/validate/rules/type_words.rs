//! Rules about the values of TYPE.

use alloc::format;
use alloc::string::String;

use super::known_types::{has_escaped_comma, is_known_type, is_list, is_pref, word};
use super::type_repairs;
use crate::registry::{self, Condition, ParameterId, Permit, PropertyId};
use crate::syntax::byte_class::{is_token, is_x_name, trim};
use crate::validate::findings::{Findings, shown};
use crate::validate::placed_line::{LineParameter, PlacedLine, find};
use crate::validate::profile::Profile;
use crate::validate::rule::{
    Rule,
    Severity::{Info, Warning},
    section_in,
};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &TYPE_INVALID,
    &TYPE_NOT_PERMITTED,
    &TYPE_UNKNOWN,
    &TYPE_PREF_IN_4_0,
    &TYPE_LIST_IN_2_1,
    &TYPE_LIST_QUOTED,
];

pub(in crate::validate) static TYPE_NOT_PERMITTED: Rule = Rule::new(
    "type-not-permitted",
    [Some(Info), Some(Info), Some(Warning)],
    &[
        "RFC 6350, 5.6",
        "RFC 6350, 6.4.1",
        "RFC 6350, A.3",
        "RFC 2426, 4",
        "RFC 6350, 6.6.6",
    ],
    "A TYPE that is registered for some properties stands on one of them.",
    "Readers ignore it, as TYPE=cell on EMAIL, or it means something that the version says \
     otherwise, as TYPE=JPEG.",
);

pub(in crate::validate) static TYPE_UNKNOWN: Rule = Rule::new(
    "type-unknown",
    [Some(Info), Some(Info), Some(Info)],
    &["RFC 6350, 5.6", "RFC 2426, 4", "vCard 2.1, 2.9"],
    "A TYPE is registered, or begins with X-.",
    "Readers that do not know it ignore it.",
);

pub(in crate::validate) static TYPE_INVALID: Rule = Rule::new(
    "type-invalid",
    [None, Some(Warning), Some(Warning)],
    &["RFC 6350, 5.6", "RFC 6350, 3.3", "RFC 2426, 4"],
    "Each word of TYPE is made of letters, digits and hyphens, and is not empty.",
    "Readers that go by the grammar give up the parameter or the line. What somebody calls a number \
     or an address is a text, and stands in X-ABLabel, or in a word of letters and hyphens that \
     begins with X-.",
);

pub(in crate::validate) static TYPE_PREF_IN_4_0: Rule = Rule::new(
    "type-pref-in-4.0",
    [None, None, Some(Warning)],
    &["RFC 6350, A.3", "RFC 6350, 5.3"],
    "What is preferred has PREF in 4.0, not TYPE=pref.",
    "Readers of 4.0 do not look for it in TYPE. Write PREF=1.",
);

pub(in crate::validate) static TYPE_LIST_QUOTED: Rule = Rule::new(
    "type-list-quoted",
    [None, Some(Warning), Some(Warning)],
    &["RFC 6350, 5.6", "RFC 6350, 5", "RFC 2426, 4"],
    "The values of TYPE stand in no quotes together.",
    "TYPE=\"home,work\" is one value with a comma in it to many readers, in spite of an example of \
     RFC 6350 (errata 3100, 3138, 7061). Write TYPE=home,work.",
);

pub(in crate::validate) static TYPE_LIST_IN_2_1: Rule = Rule::new(
    "type-list-in-2.1",
    [Some(Info), None, None],
    &["vCard 2.1, 2.9"],
    "Each word of TYPE is a parameter of its own in 2.1.",
    "The grammar of 2.1 has no lists in parameters: readers that go by it take HOME,WORK for one word. \
     Write TYPE=HOME;TYPE=WORK, or HOME;WORK.",
);

/// As [`is_clean`], of a parameter as it is written: what has quotes, escapes or white space is no word.
fn is_clean_parameter(
    property: PropertyId,
    standard: Version,
    parameter: &LineParameter<'_>,
) -> bool {
    let (name, value) = parameter.written.split();
    name.is_some() && is_clean(property, standard, value)
}

pub(in crate::validate) fn check(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
) {
    if find(parameters, ParameterId::TYPE).is_none() {
        return;
    }
    let Some(row) = line.row.filter(|row| row.stands_for.is_none()) else {
        return;
    };
    // Where TYPE means nothing, another rule says so, once.
    let taken = findings.column(row).is_some_and(|column| {
        matches!(
            column.permit(ParameterId::TYPE),
            Permit::If(condition)
                if !matches!(condition, Condition::PrefOnly | Condition::Forbidden)
        )
    });
    if !taken {
        return;
    }
    let types = parameters
        .iter()
        .filter(|parameter| parameter.is(ParameterId::TYPE));
    for parameter in types {
        if is_clean_parameter(row.id, findings.standard, parameter) {
            continue;
        }
        let grammar = findings.standard != Version::V2_1;
        // What a word without a name is meant to be nobody knows, and another rule says so.
        if grammar
            && parameter.written.name_bytes().is_none()
            && !is_known_type(row.id, findings.standard, trim(parameter.written.raw()))
        {
            continue;
        }
        if !grammar && parameter.written.raw().contains(&b',') {
            let message = "a list in TYPE; expected a parameter for each word";
            let span = line.span_of(parameter.written.raw());
            findings.add(&TYPE_LIST_IN_2_1, line, span, message);
        }
        let escaped = grammar && has_escaped_comma(parameter);
        let is_list = grammar && parameter.written.values().any(|value| !value.is_empty());
        for value in parameter.written.values() {
            if value.contains(',') && grammar {
                type_list_quoted(findings, line, parameter, parameters, row.id, &value);
                if findings.profile == Profile::Vcard4Bis {
                    continue;
                }
            }
            for one in value.split(',') {
                // That is another rule.
                let written = match escaped {
                    true => word(one),
                    false => one,
                };
                let one = written.trim();
                if one.is_empty() {
                    // Where all of it is empty, another rule says so.
                    if is_list && !escaped {
                        type_invalid(findings, line, parameter, parameters, row.id, one);
                    }
                    continue;
                }
                if one.len() < written.len() && grammar {
                    type_invalid(findings, line, parameter, parameters, row.id, written);
                }
                if is_x_name(one.as_bytes()) {
                    continue;
                }
                if findings.standard == Version::V4_0 && is_pref(one) {
                    type_pref_in_4_0(findings, line, parameter, parameters);
                } else if !is_known_type(row.id, findings.standard, one.as_bytes()) {
                    not_known(findings, line, parameter, parameters, row.id, one);
                }
            }
        }
    }
}

fn type_list_quoted(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    parameters: &[LineParameter<'_>],
    property: PropertyId,
    value: &str,
) {
    let standard = findings.standard;
    let found = shown(value.as_bytes());
    let message = match is_list(property, standard, value) {
        // A backslash before the comma is no part of the list either.
        true => {
            let expected = found.replace("\\,", ",");
            format!("the list \"{found}\" in quotes is one value; expected TYPE={expected}")
        }
        false => format!(
            "\"{found}\" in quotes is one value to some readers and a list to others; expected a \
             list without quotes, or a word without a comma"
        ),
    };
    let span = line.span_of(parameter.written.raw());
    findings.add(&TYPE_LIST_QUOTED, line, span, message);
    findings.fix(|| type_repairs::without_quotes(line, parameters, property, standard));
}

fn type_pref_in_4_0(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    parameters: &[LineParameter<'_>],
) {
    let message = match type_repairs::takes_pref(line) {
        true => "TYPE=pref in a card of 4.0; expected PREF=1",
        false => "TYPE=pref in a card of 4.0, on a property that has no PREF; expected neither",
    };
    let span = line.span_of(parameter.written.raw());
    findings.add(&TYPE_PREF_IN_4_0, line, span, message);
    findings.fix(|| type_repairs::with_pref(line, parameters));
}

/// Whether the words of a TYPE are clean at a glance: no rule here has anything to say about them.
pub(in crate::validate) fn is_clean(property: PropertyId, standard: Version, words: &[u8]) -> bool {
    if standard == Version::V2_1 && words.contains(&b',') {
        return false;
    }
    let is_right = |one: &[u8]| {
        let pref = standard == Version::V4_0 && one.eq_ignore_ascii_case(b"pref");
        !pref && is_known_type(property, standard, one)
    };
    // Most have one word, which need not be searched for commas.
    is_right(words)
        || words
            .split(|byte| *byte == b',')
            .all(|one| is_right(one) || is_x_name(one))
}

fn not_known(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    parameters: &[LineParameter<'_>],
    property: PropertyId,
    one: &str,
) {
    // Formats of media have many names.
    if property.row().is_media() {
        if findings.standard == Version::V4_0 {
            let one_type = registry::media_type(property, one);
            let media_type = shown(one_type.as_bytes());
            let expected = format!("MEDIATYPE={media_type}, or the media type of the data: URI");
            let expected = (&*expected, Some("RFC 6350, A.3"));
            type_not_permitted(findings, line, parameter, property, one, expected);
        }
        return;
    }
    let elsewhere = registry::groups().iter().find(|group| {
        group.parameter == Some(ParameterId::TYPE)
            && group
                .values
                .iter()
                .any(|known| known.eq_ignore_ascii_case(one))
    });
    // That such words are for one property is said where they are listed.
    let section = elsewhere
        .and_then(|group| section_in(group.sections, findings.standard))
        .or_else(|| line.section(findings.standard));
    if let Some(meant) = registry::meant_type(property, one) {
        let expected = format!("TYPE={meant}");
        return type_not_permitted(
            findings,
            line,
            parameter,
            property,
            one,
            (&expected, section),
        );
    }
    if elsewhere.is_some() {
        let expected = ("it left out", section);
        type_not_permitted(findings, line, parameter, property, one, expected);
    } else if findings.standard != Version::V2_1 && !is_token(one.as_bytes()) {
        type_invalid(findings, line, parameter, parameters, property, one);
    } else {
        type_unknown(findings, line, parameter, one);
    }
}

fn type_not_permitted(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    property: PropertyId,
    one: &str,
    (expected, section): (&str, Option<&'static str>),
) {
    let message = format!(
        "TYPE={} is not for {} in {}; expected {expected}",
        shown(one.as_bytes()),
        property.name(),
        findings.standard
    );
    let span = line.span_of(parameter.written.raw());
    findings.add_citing(section, &TYPE_NOT_PERMITTED, line, span, message);
}

/// A word that is not a token: empty in a list of others, or with another character in it.
fn type_invalid(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    parameters: &[LineParameter<'_>],
    property: PropertyId,
    one: &str,
) {
    let message = match one {
        "" => String::from("an empty word in the list of TYPE; expected none"),
        one => format!(
            "\"{}\" is not a word of TYPE; expected letters, digits and hyphens",
            shown(one.as_bytes())
        ),
    };
    let span = line.span_of(parameter.written.raw());
    findings.add(&TYPE_INVALID, line, span, message);
    let standard = findings.standard;
    findings.fix(|| type_repairs::without_empty_words(line, parameters, property, standard));
}

fn type_unknown(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    one: &str,
) {
    let found = shown(one.as_bytes());
    let message = match is_token(one.as_bytes()) {
        true => format!("TYPE={found} is not registered; expected a word that is, or X-{found}"),
        false => format!("TYPE={found} is not registered; expected a word that is"),
    };
    let span = line.span_of(parameter.written.raw());
    findings.add(&TYPE_UNKNOWN, line, span, message);
}
