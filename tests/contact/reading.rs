//! What a contact makes of cards as the world writes them: which of several names, numbers and
//! addresses with something beside them, text of unnamed charsets, groups; and that no line of a
//! card is left out without a word.

use proptest::prelude::*;
use vcardinal::contact::{ApplyError, Contact, FromCard, LeftOut, LeftOutReason};
use vcardinal::value::{E164, E164Reason, Mailbox, WrittenNumber};
use vcardinal::{Card, CardReader, Charset};

use crate::common;
use crate::common::{any_cards, cases};

fn parse(version: &str, lines: &str) -> Card {
    Card::parse(format!(
        "BEGIN:VCARD\nVERSION:{version}\n{lines}END:VCARD\n"
    ))
    .unwrap()
}

fn said(left_out: &LeftOut) -> Vec<String> {
    left_out.iter().map(ToString::to_string).collect()
}

// ---- numbers ----

#[test]
fn numbers_with_their_calling_code_are_read_as_people_write_them() {
    for (text, number, dialled_after, trunk_zero) in [
        ("+49 (0) 30 23125 020", "+493023125020", None, true),
        ("+49 ( 0 ) 30 23125 020", "+493023125020", None, true),
        ("+49(0)171 3920012", "+491713920012", None, true),
        ("+44 (0)20 7946 0018", "+442079460018", None, true),
        ("\u{FF0B}44 (0)20 7946 0018", "+442079460018", None, true),
        ("+61 (0)2 5550 1234", "+61255501234", None, true),
        // In Italy the zero belongs to the number.
        ("+39 (0)6 1234 5678", "+390612345678", None, false),
        ("+39 06 1234 5678", "+390612345678", None, false),
        ("+225 (0)1 23 45 67 89", "+2250123456789", None, false),
        ("+1 (415) 555-0123", "+14155550123", None, false),
        ("+14155550101,,123", "+14155550101", Some(",,123"), false),
        ("+14155550102,,124#", "+14155550102", Some(",,124#"), false),
        ("+14155550103;125", "+14155550103", Some(";125"), false),
        (
            "+14155550104;ext=126",
            "+14155550104",
            Some(";ext=126"),
            false,
        ),
        ("+14155550105p127", "+14155550105", Some("p127"), false),
        ("+14155550105w1", "+14155550105", Some("w1"), false),
        ("+14155550106 x128", "+14155550106", Some("x128"), false),
        ("+14155550106 X 128", "+14155550106", Some("X 128"), false),
        (
            "+14155550107 ext. 129",
            "+14155550107",
            Some("ext. 129"),
            false,
        ),
        (
            "+14155550107 Extension: 129",
            "+14155550107",
            Some("Extension: 129"),
            false,
        ),
        ("+14155550108,", "+14155550108", Some(","), false),
        ("+49 (0)30 23125 020 x7", "+493023125020", Some("x7"), true),
    ] {
        let written = WrittenNumber::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(written.to_e164().as_str(), number, "{text}");
        assert_eq!(written.dialled_after(), dialled_after, "{text}");
        assert_eq!(written.has_trunk_zero(), trunk_zero, "{text}");
    }
    for (text, offset, reason) in [
        ("+49 30 (0) 123", 8, E164Reason::TrunkZero),
        // America dials a 1 before its numbers.
        ("+1 (0)415 555 0123", 4, E164Reason::TrunkZero),
        ("+999 (0)1", 6, E164Reason::TrunkZero),
        // Their numbers have no 0 before them, at home or abroad.
        ("+48 (0) 22 1234567", 5, E164Reason::TrunkZero),
        ("+30 (0) 2101234567", 5, E164Reason::TrunkZero),
        ("+352 (0) 27123456", 6, E164Reason::TrunkZero),
        ("+49 30 123 or 124", 11, E164Reason::NotADigit('o')),
        ("+14155550123 x", 13, E164Reason::NotADigit('x')),
        ("+14155550123 fax 4", 13, E164Reason::NotADigit('f')),
        ("(0) 30 1234", 1, E164Reason::NoPlus),
        ("x12", 0, E164Reason::NoPlus),
        (",,1", 0, E164Reason::NoPlus),
        ("", 0, E164Reason::Empty),
    ] {
        let error = WrittenNumber::parse(text).unwrap_err();
        assert_eq!((error.offset(), error.reason()), (offset, reason), "{text}");
    }
}

