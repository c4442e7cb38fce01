//! How far a pass over the lines of a card has come, and where that is in the input.

use crate::card::{Card, EntryId, Properties, PropertyRef};
use crate::position::Position;
use crate::syntax::ContentLine;
use crate::syntax::physical::physical_end;

/// The lines of a card that were not passed yet, and where they begin: the one place where bytes
/// and lines are counted. Columns are counted from the start of a line, when a finding needs them.
pub(super) struct Cursor<'a> {
    card: &'a Card,
    lines: Properties<'a>,
    /// The line of an edited card that came last.
    current: EntryId,
    /// The card as it would be written.
    bytes: &'a [u8],
    /// How many of these bytes were passed.
    passed: usize,
    /// Where the bytes begin in the input.
    start: u64,
    /// The number of the physical line that comes next.
    line: u64,
    edited: bool,
}

impl<'a> Cursor<'a> {
    /// `bytes` are those of the card.
    pub fn new(card: &'a Card, bytes: &'a [u8]) -> Self {
        Cursor {
            card,
            lines: card.lines(),
            current: EntryId::new(0),
            bytes,
            passed: 0,
            start: card.position().byte,
            line: card.position().line,
            edited: card.is_edited(),
        }
    }

    /// Whether [`next_of_source`](Self::next_of_source) gives the lines.
    pub fn is_in_source(&self) -> bool {
        self.lines.are_of_source()
    }

    /// The line that comes next, which is to be passed before the one after it.
    pub fn next(&mut self) -> Option<ContentLine<'a>> {
        let (id, line) = self.lines.next_line()?;
        self.current = id;
        if self.edited {
            self.skip_written_before(line.raw());
        }
        Some(line)
    }

    /// As [`next`](Self::next), of a card without edits.
    #[inline(always)]
    pub fn next_of_source(&mut self) -> Option<ContentLine<'a>> {
        self.lines.next_of_all_of_source()
    }

    /// The line that came last as an entry of the card.
    pub fn entry(&self, line: ContentLine<'a>) -> PropertyRef<'a> {
        let id = match self.lines.are_of_source() {
            true => self.lines.last_of_source(),
            false => self.current,
        };
        PropertyRef::new(self.card, id, line)
    }

    /// Where it begins.
    pub fn position(&self) -> Position {
        Position {
            byte: self.start + self.passed as u64,
            line: self.line,
            column: 1,
        }
    }

    /// Whether the card ends with the line of these bytes, which comes next.
    pub fn is_last(&self, raw: &[u8]) -> bool {
        self.passed + raw.len() >= self.bytes.len()
    }

    /// Goes on behind the line of these bytes.
    #[inline(always)]
    pub fn pass(&mut self, raw: &[u8], physical_lines: u64) {
        self.passed += raw.len();
        self.line += physical_lines;
    }

    /// Skips line endings that writing an edited card puts before a line: what keeps two lines
    /// apart.
    fn skip_written_before(&mut self, raw: &[u8]) {
        while let Some(rest) = self.bytes.get(self.passed..)
            && !rest.starts_with(raw)
            && matches!(rest.first(), Some(b'\r' | b'\n'))
            && let Some(end) = physical_end(rest, 0, true)
        {
            self.passed += end.next;
            self.line += 1;
        }
    }
}
