//! White space around a value that is not a text is not part of it, and one finding says so.

use vcardinal::registry::{
    self,
    ValueType::{Binary, PhoneNumber, Text, Url},
};
use vcardinal::typed::AnyValue;
use vcardinal::validate::{Profile, Report, validate};
use vcardinal::value::{DateOrText, Key, Media, Telephone, TimeZone, UriOrText};
use vcardinal::{Card, PropertyRef, Version};

const RULE: &str = "white-space-around-value";

/// One or more values of each type.
const VALUES: &[&str] = &[
    "19850412",
    "1985-04-12",
    "--0412",
    "T102200Z",
    "102200",
    "19531015T231000Z",
    "1953-10-15T23:10:00Z",
    "true",
    "7",
    "7,8",
    "1.5",
    "-0500",
    "-05:00",
    "Europe/Oslo",
    "en",
    "de-CH",
    "geo:37.386013\\,-122.082932",
    "37.386013;-122.082932",
    "37.386013,-122.082932",
    "M",
    "M;Fellow",
    ";free text",
    "group",
    "1;urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
    "https://www.example.com/a",
    "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
    "mailto:odalys@example.com",
    "tel:+14155550123",
    "sip:odalys@example.com",
    "data:image/png;base64\\,AAAA",
    "+1 415 555 0123",
    "Odalys Brook",
    "Brook;Odalys;;;",
    ";;1 Elm St;Town;;;",
];

fn card_with(version: Version, line: &str) -> Card {
    let text =
        format!("BEGIN:VCARD\r\nVERSION:{version}\r\nFN:A\r\nN:A;;;;\r\n{line}\r\nEND:VCARD\r\n");
    Card::parse(&text).unwrap()
}

/// The property in question, which comes last.
fn last(card: &Card) -> PropertyRef<'_> {
    card.properties().next_back().unwrap()
}

/// Rules of the findings of the line in question, with their severities.
fn found(report: &Report) -> Vec<(&'static str, String)> {
    let of_line = report.iter().filter(|finding| finding.line == 5);
    of_line
        .map(|finding| (finding.rule.id, finding.severity.to_string()))
        .collect()
}

fn is_text(value: &AnyValue<'_>) -> bool {
    matches!(
        value,
        AnyValue::Text(_)
            | AnyValue::TextList(_)
            | AnyValue::Name(_)
            | AnyValue::Address(_)
            | AnyValue::Organization(_)
            | AnyValue::Binary(_)
            | AnyValue::DateOrText(DateOrText::Text(_))
            | AnyValue::Key(Key::Text(_) | Key::Inline(_))
            | AnyValue::Media(Media::Inline(_))
            | AnyValue::Telephone(Telephone::Text(_))
            | AnyValue::TimeZone(TimeZone::Name(_))
            | AnyValue::UriOrText(UriOrText::Text(_))
    )
}

/// Each property with each VALUE and each value that is clean there.
fn clean_lines(version: Version, mut each: impl FnMut(&str, &str, AnyValue<'_>)) {
    let rows = registry::properties();
    let mut names: Vec<&str> = rows
        .iter()
        .filter(|row| row.stands_for.is_none())
        .map(|row| row.name)
        .collect();
    names.retain(|name| !matches!(*name, "BEGIN" | "END" | "VERSION" | "FN" | "N"));
    names.push("X-OF-MY-OWN");
    let types = registry::value_types().iter();
    let mut parameters: Vec<String> = types.map(|row| format!(";VALUE={}", row.name)).collect();
    parameters.push(String::new());
    for name in names {
        for parameter in &parameters {
            let head = format!("{name}{parameter}:");
            for value in VALUES {
                let card = card_with(version, &format!("{head}{value}"));
                if found(&validate(&card, Profile::Declared)).is_empty() {
                    each(&head, value, last(&card).value().unwrap());
                }
            }
        }
    }
}

#[test]
fn ok_white_space_is_no_part_of_what_is_not_a_text() {
    for version in Version::ALL {
        let mut tried = 0;
        clean_lines(version, |head, value, meant| {
            // How a name sounds is a text in a SOUND of 2.1.
            if is_text(&meant) || matches!(meant, AnyValue::Media(Media::Text(_))) {
                return;
            }
            // What follows the semicolon in a GENDER is a text.
            let after =
                !matches!(&meant, AnyValue::Gender(gender) if !gender.identity().is_empty());
            let spaced = [
                Some(format!(" {value}")),
                Some(format!("\t{value}")),
                after.then(|| format!("{value} ")),
                after.then(|| format!(" \t{value}\t ")),
            ];
            for spaced in spaced.into_iter().flatten() {
                let line = format!("{head}{spaced}");
                let mut card = card_with(version, &line);
                let read = last(&card).value();
                assert_eq!(read.as_ref(), Ok(&meant), "{version} {line:?}");
                let report = validate(&card, Profile::Declared);
                let wanted = [(RULE, "warning".to_owned())];
                // Where the text is one to the checker, as a UID of 3.0, nothing is said of it.
                let findings = found(&report);
                let unsaid = findings.is_empty()
                    && !matches!(meant, AnyValue::Gender(_) | AnyValue::Kind(_))
                    && !matches!(meant, AnyValue::ClientPidMap(_))
                    && !matches!(meant, AnyValue::TimeZone(TimeZone::Offset(_)))
                    && matches!(
                        last(&card).value_type(),
                        Some(Text | PhoneNumber | Binary | Url)
                    );
                if !unsaid {
                    assert_eq!(findings, wanted, "{version} {line:?}");
                    report.repair(&mut card);
                    let repaired = card_with(version, &format!("{head}{value}"));
                    assert_eq!(card, repaired, "{version} {line:?}");
                    tried += 1;
                }
            }
        });
        assert!(tried > 150, "{version}: {tried}");
    }
}

#[test]
fn ok_a_text_keeps_its_white_space() {
    for version in Version::ALL {
        let card = card_with(version, "NOTE: two words ");
        assert_eq!(last(&card).text().unwrap(), " two words ");
        assert!(found(&validate(&card, Profile::Declared)).is_empty());
    }
}
