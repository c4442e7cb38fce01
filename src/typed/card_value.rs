//! Values taken from properties with their parameters, and put there.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;

use super::value_type::{declared, is_text, version_of};
use super::vendor_names;
use crate::card::{Parameter, PropertyRef, PropertyValue};
use crate::registry::{self, OMITTED_YEAR, ValueType};
use crate::syntax::TextError;
use crate::syntax::escape::looks_escaped;
use crate::value::{
    Address, Binary, CalScale, ClientPidMap, DataUri, DateAndOrTime, DateOrText, DateTime, E164,
    Gender, Geo, GeoOrUri, Key, Kind, LanguageTag, List, Media, Name, Organization, PartialDate,
    PartialTime, TelUri, Telephone, Text, TextList, TimeZone, Timestamp, Unwritable, Uri,
    UriOrText, UtcOffset, Value, ValueError,
};
use crate::version::Version;

/// Why a property cannot be read as a value of a type.
///
/// ```
/// use vcardinal::Card;
/// use vcardinal::typed::AccessErrorKind;
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nBDAY:yesterday\nEND:VCARD\n")?;
/// let error = card.birthday().unwrap().value().unwrap_err();
/// assert_eq!(error.property(), Some("BDAY"));
/// assert!(matches!(error.kind(), AccessErrorKind::Value(_)));
/// assert!(error.to_string().starts_with("BDAY: "));
/// # Ok::<(), vcardinal::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessError {
    property: Option<Box<str>>,
    kind: AccessErrorKind,
}

/// What a property cannot be read for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccessErrorKind {
    /// Its bytes are not text.
    #[error(transparent)]
    Text(#[from] TextError),
    /// Its text is not a value of the type.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// Bytes are asked of it, and it says where they are, or is a text.
    #[error("the data is not in the card")]
    NotInline,
}

impl AccessError {
    /// The property, by its name; `None` where a value was read without one.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nREV:now\nEND:VCARD\n")?;
    /// assert_eq!(card.rev().unwrap().value().unwrap_err().property(), Some("REV"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn property(&self) -> Option<&str> {
        self.property.as_deref()
    }

    /// What it cannot be read for.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::typed::AccessErrorKind;
    ///
    /// let card = Card::parse(b"BEGIN:VCARD\nVERSION:4.0\nFN:A\nREV:now\nNOTE:\xFF\nEND:VCARD\n")?;
    /// assert!(matches!(card.rev().unwrap().value().unwrap_err().kind(), AccessErrorKind::Value(_)));
    /// assert!(matches!(card.note().unwrap().value().unwrap_err().kind(), AccessErrorKind::Text(_)));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn kind(&self) -> &AccessErrorKind {
        &self.kind
    }

    /// Of this property.
    #[cold]
    pub(super) fn of(mut self, property: &str) -> Self {
        self.property = Some(property.into());
        self
    }
}

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(property) = &self.property {
            write!(f, "{property}: ")?;
        }
        self.kind.fmt(f)
    }
}

impl core::error::Error for AccessError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        core::error::Error::source(&self.kind)
    }
}

impl<T: Into<AccessErrorKind>> From<T> for AccessError {
    fn from(error: T) -> Self {
        AccessError {
            property: None,
            kind: error.into(),
        }
    }
}

crate::error::into_error_of_property! { Access: AccessError => |error| error.property() }
crate::error::into_error! { Access: TextError }

/// A value that a property can hold: [`Value`] knows its text, this knows the parameters that
/// belong to it.
///
/// ```
/// use vcardinal::Card;
/// use vcardinal::typed::CardValue;
/// use vcardinal::value::{DateOrText, PartialDate};
///
/// let card = Card::parse(
///     "BEGIN:VCARD\nVERSION:4.0\nBDAY;VALUE=text:circa 1800\nANNIVERSARY:--1210\nEND:VCARD\n",
/// )?;
/// let circa = DateOrText::from_property(&card.property("BDAY").unwrap())?;
/// assert_eq!(circa, DateOrText::Text("circa 1800".into()));
/// let date = DateOrText::from_property(&card.property("ANNIVERSARY").unwrap())?;
/// assert_eq!(date, PartialDate::month_day(12, 10)?.into());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait CardValue<'a>: Value<'a> {
    /// The value of a property, decoded and read by the rules of the card's version (of 3.0 when
    /// it names none), tolerating what a reader can make sense of.
    ///
    /// # Errors
    ///
    /// The property is not a value of this type.
    fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError>;

    /// What to write into a card of this version, and the type it has there.
    ///
    /// # Errors
    ///
    /// As [`Value::write_to`].
    fn to_property(&self, version: Version) -> Result<(PropertyValue, ValueType), Unwritable> {
        let raw = self.to_text(version)?;
        Ok((PropertyValue::Raw(raw), self.value_type(version)))
    }

    /// Parameters beside VALUE and ENCODING that the value needs in this version, as the year
    /// that stands for none in a date of 3.0.
    fn parameters(&self, version: Version) -> Vec<Parameter> {
        let _ = version;
        Vec::new()
    }
}

