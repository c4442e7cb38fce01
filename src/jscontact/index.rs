//! What is asked of a card for line after line, found once, so that no line makes it be looked for again.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::line::Line;
use super::variants::Role;
use crate::registry::PropertyId;

/// Answers about the lines of a card.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The first line of each property.
    first: BTreeMap<PropertyId, usize>,
    /// What other lines are to each line.
    joined: Vec<Joined>,
    /// The text of LANGUAGE.
    pub language: Option<String>,
    /// Whether KIND says that the card is a group.
    pub is_group: bool,
    /// Whether there is an N that says something.
    pub has_name: bool,
}

/// Whether other lines are variants of a line, and whether they say how it sounds.
#[derive(Debug, Clone, Copy, Default)]
struct Joined {
    has_variant: bool,
    has_sound: bool,
}

impl Index {
    pub fn of(lines: &[Line<'_>], roles: &[Role]) -> Self {
        let mut index = Index {
            joined: alloc::vec![Joined::default(); lines.len()],
            ..Index::default()
        };
        for (place, line) in lines.iter().enumerate() {
            if let Some(id) = line.id() {
                index.first.entry(id).or_insert(place);
            }
        }
        for role in roles {
            let (of, is_sound) = match role {
                Role::Main | Role::Second => continue,
                Role::Variant { of, .. } => (*of, false),
                Role::Sound { of, .. } => (*of, true),
            };
            if let Some(joined) = index.joined.get_mut(of) {
                joined.has_variant |= !is_sound;
                joined.has_sound |= is_sound;
            }
        }
        let first = |id: PropertyId| lines.get(index.first(id)?);
        let kind = first(PropertyId::KIND);
        let is_group = kind.is_some_and(|line| line.text().eq_ignore_ascii_case("group"));
        let language = first(PropertyId::LANGUAGE).map(Line::text);
        index.is_group = is_group;
        index.language = language;
        index.has_name = lines.iter().zip(roles).any(|(line, role)| {
            line.id() == Some(PropertyId::N)
                && *role == Role::Main
                && line
                    .components()
                    .iter()
                    .flatten()
                    .any(|value| !value.is_empty())
        });
        index
    }

    /// The first line of a property.
    pub fn first(&self, id: PropertyId) -> Option<usize> {
        self.first.get(&id).copied()
    }

    /// Whether another line is this one in another language.
    pub fn has_variant(&self, place: usize) -> bool {
        self.joined
            .get(place)
            .is_some_and(|joined| joined.has_variant)
    }

    /// Whether another line is a variant of this one, or says how it sounds.
    pub fn joins(&self, place: usize) -> bool {
        self.joined
            .get(place)
            .is_some_and(|joined| joined.has_variant || joined.has_sound)
    }
}
