//! Contact to card and back, labels, and changes to cards that keep every other byte.

use std::path::Path;

use proptest::prelude::*;
use vcardinal::contact::{ApplyError, Contact, LeftOutItem, LeftOutReason, ToCardError};
use vcardinal::validate::{Profile, validate};
use vcardinal::{Card, CardReader, Limits, Version};

use crate::common::cases;
use crate::common::growth::{MOST_TEXTS, growth, least};

const VERSIONS: [Version; 2] = [Version::V3_0, Version::V4_0];

fn card(lines: &str) -> Card {
    Card::parse(format!("BEGIN:VCARD\nVERSION:3.0\n{lines}END:VCARD\n")).unwrap()
}

fn lines(card: &Card) -> String {
    let text = card.to_string();
    let text = text.strip_prefix("BEGIN:VCARD\nVERSION:3.0\n").unwrap();
    text.strip_suffix("END:VCARD\n").unwrap().to_owned()
}

// ---- there and back ----

fn contacts() -> impl Strategy<Value = Contact> {
    let word = || {
        prop_oneof![
            3 => "[a-zA-Z ,;:\\\\.\"^'=_$!<>-]{0,12}",
            3 => any::<String>(),
            1 => "[ \u{a0}\u{e9}\u{301}\u{2028}\u{1F468}\u{200D}]{0,90}",
            1 => "_\\$!<[a-zA-Z]{0,8}>!\\$_",
        ]
    };
    let label = || {
        let known = [
            "mobile",
            "home",
            "work",
            "main",
            "iphone",
            "home fax",
            "work fax",
            "fax",
            "pager",
            "other",
            "school",
            "car",
            "Mobile",
            "_$!<Home>!$_",
            "_$!<_$!<Home>!$_>!$_",
            "x-a",
        ];
        prop_oneof![
            2 => prop::sample::select(known.to_vec()).prop_map(|label| Some(label.to_owned())),
            1 => word().prop_map(Some),
            1 => Just(None),
        ]
    };
    let text = move || proptest::option::of(word());
    let phones = prop::collection::vec(("\\+[1-9][0-9]{0,14}", label()), 0..4);
    let local = "[a-z!#%*=^_`{|}~]{1,9}|\"[a-z ,;:\\[\\]@<>]{0,9}\"";
    let emails = prop::collection::vec((local, "[a-z]{1,9}\\.example", label()), 0..4);
    (text(), text(), text(), text(), phones, emails).prop_map(
        |(full, given, family, organization, phones, emails)| {
            let phones: Vec<_> = phones
                .iter()
                .map(|(value, label)| serde_json::json!({"value": value, "label": label}))
                .collect();
            let emails: Vec<_> = emails
                .iter()
                .map(|(local, domain, label)| {
                    serde_json::json!({"value": format!("{local}@{domain}"), "label": label})
                })
                .collect();
            let mut contact: Contact = serde_json::from_value(serde_json::json!({
                "full_name": "x", "phones": phones, "emails": emails,
            }))
            .unwrap();
            contact.full_name = full;
            contact.given_name = given;
            contact.family_name = family;
            contact.organization = organization;
            contact
        },
    )
}

