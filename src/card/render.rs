//! A new property as a line of 2.1, 3.0 or 4.0.
//!
//! Every line made here is lexed again before it is used, so that what a reader will see is what
//! was asked for.

use alloc::string::String;
use alloc::vec::Vec;

use super::inline_bytes::{Inline, push_inline};
use super::kept_meaning;
use super::new_property::{Parameter, Property, PropertyValue, WriteError};
use super::of_value::{Fate, NewValue};
use super::uri_commas::{Style, UriCommas};
use crate::limits::Limits;
use crate::registry;
use crate::syntax::byte_class::is_base64_digit;
use crate::syntax::caret::encode_caret;
use crate::syntax::escape::{
    escape_component, escape_text, escape_uri, looks_escaped, split, split_components, unescape,
};
use crate::syntax::flags::Flags;
use crate::syntax::fold::{LINE_MAX, fold};
use crate::syntax::lexer::{Lexed, Lexer, Line};
use crate::syntax::line_head::{self, Dialect, Encoding};
use crate::syntax::physical::physical_end;
use crate::syntax::span::{self, slice};
use crate::syntax::{ContentLine, decode, quoted_printable, wide};
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

    /// Whether there are quotes or backslashes in its parameters.
    pub fn delimits(&self) -> bool {
        self.line.flags.has(Flags::QUOTE) || self.line.flags.has(Flags::BACKSLASH)
    }

    pub fn view(&self) -> ContentLine<'_> {
        let tail = slice(&self.buffer, self.source as usize..);
        ContentLine::new(self.bytes(), &self.line, tail)
    }
}

/// The line of a property.
pub(crate) fn property(
    property: &Property,
    style: Style,
    ending: &str,
) -> Result<NewLine, WriteError> {
    let head = head(property, style.version)?;
    with_value(head, &property.value, style, ending)
}

/// The head of a property, without its colon.
pub(crate) fn head(property: &Property, version: Version) -> Result<String, WriteError> {
    let mut head = String::with_capacity(LINE_MAX + 2);
    head_of(property, version, &mut head)?;
    Ok(head)
}

/// Appends the lines of a property of 3.0 or 4.0. `scratch` is memory to work in.
///
/// Nothing is lexed here: whoever puts lines together lexes them all.
pub(crate) fn append_property(
    property: &Property,
    style: Style,
    scratch: &mut String,
    out: &mut Vec<u8>,
) -> Result<(), WriteError> {
    scratch.clear();
    head_of(property, style.version, scratch)?;
    append_value(&property.value, style, scratch, out)
}

/// Appends the lines of a head of 3.0 or 4.0, which `line` has without its colon, and a value.
pub(crate) fn append_value(
    value: &PropertyValue,
    style: Style,
    line: &mut String,
    out: &mut Vec<u8>,
) -> Result<(), WriteError> {
    push_value(value, style, line)?;
    fold(line.as_bytes(), "\r\n", out);
    Ok(())
}

/// As [`append_value`], of raw text that is written as it stands.
#[cfg(feature = "convert")]
pub(crate) fn append_raw(
    raw: &str,
    version: Version,
    line: &mut String,
    out: &mut Vec<u8>,
) -> Result<(), WriteError> {
    let head_len = line.len();
    line.push(':');
    line.push_str(raw);
    refuse_what_differs(line, head_len, version)?;
    fold(line.as_bytes(), "\r\n", out);
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
    style: Style,
    ending: &str,
) -> Result<NewLine, WriteError> {
    let version = style.version;
    if version == Version::V2_1 {
        return with_value_of_2_1(head, value, ending);
    }
    let head_len = push_value(value, style, &mut head)?;
    folded(head, head_len, version, ending)
}

/// Appends the colon and a value of 3.0 or 4.0 to a head. How long the head is then.
fn push_value(value: &PropertyValue, style: Style, line: &mut String) -> Result<usize, WriteError> {
    let version = style.version;
    if let Some((media_type, data)) = Inline::of(value) {
        let head_len = push_inline(media_type, data, style, line)?;
        return match is_as_it_says(line, head_len, true, version) {
            true => Ok(head_len),
            false => Err(WriteError::NoForm { version }),
        };
    }
    let head_len = line.len();
    line.push(':');
    push_raw(value, style, line);
    refuse_what_differs(line, head_len, version)?;
    Ok(head_len)
}

