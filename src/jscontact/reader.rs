//! Many cards of a stream: an array of JSContact cards, or one after the other.

use std::io::BufRead;

use super::check::MAX_DEPTH;
use super::convert::from_value_with_changes;
use super::error::{Error, ErrorKind};
use super::read::read;
use crate::card::Card;
use crate::convert::Conversion;
use crate::interchange::{JsonValues, Shape};
use crate::limits::Limits;

/// Reads cards one by one: those of an array, or JSContact cards one after the other, as on a line each.
///
/// Memory is that of one card. A card that is not valid does not affect the others.
///
/// ```
/// use vcardinal::jscontact::Reader;
///
/// let input = br#"[{ "@type": "Card", "version": "2.0", "name": { "full": "A" } },
///     { "@type": "Card", "version": "2.0", "notes": { "n": {} } },
///     { "@type": "Card", "version": "2.0", "name": { "full": "B" } }]"#;
/// let cards: Vec<_> = Reader::new(&input[..]).collect();
/// assert_eq!(cards[0].as_ref().unwrap().display_name(), "A");
/// let error = cards[1].as_ref().unwrap_err().to_string();
/// assert!(error.ends_with(
///     "/1: the JSContact card is not valid: /notes/n: note is missing (RFC 9553, 2.8.3)"
/// ));
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
            what: "a JSContact card",
            is_array: false,
            max_depth: MAX_DEPTH,
        };
        Reader {
            values: JsonValues::new(input, shape),
            limits: Limits::default(),
        }
    }

    /// With other limits: `card` bounds the JSON of one card and the card, `properties` the lines of it.
    ///
    /// ```
    /// use vcardinal::{Limits, jscontact::Reader};
    ///
    /// let text = r#"{ "@type": "Card", "version": "2.0", "name": { "full": "A long name" } }"#;
    /// let mut reader = Reader::new(text.as_bytes()).with_limits(Limits::default().with_card(20));
    /// assert!(reader.next().unwrap().is_err());
    /// ```
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The next card, with what is not in it as it was in JSContact; `None` at the end.
    ///
    /// # Errors
    ///
    /// The card is not valid; the next one can be read, unless the error [is one of
    /// reading](Error::is_io).
    ///
    /// ```
    /// use vcardinal::jscontact::Reader;
    ///
    /// let text = r#"{ "@type": "Card", "version": "2.0", "name": { "full": "A" } }"#;
    /// let mut reader = Reader::new(text.as_bytes());
    /// assert_eq!(reader.read().unwrap()?.card().display_name(), "A");
    /// assert!(reader.read().is_none());
    /// # Ok::<(), vcardinal::jscontact::Error>(())
    /// ```
    pub fn read(&mut self) -> Option<Result<Conversion, Error>> {
        Some(match self.values.next(self.limits.card)? {
            Ok(found) => {
                let card = self.card();
                card.map_err(|error| error.inside(&found.pointer, found.byte))
            }
            Err(trouble) => Err(Error::of(trouble)),
        })
    }

    fn card(&self) -> Result<Conversion, Error> {
        let value = read(self.values.text())?;
        let (card, changes) = from_value_with_changes(&value)?;
        let exceeded = |limit, max| Err(Error::new(ErrorKind::Limit { limit, max }));
        if card.to_bytes().len() > self.limits.card {
            return exceeded("card", self.limits.card);
        }
        if card.properties().count() > self.limits.properties {
            return exceeded("number of properties", self.limits.properties);
        }
        Ok(Conversion::new(card, changes))
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Card, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let read = self.read()?;
        Some(read.map(Conversion::into_card))
    }
}