/// Every number that is possible is read from all its forms, and nothing else is made of it.
#[test]
fn every_calling_code_is_read_with_its_bracketed_zero_or_refused() {
    for code in 1..=999_u16 {
        for national in ["2079460123", "30123456", "612345678"] {
            let Ok(number) = E164::parse(&format!("+{code}{national}")) else {
                continue;
            };
            if number.calling_code() != Some(code) {
                continue;
            }
            match WrittenNumber::parse(&format!("+{code} (0){national}")) {
                Ok(written) if written.has_trunk_zero() => assert_eq!(written.to_e164(), number),
                Ok(written) => {
                    assert_eq!(written.to_e164().as_str(), format!("+{code}0{national}"));
                    assert!(written.to_e164().is_possible());
                }
                Err(error) => assert_eq!(error.reason(), E164Reason::TrunkZero),
            }
        }
    }
}

#[test]
fn what_stands_beside_a_number_is_told_in_every_version() {
    for version in ["2.1", "3.0", "4.0"] {
        let card = parse(
            version,
            "FN:Z\nTEL:+49 (0) 30 23125 020\nTEL:+14155550101 ext. 7\n\
             TEL:tel:+33-01-99-00-12-34\nTEL:+1 415 555 0102\n",
        );
        let (contact, left_out) = Contact::from_card(&card);
        let values: Vec<_> = contact.phones.iter().map(|phone| &*phone.value).collect();
        assert_eq!(
            values,
            [
                "+493023125020",
                "+14155550101",
                "+330199001234",
                "+14155550102"
            ]
        );
        assert_eq!(
            said(&left_out),
            [
                "TEL: read as +493023125020, without the zero in brackets",
                "TEL: only the number has a field, and not what follows it: \"ext. 7\"",
                "TEL: longer than any number of this calling code; did you mean +33199001234?",
            ]
        );
    }
}

#[test]
fn a_region_is_not_asked_where_the_calling_code_is_there() {
    let card = parse("3.0", "FN:Z\nTEL:+14155550107 ext. 129\nTEL:030 23125020\n");
    let (contact, left_out) = FromCard::new().region("DE".parse().unwrap()).contact(&card);
    assert_eq!(contact.phones[0].value, "+14155550107");
    assert_eq!(
        said(&left_out),
        [
            "TEL: only the number has a field, and not what follows it: \"ext. 129\"",
            "TEL: read as +493023125020 in DE",
        ]
    );
}

// ---- addresses ----

#[test]
fn addresses_are_read_as_people_write_them() {
    for (text, address, more) in [
        ("zoe@example.com", "zoe@example.com", false),
        (" zoe@example.com\t", "zoe@example.com", false),
        ("mailto:zoe@example.com", "zoe@example.com", false),
        (
            "MAILTO:zoe%2Bnews@example.com",
            "zoe+news@example.com",
            false,
        ),
        ("mailto:zoe@example.com?subject=a", "zoe@example.com", true),
        ("Zoe <zoe@example.com>", "zoe@example.com", true),
        ("<zoe@example.com>", "zoe@example.com", false),
        ("mailto://zoe@example.com", "zoe@example.com", false),
        ("<mailto:zoe@example.com>", "zoe@example.com", false),
        (
            "\"Quist, Zoe <z>\" <zoe@example.com> ",
            "zoe@example.com",
            true,
        ),
        ("zoe@", "zoe@", false),
        ("zoe>", "zoe>", false),
    ] {
        let mailbox = Mailbox::parse(text);
        assert_eq!(
            (mailbox.address(), mailbox.has_more()),
            (address, more),
            "{text}"
        );
    }
    let card = parse(
        "4.0",
        "FN:Z\nEMAIL:invalid\nEMAIL:mailto:a@example.com\nEMAIL;VALUE=uri:mailto:b@example.com\n\
         EMAIL:Zoe <c@example.com>\nEMAIL:a@example.com\\; b@example.com\n",
    );
    let (contact, left_out) = Contact::from_card(&card);
    let values: Vec<_> = contact.emails.iter().map(|email| &*email.value).collect();
    assert_eq!(values, ["a@example.com", "b@example.com", "c@example.com"]);
    assert_eq!(left_out.len(), 3, "{:?}", said(&left_out));
}

