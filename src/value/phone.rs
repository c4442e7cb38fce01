//! [`E164`] -> is it handed out, where and for what; national text and a region -> [`E164`].
//!
//! The third level of checking, over the metadata of the phonenumber crate (Google's
//! libphonenumber). Only its data are used for numbers with a calling code: its own verdict is
//! wrong for about one number in a hundred, because it drops trunk digits before it looks and
//! matches patterns without an end. See `DESIGN.md`.
//!
//! The first question loads the metadata (some 60 ms); the first about a country compiles that
//! country's patterns. [`warm_up`] does the former ahead of time.

use core::fmt;
use core::str::FromStr;
use std::sync::OnceLock;

use phonenumber::metadata::{DATABASE, Descriptor, Metadata};
use regex::{Regex, RegexBuilder};

use super::calling_codes::{self, CALLING_CODES};
use super::e164::{E164, E164Error, E164Reason, decimal_digit, is_separator};

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

    fn of(id: &str) -> Option<Region> {
        if id == Region::WORLD.0 {
            return Some(Region::WORLD);
        }
        let index = REGIONS.binary_search(&id).ok()?;
        REGIONS.get(index).copied().map(Region)
    }

    fn metadata(self) -> Option<&'static Metadata> {
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

/// What a number is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PhoneKind {
    /// A line at a place.
    FixedLine,
    /// A mobile telephone.
    Mobile,
    /// Either; the number does not tell, as in North America.
    FixedLineOrMobile,
    /// Free for the caller.
    TollFree,
    /// Dearer than a normal call.
    PremiumRate,
    /// Paid by both.
    SharedCost,
    /// A telephone reached over the internet.
    Voip,
    /// A number that follows its owner.
    PersonalNumber,
    /// A pager.
    Pager,
    /// One number for a company wherever it is called from.
    Uan,
    /// A mailbox.
    Voicemail,
}

impl PhoneKind {
    /// The kind in words, for instance `toll free`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            PhoneKind::FixedLine => "fixed line",
            PhoneKind::Mobile => "mobile",
            PhoneKind::FixedLineOrMobile => "fixed line or mobile",
            PhoneKind::TollFree => "toll free",
            PhoneKind::PremiumRate => "premium rate",
            PhoneKind::SharedCost => "shared cost",
            PhoneKind::Voip => "internet telephone",
            PhoneKind::PersonalNumber => "personal number",
            PhoneKind::Pager => "pager",
            PhoneKind::Uan => "company-wide number",
            PhoneKind::Voicemail => "voicemail",
        }
    }
}

impl fmt::Display for PhoneKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Where a valid number belongs and what it is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Assignment {
    /// The country or territory.
    pub region: Region,
    /// The use.
    pub kind: PhoneKind,
}

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

    /// Reads a number as it is written inside `region`, or with its plus sign.
    ///
    /// The result is a guess about what was meant, however good: keep what was written, and treat
    /// the number as [derived](DerivedNumber). It is always valid.
    ///
    /// # Errors
    ///
    /// [`NationalError`]: no digits, a character that cannot be in a number, or not a valid number of
    /// the region. Short codes such as 112 are not numbers of this kind.
    ///
    /// ```
    /// use vcardinal::value::E164;
    ///
    /// let derived = E164::from_national("(415) 555-0123 ext. 7", "US".parse()?)?;
    /// assert_eq!(derived.number.as_str(), "+14155550123");
    /// assert_eq!(derived.extension.as_deref(), Some("7"));
    /// assert_eq!(derived.written, "(415) 555-0123 ext. 7");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_national(written: &str, region: Region) -> Result<DerivedNumber, NationalError> {
        let (main, extension) = split_extension(written);
        let derived = |number: E164| DerivedNumber {
            number,
            written: written.to_owned(),
            extension: extension.clone(),
            region,
        };
        if main
            .trim_start_matches(is_separator)
            .starts_with(['+', '\u{FF0B}'])
        {
            let number = E164::parse_lenient(main).map_err(NationalError::Syntax)?;
            return match number.is_valid() {
                true => Ok(derived(number)),
                false => Err(NationalError::Invalid {
                    region,
                    suggestion: number.without_trunk_prefix(),
                }),
            };
        }
        let digits = plain_digits(main)?;
        national(&digits, region)
            .map(derived)
            .ok_or(NationalError::Invalid {
                region,
                suggestion: None,
            })
    }
}

