//! Cards that the builder makes of any property, value type and parameter of the registry, in 3.0
//! and in 4.0: nothing is found in them but what is worth knowing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;

use vcardinal::registry::{
    self, Condition, Occurrence, ParameterId, Permit, PropertyId, PropertyRow, Shape, ValueType,
};
use vcardinal::validate::{Profile, Severity, Valid, validate};
use vcardinal::value::{DateAndOrTime, PartialDate, PartialTime, TelUri, Timestamp, UtcOffset};
use vcardinal::{Card, Parameter, Property, PropertyValue, Version};

/// A property that may be asked for: its row and the type its value has.
type Wanted = (&'static PropertyRow, ValueType);

/// All that a version has, BEGIN, VERSION and END aside, which the builder writes.
fn all(version: Version) -> Vec<Wanted> {
    registry::properties()
        .iter()
        .filter(|row| row.stands_for.is_none())
        .filter(|row| {
            !matches!(
                row.id,
                PropertyId::BEGIN | PropertyId::END | PropertyId::VERSION
            )
        })
        .filter_map(|row| Some((row, row.column(version)?)))
        .flat_map(|(row, column)| column.types.iter().map(move |one| (row, *one)))
        .collect()
}

fn text() -> BoxedStrategy<String> {
    prop_oneof![
        "[a-zA-Zäß漢,;:\\\\\"^ ]{0,20}[a-z]",
        Just("two\nlines; with, all: \\ of \"them\" ^n".to_owned()),
        "[a-z ]{70,90}z",
    ]
    .boxed()
}

fn texts(counts: std::ops::RangeInclusive<usize>) -> BoxedStrategy<Vec<Vec<String>>> {
    let list = prop_oneof![
        text().prop_map(|one| vec![one]),
        Just(vec![String::new()]),
        prop::collection::vec(text(), 2),
    ];
    prop::collection::vec(list, counts).boxed()
}

fn words(words: &'static [&'static str]) -> BoxedStrategy<String> {
    select(words).prop_map(str::to_owned).boxed()
}

/// The canonical form of what any version may write.
fn canonical<T: for<'a> vcardinal::value::Value<'a>>(text: &str, version: Version) -> String {
    let value = T::parse(text, Version::V4_0).unwrap();
    value.to_text(version).unwrap()
}

fn uri(id: PropertyId) -> BoxedStrategy<String> {
    match id {
        PropertyId::TEL => (1_000_000_u32..9_999_999)
            .prop_map(|n| {
                TelUri::new(&format!("+1-415-{n}"))
                    .unwrap()
                    .as_str()
                    .to_owned()
            })
            .boxed(),
        PropertyId::GEO => (-89_i32..=89, -179_i32..=179)
            .prop_map(|(latitude, longitude)| format!("geo:{latitude}.5,{longitude}.25"))
            .boxed(),
        PropertyId::CONTACT_URI => words(&["mailto:a@example.com", "https://example.com/a?b=c"]),
        PropertyId::PHOTO | PropertyId::LOGO | PropertyId::SOUND | PropertyId::KEY => words(&[
            "data:image/png;base64,iVBORw0KGgo=",
            "https://example.com/photo.png",
        ]),
        _ => words(&[
            "https://example.com/a/b?c=d#e",
            "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
            "mailto:ada@example.com",
            "https://example.com/one,two;three",
        ]),
    }
}

fn date(version: Version) -> BoxedStrategy<String> {
    (1900_u16..2100, 1_u8..=12, 1_u8..=28)
        .prop_map(move |(year, month, day)| {
            canonical::<PartialDate>(&format!("{year}{month:02}{day:02}"), version)
        })
        .boxed()
}

fn timestamp(version: Version) -> BoxedStrategy<String> {
    (
        1970_u16..2100,
        1_u8..=12,
        1_u8..=28,
        0_u8..24,
        0_u8..60,
        0_u8..60,
    )
        .prop_map(move |(year, month, day, hour, minute, second)| {
            let text = format!("{year}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z");
            canonical::<Timestamp>(&text, version)
        })
        .boxed()
}

