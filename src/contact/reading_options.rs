//! What is chosen about how a contact is read from a card.

use alloc::vec::Vec;

use super::left_out::LeftOutReason;
use crate::card::Card;
use crate::syntax::Charset;
use crate::value::{E164, E164Error, WrittenNumber};

/// How a contact is read from a card, where the card does not say enough by itself.
///
/// ```
/// # #[cfg(feature = "phone")]
/// # {
/// use vcardinal::{Card, contact::FromCard};
///
/// let mut card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nFN:Zoe\nTEL:(415) 555-0123\nEND:VCARD\n")?;
/// let reading = FromCard::new().region("US".parse()?);
/// let (mut contact, left_out) = reading.contact(&card);
/// assert_eq!(contact.phones[0].value, "+14155550123");
/// assert_eq!(left_out.iter().next().unwrap().to_string(), "TEL: read as +14155550123 in US");
///
/// // Changes go back by the same reading, so that the number is not there twice.
/// contact.full_name = Some("Zoe Quist".into());
/// reading.apply(&contact, &mut card)?;
/// assert_eq!(
///     card.to_string(),
///     "BEGIN:VCARD\nVERSION:3.0\nFN:Zoe Quist\nTEL:(415) 555-0123\nEND:VCARD\n"
/// );
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct FromCard {
    charset: Option<Charset>,
    #[cfg(feature = "phone")]
    region: Option<crate::value::phone::Region>,
}

impl Default for FromCard {
    fn default() -> Self {
        FromCard::new()
    }
}

impl FromCard {
    /// Numbers must have their calling code; text that is not UTF-8 and names no charset is read
    /// as Windows-1252.
    pub fn new() -> Self {
        FromCard {
            charset: Some(Charset::WINDOWS_1252),
            #[cfg(feature = "phone")]
            region: None,
        }
    }

    /// What text is read as that is not UTF-8 and names no charset, as old address books wrote it;
    /// `None` reads none of it. A [fall-back charset of the card](Card::set_fallback_charset)
    /// comes first.
    ///
    /// Each line that was read this way is also in what is left out, as
    /// [`LeftOutReason::AssumedCharset`].
    ///
    /// ```
    /// use vcardinal::{Card, Charset, contact::FromCard};
    ///
    /// let card = Card::parse(b"BEGIN:VCARD\nVERSION:2.1\nN:Quist;Zo\xEB\nEND:VCARD\n")?;
    /// let (contact, _) = FromCard::new().fallback_charset(Some(Charset::WINDOWS_1252)).contact(&card);
    /// assert_eq!(contact.given_name.as_deref(), Some("Zoë"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn fallback_charset(mut self, charset: Option<Charset>) -> Self {
        self.charset = charset;
        self
    }

    pub(super) fn charset(&self, card: &Card) -> Option<Charset> {
        card.fallback_charset().or(self.charset)
    }

    /// Numbers without a calling code are read as those of this region.
    ///
    /// Each number that was made this way is also in what is left out, as
    /// [`LeftOutReason::Derived`]; the card keeps what was written.
    #[cfg(feature = "phone")]
    pub fn region(mut self, region: crate::value::phone::Region) -> Self {
        self.region = Some(region);
        self
    }

    /// The number in a text, and why the text says more than that.
    pub(super) fn number(&self, text: &str) -> Result<(E164, Vec<LeftOutReason>), LeftOutReason> {
        let error = match WrittenNumber::parse(text) {
            Ok(written) => return Ok((written.to_e164(), beside(&written))),
            Err(error) => error,
        };
        self.national(text, error)
    }

    #[cfg(feature = "phone")]
    fn national(
        &self,
        text: &str,
        error: E164Error,
    ) -> Result<(E164, Vec<LeftOutReason>), LeftOutReason> {
        let Some(region) = self.region else {
            return Err(LeftOutReason::NotE164(error));
        };
        E164::from_national(text, region)
            .map(|derived| (derived.number, [LeftOutReason::Derived(derived)].into()))
            .map_err(LeftOutReason::NotNational)
    }

    #[cfg(not(feature = "phone"))]
    #[expect(clippy::unused_self, reason = "as with the feature")]
    fn national(
        &self,
        _: &str,
        error: E164Error,
    ) -> Result<(E164, Vec<LeftOutReason>), LeftOutReason> {
        Err(LeftOutReason::NotE164(error))
    }
}

/// What a number is written with that has no field, and what is odd about the number.
fn beside(written: &WrittenNumber<'_>) -> Vec<LeftOutReason> {
    let number = written.to_e164();
    let mut reasons = Vec::new();
    if written.has_trunk_zero() {
        reasons.push(LeftOutReason::TrunkZero(number));
    }
    if let Some(dialled) = written.dialled_after() {
        reasons.push(LeftOutReason::DialledAfter(dialled.into()));
    }
    if !number.is_possible() {
        reasons.push(LeftOutReason::Impossible {
            possibility: number.possibility(),
            suggestion: number.without_trunk_zero(),
        });
    }
    reasons
}
