//! The words for TYPE, found through a perfect hash: no other parameter is asked about as often.

#![expect(
    clippy::indexing_slicing,
    reason = "only ever evaluated at compile time"
)]

use super::hash::{Hash, is_before};
use super::registered_values::{VALUES, ValueGroup};
use super::{ParameterId, PropertyId};
use crate::version::Version;

/// Whether this value of TYPE is registered, in any letter case.
#[inline]
pub(crate) fn is_registered_type(property: PropertyId, version: Version, value: &[u8]) -> bool {
    let groups = TYPES.find(value).and_then(|row| TYPE_GROUPS.get(row));
    let of_property = PROPERTY_GROUPS.get(usize::from(property.number()));
    let of_version = VERSION_GROUPS.get(version as usize);
    match (groups, of_property, of_version) {
        (Some(groups), Some(of_property), Some(of_version)) => {
            groups & of_property & of_version != 0
        }
        _ => false,
    }
}

/// Sets of groups of TYPE values, a bit each.
type Groups = u64;

/// The words for TYPE, each once.
static TYPES: Hash<{ type_words().1 }, 512> = {
    let (words, count) = type_words();
    let Some(words) = words.split_at(count).0.first_chunk() else {
        panic!("as many words as were counted");
    };
    Hash::new(0xe07b_59d8_0a55_27a3, words)
};

/// The groups that have a word, by its row in [`TYPES`].
static TYPE_GROUPS: [Groups; type_words().1] = {
    let (words, _) = type_words();
    let mut groups = [0; type_words().1];
    let mut row = 0;
    while row < groups.len() {
        let mut group = 0;
        while group < VALUES.len() {
            if is_of_types(&VALUES[group]) && has_word(VALUES[group].values, words[row]) {
                groups[row] |= 1 << group;
            }
            group += 1;
        }
        row += 1;
    }
    groups
};

/// The groups for a property.
static PROPERTY_GROUPS: [Groups; 256] = {
    let mut groups = [0; 256];
    let mut group = 0;
    while group < VALUES.len() {
        let row = &VALUES[group];
        let mut at = 0;
        while is_of_types(row) && row.properties.is_empty() && at < 256 {
            groups[at] |= 1 << group;
            at += 1;
        }
        at = 0;
        while is_of_types(row) && at < row.properties.len() {
            groups[row.properties[at].number() as usize] |= 1 << group;
            at += 1;
        }
        group += 1;
    }
    groups
};

/// The groups of a version.
static VERSION_GROUPS: [Groups; 3] = {
    let mut groups = [0; 3];
    let mut group = 0;
    while group < VALUES.len() {
        let versions = VALUES[group].versions;
        let mut at = 0;
        while at < versions.len() {
            groups[versions[at] as usize] |= 1 << group;
            at += 1;
        }
        group += 1;
    }
    groups
};

const fn is_of_types(group: &ValueGroup) -> bool {
    match group.parameter {
        Some(parameter) => parameter.number() == ParameterId::TYPE.number(),
        None => false,
    }
}

const fn has_word(words: &[&str], word: &str) -> bool {
    let mut at = 0;
    while at < words.len() {
        if !is_before(words[at], word) && !is_before(word, words[at]) {
            return true;
        }
        at += 1;
    }
    false
}

/// The words of all groups of TYPE values, and how many they are.
const fn type_words() -> ([&'static str; 254], usize) {
    let mut words = [""; 254];
    let mut count = 0;
    let mut group = 0;
    while group < VALUES.len() {
        let mut at = 0;
        while is_of_types(&VALUES[group]) && at < VALUES[group].values.len() {
            let word = VALUES[group].values[at];
            if !has_word(&words, word) {
                words[count] = word;
                count += 1;
            }
            at += 1;
        }
        group += 1;
    }
    (words, count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry;

    /// The tables of bits say what the rows say, for every word, property and version.
    #[test]
    fn ok_words_are_those_of_the_rows() {
        let (words, count) = type_words();
        assert!(count > 50);
        let unknown = ["", "x-own", "wor", "works", "w\u{f}rk"];
        for word in words.iter().take(count).chain(&unknown) {
            for row in registry::properties() {
                for version in Version::ALL {
                    let registered = VALUES.iter().any(|group| {
                        group.parameter == Some(ParameterId::TYPE)
                            && group.versions.contains(&version)
                            && (group.properties.is_empty() || group.properties.contains(&row.id))
                            && group
                                .values
                                .iter()
                                .any(|own| own.eq_ignore_ascii_case(word))
                    });
                    for word in [word.to_ascii_lowercase(), word.to_ascii_uppercase()] {
                        assert_eq!(
                            is_registered_type(row.id, version, word.as_bytes()),
                            registered,
                            "{word} of {} in {version}",
                            row.name
                        );
                    }
                }
            }
        }
    }
}
