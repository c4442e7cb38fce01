//! Where readers read from: bytes that are all there, a stream, or pieces as they arrive.
//!
//! An input shows a window of its bytes that begins where the reader left off. The reader drops
//! what it is done with, and asks for more when it needs more.

use alloc::vec::Vec;

use super::span::slice;
use crate::error::Error;
use crate::position::Position;

/// Where a reader reads from: a slice, pieces, or with the feature `std` anything that is
/// `BufRead`. Not for others to implement.
pub trait Input: sealed::Sealed {
    /// The bytes from where the reader left off, as far as they are there.
    #[doc(hidden)]
    fn window(&self) -> &[u8];

    /// Whether nothing follows the window.
    #[doc(hidden)]
    fn is_at_end(&self) -> bool;

    /// Makes the window longer, or finds out that it is at its end. False when neither can be
    /// done now.
    #[doc(hidden)]
    fn fill(&mut self, position: Position) -> Result<bool, Error>;

    /// Moves the beginning of the window.
    #[doc(hidden)]
    fn consume(&mut self, len: usize);
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::SliceInput<'_> {}
    impl Sealed for super::PushInput {}
    #[cfg(feature = "std")]
    impl<R> Sealed for super::StreamInput<R> {}
}

/// Bytes that are all there.
#[derive(Debug, Clone)]
pub struct SliceInput<'a> {
    rest: &'a [u8],
}

impl<'a> SliceInput<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        SliceInput { rest: bytes }
    }
}

impl Input for SliceInput<'_> {
    #[inline]
    fn window(&self) -> &[u8] {
        self.rest
    }

    #[inline]
    fn is_at_end(&self) -> bool {
        true
    }

    fn fill(&mut self, _: Position) -> Result<bool, Error> {
        Ok(false)
    }

    #[inline]
    fn consume(&mut self, len: usize) {
        self.rest = slice(self.rest, len..);
    }
}

/// Pieces as they arrive.
#[derive(Debug, Clone, Default)]
pub struct PushInput {
    buffer: Vec<u8>,
    start: usize,
    finished: bool,
}

impl PushInput {
    pub(crate) fn push(&mut self, piece: &[u8]) {
        // Moving the window to the front pays once half of the buffer is behind it.
        if self.start > self.buffer.len() / 2 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        self.buffer.extend_from_slice(piece);
    }

    pub(crate) fn finish(&mut self) {
        self.finished = true;
    }
}

impl Input for PushInput {
    fn window(&self) -> &[u8] {
        slice(&self.buffer, self.start..)
    }

    fn is_at_end(&self) -> bool {
        self.finished
    }

    fn fill(&mut self, _: Position) -> Result<bool, Error> {
        Ok(false)
    }

    fn consume(&mut self, len: usize) {
        self.start = (self.start + len).min(self.buffer.len());
    }
}

/// A stream: a window that holds one card or line, and little more.
#[cfg(feature = "std")]
#[derive(Debug)]
pub struct StreamInput<R> {
    reader: R,
    buffer: Vec<u8>,
    start: usize,
    at_end: bool,
}

#[cfg(feature = "std")]
impl<R> StreamInput<R> {
    /// Bytes that one step asks for, so that a step is worth its while.
    const STEP: usize = 64 * 1024;

    pub(crate) fn new(reader: R) -> Self {
        StreamInput {
            reader,
            buffer: Vec::new(),
            start: 0,
            at_end: false,
        }
    }
}

#[cfg(feature = "std")]
impl<R> StreamInput<R> {
    pub(crate) fn get_ref(&self) -> &R {
        &self.reader
    }

    pub(crate) fn get_mut(&mut self) -> &mut R {
        &mut self.reader
    }

    pub(crate) fn into_inner(self) -> R {
        self.reader
    }
}

#[cfg(feature = "std")]
impl StreamInput<std::io::BufReader<std::fs::File>> {
    pub(crate) fn open(path: &std::path::Path) -> Result<Self, Error> {
        let file = std::fs::File::open(path).map_err(|error| {
            let path = path.to_owned();
            Error::new(crate::error::ErrorKind::Open { path, error }, None)
        })?;
        Ok(StreamInput::new(std::io::BufReader::with_capacity(
            Self::STEP,
            file,
        )))
    }
}

#[cfg(feature = "std")]
impl<R: std::io::BufRead> Input for StreamInput<R> {
    fn window(&self) -> &[u8] {
        slice(&self.buffer, self.start..)
    }

    fn is_at_end(&self) -> bool {
        self.at_end
    }

    fn fill(&mut self, position: Position) -> Result<bool, Error> {
        use crate::error::ErrorKind;

        self.buffer.drain(..self.start);
        self.start = 0;
        let wanted = self.buffer.len() + Self::STEP;
        while self.buffer.len() < wanted {
            let piece = match self.reader.fill_buf() {
                Ok(piece) => piece,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(Error::new(ErrorKind::Io(error), Some(position))),
            };
            if piece.is_empty() {
                self.at_end = true;
                break;
            }
            // A quarter at a time: doubling would hold twice the largest card.
            if self.buffer.capacity() - self.buffer.len() < piece.len() {
                self.buffer
                    .reserve_exact(piece.len().max(self.buffer.len() / 4));
            }
            let len = piece.len();
            self.buffer.extend_from_slice(piece);
            self.reader.consume(len);
            // What arrives slowly is looked at as it comes.
            if len < 4096 {
                break;
            }
        }
        Ok(true)
    }

    fn consume(&mut self, len: usize) {
        self.start = (self.start + len).min(self.buffer.len());
    }
}
