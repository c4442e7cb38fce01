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
    #[error("the card has no such property")]
    NoEntry,
    /// The line is not the one any more that the change was meant for.
    #[error("the line was changed in the meantime")]
    Changed,
    /// The version of the card would become another, in which a value or a parameter of its other
    /// lines says something else: a backslash in a text of 2.1, a circumflex in a parameter of 3.0.
    ///
    /// Changing VERSION changes no other line. To have the same card in another version there is
    /// `Card::convert`.
    #[error(
        "lines of the card say something else in the other version, so use convert, or change those \
         lines first"
    )]
    Version,
    /// VERSION cannot be set by itself: all other lines would say something else. To have the card in
    /// another version there is `Card::convert`.
    #[error("setting VERSION would make the other lines say something else, so use convert")]
    UseConvert,
    /// The head of the line is not UTF-8, so that it cannot be written again.
    #[error("the parameters of the line are not UTF-8")]
    NotUtf8,
}

impl From<core::convert::Infallible> for EditError {
    fn from(never: core::convert::Infallible) -> Self {
        match never {}
    }
}

crate::error::into_error! { Edit: EditError, WriteError, TokenError }
crate::error::into_error_of_property! { Build: super::BuildError => |error| error.property() }
