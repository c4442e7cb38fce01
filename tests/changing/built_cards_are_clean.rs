//! Cards that the builder makes of any property, value type and parameter of the registry, in 3.0
//! and in 4.0: nothing is found in them but what is worth knowing. `PROPTEST_CASES=100000 cargo
//! test --release --all-features --test changing built_cards_are_clean` tries more of them.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestCaseError, TestRng, TestRunner};

use vcardinal::registry::{self, ParameterId, PropertyRow, ValueType};
use vcardinal::validate::{Profile, Valid, validate};
use vcardinal::{Card, Parameter, Property, Version};

use crate::common::cards;
use crate::common::cards::{UNWRITABLE, Wanted, all, any_card, card};
use crate::common::cases::cases;

/// Rules about what somebody says, and not about how it is written: a text that is no address, a
/// component that older readers do not find, a parameter that says something else than the value.
/// `build` does not know what a JSPTR leads to.
const OF_WHAT_IS_SAID: [&str; 6] = [
    "component-alone",
    "components-escaped",
    "email-invalid",
    "encoding-of-reference",
    "jsptr-conflict",
    "mediatype-differs",
];

fn assert_clean(card: &Card) -> Result<(), TestCaseError> {
    let mut profiles = match card.version().unwrap() {
        Version::V4_0 => vec![Profile::Declared, Profile::Rfc6350, Profile::Vcard4Bis],
        _ => vec![Profile::Declared, Profile::Rfc2426],
    };
    // A card without a UID is not for a server.
    profiles.extend(card.property("UID").map(|_| Profile::CardDav));
    for profile in profiles {
        let report = validate(card, profile);
        // What the revision has otherwise than RFC 6350, and that no server has to take 4.0.
        let known = |id| {
            matches!(
                (profile, id),
                (Profile::Vcard4Bis, "escape-in-uri" | "value-type-unstated")
                    | (
                        Profile::CardDav,
                        "version-not-of-profile" | "changed-by-server" | "property-repeated"
                    )
            ) || OF_WHAT_IS_SAID.contains(&id)
        };
        if let Some(finding) = report.iter().find(|finding| !known(finding.rule.id)) {
            prop_assert!(false, "{profile}: {finding}\n{card}");
        }
    }
    let is_known = validate(card, Profile::Declared)
        .iter()
        .any(|finding| OF_WHAT_IS_SAID.contains(&finding.rule.id));
    prop_assert!(is_known || Valid::new(card.clone(), Profile::Declared).is_ok());
    Ok(())
}

/// Something of the registry that a card may have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Cell {
    /// A property with a value of a type.
    Type(&'static str, ValueType),
    /// A parameter of a property.
    Parameter(&'static str, &'static str),
    /// A registered value of a property or of one of its parameters; in lower case.
    Value(&'static str, Option<&'static str>, String),
}

/// All that the registry says a card of a version may have.
fn cells(version: Version) -> BTreeSet<Cell> {
    let mut cells = BTreeSet::new();
    for wanted in all(version) {
        cells.extend(cells_of(wanted, version));
    }
    cells
}

fn cells_of(wanted: Wanted, version: Version) -> BTreeSet<Cell> {
    let name = wanted.name();
    let mut cells = BTreeSet::from([Cell::Type(name, wanted.value_type)]);
    let values = |parameter: Option<ParameterId>| {
        let id = wanted.row.map(|row| row.id);
        let values = cards::registered(id, parameter, version).into_iter();
        values.map(move |value| {
            let parameter = parameter.map(ParameterId::name);
            Cell::Value(name, parameter, value.to_ascii_lowercase())
        })
    };
    cells.extend(values(None));
    for parameter in registry::parameters() {
        if wanted.takes(parameter, version).is_some() {
            cells.insert(Cell::Parameter(name, parameter.name));
            // Each type has a value of VALUE already.
            if parameter.id != ParameterId::VALUE {
                cells.extend(values(Some(parameter.id)));
            }
        }
    }
    cells
}

