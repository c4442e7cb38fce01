//! The version that a card is read, checked and written by, in one place: the one that its VERSION
//! names, or else the one that it looks like.
//!
//! Parameters without a name, CHARSET and quoted-printable are what 2.1 alone has. A VERSION with a later
//! number than is known is nearest to 4.0. All the rest is read as 3.0, whose escapes every reader
//! understands.

use super::Card;
use super::property_ref::PropertyRef;
use crate::syntax::byte_class::trim;
use crate::syntax::flags::Flags;
use crate::syntax::{ContentLine, ParameterRef};
use crate::version::Version;

/// What tells the version of a card that names none which is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Unnamed {
    /// What the first VERSION begins with.
    first: Option<u8>,
    has_version: bool,
    /// How many lines are of 2.1.
    of_2_1: usize,
}

impl Unnamed {
    pub fn of<'a>(lines: impl Iterator<Item = ContentLine<'a>>) -> Self {
        lines.fold(Unnamed::default(), Unnamed::with)
    }

    /// With one more line after those that it knows.
    fn with(mut self, line: ContentLine<'_>) -> Self {
        if !self.has_version && is_version(&line) {
            self.has_version = true;
            self.first = trim(&line.value()).first().copied();
        }
        self.of_2_1 += usize::from(is_of_2_1(&line));
        self
    }

    /// With one line in place of another, of which neither is a VERSION.
    pub fn replaced(self, old: Option<ContentLine<'_>>, new: Option<ContentLine<'_>>) -> Self {
        let count =
            |line: Option<ContentLine<'_>>| usize::from(line.is_some_and(|line| is_of_2_1(&line)));
        Unnamed {
            of_2_1: (self.of_2_1 + count(new)).saturating_sub(count(old)),
            ..self
        }
    }

    pub fn version(self) -> Version {
        match self.first {
            Some(b'4'..=b'9') => Version::V4_0,
            _ if self.of_2_1 > 0 => Version::V2_1,
            _ => Version::V3_0,
        }
    }
}

pub(super) fn is_version(line: &ContentLine<'_>) -> bool {
    line.is("VERSION")
}

/// Whether a line has what 2.1 alone has.
///
/// In a head with quotes or backslashes the versions see different parameters, so that those do not
/// count.
fn is_of_2_1(line: &ContentLine<'_>) -> bool {
    let flags = line.flags();
    if !line.is_content() || flags.has(Flags::SENTINEL) {
        return false;
    }
    let is_plain = !flags.has(Flags::QUOTE.or(Flags::BACKSLASH).or(Flags::LITERAL_QUOTES));
    let is_one = |one: ParameterRef<'_>| match one.name_bytes() {
        None => !trim(one.raw()).is_empty(),
        Some(name) => name.eq_ignore_ascii_case(b"CHARSET"),
    };
    flags.has(Flags::QUOTED_PRINTABLE) || is_plain && line.parameters_of(Version::V3_0).any(is_one)
}

impl Card {
    /// The version that it is read, checked and written by: the one that it [names](Self::version), or
    /// else the one that it looks like.
    ///
    /// That is 4.0 where VERSION has a later number than is known, 2.1 where a parameter has no name or
    /// is CHARSET or a value is quoted-printable, and 3.0 otherwise.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nN:Quist;Ada\nTEL;CELL:1\nEND:VCARD\n")?;
    /// assert_eq!((card.version(), card.effective_version()), (None, Version::V2_1));
    /// let card = Card::parse("BEGIN:VCARD\nN:Quist;Ada\nTEL;TYPE=CELL:1\nEND:VCARD\n")?;
    /// assert_eq!(card.effective_version(), Version::V3_0);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn effective_version(&self) -> Version {
        self.effective
    }
}

impl PropertyRef<'_> {
    /// The version that it is read by: the [effective](Card::effective_version) one of its card.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// // No version, and parameters as in 2.1.
    /// let card = Card::parse("BEGIN:VCARD\nN:Quist;Zoe\nTEL;CELL:1\nEND:VCARD\n")?;
    /// let tel = card.property("TEL").unwrap();
    /// assert_eq!((tel.version(), tel.effective_version()), (None, Version::V2_1));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn effective_version(&self) -> Version {
        self.card().effective
    }
}
