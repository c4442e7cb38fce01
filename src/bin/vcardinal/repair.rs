//! `check --fix`: cards repaired, in the place of the old ones or as a diff.

use std::io::{self, IsTerminal, Write};
use std::mem;

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};
use vcardinal::validate::validate;
use vcardinal::{Card, CardReader, Event};

use crate::arguments::Check;
use crate::input::Source;
use crate::output::{Failure, Progress, printable};
use crate::replace::Replacement;

/// Repairs what can be in a source; how many repairs there were.
pub fn repair(command: &Check, source: &Source, progress: &Progress) -> Result<u64, Failure> {
    let Some(path) = source.path() else {
        return Ok(0);
    };
    if command.dry_run {
        let mut diff = Diff::new(source);
        let repairs = each(command, source, progress, |old, new| diff.see(old, new))?;
        diff.flush()?;
        return Ok(repairs);
    }
    let mut replacement = Replacement::new(source, path)?;
    let repairs = each(command, source, progress, |_, new| {
        replacement
            .out()
            .write_all(new)
            .map_err(|error| source.failure(error))
    })?;
    if repairs > 0 {
        if !command.no_backup {
            replacement.keep_old()?;
        }
        replacement.finish()?;
    }
    Ok(repairs)
}

/// Goes through a source: its bytes, and what they are after the repairs.
fn each(
    command: &Check,
    source: &Source,
    progress: &Progress,
    mut see: impl FnMut(&[u8], &[u8]) -> Result<(), Failure>,
) -> Result<u64, Failure> {
    let stream = source.open(progress)?;
    if stream.utf16.is_some() {
        return Err(source.failure(
            "not repaired: it is UTF-16; convert it to UTF-8 with `vcardinal format --in-place`",
        ));
    }
    let mut reader = CardReader::from_reader(stream.reader).with_limits(command.inputs.limits());
    let mut repairs = 0;
    while let Some(event) = reader.next_event().map_err(|error| source.failure(error))? {
        match event {
            Event::Card(card) => {
                let old = card.to_bytes();
                match repaired(command, card) {
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
    Ok(repairs)
}

/// The card after all repairs that are wanted, if there are any.
fn repaired(command: &Check, card: &Card) -> Option<(Card, u64)> {
    let report = validate(card, command.profile.0);
    if report.iter().all(|finding| finding.fix.is_none()) {
        return None;
    }
    let mut repaired = card.clone();
    let made = report.repair_where(&mut repaired, |finding| {
        !command.allow.iter().any(|id| id == finding.rule.id)
    });
    (made > 0).then_some((repaired, made as u64))
}

/// Lines around a change that a diff shows.
const CONTEXT: usize = 3;
/// Bytes with changes that are compared at once, or one card, if that is larger.
const MANY: usize = 64 * 1024;

/// A unified diff of a file, as `patch -p0` takes it. Holds little more than one card.
struct Diff {
    title: String,
    /// What is not printed yet, from the start of a line on.
    old: Vec<u8>,
    new: Vec<u8>,
    /// Lines since the last change in it; `None` where there is no change.
    same_lines: Option<usize>,
    /// Lines that are done.
    old_lines: usize,
    new_lines: usize,
    has_header: bool,
    out: io::StdoutLock<'static>,
    is_terminal: bool,
}

impl Diff {
    fn new(source: &Source) -> Self {
        let out = io::stdout().lock();
        Diff {
            title: source.title(),
            old: Vec::new(),
            new: Vec::new(),
            same_lines: None,
            old_lines: 0,
            new_lines: 0,
            has_header: false,
            is_terminal: out.is_terminal(),
            out,
        }
    }

    fn see(&mut self, old: &[u8], new: &[u8]) -> Result<(), Failure> {
        self.old.extend_from_slice(old);
        self.new.extend_from_slice(new);
        match (old == new, self.same_lines) {
            (true, None) => self.forget(),
            (true, Some(lines)) => {
                let more = old.iter().filter(|byte| **byte == b'\n').count();
                self.same_lines = Some(lines + more);
            }
            (false, _) => self.same_lines = Some(0),
        }
        let ends_line = self.old.ends_with(b"\n") && self.new.ends_with(b"\n");
        // Lines after this change and before the next, and the rest of one that goes on.
        if self.same_lines > Some(2 * CONTEXT) {
            self.flush()?;
            self.forget();
        } else if self.same_lines.is_some() && self.old.len() > MANY && ends_line {
            self.flush()?;
            self.done(usize::MAX);
        }
        Ok(())
    }

    /// Prints the changes up to here.
    fn flush(&mut self) -> Result<(), Failure> {
        let (old_bytes, new_bytes) = (mem::take(&mut self.old), mem::take(&mut self.new));
        if self.same_lines.take().is_some() {
            let old: Vec<_> = lines(&old_bytes).collect();
            let new: Vec<_> = lines(&new_bytes).collect();
            let changes = capture_diff_slices(Algorithm::Myers, &old, &new);
            for hunk in group_diff_ops(changes, CONTEXT) {
                self.print(&hunk, &old, &new)?;
            }
        }
        (self.old, self.new) = (old_bytes, new_bytes);
        Ok(())
    }

    /// Forgets all lines but those that may stand before the next change.
    fn forget(&mut self) {
        let old = lines(&self.old).count();
        self.done(old.saturating_sub(CONTEXT));
    }

    /// Forgets `count` old lines, and of the new ones all but as many as are left of the old.
    fn done(&mut self, count: usize) {
        let left = lines(&self.old).count().saturating_sub(count);
        for (bytes, done) in [
            (&mut self.old, &mut self.old_lines),
            (&mut self.new, &mut self.new_lines),
        ] {
            let all = lines(bytes).count();
            let gone = all.saturating_sub(left);
            let len = lines(bytes).take(gone).map(<[u8]>::len).sum::<usize>();
            bytes.drain(..len);
            *done += gone;
        }
    }

    fn print(&mut self, hunk: &[DiffOp], old: &[&[u8]], new: &[&[u8]]) -> Result<(), Failure> {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else {
            return Ok(());
        };
        if !mem::replace(&mut self.has_header, true) {
            writeln!(self.out, "--- {0}\n+++ {0}", self.title)?;
        }
        let place = |start: usize, end: usize, before: usize| match end - start {
            0 => format!("{},0", before + start),
            count => format!("{},{count}", before + start + 1),
        };
        writeln!(
            self.out,
            "@@ -{} +{} @@",
            place(
                first.old_range().start,
                last.old_range().end,
                self.old_lines
            ),
            place(
                first.new_range().start,
                last.new_range().end,
                self.new_lines
            ),
        )?;
        for change in hunk {
            let is_same = matches!(change, DiffOp::Equal { .. });
            let sign = if is_same { b' ' } else { b'-' };
            for line in old.get(change.old_range()).unwrap_or_default() {
                self.line(sign, line)?;
            }
            if !is_same {
                for line in new.get(change.new_range()).unwrap_or_default() {
                    self.line(b'+', line)?;
                }
            }
        }
        Ok(())
    }

    fn line(&mut self, sign: u8, line: &[u8]) -> io::Result<()> {
        self.out.write_all(&[sign])?;
        let Some(whole) = line.strip_suffix(b"\n") else {
            self.text(line)?;
            return self.out.write_all(b"\n\\ No newline at end of file\n");
        };
        self.text(whole)?;
        self.out.write_all(b"\n")
    }

    fn text(&mut self, text: &[u8]) -> io::Result<()> {
        match self.is_terminal {
            true => {
                let text = text.strip_suffix(b"\r").unwrap_or(text);
                let text = printable(&String::from_utf8_lossy(text));
                self.out.write_all(text.as_bytes())
            }
            false => self.out.write_all(text),
        }
    }
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split_inclusive(|byte| *byte == b'\n')
}
