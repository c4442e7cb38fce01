//! [`Card`] -> [`Contact`], and what the contact cannot hold of the card.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::{Contact, ContactEmail, ContactPhone, blank};
use crate::card::{Card, EntryId, PropertyRef};
use crate::typed::{CardValue, Labels};
use crate::value::{E164, E164Error, Organization, TelUri};

/// What a contact made of a card does not hold of it, or not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeftOut {
    items: Vec<LeftOutItem>,
}

impl LeftOut {
    /// Each item, in the order of the card.
    pub fn iter(&self) -> impl Iterator<Item = &LeftOutItem> {
        self.items.iter()
    }

    /// Whether the contact holds all of the card.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }
}

/// One property that a contact does not hold in full.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftOutItem {
    /// The property, for [`Card::entry`].
    pub entry: EntryId,
    /// Its name as it is written.
    pub name: String,
    /// What happened to it.
    pub reason: LeftOutReason,
}

/// What happened to a property.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LeftOutReason {
    /// Contacts have no such field.
    NoField,
    /// The field is taken by an earlier property of this name.
    Another,
    /// Only the first two parts of a name, or the first of an organization, are there.
    Parts,
    /// The extension or other parameters of a number are not there.
    TelParameters,
    /// A control character, such as a line break, became a space.
    Control,
    /// The bytes are not text.
    Unreadable,
    /// A telephone number that is not E.164.
    NotE164(E164Error),
    /// The number was made of national text; see [`Contact::from_card_in`].
    #[cfg(feature = "phone")]
    Derived(crate::value::phone::DerivedNumber),
    /// National text that is not a number of the region.
    #[cfg(feature = "phone")]
    NotNational(crate::value::phone::NationalError),
    /// An email that is not an address.
    #[cfg(feature = "email")]
    NotAnAddress(crate::value::EmailError),
}

impl fmt::Display for LeftOutReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LeftOutReason::NoField => f.write_str("contacts have no such field"),
            LeftOutReason::Another => f.write_str("an earlier one has taken the field"),
            LeftOutReason::Parts => f.write_str("only its first parts have a field"),
            LeftOutReason::TelParameters => f.write_str("only the number has a field"),
            LeftOutReason::Control => f.write_str("a control character became a space"),
            LeftOutReason::Unreadable => f.write_str("its bytes are not text"),
            LeftOutReason::NotE164(error) => write!(f, "not an E.164 number: {error}"),
            #[cfg(feature = "phone")]
            LeftOutReason::Derived(derived) => {
                write!(f, "read as {} in {}", derived.number, derived.region)
            }
            #[cfg(feature = "phone")]
            LeftOutReason::NotNational(error) => error.fmt(f),
            #[cfg(feature = "email")]
            LeftOutReason::NotAnAddress(error) => write!(f, "not an email address: {error}"),
        }
    }
}

/// `TEL: not an E.164 number: byte 0: expected '+' and the calling code first`
impl fmt::Display for LeftOutItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.reason)
    }
}

impl Contact {
    /// The contact that is in a card of any version, and what it cannot hold of the card.
    ///
    /// Numbers must have their calling code; separators between the digits are taken away.
    ///
    /// ```
    /// use vcardinal::{Card, contact::Contact};
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:3.0\nN:Quist;Zoe;;Dr.;\nFN:Zoe Quist\n\
    ///      TEL;TYPE=CELL:+1 (415) 555-0123\nTEL;TYPE=HOME:555 0123\nNOTE:x\nEND:VCARD\n",
    /// )?;
    /// let (contact, left_out) = Contact::from_card(&card);
    /// assert_eq!(contact.full_name.as_deref(), Some("Zoe Quist"));
    /// assert_eq!(contact.phones[0].value, "+14155550123");
    /// assert_eq!(contact.phones[0].label.as_deref(), Some("mobile"));
    /// let left_out: Vec<String> = left_out.iter().map(ToString::to_string).collect();
    /// assert_eq!(
    ///     left_out,
    ///     [
    ///         "N: only its first parts have a field",
    ///         "TEL: not an E.164 number: byte 0: expected '+' and the calling code first",
    ///         "NOTE: contacts have no such field",
    ///     ]
    /// );
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn from_card(card: &Card) -> (Contact, LeftOut) {
        ContactLines::of(card, |text| {
            E164::parse_lenient(text)
                .map(|number| (number, None))
                .map_err(LeftOutReason::NotE164)
        })
        .into_contact()
    }

