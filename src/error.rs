//! The one error of reading: a card cannot be returned.

use alloc::boxed::Box;
use core::fmt;

/// Why a card cannot be returned, and where in the input.
///
/// One word in size. What is merely wrong with a card is a
/// [`Diagnostic`](crate::validate::Diagnostic), not an error.
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    position: Option<Position>,
}

/// A place in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Bytes before it, from 0.
    pub byte: u64,
    /// Line, from 1.
    pub line: u64,
    /// Column in bytes, from 1.
    pub column: u64,
}

impl Position {
    /// The start of an input.
    pub const START: Position = Position {
        byte: 0,
        line: 1,
        column: 1,
    };
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input could not be read. Ends the iteration.
    #[cfg(feature = "std")]
    #[error("cannot read: {0}")]
    Io(#[source] std::io::Error),
    /// A card exceeds one of the [`Limits`](crate::Limits); the reader goes on after it.
    #[error("{limit} is larger than the limit of {max}")]
    Limit {
        /// Which limit, in words: `line`, `card`, `number of properties`, ...
        limit: &'static str,
        /// Its value, in the unit of the limit.
        max: usize,
    },
    /// A single card was asked for, and the input has no card.
    #[error("there is no BEGIN:VCARD line in the input")]
    NoCard,
    /// A single card was asked for, and the input has more than one.
    #[error("there is more than one card in the input")]
    NotOneCard,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, position: Option<Position>) -> Self {
        Error(Box::new(Inner { kind, position }))
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Where; `None` where a place would mean nothing, as for an input without a card.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.0.position
    }

    /// Whether it came from reading the input.
    #[must_use]
    pub fn is_io(&self) -> bool {
        #[cfg(feature = "std")]
        {
            matches!(self.0.kind, ErrorKind::Io(_))
        }
        #[cfg(not(feature = "std"))]
        {
            false
        }
    }

    /// Whether a card exceeded one of the limits.
    #[must_use]
    pub fn is_limit(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Limit { .. })
    }

    /// Whether nothing more can come from this reader.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        !self.is_limit()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(position) = self.0.position {
            write!(f, "{position}: ")?;
        }
        self.0.kind.fmt(f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("position", &self.0.position)
            .finish()
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        core::error::Error::source(&self.0.kind)
    }
}
