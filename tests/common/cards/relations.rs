//! What the properties of a card ask of each other: numbers, maps, ALTIDs, groups with a label.

use std::collections::{BTreeMap, BTreeSet};

use vcardinal::registry::{ParameterId, PropertyId};
use vcardinal::{PropertyValue, Version};

use super::Draft;

pub(super) fn separator_entry(verbatim: &str) -> String {
    let escaped = verbatim
        .replace('\\', "\\\\")
        .replace(',', "\\,")
        .replace(';', "\\;");
    format!("s,{escaped}")
}

/// The order of the values of N or ADR in any order; none when there is no value. RFC 9555, 3.3.1.
pub(super) fn jscomps(
    name: &str,
    components: &[Vec<String>],
    default: &str,
    separator: &str,
    seed: u32,
) -> Option<String> {
    let is_new = |at: usize| at >= 7;
    let in_component = |at: usize, value: &String| {
        components
            .get(at)
            .is_some_and(|values: &Vec<String>| values.contains(value))
    };
    let newer = components
        .iter()
        .enumerate()
        .any(|(at, values)| is_new(at) && values.iter().any(|value| !value.is_empty()));
    let mut positions = Vec::new();
    for (at, values) in components.iter().enumerate() {
        for (index, value) in values.iter().enumerate() {
            // What is there for old readers too counts where it belongs.
            let twice = match (name, at) {
                ("N", 0) => in_component(5, value),
                ("N", 4) => in_component(6, value),
                ("ADR", 2) => newer,
                _ => false,
            };
            if value.is_empty() || twice {
                continue;
            }
            let key = (seed ^ (at * 8 + index) as u32).wrapping_mul(0x9E37_79B1);
            positions.push((
                key,
                match index {
                    0 => at.to_string(),
                    _ => format!("{at},{index}"),
                },
            ));
        }
    }
    positions.sort_unstable();
    let entries: Vec<String> = positions
        .into_iter()
        .flat_map(|(key, position)| {
            let separated = key & 3 == 0;
            [Some(position), separated.then(|| separator.to_owned())]
        })
        .flatten()
        .collect();
    (!entries.is_empty()).then(|| format!("{default};{}", entries.join(";")))
}

/// The lines of a card with these properties, and with what they and the version ask for.
pub(super) fn complete(drafts: Vec<Draft>, version: Version) -> Vec<Draft> {
    let has = |id| drafts.iter().any(|draft| draft.wanted.is(id));
    let text = |text: &str| PropertyValue::Text(text.to_owned());
    let is_group = has(PropertyId::MEMBER);
    let mut lines = Vec::new();
    if !has(PropertyId::FN) {
        lines.push(Draft::new("FN", text("Ada Quist")));
    }
    if version == Version::V3_0 && !has(PropertyId::N) {
        let parts = ["Quist", "Ada", "", "", ""].map(|part| vec![part.to_owned()]);
        lines.push(Draft::new("N", PropertyValue::Components(parts.into())));
    }
    if is_group {
        lines.push(Draft::new("KIND", text("group")));
    }
    let mut labels = Vec::new();
    for mut draft in drafts {
        // An alternative of a group is a group.
        if is_group && draft.wanted.is(PropertyId::KIND) {
            draft.value = text("group");
        }
        if draft.wanted.is_label() {
            labels.push(draft);
        } else if !draft.wanted.is_once(version) {
            lines.push(draft);
        } else {
            push_once(&mut lines, draft, version);
        }
    }
    let mut lines: Vec<Draft> = lines
        .into_iter()
        .enumerate()
        .flat_map(|(at, line)| with_companions(line, at))
        .collect();
    for (index, mut label) in labels.into_iter().enumerate() {
        let count = lines.len();
        let labelled = &mut lines[(index * 7 + 3) % count];
        let group = labelled
            .group
            .get_or_insert_with(|| format!("item{}", index + 7));
        label.group = Some(group.clone());
        lines.push(label);
    }
    number(&mut lines, version);
    identify(&mut lines);
    lines
}

/// Adds a property that occurs once: as an alternative where there is one, or not at all.
fn push_once(lines: &mut Vec<Draft>, mut draft: Draft, version: Version) {
    let name = draft.wanted.name();
    let of_name = |line: &&mut Draft| line.wanted.name() == name;
    let sounds = |draft: &Draft| draft.get(ParameterId::PHONETIC).is_some();
    let mut others: Vec<&mut Draft> = lines.iter_mut().filter(of_name).collect();
    if others.is_empty() {
        return lines.push(draft);
    }
    let takes = draft.wanted.takes(ParameterId::ALTID.row(), version);
    // Whose sound a companion is would not be clear.
    if takes.is_none() || sounds(&draft) || others.iter().any(|other| sounds(other)) {
        return;
    }
    let altid = match others[0].get(ParameterId::ALTID) {
        Some(values) => values.to_vec(),
        None => vec!["1".to_owned()],
    };
    others[0].set(ParameterId::ALTID, altid.clone());
    draft.set(ParameterId::ALTID, altid);
    lines.push(draft);
}

