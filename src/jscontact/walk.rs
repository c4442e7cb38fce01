//! Looks at values by the table of object types, without recursion. RFC 9553, 1.7.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::jcard_shape;
use super::pointer::Place;
use super::problem::Problems;
use super::schema::{self, Is, NAME_KINDS, ObjectType};
use super::strings;

/// Something still to be looked at.
struct Todo<'v> {
    value: &'v Value,
    is: Is,
    pointer: Rc<Place<'v>>,
    section: &'static str,
}

/// Looks at the members of an object of a type, and at all that is in them.
pub(super) fn members<'v>(
    object: &'static ObjectType,
    map: &'v Map<String, Value>,
    pointer: Rc<Place<'v>>,
    problems: &mut Problems,
) {
    let mut todo = Vec::new();
    in_object(object, map, pointer, problems, &mut todo);
    while let Some(one) = todo.pop() {
        in_value(one, problems, &mut todo);
    }
}

/// Looks at one value that is to be something, and at all that is in it.
pub(super) fn one_member<'v>(
    is: Is,
    value: &'v Value,
    pointer: Rc<Place<'v>>,
    section: &'static str,
    problems: &mut Problems,
) {
    let mut todo = Vec::from([Todo {
        value,
        is,
        pointer,
        section,
    }]);
    while let Some(one) = todo.pop() {
        in_value(one, problems, &mut todo);
    }
}

fn in_object<'v>(
    object: &'static ObjectType,
    map: &'v Map<String, Value>,
    pointer: Rc<Place<'v>>,
    problems: &mut Problems,
    todo: &mut Vec<Todo<'v>>,
) {
    let section = object.section;
    for member in object.members {
        if member.mandatory && !map.contains_key(member.name) {
            let message = format!("{} is missing", member.name);
            problems.add(&*pointer, message, section);
        }
    }
    if !object.one_of.is_empty() && !object.one_of.iter().any(|name| map.contains_key(*name)) {
        let message = format!("one of {} has to be there", object.one_of.join(", "));
        problems.add(&*pointer, message, section);
    }
    if let Some(rule) = object.rule {
        rule(map, &mut |name, message| {
            let place = match name {
                "" => pointer.clone(),
                name => pointer.below(name),
            };
            problems.add(&*place, message, section);
        });
    }
    let start = todo.len();
    for (name, value) in map {
        if name == "@type" && object.name != "Card" {
            type_name(object, value, &pointer, problems);
            continue;
        }
        match object.member(name) {
            Some(member) => todo.push(Todo {
                value,
                is: member.is,
                pointer: pointer.below(name),
                section,
            }),
            None => unknown_name(name, &pointer, problems),
        }
    }
    // What comes first in the card is looked at first.
    todo.get_mut(start..).unwrap_or_default().reverse();
}

fn type_name(object: &ObjectType, value: &Value, pointer: &Rc<Place<'_>>, problems: &mut Problems) {
    if value.as_str() != Some(object.name) {
        let message = format!("expected {:?}", object.name);
        problems.add(&*pointer.below("@type"), message, "RFC 9553, 1.3.4");
    }
}

/// A name that no registered one is.
fn unknown_name<'v>(name: &'v str, pointer: &Rc<Place<'v>>, problems: &mut Problems) {
    let (message, section) = if name == schema::RESERVED {
        ("the name is reserved".to_owned(), "RFC 9553, 1.7.3.1")
    } else if let Some(own) = schema::name_in_other_case(name) {
        let message = format!("expected {own}, in this letter case");
        (message, "RFC 9553, 1.7.1")
    } else if name.contains(':') {
        if strings::is_of_vendor(name) {
            return;
        }
        let message = "the name of a vendor is a domain, a colon and a name".to_owned();
        (message, "RFC 9553, 1.8.1")
    } else if strings::is_name(name) {
        return;
    } else {
        let message = "a name is in lower camel case, of letters and digits".to_owned();
        (message, "RFC 9553, 1.7.2")
    };
    problems.add(&*pointer.below(name), message, section);
}

/// Looks at a value; what is in it comes to what is left to do.
fn in_value<'v>(one: Todo<'v>, problems: &mut Problems, todo: &mut Vec<Todo<'v>>) {
    let Todo {
        value,
        is,
        pointer,
        section,
    } = one;
    let start = todo.len();
    let expected = match is {
        Is::Object(object) => value.as_object().map(|map| {
            in_object(object, map, pointer.clone(), problems, todo);
        }),
        Is::Either(first, second) => value.as_object().map(|map| {
            let is_second = map.get("@type").and_then(Value::as_str) == Some(second.name);
            let object = if is_second { second } else { first };
            in_object(object, map, pointer.clone(), problems, todo);
        }),
        Is::Ids(object) | Is::Keys(object) => value.as_object().map(|map| {
            for (key, value) in map {
                let place = pointer.below(key);
                if matches!(is, Is::Ids(_)) && !strings::is_id(key) {
                    let message = "an Id is 1 to 255 letters, digits, hyphens and underscores";
                    problems.add(&*place, message, "RFC 9553, 1.4.1");
                }
                let is = Is::Object(object);
                todo.push(Todo {
                    value,
                    is,
                    pointer: place,
                    section: object.section,
                });
            }
            todo.get_mut(start..).unwrap_or_default().reverse();
        }),
        Is::SomeOf(object) => value.as_array().map(|items| {
            if items.is_empty() {
                problems.add(&*pointer, "there has to be an entry", section);
            }
            for (place, value) in items.iter().enumerate() {
                let pointer = pointer.below(place.to_string());
                let is = Is::Object(object);
                todo.push(Todo {
                    value,
                    is,
                    pointer,
                    section: object.section,
                });
            }
            todo.get_mut(start..).unwrap_or_default().reverse();
        }),
        _ => {
            scalar(is, value, &pointer, section, problems);
            return;
        }
    };
    if expected.is_none() {
        let what = match is {
            Is::SomeOf(_) => "expected an array",
            _ => "expected an object",
        };
        problems.add(&*pointer, what, section);
    }
}

