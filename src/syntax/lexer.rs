//! Content lines as spans: where a line, its head and its value begin.
//!
//! A logical line is a physical line and the lines that continue it ([`run`](super::run)). The
//! lexer works on a window of the input that may end anywhere. It asks for more when the end of a
//! line depends on bytes that are not there yet, and [`Pending`] remembers how far it got.

use alloc::vec::Vec;

use memchr::memchr;

use super::continuation::{
    Pending, Run, RunEnd, base64_lines, breaks_in_encoded_text, encoded_lines, ends_in_soft_break,
    folds, soft_breaks,
};
use super::flags::Flags;
use super::fold::{Pieces, head_offset};
use super::line_head::{self, Dialect, Encoding, Head};
use super::physical::{Ending, physical_end};
use super::sentinel::{self, Found, Sentinel};
use super::span::slice;
use crate::limits::{Limit, Limits};

/// One logical line as spans of the window.
///
/// Where it ends is where the next one begins; the caller knows that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    pub start: u32,
    /// First byte of the head: in the source, or in the tail if [`Flags::HEAD_FOLDED`].
    pub head: u32,
    /// First byte of the value in the source. For a line without one, its first byte.
    pub value: u32,
    pub group: u16,
    pub name: u16,
    pub flags: Flags,
}

impl Line {
    /// Where the name begins in the head.
    pub fn name_at(self) -> usize {
        match self.group {
            0 => 0,
            group => usize::from(group) + 1,
        }
    }

    /// The name, in the window or in the tail.
    #[inline]
    pub fn name_in<'a>(&self, window: &'a [u8], tail: &'a [u8]) -> &'a [u8] {
        let source = match self.flags.has(Flags::HEAD_FOLDED) {
            true => tail,
            false => window,
        };
        let at = self.head as usize + self.name_at();
        slice(source, at..at + usize::from(self.name))
    }
}

/// What the lexer found.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lexed {
    Line {
        line: Line,
        /// Offset in the input after the line and its ending.
        next: usize,
        /// Physical lines that it spans.
        breaks: u32,
        sentinel: Option<Sentinel>,
    },
    NeedMore,
    /// A limit is exceeded; the line is not to be had.
    Over {
        limit: Limit,
        max: usize,
    },
}

/// Where the parts of a line begin.
#[derive(Clone, Copy)]
struct Place {
    start: usize,
    head: usize,
    /// From the start of the line.
    value: usize,
}

/// Lexes the lines of one window of the input.
pub(crate) struct Lexer<'a> {
    input: &'a [u8],
    eof: bool,
    limits: &'a Limits,
    room: usize,
}

impl<'a> Lexer<'a> {
    /// `eof`: nothing follows the window. `room`: the bytes of it that its lines may take together.
    #[inline(always)]
    pub fn new(input: &'a [u8], eof: bool, limits: &'a Limits, room: usize) -> Self {
        Lexer {
            input,
            eof,
            limits,
            room,
        }
    }

    /// The logical line at `start`. Unfolded heads are appended to `tail`, each with a line feed
    /// after it.
    #[inline(always)]
    pub fn lex(&self, start: usize, tail: &mut Vec<u8>, pending: &mut Option<Pending>) -> Lexed {
        let rest = slice(self.input, start..);
        if let Some(state) = pending
            && !state.ready(rest, self.eof)
        {
            let certain = state.certain(rest);
            return self.exceeded(start, certain).unwrap_or(Lexed::NeedMore);
        }
        let head = line_head::head(rest, Dialect::Quoting);
        match head.colon {
            Some(colon) => self.with_value(start, rest, &head, colon, pending),
            None => self.without_colon(start, rest, &head, tail, pending),
        }
    }

    /// What is exceeded by a line that takes at least `len` bytes; the smaller offset is first.
    #[inline(always)]
    fn exceeded(&self, start: usize, len: usize) -> Option<Lexed> {
        if len <= self.limits.line && start + len <= self.room {
            return None;
        }
        Some(self.over(start, len))
    }

    #[cold]
    fn over(&self, start: usize, len: usize) -> Lexed {
        let line = self.limits.line;
        if len > line && start.saturating_add(line) < self.room {
            return Lexed::Over {
                limit: Limit::Line,
                max: line,
            };
        }
        Lexed::Over {
            limit: Limit::Card,
            max: self.room,
        }
    }

    /// Whether the line is a sentinel can be told when more is there.
    ///
    /// No limit is looked at: it may begin the next card, and a sentinel has a limit of its own.
    fn await_sentinel(pending: &mut Option<Pending>) -> Lexed {
        *pending = None;
        Lexed::NeedMore
    }

