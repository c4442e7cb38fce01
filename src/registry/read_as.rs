//! Which value type of [`value`](crate::value) reads the value of a property.
//!
//! A standard says for each property which types its value may have (the column
//! [`types`](super::Column::types)), and VALUE says which of them it has. Some properties then have
//! a form of their own inside of that type: N is a text, and the text has components. This is the
//! one place that says so; the checker and typed access both read by it.

use super::ValueType;

/// The value type of [`value`](crate::value) that reads a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReadAs {
    /// [`Text`](crate::value::Text)
    Text,
    /// [`TextList`](crate::value::TextList)
    TextList,
    /// [`Uri`](crate::value::Uri)
    Uri,
    /// [`Address`](crate::value::Address)
    Address,
    /// [`ClientPidMap`](crate::value::ClientPidMap)
    ClientPidMap,
    /// [`DateOrText`](crate::value::DateOrText)
    DateOrText,
    /// [`Gender`](crate::value::Gender)
    Gender,
    /// [`GeoOrUri`](crate::value::GeoOrUri)
    GeoOrUri,
    /// [`Key`](crate::value::Key)
    Key,
    /// [`Kind`](crate::value::Kind)
    Kind,
    /// [`LanguageTag`](crate::value::LanguageTag)
    LanguageTag,
    /// [`Media`](crate::value::Media)
    Media,
    /// [`Name`](crate::value::Name)
    Name,
    /// [`Organization`](crate::value::Organization)
    Organization,
    /// [`Telephone`](crate::value::Telephone)
    Telephone,
    /// [`TimeZone`](crate::value::TimeZone)
    TimeZone,
    /// [`Timestamp`](crate::value::Timestamp)
    Timestamp,
    /// [`UriOrText`](crate::value::UriOrText)
    UriOrText,
    /// Inline data: [`Binary`](crate::value::Binary)
    Binary,
    /// `true` or `false`
    Boolean,
    /// A [`List`](crate::value::List) of `f64`
    Floats,
    /// A [`List`](crate::value::List) of `i64`
    Integers,
    /// A [`List`](crate::value::List) of [`PartialDate`](crate::value::PartialDate)
    Dates,
    /// A [`List`](crate::value::List) of [`PartialTime`](crate::value::PartialTime)
    Times,
    /// A [`List`](crate::value::List) of [`DateTime`](crate::value::DateTime)
    DateTimes,
    /// A [`List`](crate::value::List) of [`DateAndOrTime`](crate::value::DateAndOrTime)
    DatesAndOrTimes,
    /// A [`List`](crate::value::List) of [`Timestamp`](crate::value::Timestamp)
    Timestamps,
    /// [`UtcOffset`](crate::value::UtcOffset)
    UtcOffset,
}

impl ReadAs {
    /// What reads a value of a property that has no form of its own: an `X-` name, or one that
    /// is not registered. RFC 6350, 4, where numbers, dates and times are lists.
    ///
    /// ```
    /// use vcardinal::registry::{ReadAs, ValueType};
    ///
    /// assert_eq!(ReadAs::of_type(ValueType::Integer), ReadAs::Integers);
    /// ```
    #[must_use]
    pub const fn of_type(value_type: ValueType) -> Self {
        match value_type {
            // An AGENT is a card, as the text it was written as.
            ValueType::Text | ValueType::PhoneNumber | ValueType::Vcard => ReadAs::Text,
            ValueType::Uri | ValueType::Url | ValueType::ContentId => ReadAs::Uri,
            ValueType::Date => ReadAs::Dates,
            ValueType::Time => ReadAs::Times,
            ValueType::DateTime => ReadAs::DateTimes,
            ValueType::DateAndOrTime => ReadAs::DatesAndOrTimes,
            ValueType::Timestamp => ReadAs::Timestamps,
            ValueType::Boolean => ReadAs::Boolean,
            ValueType::Integer => ReadAs::Integers,
            ValueType::Float => ReadAs::Floats,
            ValueType::UtcOffset => ReadAs::UtcOffset,
            ValueType::LanguageTag => ReadAs::LanguageTag,
            ValueType::Binary => ReadAs::Binary,
        }
    }

    /// Whether values of this type have the form: a GEO of 4.0 is a URI, and two numbers before.
    pub(super) const fn takes(self, value_type: ValueType) -> bool {
        use ValueType::{
            Binary, ContentId, Date, DateAndOrTime, DateTime, Float, LanguageTag, PhoneNumber,
            Text, Time, Timestamp, Uri, Url, UtcOffset,
        };
        match self {
            ReadAs::Text => matches!(value_type, Text | PhoneNumber),
            ReadAs::TextList
            | ReadAs::Address
            | ReadAs::ClientPidMap
            | ReadAs::Gender
            | ReadAs::Kind
            | ReadAs::Name
            | ReadAs::Organization => matches!(value_type, Text),
            ReadAs::Uri => matches!(value_type, Uri | Url | ContentId),
            ReadAs::DateOrText => matches!(
                value_type,
                Text | Date | Time | DateTime | DateAndOrTime | Timestamp
            ),
            ReadAs::GeoOrUri => matches!(value_type, Uri | Float),
            ReadAs::Key => matches!(value_type, Binary | Uri | Url | ContentId | Text),
            ReadAs::LanguageTag => matches!(value_type, LanguageTag | Text),
            ReadAs::Media => matches!(value_type, Binary | Uri | Url | ContentId | Text),
            ReadAs::Telephone => matches!(value_type, Text | PhoneNumber | Uri | Url),
            ReadAs::TimeZone => matches!(value_type, Text | Uri | UtcOffset),
            ReadAs::Timestamp => matches!(value_type, Timestamp | Date | DateTime),
            ReadAs::UriOrText => matches!(value_type, Uri | Url | Text),
            _ => false,
        }
    }
}
