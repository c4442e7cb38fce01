//! The one error: what reading answers, and what those of the other stages become.

use alloc::boxed::Box;
use core::fmt;

use crate::limits::Limit;
use crate::position::Position;

/// What went wrong, and where: reading, and whatever the other functions of the crate answer, so that
/// `?` works in a function that reads, changes and writes.
///
/// One word in size. What is merely wrong with a card is a
/// [`Diagnostic`](crate::validate::Diagnostic), not an error.
///
/// ```
/// use vcardinal::{Card, property};
///
/// fn set_note(bytes: &[u8]) -> Result<Vec<u8>, vcardinal::Error> {
///     let mut card = Card::parse(bytes)?;
///     card.set::<property::Note>("x\u{1}")?;
///     Ok(card.into_bytes())
/// }
/// let error = set_note(b"BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n").unwrap_err();
/// assert_eq!(error.property(), Some("NOTE"));
/// assert_eq!(error.to_string(), "NOTE: the value holds a control character");
/// ```
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    position: Option<Position>,
    property: Option<Box<str>>,
}

/// The error of a stage above, in a box.
type Boxed = Box<dyn core::error::Error + Send + Sync>;

/// What went wrong.
///
/// ```
/// use vcardinal::{Card, ErrorKind};
///
/// let error = Card::parse("BEGIN:VCALENDAR\nEND:VCALENDAR\n").unwrap_err();
/// assert!(matches!(error.kind(), ErrorKind::NoCard));
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input could not be read. Ends the iteration.
    #[cfg(feature = "std")]
    #[error("cannot read or write: {0}")]
    Io(std::io::Error),
    /// A file could not be opened.
    #[cfg(feature = "std")]
    #[error("cannot open {}: {error}", path.display())]
    Open {
        /// The file.
        path: std::path::PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A card exceeds one of the [`Limits`](crate::Limits); the reader goes on after it.
    #[error("{limit} is larger than the limit of {max}")]
    Limit {
        /// Which limit.
        limit: Limit,
        /// Its value, in the unit of the limit.
        max: usize,
    },
    /// A single card was asked for, and the input has no card.
    #[error("there is no BEGIN:VCARD line in the input")]
    NoCard,
    /// A single card was asked for, and the input has more than one.
    #[error("there is more than one card in the input")]
    NotOneCard,
    /// A property cannot be read as a value: an [`AccessError`](crate::typed::AccessError), or the
    /// [`TextError`](crate::syntax::TextError) of its text.
    #[error(transparent)]
    Access(Boxed),
    /// A text is not a value: a [`ValueError`](crate::value::ValueError) or one of the types that
    /// have their own.
    #[error(transparent)]
    Value(Boxed),
    /// A value was not set: a [`SetError`](crate::typed::SetError).
    #[error(transparent)]
    Set(Boxed),
    /// A card was not changed: an [`EditError`](crate::EditError), or the reason of one.
    #[error(transparent)]
    Edit(Boxed),
    /// A card was not built: a [`BuildError`](crate::BuildError).
    #[error(transparent)]
    Build(Boxed),
    /// A card was not checked, or does not conform: an error of [`validate`](crate::validate).
    #[error(transparent)]
    Validate(Boxed),
    /// A card was not converted: an error of `convert`.
    #[error(transparent)]
    Convert(Boxed),
    /// A contact is not valid, or was not applied: an error of [`contact`](crate::contact).
    #[error(transparent)]
    Contact(Boxed),
    /// A message was not made or not taken: an error of `send_contact`.
    #[error(transparent)]
    Send(Boxed),
}

/// Makes errors of a stage what `?` turns into the one error of the crate.
macro_rules! into_error {
    ($kind:ident: $($type:ty),+ $(,)?) => {$(
        impl From<$type> for $crate::error::Error {
            fn from(error: $type) -> Self {
                let kind = $crate::error::ErrorKind::$kind(alloc::boxed::Box::new(error));
                $crate::error::Error::new(kind, None)
            }
        }
    )+};
}
pub(crate) use into_error;