// ---- names ----

#[test]
fn the_preferred_name_is_taken() {
    for (version, lines, full_name, organization) in [
        (
            "4.0",
            "FN;PREF=2:a\nFN;PREF=1:b\nORG;PREF=2:o\nORG;PREF=1:p\n",
            "b",
            "p",
        ),
        (
            "3.0",
            "FN:a\nFN;TYPE=pref:b\nORG:o\nORG;TYPE=pref:p\n",
            "b",
            "p",
        ),
        ("2.1", "FN:a\nFN;PREF:b\nORG:o\nORG;PREF:p\n", "b", "p"),
        ("4.0", "FN:a\nFN;PREF=100:b\nORG:\nORG:p\n", "b", "p"),
        ("3.0", "FN: \nFN:b\nORG:;\nORG:p\n", "b", "p"),
        ("3.0", "FN:b\nORG:p\nORG;TYPE=pref:;Sales\n", "b", "p"),
        ("4.0", "FN:b\nORG;PREF=1:;Sales\nORG:p\n", "b", "p"),
        ("3.0", "FN: Zoe Quist \nORG: Elm \n", "Zoe Quist", "Elm"),
    ] {
        let card = parse(version, lines);
        let (contact, _) = Contact::from_card(&card);
        assert_eq!(
            contact.full_name.as_deref(),
            Some(full_name),
            "{version} {lines}"
        );
        assert_eq!(
            contact.organization.as_deref(),
            Some(organization),
            "{version} {lines}"
        );
        assert_eq!(card.display_name().trim(), full_name, "{version} {lines}");
    }
}

#[test]
fn a_card_is_shown_by_the_first_thing_it_says() {
    for (lines, shown) in [
        (
            "TEL:+14155550123\nEMAIL:z@example.com\nORG:Elm;Unit\nNICKNAME:zo,z\nN:Quist;Zoe;;;\nFN:a\n",
            "a",
        ),
        (
            "TEL:+14155550123\nEMAIL:z@example.com\nORG:Elm\nNICKNAME:zo,z\nN:Quist;Zoe;;Dr.;Jr.\n",
            "Dr. Zoe Quist, Jr.",
        ),
        (
            "TEL:+14155550123\nEMAIL:z@example.com\nORG:Elm\nNICKNAME:,zo,z\nN:;;;;\nFN:\n",
            "zo",
        ),
        (
            "TEL:+14155550123\nEMAIL:z@example.com\nORG:Elm;Unit\nN: ;;;;\n",
            "Elm, Unit",
        ),
        ("TEL:+14155550123\nEMAIL:z@example.com\n", "z@example.com"),
        ("TEL:1\nTEL;TYPE=pref:+14155550123\n", "+14155550123"),
        (
            "TEL;VALUE=uri:tel:+1-415-555-0123;ext=5\n",
            "+1-415-555-0123",
        ),
        ("TEL;VALUE=uri:sip:z@example.com\n", "sip:z@example.com"),
        ("NOTE:x\n", ""),
    ] {
        assert_eq!(parse("3.0", lines).display_name(), shown, "{lines}");
    }
}

#[test]
fn a_nickname_is_a_name_where_there_is_no_other() {
    let mut card = parse("3.0", "N:;;;;\nFN:\nNICKNAME:zo,z\nTEL:+14155550123\n");
    let (mut contact, left_out) = Contact::from_card(&card);
    assert_eq!(contact.full_name.as_deref(), Some("zo"));
    assert_eq!(
        said(&left_out),
        ["NICKNAME: only its first parts have a field"]
    );
    contact.apply_to(&mut card).unwrap();
    assert!(!card.is_edited(), "{card}");
    // Another name is not the nickname.
    contact.full_name = Some("Zoe".into());
    contact.apply_to(&mut card).unwrap();
    assert!(
        card.to_string().contains("\nFN:Zoe\nNICKNAME:zo,z\n"),
        "{card}"
    );
}

