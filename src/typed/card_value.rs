//! Values taken from properties with their parameters, and put there.

use alloc::borrow::Cow;

use super::value_type::declared;
use super::vendor;
use crate::card::PropertyRef;
use crate::card::PropertyValue;
use crate::registry::ValueType;
use crate::syntax::TextError;
use crate::value::{
    Address, Binary, ClientPidMap, DataUri, DateAndOrTime, DateOrText, DateTime, E164, Gender, Geo,
    Key, Kind, LanguageTag, List, Media, Name, Organization, PartialDate, PartialTime, TelUri,
    Telephone, Text, TextList, TimeZone, Timestamp, Unwritable, Uri, UriOrText, UtcOffset, Value,
    ValueError,
};
use crate::version::Version;

/// Why a property has no value of its type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccessError {
    /// Its bytes are not text.
    #[error(transparent)]
    Text(#[from] TextError),
    /// Its text is no such value.
    #[error(transparent)]
    Value(#[from] ValueError),
}

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
    /// The property has no such value.
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
}

/// The version whose rules hold for a property.
pub(super) fn version_of(property: &PropertyRef<'_>) -> Version {
    property.version().unwrap_or(Version::V3_0)
}

macro_rules! read {
    ($type:ident, $property:expr) => {{
        let version = version_of($property);
        match vendor::raw_text($property)? {
            Cow::Borrowed(raw) => $type::parse(raw, version)?,
            Cow::Owned(raw) => $type::parse(&raw, version)?.into_owned(),
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
                let raw = vendor::raw_text(property)?;
                Ok(<$type as Value<'_>>::parse(&raw, version_of(property))?)
            }
        }
    )+};
}

borrowing! {
    Text TextList Uri Name Address Organization Gender Geo Kind LanguageTag ClientPidMap Binary
    DataUri
}

holding! {
    Timestamp DateAndOrTime DateTime PartialDate PartialTime UtcOffset TelUri E164 bool i64 f64
    List<i64> List<f64> List<PartialDate> List<PartialTime> List<DateTime> List<DateAndOrTime>
    List<Timestamp>
}

#[cfg(feature = "email")]
holding! { crate::value::Email }

impl<'a> CardValue<'a> for Telephone<'a> {
    fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
        Ok(match declared(property) {
            Some(ValueType::Text | ValueType::PhoneNumber) => {
                Telephone::Text(read!(Text, property))
            }
            _ => read!(Telephone, property),
        })
    }

    /// Before 4.0 a telephone number is no URI: a global number without parameters is written as
    /// text.
    fn to_property(&self, version: Version) -> Result<(PropertyValue, ValueType), Unwritable> {
        if let Telephone::Tel(tel) = self
            && version != Version::V4_0
            && tel.is_global()
            && tel.parameters().next().is_none()
        {
            let text = Telephone::Text(Text::new(tel.number().replace("%20", " ")));
            return Ok((
                PropertyValue::Raw(text.to_text(version)?),
                text.value_type(version),
            ));
        }
        Ok((
            PropertyValue::Raw(self.to_text(version)?),
            self.value_type(version),
        ))
    }
}

impl<'a> CardValue<'a> for UriOrText<'a> {
    fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
        Ok(match declared(property) {
            Some(ValueType::Text) => UriOrText::Text(read!(Text, property)),
            Some(ValueType::Uri) => UriOrText::Uri(read!(Uri, property)),
            _ => read!(UriOrText, property),
        })
    }
}

impl<'a> CardValue<'a> for TimeZone<'a> {
    fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
        Ok(match declared(property) {
            Some(ValueType::Text) => TimeZone::Name(read!(Text, property)),
            Some(ValueType::Uri) => TimeZone::Uri(read!(Uri, property)),
            _ => read!(TimeZone, property),
        })
    }
}

impl<'a> CardValue<'a> for DateOrText<'a> {
    fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
        if declared(property) == Some(ValueType::Text) {
            return Ok(DateOrText::Text(read!(Text, property)));
        }
        let date = DateAndOrTime::from_property(property)?;
        Ok(DateOrText::Date(without_omitted_year(date, property)))
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

pub(super) const OMITTED_YEAR: &str = "X-APPLE-OMIT-YEAR";

impl<'a> CardValue<'a> for Media<'a> {
    fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
        if let Some(data) = property.binary() {
            return data.map(Media::Data);
        }
        Ok(match declared(property) {
            Some(ValueType::Uri | ValueType::Url | ValueType::ContentId) => {
                Media::Uri(read!(Uri, property))
            }
            _ => read!(Media, property),
        })
    }

    fn to_property(&self, version: Version) -> Result<(PropertyValue, ValueType), Unwritable> {
        match self {
            Media::Data(data) => data_to_property(data, version),
            _ => raw_to_property(self, version),
        }
    }
}

impl<'a> CardValue<'a> for Key<'a> {
    fn from_property(property: &PropertyRef<'a>) -> Result<Self, AccessError> {
        let declared = declared(property);
        if declared == Some(ValueType::Text) {
            return Ok(Key::Text(read!(Text, property)));
        }
        if let Some(data) = property.binary() {
            return data.map(Key::Data);
        }
        Ok(match declared {
            Some(ValueType::Uri | ValueType::Url | ValueType::ContentId) => {
                Key::Uri(read!(Uri, property))
            }
            _ => read!(Key, property),
        })
    }

    fn to_property(&self, version: Version) -> Result<(PropertyValue, ValueType), Unwritable> {
        match self {
            Key::Data(data) => data_to_property(data, version),
            _ => raw_to_property(self, version),
        }
    }
}

fn raw_to_property<'a>(
    value: &impl Value<'a>,
    version: Version,
) -> Result<(PropertyValue, ValueType), Unwritable> {
    let raw = value.to_text(version)?;
    Ok((PropertyValue::Raw(raw), value.value_type(version)))
}

/// A data: URI, which before 4.0 is base64 with its format in TYPE. RFC 2426, 2.4.1.
fn data_to_property(
    data: &DataUri<'_>,
    version: Version,
) -> Result<(PropertyValue, ValueType), Unwritable> {
    if version == Version::V4_0 {
        return raw_to_property(data, version);
    }
    #[cfg(feature = "base64")]
    {
        let bytes = data
            .decode()
            .map_err(|_| Unwritable::NotInVersion("data that is damaged"))?;
        let value = PropertyValue::Binary {
            media_type: data.media_type().into(),
            data: bytes,
        };
        Ok((value, ValueType::Binary))
    }
    #[cfg(not(feature = "base64"))]
    Err(Unwritable::NotInVersion(
        "data: URIs; the feature base64 has",
    ))
}
