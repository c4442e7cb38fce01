//! What holds for an object as a whole, member by member. RFC 9553, 2.

use alloc::string::String;

use serde_json::{Map, Value};

fn text<'v>(map: &'v Map<String, Value>, name: &str) -> Option<&'v str> {
    map.get(name).and_then(Value::as_str)
}

pub(super) fn card_rule(
    card: &Map<String, Value>,
    say: &mut dyn FnMut(&'static str, &'static str),
) {
    let version = text(card, "version").unwrap_or_default();
    if version.split('.').next() == Some("1") && !card.contains_key("uid") {
        say("uid", "a card of version 1.0 needs a uid");
    }
    if card.contains_key("members") && text(card, "kind") != Some("group") {
        say("members", "a card with members has the kind group");
    }
}

fn kinds(map: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let components = map.get("components").and_then(Value::as_array);
    components
        .into_iter()
        .flatten()
        .filter_map(|component| component.get("kind").and_then(Value::as_str))
}

pub(super) fn name_rule(
    name: &Map<String, Value>,
    say: &mut dyn FnMut(&'static str, &'static str),
) {
    components_rule(name, say);
    let Some(sort_as) = name.get("sortAs").and_then(Value::as_object) else {
        return;
    };
    if !name.contains_key("components") {
        say("sortAs", "sortAs needs components");
        return;
    }
    let is_there = |kind: &String| kinds(name).any(|own| own == kind);
    // There are eight kinds, so that this is linear.
    if !sort_as.keys().take(64).all(is_there) {
        say("sortAs", "sortAs has a kind that no component has");
    }
}

pub(super) fn components_rule(
    map: &Map<String, Value>,
    say: &mut dyn FnMut(&'static str, &'static str),
) {
    let is_ordered = map.get("isOrdered") == Some(&Value::Bool(true));
    let components = map.get("components").and_then(Value::as_array);
    if map.contains_key("defaultSeparator") && (!is_ordered || components.is_none()) {
        say(
            "defaultSeparator",
            "a default separator needs components that are ordered",
        );
    }
    let Some(components) = components else {
        return;
    };
    let is_separator =
        |component: &Value| component.get("kind").and_then(Value::as_str) == Some("separator");
    if !components.is_empty() && components.iter().all(is_separator) {
        say("components", "there are only separators");
    }
    if !is_ordered && kinds(map).any(|kind| kind == "separator") {
        say("components", "separators need components that are ordered");
    }
    let mut before = "";
    for kind in kinds(map) {
        if kind == "separator" && before == "separator" {
            say("components", "two separators follow one another");
            break;
        }
        before = kind;
    }
    let has_system = map.contains_key("phoneticSystem") || map.contains_key("phoneticScript");
    let sounds = |component: &Value| component.get("phonetic").is_some();
    if !has_system && components.iter().any(sounds) {
        say(
            "components",
            "phonetic needs a phoneticSystem or a phoneticScript",
        );
    }
}

pub(super) fn date_rule(
    date: &Map<String, Value>,
    say: &mut dyn FnMut(&'static str, &'static str),
) {
    let number = |name: &str| date.get(name).and_then(Value::as_u64);
    let (year, month, day) = (number("year"), number("month"), number("day"));
    match (year, month, day) {
        (None, None, None) => say("", "a date needs a year, or a month and a day"),
        (None, Some(_), None) => say("month", "a month needs a year or a day"),
        (_, None, Some(_)) => say("day", "a day needs a month"),
        (_, Some(month), Some(day)) if day > days(year, month) => {
            say("day", "the month has no such day");
        }
        _ => {}
    }
}

fn days(year: Option<u64>, month: u64) -> u64 {
    let is_leap = year.is_none_or(|year| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    });
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
