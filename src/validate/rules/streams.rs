//! Rules about a stream of cards: what lies between them.

use alloc::borrow::Cow;
use alloc::string::ToString;

use super::begin_end::{BEGIN_PARAMETERS, FOLD_FIRST_LINE};
use crate::error::Error as Failure;
use crate::position::Position;
use crate::syntax::byte_class::is_white_space;
use crate::syntax::physical::physical_end;
use crate::syntax::sentinel::{self, Sentinel};
use crate::syntax::span::slice;
use crate::validate::diagnostic::Diagnostic;
use crate::validate::findings::Found;
use crate::validate::profile::Profile;
use crate::validate::rule::{
    Rule,
    Severity::{Error, Info, Warning},
};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &BLANK_LINE_BETWEEN_CARDS,
    &BYTE_ORDER_MARK,
    &UTF_16,
    &JUNK_OUTSIDE_CARD,
    &END_WITHOUT_BEGIN,
    &CARD_COUNT,
    &NO_CARD,
    &LIMIT_EXCEEDED,
];

pub(in crate::validate) static BLANK_LINE_BETWEEN_CARDS: Rule = Rule::new(
    "blank-line-between-cards",
    [None, None, Some(Info)],
    &["RFC 6350, 3.3"],
    "There is no blank line between cards of 4.0.",
    "2.1 and 3.0 have them, and readers skip them. Reported once for all that follow cards of 4.0.",
);

pub(in crate::validate) static BYTE_ORDER_MARK: Rule = Rule::new(
    "byte-order-mark",
    [Some(Warning), Some(Warning), Some(Warning)],
    &["RFC 6350, 3.1", "RFC 2425, 5.8.2"],
    "There is no byte order mark before a card.",
    "UTF-8 has no order of bytes. Readers that do not expect the mark see no BEGIN line and skip the \
     first card. Remove it.",
);

pub(in crate::validate) static UTF_16: Rule = Rule::new(
    "utf-16",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.1", "RFC 2425, 5.3"],
    "A file of cards is UTF-8, not UTF-16.",
    "No reader of vCard finds a card in it. Convert the file to UTF-8.",
);

pub(in crate::validate) static JUNK_OUTSIDE_CARD: Rule = Rule::new(
    "junk-outside-card",
    [Some(Warning), Some(Warning), Some(Warning)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "RFC 6350, 6.1.1"],
    "There is nothing between cards.",
    "Readers skip it, or take it for a part of the next card. It may be a card whose BEGIN line is \
     damaged. Reported once for all lines that lie together.",
);

pub(in crate::validate) static END_WITHOUT_BEGIN: Rule = Rule::new(
    "end-without-begin",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 6.1.2", "RFC 6350, 3.3", "RFC 2426, 2.1.1"],
    "END:VCARD ends a card that BEGIN:VCARD began.",
    "A card may be lost whose BEGIN line is damaged; strict readers stop here. Reported once for \
     all lines that lie together.",
);

pub(in crate::validate) static CARD_COUNT: Rule = Rule::for_profiles(
    "card-count",
    Error,
    &["RFC 6352, 5.1"],
    "A resource of an address book on a CardDAV server holds one card.",
    "Servers refuse another number of cards, or keep the first one. Store each card by itself. \
     Checked under the profile carddav only; reported once, for the second card.",
);

pub(in crate::validate) static NO_CARD: Rule = Rule::new(
    "no-card",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2426, 4", "vCard 2.1, 2.9"],
    "A file of cards holds one at least.",
    "What holds none is empty, cut off, or something else: a page that says what went wrong, say. Under \
     the profile carddav, card-count says so.",
);

pub(in crate::validate) static LIMIT_EXCEEDED: Rule = Rule::new(
    "limit-exceeded",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 9"],
    "A card stays within the limits that the reader was given.",
    "It was not read; or, where the limit is that of findings, no more of them are listed and the \
     others are counted. No card of an address book comes near the default limits; one that exceeds \
     them is damaged, or made to harm. Raise the limit if you trust the input.",
);

fn found(
    profile: Profile,
    rule: &'static Rule,
    start: Position,
    bytes: &[u8],
    message: impl Into<Cow<'static, str>>,
) -> Option<Diagnostic> {
    // Most rules about streams are the same in every version.
    found_in(Version::V4_0, profile, rule, start, bytes, message)
}

/// As [`found`], of a rule that is not; the version counts where the profile names none.
fn found_in(
    version: Version,
    profile: Profile,
    rule: &'static Rule,
    start: Position,
    bytes: &[u8],
    message: impl Into<Cow<'static, str>>,
) -> Option<Diagnostic> {
    let version = profile.version().unwrap_or(version);
    let severity = profile.severity(rule, version)?;
    let found = Found {
        rule,
        start,
        bytes,
        message: message.into(),
    };
    Some(found.under(profile, severity, rule.section_in(version)))
}

