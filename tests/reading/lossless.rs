//! What was read and not touched goes out as it came, however the input arrives.

use std::path::Path;

use proptest::prelude::*;
use vcardinal::{Card, CardReader, CardWriter, Event, LineReader, PushReader};

use crate::common;
use crate::common::cases;

/// What a reader made of an input, for comparison: the bytes of each card, and all bytes.
#[derive(Debug, PartialEq, Eq, Default)]
struct Seen {
    cards: Vec<(u64, u64, Vec<u8>)>,
    refused: usize,
    all: Vec<u8>,
}

impl Seen {
    fn note(&mut self, event: &Event<'_>) {
        match event {
            Event::Card(card) => {
                let at = card.position();
                let bytes = card.to_bytes();
                self.cards.push((at.byte, at.line, bytes.to_vec()));
                self.all.extend_from_slice(&bytes);
            }
            Event::Junk(junk) => self.all.extend_from_slice(junk.bytes()),
            Event::Bad { bytes, .. } => {
                self.refused += 1;
                self.all.extend_from_slice(bytes);
            }
            _ => unreachable!(),
        }
    }
}

fn from_slice(bytes: &[u8]) -> Seen {
    let mut seen = Seen::default();
    let mut reader = CardReader::from_slice(bytes);
    while let Some(event) = reader.next_event().unwrap() {
        seen.note(&event);
    }
    seen
}

fn from_stream(bytes: &[u8], capacity: usize) -> Seen {
    let mut seen = Seen::default();
    let mut reader = CardReader::from_reader(std::io::BufReader::with_capacity(capacity, bytes));
    while let Some(event) = reader.next_event().unwrap() {
        seen.note(&event);
    }
    seen
}

fn from_pieces<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Seen {
    let mut seen = Seen::default();
    let mut reader = PushReader::new();
    for piece in pieces {
        reader.push(piece);
        while let Some(event) = reader.next_event() {
            seen.note(&event);
        }
    }
    reader.finish();
    while let Some(event) = reader.next_event() {
        seen.note(&event);
    }
    seen
}

/// Whether a line of the input is a BEGIN line by itself.
fn has_begin(bytes: &[u8]) -> bool {
    bytes
        .split(|byte| matches!(byte, b'\r' | b'\n'))
        .any(|line| {
            let line = String::from_utf8_lossy(line).to_ascii_uppercase();
            let line = line.trim_start_matches('\u{feff}');
            line.split_once(':')
                .is_some_and(|(name, value)| name.trim_end() == "BEGIN" && value.trim() == "VCARD")
        })
}

fn check_file(path: &Path) {
    let bytes = std::fs::read(path).unwrap();
    let whole = from_slice(&bytes);
    assert_eq!(whole.all, bytes, "{}", path.display());
    assert!(
        !has_begin(&bytes) || !whole.cards.is_empty() || whole.refused > 0,
        "{}: no card",
        path.display()
    );
    for capacity in [1, 7, 8192] {
        assert_eq!(
            from_stream(&bytes, capacity),
            whole,
            "{} read {capacity} bytes at a time",
            path.display()
        );
    }
    assert_eq!(
        from_pieces(bytes.chunks(1)),
        whole,
        "{} byte by byte",
        path.display()
    );
}

#[test]
fn ok_fixtures_copy_identically() {
    let files = common::fixtures();
    assert!(files.len() > 600);
    for path in files {
        check_file(&path);
    }
}

#[test]
fn ok_fixtures_cut_at_every_byte() {
    for path in common::fixtures() {
        let bytes = std::fs::read(&path).unwrap();
        let whole = from_slice(&bytes);
        // The long ones are runs of the same few bytes; their first and last cuts are enough.
        let cuts = bytes.len();
        for cut in (0..cuts).filter(|cut| cuts < 1500 || *cut < 300 || cuts - cut < 300) {
            let (before, after) = bytes.split_at(cut);
            assert_eq!(
                from_pieces([before, after]),
                whole,
                "{} cut at {cut}",
                path.display()
            );
        }
    }
}

#[test]
fn ok_corpus_copies_identically() {
    for path in common::corpus() {
        check_file(&path);
    }
}

#[test]
fn ok_each_card_reads_alone_as_in_its_file() {
    for path in common::fixtures().into_iter().chain(common::corpus()) {
        let bytes = std::fs::read(&path).unwrap();
        for card in CardReader::from_slice(&bytes) {
            let Ok(card) = card else { continue };
            let again = Card::parse(card.to_bytes()).unwrap();
            assert_eq!(again, card, "{}", path.display());
            assert!(again.same_content(&card), "{}", path.display());
            let (a, b) = (again.properties().count(), card.properties().count());
            assert_eq!(a, b, "{}", path.display());
        }
    }
}

