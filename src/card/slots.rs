//! The lines of a card that is being changed, in order: a linked list beside the source.
//!
//! There is one slot for each line that was read, with the index of the line, and one for each
//! line that is new. A slot holds at most one line, which stands in for the source's. So an
//! [`EntryId`] is the index of a slot, and stays right whatever is put in or taken out around it;
//! and a change costs the line it writes, wherever it is, where splicing the source or a table of
//! lines would make n changes cost n times the card. `benches/edit.rs` measures one change;
//! `tests/scaling/reading_and_writing.rs` holds many to a time that grows with their number.
//!
//! What would break it: a slot whose index moves, or a change of a line that goes by the list and
//! not by [`edit`](super::edit), which looks at the neighbours first.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Card;
use super::effective_version::Unnamed;
use super::entry_id::EntryId;
use super::glue::Edge;
use super::groups::Groups;
use super::remembered_names::Firsts;
use super::render::NewLine;
use crate::syntax::ContentLine;

/// No slot: before the first, after the last.
const NONE: u32 = u32::MAX;

/// What is changed of a card, and what is known of it while it is changed.
#[derive(Debug, Clone)]
pub(super) struct Edits {
    /// The slot of a line that was read has the index of the line.
    slots: Vec<Slot>,
    last: u32,
    /// The line that says the version of the card, if it was looked for.
    pub version_at: Option<EntryId>,
    /// What tells the version of a card that names none, if it was looked for.
    pub unnamed: Option<Unnamed>,
    /// Who asks for a group makes this, and may yet change nothing.
    pub is_changed: bool,
    /// Whether the source is not what was read, but the same with other line endings.
    pub is_reread: bool,
    /// The groups of the card, if somebody asked about them.
    pub groups: Option<Groups>,
    /// Where the first property of a name is, for the names that somebody asked for.
    pub firsts: Firsts,
}

#[derive(Debug, Clone)]
struct Slot {
    previous: u32,
    next: u32,
    content: Content,
}

#[derive(Debug, Clone)]
enum Content {
    /// The line of this index.
    Source(u32),
    Line(Box<NewLine>),
    Removed,
    /// Removed, and a blank line left in its place that keeps its neighbours apart.
    Blank,
}

impl Edits {
    fn new(lines: usize) -> Self {
        let slots = (0..lines as u32)
            .map(|index| Slot {
                previous: index.wrapping_sub(1),
                next: if index as usize + 1 < lines {
                    index + 1
                } else {
                    NONE
                },
                content: Content::Source(index),
            })
            .collect();
        Edits {
            slots,
            last: (lines as u32).wrapping_sub(1),
            version_at: None,
            unnamed: None,
            is_changed: false,
            is_reread: false,
            groups: None,
            firsts: Firsts::default(),
        }
    }

