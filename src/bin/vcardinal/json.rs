//! JSON, in which the characters that a terminal would obey are escaped.
//!
//! JSON asks for an escape of C0 alone. The others mean the same escaped, and then are harmless to
//! whoever looks at the output.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, PrettyFormatter};

use crate::message::is_harmless;

/// Writes a value in one line, without its end.
pub fn to_writer(out: impl Write, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(out, Escaping(CompactFormatter));
    value.serialize(&mut serializer).map_err(io::Error::from)
}

/// Writes a value in a line of its own.
pub fn to_line(mut out: impl Write, value: &impl Serialize) -> io::Result<()> {
    to_writer(&mut out, value)?;
    out.write_all(b"\n")
}

/// Writes a value with a line for each of its parts.
pub fn to_writer_pretty(out: impl Write, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(out, Escaping(PrettyFormatter::new()));
    value.serialize(&mut serializer).map_err(io::Error::from)
}

/// A value in one line.
pub fn to_string(value: &impl Serialize) -> io::Result<String> {
    let mut out = Vec::new();
    to_writer(&mut out, value)?;
    String::from_utf8(out).map_err(io::Error::other)
}

/// Another layout, with more escapes.
struct Escaping<F>(F);

/// What is between the values is for the other layout to say.
macro_rules! as_the_other {
    ($($name:ident($($argument:ident: $type:ty),*);)+) => {$(
        fn $name<W: ?Sized + Write>(&mut self, out: &mut W $(, $argument: $type)*) -> io::Result<()> {
            self.0.$name(out $(, $argument)*)
        }
    )+};
}

impl<F: Formatter> Formatter for Escaping<F> {
    as_the_other! {
        begin_array(); end_array(); begin_array_value(first: bool); end_array_value();
        begin_object(); end_object(); begin_object_key(first: bool); end_object_key();
        begin_object_value(); end_object_value();
    }

    fn write_char_escape<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        self.0.write_char_escape(out, escape)
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        write_escaped(out, fragment)
    }
}

/// Writes text of JSON with the characters escaped that a terminal would obey. Those of C0 are escaped in
/// a string already; elsewhere they are layout.
fn write_escaped(out: &mut (impl Write + ?Sized), mut text: &str) -> io::Result<()> {
    let obeyed = |character: char| character >= ' ' && !is_harmless(character);
    while let Some(at) = text.find(obeyed) {
        let (before, rest) = text.split_at(at);
        out.write_all(before.as_bytes())?;
        let mut rest = rest.chars();
        if let Some(character) = rest.next() {
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
        }
        text = rest.as_str();
    }
    out.write_all(text.as_bytes())
}

/// An output for JSON that somebody else writes, with the same escapes. Each piece is text as a whole.
pub struct Escaped<W>(pub W);

impl<W: Write> Write for Escaped<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(bytes).map_err(io::Error::other)?;
        write_escaped(&mut self.0, text)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_escaped_and_the_same() {
        let text = "a\u{9b}\u{e0041}\u{202e}\u{1b}\"Zo\u{eb}\u{7f}";
        let json = to_string(&text).unwrap();
        assert_eq!(
            json,
            "\"a\\u009b\\udb40\\udc41\\u202e\\u001b\\\"Zo\u{eb}\\u007f\""
        );
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        let mut pretty = Vec::new();
        to_writer_pretty(&mut pretty, &[text, "b"]).unwrap();
        let pretty = String::from_utf8(pretty).unwrap();
        assert!(pretty.starts_with("[\n  \"a\\u009b"), "{pretty}");
        let mut other = Escaped(Vec::new());
        serde_json::to_writer_pretty(&mut other, &[text, "b"]).unwrap();
        assert_eq!(String::from_utf8(other.0).unwrap(), pretty);
        assert!(Escaped(Vec::new()).write(b"\x9b").is_err());
    }
}
