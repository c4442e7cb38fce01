//! What is chosen about a conversion.

use alloc::string::String;

use crate::card::{Card, UriCommas};
use crate::syntax::Charset;
use crate::value::Timestamp;
use crate::version::Version;

/// A conversion to be made, with what is chosen about it; [`Card::convert`] is one without choices.
///
/// ```
/// use vcardinal::{Card, Version, convert::Convert};
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:Zoe\nKIND:group\nEND:VCARD\n")?;
/// let convert = Convert::to(Version::V3_0);
/// let text = convert.clone().card(&card)?.into_card().to_string();
/// assert!(text.contains("X-ADDRESSBOOKSERVER-KIND:group\r\n"));
///
/// let text = convert.vendor_forms(false).card(&card)?.into_card().to_string();
/// assert!(text.contains("X-KIND:group\r\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Convert {
    pub(super) version: Version,
    pub(super) vendor_forms: bool,
    charset: Option<Charset>,
    pub(super) uri_commas: Option<UriCommas>,
    pub(super) uid: Option<String>,
    pub(super) revised: Option<Timestamp>,
}

impl Convert {
    /// To this version, 3.0 or 4.0.
    pub const fn to(version: Version) -> Self {
        Convert {
            version,
            vendor_forms: true,
            charset: Some(Charset::WINDOWS_1252),
            uri_commas: None,
            uid: None,
            revised: None,
        }
    }

    /// Whether the forms of Apple and others are used, as they are at first, where a standard has
    /// none or readers know them better: `X-ABDATE`, `X-ABRELATEDNAMES`, `X-ADDRESSBOOKSERVER-KIND`,
    /// the year 1604 for a birthday without one. Without them, what 3.0 does not have goes under
    /// `X-` and its name, and names of vendors stay what they are.
    pub fn vendor_forms(mut self, yes: bool) -> Self {
        self.vendor_forms = yes;
        self
    }

    /// What text is read as that is not UTF-8 and names no charset; Windows-1252 at first. With
    /// `None` such text comes over with U+FFFD in place of what cannot be read. Either is a change.
    /// A [fall-back charset of the card](Card::set_fallback_charset) comes first.
    ///
    /// ```
    /// use vcardinal::{Card, Version, convert::Convert};
    ///
    /// let card = Card::parse(b"BEGIN:VCARD\nVERSION:2.1\nN:Quist;Zo\xEB\nEND:VCARD\n")?;
    /// let name = |convert: Convert| {
    ///     let converted = convert.card(&card)?.into_card();
    ///     Ok::<_, Box<dyn std::error::Error>>(converted.property("N").unwrap().text()?.into_owned())
    /// };
    /// assert_eq!(name(Convert::to(Version::V4_0))?, "Quist;Zoë;;;");
    /// assert_eq!(name(Convert::to(Version::V4_0).fallback_charset(None))?, "Quist;Zo\u{FFFD};;;");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fallback_charset(mut self, charset: Option<Charset>) -> Self {
        self.charset = charset;
        self
    }

    /// How the commas of URIs are written.
    ///
    /// ```
    /// use vcardinal::{Card, UriCommas, Version, convert::Convert};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nN:A;;;;\nFN:A\nGEO:37.38;-122.08\nEND:VCARD\n")?;
    /// let plain = Convert::to(Version::V4_0).uri_commas(UriCommas::Plain).card(&card)?;
    /// assert!(plain.card().to_string().contains("GEO:geo:37.38,-122.08"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn uri_commas(mut self, commas: UriCommas) -> Self {
        self.uri_commas = Some(commas);
        self
    }

    /// The UID of a card that has none, for instance `urn:uuid:` and a new UUID. None is made up.
    pub fn uid_if_missing(mut self, uid: impl Into<String>) -> Self {
        self.uid = Some(uid.into());
        self
    }

    /// The REV of the converted card, which otherwise keeps that of the source.
    ///
    /// ```
    /// use vcardinal::{Card, Version, convert::Convert};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nN:A;;;;\nFN:A\nEND:VCARD\n")?;
    /// let convert = Convert::to(Version::V4_0).revised("20240102T030405Z".parse()?);
    /// assert!(convert.card(&card)?.card().to_string().contains("\r\nREV:20240102T030405Z\r\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn revised(mut self, at: Timestamp) -> Self {
        self.revised = Some(at);
        self
    }

    pub(super) fn charset(&self, card: &Card) -> Option<Charset> {
        card.fallback_charset().or(self.charset)
    }
}
