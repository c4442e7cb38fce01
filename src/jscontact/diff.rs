//! What is not in a card as it should be, as patches. RFC 9553, 1.4.3; RFC 9555, 3.2.1.

use alloc::string::String;
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::patches::{Budget, localized};

/// A patch: its path and its value.
pub(super) type Patch = (Vec<String>, Value);

/// The patches that make one card the other. What means the same is the same: the order of components
/// that have none, and localizations that come to the same card.
pub(super) fn patches(have: &Map<String, Value>, want: &Map<String, Value>) -> Vec<Patch> {
    // What the patches make of the card, to which the localizations that it has are applied: the card
    // that is wanted, with components in the order that they have where it says nothing.
    let mut made = want.clone();
    components_alike(&mut made, have);
    let mut same = have.clone();
    if localizations_alike(have, &made, want, &mut same) {
        components_alike(&mut same, want);
    } else {
        // Other localizations name components by their places, which have to be those wanted.
        same.clone_from(have);
        localizations_alike(have, want, want, &mut same);
    }
    literal(&same, want)
}

/// Takes the components over whose order says nothing.
fn components_alike(have: &mut Map<String, Value>, want: &Map<String, Value>) {
    if let (Some(own), Some(other)) = (have.get_mut("name"), want.get("name")) {
        one_alike(own, other);
    }
    for (member, inner) in [("addresses", None), ("anniversaries", Some("place"))] {
        let own = have.get_mut(member).and_then(Value::as_object_mut);
        for (id, own) in own.into_iter().flatten() {
            let other = want.get(member).and_then(|all| all.get(id));
            let (own, other) = match inner {
                None => (Some(own), other),
                Some(inner) => (own.get_mut(inner), other.and_then(|other| other.get(inner))),
            };
            if let (Some(own), Some(other)) = (own, other) {
                one_alike(own, other);
            }
        }
    }
}

fn one_alike(own: &mut Value, other: &Value) {
    let is_ordered = |value: &Value| value.get("isOrdered") == Some(&Value::Bool(true));
    if is_ordered(own) || is_ordered(other) {
        return;
    }
    let other = other.get("components");
    let (Some(Value::Array(own)), Some(Value::Array(other))) = (own.get_mut("components"), other)
    else {
        return;
    };
    if own != other && sorted(own) == sorted(other) {
        own.clone_from(other);
    }
}

fn sorted(items: &[Value]) -> Vec<String> {
    let mut texts: Vec<String> = items.iter().map(ordered_text).collect();
    texts.sort_unstable();
    texts
}

/// A component as a text in which its members have one order.
fn ordered_text(component: &Value) -> String {
    let mut members: Vec<(&String, &Value)> = component.as_object().into_iter().flatten().collect();
    members.sort_by_key(|(name, _)| name.as_str());
    serde_json::to_string(&members).unwrap_or_default()
}

/// Takes the localizations over that come to the same card, once the card is as it is made; whether all do.
fn localizations_alike(
    have: &Map<String, Value>,
    made: &Map<String, Value>,
    want: &Map<String, Value>,
    same: &mut Map<String, Value>,
) -> bool {
    let patches = |card: &Map<String, Value>, tag: &str| {
        let all = card.get("localizations").and_then(|all| all.get(tag));
        all.and_then(Value::as_object).cloned()
    };
    let wanted = want.get("localizations").and_then(Value::as_object);
    let mut budgets = (Budget::of(made), Budget::of(want));
    let mut all_alike = true;
    for (tag, other) in wanted.into_iter().flatten() {
        let (Some(own), Some(other)) = (patches(have, tag), other.as_object()) else {
            all_alike = false;
            continue;
        };
        let is_empty = own.is_empty() != other.is_empty();
        let own = localized(made, &own, &mut budgets.0);
        let theirs = localized(want, other, &mut budgets.1);
        let (Some(own), Some(theirs)) = (own, theirs) else {
            all_alike = false;
            continue;
        };
        if is_empty || !is_alike((made, &own), (want, &theirs)) {
            all_alike = false;
            continue;
        }
        let all = same.get_mut("localizations").and_then(Value::as_object_mut);
        if let Some(all) = all {
            all.insert(tag.clone(), Value::Object(other.clone()));
        }
    }
    all_alike
}

