//! [`Contact`] -> changes to a [`Card`], which keeps every byte that they do not touch.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::from_card::{Entry, LeftOutReason, Reading};
use super::{Contact, ContactError, label, to_card};
use crate::card::{
    Card, EditError, EntryId, Parameter, Property, PropertyValue, Token, TokenError,
};
use crate::value::E164;
use crate::version::Version;

/// Why a card was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyError {
    /// The contact is not valid.
    #[error(transparent)]
    Contact(#[from] ContactError),
    /// The card cannot be changed this way.
    #[error(transparent)]
    Edit(#[from] EditError),
}

impl From<TokenError> for ApplyError {
    fn from(error: TokenError) -> Self {
        ApplyError::Edit(EditError::Name(error))
    }
}

impl Contact {
    /// Makes a card say what the contact says, and leaves everything else as it is, byte for byte.
    ///
    /// Only what differs from [`Contact::from_card`] is changed: lines are added, changed or, where
    /// the contact no longer has what they say, removed. What `from_card` leaves out stays, parts
    /// of a name that contacts do not have and numbers that are not E.164 among it. A full name
    /// that is absent leaves the card's.
    ///
    /// # Errors
    ///
    /// [`ApplyError`]: the contact is not [valid](Contact::validate), or lines of the card cannot
    /// be changed. The card is as it was then.
    ///
    /// ```
    /// use vcardinal::{Card, contact::Contact};
    ///
    /// let mut card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:3.0\nN:Quist;Zoe;;Dr.;\nFN:Zoe Quist\nX-Odd;;=:?\n\
    ///      TEL;type=CELL;type=pref:+1 (415) 555-0123\nEND:VCARD\n",
    /// )?;
    /// let (mut contact, _) = Contact::from_card(&card);
    /// contact.family_name = Some("Roe".into());
    /// contact.phones[0].label = Some("home".into());
    /// contact.apply_to(&mut card)?;
    /// assert_eq!(
    ///     card.to_string(),
    ///     "BEGIN:VCARD\nVERSION:3.0\nN:Roe;Zoe;;Dr.;\nFN:Zoe Quist\nX-Odd;;=:?\n\
    ///      TEL;TYPE=pref,HOME:+1 (415) 555-0123\nEND:VCARD\n"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply_to(&self, card: &mut Card) -> Result<(), ApplyError> {
        self.validate()?;
        let reading = Reading::of(card, |text| {
            let number = E164::parse_lenient(text).map_err(LeftOutReason::NotE164)?;
            Ok((number, None))
        });
        let wanted = self.normalized();
        let mut edit = Edit {
            version: card.version().unwrap_or(Version::V3_0),
            groups: Groups::of(card),
            card: card.clone(),
        };
        edit.full_name(self, &wanted, &reading)?;
        edit.name(&wanted, &reading)?;
        edit.organization(&wanted, &reading)?;
        let phones = wanted.phones.iter();
        let phones = phones.map(|phone| (phone.value.as_str(), phone.label.as_deref()));
        edit.entries(phones.collect(), &reading.phones, Field::Phone)?;
        let emails = wanted.emails.iter();
        let emails = emails.map(|email| (email.value.as_str(), email.label.as_deref()));
        edit.entries(emails.collect(), &reading.emails, Field::Email)?;
        if edit.card.is_edited() {
            *card = edit.card;
        }
        Ok(())
    }
}

/// A value and its label.
type Wanted<'a> = (&'a str, Option<&'a str>);

