//! A property by itself: its name, its value, and some of the parameters it takes.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use vcardinal::registry::{self, Condition, ParameterId, Shape, ValueType};
use vcardinal::{PropertyValue, Version};

use super::relations::{jscomps, separator_entry};
use super::values::{of_chars, parameter_text, registered, text, timestamp, value, words};
use super::{Draft, FREE, Named, Wanted};

/// What a parameter may say; none where it cannot be there.
fn parameter(
    id: ParameterId,
    wanted: Wanted,
    version: Version,
    condition: Condition,
) -> Option<BoxedStrategy<Vec<String>>> {
    let is_text = matches!(wanted.value_type, ValueType::Text | ValueType::PhoneNumber);
    let is_date = matches!(
        wanted.value_type,
        ValueType::Date | ValueType::DateTime | ValueType::DateAndOrTime | ValueType::Timestamp
    );
    let is_uri = wanted.value_type == ValueType::Uri;
    let fits = match condition {
        Condition::IfText => is_text,
        Condition::IfUri => is_uri,
        Condition::IfDate => is_date,
        Condition::Forbidden => false,
        _ => true,
    };
    if !fits {
        return None;
    }
    let of_registry = registered(wanted.row.map(|row| row.id), Some(id), version);
    let one = |text: BoxedStrategy<String>| Some(text.prop_map(|one| vec![one]).boxed());
    let number = |most: u32| (1..=most).prop_map(|number| number.to_string()).boxed();
    match id {
        ParameterId::VALUE => one(words(&[wanted.value_type.name()])),
        ParameterId::ENCODING if wanted.value_type == ValueType::Binary => one(words(&["b"])),
        ParameterId::TYPE => match condition {
            Condition::PrefOnly => one(select(of_registry).boxed()),
            Condition::ImageFormat => one(words(&["JPEG", "PNG"])),
            Condition::AudioFormat => one(words(&["BASIC", "WAVE"])),
            Condition::KeyFormat => one(select(of_registry).boxed()),
            _ => {
                let own = ["x-desk".to_owned()];
                let known: Vec<String> = of_registry.into_iter().chain(own).collect();
                let most = known.len().min(3);
                Some(subsequence(known, 1..=most).boxed())
            }
        },
        ParameterId::CALSCALE if wanted.row.is_none() && is_date => one(words(&["gregorian"])),
        ParameterId::LEVEL | ParameterId::CALSCALE | ParameterId::DERIVED => {
            let known = of_registry;
            (!known.is_empty()).then(|| select(known).prop_map(|one| vec![one]).boxed())
        }
        // How each of one or two companions sounds.
        ParameterId::PHONETIC => {
            let known = of_registry;
            (!known.is_empty()).then(|| subsequence(known, 1..=2).boxed())
        }
        // The numbers of the sources; 0 for none.
        ParameterId::PID => {
            Some(prop::collection::vec(words(&["0", "1", "2", "3"]), 1..=2).boxed())
        }
        // What makes it unique follows.
        ParameterId::PROP_ID => one(of_chars("abcXYZ019-_", 1..=12)),
        // The default separator or nothing, another separator, and a seed of the order.
        ParameterId::JSCOMPS => {
            let components = matches!(wanted.row?.shape, Shape::Components(_));
            let separator = || words(&["", " ", ", ", "; ", "\\", "\"", "^", "-\n"]);
            let texts = (prop::option::of(separator()), separator(), any::<u32>());
            components.then(|| {
                texts
                    .prop_map(|(default, other, seed)| {
                        let default = default.map_or(String::new(), |one| separator_entry(&one));
                        vec![default, separator_entry(&other), seed.to_string()]
                    })
                    .boxed()
            })
        }
        ParameterId::JSPTR if condition == Condition::Required => {
            one(words(&["phones/p1/example.com:a~1b", "example.com"]))
        }
        ParameterId::SORT_AS => {
            let most = match wanted.row.map(|row| row.shape) {
                Some(Shape::Components(_) | Shape::ComponentsRepeatingLast(_)) => 3,
                _ => 1,
            };
            Some(prop::collection::vec(of_chars("abcXYZ ä", 1..=8), 1..=most).boxed())
        }
        ParameterId::LANGUAGE => one(words(&["en", "de-AT", "ja", "zh-Hant"])),
        ParameterId::PREF => one(number(100)),
        ParameterId::INDEX => one(number(1000)),
        ParameterId::MEDIATYPE => one(words(&["text/plain", "image/svg+xml"])),
        ParameterId::CREATED => one(timestamp(version)),
        ParameterId::AUTHOR => one(words(&["mailto:a@example.com", "https://example.com/a,b"])),
        ParameterId::AUTHOR_NAME => one(parameter_text(version)),
        ParameterId::LABEL => one(text()),
        ParameterId::CC => one(words(&["DE", "US"])),
        ParameterId::CONTEXT => one(words(&["LDAP", "x-own"])),
        ParameterId::GEO => one(words(&["geo:12.5,-3.25"])),
        ParameterId::TZ => one(words(&["-0500", "Europe/Oslo", "https://example.com/tz"])),
        ParameterId::ALTID => one(words(&["1", "2", "a;b, c:d"])),
        ParameterId::SCRIPT => one(words(&["Latn", "Jpan"])),
        ParameterId::USERNAME => one(parameter_text(version)),
        ParameterId::SERVICE_TYPE => one(words(&["Mastodon", "One: two"])),
        _ => None,
    }
}

