//! A property of a card -> its parts.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::Deviation;
use super::property::{Decomposed, GivenParameter, Type, Values};
use super::value_kind::{in_form, is_listed};
use crate::card::PropertyRef;
use crate::card::writable_name;
use crate::registry::{self, ParameterId, PropertyRow, Shape, ValueType};
use crate::syntax::ParameterRef;
use crate::syntax::escape::{split, split_components, unescape, unescape_uri};
use crate::syntax::flags::Flags;
use crate::syntax::places::Places;
use crate::value::Value;
use crate::version::Version;

impl<'a> Decomposed<'a> {
    /// The parts of a property.
    ///
    /// The type is what VALUE says, or the default of the property in the version of its card; of a
    /// property that the version does not have, and of names of vendors, it is unknown, and the value is
    /// the raw text. RFC 7095, 3.4.1 and 5.1.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::decomposed::Decomposed;
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:4.0\nX-A:a\\,b\nX-A;VALUE=text:a\\,b\nBDAY:1985-04-12\nEND:VCARD\n",
    /// )?;
    /// let parts: Vec<_> = card.properties().skip(1).map(|property| Decomposed::of(&property)).collect();
    /// let shown = |at: usize| (parts[at].value_type.as_str(), &*parts[at].values.texts()[0]);
    /// assert_eq!(shown(0), ("unknown", "a\\,b"));
    /// assert_eq!(shown(1), ("text", "a,b"));
    /// assert_eq!(shown(2), ("date-and-or-time", "19850412"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn of(property: &PropertyRef<'a>) -> Self {
        let version = property.effective_version();
        let mut deviations = Vec::new();
        let row = registry::known(property.line().name_bytes(), version);
        let (mut raw, dialect) = raw_of(property, &mut deviations);
        let mut value_type = type_of(property, row, version, &mut deviations);
        if version == Version::V4_0 && property.line().is_base64() {
            // 4.0 has no base64 but in a data: URI.
            let uri = property.binary().and_then(Result::ok);
            match uri.and_then(|data| data.to_text(version).ok()) {
                Some(uri) => {
                    raw = Cow::Owned(uri);
                    value_type = Type::Known(ValueType::Uri);
                    deviations.push(Deviation::InlineData);
                }
                None => {
                    value_type = Type::Unknown;
                    deviations.push(Deviation::NotOfType(ValueType::Binary));
                }
            }
        }
        let reading = Reading {
            property,
            row,
            version,
            dialect,
        };
        let (value_type, values) = reading.read(value_type, raw, &mut deviations);
        Decomposed {
            group: property.group().map(|group| name(group, &mut deviations)),
            name: name(property.name(), &mut deviations),
            parameters: parameters(property, row, &values, &mut deviations),
            value_type,
            values,
            deviations,
        }
    }
}

fn name<'a>(name: &'a str, deviations: &mut Vec<Deviation>) -> Cow<'a, str> {
    match writable_name(name) {
        Some(Cow::Borrowed(name)) => Cow::Borrowed(name),
        Some(renamed) => {
            deviations.push(Deviation::Renamed);
            renamed
        }
        None => {
            deviations.push(Deviation::Nameless);
            Cow::Borrowed(name)
        }
    }
}

/// The raw text, and the version whose escapes are in it.
fn raw_of<'a>(
    property: &PropertyRef<'a>,
    deviations: &mut Vec<Deviation>,
) -> (Cow<'a, str>, Version) {
    property.raw_in().unwrap_or_else(|_| {
        deviations.push(Deviation::NotText);
        let raw = match property.value_bytes() {
            Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
        };
        (raw, property.effective_version())
    })
}

