//! Rules about a stream of cards: what lies between them.

use alloc::borrow::Cow;
use alloc::string::ToString;
use core::ops::Range;

use super::card;
use super::diagnostic::{
    Diagnostic, Rule,
    Severity::{Error, Warning},
};
use super::frame;
use super::profile::Profile;
use crate::card::{Event, Junk, JunkKind};
use crate::error::Position;
use crate::syntax::grammar::is_white_space;
use crate::syntax::line::physical_end;
use crate::syntax::sentinel::{self, Sentinel};
use crate::version::Version;

pub(super) static BYTE_ORDER_MARK: Rule = Rule::new(
    "byte-order-mark",
    [Some(Warning), Some(Warning), Some(Warning)],
    &["RFC 6350, 3.1", "RFC 2425, 5.8.2"],
    "There is no byte order mark before a card.",
    "UTF-8 has no order of bytes. Readers that do not expect the mark see no BEGIN line and skip the \
     first card. Remove it.",
);

pub(super) static UTF_16: Rule = Rule::new(
    "utf-16",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.1", "RFC 2425, 5.3"],
    "A file of cards is UTF-8, not UTF-16.",
    "No reader of vCard finds a card in it. Convert the file to UTF-8.",
);

pub(super) static JUNK_OUTSIDE_CARD: Rule = Rule::new(
    "junk-outside-card",
    [Some(Warning), Some(Warning), Some(Warning)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "RFC 6350, 6.1.1"],
    "There is nothing between cards.",
    "Readers skip it, or take it for a part of the next card. It may be a card whose BEGIN line is \
     damaged. Reported once for all lines that lie together.",
);

pub(super) static END_WITHOUT_BEGIN: Rule = Rule::new(
    "end-without-begin",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 6.1.2", "RFC 6350, 3.3", "RFC 2426, 2.1.1"],
    "END:VCARD ends a card that BEGIN:VCARD began.",
    "A card may be lost whose BEGIN line is damaged; strict readers stop here. Reported once for \
     all lines that lie together.",
);

pub(super) static CARD_COUNT: Rule = Rule::of_profile(
    "card-count",
    Error,
    &["RFC 6352, 5.1"],
    "A resource of an address book on a CardDAV server holds one card.",
    "Servers refuse another number of cards, or keep the first one. Store each card by itself. \
     Checked under the profile carddav only; reported once, for the second card.",
);

pub(super) static LIMIT_EXCEEDED: Rule = Rule::new(
    "limit-exceeded",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 9"],
    "A card stays within the limits that the reader was given.",
    "It was not read. No card of an address book comes near the default limits; one that exceeds \
     them is damaged, or made to harm. Raise the limit if you trust the input.",
);

/// Finds what is wrong with a stream of cards, event by event, in the memory of one card.
///
/// Over [`validate`](super::validate) it knows what lies between the cards, how many there are
/// ([`Profile::CardDav`] wants one), and that a card which is not closed is followed by another. It
/// does not compare the UIDs of cards: a stream may be longer than what can be remembered, and of
/// an address book on a server it sees one resource.
///
/// ```
/// use vcardinal::{CardReader, validate::{Checker, Profile}};
///
/// let input = b"\xEF\xBB\xBFBEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nEND:VCARD\r\nsurplus\r\n";
/// let mut reader = CardReader::from_slice(input);
/// let mut checker = Checker::new(Profile::Declared);
/// let mut found = Vec::new();
/// while let Some(event) = reader.next_event()? {
///     checker.event(&event, &mut |finding| found.push(finding.rule.id));
/// }
/// checker.finish(&mut |finding| found.push(finding.rule.id));
/// assert_eq!(found, ["byte-order-mark", "junk-outside-card"]);
/// # Ok::<(), vcardinal::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Checker {
    profile: Profile,
    /// That the last card is not closed; what that means depends on what follows.
    unclosed: Option<Diagnostic>,
    /// Whether the last card is not closed.
    open: bool,
    /// A finding about junk that the next junk may belong to.
    junk: Option<Diagnostic>,
    /// Whether the last junk ended inside a line.
    inside_line: bool,
    utf_16: bool,
    first: bool,
    /// How many cards there were, up to the third.
    cards: u8,
}

impl Checker {
    /// At the beginning of a stream.
    #[must_use]
    pub const fn new(profile: Profile) -> Self {
        Checker {
            profile,
            unclosed: None,
            open: false,
            junk: None,
            inside_line: false,
            utf_16: false,
            first: true,
            cards: 0,
        }
    }

    /// Looks at the next event of the stream, and hands out what is wrong up to there. A finding
    /// that depends on what follows comes with a later event.
    pub fn event(&mut self, event: &Event<'_>, sink: &mut impl FnMut(Diagnostic)) {
        match event {
            Event::Card(card) => {
                self.flush_junk(sink);
                self.unclosed = None;
                if self.open
                    && let Some(finding) = frame::begin_inside_card(card, self.profile)
                {
                    sink(finding);
                }
                let checked = card::check(card, self.profile);
                let begin = card.lines().next().map(|line| line.raw());
                self.card(card.position(), begin.unwrap_or_default(), sink);
                self.open = !card.is_closed();
                self.unclosed = checked.unclosed;
                checked.findings.into_iter().for_each(&mut *sink);
            }
            Event::Junk(junk) => self.junk(junk, sink),
            Event::Bad { error, .. } => {
                self.between(sink);
                let position = error.position().unwrap_or(Position::START);
                self.card(position, b"", sink);
                self.find(
                    sink,
                    &LIMIT_EXCEEDED,
                    position,
                    0..0,
                    &[],
                    Cow::Owned(error.kind().to_string()),
                );
            }
        }
        self.first = false;
    }

