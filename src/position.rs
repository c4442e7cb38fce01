//! Where something stands in the input.

use core::fmt;

/// A place in the input.
///
/// ```
/// use vcardinal::{CardReader, Position};
///
/// let mut cards = CardReader::from_slice(b"BEGIN:VCARD\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\n");
/// let second = cards.nth(1).unwrap()?;
/// assert_eq!(second.position(), Position::new(22, 3, 1));
/// assert_eq!(second.position().to_string(), "line 3, column 1");
/// # Ok::<(), vcardinal::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
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

    /// The place with so many bytes before it, in this line and this column, which count from 1.
    ///
    /// ```
    /// let place = vcardinal::Position::new(22, 3, 1);
    /// assert_eq!((place.byte, place.line, place.column), (22, 3, 1));
    /// ```
    #[must_use]
    pub const fn new(byte: u64, line: u64, column: u64) -> Self {
        Position { byte, line, column }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}
