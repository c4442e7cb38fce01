//! Language tags. RFC 6350, 4.8; RFC 5646, 2.1.
//!
//! The check is our own sixty lines and not a crate's, because it says which subtag is wrong. A
//! test compares it with `oxilangtag`.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use core::hash::{Hash, Hasher};

use super::{Notes, Reason, Unwritable, Value, ValueError};
use crate::registry::ValueType;
use crate::version::Version;

/// A well-formed language tag in the spelling it came in; compares in any letter case.
///
/// RFC 6350, 4.8. Whether its subtags are registered is not checked.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{LanguageTag, Value};
///
/// let tag = LanguageTag::parse("zh-Hant-TW", Version::V4_0)?;
/// assert_eq!(tag.primary(), "zh");
/// assert_eq!(tag, LanguageTag::new("ZH-hant-tw")?);
/// assert!(LanguageTag::new("en_US").is_err());
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone)]
pub struct LanguageTag<'a>(Cow<'a, str>);

impl<'a> LanguageTag<'a> {
    /// A tag.
    ///
    /// # Errors
    ///
    /// It is not well-formed.
    ///
    /// ```
    /// use vcardinal::value::LanguageTag;
    ///
    /// assert!(LanguageTag::new("pt-BR").is_ok());
    /// assert!(LanguageTag::new("pt_BR").is_err());
    /// ```
    pub fn new(tag: impl Into<Cow<'a, str>>) -> Result<Self, ValueError> {
        let tag = tag.into();
        check(&tag)?;
        Ok(LanguageTag(tag))
    }

    /// The tag as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first subtag, which is the language, or `x` or `i`.
    ///
    /// ```
    /// assert_eq!(vcardinal::value::LanguageTag::new("pt-BR")?.primary(), "pt");
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// The subtag of the script, `Hans` of `zh-Hans-CN`; `None` where it names none. RFC 5646, 2.2.3.
    ///
    /// ```
    /// use vcardinal::value::LanguageTag;
    ///
    /// assert_eq!(LanguageTag::new("zh-Hans-CN")?.script(), Some("Hans"));
    /// assert_eq!(LanguageTag::new("de-1996-x-Latn")?.script(), None);
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub fn script(&self) -> Option<&str> {
        // A variant of four characters begins with a digit; what follows one letter is an extension.
        let subtags = self.0.split('-').take_while(|subtag| subtag.len() > 1);
        let mut scripts = subtags.skip(1).filter(|subtag| subtag.len() == 4);
        scripts.find(|subtag| subtag.bytes().all(|byte| byte.is_ascii_alphabetic()))
    }

    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> LanguageTag<'static> {
        LanguageTag(Cow::Owned(self.0.into_owned()))
    }
}

impl PartialEq for LanguageTag<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for LanguageTag<'_> {}

impl Hash for LanguageTag<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for byte in self.0.bytes() {
            state.write_u8(byte.to_ascii_lowercase());
        }
        state.write_u8(0xff);
    }
}

impl fmt::Display for LanguageTag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl LanguageTag<'_> {
    /// Whether it is clean at a glance: the code of a language alone, which [`read`](Value::read)
    /// takes.
    pub(crate) fn is_clean(raw: &[u8]) -> bool {
        matches!(raw.len(), 2 | 3) && raw.iter().all(u8::is_ascii_alphabetic)
    }
}

impl<'a> Value<'a> for LanguageTag<'a> {
    fn read_trimmed(raw: &'a str, _: Version, _: &mut Notes<'_>) -> Result<Self, ValueError> {
        LanguageTag::new(raw)
    }

    fn write_to(&self, _: Version, out: &mut String) -> Result<(), Unwritable> {
        out.push_str(&self.0);
        Ok(())
    }

    fn value_type(&self, _: Version) -> ValueType {
        ValueType::LanguageTag
    }
}

/// The irregular grandfathered tags; the regular ones fit the grammar of `langtag`.
const IRREGULAR: [&str; 17] = [
    "en-GB-oed",
    "i-ami",
    "i-bnn",
    "i-default",
    "i-enochian",
    "i-hak",
    "i-klingon",
    "i-lux",
    "i-mingo",
    "i-navajo",
    "i-pwn",
    "i-tao",
    "i-tay",
    "i-tsu",
    "sgn-BE-FR",
    "sgn-BE-NL",
    "sgn-CH-DE",
];