/// For each entry, which of the wanted it is: first those with the same label, so that of two
/// equal numbers the right one stays.
fn keep(wanted: &[Wanted<'_>], entries: &[Entry]) -> Vec<Option<usize>> {
    let mut same: BTreeMap<Wanted<'_>, Vec<usize>> = BTreeMap::new();
    for (place, wanted) in wanted.iter().enumerate().rev() {
        same.entry(*wanted).or_default().push(place);
    }
    let mut kept: Vec<Option<usize>> = entries
        .iter()
        .map(|entry| {
            let key = (entry.value.as_str(), entry.label.as_deref());
            same.get_mut(&key)?.pop()
        })
        .collect();
    let mut by_value: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut rest: Vec<usize> = same.into_values().flatten().collect();
    rest.sort_unstable_by(|a, b| b.cmp(a));
    for place in rest {
        if let Some((value, _)) = wanted.get(place) {
            by_value.entry(value).or_default().push(place);
        }
    }
    for (entry, kept) in entries.iter().zip(&mut kept) {
        if kept.is_none() {
            *kept = by_value.get_mut(entry.value.as_str()).and_then(Vec::pop);
        }
    }
    kept
}

#[derive(Clone, Copy)]
enum Field {
    Phone,
    Email,
}

/// A card that is being changed.
struct Edit {
    card: Card,
    version: Version,
    groups: Groups,
}

/// How many properties each group has, labels not counted; names in small letters.
struct Groups {
    counts: BTreeMap<String, usize>,
    /// Of the last group that was made.
    number: usize,
}

impl Groups {
    fn of(card: &Card) -> Groups {
        let mut counts = BTreeMap::new();
        for property in card.properties() {
            if let Some(group) = property.group() {
                let count = counts.entry(group.to_ascii_lowercase()).or_default();
                *count += usize::from(!property.is("X-ABLabel"));
            }
        }
        Groups { counts, number: 0 }
    }

    /// Whether more than one property is in the group.
    fn is_shared(&self, group: &str) -> bool {
        let count = self.counts.get(&group.to_ascii_lowercase());
        count.is_some_and(|count| *count > 1)
    }

    fn leave(&mut self, group: &str) {
        if let Some(count) = self.counts.get_mut(&group.to_ascii_lowercase()) {
            *count = count.saturating_sub(1);
        }
    }

    /// `item1` or the next that the card does not have, with one property in it.
    fn make(&mut self) -> String {
        loop {
            self.number += 1;
            let group = format!("item{}", self.number);
            if !self.counts.contains_key(&group) {
                self.counts.insert(group.clone(), 1);
                return group;
            }
        }
    }
}

impl Edit {
    fn full_name(
        &mut self,
        given: &Contact,
        wanted: &Contact,
        reading: &Reading,
    ) -> Result<(), ApplyError> {
        let Some(wanted) = &wanted.full_name else {
            return Ok(());
        };
        let said = !super::absent(&given.full_name);
        match &reading.full_name {
            Some((_, text)) if text == wanted || !said => {}
            Some((id, _)) => self.set(*id, PropertyValue::Text(wanted.clone()))?,
            None => {
                let blank = self.card.property("FN").map(|property| property.id());
                match blank {
                    Some(id) => self.set(id, PropertyValue::Text(wanted.clone()))?,
                    None => self.push(Property::text("FN", wanted.as_str())?)?,
                }
            }
        }
        Ok(())
    }

    fn name(&mut self, wanted: &Contact, reading: &Reading) -> Result<(), ApplyError> {
        let (given, family) = (reading.given_name(), reading.family_name());
        if given == wanted.given_name && family == wanted.family_name {
            return Ok(());
        }
        let Some((id, components)) = &reading.name else {
            return self.push(to_card::name(wanted)?);
        };
        let mut components = components.clone();
        while components.len() < 5 {
            components.push([String::new()].into());
        }
        let parts = [(family, &wanted.family_name), (given, &wanted.given_name)];
        for (component, (before, after)) in components.iter_mut().zip(parts) {
            if before != *after {
                *component = [after.clone().unwrap_or_default()].into();
            }
        }
        self.set(*id, PropertyValue::Components(components))
    }

    fn organization(&mut self, wanted: &Contact, reading: &Reading) -> Result<(), ApplyError> {
        if reading.organization() == wanted.organization {
            return Ok(());
        }
        match (&reading.organization, &wanted.organization) {
            (Some((id, units)), wanted) => {
                let rest = units.iter().skip(1);
                if wanted.is_none() && rest.clone().all(|unit| super::blank(unit)) {
                    return Ok(self
                        .card
                        .entry_mut(*id)
                        .ok_or(EditError::NoEntry)?
                        .remove()?);
                }
                let first = wanted.clone().unwrap_or_default();
                let units = core::iter::once(&first).chain(rest);
                let units = units.map(|unit| [unit.clone()].into()).collect();
                self.set(*id, PropertyValue::Components(units))
            }
            (None, Some(wanted)) => self.push(Property::components("ORG", [wanted.as_str()])?),
            (None, None) => Ok(()),
        }
    }

    /// Brings phones or emails to what is wanted: those that are the same stay where they are.
    fn entries(
        &mut self,
        wanted: Vec<Wanted<'_>>,
        entries: &[Entry],
        field: Field,
    ) -> Result<(), ApplyError> {
        let kept = keep(&wanted, entries);
        let mut last = None;
        for (entry, kept) in entries.iter().zip(&kept) {
            match kept.and_then(|place| wanted.get(place)) {
                Some((_, label)) if *label == entry.label.as_deref() => {
                    last = Some(entry.label_id.unwrap_or(entry.id));
                }
                Some((_, label)) => last = Some(self.relabel(entry, *label, field)?),
                None => self.remove(entry)?,
            }
        }
        let mut new = alloc::vec![true; wanted.len()];
        for place in kept.into_iter().flatten() {
            if let Some(new) = new.get_mut(place) {
                *new = false;
            }
        }
        for ((value, label), _) in wanted.into_iter().zip(new).filter(|(_, new)| *new) {
            let groups = &mut self.groups;
            let mut group = || groups.make();
            let properties = match field {
                Field::Phone => to_card::tel(value, label, self.version, &mut group)?,
                Field::Email => to_card::email(value, label, self.version, &mut group)?,
            };
            for property in properties {
                last = Some(match last {
                    Some(id) => self.card.insert_after(id, property)?,
                    None => self.card.push(property)?,
                });
            }
        }
        Ok(())
    }

    /// Sets the label; where its last line is then.
    fn relabel(
        &mut self,
        entry: &Entry,
        label: Option<&str>,
        field: Field,
    ) -> Result<EntryId, ApplyError> {
        let rows = match field {
            Field::Phone => label::PHONE,
            Field::Email => label::EMAIL,
        };
        let property = self.card.entry(entry.id).ok_or(EditError::NoEntry)?;
        let group = property.group().map(String::from);
        let mut types = label::other_types(&property);
        let had_types = property.parameter("TYPE").is_some();
        let known = label.and_then(|label| label::types(label, rows));
        let known = known.unwrap_or_default().iter();
        types.extend(
            known
                .clone()
                .map(|value| to_card::type_value(value, self.version)),
        );

        let mut property = self.card.entry_mut(entry.id).ok_or(EditError::NoEntry)?;
        if !types.is_empty() {
            property.set_parameter(Parameter::new("TYPE", types)?)?;
        } else if had_types {
            property.remove_parameter("TYPE")?;
        }
        let own = label.filter(|_| known.len() == 0);
        // Another property may show the same label.
        let shared = group
            .as_deref()
            .is_some_and(|group| self.groups.is_shared(group));
        match (own, entry.label_id) {
            (Some(label), Some(id)) if !shared => {
                self.set(id, PropertyValue::Text(label::to_ab_label(label)))?;
                Ok(id)
            }
            (Some(label), _) => {
                if let Some(group) = group.as_deref().filter(|_| shared) {
                    self.groups.leave(group);
                }
                let group = match group.filter(|_| !shared) {
                    Some(group) => group,
                    None => self.groups.make(),
                };
                let token = Token::new(group.clone())?;
                let mut property = self.card.entry_mut(entry.id).ok_or(EditError::NoEntry)?;
                property.set_group(Some(&token))?;
                let label = Property::text("X-ABLabel", label::to_ab_label(label))?;
                Ok(self.card.insert_after(entry.id, label.with_group(group)?)?)
            }
            (None, Some(id)) => {
                let mut property = self.card.entry_mut(entry.id).ok_or(EditError::NoEntry)?;
                if let Some(group) = group.filter(|_| shared) {
                    property.set_group(None)?;
                    self.groups.leave(&group);
                } else {
                    self.card
                        .entry_mut(id)
                        .ok_or(EditError::NoEntry)?
                        .remove()?;
                }
                Ok(entry.id)
            }
            (None, None) => Ok(entry.id),
        }
    }

    fn remove(&mut self, entry: &Entry) -> Result<(), ApplyError> {
        let property = self.card.entry(entry.id).ok_or(EditError::NoEntry)?;
        let group = property.group().map(String::from);
        let shared = group
            .as_deref()
            .is_some_and(|group| self.groups.is_shared(group));
        if let Some(group) = group {
            self.groups.leave(&group);
        }
        self.card
            .entry_mut(entry.id)
            .ok_or(EditError::NoEntry)?
            .remove()?;
        if let Some(id) = entry.label_id.filter(|_| !shared) {
            self.card
                .entry_mut(id)
                .ok_or(EditError::NoEntry)?
                .remove()?;
        }
        Ok(())
    }

    fn set(&mut self, id: EntryId, value: PropertyValue) -> Result<(), ApplyError> {
        let mut property = self.card.entry_mut(id).ok_or(EditError::NoEntry)?;
        Ok(property.set_value(value)?)
    }

    fn push(&mut self, property: Property) -> Result<(), ApplyError> {
        self.card.push(property)?;
        Ok(())
    }
}
