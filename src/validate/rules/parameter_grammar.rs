//! Rules about the grammar of parameters.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::groups_and_names::is_word_byte;
use super::{known_types, type_repairs, value_types};
use crate::card::{Parameter, ParameterEdit};
use crate::registry::{self, Defined, ParameterId, ParameterRow, PropertyId, PropertyRow};
use crate::syntax::ParameterRef;
use crate::syntax::byte_class::{is_in_token, is_white_space, trim};
use crate::syntax::flags::Flags;
use crate::syntax::span::slice;
use crate::validate::findings::{Findings, shown};
use crate::validate::fix::{Change, Fix};
use crate::validate::looks_at::LooksAt;
use crate::validate::octets::{Octets, is_control};
use crate::validate::placed_line::{LineParameter, PlacedLine, SpanIn};
use crate::validate::rule::{
    Rule,
    Severity::{Error, Info, Warning},
    section_in,
};
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
    [Some(Warning), Some(Warning), Some(Error)],
    &[
        "RFC 6350, 5",
        "RFC 6350, 3.3",
        "RFC 2426, 4",
        "RFC 2425, 5.8.2",
        "vCard 2.1, 2.9",
    ],
    "A parameter that means something has a value.",
    "In 3.0 and 4.0 an empty value is grammatical, but it is neither a TYPE nor a number nor a language tag. Remove the \
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
    [None, Some(Warning), Some(Warning)],
    &[
        "RFC 6868, 3",
        "RFC 6868, 1",
        "RFC 6350, 5",
        "RFC 2425, 5.8.2",
    ],
    "A backslash in a parameter value is a backslash.",
    "A line break is ^n there, a double quote ^' (RFC 6868), and delimiters stand in quotes. Only in \
     LABEL is \\n a line break, and the separators of JSCOMPS escape commas and semicolons. In 3.0 it is \
     looked for before the commas of TYPE only: there TYPE=HOME\\,VOICE is not the two words that are \
     meant.",
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
            parameter_empty(findings, line, parameter, parameters);
            parameter_name_invalid(findings, line, parameter);
            parameter_value_missing(findings, line, parameter, parameters);
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
        if parameter_empty(findings, line, written, parameters) {
            continue;
        }
        match written.name_bytes() {
            Some(_) => {
                white_space_in_parameter(findings, line, written);
                parameter_name_invalid(findings, line, written);
                parameter_value_missing(findings, line, written, parameters);
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
            backslash_in_parameter(findings, line, parameter, parameters);
        }
    }
}

