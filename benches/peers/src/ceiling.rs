//! What the machine can do on the same bytes without allocating: no reader is faster than the
//! search for its lines, no writer faster than a copy.

use std::hint::black_box;
use std::ops::Range;

use memchr::{memchr, memchr2};

/// Copies the input once.
pub fn copy(input: &[u8], out: &mut Vec<u8>) {
    out.clear();
    out.extend_from_slice(black_box(input));
    black_box(out);
}

/// What a reader of lines must at least find.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Found {
    pub lines: usize,
    pub folds: usize,
    /// Colons that end a head: the first outside quotes of a logical line.
    pub colons: usize,
}

/// Finds every line end, every fold, and the colon that ends each head.
pub fn find(input: &[u8]) -> Found {
    let mut found = Found::default();
    let mut rest = input;
    let mut continues = false;
    while !rest.is_empty() {
        let end = memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at(end);
        found.lines += 1;
        if continues {
            found.folds += 1;
        } else if colon(line).is_some() {
            found.colons += 1;
        }
        continues = matches!(after.first(), Some(b' ' | b'\t'));
        rest = after;
    }
    found
}

fn colon(line: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let hit = at + memchr2(b':', b'"', line.get(at..)?)?;
        if line.get(hit) == Some(&b':') {
            return Some(hit);
        }
        at = hit + 2 + memchr(b'"', line.get(hit + 1..)?)?;
    }
}

/// The cards as a program without any library would hold them: a copy of the bytes of each.
pub fn cards(input: &[u8], spans: &[Range<usize>]) -> Vec<Vec<u8>> {
    spans
        .iter()
        .map(|span| input[span.clone()].to_vec())
        .collect()
}

/// Copies each card's bytes out.
pub fn copy_cards(cards: &[Vec<u8>], out: &mut Vec<u8>) {
    out.clear();
    for card in black_box(cards) {
        out.extend_from_slice(card);
    }
    black_box(out);
}
