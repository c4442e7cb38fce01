//! A repair: what it does to which lines of a card.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::card::{Card, EditError, EntryId, Parameter, PropertyValue};

/// A repair of a card: what to do with which of its lines.
///
/// See [`Report::repair`](crate::validate::Report::repair) to make all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    title: Cow<'static, str>,
    edits: Vec<Edit>,
}

impl Fix {
    pub(super) fn new(title: impl Into<Cow<'static, str>>, entry: EntryId, change: Change) -> Self {
        Fix {
            title: title.into(),
            edits: [Edit { entry, change }].into(),
        }
    }

    /// Changes this line too.
    pub(super) fn and(mut self, entry: EntryId, change: Change) -> Self {
        self.edits.push(Edit { entry, change });
        self
    }

    /// The lines that it changes.
    pub(super) fn entries(&self) -> impl Iterator<Item = EntryId> + Clone {
        self.edits.iter().map(|edit| edit.entry)
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
    /// When the card was changed since and the line is not there any more, or cannot be changed
    /// without changing its neighbours. Then nothing of it, or a part, was done.
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
        self.edits.iter().try_for_each(|edit| edit.apply(card))
    }
}

/// The title.
impl fmt::Display for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.title)
    }
}

/// One change of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edit {
    entry: EntryId,
    change: Change,
}

/// What is done to a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    Remove,
    /// To stand directly after BEGIN.
    MoveFirst,
    SetParameter {
        name: &'static str,
        values: Vec<String>,
    },
    RemoveParameter {
        name: &'static str,
    },
    SetText(String),
    /// The value as it stands on an unfolded line.
    SetRaw(String),
}

impl Edit {
    fn apply(&self, card: &mut Card) -> Result<(), EditError> {
        let begin = card.lines().next().map(|line| line.id());
        let mut line = card.entry_mut(self.entry).ok_or(EditError::NoEntry)?;
        match &self.change {
            Change::Remove => line.remove(),
            Change::MoveFirst => line.move_after(begin.ok_or(EditError::NoEntry)?),
            Change::SetParameter { name, values } => {
                line.set_parameter(Parameter::new(*name, values.iter().cloned())?)
            }
            Change::RemoveParameter { name } => line.remove_parameter(name).map(|_| ()),
            Change::SetText(text) => line.set_text(text.clone()),
            Change::SetRaw(raw) => line.set_value(PropertyValue::Raw(raw.clone())),
        }
    }
}
