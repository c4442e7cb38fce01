//! Why there is no card of a JSContact card, and where.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use super::problem::Problem;
use crate::card::BuildError;
use crate::interchange::{Placed, Trouble};

/// Why there is no card, and where in the input.
///
/// ```
/// use vcardinal::jscontact;
///
/// let error = jscontact::from_str(r#"{ "@type": "Card", "version": "2.0", "Kind": "org", "notes": [] }"#).unwrap_err();
/// assert_eq!(error.problems()[0].pointer(), "/Kind");
/// assert_eq!(
///     error.to_string(),
///     "the JSContact card is not valid: /Kind: expected kind, in this letter case \
///      (RFC 9553, 1.7.1); and 1 more",
/// );
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
    /// It is not JSON, or a name comes twice in an object; the line and the column are those in the text
    /// of the card.
    #[error("not JSON: {0}")]
    Json(serde_json::Error),
    /// Something else than a card is there.
    #[error("expected {expected}, found {found}")]
    Expected {
        /// What belongs there.
        expected: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// The card is not valid; all that is wrong with it.
    #[error("the JSContact card is not valid: {}", Listed(.0))]
    Invalid(Vec<Problem>),
    /// The card cannot be written: it would be larger than a card can be.
    #[error("{0}")]
    Write(BuildError),
    /// It is larger than one of the [`Limits`](crate::Limits).
    #[error("{limit} is larger than the limit of {max}")]
    Limit {
        /// Which limit, in words.
        limit: &'static str,
        /// Its value.
        max: usize,
    },
}

/// The first of several problems.
struct Listed<'p>(&'p [Problem]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, others)) = self.0.split_first() else {
            return Ok(());
        };
        first.fmt(f)?;
        match others.len() {
            0 => Ok(()),
            count => write!(f, "; and {count} more"),
        }
    }
}

impl Error {
    pub(super) fn new(kind: ErrorKind) -> Self {
        Error(Box::new(Inner::new(kind, "")))
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

    /// All that is wrong with a card that is not valid; their pointers begin at the card.
    ///
    /// ```
    /// use vcardinal::jscontact;
    ///
    /// let error = jscontact::from_str(r#"{ "@type": "Card", "version": "2.0", "kind": 1, "notes": [] }"#).unwrap_err();
    /// let pointers: Vec<_> = error.problems().iter().map(|problem| problem.pointer()).collect();
    /// assert_eq!(pointers, ["/kind", "/notes"]);
    /// ```
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        match &self.0.kind {
            ErrorKind::Invalid(problems) => problems,
            _ => &[],
        }
    }

    /// Which card of an array it is: a JSON pointer (RFC 6901), as `/2`; empty for a card by itself.
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
