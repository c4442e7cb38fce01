//! The diff of `check --fix --dry-run`: unified, as `patch -p0` takes it, of a file that is seen piece
//! by piece.
//!
//! It holds little more than the lines of one card, and looks at each byte a few times, however few
//! line feeds there are.

use std::collections::VecDeque;
use std::io::{self, IsTerminal, Write};
use std::mem;

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

use crate::exit::Failure;
use crate::input::Source;
use crate::message::printable;

/// Lines around a change that a diff shows.
const CONTEXT: usize = 3;
/// Bytes with changes that are compared at once, or one card, if that is larger.
const MANY: usize = 64 * 1024;
/// Bytes of lines that are held at most: two cards of the largest size. More come only from a file
/// without line feeds.
const HELD: usize = 32 * 1024 * 1024;
/// Lines that are compared with each other at once: to compare takes the square.
const COMPARED: usize = 1024;

/// The file, and what it would become.
pub struct Diff<'a> {
    source: &'a Source,
    title: String,
    old: Side,
    new: Side,
    /// Lines since the last change in it; `None` where there is no change.
    same_lines: Option<usize>,
    /// Bytes that are held at most.
    held: usize,
    has_header: bool,
    out: io::StdoutLock<'static>,
    is_terminal: bool,
}

impl<'a> Diff<'a> {
    pub fn new(source: &'a Source, no_limits: bool) -> Self {
        let out = io::stdout().lock();
        Diff {
            source,
            title: source.title(),
            old: Side::default(),
            new: Side::default(),
            same_lines: None,
            held: if no_limits { usize::MAX } else { HELD },
            has_header: false,
            is_terminal: out.is_terminal(),
            out,
        }
    }

    /// The next bytes of the file, and what they would become.
    pub fn see(&mut self, old: &[u8], new: &[u8]) -> Result<(), Failure> {
        let is_same = old == new;
        if !is_same && self.old.is_lost {
            return Err(self.too_long());
        }
        let lines = self.old.push(old);
        self.new.push(new);
        match (is_same, self.same_lines) {
            (true, None) => self.forget(),
            (true, Some(before)) => self.same_lines = Some(before + lines),
            (false, _) => self.same_lines = Some(0),
        }
        let ends_line = self.old.ends_line() && self.new.ends_line();
        // Lines after this change and before the next, and the rest of one that goes on.
        if self.same_lines > Some(2 * CONTEXT) {
            self.flush()?;
            self.forget();
        } else if self.same_lines.is_some() && self.old.len() > MANY && ends_line {
            self.flush()?;
            self.old.forget(usize::MAX);
            self.new.forget(usize::MAX);
        }
        if self.old.len().max(self.new.len()) > self.held {
            if self.same_lines.is_some() {
                return Err(self.too_long());
            }
            self.old.lose();
            self.new.lose();
        }
        Ok(())
    }

    fn too_long(&self) -> Failure {
        self.source.failure(format!(
            "no diff: a line of more than {} MiB would change, up to the next line feed",
            HELD / 1024 / 1024
        ))
    }

    /// Prints the changes up to here.
    pub fn flush(&mut self) -> Result<(), Failure> {
        if self.same_lines.take().is_none() {
            return Ok(());
        }
        let (old_side, new_side) = (mem::take(&mut self.old), mem::take(&mut self.new));
        {
            let (old, new) = (old_side.lines(), new_side.lines());
            for hunk in group_diff_ops(changes(&old, &new), CONTEXT) {
                self.print(&hunk, (&old, old_side.done), (&new, new_side.done))?;
            }
        }
        (self.old, self.new) = (old_side, new_side);
        Ok(())
    }

    /// Forgets all lines but those that may stand before the next change.
    fn forget(&mut self) {
        for side in [&mut self.old, &mut self.new] {
            let whole = side.ends.len();
            side.forget(whole.saturating_sub(CONTEXT));
        }
    }

