//! JSON <-> [`Contact`], the messaging API's shape to the letter.
//!
//! Objects must be objects (a derived implementation would take arrays, too), `null` counts as
//! absent, a field must not come twice, and unknown fields are passed over.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use super::{Contact, ContactEmail, ContactError, ContactPhone, ProblemKind, absent};

impl Contact {
    /// Reads a contact from JSON and [validates](Contact::validate) it. Unknown fields are passed
    /// over.
    ///
    /// # Errors
    ///
    /// [`ContactError`]: JSON of another shape, with the path of the field, or all that is wrong
    /// with a contact of the right shape.
    ///
    /// ```
    /// use vcardinal::contact::Contact;
    ///
    /// let contact = Contact::from_json(br#"{"full_name":"Zoe Quist","phones":[{"value":"+14155550123"}]}"#)?;
    /// assert_eq!(contact.full_name.as_deref(), Some("Zoe Quist"));
    ///
    /// let error = Contact::from_json(br#"{"phones":[{"value":14155550123}]}"#).unwrap_err();
    /// assert_eq!(error.problems()[0].path, "phones[0].value");
    /// # Ok::<(), vcardinal::contact::ContactError>(())
    /// ```
    pub fn from_json(json: &[u8]) -> Result<Contact, ContactError> {
        let Unchecked(contact) = read(json)?;
        contact.validate()?;
        Ok(contact.without_blanks())
    }

    /// Reads a contact as [`from_json`](Contact::from_json) does, and refuses unknown fields.
    ///
    /// # Errors
    ///
    /// Those of [`from_json`](Contact::from_json), and [`ProblemKind::UnknownField`].
    ///
    /// ```
    /// use vcardinal::contact::Contact;
    ///
    /// let json = br#"{"full_name":"Zoe Quist","nick_name":"Z"}"#;
    /// assert!(Contact::from_json(json).is_ok());
    /// let error = Contact::from_json_strict(json).unwrap_err();
    /// assert_eq!(error.to_string(), "nick_name: unknown field");
    /// ```
    pub fn from_json_strict(json: &[u8]) -> Result<Contact, ContactError> {
        let value: Value = read(json)?;
        if let Some(path) = unknown_contact_field(&value) {
            return Err(ContactError::one(bounded(path), ProblemKind::UnknownField));
        }
        Contact::from_json(json)
    }

    /// The contact as compact JSON, always the same bytes for the same contact; blank fields are
    /// left out.
    ///
    /// ```
    /// use vcardinal::contact::Contact;
    ///
    /// let contact = Contact::builder().full_name("Zoe").phone("+14155550123", "mobile").build()?;
    /// assert_eq!(
    ///     contact.to_json(),
    ///     r#"{"full_name":"Zoe","phones":[{"value":"+14155550123","label":"mobile"}]}"#
    /// );
    /// # Ok::<(), vcardinal::contact::ContactError>(())
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, lists and maps with string keys: nothing that JSON cannot hold.
        serde_json::to_string(&self.without_blanks()).unwrap_or_default()
    }
}

/// Reads one JSON text; the error has the path of the field.
pub(crate) fn read<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, ContactError> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(with_path)?;
    deserializer
        .end()
        .map_err(|error| ContactError::one(".", ProblemKind::Syntax(error.to_string())))?;
    Ok(value)
}

/// The same from JSON that was read before.
#[cfg(feature = "sign")]
pub(crate) fn read_value<T: for<'de> Deserialize<'de>>(value: Value) -> Result<T, ContactError> {
    serde_path_to_error::deserialize(value).map_err(with_path)
}

fn with_path(error: serde_path_to_error::Error<serde_json::Error>) -> ContactError {
    let path = error.path().to_string();
    let inner = error.into_inner();
    let message = bounded(inner.to_string());
    match inner.classify() {
        serde_json::error::Category::Data => {
            ContactError::one(bounded(path), ProblemKind::Shape(message))
        }
        _ => ContactError::one(".", ProblemKind::Syntax(message)),
    }
}

