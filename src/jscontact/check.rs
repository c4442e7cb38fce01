//! What is wrong with a JSContact card. RFC 9553, 1.7; RFC 9982.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::Value;

use super::pointer::Place;
use super::problem::{Problem, Problems};
use super::schema::CARD;
use super::{patches, walk};

/// How deep a card may be: as deep as `serde_json` reads.
pub const MAX_DEPTH: usize = 128;

/// What is wrong with a JSContact card; nothing for a valid one.
///
/// Types, letter case, reserved names and patches are looked at. Names and values that are not known
/// yet are no problem where they have the form of those that are registered, and what stands under
/// the name of a vendor is anything. A card of version 1.0 needs a `uid`, one of 2.0 does not.
///
/// ```
/// use serde_json::json;
/// use vcardinal::jscontact;
///
/// let card = json!({
///     "@type": "Card", "version": "2.0",
///     "emails": { "e1": { "adress": "ada@example.com", "pref": 0 } },
/// });
/// let problems: Vec<String> = jscontact::check(&card).iter().map(ToString::to_string).collect();
/// assert_eq!(problems, [
///     "/emails/e1: address is missing (RFC 9553, 2.3.1)",
///     "/emails/e1/pref: expected a whole number from 1 to 100 (RFC 9553, 2.3.1)",
/// ]);
/// ```
#[must_use]
pub fn check(card: &Value) -> Vec<Problem> {
    let mut problems = Problems::default();
    if !is_shallow(card) {
        let message = format!("a card is at most {MAX_DEPTH} deep");
        problems.add(String::new(), message, "RFC 8259, 9");
        return problems.into_vec();
    }
    let Some(map) = card.as_object() else {
        problems.add(String::new(), "expected an object", CARD.section);
        return problems.into_vec();
    };
    walk::members(&CARD, map, Place::at(""), &mut problems);
    if let Some(localizations) = map.get("localizations").and_then(Value::as_object) {
        patches::check(map, localizations, &mut problems);
    }
    problems.into_vec()
}

/// Whether it is no deeper than [`MAX_DEPTH`], found without recursion.
pub(super) fn is_shallow(value: &Value) -> bool {
    let mut left = Vec::from([(value, 1)]);
    while let Some((value, depth)) = left.pop() {
        if depth > MAX_DEPTH {
            return false;
        }
        match value {
            Value::Array(items) => left.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(map) => left.extend(map.values().map(|item| (item, depth + 1))),
            _ => {}
        }
    }
    true
}
