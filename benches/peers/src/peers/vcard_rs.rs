//! vcard-rs: a lossless tree that borrows the input, and a model decoded from it.

use vcard_rs::prop::VcardPropName;
use vcard_rs::tree::cst::VcardCst;
use vcard_rs::value::VcardValue;
use vcard_rs::vcard::Vcard;

use super::{Peer, Texts};

/// The tree alone: lines and parameters, values untouched.
pub struct Tree;

impl Peer for Tree {
    const NAME: &'static str = "vcard-rs, tree";
    const RAW: bool = true;
    type Model<'a> = Vec<VcardCst<'a>>;

    fn read(input: &str) -> Result<Vec<VcardCst<'_>>, String> {
        VcardCst::parse_many(input)
            .collect::<Result<_, _>>()
            .map_err(|error| super::excerpt(error.to_string()))
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        let text = |card: &VcardCst<'_>, name: &str| {
            card.props
                .iter()
                .find(|line| line.bare_name() == name)
                .map(|line| line.raw_value_str().into_owned())
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

    fn write(cards: &Vec<VcardCst<'_>>, out: &mut Vec<u8>) -> bool {
        for card in cards {
            out.extend_from_slice(&card.to_bytes());
        }
        true
    }
}

/// The tree and the decoded model of every card, each dropped before the next is read: the model
/// borrows its tree.
pub struct Decoded;

fn each(input: &str, mut take: impl FnMut(&Vcard<'_>)) -> Result<usize, String> {
    let mut cards = 0;
    for card in VcardCst::parse_many(input) {
        take(
            &card
                .map_err(|error| super::excerpt(error.to_string()))?
                .decode(),
        );
        cards += 1;
    }
    Ok(cards)
}

impl Peer for Decoded {
    const NAME: &'static str = "vcard-rs, decoded";
    type Model<'a> = usize;

    fn read(input: &str) -> Result<usize, String> {
        each(input, |card| {
            std::hint::black_box(card);
        })
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        let mut all = Vec::new();
        each(input, |card| {
            let text = |wanted: &str| {
                card.properties
                    .iter()
                    .find(|property| match &property.name {
                        VcardPropName::Kind(kind) => &**kind == wanted,
                        VcardPropName::Unknown(_) => false,
                    })
                    .and_then(|property| match &property.value {
                        VcardValue::Text(text) => Some(text.0.to_string()),
                        _ => None,
                    })
                    .unwrap_or_default()
            };
            all.push(Texts {
                full_name: text("FN"),
                note: text("NOTE"),
            });
        })?;
        Ok(all)
    }
}
