//! The bytes are the same on every machine and in every later version; otherwise figures taken
//! at different times could not be compared.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use vcardinal_corpus::{Corpus, Kind, Shape, Size, Unit, Until};

/// FNV-1a, 64 bits.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[test]
fn ok_address_books() {
    // kind, bytes, cards, physical lines, properties, hash of the bytes
    let expected = [
        (Kind::Plain, 576_549, 1000, 17_327, 15_000, PLAIN),
        (Kind::Folded, 502_592, 194, 7_858, 1_746, FOLDED),
        (Kind::Photo30, 504_072, 7, 6_585, 42, PHOTO30),
        (Kind::Photo40, 517_801, 8, 6_770, 48, PHOTO40),
        (Kind::Apple30, 500_241, 368, 12_741, 11_273, APPLE30),
    ];
    for (kind, bytes, cards, lines, properties, fnv) in expected {
        let corpus = Corpus::generate(kind, Size::Small.until(kind));
        assert_eq!(
            (
                corpus.bytes.len(),
                corpus.cards.len(),
                corpus.physical_lines(),
                corpus.properties(),
                hash(&corpus.bytes)
            ),
            (bytes, cards, lines, properties, fnv),
            "{}: {:#x}",
            kind.name(),
            hash(&corpus.bytes)
        );
    }
}

#[test]
fn ok_a_smaller_corpus_is_the_first_part_of_a_bigger_one() {
    for kind in Kind::ALL {
        let one = Corpus::generate(kind, Until::Cards(1));
        let three = Corpus::generate(kind, Until::Cards(3));
        assert_eq!(three.cards.len(), 3);
        assert!(three.bytes.starts_with(&one.bytes));
        assert_eq!(three.card_bytes(0), Some(one.bytes.as_slice()));
        assert_eq!(three.card_bytes(3), None);
        assert_eq!(one.cards[0], three.cards[0]);
    }
}

#[test]
fn ok_facts_stand_in_the_bytes() {
    let corpus = Corpus::generate(Kind::Apple30, Until::Cards(50));
    for (i, facts) in corpus.cards.iter().enumerate() {
        let text = String::from_utf8(corpus.card_bytes(i).unwrap().to_vec())
            .unwrap()
            .replace("\r\n ", "")
            .replace("\\n", "\n")
            .replace("\\,", ",")
            .replace("\\;", ";");
        assert!(text.contains(&format!("\r\nFN:{}\r\n", facts.full_name)));
        assert!(text.contains(&format!("\r\nNOTE:{}\r\n", facts.note)));
    }
}

#[test]
fn ok_lines_are_at_most_75_octets() {
    for kind in Kind::ALL {
        let corpus = Corpus::generate(kind, Until::Cards(20));
        let text = String::from_utf8(corpus.bytes).unwrap();
        assert!(text.split_terminator("\r\n").all(|line| line.len() <= 75));
    }
}

#[test]
fn ok_shapes() {
    let mut all = Vec::new();
    for shape in Shape::ALL {
        let n = match shape.unit() {
            Unit::Bytes => 10_000,
            Unit::Items => 100,
            Unit::Levels => 4,
        };
        assert_eq!(shape.name().parse(), Ok(shape));
        let bytes = shape.bytes(n);
        if shape.unit() == Unit::Bytes {
            assert!(
                bytes.len().abs_diff(n) < 600,
                "{} {}",
                shape.name(),
                bytes.len()
            );
        }
        all.extend(bytes);
    }
    assert_eq!(hash(&all), SHAPES, "{:#x}", hash(&all));
}

const PLAIN: u64 = 0xfeab_c4d3_5703_35db;
const FOLDED: u64 = 0xa14c_9d9b_3917_0498;
const PHOTO30: u64 = 0x01a9_5452_e355_3094;
const PHOTO40: u64 = 0xd3d8_f8ea_950a_aab7;
const APPLE30: u64 = 0x2893_0247_df0c_f8fe;
const SHAPES: u64 = 0x206c_9b69_a8bb_217c;
