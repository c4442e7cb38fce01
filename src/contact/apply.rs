//! [`Contact`] -> changes to a [`Card`], which keeps every byte that they do not touch.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::from_card::{ContactLines, LabelledLine, LeftOutReason};
use super::{Contact, ContactError, to_card};
use crate::card::{Card, EditError, EntryId, PropertyValue};
use crate::typed::label;

use crate::typed::{Entry, SetError, TypedProperty, property};
use crate::value::{E164, Organization};
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
    Set(#[from] SetError),
}

impl From<EditError> for ApplyError {
    fn from(error: EditError) -> Self {
        ApplyError::Set(error.into())
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
        let lines = ContactLines::of(card, |text| {
            let number = E164::parse_lenient(text).map_err(LeftOutReason::NotE164)?;
            Ok((number, None))
        });
        let wanted = self.normalized();
        let mut edit = CardEdit {
            version: card.version().unwrap_or(Version::V3_0),
            card: card.clone(),
        };
        edit.full_name(self, &wanted, &lines)?;
        edit.name(&wanted, &lines)?;
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
    let mut same: BTreeMap<Wanted<'_>, Vec<usize>> = BTreeMap::new();
    for (place, wanted) in wanted.iter().enumerate().rev() {
        same.entry(*wanted).or_default().push(place);
    }
    let mut kept: Vec<Option<usize>> = lines
        .iter()
        .map(|line| {
            let key = (line.value.as_str(), line.label.as_deref());
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
    for (line, kept) in lines.iter().zip(&mut kept) {
        if kept.is_none() {
            *kept = by_value.get_mut(line.value.as_str()).and_then(Vec::pop);
        }
    }
    kept
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
        let Some(wanted) = &wanted.full_name else {
            return Ok(());
        };
        let said = !super::absent(&given.full_name);
        match &lines.full_name {
            Some((_, text)) if text == wanted || !said => {}
            Some((id, _)) => self.set(*id, PropertyValue::Text(wanted.clone()))?,
            None => {
                let blank = self.card.property("FN").map(|property| property.id());
                match blank {
                    Some(id) => self.set(id, PropertyValue::Text(wanted.clone()))?,
                    None => drop(self.card.add::<property::Fn>(wanted.as_str())?),
                }
            }
        }
        Ok(())
    }

    fn name(&mut self, wanted: &Contact, lines: &ContactLines<'_>) -> Result<(), ApplyError> {
        let (given, family) = (lines.given_name(), lines.family_name());
        if given == wanted.given_name && family == wanted.family_name {
            return Ok(());
        }
        let Some((id, components)) = &lines.name else {
            self.card.add::<property::N>(to_card::name(wanted))?;
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
            match kept.and_then(|place| wanted.get(place)) {
                Some((_, label)) if *label == line.label.as_deref() => {
                    last = Some(label_lines.first().copied().unwrap_or(line.id));
                }
                Some((_, label)) => {
                    last = Some(label::set(card, line.id, label_lines, *label)?);
                }
                None => label::remove(card, line.id, label_lines)?,
            }
        }
        let mut new = alloc::vec![true; wanted.len()];
        for place in kept.into_iter().flatten() {
            if let Some(new) = new.get_mut(place) {
                *new = false;
            }
        }
        for ((value, label), _) in wanted.into_iter().zip(new).filter(|(_, new)| *new) {
            let (property, ab_label) =
                entry(value, label).properties(self.version, || card.free_group())?;
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
