//! [`LeftOut`]: what a contact made of a card does not hold of it.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::card::EntryId;
use crate::syntax::Charset;
use crate::value::{E164, E164Error, Possibility};

/// What a contact made of a card does not hold of it, or not as it was written.
///
/// ```
/// use vcardinal::{Card, contact::{Contact, LeftOutReason}};
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:Zoe Quist\nNOTE:a sailor\nEND:VCARD\n")?;
/// let (_, left_out) = Contact::from_card(&card);
/// for item in &left_out {
///     assert_eq!((&*item.name, &item.reason), ("NOTE", &LeftOutReason::NoField));
/// }
/// # Ok::<(), vcardinal::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeftOut {
    items: Vec<LeftOutItem>,
}

impl LeftOut {
    pub(super) fn push(&mut self, item: LeftOutItem) {
        self.items.push(item);
    }

    pub(super) fn retain(&mut self, keep: impl FnMut(&LeftOutItem) -> bool) {
        self.items.retain(keep);
    }

    /// Each item, in the order of the card.
    pub fn iter(&self) -> core::slice::Iter<'_, LeftOutItem> {
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

    /// Whether the card is of a group rather than of a person or an organization, so that no
    /// contact was made of it.
    ///
    /// ```
    /// use vcardinal::{Card, contact::Contact};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:Crew\nKIND:group\nEND:VCARD\n")?;
    /// assert!(Contact::from_card(&card).1.is_group());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn is_group(&self) -> bool {
        self.iter().any(|item| item.reason == LeftOutReason::Group)
    }
}

impl<'a> IntoIterator for &'a LeftOut {
    type Item = &'a LeftOutItem;
    type IntoIter = core::slice::Iter<'a, LeftOutItem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for LeftOut {
    type Item = LeftOutItem;
    type IntoIter = alloc::vec::IntoIter<LeftOutItem>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

/// One line that a contact does not hold in full.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftOutItem {
    /// The line, for [`Card::entry`](crate::Card::entry).
    pub entry: EntryId,
    /// The name of its property as it is written; empty where it is not a property.
    pub name: String,
    /// What happened to it.
    pub reason: LeftOutReason,
}

/// What happened to a line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LeftOutReason {
    /// Contacts have no such field.
    NoField,
    /// The line is not a property: it has no colon, or no name before it.
    NotAProperty,
    /// The card is of a group, of which there is no contact. RFC 6350, 6.1.4.
    Group,
    /// The field is taken by another property of this name: the preferred one, or the first.
    Another,
    /// Only the first two parts of a name, or the first of an organization, are there.
    Parts,
    /// The extension or other parameters of a number are not there.
    TelParameters,
    /// What is dialled after the number, as an extension, is not there.
    DialledAfter(String),
    /// The number is there without the zero in brackets, which is dialled inside the country only.
    TrunkZero(E164),
    /// The number is there, but numbers of this calling code do not have so many digits.
    Impossible {
        /// What is wrong with it.
        possibility: Possibility,
        /// The number that may have been meant.
        suggestion: Option<E164>,
    },
    /// The name beside an email address, or headers after it, are not there.
    AroundAddress,
    /// A control character, such as a line break, became a space.
    Control,
    /// The line names no charset and is not UTF-8: it was read as this charset. See
    /// [`FromCard::fallback_charset`](super::FromCard::fallback_charset).
    AssumedCharset(Charset),
    /// The bytes are not text.
    Unreadable,
    /// A telephone number that is not E.164.
    NotE164(E164Error),
    /// The number was made of national text; see [`FromCard::region`](super::FromCard::region).
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
            LeftOutReason::NotAProperty => {
                f.write_str("not a property: it has no colon, or no name before it")
            }
            LeftOutReason::Group => f.write_str("a group, not a person"),
            LeftOutReason::Another => f.write_str("another one has taken the field"),
            LeftOutReason::Parts => f.write_str("only its first parts have a field"),
            LeftOutReason::TelParameters => f.write_str("only the number has a field"),
            LeftOutReason::DialledAfter(dialled) => {
                write!(
                    f,
                    "only the number has a field, and not what follows it: {:?}",
                    Cut(dialled)
                )
            }
            LeftOutReason::TrunkZero(number) => {
                write!(f, "read as {number}, without the zero in brackets")
            }
            LeftOutReason::Impossible {
                possibility,
                suggestion,
            } => {
                write!(f, "{possibility}")?;
                match suggestion {
                    Some(number) => write!(f, "; did you mean {number}?"),
                    None => Ok(()),
                }
            }
            LeftOutReason::AroundAddress => f.write_str("only the address in it has a field"),
            LeftOutReason::Control => f.write_str("a control character became a space"),
            LeftOutReason::AssumedCharset(charset) => {
                write!(f, "read as {}, since it names no charset", charset.name())
            }
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

/// Bytes of a name, or of what is dialled after a number, that are displayed at most.
const SHOWN: usize = 60;

/// Text of a card in a message: the first of its bytes.
struct Cut<'a>(&'a str);

impl Cut<'_> {
    /// As many as fit, and a sign where there are more.
    fn shown(&self) -> (&str, &str) {
        let most = (0..=SHOWN).rev();
        let end = most.into_iter().find(|end| self.0.is_char_boundary(*end));
        match self.0.len() <= SHOWN {
            true => (self.0, ""),
            false => (self.0.get(..end.unwrap_or(0)).unwrap_or(""), "…"),
        }
    }
}

impl fmt::Display for Cut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (shown, rest) = self.shown();
        write!(f, "{shown}{rest}")
    }
}

impl fmt::Debug for Cut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (shown, rest) = self.shown();
        write!(f, "{shown:?}{rest}")
    }
}

/// `TEL: not an E.164 number: byte 0: expected '+' and the calling code first`. A long name is cut.
impl fmt::Display for LeftOutItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name.is_empty() {
            true => self.reason.fmt(f),
            false => write!(f, "{}: {}", Cut(&self.name), self.reason),
        }
    }
}
