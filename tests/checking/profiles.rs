//! What each profile sees otherwise than the standard of the version: a card that is right under the
//! one and wrong under the other.

use common::spec::findings;
use vcardinal::Card;
use vcardinal::validate::{Diagnostic, Profile, Severity, rules, validate};

use crate::common;

/// `severity rule section` of what is more than worth knowing.
fn found(bytes: &[u8], profile: Profile) -> Vec<String> {
    let shown = |finding: &Diagnostic| {
        let (severity, id) = (finding.severity, finding.rule.id);
        format!("{severity} {id} ({})", finding.section)
    };
    findings(bytes, profile)
        .iter()
        .filter(|finding| finding.severity > Severity::Info)
        .map(shown)
        .collect()
}

fn of_4_0(lines: &str, profile: Profile) -> Vec<String> {
    let card = format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n{lines}\r\nEND:VCARD\r\n");
    found(card.as_bytes(), profile)
}

fn of_3_0(lines: &str, profile: Profile) -> Vec<String> {
    let card = format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nN:A;;;;\r\n{lines}END:VCARD\r\n");
    found(card.as_bytes(), profile)
}

/// The lines, what RFC 6350 and what its revision has against them.
const REVISED: &[(&str, &[&str], &[&str])] = &[
    (
        "URL:https://fable.example/a\\,b",
        &[],
        &["error escape-in-uri (draft-ietf-calext-vcard4-bis, 3.4)"],
    ),
    ("URL:https://fable.example/a,b;c", &[], &[]),
    (
        "TEL;PID=1.1:1\r\nCLIENTPIDMAP:1;https://fable.example/a\\,b",
        &[],
        &["error escape-in-uri (draft-ietf-calext-vcard4-bis, 3.4)"],
    ),
    (
        "TEL;PID=1.1:1\r\nCLIENTPIDMAP:1;https://fable.example/a,b;c",
        &[],
        &[],
    ),
    ("RELATED;VALUE=text:a\\, b", &[], &[]),
    ("NOTE:one; two\\; three", &[], &[]),
    (
        "NOTE:one\\: two",
        &["warning escape-unknown (RFC 6350, 3.4)"],
        &["error escape-unknown (draft-ietf-calext-vcard4-bis, 3.4)"],
    ),
    (
        "GENDER:O;on land; at sea",
        &["error semicolon-unescaped (RFC 6350, 3.4)"],
        &[],
    ),
    (
        "TEL;TYPE=\"pref,cell\":1",
        &[
            "warning type-list-quoted (RFC 6350, 5.6)",
            "warning type-pref-in-4.0 (RFC 6350, A.3)",
        ],
        &["error type-list-quoted (draft-ietf-calext-vcard4-bis, 3.3)"],
    ),
    (
        "TEL;PID=\"1,2\":1",
        &[],
        &["error pid-invalid (RFC 6350, 5.5)"],
    ),
    (
        "BDAY:T-2200Z",
        &["warning date-invalid (RFC 6350, 4.3.2)"],
        &["error date-invalid (draft-ietf-calext-vcard4-bis, 4.3)"],
    ),
    ("BDAY:T102200Z", &[], &[]),
    (
        "KIND:group\r\nMEMBER;VALUE=text:ida",
        &["error value-type-not-permitted (RFC 6350, 6.6.5)"],
        &[],
    ),
    (
        "KIND:group\r\nMEMBER;VALUE=text;MEDIATYPE=text/vcard:ida",
        &["error value-type-not-permitted (RFC 6350, 6.6.5)"],
        &[],
    ),
    ("ANNIVERSARY;VALUE=text;LANGUAGE=en:midsummer", &[], &[]),
    (
        "CREATED:20240401T101500Z",
        &[],
        &["warning value-type-unstated (draft-ietf-calext-vcard4-bis, 5.2)"],
    ),
    ("CREATED;VALUE=timestamp:20240401T101500Z", &[], &[]),
    ("X-HOUSE:https://fable.example/house", &[], &[]),
];

#[test]
fn ok_what_the_revision_of_4_0_changes() {
    for (lines, now, revised) in REVISED {
        assert_eq!(of_4_0(lines, Profile::Rfc6350), *now, "{lines}");
        assert_eq!(of_4_0(lines, Profile::Declared), *now, "{lines}");
        assert_eq!(of_4_0(lines, Profile::Vcard4Bis), *revised, "{lines}");
    }
}

