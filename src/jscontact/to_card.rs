//! JSContact -> a card of 4.0. RFC 9555, 3.
//!
//! What the members say is written as properties; these are read back, and what is not as it was
//! comes as JSPROP, so that nothing is lost on the way there and back.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::diff;
use super::names::{derived, phonetic, sounds_of, without_sounds};
use super::out::{AltIds, NewGroups, Out};
use super::table::{self, How, Row};
use super::to_property::{address, compose, give_sort_as, row_for};
use super::{components, dates, from_card, pointer, schema, strings, vcard_props};
use crate::card::{BuildError, Card, Property, PropertyValue};
use crate::convert::{Change, ChangeKind};
use crate::registry::{PropertyId, ValueType};
use crate::version::Version;

/// A card being written.
struct Writing<'v> {
    card: &'v Map<String, Value>,
    properties: Vec<Property>,
    groups: NewGroups,
    alt_ids: AltIds,
    /// The groups of organizations by their Ids.
    organizations: BTreeMap<String, String>,
    /// The patches of localizations, by what they are of: the language and the object as it is there.
    localized: BTreeMap<String, Vec<(String, Value)>>,
    /// The labels that are written, with their groups.
    labels: BTreeSet<(String, String)>,
    changes: Vec<Change>,
}

/// The card, and what is not in it as it was. The value is a valid card.
pub(super) fn convert(value: &Value) -> Result<(Card, Vec<Change>), BuildError> {
    let empty = Map::new();
    let card = value.as_object().unwrap_or(&empty);
    let (plain, rest) = vcard_props::parted(card);
    let wanted = without_plain(card, &rest);
    let mut writing = Writing {
        card,
        properties: Vec::new(),
        groups: NewGroups::of(value),
        alt_ids: AltIds::of(value),
        organizations: BTreeMap::new(),
        localized: BTreeMap::new(),
        labels: BTreeSet::new(),
        changes: Vec::new(),
    };
    writing.groups_of_titles();
    writing.localizations();
    writing.name();
    writing.members();
    let mut properties = writing.properties;
    let mut changes = writing.changes;
    let mut kept: Vec<(usize, Property)> = Vec::new();
    for (place, property) in &rest {
        kept.extend(vcard_props::to_property(property).map(|property| (*place, property)));
    }
    let own = properties
        .iter()
        .chain(kept.iter().map(|(_, property)| property));
    let (read, _) = from_card::convert(&build(own)?);
    let patches = diff::patches(read.as_object().unwrap_or(&empty), &wanted);
    for (place, property) in &plain {
        kept.extend(vcard_props::to_property(property).map(|property| (*place, property)));
    }
    kept.sort_by_key(|(place, _)| *place);
    properties.extend(kept.into_iter().map(|(_, property)| property));
    for (name, _) in wanted.iter().filter(|(_, value)| value.is_null()) {
        let message = "a patch that says null takes a member away, so that none can say null";
        let change = Change::of(ChangeKind::Dropped, "RFC 9553, 1.4.3", message);
        changes.push(change.named(pointer::joined("", name)));
    }
    for (path, value) in patches {
        let (pointer, property) = js_prop(&path, &value);
        let change = Change::of(
            ChangeKind::Moved,
            "RFC 9555, 3.2.1",
            "vCard has no counterpart, and it is kept in JSPROP",
        );
        changes.push(change.named(pointer).result("JSPROP"));
        properties.extend(property);
    }
    Ok((build(properties.iter())?, changes))
}

fn build<'p>(properties: impl Iterator<Item = &'p Property>) -> Result<Card, BuildError> {
    let mut builder = Card::builder(Version::V4_0);
    for property in properties {
        builder = builder.property(property.clone());
    }
    builder.build_unchecked()
}

/// Whether a line can be written.
fn is_writable(property: &Property) -> bool {
    let builder = Card::builder(Version::V4_0).property(property.clone());
    builder.build_unchecked().is_ok()
}

