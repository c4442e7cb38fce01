//! Countries and territories with a numbering plan.

use core::fmt;
use core::str::FromStr;

use phonenumber::metadata::{DATABASE, Metadata};

/// A country or territory with a numbering plan, by its two letters, or [`Region::WORLD`].
///
/// ```
/// use vcardinal::value::phone::Region;
///
/// let region: Region = "at".parse()?;
/// assert_eq!(region.as_str(), "AT");
/// assert!("ZZ".parse::<Region>().is_err());
/// # Ok::<(), vcardinal::value::phone::UnknownRegion>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(&'static str);

impl Region {
    /// Services that belong to no country, such as +800; `001` in UN M.49.
    pub const WORLD: Region = Region("001");

    /// The code: two capital letters, or `001`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Every country and territory, in the order of their codes, without [`Region::WORLD`].
    pub fn all() -> impl Iterator<Item = Region> {
        REGIONS.iter().copied().map(Region)
    }

    pub(super) fn of(id: &str) -> Option<Region> {
        if id == Region::WORLD.0 {
            return Some(Region::WORLD);
        }
        let index = REGIONS.binary_search(&id).ok()?;
        REGIONS.get(index).copied().map(Region)
    }

    pub(super) fn metadata(self) -> Option<&'static Metadata> {
        DATABASE.by_id(self.0)
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

/// The text is not the code of a region with a numbering plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected the two letters of a country or territory with telephone numbers")]
#[non_exhaustive]
pub struct UnknownRegion;

/// Two letters in any case.
impl FromStr for Region {
    type Err = UnknownRegion;

    fn from_str(text: &str) -> Result<Self, UnknownRegion> {
        if text.len() != 2 {
            return Err(UnknownRegion);
        }
        Region::of(&text.to_ascii_uppercase()).ok_or(UnknownRegion)
    }
}

/// Sorted. A test compares them with the metadata.
#[rustfmt::skip]
static REGIONS: [&str; 245] = [
    "AC", "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AR", "AS", "AT", "AU", "AW", "AX",
    "AZ", "BA", "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ",
    "BR", "BS", "BT", "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL",
    "CM", "CN", "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO",
    "DZ", "EC", "EE", "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA",
    "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GT", "GU",
    "GW", "GY", "HK", "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR",
    "IS", "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW",
    "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC",
    "MD", "ME", "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT",
    "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP",
    "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PR", "PS", "PT",
    "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG", "SH",
    "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TA",
    "TC", "TD", "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ",
    "UA", "UG", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI", "VN", "VU", "WF", "WS", "XK",
    "YE", "YT", "ZA", "ZM", "ZW",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_those_of_the_metadata() {
        let mut ids: Vec<&str> = DATABASE
            .iter()
            .map(Metadata::id)
            .filter(|id| *id != "001")
            .collect();
        ids.sort_unstable();
        assert!(
            ids == REGIONS,
            "the regions should be, {} of them: {ids:?}",
            ids.len()
        );
        for id in ids {
            assert!(id.parse::<phonenumber::country::Id>().is_ok(), "{id}");
        }
    }
}
