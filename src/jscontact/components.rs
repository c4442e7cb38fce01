//! Components of names and addresses <-> values of N and ADR, with JSCOMPS. RFC 9555, 2.5.5, 2.6.1 and
//! 3.3.1.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::table;
use crate::syntax::escape::{escape_component, split, unescape};
use crate::version::Version;

/// A value of N or ADR: which component, which value of it, and the kind it has in JSContact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub place: (usize, usize),
    pub kind: &'static str,
    pub value: String,
}

/// The values of N, without the copies of newer components in older ones.
pub(super) fn parts_of_name(components: &[Vec<String>]) -> Vec<Part> {
    let values = |place: usize| -> BTreeMap<&String, usize> {
        let values = components.get(place).into_iter().flatten();
        let mut counts = BTreeMap::new();
        for value in values.filter(|value| !value.is_empty()) {
            *counts.entry(value).or_default() += 1;
        }
        counts
    };
    // Each value there hides one copy.
    let mut copies: [BTreeMap<&String, usize>; 2] = [values(5), values(6)];
    let mut parts = Vec::new();
    for (component, kind) in table::NAME.iter().enumerate() {
        for (index, value) in components.get(component).into_iter().flatten().enumerate() {
            if value.is_empty() {
                continue;
            }
            let hidden = match component {
                0 => copies.first_mut(),
                4 => copies.last_mut(),
                _ => None,
            };
            if let Some(hidden) = hidden
                && let Some(count) = hidden.get_mut(value)
                && *count > 0
            {
                *count -= 1;
                continue;
            }
            parts.push(Part {
                place: (component, index),
                kind,
                value: value.clone(),
            });
        }
    }
    parts
}

/// The values of ADR, without the copies in the extended and the street address.
pub(super) fn parts_of_address(components: &[Vec<String>]) -> Vec<Part> {
    let newer = components.get(7..).unwrap_or_default();
    let has_newer = newer.iter().flatten().any(|value| !value.is_empty());
    let mut parts = Vec::new();
    for (component, kind) in table::ADDRESS.iter().enumerate() {
        if has_newer && matches!(component, 1 | 2) {
            continue;
        }
        for (index, value) in components.get(component).into_iter().flatten().enumerate() {
            if !value.is_empty() {
                parts.push(Part {
                    place: (component, index),
                    kind,
                    value: value.clone(),
                });
            }
        }
    }
    parts
}

/// Whether the extended and the street address of an ADR with newer components, which take their place, say
/// more than those: a word that none of them has. RFC 9554, 2.1.
pub(super) fn has_words_of_its_own(components: &[Vec<String>]) -> bool {
    let newer = components.get(7..).unwrap_or_default().iter().flatten();
    let newer: BTreeSet<&str> = newer.flat_map(|value| words(value)).collect();
    let older = components.get(1..3).unwrap_or_default().iter().flatten();
    let mut older = older.flat_map(|value| words(value));
    !newer.is_empty() && older.any(|word| !newer.contains(word))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_between = |letter: char| letter.is_whitespace() || letter == ',';
    text.split(is_between).filter(|word| !word.is_empty())
}

/// JSCOMPS, taken apart: the default separator, and the places and separators in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Order {
    pub default: Option<String>,
    pub entries: Vec<Entry>,
}

/// An entry of JSCOMPS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    Place(usize, usize),
    Separator(String),
}

impl Order {
    /// `None` where it is not of the grammar.
    pub fn read(text: &str) -> Option<Self> {
        let mut entries = split(text, ';');
        let default = match entries.next()? {
            "" => None,
            first => Some(separator(first)?),
        };
        let entries: Option<Vec<Entry>> = entries
            .map(|entry| {
                separator(entry).map(Entry::Separator).or_else(|| {
                    let number = |digits: &str| -> Option<usize> {
                        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
                        is_number.then(|| digits.parse().ok()).flatten()
                    };
                    match entry.split_once(',') {
                        None => Some(Entry::Place(number(entry)?, 0)),
                        Some((first, second)) => Some(Entry::Place(
                            number(first)?,
                            number(second).filter(|second| *second > 0)?,
                        )),
                    }
                })
            })
            .collect();
        let entries = entries?;
        Some(Order { default, entries })
    }