fn type_of<'a>(
    property: &PropertyRef<'a>,
    row: Option<&PropertyRow>,
    version: Version,
    deviations: &mut Vec<Deviation>,
) -> Type<'a> {
    let word = match property.line().flags().has(Flags::MAY_NAME_TYPE) {
        true => property
            .parameter_values("VALUE")
            .find(|word| !word.is_empty()),
        false => None,
    };
    let Some(word) = word.filter(|word| {
        // 2.1 says so of a value that stands on the line.
        version != Version::V2_1 || !word.eq_ignore_ascii_case("INLINE")
    }) else {
        return match row {
            _ if property.line().is_base64() => Type::Known(ValueType::Binary),
            Some(row) => Type::Known(row.default_type(version)),
            None => Type::Unknown,
        };
    };
    let named = registry::value_type(word.as_bytes());
    let of_version = named.filter(|named| named.versions.contains(&version));
    match (row, of_version) {
        (None, Some(named)) => Type::Known(named.value_type),
        (Some(row), Some(named)) if row.ever_permits_type(named.value_type) => {
            Type::Known(named.value_type)
        }
        (Some(row), _) if named.is_some() => {
            deviations.push(Deviation::TypeNotPermitted);
            Type::Known(row.default_type(version))
        }
        _ => match (writable_name(&word), &word) {
            (None, _) => {
                deviations.push(Deviation::Nameless);
                Type::Unknown
            }
            (Some(Cow::Owned(renamed)), _) => {
                deviations.push(Deviation::Renamed);
                Type::Other(Cow::Owned(renamed.to_ascii_lowercase()))
            }
            (_, Cow::Borrowed(word)) if !word.bytes().any(|byte| byte.is_ascii_uppercase()) => {
                Type::Other(Cow::Borrowed(word))
            }
            (_, word) => Type::Other(Cow::Owned(word.to_ascii_lowercase())),
        },
    }
}

/// What is known of a value that is taken apart.
struct Reading<'r, 'a> {
    property: &'r PropertyRef<'a>,
    row: Option<&'static PropertyRow>,
    version: Version,
    /// The version whose escapes are in the raw text.
    dialect: Version,
}

impl<'a> Reading<'_, 'a> {
    fn read(
        &self,
        value_type: Type<'a>,
        raw: Cow<'a, str>,
        deviations: &mut Vec<Deviation>,
    ) -> (Type<'a>, Values<'a>) {
        let Type::Known(known_type) = value_type else {
            return (value_type, Values::One(raw));
        };
        let shape = self.row.map_or(Shape::Single, |row| row.shape);
        let has_components = self
            .row
            .is_some_and(|row| !row.components(self.version).is_empty());
        let is_list = match shape {
            Shape::List => known_type == ValueType::Text,
            _ => self.row.is_none() && is_listed(known_type),
        };
        if !has_components && !is_list {
            return self.single(known_type, raw, deviations);
        }
        let mut ends = memchr::memchr2_iter(b',', b';', raw.as_bytes());
        if ends
            .nth(self.property.max_values().saturating_sub(1))
            .is_some()
        {
            deviations.push(Deviation::TooManyValues);
            return (Type::Unknown, Values::One(raw));
        }
        if has_components {
            return (value_type, Values::Components(self.components(&raw)));
        }
        if known_type == ValueType::Text {
            return (value_type, Values::Texts(self.texts(&raw)));
        }
        let mut values = Vec::new();
        for item in split(&raw, ',') {
            match in_form(known_type, Cow::Borrowed(item)) {
                Some(item) => values.push(Cow::Owned(item.into_owned())),
                None => {
                    deviations.push(Deviation::NotOfType(known_type));
                    return (Type::Unknown, Values::One(raw));
                }
            }
        }
        (value_type, Values::Texts(values))
    }

    fn single(
        &self,
        known_type: ValueType,
        raw: Cow<'a, str>,
        deviations: &mut Vec<Deviation>,
    ) -> (Type<'a>, Values<'a>) {
        let value = match known_type {
            ValueType::Text | ValueType::PhoneNumber => self.text_of(raw),
            ValueType::Uri | ValueType::Url | ValueType::ContentId => uri_of(raw, self.dialect),
            // Before 4.0, dates have hyphens.
            _ if self.version != Version::V4_0 => raw,
            _ => match in_form(known_type, raw.clone()) {
                Some(value) => value,
                None => {
                    deviations.push(Deviation::NotOfType(known_type));
                    return (Type::Unknown, Values::One(raw));
                }
            },
        };
        (Type::Known(known_type), Values::One(value))
    }

    fn text_of(&self, raw: Cow<'a, str>) -> Cow<'a, str> {
        match raw {
            Cow::Borrowed(raw) => unescape(raw, self.dialect),
            Cow::Owned(raw) => Cow::Owned(unescape(&raw, self.dialect).into_owned()),
        }
    }

    fn texts(&self, raw: &Cow<'a, str>) -> Vec<Cow<'a, str>> {
        match raw {
            Cow::Borrowed(raw) => texts(raw, |text| unescape(text, self.dialect)),
            Cow::Owned(raw) => texts(raw, |text| self.owned(text)),
        }
    }

    fn components(&self, raw: &Cow<'a, str>) -> Vec<Vec<Cow<'a, str>>> {
        match raw {
            Cow::Borrowed(raw) => self.each_component(raw, |text| unescape(text, self.dialect)),
            Cow::Owned(raw) => self.each_component(raw, |text| self.owned(text)),
        }
    }

    fn each_component<'r>(
        &self,
        raw: &'r str,
        text: impl Fn(&'r str) -> Cow<'a, str>,
    ) -> Vec<Vec<Cow<'a, str>>> {
        let columns = self.row.map_or(&[][..], |row| row.components(self.version));
        let components = split_components(raw, self.dialect).enumerate();
        let parts = components.map(|(at, component)| {
            let is_list = columns.get(at).is_some_and(|column| column.list);
            match is_list && self.dialect != Version::V2_1 {
                true => texts(component, &text),
                false => Vec::from([text(component)]),
            }
        });
        parts.collect()
    }

    fn owned(&self, text: &str) -> Cow<'a, str> {
        Cow::Owned(unescape(text, self.dialect).into_owned())
    }
}