fn parameter_empty(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: ParameterRef<'_>,
    parameters: &[LineParameter<'_>],
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
    findings.fix(|| {
        without_empty("remove the semicolon", line, parameters, |other| {
            trim(other.raw()).is_empty()
        })
    });
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
    } else if matches!(name, [b'x' | b'X', b'-']) {
        findings.add(
            &PARAMETER_NAME_INVALID,
            line,
            line.span_of(name),
            "no name after X-; expected one of letters, digits and hyphens",
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
            "white space {side} the parameter name {}",
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
    let standard = findings.standard;
    let may_be_type = line
        .row
        .is_some_and(|row| takes_types(row, standard) && is_type(row.id, standard, word));
    let message = match meaning {
        "TYPE" if !may_be_type && is_first(word, parameters) => {
            format!(
                "\"{}\" has no name; expected one, as X-NAME={0}",
                shown(word)
            )
        }
        "TYPE" if !may_be_type => {
            format!(
                "\"{}\" has no name; expected one, or quotes around the value that it is a part of",
                shown(word)
            )
        }
        _ => format!("\"{}\" has no name; expected {meaning}={0}", shown(word)),
    };
    findings.add(&PARAMETER_BARE, line, line.span_of(word), message);
    findings.fix(|| with_names(line, parameters, standard));
}

/// Whether no parameter with a value stands before a word, so that it is no part of one.
fn is_first(word: &[u8], parameters: &[LineParameter<'_>]) -> bool {
    let mut before = parameters
        .iter()
        .take_while(|other| trim(other.written.raw()).as_ptr() != word.as_ptr());
    before.all(|other| other.written.name_bytes().is_none())
}

/// Whether a property has words of TYPE in a version.
fn takes_types(row: &PropertyRow, standard: Version) -> bool {
    let column = row.column(standard);
    column.is_some_and(|column| column.permit(ParameterId::TYPE).is_permitted())
}

/// Whether a word is one of TYPE: of the version, or in 3.0 of 2.1, which many wrote words of.
fn is_type(property: PropertyId, standard: Version, word: &[u8]) -> bool {
    let before =
        standard == Version::V3_0 && registry::is_registered_type(property, Version::V2_1, word);
    before || known_types::is_known_type(property, standard, word)
}

/// The words without a name with the names that they stand for, if each of them can only be that: it
/// is a word of TYPE on a property that has some, the encoding that the value is in, or a type that the
/// value may be of, and is not the end of a value before it that should stand in quotes.
fn with_names(
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
    standard: Version,
) -> Option<Fix> {
    let row = line.row.filter(|row| row.stands_for.is_none())?;
    let has_types = takes_types(row, standard);
    let mut edits = Vec::new();
    let mut words: Vec<String> = Vec::new();
    let mut first = None;
    let mut named = Vec::new();
    let (mut encodings, mut types) = (0, 0);
    // Whether a value before it may go on with this word.
    let mut open = false;
    for (place, parameter) in parameters.iter().enumerate() {
        encodings += usize::from(parameter.is(ParameterId::ENCODING));
        types += usize::from(parameter.is(ParameterId::VALUE));
        let written = parameter.written;
        if written.name_bytes().is_some() {
            let free_text = parameter.id.is_none_or(|id| id.row().is_free_text);
            open |= free_text && !written.raw().contains(&b'"');
            continue;
        }
        if trim(written.raw()).is_empty() {
            continue;
        }
        if open {
            return None;
        }
        let word = String::from(written.value().trim());
        let is_encoding = written.meaning() == "ENCODING";
        if is_encoding && line.flags().has(Flags::BASE64) && standard == Version::V3_0 {
            let encoding = Parameter::new("ENCODING", ["b"]).ok()?;
            edits.push(ParameterEdit::Replace(place, encoding));
            named.push(String::from("ENCODING=b"));
        } else if let Some(value_type) = value_type(&written, row, standard) {
            let value = Parameter::new("VALUE", [value_type]).ok()?;
            edits.push(ParameterEdit::Replace(place, value));
            named.push(format!("VALUE={value_type}"));
        } else if has_types
            && written.values().nth(1).is_none()
            && is_type(row.id, standard, word.as_bytes())
        {
            first.get_or_insert(edits.len());
            edits.push(ParameterEdit::Remove(place));
            words.push(word);
        } else {
            return None;
        }
    }
    if encodings > 1 || types > 1 {
        return None;
    }
    if !words.is_empty() {
        named.push(format!("TYPE={}", words.join(",")));
    }
    let title = format!("write {}", named.join(" and "));
    if let Some(edit) = first.and_then(|first| edits.get_mut(first))
        && let ParameterEdit::Remove(place) = *edit
    {
        *edit = ParameterEdit::Replace(place, type_repairs::types(words)?);
    }
    Some(Fix::new(title, line, Change::Parameters(edits)))
}

/// The type of values that a word alone names, where the property may have it.
fn value_type(
    written: &ParameterRef<'_>,
    row: &PropertyRow,
    standard: Version,
) -> Option<&'static str> {
    let named = registry::value_type(trim(written.raw()))?;
    let is_permitted = written.meaning() == "VALUE"
        && value_types::is_permitted(named, standard, Some(row.column(standard)?));
    is_permitted.then_some(named.name)
}

fn parameter_value_missing(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: ParameterRef<'_>,
    parameters: &[LineParameter<'_>],
) {
    let Some(row) = without_value(parameter) else {
        return;
    };
    findings.add_citing(
        section_in(row.sections, findings.standard),
        &PARAMETER_VALUE_MISSING,
        line,
        line.span_of(parameter.raw()),
        format!("the parameter {} has no value", row.name),
    );
    findings.fix(|| {
        let title = format!("remove {}", row.name);
        without_empty(title, line, parameters, |other| {
            without_value(other).is_some()
        })
    });
}

/// The row of a parameter that has no value and should.
fn without_value(parameter: ParameterRef<'_>) -> Option<&'static ParameterRow> {
    let raw = parameter.raw();
    if raw.last() != Some(&b'=') && !raw.ends_with(b"\"\"") {
        return None;
    }
    let row = registry::parameter(parameter.name_bytes()?)?;
    let missing =
        !MAY_BE_EMPTY.contains(&row.id) && parameter.values().all(|value| value.is_empty());
    missing.then_some(row)
}

/// The parameters that say nothing removed, each by its place: another of that name may say
/// something.
fn without_empty(
    title: impl Into<Cow<'static, str>>,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
    is_empty: impl Fn(ParameterRef<'_>) -> bool,
) -> Option<Fix> {
    let empty = parameters
        .iter()
        .enumerate()
        .filter(|(_, it)| is_empty(it.written));
    let edits: Vec<_> = empty
        .map(|(place, _)| ParameterEdit::Remove(place))
        .collect();
    Some(Fix::new(title, line, Change::Parameters(edits)))
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
            if let Some((section, message)) = quote_hidden(findings.standard, inner) {
                let rule = &PARAMETER_VALUE_INVALID;
                findings.add_citing(section, rule, line, line.span_of(value), message);
                continue;
            }
            "a double quote inside of the parameter value"
        } else if inner.iter().copied().any(is_control) {
            "a control character in the parameter value"
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
    let span = SpanIn::Head(quote..quote + 1);
    let (section, message) = quote_hidden(findings.standard, line.content.head()).unwrap_or((
        None,
        "the quote is not closed before the colon; expected a second one",
    ));
    findings.add_citing(section, &QUOTE_UNCLOSED, line, span, message);
}

/// What is to be said of a quote with a backslash before it, which hides it from nobody, and where it
/// stands that no value has one.
fn quote_hidden(standard: Version, text: &[u8]) -> Option<(Option<&'static str>, &'static str)> {
    memchr::memmem::find(text, b"\\\"")?;
    Some(match standard {
        Version::V4_0 => (
            Some("RFC 6350, 5"),
            "a backslash does not hide the quote in a parameter; expected ^' for it",
        ),
        _ => (
            None,
            "a backslash does not hide the quote in a parameter; expected none in the value",
        ),
    })
}

/// What some programs write for TYPE=HOME,VOICE, and is two words, one with a backslash at its end.
fn comma_escaped_in_type(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    parameters: &[LineParameter<'_>],
) {
    let span = line.span_of(parameter.written.raw());
    let message = "a backslash before the comma in TYPE; expected the comma alone";
    findings.add_as(Warning, &BACKSLASH_IN_PARAMETER, line, span, message);
    let standard = findings.standard;
    findings.fix(|| type_repairs::without_backslashes(line, parameters, standard));
}

fn backslash_in_parameter(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    parameters: &[LineParameter<'_>],
) {
    // These two have escapes of their own (RFC 6350, 6.3.1; RFC 9555, 3.3.1).
    if parameter.is(ParameterId::LABEL) || parameter.is(ParameterId::JSCOMPS) {
        return;
    }
    let is_escape = |pair: &&[u8]| matches!(pair, [b'\\', b'n' | b'N' | b',' | b';']);
    let types = parameter.is(ParameterId::TYPE);
    if types && known_types::has_escaped_comma(parameter) {
        return comma_escaped_in_type(findings, line, parameter, parameters);
    }
    // 3.0 has no other way to write one.
    if findings.standard == Version::V3_0 {
        return;
    }
    if let Some(escape) = parameter.written.raw().windows(2).find(is_escape) {
        findings.add_as(
            Info,
            &BACKSLASH_IN_PARAMETER,
            line,
            line.span_of(escape),
            format!(
                "\"{}\" is not an escape in a parameter; expected ^n for a line break, and delimiters \
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
                            "\"{}\" is not an escape; a circumflex itself is written ^^",
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
