//! What programs ask of phones, emails, addresses and pictures.

use alloc::borrow::Cow;
use alloc::string::String;
#[cfg(feature = "base64")]
use alloc::vec::Vec;

#[cfg(feature = "base64")]
use super::card_value::{AccessError, AccessErrorKind};
use super::entry::Entry;
use super::property;
use super::typed::Typed;
use crate::card::PropertyRef;
use crate::value::{E164, E164Error, Media, Telephone, Text, Uri, Value};

/// A telephone number to be written: `Phone::new(number).label("mobile").preferred()`.
pub type Phone<'v> = Entry<'v, property::Tel>;

impl Telephone<'_> {
    /// The number as E.164, read as people write it: `+1 (415) 555-0100`.
    ///
    /// # Errors
    ///
    /// It has no calling code, is not a number, or is a URI that is not a tel: URI.
    ///
    /// ```
    /// use vcardinal::value::Telephone;
    ///
    /// assert_eq!(Telephone::from("+1 (415) 555-0100").to_e164()?.as_str(), "+14155550100");
    /// assert!(Telephone::from("555-0100").to_e164().is_err());
    /// # Ok::<(), vcardinal::value::E164Error>(())
    /// ```
    pub fn to_e164(&self) -> Result<E164, E164Error> {
        match self {
            Telephone::Tel(tel) => tel.to_e164(),
            Telephone::Text(text) => E164::parse_lenient(text),
            Telephone::Uri(uri) => E164::parse_lenient(uri.as_str()),
        }
    }

    /// As [`to_e164`](Self::to_e164), with national numbers read as those of a region.
    ///
    /// # Errors
    ///
    /// It is not a number of the region.
    ///
    /// ```
    /// use vcardinal::value::Telephone;
    ///
    /// let number = Telephone::from("030 123456").to_e164_in("DE".parse()?)?;
    /// assert_eq!(number.as_str(), "+4930123456");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "phone")]
    pub fn to_e164_in(
        &self,
        region: crate::value::phone::Region,
    ) -> Result<E164, crate::value::phone::NationalError> {
        if let Ok(number) = self.to_e164() {
            return Ok(number);
        }
        let number = match self {
            Telephone::Tel(tel) => tel.number(),
            Telephone::Text(text) => text.as_str(),
            Telephone::Uri(uri) => uri.as_str(),
        };
        E164::from_national(number, region).map(|derived| derived.number)
    }
}

impl Typed<'_, property::Tel> {
    /// The number as E.164; see [`Telephone::to_e164`].
    ///
    /// # Errors
    ///
    /// As [`Telephone::to_e164`]; text that cannot be read is read as it shows.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nTEL:+1 (415) 555-0100\nEND:VCARD\n")?;
    /// assert_eq!(card.preferred_phone().unwrap().to_e164()?.as_str(), "+14155550100");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_e164(&self) -> Result<E164, E164Error> {
        self.telephone().to_e164()
    }

    /// As [`to_e164`](Self::to_e164), with national numbers read as those of a region.
    ///
    /// # Errors
    ///
    /// It is not a number of the region.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nN:A\nFN:A\nTEL:030 123456\nEND:VCARD\n")?;
    /// let phone = card.preferred_phone().unwrap();
    /// assert_eq!(phone.to_e164_in("DE".parse()?)?.as_str(), "+4930123456");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "phone")]
    pub fn to_e164_in(
        &self,
        region: crate::value::phone::Region,
    ) -> Result<E164, crate::value::phone::NationalError> {
        self.telephone().to_e164_in(region)
    }

    fn telephone(&self) -> Telephone<'_> {
        self.value()
            .unwrap_or_else(|_| Telephone::Text(Text::new(self.text_lossy())))
    }
}

#[cfg(feature = "email")]
impl Typed<'_, property::Email> {
    /// The address, checked, under the name that [`ContactEmail`](crate::contact::ContactEmail) has for it.
    ///
    /// # Errors
    ///
    /// It is not a valid address.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nEMAIL:zoe@example.com\nEND:VCARD\n")?;
    /// assert_eq!(card.preferred_email().unwrap().address()?.as_str(), "zoe@example.com");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn address(&self) -> Result<crate::value::Email, crate::value::EmailError> {
        crate::value::Email::parse(crate::value::Mailbox::parse(&self.text_lossy()).address())
    }
}

