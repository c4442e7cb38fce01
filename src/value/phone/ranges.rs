//! Which numbers each region hands out, and for what: the metadata, made into patterns.

use core::fmt;
use std::sync::OnceLock;

use phonenumber::metadata::{DATABASE, Descriptor, Metadata};
use regex::{Regex, RegexBuilder};

use super::region::Region;
use crate::value::calling_codes::CALLING_CODES;

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

/// The range that a national number of the calling code in this row lies in.
pub(super) fn assignment(index: usize, national: &str) -> Option<Assignment> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
