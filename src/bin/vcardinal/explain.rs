//! `explain`: what a rule asks for, and what the standards say about a property.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::mem;

use serde::Serialize;
use vcardinal::Version;
use vcardinal::registry::{self, Condition, Occurrence, PropertyRow, StandsFor};
use vcardinal::validate::{self, Profile};
use vcardinal::validate::{Rule, Severity};

use crate::arguments::{Explain, Listed, ValueFormat, names};
use crate::exit::{Failure, Outcome, Status};
use crate::json;
use crate::message::{self, printable};
use crate::output::Output;
use crate::words::for_each_word;

pub fn run(command: &Explain) -> Outcome {
    let mut out = command.to_file.open()?;
    let style = Style {
        as_json: command.format == ValueFormat::Json,
        width: message::width().unwrap_or(80).min(100),
    };
    match command.list {
        Some(Listed::Rules) => {
            for rule in validate::rules() {
                style.rule_in_list(rule, &mut out)?;
            }
        }
        Some(Listed::Properties) => {
            for row in registry::properties() {
                style.property_in_list(row, &mut out)?;
            }
        }
        None => style.names(&command.names, &mut out)?,
    }
    out.finish()?;
    Ok(Status::Clean)
}

/// How facts are printed.
struct Style {
    as_json: bool,
    /// Characters of a line.
    width: usize,
}

impl Style {
    fn names(&self, names: &[String], out: &mut Output) -> Result<(), Failure> {
        let mut is_first = true;
        for_each_word(names, "a rule or a property", |name| {
            if !mem::take(&mut is_first) && !self.as_json {
                out.write_all(b"\n")?;
            }
            if let Some(rule) = validate::rule(&name.to_ascii_lowercase()) {
                self.rule(rule, out)?;
            } else if let Some(row) = registry::property(name.as_bytes()) {
                self.property(row, out)?;
            } else {
                return Err(unknown(name));
            }
            Ok(())
        })
    }

    fn rule(&self, rule: &'static Rule, out: &mut Output) -> io::Result<()> {
        if self.as_json {
            return json::to_line(out, &RuleObject::new(rule));
        }
        let mut text = String::new();
        explain_rule(rule, self.width, &mut text);
        out.write_all(text.as_bytes())
    }

    fn property(&self, row: &'static PropertyRow, out: &mut Output) -> io::Result<()> {
        if self.as_json {
            return json::to_line(out, &PropertyObject::new(row));
        }
        let mut text = String::new();
        explain_property(row, self.width, &mut text);
        out.write_all(text.as_bytes())
    }

    fn rule_in_list(&self, rule: &'static Rule, out: &mut Output) -> io::Result<()> {
        if self.as_json {
            return self.rule(rule, out);
        }
        let severity = rule.severity.as_str();
        writeln!(out, "{severity:<8} {:<32} {}", rule.id, rule.summary)
    }

    fn property_in_list(&self, row: &'static PropertyRow, out: &mut Output) -> io::Result<()> {
        if self.as_json {
            return self.property(row, out);
        }
        let versions: Vec<_> = Version::ALL
            .into_iter()
            .filter(|version| row.column(*version).is_some())
            .map(Version::as_str)
            .collect();
        let section = row.sections.first().copied().unwrap_or_default();
        writeln!(out, "{:<28} {:<12} {section}", row.name, versions.join(" "))
    }
}

/// Neither a rule nor a property.
fn unknown(name: &str) -> Failure {
    let meant = match vcardinal::registry::nearest(name, names::facts()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => String::from("`vcardinal explain --list` prints all rules"),
    };
    let name = printable(name);
    Failure::Usage(format!(
        "there is no rule and no property `{name}`; {meant}"
    ))
}

/// A rule as JSON. A severity is null where the rule does not apply.
#[derive(Debug, Serialize)]
struct RuleObject {
    kind: &'static str,
    id: &'static str,
    summary: &'static str,
    explanation: &'static str,
    /// By version.
    severity: BTreeMap<&'static str, Option<&'static str>>,
    /// By profile, where it differs from that of the versions.
    profiles: BTreeMap<&'static str, &'static str>,
    sections: &'static [&'static str],
}

impl RuleObject {
    fn new(rule: &'static Rule) -> Self {
        let severity = |version: Version| {
            let severity = rule.severity_in(version).map(Severity::as_str);
            (version.as_str(), severity)
        };
        let profiles = Profile::ALL
            .into_iter()
            .filter_map(|profile| Some((profile.as_str(), differing(rule, profile)?.as_str())));
        RuleObject {
            kind: "rule",
            id: rule.id,
            summary: rule.summary,
            explanation: rule.explanation,
            severity: Version::ALL.into_iter().map(severity).collect(),
            profiles: profiles.collect(),
            sections: rule.sections,
        }
    }
}

/// The severity of a rule under a profile, where that is not the severity of the version.
fn differing(rule: &Rule, profile: Profile) -> Option<Severity> {
    Version::ALL
        .into_iter()
        .filter(|version| profile.severity(rule, *version) != rule.severity_in(*version))
        .find_map(|version| profile.severity(rule, version))
}

/// A property as JSON.
#[derive(Debug, Serialize)]
struct PropertyObject {
    kind: &'static str,
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    stands_for: Option<String>,
    /// By version, where the version has the property.
    versions: BTreeMap<&'static str, ColumnObject>,
    sections: &'static [&'static str],
}

