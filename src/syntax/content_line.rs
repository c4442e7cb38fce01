//! One logical line as a view on the input.

use alloc::borrow::Cow;

use super::flags::Flags;
use super::fold::{unfold, unfold_text};
use super::lexer::Line;
use super::line_head::Dialect;
use super::parameter::{ParameterRef, Parameters};
use super::quoted_printable;
use super::span::{self, slice};
use crate::version::Version;

/// A logical line: group, name, parameters and value, and the bytes they were read from.
///
/// Blank lines and lines that are no content lines are lines too: see
/// [`is_content`](Self::is_content). RFC 6350, 3.3.
///
/// ```
/// use vcardinal::LineReader;
///
/// let mut reader = LineReader::from_slice(b"item1.TEL;TYPE=cell:+1 415\n");
/// let line = reader.next_line()?.unwrap();
/// assert_eq!((line.group(), line.name()), (Some("item1"), "TEL"));
/// assert_eq!(line.parameter("TYPE").unwrap().value(), "cell");
/// assert_eq!(&*line.value(), b"+1 415");
/// # Ok::<(), vcardinal::Error>(())
/// ```
#[derive(Clone, Copy, Default)]
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
    ///
    /// ```
    /// use vcardinal::LineReader;
    ///
    /// let mut reader = LineReader::from_slice(b"no colon\nFN:A\n");
    /// assert!(!reader.next_line()?.unwrap().is_content());
    /// assert!(reader.next_line()?.unwrap().is_content());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
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
    ///
    /// ```
    /// use vcardinal::LineReader;
    ///
    /// let mut reader = LineReader::from_slice(b"NOTE:one\r\n  two\r\nFN:A\r\n");
    /// assert_eq!(reader.next_line()?.unwrap().raw(), b"NOTE:one\r\n  two\r\n");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
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
    ///
    /// ```
    /// use vcardinal::LineReader;
    ///
    /// let mut reader = LineReader::from_slice(b"item1.Tel:1\n");
    /// assert!(reader.next_line()?.unwrap().is("TEL"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
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

    /// The parameters in order. Escapes of RFC 6868 are decoded, as in 4.0.
    #[must_use]
    pub fn parameters(&self) -> Parameters<'a> {
        self.parameters_of(Version::V4_0)
    }

    pub(crate) fn parameters_of(&self, version: Version) -> Parameters<'a> {
        Parameters::new(
            self.parameter_text(),
            self.dialect(),
            version == Version::V4_0,
        )
    }

    /// The first parameter of this name, written or meant, in any letter case.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<ParameterRef<'a>> {
        self.parameters().find(|parameter| parameter.is(name))
    }

    /// The value as it stands in the input, folds and soft breaks in it.
    ///
    /// ```
    /// use vcardinal::LineReader;
    ///
    /// let mut reader = LineReader::from_slice(b"NOTE:one\r\n  two\r\n");
    /// assert_eq!(reader.next_line()?.unwrap().raw_value(), b"one\r\n  two");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn raw_value(&self) -> &'a [u8] {
        self.value
    }

    /// The value where nothing has to be undone to read it: no fold, no encoding, no charset.
    #[inline]
    pub(crate) fn plain_value(&self) -> Option<&'a [u8]> {
        self.value_without(Flags::WRAPPED)
    }

    /// The text of the value where no more than folds have to be undone to read it, and it is UTF-8 with
    /// the folds in it.
    #[inline]
    pub(crate) fn plain_text(&self) -> Option<Cow<'a, str>> {
        let value = self.value_without(Flags::QUOTED_PRINTABLE.or(Flags::NESTED))?;
        let text = simdutf8::basic::from_utf8(value).ok()?;
        Some(match self.flags.has(Flags::VALUE_FOLDED) {
            true => unfold_text(text),
            false => Cow::Borrowed(text),
        })
    }

    /// The value where it has none of these flags and no charset.
    #[inline]
    fn value_without(&self, flags: Flags) -> Option<&'a [u8]> {
        // One test for nearly all lines.
        let is_so = !self.flags.has(flags.or(Flags::MAY_NAME_CHARSET))
            || (!self.flags.has(flags) && self.charset_parameter().is_none());
        is_so.then_some(self.value)
    }

    /// The first CHARSET. Nearly no line has one, and the flags say so without a search.
    #[inline]
    pub(crate) fn charset_parameter(&self) -> Option<ParameterRef<'a>> {
        match self.flags.has(Flags::MAY_NAME_CHARSET) {
            true => self.parameter("CHARSET"),
            false => None,
        }
    }

    /// The value unfolded, quoted-printable decoded; escapes and charset are as in the input.
    ///
    /// One white space character goes with each fold, in 2.1 too, whose letter keeps it: nearly all
    /// who write and read 2.1 have it so.
    ///
    /// ```
    /// use vcardinal::LineReader;
    ///
    /// let mut reader = LineReader::from_slice(b"N;ENCODING=QUOTED-PRINTABLE:Zo=\r\n=C3=AB\r\n");
    /// assert_eq!(&*reader.next_line()?.unwrap().value(), "Zoë".as_bytes());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn value(&self) -> Cow<'a, [u8]> {
        // The lines of a nested card are no folds.
        if self.flags.has(Flags::NESTED) {
            return Cow::Borrowed(self.value);
        }
        if self.flags.has(Flags::QUOTED_PRINTABLE) {
            if !self.flags.has(Flags::VALUE_FOLDED) && memchr::memchr(b'=', self.value).is_none() {
                return Cow::Borrowed(self.value);
            }
            return Cow::Owned(quoted_printable::decode(self.value));
        }
        if !self.flags.has(Flags::VALUE_FOLDED) {
            return Cow::Borrowed(self.value);
        }
        unfold(self.value)
    }

    /// Whether the line's parameters say that its value is quoted-printable.
    ///
    /// ```
    /// use vcardinal::LineReader;
    ///
    /// let mut reader = LineReader::from_slice(b"N;QUOTED-PRINTABLE:A=20B\nPHOTO;BASE64:QUJD\n\n");
    /// assert!(reader.next_line()?.unwrap().is_quoted_printable());
    /// assert!(reader.next_line()?.unwrap().is_base64());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
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
    use crate::card::Card;
    use crate::syntax::flags::Flags;
    use alloc::format;
    use proptest::prelude::*;

    proptest! {
        /// No parameter that a search finds is missed by the flags, however the line is folded and
        /// by the rules of whichever version its head is read.
        #[test]
        fn ok_the_flags_miss_no_parameter(
            version in prop::sample::select(&["2.1", "3.0", "4.0"][..]),
            text in "(;?[ \t]?(\r\n )?(CHARSET|charset|value|VALUE|inline|Url|CID|content-id|TYPE|\"|\\\\)?[ ]?[=;,\":]?(\r\n\t)?[a;]?){0,4}"
        ) {
            let input = format!(
                "BEGIN:VCARD\r\nVERSION:{version}\r\nTEL;{text}:1\r\nEND:VCARD\r\n"
            );
            for line in Card::parse(&input).unwrap().lines().map(|property| property.line()) {
                if line.parameter("CHARSET").is_some() {
                    prop_assert!(line.flags().has(Flags::MAY_NAME_CHARSET));
                }
                if line.parameter("VALUE").is_some() {
                    prop_assert!(line.flags().has(Flags::MAY_NAME_TYPE));
                }
            }
        }
    }
}