#[test]
fn vendors_names_are_read_as_what_they_stand_for() {
    let card = parse("3.0", "FN:Z\nX-MS-TEL:+14155550123\n");
    let (contact, left_out) = Contact::from_card(&card);
    assert_eq!(contact.phones[0].value, "+14155550123");
    assert!(left_out.is_empty(), "{:?}", said(&left_out));
    // A person with a name is not shown as a company.
    let card = parse("3.0", "FN:Z\nN:Q;Z;;;\nORG:Elm\nX-ABShowAs:COMPANY\n");
    let (_, left_out) = Contact::from_card(&card);
    assert_eq!(said(&left_out), ["X-ABShowAs: contacts have no such field"]);
    let card = parse("3.0", "FN:Elm\nN:;;;;\nORG:Elm\nX-ABShowAs:COMPANY\n");
    assert!(Contact::from_card(&card).1.is_empty());
    let card = parse("4.0", "FN:Zoe\nORG:Elm\nKIND:org\n");
    assert_eq!(
        said(&Contact::from_card(&card).1),
        ["KIND: contacts have no such field"]
    );
    // The name that says something of what a contact has.
    let card = parse("3.0", "FN:Z\nN:;;Mid;;\nN:Quist;Zoe;;;\n");
    assert_eq!(
        Contact::from_card(&card).0.family_name.as_deref(),
        Some("Quist")
    );
}

// ---- groups ----

#[test]
fn a_group_is_not_a_person() {
    for (version, kind, is_group) in [
        ("4.0", "KIND:group", true),
        ("4.0", "kind:GROUP", true),
        ("3.0", "X-ADDRESSBOOKSERVER-KIND:group", true),
        ("4.0", "KIND:org", false),
        ("4.0", "KIND:individual", false),
        ("4.0", "KIND:x-flock", false),
    ] {
        let mut card = parse(version, &format!("FN:Friends\nN:Friends\n{kind}\n"));
        let (contact, left_out) = Contact::from_card(&card);
        assert_eq!(contact == Contact::default(), is_group, "{kind}");
        assert_eq!(left_out.is_group(), is_group, "{kind}");
        if is_group {
            assert!(said(&left_out)[0].ends_with(": a group, not a person"));
            let person = Contact::builder().full_name("Z").build().unwrap();
            assert!(matches!(person.apply_to(&mut card), Err(ApplyError::Group)));
        }
    }
}

// ---- charsets ----

fn outlook() -> Card {
    let bytes = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN:M\xFCller;J\xF6rg\r\nFN:J\xF6rg M\xFCller\r\n\
        ORG;ENCODING=QUOTED-PRINTABLE:B=FCro\r\nNOTE:\xFC\r\nTEL:+14155550123\r\nEND:VCARD\r\n";
    Card::parse(bytes).unwrap()
}

#[test]
fn text_of_an_unnamed_charset_is_read_as_windows_1252_and_told() {
    let mut card = outlook();
    let (contact, left_out) = Contact::from_card(&card);
    assert_eq!(contact.full_name.as_deref(), Some("Jörg Müller"));
    assert_eq!(contact.family_name.as_deref(), Some("Müller"));
    assert_eq!(contact.organization.as_deref(), Some("Büro"));
    assert_eq!(
        said(&left_out),
        [
            "N: read as windows-1252, since it names no charset",
            "FN: read as windows-1252, since it names no charset",
            "ORG: read as windows-1252, since it names no charset",
            "NOTE: contacts have no such field",
        ]
    );
    contact.apply_to(&mut card).unwrap();
    assert!(!card.is_edited());
    assert_eq!(card.display_name(), "Jörg Müller");
}

