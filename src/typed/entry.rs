//! A value with what belongs to it, for a card that exists and for a new one.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::card_value::Rendered;
use super::label::{self, LABEL, Written};
use super::preference;
use super::set_error::{SetError, SetErrorKind, is_in_version};
use super::typed::{Marker, TypedProperty};
use super::value_type::{value_parameter, with_commas};
use crate::card::uri_commas::Style;
use crate::card::{BuildError, Card, CardBuilder, EntryId, Parameter, Property};
use crate::registry;
use crate::value::{
    self, Address, Binary, DataUri, DateAndOrTime, DateOrText, DateTime, E164, FromText, Gender,
    Geo, GeoOrUri, IntoTexts, Key, Kind, LanguageTag, Media, Name, Organization, PartialDate,
    PartialTime, Pref, Reason, Sex, TelUri, Telephone, Text, TextList, TimeZone, Timestamp, Uri,
    UriOrText, UtcOffset, ValueError,
};
use crate::version::Version;

/// A property to be written: its value, and a label, a preference and types where it has them.
///
/// ```
/// use vcardinal::typed::Entry;
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
    /// `None` where nothing is to be written; why a text that was given is not a value of this type.
    value: Result<Option<P::Value<'v>>, ValueError>,
    label: Option<Cow<'v, str>>,
    types: Vec<Cow<'v, str>>,
    pref: Option<Pref>,
    parameters: Vec<Parameter>,
}

/// What an entry says beside its value.
pub(super) struct Parts<'v> {
    pub label: Option<Cow<'v, str>>,
    pub types: Vec<Cow<'v, str>>,
    pub pref: Option<Pref>,
    pub parameters: Vec<Parameter>,
}

impl Parts<'_> {
    pub fn is_empty(&self) -> bool {
        self.label.is_none()
            && self.types.is_empty()
            && self.pref.is_none()
            && self.parameters.is_empty()
    }
}

impl<'v, P: TypedProperty> Entry<'v, P> {
    /// The value alone, without label or preference: the value, or text for it, which is read as
    /// [`FromText`] says. What cannot be read comes out when it is added.
    ///
    /// ```
    /// use vcardinal::property;
    /// use vcardinal::typed::Entry;
    /// use vcardinal::value::PartialDate;
    ///
    /// let entry: Entry<'_, property::Bday> = Entry::new("1985-04-12");
    /// assert_eq!(entry.value(), Some(&PartialDate::new(1985, 4, 12)?.into()));
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub fn new(value: impl IntoEntry<'v, P>) -> Self {
        value.into_entry()
    }

    /// The value alone, where its type is not known: of any `P`.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::typed::{Entry, SetError, TypedProperty};
    ///
    /// fn copy<P: TypedProperty>(from: &Card, to: &mut Card) -> Result<(), SetError> {
    ///     if let Some(Ok(value)) = from.get::<P>().map(|property| property.value()) {
    ///         to.set::<P>(Entry::of(value))?;
    ///     }
    ///     Ok(())
    /// }
    /// ```
    #[must_use]
    pub fn of(value: P::Value<'v>) -> Self {
        Entry::made_of(Ok(Some(value)))
    }

    fn made_of(value: Result<Option<P::Value<'v>>, ValueError>) -> Self {
        Entry {
            value,
            label: None,
            types: Vec::new(),
            pref: None,
            parameters: Vec::new(),
        }
    }