/// The regular grandfathered tags that `langtag` does not cover.
const REGULAR: [&str; 9] = [
    "art-lojban",
    "cel-gaulish",
    "no-bok",
    "no-nyn",
    "zh-guoyu",
    "zh-hakka",
    "zh-min",
    "zh-min-nan",
    "zh-xiang",
];

/// Where in the order of a `langtag` one is: what may still follow.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Place {
    Language,
    Extlang(u8),
    Script,
    Region,
    Variant,
    /// After a singleton, which wants at least one subtag.
    Singleton,
    Extension,
    PrivateStart,
    Private,
}

fn check(tag: &str) -> Result<(), ValueError> {
    check_langtag(tag).or_else(|error| {
        let mut grandfathered = IRREGULAR.iter().chain(&REGULAR);
        let known = grandfathered.any(|known| known.eq_ignore_ascii_case(tag));
        if known { Ok(()) } else { Err(error) }
    })
}

fn check_langtag(tag: &str) -> Result<(), ValueError> {
    const EXPECTED: &str = "a language tag, as en, de-CH or zh-Hant-TW";
    if tag.is_empty() {
        return Err(ValueError::new(0..0, Reason::Empty(EXPECTED)));
    }
    let mut place = None;
    let mut at = 0;
    for subtag in tag.split('-') {
        let end = at + subtag.len();
        place = Some(
            next(place, subtag.as_bytes())
                .ok_or_else(|| ValueError::new(at..end, Reason::Expected(EXPECTED)))?,
        );
        at = end + 1;
    }
    if matches!(place, Some(Place::Singleton | Place::PrivateStart)) {
        return Err(ValueError::new(0..tag.len(), Reason::Expected(EXPECTED)));
    }
    Ok(())
}

/// Where one is after this subtag; `None` if it may not stand there.
fn next(place: Option<Place>, subtag: &[u8]) -> Option<Place> {
    use Place::{
        Extension, Extlang, Language, Private, PrivateStart, Region, Script, Singleton, Variant,
    };
    let length = subtag.len();
    let letters = subtag.iter().all(u8::is_ascii_alphabetic);
    if !(1..=8).contains(&length) || !subtag.iter().all(u8::is_ascii_alphanumeric) {
        return None;
    }
    let Some(place) = place else {
        return match length {
            1 if subtag.eq_ignore_ascii_case(b"x") => Some(PrivateStart),
            2 | 3 if letters => Some(Language),
            // Four letters are reserved, five to eight registered: no extlang follows them.
            4..=8 if letters => Some(Extlang(3)),
            _ => None,
        };
    };
    if place >= PrivateStart {
        return Some(Private);
    }
    if length == 1 {
        return match (place, subtag.eq_ignore_ascii_case(b"x")) {
            (Singleton, _) => None,
            (_, true) => Some(PrivateStart),
            (_, false) => Some(Singleton),
        };
    }
    if place >= Singleton {
        return Some(Extension);
    }
    let variant = length >= 5 || (length == 4 && subtag.first().is_some_and(u8::is_ascii_digit));
    let region = (length == 2 && letters) || (length == 3 && subtag.iter().all(u8::is_ascii_digit));
    match place {
        Language if length == 3 && letters => Some(Extlang(1)),
        Extlang(count @ (1 | 2)) if length == 3 && letters => Some(Extlang(count + 1)),
        Language | Extlang(_) if length == 4 && letters => Some(Script),
        Language | Extlang(_) | Script if region => Some(Region),
        _ if variant => Some(Variant),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ok_clean_tags_are_read(raw in "[a-zA-Z0-9-]{0,4}") {
            if LanguageTag::is_clean(raw.as_bytes()) {
                prop_assert!(LanguageTag::new(raw.as_str()).is_ok());
            }
        }

        #[test]
        fn agrees_with_oxilangtag(tag in "[a-cxiX0-2]{1,9}(-[a-cxX0-2]{1,5}){0,5}") {
            let theirs = oxilangtag::LanguageTag::parse(tag.as_str()).is_ok();
            prop_assert_eq!(LanguageTag::new(tag.as_str()).is_ok(), theirs, "{}", tag);
        }
    }

    #[test]
    fn grandfathered_tags_are_well_formed() {
        for tag in IRREGULAR.iter().chain(&REGULAR) {
            assert!(LanguageTag::new(*tag).is_ok(), "{tag}");
            assert!(oxilangtag::LanguageTag::parse(*tag).is_ok(), "{tag}");
        }
    }
}
