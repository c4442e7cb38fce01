//! Findings as JSON, one object a line.

use std::io::{self, Write};

use vcardinal::validate::FindingLine;

use crate::findings::{File, Finding, Printer};
use crate::json;

#[derive(Debug)]
pub struct Json;

impl Printer for Json {
    fn print(
        &mut self,
        out: &mut dyn Write,
        file: File<'_>,
        finding: &Finding,
        _: (&[u8], u64),
    ) -> io::Result<()> {
        json::to_line(out, &FindingLine::new(file.name, finding.card, finding))
    }
}
