//! One property with its type.

use core::cell::Cell;
use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;

use super::card_value::{AccessError, CardValue};
use super::label::Labels;
use super::vendor_names;
use crate::card::PropertyRef;
use crate::registry::{self, PropertyId};
use crate::syntax::Charset;

/// A property: its name, and the type of its value.
///
/// A property of your own takes two lines:
///
/// ```
/// use vcardinal::Card;
/// use vcardinal::typed::TypedProperty;
///
/// struct Lucky;
///
/// impl TypedProperty for Lucky {
///     const NAME: &'static str = "X-LUCKY";
///     type Value<'a> = i64;
/// }
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nX-LUCKY;VALUE=integer:7\nEND:VCARD\n")?;
/// assert_eq!(card.get::<Lucky>().unwrap().value()?, 7);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait TypedProperty {
    /// The name.
    const NAME: &'static str;

    /// Its number in the registry, if it has one: names of vendors that stand for it are read as
    /// well, X-ANNIVERSARY for ANNIVERSARY.
    const ID: Option<PropertyId> = None;

    /// What its value is.
    type Value<'a>: CardValue<'a>;
}

/// What a marker says, without its type: what is done with it is compiled once, and not for each
/// marker.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Marker {
    pub name: &'static str,
    pub id: Option<PropertyId>,
}

impl Marker {
    pub const fn of<P: TypedProperty>() -> Self {
        Marker {
            name: P::NAME,
            id: P::ID,
        }
    }

    /// The lengths of the names that vendors have for it, a bit each; no bit for most.
    pub fn lengths_of_vendor_names(self) -> u64 {
        self.id.map_or(0, PropertyId::lengths_of_vendor_names)
    }
}

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

/// Its value as that shows itself, or its text where it is not a value.
///
/// ```
/// let card = vcardinal::Card::parse("BEGIN:VCARD\nVERSION:4.0\nBDAY:--1210\nREV:now\nEND:VCARD\n")?;
/// assert_eq!(card.birthday().unwrap().to_string(), "--12-10");
/// assert_eq!(card.rev().unwrap().to_string(), "now");
/// # Ok::<(), vcardinal::Error>(())
/// ```
impl<'a, P> fmt::Display for Typed<'a, P>
where
    P: TypedProperty<Value<'a>: fmt::Display>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value() {
            Ok(value) => value.fmt(f),
            Err(_) => f.pad(&self.text_lossy()),
        }
    }
}

impl<'a, P> Deref for Typed<'a, P> {
    type Target = PropertyRef<'a>;

    fn deref(&self) -> &PropertyRef<'a> {
        &self.property
    }
}

impl<'a, P: TypedProperty> Typed<'a, P> {
    /// This property as a `P`; `None` when its name is neither that of `P` nor a vendor's name for it.
    ///
    /// ```
    /// use vcardinal::{Card, property, typed::Typed};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE:b\nEND:VCARD\n")?;
    /// let notes = card.properties().filter_map(Typed::<property::Note>::new);
    /// assert_eq!(notes.count(), 1);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn new(property: PropertyRef<'a>) -> Option<Self> {
        is_of(&property, Marker::of::<P>()).then_some(Typed {
            property,
            marker: PhantomData,
        })
    }

    /// The value, by the rules of the card's version and what VALUE and ENCODING say; borrowed
    /// from the card where nothing had to be decoded.
    ///
    /// # Errors
    ///
    /// Its text is not a value of this type.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nN:Quist;Zoë;;;\nREV:now\nEND:VCARD\n")?;
    /// assert_eq!(card.name().unwrap().value()?.given(), ["Zoë"]);
    /// assert!(card.rev().unwrap().value().is_err());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn value(&self) -> Result<P::Value<'a>, AccessError> {
        P::Value::from_property(&self.property).map_err(|error| error.of(self.property.name()))
    }

    /// The same property, read with this [fall-back charset](PropertyRef::with_fallback_charset).
    ///
    /// ```
    /// use vcardinal::{Card, Charset};
    ///
    /// let card = Card::parse(b"BEGIN:VCARD\nVERSION:3.0\nN:A\nFN:A\nNOTE:Zo\xEB\nEND:VCARD\n")?;
    /// let note = card.note().unwrap().with_fallback_charset(Some(Charset::WINDOWS_1252));
    /// assert_eq!(note.value()?.as_str(), "Zoë");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_fallback_charset(mut self, charset: Option<Charset>) -> Self {
        self.property = self.property.with_fallback_charset(charset);
        self
    }

    /// The property without its type.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE;LANGUAGE=fr:b\nEND:VCARD\n")?;
    /// let id = card.note().unwrap().property().id();
    /// assert_eq!(card.entry(id).unwrap().name(), "NOTE");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn property(&self) -> PropertyRef<'a> {
        self.property
    }
}

