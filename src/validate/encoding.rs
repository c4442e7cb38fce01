//! Rules about quoted-printable, base64 and charsets.

use alloc::borrow::Cow;
use alloc::format;
use core::ops::Range;

use super::card::{Octets, is_2_1};
use super::diagnostic::{
    Rule,
    Severity::{Error, Warning},
};
use super::findings::{Findings, LineAt, Param, shown};
use crate::registry::ParameterId;
use crate::syntax::ParameterRef;
use crate::syntax::charset;
use crate::syntax::grammar::{is_white_space, trim};
use crate::syntax::line::{Flags, physical_end};
use crate::syntax::quoted_printable;
use crate::version::Version;

pub(super) static ENCODING_UNKNOWN: Rule = Rule::new(
    "encoding-unknown",
    [Some(Error), Some(Error), Some(Error)],
    &[
        "RFC 6350, A.2",
        "RFC 2426, 2.4.1",
        "RFC 2425, 5.8.3",
        "vCard 2.1, 2.1.5",
    ],
    "ENCODING names an encoding of the version: QUOTED-PRINTABLE, BASE64, 7BIT and 8BIT in 2.1, b in \
     3.0, none in 4.0.",
    "A reader cannot know what the octets of the value stand for.",
);

pub(super) static ENCODING_BASE64_IN_3_0: Rule = Rule::new(
    "encoding-base64-in-3.0",
    [None, Some(Warning), None],
    &["RFC 2426, 2.4.1", "RFC 2425, 5.8.3"],
    "The word for base64 is b in 3.0.",
    "BASE64 is the word of 2.1; many programs write it in 3.0, and readers take both. Write \
     ENCODING=b.",
);

pub(super) static BASE64_IN_4_0: Rule = Rule::new(
    "base64-in-4.0",
    [None, None, Some(Error)],
    &["RFC 6350, A.2", "RFC 6350, 6.2.4"],
    "Inline data of 4.0 is a data: URI.",
    "4.0 has no ENCODING; readers take the base64 for a relative URI or for text. Write \
     data:image/jpeg;base64\\,... as the value.",
);

pub(super) static BASE64_INVALID: Rule = Rule::new(
    "base64-invalid",
    [Some(Error), Some(Error), None],
    &["RFC 2426, 2.4.1", "vCard 2.1, 2.1.9"],
    "A value that is said to be base64 is base64.",
    "Letters, digits, + and /, in groups of four, the last one filled up with equals signs. The \
     data cannot be read, or only in part; where only the equals signs are missing, most readers \
     can.",
);

pub(super) static BASE64_UNINDENTED: Rule = Rule::new(
    "base64-unindented",
    [Some(Warning), Some(Error), Some(Error)],
    &["RFC 2426, 2.4.1", "RFC 2425, 5.8.1", "vCard 2.1, 2.9"],
    "The lines of a base64 value begin with white space.",
    "Without it they are lines of their own to a reader that goes by the grammar, and the data is \
     cut off after the first. Fold the value.",
);

pub(super) static BASE64_BLANK_LINE_MISSING: Rule = Rule::new(
    "base64-blank-line-missing",
    [Some(Warning), None, None],
    &["vCard 2.1, 2.9"],
    "A blank line ends base64 data in 2.1.",
    "Readers of 2.1 that wait for it take the next property for data. Later versions have none.",
);

pub(super) static QUOTED_PRINTABLE_OUTSIDE_2_1: Rule = Rule::new(
    "quoted-printable-outside-2.1",
    [None, Some(Error), Some(Error)],
    &["RFC 6350, A.2", "RFC 2426, 5"],
    "Only 2.1 has quoted-printable.",
    "A reader that goes by the standard shows the equals signs and digits, and loses the lines \
     after a soft line break. Write the text as UTF-8.",
);

pub(super) static QUOTED_PRINTABLE_INVALID: Rule = Rule::new(
    "quoted-printable-invalid",
    [Some(Error), Some(Error), Some(Error)],
    &["vCard 2.1, 2.1.5"],
    "An equals sign in quoted-printable text precedes two hexadecimal digits or a line break.",
    "Readers keep it, drop it, or drop the value. An equals sign itself is written =3D.",
);

