//! Rules about the card in an AGENT property.

use alloc::format;
use alloc::vec;
use alloc::vec::Vec;

use super::{characters, lines, occurrences, versions};
use crate::card::Card;
use crate::registry::{PropertyId, ValueType};
use crate::syntax::flags::Flags;
use crate::validate::diagnostic::Diagnostic;
use crate::validate::findings::Findings;
use crate::validate::looks_at::LooksAt;
use crate::validate::placed_line::PlacedLine;
use crate::validate::rule::{Rule, Severity::Warning};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[&AGENT_INVALID];

pub(in crate::validate) const LOOKS_AT: LooksAt = LooksAt::properties(&[PropertyId::AGENT]);

pub(in crate::validate) static AGENT_INVALID: Rule = Rule::new(
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
    &lines::LINE_ENDING_NOT_CRLF,
    &lines::BARE_CARRIAGE_RETURN,
    &lines::FINAL_LINE_ENDING_MISSING,
    &lines::LINE_TOO_LONG,
    &characters::CONTROL_CHARACTER,
    &characters::NUL_CHARACTER,
    &characters::NOT_UTF_8,
    &versions::VERSION_MISSING,
    &occurrences::N_MISSING,
];

/// How deep a card lies in others that is looked at. All cards of one depth together are no longer
/// than the value, so that the work is this many times its length at most.
const DEPTH: usize = 16;

/// `check` checks a card that lies in one of this version, and leaves out the cards inside of it.
pub(in crate::validate) fn check(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    value_type: Option<ValueType>,
    check: impl Fn(&Card, Version) -> Vec<Diagnostic>,
) {
    let is_agent = line.row.is_some_and(|row| row.id == PropertyId::AGENT);
    let nested = line.flags().has(Flags::NESTED);
    let text = value_type == Some(ValueType::Vcard) && !line.content.raw_value().is_empty();
    if !is_agent || !(nested || text) || findings.standard == Version::V4_0 {
        return;
    }
    let Some(agent) = line.property.nested_card() else {
        if findings.standard == Version::V3_0 && !nested {
            findings.add(
                &AGENT_INVALID,
                line,
                line.span_of_value(),
                "no card in the AGENT; expected one, or VALUE=uri",
            );
        }
        return;
    };
    let mut left = vec![(agent, findings.standard, 1)];
    while let Some((inner, outer, depth)) = left.pop() {
        let found = check(&inner, outer);
        for finding in found.iter().filter(|finding| counts(finding)) {
            agent_invalid(findings, line, finding);
        }
        if depth < DEPTH {
            let version = inner.version().unwrap_or(outer);
            let agents = inner.properties().filter(|property| property.is("AGENT"));
            let agents = agents.filter_map(|property| property.nested_card());
            left.extend(agents.map(|agent| (agent, version, depth + 1)));
        }
    }
}

fn agent_invalid(findings: &mut Findings, line: &PlacedLine<'_>, inner: &Diagnostic) {
    findings.add(
        &AGENT_INVALID,
        line,
        line.span_of_value(),
        format!(
            "in the card of the AGENT, {}: {}",
            inner.rule.id, inner.message
        ),
    );
}

fn counts(finding: &Diagnostic) -> bool {
    finding.severity >= Warning
        && !OF_OUTER
            .iter()
            .any(|rule| core::ptr::eq(*rule, finding.rule))
}
