//! Which section a finding names, and what it says: the sentence that the line breaks, and not the first that
//! the rule knows. The tables of the standards say it of many more lines, where they are at hand
//! (`requirements.rs`).

use common::spec::findings;
use vcardinal::validate::{Diagnostic, Profile};

use crate::common;

/// What is found in a card of a version, or of none, with these lines.
fn of(version: &str, lines: &str) -> Vec<Diagnostic> {
    let lines = lines.replace('|', "\r\n");
    let has = |name: &str| {
        lines
            .split("\r\n")
            .any(|line| line.split([';', ':']).next() == Some(name))
    };
    let mut card = String::from("BEGIN:VCARD\r\n");
    if !version.is_empty() {
        card += &format!("VERSION:{version}\r\n");
    }
    if !has("FN") {
        card += "FN:Odalys Brook\r\n";
    }
    if version != "4.0" && !has("N") {
        card += "N:Brook;Odalys;;;\r\n";
    }
    card += &format!("{lines}\r\nEND:VCARD\r\n");
    findings(card.as_bytes(), Profile::Declared)
}

/// Version, lines, `severity rule` and the section of the first finding.
type Case = (&'static str, &'static str, &'static str, &'static str);

const CASES: &[Case] = &[
    // Values: the section of the type, where it has one.
    (
        "4.0",
        "BDAY:20010229",
        "error date-invalid",
        "RFC 6350, 4.3",
    ),
    ("4.0", "BDAY:T2500", "error date-invalid", "RFC 6350, 4.3.2"),
    (
        "4.0",
        "REV:20240230T000000Z",
        "error timestamp-invalid",
        "RFC 6350, 4.3.5",
    ),
    (
        "4.0",
        "TZ;VALUE=utc-offset:-25",
        "error utc-offset-invalid",
        "RFC 6350, 4.7",
    ),
    (
        "4.0",
        "LANG:d",
        "error language-tag-invalid",
        "RFC 6350, 4.8",
    ),
    (
        "3.0",
        "BDAY:1985-02-30",
        "error date-invalid",
        "RFC 2425, 5.8.4",
    ),
    (
        "3.0",
        "REV:1985-02-30T10:00:00Z",
        "error timestamp-invalid",
        "RFC 2425, 5.8.4",
    ),
    (
        "3.0",
        "REV;VALUE=date-time:1996-04-15",
        "warning timestamp-invalid",
        "RFC 2425, 5.8.4",
    ),
    // URIs: the document of the scheme.
    (
        "4.0",
        "TEL;VALUE=uri:tel:5555",
        "warning tel-uri-invalid",
        "RFC 3966, 5.1.5",
    ),
    (
        "4.0",
        "TEL;VALUE=uri:tel:+1x",
        "error tel-uri-invalid",
        "RFC 3966, 3",
    ),
    (
        "4.0",
        "GEO:geo:99\\,0",
        "error geo-invalid",
        "RFC 5870, 3.4.2",
    ),
    (
        "4.0",
        "GEO:geo:9\\,0;u=x",
        "error geo-invalid",
        "RFC 5870, 3.3",
    ),
    (
        "4.0",
        "PHOTO:data:image/png",
        "error data-uri-invalid",
        "RFC 2397, 3",
    ),
    (
        "4.0",
        "PHOTO:data:image/png;base64\\,A-A",
        "error data-uri-invalid",
        "RFC 2397, 3",
    ),
    // Escapes: each version has its own sentence.
    (
        "4.0",
        "NOTE:a,b",
        "warning comma-unescaped",
        "RFC 6350, 3.4",
    ),
    ("3.0", "NOTE:a,b", "warning comma-unescaped", "RFC 2426, 5"),
    (
        "4.0",
        "EMAIL:ida\\@fable.example",
        "warning escape-unknown",
        "RFC 6350, 3.4",
    ),
    (
        "3.0",
        "EMAIL:ida\\@fable.example",
        "warning escape-unknown",
        "RFC 2426, 4",
    ),
    // Parameters: where it is said which properties take them.
    (
        "4.0",
        "N;PREF=1:Brook;;;;",
        "info parameter-not-permitted",
        "RFC 6350, 5.3",
    ),
    (
        "4.0",
        "GENDER;PID=1:M",
        "error parameter-not-permitted",
        "RFC 6350, 5.5",
    ),
    (
        "4.0",
        "BDAY;TYPE=home:19850412",
        "error parameter-not-permitted",
        "RFC 6350, 5.6",
    ),
    // Whole cards: the letter case of an ALTID counts, and what looks like 2.1 is held against 2.1.
    (
        "4.0",
        "N;ALTID=a:B;;;;|N;ALTID=A:C;;;;",
        "error property-repeated",
        "RFC 6350, 5.4",
    ),
    (
        "",
        "TEL;HOME:1",
        "error version-missing",
        "vCard 2.1, 2.6.6",
    ),
    (
        "4.0",
        "GRAMGENDER:x-a b",
        "warning value-not-registered",
        "RFC 9554, 3.2",
    ),
];