/// The card without those of its jCard properties that come back as members.
fn without_plain(card: &Map<String, Value>, rest: &[(usize, &Value)]) -> Map<String, Value> {
    let mut wanted = card.clone();
    if rest.is_empty() {
        pointer::remove(&mut wanted, "vCardProps");
    } else if let Some(Value::Array(props)) = wanted.get_mut("vCardProps") {
        *props = rest
            .iter()
            .map(|(_, property)| (*property).clone())
            .collect();
    }
    wanted
}

fn js_prop(path: &[String], value: &Value) -> (String, Option<Property>) {
    let pointer = path.iter().fold(String::new(), |pointer, token| {
        pointer::joined(&pointer, token)
    });
    // The only control character that JSON takes as it is.
    let json = serde_json::to_string(value).unwrap_or_default();
    let json = json.replace('\u{7F}', "\\u007f");
    let mut out = Out::new(PropertyId::JSPROP, PropertyValue::Text(json));
    out.give("JSPTR", pointer.clone());
    (pointer, out.into_property())
}

fn text<'v>(map: &'v Map<String, Value>, name: &str) -> Option<&'v str> {
    map.get(name).and_then(Value::as_str)
}

impl<'v> Writing<'v> {
    /// Adds a property that can be written; what cannot comes as JSPROP.
    fn push(&mut self, out: Out) -> bool {
        let property = out.into_property().filter(is_writable);
        let is_there = property.is_some();
        self.properties.extend(property);
        is_there
    }

    fn objects(&self, member: &str) -> Vec<(&'v str, &'v Map<String, Value>)> {
        let all = self.card.get(member).and_then(Value::as_object);
        let all = all.into_iter().flatten();
        all.filter_map(|(id, value)| Some((id.as_str(), value.as_object()?)))
            .collect()
    }

    /// Gives a group to the organizations that titles are of.
    fn groups_of_titles(&mut self) {
        let organizations = self.card.get("organizations").and_then(Value::as_object);
        for (_, title) in self.objects("titles") {
            let Some(id) = text(title, "organizationId") else {
                continue;
            };
            let organization = organizations.and_then(|all| all.get(id)?.as_object());
            let Some(organization) = organization else {
                continue;
            };
            if !self.organizations.contains_key(id) {
                let params = organization.get("vCardParams");
                let own = params
                    .and_then(|params| params.get("group"))
                    .and_then(Value::as_str);
                let group = own.map_or_else(|| self.groups.free(), ToOwned::to_owned);
                self.organizations.insert(id.to_owned(), group);
            }
        }
    }

