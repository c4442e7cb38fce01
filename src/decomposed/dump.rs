//! A card as data that shows all of it: what the program's `dump` prints.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::ser::{Serialize, Serializer};

use super::{Decomposed, Deviation, Type, Values};
use crate::card::{Card, PropertyRef};
use crate::position::Position;
use crate::syntax::{Charset, ParameterRef};
use crate::value::Binary;
use crate::version::Version;

/// The name of a type, in lower case.
impl Serialize for Type<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A list of texts; components are a list in one list, in which each is a list.
impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Values::Components(components) => [components].serialize(serializer),
            texts => texts.texts().serialize(serializer),
        }
    }
}

/// What it says.
impl Serialize for Deviation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A card as data that shows all of it: its properties taken apart and as they are written, and the
/// lines that are no properties. [`Card::dump`] makes it, and `vcardinal dump` prints it.
///
/// ```
/// use vcardinal::Card;
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nitem1.tel;TYPE=cell:1\nEND:VCARD\n")?;
/// let dump = card.dump();
/// let phone = &dump.properties[1];
/// assert_eq!((phone.name.as_str(), phone.written_name), ("TEL", Some("tel")));
/// assert_eq!(phone.span, Some([24, 46]));
/// let json = serde_json::to_value(&dump).unwrap();
/// assert_eq!(json["properties"][1]["parameters"][0]["values"][0], "cell");
/// # Ok::<(), vcardinal::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Dump<'a> {
    /// What VERSION names.
    pub version: Option<Version>,
    /// Whether it has an END.
    pub closed: bool,
    /// Where it begins.
    pub position: Position,
    /// The first byte of it in the input, and the one after it.
    pub span: [u64; 2],
    /// Its properties in their order.
    pub properties: Vec<DumpedProperty<'a>>,
    /// Lines in it that are no properties.
    pub other_lines: Vec<DumpedLine<'a>>,
}

/// A property as [`Dump`] shows it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct DumpedProperty<'a> {
    /// Its group.
    pub group: Option<&'a str>,
    /// Its name in capital letters.
    pub name: String,
    /// Its name as it is written, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_name: Option<&'a str>,
    /// Its parameters, each as often as it is written.
    pub parameters: Vec<DumpedParameter<'a>>,
    /// Its value as it is written.
    #[serde(flatten)]
    pub raw: DumpedBytes<'a>,
    /// The type of its values, as in [`Decomposed`].
    #[serde(rename = "type")]
    pub value_type: Type<'a>,
    /// Its values, as in [`Decomposed`].
    pub values: Values<'a>,
    /// Its value decoded, in one text with its escapes undone; nothing where it is not text.
    pub text: Option<Cow<'a, str>>,
    /// The charset that was assumed, where one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charset_assumed: Option<&'static str>,
    /// Why it is not text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_error: Option<String>,
    /// The first byte of its line in the input, and the one after it; nothing where it was edited.
    pub span: Option<[u64; 2]>,
}

/// A parameter as [`Dump`] shows it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct DumpedParameter<'a> {
    /// Its name in capital letters; what a word without a name means.
    pub name: String,
    /// Its values.
    pub values: Vec<Cow<'a, str>>,
    /// As it is written.
    #[serde(flatten)]
    pub raw: DumpedBytes<'a>,
}

/// A line that is no property, as [`Dump`] shows it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct DumpedLine<'a> {
    /// As it is written.
    #[serde(flatten)]
    pub raw: DumpedBytes<'a>,
    /// The first byte of it in the input, and the one after it.
    pub span: Option<[u64; 2]>,
}

/// Bytes as text, and as base64 too where the text is not all of them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct DumpedBytes<'a> {
    /// As text, with U+FFFD for the octets that are not text.
    pub raw: Cow<'a, str>,
    /// As base64, where they are not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw_base64: Option<String>,
}

