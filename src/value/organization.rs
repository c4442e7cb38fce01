//! Organizations: ORG. RFC 6350, 6.6.4; RFC 2426, 3.5.5; vCard 2.1, 2.5.5.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::structured::has_escaped_semicolon;
use super::text::{bare_delimiters, decode, is_literal, lines, note_bare_commas, write_component};
use super::{Notes, Unwritable, Value, ValueError};
use crate::registry::ValueType;
use crate::syntax::escape::split_components;
use crate::version::Version;

/// The name of an organization and its units, from the largest to the smallest.
///
/// Empty units at the end are left out. RFC 6350, 6.6.4.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{Organization, Value};
///
/// let org = Organization::parse(r"Nut\; Bolt\, Inc.;North;Sales", Version::V4_0)?;
/// assert_eq!((org.name(), org.units().len()), ("Nut; Bolt, Inc.", 2));
/// let org = Organization::new("Example Ltd").with_unit("R&D");
/// assert_eq!(org.to_text(Version::V4_0)?, "Example Ltd;R&D");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Organization<'a> {
    name: Cow<'a, str>,
    units: Vec<Cow<'a, str>>,
}

impl<'a> Organization<'a> {
    /// An organization without units; the name may be empty when units follow.
    ///
    /// ```
    /// assert_eq!(vcardinal::value::Organization::new("Able & Best").name(), "Able & Best");
    /// ```
    #[must_use]
    pub fn new(name: impl Into<Cow<'a, str>>) -> Self {
        Organization {
            name: lines(name.into()),
            units: Vec::new(),
        }
    }

    /// The same with one unit more; an empty one changes nothing.
    ///
    /// ```
    /// use vcardinal::value::Organization;
    ///
    /// assert_eq!(Organization::new("Able & Best").with_unit("Sales").units(), ["Sales"]);
    /// ```
    #[must_use]
    pub fn with_unit(mut self, unit: impl Into<Cow<'a, str>>) -> Self {
        let unit = lines(unit.into());
        if !unit.is_empty() {
            self.units.push(unit);
        }
        self
    }

    /// The name of the organization.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its units.
    #[must_use]
    pub fn units(&self) -> &[Cow<'a, str>] {
        &self.units
    }

    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> Organization<'static> {
        Organization {
            name: Cow::Owned(self.name.into_owned()),
            units: self
                .units
                .into_iter()
                .map(|unit| Cow::Owned(unit.into_owned()))
                .collect(),
        }
    }
}

impl Organization<'_> {
    /// Whether it is clean at a glance, folds and all: [`read`](Value::read) notes nothing about it
    /// once it is unfolded.
    pub(crate) fn is_clean(raw: &[u8], version: Version) -> bool {
        matches!(bare_delimiters(raw, version), Some((_, 0))) && !has_escaped_semicolon(raw)
    }
}

impl<'a> Value<'a> for Organization<'a> {
    const TAKES_WHITE_SPACE: bool = true;

    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        if notes.wanted() {
            note_bare_commas(raw, version, notes);
        }
        let mut organization = Organization::default();
        if !notes.wanted() && is_literal(raw) {
            let mut pieces = raw.trim_end_matches(';').split(';').map(Cow::Borrowed);
            organization.name = pieces.next().unwrap_or_default();
            organization.units.extend(pieces);
            return Ok(organization);
        }
        let mut at = 0;
        for (place, piece) in split_components(raw, version).enumerate() {
            let text = notes.inside(at, |notes| Ok(decode(piece, version, notes)))?;
            if place == 0 {
                organization.name = text;
            } else {
                organization.units.push(text);
            }
            at += piece.len() + 1;
        }
        while organization
            .units
            .last()
            .is_some_and(|unit| unit.is_empty())
        {
            organization.units.pop();
        }
        Ok(organization)
    }

    fn count_values(raw: &str, version: Version) -> usize {
        split_components(raw, version).count()
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        let start = out.len();
        let mut written = write_component(&self.name, version, out);
        for unit in &self.units {
            out.push(';');
            written = written.and_then(|()| write_component(unit, version, out));
        }
        written.inspect_err(|_| out.truncate(start))
    }

    fn value_type(&self, _: Version) -> ValueType {
        ValueType::Text
    }
}

/// Its name, without units.
impl<'a> From<&'a str> for Organization<'a> {
    fn from(name: &'a str) -> Self {
        Organization::new(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::assert_clean_is_read;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ok_clean_organizations_are_read_without_a_note(raw in "[aN,;\\\\é]{0,12}") {
            for version in Version::ALL {
                if Organization::is_clean(raw.as_bytes(), version) {
                    assert_clean_is_read::<Organization<'_>>(&raw, version);
                }
            }
        }

        /// What has no escapes is read the short way, and as it would be the long way.
        #[test]
        fn ok_the_short_way_equals_the_long_one(raw in "[ab;, ]{0,12}") {
            for version in Version::ALL {
                let long = Organization::read(&raw, version, &mut Notes::to(&mut |_| {}));
                prop_assert_eq!(Organization::parse(&raw, version), long);
            }
        }
    }
}
