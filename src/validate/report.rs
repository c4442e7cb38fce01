//! The findings of one card.

use alloc::boxed::Box;
use alloc::vec::{IntoIter, Vec};

use super::diagnostic::{Diagnostic, Severity};
use super::profile::Profile;

/// What was found in a card, in the order of its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    findings: Box<[Diagnostic]>,
    profile: Profile,
}

impl Report {
    pub(super) fn new(mut findings: Vec<Diagnostic>, profile: Profile) -> Self {
        findings.sort_by_key(|finding| finding.span.start);
        Report {
            findings: findings.into_boxed_slice(),
            profile,
        }
    }

    /// What the card was held against.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// Whether nothing was found that is more than worth knowing.
    ///
    /// ```
    /// use vcardinal::{Card, validate::{Profile, validate}};
    ///
    /// let card = Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Quist\r\nEND:VCARD\r\n")?;
    /// assert!(validate(&card, Profile::Rfc6350).is_clean());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.worst() < Some(Severity::Warning)
    }

    /// The worst severity in it; none when nothing was found.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// The findings that are errors.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
    }

    /// All findings.
    pub fn iter(&self) -> core::slice::Iter<'_, Diagnostic> {
        self.findings.iter()
    }
}

impl<'a> IntoIterator for &'a Report {
    type Item = &'a Diagnostic;
    type IntoIter = core::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Report {
    type Item = Diagnostic;
    type IntoIter = IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.findings.into_vec().into_iter()
    }
}