    /// How many lines there are, those that are gone included.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    fn slot(&self, id: EntryId) -> Option<&Slot> {
        self.slots.get(id.index())
    }

    pub fn after(&self, id: EntryId) -> Option<EntryId> {
        self.link(self.slot(id)?.next)
    }

    pub fn before(&self, id: EntryId) -> Option<EntryId> {
        self.link(self.slot(id)?.previous)
    }

    fn link(&self, index: u32) -> Option<EntryId> {
        (index != NONE).then(|| EntryId::new(index as usize))
    }

    pub fn content_line<'a>(&'a self, card: &'a Card, id: EntryId) -> Option<ContentLine<'a>> {
        match &self.slot(id)?.content {
            Content::Source(index) => card.source_content_line(*index as usize),
            Content::Line(line) => Some(line.view()),
            Content::Removed | Content::Blank => None,
        }
    }

    /// The index of the line that was read, where that stands there yet.
    pub fn source_of(&self, id: EntryId) -> Option<usize> {
        match self.slot(id)?.content {
            Content::Source(index) => Some(index as usize),
            _ => None,
        }
    }

    /// The edge of a line.
    pub fn edge<'a>(&'a self, card: &'a Card, id: EntryId) -> Option<Edge<'a>> {
        match &self.slot(id)?.content {
            Content::Source(index) => card.source_edge(*index as usize),
            Content::Line(line) => Some(Edge::from(line.view())),
            Content::Removed | Content::Blank => None,
        }
    }

    fn raw<'a>(&'a self, card: &'a Card, index: u32) -> (&'a [u8], bool) {
        match self.slots.get(index as usize).map(|slot| &slot.content) {
            Some(Content::Source(line)) => (
                card.source_line(*line as usize)
                    .map_or(&[][..], |(raw, _)| raw),
                false,
            ),
            Some(Content::Line(line)) => (line.bytes(), line.blank_after),
            Some(Content::Blank) => (&[], true),
            _ => (&[], false),
        }
    }

    fn set_next(&mut self, of: u32, next: u32) {
        if let Some(slot) = self.slots.get_mut(of as usize) {
            slot.next = next;
        }
    }

    fn set_previous(&mut self, of: u32, previous: u32) {
        match self.slots.get_mut(of as usize) {
            Some(slot) => slot.previous = previous,
            None => self.last = previous,
        }
    }

    /// The line that stands in for the source's, or is new.
    pub fn new_line(&self, id: EntryId) -> Option<&NewLine> {
        match &self.slot(id)?.content {
            Content::Line(line) => Some(line),
            _ => None,
        }
    }

    fn set(&mut self, id: EntryId, content: Content) {
        if let Some(slot) = self.slots.get_mut(id.index()) {
            slot.content = content;
        }
    }

    /// What the next new line is named.
    pub fn next_id(&self) -> EntryId {
        EntryId::new(self.slots.len())
    }

    /// Puts a new line after another.
    pub fn insert_after(&mut self, place: EntryId, line: NewLine) -> EntryId {
        let new = EntryId::new(self.slots.len());
        self.slots.push(Slot {
            previous: NONE,
            next: NONE,
            content: Content::Line(Box::new(line)),
        });
        self.link_after(new, place);
        new
    }

    /// Puts a line that was read in the place of another.
    pub fn put_source(&mut self, id: EntryId, index: u32) {
        self.set(id, Content::Source(index));
    }

    /// Puts a line that was read after another.
    pub fn insert_source_after(&mut self, place: EntryId, index: u32) {
        let new = EntryId::new(self.slots.len());
        self.slots.push(Slot {
            previous: NONE,
            next: NONE,
            content: Content::Source(index),
        });
        self.link_after(new, place);
    }

    /// Puts a line in the place of another.
    pub fn replace(&mut self, id: EntryId, line: NewLine) {
        self.set(id, Content::Line(Box::new(line)));
    }

    /// Takes a line out.
    pub fn remove(&mut self, id: EntryId) {
        self.unlink(id);
        self.set(id, Content::Removed);
    }

    /// Puts a blank line in the place of another.
    pub fn blank(&mut self, id: EntryId) {
        self.set(id, Content::Blank);
    }

    /// Moves a line to stand after another.
    pub fn move_after(&mut self, id: EntryId, place: EntryId) {
        self.unlink(id);
        self.link_after(id, place);
    }

    /// Takes a slot out of the list, without touching its content.
    fn unlink(&mut self, id: EntryId) {
        let Some((previous, next)) = self.slot(id).map(|slot| (slot.previous, slot.next)) else {
            return;
        };
        self.set_next(previous, next);
        self.set_previous(next, previous);
    }

    /// Puts a slot that is in no list after another.
    fn link_after(&mut self, id: EntryId, previous: EntryId) {
        let index = id.index() as u32;
        let Some(next) = self.slot(previous).map(|slot| slot.next) else {
            return;
        };
        if let Some(slot) = self.slots.get_mut(id.index()) {
            slot.previous = previous.index() as u32;
            slot.next = next;
        }
        self.set_next(previous.index() as u32, index);
        self.set_previous(next, index);
    }
}

impl Card {
    /// Its edits, made if there are none yet.
    pub(super) fn edits(&mut self) -> &mut Edits {
        let lines = self.lines.len();
        self.edits
            .get_or_insert_with(|| Box::new(Edits::new(lines)))
    }

    /// The last line.
    pub(super) fn last_id(&self) -> Option<EntryId> {
        match &self.edits {
            Some(edits) => edits.link(edits.last),
            None => self.lines.len().checked_sub(1).map(EntryId::new),
        }
    }

    /// The line before, as it was read or changed; blank ones included.
    pub(super) fn previous(&self, id: EntryId) -> Option<EntryId> {
        match &self.edits {
            Some(edits) => edits.before(id),
            None => id.index().checked_sub(1).map(EntryId::new),
        }
    }

    /// The line after, as it was read or changed; blank ones included.
    pub(super) fn next_line(&self, id: EntryId) -> Option<EntryId> {
        match &self.edits {
            Some(edits) => edits.after(id),
            None => Some(EntryId::new(id.index() + 1)).filter(|id| id.index() < self.lines.len()),
        }
    }

    /// Appends its bytes to `out`.
    pub fn append_to(&self, out: &mut Vec<u8>) {
        let Some(edits) = &self.edits else {
            out.extend_from_slice(self.source_bytes());
            return;
        };
        let ending = self.ending();
        let begin = out.len();
        let mut index = 0;
        while index != NONE {
            let (raw, blank_after) = edits.raw(self, index);
            let end_line = |out: &mut Vec<u8>| {
                // The last line that was read may have had no ending.
                if out.len() > begin && !out.ends_with(b"\n") && !out.ends_with(b"\r") {
                    out.extend_from_slice(ending.as_bytes());
                }
            };
            if !raw.is_empty() {
                end_line(out);
                out.extend_from_slice(raw);
            }
            if blank_after {
                end_line(out);
                // After a lone CR any other ending would be the rest of that one.
                let blank = if out.ends_with(b"\r") { "\r" } else { ending };
                out.extend_from_slice(blank.as_bytes());
            }
            index = edits
                .slots
                .get(index as usize)
                .map_or(NONE, |slot| slot.next);
        }
    }
}
