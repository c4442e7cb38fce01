//! Findings as SARIF 2.1.0, for code hosts. Written as it comes, in constant memory.

use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value, json};
use vcardinal::validate::{Rule, Severity};

use crate::excerpt::line_start;
use crate::findings::{File, Finding, Printer, range_in};
use crate::json;

#[derive(Debug, Default)]
pub struct Sarif {
    any: bool,
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        _ => "note",
    }
}

impl Printer for Sarif {
    fn begin(&mut self, out: &mut dyn Write, rules: &[&'static Rule]) -> io::Result<()> {
        let rules: Vec<Value> = rules
            .iter()
            .map(|rule| {
                let mut object = json!({
                    "id": rule.id,
                    "shortDescription": { "text": rule.summary },
                    "fullDescription": { "text": rule.explanation },
                    "help": { "text": help(rule) },
                    "defaultConfiguration": { "level": level(rule.severity) },
                });
                // A rule of an older standard may have no page.
                let uri = rule
                    .sections
                    .iter()
                    .find_map(|section| section_uri(section));
                if let (Some(object), Some(uri)) = (object.as_object_mut(), uri) {
                    object.insert(String::from("helpUri"), json!(uri));
                }
                object
            })
            .collect();
        let driver = json!({
            "name": "vcardinal",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        });
        write!(
            out,
            "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\
             \"runs\":[{{\"columnKind\":\"unicodeCodePoints\",\"tool\":{{\"driver\":{driver}}},\
             \"results\":["
        )
    }

    fn print(
        &mut self,
        out: &mut dyn Write,
        file: File<'_>,
        finding: &Finding,
        source: (&[u8], u64),
    ) -> io::Result<()> {
        let mut region = json!({
            "startLine": finding.line,
            "byteOffset": finding.span.start,
            "byteLength": finding.span.end - finding.span.start,
        });
        if let Some(range) = range_in(finding, source)
            && let (line, true) = line_start(source.0, range.start)
            && let Some(before) = source.0.get(line..range.start)
        {
            let column = String::from_utf8_lossy(before).chars().count() + 1;
            if let Some(region) = region.as_object_mut() {
                region.insert(String::from("startColumn"), json!(column));
            }
        }
        let message = match finding.count {
            0 | 1 => finding.message.to_string(),
            count => format!("{} ({count} times)", finding.message),
        };
        let mut result = json!({
            "ruleId": finding.rule.id,
            "level": level(finding.severity),
            "message": { "text": message },
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": { "uri": uri(file.name) },
                    "region": region,
                },
            }],
        });
        if let Some(fix) = fix(file, finding, source)
            && let Some(result) = result.as_object_mut()
        {
            result.insert(String::from("fixes"), json!([fix]));
        }
        let separator = if self.any { ",\n" } else { "\n" };
        self.any = true;
        out.write_all(separator.as_bytes())?;
        json::to_writer(out, &result)
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\n]}]}\n")
    }

    fn takes_edits(&self) -> bool {
        true
    }
}

/// What a rule is for, and where that is written.
fn help(rule: &Rule) -> String {
    format!(
        "{}\n\nSource: {}",
        rule.explanation,
        rule.sections.join("; ")
    )
}

/// Where a section can be read: `RFC 6350, 3.2`.
fn section_uri(section: &str) -> Option<String> {
    let (number, section) = match section.strip_prefix("RFC ")?.split_once(", ") {
        Some((number, section)) => (number, Some(section)),
        None => (section.strip_prefix("RFC ")?, None),
    };
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let page = format!("https://www.rfc-editor.org/rfc/rfc{number}");
    let is_number = |section: &&str| {
        section
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
            && section.starts_with(|first: char| first.is_ascii_digit())
    };
    Some(match section.filter(is_number) {
        Some(section) => format!("{page}#section-{section}"),
        None => page,
    })
}

/// A repair. Lines and columns are those of the file, as those of the finding are.
fn fix(file: File<'_>, finding: &Finding, (source, base): (&[u8], u64)) -> Option<Value> {
    let (edit, title) = (finding.edit.as_ref()?, finding.fix.as_ref()?);
    // The finding lies in the same card: its line tells which line the card begins on.
    let to_finding = usize::try_from(finding.span.start.checked_sub(base)?).ok()?;
    let lines_before = line_ends(source.get(..to_finding)?);
    let first_line = finding.line.checked_sub(lines_before)?;
    let (start_line, start_column) = place(source.get(..edit.range.start)?, first_line);
    let (end_line, end_column) = place(source.get(..edit.range.end)?, first_line);
    Some(json!({
        "description": { "text": title.to_string() },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(file.name) },
            "replacements": [{
                "deletedRegion": {
                    "startLine": start_line,
                    "startColumn": start_column,
                    "endLine": end_line,
                    "endColumn": end_column,
                    "byteOffset": base + edit.range.start as u64,
                    "byteLength": edit.range.len(),
                },
                "insertedContent": { "text": edit.text },
            }],
        }],
    }))
}

/// The line and the column after some text.
fn place(before: &[u8], first_line: u64) -> (u64, usize) {
    let line = before
        .iter()
        .rposition(|byte| matches!(byte, b'\r' | b'\n'));
    let line = line.map_or(0, |end| end + 1);
    let column = String::from_utf8_lossy(before.get(line..).unwrap_or_default());
    (first_line + line_ends(before), column.chars().count() + 1)
}

/// How many lines end in a text.
fn line_ends(text: &[u8]) -> u64 {
    vcardinal::syntax::line_breaks(text)
}

/// A path as a URI reference.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    if Path::new(path).is_absolute() {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
