//! A value with what belongs to it, for a card that exists and for a new one.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::card_value::CardValue;
use super::label::{self, LABEL, Written};
use super::preference;
use super::property::{self, TypedProperty};
use super::set::{SetError, is_in_version, value_parameter};
use crate::card::BuildError;
use crate::card::Card;
use crate::card::CardBuilder;
use crate::card::EntryId;
use crate::card::Parameter;
use crate::card::Property;
use crate::value::{
    self, Address, DateAndOrTime, DateOrText, E164, Gender, Geo, Key, Kind, LanguageTag, Media,
    Name, Organization, PartialDate, Pref, TelUri, Telephone, Text, TextList, TimeZone, Timestamp,
    Uri, UriOrText,
};
use crate::version::Version;

/// A property to be written: its value, and a label, a preference and types where it has them.
///
/// ```
/// use vcardinal::typed::{Entry, property::Adr};
/// use vcardinal::value::Address;
/// use vcardinal::{Card, Version};
///
/// let home = Entry::new(Address::default().with_locality(["Oslo"]))
///     .label("Boat")
///     .types(["home"])
///     .preferred();
/// let card = Card::builder(Version::V3_0).full_name("A").text("N", "A").address(home).build()?;
/// assert!(card.to_string().contains(
///     "\r\nitem1.ADR;TYPE=home,pref:;;;Oslo;;;\r\nitem1.X-ABLabel:Boat\r\n"
/// ));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'v, P: TypedProperty> {
    value: P::Value<'v>,
    label: Option<Cow<'v, str>>,
    types: Vec<Cow<'v, str>>,
    pref: Option<Pref>,
    parameters: Vec<Parameter>,
}

/// A telephone number to be written: `Phone::new(number).label("mobile").preferred()`.
pub type Phone<'v> = Entry<'v, property::Tel>;

impl<'v, P: TypedProperty> Entry<'v, P> {
    /// This value and nothing else.
    #[must_use]
    pub fn new(value: impl Into<P::Value<'v>>) -> Self {
        Entry {
            value: value.into(),
            label: None,
            types: Vec::new(),
            pref: None,
            parameters: Vec::new(),
        }
    }

    /// With what somebody calls it, as [`PropertyRef::label`](crate::PropertyRef::label) gives it
    /// back: `mobile`, `home fax` and the like become words of TYPE, all other words an X-ABLabel
    /// in a group with it, which address books show and others pass on. A blank label is none.
    ///
    /// ```
    /// use vcardinal::typed::Phone;
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::builder(Version::V3_0)
    ///     .phone(Phone::new("1").label("home fax"))
    ///     .phone(Phone::new("2").label("Summer house"))
    ///     .build()?;
    /// assert!(card.to_string().ends_with(
    ///     "TEL;TYPE=HOME,FAX:1\r\nitem1.TEL:2\r\nitem1.X-ABLabel:Summer house\r\nEND:VCARD\r\n"
    /// ));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn label(mut self, label: impl Into<Cow<'v, str>>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// With TYPE values, as `home` and `cell`. RFC 6350, 5.6.
    #[must_use]
    pub fn types<T: Into<Cow<'v, str>>>(mut self, types: impl IntoIterator<Item = T>) -> Self {
        self.types.extend(types.into_iter().map(Into::into));
        self
    }

    /// Preferred to all others: `PREF=1` in 4.0, `TYPE=pref` before.
    #[must_use]
    pub fn preferred(self) -> Self {
        self.pref(Pref::FIRST)
    }

    /// Preferred as much as that; before 4.0, which has `TYPE=pref` alone, only the best is
    /// written. RFC 6350, 5.3.
    #[must_use]
    pub fn pref(mut self, pref: Pref) -> Self {
        self.pref = Some(pref);
        self
    }

    /// With another parameter, as LANGUAGE or ALTID.
    #[must_use]
    pub fn parameter(mut self, parameter: Parameter) -> Self {
        self.parameters.push(parameter);
        self
    }

    /// The property, and the X-ABLabel in a group with it where its label needs one.
    pub(crate) fn properties(
        self,
        version: Version,
        group: impl FnOnce() -> String,
    ) -> Result<(Property, Option<Property>), SetError> {
        is_in_version(P::NAME, version)?;
        let (value, value_type) = self.value.to_property(version)?;
        let mut property = Property::new(P::NAME, value)?;
        if let Some(declared) = value_parameter(P::NAME, value_type, version)
            && !is_binary(&property)
        {
            property = property.with_parameter(Parameter::new("VALUE", [declared])?);
        }
        let mut types: Vec<String> = self.types.into_iter().map(Cow::into_owned).collect();
        let others = self
            .parameters
            .iter()
            .filter(|one| one.name().as_str().eq_ignore_ascii_case("TYPE"));
        let others = types.iter().chain(others.flat_map(|one| one.values()));
        let others = others.map(String::as_str);
        let label = self.label.as_deref();
        let label = label.and_then(|label| label::written(label, P::NAME, version, others));
        let label = match label {
            Some(Written::Types(words)) => {
                types.extend(words);
                None
            }
            Some(Written::Line(text)) => Some(text),
            None => None,
        };
        if let Some(pref) = self.pref
            && let Some(parameter) = preference::written(pref, version, &mut types)?
        {
            property = property.with_parameter(parameter);
        }
        if !types.is_empty() {
            property = property.with_types(types);
        }
        for parameter in self.parameters {
            property = property.with_parameter(parameter);
        }
        let Some(label) = label else {
            return Ok((property, None));
        };
        let group = group();
        let label = Property::text(LABEL, label)?.with_group(group.clone())?;
        Ok((property.with_group(group)?, Some(label)))
    }
}

