//! [`Card`] -> [`Contact`], and what the contact cannot hold of the card.

use super::left_out::LeftOut;
use super::lines::ContactLines;
use super::reading_options::FromCard;
use super::{Contact, ContactEmail, ContactPhone};
use crate::card::Card;

impl FromCard {
    /// The contact that is in a card of any version, and what it cannot hold of the card.
    ///
    /// See [`Contact::from_card`].
    ///
    /// ```
    /// use vcardinal::{Card, contact::FromCard};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:Zoe Quist\nNOTE:a sailor\nEND:VCARD\n")?;
    /// let (contact, left_out) = FromCard::new().contact(&card);
    /// assert_eq!(contact.full_name.as_deref(), Some("Zoe Quist"));
    /// assert_eq!(left_out.len(), 1);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn contact(&self, card: &Card) -> (Contact, LeftOut) {
        ContactLines::of(card, self).into_contact()
    }
}

impl Contact {
    /// The contact that is in a card of any version, and what it cannot hold of the card.
    ///
    /// Of several names or organizations it has the preferred one, or else the first
    /// (RFC 6350, 5.3). A card without FN and N goes by its NICKNAME. Numbers must have their
    /// calling code; separators between the digits, a zero in brackets and extensions are taken
    /// away. A card of a group gives an empty contact: [`LeftOut::is_group`].
    ///
    /// ```
    /// use vcardinal::{Card, contact::Contact};
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:3.0\nN:Quist;Zoe;;Dr.;\nFN:Zoe Quist\n\
    ///      TEL;TYPE=CELL:+44 (0)20 7946 0123\nTEL;TYPE=HOME:555 0123\nNOTE:x\nEND:VCARD\n",
    /// )?;
    /// let (contact, left_out) = Contact::from_card(&card);
    /// assert_eq!(contact.full_name.as_deref(), Some("Zoe Quist"));
    /// assert_eq!(contact.phones[0].value, "+442079460123");
    /// assert_eq!(contact.phones[0].label.as_deref(), Some("mobile"));
    /// let left_out: Vec<String> = left_out.iter().map(ToString::to_string).collect();
    /// assert_eq!(
    ///     left_out,
    ///     [
    ///         "N: only its first parts have a field",
    ///         "TEL: read as +442079460123, without the zero in brackets",
    ///         "TEL: not an E.164 number: byte 0: expected '+' and the calling code first",
    ///         "NOTE: contacts have no such field",
    ///     ]
    /// );
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[doc(alias = "From<&Card>")]
    #[must_use]
    pub fn from_card(card: &Card) -> (Contact, LeftOut) {
        FromCard::new().contact(card)
    }

    /// As [`from_card`](Contact::from_card), and numbers without a calling code are read as those
    /// of a region; short for [`FromCard::region`].
    ///
    /// ```
    /// use vcardinal::{Card, contact::Contact};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nFN:Zoe\nTEL:(415) 555-0123\nEND:VCARD\n")?;
    /// let (contact, _) = Contact::from_card_in(&card, "US".parse()?);
    /// assert_eq!(contact.phones[0].value, "+14155550123");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "phone")]
    #[must_use]
    pub fn from_card_in(card: &Card, region: crate::value::phone::Region) -> (Contact, LeftOut) {
        FromCard::new().region(region).contact(card)
    }
}

impl ContactLines<'_> {
    fn into_contact(self) -> (Contact, LeftOut) {
        let contact = Contact {
            given_name: self.given_name(),
            family_name: self.family_name(),
            organization: self.organization(),
            full_name: self.full_name.map(|name| name.text),
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
