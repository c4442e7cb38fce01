//! Parameters of a content line and their values.
//!
//! RFC 6350, 5; RFC 6868 for the circumflex escapes; vCard 2.1, 2.1.2 for parameters without a
//! name. Nothing is stored: parameters are lexed from the head of the line when asked for.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::byte_class::trim;
use super::grammar::Dialect;
use super::span::{self, split};

/// The parameters of one line, in order, as they are written.
#[derive(Debug, Clone)]
pub struct Parameters<'a> {
    rest: Option<&'a [u8]>,
    dialect: Dialect,
    caret: bool,
}

impl<'a> Parameters<'a> {
    pub(crate) fn new(rest: Option<&'a [u8]>, dialect: Dialect, caret: bool) -> Self {
        Parameters {
            rest,
            dialect,
            caret,
        }
    }
}

impl<'a> Iterator for Parameters<'a> {
    type Item = ParameterRef<'a>;

    fn next(&mut self) -> Option<ParameterRef<'a>> {
        let rest = self.rest?;
        let end = outside_quotes(rest, b';', self.dialect);
        let (raw, after) = split(rest, end);
        self.rest = after.strip_prefix(b";");
        Some(ParameterRef {
            raw,
            dialect: self.dialect,
            caret: self.caret,
        })
    }
}

/// The offset of the first `delimiter` outside of quotes, or the length.
fn outside_quotes(input: &[u8], delimiter: u8, dialect: Dialect) -> usize {
    let mut quoted = false;
    let mut escaped = false;
    for (at, byte) in input.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'"' if dialect == Dialect::Quoting => quoted = !quoted,
            b'\\' if dialect == Dialect::Backslash => escaped = true,
            byte if *byte == delimiter && !quoted => return at,
            _ => {}
        }
    }
    input.len()
}

/// One parameter of a line that was read.
///
/// ```
/// use vcardinal::Card;
///
/// let card = Card::parse(
///     "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Quist\r\nTEL;HOME;TYPE=cell,voice:1\r\nEND:VCARD\r\n",
/// )?;
/// let tel = card.property("TEL").unwrap();
/// let parameters: Vec<_> = tel.parameters().collect();
/// assert_eq!(parameters[0].name(), None); // written without a name ...
/// assert_eq!(parameters[0].meaning(), "TYPE"); // ... and what that stands for
/// assert_eq!(parameters[1].values().collect::<Vec<_>>(), ["cell", "voice"]);
/// # Ok::<(), vcardinal::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ParameterRef<'a> {
    raw: &'a [u8],
    dialect: Dialect,
    caret: bool,
}

impl<'a> ParameterRef<'a> {
    /// The parameter as it is written, folds removed, without the semicolon before it.
    #[must_use]
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    fn split(&self) -> (Option<&'a [u8]>, &'a [u8]) {
        // A quote before the equals sign belongs to a value without a name.
        let end = self
            .raw
            .iter()
            .position(|byte| matches!(byte, b'=' | b'"'))
            .unwrap_or(self.raw.len());
        match self.raw.split_at_checked(end) {
            Some((name, value)) => match value.strip_prefix(b"=") {
                Some(value) => (Some(trim(name)), value),
                None => (None, self.raw),
            },
            None => (None, self.raw),
        }
    }

    /// The name as it is written; none for a parameter without a name, and for a name that is
    /// not UTF-8.
    #[must_use]
    pub fn name(&self) -> Option<&'a str> {
        self.split()
            .0
            .and_then(|name| core::str::from_utf8(name).ok())
    }

    /// The name, or for a parameter without one the name that its value stands for: ENCODING,
    /// VALUE or TYPE. vCard 2.1, section 2.1.2.
    #[must_use]
    pub fn meaning(&self) -> &'a str {
        const ENCODINGS: [&str; 4] = ["QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"];
        const VALUES: [&str; 4] = ["INLINE", "URL", "CONTENT-ID", "CID"];
        if let Some(name) = self.name() {
            return name;
        }
        let stands_for = |words: &[&str]| {
            words
                .iter()
                .any(|word| word.as_bytes().eq_ignore_ascii_case(trim(self.raw)))
        };
        if stands_for(&ENCODINGS) {
            "ENCODING"
        } else if stands_for(&VALUES) {
            "VALUE"
        } else {
            "TYPE"
        }
    }

    /// Whether it has this name, written or meant, in any letter case.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        match self.split().0 {
            Some(own) => own.eq_ignore_ascii_case(name.as_bytes()),
            None => self.meaning().eq_ignore_ascii_case(name),
        }
    }

    /// The values, split at commas outside of quotes: quotes removed, escapes of RFC 6868 (4.0)
    /// and backslashes before delimiters (2.1) decoded.
    ///
    /// Bytes that are not UTF-8 come as U+FFFD here; [`raw`](Self::raw) has them as they are.
    #[must_use]
    pub fn values(&self) -> ParameterValues<'a> {
        ParameterValues {
            rest: Some(self.split().1),
            dialect: self.dialect,
            caret: self.caret,
        }
    }

    /// The first value; empty when it has no value.
    #[must_use]
    pub fn value(&self) -> Cow<'a, str> {
        self.values().next().unwrap_or_default()
    }

    /// Whether a quote of the value is opened and not closed, or something stands beside the
    /// quotes.
    pub(crate) fn raw_values(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let mut values = self.values();
        core::iter::from_fn(move || values.next_raw())
    }

    pub(crate) fn name_bytes(&self) -> Option<&'a [u8]> {
        self.split().0
    }
}