    /// As [`from_card`](Contact::from_card), and numbers without a calling code are read as those
    /// of a region.
    ///
    /// Each number that was made this way is also in what is left out, as
    /// [`LeftOutReason::Derived`]; the card keeps what was written.
    ///
    /// ```
    /// use vcardinal::{Card, contact::Contact};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nFN:Zoe\nTEL:(415) 555-0123\nEND:VCARD\n")?;
    /// let (contact, left_out) = Contact::from_card_in(&card, "US".parse()?);
    /// assert_eq!(contact.phones[0].value, "+14155550123");
    /// assert_eq!(left_out.iter().next().unwrap().to_string(), "TEL: read as +14155550123 in US");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "phone")]
    #[must_use]
    pub fn from_card_in(card: &Card, region: crate::value::phone::Region) -> (Contact, LeftOut) {
        ContactLines::of(card, |text| {
            if let Ok(number) = E164::parse_lenient(text) {
                return Ok((number, None));
            }
            E164::from_national(text, region)
                .map(|derived| (derived.number, Some(LeftOutReason::Derived(derived))))
                .map_err(LeftOutReason::NotNational)
        })
        .into_contact()
    }
}

/// What a contact is made of, and the lines of the card where it stands.
pub(super) struct ContactLines<'a> {
    pub full_name: Option<(EntryId, String)>,
    pub name: Option<(EntryId, Vec<Vec<String>>)>,
    pub organization: Option<(EntryId, Organization<'a>)>,
    pub phones: Vec<LabelledLine>,
    pub emails: Vec<LabelledLine>,
    labels: Labels<'a>,
    left_out: LeftOut,
}

/// The line of a phone or an email.
pub(super) struct LabelledLine {
    pub id: EntryId,
    pub value: String,
    pub label: Option<String>,
    /// The X-ABLabel lines that label it.
    pub label_lines: Vec<EntryId>,
}

