//! `contact`, `phone` and `email`.

use super::*;

const CARDS: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Quist;Zoe;;Dr.;\r\nFN:Zoe Quist\r\n\
    ORG:Example Works;Sales\r\nTEL;TYPE=CELL:+1 (415) 555-0123\r\nTEL;TYPE=HOME:020 7946\r\n  0123\r\n\
    NOTE:private\r\nEMAIL;TYPE=WORK:zoe@example.com\r\nEND:VCARD\r\n\
    BEGIN:VCARD\r\nVERSION:4.0\r\nFN:\r\nTITLE:Z\r\nEND:VCARD\r\n";
const JSON: &str = r#"{"full_name":"Zoe Quist","given_name":"Zoe","family_name":"Quist","organization":"Example Works","phones":[{"value":"+14155550123","label":"mobile"}],"emails":[{"value":"zoe@example.com","label":"work"}]}"#;

#[test]
fn ok_cards_to_contacts() {
    let place = Place::with(&[("cards.vcf", CARDS.as_bytes())]);
    let run = place.run(&["contact", "cards.vcf"]);
    assert_eq!(run.text(), format!("{JSON}\n{{}}\n"));
    assert_eq!(
        (run.code, &*run.stderr),
        (
            Some(0),
            "note: cards.vcf: card 1: line 3: N: only its first parts have a field\n\
             note: cards.vcf: card 1: line 5: ORG: only its first parts have a field\n\
             note: cards.vcf: card 1: line 7: TEL: not an E.164 number: byte 0: expected '+' and the \
             calling code first\n\
             note: cards.vcf: card 1: line 9: NOTE: contacts have no such field\n\
             note: cards.vcf: card 2: line 15: TITLE: contacts have no such field\n\
             note: cards.vcf: card 2: cannot be sent: expected a name, an organization, a phone or \
             an email\n"
        )
    );
    let run = place.run(&["contact", "--quiet", "cards.vcf"]);
    assert_eq!((run.code, &*run.stderr), (Some(0), ""));
}

#[test]
fn ok_numbers_of_a_region_are_said_to_be_derived() {
    let run = Place::new().pipe(&["contact", "--region", "GB"], CARDS.as_bytes());
    assert!(
        run.text()
            .contains(r#"{"value":"+442079460123","label":"home"}"#)
    );
    assert!(
        run.stderr
            .contains("card 1: line 7: TEL: read as +442079460123 in GB\n"),
        "{}",
        run.stderr
    );
    let run = Place::new().pipe(&["contact", "--region", "ZZ"], CARDS.as_bytes());
    assert_eq!(run.code, Some(2));
}

/// Cards of one person each, with these lines.
fn people(count: usize, lines: &str) -> String {
    let card = |number: usize| {
        format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Quist;Zoe;;;\r\nFN:Zoe {number}\r\n{lines}\
             END:VCARD\r\n"
        )
    };
    (1..=count).map(card).collect()
}

#[test]
fn ok_more_than_ten_notes_of_one_kind_are_counted() {
    let said = |cards: usize| {
        let note = |card: usize| {
            let line = 7 * card - 2;
            format!("note: a.vcf: card {card}: line {line}: NOTE: contacts have no such field\n")
        };
        (1..=cards.min(10)).map(note).collect::<String>()
    };
    let more = |notes: &str| format!("note: a.vcf: {notes}: NOTE: contacts have no such field\n");
    for (cards, end) in [
        (9, String::new()),
        (10, String::new()),
        (11, more("1 more note like this")),
        (12, more("2 more notes like this")),
    ] {
        let place = Place::with(&[("a.vcf", people(cards, "NOTE:a\r\n\r\n").as_bytes())]);
        let run = place.run(&["contact", "a.vcf"]);
        assert_eq!(run.text().lines().count(), cards);
        let expected = format!("{}{end}", said(cards));
        assert_eq!((run.code, run.stderr), (Some(0), expected), "{cards}");
        let run = place.run(&["contact", "--quiet", "a.vcf"]);
        assert_eq!((run.code, &*run.stderr), (Some(0), ""), "{cards}");
    }
    // Of each kind and of each file: other names, and other reasons, are counted apart.
    let twelve = people(12, "NOTE:a\r\nTITLE:b\r\n");
    let place = Place::with(&[
        ("a.vcf", twelve.as_bytes()),
        ("b.vcf", people(1, "NOTE:a\r\n").as_bytes()),
    ]);
    let run = place.run(&["contact", "a.vcf", "b.vcf"]);
    let lines: Vec<_> = run.stderr.lines().collect();
    let ends = lines.get(20..).unwrap_or_default();
    assert_eq!(
        ends,
        [
            "note: a.vcf: 2 more notes like this: NOTE: contacts have no such field",
            "note: a.vcf: 2 more notes like this: TITLE: contacts have no such field",
            "note: b.vcf: card 1: line 5: NOTE: contacts have no such field",
        ]
    );
}

