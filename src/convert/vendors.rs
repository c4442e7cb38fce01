//! Names of vendors <-> the properties of 4.0 that they stand for.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::change::ChangeKind::Moved;
use super::dates::{self, In3_0};
use super::draft::Draft;
use super::run::{Run, why};
use crate::card::PropertyValue;
use crate::registry::{self, PropertyId, PropertyRow, StandsFor, ValueType};
use crate::syntax::escape::closed_escapes;
use crate::typed::vendor_names::standard_text;
use crate::value::{DateAndOrTime, Uri, Value};
use crate::version::Version;

/// What the groups of a card are called, and how many properties are in each, labels not counted.
#[derive(Debug, Default)]
pub(super) struct LabelOf<'a> {
    groups: BTreeMap<Cow<'a, str>, (Option<String>, usize)>,
}

impl<'a> LabelOf<'a> {
    pub fn of<'d>(drafts: impl IntoIterator<Item = &'d Draft<'a>>) -> Self
    where
        'a: 'd,
    {
        let mut labels = LabelOf::default();
        for draft in drafts {
            let Some(group) = draft.group_key() else {
                continue;
            };
            let entry = labels.groups.entry(group).or_default();
            match draft.row.and_then(|row| row.stands_for) {
                Some(StandsFor::Label) => {
                    entry
                        .0
                        .get_or_insert_with(|| draft.plain_text().trim().into());
                }
                _ => entry.1 += 1,
            }
        }
        labels
    }

    /// The label of the group that a draft is in.
    pub fn text(&self, draft: &Draft<'_>) -> Option<&str> {
        self.groups.get(&*draft.group_key()?)?.0.as_deref()
    }

    /// Whether the group of a draft has another property in it.
    pub fn is_shared(&self, draft: &Draft<'_>) -> bool {
        let group = draft.group_key();
        let members = group.and_then(|group| self.groups.get(&*group));
        members.is_some_and(|(_, count)| *count > 1)
    }
}

/// The X-ABLabel beside a property, in its group or in a new one.
pub(super) fn label_line<'a>(run: &mut Run<'a>, draft: &mut Draft<'a>, text: &str) -> Draft<'a> {
    let group = draft.group.clone();
    let group = group.unwrap_or_else(|| run.free_group().into());
    draft.group = Some(group.clone());
    let value = PropertyValue::Text(text.into());
    let mut label = run.draft(PropertyId::X_ABLABEL.name(), value, draft.source);
    label.group = Some(group);
    label
}

/// A messenger's own name for 4.0: IMPP with its scheme.
pub(super) fn messenger_upward(run: &mut Run<'_>, draft: &mut Draft<'_>, row: &PropertyRow) {
    let text = String::from(draft.plain_text().trim());
    if text.is_empty() {
        return;
    }
    let raw = draft.text().unwrap_or_default();
    let uri = standard_text(row, raw, Version::V3_0).unwrap_or(text);
    let reason = why("RFC 6350, 6.4.3", "4.0 has IMPP for it");
    run.note(Moved, draft, reason);
    draft.rename("IMPP");
    draft.set(PropertyValue::Uri(uri));
    draft.value_type = Some(ValueType::Uri);
}

/// X-GENDER, X-ADDRESSBOOKSERVER-KIND and the like for 4.0: the word of the standard.
pub(super) fn word_upward(run: &mut Run<'_>, draft: &mut Draft<'_>, target: PropertyId) {
    let text = String::from(draft.plain_text().trim());
    let name = draft.id();
    let word = name
        .and_then(|id| registry::standard_word(id, &text))
        .map(String::from);
    let value = match (target, word) {
        // What 4.0 said stands under X-GENDER as one text, whose escapes are undone.
        (PropertyId::GENDER, _) => {
            let gender = draft
                .row
                .and_then(|row| standard_text(row, &text, Version::V3_0));
            PropertyValue::Raw(gender.unwrap_or_else(|| closed_escapes(text, Version::V4_0)))
        }
        (_, Some(word)) => PropertyValue::Text(word),
        (_, None) => PropertyValue::Text(text.to_ascii_lowercase()),
    };
    let reason = why(
        target.row().sections.first().copied().unwrap_or_default(),
        format!("4.0 has {} for it", target.name()),
    );
    run.note(Moved, draft, reason);
    draft.rename(target.name());
    draft.set(value);
    draft.value_type = None;
}

/// X-ADDRESSBOOKSERVER-MEMBER for 4.0.
pub(super) fn member_upward(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    let text = String::from(draft.plain_text().trim());
    let reason = why("RFC 6350, 6.6.5", "4.0 has MEMBER for it");
    run.note(Moved, draft, reason);
    draft.rename("MEMBER");
    draft.set(PropertyValue::Uri(text));
    draft.value_type = Some(ValueType::Uri);
}

/// Words of TYPE that say what a profile is for, and not where it is.
const NOT_SERVICES: [&str; 3] = ["home", "work", "pref"];

fn is_service(word: &str) -> bool {
    !NOT_SERVICES
        .iter()
        .any(|own| own.eq_ignore_ascii_case(word))
}

