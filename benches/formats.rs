//! Cards to jCard, xCard and JSContact as texts, and back; and what serde_json alone takes for the texts of two
//! of them. The rate is of the bytes of the vCards.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use serde_json::Value;
use vcardinal::{Card, CardReader, jcard, jscontact, xcard};

mod groups;

/// A format: to its text, and back.
type Format = (&'static str, fn(&Card) -> String, fn(&str) -> Card);

const FORMATS: [Format; 3] = [
    (
        "jCard",
        |card| jcard::to_string(card).expect("a card"),
        |text| jcard::from_str(text).expect("what was written"),
    ),
    (
        "xCard",
        |card| xcard::to_string([card]).expect("a card"),
        |text| {
            let mut reader = xcard::Reader::new(text.as_bytes());
            reader.next().expect("a card").expect("what was written")
        },
    ),
    (
        "JSContact",
        |card| jscontact::to_string(card).expect("a card"),
        |text| jscontact::from_str(text).expect("what was written"),
    ),
];

fn formats(criterion: &mut Criterion) {
    groups::for_each_corpus(criterion, "formats", |group, kind, corpus| {
        let cards: Vec<Card> = CardReader::from_slice(&corpus.bytes)
            .collect::<Result<_, _>>()
            .expect("a corpus exceeds no limit");
        for (name, to, from) in FORMATS {
            group.bench_function(BenchmarkId::new(format!("to {name}"), kind), |bencher| {
                bencher.iter(|| {
                    for card in black_box(&cards) {
                        black_box(to(card));
                    }
                });
            });
            let texts: Vec<String> = cards.iter().map(to).collect();
            group.bench_function(BenchmarkId::new(format!("from {name}"), kind), |bencher| {
                bencher.iter(|| {
                    for text in black_box(&texts) {
                        black_box(from(text));
                    }
                });
            });
            if name == "xCard" {
                continue;
            }
            let id = BenchmarkId::new(format!("serde_json, {name} there and back"), kind);
            group.bench_function(id, |bencher| {
                bencher.iter(|| {
                    for text in black_box(&texts) {
                        let value: Value = serde_json::from_str(text).expect("it is JSON");
                        black_box(value.to_string());
                    }
                });
            });
        }
    });
}

criterion_group!(benches, formats);
criterion_main!(benches);
