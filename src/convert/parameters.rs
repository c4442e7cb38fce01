//! Parameters of every property: words of TYPE, preference, and those that one version alone has.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;

use super::change::ChangeKind::{self, Approximated, Moved};
use super::draft::{Draft, Given};
use super::run::{Run, Why, why};
use crate::registry::{self, AnyParameter, Condition, ParameterId, Permit, PropertyId, is_private};
use crate::version::Version;

const BEFORE_4_0: [Version; 2] = [Version::V2_1, Version::V3_0];

fn is_type(property: PropertyId, version: Version, word: &str) -> bool {
    registry::is_registered(property, Some(ParameterId::TYPE), version, word)
}

fn is_type_before_4_0(property: PropertyId, word: &str) -> bool {
    BEFORE_4_0
        .iter()
        .any(|version| is_type(property, *version, word))
}

/// Words of an address that 4.0 has no word for, and that would be shown as a label under `x-`.
const LEFT_OUT_OF_ADDRESSES: [&str; 4] = ["dom", "intl", "postal", "parcel"];

/// Words that are another one in 4.0.
const WORDS_OF_4_0: [(PropertyId, &str, &str); 3] = [
    (PropertyId::TEL, "pcs", "cell"),
    (PropertyId::IMPP, "personal", "home"),
    (PropertyId::IMPP, "business", "work"),
];

/// For 4.0: TYPE=pref becomes PREF=1, words that 4.0 does not have become `x-` words, parameters that
/// only 3.0 had to write as `X-` lose that.
pub(super) fn upward<'a>(run: &mut Run<'a>, draft: &mut Draft<'a>) {
    let id = draft.id();
    types_upward(run, draft, id);
    forbidden_types(run, draft);
    for at in 0..draft.parameters.len() {
        plain_name(run, draft, at);
    }
    let drops = |given: &Given| given.is("CONTEXT") && id == Some(PropertyId::SOURCE);
    if draft.parameters.iter().any(drops)
        && let Some(given) = draft.take("CONTEXT")
    {
        let reason = why("RFC 6350, A.2", "4.0 has no CONTEXT");
        run.note_dropped_parameter(draft, &given, reason);
    }
}

/// TYPE where 4.0 forbids it, as on GENDER, whose vendor's name took one.
fn forbidden_types<'a>(run: &mut Run<'a>, draft: &mut Draft<'a>) {
    if !draft.has("TYPE") {
        return;
    }
    let column = draft.row.and_then(|row| row.column(Version::V4_0));
    let permit = column.map(|column| column.permit(ParameterId::TYPE));
    if permit != Some(Permit::If(Condition::Forbidden)) {
        return;
    }
    if let Some(given) = draft.take("TYPE") {
        let reason = why("RFC 6350, 5.6", "4.0 has no TYPE here");
        run.move_parameter(draft, given, "X-TYPE", reason);
    }
}

fn types_upward(run: &mut Run<'_>, draft: &mut Draft<'_>, id: Option<PropertyId>) {
    if draft.types().is_empty() {
        return;
    }
    let is_preferred = !draft
        .take_types(|word| word.eq_ignore_ascii_case("pref"))
        .is_empty();
    let column = draft.row.and_then(|row| row.column(Version::V4_0));
    let is_once = column.is_some_and(registry::Column::is_once);
    let pref = draft
        .parameter("PREF")
        .and_then(|given| given.values.first());
    let lost = match pref {
        _ if !is_preferred => None,
        Some(pref) if pref == "1" => None,
        Some(_) => Some("PREF says how much it is preferred"),
        None if is_once => Some("4.0 has the property once, so that none is preferred to it"),
        None => None,
    };
    if let Some(message) = lost {
        let from = ("TYPE", String::from("TYPE=pref"));
        let reason = why("RFC 6350, 5.3", message);
        run.note_parameter(Approximated, draft, from, None, reason);
    } else if is_preferred && pref.is_none() {
        draft.give_one("PREF", "1");
    }
    let Some(id) = id else { return };
    if id == PropertyId::EMAIL {
        draft.take_types(|word| word.eq_ignore_ascii_case("internet"));
    }
    if id == PropertyId::ADR {
        let is_left_out = |word: &str| {
            LEFT_OUT_OF_ADDRESSES
                .iter()
                .any(|own| own.eq_ignore_ascii_case(word))
        };
        let gone = draft.take_types(is_left_out);
        if !gone.is_empty() {
            let from = ("TYPE", format!("TYPE={}", gone.join(",")));
            let reason = why("RFC 6350, 6.3.1", "4.0 has no words for kinds of delivery");
            run.note_parameter(Approximated, draft, from, None, reason);
        }
    }
    let is_approximated = draft
        .types()
        .iter()
        .any(|word| replaced(id, word).is_some());
    let (kind, section) = match is_approximated {
        true => (Approximated, "RFC 6350, 6.4"),
        false => (Moved, "RFC 6350, 5.6"),
    };
    let message = "4.0 has other words here; x- stands before those it does not have";
    let other = |word: &str| word_of_4_0(id, word);
    other_types(run, draft, other, kind, why(section, message));
}

