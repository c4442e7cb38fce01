//! Content lines <-> [`Card`]: ordered, lossless, editable.
//!
//! A card is its BEGIN line to its END line, and keeps every byte between them. RFC 6350, 3.3,
//! 6.1, 6.7.9. What the bytes mean is found out when somebody asks.
//!
//! | file | what it is about |
//! |---|---|
//! | `assemble` | which lines make a card, and what lies between cards |
//! | `reader`, `push` | whole inputs: slices, files, pieces that arrive |
//! | `entries` | the lines of a card one by one, and what names one |
//! | `property_ref` | one property of a card that was read |
//! | `display_name` | what to call it on a screen |
//! | `new_property` | properties to be written: names, parameters, values |
//! | `render` | a new property as a line of 2.1, 3.0 or 4.0 |
//! | `edit`, `property_mut` | changes of a card, and of one property of it |
//! | `slots` | the list of lines that changes go into, beside the source |
//! | `glue` | which lines can stand beside each other |
//! | `version_change` | what a change does to the version |
//! | `groups` | which properties are in a group, which group is free |
//! | `builder` | new cards |
//! | `writer` | cards to an output, as they are or laid out anew |
//! | `conversions`, `serde` | a card as bytes, as text, as a string of serde |
//! | `same_content` | whether two cards say the same, however they are written |
//! | `arbitrary` | new properties for fuzz targets |

#[cfg(feature = "arbitrary")]
mod arbitrary;
mod assemble;
mod builder;
mod conversions;
mod display_name;
mod edit;
mod edit_error;
mod entries;
mod entry_id;
mod glue;
mod groups;
mod new_property;
mod property_mut;
mod property_ref;
mod push;
mod reader;
mod render;
mod same_content;
#[cfg(feature = "serde")]
mod serde;
mod slots;
mod version_change;
mod writer;

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::vec::Vec;

pub use assemble::JunkKind;
pub use builder::{BuildError, CardBuilder};
pub use edit_error::EditError;
pub use entries::Properties;
pub use entry_id::EntryId;
pub use new_property::{Parameter, Property, PropertyValue, Token, TokenError, WriteError};
pub use property_mut::PropertyMut;
pub use property_ref::PropertyRef;
pub use push::PushReader;
pub use reader::{CardReader, Event, Junk};
#[cfg(feature = "std")]
pub use writer::CardWriter;
pub use writer::Layout;

use crate::error::{Error, ErrorKind, Position};
use crate::limits::Limits;
use crate::syntax::ContentLine;
use crate::syntax::flags::Flags;
use crate::syntax::lexer::Line;
use crate::syntax::span::{self, slice};
use crate::version::Version;
use assemble::{Assembler, Step};

/// One vCard, with every byte it was read from.
///
/// What was not touched is written back as it came: order, groups, letter case, folds, line
/// endings, blank lines, and lines that nobody understands.
///
/// ```
/// use vcardinal::Card;
///
/// let bytes = b"begin:vcard\nVERSION:3.0\nfn:Zo\xC3\xAB Quist\n\nX-Odd;;=:?\nEND:vCard\n";
/// let card = Card::parse(bytes)?;
/// assert_eq!(card.property("FN").unwrap().text().unwrap(), "Zoë Quist");
/// assert_eq!(&*card.to_bytes(), bytes);
/// # Ok::<(), vcardinal::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Card {
    /// The bytes read, and after them the unfolded heads of lines that are folded before their
    /// colon.
    buffer: Vec<u8>,
    /// Bytes of the buffer that were read.
    source: u32,
    lines: Vec<Line>,
    version: Option<Version>,
    start: Position,
    /// The limit on values of one property.
    values: usize,
    edits: Option<Box<slots::Edits>>,
}

impl Default for Card {
    fn default() -> Self {
        Card::new()
    }
}

impl Card {
    /// Nothing at all, for a reader to fill: see [`CardReader::read_card`]. To make a card with
    /// something in it, see [`Card::builder`].
    #[must_use]
    pub const fn new() -> Self {
        Card {
            buffer: Vec::new(),
            source: 0,
            lines: Vec::new(),
            version: None,
            start: Position::START,
            values: Limits::VALUES,
            edits: None,
        }
    }