impl<'a> DumpedBytes<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        match core::str::from_utf8(bytes) {
            Ok(text) => DumpedBytes {
                raw: Cow::Borrowed(text),
                raw_base64: None,
            },
            Err(_) => DumpedBytes {
                raw: String::from_utf8_lossy(bytes),
                raw_base64: Some(Binary::from_bytes(bytes).as_base64().into()),
            },
        }
    }
}

impl<'a> DumpedProperty<'a> {
    fn of(property: PropertyRef<'a>, charset: Option<Charset>) -> Self {
        let property = property.with_fallback_charset(charset);
        let name = property.name().to_ascii_uppercase();
        let (text, text_error) = match property.text() {
            Ok(text) => (Some(text), None),
            Err(error) => (None, Some(error.to_string())),
        };
        let parts = Decomposed::of(&property);
        DumpedProperty {
            group: property.group(),
            written_name: (name != property.name()).then_some(property.name()),
            name,
            parameters: property.parameters().map(DumpedParameter::of).collect(),
            raw: DumpedBytes::of(property.line().raw_value()),
            value_type: parts.value_type,
            values: parts.values,
            text,
            charset_assumed: property.assumed_charset().map(Charset::name),
            text_error,
            span: span(&property),
        }
    }
}

impl<'a> DumpedParameter<'a> {
    fn of(parameter: ParameterRef<'a>) -> Self {
        DumpedParameter {
            name: parameter.meaning().to_ascii_uppercase(),
            values: parameter.values().collect(),
            raw: DumpedBytes::of(parameter.raw()),
        }
    }
}

fn span(property: &PropertyRef<'_>) -> Option<[u64; 2]> {
    property.span().map(|span| [span.start, span.end])
}

impl Card {
    /// All of it as data; see [`Dump`].
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:Zoë\nEND:VCARD\n")?;
    /// let json = serde_json::to_value(card.dump()).unwrap();
    /// assert_eq!(json["properties"][1]["text"], "Zoë");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    ///
    /// Of the formats of JSON that other programs read, jCard is `jcard::to_value`, and JSContact
    /// `jscontact::to_value`.
    #[doc(alias = "to_json")]
    #[must_use]
    pub fn dump(&self) -> Dump<'_> {
        self.dump_with(None)
    }

    /// As [`dump`](Self::dump), with text that is not UTF-8 and names no charset read as this one.
    #[must_use]
    pub fn dump_with(&self, charset: Option<Charset>) -> Dump<'_> {
        let position = self.position();
        let others = self.lines().filter(|entry| !entry.line().is_content());
        Dump {
            version: self.version(),
            closed: self.is_closed(),
            position,
            span: [position.byte, position.byte + self.to_bytes().len() as u64],
            properties: self
                .properties()
                .map(|property| DumpedProperty::of(property, charset))
                .collect(),
            other_lines: others
                .map(|entry| DumpedLine {
                    raw: DumpedBytes::of(entry.raw()),
                    span: span(&entry),
                })
                .collect(),
        }
    }
}

/// A line of `vcardinal dump`: a [`Dump`], its file, and its number in that, from 1.
/// `docs/dump.schema.json` in the repository is its JSON schema.
///
/// ```
/// use vcardinal::Card;
/// use vcardinal::decomposed::DumpLine;
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
/// let line = serde_json::to_string(&DumpLine::new("zoe.vcf", 1, card.dump())).unwrap();
/// assert!(line.starts_with(r#"{"file":"zoe.vcf","card":1,"version":"4.0","closed":true,"#));
/// # Ok::<(), vcardinal::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct DumpLine<'a> {
    /// The file, as it was named.
    pub file: &'a str,
    /// The number of the card in it, from 1.
    pub card: u64,
    /// The card.
    #[serde(flatten)]
    pub dump: Dump<'a>,
}

impl<'a> DumpLine<'a> {
    /// A card of this file, which is the one of this number.
    #[must_use]
    pub const fn new(file: &'a str, card: u64, dump: Dump<'a>) -> Self {
        DumpLine { file, card, dump }
    }
}