/// The word that 4.0 has instead of one, which says a little less.
fn replaced(id: PropertyId, word: &str) -> Option<&'static str> {
    let mut rows = WORDS_OF_4_0.iter();
    let row = rows.find(|(property, own, _)| *property == id && own.eq_ignore_ascii_case(word));
    row.map(|(.., other)| *other)
}

/// The word of TYPE that 4.0 has for one of 3.0, if it is another.
fn word_of_4_0(id: PropertyId, word: &str) -> Option<String> {
    if let Some(other) = replaced(id, word) {
        return Some(other.into());
    }
    if let Some(plain) = plain_word(word)
        && is_type(id, Version::V4_0, plain)
        && !is_type_before_4_0(id, plain)
    {
        return Some(plain.into());
    }
    let is_old = !is_type(id, Version::V4_0, word) && is_type_before_4_0(id, word);
    is_old.then(|| format!("x-{word}"))
}

/// The word of TYPE that 3.0 has for one of 4.0, if it is another.
fn word_of_3_0(id: PropertyId, word: &str) -> Option<String> {
    if let Some(plain) = plain_word(word)
        && is_type_before_4_0(id, plain)
        && !is_type(id, Version::V4_0, plain)
    {
        return Some(plain.into());
    }
    let is_home_or_work = ["home", "work"]
        .iter()
        .any(|own| own.eq_ignore_ascii_case(word));
    let is_new =
        !is_home_or_work && !is_type_before_4_0(id, word) && is_type(id, Version::V4_0, word);
    is_new.then(|| format!("x-{word}"))
}

/// The word behind an `x-`.
fn plain_word(word: &str) -> Option<&str> {
    is_private(word.as_bytes()).then(|| word.get(2..)).flatten()
}

/// Gives TYPE the words that stand for some of its own, each once.
fn other_types(
    run: &mut Run<'_>,
    draft: &mut Draft<'_>,
    other: impl Fn(&str) -> Option<String>,
    kind: ChangeKind,
    why: Why,
) {
    let Some(types) = draft.parameters.iter_mut().find(|given| given.is("TYPE")) else {
        return;
    };
    if !types.values.iter().any(|word| other(word).is_some()) {
        return;
    }
    let from = types.shown();
    let mut has = BTreeSet::new();
    for word in core::mem::take(&mut types.values) {
        let word = other(&word).map_or(word, Cow::Owned);
        if has.insert(word.to_ascii_lowercase()) {
            types.values.push(word);
        }
    }
    let to = Some(types.shown());
    run.note_parameter(kind, draft, ("TYPE", from), to, why);
}

/// A parameter that 3.0 could write only with `X-` in front gets its name back.
fn plain_name(run: &mut Run<'_>, draft: &mut Draft<'_>, at: usize) {
    let Some(given) = draft.parameters.get(at) else {
        return;
    };
    if !is_private(given.name.as_bytes()) {
        return;
    }
    let plain = given.name.get(2..).unwrap_or_default().to_ascii_uppercase();
    let Some(row) = registry::parameter(plain.as_bytes()) else {
        return;
    };
    let is_permitted = draft.row.is_some_and(|property| {
        let column = property.column(Version::V4_0);
        property.stands_for.is_none()
            && column.is_some_and(|column| column.permit(row.id).is_permitted())
    });
    let is_of_type = row.id == ParameterId::TYPE || row.id == ParameterId::VALUE;
    if !is_permitted || is_of_type || draft.has(row.name) {
        return;
    }
    let before = given.clone();
    let mut after = before.clone();
    after.name = row.name.into();
    if let Some(given) = draft.parameters.get_mut(at) {
        *given = after.clone();
    }
    let from = (&*before.name, before.shown());
    let reason = why("RFC 6350, 5", "4.0 has the parameter itself");
    run.note_parameter(Moved, draft, from, Some(after.shown()), reason);
}

/// What of the PREFs of a card 3.0 can say: per name, the lowest.
#[derive(Debug, Default)]
pub(super) struct Lowest(BTreeMap<String, u32>);

