//! How much a property is preferred: PREF of 4.0, and `pref` among the words of TYPE before.
//! RFC 6350, 5.3; RFC 2426, 3.3.1; vCard 2.1, 2.4.1.1.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::label::each_word;
use crate::card::{Parameter, PropertyRef, TokenError};
use crate::value::Pref;
use crate::version::Version;

impl PropertyRef<'_> {
    /// How much it is preferred: what PREF says, or the best for `TYPE=pref`; `None` where neither is
    /// there, which is the least.
    /// RFC 6350, 5.3; RFC 2426, 3.3.1.
    ///
    /// Each is understood in every version: `TYPE=pref` stands in many cards of 4.0.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:4.0\nTEL;PREF=7:1\nTEL;TYPE=\"cell,pref\":2\nTEL:3\nEND:VCARD\n",
    /// )?;
    /// let prefs: Vec<_> = card.phones().map(|phone| phone.pref().map(|pref| pref.get())).collect();
    /// assert_eq!(prefs, [Some(7), Some(1), None]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn pref(&self) -> Option<Pref> {
        self.line().parameter_text()?;
        self.values_named("PREF")
            .find_map(|pref| Pref::parse(pref.trim()).ok())
            .or_else(|| has_type_pref(self).then_some(Pref::FIRST))
    }

    /// Whether nothing can be preferred to it: PREF is 1, or TYPE is pref.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:2.1\nTEL;WORK;PREF:1\nEND:VCARD\n")?;
    /// assert!(card.property("TEL").unwrap().is_preferred());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn is_preferred(&self) -> bool {
        self.pref() == Some(Pref::FIRST)
    }
}

const TYPE_WORD: &str = "pref";

fn has_type_pref(property: &PropertyRef<'_>) -> bool {
    let mut found = false;
    each_word(property, |word| {
        found |= word.eq_ignore_ascii_case(TYPE_WORD)
    });
    found
}

/// Its place in the order of preference: the least is the best.
pub(super) fn rank(property: &PropertyRef<'_>) -> u8 {
    property.pref().map_or(u8::MAX, Pref::get)
}

/// What says a preference in a version: a parameter, or one more word of TYPE, of which only the
/// best is one.
pub(super) fn written(
    pref: Pref,
    version: Version,
    types: &mut Vec<String>,
) -> Result<Option<Parameter>, TokenError> {
    if version == Version::V4_0 {
        return Parameter::new("PREF", [pref.to_string()]).map(Some);
    }
    if pref == Pref::FIRST {
        types.push(TYPE_WORD.into());
    }
    Ok(None)
}
