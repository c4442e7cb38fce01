//! [`Contact`]: a person's names, phones and emails as a plain object.
//!
//! The shape is that of the messaging API, and with the feature `serde` its JSON to the letter:
//!
//! ```json
//! {"full_name":"Zoe Quist","given_name":"Zoe","family_name":"Quist","organization":"Example Works",
//!  "phones":[{"value":"+14155550123","label":"mobile"}],
//!  "emails":[{"value":"zoe@example.com","label":"work"}]}
//! ```
//!
//! For everything else a card can hold there is the card itself.

mod apply;
mod check;
mod from_card;
#[cfg(feature = "serde")]
mod json;
mod to_card;

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::value::{E164, E164Error};

#[cfg(feature = "sign")]
pub(crate) use json::{Unchecked, read_value, unknown_contact_field};

pub use apply::ApplyError;
pub use check::{ContactError, Problem, ProblemKind};
pub use from_card::{LeftOut, LeftOutItem, LeftOutReason};
pub use to_card::ToCardError;

/// A person or an organization: names, phones, emails.
///
/// Fields hold what they were given; a blank string, which is empty or white space only, counts
/// as absent everywhere. [`validate`](Contact::validate) tells whether a contact can be sent.
///
/// ```
/// use vcardinal::contact::Contact;
///
/// let contact = Contact::builder()
///     .full_name("Zoe Quist")
///     .organization("Example Works")
///     .phone("+14155550123", "mobile")
///     .email("zoe@example.com", None)
///     .build()?;
/// assert_eq!(contact.phones[0].number()?.as_str(), "+14155550123");
/// assert_eq!(contact.emails[0].label, None);
///
/// // All that is wrong is reported, each with the path of its field.
/// let error = Contact::builder()
///     .given_name("Zoe\r\nTEL:+1")
///     .phone("(415) 555-0123", "mobile")
///     .build()
///     .unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "given_name: '\\r' is a control character; \
///      phones[0].value: byte 0: expected '+' and the calling code first"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(remote = "Self"))]
#[non_exhaustive]
pub struct Contact {
    /// The name as it is shown.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "absent"))]
    pub full_name: Option<String>,
    /// The given name or names.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "absent"))]
    pub given_name: Option<String>,
    /// The family name or names.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "absent"))]
    pub family_name: Option<String>,
    /// The organization the person belongs to, or that this contact is.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "absent"))]
    pub organization: Option<String>,
    /// Telephone numbers.
    #[cfg_attr(
        feature = "serde",
        serde(
            default,
            deserialize_with = "json::list",
            skip_serializing_if = "Vec::is_empty"
        )
    )]
    pub phones: Vec<ContactPhone>,
    /// Email addresses.
    #[cfg_attr(
        feature = "serde",
        serde(
            default,
            deserialize_with = "json::list",
            skip_serializing_if = "Vec::is_empty"
        )
    )]
    pub emails: Vec<ContactEmail>,
}

/// A telephone number of a [`Contact`] and what it is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(remote = "Self"))]
#[non_exhaustive]
pub struct ContactPhone {
    /// The number; in a valid contact in strict E.164 form.
    pub value: String,
    /// What it is for: `mobile`, `home`, `work` or any other word.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "absent"))]
    pub label: Option<String>,
}

/// An email address of a [`Contact`] and what it is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(remote = "Self"))]
#[non_exhaustive]
pub struct ContactEmail {
    /// The address.
    pub value: String,
    /// What it is for: `home`, `work` or any other word.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "absent"))]
    pub label: Option<String>,
}

impl Contact {
    /// Starts a contact without any field.
    pub fn builder() -> ContactBuilder {
        ContactBuilder::default()
    }

    /// Whether there is a field that tells whose contact it is: a name, an organization, a phone
    /// or an email.
    ///
    /// ```
    /// use vcardinal::contact::Contact;
    ///
    /// let mut contact = Contact::default();
    /// contact.full_name = Some("  ".into());
    /// assert!(!contact.is_identifying());
    /// ```
    #[must_use]
    pub fn is_identifying(&self) -> bool {
        let names = [
            &self.full_name,
            &self.given_name,
            &self.family_name,
            &self.organization,
        ];
        names.into_iter().any(|name| !absent(name))
            || self.phones.iter().any(|phone| !blank(&phone.value))
            || self.emails.iter().any(|email| !blank(&email.value))
    }

    /// Whether the contact can be sent: it is [identifying](Contact::is_identifying), phones are
    /// E.164, emails are addresses (with the feature `email`), and no field has a control
    /// character.
    ///
    /// # Errors
    ///
    /// [`ContactError`] with all that is wrong, in the order of the fields.
    pub fn validate(&self) -> Result<(), ContactError> {
        check::validate(self)
    }

