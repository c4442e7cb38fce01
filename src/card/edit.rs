//! Changes to a card, beside the bytes it was read from.
//!
//! The source is never spliced. Once a card is edited, its lines are a linked list of slots, one
//! for each line that was read and one for each line that is new; a slot holds at most one line
//! that stands in for the source's. So a change costs the line it writes, wherever it is, and
//! all other bytes go out as they came.
//!
//! Two lines can be *glued*: read one after the other they are two lines, but only as long as
//! nothing comes between them, or something does. A line that begins with white space would
//! continue another line before it; a soft line break that only END:VCARD stopped would swallow
//! another line after it; a stray line of base64 characters would become part of a base64 block
//! before it. Edits keep such lines where they are, or refuse: parsing the edited bytes gives the
//! edited lines, always.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::Card;
use super::groups::Groups;
use super::new_property::{Parameter, Property, PropertyValue, Token, TokenError, WriteError};
use super::property::{EntryId, PropertyRef};
use super::render::{self, HeadEdit, NewLine};
use crate::syntax::ContentLine;
use crate::syntax::flags::Flags;
use crate::syntax::grammar::{self, Dialect};
use crate::syntax::run::continues_base64;
use crate::version::Version;

/// Why a card was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// The new line has no form in the version of the card.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A name that was given is none.
    #[error(transparent)]
    Name(#[from] TokenError),
    /// The change would join two lines into one: a line beside the place is glued to its
    /// neighbour, because it begins with white space or ends in an open soft line break.
    #[error("the lines at this place cannot be parted or joined without changing what they say")]
    Glued,
    /// There is no such line in the card, or it is BEGIN or END.
    #[error("there is no such property in the card")]
    NoEntry,
    /// The version of the card would become another, in which quotes and backslashes in the
    /// parameters of its lines mean something else: to or from 2.1.
    #[error("the parameters of the card mean something else in the other version")]
    Version,
    /// The head of the line is not UTF-8, so that it cannot be written again.
    #[error("the parameters of the line are not UTF-8")]
    NotUtf8,
}

impl From<core::convert::Infallible> for EditError {
    fn from(never: core::convert::Infallible) -> Self {
        match never {}
    }
}

const NONE: u32 = u32::MAX;

#[derive(Debug, Clone)]
pub(crate) struct Edits {
    /// The slot of a line that was read has the index of the line.
    slots: Vec<Slot>,
    last: u32,
    /// The line that says the version of the card, if it was looked for.
    version_at: Option<EntryId>,
    /// Who asks for a group makes this, and may yet change nothing.
    is_changed: bool,
    /// The groups of the card, if somebody asked about them.
    pub(super) groups: Option<Groups>,
}

#[derive(Debug, Clone)]
struct Slot {
    previous: u32,
    next: u32,
    content: Content,
}

#[derive(Debug, Clone)]
enum Content {
    Source,
    Line(Box<NewLine>),
    Removed,
    /// Removed, and a blank line left in its place that keeps its neighbours apart.
    Blank,
}

impl Edits {
    fn new(lines: usize) -> Self {
        let slots = (0..lines as u32)
            .map(|index| Slot {
                previous: index.wrapping_sub(1),
                next: if index as usize + 1 < lines {
                    index + 1
                } else {
                    NONE
                },
                content: Content::Source,
            })
            .collect();
        Edits {
            slots,
            last: (lines as u32).wrapping_sub(1),
            version_at: None,
            is_changed: false,
            groups: None,
        }
    }

    fn slot(&self, id: EntryId) -> Option<&Slot> {
        self.slots.get(id.index())
    }

    pub fn after(&self, id: EntryId) -> Option<EntryId> {
        self.link(self.slot(id)?.next)
    }

    fn before(&self, id: EntryId) -> Option<EntryId> {
        self.link(self.slot(id)?.previous)
    }

    fn link(&self, index: u32) -> Option<EntryId> {
        (index != NONE).then(|| EntryId::new(index as usize))
    }

    pub fn content_line<'a>(&'a self, card: &'a Card, id: EntryId) -> Option<ContentLine<'a>> {
        match &self.slot(id)?.content {
            Content::Source => card.source_content_line(id.index()),
            Content::Line(line) => Some(line.view()),
            Content::Removed | Content::Blank => None,
        }
    }

