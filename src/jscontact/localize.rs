//! Lines in other languages, and lines that say how others sound -> patches and phonetics. RFC 9555,
//! 2.3.11 and 2.3.15.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::from_card_state::{Reading, object_in};
use super::line::Line;
use super::of_property::produce;
use super::parameters::rest_to;
use super::pointer::joined;
use super::table::{self, How};
use super::variants::Role;
use super::{components, strings};
use crate::convert::ChangeKind;
use crate::registry::{ParameterId, PropertyId};

/// Puts a patch into the localization of a language.
fn patch(reading: &mut Reading<'_>, tag: &str, path: &str, value: Value) {
    let localizations = object_in(&mut reading.card, "localizations");
    // A language is one, in whatever letter case.
    let own = localizations.as_ref().and_then(|all| {
        all.keys()
            .find(|own| own.eq_ignore_ascii_case(tag))
            .cloned()
    });
    let tag = own.as_deref().unwrap_or(tag);
    if let Some(patches) = localizations.and_then(|all| object_in(all, tag)) {
        patches.insert(path.to_owned(), value);
    }
}

fn path_of(tokens: &[String]) -> String {
    let path = String::new();
    tokens.iter().fold(path, |path, token| joined(&path, token))
}

/// Makes patches of the lines in other languages. Those of FN and N together are one of the name.
pub(super) fn variants(reading: &mut Reading<'_>) {
    let all: Vec<(usize, usize, String)> = reading
        .roles
        .iter()
        .enumerate()
        .filter_map(|(place, role)| match role {
            Role::Variant { of, tag } => Some((place, *of, tag.clone())),
            _ => None,
        })
        .collect();
    let mut names: Vec<(String, Vec<usize>)> = Vec::new();
    for (place, of, tag) in all {
        let id = reading.lines.get(place).and_then(Line::id);
        if matches!(id, Some(PropertyId::FN | PropertyId::N)) {
            match names
                .iter_mut()
                .find(|(own, _)| own.eq_ignore_ascii_case(&tag))
            {
                Some((_, places)) => places.push(place),
                None => names.push((tag, Vec::from([place]))),
            }
        } else if !strings::is_language(&tag) || variant(reading, place, of, &tag).is_none() {
            alone(reading, place);
        }
    }
    for (tag, places) in names {
        if !strings::is_language(&tag) || name(reading, &tag, &places).is_none() {
            for place in places {
                reading.keep(place);
            }
        }
    }
}

/// A line that no other one stands for: an entry of the card itself, which keeps its language.
fn alone(reading: &mut Reading<'_>, place: usize) {
    let Some(row) = reading
        .lines
        .get(place)
        .and_then(Line::id)
        .and_then(table::row_of)
    else {
        return;
    };
    let Some(mut line) = reading.lines.get(place).cloned() else {
        return;
    };
    let id = line
        .take(ParameterId::PROP_ID)
        .and_then(|values| values.into_iter().next());
    let is_entry = matches!(
        row.how,
        How::Entry | How::Items | How::Address | How::Organization | How::Profile | How::Pronouns
    );
    let values = is_entry.then(|| produce(row, &mut line)).flatten();
    match values {
        Some(values) => {
            for (at, value) in values.into_iter().enumerate() {
                let id = id.clone().filter(|_| at == 0);
                reading.entry(row, place, &line, value, id);
            }
        }
        None => reading.keep(place),
    }
}

fn variant(reading: &mut Reading<'_>, place: usize, of: usize, tag: &str) -> Option<()> {
    let path = reading.paths.get(of)?.clone()?;
    let base = at(&reading.card, &path)?.clone();
    let mut line = reading.lines.get(place)?.clone();
    let row = line.id().and_then(table::row_of)?;
    for id in [
        ParameterId::ALTID,
        ParameterId::PROP_ID,
        ParameterId::LANGUAGE,
    ] {
        line.take(id);
    }
    let mut values = produce(row, &mut line)?;
    let value = values.pop().filter(|_| values.is_empty())?;
    let tokens = path_of(&path);
    let (Value::Object(mut own), Value::Object(base)) = (value.clone(), &base) else {
        patch(reading, tag, &tokens, value);
        return Some(());
    };
    rest_to(&mut own, &line.parameters, None);
    // What groups say is said of the object, and not of one of its languages.
    for name in ["label", "organizationId", "place"] {
        if let Some(value) = base.get(name) {
            own.entry(name).or_insert_with(|| value.clone());
        }
    }
    keep_group(&mut own, base);
    if own.contains_key("components") && own.get("components") != base.get("components") {
        patch(reading, tag, &tokens, Value::Object(own));
        return Some(());
    }
    for (name, value) in &own {
        if base.get(name) != Some(value) {
            patch(reading, tag, &joined(&tokens, name), value.clone());
        }
    }
    for name in base.keys().filter(|name| !own.contains_key(*name)) {
        patch(reading, tag, &joined(&tokens, name), Value::Null);
    }
    // A language in which nothing is other is said all the same.
    if let Some(localizations) = object_in(&mut reading.card, "localizations") {
        object_in(localizations, tag);
    }
    Some(())
}

