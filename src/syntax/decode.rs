//! Value bytes to text, and what was done on the way.

use alloc::borrow::Cow;
use alloc::string::String;

use super::charset::{self, Charset};
use super::content_line::ContentLine;
use super::escape;
use super::flags::Flags;
use super::quoted_printable;
use super::span::slice;
use crate::version::Version;

/// Text of a value, and what was undone to get at it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decoded<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// Folds or soft line breaks were joined.
    pub unfolded: bool,
    /// Quoted-printable was decoded.
    pub quoted_printable: bool,
    /// The charset it was converted from, when that was not UTF-8.
    pub charset: Option<&'static str>,
    /// The property does not name that charset: it was the caller's
    /// [fall-back](crate::Card::set_fallback_charset).
    pub charset_assumed: bool,
    /// Backslash escapes were resolved.
    pub unescaped: bool,
}

/// Why the text of a value is not to be had. The bytes are kept as they are all the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextError {
    /// No charset is named, and the bytes are not UTF-8.
    #[error("byte {valid_up_to} of the value is not UTF-8, and the property names no charset")]
    NotUtf8 {
        /// Bytes of the unfolded value before the first that is not UTF-8.
        valid_up_to: usize,
    },
    /// The charset is not known, or the feature `charset` is not there.
    #[error("the charset {label:?} is not known{}", if cfg!(feature = "charset") { "" } else { " without the feature `charset`" })]
    UnknownCharset {
        /// The charset's name as it is written, 40 characters of it at most.
        label: String,
    },
    /// A list or a structured value has more values than
    /// [`Limits::values`](crate::Limits::values) allows.
    #[error("the value has more than {max} values")]
    TooManyValues {
        /// The limit.
        max: usize,
    },
    /// The bytes are no text of the charset that the property names.
    #[error("the value is not {label} as its property says")]
    Malformed {
        /// The charset's name as it is written, 40 characters of it at most.
        label: String,
    },
}

/// The text of a line's value before its escapes are resolved.
pub(crate) fn raw_text<'a>(
    line: &ContentLine<'a>,
    fallback: Option<Charset>,
) -> Result<Decoded<'a>, TextError> {
    Reading::of(line, fallback).read(line.value())
}

/// As [`raw_text`], and the version whose escapes are in it, where quoted-printable of 2.1 tells what
/// separates and escapes from what is text.
///
/// `parts` is whether the value has components. The largest producer encodes each of them by itself,
/// and parts them before it decodes them: with a bare semicolon in the value, one that is encoded is
/// text. A backslash before an encoded letter is text too: whoever encodes letters means them.
pub(crate) fn raw<'a>(
    line: &ContentLine<'a>,
    version: Version,
    parts: bool,
    fallback: Option<Charset>,
) -> Result<(Decoded<'a>, Version), TextError> {
    let reading = Reading::of(line, fallback);
    if version == Version::V2_1
        && line.is_quoted_printable()
        && let Some(decoded) = reading.encoded(line.raw_value(), parts)?
    {
        return Ok((decoded, Version::V3_0));
    }
    Ok((reading.read(line.value())?, version))
}

/// How the octets of a value are read.
struct Reading<'a> {
    label: Option<Cow<'a, str>>,
    fallback: Option<Charset>,
    unfolded: bool,
    quoted_printable: bool,
}

impl<'a> Reading<'a> {
    fn of(line: &ContentLine<'a>, fallback: Option<Charset>) -> Self {
        let label = line.charset_parameter().map(|parameter| parameter.value());
        Reading {
            // An empty CHARSET names none.
            label: label.filter(|label| !label.trim().is_empty()),
            fallback,
            unfolded: line.flags().has(Flags::VALUE_FOLDED),
            quoted_printable: line.is_quoted_printable(),
        }
    }

    fn nothing<'b>(&self) -> Decoded<'b> {
        Decoded {
            text: Cow::Borrowed(""),
            unfolded: self.unfolded,
            quoted_printable: self.quoted_printable,
            charset: None,
            charset_assumed: false,
            unescaped: false,
        }
    }

