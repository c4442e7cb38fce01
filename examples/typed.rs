//! Typed values of cards: `cargo run --example typed -- contacts.vcf` lists people, numbers,
//! addresses and birthdays; without a file, a card that is made here.

use std::error::Error;

use vcardinal::property::Bday;
use vcardinal::typed::{Entry, Phone};
use vcardinal::value::{Address, E164, Name, PartialDate};
use vcardinal::{Card, CardReader, Version};

fn show(card: &Card) {
    println!("{}", card.display_name());
    for phone in card.phones() {
        if let Ok(value) = phone.value() {
            let number = value.number().unwrap_or("no number");
            println!("  {number} ({})", phone.label_or("other"));
        }
    }
    if let Some(Ok(email)) = card.preferred_email().map(|email| email.value()) {
        println!("  {email}");
    }
    for address in card.addresses() {
        if let Ok(value) = address.value() {
            let lines = value.to_string().replace('\n', ", ");
            println!("  {lines} ({})", address.label_or("other"));
        }
    }
    let birthday = card.birthday().and_then(|birthday| birthday.value().ok());
    if let Some(date) = birthday.and_then(|value| value.date()) {
        println!("  born {date:?}");
    }
}

fn sample() -> Result<Card, Box<dyn Error>> {
    let mobile: E164 = "+14155550123".parse()?;
    let quay = Address::default()
        .with_street(["1 Quay"])
        .with_locality(["Port Fiction"]);
    let mut card = Card::builder(Version::V4_0)
        .full_name("Zoë Quist")
        .name(Name::new("Quist", "Zoë"))
        .phone(Phone::new(mobile).label("mobile").preferred())
        .email("zoe@example.com")
        .address(Entry::new(quay).types(["home"]))
        .build()?;
    card.set::<Bday>(PartialDate::month_day(12, 10)?)?;
    Ok(card)
}

fn main() -> Result<(), Box<dyn Error>> {
    let Some(path) = std::env::args_os().nth(1) else {
        show(&sample()?);
        return Ok(());
    };
    for card in CardReader::from_path(path)? {
        match card {
            Ok(card) => show(&card),
            Err(error) => eprintln!("{error}"),
        }
    }
    Ok(())
}
