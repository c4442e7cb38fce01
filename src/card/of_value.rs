//! What becomes of the parameters of a line when its value becomes another.
//!
//! A parameter says something about the value, the property or its place in the card: a column of
//! the [`registry`](crate::registry). What described the old value goes with it, what does not stays.
//! So does a whole property whose PHONETIC says how the old value sounds.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Card, EntryId};
use crate::registry::{
    self, BelongsTo, Condition, ParameterId, Permit, PropertyId, PropertyRow, ValueType,
};
use crate::syntax::ParameterRef;
use crate::version::Version;

impl Card {
    /// The properties that say how the value of this one sounds: those of its name and ALTID that have
    /// PHONETIC, where it has none itself. RFC 9554, 4.6.
    pub(super) fn sounds_of(&self, id: EntryId) -> Vec<EntryId> {
        let (altid, phonetic) = (ParameterId::ALTID.name(), ParameterId::PHONETIC.name());
        if self.effective_version() != Version::V4_0 {
            return Vec::new();
        }
        let some = self.entry(id);
        let Some(property) = some.filter(|one| one.line().parameter_text().is_some()) else {
            return Vec::new();
        };
        let Some(of) = property.parameter(altid).map(|parameter| parameter.value()) else {
            return Vec::new();
        };
        if property.parameter(phonetic).is_some() {
            return Vec::new();
        }
        let others = self.properties_named(property.name());
        let sounds = others.filter(|other| {
            other.parameter(phonetic).is_some()
                && other
                    .parameter(altid)
                    .is_some_and(|other| other.value() == of)
        });
        sounds.map(|sound| sound.id()).collect()
    }
}

/// A value that takes the place of another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewValue {
    row: Option<&'static PropertyRow>,
    value_type: ValueType,
    version: Version,
    /// Whether the words of TYPE that name a media type before 4.0 are those of this value, too.
    keeps_media_type: bool,
    /// Whether it is of the type that VALUE says of the old one, too.
    keeps_type: bool,
}

/// What becomes of one parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It stays as it is written.
    Stays,
    /// It described the old value.
    Goes,
    /// These of its values stay.
    Keeps(Vec<String>),
}

impl NewValue {
    /// Of a property with this row.
    pub fn new(row: Option<&'static PropertyRow>, value_type: ValueType, version: Version) -> Self {
        NewValue {
            row,
            value_type,
            version,
            keeps_media_type: false,
            keeps_type: false,
        }
    }

    /// For what is written without a word of its type: it has that of the value before.
    pub fn keeping_type(self) -> Self {
        NewValue {
            keeps_type: true,
            ..self
        }
    }

    /// For inline data that does not say what it is: TYPE does.
    pub fn keeping_media_type(self) -> Self {
        NewValue {
            keeps_media_type: true,
            ..self
        }
    }

    /// What becomes of a parameter of the old value.
    pub fn fate(&self, parameter: &ParameterRef<'_>) -> Fate {
        let name = parameter.meaning().as_bytes();
        match registry::belongs_to(name) {
            BelongsTo::Value if self.keeps_type && name.eq_ignore_ascii_case(b"VALUE") => {
                Fate::Stays
            }
            BelongsTo::Value => Fate::Goes,
            BelongsTo::SuchValues if self.takes(name) => Fate::Stays,
            BelongsTo::SuchValues => Fate::Goes,
            BelongsTo::Entry if name.eq_ignore_ascii_case(b"TYPE") => self.fate_of_type(parameter),
            BelongsTo::Entry | BelongsTo::Property => Fate::Stays,
        }
    }

    /// Whether this value, as it is, takes a parameter that the old one had.
    fn takes(&self, name: &[u8]) -> bool {
        let column = self.row.and_then(|row| row.column(self.version));
        let (Some(column), Some(parameter)) = (column, registry::parameter(name)) else {
            return true;
        };
        match column.permit(parameter.id) {
            Permit::If(Condition::IfText) => self.value_type == ValueType::Text,
            Permit::If(Condition::IfUri) => self.value_type == ValueType::Uri,
            _ => true,
        }
    }

    fn fate_of_type(&self, parameter: &ParameterRef<'_>) -> Fate {
        let Some(id) = self.media_property() else {
            return Fate::Stays;
        };
        let is_media = |word: &Cow<'_, str>| registry::is_media_word(id, word);
        if self.keeps_media_type || !parameter.values().any(|word| is_media(&word)) {
            return Fate::Stays;
        }
        let rest: Vec<String> = parameter
            .values()
            .filter(|word| !is_media(word))
            .map(Cow::into_owned)
            .collect();
        match rest.is_empty() {
            true => Fate::Goes,
            false => Fate::Keeps(rest),
        }
    }

    /// The property whose TYPE names a media type, which 4.0 does not have.
    fn media_property(&self) -> Option<PropertyId> {
        let row = self.row.filter(|row| row.is_media())?;
        (self.version != Version::V4_0).then_some(row.id)
    }
}