/// Values for which VALUE says what they are: read by a caller who has looked for that already.
pub(super) trait FromDeclared<'a>: CardValue<'a> {
    /// As [`CardValue::from_property`], with the type that VALUE names.
    fn from_declared(
        property: &PropertyRef<'a>,
        declared: Option<ValueType>,
    ) -> Result<Self, AccessError>;
}

/// Refuses a text of more values than [`Limits::values`](crate::Limits) permits.
fn within_limit<'t, T: Value<'t>>(
    property: &PropertyRef<'_>,
    raw: &str,
    version: Version,
) -> Result<(), TextError> {
    let max = property.max_values();
    // Between two values there is a character at least.
    match raw.len() >= max && T::count_values(raw, version) > max {
        true => Err(TextError::TooManyValues { max }),
        false => Ok(()),
    }
}

macro_rules! read {
    ($type:ident, $property:expr) => {{
        match vendor_names::raw_text($property)? {
            (Cow::Borrowed(raw), dialect) => {
                within_limit::<$type<'_>>($property, raw, dialect)?;
                $type::parse(raw, dialect)?
            }
            (Cow::Owned(raw), dialect) => {
                within_limit::<$type<'_>>($property, &raw, dialect)?;
                $type::parse(&raw, dialect)?.into_owned()
            }
        }
    }};
}

/// Values that borrow from the card where they can.
macro_rules! borrowing {
    ($($type:ident)+) => {$(
        impl<'a> CardValue<'a> for $type<'a> {
            fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
                Ok(read!($type, property))
            }
        }
    )+};
}

/// Values that hold all they need.
macro_rules! holding {
    ($($type:ty)+) => {$(
        impl<'a> CardValue<'a> for $type {
            fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
                let (raw, dialect) = vendor_names::raw_text(property)?;
                within_limit::<$type>(property, &raw, dialect)?;
                Ok(<$type as Value<'_>>::parse(&raw, dialect)?)
            }
        }
    )+};
}

impl<'a> CardValue<'a> for Text<'a> {
    fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
        Ok(read!(Text, property))
    }

    /// 2.1 says some texts in quoted-printable alone.
    fn to_property(&self, version: Version) -> Result<(PropertyValue, ValueType), Unwritable> {
        if version == Version::V2_1 && looks_escaped(self) {
            return Ok((PropertyValue::Text(self.as_str().into()), ValueType::Text));
        }
        raw_to_property(self, version)
    }
}

borrowing! {
    TextList Uri Organization Gender Geo GeoOrUri Kind LanguageTag ClientPidMap
}

impl<'a> CardValue<'a> for Name<'a> {
    fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
        Ok(read!(Name, property))
    }

    /// With the parts of RFC 9554 [repeated](Name::repeated).
    fn to_property(&self, version: Version) -> Result<(PropertyValue, ValueType), Unwritable> {
        match self.has_added() {
            true => raw_to_property(&self.clone().repeated(), version),
            false => raw_to_property(self, version),
        }
    }
}

impl<'a> CardValue<'a> for Address<'a> {
    fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
        Ok(read!(Address, property))
    }

    /// With the parts of RFC 9554 [repeated](Address::repeated).
    fn to_property(&self, version: Version) -> Result<(PropertyValue, ValueType), Unwritable> {
        match self.street_is_repeated() {
            true => raw_to_property(&self.clone().repeated(), version),
            false => raw_to_property(self, version),
        }
    }
}

impl<'a> CardValue<'a> for Binary<'a> {
    fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
        Ok(read!(Binary, property))
    }

    fn to_property(&self, version: Version) -> Result<(PropertyValue, ValueType), Unwritable> {
        inline_to_property("", self, version)
    }
}

impl<'a> CardValue<'a> for DataUri<'a> {
    fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
        Ok(read!(DataUri, property))
    }
}

