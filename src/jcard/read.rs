//! JSON -> a card.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_json::{Number, Value};

use super::error::{Error, ErrorKind};
use crate::card::{Card, Token};
use crate::convert::{ChangeKind, Conversion};
use crate::decomposed::{Decomposed, GivenParameter, Type, Values};
use crate::interchange::{Inward, Refusal};
use crate::limits::Limits;
use crate::registry::{self, ParameterId, PropertyId, ValueType};
use crate::version::Version;

/// The 4.0 card of a jCard. RFC 7095.
///
/// # Errors
///
/// It is not a jCard, or something in it cannot be in a card: with a JSON pointer to the place.
///
/// ```
/// use vcardinal::jcard;
///
/// let json = serde_json::json!(["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Zoë; Quist"]]]);
/// let card = jcard::from_value(&json)?;
/// assert_eq!(card.to_string(), "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoë; Quist\r\nEND:VCARD\r\n");
///
/// let error = jcard::from_value(&serde_json::json!(["vcard", [["fn\r\nX-EVIL:", {}, "text", "A"]]])).unwrap_err();
/// assert!(error.to_string().starts_with("/1/0/0: "), "{error}");
/// # Ok::<(), jcard::Error>(())
/// ```
pub fn from_value(value: &Value) -> Result<Card, Error> {
    Ok(read(value, &Limits::default())?.into_card())
}

/// The 4.0 card of the text of a jCard.
///
/// # Errors
///
/// As [`from_value`], and when the text is not JSON or goes on after it.
///
/// ```
/// use vcardinal::jcard;
///
/// let card = jcard::from_str(r#"["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Zoë"]]]"#)?;
/// assert_eq!(card.display_name(), "Zoë");
/// # Ok::<(), jcard::Error>(())
/// ```
pub fn from_str(text: &str) -> Result<Card, Error> {
    let value = serde_json::from_str(text.trim_start_matches('\u{FEFF}'));
    from_value(&value.map_err(|error| Error::new(ErrorKind::Json(error), ""))?)
}

/// As [`from_value`], with what was read although RFC 7095 does not have it, or is not in the card as it
/// was.
///
/// Taken and reported: a VERSION that is missing, not first, or of 3.0; numbers and booleans as the
/// values of parameters and of texts; words of `type` between commas; several values of a property that
/// has one, which become a line each; a third, empty member of the card.
///
/// # Errors
///
/// As [`from_value`], and what is larger than the limits.
///
/// ```
/// use vcardinal::{Limits, jcard};
///
/// let rdap = serde_json::json!(["vcard", [["version", {}, "text", "4.0"], ["tel", {"pref": 1}, "text", "1"]]]);
/// let read = jcard::read(&rdap, &Limits::default())?;
/// assert!(read.card().to_string().contains("TEL;PREF=1:1"));
/// assert_eq!(read.changes().len(), 1);
/// # Ok::<(), jcard::Error>(())
/// ```
pub fn read(value: &Value, limits: &Limits) -> Result<Conversion, Error> {
    let members = array(
        value,
        "a jCard: an array of \"vcard\" and an array of properties",
        "",
    )?;
    let properties = match members.as_slice() {
        [Value::String(name), properties, rest @ ..] if name.eq_ignore_ascii_case("vcard") => {
            if let Some(more) = rest.first()
                && !(rest.len() == 1 && more.as_array().is_some_and(Vec::is_empty))
            {
                return Err(expected("two members", more, "/2"));
            }
            array(properties, "an array of properties", "/1")?
        }
        [name, ..] => return Err(expected("\"vcard\"", name, "/0")),
        [] => return Err(expected("\"vcard\"", value, "")),
    };
    let mut reading = Reading {
        inward: Inward::new(limits),
        limits,
        has_version: false,
    };
    if members.len() > 2 {
        reading.say(None, "RFC 7095, 3.2", "a third member is left out");
    }
    for (at, property) in properties.iter().enumerate() {
        reading.property(property, at, &format!("/1/{at}"))?;
    }
    if !reading.has_version {
        reading.say(
            Some("VERSION"),
            "RFC 7095, 3.3.1.1",
            "there is no version; 4.0 is assumed",
        );
    }
    let finished = reading.inward.finish();
    finished.map_err(|refusal| refused(&refusal, String::new()))
}