/// X-SOCIALPROFILE for 4.0.
pub(super) fn profile_upward(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    let text = String::from(draft.plain_text().trim());
    let reason = why("RFC 9554, 3.5", "4.0 has SOCIALPROFILE for it");
    run.note(Moved, draft, reason);
    draft.rename("SOCIALPROFILE");
    let labels = draft.take("X-TYPE");
    let services = draft.take_types(is_service);
    if !services.is_empty() && !draft.has("SERVICE-TYPE") {
        draft.give("SERVICE-TYPE", services);
    }
    draft.add_types(labels.into_iter().flat_map(|given| given.values));
    let is_uri = Uri::parse(&text, Version::V3_0).is_ok_and(|uri| uri.scheme().is_some());
    // USERNAME is for URIs. RFC 9554, 4.10.
    if is_uri && let Some(given) = draft.take("X-USER") {
        draft.give("USERNAME", given.values);
    }
    if is_uri {
        draft.set(PropertyValue::Uri(text));
        draft.value_type = Some(ValueType::Uri);
    } else {
        draft.set(PropertyValue::Text(text));
        draft.value_type = Some(ValueType::Text);
        if !draft.has("SERVICE-TYPE") {
            draft.rename("X-SOCIALPROFILE");
        }
    }
}

/// SOCIALPROFILE for 3.0.
pub(super) fn profile_downward(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    let reason = why(
        "Apple",
        "3.0 has no SOCIALPROFILE; Apple writes X-SOCIALPROFILE",
    );
    run.note(Moved, draft, reason);
    draft.rename("X-SOCIALPROFILE");
    // TYPE names the service here.
    let labels = draft.take_types(is_service);
    if !labels.is_empty() {
        draft.give("X-TYPE", labels);
    }
    if let Some(given) = draft.take("SERVICE-TYPE") {
        draft.add_types(given.values);
    }
    if let Some(given) = draft.take("USERNAME") {
        draft.give("X-USER", given.values);
    }
    draft.set(PropertyValue::Text(draft.text().unwrap_or_default().into()));
    draft.value_type = None;
}

/// An anniversary of a vendor's name for 4.0, unless it is no date; whether it became one.
pub(super) fn anniversary_upward(run: &mut Run<'_>, draft: &mut Draft<'_>) -> bool {
    let text = String::from(draft.plain_text().trim());
    // As it comes of a 4.0 card: only there is an anniversary said to be text.
    let is_text = draft.value_type == Some(ValueType::Text);
    if !is_text && DateAndOrTime::parse(&text, run.from).is_err() {
        return false;
    }
    let reason = why("RFC 6350, 6.2.6", "4.0 has ANNIVERSARY for it");
    run.note(Moved, draft, reason);
    draft.rename("ANNIVERSARY");
    if is_text {
        draft.set(PropertyValue::Text(text));
        return true;
    }
    draft.set(PropertyValue::Raw(text));
    draft.value_type = Some(ValueType::DateAndOrTime);
    dates::upward(run, draft);
    true
}

/// ANNIVERSARY for 3.0: X-ABDATE with its label, which can be without a year; else X-ANNIVERSARY.
pub(super) fn anniversary_downward<'a>(
    run: &mut Run<'a>,
    mut draft: Draft<'a>,
    labels: &LabelOf<'_>,
) -> Vec<Draft<'a>> {
    let is_in_group = labels.text(&draft).is_some() || labels.is_shared(&draft);
    let text = match dates::in_3_0(&draft) {
        In3_0::Same(text, _) | In3_0::Filled(text) => Some((text, false)),
        In3_0::WithoutYear(text) => Some((text, true)),
        In3_0::Nothing => None,
    };
    let Some((text, is_without_year)) = text.filter(|_| run.options.vendor_forms && !is_in_group)
    else {
        draft.rename("X-ANNIVERSARY");
        if draft.value_type.take() == Some(ValueType::Text) {
            draft.give_one("VALUE", "text");
        }
        let reason = why("RFC 2426, 3.8", "3.0 has no ANNIVERSARY");
        run.note(Moved, &draft, reason);
        return [draft].into();
    };
    let reason = why(
        "Apple",
        "3.0 has no ANNIVERSARY; Apple writes X-ABDATE with a label",
    );
    run.note(Moved, &draft, reason);
    draft.rename(PropertyId::X_ABDATE.name());
    if is_without_year {
        dates::with_year_of_apple(&mut draft, text);
    } else {
        draft.take("CALSCALE");
        draft.set(PropertyValue::Raw(text));
        draft.value_type = None;
    }
    let label = label_line(run, &mut draft, "_$!<Anniversary>!$_");
    [draft, label].into()
}

/// Whether it says what kind of card it is in, and is KIND in 4.0 or becomes it. X-ABShowAs is that where
/// nothing else is.
pub(super) fn says_kind(draft: &Draft<'_>) -> bool {
    draft.is(PropertyId::KIND)
        || draft.is(PropertyId::X_ADDRESSBOOKSERVER_KIND)
        || draft.is(PropertyId::X_EVOLUTION_LIST) && is_list(draft)
}

/// Whether an X-EVOLUTION-LIST says that the card is a group: FALSE says nothing of its kind.
pub(super) fn is_list(draft: &Draft<'_>) -> bool {
    let text = draft.text().unwrap_or_default();
    text.trim().eq_ignore_ascii_case("TRUE")
}

/// KIND for 3.0. `is_only` is whether nothing else in the card [says its kind](says_kind).
pub(super) fn kind_downward(run: &mut Run<'_>, draft: &mut Draft<'_>, is_only: bool) {
    let text = String::from(draft.text().unwrap_or_default());
    let reason = why("Apple", "3.0 has no KIND; Apple has names of its own");
    run.note(Moved, draft, reason);
    match registry::vendor_word(PropertyId::X_ABSHOWAS, &text) {
        // Of alternatives, one alone would say so.
        Some(word) if is_only && !draft.has("ALTID") => {
            draft.rename(PropertyId::X_ABSHOWAS.name());
            draft.set(PropertyValue::Text(word.into()));
        }
        _ => draft.rename(PropertyId::X_ADDRESSBOOKSERVER_KIND.name()),
    }
    draft.value_type = None;
}