holding! {
    Timestamp DateAndOrTime DateTime PartialDate PartialTime UtcOffset TelUri E164 bool i64 f64
    List<i64> List<f64> List<PartialDate> List<PartialTime> List<DateTime> List<DateAndOrTime>
    List<Timestamp>
}

#[cfg(feature = "email")]
holding! { crate::value::Email }

impl<'a> FromDeclared<'a> for Telephone<'a> {
    fn from_declared(
        property: &PropertyRef<'a>,
        declared: Option<ValueType>,
    ) -> Result<Self, AccessError> {
        Ok(match declared {
            Some(ValueType::Text | ValueType::PhoneNumber) => {
                Telephone::Text(read!(Text, property))
            }
            _ => read!(Telephone, property),
        })
    }
}

impl<'a> CardValue<'a> for Telephone<'a> {
    fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
        Self::from_declared(property, declared(property))
    }

    /// Before 4.0 a telephone number is not a URI: a global number without parameters is written as
    /// text, and one with an extension or a context has no form there.
    fn to_property(&self, version: Version) -> Result<(PropertyValue, ValueType), Unwritable> {
        let value_type = self.value_type(version);
        let raw = match self {
            Telephone::Tel(tel) if version != Version::V4_0 => {
                if !tel.is_global() || tel.parameters().next().is_some() {
                    return Err(Unwritable::not_in(
                        version,
                        "the parameters of a tel: URI",
                        "write the number as text",
                    ));
                }
                // Digits, and what stands between them: nothing is escaped there, or taken for a URI.
                if TelUri::is_clean(tel.as_str().as_bytes()) {
                    let text = Telephone::Text(tel.number().into());
                    return Ok((
                        PropertyValue::Raw(tel.number().into()),
                        text.value_type(version),
                    ));
                }
                let text = Telephone::Text(Text::new(tel.number().replace("%20", " ")));
                return Ok((
                    PropertyValue::Raw(text.to_text(version)?),
                    text.value_type(version),
                ));
            }
            // VALUE says which of the two it is.
            Telephone::Text(text) if version == Version::V4_0 => text.to_text(version)?,
            _ => self.to_text(version)?,
        };
        Ok((PropertyValue::Raw(raw), value_type))
    }
}

impl<'a> FromDeclared<'a> for UriOrText<'a> {
    fn from_declared(
        property: &PropertyRef<'a>,
        declared: Option<ValueType>,
    ) -> Result<Self, AccessError> {
        Ok(match declared {
            Some(ValueType::Text) => UriOrText::Text(read!(Text, property)),
            Some(ValueType::Uri) => UriOrText::Uri(read!(Uri, property)),
            _ => read!(UriOrText, property),
        })
    }
}

impl<'a> CardValue<'a> for UriOrText<'a> {
    fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
        Self::from_declared(property, declared(property))
    }
}

impl<'a> FromDeclared<'a> for TimeZone<'a> {
    fn from_declared(
        property: &PropertyRef<'a>,
        declared: Option<ValueType>,
    ) -> Result<Self, AccessError> {
        Ok(match declared {
            Some(ValueType::Text) => TimeZone::Name(read!(Text, property)),
            Some(ValueType::Uri) => TimeZone::Uri(read!(Uri, property)),
            _ => read!(TimeZone, property),
        })
    }
}

impl<'a> CardValue<'a> for TimeZone<'a> {
    fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
        Self::from_declared(property, declared(property))
    }
}

impl<'a> FromDeclared<'a> for DateOrText<'a> {
    fn from_declared(
        property: &PropertyRef<'a>,
        declared: Option<ValueType>,
    ) -> Result<Self, AccessError> {
        if declared == Some(ValueType::Text) || is_of_another_calendar(property) {
            return Ok(DateOrText::Text(read!(Text, property)));
        }
        match DateAndOrTime::from_property(property) {
            Ok(date) => Ok(DateOrText::Date(without_omitted_year(date, property))),
            // What stands under the name of a vendor is bound to no grammar.
            Err(error) if declared.is_none() && is_of_vendor(property) => {
                let text = Text::from_property(property);
                text.map(DateOrText::Text).map_err(|_| error)
            }
            Err(error) => Err(error),
        }
    }
}