/// Whether a parameter has to be there.
fn is_required(id: ParameterId, wanted: Wanted, version: Version, condition: Condition) -> bool {
    match id {
        ParameterId::ENCODING => true,
        ParameterId::VALUE => {
            wanted.value_type != wanted.default_type(version)
                && wanted.value_type != ValueType::Binary
        }
        _ => match condition {
            Condition::Required => true,
            Condition::RequiredIfText => wanted.value_type == ValueType::Text,
            _ => false,
        },
    }
}

/// The name of a property in any letters; one of several where it is private.
fn name(wanted: Wanted) -> BoxedStrategy<String> {
    let usual = match wanted.row {
        Some(row) => Just(row.name.to_owned()).boxed(),
        None => words(&[FREE, "X-1", "x-Locker", "X-A-B-C-"]),
    };
    (usual, prop::bool::weighted(0.1))
        .prop_map(|(name, lower)| match lower {
            true => name.to_ascii_lowercase(),
            false => name,
        })
        .boxed()
}

/// A property with some of the parameters it takes, in any order.
pub(super) fn draft(wanted: Wanted, version: Version) -> BoxedStrategy<Draft> {
    let mut parameters: Vec<BoxedStrategy<Option<Named>>> = registry::parameters()
        .iter()
        .filter_map(|one| {
            let condition = wanted.takes(one, version)?;
            let values = parameter(one.id, wanted, version, condition)?;
            let named = values.prop_map(|values| (one.name.to_owned(), values));
            Some(match is_required(one.id, wanted, version, condition) {
                true => named.prop_map(Some).boxed(),
                false => prop::option::weighted(0.3, named).boxed(),
            })
        })
        .collect();
    if wanted.takes_private(version) {
        let values = prop::collection::vec(parameter_text(version), 1..=2);
        let named = values.prop_map(|values| ("X-WHY".to_owned(), values));
        parameters.push(prop::option::weighted(0.1, named).boxed());
    }
    let group = prop::option::weighted(0.2, words(&["item1", "item2", "Work", "a-1"]));
    let parameters = parameters.prop_shuffle();
    let parts = (name(wanted), group, value(wanted, version), parameters);
    (parts, any::<bool>())
        .prop_map(move |((name, group, value, parameters), apart)| {
            let mut draft = Draft {
                wanted,
                name,
                group,
                parameters: parameters.into_iter().flatten().collect(),
                value,
            };
            agree_with_value(&mut draft);
            if apart {
                types_apart(&mut draft);
            }
            draft
        })
        .boxed()
}

/// `TYPE=home;TYPE=cell` says the same as `TYPE=home,cell`.
fn types_apart(draft: &mut Draft) {
    if let Some(types) = draft.remove(ParameterId::TYPE) {
        let name = ParameterId::TYPE.name();
        let each = types.into_iter().map(|one| (name.to_owned(), vec![one]));
        draft.parameters.extend(each);
    }
}

/// What parameters say about the value.
fn agree_with_value(draft: &mut Draft) {
    // A time alone has no calendar.
    if matches!(&draft.value, PropertyValue::Raw(text) if text.starts_with('T')) {
        draft.remove(ParameterId::CALSCALE);
    }
    let PropertyValue::Components(components) = &draft.value else {
        return;
    };
    let count = components.len();
    if let Some(mut values) = draft.remove(ParameterId::SORT_AS) {
        values.truncate(count);
        draft.set(ParameterId::SORT_AS, values);
    }
    let PropertyValue::Components(components) = &draft.value else {
        return;
    };
    if let Some([default, other, seed]) = draft.get(ParameterId::JSCOMPS) {
        let seed = seed.parse().unwrap();
        let order = jscomps(draft.wanted.name(), components, default, other, seed);
        draft.remove(ParameterId::JSCOMPS);
        if let Some(order) = order {
            draft.set(ParameterId::JSCOMPS, vec![order]);
        }
    }
}