    /// The one card in `bytes`.
    ///
    /// What stands around it, such as a byte order mark or blank lines, is not kept; a
    /// [`CardReader`] keeps it.
    ///
    /// # Errors
    ///
    /// When there is no card, when there is a second one, or when a default limit is exceeded.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:Ada Quist\nEND:VCARD\n")?;
    /// assert_eq!(card.version(), Some(Version::V4_0));
    /// assert!(Card::parse("BEGIN:VCALENDAR\nEND:VCALENDAR\n").is_err());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn parse(bytes: impl AsRef<[u8]>) -> Result<Card, Error> {
        Card::parse_with(bytes, Limits::default())
    }

    /// The one card in `bytes`, under limits of your own.
    ///
    /// # Errors
    ///
    /// As [`Card::parse`].
    pub fn parse_with(bytes: impl AsRef<[u8]>, limits: Limits) -> Result<Card, Error> {
        let mut assembler = Assembler::new(limits);
        let mut rest = bytes.as_ref();
        let mut found = None;
        loop {
            let len = match assembler.step(rest, true) {
                Step::Card { len } => {
                    if found.is_some() {
                        return Err(Error::new(
                            ErrorKind::NotOneCard,
                            Some(assembler.position()),
                        ));
                    }
                    let mut card = Card::new();
                    card.refill(slice(rest, ..len), &mut assembler);
                    found = Some(card);
                    len
                }
                Step::Junk { len, .. } => len,
                Step::Bad { error, .. } => return Err(error),
                Step::NeedMore | Step::End => break,
            };
            assembler.advance(len);
            rest = slice(rest, len..);
        }
        found.ok_or_else(|| Error::new(ErrorKind::NoCard, None))
    }

    /// Takes over what the assembler found out about `source`.
    fn refill(&mut self, source: &[u8], assembler: &mut Assembler) {
        self.buffer.clear();
        self.buffer
            .reserve_exact(source.len() + assembler.tail.len());
        self.buffer.extend_from_slice(source);
        self.buffer.extend_from_slice(&assembler.tail);
        self.source = source.len() as u32;
        core::mem::swap(&mut self.lines, &mut assembler.lines);
        self.version = assembler.version;
        self.start = assembler.position();
        self.values = assembler.max_values();
        self.edits = None;
    }

    /// With just the memory that it needs.
    fn fitted(mut self) -> Self {
        self.buffer.shrink_to_fit();
        self.lines.shrink_to_fit();
        self
    }

    /// The version that its first VERSION property with a known one names; none without that.
    #[must_use]
    pub fn version(&self) -> Option<Version> {
        self.version
    }

    /// Where in the input it began: the byte from 0, the line from 1.
    #[must_use]
    pub fn position(&self) -> Position {
        self.start
    }

    /// Its content lines in order, without BEGIN and END.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nitem1.TEL:1\nEND:VCARD\n")?;
    /// let names: Vec<_> = card.properties().map(|property| property.name()).collect();
    /// assert_eq!(names, ["VERSION", "FN", "TEL"]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn properties(&self) -> Properties<'_> {
        Properties::new(self, false)
    }

    /// Every line in order: BEGIN and END, blank lines and lines that are no content lines too.
    #[must_use]
    pub fn lines(&self) -> Properties<'_> {
        Properties::new(self, true)
    }

    /// The first property of this name, in any letter case.
    #[must_use]
    pub fn property<'a>(&'a self, name: &str) -> Option<PropertyRef<'a>> {
        self.properties().find(|property| property.is(name))
    }

    /// The properties of this name, in any letter case, in order.
    pub fn properties_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = PropertyRef<'a>> {
        self.properties().filter(move |property| property.is(name))
    }

    /// The property or line of this id; none once it is removed.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<PropertyRef<'_>> {
        Some(PropertyRef::new(self, id, self.content_line(id)?))
    }

    /// What to call it on a screen: the first FN with text in it, in any version; else what N,
    /// ORG or EMAIL hold; else nothing.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:2.1\nN:Quist;Ada\nEND:VCARD\n")?;
    /// assert_eq!(card.display_name(), "Ada Quist");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn display_name(&self) -> Cow<'_, str> {
        display_name::of(self)
    }

    /// Whether its last line is END:VCARD.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.lines.len() > 1
            && self
                .lines
                .last()
                .is_some_and(|line| line.flags.has(Flags::SENTINEL))
    }

    /// Its bytes: those it was read from, where nothing was changed.
    #[must_use]
    pub fn to_bytes(&self) -> Cow<'_, [u8]> {
        match &self.edits {
            None => Cow::Borrowed(self.source()),
            Some(_) => {
                let mut bytes = Vec::with_capacity(self.source as usize + 64);
                self.append_to(&mut bytes);
                Cow::Owned(bytes)
            }
        }
    }

    /// The bytes it was read from.
    fn source(&self) -> &[u8] {
        slice(&self.buffer, ..self.source as usize)
    }

    fn tail(&self) -> &[u8] {
        slice(&self.buffer, self.source as usize..)
    }

    /// The bytes of a line that was read.
    fn source_line(&self, index: usize) -> Option<(&[u8], &Line)> {
        let line = self.lines.get(index)?;
        let end = self
            .lines
            .get(index + 1)
            .map_or(self.source, |next| next.start);
        let raw = span::get(&self.buffer, line.start as usize..end as usize)?;
        Some((raw, line))
    }

    fn content_line(&self, id: EntryId) -> Option<ContentLine<'_>> {
        match &self.edits {
            Some(edits) => edits.content_line(self, id),
            None => self.source_content_line(id.index()),
        }
    }

    #[inline]
    pub(crate) fn source_content_line(&self, index: usize) -> Option<ContentLine<'_>> {
        let (raw, line) = self.source_line(index)?;
        Some(ContentLine::new(raw, line, self.tail()))
    }
}
