//! Repairs keep every meaning: laws over fixtures, cards with faults put into them, and real cards.
//!
//! A repair removes no parameter value that says something and moves none to another parameter,
//! leaves every value as it was, adds no finding, and made twice is made once.
//! `PROPTEST_CASES=100000 cargo test --release --all-features --test changing repairs` tries more of them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use vcardinal::typed::AnyValue;
use vcardinal::validate::{Profile, Report, validate};
use vcardinal::{Card, CardReader, PropertyRef, Version, registry};

use crate::common;
use crate::common::choices::Choices;
use crate::common::{cards, cases, damage};

/// What the parameters of a property say: a name and a value, as often as they are there. What is
/// written in two ways comes in one.
fn said(property: &PropertyRef<'_>) -> BTreeMap<(String, String), usize> {
    let mut said = BTreeMap::new();
    let mut add = |name: &str, value: &str| {
        *said.entry((name.to_owned(), value.to_owned())).or_insert(0) += 1;
    };
    for parameter in property.parameters() {
        let name = parameter.meaning().to_ascii_uppercase();
        let escaped = parameter.raw().windows(2).any(|pair| pair == b"\\,");
        for value in parameter.values().filter(|value| !value.is_empty()) {
            match &*name {
                "TYPE" => {
                    for word in value.split(',').map(str::trim) {
                        let word = if escaped {
                            word.trim_end_matches('\\')
                        } else {
                            word
                        };
                        add(&name, &word.to_ascii_lowercase());
                    }
                }
                "ENCODING" if value.eq_ignore_ascii_case("BASE64") => add(&name, "b"),
                // No type of values has letter case either. RFC 6350, 3.3.
                "ENCODING" | "VALUE" => add(&name, &value.to_ascii_lowercase()),
                _ => add(&name, &value),
            }
        }
    }
    said.remove(&("TYPE".into(), String::new()));
    said
}

/// The parameters of a property say what they said. What a parameter says of how the value is
/// written, and what says the same by another parameter, may change.
fn keeps_parameters(before: &PropertyRef<'_>, after: &PropertyRef<'_>, place: &str) {
    let now = said(after);
    let of = |name: &str, value: &str| now.contains_key(&(name.to_owned(), value.to_owned()));
    for ((name, value), count) in said(before) {
        let kept = now
            .get(&(name.clone(), value.clone()))
            .copied()
            .unwrap_or_default();
        if kept >= count {
            continue;
        }
        let allowed = match (&*name, &*value) {
            ("TYPE", "pref") => of("PREF", "1"),
            // UTF-8 is what all text is in without it.
            ("CHARSET", label) => {
                label.eq_ignore_ascii_case("UTF-8") || before.text().ok() == after.text().ok()
            }
            // What it says is said by the value.
            ("ENCODING", "b") => {
                matches!(before.binary(), Some(Ok(_))) && !after.line().is_base64()
            }
            ("ENCODING", "7bit" | "8bit") => true,
            // By another word for the same.
            ("ENCODING", word) => {
                let plain = |word: &str| word.replace(['-', '_'], "").to_ascii_lowercase();
                let mut now = after.parameter_values("ENCODING");
                now.any(|now| plain(&now) == plain(word))
            }
            ("VALUE", "date" | "date-time") => before.version() == Some(Version::V4_0),
            _ => false,
        };
        assert!(
            allowed,
            "{place}: {name}={value} is gone\n{before:?}\n{after:?}"
        );
    }
}

/// Whether the value is a word of a list, as that of VERSION.
fn is_word(property: &PropertyRef<'_>) -> bool {
    let row = registry::property(property.name().as_bytes());
    row.is_some_and(|row| registry::is_enumerated(row.id))
}

