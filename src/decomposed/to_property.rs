//! The parts of a property -> properties of 4.0 to be written.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Deviation;
use super::property::{Decomposed, GivenParameter, Type, Values};
use super::value_kind::{in_form, is_listed, part};
use crate::card::{Parameter, Property, PropertyValue, TokenError};
use crate::registry::{self, PropertyRow, ReadAs, Shape, ValueType};
use crate::syntax::date_format::is_zone;
use crate::syntax::escape::{escape_text, escape_uri, unescape};
use crate::version::Version;

/// What parts were put together to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Composed {
    /// The properties: one, or one for each value of a property that has one value only.
    pub properties: Vec<Property>,
    /// What is not written as the parts have it.
    pub deviations: Vec<Deviation>,
}

impl Decomposed<'_> {
    /// The properties of a 4.0 card with these parts.
    ///
    /// VALUE is written where the type is not the default of the property; values of the type
    /// [`Type::Unknown`] and of words that are not registered are written as they are. Dates may be in
    /// the extended format. A structured value with one text has that as its first component, and
    /// names and addresses get all of their components. RFC 7095, 3.4.1, 4 and 5.2.
    ///
    /// # Errors
    ///
    /// The group, the name, the type, or the name of a parameter is not a valid name.
    ///
    /// ```
    /// use vcardinal::decomposed::{Decomposed, Type, Values, card_of};
    /// use vcardinal::registry::ValueType;
    ///
    /// let values = Values::One("Quist; Roe".into());
    /// let parts = Decomposed::new("n", Type::Known(ValueType::Text), values);
    /// let card = card_of(parts.to_properties()?.properties)?;
    /// assert!(card.to_string().contains("\r\nn:Quist\\; Roe;;;;\r\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_properties(&self) -> Result<Composed, TokenError> {
        let row = registry::known(self.name.as_bytes(), Version::V4_0);
        let mut writing = Writing {
            parts: self,
            row,
            deviations: Vec::new(),
        };
        let mut values = writing.values();
        if values.len() > 1 {
            writing.deviations.push(Deviation::SeveralValues);
        }
        let is_text_now = matches!(self.value_type, Type::Known(own) if own != ValueType::Text)
            && matches!(values.as_slice(), [PropertyValue::Text(_)]);
        let mut parameters = Vec::with_capacity(self.parameters.len() + 1);
        let value = match is_text_now {
            true => Some("text"),
            false => self.value_parameter(row),
        };
        if let Some(value) = value {
            parameters.push(Parameter::new("VALUE", [value])?);
        }
        for given in &self.parameters {
            parameters.push(writing.parameter(given)?);
        }
        let last = values.pop();
        let mut properties = Vec::with_capacity(values.len() + 1);
        for value in values {
            properties.push(self.property(value, parameters.clone())?);
        }
        if let Some(value) = last {
            properties.push(self.property(value, parameters)?);
        }
        Ok(Composed {
            properties,
            deviations: writing.deviations,
        })
    }

    fn property(
        &self,
        value: PropertyValue,
        parameters: Vec<Parameter>,
    ) -> Result<Property, TokenError> {
        let mut property = Property::new(self.name.to_string(), value)?;
        property.parameters = parameters;
        match &self.group {
            Some(group) => property.with_group(group.to_string()),
            None => Ok(property),
        }
    }

    /// What VALUE has to say.
    fn value_parameter(&self, row: Option<&PropertyRow>) -> Option<&str> {
        let value_type = match &self.value_type {
            Type::Unknown => return None,
            Type::Other(name) => return Some(name),
            Type::Known(value_type) => *value_type,
        };
        let says_nothing = row.is_some_and(|row| {
            let default = row.default_type(Version::V4_0);
            default == value_type
                || default.is_date() && (value_type.is_date() || value_type == ValueType::Time)
        });
        (!says_nothing).then(|| value_type.name())
    }
}

/// Takes control characters out of a text that has some.
fn without_control_characters<'t>(text: &'t str, deviations: &mut Vec<Deviation>) -> Cow<'t, str> {
    let is_bad = |letter: char| letter.is_ascii_control() && !matches!(letter, '\t' | '\n' | '\r');
    if !text.contains(is_bad) {
        return Cow::Borrowed(text);
    }
    deviations.push(Deviation::ControlCharacters);
    Cow::Owned(text.chars().filter(|letter| !is_bad(*letter)).collect())
}

/// As a value that stands on the line as it is: escapes for its line breaks.
fn on_one_line<'t>(text: &'t str, deviations: &mut Vec<Deviation>) -> Cow<'t, str> {
    let text = without_control_characters(text, deviations);
    if !text.contains(['\r', '\n']) {
        return text;
    }
    deviations.push(Deviation::LineBreak);
    Cow::Owned(text.replace("\r\n", "\n").replace(['\r', '\n'], "\\n"))
}

struct Writing<'r, 'a> {
    parts: &'r Decomposed<'a>,
    row: Option<&'static PropertyRow>,
    deviations: Vec<Deviation>,
}

impl Writing<'_, '_> {
    fn text(&mut self, text: &str) -> String {
        without_control_characters(text, &mut self.deviations).into_owned()
    }

