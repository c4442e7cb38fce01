//! [`Contact`] -> changes to a [`Card`], which keeps every byte that they do not touch.

use alloc::string::String;
use alloc::vec::Vec;

use super::lines::{ContactLines, LabelledLine, NameLine};
use super::{Contact, ContactError, FromCard, to_card};
use crate::card::{Card, EditError, EntryId, PropertyValue};
use crate::typed::{Entry, SetError, TypedProperty, label, property};
use crate::value::Organization;
use crate::version::Version;

/// Why a card was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyError {
    /// The contact is not valid.
    #[error(transparent)]
    Contact(#[from] ContactError),
    /// A value cannot be set.
    #[error(transparent)]
    Set(#[from] SetError),
    /// The card cannot be changed this way.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The card is of a group, of which there is no contact.
    #[error("the card is of a group, not a person")]
    Group,
    /// What the contact no longer has is said by another line too, which would take its place.
    #[error("the card has another {name}, which would take the place of the one that goes")]
    Another {
        /// The name of the property.
        name: &'static str,
    },
    /// The contact says something else than a line whose text could not be read.
    #[error("the text of {name} cannot be read, and is not written over")]
    Unreadable {
        /// The line, for [`Card::entry`].
        entry: EntryId,
        /// The name of the property as it is written.
        name: String,
    },
}

impl Contact {
    /// Makes a card say what the contact says, and leaves everything else as it is, byte for byte.
    ///
    /// Only what differs from [`Contact::from_card`] is changed: lines are added, changed or, where
    /// the contact no longer has what they say, removed. What `from_card` leaves out stays, parts
    /// of a name that contacts do not have and numbers that are not E.164 among it. A full name
    /// that is absent leaves the card's, and makes none for a card without:
    /// `validate::fill_required` completes a card.
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
        FromCard::new().apply(self, card)
    }
}

impl FromCard {
    /// As [`Contact::apply_to`], where the contact was [read this way](FromCard::contact): what it
    /// says as it was read is not said again.
    ///
    /// # Errors
    ///
    /// As of [`Contact::apply_to`].
    pub fn apply(&self, contact: &Contact, card: &mut Card) -> Result<(), ApplyError> {
        contact.validate()?;
        let lines = ContactLines::of(card, self);
        if lines.is_group {
            return Err(ApplyError::Group);
        }
        let wanted = contact.normalized();
        let mut edit = CardEdit {
            version: card.effective_version(),
            card: card.clone(),
        };
        edit.full_name(contact, &wanted, &lines)?;
        edit.name(&wanted, &lines)?;
        edit.keep_nickname(&wanted, &lines, self)?;
        edit.organization(&wanted, &lines)?;
        let version = edit.version;
        let phones = wanted.phones.iter();
        let phones = phones.map(|phone| (phone.value.as_str(), phone.label.as_deref()));
        edit.labelled(phones.collect(), &lines.phones, to_card::tel)?;
        let emails = wanted.emails.iter();
        let emails = emails.map(|email| (email.value.as_str(), email.label.as_deref()));
        edit.labelled(emails.collect(), &lines.emails, |value, label| {
            to_card::email(value, label, version)
        })?;
        if edit.card.is_edited() {
            // Only what the contact no longer has lets another line take its place.
            let goes =
                |wanted: &Option<String>, line: Option<String>| wanted.is_none() && line.is_some();
            let organization_goes = goes(&wanted.organization, lines.organization());
            let name_goes = |lines: &ContactLines<'_>| {
                goes(&wanted.given_name, lines.given_name())
                    || goes(&wanted.family_name, lines.family_name())
            };
            if organization_goes || name_goes(&lines) {
                let now = ContactLines::of(&edit.card, self);
                if goes(&wanted.organization, now.organization()) {
                    return Err(ApplyError::Another { name: "ORG" });
                }
                if name_goes(&now) {
                    return Err(ApplyError::Another { name: "N" });
                }
            }
            *card = edit.card;
        }
        Ok(())
    }
}

/// A value and its label.
type Wanted<'a> = (&'a str, Option<&'a str>);

