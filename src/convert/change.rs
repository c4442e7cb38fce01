//! What a conversion did to a card, entry by entry.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::card::EntryId;
#[cfg(feature = "jscontact")]
use crate::card::PropertyRef;
use crate::syntax::wide;

/// How the meaning of a property, or of one of its parameters, came over; the graver the later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ChangeKind {
    /// A value that nobody wrote was worked out.
    Derived,
    /// It stands whole under another name.
    Moved,
    /// It is there, and says less, or a reader of the bare standard reads something else.
    Approximated,
    /// It is not there.
    Dropped,
}

impl ChangeKind {
    /// The kinds, in the order of the summary.
    pub const ALL: [ChangeKind; 4] = [
        ChangeKind::Dropped,
        ChangeKind::Approximated,
        ChangeKind::Moved,
        ChangeKind::Derived,
    ];

    /// `moved`, `approximated`, `derived` or `dropped`.
    ///
    /// ```
    /// assert_eq!(vcardinal::convert::ChangeKind::Moved.as_str(), "moved");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            ChangeKind::Moved => "moved",
            ChangeKind::Approximated => "approximated",
            ChangeKind::Derived => "derived",
            ChangeKind::Dropped => "dropped",
        }
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One thing that is not in the converted card as it was in the source.
///
/// What is the same in another form, as an escape, a date with hyphens or `TYPE=pref` for `PREF=1`,
/// is no change.
///
/// ```
/// use vcardinal::{Card, Version, convert::ChangeKind};
///
/// let card = Card::parse(
///     "BEGIN:VCARD\nVERSION:4.0\nFN:Zoe\nN:;Zoe;;;\nBDAY:--0412\nEND:VCARD\n",
/// )?;
/// let converted = card.convert(Version::V3_0)?;
/// let [change] = converted.changes() else { panic!() };
/// assert_eq!((change.kind(), change.property()), (ChangeKind::Approximated, Some("BDAY")));
/// assert_eq!(change.from(), Some("BDAY:--0412"));
/// assert_eq!(change.to(), Some("BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12"));
/// assert_eq!(change.line(), Some(5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub(super) kind: ChangeKind,
    pub(super) entry: Option<EntryId>,
    pub(super) line: Option<u64>,
    pub(super) property: Option<String>,
    pub(super) parameter: Option<String>,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    pub(super) section: &'static str,
    pub(super) message: Cow<'static, str>,
}

impl Change {
    /// What happened to a property on the way to or from another format.
    #[cfg(any(feature = "jcard", feature = "xcard", feature = "jscontact"))]
    pub(crate) fn new(
        kind: ChangeKind,
        property: Option<&str>,
        section: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Change {
            kind,
            entry: None,
            line: None,
            property: property.map(str::to_ascii_uppercase),
            parameter: None,
            from: None,
            to: None,
            section,
            message: Cow::Owned(message.into()),
        }
    }

    /// With the place and the text that it was made of.
    #[cfg(any(feature = "jcard", feature = "xcard"))]
    pub(crate) fn at(self, entry: Option<EntryId>, line: Option<u64>, from: &str) -> Self {
        let from = Some(shown(from));
        Change {
            entry,
            line,
            from,
            ..self
        }
    }

    /// With the parameter that it is about.
    #[cfg(any(feature = "jcard", feature = "xcard", feature = "jscontact"))]
    pub(crate) fn of_parameter(self, name: &str) -> Self {
        let parameter = Some(name.to_ascii_uppercase());
        Change { parameter, ..self }
    }

    /// One of a conversion to another format, about the card as a whole.
    #[cfg(feature = "jscontact")]
    pub(crate) fn of(kind: ChangeKind, section: &'static str, message: impl Into<String>) -> Self {
        Change::new(kind, None, section, message)
    }

    /// About a property of the source, on this line of the input.
    #[cfg(feature = "jscontact")]
    pub(crate) fn about(mut self, property: &PropertyRef<'_>, line: u64) -> Self {
        self.entry = Some(property.id());
        self.line = Some(line);
        self.property = Some(property.name().to_ascii_uppercase());
        // No more of a long line than is shown, since much may be said about each of its parameters.
        let raw = property.raw();
        let raw = raw.get(..(SHOWN + 2) * 4).unwrap_or(raw);
        self.from = Some(shown(&String::from_utf8_lossy(raw)));
        self
    }

    /// About a card in between, whose lines are not those of the source.
    #[cfg(feature = "jscontact")]
    pub(crate) fn without_place(mut self) -> Self {
        self.entry = None;
        self.line = None;
        self
    }

    /// About what has this name in the source.
    #[cfg(feature = "jscontact")]
    pub(crate) fn named(mut self, name: impl Into<String>) -> Self {
        self.property = Some(name.into());
        self
    }

