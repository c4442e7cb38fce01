//! A card -> JSON.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use crate::card::Card;
use crate::convert::{Change, ChangeKind, Convert, ConvertError};
use crate::decomposed::{Decomposed, GivenParameter, Type, Values};
use crate::interchange::Outward;
use crate::registry::ValueType;
use crate::syntax::date_format::{self, Part};
use crate::syntax::plain_number::plain;
use crate::version::Version;

/// Beyond this, readers of JSON round. RFC 8259, 6.
const MAX_INTEGER: i64 = 1 << 53;

/// A card of any version as jCard: JSON for whatever serializes.
///
/// ```
/// use vcardinal::{Card, jcard::JCard};
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nN:Quist;Zoë;;;\nFN:Zoë Quist\nEND:VCARD\n")?;
/// let json = serde_json::to_string(&JCard::of(&card)?)?;
/// assert_eq!(
///     json,
///     r#"["vcard",[["version",{},"text","4.0"],["n",{},"text",["Quist","Zoë","","",""]],["fn",{},"text","Zoë Quist"]]]"#,
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct JCard<'a>(Outward<'a>);

impl<'a> JCard<'a> {
    /// A card as jCard. One of 2.1 or 3.0 is converted to 4.0 first. RFC 7095, 3.3.1.1.
    ///
    /// # Errors
    ///
    /// As [`Card::convert`].
    pub fn of(card: &'a Card) -> Result<Self, ConvertError> {
        JCard::with(card, &Convert::to(Version::V4_0))
    }

    /// As [`of`](Self::of), with the options of the conversion to 4.0.
    ///
    /// # Errors
    ///
    /// As [`Convert::card`].
    ///
    /// ```
    /// use vcardinal::{Card, Version, convert::Convert, jcard::JCard};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nN:A;;;;\nFN:A\nEND:VCARD\n")?;
    /// let options = Convert::to(Version::V4_0).uid_if_missing("urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1");
    /// let json = serde_json::to_string(&JCard::with(&card, &options)?)?;
    /// assert!(json.contains(r#"["uid",{},"uri","urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"]"#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with(card: &'a Card, options: &Convert) -> Result<Self, ConvertError> {
        Outward::new(card, options).map(JCard)
    }

    /// What was changed on the way to 4.0, and what jCard has no form for.
    ///
    /// ```
    /// use vcardinal::{Card, jcard::JCard};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nBDAY:last spring\nEND:VCARD\n")?;
    /// let changes = JCard::of(&card)?.changes();
    /// assert_eq!(changes[0].line(), Some(4));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        self.0.changes(|parts, changes| {
            let (value_type, _) = in_json(parts);
            if value_type != parts.value_type {
                changes.push(Change::new(
                    ChangeKind::Approximated,
                    Some(&parts.name),
                    "RFC 7095, 3.5.9, 3.5.10",
                    "readers of JSON would round the number; it is a value of an unknown type",
                ));
            }
        })
    }
}

/// A card as the JSON of RFC 7095.
///
/// # Errors
///
/// As [`Card::convert`]: a card of 2.1 or 3.0 is converted to 4.0 first.
///
/// ```
/// use vcardinal::{Card, jcard};
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
/// assert_eq!(jcard::to_value(&card)?[1][1], serde_json::json!(["fn", {}, "text", "A"]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn to_value(card: &Card) -> Result<Value, ConvertError> {
    // A tree of JSON can hold all that is in a card.
    Ok(serde_json::to_value(JCard::of(card)?).unwrap_or_default())
}

/// A card as the text of the JSON of RFC 7095, on one line.
///
/// # Errors
///
/// As [`to_value`].
///
/// ```
/// use vcardinal::{Card, jcard};
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
/// assert_eq!(
///     jcard::to_string(&card)?,
///     r#"["vcard",[["version",{},"text","4.0"],["fn",{},"text","A"]]]"#,
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn to_string(card: &Card) -> Result<String, ConvertError> {
    Ok(serde_json::to_string(&JCard::of(card)?).unwrap_or_default())
}

impl Serialize for JCard<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut card = serializer.serialize_seq(Some(2))?;
        card.serialize_element("vcard")?;
        card.serialize_element(&Properties(&self.0))?;
        card.end()
    }
}

struct Properties<'a>(&'a Outward<'a>);

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut all = serializer.serialize_seq(None)?;
        let version = Decomposed {
            group: None,
            name: Cow::Borrowed("version"),
            parameters: Vec::new(),
            value_type: Type::Known(ValueType::Text),
            values: Values::One(Cow::Borrowed("4.0")),
            deviations: Vec::new(),
        };
        all.serialize_element(&OneProperty(&version))?;
        for property in self.0.properties() {
            all.serialize_element(&OneProperty(&Decomposed::of(&property)))?;
        }
        all.end()
    }
}