proptest! {
    #![proptest_config(cases::cases(2_000))]

    #[test]
    fn there_and_back_is_the_identity(contact in contacts()) {
        for version in VERSIONS {
            let Ok(made) = contact.to_card(version) else {
                prop_assert!(contact.validate().is_err());
                continue;
            };
            let bytes = made.to_bytes();
            let read = Card::parse(&bytes).unwrap();
            let (back, left_out) = Contact::from_card(&read);
            prop_assert_eq!(&back, &contact.normalized(), "{}", made);
            // Contacts may have numbers that nobody has.
            let is_held = |reason: &LeftOutReason| matches!(reason, LeftOutReason::Impossible { .. });
            prop_assert!(left_out.iter().all(|item| is_held(&item.reason)), "{:?}", left_out);
            // No label, name or number has made a line of its own.
            let labels = read.properties_named("X-ABLabel").count();
            prop_assert!(labels <= back.phones.len() + back.emails.len());
            let others = read.properties().filter(|p| {
                !["VERSION", "N", "FN", "ORG", "TEL", "EMAIL", "X-ABLabel", "X-ABShowAs", "KIND"]
                    .iter()
                    .any(|name| p.is(name))
            });
            prop_assert_eq!(others.count(), 0, "{}", made);
            prop_assert_eq!(read.properties_named("TEL").count(), back.phones.len());
            prop_assert_eq!(read.properties_named("EMAIL").count(), back.emails.len());
            let report = validate(&read, Profile::Declared);
            let errors: Vec<_> = report.errors().map(ToString::to_string).collect();
            prop_assert_eq!(&errors, &[""; 0], "{}", made);
            // And to nothing when it is applied to its own card.
            let mut same = read.clone();
            contact.apply_to(&mut same).unwrap();
            prop_assert!(!same.is_edited(), "{}", same);
        }
    }

    /// Whatever the card says, after the change it says what the contact says.
    #[test]
    fn applied_is_what_it_says(before in contacts(), after in contacts(), version in 0..2usize) {
        let (Ok(mut card), Ok(())) = (before.to_card(VERSIONS[version]), after.validate()) else {
            return Ok(());
        };
        after.apply_to(&mut card).unwrap();
        let (mut said, left_out) = Contact::from_card(&Card::parse(card.to_bytes()).unwrap());
        let mut wanted = after.normalized();
        if after.full_name.as_deref().is_none_or(|name| name.trim().is_empty()) {
            wanted.full_name = before.normalized().full_name;
        }
        // Those that were there stay where they were.
        for contact in [&mut said, &mut wanted] {
            contact.phones.sort_by(|a, b| (&a.value, &a.label).cmp(&(&b.value, &b.label)));
            contact.emails.sort_by(|a, b| (&a.value, &a.label).cmp(&(&b.value, &b.label)));
        }
        prop_assert_eq!(said, wanted, "{}", card);
        let is_held = |item: &LeftOutItem| {
            // That it was a company before is not changed.
            matches!(item.reason, LeftOutReason::Impossible { .. })
                || ["X-ABShowAs", "KIND"].contains(&item.name.as_str())
        };
        prop_assert!(left_out.iter().all(is_held), "{:?} {}", left_out, card);
    }
}

#[test]
fn the_forms_of_each_version() {
    let contact = Contact::from_json(
        r#"{"organization":"Example, Works; Ltd","phones":[{"value":"+14155550123","label":"main"},
        {"value":"+14155550124","label":"_$!<Home>!$_"},{"value":"+14155550125"}],
        "emails":[{"value":"zoe@example.com"},{"value":"z@example.com","label":"Ä"}]}"#
            .as_bytes(),
    )
    .unwrap();
    assert_eq!(
        contact
            .to_card(Version::V3_0)
            .unwrap()
            .to_string()
            .lines()
            .collect::<Vec<_>>(),
        [
            "BEGIN:VCARD",
            "VERSION:3.0",
            "N:;;;;",
            "FN:Example\\, Works\\; Ltd",
            "ORG:Example\\, Works\\; Ltd",
            "X-ABShowAs:COMPANY",
            "TEL;TYPE=MAIN:+14155550123",
            "item1.TEL:+14155550124",
            "item1.X-ABLabel:_$!<_$!<Home>!$_>!$_",
            "TEL:+14155550125",
            "EMAIL;TYPE=INTERNET:zoe@example.com",
            "item2.EMAIL;TYPE=INTERNET:z@example.com",
            "item2.X-ABLabel:Ä",
            "END:VCARD",
        ]
    );
    assert_eq!(
        contact
            .to_card(Version::V4_0)
            .unwrap()
            .to_string()
            .lines()
            .collect::<Vec<_>>()[2..8],
        [
            "FN:Example\\, Works; Ltd",
            "ORG:Example\\, Works\\; Ltd",
            "KIND:org",
            "TEL;VALUE=uri;TYPE=main-number:tel:+14155550123",
            "item1.TEL;VALUE=uri:tel:+14155550124",
            "item1.X-ABLabel:_$!<_$!<Home>!$_>!$_",
        ]
    );
    assert!(matches!(
        contact.to_card(Version::V2_1),
        Err(ToCardError::Build(_))
    ));
    assert!(matches!(
        Contact::default().to_card(Version::V3_0),
        Err(ToCardError::Contact(_))
    ));
}

