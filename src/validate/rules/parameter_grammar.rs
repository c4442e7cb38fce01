//! Rules about the grammar of parameters.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::names::is_word_byte;
use crate::registry::{self, Defined, ParameterId};
use crate::syntax::ParameterRef;
use crate::syntax::byte_class::{is_in_token, is_white_space, trim};
use crate::syntax::flags::Flags;
use crate::syntax::span::slice;
use crate::validate::diagnostic::{
    Rule,
    Severity::{Error, Info, Warning},
    section_in,
};
use crate::validate::findings::{Findings, shown};
use crate::validate::fix::{Change, Fix};
use crate::validate::looks_at::LooksAt;
use crate::validate::octets::{Octets, is_control};
use crate::validate::placed_line::{LineParameter, PlacedLine, SpanIn};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &PARAMETER_BARE,
    &PARAMETER_EMPTY,
    &PARAMETER_NAME_INVALID,
    &PARAMETER_VALUE_INVALID,
    &PARAMETER_VALUE_MISSING,
    &QUOTE_UNCLOSED,
    &CARET_UNKNOWN,
    &WHITE_SPACE_IN_PARAMETER,
    &BACKSLASH_IN_PARAMETER,
];

pub(in crate::validate) const LOOKS_AT: LooksAt = LooksAt::flags(
    Flags::QUOTE
        .or(Flags::LITERAL_QUOTES)
        .or(Flags::BACKSLASH)
        .or(Flags::BACKSLASH_ESCAPES),
);

pub(in crate::validate) static PARAMETER_BARE: Rule = Rule::new(
    "parameter-bare",
    [None, Some(Warning), Some(Error)],
    &[
        "RFC 6350, 3.3",
        "RFC 2426, 5",
        "RFC 2425, 5.8.2",
        "RFC 2739, 2.3.3",
    ],
    "A parameter is a name, an equals sign and a value.",
    "`TEL;HOME:` is vCard 2.1. Many programs write it in 3.0, and readers of 3.0 take it for TYPE or \
     ENCODING; in 4.0 it is lost. Write TYPE=HOME.",
);