/// Refuses a logical line whose value, after its colon, would be read as another one.
fn refuse_what_differs(line: &str, head_len: usize, version: Version) -> Result<(), WriteError> {
    refuse_control_characters(span::text(line, head_len + 1..))?;
    match is_as_it_says(line, head_len, false, version) {
        true => Ok(()),
        false => Err(WriteError::NoForm { version }),
    }
}

/// Appends the raw text of a value.
pub(crate) fn push_raw(value: &PropertyValue, style: Style, raw: &mut String) {
    let version = style.version;
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
            escape_uri(uri, style.commas == UriCommas::Escaped, raw);
        }
        PropertyValue::Uri(text) | PropertyValue::Raw(text) => raw.push_str(text),
        PropertyValue::Base64 { .. } => {}
        #[cfg(feature = "base64")]
        PropertyValue::Binary { .. } => {}
    }
}

fn with_value_of_2_1(
    mut head: String,
    value: &PropertyValue,
    ending: &str,
) -> Result<NewLine, WriteError> {
    let version = Version::V2_1;
    if let Some((media_type, data)) = Inline::of(value) {
        let style = Style::new(version, None);
        let head_len = push_inline(media_type, data, style, &mut head)?;
        let mut line = folded(head, head_len, version, ending)?;
        if !line.view().is_base64() || line.view().is_quoted_printable() {
            return Err(WriteError::NoForm { version });
        }
        line.blank_after = true;
        return Ok(line);
    }
    let mut raw = String::new();
    push_raw(value, Style::new(version, None), &mut raw);
    // What is written here is by the letter: a backslash before a comma is none that escapes it.
    let literal = matches!(
        value,
        PropertyValue::Text(_) | PropertyValue::List(_) | PropertyValue::Components(_)
    );
    let is_text = match value {
        _ if literal => true,
        // A line break that is not escaped is one that only quoted-printable can write.
        PropertyValue::Raw(raw) => !raw.is_ascii() || raw.contains('\n'),
        _ => false,
    };
    let line = line_of_2_1(head, &raw, is_text, literal, ending)?;
    // A backslash cannot be escaped in 2.1, so that some texts would read back as others.
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
    let is_refused = |byte: u8| (byte < 0x20) & (byte != b'\t') | (byte == 0x7F);
    // Nearly all values have none, which sixteen octets at a time tell.
    if !wide::any(raw.as_bytes(), is_refused) {
        return Ok(());
    }
    match raw.bytes().find(|byte| is_refused(*byte)) {
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

/// What follows each semicolon of a head: its parameters, and what of a quoted value looks like one.
fn after_semicolons(head: &str) -> impl Iterator<Item = &[u8]> {
    let mut rest = head.as_bytes();
    core::iter::from_fn(move || {
        let at = wide::position(rest, b';')?;
        rest = slice(rest, at + 1..);
        Some(rest)
    })
}

/// Whether a parameter of a head may name an encoding or a charset, by its first octet: so that
/// the head of a line that says `TYPE=cell` need not be lexed to know that it names none.
fn may_say_how(head: &str) -> bool {
    let may = |rest: &[u8]| {
        matches!(
            rest.first(),
            // ENCODING, the QUOTED-PRINTABLE and BASE64 of 2.1, CHARSET, and white space before them.
            Some(b'E' | b'e' | b'Q' | b'q' | b'B' | b'b' | b'C' | b'c' | b' ' | b'\t')
        )
    };
    after_semicolons(head).any(may)
}

/// Whether a logical line of 3.0 or 4.0 is in the encoding and the charset that its parameters
/// name. Where its head ends, `head_of` and [`lexed`] see to.
fn is_as_it_says(logical: &str, head_len: usize, is_binary: bool, version: Version) -> bool {
    let head = span::text(logical, ..head_len);
    if !may_say_how(head) {
        return !is_binary || version == Version::V4_0;
    }
    let lexed = line_head::head(logical.as_bytes(), Dialect::Quoting);
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
    let names_charset = after_semicolons(head)
        .any(|rest| rest.len() >= 7 && slice(rest, ..7).eq_ignore_ascii_case(b"CHARSET"));
    if !names_charset && lexed.encoding != Encoding::QuotedPrintable {
        return true;
    }
    let raw = span::text(logical, head_len + 1..);
    folded(logical.into(), head_len, version, "\r\n")
        .is_ok_and(|line| decode::raw_text(&line.view(), None).is_ok_and(|read| read.text == raw))
}

/// vCard 2.1 folds only where there is white space, so that a long value goes quoted-printable,
/// and so does one that is not printable ASCII, or that is `literal` and would be taken for an escape.
/// 2.1.3, 2.1.5, 2.1.6.
fn line_of_2_1(
    mut head: String,
    raw: &str,
    is_text: bool,
    literal: bool,
    ending: &str,
) -> Result<NewLine, WriteError> {
    let plain = raw.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        && head.len() + 1 + raw.len() <= LINE_MAX
        && !raw.starts_with(' ')
        && !raw.ends_with([' ', '='])
        && !(literal && looks_escaped(raw));
    // The value keeps the encoding of the line that it stands on.
    let encoded =
        line_head::head(head.as_bytes(), Dialect::Quoting).encoding == Encoding::QuotedPrintable;
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
    // Those letters in the value of another parameter say nothing.
    let says_utf_8 = after_semicolons(&head).any(|rest| {
        let parameter = rest.split(|octet| *octet == b';').next();
        parameter.is_some_and(|parameter| parameter.eq_ignore_ascii_case(b"CHARSET=UTF-8"))
    });
    if !raw.is_ascii() && !says_utf_8 {
        head.push_str(";CHARSET=UTF-8");
    }
    let mut bytes = head.clone().into_bytes();
    bytes.push(b':');
    quoted_printable::encode(raw, literal, bytes.len(), ending, &mut bytes);
    bytes.extend_from_slice(ending.as_bytes());
    lexed(bytes, head.len(), Version::V2_1)
}

/// Whether a line of 2.1 says what was asked for.
fn reads_back(line: &NewLine, value: &PropertyValue) -> bool {
    let newlines = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    let view = line.view();
    let raw = |parts| decode::raw(&view, Version::V2_1, parts, None);
    match value {
        PropertyValue::Text(wanted) => raw(false)
            .is_ok_and(|(read, dialect)| unescape(&read.text, dialect) == newlines(wanted)),
        PropertyValue::List(items) => raw(false).is_ok_and(|(read, dialect)| {
            let read_items = split(&read.text, ',').map(|item| unescape(item, dialect));
            match items.is_empty() {
                true => read.text.is_empty(),
                false => read_items.eq(items.iter().map(|item| newlines(item))),
            }
        }),
        // 2.1 has no lists in components: they are texts with commas in them.
        PropertyValue::Components(components) => raw(true).is_ok_and(|(read, dialect)| {
            let read_items =
                split_components(&read.text, dialect).map(|component| unescape(component, dialect));
            let wanted = components.iter().map(|items| newlines(&items.join(",")));
            match components.is_empty() {
                true => read.text.is_empty(),
                false => read_items.eq(wanted),
            }
        }),
        PropertyValue::Uri(raw) | PropertyValue::Raw(raw) => {
            decode::raw_text(&view, None).is_ok_and(|read| read.text == newlines(raw))
        }
        PropertyValue::Base64 { .. } => true,
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
    named_parameter(parameter.name().as_str(), parameter.values(), version, out)
}

/// As [`parameter`], of a name and its values.
pub(crate) fn named_parameter<V: AsRef<str>>(
    name: &str,
    values: &[V],
    version: Version,
    out: &mut String,
) -> Result<(), WriteError> {
    out.push_str(name);
    out.push('=');
    let row = registry::parameter(name.as_bytes());
    let quoted = row.is_some_and(|row| row.always_quoted);
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        parameter_value(value.as_ref(), quoted, version, out)?;
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
    // Most are words.
    let is_word =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/' | b'.' | b'_');
    if !quoted && value.bytes().all(is_word) {
        out.push_str(value);
        return Ok(());
    }
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
        // Nobody needs it bare, and one reader refuses that, another does not decode it.
        || encoded.contains('^')
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

/// What becomes of the parameters of a line. A parameter is named by its place among them: there may
/// be several of one name, of which one is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ParameterEdit {
    /// The one at this place goes.
    Remove(usize),
    /// The one at this place becomes another.
    Replace(usize, Parameter),
    /// One more comes after the others.
    Add(Parameter),
}

impl ParameterEdit {
    fn place(&self) -> Option<usize> {
        match self {
            ParameterEdit::Remove(place) | ParameterEdit::Replace(place, _) => Some(*place),
            ParameterEdit::Add(_) => None,
        }
    }

    pub(super) fn with(&self) -> Option<&Parameter> {
        match self {
            ParameterEdit::Remove(_) => None,
            ParameterEdit::Replace(_, with) | ParameterEdit::Add(with) => Some(with),
        }
    }
}

/// A head made of the bytes of another with some parameters set or removed, or another group.
pub(crate) struct HeadEdit<'a> {
    pub line: ContentLine<'a>,
    pub group: Option<&'a str>,
    /// In the order of their places; what is added comes last.
    pub edits: &'a [ParameterEdit],
    /// Of parameters of the old value, those go that do not describe this one.
    pub for_value: Option<NewValue>,
    /// The VALUE of the new value.
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
        let mut edits = self.edits.iter().peekable();
        for (place, item) in self.line.parameters_of(version).enumerate() {
            if let Some(edit) = edits.next_if(|edit| edit.place() == Some(place)) {
                if let Some(with) = edit.with() {
                    head.push(';');
                    parameter(with, version, &mut head)?;
                }
                continue;
            }
            let Ok(raw) = core::str::from_utf8(item.raw()) else {
                return Ok(None);
            };
            let fate = self
                .for_value
                .as_ref()
                .map_or(Fate::Stays, |value| value.fate(&item));
            match fate {
                Fate::Stays => {}
                Fate::Goes => {
                    // The new VALUE takes the place of the old one.
                    if let Some(with) = self.with.filter(|with| item.is(with.name().as_str()))
                        && !placed
                    {
                        placed = true;
                        head.push(';');
                        parameter(with, version, &mut head)?;
                    }
                    continue;
                }
                Fate::Keeps(values) => {
                    for (index, value) in values.iter().enumerate() {
                        head.push_str(if index == 0 { ";TYPE=" } else { "," });
                        parameter_value(value, false, version, &mut head)?;
                    }
                    continue;
                }
            }
            head.push(';');
            head.push_str(raw);
        }
        let last = self.with.filter(|_| !placed);
        for with in edits.filter_map(ParameterEdit::with).chain(last) {
            head.push(';');
            parameter(with, version, &mut head)?;
        }
        Ok(Some(head))
    }
}

/// The line of a head and base64, which one of its parameters names.
pub(crate) fn with_base64(
    mut head: String,
    base64: &str,
    version: Version,
    ending: &str,
) -> Result<NewLine, WriteError> {
    let head_len = head.len();
    head.push(':');
    head.push_str(base64);
    match folded(head, head_len, version, ending)? {
        line if line.view().is_base64() => Ok(line),
        _ => Err(WriteError::NoForm { version }),
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
    let new = if !keep && let Ok(value) = core::str::from_utf8(&line.value()) {
        let head_len = head.len();
        let mut logical = head;
        logical.push(':');
        logical.push_str(value);
        folded(logical, head_len, version, ending)?
    } else {
        // The line breaks inside the value are part of its encoding.
        let head_len = head.len();
        let first = |line: &[u8]| physical_end(line, 0, true).map_or(0, |end| end.content);
        let grows = head_len > line.head().len();
        if flags.has(Flags::BASE64)
            && grows
            && head_len + 1 + first(line.raw_value()) > LINE_MAX
            && first(line.raw()) <= LINE_MAX
        {
            // White space means nothing in base64, and a line too long is a fault. What is not base64
            // stays as it is.
            let value = line.value();
            let digits = value.iter().filter(|byte| !byte.is_ascii_whitespace());
            let digits: String = digits.map(|byte| char::from(*byte)).collect();
            let unpadded = digits.trim_end_matches('=');
            if !unpadded.is_empty() && unpadded.bytes().all(is_base64_digit) {
                return with_base64(head, &digits, version, ending);
            }
        }
        let mut bytes = head.into_bytes();
        bytes.push(b':');
        bytes.extend_from_slice(line.raw_value());
        bytes.extend_from_slice(ending.as_bytes());
        lexed(bytes, head_len, version)?
    };
    match kept_meaning::says_the_same(line, &new.view()) {
        true => Ok(new),
        false => Err(WriteError::NoForm { version }),
    }
}