impl<'a> ContactLines<'a> {
    pub fn of(
        card: &'a Card,
        number: impl Fn(&str) -> Result<(E164, Option<LeftOutReason>), LeftOutReason>,
    ) -> ContactLines<'a> {
        let mut lines = ContactLines {
            full_name: None,
            name: None,
            organization: None,
            phones: Vec::new(),
            emails: Vec::new(),
            labels: card.labels(),
            left_out: LeftOut::default(),
        };
        let labelled = groups_with_labels(card);
        for property in card.properties() {
            let read = if property.is("FN") {
                lines.read_full_name(&property)
            } else if property.is("N") {
                lines.read_name(&property)
            } else if property.is("ORG") {
                lines.read_organization(&property)
            } else if property.is("TEL") {
                lines.read_phone(&property, &number)
            } else if property.is("EMAIL") {
                lines.read_email(&property)
            } else if property.is("VERSION")
                || property.is("X-ABShowAs")
                || (property.is("X-ABLabel") && has_group(&labelled, &property))
            {
                Ok(())
            } else {
                Err(LeftOutReason::NoField)
            };
            if let Err(reason) = read {
                lines.leave_out(&property, reason);
            }
        }
        lines
    }

    fn leave_out(&mut self, property: &PropertyRef<'_>, reason: LeftOutReason) {
        self.left_out.items.push(LeftOutItem {
            entry: property.id(),
            name: property.name().to_string(),
            reason,
        });
    }

    fn read_full_name(&mut self, property: &PropertyRef<'_>) -> Result<(), LeftOutReason> {
        let text = text(property)?;
        if blank(&text) {
            return Ok(());
        }
        if self.full_name.is_some() {
            return Err(LeftOutReason::Another);
        }
        self.full_name = Some((property.id(), self.noted(property, &text)));
        Ok(())
    }

    /// Its components as they are, so that a change of one keeps what a contact cannot hold.
    fn read_name(&mut self, property: &PropertyRef<'_>) -> Result<(), LeftOutReason> {
        if self.name.is_some() {
            return Err(LeftOutReason::Another);
        }
        let components = property.components();
        let components = components.map_err(|_| LeftOutReason::Unreadable)?;
        let rest = components.iter().skip(2).flatten();
        if rest.into_iter().any(|part| !blank(part)) {
            self.leave_out(property, LeftOutReason::Parts);
        }
        for part in components.iter().take(2).flatten() {
            self.noted(property, part);
        }
        self.name = Some((property.id(), components));
        Ok(())
    }

    fn read_organization(&mut self, property: &PropertyRef<'a>) -> Result<(), LeftOutReason> {
        if self.organization.is_some() {
            return Err(LeftOutReason::Another);
        }
        let organization = Organization::from_property(property);
        let organization = organization.map_err(|_| LeftOutReason::Unreadable)?;
        if organization.units().iter().any(|unit| !blank(unit)) {
            self.leave_out(property, LeftOutReason::Parts);
        }
        self.noted(property, organization.name());
        self.organization = Some((property.id(), organization));
        Ok(())
    }

    fn read_phone(
        &mut self,
        property: &PropertyRef<'a>,
        number: &impl Fn(&str) -> Result<(E164, Option<LeftOutReason>), LeftOutReason>,
    ) -> Result<(), LeftOutReason> {
        let text = text(property)?;
        let (text, has_parameters) = match TelUri::parse_lenient(&text) {
            Ok(uri) => (
                Cow::Owned(uri.number().replace("%20", " ")),
                uri.parameters().next().is_some(),
            ),
            Err(_) => (Cow::Borrowed(text.trim()), false),
        };
        let (value, derived) = number(&text)?;
        if has_parameters {
            self.leave_out(property, LeftOutReason::TelParameters);
        }
        if let Some(derived) = derived {
            self.leave_out(property, derived);
        }
        let line = self.labelled(property, value.to_string());
        self.phones.push(line);
        Ok(())
    }

    fn read_email(&mut self, property: &PropertyRef<'a>) -> Result<(), LeftOutReason> {
        let address = email(&text(property)?)?;
        let line = self.labelled(property, address);
        self.emails.push(line);
        Ok(())
    }

    fn labelled(&self, property: &PropertyRef<'a>, value: String) -> LabelledLine {
        let label = self.labels.of(property);
        let label = label.map(|label| without_controls(&label).trim().to_string());
        LabelledLine {
            id: property.id(),
            value,
            label: label.filter(|label| !label.is_empty()),
            label_lines: self.labels.lines_of(property).collect(),
        }
    }

    /// The text as a contact has it; control characters in it are reported.
    fn noted(&mut self, property: &PropertyRef<'_>, text: &str) -> String {
        if text.contains(char::is_control) {
            self.leave_out(property, LeftOutReason::Control);
        }
        without_controls(text)
    }

    pub fn family_name(&self) -> Option<String> {
        self.name_part(0)
    }

    pub fn given_name(&self) -> Option<String> {
        self.name_part(1)
    }

    fn name_part(&self, index: usize) -> Option<String> {
        let (_, components) = self.name.as_ref()?;
        let items = components.get(index)?;
        // A space after the comma: a comma in a name, by a writer that did not escape it.
        let prose = items.iter().skip(1).any(|item| item.starts_with(' '));
        let text = without_controls(&items.join(if prose { "," } else { " " }));
        (!blank(&text)).then_some(text)
    }

    pub fn organization(&self) -> Option<String> {
        let (_, organization) = self.organization.as_ref()?;
        let text = without_controls(organization.name());
        (!blank(&text)).then_some(text)
    }

    fn into_contact(self) -> (Contact, LeftOut) {
        let contact = Contact {
            given_name: self.given_name(),
            family_name: self.family_name(),
            organization: self.organization(),
            full_name: self.full_name.map(|(_, text)| text),
            phones: self
                .phones
                .into_iter()
                .map(|line| ContactPhone {
                    value: line.value,
                    label: line.label,
                })
                .collect(),
            emails: self
                .emails
                .into_iter()
                .map(|line| ContactEmail {
                    value: line.value,
                    label: line.label,
                })
                .collect(),
        };
        (contact, self.left_out)
    }
}

fn text<'a>(property: &PropertyRef<'a>) -> Result<Cow<'a, str>, LeftOutReason> {
    property.text().map_err(|_| LeftOutReason::Unreadable)
}

#[cfg(feature = "email")]
fn email(text: &str) -> Result<String, LeftOutReason> {
    crate::value::Email::parse(text.trim())
        .map(String::from)
        .map_err(LeftOutReason::NotAnAddress)
}

#[cfg(not(feature = "email"))]
fn email(text: &str) -> Result<String, LeftOutReason> {
    match text.contains(char::is_control) || blank(text) {
        true => Err(LeftOutReason::Unreadable),
        false => Ok(text.trim().to_string()),
    }
}

/// The groups of phones and emails, whose labels a contact has; in small letters.
fn groups_with_labels(card: &Card) -> BTreeSet<String> {
    let labelled = card
        .properties()
        .filter(|property| property.is("TEL") || property.is("EMAIL"));
    let groups = labelled.filter_map(|property| property.group());
    groups.map(str::to_ascii_lowercase).collect()
}

fn has_group(groups: &BTreeSet<String>, property: &PropertyRef<'_>) -> bool {
    let group = property.group().map(str::to_ascii_lowercase);
    group.is_some_and(|group| groups.contains(&group))
}

/// With a space for each control character, which a contact cannot hold.
fn without_controls(text: &str) -> String {
    match text.contains(char::is_control) {
        true => text.replace(char::is_control, " "),
        false => text.to_string(),
    }
}
