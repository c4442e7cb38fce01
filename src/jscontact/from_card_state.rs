//! What is known of a card on its way to JSContact: its lines, and what became of them.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::groups::Groups;
use super::ids::Ids;
use super::index::Index;
use super::line::Line;
use super::parameters::rest_to;
use super::table::{How, Row};
use super::variants::Role;
use super::{strings, vcard_props};
use crate::card::Card;
use crate::convert::{Change, ChangeKind};
use crate::syntax::physical::line_breaks;

/// A conversion on its way.
pub(super) struct Reading<'c> {
    pub lines: Vec<Line<'c>>,
    pub groups: Groups,
    pub roles: Vec<Role>,
    pub index: Index,
    pub card: Map<String, Value>,
    /// jCard properties, each with the place of its line.
    pub props: Vec<(usize, Value)>,
    pub changes: Vec<Change>,
    /// Where each line went: tokens of a path.
    pub paths: Vec<Option<Vec<String>>>,
    /// Labels that an object has taken.
    pub taken: BTreeSet<usize>,
    pub ids: Ids,
    /// The languages of localizations, by their tags in lower case: as the first of them is written.
    pub languages: BTreeMap<String, String>,
}

impl<'c> Reading<'c> {
    pub fn new(card: &'c Card) -> Self {
        let mut lines = Vec::new();
        let mut changes = Vec::new();
        let mut number = card.position().line;
        for property in card.lines() {
            let begins = number;
            number += line_breaks(property.raw());
            let is_frame = ["BEGIN", "END", "VERSION"]
                .iter()
                .any(|name| property.is(name));
            if is_frame || property.line().is_blank() {
                continue;
            }
            if !property.line().is_content() {
                let message = "a line that is not a property is left out";
                let change = Change::of(ChangeKind::Dropped, "RFC 6350, 3.3", message);
                changes.push(change.about(&property, begins));
                continue;
            }
            let mut line = Line::new(property, begins);
            if let Some(charset) = line.property.assumed_charset() {
                let message = format!("the text is not UTF-8 and is read as {charset}");
                let change = Change::of(ChangeKind::Approximated, "RFC 6350, 3.1", message);
                changes.push(change.about(&property, begins));
            }
            // JSContact takes no other name. RFC 9555, 2.15.
            let no_name = |section| {
                let message =
                    "a name with other characters than letters, digits and hyphens has no place";
                Change::of(ChangeKind::Dropped, section, message).about(&property, begins)
            };
            let names = [Some(line.property.name()), line.group()];
            if !names.into_iter().flatten().all(strings::is_vcard_name) {
                changes.push(no_name("RFC 9555, 2.15.1"));
                continue;
            }
            line.parameters.retain(|given| {
                let is_name = strings::is_vcard_name(&given.name);
                if !is_name {
                    changes.push(no_name("RFC 9555, 2.15.2").of_parameter(&given.name));
                }
                is_name
            });
            lines.push(line);
        }
        let ids = Ids::of(&lines);
        let groups = Groups::of(&lines);
        Reading {
            groups,
            roles: Vec::new(),
            index: Index::default(),
            card: Map::new(),
            props: Vec::new(),
            changes,
            paths: alloc::vec![None; lines.len()],
            lines,
            taken: BTreeSet::new(),
            ids,
            languages: BTreeMap::new(),
        }
    }

    /// Says what became of a line.
    pub fn note(&mut self, place: usize, kind: ChangeKind, section: &'static str, message: &str) {
        if let Some(line) = self.lines.get(place) {
            let change = Change::of(kind, section, message);
            self.changes.push(change.about(&line.property, line.number));
        }
    }

    /// Says what became of a parameter of a line.
    pub fn note_parameter(
        &mut self,
        line: &Line<'_>,
        name: &str,
        kind: ChangeKind,
        section: &'static str,
        message: &str,
    ) {
        let change = Change::of(kind, section, message);
        let change = change.about(&line.property, line.number);
        self.changes.push(change.of_parameter(name));
    }

