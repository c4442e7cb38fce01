//! Rules about the characters of a line: control characters, UTF-8.

use alloc::borrow::Cow;
use alloc::format;
use core::ops::Range;

use super::charsets;
use crate::syntax::byte_class::is_white_space;
use crate::syntax::charset;
use crate::syntax::flags::Flags;
use crate::syntax::fold::{source_offset, unfold};
use crate::syntax::span::slice;
use crate::validate::findings::Findings;
use crate::validate::octets::{Octets, is_control};
use crate::validate::placed_line::PlacedLine;
use crate::validate::rule::{
    Rule,
    Severity::{Error, Warning},
};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &FOLD_INSIDE_CHARACTER,
    &CONTROL_CHARACTER,
    &NUL_CHARACTER,
    &NOT_UTF_8,
];

pub(in crate::validate) static FOLD_INSIDE_CHARACTER: Rule = Rule::new(
    "fold-inside-character",
    [Some(Warning), Some(Warning), Some(Error)],
    &["RFC 6350, 3.2"],
    "A fold does not part the octets of one character.",
    "Readers that decode UTF-8 before they unfold, line by line, find two broken characters. Fold \
     before or after the character.",
);

pub(in crate::validate) static CONTROL_CHARACTER: Rule = Rule::new(
    "control-character",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.9"],
    "There are no control characters but tab in a line.",
    "No grammar has them. Readers that hand cards on as XML or JSON cannot write them and fail. \
     Remove the character.",
);

pub(in crate::validate) static NUL_CHARACTER: Rule = Rule::new(
    "nul-character",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.9"],
    "There is no NUL in a card.",
    "Readers written in C see the end of the text there. It comes from UTF-16 taken for bytes, or \
     from a damaged file.",
);

pub(in crate::validate) static NOT_UTF_8: Rule = Rule::new(
    "not-utf-8",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.1", "RFC 2425, 5.3", "vCard 2.1, 2.1.6"],
    "A card is UTF-8; in 2.1, a text of another charset names it.",
    "Latin-1 and Windows-1252 are usual: `caf` and the one octet E9. Overlong forms, surrogates \
     and stray continuation octets are not UTF-8 either. Convert the card to UTF-8.",
);

pub(in crate::validate) fn check(findings: &mut Findings, line: &PlacedLine<'_>, octets: Octets) {
    if octets.control {
        control_characters(findings, line);
    }
    if !octets.utf8 {
        not_utf_8(findings, line);
    }
}

/// `start` is where a continuation line begins.
pub(in crate::validate) fn fold_inside_character(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    start: usize,
) {
    let Some(character) = parted_character(line.raw(), start) else {
        return;
    };
    let octets = slice(line.raw(), character.clone());
    let width = match octets.first() {
        Some(lead) => width(*lead),
        None => return,
    };
    findings.add(
        &FOLD_INSIDE_CHARACTER,
        line,
        character,
        format!(
            "a fold parts the {width} octets of one character; expected it before or after them"
        ),
    );
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// How many octets a character has that begins with this one.
fn width(lead: u8) -> usize {
    match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    }
}

/// The octets of a character that a fold before `start` parts, and the folds between them.
fn parted_character(raw: &[u8], start: usize) -> Option<Range<usize>> {
    let [first, second, ..] = raw.get(start..)? else {
        return None;
    };
    if !is_white_space(*first) || !is_continuation(*second) {
        return None;
    }
    // Back over the line break, and over a fold before it that parts the same character.
    let mut lead = start;
    let mut passed = 0;
    let expected = loop {
        lead = lead.checked_sub(1)?;
        match raw.get(lead)? {
            b'\r' | b'\n' | b' ' | b'\t' => {}
            byte if is_continuation(*byte) && passed < 3 => passed += 1,
            byte @ 0xC2..=0xF4 => break width(*byte),
            _ => return None,
        }
    };
    // The octets of the character, wherever folds part them.
    let mut end = lead + 1;
    let mut found = 1;
    let mut last = end;
    while found < expected {
        match raw.get(end)? {
            b'\r' | b'\n' | b' ' | b'\t' => {}
            byte if is_continuation(*byte) => {
                found += 1;
                last = end + 1;
            }
            _ => return None,
        }
        end += 1;
    }
    (last > start).then_some(lead..last)
}

fn control_characters(findings: &mut Findings, line: &PlacedLine<'_>) {
    // ISO-2022 changes its character sets with control characters.
    let shifts = charsets::named(line).is_some_and(|label| {
        label
            .get(..8)
            .is_some_and(|start| start.eq_ignore_ascii_case("ISO-2022"))
    });
    for (offset, byte) in line.raw().iter().enumerate() {
        match byte {
            0 => nul_character(findings, line, offset),
            0x0E | 0x0F | 0x1B if shifts => {}
            byte if is_control(*byte) => control_character(findings, line, offset, *byte),
            _ => {}
        }
    }
}

fn nul_character(findings: &mut Findings, line: &PlacedLine<'_>, offset: usize) {
    findings.add(
        &NUL_CHARACTER,
        line,
        offset..offset + 1,
        "a NUL in the line",
    );
}

fn control_character(findings: &mut Findings, line: &PlacedLine<'_>, offset: usize, byte: u8) {
    findings.add(
        &CONTROL_CHARACTER,
        line,
        offset..offset + 1,
        format!("the control character U+{byte:04X} in the line; tab is the only one permitted"),
    );
}

fn not_utf_8(findings: &mut Findings, line: &PlacedLine<'_>) {
    let content = line.without_ending();
    let folded = !line.flags().has(Flags::NESTED)
        && (line.flags().has(Flags::VALUE_FOLDED) || line.flags().has(Flags::HEAD_FOLDED));
    let unfolded = match folded {
        true => unfold(content),
        false => Cow::Borrowed(content),
    };
    let Err(error) = core::str::from_utf8(&unfolded) else {
        return;
    };
    let charset = charsets::named(line);
    // 4.0 has no other charset, whatever the line names. What 3.0 is in, the envelope may say.
    if findings.standard != Version::V4_0
        && charset
            .as_deref()
            .is_some_and(|label| !charset::is_utf8(label))
    {
        return;
    }
    let start = error.valid_up_to();
    let end = start + error.error_len().unwrap_or(unfolded.len() - start).max(1);
    let place = |offset: usize| match folded {
        true => source_offset(content, offset),
        false => offset,
    };
    let from = place(start);
    // Text of 2.1 without CHARSET is US-ASCII, so UTF-8 is as wrong: see charset-missing.
    if findings.is_2_1() && from >= line.value_at() && charset.is_none() {
        return;
    }
    let [found] = slice(&unfolded, start..start + 1) else {
        return;
    };
    findings.add(
        &NOT_UTF_8,
        line,
        from..place(end - 1) + 1,
        format!("the octet {found:02X} is not UTF-8 here; expected the text in UTF-8"),
    );
}