#[test]
fn nothing_is_written_over_what_cannot_be_read() {
    let reading = FromCard::new().fallback_charset(None);
    let mut card = outlook();
    let before = card.to_bytes().into_owned();
    let (contact, left_out) = reading.contact(&card);
    assert_eq!(
        (contact.full_name.as_deref(), contact.phones.len()),
        (None, 1)
    );
    let unreadable =
        |item: &&vcardinal::contact::LeftOutItem| matches!(item.reason, LeftOutReason::Unreadable);
    assert_eq!(left_out.iter().filter(unreadable).count(), 3);
    // The name that is made of the phone does not stand in for the one that is there.
    reading.apply(&contact, &mut card).unwrap();
    assert_eq!(card.to_bytes(), before);
    let mut changed = contact.clone();
    changed.phones[0].value = "+14155550124".into();
    reading.apply(&changed, &mut card).unwrap();
    let after = card.to_bytes().into_owned();
    let old = b"TEL:+14155550123".as_slice();
    let at = before
        .windows(old.len())
        .position(|bytes| bytes == old)
        .unwrap();
    assert_eq!(after[..at], before[..at]);
    assert!(after[at..].starts_with(b"TEL:+14155550124\r\n"));
    // Nor does a name that somebody gave.
    for change in [
        (|contact| contact.full_name = Some("Z".into())) as fn(&mut Contact),
        |contact| contact.given_name = Some("Z".into()),
        |contact| contact.organization = Some("Z".into()),
    ] {
        let mut contact = contact.clone();
        change(&mut contact);
        let mut card = outlook();
        let error = reading.apply(&contact, &mut card).unwrap_err();
        assert!(matches!(error, ApplyError::Unreadable { .. }), "{error}");
        assert_eq!(card.to_bytes(), before);
    }
    assert_eq!(
        reading.fallback_charset(Some(Charset::WINDOWS_1252)),
        FromCard::new()
    );
}

/// A name whose line names a charset that nobody knows, or has a parameter whose name is not text: it stays,
/// whatever else is changed, and with or without a charset for what names none.
#[test]
fn a_line_that_is_odd_stays_as_it_is() {
    for version in ["2.1", "3.0", "4.0"] {
        for line in [
            &b"FN;CHARSET=X-UNKNOWN:Zo\xEB Quist"[..],
            b"FN;X=\\::Zo\xEB",
            b"FN;X\xEB=a:Ada Quist",
            b"FN;\xEB:Zo\xEB",
            b"N;CHARSET=X-UNKNOWN:Qu\xEBst;Zo\xEB;;;",
            b"N;\xEB=a:Quist;Zo\xEB;;;",
            b"ORG;CHARSET=X-UNKNOWN:Bo\xEBts",
            b"ORG;X\xEB:Boats",
        ] {
            let head = format!("BEGIN:VCARD\r\nVERSION:{version}\r\n");
            let tel: &[u8] = b"\r\nTEL:+14155550123\r\nEND:VCARD\r\n";
            let bytes = [head.as_bytes(), line, tel].concat();
            for reading in [FromCard::new(), FromCard::new().fallback_charset(None)] {
                let mut card = Card::parse(&bytes).unwrap();
                let shown = card.to_bytes().escape_ascii().to_string();
                let (mut contact, _) = reading.contact(&card);
                reading.apply(&contact, &mut card).unwrap();
                assert_eq!(card.to_bytes(), bytes, "{shown}");
                contact.phones[0].value = "+14155550124".into();
                reading.apply(&contact, &mut card).unwrap();
                let after = card.to_bytes().into_owned();
                let kept = [head.as_bytes(), line, b"\r\n"].concat();
                assert!(
                    after.starts_with(&kept),
                    "{shown}: {}",
                    after.escape_ascii()
                );
                let rest = after[kept.len()..].escape_ascii().to_string();
                assert!(
                    rest.contains("+14155550124") && !rest.contains("FN"),
                    "{shown}: {rest}"
                );
            }
        }
    }
}

