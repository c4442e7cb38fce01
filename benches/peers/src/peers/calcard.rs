//! calcard: an owned, typed model; reads from `&str`.

use calcard::vcard::{VCard, VCardProperty, VCardVersion};
use calcard::{Entry, Parser};

use super::{Peer, Texts};

fn each(input: &str, mut take: impl FnMut(VCard)) -> Result<(), String> {
    let mut parser = Parser::new(input);
    loop {
        match parser.entry() {
            Entry::VCard(card) => take(card),
            Entry::Eof => return Ok(()),
            other => return Err(super::excerpt(format!("{other:?}"))),
        }
    }
}

/// A card at a time, each dropped before the next is read.
pub struct Each;

impl Peer for Each {
    const NAME: &'static str = "calcard";
    type Model<'a> = usize;

    fn read(input: &str) -> Result<usize, String> {
        let mut cards = 0;
        each(input, |card| {
            cards += 1;
            drop(std::hint::black_box(card));
        })?;
        Ok(cards)
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        let mut all = Vec::new();
        each(input, |card| {
            let text = |name| {
                card.property(&name)
                    .and_then(|entry| entry.values.first()?.as_text().map(str::to_owned))
                    .unwrap_or_default()
            };
            all.push(Texts {
                full_name: text(VCardProperty::Fn),
                note: text(VCardProperty::Note),
            });
        })?;
        Ok(all)
    }
}

/// Every card kept until the end.
pub struct All;

impl Peer for All {
    const NAME: &'static str = "calcard, all kept";
    type Model<'a> = Vec<VCard>;

    fn read(input: &str) -> Result<Vec<VCard>, String> {
        let mut cards = Vec::new();
        each(input, |card| cards.push(card))?;
        Ok(cards)
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        Each::texts(input)
    }

    fn write(cards: &Vec<VCard>, out: &mut Vec<u8>) -> bool {
        let mut text = String::from_utf8(std::mem::take(out)).unwrap_or_default();
        for card in cards {
            let version = card.version().unwrap_or(VCardVersion::V4_0);
            if card.write_to(&mut text, version).is_err() {
                return false;
            }
        }
        *out = text.into_bytes();
        true
    }
}