    fn of_text(text: Cow<'v, str>) -> Self
    where
        P::Value<'v>: FromText<'v>,
    {
        Entry::made_of(match text.is_empty() {
            true => Err(ValueError::new(0..0, Reason::Empty("a value, or nothing"))),
            false => P::Value::from_text(text).map(Some),
        })
    }

    /// The value as a property of this version has it, and the rest: nothing of its type is left.
    pub(super) fn into_rendered(
        self,
        version: Version,
    ) -> (Result<Rendered, SetErrorKind>, Parts<'v>) {
        let parts = Parts {
            label: self.label,
            types: self.types,
            pref: self.pref,
            parameters: self.parameters,
        };
        let value = match self.value {
            Ok(Some(value)) => Rendered::of(&value, version).map_err(Into::into),
            Ok(None) => Err(SetErrorKind::Nothing),
            Err(error) => Err(error.into()),
        };
        (value, parts)
    }

    /// Whether there is no value to be written.
    pub(crate) fn is_nothing(&self) -> bool {
        matches!(self.value, Ok(None))
    }

    /// With what somebody calls it, as [`PropertyRef::label`](crate::PropertyRef::label) gives it
    /// back: `mobile`, `home fax` and the like become words of TYPE, all other words an X-ABLabel
    /// in a group with it, which address books show and others pass on. A blank label is left out.
    ///
    /// ```
    /// use vcardinal::typed::Phone;
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::builder(Version::V3_0)
    ///     .fill_required()
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
    ///
    /// ```
    /// use vcardinal::typed::Phone;
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::builder(Version::V4_0).full_name("A").phone(Phone::new("1").types(["home", "cell"])).build()?;
    /// assert!(card.phones().next().unwrap().has_type("cell"));
    /// # Ok::<(), vcardinal::BuildError>(())
    /// ```
    #[must_use]
    pub fn types<T: Into<Cow<'v, str>>>(mut self, types: impl IntoIterator<Item = T>) -> Self {
        self.types.extend(types.into_iter().map(Into::into));
        self
    }

    /// Preferred to all others: `PREF=1` in 4.0, `TYPE=pref` before.
    ///
    /// ```
    /// use vcardinal::typed::Phone;
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::builder(Version::V4_0).full_name("A").phone("1").phone(Phone::new("2").preferred()).build()?;
    /// assert_eq!(card.preferred_phone().unwrap().to_string(), "2");
    /// # Ok::<(), vcardinal::BuildError>(())
    /// ```
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
    ///
    /// ```
    /// use vcardinal::typed::Phone;
    /// use vcardinal::{Card, Parameter, Version};
    ///
    /// let phone = Phone::new("1").parameter(Parameter::new("X-RING", ["bells"])?);
    /// let card = Card::builder(Version::V4_0).full_name("A").phone(phone).build()?;
    /// assert!(card.to_string().contains(";X-RING=bells:1\r\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn parameter(mut self, parameter: Parameter) -> Self {
        self.parameters.push(parameter);
        self
    }

    /// The value; `None` where there is none, or the text is not one.
    pub fn value(&self) -> Option<&P::Value<'v>> {
        self.value.as_ref().ok().and_then(Option::as_ref)
    }

    /// The property, and the X-ABLabel in a group with it where its label needs one.
    pub(crate) fn into_added(
        self,
        style: Style,
        group: &mut dyn FnMut() -> String,
    ) -> Result<(Property, Option<Property>), SetError> {
        let (value, parts) = self.into_rendered(style.version);
        added(Marker::of::<P>(), value, parts, style, group)
    }
}

fn added(
    marker: Marker,
    value: Result<Rendered, SetErrorKind>,
    parts: Parts<'_>,
    style: Style,
    group: &mut dyn FnMut() -> String,
) -> Result<(Property, Option<Property>), SetError> {
    properties(marker, value, parts, style, group).map_err(|kind| kind.of(marker.name))
}