/// The group is that of the object.
fn keep_group(own: &mut Map<String, Value>, base: &Map<String, Value>) {
    let group = base
        .get("vCardParams")
        .and_then(|params| params.get("group"));
    if let Some(group) = group
        && let Some(params) = object_in(own, "vCardParams")
    {
        params.insert("group".into(), group.clone());
    }
}

fn at<'v>(card: &'v Map<String, Value>, path: &[String]) -> Option<&'v Value> {
    let (first, rest) = path.split_first()?;
    rest.iter()
        .try_fold(card.get(first)?, |value, token| value.get(token))
}

/// The name in another language: FN, N or both.
fn name(reading: &mut Reading<'_>, tag: &str, places: &[usize]) -> Option<()> {
    let base = reading.card.get("name")?.as_object()?.clone();
    let mut own = Map::new();
    for place in places {
        let mut line = reading.lines.get(*place)?.clone();
        for id in [
            ParameterId::ALTID,
            ParameterId::PROP_ID,
            ParameterId::LANGUAGE,
        ] {
            line.take(id);
        }
        let row = line.id().and_then(table::row_of)?;
        let is_derived = line.take(ParameterId::DERIVED).is_some_and(|values| {
            values
                .iter()
                .any(|value| value.eq_ignore_ascii_case("true"))
        });
        if row.how == How::FullName && is_derived && places.len() > 1 {
            continue;
        }
        let Value::Object(value) = produce(row, &mut line)?.pop()? else {
            return None;
        };
        own.extend(value);
        if !line.parameters.is_empty() && !own.contains_key("vCardParams") {
            rest_to(&mut own, &line.parameters, None);
        }
    }
    let is_whole =
        own.contains_key("components") && (own.contains_key("full") || !base.contains_key("full"));
    if is_whole {
        patch(reading, tag, "name", Value::Object(own));
        return Some(());
    }
    for (name, value) in own {
        if base.get(&name) != Some(&value) {
            patch(reading, tag, &joined("name", &name), value);
        }
    }
    if let Some(localizations) = object_in(&mut reading.card, "localizations") {
        object_in(localizations, tag);
    }
    Some(())
}

/// Puts how a name or an address sounds with its components.
pub(super) fn sounds(reading: &mut Reading<'_>) {
    let all: Vec<(usize, usize, Option<String>)> = reading
        .roles
        .iter()
        .enumerate()
        .filter_map(|(place, role)| match role {
            Role::Sound { of, tag } => Some((place, *of, tag.clone())),
            _ => None,
        })
        .collect();
    for (place, of, tag) in all {
        let is_tag = tag.as_deref().is_none_or(strings::is_language);
        if !is_tag || sound(reading, place, of, tag.as_deref()).is_none() {
            let message = "does not fit the components of what it says the sound of";
            reading.note(place, ChangeKind::Moved, "RFC 9555, 2.3.15", message);
            reading.keep(place);
        }
    }
}

