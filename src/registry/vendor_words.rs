//! What names of vendors stand for, by the property.
//!
//! The column [`stands_for`](super::PropertyRow::stands_for) says it of each name; this turns it
//! round, and has the words that vendors write for values that a standard has another word for.

use alloc::borrow::Cow;

use super::properties::PROPERTIES;
use super::{ParameterId, PropertyId, StandsFor, is_registered};
use crate::version::Version;

/// Sets of the lengths of names, a bit each; no name of a vendor has 64 letters.
type Lengths = u64;

/// How long the names are that stand for a property, by its number, so that nearly every line of a
/// card can be passed over without looking its name up.
static LENGTHS: [Lengths; PROPERTIES.len()] = lengths();

#[expect(
    clippy::indexing_slicing,
    reason = "only ever evaluated at compile time"
)]
const fn lengths() -> [Lengths; PROPERTIES.len()] {
    let mut lengths = [0; PROPERTIES.len()];
    let mut at = 0;
    while at < PROPERTIES.len() {
        let row = &PROPERTIES[at];
        if let Some(id) = target(row.stands_for) {
            assert!(row.name.len() < 64);
            lengths[id.number() as usize] |= 1 << row.name.len();
        }
        at += 1;
    }
    lengths
}

/// The property that a vendor's name stands for a whole one of.
const fn target(stands_for: Option<StandsFor>) -> Option<PropertyId> {
    match stands_for {
        Some(StandsFor::Property(id)) => Some(id),
        Some(StandsFor::Related(_)) => Some(PropertyId::RELATED),
        Some(StandsFor::Impp(_)) => Some(PropertyId::IMPP),
        Some(StandsFor::Parameter(..) | StandsFor::Label | StandsFor::Private) | None => None,
    }
}

impl PropertyId {
    /// The property whose place this `X-` name takes; `None` for other names, and for those that say
    /// something about another property.
    ///
    /// ```
    /// use vcardinal::registry::PropertyId;
    ///
    /// assert_eq!(PropertyId::X_SPOUSE.stands_for_property(), Some(PropertyId::RELATED));
    /// assert_eq!(PropertyId::X_SKYPE.stands_for_property(), Some(PropertyId::IMPP));
    /// assert_eq!(PropertyId::X_ABADR.stands_for_property(), None);
    /// ```
    #[must_use]
    pub const fn stands_for_property(self) -> Option<PropertyId> {
        target(self.row().stands_for)
    }

    /// The lengths of the names that stand for this property, a bit each.
    #[inline]
    pub(crate) fn lengths_of_vendor_names(self) -> u64 {
        LENGTHS
            .get(usize::from(self.number()))
            .copied()
            .unwrap_or_default()
    }
}

/// A word of a vendor, and what a standard writes for it. Where a standard's word has several, the
/// first is the one to write.
struct Word {
    name: PropertyId,
    vendor: &'static str,
    standard: &'static str,
}

const fn word(name: PropertyId, vendor: &'static str, standard: &'static str) -> Word {
    Word {
        name,
        vendor,
        standard,
    }
}

/// X-WAB-GENDER is the number that Windows Address Book has for it.
static WORDS: [Word; 8] = [
    word(PropertyId::X_ABSHOWAS, "COMPANY", "org"),
    word(PropertyId::X_EVOLUTION_LIST, "TRUE", "group"),
    word(PropertyId::X_EVOLUTION_LIST, "FALSE", "individual"),
    word(PropertyId::X_GENDER, "Male", "M"),
    word(PropertyId::X_GENDER, "Female", "F"),
    word(PropertyId::X_WAB_GENDER, "0", "U"),
    word(PropertyId::X_WAB_GENDER, "1", "F"),
    word(PropertyId::X_WAB_GENDER, "2", "M"),
];

/// What the standard writes for this value of a vendor's name, in any letter case; `None` where it
/// has no other word.
///
/// ```
/// use vcardinal::registry::{PropertyId, standard_word};
///
/// assert_eq!(standard_word(PropertyId::X_GENDER, "female"), Some("F"));
/// ```
#[must_use]
pub fn standard_word(name: PropertyId, vendor: &str) -> Option<&'static str> {
    let mut words = WORDS.iter().filter(|word| word.name == name);
    let found = words.find(|word| word.vendor.eq_ignore_ascii_case(vendor))?;
    Some(found.standard)
}

