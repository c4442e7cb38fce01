//! Values of parameters: PREF, PID, TYPE, MEDIATYPE, CALSCALE, LEVEL and SORT-AS. RFC 6350, 5.
//!
//! They are read from the text of a parameter as a card gives it, unquoted and with its caret
//! escapes decoded (RFC 6868).

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::num::NonZeroU32;

use super::{Reason, ValueError};
use crate::syntax::byte_class::{is_media_name, is_token};

/// How much an instance is preferred: 1 is best; 100 is worst, but better than no preference at all.
///
/// RFC 6350, 5.3.
///
/// ```
/// use vcardinal::value::Pref;
///
/// assert!(Pref::parse("1")? < Pref::parse("100")?);
/// assert!(Pref::parse("0").is_err() && Pref::parse("101").is_err());
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pref(u8);

impl Pref {
    /// The best.
    pub const FIRST: Pref = Pref(1);

    /// A preference.
    ///
    /// # Errors
    ///
    /// It is not 1 to 100.
    pub fn new(pref: u8) -> Result<Self, ValueError> {
        if !(1..=100).contains(&pref) {
            return Err(ValueError::new(0..0, Self::out_of_range(u32::from(pref))));
        }
        Ok(Pref(pref))
    }

    /// Whether it is clean at a glance, as [`parse`](Pref::parse) takes it.
    pub(crate) fn is_clean(raw: &[u8]) -> bool {
        matches!(raw, [b'1'..=b'9'] | [b'1'..=b'9', b'0'..=b'9'] | b"100")
    }

    /// Reads a preference.
    ///
    /// # Errors
    ///
    /// It is not an integer from 1 to 100.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let span = 0..text.len();
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits {
            return Err(ValueError::new(
                span,
                Reason::Expected("an integer from 1 to 100"),
            ));
        }
        // The grammar has one or two digits, or 100; `001` is neither.
        let number = text.parse().unwrap_or(u32::MAX);
        if !(1..=100).contains(&number) || text.len() > 3 || (text.len() == 3 && number != 100) {
            return Err(ValueError::new(span, Self::out_of_range(number)));
        }
        Pref::new(u8::try_from(number).unwrap_or_default())
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    const fn out_of_range(found: u32) -> Reason {
        Reason::OutOfRange {
            what: "PREF",
            found,
            low: 1,
            high: 100,
        }
    }
}

impl fmt::Display for Pref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Which property it is for synchronization: a number, and the number of its source.
///
/// RFC 6350, 5.5.
///
/// ```
/// use vcardinal::value::Pid;
///
/// let pids = Pid::parse_list("4.1,5")?;
/// assert_eq!(pids[0].source.map(|source| source.get()), Some(1));
/// assert_eq!(pids[1].to_string(), "5");
/// assert!(Pid::parse("1.0").is_err());
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Pid {
    /// The number among the properties of one name.
    pub id: NonZeroU32,
    /// The number of a CLIENTPIDMAP; `None` where the PID has one number only.
    pub source: Option<NonZeroU32>,
}

impl Pid {
    /// The number among the properties of one name, and that of a CLIENTPIDMAP where there is one.
    ///
    /// ```
    /// use std::num::NonZeroU32;
    /// use vcardinal::value::Pid;
    ///
    /// assert_eq!(Pid::new(NonZeroU32::MIN, None).to_string(), "1");
    /// assert_eq!(Pid::new(NonZeroU32::MIN, Some(NonZeroU32::MIN)), Pid::parse("1.1")?);
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub const fn new(id: NonZeroU32, source: Option<NonZeroU32>) -> Self {
        Pid { id, source }
    }

    /// Reads one PID.
    ///
    /// # Errors
    ///
    /// It is not one or two numbers from 1 with a dot between.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let reason = Reason::Expected("one or two numbers from 1, as 4 or 4.1");
        let number = |digits: &str| {
            let right = digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse().ok().filter(|_| right)
        };
        let wrong = || ValueError::new(0..text.len(), reason);
        let (id, source) = match text.split_once('.') {
            Some((id, source)) => (id, Some(number(source).ok_or_else(wrong)?)),
            None => (text, None),
        };
        Ok(Pid {
            id: number(id).ok_or_else(wrong)?,
            source,
        })
    }

    /// Reads PIDs between commas.
    ///
    /// # Errors
    ///
    /// One of them is not valid.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, ValueError> {
        let mut at = 0;
        text.split(',')
            .map(|item| {
                let pid = Pid::parse(item).map_err(|error| error.moved(at));
                at += item.len() + 1;
                pid
            })
            .collect()
    }
}

