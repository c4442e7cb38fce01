//! A new property as a line of 2.1, 3.0 or 4.0.
//!
//! Every line made here is lexed again before it is used, so that what a reader will see is what
//! was asked for.

use alloc::string::String;
use alloc::vec::Vec;

use super::new_property::{Parameter, Property, PropertyValue, WriteError};
use crate::limits::Limits;
use crate::registry;
use crate::syntax::escape::{escape_component, escape_text};
use crate::syntax::flags::Flags;
use crate::syntax::fold::{LINE_MAX, fold};
use crate::syntax::grammar::{self, Dialect, Encoding};
use crate::syntax::lexer::{Lexed, Lexer, Line};
use crate::syntax::parameter::encode_caret;
use crate::syntax::span::{self, slice};
use crate::syntax::{ContentLine, decode, quoted_printable};
use crate::version::Version;

/// A line that stands in for one that was read, or is new.
#[derive(Debug, Clone)]
pub(crate) struct NewLine {
    /// The line with its ending, and after it its head if that is folded.
    buffer: Vec<u8>,
    source: u32,
    line: Line,
    /// A base64 block of 2.1 ends in a blank line.
    pub blank_after: bool,
}

impl NewLine {
    /// The one logical line in `bytes`; `None` unless there is exactly one.
    fn lex(mut bytes: Vec<u8>, version: Version) -> Option<Self> {
        let limits = Limits::none();
        let mut tail = Vec::new();
        let lexer = Lexer::new(&bytes, true, &limits, usize::MAX);
        let Lexed::Line {
            mut line,
            next,
            sentinel: None,
            ..
        } = lexer.lex(0, &mut tail, &mut None)
        else {
            return None;
        };
        if next != bytes.len() || u32::try_from(next).is_err() || line.flags.has(Flags::OPEN) {
            return None;
        }
        if version == Version::V2_1
            && (line.flags.has(Flags::QUOTE) || line.flags.has(Flags::BACKSLASH))
        {
            lexer.relex(&mut line, &mut tail);
        }
        let source = bytes.len() as u32;
        bytes.extend_from_slice(&tail);
        Some(NewLine {
            buffer: bytes,
            source,
            line,
            blank_after: false,
        })
    }

    pub fn bytes(&self) -> &[u8] {
        slice(&self.buffer, ..self.source as usize)
    }

    pub fn view(&self) -> ContentLine<'_> {
        let tail = slice(&self.buffer, self.source as usize..);
        ContentLine::new(self.bytes(), &self.line, tail)
    }
}

/// The line of a property.
pub(crate) fn property(
    property: &Property,
    version: Version,
    ending: &str,
) -> Result<NewLine, WriteError> {
    let mut head = String::with_capacity(LINE_MAX + 2);
    head_of(property, version, &mut head)?;
    with_value(head, &property.value, version, ending)
}

/// Appends the lines of a property of 3.0 or 4.0. `scratch` is memory to work in.
///
/// Nothing is lexed here: whoever puts lines together lexes them all.
pub(crate) fn append_property(
    property: &Property,
    version: Version,
    scratch: &mut String,
    out: &mut Vec<u8>,
) -> Result<(), WriteError> {
    scratch.clear();
    head_of(property, version, scratch)?;
    push_value(&property.value, version, scratch)?;
    fold(scratch.as_bytes(), "\r\n", out);
    Ok(())
}

fn head_of(property: &Property, version: Version, head: &mut String) -> Result<(), WriteError> {
    if let Some(group) = &property.group {
        head.push_str(group.as_str());
        head.push('.');
    }
    head.push_str(property.name.as_str());
    for item in &property.parameters {
        head.push(';');
        parameter(item, version, head)?;
    }
    Ok(())
}

/// The line of a head, without its colon, and a value. Parameters that the form of the value
/// asks for are added to the head.
pub(crate) fn with_value(
    mut head: String,
    value: &PropertyValue,
    version: Version,
    ending: &str,
) -> Result<NewLine, WriteError> {
    if version == Version::V2_1 {
        return with_value_of_2_1(head, value, ending);
    }
    let head_len = push_value(value, version, &mut head)?;
    folded(head, head_len, version, ending)
}

