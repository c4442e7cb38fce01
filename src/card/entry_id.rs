//! The name of a line of a card.

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
