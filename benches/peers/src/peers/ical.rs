//! ical: owned properties, text undecoded.

use ical::VcardParser;
use ical::generator::Emitter;
use ical::parser::Component;
use ical::parser::vcard::component::VcardContact;

use super::{Peer, Texts};

pub struct Contacts;

impl Peer for Contacts {
    const NAME: &'static str = "ical";
    const RAW: bool = true;
    type Model<'a> = Vec<VcardContact>;

    fn read(input: &str) -> Result<Vec<VcardContact>, String> {
        VcardParser::new(input.as_bytes())
            .collect::<Result<_, _>>()
            .map_err(|error| super::excerpt(error.to_string()))
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        let text = |card: &VcardContact, name: &str| {
            card.get_property(name)
                .and_then(|property| property.value.clone())
                .unwrap_or_default()
        };
        Ok(Self::read(input)?
            .iter()
            .map(|card| Texts {
                full_name: text(card, "FN"),
                note: text(card, "NOTE"),
            })
            .collect())
    }

    fn write(cards: &Vec<VcardContact>, out: &mut Vec<u8>) -> bool {
        for card in cards {
            out.extend_from_slice(card.generate().as_bytes());
        }
        true
    }
}
