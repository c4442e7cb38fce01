//! The parts of a property.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::Deviation;
use crate::registry::{self, ValueType};
use crate::version::Version;

/// A property taken apart: plain text everywhere, no escapes, no quotes, no folds.
///
/// See the [module](super) for an example. One of your own is made with [`new`](Self::new). With the
/// feature `serde` it is an object: `group`, `name`, `parameters`, `type`, `values`, `deviations`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Decomposed<'a> {
    /// The group, without its dot.
    pub group: Option<Cow<'a, str>>,
    /// The name, in the letters it is written in.
    pub name: Cow<'a, str>,
    /// Each parameter once, with all of its values; without VALUE, which is the type, and without
    /// ENCODING and CHARSET, of which nothing is left in text.
    pub parameters: Vec<GivenParameter<'a>>,
    /// The type of the values.
    #[cfg_attr(feature = "serde", serde(rename = "type"))]
    pub value_type: Type<'a>,
    /// The values.
    pub values: Values<'a>,
    /// What of the property is not in its parts.
    pub deviations: Vec<Deviation>,
}

/// A parameter: its name as it is written, and its values.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct GivenParameter<'a> {
    /// The name.
    pub name: Cow<'a, str>,
    /// The values, at least one.
    pub values: Vec<Cow<'a, str>>,
}

/// The type of a value, as jCard and xCard name it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Type<'a> {
    /// One of the standards.
    Known(ValueType),
    /// That of a property nobody knows, without VALUE: the value is the raw text of the line.
    Unknown,
    /// Another word of VALUE, in lower case: the value is the raw text of the line.
    Other(Cow<'a, str>),
}

impl Type<'_> {
    /// Its name, in lower case. RFC 7095, 3.5 and 5.1.
    ///
    /// ```
    /// assert_eq!(vcardinal::decomposed::Type::of("URI").as_str(), "uri");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Type::Known(value_type) => value_type.row().jcard.unwrap_or(value_type.name()),
            Type::Unknown => "unknown",
            Type::Other(name) => name,
        }
    }

    /// The type of this name, in any letter case.
    ///
    /// ```
    /// use vcardinal::decomposed::Type;
    /// use vcardinal::registry::ValueType;
    ///
    /// assert_eq!(Type::of("uri"), Type::Known(ValueType::Uri));
    /// assert_eq!(Type::of("Unknown"), Type::Unknown);
    /// ```
    #[must_use]
    pub fn of(name: &str) -> Type<'_> {
        if name.eq_ignore_ascii_case("unknown") {
            return Type::Unknown;
        }
        let row = registry::value_type(name.as_bytes());
        match row.filter(|row| row.versions.contains(&Version::V4_0)) {
            Some(row) => Type::Known(row.value_type),
            None if name.bytes().any(|byte| byte.is_ascii_uppercase()) => {
                Type::Other(Cow::Owned(name.to_ascii_lowercase()))
            }
            None => Type::Other(Cow::Borrowed(name)),
        }
    }
}

/// The values of a property.
///
/// Dates, times, offsets and numbers of a 4.0 property are in the form of RFC 6350, 4: those of a
/// wrong form are of the type [`Type::Unknown`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Values<'a> {
    /// One value: nearly all properties.
    One(Cow<'a, str>),
    /// Several, or a list with one: CATEGORIES.
    Texts(Vec<Cow<'a, str>>),
    /// One value with components, each a list: N and ADR.
    Components(Vec<Vec<Cow<'a, str>>>),
}

impl<'a> Values<'a> {
    /// The values as texts; none for components.
    ///
    /// ```
    /// use vcardinal::{Card, decomposed::Decomposed};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nCATEGORIES:a\\,b,c\nEND:VCARD\n")?;
    /// let categories = card.property("CATEGORIES").unwrap();
    /// assert_eq!(Decomposed::of(&categories).values.texts(), ["a,b", "c"]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn texts(&self) -> &[Cow<'a, str>] {
        match self {
            Values::One(text) => core::slice::from_ref(text),
            Values::Texts(texts) => texts,
            Values::Components(_) => &[],
        }
    }
}

impl<'a> Decomposed<'a> {
    /// A property with this name, this type and these values, without group and parameters.
    ///
    /// ```
    /// use vcardinal::decomposed::{Decomposed, GivenParameter, Type, Values, card_of};
    ///
    /// let note = Decomposed::new("note", Type::of("text"), Values::One("one, two".into()))
    ///     .with_group("item1")
    ///     .with_parameter(GivenParameter::new("LANGUAGE", ["en"]));
    /// let card = card_of(note.to_properties()?.properties)?;
    /// assert!(card.to_string().contains("\r\nitem1.note;LANGUAGE=en:one\\, two\r\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(name: impl Into<Cow<'a, str>>, value_type: Type<'a>, values: Values<'a>) -> Self {
        Decomposed {
            group: None,
            name: name.into(),
            parameters: Vec::new(),
            value_type,
            values,
            deviations: Vec::new(),
        }
    }

    /// In this group.
    #[must_use]
    pub fn with_group(mut self, group: impl Into<Cow<'a, str>>) -> Self {
        self.group = Some(group.into());
        self
    }

    /// With this parameter after those that it has.
    #[must_use]
    pub fn with_parameter(mut self, parameter: GivenParameter<'a>) -> Self {
        self.parameters.push(parameter);
        self
    }
}

impl<'a> GivenParameter<'a> {
    /// A parameter with these values, of which there is at least one.
    ///
    /// ```
    /// use vcardinal::decomposed::GivenParameter;
    ///
    /// let parameter = GivenParameter::new("TYPE", ["home", "cell"]);
    /// assert_eq!(parameter.values, ["home", "cell"]);
    /// ```
    #[must_use]
    pub fn new<V: Into<Cow<'a, str>>>(
        name: impl Into<Cow<'a, str>>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        GivenParameter {
            name: name.into(),
            values: values.into_iter().map(Into::into).collect(),
        }
    }
}

impl Decomposed<'_> {
    /// The values of a parameter, by its name in any letter case.
    ///
    /// ```
    /// use vcardinal::{Card, decomposed::Decomposed};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL;TYPE=home;TYPE=cell:1\nEND:VCARD\n")?;
    /// let tel = card.property("TEL").unwrap();
    /// assert_eq!(Decomposed::of(&tel).parameter("type").unwrap(), ["home", "cell"]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&[Cow<'_, str>]> {
        let mut parameters = self.parameters.iter();
        let found = parameters.find(|parameter| parameter.name.eq_ignore_ascii_case(name));
        found.map(|parameter| parameter.values.as_slice())
    }
}
