//! GENDER. RFC 6350, 6.2.7.

use alloc::borrow::Cow;
use alloc::string::String;

use super::text::{decode, lines, note_bare_commas, write_component};
use super::{Notes, Reason, Unwritable, Value, ValueError};
use crate::registry::ValueType;
use crate::syntax::escape::split_components;
use crate::version::Version;

/// The letter of GENDER. RFC 6350, 6.2.7.
///
/// Exhaustive, as the five letters are all there will be: what else there is to say is the text beside
/// the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    /// `M`
    Male,
    /// `F`
    Female,
    /// `O`
    Other,
    /// `N`: none or not applicable.
    None,
    /// `U`
    Unknown,
}

impl Sex {
    pub(super) const ALL: [Sex; 5] = [Sex::Male, Sex::Female, Sex::Other, Sex::None, Sex::Unknown];

    /// The word for it.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Sex::Male => "male",
            Sex::Female => "female",
            Sex::Other => "other",
            Sex::None => "none",
            Sex::Unknown => "unknown",
        }
    }

    /// Its letter.
    ///
    /// ```
    /// assert_eq!(vcardinal::value::Sex::Female.as_str(), "F");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Sex::Male => "M",
            Sex::Female => "F",
            Sex::Other => "O",
            Sex::None => "N",
            Sex::Unknown => "U",
        }
    }
}

/// A sex, a gender identity in free text, both or neither.
///
/// RFC 6350, 6.2.7.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{Gender, Sex, Value};
///
/// let gender = Gender::parse(";it's complicated", Version::V4_0)?;
/// assert_eq!((gender.sex(), gender.identity()), (None, "it's complicated"));
/// assert_eq!(Gender::new(Some(Sex::Other)).to_text(Version::V4_0)?, "O");
/// assert!(Gender::parse("female", Version::V4_0).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Gender<'a> {
    sex: Option<Sex>,
    identity: Cow<'a, str>,
}

impl<'a> Gender<'a> {
    /// A sex, or `None`, without identity.
    #[must_use]
    pub fn new(sex: Option<Sex>) -> Self {
        Gender {
            sex,
            identity: Cow::Borrowed(""),
        }
    }

    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> Gender<'static> {
        Gender {
            sex: self.sex,
            identity: Cow::Owned(self.identity.into_owned()),
        }
    }

    /// The same with this identity.
    #[must_use]
    pub fn with_identity(self, identity: impl Into<Cow<'a, str>>) -> Self {
        Gender {
            identity: lines(identity.into()),
            ..self
        }
    }

    /// The sex; `None` where it is left out.
    #[must_use]
    pub const fn sex(&self) -> Option<Sex> {
        self.sex
    }

    /// The identity; empty when it is not given.
    #[must_use]
    pub fn identity(&self) -> &str {
        &self.identity
    }
}

impl<'a> Value<'a> for Gender<'a> {
    const TAKES_WHITE_SPACE: bool = true;

    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        let first = split_components(raw, version).next().unwrap_or_default();
        // What follows is a text, which may have white space around it.
        let (_, letter) = notes.trim(first);
        if letter.is_empty() && !first.is_empty() {
            notes.add(0..first.len(), Reason::WhiteSpace("before"));
        }
        let sex = Sex::ALL
            .into_iter()
            .find(|sex| sex.as_str().eq_ignore_ascii_case(letter));
        if sex.is_none() && !letter.is_empty() {
            let reason = Reason::Expected("M, F, O, N, U or nothing before the semicolon");
            return Err(ValueError::new(0..first.len(), reason));
        }
        let start = first.len() + 1;
        let rest = raw.get(start..).unwrap_or_default();
        let second = split_components(rest, version)
            .next()
            .unwrap_or_default()
            .len();
        if second < rest.len() {
            notes.add(start + second..start + second + 1, Reason::BareSemicolon);
        }
        let identity = notes.inside(start, |notes| {
            if notes.wanted() {
                note_bare_commas(rest, version, notes);
            }
            Ok(decode(rest, version, notes))
        })?;
        Ok(Gender { sex, identity })
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        let start = out.len();
        out.push_str(self.sex.map_or("", Sex::as_str));
        if self.identity.is_empty() {
            return Ok(());
        }
        out.push(';');
        write_component(&self.identity, version, out).inspect_err(|_| out.truncate(start))
    }

    fn value_type(&self, _: Version) -> ValueType {
        ValueType::Text
    }
}