/// A property: its name, parameters, type and values.
struct OneProperty<'a>(&'a Decomposed<'a>);

impl Serialize for OneProperty<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let parts = self.0;
        let mut property = serializer.serialize_seq(None)?;
        property.serialize_element(&*lower(&parts.name))?;
        property.serialize_element(&Parameters(parts))?;
        let (value_type, values) = in_json(parts);
        property.serialize_element(value_type.as_str())?;
        match values {
            Json::Text(text) => property.serialize_element(text)?,
            Json::Joined(text) => property.serialize_element(&text)?,
            Json::Texts(texts) => {
                for text in texts {
                    property.serialize_element(text)?;
                }
            }
            Json::Moments(texts, part) => {
                for text in texts {
                    property.serialize_element(&*date_format::extended(text, part))?;
                }
            }
            Json::Numbers(numbers) => {
                for number in numbers {
                    match number {
                        Number::Integer(integer) => property.serialize_element(&integer)?,
                        Number::Float(float) => property.serialize_element(&float)?,
                    }
                }
            }
            Json::Boolean(boolean) => property.serialize_element(&boolean)?,
            // One component is that text. RFC 7095, 3.3.1.3.
            Json::Structure([only]) => property.serialize_element(&Component(only))?,
            Json::Structure(components) => property.serialize_element(&Structure(components))?,
        }
        property.end()
    }
}

fn lower(name: &str) -> Cow<'_, str> {
    match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(name.to_ascii_lowercase()),
        false => Cow::Borrowed(name),
    }
}

struct Parameters<'a>(&'a Decomposed<'a>);

impl Serialize for Parameters<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut all = serializer.serialize_map(None)?;
        if let Some(group) = &self.0.group {
            all.serialize_entry("group", &*lower(group))?;
        }
        for GivenParameter { name, values } in &self.0.parameters {
            all.serialize_entry(&*lower(name), &Component(values))?;
        }
        all.end()
    }
}

/// One text, or an array of several.
struct Component<'a>(&'a [Cow<'a, str>]);

impl Serialize for Component<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            [only] => serializer.serialize_str(only),
            texts => serializer.collect_seq(texts),
        }
    }
}

struct Structure<'a>(&'a [Vec<Cow<'a, str>>]);

impl Serialize for Structure<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|component| Component(component)))
    }
}

enum Number {
    Integer(i64),
    Float(f64),
}

/// Values as JSON has them.
enum Json<'a> {
    Text(&'a str),
    Texts(&'a [Cow<'a, str>]),
    /// The raw text of a list.
    Joined(String),
    Moments(&'a [Cow<'a, str>], Part),
    Numbers(Vec<Number>),
    Boolean(bool),
    Structure(&'a [Vec<Cow<'a, str>>]),
}

/// The type and the values; numbers that would be rounded are of an unknown type.
fn in_json<'a>(parts: &'a Decomposed<'a>) -> (Type<'a>, Json<'a>) {
    let value_type = parts.value_type.clone();
    let json = match (&value_type, &parts.values) {
        (_, Values::Components(components)) => Json::Structure(components),
        (Type::Known(known), values) => {
            let texts = values.texts();
            match known {
                ValueType::Time => Json::Moments(texts, Part::Time),
                ValueType::UtcOffset => Json::Moments(texts, Part::Offset),
                known if known.is_date() => Json::Moments(texts, Part::DateAndTime),
                ValueType::Boolean => {
                    Json::Boolean(texts.iter().any(|text| text.eq_ignore_ascii_case("TRUE")))
                }
                ValueType::Integer | ValueType::Float => {
                    match texts.iter().map(|text| number(text)).collect() {
                        Some(numbers) => Json::Numbers(numbers),
                        None => return (Type::Unknown, Json::Joined(texts.join(","))),
                    }
                }
                _ => Json::Texts(texts),
            }
        }
        (_, Values::One(text)) => Json::Text(text),
        (_, Values::Texts(texts)) => Json::Texts(texts),
    };
    (value_type, json)
}

/// A number that comes back as it is.
fn number(text: &str) -> Option<Number> {
    let text = plain(text);
    if let Ok(integer) = text.parse::<i64>() {
        let is_exact = (-MAX_INTEGER..=MAX_INTEGER).contains(&integer);
        return is_exact.then_some(Number::Integer(integer));
    }
    let float: f64 = text.parse().ok()?;
    (alloc::format!("{float}") == text).then_some(Number::Float(float))
}
