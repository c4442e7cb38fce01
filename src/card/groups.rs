//! Groups: which properties are in one, whether one is shared, and the one way to find a free one.
//!
//! A group ties a property to what belongs to it, most often its label: `item1.TEL` and
//! `item1.X-ABLabel`. RFC 6350, 3.3; the names `item1`, `item2` are Apple's custom.
//!
//! [`Groups`] are counted once, when somebody first asks, and follow every edit from then on, so
//! that a thousand labelled properties cost a thousand times what one does. A free group is the
//! first number from 1 up that no group has: so there is one among as many numbers as there are
//! groups and one more, and a number of a group that is too big to count needs no thought.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Card, EditError, EntryId, PropertyRef};
use crate::registry::{self, StandsFor};
use crate::syntax::ContentLine;

/// The groups of a card that is being changed or made.
#[derive(Debug, Clone, Default)]
pub(super) struct Groups {
    /// What is in each, by its name in small letters.
    members: BTreeMap<String, Members>,
    /// The number of the group that was free last.
    number: usize,
}

/// What is in a group.
#[derive(Debug, Clone, Default)]
struct Members {
    /// How many properties, labels not counted.
    properties: usize,
    labels: BTreeSet<EntryId>,
}

impl Groups {
    /// Those of the properties of a card.
    pub fn of_card(card: &Card) -> Self {
        let mut groups = Groups::default();
        for property in card.properties() {
            if let Some(group) = property.group() {
                groups.join(group, property.line().name_bytes(), property.id());
            }
        }
        groups
    }

    /// Counts a property that has come into a group.
    fn join(&mut self, group: &str, name: &[u8], id: EntryId) {
        let members = self.members.entry(group.to_ascii_lowercase()).or_default();
        match is_label(name) {
            true => _ = members.labels.insert(id),
            false => members.properties += 1,
        }
    }

    /// Remembers that a group is taken, whoever is in it.
    pub fn take(&mut self, group: &str) {
        // Mostly one that was free, which is known and has no capital letters.
        if !self.members.contains_key(group) {
            self.members.entry(group.to_ascii_lowercase()).or_default();
        }
    }

    /// Counts a property that has gone from a group.
    fn leave(&mut self, group: &str, name: &[u8], id: EntryId) {
        if let Some(members) = self.members.get_mut(&group.to_ascii_lowercase()) {
            match is_label(name) {
                true => _ = members.labels.remove(&id),
                false => members.properties = members.properties.saturating_sub(1),
            }
        }
    }

    /// A group that no property has or had; it is taken from now on.
    pub fn take_free(&mut self) -> String {
        loop {
            self.number += 1;
            let group = format!("item{}", self.number);
            if !self.members.contains_key(&group) {
                self.members.insert(group.clone(), Members::default());
                return group;
            }
        }
    }

    fn of(&self, group: &str) -> Option<&Members> {
        self.members.get(&group.to_ascii_lowercase())
    }

    /// Whether more than one property is in a group, labels not counted.
    fn is_shared(&self, group: &str) -> bool {
        self.of(group).is_some_and(|members| members.properties > 1)
    }

    /// The labels of a group in which no property is left.
    fn labels_alone(&self, group: &str) -> Vec<EntryId> {
        match self.of(group) {
            Some(members) if members.properties == 0 => members.labels.iter().copied().collect(),
            _ => Vec::new(),
        }
    }
}

/// Whether a property is the label of the others in its group.
fn is_label(name: &[u8]) -> bool {
    registry::property(name).is_some_and(|row| row.stands_for == Some(StandsFor::Label))
}

impl<'a> PropertyRef<'a> {
    /// The labels of its group, unless it is one itself.
    pub(super) fn labels_of_group(&self) -> Vec<PropertyRef<'a>> {
        let Some(group) = self.group().filter(|_| !is_label(self.line().name_bytes())) else {
            return Vec::new();
        };
        let members = self.card().properties_in_group(group);
        members
            .filter(|one| is_label(one.line().name_bytes()))
            .collect()
    }
}

