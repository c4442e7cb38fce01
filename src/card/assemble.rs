//! Which lines make a card, and what lies between cards.
//!
//! The assembler does no input and owns no input: it is shown a window that begins where it left
//! off, and says how many bytes of it the next event takes. Readers of slices, of files and of
//! pieces that arrive are loops around it.

use alloc::vec::Vec;

use super::effective_version::Unnamed;
use crate::error::{Error, ErrorKind};
use crate::limits::{Limit, Limits};
use crate::position::Position;
use crate::syntax::ContentLine;
use crate::syntax::byte_class::trim;
use crate::syntax::continuation::Pending;
use crate::syntax::flags::Flags;
use crate::syntax::fold::unfold;
use crate::syntax::lexer::{Lexed, Lexer, Line};
use crate::syntax::physical::{physical_end, unsettled};
use crate::syntax::sentinel::{self, Found, Sentinel};
use crate::syntax::span::slice;
use crate::version::Version;

/// Pieces of what is no card are handed out once they reach this size.
const PIECE: usize = 64 * 1024;

/// As much of a line that is no card goes without waiting for the rest of it: more than it takes
/// to tell that it is no sentinel, and little enough to look at it again for each byte that comes.
const PART: usize = 4 * 1024;

/// What bytes that are no card are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JunkKind {
    /// A byte order mark.
    ByteOrderMark,
    /// Blank lines.
    Blank,
    /// Anything else outside of cards.
    Text,
    /// More of the card that was refused just before.
    Refused,
}

/// What the start of the window is.
pub(crate) enum Step {
    /// A card of `len` bytes; [`Assembler::lines`] and the rest describe it.
    Card {
        len: usize,
    },
    Junk {
        len: usize,
        kind: JunkKind,
    },
    /// The first `len` bytes of a card that exceeds a limit.
    Bad {
        len: usize,
        error: Error,
    },
    NeedMore,
    /// The input ended, and nothing is left of it.
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Outside,
    Inside,
    /// In a card that was refused, `depth` cards deep.
    Refused {
        depth: usize,
        after_agent: bool,
    },
}

/// The state of reading.
#[derive(Debug, Clone)]
pub(crate) struct Assembler {
    limits: Limits,
    state: State,
    /// Where the window begins in the input.
    byte: u64,
    line: u64,
    /// Whether the window begins inside a physical line.
    inside_line: bool,
    /// Bytes of the window that the lines below cover.
    lexed: usize,
    breaks: u64,
    pending: Option<Pending>,
    /// Cards that are open within the last AGENT line.
    depth: usize,
    agent: bool,
    pub lines: Vec<Line>,
    pub tail: Vec<u8>,
    pub version: Option<Version>,
    /// The version that the card is read by.
    pub effective: Version,
    seen_version: bool,
    /// Whether a head that means something else in 2.1 was lexed.
    ambiguous: bool,
}

impl Assembler {
    pub fn new(limits: Limits) -> Self {
        Assembler {
            limits,
            state: State::Outside,
            byte: 0,
            line: 1,
            inside_line: false,
            lexed: 0,
            breaks: 0,
            pending: None,
            depth: 0,
            agent: false,
            lines: Vec::new(),
            tail: Vec::new(),
            version: None,
            effective: Version::V3_0,
            seen_version: false,
            ambiguous: false,
        }
    }

    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// The limits on values of one property, and on findings of one card.
    pub fn max_values_and_findings(&self) -> (usize, usize) {
        (self.limits.values, self.limits.findings)
    }

    /// Where the window begins.
    pub fn position(&self) -> Position {
        Position {
            byte: self.byte,
            line: self.line,
            column: 1,
        }
    }

    /// The caller has dropped the `len` bytes of the last event from its window.
    pub fn advance(&mut self, len: usize) {
        self.byte += len as u64;
        self.line += self.breaks;
        self.breaks = 0;
        self.lexed = 0;
    }

    /// The next event. The window grows between calls that need more, and begins after the last
    /// event otherwise.
    pub fn step(&mut self, window: &[u8], eof: bool) -> Step {
        loop {
            match self.state {
                State::Outside => match self.outside(window, eof) {
                    Some(step) => return step,
                    None => self.begin_card(),
                },
                State::Inside => return self.inside(window, eof),
                State::Refused { .. } => match self.refused(window, eof) {
                    Some(step) => return step,
                    None => self.state = State::Outside,
                },
            }
        }
    }

