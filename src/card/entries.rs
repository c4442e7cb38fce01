//! The iterator over the lines of a card.

use super::Card;
use super::entry_id::EntryId;
use super::property_ref::PropertyRef;
use crate::syntax::ContentLine;
use crate::syntax::flags::Flags;
use crate::syntax::lexer::Line;

/// The properties of a card, in order.
#[derive(Debug, Clone)]
pub struct Properties<'a> {
    card: &'a Card,
    /// The number of the line that comes next, or [`END`].
    next: usize,
    /// The number of the line that the backward end stands before, or [`END`] at the end of the card.
    end: usize,
    all: bool,
}

/// The number of no line.
const END: usize = usize::MAX;

impl<'a> Properties<'a> {
    pub(crate) fn new(card: &'a Card, all: bool) -> Self {
        Properties {
            card,
            next: 0,
            end: END,
            all,
        }
    }

    /// The properties after a line.
    pub(super) fn after(card: &'a Card, id: EntryId) -> Self {
        let next = card.next_line(id).map_or(END, EntryId::index);
        Properties {
            card,
            next,
            end: END,
            all: false,
        }
    }

    /// The next property of this name: most lines are passed over by the lengths of their names
    /// alone.
    pub(crate) fn next_named(&mut self, name: &str) -> Option<PropertyRef<'a>> {
        let length = 1_u64.checked_shl(name.len() as u32).unwrap_or_default();
        self.next_where(length, |own| own.eq_ignore_ascii_case(name.as_bytes()))
    }

    /// The next property whose name passes the test, of those whose names are this long: a bit for
    /// each length below 64; longer names are looked at too.
    ///
    /// Nothing but the name is looked at of the others.
    pub(crate) fn next_where(
        &mut self,
        lengths: u64,
        is: impl Fn(&[u8]) -> bool,
    ) -> Option<PropertyRef<'a>> {
        let may_be = |length: u16| {
            let rest = lengths.checked_shr(u32::from(length));
            rest.is_none_or(|rest| rest & 1 == 1)
        };
        if self.card.edits.is_some() {
            return self.next_of_edited_where(may_be, is);
        }
        let (source, tail) = (self.card.source_bytes(), self.card.tail());
        let from = self.next;
        let lines = self
            .card
            .lines
            .get(from..self.end.min(self.card.lines.len()))?;
        for (index, line) in (from..).zip(lines) {
            if !may_be(line.name)
                || line.flags.has(Flags::SENTINEL)
                || !is(line.name_in(source, tail))
            {
                continue;
            }
            if let Some(line) = self.card.source_content_line(index) {
                self.next = index + 1;
                return Some(PropertyRef::new(self.card, EntryId::new(index), line));
            }
        }
        self.next = self.end;
        None
    }

    /// As [`next_where`](Self::next_where), where lines are linked.
    fn next_of_edited_where(
        &mut self,
        may_be: impl Fn(u16) -> bool,
        is: impl Fn(&[u8]) -> bool,
    ) -> Option<PropertyRef<'a>> {
        let edits = self.card.edits.as_deref()?;
        while self.next != self.end {
            let id = EntryId::new(self.next);
            self.next = edits.after(id).map_or(END, EntryId::index);
            let read = edits.source_of(id).and_then(|at| self.card.lines.get(at));
            let is_another = |line: &Line| {
                !may_be(line.name) || !is(line.name_in(self.card.source_bytes(), self.card.tail()))
            };
            if read.is_some_and(is_another) {
                continue;
            }
            let line = edits.content_line(self.card, id);
            if let Some(line) = line.filter(|line| self.is_wanted(line) && is(line.name_bytes())) {
                return Some(PropertyRef::new(self.card, id, line));
            }
        }
        None
    }

    /// The line of the next one, and its id.
    #[inline(always)]
    pub(crate) fn next_line(&mut self) -> Option<(EntryId, ContentLine<'a>)> {
        if self.card.edits.is_some() {
            return self.next_line_of_edited();
        }
        self.next_line_of_source()
    }

    /// Whether the card has no edits, so that its lines are those of its source.
    pub(crate) fn are_of_source(&self) -> bool {
        self.card.edits.is_none()
    }

    /// As [`next_line`](Self::next_line), of a card without edits. Inlined, so that what is not looked
    /// at of most lines is not put together for them either.
    #[inline(always)]
    fn next_line_of_source(&mut self) -> Option<(EntryId, ContentLine<'a>)> {
        loop {
            let id = EntryId::new(self.next);
            if self.next == self.end {
                return None;
            }
            let line = self.card.source_content_line(self.next)?;
            self.next += 1;
            if self.is_wanted(&line) {
                return Some((id, line));
            }
        }
    }

    /// The next one of all lines of a card without edits, without its id, which is copied with it
    /// otherwise.
    #[inline(always)]
    pub(crate) fn next_of_all_of_source(&mut self) -> Option<ContentLine<'a>> {
        let line = self.card.source_content_line(self.next)?;
        self.next += 1;
        Some(line)
    }

    /// The id of the line that a card without edits handed out last.
    pub(crate) fn last_of_source(&self) -> EntryId {
        EntryId::new(self.next.saturating_sub(1))
    }

    /// As [`next_line`](Self::next_line), where lines are linked.
    #[inline(never)]
    fn next_line_of_edited(&mut self) -> Option<(EntryId, ContentLine<'a>)> {
        let edits = self.card.edits.as_deref()?;
        while self.next != self.end {
            let id = EntryId::new(self.next);
            self.next = edits.after(id).map_or(END, EntryId::index);
            let line = edits.content_line(self.card, id);
            if let Some(line) = line.filter(|line| self.is_wanted(line)) {
                return Some((id, line));
            }
        }
        None
    }

    /// How many come. Each line that comes is looked at: no [`size_hint`](Iterator::size_hint) says it.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Quist\r\nEND:VCARD\r\n")?;
    /// let mut properties = card.properties();
    /// assert_eq!((properties.len(), properties.is_empty()), (2, false));
    /// properties.next();
    /// assert_eq!(properties.len(), 1);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        let mut rest = self.clone();
        core::iter::from_fn(|| rest.next_line()).count()
    }

    /// Whether none comes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clone().next_line().is_none()
    }

    #[inline(always)]
    fn is_wanted(&self, line: &ContentLine<'a>) -> bool {
        self.all || (line.is_content() && !line.flags().has(Flags::SENTINEL))
    }
}