/// Labels are those of the properties (`tests/values/labels.rs`), without what a contact cannot hold.
#[test]
fn labels_are_words_without_control_characters() {
    for (line, label) in [
        ("TEL;TYPE=CELL:+1", Some("mobile")),
        ("item1.TEL:+1\nitem1.X-ABLabel:a\\nb\\, c", Some("a b, c")),
        (
            "item1.TEL;TYPE=HOME:+1\nitem1.X-ABLabel:Boat\\n\u{7}",
            Some("Boat"),
        ),
        ("item1.TEL:+1\nitem1.X-ABLabel:\u{7}", None),
    ] {
        let mut card = card(&format!("FN:Z\n{line}\n"));
        let (contact, _) = Contact::from_card(&card);
        assert_eq!(contact.phones[0].label.as_deref(), label, "{line}");
        contact.apply_to(&mut card).unwrap();
        assert!(!card.is_edited(), "{card}");
    }
}

#[test]
fn what_a_contact_cannot_hold_is_told() {
    let card = card(
        "N:Quist,Roe;Zoe;M.;Dr.;\nFN:Zoe\\nQuist\nFN:Z\nORG:Works;Unit\nTEL:555 0123\n\
         TEL;VALUE=uri:tel:+1-415-555-0123;ext=7\nTEL:+44 (0)20 7946 0123\nEMAIL:zoe@\n\
         EMAIL: zoe@example.com \nNOTE:x\nitem1.X-ABLabel:Boat\nitem1.URL:x\nUID:1\n",
    );
    let (contact, left_out) = Contact::from_card(&card);
    let left: Vec<String> = left_out.iter().map(ToString::to_string).collect();
    assert_eq!(
        left,
        [
            "N: only its first parts have a field",
            "FN: a control character became a space",
            "FN: another one has taken the field",
            "ORG: only its first parts have a field",
            "TEL: not an E.164 number: byte 0: expected '+' and the calling code first",
            "TEL: only the number has a field",
            "TEL: read as +442079460123, without the zero in brackets",
            "EMAIL: not an email address: byte 4: expected a domain after '@'",
            "NOTE: contacts have no such field",
            "X-ABLabel: contacts have no such field",
            "URL: contacts have no such field",
            "UID: contacts have no such field",
        ]
    );
    assert_eq!(contact.full_name.as_deref(), Some("Zoe Quist"));
    assert_eq!(contact.family_name.as_deref(), Some("Quist Roe"));
    assert_eq!(contact.organization.as_deref(), Some("Works"));
    assert_eq!(contact.phones.len(), 2);
    assert_eq!(contact.emails[0].value, "zoe@example.com");
    assert!(contact.validate().is_ok());
    let entry = left_out.iter().nth(8).unwrap().entry;
    assert_eq!(card.entry(entry).unwrap().text().unwrap(), "x");

    let (contact, left_out) = Contact::from_card_in(&card, "US".parse().unwrap());
    assert_eq!(contact.phones.len(), 2);
    assert!(
        left_out
            .iter()
            .any(|item| matches!(item.reason, LeftOutReason::NotNational(_)))
    );
    let (contact, left_out) =
        Contact::from_card_in(&self::card("TEL:(020) 7946 0123\n"), "GB".parse().unwrap());
    assert_eq!(contact.phones[0].value, "+442079460123");
    let LeftOutReason::Derived(derived) = &left_out.iter().next().unwrap().reason else {
        panic!("{left_out:?}");
    };
    assert_eq!(derived.written, "(020) 7946 0123");
}

// ---- changes ----

/// Changes a card that says `before`, as lines, and compares the lines.
fn changes(before: &str, change: impl FnOnce(&mut Contact), after: &str) {
    let mut card = card(before);
    let (mut contact, _) = Contact::from_card(&card);
    change(&mut contact);
    contact.apply_to(&mut card).unwrap();
    assert_eq!(lines(&card), after);
}

#[test]
fn only_what_differs_changes() {
    changes(
        "fn:Zoe \n Quist\nN:Quist;Zoe\nX-Odd;;=:?\n",
        |contact| contact.given_name = Some("Ada".into()),
        "fn:Zoe \n Quist\nN:Quist;Ada;;;\nX-Odd;;=:?\n",
    );
    changes(
        "FN:Z\nNOTE:x\n",
        |c| c.family_name = Some("Q;R".into()),
        "FN:Z\nNOTE:x\nN:Q\\;R;;;;\n",
    );
    changes(
        "FN:Z\nORG:W;U\n",
        |c| c.organization = None,
        "FN:Z\nORG:;U\n",
    );
    changes(
        "FN:Z\nORG:W\nNOTE:x\n",
        |c| c.organization = None,
        "FN:Z\nNOTE:x\n",
    );
    changes(
        "FN:Z\nORG:W;U\n",
        |c| c.organization = Some("V".into()),
        "FN:Z\nORG:V;U\n",
    );
    changes(
        "FN:\nORG:W\n",
        |c| c.organization = Some("V".into()),
        "FN:\nORG:V\n",
    );
}