    fn begin_card(&mut self) {
        self.state = State::Inside;
        self.lines.clear();
        self.tail.clear();
        self.version = None;
        self.seen_version = false;
        self.ambiguous = false;
        self.pending = None;
        self.depth = 0;
        self.agent = false;
    }

    /// Junk up to the next BEGIN line; none when the window begins with one.
    fn outside(&mut self, window: &[u8], eof: bool) -> Option<Step> {
        let mut at = self.lexed;
        let mut kind = None;
        loop {
            let rest = slice(window, at..);
            if rest.is_empty() {
                return Some(match at {
                    0 if eof => Step::End,
                    at => self.junk_or_pause(at, kind),
                });
            }
            let line_kind = if self.inside_line {
                JunkKind::Text
            } else {
                const MARK: &[u8] = b"\xEF\xBB\xBF";
                if rest.starts_with(MARK) {
                    if at == 0 {
                        return Some(self.junk(MARK.len(), Some(JunkKind::ByteOrderMark)));
                    }
                    return Some(self.junk(at, kind));
                }
                if MARK.starts_with(rest) && !eof {
                    return Some(self.junk_or_pause(at, kind));
                }
                match sentinel::find(rest, eof) {
                    Found::Sentinel {
                        sentinel: Sentinel::Begin,
                        ..
                    } if at == 0 => return None,
                    Found::Sentinel {
                        sentinel: Sentinel::Begin,
                        ..
                    } => return Some(self.junk(at, kind)),
                    Found::NeedMore => return Some(self.junk_or_pause(at, kind)),
                    _ => {}
                }
                match rest.first() {
                    Some(b'\r' | b'\n') => JunkKind::Blank,
                    _ => JunkKind::Text,
                }
            };
            if kind.is_some_and(|kind| kind != line_kind) || at >= PIECE {
                return Some(self.junk(at, kind));
            }
            kind = Some(line_kind);
            match physical_end(rest, 0, eof) {
                Some(end) => {
                    self.inside_line = false;
                    self.breaks += 1;
                    at += end.next;
                }
                None => {
                    // A CR that an LF may follow belongs to the next piece.
                    let cr = unsettled(rest);
                    if rest.len() - cr < PART {
                        return Some(self.junk_or_pause(at, kind));
                    }
                    self.inside_line = true;
                    return Some(self.junk(at + rest.len() - cr, kind));
                }
            }
        }
    }

    fn junk(&mut self, len: usize, kind: Option<JunkKind>) -> Step {
        Step::Junk {
            len,
            kind: kind.unwrap_or(JunkKind::Text),
        }
    }

    fn junk_or_pause(&mut self, at: usize, kind: Option<JunkKind>) -> Step {
        match at {
            0 => self.pause(0),
            at => self.junk(at, kind),
        }
    }

    fn pause(&mut self, lexed: usize) -> Step {
        self.lexed = lexed;
        Step::NeedMore
    }

    /// Lexes on in the card at the start of the window.
    fn inside(&mut self, window: &[u8], eof: bool) -> Step {
        let limits = self.limits.clone();
        let lexer = Lexer::new(window, eof, &limits, limits.card);
        let mut at = self.lexed;
        loop {
            if at >= window.len() && !self.lines.is_empty() {
                if eof {
                    return self.card(window, at);
                }
                return self.pause(at);
            }
            match lexer.lex(at, &mut self.tail, &mut self.pending) {
                Lexed::NeedMore => return self.pause(at),
                Lexed::Over { limit, max } => return self.refuse(window, at, limit, max),
                Lexed::Line {
                    line,
                    next,
                    breaks,
                    sentinel,
                } => {
                    let first = at == 0;
                    if sentinel == Some(Sentinel::Begin) && !first && self.depth == 0 && !self.agent
                    {
                        return self.card(window, at);
                    }
                    if next > limits.card || u32::try_from(next).is_err() {
                        return self.refuse_too_long(window, at, line.flags);
                    }
                    self.breaks += u64::from(breaks);
                    at = next;
                    match sentinel {
                        None => {}
                        Some(Sentinel::Begin) if first => {}
                        Some(Sentinel::Begin) => {
                            if self.depth > 0 && !self.agent {
                                // The inner cards are unclosed, and so is this one.
                                self.breaks -= u64::from(breaks);
                                return self.card(window, line.start as usize);
                            }
                            if self.depth >= limits.nesting {
                                self.breaks -= u64::from(breaks);
                                let at = line.start as usize;
                                return self.refuse(window, at, Limit::Nesting, limits.nesting);
                            }
                            self.depth += 1;
                            self.agent = false;
                            self.nest(&line);
                            continue;
                        }
                        Some(Sentinel::End) if self.depth > 0 => {
                            self.depth -= 1;
                            self.agent = false;
                            self.nest(&line);
                            continue;
                        }
                        Some(Sentinel::End) => {
                            self.lines.push(line);
                            return self.card(window, at);
                        }
                    }
                    if !line.flags.has(Flags::BLANK) {
                        self.agent = is_empty_agent(window, &self.tail, &line, next);
                    }
                    if self.depth > 0 {
                        self.nest(&line);
                        continue;
                    }
                    // However a run of blank lines arrives, it is one.
                    if line.flags.has(Flags::BLANK)
                        && let Some(last) = self.lines.last_mut()
                        && last.flags.has(Flags::BLANK)
                    {
                        last.flags.copy_ending(line.flags);
                        continue;
                    }
                    // BEGIN is among them.
                    if self.lines.len() > limits.properties {
                        return self.refuse(window, at, Limit::Properties, limits.properties);
                    }
                    if !self.seen_version && line.name == 7 {
                        self.note_version(window, &line, next);
                    }
                    self.ambiguous |=
                        line.flags.has(Flags::QUOTE) || line.flags.has(Flags::BACKSLASH);
                    self.lines.push(line);
                }
            }
        }
    }

