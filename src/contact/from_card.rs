//! [`Card`] -> [`Contact`], and what of the card the contact has no place for.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::{Contact, ContactEmail, ContactPhone, blank, label};
use crate::card::{Card, EntryId, PropertyRef};
use crate::value::{E164, E164Error, TelUri};

/// What of a card is not in the contact that was made of it, or is not there as it was written.
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

/// One property of which a contact does not hold all.
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
    /// National text that is no number of the region.
    #[cfg(feature = "phone")]
    NotNational(crate::value::phone::NationalError),
    /// An email that is no address.
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
            LeftOutReason::NotE164(error) => write!(f, "no E.164 number: {error}"),
            #[cfg(feature = "phone")]
            LeftOutReason::Derived(derived) => {
                write!(f, "read as {} in {}", derived.number, derived.region)
            }
            #[cfg(feature = "phone")]
            LeftOutReason::NotNational(error) => error.fmt(f),
            #[cfg(feature = "email")]
            LeftOutReason::NotAnAddress(error) => write!(f, "no address: {error}"),
        }
    }
}

/// `TEL: no E.164 number: byte 0: expected '+' and the calling code first`
impl fmt::Display for LeftOutItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.reason)
    }
}

impl Contact {
    /// The contact that is in a card of any version, and what of the card it has no place for.
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
    ///         "TEL: no E.164 number: byte 0: expected '+' and the calling code first",
    ///         "NOTE: contacts have no such field",
    ///     ]
    /// );
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn from_card(card: &Card) -> (Contact, LeftOut) {
        Reading::of(card, |text| {
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
        Reading::of(card, |text| {
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

/// What a contact is made of, and where in the card it stands.
pub(super) struct Reading {
    pub full_name: Option<(EntryId, String)>,
    pub name: Option<(EntryId, Vec<Vec<String>>)>,
    pub organization: Option<(EntryId, Vec<String>)>,
    pub phones: Vec<Entry>,
    pub emails: Vec<Entry>,
    left_out: LeftOut,
}

/// A phone or an email.
pub(super) struct Entry {
    pub id: EntryId,
    pub value: String,
    pub label: Option<String>,
    /// Its X-ABLabel.
    pub label_id: Option<EntryId>,
}

impl Reading {
    pub fn of(
        card: &Card,
        number: impl Fn(&str) -> Result<(E164, Option<LeftOutReason>), LeftOutReason>,
    ) -> Reading {
        let labels = labels(card);
        let mut reading = Reading {
            full_name: None,
            name: None,
            organization: None,
            phones: Vec::new(),
            emails: Vec::new(),
            left_out: LeftOut::default(),
        };
        for property in card.properties() {
            if property.is("VERSION") || property.is("X-ABShowAs") {
                continue;
            }
            if let Err(reason) = reading.read(&property, &labels, &number) {
                reading.leave_out(&property, reason);
            }
        }
        reading
    }

    fn leave_out(&mut self, property: &PropertyRef<'_>, reason: LeftOutReason) {
        self.left_out.items.push(LeftOutItem {
            entry: property.id(),
            name: property.name().to_string(),
            reason,
        });
    }

    fn read(
        &mut self,
        property: &PropertyRef<'_>,
        labels: &Labels,
        number: &impl Fn(&str) -> Result<(E164, Option<LeftOutReason>), LeftOutReason>,
    ) -> Result<(), LeftOutReason> {
        let id = property.id();
        if property.is("FN") {
            let text = text(property)?;
            if blank(&text) {
                return Ok(());
            }
            if self.full_name.is_some() {
                return Err(LeftOutReason::Another);
            }
            self.full_name = Some((id, self.plain(property, &text)));
        } else if property.is("N") {
            if self.name.is_some() {
                return Err(LeftOutReason::Another);
            }
            let components = components(property)?;
            let rest = components.iter().skip(2).flatten();
            if rest.into_iter().any(|part| !blank(part)) {
                self.leave_out(property, LeftOutReason::Parts);
            }
            for part in components.iter().take(2).flatten() {
                self.plain(property, part);
            }
            self.name = Some((id, components));
        } else if property.is("ORG") {
            if self.organization.is_some() {
                return Err(LeftOutReason::Another);
            }
            // Components of ORG are no lists (RFC 6350, 6.6.4); the comma was a comma.
            let units = components(property)?.into_iter();
            let units: Vec<String> = units.map(|unit| unit.join(",")).collect();
            if units.iter().skip(1).any(|unit| !blank(unit)) {
                self.leave_out(property, LeftOutReason::Parts);
            }
            if let Some(first) = units.first() {
                self.plain(property, first);
            }
            self.organization = Some((id, units));
        } else if property.is("TEL") {
            let text = text(property)?;
            let (value, parameters) = match TelUri::parse_lenient(&text) {
                Ok(uri) => (
                    uri.number().replace("%20", " "),
                    uri.parameters().next().is_some(),
                ),
                Err(_) => (text.trim().to_string(), false),
            };
            let (value, derived) = number(&value)?;
            if parameters {
                self.leave_out(property, LeftOutReason::TelParameters);
            }
            if let Some(derived) = derived {
                self.leave_out(property, derived);
            }
            let (label, label_id) = labels.of(property, label::PHONE);
            self.phones.push(Entry {
                id,
                value: value.to_string(),
                label,
                label_id,
            });
        } else if property.is("EMAIL") {
            let value = email(&text(property)?)?;
            let (label, label_id) = labels.of(property, label::EMAIL);
            self.emails.push(Entry {
                id,
                value,
                label,
                label_id,
            });
        } else if !(property.is("X-ABLabel") && labels.is_used(property)) {
            return Err(LeftOutReason::NoField);
        }
        Ok(())
    }

    /// The text with a space for each control character, which is then reported.
    fn plain(&mut self, property: &PropertyRef<'_>, text: &str) -> String {
        if text.contains(char::is_control) {
            self.leave_out(property, LeftOutReason::Control);
        }
        label::plain(text)
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
        // A space behind the comma: a comma in a name, by a writer that did not escape it.
        let prose = items.iter().skip(1).any(|item| item.starts_with(' '));
        let text = label::plain(&items.join(if prose { "," } else { " " }));
        (!blank(&text)).then_some(text)
    }

    pub fn organization(&self) -> Option<String> {
        let (_, units) = self.organization.as_ref()?;
        let text = label::plain(units.first()?);
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
                .map(|entry| ContactPhone {
                    value: entry.value,
                    label: entry.label,
                })
                .collect(),
            emails: self
                .emails
                .into_iter()
                .map(|entry| ContactEmail {
                    value: entry.value,
                    label: entry.label,
                })
                .collect(),
        };
        (contact, self.left_out)
    }
}

fn text<'a>(property: &PropertyRef<'a>) -> Result<Cow<'a, str>, LeftOutReason> {
    property.text().map_err(|_| LeftOutReason::Unreadable)
}

fn components(property: &PropertyRef<'_>) -> Result<Vec<Vec<String>>, LeftOutReason> {
    property.components().map_err(|_| LeftOutReason::Unreadable)
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

/// The X-ABLabel of each group, group names in small letters.
struct Labels {
    by_group: BTreeMap<String, (EntryId, String)>,
    /// The groups that have a TEL or an EMAIL.
    used: Vec<String>,
}

fn labels(card: &Card) -> Labels {
    let mut by_group = BTreeMap::new();
    let mut used = Vec::new();
    for property in card.properties() {
        let Some(group) = property.group().map(str::to_ascii_lowercase) else {
            continue;
        };
        if property.is("X-ABLabel") {
            let text = label::of_ab_label(&property.text_lossy());
            if !blank(&text) {
                by_group.entry(group).or_insert((property.id(), text));
            }
        } else if property.is("TEL") || property.is("EMAIL") {
            used.push(group);
        }
    }
    used.sort_unstable();
    Labels { by_group, used }
}

impl Labels {
    fn of(
        &self,
        property: &PropertyRef<'_>,
        rows: &[(&'static str, &'static [&'static str])],
    ) -> (Option<String>, Option<EntryId>) {
        let own = property
            .group()
            .and_then(|group| self.by_group.get(&group.to_ascii_lowercase()));
        match own {
            Some((id, label)) => (Some(label.clone()), Some(*id)),
            None => (label::of_types(property, rows), None),
        }
    }

    fn is_used(&self, property: &PropertyRef<'_>) -> bool {
        property.group().is_some_and(|group| {
            let group = group.to_ascii_lowercase();
            self.used.binary_search(&group).is_ok()
        })
    }
}