/// What a vendor writes for this value of the standard, the reverse of [`standard_word`]; `None`
/// where it has no other word.
///
/// ```
/// use vcardinal::registry::{PropertyId, vendor_word};
///
/// assert_eq!(vendor_word(PropertyId::X_EVOLUTION_LIST, "group"), Some("TRUE"));
/// ```
#[must_use]
pub fn vendor_word(name: PropertyId, standard: &str) -> Option<&'static str> {
    let mut words = WORDS.iter().filter(|word| word.name == name);
    let found = words.find(|word| word.standard.eq_ignore_ascii_case(standard))?;
    Some(found.vendor)
}

/// A label that Apple gives an X-ABRELATEDNAMES, the TYPE of RELATED for it, and whether that says all
/// of it.
static RELATED_LABELS: [(&str, &str, bool); 10] = [
    ("_$!<Spouse>!$_", "spouse", true),
    ("_$!<Child>!$_", "child", true),
    ("_$!<Parent>!$_", "parent", true),
    ("_$!<Friend>!$_", "friend", true),
    ("_$!<Assistant>!$_", "agent", true),
    ("_$!<Manager>!$_", "x-manager", true),
    ("_$!<Mother>!$_", "parent", false),
    ("_$!<Father>!$_", "parent", false),
    ("_$!<Brother>!$_", "sibling", false),
    ("_$!<Sister>!$_", "sibling", false),
];

/// The TYPE of RELATED that the text of an X-ABLabel says, and whether that says all of it; `None` for
/// somebody's own label.
pub(crate) fn related_word(label: &str) -> Option<(Cow<'static, str>, bool)> {
    let label = label.trim();
    let mut rows = RELATED_LABELS.iter();
    if let Some((_, word, is_all)) = rows.find(|(own, ..)| own.eq_ignore_ascii_case(label)) {
        return Some((Cow::Borrowed(word), *is_all));
    }
    let parameter = Some(ParameterId::TYPE);
    is_registered(PropertyId::RELATED, parameter, Version::V4_0, label)
        .then(|| (Cow::Owned(label.to_ascii_lowercase()), true))
}

/// The text of the X-ABLabel that says all of a TYPE of RELATED, the reverse of [`related_word`];
/// `None` where the word itself does.
#[cfg(feature = "convert")]
pub(crate) fn related_label(word: &str) -> Option<&'static str> {
    let mut rows = RELATED_LABELS.iter();
    let (label, ..) = rows.find(|(_, own, is_all)| *is_all && own.eq_ignore_ascii_case(word))?;
    Some(label)
}

/// Words that programs write in TYPE, and the registered one that is meant; `None` for other words.
///
/// ```
/// use vcardinal::registry::{PropertyId, meant_type};
///
/// assert_eq!(meant_type(PropertyId::TEL, "Mobile"), Some("cell"));
/// assert_eq!(meant_type(PropertyId::EMAIL, "mobile"), None);
/// ```
#[must_use]
pub fn meant_type(property: PropertyId, word: &str) -> Option<&'static str> {
    let mobile = ["mobile", "cellular", "cellphone", "mobilephone"];
    let is_mobile = mobile.iter().any(|known| known.eq_ignore_ascii_case(word));
    (property == PropertyId::TEL && is_mobile).then_some("cell")
}

/// The names whose values are words of a vendor and nothing else: no program that reads them knows
/// another.
static CLOSED: [PropertyId; 3] = [
    PropertyId::X_ABSHOWAS,
    PropertyId::X_EVOLUTION_LIST,
    PropertyId::X_WAB_GENDER,
];

/// Whether a vendor's name takes no other values than those that [`vendor_word`] has a word for.
///
/// ```
/// use vcardinal::registry::{PropertyId, takes_vendor_words_only};
///
/// assert!(takes_vendor_words_only(PropertyId::X_ABSHOWAS));
/// assert!(!takes_vendor_words_only(PropertyId::X_GENDER));
/// ```
#[must_use]
pub fn takes_vendor_words_only(name: PropertyId) -> bool {
    CLOSED.contains(&name)
}
