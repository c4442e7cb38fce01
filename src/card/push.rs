//! Input that arrives in pieces, for callers without `BufRead`: async code, other languages.

use super::reader::{CardReader, Event};
use crate::limits::Limits;
use crate::syntax::PushInput;

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
    #[must_use]
    pub fn new() -> Self {
        PushReader::with_limits(Limits::default())
    }

    /// With limits of your own.
    #[must_use]
    pub fn with_limits(limits: Limits) -> Self {
        PushReader {
            reader: CardReader::new(PushInput::default()).with_limits(limits),
        }
    }

    /// Takes the next piece. Then ask for events until there are none.
    pub fn push(&mut self, piece: &[u8]) {
        self.reader.input_mut().push(piece);
    }

    /// Says that no piece follows.
    pub fn finish(&mut self) {
        self.reader.input_mut().finish();
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
