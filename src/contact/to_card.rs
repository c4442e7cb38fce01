//! [`Contact`] -> [`Card`] of 3.0 or 4.0.

use super::{Contact, ContactError, said};
use crate::card::{BuildError, Card};
use crate::typed::property::{self, Email, Tel};
use crate::typed::{Entry, TypedProperty};
use crate::value::{E164, Kind, Name, Organization, Telephone};
use crate::version::Version;

/// Why a card could not be made of a contact.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ToCardError {
    /// The contact is not valid.
    #[error(transparent)]
    Contact(#[from] ContactError),
    /// New cards are 3.0 or 4.0, and have limits.
    #[error(transparent)]
    Build(#[from] BuildError),
}

impl Contact {
    /// A new card with these fields. For messaging, 3.0 is what phones take.
    ///
    /// Names become N and FN (made from the other fields where it is absent, as
    /// [`normalized`](Contact::normalized) does; RFC 6350, 6.2.1 and RFC 2426, 3.1.1, demand one),
    /// the organization ORG, and a label TYPE or Apple's X-ABLabel. [`Contact::from_card`] gives
    /// the normalized contact back.
    ///
    /// # Errors
    ///
    /// [`ToCardError`]: the contact is not [valid](Contact::validate), or the version is 2.1.
    ///
    /// ```
    /// use vcardinal::{Version, contact::Contact};
    ///
    /// let contact = Contact::builder()
    ///     .given_name("Zoë")
    ///     .family_name("Quist")
    ///     .phone("+14155550123", "mobile")
    ///     .phone("+442079460123", "Summer house")
    ///     .email("zoe@example.com", "work")
    ///     .build()?;
    /// assert_eq!(
    ///     contact.to_card(Version::V3_0)?.to_string(),
    ///     "BEGIN:VCARD\r\n\
    ///      VERSION:3.0\r\n\
    ///      N:Quist;Zoë;;;\r\n\
    ///      FN:Zoë Quist\r\n\
    ///      TEL;TYPE=CELL:+14155550123\r\n\
    ///      item1.TEL:+442079460123\r\n\
    ///      item1.X-ABLabel:Summer house\r\n\
    ///      EMAIL;TYPE=INTERNET,WORK:zoe@example.com\r\n\
    ///      END:VCARD\r\n"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_card(&self, version: Version) -> Result<Card, ToCardError> {
        self.validate()?;
        let mut builder = Card::builder(version);
        let (given, family) = (said(&self.given_name), said(&self.family_name));
        let named = given.is_some() || family.is_some();
        // RFC 2426, 3.1.2: N is required, even with nothing in it.
        if named || version == Version::V3_0 {
            builder = builder.name(name(given, family));
        }
        let full_name = self.shown_name();
        if let Some(full_name) = &full_name {
            builder = builder.full_name(&**full_name);
        }
        if let Some(organization) = said(&self.organization) {
            builder = builder.organization(Organization::new(organization));
            if !named && full_name.as_deref() == Some(organization) {
                // Else address books show a person without a name.
                builder = match version {
                    Version::V4_0 => builder.with::<property::Kind>(Kind::Org),
                    _ => builder.text("X-ABShowAs", "COMPANY"),
                };
            }
        }
        for phone in &self.phones {
            builder = builder.phone(tel(&phone.value, said(&phone.label)));
        }
        for address in &self.emails {
            builder = builder.email(email(&address.value, said(&address.label), version));
        }
        Ok(builder.build()?)
    }
}

pub(super) fn name<'c>(given: Option<&'c str>, family: Option<&'c str>) -> Name<'c> {
    Name::new(family.unwrap_or_default(), given.unwrap_or_default())
}

/// A TEL: a URI in 4.0, text before.
pub(super) fn tel<'c>(value: &'c str, label: Option<&'c str>) -> Entry<'c, Tel> {
    let number = match E164::parse(value) {
        Ok(number) => number.into(),
        Err(_) => Telephone::from(value),
    };
    labelled(Entry::new(number), label)
}

/// An EMAIL.
pub(super) fn email<'c>(
    value: &'c str,
    label: Option<&'c str>,
    version: Version,
) -> Entry<'c, Email> {
    let entry = labelled(Entry::new(value), label);
    match version {
        Version::V4_0 => entry,
        // The default, but some readers pass over an EMAIL that does not say so.
        Version::V2_1 | Version::V3_0 => entry.types(["INTERNET"]),
    }
}

fn labelled<'c, P: TypedProperty>(entry: Entry<'c, P>, label: Option<&'c str>) -> Entry<'c, P> {
    match label {
        Some(label) => entry.label(label),
        None => entry,
    }
}

crate::error::into_error! { Contact: ToCardError }
