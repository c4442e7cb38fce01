//! What holds for every value that is set. Functions that panic when it does not, as in `laws.rs`.

use std::collections::BTreeMap;

use vcardinal::property::{
    Adr, Bday, Categories, Email, FullName, Kind, Lang, N, Note, Org, Photo, Related, Tel, Title,
    Tz, Url,
};
use vcardinal::typed::{CardValue, Entry, TypedProperty};
use vcardinal::value::{
    Address, DateOrText, LanguageTag, Media, Name, Organization, Telephone, Text, TextList,
    TimeZone, Uri, UriOrText, Value,
};
use vcardinal::{Card, CardReader, Parameter, Version};

use super::choices::Choices;

/// The cards of an input.
fn cards(bytes: &[u8]) -> Vec<Card> {
    CardReader::from_slice(bytes).flatten().collect()
}

/// One `set` or `add`: refused without a change, or what was set is there and no other line has changed.
fn set_one<'v, P: TypedProperty>(card: &mut Card, choices: &mut Choices<'_>, given: P::Value<'v>)
where
    P::Value<'v>: CardValue<'v> + Clone + std::fmt::Debug,
{
    let before: Vec<(vcardinal::EntryId, Vec<u8>)> = card
        .lines()
        .map(|line| (line.id(), line.raw().to_vec()))
        .collect();
    let version = card.effective_version();
    let written = given.to_property(version);
    let bytes = card.to_bytes().into_owned();
    let shown = format!(
        "{} {given:?} to {:?}",
        P::NAME,
        String::from_utf8_lossy(&bytes)
    );
    let result = match choices.below(2) {
        0 => card.set::<P>(Entry::of(given)),
        _ => {
            let mut entry = Entry::<P>::of(given);
            for _ in 0..choices.below(4) {
                entry = match choices.below(4) {
                    0 => entry.label(choices.text()),
                    1 => entry.types([choices.text()]),
                    2 => entry.preferred(),
                    _ => match Parameter::new(choices.name(), [choices.text()]) {
                        Ok(parameter) => entry.parameter(parameter),
                        Err(_) => entry,
                    },
                };
            }
            card.add::<P>(entry)
        }
    };
    let Ok(id) = result else {
        assert!(
            *card.to_bytes() == bytes,
            "refused, and yet changed: {shown}"
        );
        return;
    };
    let now = card.to_bytes().into_owned();
    let shown = || format!("{shown}: {:?}", String::from_utf8_lossy(&now));
    let read = Card::parse(&now).expect("a card");
    assert!(read.same_content(card), "{}", shown());
    // No other line has changed, and at most the label came too.
    let after: BTreeMap<vcardinal::EntryId, Vec<u8>> = card
        .lines()
        .map(|line| (line.id(), line.raw().to_vec()))
        .collect();
    for (other, raw) in before.iter().filter(|(other, _)| *other != id) {
        // A line ending may come where the last line had none.
        let is_same = after
            .get(other)
            .is_some_and(|now| now.starts_with(raw) || raw.is_empty());
        assert!(is_same, "another line: {}", shown());
    }
    assert!(after.len() <= before.len() + 3, "{}", shown());
    assert!(written.is_ok(), "{}", shown());
    assert!(card.entry(id).is_some(), "{}", shown());
}

/// Up to twelve `set`s and `add`s of a card, or of a new one.
pub fn setting(bytes: &[u8], choices: &mut Choices<'_>) {
    let new = |version| {
        Card::parse(format!(
            "BEGIN:VCARD\r\nVERSION:{version}\r\nFN:A\r\nEND:VCARD\r\n"
        ))
        .expect("a card")
    };
    let mut card = match choices.below(4) {
        0 => new("4.0"),
        1 => new("3.0"),
        _ => match cards(bytes).into_iter().next() {
            Some(card) => card,
            None => return,
        },
    };
    for _ in 0..=choices.below(12) {
        let text = choices.text();
        match choices.below(16) {
            0 => set_one::<FullName>(&mut card, choices, Text::new(text)),
            1 => set_one::<Note>(&mut card, choices, Text::new(text)),
            2 => set_one::<Title>(&mut card, choices, Text::new(text)),
            3 => set_one::<N>(&mut card, choices, Name::new(text.clone(), text)),
            4 => set_one::<Org>(&mut card, choices, Organization::new(text)),
            5 => set_one::<Adr>(&mut card, choices, Address::default().with_locality([text])),
            6 => set_one::<Categories>(&mut card, choices, TextList::new([text.clone(), text])),
            7 => {
                if let Ok(uri) = Uri::new(text) {
                    set_one::<Url>(&mut card, choices, uri)
                }
            }
            8 => {
                if let Ok(date) = DateOrText::parse(&text, Version::V4_0) {
                    set_one::<Bday>(&mut card, choices, date)
                }
            }
            9 => {
                if let Ok(tel) = Telephone::parse(&text, Version::V4_0) {
                    set_one::<Tel>(&mut card, choices, tel)
                }
            }
            10 => {
                if let Ok(kind) = vcardinal::value::Kind::parse(&text, Version::V4_0) {
                    set_one::<Kind>(&mut card, choices, kind)
                }
            }
            11 => {
                if let Ok(zone) = TimeZone::parse(&text, Version::V4_0) {
                    set_one::<Tz>(&mut card, choices, zone)
                }
            }
            12 => {
                if let Ok(related) = UriOrText::parse(&text, Version::V4_0) {
                    set_one::<Related>(&mut card, choices, related)
                }
            }
            13 => set_one::<Email>(&mut card, choices, Text::new(text)),
            14 => {
                if let Ok(tag) = LanguageTag::parse(&text, Version::V4_0) {
                    set_one::<Lang>(&mut card, choices, tag)
                }
            }
            _ => {
                if let Ok(photo) = Media::parse(&text, Version::V4_0) {
                    set_one::<Photo>(&mut card, choices, photo)
                }
            }
        }
    }
}