pub(in crate::validate) fn byte_order_mark(
    profile: Profile,
    start: Position,
    mark: &[u8],
) -> Option<Diagnostic> {
    found(profile, &BYTE_ORDER_MARK, start, mark, "a byte order mark")
}

/// A blank line after a card of this version.
pub(in crate::validate) fn blank_line_between_cards(
    profile: Profile,
    version: Version,
    start: Position,
) -> Option<Diagnostic> {
    let rule = &BLANK_LINE_BETWEEN_CARDS;
    let message = "a blank line after a card; expected the next card, or the end";
    found_in(version, profile, rule, start, &[], message)
}

/// Whether the octets are the start of a file of cards in UTF-16, with a byte order mark or
/// without.
pub(in crate::validate) fn is_utf_16(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, b'B' | b'b', 0, ..] | [b'B' | b'b', 0, _, 0, ..]
    )
}

pub(in crate::validate) fn utf_16(
    profile: Profile,
    start: Position,
    bytes: &[u8],
) -> Option<Diagnostic> {
    let message = "the input is UTF-16; expected UTF-8";
    found(profile, &UTF_16, start, slice(bytes, 0..2), message)
}

/// A stream without a card, read or not.
pub(in crate::validate) fn no_card(profile: Profile) -> Option<Diagnostic> {
    let message = "no card; expected one";
    let of = |rule| found(profile, rule, Position::START, &[], message);
    of(&CARD_COUNT).or_else(|| of(&NO_CARD))
}

/// A second card; `raw` is its first line, or nothing where it was not read.
pub(in crate::validate) fn second_card(
    profile: Profile,
    start: Position,
    raw: &[u8],
) -> Option<Diagnostic> {
    let end = physical_end(raw, 0, true).map_or(0, |end| end.content);
    let message = "a second card; expected one";
    found(profile, &CARD_COUNT, start, slice(raw, 0..end), message)
}

pub(in crate::validate) fn limit_exceeded(
    profile: Profile,
    start: Position,
    error: &Failure,
) -> Option<Diagnostic> {
    let message = error.kind().to_string();
    found(profile, &LIMIT_EXCEEDED, start, &[], message)
}

/// The rule that a line which is no part of a card breaks; none that is blank. `begins` says whether
/// all of the line is there, and not the rest of one.
pub(in crate::validate) fn rule_of_line(
    start: Position,
    line: &[u8],
    begins: bool,
) -> Option<&'static Rule> {
    if line.iter().copied().all(is_white_space) {
        return None;
    }
    if begins && sentinel::sentinel(line) == Some(Sentinel::End) {
        return Some(&END_WITHOUT_BEGIN);
    }
    if begins && is_begin_with_parameters(line) {
        return Some(&BEGIN_PARAMETERS);
    }
    let is_fold = start.byte == 0 && line.first().copied().is_some_and(is_white_space);
    Some(match is_fold {
        true => &FOLD_FIRST_LINE,
        false => &JUNK_OUTSIDE_CARD,
    })
}

/// A line that is no part of a card, and the rule that it breaks.
pub(in crate::validate) fn outside_card(
    profile: Profile,
    rule: &'static Rule,
    start: Position,
    line: &[u8],
) -> Option<Diagnostic> {
    let is_other_object = core::ptr::eq(rule, &JUNK_OUTSIDE_CARD)
        && line
            .get(..6)
            .is_some_and(|name| name.eq_ignore_ascii_case(b"BEGIN:"));
    let message = if core::ptr::eq(rule, &END_WITHOUT_BEGIN) {
        "END:VCARD, and no card to end"
    } else if core::ptr::eq(rule, &FOLD_FIRST_LINE) {
        "the input begins with white space, but there is no line before it to continue"
    } else if is_begin_with_parameters(line) {
        "BEGIN has parameters, so no reader takes it for a BEGIN line; expected BEGIN:VCARD"
    } else if is_other_object {
        "something else than a card begins here; expected BEGIN:VCARD"
    } else {
        "text outside of a card"
    };
    let mut finding = found(profile, rule, start, line, message)?;
    if is_other_object && profile.section(rule).is_none() {
        // "The content entity MUST begin with the BEGIN property with a value of VCARD."
        finding.section = "RFC 6350, 6.1.1";
        finding.see_also = Some(rule.section());
    }
    Some(finding)
}

/// Whether a line would begin a card but for its parameters.
fn is_begin_with_parameters(line: &[u8]) -> bool {
    let name = line.get(..6).unwrap_or_default();
    let value = line.get(line.len().saturating_sub(6)..).unwrap_or_default();
    name.eq_ignore_ascii_case(b"BEGIN;") && value.eq_ignore_ascii_case(b":VCARD")
}
