//! Parameters of a content line and their values.
//!
//! RFC 6350, 5; vCard 2.1, 2.1.2 for parameters without a name; the circumflex escapes of RFC 6868
//! are in `caret`. Nothing is stored: parameters are lexed from the head of the line when asked for.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::byte_class::trim;
use super::caret::decode_caret;
use super::line_head::{Dialect, encoding_word};
use super::span::split;
use super::wide;

/// The parameters of one line, in order, as they are written.
#[derive(Clone)]
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
    // Most are without quotes, and what stands before the first one needs no second look.
    let is_looked_at = |byte| (byte == delimiter) | (byte == b'"') | (byte == b'\\');
    let Some(first) = wide::find(input, is_looked_at) else {
        return input.len();
    };
    let mut quoted = false;
    let mut escaped = false;
    for (at, byte) in input.iter().enumerate().skip(first) {
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
#[derive(Clone, Copy)]
pub struct ParameterRef<'a> {
    raw: &'a [u8],
    dialect: Dialect,
    caret: bool,
}

/// `TYPE (4 bytes)`
impl core::fmt::Debug for ParameterRef<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{} ({} bytes)", self.meaning(), self.raw.len())
    }
}

impl core::fmt::Debug for Parameters<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl core::fmt::Debug for ParameterValues<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("ParameterValues").finish_non_exhaustive()
    }
}

impl<'a> ParameterRef<'a> {
    /// The parameter as it is written, folds removed, without the semicolon before it.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL;TYPE=\"home\",cell:1\nEND:VCARD\n")?;
    /// assert_eq!(card.property("TEL").unwrap().parameter("TYPE").unwrap().raw(), b"TYPE=\"home\",cell");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// The name, if there is one, and what follows it as it is written.
    pub(crate) fn split(&self) -> (Option<&'a [u8]>, &'a [u8]) {
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
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:2.1\nN:A\nTEL;type=HOME;CELL:1\nEND:VCARD\n")?;
    /// let names: Vec<_> = card.property("TEL").unwrap().parameters().map(|one| one.name()).collect();
    /// assert_eq!(names, [Some("type"), None]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn name(&self) -> Option<&'a str> {
        self.split()
            .0
            .and_then(|name| core::str::from_utf8(name).ok())
    }

    /// The name, or for a parameter without one the name that its value stands for: ENCODING,
    /// VALUE or TYPE. vCard 2.1, section 2.1.2.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:2.1\nN:A\nNOTE;QUOTED-PRINTABLE;X-A=1;HOME:=20\nEND:VCARD\n")?;
    /// let names: Vec<_> = card.property("NOTE").unwrap().parameters().map(|one| one.meaning()).collect();
    /// assert_eq!(names, ["ENCODING", "X-A", "TYPE"]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn meaning(&self) -> &'a str {
        // URI is what later versions call a URL.
        const VALUES: [&str; 5] = ["INLINE", "URL", "URI", "CONTENT-ID", "CID"];
        if let Some(name) = self.name() {
            return name;
        }
        let stands_for = |words: &[&str]| {
            words
                .iter()
                .any(|word| word.as_bytes().eq_ignore_ascii_case(trim(self.raw)))
        };
        if encoding_word(trim(self.raw)).is_some() {
            "ENCODING"
        } else if stands_for(&VALUES) {
            "VALUE"
        } else {
            "TYPE"
        }
    }

    /// Whether it has this name, written or meant, in any letter case.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:2.1\nN:A\nTEL;CELL:1\nEND:VCARD\n")?;
    /// assert!(card.property("TEL").unwrap().parameters().any(|parameter| parameter.is("type")));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
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
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL;X-A=\"a,b\",^'c^':1\nEND:VCARD\n")?;
    /// let values: Vec<_> = card.property("TEL").unwrap().parameter("X-A").unwrap().values().collect();
    /// assert_eq!(values, ["a,b", "\"c\""]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn values(&self) -> ParameterValues<'a> {
        ParameterValues {
            rest: Some(self.split().1),
            dialect: self.dialect,
            caret: self.caret,
        }
    }

    /// The first value; empty when it has no value.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL;TYPE=home,cell:1\nEND:VCARD\n")?;
    /// assert_eq!(card.property("TEL").unwrap().parameter("TYPE").unwrap().value(), "home");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
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
#[derive(Clone)]
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
            Dialect::Quoting => lossy(unquoted(raw)),
            Dialect::Backslash => return Some(without_backslashes(raw)),
            Dialect::Literal => lossy(raw),
        };
        Some(if self.caret { decode_caret(text) } else { text })
    }
}

/// As [`String::from_utf8_lossy`], which is slow on what is UTF-8, as nearly all is.
fn lossy(raw: &[u8]) -> Cow<'_, str> {
    match core::str::from_utf8(raw) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(raw),
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
        return lossy(raw);
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
