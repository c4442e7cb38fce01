//! The values of properties, right by their types.

use std::ops::RangeInclusive;

use proptest::prelude::*;
use proptest::sample::select;

use vcardinal::registry::{self, Component, ParameterId, PropertyId, Shape, ValueType};
use vcardinal::value::{DateAndOrTime, PartialDate, TelUri, Timestamp, UtcOffset, Value};
use vcardinal::{PropertyValue, Version};

use super::Wanted;

pub(super) fn words(words: &[&str]) -> BoxedStrategy<String> {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    select(words).boxed()
}

pub(super) fn of_chars(chars: &str, lengths: RangeInclusive<usize>) -> BoxedStrategy<String> {
    prop::collection::vec(select(chars.chars().collect::<Vec<_>>()), lengths)
        .prop_map(|chars| chars.into_iter().collect())
        .boxed()
}

/// Some text, never empty.
pub(super) fn text() -> BoxedStrategy<String> {
    prop_oneof![
        4 => of_chars("aBcXyz019äß漢👩 \t\n,;:\\\"^'=.-_<>&", 1..=20),
        1 => words(&["two\nlines; with, all: \\ of \"them\" ^n", "\\n", "^n^^^'", "Jr."]),
        1 => of_chars("abc déf", 70..=160),
    ]
    .boxed()
}

/// A text that a parameter of the version has a form for. A backslash before some letters looks
/// like an escape there, which is worth knowing.
pub(super) fn parameter_text(version: Version) -> BoxedStrategy<String> {
    match version {
        Version::V4_0 => prop_oneof![
            of_chars("aBcXyz019äß漢👩 \t\n,;:\"^'=.-_<>&", 1..=20),
            words(&["two\nlines", "C:\\dir", "^n^^^'", "^"]),
        ]
        .boxed(),
        _ => of_chars("aBcXyz019äß漢 ,;:^'=.-_<>&", 1..=20),
    }
}

/// Components of one text or of several, some of them empty.
fn components(all: &'static [Component], count: usize) -> BoxedStrategy<PropertyValue> {
    all.iter()
        .take(count)
        .map(|component| {
            let most = if component.list { 2 } else { 1 };
            prop_oneof![
                3 => prop::collection::vec(text(), 1..=most),
                2 => Just(vec![String::new()]),
            ]
            .boxed()
        })
        .collect::<Vec<_>>()
        .prop_map(PropertyValue::Components)
        .boxed()
}

fn canonical<T: for<'a> Value<'a>>(text: &str, version: Version) -> String {
    let value = T::parse(text, Version::V4_0).unwrap();
    value.to_text(version).unwrap()
}

fn uri(id: Option<PropertyId>) -> BoxedStrategy<String> {
    match id {
        Some(PropertyId::TEL) => (1_000_000_u32..9_999_999, any::<bool>())
            .prop_map(|(number, extension)| {
                let number = TelUri::new(&format!("+1-415-{number}")).unwrap();
                let extension = if extension { ";ext=102" } else { "" };
                format!("{}{extension}", number.as_str())
            })
            .boxed(),
        Some(PropertyId::GEO) => (-89_i32..=89, -179_i32..=179)
            .prop_map(|(latitude, longitude)| format!("geo:{latitude}.5,{longitude}.25"))
            .boxed(),
        Some(PropertyId::CONTACT_URI) => words(&[
            "mailto:a@example.com",
            "https://example.com/a?b=c,d",
            "http://example.com/",
        ]),
        Some(PropertyId::PHOTO | PropertyId::LOGO | PropertyId::SOUND | PropertyId::KEY) => {
            words(&[
                "data:image/png;base64,iVBORw0KGgo=",
                "data:,Hello",
                "https://example.com/photo.png",
            ])
        }
        Some(PropertyId::IMPP) => words(&["xmpp:ada@example.com", "sip:ada@example.com"]),
        _ => words(&[
            "https://example.com/a/b?c=d#e",
            "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
            "mailto:ada@example.com",
            "https://example.com/one,two;three",
            "ldap://ldap.example.com/o=Tech,ou=Engineering",
            "geo:41.731944,-49.945833",
        ]),
    }
}

fn date(version: Version) -> BoxedStrategy<String> {
    (1900_u16..2100, 1_u8..=12, 1_u8..=28, any::<bool>())
        .prop_map(move |(year, month, day, basic)| {
            let text = format!("{year}{month:02}{day:02}");
            match basic {
                true => text,
                false => canonical::<PartialDate>(&text, version),
            }
        })
        .boxed()
}

