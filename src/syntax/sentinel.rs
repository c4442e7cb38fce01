//! The lines that frame a card.
//!
//! A logical line `[group.]BEGIN ws : ws VCARD ws`, END alike, in any letter case. RFC 6350,
//! 6.1.1 and 6.1.2; the group is RFC 2425, 5.8.2, the white space vCard 2.1.
//!
//! A sentinel is one as soon as its last letter and line ending are there: what follows it,
//! even if it begins with white space, is no part of it. So nothing that comes after a card can
//! change the card.

use super::byte_class::{is_in_name, trim_end};
use super::physical::{Ending, physical_end};
use super::span::{slice, split};

/// Which end of a card a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sentinel {
    Begin,
    End,
}

/// What stands at the start of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// A sentinel that reaches to the end of the physical line `end`; `breaks` lines of it.
    Sentinel {
        sentinel: Sentinel,
        end: Ending,
        breaks: u32,
    },
    Other,
    /// It depends on bytes that are not there yet.
    NeedMore,
}

/// Bytes of a sentinel on one physical line, white space included. Longer ones are lines like any
/// other: that bounds how far a reader must look to tell.
const LINE_MAX: usize = 1024;

/// Bytes within which a folded sentinel must end. Longer ones are lines like any other.
const FOLDED_MAX: usize = 512;

/// Whether one physical line, without its ending, is a sentinel.
pub(crate) fn sentinel(line: &[u8]) -> Option<Sentinel> {
    // Only a line whose last letter is D, in either case, gets further than this.
    let line = trim_end(line);
    if !matches!(line.last(), Some(b'd' | b'D')) {
        return None;
    }
    let (before, value) = line.split_at_checked(line.len().checked_sub(5)?)?;
    if !value.eq_ignore_ascii_case(b"VCARD") {
        return None;
    }
    let head = trim_end(trim_end(before).strip_suffix(b":")?);
    let (group, name) = match memchr::memrchr(b'.', head) {
        Some(dot) => head.split_at_checked(dot)?,
        None => (&[][..], head),
    };
    let (grouped, name) = match name.strip_prefix(b".") {
        Some(name) => (true, name),
        None => (false, name),
    };
    if grouped && (group.is_empty() || !group.iter().all(|byte| is_in_group(*byte))) {
        return None;
    }
    if name.eq_ignore_ascii_case(b"BEGIN") {
        Some(Sentinel::Begin)
    } else if name.eq_ignore_ascii_case(b"END") {
        Some(Sentinel::End)
    } else {
        None
    }
}

/// Looks for a sentinel, folded or not, at the start of a line.
#[inline]
pub(crate) fn find(input: &[u8], eof: bool) -> Found {
    match usual(input) {
        Some(found) => found,
        None => search(input, eof),
    }
}

/// The two lines as nearly everybody writes them.
#[inline]
fn usual(input: &[u8]) -> Option<Found> {
    let (sentinel, content, after) = match input {
        [
            b'B',
            b'E',
            b'G',
            b'I',
            b'N',
            b':',
            b'V',
            b'C',
            b'A',
            b'R',
            b'D',
            after @ ..,
        ] => (Sentinel::Begin, 11, after),
        [
            b'E',
            b'N',
            b'D',
            b':',
            b'V',
            b'C',
            b'A',
            b'R',
            b'D',
            after @ ..,
        ] => (Sentinel::End, 9, after),
        _ => return None,
    };
    let width = match after {
        [b'\r', b'\n', ..] => 2,
        [b'\n', ..] => 1,
        _ => return None,
    };
    let end = Ending {
        content,
        next: content + width,
    };
    Some(Found::Sentinel {
        sentinel,
        end,
        breaks: 1,
    })
}

