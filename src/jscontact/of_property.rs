//! The value of a property -> what it is in JSContact, by its row. RFC 9555, 2.4 to 2.13.

use alloc::string::String;
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::line::Line;
use super::parameters::{self, to_members};
use super::schema::{self, Is, ObjectType};
use super::table::{self, How, Row};
use super::{components, dates, strings};
use crate::registry::{ParameterId, PropertyId};
use crate::typed::CardValue as _;
use crate::value::{DateOrText, Timestamp};

/// What a property comes to: objects, or one value. `None` where the value is not valid for its
/// member. Parameters that have a counterpart are taken away, the others stay.
pub(super) fn produce(row: &'static Row, line: &mut Line<'_>) -> Option<Vec<Value>> {
    // A type that nobody knows: its value may be anything.
    line.value_type?;
    let one = match row.how {
        How::Member => Value::from(member(row, line)?),
        How::Stamp => {
            let timestamp = Timestamp::from_property(&line.property).ok()?;
            Value::from(dates::of_timestamp(timestamp)?)
        }
        How::Entry => entry(row, line, None)?,
        How::Items => {
            let object = schema::type_in(row.member)?;
            let mut items = Vec::new();
            let list = line.list();
            let given = line.parameters.clone();
            for text in list.into_iter().filter(|text| !text.is_empty()) {
                line.parameters.clone_from(&given);
                items.push(with_members(row, line, object, row.value, text.into()));
            }
            return (!items.is_empty()).then_some(items);
        }
        How::FullName => {
            line.take(ParameterId::DERIVED);
            single(row.value, line.text().into())
        }
        How::Name => name(line)?,
        How::Address => address(line)?,
        How::Coordinates => {
            let uri = line.uri();
            Value::from(strings::is_geo(&uri).then_some(uri)?)
        }
        How::Zone => Value::from(parameters::zone(&line.property.raw_text().ok()?)?),
        How::Organization => organization(row, line)?,
        How::Profile => profile(row, line)?,
        How::Date => date(row, line)?,
        How::Place => place(line)?,
        How::Gender => {
            let word = line.text().to_ascii_lowercase();
            let words = schema::type_in(row.member)?.words(row.value);
            Value::from(words.contains(&word.as_str()).then_some(word)?)
        }
        How::Pronouns => {
            let object = schema::type_in_object(schema::type_in(row.member)?, row.value)?;
            with_members(row, line, object, row.value, line.text().into())
        }
        How::Members | How::Relations => Value::from(line.text_or_uri()),
        How::Keywords => {
            let texts = line.list().into_iter().filter(|text| !text.is_empty());
            return Some(texts.map(Value::from).collect());
        }
        How::Label | How::Patch | How::Nothing => return None,
    };
    Some(Vec::from([one]))
}

fn single(name: &str, value: Value) -> Value {
    let mut map = Map::new();
    map.insert(name.into(), value);
    Value::Object(map)
}

fn member(row: &Row, line: &Line<'_>) -> Option<String> {
    let is = schema::CARD.member(row.member)?.is;
    match (is, row.property) {
        (Is::OneOf(words), _) => {
            let word = line.text().to_ascii_lowercase();
            (words.contains(&word.as_str()) || strings::is_of_vendor(&word)).then_some(word)
        }
        (_, PropertyId::UID) => Some(line.text_or_uri()).filter(|uid| !uid.is_empty()),
        (is, _) => Some(line.text()).filter(|text| parameters::is_text(is, text)),
    }
}

/// An object with a value in one member, its kind, and what its parameters say.
fn with_members(
    row: &Row,
    line: &mut Line<'_>,
    object: &'static ObjectType,
    member: &str,
    value: Value,
) -> Value {
    let mut map = Map::new();
    if let Some(kind) = row.kind {
        map.insert("kind".into(), kind.into());
    }
    map.insert(member.into(), value);
    to_members(line, object, &mut map);
    Value::Object(map)
}

fn entry(row: &Row, line: &mut Line<'_>, member: Option<&'static str>) -> Option<Value> {
    let object = schema::type_in(row.member)?;
    let member = member.unwrap_or(row.value);
    let is = object.member(member)?.is;
    let text = match is {
        // A text is not one, whatever it looks like.
        Is::Uri if line.value_type == Some(crate::registry::ValueType::Text) => return None,
        Is::Uri => line.uri(),
        _ => line.text_or_uri(),
    };
    if !parameters::is_text(is, &text) {
        return None;
    }
    let value = with_members(row, line, object, member, text.into());
    match (value, row.property) {
        // The two are one type of object, and this one has no other mark. RFC 9555, 2.7.2.
        (Value::Object(mut map), PropertyId::IMPP) => {
            map.insert("vCardName".into(), "impp".into());
            Some(Value::Object(map))
        }
        (value, _) => Some(value),
    }
}

/// A profile that is a text is the name of a user. RFC 9555, 2.7.5.
fn profile(row: &Row, line: &mut Line<'_>) -> Option<Value> {
    match line.is_uri() {
        true => entry(row, line, None),
        false => {
            // The value is the user, so that another name of one stays a parameter.
            let user = line
                .parameters
                .iter()
                .position(|own| own.id == Some(ParameterId::USERNAME));
            let user = user.map(|at| line.parameters.remove(at));
            let value = entry(row, line, Some("user"));
            line.parameters.extend(user);
            value
        }
    }
}