    /// Keeps a line as a jCard property.
    pub fn keep(&mut self, place: usize) {
        let Some(line) = self.lines.get(place) else {
            return;
        };
        let property = vcard_props::of_line(line);
        let change = Change::of(
            ChangeKind::Moved,
            "RFC 9555, 2.15.1",
            "has no counterpart in JSContact and is kept in vCardProps",
        );
        let change = change.about(&line.property, line.number);
        self.changes.push(change.result("vCardProps"));
        self.props.push((place, property));
    }

    /// Puts the parameters that are left into the object.
    pub fn keep_rest(
        &mut self,
        line: &Line<'_>,
        group: Option<&str>,
        map: &mut Map<String, Value>,
    ) {
        rest_to(map, &line.parameters, group);
        let message = "the parameter has no counterpart in JSContact and is kept in vCardParams";
        for given in &line.parameters {
            let (kind, section) = (ChangeKind::Moved, "RFC 9555, 2.15.2");
            self.note_parameter(line, &given.name, kind, section, message);
        }
    }

    /// Parameters that have no place.
    pub fn drop_rest(&mut self, line: &Line<'_>) {
        let message = "a parameter of a value that is no object has no place in JSContact";
        for given in &line.parameters {
            let (kind, section) = (ChangeKind::Dropped, "RFC 9555, 2.3");
            self.note_parameter(line, &given.name, kind, section, message);
        }
    }

    /// The group of a line, where nothing else says what it is for.
    pub fn group_to_keep(&self, place: usize) -> Option<String> {
        let line = self.lines.get(place)?;
        let group = line.group()?;
        (!self.groups.is_said(line)).then(|| group.to_owned())
    }

    /// Adds an object by its Id.
    pub fn entry(
        &mut self,
        row: &'static Row,
        place: usize,
        line: &Line<'_>,
        value: Value,
        id: Option<String>,
    ) {
        let Value::Object(mut map) = value else {
            return;
        };
        if let Some(label) = self
            .lines
            .get(place)
            .and_then(|line| self.groups.label(line))
            && let Some(text) = self.lines.get(label).map(Line::text)
        {
            self.taken.insert(label);
            map.insert("label".into(), text.into());
        }
        let group = self.group_to_keep(place);
        self.keep_rest(line, group.as_deref(), &mut map);
        let id = self.id(row, place, id);
        let (member, inner) = match row.how {
            How::Pronouns => (row.member, Some(row.value)),
            _ => (row.member, None),
        };
        let object = object_in(&mut self.card, member);
        let (object, path) = match inner {
            Some(inner) => (
                object.and_then(|object| object_in(object, inner)),
                alloc::vec![member, inner, &id],
            ),
            None => (object, alloc::vec![member, &id]),
        };
        if let Some(object) = object {
            object.insert(id.clone(), Value::Object(map));
        }
        if self.paths.get(place).is_some_and(Option::is_none) {
            self.set_path(place, &path);
        }
    }

    /// The Id of an object: PROP-ID, or the name of the property and a number.
    fn id(&mut self, row: &Row, place: usize, given: Option<String>) -> String {
        let object = self.card.get(row.member);
        let object = match row.how {
            How::Pronouns => object.and_then(|object| object.get(row.value)),
            _ => object,
        };
        let is_free = |id: &str| object.is_none_or(|object| object.get(id).is_none());
        if let Some(id) = given {
            if strings::is_id(&id) && is_free(&id) {
                return id;
            }
            let message = "PROP-ID is not an Id of its own, and another one is made";
            self.note(place, ChangeKind::Approximated, "RFC 9553, 1.4.1", message);
        }
        self.ids.make(row)
    }

    pub fn set_path(&mut self, place: usize, path: &[&str]) {
        if let Some(own) = self.paths.get_mut(place) {
            *own = Some(path.iter().map(|token| (*token).to_owned()).collect());
        }
    }
}

/// The object of this name in another one, which is made where there is none; `None` where something
/// else has the name.
pub(super) fn object_in<'m>(
    map: &'m mut Map<String, Value>,
    name: &str,
) -> Option<&'m mut Map<String, Value>> {
    let value = map.entry(name).or_insert_with(|| Value::Object(Map::new()));
    value.as_object_mut()
}