/// Numbers that one card has once: PIDs and their maps; and what several of one name need.
pub(super) fn number(lines: &mut Vec<Draft>, version: Version) {
    if version != Version::V4_0 {
        return;
    }
    let mut maps = 0;
    for line in lines
        .iter_mut()
        .filter(|line| line.wanted.is(PropertyId::CLIENTPIDMAP))
    {
        maps += 1;
        if let PropertyValue::Raw(uri) = &line.value {
            line.value = PropertyValue::Raw(format!("{maps};{uri}"));
        }
    }
    let mut next: BTreeMap<&str, u32> = BTreeMap::new();
    let mut sources = BTreeSet::new();
    for line in lines.iter_mut() {
        let id = next.entry(line.wanted.name()).or_insert(1);
        let Some(values) = line.remove(ParameterId::PID) else {
            continue;
        };
        let pids = values.into_iter().map(|source| {
            let pid = match source.as_str() {
                "0" => id.to_string(),
                source => format!("{id}.{source}"),
            };
            sources.extend(source.parse::<u32>().ok().filter(|source| *source > 0));
            *id += 1;
            pid
        });
        let pids = pids.collect();
        line.set(ParameterId::PID, pids);
    }
    // A map that no PID uses is worth knowing.
    for source in (1..=maps).filter(|source| !sources.contains(source)) {
        let pid = &mut next.get_mut("FN").unwrap();
        let name = lines
            .iter_mut()
            .find(|line| line.wanted.is(PropertyId::FN))
            .unwrap();
        let mut pids = name.remove(ParameterId::PID).unwrap_or_default();
        pids.push(format!("{pid}.{source}"));
        name.set(ParameterId::PID, pids);
        **pid += 1;
    }
    for source in sources.into_iter().filter(|source| *source > maps) {
        let map = format!("{source};urn:uuid:1f762d2b-03c4-4a83-9a03-75ff658a6ee{source}");
        lines.push(Draft::new("CLIENTPIDMAP", PropertyValue::Raw(map)));
    }
    let mut of_contact: Vec<&mut Draft> = lines
        .iter_mut()
        .filter(|line| line.wanted.is(PropertyId::CONTACT_URI))
        .collect();
    let preferred = |line: &&mut Draft| line.get(ParameterId::PREF).is_some();
    if of_contact.len() > 1 && !of_contact.iter().any(preferred) {
        of_contact[0].set(ParameterId::PREF, vec!["1".to_owned()]);
    }
    let languages = [
        "en", "de", "fr", "es", "it", "pl", "ja", "ko", "fi", "el", "sv", "da",
    ];
    let of_grammar: Vec<&mut Draft> = lines
        .iter_mut()
        .filter(|line| line.wanted.is(PropertyId::GRAMGENDER))
        .collect();
    if of_grammar.len() > 1 {
        for (line, language) in of_grammar.into_iter().zip(languages) {
            line.set(ParameterId::LANGUAGE, vec![language.to_owned()]);
        }
    }
}

/// A property, and the properties that say how it sounds. RFC 9554, 4.6.
fn with_companions(mut draft: Draft, at: usize) -> Vec<Draft> {
    let Some(systems) = draft.remove(ParameterId::PHONETIC) else {
        return vec![draft];
    };
    let script = draft.remove(ParameterId::SCRIPT);
    // An ALTID that no other property of the name has.
    let altid = match draft.wanted.is(PropertyId::N) {
        true => draft
            .get(ParameterId::ALTID)
            .map_or("1".to_owned(), |values| values[0].clone()),
        false => format!("sound {at}"),
    };
    let PropertyValue::Components(components) = &draft.value else {
        panic!("{} has no sound", draft.wanted.name());
    };
    // Not every component has to have a sound.
    let sound = components.iter().enumerate().map(|(at, values)| {
        let silent = at % 3 == 2 || values.iter().all(String::is_empty);
        vec![if silent {
            String::new()
        } else {
            format!("sun{at}")
        }]
    });
    let sound: Vec<Vec<String>> = sound.collect();
    let companions = systems.into_iter().enumerate().map(|(at, system)| {
        let mut companion = Draft::new(
            draft.wanted.name(),
            PropertyValue::Components(sound.clone()),
        );
        let scripts = match (&script, system.as_str()) {
            (Some(script), _) => Some(script.clone()),
            (None, "script") => Some(vec!["Latn".to_owned()]),
            (None, _) => None,
        };
        companion.set(ParameterId::ALTID, vec![altid.clone()]);
        companion.set(ParameterId::PHONETIC, vec![system]);
        if let Some(scripts) = scripts {
            companion.set(ParameterId::SCRIPT, scripts);
        }
        if at > 0 {
            companion.set(ParameterId::LANGUAGE, vec!["yue".to_owned()]);
        }
        companion
    });
    let companions: Vec<Draft> = companions.collect();
    draft.set(ParameterId::ALTID, vec![altid]);
    [draft].into_iter().chain(companions).collect()
}

fn identify(lines: &mut [Draft]) {
    for (at, line) in lines.iter_mut().enumerate() {
        if let Some(ids) = line.remove(ParameterId::PROP_ID) {
            line.set(ParameterId::PROP_ID, vec![format!("{}-{at}", ids[0])]);
        }
    }
}
