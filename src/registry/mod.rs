//! What the standards say about properties, parameters and values, as tables.
//!
//! One row per property and per parameter, with a column for each version, because the versions
//! disagree. A test compares the tables cell by cell with `fixtures/registry/`.
//!
//! Covers vCard 2.1, RFC 2425, 2426, 2739, 4770, 6350, 6473, 6474, 6715, 6869, 7852 (TEL types),
//! 8605, 9554, 9555 and the JSCOMPS parameter of RFC 9982, and the `X-` names that address books
//! really write, with what they stand for. Cardinalities of 2.1 and 3.0 are read from their prose,
//! which has no notation for them.
//!
//! | file | what it is about |
//! |---|---|
//! | `property`, `properties` | what a row of a property says; the rows |
//! | `parameters` | the rows of parameters, and what each belongs to |
//! | `parameter_cells` | which parameters the properties of a column take |
//! | `revision` | what the revision of 4.0 has otherwise |
//! | `value_type`, `read_as` | the names of value types; which type reads a property |
//! | `registered_values`, `type_words` | the words of TYPE, KIND and the like |
//! | `media_words` | media types, and the words that 2.1 and 3.0 have for them |
//! | `vendor_words` | which property the name of a vendor stands for, and in which words |
//! | `hash`, `property_id`, `parameter_id` | how a name is found |
//!
//! Parameters of vendors have no rows; the one that is read, Samsung's X-CUSTOM, is a label.
//!
//! A name is looked up once, through a perfect hash; keep the row or its small [`PropertyId`].
//!
//! ```
//! use vcardinal::Version;
//! use vcardinal::registry::{self, Occurrence, ParameterId, Permit, PropertyId, ValueType};
//!
//! let bday = registry::property(b"bday").unwrap();
//! assert_eq!(bday.id, PropertyId::BDAY);
//! let column = bday.column(Version::V4_0).unwrap();
//! assert_eq!(column.occurrence, Occurrence::AtMostOne);
//! assert_eq!(column.default_type(), ValueType::DateAndOrTime);
//! assert!(column.permits_type(ValueType::Text));
//! assert_eq!(column.permit(ParameterId::SORT_AS), Permit::Meaningless);
//! ```

mod countries;
mod hash;
mod media_words;
mod parameter_cells;
mod parameter_id;
mod parameters;
mod properties;
mod property;
mod property_id;
mod read_as;
mod registered_values;
mod revision;
mod type_words;
mod value_type;
mod vendor_words;

use crate::version::Version;

pub use crate::word::nearest;
pub(crate) use countries::has_postal_code_first;
pub use media_words::{
    MediaRow, is_media_word, is_word_of_spoken, media_rows, media_type, media_word,
};
pub use parameter_id::ParameterId;
pub use parameters::{BelongsTo, Compare, Defined, Elsewhere, ParameterRow};
pub use property::{
    Allowed, AnyParameter, Column, Component, Condition, Occurrence, Permit, PropertyRow, Shape,
    StandsFor,
};
pub use property_id::PropertyId;
pub use read_as::ReadAs;
pub use registered_values::{ValueGroup, groups, registered_values};
pub(crate) use revision::revised;
pub(crate) use type_words::is_registered_type;
pub use value_type::{ValueType, ValueTypeRow};
#[cfg(feature = "convert")]
pub(crate) use vendor_words::related_label;
pub(crate) use vendor_words::related_word;
pub use vendor_words::{meant_type, standard_word, takes_vendor_words_only, vendor_word};

/// The row of a property, by its name in any letter case; `None` for a name that is not in the
/// tables.
///
/// ```
/// use vcardinal::registry::{self, PropertyId, StandsFor};
///
/// assert_eq!(registry::property(b"Tel").unwrap().name, "TEL");
/// let spouse = registry::property(b"X-SPOUSE").unwrap();
/// assert_eq!(spouse.stands_for, Some(StandsFor::Related("spouse")));
/// assert!(registry::property(b"X-UNHEARD-OF").is_none());
/// ```
#[must_use]
#[inline]
pub fn property(name: &[u8]) -> Option<&'static PropertyRow> {
    properties::PROPERTIES.get(properties::HASH.find(name)?)
}

/// The row of a property that a version has; names of vendors have no type that is known.
pub(crate) fn known(name: &[u8], version: Version) -> Option<&'static PropertyRow> {
    property(name).filter(|row| row.stands_for.is_none() && row.column(version).is_some())
}

