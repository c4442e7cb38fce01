//! Content lines <-> [`Card`]: ordered, lossless, editable.
//!
//! A card is its BEGIN line to its END line, and keeps every byte between them. RFC 6350, 3.3,
//! 6.1, 6.7.9. What the bytes mean is found out when somebody asks.
//!
//! | file | what it is about |
//! |---|---|
//! | `assemble` | which lines make a card, and what lies between cards |
//! | `reader`, `push_reader` | whole inputs: slices, files, pieces that arrive |
//! | `entries`, `entry_id` | the lines of a card one by one, and what names one |
//! | `property_ref` | one property of a card that was read |
//! | `new_property` | properties to be written: names, parameters, values |
//! | `render` | a new property as a line of 2.1, 3.0 or 4.0 |
//! | `edit`, `property_mut`, `edit_error` | changes of a card, and of one property of it |
//! | `inline_bytes` | the octets of a photo as each version has them in its line |
//! | `of_value` | which parameters go when a value becomes another |
//! | `uri_commas` | how the commas of URIs are written |
//! | `slots` | the list of lines that changes go into, beside the source |
//! | `line_endings` | a card with CRLF at the end of each line |
//! | `glue` | which lines can stand beside each other |
//! | `effective_version` | the version that a card is read by |
//! | `version_change` | what a change does to the version |
//! | `remembered_names` | where the first property of a name is, while many are changed |
//! | `groups` | which properties are in a group, which group is free |
//! | `debug` | what `Debug` shows |
//! | `text_by_name` | text by name, many properties at once, a card as a collection |
//! | `builder` | new cards |
//! | `writable_name` | names that a line can have, of others |
//! | `kept_meaning` | whether a line that is written anew says what it said |
//! | `layout` | a card as it was read, or laid out anew |
//! | `writer` | cards to an output |
//! | `conversions`, `serde` | a card as bytes, as text, as a string of serde |
//! | `same_content` | whether two cards say the same, however they are written |
//! | `arbitrary` | new properties for fuzz targets |

#[cfg(feature = "arbitrary")]
mod arbitrary;
mod assemble;
mod builder;
mod conversions;
mod debug;
mod edit;
mod edit_error;
mod effective_version;
mod entries;
mod entry_id;
mod glue;
mod groups;
pub(crate) mod inline_bytes;
mod kept_meaning;
mod layout;
mod line_endings;
mod new_property;
pub(crate) mod of_value;
mod property_mut;
mod property_ref;
mod push_reader;
mod reader;
mod remembered_names;
pub(crate) mod render;
mod same_content;
#[cfg(feature = "serde")]
mod serde;
mod slots;
mod text_by_name;
pub(crate) mod uri_commas;
mod version_change;
mod writable_name;
#[cfg(feature = "std")]
mod writer;

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

pub use assemble::JunkKind;
pub(crate) use builder::required;
pub use builder::{BuildError, CardBuilder};
pub use edit_error::EditError;
pub use entries::Properties;
pub use entry_id::EntryId;
pub use layout::Layout;
pub use new_property::{Parameter, Property, PropertyValue, Token, TokenError, WriteError};
pub use property_mut::PropertyMut;
pub use property_ref::PropertyRef;
pub use push_reader::PushReader;
pub use reader::{CardReader, Event, Junk};
pub(crate) use render::ParameterEdit;
pub use uri_commas::UriCommas;
#[cfg(feature = "convert")]
pub(crate) use writable_name::hyphened;
pub(crate) use writable_name::writable_name;
#[cfg(feature = "std")]
pub use writer::CardWriter;

