//! vobject: a component is a sorted map of property names.

use vobject::{Component, read_component, write_component};

use super::{Peer, Texts};

pub struct Components;

impl Peer for Components {
    const NAME: &'static str = "vobject";
    type Model<'a> = Vec<Component>;

    fn read(input: &str) -> Result<Vec<Component>, String> {
        let mut cards = Vec::new();
        let mut rest = input;
        while !rest.is_empty() {
            let (card, after) =
                read_component(rest).map_err(|error| super::excerpt(error.to_string()))?;
            cards.push(card);
            rest = after;
        }
        Ok(cards)
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        let text = |card: &Component, name: &str| {
            card.get_all(name)
                .first()
                .map(vobject::Property::value_as_string)
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

    fn write(cards: &Vec<Component>, out: &mut Vec<u8>) -> bool {
        for card in cards {
            out.extend_from_slice(write_component(card).as_bytes());
        }
        true
    }
}
