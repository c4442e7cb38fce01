//! The name in its parts: N. RFC 6350, 6.2.2; RFC 9554, 2.2; RFC 2426, 3.1.2; vCard 2.1, 2.2.2.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::structured::{self, Components};
use super::{Notes, Unwritable, Value, ValueError};
use crate::registry::{PropertyId, ValueType};
use crate::version::Version;

/// How many components there are, without those of RFC 9554 and with them.
const OLD: usize = PropertyId::N.row().component_counts().0;
const ALL: usize = PropertyId::N.row().component_counts().1;

const FAMILY: usize = 0;
const GIVEN: usize = 1;
const ADDITIONAL: usize = 2;
const PREFIXES: usize = 3;
const SUFFIXES: usize = 4;
const SECONDARY_SURNAMES: usize = 5;
const GENERATIONS: usize = 6;

/// A name in its parts, each a list.
///
/// 2.1 and 3.0 have five parts, 2.1 without lists. RFC 9554 added two, which are written only when
/// one of them has a value. Fewer parts are read as if the others were empty. RFC 6350, 6.2.2.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{Name, Value};
///
/// let name = Name::parse("Stevenson;John;Philip,Paul;Dr.;Jr.,M.D.", Version::V4_0)?;
/// assert_eq!(name.family(), ["Stevenson"]);
/// assert_eq!(name.additional(), ["Philip", "Paul"]);
/// assert_eq!(Name::new("Quist", "Zoë").to_text(Version::V4_0)?, "Quist;Zoë;;;");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Name<'a>(Components<'a, 7>);

macro_rules! parts {
    ($($(#[$doc:meta])* $part:ident $with:ident $index:ident;)+) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub fn $part(&self) -> &[Cow<'a, str>] {
                self.0.get($index)
            }

            #[doc = concat!("The same with other [`", stringify!($part), "`](Self::", stringify!($part), "): one text or several.")]
            #[must_use]
            pub fn $with(mut self, values: impl $crate::value::IntoTexts<'a>) -> Self {
                self.0.set($index, values.into_texts());
                self
            }
        )+
    };
}
pub(super) use parts;

impl<'a> Name<'a> {
    /// A name of one family name and one given name; either may be empty.
    ///
    /// ```
    /// use vcardinal::value::Name;
    ///
    /// let name = Name::new("Quist", "Zoë");
    /// assert_eq!((name.family(), name.given()), (&["Quist".into()][..], &["Zoë".into()][..]));
    /// ```
    #[must_use]
    pub fn new(family: impl Into<Cow<'a, str>>, given: impl Into<Cow<'a, str>>) -> Self {
        Name::default()
            .with_family([family.into()])
            .with_given([given.into()])
    }

    parts! {
        /// Family names, or surnames.
        family with_family FAMILY;
        /// Given names.
        given with_given GIVEN;
        /// Additional, or middle, names.
        additional with_additional ADDITIONAL;
        /// Honorific prefixes: `Dr.`
        prefixes with_prefixes PREFIXES;
        /// Honorific suffixes: `M.D.`
        suffixes with_suffixes SUFFIXES;
        /// Secondary surnames, which old readers find among the family names (RFC 9554, 2.2).
        secondary_surnames with_secondary_surnames SECONDARY_SURNAMES;
        /// Generation markers, which old readers find among the suffixes (RFC 9554, 2.2).
        generations with_generations GENERATIONS;
    }

