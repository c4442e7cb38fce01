//! One property with its type.

use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;

use super::card_value::{AccessError, CardValue};
use super::property::TypedProperty;
use super::vendor;
use crate::card::PropertyRef;
use crate::registry::PropertyId;

/// A property of a card, and what type its value has.
///
/// A small copy of where things are, as [`PropertyRef`], which it can be used as: the
/// [label](PropertyRef::label), the [preference](PropertyRef::pref) and what other parameters say
/// are asked for there.
///
/// ```
/// use vcardinal::Card;
///
/// let card = Card::parse(
///     "BEGIN:VCARD\nVERSION:3.0\nitem1.TEL;TYPE=CELL,pref:+1 415 555 0123\n\
///      item1.X-ABLabel:_$!<Home>!$_\nEND:VCARD\n",
/// )?;
/// let phone = card.phones().next().unwrap();
/// assert_eq!(phone.value()?.number(), Some("+1 415 555 0123"));
/// assert_eq!(phone.label().as_deref(), Some("home"));
/// assert!(phone.has_type("cell") && phone.is_preferred());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Typed<'a, P> {
    property: PropertyRef<'a>,
    marker: PhantomData<fn() -> P>,
}

impl<P> Clone for Typed<'_, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P> Copy for Typed<'_, P> {}

impl<P> fmt::Debug for Typed<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Typed").field(&self.property).finish()
    }
}

impl<'a, P> Deref for Typed<'a, P> {
    type Target = PropertyRef<'a>;

    fn deref(&self) -> &PropertyRef<'a> {
        &self.property
    }
}

impl<'a, P: TypedProperty> Typed<'a, P> {
    /// This property as a `P`; none when its name is another, and no vendor's name for it.
    #[must_use]
    pub fn new(property: PropertyRef<'a>) -> Option<Self> {
        let vendor = || P::ID.is_some_and(|id| vendor::takes_place_of(&property, id));
        (property.is(P::NAME) || vendor()).then_some(Typed {
            property,
            marker: PhantomData,
        })
    }

    /// The value, by the rules of the card's version and what VALUE and ENCODING say; borrowed
    /// from the card where nothing had to be decoded.
    ///
    /// # Errors
    ///
    /// It has no such value.
    pub fn value(&self) -> Result<P::Value<'a>, AccessError> {
        P::Value::from_property(&self.property)
    }

    /// The property without its type.
    #[must_use]
    pub fn property(&self) -> PropertyRef<'a> {
        self.property
    }
}

/// The properties of one kind, in order: of its name, and of the names that vendors have for it.
pub struct All<'a, P> {
    properties: crate::card::Properties<'a>,
    marker: PhantomData<fn() -> P>,
}

impl<'a, P> All<'a, P> {
    pub(super) fn new(properties: crate::card::Properties<'a>) -> Self {
        All {
            properties,
            marker: PhantomData,
        }
    }
}

impl<P> Clone for All<'_, P> {
    fn clone(&self) -> Self {
        All {
            properties: self.properties.clone(),
            marker: PhantomData,
        }
    }
}

impl<P> fmt::Debug for All<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("All").finish_non_exhaustive()
    }
}

impl<'a, P: TypedProperty> Iterator for All<'a, P> {
    type Item = Typed<'a, P>;

    fn next(&mut self) -> Option<Typed<'a, P>> {
        let vendor_names = P::ID.map_or(0, PropertyId::lengths_of_vendor_names);
        let property = match P::ID {
            Some(id) if vendor_names != 0 => {
                let lengths = vendor_names | (1 << P::NAME.len());
                let is = |property: &PropertyRef<'a>| {
                    property.is(P::NAME) || vendor::takes_place_of(property, id)
                };
                self.properties.next_where(lengths, is)?
            }
            _ => self.properties.next_named(P::NAME)?,
        };
        Some(Typed {
            property,
            marker: PhantomData,
        })
    }
}
