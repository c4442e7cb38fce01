//! Forms that 2.1 alone has -> those of 3.0.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::change::ChangeKind::{Derived, Dropped, Moved};
use super::draft::Draft;
use super::run::{Run, why};
use super::vendors::label_line;
use super::{agent, dates, names};
use crate::card::{PropertyRef, PropertyValue};
use crate::registry::{PropertyId, ReadAs, ValueType};
use crate::syntax::escape::{escape_as_3_0, unescape};
use crate::typed::label::samsung;
use crate::value::{UtcOffset, Value};
use crate::version::Version;

/// Raw text of 2.1 in the escapes of 3.0; separators stay bare, since the structure is not known.
pub(super) fn as_3_0(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    escape_as_3_0(
        &raw.replace("\r\n", "\n").replace('\r', "\n"),
        b"",
        &mut text,
    );
    text
}

/// A property of 2.1 as 3.0 has it, and what stands beside it there.
pub(super) fn adapt<'a>(
    run: &mut Run<'a>,
    mut draft: Draft<'a>,
    property: &PropertyRef<'a>,
) -> Vec<Draft<'a>> {
    let label = custom_label(run, &mut draft, property);
    if draft.value_type == Some(ValueType::ContentId) {
        content_id(&mut draft);
    }
    if draft.value_type == Some(ValueType::Url) {
        draft.value_type = Some(ValueType::Uri);
    }
    let mut drafts = Vec::new();
    match draft.id() {
        Some(PropertyId::SOUND) if is_text(&draft) => drafts = sound(run, draft),
        id => {
            match id {
                // Nobody knows what it is.
                _ if draft.is_of_unknown_type() => {}
                Some(PropertyId::GEO) => position(run, &mut draft),
                Some(PropertyId::TZ) => time_zone(&mut draft),
                Some(PropertyId::KEY) if is_text(&draft) => {
                    draft.value_type = Some(ValueType::Text);
                    as_text(&mut draft);
                }
                _ => {}
            }
            drafts.push(draft);
        }
    }
    drafts.extend(label);
    drafts
}

/// Whether it is neither inline nor a URI.
fn is_text(draft: &Draft<'_>) -> bool {
    matches!(
        draft.made(),
        Some(PropertyValue::Raw(_) | PropertyValue::Text(_))
    ) && draft.value_type != Some(ValueType::Uri)
}

fn as_text(draft: &mut Draft<'_>) {
    if let Some(raw) = draft.raw() {
        let text = unescape(raw, Version::V2_1).into_owned();
        draft.set(PropertyValue::Text(text));
    }
}

fn content_id(draft: &mut Draft<'_>) {
    let text = draft.text().unwrap_or_default().trim();
    let id = text.strip_prefix('<').and_then(|id| id.strip_suffix('>'));
    let uri = match id {
        Some(id) => format!("cid:{id}"),
        None => String::from(text),
    };
    draft.set(PropertyValue::Uri(uri));
    draft.value_type = Some(ValueType::Uri);
}

fn position(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    let raw = String::from(draft.text().unwrap_or_default());
    let Some((first, second)) = raw.split_once(';').or_else(|| raw.split_once(',')) else {
        return;
    };
    let (first, second) = (first.trim(), second.trim());
    let degrees = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    let (Some(north), Some(east)) = (degrees(first), degrees(second)) else {
        return;
    };
    if north.abs() > 90.0 && east.abs() <= 90.0 {
        draft.set(PropertyValue::Raw(format!("{second};{first}")));
        let reason = why(
            "vCard 2.1, 2.4.3",
            "no latitude is beyond 90 degrees, so the longitude stood first",
        );
        run.note(Derived, draft, reason);
    } else {
        draft.set(PropertyValue::Raw(format!("{first};{second}")));
    }
}

fn time_zone(draft: &mut Draft<'_>) {
    let raw = draft.text().unwrap_or_default().trim();
    let offset = UtcOffset::parse(raw, Version::V2_1).ok();
    match offset.and_then(|offset| offset.to_text(Version::V3_0).ok()) {
        Some(text) => {
            draft.set(PropertyValue::Raw(text));
            draft.value_type = Some(ValueType::UtcOffset);
        }
        None => {
            as_text(draft);
            draft.value_type = Some(ValueType::Text);
        }
    }
}

