//! The object types of JSContact as Rust types. RFC 9553, 2.
//!
//! Members that a type does not name, those of vendors and of RFC 9555 (`vCardParams`, `vCardName`)
//! among them, are in its `others`, so that they come back.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::by_id::{ById, Set};

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Makes an object type: in parentheses the members that have to be there, in braces the others.
macro_rules! object {
    (
        $(#[$doc:meta])*
        $name:ident ($($(#[$must_doc:meta])* $must:ident: $must_type:ty),* $(,)?) {
            $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)?
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$must_doc])* pub $must: $must_type,)*
            $(
                $(#[$field_doc])*
                #[serde(default, skip_serializing_if = "is_default")]
                pub $field: $type,
            )*
            /// What else it has, as JSON.
            #[serde(flatten)]
            pub others: Map<String, Value>,
        }

        impl $name {
            /// One with nothing but what has to be there.
            #[must_use]
            pub fn new($($must: impl Into<$must_type>),*) -> Self {
                $name { $($must: $must.into(),)* ..$name::default() }
            }
        }
    };
}

object! {
    /// What somebody is to the one of the card. RFC 9553, 2.1.8.
    Relation() {
        /// `friend`, `spouse`, ..
        relation: Set,
    }
}

object! {
    /// A name. RFC 9553, 2.2.1.1.
    Name() {
        /// Its parts.
        components: Vec<NameComponent>,
        /// Whether the parts are in the order in which the name is said.
        is_ordered: Option<bool>,
        /// What stands between two parts of an ordered name.
        default_separator: Option<String>,
        /// The name as a whole.
        full: Option<String>,
        /// By what it is sorted, by the kinds of components.
        sort_as: ById<String>,
        /// The script of `phonetic` (ISO 15924).
        phonetic_script: Option<String>,
        /// The system of `phonetic`: `ipa`, `jyut`, `piny`.
        phonetic_system: Option<String>,
    }
}

object! {
    /// A part of a name. RFC 9553, 2.2.1.2.
    NameComponent(
        /// `given`, `surname`, ..; `separator` for what stands between two others.
        kind: String,
        /// Its text.
        value: String,
    ) {
        /// How it sounds.
        phonetic: Option<String>,
    }
}

object! {
    /// A nickname. RFC 9553, 2.2.2.
    Nickname(
        /// The nickname.
        name: String,
    ) {
        /// Where it is used: `private`, `work`.
        contexts: Set,
        /// Its rank, from 1.
        pref: Option<u64>,
    }
}

object! {
    /// An organization; it has a name, units or both. RFC 9553, 2.2.3.
    Organization() {
        /// Its name.
        name: Option<String>,
        /// Its units, the largest first.
        units: Vec<OrgUnit>,
        /// By what it is sorted.
        sort_as: Option<String>,
        /// Where it belongs: `private`, `work`.
        contexts: Set,
    }
}

object! {
    /// A unit of an organization. RFC 9553, 2.2.3.
    OrgUnit(
        /// Its name.
        name: String,
    ) {
        /// By what it is sorted.
        sort_as: Option<String>,
    }
}

object! {
    /// How to speak to somebody. RFC 9553, 2.2.4.
    SpeakToAs() {
        /// `feminine`, `neuter`, ..
        grammatical_gender: Option<String>,
        /// Pronouns by their Ids.
        pronouns: ById<Pronouns>,
    }
}

object! {
    /// Pronouns. RFC 9553, 2.2.4.
    Pronouns(
        /// Such as `they/them`.
        pronouns: String,
    ) {
        /// Where they are used: `private`, `work`.
        contexts: Set,
        /// Their rank, from 1.
        pref: Option<u64>,
    }
}

object! {
    /// A title or a role. RFC 9553, 2.2.5.
    Title(
        /// What it is.
        name: String,
    ) {
        /// `title`, which is the default, or `role`.
        kind: Option<String>,
        /// The organization in which it is held, by its Id.
        organization_id: Option<String>,
    }
}

object! {
    /// An email address. RFC 9553, 2.3.1.
    EmailAddress(
        /// The address.
        address: String,
    ) {
        /// Where it is used: `private`, `work`.
        contexts: Set,
        /// Its rank, from 1.
        pref: Option<u64>,
        /// What somebody calls it.
        label: Option<String>,
    }
}

