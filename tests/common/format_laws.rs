//! What holds for cards in jCard, xCard and JSContact, and for any bytes that are read as one of them.
//! Functions that panic when it does not, as in `laws.rs`.

use serde_json::{Map, Value};
use vcardinal::convert::Change;
use vcardinal::{Card, Limits, Version, jcard, jscontact, xcard};

/// The card as 4.0.
fn as_4_0(card: &Card) -> Card {
    match card.effective_version() {
        Version::V4_0 => card.clone(),
        _ => card.convert(Version::V4_0).unwrap().into_card(),
    }
}

/// A property that is left out, since there is nothing of its name in the format.
fn is_nameless(changes: &[Change]) -> bool {
    changes
        .iter()
        .any(|change| change.message().starts_with("nothing of the name"))
}

/// A card comes back from jCard with the same content, but for what is named.
pub fn in_jcard(card: &Card) {
    let written = jcard::JCard::of(card).unwrap();
    let text = serde_json::to_string(&written).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value, jcard::to_value(card).unwrap());
    let changes = written.changes();
    if is_nameless(&changes) {
        return;
    }
    let read = jcard::read(&value, &Limits::none()).unwrap();
    // What was read once stays as it is; the first time, components that are missing are added.
    let again = jcard::to_value(read.card()).unwrap();
    let back = jcard::from_value(&again).unwrap();
    assert_eq!(
        jcard::to_value(&back).unwrap(),
        again,
        "{card}{}",
        read.card()
    );
    let before = as_4_0(card);
    let is_same = before.same_content(read.card());
    let is_named = !changes.is_empty() || !read.changes().is_empty() || card.version().is_none();
    assert!(is_same || is_named, "{before}{}{text}", read.card());
}

/// A card comes back from xCard with the same content, but for what is named.
pub fn in_xcard(card: &Card) {
    let written = xcard::XCard::of(card).unwrap();
    let xml = xcard::to_string([card]).unwrap();
    let changes = written.changes();
    if is_nameless(&changes) {
        return;
    }
    let mut reader = xcard::Reader::new(xml.as_bytes()).with_limits(Limits::none());
    let read = reader.read().unwrap().unwrap();
    assert!(reader.next().is_none());
    let before = as_4_0(card);
    let is_named = changes.iter().any(|change| {
        !change.message().contains("RFC 9554") && !change.message().contains("written as a text")
    }) || !read.changes().is_empty()
        || card.version().is_none();
    assert!(
        is_named || before.same_content(read.card()),
        "{before}{}{xml}",
        read.card()
    );
}

/// What comes of a card is valid JSContact, typed and not; what comes of that, and came back once, stays as
/// it is.
pub fn in_jscontact(card: &Card) {
    let before = as_4_0(card);
    let value = jscontact::to_value(&before).unwrap();
    let problems = jscontact::check(&value);
    assert!(problems.is_empty(), "{problems:?}\n{before}\n{value:#}");
    let back = jscontact::from_value(&value).unwrap();
    // What came back once stays as it is.
    let again = jscontact::to_value(&back).unwrap();
    let once_more = jscontact::from_value(&again).unwrap();
    let third = jscontact::to_value(&once_more).unwrap();
    assert_eq!(meaning(&third), meaning(&again), "{back}{once_more}");
    // A typed card has all of it.
    let typed = jscontact::Card::from_value(&value).unwrap();
    assert_eq!(without_empty(&typed.to_value()), without_empty(&value));
}

/// JSContact without members that have nothing in them.
pub fn without_empty(card: &Value) -> Value {
    let mut card = card.clone();
    if let Value::Object(map) = &mut card {
        map.retain(|_, value| match value {
            Value::Object(map) => !map.is_empty(),
            Value::Array(items) => !items.is_empty(),
            _ => true,
        });
        for value in map.values_mut() {
            if let Value::Object(inner) = value {
                for value in inner.values_mut() {
                    *value = without_empty_members(value);
                }
            }
            *value = without_empty_members(value);
        }
    }
    card
}

fn without_empty_members(object: &Value) -> Value {
    let mut object = object.clone();
    if let Value::Object(map) = &mut object {
        map.retain(|name, value| {
            let is_set = ["contexts", "features", "relation", "pronouns", "sortAs"];
            !(is_set.contains(&&**name) && value.as_object().is_some_and(Map::is_empty))
        });
    }
    object
}

