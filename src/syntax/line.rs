//! Where a logical line begins and ends, and where its head and value lie in it.
//!
//! A logical line is a physical line and the lines that continue it: folds (RFC 6350, 3.2), the
//! soft line breaks of quoted-printable and the unindented lines of a base64 block (vCard 2.1,
//! 2.1.5). The last two are joined only when the line's own parameters name the encoding, and
//! never across a sentinel, so that one stray `=` cannot eat the neighbouring card.
//!
//! The lexer works on a window of the input that may end anywhere. It asks for more when the end
//! of a line depends on bytes that are not there yet; [`Pending`] then remembers how far the
//! search got, so that no byte is searched twice however small the pieces are.

use alloc::vec::Vec;

use memchr::{memchr, memchr2};

use super::grammar::{self, Dialect, Encoding, Head, is_white_space, trim_end};
use super::sentinel::{self, Found, Sentinel};
use crate::limits::Limits;

/// Where a physical line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ending {
    /// Offset of the line ending.
    pub content: usize,
    /// Offset after the line ending.
    pub next: usize,
}

/// The end of the physical line that holds the byte at `from`.
///
/// A line ends in CRLF, LF, CR, or CR CR LF; or where the input ends, if `eof`. None when that
/// cannot be told yet.
#[inline]
pub(crate) fn physical_end(input: &[u8], from: usize, eof: bool) -> Option<Ending> {
    let rest = input.get(from..)?;
    let Some(length) = memchr2(b'\r', b'\n', rest) else {
        return eof.then_some(Ending {
            content: input.len(),
            next: input.len(),
        });
    };
    let content = from + length;
    let ending = rest.get(length..)?;
    let width = match ending {
        [b'\n', ..] => 1,
        [b'\r', b'\n', ..] => 2,
        [b'\r', b'\r', b'\n', ..] => 3,
        [b'\r'] | [b'\r', b'\r'] if !eof => return None,
        _ => 1,
    };
    Some(Ending {
        content,
        next: content + width,
    })
}

/// What a lexed line is and has, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Flags(u16);

impl Flags {
    const ENDING: u16 = 0b11;
    /// The head is folded; its unfolded form is in the tail.
    pub const HEAD_FOLDED: Flags = Flags(1 << 2);
    /// The value region holds line breaks.
    pub const VALUE_FOLDED: Flags = Flags(1 << 3);
    /// Begins with white space, with no line before it that this could continue.
    pub const INDENTED: Flags = Flags(1 << 4);
    pub const QUOTED_PRINTABLE: Flags = Flags(1 << 5);
    pub const BASE64: Flags = Flags(1 << 6);
    /// Quotes in the parameters are ordinary characters.
    pub const LITERAL_QUOTES: Flags = Flags(1 << 7);
    /// No content line: no colon, or no name before it.
    pub const MALFORMED: Flags = Flags(1 << 8);
    /// One or more lines with nothing in them.
    pub const BLANK: Flags = Flags(1 << 9);
    /// An AGENT whose value is the cards on the following lines.
    pub const NESTED: Flags = Flags(1 << 10);
    pub const QUOTE: Flags = Flags(1 << 11);
    pub const BACKSLASH: Flags = Flags(1 << 12);
    /// Ends in a soft line break that only a sentinel or the end of the input stopped.
    pub const OPEN: Flags = Flags(1 << 13);
    /// Backslashes in the parameters hide the next character (vCard 2.1).
    pub const BACKSLASH_ESCAPES: Flags = Flags(1 << 14);
    pub const SENTINEL: Flags = Flags(1 << 15);
    /// Flags of a value that stands in the input in another form.
    pub const WRAPPED: Flags =
        Flags(Self::VALUE_FOLDED.0 | Self::QUOTED_PRINTABLE.0 | Self::NESTED.0);

    pub const fn or(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }

    /// Whether it has this flag, or one of several.
    #[inline]
    pub fn has(self, flag: Flags) -> bool {
        self.0 & flag.0 != 0
    }

    #[inline]
    pub fn set(&mut self, flag: Flags) {
        self.0 |= flag.0;
    }

    /// Takes over how wide the line ending is.
    pub fn copy_ending(&mut self, from: Flags) {
        self.0 = (self.0 & !Self::ENDING) | (from.0 & Self::ENDING);
    }

