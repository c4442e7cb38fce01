//! A property of a card to its typed value.

mod binary;

use crate::syntax::TextError;
use crate::value::ValueError;

/// Why a property has no value of its type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccessError {
    /// Its bytes are not text.
    #[error(transparent)]
    Text(#[from] TextError),
    /// Its text is no such value.
    #[error(transparent)]
    Value(#[from] ValueError),
}