#[cfg(feature = "base64")]
fn is_binary(property: &Property) -> bool {
    matches!(property.value(), crate::card::PropertyValue::Binary { .. })
}

#[cfg(not(feature = "base64"))]
fn is_binary(_: &Property) -> bool {
    false
}

/// What can be added as a `P`: its value, what can become that, or an [`Entry`] of it.
pub trait IntoEntry<'v, P: TypedProperty> {
    /// The entry.
    fn into_entry(self) -> Entry<'v, P>;
}

impl<'v, P: TypedProperty> IntoEntry<'v, P> for Entry<'v, P> {
    fn into_entry(self) -> Entry<'v, P> {
        self
    }
}

macro_rules! into_entry {
    ($($value:ty)+) => {$(
        impl<'v, P: TypedProperty> IntoEntry<'v, P> for $value
        where
            $value: Into<P::Value<'v>>,
        {
            fn into_entry(self) -> Entry<'v, P> {
                Entry::new(self)
            }
        }
    )+};
}

into_entry! {
    &'v str String Text<'v> TextList<'v> Uri<'v> Name<'v> Address<'v> Organization<'v>
    Telephone<'v> TelUri E164 DateOrText<'v> DateAndOrTime PartialDate Timestamp Gender<'v> Geo<'v>
    Kind<'v> LanguageTag<'v> Media<'v> Key<'v> UriOrText<'v> TimeZone<'v> value::ClientPidMap<'v>
}

#[cfg(feature = "email")]
into_entry! { value::Email }

impl Card {
    /// Adds a property before END.
    ///
    /// # Errors
    ///
    /// The version of the card has no such property, or no text for the value.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::typed::{Phone, property::Tel};
    /// use vcardinal::value::E164;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nITEM1.URL:http://a.example\nEND:VCARD\n")?;
    /// card.add::<Tel>("+14155550123".parse::<E164>()?)?;
    /// card.add::<Tel>(Phone::new("12").label("Boat"))?;
    /// assert!(card.to_string().ends_with(
    ///     "\nTEL;VALUE=uri:tel:+14155550123\nitem2.TEL:12\nitem2.X-ABLabel:Boat\nEND:VCARD\n"
    /// ));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn add<'v, P: TypedProperty>(
        &mut self,
        entry: impl IntoEntry<'v, P>,
    ) -> Result<EntryId, SetError> {
        let version = self.version().unwrap_or(Version::V3_0);
        let (property, label) = entry
            .into_entry()
            .properties(version, || self.free_group())?;
        let id = self.push(property)?;
        if let Some(label) = label {
            self.insert_after(id, label)?;
        }
        Ok(id)
    }
}

