//! Addresses: ADR. RFC 6350, 6.3.1; RFC 9554, 2.1; RFC 2426, 3.2.1; vCard 2.1, 2.3.1.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::name::parts;
use super::structured::{self, Components};
use super::{Notes, Unwritable, Value, ValueError};
use crate::registry::{PropertyId, ValueType};
use crate::version::Version;

/// How many components there are, without those of RFC 9554 and with them.
const OLD: usize = PropertyId::ADR.row().component_counts().0;
const ALL: usize = PropertyId::ADR.row().component_counts().1;

const PO_BOX: usize = 0;
const EXTENDED: usize = 1;
const STREET: usize = 2;
const LOCALITY: usize = 3;
const REGION: usize = 4;
const POSTAL_CODE: usize = 5;
const COUNTRY: usize = 6;
const ROOM: usize = 7;
const APARTMENT: usize = 8;
const FLOOR: usize = 9;
const STREET_NUMBER: usize = 10;
const STREET_NAME: usize = 11;
const BUILDING: usize = 12;
const BLOCK: usize = 13;
const SUBDISTRICT: usize = 14;
const DISTRICT: usize = 15;
const LANDMARK: usize = 16;
const DIRECTION: usize = 17;

/// An address in its parts, each a list.
///
/// Seven parts; RFC 9554 added eleven, which are written only when one of them has a value. 2.1
/// has no lists. Fewer parts are read as if the others were empty. RFC 6350, 6.3.1.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{Address, Value};
///
/// let address = Address::parse(";;12 High St\\, Flat 2;Leeds;;LS1 4AB;UK", Version::V4_0)?;
/// assert_eq!(address.street(), ["12 High St, Flat 2"]);
/// assert_eq!(address.to_string(), "12 High St, Flat 2\nLeeds LS1 4AB\nUK");
///
/// let short = Address::default().with_locality(["Oslo"]);
/// assert_eq!(short.to_text(Version::V3_0)?, ";;;Oslo;;;");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Address<'a>(Components<'a, 18>);

impl<'a> Address<'a> {
    parts! {
        /// Post office boxes. RFC 6350 asks writers to leave it empty.
        po_box with_po_box PO_BOX;
        /// Extended addresses, as a suite. RFC 6350 asks writers to leave it empty.
        extended with_extended EXTENDED;
        /// Street addresses; to be ignored when a part of RFC 9554 has a value, see
        /// [`street_is_repeated`](Self::street_is_repeated).
        street with_street STREET;
        /// Localities, as a city.
        locality with_locality LOCALITY;
        /// Regions, as a state or province.
        region with_region REGION;
        /// Postal codes.
        postal_code with_postal_code POSTAL_CODE;
        /// Country names.
        country with_country COUNTRY;
        /// Rooms or suites (RFC 9554, 2.1).
        room with_room ROOM;
        /// Apartments, units (RFC 9554, 2.1).
        apartment with_apartment APARTMENT;
        /// Floors (RFC 9554, 2.1).
        floor with_floor FLOOR;
        /// Street numbers (RFC 9554, 2.1).
        street_number with_street_number STREET_NUMBER;
        /// Street names (RFC 9554, 2.1).
        street_name with_street_name STREET_NAME;
        /// Buildings (RFC 9554, 2.1).
        building with_building BUILDING;
        /// Blocks (RFC 9554, 2.1).
        block with_block BLOCK;
        /// Subdistricts (RFC 9554, 2.1).
        subdistrict with_subdistrict SUBDISTRICT;
        /// Districts (RFC 9554, 2.1).
        district with_district DISTRICT;
        /// Landmarks (RFC 9554, 2.1).
        landmark with_landmark LANDMARK;
        /// Cardinal directions, as `north` (RFC 9554, 2.1).
        direction with_direction DIRECTION;
    }

    /// Whether a part of RFC 9554 has a value, so that the street only repeats them for readers
    /// that do not know these parts (RFC 9554, 2.1).
    ///
    /// ```
    /// use vcardinal::value::Address;
    ///
    /// let address = Address::default().with_street(["1 Oak St"]);
    /// assert!(!address.street_is_repeated());
    /// let address = address.with_street_number(["1"]).with_street_name(["Oak St"]);
    /// assert!(address.street_is_repeated());
    /// assert_eq!(address.to_string(), "1 Oak St");
    /// ```
    #[must_use]
    pub fn street_is_repeated(&self) -> bool {
        self.0.has_from(ROOM)
    }

