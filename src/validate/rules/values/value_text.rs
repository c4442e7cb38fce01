//! The text of a value, and where in the line its parts are.

use alloc::format;
use alloc::string::{String, ToString};
use core::ops::Range;

use crate::registry::{PropertyId, ValueType};
use crate::validate::findings::{Findings, shown};
use crate::validate::octets::begins_with;
use crate::validate::placed_line::{PlacedLine, SpanIn};
use crate::validate::rule::{Rule, Severity};
use crate::value::{Reason, ValueError};
use crate::version::Version;

/// The text of a value that is looked at.
pub(in crate::validate) struct ValueText<'t, 'a> {
    pub line: &'t PlacedLine<'a>,
    pub property: Option<PropertyId>,
    pub value_type: ValueType,
    pub text: &'t str,
    /// Where in the value the text begins.
    pub at: usize,
    /// Whether the octets of the text are those of the line.
    pub exact: bool,
}

impl ValueText<'_, '_> {
    /// Where in the line a part of the text is; the whole value where that cannot be told.
    pub fn span(&self, part: Range<usize>) -> SpanIn {
        match self.exact {
            true => SpanIn::Value(part.start + self.at..part.end + self.at),
            false => self.line.span_of_value(),
        }
    }

    /// All of it.
    pub fn whole(&self) -> SpanIn {
        self.span(0..self.text.len())
    }

    /// Whether the text begins with these letters, in any letter case.
    pub fn begins_with(&self, letters: &str) -> bool {
        begins_with(self.text.as_bytes(), letters)
    }

    /// Adds what was found in reading the value; of less weight than the rule, where `severity`
    /// says so, and with a section that says more than the rule's.
    pub fn add(
        &self,
        findings: &mut Findings,
        severity: Option<Severity>,
        section: Option<&'static str>,
        rule: &'static Rule,
        error: &ValueError,
        message: String,
    ) {
        let standard = findings.standard;
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
            Reason::NoScheme => format!("no scheme; expected {}", self.with_scheme()),
            Reason::Extended if self.value_type == ValueType::UtcOffset => {
                String::from("a colon in the offset; 4.0 writes it without one, as -0500")
            }
            _ => error.to_string(),
        }
    }

    /// What a URI without a scheme should have been, by the property.
    fn with_scheme(&self) -> String {
        let row = self.property.map(PropertyId::row);
        // The URI of a CLIENTPIDMAP is a part of its value, whatever VALUE says.
        let may_be_text = row
            .filter(|row| row.id != PropertyId::CLIENTPIDMAP)
            .and_then(|row| row.column(Version::V4_0))
            .is_some_and(|column| column.permits_type(ValueType::Text));
        let uri = match self.property {
            Some(PropertyId::UID | PropertyId::MEMBER | PropertyId::RELATED)
                if is_uuid(self.text) =>
            {
                format!("urn:uuid:{}", shown(self.text.as_bytes()))
            }
            Some(PropertyId::TEL) => String::from("tel: before the number"),
            Some(PropertyId::IMPP) => String::from("the scheme of the service, as xmpp:"),
            _ => String::from("a URI, as https://example.com/"),
        };
        match may_be_text {
            true => format!("{uri}, or VALUE=text"),
            false => uri,
        }
    }
}

/// Whether a text is a UUID alone: 32 hexadecimal digits with hyphens between them.
fn is_uuid(text: &str) -> bool {
    let groups = text.split('-').map(str::len);
    groups.eq([8, 4, 4, 4, 12])
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}
