//! This crate: lossless cards, typed access on demand.

use card_parts::Parts;
use vcardinal::validate::{Profile, validate};
use vcardinal::{Card, CardReader, CardWriter, EntryId, LineReader, PropertyValue, Version};

use super::{LineCollector, Peer, Texts};

fn keep(input: &str) -> Result<Vec<Card>, String> {
    CardReader::from_slice(input.as_bytes())
        .collect::<Result<_, _>>()
        .map_err(|error| super::excerpt(error.to_string()))
}

fn each_reused(input: &str, mut each: impl FnMut(&Card)) -> Result<(), String> {
    let mut reader = CardReader::from_slice(input.as_bytes());
    let mut card = Card::new();
    while reader
        .read_card(&mut card)
        .map_err(|error| super::excerpt(error.to_string()))?
    {
        each(&card);
    }
    Ok(())
}

fn texts_of(card: &Card) -> Texts {
    let text = |name: &str| {
        card.property(name)
            .and_then(|property| property.text().ok())
            .map(std::borrow::Cow::into_owned)
            .unwrap_or_default()
    };
    Texts {
        full_name: text("FN"),
        note: text("NOTE"),
    }
}

fn texts(input: &str) -> Result<Vec<Texts>, String> {
    Ok(keep(input)?.iter().map(texts_of).collect())
}

fn write_all(cards: &[Card], out: &mut Vec<u8>) -> bool {
    let mut writer = CardWriter::from_writer(out);
    cards.iter().all(|card| writer.write(card).is_ok()) && writer.into_inner().is_ok()
}

/// Content lines, which are not kept.
pub struct Lines;

impl Peer for Lines {
    const NAME: &'static str = "vcardinal, lines";
    const RAW: bool = true;
    type Model<'a> = usize;

    fn read(input: &str) -> Result<usize, String> {
        let mut reader = LineReader::from_slice(input.as_bytes());
        let mut lines = 0;
        while let Some(line) = reader
            .next_line()
            .map_err(|error| super::excerpt(error.to_string()))?
        {
            lines += 1;
            std::hint::black_box(&line);
        }
        Ok(lines)
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        let mut reader = LineReader::from_slice(input.as_bytes());
        let mut cards = LineCollector::default();
        while let Some(line) = reader
            .next_line()
            .map_err(|error| super::excerpt(error.to_string()))?
        {
            let value = line.value();
            let value = str::from_utf8(&value).map_err(|error| error.to_string())?;
            cards.line(line.name(), value);
        }
        Ok(cards.cards)
    }
}

/// One card, filled again and again.
pub struct Reused;

impl Peer for Reused {
    const NAME: &'static str = "vcardinal, one card reused";
    type Model<'a> = usize;

    fn read(input: &str) -> Result<usize, String> {
        let mut cards = 0;
        each_reused(input, |card| {
            cards += 1;
            std::hint::black_box(card);
        })?;
        Ok(cards)
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        texts(input)
    }
}

/// One card, filled again and again, with every value of it as its type.
pub struct Typed;

impl Peer for Typed {
    const NAME: &'static str = "vcardinal, every value typed";
    type Model<'a> = usize;

    fn read(input: &str) -> Result<usize, String> {
        let mut values = 0;
        each_reused(input, |card| {
            for property in card.properties() {
                values += 1;
                drop(std::hint::black_box(property.value()));
            }
        })?;
        Ok(values)
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        texts(input)
    }
}

/// One card, filled again and again, and held against the standard of its version.
pub struct Validated;

impl Peer for Validated {
    const NAME: &'static str = "vcardinal, validated";
    type Model<'a> = usize;

    fn read(input: &str) -> Result<usize, String> {
        let mut findings = 0;
        each_reused(input, |card| {
            findings += validate(card, Profile::Declared).iter().count();
        })?;
        Ok(findings)
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        texts(input)
    }
}

fn converted(card: &Card) -> Result<Card, String> {
    let to = match card.version() {
        Some(Version::V4_0) => Version::V3_0,
        _ => Version::V4_0,
    };
    let converted = card.convert(to).map_err(|error| error.to_string())?;
    Ok(converted.into_card())
}

