//! Every rule of the standards, a file for each theme.
//!
//! A file declares its rules, each as a static and a function of that name, and lists them in its
//! `RULES`. Here the lists are joined: a rule is added in one file. Which properties, parameters and
//! flags of lines the rules of a file have to see whatever else is right, its `LOOKS_AT` says; the
//! glance leaves those to the rules.
//!
//! | file | rules about |
//! |---|---|
//! | `streams` | what lies between cards |
//! | `begin_end` | what delimits a card and its lines: BEGIN and END, blank lines, nested cards |
//! | `lines` | physical lines: endings, length, folds |
//! | `characters` | control characters, UTF-8 |
//! | `groups_and_names` | groups and names |
//! | `parameter_grammar` | how parameters are written |
//! | `encodings`, `base64`, `quoted_printable`, `charsets` | ENCODING and CHARSET, and values in them |
//! | `unreadable` | text that is not in the charset it names |
//! | `escapes` | backslashes in text |
//! | `versions` | VERSION |
//! | `properties` | which properties a version has |
//! | `value_types` | VALUE |
//! | `permitted_parameters` | which parameters a property takes |
//! | `unknown_parameters` | parameters that are not registered |
//! | `type_words`, `known_types`, `type_repairs` | the values of TYPE, which they may be, and how they are repaired |
//! | `parameter_values` | the values of other parameters |
//! | `jscontact` | JSCOMPS, JSPTR and JSPROP |
//! | `values` | what is read as the type that property and VALUE say |
//! | `agent` | the card in an AGENT |
//! | `occurrences` | how often a property occurs |
//! | `members` | MEMBER, which depends on KIND |
//! | `pids` | PID, CLIENTPIDMAP and PROP-ID, which tell properties apart |
//! | `phonetic` | PHONETIC, and what the sound is of |
//! | `grammatical_genders` | GRAMGENDER, one for each language |
//! | `labels` | X-ABLabel, and what it labels |
//! | `servers` | what CardDAV servers do to a value |
//! | `profiles` | what one profile wants, and no version |

pub(super) mod agent;
pub(super) mod base64;
pub(super) mod begin_end;
pub(super) mod characters;
pub(super) mod charsets;
pub(super) mod encodings;
pub(super) mod escapes;
pub(super) mod grammatical_genders;
pub(super) mod groups_and_names;
pub(super) mod jscontact;
mod known_types;
pub(super) mod labels;
pub(super) mod lines;
pub(super) mod members;
pub(super) mod occurrences;
pub(super) mod parameter_grammar;
pub(super) mod parameter_values;
pub(super) mod permitted_parameters;
pub(super) mod phonetic;
pub(super) mod pids;
pub(super) mod profiles;
pub(super) mod properties;
pub(super) mod quoted_printable;
pub(super) mod servers;
pub(super) mod streams;
mod type_repairs;
pub(super) mod type_words;
mod unknown_parameters;
pub(super) mod unreadable;
pub(super) mod value_types;
pub(super) mod values;
pub(super) mod versions;

use super::looks_at::{LooksAt, ParameterSet, PropertySet};
use super::profile::Profile;
use super::rule::Rule;
use crate::registry;
use crate::syntax::flags::Flags;
use crate::version::Version;

/// Every rule, in the order of their ids.
///
/// ```
/// let ids = vcardinal::validate::rules().iter().map(|rule| rule.id);
/// assert!(ids.clone().is_sorted() && ids.clone().any(|id| id == "colon-missing"));
/// ```
#[must_use]
pub fn rules() -> &'static [&'static Rule] {
    &RULES
}

/// The rule of this id.
///
/// ```
/// let rule = vcardinal::validate::rule("line-too-long").unwrap();
/// assert!(rule.sections.contains(&"RFC 6350, 3.2"));
/// assert!(vcardinal::validate::rule("no-such-rule").is_none());
/// ```
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    let index = RULES.binary_search_by(|rule| rule.id.cmp(id)).ok()?;
    RULES.get(index).copied()
}

/// The rules of each file.
static LISTS: [&[&Rule]; 36] = [
    agent::RULES,
    base64::RULES,
    characters::RULES,
    charsets::RULES,
    begin_end::RULES,
    encodings::RULES,
    escapes::RULES,
    jscontact::RULES,
    labels::RULES,
    lines::RULES,
    members::RULES,
    grammatical_genders::RULES,
    groups_and_names::RULES,
    occurrences::RULES,
    parameter_grammar::RULES,
    parameter_values::RULES,
    permitted_parameters::RULES,
    phonetic::RULES,
    pids::RULES,
    profiles::RULES,
    properties::RULES,
    quoted_printable::RULES,
    servers::RULES,
    streams::RULES,
    type_words::RULES,
    unknown_parameters::RULES,
    unreadable::RULES,
    value_types::RULES,
    values::dates::RULES,
    values::email_addresses::RULES,
    values::general::RULES,
    values::numbers::RULES,
    values::texts::RULES,
    values::uris::RULES,
    values::words::RULES,
    versions::RULES,
];

/// What the rules of each file have to see.
const LOOKS_AT: [LooksAt; 18] = [
    agent::LOOKS_AT,
    base64::LOOKS_AT,
    charsets::LOOKS_AT,
    begin_end::LOOKS_AT,
    encodings::LOOKS_AT,
    jscontact::LOOKS_AT,
    labels::LOOKS_AT,
    members::LOOKS_AT,
    grammatical_genders::LOOKS_AT,
    groups_and_names::LOOKS_AT,
    occurrences::LOOKS_AT,
    parameter_grammar::LOOKS_AT,
    phonetic::LOOKS_AT,
    pids::LOOKS_AT,
    profiles::LOOKS_AT,
    quoted_printable::LOOKS_AT,
    values::uris::LOOKS_AT,
    values::words::LOOKS_AT,
];