/// A number made of what somebody wrote without its calling code.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct DerivedNumber {
    /// The number; valid.
    pub number: E164,
    /// What it was made of, unchanged.
    pub written: String,
    /// Digits of an extension after the number; `None` without one.
    pub extension: Option<String>,
    /// The region it was read for.
    pub region: Region,
}

/// Why a text could not be read as a number of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NationalError {
    /// The text is not digits and separators.
    #[error(transparent)]
    Syntax(E164Error),
    /// The digits are not a valid number of the region.
    #[error("{region} has no such number{}", Suggest(*suggestion))]
    Invalid {
        /// The region it was read for.
        region: Region,
        /// The number that may have been meant.
        suggestion: Option<E164>,
    },
}

struct Suggest(Option<E164>);

impl fmt::Display for Suggest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(number) => write!(f, "; did you mean {number}?"),
            None => Ok(()),
        }
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

fn national(digits: &str, region: Region) -> Option<E164> {
    let metadata = region.metadata()?;
    let code = metadata.country_code();
    let number = |text: &str| E164::parse(text).ok().filter(E164::is_valid);

    let id = region.0.parse::<phonenumber::country::Id>().ok();
    let parsed = phonenumber::parse(id, digits).ok().and_then(|parsed| {
        let text = format!("+{}{}", parsed.country().code(), parsed.national());
        // Dialled abroad ("00 44 ..."): whatever else the parser dropped was not a trunk prefix.
        let at_home = parsed.country().code() == code;
        (at_home || digits.ends_with(text.trim_start_matches('+'))).then_some(text)
    });
    parsed
        .as_deref()
        .and_then(number)
        // The parser also takes off what only looks like a trunk prefix, as the 8 of 812.
        .or_else(|| number(&format!("+{code}{digits}")))
        .or_else(|| {
            let rest = digits.strip_prefix(metadata.national_prefix()?)?;
            number(&format!("+{code}{rest}"))
        })
}

fn plain_digits(text: &str) -> Result<String, NationalError> {
    let mut digits = String::with_capacity(text.len());
    for (offset, c) in text.char_indices() {
        match decimal_digit(c) {
            Some(digit) => digits.push(char::from(digit)),
            None if is_separator(c) => {}
            None => {
                return Err(NationalError::Syntax(E164Error::new(
                    offset,
                    E164Reason::NotADigit(c),
                )));
            }
        }
    }
    match digits.len() {
        0 => Err(NationalError::Syntax(E164Error::new(
            text.len(),
            E164Reason::Empty,
        ))),
        1..=40 => Ok(digits),
        _ => Err(NationalError::Syntax(E164Error::new(
            0,
            E164Reason::TooLong,
        ))),
    }
}

/// Takes `;ext=7`, `ext. 7`, `extension 7` or `x7` off the end.
fn split_extension(text: &str) -> (&str, Option<String>) {
    const MARKS: [&str; 6] = [
        ";ext=",
        "extension",
        "extn",
        "ext",
        "\u{434}\u{43E}\u{431}",
        "x",
    ];
    let digits = text.trim_end();
    let head = digits.trim_end_matches(|c| decimal_digit(c).is_some());
    let extension = digits.get(head.len()..).unwrap_or_default();
    if extension.is_empty() || extension.chars().count() > 20 {
        return (text, None);
    }
    let before = head.trim_end_matches([' ', '.', ':', '\u{A0}']);
    MARKS
        .iter()
        .find_map(|mark| {
            let at = before.len().checked_sub(mark.len())?;
            before.get(at..)?.eq_ignore_ascii_case(mark).then_some(at)
        })
        .and_then(|at| text.get(..at))
        .map_or((text, None), |main| {
            let extension = extension.chars().filter_map(decimal_digit);
            (main, Some(extension.map(char::from).collect()))
        })
}

/// The regions of one calling code, the main one first.
struct Plan(Vec<Numbering>);

/// The ranges of one region.
struct Numbering {
    region: Region,
    /// What numbers of this region begin with, where regions share a calling code.
    leading: Option<Pattern>,
    general: Pattern,
    kinds: Vec<(PhoneKind, Pattern)>,
}

/// A regular expression that is compiled when first asked, and lengths as a set of bits.
struct Pattern {
    source: &'static str,
    /// Whether the whole number must match, or its beginning.
    whole: bool,
    lengths: u32,
    regex: OnceLock<Option<Regex>>,
}

static PLANS: [OnceLock<Plan>; CALLING_CODES.len()] =
    [const { OnceLock::new() }; CALLING_CODES.len()];

