//! Rules about quoted-printable.

use alloc::borrow::Cow;
use alloc::format;
use core::ops::Range;

use crate::syntax::flags::Flags;
use crate::syntax::fold::LINE_MAX;
use crate::syntax::quoted_printable;
use crate::validate::findings::Findings;
use crate::validate::looks_at::LooksAt;
use crate::validate::placed_line::PlacedLine;
use crate::validate::rule::{
    Rule,
    Severity::{Error, Warning},
};

pub(in crate::validate) static RULES: &[&Rule] = &[
    &QUOTED_PRINTABLE_INVALID,
    &QUOTED_PRINTABLE_UNENDED,
    &QUOTED_PRINTABLE_LINE_TOO_LONG,
];

pub(in crate::validate) const LOOKS_AT: LooksAt =
    LooksAt::flags(Flags::QUOTED_PRINTABLE.or(Flags::OPEN));

pub(in crate::validate) static QUOTED_PRINTABLE_INVALID: Rule = Rule::new(
    "quoted-printable-invalid",
    [Some(Error), Some(Error), Some(Error)],
    &["vCard 2.1, 2.1.5"],
    "An equals sign in quoted-printable text precedes two hexadecimal digits or a line break.",
    "Readers keep it, drop it, or drop the value. An equals sign itself is written =3D.",
);

pub(in crate::validate) static QUOTED_PRINTABLE_UNENDED: Rule = Rule::new(
    "quoted-printable-unended",
    [Some(Error), Some(Error), Some(Error)],
    &["vCard 2.1, 2.1.3"],
    "A line follows each soft line break.",
    "An equals sign at the end of the line continues the value on the next line, and there is none: \
     many readers take END:VCARD for text and lose the card after this one too. Remove the equals \
     sign.",
);

pub(in crate::validate) static QUOTED_PRINTABLE_LINE_TOO_LONG: Rule = Rule::new(
    "quoted-printable-line-too-long",
    [Some(Warning), None, None],
    &["vCard 2.1, 2.1.3"],
    "A line of quoted-printable text is shorter than 76 characters.",
    "Mail software breaks longer lines. Break the line with an equals sign. Reported once a card, \
     with the number of lines.",
);

pub(in crate::validate) fn check(findings: &mut Findings, line: &PlacedLine<'_>) {
    if line.flags().has(Flags::QUOTED_PRINTABLE) {
        quoted_printable_invalid(findings, line);
        quoted_printable_unended(findings, line);
    }
}

fn quoted_printable_invalid(findings: &mut Findings, line: &PlacedLine<'_>) {
    if let Some(invalid) = quoted_printable::first_invalid(line.content.raw_value()) {
        findings.add(
            &QUOTED_PRINTABLE_INVALID,
            line,
            line.span_in_written_value(invalid..invalid + 1),
            "the equals sign precedes neither two hexadecimal digits nor a line break; expected =3D",
        );
    }
}

fn quoted_printable_unended(findings: &mut Findings, line: &PlacedLine<'_>) {
    if line.flags().has(Flags::OPEN)
        && let Some(equals) = memchr::memrchr(b'=', line.content.raw_value())
    {
        findings.add(
            &QUOTED_PRINTABLE_UNENDED,
            line,
            line.span_in_written_value(equals..equals + 1),
            "the value goes on after the soft line break, and no line of it follows",
        );
    }
}

/// A physical line of 2.1 with more than 75 octets.
pub(in crate::validate) fn quoted_printable_line_too_long(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    content: Range<usize>,
) {
    if !line.flags().has(Flags::QUOTED_PRINTABLE) {
        return;
    }
    let length = content.len();
    let beyond = content.start + LINE_MAX..content.end;
    findings.count(&QUOTED_PRINTABLE_LINE_TOO_LONG, line, beyond, || {
        Cow::Owned(format!(
            "the line has {length} octets; break it before 76 with an equals sign"
        ))
    });
}