#[test]
fn ok_what_a_carddav_server_takes() {
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nN:A;;;;\r\nUID:1\r\nEND:VCARD\r\n";
    let two = card.repeat(2);
    let five = card.repeat(5);
    let cases: &[(&str, &[&str])] = &[
        (card, &[]),
        (&two, &["error card-count (RFC 6352, 5.1)"]),
        (&five, &["error card-count (RFC 6352, 5.1)"]),
        ("", &["error card-count (RFC 6352, 5.1)"]),
        ("\r\n\r\n", &["error card-count (RFC 6352, 5.1)"]),
        (
            &format!("{card}NULL\r\n"),
            &["error junk-outside-card (RFC 6352, 5.1)"],
        ),
        (
            &format!("\u{FEFF}{card}"),
            &["warning byte-order-mark (RFC 6350, 3.1)"],
        ),
        (
            &card.replace("UID:1\r\n", ""),
            &["error uid-missing (RFC 6352, 5.1)"],
        ),
        (
            &card.replace("UID:1\r\n", "UID: \r\n"),
            &["error uid-missing (RFC 6352, 5.1)"],
        ),
        (
            &card.replace("3.0", "2.1"),
            &["error version-not-of-profile (RFC 6352, 6.2.2)"],
        ),
        (
            &card.replace("UID:1\r\n", "UID:1\r\nX-ANY;X-THING=1:2\r\n"),
            &[],
        ),
    ];
    for (card, expected) in cases {
        assert_eq!(
            found(card.as_bytes(), Profile::CardDav),
            *expected,
            "{card}"
        );
    }
    assert!(found(five.as_bytes(), Profile::Declared).is_empty());
    assert_eq!(
        found(b"", Profile::Declared),
        ["error no-card (RFC 6350, 3.3)"]
    );
    // A server that says so takes 4.0: worth knowing.
    let of_4_0 = card
        .replace("3.0", "4.0")
        .replace("UID:1", "UID:urn:uuid:5d3c2b1a-0f4e-4c6b-9d21-7a0b6c5e4f31");
    let found: Vec<_> = findings(of_4_0.as_bytes(), Profile::CardDav)
        .iter()
        .map(|finding| (finding.severity, finding.rule.id))
        .collect();
    assert_eq!(found, [(Severity::Info, "version-not-of-profile")]);
}

#[test]
fn ok_what_address_books_of_apple_take() {
    let of = |lines: &str| of_3_0(lines, Profile::Apple);
    assert!(of("item1.TEL:1\r\nitem1.X-ABLabel:_$!<Home>!$_\r\n").is_empty());
    let cases = [
        (
            "TEL;TYPE=\"HOME,CELL\":1\r\n",
            "error type-list-quoted (RFC 2426, 4)",
        ),
        (
            "NOTE:one; two\r\n",
            "error semicolon-unescaped (RFC 2426, 5)",
        ),
        (
            "item1.X-ABLabel:Boat\r\n",
            "error label-alone (RFC 2425, 5.8.2)",
        ),
    ];
    for (lines, expected) in cases {
        assert_eq!(of(lines), [expected]);
        let of_3_0 = expected.replace("error", "warning");
        assert_eq!(self::of_3_0(lines, Profile::Declared), [of_3_0]);
    }
    let address = "ADR;X-FORMAT=\"street;town\":;;1 Fell Rd;Ely;;;UK\r\n";
    assert_eq!(of(address), ["error semicolon-in-parameter (RFC 2426, 4)"]);
    assert!(of_3_0(address, Profile::Declared).is_empty());
    assert_eq!(
        of_4_0("N:A;;;;", Profile::Apple),
        ["error version-not-of-profile (RFC 6350, 6.7.9)"]
    );
    assert!(of_4_0("N:A;;;;", Profile::Declared).is_empty());
    let of_2_1 = b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:A\r\nEND:VCARD\r\n";
    assert_eq!(
        found(of_2_1, Profile::Apple),
        ["error n-missing (vCard 2.1, 2.2.2)"]
    );
}

/// A card that is held against another version than its own is repaired by nobody.
#[test]
fn ok_no_repair_by_another_version() {
    let text = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nN:A;;;;\r\nNOTE:one; two\r\nEND:VCARD\r\n";
    let mut card = Card::parse(text).unwrap();
    let report = validate(&card, Profile::Rfc2426);
    assert_eq!(report.profile(), Profile::Rfc2426);
    assert!(
        report
            .iter()
            .any(|finding| finding.rule.id == "semicolon-unescaped")
    );
    assert_eq!(report.repair(&mut card), 0);
    assert_eq!(card.to_string(), text);
}

