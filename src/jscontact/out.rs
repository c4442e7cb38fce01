//! A property to be written, and the groups and ALTIDs that a new card uses.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_json::{Map, Value};

use crate::card::{Parameter, Property, PropertyValue};
use crate::registry::{PropertyId, ValueType};
use crate::version::Version;

/// A property on its way into a card.
#[derive(Debug, Clone)]
pub(super) struct Out {
    pub name: String,
    pub group: Option<String>,
    pub parameters: Vec<(String, Vec<String>)>,
    pub value: PropertyValue,
}

impl Out {
    pub fn new(property: PropertyId, value: PropertyValue) -> Self {
        // The usual spelling of it is not that of the registry.
        let name = match property {
            PropertyId::X_ABLABEL => "X-ABLabel",
            other => other.name(),
        };
        Out {
            name: name.to_owned(),
            group: None,
            parameters: Vec::new(),
            value,
        }
    }

    /// With a value of a type, which VALUE says where the property has another one by itself.
    pub fn typed(property: PropertyId, value: PropertyValue, value_type: ValueType) -> Self {
        let mut out = Out::new(property, value);
        if property.row().default_type(Version::V4_0) != value_type {
            out.give("VALUE", value_type.name());
        }
        out
    }

    pub fn has(&self, name: &str) -> bool {
        self.parameters
            .iter()
            .any(|(own, _)| own.eq_ignore_ascii_case(name))
    }

    pub fn give(&mut self, name: &str, value: impl Into<String>) {
        self.parameters
            .push((name.to_owned(), Vec::from([value.into()])));
    }

    /// Adds words to a parameter.
    pub fn add(&mut self, name: &str, words: impl IntoIterator<Item = String>) {
        let own = self
            .parameters
            .iter_mut()
            .find(|(own, _)| own.eq_ignore_ascii_case(name));
        match own {
            Some((_, values)) => values.extend(words),
            None => {
                let words: Vec<String> = words.into_iter().collect();
                if !words.is_empty() {
                    self.parameters.push((name.to_owned(), words));
                }
            }
        }
    }

    /// Adds `vCardParams`, but for what the members say themselves.
    pub fn add_params(&mut self, object: &Map<String, Value>) {
        let Some(params) = object.get("vCardParams").and_then(Value::as_object) else {
            return;
        };
        let own = self.parameters.iter();
        let mut own: BTreeSet<String> = own.map(|(name, _)| name.to_ascii_uppercase()).collect();
        for (name, value) in params {
            let values: Vec<String> = match value {
                Value::String(one) => Vec::from([one.clone()]),
                Value::Array(many) => many
                    .iter()
                    .filter_map(Value::as_str)
                    .map(ToOwned::to_owned)
                    .collect(),
                _ => continue,
            };
            let upper = name.to_ascii_uppercase();
            match upper.as_str() {
                "GROUP" => self.group = values.into_iter().next(),
                "TYPE" => self.add("TYPE", values),
                // What the value and the key say.
                "VALUE" | "ENCODING" | "CHARSET" | "PROP-ID" => {}
                _ if !own.insert(upper.clone()) => {}
                _ => self.parameters.push((upper, values)),
            }
        }
    }

    /// The property, where it can be written.
    pub fn into_property(self) -> Option<Property> {
        let mut property = Property::new(self.name, self.value).ok()?;
        if let Some(group) = self.group {
            property = property.with_group(group).ok()?;
        }
        for (name, values) in self.parameters {
            property = property.with_parameter(Parameter::new(name, values).ok()?);
        }
        Some(property)
    }
}

/// The texts of all members of this name, however deep they are.
fn texts_named<'v>(card: &'v Value, name: &str) -> Vec<&'v str> {
    let mut texts = Vec::new();
    let mut left = Vec::from([card]);
    while let Some(value) = left.pop() {
        match value {
            Value::Object(map) => {
                texts.extend(map.get(name).and_then(Value::as_str));
                left.extend(map.values());
            }
            Value::Array(items) => left.extend(items),
            _ => {}
        }
    }
    texts
}

/// The groups of a new card.
#[derive(Debug, Default)]
pub(super) struct NewGroups {
    used: BTreeSet<String>,
    last: usize,
}

impl NewGroups {
    /// With the groups that the card brings.
    pub fn of(card: &Value) -> Self {
        let groups = texts_named(card, "group").into_iter();
        NewGroups {
            used: groups.map(str::to_ascii_lowercase).collect(),
            last: 0,
        }
    }

    /// A group that nothing has.
    pub fn free(&mut self) -> String {
        loop {
            self.last += 1;
            let group = format!("item{}", self.last);
            if self.used.insert(group.clone()) {
                return group;
            }
        }
    }
}

/// The ALTIDs of a new card: those of each property count from 1.
#[derive(Debug, Default)]
pub(super) struct AltIds {
    last: BTreeMap<PropertyId, usize>,
    used: BTreeSet<String>,
}

impl AltIds {
    /// With the ALTIDs that the card brings.
    pub fn of(card: &Value) -> Self {
        let ids = texts_named(card, "altid").into_iter();
        AltIds {
            last: BTreeMap::new(),
            used: ids.map(ToOwned::to_owned).collect(),
        }
    }

    pub fn next(&mut self, property: PropertyId) -> String {
        let last = self.last.entry(property).or_default();
        loop {
            *last += 1;
            let id = last.to_string();
            if !self.used.contains(&id) {
                return id;
            }
        }
    }
}
