//! What groups say in JSContact: labels, the organization of a title, addresses that belong together.
//! RFC 9555, 2.3.9, 2.8.3, 2.9.6 and 2.11.11.

use alloc::collections::BTreeMap;
use alloc::string::String;

use super::line::Line;
use super::schema;
use super::table::{self, How};
use crate::registry::PropertyId;

/// A group of a card: what its lines are.
#[derive(Debug)]
struct Group {
    /// The first label, and how many there are.
    label: Option<usize>,
    labels: usize,
    /// How many other lines there are.
    others: usize,
    /// The first ORG, and how many there are.
    organization: Option<usize>,
    organizations: usize,
    addresses: usize,
    /// Whether all others are organizations and titles.
    is_post: bool,
    /// Whether all others are addresses and where they are.
    is_place: bool,
}

impl Group {
    const EMPTY: Group = Group {
        label: None,
        labels: 0,
        others: 0,
        organization: None,
        organizations: 0,
        addresses: 0,
        is_post: true,
        is_place: true,
    };

    fn add(&mut self, place: usize, id: Option<PropertyId>) {
        if id == Some(PropertyId::X_ABLABEL) {
            self.label.get_or_insert(place);
            self.labels += 1;
            return;
        }
        self.others += 1;
        self.is_post &= matches!(
            id,
            Some(PropertyId::ORG | PropertyId::TITLE | PropertyId::ROLE)
        );
        self.is_place &= matches!(id, Some(PropertyId::ADR | PropertyId::GEO | PropertyId::TZ));
        match id {
            Some(PropertyId::ORG) => {
                self.organization.get_or_insert(place);
                self.organizations += 1;
            }
            Some(PropertyId::ADR) => self.addresses += 1,
            _ => {}
        }
    }
}

/// The groups of a card, by their names in lower case.
#[derive(Debug)]
pub(super) struct Groups(BTreeMap<String, Group>);

impl Groups {
    pub fn of(lines: &[Line<'_>]) -> Self {
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        for (place, line) in lines.iter().enumerate() {
            let Some(name) = line.group() else { continue };
            let group = groups.entry(name.to_ascii_lowercase());
            group.or_insert(Group::EMPTY).add(place, line.id());
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
        group.label
    }

    /// The one organization in the group of a title.
    pub fn organization(&self, line: &Line<'_>) -> Option<usize> {
        let group = self.of_line(line)?;
        group.organization.filter(|_| group.organizations == 1)
    }

    /// Whether what a group says about a line is said by other members, so that its name can change.
    pub fn is_said(&self, line: &Line<'_>) -> bool {
        let Some(group) = self.of_line(line) else {
            return true;
        };
        if group.labels == 0 {
            return group.others > 1
                && (group.is_post && group.organizations == 1
                    || group.is_place && group.addresses == 1);
        }
        group.others == 1 && group.labels == 1 && self.label(line).is_some()
    }
}
