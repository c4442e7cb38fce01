//! Rules about backslashes in text.

use alloc::format;

use super::card::{Octets, is_2_1};
use super::diagnostic::{
    Rule,
    Severity::{Error, Info, Warning},
};
use super::findings::{Findings, LineAt, shown};
use crate::registry::{self, ValueType};
use crate::syntax::line::Flags;
use crate::version::Version;

pub(super) static ESCAPE_UNKNOWN: Rule = Rule::new(
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

pub(super) static ESCAPE_DANGLING: Rule = Rule::new(
    "escape-dangling",
    [None, Some(Error), Some(Error)],
    &["RFC 6350, 3.4", "RFC 2426, 4"],
    "A backslash is not the last character of a text.",
    "Readers drop it, or fail. A backslash itself is written \\\\.",
);

pub(super) static LINE_BREAK_NOT_ENCODED: Rule = Rule::new(
    "line-break-not-encoded",
    [Some(Info), None, None],
    &["vCard 2.1, 2.1.3"],
    "A text of 2.1 with a line break is quoted-printable.",
    "2.1 has no \\n: readers that keep to it show a backslash and an n. Write \
     ENCODING=QUOTED-PRINTABLE and =0D=0A. A path such as C:\\new is no line break, and found too.",
);

pub(super) fn check(findings: &mut Findings, at: &LineAt<'_>, octets: Octets) {
    // The octets of encoded text are not those of the line.
    let flags = at.flags();
    if !octets.backslash
        || flags.has(Flags::QUOTED_PRINTABLE)
        || flags.has(Flags::BASE64)
        || flags.has(Flags::NESTED)
    {
        return;
    }
    if memchr::memchr(b'\\', at.line.raw_value()).is_none() || !is_text(findings, at) {
        return;
    }
    let value = at.line.value(at.property.version());
    if is_2_1(findings) {
        return line_break(findings, at, &value);
    }
    let mut from = 0;
    while let Some(found) = memchr::memchr(b'\\', value.get(from..).unwrap_or_default()) {
        let backslash = from + found;
        match value.get(backslash + 1) {
            Some(b'\\' | b',' | b';' | b'n' | b'N') => {}
            Some(next) => {
                let width = match next {
                    0xC0..=0xDF => 2,
                    0xE0..=0xEF => 3,
                    0xF0..=0xFF => 4,
                    _ => 1,
                };
                let end = (backslash + 1 + width).min(value.len());
                let escape = value.get(backslash..end).unwrap_or_default();
                findings.add(
                    &ESCAPE_UNKNOWN,
                    at,
                    at.in_value(backslash..end),
                    format!("\"{}\" is no escape; expected \\\\ for a backslash, and none before other characters", shown(escape)),
                );
            }
            None => findings.add(
                &ESCAPE_DANGLING,
                at,
                at.in_value(backslash..backslash + 1),
                "the value ends in a backslash that escapes nothing; expected \\\\ or none",
            ),
        }
        from = backslash + 2;
    }
}

fn line_break(findings: &mut Findings, at: &LineAt<'_>, value: &[u8]) {
    let found = value.windows(3).enumerate().find(|(_, octets)| {
        // After an octet of another charset it may be the second half of a character.
        matches!(octets, [before, b'\\', b'n'] if before.is_ascii() && *before != b'\\')
    });
    if let Some((before, _)) = found {
        findings.add(
            &LINE_BREAK_NOT_ENCODED,
            at,
            at.in_value(before + 1..before + 3),
            "\\n is a backslash and an n in 2.1; a line break is =0D=0A in quoted-printable",
        );
    }
}

/// Whether the value is text, where backslashes mean something. A property that no table has is.
fn is_text(findings: &Findings, at: &LineAt<'_>) -> bool {
    if at.line.parameter_text().is_some()
        && let Some(value) = at.line.parameter("VALUE")
    {
        let named = registry::value_type(value.value().as_bytes());
        return named.is_some_and(|row| row.value_type == ValueType::Text);
    }
    match at.row {
        Some(row) => row
            .column(findings.standard)
            .or(row.column(Version::V4_0))
            .is_some_and(|column| column.default_type() == ValueType::Text),
        None => true,
    }
}
