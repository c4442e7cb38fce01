//! What holds for every contact, of a card or of JSON. Functions that panic when it does not, as in `laws.rs`.

use std::collections::BTreeSet;

use vcardinal::contact::{ApplyError, Contact, LeftOutReason};
use vcardinal::registry::{self, PropertyId};
use vcardinal::{Card, CardReader, EntryId, Version};

/// The names of lines that a contact may say otherwise.
const MINE: [&str; 8] = [
    "FN",
    "N",
    "ORG",
    "TEL",
    "EMAIL",
    "X-ABLABEL",
    "NICKNAME",
    "X-PHONETIC-FIRST-NAME",
];

/// The cards of an input.
fn cards(bytes: &[u8]) -> Vec<Card> {
    CardReader::from_slice(bytes).flatten().collect()
}

fn shown(contact: &Contact, old: &Card, now: &Card) -> String {
    let text = |card: &Card| card.to_bytes().escape_ascii().to_string();
    format!("{contact:?}\n{}\n{}", text(old), text(now))
}

/// A contact read from a card and applied to it changes nothing; any other is refused without a change, or
/// changes only what a contact has, and nothing that could not be read. JSON stands before the first NUL.
pub fn contacts(bytes: &[u8]) {
    let cut = bytes.iter().position(|byte| *byte == 0).unwrap_or(0);
    let (json, bytes) = bytes.split_at(cut);
    let bytes = bytes.strip_prefix(b"\0").unwrap_or(bytes);
    let given = Contact::from_json(json).ok();
    let _ = Contact::from_json_strict(json);
    if let Some(contact) = &given {
        let again = Contact::from_json(contact.to_json().as_bytes()).expect("what was written");
        assert_eq!(again.to_json(), contact.to_json());
    }
    for card in cards(bytes) {
        let (read, left_out) = Contact::from_card(&card);
        let unreadable = left_out.iter();
        let unreadable = unreadable.filter(|item| item.reason == LeftOutReason::Unreadable);
        let unreadable = unreadable.map(|item| item.entry).collect();
        as_read(&card, &read);
        for other in derived(&read).into_iter().chain(given.clone()) {
            applied(&card, &other, &unreadable);
        }
        there_and_back(&read);
    }
}

/// What a card says is not said to it again.
fn as_read(card: &Card, read: &Contact) {
    if read.validate().is_err() {
        return;
    }
    let mut same = card.clone();
    match read.apply_to(&mut same) {
        Ok(()) => assert!(
            same.to_bytes() == card.to_bytes(),
            "as read: {}",
            shown(read, card, &same)
        ),
        Err(error) => assert_eq!(error, ApplyError::Group, "{card}"),
    }
}

/// Contacts that say something else in each field.
fn derived(read: &Contact) -> [Contact; 3] {
    let mut others = [read.clone(), read.clone(), read.clone()];
    let [first, second, third] = &mut others;
    first.phones.reverse();
    first.family_name = Some("a,b\\;c".into());
    if let Some(phone) = first.phones.first_mut() {
        phone.label = Some("Boat".into());
    }
    second.phones.pop();
    second.emails.clear();
    second.organization = Some("Org".into());
    second.given_name = None;
    third.phones.iter_mut().for_each(|phone| phone.label = None);
    (third.given_name, third.family_name) = (None, None);
    third.full_name = Some("Another Name".into());
    others
}

/// Lines that are not a contact's stay, and those that could not be read.
fn applied(card: &Card, other: &Contact, unreadable: &BTreeSet<EntryId>) {
    let mut changed = card.clone();
    if other.apply_to(&mut changed).is_err() {
        assert!(
            changed.to_bytes() == card.to_bytes(),
            "refused, and yet changed: {}",
            shown(other, card, &changed)
        );
        return;
    }
    let rest = |card: &Card| -> Vec<Vec<u8>> {
        let lines = card.lines().filter(|line| {
            let stands_for = registry::property(line.line().name().as_bytes())
                .and_then(|row| row.id.stands_for_property())
                .map_or("", PropertyId::name);
            let is_mine = |name: &&str| line.is(name) || stands_for == *name;
            let is_mine = line.line().is_content() && MINE.iter().any(is_mine);
            !is_mine && !line.line().is_blank() && !line.raw().is_empty()
        });
        let lines = lines.map(|line| line.raw().trim_ascii_end().to_vec());
        lines.collect()
    };
    assert_eq!(
        rest(card),
        rest(&changed),
        "{}",
        shown(other, card, &changed)
    );
    for line in card.properties() {
        if unreadable.contains(&line.id()) {
            let now = changed.entry(line.id());
            assert_eq!(
                now.map(|now| now.raw().trim_ascii_end().to_vec()),
                Some(line.raw().trim_ascii_end().to_vec()),
                "written over what cannot be read: {}",
                shown(other, card, &changed)
            );
        }
    }
    let read = Card::parse(&*changed.to_bytes()).expect("a card");
    assert!(
        read.same_content(&changed),
        "{}",
        shown(other, card, &changed)
    );
}

/// In a new card it is the same contact.
fn there_and_back(read: &Contact) {
    if read.validate().is_err() {
        return;
    }
    for version in [Version::V3_0, Version::V4_0] {
        let Ok(new) = read.to_card(version) else {
            continue;
        };
        let (again, _) = Contact::from_card(&new);
        assert_eq!(again.normalized(), read.normalized(), "{new}");
    }
}
