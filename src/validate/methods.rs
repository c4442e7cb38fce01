//! What is asked of a card itself.

use super::driver::validate;
use super::fill_required::fill_required;
use super::profile::Profile;
use super::report::Report;
use crate::card::{Card, EditError};

impl Card {
    /// What is wrong with it by the rules of a profile; [`validate`] as a method.
    ///
    /// What lies around a card in its file is seen by a [`Checker`](super::Checker).
    ///
    /// ```
    /// use vcardinal::{Card, validate::Profile};
    ///
    /// let card = Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n")?;
    /// assert!(card.validate(Profile::Rfc6350).has_errors());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn validate(&self, profile: Profile) -> Report {
        validate(self, profile)
    }

    /// Completes what it must have and what can be made from the rest of it; [`fill_required`] as a
    /// method.
    ///
    /// # Errors
    ///
    /// The card has no place where a line can be added.
    ///
    /// ```
    /// let mut card = vcardinal::Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nORG:Nut\r\nEND:VCARD\r\n")?;
    /// assert_eq!(card.fill_required()?, 1);
    /// assert_eq!(card.full_name().unwrap().text_lossy(), "Nut");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn fill_required(&mut self) -> Result<usize, EditError> {
        fill_required(self)
    }
}
