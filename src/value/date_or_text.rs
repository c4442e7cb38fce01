//! A date, or a text where the date is not known exactly: BDAY, ANNIVERSARY, DEATHDATE. RFC 6350, 6.2.5.

use alloc::string::String;

use super::{
    DateAndOrTime, DateTime, Notes, PartialDate, PartialTime, Text, Unwritable, Value, ValueError,
};
use crate::registry::ValueType;
use crate::version::Version;

/// A date, or with `VALUE=text` a text: `circa 1800`.
///
/// The text alone does not tell, so that reading gives a date or an error; a property knows its
/// VALUE ([`CardValue::from_property`](crate::typed::CardValue::from_property)). RFC 6350, 6.2.5.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{DateOrText, PartialDate, Value};
///
/// let date = DateOrText::parse("19850412", Version::V4_0)?;
/// assert_eq!(date.date(), Some(PartialDate::new(1985, 4, 12)?));
/// assert_eq!(DateOrText::from("circa 1800").to_text(Version::V4_0)?, "circa 1800");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DateOrText<'a> {
    /// A date, a time or both.
    Date(DateAndOrTime),
    /// A text, which only 4.0 has.
    Text(Text<'a>),
}

impl DateOrText<'_> {
    /// The date; `None` for a text.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nBDAY;VALUE=text:circa 1800\nDEATHDATE:1850\nEND:VCARD\n")?;
    /// assert_eq!(card.birthday().unwrap().value()?.date(), None);
    /// let death = card.property("DEATHDATE").unwrap().text().unwrap();
    /// assert_eq!(death, "1850");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn date(&self) -> Option<PartialDate> {
        match self {
            DateOrText::Date(date) => date.date(),
            DateOrText::Text(_) => None,
        }
    }

    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> DateOrText<'static> {
        match self {
            DateOrText::Date(date) => DateOrText::Date(date),
            DateOrText::Text(text) => DateOrText::Text(text.into_owned()),
        }
    }
}

impl<'a> Value<'a> for DateOrText<'a> {
    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        DateAndOrTime::read(raw, version, notes).map(DateOrText::Date)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        match self {
            DateOrText::Date(date) => date.write_to(version, out),
            DateOrText::Text(_) if version != Version::V4_0 => Err(Unwritable::not_in(
                version,
                "a text as date",
                "a date has one",
            )),
            DateOrText::Text(text) => text.write_to(version, out),
        }
    }

    fn value_type(&self, version: Version) -> ValueType {
        match self {
            DateOrText::Date(date) => date.value_type(version),
            DateOrText::Text(_) => ValueType::Text,
        }
    }
}

impl From<DateAndOrTime> for DateOrText<'_> {
    fn from(date: DateAndOrTime) -> Self {
        DateOrText::Date(date)
    }
}

impl From<PartialDate> for DateOrText<'_> {
    fn from(date: PartialDate) -> Self {
        DateOrText::Date(date.into())
    }
}

impl From<DateTime> for DateOrText<'_> {
    fn from(both: DateTime) -> Self {
        DateOrText::Date(both.into())
    }
}

impl From<PartialTime> for DateOrText<'_> {
    fn from(time: PartialTime) -> Self {
        DateOrText::Date(time.into())
    }
}

impl<'a> From<Text<'a>> for DateOrText<'a> {
    fn from(text: Text<'a>) -> Self {
        DateOrText::Text(text)
    }
}

/// The date that it is read as in 4.0, with hyphens or without; or else a text.
///
/// ```
/// use vcardinal::value::{DateOrText, PartialDate};
///
/// assert_eq!(DateOrText::from("1985-04-12"), PartialDate::new(1985, 4, 12)?.into());
/// assert!(matches!(DateOrText::from("circa 1800"), DateOrText::Text(_)));
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
impl<'a> From<&'a str> for DateOrText<'a> {
    fn from(text: &'a str) -> Self {
        match DateAndOrTime::parse(text, Version::V4_0) {
            Ok(date) => DateOrText::Date(date),
            Err(_) => DateOrText::Text(text.into()),
        }
    }
}