/// What of it a card has.
fn has(card: &Card, version: Version) -> BTreeSet<Cell> {
    let mut cells = BTreeSet::new();
    for property in card.properties() {
        let row = registry::property(property.name().as_bytes());
        let name = row.map_or(cards::FREE, |row| row.name);
        let column = row.and_then(|row: &PropertyRow| row.column(version));
        let default = column.map_or(ValueType::Text, |column| column.default_type());
        let value_type = match property.parameter("VALUE") {
            Some(word) => {
                registry::value_type(word.value().as_bytes())
                    .unwrap()
                    .value_type
            }
            None if property.parameter("ENCODING").is_some() => ValueType::Binary,
            None => default,
        };
        cells.insert(Cell::Type(name, value_type));
        let text = property.text_lossy();
        let first = text.split(';').next().unwrap().to_ascii_lowercase();
        cells.insert(Cell::Value(name, None, first));
        for parameter in property.parameters() {
            let Some(row) = registry::parameter(parameter.name().unwrap().as_bytes()) else {
                continue;
            };
            cells.insert(Cell::Parameter(name, row.name));
            for value in parameter.values() {
                cells.insert(Cell::Value(
                    name,
                    Some(row.name),
                    value.to_ascii_lowercase(),
                ));
            }
        }
    }
    cells
}

/// Parameters that stand on no `X-` name here, though one may have any parameter of the version.
struct LeftOut {
    version: Version,
    parameter: &'static str,
    /// Whether they stand on the private name with values of all types.
    but_on_free: bool,
    reason: &'static str,
}

const fn left_out(
    version: Version,
    parameter: &'static str,
    but_on_free: bool,
    reason: &'static str,
) -> LeftOut {
    LeftOut {
        version,
        parameter,
        but_on_free,
        reason,
    }
}

const LEFT_OUT: &[LeftOut] = &[
    left_out(
        Version::V3_0,
        "ENCODING",
        true,
        "the registry has text and URI for these names, and neither is encoded",
    ),
    left_out(
        Version::V4_0,
        "CALSCALE",
        true,
        "the registry has text and URI for these names, and neither is a date",
    ),
    left_out(
        Version::V4_0,
        "JSCOMPS",
        false,
        "RFC 9555, 3.3.1 defines it by the components of N and ADR",
    ),
    left_out(
        Version::V4_0,
        "JSPTR",
        false,
        "RFC 9555, 3.3.2 defines it for JSPROP",
    ),
    left_out(
        Version::V4_0,
        "LEVEL",
        false,
        "RFC 6715, 3.2 has other words for each property, and none for these",
    ),
    left_out(
        Version::V4_0,
        "PHONETIC",
        false,
        "RFC 9554, 4.6 defines it for N and ADR",
    ),
];

/// Why no card is made with this, if none is.
fn reason_to_leave_out(cell: &Cell, version: Version) -> Option<&'static str> {
    let Cell::Parameter(name, parameter) = cell else {
        return None;
    };
    let row = registry::property(name.as_bytes());
    let entry = LEFT_OUT.iter().find(|entry| {
        entry.version == version
            && entry.parameter == *parameter
            && match row {
                Some(row) => row.stands_for.is_some(),
                None => !entry.but_on_free,
            }
    });
    entry.map(|entry| entry.reason)
}

/// Whether a parameter is one that a property takes without naming it.
fn is_beyond_grammar(cell: &Cell, version: Version) -> bool {
    let Cell::Parameter(property, parameter) = cell else {
        return false;
    };
    let column = registry::property(property.as_bytes()).and_then(|row| row.column(version));
    column.is_some_and(|column| {
        let mut named = column.parameters.iter();
        !named.any(|allowed| allowed.parameter.row().name == *parameter)
    })
}