#[test]
fn ok_a_finding_names_the_section_of_its_fault() {
    let mut wrong = Vec::new();
    for (version, lines, expected, section) in CASES {
        let found = of(version, lines);
        let found: Vec<_> = found
            .iter()
            .map(|one| {
                let what = format!("{} {}", one.severity, one.rule.id);
                (what, one.section)
            })
            .collect();
        if found != [(String::from(*expected), *section)] {
            wrong.push(format!("{version} {lines}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn ok_a_message_names_what_is_expected() {
    for (version, line, expected) in [
        (
            "3.0",
            "TEL;HOME#1:1",
            "\"HOME#1\" has no name; expected one, as X-NAME=HOME#1",
        ),
        (
            "3.0",
            "TEL;TYPE=mobile:1",
            "TYPE=mobile is not for TEL in 3.0; expected TYPE=cell",
        ),
        (
            "4.0",
            "TEL;TYPE=mobile:1",
            "TYPE=mobile is not for TEL in 4.0; expected TYPE=cell",
        ),
    ] {
        let found = of(version, line);
        let messages: Vec<_> = found.iter().map(|one| one.message.as_ref()).collect();
        assert_eq!(messages, [expected], "{version} {line}");
    }
}

/// The card in an AGENT has what the standard asks of it, and neither what its outer card has already said
/// nor an N. Alternatives have one ALTID to the letter.
#[test]
fn ok_what_is_no_fault() {
    for (version, lines) in [
        ("3.0", r"AGENT:BEGIN:VCARD\nFN:Ida Quill\nEND:VCARD\n"),
        ("4.0", "N;ALTID=a:Brook;;;;|N;ALTID=a:Beek;;;;"),
    ] {
        let found = of(version, lines);
        assert!(found.is_empty(), "{version} {lines}: {found:#?}");
    }
    let agent = of("3.0", r"AGENT:BEGIN:VCARD\nN:Quill\;Ida\;\;\;\nEND:VCARD\n");
    assert_eq!(agent.len(), 1, "{agent:#?}");
    assert!(agent[0].message.contains("fn-missing"), "{agent:#?}");
}

/// Where no card is, nothing is well, whatever it would have been held against.
#[test]
fn err_no_card_under_any_profile() {
    for profile in Profile::ALL {
        let rule = match profile {
            Profile::CardDav => "card-count",
            _ => "no-card",
        };
        for input in [
            "",
            "\r\n\r\n",
            "hello\r\n",
            "<html>\r\n<body>404 Not Found</body>\r\n</html>\r\n",
            "BEGIN:VLIST\r\nVERSION:1.0\r\nEND:VLIST\r\n",
            "\u{FEFF}\0\u{1}\u{7F}",
        ] {
            let found = findings(input.as_bytes(), profile);
            let errors: Vec<_> = found
                .iter()
                .filter(|one| one.severity == vcardinal::validate::Severity::Error)
                .map(|one| one.rule.id)
                .collect();
            assert!(errors.contains(&rule), "{profile} {input:?}: {errors:?}");
        }
    }
}
