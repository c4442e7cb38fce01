//! A document -> cards, one by one.

use alloc::format;
use alloc::string::String;
use std::io::BufRead;

use super::error::{Error, ErrorKind};
use super::foreign;
use super::property::{self, checked, refuse_text};
use super::source::{Source, Step};
use crate::card::Card;
use crate::convert::{ChangeKind, Conversion};
use crate::decomposed::{Decomposed, Type, Values};
use crate::interchange::{Inward, Refusal};
use crate::limits::Limits;
use crate::registry::{PropertyId, ValueType};
use crate::version::Version;

/// Reads the cards of a document one by one, in the memory of one of them.
///
/// XML that is wrong cannot be read on: the first error is the last item. The cards before it are there.
///
/// ```
/// use vcardinal::xcard;
///
/// let xml = r#"<v:vcards xmlns:v="urn:ietf:params:xml:ns:vcard-4.0"><v:vcard>
///   <v:fn><v:text>A &amp; B</v:text></v:fn>
///   <v:n><v:surname>Quist</v:surname><v:given>Zoë</v:given></v:n>
///   <p xmlns="http://www.w3.org/1999/xhtml">hello</p>
/// </v:vcard></v:vcards>"#;
/// let card = xcard::Reader::new(xml.as_bytes()).next().unwrap()?;
/// assert_eq!(
///     card.to_string(),
///     "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A & B\r\nN:Quist;Zoë;;;\r\n\
///      XML:<p xmlns=\"http://www.w3.org/1999/xhtml\">hello</p>\r\nEND:VCARD\r\n"
/// );
///
/// let bomb = r#"<!DOCTYPE v [<!ENTITY a "aaaa">]><vcards xmlns="urn:ietf:params:xml:ns:vcard-4.0"/>"#;
/// assert!(xcard::Reader::new(bomb.as_bytes()).next().unwrap().is_err());
/// # Ok::<(), xcard::Error>(())
/// ```
pub struct Reader<R> {
    source: Source<R>,
    limits: Limits,
    place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the root element.
    Before,
    /// In the root element.
    Inside,
    /// After a card that is the root element.
    After,
    Ended,
}

/// Beside the value, a property has tags.
const TAGS: usize = 64 * 1024;

impl<R: BufRead> Reader<R> {
    /// A reader with the default limits.
    pub fn new(input: R) -> Self {
        let limits = Limits::default();
        Reader {
            source: Source::new(input, limits.line.saturating_add(TAGS)),
            limits,
            place: Place::Before,
        }
    }