    /// Sorts the patches by the object that they are of, and applies them to it.
    fn localizations(&mut self) {
        let all = self.card.get("localizations").and_then(Value::as_object);
        for (tag, patches) in all.into_iter().flatten() {
            let Some(patches) = patches.as_object() else {
                continue;
            };
            let mut of_objects: BTreeMap<String, (Vec<String>, Patches<'_>)> = BTreeMap::new();
            for (key, value) in patches {
                let Some(path) = pointer::tokens(key) else {
                    continue;
                };
                let Some(len) = object_len(&path) else {
                    continue;
                };
                let (object, rest) = path.split_at(len);
                let name = object
                    .iter()
                    .fold(String::new(), |name, token| pointer::joined(&name, token));
                let own = of_objects.entry(name);
                let (_, own) = own.or_insert_with(|| (object.to_vec(), Vec::new()));
                own.push((rest.to_vec(), value));
            }
            for (name, (object, patches)) in of_objects {
                let Some(base) = at(self.card, &object) else {
                    continue;
                };
                let Some(value) = patched(base, &patches) else {
                    continue;
                };
                let all = self.localized.entry(name).or_default();
                all.push((tag.clone(), value));
            }
        }
    }

    fn variants(&self, path: &[&str]) -> Vec<(String, Value)> {
        let name = path
            .iter()
            .fold(String::new(), |name, token| pointer::joined(&name, token));
        self.localized.get(&name).cloned().unwrap_or_default()
    }

    /// FN and N, in all languages.
    fn name(&mut self) {
        let empty = Map::new();
        let base = self
            .card
            .get("name")
            .and_then(Value::as_object)
            .unwrap_or(&empty);
        let variants = self.variants(&["name"]);
        let has_variants = !variants.is_empty();
        let has_full = has_variants
            && variants
                .iter()
                .any(|(_, name)| name.get("full").is_some() || name.get("components").is_some());
        let full_id = has_full.then(|| self.alt_ids.next(PropertyId::FN));
        let sounds = base.get("phoneticSystem").is_some()
            || base.get("phoneticScript").is_some()
            || has_variants;
        let id = sounds.then(|| self.alt_ids.next(PropertyId::N));
        self.full_name(base, None, full_id.as_deref(), None);
        self.structured_name(base, None, id.as_deref(), None);
        for (tag, value) in &variants {
            let Some(name) = value.as_object() else {
                continue;
            };
            self.full_name(name, Some(tag), full_id.as_deref(), Some(base));
            self.structured_name(name, Some(tag), id.as_deref(), Some(base));
        }
    }

    fn full_name(
        &mut self,
        name: &Map<String, Value>,
        tag: Option<&str>,
        alt_id: Option<&str>,
        base: Option<&Map<String, Value>>,
    ) {
        let given = components::given(name, "value");
        let (full, is_derived) = match text(name, "full") {
            Some(full) => (full.to_owned(), false),
            None => (derived(name, &given), true),
        };
        let plain = |name: &Map<String, Value>| without_sounds(name.clone());
        let is_same = base.is_some_and(|base| {
            plain(base) == plain(name) || (!is_derived && text(base, "full") == Some(full.as_str()))
        });
        if is_same || (tag.is_some() && full.is_empty()) {
            return;
        }
        let mut out = Out::new(PropertyId::FN, PropertyValue::Text(full.clone()));
        if let Some(alt_id) = alt_id {
            out.give("ALTID", alt_id);
        }
        if let Some(tag) = tag {
            out.give("LANGUAGE", tag);
        }
        if is_derived && !given.is_empty() {
            out.give("DERIVED", "TRUE");
            let change = Change::of(
                ChangeKind::Derived,
                "RFC 9555, 3.1",
                "made from the components, since vCard demands it",
            );
            self.changes.push(change.named("name/full").result(&full));
        }
        if !is_derived {
            out.add_params(name);
        }
        let is_written = self.push(out);
        if !is_written && tag.is_none() {
            self.push(Out::new(PropertyId::FN, PropertyValue::Text(String::new())));
        }
    }

    fn structured_name(
        &mut self,
        name: &Map<String, Value>,
        tag: Option<&str>,
        alt_id: Option<&str>,
        base: Option<&Map<String, Value>>,
    ) {
        let given = components::given(name, "value");
        if given.is_empty() {
            return;
        }
        let is_ordered = name.get("isOrdered") == Some(&Value::Bool(true));
        let default = is_ordered.then(|| text(name, "defaultSeparator"));
        let written = components::name_value(&given, default);
        let is_same = base.is_some_and(|base| {
            let plain = |name: &Map<String, Value>| {
                let mut name = without_sounds(name.clone());
                pointer::remove(&mut name, "full");
                name
            };
            plain(base) == plain(name)
        });
        let mut out = Out::new(PropertyId::N, PropertyValue::Components(written.values));
        if let Some(alt_id) = alt_id {
            out.give("ALTID", alt_id);
        }
        if let Some(tag) = tag {
            out.give("LANGUAGE", tag);
        }
        let heads = out.parameters.clone();
        let comps = written.comps;
        if let Some(comps) = &comps {
            out.give("JSCOMPS", comps.clone());
        }
        if let Some(sort) = name.get("sortAs").and_then(Value::as_object) {
            let texts = table::NAME
                .iter()
                .map(|kind| text(sort, kind).unwrap_or_default());
            give_sort_as(&mut out, texts.map(ToOwned::to_owned).collect());
        }
        if !name.contains_key("full") {
            out.add_params(name);
        }
        if !is_same {
            self.push(out);
        }
        let is_new_sound = base.is_none_or(|base| sounds_of(base) != sounds_of(name));
        let Some(sounds) = sounds_of(name).filter(|_| is_new_sound) else {
            return;
        };
        let sounds = components::name_value(&sounds, default);
        let mut out = Out::new(PropertyId::N, PropertyValue::Components(sounds.values));
        out.parameters = heads;
        phonetic(&mut out, name, comps);
        self.push(out);
    }

    /// What is in the members of the card, in their order.
    fn members(&mut self) {
        for (member, value) in self.card {
            let rows: Vec<&'static Row> = table::rows_of(member).collect();
            let Some(first) = rows.first() else { continue };
            match first.how {
                How::FullName | How::Name => {}
                How::Member => self.member(first, value),
                How::Stamp => {
                    let text = value.as_str().and_then(dates::to_timestamp);
                    if let Some(text) = text {
                        self.push(Out::new(first.property, PropertyValue::Raw(text)));
                    }
                }
                How::Members | How::Relations => self.related(first, value),
                How::Keywords => {
                    let keys = value.as_object().into_iter().flatten();
                    let keys: Vec<String> = keys
                        .map(|(key, _)| key.clone())
                        .filter(|key| !key.is_empty())
                        .collect();
                    if !keys.is_empty() {
                        self.push(Out::new(first.property, PropertyValue::List(keys)));
                    }
                }
                How::Gender | How::Pronouns => self.speak_to_as(first, value),
                _ => {
                    let mut kinds = Vec::new();
                    for (id, object) in self.objects(member) {
                        self.entry(member, &[member, id], id, object, &mut kinds);
                    }
                }
            }
        }
    }

    fn member(&mut self, row: &Row, value: &Value) {
        let Some(text) = value.as_str() else { return };
        let text = text.to_owned();
        let is_bare = !text.contains([':', ',', ';', '\\', '\n']);
        let out = match row.property {
            PropertyId::UID if strings::is_uri(&text) => {
                Out::new(row.property, PropertyValue::Uri(text))
            }
            // As all write it that have no URI.
            PropertyId::UID if is_bare => Out::new(row.property, PropertyValue::Raw(text)),
            PropertyId::UID => Out::typed(row.property, PropertyValue::Text(text), ValueType::Text),
            PropertyId::LANGUAGE => Out::new(row.property, PropertyValue::Raw(text)),
            _ => Out::new(row.property, PropertyValue::Text(text)),
        };
        self.push(out);
    }

    fn related(&mut self, row: &Row, value: &Value) {
        for (whom, value) in value.as_object().into_iter().flatten() {
            let is_uri = strings::is_uri(whom) || row.how == How::Members;
            let mut out = match is_uri {
                true => Out::typed(
                    row.property,
                    PropertyValue::Uri(whom.clone()),
                    ValueType::Uri,
                ),
                false => Out::typed(
                    row.property,
                    PropertyValue::Text(whom.clone()),
                    ValueType::Text,
                ),
            };
            if let Some(object) = value.as_object() {
                let words = object.get("relation").and_then(Value::as_object);
                out.add(
                    "TYPE",
                    words.into_iter().flatten().map(|(word, _)| word.clone()),
                );
                out.add_params(object);
            }
            self.push(out);
        }
    }

    fn speak_to_as(&mut self, row: &Row, value: &Value) {
        let Some(object) = value.as_object() else {
            return;
        };
        let (gender, pronouns) = ("grammaticalGender", "pronouns");
        if let Some(word) = text(object, gender) {
            let variants = self.variants(&[row.member, gender]);
            let id = (!variants.is_empty()).then(|| self.alt_ids.next(PropertyId::GRAMGENDER));
            let all = [(None, Value::from(word))].into_iter();
            for (tag, word) in all.chain(variants.into_iter().map(|(tag, word)| (Some(tag), word)))
            {
                let Some(word) = word.as_str() else { continue };
                let value = PropertyValue::Text(word.to_owned());
                let mut out = Out::new(PropertyId::GRAMGENDER, value);
                if let Some(id) = &id {
                    out.give("ALTID", id.clone());
                }
                if let Some(tag) = tag {
                    out.give("LANGUAGE", tag);
                }
                self.push(out);
            }
        }
        let all = object.get(pronouns).and_then(Value::as_object);
        for (id, value) in all.into_iter().flatten() {
            if let Some(object) = value.as_object() {
                self.entry(
                    row.member,
                    &[row.member, pronouns, id],
                    id,
                    object,
                    &mut Vec::new(),
                );
            }
        }
    }

    /// An object by its Id, in all languages.
    fn entry(
        &mut self,
        member: &str,
        path: &[&str],
        id: &str,
        object: &Map<String, Value>,
        kinds: &mut Vec<&'static str>,
    ) {
        let row = match path.len() {
            3 => table::row_of(PropertyId::PRONOUNS),
            _ => row_for(member, object),
        };
        let Some(row) = row else { return };
        if row.how == How::Date {
            // A card has each of them once.
            let Some(kind) = row.kind.filter(|kind| !kinds.contains(kind)) else {
                return;
            };
            kinds.push(kind);
        }
        let Some(mut out) = compose(row, object) else {
            return;
        };
        let variants = self.variants(path);
        let sounds = row.how == How::Address && sounds_of(object).is_some();
        let alt_id = (!variants.is_empty() || sounds).then(|| self.alt_ids.next(row.property));
        self.finish(&mut out, row, id, object, alt_id.as_deref(), None);
        let group = out.group.clone();
        if !self.push(out) {
            return;
        }
        if let Some(label) = text(object, "label")
            && schema::type_in(member).is_some_and(|own| own.has("label"))
            && let Some(group) = &group
            && self
                .labels
                .insert((group.to_ascii_lowercase(), label.to_owned()))
        {
            let mut out = Out::new(PropertyId::X_ABLABEL, PropertyValue::Text(label.to_owned()));
            out.group = Some(group.clone());
            self.push(out);
        }
        self.sound(row, id, object, alt_id.as_deref(), None);
        if row.how == How::Date {
            self.place(row, id, object);
        }
        for (tag, value) in variants {
            let Some(own) = value.as_object() else {
                continue;
            };
            if without_sounds(own.clone()) != without_sounds(object.clone())
                && let Some(mut out) = compose(row, own)
            {
                self.finish(&mut out, row, id, own, alt_id.as_deref(), Some(&tag));
                out.group = None;
                self.push(out);
            }
            if sounds_of(own) != sounds_of(object) {
                self.sound(row, id, own, alt_id.as_deref(), Some(&tag));
            }
        }
    }

    /// PROP-ID, ALTID, LANGUAGE and the group.
    fn finish(
        &mut self,
        out: &mut Out,
        row: &Row,
        id: &str,
        object: &Map<String, Value>,
        alt_id: Option<&str>,
        tag: Option<&str>,
    ) {
        if let Some(alt_id) = alt_id {
            out.parameters.retain(|(name, _)| name != "ALTID");
            out.give("ALTID", alt_id);
        }
        if let Some(tag) = tag {
            out.parameters.retain(|(name, _)| name != "LANGUAGE");
            out.give("LANGUAGE", tag);
        }
        out.give("PROP-ID", id);
        if out.group.is_some() || tag.is_some() {
            return;
        }
        out.group = match row.how {
            How::Organization => self.organizations.get(id).cloned(),
            _ => {
                let of = text(object, "organizationId").and_then(|id| self.organizations.get(id));
                let is_labelled = object.contains_key("label")
                    && schema::type_in(row.member).is_some_and(|own| own.has("label"));
                match of {
                    Some(group) => Some(group.clone()),
                    None if is_labelled => Some(self.groups.free()),
                    None => None,
                }
            }
        };
    }

    /// An ADR that says how another one sounds.
    fn sound(
        &mut self,
        row: &Row,
        id: &str,
        object: &Map<String, Value>,
        alt_id: Option<&str>,
        tag: Option<&str>,
    ) {
        if row.how != How::Address || sounds_of(object).is_none() {
            return;
        }
        let Some(mut out) = address(row, object, "phonetic") else {
            return;
        };
        let comps = out
            .parameters
            .iter()
            .position(|(name, _)| name == "JSCOMPS");
        let comps = comps.map(|at| out.parameters.remove(at).1.concat());
        if let Some(alt_id) = alt_id {
            out.give("ALTID", alt_id);
        }
        if let Some(tag) = tag {
            out.give("LANGUAGE", tag);
        }
        phonetic(&mut out, object, comps);
        out.give("PROP-ID", id);
        self.push(out);
    }

    /// BIRTHPLACE and DEATHPLACE. RFC 9555, 2.5.1.
    fn place(&mut self, date: &Row, id: &str, object: &Map<String, Value>) {
        let Some(place) = object.get("place").and_then(Value::as_object) else {
            return;
        };
        let mut rows = table::rows_of(date.member);
        let row = rows.find(|row| row.how == How::Place && row.kind == date.kind);
        let Some(row) = row else { return };
        let variants = self.variants(&[date.member, id, row.value]);
        let alt_id = (!variants.is_empty()).then(|| self.alt_ids.next(row.property));
        let base = [(None, Value::Object(place.clone()))].into_iter();
        for (tag, value) in base.chain(variants.into_iter().map(|(tag, value)| (Some(tag), value)))
        {
            let Some(place) = value.as_object() else {
                continue;
            };
            let value = match (text(place, "full"), text(place, "coordinates")) {
                (Some(full), None) => Some((PropertyValue::Text(full.to_owned()), ValueType::Text)),
                (None, Some(uri)) => Some((PropertyValue::Uri(uri.to_owned()), ValueType::Uri)),
                _ => None,
            };
            let is_plain = place
                .keys()
                .all(|name| matches!(name.as_str(), "full" | "coordinates" | "vCardParams"));
            let Some((value, value_type)) = value.filter(|_| is_plain) else {
                continue;
            };
            let mut out = Out::typed(row.property, value, value_type);
            out.add_params(place);
            if let Some(alt_id) = &alt_id {
                out.parameters.retain(|(name, _)| name != "ALTID");
                out.give("ALTID", alt_id.clone());
            }
            if let Some(tag) = tag {
                out.give("LANGUAGE", tag);
            }
            out.give("PROP-ID", id);
            self.push(out);
        }
    }
}

/// How many tokens of a path name the object that a property is made of.
fn object_len(path: &[String]) -> Option<usize> {
    let first = path.first()?;
    let rows = table::rows_of(first);
    let how = rows.map(|row| row.how).next()?;
    let second = path.get(1).map(String::as_str);
    let len = match (how, second) {
        (How::FullName | How::Name, _) => 1,
        (How::Gender | How::Pronouns, Some("grammaticalGender")) => 2,
        (How::Gender | How::Pronouns, Some("pronouns")) => 3,
        (How::Date | How::Place, _) if path.get(2).is_some_and(|token| token == "place") => 3,
        (How::Entry | How::Items | How::Address | How::Organization | How::Profile, _) => 2,
        _ => return None,
    };
    (path.len() >= len).then_some(len)
}

fn at<'v>(card: &'v Map<String, Value>, path: &[String]) -> Option<&'v Value> {
    let (first, rest) = path.split_first()?;
    rest.iter()
        .try_fold(card.get(first)?, |value, token| value.get(token))
}

/// Patches of an object: their paths in it, and their values.
type Patches<'v> = Vec<(Vec<String>, &'v Value)>;

fn patched(base: &Value, patches: &[(Vec<String>, &Value)]) -> Option<Value> {
    let mut root = Map::new();
    root.insert("o".into(), base.clone());
    let mut all: Vec<(Vec<String>, &Value)> = Vec::new();
    for (rest, value) in patches {
        let mut path = Vec::from(["o".to_owned()]);
        path.extend(rest.iter().cloned());
        if pointer::fits(&root, &path, value).is_some() {
            return None;
        }
        all.push((path, *value));
    }
    let all = all.iter().map(|(path, value)| (path.as_slice(), *value));
    pointer::apply_all(&mut root, all);
    pointer::remove(&mut root, "o")
}
