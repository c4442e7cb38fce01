//! The text of a value to a typed value, and back.
//!
//! A file per value type, not per property: which property has which type is a row of the
//! [`registry`](crate::registry). All types share one shape, the trait [`Value`]:
//!
//! ```
//! use vcardinal::Version;
//! use vcardinal::value::{DateAndOrTime, PartialDate, Value};
//!
//! let birthday = DateAndOrTime::parse("--1210", Version::V4_0)?;
//! assert_eq!(birthday, PartialDate::month_day(12, 10)?.into());
//! assert_eq!(birthday.to_text(Version::V4_0)?, "--1210");
//! // 3.0 has no date without a year.
//! assert!(birthday.to_text(Version::V3_0).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Which of them the value of a property is, and how a card is asked for it, is the business of
//! [`typed`](crate::typed).
//!
//! There is one parser for strict and lenient reading. It takes what producers really write, and
//! notes every deviation from the grammar of the version: [`Value::parse`] drops the notes,
//! [`Value::parse_strict`] makes the first one an error, [`Value::read`] hands them all over.
//!
//! Covers RFC 6350, 4 to 6, with the errata 3377, 3484, 3845, 3846 and 4245; RFC 2426, 2 to 4;
//! the values of vCard 2.1; RFC 3966, RFC 5870, and RFC 9554, 2. Knowingly left out: fractions of
//! a second are read and dropped, and [`Value`] sees no parameters: VALUE and its like are the
//! business of [`CardValue`](crate::typed::CardValue).

mod address;
mod binary;
mod boolean_integer_float;
mod calling_codes;
mod check;
mod client_pid_map;
mod date_or_text;
mod date_time;
mod e164;
#[cfg(feature = "email")]
mod email;
mod error;
pub(crate) mod foreign;
mod from_text;
mod gender;
mod geo;
mod key;
mod kind;
mod language_tag;
mod list;
mod mailbox;
mod name;
mod organization;
mod parameter_values;
#[cfg(feature = "phone")]
pub mod phone;
mod phone_characters;
mod possibility;
#[cfg(feature = "serde")]
mod serde;
mod standard;
mod structured;
mod tel_uri;
mod telephone;
mod text;
mod timezone;
pub(crate) mod uri;
mod uri_or_text;
mod utc_offset;
mod written_number;
pub(crate) mod xml;

pub use address::Address;
pub use binary::{Binary, DataUri, Media};
pub use check::check;
pub(crate) use check::{is_clean, keeps_letters};
pub use client_pid_map::ClientPidMap;
pub use date_or_text::DateOrText;
pub use date_time::{DateAndOrTime, DateTime, PartialDate, PartialTime, Timestamp, Zone};
pub use e164::{E164, E164Error, E164Reason};
#[cfg(feature = "email")]
pub use email::{Email, EmailError, EmailReason};
pub use error::{Notes, Reason, Unwritable, ValueError};
pub use from_text::{FromText, IntoTexts};
pub use gender::{Gender, Sex};
pub use geo::{Geo, GeoOrUri};
pub use key::Key;
pub use kind::Kind;
pub use language_tag::LanguageTag;
pub use list::List;
pub use mailbox::Mailbox;
pub use name::Name;
pub use organization::Organization;
pub use parameter_values::{CalScale, Level, MediaType, Pid, Pref, SortAs, Types};
pub use possibility::Possibility;
pub use tel_uri::{TelUri, TelUriError, TelUriReason};
pub use telephone::Telephone;
pub use text::{Text, TextList};
pub use timezone::TimeZone;
pub use uri::Uri;
pub use uri_or_text::UriOrText;
pub use utc_offset::UtcOffset;
pub use written_number::WrittenNumber;

use alloc::string::String;

use crate::registry::ValueType;
use crate::version::Version;

