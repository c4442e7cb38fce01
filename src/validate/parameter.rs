//! Rules about the grammar of parameters.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::card::{Octets, is_2_1, is_control};
use super::diagnostic::{
    Rule,
    Severity::{Error, Info, Warning},
    section_in,
};
use super::findings::{Findings, LineAt, Param, shown};
use super::fix::{Change, Fix};
use crate::registry::{self, Defined, ParameterId};
use crate::syntax::ParameterRef;
use crate::syntax::grammar::{is_white_space, trim};
use crate::syntax::line::Flags;
use crate::version::Version;

pub(super) static PARAMETER_BARE: Rule = Rule::new(
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

pub(super) static PARAMETER_EMPTY: Rule = Rule::new(
    "parameter-empty",
    [Some(Warning), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.1.2"],
    "A parameter follows each semicolon before the colon.",
    "Strict readers give up the line. Remove the semicolon.",
);

pub(super) static PARAMETER_NAME_INVALID: Rule = Rule::new(
    "parameter-name-invalid",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.9"],
    "The name of a parameter is made of letters, digits and hyphens.",
    "Readers skip the parameter or give up the line.",
);

pub(super) static PARAMETER_VALUE_INVALID: Rule = Rule::new(
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

pub(super) static PARAMETER_VALUE_MISSING: Rule = Rule::new(
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

pub(super) static QUOTE_UNCLOSED: Rule = Rule::new(
    "quote-unclosed",
    [None, Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "RFC 6350, 5"],
    "A quote in a parameter is closed before the value begins.",
    "Taken literally the rest of the line, colon and value, is inside of the quote, and the line has \
     no value. Here the quote counts as a character. Close it, or remove it.",
);

pub(super) static CARET_UNKNOWN: Rule = Rule::new(
    "caret-unknown",
    [None, None, Some(Info)],
    &["RFC 6868, 3"],
    "A circumflex in a parameter value begins ^n, ^^ or ^'.",
    "Before anything else it stays what it is; written anew it becomes ^^. The writer may not know \
     RFC 6868.",
);

pub(super) static WHITE_SPACE_IN_PARAMETER: Rule = Rule::new(
    "white-space-in-parameter",
    [None, Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2426, 5"],
    "There is no white space before or after the name of a parameter.",
    "vCard 2.1 allows it. Readers of later versions take it for a part of the name, and do not know \
     the parameter.",
);

pub(super) static BACKSLASH_IN_PARAMETER: Rule = Rule::new(
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

pub(super) fn check(
    findings: &mut Findings,
    at: &LineAt<'_>,
    params: &[Param<'_>],
    octets: Octets,
) {
    let Some(text) = at.line.parameter_text() else {
        return;
    };
    if is_2_1(findings) {
        for parameter in params.iter().map(|param| param.parameter) {
            empty(findings, at, parameter);
            name(findings, at, parameter);
        }
        return;
    }
    let unclosed =
        at.flags().has(Flags::LITERAL_QUOTES) && !at.flags().has(Flags::BACKSLASH_ESCAPES);
    if unclosed {
        quote_unclosed(findings, at);
    }
    let quoted = at.flags().has(Flags::QUOTE) && !unclosed;
    let caret = findings.standard == Version::V4_0 && memchr::memchr(b'^', text).is_some();
    let backslashes = octets.backslash && memchr::memchr(b'\\', text).is_some();
    for param in params {
        let parameter = param.parameter;
        if empty(findings, at, parameter) {
            continue;
        }
        match parameter.name_bytes() {
            Some(_) => {
                white_space(findings, at, parameter);
                name(findings, at, parameter);
                value_missing(findings, at, parameter);
            }
            None => bare(findings, at, parameter, params),
        }
        if quoted || octets.control {
            values(findings, at, parameter);
        }
        if caret {
            caret_unknown(findings, at, parameter);
        }
        if backslashes {
            backslash(findings, at, param);
        }
    }
}

fn empty(findings: &mut Findings, at: &LineAt<'_>, parameter: ParameterRef<'_>) -> bool {
    let raw = parameter.raw();
    if !trim(raw).is_empty() {
        return false;
    }
    let head = at.line.head();
    let semicolon = (raw.as_ptr() as usize - head.as_ptr() as usize).saturating_sub(1);
    findings.add(
        &PARAMETER_EMPTY,
        at,
        at.in_head(semicolon..semicolon + 1),
        "no parameter after the semicolon; expected one, or no semicolon",
    );
    true
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

fn name(findings: &mut Findings, at: &LineAt<'_>, parameter: ParameterRef<'_>) {
    let Some(name) = parameter.name_bytes() else {
        return;
    };
    let valid = match is_2_1(findings) {
        true => name
            .iter()
            .all(|byte| byte.is_ascii_graphic() && !b"[]=:.,;".contains(byte)),
        false => name.iter().copied().all(is_name_byte),
    };
    if name.is_empty() {
        let equals = parameter.raw().get(..1).unwrap_or_default();
        findings.add(
            &PARAMETER_NAME_INVALID,
            at,
            at.of_head(equals),
            "no name before the equals sign",
        );
    } else if !valid {
        findings.add(
            &PARAMETER_NAME_INVALID,
            at,
            at.of_head(name),
            format!(
                "the parameter name \"{}\" is not made of letters, digits and hyphens",
                shown(name)
            ),
        );
    }
}

fn white_space(findings: &mut Findings, at: &LineAt<'_>, parameter: ParameterRef<'_>) {
    let raw = parameter.raw();
    let Some(equals) = raw.iter().position(|byte| *byte == b'=') else {
        return;
    };
    let written = raw.get(..equals).unwrap_or_default();
    let before = written
        .iter()
        .take_while(|byte| is_white_space(**byte))
        .count();
    let after = written
        .iter()
        .rev()
        .take_while(|byte| is_white_space(**byte))
        .count();
    let spaces = match (before, after) {
        (0, 0) => return,
        (0, after) => written.get(written.len() - after..),
        (before, _) => written.get(..before),
    };
    let side = if before > 0 { "before" } else { "after" };
    findings.add(
        &WHITE_SPACE_IN_PARAMETER,
        at,
        at.of_head(spaces.unwrap_or_default()),
        format!(
            "white space {side} the parameter name {}; expected none",
            shown(trim(written))
        ),
    );
}

fn bare(
    findings: &mut Findings,
    at: &LineAt<'_>,
    parameter: ParameterRef<'_>,
    params: &[Param<'_>],
) {
    let word = trim(parameter.raw());
    let named =
        registry::parameter(word).is_some_and(|row| row.defined(findings.standard) == Defined::Yes);
    if named {
        return findings.add(
            &PARAMETER_VALUE_MISSING,
            at,
            at.of_head(word),
            format!("the parameter {} has no value", shown(word)),
        );
    }
    findings.add(
        &PARAMETER_BARE,
        at,
        at.of_head(word),
        format!(
            "\"{}\" has no name; expected {}={0}",
            shown(word),
            parameter.meaning()
        ),
    );
    findings.fix(|| {
        let only_types = params.iter().all(|param| {
            param.parameter.name_bytes().is_some() || param.id == Some(ParameterId::TYPE)
        });
        let types: Vec<String> = params
            .iter()
            .filter(|param| param.id == Some(ParameterId::TYPE))
            .flat_map(|param| param.parameter.values())
            .map(|value| String::from(value.trim()))
            .filter(|value| !value.is_empty())
            .collect();
        only_types.then(|| {
            Fix::new(
                format!("write TYPE={}", types.join(",")),
                at.entry(),
                Change::SetParameter {
                    name: "TYPE",
                    values: types,
                },
            )
        })
    });
}

fn value_missing(findings: &mut Findings, at: &LineAt<'_>, parameter: ParameterRef<'_>) {
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
    let needed = registry::parameter(name).filter(|row| !MAY_BE_EMPTY.contains(&row.id));
    if let Some(row) = needed {
        findings.add_in(
            section_in(row.sections, findings.standard),
            &PARAMETER_VALUE_MISSING,
            at,
            at.of_head(raw),
            format!("the parameter {} has no value", shown(name)),
        );
        findings.fix(|| {
            Some(Fix::new(
                format!("remove {}", row.name),
                at.entry(),
                Change::RemoveParameter { name: row.name },
            ))
        });
    }
}

fn values(findings: &mut Findings, at: &LineAt<'_>, parameter: ParameterRef<'_>) {
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
        findings.add(&PARAMETER_VALUE_INVALID, at, at.of_head(value), message);
    }
}

/// The quote that nothing closes: the last one before the colon.
fn quote_unclosed(findings: &mut Findings, at: &LineAt<'_>) {
    let head = at.line.head();
    let quote = memchr::memrchr(b'"', head).unwrap_or_default();
    findings.add(
        &QUOTE_UNCLOSED,
        at,
        at.in_head(quote..quote + 1),
        "the quote is not closed before the colon; expected a second one",
    );
}

fn backslash(findings: &mut Findings, at: &LineAt<'_>, param: &Param<'_>) {
    let raw = param.parameter.raw();
    let escapes = |pair: &[u8]| matches!(pair, [b'\\', b'n' | b'N' | b',' | b';']);
    // These two have escapes of their own (RFC 6350, 6.3.1; RFC 9555, 3.3.1).
    if matches!(param.id, Some(ParameterId::LABEL | ParameterId::JSCOMPS)) {
        return;
    }
    if let Some(first) = raw.windows(2).position(escapes) {
        let part = raw.get(first..first + 2).unwrap_or_default();
        findings.add(
            &BACKSLASH_IN_PARAMETER,
            at,
            at.of_head(part),
            format!("\"{}\" is no escape in a parameter; expected ^n for a line break, and delimiters in quotes", shown(part)),
        );
    }
}

fn caret_unknown(findings: &mut Findings, at: &LineAt<'_>, parameter: ParameterRef<'_>) {
    for value in parameter.raw_values() {
        let mut from = 0;
        while let Some(found) = memchr::memchr(b'^', value.get(from..).unwrap_or_default()) {
            let caret = from + found;
            match value.get(caret + 1) {
                Some(b'n' | b'^' | b'\'') => from = caret + 2,
                next => {
                    // Up to the next character, as long as that is one.
                    let shows = next.is_some_and(|byte| byte.is_ascii_graphic() && *byte != b'"');
                    let end = caret + 1 + usize::from(shows);
                    let part = value.get(caret..end).unwrap_or_default();
                    findings.add(
                        &CARET_UNKNOWN,
                        at,
                        at.of_head(part),
                        format!(
                            "\"{}\" is no escape; a circumflex alone is written ^^",
                            shown(part)
                        ),
                    );
                    from = caret + 1;
                }
            }
        }
    }
}
