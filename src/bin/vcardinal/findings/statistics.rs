//! How often each rule is broken, and nothing of the cards.

use std::collections::HashMap;
use std::io::{self, Write};

use vcardinal::validate::{RuleCount, Severity};

use crate::findings::{File, Finding, Printer};
use crate::json;

#[derive(Debug)]
pub struct Statistics {
    as_json: bool,
    /// Each rule, once for each severity it was reported with.
    counts: HashMap<(&'static str, Severity), RuleCount>,
}

impl Statistics {
    pub fn new(as_json: bool) -> Self {
        Statistics {
            as_json,
            counts: HashMap::new(),
        }
    }
}

impl Printer for Statistics {
    fn print(
        &mut self,
        _: &mut dyn Write,
        _: File<'_>,
        finding: &Finding,
        _: (&[u8], u64),
    ) -> io::Result<()> {
        let count = self
            .counts
            .entry((finding.rule.id, finding.severity))
            .or_insert_with(|| RuleCount::new(finding.rule, finding.severity, 0, 0));
        count.count += u64::from(finding.count.max(1));
        count.repairs += u64::from(finding.fix.is_some());
        Ok(())
    }

    /// The most frequent first.
    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let mut counts: Vec<RuleCount> = self.counts.drain().map(|(_, count)| count).collect();
        counts.sort_by_key(|count| {
            let severity = count.severity.as_str();
            (std::cmp::Reverse(count.count), count.rule, severity)
        });
        let widest = counts
            .first()
            .map_or(1, |most| most.count.to_string().len());
        let mut any_repair = false;
        for count in counts {
            if self.as_json {
                json::to_line(&mut *out, &count)?;
                continue;
            }
            let RuleCount { rule, severity, .. } = count;
            let mark = if count.repairs > 0 { "  [*]" } else { "" };
            any_repair |= count.repairs > 0;
            writeln!(out, "{:>widest$}  {severity:<8} {rule}{mark}", count.count)?;
        }
        match any_repair && !self.as_json {
            true => writeln!(out, "[*] --fix repairs it, or some of it"),
            false => Ok(()),
        }
    }
}