    /// The same with the parts of RFC 9554 put together as the street, where there is none yet: readers
    /// that do not know these parts show no other, and a server that parses addresses keeps no other
    /// (RFC 9554, 2.1).
    ///
    /// This is what builders and setters write.
    ///
    /// ```
    /// use vcardinal::value::Address;
    ///
    /// let address = Address::default().with_street_number(["1"]).with_street_name(["Oak St"]);
    /// assert_eq!(address.repeated().street(), ["1 Oak St"]);
    /// ```
    #[must_use]
    pub fn repeated(self) -> Self {
        if !self.street().is_empty() || !self.street_is_repeated() {
            return self;
        }
        let mut street = String::new();
        self.added_lines(&mut street);
        let lines: Vec<Cow<'a, str>> = street
            .lines()
            .map(|line| Cow::Owned(String::from(line)))
            .collect();
        self.with_street(lines)
    }

    /// The parts of RFC 9554 in lines.
    fn added_lines(&self, display: &mut String) {
        line(display, &[self.building()]);
        line(display, &[self.floor(), self.apartment(), self.room()]);
        let street = [self.street_number(), self.street_name(), self.direction()];
        line(display, &street);
        let area = [self.block(), self.subdistrict(), self.district()];
        line(display, &area);
        line(display, &[self.landmark()]);
    }

    /// Whether no part has a value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.0.has_from(0)
    }

    /// The address in lines, with the postal code where that country has it; by its name where no
    /// code is given.
    pub(crate) fn lines(&self, country: Option<&str>) -> String {
        let mut display = String::new();
        line(&mut display, &[self.po_box()]);
        line(&mut display, &[self.extended()]);
        if self.street().is_empty() {
            self.added_lines(&mut display);
        } else {
            line(&mut display, &[self.street()]);
        }
        let named = self.country().first().map(|country| &**country);
        match country
            .or(named)
            .is_some_and(crate::registry::has_postal_code_first)
        {
            true => line(
                &mut display,
                &[self.postal_code(), self.locality(), self.region()],
            ),
            false => line(
                &mut display,
                &[self.locality(), self.region(), self.postal_code()],
            ),
        }
        line(&mut display, &[self.country()]);
        display
    }

    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> Address<'static> {
        Address(self.0.into_owned())
    }
}

/// The address in lines, the street first and the country last.
///
/// A plain form for people to read, not that of any country's post, but that the postal code
/// stands before the town where the post of the named country wants it there. The street is shown
/// as it is written where there is one, since that is what RFC 9554 asks writers to keep readable.
///
/// ```
/// use vcardinal::value::Address;
///
/// let quay = Address::default().with_street("Quay 1").with_postal_code("0150");
/// let quay = quay.with_locality("Oslo").with_country("Norway");
/// assert_eq!(quay.to_string(), "Quay 1\n0150 Oslo\nNorway");
/// let oak = Address::default().with_street("1 Oak St").with_postal_code("97201");
/// let oak = oak.with_locality("Portland").with_region("OR").with_country("USA");
/// assert_eq!(oak.to_string(), "1 Oak St\nPortland OR 97201\nUSA");
/// ```
impl fmt::Display for Address<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines(None))
    }
}

fn line(display: &mut String, parts: &[&[Cow<'_, str>]]) {
    let mut separator = if display.is_empty() { "" } else { "\n" };
    for part in parts {
        for value in *part {
            display.push_str(separator);
            display.push_str(value);
            separator = " ";
        }
    }
}

impl Address<'_> {
    /// Whether it is clean at a glance, folds and all: [`read`](Value::read) notes nothing about it
    /// once it is unfolded. All components are there, as writers write them.
    pub(crate) fn is_clean(raw: &[u8], version: Version) -> bool {
        structured::is_clean(raw, version, OLD)
    }
}

impl<'a> Value<'a> for Address<'a> {
    const TAKES_WHITE_SPACE: bool = true;

    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        let (expected, least) = match version {
            Version::V4_0 => ("7, or 18 with those of RFC 9554", OLD),
            Version::V2_1 | Version::V3_0 => ("1 to 7", 1),
        };
        let is_right =
            |count| (least..=OLD).contains(&count) || (version == Version::V4_0 && count == ALL);
        Components::read(raw, version, expected, is_right, notes).map(Address)
    }

    fn count_values(raw: &str, version: Version) -> usize {
        structured::count_values(raw, version)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        let added = self.0.has_from(ROOM);
        if added && version != Version::V4_0 {
            return Err(Unwritable::not_in(
                version,
                "the address parts of RFC 9554",
                "repeat them in the parts that all versions have, and leave these empty",
            ));
        }
        self.0.write(if added { ALL } else { OLD }, version, out)
    }

    fn value_type(&self, _: Version) -> ValueType {
        ValueType::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::fold::unfold;
    use crate::value::assert_clean_is_read;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ok_clean_addresses_are_read_without_a_note(raw in "((a|,|\\\\N|\\\\|é|\r\n )?;){5,17}a?") {
            for version in Version::ALL {
                if Address::is_clean(raw.as_bytes(), version) {
                    let unfolded = unfold(raw.as_bytes()).into_owned();
                    let text = String::from_utf8(unfolded).unwrap();
                    assert_clean_is_read::<Address<'_>>(&text, version);
                }
            }
        }
    }
}
