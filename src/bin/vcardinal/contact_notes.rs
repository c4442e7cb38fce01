//! What a contact cannot hold of a card, said on standard error.

use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};

use vcardinal::Card;
use vcardinal::contact::{LeftOut, LeftOutReason};
use vcardinal::syntax::line_breaks;

use crate::message::{self, count, printable};

/// How often one kind of note is said in full; a file of 200,000 cards has as many of some.
const SAID: u64 = 10;

/// Kinds of notes that are counted apart; names are whatever a card has.
const KINDS: usize = 256;

/// Letters of a name by which kinds are told apart.
const NAME: usize = 60;

/// The beginning of a name in capitals, and what happened to its lines.
type Kind = (String, Discriminant<LeftOutReason>);

/// The notes of one file.
#[derive(Debug)]
pub struct Notes {
    file: String,
    /// How many there are of each kind, and what the first one said.
    kinds: HashMap<Kind, (u64, String)>,
    /// The kinds in the order in which they came.
    order: Vec<Kind>,
    others: u64,
}

impl Notes {
    pub fn of(file: String) -> Self {
        Notes {
            file,
            kinds: HashMap::new(),
            order: Vec::new(),
            others: 0,
        }
    }

    /// Says what is left out of a card, or counts it.
    pub fn say(&mut self, title: &str, card: &Card, left_out: &LeftOut) {
        let bytes = card.to_bytes();
        let position = card.position();
        let (mut line, mut counted) = (position.line, 0);
        for item in left_out.iter() {
            let text = item.to_string();
            let name = item.name.chars().take(NAME);
            let name = name.collect::<String>().to_ascii_uppercase();
            let kind = (name, discriminant(&item.reason));
            if !self.is_said(kind, &text) {
                continue;
            }
            let span = card.entry(item.entry).and_then(|entry| entry.span());
            let start = span.and_then(|span| span.start.checked_sub(position.byte));
            if let Some(start) = start.and_then(|start| usize::try_from(start).ok())
                && let Some(between) = bytes.get(counted..start)
            {
                line += line_breaks(between);
                counted = start;
            }
            message::say(&format!("note: {title}: line {line}: {}", printable(&text)));
        }
    }

    fn is_said(&mut self, kind: Kind, text: &str) -> bool {
        if let Some((count, _)) = self.kinds.get_mut(&kind) {
            *count += 1;
            return *count <= SAID;
        }
        if self.order.len() >= KINDS {
            self.others += 1;
            return false;
        }
        self.order.push(kind.clone());
        self.kinds.insert(kind, (1, text.to_owned()));
        true
    }

    /// Says how many more there were.
    pub fn finish(self) {
        let file = &self.file;
        for kind in &self.order {
            let Some((all, text)) = self.kinds.get(kind) else {
                continue;
            };
            if let Some(more @ 1..) = all.checked_sub(SAID) {
                let more = count(more, "more note like this", "more notes like this");
                message::say(&format!("note: {file}: {more}: {}", printable(text)));
            }
        }
        if self.others > 0 {
            let others = count(self.others, "note of another kind", "notes of other kinds");
            message::say(&format!("note: {file}: {others}"));
        }
    }
}