fn name(line: &mut Line<'_>) -> Option<Value> {
    let parts = components::parts_of_name(&line.components());
    if parts.is_empty() {
        return None;
    }
    let mut map = Map::new();
    let comps = line.first(ParameterId::JSCOMPS).map(String::from);
    if components::set(&mut map, &parts, comps.as_deref()) {
        line.take(ParameterId::JSCOMPS);
    }
    if let Some(sort_as) = sort_as(line, &parts) {
        line.take(ParameterId::SORT_AS);
        map.insert("sortAs".into(), Value::Object(sort_as));
    }
    Some(Value::Object(map))
}

/// SORT-AS of a name: a text for each kind of component in their order, where all of these are there.
fn sort_as(line: &Line<'_>, parts: &[components::Part]) -> Option<Map<String, Value>> {
    let given = line
        .parameters
        .iter()
        .find(|own| own.id == Some(ParameterId::SORT_AS))?;
    let mut map = Map::new();
    let texts = given.values.iter().flat_map(|value| value.split(','));
    let mut kinds = table::NAME.iter();
    for text in texts {
        let kind = kinds.next()?;
        if text.is_empty() {
            continue;
        }
        if !parts.iter().any(|part| part.kind == *kind) {
            return None;
        }
        map.insert((*kind).into(), text.into());
    }
    (!map.is_empty()).then_some(map)
}

fn address(line: &mut Line<'_>) -> Option<Value> {
    let parts = components::parts_of_address(&line.components());
    let mut map = Map::new();
    let comps = line.first(ParameterId::JSCOMPS).map(String::from);
    if components::set(&mut map, &parts, comps.as_deref()) {
        line.take(ParameterId::JSCOMPS);
    }
    to_members(line, &schema::ADDRESS, &mut map);
    let is_something = schema::ADDRESS
        .one_of
        .iter()
        .any(|name| map.contains_key(*name));
    is_something.then_some(Value::Object(map))
}

fn organization(row: &Row, line: &mut Line<'_>) -> Option<Value> {
    let texts: Vec<String> = line
        .components()
        .into_iter()
        // A comma parts nothing here.
        .map(|component| component.join(","))
        .collect();
    let (first, units) = texts.split_first()?;
    if texts.iter().all(String::is_empty) {
        return None;
    }
    // A unit has a name, which may be empty.
    let end = units
        .iter()
        .rposition(|unit| !unit.is_empty())
        .map_or(0, |last| last + 1);
    let sort = line
        .parameters
        .iter()
        .find(|own| own.id == Some(ParameterId::SORT_AS));
    let sort: Vec<String> = sort
        .into_iter()
        .flat_map(|given| given.values.iter().flat_map(|value| value.split(',')))
        .map(String::from)
        .collect();
    let fits = sort.len() <= end + 1;
    let mut map = Map::new();
    let set = |map: &mut Map<String, Value>, at: usize| {
        if let Some(text) = sort.get(at).filter(|text| fits && !text.is_empty()) {
            map.insert("sortAs".into(), text.clone().into());
        }
    };
    if !first.is_empty() {
        map.insert("name".into(), first.clone().into());
    }
    let units = units.iter().take(end).enumerate().map(|(at, unit)| {
        let mut map = Map::new();
        map.insert("name".into(), unit.clone().into());
        set(&mut map, at + 1);
        Value::Object(map)
    });
    let units: Vec<Value> = units.collect();
    if !units.is_empty() {
        map.insert("units".into(), Value::Array(units));
    }
    set(&mut map, 0);
    if fits {
        line.take(ParameterId::SORT_AS);
    }
    to_members(line, schema::type_in(row.member)?, &mut map);
    Some(Value::Object(map))
}

fn date(row: &Row, line: &mut Line<'_>) -> Option<Value> {
    let DateOrText::Date(date) = DateOrText::from_property(&line.property).ok()? else {
        return None;
    };
    let mut date = dates::anniversary(date)?;
    let scale = line
        .first(ParameterId::CALSCALE)
        .map(str::to_ascii_lowercase);
    if let Some(scale) = scale
        && !date.contains_key("utc")
    {
        line.take(ParameterId::CALSCALE);
        date.insert("calendarScale".into(), scale.into());
    }
    let object = schema::type_in(row.member)?;
    Some(with_members(
        row,
        line,
        object,
        row.value,
        Value::Object(date),
    ))
}

/// The place of an anniversary: a text, or where it is. RFC 9555, 2.5.1.
fn place(line: &mut Line<'_>) -> Option<Value> {
    let (member, text) = match line.is_uri() {
        true => ("coordinates", line.uri()),
        false => ("full", line.text()),
    };
    if member == "coordinates" && !strings::is_geo(&text) {
        return None;
    }
    let mut map = Map::new();
    map.insert(member.into(), text.into());
    Some(Value::Object(map))
}
