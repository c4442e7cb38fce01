//! One property of a card, as a view.

use alloc::borrow::Cow;
use alloc::string::String;

use super::Card;
use super::entry_id::EntryId;
use crate::syntax::flags::Flags;
use crate::syntax::{ContentLine, Decoded, ParameterRef, Parameters, TextError, decode, escape};
use crate::version::Version;

/// One property of a card, or one line of it that is not a property.
///
/// A small copy of where things are; the bytes stay in the card.
///
/// ```
/// use vcardinal::Card;
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nitem1.tel;type=CELL,voice:+1 415 555 0123\nEND:VCARD\n")?;
/// let tel = card.property("TEL").unwrap();
/// assert_eq!((tel.group(), tel.name()), (Some("item1"), "tel"));
/// assert!(tel.has_type("cell"));
/// assert_eq!(tel.text().unwrap(), "+1 415 555 0123");
/// # Ok::<(), vcardinal::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct PropertyRef<'a> {
    card: &'a Card,
    id: EntryId,
    line: ContentLine<'a>,
}

impl<'a> PropertyRef<'a> {
    pub(crate) fn new(card: &'a Card, id: EntryId, line: ContentLine<'a>) -> Self {
        PropertyRef { card, id, line }
    }

    /// Names it for edits.
    #[must_use]
    pub fn id(&self) -> EntryId {
        self.id
    }

