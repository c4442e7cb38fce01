//! What is wrong with a jCard, and where.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use crate::interchange::{Placed, Trouble};

/// Why there is no card, and where in the input.
///
/// ```
/// use vcardinal::jcard::{self, ErrorKind};
///
/// let error = jcard::from_str(r#"["vcard", [["fn", {}, "text", null]]]"#).unwrap_err();
/// assert_eq!(error.pointer(), "/1/0/3");
/// assert!(matches!(error.kind(), ErrorKind::Expected { .. }));
/// ```
pub struct Error(Box<Inner>);

type Inner = Placed<ErrorKind>;

/// What is wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input could not be read. Ends the iteration.
    #[error("cannot read: {0}")]
    Io(std::io::Error),
    /// It is not JSON; the line and the column are those in the text of the card.
    #[error("not JSON: {0}")]
    Json(serde_json::Error),
    /// Something else is there.
    #[error("expected {expected}, found {found}")]
    Expected {
        /// What belongs there.
        expected: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// What is there cannot be written in a line of a card.
    #[error("{0}")]
    Refused(String),
    /// It is larger than one of the [`Limits`](crate::Limits).
    #[error("{limit} is larger than the limit of {max}")]
    Limit {
        /// Which limit, in words.
        limit: &'static str,
        /// Its value.
        max: usize,
    },
}

impl Error {
    pub(super) fn new(kind: ErrorKind, pointer: impl Into<String>) -> Self {
        Error(Box::new(Inner::new(kind, pointer)))
    }

    /// What is wrong between cards.
    pub(super) fn of(trouble: Placed<Trouble>) -> Self {
        Error(Box::new(trouble.map(|trouble| match trouble {
            Trouble::Io(error) => ErrorKind::Io(error),
            Trouble::Expected { expected, found } => ErrorKind::Expected { expected, found },
            Trouble::Limit { limit, max } => ErrorKind::Limit { limit, max },
        })))
    }

    /// The same in an array, or in a stream.
    pub(super) fn inside(mut self, prefix: &str, byte: u64) -> Self {
        self.0.put_inside(prefix, byte);
        self
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Where: a JSON pointer (RFC 6901) from the value that was read; in an array of cards, from the array.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.0.pointer
    }

    /// Where the JSON of the card begins in the input of a [`Reader`](super::Reader), in bytes.
    #[must_use]
    pub fn byte(&self) -> Option<u64> {
        self.0.byte
    }

    /// Whether nothing more can come from this reader.
    #[must_use]
    pub fn is_io(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Io(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        core::error::Error::source(&self.0.kind)
    }
}

crate::error::into_error! { Convert: Error }
