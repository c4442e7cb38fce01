//! One logical line as a view on the input.

use alloc::borrow::Cow;

use super::flags::Flags;
use super::fold::{FoldSpace, unfold};
use super::grammar::Dialect;
use super::lexer::Line;
use super::parameter::{ParameterRef, Parameters};
use super::quoted_printable;
use super::span::{self, slice};
use crate::version::Version;

/// A logical line: group, name, parameters and value, and the bytes they were read from.
///
/// Blank lines and lines that are no content lines are lines too: see
/// [`is_content`](Self::is_content). RFC 6350, 3.3.
#[derive(Debug, Clone, Copy)]
pub struct ContentLine<'a> {
    raw: &'a [u8],
    /// Unfolded, without the colon.
    head: &'a [u8],
    value: &'a [u8],
    name_at: u16,
    name: u16,
    flags: Flags,
}

impl<'a> ContentLine<'a> {
    /// `raw` is the line as in the input, `base` the offset of its first byte in what the spans
    /// of `line` count from.
    pub(crate) fn new(raw: &'a [u8], line: &Line, tail: &'a [u8]) -> Self {
        let value_at = (line.value - line.start) as usize;
        let end = raw.len().saturating_sub(line.flags.ending());
        let value = slice(raw, value_at..end);
        let head = if line.flags.has(Flags::HEAD_FOLDED) {
            super::lexer::head_in_tail(tail, line.head as usize)
        } else {
            let head_at = (line.head - line.start) as usize;
            slice(raw, head_at..value_at.saturating_sub(1))
        };
        ContentLine {
            raw,
            head,
            value,
            name_at: line.name_at() as u16,
            name: line.name,
            flags: line.flags,
        }
    }

    pub(crate) fn flags(&self) -> Flags {
        self.flags
    }

    /// Whether it has a name and a colon. If not, all of it is its value.
    #[must_use]
    pub fn is_content(&self) -> bool {
        self.name > 0
    }

