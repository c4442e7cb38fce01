//! Cards made at random of the rows of the registry, right by the standards.
//!
//! Two steps: a [`Draft`] of each property by itself, and then what the properties of a card ask of
//! each other: numbers that differ, maps of the sources of PIDs, ALTIDs, groups with a label.

mod parameters;
mod relations;
mod values;

use proptest::prelude::*;
use proptest::sample::select;

use vcardinal::registry::{
    self, AnyParameter, Condition, Defined, Occurrence, ParameterId, ParameterRow, Permit,
    PropertyId, PropertyRow, StandsFor, ValueType,
};
use vcardinal::{Card, Parameter, Property, PropertyValue, Version};

use parameters::draft;
use relations::complete;

#[allow(unused_imports, reason = "no test uses all of it")]
pub use values::registered;

/// A private name that no table has. Its value may be of any type.
pub const FREE: &str = "X-VCARDINAL-ANY";

/// The name of the registry that is no name by any grammar, and is only read.
pub const UNWRITABLE: &str = "X-MICROSOFT-ASST_TEL";

/// A property that may be asked for, and the type its value has.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// None for [`FREE`].
    pub row: Option<&'static PropertyRow>,
    pub value_type: ValueType,
}

impl Wanted {
    pub fn name(self) -> &'static str {
        self.row.map_or(FREE, |row| row.name)
    }

    fn is(self, id: PropertyId) -> bool {
        self.row.is_some_and(|row| row.id == id)
    }

    fn is_label(self) -> bool {
        self.row
            .is_some_and(|row| row.stands_for == Some(StandsFor::Label))
    }

    fn default_type(self, version: Version) -> ValueType {
        let column = self.row.and_then(|row| row.column(version));
        column.map_or(ValueType::Text, |column| column.default_type())
    }

    /// Whether several in a card are too many, unless they are alternatives.
    pub fn is_once(self, version: Version) -> bool {
        let column = self.row.and_then(|row| row.column(version));
        column.is_some_and(|column| {
            matches!(
                column.occurrence,
                Occurrence::AtMostOne | Occurrence::ExactlyOne
            )
        })
    }

    fn takes_private(self, version: Version) -> bool {
        let column = self.row.and_then(|row| row.column(version));
        column.is_none_or(|column| column.any != AnyParameter::No)
    }

    /// When the property may have this parameter. A private name may have any of the version.
    pub fn takes(self, parameter: &ParameterRow, version: Version) -> Option<Condition> {
        if parameter.defined(version) != Defined::Yes {
            return None;
        }
        let Some(row) = self.row else {
            return Some(Condition::Always);
        };
        match row.column(version)?.permit(parameter.id) {
            Permit::If(Condition::Forbidden) | Permit::No => None,
            Permit::If(condition) => Some(condition),
            Permit::Meaningless => row.stands_for.map(|_| Condition::Always),
            other => panic!("{other:?}"),
        }
    }
}

/// All that a version has, but for BEGIN, VERSION and END, which the builder writes.
pub fn all(version: Version) -> Vec<Wanted> {
    let named = registry::properties()
        .iter()
        .filter(|row| {
            !matches!(
                row.id,
                PropertyId::BEGIN | PropertyId::END | PropertyId::VERSION
            ) && row.name != UNWRITABLE
        })
        .filter_map(|row| Some((row, row.column(version)?)))
        .flat_map(|(row, column)| {
            column.types.iter().map(move |value_type| Wanted {
                row: Some(row),
                value_type: *value_type,
            })
        });
    let free = registry::value_types()
        .iter()
        .filter(|row| row.versions.contains(&version))
        .map(|row| Wanted {
            row: None,
            value_type: row.value_type,
        });
    named.chain(free).collect()
}

/// A parameter: its name and its values.
type Named = (String, Vec<String>);

/// A property, and what the others of the card decide about it in `parameters`: the sources of its
/// PIDs, the start of its PROP-ID, how its companions with PHONETIC sound.
#[derive(Debug, Clone)]
pub struct Draft {
    wanted: Wanted,
    /// The name as it is written.
    name: String,
    group: Option<String>,
    parameters: Vec<Named>,
    value: PropertyValue,
}

impl Draft {
    fn new(name: &str, value: PropertyValue) -> Self {
        Draft {
            wanted: Wanted {
                row: registry::property(name.as_bytes()),
                value_type: ValueType::Text,
            },
            name: name.to_owned(),
            group: None,
            parameters: Vec::new(),
            value,
        }
    }

    fn get(&self, id: ParameterId) -> Option<&[String]> {
        let found = self.parameters.iter().find(|(name, _)| name == id.name());
        found.map(|(_, values)| values.as_slice())
    }

    fn set(&mut self, id: ParameterId, values: Vec<String>) {
        match self
            .parameters
            .iter_mut()
            .find(|(name, _)| name == id.name())
        {
            Some((_, old)) => *old = values,
            None => self.parameters.push((id.name().to_owned(), values)),
        }
    }

    fn remove(&mut self, id: ParameterId) -> Option<Vec<String>> {
        let at = self
            .parameters
            .iter()
            .position(|(name, _)| name == id.name())?;
        Some(self.parameters.remove(at).1)
    }

    fn into_property(self) -> Property {
        let mut property = Property::new(self.name, self.value).unwrap();
        if let Some(group) = self.group {
            property = property.with_group(group).unwrap();
        }
        self.parameters
            .into_iter()
            .fold(property, |property, (name, values)| {
                property.with_parameter(Parameter::new(name, values).unwrap())
            })
    }
}

/// A card with these properties, and with what they and the version ask for.
pub fn card(wanted: Vec<Wanted>, version: Version) -> BoxedStrategy<Card> {
    let drafts: Vec<_> = wanted.into_iter().map(|one| draft(one, version)).collect();
    drafts
        .prop_map(move |drafts| {
            complete(drafts, version)
                .into_iter()
                .map(Draft::into_property)
                .fold(Card::builder(version), |builder, property| {
                    builder.property(property)
                })
                .build()
                .unwrap()
        })
        .boxed()
}

#[allow(dead_code, reason = "no test uses all of it")]
/// A card with a few properties of a version; those of one name more often than chance has it.
pub fn any_card(version: Version) -> impl Strategy<Value = Card> {
    let all = all(version);
    (
        prop::collection::vec(select(all), 0..8),
        prop::collection::vec(any::<prop::sample::Index>(), 0..3),
    )
        .prop_flat_map(move |(mut wanted, again)| {
            if !wanted.is_empty() {
                wanted.extend(
                    again
                        .iter()
                        .map(|one| *one.get(&wanted))
                        .collect::<Vec<_>>(),
                );
            }
            card(wanted, version)
        })
}
