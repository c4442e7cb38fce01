//! The checker against the table of requirements, the corpus, and its own repairs.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use common::spec::{cites, findings, requirements, stream};
use vcardinal::validate::{Checker, Profile, Report, Severity, fill_required, rule, validate};
use vcardinal::{Card, CardReader, Event, Version};

#[test]
fn ok_requirements() {
    let mut table: BTreeMap<String, [usize; 5]> = BTreeMap::new();
    let mut false_alarms = BTreeMap::new();
    let mut misses = BTreeMap::new();
    for row in requirements() {
        if row.rfc == "POLICY" {
            continue;
        }
        let counts = table.entry(row.rfc.clone()).or_default();
        if row.applies_to != "parse"
            && let Some(card) = stream(&row.ok, &row.rfc)
        {
            counts[0] += 1;
            let errors: Vec<String> = findings(&card, Profile::Declared)
                .iter()
                .filter(|finding| finding.severity == Severity::Error)
                .map(ToString::to_string)
                .collect();
            if errors.is_empty() {
                counts[1] += 1;
            } else {
                false_alarms.insert(row.id.clone(), (row.ok.clone(), errors));
            }
        }
        let must = matches!(&*row.level, "MUST" | "MUST NOT" | "GRAMMAR");
        if must && let Some(card) = stream(&row.bad, &row.rfc) {
            counts[2] += 1;
            let found = findings(&card, Profile::Declared);
            counts[3] += usize::from(
                found
                    .iter()
                    .any(|finding| finding.severity > Severity::Info),
            );
            if found.iter().any(|finding| cites(finding, &row)) {
                counts[4] += 1;
            } else {
                let found: Vec<String> = found.iter().map(ToString::to_string).collect();
                misses.insert(row.id.clone(), (row.bad.clone(), found));
            }
        }
    }
    println!("document\tok\tclean\tbad\tfound\tcited");
    for (rfc, [ok, clean, bad, found, cited]) in &table {
        println!("{rfc}\t{ok}\t{clean}\t{bad}\t{found}\t{cited}");
    }
    assert!(false_alarms.is_empty(), "{false_alarms:#?}");
    if table.is_empty() {
        return;
    }
    for (id, (example, found)) in &misses {
        assert!(
            KNOWN_MISSES.iter().any(|(known, _)| known == id),
            "{id} is not found: {}\n{found:#?}",
            String::from_utf8_lossy(example).escape_debug()
        );
    }
    for (id, _) in KNOWN_MISSES {
        assert!(
            misses.contains_key(*id),
            "{id} is found now; take it off the list"
        );
    }
}

/// Examples of broken rules for which no finding cites the section, and why.
const KNOWN_MISSES: &[(&str, &str)] = &[
    (
        "R6474-2.3-03",
        "the example lacks its colon, which is RFC 6350, 3.3, and found as that; what the clause is \
         about is found as date-invalid, in an example of our own in fixtures/conformance.tsv",
    ),
    ("R7095-3.2-01", "an example of jCard"),
    (
        "R7095-4-02",
        "the clause is about what a converter from jCard writes; a comma in a card breaks RFC 6350, \
         3.4, which is cited",
    ),
    ("R7095-4-03", "an example of jCard"),
    (
        "R9554-4.2-02",
        "the colon ends the head, so that the line is another, and right",
    ),
    ("R9555-2.9.4-01", "about the conversion from JSContact"),
];

/// Cards of the corpus that are marked as broken on purpose.
fn deliberately_invalid() -> BTreeSet<String> {
    let Some(folder) = std::env::var_os("VCARD_CORPUS") else {
        return BTreeSet::new();
    };
    let manifest = std::fs::read_to_string(PathBuf::from(folder).join("MANIFEST.tsv")).unwrap();
    let mut lines = manifest.lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let column = |name: &str| header.iter().position(|cell| *cell == name);
    let invalid = column("deliberate_invalid").unwrap();
    lines
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|cells| {
            !matches!(
                cells.get(invalid),
                None | Some(&"" | &"no" | &"0" | &"false")
            )
        })
        .map(|cells| cells[0].to_owned())
        .collect()
}

/// The rules that the first table of `docs/errors-in-real-cards.md` justifies.
fn justified() -> BTreeSet<String> {
    let page = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/errors-in-real-cards.md"),
    )
    .unwrap();
    page.lines()
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .filter_map(|line| line.split('|').nth(1))
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .map(str::to_owned)
        .collect()
}

