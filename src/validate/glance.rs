//! Lines -> whether they are clean at a glance, as nearly all lines of nearly all cards are.
//!
//! No rule has anything to say about such a line, at any severity and under any profile, so none has
//! to look at it. What the glance knows it has from others: what a version says of properties and
//! parameters from the rows of the registry, what a clean value looks like from the value types
//! ([`is_clean`](crate::value::is_clean)), and what a rule has to see all the same from its file.
//! Whatever is not seen to be clean is left to the rules: a test holds the findings with and without
//! the glance against each other.

#[cfg(test)]
mod tests;

use super::looks_at::{ParameterSet, PropertySet};
use super::octets::{Octets, is_control};
use super::profile::Profile;
use super::rules::occurrences::Occurrences;
use super::rules::versions::Versions;
use super::rules::{
    LOOKED_AT, LOOKED_AT_FLAGS, LOOKED_AT_FOR_SERVERS, LOOKED_AT_IN_REVISION, LOOKED_AT_PARAMETERS,
    parameter_values, permitted_parameters, type_words, value_types, values::email_addresses,
    values::uris,
};
use crate::registry::{
    self, Column, Condition, Defined, ParameterId, Permit, PropertyId, PropertyRow, ValueType,
};
use crate::syntax::ContentLine;
use crate::syntax::byte_class::{is_in_token, is_token, is_x_name};
use crate::syntax::wide;
use crate::value;
use crate::version::Version;

/// A look at the lines of one card.
#[derive(Clone, Copy)]
pub(super) struct Glance {
    standard: Version,
    /// Properties that are left to the rules.
    left: &'static PropertySet,
    /// What octets there are in the card, if there are some that not every line may have.
    octets: Option<Octets>,
    /// Whether the version has TYPE, and no rule wants to see each.
    takes_types: bool,
}

/// The value of the usual parameter, found without a search.
#[inline(always)]
fn type_value(parameter: &[u8]) -> Option<&[u8]> {
    match parameter {
        [b'T', b'Y', b'P', b'E', b'=', value @ ..] | [b't', b'y', b'p', b'e', b'=', value @ ..] => {
            Some(value)
        }
        _ => None,
    }
}

/// The parameters of a line, up to the current one.
struct Parameters<'r> {
    /// The property, and what the version says of it; none of a private one, which takes any.
    property: Option<(&'r PropertyRow, &'r Column)>,
    seen: ParameterSet,
    value_type: Option<ValueType>,
    /// Whether some want the value to be a text, or a URI.
    condition: Option<Condition>,
}

impl Glance {
    pub fn new(profile: Profile, standard: Version, octets: Octets) -> Self {
        let special =
            octets.control || !octets.utf8 || (octets.non_ascii && standard == Version::V2_1);
        Glance {
            standard,
            left: match profile {
                Profile::Vcard4Bis => &LOOKED_AT_IN_REVISION,
                Profile::CardDav => &LOOKED_AT_FOR_SERVERS,
                _ => &LOOKED_AT,
            },
            octets: special.then_some(octets),
            takes_types: ParameterId::TYPE.row().defined(standard) == Defined::Yes
                && !LOOKED_AT_PARAMETERS.has(ParameterId::TYPE),
        }
    }

    /// Whether no rule has anything to say about a line, but those about physical lines. If so, what
    /// is to be remembered of it is noted.
    #[inline(always)]
    pub fn is_clean(
        &self,
        line: &ContentLine<'_>,
        versions: &mut Versions,
        occurrences: &mut Occurrences<'_>,
    ) -> bool {
        let value = line.raw_value();
        if line.flags().has(LOOKED_AT_FLAGS) || value.is_empty() {
            return line.raw() == b"END:VCARD\r\n";
        }
        if let Some(octets) = self.octets
            && !self.are_clean_octets(octets, line.raw())
        {
            return false;
        }
        let Some(row) = registry::property(line.name_bytes()) else {
            return self.is_clean_private(*line, None);
        };
        if row.stands_for.is_some() {
            return self.is_clean_private(*line, Some(row));
        }
        let Some(column) = row.column(self.standard).filter(|_| !self.left.has(row.id)) else {
            return false;
        };
        let Some(value_type) = self.value_type(line, Some((row, column))) else {
            return false;
        };
        // The row has at hand what reads the type of most values.
        let read_as = match value_type == column.default_type() {
            true => row.read_without_value_as(self.standard),
            false => row.read_as(value_type),
        };
        if !value::is_clean(read_as, value_type, value, self.standard)
            || !uris::is_clean(row.id, value_type, value)
            || !email_addresses::is_clean(row.id, value)
        {
            return false;
        }
        if row.id == PropertyId::VERSION
            && (line.group().is_some() || !versions.note_clean(value, self.standard))
        {
            return false;
        }
        occurrences.note_clean(row, column, value)
    }

    /// Whether the octets of a line are in order, in a card where some are not.
    #[cold]
    fn are_clean_octets(&self, octets: Octets, raw: &[u8]) -> bool {
        let control = octets.control && wide::any(raw, is_control);
        let ascii = !octets.non_ascii || raw.is_ascii();
        let utf8 = octets.utf8 || ascii || simdutf8::basic::from_utf8(raw).is_ok();
        !control && utf8 && (ascii || self.standard != Version::V2_1)
    }

