//! GEO and TZ into addresses, BIRTHPLACE and DEATHPLACE into anniversaries. RFC 9555, 2.5.1 and 2.8.

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
        let home = home_of(reading, place).and_then(|home| reading.paths.get(home)?.clone());
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
    }
}

/// The address that a GEO or TZ belongs to: the one of its group; the only one, where no line has a
/// group and each is there once; or what another line of its group has made.
fn home_of(reading: &Reading<'_>, place: usize) -> Option<usize> {
    let group = reading.lines.get(place)?.group();
    let is_same = |line: &Line<'_>| match (line.group(), group) {
        (Some(own), Some(group)) => own.eq_ignore_ascii_case(group),
        (None, None) => true,
        _ => false,
    };
    let kinds = [PropertyId::ADR, PropertyId::GEO, PropertyId::TZ];
    let all = |kind: PropertyId| {
        let lines = reading.lines.iter().zip(&reading.roles).enumerate();
        lines
            .filter(move |(_, (line, role))| line.id() == Some(kind) && **role == Role::Main)
            .filter(|(at, (line, _))| is_same(line) && *at != place)
            .map(|(at, _)| at)
            .collect::<Vec<usize>>()
    };
    let addresses = all(PropertyId::ADR);
    let is_alone = group.is_some()
        || kinds.iter().all(|kind| {
            let of_kind = reading.lines.iter().zip(&reading.roles);
            let of_kind =
                of_kind.filter(|(line, role)| line.id() == Some(*kind) && **role == Role::Main);
            let mut of_kind = of_kind.map(|(line, _)| line.group().is_none());
            of_kind.next().is_none_or(|plain| plain) && of_kind.next().is_none()
        });
    if !is_alone {
        return None;
    }
    let others = kinds.iter().skip(1).flat_map(|kind| all(*kind));
    let made = |at: &usize| reading.paths.get(*at).is_some_and(Option::is_some);
    addresses
        .iter()
        .copied()
        .find(|at| made(at))
        .or_else(|| others.into_iter().find(|at| made(at)))
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
    let is_base = reading
        .roles
        .iter()
        .any(|role| matches!(role, Role::Variant { of, .. } if *of == place));
    if is_base {
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
