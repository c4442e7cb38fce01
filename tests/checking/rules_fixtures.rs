//! Each rule against its fixtures: what is found in the bad cards, in full, and nothing in the
//! ok cards. With `BLESS=1` in the environment the expected findings are written anew; read the
//! difference before you commit it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use vcardinal::validate::{Checker, Diagnostic, Profile, Severity, rule, rules};
#[cfg(not(feature = "charset"))]
use vcardinal::{Card, syntax::TextError};
use vcardinal::{CardReader, PushReader};

use crate::common;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn findings(bytes: &[u8], profile: Profile) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut checker = Checker::new(profile);
    let mut reader = CardReader::from_slice(bytes);
    while let Some(event) = reader.next_event().unwrap() {
        checker.event(&event, &mut |finding| found.push(finding));
    }
    checker.finish(&mut |finding| found.push(finding));
    found
}

/// `severity rule line:column byte_start..byte_end message (count)`
fn line_of(finding: &Diagnostic) -> String {
    let mut line = format!(
        "{} {} {}:{} {}..{} {}",
        finding.severity,
        finding.rule.id,
        finding.line,
        finding.column,
        finding.span.start,
        finding.span.end,
        finding.message
    );
    if finding.count > 1 {
        write!(line, " ({} times)", finding.count).unwrap();
    }
    line
}

fn cards_in(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            cards_in(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "vcf") {
            found.push(path);
        }
    }
}

/// The fixtures of each rule whose names begin with `prefix`.
fn of_rules(prefix: &str) -> BTreeMap<String, Vec<PathBuf>> {
    let mut of_rules = BTreeMap::new();
    for entry in std::fs::read_dir(fixtures().join("rules")).unwrap() {
        let folder = entry.unwrap().path();
        let mut cards = Vec::new();
        cards_in(&folder, &mut cards);
        cards.retain(|card| {
            card.file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with(prefix)
        });
        let id = folder.file_name().unwrap().to_str().unwrap().to_owned();
        of_rules.insert(id, cards);
    }
    of_rules
}

/// Compares with the file, or writes it.
fn expect(path: &Path, found: &str, failures: &mut String) {
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, found).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    if expected != found {
        writeln!(
            failures,
            "{}\n--- expected\n{expected}--- found\n{found}",
            path.display()
        )
        .unwrap();
    }
}

#[test]
fn ok_every_rule_has_both_kinds_of_fixtures() {
    let ids: BTreeSet<&str> = rules().iter().map(|rule| rule.id).collect();
    let ok = of_rules("ok");
    let bad = of_rules("bad");
    for id in &ids {
        assert!(
            ok.get(*id).is_some_and(|cards| !cards.is_empty()),
            "no ok card for {id}"
        );
        assert!(
            bad.get(*id).is_some_and(|cards| !cards.is_empty()),
            "no bad card for {id}"
        );
    }
    for id in ok.keys() {
        assert!(ids.contains(id.as_str()), "fixtures of no rule: {id}");
        assert_eq!(rule(id).unwrap().id, id);
    }
}

#[cfg(not(feature = "charset"))]
fn names_an_unknown_charset(bytes: &[u8]) -> bool {
    let card = Card::parse(bytes).unwrap();
    card.properties()
        .any(|property| matches!(property.text(), Err(TextError::UnknownCharset { .. })))
}

