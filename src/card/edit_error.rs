//! Why a card was not changed.

use super::new_property::{TokenError, WriteError};

/// Why a card was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// The new line has no form in the version of the card.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A name is not a valid name.
    #[error(transparent)]
    Name(#[from] TokenError),
    /// The change would join two lines into one: a line beside the place is glued to its
    /// neighbour, because it begins with white space or ends in an open soft line break.
    #[error("the lines at this place cannot be parted or joined without changing what they say")]
    Glued,
    /// There is no such line in the card, or it is BEGIN or END.
    #[error("there is no such property in the card")]
    NoEntry,
    /// The version of the card would become another, in which quotes and backslashes in the
    /// parameters of its lines mean something else: to or from 2.1.
    #[error("the parameters of the card mean something else in the other version")]
    Version,
    /// The head of the line is not UTF-8, so that it cannot be written again.
    #[error("the parameters of the line are not UTF-8")]
    NotUtf8,
}

impl From<core::convert::Infallible> for EditError {
    fn from(never: core::convert::Infallible) -> Self {
        match never {}
    }
}
