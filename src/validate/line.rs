//! Rules about the octets of lines: endings, length, folds, characters.

use alloc::borrow::Cow;
use alloc::format;
use core::ops::Range;

use super::card::{Octets, is_2_1, is_control};
use super::diagnostic::{
    Rule,
    Severity::{Error, Warning},
};
use super::encoding;
use super::findings::{Findings, LineAt};
use crate::syntax::ContentLine;
use crate::syntax::fold::LINE_MAX;
use crate::syntax::fold::{FoldSpace, unfold};
use crate::syntax::grammar::is_white_space;
use crate::syntax::line::{Ending, Flags, physical_end, source_offset};
use crate::syntax::wide;

pub(super) static LINE_ENDING_NOT_CRLF: Rule = Rule::new(
    "line-ending-not-crlf",
    [Some(Warning), Some(Warning), Some(Warning)],
    &["RFC 6350, 3.2", "RFC 2425, 5.8.1", "vCard 2.1, 2.1.3"],
    "Lines end in CRLF.",
    "A line feed alone is what most text tools write, and all readers known to us take it; a few \
     CardDAV servers do not. Write the card with CRLF: `Layout::Canonical`, or `vcardinal format`, \
     does. Reported once a card, with the number of lines.",
);

pub(super) static BARE_CARRIAGE_RETURN: Rule = Rule::new(
    "bare-carriage-return",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.2", "RFC 2425, 5.8.1", "vCard 2.1, 2.1.3"],
    "A carriage return stands before a line feed and nowhere else.",
    "Some readers take a carriage return alone for the end of the line, others for a part of the \
     value, so that what follows is lost to them. CR CR LF comes from a conversion that was done \
     twice. Write the card with CRLF. Reported once a card, with the number of lines.",
);

