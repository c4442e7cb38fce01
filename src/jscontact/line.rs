//! A property of a card of 4.0, decoded.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::card::PropertyRef;
use crate::registry::{self, ParameterId, PropertyId, PropertyRow, ValueType};
use crate::syntax::Charset;
use crate::value::{Uri, Value as _};
use crate::version::Version;

/// A parameter: its name in lower case, and its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Given {
    pub name: String,
    pub id: Option<ParameterId>,
    pub values: Vec<String>,
}

/// A property: its name, what it is, and its parameters, one of each name.
#[derive(Debug, Clone)]
pub(super) struct Line<'c> {
    pub property: PropertyRef<'c>,
    pub row: Option<&'static PropertyRow>,
    /// The type of its value; `None` where VALUE names one that is not registered.
    pub value_type: Option<ValueType>,
    /// Without VALUE.
    pub parameters: Vec<Given>,
    /// How many parameters it is written with.
    pub written: usize,
    /// The line of the input it begins on.
    pub number: u64,
}

impl<'c> Line<'c> {
    pub fn new(property: PropertyRef<'c>, number: u64) -> Self {
        let fallback = property.card().fallback_charset();
        let property = property.with_fallback_charset(fallback.or(Some(Charset::WINDOWS_1252)));
        let mut parameters: Vec<Given> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut written = 0;
        for parameter in property.parameters() {
            written += 1;
            let id = registry::parameter(parameter.meaning().as_bytes()).map(|row| row.id);
            // The value says them: its type stands beside it, and its text is decoded.
            if let Some(ParameterId::VALUE | ParameterId::ENCODING | ParameterId::CHARSET) = id {
                continue;
            }
            let name = parameter.meaning().to_ascii_lowercase();
            let values = parameter.values().map(|value| value.into_owned());
            let at = places.get(&name).copied();
            match at.and_then(|at| parameters.get_mut(at)) {
                Some(own) => own.values.extend(values),
                None => {
                    places.insert(name.clone(), parameters.len());
                    parameters.push(Given {
                        name,
                        id,
                        values: values.collect(),
                    });
                }
            }
        }
        Line {
            row: registry::property(property.name().as_bytes()),
            value_type: property.value_type(),
            property,
            parameters,
            written,
            number,
        }
    }

    pub fn id(&self) -> Option<PropertyId> {
        self.row.map(|row| row.id)
    }

    pub fn group(&self) -> Option<&'c str> {
        self.property.group()
    }

    /// Takes a parameter away.
    pub fn take(&mut self, id: ParameterId) -> Option<Vec<String>> {
        let at = self.parameters.iter().position(|own| own.id == Some(id))?;
        Some(self.parameters.remove(at).values)
    }

    /// The first value of a parameter.
    pub fn first(&self, id: ParameterId) -> Option<&str> {
        let own = self.parameters.iter().find(|own| own.id == Some(id))?;
        own.values
            .first()
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// The words of a parameter, whether they are in quotes together or not.
    pub fn take_words(&mut self, id: ParameterId) -> Vec<String> {
        let values = self.take(id).unwrap_or_default();
        let words = values.iter().flat_map(|value| value.split(','));
        words
            .map(|word| word.trim().to_owned())
            .filter(|word| !word.is_empty())
            .collect()
    }

    /// Its value as a text.
    pub fn text(&self) -> String {
        self.property.text_lossy().into_owned()
    }

    /// Its value as a URI.
    pub fn uri(&self) -> String {
        let Ok(raw) = self.property.raw_text() else {
            return self.text();
        };
        match Uri::parse(&raw, Version::V4_0) {
            Ok(uri) => uri.as_str().to_owned(),
            Err(_) => raw.into_owned(),
        }
    }

    /// Whether its value is a URI.
    pub fn is_uri(&self) -> bool {
        self.value_type == Some(ValueType::Uri)
    }

    /// Its value as a text or a URI.
    pub fn text_or_uri(&self) -> String {
        match self.is_uri() {
            true => self.uri(),
            false => self.text(),
        }
    }

    /// The texts of its list.
    pub fn list(&self) -> Vec<String> {
        self.property
            .list()
            .unwrap_or_else(|_| Vec::from([self.text()]))
    }

    /// Its components.
    pub fn components(&self) -> Vec<Vec<String>> {
        let single = || Vec::from([Vec::from([self.text()])]);
        self.property.components().unwrap_or_else(|_| single())
    }
}
