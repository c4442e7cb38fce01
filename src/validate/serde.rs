//! Findings, reports and rules to serde, and the lines that `vcardinal check --format json` prints.

use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

use super::{Diagnostic, Fix, Profile, Report, Rule, Severity};
use crate::version::Version;

crate::word::string_of_serde! { Profile }

/// Its title.
impl Serialize for Fix {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An object: `rule`, `severity`, `section`, `byte_start`, `byte_end`, `line`, `column`, `message`,
/// `count`, and `fix`, which is the title of the repair or null.
///
/// ```
/// use vcardinal::{Card, validate::Profile};
///
/// let card = Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n")?;
/// let report = card.validate(Profile::Rfc6350);
/// assert_eq!(
///     serde_json::to_string(&report).unwrap(),
///     r#"[{"rule":"fn-missing","severity":"error","section":"RFC 6350, 6.2.1","byte_start":0,"#
///         .to_owned()
///         + r#""byte_end":11,"line":1,"column":1,"message":"the card has no FN","count":1,"fix":null}]"#
/// );
/// # Ok::<(), vcardinal::Error>(())
/// ```
impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Diagnostic", 10)?;
        object.serialize_field("rule", self.rule.id)?;
        object.serialize_field("severity", &self.severity)?;
        object.serialize_field("section", self.section)?;
        object.serialize_field("byte_start", &self.span.start)?;
        object.serialize_field("byte_end", &self.span.end)?;
        object.serialize_field("line", &self.line)?;
        object.serialize_field("column", &self.column)?;
        object.serialize_field("message", &*self.message)?;
        object.serialize_field("count", &self.count)?;
        object.serialize_field("fix", &self.fix)?;
        object.end()
    }
}

/// A line of `vcardinal check --format json`: a [`Diagnostic`], the file, and the number of the card in
/// it, from 1; no number where it is about what lies around cards. `docs/check.schema.json` in the
/// repository is its JSON schema.
///
/// ```
/// use vcardinal::Card;
/// use vcardinal::validate::{FindingLine, Profile};
///
/// let card = Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n")?;
/// for finding in &card.validate(Profile::Rfc6350) {
///     let line = serde_json::to_string(&FindingLine::new("zoe.vcf", Some(1), finding)).unwrap();
///     assert!(line.starts_with(r#"{"file":"zoe.vcf","card":1,"rule":"fn-missing","#));
/// }
/// # Ok::<(), vcardinal::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct FindingLine<'a> {
    /// The file, as it was named.
    pub file: &'a str,
    /// The card in it, from 1.
    pub card: Option<u64>,
    /// What was found.
    #[serde(flatten)]
    pub finding: &'a Diagnostic,
}

impl<'a> FindingLine<'a> {
    /// A finding in this file, and in this card of it.
    #[must_use]
    pub const fn new(file: &'a str, card: Option<u64>, finding: &'a Diagnostic) -> Self {
        FindingLine {
            file,
            card,
            finding,
        }
    }
}

/// A line of `vcardinal check --statistics --format json`: how often a rule was broken.
///
/// ```
/// use vcardinal::validate::{RuleCount, Severity, rule};
///
/// let count = RuleCount::new(rule("fn-missing").unwrap(), Severity::Error, 3, 0);
/// assert_eq!(
///     serde_json::to_string(&count).unwrap(),
///     r#"{"rule":"fn-missing","severity":"error","count":3,"repairs":0}"#
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct RuleCount {
    /// The rule, by its id.
    pub rule: &'static str,
    /// How bad each time was.
    pub severity: Severity,
    /// How often it was broken.
    pub count: u64,
    /// Of the findings, those with a repair.
    pub repairs: u64,
}

impl RuleCount {
    /// So many times with this severity, and so many findings with a repair.
    #[must_use]
    pub const fn new(rule: &Rule, severity: Severity, count: u64, repairs: u64) -> Self {
        RuleCount {
            rule: rule.id,
            severity,
            count,
            repairs,
        }
    }
}

/// A list of its findings.
impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.len()))?;
        for finding in self {
            list.serialize_element(finding)?;
        }
        list.end()
    }
}

/// An object: `id`, `severity`, `sections`, `summary`, `explanation`, and `severities`, the severity in
/// 2.1, 3.0 and 4.0 or null.
impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Rule", 6)?;
        object.serialize_field("id", self.id)?;
        object.serialize_field("severity", &self.severity)?;
        object.serialize_field("sections", self.sections)?;
        object.serialize_field("summary", self.summary)?;
        object.serialize_field("explanation", self.explanation)?;
        let severities = Version::ALL.map(|version| self.severity_in(version));
        object.serialize_field("severities", &severities)?;
        object.end()
    }
}
