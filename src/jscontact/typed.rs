//! A JSContact card as a Rust type.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;
use serde::de::{self, Deserialize, DeserializeOwned, Deserializer};
use serde_json::{Map, Value};

use super::by_id::{ById, Set};
use super::error::{Error, ErrorKind};
use super::object::{
    Address, Anniversary, Calendar, CryptoKey, Directory, EmailAddress, LanguagePref, Link, Media,
    Name, Nickname, Note, OnlineService, Organization, PersonalInfo, Phone, Relation,
    SchedulingAddress, SpeakToAs, Title, is_default,
};
use super::{convert, pointer};
use crate::card;
use crate::convert::ConvertError;

/// A JSContact card, its members by name. RFC 9553, 2.
///
/// It is [checked](super::check) when it is read, whatever it is read from, and when a vCard is made of it.
/// What it has beside the members that are named here is in `others`, here and in each object, and comes
/// back; only a member without anything in it does not.
///
/// ```
/// use vcardinal::jscontact::{Card, EmailAddress};
///
/// let mut card: Card = serde_json::from_str(
///     r#"{ "@type": "Card", "version": "2.0", "name": { "full": "Ada" }, "example.com:mood": "calm" }"#,
/// )?;
/// let mut email = EmailAddress::new("ada@example.com");
/// email.contexts.set("work");
/// card.emails.insert("e1", email);
/// assert_eq!(card.name.as_ref().unwrap().full.as_deref(), Some("Ada"));
/// assert_eq!(
///     card.to_vcard()?.to_string(),
///     "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada\r\nEMAIL;TYPE=work;PROP-ID=e1:ada@example.com\r\n\
///      JSPROP;JSPTR=\"example.com:mood\":\"calm\"\r\nEND:VCARD\r\n",
/// );
///
/// let card = Card::of(&card.to_vcard()?)?; // and back
/// assert!(card.emails.get("e1").unwrap().contexts.has("work"));
/// assert_eq!(card.others["example.com:mood"], "calm");
///
/// let wrong = serde_json::from_str::<Card>(r#"{ "@type": "Card", "version": "2.0", "Emails": {} }"#);
/// assert!(wrong.unwrap_err().to_string().contains("/Emails: expected emails, in this letter case"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Card {
    #[serde(rename = "@type")]
    own_type: CardType,
    /// The version of JSContact: `2.0`.
    pub version: String,
    /// When it was made, in UTC.
    #[serde(skip_serializing_if = "is_default")]
    pub created: Option<String>,
    /// `individual`, `group`, `org`, ..
    #[serde(skip_serializing_if = "is_default")]
    pub kind: Option<String>,
    /// The language of its texts (RFC 5646).
    #[serde(skip_serializing_if = "is_default")]
    pub language: Option<String>,
    /// The UIDs of those in a group.
    #[serde(skip_serializing_if = "is_default")]
    pub members: Set,
    /// What made it.
    #[serde(skip_serializing_if = "is_default")]
    pub prod_id: Option<String>,
    /// What others are to the one of the card, by their UIDs.
    #[serde(skip_serializing_if = "is_default")]
    pub related_to: ById<Relation>,
    /// What it is known by. None is made up.
    #[serde(skip_serializing_if = "is_default")]
    pub uid: Option<String>,
    /// When it was changed, in UTC.
    #[serde(skip_serializing_if = "is_default")]
    pub updated: Option<String>,
    /// The name.
    #[serde(skip_serializing_if = "is_default")]
    pub name: Option<Name>,
    /// Nicknames by their Ids.
    #[serde(skip_serializing_if = "is_default")]
    pub nicknames: ById<Nickname>,
    /// Organizations by their Ids.
    #[serde(skip_serializing_if = "is_default")]
    pub organizations: ById<Organization>,
    /// How to speak to them.
    #[serde(skip_serializing_if = "is_default")]
    pub speak_to_as: Option<SpeakToAs>,
    /// Titles and roles by their Ids.
    #[serde(skip_serializing_if = "is_default")]
    pub titles: ById<Title>,
    /// Email addresses by their Ids.
    #[serde(skip_serializing_if = "is_default")]
    pub emails: ById<EmailAddress>,
    /// Services by their Ids.
    #[serde(skip_serializing_if = "is_default")]
    pub online_services: ById<OnlineService>,
    /// Telephone numbers by their Ids.
    #[serde(skip_serializing_if = "is_default")]
    pub phones: ById<Phone>,
    /// Languages by their Ids.
    #[serde(skip_serializing_if = "is_default")]
    pub preferred_languages: ById<LanguagePref>,
    /// Calendars by their Ids.
    #[serde(skip_serializing_if = "is_default")]
    pub calendars: ById<Calendar>,
    /// Where invitations go, by Ids.
    #[serde(skip_serializing_if = "is_default")]
    pub scheduling_addresses: ById<SchedulingAddress>,
    /// Addresses by their Ids.
    #[serde(skip_serializing_if = "is_default")]
    pub addresses: ById<Address>,
    /// Keys by their Ids.
    #[serde(skip_serializing_if = "is_default")]
    pub crypto_keys: ById<CryptoKey>,
    /// Directories by their Ids.
    #[serde(skip_serializing_if = "is_default")]
    pub directories: ById<Directory>,
    /// Links by their Ids.
    #[serde(skip_serializing_if = "is_default")]
    pub links: ById<Link>,
    /// Pictures and sounds by their Ids.
    #[serde(skip_serializing_if = "is_default")]
    pub media: ById<Media>,
    /// Patches (RFC 9553, 1.4.3) by languages: paths and what is there in the language.
    #[serde(skip_serializing_if = "is_default")]
    pub localizations: ById<Map<String, Value>>,
    /// Days to remember by their Ids.
    #[serde(skip_serializing_if = "is_default")]
    pub anniversaries: ById<Anniversary>,
    /// Free words.
    #[serde(skip_serializing_if = "is_default")]
    pub keywords: Set,
    /// Notes by their Ids.
    #[serde(skip_serializing_if = "is_default")]
    pub notes: ById<Note>,
    /// What they know, do and like, by Ids.
    #[serde(skip_serializing_if = "is_default")]
    pub personal_info: ById<PersonalInfo>,
    /// What of a vCard has no member: properties as in jCard (RFC 9555, 2.15.1).
    #[serde(rename = "vCardProps", skip_serializing_if = "is_default")]
    pub vcard_props: Vec<Value>,
    /// What else it has, as JSON.
    #[serde(flatten)]
    pub others: Map<String, Value>,
}