/// What is not UTF-8 and names no charset is read by the one that is asked for.
#[test]
fn ok_text_is_read_by_the_charset_that_is_asked_for() {
    let card = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN:Quist;Zo\xEB\r\nORG:\xC4lg\r\n\
        TEL;CELL:+14155550123\r\nEND:VCARD\r\n";
    let place = Place::with(&[("card.vcf", card)]);
    let phone = r#""phones":[{"value":"+14155550123","label":"mobile"}]"#;
    let name = |given: &str, organization: &str| {
        format!(
            r#"{{"given_name":"{given}","family_name":"Quist","organization":"{organization}",{phone}}}"#
        ) + "\n"
    };
    for (arguments, expected) in [
        (&[][..], name("Zo\u{eb}", "\u{c4}lg")),
        (&["--charset", "windows-1252"], name("Zo\u{eb}", "\u{c4}lg")),
        (&["--charset=LATIN1"], name("Zo\u{eb}", "\u{c4}lg")),
        (&["--charset=windows-1251"], name("Zo\u{43b}", "\u{414}lg")),
        (&["--charset=none"], format!("{{{phone}}}\n")),
    ] {
        let run = place.run(&[&["contact", "card.vcf"], arguments].concat());
        assert_eq!(run.code, Some(0), "{arguments:?}");
        assert_eq!(run.text(), expected, "{arguments:?}");
        // What is not read, and what is read so, is said.
        assert!(
            run.stderr.contains("N: ") && run.stderr.contains("ORG: "),
            "{}",
            run.stderr
        );
    }
    for wrong in ["klingon", "", "None", "windows 1252"] {
        let run = place.run(&["contact", "--charset", wrong, "card.vcf"]);
        assert_eq!((run.code, run.text()), (Some(2), ""), "{wrong:?}");
        assert!(
            run.stderr.contains("not a charset we know"),
            "{}",
            run.stderr
        );
    }
}

/// A group has no telephone: it is no person, and nothing is printed for it.
#[test]
fn ok_groups_are_not_printed() {
    let group = |version: &str, line: &str| {
        format!(
            "BEGIN:VCARD\r\nVERSION:{version}\r\nN:Crew;;;;\r\nFN:Crew\r\n{line}\r\n\
             TEL:+14155550199\r\nEND:VCARD\r\n"
        )
    };
    for (version, line) in [
        ("4.0", "KIND:group"),
        ("4.0", "kind:GROUP"),
        ("3.0", "X-ADDRESSBOOKSERVER-KIND:group"),
        ("3.0", "X-EVOLUTION-LIST:TRUE"),
    ] {
        let group = group(version, line);
        let cards = format!("{}{group}{}", people(1, ""), people(1, ""));
        for arguments in [
            &["contact"][..],
            &["contact", "--pretty"],
            &["contact", "--to-vcard", "3.0"],
        ] {
            let alone = Place::new().pipe(arguments, group.as_bytes());
            assert_eq!((alone.code, alone.text()), (Some(0), ""), "{line}");
            assert!(alone.stderr.contains("group"), "{line}: {}", alone.stderr);
            let run = Place::new().pipe(arguments, cards.as_bytes());
            let two = Place::new().pipe(arguments, people(1, "").repeat(2).as_bytes());
            assert_eq!((run.code, run.text()), (Some(0), two.text()), "{line}");
            // The others keep their numbers.
            assert!(run.stderr.contains("card 2: "), "{line}: {}", run.stderr);
        }
    }
    // An organization is one that can be called.
    let run = Place::new().pipe(&["contact"], group("4.0", "KIND:org").as_bytes());
    assert!(run.text().contains("+14155550199"), "{}", run.text());
}