impl<'a> Iterator for Properties<'a> {
    type Item = PropertyRef<'a>;

    #[inline(always)]
    fn next(&mut self) -> Option<PropertyRef<'a>> {
        let (id, line) = self.next_line()?;
        Some(PropertyRef::new(self.card, id, line))
    }

    /// Looks at no line, since whoever collects asks: at most as many as there are lines.
    fn size_hint(&self) -> (usize, Option<usize>) {
        let most = match &self.card.edits {
            _ if self.next == self.end => 0,
            None => {
                let end = self.end.min(self.card.lines.len());
                end.saturating_sub(self.next)
            }
            // The numbers of an edited card's lines are in no order.
            Some(edits) => edits.len(),
        };
        let is_exact = self.all && self.card.edits.is_none();
        (if is_exact { most } else { 0 }, Some(most))
    }

    fn count(self) -> usize {
        self.len()
    }
}

/// From the last one to the first.
impl<'a> DoubleEndedIterator for Properties<'a> {
    fn next_back(&mut self) -> Option<PropertyRef<'a>> {
        loop {
            if self.next == self.end {
                return None;
            }
            let id = match self.end {
                END => self.card.last_id(),
                end => self.card.previous(EntryId::new(end)),
            }?;
            // What comes forward has handed it out already.
            if self.card.edits.is_none() && id.index() < self.next {
                return None;
            }
            self.end = id.index();
            let line = self.card.content_line(id)?;
            if self.is_wanted(&line) {
                return Some(PropertyRef::new(self.card, id, line));
            }
        }
    }
}

impl core::iter::FusedIterator for Properties<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    /// Each way through a card, edited or not, hands out the same, also from both ends in turn.
    #[test]
    fn ok_backwards_is_forwards_turned_round() {
        let text = "BEGIN:VCARD\nVERSION:4.0\nFN:A\n\nTEL:1\nodd\nTEL:2\nEND:VCARD\n";
        let read = Card::parse(text).unwrap();
        let mut edited = read.clone();
        edited.property_mut("TEL").unwrap().remove().unwrap();
        edited.add_text("NOTE", "b").unwrap();
        for card in [read, edited] {
            for lines in [card.properties(), card.lines()] {
                let ids = |lines: Properties<'_>| lines.map(|line| line.id()).collect::<Vec<_>>();
                let forwards = ids(lines.clone());
                assert_eq!(lines.len(), forwards.len());
                assert_eq!(lines.is_empty(), forwards.is_empty());
                let mut backwards: Vec<_> = lines.clone().rev().map(|line| line.id()).collect();
                backwards.reverse();
                assert_eq!(forwards, backwards);
                for turns in 0..1 << forwards.len() {
                    let (mut front, mut back) = (Vec::new(), Vec::new());
                    let mut lines = lines.clone();
                    for turn in 0..forwards.len() + 2 {
                        let done = front.len() + back.len();
                        let rest = lines.len();
                        assert_eq!(rest, forwards.len() - done, "{turns:b}");
                        assert_eq!(lines.is_empty(), rest == 0, "{turns:b}");
                        let (least, most) = lines.size_hint();
                        assert!(least <= rest && Some(rest) <= most, "{turns:b}");
                        match turns >> turn & 1 {
                            0 => front.extend(lines.next().map(|line| line.id())),
                            _ => back.extend(lines.next_back().map(|line| line.id())),
                        }
                    }
                    front.extend(back.into_iter().rev());
                    assert!(
                        forwards.starts_with(&front) || front == forwards,
                        "{turns:b}"
                    );
                    assert_eq!(front.len(), forwards.len(), "{turns:b}");
                }
            }
        }
    }
}