    pub fn clear(&mut self, flag: Flags) {
        self.0 &= !flag.0;
    }

    #[inline]
    fn set_if(&mut self, condition: bool, flag: Flags) {
        if condition {
            self.set(flag);
        }
    }

    /// Width of the line ending, 0 to 3 bytes.
    #[inline]
    pub fn ending(self) -> usize {
        usize::from(self.0 & Self::ENDING)
    }

    #[inline]
    fn set_ending(&mut self, ending: Ending) {
        self.0 = (self.0 & !Self::ENDING) | ((ending.next - ending.content) as u16 & Self::ENDING);
    }
}

/// One logical line as spans, relative to a base that the caller chose.
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
        limit: &'static str,
        max: usize,
    },
}

/// How far the end of a line that is not complete yet has been searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pending {
    /// Bytes, from the start of the line, that hold no end of the logical line.
    searched: usize,
    run: Run,
    /// Whether the physical line at `searched` is known to belong to the run.
    joined: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    Folds,
    SoftBreaks,
    Base64,
}

impl Pending {
    /// Goes on searching; whether lexing the line from its start can succeed now.
    fn ready(&mut self, line: &[u8], eof: bool) -> bool {
        let run = match self.run {
            Run::Folds => folds,
            Run::SoftBreaks => soft_breaks,
            Run::Base64 => base64_lines,
        };
        let mut end = RunEnd {
            joined: self.joined,
            ..RunEnd::at(self.searched)
        };
        let complete = run(line, &mut end, eof);
        self.searched = end.resume;
        self.joined = end.joined;
        complete
    }

    /// Bytes at the start of `line` that belong to it, whatever follows.
    fn certain(&self, line: &[u8]) -> usize {
        match self.run {
            Run::SoftBreaks | Run::Base64 if !self.joined => self.searched,
            _ => certain(line),
        }
    }
}

/// Bytes at the end of a window that are CRs and could begin a line ending: at most two, as in
/// CR CR LF. They must be looked at again when more is there.
pub(crate) fn unsettled(window: &[u8]) -> usize {
    let from_the_end = window.iter().rev().take(2);
    from_the_end.take_while(|byte| **byte == b'\r').count()
}

/// Bytes of an incomplete physical line that belong to it, whatever follows: the second of two CR
/// could be a line by itself.
fn certain(line: &[u8]) -> usize {
    line.len() - usize::from(line.ends_with(b"\r\r"))
}

/// Where the parts of a line begin.
#[derive(Clone, Copy)]
struct Place {
    start: usize,
    head: usize,
    /// From the start of the line.
    value: usize,
}

/// Progress of a search for the end of a run of physical lines.
struct RunEnd {
    /// The last line that belongs to it.
    ending: Ending,
    breaks: u32,
    /// Where to search on when more input is there.
    resume: usize,
    /// Whether the physical line at `resume` is known to belong to the run.
    joined: bool,
    /// Bytes that a soft break was about to join when a sentinel or the end came.
    open: bool,
}

impl RunEnd {
    fn at(from: usize) -> Self {
        RunEnd {
            ending: Ending {
                content: from,
                next: from,
            },
            breaks: 0,
            resume: from,
            joined: false,
            open: false,
        }
    }
}

/// From within a line to the end of its last fold. False when more input is needed.
#[inline]
fn folds(input: &[u8], end: &mut RunEnd, eof: bool) -> bool {
    loop {
        let Some(ending) = physical_end(input, end.resume, eof) else {
            let tail = input.get(end.resume..).unwrap_or_default();
            end.resume = input.len() - unsettled(tail);
            return false;
        };
        end.ending = ending;
        match input.get(ending.next) {
            Some(b' ' | b'\t') => {
                let width = ending.content.saturating_sub(end.resume);
                end.breaks += 1;
                end.resume = ending.next + 1;
                if end.breaks > 1 {
                    folds_of_width(input, width, end);
                }
            }
            Some(_) => break,
            None if eof => break,
            None => return false,
        }
    }
    end.breaks += 1;
    true
}