use crate::error::{Error, ErrorKind};
use crate::limits::Limits;
use crate::position::Position;
use crate::registry;
use crate::syntax::flags::Flags;
use crate::syntax::lexer::Line;
use crate::syntax::span::{self, slice};
use crate::syntax::{Charset, ContentLine};
use crate::version::Version;
use assemble::{Assembler, Step};
use glue::Edge;

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
#[derive(Clone)]
pub struct Card {
    /// The bytes read, and after them the unfolded heads of lines that are folded before their
    /// colon.
    buffer: Vec<u8>,
    /// Bytes of the buffer that were read.
    source: u32,
    lines: Vec<Line>,
    version: Option<Version>,
    /// The version that its lines are read by.
    effective: Version,
    start: Position,
    /// The limit on values of one property.
    values: usize,
    /// The limit on findings that are listed.
    findings: usize,
    /// What text that names no charset and is not UTF-8 is read as.
    fallback: Option<Charset>,
    edits: Option<Box<slots::Edits>>,
    /// How the commas of URIs in new lines are written, where somebody says.
    uri_commas: Option<UriCommas>,
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
            effective: Version::V3_0,
            start: Position::START,
            values: Limits::VALUES,
            findings: Limits::FINDINGS,
            fallback: None,
            edits: None,
            uri_commas: None,
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
    ///
    /// ```
    /// use vcardinal::{Card, Limits};
    ///
    /// let text = "BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL:1\nTEL:2\nEND:VCARD\n";
    /// let limits = Limits::default().with_properties(3);
    /// assert!(Card::parse_with(text, limits).unwrap_err().is_limit());
    /// assert!(Card::parse_with(text, Limits::none()).is_ok());
    /// ```
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

    /// A card of other lines under the limits of this one, which are met already.
    ///
    /// # Errors
    ///
    /// There are more lines or bytes than a card can have.
    #[cfg(feature = "convert")]
    pub(crate) fn rewritten(&self, bytes: &[u8]) -> Result<Card, Error> {
        Card::parse_with(bytes, self.own_limits())
    }

    /// The limits on what is made of it, for other lines that stand in for its own: those on its size
    /// are met.
    fn own_limits(&self) -> Limits {
        Limits {
            values: self.values,
            findings: self.findings,
            ..Limits::none()
        }
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
        self.effective = assembler.effective;
        self.start = assembler.position();
        (self.values, self.findings) = assembler.max_values_and_findings();
        self.edits = None;
    }

    /// With just the memory that it needs.
    fn fitted(mut self) -> Self {
        self.buffer.shrink_to_fit();
        self.lines.shrink_to_fit();
        self
    }

    /// The limit on findings that are listed of it.
    pub(crate) fn max_findings(&self) -> usize {
        self.findings
    }