    /// Of a property whose name begins with `X-`. Where there is a row, it stands for another one,
    /// in the form of its producer; otherwise it is a text. It takes a copy of the line, so that the
    /// parts of others can stay in registers.
    #[inline(never)]
    fn is_clean_private(&self, line: ContentLine<'_>, row: Option<&PropertyRow>) -> bool {
        let name = line.name_bytes();
        let value = line.raw_value();
        let is_value = match row {
            Some(row) => !self.left.has(row.id) && memchr::memchr(b'\\', value).is_none(),
            None => {
                registry::is_private(name)
                    && name.len() > 2
                    && is_token(name)
                    && value::Text::is_clean(value, self.standard)
            }
        };
        is_value && self.value_type(&line, None).is_some()
    }

    /// The type of the value, if group and parameters are clean.
    #[inline(always)]
    fn value_type(
        &self,
        line: &ContentLine<'_>,
        property: Option<(&PropertyRow, &Column)>,
    ) -> Option<ValueType> {
        let default = property.map_or(ValueType::Text, |(_, column)| column.default_type());
        let (head, name) = (line.head(), line.name_bytes());
        if head.len() == name.len() {
            return Some(default);
        }
        let group = line.group().unwrap_or_default();
        if !group.bytes().all(is_in_token) {
            return None;
        }
        let dot = usize::from(!group.is_empty());
        match head.get(group.len() + dot + name.len()..)? {
            [] => Some(default),
            [b';', text @ ..] => self.parameters(text, property, default),
            _ => None,
        }
    }

    fn parameters(
        &self,
        text: &[u8],
        property: Option<(&PropertyRow, &Column)>,
        default: ValueType,
    ) -> Option<ValueType> {
        // One TYPE alone, as most lines with parameters have, says nothing of the type of the value.
        if let Some(words) = type_value(text)
            && let Some((property, column)) = property
            && wide::position(words, b';').is_none()
        {
            let is_clean = self.takes_types
                && column.permit(ParameterId::TYPE) == Permit::If(Condition::Always)
                && type_words::is_clean(property.id, self.standard, words);
            return is_clean.then_some(default);
        }
        let mut parameters = Parameters {
            property,
            seen: ParameterSet::new(),
            value_type: None,
            condition: None,
        };
        // No quotes are in the text, since a rule looks at them.
        let mut rest = text;
        while let Some(end) = wide::position(rest, b';') {
            let (parameter, after) = rest.split_at_checked(end)?;
            self.parameter(parameter, &mut parameters)?;
            rest = after.get(1..)?;
        }
        self.parameter(rest, &mut parameters)?;
        let value_type = parameters.value_type.unwrap_or(default);
        let fits = match parameters.condition {
            None => true,
            Some(Condition::IfText) => permitted_parameters::may_be_text(Some(value_type)),
            Some(_) => permitted_parameters::may_be_uri(Some(value_type)),
        };
        fits.then_some(value_type)
    }

    /// Nothing, if a parameter is not clean.
    fn parameter(&self, text: &[u8], parameters: &mut Parameters<'_>) -> Option<()> {
        let (id, value) = match type_value(text) {
            Some(value) => (ParameterId::TYPE, value),
            None => {
                let Some(equals) = text.iter().position(|byte| *byte == b'=') else {
                    return self.bare(text, parameters);
                };
                let (name, value) = text.split_at_checked(equals)?;
                let value = value.get(1..)?;
                match registry::parameter(name) {
                    Some(row) => (row.id, value),
                    None => return self.unknown(name, value, parameters),
                }
            }
        };
        let row = id.row();
        if value.is_empty()
            || row.defined(self.standard) != Defined::Yes
            || LOOKED_AT_PARAMETERS.has(id)
        {
            return None;
        }
        if !row.many && (!parameters.seen.insert(id) || value.contains(&b',')) {
            return None;
        }
        let Some((property, column)) = parameters.property else {
            // VALUE says more of a private property than its name does.
            let is_clean = id == ParameterId::TYPE
                || (id != ParameterId::VALUE
                    && parameter_values::is_clean(id, self.standard, value));
            return (is_clean && !value.contains(&b'^')).then_some(());
        };
        match column.permit(id) {
            Permit::If(Condition::Always) => {}
            Permit::If(condition @ (Condition::IfText | Condition::IfUri)) => {
                let other = parameters.condition.replace(condition);
                if other.is_some_and(|other| other != condition) {
                    return None;
                }
            }
            _ => return None,
        }
        let is_clean = match id {
            ParameterId::TYPE => type_words::is_clean(property.id, self.standard, value),
            ParameterId::VALUE => {
                let named = value_types::clean(value, self.standard, column)?;
                parameters.value_type.replace(named).is_none()
            }
            _ => parameter_values::is_clean(id, self.standard, value) && !value.contains(&b'^'),
        };
        is_clean.then_some(())
    }

    /// A word without a name, which 2.1 has for TYPE.
    fn bare(&self, word: &[u8], parameters: &Parameters<'_>) -> Option<()> {
        let (property, column) = parameters.property?;
        let is_type = self.standard == Version::V2_1
            && registry::parameter(word).is_none()
            && column.permit(ParameterId::TYPE) == Permit::If(Condition::Always)
            && type_words::is_clean(property.id, self.standard, word);
        is_type.then_some(())
    }

    /// A parameter that no table has.
    fn unknown(&self, name: &[u8], value: &[u8], parameters: &Parameters<'_>) -> Option<()> {
        let taken = parameters
            .property
            .is_none_or(|(_, column)| permitted_parameters::takes_unknown(column, name));
        (taken && is_x_name(name) && !value.is_empty() && !value.contains(&b'^')).then_some(())
    }
}
