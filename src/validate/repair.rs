//! Repairs: edits of a card that remove a finding.

use alloc::collections::BTreeSet;
use alloc::string::String;

use super::diagnostic::Diagnostic;
use super::driver::validate;
use super::profile::Profile;
use super::report::Report;
use crate::card::{Card, EditError, Property};
use crate::version::Version;

/// More repairs than one line can need one after the other.
const ROUNDS: usize = 16;

impl Report {
    /// Makes every repair there is to the card that was checked; how many were made.
    ///
    /// A line that needs several is repaired, checked again and repaired again, so that there is
    /// nothing left to do for a second call. A repair that does not work is left out: check the
    /// card again to see what is left.
    ///
    /// ```
    /// use vcardinal::{Card, validate::{Profile, validate}};
    ///
    /// let mut card = Card::parse(
    ///     "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Quist, Ada\r\nREV:1996-10-22T14:00:00Z\r\nEND:VCARD\r\n",
    /// )?;
    /// assert_eq!(validate(&card, Profile::Declared).repair(&mut card), 2);
    /// assert!(card.to_string().contains("FN:Quist\\, Ada\r\nREV:19961022T140000Z\r\n"));
    /// assert!(validate(&card, Profile::Declared).is_clean());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn repair(&self, card: &mut Card) -> usize {
        self.repair_where(card, |_| true)
    }

    /// As [`repair`](Self::repair), but makes the repairs of some findings only.
    ///
    /// ```
    /// use vcardinal::{Card, validate::{Profile, validate}};
    ///
    /// let mut card = Card::parse(
    ///     "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Quist, Ada\r\nREV:1996-10-22T14:00:00Z\r\nEND:VCARD\r\n",
    /// )?;
    /// let report = validate(&card, Profile::Declared);
    /// assert_eq!(report.repair_where(&mut card, |finding| finding.rule.id != "comma-unescaped"), 1);
    /// assert!(card.to_string().contains("FN:Quist, Ada\r\nREV:19961022T140000Z\r\n"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn repair_where(&self, card: &mut Card, wanted: impl Fn(&Diagnostic) -> bool) -> usize {
        let mut made = self.repair_lines(card, &wanted);
        let mut last = made;
        for _ in 1..ROUNDS {
            if last == 0 {
                break;
            }
            last = validate(card, self.profile()).repair_lines(card, &wanted);
            made += last;
        }
        made
    }

    /// At most one repair of each line.
    fn repair_lines(&self, card: &mut Card, wanted: &impl Fn(&Diagnostic) -> bool) -> usize {
        let mut touched = BTreeSet::new();
        let mut made = 0;
        let wanted = self.iter().filter(|finding| wanted(finding));
        for fix in wanted.filter_map(|finding| finding.fix.as_ref()) {
            let mut entries = fix.entries();
            if !entries.clone().any(|entry| touched.contains(&entry)) && fix.apply(card).is_ok() {
                made += 1;
                touched.extend(&mut entries);
            }
        }
        made
    }
}

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
    let (no_name, no_n) = (lacks("fn-missing"), lacks("n-missing"));
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
    if no_n && card.version() != Some(Version::V4_0) {
        let empty = String::new;
        card.push(Property::components(
            "N",
            [name, empty(), empty(), empty(), empty()],
        )?)?;
        added += 1;
    }
    Ok(added)
}
