//! Where the first property of a name is, in a card that is being changed.
//!
//! An edit that asks for a property by its name looks through the card. A thousand such edits of a card
//! of a thousand lines would look at a million lines, so the answer is kept and follows every edit.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::Card;
use super::entries::Properties;
use super::entry_id::EntryId;
use crate::syntax::ContentLine;
use crate::syntax::flags::Flags;

/// Cards of fewer lines are looked through, which costs less than remembering.
const FEW: usize = 64;

/// The first property of each name that somebody asked for, or that there is none, by the name in
/// capital letters.
#[derive(Debug, Clone, Default)]
pub(super) struct Firsts {
    names: BTreeMap<Vec<u8>, Option<EntryId>>,
    /// The property that takes the place of the one of this name, under the name of a vendor.
    vendors: Option<(&'static str, EntryId)>,
}

impl Firsts {
    /// Whether nothing is remembered, as in cards of few lines.
    fn are_unknown(&self) -> bool {
        self.names.is_empty() && self.vendors.is_none()
    }
}

/// The name of a line that is a property.
fn name_of(line: &ContentLine<'_>) -> Option<Vec<u8>> {
    let is_property = line.is_content() && !line.flags().has(Flags::SENTINEL);
    is_property.then(|| line.name_bytes().to_ascii_uppercase())
}

impl Card {
    /// The first property of this name.
    pub(crate) fn first_named(&mut self, name: &str) -> Option<EntryId> {
        let is_large = |card: &Card| card.edits.as_ref().is_some_and(|edits| edits.len() > FEW);
        if !is_large(self) {
            return self.properties().next_named(name).map(|one| one.id());
        }
        let key = name.as_bytes().to_ascii_uppercase();
        if let Some(first) = self.edits().firsts.names.get(&key) {
            return *first;
        }
        let first = self.properties().next_named(name).map(|one| one.id());
        self.edits().firsts.names.insert(key, first);
        first
    }

    /// The property under the name of a vendor that was [remembered](Self::remember_vendors) to take
    /// the place of the one of this name.
    pub(crate) fn vendors_for(&self, name: &'static str) -> Option<EntryId> {
        let (of, id) = self.edits.as_ref()?.firsts.vendors?;
        (of == name).then_some(id)
    }

    /// Remembers which property takes the place of the one of this name, until a property under the
    /// name of a vendor, or a label, is changed.
    pub(crate) fn remember_vendors(&mut self, name: &'static str, id: EntryId) {
        if let Some(edits) = &mut self.edits {
            edits.firsts.vendors = Some((name, id));
        }
    }

    /// Keeps right what is remembered: the line of an id is about to go or to become another, a new
    /// line is about to come after the line that `new_after` names.
    pub(super) fn note_names(
        &mut self,
        old: Option<EntryId>,
        new: Option<(EntryId, ContentLine<'_>)>,
        new_after: Option<EntryId>,
    ) {
        if self.edits().firsts.are_unknown() {
            return;
        }
        let mut firsts = core::mem::take(&mut self.edits().firsts);
        let old_line = old.and_then(|id| self.content_line(id));
        if firsts.vendors.is_some() {
            let stays = match (&old_line, &new) {
                (Some(old), Some((_, new))) => {
                    old.name_bytes().eq_ignore_ascii_case(new.name_bytes())
                        && old.group() == new.group()
                }
                _ => false,
            };
            let lines = old_line.iter().chain(new.iter().map(|(_, line)| line));
            let is_private = |line: &ContentLine<'_>| {
                line.name_bytes()
                    .first()
                    .is_some_and(|first| first.eq_ignore_ascii_case(&b'X'))
            };
            if !stays && lines.into_iter().any(is_private) {
                firsts.vendors = None;
            }
        }
        if !firsts.names.is_empty() {
            let old_name = old_line.as_ref().and_then(name_of);
            let new_name = new.as_ref().and_then(|(_, line)| name_of(line));
            if old_name != new_name {
                if let (Some(id), Some(name)) = (old, &old_name)
                    && let Some(first) = firsts.names.get_mut(name)
                    && *first == Some(id)
                {
                    *first = self.next_of_name(id, name);
                }
                if let (Some((id, _)), Some(name)) = (&new, new_name)
                    && let Some(first) = firsts.names.get_mut(&name)
                {
                    let is_last = new_after.is_some_and(|place| self.is_last(place));
                    match first {
                        None => *first = Some(*id),
                        Some(_) if is_last => {}
                        Some(_) => _ = firsts.names.remove(&name),
                    }
                }
            }
        }
        self.edits().firsts = firsts;
    }

    /// Forgets what is remembered, where lines change places.
    pub(super) fn forget_names(&mut self) {
        self.edits().firsts = Firsts::default();
    }

    fn next_of_name(&self, id: EntryId, name: &[u8]) -> Option<EntryId> {
        let is = |own: &[u8]| own.eq_ignore_ascii_case(name);
        let found = Properties::after(self, id).next_where(u64::MAX, is);
        found.map(|property| property.id())
    }

    /// Whether no property comes after a line: nothing, END, or a blank line and then that.
    fn is_last(&self, id: EntryId) -> bool {
        let Some(next) = self.next_line(id) else {
            return true;
        };
        match self.content_line(next) {
            Some(line) => line.flags().has(Flags::SENTINEL) && line.is("END"),
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::{Property, Token};
    use alloc::format;
    use alloc::string::String;

    /// What is remembered is what a look through the card finds, whatever was done before.
    #[test]
    fn ok_the_first_of_a_name_follows_every_edit() {
        let names = ["NOTE", "URL", "X-A", "TITLE"];
        let lines: String = (0..100)
            .map(|at| format!("{}:{at}\n", names[at % 3]))
            .collect();
        let mut card =
            Card::parse(format!("BEGIN:VCARD\nVERSION:4.0\n{lines}END:VCARD\n")).unwrap();
        let mut state = 7_u32;
        let mut next = |most: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % most
        };
        for round in 0..3_000 {
            let ids: Vec<EntryId> = card.properties().skip(1).map(|one| one.id()).collect();
            let id = ids[next(ids.len())];
            let name = names[next(names.len())];
            let property = || Property::text(name, "new").unwrap();
            match next(8) {
                0 => _ = card.push(property()),
                1 => _ = card.insert_after(id, property()),
                2 => _ = card.insert_before(id, property()),
                3 => _ = card.entry_mut(id).unwrap().replace(&property()),
                4 => _ = card.entry_mut(id).unwrap().move_after(ids[next(ids.len())]),
                5 if ids.len() > 70 => _ = card.entry_mut(id).unwrap().remove(),
                6 if ids.len() > 70 => _ = card.property_mut(name).map(|one| one.remove()),
                _ => {
                    let group = Token::new(format!("g{}", next(4))).unwrap();
                    let _ = card.entry_mut(id).unwrap().set_group(group.as_str());
                }
            }
            for name in names {
                let found = card
                    .properties()
                    .find(|one| one.is(name))
                    .map(|one| one.id());
                assert_eq!(
                    card.first_named(&name.to_ascii_lowercase()),
                    found,
                    "{round}: {name}"
                );
            }
        }
    }
}
