//! A stream of cards, event by event: the cards, and what lies between them.

use super::diagnostic::Diagnostic;
use super::driver::check;
use super::profile::Profile;
use super::report::Report;
use super::rule::Rule;
use super::rules::{begin_end, streams};
use crate::card::{CardReader, Event, Junk, JunkKind};
use crate::error::Error;
use crate::position::Position;
use crate::syntax::Input;
use crate::syntax::physical::physical_end;
use crate::syntax::span::slice;
use crate::version::Version;

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
    /// Whether there was a line that frames no card, and would but for a fault.
    is_damaged: bool,
    /// The version of the last card, as long as nothing but blank lines followed.
    version: Option<Version>,
    /// A finding about all blank lines so far.
    blank: Option<Diagnostic>,
    first: bool,
    /// How many cards there were, up to the third.
    cards: u8,
    /// Rules whose findings are left out.
    allowed: alloc::vec::Vec<&'static str>,
}

/// No rule has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule {name:?}")]
#[non_exhaustive]
pub struct UnknownRule {
    /// The name.
    pub name: alloc::boxed::Box<str>,
}

crate::error::into_error! { Validate: UnknownRule }

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
            is_damaged: false,
            version: None,
            blank: None,
            first: true,
            cards: 0,
            allowed: alloc::vec::Vec::new(),
        }
    }

    /// The same without findings of a rule, as `vcardinal check --allow` leaves them out.
    ///
    /// # Errors
    ///
    /// No rule has this name.
    ///
    /// ```
    /// use vcardinal::CardReader;
    /// use vcardinal::validate::{Checker, Profile};
    ///
    /// let body = b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nEND:VCARD\r\n";
    /// let checker = Checker::new(Profile::CardDav);
    /// assert!(checker.clone().check(CardReader::from_slice(body))?.has_errors());
    /// let report = checker.allow("uid-missing")?.check(CardReader::from_slice(body))?;
    /// assert!(!report.has_errors());
    /// assert!(Checker::new(Profile::CardDav).allow("uid-mising").is_err());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn allow(mut self, rule: &str) -> Result<Self, UnknownRule> {
        let found = super::rules::rule(rule).ok_or_else(|| UnknownRule { name: rule.into() })?;
        self.allowed.push(found.id);
        Ok(self)
    }

    /// All that is wrong with what a reader reads: the cards, and what lies around them.
    ///
    /// # Errors
    ///
    /// The input cannot be read.
    ///
    /// ```
    /// use vcardinal::CardReader;
    /// use vcardinal::validate::{Checker, Profile};
    ///
    /// let file = b"hello\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nEND:VCARD\r\n";
    /// let report = Checker::new(Profile::Rfc6350).check(CardReader::from_slice(file))?;
    /// assert_eq!(report.iter().next().unwrap().rule.id, "junk-outside-card");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn check<I: Input>(mut self, mut reader: CardReader<I>) -> Result<Report, Error> {
        let mut findings = alloc::vec::Vec::new();
        while let Some(event) = reader.next_event()? {
            self.event(&event, &mut |finding| findings.push(finding));
        }
        let profile = self.profile;
        self.finish(&mut |finding| findings.push(finding));
        Ok(Report::new(findings, profile))
    }

    /// Looks at the next event of the stream, and hands out what is wrong up to there. A finding
    /// that depends on what follows comes with a later event.
    pub fn event(&mut self, event: &Event<'_>, sink: &mut impl FnMut(Diagnostic)) {
        let allowed = core::mem::take(&mut self.allowed);
        self.event_unsifted(event, &mut |finding| {
            if !allowed.contains(&finding.rule.id) {
                sink(finding);
            }
        });
        self.allowed = allowed;
    }

    fn event_unsifted(&mut self, event: &Event<'_>, sink: &mut impl FnMut(Diagnostic)) {
        match event {
            Event::Card(card) => {
                self.flush_junk(sink);
                self.unclosed = None;
                if self.open
                    && let Some(finding) = begin_end::begin_inside_card(card, self.profile)
                {
                    sink(finding);
                }
                let checked = check(card, self.profile);
                let begin = card.lines().next().map(|line| line.raw());
                self.card(card.position(), begin.unwrap_or_default(), sink);
                self.open = !card.is_closed();
                self.version = card.version();
                self.unclosed = checked.unclosed;
                checked.findings.into_iter().for_each(&mut *sink);
            }
            Event::Junk(junk) => self.junk(junk, sink),
            Event::Bad { error, .. } => {
                self.between(sink);
                self.version = None;
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
    ///
    /// ```
    /// use vcardinal::validate::{Checker, Profile};
    ///
    /// let mut findings = Vec::new();
    /// Checker::new(Profile::CardDav).finish(&mut |finding| findings.push(finding));
    /// assert_eq!(findings[0].rule.id, "card-count"); // it had to be one
    /// ```
    pub fn finish(&mut self, sink: &mut impl FnMut(Diagnostic)) {
        let allowed = core::mem::take(&mut self.allowed);
        let sink = &mut |finding: Diagnostic| {
            if !allowed.contains(&finding.rule.id) {
                sink(finding);
            }
        };
        self.between(sink);
        self.blank.take().into_iter().for_each(&mut *sink);
        // That no reader finds a card in UTF-16, or one whose frame is damaged, was said.
        if self.cards == 0 && !self.utf_16 && !self.is_damaged {
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
            JunkKind::Blank => self.blank_lines(position),
            JunkKind::Text if !self.utf_16 => self.text(position, bytes, sink),
            _ => {}
        }
    }

    /// Blank lines, which come in one piece or several.
    fn blank_lines(&mut self, position: Position) {
        let Some(version) = self.version.take() else {
            return;
        };
        match &mut self.blank {
            Some(blank) => blank.count += 1,
            None => {
                self.blank = streams::blank_line_between_cards(self.profile, version, position);
            }
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
        self.is_damaged |= !core::ptr::eq(rule, &streams::JUNK_OUTSIDE_CARD);
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