/// As [`into_error`], of errors that name a property.
macro_rules! into_error_of_property {
    ($kind:ident: $($type:ty => $property:expr),+ $(,)?) => {$(
        impl From<$type> for $crate::error::Error {
            fn from(error: $type) -> Self {
                let property: fn(&$type) -> Option<&str> = $property;
                let property = property(&error).map(alloc::boxed::Box::from);
                let kind = $crate::error::ErrorKind::$kind(alloc::boxed::Box::new(error));
                $crate::error::Error::new(kind, None).of(property)
            }
        }
    )+};
}
pub(crate) use into_error_of_property;

impl Error {
    pub(crate) fn new(kind: ErrorKind, position: Option<Position>) -> Self {
        Error(Box::new(Inner {
            kind,
            position,
            property: None,
        }))
    }

    /// Of this property.
    pub(crate) fn of(mut self, property: Option<Box<str>>) -> Self {
        self.0.property = property;
        self
    }

    /// The property that it is about, by its name; `None` where it is about none, or about several.
    ///
    /// ```
    /// use vcardinal::{Card, property};
    ///
    /// fn change(card: &mut Card) -> Result<(), vcardinal::Error> {
    ///     card.set::<property::Url>("nowhere")?;
    ///     Ok(())
    /// }
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// assert_eq!(change(&mut card).unwrap_err().property(), Some("URL"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn property(&self) -> Option<&str> {
        self.0.property.as_deref()
    }

    /// What went wrong.
    ///
    /// ```
    /// use vcardinal::{Card, ErrorKind};
    ///
    /// let error = Card::parse("hello").unwrap_err();
    /// assert!(matches!(error.kind(), ErrorKind::NoCard));
    /// ```
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Where; `None` where a place would mean nothing, as for an input without a card.
    ///
    /// ```
    /// use vcardinal::{CardReader, Limits};
    ///
    /// let input = b"BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:A long name\nEND:VCARD\n";
    /// let mut reader = CardReader::from_slice(input).with_limits(Limits::default().with_line(12));
    /// let error = reader.nth(1).unwrap().unwrap_err();
    /// assert_eq!(error.position().unwrap().line, 4); // where its card begins
    /// ```
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.0.position
    }

    /// Whether it came from reading the input.
    ///
    /// ```
    /// use vcardinal::{Card, CardReader};
    ///
    /// assert!(CardReader::from_path("there/is/no such.vcf").unwrap_err().is_io());
    /// assert!(!Card::parse("hello").unwrap_err().is_io());
    /// ```
    #[must_use]
    pub fn is_io(&self) -> bool {
        #[cfg(feature = "std")]
        {
            matches!(self.0.kind, ErrorKind::Io(_) | ErrorKind::Open { .. })
        }
        #[cfg(not(feature = "std"))]
        {
            false
        }
    }

    /// Whether a card exceeded one of the limits.
    ///
    /// ```
    /// use vcardinal::{Card, Limits};
    ///
    /// let card = "BEGIN:VCARD\nFN:A long name\nEND:VCARD\n";
    /// assert!(Card::parse_with(card, Limits::default().with_card(20)).unwrap_err().is_limit());
    /// ```
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

/// An output could not be written, or an input not read.
#[cfg(feature = "std")]
impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Error::new(ErrorKind::Io(error), None)
    }
}

/// As the errors of csv and serde_json.
#[cfg(feature = "std")]
impl From<Error> for std::io::Error {
    fn from(error: Error) -> Self {
        let inner = *error.0;
        match inner.kind {
            ErrorKind::Io(error) => error,
            kind => std::io::Error::other(Error(Box::new(Inner { kind, ..inner }))),
        }
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        core::error::Error::source(&self.0.kind)
    }
}
