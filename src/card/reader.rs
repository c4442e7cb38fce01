//! Whole inputs: slices, files, streams.

use super::Card;
use super::assemble::{Assembler, JunkKind, Step};
use crate::error::Error;
use crate::limits::Limits;
use crate::position::Position;
#[cfg(feature = "std")]
use crate::syntax::StreamInput;
use crate::syntax::span::slice;
use crate::syntax::{Charset, Input, SliceInput};

/// What a reader finds, in order: put together again, the bytes of all events are the input.
///
/// An event borrows from its reader, so that memory stays what one card takes, and has no
/// `into_owned`: cards of one's own are the reader's items, or
/// [`next_card`](crate::PushReader::next_card).
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A card.
    Card(&'a Card),
    /// Bytes that are no card.
    Junk(Junk<'a>),
    /// The beginning of a card that exceeds a limit. The rest follows as junk of the kind
    /// [`JunkKind::Refused`].
    Bad {
        /// Which limit.
        error: Error,
        /// The bytes up to the line that is too much.
        bytes: &'a [u8],
    },
}

/// Bytes between cards, in pieces of about 64 KiB at most.
#[derive(Debug, Clone, Copy)]
pub struct Junk<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) kind: JunkKind,
    pub(crate) position: Position,
}

impl<'a> Junk<'a> {
    /// The bytes.
    ///
    /// ```
    /// use vcardinal::{CardReader, Event, JunkKind};
    ///
    /// let mut reader = CardReader::from_slice(b"hello\nBEGIN:VCARD\nFN:A\nEND:VCARD\n");
    /// let Some(Event::Junk(junk)) = reader.next_event()? else { panic!() };
    /// assert_eq!(junk.bytes(), b"hello\n");
    /// assert_eq!((junk.kind(), junk.position().line), (JunkKind::Text, 1));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// What they are.
    #[must_use]
    pub fn kind(&self) -> JunkKind {
        self.kind
    }

    /// Where they begin.
    #[must_use]
    pub fn position(&self) -> Position {
        self.position
    }
}

/// Reads cards from an input, one after the other. One bad card never costs the others.
///
/// ```
/// use vcardinal::CardReader;
///
/// let input = "BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n\n\
///              BEGIN:VCARD\nVERSION:3.0\nFN:B\nBEGIN:VCARD\nVERSION:2.1\nN:C\nEND:VCARD\n";
/// let names: Vec<_> = CardReader::from_slice(input.as_bytes())
///     .map(|card| card.map(|card| card.display_name().into_owned()))
///     .collect::<Result<_, _>>()?;
/// assert_eq!(names, ["A", "B", "C"]);
/// # Ok::<(), vcardinal::Error>(())
/// ```
///
/// Three ways to read, from pleasant to thrifty: as an iterator of cards; into one card that is
/// filled again and again ([`read_card`](Self::read_card)); and event by event, which loses
/// nothing of the input ([`next_event`](Self::next_event)). For input that arrives in pieces, see
/// [`PushReader`](super::PushReader).
#[derive(Debug)]
pub struct CardReader<I> {
    input: I,
    assembler: Assembler,
    /// Bytes of the last event, which its caller may still look at.
    held: usize,
    card: Card,
    /// What every card is told to assume.
    fallback: Option<Charset>,
    done: bool,
}

impl<'a> CardReader<SliceInput<'a>> {
    /// Reads from bytes. All cards at once, or the first error, are what `collect` gives; there is no
    /// `parse_all`, which would hide that one card may fail alone.
    ///
    /// ```
    /// use vcardinal::{Card, CardReader};
    ///
    /// let bytes = b"BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n";
    /// let cards: Vec<Card> = CardReader::from_slice(bytes).collect::<Result<_, _>>()?;
    /// assert_eq!(cards[1].display_name(), "B");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[doc(alias = "parse_all")]
    #[must_use]
    pub fn from_slice(bytes: &'a [u8]) -> Self {
        CardReader::new(SliceInput::new(bytes))
    }
}

#[cfg(feature = "std")]
impl<R: std::io::BufRead> CardReader<StreamInput<R>> {
    /// Reads from a stream, in memory for its largest card.
    ///
    /// ```
    /// use vcardinal::CardReader;
    ///
    /// let stream = std::io::Cursor::new("BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n");
    /// for card in CardReader::from_reader(stream) {
    ///     assert!(!card?.display_name().is_empty());
    /// }
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn from_reader(reader: R) -> Self {
        CardReader::new(StreamInput::new(reader))
    }

