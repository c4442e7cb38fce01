//! A uniform face for every crate compared.

use std::hint::black_box;
use std::marker::PhantomData;

use vcardinal_corpus::{CardFacts, Corpus, escape};

mod calcard;
mod formats;
mod ical;
mod ical_vcard;
mod vcard;
mod vcard4;
mod vcard_rs;
mod vcardinal;
mod vobject;
mod vparser;

/// What a reader says the FN and the NOTE of one card are.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Texts {
    pub full_name: String,
    pub note: String,
}

/// One way to read a file, and to write it back where the crate can.
pub trait Peer {
    const NAME: &'static str;
    /// Whether text is handed out as it stands in the file, escapes undecoded.
    const RAW: bool = false;
    /// Whether the row is about writing alone, because its reading does more than reading.
    const WRITES_ALONE: bool = false;
    /// What reading makes; kept alive until it is dropped inside the measurement.
    type Model<'a>;

    fn read(input: &str) -> Result<Self::Model<'_>, String>;

    /// The FN and NOTE of every card, from a reading of its own.
    fn texts(input: &str) -> Result<Vec<Texts>, String>;

    /// Appends every card to `out`; false where the crate has no writer.
    fn write(_model: &Self::Model<'_>, _out: &mut Vec<u8>) -> bool {
        false
    }
}

/// A [`Peer`] whose types are hidden, so that peers fit in one list.
pub trait Row {
    fn name(&self) -> &'static str;
    fn raw(&self) -> bool;
    fn writes_alone(&self) -> bool;
    /// Reads the whole file and drops what came of it.
    fn read(&self, input: &str) -> Result<(), String>;
    /// Hands the writer to `measure`, which runs it as often as it likes.
    fn write(&self, input: &str, measure: &mut dyn FnMut(&mut dyn FnMut())) -> bool;
    /// What one writing makes.
    fn written(&self, input: &str) -> Option<Vec<u8>>;
    fn texts(&self, input: &str) -> Result<Vec<Texts>, String>;
    /// Reads and hands the live model to nobody, between two calls of the allocator's counter.
    fn held(&self, input: &str) -> Option<crate::heap::Heap>;
}

struct Of<P>(PhantomData<P>);

impl<P: Peer> Row for Of<P> {
    fn name(&self) -> &'static str {
        P::NAME
    }

    fn raw(&self) -> bool {
        P::RAW
    }

    fn writes_alone(&self) -> bool {
        P::WRITES_ALONE
    }

    fn read(&self, input: &str) -> Result<(), String> {
        drop(black_box(P::read(black_box(input))?));
        Ok(())
    }

    fn write(&self, input: &str, measure: &mut dyn FnMut(&mut dyn FnMut())) -> bool {
        let Ok(model) = P::read(input) else {
            return false;
        };
        let mut out = Vec::with_capacity(input.len() * 2);
        if !P::write(&model, &mut out) {
            return false;
        }
        measure(&mut || {
            out.clear();
            P::write(black_box(&model), &mut out);
            black_box(&out);
        });
        true
    }

    fn written(&self, input: &str) -> Option<Vec<u8>> {
        let model = P::read(input).ok()?;
        let mut out = Vec::new();
        P::write(&model, &mut out).then_some(out)
    }

    fn texts(&self, input: &str) -> Result<Vec<Texts>, String> {
        P::texts(input)
    }

    fn held(&self, input: &str) -> Option<crate::heap::Heap> {
        let (model, heap) = crate::heap::count(|| P::read(input));
        model.is_ok().then_some(heap)
    }
}

/// Every row of the tables, in their order.
pub fn all() -> Vec<Box<dyn Row>> {
    fn row<P: Peer + 'static>() -> Box<dyn Row> {
        Box::new(Of::<P>(PhantomData))
    }
    vec![
        row::<calcard::Each>(),
        row::<calcard::All>(),
        row::<vcardinal::Lines>(),
        row::<vcardinal::Reused>(),
        row::<vcardinal::Each>(),
        row::<vcardinal::All>(),
        row::<vcardinal::Typed>(),
        row::<vcardinal::Validated>(),
        row::<vcardinal::Converted>(),
        row::<formats::Contacts>(),
        row::<formats::CalcardContacts>(),
        row::<formats::Jcards>(),
        row::<formats::VcardRsJcards>(),
        row::<vcardinal::Edited>(),
        row::<vcardinal::EditedAll>(),
        row::<vcardinal::Built>(),
        row::<vcard_rs::Tree>(),
        row::<vcard_rs::Decoded>(),
        row::<ical_vcard::Lines>(),
        row::<vparser::Lines>(),
        row::<vobject::Components>(),
        row::<ical::Contacts>(),
        row::<vcard::Cards>(),
        row::<vcard4::Strict>(),
        row::<vcard4::Loose>(),
    ]
}

/// How well a corpus was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Cards whose FN and NOTE are what the generator wrote.
    pub right: usize,
    /// The error for the whole file, when there was one; then `right` counts cards read one by
    /// one.
    pub error: Option<String>,
}

/// Compares what `row` reads with the corpus's facts.
pub fn judge(row: &dyn Row, corpus: &Corpus) -> Verdict {
    let input = str::from_utf8(&corpus.bytes).expect("a corpus is UTF-8");
    match row.texts(input) {
        Ok(texts) => Verdict {
            right: right(&texts, &corpus.cards, row.raw()),
            error: None,
        },
        Err(error) => {
            let mut texts = Vec::new();
            for span in &corpus.spans {
                if let Ok(one) = row.texts(&input[span.clone()]) {
                    texts.extend(one);
                }
            }
            Verdict {
                right: right(&texts, &corpus.cards, row.raw()),
                error: Some(error),
            }
        }
    }
}

/// Counts the cards in both lists, so that one lost card costs one and not all that follow.
fn right(read: &[Texts], facts: &[CardFacts], raw: bool) -> usize {
    let text = |text: &str| if raw { escape(text) } else { text.to_owned() };
    let mut read: Vec<Texts> = read.to_vec();
    let mut wanted: Vec<Texts> = facts
        .iter()
        .map(|card| Texts {
            full_name: text(&card.full_name),
            note: text(&card.note),
        })
        .collect();
    read.sort_unstable();
    wanted.sort_unstable();
    let mut right = 0;
    let mut read = read.iter().peekable();
    for one in &wanted {
        while read.next_if(|&texts| texts < one).is_some() {}
        if read.next_if(|&texts| texts == one).is_some() {
            right += 1;
        }
    }
    right
}

/// Puts the lines of a file together to cards: a reader of lines has no other way to say which
/// card a text belongs to.
#[derive(Default)]
struct LineCollector {
    cards: Vec<Texts>,
    full_name: String,
    note: String,
}

impl LineCollector {
    fn line(&mut self, name: &str, value: &str) {
        if name.eq_ignore_ascii_case("FN") {
            value.clone_into(&mut self.full_name);
        } else if name.eq_ignore_ascii_case("NOTE") {
            value.clone_into(&mut self.note);
        } else if name.eq_ignore_ascii_case("END") {
            self.cards.push(Texts {
                full_name: std::mem::take(&mut self.full_name),
                note: std::mem::take(&mut self.note),
            });
        }
    }
}

/// The first line of an error's text, not more than fits in a table: some errors hold the whole
/// input.
fn excerpt(error: String) -> String {
    let line = error.lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(60).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short.replace(['\t', '|'], " ")
}