fn sound(reading: &mut Reading<'_>, place: usize, of: usize, tag: Option<&str>) -> Option<()> {
    let path = match reading.lines.get(of)?.id()? {
        PropertyId::N => Vec::from(["name".to_owned()]),
        _ => reading.paths.get(of)?.clone()?,
    };
    let mut line = reading.lines.get(place)?.clone();
    let base = reading.lines.get(target(reading, place, of, tag))?;
    let (own, other) = (line.components(), base.components());
    let parts = |components: &[Vec<String>]| match line.id() {
        Some(PropertyId::N) => components::parts_of_name(components),
        _ => components::parts_of_address(components),
    };
    let (own, other) = (parts(&own), parts(&other));
    let is_same_shape = own.len() == other.len()
        && own
            .iter()
            .zip(&other)
            .all(|(own, other)| own.place == other.place);
    if !is_same_shape || own.is_empty() {
        return None;
    }
    // In the order in which the components stand.
    let comps = base.first(ParameterId::JSCOMPS).map(ToOwned::to_owned);
    let order = comps.as_deref().and_then(components::Order::read);
    let sounds: Vec<Option<String>> =
        match order.and_then(|order| components::in_order(&own, &order)) {
            Some(entries) => entries
                .into_iter()
                .map(|entry| entry.ok().map(|part| part.value))
                .collect(),
            None => own.into_iter().map(|part| Some(part.value)).collect(),
        };
    let system = line
        .take(ParameterId::PHONETIC)?
        .first()?
        .to_ascii_lowercase();
    let script = line
        .take(ParameterId::SCRIPT)
        .and_then(|values| values.into_iter().next());
    for id in [
        ParameterId::ALTID,
        ParameterId::PROP_ID,
        ParameterId::LANGUAGE,
        ParameterId::JSCOMPS,
    ] {
        line.take(id);
    }
    let script_is_valid = script.as_deref().is_none_or(strings::is_script);
    let is_said = system != "script" || script.is_some();
    if !line.parameters.is_empty() || !script_is_valid || !is_said {
        return None;
    }
    let mut members: Vec<(&str, Value)> = Vec::new();
    if system != "script" {
        members.push(("phoneticSystem", system.into()));
    }
    if let Some(script) = script {
        members.push(("phoneticScript", script.into()));
    }
    match tag {
        None => in_object(
            reading.card.get_mut(path.first()?)?,
            path.get(1..)?,
            members,
            sounds,
        ),
        Some(tag) => in_patches(reading, tag, &path, members, sounds),
    }
}

/// The line whose components a sound belongs to: that of its own language, where there is one.
fn target(reading: &Reading<'_>, place: usize, of: usize, tag: Option<&str>) -> usize {
    let id = reading.lines.get(place).and_then(Line::id);
    let same = reading.roles.iter().enumerate().find(|(at, role)| {
        matches!(role, Role::Variant { of: own, tag: own_tag }
            if *own == of && tag.is_some_and(|tag| tag.eq_ignore_ascii_case(own_tag)))
            && reading.lines.get(*at).and_then(Line::id) == id
    });
    same.map_or(of, |(at, _)| at)
}

fn in_object(
    value: &mut Value,
    path: &[String],
    members: Vec<(&str, Value)>,
    sounds: Vec<Option<String>>,
) -> Option<()> {
    let mut value = value;
    for token in path {
        value = value.get_mut(token)?;
    }
    let map = value.as_object_mut()?;
    if map.contains_key("phoneticSystem") || map.contains_key("phoneticScript") {
        return None;
    }
    let components = map.get_mut("components")?.as_array_mut()?;
    for (component, sound) in components.iter_mut().zip(sounds) {
        if let (Some(component), Some(sound)) = (component.as_object_mut(), sound) {
            component.insert("phonetic".into(), sound.into());
        }
    }
    for (name, value) in members {
        map.insert(name.into(), value);
    }
    Some(())
}

fn in_patches(
    reading: &mut Reading<'_>,
    tag: &str,
    path: &[String],
    members: Vec<(&str, Value)>,
    sounds: Vec<Option<String>>,
) -> Option<()> {
    let base = path_of(path);
    // The whole object may be patched already.
    let whole = object_in(&mut reading.card, "localizations")
        .and_then(|all| all.get_mut(tag))
        .and_then(|patches| patches.get_mut(&base));
    if let Some(whole) = whole {
        return in_object(whole, &[], members, sounds);
    }
    let components = joined(&base, "components");
    let is_patched = object_in(&mut reading.card, "localizations")
        .and_then(|all| all.get(tag)?.get(&components))
        .is_some();
    // A patch goes into what is there: the name may be there in one language alone.
    if !is_patched {
        let first = reading.card.get(path.first()?)?;
        let mut rest = path.get(1..)?.iter();
        let object = rest.try_fold(first, |value: &Value, token| value.get(token));
        let there = object?.get("components")?.as_array()?;
        if there.len() < sounds.len() {
            return None;
        }
    }
    for (name, value) in members {
        patch(reading, tag, &joined(&base, name), value);
    }
    let whole = object_in(&mut reading.card, "localizations")
        .and_then(|all| all.get_mut(tag))
        .and_then(|patches| patches.get_mut(&components))
        .and_then(Value::as_array_mut);
    if let Some(whole) = whole {
        for (component, sound) in whole.iter_mut().zip(sounds) {
            if let (Some(component), Some(sound)) = (component.as_object_mut(), sound) {
                component.insert("phonetic".into(), sound.into());
            }
        }
        return Some(());
    }
    for (at, sound) in sounds.into_iter().enumerate() {
        if let Some(sound) = sound {
            let place = joined(&joined(&components, &at.to_string()), "phonetic");
            patch(reading, tag, &place, sound.into());
        }
    }
    Some(())
}