/// Each property with each type of value alone, until every parameter it takes and every value
/// registered for it was there.
fn each_cell(version: Version) {
    let expected = cells(version);
    let mut found = BTreeSet::new();
    for wanted in all(version) {
        let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
        let strategy = card(vec![wanted], version);
        let mut left = cells_of(wanted, version);
        left.retain(|cell| reason_to_leave_out(cell, version).is_none() && !found.contains(cell));
        for case in 0..1000 {
            if case >= 24 && left.is_empty() {
                break;
            }
            let card = strategy.new_tree(&mut runner).unwrap().current();
            if let Err(error) = assert_clean(&card) {
                panic!("{} of {version}: {error}", wanted.name());
            }
            let cells = has(&card, version);
            left.retain(|cell| !cells.contains(cell));
            found.extend(cells);
        }
    }
    for cell in expected {
        match reason_to_leave_out(&cell, version) {
            // What the grammar does not name may come with a type of value that is never made.
            None => assert!(
                found.contains(&cell) || is_beyond_grammar(&cell, version),
                "{version} never has {cell:?}"
            ),
            Some(reason) => assert!(
                !found.contains(&cell),
                "{version} has {cell:?} after all; left out because {reason}"
            ),
        }
    }
}

#[test]
fn ok_each_cell_of_3_0() {
    each_cell(Version::V3_0);
}

#[test]
fn ok_each_cell_of_4_0() {
    each_cell(Version::V4_0);
}

/// What occurs once occurs as often as one likes as alternatives, which have one ALTID.
#[test]
fn ok_alternatives_of_what_occurs_once() {
    let version = Version::V4_0;
    let mut names = BTreeSet::new();
    for wanted in all(version) {
        let takes_altid = wanted.takes(ParameterId::ALTID.row(), version).is_some();
        if !wanted.is_once(version) || !takes_altid {
            continue;
        }
        let mut runner = TestRunner::new(cases(64));
        let strategy = card(vec![wanted; 3], version);
        for _ in 0..64 {
            let card = strategy.new_tree(&mut runner).unwrap().current();
            let altids: Vec<String> = card
                .properties()
                .filter(|property| property.is(wanted.name()))
                .map(|property| {
                    property
                        .parameter("ALTID")
                        .map(|id| id.value().into_owned())
                })
                .map(Option::unwrap_or_default)
                .collect();
            let same = altids.iter().all(|altid| *altid == altids[0]);
            assert!(same, "{card}");
            if altids.len() == 3 {
                assert!(!altids[0].is_empty(), "{card}");
                names.insert(wanted.name());
            }
            assert_clean(&card).unwrap();
        }
    }
    let expected = [
        "ANNIVERSARY",
        "BDAY",
        "BIRTHPLACE",
        "CREATED",
        "DEATHDATE",
        "DEATHPLACE",
        "GENDER",
        "KIND",
        "LANGUAGE",
        "N",
        "PRODID",
        "REV",
        "UID",
    ];
    assert_eq!(Vec::from_iter(names), expected);
}

/// RFC 9555, 3.3.2: a JSPTR stands in quotes where the grammar of RFC 6350, 3.3 asks for them.
#[test]
fn ok_a_pointer_is_quoted_where_it_has_to_be() {
    for (pointer, written) in [
        ("name", "name"),
        ("example.com:mood", "\"example.com:mood\""),
    ] {
        let parameter = Parameter::new("JSPTR", [pointer]).unwrap();
        let property = Property::text("JSPROP", "true").unwrap();
        let card = Card::builder(Version::V4_0)
            .full_name("Ada Quist")
            .property(property.with_parameter(parameter))
            .build()
            .unwrap();
        let line = format!("\r\nJSPROP;JSPTR={written}:true\r\n");
        assert!(card.to_string().contains(&line), "{card}");
        assert_clean(&card).unwrap();
    }
}

/// A name that address books write, and that no card is made with.
#[test]
fn err_one_name_of_the_registry_is_no_name() {
    assert!(registry::property(UNWRITABLE.as_bytes()).is_some());
    assert!(Property::text(UNWRITABLE, "1").is_err());
}

/// A card that shows as text when a case fails.
struct Shown(Card);

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\n{}", self.0)
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn ok_cards_of_many_properties_of_3_0(card in any_card(Version::V3_0).prop_map(Shown)) {
        assert_clean(&card.0)?;
    }

    #[test]
    fn ok_cards_of_many_properties_of_4_0(card in any_card(Version::V4_0).prop_map(Shown)) {
        assert_clean(&card.0)?;
    }
}
