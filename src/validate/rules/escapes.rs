//! Rules about backslashes in text.

use alloc::format;
use core::ops::Range;

use crate::registry::{self, ValueType};
use crate::syntax::flags::Flags;
use crate::syntax::span::slice;
use crate::validate::diagnostic::{
    Rule,
    Severity::{Error, Info, Warning},
};
use crate::validate::findings::{Findings, shown};
use crate::validate::octets::Octets;
use crate::validate::placed_line::{PlacedLine, SpanIn};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] =
    &[&ESCAPE_UNKNOWN, &ESCAPE_DANGLING, &LINE_BREAK_NOT_ENCODED];

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
    "2.1 has no \\n: readers that keep to it show a backslash and an n. Write \
     ENCODING=QUOTED-PRINTABLE and =0D=0A. A path such as C:\\new is no line break, and found too.",
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
    let value = line.content.value(line.property.version());
    if findings.is_2_1() {
        return line_break_not_encoded(findings, line, &value);
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
        "\"{}\" is no escape; expected \\\\ for a backslash, and none before other characters",
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

fn line_break_not_encoded(findings: &mut Findings, line: &PlacedLine<'_>, value: &[u8]) {
    let found = value.windows(3).position(|octets| {
        // After an octet of another charset it may be the second half of a character.
        matches!(octets, [before, b'\\', b'n'] if before.is_ascii() && *before != b'\\')
    });
    if let Some(before) = found {
        findings.add(
            &LINE_BREAK_NOT_ENCODED,
            line,
            SpanIn::Value(before + 1..before + 3),
            "\\n is a backslash and an n in 2.1; a line break is =0D=0A in quoted-printable",
        );
    }
}

/// Whether the value is text, where backslashes mean something. A property that no table has is.
fn is_text(findings: &Findings, line: &PlacedLine<'_>) -> bool {
    if line.content.parameter_text().is_some()
        && let Some(value) = line.content.parameter("VALUE")
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
