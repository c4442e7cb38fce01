//! ADR: components, LABEL as a property and as a parameter, X-ABADR and CC.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, VecDeque};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::change::ChangeKind::{Approximated, Moved};
use super::draft::Draft;
use super::names::note_lost_parameters;
use super::run::{Run, why};
use super::write::raw_of;
use crate::card::PropertyValue;
use crate::registry::PropertyId;
use crate::value::{Address, Value};
use crate::version::Version;

/// Words of TYPE that say nothing about which address it is.
const NOT_COMPARED: [&str; 5] = ["dom", "intl", "postal", "parcel", "pref"];

fn type_set(draft: &Draft<'_>) -> Vec<String> {
    let words = draft.types().iter().map(|word| word.to_ascii_lowercase());
    let mut words: Vec<String> = words
        .filter(|word| !NOT_COMPARED.contains(&&**word))
        .collect();
    words.sort();
    words.dedup();
    words
}

fn text_of(draft: &Draft<'_>) -> String {
    draft.text().unwrap_or_default().replace("\r\n", "\n")
}

/// Line breaks as LABEL has them, which more readers know than `^n`; where the text has a backslash
/// before an n already, that alone tells them apart. RFC 6350, 6.3.1.
fn as_parameter(text: String) -> String {
    match text.contains("\\n") || text.contains("\\N") {
        true => text,
        false => text.replace('\n', "\\n"),
    }
}

/// Each LABEL of 2.1 and 3.0 becomes a parameter of its ADR: the one in its group, the one directly
/// before it, the first with the same words of TYPE; or of an ADR without anything else.
pub(super) fn labels_upward<'a>(run: &mut Run<'a>, drafts: &mut [Option<Draft<'a>>]) {
    if !drafts
        .iter()
        .flatten()
        .any(|draft| draft.is(PropertyId::LABEL))
    {
        return;
    }
    let mut by_group: BTreeMap<Cow<'_, str>, VecDeque<usize>> = BTreeMap::new();
    let mut by_types: BTreeMap<Vec<String>, VecDeque<usize>> = BTreeMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        let Some(draft) = draft.as_ref().filter(|draft| draft.is(PropertyId::ADR)) else {
            continue;
        };
        if let Some(group) = draft.group_key() {
            by_group.entry(group).or_default().push_back(at);
        }
        by_types.entry(type_set(draft)).or_default().push_back(at);
    }
    for at in 0..drafts.len() {
        let Some(label) = drafts.get(at).and_then(Option::as_ref) else {
            continue;
        };
        if !label.is(PropertyId::LABEL) {
            continue;
        }
        let types = type_set(label);
        let group = label.group_key();
        let is_free = |at: &usize| {
            let draft = drafts.get(*at).and_then(Option::as_ref);
            draft.is_some_and(|draft| draft.is(PropertyId::ADR) && !draft.has("LABEL"))
        };
        let in_group = group.and_then(|group| first_free(by_group.get_mut(&group), is_free));
        let before = at.checked_sub(1).filter(|before| {
            is_free(before)
                && drafts
                    .get(*before)
                    .and_then(Option::as_ref)
                    .is_some_and(|before| type_set(before) == types)
        });
        let found = in_group
            .or(before)
            .or_else(|| first_free(by_types.get_mut(&types), is_free));
        attach(run, drafts, at, found);
    }
}

fn first_free(
    queue: Option<&mut VecDeque<usize>>,
    is_free: impl Fn(&usize) -> bool,
) -> Option<usize> {
    let queue = queue?;
    while let Some(first) = queue.front() {
        if is_free(first) {
            return Some(*first);
        }
        queue.pop_front();
    }
    None
}

fn attach<'a>(
    run: &mut Run<'a>,
    drafts: &mut [Option<Draft<'a>>],
    at: usize,
    found: Option<usize>,
) {
    let Some(mut label) = drafts.get_mut(at).and_then(Option::take) else {
        return;
    };
    let text = text_of(&label);
    let reason = why(
        "RFC 6350, 6.3.1",
        "4.0 has LABEL, a parameter of ADR, for it",
    );
    match found.and_then(|found| drafts.get_mut(found)?.as_mut()) {
        Some(address) => {
            address.give_one("LABEL", as_parameter(text));
            let number = address.number;
            note_lost_parameters(run, &label);
            run.note_as(Moved, &label, number, reason);
        }
        None => {
            run.note(Moved, &label, reason);
            label.rename("ADR");
            label.set(PropertyValue::Components(
                alloc::vec![[String::new()].into(); 7],
            ));
            label.value_type = None;
            label.give_one("LABEL", as_parameter(text));
            if let Some(place) = drafts.get_mut(at) {
                *place = Some(label);
            }
        }
    }
}