impl Lowest {
    pub fn of(drafts: &[Draft<'_>]) -> Self {
        let mut lowest = BTreeMap::new();
        for draft in drafts {
            if let Some(pref) = pref_of(draft) {
                let entry = lowest
                    .entry(draft.name.to_ascii_uppercase())
                    .or_insert(pref);
                *entry = pref.min(*entry);
            }
        }
        Lowest(lowest)
    }
}

fn pref_of(draft: &Draft<'_>) -> Option<u32> {
    draft.parameter("PREF")?.values.first()?.trim().parse().ok()
}

/// For 3.0: PREF becomes TYPE=pref, words that 3.0 does not have become `x-` words, parameters get an
/// `X-` where the property takes those, and go where it does not.
pub(super) fn downward<'a>(run: &mut Run<'a>, draft: &mut Draft<'a>, lowest: &Lowest) {
    if draft.parameters.is_empty() {
        return;
    }
    let is_private_name = is_private(draft.name.as_bytes());
    let source = draft.source.and_then(|at| run.sources.get(at));
    if is_private_name && source.is_some_and(|source| source.property.is(&draft.name)) {
        // What was private stays as it is.
        for mut given in core::mem::take(&mut draft.parameters) {
            clean(run, draft, &mut given);
            draft.parameters.push(given);
        }
        return;
    }
    preference_downward(run, draft, lowest);
    types_downward(run, draft);
    let takes_private = is_private_name
        || draft.row.is_none_or(|row| {
            let column = row.column(Version::V3_0);
            column.is_none_or(|column| column.any != AnyParameter::No)
        });
    for mut given in core::mem::take(&mut draft.parameters) {
        let row = registry::parameter(given.name.as_bytes());
        let is_kept = row.is_none()
            || given.is("TYPE")
            || given.is("VALUE")
            || given.is("ENCODING")
            || row.is_some_and(|parameter| {
                let property = draft.row.filter(|row| row.stands_for.is_none());
                let column = property.and_then(|row| row.column(Version::V3_0));
                column.is_some_and(|column| column.permit(parameter.id).is_permitted())
            })
            || (given.is("LANGUAGE") && takes_private);
        if is_kept {
            clean(run, draft, &mut given);
            draft.parameters.push(given);
        } else if takes_private {
            let before = given.shown();
            let name = format!("X-{}", given.name.to_ascii_uppercase());
            let to = format!("X-{before}");
            let reason = why(
                "RFC 2426, 4",
                "3.0 has no such parameter here, and takes X- names",
            );
            run.note_parameter(Moved, draft, (&given.name, before), Some(to), reason);
            given.name = name.into();
            clean(run, draft, &mut given);
            draft.parameters.push(given);
        } else {
            let reason = why(
                "RFC 2426, 4",
                "3.0 has no such parameter here, and takes no X- names",
            );
            run.note_dropped_parameter(draft, &given, reason);
        }
    }
}

fn preference_downward(run: &mut Run<'_>, draft: &mut Draft<'_>, lowest: &Lowest) {
    let Some(pref) = pref_of(draft) else {
        return;
    };
    let id = draft.id();
    let column = id.and_then(|id| id.row().column(Version::V3_0));
    let is_media = draft.row.is_some_and(registry::PropertyRow::is_media);
    let takes_type = column.is_some_and(|column| column.permit(ParameterId::TYPE).is_permitted());
    // Apple writes TYPE=pref on URL.
    if is_media || !(takes_type || id == Some(PropertyId::URL)) {
        return; // As any other parameter.
    }
    let Some(given) = draft.take("PREF") else {
        return;
    };
    let best = lowest.0.get(&draft.name.to_ascii_uppercase());
    let from = ("PREF", given.shown());
    if best == Some(&pref) {
        draft.add_type("pref");
        if pref != 1 {
            let to = Some(String::from("TYPE=pref"));
            let reason = why(
                "RFC 2426, 3.3.1",
                "3.0 has no order of preference, only pref",
            );
            run.note_parameter(Approximated, draft, from, to, reason);
        }
    } else {
        let reason = why(
            "RFC 2426, 3.3.1",
            "3.0 says of one alone that it is preferred",
        );
        run.note_parameter(Approximated, draft, from, None, reason);
    }
}

fn types_downward(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    let row = draft.row.filter(|row| row.stands_for.is_none());
    let Some(row) = row.filter(|row| !row.is_media()) else {
        return;
    };
    let reason = why(
        "RFC 6350, 5.6",
        "3.0 has other words here; x- stands before those it does not have",
    );
    let other = |word: &str| word_of_3_0(row.id, word);
    other_types(run, draft, other, Moved, reason);
}

/// Characters that a parameter of 3.0 cannot have: line breaks become blanks, quotes apostrophes.
fn clean(run: &mut Run<'_>, draft: &Draft<'_>, given: &mut Given<'_>) {
    if !given.values.iter().any(|value| value.contains(['"', '\n'])) {
        return;
    }
    let before = given.clone();
    for value in &mut given.values {
        *value = value.replace('\n', " ").replace('"', "'").into();
    }
    let to = given.shown();
    let from = (&*before.name, before.shown());
    let reason = why(
        "RFC 2425, 5.8.2",
        "a parameter of 3.0 has no quotes and line breaks in it",
    );
    run.note_parameter(Approximated, draft, from, Some(to), reason);
}
