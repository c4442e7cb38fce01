//! Lines in other languages, and lines that say how others sound -> patches and phonetics. RFC 9555,
//! 2.3.11 and 2.3.15.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::rc::Rc;
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

/// The localization of a language in this letter case, which is made where there is none.
fn localization<'r>(reading: &'r mut Reading<'_>, tag: &str) -> Option<&'r mut Map<String, Value>> {
    let own = reading.languages.entry(tag.to_ascii_lowercase());
    own.or_insert_with(|| tag.to_owned());
    object_in(object_in(&mut reading.card, "localizations")?, tag)
}

/// Puts a patch into the localization of a language, which is one in whatever letter case.
fn patch(reading: &mut Reading<'_>, tag: &str, path: &str, value: Value) {
    let own = reading.languages.get(&tag.to_ascii_lowercase()).cloned();
    if let Some(patches) = localization(reading, own.as_deref().unwrap_or(tag)) {
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
    // By the tag in lower case.
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    for (place, of, tag) in all {
        let id = reading.lines.get(place).and_then(Line::id);
        if matches!(id, Some(PropertyId::FN | PropertyId::N)) {
            let at = *at.entry(tag.to_ascii_lowercase()).or_insert(names.len());
            match names.get_mut(at) {
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
    // It may be much longer than the line, and is not copied.
    let base = at(&reading.card, &path)?;
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
    let (mut own, base) = match (value, base) {
        (Value::Object(own), Value::Object(base)) => (own, base),
        (value, _) => {
            patch(reading, tag, &tokens, value);
            return Some(());
        }
    };
    rest_to(&mut own, &line.parameters, None);
    keep_group(&mut own, base);
    // What groups say is said of the object, and not of one of its languages.
    let is_said = |name: &str| matches!(name, "label" | "organizationId" | "place");
    if own.contains_key("components") && own.get("components") != base.get("components") {
        for (name, value) in base.iter().filter(|(name, _)| is_said(name)) {
            own.entry(name).or_insert_with(|| value.clone());
        }
        patch(reading, tag, &tokens, Value::Object(own));
        return Some(());
    }
    let mut patches: Vec<(String, Value)> = Vec::new();
    let gone: Vec<&String> = base
        .keys()
        .filter(|name| !own.contains_key(*name) && !is_said(name))
        .collect();
    patches.extend(
        gone.into_iter()
            .map(|name| (joined(&tokens, name), Value::Null)),
    );
    let other = own
        .into_iter()
        .filter(|(name, value)| base.get(name) != Some(value));
    let other: Vec<(String, Value)> = other
        .map(|(name, value)| (joined(&tokens, &name), value))
        .collect();
    for (path, value) in other.into_iter().chain(patches) {
        patch(reading, tag, &path, value);
    }
    // A language in which nothing is other is said all the same.
    localization(reading, tag);
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
    let base = reading.card.get("name")?.as_object()?;
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
    let other: Vec<(String, Value)> = own
        .into_iter()
        .filter(|(name, value)| base.get(name) != Some(value))
        .collect();
    for (name, value) in other {
        patch(reading, tag, &joined("name", &name), value);
    }
    localization(reading, tag);
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
    let mut targets = Targets::of(reading);
    for (place, of, tag) in all {
        let is_tag = tag.as_deref().is_none_or(strings::is_language);
        if !is_tag || sound(reading, &mut targets, place, of, tag.as_deref()).is_none() {
            let message = "does not fit the components of what it says the sound of";
            reading.note(place, ChangeKind::Moved, "RFC 9555, 2.3.15", message);
            reading.keep(place);
        }
    }
}

/// The lines whose components sounds belong to.
struct Targets {
    /// Lines in other languages, by the line that they are a variant of, the language in lower case, and
    /// their property.
    variants: BTreeMap<(usize, String, Option<PropertyId>), usize>,
    /// The components of the lines that were asked for, which many sounds may belong to.
    shapes: BTreeMap<usize, Rc<Shape>>,
}

/// Which components a line has, and where they stand in its object.
struct Shape {
    places: Vec<(usize, usize)>,
    /// Of each component that is no separator: where it stands, and which of the places it has.
    order: Vec<(usize, usize)>,
    /// How many components there are with the separators.
    len: usize,
}

fn parts(line: &Line<'_>) -> Vec<components::Part> {
    match line.id() {
        Some(PropertyId::N) => components::parts_of_name(&line.components()),
        _ => components::parts_of_address(&line.components()),
    }
}

impl Shape {
    fn of(line: &Line<'_>) -> Self {
        let parts = parts(line);
        let places: Vec<(usize, usize)> = parts.iter().map(|part| part.place).collect();
        let order = line
            .first(ParameterId::JSCOMPS)
            .and_then(components::Order::read);
        let entries = order.and_then(|order| components::in_order(&parts, &order));
        let Some(entries) = entries else {
            let len = places.len();
            return Shape {
                places,
                order: (0..len).map(|at| (at, at)).collect(),
                len,
            };
        };
        let len = entries.len();
        let at: BTreeMap<(usize, usize), usize> = places
            .iter()
            .enumerate()
            .map(|(at, place)| (*place, at))
            .collect();
        let order = entries.into_iter().enumerate();
        let order = order.filter_map(|(entry, part)| Some((entry, *at.get(&part.ok()?.place)?)));
        Shape {
            order: order.collect(),
            places,
            len,
        }
    }
}

impl Targets {
    fn of(reading: &Reading<'_>) -> Self {
        let mut variants = BTreeMap::new();
        for (place, role) in reading.roles.iter().enumerate() {
            if let Role::Variant { of, tag } = role {
                let id = reading.lines.get(place).and_then(Line::id);
                let key = (*of, tag.to_ascii_lowercase(), id);
                variants.entry(key).or_insert(place);
            }
        }
        Targets {
            variants,
            shapes: BTreeMap::new(),
        }
    }

    /// The components that a sound belongs to: those in its own language, where there are any.
    fn shape(
        &mut self,
        reading: &Reading<'_>,
        place: usize,
        of: usize,
        tag: Option<&str>,
    ) -> Option<Rc<Shape>> {
        let id = reading.lines.get(place).and_then(Line::id);
        let same = tag.and_then(|tag| self.variants.get(&(of, tag.to_ascii_lowercase(), id)));
        let at = same.copied().unwrap_or(of);
        let line = reading.lines.get(at)?;
        let shape = self.shapes.entry(at);
        Some(Rc::clone(shape.or_insert_with(|| Rc::new(Shape::of(line)))))
    }
}

/// How components sound: the place of each that does, and how.
struct Sounds {
    of: Vec<(usize, String)>,
    len: usize,
}

fn sound(
    reading: &mut Reading<'_>,
    targets: &mut Targets,
    place: usize,
    of: usize,
    tag: Option<&str>,
) -> Option<()> {
    let path = match reading.lines.get(of)?.id()? {
        PropertyId::N => Vec::from(["name".to_owned()]),
        _ => reading.paths.get(of)?.clone()?,
    };
    let mut line = reading.lines.get(place)?.clone();
    let shape = targets.shape(reading, place, of, tag)?;
    let own = parts(&line);
    let is_same_shape = own.len() == shape.places.len()
        && own
            .iter()
            .zip(&shape.places)
            .all(|(own, place)| own.place == *place);
    if !is_same_shape || own.is_empty() {
        return None;
    }
    // In the order in which the components stand.
    let of = shape.order.iter();
    let of = of.filter_map(|(entry, at)| Some((*entry, own.get(*at)?.value.clone())));
    let sounds = Sounds {
        of: of.collect(),
        len: shape.len,
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

fn in_object(
    value: &mut Value,
    path: &[String],
    members: Vec<(&str, Value)>,
    sounds: Sounds,
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
    give_sounds(components, sounds);
    for (name, value) in members {
        map.insert(name.into(), value);
    }
    Some(())
}

fn give_sounds(components: &mut [Value], sounds: Sounds) {
    for (at, sound) in sounds.of {
        if let Some(component) = components.get_mut(at).and_then(Value::as_object_mut) {
            component.insert("phonetic".into(), sound.into());
        }
    }
}

fn in_patches(
    reading: &mut Reading<'_>,
    tag: &str,
    path: &[String],
    members: Vec<(&str, Value)>,
    sounds: Sounds,
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
        if there.len() < sounds.len {
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
        give_sounds(whole, sounds);
        return Some(());
    }
    for (at, sound) in sounds.of {
        let place = joined(&joined(&components, &at.to_string()), "phonetic");
        patch(reading, tag, &place, sound.into());
    }
    Some(())
}