#[test]
fn an_absent_full_name_leaves_the_one_there_is() {
    changes(
        "FN:Z\nN:;Y;;;\n",
        |contact| contact.full_name = None,
        "FN:Z\nN:;Y;;;\n",
    );
}

#[test]
fn phones_come_go_and_are_called_otherwise() {
    let relabel = |label: &'static str| {
        move |contact: &mut Contact| {
            contact.phones[0].label = (!label.is_empty()).then(|| label.into());
        }
    };
    let fn_ = "FN:Z\n";
    for (before, label, after) in [
        (
            "TEL;type=HOME;type=pref:+1 2\n",
            "work",
            "TEL;TYPE=pref,WORK:+1 2\n",
        ),
        ("TEL;HOME;VOICE:+1\n", "", "TEL;TYPE=VOICE:+1\n"),
        // No word of TYPE is another.
        (
            "a.TEL;type=VOICE;type=pref:+1\na.X-ABLabel:Boat\n",
            "Ship",
            "a.TEL;type=VOICE;type=pref:+1\na.X-ABLabel:Ship\n",
        ),
        (
            "TEL;TYPE=HOME\\,VOICE:+1\n",
            "work",
            "TEL;TYPE=VOICE,WORK:+1\n",
        ),
        (
            "TEL;TYPE=\"Office, 2nd floor\",voice:+1\n",
            "Boat",
            "item1.TEL;TYPE=voice:+1\nitem1.X-ABLabel:Boat\n",
        ),
        (
            "TEL;X-CUSTOM(Summer house):+1\n",
            "home",
            "TEL;TYPE=HOME:+1\n",
        ),
        (
            "TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=70):+1\n",
            "home",
            "TEL;TYPE=HOME:+1\n",
        ),
        (
            "TEL;X-CUSTOM(CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE,=70);WORK:+1\n",
            "",
            "TEL:+1\n",
        ),
        // Every label goes that would count.
        (
            "a.TEL:+1\na.X-ABLabel:Boat\na.X-ABLabel:\na.X-ABLabel:Ship\n",
            "home",
            "a.TEL;TYPE=HOME:+1\n",
        ),
        ("TEL;TYPE=HOME:+1\n", "", "TEL:+1\n"),
        (
            "TEL;TYPE=HOME:+1\nNOTE:x\n",
            "Boat",
            "item1.TEL:+1\nitem1.X-ABLabel:Boat\nNOTE:x\n",
        ),
        (
            "a.TEL:+1\na.X-ABLabel:Boat\n",
            "Ship",
            "a.TEL:+1\na.X-ABLabel:Ship\n",
        ),
        (
            "a.TEL:+1\na.X-ABLabel:Boat\n",
            "home",
            "a.TEL;TYPE=HOME:+1\n",
        ),
        ("a.TEL:+1\na.X-ABLabel:Boat\n", "", "a.TEL:+1\n"),
        ("a.TEL:+1\n", "Boat", "a.TEL:+1\na.X-ABLabel:Boat\n"),
        (
            "a.b.TEL:+1\n",
            "Boat",
            "item1.TEL:+1\nitem1.X-ABLabel:Boat\n",
        ),
        // The label is that of another property, too.
        (
            "a.TEL:+1\na.X-ABLabel:Boat\na.EMAIL:z@example.com\n",
            "Ship",
            "item1.TEL:+1\nitem1.X-ABLabel:Ship\na.X-ABLabel:Boat\na.EMAIL:z@example.com\n",
        ),
        (
            "a.TEL:+1\na.X-ABLabel:Boat\na.URL:x\n",
            "home",
            "TEL;TYPE=HOME:+1\na.X-ABLabel:Boat\na.URL:x\n",
        ),
    ] {
        changes(
            &format!("{fn_}{before}"),
            relabel(label),
            &format!("{fn_}{after}"),
        );
    }
    changes(
        "FN:Z\nTEL:+1\nitem1.TEL:+2\nitem1.X-ABLabel:Boat\nTEL:555\n",
        |contact| {
            contact.phones.retain(|phone| phone.value == "+1");
            contact
                .phones
                .insert(0, vcardinal::contact::ContactPhone::new("+3"));
            contact.phones[0].label = Some("Ship".into());
        },
        "FN:Z\nTEL:+1\nitem1.TEL:+3\nitem1.X-ABLabel:Ship\nTEL:555\n",
    );
    // Of two equal numbers the one with the label that is left.
    changes(
        "FN:Z\nTEL;TYPE=HOME:+1\nTEL;TYPE=WORK:+1\n",
        |contact| drop(contact.phones.remove(0)),
        "FN:Z\nTEL;TYPE=WORK:+1\n",
    );
}