    /// Refuses a card for a line that reaches beyond its limit.
    #[cold]
    fn refuse_too_long(&mut self, window: &[u8], at: usize, flags: Flags) -> Step {
        let limits = &self.limits;
        let last = self.lines.last().map(|last| last.flags);
        // Of a run of blank lines the first is too many before the last is too far.
        let too_many = flags.has(Flags::BLANK)
            && self.depth == 0
            && self.lines.len() > limits.properties
            && !last.is_some_and(|last| last.has(Flags::BLANK))
            && physical_end(window, at, true).is_some_and(|first| first.next <= limits.card);
        let (limit, max) = match too_many {
            true => (Limit::Properties, limits.properties),
            false => (Limit::Card, limits.card),
        };
        self.refuse(window, at, limit, max)
    }

    /// A line of a nested card becomes part of the AGENT line before it.
    fn nest(&mut self, line: &Line) {
        if line.flags.has(Flags::HEAD_FOLDED) {
            self.tail.truncate(line.head as usize);
        }
        if let Some(agent) = self
            .lines
            .iter_mut()
            .rev()
            .find(|line| !line.flags.has(Flags::BLANK))
        {
            agent.flags.set(Flags::NESTED);
            agent.flags.copy_ending(line.flags);
        }
        // Blank lines between AGENT and BEGIN are inside it now.
        while self
            .lines
            .last()
            .is_some_and(|line| line.flags.has(Flags::BLANK))
        {
            self.lines.pop();
        }
    }

    fn note_version(&mut self, window: &[u8], line: &Line, next: usize) {
        if !line
            .name_in(window, &self.tail)
            .eq_ignore_ascii_case(b"VERSION")
        {
            return;
        }
        let value = slice(window, line.value as usize..next - line.flags.ending());
        self.version = known_version(value);
        self.seen_version = self.version.is_some();
    }

    fn card(&mut self, window: &[u8], len: usize) -> Step {
        self.effective = match self.version {
            Some(version) => version,
            None => self.unnamed(window, len).version(),
        };
        if self.effective == Version::V2_1 && self.ambiguous {
            let lexer = Lexer::new(window, true, &self.limits, self.limits.card);
            for line in &mut self.lines {
                if line.flags.has(Flags::QUOTE) || line.flags.has(Flags::BACKSLASH) {
                    lexer.relex(line, &mut self.tail);
                }
            }
        }
        if self.depth > 0
            && let Some(agent) = self
                .lines
                .iter_mut()
                .rev()
                .find(|line| !line.flags.has(Flags::BLANK))
        {
            agent.flags.set(Flags::OPEN);
        }
        self.state = State::Outside;
        Step::Card { len }
    }

    /// What its lines tell of the version of a card that names none.
    #[cold]
    fn unnamed(&self, window: &[u8], len: usize) -> Unnamed {
        let ends = self.lines.iter().skip(1).map(|next| next.start as usize);
        let lines = self.lines.iter().zip(ends.chain([len]));
        Unnamed::of(lines.map(|(line, end)| {
            let raw = slice(window, line.start as usize..end);
            ContentLine::new(raw, line, &self.tail)
        }))
    }

