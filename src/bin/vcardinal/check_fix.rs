//! `check --fix`: cards repaired, in the place of the old ones, on standard output, or as a diff.

use std::io::Write;

use serde::Serialize;
use vcardinal::validate::{Diagnostic, Repair, Severity, validate};
use vcardinal::{Card, CardReader, Event};

use crate::arguments::{Check, FindingFormat};
use crate::diff::Diff;
use crate::exit::Failure;
use crate::input::Source;
use crate::json;
use crate::message::{count, printable, say};
use crate::output::Progress;
use crate::replace_file::Replacement;

/// Repairs what can be in a source; how many repairs there were. Cards from standard input go to
/// `repaired`, those of a file into its place.
pub fn repair(
    command: &Check,
    source: &Source,
    progress: &Progress,
    repaired: Option<&mut dyn Write>,
) -> Result<u64, Failure> {
    if command.dry_run {
        let mut diff = Diff::new(source, command.inputs.no_limits);
        let repairs = each(command, source, progress, |old, new| diff.see(old, new))?;
        diff.flush()?;
        return Ok(repairs);
    }
    let Some(path) = source.path() else {
        let Some(out) = repaired else { return Ok(0) };
        return each(command, source, progress, |_, new| Ok(out.write_all(new)?));
    };
    let mut replacement = Replacement::new(path)?;
    let repairs = each(command, source, progress, |_, new| {
        replacement
            .out()
            .write_all(new)
            .map_err(|error| source.failure(error))
    })?;
    if repairs > 0 {
        replacement.finish(!command.no_backup)?;
    }
    Ok(repairs)
}

/// The rule that a file in UTF-16 breaks.
const UTF_16: &str = "utf-16";
/// The rule under which findings are counted that are not listed.
const LIMIT_EXCEEDED: &str = "limit-exceeded";

/// Goes through a source: its bytes, and what they are after the repairs.
fn each(
    command: &Check,
    source: &Source,
    progress: &Progress,
    mut see: impl FnMut(&[u8], &[u8]) -> Result<(), Failure>,
) -> Result<u64, Failure> {
    let stream = source.open(progress)?;
    let mut repairs = 0;
    if let Some(utf16) = &stream.utf16 {
        let encoding = utf16.encoding;
        if command.dry_run {
            return Err(source.failure(format!(
                "no diff: it is {encoding}, of which --fix makes UTF-8"
            )));
        }
        if allows(command, UTF_16, Severity::Error) {
            return Err(source.failure(format!(
                "not repaired: it is {encoding}, and --allow {UTF_16} keeps it so"
            )));
        }
        repairs += 1;
        show_conversion(command, source, encoding, progress);
    }
    let mut reader = CardReader::from_reader(stream.reader).with_limits(command.inputs.limits());
    while let Some(event) = reader.next_event().map_err(|error| source.failure(error))? {
        match event {
            Event::Card(card) => {
                let old = card.to_bytes();
                match repaired(command, source, progress, card) {
                    Some((card, made)) => {
                        repairs += made;
                        see(&old, &card.to_bytes())?;
                    }
                    None => see(&old, &old)?,
                }
            }
            Event::Junk(junk) => see(junk.bytes(), junk.bytes())?,
            Event::Bad { bytes, .. } => see(bytes, bytes)?,
            _ => {
                return Err(source.failure("not repaired: it contains something that is not known"));
            }
        }
    }
    match stream.utf16 {
        Some(utf16) if utf16.malformed() > 0 => Err(source.failure(format!(
            "not repaired: {} not valid {}",
            count(utf16.malformed(), "code unit is", "code units are"),
            utf16.encoding
        ))),
        _ => Ok(repairs),
    }
}

/// Whether findings are left as they are.
fn allows(command: &Check, rule: &str, severity: Severity) -> bool {
    command
        .allow
        .iter()
        .any(|these| these.holds(rule, severity))
}

/// The card after all repairs that are wanted, if there are any.
fn repaired(
    command: &Check,
    source: &Source,
    progress: &Progress,
    card: &Card,
) -> Option<(Card, u64)> {
    let report = validate(card, command.profile.0);
    // Of findings that are counted only it is not known yet.
    let is_left = |finding: &Diagnostic| finding.fix.is_none() && finding.rule.id != LIMIT_EXCEEDED;
    if report.iter().all(is_left) {
        return None;
    }
    let mut repaired = card.clone();
    let mut made = 0;
    let wanted = |finding: &Diagnostic| !allows(command, finding.rule.id, finding.severity);
    report.repair_each(&mut repaired, wanted, |repair| {
        made += 1;
        if command.show_repairs {
            progress.suspend(|| show(command, source, &repair));
        }
    });
    (made > 0).then_some((repaired, made))
}

#[derive(Debug, Serialize)]
struct RepairObject<'a> {
    file: &'a str,
    rule: &'a str,
    line: u64,
    repair: &'a str,
    before: &'a str,
    after: &'a str,
}

/// Prints a repair to standard error, in the form of the findings.
fn show(command: &Check, source: &Source, repair: &Repair) {
    if command.format == FindingFormat::Json {
        return show_json(&RepairObject {
            file: &source.name(),
            rule: repair.rule.id,
            line: repair.line,
            repair: &repair.title,
            before: &String::from_utf8_lossy(&repair.before),
            after: &String::from_utf8_lossy(&repair.after),
        });
    }
    let text = repair.to_string();
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    say(&format!("{}: {}", source.title(), printable(first)));
    for line in lines {
        say(&format!("  {}", printable(line)));
    }
}

fn show_json(object: &RepairObject<'_>) {
    if let Ok(text) = json::to_string(object) {
        say(&text);
    }
}

fn show_conversion(command: &Check, source: &Source, encoding: &str, progress: &Progress) {
    if !command.show_repairs {
        return;
    }
    let repair = format!("convert {encoding} to UTF-8");
    progress.suspend(|| match command.format {
        FindingFormat::Json => show_json(&RepairObject {
            file: &source.name(),
            rule: UTF_16,
            line: 1,
            repair: &repair,
            before: "",
            after: "",
        }),
        _ => say(&format!("{}: {repair} [{UTF_16}]", source.title())),
    });
}
