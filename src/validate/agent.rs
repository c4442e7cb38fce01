//! Rules about the card in an AGENT property.

use alloc::format;
use alloc::vec;

use super::diagnostic::{Diagnostic, Rule, Severity::Warning};
use super::findings::{Findings, LineAt};
use super::{card, line, occurrence, version};
use crate::registry::{PropertyId, ValueType};
use crate::syntax::line::Flags;
use crate::version::Version;

pub(super) static AGENT_INVALID: Rule = Rule::new(
    "agent-invalid",
    [Some(Warning), Some(Warning), None],
    &["RFC 2426, 3.5.4", "RFC 2426, 2.4.2", "vCard 2.1, 2.5.4"],
    "AGENT of 3.0 is a card as one escaped text, or a URI with VALUE=uri, and a card in an AGENT is \
     as right as another.",
    "Readers that look for a card find none, or a broken one. The first thing that is wrong in the \
     card is in the message, whatever its own severity. A card in a card in a card is looked at too, \
     down to the sixteenth, and each is held against the version that it names, or that the outer one does.",
);

/// What of a card inside a card is found in the lines of the outer one, or is not there when the
/// inner card is a text; and what the example of RFC 2426, 3.5.4 does without, the version, which
/// the outer one names, and N.
const OF_OUTER: [&Rule; 9] = [
    &line::LINE_ENDING_NOT_CRLF,
    &line::BARE_CARRIAGE_RETURN,
    &line::FINAL_LINE_ENDING_MISSING,
    &line::LINE_TOO_LONG,
    &line::CONTROL_CHARACTER,
    &line::NUL_CHARACTER,
    &line::NOT_UTF_8,
    &version::VERSION_MISSING,
    &occurrence::N_MISSING,
];

/// How deep a card lies in others that is looked at. All cards of one depth together are no longer
/// than the value, so that the work is this many times its length at most.
const DEPTH: usize = 16;

pub(super) fn check(findings: &mut Findings, at: &LineAt<'_>, value_type: Option<ValueType>) {
    let is_agent = at.row.is_some_and(|row| row.id == PropertyId::AGENT);
    let nested = at.flags().has(Flags::NESTED);
    let text = value_type == Some(ValueType::Vcard) && !at.line.raw_value().is_empty();
    if !is_agent || !(nested || text) || findings.standard == Version::V4_0 {
        return;
    }
    let value = || at.in_raw_value(0..at.line.raw_value().len());
    let Some(agent) = at.property.nested_card() else {
        if findings.standard == Version::V3_0 && !nested {
            findings.add(
                &AGENT_INVALID,
                at,
                value(),
                "no card in the AGENT; expected one, or VALUE=uri",
            );
        }
        return;
    };
    let mut left = vec![(agent, 1)];
    while let Some((inner, depth)) = left.pop() {
        let checked = card::check_agent(&inner, findings.standard);
        for finding in checked.findings.iter().chain(&checked.unclosed) {
            if counts(finding) {
                findings.add(
                    &AGENT_INVALID,
                    at,
                    value(),
                    format!(
                        "in the card of the AGENT, {}: {}",
                        finding.rule.id, finding.message
                    ),
                );
            }
        }
        if depth < DEPTH {
            let agents = inner.properties().filter(|property| property.is("AGENT"));
            left.extend(agents.filter_map(|property| Some((property.nested_card()?, depth + 1))));
        }
    }
}

fn counts(finding: &Diagnostic) -> bool {
    finding.severity >= Warning
        && !OF_OUTER
            .iter()
            .any(|rule| core::ptr::eq(*rule, finding.rule))
}
