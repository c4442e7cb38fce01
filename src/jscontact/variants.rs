//! Which lines say the same in other languages, or how another one sounds. RFC 9555, 2.3.1, 2.3.11 and
//! 2.3.15.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use super::line::Line;
use super::strings;
use super::table::{self, How};
use crate::registry::{ParameterId, PropertyId};

/// What a line is to others of its property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// It stands for itself.
    Main,
    /// Another line is the name of the card.
    Second,
    /// It is another line in this language.
    Variant { of: usize, tag: String },
    /// It says how another line sounds, in this language where it is another one.
    Sound { of: usize, tag: Option<String> },
}

/// The main language of a card, and whether it was worked out: of the FN, where all have one.
pub(super) fn main_language(lines: &[Line<'_>]) -> (Option<String>, bool) {
    let stated = lines
        .iter()
        .find(|line| line.id() == Some(PropertyId::LANGUAGE));
    if let Some(tag) = stated
        .map(Line::text)
        .filter(|tag| strings::is_language(tag))
    {
        return (Some(tag), false);
    }
    let mut names = lines
        .iter()
        .filter(|line| line.id() == Some(PropertyId::FN));
    let first = names
        .next()
        .and_then(|line| line.first(ParameterId::LANGUAGE));
    let all = names.all(|line| line.first(ParameterId::LANGUAGE).is_some());
    let tag = first.filter(|tag| all && strings::is_language(tag));
    (tag.map(canonical), true)
}

/// A language tag in the letter case that is usual. RFC 5646, 2.1.1.
fn canonical(tag: &str) -> String {
    let parts = tag
        .split('-')
        .enumerate()
        .map(|(at, part)| match (at, part.len()) {
            (0, _) => part.to_ascii_lowercase(),
            (_, 2) => part.to_ascii_uppercase(),
            (_, 4) if part.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                let (first, rest) = part.split_at(1);
                first.to_ascii_uppercase() + &rest.to_ascii_lowercase()
            }
            _ => part.to_ascii_lowercase(),
        });
    parts.collect::<Vec<_>>().join("-")
}

/// What joins lines of one property.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    AltId(String),
    PropId(String),
    /// The property itself, of which a card has one, or one and its variants.
    Property,
}

fn key(line: &Line<'_>) -> Key {
    if matches!(line.id(), Some(PropertyId::FN | PropertyId::N)) {
        return Key::Property;
    }
    match (
        line.first(ParameterId::ALTID),
        line.first(ParameterId::PROP_ID),
    ) {
        (Some(id), _) => Key::AltId(id.into()),
        (None, Some(id)) => Key::PropId(id.into()),
        (None, None) => Key::Property,
    }
}

/// Whether a line can be a variant.
fn has_variants(line: &Line<'_>) -> bool {
    let row = line.id().and_then(table::row_of);
    row.is_some_and(|row| {
        matches!(
            row.how,
            How::Entry
                | How::Items
                | How::FullName
                | How::Name
                | How::Address
                | How::Organization
                | How::Profile
                | How::Place
                | How::Gender
                | How::Pronouns
        )
    })
}