pub(super) fn timestamp(version: Version) -> BoxedStrategy<String> {
    let parts = (
        1970_u16..2100,
        1_u8..=12,
        1_u8..=28,
        0_u8..24,
        0_u8..60,
        0_u8..60,
    );
    (parts, select(vec!["", "Z", "-0500", "+0930"]))
        .prop_map(move |((year, month, day, hour, minute, second), zone)| {
            let text = format!("{year}{month:02}{day:02}T{hour:02}{minute:02}{second:02}{zone}");
            canonical::<Timestamp>(&text, version)
        })
        .boxed()
}

fn date_and_or_time(version: Version) -> BoxedStrategy<String> {
    let partial = [
        "--0412",
        "--04",
        "1985",
        "1985-04",
        "---12",
        "T10",
        "T1022",
        "T102200",
        "T-2200",
        "T--00",
        "T102200Z",
        "T102200-0800",
        "19531015T231000Z",
        "19961022T140000",
        "--1022T1400",
        "---22T14",
    ];
    let partial = words(&partial).prop_map(move |one| canonical::<DateAndOrTime>(&one, version));
    prop_oneof![date(version), partial].boxed()
}

fn offset(version: Version) -> BoxedStrategy<String> {
    words(&["-0500", "+0930", "+0000"])
        .prop_map(move |one| canonical::<UtcOffset>(&one, version))
        .boxed()
}

/// One of them, or two with a comma between.
fn one_or_two(one: BoxedStrategy<String>) -> BoxedStrategy<String> {
    prop::collection::vec(one, 1..=2)
        .prop_map(|all| all.join(","))
        .boxed()
}

/// The registered values of a property or of a parameter on it; on a private one, those that any
/// property may have.
pub fn registered(
    property: Option<PropertyId>,
    parameter: Option<ParameterId>,
    version: Version,
) -> Vec<String> {
    let groups = registry::groups().iter().filter(|group| {
        let of_property = match property {
            Some(id) => group.properties.is_empty() || group.properties.contains(&id),
            None => group.properties.is_empty(),
        };
        group.parameter == parameter && group.versions.contains(&version) && of_property
    });
    groups
        .flat_map(|group| group.values.iter().map(|value| (*value).to_owned()))
        .collect()
}

/// Data, or a reference to it, as it is written.
fn encoded(id: Option<PropertyId>, value_type: ValueType) -> BoxedStrategy<PropertyValue> {
    match value_type {
        ValueType::Uri => uri(id).prop_map(PropertyValue::Uri).boxed(),
        _ => words(&["iVBORw0KGgo=", "AAAA", "AA=="])
            .prop_map(PropertyValue::Raw)
            .boxed(),
    }
}

/// Data that the builder encodes: base64, or a `data:` URI.
#[cfg(feature = "base64")]
fn binary() -> BoxedStrategy<PropertyValue> {
    let media_type = words(&["image/jpeg", "audio/x-wave", ""]);
    (media_type, prop::collection::vec(any::<u8>(), 1..100))
        .prop_map(|(media_type, data)| PropertyValue::Binary { media_type, data })
        .boxed()
}

