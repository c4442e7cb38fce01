//! A card that was found to conform.

use core::fmt;
use core::ops::Deref;

use super::driver::validate;
use super::profile::Profile;
use super::report::Report;
use crate::card::Card;

/// A card without an error by the rules of a profile.
///
/// There is no other way to get one than [`Valid::new`], and the card in it cannot be changed: a
/// function that takes a `Valid` card need not check it again. Warnings do not keep a card out; see
/// [`Report::is_clean`] for those.
///
/// ```
/// use vcardinal::{Card, validate::{Profile, Valid}};
///
/// fn publish(card: &Valid) -> Vec<u8> {
///     card.to_bytes().into_owned()
/// }
///
/// let bytes = b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Quist\r\nEND:VCARD\r\n";
/// let card = Valid::new(Card::parse(bytes)?, Profile::Rfc6350)?;
/// assert_eq!(card.profile(), Profile::Rfc6350);
/// assert_eq!(card.display_name(), "Ada Quist"); // all that a card can be asked
/// assert_eq!(publish(&card), bytes);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// It lends the card for reading only:
///
/// ```compile_fail
/// # use vcardinal::{Card, validate::Valid};
/// fn change(card: &mut Valid) -> &mut Card {
///     card
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Valid<C = Card> {
    card: C,
    profile: Profile,
}

impl Valid<Card> {
    /// The card, if there is no error in it.
    ///
    /// # Errors
    ///
    /// The card as it was and what was found in it, when one of the findings is an error.
    ///
    /// ```
    /// use vcardinal::{Card, validate::{Profile, Valid}};
    ///
    /// let card = Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n")?;
    /// let refused = Valid::new(card, Profile::Declared).unwrap_err();
    /// assert_eq!(refused.report.errors().next().unwrap().rule.id, "fn-missing");
    /// assert!(refused.card.property("FN").is_none());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[allow(
        clippy::result_large_err,
        reason = "the card goes back as it goes on where it is valid; its size is that of features"
    )]
    pub fn new(card: Card, profile: Profile) -> Result<Valid<Card>, NotValid> {
        let report = validate(&card, profile);
        if report.errors().next().is_some() {
            return Err(NotValid { card, report });
        }
        Ok(Valid { card, profile })
    }

    /// The rules it was held against.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// The card, free to be changed again.
    ///
    /// ```
    /// use vcardinal::{Card, validate::{Profile, Valid}};
    ///
    /// let card = Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada\r\nEND:VCARD\r\n")?;
    /// let valid = Valid::new(card.clone(), Profile::Declared).unwrap();
    /// assert_eq!(valid.into_inner(), card);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn into_inner(self) -> Card {
        self.card
    }
}

impl Deref for Valid<Card> {
    type Target = Card;

    fn deref(&self) -> &Card {
        &self.card
    }
}

impl AsRef<Card> for Valid<Card> {
    fn as_ref(&self) -> &Card {
        &self.card
    }
}

/// A card with an error in it, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotValid {
    /// The card as it was.
    pub card: Card,
    /// All findings, warnings too.
    pub report: Report,
}

impl NotValid {
    /// A card, and what was found in it.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::validate::{NotValid, Profile};
    ///
    /// let card = Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n")?;
    /// let report = card.validate(Profile::Rfc6350);
    /// let refused = NotValid::new(card, report);
    /// assert!(refused.to_string().starts_with("error[fn-missing]: "));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub const fn new(card: Card, report: Report) -> Self {
        NotValid { card, report }
    }
}

impl fmt::Display for NotValid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut errors = self.report.errors();
        match errors.next() {
            Some(first) => write!(f, "{first}")?,
            None => write!(f, "no error")?,
        }
        match errors.count() {
            0 => Ok(()),
            more => write!(f, ", and {more} more"),
        }
    }
}

impl core::error::Error for NotValid {}

crate::error::into_error! { Validate: NotValid }
