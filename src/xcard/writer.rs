//! Cards -> a document.

use alloc::string::String;
use alloc::vec::Vec;
use std::io::{self, Write};

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::names::CARDS;
use super::write::XCard;
use crate::card::Card;
use crate::convert::ConvertError;

/// Writes cards as one document of XML, one after the other.
///
/// ```
/// use vcardinal::{Card, xcard};
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A & B\nEND:VCARD\n")?;
/// let mut writer = xcard::Writer::new(Vec::new());
/// writer.write(&xcard::XCard::of(&card)?)?;
/// assert_eq!(
///     String::from_utf8(writer.finish()?)?,
///     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
///      <vcards xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\">\n\
///      <vcard><fn><text>A &amp; B</text></fn></vcard>\n\
///      </vcards>\n"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Writer<W> {
    out: quick_xml::Writer<W>,
    has_begun: bool,
}

impl<W: Write> Writer<W> {
    /// A document into this output.
    pub fn new(output: W) -> Self {
        Writer {
            out: quick_xml::Writer::new(output),
            has_begun: false,
        }
    }

    fn begin(&mut self) -> io::Result<()> {
        if self.has_begun {
            return Ok(());
        }
        self.has_begun = true;
        let declaration = BytesDecl::new("1.0", Some("UTF-8"), None);
        self.out.write_event(Event::Decl(declaration))?;
        self.break_line()?;
        let mut root = BytesStart::new("vcards");
        root.push_attribute(("xmlns", CARDS));
        self.out.write_event(Event::Start(root))?;
        self.break_line()
    }

    fn break_line(&mut self) -> io::Result<()> {
        self.out
            .write_event(Event::Text(BytesText::from_escaped("\n")))
    }

    /// Writes a card.
    ///
    /// # Errors
    ///
    /// As the output has them.
    pub fn write(&mut self, card: &XCard<'_>) -> io::Result<()> {
        self.begin()?;
        card.write_to(&mut self.out)?;
        self.break_line()
    }

    /// Ends the document and hands the output back. Without a card it has an empty root.
    ///
    /// # Errors
    ///
    /// As the output has them.
    ///
    /// ```
    /// use vcardinal::xcard::Writer;
    ///
    /// let xml = String::from_utf8(Writer::new(Vec::new()).finish()?)?;
    /// assert!(xml.ends_with("<vcards xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\">\n</vcards>\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn finish(mut self) -> io::Result<W> {
        self.begin()?;
        self.out.write_event(Event::End(BytesEnd::new("vcards")))?;
        self.break_line()?;
        let mut output = self.out.into_inner();
        output.flush()?;
        Ok(output)
    }

    /// Writes out what a buffer of the output holds.
    ///
    /// # Errors
    ///
    /// As the output has them.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.get_mut().flush()
    }
}

impl<W> core::fmt::Debug for Writer<W> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Writer")
            .field("has_begun", &self.has_begun)
            .finish_non_exhaustive()
    }
}

/// Cards as one document of XML.
///
/// # Errors
///
/// As [`Card::convert`]: a card of 2.1 or 3.0 is converted to 4.0 first.
///
/// ```
/// use vcardinal::{Card, xcard};
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A & B\nEND:VCARD\n")?;
/// assert!(xcard::to_string([&card])?.contains("<vcard><fn><text>A &amp; B</text></fn></vcard>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn to_string<'a>(cards: impl IntoIterator<Item = &'a Card>) -> Result<String, ConvertError> {
    let mut writer = Writer::new(Vec::new());
    for card in cards {
        let written = writer.write(&XCard::of(card)?);
        debug_assert!(written.is_ok(), "a Vec takes everything");
    }
    Ok(String::from_utf8(writer.finish().unwrap_or_default()).unwrap_or_default())
}