impl fmt::Display for Pid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.source {
            Some(source) => write!(f, "{}.{source}", self.id),
            None => self.id.fmt(f),
        }
    }
}

/// The values of all TYPE parameters of a property, in their order, once each.
///
/// Letter case does not matter. A quoted list is read as several values. RFC 6350, 5.6.
///
/// ```
/// use vcardinal::value::Types;
///
/// let types = Types::new(["WORK", "voice,cell", "work"]);
/// assert!(types.has("Cell") && types.has("work") && !types.has("home"));
/// assert_eq!(types.iter().collect::<Vec<_>>(), ["WORK", "voice", "cell"]);
/// assert_eq!(types.to_string(), "WORK,voice,cell");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Types<'a>(Vec<Cow<'a, str>>);

impl<'a> Types<'a> {
    /// From the values of TYPE parameters, each one type or several between commas.
    #[must_use]
    pub fn new(values: impl IntoIterator<Item = impl Into<Cow<'a, str>>>) -> Self {
        let mut all = Vec::new();
        for value in values {
            match value.into() {
                Cow::Borrowed(value) => all.extend(value.split(',').map(Cow::Borrowed)),
                Cow::Owned(value) => {
                    all.extend(value.split(',').map(|one| Cow::Owned(String::from(one))));
                }
            }
        }
        let mut seen = BTreeSet::new();
        all.retain(|one| !one.is_empty() && seen.insert(one.to_ascii_lowercase()));
        Types(all)
    }

    fn in_small_letters(&self) -> BTreeSet<String> {
        self.iter().map(str::to_ascii_lowercase).collect()
    }

    /// Whether this type is among them.
    #[must_use]
    pub fn has(&self, one: &str) -> bool {
        self.0.iter().any(|known| known.eq_ignore_ascii_case(one))
    }

    /// The types as they are written.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator + Clone {
        self.0.iter().map(|one| &**one)
    }

    /// Whether there are no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The types as they are written.
    #[must_use]
    pub fn as_slice(&self) -> &[Cow<'a, str>] {
        &self.0
    }

    /// The types as they are written, borrowed where they can be.
    #[must_use]
    pub fn into_vec(self) -> Vec<Cow<'a, str>> {
        self.0
    }

    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> Types<'static> {
        let types = self.0.into_iter().map(|one| Cow::Owned(one.into_owned()));
        Types(types.collect())
    }
}

/// With the same types, in any order and letter case.
impl PartialEq for Types<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.in_small_letters() == other.in_small_letters()
    }
}

impl Eq for Types<'_> {}

/// `home,work`
impl fmt::Display for Types<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, one) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(",")?;
            }
            f.write_str(one)?;
        }
        Ok(())
    }
}

/// The media type of what a URI leads to, with its parameters.
///
/// RFC 6350, 5.7.
///
/// ```
/// use vcardinal::value::MediaType;
///
/// let media = MediaType::parse("text/vcard;version=4.0")?;
/// assert_eq!((media.top(), media.sub()), ("text", "vcard"));
/// assert_eq!(media.parameters().next(), Some(("version", "4.0")));
/// assert!(MediaType::parse("pgp").is_err());
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MediaType<'a> {
    text: Cow<'a, str>,
    slash: usize,
    end: usize,
}