    /// What stands in the result.
    #[cfg(feature = "jscontact")]
    pub(crate) fn result(mut self, to: &str) -> Self {
        self.to = Some(shown(to));
        self
    }

    /// How it came over.
    ///
    /// ```
    /// use vcardinal::{Card, Version, convert::ChangeKind};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:Zoe\nN:;Zoe;;;\nCLIENTPIDMAP:1;urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556\nEND:VCARD\n")?;
    /// let converted = card.convert(Version::V3_0)?;
    /// let graver = converted.changes().iter().filter(|change| change.kind() >= ChangeKind::Approximated);
    /// for change in graver {
    ///     println!("{}: {}", change.kind(), change.message());
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn kind(&self) -> ChangeKind {
        self.kind
    }

    /// The entry of the source; `None` for what was worked out from nothing.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:Zoe\nN:;Zoe;;;\nBDAY:--0412\nEND:VCARD\n")?;
    /// let converted = card.convert(Version::V3_0)?;
    /// let entry = converted.changes()[0].entry().unwrap();
    /// assert_eq!(card.entry(entry).unwrap().text_lossy(), "--0412");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn entry(&self) -> Option<EntryId> {
        self.entry
    }

    /// The line of the input on which the property of the source begins, from 1; `None` for what
    /// was worked out from nothing.
    #[must_use]
    pub fn line(&self) -> Option<u64> {
        self.line
    }

    /// The name of the property in the source, in capital letters, or of what was worked out; `None`
    /// for a line that is no property.
    #[must_use]
    pub fn property(&self) -> Option<&str> {
        self.property.as_deref()
    }

    /// The parameter it is about, in capital letters; `None` where it is the property or its value.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:Zoe\nN:;Zoe;;;\nTEL;PREF=7:1\nEND:VCARD\n")?;
    /// let converted = card.convert(Version::V3_0)?;
    /// let of_pref = |change: &vcardinal::convert::Change| change.parameter() == Some("PREF");
    /// assert!(converted.changes().iter().any(of_pref));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn parameter(&self) -> Option<&str> {
        self.parameter.as_deref()
    }

    /// What stood in the source: a content line without folds and encodings, or `NAME=value` of a
    /// parameter; 200 characters of it at most. `None` for what was worked out from nothing.
    #[must_use]
    pub fn from(&self) -> Option<&str> {
        self.from.as_deref()
    }

    /// What stands in the converted card, as [`from`](Self::from); `None` when it is dropped.
    #[must_use]
    pub fn to(&self) -> Option<&str> {
        self.to.as_deref()
    }

    /// The section of a standard, or the practice, behind it.
    #[must_use]
    pub fn section(&self) -> &'static str {
        self.section
    }

    /// What happened and why, in a sentence without its full stop.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:2.1\nN:Quist;Zoe\nEND:VCARD\n")?;
    /// let converted = card.convert(Version::V4_0)?;
    /// let change = &converted.changes()[0];
    /// assert_eq!(change.message(), "made of what the card says, since 4.0 demands it");
    /// assert_eq!(change.section(), "RFC 6350, 6.2.1");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.property, &self.parameter) {
            (Some(property), Some(parameter)) => write!(f, "{property};{parameter}: ")?,
            (Some(property), None) => write!(f, "{property}: ")?,
            (None, _) => {}
        }
        write!(f, "{} ({}", self.message, self.kind)?;
        if !self.section.is_empty() {
            write!(f, "; {}", self.section)?;
        }
        f.write_str(")")
    }
}

/// How many characters of a line a change shows.
const SHOWN: usize = 200;

/// The beginning of a line, with an ellipsis for the rest; a line break is shown as `\n`, other
/// control characters are left out.
pub(super) fn shown(text: &str) -> String {
    let text = text.trim_end_matches(['\r', '\n']);
    // Characters of two octets that begin with 0xC2 may be control characters.
    let may_be_control = |byte: u8| byte.is_ascii_control() | (byte == 0xC2);
    if text.len() <= SHOWN && !wide::any(text.as_bytes(), may_be_control) {
        return text.into();
    }
    let mut shown = String::new();
    for (at, character) in text.chars().enumerate() {
        if at == SHOWN {
            shown.push('…');
            break;
        }
        match character {
            '\n' => shown.push_str("\\n"),
            _ if character.is_control() => {}
            _ => shown.push(character),
        }
    }
    shown
}

/// A change whose result is known only when the card is written.
#[derive(Debug)]
pub(super) struct Pending {
    pub change: Change,
    /// The number of the draft that shows what came of it.
    pub result: Option<usize>,
}

/// In the order of the source; what was worked out from nothing comes where it stands.
pub(super) fn in_order(mut changes: Vec<Change>) -> Vec<Change> {
    changes.sort_by_key(|change| change.line);
    changes
}