/// What a value of JSON is, for people.
fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "another text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

fn expected(expected: &'static str, found: &Value, pointer: impl Into<String>) -> Error {
    let found = kind_of(found);
    Error::new(ErrorKind::Expected { expected, found }, pointer)
}

fn refused(refusal: &Refusal, pointer: String) -> Error {
    let kind = match *refusal {
        Refusal::Limit(limit, max) => ErrorKind::Limit { limit, max },
        ref other => ErrorKind::Refused(other.to_string()),
    };
    Error::new(kind, pointer)
}

fn array<'v>(
    value: &'v Value,
    wanted: &'static str,
    pointer: &str,
) -> Result<&'v Vec<Value>, Error> {
    value
        .as_array()
        .ok_or_else(|| expected(wanted, value, pointer))
}

/// A text that is a name of a property, a parameter, a group or a type.
fn name<'v>(text: &'v str, pointer: &str) -> Result<&'v str, Error> {
    match Token::new(text.to_string()) {
        Ok(_) => Ok(text),
        Err(error) => {
            let kind = ErrorKind::Refused(error.to_string());
            Err(Error::new(kind, pointer))
        }
    }
}

/// A member of a JSON pointer. RFC 6901, 3.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Two numbers, as GEO of 3.0 has them, as a URI.
fn coordinates(parts: &Decomposed<'_>, values: &[Value]) -> Option<String> {
    let row = registry::property(parts.name.as_bytes())?;
    let [Value::Array(numbers)] = values else {
        return None;
    };
    match numbers.as_slice() {
        [Value::Number(latitude), Value::Number(longitude)] if row.id == PropertyId::GEO => {
            Some(format!("geo:{latitude},{longitude}"))
        }
        _ => None,
    }
}

struct Reading<'l> {
    inward: Inward,
    limits: &'l Limits,
    has_version: bool,
}