/// Appends the colon and a value of 3.0 or 4.0 to a head. How long the head is then.
fn push_value(
    value: &PropertyValue,
    version: Version,
    line: &mut String,
) -> Result<usize, WriteError> {
    #[cfg(feature = "base64")]
    if let PropertyValue::Binary { media_type, data } = value {
        let head_len = push_binary(media_type, data, version, line)?;
        return match is_as_it_says(line, head_len, true, version) {
            true => Ok(head_len),
            false => Err(WriteError::NoForm { version }),
        };
    }
    let head_len = line.len();
    line.push(':');
    push_raw(value, version, line);
    refuse_control_characters(span::text(line, head_len + 1..))?;
    match is_as_it_says(line, head_len, false, version) {
        true => Ok(head_len),
        false => Err(WriteError::NoForm { version }),
    }
}

/// Appends the raw text of a value.
fn push_raw(value: &PropertyValue, version: Version, raw: &mut String) {
    match value {
        PropertyValue::Text(text) => escape_text(text, version, raw),
        PropertyValue::List(items) => {
            separated(items, ',', raw, |item, raw| escape_text(item, version, raw));
        }
        PropertyValue::Components(components) => {
            separated(components, ';', raw, |component, raw| {
                separated(component, ',', raw, |item, raw| {
                    escape_component(item, version, raw)
                });
            });
        }
        PropertyValue::Uri(uri) if version != Version::V2_1 => {
            let mut pieces = uri.split(',');
            raw.push_str(pieces.next().unwrap_or_default());
            for piece in pieces {
                raw.push_str("\\,");
                raw.push_str(piece);
            }
        }
        PropertyValue::Uri(text) | PropertyValue::Raw(text) => raw.push_str(text),
        #[cfg(feature = "base64")]
        PropertyValue::Binary { .. } => {}
    }
}

fn with_value_of_2_1(
    #[cfg_attr(
        not(feature = "base64"),
        expect(unused_mut, reason = "only base64 adds to it")
    )]
    mut head: String,
    value: &PropertyValue,
    ending: &str,
) -> Result<NewLine, WriteError> {
    let version = Version::V2_1;
    #[cfg(feature = "base64")]
    if let PropertyValue::Binary { media_type, data } = value {
        let head_len = push_binary(media_type, data, version, &mut head)?;
        let mut line = folded(head, head_len, version, ending)?;
        if !line.view().is_base64() || line.view().is_quoted_printable() {
            return Err(WriteError::NoForm { version });
        }
        line.blank_after = true;
        return Ok(line);
    }
    let mut raw = String::new();
    push_raw(value, version, &mut raw);
    let is_text = match value {
        PropertyValue::Text(_) | PropertyValue::List(_) | PropertyValue::Components(_) => true,
        // A line break that is not escaped is one that only quoted-printable can write.
        PropertyValue::Raw(raw) => !raw.is_ascii() || raw.contains('\n'),
        _ => false,
    };
    let line = line_of_2_1(head, &raw, is_text, ending)?;
    // The backslash of 2.1 escapes a semicolon and nothing else, so that some texts would read
    // back as others.
    match reads_back(&line, value) {
        true => Ok(line),
        false => Err(WriteError::NoForm { version }),
    }
}

fn separated<T>(
    items: &[T],
    separator: char,
    raw: &mut String,
    mut write: impl FnMut(&T, &mut String),
) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            raw.push(separator);
        }
        write(item, raw);
    }
}

fn refuse_control_characters(raw: &str) -> Result<(), WriteError> {
    match raw
        .bytes()
        .find(|byte| byte.is_ascii_control() && *byte != b'\t')
    {
        Some(byte) => Err(WriteError::ControlCharacter {
            character: byte.into(),
        }),
        None => Ok(()),
    }
}

/// Folds a logical line and lexes it. `head_len` is what its colon has before it.
fn folded(
    logical: String,
    head_len: usize,
    version: Version,
    ending: &str,
) -> Result<NewLine, WriteError> {
    let bytes = if logical.len() <= LINE_MAX {
        let mut bytes = logical.into_bytes();
        bytes.extend_from_slice(ending.as_bytes());
        bytes
    } else {
        let mut bytes = Vec::with_capacity(logical.len() + (logical.len() / LINE_MAX + 2) * 3);
        fold(logical.as_bytes(), ending, &mut bytes);
        bytes
    };
    lexed(bytes, head_len, version)
}

