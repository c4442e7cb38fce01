//! Groups: which properties are in one, whether one is shared, and the one way to find a free one.
//!
//! A group ties a property to what belongs to it, most often its label: `item1.TEL` and
//! `item1.X-ABLabel`. RFC 6350, 3.3; the names `item1`, `item2` are Apple's custom.
//!
//! [`Groups`] are counted once, when somebody first asks, and follow every edit from then on, so
//! that a thousand labelled properties cost a thousand times what one does. A free group is the
//! first number from 1 up that no group has: so there is one among as many numbers as there are
//! groups and one more, and a number of a group that is too big to count needs no thought.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;

use super::{Card, EntryId, PropertyRef};
use crate::registry::{self, StandsFor};
use crate::syntax::ContentLine;

/// The groups of a card that is being changed or made.
#[derive(Debug, Clone, Default)]
pub(super) struct Groups {
    /// How many properties each has, labels not counted, by its name in small letters.
    sizes: BTreeMap<String, usize>,
    /// The number of the group that was free last.
    number: usize,
}

impl Groups {
    /// Counts a property that has come into a group.
    pub fn join(&mut self, group: &str, name: &[u8]) {
        let size = self.sizes.entry(group.to_ascii_lowercase()).or_default();
        *size += usize::from(!is_label(name));
    }

    /// Counts a property that has gone from a group.
    fn leave(&mut self, group: &str, name: &[u8]) {
        if let Some(size) = self.sizes.get_mut(&group.to_ascii_lowercase()) {
            *size = size.saturating_sub(usize::from(!is_label(name)));
        }
    }

    /// A group that no property has or had; it is taken from now on.
    pub fn take_free(&mut self) -> String {
        loop {
            self.number += 1;
            let group = format!("item{}", self.number);
            if !self.sizes.contains_key(&group) {
                self.sizes.insert(group.clone(), 0);
                return group;
            }
        }
    }

    /// Whether more than one property is in a group, labels not counted.
    fn is_shared(&self, group: &str) -> bool {
        let size = self.sizes.get(&group.to_ascii_lowercase());
        size.is_some_and(|size| *size > 1)
    }
}

/// Whether a property is the label of the others in its group.
fn is_label(name: &[u8]) -> bool {
    registry::property(name).is_some_and(|row| row.stands_for == Some(StandsFor::Label))
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
        group: &'a str,
    ) -> impl Iterator<Item = PropertyRef<'a>> {
        self.properties().filter(move |property| {
            let own = property.group();
            own.is_some_and(|own| own.eq_ignore_ascii_case(group))
        })
    }

    /// A group that no property of the card has, `item1` or the next; another one each time.
    pub(crate) fn free_group(&mut self) -> String {
        self.groups().take_free()
    }

    /// Whether more than one property is in a group, labels not counted.
    pub(crate) fn is_group_shared(&mut self, group: &str) -> bool {
        self.groups().is_shared(group)
    }

    fn groups(&mut self) -> &mut Groups {
        if self.edits().groups.is_none() {
            let mut groups = Groups::default();
            for property in self.properties() {
                if let Some(group) = property.group() {
                    groups.join(group, property.line().name_bytes());
                }
            }
            self.edits().groups = Some(groups);
        }
        self.edits().groups.get_or_insert_default()
    }

    /// Keeps the count right: the line of an id is about to go or to become another, a new line is
    /// about to come. Where nobody has counted yet, it costs nothing.
    #[inline]
    pub(super) fn note_groups(&mut self, old: Option<EntryId>, new: Option<ContentLine<'_>>) {
        let Some(mut groups) = self.edits().groups.take() else {
            return;
        };
        if let Some(line) = old.and_then(|id| self.content_line(id))
            && let Some(group) = line.group()
        {
            groups.leave(group, line.name_bytes());
        }
        if let Some(line) = new
            && let Some(group) = line.group()
        {
            groups.join(group, line.name_bytes());
        }
        self.edits().groups = Some(groups);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::{Property, Token};
    use crate::version::Version;

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
    }

    #[test]
    fn ok_groups_follow_every_edit() {
        let mut card = card("item1.TEL:1\nitem2.TEL:1\nFN:A\n");
        assert_eq!(card.free_group(), "item3");
        card.push(of_group("item4")).unwrap();
        assert_eq!(card.free_group(), "item5");
        let fn_ = |card: &mut Card, group: &str| {
            let token = Token::new(String::from(group)).unwrap();
            card.property_mut("FN").unwrap().set_group(Some(&token))
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