/// The value of a property says what it said, if that could be read.
fn keeps_value(before: &PropertyRef<'_>, after: &PropertyRef<'_>, place: &str) {
    let show = |line: &PropertyRef<'_>| String::from_utf8_lossy(line.raw()).into_owned();
    let shown = || {
        format!(
            "value of {}\n{}\n{}\n{place}",
            before.name(),
            show(before),
            show(after)
        )
    };
    if let Some(Ok(data)) = before.binary() {
        let now = after.binary().unwrap().unwrap();
        // What an empty parameter hid may be seen.
        let hidden = data.media_type().is_empty();
        assert_eq!(
            if hidden {
                now.media_type()
            } else {
                data.media_type()
            }
            .to_ascii_lowercase(),
            now.media_type().to_ascii_lowercase(),
            "{}",
            shown()
        );
        assert_eq!(data.decode().unwrap(), now.decode().unwrap(), "{}", shown());
        return;
    }
    // White space around a value that is no text is not part of it.
    if let (Ok(old), Ok(new)) = (before.raw_text(), after.raw_text())
        && old.trim() == new
    {
        return;
    }
    match (before.value(), after.value()) {
        (Ok(AnyValue::Telephone(_)), Ok(AnyValue::Telephone(_))) => {
            // A scheme that stood in a text may go.
            let is_scheme = |letter: char| letter.is_ascii_alphabetic() || letter == ':';
            let number = |property: &PropertyRef<'_>| {
                let text = property.text().unwrap().into_owned();
                text.trim().trim_start_matches(is_scheme).trim().to_owned()
            };
            assert_eq!(number(before), number(after), "{}", shown());
            return;
        }
        // Parts of RFC 9554 may be written in the older ones too.
        (Ok(AnyValue::Name(name)), Ok(AnyValue::Name(now))) if name != now => {
            assert_eq!(name.repeated(), now, "{}", shown());
            return;
        }
        (Ok(AnyValue::Address(address)), Ok(AnyValue::Address(now))) if address != now => {
            assert_eq!(address.repeated(), now, "{}", shown());
            return;
        }
        // White space around a word of a list is no part of it.
        (Ok(AnyValue::Text(word)), Ok(AnyValue::Text(now))) if is_word(before) => {
            assert_eq!(word.trim(), now.trim(), "{}", shown());
            return;
        }
        (Ok(AnyValue::Text(_)), _) if before.text().is_err() => {}
        (Ok(before), Ok(after)) => assert_eq!(before, after, "{}", shown()),
        (Ok(_), Err(error)) => panic!("{error}: {}", shown()),
        (Err(_), _) => {}
    }
    // A value that could not be read is text that nobody may lose.
    let letters = |property: &PropertyRef<'_>| {
        let text = property.text().ok()?;
        let counts = |c: &char| c.is_alphanumeric();
        Some(text.chars().filter(counts).collect::<String>())
    };
    if before.text().is_ok() {
        assert_eq!(letters(before), letters(after), "{}", shown());
    }
}

/// How often each rule is broken.
fn counts(report: &Report) -> BTreeMap<&'static str, u32> {
    let mut counts = BTreeMap::new();
    for finding in report {
        *counts.entry(finding.rule.id).or_insert(0) += finding.count;
    }
    counts
}

/// A line says the same as before a repair.
fn keeps_line(before: &PropertyRef<'_>, after: &PropertyRef<'_>, place: &str) {
    assert!(before.is(after.name()), "{place}");
    assert_eq!(before.group(), after.group(), "{place}");
    assert_eq!(
        before.label(),
        after.label(),
        "{place}\n{before:?}\n{after:?}"
    );
    assert_eq!(
        before.pref(),
        after.pref(),
        "{place}\n{before:?}\n{after:?}"
    );
    assert_eq!(
        before.language(),
        after.language(),
        "{place}\n{before:?}\n{after:?}"
    );
    keeps_parameters(before, after, place);
    keeps_value(before, after, place);
}

/// All that a repair may do to a card.
fn keeps(card: &Card, repaired: &Card, place: &str) {
    assert_eq!(card.version(), repaired.version(), "{place}");
    let mut earlier: Vec<Vec<u8>> = Vec::new();
    for before in card.properties() {
        let raw = before.raw().trim_ascii_end().to_vec();
        match repaired.entry(before.id()) {
            Some(after) => {
                keeps_line(&before, &after, place);
                // The next may be its twin only now.
                earlier.push(after.raw().trim_ascii_end().to_vec());
            }
            // A property that is there twice.
            None => assert!(
                earlier.contains(&raw) || before.is("VERSION"),
                "{place}: {} is gone",
                String::from_utf8_lossy(&raw)
            ),
        }
        earlier.push(raw);
    }
    let lines = |card: &Card| card.lines().filter(|line| !line.line().is_blank()).count();
    assert!(lines(repaired) <= lines(card), "{place}");
    let again = Card::parse(repaired.to_bytes()).unwrap();
    assert!(again.same_content(repaired), "{place}\n{repaired}");
}

fn adds_nothing(before: &Report, after: &Report, place: &str) {
    let (before, counted) = (counts(before), counts(after));
    for (id, count) in &counted {
        let old = before.get(id).copied().unwrap_or_default();
        assert!(
            *count <= old,
            "{place}: {id} was {old}, is {count}\n{after:#?}"
        );
    }
}

/// The laws for one card under one profile; how many repairs there were.
fn laws(card: &Card, profile: Profile, name: &str) -> usize {
    let report = validate(card, profile);
    if report.iter().all(|finding| finding.fix.is_none()) {
        return 0;
    }
    for finding in &report {
        let Some(fix) = &finding.fix else { continue };
        let place = format!("{name} under {profile}, {fix}\n{card}");
        let mut one = card.clone();
        if fix.apply(&mut one).is_err() {
            assert!(one.to_bytes() == card.to_bytes(), "{place}");
            continue;
        }
        keeps(card, &one, &place);
        let after = validate(&one, profile);
        let count = |report: &Report| counts(report).get(finding.rule.id).copied();
        assert!(
            count(&after) < count(&report),
            "{place}: does not help\n{one}"
        );
    }
    let place = format!("{name} under {profile}\n{card}");
    let mut once = card.clone();
    let mut made = Vec::new();
    report.repair_each(&mut once, |_| true, |repair| made.push(repair));
    let place = format!("{place}\n{made:?}\n{once}");
    keeps(card, &once, &place);
    let after = validate(&once, profile);
    adds_nothing(&report, &after, &place);
    let bytes = once.to_bytes().into_owned();
    for again in [&after, &report] {
        assert_eq!(again.repair(&mut once), 0, "again: {place}");
        assert!(once.to_bytes() == bytes, "again: {place}");
    }
    made.len()
}