    fn print(
        &mut self,
        hunk: &[DiffOp],
        (old, old_done): (&[&[u8]], usize),
        (new, new_done): (&[&[u8]], usize),
    ) -> Result<(), Failure> {
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
            place(first.old_range().start, last.old_range().end, old_done),
            place(first.new_range().start, last.new_range().end, new_done),
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

/// The lines of a file, old or new, that are not printed yet.
#[derive(Debug, Default)]
struct Side {
    bytes: Vec<u8>,
    /// Bytes before those.
    gone: usize,
    /// Where the first line begins, which may be after `gone`.
    start: usize,
    /// Where each whole line ends.
    ends: VecDeque<usize>,
    /// Lines that are done.
    done: usize,
    /// Whether the beginning of the current line is not held any more.
    is_lost: bool,
}

impl Side {
    /// Takes in more bytes; how many lines end in them.
    fn push(&mut self, mut more: &[u8]) -> usize {
        let mut lines = 0;
        if self.is_lost {
            let Some(end) = memchr::memchr(b'\n', more) else {
                return 0;
            };
            more = more.get(end + 1..).unwrap_or_default();
            self.is_lost = false;
            self.done += 1;
            lines += 1;
        }
        let from = self.gone + self.bytes.len();
        for end in memchr::memchr_iter(b'\n', more) {
            self.ends.push_back(from + end + 1);
            lines += 1;
        }
        self.bytes.extend_from_slice(more);
        lines
    }

    /// Bytes that are held.
    fn len(&self) -> usize {
        self.gone + self.bytes.len() - self.start
    }

    fn ends_line(&self) -> bool {
        !self.is_lost && self.bytes.last().is_none_or(|last| *last == b'\n')
    }

    /// Forgets so many whole lines, or all of them.
    fn forget(&mut self, lines: usize) {
        for end in self.ends.drain(..lines.min(self.ends.len())) {
            self.start = end;
            self.done += 1;
        }
        // Moving the rest costs as much as there is of it.
        if (self.start - self.gone) * 2 >= self.bytes.len() {
            self.bytes.drain(..self.start - self.gone);
            self.gone = self.start;
        }
    }

    /// Forgets the line that has not ended yet too.
    fn lose(&mut self) {
        self.forget(usize::MAX);
        self.is_lost = !self.bytes.is_empty();
        self.bytes.clear();
        self.start = self.gone;
    }

    fn lines(&self) -> Vec<&[u8]> {
        let mut start = self.start;
        let mut lines = Vec::with_capacity(self.ends.len() + 1);
        let end = self.gone + self.bytes.len();
        for end in self.ends.iter().copied().chain([end]) {
            let line = self.bytes.get(start - self.gone..end - self.gone);
            lines.extend(line.filter(|line| !line.is_empty()));
            start = end;
        }
        lines
    }
}

/// How one becomes the other. Repairs change lines one by one, so that it is enough to compare some
/// lines at a time.
fn changes(old: &[&[u8]], new: &[&[u8]]) -> Vec<DiffOp> {
    let mut all: Vec<DiffOp> = Vec::new();
    let (mut from, mut to) = (0, 0);
    while from < old.len() || to < new.len() {
        let old_part = old.get(from..old.len().min(from + COMPARED));
        let new_part = new.get(to..new.len().min(to + COMPARED));
        let (old_part, new_part) = (old_part.unwrap_or_default(), new_part.unwrap_or_default());
        let mut ops = capture_diff_slices(Algorithm::Myers, old_part, new_part);
        let is_last = from + old_part.len() == old.len() && to + new_part.len() == new.len();
        // What follows the last line that is the same may be the same as what is not looked at yet.
        let same = ops
            .iter()
            .rposition(|op| matches!(op, DiffOp::Equal { .. }))
            .filter(|last| {
                ops.get(*last)
                    .is_some_and(|op| op.old_range().end.min(op.new_range().end) > COMPARED / 2)
            });
        if let Some(last) = same.filter(|_| !is_last) {
            ops.truncate(last + 1);
        }
        let (mut old_end, mut new_end) = (0, 0);
        for op in ops {
            (old_end, new_end) = (op.old_range().end, op.new_range().end);
            push(&mut all, op, from, to);
        }
        from += old_end;
        to += new_end;
    }
    all
}

/// Adds a change of a part that begins there; equal lines after equal ones are one run.
fn push(all: &mut Vec<DiffOp>, op: DiffOp, from: usize, to: usize) {
    let (old, new) = (op.old_range(), op.new_range());
    let (old_index, new_index) = (from + old.start, to + new.start);
    if let DiffOp::Equal { .. } = op {
        if let Some(DiffOp::Equal { len, .. }) = all.last_mut() {
            *len += old.len();
        } else {
            all.push(DiffOp::Equal {
                old_index,
                new_index,
                len: old.len(),
            });
        }
        return;
    }
    all.push(DiffOp::Replace {
        old_index,
        old_len: old.len(),
        new_index,
        new_len: new.len(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_changes_make_the_new_of_the_old() {
        for (count, every) in [(10, 3), (5_000, 7), (5_000, 1), (3_000, 1_400), (0, 1)] {
            let old: Vec<String> = (0..count).map(|at| format!("{at}\n")).collect();
            let mut new = Vec::new();
            for (at, line) in old.iter().enumerate() {
                match at % every {
                    0 if at % 5 == 0 => {}
                    0 if at % 5 == 1 => new.extend([line.clone(), format!("more {at}\n")]),
                    0 => new.push(format!("new {at}\n")),
                    _ => new.push(line.clone()),
                }
            }
            let old: Vec<&[u8]> = old.iter().map(String::as_bytes).collect();
            let new: Vec<&[u8]> = new.iter().map(String::as_bytes).collect();
            let (mut from, mut made) = (0, Vec::new());
            let mut kept = 0;
            for op in changes(&old, &new) {
                assert_eq!(op.old_range().start, from);
                from = op.old_range().end;
                made.extend_from_slice(&new[op.new_range()]);
                if matches!(op, DiffOp::Equal { .. }) {
                    assert_eq!(old[op.old_range()], new[op.new_range()]);
                    kept += op.old_range().len();
                }
            }
            assert_eq!((from, made), (old.len(), new.clone()));
            let same = (0..count)
                .filter(|at| at % every != 0 || at % 5 == 1)
                .count();
            assert_eq!(kept, same, "{count} {every}");
        }
    }

    #[test]
    fn ok_a_side_holds_few_lines() {
        let mut side = Side::default();
        for piece in 0..10_000 {
            side.push(format!("{piece}\n{piece}").as_bytes());
            let whole = side.ends.len();
            side.forget(whole.saturating_sub(CONTEXT));
            assert!(side.bytes.len() < 200);
        }
        assert_eq!(
            (side.done, side.lines().len()),
            (10_000 - CONTEXT, CONTEXT + 1)
        );
        side.lose();
        assert_eq!(side.push(b"no line feed"), 0);
        assert_eq!(side.push(b"now\nnext\n"), 2);
        assert_eq!((side.done, side.lines()), (10_001, vec![&b"next\n"[..]]));
    }
}