#[test]
fn ok_contacts_to_cards_and_back() {
    let place = Place::with(&[
        ("zoe.json", JSON.as_bytes()),
        ("contacts", format!("{JSON}\n\n{JSON}").as_bytes()),
    ]);
    let run = place.run(&["contact", "--to-vcard", "3.0", "zoe.json"]);
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Quist;Zoe;;;\r\nFN:Zoe Quist\r\nORG:Example Works\r\n\
        TEL;TYPE=CELL:+14155550123\r\nEMAIL;TYPE=INTERNET,WORK:zoe@example.com\r\nEND:VCARD\r\n";
    assert_eq!(run.text(), card);
    assert_eq!((run.code, &*run.stderr), (Some(0), ""));
    for version in ["3.0", "4.0"] {
        let run = place.run(&["contact", "--to-vcard", version, "contacts"]);
        assert!(run.text().contains(&format!("VERSION:{version}\r\n")));
        let back = place.pipe(&["contact"], &run.stdout);
        assert_eq!(back.text(), format!("{JSON}\n{JSON}\n"));
        assert_eq!((back.code, &*back.stderr), (Some(0), ""));
    }
    // A card of the fields alone.
    let arguments = ["contact", "--to-vcard", "3.0", "--quiet"];
    let run = place.pipe(&arguments, CARDS.as_bytes());
    assert_eq!(run.text(), card);
    assert_eq!(
        (run.code, &*run.stderr),
        (
            Some(1),
            "error: <stdin>: card 2: expected a name, an organization, a phone or an email\n"
        )
    );
}

#[test]
fn ok_pretty() {
    let arguments = ["contact", "--pretty", "--from-json"];
    let run = Place::new().pipe(
        &arguments,
        b"\xEF\xBB\xBF {\"full_name\":\"Zoe\",\"organization\":\" \"}",
    );
    assert_eq!(
        (run.code, run.text(), &*run.stderr),
        (Some(0), "{\n  \"full_name\": \"Zoe\"\n}\n", "")
    );
}

