//! A converted card.

use alloc::vec::Vec;

use super::change::{Change, ChangeKind};
use crate::card::Card;

/// Why a card was not converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConvertError {
    /// vCard 2.1 is read, and never written anew.
    #[error("vCard 2.1 is read and not written; convert to 3.0 or 4.0")]
    Target,
    /// The result would be larger than a card can be.
    #[error("the converted card is larger than a card can be")]
    TooLarge,
    /// The UID or the REV that was asked for cannot be written: a UID with a control character in it.
    #[error("the UID or REV that was asked for has no form in the version")]
    Stamp,
}

/// A converted card, and what is not in it as it was in the source.
///
/// ```
/// use vcardinal::{Card, Version};
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nN:Quist;Zoe;;;\nFN:Zoe\nEND:VCARD\n")?;
/// let converted = card.convert(Version::V4_0)?;
/// assert!(converted.changes().is_empty());
/// assert_eq!(converted.into_card().version(), Some(Version::V4_0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Conversion {
    pub(super) card: Card,
    pub(super) changes: Vec<Change>,
}

impl Conversion {
    #[cfg(any(feature = "jcard", feature = "xcard", feature = "jscontact"))]
    pub(crate) fn new(card: Card, changes: Vec<Change>) -> Self {
        Conversion { card, changes }
    }

    /// The card.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nN:Quist;Zoe;;;\nFN:Zoe\nEND:VCARD\n")?;
    /// assert_eq!(card.convert(Version::V4_0)?.card().display_name(), "Zoe");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// The card, to keep.
    #[must_use]
    pub fn into_card(self) -> Card {
        self.card
    }

    /// What is not as it was, in the order of the source: at most one for each property and one for
    /// each of its parameters.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:2.1\nN:Quist;Zoe\nEND:VCARD\n")?;
    /// let converted = card.convert(Version::V4_0)?;
    /// assert_eq!(converted.changes()[0].property(), Some("FN"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Whether something of the source is not in the result.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nN:Quist;Zoe;;;\nFN:Zoe\nMAILER:Pine\nEND:VCARD\n")?;
    /// assert!(!card.convert(Version::V4_0)?.has_dropped());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn has_dropped(&self) -> bool {
        self.changes
            .iter()
            .any(|change| change.kind() == ChangeKind::Dropped)
    }

    /// The card and the changes.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:2.1\nN:Quist;Zoe\nEND:VCARD\n")?;
    /// let (card, changes) = card.convert(Version::V4_0)?.into_parts();
    /// assert_eq!((card.display_name(), changes.len()), ("Zoe Quist".into(), 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn into_parts(self) -> (Card, Vec<Change>) {
        (self.card, self.changes)
    }
}

crate::error::into_error! { Convert: ConvertError }