#[derive(Debug, Serialize)]
struct ColumnObject {
    occurrence: &'static str,
    types: Vec<&'static str>,
    components: Vec<&'static str>,
    parameters: Vec<&'static str>,
}

impl PropertyObject {
    fn new(row: &'static PropertyRow) -> Self {
        let versions = Version::ALL.into_iter().filter_map(|version| {
            let column = row.column(version)?;
            let allowed = column.parameters.iter();
            let allowed = allowed.filter(|allowed| allowed.condition != Condition::Forbidden);
            let components = row.components(version).iter();
            let object = ColumnObject {
                occurrence: occurrence(column.occurrence),
                types: column.types.iter().map(|item| item.name()).collect(),
                components: components.map(|component| component.name).collect(),
                parameters: allowed.map(|allowed| allowed.parameter.name()).collect(),
            };
            Some((version.as_str(), object))
        });
        PropertyObject {
            kind: "property",
            name: row.name,
            stands_for: row.stands_for.map(stands_for),
            versions: versions.collect(),
            sections: row.sections,
        }
    }
}

fn occurrence(occurrence: Occurrence) -> &'static str {
    match occurrence {
        Occurrence::ExactlyOne => "exactly one",
        Occurrence::AtMostOne => "at most one",
        Occurrence::OneOrMore => "one or more",
        Occurrence::Any => "any number",
        other => other.as_str(),
    }
}

/// What a name of a producer stands for, in words.
fn stands_for(other: StandsFor) -> String {
    match other {
        StandsFor::Property(id) => format!("a name that stands for {}", id.name()),
        StandsFor::Parameter(id, parameter) => format!(
            "a name that stands for the parameter {} of {}",
            parameter.name(),
            id.name()
        ),
        StandsFor::Related(relation) => {
            format!("a name that stands for RELATED;TYPE={relation}")
        }
        StandsFor::Impp(scheme) => {
            format!("a name that stands for IMPP with a URI of {scheme}")
        }
        StandsFor::Label => String::from("the label of the property in the same group"),
        _ => String::from("a name of its producer; no standard has it"),
    }
}

fn explain_rule(rule: &Rule, width: usize, text: &mut String) {
    let severity = |version| {
        rule.severity_in(version)
            .map_or("does not apply", Severity::as_str)
    };
    let _ = write!(
        text,
        "{}\n\n{}\n{}\n",
        rule.id,
        wrapped(rule.summary, width),
        wrapped(rule.explanation, width)
    );
    for version in Version::ALL {
        let _ = writeln!(text, "  in {version}  {}", severity(version));
    }
    for profile in Profile::ALL {
        if let Some(severity) = differing(rule, profile) {
            let _ = writeln!(text, "  under {profile}  {}", severity.as_str());
        }
    }
    hanging("  source  ", &rule.sections.join("; "), width, text);
}

fn explain_property(row: &PropertyRow, width: usize, text: &mut String) {
    let _ = write!(text, "{}\n\n", row.name);
    if let Some(other) = row.stands_for {
        let _ = writeln!(text, "  {}", stands_for(other));
    }
    for version in Version::ALL {
        let Some(column) = row.column(version) else {
            let _ = writeln!(text, "  in {version}  not a property of this version");
            continue;
        };
        let occurrence = occurrence(column.occurrence);
        let types: Vec<_> = column.types.iter().map(|item| item.name()).collect();
        let _ = writeln!(
            text,
            "  in {version}  {occurrence}; value {}",
            types.join(", or ")
        );
        let components: Vec<_> = row
            .components(version)
            .iter()
            .map(|component| component.name)
            .collect();
        if !components.is_empty() {
            hanging("          parts ", &components.join("; "), width, text);
        }
        let parameters: Vec<_> = column
            .parameters
            .iter()
            .filter_map(|allowed| {
                let name = allowed.parameter.name();
                Some(match allowed.condition {
                    Condition::Forbidden => return None,
                    Condition::IfText | Condition::RequiredIfText => format!("{name} (of text)"),
                    Condition::IfUri => format!("{name} (of a URI)"),
                    Condition::IfDate => format!("{name} (of a date)"),
                    Condition::PrefOnly => format!("{name} (pref alone)"),
                    _ => String::from(name),
                })
            })
            .collect();
        if !parameters.is_empty() {
            hanging("          parameters ", &parameters.join(", "), width, text);
        }
    }
    if !row.sections.is_empty() {
        hanging("  source  ", &row.sections.join("; "), width, text);
    }
}

/// The text indented, in lines of at most so many characters where words are no longer.
fn wrapped(paragraph: &str, width: usize) -> String {
    let mut text = String::new();
    fill(paragraph, 2, 0, width, &mut text);
    text
}

/// A word and what it says, in lines below each other.
fn hanging(head: &str, tail: &str, width: usize, text: &mut String) {
    text.push_str(head);
    fill(tail, head.len(), head.len(), width, text);
}

/// Adds words in lines that are indented by so many blanks; on the first are so many characters.
fn fill(words: &str, indent: usize, mut column: usize, width: usize, text: &mut String) {
    for word in words.split_whitespace() {
        let len = word.chars().count();
        if column == 0 {
            let _ = write!(text, "{:indent$}", "");
            column = indent;
        } else if column > indent && column + 1 + len > width {
            let _ = write!(text, "\n{:indent$}", "");
            column = indent;
        } else if column > indent {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += len;
    }
    text.push('\n');
}