pub(super) fn value(wanted: Wanted, version: Version) -> BoxedStrategy<PropertyValue> {
    let id = wanted.row.map(|row| row.id);
    let shape = wanted.row.map_or(Shape::Single, |row| row.shape);
    let raw = |texts: BoxedStrategy<String>| texts.prop_map(PropertyValue::Raw).boxed();
    let known = registered(id, None, version);
    match (id, wanted.value_type) {
        (Some(PropertyId::N | PropertyId::ADR), _) => {
            let all = wanted.row.unwrap().components(version);
            let few = all.iter().filter(|component| !component.rfc9554).count();
            prop_oneof![components(all, few), components(all, all.len())].boxed()
        }
        (Some(PropertyId::ORG), _) => prop::collection::vec(text(), 1..=3)
            .prop_map(|all| {
                PropertyValue::Components(all.into_iter().map(|one| vec![one]).collect())
            })
            .boxed(),
        (Some(PropertyId::GENDER), _) => (select(known), prop::option::of(text()), any::<bool>())
            .prop_map(|(sex, identity, known)| {
                let mut all = vec![vec![if known { sex } else { String::new() }]];
                match (identity, known) {
                    (Some(identity), _) => all.push(vec![identity]),
                    (None, false) => all.push(vec!["femme".to_owned()]),
                    (None, true) => {}
                }
                PropertyValue::Components(all)
            })
            .boxed(),
        (Some(PropertyId::CLIENTPIDMAP), _) => {
            raw(words(&["urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556"]))
        }
        (Some(PropertyId::KIND | PropertyId::CLASS | PropertyId::GRAMGENDER), _) => {
            let mut known = known;
            known.push("x-own".to_owned());
            raw(select(known).boxed())
        }
        (_, ValueType::Text) if !known.is_empty() => raw(select(known).boxed()),
        (Some(PropertyId::XML), _) => words(&[
            "<a xmlns=\"http://example.com/ns\">b, c; d</a>",
            "<n:a xmlns:n='http://example.com/ns'/>",
        ])
        .prop_map(PropertyValue::Text)
        .boxed(),
        (Some(PropertyId::JSPROP), _) => words(&["{\"a\":[1,2]}", "\"two\\nlines\"", "true"])
            .prop_map(PropertyValue::Text)
            .boxed(),
        // White space alone is no name.
        (Some(PropertyId::FN), _) => text()
            .prop_map(|text| PropertyValue::Text(text + "."))
            .boxed(),
        (Some(PropertyId::EMAIL), _) => prop_oneof![words(&["ada@example.com"]), text()]
            .prop_map(PropertyValue::Text)
            .boxed(),
        (Some(PropertyId::GEO), ValueType::Float) => {
            raw(words(&["37.386013;-122.082932", "0.5;-1.0", "-90;180"]))
        }
        (Some(PropertyId::REV), ValueType::DateTime) => raw(timestamp(version)),
        (Some(PropertyId::BDAY), ValueType::DateTime) => {
            raw(prop_oneof![timestamp(version), words(&["1987-09-27T08:30:00-06:00"])].boxed())
        }
        (_, ValueType::Vcard) => Just(PropertyValue::Text(
            "BEGIN:VCARD\nVERSION:3.0\nN:Pell;;;;\nFN:Pell\nEND:VCARD\n".to_owned(),
        ))
        .boxed(),
        (_, ValueType::Text) if shape == Shape::List => prop::collection::vec(text(), 1..4)
            .prop_map(PropertyValue::List)
            .boxed(),
        // White space alone names nothing.
        (Some(PropertyId::UID), ValueType::Text) => text()
            .prop_map(|text| PropertyValue::Text(format!("{text}-1")))
            .boxed(),
        (_, ValueType::Text | ValueType::PhoneNumber) => {
            text().prop_map(PropertyValue::Text).boxed()
        }
        #[cfg(feature = "base64")]
        (
            Some(PropertyId::PHOTO | PropertyId::LOGO | PropertyId::SOUND | PropertyId::KEY),
            ValueType::Binary | ValueType::Uri,
        ) => prop_oneof![binary(), encoded(id, wanted.value_type)].boxed(),
        (_, ValueType::Binary) => encoded(id, wanted.value_type),
        (id, ValueType::Uri) => uri(id).prop_map(PropertyValue::Uri).boxed(),
        (None, ValueType::Date) => raw(one_or_two(date(version))),
        (_, ValueType::Date) => raw(date(version)),
        (None, ValueType::DateAndOrTime) => raw(one_or_two(date_and_or_time(version))),
        (_, ValueType::DateAndOrTime) => raw(date_and_or_time(version)),
        (None, ValueType::Timestamp | ValueType::DateTime) => raw(one_or_two(timestamp(version))),
        (_, ValueType::Timestamp | ValueType::DateTime) => raw(timestamp(version)),
        (_, ValueType::Time) => raw(match version {
            Version::V4_0 => words(&["102200", "10", "-2200", "102200Z", "102200,--00"]),
            _ => words(&["10:22:00", "102200Z", "10:22:00-05:00"]),
        }),
        (_, ValueType::UtcOffset) => raw(offset(version)),
        (_, ValueType::LanguageTag) => raw(words(&["en", "de-CH", "zh-Hant-TW", "x-own"])),
        (_, ValueType::Boolean) => raw(words(&["TRUE", "false"])),
        (_, ValueType::Integer) => raw(words(&["0", "-42", "1,2,3", "9223372036854775807"])),
        (_, ValueType::Float) => raw(words(&["20.30", "-1000000.0000001", "1.0,2"])),
        (id, other) => panic!("say what a {} of {id:?} is", other.name()),
    }
}