#[test]
fn a_change_that_fails_changes_nothing() {
    let mut card = card("FN:Z\n");
    let mut contact = Contact::default();
    contact.full_name = Some("Y".into());
    contact.organization = Some("a\u{7}b".into());
    assert!(matches!(
        contact.apply_to(&mut card),
        Err(ApplyError::Contact(_))
    ));
    assert_eq!(lines(&card), "FN:Z\n");
}

fn each_card(folder: &Path, visit: &mut impl FnMut(&Path, Card)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            each_card(&path, visit);
        } else if path.extension().is_some_and(|end| end == "vcf") {
            for card in CardReader::from_path(&path).unwrap().flatten() {
                visit(&path, card);
            }
        }
    }
}

#[test]
fn every_fixture_read_and_applied_stays_as_it_is() {
    let (mut cards, mut applied) = (0, 0);
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    each_card(&fixtures, &mut |path, mut card| {
        cards += 1;
        let before = card.to_bytes().into_owned();
        let (contact, _) = Contact::from_card(&card);
        let problems = contact.validate();
        assert!(
            problems.is_ok() || !contact.is_identifying(),
            "{}: {problems:?}",
            path.display()
        );
        if contact.is_identifying() {
            contact.apply_to(&mut card).unwrap();
            assert_eq!(&*card.to_bytes(), before, "{}", path.display());
            applied += 1;
        }
    });
    assert!(
        cards > 500 && applied > 300,
        "{cards} cards, {applied} applied"
    );
}

#[test]
fn ok_ten_times_the_phones_take_ten_times_the_time() {
    let with = |count| {
        let phone = |n| format!("item{n}.TEL:+1{n:07}\nitem{n}.X-ABLabel:L{n}\n");
        let phones: String = (0..count).map(phone).collect();
        card(&format!("FN:Z\n{phones}")).to_bytes().into_owned()
    };
    let change: fn(&[u8], &Limits) = |bytes, _| {
        let mut card = Card::parse(bytes).unwrap();
        let (mut contact, _) = Contact::from_card(&card);
        let many = contact.phones.len();
        let made = contact.to_card(Version::V3_0).unwrap();
        assert_eq!(made.properties_named("X-ABLabel").count(), many);
        for phone in &mut contact.phones {
            phone.label = None;
        }
        contact.phones.reverse();
        contact.apply_to(&mut card).unwrap();
        assert_eq!(card.properties_named("X-ABLabel").count(), 0);
    };
    let (few, many) = (with(1_000), with(10_000));
    let least = least(MOST_TEXTS, || growth(&few, &many, change, &Limits::none()));
    assert!(least <= MOST_TEXTS, "{least:.1}");
}

/// A label that cannot go without changing its neighbours stays, whoever removes its property.
#[test]
fn ok_a_label_that_is_glued_stays_when_its_phone_goes() {
    // The head that is never closed would go on with the next line.
    let text = "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Odd Lie\r\nN:Lie;Odd\r\nitem1.TEL:+14155550123\r\n\
                TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=E5=\r\n\
                item1.X-ABLabel:Boat\r\nEND:VCARD\r\n";
    let read = || Card::parse(text).unwrap();
    let wanted = text.replace("item1.TEL:+14155550123\r\n", "");
    let mut card = read();
    let label = card.find_mut(|one| one.is("X-ABLabel")).unwrap();
    assert!(label.remove().is_err());
    card.property_mut("TEL").unwrap().remove().unwrap();
    assert_eq!(card.to_string(), wanted);
    let mut card = read();
    let (mut contact, _) = Contact::from_card(&card);
    assert_eq!(contact.phones.len(), 1);
    contact.phones.clear();
    contact.apply_to(&mut card).unwrap();
    assert_eq!(card.to_string(), wanted);
}
