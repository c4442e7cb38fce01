//! Why a value was not set.

use crate::card::{EditError, TokenError, WriteError};
use crate::registry;
use crate::value::Unwritable;
use crate::version::Version;

/// Why a value was not set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SetError {
    /// The version of the card has no text for the value.
    #[error(transparent)]
    Value(#[from] Unwritable),
    /// The line cannot be changed or added.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The version of the card does not have the property. One that is there can be changed.
    #[error("vCard {version} has no property {name}")]
    NotInVersion {
        /// The property.
        name: &'static str,
        /// The version of the card.
        version: Version,
    },
}

impl From<TokenError> for SetError {
    fn from(error: TokenError) -> Self {
        SetError::Edit(error.into())
    }
}

impl From<WriteError> for SetError {
    fn from(error: WriteError) -> Self {
        SetError::Edit(error.into())
    }
}

/// Whether a version has a property; names that no registry knows are in every one.
pub(super) fn is_in_version(name: &'static str, version: Version) -> Result<(), SetError> {
    match registry::property(name.as_bytes()) {
        Some(row) if row.column(version).is_none() => Err(SetError::NotInVersion { name, version }),
        _ => Ok(()),
    }
}
