//! Findings as JSON, one object a line.

use std::io::{self, Write};

use serde::Serialize;

use crate::findings::{File, Finding, Printer};

#[derive(Debug, Serialize)]
struct FindingObject<'a> {
    file: &'a str,
    card: Option<u64>,
    rule: &'a str,
    severity: &'a str,
    section: &'a str,
    byte_start: u64,
    byte_end: u64,
    line: u64,
    column: u64,
    message: &'a str,
    count: u32,
    fix: Option<&'a str>,
}

#[derive(Debug)]
pub struct Json;

impl Printer for Json {
    fn print(
        &mut self,
        mut out: &mut dyn Write,
        file: File<'_>,
        finding: &Finding,
        _: (&[u8], u64),
    ) -> io::Result<()> {
        let object = FindingObject {
            file: file.name,
            card: finding.card,
            rule: finding.rule,
            severity: finding.severity.as_str(),
            section: finding.section,
            byte_start: finding.span.start,
            byte_end: finding.span.end,
            line: finding.line,
            column: finding.column,
            message: &finding.message,
            count: finding.count,
            fix: finding.fix.as_deref(),
        };
        serde_json::to_writer(&mut out, &object)?;
        out.write_all(b"\n")
    }
}
