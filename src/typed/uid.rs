//! A UID for a card that has none.

use alloc::borrow::Cow;
use alloc::format;

use super::property::Uid;
use super::set_error::SetError;
use crate::card::Card;

impl Card {
    /// Its UID; where it has none, or a blank one, a random `urn:uuid:` is set first. RFC 6350, 6.7.6;
    /// RFC 9562, 5.4.
    ///
    /// # Errors
    ///
    /// The card has no place for the line.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// let uid = card.ensure_uid()?.into_owned();
    /// assert!(uid.starts_with("urn:uuid:"));
    /// assert_eq!(card.ensure_uid()?, uid);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn ensure_uid(&mut self) -> Result<Cow<'_, str>, SetError> {
        let is_there = |card: &Card| {
            let uid = card.get::<Uid>();
            uid.is_some_and(|uid| !uid.text_lossy().trim().is_empty())
        };
        if !is_there(self) {
            self.set::<Uid>(format!("urn:uuid:{}", uuid::Uuid::new_v4()))?;
        }
        Ok(self
            .get::<Uid>()
            .map_or(Cow::Borrowed(""), |uid| uid.text_lossy()))
    }
}