    fn raw<'a>(&'a self, card: &'a Card, index: u32) -> (&'a [u8], bool) {
        match self.slots.get(index as usize).map(|slot| &slot.content) {
            Some(Content::Source) => (
                card.source_line(index as usize)
                    .map_or(&[][..], |(raw, _)| raw),
                false,
            ),
            Some(Content::Line(line)) => (line.bytes(), line.blank_after),
            Some(Content::Blank) => (&[], true),
            _ => (&[], false),
        }
    }

    fn set_next(&mut self, of: u32, next: u32) {
        if let Some(slot) = self.slots.get_mut(of as usize) {
            slot.next = next;
        }
    }

    fn set_previous(&mut self, of: u32, previous: u32) {
        match self.slots.get_mut(of as usize) {
            Some(slot) => slot.previous = previous,
            None => self.last = previous,
        }
    }

    /// Takes a slot out of the list, without touching its content.
    fn unlink(&mut self, id: EntryId) {
        let Some((previous, next)) = self.slot(id).map(|slot| (slot.previous, slot.next)) else {
            return;
        };
        self.set_next(previous, next);
        self.set_previous(next, previous);
    }

    /// Puts a slot that is in no list after another.
    fn link_after(&mut self, id: EntryId, previous: EntryId) {
        let index = id.index() as u32;
        let Some(next) = self.slot(previous).map(|slot| slot.next) else {
            return;
        };
        if let Some(slot) = self.slots.get_mut(id.index()) {
            slot.previous = previous.index() as u32;
            slot.next = next;
        }
        self.set_next(previous.index() as u32, index);
        self.set_previous(next, index);
    }
}

/// What of a line decides whether it can have another neighbour.
#[derive(Clone, Copy)]
struct Edge<'a> {
    raw: &'a [u8],
    flags: Flags,
}

impl<'a> From<ContentLine<'a>> for Edge<'a> {
    fn from(line: ContentLine<'a>) -> Self {
        Edge {
            raw: line.raw(),
            flags: line.flags(),
        }
    }
}

/// Whether `after`, read directly after `before`, becomes part of it.
fn fuses(before: Edge<'_>, after: Edge<'_>) -> bool {
    if before.flags.has(Flags::OPEN) {
        return !after.flags.has(Flags::SENTINEL);
    }
    // A sentinel takes nothing along, and neither does a blank line.
    // A lone CR and what would make a longer line ending of it.
    if before.raw.ends_with(b"\r")
        && (after.raw.starts_with(b"\n") || after.raw.starts_with(b"\r\n"))
    {
        return true;
    }
    if after.flags.has(Flags::INDENTED) {
        return !(before.flags.has(Flags::SENTINEL)
            || before.flags.has(Flags::BLANK)
            || before.flags.has(Flags::NESTED));
    }
    before.flags.has(Flags::BASE64) && continues_base64(after.raw, true) == Some(true)
}

/// Whether the two stay two lines only because nothing stands between them.
fn glued(before: Edge<'_>, after: Edge<'_>) -> bool {
    before.flags.has(Flags::OPEN) || after.flags.has(Flags::INDENTED)
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
    super::assemble::known_version(value)
}

impl Card {
    /// Adds a property after the last line, before END.
    ///
    /// ```
    /// use vcardinal::{Card, Property};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nFN:A\nEND:VCARD\n")?;
    /// card.push(Property::text("NOTE", "new; line")?)?;
    /// assert_eq!(card.to_string(), "BEGIN:VCARD\nVERSION:3.0\nFN:A\nNOTE:new\\; line\nEND:VCARD\n");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the value has no form in the version of the card, or the last line ends in an open
    /// soft line break and there is no line before it to add after.
    pub fn push(&mut self, property: Property) -> Result<EntryId, EditError> {
        let mut after = self.last_id().ok_or(EditError::NoEntry)?;
        if self.is_closed() {
            after = self.previous(after).ok_or(EditError::NoEntry)?;
        }
        // Not after an open soft break, nor after blank lines at the end.
        while let Some(line) = self.content_line(after)
            && (line.flags().has(Flags::OPEN) || line.is_blank())
            && let Some(previous) = self.previous(after)
        {
            after = previous;
        }
        self.insert_after(after, property)
    }

