//! Findings as SARIF 2.1.0, for code hosts. Written as it comes, in constant memory.

use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value, json};
use vcardinal::validate::{Rule, Severity};

use crate::excerpt::line_start;
use crate::findings::{File, Finding, Printer, range_in};

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
                json!({
                    "id": rule.id,
                    "shortDescription": { "text": rule.summary },
                    "fullDescription": { "text": rule.explanation },
                    "help": { "text": rule.sections.join("; ") },
                    "defaultConfiguration": { "level": level(rule.severity) },
                })
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
            0 | 1 => finding.message.clone(),
            count => format!("{} ({count} times)", finding.message),
        };
        let result = json!({
            "ruleId": finding.rule,
            "level": level(finding.severity),
            "message": { "text": message },
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": { "uri": uri(file.name) },
                    "region": region,
                },
            }],
        });
        let separator = if self.any { ",\n" } else { "\n" };
        self.any = true;
        write!(out, "{separator}{result}")
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\n]}]}\n")
    }
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
