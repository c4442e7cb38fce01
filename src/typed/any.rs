//! The value of a property whose name is known only at run time.

use super::card_value::{AccessError, CardValue, declared};
use super::property;
use crate::card::PropertyRef;
use crate::registry::{self, ValueType};
use crate::value::{
    Address, ClientPidMap, DateOrText, Gender, Geo, Key, Kind, LanguageTag, Media, Name,
    Organization, Related, Telephone, Text, TextList, TimeZone, Timestamp, Uri,
};

/// The value of any property.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum AnyValue<'a> {
    /// Of ADR.
    Address(Address<'a>),
    /// Of an `X-` name with `VALUE=boolean`.
    Boolean(bool),
    /// Of CLIENTPIDMAP.
    ClientPidMap(ClientPidMap<'a>),
    /// Of BDAY, ANNIVERSARY, DEATHDATE.
    DateOrText(DateOrText<'a>),
    /// Of an `X-` name with `VALUE=float`.
    Float(f64),
    /// Of GENDER.
    Gender(Gender<'a>),
    /// Of GEO.
    Geo(Geo<'a>),
    /// Of an `X-` name with `VALUE=integer`.
    Integer(i64),
    /// Of KEY.
    Key(Key<'a>),
    /// Of KIND.
    Kind(Kind<'a>),
    /// Of LANG and LANGUAGE.
    LanguageTag(LanguageTag<'a>),
    /// Of PHOTO, LOGO, SOUND.
    Media(Media<'a>),
    /// Of N.
    Name(Name<'a>),
    /// Of ORG.
    Organization(Organization<'a>),
    /// Of RELATED, UID and others that are a URI or a text.
    Related(Related<'a>),
    /// Of TEL.
    Telephone(Telephone<'a>),
    /// Of FN, NOTE and many more, and of names that are not known.
    Text(Text<'a>),
    /// Of NICKNAME and CATEGORIES.
    TextList(TextList<'a>),
    /// Of TZ.
    TimeZone(TimeZone<'a>),
    /// Of REV and CREATED.
    Timestamp(Timestamp),
    /// Of URL, IMPP and many more.
    Uri(Uri<'a>),
}

impl<'a> PropertyRef<'a> {
    /// Its value, as what the registry has for its name; for other names as what VALUE says, or
    /// else as text.
    ///
    /// # Errors
    ///
    /// It has no such value.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::typed::AnyValue;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nX-LUCKY;VALUE=integer:7\nFN:A\nEND:VCARD\n")?;
    /// let values: Result<Vec<_>, _> = card.properties().skip(1).map(|property| property.value()).collect();
    /// assert_eq!(values?, [AnyValue::Integer(7), AnyValue::Text("A".into())]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn value(&self) -> Result<AnyValue<'a>, AccessError> {
        let row = registry::property(self.line().name_bytes());
        if let Some(value) = row.and_then(|row| property::value_of(row.id, self)) {
            return value;
        }
        match declared(self) {
            Some(ValueType::Boolean) => CardValue::from_property(self).map(AnyValue::Boolean),
            Some(ValueType::Integer) => CardValue::from_property(self).map(AnyValue::Integer),
            Some(ValueType::Float) => CardValue::from_property(self).map(AnyValue::Float),
            Some(ValueType::Uri) => CardValue::from_property(self).map(AnyValue::Uri),
            Some(ValueType::LanguageTag) => {
                CardValue::from_property(self).map(AnyValue::LanguageTag)
            }
            Some(
                ValueType::Date
                | ValueType::DateTime
                | ValueType::DateAndOrTime
                | ValueType::Time
                | ValueType::Timestamp,
            ) => CardValue::from_property(self).map(AnyValue::DateOrText),
            _ => CardValue::from_property(self).map(AnyValue::Text),
        }
    }
}