    /// A line whose colon stands on its first physical line.
    #[inline(always)]
    fn with_value(
        &self,
        start: usize,
        rest: &[u8],
        head: &Head,
        colon: usize,
        pending: &mut Option<Pending>,
    ) -> Lexed {
        if head.frames {
            return self.framing(start, rest, head, colon, pending);
        }
        let mut end = RunEnd::at(colon + 1);
        if !folds(rest, &mut end, self.eof) {
            return self.suspend(start, rest, &end, Run::Folds, pending);
        }
        let place = Place {
            start,
            head: start + head.indent,
            value: colon + 1,
        };
        self.finish(place, rest, head, Flags::default(), end, None, pending)
    }

    /// A line named BEGIN or END.
    #[inline(never)]
    fn framing(
        &self,
        start: usize,
        rest: &[u8],
        head: &Head,
        colon: usize,
        pending: &mut Option<Pending>,
    ) -> Lexed {
        let place = Place {
            start,
            head: start + head.indent,
            value: colon + 1,
        };
        let mut end = RunEnd::at(colon + 1);
        match sentinel::find(rest, self.eof) {
            Found::NeedMore => Self::await_sentinel(pending),
            Found::Sentinel {
                sentinel,
                end: ending,
                breaks,
            } => {
                end.ending = ending;
                end.breaks = breaks;
                self.finish(
                    place,
                    rest,
                    head,
                    Flags::SENTINEL,
                    end,
                    Some(sentinel),
                    pending,
                )
            }
            Found::Other if !folds(rest, &mut end, self.eof) => {
                self.suspend(start, rest, &end, Run::Folds, pending)
            }
            Found::Other => self.finish(place, rest, head, Flags::default(), end, None, pending),
        }
    }

    #[cold]
    fn suspend(
        &self,
        start: usize,
        rest: &[u8],
        end: &RunEnd,
        run: Run,
        pending: &mut Option<Pending>,
    ) -> Lexed {
        let state = pending.insert(Pending::new(run, end));
        let certain = state.certain(rest);
        self.exceeded(start, certain).unwrap_or(Lexed::NeedMore)
    }

