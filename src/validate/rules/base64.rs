//! Rules about base64.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::card::{Parameter, ParameterEdit, PropertyRef};
use crate::registry;
use crate::syntax::byte_class::{is_base64_digit, is_white_space};
use crate::syntax::flags::Flags;
use crate::syntax::physical::physical_end;
use crate::syntax::span::slice;
use crate::validate::findings::{Findings, shown};
use crate::validate::fix::{Change, Fix};
use crate::validate::looks_at::LooksAt;
use crate::validate::octets::begins_with;
use crate::validate::placed_line::{PlacedLine, SpanIn};
use crate::validate::profile::Profile;
use crate::validate::rule::{
    Rule,
    Severity::{Error, Warning},
};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &BASE64_INVALID,
    &BASE64_UNINDENTED,
    &BASE64_BLANK_LINE_MISSING,
];

pub(in crate::validate) const LOOKS_AT: LooksAt = LooksAt::flags(Flags::BASE64);

pub(in crate::validate) static BASE64_INVALID: Rule = Rule::new(
    "base64-invalid",
    [Some(Error), Some(Error), None],
    &["RFC 2426, 2.4.1", "vCard 2.1, 2.1.9"],
    "A value that is said to be base64 is base64.",
    "Letters, digits, + and /, in groups of four, the last one filled up with equals signs. The \
     data cannot be read, or only in part; where only the equals signs are missing, most readers \
     can.",
);

pub(in crate::validate) static BASE64_UNINDENTED: Rule = Rule::new(
    "base64-unindented",
    [Some(Warning), Some(Error), Some(Error)],
    &["RFC 2426, 2.4.1", "RFC 2425, 5.8.1", "vCard 2.1, 2.9"],
    "The lines of a base64 value begin with white space.",
    "Without it they are lines of their own to a reader that goes by the grammar, and the data is \
     cut off after the first. Fold the value.",
);

pub(in crate::validate) static BASE64_BLANK_LINE_MISSING: Rule = Rule::new(
    "base64-blank-line-missing",
    [Some(Warning), None, None],
    &["vCard 2.1, 2.9"],
    "A blank line ends base64 data in 2.1.",
    "Readers of 2.1 that wait for it take the next property for data. Later versions have none.",
);

pub(in crate::validate) fn check(findings: &mut Findings, line: &PlacedLine<'_>) {
    // 4.0 has no base64 but in a URI, which another rule says.
    if !line.flags().has(Flags::BASE64) || findings.standard == Version::V4_0 {
        return;
    }
    match begins_with(line.content.raw_value(), "data:") {
        true => data_uri(findings, line),
        false => base64_invalid(findings, line),
    }
}

/// What programs write that make cards of 3.0 from those of 4.0.
fn data_uri(findings: &mut Findings, line: &PlacedLine<'_>) {
    let start = line.value_at();
    let span = start..start + "data:".len();
    let message = "a data: URI where ENCODING says base64; expected the base64 alone";
    match line.property.value() {
        // Where the data is in it all the same.
        Ok(_) => findings.add_as(Warning, &BASE64_INVALID, line, span, message),
        Err(_) => findings.add(&BASE64_INVALID, line, span, message),
    }
    findings.fix(|| base64_alone(line));
}

/// The base64 of a data: URI. Its media type has to be that of TYPE, or becomes it.
fn base64_alone(line: &PlacedLine<'_>) -> Option<Fix> {
    let uri = line.property.binary()?.ok()?;
    let base64 = uri.as_base64()?;
    let mut edits = Vec::new();
    let media_type = uri.media_type().split(';').next().unwrap_or_default();
    if line.content.parameter("TYPE").is_none() && !media_type.is_empty() {
        let word = registry::media_word(line.row?.id, media_type);
        edits.push(ParameterEdit::Add(Parameter::new("TYPE", [word]).ok()?));
    }
    let change = Change::Base64(String::from(base64), edits);
    let fix = Fix::new("write the base64 alone", line, change);
    let same = |repaired: PropertyRef<'_>| {
        let data = repaired.binary().and_then(Result::ok);
        data.is_some_and(|data| {
            data.media_type().eq_ignore_ascii_case(uri.media_type())
                && data.as_base64() == uri.as_base64()
        })
    };
    fix.is_right(line, same).then_some(fix)
}

/// A physical line that continues another.
pub(in crate::validate) fn base64_unindented(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    content: Range<usize>,
) {
    let first = slice(line.raw(), content.clone()).first();
    if line.flags().has(Flags::BASE64) && !first.copied().is_some_and(is_white_space) {
        findings.add(
            &BASE64_UNINDENTED,
            line,
            content,
            "the line of base64 does not begin with white space; expected a space before it",
        );
    }
}

/// Whether a rule here looks at the line after this one, whatever it is.
#[inline]
pub(in crate::validate) fn looks_at_next(line: &PlacedLine<'_>) -> bool {
    line.flags().has(Flags::BASE64)
}

/// `line` is the one after `previous`.
pub(in crate::validate) fn base64_blank_line_missing(
    findings: &mut Findings,
    previous: &PlacedLine<'_>,
    line: &PlacedLine<'_>,
) {
    // An edited card has a blank line that is none of its lines.
    let is_between = previous.start.byte + (previous.raw().len() as u64) < line.start.byte;
    let is_blank = line.content.is_blank() || is_between;
    if !findings.is_2_1() || !previous.flags().has(Flags::BASE64) || is_blank {
        return;
    }
    // The last physical line of the value.
    let content = previous.without_ending();
    let mut start = 0;
    while let Some(end) = physical_end(content, start, true) {
        if end.next >= content.len() {
            break;
        }
        start = end.next;
    }
    findings.add(
        &BASE64_BLANK_LINE_MISSING,
        previous,
        start..content.len(),
        "no blank line after the base64 data; expected one",
    );
}

