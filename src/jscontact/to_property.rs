//! An object of JSContact -> a property, by its row. RFC 9555, 3.1.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::out::Out;
use super::schema::{self, Is, ObjectType};
use super::table::{self, Becomes, How, Row};
use super::{components, dates, strings};
use crate::card::PropertyValue;
use crate::registry::{PropertyId, ValueType};

fn text<'v>(map: &'v Map<String, Value>, name: &str) -> Option<&'v str> {
    map.get(name).and_then(Value::as_str)
}

/// The row that an object is written by: what `vCardName` says, or its kind.
pub(super) fn row_for(member: &str, object: &Map<String, Value>) -> Option<&'static Row> {
    let is_entry = |row: &&'static Row| {
        !matches!(
            row.how,
            How::Coordinates | How::Zone | How::Place | How::Gender
        )
    };
    let rows = || table::rows_of(member).filter(is_entry);
    if let Some(name) = text(object, "vCardName") {
        let named = rows().find(|row| row.property.name().eq_ignore_ascii_case(name));
        // An IMPP is a URI.
        let named = named.filter(|row| row.how != How::Entry || object.contains_key(row.value));
        if let Some(row) = named.filter(|row| row.kind.is_none()) {
            return Some(row);
        }
    }
    if member == "onlineServices" {
        return rows().find(|row| row.how == How::Profile);
    }
    let kind = match text(object, "kind") {
        // RFC 9553, 2.2.5.
        None if member == "titles" => Some("title"),
        kind => kind,
    };
    let of_kind = rows().find(|row| row.kind == kind);
    of_kind.or_else(|| rows().find(|row| row.kind.is_none()))
}

/// The property of an object; `None` where its value has no form.
pub(super) fn compose(row: &'static Row, object: &Map<String, Value>) -> Option<Out> {
    let own_type = match row.how {
        How::Pronouns => schema::type_in_object(schema::type_in(row.member)?, row.value)?,
        _ => schema::type_in(row.member)?,
    };
    let mut out = match row.how {
        How::Entry | How::Items => entry(row, own_type, object)?,
        How::Pronouns => Out::new(
            row.property,
            PropertyValue::Text(text(object, row.value)?.to_owned()),
        ),
        How::Profile => profile(row, object)?,
        How::Organization => organization(row, object)?,
        How::Address => address(row, object, "value")?,
        How::Date => {
            let date = object.get("date")?.as_object()?;
            let value = PropertyValue::Raw(dates::to_date(date)?);
            let mut out = Out::new(row.property, value);
            if let Some(scale) = text(date, "calendarScale") {
                out.give("CALSCALE", scale);
            }
            out
        }
        _ => return None,
    };
    from_members(row, own_type, object, &mut out);
    Some(out)
}

fn entry(row: &Row, own_type: &ObjectType, object: &Map<String, Value>) -> Option<Out> {
    let value = text(object, row.value)?.to_owned();
    let (value, value_type) = match own_type.member(row.value)?.is {
        Is::Uri => (PropertyValue::Uri(value), ValueType::Uri),
        Is::Language => (PropertyValue::Raw(value), ValueType::LanguageTag),
        _ if row.property == PropertyId::TEL && strings::is_uri(&value) => {
            (PropertyValue::Uri(value), ValueType::Uri)
        }
        _ => (PropertyValue::Text(value), ValueType::Text),
    };
    Some(Out::typed(row.property, value, value_type))
}

fn profile(row: &Row, object: &Map<String, Value>) -> Option<Out> {
    if let Some(uri) = text(object, "uri") {
        let value = PropertyValue::Uri(uri.to_owned());
        return Some(Out::typed(row.property, value, ValueType::Uri));
    }
    let user = text(object, "user")?.to_owned();
    let mut out = Out::typed(row.property, PropertyValue::Text(user), ValueType::Text);
    // The value is the user.
    out.parameters.push(("USERNAME".into(), Vec::new()));
    Some(out)
}