/// Flags of lines that a rule has to see.
pub(super) const LOOKED_AT_FLAGS: Flags = {
    let mut flags = Flags::NONE;
    let mut all: &[LooksAt] = &LOOKS_AT;
    while let [first, rest @ ..] = all {
        flags = flags.or(first.flags);
        all = rest;
    }
    flags
};

/// Parameters that a rule has to see.
pub(super) static LOOKED_AT_PARAMETERS: ParameterSet = {
    let mut set = ParameterSet::new();
    let mut all: &[LooksAt] = &LOOKS_AT;
    while let [first, rest @ ..] = all {
        let mut parameters = first.parameters;
        while let [id, others @ ..] = parameters {
            set.insert(*id);
            parameters = others;
        }
        all = rest;
    }
    set
};

/// Properties that a rule has to see, and those that must have a parameter.
pub(super) static LOOKED_AT: PropertySet = looked_at(Profile::Declared);

/// As [`LOOKED_AT`], under the profile of the revision.
pub(super) static LOOKED_AT_IN_REVISION: PropertySet = looked_at(Profile::Vcard4Bis);

/// As [`LOOKED_AT`], under the profile of CardDAV servers.
pub(super) static LOOKED_AT_FOR_SERVERS: PropertySet = looked_at(Profile::CardDav);

const fn looked_at(profile: Profile) -> PropertySet {
    let revision = matches!(profile, Profile::Vcard4Bis);
    let servers = matches!(profile, Profile::CardDav);
    let mut set = PropertySet::new();
    let mut all: &[LooksAt] = &LOOKS_AT;
    while let [first, rest @ ..] = all {
        let mut properties = first.properties;
        while let [id, others @ ..] = properties {
            set.insert(*id);
            properties = others;
        }
        all = rest;
    }
    let mut rows = registry::properties();
    while let [row, rest @ ..] = rows {
        if let Some(column) = row.column(Version::V4_0)
            && (column.needs_parameter() || (revision && profiles::wants_value_type(row, column)))
        {
            set.insert(row.id);
        }
        if servers && servers::looks_at(row) {
            set.insert(row.id);
        }
        rows = rest;
    }
    set
}

static RULES: [&Rule; count()] = sorted();

const fn count() -> usize {
    let mut count = 0;
    let mut lists: &[&[&Rule]] = &LISTS;
    while let [first, rest @ ..] = lists {
        count += first.len();
        lists = rest;
    }
    count
}

/// All rules, by insertion.
#[expect(
    clippy::indexing_slicing,
    reason = "only ever evaluated at compile time"
)]
const fn sorted<const N: usize>() -> [&'static Rule; N] {
    let mut rules: [&Rule; N] = [LISTS[0][0]; N];
    let mut filled = 0;
    let mut lists: &[&[&'static Rule]] = &LISTS;
    while let [list, other_lists @ ..] = lists {
        let mut list: &[&'static Rule] = list;
        while let [rule, others @ ..] = list {
            let mut at = filled;
            while at > 0 && !is_before(rules[at - 1].id.as_bytes(), rule.id.as_bytes()) {
                rules[at] = rules[at - 1];
                at -= 1;
            }
            rules[at] = rule;
            filled += 1;
            list = others;
        }
        lists = other_lists;
    }
    rules
}

#[expect(
    clippy::indexing_slicing,
    reason = "only ever evaluated at compile time"
)]
const _: () = {
    let mut at = 1;
    while at < RULES.len() {
        assert!(
            is_before(RULES[at - 1].id.as_bytes(), RULES[at].id.as_bytes()),
            "no id is there twice"
        );
        at += 1;
    }
};

const fn is_before(mut first: &[u8], mut second: &[u8]) -> bool {
    loop {
        match (first, second) {
            ([a, after_a @ ..], [b, after_b @ ..]) => {
                if *a != *b {
                    return *a < *b;
                }
                first = after_a;
                second = after_b;
            }
            ([], [_, ..]) => return true,
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use crate::validate::profile::DIFFERENCES;
    use alloc::string::String;
    use alloc::vec::Vec;
    use std::path::Path;

    fn source_files(folder: &Path, files: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => source_files(&path, files),
                false => files.push(std::fs::read_to_string(path).unwrap()),
            }
        }
    }

    /// A rule that a file declares and does not list would be in no table and have no fixture.
    #[test]
    fn ok_every_rule_that_is_declared_is_listed() {
        let mut files = Vec::new();
        source_files(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/validate"),
            &mut files,
        );
        let declaration = [": Rule", " ="].concat();
        let declared = files.iter().map(|text| text.matches(&*declaration).count());
        assert_eq!(declared.sum::<usize>(), rules().len());
        let listed: usize = LISTS.iter().map(|list| list.len()).sum();
        assert_eq!(listed, rules().len());
    }

    #[test]
    fn ok_each_difference_of_a_profile_is_one() {
        for (at, one) in DIFFERENCES.iter().enumerate() {
            let rule = rule(one.rule).unwrap();
            let same = DIFFERENCES
                .iter()
                .position(|other| other.profile == one.profile && other.rule == one.rule);
            assert_eq!(same, Some(at), "{} twice", one.rule);
            let of_versions = [Version::V2_1, Version::V3_0, Version::V4_0]
                .map(|version| rule.severity_in(version));
            assert!(
                of_versions
                    .iter()
                    .any(|severity| *severity != Some(one.severity))
                    || !one.section.is_empty()
                    // Nothing else is an error there.
                    || one.profile == Profile::CardDav,
                "{} does not differ",
                one.rule
            );
        }
    }
}
