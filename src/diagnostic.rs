//! What is wrong with a card that was read: a rule, how bad it is, and where.
//!
//! A [`Diagnostic`] means: here is your card, and it breaks a rule. When there is no card to
//! hand out, that is an [`Error`](crate::Error).

use alloc::borrow::Cow;
use core::fmt;

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

impl Severity {
    /// `error`, `warning` or `info`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A rule of the standards, or of ours, under a name that never changes its meaning.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Stable name in kebab case, for instance `fn-missing`.
    pub id: &'static str,
    /// How bad breaking it is when no profile says otherwise.
    pub severity: Severity,
    /// Where the standard says so, for instance `RFC 6350, 6.2.1`.
    pub section: &'static str,
    /// What the rule asks for, in one sentence.
    pub summary: &'static str,
}

impl Rule {
    /// A row of a rule table.
    pub(crate) const fn new(
        id: &'static str,
        severity: Severity,
        section: &'static str,
        summary: &'static str,
    ) -> Self {
        Rule {
            id,
            severity,
            section,
            summary,
        }
    }
}

/// One finding: a rule that a card, or the stream around it, breaks, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// The bytes in question, counted from the start of the input.
    pub span: core::ops::Range<u64>,
    /// Line of the first of these bytes, from 1.
    pub line: u64,
    /// Column of the first of these bytes, in bytes, from 1.
    pub column: u64,
    /// What was found and what would have been right.
    pub message: Cow<'static, str>,
    /// The first bytes in question as text, never more than [`Diagnostic::SNIPPET`] of them, so
    /// that a log does not fill with somebody's contact data.
    pub snippet: Cow<'static, str>,
    /// How often it was found in this card, when it is reported once for all its lines.
    pub count: u32,
}

impl Diagnostic {
    /// Bytes of the input that a snippet shows at most.
    pub const SNIPPET: usize = 60;
}

/// `error[fn-missing]: message (line 3, column 1; RFC 6350, 6.2.1)`
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}[{}]: {} (line {}, column {}; {})",
            self.severity, self.rule.id, self.message, self.line, self.column, self.rule.section
        )
    }
}
