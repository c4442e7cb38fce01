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
mod left_out;
mod lines;
mod reading_options;
mod to_card;

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;

use crate::syntax::wide;
use crate::value::{E164, E164Error};

#[cfg(feature = "sign")]
pub(crate) use json::{Unchecked, read_value, unknown_contact_field};

pub use apply::ApplyError;
pub use check::{ContactError, Problem, ProblemKind};
pub use left_out::{LeftOut, LeftOutItem, LeftOutReason};
pub use reading_options::FromCard;
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
/// assert_eq!(contact.phones[0].to_e164()?.as_str(), "+14155550123");
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
#[non_exhaustive]
pub struct Contact {
    /// The name as it is shown.
    pub full_name: Option<String>,
    /// The given name or names.
    pub given_name: Option<String>,
    /// The family name or names.
    pub family_name: Option<String>,
    /// The organization the person belongs to, or that this contact is.
    pub organization: Option<String>,
    /// Telephone numbers.
    pub phones: Vec<ContactPhone>,
    /// Email addresses.
    pub emails: Vec<ContactEmail>,
}

/// A telephone number of a [`Contact`] and what it is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ContactPhone {
    /// The number; in a valid contact in strict E.164 form.
    pub value: String,
    /// What it is for: `mobile`, `home`, `work` or any other word.
    pub label: Option<String>,
}

/// An email address of a [`Contact`] and what it is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ContactEmail {
    /// The address.
    pub value: String,
    /// What it is for: `home`, `work` or any other word.
    pub label: Option<String>,
}

impl Contact {
    /// Starts a contact without any field.
    ///
    /// ```
    /// use vcardinal::contact::Contact;
    ///
    /// let contact = Contact::builder().full_name("Zoe Quist").phone("+14155550123", "mobile").build()?;
    /// assert_eq!(contact.phones[0].label.as_deref(), Some("mobile"));
    /// # Ok::<(), vcardinal::contact::ContactError>(())
    /// ```
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
    ///
    /// ```
    /// use vcardinal::contact::{Contact, ContactPhone};
    ///
    /// let mut contact = Contact::default();
    /// contact.full_name = Some("Zoe Quist".into());
    /// contact.phones.push(ContactPhone::new("555-0123"));
    /// assert_eq!(contact.validate().unwrap_err().problems()[0].path, "phones[0].value");
    /// contact.phones[0].value = "+14155550123".into();
    /// assert!(contact.validate().is_ok());
    /// ```
    pub fn validate(&self) -> Result<(), ContactError> {
        check::validate(self)
    }

    /// The contact as it comes back from a card: blank fields absent, phones and emails without a
    /// value gone, no white space around names and labels, and a full name made where it is absent.
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
        let full_name = self.shown_name().map(Cow::into_owned);
        self.with_texts(full_name, |text| said(text).map(String::from))
    }

    /// The fields, each through `kept`, and of phones and emails those that have a value.
    fn with_texts(
        &self,
        full_name: Option<String>,
        kept: impl Fn(&Option<String>) -> Option<String>,
    ) -> Contact {
        Contact {
            full_name,
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

    /// The full name, or the one that is made of the other fields; see [`normalized`](Self::normalized).
    fn shown_name(&self) -> Option<Cow<'_, str>> {
        if let Some(name) = said(&self.full_name) {
            return Some(Cow::Borrowed(name));
        }
        let name = match (said(&self.given_name), said(&self.family_name)) {
            (Some(given), Some(family)) => return Some([given, " ", family].concat().into()),
            (given, family) => given.or(family),
        };
        let phones = self.phones.iter().map(|phone| phone.value.as_str());
        let emails = self.emails.iter().map(|email| email.value.as_str());
        name.or_else(|| said(&self.organization))
            .or_else(|| phones.chain(emails).find(|value| !blank(value)))
            .map(Cow::Borrowed)
    }

    pub(crate) fn without_blanks(&self) -> Contact {
        let kept = |text: &Option<String>| text.as_ref().filter(|text| !blank(text)).cloned();
        self.with_texts(kept(&self.full_name), kept)
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
    ///
    /// ```
    /// use vcardinal::contact::ContactPhone;
    ///
    /// assert_eq!(ContactPhone::new("+14155550123").to_e164()?.as_str(), "+14155550123");
    /// assert!(ContactPhone::new("+1 415 555 0123").to_e164().is_err());
    /// # Ok::<(), vcardinal::value::E164Error>(())
    /// ```
    pub fn to_e164(&self) -> Result<E164, E164Error> {
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
    /// [`EmailError`](crate::value::EmailError) where it is not valid.
    ///
    /// ```
    /// use vcardinal::contact::ContactEmail;
    ///
    /// assert_eq!(ContactEmail::new("zoe@example.com").address()?.to_string(), "zoe@example.com");
    /// assert!(ContactEmail::new("zoe at example.com").address().is_err());
    /// # Ok::<(), vcardinal::value::EmailError>(())
    /// ```
    #[cfg(feature = "email")]
    pub fn address(&self) -> Result<crate::value::Email, crate::value::EmailError> {
        crate::value::Email::parse(&self.value)
    }
}

/// Makes a [`Contact`] field by field; see there.
///
/// ```
/// use vcardinal::contact::Contact;
///
/// let contact = Contact::builder()
///     .given_name("Zoe")
///     .family_name("Quist")
///     .organization("Able & Best")
///     .email("zoe@example.com", "work")
///     .build()?;
/// assert_eq!(contact.emails[0].value, "zoe@example.com");
/// # Ok::<(), vcardinal::contact::ContactError>(())
/// ```
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
    ///
    /// ```
    /// use vcardinal::contact::Contact;
    ///
    /// let error = Contact::builder().phone("555", None).build().unwrap_err();
    /// assert_eq!(error.problems()[0].path, "phones[0].value");
    /// ```
    pub fn build(self) -> Result<Contact, ContactError> {
        self.0.validate()?;
        Ok(self.0.without_blanks())
    }
}

fn blank(text: &str) -> bool {
    // Over with the first character of most texts, where `trim` looks at both ends.
    text.chars().all(char::is_whitespace)
}

/// A field without white space around it; `None` where there is nothing else in it.
fn said(text: &Option<String>) -> Option<&str> {
    Some(trimmed(text.as_deref()?)).filter(|text| !text.is_empty())
}

/// A text without white space around it.
fn trimmed(text: &str) -> &str {
    // Most texts begin and end with a letter, which is seen sooner than `trim` does.
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// The first control character.
fn control(text: &str) -> Option<char> {
    // C0, DEL, and what C1 begins with in UTF-8. Few texts have one of these octets, which sixteen of
    // them at a time tell.
    let may_be = |byte: u8| (byte < 0x20) | (byte == 0x7F) | (byte == 0xC2);
    match wide::any(text.as_bytes(), may_be) {
        true => text.chars().find(|c| c.is_control()),
        false => None,
    }
}

fn absent(text: &Option<String>) -> bool {
    text.as_deref().is_none_or(blank)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ok_wide_looks_find_what_plain_ones_do(text in "[a-zéÿ\u{A0}\u{80}\u{9F}\t \x7F]{0,40}") {
            prop_assert_eq!(super::control(&text), text.chars().find(|c| c.is_control()));
            prop_assert_eq!(super::blank(&text), text.trim().is_empty());
            prop_assert_eq!(super::trimmed(&text), text.trim());
        }
    }
}