    /// Adds a property after another line; after BEGIN, that is at the beginning, with the id
    /// of the first of [`lines`](Card::lines).
    ///
    /// # Errors
    ///
    /// When there is no such line, or it is END, when the value has no form in the version of the
    /// card, or when the new line would part lines that are glued.
    pub fn insert_after(&mut self, id: EntryId, property: Property) -> Result<EntryId, EditError> {
        let place = self.content_line(id).ok_or(EditError::NoEntry)?;
        if place.flags().has(Flags::SENTINEL) && place.is("END") {
            return Err(EditError::NoEntry);
        }
        let ending = self.ending_at(id);
        let line = render::property(&property, self.write_version(), ending)?;
        let new = Edge::from(line.view());
        let before = Edge::from(place);
        if fuses(before, new) {
            return Err(EditError::Glued);
        }
        let after = self
            .next_line(id)
            .and_then(|next| self.content_line(next))
            .map(Edge::from);
        if after.is_some_and(|after| glued(before, after) || fuses(new, after)) {
            return Err(EditError::Glued);
        }
        let version = self.version_after(None, Some((id, line.view())))?;
        self.note_version(version);
        self.note_groups(None, Some(line.view()));
        let edits = self.edits();
        let new = EntryId::new(edits.slots.len());
        edits.slots.push(Slot {
            previous: NONE,
            next: NONE,
            content: Content::Line(Box::new(line)),
        });
        edits.link_after(new, id);
        Ok(new)
    }

    /// Adds a property before another line.
    ///
    /// # Errors
    ///
    /// As [`insert_after`](Card::insert_after); BEGIN has nothing before it.
    pub fn insert_before(&mut self, id: EntryId, property: Property) -> Result<EntryId, EditError> {
        let previous = self.previous(id).ok_or(EditError::NoEntry)?;
        self.insert_after(previous, property)
    }