    /// Joins soft breaks and base64 lines, and makes the line.
    #[inline(always)]
    #[expect(
        clippy::too_many_arguments,
        reason = "the state of one line, taken apart for speed"
    )]
    fn finish(
        &self,
        place: Place,
        rest: &[u8],
        head: &Head,
        mut flags: Flags,
        mut end: RunEnd,
        sentinel: Option<Sentinel>,
        pending: &mut Option<Pending>,
    ) -> Lexed {
        if head.encoding != Encoding::Plain
            && let Some(run) = self.join(place.value, rest, head.encoding, &mut flags, &mut end)
        {
            return self.suspend(place.start, rest, &end, run, pending);
        }
        if sentinel.is_none()
            && let Some(over) = self.exceeded(place.start, end.ending.next)
        {
            return over;
        }
        if head.parameters > self.limits.parameters {
            return Lexed::Over {
                limit: Limit::Parameters,
                max: self.limits.parameters,
            };
        }
        flags.set_ending(end.ending);
        flags.set_if(end.breaks > 1, Flags::VALUE_FOLDED);
        flags.set_if(head.indent > 0, Flags::INDENTED);
        flags.set(head.flags);
        *pending = None;
        let mut line = Line {
            start: offset(place.start),
            head: offset(place.head),
            value: offset(place.start + place.value),
            group: head.group as u16,
            name: head.name as u16,
            flags,
        };
        // No name, an empty group, or one of them longer than any name.
        if head.name == 0
            || (head.group == 0 && head.has_group)
            || head.group.max(head.name) >= usize::from(u16::MAX)
        {
            line = Self::malformed(place.start, flags);
        }
        Lexed::Line {
            line,
            next: place.start + end.ending.next,
            breaks: end.breaks,
            sentinel,
        }
    }

    /// Goes on to the end of an encoded value. Some run when more input is needed for it.
    #[cold]
    fn join(
        &self,
        value: usize,
        rest: &[u8],
        encoding: Encoding,
        flags: &mut Flags,
        end: &mut RunEnd,
    ) -> Option<Run> {
        end.resume = end.ending.next;
        let (complete, run) = if encoding == Encoding::QuotedPrintable {
            flags.set(Flags::QUOTED_PRINTABLE);
            let first = slice(rest, value..end.ending.content);
            (
                !ends_in_soft_break(first) || soft_breaks(rest, end, self.eof),
                Run::SoftBreaks,
            )
        } else {
            flags.set(Flags::BASE64);
            (base64_lines(rest, end, self.eof), Run::Base64)
        };
        flags.set_if(end.open, Flags::OPEN);
        (!complete).then_some(run)
    }

    fn malformed(start: usize, mut flags: Flags) -> Line {
        flags.set(Flags::MALFORMED);
        flags.clear(Flags::HEAD_FOLDED);
        flags.clear(Flags::QUOTED_PRINTABLE);
        let start = offset(start);
        Line {
            start,
            head: start,
            value: start,
            group: 0,
            name: 0,
            flags,
        }
    }

    /// Blank lines, lines without a colon, lines folded before their colon.
    #[cold]
    fn without_colon(
        &self,
        start: usize,
        rest: &[u8],
        head: &Head,
        tail: &mut Vec<u8>,
        pending: &mut Option<Pending>,
    ) -> Lexed {
        if matches!(rest.first(), Some(b'\r' | b'\n')) {
            return self.blank(start, rest, pending);
        }
        match sentinel::find(rest, self.eof) {
            Found::NeedMore => return Self::await_sentinel(pending),
            Found::Sentinel {
                sentinel,
                end: ending,
                breaks,
            } => {
                let end = RunEnd {
                    ending,
                    breaks,
                    ..RunEnd::at(ending.next)
                };
                return self.folded_head(start, rest, end, Some(sentinel), tail, pending);
            }
            Found::Other => {}
        }
        let mut end = RunEnd::at(0);
        if let Some(run) = head_lines(rest, &mut end, self.eof) {
            return self.suspend(start, rest, &end, run, pending);
        }
        if end.breaks > 1 {
            return self.folded_head(start, rest, end, None, tail, pending);
        }
        let mut flags = Flags::default();
        if head.unclosed {
            let head = line_head::head(rest, Dialect::Literal);
            if let Some(colon) = head.colon {
                flags.set(Flags::LITERAL_QUOTES);
                return self.finish(
                    Place {
                        start,
                        head: start + head.indent,
                        value: colon + 1,
                    },
                    rest,
                    &head,
                    flags,
                    end,
                    None,
                    pending,
                );
            }
        }
        if let Some(over) = self.exceeded(start, end.ending.next) {
            return over;
        }
        flags.set_ending(end.ending);
        flags.set_if(head.indent > 0, Flags::INDENTED);
        flags.set_if(end.open, Flags::OPEN);
        *pending = None;
        Lexed::Line {
            line: Self::malformed(start, flags),
            next: start + end.ending.next,
            breaks: 1,
            sentinel: None,
        }
    }

    /// A run of blank lines is one line, so that a megabyte of them costs no more than one.
    fn blank(&self, start: usize, rest: &[u8], pending: &mut Option<Pending>) -> Lexed {
        let mut ending = Ending {
            content: 0,
            next: 0,
        };
        let mut breaks = 0;
        while matches!(rest.get(ending.next), Some(b'\r' | b'\n')) {
            match physical_end(rest, ending.next, self.eof) {
                Some(next) => ending = next,
                None if breaks == 0 => return Self::await_sentinel(pending),
                None => break,
            }
            breaks += 1;
        }
        let mut flags = Flags::BLANK;
        flags.set_ending(ending);
        *pending = None;
        let at = offset(start);
        let line = Line {
            start: at,
            head: at,
            value: at,
            group: 0,
            name: 0,
            flags,
        };
        Lexed::Line {
            line,
            next: start + ending.next,
            breaks,
            sentinel: None,
        }
    }

    /// The line is folded before its colon, if it has one: unfold it, lex that, and find the
    /// place of the colon in the source again.
    fn folded_head(
        &self,
        start: usize,
        rest: &[u8],
        mut end: RunEnd,
        sentinel: Option<Sentinel>,
        tail: &mut Vec<u8>,
        pending: &mut Option<Pending>,
    ) -> Lexed {
        if sentinel.is_none()
            && let Some(over) = self.exceeded(start, end.ending.next)
        {
            return over;
        }
        let logical = slice(rest, ..end.ending.content);
        let at = tail.len();
        let head = match self.unfold_head(logical, Dialect::Quoting, tail) {
            head if head.unclosed => {
                tail.truncate(at);
                self.unfold_head(logical, Dialect::Literal, tail)
            }
            head => head,
        };
        let mut flags = Flags::default();
        flags.set_if(sentinel.is_some(), Flags::SENTINEL);
        flags.set_if(head.unclosed, Flags::LITERAL_QUOTES);
        flags.set_if(head.flags.has(Flags::QUOTE) && !head.unclosed, Flags::QUOTE);
        let Some(colon) = head.colon else {
            tail.truncate(at);
            flags.set_ending(end.ending);
            flags.set(Flags::VALUE_FOLDED);
            flags.set_if(head.indent > 0, Flags::INDENTED);
            flags.set_if(end.open, Flags::OPEN);
            *pending = None;
            return Lexed::Line {
                line: Self::malformed(start, flags),
                next: start + end.ending.next,
                breaks: end.breaks,
                sentinel: None,
            };
        };
        end.open = false;
        flags.set(Flags::HEAD_FOLDED);
        tail.truncate(at + colon);
        tail.drain(at..at + head.indent);
        tail.push(b'\n');
        let value = head_offset(logical, colon) + 1;
        let lexed = self.finish(
            Place {
                start,
                head: at,
                value,
            },
            rest,
            &head,
            flags,
            end,
            sentinel,
            pending,
        );
        if !matches!(lexed, Lexed::Line { line, .. } if line.flags.has(Flags::HEAD_FOLDED)) {
            tail.truncate(at);
        }
        lexed
    }

    /// Appends the unfolded line to `tail` and lexes its head there.
    fn unfold_head(&self, logical: &[u8], dialect: Dialect, tail: &mut Vec<u8>) -> Head {
        let at = tail.len();
        for piece in Pieces::of_head(logical) {
            tail.extend_from_slice(piece);
        }
        let mut head = line_head::head(slice(tail, at..), dialect);
        head.unclosed |= dialect == Dialect::Literal;
        head
    }

    /// The line again, now that the card is known to be of vCard 2.1, where quotes are ordinary
    /// characters and a backslash hides the next one. Only head and value change.
    pub fn relex(&self, line: &mut Line, tail: &mut Vec<u8>) {
        if line.flags.has(Flags::MALFORMED) {
            return;
        }
        let start = line.start as usize;
        let mut flags = line.flags;
        flags.set(Flags::BACKSLASH_ESCAPES);
        flags.set(Flags::LITERAL_QUOTES);
        let was_folded = flags.has(Flags::HEAD_FOLDED);
        if !was_folded {
            // A colon that a backslash hides is not the one, so that the head may be longer.
            let rest = slice(self.input, start..);
            let head = line_head::head(rest, Dialect::Backslash);
            if let Some(colon) = head.colon {
                line.value = offset(start + colon + 1);
                line.flags = flags.or(head.flags);
                return;
            }
            // It may end after a fold. Lines of encoded text are joined by what the head said first.
            if !flags.has(Flags::VALUE_FOLDED) || flags.has(Flags::QUOTED_PRINTABLE) {
                return;
            }
        }
        let rest = slice(self.input, start..);
        let mut end = RunEnd::at(0);
        head_lines(rest, &mut end, true);
        let logical = slice(rest, ..end.ending.content);
        // The head as it was read first makes room for the new one, if nothing came after it.
        let old = line.head as usize;
        let old_len = match was_folded {
            true => head_in_tail(tail, old).len(),
            false => 0,
        };
        let is_last = was_folded && old + old_len + 1 == tail.len();
        if is_last {
            tail.truncate(old);
        }
        let at = tail.len();
        let head = self.unfold_head(logical, Dialect::Backslash, tail);
        let end = match head.colon {
            Some(colon) => {
                line.head = at as u32;
                line.value = offset(start + head_offset(logical, colon) + 1);
                line.flags = flags.or(head.flags).or(Flags::HEAD_FOLDED);
                colon
            }
            None if is_last => head.indent + old_len,
            None => {
                tail.truncate(at);
                return;
            }
        };
        tail.truncate(at + end);
        tail.drain(at..at + head.indent);
        tail.push(b'\n');
    }
}

/// From the start of a line that has no colon on its first physical line to the end of its last
/// fold. Some run when more input is needed for it.
fn head_lines(rest: &[u8], end: &mut RunEnd, eof: bool) -> Option<Run> {
    if !folds(rest, end, eof) {
        return Some(Run::Folds);
    }
    let head = rest.get(..end.ending.content).unwrap_or_default();
    if !breaks_in_encoded_text(head) {
        return None;
    }
    end.resume = end.ending.next;
    if !encoded_lines(rest, end, eof) {
        return Some(Run::EncodedHead);
    }
    (!end.open && !folds(rest, end, eof)).then_some(Run::Folds)
}

/// Offsets are kept below the limit of a card, and that is a 32 bit number.
#[inline]
fn offset(at: usize) -> u32 {
    at as u32
}

/// The unfolded head that begins at `at` in the tail.
pub(crate) fn head_in_tail(tail: &[u8], at: usize) -> &[u8] {
    let head = slice(tail, at..);
    let end = memchr(b'\n', head).unwrap_or(head.len());
    slice(head, ..end)
}
