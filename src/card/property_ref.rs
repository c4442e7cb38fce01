//! One property of a card, as a view.

use alloc::borrow::Cow;
use alloc::string::String;

use super::Card;
use super::entry_id::EntryId;
use crate::registry::{self, Shape};
use crate::syntax::flags::Flags;
use crate::syntax::{
    Charset, ContentLine, Decoded, ParameterRef, Parameters, TextError, decode, escape,
};
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
#[derive(Clone, Copy)]
pub struct PropertyRef<'a> {
    card: &'a Card,
    id: EntryId,
    line: ContentLine<'a>,
    fallback: Option<Charset>,
}

impl<'a> PropertyRef<'a> {
    pub(crate) fn new(card: &'a Card, id: EntryId, line: ContentLine<'a>) -> Self {
        PropertyRef {
            card,
            id,
            line,
            fallback: card.fallback,
        }
    }

    /// The line before it in the card.
    pub(crate) fn line_before(&self) -> Option<ContentLine<'a>> {
        self.card.content_line(self.card.previous(self.id)?)
    }

    /// Names it for edits.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE:old\nEND:VCARD\n")?;
    /// let id = card.property("NOTE").unwrap().id();
    /// card.entry_mut(id).unwrap().set_text("new")?;
    /// assert_eq!(card.entry(id).unwrap().text_lossy(), "new");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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

    /// The version that its card names. What it is read by is the
    /// [effective version](Self::effective_version).
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nFN:A\nEND:VCARD\n")?;
    /// assert_eq!(card.property("FN").unwrap().version(), Some(Version::V3_0));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn version(&self) -> Option<Version> {
        self.card.version
    }

    /// The group before the name, without its dot.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nitem1.TEL:1\nEND:VCARD\n")?;
    /// assert_eq!(card.property("TEL").unwrap().group(), Some("item1"));
    /// assert_eq!(card.property("FN").unwrap().group(), None);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn group(&self) -> Option<&'a str> {
        self.line.group()
    }

    /// The name as it is written; empty for a line that is no content line.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nfn:A\nEND:VCARD\n")?;
    /// let name = card.property("FN").unwrap();
    /// assert_eq!(name.name(), "fn");
    /// assert!(name.is("FN"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.line.name()
    }

    /// The same property, whose text is read as this charset where it names none and is not
    /// UTF-8: as [`Card::set_fallback_charset`], for one property. `None` assumes nothing.
    ///
    /// ```
    /// use vcardinal::{Card, Charset};
    ///
    /// let card = Card::parse(b"BEGIN:VCARD\nVERSION:2.1\nN:M\xFCller;J\xF6rg\nEND:VCARD\n")?;
    /// let name = card.property("N").unwrap();
    /// assert!(name.text().is_err());
    /// let name = name.with_fallback_charset(Some(Charset::WINDOWS_1252));
    /// assert_eq!(name.components().unwrap(), [["Müller"], ["Jörg"]]);
    /// assert_eq!(name.assumed_charset(), Some(Charset::WINDOWS_1252));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn with_fallback_charset(mut self, charset: Option<Charset>) -> Self {
        self.fallback = charset;
        self
    }

    /// The fall-back charset, if the text can be read by that alone; `None` where the bytes are
    /// UTF-8 or the property names its charset, and where there is no fall-back.
    #[must_use]
    pub fn assumed_charset(&self) -> Option<Charset> {
        let charset = self.fallback?;
        // Nearly all lines are ASCII, or UTF-8 that stands there as it is, and need not be read twice.
        let is_utf8 = |bytes: &[u8]| bytes.is_ascii() || simdutf8::basic::from_utf8(bytes).is_ok();
        if self.line.plain_value().is_some_and(is_utf8) {
            return None;
        }
        self.decode().ok()?.charset_assumed.then_some(charset)
    }

    /// Whether what names no charset and is not UTF-8 is read as another one.
    pub(crate) fn has_fallback_charset(&self) -> bool {
        self.fallback.is_some()
    }

    /// Whether it has this name, in any letter case.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nitem1.Tel:1\nTEL:2\nEND:VCARD\n")?;
    /// assert_eq!(card.properties().filter(|property| property.is("tel")).count(), 2);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.line.is(name)
    }

    /// The parameters in order, as they are written.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL;TYPE=home;PREF=1:1\nEND:VCARD\n")?;
    /// let tel = card.property("TEL").unwrap();
    /// let names: Vec<_> = tel.parameters().filter_map(|parameter| parameter.name()).collect();
    /// assert_eq!(names, ["TYPE", "PREF"]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn parameters(&self) -> Parameters<'a> {
        self.line.parameters_of(self.card.effective)
    }

    /// The first parameter of this name, in any letter case. A parameter without a name counts
    /// under the name that it stands for.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:2.1\nN:A\nTEL;HOME:1\nEND:VCARD\n")?;
    /// let tel = card.property("TEL").unwrap();
    /// let types: Vec<_> = tel.parameter("type").unwrap().values().collect();
    /// assert_eq!(types, ["HOME"]);
    /// assert!(tel.parameter("PREF").is_none());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<ParameterRef<'a>> {
        self.parameters().find(|parameter| parameter.is(name))
    }

    /// The values of all parameters of this name. RFC 6350, 5: a list, a repeated parameter and
    /// both are the same.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL;TYPE=home,cell;TYPE=text:1\nEND:VCARD\n")?;
    /// let types: Vec<_> = card.property("TEL").unwrap().parameter_values("TYPE").collect();
    /// assert_eq!(types, ["home", "cell", "text"]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn parameter_values(&self, name: &str) -> impl Iterator<Item = Cow<'a, str>> + use<'a> {
        // The name of the caller is not held on to.
        let name = match registry::parameter(name.as_bytes()) {
            Some(row) => Cow::Borrowed(row.name),
            None => Cow::Owned(String::from(name)),
        };
        self.parameters()
            .filter(move |parameter| parameter.is(&name))
            .flat_map(|parameter| parameter.values())
    }

    /// As [`parameter_values`](Self::parameter_values), of a name that is known.
    pub(crate) fn values_named(
        &self,
        name: &'static str,
    ) -> impl Iterator<Item = Cow<'a, str>> + use<'a> {
        self.parameters()
            .filter(move |parameter| parameter.is(name))
            .flat_map(|parameter| parameter.values())
    }

    /// Whether TYPE, however it is written, has this value, in any letter case.
    ///
    /// `TYPE=a,b`, `TYPE=a;TYPE=b`, `TYPE="a,b"` and the `a;b` of vCard 2.1 all have both.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nN:A\nFN:A\nTEL;TYPE=\"CELL,VOICE\":1\nEND:VCARD\n")?;
    /// let tel = card.property("TEL").unwrap();
    /// assert!(tel.has_type("cell") && tel.has_type("voice") && !tel.has_type("fax"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn has_type(&self, value: &str) -> bool {
        self.values_named("TYPE").any(|types| {
            types
                .split(',')
                .any(|item| item.trim().eq_ignore_ascii_case(value))
        })
    }

    /// Its bytes as they will be written, with folds and line ending.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE:one\n  two\nEND:VCARD\n")?;
    /// assert_eq!(card.property("NOTE").unwrap().raw(), b"NOTE:one\n  two\n");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn raw(&self) -> &'a [u8] {
        self.line.raw()
    }

    /// Where it stands in the input, in bytes; none for one that was added or changed since.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// assert_eq!(card.property("FN").unwrap().span(), Some(24..29));
    /// card.property_mut("FN").unwrap().set_text("B")?;
    /// assert_eq!(card.property("FN").unwrap().span(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn span(&self) -> Option<core::ops::Range<u64>> {
        if self
            .card
            .edits
            .as_ref()
            .is_some_and(|edits| edits.is_reread)
        {
            return None;
        }
        let line = self.card.lines.get(self.id.index())?;
        let (raw, _) = self.card.source_line(self.id.index())?;
        if !core::ptr::eq(raw.as_ptr(), self.line.raw().as_ptr()) {
            return None;
        }
        let start = self.card.start.byte + u64::from(line.start);
        Some(start..start + raw.len() as u64)
    }

    /// The value unfolded and quoted-printable decoded, its escapes and charset as they are.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:Zo=EB\nEND:VCARD\n")?;
    /// assert_eq!(&*card.property("N").unwrap().value_bytes(), b"Zo\xEB");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn value_bytes(&self) -> Cow<'a, [u8]> {
        self.line.value()
    }

    /// The value as text, escapes still in it: what the value types of a property are read from.
    ///
    /// Of quoted-printable in 2.1 it does not tell encoded separators from bare ones, which
    /// [`components`](Self::components) and [`value`](Self::value) do.
    ///
    /// # Errors
    ///
    /// When the bytes are not text of the charset that the property names, or not UTF-8.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE:one\\, t\n wo\nEND:VCARD\n")?;
    /// let note = card.property("NOTE").unwrap();
    /// assert_eq!(note.raw_text().unwrap(), "one\\, two");
    /// assert_eq!(note.text().unwrap(), "one, two");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[inline]
    pub fn raw_text(&self) -> Result<Cow<'a, str>, TextError> {
        if let Some(text) = self.line.plain_text() {
            return Ok(text);
        }
        decode::raw_text(&self.line, self.fallback).map(|decoded| decoded.text)
    }

    /// As [`raw_text`](Self::raw_text), with the version whose escapes are in it: that of the card,
    /// or 3.0, which has an escape for whatever quoted-printable can say.
    #[inline]
    pub(crate) fn raw_in(&self) -> Result<(Cow<'a, str>, Version), TextError> {
        self.raw_with(|| self.has_parts())
    }

    /// `parts` is whether the value has components.
    #[inline]
    fn raw_with(&self, parts: impl Fn() -> bool) -> Result<(Cow<'a, str>, Version), TextError> {
        let version = self.card.effective;
        if let Some(text) = self.line.plain_text() {
            return Ok((text, version));
        }
        decode::raw(&self.line, version, parts(), self.fallback)
            .map(|(decoded, dialect)| (decoded.text, dialect))
    }

    /// Whether the value has components that quoted-printable parts.
    fn has_parts(&self) -> bool {
        self.line.is_quoted_printable()
            && self.card.effective == Version::V2_1
            && registry::property(self.line.name_bytes()).is_some_and(|row| {
                matches!(
                    row.shape,
                    Shape::Components(_) | Shape::ComponentsRepeatingLast(_)
                )
            })
    }

    /// The value as one text: unfolded, quoted-printable and charset decoded, escapes resolved.
    ///
    /// For a value with components or a list, [`components`](Self::components) and
    /// [`list`](Self::list) tell a separator from an escaped one.
    ///
    /// # Errors
    ///
    /// When the bytes are not text of the charset that the property names, or not UTF-8.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE:one\\, two\\nthree\nEND:VCARD\n")?;
    /// assert_eq!(card.property("NOTE").unwrap().text().unwrap(), "one, two\nthree");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn text(&self) -> Result<Cow<'a, str>, TextError> {
        let (raw, dialect) = self.raw_in()?;
        Ok(match escape::unescape(&raw, dialect) {
            Cow::Borrowed(_) => raw,
            Cow::Owned(text) => Cow::Owned(text),
        })
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
        decode::text(
            &self.line,
            self.card.effective,
            self.has_parts(),
            self.fallback,
        )
    }

    /// The text, with U+FFFD in place of what cannot be read.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse(b"BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE:Zo\xEB\nEND:VCARD\n")?;
    /// let note = card.property("NOTE").unwrap();
    /// assert!(note.text().is_err());
    /// assert_eq!(note.text_lossy(), "Zo\u{FFFD}");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn text_lossy(&self) -> Cow<'a, str> {
        self.text().unwrap_or_else(|_| {
            let bytes = self.value_bytes();
            let raw = String::from_utf8_lossy(&bytes);
            let dialect = self.card.effective;
            Cow::Owned(escape::unescape(&raw, dialect).into_owned())
        })
    }

    /// The items of a comma list, as NICKNAME and CATEGORIES have it, in 2.1 too, whose letter has no
    /// lists. RFC 6350, 3.4.
    ///
    /// # Errors
    ///
    /// As [`text`](Self::text), and when there are more than [`Limits::values`](crate::Limits).
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nCATEGORIES:friend,sea\\, sail\nEND:VCARD\n")?;
    /// assert_eq!(card.property("CATEGORIES").unwrap().list().unwrap(), ["friend", "sea, sail"]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn list(&self) -> Result<alloc::vec::Vec<String>, TextError> {
        let (raw, dialect) = self.raw_in()?;
        let mut left = self.card.values;
        let items = escape::split(&raw, ',').map(|item| {
            self.count(&mut left)?;
            Ok(escape::unescape(item, dialect).into_owned())
        });
        items.collect()
    }

    /// The limit on values of one property.
    pub(crate) fn max_values(&self) -> usize {
        self.card.values
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
        // As many as a name has.
        let mut components = alloc::vec::Vec::with_capacity(5);
        self.each_in_components(|place, text| {
            let text = text.into_owned();
            match components.get_mut(place) {
                None => components.push(alloc::vec::Vec::from([text])),
                Some(texts) => texts.push(text),
            }
        })?;
        Ok(components)
    }

    /// As [`components`](Self::components), each text with the place of its component.
    pub(crate) fn each_in_components(
        &self,
        mut each: impl FnMut(usize, Cow<'_, str>),
    ) -> Result<(), TextError> {
        let (raw, dialect) = self.raw_with(|| true)?;
        let mut left = self.card.values;
        for (place, component) in escape::split_components(&raw, dialect).enumerate() {
            let is_one = memchr::memchr(b',', component.as_bytes()).is_none();
            if is_one || dialect == Version::V2_1 {
                self.count(&mut left)?;
                each(place, escape::unescape(component, dialect));
                continue;
            }
            for item in escape::split(component, ',') {
                self.count(&mut left)?;
                each(place, escape::unescape(item, dialect));
            }
        }
        Ok(())
    }

    /// The card in an AGENT property: nested in 2.1, escaped text in 3.0. vCard 2.1, 2.5.4;
    /// RFC 2426, 3.5.4. `None` when it holds no card.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:3.0\nN:A\nFN:A\n\
    ///      AGENT:BEGIN:VCARD\\nVERSION:3.0\\nN:B\\nFN:B\\nEND:VCARD\\n\nEND:VCARD\n",
    /// )?;
    /// let agent = card.property("AGENT").unwrap().nested_card().unwrap();
    /// assert_eq!(agent.display_name(), "B");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
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
