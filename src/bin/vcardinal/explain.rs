//! `explain`: what a rule asks for, and what the standards say about a property.

use std::fmt::Write;

use vcardinal::Version;
use vcardinal::registry::{self, Condition, Occurrence, PropertyRow, StandsFor};
use vcardinal::validate::{self, Profile};
use vcardinal::validate::{Rule, Severity};

use crate::arguments::Explain;
use crate::output::{self, Failure, Outcome, printable};

pub fn run(command: &Explain) -> Outcome {
    let mut text = String::new();
    if command.list {
        for rule in validate::rules() {
            let _ = writeln!(
                text,
                "{:<8} {:<32} {}",
                rule.severity.as_str(),
                rule.id,
                rule.summary
            );
        }
    }
    for (index, name) in command.names.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        if let Some(rule) = validate::rule(&name.to_ascii_lowercase()) {
            explain_rule(rule, &mut text);
        } else if let Some(row) = registry::property(name.as_bytes()) {
            explain_property(row, &mut text);
        } else {
            return Err(Failure::Usage(format!(
                "there is no rule and no property `{}`; `vcardinal explain --list` prints all rules",
                printable(name)
            )));
        }
    }
    output::write_once(text.as_bytes())
}

fn explain_rule(rule: &Rule, text: &mut String) {
    let severity = |version| {
        rule.severity_in(version)
            .map_or("does not apply", Severity::as_str)
    };
    let _ = write!(
        text,
        "{}\n\n  {}\n\n{}\n",
        rule.id,
        rule.summary,
        wrapped(rule.explanation)
    );
    for version in Version::ALL {
        let _ = writeln!(text, "  in {version}  {}", severity(version));
    }
    for profile in Profile::ALL {
        let other = Version::ALL
            .into_iter()
            .filter(|version| profile.severity(rule, *version) != rule.severity_in(*version))
            .find_map(|version| profile.severity(rule, version));
        if let Some(severity) = other {
            let _ = writeln!(text, "  under {profile}  {}", severity.as_str());
        }
    }
    let _ = writeln!(text, "  source  {}", rule.sections.join("; "));
}

fn explain_property(row: &PropertyRow, text: &mut String) {
    let _ = write!(text, "{}\n\n", row.name);
    let _ = match row.stands_for {
        None => Ok(()),
        Some(StandsFor::Property(id)) => writeln!(text, "  a name that stands for {}", id.name()),
        Some(StandsFor::Parameter(id, parameter)) => writeln!(
            text,
            "  a name that stands for the parameter {} of {}",
            parameter.name(),
            id.name()
        ),
        Some(StandsFor::Related(relation)) => {
            writeln!(text, "  a name that stands for RELATED;TYPE={relation}")
        }
        Some(StandsFor::Impp(scheme)) => {
            writeln!(text, "  a name that stands for IMPP with a URI of {scheme}")
        }
        Some(StandsFor::Label) => writeln!(text, "  the label of the property in the same group"),
        Some(_) => writeln!(text, "  a name of its producer; no standard has it"),
    };
    for version in Version::ALL {
        let Some(column) = row.column(version) else {
            let _ = writeln!(text, "  in {version}  not a property of this version");
            continue;
        };
        let occurrence = match column.occurrence {
            Occurrence::ExactlyOne => "exactly one",
            Occurrence::AtMostOne => "at most one",
            Occurrence::OneOrMore => "one or more",
            Occurrence::Any => "any number",
        };
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
            let _ = writeln!(text, "          parts {}", components.join("; "));
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
            let _ = writeln!(text, "          parameters {}", parameters.join(", "));
        }
    }
    if !row.sections.is_empty() {
        let _ = writeln!(text, "  source  {}", row.sections.join("; "));
    }
}

/// The text indented, in lines of at most 80 characters where words are no longer.
fn wrapped(paragraph: &str) -> String {
    let mut text = String::new();
    let mut column = 0;
    for word in paragraph.split_whitespace() {
        let len = word.chars().count();
        if column > 0 && column + 1 + len <= 80 {
            text.push(' ');
            column += 1 + len;
        } else {
            if column > 0 {
                text.push('\n');
            }
            text.push_str("  ");
            column = 2 + len;
        }
        text.push_str(word);
    }
    if column > 0 {
        text.push('\n');
    }
    text
}
