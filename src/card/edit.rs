//! Changes to a card, beside the bytes it was read from.
//!
//! The source is never spliced: a change puts one new line into the list of lines
//! ([`slots`](super::slots)), and all other bytes go out as they came. So n changes cost n lines,
//! and what nobody touched cannot change.
//!
//! Parsing the edited bytes gives the edited lines, always; the property tests and a fuzz target
//! hold edits to that. It rests on two things. Every new line is lexed again before it is used
//! ([`render`]): one line must come out, with what was asked for. And no edit may give a line
//! a neighbour that it would become one line with ([`glue`](super::glue)); an edit that did not
//! ask would break it.

use alloc::vec::Vec;

use super::Card;
use super::edit_error::EditError;
use super::entry_id::EntryId;
use super::glue::{Edge, are_glued, fuses};
use super::new_property::Property;
#[cfg(feature = "base64")]
use super::new_property::PropertyValue;
use super::property_mut::PropertyMut;
use super::property_ref::PropertyRef;
use super::render::{self, NewLine};
use crate::syntax::flags::Flags;

impl Card {
    /// Adds a property after the last line, before END.
    ///
    /// ```
    /// use vcardinal::{Card, Property};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nFN:A\nEND:VCARD\n")?;
    /// card.push(Property::text("NOTE", "new; line")?)?;
    /// assert_eq!(card.to_string(), "BEGIN:VCARD\nVERSION:3.0\nFN:A\nNOTE:new\\; line\nEND:VCARD\n");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the value has no form in the version of the card, or the last line ends in an open
    /// soft line break and there is no line before it to add after.
    pub fn push(&mut self, property: Property) -> Result<EntryId, EditError> {
        let mut after = self.last_id().ok_or(EditError::NoEntry)?;
        if self.is_closed() {
            after = self.previous(after).ok_or(EditError::NoEntry)?;
        }
        // Not after an open soft break, nor after blank lines at the end.
        while let Some(line) = self.content_line(after)
            && (line.flags().has(Flags::OPEN) || line.is_blank())
            && let Some(previous) = self.previous(after)
        {
            after = previous;
        }
        self.insert_after(after, property)
    }

    /// Adds a property after another line; after BEGIN, that is at the beginning, with the id
    /// of the first of [`lines`](Card::lines).
    ///
    /// # Errors
    ///
    /// When there is no such line, or it is END, when the value has no form in the version of the
    /// card, or when the new line would part lines that are glued.
    pub fn insert_after(&mut self, id: EntryId, property: Property) -> Result<EntryId, EditError> {
        let place = self.content_line(id).ok_or(EditError::NoEntry)?;
        if place.flags().has(Flags::SENTINEL) && place.is("END") {
            return Err(EditError::NoEntry);
        }
        let ending = self.ending_at(id);
        let line = render::property(&property, self.write_version(), ending)?;
        let new = Edge::from(line.view());
        let before = Edge::from(place);
        if fuses(before, new) {
            return Err(EditError::Glued);
        }
        let after = self
            .next_line(id)
            .and_then(|next| self.content_line(next))
            .map(Edge::from);
        if after.is_some_and(|after| are_glued(before, after) || fuses(new, after)) {
            return Err(EditError::Glued);
        }
        let version = self.version_after(None, Some((id, line.view())))?;
        self.note_version(version);
        self.note_groups(None, Some(line.view()));
        Ok(self.edits().insert_after(id, line))
    }

    /// Adds a property before another line.
    ///
    /// # Errors
    ///
    /// As [`insert_after`](Card::insert_after); BEGIN has nothing before it.
    pub fn insert_before(&mut self, id: EntryId, property: Property) -> Result<EntryId, EditError> {
        self.content_line(id).ok_or(EditError::NoEntry)?;
        let previous = self.previous(id).ok_or(EditError::NoEntry)?;
        self.insert_after(previous, property)
    }

