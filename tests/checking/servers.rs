//! What the profile of CardDAV servers says, against what two servers were seen to do.

use std::collections::BTreeMap;
use std::path::PathBuf;

use common::spec::findings;
use vcardinal::Card;
use vcardinal::validate::{Profile, Severity, validate};

use crate::common;

/// `severity rule`, and the verdict in the message, of a card of these lines.
fn of(version: &str, lines: &str) -> Vec<String> {
    let lines = lines.replace('|', "\r\n");
    let has = |name: &str| {
        lines
            .split("\r\n")
            .any(|line| line.split([';', ':']).next() == Some(name))
    };
    let mut card = format!("BEGIN:VCARD\r\nVERSION:{version}\r\nUID:urn:uuid:5d3c2b1a\r\n");
    if !has("FN") {
        card.push_str("FN:Ida Quill\r\n");
    }
    if !has("N") {
        card.push_str("N:Quill;Ida;;;\r\n");
    }
    card.push_str(&lines);
    card.push_str("\r\nEND:VCARD\r\n");
    found(card.as_bytes())
}

fn found(card: &[u8]) -> Vec<String> {
    findings(card, Profile::CardDav)
        .iter()
        .filter(|finding| finding.severity > Severity::Info)
        .map(|finding| {
            let verdict = finding.message.rsplit("; ").next().unwrap();
            let server = ["Radicale", "sabre/dav"]
                .iter()
                .find(|server| verdict.starts_with(**server));
            format!(
                "{} {} {}",
                finding.severity,
                finding.rule.id,
                server.unwrap_or(&"-")
            )
        })
        .collect()
}

fn is_error(finding: &vcardinal::validate::Diagnostic) -> bool {
    finding.severity == Severity::Error
}