pub(super) static QUOTED_PRINTABLE_UNENDED: Rule = Rule::new(
    "quoted-printable-unended",
    [Some(Error), Some(Error), Some(Error)],
    &["vCard 2.1, 2.1.3"],
    "A line follows each soft line break.",
    "An equals sign at the end of the line continues the value on the next line, and there is none: \
     many readers take END:VCARD for text and lose the card after this one too. Remove the equals \
     sign.",
);

pub(super) static QUOTED_PRINTABLE_LINE_TOO_LONG: Rule = Rule::new(
    "quoted-printable-line-too-long",
    [Some(Warning), None, None],
    &["vCard 2.1, 2.1.3"],
    "A line of quoted-printable text is shorter than 76 characters.",
    "Mail software breaks longer lines. Break the line with an equals sign. Reported once a card, \
     with the number of lines.",
);

pub(super) static CHARSET_MISSING: Rule = Rule::new(
    "charset-missing",
    [Some(Warning), None, None],
    &["vCard 2.1, 2.1.6"],
    "Text of 2.1 that is not US-ASCII names its charset.",
    "Without CHARSET it is US-ASCII. Readers guess, and guess differently. Write CHARSET=UTF-8.",
);

pub(super) static CHARSET_OUTSIDE_2_1: Rule = Rule::new(
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

pub(super) static CHARSET_UNKNOWN: Rule = Rule::new(
    "charset-unknown",
    [Some(Error), None, None],
    &["vCard 2.1, 2.1.6"],
    "CHARSET names a registered charset.",
    "A reader cannot know which characters the octets stand for.",
);

/// The CHARSET of a line, if it names one.
pub(super) fn charset<'a>(at: &LineAt<'a>) -> Option<Cow<'a, str>> {
    at.line.parameter_text()?;
    at.line
        .parameter("CHARSET")
        .map(|parameter| parameter.value())
}

pub(super) fn is_utf8(label: &str) -> bool {
    charset::is_utf8(label)
}

pub(super) fn check(
    findings: &mut Findings,
    at: &LineAt<'_>,
    params: &[Param<'_>],
    octets: Octets,
) {
    for param in params {
        match param.id {
            Some(ParameterId::ENCODING) if param.parameter.name_bytes().is_some() => {
                encoding(findings, at, param.parameter);
            }
            Some(ParameterId::CHARSET) => charset_label(findings, at, param.parameter),
            _ => {}
        }
    }
    if at.flags().has(Flags::BASE64) {
        base64(findings, at);
    }
    let quoted_printable = at.flags().has(Flags::QUOTED_PRINTABLE);
    if quoted_printable {
        quoted_printable_value(findings, at);
    }
    if is_2_1(findings) && (quoted_printable || octets.non_ascii) {
        charset_missing(findings, at);
    }
}

/// The value of a parameter as it is written, quotes removed.
fn written<'a>(parameter: ParameterRef<'a>) -> &'a [u8] {
    let raw = parameter.raw_values().next().unwrap_or_default();
    trim(
        raw.strip_prefix(b"\"")
            .and_then(|raw| raw.strip_suffix(b"\""))
            .unwrap_or(raw),
    )
}

