//! Edits of cards in memory: one value, one parameter, one line more and one less, and every value
//! of a card. Copies of the cards are made outside of the measurement.

use std::hint::black_box;

use card_parts::set_all;
use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use vcardinal::{Card, CardReader, Parameter, Property};

mod groups;

fn edit(criterion: &mut Criterion) {
    groups::for_each_corpus(criterion, "edit", |group, kind, corpus| {
        let cards: Vec<Card> = CardReader::from_slice(&corpus.bytes)
            .collect::<Result<_, _>>()
            .expect("a corpus exceeds no limit");
        let values: Vec<_> = cards.iter().map(card_parts::values).collect();
        let note = Property::text("NOTE", "One more; with a comma, too").expect("a name");
        let preferred = Parameter::new("PREF", ["1"]).expect("a name");

        let mut bench = |name: &str, edit: &mut dyn FnMut(usize, &mut Card)| {
            group.bench_function(BenchmarkId::new(name, kind), |bencher| {
                bencher.iter_batched_ref(
                    || cards.clone(),
                    |cards| {
                        for (index, card) in cards.iter_mut().enumerate() {
                            edit(index, black_box(card));
                        }
                    },
                    BatchSize::LargeInput,
                );
            });
        };
        bench("one value", &mut |_, card| {
            card.property_mut("FN")
                .expect("every card has one")
                .set_text("Ada Quist")
                .expect("text has a form in every version");
        });
        bench("one parameter", &mut |_, card| {
            card.property_mut("TEL")
                .expect("every card has one")
                .set_parameter(preferred.clone())
                .expect("digits have a form in every version");
        });
        bench("add and remove a line", &mut |_, card| {
            card.push(note.clone()).expect("a card has an end");
            card.property_mut("NOTE")
                .expect("every card has one")
                .remove()
                .expect("nothing is glued to it");
        });
        bench("every value", &mut |index, card| {
            set_all(card, &values[index]);
        });
    });
}

criterion_group!(benches, edit);
criterion_main!(benches);