    /// As JSCOMPS has it; quotes and carets come with the writing.
    pub fn write(&self) -> String {
        let mut text = String::new();
        let put = |text: &mut String, separator: &str| {
            text.push_str("s,");
            // A line break is one of the parameter, ^n, and not of the text.
            for (at, line) in separator.split('\n').enumerate() {
                if at > 0 {
                    text.push('\n');
                }
                escape_component(line, Version::V4_0, text);
            }
        };
        if let Some(default) = &self.default {
            put(&mut text, default);
        }
        for entry in &self.entries {
            text.push(';');
            match entry {
                Entry::Place(component, 0) => text.push_str(&component.to_string()),
                Entry::Place(component, index) => text.push_str(&format!("{component},{index}")),
                Entry::Separator(separator) => put(&mut text, separator),
            }
        }
        text
    }

    /// Whether each value has its place, once. RFC 9555, 3.3.1.
    fn fits(&self, parts: &[Part]) -> bool {
        let places: Vec<(usize, usize)> = self
            .entries
            .iter()
            .filter_map(|entry| match entry {
                Entry::Place(component, index) => Some((*component, *index)),
                Entry::Separator(_) => None,
            })
            .collect();
        let known: BTreeSet<(usize, usize)> = parts.iter().map(|part| part.place).collect();
        let own: BTreeSet<(usize, usize)> = places.iter().copied().collect();
        places.len() == parts.len() && own == known
    }
}

fn separator(entry: &str) -> Option<String> {
    let text = entry.strip_prefix("s,")?;
    let is_one = split(text, ',').count() == 1;
    is_one.then(|| unescape(text, Version::V4_0).into_owned())
}

/// The values in the order that JSCOMPS gives them; `None` where it does not fit them.
pub(super) fn in_order(parts: &[Part], order: &Order) -> Option<Vec<Result<Part, String>>> {
    if !order.fits(parts) {
        return None;
    }
    let by_place: BTreeMap<(usize, usize), &Part> =
        parts.iter().map(|part| (part.place, part)).collect();
    let entries = order.entries.iter().map(|entry| match entry {
        Entry::Separator(separator) => Some(Err(separator.clone())),
        Entry::Place(component, index) => {
            let part = by_place.get(&(*component, *index))?;
            Some(Ok((*part).clone()))
        }
    });
    entries.collect()
}

fn component(kind: &str, value: String) -> Value {
    let mut map = Map::new();
    map.insert("kind".into(), kind.into());
    map.insert("value".into(), value.into());
    Value::Object(map)
}

/// Puts components into a name or an address, and what JSCOMPS says of them. Whether JSCOMPS could be
/// used, where there is one.
pub(super) fn set(map: &mut Map<String, Value>, parts: &[Part], comps: Option<&str>) -> bool {
    if parts.is_empty() {
        return comps.is_none();
    }
    let order = comps.map(Order::read);
    let ordered = order
        .as_ref()
        .and_then(Option::as_ref)
        .and_then(|order| Some((order, in_order(parts, order)?)));
    let Some((order, entries)) = ordered else {
        let components = parts
            .iter()
            .map(|part| component(part.kind, part.value.clone()));
        map.insert("components".into(), Value::Array(components.collect()));
        return comps.is_none();
    };
    // Two separators in a row are one.
    let mut components: Vec<(&str, String)> = Vec::new();
    for entry in entries {
        match (entry, components.last_mut()) {
            (Ok(part), _) => components.push((part.kind, part.value)),
            (Err(separator), Some(("separator", before))) => before.push_str(&separator),
            (Err(separator), _) => components.push(("separator", separator)),
        }
    }
    let components = components
        .into_iter()
        .map(|(kind, value)| component(kind, value));
    map.insert("components".into(), Value::Array(components.collect()));
    map.insert("isOrdered".into(), true.into());
    if let Some(default) = &order.default {
        map.insert("defaultSeparator".into(), default.clone().into());
    }
    true
}