#[test]
fn ok_bad_cards_break_their_rule_and_no_other() {
    let mut failures = String::new();
    for (id, cards) in of_rules("bad") {
        for card in cards {
            let bytes = std::fs::read(&card).unwrap();
            // Whether its text is wrong, only the feature `charset` tells.
            #[cfg(not(feature = "charset"))]
            if id == "charset-mismatch" && names_an_unknown_charset(&bytes) {
                continue;
            }
            let found = findings(&bytes, common::profile_of(&card));
            let lines: String = found
                .iter()
                .map(|finding| line_of(finding) + "\n")
                .collect();
            if !found.iter().any(|finding| finding.rule.id == id) {
                writeln!(failures, "{} does not break {id}:\n{lines}", card.display()).unwrap();
            }
            expect(&card.with_extension("findings"), &lines, &mut failures);
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn ok_nothing_is_found_in_ok_cards() {
    let mut failures = String::new();
    for card in of_rules("ok").into_values().flatten() {
        for finding in findings(&std::fs::read(&card).unwrap(), common::profile_of(&card)) {
            if finding.severity > Severity::Info {
                writeln!(failures, "{}: {}", card.display(), line_of(&finding)).unwrap();
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// How often each rule is found in each of the other fixtures: whatever changes shows.
#[test]
fn ok_findings_in_all_other_fixtures() {
    let root = fixtures();
    let mut table = String::from("file\tseverity\trule\tfindings\n");
    for folder in ["cards", "edge", "hostile", "producers"] {
        let mut cards = Vec::new();
        cards_in(&root.join(folder), &mut cards);
        for card in cards {
            let mut counts = BTreeMap::new();
            for finding in findings(&std::fs::read(&card).unwrap(), Profile::Declared) {
                *counts
                    .entry((finding.rule.id, finding.severity.as_str()))
                    .or_insert(0) += 1;
            }
            let name = card.strip_prefix(&root).unwrap().to_str().unwrap();
            for ((id, severity), count) in counts {
                writeln!(table, "{name}\t{severity}\t{id}\t{count}").unwrap();
            }
        }
    }
    let mut failures = String::new();
    expect(&root.join("findings.tsv"), &table, &mut failures);
    assert!(failures.is_empty(), "{failures}");
}

/// Spans lie in the input, lines and columns say the same as byte offsets, snippets are short,
/// and it makes no difference how the input arrives.
#[test]
fn ok_positions_of_all_findings() {
    let mut cards = Vec::new();
    cards_in(&fixtures(), &mut cards);
    assert!(cards.len() > 300);
    for card in cards {
        let bytes = std::fs::read(&card).unwrap();
        let profile = common::profile_of(&card);
        let found = findings(&bytes, profile);
        for finding in &found {
            let shown = format!("{}: {}", card.display(), line_of(finding));
            assert!(finding.span.end <= bytes.len() as u64, "{shown}");
            assert!(finding.span.start <= finding.span.end, "{shown}");
            assert_eq!(
                position(&bytes, finding.span.start as usize),
                (finding.line, finding.column),
                "{shown}"
            );
            assert!(
                finding.snippet.chars().count() <= Diagnostic::SNIPPET,
                "{shown}"
            );
            assert!(finding.message.chars().count() < 200, "{shown}");
            assert!(!finding.message.chars().any(char::is_control), "{shown}");
        }
        assert_eq!(found, in_pieces(&bytes, profile), "{}", card.display());
    }
}

/// Line and column of an offset, the slow way.
fn position(bytes: &[u8], offset: usize) -> (u64, u64) {
    let mut line = 1;
    let mut start = 0;
    let mut at = 0;
    while at < bytes.len() {
        let width = match &bytes[at..] {
            [b'\r', b'\r', b'\n', ..] => 3,
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => 0,
        };
        if width == 0 {
            at += 1;
            continue;
        }
        if at + width > offset {
            break;
        }
        at += width;
        line += 1;
        start = at;
    }
    // A byte order mark has no column.
    while bytes[start..offset].starts_with(b"\xEF\xBB\xBF") {
        start += 3;
    }
    (line, (offset - start) as u64 + 1)
}

fn in_pieces(bytes: &[u8], profile: Profile) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut checker = Checker::new(profile);
    let mut reader = PushReader::new();
    for piece in bytes.chunks(7) {
        reader.push(piece);
        while let Some(event) = reader.next_event() {
            checker.event(&event, &mut |finding| found.push(finding));
        }
    }
    reader.finish();
    while let Some(event) = reader.next_event() {
        checker.event(&event, &mut |finding| found.push(finding));
    }
    checker.finish(&mut |finding| found.push(finding));
    found
}