/// X-ABADR, Apple's country of an address in its group, becomes CC of the one ADR there.
/// The groups it was in, and which property has it now.
pub(super) fn countries_upward<'a>(
    run: &mut Run<'a>,
    drafts: &mut [Option<Draft<'a>>],
) -> BTreeMap<Cow<'a, str>, usize> {
    let mut used = BTreeMap::new();
    let has_countries = drafts
        .iter()
        .flatten()
        .any(|draft| draft.is(PropertyId::X_ABADR));
    if !has_countries {
        return used;
    }
    let mut by_group: BTreeMap<Cow<'_, str>, (usize, usize)> = BTreeMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        if let Some(draft) = draft.as_ref().filter(|draft| draft.is(PropertyId::ADR))
            && let Some(group) = draft.group_key()
        {
            let entry = by_group.entry(group).or_insert((at, 0));
            entry.1 += 1;
        }
    }
    for at in 0..drafts.len() {
        let Some(draft) = drafts.get(at).and_then(Option::as_ref) else {
            continue;
        };
        if !draft.is(PropertyId::X_ABADR) {
            continue;
        }
        let code = text_of(draft).trim().to_ascii_uppercase();
        let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
        let group = draft.group_key();
        let address = group.as_ref().and_then(|group| by_group.get_mut(group));
        let Some((address, count @ 1)) = address.filter(|_| is_code) else {
            continue;
        };
        // One alone is taken.
        *count = 0;
        let Some(into) = drafts.get_mut(*address).and_then(Option::as_mut) else {
            continue;
        };
        if into.has("CC") {
            continue;
        }
        into.give_one("CC", code);
        let number = into.number;
        if let Some(draft) = drafts.get_mut(at).and_then(Option::take) {
            note_lost_parameters(run, &draft);
            let reason = why("RFC 8605, 3.1", "4.0 has CC, a parameter of ADR, for it");
            run.note_as(Moved, &draft, number, reason);
            used.extend(group.map(|group| (group, number)));
        }
    }
    used
}

/// ADR for 3.0: seven components, LABEL as the property after it, CC as X-ABADR in its group.
pub(super) fn downward<'a>(run: &mut Run<'a>, mut draft: Draft<'a>) -> Vec<Draft<'a>> {
    shorten(run, &mut draft);
    let label = draft.take("LABEL").map(|given| {
        let text = given.values.join(",");
        let mut label = run.draft("LABEL", PropertyValue::Text(text.clone()), draft.source);
        label.group.clone_from(&draft.group);
        let types = draft.types().to_vec();
        if !types.is_empty() {
            label.give("TYPE", types);
        }
        // PREF goes with the words of TYPE.
        if let Some(pref) = draft.parameter("PREF") {
            label.parameters.push(pref.clone());
        }
        let to = Some(format!("LABEL:{}", text.replace('\n', "\\n")));
        let reason = why("RFC 2426, 3.2.2", "3.0 has LABEL, a property, for it");
        run.note_parameter(Moved, &draft, ("LABEL", given.shown()), to, reason);
        label
    });
    let country = draft.take("CC").and_then(|given| {
        let code = given.values.first()?.to_ascii_lowercase();
        if !run.options.vendor_forms {
            let reason = why("RFC 8605, 3.1", "3.0 has no CC");
            run.move_parameter(&mut draft, given, "X-CC", reason);
            return None;
        }
        let group = draft.group.clone();
        let group = group.unwrap_or_else(|| run.free_group().into());
        draft.group = Some(group.clone());
        let mut country = run.draft(
            PropertyId::X_ABADR.name(),
            PropertyValue::Text(code.clone()),
            draft.source,
        );
        country.group = Some(group);
        let to = Some(format!("X-ABADR:{code}"));
        let reason = why("Apple", "3.0 has no CC; Apple writes X-ABADR in the group");
        run.note_parameter(Moved, &draft, ("CC", given.shown()), to, reason);
        Some(country)
    });
    let mut drafts = Vec::new();
    match label {
        // An ADR with nothing but a LABEL is that LABEL.
        Some(label)
            if draft.is_empty()
                && country.is_none()
                && draft
                    .parameters
                    .iter()
                    .all(|given| given.is("TYPE") || given.is("PREF")) =>
        {
            run.note_as(
                Moved,
                &draft,
                label.number,
                why("RFC 2426, 3.2.2", "3.0 has LABEL, a property, for it"),
            );
            drafts.push(label);
        }
        label => {
            let group = draft.group.clone();
            drafts.push(draft);
            drafts.extend(label.map(|label| Draft { group, ..label }));
            drafts.extend(country);
        }
    }
    drafts
}

/// Takes the components of RFC 9554 away; the street has what they say.
fn shorten(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    if draft.components().is_none_or(|all| all.len() <= 7) {
        return;
    }
    let raw = raw_of(draft, Version::V4_0);
    let Some(components) = draft.components() else {
        return;
    };
    let has_street = components
        .get(2)
        .is_some_and(|street| street.iter().any(|line| !line.is_empty()));
    let address = Address::parse(&raw, Version::V4_0).unwrap_or_default();
    components.truncate(7);
    if !address.street_is_repeated() {
        return;
    }
    if !has_street && let Some(street) = components.get_mut(2) {
        let lines = address.repeated();
        *street = lines
            .street()
            .iter()
            .map(|line| String::from(&**line))
            .collect();
    }
    let reason = why(
        "RFC 9554, 2.1",
        "3.0 has seven components: number, floor, district and the like stand in the street, not apart",
    );
    run.note(Approximated, draft, reason);
}