    /// Whether no part has a value.
    ///
    /// ```
    /// use vcardinal::value::Name;
    ///
    /// assert!(Name::default().is_empty() && !Name::new("", "Zoë").is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.0.has_from(0)
    }

    /// The same with the parts of RFC 9554 among the old ones, where readers that do not know them look:
    /// secondary surnames among the family names, generations among the suffixes (RFC 9554, 2.2).
    ///
    /// This is what builders and setters write.
    ///
    /// ```
    /// use vcardinal::value::Name;
    ///
    /// let name = Name::new("Ruiz", "Ana").with_secondary_surnames(["Soto"]).repeated();
    /// assert_eq!(name.family(), ["Ruiz", "Soto"]);
    /// assert_eq!(name.clone().repeated(), name);
    /// ```
    #[must_use]
    pub fn repeated(self) -> Self {
        let missing = |old: &[Cow<'a, str>], new: &[Cow<'a, str>]| -> Option<Vec<Cow<'a, str>>> {
            let rest: Vec<_> = new.iter().filter(|one| !old.contains(one)).collect();
            (!rest.is_empty()).then(|| old.iter().chain(rest).cloned().collect())
        };
        let family = missing(self.family(), self.secondary_surnames());
        let suffixes = missing(self.suffixes(), self.generations());
        let name = match family {
            Some(family) => self.with_family(family),
            None => self,
        };
        match suffixes {
            Some(suffixes) => name.with_suffixes(suffixes),
            None => name,
        }
    }

    /// Whether a part of RFC 9554 has a value.
    pub(crate) fn has_added(&self) -> bool {
        self.0.has_from(SECONDARY_SURNAMES)
    }

    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> Name<'static> {
        Name(self.0.into_owned())
    }
}

/// The name as one reads it out: prefixes, given, additional, family names, suffixes.
///
/// ```
/// use vcardinal::value::Name;
///
/// let name = Name::new("Quist", "Zoë").with_prefixes("Dr.").with_suffixes("Ph.D.");
/// assert_eq!(name.to_string(), "Dr. Zoë Quist, Ph.D.");
/// ```
impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = [
            self.prefixes(),
            self.given(),
            self.additional(),
            self.family(),
        ];
        let words = words.into_iter().flatten().map(|word| word.trim());
        let mut before = "";
        for word in words.filter(|word| !word.is_empty()) {
            write!(f, "{before}{word}")?;
            before = " ";
        }
        let suffixes = self.suffixes().iter().map(|suffix| suffix.trim());
        for suffix in suffixes.filter(|suffix| !suffix.is_empty()) {
            let before = if before.is_empty() { "" } else { ", " };
            write!(f, "{before}{suffix}")?;
        }
        Ok(())
    }
}

impl Name<'_> {
    /// Whether it is clean at a glance, folds and all: [`read`](Value::read) notes nothing about it
    /// once it is unfolded. All components are there, as writers write them.
    pub(crate) fn is_clean(raw: &[u8], version: Version) -> bool {
        structured::is_clean(raw, version, OLD)
    }
}

impl<'a> Value<'a> for Name<'a> {
    const TAKES_WHITE_SPACE: bool = true;

    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        let (expected, least) = match version {
            Version::V4_0 => ("5, or 7 with those of RFC 9554", OLD),
            Version::V2_1 | Version::V3_0 => ("1 to 5", 1),
        };
        let is_right =
            |count| (least..=OLD).contains(&count) || (version == Version::V4_0 && count == ALL);
        Components::read(raw, version, expected, is_right, notes).map(Name)
    }

    fn count_values(raw: &str, version: Version) -> usize {
        structured::count_values(raw, version)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        let added = self.0.has_from(SECONDARY_SURNAMES);
        if added && version != Version::V4_0 {
            return Err(Unwritable::not_in(
                version,
                "secondary surnames and generation markers",
                "repeat them in the surnames and suffixes, and leave these empty",
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
        fn ok_clean_names_are_read_without_a_note(raw in "((a|,|\\\\N|\\\\|é|\r\n )?;){3,6}a?") {
            for version in Version::ALL {
                if Name::is_clean(raw.as_bytes(), version) {
                    let unfolded = unfold(raw.as_bytes()).into_owned();
                    let text = String::from_utf8(unfolded).unwrap();
                    assert_clean_is_read::<Name<'_>>(&text, version);
                }
            }
        }
    }
}