/// The values of one parameter.
#[derive(Debug, Clone)]
pub struct ParameterValues<'a> {
    rest: Option<&'a [u8]>,
    dialect: Dialect,
    caret: bool,
}

impl<'a> ParameterValues<'a> {
    fn next_raw(&mut self) -> Option<&'a [u8]> {
        let rest = self.rest?;
        let end = outside_quotes(rest, b',', self.dialect);
        let (raw, after) = split(rest, end);
        self.rest = after.strip_prefix(b",");
        Some(raw)
    }
}

impl<'a> Iterator for ParameterValues<'a> {
    type Item = Cow<'a, str>;

    fn next(&mut self) -> Option<Cow<'a, str>> {
        let raw = self.next_raw()?;
        let text = match self.dialect {
            Dialect::Quoting => String::from_utf8_lossy(unquoted(raw)),
            Dialect::Backslash => return Some(without_backslashes(raw)),
            Dialect::Literal => String::from_utf8_lossy(raw),
        };
        Some(if self.caret { decode_caret(text) } else { text })
    }
}

fn unquoted(raw: &[u8]) -> &[u8] {
    trim(raw)
        .strip_prefix(b"\"")
        .and_then(|value| value.strip_suffix(b"\""))
        .unwrap_or(raw)
}

fn without_backslashes(raw: &[u8]) -> Cow<'_, str> {
    if !raw.contains(&b'\\') {
        return String::from_utf8_lossy(raw);
    }
    let mut value = Vec::with_capacity(raw.len());
    let mut bytes = raw.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' if matches!(bytes.peek(), Some(b';' | b':' | b',' | b'=' | b'\\')) => {
                value.extend(bytes.next())
            }
            byte => value.push(byte),
        }
    }
    Cow::Owned(String::from_utf8_lossy(&value).into_owned())
}

/// `^n` is a line break, `^^` a circumflex, `^'` a double quote; in one pass, so that `^^n` is a
/// circumflex and an n. A circumflex before anything else stays. RFC 6868, 3.2.
fn decode_caret(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('^') {
        return text;
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some((before, after)) = rest.split_once('^') {
        decoded.push_str(before);
        let (character, width) = match after.bytes().next() {
            Some(b'n') => ('\n', 1),
            Some(b'^') => ('^', 1),
            Some(b'\'') => ('"', 1),
            _ => ('^', 0),
        };
        decoded.push(character);
        rest = span::text(after, width..);
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Appends a value with `^`, `"` and line breaks encoded. RFC 6868, 3.1.
pub(crate) fn encode_caret(text: &str, out: &mut String) {
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '^' => out.push_str("^^"),
            '"' => out.push_str("^'"),
            '\n' => out.push_str("^n"),
            '\r' => {
                if characters.peek() == Some(&'\n') {
                    characters.next();
                }
                out.push_str("^n");
            }
            character => out.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    fn values(head: &str, dialect: Dialect, caret: bool) -> Vec<Vec<String>> {
        Parameters::new(Some(head.as_bytes()), dialect, caret)
            .map(|p| p.values().map(Cow::into_owned).collect())
            .collect()
    }

    #[test]
    fn ok_quotes_hide_delimiters() {
        assert_eq!(
            values("A=\"x;y,z\",b;B=c", Dialect::Quoting, false),
            [vec!["x;y,z", "b"], vec!["c"]]
        );
        assert_eq!(
            values("A=\"x;y", Dialect::Literal, false),
            [vec!["\"x"], vec!["y"]]
        );
    }

    #[test]
    fn ok_circumflex_in_one_pass() {
        assert_eq!(
            values("A=a^^nb^nc^'d^x^", Dialect::Quoting, true),
            [["a^nb\nc\"d^x^"]]
        );
        let mut encoded = String::new();
        encode_caret("a^nb\r\nc\"", &mut encoded);
        assert_eq!(encoded, "a^^nb^nc^'");
    }

    #[test]
    fn ok_backslash_hides_delimiters_in_2_1() {
        assert_eq!(
            values("A=x\\;y;B", Dialect::Backslash, false),
            [["x;y"], ["B"]]
        );
    }

    #[test]
    fn ok_empty_parameters() {
        assert_eq!(values(";A=", Dialect::Quoting, false), [[""], [""]]);
    }
}
