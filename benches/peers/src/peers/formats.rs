//! Cards of vCard to the text of jCard and of JSContact: reading, converting and writing as one.

use std::hint::black_box;

use calcard::jscontact::JSContact;
use calcard::{Entry, Parser};
use vcard_rs::tree::cst::VcardCst;
use vcardinal::{CardReader, jcard, jscontact};

use super::{Peer, Texts};

/// What a JSContact card says its FN and NOTE are.
fn texts_of_contact(text: &str) -> Result<Texts, String> {
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|error| super::excerpt(error.to_string()))?;
    let text = |value: Option<&serde_json::Value>| {
        value
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let notes = value.get("notes").and_then(serde_json::Value::as_object);
    let note = notes.and_then(|notes| notes.values().next()?.get("note"));
    Ok(Texts {
        full_name: text(value.get("name").and_then(|name| name.get("full"))),
        note: text(note),
    })
}

/// What a jCard says its FN and NOTE are.
fn texts_of_jcard(text: &str) -> Result<Texts, String> {
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|error| super::excerpt(error.to_string()))?;
    let properties = value.get(1).and_then(serde_json::Value::as_array);
    let text = |name: &str| {
        let mut all = properties.into_iter().flatten();
        let found = all.find(|property| property.get(0).is_some_and(|own| own == name));
        let text = found.and_then(|property| property.get(3)?.as_str());
        text.unwrap_or_default().to_owned()
    };
    Ok(Texts {
        full_name: text("fn"),
        note: text("note"),
    })
}

/// A row that makes a text of each card.
macro_rules! row {
    ($(#[$doc:meta])* $name:ident, $title:literal, $each:ident, $texts:ident) => {
        $(#[$doc])*
        pub struct $name;

        impl Peer for $name {
            const NAME: &'static str = $title;
            type Model<'a> = usize;

            fn read(input: &str) -> Result<usize, String> {
                let mut cards = 0;
                $each(input, |text| {
                    cards += 1;
                    drop(black_box(text));
                    Ok(())
                })?;
                Ok(cards)
            }

            fn texts(input: &str) -> Result<Vec<Texts>, String> {
                let mut all = Vec::new();
                $each(input, |text| {
                    all.push($texts(&text)?);
                    Ok(())
                })?;
                Ok(all)
            }
        }
    };
}

type Take<'t> = &'t mut dyn FnMut(String) -> Result<(), String>;

fn ours(
    input: &str,
    of: fn(&vcardinal::Card) -> Result<String, String>,
    take: Take<'_>,
) -> Result<(), String> {
    for card in CardReader::from_slice(input.as_bytes()) {
        let card = card.map_err(|error| super::excerpt(error.to_string()))?;
        take(of(&card)?)?;
    }
    Ok(())
}

fn our_contacts(
    input: &str,
    mut take: impl FnMut(String) -> Result<(), String>,
) -> Result<(), String> {
    ours(
        input,
        |card| jscontact::to_string(card).map_err(|error| error.to_string()),
        &mut take,
    )
}

fn our_jcards(
    input: &str,
    mut take: impl FnMut(String) -> Result<(), String>,
) -> Result<(), String> {
    ours(
        input,
        |card| jcard::to_string(card).map_err(|error| error.to_string()),
        &mut take,
    )
}

fn calcard_contacts(
    input: &str,
    mut take: impl FnMut(String) -> Result<(), String>,
) -> Result<(), String> {
    let mut parser = Parser::new(input);
    loop {
        match parser.entry() {
            Entry::VCard(card) => {
                let contact: JSContact<'_, String, String> = card.into_jscontact();
                let text = serde_json::to_string(&contact.0);
                take(text.map_err(|error| super::excerpt(error.to_string()))?)?;
            }
            Entry::Eof => return Ok(()),
            other => return Err(super::excerpt(format!("{other:?}"))),
        }
    }
}

fn vcard_rs_jcards(
    input: &str,
    mut take: impl FnMut(String) -> Result<(), String>,
) -> Result<(), String> {
    for card in VcardCst::parse_many(input) {
        let card = card.map_err(|error| super::excerpt(error.to_string()))?;
        take(card.decode().to_jcard().to_string())?;
    }
    Ok(())
}

row! {
    /// Cards as JSContact.
    Contacts, "vcardinal, as JSContact", our_contacts, texts_of_contact
}

row! {
    /// Cards as jCard.
    Jcards, "vcardinal, as jCard", our_jcards, texts_of_jcard
}

row! {
    /// Cards as JSContact, by calcard.
    CalcardContacts, "calcard, as JSContact", calcard_contacts, texts_of_contact
}

row! {
    /// Cards as jCard, by vcard-rs.
    VcardRsJcards, "vcard-rs, as jCard", vcard_rs_jcards, texts_of_jcard
}