pub(super) static FINAL_LINE_ENDING_MISSING: Rule = Rule::new(
    "final-line-ending-missing",
    [Some(Warning), Some(Warning), Some(Warning)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.1.3"],
    "The last line has a line ending too.",
    "When something is appended to the file, its first line becomes part of this one. End the \
     last line with CRLF.",
);

pub(super) static LINE_TOO_LONG: Rule = Rule::new(
    "line-too-long",
    [None, Some(Warning), Some(Warning)],
    &["RFC 6350, 3.2", "RFC 2425, 5.8.2", "RFC 2426, 2.6"],
    "A physical line has at most 75 octets, its ending not counted.",
    "Octets count, not characters. Readers with a fixed buffer cut longer lines. Fold the line: \
     `Layout::Canonical`, or `vcardinal format`, does. Reported once a card, with the number of \
     lines.",
);

pub(super) static FOLD_EMPTY: Rule = Rule::new(
    "fold-empty",
    [None, Some(Warning), Some(Warning)],
    &["RFC 6350, 3.2", "RFC 2425, 5.8.1"],
    "A continuation line holds at least one character after its white space.",
    "A line with nothing but white space looks like a blank line, and programs that tidy text \
     take it away or end the card there. Leave it out.",
);

pub(super) static FOLD_INSIDE_CHARACTER: Rule = Rule::new(
    "fold-inside-character",
    [Some(Warning), Some(Warning), Some(Error)],
    &["RFC 6350, 3.2"],
    "A fold does not part the octets of one character.",
    "Readers that decode UTF-8 before they unfold, line by line, find two broken characters. Fold \
     before or after the character.",
);

pub(super) static CONTROL_CHARACTER: Rule = Rule::new(
    "control-character",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.9"],
    "There are no control characters but tab in a line.",
    "No grammar has them. Readers that hand cards on as XML or JSON cannot write them and fail. \
     Remove the character.",
);

pub(super) static NUL_CHARACTER: Rule = Rule::new(
    "nul-character",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.9"],
    "There is no NUL in a card.",
    "Readers written in C see the end of the text there. It comes from UTF-16 taken for bytes, or \
     from a damaged file.",
);

pub(super) static NOT_UTF_8: Rule = Rule::new(
    "not-utf-8",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.1", "RFC 2425, 5.3", "vCard 2.1, 2.1.6"],
    "A card is UTF-8; in 2.1, a text of another charset names it.",
    "Latin-1 and Windows-1252 are usual: `caf` and the one octet E9. Overlong forms, surrogates \
     and stray continuation octets are no UTF-8 either. Convert the card to UTF-8.",
);

/// Whether a line is one physical line of at most 75 octets that ends in CRLF.
#[inline]
pub(super) fn is_plain(line: &ContentLine<'_>) -> bool {
    let flags = line.flags();
    flags.ending() == 2 && line.raw().len() <= LINE_MAX + 2 && !flags.has(Flags::VALUE_FOLDED)
}

/// Checks the octets of a line; how many physical lines it has.
pub(super) fn check(
    findings: &mut Findings,
    at: &LineAt<'_>,
    octets: Octets,
    is_last: bool,
) -> u64 {
    let flags = at.flags();
    let many = flags.has(Flags::VALUE_FOLDED)
        || flags.has(Flags::HEAD_FOLDED)
        || flags.has(Flags::BLANK)
        || flags.has(Flags::NESTED)
        || flags.has(Flags::SENTINEL);
    let lines = if many {
        physical_lines(findings, at, octets)
    } else {
        let content = at.content_end();
        if flags.ending() != 2 {
            line_ending(findings, at, content..at.raw.len());
        }
        if content > LINE_MAX {
            line_too_long(findings, at, 0..content);
        }
        1
    };
    if is_last && flags.ending() == 0 {
        let end = at.raw.len();
        findings.add(
            &FINAL_LINE_ENDING_MISSING,
            at,
            end..end,
            "the last line ends without CRLF",
        );
    }
    if octets.control {
        control_characters(findings, at);
    }
    if !octets.utf8 {
        not_utf_8(findings, at);
    }
    lines
}

fn physical_lines(findings: &mut Findings, at: &LineAt<'_>, octets: Octets) -> u64 {
    let flags = at.flags();
    let mut lines = 0;
    let mut start = 0;
    let steps = octets.utf8 && !flags.has(Flags::NESTED) && !flags.has(Flags::BLANK);
    while let Some(Ending { content, next }) = physical_end(at.raw, start, true) {
        if next - content != 2 {
            line_ending(findings, at, content..next);
        }
        if content - start > LINE_MAX {
            line_too_long(findings, at, start..content);
        }
        if lines > 0 && !flags.has(Flags::NESTED) && !flags.has(Flags::BLANK) {
            fold_empty(findings, at, start..content);
            if !octets.utf8 {
                fold_inside_character(findings, at, start);
            }
            encoding::base64_unindented(findings, at, start..content);
        }
        lines += 1;
        // Lines as long as this one, which is what writers make.
        let width = content - start;
        start = next;
        if steps && lines > 1 && (2..=LINE_MAX).contains(&width) {
            while let Some((line, [b'\r', b'\n', b' ' | b'\t', ..])) = at
                .raw
                .get(start..)
                .and_then(|rest| rest.split_at_checked(width))
                && line.first().copied().is_some_and(is_white_space)
                && !wide::any(line, |byte| (byte == b'\r') | (byte == b'\n'))
            {
                lines += 1;
                start += width + 2;
            }
        }
        if start >= at.raw.len() {
            break;
        }
    }
    lines
}

fn line_ending(findings: &mut Findings, at: &LineAt<'_>, ending: Range<usize>) {
    match at.raw.get(ending.clone()).unwrap_or_default() {
        [b'\n'] => findings.count(&LINE_ENDING_NOT_CRLF, at, ending, || {
            Cow::Borrowed("the line ends in LF; expected CRLF")
        }),
        [b'\r'] => findings.count(&BARE_CARRIAGE_RETURN, at, ending, || {
            Cow::Borrowed("the line ends in CR; expected CRLF")
        }),
        [b'\r', b'\r', b'\n'] => findings.count(&BARE_CARRIAGE_RETURN, at, ending, || {
            Cow::Borrowed("the line ends in CR CR LF; expected CRLF")
        }),
        _ => {}
    }
}

fn line_too_long(findings: &mut Findings, at: &LineAt<'_>, content: Range<usize>) {
    let length = content.len();
    if is_2_1(findings) {
        return encoding::quoted_printable_line_too_long(findings, at, content);
    }
    findings.count(
        &LINE_TOO_LONG,
        at,
        content.start + LINE_MAX..content.end,
        || {
            Cow::Owned(format!(
                "the line has {length} octets; fold it after at most {LINE_MAX}"
            ))
        },
    );
}

fn fold_empty(findings: &mut Findings, at: &LineAt<'_>, content: Range<usize>) {
    if let Some([byte]) = at.raw.get(content.clone())
        && is_white_space(*byte)
    {
        findings.add(
            &FOLD_EMPTY,
            at,
            content,
            "the continuation line holds nothing but its white space; expected text, or no line",
        );
    }
}

/// `start` is where a continuation line begins.
fn fold_inside_character(findings: &mut Findings, at: &LineAt<'_>, start: usize) {
    let is_continuation = |byte: u8| byte & 0xC0 == 0x80;
    let after = at.raw.get(start..).unwrap_or_default();
    let [first, second, ..] = after else { return };
    if !is_white_space(*first) || !is_continuation(*second) {
        return;
    }
    // Back over the line break, and over a fold before it that parts the same character.
    let mut lead = start;
    let mut width = 0;
    while let Some(before) = lead.checked_sub(1) {
        lead = before;
        match at.raw.get(lead) {
            Some(b'\r' | b'\n' | b' ' | b'\t') => {}
            Some(byte) if is_continuation(*byte) && width < 3 => width += 1,
            Some(0xC2..=0xF4) => break,
            _ => return,
        }
    }
    let expected = match at.raw.get(lead) {
        Some(0xC2..=0xDF) => 2,
        Some(0xE0..=0xEF) => 3,
        _ => 4,
    };
    // The octets of the character, wherever folds part them.
    let mut end = lead + 1;
    let mut found = 1;
    let mut last = end;
    while found < expected {
        match at.raw.get(end) {
            Some(b'\r' | b'\n' | b' ' | b'\t') => {}
            Some(byte) if is_continuation(*byte) => {
                found += 1;
                last = end + 1;
            }
            _ => return,
        }
        end += 1;
    }
    if last <= start {
        return;
    }
    findings.add(
        &FOLD_INSIDE_CHARACTER,
        at,
        lead..last,
        format!(
            "a fold parts the {expected} octets of one character; expected it before or after them"
        ),
    );
}

fn control_characters(findings: &mut Findings, at: &LineAt<'_>) {
    // ISO-2022 changes its character sets with control characters.
    let shifts = encoding::charset(at).is_some_and(|label| {
        label
            .get(..8)
            .is_some_and(|start| start.eq_ignore_ascii_case("ISO-2022"))
    });
    for (offset, byte) in at.raw.iter().enumerate() {
        match byte {
            0 => findings.add(
                &NUL_CHARACTER,
                at,
                offset..offset + 1,
                "a NUL in the line; expected none",
            ),
            0x0E | 0x0F | 0x1B if shifts => {}
            byte if is_control(*byte) => findings.add(
                &CONTROL_CHARACTER,
                at,
                offset..offset + 1,
                format!("the control character U+{byte:04X} in the line; expected none but tab"),
            ),
            _ => {}
        }
    }
}

fn not_utf_8(findings: &mut Findings, at: &LineAt<'_>) {
    let content = at.content();
    let folded = !at.flags().has(Flags::NESTED)
        && (at.flags().has(Flags::VALUE_FOLDED) || at.flags().has(Flags::HEAD_FOLDED));
    let unfolded = match folded {
        true => unfold(content, FoldSpace::Removed),
        false => Cow::Borrowed(content),
    };
    let Err(error) = core::str::from_utf8(&unfolded) else {
        return;
    };
    let in_value = error.valid_up_to() >= at.value_at();
    if encoding::charset(at).is_some_and(|label| !encoding::is_utf8(&label)) {
        return;
    }
    // Text of 2.1 without CHARSET is US-ASCII, so UTF-8 is as wrong: see charset-missing.
    if is_2_1(findings) && in_value && encoding::charset(at).is_none() {
        return;
    }
    let start = error.valid_up_to();
    let end = start + error.error_len().unwrap_or(unfolded.len() - start).max(1);
    let place = |offset: usize| match folded {
        true => source_offset(content, offset),
        false => offset,
    };
    let found = unfolded.get(start).copied().unwrap_or_default();
    findings.add(
        &NOT_UTF_8,
        at,
        place(start)..place(end - 1) + 1,
        format!("the octet {found:02X} is not UTF-8 here; expected the text in UTF-8"),
    );
}