fn assignment(index: usize, national: &str) -> Option<Assignment> {
    let plan = PLANS.get(index)?.get_or_init(|| {
        let code = CALLING_CODES.get(index).map_or(0, |row| row.code);
        Plan::of(code)
    });
    let Plan(regions) = plan;
    match regions.as_slice() {
        [only] => only.assignment(national),
        regions => regions
            .iter()
            .find(|one| match &one.leading {
                Some(leading) => leading.is_match(national),
                None => one.assignment(national).is_some(),
            })
            .and_then(|one| one.assignment(national)),
    }
}

impl Plan {
    fn of(code: u16) -> Plan {
        let regions = DATABASE.by_code(&code).unwrap_or_default();
        Plan(regions.into_iter().filter_map(Numbering::of).collect())
    }
}

impl Numbering {
    fn of(metadata: &'static Metadata) -> Option<Numbering> {
        let of = metadata.descriptors();
        // In the order in which a number that fits several is decided.
        let kinds = [
            (PhoneKind::PremiumRate, of.premium_rate()),
            (PhoneKind::TollFree, of.toll_free()),
            (PhoneKind::SharedCost, of.shared_cost()),
            (PhoneKind::Voip, of.voip()),
            (PhoneKind::PersonalNumber, of.personal_number()),
            (PhoneKind::Pager, of.pager()),
            (PhoneKind::Uan, of.uan()),
            (PhoneKind::Voicemail, of.voicemail()),
            (PhoneKind::FixedLine, of.fixed_line()),
            (PhoneKind::Mobile, of.mobile()),
        ];
        let kinds: Vec<_> = kinds
            .into_iter()
            .filter_map(|(kind, descriptor)| Some((kind, Pattern::whole(descriptor?))))
            .collect();
        let general = Pattern {
            // Of all kinds together; the metadata leave it out.
            lengths: kinds.iter().fold(0, |all, (_, kind)| all | kind.lengths),
            ..Pattern::whole(of.general())
        };
        Some(Numbering {
            region: Region::of(metadata.id())?,
            leading: metadata.leading_digits().map(|pattern| Pattern {
                source: pattern.as_str(),
                whole: false,
                lengths: u32::MAX,
                regex: OnceLock::new(),
            }),
            general,
            kinds,
        })
    }

    fn assignment(&self, national: &str) -> Option<Assignment> {
        if !self.general.is_match(national) {
            return None;
        }
        let (kind, pattern) = self
            .kinds
            .iter()
            .find(|(_, pattern)| pattern.is_match(national))?;
        let mobile_too = *kind == PhoneKind::FixedLine
            && self.kinds.last().is_some_and(|(last, mobile)| {
                *last == PhoneKind::Mobile
                    && (mobile.source == pattern.source || mobile.is_match(national))
            });
        Some(Assignment {
            region: self.region,
            kind: if mobile_too {
                PhoneKind::FixedLineOrMobile
            } else {
                *kind
            },
        })
    }
}

impl Pattern {
    fn whole(descriptor: &'static Descriptor) -> Pattern {
        let lengths = descriptor.possible_length().iter();
        Pattern {
            source: descriptor.national_number().as_str(),
            whole: true,
            lengths: lengths.fold(0, |all, n| {
                all | 1u32.checked_shl(u32::from(*n)).unwrap_or(0)
            }),
            regex: OnceLock::new(),
        }
    }

    fn is_match(&self, national: &str) -> bool {
        let bit = u32::try_from(national.len())
            .ok()
            .and_then(|length| 1u32.checked_shl(length))
            .unwrap_or(0);
        self.lengths & bit != 0
            && self
                .regex
                .get_or_init(|| {
                    let end = if self.whole { "$" } else { "" };
                    RegexBuilder::new(&format!("^(?:{}){end}", self.source))
                        .ignore_whitespace(true)
                        .unicode(false)
                        .build()
                        .ok()
                })
                .as_ref()
                .is_some_and(|regex| regex.is_match(national))
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

    #[test]
    fn every_pattern_compiles() {
        for row in &CALLING_CODES {
            let plan = Plan::of(row.code);
            for numbering in &plan.0 {
                let kinds = numbering.kinds.iter().map(|(_, pattern)| pattern);
                for pattern in kinds.chain([&numbering.general]).chain(&numbering.leading) {
                    pattern.is_match("1234567");
                    let length = pattern.lengths.trailing_zeros() as usize;
                    pattern.is_match(&"1".repeat(length));
                    assert!(
                        matches!(pattern.regex.get(), Some(Some(_))),
                        "{}",
                        pattern.source
                    );
                }
            }
        }
    }
}
