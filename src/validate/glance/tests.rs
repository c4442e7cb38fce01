//! The findings with and without the glance, held against each other.

extern crate std;

use crate::card::{Card, CardReader, Event};
use crate::registry::{self, Condition, PropertyId};
use crate::validate::diagnostic::Diagnostic;
use crate::validate::driver::check_lines;
use crate::validate::profile::Profile;
use crate::version::Version;
use alloc::string::String;
use alloc::vec::Vec;
use proptest::prelude::*;

fn findings(card: &Card, profile: Profile, glances: bool) -> Vec<Diagnostic> {
    let checked = check_lines(card, profile, glances, true);
    checked
        .findings
        .into_iter()
        .chain(checked.unclosed)
        .collect()
}

/// Both ways under every profile.
fn compare(bytes: &[u8]) -> usize {
    let mut cards = 0;
    let mut reader = CardReader::from_slice(bytes);
    while let Ok(Some(event)) = reader.next_event() {
        let Event::Card(card) = event else { continue };
        cards += 1;
        for profile in Profile::ALL {
            assert_eq!(
                findings(card, profile, true),
                findings(card, profile, false),
                "{profile}: {}",
                String::from_utf8_lossy(&card.to_bytes())
            );
        }
    }
    cards
}

fn files(folder: &std::path::Path, all: &mut Vec<Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, all);
        } else if path.metadata().unwrap().len() < 100_000 {
            all.push(std::fs::read(&path).unwrap());
        }
    }
}

#[test]
fn ok_the_glance_changes_no_finding_of_a_fixture() {
    let mut all = Vec::new();
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    files(&fixtures, &mut all);
    assert!(all.iter().map(|bytes| compare(bytes)).sum::<usize>() > 300);
}

#[test]
fn ok_the_glance_changes_no_finding_of_an_address_book() {
    use vcardinal_corpus::{Corpus, Kind, Until};
    for kind in [Kind::Plain, Kind::Folded, Kind::Apple30] {
        let corpus = Corpus::generate(kind, Until::Cards(20));
        assert_eq!(compare(&corpus.bytes), 20);
    }
}

/// Values of parameters, right and wrong.
const WORDS: &[&str] = &[
    "work",
    "HOME",
    "cell",
    "pref",
    "x-a",
    "text",
    "uri",
    "date",
    "1",
    "100",
    "0",
    "en",
    "e",
    "\"a,b\"",
    "1.1",
    "",
    "a^b",
    "phone-number",
    "language-tag",
    "19850412",
    "internet",
];

/// Values of properties, right and wrong.
const VALUES: &[&str] = &[
    "a",
    "a,b",
    "a;b",
    "a\\,b",
    "a\\x",
    "a\\",
    ";;;;",
    "a;b;c;d;e",
    ";;;;;;",
    ";;1 A St;B;C;D;E",
    "tel:+1-415-555-0123",
    "tel:1",
    "+1 415 555 0123",
    "https://example.com/a",
    "http://a b/",
    "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
    "mailto:a@example.com",
    "19850412",
    "1985-04-12",
    "19850230",
    "19951031T222710Z",
    "1995-10-31T22:27:10Z",
    "19951301T222710Z",
    "19950001T222710Z",
    "19950101T242710Z",
    "19950101T226010Z",
    "19951301",
    "19950100",
    "1995-13-01",
    "1995-01-01T24:00:00Z",
    "--0412",
    "en",
    "e",
    "4.0",
    "3.0",
    "group",
    "",
    " ",
    "a\r\n b",
    "a\\\r\n ,b",
    "\u{e9}",
    "a,,b",
    ",",
    "data:image/png;base64\\,AAAA",
    "geo:1,2",
    "M",
    "true",
    "1",
];

/// A card with one line for each property.
fn of_each_property(version: &str, parameters: &str, value: &str) -> String {
    let mut card = std::format!("BEGIN:VCARD\r\nVERSION:{version}\r\n");
    for row in registry::properties() {
        if !matches!(row.id, PropertyId::BEGIN | PropertyId::END) {
            card += &std::format!("{}{parameters}:{value}\r\n", row.name);
        }
    }
    card + "END:VCARD\r\n"
}

#[test]
fn ok_the_glance_changes_no_finding_of_any_property() {
    for version in ["3.0", "4.0"] {
        for value in VALUES {
            assert_eq!(compare(of_each_property(version, "", value).as_bytes()), 1);
        }
    }
}

#[test]
fn ok_the_glance_changes_no_finding_of_any_parameter() {
    for version in ["3.0", "4.0"] {
        for row in registry::parameters() {
            for word in WORDS {
                let parameters = std::format!(";{}={word}", row.name);
                for value in ["a", "https://example.com/", "19850412"] {
                    let text = of_each_property(version, &parameters, value);
                    let card = Card::parse(text).unwrap();
                    assert_eq!(
                        findings(&card, Profile::Declared, true),
                        findings(&card, Profile::Declared, false),
                        "{version} {parameters}:{value}"
                    );
                }
            }
        }
    }
}

fn line() -> impl Strategy<Value = String> {
    let names: Vec<&str> = registry::properties().iter().map(|row| row.name).collect();
    let parameters: Vec<&str> = registry::parameters().iter().map(|row| row.name).collect();
    let group = prop::sample::select(std::vec!["", "", "", "item1.", "a.b.", "a b.", "_."]);
    let parameter = (
        prop::sample::select(parameters),
        prop::collection::vec(prop::sample::select(WORDS.to_vec()), 1..3),
    )
        .prop_map(|(name, values)| std::format!(";{name}={}", values.join(",")));
    (
        group,
        prop::sample::select(names),
        prop::collection::vec(parameter, 0..3),
        prop::sample::select(VALUES.to_vec()),
    )
        .prop_map(|(group, name, parameters, value)| {
            std::format!("{group}{name}{}:{value}\r\n", parameters.concat())
        })
}

proptest! {
    #[test]
    fn ok_the_glance_changes_no_finding(
        version in prop::sample::select(std::vec!["3.0", "4.0"]),
        lines in prop::collection::vec(line(), 1..12),
    ) {
        let card = std::format!(
            "BEGIN:VCARD\r\nVERSION:{version}\r\n{}END:VCARD\r\n",
            lines.concat()
        );
        compare(card.as_bytes());
    }
}

#[test]
fn ok_what_needs_a_parameter_is_left_to_the_rules() {
    for row in registry::properties() {
        for version in [Version::V3_0, Version::V4_0] {
            let needs = row.column(version).is_some_and(|column| {
                column.parameters.iter().any(|allowed| {
                    matches!(
                        allowed.condition,
                        Condition::Required | Condition::RequiredIfText
                    )
                })
            });
            assert!(
                !needs || super::has_rules_of_its_own(row.id),
                "{}",
                row.name
            );
        }
    }
}
