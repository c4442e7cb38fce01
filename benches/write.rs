//! Cards to bytes: untouched, with every value set, and built from decoded values. The ceiling is
//! a copy of each card's bytes out of a `Vec<Vec<u8>>`.

use std::hint::black_box;

use card_parts::{Parts, build, parts, set_all, values};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use vcardinal::{Card, CardReader};
use vcardinal_corpus::Corpus;

mod groups;

/// A figure counts only if what was written says the same.
fn assert_reads_right(written: &[u8], corpus: &Corpus) {
    let mut count = 0;
    for (card, facts) in CardReader::from_slice(written).zip(&corpus.cards) {
        let card = card.expect("what was written exceeds no limit");
        let text = |name| {
            card.property(name)
                .and_then(|property| property.text().ok())
        };
        assert_eq!(text("FN").as_deref(), Some(facts.full_name.as_str()));
        assert_eq!(text("NOTE").as_deref(), Some(facts.note.as_str()));
        count += 1;
    }
    assert_eq!(count, corpus.cards.len());
}

fn write(criterion: &mut Criterion) {
    groups::for_each_corpus(criterion, "write", |group, kind, corpus| {
        let cards: Vec<Card> = CardReader::from_slice(&corpus.bytes)
            .collect::<Result<_, _>>()
            .expect("a corpus exceeds no limit");
        let mut out = Vec::with_capacity(corpus.bytes.len() * 2);

        group.bench_function(BenchmarkId::new("untouched", kind), |bencher| {
            bencher.iter(|| {
                out.clear();
                for card in black_box(&cards) {
                    card.append_to(&mut out);
                }
                black_box(&out);
            });
            assert_eq!(out, corpus.bytes);
        });

        let edited: Vec<Card> = cards
            .iter()
            .map(|card| {
                let mut card = card.clone();
                let values = values(&card);
                set_all(&mut card, &values);
                card
            })
            .collect();
        group.bench_function(BenchmarkId::new("all edited", kind), |bencher| {
            bencher.iter(|| {
                out.clear();
                for card in black_box(&edited) {
                    card.append_to(&mut out);
                }
                black_box(&out);
            });
            assert_reads_right(&out, corpus);
        });

        let all: Vec<Parts> = cards.iter().map(parts).collect();
        group.bench_function(BenchmarkId::new("built", kind), |bencher| {
            bencher.iter(|| {
                out.clear();
                for parts in black_box(&all) {
                    build(parts).append_to(&mut out);
                }
                black_box(&out);
            });
            assert_reads_right(&out, corpus);
        });

        let copies: Vec<Vec<u8>> = cards
            .iter()
            .map(|card| card.to_bytes().into_owned())
            .collect();
        group.bench_function(BenchmarkId::new("copy, the ceiling", kind), |bencher| {
            bencher.iter(|| {
                out.clear();
                for bytes in black_box(&copies) {
                    out.extend_from_slice(bytes);
                }
                black_box(&out);
            });
        });
    });
}

criterion_group!(benches, write);
criterion_main!(benches);
