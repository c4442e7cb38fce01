//! What is read, and what changes a card, keeps every meaning: laws over random cards of every version,
//! with and without faults, over the fixtures and over real cards.
//!
//! `PROPTEST_CASES=100000 cargo test --release --all-features --test changing meaning` tries more of them.

use proptest::prelude::*;
use proptest::sample::select;

use vcardinal::registry;
use vcardinal::validate::{Diagnostic, Profile, Severity, validate};
use vcardinal::{Card, CardReader, CardWriter, Layout, PropertyRef, Version};

use crate::common;
use crate::common::any_cards::any_card;
use crate::common::any_value::set;
use crate::common::cases::cases;

fn shown(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string()
}

/// Does something with every card of the fixtures and of the corpus.
fn each_file(mut law: impl FnMut(&Card, &str)) {
    for file in common::fixtures().into_iter().chain(common::corpus()) {
        let bytes = std::fs::read(&file).unwrap();
        for card in CardReader::from_slice(&bytes).filter_map(Result::ok) {
            // Which stands alone, so that its positions are those in it.
            let card = Card::parse(card.to_bytes()).unwrap();
            law(&card, &file.display().to_string());
        }
    }
}

// ---- a value that is set is the one that was read ----

/// Setting each value that is there leaves every byte.
fn setting_what_is_there_changes_nothing(card: &Card) -> Result<(), String> {
    for property in card.properties() {
        let Ok(value) = property.value() else {
            continue;
        };
        let mut same = card.clone();
        let Some(mut entry) = same.entry_mut(property.id()) else {
            continue;
        };
        let result = set(&mut entry, &value);
        if same.to_bytes() != card.to_bytes() {
            let now = same.entry(property.id()).unwrap();
            return Err(format!(
                "{value:?}: {result:?}\n{}\n{}",
                shown(property.raw()),
                shown(now.raw())
            ));
        }
    }
    Ok(())
}

// ---- what has no error can be read ----

/// Whether a finding is about a line; of what is counted, only the first place is known.
fn is_about(finding: &Diagnostic, property: &PropertyRef<'_>) -> bool {
    let line = property.span().unwrap();
    finding.count > 1 || (finding.span.start >= line.start && finding.span.start < line.end)
}

/// Each text and each value of a line without an error can be read; in 2.1, whose letter forbids no form of a
/// date or a position, of a line without a warning.
fn what_has_no_error_is_readable(card: &Card) -> Result<(), String> {
    // Which card is held against which version is said by another finding.
    let Some(version) = card.version() else {
        return Ok(());
    };
    let report = validate(card, Profile::Declared);
    let least = match version {
        Version::V2_1 => Severity::Warning,
        _ => Severity::Error,
    };
    let is_error = |finding: &&Diagnostic| finding.severity >= least;
    let errors: Vec<_> = report.iter().filter(is_error).collect();
    for property in card.properties() {
        let text = property.text().map(drop).map_err(|error| error.to_string());
        let row = registry::property(property.name().as_bytes());
        let is_of_another_version =
            row.is_some_and(|row| card.version().is_none_or(|one| row.column(one).is_none()));
        // Nothing is not a value of most types, and no error: there is nothing to be lost, between the
        // separators of a form that was left empty either. Of what another version says nothing, the rule
        // that says so says enough.
        let is_nothing = |byte: &u8| byte.is_ascii_whitespace() || *byte == b';';
        let is_nothing = property.value_bytes().iter().all(is_nothing);
        let value = match is_nothing || is_of_another_version {
            true => Ok(()),
            false => property.value().map(drop),
        };
        let value = value.map_err(|error| error.to_string());
        for error in [text, value].into_iter().filter_map(Result::err) {
            if !errors.iter().any(|finding| is_about(finding, &property)) {
                return Err(format!("{error}\n{}", shown(property.raw())));
            }
        }
    }
    Ok(())
}

// ---- positions ----

/// Each finding lies in one line, and between characters.
fn findings_lie_between_characters(card: &Card, profile: Profile) -> Result<(), String> {
    let bytes = card.to_bytes();
    let text = std::str::from_utf8(&bytes).ok();
    let spans: Vec<_> = card.lines().filter_map(|line| line.span()).collect();
    let is_break = |at: &usize| bytes[*at] == b'\n';
    let breaks: Vec<usize> = (0..bytes.len()).filter(is_break).collect();
    // CR without LF ends a line too.
    let is_lone = |pair: &[u8]| pair[0] == b'\r' && pair[1] != b'\n';
    let is_lone = bytes.windows(2).any(is_lone) || bytes.ends_with(b"\r");
    for finding in &validate(card, profile) {
        let (start, end) = (finding.span.start, finding.span.end);
        let what = format!("{profile}: {finding} at {start}..{end} of {}", bytes.len());
        if start > end || end > bytes.len() as u64 {
            return Err(what);
        }
        let (from, to) = (start as usize, end as usize);
        if text.is_some_and(|text| !text.is_char_boundary(from) || !text.is_char_boundary(to)) {
            return Err(format!("inside a character: {what}"));
        }
        let at = spans.partition_point(|line| line.end < end);
        if spans.get(at).is_none_or(|line| start < line.start) {
            return Err(format!("in no line: {what}"));
        }
        if !is_lone && finding.line != breaks.partition_point(|at| *at < from) as u64 + 1 {
            return Err(format!("another line: {what}"));
        }
    }
    Ok(())
}

