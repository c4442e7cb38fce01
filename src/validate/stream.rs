//! A stream of cards, event by event: the cards, and what lies between them.

use super::diagnostic::{Diagnostic, Rule};
use super::driver::check;
use super::profile::Profile;
use super::rules::{delimiters, streams};
use crate::card::{Event, Junk, JunkKind};
use crate::error::Position;
use crate::syntax::physical::physical_end;
use crate::syntax::span::slice;

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
                    && let Some(finding) = delimiters::begin_inside_card(card, self.profile)
                {
                    sink(finding);
                }
                let checked = check(card, self.profile);
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
                streams::limit_exceeded(self.profile, position, error)
                    .into_iter()
                    .for_each(&mut *sink);
            }
        }
        self.first = false;
    }

    /// Hands out what was waiting for the next event, at the end of the stream.
    pub fn finish(&mut self, sink: &mut impl FnMut(Diagnostic)) {
        self.between(sink);
        if self.cards == 0 {
            streams::no_card(self.profile).into_iter().for_each(sink);
        }
    }

    /// Counts a card, read or not.
    fn card(&mut self, position: Position, begin: &[u8], sink: &mut impl FnMut(Diagnostic)) {
        self.cards = self.cards.saturating_add(1).min(3);
        if self.cards == 2 {
            streams::second_card(self.profile, position, begin)
                .into_iter()
                .for_each(sink);
        }
    }

    fn between(&mut self, sink: &mut impl FnMut(Diagnostic)) {
        self.flush_junk(sink);
        self.open = false;
        self.unclosed.take().into_iter().for_each(sink);
    }

    fn flush_junk(&mut self, sink: &mut impl FnMut(Diagnostic)) {
        self.junk.take().into_iter().for_each(sink);
    }

    fn junk(&mut self, junk: &Junk<'_>, sink: &mut impl FnMut(Diagnostic)) {
        self.open = false;
        self.unclosed.take().into_iter().for_each(&mut *sink);
        let (position, bytes) = (junk.position(), junk.bytes());
        match junk.kind() {
            JunkKind::ByteOrderMark => {
                self.flush_junk(sink);
                streams::byte_order_mark(self.profile, position, bytes)
                    .into_iter()
                    .for_each(sink);
            }
            JunkKind::Text if self.first && streams::is_utf_16(bytes) => {
                self.utf_16 = true;
                streams::utf_16(self.profile, position, bytes)
                    .into_iter()
                    .for_each(sink);
            }
            JunkKind::Text if !self.utf_16 => self.text(position, bytes, sink),
            _ => {}
        }
    }

    /// Lines that are no card.
    fn text(&mut self, mut position: Position, bytes: &[u8], sink: &mut impl FnMut(Diagnostic)) {
        let mut start = 0;
        while let Some(end) = physical_end(bytes, start, true) {
            let line = slice(bytes, start..end.content);
            let begins = !core::mem::replace(&mut self.inside_line, end.next == end.content);
            if let Some(rule) = streams::rule_of_line(position, line, begins) {
                self.junk_line(rule, position, line, begins, sink);
            }
            position.byte += (end.next - start) as u64;
            position.line += 1;
            start = end.next;
            if start >= bytes.len() {
                break;
            }
        }
    }

    /// Lines that break the same rule are one finding.
    fn junk_line(
        &mut self,
        rule: &'static Rule,
        position: Position,
        line: &[u8],
        begins: bool,
        sink: &mut impl FnMut(Diagnostic),
    ) {
        if let Some(junk) = &mut self.junk
            && core::ptr::eq(junk.rule, rule)
        {
            junk.span.end = position.byte + line.len() as u64;
            junk.count += u32::from(begins);
            return;
        }
        self.flush_junk(sink);
        self.junk = streams::outside_card(self.profile, rule, position, line);
    }
}
