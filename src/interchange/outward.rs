//! A card of any version -> the parts of its properties as 4.0 has them.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::card::{Card, PropertyRef};
use crate::convert::{Change, ChangeKind, Convert, ConvertError};
use crate::decomposed::{Decomposed, Deviation};
use crate::syntax::flags::Flags;
use crate::syntax::line_breaks;
use crate::version::Version;

/// What frames a card, and is nothing in it.
const FRAME: [&str; 3] = ["VERSION", "BEGIN", "END"];

/// A card that goes out in another format.
#[derive(Debug, Clone)]
pub(crate) struct Outward<'a> {
    card: Cow<'a, Card>,
    /// What was changed to make it a card of 4.0.
    changes: Vec<Change>,
}

impl<'a> Outward<'a> {
    /// The card as 4.0: itself, or converted.
    pub fn new(card: &'a Card, options: &Convert) -> Result<Self, ConvertError> {
        if card.effective_version() == Version::V4_0 {
            let (card, changes) = (Cow::Borrowed(card), Vec::new());
            return Ok(Outward { card, changes });
        }
        let (card, changes) = options.card(card)?.into_parts();
        let card = Cow::Owned(card);
        Ok(Outward { card, changes })
    }

    /// The properties but VERSION.
    pub fn properties(&self) -> impl Iterator<Item = PropertyRef<'_>> {
        self.card.properties().filter(|property| {
            !property.line().flags().has(Flags::SENTINEL)
                && FRAME.iter().all(|name| !property.is(name))
        })
    }

    /// All that was changed: what `each` says of a property beside what is not in its parts.
    pub fn changes(&self, each: impl Fn(&Decomposed<'_>, &mut Vec<Change>)) -> Vec<Change> {
        let mut changes = self.changes.clone();
        let is_own = matches!(self.card, Cow::Borrowed(_));
        let mut line = self.card.position().line;
        let mut seen = 0;
        for entry in self.card.lines() {
            let begins = line;
            line += line_breaks(entry.raw());
            if entry.line().flags().has(Flags::SENTINEL) {
                continue;
            }
            let own = changes.len();
            if FRAME.iter().any(|name| entry.is(name)) {
                changes.extend(frame(&entry, seen));
            } else if entry.line().is_content() {
                let parts = Decomposed::of(&entry);
                let deviations = parts.deviations.iter();
                changes.extend(deviations.map(|deviation| change(*deviation, &parts.name)));
                each(&parts, &mut changes);
            } else if !entry.raw().iter().all(u8::is_ascii_whitespace) {
                changes.push(Change::new(
                    ChangeKind::Dropped,
                    None,
                    "RFC 6350, 3.3",
                    "a line that is not a property is left out",
                ));
            }
            seen += usize::from(entry.line().is_content());
            if changes.len() > own {
                let place = is_own.then_some(begins);
                let id = is_own.then_some(entry.id());
                let from = String::from_utf8_lossy(entry.raw());
                let made = changes.split_off(own);
                changes.extend(made.into_iter().map(|change| change.at(id, place, &from)));
            }
        }
        changes
    }
}

/// What is said of a line that frames a card, after so many properties.
fn frame(property: &PropertyRef<'_>, seen: usize) -> Option<Change> {
    let is_first = property.is("VERSION") && seen == 0;
    let is_plain = property.group().is_none() && property.parameters().next().is_none();
    let is_bare = is_plain
        && property
            .raw_text()
            .is_ok_and(|text| text == Version::V4_0.as_str());
    let (kind, message) = match (is_first, is_bare) {
        (true, true) => return None,
        (true, false) => (
            ChangeKind::Approximated,
            "VERSION is 4.0, without a group, parameters and white space",
        ),
        (false, _) => (
            ChangeKind::Dropped,
            "VERSION comes first and once; BEGIN and END have no place in a card",
        ),
    };
    let name = Some(property.name());
    Some(Change::new(kind, name, "RFC 6350, 6.7.9", message))
}

/// What a deviation is in a report.
pub(super) fn change(deviation: Deviation, name: &str) -> Change {
    let kind = match deviation {
        Deviation::GroupParameter | Deviation::Nameless => ChangeKind::Dropped,
        Deviation::Renamed | Deviation::InlineData | Deviation::SeveralValues => ChangeKind::Moved,
        _ => ChangeKind::Approximated,
    };
    let change = Change::new(kind, Some(name), deviation.section(), deviation.message());
    match deviation {
        Deviation::GroupParameter => change.of_parameter("GROUP"),
        _ => change,
    }
}
