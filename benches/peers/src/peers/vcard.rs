//! vcard: every property of 4.0 a typed field; 4.0 alone.

use std::io::Write as _;

use vcard::VCard;

use super::{Peer, Texts};

pub struct Cards;

impl Peer for Cards {
    const NAME: &'static str = "vcard";
    type Model<'a> = Vec<VCard>;

    fn read(input: &str) -> Result<Vec<VCard>, String> {
        VCard::parse_multiple(input).map_err(|error| super::excerpt(error.to_string()))
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        Ok(Self::read(input)?
            .iter()
            .map(|card| Texts {
                full_name: card
                    .formatted_names
                    .first()
                    .map(|name| name.value.clone())
                    .unwrap_or_default(),
                note: card
                    .notes
                    .first()
                    .map(|note| note.value.clone())
                    .unwrap_or_default(),
            })
            .collect())
    }

    fn write(cards: &Vec<VCard>, out: &mut Vec<u8>) -> bool {
        cards.iter().all(|card| write!(out, "{card}").is_ok())
    }
}
