//! RELATED, and what address books write for it: X-SPOUSE and the like, X-ABRELATEDNAMES with a
//! label.

use alloc::vec::Vec;

use super::change::ChangeKind::Moved;
use super::draft::Draft;
use super::run::{Run, why};
use super::vendors::{LabelOf, label_line};
use crate::card::PropertyValue;
use crate::registry::{self, PropertyId, ValueType};

/// X-SPOUSE and the like for 4.0.
pub(super) fn named_upward(run: &mut Run<'_>, draft: &mut Draft<'_>, word: &'static str) {
    let reason = why("RFC 6350, 6.6.6", "4.0 has RELATED for it");
    run.note(Moved, draft, reason);
    as_text(draft);
    draft.add_type(word);
}

fn as_text(draft: &mut Draft<'_>) {
    draft.set(PropertyValue::Text(draft.plain_text().into_owned()));
    draft.rename("RELATED");
    draft.value_type = Some(ValueType::Text);
}

/// X-ABRELATEDNAMES for 4.0; whether its label is used up.
pub(super) fn labelled_upward(
    run: &mut Run<'_>,
    draft: &mut Draft<'_>,
    label: Option<&str>,
) -> bool {
    let reason = why("RFC 6350, 6.6.6", "4.0 has RELATED for it");
    run.note(Moved, draft, reason);
    as_text(draft);
    match label.and_then(registry::related_word) {
        Some((word, is_all)) => {
            draft.add_type(word);
            is_all
        }
        None => false,
    }
}

/// RELATED for 3.0, which has no such property.
pub(super) fn downward<'a>(
    run: &mut Run<'a>,
    mut draft: Draft<'a>,
    labels: &LabelOf<'_>,
) -> Vec<Draft<'a>> {
    if super::agent::downward(run, &mut draft) {
        return [draft].into();
    }
    let is_plain = draft.value_type == Some(ValueType::Text)
        && draft.types().len() <= 1
        && draft.parameters.iter().all(|given| given.is("TYPE"));
    let has_label = labels.text(&draft).is_some();
    let is_shared = labels.is_shared(&draft);
    if !is_plain || !run.options.vendor_forms || (is_shared && !has_label) {
        draft.rename("X-RELATED");
        if draft.value_type == Some(ValueType::Text) {
            draft.value_type = None;
            draft.give_one("VALUE", "text");
        }
        let reason = why("RFC 2426, 3.8", "3.0 has no RELATED");
        run.note(Moved, &draft, reason);
        return [draft].into();
    }
    let reason = why(
        "Apple",
        "3.0 has no RELATED; Apple writes X-ABRELATEDNAMES with a label",
    );
    run.note(Moved, &draft, reason);
    draft.rename(PropertyId::X_ABRELATEDNAMES.name());
    draft.value_type = None;
    let word = draft
        .take("TYPE")
        .and_then(|given| given.values.into_iter().next());
    let Some(word) = word.filter(|_| !has_label) else {
        return [draft].into();
    };
    let text = registry::related_label(&word).unwrap_or(&word);
    let label = label_line(run, &mut draft, text);
    [draft, label].into()
}
