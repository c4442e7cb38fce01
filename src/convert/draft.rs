//! A property on its way from one version to another: decoded, so that nothing of the syntax of
//! the version it comes from is left in it; or kept as it stands, where the target writes the same.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use crate::card::{Card, PropertyValue};
use crate::registry::{self, ParameterId, PropertyId, PropertyRow, ValueType};
use crate::syntax::escape::unescape;
use crate::version::Version;

/// A parameter: its name as it is written, and its values as plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Given<'a> {
    pub name: Cow<'a, str>,
    pub values: Vec<Cow<'a, str>>,
}

impl Given<'_> {
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    pub fn id(&self) -> Option<ParameterId> {
        registry::parameter(self.name.as_bytes()).map(|row| row.id)
    }

    /// `NAME=value`, as a change shows it.
    pub fn shown(&self) -> String {
        let mut shown = String::from(&*self.name);
        shown.push('=');
        shown.push_str(&self.values.join(","));
        shown
    }
}

/// What a draft says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content<'a> {
    /// Raw text that means the same in the target, and that we write there as it stands.
    Kept(&'a str),
    /// Anything else.
    Made(PropertyValue),
}

/// A property that is neither in the source nor in the result yet.
#[derive(Debug, Clone)]
pub(super) struct Draft<'a> {
    /// By which a change finds what came of it.
    pub number: usize,
    /// The property of the source it comes from; `None` for one that was worked out.
    pub source: Option<usize>,
    pub group: Option<Cow<'a, str>>,
    pub name: Cow<'a, str>,
    /// The row of its name.
    pub row: Option<&'static PropertyRow>,
    /// The type of the value, where it is known.
    pub value_type: Option<ValueType>,
    /// Without ENCODING and CHARSET, and VALUE where it is registered.
    pub parameters: Vec<Given<'a>>,
    pub content: Content<'a>,
    /// The card in an AGENT.
    pub card: Option<Box<Card>>,
}

impl<'a> Draft<'a> {
    pub fn id(&self) -> Option<PropertyId> {
        self.row.map(|row| row.id)
    }

    pub fn is(&self, id: PropertyId) -> bool {
        self.id() == Some(id)
    }

    /// Gives it another name.
    pub fn rename(&mut self, name: impl Into<Cow<'a, str>>) {
        self.name = name.into();
        self.row = registry::property(self.name.as_bytes());
    }