/// For each line, which of the wanted it is: first those with the same label, so that of two
/// equal numbers the right one stays.
fn keep(wanted: &[Wanted<'_>], lines: &[LabelledLine]) -> Vec<Option<usize>> {
    // A few, as nearly all contacts have, are compared without a list to be sorted.
    let is_few = wanted.len() <= FEW && lines.len() <= FEW;
    let lines: Vec<Wanted<'_>> = lines
        .iter()
        .map(|line| (line.value.as_str(), line.label.as_deref()))
        .collect();
    let mut kept = alloc::vec![None; lines.len()];
    match is_few {
        true => {
            pair_few(&mut kept, wanted, &lines, |one| *one);
            pair_few(&mut kept, wanted, &lines, |(value, _)| *value);
        }
        false => {
            pair_many(&mut kept, wanted, &lines, |one| *one);
            pair_many(&mut kept, wanted, &lines, |(value, _)| *value);
        }
    }
    // What is left over on both sides was changed: the line keeps what else it says.
    if kept.contains(&None) {
        let mut new = left_over(wanted, &kept).into_iter();
        for kept in kept.iter_mut().filter(|kept| kept.is_none()) {
            *kept = new.next();
        }
    }
    kept
}

/// As many are compared each with each.
const FEW: usize = 8;

/// Keeps for each line that is not kept the first of the wanted that no line is and that has its key.
fn pair_few<'k, K: PartialEq>(
    kept: &mut [Option<usize>],
    wanted: &[Wanted<'k>],
    lines: &[Wanted<'k>],
    key: impl Fn(&Wanted<'k>) -> K,
) {
    for (at, line) in lines.iter().enumerate() {
        if kept.get(at) != Some(&None) {
            continue;
        }
        let is_it = |(place, one): (usize, &Wanted<'k>)| {
            key(one) == key(line) && !kept.contains(&Some(place))
        };
        let place = wanted.iter().enumerate().position(is_it);
        if let Some(kept) = kept.get_mut(at) {
            *kept = place;
        }
    }
}

/// As [`pair_few`], of any number of them.
fn pair_many<'k, K: Ord>(
    kept: &mut [Option<usize>],
    wanted: &[Wanted<'k>],
    lines: &[Wanted<'k>],
    key: impl Fn(&Wanted<'k>) -> K,
) {
    let places = left_over(wanted, kept).into_iter();
    let mut places: Vec<(K, usize)> = places
        .filter_map(|place| Some((key(wanted.get(place)?), place)))
        .collect();
    let open = lines.iter().zip(&*kept).enumerate();
    let mut open: Vec<(K, usize)> = open
        .filter(|(_, (_, kept))| kept.is_none())
        .map(|(at, (line, _))| (key(line), at))
        .collect();
    places.sort_unstable();
    open.sort_unstable();
    let mut places = places.into_iter().peekable();
    for (key, at) in open {
        while places.next_if(|(other, _)| *other < key).is_some() {}
        if let (Some((_, place)), Some(kept)) =
            (places.next_if(|(other, _)| *other == key), kept.get_mut(at))
        {
            *kept = Some(place);
        }
    }
}

/// The places of the wanted that no line is, in their order.
fn left_over(wanted: &[Wanted<'_>], kept: &[Option<usize>]) -> Vec<usize> {
    let mut is_new = alloc::vec![true; wanted.len()];
    for place in kept.iter().flatten() {
        if let Some(is_new) = is_new.get_mut(*place) {
            *is_new = false;
        }
    }
    let places = is_new.into_iter().enumerate();
    places
        .filter_map(|(place, is_new)| is_new.then_some(place))
        .collect()
}

/// Nothing is written over a line that cannot be read, as if it were not there.
fn readable<P: TypedProperty>(lines: &ContactLines<'_>) -> Result<(), ApplyError> {
    let unreadable = lines.unreadable.iter().find(|line| line.is(P::NAME));
    match unreadable {
        Some(line) => Err(ApplyError::Unreadable {
            entry: line.id(),
            name: line.name().into(),
        }),
        None => Ok(()),
    }
}

/// A card that is being changed.
struct CardEdit {
    card: Card,
    version: Version,
}

impl CardEdit {
    fn full_name(
        &mut self,
        given: &Contact,
        wanted: &Contact,
        lines: &ContactLines<'_>,
    ) -> Result<(), ApplyError> {
        // A name that would be made of the other fields is not asked for.
        let Some(wanted) = wanted
            .full_name
            .as_ref()
            .filter(|_| !super::absent(&given.full_name))
        else {
            return Ok(());
        };
        match &lines.full_name {
            Some(NameLine { text, .. }) if text == wanted => Ok(()),
            Some(name) if !name.is_nickname => {
                self.set(name.id, PropertyValue::Text(wanted.clone()))
            }
            _ => {
                readable::<property::FullName>(lines)?;
                match self.card.property("FN").map(|property| property.id()) {
                    Some(blank) => self.set(blank, PropertyValue::Text(wanted.clone())),
                    None => {
                        self.card.add::<property::FullName>(wanted.as_str())?;
                        Ok(())
                    }
                }
            }
        }
    }

    fn name(&mut self, wanted: &Contact, lines: &ContactLines<'_>) -> Result<(), ApplyError> {
        let (given, family) = (lines.given_name(), lines.family_name());
        if given == wanted.given_name && family == wanted.family_name {
            return Ok(());
        }
        let Some((id, components)) = &lines.name else {
            readable::<property::N>(lines)?;
            let name = to_card::name(wanted.given_name.as_deref(), wanted.family_name.as_deref());
            self.card.add::<property::N>(name)?;
            return Ok(());
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

    /// A nickname is the full name only where nothing else is one: where a name comes beside it, what it
    /// was as a full name is said by one.
    fn keep_nickname(
        &mut self,
        wanted: &Contact,
        lines: &ContactLines<'_>,
        reading: &FromCard,
    ) -> Result<(), ApplyError> {
        let nickname = lines.full_name.as_ref().filter(|name| name.is_nickname);
        let Some(text) = nickname.map(|name| &name.text) else {
            return Ok(());
        };
        if !self.card.is_edited() || wanted.full_name.as_ref() != Some(text) {
            return Ok(());
        }
        let now = ContactLines::of(&self.card, reading).full_name;
        if now.as_ref().map(|name| &name.text) != Some(text) {
            readable::<property::FullName>(lines)?;
            match self.card.property("FN").map(|property| property.id()) {
                Some(blank) => self.set(blank, PropertyValue::Text(text.clone()))?,
                None => drop(self.card.add::<property::FullName>(text.as_str())?),
            }
        }
        Ok(())
    }

    fn organization(
        &mut self,
        wanted: &Contact,
        lines: &ContactLines<'_>,
    ) -> Result<(), ApplyError> {
        if lines.organization() == wanted.organization {
            return Ok(());
        }
        match (&lines.organization, &wanted.organization) {
            (Some((id, organization)), wanted) => {
                let units = organization.units().iter().map(|unit| &**unit);
                if wanted.is_none() && units.clone().all(super::blank) {
                    let property = self.card.entry_mut(*id).ok_or(EditError::NoEntry)?;
                    return Ok(property.remove()?);
                }
                let parts = core::iter::once(wanted.as_deref().unwrap_or_default()).chain(units);
                let parts = parts.map(|part| [String::from(part)].into());
                self.set(*id, PropertyValue::Components(parts.collect()))
            }
            (None, Some(wanted)) => {
                readable::<property::Org>(lines)?;
                self.card
                    .add::<property::Org>(Organization::new(wanted.as_str()))?;
                Ok(())
            }
            (None, None) => Ok(()),
        }
    }

    /// Brings phones or emails to what is wanted: those that are the same stay where they are.
    fn labelled<'w, P: TypedProperty>(
        &mut self,
        wanted: Vec<Wanted<'w>>,
        lines: &[LabelledLine],
        entry: impl Fn(&'w str, Option<&'w str>) -> Entry<'w, P>,
    ) -> Result<(), ApplyError> {
        let kept = keep(&wanted, lines);
        let card = &mut self.card;
        let mut last = None;
        for (line, kept) in lines.iter().zip(&kept) {
            let label_lines = &line.label_lines;
            let Some((value, label)) = kept.and_then(|place| wanted.get(place)) else {
                card.entry_mut(line.id)
                    .ok_or(EditError::NoEntry)?
                    .remove()?;
                continue;
            };
            if *value != line.value {
                let mut property = card.entry_mut(line.id).ok_or(EditError::NoEntry)?;
                if let Some(value) = entry(value, *label).value() {
                    property.set(value)?;
                }
            }
            last = Some(match *label == line.label.as_deref() {
                true => label_lines.first().copied().unwrap_or(line.id),
                false => label::set(card, line.id, label_lines, *label)?,
            });
        }
        let new = left_over(&wanted, &kept);
        for (value, label) in new.into_iter().filter_map(|place| wanted.get(place)) {
            let (property, ab_label) =
                entry(value, *label).into_added(card.style(), &mut || card.free_group())?;
            for property in core::iter::once(property).chain(ab_label) {
                last = Some(match last {
                    Some(id) => card.insert_after(id, property)?,
                    None => card.push(property)?,
                });
            }
        }
        Ok(())
    }

    fn set(&mut self, id: EntryId, value: PropertyValue) -> Result<(), ApplyError> {
        let mut property = self.card.entry_mut(id).ok_or(EditError::NoEntry)?;
        Ok(property.set_value(value)?)
    }
}

crate::error::into_error! { Contact: ApplyError }

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some() -> impl Strategy<Value = Vec<Wanted<'static>>> {
        let value = prop::sample::select(&["1", "2", "3"][..]);
        let label = prop::sample::select(&[None, Some("home"), Some("work")][..]);
        prop::collection::vec((value, label), 0..8)
    }

    proptest! {
        #[test]
        fn ok_few_and_many_are_paired_alike(wanted in some(), lines in some()) {
            let (mut few, mut many) = (alloc::vec![None; lines.len()], alloc::vec![None; lines.len()]);
            pair_few(&mut few, &wanted, &lines, |one| *one);
            pair_many(&mut many, &wanted, &lines, |one| *one);
            prop_assert_eq!(&few, &many);
            pair_few(&mut few, &wanted, &lines, |(value, _)| *value);
            pair_many(&mut many, &wanted, &lines, |(value, _)| *value);
            prop_assert_eq!(&few, &many);
        }
    }
}
