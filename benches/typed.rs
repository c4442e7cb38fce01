//! Typed values of cards: of cards in memory, and reading the cards with it.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use vcardinal::{Card, CardReader};

mod groups;

/// Reads every value; how many there are.
fn values(card: &Card) -> usize {
    card.properties()
        .map(|property| drop(black_box(property.value().expect("a value of its type"))))
        .count()
}

/// Asks by name, as a program does that shows a contact.
fn by_name(card: &Card) {
    macro_rules! all {
        ($($name:ident)+) => {$(
            for property in IntoIterator::into_iter(card.$name()) {
                let _ = black_box(property.value().expect("a value of its type"));
            }
        )+};
    }
    macro_rules! one {
        ($($name:ident)+) => {$(
            if let Some(property) = card.$name() {
                let _ = black_box(property.value().expect("a value of its type"));
            }
        )+};
    }
    all!(full_names names nicknames phones emails addresses organizations titles urls notes);
    all!(categories);
    one!(photo birthday uid rev);
}

fn typed(criterion: &mut Criterion) {
    groups::for_each_corpus(criterion, "typed", |group, kind, corpus| {
        let bytes = corpus.bytes.as_slice();
        let cards: Vec<Card> = CardReader::from_slice(bytes)
            .collect::<Result<_, _>>()
            .expect("a corpus exceeds no limit");
        group.bench_function(BenchmarkId::new("every value", kind), |bencher| {
            bencher.iter(|| {
                let count: usize = cards.iter().map(values).sum();
                assert_eq!(count, corpus.properties());
            });
        });
        group.bench_function(BenchmarkId::new("read and every value", kind), |bencher| {
            let mut card = Card::new();
            bencher.iter(|| {
                let mut reader = CardReader::from_slice(black_box(bytes));
                let mut count = 0;
                while reader
                    .read_card(&mut card)
                    .expect("a corpus exceeds no limit")
                {
                    count += values(&card);
                }
                assert_eq!(count, corpus.properties());
            });
        });
        group.bench_function(BenchmarkId::new("by name", kind), |bencher| {
            bencher.iter(|| cards.iter().for_each(by_name));
        });
    });
}

criterion_group!(benches, typed);
criterion_main!(benches);
