//! N, its components, and what names are sorted by.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::change::ChangeKind::{Approximated, Dropped, Moved};
use super::draft::Draft;
use super::run::{Run, why};
use super::write::raw_of;
use crate::card::PropertyValue;
use crate::registry::PropertyId;
use crate::value::{Name, Value};
use crate::version::Version;

/// Gives N and ADR the components that 3.0 and 4.0 have them with.
pub(super) fn pad(draft: &mut Draft<'_>) {
    let count = match draft.row {
        Some(row) => row.component_counts().0,
        None => return,
    };
    let is_fixed = draft.is(PropertyId::N) || draft.is(PropertyId::ADR);
    if let Some(components) = draft.components().filter(|_| is_fixed) {
        while components.len() < count {
            components.push([String::new()].into());
        }
    }
}

fn has_text(component: Option<&Vec<String>>) -> bool {
    component.is_some_and(|items| items.iter().any(|item| !item.is_empty()))
}

/// N for 3.0: RFC 9554 added two components, of which 3.0 has the text in family and suffixes.
pub(super) fn shorten_name(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    if draft.components().is_none_or(|all| all.len() <= 5) {
        return;
    }
    let raw = raw_of(draft, Version::V4_0);
    let Some(components) = draft.components() else {
        return;
    };
    components.truncate(5);
    let name = Name::parse(&raw, Version::V4_0).unwrap_or_default();
    if !name.has_added() {
        return;
    }
    let name = name.repeated();
    for (at, items) in [(0, name.family()), (4, name.suffixes())] {
        if let Some(component) = components.get_mut(at)
            && !items.is_empty()
        {
            *component = items.iter().map(|item| String::from(&**item)).collect();
        }
    }
    let reason = why(
        "RFC 9554, 2.2",
        "3.0 has five components: secondary surname and generation stand with family and suffixes",
    );
    run.note(Approximated, draft, reason);
}

/// SORT-AS of N or ORG for 3.0: SORT-STRING, the property after it.
pub(super) fn sort_string<'a>(
    run: &mut Run<'a>,
    draft: &mut Draft<'a>,
    is_wanted: bool,
) -> Option<Draft<'a>> {
    if !is_wanted {
        return None;
    }
    let given = draft.take("SORT-AS")?;
    let first = given
        .values
        .first()
        .filter(|text| !text.is_empty())?
        .clone();
    let sort = run.draft(
        "SORT-STRING",
        PropertyValue::Text(String::from(&*first)),
        draft.source,
    );
    let (kind, message) = match given.values.len() {
        1 => (Moved, "3.0 has SORT-STRING for it"),
        _ => (Approximated, "3.0 sorts by one text, the first"),
    };
    let to = Some(format!("SORT-STRING:{first}"));
    let from = ("SORT-AS", given.shown());
    run.note_parameter(kind, draft, from, to, why("RFC 2426, 3.6.5", message));
    Some(sort)
}

/// N that says how a name sounds, for 3.0: the X-PHONETIC names that Apple and others write.
pub(super) fn phonetic<'a>(run: &mut Run<'a>, draft: &mut Draft<'a>) -> Option<Vec<Draft<'a>>> {
    draft.parameter("PHONETIC")?;
    let components = draft.components()?.clone();
    let mut drafts = Vec::new();
    for (at, name) in [
        (0, PropertyId::X_PHONETIC_LAST_NAME),
        (1, PropertyId::X_PHONETIC_FIRST_NAME),
        (2, PropertyId::X_PHONETIC_MIDDLE_NAME),
    ] {
        if has_text(components.get(at)) {
            let text = components
                .get(at)
                .map(|items| items.join(" "))
                .unwrap_or_default();
            let mut part = run.draft(name.name(), PropertyValue::Text(text), draft.source);
            part.group.clone_from(&draft.group);
            drafts.push(part);
        }
    }
    let first = drafts.first()?.number;
    let is_more = has_text(components.get(3)) || has_text(components.get(4));
    let (kind, message) = match is_more {
        false => (
            Moved,
            "3.0 has no PHONETIC; address books have names of their own",
        ),
        true => (
            Approximated,
            "3.0 has no PHONETIC; the names of address books have no prefixes and suffixes",
        ),
    };
    run.note_as(kind, draft, first, why("RFC 9554, 4.6", message));
    for name in ["PHONETIC", "SCRIPT"] {
        if let Some(given) = draft.parameter(name).cloned() {
            let reason = why(
                "RFC 9554, 4.6",
                "the X-PHONETIC names do not say the system or the script",
            );
            run.note_parameter(Dropped, draft, (name, given.shown()), None, reason);
        }
    }
    Some(drafts)
}

/// SORT-STRING for 4.0: SORT-AS of N, or of ORG where N says nothing, among the drafts.
pub(super) fn sort_as<'a>(run: &mut Run<'a>, drafts: &mut [Option<Draft<'a>>]) {
    let mut name = None;
    let mut organization = None;
    let mut sorts = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        let Some(draft) = draft else { continue };
        match draft.id() {
            Some(PropertyId::N) if name.is_none() && !draft.is_empty() => name = Some(at),
            Some(PropertyId::ORG) if organization.is_none() => organization = Some(at),
            Some(PropertyId::SORT_STRING) => sorts.push(at),
            _ => {}
        }
    }
    let mut target = name.or(organization);
    for at in sorts {
        let text = drafts
            .get(at)
            .and_then(Option::as_ref)
            .and_then(|draft| draft.text());
        let text = String::from(text.unwrap_or_default());
        // One alone is taken.
        let into = target.and_then(|at| drafts.get_mut(at)?.as_mut());
        let number = into.filter(|into| !into.has("SORT-AS")).map(|into| {
            into.give_one("SORT-AS", text);
            into.number
        });
        target = None;
        match number {
            Some(number) => {
                if let Some(draft) = drafts.get_mut(at).and_then(Option::take) {
                    note_lost_parameters(run, &draft);
                    let reason = why("RFC 6350, 5.9", "4.0 has SORT-AS, a parameter, for it");
                    run.note_as(Moved, &draft, number, reason);
                }
            }
            None => {
                if let Some(draft) = drafts.get_mut(at).and_then(Option::as_mut) {
                    draft.rename("X-SORT-STRING");
                    let reason = why("RFC 6350, 5.9", "there is no name that it could sort");
                    run.note(Moved, draft, reason);
                }
            }
        }
    }
}

/// Parameters of a property that becomes a parameter itself.
pub(super) fn note_lost_parameters(run: &mut Run<'_>, draft: &Draft<'_>) {
    for given in &draft.parameters {
        if !given.is("TYPE") {
            let reason = why("RFC 6350, 5", "a parameter has no parameters");
            run.note_dropped_parameter(draft, given, reason);
        }
    }
}