pub(in crate::validate) static PARAMETER_EMPTY: Rule = Rule::new(
    "parameter-empty",
    [Some(Warning), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.1.2"],
    "A parameter follows each semicolon before the colon.",
    "Strict readers give up the line. Remove the semicolon.",
);

pub(in crate::validate) static PARAMETER_NAME_INVALID: Rule = Rule::new(
    "parameter-name-invalid",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.9"],
    "The name of a parameter is made of letters, digits and hyphens.",
    "Readers skip the parameter or give up the line.",
);

pub(in crate::validate) static PARAMETER_VALUE_INVALID: Rule = Rule::new(
    "parameter-value-invalid",
    [None, Some(Error), Some(Error)],
    &[
        "RFC 6350, 3.3",
        "RFC 6350, 5",
        "RFC 6868, 1",
        "RFC 2425, 5.8.2",
    ],
    "A parameter value is quoted as a whole or not at all, and holds no double quote and no \
     control character.",
    "There is no escape for a quote inside of quotes: a reader takes it for the end. In 4.0 write \
     ^' for it (RFC 6868); in 3.0 leave it out.",
);

pub(in crate::validate) static PARAMETER_VALUE_MISSING: Rule = Rule::new(
    "parameter-value-missing",
    [None, Some(Warning), Some(Error)],
    &[
        "RFC 6350, 5",
        "RFC 6350, 3.3",
        "RFC 2426, 4",
        "RFC 2425, 5.8.2",
    ],
    "A parameter that means something has a value.",
    "An empty value is grammatical, but it is no TYPE, no number and no language tag. Remove the \
     parameter.",
);

pub(in crate::validate) static QUOTE_UNCLOSED: Rule = Rule::new(
    "quote-unclosed",
    [None, Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "RFC 6350, 5"],
    "A quote in a parameter is closed before the value begins.",
    "Taken literally the rest of the line, colon and value, is inside of the quote, and the line has \
     no value. Here the quote counts as a character. Close it, or remove it.",
);

pub(in crate::validate) static CARET_UNKNOWN: Rule = Rule::new(
    "caret-unknown",
    [None, None, Some(Info)],
    &["RFC 6868, 3"],
    "A circumflex in a parameter value begins ^n, ^^ or ^'.",
    "Before anything else it stays what it is; written anew it becomes ^^. The writer may not know \
     RFC 6868.",
);

pub(in crate::validate) static WHITE_SPACE_IN_PARAMETER: Rule = Rule::new(
    "white-space-in-parameter",
    [None, Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2426, 5"],
    "There is no white space before or after the name of a parameter.",
    "vCard 2.1 allows it. Readers of later versions take it for a part of the name, and do not know \
     the parameter.",
);

pub(in crate::validate) static BACKSLASH_IN_PARAMETER: Rule = Rule::new(
    "backslash-in-parameter",
    [None, None, Some(Info)],
    &["RFC 6868, 3", "RFC 6868, 1", "RFC 6350, 5"],
    "A backslash in a parameter value is a backslash.",
    "A line break is ^n there, a double quote ^' (RFC 6868), and delimiters stand in quotes. Only in \
     LABEL is \\n a line break, and the separators of JSCOMPS escape commas and semicolons.",
);

/// Parameters that may be empty: their grammar is `param-value`, which may.
const MAY_BE_EMPTY: [ParameterId; 7] = [
    ParameterId::ALTID,
    ParameterId::CONTEXT,
    ParameterId::JSPTR,
    ParameterId::LABEL,
    ParameterId::SERVICE_TYPE,
    ParameterId::SORT_AS,
    ParameterId::USERNAME,
];

pub(in crate::validate) fn check(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
    octets: Octets,
) {
    let Some(text) = line.content.parameter_text() else {
        return;
    };
    if findings.is_2_1() {
        for parameter in parameters.iter().map(|parameter| parameter.written) {
            parameter_empty(findings, line, parameter);
            parameter_name_invalid(findings, line, parameter);
        }
        return;
    }
    let unclosed =
        line.flags().has(Flags::LITERAL_QUOTES) && !line.flags().has(Flags::BACKSLASH_ESCAPES);
    if unclosed {
        quote_unclosed(findings, line);
    }
    let quoted = line.flags().has(Flags::QUOTE) && !unclosed;
    let caret = findings.standard == Version::V4_0 && memchr::memchr(b'^', text).is_some();
    let backslashes = octets.backslash && memchr::memchr(b'\\', text).is_some();
    for parameter in parameters {
        let written = parameter.written;
        if parameter_empty(findings, line, written) {
            continue;
        }
        match written.name_bytes() {
            Some(_) => {
                white_space_in_parameter(findings, line, written);
                parameter_name_invalid(findings, line, written);
                parameter_value_missing(findings, line, written);
            }
            None => name_missing(findings, line, written, parameters),
        }
        if quoted || octets.control {
            parameter_value_invalid(findings, line, written);
        }
        if caret {
            caret_unknown(findings, line, written);
        }
        if backslashes {
            backslash_in_parameter(findings, line, parameter);
        }
    }
}

fn parameter_empty(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: ParameterRef<'_>,
) -> bool {
    let raw = parameter.raw();
    if !trim(raw).is_empty() {
        return false;
    }
    let head = line.content.head();
    let semicolon = (raw.as_ptr() as usize - head.as_ptr() as usize).saturating_sub(1);
    findings.add(
        &PARAMETER_EMPTY,
        line,
        SpanIn::Head(semicolon..semicolon + 1),
        "no parameter after the semicolon; expected one, or no semicolon",
    );
    true
}

fn parameter_name_invalid(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: ParameterRef<'_>,
) {
    let Some(name) = parameter.name_bytes() else {
        return;
    };
    let fits = match findings.is_2_1() {
        true => is_word_byte,
        false => is_in_token,
    };
    if name.is_empty() {
        let equals = slice(parameter.raw(), 0..1);
        findings.add(
            &PARAMETER_NAME_INVALID,
            line,
            line.span_of(equals),
            "no name before the equals sign",
        );
    } else if !name.iter().copied().all(fits) {
        findings.add(
            &PARAMETER_NAME_INVALID,
            line,
            line.span_of(name),
            format!(
                "the parameter name \"{}\" is not made of letters, digits and hyphens",
                shown(name)
            ),
        );
    }
}

fn white_space_in_parameter(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: ParameterRef<'_>,
) {
    let raw = parameter.raw();
    let Some(equals) = raw.iter().position(|byte| *byte == b'=') else {
        return;
    };
    let written = slice(raw, 0..equals);
    let is_space = |byte: &&u8| is_white_space(**byte);
    let before = written.iter().take_while(is_space).count();
    let after = written.iter().rev().take_while(is_space).count();
    let (side, spaces) = match (before, after) {
        (0, 0) => return,
        (0, after) => ("after", slice(written, equals - after..equals)),
        (before, _) => ("before", slice(written, 0..before)),
    };
    findings.add(
        &WHITE_SPACE_IN_PARAMETER,
        line,
        line.span_of(spaces),
        format!(
            "white space {side} the parameter name {}; expected none",
            shown(trim(written))
        ),
    );
}

/// A word alone: a name without a value, or a value without a name.
fn name_missing(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: ParameterRef<'_>,
    parameters: &[LineParameter<'_>],
) {
    let word = trim(parameter.raw());
    let is_name =
        registry::parameter(word).is_some_and(|row| row.defined(findings.standard) == Defined::Yes);
    if is_name {
        return findings.add(
            &PARAMETER_VALUE_MISSING,
            line,
            line.span_of(word),
            format!("the parameter {} has no value", shown(word)),
        );
    }
    parameter_bare(findings, line, word, parameter.meaning(), parameters);
}

fn parameter_bare(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    word: &[u8],
    meaning: &str,
    parameters: &[LineParameter<'_>],
) {
    findings.add(
        &PARAMETER_BARE,
        line,
        line.span_of(word),
        format!("\"{}\" has no name; expected {meaning}={0}", shown(word)),
    );
    findings.fix(|| {
        let only_types = parameters.iter().all(|parameter| {
            parameter.written.name_bytes().is_some() || parameter.is(ParameterId::TYPE)
        });
        let types: Vec<String> = parameters
            .iter()
            .filter(|parameter| parameter.is(ParameterId::TYPE))
            .flat_map(|parameter| parameter.written.values())
            .map(|value| String::from(value.trim()))
            .filter(|value| !value.is_empty())
            .collect();
        only_types.then(|| {
            Fix::new(
                format!("write TYPE={}", types.join(",")),
                line.entry(),
                Change::SetParameter {
                    name: "TYPE",
                    values: types,
                },
            )
        })
    });
}

fn parameter_value_missing(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: ParameterRef<'_>,
) {
    let raw = parameter.raw();
    if raw.last() != Some(&b'=') && !raw.ends_with(b"\"\"") {
        return;
    }
    if parameter.values().any(|value| !value.is_empty()) {
        return;
    }
    let Some(name) = parameter.name_bytes() else {
        return;
    };
    let Some(row) = registry::parameter(name).filter(|row| !MAY_BE_EMPTY.contains(&row.id)) else {
        return;
    };
    findings.add_citing(
        section_in(row.sections, findings.standard),
        &PARAMETER_VALUE_MISSING,
        line,
        line.span_of(raw),
        format!("the parameter {} has no value", shown(name)),
    );
    findings.fix(|| {
        Some(Fix::new(
            format!("remove {}", row.name),
            line.entry(),
            Change::RemoveParameter { name: row.name },
        ))
    });
}

fn parameter_value_invalid(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: ParameterRef<'_>,
) {
    for value in parameter.raw_values() {
        let inner = value
            .strip_prefix(b"\"")
            .and_then(|inner| inner.strip_suffix(b"\""))
            .unwrap_or(value);
        let message = if inner.contains(&b'"') {
            "a double quote inside of the parameter value"
        } else if inner.iter().copied().any(is_control) {
            "a control character in the parameter value; expected none"
        } else {
            continue;
        };
        findings.add(&PARAMETER_VALUE_INVALID, line, line.span_of(value), message);
    }
}

/// The quote that nothing closes: the last one before the colon.
fn quote_unclosed(findings: &mut Findings, line: &PlacedLine<'_>) {
    let Some(quote) = memchr::memrchr(b'"', line.content.head()) else {
        return;
    };
    findings.add(
        &QUOTE_UNCLOSED,
        line,
        SpanIn::Head(quote..quote + 1),
        "the quote is not closed before the colon; expected a second one",
    );
}

fn backslash_in_parameter(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
) {
    // These two have escapes of their own (RFC 6350, 6.3.1; RFC 9555, 3.3.1).
    if parameter.is(ParameterId::LABEL) || parameter.is(ParameterId::JSCOMPS) {
        return;
    }
    let is_escape = |pair: &&[u8]| matches!(pair, [b'\\', b'n' | b'N' | b',' | b';']);
    if let Some(escape) = parameter.written.raw().windows(2).find(is_escape) {
        findings.add(
            &BACKSLASH_IN_PARAMETER,
            line,
            line.span_of(escape),
            format!(
                "\"{}\" is no escape in a parameter; expected ^n for a line break, and delimiters \
                 in quotes",
                shown(escape)
            ),
        );
    }
}

fn caret_unknown(findings: &mut Findings, line: &PlacedLine<'_>, parameter: ParameterRef<'_>) {
    for value in parameter.raw_values() {
        let mut rest = value;
        while let Some(caret) = memchr::memchr(b'^', rest) {
            let from_caret = slice(rest, caret..rest.len());
            let passed = match from_caret {
                [_, b'n' | b'^' | b'\'', ..] => 2,
                _ => {
                    // Up to the next character, as long as that is one.
                    let next = from_caret.get(1);
                    let shows = next.is_some_and(|byte| byte.is_ascii_graphic() && *byte != b'"');
                    let part = slice(from_caret, 0..1 + usize::from(shows));
                    findings.add(
                        &CARET_UNKNOWN,
                        line,
                        line.span_of(part),
                        format!(
                            "\"{}\" is no escape; a circumflex alone is written ^^",
                            shown(part)
                        ),
                    );
                    1
                }
            };
            rest = slice(from_caret, passed..from_caret.len());
        }
    }
}