/// What a note quotes of a card is bounded.
#[test]
fn notes_are_short() {
    let long = "A".repeat(20_000);
    let ext = "1".repeat(20_000);
    let card = parse(
        "4.0",
        &format!(
            "FN:A\nX-{long}:b\nX-\u{e9}{long}:b\n{long}\nTEL;{long}=b:+14155550123\nTEL:{long}\n\
             TEL:+14155550123{ext}\nTEL:+1 415 555 0123 ext. {ext}\nTEL:tel:+14155550123;ext={ext}\nEMAIL:{long}\n\
             EMAIL:{long} <a@b.example>\nEMAIL:a@{long}.example\nBDAY;CHARSET={long}:1\n"
        ),
    );
    for reading in [
        FromCard::new(),
        FromCard::new().region("US".parse().unwrap()),
    ] {
        let (_, left_out) = reading.contact(&card);
        assert!(left_out.len() > 5);
        for item in &left_out {
            let text = item.to_string();
            assert!(text.len() < 400, "{} bytes: {}", text.len(), &text[..300]);
        }
    }
    let (_, left_out) =
        Contact::from_card(&parse("4.0", &format!("FN:A\nX-{}:b\n", "A".repeat(58))));
    let whole = left_out.iter().next().unwrap().to_string();
    assert_eq!(
        whole,
        format!("X-{}: contacts have no such field", "A".repeat(58))
    );
    let (_, left_out) =
        Contact::from_card(&parse("4.0", &format!("FN:A\nX-{}:b\n", "A".repeat(59))));
    let cut = left_out.iter().next().unwrap().to_string();
    assert_eq!(
        cut,
        format!("X-{}…: contacts have no such field", "A".repeat(58))
    );
}

// ---- changes ----

/// What a contact does not have any more is not said by the next line instead.
#[test]
fn what_goes_is_not_replaced_by_another_line() {
    for (lines, name) in [
        ("FN:Mia Roe\nORG:Boats\nORG:Sails\n", "ORG"),
        (
            "FN:Mia Roe\nORG;PREF=1:Boats\nORG;SORT-AS=b:Sails;Masts\n",
            "ORG",
        ),
    ] {
        let mut card = parse("4.0", lines);
        let before = card.to_string();
        let (mut contact, _) = Contact::from_card(&card);
        assert_eq!(contact.organization.as_deref(), Some("Boats"));
        contact.organization = None;
        let refused = contact.apply_to(&mut card).unwrap_err();
        assert_eq!(refused, ApplyError::Another { name }, "{lines}");
        assert_eq!(
            refused.to_string(),
            format!("the card has another {name}, which would take the place of the one that goes")
        );
        assert_eq!(card.to_string(), before);
        // To have another one is no problem.
        contact.organization = Some("Ropes".into());
        contact.apply_to(&mut card).unwrap();
        assert_eq!(
            Contact::from_card(&card).0.organization.as_deref(),
            Some("Ropes")
        );
        assert!(card.to_string().contains("Sails"));
    }
    let mut card = parse("4.0", "FN:Mia Roe\nORG:Boats\n");
    let (mut contact, _) = Contact::from_card(&card);
    contact.organization = None;
    contact.apply_to(&mut card).unwrap();
    assert_eq!(Contact::from_card(&card).0.organization, None);
}

#[test]
fn a_changed_number_keeps_what_else_its_line_says() {
    let mut card = parse(
        "3.0",
        "FN:Z\nTEL;TYPE=CELL,pref;X-A=b:+14155550123\nTEL:+14155550124\nEMAIL;TYPE=HOME;X-B=c:a@example.com\n",
    );
    let (mut contact, _) = Contact::from_card(&card);
    contact.phones[0].value = "+14155550125".into();
    contact.emails[0].value = "b@example.com".into();
    contact.apply_to(&mut card).unwrap();
    assert_eq!(
        card.to_string(),
        "BEGIN:VCARD\nVERSION:3.0\nFN:Z\nTEL;TYPE=CELL,pref;X-A=b:+14155550125\n\
         TEL:+14155550124\nEMAIL;TYPE=HOME;X-B=c:b@example.com\nEND:VCARD\n"
    );
}

#[test]
fn a_number_of_a_region_is_not_added_a_second_time() {
    let reading = FromCard::new().region("US".parse().unwrap());
    let mut card = parse("3.0", "FN:Z\nTEL;TYPE=HOME:(415) 555-0123\n");
    let (mut contact, _) = reading.contact(&card);
    contact.phones[0].label = Some("work".into());
    reading.apply(&contact, &mut card).unwrap();
    assert!(
        card.to_string()
            .ends_with("\nTEL;TYPE=WORK:(415) 555-0123\nEND:VCARD\n"),
        "{card}"
    );
}

// ---- every line ----

