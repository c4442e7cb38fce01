//! The findings of one card.

use alloc::boxed::Box;
use alloc::vec::{IntoIter, Vec};
use core::fmt;

use super::diagnostic::Diagnostic;
use super::profile::Profile;
use super::rule::Severity;

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
    ///
    /// ```
    /// use vcardinal::{Card, validate::Profile};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// assert_eq!(card.validate(Profile::CardDav).profile(), Profile::CardDav);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
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
    ///
    /// ```
    /// use vcardinal::{Card, validate::{Profile, Severity}};
    ///
    /// let card = Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n")?;
    /// assert_eq!(card.validate(Profile::Rfc6350).worst(), Some(Severity::Error)); // there is no FN
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// The findings of one severity.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::validate::{Profile, Severity};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nEND:VCARD\n")?;
    /// let report = card.validate(Profile::Rfc6350);
    /// assert_eq!(report.of(Severity::Error).count(), report.errors().count());
    /// assert!(report.has_errors() && report.has_warnings() && !report.has_infos());
    /// assert_eq!(report.len(), report.errors().count() + report.warnings().count());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn of(&self, severity: Severity) -> impl DoubleEndedIterator<Item = &Diagnostic> + Clone {
        self.findings
            .iter()
            .filter(move |finding| finding.severity == severity)
    }

    /// The findings that are errors.
    ///
    /// ```
    /// use vcardinal::{Card, validate::Profile};
    ///
    /// let card = Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n")?;
    /// let report = card.validate(Profile::Rfc6350);
    /// assert_eq!(report.errors().next().unwrap().rule.id, "fn-missing");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn errors(&self) -> impl DoubleEndedIterator<Item = &Diagnostic> + Clone {
        self.of(Severity::Error)
    }

    /// The findings that are warnings.
    pub fn warnings(&self) -> impl DoubleEndedIterator<Item = &Diagnostic> + Clone {
        self.of(Severity::Warning)
    }

    /// The findings that are worth knowing and no more.
    pub fn infos(&self) -> impl DoubleEndedIterator<Item = &Diagnostic> + Clone {
        self.of(Severity::Info)
    }

    /// Whether there is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors().next().is_some()
    }

    /// Whether there is a warning.
    #[must_use]
    pub fn has_warnings(&self) -> bool {
        self.warnings().next().is_some()
    }

    /// Whether there is something worth knowing and no more.
    #[must_use]
    pub fn has_infos(&self) -> bool {
        self.infos().next().is_some()
    }

    /// How many findings there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// All findings.
    ///
    /// ```
    /// use vcardinal::{Card, validate::Profile};
    ///
    /// let card = Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n")?;
    /// for finding in card.validate(Profile::Rfc6350).iter() {
    ///     println!("{}: {}", finding.line, finding.message);
    /// }
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn iter(&self) -> core::slice::Iter<'_, Diagnostic> {
        self.findings.iter()
    }
}

/// The findings, one a line.
///
/// ```
/// use vcardinal::{Card, validate::Profile};
///
/// let card = Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n")?;
/// let shown = card.validate(Profile::Rfc6350).to_string();
/// assert_eq!(shown, "error[fn-missing]: the card has no FN (line 1, column 1; RFC 6350, 6.2.1)");
/// # Ok::<(), vcardinal::Error>(())
/// ```
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, finding) in self.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            finding.fmt(f)?;
        }
        Ok(())
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
