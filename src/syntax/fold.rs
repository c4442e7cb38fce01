//! Folding and unfolding: RFC 6350, 3.2; vCard 2.1, 2.1.3.
//!
//! Both work on bytes, before any decoding, so that a character that a careless writer split
//! over two lines is whole again once the line is unfolded.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::byte_class::{is_white_space, trim_end};
use super::physical::physical_end;
use super::span::slice;

/// Octets of a physical line, its ending not counted. RFC 6350, 3.2.
pub(crate) const LINE_MAX: usize = 75;

/// What becomes of the white space character that marks a fold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FoldSpace {
    /// It goes, in 3.0 and 4.0.
    Removed,
    /// It stays: vCard 2.1 folds where there is white space already.
    Kept,
}

/// Without line breaks. Borrows when there are none.
pub(crate) fn unfold(folded: &[u8], space: FoldSpace) -> Cow<'_, [u8]> {
    let Some(first) = physical_end(folded, 0, true).filter(|end| end.next > end.content) else {
        return Cow::Borrowed(folded);
    };
    let mut unfolded = Vec::with_capacity(folded.len());
    match space {
        FoldSpace::Removed => {
            for piece in Pieces::new(folded) {
                unfolded.extend_from_slice(piece);
            }
        }
        FoldSpace::Kept => {
            let mut start = 0;
            let mut end = first;
            loop {
                unfolded.extend_from_slice(slice(folded, start..end.content));
                if end.next >= folded.len() {
                    break;
                }
                start = end.next;
                match physical_end(folded, start, true) {
                    Some(next) => end = next,
                    None => break,
                }
            }
        }
    }
    Cow::Owned(unfolded)
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

/// As [`source_offset`] in a head, which may have soft line breaks too.
pub(crate) fn head_offset(logical: &[u8], unfolded: usize) -> usize {
    let mut pieces = Pieces::of_head(logical);
    let mut left = unfolded;
    loop {
        let at = pieces.next;
        match pieces.next() {
            Some(piece) if left >= piece.len() => left -= piece.len(),
            _ => {
                let first = logical.get(at);
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
        self.done = ending.next >= self.logical.len();
        self.next = ending.next;
        let after = self.logical.get(ending.next);
        if self.soft && after.is_some_and(|byte| !is_white_space(*byte)) {
            return Some(trim_end(piece).strip_suffix(b"=").unwrap_or(piece));
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
        assert_eq!(&*unfold(b"a\r\n  b", FoldSpace::Removed), b"a b");
        assert_eq!(&*unfold(b"a\n\tb\r c", FoldSpace::Removed), b"abc");
        assert_eq!(&*unfold(b"a\r\n b", FoldSpace::Kept), b"a b");
        assert!(matches!(
            unfold(b"ab", FoldSpace::Removed),
            Cow::Borrowed(b"ab")
        ));
    }

    #[test]
    fn ok_joins_a_split_character() {
        assert_eq!(
            &*unfold(b"caf\xC3\r\n \xA9", FoldSpace::Removed),
            "café".as_bytes()
        );
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
            prop_assert_eq!(&*unfold(body.as_bytes(), FoldSpace::Removed), text.as_bytes());
        }
    }
}