#[test]
fn lines_that_are_not_properties_are_told() {
    let card = parse(
        "3.0",
        "FN:Z\nN:Z;;;;\nTEL+14155550101\nEMAIL zoe@example.org\n;X=1:+14155550102\n\n\
         TEL TYPE=CELL:+14155550103\nTEL:+14155550104\n",
    );
    let (contact, left_out) = Contact::from_card(&card);
    assert_eq!(contact.phones.len(), 1);
    let lines: Vec<_> = left_out
        .iter()
        .map(|item| {
            String::from_utf8_lossy(card.entry(item.entry).unwrap().raw())
                .trim()
                .to_owned()
        })
        .collect();
    assert_eq!(
        lines,
        [
            "TEL+14155550101",
            "EMAIL zoe@example.org",
            ";X=1:+14155550102",
            "TEL TYPE=CELL:+14155550103"
        ]
    );
}

#[test]
fn labels_that_no_field_has_are_told() {
    let card = parse(
        "3.0",
        "FN:Z\nitem1.X-ABLabel:Boat\nitem1.TEL:+14155550100\nitem2.TEL:112\nitem2.X-ABLabel:Desk\n\
         item4.TEL:+14155550101\nitem4.X-ABLabel:One\nitem4.X-ABLabel:Two\n",
    );
    let (_, left_out) = Contact::from_card(&card);
    let lines: Vec<_> = left_out
        .iter()
        .map(|item| card.entry(item.entry).unwrap().text_lossy().into_owned())
        .collect();
    assert_eq!(lines, ["112", "Desk", "Two"]);
}

/// Every line of a card is in the contact, or told, or says nothing that a contact could hold.
fn every_line_is_in_the_contact_or_told(card: &Card) -> Result<(), String> {
    let (contact, left_out) = Contact::from_card(card);
    if left_out.is_group() {
        return Ok(());
    }
    let mut values: Vec<&str> = Vec::new();
    values.extend(contact.phones.iter().map(|phone| &*phone.value));
    values.extend(contact.emails.iter().map(|email| &*email.value));
    for line in card.lines() {
        let raw = line.raw().trim_ascii();
        let told = left_out.iter().any(|item| item.entry == line.id());
        let text = line
            .with_fallback_charset(Some(Charset::WINDOWS_1252))
            .text_lossy();
        let is_blank = text
            .trim_matches(|c: char| c.is_whitespace() || ";,".contains(c))
            .is_empty();
        let held = |names: &[&str]| names.iter().any(|name| line.is(name));
        let in_contact = raw.is_empty()
            || held(&[
                "BEGIN",
                "END",
                "VERSION",
                "KIND",
                "X-ADDRESSBOOKSERVER-KIND",
                "X-ABShowAs",
                "X-ABLabel",
            ])
            || (held(&["FN", "N", "ORG", "X-WA-BIZ-NAME", "NICKNAME"])
                && (is_blank
                    || [
                        &contact.full_name,
                        &contact.given_name,
                        &contact.family_name,
                        &contact.organization,
                    ]
                    .into_iter()
                    .flatten()
                    .any(|name| has_a_word_of(&text, name))))
            || values.iter().any(|value| same_digits_or_text(&text, value));
        if !told && !in_contact {
            return Err(format!(
                "{} is not in {contact:?}",
                String::from_utf8_lossy(raw)
            ));
        }
    }
    Ok(())
}

fn has_a_word_of(text: &str, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let said = words(name);
    said.is_empty() || words(text).iter().any(|word| said.contains(word))
}

fn same_digits_or_text(text: &str, value: &str) -> bool {
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    text.contains(value) || (!digits(value).is_empty() && digits(text).contains(&digits(value)))
}

#[test]
fn nothing_of_any_fixture_is_left_out_without_a_word() {
    let mut count = 0;
    for path in common::fixtures().into_iter().chain(common::corpus()) {
        for card in CardReader::from_path(&path).unwrap().flatten() {
            count += 1;
            every_line_is_in_the_contact_or_told(&card)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
    }
    assert!(count > 500, "{count} cards");
}

proptest! {
    #![proptest_config(cases::cases(300))]

    #[test]
    fn nothing_is_left_out_without_a_word(
        card in prop_oneof![any_cards::person(), any_cards::any_card()],
    ) {
        prop_assert_eq!(every_line_is_in_the_contact_or_told(&card.0), Ok(()));
    }
}