fn organization(row: &Row, object: &Map<String, Value>) -> Option<Out> {
    let units = object.get("units").and_then(Value::as_array);
    let units: Vec<&Map<String, Value>> = units
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .collect();
    let names = units
        .iter()
        .map(|unit| text(unit, "name").unwrap_or_default());
    let mut values = Vec::from([Vec::from([text(object, "name")
        .unwrap_or_default()
        .to_owned()])]);
    values.extend(names.map(|name| Vec::from([name.to_owned()])));
    let mut out = Out::new(row.property, PropertyValue::Components(values));
    let mut sort: Vec<String> = Vec::from([text(object, "sortAs").unwrap_or_default().to_owned()]);
    sort.extend(
        units
            .iter()
            .map(|unit| text(unit, "sortAs").unwrap_or_default().to_owned()),
    );
    give_sort_as(&mut out, sort);
    Some(out)
}

/// SORT-AS, unless a comma is in one of its texts, which none can have.
pub(super) fn give_sort_as(out: &mut Out, mut sort: Vec<String>) {
    while sort.last().is_some_and(String::is_empty) {
        sort.pop();
    }
    let is_plain = sort.iter().all(|text| !text.contains(','));
    if is_plain && !sort.is_empty() {
        out.add("SORT-AS", sort);
    }
}

/// An address, by the values of its components or by how they sound.
pub(super) fn address(row: &Row, object: &Map<String, Value>, member: &str) -> Option<Out> {
    let given = components::given(object, member);
    if given.is_empty() {
        let empty = alloc::vec![Vec::from([String::new()]); 7];
        return Some(Out::new(row.property, PropertyValue::Components(empty)));
    }
    let is_ordered = object.get("isOrdered") == Some(&Value::Bool(true));
    let default = is_ordered.then(|| text(object, "defaultSeparator"));
    let written = components::address_value(&given, default);
    let mut out = Out::new(row.property, PropertyValue::Components(written.values));
    if let Some(comps) = written.comps {
        out.give("JSCOMPS", comps);
    }
    Some(out)
}

/// The parameters that members stand for.
fn from_members(row: &Row, own_type: &ObjectType, object: &Map<String, Value>, out: &mut Out) {
    let is_true =
        |(key, value): (&String, &Value)| (*value == Value::Bool(true)).then(|| key.to_owned());
    let set = |name: &str| {
        let set = object.get(name).and_then(Value::as_object);
        set.into_iter()
            .flatten()
            .filter_map(is_true)
            .collect::<Vec<_>>()
    };
    let mut types = Vec::new();
    if own_type.has("contexts") {
        let words = set("contexts").into_iter();
        types.extend(words.filter_map(|key| table::in_vcard(table::CONTEXTS, &key)));
    }
    if own_type.has("features") {
        let words = set("features").into_iter();
        types.extend(words.filter_map(|key| table::in_vcard(table::FEATURES, &key)));
    }
    out.add("TYPE", types.into_iter().map(ToOwned::to_owned));
    for parameter in table::PARAMETERS {
        let name = parameter.parameter.name();
        if parameter.becomes == Becomes::OfAuthor {
            let author = object.get("author").and_then(Value::as_object);
            let author = author.filter(|_| own_type.has("author"));
            if let Some(text) = author.and_then(|author| text(author, parameter.member)) {
                out.give(name, text);
            }
            continue;
        }
        let is_own = own_type.has(parameter.member) && parameter.member != row.value;
        let Some(value) = object
            .get(parameter.member)
            .filter(|_| is_own && !out.has(name))
        else {
            continue;
        };
        let value = match (parameter.becomes, value) {
            (Becomes::Number, Value::Number(number)) => Some(number.to_string()),
            (Becomes::Level, Value::String(level)) => match row.property {
                PropertyId::EXPERTISE => {
                    table::in_vcard(table::LEVELS, level).map(ToOwned::to_owned)
                }
                _ => Some(level.clone()),
            },
            (Becomes::Stamp, Value::String(utc)) => dates::to_timestamp(utc),
            (Becomes::Text, Value::String(text)) => Some(text.clone()),
            _ => None,
        };
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            out.give(name, value);
        }
    }
    // Those that only held a place.
    out.parameters.retain(|(_, values)| !values.is_empty());
    long_last(out);
    out.add_params(object);
}

/// Words and numbers come before texts, which are long.
fn long_last(out: &mut Out) {
    let is_long = |name: &str| matches!(name, "LABEL" | "JSCOMPS");
    out.parameters.sort_by_key(|(name, _)| is_long(name));
}
