//! A card of 4.0 -> JSContact: what is done, in order. RFC 9555, 2.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::from_card_state::{Reading, object_in};
use super::index::Index;
use super::line::Line;
use super::of_property::produce;
use super::parameters::{self, OF_OFFSET, add_to_set, rest_to};
use super::table::{self, How, Row};
use super::variants::{self, Role};
use super::{components, dates, localize, patching, places, schema};
use crate::card::Card;
use crate::convert::{Change, ChangeKind};
use crate::registry::{ParameterId, PropertyId};

/// What is said of a date and time of another offset.
const IN_UTC: &str = "the same moment is written in UTC, without the offset";

/// The card in JSContact, and what is not in it as it was.
pub(super) fn convert(card: &Card) -> (Value, Vec<Change>) {
    let mut reading = Reading::new(card);
    let (language, is_derived) = variants::main_language(&reading.lines);
    reading.roles = variants::roles(&reading.lines, language.as_deref());
    reading.index = Index::of(&reading.lines, &reading.roles);
    if let Some(tag) = language.filter(|_| is_derived) {
        let change = Change::of(
            ChangeKind::Derived,
            "RFC 9555, 2.3.11",
            "the language of the card is that of its FN",
        );
        reading.changes.push(change.named("LANGUAGE").result(&tag));
        reading.card.insert("language".into(), tag.into());
    }
    reading.main_lines();
    places::geographical(&mut reading);
    places::of_anniversaries(&mut reading);
    reading.organizations_of_titles();
    localize::variants(&mut reading);
    localize::sounds(&mut reading);
    reading.labels();
    let patches = patching::of_lines(&reading.lines);
    let (mut card, mut changes) = reading.finish();
    patching::apply(&mut card, &patches, &mut changes);
    changes.sort_by_key(Change::line);
    (Value::Object(card), changes)
}

