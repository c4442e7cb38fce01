//! A card as it was read, or laid out anew: the canonical layout.

use alloc::vec::Vec;

use super::Card;
use crate::syntax::continuation::{continues_base64, ends_in_soft_break};
use crate::syntax::flags::Flags;
use crate::syntax::fold::fold;
use crate::syntax::physical::physical_end;
use crate::syntax::sentinel::{self, Found, Sentinel};
use crate::syntax::span::slice;
use crate::version::Version;

/// What the bytes of a written card look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Layout {
    /// As the card was read, with the edits that were made.
    #[default]
    Untouched,
    /// Lines end in CRLF and are folded at 75 octets, blank lines are gone, and the card has an
    /// END. Names, parameters and values are as they were. RFC 6350, 3.2.
    Canonical,
}

crate::word::words! {
    Layout, "untouched or canonical": Untouched "untouched", Canonical "canonical"
}

impl Card {
    /// Appends its bytes in the given layout.
    ///
    /// ```
    /// use vcardinal::{Card, Layout};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\n\nFN:Zoë\n  Quist\n")?;
    /// let mut bytes = Vec::new();
    /// card.append_with(Layout::Canonical, &mut bytes);
    /// assert_eq!(bytes, "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoë Quist\r\nEND:VCARD\r\n".as_bytes());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn append_with(&self, layout: Layout, out: &mut Vec<u8>) {
        match layout {
            Layout::Untouched => self.append_to(out),
            Layout::Canonical => self.append_canonical(out),
        }
    }

    fn append_canonical(&self, out: &mut Vec<u8>) {
        let mut logical = Vec::new();
        // What the line before takes along.
        let mut before = Flags::SENTINEL;
        for entry in self.lines() {
            let line = entry.line();
            let flags = line.flags();
            if line.is_blank() {
                continue;
            }
            if flags.has(Flags::SENTINEL) {
                before = flags;
                // White space in it says nothing, and a fold would part the word.
                out.extend_from_slice(line.head().trim_ascii());
                out.push(b':');
                out.extend_from_slice(line.value().trim_ascii());
                out.extend_from_slice(b"\r\n");
                continue;
            }
            let apart = core::mem::replace(&mut before, flags);
            let physical_lines = !line.is_content()
                || flags.has(Flags::QUOTED_PRINTABLE)
                || flags.has(Flags::NESTED)
                || (flags.has(Flags::BASE64) && self.effective_version() == Version::V2_1);
            if physical_lines {
                // Their line breaks are part of what they say; only their endings change.
                logical.clear();
                if line.is_content() {
                    logical.extend_from_slice(line.head());
                    logical.push(b':');
                    logical.extend_from_slice(line.raw_value());
                } else {
                    logical.extend_from_slice(trim_start(line.raw_value()));
                }
                if logical.is_empty() {
                    // Nothing but white space.
                    before = apart;
                    continue;
                }
                if flags.has(Flags::INDENTED)
                    && matches!(sentinel::find(&logical, true), Found::Sentinel { .. })
                {
                    logical.insert(0, b' ');
                }
                keep_apart(apart, &logical, out);
                let is_text = flags.has(Flags::QUOTED_PRINTABLE);
                // After a soft line break the blank of a line may be its text.
                lines_with_crlf(&logical, out, |before| {
                    !line.is_content() || is_text && !ends_in_soft_break(before)
                });
                if flags.has(Flags::NESTED) && flags.has(Flags::OPEN) {
                    for _ in 0..open_cards(line.raw_value()) {
                        out.extend_from_slice(b"END:VCARD\r\n");
                    }
                }
                if flags.has(Flags::BASE64) && self.effective_version() == Version::V2_1 {
                    out.extend_from_slice(b"\r\n");
                }
                continue;
            }
            logical.clear();
            logical.extend_from_slice(line.head());
            logical.push(b':');
            logical.extend_from_slice(&line.value());
            if flags.has(Flags::INDENTED) && sentinel::sentinel(&logical).is_some() {
                // Without the white space before it, it would frame a card.
                logical.insert(0, b' ');
            }
            keep_apart(apart, &logical, out);
            match self.effective_version() {
                // Readers of 2.1 differ in what a fold leaves behind, so that there is none.
                Version::V2_1 => {
                    out.extend_from_slice(&logical);
                    out.extend_from_slice(b"\r\n");
                }
                _ => fold_line(&logical, out),
            }
        }
        if !self.is_closed() {
            out.extend_from_slice(b"END:VCARD\r\n");
        }
    }
}

/// Folds a line; or does not, where the first part of it alone would frame a card: `END:VCARD`, white space
/// up to the fold, and something else.
fn fold_line(logical: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    fold(logical, "\r\n", out);
    if matches!(
        sentinel::find(slice(out, start..), true),
        Found::Sentinel { .. }
    ) {
        out.truncate(start);
        out.extend_from_slice(logical);
        out.extend_from_slice(b"\r\n");
    }
}

/// Puts an empty line between two lines that would be read as one without it.
fn keep_apart(before: Flags, line: &[u8], out: &mut Vec<u8>) {
    let joins = match line.first() {
        Some(b' ' | b'\t') => !before.has(Flags::SENTINEL),
        // What a label in a head would go on with; that of a head may be open now that an empty fold
        // after it is gone.
        Some(b'=' | b')') if before.has(Flags::OPEN) || out.ends_with(b"=\r\n") => true,
        _ => before.has(Flags::BASE64) && continues_base64(line, true) == Some(true),
    };
    if joins && !out.ends_with(b"\r\n\r\n") {
        out.extend_from_slice(b"\r\n");
    }
}

/// How many cards are begun and not ended in the lines of a nested card.
fn open_cards(lines: &[u8]) -> usize {
    let mut open = 0_usize;
    let mut rest = lines;
    while let Some(end) = physical_end(rest, 0, true).filter(|_| !rest.is_empty()) {
        let next = match sentinel::find(rest, true) {
            Found::Sentinel { sentinel, end, .. } => {
                open = match sentinel {
                    Sentinel::Begin => open + 1,
                    Sentinel::End => open.saturating_sub(1),
                };
                end.next
            }
            _ => end.next,
        };
        rest = slice(rest, next..);
    }
    open
}

fn trim_start(mut line: &[u8]) -> &[u8] {
    while let [b' ' | b'\t' | b'\r' | b'\n', after @ ..] = line {
        line = after;
    }
    line
}

/// The physical lines of a logical line, each with CRLF. The last has no ending of its own: where
/// one stands, an empty line comes after it.
///
/// Where a fold says nothing, by the physical line before it, one that is empty is left out, and one inside
/// of a character is undone.
fn lines_with_crlf(logical: &[u8], out: &mut Vec<u8>, tidies_folds: impl Fn(&[u8]) -> bool) {
    let mut start = 0;
    let mut before: &[u8] = &[];
    while let Some(end) = physical_end(logical, start, true) {
        let line = slice(logical, start..end.content);
        let tidies = start > 0 && tidies_folds(before);
        before = line;
        match line {
            [b' ' | b'\t'] if tidies => {}
            [b' ' | b'\t', rest @ ..]
                if tidies
                    && rest.first().is_some_and(|first| first & 0xC0 == 0x80)
                    && out.ends_with(b"\r\n") =>
            {
                out.truncate(out.len() - 2);
                out.extend_from_slice(rest);
                out.extend_from_slice(b"\r\n");
            }
            line => {
                out.extend_from_slice(line);
                out.extend_from_slice(b"\r\n");
            }
        }
        if end.next == end.content {
            break;
        }
        start = end.next;
    }
}
