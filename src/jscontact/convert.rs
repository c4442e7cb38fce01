//! The two ways, as they are called.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_json::Value;

use super::check::check;
use super::error::{Error, ErrorKind};
use super::read::read;
use super::{from_card, to_card};
use crate::card::Card;
use crate::convert::{Change, Convert, ConvertError};
use crate::version::Version;

/// A card in JSContact.
///
/// What has no counterpart is in `vCardProps` and `vCardParams`. RFC 9555, 2.
///
/// # Errors
///
/// A card of 2.1 or 3.0 that cannot be [converted](Card::convert) to 4.0, since it would be too large.
///
/// ```
/// use vcardinal::{Card, jscontact};
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:Ada\nBDAY:--1210\nEND:VCARD\n")?;
/// let value = jscontact::to_value(&card)?;
/// assert_eq!(value["anniversaries"]["BDAY-1"]["date"]["month"], 12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn to_value(card: &Card) -> Result<Value, ConvertError> {
    to_value_with_changes(card).map(|(value, _)| value)
}

/// As [`to_value`], with what is not in the value as it was in the card.
///
/// # Errors
///
/// As [`to_value`].
///
/// ```
/// use vcardinal::{Card, convert::ChangeKind, jscontact};
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:Ada\nGENDER:F\nEND:VCARD\n")?;
/// let (_, changes) = jscontact::to_value_with_changes(&card)?;
/// let [change] = &changes[..] else { panic!() };
/// assert_eq!((change.kind(), change.property()), (ChangeKind::Moved, Some("GENDER")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn to_value_with_changes(card: &Card) -> Result<(Value, Vec<Change>), ConvertError> {
    to_value_with(card, &Convert::to(Version::V4_0))
}

/// As [`to_value_with_changes`], with the options of the conversion to 4.0.
///
/// # Errors
///
/// As [`Convert::card`].
///
/// ```
/// use vcardinal::{Card, Version, convert::Convert, jscontact};
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nN:A;;;;\nFN:A\nEND:VCARD\n")?;
/// let options = Convert::to(Version::V4_0).uid_if_missing("urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1");
/// let (value, _) = jscontact::to_value_with(&card, &options)?;
/// assert_eq!(value["uid"], "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn to_value_with(card: &Card, options: &Convert) -> Result<(Value, Vec<Change>), ConvertError> {
    if card.effective_version() == Version::V4_0 {
        return Ok(from_card::convert(card));
    }
    let (converted, mut changes) = options.card(card)?.into_parts();
    let (value, others) = from_card::convert(&converted);
    // Their lines are those of a card that nobody has seen.
    changes.extend(others.into_iter().map(Change::without_place));
    Ok((value, changes))
}

/// A card as the text of a JSContact card, on one line.
///
/// # Errors
///
/// As [`to_value`].
///
/// ```
/// use vcardinal::{Card, jscontact};
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:Ada\nEND:VCARD\n")?;
/// assert_eq!(jscontact::to_string(&card)?, r#"{"@type":"Card","version":"2.0","name":{"full":"Ada"}}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn to_string(card: &Card) -> Result<String, ConvertError> {
    to_value(card).map(|value| value.to_string())
}

/// The 4.0 card of the text of a JSContact card.
///
/// # Errors
///
/// As [`read`] and [`from_value`].
///
/// ```
/// use vcardinal::jscontact;
///
/// let card = jscontact::from_str(r#"{ "@type": "Card", "version": "2.0", "name": { "full": "Ada" } }"#)?;
/// assert_eq!(card.display_name(), "Ada");
/// assert_eq!(jscontact::to_string(&card)?, r#"{"@type":"Card","version":"2.0","name":{"full":"Ada"}}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn from_str(text: &str) -> Result<Card, Error> {
    from_value(&read(text.as_bytes())?)
}

/// The 4.0 card of a JSContact card.
///
/// What vCard has no property for is in JSPROP. RFC 9555, 3.
///
/// # Errors
///
/// The card is not valid ([`check`]), and nothing is made of it; or its vCard would be too large.
///
/// ```
/// use serde_json::json;
/// use vcardinal::jscontact;
///
/// let value = json!({ "@type": "Card", "version": "2.0", "kind": "org", "example.com:mood": "calm" });
/// assert_eq!(
///     jscontact::from_value(&value)?.to_string(),
///     "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:\r\nKIND:org\r\n\
///      JSPROP;JSPTR=\"example.com:mood\":\"calm\"\r\nEND:VCARD\r\n",
/// );
/// let value = json!({ "@type": "Card", "version": "2.0", "Kind": "org" });
/// assert_eq!(jscontact::from_value(&value).unwrap_err().problems()[0].pointer(), "/Kind");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn from_value(value: &Value) -> Result<Card, Error> {
    from_value_with_changes(value).map(|(card, _)| card)
}

/// As [`from_value`], with what is not in the card as it was in the value. A change is
/// [about](Change::property) a path: `updated`, `phones/p1/example.com:mood`.
///
/// # Errors
///
/// As [`from_value`].
///
/// ```
/// use vcardinal::jscontact;
///
/// let value = serde_json::json!({ "@type": "Card", "version": "2.0", "name": { "full": "Ada" } });
/// let (card, changes) = jscontact::from_value_with_changes(&value)?;
/// assert_eq!(card.display_name(), "Ada");
/// assert!(changes.is_empty());
/// # Ok::<(), jscontact::Error>(())
/// ```
pub fn from_value_with_changes(value: &Value) -> Result<(Card, Vec<Change>), Error> {
    refuse_invalid(value)?;
    to_card::convert(value).map_err(|error| Error::new(ErrorKind::Write(error)))
}

/// All that is wrong with a card that is not valid, as an error.
pub(super) fn refuse_invalid(value: &Value) -> Result<(), Error> {
    let problems = check(value);
    match problems.is_empty() {
        true => Ok(()),
        false => Err(Error::new(ErrorKind::Invalid(problems))),
    }
}
