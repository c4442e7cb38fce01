//! What groups say in JSContact: labels, the organization of a title, addresses that belong together.
//! RFC 9555, 2.3.9, 2.8.3, 2.9.6 and 2.11.11.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::line::Line;
use super::schema;
use super::table::{self, How};
use crate::registry::PropertyId;

/// A group of a card: the places of its lines.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub labels: Vec<usize>,
    pub others: Vec<usize>,
}

/// The groups of a card, by their names in lower case.
#[derive(Debug, Default)]
pub(super) struct Groups(BTreeMap<String, Group>);

impl Groups {
    pub fn of(lines: &[Line<'_>]) -> Self {
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        for (place, line) in lines.iter().enumerate() {
            let Some(name) = line.group() else { continue };
            let group = groups.entry(name.to_ascii_lowercase()).or_default();
            match line.id() {
                Some(PropertyId::X_ABLABEL) => group.labels.push(place),
                _ => group.others.push(place),
            }
        }
        Groups(groups)
    }

    fn of_line(&self, line: &Line<'_>) -> Option<&Group> {
        self.0.get(&line.group()?.to_ascii_lowercase())
    }

    /// The line with the label of a line, where its object has one.
    pub fn label(&self, line: &Line<'_>) -> Option<usize> {
        let row = table::row_of(line.id()?)?;
        let takes = matches!(row.how, How::Entry | How::Profile)
            && schema::type_in(row.member).is_some_and(|object| object.has("label"));
        let group = self.of_line(line).filter(|_| takes)?;
        group.labels.first().copied()
    }

    /// The one organization in the group of a title.
    pub fn organization(&self, line: &Line<'_>, lines: &[Line<'_>]) -> Option<usize> {
        let group = self.of_line(line)?;
        let is_one =
            |place: &&usize| lines.get(**place).and_then(Line::id) == Some(PropertyId::ORG);
        let mut all = group.others.iter().filter(is_one);
        let first = all.next()?;
        all.next().is_none().then_some(*first)
    }

    /// Whether what a group says about a line is said by other members, so that its name can change.
    pub fn is_said(&self, line: &Line<'_>, lines: &[Line<'_>]) -> bool {
        let Some(group) = self.of_line(line) else {
            return true;
        };
        let id_of = |place: &usize| lines.get(*place).and_then(Line::id);
        let is = |wanted: &'static [PropertyId]| {
            let ids = group.others.iter().map(id_of);
            ids.into_iter()
                .all(|id| id.is_some_and(|id| wanted.contains(&id)))
        };
        let count = |wanted: PropertyId| {
            let ids = group.others.iter().map(id_of);
            ids.filter(|id| *id == Some(wanted)).count()
        };
        if group.labels.is_empty() {
            let is_post = is(&[PropertyId::ORG, PropertyId::TITLE, PropertyId::ROLE]);
            let is_place = is(&[PropertyId::ADR, PropertyId::GEO, PropertyId::TZ]);
            return (is_post && count(PropertyId::ORG) == 1 && group.others.len() > 1)
                || (is_place && count(PropertyId::ADR) == 1 && group.others.len() > 1);
        }
        group.others.len() == 1 && group.labels.len() == 1 && self.label(line).is_some()
    }
}
