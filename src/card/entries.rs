//! The iterator over the lines of a card.

use super::Card;
use super::entry_id::EntryId;
use super::property_ref::PropertyRef;
use crate::syntax::flags::Flags;

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
        let length = 1_u64.checked_shl(name.len() as u32).unwrap_or_default();
        self.next_where(length, |property| property.is(name))
    }

    /// The next property that passes the test, of those whose names are this long: a bit for each
    /// length below 64; longer names are looked at too.
    pub(crate) fn next_where(
        &mut self,
        lengths: u64,
        is: impl Fn(&PropertyRef<'a>) -> bool,
    ) -> Option<PropertyRef<'a>> {
        if self.card.edits.is_some() {
            return self.find(|property| is(property));
        }
        let may_be = |length: u16| {
            let rest = lengths.checked_shr(u32::from(length));
            rest.is_none_or(|rest| rest & 1 == 1)
        };
        let from = self.next?;
        let lines = self.card.lines.get(from..)?;
        for (index, line) in (from..).zip(lines) {
            if !may_be(line.name) || line.flags.has(Flags::SENTINEL) {
                continue;
            }
            if let Some(line) = self.card.source_content_line(index) {
                let property = PropertyRef::new(self.card, EntryId::new(index), line);
                if is(&property) {
                    self.next = Some(index + 1);
                    return Some(property);
                }
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