/// What makes an object a card.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
enum CardType {
    Card,
}

impl Default for Card {
    /// One of version 2.0 with nothing in it, which is valid.
    fn default() -> Self {
        Card {
            own_type: CardType::Card,
            version: "2.0".into(),
            created: None,
            kind: None,
            language: None,
            members: Set::new(),
            prod_id: None,
            related_to: ById::new(),
            uid: None,
            updated: None,
            name: None,
            nicknames: ById::new(),
            organizations: ById::new(),
            speak_to_as: None,
            titles: ById::new(),
            emails: ById::new(),
            online_services: ById::new(),
            phones: ById::new(),
            preferred_languages: ById::new(),
            calendars: ById::new(),
            scheduling_addresses: ById::new(),
            addresses: ById::new(),
            crypto_keys: ById::new(),
            directories: ById::new(),
            links: ById::new(),
            media: ById::new(),
            localizations: ById::new(),
            anniversaries: ById::new(),
            keywords: Set::new(),
            notes: ById::new(),
            personal_info: ById::new(),
            vcard_props: Vec::new(),
            others: Map::new(),
        }
    }
}

impl Card {
    /// A vCard as JSContact, as [`to_value`](super::to_value) has it.
    ///
    /// # Errors
    ///
    /// As [`to_value`](super::to_value).
    ///
    /// ```
    /// use vcardinal::{Card, jscontact};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:Ada\nEMAIL:ada@example.com\nEND:VCARD\n")?;
    /// let contact = jscontact::Card::of(&card)?;
    /// assert_eq!(contact.emails.values().next().unwrap().address, "ada@example.com");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(card: &card::Card) -> Result<Self, ConvertError> {
        // What is made of a vCard is valid.
        Ok(of_valid(convert::to_value(card)?).unwrap_or_default())
    }

    /// The card of a value.
    ///
    /// # Errors
    ///
    /// It is not valid; all that is wrong with it.
    ///
    /// ```
    /// use vcardinal::jscontact::Card;
    ///
    /// let value = serde_json::json!({ "@type": "Card", "version": "2.0", "kind": "org" });
    /// assert_eq!(Card::from_value(&value)?.kind.as_deref(), Some("org"));
    /// assert!(Card::from_value(&serde_json::json!({ "@type": "Card" })).is_err());
    /// # Ok::<(), vcardinal::jscontact::Error>(())
    /// ```
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        convert::refuse_invalid(value)?;
        of_valid(value.clone())
    }

    /// The card as a value.
    ///
    /// ```
    /// use vcardinal::jscontact::Card;
    ///
    /// let mut card = Card::default();
    /// card.kind = Some("org".into());
    /// assert_eq!(card.to_value(), serde_json::json!({ "@type": "Card", "version": "2.0", "kind": "org" }));
    /// ```
    #[must_use]
    pub fn to_value(&self) -> Value {
        // Its keys are texts, so that nothing can fail.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The 4.0 card of it, as [`from_value`](super::from_value) has it.
    ///
    /// # Errors
    ///
    /// As [`from_value`](super::from_value): what was put into it may not be valid.
    ///
    /// ```
    /// use vcardinal::jscontact::{Card, EmailAddress};
    ///
    /// let mut card = Card::default();
    /// card.emails.push(EmailAddress::new("ada@example.com"));
    /// assert_eq!(card.to_vcard()?.preferred_email().unwrap().to_string(), "ada@example.com");
    /// # Ok::<(), vcardinal::jscontact::Error>(())
    /// ```
    pub fn to_vcard(&self) -> Result<card::Card, Error> {
        convert::from_value(&self.to_value())
    }
}