fn value((row, value_type): Wanted, version: Version) -> BoxedStrategy<PropertyValue> {
    let raw = |texts: BoxedStrategy<String>| texts.prop_map(PropertyValue::Raw).boxed();
    let counted = |few: usize, many: usize| {
        let many = if version == Version::V4_0 { many } else { few };
        prop_oneof![texts(few..=few), texts(many..=many)]
            .prop_map(PropertyValue::Components)
            .boxed()
    };
    match (row.id, value_type) {
        (PropertyId::N, _) => counted(5, 7),
        (PropertyId::ADR, _) => counted(7, 18),
        // Its components are no lists.
        (PropertyId::ORG, _) => prop::collection::vec(text().prop_map(|one| vec![one]), 1..=3)
            .prop_map(PropertyValue::Components)
            .boxed(),
        (PropertyId::GENDER, _) => raw(words(&["M", "F", "O;other", ";femme", "N", "U"])),
        (PropertyId::KIND, _) => raw(words(&["individual", "org", "location"])),
        (PropertyId::CLASS, _) => raw(words(&["PUBLIC", "PRIVATE", "CONFIDENTIAL"])),
        (PropertyId::PROFILE, _) => raw(words(&["VCARD"])),
        (PropertyId::GRAMGENDER, _) => raw(words(&["masculine", "neuter", "common"])),
        (PropertyId::CLIENTPIDMAP, _) => {
            raw(words(&["1;urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556"]))
        }
        (PropertyId::XML, _) => Just(PropertyValue::Text(
            "<a xmlns=\"http://example.com/ns\">b, c; d</a>".to_owned(),
        ))
        .boxed(),
        (PropertyId::AGENT, ValueType::Vcard) => Just(PropertyValue::Text(
            "BEGIN:VCARD\nVERSION:3.0\nN:Pell;;;;\nFN:Pell\nEND:VCARD\n".to_owned(),
        ))
        .boxed(),
        (PropertyId::GEO, ValueType::Float) => raw(words(&["37.386013;-122.082932", "0.5;-1.0"])),
        (PropertyId::REV, _) if value_type != ValueType::Date => raw(timestamp(version)),
        (_, ValueType::Text) if row.shape == Shape::List => prop::collection::vec(text(), 1..4)
            .prop_map(PropertyValue::List)
            .boxed(),
        (_, ValueType::Text | ValueType::PhoneNumber) => {
            text().prop_map(PropertyValue::Text).boxed()
        }
        (id, ValueType::Uri) => uri(id).prop_map(PropertyValue::Uri).boxed(),
        (_, ValueType::Date) => raw(date(version)),
        (_, ValueType::Timestamp | ValueType::DateTime) => raw(timestamp(version)),
        (_, ValueType::DateAndOrTime) => raw(prop_oneof![
            date(version),
            words(&[
                "--0412",
                "1985",
                "1985-04",
                "---12",
                "T10",
                "T102200Z",
                "19531015T231000Z"
            ])
            .prop_map(move |one| canonical::<DateAndOrTime>(&one, version)),
        ]
        .boxed()),
        (_, ValueType::Time) => raw(words(&["102200"])
            .prop_map(move |one| canonical::<PartialTime>(&one, version))
            .boxed()),
        (_, ValueType::UtcOffset) => raw(words(&["-0500", "+0930"])
            .prop_map(move |one| canonical::<UtcOffset>(&one, version))
            .boxed()),
        (_, ValueType::LanguageTag) => raw(words(&["en", "de-CH", "zh-Hant-TW"])),
        (_, ValueType::Binary) => raw(words(&["iVBORw0KGgo=", "AAAA", "AA=="])),
        (id, other) => panic!("say what a {} of {} is", other.name(), id.name()),
    }
}

/// What a parameter may say; none when this generator leaves it out.
fn parameter(
    id: ParameterId,
    (row, value_type): Wanted,
    version: Version,
    condition: Condition,
) -> Option<BoxedStrategy<Vec<String>>> {
    let is_text = matches!(value_type, ValueType::Text | ValueType::PhoneNumber);
    let fits = match condition {
        Condition::IfText => is_text,
        Condition::IfUri => value_type == ValueType::Uri,
        Condition::Forbidden | Condition::IfDate => false,
        _ => true,
    };
    if !fits {
        return None;
    }
    let one = |text: BoxedStrategy<String>| Some(text.prop_map(|one| vec![one]).boxed());
    let number = |most: u32| (1..=most).prop_map(|number| number.to_string()).boxed();
    match id {
        ParameterId::TYPE => {
            let known: Vec<String> = match condition {
                Condition::PrefOnly => vec!["pref".to_owned()],
                _ => registry::registered_values(row.id, Some(id), version)
                    .filter(|word| !word.eq_ignore_ascii_case("pref"))
                    .map(str::to_owned)
                    .collect(),
            };
            let most = known.len().min(2);
            (most > 0).then(|| proptest::sample::subsequence(known, 1..=most).boxed())
        }
        ParameterId::LANGUAGE => one(words(&["en", "de-AT", "ja"])),
        ParameterId::PREF => one(number(100)),
        ParameterId::INDEX => one(number(1000)),
        ParameterId::MEDIATYPE => one(words(&["text/plain", "image/svg+xml"])),
        ParameterId::LEVEL if row.id == PropertyId::EXPERTISE => {
            one(words(&["beginner", "average", "expert"]))
        }
        ParameterId::LEVEL => one(words(&["high", "medium", "low"])),
        ParameterId::CREATED => one(timestamp(version)),
        ParameterId::DERIVED => one(words(&["true", "false"])),
        ParameterId::AUTHOR => one(words(&["mailto:a@example.com"])),
        ParameterId::AUTHOR_NAME | ParameterId::LABEL => one(text()),
        ParameterId::SORT_AS => one("[A-Za-z]{1,8}".boxed()),
        ParameterId::CC => one(words(&["DE", "US"])),
        ParameterId::GEO => one(words(&["geo:12.5,-3.25"])),
        ParameterId::ALTID => one(words(&["1"])),
        ParameterId::USERNAME => one("[a-z]{1,8}".boxed()),
        ParameterId::SERVICE_TYPE => one(words(&["Mastodon"])),
        ParameterId::JSPTR => one(words(&["example.com/prop"])),
        _ => None,
    }
}