/// The role of each line.
pub(super) fn roles(lines: &[Line<'_>], main: Option<&str>) -> Vec<Role> {
    let mut sets: BTreeMap<(PropertyId, Key), Vec<usize>> = BTreeMap::new();
    for (place, line) in lines.iter().enumerate() {
        if let Some(id) = line.id().filter(|_| has_variants(line)) {
            sets.entry((id, key(line))).or_default().push(place);
        }
    }
    let mut roles = alloc::vec![Role::Main; lines.len()];
    for ((_, key), places) in &sets {
        if places.len() > 1 || sounds(lines, places) {
            set_roles(lines, key, places, main, &mut roles);
        }
    }
    names_of_other(lines, main, &mut roles);
    roles
}

/// N in other languages alone, of a card whose FN is in the main one, or the other way round: the name
/// is one, and they are variants of it.
fn names_of_other(lines: &[Line<'_>], main: Option<&str>, roles: &mut [Role]) {
    let of = |id: PropertyId| {
        let all = lines.iter().enumerate();
        all.filter(move |(_, line)| line.id() == Some(id) && !is_sound(line))
    };
    for (own, other) in [
        (PropertyId::N, PropertyId::FN),
        (PropertyId::FN, PropertyId::N),
    ] {
        let is_other = |line: &Line<'_>| other_language(line, main).is_some();
        let base = of(other)
            .find(|(place, line)| !is_other(line) && roles.get(*place) == Some(&Role::Main))
            .map(|(place, _)| place);
        let Some(base) = base.filter(|_| of(own).all(|(_, line)| is_other(line))) else {
            continue;
        };
        for (place, line) in of(own) {
            if let (Some(role @ Role::Main), Some(tag)) =
                (roles.get_mut(place), other_language(line, main))
            {
                let tag = tag.into();
                *role = Role::Variant { of: base, tag };
            }
        }
    }
}

fn sounds(lines: &[Line<'_>], places: &[usize]) -> bool {
    let sound = |place: &usize| lines.get(*place).is_some_and(is_sound);
    places.iter().any(sound)
}

fn is_sound(line: &Line<'_>) -> bool {
    let takes = matches!(line.id(), Some(PropertyId::N | PropertyId::ADR));
    takes && line.first(ParameterId::PHONETIC).is_some()
}

/// The language of a line, where it is another one than that of the card.
fn other_language<'l>(line: &'l Line<'_>, main: Option<&str>) -> Option<&'l str> {
    let tag = line.first(ParameterId::LANGUAGE)?;
    (!main.is_some_and(|main| main.eq_ignore_ascii_case(tag))).then_some(tag)
}

fn set_roles(
    lines: &[Line<'_>],
    key: &Key,
    places: &[usize],
    main: Option<&str>,
    roles: &mut [Role],
) {
    let at = |place: usize| lines.get(place);
    let plain: Vec<usize> = places
        .iter()
        .copied()
        .filter(|place| at(*place).is_some_and(|line| !is_sound(line)))
        .collect();
    let tag = |place: usize| at(place).and_then(|line| other_language(line, main));
    let mut bases = plain.iter().copied().filter(|place| tag(*place).is_none());
    let is_named = |place: usize| {
        matches!(
            at(place).and_then(Line::id),
            Some(PropertyId::FN | PropertyId::N)
        )
    };
    let base = match (bases.next(), bases.next()) {
        (Some(base), None) => base,
        // Several names: the one with the fewest parameters. RFC 9555, 2.5.2.
        (Some(base), Some(_)) if is_named(base) => {
            let bases = plain.iter().copied().filter(|place| tag(*place).is_none());
            bases
                .min_by_key(|place| at(*place).map_or(0, |line| line.written))
                .unwrap_or(base)
        }
        // Without a mark it is not known which one they are variants of.
        (Some(_), Some(_)) if *key == Key::Property => return,
        (Some(base), Some(_)) => base,
        // Without a mark, and all in other languages: nothing says that they belong together.
        (None, _)
            if *key == Key::Property && !plain.first().is_some_and(|first| is_named(*first)) =>
        {
            return;
        }
        (None, _) => match plain.first() {
            Some(first) => *first,
            None => return,
        },
    };
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for place in places.iter().copied().filter(|place| *place != base) {
        let Some(line) = at(place) else { continue };
        let tag = other_language(line, main);
        let role = match (is_sound(line), tag) {
            (true, tag) => Role::Sound {
                of: base,
                tag: tag.map(Into::into),
            },
            (false, Some(tag)) if seen.insert(tag.to_ascii_lowercase()) => Role::Variant {
                of: base,
                tag: tag.into(),
            },
            // What is no variant of the name that was chosen is not the name either.
            (false, None) if is_named(place) => Role::Second,
            _ => continue,
        };
        if let Some(own) = roles.get_mut(place) {
            *own = role;
        }
    }
}