    /// Its group in small letters, by which groups are compared.
    pub fn group_key(&self) -> Option<Cow<'a, str>> {
        let group = self.group.as_ref()?;
        match group.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Some(Cow::Owned(group.to_ascii_lowercase())),
            false => Some(group.clone()),
        }
    }

    pub fn parameter(&self, name: &str) -> Option<&Given<'a>> {
        self.parameters.iter().find(|given| given.is(name))
    }

    pub fn has(&self, name: &str) -> bool {
        self.parameter(name).is_some()
    }

    /// Whether its value is of a type that is not registered, so that nobody can say what it is in
    /// another version: no other VALUE is a parameter here.
    pub fn is_of_unknown_type(&self) -> bool {
        self.has("VALUE")
    }

    /// Takes a parameter away.
    pub fn take(&mut self, name: &str) -> Option<Given<'a>> {
        let at = self.parameters.iter().position(|given| given.is(name))?;
        Some(self.parameters.remove(at))
    }

    pub fn give(&mut self, name: impl Into<Cow<'a, str>>, values: Vec<Cow<'a, str>>) {
        let name = name.into();
        self.parameters.push(Given { name, values });
    }

    /// Gives a parameter of one value.
    pub fn give_one(&mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) {
        self.give(name, Vec::from([value.into()]));
    }

    /// The words of TYPE.
    pub fn types(&self) -> &[Cow<'a, str>] {
        self.parameter("TYPE").map_or(&[], |given| &given.values)
    }

    pub fn has_type(&self, word: &str) -> bool {
        self.types()
            .iter()
            .any(|own| own.eq_ignore_ascii_case(word))
    }

    /// Adds a word to TYPE.
    pub fn add_type(&mut self, word: impl Into<Cow<'a, str>>) {
        let word = word.into();
        if self.has_type(&word) {
            return;
        }
        match self.parameters.iter_mut().find(|given| given.is("TYPE")) {
            Some(types) => types.values.push(word),
            None => self.give("TYPE", Vec::from([word])),
        }
    }

    /// Adds words to TYPE, each once.
    pub fn add_types(&mut self, words: impl IntoIterator<Item = Cow<'a, str>>) {
        let mut has: BTreeSet<String> = self
            .types()
            .iter()
            .map(|own| own.to_ascii_lowercase())
            .collect();
        let new = words
            .into_iter()
            .filter(|word| has.insert(word.to_ascii_lowercase()));
        let new: Vec<_> = new.collect();
        if new.is_empty() {
            return;
        }
        match self.parameters.iter_mut().find(|given| given.is("TYPE")) {
            Some(types) => types.values.extend(new),
            None => self.give("TYPE", new),
        }
    }

    /// Takes words of TYPE away, and TYPE with the last; those that went.
    pub fn take_types(&mut self, goes: impl Fn(&str) -> bool) -> Vec<Cow<'a, str>> {
        let types = self.parameters.iter_mut().find(|given| given.is("TYPE"));
        let Some(types) = types.filter(|types| types.values.iter().any(|word| goes(word))) else {
            return Vec::new();
        };
        let mut gone = Vec::new();
        types.values.retain_mut(|word| {
            let stays = !goes(word);
            if !stays {
                gone.push(core::mem::take(word));
            }
            stays
        });
        if types.values.is_empty() {
            self.take("TYPE");
        }
        gone
    }

    /// Gives it another value.
    pub fn set(&mut self, value: PropertyValue) {
        self.content = Content::Made(value);
    }

    /// The value, unless it is kept as it stands.
    pub fn made(&self) -> Option<&PropertyValue> {
        match &self.content {
            Content::Kept(_) => None,
            Content::Made(value) => Some(value),
        }
    }

    pub fn made_mut(&mut self) -> Option<&mut PropertyValue> {
        match &mut self.content {
            Content::Kept(_) => None,
            Content::Made(value) => Some(value),
        }
    }

    /// The raw text, where the value is copied and not made of text.
    pub fn raw(&self) -> Option<&str> {
        match &self.content {
            Content::Kept(raw) => Some(raw),
            Content::Made(PropertyValue::Raw(raw)) => Some(raw),
            Content::Made(_) => None,
        }
    }

    /// The value as one text, where it is one text or a URI, or is copied as it stands.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Kept(text) => Some(text),
            Content::Made(
                PropertyValue::Text(text) | PropertyValue::Uri(text) | PropertyValue::Raw(text),
            ) => Some(text),
            Content::Made(_) => None,
        }
    }

    /// The value as one text, the escapes of 3.0 undone where it is raw text; nothing where it is
    /// not one text.
    pub fn plain_text(&self) -> Cow<'_, str> {
        match self.raw() {
            Some(raw) => unescape(raw, Version::V3_0),
            None => self.text().unwrap_or_default().into(),
        }
    }

    /// Its components, where it has some.
    pub fn components(&mut self) -> Option<&mut Vec<Vec<String>>> {
        match self.made_mut() {
            Some(PropertyValue::Components(components)) => Some(components),
            _ => None,
        }
    }

    /// Whether there is no letter in the value.
    pub fn is_empty(&self) -> bool {
        match &self.content {
            Content::Made(PropertyValue::List(items)) => items.iter().all(String::is_empty),
            Content::Made(PropertyValue::Components(parts)) => {
                parts.iter().flatten().all(String::is_empty)
            }
            _ => self.text().is_some_and(str::is_empty),
        }
    }

    /// What VALUE has to say in a version.
    pub fn value_parameter(&self, version: Version) -> Option<&'static str> {
        let value_type = self.value_type?;
        if self.made().is_some_and(PropertyValue::is_inline) {
            return None; // Goes with the form of inline data.
        }
        let name = match value_type {
            ValueType::Url | ValueType::ContentId => ValueType::Uri,
            ValueType::PhoneNumber => ValueType::Text,
            ValueType::Vcard | ValueType::Binary => return None,
            other => other,
        };
        let default = match self.row.map(|row| row.default_type(version)) {
            Some(ValueType::PhoneNumber) | None => ValueType::Text,
            Some(default) => default,
        };
        if name == default {
            return None;
        }
        // A type that the version does not have there says nothing, but that a value is text.
        let column = self.row.and_then(|row| row.column(version));
        let is_permitted = name == ValueType::Text
            || column.is_none_or(|column| column.permits_type(name))
            || self
                .row
                .is_some_and(|row| row.is_media() && name == ValueType::Uri);
        is_permitted.then(|| name.name())
    }
}
