//! The pages about rules and properties, made of the tables that the code works with and of the
//! fixtures. With `BLESS=1` in the environment they are written anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use vcardinal::registry::{self, AnyParameter, Condition, PropertyRow};
use vcardinal::validate::{Checker, Profile, Rule, Severity, rules};
use vcardinal::{CardReader, Event, Version};

use crate::common;

const VERSIONS: [Version; 3] = [Version::V2_1, Version::V3_0, Version::V4_0];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compares with the page, or writes it.
fn expect(page: &str, found: &str) {
    let path = root().join("docs").join(page);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, found).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == found,
        "docs/{page} is stale: run this test with BLESS=1 and read the difference"
    );
}

/// The card of a rule that shows it best: the shortest one whose name begins with `prefix`, and one
/// that needs no profile if there is one.
fn example(rule: &Rule, prefix: &str) -> PathBuf {
    let folder = root().join("fixtures/rules").join(rule.id);
    let mut cards: Vec<(bool, u64, PathBuf)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.starts_with(prefix) && name.ends_with(".vcf")
        })
        .map(|path| {
            let length = path.metadata().unwrap().len();
            (common::profile_of(&path) != Profile::Declared, length, path)
        })
        .collect();
    cards.sort();
    cards.remove(0).2
}

/// A card for people to read: what cannot be seen is written out, long lines and cards are cut.
fn shown(bytes: &[u8]) -> String {
    let mut text = String::new();
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    for line in lines.iter().take(20) {
        let content = line.strip_suffix(b"\n").unwrap_or(line);
        let content = content.strip_suffix(b"\r").unwrap_or(content);
        let mut width = 0;
        for chunk in content.utf8_chunks() {
            for character in chunk.valid().chars() {
                width += 1;
                match character {
                    _ if width > 100 => {}
                    '\u{FEFF}' => text.push_str("<U+FEFF>"),
                    character if character.is_control() => {
                        write!(text, "<{:02X}>", u32::from(character)).unwrap();
                    }
                    character => text.push(character),
                }
            }
            for byte in chunk.invalid() {
                write!(text, "<{byte:02X}>").unwrap();
            }
        }
        if width > 100 {
            text.push('…');
        }
        // Blanks at the end of a line are what some rules are about.
        if text.ends_with(' ') {
            text.pop();
            text.push('␠');
        }
        text.push('\n');
    }
    if lines.len() > 20 {
        text.push_str("…\n");
    }
    text
}

/// Under which profiles the severity is another than that of the version.
fn profiles(rule: &Rule, page: &mut String) {
    let mut others = Vec::new();
    for profile in Profile::ALL {
        let other = VERSIONS
            .into_iter()
            .filter(|version| profile.severity(rule, *version) != rule.severity_in(*version))
            .find_map(|version| profile.severity(rule, version));
        if let Some(severity) = other {
            others.push(format!("{} under `{profile}`", severity.as_str()));
        }
    }
    if !others.is_empty() {
        writeln!(page, "\nSeverity: {}.", others.join(", ")).unwrap();
    }
}

/// The severities of what is found in the bad cards of a rule that are checked under no profile, where they
/// are others than that of the version: readers cope with one form of the fault, and not with another.
fn others(rule: &Rule) -> Vec<(Severity, Version)> {
    let folder = root().join("fixtures/rules").join(rule.id);
    let mut others = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if !name.ends_with(".vcf") || common::profile_of(&path) != Profile::Declared {
            continue;
        }
        let mut checker = Checker::new(Profile::Declared);
        let bytes = std::fs::read(&path).unwrap();
        let mut reader = CardReader::from_slice(&bytes);
        while let Ok(Some(event)) = reader.next_event() {
            let version = match &event {
                Event::Card(card) => Some(card.effective_version()),
                _ => None,
            };
            checker.event(&event, &mut |finding| {
                if let Some(version) = version
                    && finding.rule.id == rule.id
                    && rule.severity_in(version) != Some(finding.severity)
                {
                    others.insert((finding.severity, version));
                }
            });
        }
    }
    others.into_iter().rev().collect()
}

