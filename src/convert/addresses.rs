//! ADR: components, LABEL as a property and as a parameter, X-ABADR and CC.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
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

/// Each LABEL of 2.1 and 3.0 becomes a parameter of its ADR: of one in its group, then of one with the
/// same words of TYPE; among several, in order. One without an address makes an ADR without anything
/// else.
pub(super) fn labels_upward<'a>(run: &mut Run<'a>, drafts: &mut [Option<Draft<'a>>]) {
    let is_label =
        |place: &Option<Draft<'_>>| place.as_ref().is_some_and(|one| one.is(PropertyId::LABEL));
    if !drafts.iter().any(is_label) {
        return;
    }
    let mut pairs = Pairs::default();
    pairs.add(drafts, |draft| Some((draft.group_key()?, type_set(draft))));
    pairs.add(drafts, Draft::group_key);
    pairs.add(drafts, |draft| Some(type_set(draft)));
    for at in 0..drafts.len() {
        if drafts.get(at).is_some_and(is_label) {
            let found = pairs.of_labels.get(&at).copied();
            attach(run, drafts, at, found);
        }
    }
}

/// Which LABEL is that of which ADR, by their places.
#[derive(Debug, Default)]
struct Pairs {
    of_labels: BTreeMap<usize, (usize, Told)>,
    taken: BTreeSet<usize>,
}

/// How a pair was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// The card says it: there are as many of one as of the other, or they stand side by side.
    ByCard,
    /// There are more of one than of the other, and the first is as good as the next.
    ByOrder,
}

/// What nothing but the order tells apart, by place.
#[derive(Debug, Default)]
struct Alike {
    addresses: Vec<usize>,
    labels: Vec<usize>,
}

