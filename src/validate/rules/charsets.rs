//! Rules about the parameter CHARSET.

use alloc::borrow::Cow;
use alloc::format;
use alloc::vec::Vec;
use core::ops::Range;

use super::encodings::written;
use super::unknown_parameters;
use crate::card::ParameterEdit;
use crate::registry::ParameterId;
use crate::syntax::flags::Flags;
use crate::syntax::{ParameterRef, charset, decode};
use crate::validate::findings::{Findings, shown};
use crate::validate::fix::{Change, Fix};
use crate::validate::looks_at::LooksAt;
use crate::validate::octets::{Octets, begins_with};
use crate::validate::placed_line::{LineParameter, PlacedLine};
use crate::validate::rule::{
    Rule,
    Severity::{Error, Warning},
};

pub(in crate::validate) static RULES: &[&Rule] =
    &[&CHARSET_MISSING, &CHARSET_OUTSIDE_2_1, &CHARSET_UNKNOWN];

pub(in crate::validate) const LOOKS_AT: LooksAt = LooksAt::parameters(&[ParameterId::CHARSET]);

pub(in crate::validate) static CHARSET_MISSING: Rule = Rule::new(
    "charset-missing",
    [Some(Warning), None, None],
    &["vCard 2.1, 2.1.6"],
    "Text of 2.1 that is not US-ASCII names its charset.",
    "Without CHARSET it is US-ASCII. Readers guess, and guess differently. Write CHARSET=UTF-8 where \
     the octets are UTF-8. Where they are not it is an error, since the text cannot be read: Windows-1252 \
     is what most programs wrote.",
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
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, A.2", "RFC 2426, 5", "vCard 2.1, 2.1.6"],
    "CHARSET names a registered charset.",
    "A reader cannot know which characters the octets stand for.",
);

/// The CHARSET of a line, if it names one: an empty one names none.
pub(in crate::validate) fn named<'a>(line: &PlacedLine<'a>) -> Option<Cow<'a, str>> {
    line.content
        .charset_parameter()
        .map(|parameter| parameter.value())
        .filter(|label| !label.trim().is_empty())
}

pub(in crate::validate) fn check(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
) {
    let mut cut = None;
    for parameter in parameters {
        if parameter.is(ParameterId::CHARSET)
            && !cut.is_some_and(|cut| unknown_parameters::is_of_media_type(parameter, cut))
        {
            charset_unknown(findings, line, parameter.written);
            if !findings.is_2_1() {
                charset_outside_2_1(findings, line, parameter.written, parameters);
            }
        }
        if parameter.id.is_some() {
            cut = unknown_parameters::open(findings.standard, parameter);
        }
    }
}

fn charset_outside_2_1(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: ParameterRef<'_>,
    parameters: &[LineParameter<'_>],
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
    findings.fix(|| without_charset(line, parameters));
}

/// The text without CHARSET, where it is in UTF-8 as it says. A reader that undoes quoted-printable
/// may need to know the charset too.
fn without_charset(line: &PlacedLine<'_>, parameters: &[LineParameter<'_>]) -> Option<Fix> {
    if !line.is_plain() || core::str::from_utf8(&line.property.value_bytes()).is_err() {
        return None;
    }
    let mut edits = Vec::new();
    for (place, parameter) in parameters.iter().enumerate() {
        if parameter.is(ParameterId::CHARSET) {
            if !parameter
                .written
                .values()
                .all(|label| charset::is_utf8(&label))
            {
                return None;
            }
            edits.push(ParameterEdit::Remove(place));
        }
    }
    Some(Fix::new("remove CHARSET", line, Change::Parameters(edits)))
}

fn charset_unknown(findings: &mut Findings, line: &PlacedLine<'_>, parameter: ParameterRef<'_>) {
    let label = written(parameter);
    // An empty one names none.
    if label.trim_ascii().is_empty() || is_charset(label) {
        return;
    }
    findings.add(
        &CHARSET_UNKNOWN,
        line,
        line.span_of(label),
        format!(
            "\"{}\" is not a charset we know; expected a registered name, such as UTF-8",
            shown(label)
        ),
    );
}

/// Whether a label names a charset, decodable here or not.
pub(super) fn is_charset(label: &[u8]) -> bool {
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
    let found = bare_character(value).or_else(|| encoded_octet(value).filter(|_| quoted_printable));
    let Some(span) = found else {
        return;
    };
    let span = line.span_in_written_value(span);
    match is_readable(line) {
        true => findings.add(
            &CHARSET_MISSING,
            line,
            span,
            "text beyond US-ASCII, and no CHARSET; expected the name of its charset, as CHARSET=UTF-8",
        ),
        false => findings.add_as(
            Error,
            &CHARSET_MISSING,
            line,
            span,
            "text that is neither US-ASCII nor UTF-8, and no CHARSET; it is likely to be Windows-1252, \
             which CHARSET=windows-1252 names",
        ),
    }
}

/// Whether the text of a line can be read without assuming anything.
fn is_readable(line: &PlacedLine<'_>) -> bool {
    decode::raw_text(&line.content, None).is_ok()
}

/// The first character beyond US-ASCII that stands in a value, or octet that is part of none.
pub(super) fn bare_character(value: &[u8]) -> Option<Range<usize>> {
    let start = value.iter().position(|byte| !byte.is_ascii())?;
    let character = (2..=4).find(|width| {
        let octets = value.get(start..start + width);
        octets.is_some_and(|octets| core::str::from_utf8(octets).is_ok())
    });
    Some(start..start + character.unwrap_or(1))
}

/// The first octet beyond US-ASCII that is written in quoted-printable.
pub(super) fn encoded_octet(value: &[u8]) -> Option<Range<usize>> {
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
