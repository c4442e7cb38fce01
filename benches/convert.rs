//! Cards of 3.0 to 4.0 and back. The rate is of the bytes of the source.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use vcardinal::{Card, CardReader, Version};

mod groups;

fn convert(criterion: &mut Criterion) {
    groups::for_each_corpus(criterion, "convert", |group, kind, corpus| {
        let cards: Vec<Card> = CardReader::from_slice(&corpus.bytes)
            .collect::<Result<_, _>>()
            .expect("a corpus exceeds no limit");
        for (name, to) in [("to 3.0", Version::V3_0), ("to 4.0", Version::V4_0)] {
            if cards.iter().all(|card| card.version() == Some(to)) {
                continue;
            }
            group.bench_function(BenchmarkId::new(name, kind), |bencher| {
                bencher.iter(|| {
                    for card in black_box(&cards) {
                        black_box(card.convert(to).expect("it is a target"));
                    }
                });
            });
        }
    });
}

criterion_group!(benches, convert);
criterion_main!(benches);