impl Card {
    /// The properties of this group, in any letter case, in order. RFC 6350, 3.3.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:3.0\nFN:A\nitem1.TEL:1\nTEL:2\nITEM1.X-ABLabel:Boat\nEND:VCARD\n",
    /// )?;
    /// let names: Vec<_> = card.properties_in_group("item1").map(|property| property.name()).collect();
    /// assert_eq!(names, ["TEL", "X-ABLabel"]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn properties_in_group<'a>(
        &'a self,
        group: &str,
    ) -> impl DoubleEndedIterator<Item = PropertyRef<'a>> + Clone + use<'a> {
        let group = String::from(group);
        self.properties().filter(move |property| {
            let own = property.group();
            own.is_some_and(|own| own.eq_ignore_ascii_case(&group))
        })
    }

    /// A group that no property of the card has, `item1` or the next; another one each time.
    pub(crate) fn free_group(&mut self) -> String {
        self.groups().take_free()
    }

    /// Whether a property of the card is, or was, in a group.
    pub(super) fn has_group(&mut self, group: &str) -> bool {
        self.groups().of(group).is_some()
    }

    /// Whether more than one property is in a group, labels not counted.
    pub(crate) fn is_group_shared(&mut self, group: &str) -> bool {
        self.groups().is_shared(group)
    }

    /// Removes a property, and with it the labels of its group, if it was the last in it that they
    /// were about.
    pub(super) fn remove_with_label(&mut self, id: EntryId) -> Result<(), EditError> {
        let line = self.content_line(id).ok_or(EditError::NoEntry)?;
        let group = line.group().filter(|_| !is_label(line.name_bytes()));
        let Some(group) = group.map(String::from) else {
            return self.remove_line(id);
        };
        self.groups();
        self.remove_line(id)?;
        for label in self.groups().labels_alone(&group) {
            // One that cannot be removed without changing its neighbours stays, alone.
            let _ = self.remove_line(label);
        }
        Ok(())
    }

    fn groups(&mut self) -> &mut Groups {
        if self.edits().groups.is_none() {
            self.edits().groups = Some(Groups::of_card(self));
        }
        self.edits().groups.get_or_insert_default()
    }

    /// Keeps the count right: the line of an id is about to go or to become another, a new line is
    /// about to come. Where nobody has counted yet, it costs nothing.
    #[inline]
    pub(super) fn note_groups(
        &mut self,
        old: Option<EntryId>,
        new: Option<(EntryId, ContentLine<'_>)>,
    ) {
        let Some(mut groups) = self.edits().groups.take() else {
            return;
        };
        if let Some((id, line)) = old.and_then(|id| Some((id, self.content_line(id)?)))
            && let Some(group) = line.group()
        {
            groups.leave(group, line.name_bytes(), id);
        }
        if let Some((id, line)) = new
            && let Some(group) = line.group()
        {
            groups.join(group, line.name_bytes(), id);
        }
        self.edits().groups = Some(groups);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::{Property, Token};
    use crate::version::Version;
    use alloc::string::ToString;

    fn card(lines: &str) -> Card {
        Card::parse(format!("BEGIN:VCARD\nVERSION:4.0\n{lines}END:VCARD\n")).unwrap()
    }

    fn of_group(group: &str) -> Property {
        let property = Property::text("NOTE", "a").unwrap();
        property.with_group(String::from(group)).unwrap()
    }

    #[test]
    fn ok_a_free_group_is_one_that_nobody_has() {
        for (lines, expected) in [
            ("", ["item1", "item2"]),
            ("ITEM1.TEL:1\nhome.TEL:2\nTEL:3\n", ["item2", "item3"]),
            ("item2.TEL:1\n", ["item1", "item3"]),
            (
                "item01.TEL:1\nitem+1.TEL:1\nitem.TEL:1\n",
                ["item1", "item2"],
            ),
            ("item4294967295.TEL:1\n", ["item1", "item2"]),
            ("item18446744073709551615.TEL:1\n", ["item1", "item2"]),
            (
                "item99999999999999999999.TEL:1\nitem1.A:1\n",
                ["item2", "item3"],
            ),
        ] {
            let mut card = card(lines);
            let free = [card.free_group(), card.free_group()];
            assert_eq!(free, expected, "{lines}");
            assert!(!card.is_edited());
        }
    }

    #[test]
    fn ok_a_builder_knows_the_groups_of_its_lines() {
        let mut builder = Card::builder(Version::V4_0)
            .property(of_group("item1"))
            .property(of_group("ITEM3"));
        let free = [(); 3].map(|()| builder.free_group());
        assert_eq!(free, ["item2", "item4", "item5"]);
        let mut builder = builder.property(of_group("item6"));
        assert_eq!(builder.free_group(), "item7");
    }

    #[test]
    fn ok_groups_follow_every_edit() {
        let mut card = card("item1.TEL:1\nitem2.TEL:1\nFN:A\n");
        assert_eq!(card.free_group(), "item3");
        card.push(of_group("item4")).unwrap();
        assert_eq!(card.free_group(), "item5");
        let fn_ = |card: &mut Card, group: &str| {
            let token = Token::new(String::from(group)).unwrap();
            card.property_mut("FN").unwrap().set_group(token.as_str())
        };
        fn_(&mut card, "Item6").unwrap();
        assert_eq!(card.free_group(), "item7");

        assert!(!card.is_group_shared("item1"));
        fn_(&mut card, "ITEM1").unwrap();
        assert!(card.is_group_shared("item1") && !card.is_group_shared("item6"));
        let note = card.property("NOTE").unwrap().id();
        card.entry_mut(note)
            .unwrap()
            .replace(&of_group("item2"))
            .unwrap();
        assert!(card.is_group_shared("Item2"));
        card.entry_mut(note).unwrap().remove().unwrap();
        assert!(!card.is_group_shared("item2"));
    }

    #[test]
    fn ok_a_label_shares_no_group() {
        let mut card = card("item1.TEL:1\nitem1.X-ABLabel:a\nitem2.TEL:1\nITEM2.URL:a\n");
        assert!(!card.is_group_shared("ITEM1") && card.is_group_shared("item2"));
        assert!(!card.is_group_shared("item3"));
    }

    #[test]
    fn ok_a_property_goes_with_its_label() {
        let lines = "item1.TEL:1\nITEM1.X-ABLabel:a\nitem2.TEL:2\nitem2.URL:b\nitem2.X-ABLABEL:c\nX-ABLabel:d\n";
        let mut card = card(lines);
        let names = |card: &Card| {
            let named = card.properties().skip(1);
            named
                .map(|one| String::from(one.text_lossy()))
                .collect::<Vec<_>>()
        };
        card.property_mut("TEL").unwrap().remove().unwrap();
        assert_eq!(names(&card), ["2", "b", "c", "d"]);
        assert_eq!(card.remove_where(|property| property.is("TEL")), 1);
        assert_eq!(names(&card), ["b", "c", "d"]);
        // A label is removed by itself.
        let label = card.find_mut(|property| property.is("X-ABLabel")).unwrap();
        label.remove().unwrap();
        assert_eq!(names(&card), ["b", "d"]);
        assert_eq!(card.remove_where(|property| property.group().is_some()), 1);
        assert_eq!(names(&card), ["d"]);
    }

    #[test]
    fn ok_a_copy_takes_its_label_along_and_no_other() {
        let from = card("item1.TEL:1\nitem1.X-ABLabel:Boat\nTEL:2\n");
        let phones: Vec<_> = from.properties_named("TEL").collect();
        let mut to = card("item1.URL:a\nitem1.X-ABLabel:Home\n");
        for phone in &phones {
            to.push_copy(phone).unwrap();
        }
        assert!(
            to.to_string().ends_with(
                "item1.X-ABLabel:Home\nitem2.TEL:1\nitem2.X-ABLabel:Boat\nTEL:2\nEND:VCARD\n"
            ),
            "{to}"
        );
    }

    #[test]
    fn ok_a_card_that_is_filled_again_has_other_groups() {
        let mut reader = crate::card::CardReader::from_slice(
            b"BEGIN:VCARD\nitem1.TEL:1\nEND:VCARD\nBEGIN:VCARD\nFN:A\nEND:VCARD\n",
        );
        let mut card = Card::new();
        let free = [(); 2].map(|()| {
            assert!(reader.read_card(&mut card).unwrap());
            card.free_group()
        });
        assert_eq!(free, ["item2", "item1"]);
    }
}