/// What Samsung writes as a label of one's own among the parameters becomes the label of a group.
fn custom_label<'a>(
    run: &mut Run<'a>,
    draft: &mut Draft<'a>,
    property: &PropertyRef<'a>,
) -> Option<Draft<'a>> {
    let (label, names) = samsung(property)?;
    let from = format!("X-CUSTOM({label})");
    let names: BTreeSet<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    draft.parameters.retain(|given| {
        !names.contains(&given.name.to_ascii_lowercase()) && !starts_like(&given.name)
    });
    draft.take_types(starts_like);
    let line = label_line(run, draft, &label);
    let to = Some(format!("X-ABLabel:{label}"));
    let reason = why(
        "Samsung",
        "no version has X-CUSTOM; Apple writes X-ABLabel in the group",
    );
    run.note_parameter(Moved, draft, ("X-CUSTOM", from), to, reason);
    Some(line)
}

fn starts_like(name: &str) -> bool {
    name.get(..8)
        .is_some_and(|start| start.eq_ignore_ascii_case("X-CUSTOM"))
}

/// SOUND of 2.1 with words -> how the name sounds, as address books write it. vCard 2.1, 2.6.5.
fn sound<'a>(run: &mut Run<'a>, mut draft: Draft<'a>) -> Vec<Draft<'a>> {
    let is_of_phone = !draft
        .take_types(|word| word.eq_ignore_ascii_case("X-IRMC-N"))
        .is_empty();
    let reason = why("RFC 2426, 3.6.6", "SOUND is not text after 2.1");
    let raw = String::from(draft.text().unwrap_or_default());
    if is_of_phone && raw.bytes().all(|byte| byte == b';') {
        let reason = why("IrMC", "it says no sound");
        run.note_dropped(&draft, reason);
        return Vec::new();
    }
    if !is_of_phone {
        as_text(&mut draft);
        draft.rename(PropertyId::X_PHONETIC_NAME.name());
        draft.value_type = None;
        run.note(Moved, &draft, reason);
        return [draft].into();
    }
    let ids = [
        PropertyId::X_PHONETIC_LAST_NAME,
        PropertyId::X_PHONETIC_FIRST_NAME,
        PropertyId::X_PHONETIC_MIDDLE_NAME,
    ];
    let mut drafts = Vec::new();
    for (raw, id) in raw.split(';').zip(ids) {
        let text = unescape(raw, Version::V2_1);
        if !text.trim().is_empty() {
            let value = PropertyValue::Text(text.into_owned());
            let mut part = run.draft(id.name(), value, draft.source);
            part.group.clone_from(&draft.group);
            drafts.push(part);
        }
    }
    let result = drafts.first().map(|first| first.number);
    let kind = if result.is_some() { Moved } else { Dropped };
    run.note_source(kind, draft.source, &draft.name, result, reason);
    drafts
}

/// Makes drafts of 3.0 of those of 2.1; of a card that is read as the target but does not say so, the
/// drafts stay.
pub(super) fn all<'a>(run: &mut Run<'a>, drafts: Vec<Draft<'a>>) {
    if run.from == run.to {
        for mut draft in drafts {
            if draft.card.is_some() {
                match run.to {
                    Version::V4_0 => agent::upward(run, &mut draft),
                    _ => agent::as_3_0(run, &mut draft),
                }
            }
            run.out.push(draft);
        }
        return;
    }
    for mut draft in drafts {
        names::pad(&mut draft);
        if draft.is(PropertyId::AGENT) {
            agent::as_3_0(run, &mut draft);
        }
        let is_date = draft.row.is_some_and(|row| {
            matches!(row.form(), ReadAs::DateOrText | ReadAs::Timestamp) && row.stands_for.is_none()
        });
        if is_date {
            dates::as_3_0(&mut draft, run.from);
        }
        run.out.push(draft);
    }
}