fn rule_section(rule: &Rule, page: &mut String) {
    writeln!(page, "\n## {}\n\n{}\n", rule.id, rule.summary).unwrap();
    writeln!(page, "{}\n", rule.explanation).unwrap();
    writeln!(page, "| 2.1 | 3.0 | 4.0 | Sections |\n|---|---|---|---|").unwrap();
    for version in VERSIONS {
        let severity = rule.severity_in(version);
        write!(page, "| {} ", severity.map_or("", |one| one.as_str())).unwrap();
    }
    writeln!(page, "| {} |", rule.sections.join("; ")).unwrap();
    let others: Vec<_> = others(rule)
        .iter()
        .map(|(severity, version)| format!("{} in {version}", severity.as_str()))
        .collect();
    if !others.is_empty() {
        writeln!(page, "\nSome findings: {}.", others.join(", ")).unwrap();
    }
    profiles(rule, page);
    let bad = example(rule, "bad");
    let found = std::fs::read_to_string(bad.with_extension("findings")).unwrap();
    writeln!(
        page,
        "\nBad:\n\n```vcard\n{}```\n\n```text\n{found}```\n\nGood:\n\n```vcard\n{}```",
        shown(&std::fs::read(&bad).unwrap()),
        shown(&std::fs::read(example(rule, "ok")).unwrap())
    )
    .unwrap();
}

#[test]
fn ok_page_of_rules() {
    let mut page = String::from(
        "# Rules\n\n\
         What the checker looks for, in the order of the ids. Made by `tests/repository/pages.rs`; change the \
         rules, not this page.\n\n\
         The severities are those in each version; where some findings weigh more or less in the cards of \
         `fixtures/rules`, or all do under a profile, a line below says so. Empty means that the rule is not one of the version. `<00>` stands for an octet that \
         cannot be shown, `␠` for a blank at the end of a line. Below a bad card is what is found \
         in it: severity, rule, line and column, bytes, message.\n\n\
         | Rule | Severity | Asks for |\n|---|---|---|\n",
    );
    for rule in rules() {
        let summary = rule.summary.replace('|', "\\|");
        // The link to a heading drops the points in it.
        let link = rule.id.replace('.', "");
        let severity = rule.severity.as_str();
        writeln!(page, "| [{}](#{link}) | {severity} | {summary} |", rule.id).unwrap();
    }
    for rule in rules() {
        rule_section(rule, &mut page);
    }
    expect("rules.md", &page);
}

fn condition(condition: Condition) -> &'static str {
    match condition {
        Condition::Always => "",
        Condition::IfText => " (text)",
        Condition::IfUri => " (URI)",
        Condition::IfDate => " (dates)",
        Condition::ImageFormat => " (image formats)",
        Condition::AudioFormat => " (audio formats)",
        Condition::KeyFormat => " (kinds of keys)",
        Condition::PrefOnly => " (pref only)",
        Condition::Required => " (required)",
        Condition::RequiredIfText => " (required with text)",
        Condition::Forbidden => " (forbidden)",
        other => panic!("say what {other:?} means"),
    }
}

fn property_section(row: &PropertyRow, page: &mut String) {
    writeln!(page, "\n## {}\n", row.name).unwrap();
    if row.stands_for.is_some() {
        writeln!(page, "A private name that address books write.\n").unwrap();
    }
    if !row.sections.is_empty() {
        writeln!(page, "{}.\n", row.sections.join("; ")).unwrap();
    }
    writeln!(
        page,
        "| Version | Occurs | Value types | Parameters |\n|---|---|---|---|"
    )
    .unwrap();
    for version in VERSIONS {
        let Some(column) = row.column(version) else {
            continue;
        };
        let types: Vec<&str> = column.types.iter().map(|one| one.name()).collect();
        let mut parameters: Vec<String> = column
            .parameters
            .iter()
            .map(|allowed| {
                format!(
                    "{}{}",
                    allowed.parameter.name(),
                    condition(allowed.condition)
                )
            })
            .collect();
        match column.any {
            AnyParameter::No => {}
            AnyParameter::Extension => parameters.push("X-…".to_owned()),
            AnyParameter::Yes => parameters.push("any other".to_owned()),
            other => panic!("{other:?}"),
        }
        writeln!(
            page,
            "| {version} | `{}` | {} | {} |",
            column.occurrence.as_str(),
            types.join(", "),
            parameters.join(", ")
        )
        .unwrap();
    }
    let components = row.components(Version::V4_0);
    let components = match components {
        [] => row.components(Version::V3_0),
        components => components,
    };
    if !components.is_empty() {
        let names: Vec<String> = components
            .iter()
            .map(|one| format!("{}{}", one.name, if one.list { " (list)" } else { "" }))
            .collect();
        writeln!(page, "\nComponents: {}.", names.join("; ")).unwrap();
    }
}

