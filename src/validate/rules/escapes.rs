//! Rules about backslashes in text.

use alloc::format;
use core::ops::Range;

use crate::registry::{self, ValueType};
use crate::syntax::flags::Flags;
use crate::syntax::span::slice;
use crate::validate::findings::{Findings, shown};
use crate::validate::octets::Octets;
use crate::validate::placed_line::{PlacedLine, SpanIn};
use crate::validate::rule::{
    Rule,
    Severity::{Error, Info, Warning},
};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &ESCAPE_UNKNOWN,
    &ESCAPE_DANGLING,
    &LINE_BREAK_NOT_ENCODED,
    &COMMA_ESCAPED,
];

pub(in crate::validate) static ESCAPE_UNKNOWN: Rule = Rule::new(
    "escape-unknown",
    [None, Some(Warning), Some(Warning)],
    &[
        "RFC 6350, 3.4",
        "RFC 6350, 4.1",
        "RFC 2426, 4",
        "RFC 6350, 4",
    ],
    "A backslash in text precedes a backslash, a comma, a semicolon or an n.",
    "Readers keep the backslash or drop it. A backslash itself is written \\\\; no other character \
     needs one.",
);

pub(in crate::validate) static ESCAPE_DANGLING: Rule = Rule::new(
    "escape-dangling",
    [None, Some(Error), Some(Error)],
    &["RFC 6350, 3.4", "RFC 2426, 4"],
    "A backslash is not the last character of a text.",
    "Readers drop it, or fail. A backslash itself is written \\\\.",
);

pub(in crate::validate) static LINE_BREAK_NOT_ENCODED: Rule = Rule::new(
    "line-break-not-encoded",
    [Some(Info), None, None],
    &["vCard 2.1, 2.1.3"],
    "A text of 2.1 with a line break is quoted-printable.",
    "2.1 has no \\n: nearly all readers take it for a line break, and those that keep to the letter show \
     a backslash and an n. Write ENCODING=QUOTED-PRINTABLE and =0D=0A. A path such as C:\\new is read \
     with a line break, too: there the n is =6E in quoted-printable.",
);

pub(in crate::validate) static COMMA_ESCAPED: Rule = Rule::new(
    "comma-escaped",
    [Some(Info), None, None],
    &["vCard 2.1, 2.1.3"],
    "A comma in a text of 2.1 has no backslash before it.",
    "2.1 escapes nothing but the semicolons of components. Nearly all readers drop the backslash, as in \
     later versions; those that keep to the letter show it. Leave it out.",
);

pub(in crate::validate) fn check(findings: &mut Findings, line: &PlacedLine<'_>, octets: Octets) {
    // The octets of encoded text are not those of the line.
    let flags = line.flags();
    if !octets.backslash
        || flags.has(Flags::QUOTED_PRINTABLE)
        || flags.has(Flags::BASE64)
        || flags.has(Flags::NESTED)
    {
        return;
    }
    if memchr::memchr(b'\\', line.content.raw_value()).is_none() || !is_text(findings, line) {
        return;
    }
    let value = line.content.value();
    if findings.is_2_1() {
        return escapes_of_2_1(findings, line, &value);
    }
    let mut from = 0;
    while let Some(found) = memchr::memchr(b'\\', value.get(from..).unwrap_or_default()) {
        let backslash = from + found;
        match value.get(backslash + 1) {
            Some(b'\\' | b',' | b';' | b'n' | b'N') => {}
            Some(next) => {
                let end = (backslash + 1 + width(*next)).min(value.len());
                escape_unknown(findings, line, &value, backslash..end);
            }
            None => escape_dangling(findings, line, backslash),
        }
        from = backslash + 2;
    }
}

/// How many octets a character has that begins with this one.
fn width(lead: u8) -> usize {
    match lead {
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xFF => 4,
        _ => 1,
    }
}

fn escape_unknown(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    value: &[u8],
    escape: Range<usize>,
) {
    let message = format!(
        "\"{}\" is not an escape; a backslash itself is written \\\\",
        shown(slice(value, escape.clone()))
    );
    findings.add(&ESCAPE_UNKNOWN, line, SpanIn::Value(escape), message);
}

fn escape_dangling(findings: &mut Findings, line: &PlacedLine<'_>, backslash: usize) {
    findings.add(
        &ESCAPE_DANGLING,
        line,
        SpanIn::Value(backslash..backslash + 1),
        "the value ends in a backslash that escapes nothing; expected \\\\ or none",
    );
}

fn escapes_of_2_1(findings: &mut Findings, line: &PlacedLine<'_>, value: &[u8]) {
    let (mut line_break, mut comma) = (None, None);
    let mut from = 0;
    while let Some(found) = memchr::memchr(b'\\', value.get(from..).unwrap_or_default()) {
        let at = from + found;
        // After an octet of another charset it may be the second half of a character.
        let is_whole = at
            .checked_sub(1)
            .and_then(|before| value.get(before))
            .is_none_or(u8::is_ascii);
        from = at + 1;
        match value.get(at + 1) {
            Some(b'n' | b'N') if is_whole => line_break = line_break.or(Some(at)),
            Some(b',') if is_whole => comma = comma.or(Some(at)),
            // Two of them are two, but before a semicolon.
            Some(b'\\') if value.get(at + 2) != Some(&b';') => from = at + 2,
            _ => {}
        }
    }
    if let Some(at) = line_break {
        findings.add(
            &LINE_BREAK_NOT_ENCODED,
            line,
            SpanIn::Value(at..at + 2),
            "\\n is read as a line break, and is a backslash and an n by the letter of 2.1; a line break is \
             =0D=0A in quoted-printable",
        );
    }
    if let Some(at) = comma {
        findings.add(
            &COMMA_ESCAPED,
            line,
            SpanIn::Value(at..at + 2),
            "\\, is read as a comma, and is a backslash and a comma by the letter of 2.1; expected a comma",
        );
    }
}

/// Whether the value is text, where backslashes mean something. A property that no table has is.
fn is_text(findings: &Findings, line: &PlacedLine<'_>) -> bool {
    if line.content.parameter_text().is_some()
        && let Some(value) = line.content.parameter("VALUE")
        && !value.value().is_empty()
    {
        let named = registry::value_type(value.value().as_bytes());
        return named.is_some_and(|row| row.value_type == ValueType::Text);
    }
    match line.row {
        Some(row) => row
            .column(findings.standard)
            .or(row.column(Version::V4_0))
            .is_some_and(|column| column.default_type() == ValueType::Text),
        None => true,
    }
}
