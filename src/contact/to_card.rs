//! [`Contact`] -> [`Card`] of 3.0 or 4.0.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Contact, ContactError, label};
use crate::card::{BuildError, Card, Parameter, Property, TokenError};
use crate::version::Version;

/// Why no card was made of a contact.
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
        let contact = self.normalized();
        let mut builder = Card::builder(version);
        for property in properties(&contact, version).map_err(name_error)? {
            builder = builder.property(property);
        }
        Ok(builder.build()?)
    }
}

fn name_error(error: TokenError) -> BuildError {
    BuildError::Name {
        name: String::new(),
        error,
    }
}

fn properties(contact: &Contact, version: Version) -> Result<Vec<Property>, TokenError> {
    let mut properties = Vec::new();
    let named = contact.given_name.is_some() || contact.family_name.is_some();
    // RFC 2426, 3.1.2: N is required, even with nothing in it.
    if named || version == Version::V3_0 {
        properties.push(name(contact)?);
    }
    if let Some(full_name) = &contact.full_name {
        properties.push(Property::text("FN", full_name.as_str())?);
    }
    if let Some(organization) = &contact.organization {
        properties.push(Property::components("ORG", [organization.as_str()])?);
        if !named && contact.full_name == contact.organization {
            // Else Apple's address book shows a person without a name.
            properties.push(Property::text("X-ABShowAs", "COMPANY")?);
        }
    }
    let mut groups = 0..;
    let mut group = || alloc::format!("item{}", groups.next().unwrap_or(0) + 1);
    for phone in &contact.phones {
        let label = phone.label.as_deref();
        properties.extend(tel(&phone.value, label, version, &mut group)?);
    }
    for email in &contact.emails {
        let label = email.label.as_deref();
        properties.extend(self::email(&email.value, label, version, &mut group)?);
    }
    Ok(properties)
}

pub(super) fn name(contact: &Contact) -> Result<Property, TokenError> {
    let family = contact.family_name.as_deref().unwrap_or_default();
    let given = contact.given_name.as_deref().unwrap_or_default();
    Property::components("N", [family, given, "", "", ""])
}

/// A TEL, and the X-ABLabel it may need.
pub(super) fn tel(
    value: &str,
    label: Option<&str>,
    version: Version,
    group: &mut impl FnMut() -> String,
) -> Result<Vec<Property>, TokenError> {
    let property = match version {
        Version::V4_0 => Property::uri("TEL", alloc::format!("tel:{value}"))?
            .with_parameter(Parameter::new("VALUE", ["uri"])?),
        Version::V2_1 | Version::V3_0 => Property::text("TEL", value)?,
    };
    let types = label.and_then(|label| label::types(label, label::PHONE));
    labelled(property, &[], types, label, version, group)
}

/// An EMAIL, and the X-ABLabel it may need.
pub(super) fn email(
    value: &str,
    label: Option<&str>,
    version: Version,
    group: &mut impl FnMut() -> String,
) -> Result<Vec<Property>, TokenError> {
    let property = Property::text("EMAIL", value)?;
    let types = label.and_then(|label| label::types(label, label::EMAIL));
    // The default, but some readers pass over an EMAIL that does not say so.
    let internet: &[&str] = match version {
        Version::V4_0 => &[],
        Version::V2_1 | Version::V3_0 => &["INTERNET"],
    };
    labelled(property, internet, types, label, version, group)
}

fn labelled(
    property: Property,
    always: &[&str],
    types: Option<&[&str]>,
    label: Option<&str>,
    version: Version,
    group: &mut impl FnMut() -> String,
) -> Result<Vec<Property>, TokenError> {
    let values = always.iter().chain(types.unwrap_or_default());
    let values: Vec<String> = values.map(|value| type_value(value, version)).collect();
    let property = match values.is_empty() {
        true => property,
        false => property.with_types(values),
    };
    let (Some(label), None) = (label, types) else {
        return Ok(Vec::from([property]));
    };
    let group = group();
    Ok(Vec::from([
        property.with_group(group.clone())?,
        Property::text("X-ABLabel", label::to_ab_label(label))?.with_group(group)?,
    ]))
}

/// Capital letters in 3.0, as every phone writes them; small ones in 4.0, as RFC 6350 does.
pub(super) fn type_value(value: &str, version: Version) -> String {
    match version {
        Version::V4_0 if value == "MAIN" => "main-number".to_string(),
        Version::V4_0 => value.to_ascii_lowercase(),
        Version::V2_1 | Version::V3_0 => value.to_string(),
    }
}
