//! From one card to another: what is done, in order.

use alloc::vec::Vec;

use super::conversion::{Conversion, ConvertError};
use super::options::Convert;
use super::run::Run;
use super::{downward, from_2_1, read, required, upward, write};
use crate::card::Card;
use crate::version::Version;

impl Convert {
    /// The card in the other version, and what is not in it as it was.
    ///
    /// # Errors
    ///
    /// As [`Card::convert`].
    ///
    /// ```
    /// use vcardinal::{Card, Version, convert::Convert};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nN:Quist;Zoe;;;\nFN:Zoe\nEND:VCARD\n")?;
    /// let convert = Convert::to(Version::V4_0).uid_if_missing("urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1");
    /// assert!(convert.card(&card)?.card().property("UID").is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn card(&self, card: &Card) -> Result<Conversion, ConvertError> {
        let mut converted = convert(card, self, 0)?;
        required::stamp(&mut converted, self)?;
        Ok(converted)
    }
}

impl Card {
    /// The card in another version, and what could not be carried over as it was. A card of that
    /// version is returned byte for byte.
    ///
    /// A card that names no version, or one that is not known, is read as what it looks like: 2.1
    /// or 3.0.
    ///
    /// [`Convert`] has choices: whether forms of vendors are used, which charset is assumed. There is no
    /// `set_version`: another VERSION alone would make the other lines say something else.
    ///
    /// # Errors
    ///
    /// The version is 2.1, which is never written.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nFN:Zoe\nN:;Zoe;;;\nGEO:37.38;-122.08\nEND:VCARD\n")?;
    /// let converted = card.convert(Version::V4_0)?;
    /// assert!(converted.changes().is_empty());
    /// assert!(converted.card().to_string().contains("GEO:geo:37.38\\,-122.08\r\n"));
    /// assert!(card.convert(Version::V2_1).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[doc(alias = "set_version")]
    pub fn convert(&self, version: Version) -> Result<Conversion, ConvertError> {
        Convert::to(version).card(self)
    }
}

/// Converts a card that lies `depth` deep in others.
fn convert(card: &Card, options: &Convert, depth: usize) -> Result<Conversion, ConvertError> {
    let to = options.version;
    if to == Version::V2_1 {
        return Err(ConvertError::Target);
    }
    if card.version() == Some(to) {
        return Ok(Conversion {
            card: card.clone(),
            changes: Vec::new(),
        });
    }
    let from = card.effective_version();
    let mut run = Run::new(card, (from, to), options, (depth, convert));
    let drafts = read::drafts(&mut run);
    match (from, to) {
        (Version::V4_0, Version::V3_0) => downward::all(&mut run, drafts),
        (Version::V2_1 | Version::V3_0, Version::V4_0) => upward::all(&mut run, drafts),
        _ => from_2_1::all(&mut run, drafts),
    }
    required::complete(&mut run);
    write::card(run)
}
