//! The form of `vCardProps` and `vCardParams`: jCard properties and their parameters. RFC 7095, 3.3;
//! RFC 9555, 2.15.

use alloc::rc::Rc;
use alloc::string::ToString;

use serde_json::Value;

use super::pointer::Place;
use super::problem::Problems;
use super::strings::is_vcard_name;

const SECTION: &str = "RFC 9555, 2.15.1";

/// Looks at `vCardProps`.
pub(super) fn properties<'v>(value: &'v Value, pointer: &Rc<Place<'v>>, problems: &mut Problems) {
    let Some(items) = value.as_array() else {
        problems.add(&**pointer, "expected an array", SECTION);
        return;
    };
    for (place, item) in items.iter().enumerate() {
        let pointer = pointer.below(place.to_string());
        let Some([name, given, kind, value, ..]) = item.as_array().map(|items| items.as_slice())
        else {
            let message = "expected an array of a name, parameters, a type and a value";
            problems.add(&*pointer, message, SECTION);
            continue;
        };
        if !name.as_str().is_some_and(is_vcard_name) {
            problems.add(&*pointer.below("0"), "expected a name of vCard", SECTION);
        }
        named(given, &pointer.below("1"), true, problems);
        if !kind.as_str().is_some_and(is_vcard_name) {
            problems.add(&*pointer.below("2"), "expected a type of value", SECTION);
        }
        let values = item
            .as_array()
            .and_then(|items| items.get(3..))
            .unwrap_or_default();
        let is_value = |value: &Value| !value.is_null() && !value.is_object();
        if value.is_null() || !values.iter().all(is_value) {
            let message = "expected texts, numbers, booleans or arrays of them";
            problems.add(&*pointer.below("3"), message, SECTION);
        }
    }
}

/// Looks at `vCardParams`.
pub(super) fn parameters<'v>(value: &'v Value, pointer: &Rc<Place<'v>>, problems: &mut Problems) {
    named(value, pointer, false, problems);
}

/// Looks at parameters. RFC 7095 does not say that the value of PREF is a string, and there are numbers.
fn named<'v>(
    value: &'v Value,
    pointer: &Rc<Place<'v>>,
    may_be_number: bool,
    problems: &mut Problems,
) {
    let section = "RFC 9555, 2.15.2";
    let Some(map) = value.as_object() else {
        problems.add(&**pointer, "expected an object", section);
        return;
    };
    for (name, value) in map {
        let place = pointer.below(name);
        if !is_vcard_name(name) {
            problems.add(&*place, "expected the name of a parameter", section);
            continue;
        }
        let is_value = match value {
            Value::String(_) => true,
            Value::Array(items) => !items.is_empty() && items.iter().all(Value::is_string),
            Value::Number(_) | Value::Bool(_) => may_be_number,
            _ => false,
        };
        let is_group = !name.eq_ignore_ascii_case("group");
        if !is_value {
            problems.add(
                &*place,
                "expected a string, or an array of strings",
                section,
            );
        } else if !is_group && !value.as_str().is_some_and(is_vcard_name) {
            problems.add(&*place, "expected the name of a group", section);
        }
    }
}