/// The line, if its head ends where it should.
fn lexed(bytes: Vec<u8>, head_len: usize, version: Version) -> Result<NewLine, WriteError> {
    NewLine::lex(bytes, version)
        .filter(|line| line.view().head().len() == head_len)
        .ok_or(WriteError::NoForm { version })
}

/// Whether a logical line of 3.0 or 4.0 is in the encoding and the charset that its parameters
/// name, and its head ends where it should.
fn is_as_it_says(logical: &str, head_len: usize, is_binary: bool, version: Version) -> bool {
    let head = span::text(logical, ..head_len);
    if !head.contains(';') {
        return !is_binary || version == Version::V4_0;
    }
    let lexed = grammar::head(logical.as_bytes(), Dialect::Quoting);
    if lexed.colon != Some(head_len) {
        return false;
    }
    if is_binary {
        return match lexed.encoding {
            Encoding::Base64 => true,
            Encoding::Plain => version == Version::V4_0,
            Encoding::QuotedPrintable => false,
        };
    }
    let names_charset = head
        .as_bytes()
        .windows(8)
        .any(|word| word.eq_ignore_ascii_case(b";CHARSET"));
    if !names_charset && lexed.encoding != Encoding::QuotedPrintable {
        return true;
    }
    let raw = span::text(logical, head_len + 1..);
    folded(logical.into(), head_len, version, "\r\n").is_ok_and(|line| {
        decode::raw_text(&line.view(), Some(version)).is_ok_and(|read| read.text == raw)
    })
}

/// vCard 2.1 folds only where there is white space, so that a long value goes quoted-printable,
/// and so does one that is not printable ASCII. 2.1.3, 2.1.5, 2.1.6.
fn line_of_2_1(
    mut head: String,
    raw: &str,
    is_text: bool,
    ending: &str,
) -> Result<NewLine, WriteError> {
    let plain = raw.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        && head.len() + 1 + raw.len() <= LINE_MAX
        && !raw.starts_with(' ')
        && !raw.ends_with([' ', '=']);
    // The value keeps the encoding of the line that it stands on.
    let encoded =
        grammar::head(head.as_bytes(), Dialect::Quoting).encoding == Encoding::QuotedPrintable;
    if (plain || !is_text) && !encoded {
        refuse_control_characters(raw)?;
        let mut bytes = Vec::with_capacity(head.len() + raw.len() + 3);
        bytes.extend_from_slice(head.as_bytes());
        bytes.push(b':');
        bytes.extend_from_slice(raw.as_bytes());
        bytes.extend_from_slice(ending.as_bytes());
        return lexed(bytes, head.len(), Version::V2_1);
    }
    if !encoded {
        head.push_str(";ENCODING=QUOTED-PRINTABLE");
    }
    if !raw.is_ascii() && !head.to_ascii_uppercase().contains("CHARSET=UTF-8") {
        head.push_str(";CHARSET=UTF-8");
    }
    let mut bytes = head.clone().into_bytes();
    bytes.push(b':');
    quoted_printable::encode(raw, bytes.len(), ending, &mut bytes);
    bytes.extend_from_slice(ending.as_bytes());
    lexed(bytes, head.len(), Version::V2_1)
}

/// Whether a line of 2.1 says what was asked for.
fn reads_back(line: &NewLine, value: &PropertyValue) -> bool {
    let newlines = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    let view = line.view();
    let version = Some(Version::V2_1);
    let text_is =
        |wanted: &str| decode::text(&view, version).is_ok_and(|read| read.text == newlines(wanted));
    match value {
        PropertyValue::Text(wanted) => text_is(wanted),
        // 2.1 has no lists: it is one text with commas in it.
        PropertyValue::List(items) => text_is(&items.join(",")),
        PropertyValue::Components(components) => {
            let Ok(raw) = decode::raw_text(&view, version) else {
                return false;
            };
            let read = crate::syntax::escape::split_components(&raw.text, Version::V2_1)
                .map(|component| crate::syntax::escape::unescape(component, Version::V2_1));
            let wanted = components.iter().map(|items| newlines(&items.join(",")));
            match components.is_empty() {
                true => raw.text.is_empty(),
                false => read.eq(wanted),
            }
        }
        PropertyValue::Uri(raw) | PropertyValue::Raw(raw) => {
            decode::raw_text(&view, version).is_ok_and(|read| read.text == newlines(raw))
        }
        #[cfg(feature = "base64")]
        PropertyValue::Binary { .. } => true,
    }
}