impl<'a> MediaType<'a> {
    /// Reads a media type.
    ///
    /// # Errors
    ///
    /// It is not `type/subtype`, with `;name=value` after it or not.
    pub fn parse(text: impl Into<Cow<'a, str>>) -> Result<Self, ValueError> {
        let text = text.into();
        let wrong =
            |from, to| ValueError::new(from..to, Reason::Expected("a media type, as image/png"));
        let end = text.find(';').unwrap_or(text.len());
        let (name, rest) = text.split_at_checked(end).unwrap_or((&text, ""));
        let slash = name.find('/').ok_or_else(|| wrong(0, end))?;
        let (top, sub) = name.split_at_checked(slash).unwrap_or((name, ""));
        if !is_media_name(top) || !is_media_name(sub.strip_prefix('/').unwrap_or_default()) {
            return Err(wrong(0, end));
        }
        let right = split_unquoted(rest).skip(1).all(|parameter| {
            parameter.split_once('=').is_some_and(|(name, value)| {
                is_media_name(name.trim_ascii_start())
                    && !value.is_empty()
                    && is_whole_string(value)
                    && value
                        .bytes()
                        .all(|byte| byte == b' ' || byte.is_ascii_graphic())
            })
        });
        if !right {
            return Err(wrong(end, text.len()));
        }
        Ok(MediaType { text, slash, end })
    }

    /// The type, as `image`.
    #[must_use]
    pub fn top(&self) -> &str {
        self.text.get(..self.slash).unwrap_or_default()
    }

    /// The subtype, as `png`.
    #[must_use]
    pub fn sub(&self) -> &str {
        self.text.get(self.slash + 1..self.end).unwrap_or_default()
    }

    /// The parameters with their values.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        let rest = self.text.get(self.end..).unwrap_or_default();
        let pairs = split_unquoted(rest)
            .skip(1)
            .filter_map(|parameter| parameter.split_once('='));
        pairs.map(|(name, value)| (name.trim_ascii_start(), value))
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// The pieces between semicolons; one inside of a quoted string of RFC 2045 parts nothing.
fn split_unquoted(text: &str) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(move |letter| {
        let hidden = core::mem::take(&mut escaped);
        match letter {
            '"' if !hidden => quoted = !quoted,
            '\\' if quoted && !hidden => escaped = true,
            _ => {}
        }
        letter == ';' && !quoted
    })
}

/// Whether a value has no quote, or is a quoted string that ends.
fn is_whole_string(value: &str) -> bool {
    let Some(inside) = value.strip_prefix('"') else {
        return !value.contains('"');
    };
    let mut escaped = false;
    let end = inside.find(|letter| {
        let hidden = core::mem::take(&mut escaped);
        escaped = letter == '\\' && !hidden;
        letter == '"' && !hidden
    });
    end.is_some_and(|end| end + 1 == inside.len())
}

impl fmt::Display for MediaType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// The calendar of a date. A property whose calendar one does not know is to be ignored.
///
/// RFC 6350, 5.8.
///
/// ```
/// use vcardinal::value::CalScale;
///
/// assert_eq!(CalScale::parse("Gregorian")?, CalScale::Gregorian);
/// assert_eq!(CalScale::parse("x-mayan")?, CalScale::Other("x-mayan".into()));
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum CalScale<'a> {
    /// The default, and the only one registered.
    #[default]
    Gregorian,
    /// Another token.
    Other(Cow<'a, str>),
}

impl<'a> CalScale<'a> {
    /// Reads a calendar.
    ///
    /// # Errors
    ///
    /// It is not a token.
    pub fn parse(text: impl Into<Cow<'a, str>>) -> Result<Self, ValueError> {
        let text = text.into();
        if text.eq_ignore_ascii_case("gregorian") {
            return Ok(CalScale::Gregorian);
        }
        if !is_token(text.as_bytes()) {
            let reason = Reason::Expected("a calendar, as gregorian or x-mayan");
            return Err(ValueError::new(0..text.len(), reason));
        }
        Ok(CalScale::Other(text))
    }

    /// The token.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            CalScale::Gregorian => "gregorian",
            CalScale::Other(token) => token,
        }
    }
}