#[test]
fn ok_writer_copies_events() {
    for path in common::fixtures() {
        let bytes = std::fs::read(&path).unwrap();
        let mut reader = CardReader::from_slice(&bytes);
        let mut writer = CardWriter::from_writer(Vec::new());
        while let Some(event) = reader.next_event().unwrap() {
            writer.write_event(&event).unwrap();
        }
        assert_eq!(writer.into_inner().unwrap(), bytes, "{}", path.display());
    }
}

/// Pieces that matter to the line grammar, so that random inputs meet its corners.
fn soup() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "BEGIN:VCARD", "END:VCARD", "begin : vcard ", "VERSION:2.1", "VERSION:4.0", "\r\n", "\n", "\r", " ", "\t",
            "=", ":", ";", ",", "\"", "\\", ".", "NOTE", "AGENT:", "PHOTO;BASE64:", "QUJD", "ENCODING=b", "QUOTED-PRINTABLE",
            "X;ENCODING=QUOTED-PRINTABLE:", "TEL;TYPE=\"a:b\":1", "\r\n ", "=\r\n", "\u{feff}", "é", "item1.",
        ]).prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases::cases(4000))]

    #[test]
    fn ok_any_bytes_copy_identically(bytes in soup(), cut in any::<prop::sample::Index>()) {
        let whole = from_slice(&bytes);
        prop_assert_eq!(&whole.all, &bytes);
        prop_assert_eq!(&from_stream(&bytes, 3), &whole);
        prop_assert_eq!(&from_pieces(bytes.chunks(1)), &whole);
        let (before, after) = bytes.split_at(cut.index(bytes.len() + 1));
        prop_assert_eq!(&from_pieces([before, after]), &whole);
    }
}

/// The raw bytes of each line, and where each begins.
fn lines<I: vcardinal::syntax::Input>(
    reader: &mut LineReader<I>,
    seen: &mut Vec<(u64, u64, Vec<u8>, String)>,
) {
    while let Some(line) = reader.next_line().unwrap() {
        let (raw, name) = (line.raw().to_vec(), line.name().to_owned());
        let at = reader.position();
        seen.push((at.byte, at.line, raw, name));
    }
}

#[test]
fn ok_lines_are_the_input() {
    for path in common::fixtures().into_iter().chain(common::corpus()) {
        let bytes = std::fs::read(&path).unwrap();
        let mut whole = Vec::new();
        lines(&mut LineReader::from_slice(&bytes), &mut whole);
        assert_eq!(
            whole
                .iter()
                .flat_map(|line| line.2.clone())
                .collect::<Vec<u8>>(),
            bytes,
            "{}",
            path.display()
        );

        let mut streamed = Vec::new();
        let stream = std::io::BufReader::with_capacity(5, &bytes[..]);
        lines(&mut LineReader::from_reader(stream), &mut streamed);

        let mut pieces = Vec::new();
        let mut reader = LineReader::from_pieces();
        for piece in bytes.chunks(1) {
            reader.push(piece);
            lines(&mut reader, &mut pieces);
        }
        reader.finish();
        lines(&mut reader, &mut pieces);
        // A run of blank lines is one line, or several when they arrive one by one.
        let content = |lines: Vec<(u64, u64, Vec<u8>, String)>| -> Vec<_> {
            lines
                .into_iter()
                .filter(|line| !line.2.trim_ascii().is_empty())
                .collect()
        };
        let whole = content(whole);
        assert_eq!(content(streamed), whole, "{}", path.display());
        assert_eq!(content(pieces), whole, "{}", path.display());
    }
}

#[test]
fn ok_a_card_comes_as_soon_as_its_last_byte() {
    let card = b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nEND:VCARD\r\n";
    for cut in 0..card.len() {
        let mut reader = PushReader::new();
        for piece in [&card[..cut], &card[cut..]] {
            reader.push(piece);
        }
        assert!(
            matches!(reader.next_event(), Some(Event::Card(_))),
            "cut at {cut}"
        );
    }
    let mut reader = PushReader::new();
    for byte in card {
        assert!(reader.next_event().is_none());
        reader.push(std::slice::from_ref(byte));
    }
    assert!(matches!(reader.next_event(), Some(Event::Card(_))));
}