/// Each was put to Radicale 3.9 and sabre/dav 4.7.
const CASES: &[(&str, &str, &[&str])] = &[
    // Both take these, whatever the standards say.
    ("3.0", "TEL;HOME:1", &["warning parameter-bare -"]),
    ("3.0", "BDAY:--0412", &["warning date-invalid -"]),
    ("4.0", "BDAY:1985-04-12", &["warning date-invalid -"]),
    ("3.0", "FN:", &["warning fn-empty -"]),
    ("4.0", "FN:", &["warning fn-empty -"]),
    (
        "4.0",
        "EMAIL;PREF=0:a@fable.example",
        &["warning pref-invalid -"],
    ),
    (
        "4.0",
        "UID:urn:uuid:1",
        &["error property-repeated sabre/dav"],
    ),
    // One of them refuses.
    (
        "4.0",
        "FN:Ida|FN:Quill",
        &["error property-repeated sabre/dav"],
    ),
    (
        "3.0",
        "FN:Ida|FN:Quill",
        &["error property-repeated sabre/dav"],
    ),
    (
        "4.0",
        "N;ALTID=1;LANGUAGE=en:Quill;Ida;;;|N;ALTID=1;LANGUAGE=de:Feder;Ida;;;",
        &["error property-repeated sabre/dav"],
    ),
    (
        "3.0",
        "N:Quill;Ida;;;|N:Feder;Ida;;;",
        &["error property-repeated sabre/dav"],
    ),
    (
        "3.0",
        "BDAY:1985-04-12|BDAY:1985-04-13",
        &["error property-repeated sabre/dav"],
    ),
    (
        "4.0",
        "BDAY;ALTID=1:19850412|BDAY;ALTID=1;VALUE=text:spring",
        &["error property-repeated sabre/dav"],
    ),
    (
        "4.0",
        "CREATED:20240401T101500Z|CREATED:20240402T101500Z",
        &["warning property-repeated -"],
    ),
    ("3.0", "BDAY:in spring", &["error date-invalid sabre/dav"]),
    ("4.0", "BDAY:in spring", &["error date-invalid sabre/dav"]),
    ("4.0", "DEATHDATE:in spring", &["warning date-invalid -"]),
    (
        "3.0",
        "PHOTO;ENCODING=B;TYPE=JPEG:ABCDEF",
        &["error base64-invalid Radicale"],
    ),
    (
        "3.0",
        "PHOTO;ENCODING=B;TYPE=JPEG:ABCDEFG==",
        &["warning base64-invalid -"],
    ),
    ("3.0", "TEL;:1", &["error parameter-empty Radicale"]),
    ("3.0", "NOTE", &["error colon-missing Radicale"]),
    (
        "4.0",
        "PHOTO;ENCODING=b:AAAA",
        &["error base64-in-4.0 sabre/dav"],
    ),
    ("4.0", "VERSION:4.0", &["error version-repeated Radicale"]),
    // What is taken and changed.
    (
        "3.0",
        "URL:https://fable.example/a,b",
        &["warning changed-by-server Radicale"],
    ),
    (
        "3.0",
        "PHOTO;VALUE=uri:https://fable.example/a,b.png",
        &["warning changed-by-server Radicale"],
    ),
    (
        "4.0",
        "PHOTO:data:image/png;base64,AAAA",
        &["warning changed-by-server Radicale"],
    ),
    ("4.0", "PHOTO:data:image/png;base64\\,AAAA", &[]),
    (
        "4.0",
        "X-HOUSE;VALUE=uri:https://fable.example/a,b",
        &["warning changed-by-server Radicale"],
    ),
    ("4.0", "GENDER:F", &[]),
    (
        "4.0",
        "GENDER:F;femme",
        &["warning changed-by-server Radicale"],
    ),
    (
        "4.0",
        "CLIENTPIDMAP:1;urn:uuid:1|TEL;PID=1.1:1",
        &["warning changed-by-server Radicale"],
    ),
    (
        "4.0",
        "N:Quill;Ida;;;;Alonso;",
        &["warning changed-by-server Radicale"],
    ),
    ("4.0", "N:Quill;Ida;;;;;", &[]),
    (
        "4.0",
        "ADR:;;Mill Lane 5;Fable;;1;Nowhere;;;;5;Mill Lane;;;;;;",
        &["warning changed-by-server Radicale"],
    ),
    ("3.0", "NOTE:a,b", &["warning comma-unescaped -"]),
    (
        "4.0",
        r"URL:https\://fable.example/a",
        &["warning escape-unknown -"],
    ),
    (
        "3.0",
        r"URL:https\://fable.example/a",
        &["warning escape-unknown -"],
    ),
    ("3.0", "FN:Quill, Ida", &["warning comma-unescaped -"]),
    // A run of blanks is dropped where it is all of a line; Radicale alone was asked.
    (
        "4.0",
        "NOTE:a|   | b",
        &["warning changed-by-server Radicale"],
    ),
    ("3.0", "NOTE:a|\t ", &["warning changed-by-server Radicale"]),
    ("4.0", "NOTE:a|   b|     c", &[]),
    ("3.0", "NOTE:a    | b", &[]),
    (
        "4.0",
        "ORG:Quill, Inc.;Ink",
        &["error comma-unescaped Radicale"],
    ),
    (
        "3.0",
        "ORG:Quill, Inc.",
        &["error comma-unescaped Radicale"],
    ),
];

