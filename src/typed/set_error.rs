//! Why a value was not set.

use alloc::boxed::Box;
use core::fmt;

use crate::card::{BuildError, EditError, TokenError, WriteError};
use crate::registry::PropertyRow;
use crate::value::{Unwritable, ValueError};
use crate::version::Version;

/// Why a value was not set: which property, and what is wrong.
///
/// ```
/// use vcardinal::typed::SetErrorKind;
/// use vcardinal::{Card, property};
///
/// let mut card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nFN:A\nN:A;;;;\nEND:VCARD\n")?;
/// let error = card.set::<property::Url>("example.com").unwrap_err();
/// assert_eq!(error.property(), "URL");
/// assert!(matches!(error.kind(), SetErrorKind::Text(_)));
/// assert_eq!(error.to_string(), "URL: no scheme; expected a URI, as https://example.com/");
/// # Ok::<(), vcardinal::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetError {
    property: Box<str>,
    kind: SetErrorKind,
}

impl SetError {
    /// The property that was to be set, by its name.
    ///
    /// ```
    /// use vcardinal::{Card, property};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// assert_eq!(card.set::<property::Url>("nowhere").unwrap_err().property(), "URL");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn property(&self) -> &str {
        &self.property
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &SetErrorKind {
        &self.kind
    }
}

impl fmt::Display for SetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.property, self.kind)
    }
}

impl core::error::Error for SetError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        core::error::Error::source(&self.kind)
    }
}

impl BuildError {
    /// Why a value was not written, where it is about one: the error that a card which exists gives for
    /// it.
    ///
    /// ```
    /// use vcardinal::typed::SetErrorKind;
    /// use vcardinal::value::{PartialDate, Unwritable};
    /// use vcardinal::{Card, Version, property};
    ///
    /// let builder = Card::builder(Version::V3_0).full_name("A").fill_required();
    /// let error = builder.with::<property::Bday>(PartialDate::year_month(1985, 4)?).build().unwrap_err();
    /// assert!(matches!(
    ///     error.set_error().unwrap().kind(),
    ///     SetErrorKind::Value(Unwritable::NotInVersion { version: Version::V3_0, .. })
    /// ));
    /// assert_eq!(
    ///     error.to_string(),
    ///     "BDAY: vCard 3.0 has no form for a date with parts left out; year, month and day have one",
    /// );
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub fn set_error(&self) -> Option<&SetError> {
        match self {
            BuildError::Value { error, .. } => error.downcast_ref(),
            _ => None,
        }
    }
}

/// What is wrong with a value that was to be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SetErrorKind {
    /// The text is not a value of the property.
    #[error(transparent)]
    Text(#[from] ValueError),
    /// The version of the card has no text for the value.
    #[error(transparent)]
    Value(#[from] Unwritable),
    /// The line cannot be changed or added.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The version of the card does not have the property. One that is there can be changed.
    #[error("vCard {version} does not have this property")]
    NotInVersion {
        /// The version of the card.
        version: Version,
    },
    /// A value of this type has to have a parameter that the property does not have: SERVICE-TYPE of
    /// a SOCIALPROFILE that is a text. RFC 9554, 3.5.
    #[error("a value of this type needs the parameter {parameter}; set that first")]
    Needs {
        /// The parameter.
        parameter: &'static str,
    },
    /// The property of a vendor has a few words of its own, and not for this value: `X-ABShowAs` says
    /// COMPANY or nothing. Adding the standard's property says it.
    #[error("the vendor has no word for the value")]
    NoWord,
    /// There is no value to be set: an `Option` that is `None`.
    #[error("there is no value; to remove the property there is `remove`")]
    Nothing,
}

impl SetErrorKind {
    /// Of this property.
    pub(super) fn of(self, property: &str) -> SetError {
        SetError {
            property: property.into(),
            kind: self,
        }
    }
}

impl From<TokenError> for SetErrorKind {
    fn from(error: TokenError) -> Self {
        SetErrorKind::Edit(error.into())
    }
}

impl From<WriteError> for SetErrorKind {
    fn from(error: WriteError) -> Self {
        SetErrorKind::Edit(error.into())
    }
}

/// Whether a version has a property; names that no registry knows are in every one.
pub(super) fn is_in_version(
    row: Option<&'static PropertyRow>,
    version: Version,
) -> Result<(), SetErrorKind> {
    match row {
        Some(row) if row.column(version).is_none() => Err(SetErrorKind::NotInVersion { version }),
        _ => Ok(()),
    }
}

crate::error::into_error_of_property! { Set: SetError => |error| Some(error.property()) }