/// Goes on over folds that are all as wide as the last one, as in a photo: to see that a line of
/// known width holds no line break is cheaper than to search for one.
#[inline]
fn folds_of_width(input: &[u8], width: usize, end: &mut RunEnd) {
    while let Some((line, [b'\r', b'\n', b' ', ..])) = input
        .get(end.resume..)
        .and_then(|rest| rest.split_at_checked(width))
        && !holds_line_break(line)
    {
        end.breaks += 1;
        end.resume += width + 3;
    }
}

/// Sixteen bytes at a time, in a form that compilers turn into vector instructions.
#[inline]
fn holds_line_break(line: &[u8]) -> bool {
    let Some(last) = line.last_chunk::<16>() else {
        return line.iter().any(|byte| is_line_break(*byte) != 0);
    };
    let (chunks, _) = line.as_chunks::<16>();
    let mut found = [0; 16];
    for chunk in chunks.iter().chain([last]) {
        for (found, byte) in found.iter_mut().zip(chunk) {
            *found |= is_line_break(*byte);
        }
    }
    u128::from_ne_bytes(found) != 0
}

/// 255 for CR and LF, 0 for anything else.
#[inline]
fn is_line_break(byte: u8) -> u8 {
    u8::from(byte == b'\r' || byte == b'\n').wrapping_neg()
}

/// From the end of a physical line that ends in a soft break to the end of the run.
fn soft_breaks(input: &[u8], end: &mut RunEnd, eof: bool) -> bool {
    loop {
        if !end.joined {
            let Some(rest) = input.get(end.resume..) else {
                return true;
            };
            if rest.is_empty() {
                end.open = true;
                return eof;
            }
            match sentinel::find(rest, eof) {
                Found::NeedMore => return false,
                Found::Sentinel { .. } => {
                    end.open = true;
                    return true;
                }
                Found::Other => {}
            }
        }
        if !join_line(input, end, eof) {
            return false;
        }
        if !ends_in_soft_break(input.get(..end.ending.content).unwrap_or_default()) {
            return true;
        }
    }
}

/// Takes the line at `resume`, and its folds, into the run. False when more input is needed.
fn join_line(input: &[u8], end: &mut RunEnd, eof: bool) -> bool {
    let mut line = RunEnd::at(end.resume);
    end.joined = !folds(input, &mut line, eof);
    if end.joined {
        end.resume = line.resume;
        return false;
    }
    end.ending = line.ending;
    end.breaks += line.breaks;
    end.resume = line.ending.next;
    true
}

fn ends_in_soft_break(line: &[u8]) -> bool {
    trim_end(line).last() == Some(&b'=')
}

/// From the end of a physical line of base64 to the end of the block.
fn base64_lines(input: &[u8], end: &mut RunEnd, eof: bool) -> bool {
    loop {
        if !end.joined {
            let rest = input.get(end.resume..).unwrap_or_default();
            match continues_base64(rest, eof) {
                Some(true) => {}
                Some(false) => return true,
                None => return false,
            }
        }
        if !join_line(input, end, eof) {
            return false;
        }
    }
}

/// Bytes of a line that tell whether it continues a base64 block.
const BASE64_LOOK: usize = 1024;

/// Whether the line at the start of the input continues a base64 block: it holds base64
/// characters and nothing else, at least one. None when more input is needed to tell.
///
/// The line is looked at with its folds, for `NOTE` alone could be base64, and the `END` of a
/// folded sentinel too; but no further than [`BASE64_LOOK`] bytes.
pub(crate) fn continues_base64(input: &[u8], eof: bool) -> Option<bool> {
    let looked_at = input.get(..BASE64_LOOK).unwrap_or(input);
    let eof = eof && looked_at.len() == input.len();
    let mut at = 0;
    loop {
        let ending = physical_end(looked_at, at, eof);
        let piece = looked_at.get(at..ending.map_or(looked_at.len(), |ending| ending.content));
        let piece = piece.unwrap_or_default();
        let piece = match ending {
            Some(_) => piece,
            None => trim_cr(piece),
        };
        let piece = trim_end(piece);
        if !piece.iter().all(|byte| is_base64(*byte))
            || (at == 0 && piece.is_empty() && ending.is_some())
        {
            return Some(false);
        }
        let Some(ending) = ending else {
            return (looked_at.len() == BASE64_LOOK).then_some(true);
        };
        match looked_at.get(ending.next) {
            Some(b' ' | b'\t') => at = ending.next + 1,
            None if !eof && looked_at.len() < BASE64_LOOK => return None,
            _ => return Some(true),
        }
    }
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// Without the CR at the end that could begin a line ending.
pub(crate) fn trim_cr(mut line: &[u8]) -> &[u8] {
    while let [before @ .., b'\r'] = line {
        line = before;
    }
    line
}

/// Lexes the lines of one window of the input.
pub(crate) struct Lexer<'a> {
    pub input: &'a [u8],
    /// Whether nothing follows the window.
    pub eof: bool,
    /// What the spans of the lines count from.
    pub base: usize,
    pub limits: &'a Limits,
    /// Bytes of the window that its lines may take together.
    pub room: usize,
}

