//! Input that arrives in pieces, for callers without `BufRead`: async code, other languages.

use alloc::vec::Vec;

use super::Card;
use super::assemble::{Assembler, Step};
use super::reader::{Event, Junk};
use crate::limits::Limits;

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
    assembler: Assembler,
    buffer: Vec<u8>,
    start: usize,
    held: usize,
    finished: bool,
    card: Card,
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
            assembler: Assembler::new(limits),
            buffer: Vec::new(),
            start: 0,
            held: 0,
            finished: false,
            card: Card::new(),
        }
    }

    /// Takes the next piece. Then ask for events until there are none.
    pub fn push(&mut self, piece: &[u8]) {
        self.release();
        // Moving the window to the front pays once half of the buffer is behind it.
        if self.start > self.buffer.len() / 2 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        self.buffer.extend_from_slice(piece);
    }

    /// Says that no piece follows.
    pub fn finish(&mut self) {
        self.finished = true;
    }

    fn release(&mut self) {
        self.start = (self.start + self.held).min(self.buffer.len());
        self.held = 0;
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
        self.release();
        let window = self.buffer.get(self.start..).unwrap_or_default();
        let step = self.assembler.step(window, self.finished);
        let position = self.assembler.position();
        let (len, event) = match step {
            Step::End | Step::NeedMore => return None,
            Step::Card { len } => {
                self.card
                    .refill(window.get(..len).unwrap_or_default(), &mut self.assembler);
                (len, Event::Card(&self.card))
            }
            Step::Junk { len, kind } => (
                len,
                Event::Junk(Junk {
                    bytes: window.get(..len).unwrap_or_default(),
                    kind,
                    position,
                }),
            ),
            Step::Bad { len, error } => (
                len,
                Event::Bad {
                    error,
                    bytes: window.get(..len).unwrap_or_default(),
                },
            ),
        };
        self.held = len;
        self.assembler.advance(len);
        Some(event)
    }
}
