//! The checker against the corpus, and its own repairs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use common::spec::findings;
use vcardinal::validate::{Checker, Profile, Report, Severity, fill_required, rule, validate};
use vcardinal::{Card, CardReader, Event, Version};

use crate::common;

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

/// Errors that follow from another of the same card, or are too severe, by what they are about: a card
/// without a version is asked for nothing else that another version does not need, an FN that is there is not
/// missing, and what all readers understand is no error.
#[test]
fn ok_no_error_of_the_corpus_follows_from_another() {
    let mut pairs: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut errors = 0;
    let mut wrong = Vec::new();
    let invalid = deliberately_invalid();
    for file in common::corpus() {
        let name = file.to_string_lossy().into_owned();
        if invalid.iter().any(|one| name.ends_with(one.as_str())) {
            continue;
        }
        let bytes = std::fs::read(&file).unwrap();
        for card in CardReader::from_slice(&bytes).flatten() {
            let report = validate(&card, Profile::Declared);
            let ids: BTreeSet<&str> = report.errors().map(|one| one.rule.id).collect();
            errors += report.errors().count();
            for first in &ids {
                for second in ids.iter().filter(|other| first < *other) {
                    *pairs.entry((first, second)).or_default() += 1;
                }
            }
            let has = |id: &str| ids.contains(id);
            let may_be_2_1 = card.property("N").is_some() && has("fn-missing");
            let unnamed = has("version-missing") && (has("n-missing") || may_be_2_1);
            let there = has("fn-missing") && card.property("FN").is_some();
            if unnamed || there {
                wrong.push(format!("{name}: {ids:?}"));
            }
            for one in report.errors() {
                let zone = one.rule.id == "timestamp-invalid" && one.snippet.contains("Z(");
                let bits = one.rule.id == "encoding-unknown" && one.snippet.contains("BIT");
                if zone || bits {
                    wrong.push(format!("{name}: {one}"));
                }
            }
        }
    }
    println!("{errors} errors");
    for ((first, second), count) in pairs {
        println!("{count} cards with {first} and {second}");
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
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

/// A finding lies in its own line, whatever the text of that is decoded from, and ends between characters.
#[test]
fn ok_findings_lie_in_their_lines_and_between_characters() {
    let lines: &[&[u8]] = &[
        b"N;CHARSET=ISO-8859-1:\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9;\xE9;;;;;;\xE9",
        b"TZ;CHARSET=ISO-8859-1:\xE9\xE9\xE9\xE9x",
        b"GEO;CHARSET=ISO-8859-1:\xE9\xE9,\xE9\xE9",
        b"REV;CHARSET=ISO-8859-1:\xE9\xE9\xE9\xE9",
        b"REV;CHARSET=SHIFT_JIS:\x83\x5C\x83\x5C\x83\x5C",
        b"ADR;CHARSET=SHIFT_JIS:\x83\x5C;\x83\x5C;;;;;;;;\x83\x5C",
        b"N;CHARSET=ISO-2022-JP:\x1B$B;3ED\x1B(B;;;;;;;",
        b"BDAY:\xED\x95\x9C\xEA\xB5\xAD",
        b"N:\xED\x95\x9C\xEA\xB5\xAD\xEC\x96\xB4;\xED\x95\x9C;;;;;\xED\x95\x9C",
        b"NOTE:\xED\x95\x9C\xEA\xB5\xAD\xED\x95\x9C\xEA\xB5\xAD\xED\x95\x9C\xEA\xB5\xAD\xED\x95\x9C\xEA\xB5\xAD\xED\x95\x9C\xEA\xB5\xAD\xED\x95\x9C\xEA\xB5\xAD\xED\x95\x9C\xEA\xB5\xAD\xED\x95\x9C\xEA\xB5\xAD",
        b"PHOTO;ENCODING=BASE64:AA\xC3\xABAA",
        b"PHOTO;ENCODING=b;TYPE=GIF:AA\xF0\x9F\x98\x80AA",
        b"VERSION:\xC3\xAB",
        b"TEL;TYPE=\xC3\xAB:1",
        b"TEL;\xC3\xAB=a:1",
        b"\xC3\xAB:1",
        b"\xF0\x9F\x98\x80 no colon",
        b"NOTE;ENCODING=QUOTED-PRINTABLE:=ZZ\xC3\xAB=",
    ];
    for version in ["2.1", "3.0", "4.0"] {
        for ending in ["\r\n", "\n", "\r", "\r\n "] {
            let mut card = format!("BEGIN:VCARD\r\nVERSION:{version}\r\nFN:A\r\n").into_bytes();
            for line in lines {
                match ending {
                    // Folded between two octets that are one character, in some.
                    "\r\n " => {
                        let (head, tail) = line.split_at(line.len() - line.len() / 4);
                        card.extend([head, b"\r\n ", tail, b"\r\n"].concat());
                    }
                    ending => card.extend([line, ending.as_bytes()].concat()),
                }
            }
            card.extend(b"X-LAST:\xC3\xAB\r\nEND:VCARD\r\n");
            let parsed = Card::parse(&card).unwrap();
            let lines: Vec<_> = parsed.lines().filter_map(|line| line.span()).collect();
            for profile in Profile::ALL {
                let report = validate(&parsed, profile);
                assert!(report.iter().count() > 5);
                for finding in &report {
                    let span = finding.span.clone();
                    let inside = |line: &std::ops::Range<u64>| {
                        line.start <= span.start && span.end <= line.end
                    };
                    assert!(lines.iter().any(inside), "{version} {ending:?} {finding:?}");
                    let own = &card[span.start as usize..span.end as usize];
                    let is_continuation =
                        |byte: Option<&u8>| byte.is_some_and(|byte| byte & 0xC0 == 0x80);
                    let line = lines.iter().find(|line| inside(line)).unwrap();
                    let raw = &card[line.start as usize..line.end as usize];
                    if std::str::from_utf8(raw).is_ok() {
                        assert!(
                            !is_continuation(own.first()),
                            "{version} {ending:?} {finding:?}"
                        );
                        assert!(
                            !is_continuation(card.get(span.end as usize)),
                            "{version} {ending:?} {finding:?}"
                        );
                        assert!(std::str::from_utf8(own).is_ok());
                        let is_replaced = finding.snippet.contains('\u{FFFD}');
                        assert!(
                            !is_replaced || own.iter().any(u8::is_ascii_control),
                            "{finding:?}"
                        );
                    }
                    assert!(finding.snippet.len() <= vcardinal::validate::Diagnostic::SNIPPET);
                }
            }
        }
    }
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

/// A card without a version is held against one standard by all rules, the one about its beginning too.
#[test]
fn ok_a_card_without_a_version_cites_one_standard() {
    let input =
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nBEGIN:VCARD\r\nFN:B\r\nTEL;HOME;:1\r\nEND:VCARD\r\n";
    let mut checker = Checker::new(Profile::Declared);
    let mut reader = CardReader::from_slice(input.as_bytes());
    let mut sections = BTreeMap::new();
    while let Some(event) = reader.next_event().unwrap() {
        checker.event(&event, &mut |finding| {
            if finding.line > 3 {
                sections.insert(finding.rule.id, finding.section);
            }
        });
    }
    assert!(
        sections.contains_key("begin-inside-card") && sections.len() > 2,
        "{sections:?}"
    );
    // A word without a name is one of 2.1.
    let of_2_1 = |section: &&str| section.starts_with("vCard 2.1");
    assert!(sections.values().all(of_2_1), "{sections:?}");
}

/// A photo that is set and edited in a card of 2.1 has its blank line, as the same bytes parsed.
#[cfg(feature = "base64")]
#[test]
fn ok_an_edited_card_is_found_as_right_as_what_is_written() {
    let mut card = Card::parse(
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN:A\r\nPHOTO;ENCODING=BASE64;TYPE=JPEG:\r\n AAAA\r\n\r\nTEL:1\r\nEND:VCARD\r\n",
    )
    .unwrap();
    let mut photo = card.property_mut("PHOTO").unwrap();
    let value = vcardinal::PropertyValue::Binary {
        media_type: "image/jpeg".into(),
        data: vec![1, 2, 3],
    };
    photo.set_value(value).unwrap();
    let parameter = vcardinal::Parameter::new("X-A", ["b"]).unwrap();
    photo.set_parameter(parameter).unwrap();
    let again = Card::parse(card.to_bytes()).unwrap();
    let ids = |card: &Card| {
        let report = validate(card, Profile::Declared);
        report
            .iter()
            .map(|finding| finding.rule.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&card), ids(&again), "{card}");
}

/// What is wrong with a card is that whatever its lines end in, but for the endings themselves.
#[test]
fn ok_findings_do_not_depend_on_line_endings() {
    let found = |bytes: &[u8], profile| -> Vec<_> {
        let cards = CardReader::from_slice(bytes).flatten();
        let all =
            cards.flat_map(|card| validate(&card, profile).iter().cloned().collect::<Vec<_>>());
        let endings = ["line-ending-not-crlf", "final-line-ending-missing"];
        all.filter(|one| !endings.contains(&one.rule.id))
            .map(|one| (one.rule.id, one.line, one.column, one.severity, one.count))
            .collect()
    };
    let mut compared = 0;
    for path in common::fixtures() {
        let bytes = std::fs::read(&path).unwrap();
        let lines: Vec<&[u8]> = bytes
            .split(|byte| *byte == b'\n')
            .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
            .collect();
        if lines.iter().any(|line| line.contains(&b'\r')) {
            continue;
        }
        compared += 1;
        for profile in [Profile::Declared, Profile::Vcard21] {
            assert_eq!(
                found(&lines.join(&b"\n"[..]), profile),
                found(&lines.join(&b"\r\n"[..]), profile),
                "{profile} {}",
                path.display()
            );
        }
    }
    assert!(compared > 500, "{compared}");
}

/// After a soft line break white space is text, and before the colon nothing breaks softly.
#[test]
fn ok_a_blank_after_a_soft_line_break_marks_no_fold() {
    for version in ["3.0", "4.0"] {
        for (line, text, is_found) in [
            ("NOTE;ENCODING=QUOTED-PRINTABLE:=\r\n ", " ", false),
            ("NOTE;ENCODING=QUOTED-PRINTABLE:a= \t\r\n\t", "a\t", false),
            (
                "NOTE;ENCODING=QUOTED-PRINTABLE:a=\r\n =\r\n b",
                "a  b",
                false,
            ),
            ("NOTE;ENCODING=QUOTED-PRINTABLE:a=\n \n b", "a b", false),
            ("NOTE;ENCODING=QUOTED-PRINTABLE:=41\r\n \r\n b", "Ab", true),
            ("NOTE;ENCODING=\r\n \r\n QUOTED-PRINTABLE:a", "a", true),
            ("NOTE:a=\r\n \r\n b", "a=b", true),
        ] {
            let text_of_card =
                format!("BEGIN:VCARD\r\nVERSION:{version}\r\n{line}\r\nEND:VCARD\r\n");
            let card = Card::parse(&text_of_card).unwrap();
            assert_eq!(
                card.property("NOTE").unwrap().text().unwrap(),
                text,
                "{line:?}"
            );
            let report = validate(&card, Profile::Declared);
            let found = report.iter().any(|one| one.rule.id == "fold-empty");
            assert_eq!(found, is_found, "{version} {line:?}");
        }
    }
}

/// RFC 9554, 2.1 and 2.2: each part has its place only where all are there, and says no order of a street.
#[test]
fn ok_parts_are_repeated_where_it_is_sure_what_they_are() {
    for (line, is_sure) in [
        ("N:Brook;Odalys;;;;Alonso;Jr.", true),
        ("N:Brook;Odalys;;;M.D.;PhD", false),
        ("ADR:;;;;;;;;;;;Harbour;;;;;;", true),
        ("ADR:;;;;;;;;;;12;Harbour;;;;;;", false),
        ("ADR:;;Dock 3;;;;;;;;;Harbour;;;;;;", false),
        ("ADR:;;;T;;1;US;;;;Unit 4", false),
    ] {
        let card = format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n{line}\r\nEND:VCARD\r\n");
        let report = Card::parse(card).unwrap().validate(Profile::Rfc6350);
        let mut found = report
            .iter()
            .filter(|found| found.rule.id == "component-alone");
        assert_eq!(found.any(|found| found.fix.is_some()), is_sure, "{line}");
    }
}

/// However long the parts of a line are, a finding quotes a bounded piece of them.
#[test]
fn ok_messages_are_short() {
    let long = "A".repeat(1_000);
    let rows = vcardinal::registry::properties().iter();
    let names: Vec<&str> = rows.map(|row| row.name).chain(["X-A"]).collect();
    for version in ["2.1", "3.0", "4.0"] {
        let mut lines = String::new();
        for name in names
            .iter()
            .filter(|name| !matches!(**name, "BEGIN" | "END" | "VERSION"))
        {
            lines += &format!("{name}:{long}\r\n{name}:{long}:{long};{long},{long}\r\n");
        }
        for parameter in [
            "TYPE",
            "VALUE",
            "PREF",
            "LANGUAGE",
            "ENCODING",
            "CHARSET",
            "PID",
            "ALTID",
            "LABEL",
            "LEVEL",
            "CALSCALE",
            "MEDIATYPE",
            "SORT-AS",
            "GEO",
            "TZ",
            "INDEX",
            "CC",
            "PHONETIC",
            "SCRIPT",
            "JSPTR",
            "X-A",
            "PROP-ID",
            "AUTHOR",
            "SERVICE-TYPE",
            "DERIVED",
            "CREATED",
        ] {
            lines += &format!("TEL;{parameter}={long}:1\r\nADR;{parameter}=\"{long}\":;;;;;;\r\n");
        }
        lines += &format!(
            "{long}\r\n{long}:a\r\n{long}.FN:a\r\nFN;{long}:a\r\nFN;{long}=b:a\r\n\u{1}{long}:\r\n"
        );
        let card =
            format!("BEGIN:VCARD\r\nVERSION:{version}\r\n{lines}END:{long}\r\nEND:VCARD\r\n");
        let card = Card::parse(card).unwrap();
        for profile in Profile::ALL {
            let report = validate(&card, profile);
            assert!(report.len() > 40, "{profile}");
            for finding in &report {
                assert!(
                    finding.message.len() < 400,
                    "{} bytes: {}",
                    finding.message.len(),
                    finding.rule.id
                );
                assert!(finding.snippet.len() <= 60, "{}", finding.rule.id);
                let title = finding.fix.as_ref().map_or("", |fix| fix.title());
                assert!(
                    title.len() < 400,
                    "{} bytes of a title: {}",
                    title.len(),
                    finding.rule.id
                );
            }
        }
    }
}
