//! Rules about what frames a card: BEGIN and END, blank lines, nested cards.

use alloc::borrow::Cow;
use alloc::format;

use super::diagnostic::{
    Diagnostic, Rule,
    Severity::{Error, Warning},
};
use super::findings::{Findings, LineAt, shown};
use super::profile::Profile;
use crate::card::Card;
use crate::syntax::grammar::{is_white_space, trim};
use crate::syntax::line::{Flags, physical_end};
use crate::version::Version;

pub(super) static BEGIN_INSIDE_CARD: Rule = Rule::new(
    "begin-inside-card",
    [Some(Error), Some(Error), Some(Error)],
    &[
        "RFC 6350, 3.3",
        "RFC 6350, 6.1.1",
        "RFC 2426, 2.1.1",
        "vCard 2.1, 2.1.1",
    ],
    "A card ends before the next one begins.",
    "Readers disagree on what such a card is: one card, two, or none. Here it is two, and the \
     first is not closed; that is not reported again as end-missing. Cards lie inside others only \
     in an AGENT property of 2.1.",
);

pub(super) static BEGIN_PARAMETERS: Rule = Rule::new(
    "begin-parameters",
    [None, Some(Error), Some(Error)],
    &["RFC 6350, 6.1.1", "RFC 6350, 6.1.2", "RFC 2426, 4"],
    "BEGIN and END have no parameters and, in 4.0, no group.",
    "Readers look for the exact line BEGIN:VCARD, and do not see the card or its end otherwise. A \
     group is allowed in 3.0.",
);

