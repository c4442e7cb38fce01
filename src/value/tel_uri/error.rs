//! What keeps a text from being a `tel:` URI.

/// Why a text is not a `tel:` URI, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("byte {offset}: {reason}")]
pub struct TelUriError {
    offset: usize,
    reason: TelUriReason,
}

impl TelUriError {
    pub(super) const fn new(offset: usize, reason: TelUriReason) -> Self {
        TelUriError { offset, reason }
    }

    /// The byte of the text in question, from 0.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// What is wrong there.
    #[must_use]
    pub const fn reason(&self) -> TelUriReason {
        self.reason
    }
}

/// What keeps a text from being a `tel:` URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum TelUriReason {
    /// The text does not begin with `tel:`.
    #[error("expected \"tel:\"")]
    Scheme,
    /// There is no digit in the number.
    #[error("expected digits")]
    NoDigits,
    /// A character that no number, or no global number, holds.
    #[error("expected a digit, found {0:?}")]
    NotADigit(char),
    /// A local number does not say where it is valid (RFC 3966, 5.1.5).
    #[error("a number without '+' needs ;phone-context=")]
    NoContext,
    /// The context is neither a domain nor the beginning of a global number.
    #[error("expected a domain or '+' and digits as phone-context")]
    Context,
    /// A semicolon with no name behind it.
    #[error("expected the name of a parameter")]
    NoParameterName,
    /// A parameter that needs a value has none.
    #[error("expected a value")]
    NoValue,
    /// A character that must be percent-encoded there.
    #[error("{0:?} must be percent-encoded in a parameter")]
    Parameter(char),
    /// A parameter that was there before.
    #[error("the parameter is there twice")]
    Twice,
    /// `ext` and `isub` exclude each other (RFC 3966, 5.3).
    #[error("ext and isub exclude each other")]
    ExtensionAndSubaddress,
    /// `ext` or `isub` come first, then `phone-context`, then the others by name.
    #[error("parameters are out of order: ext or isub, phone-context, then the others by name")]
    Order,
}