#[test]
fn ok_what_servers_refuse_and_change() {
    let mut wrong = Vec::new();
    for (version, lines, expected) in CASES {
        let found = of(version, lines);
        if found != *expected {
            wrong.push(format!("{version} {lines}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn ok_what_servers_do_with_the_lines_of_a_card() {
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\nFN:A\r\nN:A;;;;\r\nEND:VCARD\r\n";
    let cases: &[(&str, &[&str])] = &[
        (
            &card.replace("\r\n", "\n"),
            &["warning line-ending-not-crlf -"],
        ),
        (
            &card.replace("\r\n", "\r"),
            &["error bare-carriage-return Radicale"],
        ),
        (
            &card.replace("\r\n", "\r\r\n"),
            &["warning bare-carriage-return -"],
        ),
        (&card.replace("N:A;;;;\r\n", ""), &["warning n-missing -"]),
        (
            &card.replace("FN:A\r\n", ""),
            &["error fn-missing Radicale"],
        ),
        (
            &card.replace("UID:1\r\n", ""),
            &["error uid-missing Radicale"],
        ),
        (
            &card.replace("VERSION:3.0\r\n", ""),
            &["warning version-missing -"],
        ),
        (
            &card.replace("3.0", "2.1"),
            &["error version-not-of-profile sabre/dav"],
        ),
        (
            &card.replace("BEGIN", "A.BEGIN"),
            &["error begin-parameters sabre/dav"],
        ),
        (
            &card.replace("END:VCARD\r\n", ""),
            &["error end-missing Radicale"],
        ),
        (
            &format!("{card}text\r\n"),
            &["error junk-outside-card Radicale"],
        ),
        (&format!("\u{FEFF}{card}"), &["warning byte-order-mark -"]),
    ];
    for (card, expected) in cases {
        assert_eq!(found(card.as_bytes()), *expected, "{card:?}");
    }
}

/// Nothing is an error that is not in the table of verdicts, and each error says who refuses.
#[test]
fn ok_an_error_says_which_server_refuses() {
    for file in common::fixtures().into_iter().chain(common::corpus()) {
        let bytes = std::fs::read(&file).unwrap();
        let mut reader = vcardinal::CardReader::from_slice(&bytes);
        while let Ok(Some(event)) = reader.next_event() {
            let vcardinal::Event::Card(card) = event else {
                continue;
            };
            for finding in validate(card, Profile::CardDav).iter() {
                let names = ["Radicale", "sabre/dav"]
                    .iter()
                    .any(|server| finding.message.contains(server));
                assert!(
                    names || !is_error(finding) || finding.rule.id == "limit-exceeded",
                    "{}: {finding}",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn ok_an_export_of_another_system_ends_clean() {
    let text = "BEGIN:VCARD\nVERSION:4.0\nUID:urn:uuid:5d3c2b1a\nFN:Quill, Ida\nN:Quill;Ida;;;\n\
                PHOTO:data:image/png;base64,AAAA\nREV:2024-04-01T10:15:00Z\nEND:VCARD\n";
    let mut card = Card::parse(text).unwrap();
    validate(&card, Profile::CardDav).repair(&mut card);
    let left: Vec<_> = validate(&card, Profile::CardDav)
        .iter()
        .filter(|finding| finding.severity > Severity::Info)
        .map(ToString::to_string)
        .collect();
    assert_eq!(left, Vec::<String>::new(), "{card}");
    assert!(card.to_string().contains("base64\\,AAAA\r\n"), "{card}");
}

/// At least 95 of 100 verdicts are right, and at most 4 of 100 cards that both servers take have an
/// error. With `--nocapture` the others are shown.
#[test]
fn ok_the_verdicts_of_servers() {
    let Some(folder) = std::env::var_os("VCARD_CORPUS") else {
        eprintln!("skipped the verdicts: VCARD_CORPUS is not set");
        return;
    };
    let folder = PathBuf::from(folder).join("carddav");
    let table = std::fs::read_to_string(folder.join("verdicts.tsv")).unwrap();
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let column = |name: &str| header.iter().position(|cell| *cell == name).unwrap();
    let (resource, radicale, sabre) = (
        column("resource"),
        column("radicale_status"),
        column("sabre_status"),
    );
    let (mut all, mut right, mut taken, mut alarms) = (0, 0, 0, 0);
    let mut wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let bytes = std::fs::read(folder.join("resources").join(cells[resource])).unwrap();
        let refused = [radicale, sabre].iter().any(|at| cells[*at] != "201");
        let errors: Vec<_> = findings(&bytes, Profile::CardDav)
            .into_iter()
            .filter(is_error)
            .map(|finding| finding.rule.id)
            .collect();
        all += 1;
        right += usize::from(refused != errors.is_empty());
        taken += usize::from(!refused);
        alarms += usize::from(!refused && !errors.is_empty());
        if refused == errors.is_empty() {
            let verdict = format!("{} {}", cells[radicale], cells[sabre]);
            wrong
                .entry(format!("{verdict}: {}", errors.join(" ")))
                .or_default()
                .push(cells[resource].to_owned());
        }
    }
    println!("{right} of {all} right; {alarms} errors in {taken} that both take\n{wrong:#?}");
    assert!(all > 1000 && right * 100 >= all * 95, "{right} of {all}");
    assert!(alarms * 100 <= taken * 4, "{alarms} of {taken}");
}
