//! Where a physical line ends.
//!
//! The window that a reader sees may end anywhere, also between the CR and the LF of one line
//! ending. So the answer has three forms: here, not yet known, and, at the end of the input, there.

use memchr::memchr2;

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

/// How many line endings there are in a text: CRLF, LF, CR, or CR CR LF. RFC 6350, 3.2.
///
/// ```
/// assert_eq!(vcardinal::syntax::line_breaks(b"a\r\nb\nc\rd\r\r\ne"), 4);
/// ```
#[must_use]
pub fn line_breaks(text: &[u8]) -> u64 {
    let mut breaks = 0;
    let mut start = 0;
    while let Some(end) = physical_end(text, start, true).filter(|end| end.next > end.content) {
        breaks += 1;
        start = end.next;
    }
    breaks
}

/// Bytes at the end of a window that are CRs and could begin a line ending: at most two, as in
/// CR CR LF. They must be looked at again when more is there.
pub(crate) fn unsettled(window: &[u8]) -> usize {
    let from_the_end = window.iter().rev().take(2);
    from_the_end.take_while(|byte| **byte == b'\r').count()
}

/// Bytes of an incomplete physical line that belong to it, whatever follows: the second of two CR
/// could be a line by itself.
pub(crate) fn certain(line: &[u8]) -> usize {
    line.len() - usize::from(line.ends_with(b"\r\r"))
}

/// Without the CR at the end that could begin a line ending.
pub(crate) fn trim_cr(mut line: &[u8]) -> &[u8] {
    while let [before @ .., b'\r'] = line {
        line = before;
    }
    line
}
