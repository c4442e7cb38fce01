//! Input that arrives in pieces, for callers without `BufRead`: async code, other languages.

use super::Card;
use super::reader::{CardReader, Event};
use crate::error::Error;
use crate::limits::Limits;
use crate::syntax::{Charset, PushInput};

/// Reads cards from pieces of input as they arrive.
///
/// No byte is looked at again once its line is complete, so that many small pieces cost no more
/// than one large one, and the cards are the same however the input is cut.
///
/// Async code needs no more than this:
///
/// ```
/// # async fn read(mut body: impl AsyncBody) -> Result<(), Box<dyn std::error::Error>> {
/// use vcardinal::{Event, PushReader};
///
/// let mut reader = PushReader::new();
/// while let Some(piece) = body.next().await {
///     reader.push(&piece);
///     while let Some(event) = reader.next_event() {
///         if let Event::Card(card) = event {
///             println!("{}", card.display_name());
///         }
///     }
/// }
/// reader.finish();
/// // ... and once more the inner loop, for a card without an END line.
/// # Ok(()) }
/// # trait AsyncBody { async fn next(&mut self) -> Option<Vec<u8>>; }
/// ```
#[derive(Debug)]
pub struct PushReader {
    reader: CardReader<PushInput>,
}

impl Default for PushReader {
    fn default() -> Self {
        PushReader::new()
    }
}

impl PushReader {
    /// A reader that has seen nothing.
    ///
    /// ```
    /// use vcardinal::PushReader;
    ///
    /// let mut reader = PushReader::new();
    /// reader.push("BEGIN:VCARD\nFN:A\nEND:VCARD\n");
    /// assert_eq!(reader.next_card().unwrap()?.display_name(), "A");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn new() -> Self {
        PushReader {
            reader: CardReader::new(PushInput::default()),
        }
    }

    /// With limits of your own.
    ///
    /// ```
    /// use vcardinal::{Limits, PushReader};
    ///
    /// let mut reader = PushReader::new().with_limits(Limits::default().with_card(20));
    /// reader.push("BEGIN:VCARD\nFN:A long name\nEND:VCARD\n");
    /// assert!(reader.next_card().unwrap().unwrap_err().is_limit());
    /// ```
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.reader = self.reader.with_limits(limits);
        self
    }

    /// With a [fall-back charset](crate::Card::set_fallback_charset) for the cards.
    #[must_use]
    pub fn with_fallback_charset(mut self, charset: Option<Charset>) -> Self {
        self.reader = self.reader.with_fallback_charset(charset);
        self
    }

    /// Takes the next piece. Then ask for events until there are none.
    ///
    /// ```
    /// use vcardinal::PushReader;
    ///
    /// let mut reader = PushReader::new();
    /// for piece in ["BEGIN:VCA", "RD\nFN:A\nEND", ":VCARD\n"] {
    ///     assert!(reader.next_card().is_none());
    ///     reader.push(piece);
    /// }
    /// assert_eq!(reader.next_card().unwrap()?.display_name(), "A");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn push(&mut self, piece: impl AsRef<[u8]>) {
        self.reader.input_mut().push(piece.as_ref());
    }

    /// Says that no piece follows.
    ///
    /// ```
    /// use vcardinal::PushReader;
    ///
    /// let mut reader = PushReader::new();
    /// reader.push("BEGIN:VCARD\nFN:A\n");
    /// assert!(reader.next_card().is_none()); // an END may follow
    /// reader.finish();
    /// assert_eq!(reader.next_card().unwrap()?.display_name(), "A");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn finish(&mut self) {
        self.reader.input_mut().finish();
    }

    /// The next card in what has arrived, for callers who do not care for what lies between cards;
    /// `None` when more has to arrive, or after [`finish`](Self::finish) at the end. A card that cannot
    /// be returned is an error, and the next call goes on after it.
    ///
    /// ```
    /// use vcardinal::{Limits, PushReader};
    ///
    /// let mut reader = PushReader::new().with_limits(Limits::default().with_card(65_536));
    /// reader.push(b"junk\nBEGIN:VCARD\nFN:A\nEND:VC");
    /// assert!(reader.next_card().is_none());
    /// reader.push(b"ARD\n");
    /// assert_eq!(reader.next_card().unwrap()?.display_name(), "A");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn next_card(&mut self) -> Option<Result<Card, Error>> {
        self.reader.next()
    }

    /// The next event in what has arrived; none when more has to arrive, or after
    /// [`finish`](Self::finish) at the end.
    ///
    /// ```
    /// use vcardinal::{Event, PushReader};
    ///
    /// let mut reader = PushReader::new();
    /// reader.push(b"BEGIN:VCARD\nFN:A\nEND:VC");
    /// assert!(reader.next_event().is_none());
    /// reader.push(b"ARD\n");
    /// assert!(matches!(reader.next_event(), Some(Event::Card(_))));
    /// ```
    pub fn next_event(&mut self) -> Option<Event<'_>> {
        // Pieces that are there cannot fail to be read.
        self.reader.next_event().ok().flatten()
    }
}