#[test]
fn ok_page_of_properties() {
    let mut page = String::from(
        "# Properties\n\n\
         What each version says about each property. Made by `tests/repository/pages.rs` from the registry; \
         change that, not this page.\n\n\
         How often a property occurs is written as in RFC 6350: `1` once, `*1` at most once, `1*` \
         at least once, `*` any number of times; those with one ALTID count as one. The first value \
         type is the default. A parameter with a word behind it is for values of that kind only.\n",
    );
    for row in registry::properties() {
        property_section(row, &mut page);
    }
    expect("properties.md", &page);
}

#[cfg(all(feature = "jcard", feature = "xcard"))]
mod formats;

#[cfg(feature = "convert")]
mod conversion {
    use std::fmt::Write as _;

    use vcardinal::Version;
    use vcardinal::convert::{self, Carried};
    use vcardinal::registry;

    /// How it comes over, in the words of the report.
    fn carried(carried: Carried) -> String {
        match carried {
            Carried::Same => String::from("whole"),
            Carried::Moved => String::from("moved"),
            Carried::Sometimes(kind) => format!("sometimes {kind}"),
            other => panic!("say what {other:?} means"),
        }
    }

    fn direction(to: Version, from: &[Version], page: &mut String) {
        writeln!(
            page,
            "| Property | What it is there | How | By |\n|---|---|---|---|"
        )
        .unwrap();
        let mut same = Vec::new();
        for row in registry::properties() {
            let own = convert::rows()
                .iter()
                .find(|own| own.property == row.id && own.to == to);
            match own {
                Some(own) => writeln!(
                    page,
                    "| {} | {} | {} | {} |",
                    row.name,
                    own.becomes,
                    carried(own.carried),
                    own.section
                )
                .unwrap(),
                None if ["BEGIN", "END", "VERSION"].contains(&row.name) => {}
                None if row.stands_for.is_none()
                    && from.iter().any(|version| row.column(*version).is_some()) =>
                {
                    same.push(row.name);
                }
                None => {}
            }
        }
        writeln!(
            page,
            "\nUnder their own names, in the escapes of {to}: {}; and all `X-` names that are not in \
             the table.",
            same.join(", ")
        )
        .unwrap();
    }

    #[test]
    fn ok_page_of_conversions() {
        let mut page = String::from(
            "# What becomes of each property in another version\n\n\
             Made by `tests/repository/pages.rs` from `src/convert/table.rs`; change that, not this page.\n\n\
             *Whole*: with its name and all it says; only the form is that of the other version. \
             *Moved*: whole, under another name or as a parameter of another property. *Sometimes*: \
             there are values that come over with less (approximated), with what nobody wrote \
             (derived), or under another name (moved). Whatever is not whole is a change in the \
             report.\n\n\
             ## From 2.1 and 3.0 to 4.0\n\n",
        );
        direction(Version::V4_0, &[Version::V2_1, Version::V3_0], &mut page);
        page.push_str("\n## From 4.0 to 3.0\n\n");
        direction(Version::V3_0, &[Version::V4_0], &mut page);
        page.push_str(
            "\n## From 2.1 to 3.0\n\n\
             The same properties, without what 2.1 alone has: text is UTF-8, without \
             quoted-printable and CHARSET; words of TYPE get the name of their parameter; base64 is \
             `ENCODING=b`; SOUND with words is X-PHONETIC-NAME, or the three X-PHONETIC names of \
             its components; a card in an AGENT is one escaped text; X-CUSTOM(..) of Samsung is an \
             X-ABLabel.\n",
        );
        super::expect("conversion.md", &page);
    }
}
