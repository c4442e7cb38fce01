//! A new property as a line of 2.1, 3.0 or 4.0.
//!
//! Every line made here is lexed again before it is used, so that what a reader will see is what
//! was asked for.

use alloc::string::String;
use alloc::vec::Vec;

use super::new_property::{Parameter, Property, PropertyValue, WriteError};
use crate::limits::Limits;
use crate::syntax::escape::{escape_component, escape_text};
use crate::syntax::fold::{LINE_MAX, fold};
use crate::syntax::line::{Flags, Lexed, Lexer, Line};
use crate::syntax::parameter::encode_caret;
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
    /// The one logical line in `bytes`; none if there is none, or more.
    fn lex(mut bytes: Vec<u8>, version: Version) -> Option<Self> {
        let limits = Limits::none();
        let mut tail = Vec::new();
        let lexer = Lexer {
            input: &bytes,
            eof: true,
            base: 0,
            limits: &limits,
        };
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
        self.buffer.get(..self.source as usize).unwrap_or_default()
    }

    pub fn view(&self) -> ContentLine<'_> {
        let tail = self.buffer.get(self.source as usize..).unwrap_or_default();
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
    push_value(value, version, &mut head)?;
    folded(head, version, ending)
}

/// Appends the colon and a value of 3.0 or 4.0 to a head.
fn push_value(
    value: &PropertyValue,
    version: Version,
    line: &mut String,
) -> Result<(), WriteError> {
    #[cfg(feature = "base64")]
    if let PropertyValue::Binary { media_type, data } = value {
        return push_binary(media_type, data, version, line);
    }
    line.push(':');
    let start = line.len();
    push_raw(value, version, line);
    refuse_control_characters(line.get(start..).unwrap_or_default())
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
        push_binary(media_type, data, version, &mut head)?;
        let mut line = folded(head, version, ending)?;
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

/// Folds a logical line and lexes it.
fn folded(logical: String, version: Version, ending: &str) -> Result<NewLine, WriteError> {
    let bytes = if logical.len() <= LINE_MAX {
        let mut bytes = logical.into_bytes();
        bytes.extend_from_slice(ending.as_bytes());
        bytes
    } else {
        let mut bytes = Vec::with_capacity(logical.len() + (logical.len() / LINE_MAX + 2) * 3);
        fold(logical.as_bytes(), ending, &mut bytes);
        bytes
    };
    NewLine::lex(bytes, version).ok_or(WriteError::NoForm { version })
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
    let encoded = head.to_ascii_uppercase().contains("QUOTED-PRINTABLE");
    if (plain || !is_text) && !encoded {
        refuse_control_characters(raw)?;
        head.push(':');
        head.push_str(raw);
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(ending.as_bytes());
        return NewLine::lex(bytes, Version::V2_1).ok_or(WriteError::NoForm {
            version: Version::V2_1,
        });
    }
    if !encoded {
        head.push_str(";ENCODING=QUOTED-PRINTABLE");
    }
    if !raw.is_ascii() && !head.to_ascii_uppercase().contains("CHARSET=UTF-8") {
        head.push_str(";CHARSET=UTF-8");
    }
    head.push(':');
    let column = head.len();
    let mut bytes = head.into_bytes();
    quoted_printable::encode(raw, column, ending, &mut bytes);
    bytes.extend_from_slice(ending.as_bytes());
    NewLine::lex(bytes, Version::V2_1).ok_or(WriteError::NoForm {
        version: Version::V2_1,
    })
}

/// Whether a line of 2.1 says what was asked for.
fn reads_back(line: &NewLine, value: &PropertyValue) -> bool {
    let newlines = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    let view = line.view();
    let version = Some(Version::V2_1);
    let text = decode::text(&view, version)
        .ok()
        .map(|decoded| decoded.text);
    match value {
        PropertyValue::Text(wanted) => text.is_some_and(|text| *text == *newlines(wanted)),
        // Without lists, the only one that 2.1 has is a single item.
        PropertyValue::List(items) => match &**items {
            [item] => text.is_some_and(|text| *text == *newlines(item)),
            _ => true,
        },
        PropertyValue::Components(components) => {
            let Ok(raw) = decode::raw_text(&view, version) else {
                return false;
            };
            let raw = raw.text.replace("\r\n", "\n");
            let read = crate::syntax::escape::split_components(&raw, Version::V2_1)
                .map(|component| crate::syntax::escape::unescape(component, Version::V2_1));
            read.eq(components.iter().map(|items| newlines(&items.join(","))))
        }
        _ => true,
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
    for (index, value) in parameter.values().iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        parameter_value(value, version, out)?;
    }
    Ok(())
}

fn parameter_value(value: &str, version: Version, out: &mut String) -> Result<(), WriteError> {
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
    let needs_quotes = encoded.contains([':', ';', ','])
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

/// Appends what binary data asks of a head, the colon and the data.
#[cfg(feature = "base64")]
fn push_binary(
    media_type: &str,
    data: &[u8],
    version: Version,
    line: &mut String,
) -> Result<(), WriteError> {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    let is_media_type = media_type
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+/".contains(&byte));
    if !is_media_type {
        return Err(WriteError::NoForm { version });
    }
    let subtype = media_type
        .split_once('/')
        .map_or(media_type, |(_, subtype)| subtype);
    let upper = line.to_ascii_uppercase();
    let has = |parameter: &str| upper.contains(parameter);
    match version {
        Version::V4_0 => {
            if !has(";VALUE=") {
                line.push_str(";VALUE=uri");
            }
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
            line.push(':');
        }
    }
    STANDARD.encode_string(data, line);
    Ok(())
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
    if !keep && let Ok(value) = core::str::from_utf8(&line.value(Some(version))) {
        let mut logical = head;
        logical.push(':');
        logical.push_str(value);
        return folded(logical, version, ending);
    }
    // The line breaks inside the value are part of its encoding.
    let mut bytes = head.into_bytes();
    bytes.push(b':');
    bytes.extend_from_slice(line.raw_value());
    bytes.extend_from_slice(ending.as_bytes());
    NewLine::lex(bytes, version).ok_or(WriteError::NoForm { version })
}