impl<'a> Typed<'a, property::Adr> {
    /// The address in lines: the sender's own LABEL where there is one (a parameter of 4.0, the property
    /// in the same group of 3.0 and 2.1), or else what [`Address`](crate::value::Address) shows, by the
    /// country that CC or the address names. RFC 6350, 6.3.1; RFC 8605, 3.1.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:4.0\nADR;CC=NO:;;Quay 1;Oslo;;0150;\n\
    ///      ADR;LABEL=\"The boat^nOslo\":;;Quay 1;Oslo;;;\nEND:VCARD\n",
    /// )?;
    /// let shown: Vec<_> = card.addresses().map(|address| address.formatted()).collect();
    /// assert_eq!(shown, ["Quay 1\n0150 Oslo", "The boat\nOslo"]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn formatted(&self) -> Cow<'a, str> {
        if let Some(label) = self.values_named("LABEL").find(|label| !label.is_empty()) {
            return label;
        }
        if let Some(group) = self.group() {
            let mut labels = self.card().address_labels();
            let own = labels.find(|label| {
                label
                    .group()
                    .is_some_and(|other| other.eq_ignore_ascii_case(group))
            });
            if let Some(label) = own {
                return label.text_lossy();
            }
        }
        let country = self.values_named("CC").find(|code| !code.is_empty());
        match self.value() {
            Ok(address) => Cow::Owned(address.lines(country.as_deref())),
            Err(_) => self.text_lossy(),
        }
    }
}

impl<'a> PropertyRef<'a> {
    /// The bytes of a PHOTO, LOGO, SOUND or KEY that stand in the card: base64 of 2.1 and 3.0, a `data:`
    /// URI of any version. RFC 2426, 3.1.4; RFC 6350, 6.2.4; RFC 2397.
    ///
    /// # Errors
    ///
    /// The data is not in the card ([`AccessErrorKind::NotInline`]: it is a link or a text), or it is damaged.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:3.0\nPHOTO;ENCODING=b;TYPE=GIF:R0lGODlh\n\
    ///      LOGO;VALUE=uri:https://example.com/logo.png\nEND:VCARD\n",
    /// )?;
    /// let (photo, logo) = (card.photo().unwrap(), card.logo().unwrap());
    /// assert_eq!(photo.bytes()?, b"GIF89a");
    /// assert_eq!(photo.media_type().as_deref(), Some("image/gif"));
    /// assert!(logo.bytes().is_err());
    /// assert_eq!(logo.uri().as_deref(), Some("https://example.com/logo.png"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "base64")]
    pub fn bytes(&self) -> Result<Vec<u8>, AccessError> {
        let of = |error: AccessError| error.of(self.name());
        match self.binary() {
            None => Err(of(AccessErrorKind::NotInline.into())),
            Some(data) => data.and_then(|data| Ok(data.decode()?)).map_err(of),
        }
    }

    /// The media type of a PHOTO, LOGO, SOUND or KEY: what its TYPE stands for, its data: URI says, or
    /// MEDIATYPE; `None` where nothing says it. RFC 6350, 5.7.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:4.0\nFN:A\nPHOTO;MEDIATYPE=image/png:https://example.com/a\n\
    ///      LOGO:data:image/gif;base64\\,R0lGODlh\nEND:VCARD\n",
    /// )?;
    /// assert_eq!(card.property("PHOTO").unwrap().media_type().unwrap(), "image/png");
    /// assert_eq!(card.property("LOGO").unwrap().media_type().unwrap(), "image/gif");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn media_type(&self) -> Option<Cow<'a, str>> {
        let of_data = match self.binary() {
            Some(Ok(data)) if !data.media_type().is_empty() => {
                Some(Cow::Owned(String::from(data.media_type())))
            }
            _ => None,
        };
        of_data.or_else(|| {
            self.values_named("MEDIATYPE")
                .find(|media_type| !media_type.is_empty())
        })
    }

    /// Where a PHOTO, LOGO, SOUND, KEY or another property points: its value, if that is a URI and not
    /// the data itself. RFC 6350, 4.2.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:4.0\nFN:A\nPHOTO:https://example.com/a\\,b\n\
    ///      LOGO:data:image/gif;base64\\,R0lGODlh\nEND:VCARD\n",
    /// )?;
    /// assert_eq!(card.property("PHOTO").unwrap().uri().unwrap(), "https://example.com/a,b");
    /// assert_eq!(card.property("LOGO").unwrap().uri(), None);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn uri(&self) -> Option<Cow<'a, str>> {
        if self.binary().is_some() {
            return None;
        }
        let text = self.raw_text().ok()?;
        let version = self.effective_version();
        let uri = |text: &str| match Media::parse(text, version) {
            Ok(Media::Uri(uri)) => Uri::new(String::from(uri.as_str())).ok(),
            _ => None,
        };
        uri(&text).map(Uri::into_cow)
    }
}
