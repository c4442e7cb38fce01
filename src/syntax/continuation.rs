//! What joins physical lines to one logical line: folds (RFC 6350, 3.2), the soft line breaks of
//! quoted-printable and the unindented lines of a base64 block (vCard 2.1, 2.1.5).
//!
//! The last two are joined only when the line's own parameters name the encoding, and never across
//! a sentinel, so that one stray `=` cannot eat the neighbouring card.
//!
//! Phones of Samsung write a label as `TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=E5):`,
//! with soft line breaks in it where it is long. Only lines that are encoded throughout are joined
//! there.
//!
//! A search that runs into the end of the window says where it got to, and [`Pending`] keeps that
//! until more has arrived: no byte is searched twice, however small the pieces are. Starting over
//! with each piece instead would be quadratic, and a photo that arrives byte by byte would never
//! be read to its end.

use super::byte_class::{is_base64_digit, is_line_break, trim_end};
use super::line_head::is_quoted_printable;
use super::physical::{Ending, certain, physical_end, trim_cr, unsettled};
use super::sentinel::{self, Found};
use super::span::slice;
use super::wide;

/// How far the end of a line that is not complete yet has been searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pending {
    /// Bytes, from the start of the line, that hold no end of the logical line.
    searched: usize,
    run: Run,
    /// Whether the physical line at `searched` is known to belong to the run.
    joined: bool,
}

/// What joins the lines of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Run {
    Folds,
    SoftBreaks,
    Base64,
    EncodedHead,
}

impl Pending {
    /// Goes on later where a search ended.
    pub(super) fn new(run: Run, end: &RunEnd) -> Self {
        Pending {
            searched: end.resume,
            run,
            joined: end.joined,
        }
    }

    /// Goes on searching; whether lexing the line from its start can succeed now.
    pub fn ready(&mut self, line: &[u8], eof: bool) -> bool {
        let run = match self.run {
            Run::Folds => folds,
            Run::SoftBreaks => soft_breaks,
            Run::Base64 => base64_lines,
            Run::EncodedHead => encoded_lines,
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
    pub fn certain(&self, line: &[u8]) -> usize {
        match self.run {
            Run::SoftBreaks | Run::Base64 | Run::EncodedHead if !self.joined => self.searched,
            _ => certain(line),
        }
    }
}

/// Progress of a search for the end of a run of physical lines.
pub(super) struct RunEnd {
    /// The last line that belongs to it.
    pub ending: Ending,
    pub breaks: u32,
    /// Where to search on when more input is there.
    pub resume: usize,
    /// Whether the physical line at `resume` is known to belong to the run.
    pub joined: bool,
    /// Bytes that a soft break was about to join when a sentinel or the end came.
    pub open: bool,
}

impl RunEnd {
    pub fn at(from: usize) -> Self {
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
pub(super) fn folds(input: &[u8], end: &mut RunEnd, eof: bool) -> bool {
    loop {
        let Some(ending) = physical_end(input, end.resume, eof) else {
            let tail = slice(input, end.resume..);
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
/// known width holds no line break is cheaper than to search for one. Short ones are searched.
#[inline]
fn folds_of_width(input: &[u8], width: usize, end: &mut RunEnd) {
    while let Some((line, [b'\r', b'\n', b' ', ..])) = input
        .get(end.resume..)
        .and_then(|rest| rest.split_at_checked(width))
        && wide::any_of_many(line, is_line_break) == Some(false)
    {
        end.breaks += 1;
        end.resume += width + 3;
    }
}

/// From the end of a physical line that ends in a soft break to the end of the run.
pub(super) fn soft_breaks(input: &[u8], end: &mut RunEnd, eof: bool) -> bool {
    loop {
        if !end.joined {
            let rest = slice(input, end.resume..);
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
        if !ends_in_soft_break(slice(input, ..end.ending.content)) {
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

pub(crate) fn ends_in_soft_break(line: &[u8]) -> bool {
    trim_end(line).last() == Some(&b'=')
}

/// Whether a head without a colon ends in a soft line break, in the parentheses of
/// `X-CUSTOM(..,ENCODING=QUOTED-PRINTABLE,..)`.
pub(super) fn breaks_in_encoded_text(head: &[u8]) -> bool {
    const ENCODING: &[u8] = b"ENCODING=";
    // The colon may be on a fold of it.
    if !ends_in_soft_break(head) || memchr::memchr(b':', head).is_some() {
        return false;
    }
    let open = memchr::memrchr(b'(', head).and_then(|at| head.get(at + 1..));
    open.is_some_and(|text| {
        memchr::memchr(b')', text).is_none()
            && text.split(|byte| matches!(byte, b',' | b';')).any(|part| {
                part.split_at_checked(ENCODING.len())
                    .is_some_and(|(name, word)| {
                        name.eq_ignore_ascii_case(ENCODING) && is_quoted_printable(word)
                    })
            })
    })
}

/// How a line goes on with the text in the parentheses.
enum Encoded {
    /// Encoded octets and a soft break.
    Breaks,
    /// The parentheses are closed on it.
    Closes,
    Other,
}

/// Bytes of a line that tell how it goes on.
const ENCODED_LOOK: usize = 1024;

/// How the line at the start of the input goes on; none when more input is needed to tell.
fn continues_encoded(input: &[u8], eof: bool) -> Option<Encoded> {
    let looked_at = input.get(..ENCODED_LOOK).unwrap_or(input);
    let mut rest = looked_at;
    loop {
        rest = match rest {
            [b'=', high, low, after @ ..]
                if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
            {
                after
            }
            [b')', ..] => return Some(Encoded::Closes),
            [b'=', b' ' | b'\t' | b'\r' | b'\n', ..] if rest.len() < looked_at.len() => {
                return Some(Encoded::Breaks);
            }
            [] | [b'='] | [b'=', _] if looked_at.len() == ENCODED_LOOK => {
                return Some(Encoded::Breaks);
            }
            [] | [b'='] if !eof => return None,
            [b'=', digit] if digit.is_ascii_hexdigit() && !eof => return None,
            _ => return Some(Encoded::Other),
        };
    }
}

/// From the end of a physical line whose head breaks in encoded text to the line that closes the
/// parentheses, which is still to be taken; where none does, the head stays open. False when more
/// input is needed.
pub(super) fn encoded_lines(input: &[u8], end: &mut RunEnd, eof: bool) -> bool {
    loop {
        if !end.joined {
            let rest = input.get(end.resume..).unwrap_or_default();
            match continues_encoded(rest, eof) {
                Some(Encoded::Breaks) => {}
                Some(Encoded::Closes) => return true,
                Some(Encoded::Other) => {
                    end.open = true;
                    return true;
                }
                None => return false,
            }
        }
        if !join_line(input, end, eof) {
            return false;
        }
        if !ends_in_soft_break(input.get(..end.ending.content).unwrap_or_default()) {
            end.open = true;
            return true;
        }
    }
}

/// From the end of a physical line of base64 to the end of the block.
pub(super) fn base64_lines(input: &[u8], end: &mut RunEnd, eof: bool) -> bool {
    loop {
        if !end.joined {
            let rest = slice(input, end.resume..);
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
        let end = ending.map_or(looked_at.len(), |ending| ending.content);
        let piece = slice(looked_at, at..end);
        let piece = match ending {
            Some(_) => piece,
            None => trim_cr(piece),
        };
        let piece = trim_end(piece);
        if !piece
            .iter()
            .all(|byte| is_base64_digit(*byte) || *byte == b'=')
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