/// How well somebody knows or likes something: LEVEL of EXPERTISE, HOBBY and INTEREST.
///
/// RFC 6715, 3.2.
///
/// ```
/// use vcardinal::value::Level;
///
/// assert_eq!(Level::parse("EXPERT")?, Level::Expert);
/// assert!(Level::Expert.is_of_expertise() && !Level::High.is_of_expertise());
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Level {
    /// Of EXPERTISE.
    Beginner,
    /// Of EXPERTISE.
    Average,
    /// Of EXPERTISE.
    Expert,
    /// Of HOBBY and INTEREST.
    Low,
    /// Of HOBBY and INTEREST.
    Medium,
    /// Of HOBBY and INTEREST.
    High,
}

impl Level {
    const ALL: [Level; 6] = [
        Level::Beginner,
        Level::Average,
        Level::Expert,
        Level::Low,
        Level::Medium,
        Level::High,
    ];

    /// Reads a level.
    ///
    /// # Errors
    ///
    /// It is not one of the six.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let known = Level::ALL
            .into_iter()
            .find(|level| level.as_str().eq_ignore_ascii_case(text));
        known.ok_or_else(|| {
            let reason = Reason::Expected("beginner, average, expert, low, medium or high");
            ValueError::new(0..text.len(), reason)
        })
    }

    /// Its word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::Beginner => "beginner",
            Level::Average => "average",
            Level::Expert => "expert",
            Level::Low => "low",
            Level::Medium => "medium",
            Level::High => "high",
        }
    }

    /// Whether it is a level of EXPERTISE, not of HOBBY and INTEREST.
    #[must_use]
    pub const fn is_of_expertise(self) -> bool {
        matches!(self, Level::Beginner | Level::Average | Level::Expert)
    }
}

/// What to sort a name or an organization by, component by component.
///
/// The values of the parameter, in letter case; a single one with commas is read as several when
/// the property has several components. RFC 6350, 5.9.
///
/// ```
/// use vcardinal::value::SortAs;
///
/// assert_eq!(SortAs::new(["Harten,Rene"], 5).as_slice(), ["Harten", "Rene"]);
/// assert_eq!(SortAs::new(["Harten", "Rene"], 5).as_slice(), ["Harten", "Rene"]);
/// assert_eq!(SortAs::new(["Nut, Bolt"], 1).as_slice(), ["Nut, Bolt"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct SortAs<'a>(Vec<Cow<'a, str>>);

impl<'a> SortAs<'a> {
    /// From the values of the parameter, for a property with so many components.
    #[must_use]
    pub fn new(
        values: impl IntoIterator<Item = impl Into<Cow<'a, str>>>,
        components: usize,
    ) -> Self {
        SortAs::at_most(usize::MAX, values, components)
    }

    /// As [`new`](Self::new), but looks at so many strings only.
    pub(crate) fn at_most(
        most: usize,
        values: impl IntoIterator<Item = impl Into<Cow<'a, str>>>,
        components: usize,
    ) -> Self {
        let values = values.into_iter().map(Into::into);
        let mut all: Vec<Cow<'a, str>> = values.take(most).collect();
        if let ([only], true) = (all.as_slice(), components > 1) {
            all = match only.clone() {
                Cow::Borrowed(only) => only.split(',').take(most).map(Cow::Borrowed).collect(),
                Cow::Owned(only) => {
                    let each = only.split(',').take(most);
                    each.map(|one| Cow::Owned(one.into())).collect()
                }
            };
        }
        SortAs(all)
    }

    /// The strings, one for each component from the first.
    #[must_use]
    pub fn as_slice(&self) -> &[Cow<'a, str>] {
        &self.0
    }

    /// The strings, borrowed where they can be.
    #[must_use]
    pub fn into_vec(self) -> Vec<Cow<'a, str>> {
        self.0
    }

    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> SortAs<'static> {
        let strings = self.0.into_iter().map(|one| Cow::Owned(one.into_owned()));
        SortAs(strings.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Pref;
    use alloc::format;

    #[test]
    fn ok_clean_preferences_are_read() {
        for number in 0..1000 {
            for raw in [
                format!("{number}"),
                format!("{number:02}"),
                format!("{number:03}"),
            ] {
                assert_eq!(
                    Pref::is_clean(raw.as_bytes()),
                    Pref::parse(&raw).is_ok() && !raw.starts_with('0'),
                    "{raw}"
                );
            }
        }
    }
}
