//! vcard4: every property of 4.0 a typed field; reads 3.0 in part, writes 4.0.

use std::io::Write as _;

use vcard4::Vcard;

use super::{Peer, Texts};

fn texts(cards: &[Vcard]) -> Vec<Texts> {
    cards
        .iter()
        .map(|card| Texts {
            full_name: card
                .formatted_name
                .first()
                .map(|name| name.value.clone())
                .unwrap_or_default(),
            note: card
                .note
                .first()
                .map(|note| note.value.clone())
                .unwrap_or_default(),
        })
        .collect()
}

fn write(cards: &[Vcard], out: &mut Vec<u8>) -> bool {
    cards.iter().all(|card| write!(out, "{card}").is_ok())
}

pub struct Strict;

impl Peer for Strict {
    const NAME: &'static str = "vcard4";
    type Model<'a> = Vec<Vcard>;

    fn read(input: &str) -> Result<Vec<Vcard>, String> {
        vcard4::parse(input).map_err(|error| super::excerpt(error.to_string()))
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        Ok(texts(&Self::read(input)?))
    }

    fn write(cards: &Vec<Vcard>, out: &mut Vec<u8>) -> bool {
        write(cards, out)
    }
}

pub struct Loose;

impl Peer for Loose {
    const NAME: &'static str = "vcard4, loose";
    type Model<'a> = Vec<Vcard>;

    fn read(input: &str) -> Result<Vec<Vcard>, String> {
        vcard4::parse_loose(input).map_err(|error| super::excerpt(error.to_string()))
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        Ok(texts(&Self::read(input)?))
    }

    fn write(cards: &Vec<Vcard>, out: &mut Vec<u8>) -> bool {
        write(cards, out)
    }
}
