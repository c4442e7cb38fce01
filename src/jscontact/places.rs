//! GEO and TZ into addresses, BIRTHPLACE and DEATHPLACE into anniversaries. RFC 9555, 2.5.1 and 2.8.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::from_card_state::{Reading, object_in};
use super::line::Line;
use super::of_property::produce;
use super::parameters::{OF_OFFSET, rest_to};
use super::table::{self, How, Row};
use super::variants::Role;
use crate::convert::ChangeKind;
use crate::registry::{ParameterId, PropertyId};

/// Whether there is an anniversary of the kind of a row.
pub(super) fn has_kind(card: &Map<String, Value>, row: &Row) -> bool {
    let all = card.get(row.member).and_then(Value::as_object);
    let kind = row.kind.map(Value::from);
    all.is_some_and(|all| all.values().any(|one| one.get("kind") == kind.as_ref()))
}

/// The lines of these rows that stand for themselves.
fn places_of(reading: &Reading<'_>, is: impl Fn(&Row) -> bool) -> Vec<(usize, &'static Row)> {
    let all = reading.lines.iter().zip(&reading.roles).enumerate();
    all.filter(|(_, (_, role))| **role == Role::Main)
        .filter_map(|(place, (line, _))| Some((place, line.id().and_then(table::row_of)?)))
        .filter(|(_, row)| is(row))
        .collect()
}

/// Puts GEO and TZ into the addresses they belong to, or into ones of their own. RFC 9555, 2.8.3.
pub(super) fn geographical(reading: &mut Reading<'_>) {
    let mut homes = Homes::of(reading);
    for (place, row) in places_of(reading, |row| {
        matches!(row.how, How::Coordinates | How::Zone)
    }) {
        let Some(mut line) = reading.lines.get(place).cloned() else {
            continue;
        };
        let id = line
            .take(ParameterId::PROP_ID)
            .and_then(|values| values.into_iter().next());
        let Some(value) = produce(row, &mut line).and_then(|mut values| values.pop()) else {
            reading.keep(place);
            continue;
        };
        if row.how == How::Zone && value != *line.text() {
            reading.note(place, ChangeKind::Approximated, row.section, OF_OFFSET);
        }
        let home = homes
            .home(&line)
            .and_then(|home| reading.paths.get(home)?.clone());
        if let Some([member, key]) = home.as_deref()
            && line.parameters.is_empty()
            && let Some(Value::Object(address)) = reading
                .card
                .get_mut(member)
                .and_then(|all| all.get_mut(key))
            && !address.contains_key(row.value)
        {
            address.insert(row.value.into(), value);
            continue;
        }
        let mut address = Map::new();
        address.insert(row.value.into(), value);
        let message = "has an address of its own";
        reading.note(place, ChangeKind::Moved, row.section, message);
        reading.entry(row, place, &line, Value::Object(address), id);
        homes.add(reading, place);
    }
}

/// The lines that addresses come of, by their groups in lower case.
struct Homes {
    /// The first of each property in each group whose object is there.
    made: BTreeMap<(PropertyId, Option<String>), usize>,
    /// Whether no line has a group, and each property is there once.
    are_alone: bool,
}

impl Homes {
    const KINDS: [PropertyId; 3] = [PropertyId::ADR, PropertyId::GEO, PropertyId::TZ];

    fn of(reading: &Reading<'_>) -> Self {
        let mut homes = Homes {
            made: BTreeMap::new(),
            are_alone: true,
        };
        let mut seen: BTreeSet<PropertyId> = BTreeSet::new();
        for (place, (line, role)) in reading.lines.iter().zip(&reading.roles).enumerate() {
            let kind = line.id().filter(|id| Self::KINDS.contains(id));
            let Some(kind) = kind.filter(|_| *role == Role::Main) else {
                continue;
            };
            homes.are_alone &= line.group().is_none() && seen.insert(kind);
            homes.add(reading, place);
        }
        homes
    }

    /// Adds a line once there is an object of it.
    fn add(&mut self, reading: &Reading<'_>, place: usize) {
        let is_made = reading.paths.get(place).is_some_and(Option::is_some);
        if let Some(line) = reading.lines.get(place).filter(|_| is_made)
            && let Some(kind) = line.id()
        {
            self.made.entry((kind, group_of(line))).or_insert(place);
        }
    }

    /// The address that a GEO or TZ belongs to: the one of its group; the only one, where no line has
    /// a group and each is there once; or what another line of its group has made.
    fn home(&self, line: &Line<'_>) -> Option<usize> {
        let group = group_of(line);
        if group.is_none() && !self.are_alone {
            return None;
        }
        let mut kinds = Self::KINDS.into_iter();
        kinds.find_map(|kind| self.made.get(&(kind, group.clone())).copied())
    }
}

fn group_of(line: &Line<'_>) -> Option<String> {
    line.group().map(str::to_ascii_lowercase)
}

/// Puts BIRTHPLACE and DEATHPLACE into the anniversaries of their kind.
pub(super) fn of_anniversaries(reading: &mut Reading<'_>) {
    for (place, row) in places_of(reading, |row| row.how == How::Place) {
        if put(reading, place, row).is_none() {
            reading.keep(place);
        }
    }
}

fn put(reading: &mut Reading<'_>, place: usize, row: &'static Row) -> Option<()> {
    let mut line = reading.lines.get(place)?.clone();
    let own = line
        .take(ParameterId::PROP_ID)
        .and_then(|values| values.into_iter().next());
    if reading.index.has_variant(place) {
        line.take(ParameterId::ALTID);
    }
    let kind = row.kind.map(Value::from);
    let all = reading.card.get(row.member)?.as_object()?;
    let of_kind: Vec<&String> = all
        .iter()
        .filter(|(_, one)| one.get("kind") == kind.as_ref())
        .map(|(id, _)| id)
        .collect();
    let id: String = match (own, of_kind.as_slice()) {
        (Some(own), ids) if ids.iter().any(|id| **id == own) => own,
        (_, [one]) => (*one).clone(),
        _ => return None,
    };
    if all.get(&id)?.get(row.value).is_some() {
        return None;
    }
    let Value::Object(mut address) = produce(row, &mut line)?.pop()? else {
        return None;
    };
    let group = reading.group_to_keep(place);
    rest_to(&mut address, &line.parameters, group.as_deref());
    let anniversaries = object_in(&mut reading.card, row.member)?;
    let anniversary = anniversaries.get_mut(&id)?.as_object_mut()?;
    anniversary.insert(row.value.into(), Value::Object(address));
    reading.set_path(place, &[row.member, &id, row.value]);
    Some(())
}
