//! Rules about a stream of cards: what lies between them.

use alloc::borrow::Cow;
use alloc::string::ToString;

use super::delimiters::FOLD_FIRST_LINE;
use crate::error::{Error as Failure, Position};
use crate::syntax::byte_class::is_white_space;
use crate::syntax::physical::physical_end;
use crate::syntax::sentinel::{self, Sentinel};
use crate::syntax::span::slice;
use crate::validate::diagnostic::{
    Diagnostic, Rule,
    Severity::{Error, Warning},
};
use crate::validate::findings::Found;
use crate::validate::profile::Profile;
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &BYTE_ORDER_MARK,
    &UTF_16,
    &JUNK_OUTSIDE_CARD,
    &END_WITHOUT_BEGIN,
    &CARD_COUNT,
    &LIMIT_EXCEEDED,
];

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

pub(in crate::validate) static LIMIT_EXCEEDED: Rule = Rule::new(
    "limit-exceeded",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 9"],
    "A card stays within the limits that the reader was given.",
    "It was not read. No card of an address book comes near the default limits; one that exceeds \
     them is damaged, or made to harm. Raise the limit if you trust the input.",
);

fn found(
    profile: Profile,
    rule: &'static Rule,
    start: Position,
    bytes: &[u8],
    message: impl Into<Cow<'static, str>>,
) -> Option<Diagnostic> {
    // The rules about streams are the same in every version.
    let version = profile.version().unwrap_or(Version::V4_0);
    let severity = profile.severity(rule, version)?;
    let found = Found {
        rule,
        start,
        bytes,
        message: message.into(),
    };
    Some(found.under(profile, severity, rule.section()))
}

pub(in crate::validate) fn byte_order_mark(
    profile: Profile,
    start: Position,
    mark: &[u8],
) -> Option<Diagnostic> {
    found(profile, &BYTE_ORDER_MARK, start, mark, "a byte order mark")
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

pub(in crate::validate) fn no_card(profile: Profile) -> Option<Diagnostic> {
    let message = "no card; expected one";
    found(profile, &CARD_COUNT, Position::START, &[], message)
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
    let message = if core::ptr::eq(rule, &END_WITHOUT_BEGIN) {
        "END:VCARD, and no card to end"
    } else if core::ptr::eq(rule, &FOLD_FIRST_LINE) {
        "the input begins with white space, and there is no line before it to continue"
    } else {
        "text outside of a card"
    };
    found(profile, rule, start, line, message)
}