pub(super) static WHITE_SPACE_AROUND_COLON: Rule = Rule::new(
    "white-space-around-colon",
    [None, Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2426, 5"],
    "BEGIN and END lines hold no white space.",
    "vCard 2.1 allows white space around the colon, later versions do not. Readers look for the \
     exact line BEGIN:VCARD, and do not see the card or its end otherwise.",
);

pub(super) static END_MISMATCHED: Rule = Rule::new(
    "end-mismatched",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 6.1.2", "RFC 2426, 2.1.1", "vCard 2.1, 2.1.1"],
    "END in a card has the value VCARD.",
    "END of anything else ends nothing here; many readers stop at it.",
);

pub(super) static END_MISSING: Rule = Rule::new(
    "end-missing",
    [None, Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 6350, 6.1.2", "RFC 2426, 2.1.1"],
    "A card ends with END:VCARD.",
    "The input was cut off, and more than this line may be lost; most readers drop the card. A 2.1 \
     card may end where the input ends.",
);

pub(super) static BLANK_LINE_INSIDE_CARD: Rule = Rule::new(
    "blank-line-inside-card",
    [None, Some(Warning), Some(Warning)],
    &["RFC 6350, 3.3", "RFC 2426, 4"],
    "There are no blank lines in a card.",
    "vCard 2.1 allows them between properties, and 3.0 directly after BEGIN. Readers skip them. \
     Reported once a card, with the number of lines.",
);

pub(super) static FOLD_FIRST_LINE: Rule = Rule::new(
    "fold-first-line",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.2", "RFC 2425, 5.8.1", "vCard 2.1, 2.1.3"],
    "A line that begins with white space continues a property before it.",
    "After BEGIN or a blank line there is none. Taken literally the line belongs to BEGIN, which \
     then begins no card. Remove the white space.",
);

pub(super) static AGENT_NESTED_OUTSIDE_2_1: Rule = Rule::new(
    "agent-nested-outside-2.1",
    [None, Some(Error), Some(Error)],
    &["RFC 6350, A.2", "RFC 2426, 2.4.2", "RFC 2426, 3.5.4"],
    "Only in 2.1 does a card lie on the lines after an AGENT property.",
    "In 3.0 the card is the value, as one escaped text; in 4.0 RELATED with TYPE=agent points to \
     it. Readers of these versions take the inner END for the end of the outer card.",
);

pub(super) fn check(findings: &mut Findings, at: &LineAt<'_>, previous: Option<&LineAt<'_>>) {
    let flags = at.flags();
    if flags.has(Flags::SENTINEL) {
        return sentinel(findings, at);
    }
    if flags.has(Flags::BLANK) {
        return blank_line(findings, at, previous);
    }
    if flags.has(Flags::INDENTED) {
        fold_first_line(findings, at);
    }
    if flags.has(Flags::NESTED) {
        findings.add(
            &AGENT_NESTED_OUTSIDE_2_1,
            at,
            at.first_line(),
            "the agent's card stands on lines of its own, as only 2.1 has it",
        );
    }
    if matches!(at.line.name_bytes().len(), 3 | 5) {
        if at.line.is("END") {
            end(findings, at);
        } else if at.line.is("BEGIN") {
            begin(findings, at);
        }
    }
}

fn sentinel(findings: &mut Findings, at: &LineAt<'_>) {
    let content = at.content();
    // The usual case: nothing but BEGIN:VCARD or END:VCARD.
    if content.len() <= 11 && !content.iter().copied().any(is_white_space) {
        return;
    }
    if let Some(group) = at.line.group()
        && findings.standard == Version::V4_0
    {
        findings.add(
            &BEGIN_PARAMETERS,
            at,
            at.of_head(group.as_bytes()),
            format!(
                "{} has the group \"{}\"",
                at.line.name(),
                shown(group.as_bytes())
            ),
        );
    }
    let unfolded = !at.flags().has(Flags::HEAD_FOLDED) && !at.flags().has(Flags::VALUE_FOLDED);
    if unfolded && let Some(start) = content.iter().position(|byte| is_white_space(*byte)) {
        let spaces = content
            .iter()
            .skip(start)
            .take_while(|byte| is_white_space(**byte))
            .count();
        findings.add(
            &WHITE_SPACE_AROUND_COLON,
            at,
            start..start + spaces,
            format!("white space in the {} line", at.line.name()),
        );
    }
}

fn blank_line(findings: &mut Findings, at: &LineAt<'_>, previous: Option<&LineAt<'_>>) {
    let after_begin =
        previous.is_some_and(|line| line.flags().has(Flags::SENTINEL) && line.line.is("BEGIN"));
    if after_begin && findings.standard == Version::V3_0 {
        return;
    }
    // A run of them is one line to the reader, however long.
    let mut lines = 0;
    let mut start = 0;
    let mut first = 0..at.raw.len();
    while let Some(end) = physical_end(at.raw, start, true).filter(|end| end.next > start) {
        if lines == 0 {
            first = 0..end.next;
        }
        lines += 1;
        start = end.next;
    }
    findings.count_many(lines, &BLANK_LINE_INSIDE_CARD, at, first, || {
        Cow::Borrowed("a blank line inside of the card")
    });
}

fn fold_first_line(findings: &mut Findings, at: &LineAt<'_>) {
    let indent = at
        .raw
        .iter()
        .take_while(|byte| is_white_space(**byte))
        .count();
    findings.add(
        &FOLD_FIRST_LINE,
        at,
        0..indent,
        "the line begins with white space, and there is no property before it to continue",
    );
}

fn is_vcard(at: &LineAt<'_>) -> bool {
    trim(at.line.raw_value()).eq_ignore_ascii_case(b"VCARD")
}

fn end(findings: &mut Findings, at: &LineAt<'_>) {
    if is_vcard(at) {
        return parameters(findings, at);
    }
    let value = at.line.raw_value();
    findings.add(
        &END_MISMATCHED,
        at,
        at.in_raw_value(0..value.len()),
        format!("END:{} in a card; expected END:VCARD", shown(value)),
    );
}

/// BEGIN that begins no card.
fn begin(findings: &mut Findings, at: &LineAt<'_>) {
    if is_vcard(at) {
        return parameters(findings, at);
    }
    findings.add(
        &BEGIN_INSIDE_CARD,
        at,
        at.first_line(),
        format!("BEGIN:{} inside of a card", shown(at.line.raw_value())),
    );
}

fn parameters(findings: &mut Findings, at: &LineAt<'_>) {
    let Some(parameters) = at.line.parameter_text() else {
        return;
    };
    findings.add(
        &BEGIN_PARAMETERS,
        at,
        at.of_head(parameters),
        format!(
            "{} has parameters, so that it is no {0} line to any reader",
            at.line.name()
        ),
    );
}

/// That a card has no END.
pub(super) fn end_missing(
    card: &Card,
    begin: &LineAt<'_>,
    profile: Profile,
    standard: Version,
) -> Option<Diagnostic> {
    if card.is_closed() {
        return None;
    }
    let mut findings = Findings::new(profile, standard);
    findings.add(
        &END_MISSING,
        begin,
        begin.first_line(),
        "the card has no END:VCARD",
    );
    findings.into_list().pop()
}

/// That a card begins before the one before it has ended.
pub(super) fn begin_inside_card(card: &Card, profile: Profile) -> Option<Diagnostic> {
    let property = card.lines().next()?;
    let start = card.position();
    let at = LineAt {
        property,
        line: property.line(),
        raw: property.raw(),
        byte: start.byte,
        number: start.line,
        row: None,
    };
    let standard = profile
        .version()
        .or(card.version())
        .unwrap_or(Version::V4_0);
    let mut findings = Findings::new(profile, standard);
    findings.add(
        &BEGIN_INSIDE_CARD,
        &at,
        at.first_line(),
        "BEGIN:VCARD inside of a card; expected END:VCARD before it",
    );
    findings.into_list().pop()
}
