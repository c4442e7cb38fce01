//! Rules about physical lines: their endings, their length, their folds.

use alloc::borrow::Cow;
use alloc::format;
use core::ops::Range;

use super::{base64, characters, quoted_printable, servers};
use crate::syntax::ContentLine;
use crate::syntax::byte_class::{is_line_break, is_white_space};
use crate::syntax::continuation::ends_in_soft_break;
use crate::syntax::flags::Flags;
use crate::syntax::fold::LINE_MAX;
use crate::syntax::physical::{Ending, physical_end, trim_cr};
use crate::syntax::span::slice;
use crate::syntax::wide;
use crate::validate::findings::Findings;
use crate::validate::fix::{Change, Fix};
use crate::validate::octets::Octets;
use crate::validate::placed_line::PlacedLine;
use crate::validate::profile::Profile;
use crate::validate::rule::{
    Rule,
    Severity::{Error, Info, Warning},
};

pub(in crate::validate) static RULES: &[&Rule] = &[
    &LINE_ENDING_NOT_CRLF,
    &BARE_CARRIAGE_RETURN,
    &FINAL_LINE_ENDING_MISSING,
    &LINE_TOO_LONG,
    &FOLD_EMPTY,
    &FOLD_INSIDE_WORD,
];

pub(in crate::validate) static LINE_ENDING_NOT_CRLF: Rule = Rule::new(
    "line-ending-not-crlf",
    [Some(Warning), Some(Warning), Some(Warning)],
    &["RFC 6350, 3.2", "RFC 2425, 5.8.1", "vCard 2.1, 2.1.3"],
    "Lines end in CRLF.",
    "A line feed alone is what most text tools write, and all readers known to us take it; a few \
     CardDAV servers do not. Write the card with CRLF: `Layout::Canonical`, or `vcardinal format`, \
     does. Reported once a card, with the number of lines.",
);

pub(in crate::validate) static BARE_CARRIAGE_RETURN: Rule = Rule::new(
    "bare-carriage-return",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.2", "RFC 2425, 5.8.1", "vCard 2.1, 2.1.3"],
    "A carriage return stands before a line feed and nowhere else.",
    "Some readers take a carriage return alone for the end of the line, others for a part of the \
     value, so that what follows is lost to them. CR CR LF comes from a conversion that was done \
     twice. Write the card with CRLF. Reported once a card, with the number of lines.",
);