/// What goes wrong, each kind once: many inputs fail for one cause, and a card is long.
#[derive(Default)]
struct Failures {
    repairs: usize,
    kinds: BTreeMap<String, String>,
}

impl Failures {
    fn all_profiles(&mut self, card: &Card, name: &str) {
        // A VERSION that is folded, after the repair of which the card is another: what another
        // version says of its lines is new.
        let is_folded = |version: PropertyRef<'_>| {
            version
                .raw()
                .trim_ascii_end()
                .iter()
                .any(|octet| matches!(octet, b'\r' | b'\n'))
        };
        if card.property("VERSION").is_some_and(is_folded) {
            return;
        }
        for profile in Profile::ALL {
            match std::panic::catch_unwind(|| laws(card, profile, name)) {
                Ok(repairs) => self.repairs += repairs,
                Err(panic) => {
                    let message = panic.downcast_ref::<String>().unwrap();
                    let kind = message.lines().next().unwrap_or_default().to_owned();
                    self.kinds.entry(kind).or_insert(message.clone());
                }
            }
        }
    }

    fn files(&mut self, files: Vec<PathBuf>) {
        for file in files {
            let bytes = std::fs::read(&file).unwrap();
            for card in CardReader::from_slice(&bytes).filter_map(Result::ok) {
                self.all_profiles(&card, &file.display().to_string());
            }
        }
    }

    fn none(&self) {
        let shown: Vec<_> = self.kinds.values().take(12).cloned().collect();
        assert!(
            shown.is_empty(),
            "{} kinds\n{}",
            self.kinds.len(),
            shown.join("\n\n")
        );
    }
}

#[test]
fn ok_fixtures() {
    let mut failures = Failures::default();
    failures.files(common::fixtures());
    failures.none();
    assert!(failures.repairs > 300, "{}", failures.repairs);
}

#[test]
fn ok_corpus() {
    let mut failures = Failures::default();
    failures.files(common::corpus());
    failures.none();
}

/// Cards of 3.0 and 4.0, and what comes of them when they say that they are of 2.1.
#[test]
fn ok_cards_with_faults() {
    let config = cases::cases(400);
    let count = config.cases;
    let mut runner = TestRunner::new(config);
    let versions = vec![Version::V3_0, Version::V4_0];
    let bytes = prop::collection::vec(any::<u8>(), 8..80);
    let cards = select(versions).prop_flat_map(cards::any_card);
    let strategy = (cards, bytes, prop::bool::weighted(0.3));
    let mut failures = Failures::default();
    for _ in 0..count {
        let (card, bytes, as_2_1) = strategy.new_tree(&mut runner).unwrap().current();
        let mut text = card.to_string();
        if as_2_1 {
            text = text.replacen("VERSION:3.0", "VERSION:2.1", 1);
        }
        let damaged = damage::damage(&text, &mut Choices::new(&bytes));
        if let Ok(card) = Card::parse(&damaged) {
            failures.all_profiles(&card, "damaged");
        }
    }
    failures.none();
    assert!(failures.repairs > count as usize, "{}", failures.repairs);
}

/// No rule is broken more often than before, whatever the endings of the lines.
#[test]
fn ok_no_rule_is_broken_more_often() {
    let long = format!("NOTE:{}\r{}", "a".repeat(90), "b".repeat(90));
    let counts = |card: &Card, profile| {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for finding in &validate(card, profile) {
            *counts.entry(finding.rule.id).or_default() += finding.count;
        }
        counts
    };
    let mut repairs = 0;
    for ending in ["\n", "\r", "\r\n"] {
        for lines in [&long, "NOTE:a,b", "REV: 20200401T000000Z", "NOTE:a\rb,c"] {
            for (last, closed) in [("", true), (ending, true), ("", false), (ending, false)] {
                let text = format!(
                    "BEGIN:VCARD{ending}VERSION:4.0{ending}FN:A{ending}{lines}{}{last}",
                    if closed {
                        format!("{ending}END:VCARD")
                    } else {
                        String::new()
                    }
                );
                for profile in Profile::ALL {
                    let mut card = Card::parse(&text).unwrap();
                    let before = counts(&card, profile);
                    let report = validate(&card, profile);
                    repairs += report.repair(&mut card);
                    let card = Card::parse(&*card.to_bytes()).unwrap();
                    for (rule, count) in counts(&card, profile) {
                        let had = before.get(rule).copied().unwrap_or_default();
                        assert!(
                            count <= had,
                            "{rule} {had} -> {count}: {profile} {text:?} {card}"
                        );
                    }
                }
            }
        }
    }
    assert!(repairs > 100, "{repairs}");
}
