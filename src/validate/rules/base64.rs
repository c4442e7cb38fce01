//! Rules about base64.

use alloc::format;
use core::ops::Range;

use crate::syntax::byte_class::{is_base64_digit, is_white_space};
use crate::syntax::flags::Flags;
use crate::syntax::physical::physical_end;
use crate::syntax::span::slice;
use crate::validate::diagnostic::{
    Rule,
    Severity::{Error, Warning},
};
use crate::validate::findings::{Findings, shown};
use crate::validate::looks_at::LooksAt;
use crate::validate::octets::begins_with;
use crate::validate::placed_line::PlacedLine;

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
    // Programs write data: URIs behind ENCODING=b too; that is not about base64.
    if line.flags().has(Flags::BASE64) && !begins_with(line.content.raw_value(), "data:") {
        base64_invalid(findings, line);
    }
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
    if !findings.is_2_1() || !previous.flags().has(Flags::BASE64) || line.content.is_blank() {
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
                return findings.add(
                    &BASE64_INVALID,
                    line,
                    line.span_in_written_value(first_other..first_other + 1),
                    "an equals sign inside of the base64; expected it at the end only",
                );
            }
            Octet::Other => {
                return findings.add(
                    &BASE64_INVALID,
                    line,
                    line.span_in_written_value(offset..offset + 1),
                    format!(
                        "\"{}\" is no base64 digit; expected a letter, a digit, + or /",
                        shown(&[*byte])
                    ),
                );
            }
        }
    }
    last_group_invalid(findings, line, digits, padding);
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
        (1, _) => (
            Error,
            "the last group of base64 has one digit, which is no octet; expected two or more",
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
    let mut group = value.len();
    let mut wanted = digits % 4;
    for (offset, byte) in value.iter().enumerate().rev() {
        if wanted == 0 {
            break;
        }
        group = offset;
        wanted -= usize::from(octet(*byte) == Octet::Digit);
    }
    let span = line.span_in_written_value(group..value.len());
    match severity {
        Error => findings.add(&BASE64_INVALID, line, span, message),
        severity => findings.add_as(severity, &BASE64_INVALID, line, span, message),
    }
}