/// One card, filled again and again, and converted: from 4.0 to 3.0, and from any other version to
/// 4.0.
pub struct Converted;

impl Peer for Converted {
    const NAME: &'static str = "vcardinal, converted";
    type Model<'a> = usize;

    fn read(input: &str) -> Result<usize, String> {
        let mut cards = 0;
        let mut error = None;
        each_reused(input, |card| match converted(card) {
            Ok(card) => {
                cards += 1;
                drop(std::hint::black_box(card));
            }
            Err(reason) => error = Some(reason),
        })?;
        error.map_or(Ok(cards), Err)
    }

    /// Of the converted cards, so that it is seen whether they say the same.
    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        let cards: Vec<Card> = keep(input)?
            .iter()
            .map(converted)
            .collect::<Result<_, _>>()?;
        Ok(cards.iter().map(texts_of).collect())
    }
}

/// The iterator, each card dropped before the next is read.
pub struct Each;

impl Peer for Each {
    const NAME: &'static str = "vcardinal";
    type Model<'a> = usize;

    fn read(input: &str) -> Result<usize, String> {
        let mut cards = 0;
        for card in CardReader::from_slice(input.as_bytes()) {
            let card = card.map_err(|error| super::excerpt(error.to_string()))?;
            cards += 1;
            drop(std::hint::black_box(card));
        }
        Ok(cards)
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        texts(input)
    }
}

/// Every card kept until the end.
pub struct All;

impl Peer for All {
    const NAME: &'static str = "vcardinal, all kept";
    type Model<'a> = Vec<Card>;

    fn read(input: &str) -> Result<Vec<Card>, String> {
        keep(input)
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        texts(input)
    }

    fn write(cards: &Vec<Card>, out: &mut Vec<u8>) -> bool {
        write_all(cards, out)
    }
}

/// Cards whose NOTE was replaced: what is measured is the writing.
pub struct Edited;

impl Peer for Edited {
    const NAME: &'static str = "vcardinal, NOTE replaced before";
    const WRITES_ALONE: bool = true;
    type Model<'a> = Vec<Card>;

    fn read(input: &str) -> Result<Vec<Card>, String> {
        let mut cards = keep(input)?;
        for card in &mut cards {
            if let Some(mut note) = card.property_mut("NOTE") {
                note.set_text("Another note, with a comma; and a semicolon")
                    .map_err(|error| error.to_string())?;
            }
        }
        Ok(cards)
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        texts(input)
    }

    fn write(cards: &Vec<Card>, out: &mut Vec<u8>) -> bool {
        write_all(cards, out)
    }
}

/// Every value of every card replaced by itself: what is measured is a copy of the card, all its
/// edits, and the writing.
pub struct EditedAll;

impl Peer for EditedAll {
    const NAME: &'static str = "vcardinal, every value set";
    const WRITES_ALONE: bool = true;
    type Model<'a> = Vec<(Card, Vec<(EntryId, PropertyValue)>)>;

    fn read(input: &str) -> Result<Self::Model<'_>, String> {
        Ok(keep(input)?
            .into_iter()
            .map(|card| {
                let values = card_parts::values(&card);
                (card, values)
            })
            .collect())
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        texts(input)
    }

    fn write(cards: &Self::Model<'_>, out: &mut Vec<u8>) -> bool {
        for (card, values) in cards {
            let mut card = card.clone();
            card_parts::set_all(&mut card, values);
            card.append_to(out);
        }
        true
    }
}

/// Cards built from decoded values: what is measured is a copy of the values, the building, and
/// the writing.
pub struct Built;

impl Peer for Built {
    const NAME: &'static str = "vcardinal, built anew";
    const WRITES_ALONE: bool = true;
    type Model<'a> = Vec<Parts>;

    fn read(input: &str) -> Result<Vec<Parts>, String> {
        Ok(keep(input)?.iter().map(card_parts::parts).collect())
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        texts(input)
    }

    fn write(cards: &Vec<Parts>, out: &mut Vec<u8>) -> bool {
        for parts in cards {
            card_parts::build(parts).append_to(out);
        }
        true
    }
}