fn encoding(findings: &mut Findings, at: &LineAt<'_>, parameter: ParameterRef<'_>) {
    let word = written(parameter);
    let is = |words: &[&str]| {
        words
            .iter()
            .any(|known| known.as_bytes().eq_ignore_ascii_case(word))
    };
    if word.is_empty() {
        return;
    }
    let span = at.of_head(word);
    let base64 = is(&["b", "BASE64"]);
    match findings.standard {
        Version::V2_1 => {
            let extension = word
                .get(..2)
                .is_some_and(|start| start.eq_ignore_ascii_case(b"X-"));
            if !extension && !is(&["QUOTED-PRINTABLE", "BASE64", "7BIT", "8BIT"]) {
                let message = format!(
                    "the encoding \"{}\"; expected QUOTED-PRINTABLE, BASE64, 7BIT or 8BIT",
                    shown(word)
                );
                match base64 {
                    true => findings.add_as(Warning, &ENCODING_UNKNOWN, at, span, message),
                    false => findings.add(&ENCODING_UNKNOWN, at, span, message),
                }
            }
        }
        _ if is(&["QUOTED-PRINTABLE"]) => findings.add(
            &QUOTED_PRINTABLE_OUTSIDE_2_1,
            at,
            at.of_head(parameter.raw()),
            format!("quoted-printable in a card of {}; expected the text itself, with \\n for a line break", findings.standard),
        ),
        Version::V3_0 if is(&["b"]) => {}
        Version::V3_0 if base64 => findings.add(
            &ENCODING_BASE64_IN_3_0,
            at,
            span,
            format!("ENCODING={}; expected ENCODING=b", shown(word)),
        ),
        Version::V4_0 if base64 => findings.add(
            &BASE64_IN_4_0,
            at,
            at.of_head(parameter.raw()),
            "base64 in a card of 4.0; expected a data: URI",
        ),
        version => {
            let expected = match version {
                Version::V3_0 => "expected b",
                _ => "4.0 has none",
            };
            let message = format!("the encoding \"{}\"; {expected}", shown(word));
            match is(&["7BIT", "8BIT"]) {
                // The value is what it is without the parameter.
                true => findings.add_as(Warning, &ENCODING_UNKNOWN, at, span, message),
                false => findings.add(&ENCODING_UNKNOWN, at, span, message),
            }
        }
    }
}

fn charset_label(findings: &mut Findings, at: &LineAt<'_>, parameter: ParameterRef<'_>) {
    if !is_2_1(findings) {
        return findings.add(
            &CHARSET_OUTSIDE_2_1,
            at,
            at.of_head(parameter.raw()),
            format!(
                "CHARSET in a card of {}; expected UTF-8, and no CHARSET",
                findings.standard
            ),
        );
    }
    let label = written(parameter);
    if !is_charset(label) {
        findings.add(
            &CHARSET_UNKNOWN,
            at,
            at.of_head(label),
            format!(
                "\"{}\" is no charset that is known; expected a registered name, as UTF-8",
                shown(label)
            ),
        );
    }
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
        || FAMILIES.iter().any(|family| {
            text.get(..family.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(family))
        })
}

/// In 2.1: octets beyond US-ASCII, bare or quoted-printable, without CHARSET.
fn charset_missing(findings: &mut Findings, at: &LineAt<'_>) {
    if at.flags().has(Flags::NESTED) || at.flags().has(Flags::BASE64) || charset(at).is_some() {
        return;
    }
    let value = at.line.raw_value();
    let bare = value
        .iter()
        .position(|byte| *byte >= 0x80)
        .map(|at| at..at + 1);
    let found = bare.or_else(|| {
        if !at.flags().has(Flags::QUOTED_PRINTABLE) {
            return None;
        }
        memchr::memchr_iter(b'=', value)
            .find(|at| {
                matches!(
                    value.get(at + 1..at + 3),
                    Some([b'8' | b'9' | b'A'..=b'F' | b'a'..=b'f', low]) if low.is_ascii_hexdigit()
                )
            })
            .map(|at| at..at + 3)
    });
    if let Some(span) = found {
        findings.add(
            &CHARSET_MISSING,
            at,
            at.in_raw_value(span),
            "text beyond US-ASCII, and no CHARSET; expected the name of its charset, as CHARSET=UTF-8",
        );
    }
}

fn quoted_printable_value(findings: &mut Findings, at: &LineAt<'_>) {
    let value = at.line.raw_value();
    if let Some(invalid) = quoted_printable::first_invalid(value) {
        findings.add(
            &QUOTED_PRINTABLE_INVALID,
            at,
            at.in_raw_value(invalid..invalid + 1),
            "the equals sign precedes neither two hexadecimal digits nor a line break; expected =3D",
        );
    }
    if at.flags().has(Flags::OPEN)
        && let Some(equals) = memchr::memrchr(b'=', value)
    {
        findings.add(
            &QUOTED_PRINTABLE_UNENDED,
            at,
            at.in_raw_value(equals..equals + 1),
            "the value goes on after the soft line break, and no line of it follows",
        );
    }
}