impl Reading<'_> {
    fn main_lines(&mut self) {
        for place in 0..self.lines.len() {
            match self.roles.get(place) {
                Some(Role::Main) => {}
                Some(Role::Second) => {
                    self.keep(place);
                    continue;
                }
                _ => continue,
            }
            let row = self
                .lines
                .get(place)
                .and_then(Line::id)
                .and_then(table::row_of);
            match row {
                Some(row) if row.how == How::Label || row.how == How::Patch => {}
                Some(row) if matches!(row.how, How::Coordinates | How::Zone | How::Place) => {}
                Some(row) if self.is_kept(row, place) => self.keep(place),
                Some(row) => {
                    if self.main_line(row, place).is_none() {
                        self.keep(place);
                    }
                }
                None => self.keep(place),
            }
        }
    }

    /// Whether the member of a line is not for it: there is a value already, or a line cannot be there.
    fn is_kept(&self, row: &Row, place: usize) -> bool {
        match row.how {
            How::Member | How::Stamp if row.member == "language" => {
                self.index.first(PropertyId::LANGUAGE) != Some(place)
            }
            How::Member | How::Stamp => self.card.contains_key(row.member),
            How::FullName | How::Name | How::Gender => self
                .card
                .get(row.member)
                .is_some_and(|object| object.get(row.value).is_some()),
            How::Date => places::has_kind(&self.card, row),
            How::Members => !self.index.is_group,
            _ => false,
        }
    }

    fn main_line(&mut self, row: &'static Row, place: usize) -> Option<()> {
        let mut line = self.lines.get(place)?.clone();
        let id = line
            .take(ParameterId::PROP_ID)
            .and_then(|values| values.into_iter().next());
        let joins = self.index.joins(place);
        let language = line.first(ParameterId::LANGUAGE).map(ToOwned::to_owned);
        let main = self.card.get("language").and_then(Value::as_str);
        let is_main = match (&language, main) {
            (Some(own), Some(main)) => own.eq_ignore_ascii_case(main),
            (Some(own), None) => self.index.language.as_ref() == Some(own),
            _ => true,
        };
        if is_main {
            line.take(ParameterId::LANGUAGE);
        }
        if joins {
            line.take(ParameterId::ALTID);
        }
        if row.how == How::FullName && self.is_derived(place) {
            return Some(());
        }
        // 4.0 demands an FN, and this one says nothing. RFC 9555, 3.1.
        let is_bare = line.parameters.is_empty() && line.group().is_none();
        if row.how == How::FullName && is_bare && line.text().is_empty() {
            return Some(());
        }
        let zone = line.first(ParameterId::TZ).map(ToOwned::to_owned);
        let created = line.first(ParameterId::CREATED).map(ToOwned::to_owned);
        let mut values = produce(row, &mut line)?;
        let is_named = |zone: &String| parameters::zone(zone).is_some_and(|name| name != *zone);
        if line.first(ParameterId::TZ).is_none() && zone.is_some_and(|zone| is_named(&zone)) {
            self.note_parameter(
                &line,
                "TZ",
                ChangeKind::Approximated,
                "RFC 9555, 2.8.2",
                OF_OFFSET,
            );
        }
        let is_moved = |created: &String| dates::has_offset(created);
        if line.first(ParameterId::CREATED).is_none() && created.is_some_and(|one| is_moved(&one)) {
            self.note_parameter(
                &line,
                "CREATED",
                ChangeKind::Approximated,
                "RFC 9553, 1.4.4",
                IN_UTC,
            );
        }
        if matches!(row.how, How::Date | How::Stamp) && dates::has_offset(&line.text()) {
            self.note(place, ChangeKind::Approximated, "RFC 9553, 1.4.4", IN_UTC);
        }
        if row.how == How::Address && components::has_words_of_its_own(&line.components()) {
            let message = "the newer components take the place of the extended and the street address, which say more";
            self.note(place, ChangeKind::Approximated, "RFC 9555, 2.6.1", message);
        }
        match row.how {
            How::Member | How::Stamp => {
                self.drop_rest(&line);
                self.card.insert(row.member.into(), values.pop()?);
            }
            How::Keywords => {
                self.drop_rest(&line);
                for value in values {
                    add_to_set(&mut self.card, row.member, value.as_str()?);
                }
            }
            How::Members => {
                self.drop_rest(&line);
                add_to_set(&mut self.card, row.member, values.pop()?.as_str()?);
            }
            How::Relations => self.relation(row, &mut line, values.pop()?.as_str()?, place),
            How::FullName | How::Name => self.name(row, place, line, values.pop()?),
            How::Gender => {
                self.drop_rest(&line);
                let object = object_in(&mut self.card, row.member)?;
                object.insert(row.value.into(), values.pop()?);
                self.set_path(place, &[row.member, row.value]);
            }
            _ => {
                for (at, value) in values.into_iter().enumerate() {
                    let id = id.clone().filter(|_| at == 0);
                    self.entry(row, place, &line, value, id);
                }
            }
        }
        Some(())
    }

    /// Whether a full name is made from the components that are there too. RFC 9555, 2.3.7.
    fn is_derived(&self, place: usize) -> bool {
        let derived = self
            .lines
            .get(place)
            .and_then(|line| line.first(ParameterId::DERIVED));
        derived.is_some_and(|value| value.eq_ignore_ascii_case("true")) && self.index.has_name
    }

    fn relation(&mut self, row: &Row, line: &mut Line<'_>, whom: &str, place: usize) {
        let words = schema::type_in(row.member).map_or(&[][..], |object| object.words(row.value));
        let mut left = Vec::new();
        let mut relation = Map::new();
        for word in line.take_words(ParameterId::TYPE) {
            let lower = word.to_ascii_lowercase();
            match words.contains(&lower.as_str()) {
                true => {
                    relation.insert(lower, true.into());
                }
                false => left.push(word),
            }
        }
        if !left.is_empty() {
            line.parameters.push(super::line::Given {
                name: "type".into(),
                id: Some(ParameterId::TYPE),
                values: left,
            });
        }
        let group = self.group_to_keep(place);
        let has_params = self
            .card
            .get(row.member)
            .and_then(|all| all.get(whom)?.get("vCardParams"))
            .is_some();
        let mut rest = Map::new();
        if !has_params {
            self.keep_rest(line, group.as_deref(), &mut rest);
        }
        let own = object_in(&mut self.card, row.member).and_then(|all| object_in(all, whom));
        if let Some(own) = own {
            if let Some(set) = object_in(own, row.value) {
                set.extend(relation);
            }
            own.extend(rest);
        }
    }

    fn name(&mut self, row: &Row, place: usize, line: Line<'_>, value: Value) {
        let Value::Object(mut own) = value else {
            return;
        };
        let group = self.group_to_keep(place);
        // The parameters of the object are those of FN; of N where there is no other.
        let has_params = self
            .card
            .get(row.member)
            .is_some_and(|name| name.get("vCardParams").is_some());
        if has_params {
            self.drop_rest(&line);
        } else if row.how == How::Name {
            rest_to(&mut own, &line.parameters, group.as_deref());
            for given in &line.parameters {
                let message = "FN and N have one place for parameters in JSContact, which is read as that of FN";
                self.note_parameter(
                    &line,
                    &given.name,
                    ChangeKind::Approximated,
                    "RFC 9555, 2.15.2",
                    message,
                );
            }
        } else {
            self.keep_rest(&line, group.as_deref(), &mut own);
        }
        if let Some(name) = object_in(&mut self.card, row.member) {
            name.extend(own);
        }
        self.set_path(place, &[row.member]);
    }

    fn organizations_of_titles(&mut self) {
        for place in 0..self.lines.len() {
            let Some(line) = self.lines.get(place) else {
                continue;
            };
            if !matches!(line.id(), Some(PropertyId::TITLE | PropertyId::ROLE)) {
                continue;
            }
            let organization = self.groups.organization(line);
            let id = organization
                .and_then(|at| self.paths.get(at)?.as_ref()?.last())
                .cloned();
            let path = self.paths.get(place).and_then(Option::clone);
            if let (Some(id), Some([member, own])) = (id, path.as_deref())
                && let Some(Value::Object(title)) = self
                    .card
                    .get_mut(member)
                    .and_then(|titles| titles.get_mut(own))
            {
                title.insert("organizationId".into(), id.into());
            }
        }
    }

    /// Keeps the labels that no object has.
    fn labels(&mut self) {
        for place in 0..self.lines.len() {
            let is_label = self.lines.get(place).and_then(Line::id) == Some(PropertyId::X_ABLABEL);
            if is_label && !self.taken.contains(&place) {
                self.keep(place);
            }
        }
    }

    fn finish(mut self) -> (Map<String, Value>, Vec<Change>) {
        let mut card = Map::new();
        card.insert("@type".into(), "Card".into());
        card.insert("version".into(), "2.0".into());
        for member in schema::CARD.members {
            if let Some(value) = self.card.shift_remove(member.name) {
                card.insert(member.name.into(), value);
            }
        }
        card.extend(self.card);
        if !self.props.is_empty() {
            // In the order of the lines.
            self.props.sort_by_key(|(place, _)| *place);
            let props = self.props.into_iter().map(|(_, property)| property);
            card.insert("vCardProps".into(), Value::Array(props.collect()));
        }
        (card, self.changes)
    }
}
