//! What an edit does to the version of a card.
//!
//! The first VERSION that names a known version counts. When an edit would make another one of
//! it, to or from 2.1, quotes and backslashes in the parameters of other lines would mean
//! something else, and the edit is refused.

use super::Card;
use super::assemble::known_version;
use super::edit_error::EditError;
use super::entry_id::EntryId;
use crate::syntax::ContentLine;
use crate::syntax::flags::Flags;
use crate::syntax::grammar::{self, Dialect};
use crate::version::Version;

impl Card {
    /// The version that new lines are written in: where none is known, as in 3.0, which every
    /// reader of escapes understands.
    pub(super) fn write_version(&self) -> Version {
        self.version.unwrap_or(Version::V3_0)
    }

    /// The version of the card without a line, and with one that is put after another; and which
    /// line says so, if that is known.
    ///
    /// Cards with many VERSION lines are repaired one line at a time, so that most edits have to
    /// be answered without a look at the others.
    ///
    /// # Errors
    ///
    /// When lines of the card mean something else in it.
    pub(super) fn version_after(
        &self,
        without: Option<EntryId>,
        with: Option<(EntryId, ContentLine<'_>)>,
    ) -> Result<(Option<Version>, Option<EntryId>), EditError> {
        let first = self.edits.as_ref().and_then(|edits| edits.version_at);
        let removed = without.and_then(|id| version_in(&self.content_line(id)?));
        let added = with.and_then(|(_, line)| version_in(&line));
        let replaces = with.is_none_or(|(place, _)| without == Some(place));
        match (removed, added) {
            (None, None) => return Ok((self.version, first)),
            (Some(_), None) if first.is_some() && first != without => {
                return Ok((self.version, first));
            }
            (removed, Some(added)) if replaces && Some(added) == self.version => {
                return Ok((self.version, first.filter(|_| removed.is_some())));
            }
            _ => {}
        }
        // No line before the first that is known names a version.
        let begin = first.filter(|_| replaces && first == without);
        let stays = |at: EntryId| self.content_line(at).filter(|_| without != Some(at));
        let here = |at: EntryId| with.filter(|(place, _)| *place == at).map(|(_, line)| line);
        let from = |at: EntryId| {
            core::iter::successors(Some(at), |at| self.next_line(*at)).flat_map(move |at| {
                [
                    stays(at).map(|line| (Some(at), line)),
                    here(at).map(|line| (without, line)),
                ]
            })
        };
        let found = from(begin.unwrap_or(EntryId::new(0)))
            .flatten()
            .find_map(|(at, line)| Some((at, version_in(&line)?)));
        let (at, version) = found.map_or((None, None), |(at, version)| (at, Some(version)));
        let is_2_1 = |version| version == Some(Version::V2_1);
        if is_2_1(version) != is_2_1(self.version) {
            let mut lines = from(EntryId::new(0)).flatten();
            if lines.any(|(_, line)| is_ambiguous(&line)) {
                return Err(EditError::Version);
            }
        }
        Ok((version, at))
    }

    /// Takes over what [`version_after`](Card::version_after) found, as the edit is made.
    pub(super) fn note_version(&mut self, (version, at): (Option<Version>, Option<EntryId>)) {
        self.version = version;
        let edits = self.edits();
        edits.version_at = at;
        edits.is_changed = true;
    }
}

/// Whether its parameters mean something else in 2.1.
fn is_ambiguous(line: &ContentLine<'_>) -> bool {
    line.flags().has(Flags::QUOTE) || line.flags().has(Flags::BACKSLASH)
}

/// The version that a VERSION property names.
fn version_in(line: &ContentLine<'_>) -> Option<Version> {
    if !line.is("VERSION") {
        return None;
    }
    let value = match line.flags().has(Flags::BACKSLASH_ESCAPES) {
        // The version is found out before anything is read by the rules of 2.1.
        true => {
            let colon = grammar::head(line.raw(), Dialect::Quoting).colon?;
            line.raw().get(colon + 1..)?.trim_ascii_end()
        }
        false => line.raw_value(),
    };
    known_version(value)
}