/// A physical line of 2.1 with more than 75 octets.
pub(super) fn quoted_printable_line_too_long(
    findings: &mut Findings,
    at: &LineAt<'_>,
    content: Range<usize>,
) {
    if !at.flags().has(Flags::QUOTED_PRINTABLE) {
        return;
    }
    let length = content.len();
    findings.count(
        &QUOTED_PRINTABLE_LINE_TOO_LONG,
        at,
        content.start + 75..content.end,
        || {
            Cow::Owned(format!(
                "the line has {length} octets; break it before 76 with an equals sign"
            ))
        },
    );
}

/// A physical line that continues another.
pub(super) fn base64_unindented(findings: &mut Findings, at: &LineAt<'_>, content: Range<usize>) {
    let line = at.raw.get(content.clone()).unwrap_or_default();
    if at.flags().has(Flags::BASE64) && !line.first().copied().is_some_and(is_white_space) {
        findings.add(
            &BASE64_UNINDENTED,
            at,
            content,
            "the line of base64 does not begin with white space; expected a space before it",
        );
    }
}

/// `at` is the line after `previous`.
pub(super) fn base64_blank_line_missing(
    findings: &mut Findings,
    previous: &LineAt<'_>,
    at: &LineAt<'_>,
) {
    if !is_2_1(findings) || !previous.flags().has(Flags::BASE64) || at.line.is_blank() {
        return;
    }
    // The last physical line of the value.
    let content = previous.content();
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
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => Octet::Digit,
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
            let letter = (*byte | 0x20).wrapping_sub(b'a') < 26;
            let figure = byte.wrapping_sub(b'/') < 11;
            let space = (*byte == b' ') | (*byte == b'\t') | (*byte == b'\r') | (*byte == b'\n');
            spaces += u8::from(space);
            *other = u8::from(!(letter | figure | (*byte == b'+') | space));
        }
        if u128::from_ne_bytes(other) != 0 {
            return (digits, number * 16);
        }
        digits += 16 - usize::from(spaces);
    }
    (digits, chunks.len() * 16)
}

fn base64(findings: &mut Findings, at: &LineAt<'_>) {
    let value = at.line.raw_value();
    // Programs write data: URIs behind ENCODING=b too; that is not about base64.
    if value
        .get(..5)
        .is_some_and(|start| start.eq_ignore_ascii_case(b"data:"))
    {
        return;
    }
    let (mut digits, plain) = leading_digits(value);
    let mut first_other = value.len();
    for (offset, byte) in value.iter().enumerate().skip(plain) {
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
                    at,
                    at.in_raw_value(first_other..first_other + 1),
                    "an equals sign inside of the base64; expected it at the end only",
                );
            }
            Octet::Other => {
                return findings.add(
                    &BASE64_INVALID,
                    at,
                    at.in_raw_value(offset..offset + 1),
                    format!(
                        "\"{}\" is no base64 digit; expected a letter, a digit, + or /",
                        shown(&[*byte])
                    ),
                );
            }
        }
    }
    // Where the last, incomplete group of four begins.
    let mut group = value.len();
    let mut wanted = digits % 4;
    for (offset, byte) in value.iter().enumerate().rev() {
        if wanted == 0 {
            break;
        }
        group = offset;
        wanted -= usize::from(octet(*byte) == Octet::Digit);
    }
    let rest = digits % 4;
    let span = at.in_raw_value(group..value.len());
    match (rest, padding) {
        (0, 0) | (2, 2) | (3, 1) => {}
        (1, _) => findings.add(
            &BASE64_INVALID,
            at,
            span,
            "the last group of base64 has one digit, which is no octet; expected two or more",
        ),
        // All octets are there.
        (2 | 3, 0) => findings.add_as(
            Warning,
            &BASE64_INVALID,
            at,
            span,
            "the last group of base64 is not filled up; expected equals signs up to four characters",
        ),
        _ => findings.add_as(
            Warning,
            &BASE64_INVALID,
            at,
            span,
            "the last group of base64 has too many or too few equals signs; expected four characters",
        ),
    }
}
