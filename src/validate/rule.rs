//! What a rule is, and how much breaking one matters. The rules themselves are in `rules/`.

use crate::version::Version;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// Worth knowing; the card is conforming.
    Info,
    /// The standard advises against it, or readers are known to trip over it.
    Warning,
    /// The standard forbids it.
    Error,
}

crate::word::words! {
    Severity, "error, warning or info": Info "info", Warning "warning", Error "error"
}

/// A rule of the standards, or of ours, under a name that never changes its meaning.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::validate::{Severity, rule};
///
/// let rule = rule("version-late").unwrap();
/// assert_eq!(rule.section(), "RFC 6350, 6.7.9");
/// assert_eq!(rule.severity_in(Version::V4_0), Some(Severity::Error));
/// assert_eq!(rule.severity_in(Version::V2_1), None);
/// ```
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Stable name in kebab case, for instance `fn-missing`.
    pub id: &'static str,
    /// How bad breaking it is in the version, or under the profile, where it is worst.
    pub severity: Severity,
    /// Where the standards say so, for instance `RFC 6350, 6.2.1`; the one that matters most
    /// first.
    pub sections: &'static [&'static str],
    /// What the rule asks for, in one sentence.
    pub summary: &'static str,
    /// Why it matters, and what to do about a finding.
    pub explanation: &'static str,
    severities: [Option<Severity>; 3],
}

impl Rule {
    /// A row of a rule table; the severities are those in 2.1, 3.0 and 4.0.
    pub(super) const fn new(
        id: &'static str,
        severities: [Option<Severity>; 3],
        sections: &'static [&'static str],
        summary: &'static str,
        explanation: &'static str,
    ) -> Self {
        let mut worst = Severity::Info;
        let mut rest: &[Option<Severity>] = &severities;
        while let [first, after @ ..] = rest {
            if let Some(severity) = first
                && *severity as u8 > worst as u8
            {
                worst = *severity;
            }
            rest = after;
        }
        Rule {
            id,
            severity: worst,
            sections,
            summary,
            explanation,
            severities,
        }
    }

    /// A rule that no version has, but one of the profiles.
    pub(super) const fn for_profiles(
        id: &'static str,
        severity: Severity,
        sections: &'static [&'static str],
        summary: &'static str,
        explanation: &'static str,
    ) -> Self {
        Rule {
            severity,
            ..Rule::new(id, [None; 3], sections, summary, explanation)
        }
    }

    /// How bad breaking it is in this version, if no profile says otherwise; none where the
    /// version does not have the rule.
    #[must_use]
    pub const fn severity_in(&self, version: Version) -> Option<Severity> {
        let [v2_1, v3_0, v4_0] = self.severities;
        match version {
            Version::V2_1 => v2_1,
            Version::V3_0 => v3_0,
            Version::V4_0 => v4_0,
        }
    }

    /// The first of its sections.
    #[must_use]
    pub const fn section(&self) -> &'static str {
        match self.sections {
            [first, ..] => first,
            [] => "",
        }
    }

    /// The first of its sections that is about this version, or else the first.
    ///
    /// ```
    /// use vcardinal::Version;
    ///
    /// let rule = vcardinal::validate::rule("line-ending-not-crlf").unwrap();
    /// assert_eq!(rule.section_in(Version::V3_0), "RFC 2425, 5.8.1");
    /// ```
    #[must_use]
    pub fn section_in(&self, version: Version) -> &'static str {
        section_in(self.sections, version).unwrap_or_else(|| self.section())
    }
}

/// The first of these sections that stands in a text about this version.
pub(super) fn section_in(
    sections: &'static [&'static str],
    version: Version,
) -> Option<&'static str> {
    sections_in(sections, version).next()
}

/// Those of these sections that stand in a text about this version.
pub(super) fn sections_in(
    sections: &'static [&'static str],
    version: Version,
) -> impl Iterator<Item = &'static str> {
    const OF_3_0: [&str; 4] = ["RFC 2426,", "RFC 2425,", "RFC 2739,", "RFC 4770,"];
    sections.iter().copied().filter(move |section| {
        let of_3_0 = OF_3_0.iter().any(|text| section.starts_with(text));
        let of_2_1 = section.starts_with("vCard 2.1");
        match version {
            Version::V2_1 => of_2_1,
            Version::V3_0 => of_3_0,
            Version::V4_0 => !of_3_0 && !of_2_1,
        }
    })
}
