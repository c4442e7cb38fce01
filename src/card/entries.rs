//! The lines of a card one by one: what names one, and the iterator over all of them.

use super::Card;
use super::property_ref::PropertyRef;
use crate::syntax::flags::Flags;

/// Names one line of one card, for as long as the card lives. Edits do not change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(u32);

impl EntryId {
    pub(crate) fn new(index: usize) -> Self {
        EntryId(index as u32)
    }

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// The properties of a card, in order.
#[derive(Debug, Clone)]
pub struct Properties<'a> {
    card: &'a Card,
    next: Option<usize>,
    all: bool,
}

impl<'a> Properties<'a> {
    pub(crate) fn new(card: &'a Card, all: bool) -> Self {
        Properties {
            card,
            next: Some(0),
            all,
        }
    }

    /// The next property of this name: most lines are passed over by the lengths of their names
    /// alone.
    pub(crate) fn next_named(&mut self, name: &str) -> Option<PropertyRef<'a>> {
        if self.card.edits.is_some() {
            return self.find(|property| property.is(name));
        }
        let from = self.next?;
        let lines = self.card.lines.get(from..)?;
        for (index, line) in (from..).zip(lines) {
            if usize::from(line.name) != name.len() || line.flags.has(Flags::SENTINEL) {
                continue;
            }
            if let Some(line) = self.card.source_content_line(index)
                && line.is(name)
            {
                self.next = Some(index + 1);
                return Some(PropertyRef::new(self.card, EntryId::new(index), line));
            }
        }
        self.next = None;
        None
    }
}

impl<'a> Iterator for Properties<'a> {
    type Item = PropertyRef<'a>;

    #[inline]
    fn next(&mut self) -> Option<PropertyRef<'a>> {
        loop {
            let id = EntryId::new(self.next?);
            let line = match &self.card.edits {
                None => {
                    let line = self.card.source_content_line(id.index());
                    self.next = line.is_some().then(|| id.index() + 1);
                    line
                }
                Some(edits) => {
                    self.next = edits.after(id).map(EntryId::index);
                    edits.content_line(self.card, id)
                }
            };
            let Some(line) = line else { continue };
            if self.all || (line.is_content() && !line.flags().has(Flags::SENTINEL)) {
                return Some(PropertyRef::new(self.card, id, line));
            }
        }
    }
}