/// What holds no object of a type.
fn scalar<'v>(
    is: Is,
    value: &'v Value,
    pointer: &Rc<Place<'v>>,
    section: &'static str,
    problems: &mut Problems,
) {
    let mut say = |message: String| problems.add(&**pointer, message, section);
    let of = |test: fn(&str) -> bool| value.as_str().is_some_and(test);
    let fault: Option<&str> = match is {
        Is::Text => (!value.is_string()).then_some("a string"),
        Is::NotEmpty => (!of(|text| !text.is_empty())).then_some("a string that is not empty"),
        Is::Uri => (!of(strings::is_uri)).then_some("a URI"),
        Is::Geo => (!of(strings::is_geo)).then_some("a geo: URI"),
        Is::Email => (!of(strings::is_email)).then_some("an email address"),
        Is::Id => (!of(strings::is_id)).then_some("an Id"),
        Is::Bool => (!value.is_boolean()).then_some("true or false"),
        Is::UtcDateTime => (!of(strings::is_utc_date_time))
            .then_some("a date and time in UTC, as 2010-10-10T10:10:10Z"),
        Is::Language => (!of(strings::is_language)).then_some("a language tag"),
        Is::Script => (!of(strings::is_script)).then_some("a script of four letters, as Latn"),
        Is::CountryCode => (!of(strings::is_country_code)).then_some("two letters, as US"),
        Is::TimeZone => (!of(strings::is_time_zone)).then_some("a time zone, as Europe/Oslo"),
        Is::MediaType => (!of(strings::is_media_type)).then_some("a media type, as image/png"),
        Is::Version => (!of(strings::is_version)).then_some("a version, as 2.0"),
        Is::VcardName => (!of(strings::is_vcard_name)).then_some("a name of vCard"),
        Is::Number(from, to) => {
            let is_in = value
                .as_u64()
                .is_some_and(|number| (from..=to).contains(&number));
            if !is_in {
                say(match to {
                    12 | 31 | 100 => format!("expected a whole number from {from} to {to}"),
                    _ => format!("expected a whole number of {from} or more"),
                });
            }
            None
        }
        Is::OneOf(words) => {
            match value.as_str() {
                Some(text) => word(text, words, pointer, problems),
                None => say("expected a string".to_owned()),
            }
            None
        }
        Is::Set(words) => {
            set(value, words, false, pointer, section, problems);
            None
        }
        Is::Contexts => {
            set(value, schema::CONTEXTS, true, pointer, section, problems);
            None
        }
        Is::SortAs => {
            sort_as(value, pointer, section, problems);
            None
        }
        Is::VcardProps => {
            jcard_shape::properties(value, pointer, problems);
            None
        }
        Is::VcardParams => {
            jcard_shape::parameters(value, pointer, problems);
            None
        }
        Is::Localizations => (!value.is_object()).then_some("an object"),
        Is::Object(_) | Is::Either(..) | Is::Ids(_) | Is::Keys(_) | Is::SomeOf(_) => None,
    };
    if let Some(what) = fault {
        problems.add(&**pointer, format!("expected {what}"), section);
    }
}

/// A word of an enumeration. RFC 9553, 1.7.5.
fn word(text: &str, words: &[&str], pointer: &Place<'_>, problems: &mut Problems) {
    if words.contains(&text) {
        return;
    }
    if let Some(own) = words.iter().find(|own| own.eq_ignore_ascii_case(text)) {
        let message = format!("expected {own:?}, in this letter case");
        problems.add(pointer, message, "RFC 9553, 1.7.1");
    } else if words == ["Card"] {
        problems.add(pointer, "expected \"Card\"", "RFC 9553, 2.1.1");
    } else if text.contains(':') && !strings::is_of_vendor(text) {
        let message = "the value of a vendor is a domain, a colon and a name";
        problems.add(pointer, message, "RFC 9553, 1.8.2");
    } else if text.is_empty() {
        problems.add(pointer, "expected a word", "RFC 9553, 1.7.5");
    }
}

fn set<'v>(
    value: &'v Value,
    words: &'static [&'static str],
    may_be_false: bool,
    pointer: &Rc<Place<'v>>,
    section: &'static str,
    problems: &mut Problems,
) {
    let Some(map) = value.as_object() else {
        problems.add(&**pointer, "expected an object", section);
        return;
    };
    for (key, value) in map {
        if !words.is_empty() {
            word(key, words, &pointer.below(key), problems);
        }
        let message = match value {
            Value::Bool(true) => continue,
            Value::Bool(false) if may_be_false => continue,
            _ if may_be_false => "expected true or false",
            _ => "expected true",
        };
        problems.add(&*pointer.below(key), message, section);
    }
}

fn sort_as<'v>(
    value: &'v Value,
    pointer: &Rc<Place<'v>>,
    section: &'static str,
    problems: &mut Problems,
) {
    let Some(map) = value.as_object() else {
        problems.add(&**pointer, "expected an object", section);
        return;
    };
    for (kind, value) in map {
        word(kind, NAME_KINDS, &pointer.below(kind), problems);
        if !value.is_string() {
            problems.add(&*pointer.below(kind), "expected a string", section);
        }
    }
}
