//! The findings with and without the glance, held against each other.

extern crate std;

use crate::card::{Card, CardReader, Event, Property};
use crate::registry::{self, PropertyId};
use crate::validate::diagnostic::Diagnostic;
use crate::validate::driver::check_lines;
use crate::validate::profile::Profile;
use alloc::string::String;
use alloc::vec::Vec;
use proptest::prelude::*;

fn findings(card: &Card, profile: Profile, glances: bool) -> Vec<Diagnostic> {
    let checked = check_lines(card, profile, glances, true, usize::MAX);
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
        compare_card(card);
    }
    cards
}

fn compare_card(card: &Card) {
    for profile in Profile::ALL {
        let [with, without] = [true, false].map(|glances| findings(card, profile, glances));
        if with != without {
            let differ = |one: &&Diagnostic, other: &[Diagnostic]| !other.contains(one);
            let more: Vec<_> = with.iter().filter(|one| differ(one, &without)).collect();
            let less: Vec<_> = without.iter().filter(|one| differ(one, &with)).collect();
            let lines = [more, less].map(|list| list.first().map(std::string::ToString::to_string));
            let text = String::from_utf8_lossy(&card.to_bytes()).into_owned();
            let text: String = text.chars().take(2000).collect();
            panic!("{profile}: with and without the glance: {lines:?} in\n{text}");
        }
    }
}

const VERSIONS: [&str; 3] = ["2.1", "3.0", "4.0"];

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

/// A corpus of real cards, where `VCARD_CORPUS` names one.
#[test]
fn ok_the_glance_changes_no_finding_of_a_real_card() {
    let Some(folder) = std::env::var_os("VCARD_CORPUS") else {
        return;
    };
    let mut all = Vec::new();
    files(&std::path::Path::new(&folder).join("files"), &mut all);
    assert!(all.iter().map(|bytes| compare(bytes)).sum::<usize>() > 300);
}

#[test]
fn ok_the_glance_changes_no_finding_of_an_address_book() {
    use vcardinal_corpus::{Corpus, Kind, Until};
    for kind in Kind::ALL {
        let corpus = Corpus::generate(kind, Until::Cards(20));
        assert_eq!(compare(&corpus.bytes), 20);
    }
}

/// Stands for an octet that is not UTF-8.
const NOT_UTF_8: char = '\u{fffe}';

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
    "QUOTED-PRINTABLE",
    "INLINE",
    "a\\n",
    "JPEG",
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
    "a\u{1}b",
    "\u{fffe}",
    "a\\nb",
    "a;b\\;c;d;e;f",
    "xmpp:a@example.com",
    "data:a",
    "DATA:a",
    "TEL:+1",
    "20000229",
    "an other text that is so long that it has to be folded, or else it is a very long line indeed",
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
    for version in VERSIONS {
        for value in VALUES {
            assert_eq!(compare(of_each_property(version, "", value).as_bytes()), 1);
        }
    }
}

#[test]
fn ok_the_glance_changes_no_finding_of_any_parameter() {
    for version in VERSIONS {
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

/// A line of a name, parameters and a value, each right or nearly right.
fn line() -> impl Strategy<Value = String> {
    let mut names: Vec<&str> = registry::properties().iter().map(|row| row.name).collect();
    names.extend(["X-OWN", "x-own", "X-", "X-A B", "X-A_B", "OWN"]);
    let mut parameters: Vec<&str> = registry::parameters().iter().map(|row| row.name).collect();
    parameters.extend(["X-OWN", "OWN", "X-A B", " TYPE", "type"]);
    let group = prop::sample::select(std::vec!["", "", "", "item1.", "a.b.", "a b.", "_."]);
    let words = prop::collection::vec(prop::sample::select(WORDS.to_vec()), 1..3);
    let parameter = (prop::sample::select(parameters), words, 0..8_u8);
    let parameter = parameter.prop_map(|(name, values, form)| match form {
        0 => std::format!(";{}", values.join(",")),
        1 => std::format!(";{name}"),
        _ => std::format!(";{name}={}", values.join(",")),
    });
    let ending = prop::sample::select(std::vec!["\r\n", "\r\n", "\r\n", "\n"]);
    (
        group,
        prop::sample::select(names),
        prop::collection::vec(parameter, 0..3),
        prop::sample::select(VALUES.to_vec()),
        ending,
    )
        .prop_map(|(group, name, parameters, value, ending)| {
            std::format!("{group}{name}{}:{value}{ending}", parameters.concat())
        })
}

fn card(version: &str, lines: &[String]) -> Vec<u8> {
    let text = std::format!(
        "BEGIN:VCARD\r\nVERSION:{version}\r\n{}END:VCARD\r\n",
        lines.concat()
    );
    // An octet that no text in UTF-8 has.
    let octets = text.chars().flat_map(|character| match character {
        NOT_UTF_8 => std::vec![0xFF],
        character => String::from(character).into_bytes(),
    });
    octets.collect()
}

proptest! {
    #[test]
    fn ok_the_glance_changes_no_finding(
        version in prop::sample::select(VERSIONS.to_vec()),
        lines in prop::collection::vec(line(), 1..12),
    ) {
        compare(&card(version, &lines));
    }

    #[test]
    fn ok_the_glance_changes_no_finding_of_an_edited_card(
        version in prop::sample::select(VERSIONS.to_vec()),
        lines in prop::collection::vec(line(), 1..6),
        edited in 0..6_usize,
        text in prop::sample::select(std::vec!["a", "a, b", "\u{e9}", ""]),
    ) {
        let Ok(mut card) = Card::parse(card(version, &lines)) else {
            return Ok(());
        };
        let ids: Vec<_> = card.properties().map(|property| property.id()).collect();
        if let Some(mut property) = ids.get(edited).and_then(|id| card.entry_mut(*id)) {
            let _ = property.set_text(text);
        }
        let _ = card.push(Property::text("NOTE", text).unwrap());
        if let Some(property) = ids.first().and_then(|id| card.entry_mut(*id)) {
            let _ = property.remove();
        }
        compare_card(&card);
    }
}
