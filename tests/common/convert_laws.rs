//! What holds for every card that is converted, whatever is wrong with it. Functions that panic when it does
//! not, as in `laws.rs`.

use std::collections::BTreeSet;

use vcardinal::validate::{Profile, Severity, validate};
use vcardinal::{Card, CardReader, Event, Version};

/// The rules of what is at least so severe.
fn rules(card: &Card, severity: Severity) -> BTreeSet<&'static str> {
    validate(card, Profile::Declared)
        .iter()
        .filter(|finding| finding.severity >= severity)
        .map(|finding| finding.rule.id)
        .collect()
}

/// What came of one conversion, for a message.
fn shown(card: &Card, out: &Card) -> String {
    let lossy = |card: &Card| card.to_bytes().escape_ascii().to_string();
    format!("{}\n=>\n{}", lossy(card), lossy(out))
}

/// The output is one whole card of the version, in UTF-8, laid out.
fn is_well_written(card: &Card, out: &Card, to: Version) {
    let bytes = out.to_bytes();
    assert!(out.is_closed(), "not closed: {}", shown(card, out));
    assert_eq!(out.version(), Some(to), "{}", shown(card, out));
    let text = std::str::from_utf8(&bytes);
    let text = text.unwrap_or_else(|error| panic!("{error}: {}", shown(card, out)));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "a long line: {}", shown(card, out));
        assert!(
            !line.contains(['\r', '\n']),
            "a line break: {}",
            shown(card, out)
        );
    }
    let mut reader = CardReader::from_slice(&bytes);
    let Some(Event::Card(read)) = reader.next_event().expect("readable") else {
        panic!("no card: {}", shown(card, out));
    };
    assert!(
        read.same_content(out),
        "reads otherwise: {}",
        shown(card, out)
    );
    assert!(
        reader.next_event().expect("readable").is_none(),
        "more than a card: {}",
        shown(card, out)
    );
}

/// Each card in each version: whole, once for all, the same each time, and of a card with nothing
/// wrong one without errors; and then the way back.
pub fn converting(bytes: &[u8]) {
    for card in CardReader::from_slice(bytes).flatten() {
        for to in [Version::V3_0, Version::V4_0] {
            let Ok(there) = card.convert(to) else {
                continue;
            };
            let out = there.card();
            if card.version() == Some(to) {
                let is_same = out.to_bytes() == card.to_bytes() && there.changes().is_empty();
                assert!(is_same, "{}", shown(&card, out));
                continue;
            }
            is_well_written(&card, out, to);
            let again = card.convert(to).expect("converted before");
            let is_same =
                again.card().to_bytes() == out.to_bytes() && again.changes() == there.changes();
            assert!(is_same, "other than before: {}", shown(&card, again.card()));
            for property in card.properties() {
                let told = there.changes().iter();
                let count = told.filter(|change| {
                    change.entry() == Some(property.id()) && change.parameter().is_none()
                });
                assert!(count.count() <= 1, "told twice: {}", shown(&card, out));
            }
            let old = rules(&card, Severity::Warning);
            // A value that is wrong goes over as it is, and 2.1 says nothing of most.
            let mut new = rules(out, Severity::Error);
            new.retain(|rule| !rule.ends_with("-invalid") && *rule != "encoding-missing");
            assert!(
                !old.is_empty() || new.is_empty(),
                "new errors {new:?}: {}",
                shown(&card, out)
            );
            let back_to = match to {
                Version::V3_0 => Version::V4_0,
                _ => Version::V3_0,
            };
            let back = out.convert(back_to).expect("what was written");
            is_well_written(out, back.card(), back_to);
        }
    }
}
