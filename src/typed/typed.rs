//! One property with its type.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;

use super::card_value::{AccessError, CardValue};
use super::property::TypedProperty;
use super::vendor;
use crate::card::PropertyRef;
use crate::registry::PropertyId;
use crate::value::{Pid, Pref, Types};

/// A property of a card, and what type its value has.
///
/// A small copy of where things are, as [`PropertyRef`], which it can be used as.
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
/// assert_eq!(phone.label().as_deref(), Some("Home"));
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

    /// What somebody calls it: the X-ABLabel of its group, in any letter case, `_$!<Home>!$_`
    /// unwrapped to `Home`; none without one, or with an empty one.
    ///
    /// This looks through the card. For the labels of many properties, gather the X-ABLabel
    /// properties by group once.
    #[must_use]
    pub fn label(&self) -> Option<Cow<'a, str>> {
        label_of_group(&self.property)
    }

    /// The label, or else the first TYPE that says where it belongs or what it is (`home`, `work`,
    /// `cell`, and not `pref`, `voice` or `internet`) in lower case, or else this.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:3.0\nTEL;TYPE=VOICE,WORK:1\nTEL:2\nEND:VCARD\n",
    /// )?;
    /// let labels: Vec<_> = card.phones().map(|phone| phone.label_or("other")).collect();
    /// assert_eq!(labels, ["work", "other"]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn label_or(&self, other: &'a str) -> Cow<'a, str> {
        const SILENT: [&str; 4] = ["pref", "voice", "internet", "x400"];
        if let Some(label) = self.label() {
            return label;
        }
        let types = self.types();
        let telling = types
            .iter()
            .find(|one| !SILENT.iter().any(|silent| silent.eq_ignore_ascii_case(one)));
        match telling {
            Some(one) => Cow::Owned(one.to_ascii_lowercase()),
            None => Cow::Borrowed(other),
        }
    }

    /// The values of TYPE, written or meant, and what the name of a vendor says: `spouse` of
    /// X-SPOUSE. RFC 6350, 5.6.
    #[must_use]
    pub fn types(&self) -> Types<'a> {
        let of_name = vendor::related_type(&self.property).map(Cow::Borrowed);
        Types::new(
            of_name
                .into_iter()
                .chain(self.property.parameter_values("TYPE")),
        )
    }

    /// How much it is preferred: what PREF says, or the best for `TYPE=pref`; none is least.
    /// RFC 6350, 5.3; RFC 2426, 3.3.1.
    #[must_use]
    pub fn pref(&self) -> Option<Pref> {
        let pref = self.property.parameter("PREF");
        pref.and_then(|pref| Pref::parse(pref.value().trim()).ok())
            .or_else(|| self.property.has_type("pref").then_some(Pref::FIRST))
    }

    /// Whether nothing can be preferred to it: PREF is 1, or TYPE is pref.
    #[must_use]
    pub fn is_preferred(&self) -> bool {
        self.pref() == Some(Pref::FIRST)
    }

    /// The language of the value. RFC 6350, 5.1.
    #[must_use]
    pub fn language(&self) -> Option<Cow<'a, str>> {
        self.parameter_text("LANGUAGE")
    }

    /// What it has in common with the other forms of the same thing. RFC 6350, 5.4.
    #[must_use]
    pub fn alt_id(&self) -> Option<Cow<'a, str>> {
        self.parameter_text("ALTID")
    }

    /// Which property it is for synchronization; those that are no PID are left out.
    /// RFC 6350, 5.5.
    #[must_use]
    pub fn pid(&self) -> Vec<Pid> {
        let pids = self.property.parameter_values("PID");
        pids.flat_map(|pids| Pid::parse_list(&pids).unwrap_or_default())
            .collect()
    }

    fn parameter_text(&self, name: &str) -> Option<Cow<'a, str>> {
        let value = self.property.parameter(name)?.value();
        (!value.is_empty()).then_some(value)
    }
}

pub(super) fn label_of_group<'a>(property: &PropertyRef<'a>) -> Option<Cow<'a, str>> {
    let group = property.group()?;
    let label = property.card().properties().find(|property| {
        property.is(LABEL)
            && property
                .group()
                .is_some_and(|own| own.eq_ignore_ascii_case(group))
    })?;
    Some(unwrapped(label.text().ok()?)).filter(|label| !label.is_empty())
}

pub(super) const LABEL: &str = PropertyId::X_ABLABEL.name();

/// `_$!<Home>!$_` is how Apple writes a label that it has a word for in every language.
fn unwrapped(label: Cow<'_, str>) -> Cow<'_, str> {
    fn inner(label: &str) -> Option<&str> {
        label.trim().strip_prefix("_$!<")?.strip_suffix(">!$_")
    }
    match label {
        Cow::Borrowed(label) => Cow::Borrowed(inner(label).unwrap_or(label)),
        Cow::Owned(label) => match inner(&label) {
            Some(inner) => Cow::Owned(String::from(inner)),
            None => Cow::Owned(label),
        },
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