object! {
    /// A service of the net; it has a URI, a user or both. RFC 9553, 2.3.2.
    OnlineService() {
        /// Its name.
        service: Option<String>,
        /// Where somebody is found in it.
        uri: Option<String>,
        /// What somebody is called in it.
        user: Option<String>,
        /// Where it is used: `private`, `work`.
        contexts: Set,
        /// Its rank, from 1.
        pref: Option<u64>,
        /// What somebody calls it.
        label: Option<String>,
    }
}

object! {
    /// A telephone number. RFC 9553, 2.3.3.
    Phone(
        /// The number: a text or a URI.
        number: String,
    ) {
        /// What it is good for: `mobile`, `voice`, `fax`, ..
        features: Set,
        /// Where it is used: `private`, `work`.
        contexts: Set,
        /// Its rank, from 1.
        pref: Option<u64>,
        /// What somebody calls it.
        label: Option<String>,
    }
}

object! {
    /// A language that somebody likes to use. RFC 9553, 2.3.4.
    LanguagePref(
        /// Its tag (RFC 5646).
        language: String,
    ) {
        /// Where it is used: `private`, `work`.
        contexts: Set,
        /// Its rank, from 1.
        pref: Option<u64>,
    }
}

object! {
    /// A calendar. RFC 9553, 2.4.1.
    Calendar(
        /// `calendar` or `freeBusy`.
        kind: String,
        /// Where it is.
        uri: String,
    ) {
        /// Its media type.
        media_type: Option<String>,
        /// Where it is used: `private`, `work`.
        contexts: Set,
        /// Its rank, from 1.
        pref: Option<u64>,
        /// What somebody calls it.
        label: Option<String>,
    }
}

object! {
    /// Where invitations go. RFC 9553, 2.4.2.
    SchedulingAddress(
        /// The address.
        uri: String,
    ) {
        /// Where it is used: `private`, `work`.
        contexts: Set,
        /// Its rank, from 1.
        pref: Option<u64>,
        /// What somebody calls it.
        label: Option<String>,
    }
}

object! {
    /// An address, of which one member at least says where it is. RFC 9553, 2.5.1.1.
    Address() {
        /// Its parts.
        components: Vec<AddressComponent>,
        /// Whether the parts are in the order in which the address is written.
        is_ordered: Option<bool>,
        /// The country (ISO 3166-1).
        country_code: Option<String>,
        /// A `geo:` URI.
        coordinates: Option<String>,
        /// The name of its time zone.
        time_zone: Option<String>,
        /// What it is for: `private`, `work`, `billing`, `delivery`.
        contexts: Set,
        /// The address as a whole.
        full: Option<String>,
        /// What stands between two parts of an ordered address.
        default_separator: Option<String>,
        /// Its rank, from 1.
        pref: Option<u64>,
        /// The script of `phonetic` (ISO 15924).
        phonetic_script: Option<String>,
        /// The system of `phonetic`: `ipa`, `jyut`, `piny`.
        phonetic_system: Option<String>,
    }
}

object! {
    /// A part of an address. RFC 9553, 2.5.1.2.
    AddressComponent(
        /// `locality`, `name` of a street, ..; `separator` for what stands between two others.
        kind: String,
        /// Its text.
        value: String,
    ) {
        /// How it sounds.
        phonetic: Option<String>,
    }
}

object! {
    /// A key or a certificate. RFC 9553, 2.6.1.
    CryptoKey(
        /// Where it is, or itself as `data:` URI.
        uri: String,
    ) {
        /// None is registered.
        kind: Option<String>,
        /// Its media type.
        media_type: Option<String>,
        /// Where it is used: `private`, `work`.
        contexts: Set,
        /// Its rank, from 1.
        pref: Option<u64>,
        /// What somebody calls it.
        label: Option<String>,
    }
}

object! {
    /// A directory, or an entry of one. RFC 9553, 2.6.2.
    Directory(
        /// `directory` or `entry`.
        kind: String,
        /// Where it is.
        uri: String,
    ) {
        /// Its media type.
        media_type: Option<String>,
        /// Where it is used: `private`, `work`.
        contexts: Set,
        /// Its rank, from 1.
        pref: Option<u64>,
        /// What somebody calls it.
        label: Option<String>,
        /// Its place in a list, from 1.
        list_as: Option<u64>,
    }
}

