//! What an edit does to the version of a card.
//!
//! The first VERSION that names a known version counts. When an edit would make another one of
//! it, the other lines stay as they are and are read by other rules: a backslash before an n is a line
//! break in 3.0 and two characters in some texts of 2.1, a circumflex in a parameter is an escape in
//! 4.0 only. Where a line would say something else, the edit is refused.

use alloc::string::String;
use alloc::vec::Vec;

use super::Card;
use super::assemble::known_version;
use super::edit_error::EditError;
use super::effective_version::{Unnamed, is_version};
use super::entry_id::EntryId;
use crate::syntax::ContentLine;
use crate::syntax::flags::Flags;
use crate::syntax::line_head::{self, Dialect};
use crate::syntax::{decode, escape};
use crate::version::Version;

/// What an edit makes of the version of a card.
pub(super) struct VersionAfter {
    named: Option<Version>,
    /// Which line names it, if that is known.
    at: Option<EntryId>,
    effective: Version,
    /// What tells it where no line names one, if that was looked for.
    unnamed: Option<Unnamed>,
}

/// A line that goes, and one that is put after another or in its place.
#[derive(Clone, Copy)]
struct LineEdit<'l> {
    without: Option<EntryId>,
    with: Option<(EntryId, ContentLine<'l>)>,
}

impl Card {
    /// The version that new lines are written in.
    pub(super) fn write_version(&self) -> Version {
        self.effective
    }

    /// The version of the card without a line, and with one that is put after another.
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
    ) -> Result<VersionAfter, EditError> {
        let edit = LineEdit { without, with };
        let first = self.edits.as_ref().and_then(|edits| edits.version_at);
        let removed = without.and_then(|id| version_in(&self.content_line(id)?));
        let added = with.and_then(|(_, line)| version_in(&line));
        let replaces = with.is_none_or(|(place, _)| without == Some(place));
        let as_before = |at| {
            Ok(VersionAfter {
                named: self.version,
                at,
                effective: self.effective,
                unnamed: None,
            })
        };
        match (removed, added) {
            (None, None) if self.version.is_some() => return as_before(first),
            (None, None) => return self.unnamed_after(edit),
            (Some(_), None) if first.is_some() && first != without => return as_before(first),
            (removed, Some(added)) if replaces && Some(added) == self.version => {
                return as_before(first.filter(|_| removed.is_some()));
            }
            _ => {}
        }
        // No line before the first that is known names a version.
        let begin = first.filter(|_| replaces && first == without);
        let found = self
            .lines_after(begin.unwrap_or(EntryId::new(0)), edit)
            .find_map(|(at, line)| Some((at, version_in(&line)?)));
        let Some((at, named)) = found else {
            let unnamed = Unnamed::of(self.all_lines_after(edit));
            return self.read_as(None, None, Some(unnamed), edit);
        };
        self.read_as(Some(named), at, None, edit)
    }

    /// The version of a card that names none, when its lines are edited.
    fn unnamed_after(&self, edit: LineEdit<'_>) -> Result<VersionAfter, EditError> {
        let unnamed = self.unnamed_with(edit);
        self.read_as(None, None, Some(unnamed), edit)
    }

    /// What tells the version of a card that names none, as it is after an edit.
    fn unnamed_with(&self, edit: LineEdit<'_>) -> Unnamed {
        let old = edit.without.and_then(|id| self.content_line(id));
        let new = edit.with.map(|(_, line)| line);
        if [old, new].iter().flatten().any(is_version) {
            return Unnamed::of(self.all_lines_after(edit));
        }
        let known = self.edits.as_ref().and_then(|edits| edits.unnamed);
        let nothing = LineEdit {
            without: None,
            with: None,
        };
        known
            .unwrap_or_else(|| Unnamed::of(self.all_lines_after(nothing)))
            .replaced(old, new)
    }

    /// The version that it is read by with this line after another, or in the place of one.
    ///
    /// # Errors
    ///
    /// When lines of the card mean something else in it.
    pub(super) fn effective_with(
        &self,
        without: Option<EntryId>,
        with: (EntryId, ContentLine<'_>),
    ) -> Result<Version, EditError> {
        let old = without.and_then(|id| self.content_line(id));
        if self.version.is_some()
            && !is_version(&with.1)
            && !old.is_some_and(|old| is_version(&old))
        {
            return Ok(self.effective);
        }
        Ok(self.version_after(without, Some(with))?.effective)
    }

    /// Whether it names no version, and is read as 2.1 by what its lines look like.
    pub(super) fn looks_like_2_1(&self) -> bool {
        self.version.is_none() && self.effective == Version::V2_1
    }

    /// Whether a card that [looks like 2.1](Self::looks_like_2_1) does no more with this line in the
    /// place of another: the last line of it that only 2.1 has is gone.
    pub(super) fn leaves_2_1(&self, id: EntryId, line: ContentLine<'_>) -> bool {
        if is_version(&line) {
            return false;
        }
        let edit = LineEdit {
            without: Some(id),
            with: Some((id, line)),
        };
        self.unnamed_with(edit).version() != Version::V2_1
    }

    /// As this version the card says what it said.
    fn read_as(
        &self,
        named: Option<Version>,
        at: Option<EntryId>,
        unnamed: Option<Unnamed>,
        edit: LineEdit<'_>,
    ) -> Result<VersionAfter, EditError> {
        let seen = || unnamed.map_or(Version::V3_0, Unnamed::version);
        let effective = named.unwrap_or_else(seen);
        if effective != self.effective {
            let mut lines = self.all_lines_after(edit);
            if lines.any(|line| !reads_the_same(&line, self.effective, effective)) {
                return Err(EditError::Version);
            }
        }
        Ok(VersionAfter {
            named,
            at,
            effective,
            unnamed,
        })
    }

    fn all_lines_after<'l>(&'l self, edit: LineEdit<'l>) -> impl Iterator<Item = ContentLine<'l>> {
        self.lines_after(EntryId::new(0), edit)
            .map(|(_, line)| line)
    }

    /// The lines from one on, as they are after an edit, and their ids; one that is new has none.
    fn lines_after<'l>(
        &'l self,
        from: EntryId,
        edit: LineEdit<'l>,
    ) -> impl Iterator<Item = (Option<EntryId>, ContentLine<'l>)> {
        let stays = move |at: EntryId| {
            self.content_line(at)
                .filter(|_| edit.without != Some(at))
                .map(|line| (Some(at), line))
        };
        let here = move |at: EntryId| {
            let put = edit.with.filter(|(place, _)| *place == at);
            put.map(|(_, line)| (edit.without, line))
        };
        core::iter::successors(Some(from), |at| self.next_line(*at))
            .flat_map(move |at| [stays(at), here(at)])
            .flatten()
    }

    /// Takes over what [`version_after`](Card::version_after) found, as the edit is made.
    pub(super) fn note_version(&mut self, after: VersionAfter) {
        self.version = after.named;
        self.effective = after.effective;
        let edits = self.edits();
        edits.version_at = after.at;
        edits.unnamed = after.unnamed;
        edits.is_changed = true;
    }
}