/// The work is that of a few cards, however deep they lie.
#[test]
fn ok_agents_in_agents() {
    let escape = |text: &str| {
        text.replace('\\', "\\\\")
            .replace('\n', "\\n")
            .replace(';', "\\;")
            .replace(',', "\\,")
    };
    let mut card = String::from("BEGIN:VCARD\nVERSION:3.0\nN:A;;;;\nEND:VCARD\n");
    for _ in 0..10 {
        card = format!(
            "BEGIN:VCARD\nVERSION:3.0\nFN:A\nN:A;;;;\nAGENT:{}\nEND:VCARD\n",
            escape(&card)
        );
    }
    let agents = |card: &str, profile| -> Vec<String> {
        findings(card.as_bytes(), profile)
            .iter()
            .filter(|finding| finding.rule.id == "agent-invalid")
            .map(|finding| format!("{} {}", finding.count, finding.message))
            .collect()
    };
    // Nothing but what is wrong in the innermost one, and once.
    assert_eq!(
        agents(&card, Profile::Declared),
        ["1 in the card of the AGENT, fn-missing: the card has no FN"]
    );
    // That a card inside another has a UID, no server wants.
    assert_eq!(agents(&card, Profile::CardDav).len(), 1);
    // The version is that of the outer one where the inner one names none.
    let inner = |version: &str| {
        let inner = format!("BEGIN:VCARD\nFN:B\n{version}N:B\nBDAY:20240230\nEND:VCARD\n");
        of_3_0(&format!("AGENT:{}\r\n", escape(&inner)), Profile::Declared)
    };
    assert_eq!(inner(""), ["warning agent-invalid (RFC 2426, 3.5.4)"]);
    assert_eq!(inner(""), inner("VERSION:3.0\n"));
    let right = "BEGIN:VCARD\nFN:B\nN:B;;;;\nEND:VCARD\n";
    let right = format!("AGENT:{}\r\n", escape(right));
    assert!(of_3_0(&right, Profile::Declared).is_empty());
    let nested = |depth: usize| {
        let begin = "BEGIN:VCARD\r\nVERSION:2.1\r\nN:A\r\nBDAY:x\r\nAGENT:\r\n";
        let innermost = "BEGIN:VCARD\r\nVERSION:2.1\r\nN:A\r\nEND:VCARD\r\n";
        begin.repeat(depth) + innermost + &"END:VCARD\r\n".repeat(depth)
    };
    assert_eq!(
        agents(&nested(3), Profile::Declared),
        ["2 in the card of the AGENT, date-invalid: \"x\"; expected a whole date, as 1985-04-12"]
    );
}

/// Quoted-printable in quoted-printable hardly grows, so that depth alone has to be bounded.
#[test]
fn ok_agents_are_looked_at_down_to_the_sixteenth() {
    let count = |depth: usize, birthday: &str| -> u32 {
        let mut card =
            format!("BEGIN:VCARD\r\nVERSION:2.1\r\nN:A\r\nBDAY:{birthday}\r\nEND:VCARD\r\n");
        for _ in 0..depth {
            let encoded = card.replace('=', "=3D").replace("\r\n", "=0D=0A");
            card = format!(
                "BEGIN:VCARD\r\nVERSION:2.1\r\nN:A\r\nAGENT;ENCODING=QUOTED-PRINTABLE:{encoded}\r\nEND:VCARD\r\n"
            );
        }
        findings(card.as_bytes(), Profile::Declared)
            .iter()
            .filter(|finding| finding.rule.id == "agent-invalid")
            .map(|finding| finding.count)
            .sum()
    };
    let found = [1, 2, 16, 17].map(|depth| count(depth, "x") - count(depth, "1985-04-12"));
    assert_eq!(found, [1, 1, 1, 0]);
}

/// A rule that no version has is one of a profile.
#[test]
fn ok_every_rule_applies_somewhere() {
    use vcardinal::Version::{V2_1, V3_0, V4_0};
    for rule in rules() {
        let severities: Vec<Severity> = Profile::ALL
            .into_iter()
            .flat_map(|profile| [V2_1, V3_0, V4_0].map(|version| profile.severity(rule, version)))
            .flatten()
            .collect();
        assert!(!severities.is_empty(), "{}", rule.id);
        assert!(severities.contains(&rule.severity), "{}", rule.id);
    }
}