impl Pairs {
    /// Pairs those with an equal key that have no pair yet.
    fn add<'a, K: Ord>(
        &mut self,
        drafts: &[Option<Draft<'a>>],
        key: impl Fn(&Draft<'a>) -> Option<K>,
    ) {
        let mut present = Vec::new();
        let mut all: BTreeMap<K, Alike> = BTreeMap::new();
        for (at, draft) in drafts.iter().enumerate() {
            let Some(draft) = draft else { continue };
            present.push(at);
            let is_label = draft.is(PropertyId::LABEL);
            let is_free = match is_label {
                true => !self.of_labels.contains_key(&at),
                false => {
                    draft.is(PropertyId::ADR) && !draft.has("LABEL") && !self.taken.contains(&at)
                }
            };
            let Some(key) = is_free.then(|| key(draft)).flatten() else {
                continue;
            };
            let alike = all.entry(key).or_default();
            match is_label {
                true => alike.labels.push(at),
                false => alike.addresses.push(at),
            }
        }
        for (label, address, told) in all.values().flat_map(|alike| alike.pairs(&present)) {
            self.of_labels.insert(label, (address, told));
            self.taken.insert(address);
        }
    }
}

impl Alike {
    /// In order. Where there are more of one than of the other, a label alone beside an address is its
    /// label first.
    fn pairs(&self, present: &[usize]) -> Vec<(usize, usize, Told)> {
        let in_order = |labels: &[usize], addresses: &[usize], told| -> Vec<_> {
            let both = labels.iter().zip(addresses);
            both.map(|(label, address)| (*label, *address, told))
                .collect()
        };
        if self.labels.len() == self.addresses.len() {
            return in_order(&self.labels, &self.addresses, Told::ByCard);
        }
        // Some write the label first.
        let is_before = self.labels.first() < self.addresses.first();
        let mut pairs = Vec::new();
        let mut beside = BTreeSet::new();
        for label in &self.labels {
            let Ok(rank) = present.binary_search(label) else {
                continue;
            };
            let (previous, next) = (
                rank.checked_sub(1).and_then(|rank| present.get(rank)),
                present.get(rank + 1),
            );
            let (own, other) = match is_before {
                true => (next, previous),
                false => (previous, next),
            };
            let is_in = |all: &[usize], at: Option<&usize>| {
                at.is_some_and(|at| all.binary_search(at).is_ok())
            };
            if let Some(own) = own
                && is_in(&self.addresses, Some(own))
                && !is_in(&self.labels, other)
            {
                pairs.push((*label, *own, Told::ByCard));
                beside.extend([*label, *own]);
            }
        }
        let rest = |all: &[usize]| -> Vec<usize> {
            let rest = all.iter().filter(|at| !beside.contains(at));
            rest.copied().collect()
        };
        let (labels, addresses) = (rest(&self.labels), rest(&self.addresses));
        pairs.extend(in_order(&labels, &addresses, Told::ByOrder));
        pairs
    }
}

fn attach<'a>(
    run: &mut Run<'a>,
    drafts: &mut [Option<Draft<'a>>],
    at: usize,
    found: Option<(usize, Told)>,
) {
    let Some(mut label) = drafts.get_mut(at).and_then(Option::take) else {
        return;
    };
    let text = text_of(&label);
    let reason = why(
        "RFC 6350, 6.3.1",
        "4.0 has LABEL, a parameter of ADR, for it",
    );
    let told = found.map(|(_, told)| told);
    match found.and_then(|(found, _)| drafts.get_mut(found)?.as_mut()) {
        Some(address) => {
            address.give_one("LABEL", as_parameter(text));
            let number = address.number;
            let lost = label.take_types(|word| !address.has_type(word));
            if !lost.is_empty() {
                let from = ("TYPE", format!("TYPE={}", lost.join(",")));
                let reason = why("RFC 6350, 6.3.1", "its ADR has other words of TYPE");
                run.note_parameter(Approximated, &label, from, None, reason);
            }
            note_lost_parameters(run, &label);
            match told {
                Some(Told::ByOrder) => {
                    let reason = why(
                        "RFC 2426, 3.2.2",
                        "which of the addresses it is of is not said; the labels were taken in order",
                    );
                    run.note_as(Approximated, &label, number, reason);
                }
                _ => run.note_as(Moved, &label, number, reason),
            }
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

/// Takes the components of RFC 9554 away; the street gets what they say and it does not. RFC 9554, 2.1.
fn shorten(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    if draft.components().is_none_or(|all| all.len() <= 7) {
        return;
    }
    let raw = raw_of(draft, Version::V4_0);
    let Some(components) = draft.components() else {
        return;
    };
    let address = Address::parse(&raw, Version::V4_0).unwrap_or_default();
    components.truncate(7);
    if !address.street_is_repeated() {
        return;
    }
    let street = street_of_3_0(&address);
    let is_written = street.is_some();
    if let Some((place, street)) = components.get_mut(2).zip(street) {
        *place = street;
    }
    let message = match is_written {
        false => {
            "3.0 has seven components: number, floor, district and the like stand in the street, not apart"
        }
        true => {
            "3.0 has seven components: number, floor, district and the like were written into the street"
        }
    };
    run.note(Approximated, draft, why("RFC 9554, 2.1", message));
}

/// The street with what the components of RFC 9554 say beyond it; `None` where it says all.
fn street_of_3_0(address: &Address<'_>) -> Option<Vec<String>> {
    let owned = |all: &[Cow<'_, str>]| -> Vec<String> {
        let some = all.iter().filter(|text| !text.is_empty());
        some.map(|text| String::from(&**text)).collect()
    };
    let old = owned(address.street());
    if old.is_empty() {
        return Some(owned(address.clone().repeated().street()));
    }
    let said = [address.extended(), address.street()];
    let mut words = Words::of(said.into_iter().flatten());
    let missing = |words: &mut Words, parts: &[Cow<'_, str>]| -> Vec<String> {
        let parts = parts.iter().filter(|part| !words.take(part));
        parts.map(|part| String::from(&**part)).collect()
    };
    let of_street = [
        address.street_number(),
        address.street_name(),
        address.direction(),
    ];
    let of_street = of_street.map(|parts| missing(&mut words, parts));
    let beside = [
        address.building(),
        address.floor(),
        address.apartment(),
        address.room(),
        address.block(),
        address.subdistrict(),
        address.district(),
        address.landmark(),
    ];
    let beside = beside.map(|parts| missing(&mut words, parts));
    if of_street.iter().chain(&beside).all(Vec::is_empty) {
        return None;
    }
    let mut new = Vec::new();
    if of_street.iter().any(|parts| !parts.is_empty()) {
        let whole = address.street_number().iter();
        let whole = whole
            .chain(address.street_name())
            .chain(address.direction());
        let whole: Vec<String> = owned(&whole.cloned().collect::<Vec<_>>());
        let mut has = Words::of(&whole);
        // What the old street says alone stays beside it.
        new.push(whole.join(" "));
        new.extend(old.into_iter().filter(|line| !has.take(line)));
    } else {
        new = old;
    }
    new.extend(beside.into_iter().flatten());
    Some(new)
}

/// The words of a text, each as often as it stands there.
#[derive(Debug)]
struct Words(BTreeMap<String, usize>);

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

impl Words {
    fn of<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        let mut all = BTreeMap::new();
        for text in texts {
            for word in words(text.as_ref()) {
                *all.entry(word).or_default() += 1;
            }
        }
        Words(all)
    }

    /// Takes the words of a text; whether all were there.
    fn take(&mut self, text: &str) -> bool {
        let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
        for word in words(text) {
            *wanted.entry(word).or_default() += 1;
        }
        let has =
            |(word, count): (&String, &usize)| self.0.get(word).is_some_and(|own| own >= count);
        let has_all = wanted.iter().all(has);
        if has_all {
            for (word, count) in wanted {
                if let Some(own) = self.0.get_mut(&word) {
                    *own -= count;
                }
            }
        }
        has_all
    }
}
