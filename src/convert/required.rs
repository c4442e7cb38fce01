//! What a version demands: FN, and N in 3.0; and once what it has once.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::change::ChangeKind::{Derived, Moved};
use super::conversion::{Conversion, ConvertError};
use super::draft::Draft;
use super::options::Convert;
use super::run::{Run, why};
use crate::card::{PropertyValue, required};
use crate::registry::{Column, PropertyId};
use crate::typed::property;
use crate::version::Version;

/// Of a property that a card has once, the one that keeps the name.
struct Once {
    id: PropertyId,
    at: usize,
    /// The less, the better: how preferred it is, whether it has a language.
    rank: (u32, bool),
    is_alone: bool,
}

/// The section about a property in the text of the version that demands it.
fn section(id: PropertyId, to: Version) -> &'static str {
    let sections = id.row().sections;
    let is_of_it = |section: &&&str| to == Version::V4_0 || section.starts_with("RFC 2426");
    let own = sections.iter().find(is_of_it).or(sections.first());
    own.copied().unwrap_or_default()
}

/// What a card has once stays once: the most preferred one, then the one without a language, then the
/// first; the others go under `X-` and the name.
pub(super) fn once(run: &mut Run<'_>) {
    // No longer than the list of properties that a card has once.
    let mut all: Vec<Once> = Vec::new();
    for (at, draft) in run.out.iter().enumerate() {
        let Some(id) = once_id(draft, run.to) else {
            continue;
        };
        let pref = draft
            .parameter("PREF")
            .and_then(|given| given.values.first());
        let pref = pref.and_then(|pref| pref.trim().parse().ok());
        let rank = (pref.unwrap_or(u32::MAX), draft.has("LANGUAGE"));
        match all.iter_mut().find(|once| once.id == id) {
            None => all.push(Once {
                id,
                at,
                rank,
                is_alone: true,
            }),
            Some(once) => {
                once.is_alone = false;
                if rank < once.rank {
                    (once.at, once.rank) = (at, rank);
                }
            }
        }
    }
    if all.iter().all(|once| once.is_alone) {
        return;
    }
    let mut out = core::mem::take(&mut run.out);
    for (at, draft) in out.iter_mut().enumerate() {
        let id = once_id(draft, run.to);
        let keeps = |once: &&Once| Some(once.id) == id;
        if all.iter().find(keeps).is_none_or(|once| once.at == at) {
            continue;
        }
        let Some(id) = id else { continue };
        draft.rename(format!("X-{}", id.name()));
        let message = format!(
            "a card has {0} once; the others stand under X-{0}",
            id.name()
        );
        let section = section(id, run.to);
        run.note(Moved, draft, why(section, message));
    }
    run.out = out;
}

/// What it is, if a card has it once. Alternatives with one ALTID count as one in 4.0. RFC 6350, 5.4.
fn once_id(draft: &Draft<'_>, to: Version) -> Option<PropertyId> {
    let is_alternative = to == Version::V4_0 && draft.has("ALTID");
    let is_once = |id: &PropertyId| id.row().column(to).is_some_and(Column::is_once);
    draft.id().filter(is_once).filter(|_| !is_alternative)
}

/// Adds the FN and the N that the version demands, first in the card.
pub(super) fn complete(run: &mut Run<'_>) {
    // A name without a letter is none.
    run.out
        .retain(|draft| !(draft.is(PropertyId::FN) && draft.is_empty()));
    let has = |run: &Run<'_>, id| run.out.iter().any(|draft| draft.is(id));
    for id in required(run.to) {
        if has(run, id) {
            continue;
        }
        let (value, message) = match id {
            PropertyId::FN => full_name(run),
            _ => {
                let name = run.out.iter().find(|draft| draft.is(PropertyId::FN));
                let name = name.map_or("?".into(), Draft::plain_text);
                let mut parts = alloc::vec![[String::new()].into(); 5];
                if let Some(family) = parts.first_mut() {
                    *family = [name.into_owned()].into();
                }
                let message = "made from FN, whose words are not told apart, since 3.0 demands it";
                (PropertyValue::Components(parts), Cow::Borrowed(message))
            }
        };
        let draft = run.draft(id.name(), value, None);
        let section = section(id, run.to);
        run.note(Derived, &draft, why(section, message));
        // The FN stands first, the N after it.
        let full_name = run.out.iter().position(|draft| draft.is(PropertyId::FN));
        let at = full_name.map_or(0, |at| at + 1);
        run.out.insert(at, draft);
    }
}

fn full_name(run: &Run<'_>) -> (PropertyValue, Cow<'static, str>) {
    let mut card = run.card.clone();
    card.set_fallback_charset(run.options.charset(run.card));
    let name = card.display_name();
    let words: Vec<&str> = name
        .split(|character: char| character.is_control() || character == ' ')
        .filter(|word| !word.is_empty())
        .collect();
    let text = match words.is_empty() {
        true => String::from("?"),
        false => words.join(" "),
    };
    let message = match words.is_empty() {
        true => format!(
            "made up, since {} demands it and nothing says a name",
            run.to
        ),
        false => format!("made of what the card says, since {} demands it", run.to),
    };
    (PropertyValue::Text(text), Cow::Owned(message))
}

/// The UID and the REV that were asked for.
pub(super) fn stamp(converted: &mut Conversion, options: &Convert) -> Result<(), ConvertError> {
    let card = &mut converted.card;
    let failed = |_| ConvertError::Stamp;
    if let Some(uid) = options.uid.as_deref()
        && card.property("UID").is_none()
    {
        card.set::<property::Uid>(uid).map_err(failed)?;
    }
    if let Some(at) = options.revised {
        card.set::<property::Rev>(at).map_err(failed)?;
    }
    Ok(())
}