    /// What it reads from. A buffer of its own may hold bytes that were taken from there already.
    ///
    /// ```
    /// use vcardinal::CardReader;
    ///
    /// let reader = CardReader::from_reader(std::io::Cursor::new("BEGIN:VCARD\n"));
    /// assert_eq!(reader.get_ref().position(), 0);
    /// ```
    #[must_use]
    pub fn get_ref(&self) -> &R {
        self.input.get_ref()
    }

    /// What it reads from; reading from that loses bytes of cards.
    #[must_use]
    pub fn get_mut(&mut self) -> &mut R {
        self.input.get_mut()
    }

    /// Hands back what it reads from; what it has taken from there and not handed out is lost.
    ///
    /// ```
    /// use vcardinal::CardReader;
    ///
    /// let reader = CardReader::from_reader(&b"BEGIN:VCARD\n"[..]);
    /// assert_eq!(reader.into_inner(), b"BEGIN:VCARD\n");
    /// ```
    #[must_use]
    pub fn into_inner(self) -> R {
        self.input.into_inner()
    }
}

#[cfg(feature = "std")]
impl CardReader<StreamInput<std::io::BufReader<std::fs::File>>> {
    /// Reads from a file, in memory for its largest card.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened.
    ///
    /// ```
    /// use vcardinal::CardReader;
    ///
    /// let path = std::env::temp_dir().join("two-cards-of-an-example.vcf");
    /// std::fs::write(&path, "BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n").unwrap();
    /// assert_eq!(CardReader::from_path(&path)?.count(), 2);
    /// assert!(CardReader::from_path("there/is/no such.vcf").is_err());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn from_path(path: impl AsRef<std::path::Path>) -> Result<Self, Error> {
        StreamInput::open(path.as_ref()).map(CardReader::new)
    }
}

impl<I: Input> CardReader<I> {
    pub(crate) fn new(input: I) -> Self {
        CardReader {
            input,
            assembler: Assembler::new(Limits::default()),
            held: 0,
            card: Card::new(),
            fallback: None,
            done: false,
        }
    }

