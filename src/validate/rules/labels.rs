//! Rules about the labels of Apple, which belong to the property in their group.

use alloc::string::String;
use alloc::vec::Vec;

use crate::registry::{self, PropertyId, PropertyRow, StandsFor};
use crate::syntax::flags::Flags;
use crate::validate::findings::{Findings, REMEMBERED};
use crate::validate::looks_at::LooksAt;
use crate::validate::placed_line::PlacedLine;
use crate::validate::rule::{Rule, Severity::Warning};

pub(in crate::validate) static RULES: &[&Rule] = &[&LABEL_ALONE];

pub(in crate::validate) const LOOKS_AT: LooksAt = LooksAt::properties(&[PropertyId::X_ABLABEL]);

pub(in crate::validate) static LABEL_ALONE: Rule = Rule::new(
    "label-alone",
    [Some(Warning), Some(Warning), Some(Warning)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.1.4.2"],
    "X-ABLabel is in the group of the property that it labels.",
    "It is the label of nothing, and address books drop it. Often the property was removed and the \
     label forgotten.",
);

/// The labels of a card, up to the current line, but for those that follow what they label, as nearly all do.
#[derive(Default)]
pub(in crate::validate) struct Labels<'a>(Vec<PlacedLine<'a>>);

fn is_label(row: Option<&PropertyRow>) -> bool {
    row.is_some_and(|row| matches!(row.stands_for, Some(StandsFor::Label)))
}

/// Whether the line before is a property of the same group.
fn follows_its_property(label: &PlacedLine<'_>) -> bool {
    let Some(before) = label.property.line_before() else {
        return false;
    };
    let groups = (before.group(), label.content.group());
    matches!(groups, (Some(one), Some(other)) if !one.is_empty() && one.eq_ignore_ascii_case(other))
        && before.is_content()
        && !before.flags().has(Flags::SENTINEL)
        && !is_label(registry::property(before.name_bytes()))
}

impl<'a> Labels<'a> {
    pub fn note(&mut self, line: &PlacedLine<'a>) {
        if is_label(line.row) && self.0.len() < REMEMBERED && !follows_its_property(line) {
            self.0.push(*line);
        }
    }

    /// What can only be told at the end of the card.
    pub fn finish(&self, findings: &mut Findings) {
        let Some(first) = self.0.first() else {
            return;
        };
        let mut groups: Vec<String> = first
            .property
            .card()
            .properties()
            .filter_map(|property| {
                let group = property.group()?;
                (!is_label(registry::property(property.line().name_bytes())))
                    .then(|| group.to_ascii_lowercase())
            })
            .collect();
        groups.sort_unstable();
        for line in &self.0 {
            let group = line.content.group().unwrap_or_default();
            let found = groups.binary_search(&group.to_ascii_lowercase());
            if group.is_empty() || found.is_err() {
                label_alone(findings, line);
            }
        }
    }
}

fn label_alone(findings: &mut Findings, line: &PlacedLine<'_>) {
    findings.next_line();
    findings.add(
        &LABEL_ALONE,
        line,
        line.first_line(),
        "a label, and no other property in its group; expected the group of what it labels",
    );
}