/// A property of this kind, with some of the parameters it takes.
fn property(wanted: Wanted, version: Version) -> BoxedStrategy<Property> {
    let (row, value_type) = wanted;
    let column = row.column(version).unwrap();
    let parameters: Vec<BoxedStrategy<Option<Parameter>>> = registry::parameters()
        .iter()
        .filter_map(|one| {
            let Permit::If(condition) = column.permit(one.id) else {
                return None;
            };
            let required = matches!(condition, Condition::Required | Condition::RequiredIfText);
            let values = parameter(one.id, wanted, version, condition)?;
            let made = values.prop_map(|values| Parameter::new(one.name, values).unwrap());
            Some(match required {
                true => made.prop_map(Some).boxed(),
                false => prop::option::weighted(0.2, made).boxed(),
            })
        })
        .collect();
    (value(wanted, version), parameters)
        .prop_map(move |(value, parameters)| {
            let mut property = Property::new(row.name, value).unwrap();
            if value_type == ValueType::Binary {
                property = property.with_parameter(Parameter::new("ENCODING", ["b"]).unwrap());
            } else if column.default_type() != value_type {
                let named = Parameter::new("VALUE", [value_type.name()]).unwrap();
                property = property.with_parameter(named);
            }
            parameters
                .into_iter()
                .flatten()
                .fold(property, Property::with_parameter)
        })
        .boxed()
}

/// A card with these properties, and with what the others and the version ask for.
fn card(mut wanted: Vec<Wanted>, version: Version) -> BoxedStrategy<Card> {
    let mut once = BTreeSet::new();
    wanted.retain(|(row, _)| {
        let occurrence = row.column(version).unwrap().occurrence;
        matches!(occurrence, Occurrence::Any | Occurrence::OneOrMore)
            && row.id != PropertyId::CONTACT_URI
            && row.id != PropertyId::CLIENTPIDMAP
            || once.insert(row.name)
    });
    let has = |id| wanted.iter().any(|(row, _)| row.id == id);
    let group = has(PropertyId::MEMBER);
    let needs_fn = !has(PropertyId::FN);
    let needs_n = version == Version::V3_0 && !has(PropertyId::N);
    wanted.retain(|(row, _)| !(group && row.id == PropertyId::KIND));
    let properties: Vec<_> = wanted
        .into_iter()
        .map(|one| property(one, version))
        .collect();
    properties
        .prop_map(move |properties| {
            let mut builder = Card::builder(version);
            if needs_fn {
                builder = builder.full_name("Ada Quist");
            }
            if needs_n {
                let name = Property::components("N", ["Quist", "Ada", "", "", ""]).unwrap();
                builder = builder.property(name);
            }
            if group {
                builder = builder.text("KIND", "group");
            }
            properties
                .into_iter()
                .fold(builder, |builder, property| builder.property(property))
                .build()
                .unwrap()
        })
        .boxed()
}

fn assert_clean(card: Card) -> Result<(), TestCaseError> {
    for profile in [Profile::Declared, Profile::CardDav] {
        for finding in validate(&card, profile).iter() {
            // A card with no UID is not for a server.
            let expected = finding.severity == Severity::Info || finding.rule.id == "uid-missing";
            prop_assert!(expected, "{}\n{}", finding, card);
        }
    }
    // And what is written is what was meant: it is read again without a loss.
    let again = Card::parse(card.to_bytes()).unwrap();
    prop_assert_eq!(&again, &card);
    prop_assert!(Valid::new(again, Profile::Declared).is_ok());
    Ok(())
}

/// Each property with each type of value alone, so that none is missed.
#[test]
fn ok_each_property_and_value_type() {
    use proptest::test_runner::{Config, TestRunner};
    for version in [Version::V3_0, Version::V4_0] {
        let all = all(version);
        assert!(all.len() > 40, "{version}: {}", all.len());
        for wanted in all {
            let mut runner = TestRunner::new_with_rng(
                Config {
                    failure_persistence: None,
                    ..Config::with_cases(12)
                },
                proptest::test_runner::TestRng::deterministic_rng(
                    proptest::test_runner::RngAlgorithm::ChaCha,
                ),
            );
            let outcome = runner.run(&card(vec![wanted], version), assert_clean);
            assert!(
                outcome.is_ok(),
                "{} of {version}: {}",
                wanted.0.name,
                outcome.unwrap_err()
            );
        }
    }
}

fn any_card() -> impl Strategy<Value = Card> {
    select(vec![Version::V3_0, Version::V4_0]).prop_flat_map(|version| {
        prop::collection::vec(select(all(version)), 0..8)
            .prop_flat_map(move |wanted| card(wanted, version))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn ok_cards_of_many_properties(card in any_card()) {
        assert_clean(card)?;
    }
}