    /// Gives the card up at the line that begins at `at`.
    fn refuse(&mut self, window: &[u8], at: usize, limit: Limit, max: usize) -> Step {
        let position = self.position();
        let mut len = at;
        if at == 0 {
            // At least the BEGIN line goes, so that the reader moves on.
            match physical_end(window, 0, false) {
                Some(end) => {
                    len = end.next;
                    self.breaks = 1;
                }
                None => {
                    len = window.len();
                    self.inside_line = true;
                }
            }
        }
        self.state = State::Refused {
            depth: self.depth + 1,
            after_agent: self.agent,
        };
        self.pending = None;
        Step::Bad {
            len,
            error: Error::new(ErrorKind::Limit { limit, max }, Some(position)),
        }
    }

    /// Physical lines up to the end of a card that was refused; none when another one begins.
    fn refused(&mut self, window: &[u8], eof: bool) -> Option<Step> {
        let State::Refused {
            mut depth,
            mut after_agent,
        } = self.state
        else {
            return None;
        };
        let mut at = self.lexed;
        let step = loop {
            let rest = slice(window, at..);
            if rest.is_empty() {
                break match (at, eof) {
                    (0, true) => Step::End,
                    (0, false) => Step::NeedMore,
                    (at, _) => self.junk(at, Some(JunkKind::Refused)),
                };
            }
            if at >= PIECE {
                break self.junk(at, Some(JunkKind::Refused));
            }
            let Some(mut end) = physical_end(rest, 0, eof) else {
                let cr = unsettled(rest);
                if rest.len() - cr >= PART {
                    self.inside_line = true;
                    break self.junk(at + rest.len() - cr, Some(JunkKind::Refused));
                }
                break match at {
                    0 => Step::NeedMore,
                    at => self.junk(at, Some(JunkKind::Refused)),
                };
            };
            let line = slice(rest, ..end.content);
            let found = match self.inside_line {
                true => Found::Other,
                false => sentinel::find(rest, eof),
            };
            let mut folds = 0;
            let sentinel = match found {
                Found::NeedMore => {
                    break match at {
                        0 => Step::NeedMore,
                        at => self.junk(at, Some(JunkKind::Refused)),
                    };
                }
                Found::Sentinel {
                    sentinel,
                    end: ending,
                    breaks,
                } => {
                    end = ending;
                    folds = u64::from(breaks) - 1;
                    Some(sentinel)
                }
                Found::Other => None,
            };
            match sentinel {
                Some(Sentinel::Begin) if after_agent => depth += 1,
                Some(Sentinel::Begin) => {
                    if at == 0 {
                        return None;
                    }
                    self.state = State::Outside;
                    return Some(self.junk(at, Some(JunkKind::Refused)));
                }
                Some(Sentinel::End) => depth -= 1,
                None => {}
            }
            let blank = line.is_empty() && !self.inside_line;
            after_agent = (after_agent && blank) || (!self.inside_line && looks_like_agent(line));
            self.inside_line = false;
            self.breaks += 1 + folds;
            at += end.next;
            if depth == 0 {
                self.state = State::Outside;
                return Some(self.junk(at, Some(JunkKind::Refused)));
            }
        };
        self.state = State::Refused { depth, after_agent };
        Some(step)
    }
}

/// The version that a value of VERSION names, as it stands in the input.
pub(crate) fn known_version(value: &[u8]) -> Option<Version> {
    let value = unfold(value);
    core::str::from_utf8(trim(&value)).ok()?.parse().ok()
}

fn is_empty_agent(window: &[u8], tail: &[u8], line: &Line, next: usize) -> bool {
    if line.name != 5 {
        return false;
    }
    let is_blank = |value: &[u8]| value.iter().all(u8::is_ascii_whitespace);
    line.name_in(window, tail).eq_ignore_ascii_case(b"AGENT")
        && is_blank(slice(
            window,
            line.value as usize..next - line.flags.ending(),
        ))
}

/// The same for a physical line of a card that nobody takes apart.
fn looks_like_agent(line: &[u8]) -> bool {
    let Some(head) = trim(line).strip_suffix(b":") else {
        return false;
    };
    let name = head.split(|byte| *byte == b';').next().unwrap_or_default();
    let name = name.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    name.eq_ignore_ascii_case(b"AGENT")
}
