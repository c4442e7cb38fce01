//! How names and addresses sound, and the full name that components make. RFC 9555, 2.3.15 and 3.1.

use alloc::string::String;
use alloc::vec::Vec;

use serde_json::{Map, Value};

use super::out::Out;
use super::{components, pointer};

fn text<'v>(map: &'v Map<String, Value>, name: &str) -> Option<&'v str> {
    map.get(name).and_then(Value::as_str)
}

/// PHONETIC, SCRIPT and JSCOMPS. RFC 9555, 2.3.15.
pub(super) fn phonetic(out: &mut Out, object: &Map<String, Value>, comps: Option<String>) {
    out.give(
        "PHONETIC",
        text(object, "phoneticSystem").unwrap_or("script"),
    );
    if let Some(script) = text(object, "phoneticScript") {
        out.give("SCRIPT", script);
    }
    if let Some(comps) = comps {
        out.give("JSCOMPS", comps);
    }
}

/// How the components sound, where all of them say so.
pub(super) fn sounds_of(object: &Map<String, Value>) -> Option<Vec<(&str, &str)>> {
    let has_system = object.contains_key("phoneticSystem") || object.contains_key("phoneticScript");
    let given = components::given(object, "phonetic");
    let is_whole = given
        .iter()
        .all(|(kind, value)| *kind == "separator" || !value.is_empty());
    (has_system && is_whole && !given.is_empty()).then_some(given)
}

/// A name or an address without how it sounds.
pub(super) fn without_sounds(mut object: Map<String, Value>) -> Map<String, Value> {
    pointer::remove(&mut object, "phoneticSystem");
    pointer::remove(&mut object, "phoneticScript");
    let components = object.get_mut("components").and_then(Value::as_array_mut);
    for component in components.into_iter().flatten() {
        if let Some(component) = component.as_object_mut() {
            pointer::remove(component, "phonetic");
        }
    }
    object
}

/// A full name made from components. RFC 9555, 3.1.
pub(super) fn derived(name: &Map<String, Value>, given: &[(&str, &str)]) -> String {
    if name.get("isOrdered") == Some(&Value::Bool(true)) {
        return components::joined(given, text(name, "defaultSeparator"));
    }
    let order = [
        "title",
        "given",
        "given2",
        "surname",
        "surname2",
        "generation",
        "credential",
    ];
    let mut sorted: Vec<(&str, &str)> = Vec::new();
    for kind in order {
        sorted.extend(given.iter().filter(|(own, _)| *own == kind));
    }
    components::joined(&sorted, None)
}