impl Lexer<'_> {
    /// The logical line at `start`. Unfolded heads are appended to `tail`, each with a line feed
    /// after it.
    #[inline(always)]
    pub fn lex(&self, start: usize, tail: &mut Vec<u8>, pending: &mut Option<Pending>) -> Lexed {
        let rest = self.input.get(start..).unwrap_or_default();
        if let Some(state) = pending
            && !state.ready(rest, self.eof)
        {
            let certain = state.certain(rest);
            return self.exceeded(start, certain).unwrap_or(Lexed::NeedMore);
        }
        let head = grammar::head(rest, Dialect::Quoting);
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
                limit: "line",
                max: line,
            };
        }
        Lexed::Over {
            limit: "card",
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
        let state = pending.insert(Pending {
            searched: end.resume,
            run,
            joined: end.joined,
        });
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
                limit: "number of parameters",
                max: self.limits.parameters,
            };
        }
        flags.set_ending(end.ending);
        flags.set_if(end.breaks > 1, Flags::VALUE_FOLDED);
        flags.set_if(head.indent > 0, Flags::INDENTED);
        flags.set_if(head.quote, Flags::QUOTE);
        flags.set_if(head.backslash, Flags::BACKSLASH);
        *pending = None;
        let mut line = Line {
            start: self.span(place.start),
            head: self.span(place.head),
            value: self.span(place.start + place.value),
            group: head.group as u16,
            name: head.name as u16,
            flags,
        };
        // No name, an empty group, or one of them longer than any name.
        if head.name == 0
            || (head.group == 0 && head.has_group)
            || head.group.max(head.name) >= usize::from(u16::MAX)
        {
            line = self.malformed(place.start, flags);
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
            let first = rest.get(value..end.ending.content).unwrap_or_default();
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

    /// Offsets are kept below the limit of a card, and that is a 32 bit number.
    #[inline]
    fn span(&self, at: usize) -> u32 {
        at.wrapping_sub(self.base) as u32
    }

    fn malformed(&self, start: usize, mut flags: Flags) -> Line {
        flags.set(Flags::MALFORMED);
        flags.clear(Flags::HEAD_FOLDED);
        flags.clear(Flags::QUOTED_PRINTABLE);
        let start = self.span(start);
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
        if !folds(rest, &mut end, self.eof) {
            return self.suspend(start, rest, &end, Run::Folds, pending);
        }
        if end.breaks > 1 {
            return self.folded_head(start, rest, end, None, tail, pending);
        }
        let mut flags = Flags::default();
        if head.unclosed {
            let head = grammar::head(rest, Dialect::Literal);
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
        *pending = None;
        Lexed::Line {
            line: self.malformed(start, flags),
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
        let at = self.span(start);
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
        end: RunEnd,
        sentinel: Option<Sentinel>,
        tail: &mut Vec<u8>,
        pending: &mut Option<Pending>,
    ) -> Lexed {
        if sentinel.is_none()
            && let Some(over) = self.exceeded(start, end.ending.next)
        {
            return over;
        }
        let logical = rest.get(..end.ending.content).unwrap_or_default();
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
        flags.set_if(head.quote && !head.unclosed, Flags::QUOTE);
        let Some(colon) = head.colon else {
            tail.truncate(at);
            flags.set_ending(end.ending);
            flags.set(Flags::VALUE_FOLDED);
            flags.set_if(head.indent > 0, Flags::INDENTED);
            *pending = None;
            return Lexed::Line {
                line: self.malformed(start, flags),
                next: start + end.ending.next,
                breaks: end.breaks,
                sentinel: None,
            };
        };
        flags.set(Flags::HEAD_FOLDED);
        tail.truncate(at + colon);
        tail.drain(at..at + head.indent);
        tail.push(b'\n');
        let value = source_offset(logical, colon) + 1;
        let lexed = self.finish(
            Place {
                start,
                head: self.base + at,
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
        for piece in Pieces::new(logical) {
            tail.extend_from_slice(piece);
        }
        let mut head = grammar::head(tail.get(at..).unwrap_or_default(), dialect);
        head.unclosed |= dialect == Dialect::Literal;
        head
    }

    /// The line again, now that the card is known to be of vCard 2.1, where quotes are ordinary
    /// characters and a backslash hides the next one. Only head and value change.
    pub fn relex(&self, line: &mut Line, tail: &mut Vec<u8>) {
        if line.flags.has(Flags::MALFORMED) {
            return;
        }
        let start = self.base + line.start as usize;
        let mut flags = line.flags;
        flags.set(Flags::BACKSLASH_ESCAPES);
        flags.set(Flags::LITERAL_QUOTES);
        if !flags.has(Flags::HEAD_FOLDED) {
            // A colon that a backslash hides is not the one, so that the head may be longer.
            let rest = self.input.get(start..).unwrap_or_default();
            let head = grammar::head(rest, Dialect::Backslash);
            if let Some(colon) = head.colon {
                line.value = self.span(start + colon + 1);
                line.flags = flags;
            }
            return;
        }
        let rest = self.input.get(start..).unwrap_or_default();
        let mut end = RunEnd::at(0);
        folds(rest, &mut end, true);
        let logical = rest.get(..end.ending.content).unwrap_or_default();
        // The head as it was read first makes room for the new one, if nothing came after it.
        let old = line.head as usize;
        let old_len = head_in_tail(tail, old).len();
        let is_last = old + old_len + 1 == tail.len();
        if is_last {
            tail.truncate(old);
        }
        let at = tail.len();
        let head = self.unfold_head(logical, Dialect::Backslash, tail);
        let end = match head.colon {
            Some(colon) => {
                line.head = at as u32;
                line.value = self.span(start + source_offset(logical, colon) + 1);
                line.flags = flags;
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

/// The offset in a folded line of the byte that has the offset `unfolded` once it is unfolded.
pub(crate) fn source_offset(logical: &[u8], unfolded: usize) -> usize {
    let mut pieces = Pieces::new(logical);
    let mut left = unfolded;
    loop {
        let at = pieces.next;
        match pieces.next() {
            Some(piece) if left >= piece.len() => left -= piece.len(),
            _ => {
                let fold = usize::from(at > 0);
                return at + fold + left;
            }
        }
    }
}

/// The physical lines of a logical line, without line endings and without the white space
/// character that marks a fold.
#[derive(Clone)]
pub(crate) struct Pieces<'a> {
    logical: &'a [u8],
    /// Start of the next physical line.
    next: usize,
    done: bool,
}

impl<'a> Pieces<'a> {
    pub fn new(logical: &'a [u8]) -> Self {
        Pieces {
            logical,
            next: 0,
            done: false,
        }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.done {
            return None;
        }
        let ending = physical_end(self.logical, self.next, true)?;
        let piece = self.logical.get(self.next..ending.content)?;
        let piece = match piece.split_first() {
            Some((first, after)) if self.next > 0 && is_white_space(*first) => after,
            _ => piece,
        };
        self.done = ending.next >= self.logical.len();
        self.next = ending.next;
        Some(piece)
    }
}

/// The unfolded head that begins at `at` in the tail.
pub(crate) fn head_in_tail(tail: &[u8], at: usize) -> &[u8] {
    let head = tail.get(at..).unwrap_or_default();
    let end = memchr(b'\n', head).unwrap_or(head.len());
    head.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ok_the_wide_look_equals_the_plain_one(line in "[a-z]{0,60}", breaks in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..3)) {
            let mut line = line.into_bytes();
            for (at, cr) in breaks {
                line.insert(at.index(line.len() + 1), if cr { b'\r' } else { b'\n' });
            }
            let plain = line.iter().any(|byte| matches!(byte, b'\r' | b'\n'));
            prop_assert_eq!(holds_line_break(&line), plain);
        }
    }
}