/// Whether a property is of this kind, by its own name or by a vendor's.
fn is_of(property: &PropertyRef<'_>, marker: Marker) -> bool {
    let vendor = |id| vendor_names::takes_place_of(property, id, PropertyRef::label);
    property.is(marker.name) || marker.id.is_some_and(vendor)
}

/// The properties of one kind, in order: of its name, and of the names that vendors have for it.
pub struct All<'a, P> {
    properties: crate::card::Properties<'a>,
    /// Those of the card, once one was asked for: to look for each by itself takes the square.
    labels: Option<Labels<'a>>,
    marker: PhantomData<fn() -> P>,
}

impl<'a, P> All<'a, P> {
    pub(super) fn new(properties: crate::card::Properties<'a>) -> Self {
        All {
            properties,
            labels: None,
            marker: PhantomData,
        }
    }
}

impl<P: TypedProperty> All<'_, P> {
    /// How many come. Each line of the card is looked at: no [`size_hint`](Iterator::size_hint) says it.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Quist\r\nEND:VCARD\r\n")?;
    /// assert_eq!((card.full_names().len(), card.phones().is_empty()), (1, true));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.clone().count()
    }

    /// Whether none comes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clone().next().is_none()
    }
}

impl<P> Clone for All<'_, P> {
    fn clone(&self) -> Self {
        All {
            properties: self.properties.clone(),
            labels: self.labels.clone(),
            marker: PhantomData,
        }
    }
}

impl<P> fmt::Debug for All<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("All").finish_non_exhaustive()
    }
}

/// The next property under its own name or one that a vendor has for it.
pub(super) fn next_of<'a>(
    properties: &mut crate::card::Properties<'a>,
    labels: &mut Option<Labels<'a>>,
    marker: Marker,
    id: PropertyId,
) -> Option<PropertyRef<'a>> {
    let lengths = marker.lengths_of_vendor_names() | (1 << marker.name.len());
    let own = marker.name.as_bytes();
    let mut label = |property: &PropertyRef<'a>| {
        let labels = labels.get_or_insert_with(|| property.card().labels());
        labels.of(property)
    };
    // Whether the last name that was looked at is its own, so that it is compared once.
    let is_own = Cell::new(false);
    loop {
        let property = properties.next_where(lengths, |name| {
            is_own.set(name.eq_ignore_ascii_case(own));
            is_own.get() || registry::is_private(name)
        })?;
        if is_own.get() || vendor_names::takes_place_of(&property, id, &mut label) {
            return Some(property);
        }
    }
}

/// The last property under its own name or one that a vendor has for it.
fn last_of<'a>(
    properties: &mut crate::card::Properties<'a>,
    labels: &mut Option<Labels<'a>>,
    marker: Marker,
) -> Option<PropertyRef<'a>> {
    let mut label = |property: &PropertyRef<'a>| {
        let labels = labels.get_or_insert_with(|| property.card().labels());
        labels.of(property)
    };
    let mut is_vendors = |property: &PropertyRef<'a>| {
        let id = marker.id.filter(|_| marker.lengths_of_vendor_names() != 0);
        id.is_some_and(|id| vendor_names::takes_place_of(property, id, &mut label))
    };
    loop {
        let property = properties.next_back()?;
        if property.is(marker.name) || is_vendors(&property) {
            return Some(property);
        }
    }
}

impl<'a, P: TypedProperty> Iterator for All<'a, P> {
    type Item = Typed<'a, P>;

    fn next(&mut self) -> Option<Typed<'a, P>> {
        let marker = const { Marker::of::<P>() };
        let property = match P::ID {
            Some(id) if marker.lengths_of_vendor_names() != 0 => {
                next_of(&mut self.properties, &mut self.labels, marker, id)?
            }
            _ => self.properties.next_named(P::NAME)?,
        };
        Some(Typed {
            property,
            marker: PhantomData,
        })
    }

    /// At most as many as there are lines: none is looked at, since whoever collects asks.
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.properties.size_hint().1)
    }
}

/// From the last one to the first.
impl<P: TypedProperty> DoubleEndedIterator for All<'_, P> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let property = last_of(&mut self.properties, &mut self.labels, Marker::of::<P>())?;
        Some(Typed {
            property,
            marker: PhantomData,
        })
    }
}

impl<P: TypedProperty> core::iter::FusedIterator for All<'_, P> {}
