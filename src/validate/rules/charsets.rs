//! Rules about the parameter CHARSET.

use alloc::borrow::Cow;
use alloc::format;
use core::ops::Range;

use super::encodings::written;
use crate::registry::ParameterId;
use crate::syntax::ParameterRef;
use crate::syntax::charset;
use crate::syntax::flags::Flags;
use crate::validate::diagnostic::{
    Rule,
    Severity::{Error, Warning},
};
use crate::validate::findings::{Findings, shown};
use crate::validate::looks_at::LooksAt;
use crate::validate::octets::{Octets, begins_with};
use crate::validate::placed_line::{LineParameter, PlacedLine};

pub(in crate::validate) static RULES: &[&Rule] =
    &[&CHARSET_MISSING, &CHARSET_OUTSIDE_2_1, &CHARSET_UNKNOWN];

pub(in crate::validate) const LOOKS_AT: LooksAt = LooksAt::parameters(&[ParameterId::CHARSET]);

pub(in crate::validate) static CHARSET_MISSING: Rule = Rule::new(
    "charset-missing",
    [Some(Warning), None, None],
    &["vCard 2.1, 2.1.6"],
    "Text of 2.1 that is not US-ASCII names its charset.",
    "Without CHARSET it is US-ASCII. Readers guess, and guess differently. Write CHARSET=UTF-8.",
);

pub(in crate::validate) static CHARSET_OUTSIDE_2_1: Rule = Rule::new(
    "charset-outside-2.1",
    [None, Some(Warning), Some(Warning)],
    &[
        "RFC 6350, A.2",
        "RFC 6350, 3.1",
        "RFC 2426, 5",
        "RFC 2425, 5.3",
    ],
    "Only 2.1 has the parameter CHARSET.",
    "Readers of later versions do not look at it, and take the text for UTF-8. Remove it.",
);

pub(in crate::validate) static CHARSET_UNKNOWN: Rule = Rule::new(
    "charset-unknown",
    [Some(Error), None, None],
    &["vCard 2.1, 2.1.6"],
    "CHARSET names a registered charset.",
    "A reader cannot know which characters the octets stand for.",
);

/// The CHARSET of a line, if it names one.
pub(in crate::validate) fn named<'a>(line: &PlacedLine<'a>) -> Option<Cow<'a, str>> {
    line.content.parameter_text()?;
    line.content
        .parameter("CHARSET")
        .map(|parameter| parameter.value())
}

pub(in crate::validate) fn check(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
) {
    for parameter in parameters {
        if parameter.is(ParameterId::CHARSET) {
            match findings.is_2_1() {
                true => charset_unknown(findings, line, parameter.written),
                false => charset_outside_2_1(findings, line, parameter.written),
            }
        }
    }
}

fn charset_outside_2_1(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: ParameterRef<'_>,
) {
    findings.add(
        &CHARSET_OUTSIDE_2_1,
        line,
        line.span_of(parameter.raw()),
        format!(
            "CHARSET in a card of {}; expected UTF-8, and no CHARSET",
            findings.standard
        ),
    );
}

fn charset_unknown(findings: &mut Findings, line: &PlacedLine<'_>, parameter: ParameterRef<'_>) {
    let label = written(parameter);
    if is_charset(label) {
        return;
    }
    findings.add(
        &CHARSET_UNKNOWN,
        line,
        line.span_of(label),
        format!(
            "\"{}\" is no charset that is known; expected a registered name, as UTF-8",
            shown(label)
        ),
    );
}

/// Whether a label names a charset, decodable here or not.
fn is_charset(label: &[u8]) -> bool {
    /// The families of names that address books of the time wrote.
    const FAMILIES: [&str; 20] = [
        "ISO-8859-",
        "ISO8859-",
        "ISO_8859-",
        "ISO-2022-",
        "WINDOWS-",
        "CP",
        "IBM",
        "KOI8-",
        "EUC-",
        "SHIFT_JIS",
        "SHIFT-JIS",
        "SJIS",
        "X-SJIS",
        "GB",
        "HZ-GB-",
        "BIG5",
        "UTF-16",
        "UTF-32",
        "MACINTOSH",
        "TIS-620",
    ];
    let Ok(text) = core::str::from_utf8(label) else {
        return false;
    };
    charset::is_known(text)
        || ["UTF-7", "LATIN1", "ANSI"]
            .iter()
            .any(|name| name.eq_ignore_ascii_case(text))
        || FAMILIES.iter().any(|family| begins_with(label, family))
}

/// In 2.1: octets beyond US-ASCII, bare or quoted-printable, without CHARSET.
pub(in crate::validate) fn charset_missing(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    octets: Octets,
) {
    let flags = line.flags();
    let quoted_printable = flags.has(Flags::QUOTED_PRINTABLE);
    if !findings.is_2_1()
        || !(quoted_printable || octets.non_ascii)
        || flags.has(Flags::NESTED)
        || flags.has(Flags::BASE64)
        || named(line).is_some()
    {
        return;
    }
    let value = line.content.raw_value();
    let bare = value
        .iter()
        .position(|byte| !byte.is_ascii())
        .map(|octet| octet..octet + 1);
    let found = bare.or_else(|| encoded_octet(value).filter(|_| quoted_printable));
    if let Some(span) = found {
        findings.add(
            &CHARSET_MISSING,
            line,
            line.span_in_written_value(span),
            "text beyond US-ASCII, and no CHARSET; expected the name of its charset, as CHARSET=UTF-8",
        );
    }
}

/// The first octet beyond US-ASCII that is written in quoted-printable.
fn encoded_octet(value: &[u8]) -> Option<Range<usize>> {
    let is_octet = |equals: &usize| {
        matches!(
            value.get(equals + 1..equals + 3),
            Some([b'8' | b'9' | b'A'..=b'F' | b'a'..=b'f', low]) if low.is_ascii_hexdigit()
        )
    };
    memchr::memchr_iter(b'=', value)
        .find(is_octet)
        .map(|equals| equals..equals + 3)
}