object! {
    /// A link. RFC 9553, 2.6.3.
    Link(
        /// Where it leads.
        uri: String,
    ) {
        /// `contact`, if somebody is reached there.
        kind: Option<String>,
        /// Its media type.
        media_type: Option<String>,
        /// Where it is used: `private`, `work`.
        contexts: Set,
        /// Its rank, from 1.
        pref: Option<u64>,
        /// What somebody calls it.
        label: Option<String>,
    }
}

object! {
    /// A picture or a sound. RFC 9553, 2.6.4.
    Media(
        /// `photo`, `sound` or `logo`.
        kind: String,
        /// Where it is, or itself as `data:` URI.
        uri: String,
    ) {
        /// Its media type.
        media_type: Option<String>,
        /// Where it is used: `private`, `work`.
        contexts: Set,
        /// Its rank, from 1.
        pref: Option<u64>,
        /// What somebody calls it.
        label: Option<String>,
    }
}

object! {
    /// A day to remember. RFC 9553, 2.8.1.
    Anniversary(
        /// `birth`, `death` or `wedding`.
        kind: String,
        /// When.
        date: Date,
    ) {
        /// Where.
        place: Option<Address>,
    }
}

/// A day in part or whole, or a moment. RFC 9553, 2.8.1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Date {
    /// A moment.
    Moment(Timestamp),
    /// A day, a month or a year.
    Day(PartialDate),
}

impl Default for Date {
    fn default() -> Self {
        Date::Day(PartialDate::default())
    }
}

impl From<PartialDate> for Date {
    fn from(date: PartialDate) -> Self {
        Date::Day(date)
    }
}

impl From<Timestamp> for Date {
    fn from(moment: Timestamp) -> Self {
        Date::Moment(moment)
    }
}

object! {
    /// A day, of which a part may not be known. RFC 9553, 2.8.1.
    PartialDate() {
        /// The year.
        year: Option<u64>,
        /// The month, from 1.
        month: Option<u64>,
        /// The day of the month.
        day: Option<u64>,
        /// The calendar in which somebody celebrates it.
        calendar_scale: Option<String>,
    }
}

/// A moment. RFC 9553, 2.8.1.
///
/// ```
/// use vcardinal::jscontact::{Date, Timestamp};
///
/// let born = Date::from(Timestamp::new("1985-04-12T10:15:00Z"));
/// assert!(matches!(born, Date::Moment(moment) if moment.utc.starts_with("1985")));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Timestamp {
    #[serde(rename = "@type")]
    own_type: TimestampType,
    /// When, in UTC: `1985-04-12T10:15:00Z`.
    pub utc: String,
    /// What else it has, as JSON.
    #[serde(flatten)]
    pub others: Map<String, Value>,
}

/// A date is a moment by this alone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
enum TimestampType {
    Timestamp,
}

impl Timestamp {
    /// A moment in UTC.
    #[must_use]
    pub fn new(utc: impl Into<String>) -> Self {
        Timestamp {
            own_type: TimestampType::Timestamp,
            utc: utc.into(),
            others: Map::new(),
        }
    }
}

object! {
    /// A note. RFC 9553, 2.8.3.
    Note(
        /// Its text.
        note: String,
    ) {
        /// When it was written, in UTC.
        created: Option<String>,
        /// Who wrote it.
        author: Option<Author>,
    }
}

object! {
    /// Who wrote a note: a name, a URI or both. RFC 9553, 2.8.3.
    Author() {
        /// The name.
        name: Option<String>,
        /// The URI.
        uri: Option<String>,
    }
}

object! {
    /// What somebody knows, does or likes. RFC 9553, 2.8.4.
    PersonalInfo(
        /// `expertise`, `hobby` or `interest`.
        kind: String,
        /// What it is.
        value: String,
    ) {
        /// `high`, `medium` or `low`.
        level: Option<String>,
        /// Its place in a list, from 1.
        list_as: Option<u64>,
        /// What somebody calls it.
        label: Option<String>,
    }
}
