//! A card -> its elements.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use super::foreign;
use super::names::{NAMESPACE, is_not_xml, is_of_element, of_parameter, place, structure};
use crate::card::Card;
use crate::convert::{Change, ChangeKind, Convert, ConvertError};
use crate::decomposed::{Decomposed, Type, Values};
use crate::interchange::Outward;
use crate::registry::{self, PropertyId, PropertyRow, ValueType};
use crate::version::Version;

/// A card of any version as xCard, to be [written](super::Writer::write).
///
/// ```
/// use vcardinal::{Card, xcard::{Writer, XCard}};
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nN:A;;;;\nFN:A\nEND:VCARD\n")?;
/// let mut writer = Writer::new(Vec::new());
/// writer.write(&XCard::of(&card)?)?;
/// assert!(String::from_utf8(writer.finish()?)?.contains("<fn><text>A</text></fn>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct XCard<'a>(Outward<'a>);

impl<'a> XCard<'a> {
    /// A card as xCard. One of 2.1 or 3.0 is converted to 4.0 first, since no namespace of XML exists for
    /// those. RFC 6351, 5.1.
    ///
    /// # Errors
    ///
    /// As [`Card::convert`].
    pub fn of(card: &'a Card) -> Result<Self, ConvertError> {
        XCard::with(card, &Convert::to(Version::V4_0))
    }

    /// As [`of`](Self::of), with the options of the conversion to 4.0.
    ///
    /// # Errors
    ///
    /// As [`Convert::card`].
    pub fn with(card: &'a Card, options: &Convert) -> Result<Self, ConvertError> {
        Outward::new(card, options).map(XCard)
    }

    /// What was changed on the way to 4.0, and what xCard has no form for.
    ///
    /// ```
    /// use vcardinal::{Card, xcard::XCard};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE:a\u{1}b\nEND:VCARD\n")?;
    /// let changes = XCard::of(&card)?.changes();
    /// assert_eq!(changes[0].section(), "XML 1.0, 2.2");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        self.0.changes(|parts, changes| {
            each_problem(parts, |kind, section, message| {
                changes.push(Change::new(kind, Some(&parts.name), section, message));
            });
        })
    }

    /// Writes the element of the card.
    pub(super) fn write_to<W: Write>(&self, out: &mut Writer<W>) -> io::Result<()> {
        start(out, "vcard")?;
        let mut open: Option<String> = None;
        for property in self.0.properties() {
            let parts = Decomposed::of(&property);
            let group = parts.group.as_deref();
            if open.as_deref() != group {
                if open.is_some() {
                    end(out, "group")?;
                }
                if let Some(name) = group {
                    let mut element = BytesStart::new("group");
                    element.push_attribute(("name", name));
                    out.write_event(Event::Start(element))?;
                }
                open = group.map(String::from);
            }
            write_property(&parts, out)?;
        }
        if open.is_some() {
            end(out, "group")?;
        }
        end(out, "vcard")
    }
}

/// Tells what of a property xCard has no form for.
fn each_problem(
    parts: &Decomposed<'_>,
    mut say: impl FnMut(ChangeKind, &'static str, &'static str),
) {
    let row = row_of(parts);
    let texts = || {
        let components = match &parts.values {
            Values::Components(components) => components.as_slice(),
            _ => &[],
        };
        let values = parts
            .values
            .texts()
            .iter()
            .chain(components.iter().flatten());
        values.chain(parts.parameters.iter().flat_map(|one| &one.values))
    };
    if texts().any(|text| text.contains(is_not_xml)) {
        say(
            ChangeKind::Approximated,
            "XML 1.0, 2.2",
            "XML cannot hold control characters; U+FFFD stands for them",
        );
    }
    if is_of_xml(parts) && !is_embedded(parts) {
        say(
            ChangeKind::Approximated,
            "RFC 6351, 6",
            "it is not one element of another namespace; it is written as a text",
        );
    }
    if let Values::Components(components) = &parts.values
        && let Some(names) = row.and_then(|row| structure(row.id))
        && let Some(more) = components.get(names.len()..)
        && more.iter().flatten().any(|text| !text.is_empty())
    {
        say(
            ChangeKind::Approximated,
            "RFC 6351, 5.1",
            "xCard has no elements for components of RFC 9554; other readers pass over them",
        );
    }
    let names = parts.parameters.iter().map(|one| &one.name);
    if names.chain([&parts.name]).any(|name| !is_of_element(name)) {
        say(
            ChangeKind::Moved,
            "XML 1.0, 2.3",
            "names of elements begin with a letter; X- is put before the name",
        );
    }
    let is_both = parts.value_type == Type::Known(ValueType::DateAndOrTime);
    if row.is_none() && is_both || matches!(parts.value_type, Type::Other(_)) {
        say(
            ChangeKind::Approximated,
            "RFC 6351, 4",
            "xCard has no element for the type of the value",
        );
    }
}

fn row_of(parts: &Decomposed<'_>) -> Option<&'static PropertyRow> {
    registry::property(parts.name.as_bytes()).filter(|row| row.stands_for.is_none())
}

fn is_of_xml(parts: &Decomposed<'_>) -> bool {
    row_of(parts).is_some_and(|row| row.id == PropertyId::XML)
}

/// Whether an XML property is written as the element that it is. That has no place for parameters.
fn is_embedded(parts: &Decomposed<'_>) -> bool {
    let (Values::One(text), []) = (&parts.values, parts.parameters.as_slice()) else {
        return false;
    };
    foreign::can_stand_in_a_card(text)
}

/// The name of an element.
fn element(name: &str) -> Cow<'_, str> {
    let lower = match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(name.to_ascii_lowercase()),
        false => Cow::Borrowed(name),
    };
    match is_of_element(name) {
        true => lower,
        false => {
            let mut prefixed = String::from("x-");
            prefixed.push_str(&lower);
            Cow::Owned(prefixed)
        }
    }
}