impl<'de> Deserialize<'de> for Card {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let valid = convert::refuse_invalid(&value);
        valid
            .and_then(|()| of_valid(value))
            .map_err(de::Error::custom)
    }
}

/// The member of this name, taken out.
fn take<T: DeserializeOwned + Default>(
    map: &mut Map<String, Value>,
    name: &str,
) -> Result<T, serde_json::Error> {
    match pointer::remove(map, name) {
        Some(value) => serde_json::from_value(value),
        None => Ok(T::default()),
    }
}

/// The card of a value that is valid, and so an object.
fn of_valid(value: Value) -> Result<Card, Error> {
    let members = match value {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    of_members(members).map_err(|error| Error::new(ErrorKind::Json(error)))
}

/// The card of these members, which are valid.
fn of_members(mut members: Map<String, Value>) -> Result<Card, serde_json::Error> {
    let map = &mut members;
    pointer::remove(map, "@type");
    Ok(Card {
        own_type: CardType::Card,
        version: take(map, "version")?,
        created: take(map, "created")?,
        kind: take(map, "kind")?,
        language: take(map, "language")?,
        members: take(map, "members")?,
        prod_id: take(map, "prodId")?,
        related_to: take(map, "relatedTo")?,
        uid: take(map, "uid")?,
        updated: take(map, "updated")?,
        name: take(map, "name")?,
        nicknames: take(map, "nicknames")?,
        organizations: take(map, "organizations")?,
        speak_to_as: take(map, "speakToAs")?,
        titles: take(map, "titles")?,
        emails: take(map, "emails")?,
        online_services: take(map, "onlineServices")?,
        phones: take(map, "phones")?,
        preferred_languages: take(map, "preferredLanguages")?,
        calendars: take(map, "calendars")?,
        scheduling_addresses: take(map, "schedulingAddresses")?,
        addresses: take(map, "addresses")?,
        crypto_keys: take(map, "cryptoKeys")?,
        directories: take(map, "directories")?,
        links: take(map, "links")?,
        media: take(map, "media")?,
        localizations: take(map, "localizations")?,
        anniversaries: take(map, "anniversaries")?,
        keywords: take(map, "keywords")?,
        notes: take(map, "notes")?,
        personal_info: take(map, "personalInfo")?,
        vcard_props: take(map, "vCardProps")?,
        others: members,
    })
}
