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
use super::property_mut::PropertyMut;
use super::property_ref::PropertyRef;
use super::render::{self, HeadEdit, NewLine};
use super::uri_commas::{Style, UriCommas};
use super::version_change::reads_the_same;
use crate::syntax::ContentLine;
use crate::syntax::flags::Flags;
use crate::version::Version;

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
        let after = self.last_place()?;
        self.insert_after(after, property)
    }

    /// Adds a property of another card after the last line, before END: as it is written there, in a
    /// group that is free here, and with the label of its group.
    ///
    /// # Errors
    ///
    /// When the property says something else in the version of this card ([`EditError::Version`]), and
    /// as [`push`](Card::push).
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let from = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:3.0\nitem1.TEL;TYPE=cell:1\nitem1.X-ABLabel:Boat\nEND:VCARD\n",
    /// )?;
    /// let mut card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:3.0\nitem1.URL:a\nitem1.X-ABLabel:Home\nEND:VCARD\n",
    /// )?;
    /// card.push_copy(&from.property("TEL").unwrap())?;
    /// assert!(card.to_string().contains("item2.TEL;TYPE=cell:1\nitem2.X-ABLabel:Boat\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn push_copy(&mut self, property: &PropertyRef<'_>) -> Result<EntryId, EditError> {
        let labels = property.labels_of_group();
        let group = property.group().map(|group| match self.has_group(group) {
            true => self.free_group(),
            false => group.into(),
        });
        let after = self.last_place()?;
        let line = self.copied(after, property, group.as_deref())?;
        let labels = labels.iter();
        let labels = labels.map(|label| self.copied(after, label, group.as_deref()));
        let labels = labels.collect::<Result<Vec<_>, _>>()?;
        self.insert_with_labels(after, line, labels)
    }

    /// Adds a property, and after it what labels it; or nothing, when one of them has no form.
    pub(crate) fn push_with_label(
        &mut self,
        property: &Property,
        label: Option<&Property>,
    ) -> Result<EntryId, EditError> {
        let after = self.last_place()?;
        let (style, ending) = (self.style(), self.ending_at(after));
        let line = render::property(property, style, ending)?;
        let label = label.map(|label| render::property(label, style, ending));
        let labels = label.into_iter().collect::<Result<Vec<_>, _>>()?;
        self.insert_with_labels(after, line, labels)
    }

    /// Adds lines that are written already, so that the first alone can be refused: no label begins as
    /// something that goes on.
    fn insert_with_labels(
        &mut self,
        after: EntryId,
        line: NewLine,
        labels: Vec<NewLine>,
    ) -> Result<EntryId, EditError> {
        let id = self.insert_line_after(after, line)?;
        let mut last = id;
        for label in labels {
            last = self.insert_line_after(last, label)?;
        }
        Ok(id)
    }

    /// The line of a property of another card as it is written here.
    fn copied(
        &self,
        after: EntryId,
        property: &PropertyRef<'_>,
        group: Option<&str>,
    ) -> Result<NewLine, EditError> {
        let line = property.line();
        if !reads_the_same(&line, property.effective_version(), self.effective) {
            return Err(EditError::Version);
        }
        let version = self.write_version();
        let edit = HeadEdit {
            line,
            group,
            edits: &[],
            for_value: None,
            with: None,
        };
        let head = edit.head(version)?.ok_or(EditError::NotUtf8)?;
        let mut new = render::with_head(&line, head, version, self.ending_at(after))?;
        new.blank_after = version == Version::V2_1 && new.view().is_base64();
        Ok(new)
    }

    /// The line that a new last one comes after.
    fn last_place(&self) -> Result<EntryId, EditError> {
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
        Ok(after)
    }

    /// Adds a property after another line; after BEGIN, that is at the beginning, with the id
    /// of the first of [`lines`](Card::lines).
    ///
    /// # Errors
    ///
    /// When there is no such line, or it is END, when the value has no form in the version of the
    /// card, or when the new line would part lines that are glued.
    ///
    /// ```
    /// use vcardinal::{Card, Property};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE:b\nEND:VCARD\n")?;
    /// let name = card.property("FN").unwrap().id();
    /// card.insert_after(name, Property::text("TEL", "1")?)?;
    /// assert!(card.to_string().contains("\nFN:A\nTEL:1\nNOTE:b\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn insert_after(&mut self, id: EntryId, property: Property) -> Result<EntryId, EditError> {
        let place = self.content_line(id).ok_or(EditError::NoEntry)?;
        if place.flags().has(Flags::SENTINEL) && place.is("END") {
            return Err(EditError::NoEntry);
        }
        let line = render::property(&property, self.style(), self.ending_at(id))?;
        let line = self.in_version_after(line, &property, None, id)?;
        self.insert_line_after(id, line)
    }

    /// The line of a property, written anew where the card is of another version once the line is in it.
    pub(super) fn in_version_after(
        &self,
        line: NewLine,
        property: &Property,
        without: Option<EntryId>,
        place: EntryId,
    ) -> Result<NewLine, EditError> {
        let version = self.effective_with(without, (place, line.view()))?;
        if version == self.effective {
            return Ok(line);
        }
        let style = Style::new(version, self.uri_commas);
        let line = render::property(property, style, self.ending_at(place))?;
        match self.effective_with(without, (place, line.view()))? == version {
            true => Ok(line),
            false => Err(EditError::Version),
        }
    }

    /// How a card is written that has this line in the place of another.
    pub(super) fn style_with(
        &self,
        id: EntryId,
        line: ContentLine<'_>,
    ) -> Result<Style, EditError> {
        let version = self.effective_with(Some(id), (id, line))?;
        Ok(Style::new(version, self.uri_commas))
    }

    fn insert_line_after(&mut self, id: EntryId, line: NewLine) -> Result<EntryId, EditError> {
        let place = self.content_line(id).ok_or(EditError::NoEntry)?;
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
        let new = self.edits().next_id();
        self.note_groups(None, Some((new, line.view())));
        self.note_names(None, Some((new, line.view())), Some(id));
        Ok(self.edits().insert_after(id, line))
    }

    /// Adds a property before another line.
    ///
    /// # Errors
    ///
    /// As [`insert_after`](Card::insert_after); BEGIN has nothing before it.
    ///
    /// ```
    /// use vcardinal::{Card, Property};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE:b\nEND:VCARD\n")?;
    /// let note = card.property("NOTE").unwrap().id();
    /// card.insert_before(note, Property::text("TEL", "1")?)?;
    /// assert!(card.to_string().contains("\nFN:A\nTEL:1\nNOTE:b\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn insert_before(&mut self, id: EntryId, property: Property) -> Result<EntryId, EditError> {
        self.content_line(id).ok_or(EditError::NoEntry)?;
        let previous = self.previous(id).ok_or(EditError::NoEntry)?;
        self.insert_after(previous, property)
    }

    /// The property of this id, to be changed.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL:1\nTEL:2\nEND:VCARD\n")?;
    /// let last = card.properties_named("TEL").last().unwrap().id();
    /// card.entry_mut(last).unwrap().set_text("3")?;
    /// assert!(card.to_string().contains("\nTEL:1\nTEL:3\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn entry_mut(&mut self, id: EntryId) -> Option<PropertyMut<'_>> {
        let line = self.content_line(id)?;
        (!line.flags().has(Flags::SENTINEL)).then_some(PropertyMut { card: self, id })
    }

    /// The first property of this name, to be changed.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE:b\nEND:VCARD\n")?;
    /// if let Some(mut note) = card.property_mut("note") {
    ///     note.set_text("c")?;
    /// }
    /// assert!(card.to_string().contains("\nNOTE:c\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn property_mut(&mut self, name: &str) -> Option<PropertyMut<'_>> {
        let id = self.first_named(name)?;
        Some(PropertyMut { card: self, id })
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

    /// Removes the properties that fit; how many there were. The label of a group goes with the last
    /// property in it; it is not counted unless it fits, too.
    ///
    /// A property that lines are glued to stays; see [`PropertyMut::remove`].
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nX-A:1\nNOTE:b\nX-B:2\nEND:VCARD\n")?;
    /// assert_eq!(card.remove_where(|property| property.name().starts_with("X-")), 2);
    /// assert_eq!(card.to_string(), "BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE:b\nEND:VCARD\n");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn remove_where(&mut self, mut fits: impl FnMut(&PropertyRef<'_>) -> bool) -> usize {
        let ids: Vec<EntryId> = self
            .properties()
            .filter(|property| fits(property))
            .map(|property| property.id())
            .collect();
        for id in &ids {
            // What stays is not counted.
            let _ = self.remove_with_label(*id);
        }
        let gone = ids.iter().filter(|id| self.content_line(**id).is_none());
        gone.count()
    }

    /// Says how the commas of URIs are written in lines that are set or added from now on; lines that
    /// nobody touches stay as they are. What holds otherwise, and which readers break on what, says
    /// [`UriCommas`].
    ///
    /// ```
    /// use vcardinal::property::Url;
    /// use vcardinal::value::Uri;
    /// use vcardinal::{Card, UriCommas};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nURL:http://a.example\nEND:VCARD\n")?;
    /// card.set_uri_commas(UriCommas::Plain);
    /// card.set::<Url>(Uri::new("http://b.example/1,2")?)?;
    /// assert!(card.to_string().contains("\nURL:http://b.example/1,2\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set_uri_commas(&mut self, commas: UriCommas) {
        self.uri_commas = Some(commas);
    }

    /// How its lines are written.
    pub(crate) fn style(&self) -> Style {
        Style::new(self.write_version(), self.uri_commas)
    }

    /// Whether anything was changed since it was read.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// assert!(!card.is_edited());
    /// card.property_mut("FN").unwrap().set_text("B")?;
    /// assert!(card.is_edited());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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
        match self.edge(id).map_or(&[][..], |edge| edge.raw) {
            [.., b'\r', b'\n'] => "\r\n",
            [.., b'\n'] => "\n",
            [.., b'\r'] => "\r",
            _ if id.index() == 0 => "\r\n",
            _ => self.ending(),
        }
    }

    /// Whether the line after one is blank, so that it ends a block of base64.
    pub(super) fn is_before_blank(&self, id: EntryId) -> bool {
        let next = self.next_line(id).and_then(|next| self.content_line(next));
        next.is_some_and(|next| next.is_blank())
    }

    /// The edges of the lines around one. A blank line left by a removal keeps them apart.
    fn neighbours(&self, id: EntryId) -> (Option<Edge<'_>>, Option<Edge<'_>>) {
        let edge = |id: Option<EntryId>| id.and_then(|id| self.edge(id));
        (edge(self.previous(id)), edge(self.next_line(id)))
    }

    /// The edge of a line, for which its name and value need not be looked for.
    fn edge(&self, id: EntryId) -> Option<Edge<'_>> {
        match &self.edits {
            Some(edits) => edits.edge(self, id),
            None => self.source_edge(id.index()),
        }
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
        self.note_names(Some(id), None, None);
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
        self.note_groups(Some(id), Some((id, line.view())));
        self.note_names(Some(id), Some((id, line.view())), None);
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
        self.forget_names();
        self.edits().move_after(id, place);
        Ok(())
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
