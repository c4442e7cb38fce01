//! What a card must have and lacks, added to it.

use alloc::string::String;

use super::driver::validate;
use super::profile::Profile;
use crate::card::{Card, EditError, Property};
use crate::version::Version;

/// Completes what a card must have and what can be made from the rest of it: FN from N, ORG or
/// EMAIL, and in 2.1 and 3.0 an N with the FN as its family name, or empty. How many properties
/// were added.
///
/// RFC 6350, 6.2.1; RFC 2426, 3.1.2.
///
/// # Errors
///
/// When the card has no place where a line can be added.
///
/// ```
/// use vcardinal::{Card, validate::fill_required};
///
/// let mut card = Card::parse("BEGIN:VCARD\r\nVERSION:3.0\r\nORG:Nut & Bolt\r\nEND:VCARD\r\n")?;
/// assert_eq!(fill_required(&mut card)?, 2);
/// assert_eq!(
///     card.to_string(),
///     "BEGIN:VCARD\r\nVERSION:3.0\r\nORG:Nut & Bolt\r\nFN:Nut & Bolt\r\nN:Nut & Bolt;;;;\r\nEND:VCARD\r\n"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn fill_required(card: &mut Card) -> Result<usize, EditError> {
    let report = validate(card, Profile::Declared);
    let lacks = |id: &str| report.iter().any(|finding| finding.rule.id == id);
    let no_name = lacks("fn-missing") || lacks("fn-empty");
    // Of a card without VERSION no finding says so.
    let no_version = card.property("VERSION").is_none();
    let no_n = lacks("n-missing") || (no_version && card.property("N").is_none());
    let name = match card.display_name() {
        name if name.is_empty() => String::from("?"),
        name => name.into_owned(),
    };
    let mut added = 0;
    if no_name {
        match card.property_mut("FN") {
            Some(mut property) => property.set_text(name.clone())?,
            None => {
                card.push(Property::text("FN", name.clone())?)?;
            }
        }
        added += 1;
    }
    if no_n && card.effective_version() != Version::V4_0 {
        let empty = String::new;
        card.push(Property::components(
            "N",
            [name, empty(), empty(), empty(), empty()],
        )?)?;
        added += 1;
    }
    Ok(added)
}