    /// With other limits: `line` bounds the markup of one property, `card`, `properties`, `parameters` and
    /// `values` what is in a card.
    ///
    /// ```
    /// use vcardinal::{Limits, xcard::Reader};
    ///
    /// let xml = "<vcards xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\"><vcard><fn><text>A long name</text></fn></vcard></vcards>";
    /// let mut reader = Reader::new(xml.as_bytes()).with_limits(Limits::default().with_card(20));
    /// assert!(reader.next().unwrap().is_err());
    /// ```
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.source.set_budget(limits.line.saturating_add(TAGS));
        self.limits = limits;
        self
    }

    /// The next card, with what was read although RFC 6351 does not have it, or left out; `None` at the end.
    ///
    /// Taken and reported: a card that is the root element, a version, elements of other namespaces in a
    /// property.
    ///
    /// # Errors
    ///
    /// The document is not one of cards, or not XML.
    ///
    /// ```
    /// use vcardinal::xcard::Reader;
    ///
    /// let xml = "<vcard xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\"><fn><text>A</text></fn></vcard>";
    /// let read = Reader::new(xml.as_bytes()).read().unwrap()?;
    /// assert_eq!(read.card().display_name(), "A");
    /// assert_eq!(read.changes().len(), 1); // a card that is the root element
    /// # Ok::<(), vcardinal::xcard::Error>(())
    /// ```
    pub fn read(&mut self) -> Option<Result<Conversion, Error>> {
        let read = self.next_card();
        if read.is_err() {
            self.place = Place::Ended;
        }
        read.transpose()
    }

    fn next_card(&mut self) -> Result<Option<Conversion>, Error> {
        loop {
            self.source.renew();
            if self.place == Place::Ended {
                return Ok(None);
            }
            match (self.place, self.source.next()?) {
                (Place::Before, Step::Start { name, .. }) if name == "vcards" => {
                    self.place = Place::Inside;
                }
                (Place::Before, Step::Start { name, .. }) if name == "vcard" => {
                    self.place = Place::After;
                    return self.card(true).map(Some);
                }
                (Place::Inside, Step::Start { name, .. }) if name == "vcard" => {
                    return self.card(false).map(Some);
                }
                (place, Step::Start { name, .. }) => {
                    let wanted = match place {
                        Place::Before => "<vcards>",
                        Place::Inside => "<vcard>",
                        _ => "the end",
                    };
                    return Err(self.source.expected(wanted, format!("<{name}>")));
                }
                (Place::Inside, Step::Foreign(tag)) => {
                    // Beside cards, RFC 6351 has nothing, and its section 6 lets readers pass over it.
                    foreign::read(&mut self.source, &tag)?;
                }
                (_, Step::Foreign(tag)) => {
                    let found = format!("<{}> of another namespace", tag.markup);
                    return Err(self.source.expected("<vcards>", found));
                }
                (_, Step::Text(text)) => refuse_text(&self.source, &text)?,
                (_, Step::End(_)) => self.place = Place::After,
                (Place::Before, Step::Eof) => {
                    return Err(self.source.expected("<vcards>", "the end"));
                }
                (_, Step::Eof) => self.place = Place::Ended,
            }
        }
    }

    fn refused(&self, refusal: &Refusal) -> Error {
        self.source.error(match *refusal {
            Refusal::Limit(limit, max) => ErrorKind::Limit { limit, max },
            ref other => ErrorKind::Refused(format!("{other}")),
        })
    }

    /// A card whose tag was read.
    fn card(&mut self, is_root: bool) -> Result<Conversion, Error> {
        let mut inward = Inward::new(&self.limits);
        if is_root {
            let message = "the card is not in an element <vcards>";
            inward.say(ChangeKind::Approximated, None, "RFC 6351, 5", message);
        }
        let mut group: Option<String> = None;
        loop {
            self.source.renew();
            match self.source.next()? {
                Step::Text(text) => refuse_text(&self.source, &text)?,
                Step::Start { name, group: own } if name == "group" => {
                    if group.is_some() {
                        return Err(self.source.expected("a property", "a group in a group"));
                    }
                    let Some(own) = own else {
                        let wanted = "the attribute name of a group";
                        return Err(self.source.expected(wanted, "none"));
                    };
                    group = Some(checked(&self.source, &own)?);
                }
                Step::Start { name, .. } if name == "version" => self.version(&mut inward)?,
                Step::Start { name, .. } => {
                    let group = group.as_deref();
                    let read = property::read(&mut self.source, &name, group, &self.limits)?;
                    let pushed = inward.push(&read.parts);
                    pushed.map_err(|refusal| self.refused(&refusal))?;
                    for message in read.left_out {
                        let name = Some(&*read.parts.name);
                        inward.say(ChangeKind::Approximated, name, "RFC 6351, 6", message);
                    }
                }
                Step::Foreign(tag) => {
                    let markup = foreign::read(&mut self.source, &tag)?;
                    let parts = Decomposed {
                        group: group.as_deref().map(Into::into),
                        name: PropertyId::XML.name().into(),
                        parameters: [].into(),
                        value_type: Type::Known(ValueType::Text),
                        values: Values::One(markup.into()),
                        deviations: [].into(),
                    };
                    let pushed = inward.push(&parts);
                    pushed.map_err(|refusal| self.refused(&refusal))?;
                }
                Step::End(_) if group.is_some() => group = None,
                Step::End(_) | Step::Eof => {
                    let finished = inward.finish();
                    return finished.map_err(|refusal| self.refused(&refusal));
                }
            }
        }
    }

    /// Some write a version, which the namespace says.
    fn version(&mut self, inward: &mut Inward) -> Result<(), Error> {
        let read = property::read(&mut self.source, "version", None, &self.limits)?;
        let texts = read.parts.values.texts();
        if texts
            .iter()
            .any(|text| text.trim() != Version::V4_0.as_str())
        {
            let message = "the version is another one; what is there is read as 4.0";
            let name = Some("VERSION");
            inward.say(ChangeKind::Approximated, name, "RFC 6351, 5.1", message);
        }
        Ok(())
    }
}

impl<R> core::fmt::Debug for Reader<R> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Reader")
            .field("limits", &self.limits)
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Card, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let read = self.read()?;
        Some(read.map(Conversion::into_card))
    }
}