    /// The version that its first VERSION property with a known one names; none without that. What it
    /// is read by then, says [`effective_version`](Self::effective_version).
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nFN:A\nEND:VCARD\n")?;
    /// assert_eq!(card.version(), Some(Version::V3_0));
    /// assert_eq!(Card::parse("BEGIN:VCARD\nFN:A\nEND:VCARD\n")?.version(), None);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn version(&self) -> Option<Version> {
        self.version
    }

    /// What text is read as that names no charset and is not UTF-8; `None`, as at first, if it is
    /// not read.
    ///
    /// ```
    /// use vcardinal::{Card, Charset};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:2.1\nN:A\nEND:VCARD\n")?;
    /// assert_eq!(card.fallback_charset(), None);
    /// card.set_fallback_charset(Some(Charset::WINDOWS_1252));
    /// assert_eq!(card.fallback_charset(), Some(Charset::WINDOWS_1252));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn fallback_charset(&self) -> Option<Charset> {
        self.fallback
    }

    /// Has text read as this charset where its property names none and the bytes are not UTF-8:
    /// [`text`](PropertyRef::text), components, lists and typed values alike, in every version.
    /// `None` assumes nothing, and such text is an error.
    ///
    /// Cards of old address books hold such text ([`Charset::WINDOWS_1252`] mostly), which no
    /// standard allows. [`PropertyRef::decode`] says which text was assumed to be so, and
    /// [`PropertyRef::assumed_charset`] too. The bytes stay as they are. vCard 2.1, 2.1.6.
    ///
    /// ```
    /// use vcardinal::{Card, Charset};
    ///
    /// let mut card = Card::parse(b"BEGIN:VCARD\nVERSION:2.1\nORG:B\xFCro\nTITLE:\xC3\xA9\nEND:VCARD\n")?;
    /// assert!(card.property("ORG").unwrap().text().is_err());
    ///
    /// card.set_fallback_charset(Some(Charset::WINDOWS_1252));
    /// let company = card.property("ORG").unwrap().decode().unwrap();
    /// assert_eq!((&*company.text, company.charset), ("Büro", Some("windows-1252")));
    /// assert!(company.charset_assumed);
    /// // What is UTF-8 stays UTF-8.
    /// assert_eq!(card.property("TITLE").unwrap().text().unwrap(), "é");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn set_fallback_charset(&mut self, charset: Option<Charset>) {
        self.fallback = charset;
    }

    /// Where in the input it began: the byte from 0, the line from 1.
    ///
    /// ```
    /// use vcardinal::CardReader;
    ///
    /// let input = b"BEGIN:VCARD\nFN:A\nEND:VCARD\n\nBEGIN:VCARD\nFN:B\nEND:VCARD\n";
    /// let second = CardReader::from_slice(input).nth(1).unwrap()?;
    /// assert_eq!((second.position().byte, second.position().line), (28, 5));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
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
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\n\nEND:VCARD\n")?;
    /// let names: Vec<_> = card.lines().map(|line| line.name()).collect();
    /// assert_eq!(names, ["BEGIN", "VERSION", "FN", "", "END"]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn lines(&self) -> Properties<'_> {
        Properties::new(self, true)
    }

    /// The first property of this name, in any letter case.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nX-SHOE-SIZE:38\nEND:VCARD\n")?;
    /// assert_eq!(card.property("x-shoe-size").unwrap().text_lossy(), "38");
    /// assert!(card.property("NOTE").is_none());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn property<'a>(&'a self, name: &str) -> Option<PropertyRef<'a>> {
        self.properties().find(|property| property.is(name))
    }

    /// The properties of this name, in any letter case, in order.
    ///
    /// ```
    /// use vcardinal::{Card, PropertyRef};
    ///
    /// fn last<'a>(card: &'a Card, name: &str) -> Option<PropertyRef<'a>> {
    ///     card.properties_named(name).last()
    /// }
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nTEL:1\nTEL:2\nEND:VCARD\n")?;
    /// assert_eq!(last(&card, "tel").unwrap().text_lossy(), "2");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn properties_named<'a>(
        &'a self,
        name: &str,
    ) -> impl Iterator<Item = PropertyRef<'a>> + use<'a> {
        // The name of the caller is not held on to.
        let name = match registry::property(name.as_bytes()) {
            Some(row) => Cow::Borrowed(row.name),
            None => Cow::Owned(String::from(name)),
        };
        self.properties().filter(move |property| property.is(&name))
    }

    /// The property or line of this id; none once it is removed.
    ///
    /// ```
    /// use vcardinal::{Card, Property};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// let id = card.push(Property::text("NOTE", "b")?)?;
    /// assert_eq!(card.entry(id).unwrap().text_lossy(), "b");
    /// card.entry_mut(id).unwrap().remove()?;
    /// assert!(card.entry(id).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<PropertyRef<'_>> {
        Some(PropertyRef::new(self, id, self.content_line(id)?))
    }

    /// Whether its last line is END:VCARD.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// assert!(Card::parse("BEGIN:VCARD\nFN:A\nEND:VCARD\n")?.is_closed());
    /// assert!(!Card::parse("BEGIN:VCARD\nFN:A\n")?.is_closed());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.lines.len() > 1
            && self
                .lines
                .last()
                .is_some_and(|line| line.flags.has(Flags::SENTINEL))
    }

    /// Its bytes: those it was read from, where nothing was changed. A card that was changed is not one
    /// slice of bytes, so that it is not `AsRef<[u8]>`.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// card.set_text("NOTE", "b")?;
    /// assert_eq!(&*card.to_bytes(), b"BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE:b\nEND:VCARD\n");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[doc(alias = "as_ref")]
    #[must_use]
    pub fn to_bytes(&self) -> Cow<'_, [u8]> {
        match &self.edits {
            None => Cow::Borrowed(self.source_bytes()),
            Some(_) => {
                let mut bytes = Vec::with_capacity(self.source as usize + 64);
                self.append_to(&mut bytes);
                Cow::Owned(bytes)
            }
        }
    }

    /// The bytes it was read from.
    fn source_bytes(&self) -> &[u8] {
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

    /// The edge of a line that was read.
    fn source_edge(&self, index: usize) -> Option<Edge<'_>> {
        let (raw, line) = self.source_line(index)?;
        let flags = line.flags;
        Some(Edge { raw, flags })
    }

    #[inline]
    pub(crate) fn source_content_line(&self, index: usize) -> Option<ContentLine<'_>> {
        let (raw, line) = self.source_line(index)?;
        Some(ContentLine::new(raw, line, self.tail()))
    }
}