/// A parameter, without the semicolon before it.
pub(crate) fn parameter(
    parameter: &Parameter,
    version: Version,
    out: &mut String,
) -> Result<(), WriteError> {
    out.push_str(parameter.name().as_str());
    out.push('=');
    let row = registry::parameter(parameter.name().as_str().as_bytes());
    let quoted = row.is_some_and(|row| row.always_quoted);
    for (index, value) in parameter.values().iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        parameter_value(value, quoted, version, out)?;
    }
    Ok(())
}

fn parameter_value(
    value: &str,
    quoted: bool,
    version: Version,
    out: &mut String,
) -> Result<(), WriteError> {
    let refuse = |character| WriteError::ParameterCharacter { character, version };
    let encoded = match version {
        Version::V4_0 => {
            let mut encoded = String::new();
            encode_caret(value, &mut encoded);
            encoded
        }
        _ => String::from(value),
    };
    let bad = |character: char| match version {
        Version::V4_0 | Version::V3_0 => {
            (character.is_ascii_control() && character != '\t') || character == '"'
        }
        Version::V2_1 => {
            character.is_ascii_control()
                || !character.is_ascii()
                || matches!(character, '"' | '[' | ']' | ',' | '\\')
        }
    };
    if let Some(character) = encoded.chars().find(|character| bad(*character)) {
        return Err(refuse(character));
    }
    let needs_quotes = quoted
        || encoded.contains([':', ';', ','])
        || encoded.starts_with([' ', '\t'])
        || encoded.ends_with([' ', '\t']);
    match version {
        Version::V2_1 => {
            for character in encoded.chars() {
                if matches!(character, ';' | ':' | '=') {
                    out.push('\\');
                }
                out.push(character);
            }
        }
        _ if needs_quotes => {
            out.push('"');
            out.push_str(&encoded);
            out.push('"');
        }
        _ => out.push_str(&encoded),
    }
    Ok(())
}

/// Appends what binary data asks of a head, the colon and the data. How long the head is
/// then.
#[cfg(feature = "base64")]
fn push_binary(
    media_type: &str,
    data: &[u8],
    version: Version,
    line: &mut String,
) -> Result<usize, WriteError> {
    use crate::syntax::byte_class::is_media_name;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    let subtype = match media_type.split_once('/') {
        Some((kind, subtype)) if is_media_name(kind) && is_media_name(subtype) => subtype,
        None if media_type.is_empty() => "",
        _ => return Err(WriteError::NoForm { version }),
    };
    if data.is_empty() {
        return Err(WriteError::NoForm { version });
    }
    let upper = line.to_ascii_uppercase();
    let has = |parameter: &str| upper.contains(parameter);
    let head_len;
    match version {
        Version::V4_0 => {
            if !has(";VALUE=") {
                line.push_str(";VALUE=uri");
            }
            head_len = line.len();
            line.push_str(":data:");
            line.push_str(media_type);
            line.push_str(";base64\\,");
        }
        Version::V3_0 | Version::V2_1 => {
            if !has(";ENCODING=") {
                line.push_str(if version == Version::V3_0 {
                    ";ENCODING=b"
                } else {
                    ";ENCODING=BASE64"
                });
            }
            if !has(";TYPE=") && !subtype.is_empty() {
                line.push_str(";TYPE=");
                line.push_str(&subtype.to_ascii_uppercase());
            }
            head_len = line.len();
            line.push(':');
        }
    }
    STANDARD.encode_string(data, line);
    Ok(head_len)
}

/// A head made of the bytes of another with one parameter set or removed, or another group.
pub(crate) struct HeadEdit<'a> {
    pub line: ContentLine<'a>,
    pub group: Option<&'a str>,
    /// Parameters of these names go.
    pub without: &'a [&'a str],
    pub with: Option<&'a Parameter>,
}