    /// The property of this id, to be changed.
    #[must_use]
    pub fn entry_mut(&mut self, id: EntryId) -> Option<PropertyMut<'_>> {
        let line = self.content_line(id)?;
        (!line.flags().has(Flags::SENTINEL)).then_some(PropertyMut { card: self, id })
    }

    /// The first property of this name, to be changed.
    #[must_use]
    pub fn property_mut(&mut self, name: &str) -> Option<PropertyMut<'_>> {
        self.find_mut(|property| property.is(name))
    }

    /// The first property that fits, to be changed.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL;TYPE=home:1\nTEL;TYPE=cell:2\nEND:VCARD\n",
    /// )?;
    /// if let Some(mut mobile) = card.find_mut(|p| p.is("TEL") && p.has_type("cell")) {
    ///     mobile.set_text("+14155550123")?;
    /// }
    /// assert!(card.to_string().contains("TEL;TYPE=home:1\nTEL;TYPE=cell:+14155550123\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn find_mut(
        &mut self,
        mut fits: impl FnMut(&PropertyRef<'_>) -> bool,
    ) -> Option<PropertyMut<'_>> {
        let id = self.properties().find(|property| fits(property))?.id();
        Some(PropertyMut { card: self, id })
    }

    /// Removes the properties that fit; how many there were.
    ///
    /// A property that lines are glued to stays; see [`PropertyMut::remove`].
    pub fn remove_where(&mut self, mut fits: impl FnMut(&PropertyRef<'_>) -> bool) -> usize {
        let ids: Vec<EntryId> = self
            .properties()
            .filter(|property| fits(property))
            .map(|property| property.id())
            .collect();
        ids.into_iter()
            .filter(|id| self.remove_line(*id).is_ok())
            .count()
    }

    /// Whether anything was changed since it was read.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        self.edits.as_ref().is_some_and(|edits| edits.is_changed)
    }

    /// The line ending of the card: that of its first line.
    pub(super) fn ending(&self) -> &'static str {
        self.ending_at(EntryId::new(0))
    }

    /// The line ending of a line, or CRLF where it has none.
    pub(super) fn ending_at(&self, id: EntryId) -> &'static str {
        let raw = self.content_line(id).map_or(&[][..], |line| line.raw());
        match raw {
            [.., b'\r', b'\n'] => "\r\n",
            [.., b'\n'] => "\n",
            [.., b'\r'] => "\r",
            _ if id.index() == 0 => "\r\n",
            _ => self.ending(),
        }
    }

    /// The edges of the lines around one. A blank line left by a removal keeps them apart.
    fn neighbours(&self, id: EntryId) -> (Option<Edge<'_>>, Option<Edge<'_>>) {
        let edge = |id: Option<EntryId>| id.and_then(|id| self.content_line(id)).map(Edge::from);
        (edge(self.previous(id)), edge(self.next_line(id)))
    }

    pub(super) fn remove_line(&mut self, id: EntryId) -> Result<(), EditError> {
        let line = self.content_line(id).ok_or(EditError::NoEntry)?;
        if line.flags().has(Flags::SENTINEL) {
            return Err(EditError::NoEntry);
        }
        let (before, after) = self.neighbours(id);
        let joins = match (before, after) {
            (Some(before), Some(after)) => {
                if before.flags.has(Flags::OPEN) {
                    return Err(EditError::Glued);
                }
                fuses(before, after)
            }
            _ => false,
        };
        if joins
            && before.is_some_and(|before| before.raw.ends_with(b"\r"))
            && after.is_some_and(|after| after.flags.has(Flags::BLANK))
        {
            return Err(EditError::Glued);
        }
        let version = self.version_after(Some(id), None)?;
        self.note_version(version);
        self.note_groups(Some(id), None);
        match joins {
            true => self.edits().blank(id),
            false => self.edits().remove(id),
        }
        Ok(())
    }

    pub(super) fn replace_line(&mut self, id: EntryId, line: NewLine) -> Result<(), EditError> {
        let (before, after) = self.neighbours(id);
        let new = Edge::from(line.view());
        let joins = before.is_some_and(|before| fuses(before, new))
            || after.is_some_and(|after| {
                // White space after a sentinel or a blank line begins a line of its own; after
                // the new line it would continue that.
                fuses(new, after) && !line.blank_after
            });
        if joins {
            return Err(EditError::Glued);
        }
        let version = self.version_after(Some(id), Some((id, line.view())))?;
        self.note_version(version);
        self.note_groups(Some(id), Some(line.view()));
        self.edits().replace(id, line);
        Ok(())
    }

    /// Moves a line to stand after another, byte for byte as it is.
    pub(super) fn move_line(&mut self, id: EntryId, place: EntryId) -> Result<(), EditError> {
        if place == id {
            return Ok(());
        }
        let target = self.content_line(place).ok_or(EditError::NoEntry)?;
        if target.flags().has(Flags::SENTINEL) && target.is("END") {
            return Err(EditError::NoEntry);
        }
        let line = self.content_line(id).ok_or(EditError::NoEntry)?;
        let next = self.next_line(place);
        if next == Some(id) {
            return Ok(());
        }
        let (before, after) = self.neighbours(id);
        let (target, moved) = (Some(Edge::from(target)), Some(Edge::from(line)));
        let follower = next
            .and_then(|next| self.content_line(next))
            .map(Edge::from);
        let would = |is: fn(Edge<'_>, Edge<'_>) -> bool, before: Option<_>, after: Option<_>| {
            before
                .zip(after)
                .is_some_and(|(before, after)| is(before, after))
        };
        // Where it stands now, and where it is to stand.
        if would(are_glued, before, moved)
            || would(are_glued, moved, after)
            || would(fuses, before, after)
            || would(are_glued, target, follower)
            || would(fuses, target, moved)
            || would(fuses, moved, follower)
        {
            return Err(EditError::Glued);
        }
        let version = self.version_after(Some(id), Some((place, line)))?;
        self.note_version(version);
        self.edits().move_after(id, place);
        Ok(())
    }
}

#[cfg(feature = "base64")]
impl Card {
    /// Sets the first PHOTO, or adds one, in the form of the card's version. RFC 6350, 6.2.4;
    /// RFC 2426, 3.1.4.
    ///
    /// # Errors
    ///
    /// When the media type is not a valid one, or the card has no place for another line.
    pub fn set_photo(&mut self, media_type: &str, data: &[u8]) -> Result<(), EditError> {
        if let Some(mut photo) = self.property_mut("PHOTO") {
            return photo.set_binary(media_type, data);
        }
        let value = PropertyValue::Binary {
            media_type: media_type.into(),
            data: data.into(),
        };
        self.push(Property::new("PHOTO", value)?).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_nothing_is_put_before_a_line_that_is_gone() {
        let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n").unwrap();
        let id = card.property("FN").unwrap().id();
        card.property_mut("FN").unwrap().remove().unwrap();
        let note = Property::text("NOTE", "a").unwrap();
        assert_eq!(card.insert_before(id, note), Err(EditError::NoEntry));
    }
}