/// A typed value: how it is read from the text of a property, and written.
///
/// `'a` is the text it may borrow from. What one writes, one reads back: `parse` of `to_text` in
/// the same version is the same value.
pub trait Value<'a>: Sized {
    /// Whether white space around the text is for the type to make sense of, as in a text, which
    /// may begin with a blank. Around any other value it is noted, and not part of the value.
    ///
    /// ```
    /// use vcardinal::Version;
    /// use vcardinal::value::{PartialDate, Text, Value};
    ///
    /// assert_eq!(Text::parse(" a", Version::V4_0)?.as_str(), " a");
    /// assert_eq!(PartialDate::parse(" --0412", Version::V4_0)?, PartialDate::month_day(4, 12)?);
    /// assert!(PartialDate::parse_strict(" --0412", Version::V4_0).is_err());
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    const TAKES_WHITE_SPACE: bool = false;

    /// Reads the raw text of a value: unfolded, with its escapes.
    ///
    /// What the grammar of the version does not have, but a reader can make sense of, is noted.
    ///
    /// # Errors
    ///
    /// The text is not a value of this type.
    ///
    /// ```
    /// use vcardinal::Version;
    /// use vcardinal::value::{Notes, Timestamp, Value};
    ///
    /// let mut found = Vec::new();
    /// let mut sink = |note| found.push(note);
    /// Timestamp::read("1995-10-31T22:27:10Z", Version::V4_0, &mut Notes::to(&mut sink))?;
    /// assert_eq!(
    ///     found[0].to_string(),
    ///     "extended format with hyphens or colons; 4.0 has the basic format, as 19850412 or 102200"
    /// );
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    fn read(raw: &'a str, version: Version, notes: &mut Notes<'_>) -> Result<Self, ValueError> {
        if Self::TAKES_WHITE_SPACE {
            return Self::read_trimmed(raw, version, notes);
        }
        let (before, text) = notes.trim(raw);
        notes.inside(before, |notes| Self::read_trimmed(text, version, notes))
    }

    /// Reads a value as [`read`](Value::read) does, from a text without white space around it,
    /// unless the type [takes](Value::TAKES_WHITE_SPACE) that.
    ///
    /// # Errors
    ///
    /// The text is not a value of this type.
    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError>;

    /// Appends the canonical text for the version; appends nothing when that fails.
    ///
    /// # Errors
    ///
    /// The version cannot express the value, or no version can, as a text with a control character.
    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable>;

    /// The type the written text has, which needs a VALUE parameter where it is not the default of
    /// the property.
    ///
    /// ```
    /// use vcardinal::{Version, registry::ValueType};
    /// use vcardinal::value::{Telephone, Value};
    ///
    /// let number = Telephone::parse("tel:+14155550123", Version::V4_0)?;
    /// assert_eq!(number.value_type(Version::V4_0), ValueType::Uri);
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    fn value_type(&self, version: Version) -> ValueType;

    /// How many values a raw text holds: those of a list, or of all components together, which
    /// [`Limits::values`](crate::Limits::values) bounds; 1 of any other type.
    ///
    /// ```
    /// use vcardinal::Version;
    /// use vcardinal::value::{Name, Text, TextList, Value};
    ///
    /// assert_eq!(TextList::count_values("a,b\\,c", Version::V4_0), 2);
    /// assert_eq!(Name::count_values("a,b;c;;;", Version::V4_0), 6);
    /// assert_eq!(Text::count_values("a,b", Version::V4_0), 1);
    /// ```
    #[must_use]
    fn count_values(raw: &str, version: Version) -> usize {
        let _ = (raw, version);
        1
    }

    /// Reads the raw text of a value, tolerating what a reader can make sense of.
    ///
    /// # Errors
    ///
    /// The text is not a value of this type.
    fn parse(raw: &'a str, version: Version) -> Result<Self, ValueError> {
        Self::read(raw, version, &mut Notes::none())
    }

    /// Reads the raw text of a value by the grammar of the version.
    ///
    /// # Errors
    ///
    /// The first deviation from the grammar.
    ///
    /// ```
    /// use vcardinal::Version;
    /// use vcardinal::value::{PartialDate, Value};
    ///
    /// assert!(PartialDate::parse_strict("1985-04-12", Version::V3_0).is_ok());
    /// assert!(PartialDate::parse_strict("1985-04-12", Version::V4_0).is_err());
    /// assert!(PartialDate::parse("1985-04-12", Version::V4_0).is_ok());
    /// ```
    fn parse_strict(raw: &'a str, version: Version) -> Result<Self, ValueError> {
        let mut first: Option<ValueError> = None;
        let mut sink = |note: ValueError| {
            if first
                .as_ref()
                .is_none_or(|first| note.span.start < first.span.start)
            {
                first = Some(note);
            }
        };
        let value = Self::read(raw, version, &mut Notes::to(&mut sink))?;
        match first {
            Some(note) => Err(note),
            None => Ok(value),
        }
    }

    /// The canonical text for the version.
    ///
    /// # Errors
    ///
    /// As [`write_to`](Value::write_to).
    fn to_text(&self, version: Version) -> Result<String, Unwritable> {
        // Room for most, so that what is written part by part does not grow part by part.
        let mut out = String::with_capacity(60);
        self.write_to(version, &mut out)?;
        Ok(out)
    }
}

/// Of a text that is clean at a glance: it is read, and nothing is noted about it.
#[cfg(test)]
fn assert_clean_is_read<'a, T: Value<'a>>(raw: &'a str, version: Version) {
    if let Err(error) = T::parse_strict(raw, version) {
        panic!("{raw:?} in {version}: {error}");
    }
}