/// Whether two cards come to the same; the second of each pair has the members that patches change. No
/// member is copied for it: there may be many languages, and much that they leave as it is.
fn is_alike(
    (made, own): (&Map<String, Value>, &Map<String, Value>),
    (want, theirs): (&Map<String, Value>, &Map<String, Value>),
) -> bool {
    let names = own.keys().chain(theirs.keys());
    names.into_iter().all(|name| {
        let own = own.get(name).or_else(|| made.get(name));
        let theirs = theirs.get(name).or_else(|| want.get(name));
        match (own, theirs) {
            (Some(own), Some(theirs)) => member_is_alike(name, own, theirs),
            (own, theirs) => own.is_none() && theirs.is_none(),
        }
    })
}

/// Whether a member comes to the same, the order of components aside that says nothing.
fn member_is_alike(name: &str, own: &Value, other: &Value) -> bool {
    let inner = match name {
        "name" => return has_like_components(own, other),
        "addresses" => None,
        "anniversaries" => Some("place"),
        _ => return own == other,
    };
    let (Value::Object(own), Value::Object(other)) = (own, other) else {
        return own == other;
    };
    own.len() == other.len()
        && own.iter().all(|(id, own)| {
            let Some(other) = other.get(id) else {
                return false;
            };
            match inner {
                None => has_like_components(own, other),
                Some(inner) => is_like(own, other, inner, has_like_components),
            }
        })
}

/// Whether two objects are the same but for the order of components that says nothing.
fn has_like_components(own: &Value, other: &Value) -> bool {
    let is_ordered = |value: &Value| value.get("isOrdered") == Some(&Value::Bool(true));
    if is_ordered(own) || is_ordered(other) {
        return own == other;
    }
    is_like(own, other, "components", |own, other| {
        let (Value::Array(own), Value::Array(other)) = (own, other) else {
            return own == other;
        };
        own == other || (own.len() == other.len() && sorted(own) == sorted(other))
    })
}

/// Whether two objects are the same, where one member is compared otherwise.
fn is_like(own: &Value, other: &Value, inner: &str, like: impl Fn(&Value, &Value) -> bool) -> bool {
    let (Value::Object(own), Value::Object(other)) = (own, other) else {
        return own == other;
    };
    own.len() == other.len()
        && own.iter().all(|(name, own)| match other.get(name) {
            Some(other) if name == inner => like(own, other),
            Some(other) => own == other,
            None => false,
        })
}

/// Whether a name can stand in JSPTR: no control character but a line break has a form there.
fn is_writable(name: &str) -> bool {
    !name
        .chars()
        .any(|character| character.is_ascii_control() && !matches!(character, '\n' | '\t'))
}

/// The patches that make one card the other to the letter.
fn literal(have: &Map<String, Value>, want: &Map<String, Value>) -> Vec<Patch> {
    let mut patches = Vec::new();
    let mut left = Vec::from([(Vec::<String>::new(), have, want)]);
    while let Some((path, have, want)) = left.pop() {
        let mut names: Vec<&String> = have
            .keys()
            .filter(|name| !want.contains_key(*name))
            .collect();
        names.extend(
            want.iter()
                .filter(|(name, value)| have.get(*name) != Some(value))
                .map(|(name, _)| name),
        );
        // A null would take away what it is to say.
        let is_null = |name: &&String| want.get(*name).is_some_and(Value::is_null);
        let has_no_form = names.iter().any(|name| !is_writable(name) || is_null(name));
        if has_no_form && !path.is_empty() {
            patches.push((path, Value::Object(want.clone())));
            continue;
        }
        for name in names {
            let mut path = path.clone();
            path.push(name.clone());
            match (have.get(name), want.get(name)) {
                (Some(Value::Object(own)), Some(Value::Object(other))) => {
                    left.push((path, own, other));
                }
                (_, Some(other)) => patches.push((path, other.clone())),
                (_, None) => patches.push((path, Value::Null)),
            }
        }
    }
    patches
}
