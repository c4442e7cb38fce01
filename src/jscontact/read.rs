//! The text of a JSContact card. RFC 9553, 1.3; RFC 7493.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::error::{Error, ErrorKind};

/// Reads the JSON of a card, or of several in an array: UTF-8, in which no name comes twice in an object.
/// [`serde_json`] alone keeps the last of two members of one name and says nothing. RFC 7493, 2.3.
///
/// # Errors
///
/// It is not JSON, it is deeper than 128, or a name comes twice.
///
/// ```
/// use vcardinal::jscontact;
///
/// let value = jscontact::read(br#"{ "@type": "Card", "version": "2.0" }"#)?;
/// assert!(jscontact::check(&value).is_empty());
/// let error = jscontact::read(br#"{ "kind": "org", "kind": "group" }"#).unwrap_err();
/// assert_eq!(error.to_string(), "not JSON: the name kind comes twice at line 1 column 23");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(json: &[u8]) -> Result<Value, Error> {
    let not_json = |error| Error::new(ErrorKind::Json(error));
    let json = json.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(json);
    let mut reader = serde_json::Deserializer::from_slice(json);
    let value = Once.deserialize(&mut reader).map_err(not_json)?;
    reader.end().map_err(not_json)?;
    Ok(value)
}

/// A value in whose objects each name comes once.
struct Once;

impl<'de> DeserializeSeed<'de> for Once {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Once {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(Once)? {
            all.push(item);
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if map.contains_key(&name) {
                return Err(de::Error::custom(alloc::format!(
                    "the name {name} comes twice"
                )));
            }
            map.insert(name, members.next_value_seed(Once)?);
        }
        Ok(Value::Object(map))
    }
}
