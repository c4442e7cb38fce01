//! The patches of `localizations`: whether they can be applied, and what comes of it is valid.
//! RFC 9553, 1.4.3 and 2.7.1.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::pointer::{self, Place, Unfit};
use super::problem::Problems;
use super::schema::CARD;
use super::strings;
use super::walk::{members, one_member};

/// How many values of a card are copied at most to see what its localizations make of it: this many,
/// and four for each value of the card.
pub const MAX_COPIED: usize = 1_000_000;

/// A patch, taken apart.
pub(super) type Path = Vec<String>;

/// Looks at all localizations.
pub(super) fn check(card: &Map<String, Value>, all: &Map<String, Value>, problems: &mut Problems) {
    let mut budget = Budget::of(card);
    for (tag, patches) in all {
        let place = Place::at("/localizations").below(tag);
        if !strings::is_language(tag) {
            problems.add(&*place, "expected a language tag", "RFC 9553, 2.7.1");
        }
        let Some(patches) = patches.as_object() else {
            problems.add(&*place, "expected an object of patches", "RFC 9553, 1.4.3");
            continue;
        };
        let mut found = Problems::default();
        let paths = paths(card, patches, &place, &mut found);
        if found.is_empty() {
            match patched(card, patches, &paths, &mut budget) {
                Some(patched) => check_patched(&patched, &place, &mut found),
                None => found.add(
                    &*place,
                    "the localizations make copies of too much of the card",
                    "RFC 9553, 2.7.1",
                ),
            }
        }
        for problem in found.into_vec() {
            let message = problem.message().to_owned();
            problems.add(problem.pointer().to_owned(), message, problem.section());
        }
    }
}

/// How much may still be copied.
pub(super) struct Budget {
    left: usize,
    sizes: BTreeMap<String, usize>,
}

impl Budget {
    pub fn of(card: &Map<String, Value>) -> Self {
        let sizes: BTreeMap<String, usize> = card
            .iter()
            .filter(|(name, _)| *name != "localizations")
            .map(|(name, value)| (name.clone(), size(value)))
            .collect();
        let all = sizes.values().sum::<usize>();
        Budget {
            left: MAX_COPIED.saturating_add(all.saturating_mul(4)),
            sizes,
        }
    }

    /// Takes the copy of a member off; `None` once nothing is left.
    fn take(&mut self, name: &str) -> Option<()> {
        let size = self.sizes.get(name).copied().unwrap_or(1);
        self.left = self.left.checked_sub(size)?;
        Some(())
    }
}

/// How many values are in a value.
fn size(value: &Value) -> usize {
    let mut count = 0;
    let mut left = Vec::from([value]);
    while let Some(value) = left.pop() {
        count += 1;
        match value {
            Value::Array(items) => left.extend(items),
            Value::Object(map) => left.extend(map.values()),
            _ => {}
        }
    }
    count
}

/// The paths of patches; those that cannot be applied are problems.
fn paths<'v>(
    card: &Map<String, Value>,
    patches: &'v Map<String, Value>,
    place: &Rc<Place<'v>>,
    problems: &mut Problems,
) -> Vec<Path> {
    let at = |key: &'v str| place.below(key);
    let mut paths = Vec::new();
    for (key, value) in patches {
        let Some(path) = pointer::tokens(key).filter(|_| !key.starts_with('/')) else {
            let unfit = match key.starts_with('/') {
                true => Unfit::Slash,
                false => Unfit::Tilde,
            };
            problems.add(&*at(key), unfit.as_str(), "RFC 9553, 1.4.3");
            continue;
        };
        if path.first().is_some_and(|first| first == "localizations") {
            let message = "a patch cannot change the localizations";
            problems.add(&*at(key), message, "RFC 9553, 2.7.1");
            continue;
        }
        match pointer::fits(card, &path, value) {
            Some(unfit) => problems.add(&*at(key), unfit.as_str(), "RFC 9553, 1.4.3"),
            None => paths.push(path),
        }
    }
    if problems.is_empty() {
        let slices: Vec<&[String]> = paths.iter().map(Vec::as_slice).collect();
        let keys: Vec<&String> = patches.keys().collect();
        for place in pointer::prefixes(&slices) {
            let key = keys.get(place).map_or("", |key| key.as_str());
            problems.add(&*at(key), Unfit::Prefix.as_str(), "RFC 9553, 1.4.3");
        }
    }
    paths
}

/// The members of a card that patches change, changed. `None` when that would copy too much.
pub(super) fn patched(
    card: &Map<String, Value>,
    patches: &Map<String, Value>,
    paths: &[Path],
    budget: &mut Budget,
) -> Option<Map<String, Value>> {
    let mut copy = Map::new();
    let mut deep: Vec<(&[String], &Value)> = Vec::new();
    for (path, value) in paths.iter().zip(patches.values()) {
        let Some((first, rest)) = path.split_first() else {
            continue;
        };
        if rest.is_empty() {
            pointer::apply(&mut copy, path, value.clone());
            continue;
        }
        if !copy.contains_key(first)
            && let Some(own) = card.get(first)
        {
            budget.take(first)?;
            copy.insert(first.clone(), own.clone());
        }
        deep.push((path, value));
    }
    pointer::apply_all(&mut copy, deep);
    Some(copy)
}

/// What the patches of a localization come to, if each of them can be applied.
pub(super) fn localized(
    card: &Map<String, Value>,
    patches: &Map<String, Value>,
    budget: &mut Budget,
) -> Option<Map<String, Value>> {
    let paths: Option<Vec<Path>> = patches.keys().map(|key| pointer::tokens(key)).collect();
    let paths = paths?;
    let fit = |(path, value): (&Path, &Value)| pointer::fits(card, path, value).is_none();
    match paths.iter().zip(patches.values()).all(fit) {
        true => patched(card, patches, &paths, budget),
        false => None,
    }
}

/// Looks at the members that patches have changed.
fn check_patched(patched: &Map<String, Value>, place: &Rc<Place<'_>>, problems: &mut Problems) {
    let mut found = Problems::default();
    for (name, value) in patched {
        let pointer = Place::at(pointer::joined("", name));
        match CARD.member(name) {
            Some(member) => {
                one_member(member.is, value, pointer, CARD.section, &mut found);
            }
            None => {
                let mut one = Map::new();
                one.insert("@type".into(), "Card".into());
                one.insert("version".into(), "2.0".into());
                one.insert(name.clone(), Value::Null);
                members(&CARD, &one, Place::at(""), &mut found);
            }
        }
    }
    for problem in found.into_vec() {
        let path = problem.pointer().trim_start_matches('/');
        let pointer = place.below(path);
        problems.add(&*pointer, problem.message().to_owned(), problem.section());
    }
}