impl<'a> CardValue<'a> for DateOrText<'a> {
    fn to_property(&self, version: Version) -> Result<(PropertyValue, ValueType), Unwritable> {
        match self.with_omitted_year(version) {
            Some(date) => raw_to_property(&DateOrText::from(date), version),
            None => raw_to_property(self, version),
        }
    }

    /// Apple's way to say that the year is not known, which 3.0 has no other for.
    fn parameters(&self, version: Version) -> Vec<Parameter> {
        let year = self.with_omitted_year(version).and_then(|date| date.year());
        let year = year.map(|year| Parameter::new(OMITTED_YEAR, [year.to_string()]));
        year.into_iter().flatten().collect()
    }

    fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
        Self::from_declared(property, declared(property))
    }
}

/// Whether its name is a vendor's for a property of a standard.
fn is_of_vendor(property: &PropertyRef<'_>) -> bool {
    let row = registry::property(property.line().name_bytes());
    row.is_some_and(|row| row.stands_for.is_some())
}

/// Whether CALSCALE names a calendar that is not ours, so that a number of it would be taken for
/// another day. RFC 6350, 5.8.
fn is_of_another_calendar(property: &PropertyRef<'_>) -> bool {
    property.parameter("CALSCALE").is_some_and(|parameter| {
        let calendar = parameter.value();
        !calendar.trim().is_empty() && CalScale::parse(calendar.trim()) != Ok(CalScale::Gregorian)
    })
}

impl DateOrText<'_> {
    /// A date of a month and a day as 3.0 has it: in a year that is named as not known.
    fn with_omitted_year(&self, version: Version) -> Option<PartialDate> {
        /// That of Apple's address book, which has a 29 February.
        const YEAR: u16 = 1604;
        let date = self.date()?;
        if version != Version::V3_0
            || date.year().is_some()
            || !matches!(self, DateOrText::Date(DateAndOrTime::Date(_)))
        {
            return None;
        }
        PartialDate::new(YEAR, date.month()?, date.day()?).ok()
    }
}

/// Apple writes a birthday whose year it does not know with a year it names as not known.
fn without_omitted_year(date: DateAndOrTime, property: &PropertyRef<'_>) -> DateAndOrTime {
    let omitted = || {
        let parameter = property.parameter(OMITTED_YEAR)?;
        parameter.value().parse::<u16>().ok()
    };
    match date {
        DateAndOrTime::Date(date) if date.year().is_some() && date.year() == omitted() => {
            let month_day = date.month().zip(date.day());
            let known = month_day.and_then(|(month, day)| PartialDate::month_day(month, day).ok());
            known.unwrap_or(date).into()
        }
        other => other,
    }
}

impl<'a> FromDeclared<'a> for Media<'a> {
    fn from_declared(
        property: &PropertyRef<'a>,
        declared: Option<ValueType>,
    ) -> Result<Self, AccessError> {
        if let Some(data) = property.binary() {
            return data.map(Media::Data);
        }
        Ok(match declared {
            Some(ValueType::Uri | ValueType::Url | ValueType::ContentId) => {
                Media::Uri(read!(Uri, property))
            }
            Some(ValueType::Text) if is_text(property) => Media::Text(read!(Text, property)),
            _ if is_text(property) => match read!(UriOrText, property) {
                UriOrText::Uri(uri) => Media::Uri(uri),
                UriOrText::Text(text) => Media::Text(text),
            },
            // Without ENCODING it may be anything in 2.1.
            _ if version_of(property) == Version::V2_1 => match media(property) {
                Ok(media) => media,
                Err(_) => Media::Text(read!(Text, property)),
            },
            _ => media(property)?,
        })
    }
}

fn media<'a>(property: &PropertyRef<'a>) -> Result<Media<'a>, AccessError> {
    Ok(read!(Media, property))
}

impl<'a> CardValue<'a> for Media<'a> {
    fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
        Self::from_declared(property, declared(property))
    }

    fn to_property(&self, version: Version) -> Result<(PropertyValue, ValueType), Unwritable> {
        match self {
            Media::Data(data) => data_to_property(data, version),
            Media::Inline(data) => inline_to_property("", data, version),
            Media::Uri(_) => raw_to_property(self, version),
            Media::Text(text) if version == Version::V2_1 => text_of_2_1(text),
            Media::Text(_) => Err(Unwritable::not_in(
                version,
                "a sound as text",
                "data or a URI has one",
            )),
        }
    }
}