/// Each rule with an error in cards that programs really wrote is looked at and justified in
/// `docs/errors-in-real-cards.md`, and no other is. What was found is shown with `--nocapture`.
#[test]
fn ok_corpus() {
    let invalid = deliberately_invalid();
    type Found = (usize, BTreeSet<String>, Vec<String>);
    let mut by_rule: BTreeMap<(&str, Version), Found> = BTreeMap::new();
    let mut cards = 0;
    for file in common::corpus() {
        let bytes = std::fs::read(&file).unwrap();
        let name = file.to_string_lossy().into_owned();
        if invalid
            .iter()
            .any(|invalid| name.ends_with(invalid.as_str()))
        {
            continue;
        }
        let mut checker = Checker::new(Profile::Declared);
        let mut reader = CardReader::from_slice(&bytes);
        while let Some(event) = reader.next_event().unwrap() {
            let mut version = Version::V4_0;
            if let Event::Card(card) = &event {
                cards += 1;
                version = card.version().unwrap_or(Version::V3_0);
            }
            checker.event(&event, &mut |finding| {
                assert!(finding.span.end <= bytes.len() as u64);
                if finding.severity == Severity::Error {
                    let entry = by_rule.entry((finding.rule.id, version)).or_default();
                    entry.0 += 1;
                    entry.1.insert(name.clone());
                    if entry.2.len() < 12 {
                        entry
                            .2
                            .push(format!("{} [{}]", finding.message, finding.snippet));
                    }
                }
            });
        }
        checker.finish(&mut |_| {});
    }
    println!("{cards} cards");
    let found: BTreeSet<String> = by_rule.keys().map(|(id, _)| (*id).to_owned()).collect();
    for ((rule, version), (count, files, examples)) in by_rule {
        println!("{rule}\t{version}\t{count}\tin {} files", files.len());
        for example in examples {
            println!("\t{example}");
        }
    }
    let justified = justified();
    assert!(
        justified.iter().all(|id| rule(id).is_some()),
        "the page names rules that do not exist: {justified:?}"
    );
    if cards > 0 {
        assert_eq!(found, justified, "found, and justified in the page");
    }
}

/// No repair invents a time of day that the card does not have, or cuts a fraction off.
#[test]
fn ok_a_repaired_timestamp_says_what_it_said() {
    let fix = |rev: &str| {
        let card = format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nREV:{rev}\r\nEND:VCARD\r\n");
        let report = validate(&Card::parse(card).unwrap(), Profile::Declared);
        assert_eq!(report.iter().count(), 1, "{rev}");
        report
            .iter()
            .find_map(|finding| finding.fix.as_ref().map(ToString::to_string))
    };
    assert_eq!(
        fix("1995-10-31T22:27:10Z").as_deref(),
        Some("write 19951031T222710Z")
    );
    for kept in ["19951031", "2022-07-05", "19951031T222710.5Z"] {
        assert_eq!(fix(kept), None, "{kept}");
    }
}

fn bad_fixtures() -> Vec<PathBuf> {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules");
    common::fixtures()
        .into_iter()
        .filter(|path| path.starts_with(&rules))
        .collect()
}

/// Every repair removes its finding and adds none, and a second one changes nothing, under every
/// profile.
#[test]
fn ok_repairs() {
    let mut fixes = BTreeMap::new();
    for file in bad_fixtures() {
        let bytes = std::fs::read(&file).unwrap();
        for card in CardReader::from_slice(&bytes).filter_map(Result::ok) {
            for profile in Profile::ALL {
                repairs(&file, &card, profile, &mut fixes);
            }
        }
    }
    println!("{fixes:?}");
    assert!(fixes.len() >= 12, "{fixes:?}");
}

fn repairs(
    file: &Path,
    card: &Card,
    profile: Profile,
    fixes: &mut BTreeMap<(&'static str, &'static str), usize>,
) {
    let place = format!("{} under {profile}", file.display());
    let report = validate(card, profile);
    let count = |report: &Report, id: &str| -> u32 {
        report
            .iter()
            .filter(|other| other.rule.id == id)
            .map(|other| other.count)
            .sum()
    };
    for finding in &report {
        let Some(fix) = &finding.fix else { continue };
        let mut repaired = card.clone();
        fix.apply(&mut repaired)
            .unwrap_or_else(|error| panic!("{place}: {fix}: {error}"));
        let after = validate(&repaired, profile);
        let id = finding.rule.id;
        assert!(
            count(&after, id) < count(&report, id),
            "{place}: {fix} does not remove {id}\n{repaired}"
        );
        for other in &after {
            assert!(
                count(&after, other.rule.id) <= count(&report, other.rule.id),
                "{place}: {fix} adds {other}\n{repaired}"
            );
        }
        *fixes.entry((profile.as_str(), id)).or_insert(0) += 1;
    }
    let mut once = card.clone();
    let made = report.repair(&mut once);
    assert!(
        made > 0 || report.iter().all(|finding| finding.fix.is_none()),
        "{place}"
    );
    // Neither with a report of how it is now, nor with that of how it was.
    for again in [validate(&once, profile), report] {
        let mut twice = once.clone();
        again.repair(&mut twice);
        assert_eq!(once.to_string(), twice.to_string(), "{place}");
    }
    assert_eq!(validate(&once, profile).repair(&mut once), 0, "{place}");
}

