//! What `check` finds, and ways to print it: for people (`human`), as JSON lines (`json`), as SARIF
//! (`sarif`).

pub mod human;
pub mod json;
pub mod sarif;

use std::ops::Range;

use vcardinal::validate::{Diagnostic, Rule, Severity};

use crate::output::count;

/// One finding, as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: &'static str,
    pub severity: Severity,
    pub section: &'static str,
    /// Bytes from the start of the input, from 0.
    pub span: Range<u64>,
    pub line: u64,
    /// In bytes.
    pub column: u64,
    pub message: String,
    /// The first bytes in question.
    pub snippet: String,
    /// How often the card breaks the rule, when that is said once.
    pub count: u32,
    /// Which card of the file, from 1.
    pub card: Option<u64>,
    /// What would be right, in words.
    pub fix: Option<String>,
    /// What a person should know besides.
    pub note: Option<&'static str>,
}

impl Finding {
    pub fn new(diagnostic: &Diagnostic, card: Option<u64>) -> Self {
        Finding {
            rule: diagnostic.rule.id,
            severity: diagnostic.severity,
            section: diagnostic.section,
            span: diagnostic.span.clone(),
            line: diagnostic.line,
            column: diagnostic.column,
            message: diagnostic.message.to_string(),
            snippet: diagnostic.snippet.to_string(),
            count: diagnostic.count,
            card,
            fix: diagnostic.fix.as_ref().map(ToString::to_string),
            note: None,
        }
    }

    /// The input was converted before it was checked.
    pub fn utf16(encoding: &str) -> Self {
        let mut finding =
            Finding::of_the_encoding(format!("the input is {encoding}; expected UTF-8"));
        finding.note = Some(
            "it was converted to UTF-8; the positions of all findings refer to the converted text",
        );
        finding
    }

    /// Not all of it could be converted.
    pub fn malformed_utf16(encoding: &str, units: u64) -> Self {
        Finding::of_the_encoding(format!(
            "{} not valid {encoding}; U+FFFD stands in place of each",
            count(units, "code unit is", "code units are")
        ))
    }

    fn of_the_encoding(message: String) -> Self {
        const ID: &str = "utf-16";
        let rule = vcardinal::validate::rule(ID);
        Finding {
            rule: ID,
            severity: rule.map_or(Severity::Error, |rule| rule.severity),
            section: rule.map_or("", Rule::section),
            span: 0..0,
            line: 1,
            column: 1,
            message,
            snippet: String::new(),
            count: 1,
            card: None,
            fix: None,
            note: None,
        }
    }
}

/// A place where findings are printed.
pub trait Printer {
    /// Prints one. `source` is what it was found in, and its first byte's place in the input.
    fn print(
        &mut self,
        out: &mut dyn std::io::Write,
        file: File<'_>,
        finding: &Finding,
        source: (&[u8], u64),
    ) -> std::io::Result<()>;

    /// Prints what comes before all findings.
    fn begin(&mut self, _: &mut dyn std::io::Write, _: &[&'static Rule]) -> std::io::Result<()> {
        Ok(())
    }

    /// Prints what comes after all findings.
    fn end(&mut self, _: &mut dyn std::io::Write) -> std::io::Result<()> {
        Ok(())
    }
}

/// What the file of a finding is called in data, and on a screen.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    pub name: &'a str,
    pub title: &'a str,
}

/// The bytes of `source` that a finding is about.
pub fn range_in(finding: &Finding, (source, base): (&[u8], u64)) -> Option<Range<usize>> {
    let start = usize::try_from(finding.span.start.checked_sub(base)?).ok()?;
    let end = usize::try_from(finding.span.end.checked_sub(base)?).ok()?;
    (start <= source.len() && !source.is_empty()).then(|| start..end.clamp(start, source.len()))
}