fn properties(
    marker: Marker,
    rendered: Result<Rendered, SetErrorKind>,
    parts: Parts<'_>,
    style: Style,
    group: &mut dyn FnMut() -> String,
) -> Result<(Property, Option<Property>), SetErrorKind> {
    let version = style.version;
    let row = match marker.id {
        Some(id) => Some(id.row()),
        None => registry::property(marker.name.as_bytes()),
    };
    // What is no value at all is the first thing to say, and that a version cannot express it the last.
    let rendered = match rendered {
        Err(kind @ (SetErrorKind::Text(_) | SetErrorKind::Nothing)) => return Err(kind),
        rendered => is_in_version(row, version).and(rendered)?,
    };
    let value_type = rendered.value_type;
    let value = with_commas(rendered.value, value_type, style);
    let mut property = Property::new(marker.name, value)?;
    if let Some(declared) = value_parameter(row, value_type, version)
        && !property.value().is_inline()
    {
        property = property.with_parameter(Parameter::new("VALUE", [declared])?);
    }
    let mut types: Vec<String> = parts.types.into_iter().map(Cow::into_owned).collect();
    let mut line = None;
    if let Some(label) = &parts.label {
        let others = parts.parameters.iter();
        let others = others.filter(|one| one.name().as_str().eq_ignore_ascii_case("TYPE"));
        let others = types.iter().chain(others.flat_map(|one| one.values()));
        let others: Vec<&str> = others.map(String::as_str).collect();
        match label::written(label, marker.name, version, &others) {
            Some(Written::Types(words)) => types.extend(words),
            Some(Written::Line(text)) => line = Some(text.into_owned()),
            None => {}
        }
    }
    if let Some(pref) = parts.pref
        && let Some(parameter) = preference::written(pref, version, &mut types)?
    {
        property = property.with_parameter(parameter);
    }
    if !types.is_empty() {
        property = property.with_types(types);
    }
    // Most have none, and lists that are taken apart are to be dropped.
    if !rendered.parameters.is_empty() || !parts.parameters.is_empty() {
        for parameter in rendered.parameters.into_iter().chain(parts.parameters) {
            property = property.with_parameter(parameter);
        }
    }
    let Some(label) = line else {
        return Ok((property, None));
    };
    let group = group();
    let label = Property::text(LABEL, label)?.with_group(group.clone())?;
    Ok((property.with_group(group)?, Some(label)))
}

/// What can be added as a `P`: its value, what can become that, text for it, an [`Entry`], or an
/// `Option` of these; a list of texts where the value is one.
///
/// ```
/// use vcardinal::{Card, Version};
///
/// let nobody: Option<String> = None;
/// let card = Card::builder(Version::V4_0)
///     .full_name("Zoë")
///     .categories(["friend", "sailor"])
///     .uid("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6")
///     .title(nobody)
///     .build()?;
/// assert_eq!(card.categories().next().unwrap().value()?.as_slice(), ["friend", "sailor"]);
/// assert!(card.title().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait IntoEntry<'v, P: TypedProperty> {
    /// The entry.
    fn into_entry(self) -> Entry<'v, P>;
}

impl<'v, P: TypedProperty> IntoEntry<'v, P> for Entry<'v, P> {
    fn into_entry(self) -> Entry<'v, P> {
        self
    }
}

impl<'v, P: TypedProperty, T: IntoEntry<'v, P>> IntoEntry<'v, P> for Option<T> {
    fn into_entry(self) -> Entry<'v, P> {
        self.map_or_else(|| Entry::made_of(Ok(None)), IntoEntry::into_entry)
    }
}

macro_rules! into_entry {
    ($($value:ty)+) => {$(
        impl<'v, P: TypedProperty> IntoEntry<'v, P> for $value
        where
            $value: Into<P::Value<'v>>,
        {
            fn into_entry(self) -> Entry<'v, P> {
                Entry::made_of(Ok(Some(self.into())))
            }
        }
    )+};
}

into_entry! {
    Text<'v> TextList<'v> Uri<'v> Name<'v> Address<'v> Organization<'v>
    Telephone<'v> TelUri E164 DateOrText<'v> DateAndOrTime DateTime PartialDate PartialTime
    Timestamp Gender<'v> Geo<'v> GeoOrUri<'v> Kind<'v> LanguageTag<'v> Media<'v> DataUri<'v>
    Binary<'v> Key<'v> UriOrText<'v> TimeZone<'v> UtcOffset Sex value::ClientPidMap<'v> bool i64 f64
    value::List<i64> value::List<f64>
}

#[cfg(feature = "email")]
into_entry! { value::Email }

macro_rules! text_into_entry {
    ($($text:ty)+) => {$(
        impl<'v, P: TypedProperty> IntoEntry<'v, P> for $text
        where
            P::Value<'v>: FromText<'v>,
        {
            fn into_entry(self) -> Entry<'v, P> {
                Entry::of_text(self.into())
            }
        }
    )+};
}

text_into_entry! { &'v str String &'v String Cow<'v, str> }

macro_rules! texts_into_entry {
    ([$($generics:tt)*] $texts:ty) => {
        impl<'v, P: TypedProperty, $($generics)*> IntoEntry<'v, P> for $texts
        where
            $texts: IntoTexts<'v>,
            P::Value<'v>: FromIterator<Cow<'v, str>>,
        {
            fn into_entry(self) -> Entry<'v, P> {
                Entry::made_of(Ok(Some(self.into_texts().collect())))
            }
        }
    };
}

