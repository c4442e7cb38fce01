//! A card with CRLF at the end of each line.
//!
//! Line endings are everywhere in a card, inside of its lines too, so the whole source is written
//! anew and read again; that is done only if it says what it said. The lines keep their ids.

use alloc::vec::Vec;

use super::Card;
use super::edit_error::EditError;
use super::entry_id::EntryId;
use crate::syntax::physical::physical_end;
use crate::syntax::span::slice;

/// A line of a card, in order, and the index of the same line in the card read again.
struct Place {
    id: EntryId,
    /// None where a line was removed.
    index: Option<u32>,
    /// A blank line before it, which was written only to keep its neighbours apart.
    blank_before: Option<u32>,
}

impl Card {
    /// Ends each of its lines in CRLF, those inside of folded ones and the last one too; or only the
    /// last one, if it has no ending. Whether that changed anything.
    ///
    /// # Errors
    ///
    /// When lines of the card are parted only by the line endings they have.
    pub(crate) fn end_lines(&mut self, only_last: bool) -> Result<bool, EditError> {
        let old = self.to_bytes();
        let bytes = match only_last {
            true if old.ends_with(b"\n") || old.ends_with(b"\r") => return Ok(false),
            true => [&*old, b"\r\n"].concat(),
            false => with_crlf(&old),
        };
        if *bytes == *old {
            return Ok(false);
        }
        let new = Card::parse_with(&bytes, self.own_limits()).map_err(|_| EditError::Glued)?;
        if *new.to_bytes() != *bytes || !self.same_content(&new) {
            return Err(EditError::Glued);
        }
        let places = self.places_in(&new).ok_or(EditError::Glued)?;
        self.forget_names();
        let edits = self.edits();
        for place in &places {
            if let Some(index) = place.blank_before
                && let Some(before) = edits.before(place.id)
            {
                edits.insert_source_after(before, index);
            }
            match place.index {
                Some(index) => edits.put_source(place.id, index),
                None => edits.remove(place.id),
            }
        }
        edits.is_changed = true;
        edits.is_reread = true;
        (self.buffer, self.source, self.lines) = (new.buffer, new.source, new.lines);
        Ok(true)
    }

    /// Where each line of the card is in the same card read again; none where lines were joined or
    /// parted.
    fn places_in(&self, new: &Card) -> Option<Vec<Place>> {
        let mut places = Vec::with_capacity(new.lines.len());
        let mut index = 0;
        // BEGIN is never moved.
        let mut at = Some(EntryId::new(0));
        while let Some(id) = at {
            at = self.next_line(id);
            let Some(line) = self.content_line(id) else {
                places.push(Place {
                    id,
                    index: None,
                    blank_before: None,
                });
                continue;
            };
            let mut blank_before = None;
            let mut same = new.source_content_line(index as usize)?;
            if same.is_blank() && !line.is_blank() {
                blank_before = Some(index);
                index += 1;
                same = new.source_content_line(index as usize)?;
            }
            let mut flags = same.flags();
            flags.copy_ending(line.flags());
            if flags != line.flags() || same.head() != line.head() {
                return None;
            }
            places.push(Place {
                id,
                index: Some(index),
                blank_before,
            });
            index += 1;
        }
        (index as usize == new.lines.len()).then_some(places)
    }
}

/// The same lines, each with CRLF at its end.
fn with_crlf(bytes: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(bytes.len() + bytes.len() / 16 + 2);
    let mut start = 0;
    while let Some(end) = physical_end(bytes, start, true).filter(|_| start < bytes.len()) {
        lines.extend_from_slice(slice(bytes, start..end.content));
        lines.extend_from_slice(b"\r\n");
        start = end.next;
    }
    lines
}