    /// The property of this id, to be changed.
    #[must_use]
    pub fn entry_mut(&mut self, id: EntryId) -> Option<PropertyMut<'_>> {
        let line = self.content_line(id)?;
        (!line.flags().has(Flags::SENTINEL)).then_some(PropertyMut { card: self, id })
    }

    /// The first property of this name, to be changed.
    #[must_use]
    pub fn property_mut(&mut self, name: &str) -> Option<PropertyMut<'_>> {
        self.find_mut(|property| property.is(name))
    }

    /// The first property that fits, to be changed.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL;TYPE=home:1\nTEL;TYPE=cell:2\nEND:VCARD\n",
    /// )?;
    /// if let Some(mut mobile) = card.find_mut(|p| p.is("TEL") && p.has_type("cell")) {
    ///     mobile.set_text("+14155550123")?;
    /// }
    /// assert!(card.to_string().contains("TEL;TYPE=home:1\nTEL;TYPE=cell:+14155550123\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn find_mut(
        &mut self,
        mut fits: impl FnMut(&PropertyRef<'_>) -> bool,
    ) -> Option<PropertyMut<'_>> {
        let id = self.properties().find(|property| fits(property))?.id();
        Some(PropertyMut { card: self, id })
    }

    /// Removes the properties that fit; how many there were.
    ///
    /// A property that lines are glued to stays; see [`PropertyMut::remove`].
    pub fn remove_where(&mut self, mut fits: impl FnMut(&PropertyRef<'_>) -> bool) -> usize {
        let ids: Vec<EntryId> = self
            .properties()
            .filter(|property| fits(property))
            .map(|property| property.id())
            .collect();
        ids.into_iter()
            .filter(|id| self.remove_line(*id).is_ok())
            .count()
    }

    /// Whether anything was changed since it was read.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        self.edits.as_ref().is_some_and(|edits| edits.is_changed)
    }

    /// Appends its bytes to `out`.
    pub fn append_to(&self, out: &mut Vec<u8>) {
        let Some(edits) = &self.edits else {
            out.extend_from_slice(self.source());
            return;
        };
        let ending = self.ending();
        let begin = out.len();
        let mut index = 0;
        while index != NONE {
            let (raw, blank_after) = edits.raw(self, index);
            let end_line = |out: &mut Vec<u8>| {
                // The last line that was read may have had no ending.
                if out.len() > begin && !out.ends_with(b"\n") && !out.ends_with(b"\r") {
                    out.extend_from_slice(ending.as_bytes());
                }
            };
            if !raw.is_empty() {
                end_line(out);
                out.extend_from_slice(raw);
            }
            if blank_after {
                end_line(out);
                // After a lone CR any other ending would be the rest of that one.
                let blank = if out.ends_with(b"\r") { "\r" } else { ending };
                out.extend_from_slice(blank.as_bytes());
            }
            index = edits
                .slots
                .get(index as usize)
                .map_or(NONE, |slot| slot.next);
        }
    }

    /// The version that new lines are written in: where none is known, as in 3.0, which every
    /// reader of escapes understands.
    fn write_version(&self) -> Version {
        self.version.unwrap_or(Version::V3_0)
    }

    /// The line ending of the card: that of its first line.
    fn ending(&self) -> &'static str {
        self.ending_at(EntryId::new(0))
    }

    /// The line ending of a line, or CRLF where it has none.
    fn ending_at(&self, id: EntryId) -> &'static str {
        let raw = self.content_line(id).map_or(&[][..], |line| line.raw());
        match raw {
            [.., b'\r', b'\n'] => "\r\n",
            [.., b'\n'] => "\n",
            [.., b'\r'] => "\r",
            _ if id.index() == 0 => "\r\n",
            _ => self.ending(),
        }
    }

    pub(super) fn edits(&mut self) -> &mut Edits {
        let lines = self.lines.len();
        self.edits
            .get_or_insert_with(|| Box::new(Edits::new(lines)))
    }

    fn last_id(&self) -> Option<EntryId> {
        match &self.edits {
            Some(edits) => edits.link(edits.last),
            None => self.lines.len().checked_sub(1).map(EntryId::new),
        }
    }

    /// The line before, as it was read or changed; blank ones included.
    fn previous(&self, id: EntryId) -> Option<EntryId> {
        match &self.edits {
            Some(edits) => edits.before(id),
            None => id.index().checked_sub(1).map(EntryId::new),
        }
    }

    fn next_line(&self, id: EntryId) -> Option<EntryId> {
        match &self.edits {
            Some(edits) => edits.after(id),
            None => Some(EntryId::new(id.index() + 1)).filter(|id| id.index() < self.lines.len()),
        }
    }

    /// The edges of the lines around one. A blank line left by a removal keeps them apart.
    fn neighbours(&self, id: EntryId) -> (Option<Edge<'_>>, Option<Edge<'_>>) {
        let edge = |id: Option<EntryId>| id.and_then(|id| self.content_line(id)).map(Edge::from);
        (edge(self.previous(id)), edge(self.next_line(id)))
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
    fn version_after(
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

    fn note_version(&mut self, (version, at): (Option<Version>, Option<EntryId>)) {
        self.version = version;
        let edits = self.edits();
        edits.version_at = at;
        edits.is_changed = true;
    }

    fn remove_line(&mut self, id: EntryId) -> Result<(), EditError> {
        let line = self.content_line(id).ok_or(EditError::NoEntry)?;
        if line.flags().has(Flags::SENTINEL) {
            return Err(EditError::NoEntry);
        }
        let (before, after) = self.neighbours(id);
        let joins = match (before, after) {
            (Some(before), Some(after)) => {
                if before.flags.has(Flags::OPEN) {
                    return Err(EditError::Glued);
                }
                fuses(before, after)
            }
            _ => false,
        };
        if joins
            && before.is_some_and(|before| before.raw.ends_with(b"\r"))
            && after.is_some_and(|after| after.flags.has(Flags::BLANK))
        {
            return Err(EditError::Glued);
        }
        let version = self.version_after(Some(id), None)?;
        self.note_version(version);
        self.note_groups(Some(id), None);
        let edits = self.edits();
        if joins {
            if let Some(slot) = edits.slots.get_mut(id.index()) {
                slot.content = Content::Blank;
            }
        } else {
            edits.unlink(id);
            if let Some(slot) = edits.slots.get_mut(id.index()) {
                slot.content = Content::Removed;
            }
        }
        Ok(())
    }

    fn replace_line(&mut self, id: EntryId, line: NewLine) -> Result<(), EditError> {
        let (before, after) = self.neighbours(id);
        let new = Edge::from(line.view());
        let joins = before.is_some_and(|before| fuses(before, new))
            || after.is_some_and(|after| {
                // White space after a sentinel or a blank line begins a line of its own; after
                // the new line it would continue that.
                fuses(new, after) && !line.blank_after
            });
        if joins {
            return Err(EditError::Glued);
        }
        let version = self.version_after(Some(id), Some((id, line.view())))?;
        self.note_version(version);
        self.note_groups(Some(id), Some(line.view()));
        if let Some(slot) = self.edits().slots.get_mut(id.index()) {
            slot.content = Content::Line(Box::new(line));
        }
        Ok(())
    }
}

/// One property of a card, to be changed. Only its own bytes change.
#[derive(Debug)]
pub struct PropertyMut<'a> {
    card: &'a mut Card,
    id: EntryId,
}