impl Reading<'_> {
    fn say(&mut self, property: Option<&str>, section: &'static str, message: &str) {
        self.inward
            .say(ChangeKind::Approximated, property, section, message);
    }

    fn property(&mut self, property: &Value, at: usize, pointer: &str) -> Result<(), Error> {
        let members = array(property, "a property: an array", pointer)?;
        let [own_name, parameters, value_type, values @ ..] = members.as_slice() else {
            let wanted = "four members or more: name, parameters, type, value";
            return Err(expected(wanted, property, pointer));
        };
        let wanted = "the name of a property";
        let own_name = own_name
            .as_str()
            .ok_or_else(|| expected(wanted, own_name, format!("{pointer}/0")))?;
        let own_name = name(own_name, &format!("{pointer}/0"))?;
        let own_name = own_name.to_ascii_uppercase();
        let wanted = "the name of a type";
        let type_name = value_type
            .as_str()
            .ok_or_else(|| expected(wanted, value_type, format!("{pointer}/2")))?;
        let value_type = Type::of(name(type_name, &format!("{pointer}/2"))?);
        if values.is_empty() {
            return Err(expected("a value", property, format!("{pointer}/3")));
        }
        if values.len() > self.limits.values {
            let (limit, max) = ("number of values", self.limits.values);
            return Err(Error::new(ErrorKind::Limit { limit, max }, pointer));
        }
        let (group, parameters) =
            self.parameters(parameters, &own_name, &format!("{pointer}/1"))?;
        if own_name == "VERSION" {
            return self.version(values, at, pointer);
        }
        let mut parts = Decomposed {
            group: group.map(Cow::Owned),
            name: Cow::Owned(own_name),
            parameters,
            value_type,
            values: Values::Texts(Vec::new()),
            deviations: Vec::new(),
        };
        if let Some(uri) = coordinates(&parts, values) {
            let message = "coordinates as 3.0 has them become a geo: URI";
            self.say(Some("GEO"), "RFC 6350, 6.5.2", message);
            parts.value_type = Type::Known(ValueType::Uri);
            parts.values = Values::One(Cow::Owned(uri));
            return self.push(&parts, pointer);
        }
        let mut texts = Vec::with_capacity(values.len());
        for (place, value) in values.iter().enumerate() {
            let pointer = || format!("{pointer}/{}", place + 3);
            match value {
                Value::Array(components) => {
                    parts.values =
                        Values::Components(self.structure(&parts, components, &pointer)?);
                    self.push(&parts, &pointer())?;
                }
                scalar => texts.push(Cow::Owned(self.scalar(scalar, &parts, &pointer)?)),
            }
        }
        if !texts.is_empty() {
            parts.values = Values::Texts(texts);
            self.push(&parts, pointer)?;
        }
        Ok(())
    }

    fn push(&mut self, parts: &Decomposed<'_>, pointer: &str) -> Result<(), Error> {
        let pushed = self.inward.push(parts);
        pushed.map_err(|refusal| refused(&refusal, pointer.into()))
    }

    fn version(&mut self, values: &[Value], at: usize, pointer: &str) -> Result<(), Error> {
        let section = "RFC 7095, 3.3.1.1";
        let Some(version) = values.first().and_then(Value::as_str) else {
            let value = values.first().unwrap_or(&Value::Null);
            return Err(expected("the text 4.0", value, format!("{pointer}/3")));
        };
        if version.trim() != Version::V4_0.as_str() {
            let message = "the version is another one; what is there is read as 4.0";
            self.say(Some("VERSION"), section, message);
        }
        if at > 0 {
            let message = "the version is not the first property";
            self.say(Some("VERSION"), section, message);
        }
        self.has_version = true;
        Ok(())
    }

    /// The group and the parameters.
    fn parameters(
        &mut self,
        object: &Value,
        property: &str,
        pointer: &str,
    ) -> Result<(Option<String>, Vec<GivenParameter<'static>>), Error> {
        let wanted = "an object of parameters";
        let object = object
            .as_object()
            .ok_or_else(|| expected(wanted, object, pointer))?;
        if object.len() > self.limits.parameters {
            let (limit, max) = ("number of parameters", self.limits.parameters);
            return Err(Error::new(ErrorKind::Limit { limit, max }, pointer));
        }
        let (mut group, mut all) = (None, Vec::with_capacity(object.len()));
        for (key, value) in object {
            let pointer = format!("{pointer}/{}", escaped(key));
            let key = name(key, &pointer)?.to_ascii_uppercase();
            let id = registry::parameter(key.as_bytes()).map(|row| row.id);
            match id {
                Some(ParameterId::GROUP) => {
                    let text = value.as_str();
                    let text =
                        text.ok_or_else(|| expected("the name of a group", value, &*pointer))?;
                    if text.is_empty() {
                        let message = "a group without a name is left out";
                        self.say(Some(property), "RFC 7095, 7.1", message);
                    } else {
                        group = Some(name(text, &pointer)?.to_ascii_uppercase());
                    }
                    continue;
                }
                Some(ParameterId::VALUE) => {
                    let message = "VALUE is left out; the type is the third member";
                    self.say(Some(property), "RFC 7095, 3.4.1", message);
                    continue;
                }
                _ => {}
            }
            let mut values = Vec::new();
            match value {
                Value::Array(items) => {
                    for (at, item) in items.iter().enumerate() {
                        let pointer = || format!("{pointer}/{at}");
                        values.push(self.parameter_value(item, property, &pointer)?);
                    }
                }
                one => values.push(self.parameter_value(one, property, &|| pointer.clone())?),
            }
            if id == Some(ParameterId::TYPE) && values.iter().any(|value| value.contains(',')) {
                let message = "the words of TYPE stand between commas and not in an array";
                self.say(Some(property), "RFC 7095, 3.4.2", message);
            }
            if !values.is_empty() {
                let values = values.into_iter().map(Cow::Owned).collect();
                let name = Cow::Owned(key);
                all.push(GivenParameter { name, values });
            }
        }
        Ok((group, all))
    }

    fn parameter_value(
        &mut self,
        value: &Value,
        property: &str,
        pointer: &dyn Fn() -> String,
    ) -> Result<String, Error> {
        match value {
            Value::String(text) => Ok(text.clone()),
            Value::Number(_) | Value::Bool(_) => {
                let message = "the value of a parameter is a number or a boolean and not a text";
                self.say(Some(property), "RFC 7095, 3.4.2", message);
                Ok(value.to_string())
            }
            other => Err(expected("a text or an array of texts", other, pointer())),
        }
    }

    /// The components of a structured value.
    fn structure(
        &mut self,
        parts: &Decomposed<'_>,
        components: &[Value],
        pointer: &dyn Fn() -> String,
    ) -> Result<Vec<Vec<Cow<'static, str>>>, Error> {
        let row = registry::property(parts.name.as_bytes());
        let is_structured = match row {
            Some(row) => !row.components(Version::V4_0).is_empty(),
            None => parts.value_type == Type::Known(ValueType::Text),
        };
        if !is_structured || components.is_empty() {
            let kind = ErrorKind::Expected {
                expected: "a text: the property has no components",
                found: "an array",
            };
            return Err(Error::new(kind, pointer()));
        }
        let mut left = self.limits.values;
        let mut count = |pointer: String| {
            let (limit, max) = ("number of values", self.limits.values);
            let full = || Error::new(ErrorKind::Limit { limit, max }, pointer);
            left = left.checked_sub(1).ok_or_else(full)?;
            Ok(())
        };
        let mut all: Vec<Vec<Cow<'static, str>>> = Vec::with_capacity(components.len());
        let mut has_numbers = false;
        let mut text = |value: &Value, pointer: String| match value {
            Value::String(text) => Ok(Cow::Owned(text.clone())),
            Value::Number(_) | Value::Bool(_) => {
                has_numbers = true;
                Ok(Cow::Owned(value.to_string()))
            }
            other => Err(expected("a text or an array of texts", other, pointer)),
        };
        for (at, component) in components.iter().enumerate() {
            count(pointer())?;
            match component {
                Value::Array(items) => {
                    let mut texts = Vec::with_capacity(items.len());
                    for (place, item) in items.iter().enumerate() {
                        count(pointer())?;
                        texts.push(text(item, format!("{}/{at}/{place}", pointer()))?);
                    }
                    if texts.is_empty() {
                        texts.push(Cow::Borrowed(""));
                    }
                    all.push(texts);
                }
                one => all.push(Vec::from([text(one, format!("{}/{at}", pointer()))?])),
            }
        }
        if has_numbers {
            let name = parts.name.clone().into_owned();
            self.not_a_text(&name);
        }
        Ok(all)
    }

    fn not_a_text(&mut self, property: &str) {
        let message = "a number or a boolean stands where a text belongs";
        self.say(Some(property), "RFC 7095, 3.5.1", message);
    }

    /// A value that is not an array, as the text of a line has it, but for its escapes.
    fn scalar(
        &mut self,
        value: &Value,
        parts: &Decomposed<'_>,
        pointer: &dyn Fn() -> String,
    ) -> Result<String, Error> {
        let known = match &parts.value_type {
            Type::Known(known) => Some(*known),
            _ => None,
        };
        match value {
            Value::String(text) => Ok(text.clone()),
            Value::Bool(boolean) => {
                if known != Some(ValueType::Boolean) {
                    self.not_a_text(&parts.name);
                    return Ok(boolean.to_string());
                }
                Ok(String::from(if *boolean { "TRUE" } else { "FALSE" }))
            }
            Value::Number(number) => match known {
                Some(ValueType::Integer) => {
                    let (integer, is_exact) = integer(number);
                    if !is_exact {
                        let message = "the integer has decimals, which are left out";
                        self.say(Some(&parts.name), "RFC 7095, 3.5.9", message);
                    }
                    Ok(integer)
                }
                Some(ValueType::Float) => Ok(float(number)),
                // Of CLIENTPIDMAP, some write the first component as a number.
                _ => {
                    if known != Some(ValueType::Text)
                        || parts.name != PropertyId::CLIENTPIDMAP.name()
                    {
                        self.not_a_text(&parts.name);
                    }
                    Ok(float(number))
                }
            },
            other => Err(expected(
                "a value that is not null or an object",
                other,
                pointer(),
            )),
        }
    }
}

/// An integer without exponent and decimals, and whether it had none. RFC 7095, 3.5.9.
fn integer(number: &Number) -> (String, bool) {
    match number.as_f64().filter(|_| number.is_f64()) {
        Some(float) => {
            let whole = float.trunc();
            // Minus zero is zero.
            (
                format!("{}", whole + 0.0),
                whole.to_bits() == float.to_bits(),
            )
        }
        None => (number.to_string(), true),
    }
}

/// A number without exponent. RFC 7095, 3.5.10.
fn float(number: &Number) -> String {
    match number.as_f64().filter(|_| number.is_f64()) {
        Some(float) => format!("{float}"),
        None => number.to_string(),
    }
}