/// JSContact with the components sorted whose order says nothing, and each localization as the card that it
/// makes.
pub fn meaning(card: &Value) -> Value {
    let mut plain = card.clone();
    let localizations = plain.as_object_mut().unwrap().shift_remove("localizations");
    let mut whole = sorted(&plain);
    for (tag, patches) in localizations
        .iter()
        .flat_map(|all| all.as_object().unwrap())
    {
        let mut copy = plain.clone();
        for (key, value) in patches.as_object().unwrap() {
            let tokens: Vec<String> = key
                .split('/')
                .map(|token| token.replace("~1", "/").replace("~0", "~"))
                .collect();
            let (last, parents) = tokens.split_last().unwrap();
            let mut at = &mut copy;
            for token in parents {
                at = match at {
                    Value::Array(items) => &mut items[token.parse::<usize>().unwrap()],
                    other => &mut other[token],
                };
            }
            match value {
                Value::Null => {
                    at.as_object_mut().unwrap().shift_remove(last);
                }
                value => match at {
                    Value::Array(items) => items[last.parse::<usize>().unwrap()] = value.clone(),
                    other => other[last] = value.clone(),
                },
            }
        }
        whole["localizations"][tag] = sorted(&copy);
    }
    whole
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        Value::Object(map) => {
            let mut map: Map<String, Value> = map
                .iter()
                .map(|(name, value)| (name.clone(), sorted(value)))
                .collect();
            let is_ordered = map.get("isOrdered") == Some(&Value::Bool(true));
            if let Some(Value::Array(components)) = map.get_mut("components")
                && !is_ordered
            {
                components.sort_by_key(|one| {
                    let mut members: Vec<String> = one
                        .as_object()
                        .into_iter()
                        .flatten()
                        .map(|(name, value)| format!("{name}{value}"))
                        .collect();
                    members.sort();
                    members
                });
            }
            Value::Object(map)
        }
        other => other.clone(),
    }
}

/// A valid JSContact card comes back from a vCard as it was.
pub fn from_jscontact(card: &Value) {
    let vcard = jscontact::from_value(card).unwrap();
    let back = jscontact::to_value(&vcard).unwrap();
    assert_eq!(meaning(&back), meaning(card), "{vcard}\n{card:#}");
    let text = vcard.to_string();
    assert_eq!(Card::parse(&text).unwrap().to_string(), text);
}

/// The cards of some bytes in every format and back.
pub fn in_all_formats(bytes: &[u8]) {
    for card in vcardinal::CardReader::from_slice(bytes).flatten() {
        in_jcard(&card);
        in_xcard(&card);
        in_jscontact(&card);
    }
}

/// More cards than bytes cannot come of any bytes, and each of them is one that goes out again. No bytes
/// at all are one error.
pub fn jcards(bytes: &[u8]) {
    let mut reader = jcard::Reader::new(bytes);
    let most = bytes.len() + 2;
    let mut count = 0;
    // What cannot be read counts too, so that no run of errors is endless.
    for read in reader.by_ref().take(most) {
        count += 1;
        let Ok(card) = read else { continue };
        let value = jcard::to_value(&card).unwrap();
        let back = jcard::from_value(&value).unwrap();
        assert_eq!(jcard::to_value(&back).unwrap(), value, "{card}{back}");
    }
    assert!(count < most);
    assert!(reader.next().is_none());
}

/// As [`jcards`].
pub fn xcards(bytes: &[u8]) {
    let mut reader = xcard::Reader::new(bytes);
    let most = bytes.len() + 2;
    let mut count = 0;
    for read in reader.by_ref().take(most) {
        count += 1;
        if let Ok(card) = read {
            in_xcard(&card);
        }
    }
    assert!(count < most);
    assert!(reader.next().is_none());
}

/// As [`jcards`].
pub fn jscontacts(bytes: &[u8]) {
    let mut count = 0;
    let mut reader = jscontact::Reader::new(bytes);
    while let Some(read) = reader.read() {
        count += 1;
        assert!(count <= bytes.len() + 1);
        if let Err(error) = &read {
            assert!(!error.to_string().is_empty());
        }
    }
    if let Ok(value) = jscontact::read(bytes)
        && jscontact::check(&value).is_empty()
    {
        // A jCard property that has a member comes back as that, and stays so.
        if value.get("vCardProps").is_none() {
            from_jscontact(&value);
        } else {
            let vcard = jscontact::from_value(&value).unwrap();
            from_jscontact(&jscontact::to_value(&vcard).unwrap());
        }
    }
}