#[test]
fn ok_what_begins_or_ends_inside_a_character_takes_it_whole() {
    let long = format!("NOTE:{}\u{e9} and so on", "a".repeat(69));
    for line in [
        "LOGO;ENCODING=b:/9j\u{fc}",
        "LOGO;ENCODING=b:\u{1F469}",
        &long,
    ] {
        let text =
            format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nN:A;;;;\r\n{line}\r\nEND:VCARD\r\n");
        let card = Card::parse(text).unwrap();
        assert!(
            validate(&card, Profile::Declared).iter().count() > 0,
            "{line}"
        );
        assert_eq!(
            findings_lie_between_characters(&card, Profile::Declared),
            Ok(())
        );
    }
}

/// A line of encoded text is too long from its 76th octet on, which may lie inside of a character.
#[test]
fn ok_what_is_too_long_begins_with_a_character() {
    for wide in ["\u{e4}", "\u{5c71}", "\u{1F469}"] {
        for before in 0..=80 {
            for line in [
                format!(
                    "NOTE;QUOTED-PRINTABLE:{}{}",
                    "a".repeat(before),
                    wide.repeat(40)
                ),
                format!(
                    "X-B;QUOTED-PRINTABLE;X-WHY=\"{}{}\":a",
                    ";".repeat(before),
                    wide.repeat(40)
                ),
            ] {
                let text = format!("BEGIN:VCARD\r\nVERSION:2.1\r\nN:A\r\n{line}\r\nEND:VCARD\r\n");
                let card = Card::parse(text).unwrap();
                let report = validate(&card, Profile::Vcard21);
                let id = "quoted-printable-line-too-long";
                assert!(report.iter().any(|finding| finding.rule.id == id), "{line}");
                assert_eq!(
                    findings_lie_between_characters(&card, Profile::Vcard21),
                    Ok(()),
                    "{line}"
                );
            }
        }
    }
}

// ---- what is written anew ----

fn said(card: &Card) -> Vec<[String; 4]> {
    card.properties()
        .filter(|property| property.nested_card().is_none())
        .map(|property| {
            [
                property.name().to_owned(),
                format!("{:?}", property.text()),
                format!("{:?}", property.components()),
                format!("{:?}", property.list()),
            ]
        })
        .collect()
}

fn written_anew_says_the_same(card: &Card) -> Result<(), String> {
    // Nested cards that are not ended are, and that is part of the value of their AGENT.
    if !card.is_closed() && card.properties().any(|line| line.is("AGENT")) {
        return Ok(());
    }
    let mut out = Vec::new();
    let mut writer = CardWriter::from_writer(&mut out).with_layout(Layout::Canonical);
    writer.write(card).unwrap();
    drop(writer);
    let again = Card::parse(&out).unwrap();
    let (before, after) = (said(card), said(&again));
    match before == after && again.same_content(card) {
        true => Ok(()),
        false => Err(format!("{}\n{before:#?}\n{after:#?}", shown(&out))),
    }
}

// ---- all of them over fixtures and real cards ----

#[test]
fn ok_fixtures_and_corpus() {
    let mut failed = Vec::new();
    let mut count = 0;
    each_file(|card, name| {
        count += 1;
        let mut results = vec![
            ("set", setting_what_is_there_changes_nothing(card)),
            ("anew", written_anew_says_the_same(card)),
            ("read", what_has_no_error_is_readable(card)),
        ];
        for profile in Profile::ALL {
            results.push(("place", findings_lie_between_characters(card, profile)));
        }
        for (law, result) in results {
            if let Err(error) = result {
                failed.push(format!("{law}: {name}: {error}"));
            }
        }
    });
    assert!(
        failed.is_empty(),
        "{} of {count}\n{}",
        failed.len(),
        failed
            .iter()
            .take(8)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n\n")
    );
    assert!(count > 500, "{count}");
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn ok_setting_what_is_there(card in any_card()) {
        prop_assert_eq!(setting_what_is_there_changes_nothing(&card.0), Ok(()));
    }

    #[test]
    fn ok_without_an_error_all_is_readable(card in any_card()) {
        prop_assert_eq!(what_has_no_error_is_readable(&card.0), Ok(()));
    }

    #[test]
    fn ok_positions(card in any_card(), profile in select(Profile::ALL.to_vec())) {
        prop_assert_eq!(findings_lie_between_characters(&card.0, profile), Ok(()));
    }

    #[test]
    fn ok_written_anew(card in any_card()) {
        prop_assert_eq!(written_anew_says_the_same(&card.0), Ok(()));
    }
}
