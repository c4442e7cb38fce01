//! [`E164`] -> is it handed out, where and for what; national text and a region -> [`E164`].
//!
//! The third level of checking, over the metadata of the phonenumber crate (Google's
//! libphonenumber). Only its data are used for numbers with a calling code: its own verdict is
//! wrong for about one number in a hundred, because it drops trunk digits before it looks and
//! matches patterns without an end. See `DESIGN.md`.
//!
//! | file | what it is about |
//! |---|---|
//! | `region` | countries and territories with a numbering plan |
//! | `ranges` | which numbers each region hands out, and for what |
//! | `national` | a number as it is written inside a country |
//!
//! The first question loads the metadata (some 60 ms); the first about a country compiles that
//! country's patterns. [`warm_up`] does the former ahead of time.

mod national;
mod ranges;
mod region;

use phonenumber::metadata::DATABASE;

use super::calling_codes;
use super::e164::E164;
use ranges::assignment;

pub use national::{DerivedNumber, NationalError};
pub use ranges::{Assignment, PhoneKind};
pub use region::{Region, UnknownRegion};

impl E164 {
    /// The range the number lies in; `None` where no country assigns such numbers.
    ///
    /// Says nothing about whether anyone answers. The verdicts are those of Google's
    /// `isValidNumber`, `getRegionCodeForNumber` and `getNumberType`, on the digits as they are.
    ///
    /// ```
    /// use vcardinal::value::E164;
    /// use vcardinal::value::phone::PhoneKind;
    ///
    /// let number: E164 = "+442079460123".parse()?;
    /// let assignment = number.assignment().ok_or("not a number anyone can have")?;
    /// assert_eq!(assignment.region.as_str(), "GB");
    /// assert_eq!(assignment.kind, PhoneKind::FixedLine);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn assignment(&self) -> Option<Assignment> {
        let (index, _, national) = calling_codes::find(self.digits())?;
        assignment(index, national)
    }

    /// Whether some country or service hands out such a number.
    ///
    /// ```
    /// use vcardinal::value::E164;
    ///
    /// assert!("+14155550123".parse::<E164>()?.is_valid());
    /// assert!(!"+11155550123".parse::<E164>()?.is_valid()); // no area code begins with 1
    /// # Ok::<(), vcardinal::value::E164Error>(())
    /// ```
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.assignment().is_some()
    }

    /// For a number that is not valid: the valid one without the trunk prefix (most often 0) that
    /// is dialled before the area code inside the country only.
    ///
    /// ```
    /// use vcardinal::value::E164;
    ///
    /// let number: E164 = "+4402079460123".parse()?;
    /// assert_eq!(number.without_trunk_prefix(), Some("+442079460123".parse()?));
    /// let number: E164 = "+390612345678".parse()?; // in Italy the 0 belongs to the number
    /// assert_eq!(number.without_trunk_prefix(), None);
    /// # Ok::<(), vcardinal::value::E164Error>(())
    /// ```
    #[must_use]
    pub fn without_trunk_prefix(&self) -> Option<E164> {
        let (index, row, national) = calling_codes::find(self.digits())?;
        if assignment(index, national).is_some() {
            return None;
        }
        let regions = DATABASE.by_code(&row.code)?;
        regions.iter().find_map(|region| {
            let rest = national.strip_prefix(region.national_prefix()?)?;
            assignment(index, rest)?;
            E164::parse(&format!("+{}{rest}", row.code)).ok()
        })
    }
}

/// Loads the metadata, so that the first question need not wait for it.
///
/// ```
/// vcardinal::value::phone::warm_up();
/// ```
pub fn warm_up() {
    std::sync::LazyLock::force(&LOADED);
}

static LOADED: std::sync::LazyLock<()> = std::sync::LazyLock::new(|| {
    DATABASE.by_code(&1);
});
