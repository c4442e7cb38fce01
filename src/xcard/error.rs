//! What is wrong with an xCard, and where.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

/// Why there is no card, and where in the document. Nothing can be read after it.
///
/// ```
/// use vcardinal::xcard::{ErrorKind, Reader};
///
/// let xml = r#"<!DOCTYPE v [<!ENTITY a "aaaa">]><vcards xmlns="urn:ietf:params:xml:ns:vcard-4.0"/>"#;
/// let error = Reader::new(xml.as_bytes()).next().unwrap().unwrap_err();
/// assert!(matches!(error.kind(), ErrorKind::DocumentType));
/// assert!(!error.is_io());
/// ```
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    byte: u64,
}

/// What is wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input could not be read.
    #[error("cannot read: {0}")]
    Io(std::io::Error),
    /// It is not well-formed XML, or not UTF-8.
    #[error("not XML: {0}")]
    Xml(String),
    /// There is a document type, which could define entities.
    #[error("a document type is not read")]
    DocumentType,
    /// There is an entity that is not one of the five of XML.
    #[error("the entity &{0}; is not one of XML")]
    Entity(String),
    /// Something else is there.
    #[error("expected {expected}, found {found}")]
    Expected {
        /// What belongs there.
        expected: &'static str,
        /// What is there.
        found: String,
    },
    /// What is there cannot be written in a line of a card.
    #[error("{0}")]
    Refused(String),
    /// It is larger than a limit.
    #[error("{limit} is larger than the limit of {max}")]
    Limit {
        /// Which limit, in words.
        limit: &'static str,
        /// Its value.
        max: usize,
    },
}

impl Error {
    pub(super) fn new(kind: ErrorKind, byte: u64) -> Self {
        Error(Box::new(Inner { kind, byte }))
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Whether the input could not be read.
    #[must_use]
    pub fn is_io(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Io(_))
    }

    /// Where: how many bytes of the document were read before the end of what is wrong.
    #[must_use]
    pub fn byte(&self) -> u64 {
        self.0.byte
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}: {}", self.0.byte, self.0.kind)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("byte", &self.0.byte)
            .finish()
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        core::error::Error::source(&self.0.kind)
    }
}

crate::error::into_error! { Convert: Error }
