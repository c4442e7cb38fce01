//! What is wrong with a card that was read: which rule it breaks, how bad that is, and where.
//!
//! A [`Diagnostic`] means: here is your card, and it breaks a rule. When there is no card to
//! hand out, that is an [`Error`](crate::Error).

use alloc::borrow::Cow;
use core::fmt;

use super::fix::Fix;
use super::rule::{Rule, Severity};

/// One finding: a rule that a card, or the stream around it, breaks, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// Where the standard that the card was held against says so: one of the sections of the
    /// rule, or of the value type, the parameter or the property that the rule was applied to.
    pub section: &'static str,
    /// Where else to look: the section of the property, or the rule's own where the first is not
    /// that; nothing where there is no other.
    pub see_also: Option<&'static str>,
    /// The bytes in question, counted from the start of the input.
    pub span: core::ops::Range<u64>,
    /// Line of the first of these bytes, from 1.
    pub line: u64,
    /// Column of the first of these bytes, in bytes, from 1. A byte order mark counts for none.
    pub column: u64,
    /// What was found and what would have been right.
    pub message: Cow<'static, str>,
    /// The first bytes in question as text, never more than [`Diagnostic::SNIPPET`] of them, so
    /// that a log does not fill with somebody's contact data.
    pub snippet: Cow<'static, str>,
    /// How often it was found: in the line, or in the whole card for a rule that is reported once
    /// for all lines, such as their line ending. The rest describes the first of them.
    pub count: u32,
    /// The repair, where there is exactly one right one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// Bytes of the input that a snippet shows at most.
    pub const SNIPPET: usize = 60;

    /// A finding about an input as a whole, for what a program finds itself: at its start, with the
    /// severity and the section of the rule.
    ///
    /// ```
    /// use vcardinal::validate::{Diagnostic, rule};
    ///
    /// let finding = Diagnostic::new(rule("utf-16").unwrap(), "the input is UTF-16; expected UTF-8");
    /// assert!(finding.to_string().starts_with("error[utf-16]: the input is UTF-16"));
    /// ```
    #[must_use]
    pub fn new(rule: &'static Rule, message: impl Into<Cow<'static, str>>) -> Self {
        Diagnostic {
            rule,
            severity: rule.severity,
            section: rule.section(),
            see_also: None,
            span: 0..0,
            line: 1,
            column: 1,
            message: message.into(),
            snippet: Cow::Borrowed(""),
            count: 1,
            fix: None,
        }
    }
}

/// `error[fn-missing]: message (line 3, column 1; RFC 6350, 6.2.1)`
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}[{}]: {} (line {}, column {}; {})",
            self.severity, self.rule.id, self.message, self.line, self.column, self.section
        )
    }
}