impl HeadEdit<'_> {
    /// The head, without its colon; none when it is not UTF-8.
    pub fn head(&self, version: Version) -> Result<Option<String>, WriteError> {
        let mut head = String::with_capacity(self.line.head().len() + LINE_MAX);
        if let Some(group) = self.group {
            head.push_str(group);
            head.push('.');
        }
        head.push_str(self.line.name());
        let mut placed = false;
        for item in self.line.parameters_of(Some(version)) {
            if self.without.iter().any(|name| item.is(name)) {
                // The new one takes the place of the first it replaces.
                if let Some(with) = self.with.filter(|_| !placed) {
                    placed = true;
                    head.push(';');
                    parameter(with, version, &mut head)?;
                }
                continue;
            }
            let Ok(raw) = core::str::from_utf8(item.raw()) else {
                return Ok(None);
            };
            head.push(';');
            head.push_str(raw);
        }
        if let Some(with) = self.with.filter(|_| !placed) {
            head.push(';');
            parameter(with, version, &mut head)?;
        }
        Ok(Some(head))
    }
}

/// The line with another head, its value byte for byte as it was.
pub(crate) fn with_head(
    line: &ContentLine<'_>,
    head: String,
    version: Version,
    ending: &str,
) -> Result<NewLine, WriteError> {
    let flags = line.flags();
    let keep = flags.has(Flags::QUOTED_PRINTABLE)
        || flags.has(Flags::BASE64)
        || flags.has(Flags::NESTED)
        || version == Version::V2_1;
    let new = if !keep && let Ok(value) = core::str::from_utf8(&line.value(Some(version))) {
        let head_len = head.len();
        let mut logical = head;
        logical.push(':');
        logical.push_str(value);
        folded(logical, head_len, version, ending)?
    } else {
        // The line breaks inside the value are part of its encoding.
        let head_len = head.len();
        let mut bytes = head.into_bytes();
        bytes.push(b':');
        bytes.extend_from_slice(line.raw_value());
        bytes.extend_from_slice(ending.as_bytes());
        lexed(bytes, head_len, version)?
    };
    match says_the_same(line, &new.view(), version) {
        true => Ok(new),
        false => Err(WriteError::NoForm { version }),
    }
}

/// Whether the value of a line with other parameters is what it was.
fn says_the_same(old: &ContentLine<'_>, new: &ContentLine<'_>, version: Version) -> bool {
    let same = |flag| old.flags().has(flag) == new.flags().has(flag);
    let charset = |line: &ContentLine<'_>| match line.parameter_text() {
        Some(_) => line
            .parameter("CHARSET")
            .map(|charset| charset.value().to_ascii_uppercase()),
        None => None,
    };
    let text = |line| decode::raw_text(line, Some(version)).map(|decoded| decoded.text);
    same(Flags::QUOTED_PRINTABLE)
        && same(Flags::BASE64)
        && (charset(old) == charset(new) || text(old) == text(new))
}

/// Whether the quotes and backslashes in a line mean what they meant before another head or value
/// was put beside them, and whether a new parameter reads back.
pub(crate) fn keeps_parameters(
    old: &ContentLine<'_>,
    new: &NewLine,
    with: Option<&Parameter>,
    version: Version,
) -> bool {
    let new = new.view();
    let delimits = |line: &ContentLine<'_>| {
        line.flags().has(Flags::QUOTE) || line.flags().has(Flags::BACKSLASH)
    };
    if !delimits(&new) {
        return true;
    }
    let same = |flag| old.flags().has(flag) == new.flags().has(flag);
    if delimits(old) && !(same(Flags::LITERAL_QUOTES) && same(Flags::BACKSLASH_ESCAPES)) {
        return false;
    }
    with.is_none_or(|with| {
        let newlines = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
        new.parameters_of(Some(version))
            .find(|parameter| parameter.is(with.name().as_str()))
            .is_some_and(|parameter| match with.values() {
                [] => parameter.value().is_empty(),
                values => parameter
                    .values()
                    .eq(values.iter().map(|value| newlines(value))),
            })
    })
}
