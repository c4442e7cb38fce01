//! Rules about GRAMGENDER: one for each language. RFC 9554, 3.2.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;

use crate::registry::{ParameterId, PropertyId};
use crate::validate::findings::{Findings, REMEMBERED, shown};
use crate::validate::looks_at::LooksAt;
use crate::validate::placed_line::{LineParameter, PlacedLine, find};
use crate::validate::rule::{Rule, Severity::Warning};

pub(in crate::validate) static RULES: &[&Rule] = &[&GRAMGENDER_LANGUAGE_REPEATED];

pub(in crate::validate) const LOOKS_AT: LooksAt = LooksAt::properties(&[PropertyId::GRAMGENDER]);

pub(in crate::validate) static GRAMGENDER_LANGUAGE_REPEATED: Rule = Rule::new(
    "gramgender-language-repeated",
    [None, None, Some(Warning)],
    &["RFC 9554, 3.2"],
    "Several GRAMGENDER of a card differ in their LANGUAGE, and one of them at most has none.",
    "Readers cannot know which grammatical gender to take. Letter case makes no difference.",
);

/// The languages of the GRAMGENDER of a card, up to the current line.
#[derive(Default)]
pub(in crate::validate) struct Genders(BTreeSet<Option<String>>);

impl Genders {
    pub fn note(
        &mut self,
        findings: &mut Findings,
        line: &PlacedLine<'_>,
        parameters: &[LineParameter<'_>],
    ) {
        let is_one = line.row.is_some_and(|row| row.id == PropertyId::GRAMGENDER);
        if !is_one || self.0.len() >= REMEMBERED {
            return;
        }
        let language = find(parameters, ParameterId::LANGUAGE).map(LineParameter::value);
        let language = language.filter(|tag| !tag.is_empty());
        let language = language.map(|tag| tag.to_ascii_lowercase());
        let message = match &language {
            Some(tag) => format!(
                "another GRAMGENDER has LANGUAGE={} too; expected another, or one of them",
                shown(tag.as_bytes())
            ),
            None => String::from("another GRAMGENDER has no LANGUAGE either; expected one"),
        };
        if !self.0.insert(language) {
            let rule = &GRAMGENDER_LANGUAGE_REPEATED;
            findings.add(rule, line, line.first_line(), message);
        }
    }
}
