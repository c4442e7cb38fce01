//! Properties as jCard has them: `vCardProps`. RFC 7095, 3.3; RFC 9555, 2.15.1.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::line::Line;
use super::out::Out;
use super::table;
use crate::card::{Property, PropertyValue};
use crate::decomposed::part;
use crate::registry::{self, Shape, ValueType};
use crate::syntax::byte_class::is_token;
use crate::syntax::date_format;
use crate::version::Version;

/// A line as a jCard property.
pub(super) fn of_line(line: &Line<'_>) -> Value {
    let mut parameters = Map::new();
    for given in &line.parameters {
        let value = match given.values.as_slice() {
            [one] => Value::from(one.clone()),
            many => Value::Array(many.iter().cloned().map(Value::from).collect()),
        };
        parameters.insert(given.name.clone(), value);
    }
    if let Some(group) = line.group() {
        parameters.insert("group".into(), group.into());
    }
    let raw = || {
        let raw = line.property.raw_text();
        raw.map_or_else(|_| line.text(), |raw| raw.into_owned())
    };
    let mut all = Vec::from([
        Value::from(line.property.name().to_ascii_lowercase()),
        Value::Object(parameters),
    ]);
    let word = line
        .property
        .parameter_values("VALUE")
        .find(|word| is_token(word.as_bytes()));
    let row = registry::known(line.property.name().as_bytes(), Version::V4_0);
    match (row, line.value_type) {
        (None, _) if word.is_none() => {
            all.push("unknown".into());
            all.push(raw().into());
        }
        (_, None) => {
            all.push(
                word.map_or("unknown".to_owned(), |word| word.to_ascii_lowercase())
                    .into(),
            );
            all.push(raw().into());
        }
        (row, Some(value_type)) => {
            all.push(value_type.name().into());
            match row.map(|row| row.shape) {
                Some(Shape::Components(_) | Shape::ComponentsRepeatingLast(_)) => {
                    all.push(components(line.components()));
                }
                Some(Shape::List) => all.extend(line.list().into_iter().map(Value::from)),
                // Others than texts have no escapes.
                _ => all.push(match value_type {
                    ValueType::Text | ValueType::Uri => line.text_or_uri().into(),
                    _ => in_json(value_type, raw()),
                }),
            }
        }
    }
    Value::Array(all)
}

/// A value that is no text in the form that jCard has for its type; as the text that it is where that
/// would not come back. RFC 7095, 3.5.
fn in_json(value_type: ValueType, raw: String) -> Value {
    let value = match (value_type, part(value_type)) {
        (_, Some(part)) => Value::from(date_format::extended(&raw, part)),
        (ValueType::Boolean, _) => Value::from(raw == "TRUE"),
        (ValueType::Integer, _) => raw.parse::<i64>().map_or(Value::Null, Value::from),
        (ValueType::Float, _) => raw.parse::<f64>().map_or(Value::Null, Value::from),
        _ => Value::Null,
    };
    match of_json(value_type, &value) == raw {
        true => value,
        false => raw.into(),
    }
}

/// The text of a value that is no text, as a card has it.
fn of_json(value_type: ValueType, value: &Value) -> String {
    match (value, part(value_type)) {
        (Value::Bool(true), _) => "TRUE".to_owned(),
        (Value::Bool(false), _) => "FALSE".to_owned(),
        (Value::String(text), Some(part)) => date_format::basic(text, part).into_owned(),
        (other, _) => as_text(other),
    }
}

/// One component is a text. RFC 7095, 3.3.1.3.
fn components(components: Vec<Vec<String>>) -> Value {
    let one = |mut texts: Vec<String>| match texts.len() {
        1 => Value::from(texts.pop().unwrap_or_default()),
        _ => Value::Array(texts.into_iter().map(Value::from).collect()),
    };
    let mut values: Vec<Value> = components.into_iter().map(one).collect();
    match values.len() {
        1 => values.pop().unwrap_or_default(),
        _ => Value::Array(values),
    }
}

/// The jCard properties of a card: those that come back as members, and the others, each with its
/// place. What frames a card, and JSPROP, are neither.
pub(super) fn parted(card: &Map<String, Value>) -> (Placed<'_>, Placed<'_>) {
    let all = card.get("vCardProps").and_then(Value::as_array);
    let all = all.into_iter().flatten().enumerate();
    all.partition(|(_, property)| {
        let name = property.get(0).and_then(Value::as_str);
        name.is_some_and(table::has_member)
    })
}

/// Properties with their places.
pub(super) type Placed<'v> = Vec<(usize, &'v Value)>;

/// The property of a jCard property; `None` for one that cannot be written.
pub(super) fn to_property(property: &Value) -> Option<Property> {
    let [name, parameters, value_type, values @ ..] = property.as_array()?.as_slice() else {
        return None;
    };
    let name = name.as_str()?.to_ascii_uppercase();
    if matches!(name.as_str(), "BEGIN" | "END" | "VERSION" | "JSPROP") {
        return None;
    }
    let row = registry::known(name.as_bytes(), Version::V4_0);
    let value_type = value_type.as_str()?;
    let texts = |value: &Value| -> Vec<String> {
        match value {
            Value::Array(items) => items.iter().map(as_text).collect(),
            one => Vec::from([as_text(one)]),
        }
    };
    let first = values.first()?;
    let value = match (row.map(|row| row.shape), value_type) {
        (_, "unknown") => raw(&as_text(first)),
        (Some(Shape::Components(_) | Shape::ComponentsRepeatingLast(_)), _) => {
            let components = match first {
                Value::Array(components) => components.iter().map(texts).collect(),
                one => Vec::from([texts(one)]),
            };
            PropertyValue::Components(components)
        }
        (Some(Shape::List), _) => PropertyValue::List(values.iter().map(as_text).collect()),
        (_, "uri") => PropertyValue::Uri(as_text(first)),
        (_, "text") => PropertyValue::Text(as_text(first)),
        (_, word) => match registry::value_type(word.as_bytes()) {
            Some(row) => raw(&of_json(row.value_type, first)),
            None => raw(&as_text(first)),
        },
    };
    let mut out = Out {
        name,
        group: None,
        parameters: Vec::new(),
        value,
    };
    let default = row.map(|row| row.default_type(Version::V4_0).name());
    if value_type != "unknown" && default != Some(value_type) {
        out.give("VALUE", value_type);
    }
    for (name, value) in parameters.as_object()? {
        match name.eq_ignore_ascii_case("group") {
            true => out.group = value.as_str().map(ToOwned::to_owned),
            false => out
                .parameters
                .push((name.to_ascii_uppercase(), texts(value))),
        }
    }
    out.into_property()
}

/// A value as it is. An AGENT may hold a card, line by line: on one line it has them as 3.0 writes it.
fn raw(text: &str) -> PropertyValue {
    let text = text.replace("\r\n", "\\n");
    PropertyValue::Raw(text.replace(['\r', '\n'], "\\n"))
}

fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