fn texts<'r, 'a>(raw: &'r str, text: impl Fn(&'r str) -> Cow<'a, str>) -> Vec<Cow<'a, str>> {
    split(raw, ',').map(text).collect()
}

/// A URI without the backslashes before its delimiters. Errata 3845 and 3846 of RFC 6350.
fn uri_of(raw: Cow<'_, str>, dialect: Version) -> Cow<'_, str> {
    match raw {
        Cow::Borrowed(raw) => unescape_uri(raw, dialect),
        Cow::Owned(raw) => Cow::Owned(unescape_uri(&raw, dialect).into_owned()),
    }
}

/// The parameters but VALUE, ENCODING and CHARSET, each once.
fn parameters<'a>(
    property: &PropertyRef<'a>,
    row: Option<&PropertyRow>,
    values: &Values<'_>,
    deviations: &mut Vec<Deviation>,
) -> Vec<GivenParameter<'a>> {
    let mut all: Vec<GivenParameter<'a>> = Vec::new();
    let mut places = Places::default();
    for parameter in property.parameters() {
        let id = registry::parameter(parameter.meaning().as_bytes()).map(|row| row.id);
        match id {
            Some(ParameterId::VALUE | ParameterId::ENCODING | ParameterId::CHARSET) => continue,
            Some(ParameterId::GROUP) if property.effective_version() == Version::V4_0 => {
                deviations.push(Deviation::GroupParameter);
                continue;
            }
            _ => {}
        }
        let parts = Parts {
            id,
            components: match (values, row) {
                (Values::Components(components), Some(_)) => components.len(),
                _ => 1,
            },
            max_values: property.max_values(),
        };
        let own_name = name(parameter.meaning(), deviations);
        if writable_name(&own_name).is_none() {
            continue;
        }
        let own = parts.values(&parameter);
        let place = places.of(&all, |other| &other.name, &own_name);
        match place.and_then(|at| all.get_mut(at)) {
            Some(other) => other.values.extend(own),
            None => all.push(GivenParameter {
                name: own_name,
                values: own,
            }),
        }
    }
    all
}

/// What is known of a parameter that is taken apart.
struct Parts {
    id: Option<ParameterId>,
    /// How many components the value of the property has.
    components: usize,
    /// The limit on values.
    max_values: usize,
}

impl Parts {
    fn values<'a>(&self, parameter: &ParameterRef<'a>) -> Vec<Cow<'a, str>> {
        let row = self.id.map(ParameterId::row);
        let is_parted = match self.id {
            // RFC 6350, 5.9: a string for each component, in one pair of quotes.
            Some(ParameterId::SORT_AS) => self.components > 1,
            _ => row.is_some_and(|row| row.many),
        };
        let has_escapes = row.is_some_and(|row| row.has_escapes);
        let mut all = Vec::with_capacity(1);
        for value in parameter.values() {
            let commas = memchr::memchr_iter(b',', value.as_bytes());
            if is_parted && (1..self.max_values).contains(&commas.count()) {
                // Errata 3100 and 3488 of RFC 6350.
                match value {
                    Cow::Borrowed(value) => all.extend(value.split(',').map(Cow::Borrowed)),
                    Cow::Owned(value) => {
                        all.extend(value.split(',').map(|item| Cow::Owned(String::from(item))));
                    }
                }
            } else if has_escapes {
                all.push(match value {
                    Cow::Borrowed(value) => unescape(value, Version::V4_0),
                    Cow::Owned(value) => Cow::Owned(unescape(&value, Version::V4_0).into_owned()),
                });
            } else {
                all.push(value);
            }
        }
        all
    }
}