texts_into_entry! { [T, const N: usize] [T; N] }
texts_into_entry! { [T] Vec<T> }
texts_into_entry! { [T] &'v [T] }
texts_into_entry! { [T] &'v Vec<T> }
texts_into_entry! { [T, const N: usize] &'v [T; N] }

impl Card {
    /// Adds a property before END.
    ///
    /// It is held against what the version says of the property, and not against the rest of the card, which
    /// may not be ready yet: that there is one more than there may be, or a MEMBER in a card whose KIND
    /// is no group, [`validate`](crate::validate::validate) says, as [`build`](CardBuilder::build) does
    /// of a new card.
    ///
    /// # Errors
    ///
    /// The version of the card does not have the property, or cannot express the value.
    ///
    /// ```
    /// use vcardinal::property::Tel;
    /// use vcardinal::typed::Phone;
    /// use vcardinal::Card;
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
    ///
    /// ```
    /// use vcardinal::property::{Kind, Member};
    /// use vcardinal::validate::{Profile, validate};
    /// use vcardinal::{Card, value};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Rowers\r\nEND:VCARD\r\n")?;
    /// card.add::<Member>("mailto:ada@example.com")?;
    /// let report = validate(&card, Profile::Declared);
    /// assert_eq!(report.errors().next().unwrap().rule.id, "member-without-group");
    /// card.set::<Kind>(value::Kind::Group)?;
    /// assert!(validate(&card, Profile::Declared).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn add<'v, P: TypedProperty>(
        &mut self,
        entry: impl IntoEntry<'v, P>,
    ) -> Result<EntryId, SetError> {
        self.add_entry(entry.into_entry())
    }

    pub(super) fn add_entry<P: TypedProperty>(
        &mut self,
        entry: Entry<'_, P>,
    ) -> Result<EntryId, SetError> {
        let (value, parts) = entry.into_rendered(self.style().version);
        self.add_rendered(Marker::of::<P>(), value, parts)
    }

    fn add_rendered(
        &mut self,
        marker: Marker,
        value: Result<Rendered, SetErrorKind>,
        parts: Parts<'_>,
    ) -> Result<EntryId, SetError> {
        let style = self.style();
        let (property, label) = added(marker, value, parts, style, &mut || self.free_group())?;
        let added = self.push_with_label(&property, label.as_ref());
        added.map_err(|error| SetErrorKind::from(error).of(marker.name))
    }
}

impl CardBuilder {
    /// Adds a property of this kind; without a value it adds nothing. What goes wrong comes out of
    /// [`build`](CardBuilder::build).
    ///
    /// ```
    /// use vcardinal::value::Uri;
    /// use vcardinal::{Card, Version, property};
    ///
    /// let builder = Card::builder(Version::V4_0).full_name("Zoë");
    /// let card = builder.with::<property::Photo>("https://example.com/zoe.png").build()?;
    /// assert!(card.to_string().contains("PHOTO:https://example.com/zoe.png"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with<'v, P: TypedProperty>(self, entry: impl IntoEntry<'v, P>) -> Self {
        self.with_entry(entry.into_entry())
    }

    fn with_entry<P: TypedProperty>(self, entry: Entry<'_, P>) -> Self {
        if entry.is_nothing() {
            return self;
        }
        let (value, parts) = entry.into_rendered(self.style().version);
        self.with_rendered(Marker::of::<P>(), value, parts)
    }

    fn with_rendered(
        mut self,
        marker: Marker,
        value: Result<Rendered, SetErrorKind>,
        parts: Parts<'_>,
    ) -> Self {
        let style = self.style();
        match added(marker, value, parts, style, &mut || self.free_group()) {
            Ok((property, label)) => {
                self.typed_property(marker.id, &property);
                match label {
                    Some(label) => self.property(label),
                    None => self,
                }
            }
            Err(error) => self.refuse(BuildError::Value {
                name: marker.name.into(),
                error: Arc::new(error),
            }),
        }
    }
}