    /// With limits of your own.
    ///
    /// ```
    /// use vcardinal::{CardReader, Limits};
    ///
    /// let input = b"BEGIN:VCARD\nFN:A\nTEL:1\nTEL:2\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n";
    /// let limits = Limits::default().with_properties(2);
    /// let cards: Vec<_> = CardReader::from_slice(input).with_limits(limits).collect();
    /// assert!(cards[0].as_ref().unwrap_err().is_limit());
    /// assert_eq!(cards[1].as_ref().unwrap().display_name(), "B");
    /// ```
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.assembler.set_limits(limits);
        self
    }

    /// With a [fall-back charset](Card::set_fallback_charset) for the cards; `None` assumes
    /// nothing, as at first.
    ///
    /// ```
    /// use vcardinal::{CardReader, Charset};
    ///
    /// let input = b"BEGIN:VCARD\nVERSION:2.1\nN:Zo\xEB\nEND:VCARD\n";
    /// let mut reader =
    ///     CardReader::from_slice(input).with_fallback_charset(Some(Charset::WINDOWS_1252));
    /// let card = reader.next().unwrap()?;
    /// assert_eq!(card.property("N").unwrap().text().unwrap(), "Zoë");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn with_fallback_charset(mut self, charset: Option<Charset>) -> Self {
        self.fallback = charset;
        self
    }

    /// Where the next event begins.
    ///
    /// ```
    /// use vcardinal::CardReader;
    ///
    /// let mut reader = CardReader::from_slice(b"BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n");
    /// reader.next().unwrap()?;
    /// assert_eq!(reader.position().line, 4);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn position(&self) -> Position {
        self.assembler.position()
    }

    /// Drops the bytes of the last event.
    fn release(&mut self) {
        self.input.consume(self.held);
        self.held = 0;
    }

    /// The input, to put more into it.
    pub(crate) fn input_mut(&mut self) -> &mut I {
        self.release();
        &mut self.input
    }

    /// Drops the bytes of the last event, and finds the next.
    fn step(&mut self) -> Result<Step, Error> {
        self.release();
        loop {
            match self
                .assembler
                .step(self.input.window(), self.input.is_at_end())
            {
                Step::NeedMore => {
                    let position = self.assembler.position();
                    match self.input.fill(position) {
                        Ok(true) => {}
                        Ok(false) => return Ok(Step::NeedMore),
                        Err(error) => {
                            self.done = true;
                            return Err(error);
                        }
                    }
                }
                step => return Ok(step),
            }
        }
    }

    /// The next thing in the input; none at its end.
    ///
    /// # Errors
    ///
    /// When the input cannot be read; nothing comes after that. A card that exceeds a limit is
    /// an event.
    ///
    /// ```
    /// use vcardinal::{CardReader, Event};
    ///
    /// let input = b"\xEF\xBB\xBFBEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n\njunk\n";
    /// let mut reader = CardReader::from_slice(input);
    /// let mut copy = Vec::new();
    /// while let Some(event) = reader.next_event()? {
    ///     match event {
    ///         Event::Card(card) => copy.extend_from_slice(&card.to_bytes()),
    ///         Event::Junk(junk) => copy.extend_from_slice(junk.bytes()),
    ///         Event::Bad { bytes, .. } => copy.extend_from_slice(bytes),
    ///         _ => {}
    ///     }
    /// }
    /// assert_eq!(copy, input);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn next_event(&mut self) -> Result<Option<Event<'_>>, Error> {
        if self.done {
            return Ok(None);
        }
        let step = self.step()?;
        let position = self.assembler.position();
        let (len, event) = match step {
            Step::NeedMore => return Ok(None),
            Step::End => {
                self.done = true;
                return Ok(None);
            }
            Step::Card { len } => {
                let source = slice(self.input.window(), ..len);
                self.card.refill(source, &mut self.assembler);
                self.card.set_fallback_charset(self.fallback);
                (len, Event::Card(&self.card))
            }
            Step::Junk { len, kind } => {
                let bytes = slice(self.input.window(), ..len);
                (
                    len,
                    Event::Junk(Junk {
                        bytes,
                        kind,
                        position,
                    }),
                )
            }
            Step::Bad { len, error } => {
                let bytes = slice(self.input.window(), ..len);
                (len, Event::Bad { error, bytes })
            }
        };
        self.held = len;
        self.assembler.advance(len);
        Ok(Some(event))
    }

    /// Reads the next card into `card`, whose memory is used again; false at the end.
    ///
    /// # Errors
    ///
    /// When a card exceeds a limit, and then the next call reads the card after it; when the
    /// input cannot be read, and then nothing comes after.
    ///
    /// ```
    /// use vcardinal::{Card, CardReader};
    ///
    /// let mut reader = CardReader::from_slice(b"BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n");
    /// let mut card = Card::new();
    /// let mut count = 0;
    /// while reader.read_card(&mut card)? {
    ///     count += card.properties().count();
    /// }
    /// assert_eq!(count, 2);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn read_card(&mut self, card: &mut Card) -> Result<bool, Error> {
        while !self.done {
            let len = match self.step()? {
                Step::NeedMore => break,
                Step::End => {
                    self.done = true;
                    break;
                }
                Step::Card { len } => {
                    let source = slice(self.input.window(), ..len);
                    card.refill(source, &mut self.assembler);
                    card.set_fallback_charset(self.fallback);
                    self.held = len;
                    self.assembler.advance(len);
                    return Ok(true);
                }
                Step::Junk { len, .. } => len,
                Step::Bad { len, error } => {
                    self.held = len;
                    self.assembler.advance(len);
                    return Err(error);
                }
            };
            self.held = len;
            self.assembler.advance(len);
        }
        Ok(false)
    }
}

/// Bytes of a card that is handed out itself and not as a copy.
const LARGE: usize = 64 * 1024;

/// The cards of the input. An error costs one card, unless it
/// [is fatal](Error::is_fatal).
impl<I: Input> Iterator for CardReader<I> {
    type Item = Result<Card, Error>;

    fn next(&mut self) -> Option<Result<Card, Error>> {
        let mut card = core::mem::take(&mut self.card);
        let read = self.read_card(&mut card);
        let item = match read {
            // Two of a large one would be too much.
            Ok(true) if card.source_bytes().len() > LARGE => {
                Some(Ok(core::mem::take(&mut card).fitted()))
            }
            // A copy has just the memory that it needs, and the next card is read into the old one.
            Ok(true) => Some(Ok(card.clone())),
            Ok(false) => None,
            Err(error) => Some(Err(error)),
        };
        self.card = card;
        item
    }
}