/// Every property, in the order of their names.
///
/// ```
/// use vcardinal::{Version, registry};
///
/// let of_4_0 = registry::properties().iter().filter(|row| row.column(Version::V4_0).is_some());
/// assert!(of_4_0.count() > 50);
/// ```
#[must_use]
pub const fn properties() -> &'static [PropertyRow] {
    &properties::PROPERTIES
}

/// The row of a parameter, by its name in any letter case; `None` for a name that is not in the
/// tables.
///
/// ```
/// use vcardinal::registry;
///
/// assert!(registry::parameter(b"Type").unwrap().many);
/// assert!(registry::parameter(b"X-UNHEARD-OF").is_none());
/// ```
#[must_use]
pub fn parameter(name: &[u8]) -> Option<&'static ParameterRow> {
    parameters::PARAMETERS.get(parameters::HASH.find(name)?)
}

/// What a parameter says something about, by its name in any letter case; of a name that is not in
/// the tables, the property.
///
/// ```
/// use vcardinal::registry::{self, BelongsTo};
///
/// assert_eq!(registry::belongs_to(b"sort-as"), BelongsTo::Value);
/// assert_eq!(registry::belongs_to(b"X-UNHEARD-OF"), BelongsTo::Property);
/// ```
#[must_use]
pub fn belongs_to(parameter_name: &[u8]) -> BelongsTo {
    match parameter(parameter_name) {
        Some(row) => row.belongs_to,
        None if parameter_name.eq_ignore_ascii_case(OMITTED_YEAR.as_bytes()) => BelongsTo::Value,
        None => BelongsTo::Property,
    }
}

/// The parameter in which Apple names the year that stands for one that is not known.
pub(crate) const OMITTED_YEAR: &str = "X-APPLE-OMIT-YEAR";

/// Every parameter, in the order of their names.
///
/// ```
/// assert!(vcardinal::registry::parameters().iter().any(|row| row.name == "SORT-AS"));
/// ```
#[must_use]
pub fn parameters() -> &'static [ParameterRow] {
    &parameters::PARAMETERS
}

/// Whether a name or a word is private: `X-` in front, in any letter case. RFC 6350, 3.3, `x-name`.
///
/// The tables have some of these names too, with what they stand for.
///
/// ```
/// use vcardinal::registry;
///
/// assert!(registry::is_private(b"x-own") && !registry::is_private(b"XML"));
/// ```
#[must_use]
#[inline]
pub fn is_private(name: &[u8]) -> bool {
    matches!(name, [b'x' | b'X', b'-', ..])
}

/// The row of a value type, by the word a VALUE parameter has for it, in any letter case; `None` for
/// a word that is not registered.
///
/// `ptext` of RFC 2426 is text, `cid` of vCard 2.1 is content-id. `INLINE` of 2.1 names no type.
///
/// ```
/// use vcardinal::registry::{self, ValueType};
///
/// assert_eq!(registry::value_type(b"URI").unwrap().value_type, ValueType::Uri);
/// assert!(registry::value_type(b"x-blob").is_none());
/// ```
#[must_use]
pub fn value_type(name: &[u8]) -> Option<&'static ValueTypeRow> {
    value_type::find(name)
}

/// Every value type.
///
/// ```
/// assert!(vcardinal::registry::value_types().iter().any(|row| row.name == "utc-offset"));
/// ```
#[must_use]
pub fn value_types() -> &'static [ValueTypeRow] {
    &value_type::VALUE_TYPES
}

/// Whether the value of a property is a word of a list, and so a text that is not free: VERSION, KIND,
/// CLASS, PROFILE, GRAMGENDER, BEGIN and END.
///
/// ```
/// use vcardinal::registry::{PropertyId, is_enumerated};
///
/// assert!(is_enumerated(PropertyId::KIND) && !is_enumerated(PropertyId::NOTE));
/// ```
#[must_use]
pub fn is_enumerated(property: PropertyId) -> bool {
    matches!(property.row().shape, Shape::Single)
        && groups()
            .iter()
            .any(|group| group.parameter.is_none() && group.properties.contains(&property))
}

/// Whether this value is registered, in any letter case.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::registry::{ParameterId, PropertyId, is_registered};
///
/// assert!(is_registered(PropertyId::TEL, Some(ParameterId::TYPE), Version::V4_0, "CELL"));
/// ```
#[must_use]
pub fn is_registered(
    property: PropertyId,
    parameter: Option<ParameterId>,
    version: Version,
    value: &str,
) -> bool {
    if parameter == Some(ParameterId::TYPE) {
        return is_registered_type(property, version, value.as_bytes());
    }
    registered_values(property, parameter, version).any(|known| known.eq_ignore_ascii_case(value))
}