    fn read<'b>(&self, bytes: Cow<'b, [u8]>) -> Result<Decoded<'b>, TextError> {
        let mut decoded = self.nothing();
        let label = self.label.as_deref();
        let malformed = |label: &str| TextError::Malformed {
            label: shortened(label),
        };
        match label.filter(|label| !charset::is_utf8(label)) {
            None => match utf8(bytes) {
                Ok(text) => decoded.text = text,
                Err((bytes, valid_up_to)) => {
                    if let Some(label) = label {
                        return Err(malformed(label));
                    }
                    let fallback = self.fallback;
                    let assumed =
                        fallback.and_then(|charset| Some((charset, charset.read(bytes)?)));
                    let (charset, text) = assumed.ok_or(TextError::NotUtf8 { valid_up_to })?;
                    decoded.text = text;
                    decoded.charset = Some(charset.name());
                    decoded.charset_assumed = true;
                }
            },
            Some(label) => {
                let charset =
                    Charset::for_label(label).ok_or_else(|| TextError::UnknownCharset {
                        label: shortened(label),
                    })?;
                decoded.text = charset.read(bytes).ok_or_else(|| malformed(label))?;
                decoded.charset = Some(charset.name());
            }
        }
        // The line breaks of quoted-printable text are CRLF; text has LF.
        if decoded.quoted_printable && decoded.text.contains('\r') {
            decoded.text = Cow::Owned(decoded.text.replace("\r\n", "\n"));
        }
        Ok(decoded)
    }

    /// The raw text of a value in quoted-printable as 3.0 would have it; `None` where that says no
    /// more than the text once it is decoded.
    fn encoded(&self, value: &[u8], parts: bool) -> Result<Option<Decoded<'a>>, TextError> {
        // In ISO-2022 an octet is a letter, or a part of one, by what comes before it; in UTF-16 by
        // where it stands.
        let has_states = self.label.as_deref().is_some_and(|label| {
            let start = |name: &str| {
                let start = label.get(..name.len());
                start.is_some_and(|start| start.eq_ignore_ascii_case(name))
            };
            let name = Charset::for_label(label).map_or("", Charset::name);
            start("ISO-2022") || name.starts_with("UTF-16")
        });
        let joined = quoted_printable::join(value);
        // Components are no lists in 2.1, so that a comma in one is data.
        let is_parted = parts && memchr::memchr(b';', &joined).is_some();
        let data: &[u8] = match (parts, is_parted) {
            (true, true) => b",;",
            (true, false) => b",",
            _ => b"",
        };
        let mut marks = Marks {
            joined: &joined,
            parts: is_parted,
            at: 0,
        }
        .peekable();
        if has_states || marks.peek().is_none() {
            return Ok(None);
        }
        let mut is_needed = false;
        let mut said = self.nothing();
        let mut text = String::new();
        // What has to be escaped yet.
        let mut open = String::new();
        let mut start = 0;
        for (at, mark) in marks.chain([(joined.len(), Mark::End)]) {
            let bytes = quoted_printable::decode(slice(&joined, start..at));
            let piece = self.read(Cow::Owned(bytes))?;
            said.charset = said.charset.or(piece.charset);
            said.charset_assumed |= piece.charset_assumed;
            open.push_str(&piece.text);
            // As a character, and not as the second half of another one.
            let backslash = piece.text.ends_with('\\');
            start = at + 1;
            match mark {
                Mark::Separator if backslash && slice(&joined, ..at).ends_with(b"\\") => {
                    open.push(';');
                }
                Mark::Separator | Mark::End => {
                    is_needed |= is_parted && open.contains([';', '\\']);
                    escape::escape_as_3_0(&open, data, &mut text);
                    open.clear();
                    if matches!(mark, Mark::Separator) {
                        text.push(';');
                    }
                }
                Mark::Letter(letter) if backslash => {
                    start = at + 3;
                    is_needed = true;
                    open.pop();
                    escape::escape_as_3_0(&open, data, &mut text);
                    open.clear();
                    text.push_str(if letter == ',' { r"\\\" } else { r"\\" });
                    text.push(letter);
                }
                Mark::Letter(letter) => {
                    start = at + 3;
                    open.push(letter);
                }
            }
        }
        said.text = Cow::Owned(text);
        Ok(is_needed.then_some(said))
    }
}

/// What cuts a value in quoted-printable that has no line breaks any more.
#[derive(Clone, Copy)]
enum Mark {
    /// A bare semicolon between components.
    Separator,
    /// An encoded letter after a backslash, which does not escape it.
    Letter(char),
    End,
}

struct Marks<'a> {
    joined: &'a [u8],
    parts: bool,
    at: usize,
}

impl Iterator for Marks<'_> {
    type Item = (usize, Mark);

    fn next(&mut self) -> Option<(usize, Mark)> {
        loop {
            let rest = self.joined.get(self.at..)?;
            let at = self.at + memchr::memchr2(b';', b'=', rest)?;
            self.at = at + 1;
            let letter = match slice(self.joined, at..) {
                [b';', ..] if self.parts => return Some((at, Mark::Separator)),
                [b'=', b'6', b'E' | b'e', ..] => 'n',
                [b'=', b'4', b'E' | b'e', ..] => 'N',
                [b'=', b'2', b'C' | b'c', ..] => ',',
                _ => continue,
            };
            let before = slice(self.joined, ..at);
            if matches!(before, [.., b'\\'] | [.., b'=', b'5', b'C' | b'c']) {
                self.at = at + 3;
                return Some((at, Mark::Letter(letter)));
            }
        }
    }
}

fn shortened(label: &str) -> String {
    label.chars().take(40).collect()
}

/// The text; or the bytes again, and how many of them are UTF-8.
fn utf8(bytes: Cow<'_, [u8]>) -> Result<Cow<'_, str>, (Cow<'_, [u8]>, usize)> {
    let valid = |bytes: &[u8]| {
        core::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len)
    };
    match bytes {
        Cow::Borrowed(bytes) => match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(_) => Err((Cow::Borrowed(bytes), valid(bytes))),
        },
        Cow::Owned(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Owned(text)),
            Err(error) => {
                let valid_up_to = error.utf8_error().valid_up_to();
                Err((Cow::Owned(error.into_bytes()), valid_up_to))
            }
        },
    }
}

/// The text of a line's value, taken as one text.
pub(crate) fn text<'a>(
    line: &ContentLine<'a>,
    version: Version,
    parts: bool,
    fallback: Option<Charset>,
) -> Result<Decoded<'a>, TextError> {
    let (mut decoded, dialect) = raw(line, version, parts, fallback)?;
    let unescaped = match escape::unescape(&decoded.text, dialect) {
        Cow::Borrowed(_) => None,
        Cow::Owned(text) => Some(text),
    };
    if let Some(text) = unescaped {
        decoded.text = Cow::Owned(text);
        decoded.unescaped = true;
    }
    Ok(decoded)
}
