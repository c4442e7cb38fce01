//! The text of a value, and where in the line its parts are.

use alloc::format;
use alloc::string::{String, ToString};
use core::ops::Range;

use crate::registry::{PropertyId, ValueType};
use crate::validate::diagnostic::{Rule, Severity, section_in};
use crate::validate::findings::{Findings, shown};
use crate::validate::octets::begins_with;
use crate::validate::placed_line::{PlacedLine, SpanIn};
use crate::value::{Reason, ValueError};
use crate::version::Version;

/// The text of a value that is looked at.
pub(in crate::validate) struct ValueText<'t, 'a> {
    pub line: &'t PlacedLine<'a>,
    pub property: Option<PropertyId>,
    pub value_type: ValueType,
    pub text: &'t str,
    /// Whether the octets of the text are those of the line.
    pub exact: bool,
}

impl ValueText<'_, '_> {
    /// Where in the line a part of the text is; the whole value where that cannot be told.
    pub fn span(&self, part: Range<usize>) -> SpanIn {
        match self.exact {
            true => SpanIn::Value(part),
            false => self.line.span_of_value(),
        }
    }

    /// All of it.
    pub fn whole(&self) -> SpanIn {
        self.span(0..self.text.len())
    }

    /// Where the standard defines the property, or else the type of the value.
    pub fn section(&self, standard: Version) -> Option<&'static str> {
        self.line
            .section(standard)
            .or_else(|| section_in(self.value_type.row().sections, standard))
    }

    /// Whether the text begins with these letters, in any letter case.
    pub fn begins_with(&self, letters: &str) -> bool {
        begins_with(self.text.as_bytes(), letters)
    }

    /// Adds what was found in reading the value; of less weight than the rule, where `severity`
    /// says so.
    pub fn add(
        &self,
        findings: &mut Findings,
        severity: Option<Severity>,
        rule: &'static Rule,
        error: &ValueError,
        message: String,
    ) {
        let standard = findings.standard;
        let section = self.section(standard);
        let span = self.span(error.span.clone());
        match severity.min(rule.severity_in(standard)) {
            Some(severity) => {
                findings.add_citing_as(severity, section, rule, self.line, span, message);
            }
            None => findings.add_citing(section, rule, self.line, span, message),
        }
    }

    /// What was found, where the error only says what was expected; `expected` says that better, if
    /// it is there.
    pub fn message(&self, error: &ValueError, expected: Option<&str>) -> String {
        let found = match self.text.get(error.span.clone()) {
            Some(found) if !found.is_empty() => format!("\"{}\"", shown(found.as_bytes())),
            _ => return error.to_string(),
        };
        match error.reason {
            Reason::Expected(_) => match expected {
                Some(expected) => format!("{found}; {expected}"),
                None => format!("{found}; {error}"),
            },
            Reason::NotInUri => {
                format!("{found} is not allowed in a URI; expected it percent-encoded")
            }
            Reason::Extended if self.value_type == ValueType::UtcOffset => {
                String::from("a colon in the offset; expected none in 4.0, as -0500")
            }
            _ => error.to_string(),
        }
    }
}
