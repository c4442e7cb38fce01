//! What checking cards costs, beside reading them.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use vcardinal::validate::{Profile, validate};
use vcardinal::{Card, CardReader};

mod groups;

fn each_card(bytes: &[u8], mut each: impl FnMut(&Card)) {
    let mut reader = CardReader::from_slice(bytes);
    let mut card = Card::new();
    while reader
        .read_card(&mut card)
        .expect("a corpus exceeds no limit")
    {
        each(&card);
    }
}

fn check(criterion: &mut Criterion) {
    groups::for_each_corpus(criterion, "validate", |group, kind, corpus| {
        let bytes = corpus.bytes.as_slice();
        group.bench_function(BenchmarkId::new("read", kind), |bencher| {
            bencher.iter(|| {
                each_card(black_box(bytes), |card| {
                    black_box(card);
                })
            });
        });
        group.bench_function(BenchmarkId::new("read and validate", kind), |bencher| {
            bencher.iter(|| {
                let mut findings = 0;
                each_card(black_box(bytes), |card| {
                    findings += validate(card, Profile::Declared).iter().count();
                });
                findings
            });
        });
    });
}

criterion_group!(benches, check);
criterion_main!(benches);
