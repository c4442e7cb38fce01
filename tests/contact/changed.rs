//! A contact that was changed, applied to the card that it was read from: law over random cards of
//! every version, with and without faults, over the fixtures and over real cards.
//!
//! `PROPTEST_CASES=100000 cargo test --release --all-features --test contact changed` tries more of them.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;

use vcardinal::contact::{Contact, ContactEmail, ContactPhone, FromCard, LeftOutReason};
use vcardinal::property;
use vcardinal::typed::Typed;
use vcardinal::{Card, CardReader, PropertyRef};

use crate::common;
use crate::common::any_cards::{any_card, person};
use crate::common::cases::cases;

fn shown(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string()
}

/// What of a contact becomes something else.
#[derive(Debug, Clone)]
enum Change {
    FullName(Option<String>),
    Family(Option<String>),
    Given(Option<String>),
    Organization(Option<String>),
    Phone(usize, String),
    PhoneLabel(usize, Option<String>),
    AddPhone(String, Option<String>),
    RemovePhone(usize),
    Email(usize, String),
    EmailLabel(usize, Option<String>),
    AddEmail(String, Option<String>),
    RemoveEmail(usize),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let name = || prop::option::of("[a-zA-Zé ,;\\\\]{1,9}");
    let number =
        || select(vec!["+14155550141", "+14155550123", "+442071838750"]).prop_map(String::from);
    let address = || select(vec!["y@example.com", "a@example.com"]).prop_map(String::from);
    let label = || {
        let known = [
            "mobile", "home", "work", "fax", "home fax", "Boat", "Desk", "a, b;c", "x-a",
        ];
        prop::option::of(select(known.to_vec()).prop_map(String::from))
    };
    let change = prop_oneof![
        name().prop_map(Change::FullName),
        name().prop_map(Change::Family),
        name().prop_map(Change::Given),
        name().prop_map(Change::Organization),
        (0..4_usize, number()).prop_map(|(at, to)| Change::Phone(at, to)),
        (0..4_usize, label()).prop_map(|(at, to)| Change::PhoneLabel(at, to)),
        (number(), label()).prop_map(|(number, label)| Change::AddPhone(number, label)),
        (0..4_usize).prop_map(Change::RemovePhone),
        (0..4_usize, address()).prop_map(|(at, to)| Change::Email(at, to)),
        (0..4_usize, label()).prop_map(|(at, to)| Change::EmailLabel(at, to)),
        (address(), label()).prop_map(|(address, label)| Change::AddEmail(address, label)),
        (0..4_usize).prop_map(Change::RemoveEmail),
    ];
    prop::collection::vec(change, 0..4)
}

fn change(contact: &mut Contact, change: &Change) {
    let (phones, emails) = (&mut contact.phones, &mut contact.emails);
    match change.clone() {
        Change::FullName(name) => contact.full_name = name,
        Change::Family(name) => contact.family_name = name,
        Change::Given(name) => contact.given_name = name,
        Change::Organization(name) => contact.organization = name,
        Change::Phone(at, to) => {
            if let Some(phone) = phones.get_mut(at) {
                phone.value = to;
            }
        }
        Change::PhoneLabel(at, to) => {
            if let Some(phone) = phones.get_mut(at) {
                phone.label = to;
            }
        }
        Change::AddPhone(number, label) => {
            let mut phone = ContactPhone::new(number);
            phone.label = label;
            phones.push(phone);
        }
        Change::RemovePhone(at) if at < phones.len() => drop(phones.remove(at)),
        Change::Email(at, to) => {
            if let Some(email) = emails.get_mut(at) {
                email.value = to;
            }
        }
        Change::EmailLabel(at, to) => {
            if let Some(email) = emails.get_mut(at) {
                email.label = to;
            }
        }
        Change::AddEmail(address, label) => {
            let mut email = ContactEmail::new(address);
            email.label = label;
            emails.push(email);
        }
        Change::RemoveEmail(at) if at < emails.len() => drop(emails.remove(at)),
        Change::RemovePhone(_) | Change::RemoveEmail(_) => {}
    }
}

/// A line that a contact may say otherwise.
fn is_of_a_contact(line: &PropertyRef<'_>) -> bool {
    macro_rules! is {
        ($($marker:ident)+) => { $(Typed::<property::$marker>::new(*line).is_some())||+ };
    }
    is!(FullName N Org Tel Email Nickname) || line.is("X-ABLabel")
}

fn sorted(contact: &Contact) -> Contact {
    let mut contact = contact.normalized();
    contact
        .phones
        .sort_by(|a, b| (&a.value, &a.label).cmp(&(&b.value, &b.label)));
    contact
        .emails
        .sort_by(|a, b| (&a.value, &a.label).cmp(&(&b.value, &b.label)));
    contact
}