    /// Hands out what was waiting for the next event, at the end of the stream.
    pub fn finish(&mut self, sink: &mut impl FnMut(Diagnostic)) {
        self.between(sink);
        if self.cards == 0 {
            let message = Cow::Borrowed("no card; expected one");
            self.find(sink, &CARD_COUNT, Position::START, 0..0, &[], message);
        }
    }

    /// Counts a card, read or not.
    fn card(&mut self, position: Position, begin: &[u8], sink: &mut impl FnMut(Diagnostic)) {
        self.cards = self.cards.saturating_add(1).min(3);
        if self.cards == 2 {
            let message = Cow::Borrowed("a second card; expected one");
            let line = 0..physical_end(begin, 0, true).map_or(0, |end| end.content);
            self.find(sink, &CARD_COUNT, position, line, begin, message);
        }
    }

    /// Hands out a finding, if the profile has the rule.
    fn find(
        &self,
        sink: &mut impl FnMut(Diagnostic),
        rule: &'static Rule,
        position: Position,
        span: Range<usize>,
        bytes: &[u8],
        message: Cow<'static, str>,
    ) {
        if let Some(finding) = finding(self.profile, rule, position, span, bytes, message) {
            sink(finding);
        }
    }

    fn between(&mut self, sink: &mut impl FnMut(Diagnostic)) {
        self.flush_junk(sink);
        self.open = false;
        if let Some(finding) = self.unclosed.take() {
            sink(finding);
        }
    }

    fn flush_junk(&mut self, sink: &mut impl FnMut(Diagnostic)) {
        if let Some(finding) = self.junk.take() {
            sink(finding);
        }
    }

    fn junk(&mut self, junk: &Junk<'_>, sink: &mut impl FnMut(Diagnostic)) {
        self.open = false;
        if let Some(finding) = self.unclosed.take() {
            sink(finding);
        }
        match junk.kind() {
            JunkKind::ByteOrderMark => {
                self.flush_junk(sink);
                self.find(
                    sink,
                    &BYTE_ORDER_MARK,
                    junk.position(),
                    0..junk.bytes().len(),
                    junk.bytes(),
                    Cow::Borrowed("a byte order mark"),
                );
            }
            JunkKind::Text if self.first && is_utf_16(junk.bytes()) => {
                self.utf_16 = true;
                self.find(
                    sink,
                    &UTF_16,
                    junk.position(),
                    0..2,
                    junk.bytes(),
                    Cow::Borrowed("the input is UTF-16; expected UTF-8"),
                );
            }
            JunkKind::Text if !self.utf_16 => self.text(junk, sink),
            _ => {}
        }
    }

    /// Lines that are no card.
    fn text(&mut self, junk: &Junk<'_>, sink: &mut impl FnMut(Diagnostic)) {
        let bytes = junk.bytes();
        let mut start = 0;
        let mut position = junk.position();
        while let Some(end) = physical_end(bytes, start, true) {
            let line = bytes.get(start..end.content).unwrap_or_default();
            let inside = core::mem::replace(&mut self.inside_line, end.next == end.content);
            if !line.iter().copied().all(is_white_space) {
                let is_end = !inside && sentinel::sentinel(line) == Some(Sentinel::End);
                let is_fold =
                    position.byte == 0 && line.first().copied().is_some_and(is_white_space);
                let rule = match (is_end, is_fold) {
                    (true, _) => &END_WITHOUT_BEGIN,
                    (_, true) => &frame::FOLD_FIRST_LINE,
                    _ => &JUNK_OUTSIDE_CARD,
                };
                self.junk_line(rule, position, line, inside, sink);
            }
            position.byte += (end.next - start) as u64;
            position.line += 1;
            start = end.next;
            if start >= bytes.len() {
                break;
            }
        }
    }

    fn junk_line(
        &mut self,
        rule: &'static Rule,
        position: Position,
        line: &[u8],
        inside: bool,
        sink: &mut impl FnMut(Diagnostic),
    ) {
        if let Some(junk) = &mut self.junk
            && core::ptr::eq(junk.rule, rule)
        {
            junk.span.end = position.byte + line.len() as u64;
            junk.count += u32::from(!inside);
            return;
        }
        self.flush_junk(sink);
        let message = match core::ptr::eq(rule, &END_WITHOUT_BEGIN) {
            true => "END:VCARD, and no card to end",
            false if core::ptr::eq(rule, &frame::FOLD_FIRST_LINE) => {
                "the input begins with white space, and there is no line before it to continue"
            }
            false => "text outside of a card",
        };
        self.junk = finding(
            self.profile,
            rule,
            position,
            0..line.len(),
            line,
            Cow::Borrowed(message),
        );
    }
}

/// Whether the octets are the start of a file of cards in UTF-16, with a byte order mark or
/// without.
fn is_utf_16(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, b'B' | b'b', 0, ..] | [b'B' | b'b', 0, _, 0, ..]
    )
}

fn finding(
    profile: Profile,
    rule: &'static Rule,
    position: Position,
    span: Range<usize>,
    bytes: &[u8],
    message: Cow<'static, str>,
) -> Option<Diagnostic> {
    // The rules about streams are the same in every version.
    let version = profile.version().unwrap_or(Version::V4_0);
    let start = position.byte + span.start as u64;
    Some(Diagnostic {
        rule,
        severity: profile.severity(rule, version)?,
        section: profile.section(rule).unwrap_or(rule.section()),
        span: start..start + span.len() as u64,
        line: position.line,
        column: position.column + span.start as u64,
        message,
        snippet: super::findings::snippet(bytes.get(span).unwrap_or_default()),
        count: 1,
        fix: None,
    })
}
