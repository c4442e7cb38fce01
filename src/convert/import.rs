//! A property of one card in another, whatever the version of each is.

use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;

use super::conversion::ConvertError;
use crate::card::{Card, EditError, EntryId, PropertyRef};
use crate::version::Version;

/// Why a property was not taken over from another card.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The version of the card has no form for it.
    #[error("{property}: vCard {version} has no form for it")]
    NotInVersion {
        /// The property.
        property: Box<str>,
        /// The version of the card.
        version: Version,
    },
    /// Nothing is converted to the version of the card.
    #[error(transparent)]
    Convert(#[from] ConvertError),
    /// The line cannot be added.
    #[error(transparent)]
    Edit(#[from] EditError),
}

crate::error::into_error! { Convert: ImportError }

/// What a conversion adds because its version demands it.
const ADDED: [&str; 6] = ["VERSION", "FN", "N", "UID", "REV", "X-ABLABEL"];

impl Card {
    /// Adds a property of another card: its value, parameters and label as the version of this card
    /// writes them, as [`convert`](Self::convert) has it. A group that is taken gives way to a free one.
    ///
    /// # Errors
    ///
    /// [`ImportError`]: the version of this card has no form for it, or is 2.1 where the other is not;
    /// or the line cannot be added.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let theirs = Card::parse("BEGIN:VCARD\nVERSION:2.1\nN:B\nTEL;CELL;PREF:12\nEND:VCARD\n")?;
    /// let mut ours = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// for property in theirs.properties().filter(|p| p.is("TEL")) {
    ///     ours.import(property)?;
    /// }
    /// assert!(ours.to_string().contains("\nTEL;TYPE=CELL;PREF=1:12\n"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[doc(alias = "merge")]
    pub fn import<'p>(
        &mut self,
        property: impl Into<PropertyRef<'p>>,
    ) -> Result<EntryId, ImportError> {
        let property = property.into();
        let (from, version) = (property.effective_version(), self.effective_version());
        if from == version {
            return Ok(self.push_copy(&property)?);
        }
        let lines = format!("BEGIN:VCARD\r\nVERSION:{from}\r\nEND:VCARD\r\n");
        let mut alone = Card::parse(lines).map_err(|_| EditError::NoEntry)?;
        alone.push_copy(&property)?;
        let converted = alone.convert(version)?.into_card();
        let is_added = |other: &PropertyRef<'_>| {
            ADDED
                .iter()
                .any(|name| other.is(name) && !property.is(name))
        };
        let mut ids = Vec::new();
        for other in converted.properties().filter(|other| !is_added(other)) {
            ids.push(self.push_copy(&other)?);
        }
        ids.first()
            .copied()
            .ok_or_else(|| ImportError::NotInVersion {
                property: property.name().into(),
                version,
            })
    }
}
