//! Repairs of the words of TYPE. They have one loop: each says of one parameter what its words become.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::known_types::{has_escaped_comma, is_list, is_pref, is_word, word, words};
use crate::card::{Parameter, ParameterEdit};
use crate::registry::{ParameterId, PropertyId};
use crate::validate::fix::{Change, Fix};
use crate::validate::placed_line::{LineParameter, PlacedLine, find};
use crate::version::Version;

/// TYPE with these words.
pub(super) fn types(words: Vec<String>) -> Option<Parameter> {
    Parameter::new("TYPE", words).ok()
}

/// Edits that give TYPE other words, and the words that are written.
struct Edits {
    edits: Vec<ParameterEdit>,
    written: Vec<String>,
}

impl Edits {
    /// `change` says of each TYPE which words it has; of one that stays as it is, nothing.
    fn of(
        parameters: &[LineParameter<'_>],
        mut change: impl FnMut(&LineParameter<'_>) -> Option<Vec<String>>,
    ) -> Option<Self> {
        let mut all = Edits {
            edits: Vec::new(),
            written: Vec::new(),
        };
        for (place, parameter) in parameters.iter().enumerate() {
            if !parameter.is(ParameterId::TYPE) {
                continue;
            }
            let Some(words) = change(parameter) else {
                continue;
            };
            if words.is_empty() {
                all.edits.push(ParameterEdit::Remove(place));
                continue;
            }
            all.written.extend(words.iter().cloned());
            let edit = ParameterEdit::Replace(place, types(words)?);
            all.edits.push(edit);
        }
        (!all.edits.is_empty()).then_some(all)
    }

    fn fix(self, line: &PlacedLine<'_>) -> Fix {
        let adds = |edit: &ParameterEdit| matches!(edit, ParameterEdit::Add(_));
        let title = match (&*self.written, self.edits.iter().any(adds)) {
            ([], _) => String::from("write PREF=1"),
            (words, true) => format!("write TYPE={} and PREF=1", words.join(",")),
            (words, false) => format!("write TYPE={}", words.join(",")),
        };
        Fix::new(title, line, Change::Parameters(self.edits))
    }
}

/// The property, unless a vendor's name stands for it.
fn property(line: &PlacedLine<'_>) -> Option<PropertyId> {
    Some(line.row.filter(|row| row.stands_for.is_none())?.id)
}

/// The lists of TYPE without the backslashes before their commas, where they are lists for sure.
pub(super) fn without_backslashes(
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
    standard: Version,
) -> Option<Fix> {
    let property = property(line)?;
    let edits = Edits::of(parameters, |parameter| {
        let values: Vec<_> = parameter.written.values().collect();
        let own = values.iter().flat_map(|value| words(value));
        let own: Vec<String> = own.map(String::from).collect();
        let is_sure = own.iter().all(|one| is_word(property, standard, one));
        (has_escaped_comma(parameter) && is_sure).then_some(own)
    })?;
    Some(edits.fix(line))
}

/// The lists of TYPE without their quotes.
pub(super) fn without_quotes(
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
    property: PropertyId,
    standard: Version,
) -> Option<Fix> {
    let mut preferred = false;
    let mut edits = Edits::of(parameters, |parameter| {
        let values: Vec<_> = parameter.written.values().collect();
        let apart = |value: &str| value.contains(',') && is_list(property, standard, value);
        let mut listed: Vec<String> = Vec::new();
        for value in &values {
            match apart(value) {
                true => listed.extend(words(value).map(String::from)),
                false => listed.push(String::from(&**value)),
            }
        }
        if !values.iter().any(|value| apart(value)) || listed.is_empty() {
            return None;
        }
        let words = listed.len();
        if standard == Version::V4_0 {
            listed.retain(|one| !is_pref(one));
        }
        preferred |= listed.len() < words;
        Some(listed)
    })?;
    if preferred {
        edits.edits.extend(pref(line, parameters)?);
    }
    Some(edits.fix(line))
}

/// The lists of TYPE without empty words and without white space around others, where each word is
/// one that TYPE has.
pub(super) fn without_empty_words(
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
    property: PropertyId,
    standard: Version,
) -> Option<Fix> {
    let edits = Edits::of(parameters, |parameter| {
        let values: Vec<_> = parameter.written.values().collect();
        let own = values.iter().map(|value| value.trim());
        let own: Vec<String> = own
            .filter(|one| !one.is_empty())
            .map(String::from)
            .collect();
        let is_sure = own.iter().all(|one| is_word(property, standard, one));
        let is_same = own.len() == values.len() && own.iter().zip(&values).all(|(a, b)| a == b);
        (is_sure && !is_same && !own.is_empty()).then_some(own)
    })?;
    Some(edits.fix(line))
}

/// PREF instead of TYPE=pref, where it does not say something else already.
pub(super) fn with_pref(line: &PlacedLine<'_>, parameters: &[LineParameter<'_>]) -> Option<Fix> {
    let pref = pref(line, parameters)?;
    let mut edits = Edits::of(parameters, |parameter| {
        let values: Vec<_> = parameter.written.values().collect();
        let kept = values.iter().filter(|value| !is_pref(word(value.trim())));
        let kept: Vec<String> = kept.map(|value| String::from(&**value)).collect();
        // One in a list in quotes is seen when the list has none any more.
        (kept.len() < values.len()).then_some(kept)
    })?;
    edits.edits.extend(pref);
    edits.written.clear();
    Some(edits.fix(line))
}

/// Whether a property has PREF in 4.0, as any has whose name is private.
pub(super) fn takes_pref(line: &PlacedLine<'_>) -> bool {
    let row = line.row.filter(|row| row.stands_for.is_none());
    row.is_none_or(|row| {
        let column = row.column(Version::V4_0);
        column.is_some_and(|column| column.permit(ParameterId::PREF).is_permitted())
    })
}

/// What says in 4.0 that a property is preferred, unless it is said; none where PREF says something
/// else, or the property takes none.
fn pref(line: &PlacedLine<'_>, parameters: &[LineParameter<'_>]) -> Option<Option<ParameterEdit>> {
    if !takes_pref(line) {
        return None;
    }
    match find(parameters, ParameterId::PREF) {
        Some(pref) => (pref.value() == "1").then_some(None),
        None => {
            let pref = Parameter::new("PREF", ["1"]).ok()?;
            Some(Some(ParameterEdit::Add(pref)))
        }
    }
}
