//! What holds for every input, tried on random ones. `VCARDINAL_CASES=100000 cargo test --release
//! --all-features --test properties` tries more of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]
#![cfg(feature = "base64")]

#[path = "common/cases.rs"]
mod cases;
#[path = "common/choices.rs"]
mod choices;
mod common;
#[path = "common/laws.rs"]
mod laws;

use cases::cases;
use choices::Choices;
use proptest::prelude::*;
use vcardinal::Limits;

/// Bytes that show as text when a case fails.
#[derive(Clone)]
struct Bytes(Vec<u8>);

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

impl std::ops::Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// Pieces that matter to the line grammar, so that random inputs meet its corners.
fn soup(most: usize) -> impl Strategy<Value = Bytes> {
    let piece = prop_oneof![
        12 => prop::sample::select(vec![
            "BEGIN:VCARD\n", "END:VCARD\n", "begin : vcard ", "BEGIN:VCARD", "END:VCARD", "VERSION:2.1\r\n", "VERSION:4.0\n",
            "VERSION:3.0\r", "\r\n", "\n", "\r", " ", "\t", "=", ":", ";", ",", "\"", "\\", ".", "NOTE", "NOTE:a\r\n",
            "AGENT:", "AGENT:\n", "PHOTO;BASE64:", "QUJD\n", "ENCODING=b", "QUOTED-PRINTABLE", "END", "BEG", "IN:VCARD",
            "X;ENCODING=QUOTED-PRINTABLE:", "TEL;TYPE=\"a:b\":1\n", "\r\n ", "=\r\n", "\u{feff}", "é", "item1.",
            "N:Quist;Zoë\\;x,y;;\n", "TEL;X=a\\:b:1\n", ";CHARSET=ISO-8859-1:", "X-A;B=\"c\n",
            "TEL;X-CUSTOM(ENCODING=QUOTED-PRINTABLE,=4=\n", "=41=\r\n", "=42):1\n", ")",
        ]).prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(piece, 0..most).prop_map(|pieces| Bytes(pieces.concat()))
}

/// A card of some version with a few such lines in it.
fn card() -> impl Strategy<Value = Bytes> {
    let version = prop::sample::select(vec![
        "",
        "VERSION:2.1\n",
        "VERSION:3.0\r\n",
        "VERSION:4.0\r\n",
    ]);
    let fixture = prop::sample::select(small_fixtures());
    prop_oneof![
        (version, soup(24), any::<bool>()).prop_map(|(version, lines, closed)| {
            let end: &[u8] = if closed { b"\nEND:VCARD" } else { b"" };
            Bytes([b"BEGIN:VCARD\n", version.as_bytes(), &lines, end].concat())
        }),
        fixture,
    ]
}

fn small_fixtures() -> Vec<Bytes> {
    common::fixtures()
        .into_iter()
        .map(|path| std::fs::read(path).unwrap())
        .filter(|bytes| bytes.len() < 1500)
        .map(Bytes)
        .collect()
}

/// Limits so small that random inputs reach them.
fn small_limits() -> impl Strategy<Value = Limits> {
    let at_most = |most| prop_oneof![Just(usize::MAX), 1..most];
    (
        at_most(60usize),
        at_most(120),
        at_most(6),
        at_most(3),
        0usize..3,
    )
        .prop_map(|(line, card, properties, parameters, nesting)| {
            let mut limits = Limits::default();
            limits.line = line.min(limits.line);
            limits.card = card.min(limits.card);
            limits.properties = properties;
            limits.parameters = parameters;
            limits.nesting = nesting;
            limits
        })
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn ok_reading_does_not_depend_on_the_cut(bytes in soup(60)) {
        laws::reading(&bytes, &Limits::default());
    }

    #[test]
    fn ok_limits_do_not_depend_on_the_cut(bytes in soup(60), limits in small_limits()) {
        laws::reading(&bytes, &limits);
    }

    #[test]
    fn ok_lines_do_not_depend_on_the_cut(bytes in soup(30), limits in small_limits()) {
        laws::lines(&bytes, &Limits::default());
        laws::lines(&bytes, &limits);
    }

    #[test]
    fn ok_any_bytes_copy_identically(bytes in prop::collection::vec(any::<u8>(), 0..300).prop_map(Bytes)) {
        laws::reading(&bytes, &Limits::default());
    }

    #[test]
    fn ok_every_question_has_an_answer(bytes in card()) {
        laws::asking(&bytes);
    }

    #[test]
    fn ok_cards_of_many_inputs_stay_apart(one in soup(12), two in card(), three in card()) {
        laws::writing(&[&one, &two, &three]);
    }

    #[test]
    fn ok_edits_touch_nothing_else(bytes in card(), choices in prop::collection::vec(any::<u8>(), 0..120).prop_map(Bytes)) {
        laws::editing(&bytes, &mut Choices::new(&choices));
    }

    #[test]
    fn ok_any_strings_are_built_into_lines(choices in prop::collection::vec(any::<u8>(), 0..300).prop_map(Bytes)) {
        laws::building(&mut Choices::new(&choices));
    }
}
