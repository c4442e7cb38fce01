//! Properties of a kind changed, removed, and by themselves.

use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};

use super::entry::IntoEntry;
use super::set_error::SetError;
use super::typed::{Typed, TypedProperty};
use crate::card::{Card, EntryId, PropertyMut};

/// A property of a card with its type, to be changed: a [`PropertyMut`], and `set` takes what the
/// property takes.
///
/// ```
/// use vcardinal::{Card, property};
///
/// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nBDAY:1900\nEND:VCARD\n")?;
/// if let Some(mut birthday) = card.get_mut::<property::Bday>() {
///     birthday.set("1985-04-12")?;
///     birthday.set_language("en")?;
/// }
/// assert!(card.to_string().contains("\nBDAY;LANGUAGE=en:19850412\n"));
/// # Ok::<(), vcardinal::Error>(())
/// ```
pub struct TypedMut<'a, P> {
    property: PropertyMut<'a>,
    marker: PhantomData<fn() -> P>,
}

impl<P> fmt::Debug for TypedMut<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TypedMut").field(&self.property).finish()
    }
}

impl<'a, P> Deref for TypedMut<'a, P> {
    type Target = PropertyMut<'a>;

    fn deref(&self) -> &PropertyMut<'a> {
        &self.property
    }
}

impl<P> DerefMut for TypedMut<'_, P> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.property
    }
}

impl<P: TypedProperty> TypedMut<'_, P> {
    /// Sets the value, as [`Card::set`] does: the value, text for it, or an
    /// [`Entry`](super::Entry).
    ///
    /// # Errors
    ///
    /// As [`Card::set`].
    ///
    /// ```
    /// use vcardinal::{Card, property};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nBDAY:19850412\nEND:VCARD\n")?;
    /// card.get_mut::<property::Bday>().unwrap().set("1985-12-04")?;
    /// assert!(card.to_string().contains("\nBDAY:19851204\n"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn set<'v>(&mut self, value: impl IntoEntry<'v, P>) -> Result<(), SetError> {
        value.into_entry().set_on(&mut self.property)
    }

    /// Removes it, and its label, as [`PropertyMut::remove`] does.
    ///
    /// # Errors
    ///
    /// As [`PropertyMut::remove`].
    ///
    /// ```
    /// use vcardinal::{Card, property};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE:b\nEND:VCARD\n")?;
    /// card.get_mut::<property::Note>().unwrap().remove()?;
    /// assert!(card.note().is_none());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn remove(self) -> Result<(), crate::card::EditError> {
        self.property.remove()
    }
}

impl Card {
    /// The property of this kind that [`get`](Card::get) gives, to be changed; `None` without one.
    ///
    /// ```
    /// use vcardinal::{Card, property};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE:b\nEND:VCARD\n")?;
    /// card.get_mut::<property::Note>().unwrap().set("c")?;
    /// assert!(card.get_mut::<property::Title>().is_none());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn get_mut<P: TypedProperty>(&mut self) -> Option<TypedMut<'_, P>> {
        let id = self.get::<P>()?.id();
        Some(TypedMut {
            property: self.entry_mut(id)?,
            marker: PhantomData,
        })
    }

    /// Removes all properties of this kind, those under vendors' names included, each with its label;
    /// how many there were. By name it is [`remove_where`](Card::remove_where).
    ///
    /// ```
    /// use vcardinal::{Card, property};
    ///
    /// let mut card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:3.0\nitem1.URL:a\nitem1.X-ABLabel:Boat\nEND:VCARD\n",
    /// )?;
    /// assert_eq!(card.remove::<property::Url>(), 1);
    /// assert_eq!(card.to_string(), "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn remove<P: TypedProperty>(&mut self) -> usize {
        let ids = self.all::<P>().map(|property| property.id()).collect();
        self.remove_ids(ids)
    }

    fn remove_ids(&mut self, ids: Vec<EntryId>) -> usize {
        let mut removed = 0;
        for id in ids {
            if let Some(property) = self.entry_mut(id)
                && property.remove().is_ok()
            {
                removed += 1;
            }
        }
        removed
    }
}

impl<'a, P: TypedProperty> From<Typed<'a, P>> for crate::card::PropertyRef<'a> {
    fn from(typed: Typed<'a, P>) -> Self {
        typed.property()
    }
}