pub(in crate::validate) static FINAL_LINE_ENDING_MISSING: Rule = Rule::new(
    "final-line-ending-missing",
    [Some(Warning), Some(Warning), Some(Warning)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.1.3"],
    "The last line has a line ending too.",
    "When something is appended to the file, its first line becomes part of this one. End the \
     last line with CRLF.",
);

pub(in crate::validate) static LINE_TOO_LONG: Rule = Rule::new(
    "line-too-long",
    [None, Some(Warning), Some(Warning)],
    &["RFC 6350, 3.2", "RFC 2425, 5.8.2", "RFC 2426, 2.6"],
    "A physical line has at most 75 octets, its ending not counted.",
    "Octets count, not characters. Readers with a fixed buffer cut longer lines. Fold the line: \
     `Layout::Canonical`, or `vcardinal format`, does. Reported once a card, with the number of \
     lines.",
);

pub(in crate::validate) static FOLD_INSIDE_WORD: Rule = Rule::new(
    "fold-inside-word",
    [Some(Info), None, None],
    &["vCard 2.1, 2.1.3"],
    "A fold of 2.1 stands where white space is.",
    "By the letter the white space of a fold is text in 2.1. Nearly all programs fold as in 3.0, anywhere, \
     and read so: a reader that keeps to the letter shows a blank inside a word. Fold before a blank, \
     or use quoted-printable. Reported once a card, with the number of folds.",
);

pub(in crate::validate) static FOLD_EMPTY: Rule = Rule::new(
    "fold-empty",
    [None, Some(Warning), Some(Warning)],
    &["RFC 6350, 3.2", "RFC 2425, 5.8.1"],
    "A continuation line holds at least one character after its white space.",
    "A line with nothing but white space looks like a blank line, and programs that tidy text \
     take it away or end the card there. Leave it out.",
);

/// Whether a line is clean at a glance: one physical line that ends in CRLF and is not too long for
/// any version.
#[inline]
pub(in crate::validate) fn are_clean(line: &ContentLine<'_>) -> bool {
    let flags = line.flags();
    flags.ending() == 2
        && line.raw().len() <= LINE_MAX + 2
        && !flags.has(Flags::VALUE_FOLDED.or(Flags::HEAD_FOLDED))
}

/// Checks the physical lines of a line; how many there are.
pub(in crate::validate) fn check(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    octets: Octets,
    is_last: bool,
) -> u64 {
    let flags = line.flags();
    let many = flags.has(Flags::VALUE_FOLDED)
        || flags.has(Flags::HEAD_FOLDED)
        || flags.has(Flags::BLANK)
        || flags.has(Flags::NESTED)
        || flags.has(Flags::SENTINEL);
    let lines = match many {
        true => physical_lines(findings, line, octets),
        false => {
            physical_line(findings, line, 0..line.content_end(), line.raw().len());
            1
        }
    };
    if is_last && flags.ending() == 0 {
        final_line_ending_missing(findings, line);
    }
    lines
}

fn physical_lines(findings: &mut Findings, line: &PlacedLine<'_>, octets: Octets) -> u64 {
    let flags = line.flags();
    let raw = line.raw();
    let folds = !flags.has(Flags::NESTED) && !flags.has(Flags::BLANK);
    let mut lines = 0;
    let mut start = 0;
    while let Some(Ending { content, next }) = physical_end(raw, start, true) {
        physical_line(findings, line, start..content, next);
        if lines > 0 && folds {
            fold_empty(findings, line, start..content);
            fold_blank(findings, line, start..content);
            if !octets.utf8 {
                characters::fold_inside_character(findings, line, start);
            }
            base64::base64_unindented(findings, line, start..content);
            fold_inside_word(findings, line, start);
        }
        lines += 1;
        let width = content - start;
        start = next;
        if octets.utf8
            && folds
            && lines > 1
            && (!findings.is_2_1() || flags.has(Flags::BASE64))
            && (2..=LINE_MAX).contains(&width)
        {
            while is_fold_of_width(raw, start, width) {
                lines += 1;
                start += width + 2;
            }
        }
        if start >= raw.len() {
            break;
        }
    }
    lines
}

/// Whether a continuation line of `width` octets begins at `start`, and another follows it: lines as
/// long as the one before are what writers make, and nothing is wrong with them.
fn is_fold_of_width(raw: &[u8], start: usize, width: usize) -> bool {
    let rest = raw.get(start..).unwrap_or_default();
    let Some((fold, [b'\r', b'\n', b' ' | b'\t', ..])) = rest.split_at_checked(width) else {
        return false;
    };
    fold.first().copied().is_some_and(is_white_space)
        && !is_blank(fold)
        && !wide::any(fold, is_line_break)
}

fn is_blank(fold: &[u8]) -> bool {
    fold.iter().copied().all(is_white_space)
}

/// `content` is the line without its ending, `next` where the next one begins.
#[inline]
fn physical_line(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    content: Range<usize>,
    next: usize,
) {
    if next - content.end != 2 {
        line_ending(findings, line, content.end..next);
    }
    if content.len() > LINE_MAX {
        match findings.is_2_1() {
            true => quoted_printable::quoted_printable_line_too_long(findings, line, content),
            false => line_too_long(findings, line, content),
        }
    }
}

fn line_ending(findings: &mut Findings, line: &PlacedLine<'_>, ending: Range<usize>) {
    match slice(line.raw(), ending.clone()) {
        [b'\n'] => line_ending_not_crlf(findings, line, ending),
        [b'\r'] => {
            bare_carriage_return(findings, line, ending, "the line ends in CR; expected CRLF")
        }
        [b'\r', b'\r', b'\n'] => bare_carriage_return(
            findings,
            line,
            ending,
            "the line ends in CR CR LF; expected CRLF",
        ),
        _ => {}
    }
}

fn line_ending_not_crlf(findings: &mut Findings, line: &PlacedLine<'_>, ending: Range<usize>) {
    findings.count(&LINE_ENDING_NOT_CRLF, line, ending, || {
        Cow::Borrowed("the line ends in LF; expected CRLF")
    });
    findings.fix_counted(&LINE_ENDING_NOT_CRLF, || Some(end_lines(line)));
}

fn bare_carriage_return(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    ending: Range<usize>,
    message: &'static str,
) {
    let rule = &BARE_CARRIAGE_RETURN;
    let Some(mut severity) = findings.profile.severity(rule, findings.standard) else {
        return;
    };
    // Servers see all of the card as one line where CR ends the lines; a second CR they pass over.
    if findings.profile == Profile::CardDav && ending.len() > 1 {
        severity = severity.min(Warning);
    }
    findings.count_as(severity, 1, rule, line, ending, || Cow::Borrowed(message));
    findings.fix_counted(&BARE_CARRIAGE_RETURN, || Some(end_lines(line)));
}

/// What the lines say does not depend on how they end.
fn end_lines(line: &PlacedLine<'_>) -> Fix {
    Fix::new("end all lines in CRLF", line, Change::EndLines)
}

fn final_line_ending_missing(findings: &mut Findings, line: &PlacedLine<'_>) {
    let end = line.raw().len();
    findings.add(
        &FINAL_LINE_ENDING_MISSING,
        line,
        end..end,
        "the last line ends without CRLF",
    );
    findings.fix(|| Some(Fix::new("end the line in CRLF", line, Change::EndLastLine)));
}

/// Where the character begins that an offset may lie inside of.
fn character_start(raw: &[u8], offset: usize) -> usize {
    let begins = |at: &usize| raw.get(*at).is_none_or(|octet| octet & 0xC0 != 0x80);
    let mut places = (offset.saturating_sub(3)..=offset).rev();
    places.find(begins).unwrap_or(offset)
}

fn line_too_long(findings: &mut Findings, line: &PlacedLine<'_>, content: Range<usize>) {
    let length = content.len();
    let beyond = character_start(line.raw(), content.start + LINE_MAX)..content.end;
    findings.count(&LINE_TOO_LONG, line, beyond, || {
        Cow::Owned(format!(
            "the line has {length} octets; fold it after at most {LINE_MAX}"
        ))
    });
}

/// In 2.1: a fold before `start` between two characters that are no white space.
fn fold_inside_word(findings: &mut Findings, line: &PlacedLine<'_>, start: usize) {
    let flags = line.flags();
    if !findings.is_2_1() || flags.has(Flags::BASE64) || flags.has(Flags::SENTINEL) {
        return;
    }
    let raw = line.raw();
    let before = slice(raw, ..start)
        .iter()
        .rposition(|byte| !matches!(byte, b'\r' | b'\n'));
    let [space, after, ..] = slice(raw, start..) else {
        return;
    };
    let Some(at) = before else { return };
    let is_soft = is_after_soft_break(line, start);
    let is_white = |byte: &u8| is_white_space(*byte) || matches!(byte, b'\r' | b'\n');
    if !is_soft
        && is_white_space(*space)
        && !is_white(after)
        && raw.get(at).is_some_and(|byte| !is_white_space(*byte))
    {
        findings.count(&FOLD_INSIDE_WORD, line, start..start + 1, || {
            Cow::Borrowed(
                "a fold without white space beside it; the text is read without the white space of the fold, \
                 which the letter of 2.1 keeps",
            )
        });
    }
}

/// Whether the physical line at `start` comes after a soft line break, so that white space at its beginning
/// is text and marks no fold.
fn is_after_soft_break(line: &PlacedLine<'_>, start: usize) -> bool {
    if !line.flags().has(Flags::QUOTED_PRINTABLE) || start <= line.value_at() {
        return false;
    }
    let before = slice(line.raw(), line.value_at()..start);
    ends_in_soft_break(trim_cr(before.strip_suffix(b"\n").unwrap_or(before)))
}

fn fold_empty(findings: &mut Findings, line: &PlacedLine<'_>, content: Range<usize>) {
    if let [byte] = slice(line.raw(), content.clone())
        && is_white_space(*byte)
        && !is_after_soft_break(line, content.start)
    {
        findings.add(
            &FOLD_EMPTY,
            line,
            content,
            "the continuation line holds nothing but its white space; expected text, or no line",
        );
    }
}

/// A continuation line of blanks that are text.
fn fold_blank(findings: &mut Findings, line: &PlacedLine<'_>, content: Range<usize>) {
    if content.len() > 1
        && is_blank(slice(line.raw(), content.clone()))
        && !line.flags().has(Flags::BASE64)
        && !is_after_soft_break(line, content.start)
    {
        servers::line_dropped(findings, line, content);
    }
}