/// The components of a name or an address in JSContact: kind and value.
pub(super) fn given<'v>(map: &'v Map<String, Value>, member: &str) -> Vec<(&'v str, &'v str)> {
    let components = map.get("components").and_then(Value::as_array);
    let components = components.into_iter().flatten();
    components
        .map(|component| {
            let text = |name: &str| component.get(name).and_then(Value::as_str);
            let kind = text("kind").unwrap_or_default();
            let value = match kind {
                "separator" => text("value"),
                _ => text(member),
            };
            (kind, value.unwrap_or_default())
        })
        .collect()
}

/// A structured value to be written, and JSCOMPS for it where the components are ordered.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub values: Vec<Vec<String>>,
    pub comps: Option<String>,
}

/// The value of N.
pub(super) fn name_value(components: &[(&str, &str)], default: Option<Option<&str>>) -> Written {
    let mut values = alloc::vec![Vec::new(); table::NAME.len()];
    let places = place(components, table::NAME, &mut values);
    // The copies come last, so that they change no place.
    copy(&mut values, 0, components, &["surname2"]);
    copy(&mut values, 4, components, &["generation"]);
    written(values, components, places, default)
}

/// The value of ADR.
pub(super) fn address_value(components: &[(&str, &str)], default: Option<Option<&str>>) -> Written {
    let mut values = alloc::vec![Vec::new(); table::ADDRESS.len()];
    // The newer components of a kind that stands twice in the list.
    let newer = |kind: &str| -> Option<usize> {
        let from = table::ADDRESS.iter().rposition(|own| *own == kind);
        from.filter(|_| kind != "separator")
    };
    let mut places = Vec::new();
    for (kind, value) in components {
        let component = newer(kind).filter(|_| !value.is_empty());
        places.push(component.and_then(|component| {
            let values: &mut Vec<String> = values.get_mut(component)?;
            values.push((*value).into());
            Some((component, values.len() - 1))
        }));
    }
    copy(&mut values, 1, components, table::EXTENDED);
    copy(&mut values, 2, components, table::STREET);
    written(values, components, places, default)
}

fn place(
    components: &[(&str, &str)],
    kinds: &[&str],
    values: &mut [Vec<String>],
) -> Vec<Option<(usize, usize)>> {
    let mut places = Vec::new();
    for (kind, value) in components {
        let component = kinds.iter().position(|own| own == kind);
        let component = component.filter(|_| !value.is_empty());
        places.push(component.and_then(|component| {
            let values = values.get_mut(component)?;
            values.push((*value).into());
            Some((component, values.len() - 1))
        }));
    }
    places
}

fn copy(values: &mut [Vec<String>], to: usize, components: &[(&str, &str)], kinds: &[&str]) {
    let Some(values) = values.get_mut(to) else {
        return;
    };
    for (kind, value) in components {
        if kinds.contains(kind) && !value.is_empty() {
            values.push((*value).into());
        }
    }
}

/// `default` is the default separator of components that are ordered.
fn written(
    mut values: Vec<Vec<String>>,
    components: &[(&str, &str)],
    places: Vec<Option<(usize, usize)>>,
    default: Option<Option<&str>>,
) -> Written {
    for component in &mut values {
        if component.is_empty() {
            component.push(String::new());
        }
    }
    let comps = default.map(|default| {
        let mut order = Order {
            default: default.map(Into::into),
            entries: Vec::new(),
        };
        for ((kind, value), place) in components.iter().zip(places) {
            match place {
                Some((component, index)) => order.entries.push(Entry::Place(component, index)),
                None if *kind == "separator" => {
                    order.entries.push(Entry::Separator((*value).into()));
                }
                None => {}
            }
        }
        order.write()
    });
    let comps = comps.filter(|_| values.iter().flatten().any(|value| !value.is_empty()));
    Written { values, comps }
}

/// The text of ordered components, as a person would read it. RFC 9553, 2.2.1.
pub(super) fn joined(components: &[(&str, &str)], default: Option<&str>) -> String {
    let mut text = String::new();
    let mut separator = None;
    for (kind, value) in components {
        if *kind == "separator" {
            separator = Some(*value);
            continue;
        }
        if !text.is_empty() {
            text.push_str(separator.or(default).unwrap_or(" "));
        }
        separator = None;
        text.push_str(value);
    }
    text
}