/// Positions in an edited card are those in what would be written.
#[test]
fn ok_edited_cards() {
    let text = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nNOTE:x\\y\r\nTEL;PREF=0:1\r\nEND:VCARD";
    let mut card = Card::parse(text).unwrap();
    card.property_mut("FN")
        .unwrap()
        .set_text("A much longer name than before, so that all that follows moves, and folds too")
        .unwrap();
    let written = card.to_bytes().into_owned();
    let of_edited = validate(&card, Profile::Declared);
    let of_written = validate(&Card::parse(&written).unwrap(), Profile::Declared);
    assert_eq!(of_edited, of_written);
    let ids: Vec<_> = of_edited.iter().map(|finding| finding.rule.id).collect();
    assert_eq!(
        ids,
        [
            "escape-unknown",
            "pref-invalid",
            "final-line-ending-missing"
        ]
    );
}

/// What is found in a text of another charset lies in its line, which has fewer octets than the
/// text in UTF-8.
#[cfg(feature = "charset")]
#[test]
fn ok_positions_in_a_text_of_another_charset() {
    let line = b"URL;CHARSET=SHIFT_JIS:\x8E\x52\x93\x63\r\n";
    let card = [
        b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n",
        line.as_slice(),
        b"END:VCARD\r\n",
    ]
    .concat();
    let report = validate(&Card::parse(&card).unwrap(), Profile::Declared);
    let finding = report
        .iter()
        .find(|finding| finding.rule.id == "uri-invalid");
    let span = finding.unwrap().span.clone();
    assert_eq!(
        &card[span.start as usize..span.end as usize],
        b"\x8E\x52\x93\x63"
    );
}

#[test]
fn ok_fill_required() {
    for (before, after) in [
        (
            "VERSION:4.0\r\nN:Quist;Ada;;;\r\n",
            "VERSION:4.0\r\nN:Quist;Ada;;;\r\nFN:Ada Quist\r\n",
        ),
        (
            "VERSION:3.0\r\nFN:A\r\n",
            "VERSION:3.0\r\nFN:A\r\nN:A;;;;\r\n",
        ),
        ("VERSION:4.0\r\nFN:\r\n", "VERSION:4.0\r\nFN:?\r\n"),
    ] {
        let mut card = Card::parse(format!("BEGIN:VCARD\r\n{before}END:VCARD\r\n")).unwrap();
        assert_eq!(fill_required(&mut card).unwrap(), 1);
        assert_eq!(
            card.to_string(),
            format!("BEGIN:VCARD\r\n{after}END:VCARD\r\n")
        );
        assert_eq!(fill_required(&mut card).unwrap(), 0);
        assert_eq!(validate(&card, Profile::Declared).errors().count(), 0);
    }
}

/// What the standards and their errata say about cases that libraries get wrong.
#[test]
fn ok_cases_that_are_often_wrong() {
    let of = |lines: &str| -> Vec<&'static str> {
        let card = format!("BEGIN:VCARD\r\nVERSION:4.0\r\n{lines}END:VCARD\r\n");
        findings(card.as_bytes(), Profile::Declared)
            .iter()
            .filter(|finding| finding.severity > Severity::Info)
            .map(|finding| finding.rule.id)
            .collect()
    };
    assert!(of("FN:A\r\nFN:B\r\n").is_empty());
    assert!(
        of("FN:A\r\nN;ALTID=1;LANGUAGE=ja:a;b;;;\r\nN;ALTID=1;LANGUAGE=en:A;B;;;\r\n").is_empty()
    );
    assert_eq!(
        of("FN:A\r\nN;ALTID=1:a;b;;;\r\nN;ALTID=2:A;B;;;\r\n"),
        ["property-repeated"]
    );
    assert_eq!(
        of("FN:A\r\nN;ALTID=1:a;b;;;\r\nN:A;B;;;\r\n"),
        ["property-repeated"]
    );
    assert_eq!(
        of("FN:A\r\nTEL;TYPE=\"home,cell\":1\r\n"),
        ["type-list-quoted"]
    );
    assert!(of("FN:A\r\nTEL;TYPE=home,cell:1\r\n").is_empty());
    assert!(of("FN:A\r\nBDAY:--0412\r\n").is_empty());
    assert_eq!(of("FN:A\r\nBDAY:--0230\r\n"), ["date-invalid"]);
    assert!(of("FN:A\r\nGENDER:;text\r\n").is_empty());
    assert!(of("FN:A\r\nADR:;;1 Fell Rd;Ely;;;UK;;;;1;Fell Rd;;;;;;\r\n").is_empty());
    assert_eq!(of("FN:A\r\nADR:;;1 Fell Rd;Ely\r\n"), ["component-count"]);
    assert!(of("FN:A\r\nTEL;VALUE=uri:tel:+1-415-555-0123;ext=7\r\n").is_empty());
    assert!(of("FN:A\r\nURL:https://fable.example/a,b\r\n").is_empty());
    assert!(of("FN:A\r\nURL:https://fable.example/a\\,b\r\n").is_empty());
    assert_eq!(of("FN:A, B\r\n"), ["comma-unescaped"]);
    assert!(of("FN:A\r\nNOTE:a; b\r\n").is_empty());
}