fn start<W: Write>(out: &mut Writer<W>, name: &str) -> io::Result<()> {
    out.write_event(Event::Start(BytesStart::new(name)))
}

fn end<W: Write>(out: &mut Writer<W>, name: &str) -> io::Result<()> {
    out.write_event(Event::End(BytesEnd::new(name)))
}

/// An element with a text.
fn text<W: Write>(out: &mut Writer<W>, name: &str, text: &str) -> io::Result<()> {
    if text.is_empty() {
        return out.write_event(Event::Empty(BytesStart::new(name)));
    }
    start(out, name)?;
    let text = match text.contains(is_not_xml) {
        true => Cow::Owned(text.replace(is_not_xml, "\u{FFFD}")),
        false => Cow::Borrowed(text),
    };
    let mut rest = &*text;
    // A reader of XML makes a line feed of a carriage return that is not a reference. XML 1.0, 2.11.
    while let Some((before, after)) = rest.split_once('\r') {
        out.write_event(Event::Text(BytesText::new(before)))?;
        out.write_event(Event::Text(BytesText::from_escaped("&#13;")))?;
        rest = after;
    }
    out.write_event(Event::Text(BytesText::new(rest)))?;
    end(out, name)
}

fn write_property<W: Write>(parts: &Decomposed<'_>, out: &mut Writer<W>) -> io::Result<()> {
    if is_of_xml(parts)
        && is_embedded(parts)
        && let Values::One(markup) = &parts.values
    {
        // It was looked at: one element that is well-formed and stands for itself.
        return out.write_event(Event::Text(BytesText::from_escaped(&**markup)));
    }
    let name = element(&parts.name);
    start(out, &name)?;
    if !parts.parameters.is_empty() {
        start(out, "parameters")?;
        let property = row_of(parts).map(|row| row.id);
        let mut in_order: Vec<_> = parts
            .parameters
            .iter()
            .map(|one| {
                let id = registry::parameter(one.name.as_bytes()).map(|row| row.id);
                (place(property, id), id, one)
            })
            .collect();
        in_order.sort_by_key(|(place, ..)| *place);
        for (_, id, parameter) in in_order {
            let name = element(&parameter.name);
            start(out, &name)?;
            for value in &parameter.values {
                text(out, of_parameter(id, value), value)?;
            }
            end(out, &name)?;
        }
        end(out, "parameters")?;
    }
    match &parts.values {
        Values::Components(components) => write_components(parts, components, out)?,
        values => {
            for value in values.texts() {
                let (name, value) = value_element(parts, value);
                text(out, &name, value)?;
            }
        }
    }
    end(out, &name)
}

fn write_components<W: Write>(
    parts: &Decomposed<'_>,
    components: &[Vec<Cow<'_, str>>],
    out: &mut Writer<W>,
) -> io::Result<()> {
    let row = row_of(parts);
    let Some(names) = row.and_then(|row| structure(row.id)) else {
        for value in components.iter().flatten() {
            text(out, "text", value)?;
        }
        return Ok(());
    };
    for (place, name) in names.iter().enumerate() {
        match components.get(place) {
            Some(values) => {
                for value in values {
                    text(out, name, value)?;
                }
            }
            // GENDER may end with the sex.
            None if names.len() > 2 => text(out, name, "")?,
            None => {}
        }
    }
    let columns = row.map_or(&[][..], |row| row.components(Version::V4_0));
    for (place, values) in components.iter().enumerate().skip(names.len()) {
        let name = columns.get(place).map_or("component", |column| column.name);
        for value in values {
            let mut own = BytesStart::new(name);
            own.push_attribute(("xmlns", NAMESPACE));
            match is_of_xml_text(value) {
                None => out.write_event(Event::Empty(own))?,
                Some(value) => {
                    out.write_event(Event::Start(own))?;
                    out.write_event(Event::Text(BytesText::new(&value)))?;
                    end(out, name)?;
                }
            }
        }
    }
    Ok(())
}

/// A text that XML can hold; `None` where it is empty.
fn is_of_xml_text(text: &str) -> Option<Cow<'_, str>> {
    match text.contains(is_not_xml) {
        _ if text.is_empty() => None,
        true => Some(Cow::Owned(text.replace(is_not_xml, "\u{FFFD}"))),
        false => Some(Cow::Borrowed(text)),
    }
}

/// The element of a value, and its text. xCard has no type that is a date or a time, but one or the
/// other. RFC 6351, 4 and appendix A.
fn value_element<'p>(parts: &'p Decomposed<'_>, value: &'p str) -> (Cow<'p, str>, &'p str) {
    let Type::Known(known) = &parts.value_type else {
        return match &parts.value_type {
            Type::Other(name) if is_of_element(name) => (Cow::Borrowed(&**name), value),
            _ => (Cow::Borrowed("unknown"), value),
        };
    };
    if *known == ValueType::Boolean {
        // In lower case, as XML Schema has it.
        let value = if value.eq_ignore_ascii_case("TRUE") {
            "true"
        } else {
            "false"
        };
        return (Cow::Borrowed("boolean"), value);
    }
    if *known != ValueType::DateAndOrTime {
        return (Cow::Borrowed(parts.value_type.as_str()), value);
    }
    let name = match value.strip_prefix(['T', 't']) {
        Some(time) => return (Cow::Borrowed("time"), time),
        None if value.contains(['T', 't']) => "date-time",
        None => "date",
    };
    (Cow::Borrowed(name), value)
}