    /// The line it stands on.
    #[must_use]
    pub fn line(&self) -> ContentLine<'a> {
        self.line
    }

    pub(crate) fn card(&self) -> &'a Card {
        self.card
    }

    /// The version of its card.
    #[must_use]
    pub fn version(&self) -> Option<Version> {
        self.card.version
    }

    /// The group before the name, without its dot.
    #[must_use]
    pub fn group(&self) -> Option<&'a str> {
        self.line.group()
    }

    /// The name as it is written; empty for a line that is no content line.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.line.name()
    }

    /// Whether it has this name, in any letter case.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.line.is(name)
    }

    /// The parameters in order, as they are written.
    #[must_use]
    pub fn parameters(&self) -> Parameters<'a> {
        self.line.parameters_of(self.card.version)
    }

    /// The first parameter of this name, in any letter case. A parameter without a name counts
    /// under the name that it stands for.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<ParameterRef<'a>> {
        self.parameters().find(|parameter| parameter.is(name))
    }

    /// The values of all parameters of this name. RFC 6350, 5: a list, a repeated parameter and
    /// both are the same.
    pub fn parameter_values(&self, name: &'a str) -> impl Iterator<Item = Cow<'a, str>> + use<'a> {
        self.parameters()
            .filter(move |parameter| parameter.is(name))
            .flat_map(|parameter| parameter.values())
    }

    /// Whether TYPE, however it is written, has this value, in any letter case.
    ///
    /// `TYPE=a,b`, `TYPE=a;TYPE=b`, `TYPE="a,b"` and the `a;b` of vCard 2.1 all have both.
    #[must_use]
    pub fn has_type(&self, value: &str) -> bool {
        self.parameter_values("TYPE").any(|types| {
            types
                .split(',')
                .any(|item| item.trim().eq_ignore_ascii_case(value))
        })
    }

    /// Its bytes as they will be written, with folds and line ending.
    #[must_use]
    pub fn raw(&self) -> &'a [u8] {
        self.line.raw()
    }

    /// Where it stands in the input, in bytes; none for one that was added or changed since.
    #[must_use]
    pub fn span(&self) -> Option<core::ops::Range<u64>> {
        let line = self.card.lines.get(self.id.index())?;
        let (raw, _) = self.card.source_line(self.id.index())?;
        if !core::ptr::eq(raw.as_ptr(), self.line.raw().as_ptr()) {
            return None;
        }
        let start = self.card.start.byte + u64::from(line.start);
        Some(start..start + raw.len() as u64)
    }

    /// The value unfolded and quoted-printable decoded, its escapes and charset as they are.
    #[must_use]
    pub fn value_bytes(&self) -> Cow<'a, [u8]> {
        self.line.value(self.card.version)
    }

    /// The value as text, escapes still in it: what the value types of a property are read from.
    ///
    /// # Errors
    ///
    /// When the bytes are not text of the charset that the property names, or not UTF-8.
    #[inline]
    pub fn raw_text(&self) -> Result<Cow<'a, str>, TextError> {
        if let Some(plain) = self.line.plain_value()
            && let Ok(text) = simdutf8::basic::from_utf8(plain)
        {
            return Ok(Cow::Borrowed(text));
        }
        decode::raw_text(&self.line, self.card.version).map(|decoded| decoded.text)
    }

    /// The value as one text: unfolded, quoted-printable and charset decoded, escapes resolved.
    ///
    /// For a value with components or a list, [`components`](Self::components) and
    /// [`list`](Self::list) tell a separator from an escaped one.
    ///
    /// # Errors
    ///
    /// When the bytes are not text of the charset that the property names, or not UTF-8.
    pub fn text(&self) -> Result<Cow<'a, str>, TextError> {
        self.decode().map(|decoded| decoded.text)
    }

    /// As [`text`](Self::text), and what was undone to get at it.
    ///
    /// # Errors
    ///
    /// As [`text`](Self::text).
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB\nEND:VCARD\n",
    /// )?;
    /// let decoded = card.property("N").unwrap().decode().unwrap();
    /// assert_eq!(decoded.text, "Zoë");
    /// assert!(decoded.quoted_printable && !decoded.unescaped);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn decode(&self) -> Result<Decoded<'a>, TextError> {
        decode::text(&self.line, self.card.version)
    }

    /// The text, with U+FFFD in place of what cannot be read.
    #[must_use]
    pub fn text_lossy(&self) -> Cow<'a, str> {
        self.text().unwrap_or_else(|_| {
            let bytes = self.value_bytes();
            let raw = String::from_utf8_lossy(&bytes);
            let dialect = self.card.version.unwrap_or(Version::V3_0);
            Cow::Owned(escape::unescape(&raw, dialect).into_owned())
        })
    }

    /// The items of a comma list, as NICKNAME and CATEGORIES have it; in 2.1, which has no lists,
    /// the text alone. RFC 6350, 3.4.
    ///
    /// # Errors
    ///
    /// As [`text`](Self::text), and when there are more than [`Limits::values`](crate::Limits).
    pub fn list(&self) -> Result<alloc::vec::Vec<String>, TextError> {
        let raw = self.raw_text()?;
        let dialect = self.card.version.unwrap_or(Version::V3_0);
        if dialect == Version::V2_1 {
            return Ok([escape::unescape(&raw, dialect).into_owned()].into());
        }
        let mut left = self.card.values;
        let items = escape::split(&raw, ',').map(|item| {
            self.count(&mut left)?;
            Ok(escape::unescape(item, dialect).into_owned())
        });
        items.collect()
    }

    /// Counts one value of this property.
    fn count(&self, left: &mut usize) -> Result<(), TextError> {
        let max = self.card.values;
        *left = left
            .checked_sub(1)
            .ok_or(TextError::TooManyValues { max })?;
        Ok(())
    }

    /// The components of a structured value, each a list, as N and ADR have it. RFC 6350, 3.4.
    ///
    /// # Errors
    ///
    /// As [`list`](Self::list).
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nN:Quist\\;Roe;Zoë;A,B;;\nEND:VCARD\n")?;
    /// let name = card.property("N").unwrap().components().unwrap();
    /// assert_eq!(name, [vec!["Quist;Roe"], vec!["Zoë"], vec!["A", "B"], vec![""], vec![""]]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn components(&self) -> Result<alloc::vec::Vec<alloc::vec::Vec<String>>, TextError> {
        let raw = self.raw_text()?;
        let dialect = self.card.version.unwrap_or(Version::V3_0);
        let mut left = self.card.values;
        let mut item = |item| {
            self.count(&mut left)?;
            Ok(escape::unescape(item, dialect).into_owned())
        };
        escape::split_components(&raw, dialect)
            .map(|component| {
                // Most have one value, and then no room for more.
                let is_one = memchr::memchr(b',', component.as_bytes()).is_none();
                match is_one || dialect == Version::V2_1 {
                    true => Ok([item(component)?].into()),
                    false => escape::split(component, ',').map(&mut item).collect(),
                }
            })
            .collect()
    }

    /// The card in an AGENT property: nested in 2.1, escaped text in 3.0. vCard 2.1, 2.5.4;
    /// RFC 2426, 3.5.4. `None` when it holds no card.
    #[must_use]
    pub fn nested_card(&self) -> Option<Card> {
        if self.line.flags().has(Flags::NESTED) {
            return Card::parse(self.line.raw_value()).ok();
        }
        let text = self.text().ok()?;
        let start = text.trim_start();
        if !start
            .get(..5)
            .is_some_and(|word| word.eq_ignore_ascii_case("BEGIN"))
        {
            return None;
        }
        Card::parse(start).ok()
    }
}