    fn values(&mut self) -> Vec<PropertyValue> {
        let shape = self.row.map(|row| row.shape);
        let has_components = self
            .row
            .is_some_and(|row| !row.components(Version::V4_0).is_empty());
        let Type::Known(value_type) = self.parts.value_type else {
            let texts = self.parts.values.texts();
            return texts.iter().map(|text| self.raw(text)).collect();
        };
        match &self.parts.values {
            Values::Components(components) => {
                let mut all: Vec<Vec<String>> = Vec::with_capacity(components.len());
                for component in components {
                    all.push(component.iter().map(|text| self.text(text)).collect());
                }
                Vec::from([self.padded(all)])
            }
            values if has_components => {
                let mut all = Vec::new();
                for text in values.texts() {
                    let first = Vec::from([self.text(text)]);
                    all.push(self.padded(Vec::from([first])));
                }
                all
            }
            values if shape == Some(Shape::List) && value_type == ValueType::Text => {
                let texts = values.texts().iter();
                Vec::from([PropertyValue::List(
                    texts.map(|text| self.text(text)).collect(),
                )])
            }
            values if self.row.is_none() && values.texts().len() > 1 => {
                self.list(value_type, values.texts())
            }
            values => {
                let texts = values.texts().iter();
                texts.map(|text| self.single(value_type, text)).collect()
            }
        }
    }

    /// Several values of a property nobody knows.
    fn list(&mut self, value_type: ValueType, texts: &[Cow<'_, str>]) -> Vec<PropertyValue> {
        if value_type == ValueType::Text {
            let texts = texts.iter();
            return Vec::from([PropertyValue::List(
                texts.map(|text| self.text(text)).collect(),
            )]);
        }
        let mut each = Vec::with_capacity(texts.len());
        for text in texts {
            match self.single(value_type, text) {
                PropertyValue::Raw(raw) if is_listed(value_type) && !raw.contains(',') => {
                    each.push(raw);
                }
                // Not a list: a line each.
                _ => {
                    let texts = texts.iter();
                    return texts.map(|text| self.single(value_type, text)).collect();
                }
            }
        }
        Vec::from([PropertyValue::Raw(each.join(","))])
    }

    /// The components of a name or an address are all there. RFC 6350, 6.2.2 and 6.3.1.
    fn padded(&self, mut components: Vec<Vec<String>>) -> PropertyValue {
        if let Some(row) = self.row
            && matches!(row.form(), ReadAs::Name | ReadAs::Address)
        {
            let (all, _) = row.component_counts();
            while components.len() < all {
                components.push(Vec::from([String::new()]));
            }
        }
        PropertyValue::Components(components)
    }

    fn single(&mut self, value_type: ValueType, text: &str) -> PropertyValue {
        match value_type {
            ValueType::Text => PropertyValue::Text(self.text(text)),
            // What stands for a line break is an escape, and not a backslash of the URI.
            ValueType::Uri if text.contains(['\r', '\n']) => {
                let mut escaped = String::new();
                escape_uri(text, true, &mut escaped);
                self.raw(&escaped)
            }
            ValueType::Uri => {
                let uri = without_control_characters(text, &mut self.deviations);
                PropertyValue::Uri(uri.into_owned())
            }
            value_type if part(value_type).is_some() => self.moment(value_type, text),
            _ => self.raw(text),
        }
    }

    fn raw(&mut self, text: &str) -> PropertyValue {
        PropertyValue::Raw(on_one_line(text, &mut self.deviations).into_owned())
    }

    /// A date, a time or an offset.
    fn moment(&mut self, value_type: ValueType, text: &str) -> PropertyValue {
        let default = self.row.map(|row| row.default_type(Version::V4_0));
        let found = in_form(value_type, Cow::Borrowed(text)).or_else(|| {
            // RFC 7095, 3.5.4 has a zone after a truncated time, RFC 6350 does not (erratum 3484).
            let end = text.rfind(['Z', 'z', '+', '-'])?;
            let (time, zone) = text.split_at_checked(end)?;
            let found = in_form(value_type, Cow::Borrowed(time))?;
            if !is_zone(zone.as_bytes()) {
                return None;
            }
            self.deviations.push(Deviation::ZoneOfTruncatedTime);
            Some(found)
        });
        match found {
            // As date-and-or-time, a time has a T before it.
            Some(time)
                if value_type == ValueType::Time && default.is_some_and(ValueType::is_date) =>
            {
                let mut marked = String::from("T");
                marked.push_str(&time);
                PropertyValue::Raw(marked)
            }
            Some(found) => PropertyValue::Raw(found.into_owned()),
            None => {
                self.deviations.push(Deviation::NotOfType(value_type));
                let takes_text = self.row.is_none_or(|row| {
                    let column = row.column(Version::V4_0);
                    column.is_some_and(|column| column.permits_type(ValueType::Text))
                });
                match takes_text {
                    true => PropertyValue::Text(self.text(text)),
                    false => {
                        let mut raw = String::new();
                        escape_text(&self.text(text), Version::V4_0, &mut raw);
                        PropertyValue::Raw(raw)
                    }
                }
            }
        }
    }

    fn parameter(&mut self, given: &GivenParameter<'_>) -> Result<Parameter, TokenError> {
        let row = registry::parameter(given.name.as_bytes());
        let has_escapes = row.is_some_and(|row| row.has_escapes);
        let mut values: Vec<String> = Vec::with_capacity(given.values.len());
        for value in &given.values {
            let value = without_control_characters(value, &mut self.deviations);
            // What would be taken for an escape is written as one.
            let is_escaped = has_escapes && unescape(&value, Version::V4_0) != *value;
            values.push(match is_escaped {
                true => value.replace('\\', "\\\\"),
                false => value.into_owned(),
            });
        }
        Parameter::new(given.name.to_string(), values)
    }
}
