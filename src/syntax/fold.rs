//! Folding and unfolding: RFC 6350, 3.2; vCard 2.1, 2.1.3.
//!
//! Both work on bytes, before any decoding, so that a character that a careless writer split
//! over two lines is whole again once the line is unfolded.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::byte_class::{is_white_space, trim_end};
use super::physical::{Ending, physical_end};
use super::span::{self, slice};

/// Octets of a physical line, its ending not counted. RFC 6350, 3.2.
pub(crate) const LINE_MAX: usize = 75;

/// Without line breaks, and the one white space character after each. Borrows when there are none.
///
/// The letter of 2.1 keeps that character, since it folds where white space stands already. Nearly
/// all producers fold anywhere and put one there, or a second one, and readers drop it.
pub(crate) fn unfold(folded: &[u8]) -> Cow<'_, [u8]> {
    let Some(first) = first_fold(folded) else {
        return Cow::Borrowed(folded);
    };
    let mut unfolded = Vec::with_capacity(folded.len());
    each_piece(folded, first, |piece| {
        unfolded.extend_from_slice(slice(folded, piece));
    });
    Cow::Owned(unfolded)
}

/// As [`unfold`], of a text. No fold splits a character of it, so that the pieces are texts, too, and need
/// not be looked at again.
pub(crate) fn unfold_text(folded: &str) -> Cow<'_, str> {
    let Some(first) = first_fold(folded.as_bytes()) else {
        return Cow::Borrowed(folded);
    };
    let mut unfolded = String::with_capacity(folded.len());
    each_piece(folded.as_bytes(), first, |piece| {
        unfolded.push_str(span::text(folded, piece));
    });
    Cow::Owned(unfolded)
}

/// Where the first physical line ends, if another follows.
fn first_fold(folded: &[u8]) -> Option<Ending> {
    physical_end(folded, 0, true).filter(|end| end.next > end.content)
}

/// As [`Pieces`] gives them, of which a photo has thousands.
#[inline]
fn each_piece(folded: &[u8], first: Ending, mut each: impl FnMut(Range<usize>)) {
    let (mut start, mut end) = (0, first);
    loop {
        each(start..end.content);
        let Some(byte) = folded.get(end.next) else {
            return;
        };
        start = end.next + usize::from(is_white_space(*byte));
        match physical_end(folded, start, true) {
            Some(next) => end = next,
            None => return,
        }
    }
}

/// Appends a logical line, folded to at most 75 octets a physical line, with `ending` after
/// each. Never splits a UTF-8 sequence.
///
/// `logical` holds no line break; that is the caller's business.
pub(crate) fn fold(logical: &[u8], ending: &str, out: &mut Vec<u8>) {
    let mut rest = logical;
    let mut room = LINE_MAX;
    while rest.len() > room {
        let mut at = room;
        // Four octets are the longest sequence; bytes that are no UTF-8 are cut anywhere.
        while at > room - 3 && rest.get(at).is_some_and(|byte| byte & 0xC0 == 0x80) {
            at -= 1;
        }
        if rest.get(at).is_some_and(|byte| byte & 0xC0 == 0x80) {
            at = room;
        }
        let Some((line, after)) = rest.split_at_checked(at) else {
            break;
        };
        out.extend_from_slice(line);
        out.extend_from_slice(ending.as_bytes());
        out.push(b' ');
        rest = after;
        room = LINE_MAX - 1;
    }
    out.extend_from_slice(rest);
    out.extend_from_slice(ending.as_bytes());
}

/// The offset in a folded line of the byte that has the offset `unfolded` once it is unfolded. Lines of it
/// that no white space begins come after soft line breaks.
pub(crate) fn source_offset(logical: &[u8], unfolded: usize) -> usize {
    offset_in(Pieces::new(logical), unfolded)
}

/// As [`source_offset`] in a head, without whose soft line breaks it is counted.
pub(crate) fn head_offset(logical: &[u8], unfolded: usize) -> usize {
    offset_in(Pieces::of_head(logical), unfolded)
}

fn offset_in(mut pieces: Pieces<'_>, unfolded: usize) -> usize {
    let mut left = unfolded;
    loop {
        let at = pieces.next;
        match pieces.next() {
            Some(piece) if left >= piece.len() => left -= piece.len(),
            _ => {
                let first = pieces.logical.get(at);
                let fold = at > 0 && first.is_none_or(|byte| is_white_space(*byte));
                return at + usize::from(fold) + left;
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
    /// Whether the `=` goes where no fold follows.
    soft: bool,
}

impl<'a> Pieces<'a> {
    pub fn new(logical: &'a [u8]) -> Self {
        Pieces {
            logical,
            next: 0,
            done: false,
            soft: false,
        }
    }

    /// Of a head, in which a line that is no fold comes after a soft line break.
    pub fn of_head(logical: &'a [u8]) -> Self {
        Pieces {
            soft: true,
            ..Pieces::new(logical)
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
        let piece = slice(self.logical, self.next..ending.content);
        let piece = match piece.split_first() {
            Some((first, after)) if self.next > 0 && is_white_space(*first) => after,
            _ => piece,
        };
        self.next = ending.next;
        match self.logical.get(ending.next) {
            None => self.done = true,
            Some(after) if self.soft && !is_white_space(*after) => {
                return Some(trim_end(piece).strip_suffix(b"=").unwrap_or(piece));
            }
            Some(_) => {}
        }
        Some(piece)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;
    use proptest::prelude::*;

    #[test]
    fn ok_removes_one_white_space_character() {
        assert_eq!(&*unfold(b"a\r\n  b"), b"a b");
        assert_eq!(&*unfold(b"a\n\tb\r c"), b"abc");
        assert!(matches!(unfold(b"ab"), Cow::Borrowed(b"ab")));
    }

    #[test]
    fn ok_joins_a_split_character() {
        assert_eq!(&*unfold(b"caf\xC3\r\n \xA9"), "café".as_bytes());
    }

    #[test]
    fn ok_an_octet_is_found_behind_folds_and_soft_breaks() {
        for folded in [
            &b"a=\r\nbc\r\n  d"[..],
            b"a=\nbc\n  d",
            b"a=\rbc\r\td",
            b"abc",
        ] {
            for (offset, octet) in unfold(folded).iter().enumerate() {
                assert_eq!(folded.get(source_offset(folded, offset)), Some(octet));
            }
        }
    }

    proptest! {
        #[test]
        fn ok_fold_then_unfold(text in "[a-zé😀 \t;:,]{0,400}") {
            let mut folded = Vec::new();
            fold(text.as_bytes(), "\r\n", &mut folded);
            let folded = String::from_utf8(folded).unwrap();
            let body = folded.strip_suffix("\r\n").unwrap();
            for line in body.split("\r\n") {
                prop_assert!(line.len() <= LINE_MAX);
            }
            prop_assert_eq!(&*unfold(body.as_bytes()), text.as_bytes());
        }
    }
}