fn search(input: &[u8], eof: bool) -> Found {
    // A longer line is not looked at whole, however often it is asked about.
    let window = input.get(..LINE_MAX + 3).unwrap_or(input);
    let Some(first) = physical_end(window, 0, eof && window.len() == input.len()) else {
        return if input.len() <= LINE_MAX + 2 {
            Found::NeedMore
        } else {
            Found::Other
        };
    };
    if first.content > LINE_MAX {
        return Found::Other;
    }
    let line = slice(input, ..first.content);
    if let Some(sentinel) = sentinel(line) {
        return Found::Sentinel {
            sentinel,
            end: first,
            breaks: 1,
        };
    }
    if !may_begin(line) {
        return Found::Other;
    }
    let mut unfolded = [0; FOLDED_MAX];
    let mut len = 0;
    let mut breaks = 0;
    let mut physical = first;
    let mut start = 0;
    loop {
        let Some(piece) = input.get(start..physical.content) else {
            return Found::Other;
        };
        let Some(room) = unfolded.get_mut(len..len + piece.len()) else {
            return Found::Other;
        };
        room.copy_from_slice(piece);
        len += piece.len();
        breaks += 1;
        let text = slice(&unfolded, ..len);
        if breaks > 1
            && let Some(sentinel) = sentinel(text)
        {
            return Found::Sentinel {
                sentinel,
                end: physical,
                breaks,
            };
        }
        if physical.next > FOLDED_MAX {
            return Found::Other;
        }
        match input.get(physical.next) {
            Some(b' ' | b'\t') => start = physical.next + 1,
            Some(_) => return Found::Other,
            None if eof => return Found::Other,
            None => return Found::NeedMore,
        }
        physical = match physical_end(input, start, eof) {
            Some(physical) => physical,
            None if input.len() - start < FOLDED_MAX + 2 => return Found::NeedMore,
            None => return Found::Other,
        };
    }
}

/// Whether the first physical line of a folded sentinel could look like this.
fn may_begin(line: &[u8]) -> bool {
    if line.is_empty() || line.len() > FOLDED_MAX {
        return false;
    }
    let (group, name) = match memchr::memrchr(b'.', line) {
        Some(dot) => split(line, dot + 1),
        None => (&[][..], line),
    };
    let is_prefix = |word: &[u8]| {
        let start = name.get(..word.len()).unwrap_or(name);
        word.get(..start.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(start))
    };
    group.iter().all(|byte| is_in_group(*byte))
        && (is_prefix(b"BEGIN") || is_prefix(b"END") || name.iter().all(|byte| is_in_group(*byte)))
}

/// What a group, or a group of groups, is made of.
fn is_in_group(byte: u8) -> bool {
    is_in_name(byte) || byte == b'.'
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: [&str; 15] = [
        "BEGIN:VCARD\r\n",
        "BEGIN:VCARD\n",
        "END:VCARD\r\nx",
        "END:VCARD\n x",
        "BEGIN:VCARD\r",
        "BEGIN:VCARDS\r\n",
        "END:VCARD",
        "end : vcard \n",
        "a.b.END:VCARD\n",
        "B\n EGIN:VCARD\nx",
        ".END:VCARD\n",
        "END;X=1:VCARD\n",
        ",a.BEGIN:VCARD\n",
        "a.b\n c.BEGIN:VCARD\n",
        "a,\n b.BEGIN:VCARD\n",
    ];

    #[test]
    fn ok_the_short_way_finds_what_the_search_finds() {
        for line in LINES {
            for eof in [false, true] {
                for cut in 0..=line.len() {
                    let input = line.as_bytes().get(..cut).unwrap();
                    assert_eq!(
                        find(input, eof),
                        search(input, eof),
                        "{line:?} cut at {cut}"
                    );
                }
            }
        }
    }

    #[test]
    fn ok_what_is_a_sentinel() {
        let found = LINES.map(|line| matches!(find(line.as_bytes(), true), Found::Sentinel { .. }));
        let expected = [
            true, true, true, true, true, false, true, true, true, true, false, false, false, true,
            false,
        ];
        assert_eq!(found, expected);
    }
}
