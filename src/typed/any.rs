//! The value of a property whose name is known only at run time.

use super::card_value::{AccessError, CardValue, version_of};
use super::value_type::declared;
use crate::card::PropertyRef;
use crate::registry::{self, PropertyRow, ReadAs};
use crate::value::{
    Address, Binary, ClientPidMap, DateAndOrTime, DateOrText, DateTime, Gender, Geo, Key, Kind,
    LanguageTag, List, Media, Name, Organization, PartialDate, PartialTime, Telephone, Text,
    TextList, TimeZone, Timestamp, Uri, UriOrText, UtcOffset,
};
use crate::version::Version;

/// The value of any property.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum AnyValue<'a> {
    /// Of ADR.
    Address(Address<'a>),
    /// Inline data of an `X-` name.
    Binary(Binary<'a>),
    /// Of an `X-` name with `VALUE=boolean`.
    Boolean(bool),
    /// Of CLIENTPIDMAP.
    ClientPidMap(ClientPidMap<'a>),
    /// Of BDAY, ANNIVERSARY, DEATHDATE.
    DateOrText(DateOrText<'a>),
    /// Of an `X-` name with `VALUE=date`, `time`, `date-time` or `date-and-or-time`, which may be
    /// several.
    DatesAndOrTimes(List<DateAndOrTime>),
    /// Of an `X-` name with `VALUE=float`, which may be several.
    Floats(List<f64>),
    /// Of GENDER.
    Gender(Gender<'a>),
    /// Of GEO.
    Geo(Geo<'a>),
    /// Of an `X-` name with `VALUE=integer`, which may be several.
    Integers(List<i64>),
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
    /// Of an `X-` name with `VALUE=timestamp`, which may be several.
    Timestamps(List<Timestamp>),
    /// Of URL, IMPP and many more.
    Uri(Uri<'a>),
    /// Of RELATED, UID and others that are a URI or a text.
    UriOrText(UriOrText<'a>),
    /// Of an `X-` name with `VALUE=utc-offset`.
    UtcOffset(UtcOffset),
}

impl<'a> PropertyRef<'a> {
    /// Its value, as what the registry has for its name and for the type that VALUE names
    /// ([`value_type`](Self::value_type)).
    ///
    /// An `X-` name of a vendor without VALUE is read as what it stands for, if it is such a value,
    /// or else as text: the date of an X-ANNIVERSARY, and the address of an X-SKYPE as a URI. So is
    /// a name that the version of the card does not have. What VALUE names and nobody has registered
    /// is text.
    ///
    /// # Errors
    ///
    /// It has no such value. What the checker finds nothing wrong with has one.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::typed::AnyValue;
    /// use vcardinal::value::List;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nX-LUCKY;VALUE=integer:7\nFN:A\nEND:VCARD\n")?;
    /// let values: Result<Vec<_>, _> = card.properties().skip(1).map(|property| property.value()).collect();
    /// assert_eq!(values?, [AnyValue::Integers(List(vec![7])), AnyValue::Text("A".into())]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn value(&self) -> Result<AnyValue<'a>, AccessError> {
        let row = registry::property(self.line().name_bytes());
        let Some(value_type) = self.value_type_by(row) else {
            return CardValue::from_property(self).map(AnyValue::Text);
        };
        let read_as = match row {
            Some(row) if row.stands_for.is_some() && declared(self).is_none() => row.form(),
            Some(row) => row.read_as(value_type),
            None => ReadAs::of_type(value_type),
        };
        match self.value_read_as(read_as) {
            Err(_) if row.is_some_and(|row| may_be_text(row, read_as, self)) => {
                CardValue::from_property(self).map(AnyValue::Text)
            }
            result => result,
        }
    }

    fn value_read_as(&self, read_as: ReadAs) -> Result<AnyValue<'a>, AccessError> {
        match read_as {
            ReadAs::Address => Address::from_property(self).map(AnyValue::Address),
            ReadAs::Binary => Binary::from_property(self).map(AnyValue::Binary),
            ReadAs::Boolean => CardValue::from_property(self).map(AnyValue::Boolean),
            ReadAs::ClientPidMap => CardValue::from_property(self).map(AnyValue::ClientPidMap),
            ReadAs::DateOrText => CardValue::from_property(self).map(AnyValue::DateOrText),
            ReadAs::Dates => List::<PartialDate>::from_property(self).map(dates),
            ReadAs::Times => List::<PartialTime>::from_property(self).map(dates),
            ReadAs::DateTimes => List::<DateTime>::from_property(self).map(dates),
            ReadAs::DatesAndOrTimes => List::<DateAndOrTime>::from_property(self).map(dates),
            ReadAs::Floats => CardValue::from_property(self).map(AnyValue::Floats),
            ReadAs::Gender => CardValue::from_property(self).map(AnyValue::Gender),
            ReadAs::Geo => CardValue::from_property(self).map(AnyValue::Geo),
            ReadAs::Integers => CardValue::from_property(self).map(AnyValue::Integers),
            ReadAs::Key => CardValue::from_property(self).map(AnyValue::Key),
            ReadAs::Kind => CardValue::from_property(self).map(AnyValue::Kind),
            ReadAs::LanguageTag => CardValue::from_property(self).map(AnyValue::LanguageTag),
            ReadAs::Media => CardValue::from_property(self).map(AnyValue::Media),
            ReadAs::Name => CardValue::from_property(self).map(AnyValue::Name),
            ReadAs::Organization => CardValue::from_property(self).map(AnyValue::Organization),
            ReadAs::Telephone => CardValue::from_property(self).map(AnyValue::Telephone),
            ReadAs::Text => CardValue::from_property(self).map(AnyValue::Text),
            ReadAs::TextList => CardValue::from_property(self).map(AnyValue::TextList),
            ReadAs::TimeZone => CardValue::from_property(self).map(AnyValue::TimeZone),
            ReadAs::Timestamp => CardValue::from_property(self).map(AnyValue::Timestamp),
            ReadAs::Timestamps => CardValue::from_property(self).map(AnyValue::Timestamps),
            ReadAs::Uri => CardValue::from_property(self).map(AnyValue::Uri),
            ReadAs::UriOrText => CardValue::from_property(self).map(AnyValue::UriOrText),
            ReadAs::UtcOffset => CardValue::from_property(self).map(AnyValue::UtcOffset),
        }
    }
}

fn dates<'a, T: Into<DateAndOrTime>>(list: List<T>) -> AnyValue<'a> {
    AnyValue::DatesAndOrTimes(List(list.0.into_iter().map(Into::into).collect()))
}

/// Whether what is no such value may be any text: of an `X-` name, of a name of another version, and
/// of inline data in 2.1, which need not be base64.
fn may_be_text(row: &PropertyRow, read_as: ReadAs, property: &PropertyRef<'_>) -> bool {
    let version = version_of(property);
    let inline = matches!(read_as, ReadAs::Media | ReadAs::Key) && version == Version::V2_1;
    let vendor = row.stands_for.is_some() && declared(property).is_none();
    vendor || inline || row.column(version).is_none()
}