    /// The contact as it comes back from a card: blank fields absent, phones and emails without a
    /// value gone, no white space around labels, and a full name made where there is none.
    ///
    /// A full name is the given and the family name, or else the organization, the first phone or
    /// the first email (RFC 6350, 6.2.1, demands one).
    ///
    /// ```
    /// use vcardinal::contact::Contact;
    ///
    /// let contact = Contact::builder().given_name("Zoe").family_name("Quist").build()?;
    /// assert_eq!(contact.normalized().full_name.as_deref(), Some("Zoe Quist"));
    /// # Ok::<(), vcardinal::contact::ContactError>(())
    /// ```
    #[must_use]
    pub fn normalized(&self) -> Contact {
        let mut contact = self.without_blanks();
        let phones = contact.phones.iter_mut().map(|phone| &mut phone.label);
        let emails = contact.emails.iter_mut().map(|email| &mut email.label);
        for label in phones.chain(emails).flatten() {
            *label = String::from(label.trim());
        }
        if contact.full_name.is_none() {
            contact.full_name = contact.full_name_from_rest();
        }
        contact
    }

    pub(crate) fn without_blanks(&self) -> Contact {
        let kept = |text: &Option<String>| text.clone().filter(|text| !blank(text));
        Contact {
            full_name: kept(&self.full_name),
            given_name: kept(&self.given_name),
            family_name: kept(&self.family_name),
            organization: kept(&self.organization),
            phones: self
                .phones
                .iter()
                .filter(|phone| !blank(&phone.value))
                .map(|phone| ContactPhone {
                    value: phone.value.clone(),
                    label: kept(&phone.label),
                })
                .collect(),
            emails: self
                .emails
                .iter()
                .filter(|email| !blank(&email.value))
                .map(|email| ContactEmail {
                    value: email.value.clone(),
                    label: kept(&email.label),
                })
                .collect(),
        }
    }

    fn full_name_from_rest(&self) -> Option<String> {
        let first_phone = self.phones.first().map(|phone| &phone.value);
        let first_email = self.emails.first().map(|email| &email.value);
        match (&self.given_name, &self.family_name) {
            (Some(given), Some(family)) => {
                let mut name = given.clone();
                name.push(' ');
                name.push_str(family);
                Some(name)
            }
            (given, family) => given
                .as_ref()
                .or(family.as_ref())
                .or(self.organization.as_ref())
                .or(first_phone)
                .or(first_email)
                .cloned(),
        }
    }
}

impl ContactPhone {
    /// A number without a label.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        ContactPhone {
            value: value.into(),
            label: None,
        }
    }

    /// The number.
    ///
    /// # Errors
    ///
    /// [`E164Error`] where it is not in strict E.164 form.
    pub fn number(&self) -> Result<E164, E164Error> {
        E164::parse(&self.value)
    }
}

impl ContactEmail {
    /// An address without a label.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        ContactEmail {
            value: value.into(),
            label: None,
        }
    }

    /// The address.
    ///
    /// # Errors
    ///
    /// [`EmailError`](crate::value::EmailError) where it is not one.
    #[cfg(feature = "email")]
    pub fn address(&self) -> Result<crate::value::Email, crate::value::EmailError> {
        crate::value::Email::parse(&self.value)
    }
}

/// Makes a [`Contact`] field by field; see there.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct ContactBuilder(Contact);

impl ContactBuilder {
    /// The name as it is shown.
    pub fn full_name(mut self, name: impl Into<String>) -> Self {
        self.0.full_name = Some(name.into());
        self
    }

    /// The given name or names.
    pub fn given_name(mut self, name: impl Into<String>) -> Self {
        self.0.given_name = Some(name.into());
        self
    }

    /// The family name or names.
    pub fn family_name(mut self, name: impl Into<String>) -> Self {
        self.0.family_name = Some(name.into());
        self
    }

    /// The organization.
    pub fn organization(mut self, name: impl Into<String>) -> Self {
        self.0.organization = Some(name.into());
        self
    }

    /// One more telephone number, an [`E164`] or its text, with a label or `None`.
    pub fn phone<'a>(
        mut self,
        value: impl Into<String>,
        label: impl Into<Option<&'a str>>,
    ) -> Self {
        self.0.phones.push(ContactPhone {
            value: value.into(),
            label: label.into().map(ToOwned::to_owned),
        });
        self
    }

    /// One more email address with a label or `None`.
    pub fn email<'a>(
        mut self,
        value: impl Into<String>,
        label: impl Into<Option<&'a str>>,
    ) -> Self {
        self.0.emails.push(ContactEmail {
            value: value.into(),
            label: label.into().map(ToOwned::to_owned),
        });
        self
    }

    /// The contact, without its blank fields.
    ///
    /// # Errors
    ///
    /// [`ContactError`] with all that is wrong, as of [`Contact::validate`].
    pub fn build(self) -> Result<Contact, ContactError> {
        self.0.validate()?;
        Ok(self.0.without_blanks())
    }
}

fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn absent(text: &Option<String>) -> bool {
    text.as_deref().is_none_or(blank)
}
