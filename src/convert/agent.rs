//! AGENT of 2.1 and 3.0 <-> RELATED with TYPE=agent of 4.0.

use alloc::format;
use alloc::string::String;

use super::change::ChangeKind::{Approximated, Dropped, Moved};
use super::draft::Draft;
use super::run::{Run, why};
use crate::card::{Card, PropertyValue};
use crate::registry::ValueType;
use crate::syntax::escape::unescape;
use crate::value::{DataUri, Value};
use crate::version::Version;

/// How deep cards in AGENT are converted; what lies deeper is copied as text. Each level is written
/// into the one around it, escaped or in base64, and so grows.
const DEPTH: usize = 4;

/// The card in an AGENT in the version of the target; `None` where it lies too deep.
fn inner(run: &mut Run<'_>, draft: &Draft<'_>, card: &Card) -> Option<String> {
    if run.depth >= DEPTH {
        let reason = why(
            "RFC 2426, 3.5.4",
            "a card in a card this deep is copied as text and not converted",
        );
        run.note(Approximated, draft, reason);
        return None;
    }
    let converted = (run.inner)(card, run.options, run.depth + 1).ok()?;
    // What of the inner card says less is said of the property that holds it: the first of each kind, and
    // how many there are.
    for kind in [Dropped, Approximated] {
        let mut all = converted.changes().iter().filter(|one| one.kind() == kind);
        let Some(first) = all.next() else { continue };
        let message = match all.count() {
            0 => format!("in the card: {first}"),
            others => format!("in the card: {first}; and {others} more"),
        };
        run.note(Approximated, draft, why(first.section(), message));
    }
    Some(String::from_utf8_lossy(&converted.card().to_bytes()).into_owned())
}

fn text_of(card: &Card) -> String {
    String::from_utf8_lossy(&card.to_bytes()).into_owned()
}

/// AGENT for 4.0.
pub(super) fn upward(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    if let Some(card) = draft.card.take() {
        let text = inner(run, draft, &card).unwrap_or_else(|| text_of(&card));
        draft.set(PropertyValue::Binary {
            media_type: String::from("text/vcard"),
            data: text.into_bytes(),
        });
        draft.value_type = None;
    } else if draft.value_type != Some(ValueType::Uri) {
        draft.value_type = Some(ValueType::Text);
        if let Some(raw) = draft.raw() {
            let text = unescape(raw, Version::V3_0).into_owned();
            draft.set(PropertyValue::Text(text));
        }
    }
    let reason = why("RFC 6350, 6.6.6", "4.0 has RELATED with TYPE=agent for it");
    run.note(Moved, draft, reason);
    draft.rename("RELATED");
    draft.add_type("agent");
}

/// AGENT of 2.1 for 3.0: the card as one escaped text.
pub(super) fn as_3_0(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    let Some(card) = draft.card.take() else {
        return;
    };
    let text = inner(run, draft, &card).unwrap_or_else(|| text_of(&card));
    draft.set(PropertyValue::Text(text.replace("\r\n", "\n")));
    draft.value_type = None;
}

/// RELATED with TYPE=agent and a card or a URI, for 3.0; whether it is one.
pub(super) fn downward(run: &mut Run<'_>, draft: &mut Draft<'_>) -> bool {
    if !draft.has_type("agent") || draft.types().len() > 1 {
        return false;
    }
    let card = match draft.made() {
        Some(PropertyValue::Uri(uri)) => {
            let data = DataUri::parse(uri, Version::V3_0).ok();
            let is_card = |data: &DataUri<'_>| {
                let essence = data.media_type().split(';').next().unwrap_or_default();
                essence.eq_ignore_ascii_case("text/vcard")
            };
            let bytes = data.filter(is_card).and_then(|data| data.decode().ok());
            bytes.and_then(|bytes| Card::parse(&bytes).ok())
        }
        _ => return false,
    };
    if draft.parameters.iter().any(|given| !given.is("TYPE")) {
        return false;
    }
    let reason = why("RFC 2426, 3.5.4", "3.0 has AGENT for it");
    run.note(Moved, draft, reason);
    draft.take("TYPE");
    if let Some(card) = card {
        let text = inner(run, draft, &card).unwrap_or_else(|| text_of(&card));
        draft.set(PropertyValue::Text(text.replace("\r\n", "\n")));
        draft.value_type = None;
    } else {
        draft.value_type = Some(ValueType::Uri);
    }
    draft.rename("AGENT");
    true
}