#[test]
fn err_contacts_that_are_none() {
    let json = r#"{"phones":[{"value":"415"},{"value":14}]} {"full_name":"Zoe\u001b[31m","emails":[{"value":"zoe"}]}
        {"full_name":"Ada"} {"full_name"}"#;
    let run = Place::new().pipe(&["contact"], json.as_bytes());
    assert_eq!(run.text(), "{\"full_name\":\"Ada\"}\n");
    assert_eq!(
        (run.code, &*run.stderr),
        (
            Some(1),
            "error: <stdin>: contact 1: phones[1].value: invalid type: integer `14`, expected a \
             string at line 1 column 38\n\
             error: <stdin>: contact 2: full_name: '\\u{1b}' is a control character; \
             emails[0].value: byte 3: expected '@' and a domain\n\
             error: <stdin>: contact 4: not JSON: expected `:` at line 1 column 14\n"
        )
    );
    let place = Place::with(&[("empty.json", b" \n")]);
    let run = place.run(&["contact", "empty.json", "missing.json"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr
            .starts_with("error: empty.json: contact 1: not JSON: EOF"),
        "{}",
        run.stderr
    );
    assert_eq!(place.run(&["contact", "--to-vcard", "2.1"]).code, Some(2));
}

#[test]
fn err_larger_than_the_limit() {
    let large = format!("{{\"full_name\":\"{}\"}}", "x".repeat(16 << 20));
    let run = Place::new().pipe(&["contact"], large.as_bytes());
    assert_eq!(
        (run.code, run.text(), &*run.stderr),
        (
            Some(2),
            "",
            "error: <stdin>: larger than the limit of 16777216\n"
        )
    );
    let run = Place::new().pipe(&["contact", "--no-limits"], large.as_bytes());
    assert_eq!((run.code, run.stdout.len()), (Some(0), large.len() + 1));
}

#[test]
fn ok_every_contact_of_a_fixture_becomes_the_same_contact_again() {
    let files = crate::common::fixtures();
    let mut arguments = vec!["contact", "--quiet"];
    arguments.extend(files.iter().map(|path| path.to_str().unwrap()));
    let run = Place::new().run(&arguments);
    // Those that a card can be made of; a card gives what has no full name one.
    let mut named = String::new();
    for line in run.text().lines() {
        let contact = vcardinal::contact::Contact::from_json(line.as_bytes());
        if let Ok(contact) = contact {
            named.push_str(&format!("{}\n", contact.normalized().to_json()));
        }
    }
    assert!(named.lines().count() > 100, "{}", named.lines().count());
    for version in ["3.0", "4.0"] {
        let arguments = ["contact", "--to-vcard", version, "--from-json"];
        let cards = Place::new().pipe(&arguments, named.as_bytes());
        assert_eq!((cards.code, &*cards.stderr), (Some(0), ""));
        let back = Place::new().pipe(&["contact"], &cards.stdout);
        assert_eq!((back.code, &*back.stderr), (Some(0), ""));
        assert!(back.text() == named);
    }
}

const NUMBERS: &[&str] = &[
    "+14155550123",
    "+1 (415) 555-0123",
    "tel:+44-20-7946-0123;ext=7",
    "020 7946 0123",
    "+4402079460123",
    "+15550123",
    "+2101234567",
    "+1415555012",
    "+44 (0)20 7946 0123",
    "+44 20 7946 O123",
    "tel:7042",
    "12",
    "",
    "x\u{1b}[31m",
];

#[test]
fn ok_phones_for_people() {
    let mut arguments = vec!["phone", "--region", "GB"];
    arguments.extend(NUMBERS);
    let run = Place::new().run(&arguments);
    assert_expected("phone.txt", run.text());
    assert_eq!((run.code, &*run.stderr), (Some(1), ""));
    let run = Place::new().run(&["phone", "020 7946 0123"]);
    assert_expected("phone-no-region.txt", run.text());
    assert_eq!((run.code, &*run.stderr), (Some(1), ""));
}

#[test]
fn ok_phones_as_json() {
    let mut arguments = vec!["phone", "--region", "GB", "--format", "json"];
    arguments.extend(NUMBERS);
    let run = Place::new().run(&arguments);
    assert_expected("phone.json", run.text());
    assert_eq!((run.code, &*run.stderr), (Some(1), ""));
    let run = Place::new().run(&[
        "phone", "--format", "json", NUMBERS[0], NUMBERS[1], NUMBERS[2],
    ]);
    assert_eq!((run.code, &*run.stderr), (Some(0), ""));
    assert_eq!(Place::new().run(&["phone"]).code, Some(2));
}

const ADDRESSES: &[&str] = &[
    "zoe@example.com",
    "\"z\\oe\"@Example.COM",
    "zo\u{eb}@b\u{fc}cher.example",
    "zoe@[192.0.2.1]",
    "zoe@xn--99999999.example",
    "Zoe <zoe@example.com>",
    "zo e@example.com",
    "zoe@example..com",
    "zoe",
    "zoe@example.com\r\nBcc: ada@example.com",
    "",
];

#[test]
fn ok_emails() {
    for (format, name) in [("human", "email.txt"), ("json", "email.json")] {
        let mut arguments = vec!["email", "--format", format];
        arguments.extend(ADDRESSES);
        let run = Place::new().run(&arguments);
        assert_expected(name, run.text());
        assert_eq!((run.code, &*run.stderr), (Some(1), ""));
        arguments.truncate(5);
        assert_eq!(Place::new().run(&arguments).code, Some(0));
    }
    assert_eq!(Place::new().run(&["email"]).code, Some(2));
}