/// What an octet of base64 is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Octet {
    Digit,
    Padding,
    Space,
    Other,
}

static OCTETS: [Octet; 256] = {
    let mut table = [Octet::Other; 256];
    let mut byte = 0;
    #[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
    while byte < 256 {
        table[byte] = match byte as u8 {
            digit if is_base64_digit(digit) => Octet::Digit,
            b'=' => Octet::Padding,
            b' ' | b'\t' | b'\r' | b'\n' => Octet::Space,
            _ => Octet::Other,
        };
        byte += 1;
    }
    table
};

fn octet(byte: u8) -> Octet {
    #[expect(clippy::indexing_slicing, reason = "a byte indexes a table of 256")]
    OCTETS[usize::from(byte)]
}

/// How many digits there are in how many of the first octets, which hold digits and white space
/// only. Sixteen at a time, in a form that compilers turn into vector instructions.
fn leading_digits(value: &[u8]) -> (usize, usize) {
    let (chunks, _) = value.as_chunks::<16>();
    let mut digits = 0;
    for (number, chunk) in chunks.iter().enumerate() {
        let mut other = [0; 16];
        let mut spaces = 0_u8;
        for (other, byte) in other.iter_mut().zip(chunk) {
            let space = (*byte == b' ') | (*byte == b'\t') | (*byte == b'\r') | (*byte == b'\n');
            spaces += u8::from(space);
            *other = u8::from(!(is_base64_digit(*byte) | space));
        }
        if u128::from_ne_bytes(other) != 0 {
            return (digits, number * 16);
        }
        digits += 16 - usize::from(spaces);
    }
    (digits, chunks.len() * 16)
}

fn base64_invalid(findings: &mut Findings, line: &PlacedLine<'_>) {
    let value = line.content.raw_value();
    let (mut digits, passed) = leading_digits(value);
    let rest = value.iter().enumerate().skip(passed);
    let mut first_other = value.len();
    for (offset, byte) in rest {
        match octet(*byte) {
            Octet::Digit => digits += 1,
            Octet::Space => {}
            Octet::Padding | Octet::Other => {
                first_other = offset;
                break;
            }
        }
    }
    let mut padding = 0;
    for (offset, byte) in value.iter().enumerate().skip(first_other) {
        match octet(*byte) {
            Octet::Padding => padding += 1,
            Octet::Space => {}
            Octet::Digit => {
                let span = line.span_in_written_value(first_other..first_other + 1);
                let message = "an equals sign inside of the base64; expected it at the end only";
                return not_a_digit(findings, line, span, message.into());
            }
            Octet::Other => {
                let character = character_at(value, offset);
                let span = line.span_in_written_value(offset..offset + character.len());
                let message = format!(
                    "\"{}\" is not a base64 digit; expected a letter, a digit, + or /",
                    shown(character)
                );
                return not_a_digit(findings, line, span, message);
            }
        }
    }
    last_group_invalid(findings, line, digits, padding);
}

/// The character that begins at an offset, or its octet where none does.
fn character_at(value: &[u8], offset: usize) -> &[u8] {
    let rest = value.get(offset..).unwrap_or_default();
    let pieces = (1..=4).filter_map(|length| rest.get(..length));
    let mut characters = pieces.filter(|piece| core::str::from_utf8(piece).is_ok());
    characters
        .next()
        .unwrap_or_else(|| rest.get(..1).unwrap_or_default())
}

/// Servers pass over what is not a digit.
fn not_a_digit(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    span: impl Into<SpanIn>,
    message: String,
) {
    match findings.profile {
        Profile::CardDav => findings.add_as(Warning, &BASE64_INVALID, line, span, message),
        _ => findings.add(&BASE64_INVALID, line, span, message),
    }
}

/// A last group of four that is not whole.
fn last_group_invalid(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    digits: usize,
    padding: usize,
) {
    let (severity, message) = match (digits % 4, padding) {
        (0, 0) | (2, 2) | (3, 1) => return,
        (0, _) if digits == 0 => (Error, "equals signs and no base64; expected data"),
        (1, _) => (
            Error,
            "the last group of base64 has one digit, too few for an octet; expected two or more",
        ),
        // All octets are there.
        (2 | 3, 0) => (
            Warning,
            "the last group of base64 is not filled up; expected equals signs up to four characters",
        ),
        _ => (
            Warning,
            "the last group of base64 has too many or too few equals signs; expected four characters",
        ),
    };
    let value = line.content.raw_value();
    let mut group = match digits {
        0 => 0,
        _ => value.len(),
    };
    let mut wanted = digits % 4;
    for (offset, byte) in value.iter().enumerate().rev() {
        if wanted == 0 {
            break;
        }
        group = offset;
        wanted -= usize::from(octet(*byte) == Octet::Digit);
    }
    let span = line.span_in_written_value(group..value.len());
    // Servers that decode the data refuse what is not filled up, and pass over the rest.
    let servers = findings.profile == Profile::CardDav;
    let filled_up = matches!((digits % 4, padding), (0, _) | (2, 2..) | (3, 1..));
    match severity {
        Warning if servers && !filled_up => findings.add(&BASE64_INVALID, line, span, message),
        Error => findings.add(&BASE64_INVALID, line, span, message),
        severity => findings.add_as(severity, &BASE64_INVALID, line, span, message),
    }
}
