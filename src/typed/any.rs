//! The value of a property whose name is known only at run time.

use super::card_value::{AccessError, CardValue, FromDeclared};
use super::value_type::{Named, declared, version_of};
use crate::card::{PropertyRef, PropertyValue};
use crate::registry::{self, PropertyRow, ReadAs, ValueType};
use crate::syntax::flags::Flags;
use crate::value::{
    Address, Binary, ClientPidMap, DateAndOrTime, DateOrText, DateTime, Gender, GeoOrUri, Key,
    Kind, LanguageTag, List, Media, Name, Organization, PartialDate, PartialTime, Telephone, Text,
    TextList, TimeZone, Timestamp, Unwritable, Uri, UriOrText, UtcOffset,
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
    GeoOrUri(GeoOrUri<'a>),
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

/// Flags of a line whose value may have another type than the default of its property.
const NAMES_TYPE: Flags = Flags::MAY_NAME_TYPE.or(Flags::BASE64);

impl AnyValue<'_> {
    /// What to write, and its type, as [`CardValue::to_property`].
    pub(super) fn to_property(
        &self,
        version: Version,
    ) -> Result<(PropertyValue, ValueType), Unwritable> {
        match self {
            AnyValue::Address(value) => value.to_property(version),
            AnyValue::Binary(value) => value.to_property(version),
            AnyValue::Boolean(value) => value.to_property(version),
            AnyValue::ClientPidMap(value) => value.to_property(version),
            AnyValue::DateOrText(value) => value.to_property(version),
            AnyValue::DatesAndOrTimes(value) => value.to_property(version),
            AnyValue::Floats(value) => value.to_property(version),
            AnyValue::Gender(value) => value.to_property(version),
            AnyValue::GeoOrUri(value) => value.to_property(version),
            AnyValue::Integers(value) => value.to_property(version),
            AnyValue::Key(value) => value.to_property(version),
            AnyValue::Kind(value) => value.to_property(version),
            AnyValue::LanguageTag(value) => value.to_property(version),
            AnyValue::Media(value) => value.to_property(version),
            AnyValue::Name(value) => value.to_property(version),
            AnyValue::Organization(value) => value.to_property(version),
            AnyValue::Telephone(value) => value.to_property(version),
            AnyValue::Text(value) => value.to_property(version),
            AnyValue::TextList(value) => value.to_property(version),
            AnyValue::TimeZone(value) => value.to_property(version),
            AnyValue::Timestamp(value) => value.to_property(version),
            AnyValue::Timestamps(value) => value.to_property(version),
            AnyValue::Uri(value) => value.to_property(version),
            AnyValue::UriOrText(value) => value.to_property(version),
            AnyValue::UtcOffset(value) => value.to_property(version),
        }
    }
}

impl<'a> PropertyRef<'a> {
    /// Its value, as what the registry has for its name and for the type that VALUE names
    /// ([`value_type`](Self::value_type)).
    ///
    /// An `X-` name of a vendor without VALUE is read as what it stands for, where the text allows
    /// that, or else as text: an X-ANNIVERSARY is a date, and the address in an X-SKYPE a URI. The
    /// same holds for a name that the version of the card does not have. Where VALUE names a type
    /// that is not registered, the value is text.
    ///
    /// # Errors
    ///
    /// The text is not a value of that type. Where the checker finds no fault, it is one.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::typed::AnyValue;
    /// use vcardinal::value::List;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nX-LUCKY;VALUE=integer:7\nFN:A\nEND:VCARD\n")?;
    /// let values: Result<Vec<_>, _> = card.properties().skip(1).map(|property| property.value()).collect();
    /// assert_eq!(values?, [AnyValue::Integers(List::new([7])), AnyValue::Text("A".into())]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn value(&self) -> Result<AnyValue<'a>, AccessError> {
        let row = registry::property(self.line().name_bytes());
        // Most lines name no type, and their row says at once what reads them.
        let (read_as, declared) = match row {
            Some(row) if row.stands_for.is_none() && !self.line().flags().has(NAMES_TYPE) => {
                (row.read_without_value_as(version_of(self)), None)
            }
            row => self.read_as(row),
        };
        // Nothing is moved: a value is large, and stays where it was read to.
        let value = self.value_read_as(read_as, declared);
        if value.is_err() && row.is_some_and(|row| may_be_text(row, read_as, self)) {
            return CardValue::from_property(self).map(AnyValue::Text);
        }
        value
    }

    /// The value as one of this type, which typed access to its property may read it as, where VALUE names
    /// a type that is not registered, or an encoding makes it binary on a property that has no such values.
    pub(super) fn value_of_other_type(
        &self,
        value_type: ValueType,
    ) -> Option<Result<AnyValue<'a>, AccessError>> {
        let named = Named::of(self);
        let row = registry::property(self.line().name_bytes());
        let is_binary =
            self.line().flags().has(Flags::BASE64) && row.is_some_and(|row| !row.is_media());
        if named != Named::Unknown && !is_binary {
            return None;
        }
        let read_as = row.map_or(ReadAs::of_type(value_type), |row| row.read_as(value_type));
        Some(self.value_read_as(read_as, named.declared()))
    }

    /// What reads the value, and what VALUE says of it. A type that is not registered is read as text.
    #[inline(never)]
    fn read_as(&self, row: Option<&PropertyRow>) -> (ReadAs, Option<ValueType>) {
        let named = Named::of(self);
        let declared = named.declared();
        let read_as = match (self.value_type_by(row, named), row) {
            (None, _) => ReadAs::Text,
            (Some(_), Some(row)) if row.stands_for.is_some() && declared.is_none() => row.form(),
            (Some(value_type), Some(row)) => row.read_as(value_type),
            (Some(value_type), None) => ReadAs::of_type(value_type),
        };
        (read_as, declared)
    }

    #[inline(always)]
    fn value_read_as(
        &self,
        read_as: ReadAs,
        declared: Option<ValueType>,
    ) -> Result<AnyValue<'a>, AccessError> {
        match read_as {
            ReadAs::Address => Address::from_property(self).map(AnyValue::Address),
            ReadAs::Binary => Binary::from_property(self).map(AnyValue::Binary),
            ReadAs::Boolean => CardValue::from_property(self).map(AnyValue::Boolean),
            ReadAs::ClientPidMap => CardValue::from_property(self).map(AnyValue::ClientPidMap),
            ReadAs::DateOrText => {
                DateOrText::from_declared(self, declared).map(AnyValue::DateOrText)
            }
            ReadAs::Dates => List::<PartialDate>::from_property(self).map(dates),
            ReadAs::Times => List::<PartialTime>::from_property(self).map(dates),
            ReadAs::DateTimes => List::<DateTime>::from_property(self).map(dates),
            ReadAs::DatesAndOrTimes => List::<DateAndOrTime>::from_property(self).map(dates),
            ReadAs::Floats => CardValue::from_property(self).map(AnyValue::Floats),
            ReadAs::Gender => CardValue::from_property(self).map(AnyValue::Gender),
            ReadAs::GeoOrUri => CardValue::from_property(self).map(AnyValue::GeoOrUri),
            ReadAs::Integers => CardValue::from_property(self).map(AnyValue::Integers),
            ReadAs::Key => Key::from_declared(self, declared).map(AnyValue::Key),
            ReadAs::Kind => CardValue::from_property(self).map(AnyValue::Kind),
            ReadAs::LanguageTag => CardValue::from_property(self).map(AnyValue::LanguageTag),
            ReadAs::Media => Media::from_declared(self, declared).map(AnyValue::Media),
            ReadAs::Name => CardValue::from_property(self).map(AnyValue::Name),
            ReadAs::Organization => CardValue::from_property(self).map(AnyValue::Organization),
            ReadAs::Telephone => Telephone::from_declared(self, declared).map(AnyValue::Telephone),
            ReadAs::Text => CardValue::from_property(self).map(AnyValue::Text),
            ReadAs::TextList => CardValue::from_property(self).map(AnyValue::TextList),
            ReadAs::TimeZone => TimeZone::from_declared(self, declared).map(AnyValue::TimeZone),
            ReadAs::Timestamp => CardValue::from_property(self).map(AnyValue::Timestamp),
            ReadAs::Timestamps => CardValue::from_property(self).map(AnyValue::Timestamps),
            ReadAs::Uri => CardValue::from_property(self).map(AnyValue::Uri),
            ReadAs::UriOrText => UriOrText::from_declared(self, declared).map(AnyValue::UriOrText),
            ReadAs::UtcOffset => CardValue::from_property(self).map(AnyValue::UtcOffset),
        }
    }
}

fn dates<'a, T: Into<DateAndOrTime>>(list: List<T>) -> AnyValue<'a> {
    AnyValue::DatesAndOrTimes(List(list.0.into_iter().map(Into::into).collect()))
}

/// Whether what is not such a value may be any text: of an `X-` name, of a name of another version, and
/// of inline data in 2.1, which need not be base64.
fn may_be_text(row: &PropertyRow, read_as: ReadAs, property: &PropertyRef<'_>) -> bool {
    let version = version_of(property);
    let inline = matches!(read_as, ReadAs::Media | ReadAs::Key) && version == Version::V2_1;
    let vendor = row.stands_for.is_some() && declared(property).is_none();
    vendor || inline || row.column(version).is_none()
}