impl PropertyMut<'_> {
    /// Names it for later.
    #[must_use]
    pub fn id(&self) -> EntryId {
        self.id
    }

    /// The property as it is now.
    ///
    /// None after it was removed.
    #[must_use]
    pub fn get(&self) -> Option<PropertyRef<'_>> {
        self.card.entry(self.id)
    }

    fn line(&self) -> Result<ContentLine<'_>, EditError> {
        self.card.content_line(self.id).ok_or(EditError::NoEntry)
    }

    /// Sets the value to one text.
    ///
    /// # Errors
    ///
    /// As [`set_value`](Self::set_value).
    pub fn set_text(&mut self, text: impl Into<String>) -> Result<(), EditError> {
        self.set_value(PropertyValue::Text(text.into()))
    }

    /// Sets the value. Group, name and parameters stay as they are written, but for ENCODING and
    /// CHARSET, which belong to the value.
    ///
    /// # Errors
    ///
    /// When the value has no form in the version of the card.
    pub fn set_value(&mut self, value: PropertyValue) -> Result<(), EditError> {
        let version = self.card.write_version();
        let head = self.head(&["ENCODING", "CHARSET"], None)?;
        let line = render::with_value(head, &value, version, self.card.ending_at(self.id))?;
        if !render::keeps_parameters(&self.line()?, &line, None, version) {
            return Err(WriteError::NoForm { version }.into());
        }
        self.card.replace_line(self.id, line)
    }

    /// Sets a parameter: in the place of the first of its name, and instead of all of its name,
    /// or else after the others.
    ///
    /// # Errors
    ///
    /// When a value has no form in the version of the card, or when the value of the property
    /// would say something else: an encoding or a charset that it is not in.
    ///
    /// ```
    /// use vcardinal::{Card, Parameter};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL;pref=2;X-a=b:1\nEND:VCARD\n")?;
    /// card.property_mut("TEL").unwrap().set_parameter(Parameter::new("PREF", ["1"])?)?;
    /// assert!(card.to_string().contains("\nTEL;PREF=1;X-a=b:1\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set_parameter(&mut self, parameter: Parameter) -> Result<(), EditError> {
        let head = self.head(&[parameter.name().as_str()], Some(&parameter))?;
        self.set_head(head, Some(&parameter))
    }

    /// Removes the parameters of this name, written or meant; whether there were any.
    ///
    /// # Errors
    ///
    /// When the value says something else without it: an encoding or a charset that it is in.
    pub fn remove_parameter(&mut self, name: &str) -> Result<bool, EditError> {
        if self.line()?.parameter(name).is_none() {
            return Ok(false);
        }
        let head = self.head(&[name], None)?;
        self.set_head(head, None)?;
        Ok(true)
    }

    /// Sets or removes the group.
    ///
    /// # Errors
    ///
    /// When the parameters of the line are not UTF-8.
    pub fn set_group(&mut self, group: Option<&Token>) -> Result<(), EditError> {
        let line = self.line()?;
        if !line.is_content() {
            return Err(EditError::NoEntry);
        }
        let edit = HeadEdit {
            line,
            group: group.map(Token::as_str),
            without: &[],
            with: None,
        };
        let head = edit
            .head(self.card.write_version())?
            .ok_or(EditError::NotUtf8)?;
        self.set_head(head, None)
    }

    fn head(&self, without: &[&str], with: Option<&Parameter>) -> Result<String, EditError> {
        let line = self.line()?;
        if !line.is_content() {
            return Err(EditError::NoEntry);
        }
        let edit = HeadEdit {
            line,
            group: line.group(),
            without,
            with,
        };
        edit.head(self.card.write_version())?
            .ok_or(EditError::NotUtf8)
    }

    fn set_head(&mut self, head: String, with: Option<&Parameter>) -> Result<(), EditError> {
        let version = self.card.write_version();
        let old = self.line()?;
        let line = render::with_head(&old, head, version, self.card.ending_at(self.id))?;
        if !render::keeps_parameters(&old, &line, with, version) {
            return Err(WriteError::NoForm { version }.into());
        }
        self.put(line)
    }

    /// Puts a line with another head or value in its place.
    fn put(&mut self, mut line: NewLine) -> Result<(), EditError> {
        if let Some(edits) = &self.card.edits
            && let Some(Content::Line(old)) = edits.slot(self.id).map(|slot| &slot.content)
        {
            line.blank_after |= old.blank_after && line.view().is_base64();
        }
        self.card.replace_line(self.id, line)
    }

    /// Puts another property in its place.
    ///
    /// # Errors
    ///
    /// When the property has no form in the version of the card.
    pub fn replace(&mut self, property: &Property) -> Result<(), EditError> {
        let line = render::property(
            property,
            self.card.write_version(),
            self.card.ending_at(self.id),
        )?;
        self.card.replace_line(self.id, line)
    }

    /// Sets the bytes of a PHOTO, LOGO, SOUND or KEY in the form of the card's version: base64
    /// in 2.1 and 3.0, a `data:` URI in 4.0.
    ///
    /// # Errors
    ///
    /// When the media type is none.
    #[cfg(feature = "base64")]
    pub fn set_binary(&mut self, media_type: &str, data: &[u8]) -> Result<(), EditError> {
        let version = self.card.write_version();
        let head = self.head(&["ENCODING", "CHARSET", "VALUE", "TYPE", "MEDIATYPE"], None)?;
        let value = PropertyValue::Binary {
            media_type: media_type.into(),
            data: data.into(),
        };
        let line = render::with_value(head, &value, version, self.card.ending_at(self.id))?;
        if !render::keeps_parameters(&self.line()?, &line, None, version) {
            return Err(WriteError::NoForm { version }.into());
        }
        self.card.replace_line(self.id, line)
    }

    /// Removes it.
    ///
    /// Where its neighbours would become one line without it, an empty line stays in its place.
    ///
    /// # Errors
    ///
    /// When the line before it ends in an open soft line break.
    pub fn remove(self) -> Result<(), EditError> {
        self.card.remove_line(self.id)
    }

    /// Moves it to stand after another line of the card, byte for byte as it is.
    ///
    /// # Errors
    ///
    /// When there is no such line, when that is END, or when lines are glued at either place.
    pub fn move_after(&mut self, place: EntryId) -> Result<(), EditError> {
        if place == self.id {
            return Ok(());
        }
        let target = self.card.content_line(place).ok_or(EditError::NoEntry)?;
        if target.flags().has(Flags::SENTINEL) && target.is("END") {
            return Err(EditError::NoEntry);
        }
        let moved = Edge::from(self.line()?);
        let (before, after) = self.card.neighbours(self.id);
        let target = Edge::from(target);
        let follower = match self.card.next_line(place) {
            Some(next) if next == self.id => return Ok(()),
            next => next
                .and_then(|next| self.card.content_line(next))
                .map(Edge::from),
        };
        let parts = |before: Option<Edge<'_>>, after: Option<Edge<'_>>| match (before, after) {
            (Some(before), Some(after)) => glued(before, after),
            _ => false,
        };
        let joins = |before: Option<Edge<'_>>, after: Option<Edge<'_>>| match (before, after) {
            (Some(before), Some(after)) => fuses(before, after),
            _ => false,
        };
        if parts(before, Some(moved))
            || parts(Some(moved), after)
            || joins(before, after)
            || parts(Some(target), follower)
            || joins(Some(target), Some(moved))
            || joins(Some(moved), follower)
        {
            return Err(EditError::Glued);
        }
        let id = self.id;
        let version = self
            .card
            .version_after(Some(id), Some((place, self.line()?)))?;
        self.card.note_version(version);
        let edits = self.card.edits();
        edits.unlink(id);
        edits.link_after(id, place);
        Ok(())
    }
}
