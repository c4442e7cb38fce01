//! A repair: what it does to which lines of a card.
//!
//! A repair remembers which line it was made for, and does nothing to one that says something else
//! by now: repairing twice is repairing once, and what somebody wrote in the meantime stays.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::card::{Card, EditError, EntryId, ParameterEdit, PropertyRef, PropertyValue};
use crate::limits::Limits;

/// A repair of a card: what to do with which of its lines.
///
/// See [`Report::repair`](crate::validate::Report::repair) to make all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    title: Cow<'static, str>,
    entry: EntryId,
    /// What the line said.
    line: u64,
    change: Change,
}

impl Fix {
    pub(super) fn new<'a>(
        title: impl Into<Cow<'static, str>>,
        line: impl Into<PropertyRef<'a>>,
        change: Change,
    ) -> Self {
        let line = line.into();
        Fix {
            title: title.into(),
            entry: line.id(),
            line: fingerprint(line.raw()),
            change,
        }
    }

    /// Whether the line says what it should after the repair: tried on a card of the line alone.
    pub(super) fn is_right<'a>(
        &self,
        line: impl Into<PropertyRef<'a>>,
        is_right: impl FnOnce(PropertyRef<'_>) -> bool,
    ) -> bool {
        let line = line.into();
        let version = line.effective_version();
        let mut bytes = format!("BEGIN:VCARD\r\nVERSION:{version}\r\n").into_bytes();
        bytes.extend_from_slice(line.raw().trim_ascii_end());
        bytes.extend_from_slice(b"\r\n\r\nEND:VCARD\r\n");
        let Ok(mut card) = Card::parse_with(&bytes, Limits::none()) else {
            return false;
        };
        let id = card.properties().nth(1).map(|property| property.id());
        id.is_some_and(|id| {
            self.change.apply(&mut card, id).is_ok() && card.entry(id).is_some_and(is_right)
        })
    }

    /// The line that it changes, or the first of them.
    pub(super) fn entry(&self) -> EntryId {
        self.entry
    }

    /// What it does, in a few words: `write PREF=1`.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Does it to the card in which the finding was made.
    ///
    /// # Errors
    ///
    /// When the card was changed since, so that the line is not there any more or is another
    /// ([`EditError::Changed`]), or cannot be changed without changing its neighbours. Then nothing
    /// was done.
    ///
    /// ```
    /// use vcardinal::{Card, validate::{Profile, validate}};
    ///
    /// let mut card = Card::parse(
    ///     "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nTEL;TYPE=pref,cell:1\r\nEND:VCARD\r\n",
    /// )?;
    /// let report = validate(&card, Profile::Declared);
    /// let fix = report.iter().find_map(|finding| finding.fix.as_ref()).unwrap();
    /// assert_eq!(fix.to_string(), "write PREF=1");
    /// fix.apply(&mut card)?;
    /// assert!(card.to_string().contains("TEL;TYPE=cell;PREF=1:1\r\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply(&self, card: &mut Card) -> Result<(), EditError> {
        self.make(card).map(|_| ())
    }

    /// As [`apply`](Self::apply); whether there was anything to do.
    pub(super) fn make(&self, card: &mut Card) -> Result<bool, EditError> {
        let line = card.entry(self.entry).ok_or(EditError::NoEntry)?;
        if fingerprint(line.raw()) != self.line {
            return Err(EditError::Changed);
        }
        self.change.apply(card, self.entry)
    }
}

/// The title.
impl fmt::Display for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.title)
    }
}

/// What is done to a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    Remove,
    /// To stand directly after BEGIN.
    MoveFirst,
    /// All lines of the card end in CRLF.
    EndLines,
    /// The last line ends in CRLF, if it has no ending.
    EndLastLine,
    Parameters(Vec<ParameterEdit>),
    Text(String),
    /// The value as it stands on an unfolded line, and parameters that say something about it.
    Raw(String, Vec<ParameterEdit>),
    /// The value in base64, which a parameter names.
    Base64(String, Vec<ParameterEdit>),
}

impl Change {
    fn apply(&self, card: &mut Card, entry: EntryId) -> Result<bool, EditError> {
        if matches!(self, Change::EndLines | Change::EndLastLine) {
            return card.end_lines(*self == Change::EndLastLine);
        }
        let mut first = card.lines().map(|line| line.id());
        let begin = first.next();
        if *self == Change::MoveFirst && first.next() == Some(entry) {
            return Ok(false);
        }
        let mut line = card.entry_mut(entry).ok_or(EditError::NoEntry)?;
        match self {
            Change::EndLines | Change::EndLastLine => Ok(()),
            Change::Remove => line.remove(),
            Change::MoveFirst => line.move_after(begin.ok_or(EditError::NoEntry)?),
            Change::Parameters(edits) => line.edit_parameters(edits),
            Change::Text(text) => line.respell(&PropertyValue::Text(text.clone())),
            Change::Raw(raw, edits) => line.rewrite(edits, &PropertyValue::Raw(raw.clone())),
            Change::Base64(base64, edits) => line.rewrite_base64(edits, base64),
        }
        .map(|()| true)
    }
}

/// A number that two lines have in common if they are the same but for their line endings. (FNV-1a;
/// nobody gains anything from two lines with one number.)
fn fingerprint(line: &[u8]) -> u64 {
    let octets = line.iter().filter(|byte| !matches!(byte, b'\r' | b'\n'));
    octets.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