/// Values of every type. What goes wrong comes out of [`build`](CardBuilder::build).
///
/// ```
/// use vcardinal::typed::Phone;
/// use vcardinal::value::{Name, PartialDate, E164};
/// use vcardinal::{Card, Version};
///
/// let card = Card::builder(Version::V4_0)
///     .full_name("Zoë Quist")
///     .name(Name::new("Quist", "Zoë"))
///     .phone(Phone::new("+14155550123".parse::<E164>()?).label("mobile").preferred())
///     .email("zoe@example.com")
///     .birthday(PartialDate::month_day(12, 10)?)
///     .build()?;
/// assert_eq!(
///     card.to_string(),
///     "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoë Quist\r\nN:Quist;Zoë;;;\r\n\
///      TEL;VALUE=uri;PREF=1;TYPE=cell:tel:+14155550123\r\n\
///      EMAIL:zoe@example.com\r\nBDAY:--1210\r\nEND:VCARD\r\n",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl CardBuilder {
    /// Adds a property of this kind.
    #[must_use]
    pub fn with<'v, P: TypedProperty>(mut self, entry: impl IntoEntry<'v, P>) -> Self {
        let version = self.version();
        let properties = entry.into_entry().properties(version, || self.free_group());
        match properties {
            Ok((property, label)) => {
                let builder = self.property(property);
                match label {
                    Some(label) => builder.property(label),
                    None => builder,
                }
            }
            Err(error) => self.refuse(BuildError::Value(format!("{}: {error}", P::NAME))),
        }
    }

    /// Adds N, the name in its parts. RFC 6350, 6.2.2.
    #[must_use]
    pub fn name<'v>(self, entry: impl IntoEntry<'v, property::N>) -> Self {
        self.with(entry)
    }

    /// Adds NICKNAME. RFC 6350, 6.2.3.
    #[must_use]
    pub fn nickname<'v>(self, entry: impl IntoEntry<'v, property::Nickname>) -> Self {
        self.with(entry)
    }

    /// Adds TEL, a telephone number. RFC 6350, 6.4.1.
    #[must_use]
    pub fn phone<'v>(self, entry: impl IntoEntry<'v, property::Tel>) -> Self {
        self.with(entry)
    }

    /// Adds EMAIL, an email address. RFC 6350, 6.4.2.
    #[must_use]
    pub fn email<'v>(self, entry: impl IntoEntry<'v, property::Email>) -> Self {
        self.with(entry)
    }

    /// Adds ADR, a postal address. RFC 6350, 6.3.1.
    #[must_use]
    pub fn address<'v>(self, entry: impl IntoEntry<'v, property::Adr>) -> Self {
        self.with(entry)
    }

    /// Adds ORG, an organization. RFC 6350, 6.6.4.
    #[must_use]
    pub fn organization<'v>(self, entry: impl IntoEntry<'v, property::Org>) -> Self {
        self.with(entry)
    }

    /// Adds TITLE, a job title. RFC 6350, 6.6.1.
    #[must_use]
    pub fn title<'v>(self, entry: impl IntoEntry<'v, property::Title>) -> Self {
        self.with(entry)
    }

    /// Adds BDAY, the birthday. RFC 6350, 6.2.5.
    #[must_use]
    pub fn birthday<'v>(self, entry: impl IntoEntry<'v, property::Bday>) -> Self {
        self.with(entry)
    }

    /// Adds ANNIVERSARY, which 3.0 does not have. RFC 6350, 6.2.6.
    #[must_use]
    pub fn anniversary<'v>(self, entry: impl IntoEntry<'v, property::Anniversary>) -> Self {
        self.with(entry)
    }

    /// Adds URL, a web page. RFC 6350, 6.7.8.
    #[must_use]
    pub fn url<'v>(self, entry: impl IntoEntry<'v, property::Url>) -> Self {
        self.with(entry)
    }

    /// Adds NOTE. RFC 6350, 6.7.2.
    #[must_use]
    pub fn note<'v>(self, entry: impl IntoEntry<'v, property::Note>) -> Self {
        self.with(entry)
    }

    /// Adds CATEGORIES. RFC 6350, 6.7.1.
    #[must_use]
    pub fn categories<'v>(self, entry: impl IntoEntry<'v, property::Categories>) -> Self {
        self.with(entry)
    }

    /// Adds UID, what names this card and no other. RFC 6350, 6.7.6.
    #[must_use]
    pub fn uid<'v>(self, entry: impl IntoEntry<'v, property::Uid>) -> Self {
        self.with(entry)
    }
}
