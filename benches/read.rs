//! Bytes to lines, and to cards: one card filled again and again, the iterator, and all cards
//! kept. What was made is dropped inside the measurement.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use vcardinal::{Card, CardReader, LineReader};

mod groups;

fn read(criterion: &mut Criterion) {
    groups::for_each_corpus(criterion, "read", |group, kind, corpus| {
        let bytes = corpus.bytes.as_slice();
        // BEGIN and END of each card are lines too.
        let lines = corpus.properties() + 2 * corpus.cards.len();
        group.bench_function(BenchmarkId::new("lines", kind), |bencher| {
            bencher.iter(|| {
                let mut reader = LineReader::from_slice(black_box(bytes));
                let mut count = 0;
                while let Some(line) = reader.next_line().expect("a corpus exceeds no limit") {
                    black_box(&line);
                    count += 1;
                }
                assert_eq!(count, lines);
            });
        });
        group.bench_function(BenchmarkId::new("one reused card", kind), |bencher| {
            let mut card = Card::new();
            bencher.iter(|| {
                let mut reader = CardReader::from_slice(black_box(bytes));
                let mut count = 0;
                while reader
                    .read_card(&mut card)
                    .expect("a corpus exceeds no limit")
                {
                    count += 1;
                }
                assert_eq!(count, corpus.cards.len());
            });
        });
        group.bench_function(BenchmarkId::new("cards", kind), |bencher| {
            bencher.iter(|| {
                let mut count = 0;
                for card in CardReader::from_slice(black_box(bytes)) {
                    drop(black_box(card.expect("a corpus exceeds no limit")));
                    count += 1;
                }
                assert_eq!(count, corpus.cards.len());
            });
        });
        group.bench_function(BenchmarkId::new("cards kept", kind), |bencher| {
            bencher.iter(|| -> Vec<Card> {
                CardReader::from_slice(black_box(bytes))
                    .collect::<Result<_, _>>()
                    .expect("a corpus exceeds no limit")
            });
        });
    });
}

criterion_group!(benches, read);
criterion_main!(benches);
