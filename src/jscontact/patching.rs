//! JSPROP: the patches that a card brings for itself. RFC 9555, 3.2.1.

use alloc::string::String;
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::check::check;
use super::line::Line;
use super::pointer;
use super::vcard_props;
use crate::convert::{Change, ChangeKind};
use crate::registry::{ParameterId, PropertyId};

/// The JSPROPs of a card.
pub(super) struct Patches {
    patches: Vec<(Option<Vec<String>>, Option<Value>)>,
    /// As they are kept where they cannot be applied.
    kept: Vec<Value>,
    changes: Vec<Change>,
}

pub(super) fn of_lines(lines: &[Line<'_>]) -> Patches {
    let mut all = Patches {
        patches: Vec::new(),
        kept: Vec::new(),
        changes: Vec::new(),
    };
    for line in lines
        .iter()
        .filter(|line| line.id() == Some(PropertyId::JSPROP))
    {
        let pointer = line.first(ParameterId::JSPTR).and_then(pointer::tokens);
        let value = serde_json::from_str(&line.text()).ok();
        all.patches.push((pointer, value));
        all.kept.push(vcard_props::of_line(line));
        let change = Change::of(
            ChangeKind::Moved,
            "RFC 9555, 3.2.1",
            "the JSPROPs of the card cannot all be applied, and are kept in vCardProps",
        );
        all.changes.push(change.about(&line.property, line.number));
    }
    all
}

/// Applies the patches, all of them or none.
pub(super) fn apply(card: &mut Map<String, Value>, all: &Patches, changes: &mut Vec<Change>) {
    if all.patches.is_empty() {
        return;
    }
    if let Some(patched) = patched(card, all) {
        *card = patched;
        return;
    }
    changes.extend(all.changes.iter().cloned());
    let kept = card
        .entry("vCardProps")
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(kept) = kept {
        kept.extend(all.kept.iter().cloned());
    }
}

fn patched(card: &Map<String, Value>, all: &Patches) -> Option<Map<String, Value>> {
    let mut patches: Vec<(&[String], &Value)> = Vec::new();
    for (path, value) in &all.patches {
        patches.push((path.as_deref()?, value.as_ref()?));
    }
    let paths: Vec<&[String]> = patches.iter().map(|(path, _)| *path).collect();
    let mut sorted = paths.clone();
    sorted.sort_unstable();
    sorted.dedup();
    let is_twice = sorted.len() != paths.len();
    if is_twice || !pointer::prefixes(&paths).is_empty() {
        return None;
    }
    let fits = |(path, value): &(&[String], &Value)| pointer::fits(card, path, value).is_none();
    if !patches.iter().all(fits) {
        return None;
    }
    let mut copy = card.clone();
    pointer::apply_all(&mut copy, patches);
    let value = Value::Object(copy);
    let is_valid = check(&value).is_empty();
    match value {
        Value::Object(copy) if is_valid => Some(copy),
        _ => None,
    }
}
