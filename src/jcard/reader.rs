//! Many cards of a stream: an array of jCards, one after the other, or the answer of an RDAP server.

use std::io::BufRead;

use serde_json::Value;

use super::error::{Error, ErrorKind};
use super::read::read;
use crate::card::Card;
use crate::convert::Conversion;
use crate::interchange::{JsonValues, Shape};
use crate::limits::Limits;

/// How deep the arrays and objects of one card of a stream may lie in each other: a jCard needs five, an
/// RDAP answer one more.
///
/// ```
/// use vcardinal::jcard::{MAX_DEPTH, Reader};
///
/// let deep = format!("{}{}", "[".repeat(MAX_DEPTH + 2), "]".repeat(MAX_DEPTH + 2));
/// let mut reader = Reader::new(deep.as_bytes());
/// assert!(reader.next().unwrap().is_err());
/// ```
pub const MAX_DEPTH: usize = 16;

/// Reads cards one by one: those of an array, or jCards one after the other, as on a line each. An object
/// with the member `vcardArray`, as RDAP has it (RFC 9083, 5.1), is the card in that.
///
/// Memory is that of one card. A card that is wrong does not affect the others.
///
/// ```
/// use vcardinal::jcard::Reader;
///
/// let lines = "[\"vcard\",[[\"fn\",{},\"text\",\"A\"]]]\n[\"vcard\",1]\n[\"vcard\",[[\"fn\",{},\"text\",\"B\"]]]\n";
/// let cards: Vec<_> = Reader::new(lines.as_bytes()).collect();
/// assert_eq!(cards[0].as_ref().unwrap().display_name(), "A");
/// assert_eq!(cards[1].as_ref().unwrap_err().byte(), Some(33));
/// assert_eq!(cards[2].as_ref().unwrap().display_name(), "B");
/// ```
#[derive(Debug)]
pub struct Reader<R> {
    values: JsonValues<R>,
    limits: Limits,
}

impl<R: BufRead> Reader<R> {
    /// A reader with the default limits.
    pub fn new(input: R) -> Self {
        let shape = Shape {
            what: "a jCard",
            is_array: true,
            max_depth: MAX_DEPTH,
        };
        Reader {
            values: JsonValues::new(input, shape),
            limits: Limits::default(),
        }
    }

    /// With other limits: `card` bounds the JSON of one card and the card, `properties`, `parameters` and
    /// `values` what is in it.
    ///
    /// ```
    /// use vcardinal::{Limits, jcard::Reader};
    ///
    /// let text = r#"["vcard",[["fn",{},"text","A long name"]]]"#;
    /// let mut reader = Reader::new(text.as_bytes()).with_limits(Limits::default().with_card(20));
    /// assert!(reader.next().unwrap().is_err());
    /// ```
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The next card, with what was read although RFC 7095 does not have it; `None` at the end.
    ///
    /// # Errors
    ///
    /// The card is not a jCard; the next one can be read, unless the error [is one of
    /// reading](Error::is_io).
    ///
    /// ```
    /// use vcardinal::jcard::Reader;
    ///
    /// let text = r#"["vcard",[["version",{},"text","4.0"],["fn",{},"text","A"],["tel",{"pref":1},"text","1"]]]"#;
    /// let read = Reader::new(text.as_bytes()).read().unwrap()?;
    /// assert_eq!(read.card().display_name(), "A");
    /// assert_eq!(read.changes().len(), 1); // a number as a parameter
    /// # Ok::<(), vcardinal::jcard::Error>(())
    /// ```
    pub fn read(&mut self) -> Option<Result<Conversion, Error>> {
        Some(match self.values.next(self.limits.card)? {
            Ok(found) => {
                let parsed = self.parse();
                parsed.map_err(|error| error.inside(&found.pointer, found.byte))
            }
            Err(trouble) => Err(Error::of(trouble)),
        })
    }

    fn parse(&self) -> Result<Conversion, Error> {
        let json = |error| Error::new(ErrorKind::Json(error), "");
        let value: Value = serde_json::from_slice(self.values.text()).map_err(json)?;
        match value.get("vcardArray") {
            Some(card) => read(card, &self.limits).map_err(|error| error.inside("/vcardArray", 0)),
            None => read(&value, &self.limits),
        }
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Card, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let read = self.read()?;
        Some(read.map(Conversion::into_card))
    }
}
