//! Properties -> a card.

use alloc::string::String;
use alloc::vec::Vec;

use crate::card::render::append_property;
use crate::card::uri_commas::Style;
use crate::card::{Card, Property, WriteError};
use crate::error::Error;
use crate::limits::Limits;
use crate::version::Version;

/// The lines of a 4.0 card that is being written.
#[derive(Debug)]
pub(crate) struct Lines {
    bytes: Vec<u8>,
    scratch: String,
}

impl Lines {
    pub fn new() -> Self {
        Lines {
            bytes: Vec::from(*b"BEGIN:VCARD\r\nVERSION:4.0\r\n"),
            scratch: String::new(),
        }
    }

    /// Adds the line of a property; one that cannot be written leaves nothing.
    pub fn push(&mut self, property: &Property) -> Result<(), WriteError> {
        let len = self.bytes.len();
        let style = Style::new(Version::V4_0, None);
        let written = append_property(property, style, &mut self.scratch, &mut self.bytes);
        if written.is_err() {
            self.bytes.truncate(len);
        }
        written
    }

    #[cfg(any(feature = "jcard", feature = "xcard"))]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    pub fn finish(mut self, limits: Limits) -> Result<Card, Error> {
        self.bytes.extend_from_slice(b"END:VCARD\r\n");
        Card::parse_with(&self.bytes, limits)
    }
}

/// The 4.0 card of these properties, in their order. VERSION comes of itself, and one among them is left
/// out; what 4.0 demands is not asked for.
///
/// # Errors
///
/// A value or a parameter that cannot be written, as [`WriteError`] says, or a card of more than 4 GiB.
///
/// ```
/// use vcardinal::{Property, decomposed::card_of};
///
/// let card = card_of([Property::text("FN", "Zoë Quist")?])?;
/// assert_eq!(card.to_string(), "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoë Quist\r\nEND:VCARD\r\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn card_of(properties: impl IntoIterator<Item = Property>) -> Result<Card, WriteError> {
    let mut lines = Lines::new();
    for property in properties {
        if !property.name().as_str().eq_ignore_ascii_case("VERSION") {
            lines.push(&property)?;
        }
    }
    // All that can be wrong is its size.
    let version = Version::V4_0;
    lines
        .finish(Limits::none())
        .map_err(|_| WriteError::NoForm { version })
}
