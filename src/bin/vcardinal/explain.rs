//! `explain`: what a rule asks for, and what the standards say about a property.

use std::fmt::Write;

use vcardinal::Version;
use vcardinal::diagnostic::{Rule, Severity};
use vcardinal::validate;

use crate::arguments::Explain;
use crate::output::{self, Failure, Outcome};

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
    for (index, name) in command.rules.iter().enumerate() {
        let Some(rule) = validate::rule(&name.to_ascii_lowercase()) else {
            return Err(Failure::Usage(format!(
                "there is no rule `{name}`; `vcardinal explain --list` prints all"
            )));
        };
        if index > 0 {
            text.push('\n');
        }
        explain_rule(rule, &mut text);
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
    let _ = writeln!(text, "  source  {}", rule.sections.join("; "));
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