impl<'a> FromDeclared<'a> for Key<'a> {
    fn from_declared(
        property: &PropertyRef<'a>,
        declared: Option<ValueType>,
    ) -> Result<Self, AccessError> {
        if declared == Some(ValueType::Text) {
            return Ok(Key::Text(read!(Text, property)));
        }
        match property.binary() {
            Some(Ok(data)) => return Ok(Key::Data(data)),
            // A text may begin as a data: URI does, where it needs no VALUE.
            Some(Err(error))
                if property.line().is_base64() || version_of(property) == Version::V4_0 =>
            {
                return Err(error);
            }
            _ => {}
        }
        Ok(match declared {
            Some(ValueType::Uri | ValueType::Url | ValueType::ContentId) => {
                Key::Uri(read!(Uri, property))
            }
            Some(ValueType::Binary) => match Binary::from_property(property) {
                Ok(data) => Key::Inline(data),
                Err(_) => read!(Key, property),
            },
            _ if is_text(property) => match read!(UriOrText, property) {
                UriOrText::Uri(uri) => Key::Uri(uri),
                UriOrText::Text(text) => Key::Text(text),
            },
            _ => read!(Key, property),
        })
    }
}

impl<'a> CardValue<'a> for Key<'a> {
    fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
        Self::from_declared(property, declared(property))
    }

    fn to_property(&self, version: Version) -> Result<(PropertyValue, ValueType), Unwritable> {
        match self {
            Key::Data(data) => data_to_property(data, version),
            Key::Inline(data) => inline_to_property("", data, version),
            // RFC 2426, 3.7.2.
            Key::Uri(_) if version == Version::V3_0 => Err(Unwritable::not_in(
                version,
                "a key as URI",
                "the key itself or a text has one",
            )),
            Key::Uri(_) => raw_to_property(self, version),
            Key::Text(text) if version == Version::V2_1 => text_of_2_1(text),
            // VALUE says that it is one.
            Key::Text(text) => Ok((PropertyValue::Raw(text.to_text(version)?), ValueType::Text)),
        }
    }
}

/// A text where 2.1 has one without saying so, which must not be taken for a URI.
fn text_of_2_1(text: &Text<'_>) -> Result<(PropertyValue, ValueType), Unwritable> {
    UriOrText::Text(text.clone()).to_text(Version::V2_1)?;
    text.to_property(Version::V2_1)
}

/// A value as a property of some version has it. Nothing of its type is left, so that what is done
/// with it is compiled once, and not for each type.
#[derive(Debug)]
pub(super) struct Rendered {
    pub value: PropertyValue,
    pub value_type: ValueType,
    /// The parameters that belong to it.
    pub parameters: Vec<Parameter>,
}

impl Rendered {
    pub fn of<'v>(value: &impl CardValue<'v>, version: Version) -> Result<Self, Unwritable> {
        let parameters = value.parameters(version);
        let (value, value_type) = value.to_property(version)?;
        Ok(Rendered {
            value,
            value_type,
            parameters,
        })
    }
}

fn raw_to_property<'a>(
    value: &impl Value<'a>,
    version: Version,
) -> Result<(PropertyValue, ValueType), Unwritable> {
    let raw = value.to_text(version)?;
    Ok((PropertyValue::Raw(raw), value.value_type(version)))
}

/// Inline data, which before 4.0 is base64 with its format in TYPE. RFC 2426, 2.4.1.
fn inline_to_property(
    media_type: &str,
    data: &Binary<'_>,
    version: Version,
) -> Result<(PropertyValue, ValueType), Unwritable> {
    if version == Version::V4_0 {
        return raw_to_property(data, version);
    }
    let value = PropertyValue::Base64 {
        media_type: media_type.into(),
        data: data.as_base64().into(),
    };
    Ok((value, ValueType::Binary))
}

/// A data: URI, which before 4.0 is base64 with its format in TYPE. RFC 2426, 2.4.1.
fn data_to_property(
    data: &DataUri<'_>,
    version: Version,
) -> Result<(PropertyValue, ValueType), Unwritable> {
    if version == Version::V4_0 {
        return raw_to_property(data, version);
    }
    if let Some(base64) = data.as_base64() {
        let value = PropertyValue::Base64 {
            media_type: data.media_type().into(),
            data: base64.into(),
        };
        return Ok((value, ValueType::Binary));
    }
    #[cfg(feature = "base64")]
    {
        let bytes = data.decode().map_err(|_| Unwritable::NotInVersion {
            version,
            what: "data that is damaged",
            instead: None,
        })?;
        let base64 = Binary::from_bytes(&bytes);
        inline_to_property(data.media_type(), &base64, version)
    }
    #[cfg(not(feature = "base64"))]
    Err(Unwritable::not_in(
        version,
        "data: URIs that are not base64",
        "with the feature base64 it is written anew",
    ))
}