/// A changed contact leaves every line that is not its own as it was, writes over nothing that
/// cannot be read, and is read back; or the card stays as it was.
fn applying_touches_nothing_else(
    card: &Card,
    changes: &[Change],
    reading: &FromCard,
) -> Result<(), String> {
    let (old, left_out) = reading.contact(card);
    let mut wanted = old.clone();
    for one in changes {
        change(&mut wanted, one);
    }
    let mut changed = card.clone();
    if let Err(error) = reading.apply(&wanted, &mut changed) {
        return match changed.to_bytes() == card.to_bytes() {
            true => Ok(()),
            false => Err(format!("{error}: but the card is another")),
        };
    }
    if wanted == old && changed.is_edited() {
        return Err("the card is another, the contact is not".into());
    }
    let unreadable: BTreeSet<_> = left_out
        .iter()
        .filter(|item| item.reason == LeftOutReason::Unreadable)
        .map(|item| item.entry)
        .collect();
    for line in card.lines() {
        let is_kept = unreadable.contains(&line.id()) || !is_of_a_contact(&line);
        if !is_kept || line.line().is_blank() {
            continue;
        }
        let now = changed.entry(line.id());
        let raw = now.map(|line| line.raw().trim_ascii_end());
        if raw != Some(line.raw().trim_ascii_end()) {
            return Err(format!(
                "{}\nis now {:?}\n{changed}",
                shown(line.raw()),
                raw.map(shown)
            ));
        }
    }
    let read = Card::parse(changed.to_bytes()).unwrap();
    if !read.same_content(&changed) {
        return Err(format!("reads otherwise than it was written: {changed}"));
    }
    let (back, _) = reading.contact(&read);
    let (back, mut expected) = (sorted(&back), sorted(&wanted));
    // A name that a contact does not have may stand on another line, which is left out.
    let names = [
        (&wanted.full_name, &mut expected.full_name, &back.full_name),
        (
            &wanted.given_name,
            &mut expected.given_name,
            &back.given_name,
        ),
        (
            &wanted.family_name,
            &mut expected.family_name,
            &back.family_name,
        ),
        (
            &wanted.organization,
            &mut expected.organization,
            &back.organization,
        ),
    ];
    for (wanted, expected, back) in names {
        if wanted.as_deref().is_none_or(|name| name.trim().is_empty()) {
            expected.clone_from(back);
        }
    }
    match back == expected {
        true => Ok(()),
        false => Err(format!("{back:#?}\nfor\n{expected:#?}\n{changed}")),
    }
}

/// A nickname is the full name where nothing else is one: beside a name that is new, an FN says it.
#[test]
fn ok_a_nickname_that_was_the_full_name_stays_it() {
    for version in ["2.1", "3.0", "4.0"] {
        for (blank, at) in [
            ("", "NICKNAME:Zo\r\nN:;Zoe;;;\r\nFN:Zo\r\n"),
            ("FN:\r\n", "FN:Zo\r\nNICKNAME:Zo\r\n"),
        ] {
            let text =
                format!("BEGIN:VCARD\r\nVERSION:{version}\r\n{blank}NICKNAME:Zo\r\nEND:VCARD\r\n");
            let mut card = Card::parse(text).unwrap();
            let (mut contact, _) = Contact::from_card(&card);
            assert_eq!(contact.full_name.as_deref(), Some("Zo"), "{version}");
            contact.given_name = Some("Zoe".into());
            contact.apply_to(&mut card).unwrap();
            assert!(card.to_string().contains(at), "{card}");
            assert_eq!(Contact::from_card(&card).0, contact, "{card}");
        }
    }
}

/// The name is the one line by which the card looks like 2.1, whose components have no lists.
#[test]
fn ok_a_comma_is_a_name_in_a_card_without_a_version() {
    for version in [
        "",
        "VERSION:\r\n",
        "VERSION:2.1\r\n",
        "VERSION:3.0\r\n",
        "VERSION:4.0\r\n",
    ] {
        for line in [
            "N;ENCODING=QUOTED-PRINTABLE:Qu=69ck;Ida;;;",
            "N;CHARSET=UTF-8:Quick;Ida;;;",
        ] {
            for family in [",", "Quick, Esq.", "a,b;c\\n"] {
                let text = format!("BEGIN:VCARD\r\n{version}FN:Ida\r\n{line}\r\nEND:VCARD\r\n");
                let mut card = Card::parse(text).unwrap();
                let (mut contact, _) = Contact::from_card(&card);
                contact.family_name = Some(family.into());
                contact.apply_to(&mut card).unwrap();
                let read = Card::parse(card.to_bytes()).unwrap();
                assert_eq!(Contact::from_card(&read).0, contact, "{card}");
            }
        }
    }
}

fn readings() -> [FromCard; 2] {
    [FromCard::new(), FromCard::new().fallback_charset(None)]
}

/// Of each card of the fixtures and of the corpus.
#[test]
fn ok_fixtures_and_corpus() {
    let changes = [
        vec![],
        vec![
            Change::FullName(Some("Zed".into())),
            Change::Organization(None),
        ],
        vec![
            Change::AddPhone("+14155550141".into(), Some("Boat".into())),
            Change::Phone(0, "+442071838750".into()),
        ],
        vec![Change::RemovePhone(0), Change::EmailLabel(0, None)],
    ];
    let mut failed = Vec::new();
    let mut count = 0;
    for file in common::fixtures().into_iter().chain(common::corpus()) {
        let bytes = std::fs::read(&file).unwrap();
        for card in CardReader::from_slice(&bytes).filter_map(Result::ok) {
            count += 1;
            for reading in readings() {
                for changes in &changes {
                    if let Err(error) = applying_touches_nothing_else(&card, changes, &reading) {
                        failed.push(format!("{}: {changes:?}: {error}", file.display()));
                    }
                }
            }
        }
    }
    let first: Vec<_> = failed.iter().take(8).cloned().collect();
    assert!(
        failed.is_empty(),
        "{} of {count}\n{}",
        failed.len(),
        first.join("\n\n")
    );
    assert!(count > 500, "{count}");
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn ok_a_changed_contact(
        card in prop_oneof![person(), any_card()],
        changes in changes(),
        reading in select(readings().to_vec()),
    ) {
        prop_assert_eq!(applying_touches_nothing_else(&card.0, &changes, &reading), Ok(()));
    }
}