/// Whether the parameters and the value of a line say the same in two versions.
pub(super) fn reads_the_same(line: &ContentLine<'_>, from: Version, to: Version) -> bool {
    if !line.is_content() || line.flags().has(Flags::SENTINEL) {
        return true;
    }
    let is_2_1 = |version| version == Version::V2_1;
    let delimits = line.flags().has(Flags::QUOTE) || line.flags().has(Flags::BACKSLASH);
    if is_2_1(from) != is_2_1(to) && delimits {
        return false;
    }
    let mut others = line.parameters_of(to);
    let parameters = line.parameters_of(from).all(|one| {
        let other = others.next();
        other.is_some_and(|other| one.values().eq(other.values()))
    });
    parameters && same_value(line, from, to)
}

/// Whether a value is the same text, and has the same components. How many items a component has is
/// not asked: 2.1 has no lists, and all readers find them there.
fn same_value(line: &ContentLine<'_>, from: Version, to: Version) -> bool {
    // Only an escape, and what quoted-printable of 2.1 hides, is read in several ways.
    if !line.is_quoted_printable() && memchr::memchr(b'\\', line.raw_value()).is_none() {
        return true;
    }
    let components = |version| -> Option<Vec<String>> {
        let (raw, dialect) = decode::raw(line, version, true, None).ok()?;
        let components = escape::split_components(&raw.text, dialect);
        let component = |raw| escape::unescape(raw, dialect).into_owned();
        Some(components.map(component).collect())
    };
    let text = |version| {
        let text = decode::text(line, version, false, None).ok()?;
        Some(text.text.into_owned())
    };
    components(from) == components(to) && text(from) == text(to)
}

/// The version that a VERSION property names.
fn version_in(line: &ContentLine<'_>) -> Option<Version> {
    if !is_version(line) {
        return None;
    }
    let value = match line.flags().has(Flags::BACKSLASH_ESCAPES) {
        // The version is found out before anything is read by the rules of 2.1.
        true => {
            let colon = line_head::head(line.raw(), Dialect::Quoting).colon?;
            line.raw().get(colon + 1..)?.trim_ascii_end()
        }
        false => line.raw_value(),
    };
    known_version(value)
}