/// What was received is quoted in messages, so these are cut.
fn bounded(mut text: String) -> String {
    const MAX: usize = 200;
    if text.len() > MAX {
        let end = (0..=MAX).rev().find(|end| text.is_char_boundary(*end));
        text.truncate(end.unwrap_or(0));
        text.push('\u{2026}');
    }
    text
}

/// The path of a field that contacts do not have.
pub(crate) fn unknown_contact_field(contact: &Value) -> Option<String> {
    const FIELDS: [&str; 6] = [
        "full_name",
        "given_name",
        "family_name",
        "organization",
        "phones",
        "emails",
    ];
    let unknown = |value: &Value, known: &[&str]| {
        let mut fields = value
            .as_object()
            .into_iter()
            .flat_map(|fields| fields.keys());
        fields
            .find(|field| !known.contains(&field.as_str()))
            .cloned()
    };
    unknown(contact, &FIELDS).or_else(|| {
        ["phones", "emails"].into_iter().find_map(|list| {
            let entries = contact.get(list)?.as_array()?;
            entries.iter().enumerate().find_map(|(index, entry)| {
                let field = unknown(entry, &["value", "label"])?;
                Some(alloc::format!("{list}[{index}].{field}"))
            })
        })
    })
}

/// A list, `null` counting as an empty one.
fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(Option::<Vec<T>>::deserialize(deserializer)?.unwrap_or_default())
}

/// The fields of a contact in JSON. The functions that serde makes for it stay here: they check
/// nothing.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Contact")]
struct ContactShape {
    #[serde(default, skip_serializing_if = "absent")]
    full_name: Option<String>,
    #[serde(default, skip_serializing_if = "absent")]
    given_name: Option<String>,
    #[serde(default, skip_serializing_if = "absent")]
    family_name: Option<String>,
    #[serde(default, skip_serializing_if = "absent")]
    organization: Option<String>,
    #[serde(
        default,
        deserialize_with = "list",
        skip_serializing_if = "Vec::is_empty"
    )]
    phones: Vec<ContactPhone>,
    #[serde(
        default,
        deserialize_with = "list",
        skip_serializing_if = "Vec::is_empty"
    )]
    emails: Vec<ContactEmail>,
}

macro_rules! shape_with_label {
    ($($shape:ident of $name:literal)*) => {$(
        /// The fields in JSON.
        #[derive(Serialize, Deserialize)]
        #[serde(remote = $name)]
        struct $shape {
            value: String,
            #[serde(default, skip_serializing_if = "absent")]
            label: Option<String>,
        }
    )*};
}

shape_with_label! { PhoneShape of "ContactPhone" EmailShape of "ContactEmail" }

/// A contact of the right shape, whatever it holds.
pub(crate) struct Unchecked(pub(crate) Contact);

impl<'de> Deserialize<'de> for Unchecked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ContactShape::deserialize(Object(deserializer)).map(Unchecked)
    }
}

impl<'de> Deserialize<'de> for Contact {
    /// Also refuses a contact without an identifying field; what the fields hold is the business
    /// of [`Contact::validate`].
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Unchecked(contact) = Unchecked::deserialize(deserializer)?;
        match contact.is_identifying() {
            true => Ok(contact),
            false => Err(D::Error::custom(ProblemKind::NoIdentifyingField)),
        }
    }
}

impl Serialize for Contact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ContactShape::serialize(self, serializer)
    }
}

macro_rules! object {
    ($($name:ident as $shape:ident)*) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $shape::deserialize(Object(deserializer))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $shape::serialize(self, serializer)
            }
        }
    )*};
}

object!(ContactPhone as PhoneShape ContactEmail as EmailShape);

/// Reads a struct from an object only: derived implementations take an array of its fields, too.
pub(crate) struct Object<D>(pub(crate) D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Object<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(MapOnly(visitor))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        option unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

struct MapOnly<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for MapOnly<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(map)
    }
}