    /// Whether there is nothing in it: one or more blank lines.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.flags.has(Flags::BLANK)
    }

    /// The line as it stands in the input, with folds and line ending.
    #[must_use]
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// The group before the name, without its dot. vCard 2.1 has groups of groups: `a.b`.
    #[must_use]
    pub fn group(&self) -> Option<&'a str> {
        let group = span::get(self.head, ..usize::from(self.name_at).checked_sub(1)?)?;
        core::str::from_utf8(group).ok()
    }

    /// The name as it is written; empty for a line that is no content line.
    #[must_use]
    pub fn name(&self) -> &'a str {
        // The lexer takes no other names than ASCII ones.
        core::str::from_utf8(self.name_bytes()).unwrap_or_default()
    }

    pub(crate) fn name_bytes(&self) -> &'a [u8] {
        let at = usize::from(self.name_at);
        slice(self.head, at..at + usize::from(self.name))
    }

    /// Whether it has this name, in any letter case.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name_bytes().eq_ignore_ascii_case(name.as_bytes())
    }

    /// Group, name and parameters, unfolded, without the colon.
    pub(crate) fn head(&self) -> &'a [u8] {
        self.head
    }

    fn dialect(&self) -> Dialect {
        if self.flags.has(Flags::BACKSLASH_ESCAPES) {
            Dialect::Backslash
        } else if self.flags.has(Flags::LITERAL_QUOTES) {
            Dialect::Literal
        } else {
            Dialect::Quoting
        }
    }

    /// What stands between the name and the colon, without its first semicolon.
    pub(crate) fn parameter_text(&self) -> Option<&'a [u8]> {
        let at = usize::from(self.name_at) + usize::from(self.name);
        let after = span::get(self.head, at..)?;
        let semicolon = after.iter().position(|byte| *byte == b';')?;
        span::get(after, semicolon + 1..)
    }

    /// Whether some parameter may begin with one of these small letters: a glance that spares most
    /// lines the search for a parameter they do not have.
    #[inline]
    pub(crate) fn may_have_parameter(&self, first: impl Fn(u8) -> bool) -> bool {
        let Some(text) = self.parameter_text() else {
            return false;
        };
        // A semicolon in quotes begins none, which costs no more than the search. White space may
        // stand before a name.
        text.split(|byte| *byte == b';').any(|one| {
            one.first()
                .is_some_and(|byte| *byte <= b' ' || first(byte | 0x20))
        })
    }

    /// The parameters in order. Escapes of RFC 6868 are decoded, as in 4.0.
    #[must_use]
    pub fn parameters(&self) -> Parameters<'a> {
        self.parameters_of(Some(Version::V4_0))
    }

    pub(crate) fn parameters_of(&self, version: Option<Version>) -> Parameters<'a> {
        Parameters::new(
            self.parameter_text(),
            self.dialect(),
            version == Some(Version::V4_0),
        )
    }

    /// The first parameter of this name, written or meant, in any letter case.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<ParameterRef<'a>> {
        self.parameters().find(|parameter| parameter.is(name))
    }

    /// The value as it stands in the input, folds and soft breaks in it.
    #[must_use]
    pub fn raw_value(&self) -> &'a [u8] {
        self.value
    }

    /// The value where nothing has to be undone to read it: no fold, no encoding, no charset.
    #[inline]
    pub(crate) fn plain_value(&self) -> Option<&'a [u8]> {
        let plain = !self.flags.has(Flags::WRAPPED)
            && (!self.may_have_parameter(|letter| letter == b'c')
                || self.parameter("CHARSET").is_none());
        plain.then_some(self.value)
    }

    /// The value unfolded, quoted-printable decoded; escapes and charset are as in the input.
    ///
    /// The version decides what becomes of the white space at a fold: 2.1 keeps it.
    #[must_use]
    pub fn value(&self, version: Option<Version>) -> Cow<'a, [u8]> {
        // The lines of a nested card are no folds.
        if self.flags.has(Flags::NESTED) {
            return Cow::Borrowed(self.value);
        }
        let space = match version {
            Some(Version::V2_1) => FoldSpace::Kept,
            _ => FoldSpace::Removed,
        };
        if self.flags.has(Flags::QUOTED_PRINTABLE) {
            if !self.flags.has(Flags::VALUE_FOLDED) && memchr::memchr(b'=', self.value).is_none() {
                return Cow::Borrowed(self.value);
            }
            return Cow::Owned(quoted_printable::decode(self.value, space));
        }
        if !self.flags.has(Flags::VALUE_FOLDED) {
            return Cow::Borrowed(self.value);
        }
        // A fold inside base64 is no more than that in 2.1 either.
        let space = if self.flags.has(Flags::BASE64) {
            FoldSpace::Removed
        } else {
            space
        };
        unfold(self.value, space)
    }

    /// Whether the line's parameters say that its value is quoted-printable.
    #[must_use]
    pub fn is_quoted_printable(&self) -> bool {
        self.flags.has(Flags::QUOTED_PRINTABLE)
    }

    /// Whether the line's parameters say that its value is base64.
    #[must_use]
    pub fn is_base64(&self) -> bool {
        self.flags.has(Flags::BASE64)
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::LineReader;
    use alloc::format;
    use proptest::prelude::*;

    proptest! {
        /// No parameter that a search finds is missed at a glance.
        #[test]
        fn ok_the_glance_misses_no_parameter(
            text in "(;?[ \t]?(CHARSET|charset|value|VALUE|inline|Url|CID|content-id|TYPE|\"|\\\\)?[ ]?[=;,\"]?[a;]?){0,4}"
        ) {
            let input = format!("BEGIN:VCARD\r\nVERSION:2.1\r\nTEL;{text}:1\r\nEND:VCARD\r\n");
            let mut lines = LineReader::from_slice(input.as_bytes());
            while let Some(line) = lines.next_line().unwrap() {
                if line.parameter("CHARSET").is_some() {
                    prop_assert!(line.may_have_parameter(|letter| letter == b'c'));
                }
                if line.parameter("VALUE").is_some() {
                    let may = |letter| matches!(letter, b'v' | b'i' | b'u' | b'c');
                    prop_assert!(line.may_have_parameter(may));
                }
            }
        }
    }
}
