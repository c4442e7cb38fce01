//! Parameters of a property -> members of its object, and what is left of them -> `vCardParams`.
//! RFC 9555, 2.3 and 2.15.2.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::line::{Given, Line};
use super::schema::{Is, ObjectType};
use super::table::{self, Becomes, ParameterRow};
use super::{dates, strings};
use crate::registry::{ParameterId, PropertyId};
use crate::value::{TimeZone, Timestamp, Value as _};
use crate::version::Version;

/// Gives an object the members that the parameters of its property stand for. What has none stays.
pub(super) fn to_members(
    line: &mut Line<'_>,
    object: &'static ObjectType,
    map: &mut Map<String, Value>,
) {
    let all = core::mem::take(&mut line.parameters);
    let mut left = Vec::new();
    for given in all {
        let stays = match given.id {
            Some(ParameterId::TYPE) => types(line.id(), given, object, map),
            Some(id) => match table::parameter_row(id) {
                Some(row) => member(line.id(), row, given, object, map),
                None => Some(given),
            },
            None => Some(given),
        };
        left.extend(stays);
    }
    line.parameters = left;
}

/// Words of TYPE: contexts, features. The others stay.
fn types(
    property: Option<PropertyId>,
    given: Given,
    object: &'static ObjectType,
    map: &mut Map<String, Value>,
) -> Option<Given> {
    let mut left = Vec::new();
    let words = given.values.iter().flat_map(|value| value.split(','));
    for word in words.map(str::trim).filter(|word| !word.is_empty()) {
        let context = table::in_jscontact(table::CONTEXTS, word)
            .filter(|context| object.has("contexts") && object.words("contexts").contains(context));
        let feature = table::in_jscontact(table::FEATURES, word)
            .filter(|_| property == Some(PropertyId::TEL));
        match (context, feature) {
            (Some(context), _) => add_to_set(map, "contexts", context),
            (None, Some(feature)) => add_to_set(map, "features", feature),
            (None, None) => left.push(word.to_owned()),
        }
    }
    let values = left;
    (!values.is_empty()).then_some(Given { values, ..given })
}

/// Adds a key to a set.
pub(super) fn add_to_set(map: &mut Map<String, Value>, member: &str, key: &str) {
    let set = map
        .entry(member)
        .or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(set) = set {
        set.insert(key.into(), true.into());
    }
}

fn member(
    property: Option<PropertyId>,
    row: &'static ParameterRow,
    given: Given,
    object: &'static ObjectType,
    map: &mut Map<String, Value>,
) -> Option<Given> {
    let Some(text) = given.values.first().filter(|_| given.values.len() == 1) else {
        return Some(given);
    };
    if row.becomes == Becomes::OfAuthor {
        let is_value = row.member != "uri" || strings::is_uri(text);
        if !object.has("author") || !is_value || text.is_empty() {
            return Some(given);
        }
        let author = map
            .entry("author")
            .or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(author) = author {
            author.insert(row.member.into(), text.clone().into());
        }
        return None;
    }
    let Some(own) = object.members.iter().find(|own| own.name == row.member) else {
        return Some(given);
    };
    let value = match (row.becomes, own.is) {
        (Becomes::Number, Is::Number(from, to)) => {
            let number = text.parse::<u64>().ok();
            let number = number.filter(|number| (from..=to).contains(number));
            number.filter(|_| !text.starts_with('+')).map(Value::from)
        }
        (Becomes::Level, Is::OneOf(words)) => level(property, text)
            .filter(|level| words.contains(&level.as_str()))
            .map(Value::from),
        (Becomes::Stamp, _) => Timestamp::parse(text, Version::V4_0)
            .ok()
            .and_then(dates::of_timestamp)
            .map(Value::from),
        (Becomes::Text, Is::TimeZone) => zone(text).map(Value::from),
        // In a label of RFC 6350 a line break is written as in a text.
        (Becomes::Text, Is::Text) if row.parameter == ParameterId::LABEL => {
            Some(text.replace("\\n", "\n").replace("\\N", "\n").into())
        }
        (Becomes::Text, is) => is_text(is, text).then(|| text.clone().into()),
        _ => None,
    };
    match value {
        Some(value) if !map.contains_key(row.member) => {
            map.insert(row.member.into(), value);
            None
        }
        _ => Some(given),
    }
}

/// Whether a text is a value of a member.
pub(super) fn is_text(is: Is, text: &str) -> bool {
    match is {
        Is::Text => true,
        Is::NotEmpty => !text.is_empty(),
        Is::Uri => strings::is_uri(text),
        Is::Geo => strings::is_geo(text),
        Is::Email => strings::is_email(text),
        Is::Language => strings::is_language(text),
        Is::CountryCode => strings::is_country_code(text),
        Is::MediaType => strings::is_media_type(text),
        Is::TimeZone => strings::is_time_zone(text),
        _ => false,
    }
}

fn level(property: Option<PropertyId>, text: &str) -> Option<String> {
    match property {
        Some(PropertyId::EXPERTISE) => {
            table::in_jscontact(table::LEVELS, text).map(ToOwned::to_owned)
        }
        _ => Some(text.to_ascii_lowercase()),
    }
}

/// What is said where the name is not the text.
pub(super) const OF_OFFSET: &str = "the offset is the name of a time zone that has it all year";

/// The name of the time zone that a text stands for: a name, or an offset of whole hours.
/// RFC 9555, 2.8.2.
pub(super) fn zone(text: &str) -> Option<String> {
    match TimeZone::parse(text, Version::V4_0).ok()? {
        TimeZone::Name(name) => {
            let name = name.as_str();
            strings::is_time_zone(name).then(|| name.to_owned())
        }
        TimeZone::Offset(offset) => of_offset(offset.minutes()),
        TimeZone::Uri(_) => None,
    }
}

fn of_offset(minutes: i16) -> Option<String> {
    let hours = minutes / 60;
    if minutes % 60 != 0 || !(-12..=14).contains(&hours) {
        return None;
    }
    Some(match hours {
        0 => "Etc/UTC".to_owned(),
        _ => alloc::format!("Etc/GMT{:+}", -hours),
    })
}

/// Puts what is left of the parameters into `vCardParams`.
pub(super) fn rest_to(map: &mut Map<String, Value>, rest: &[Given], group: Option<&str>) {
    let mut params = Map::new();
    for given in rest {
        let value = match given.values.as_slice() {
            [one] => Value::from(one.clone()),
            many => Value::Array(many.iter().cloned().map(Value::from).collect()),
        };
        params.insert(given.name.clone(), value);
    }
    if let Some(group) = group {
        params.insert("group".into(), group.into());
    }
    if !params.is_empty() {
        map.insert("vCardParams".into(), Value::Object(params));
    }
}
