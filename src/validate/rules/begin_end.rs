//! Rules about what delimits a card and its lines: BEGIN and END, blank lines, nested cards.

use alloc::borrow::Cow;
use alloc::format;

use super::versions;
use crate::card::Card;
use crate::registry::PropertyId;
use crate::syntax::byte_class::{is_white_space, trim};
use crate::syntax::flags::Flags;
use crate::syntax::physical::physical_end;
use crate::validate::diagnostic::Diagnostic;
use crate::validate::findings::{Findings, shown};
use crate::validate::looks_at::LooksAt;
use crate::validate::placed_line::PlacedLine;
use crate::validate::profile::Profile;
use crate::validate::rule::{
    Rule,
    Severity::{Error, Warning},
};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &BEGIN_INSIDE_CARD,
    &BEGIN_PARAMETERS,
    &WHITE_SPACE_AROUND_COLON,
    &END_MISMATCHED,
    &END_MISSING,
    &BLANK_LINE_INSIDE_CARD,
    &FOLD_FIRST_LINE,
    &AGENT_NESTED_OUTSIDE_2_1,
];

pub(in crate::validate) const LOOKS_AT: LooksAt = LooksAt {
    properties: &[PropertyId::BEGIN, PropertyId::END],
    flags: Flags::INDENTED
        .or(Flags::BLANK)
        .or(Flags::NESTED)
        .or(Flags::SENTINEL),
    ..LooksAt::NOTHING
};

pub(in crate::validate) static BEGIN_INSIDE_CARD: Rule = Rule::new(
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

pub(in crate::validate) static BEGIN_PARAMETERS: Rule = Rule::new(
    "begin-parameters",
    [None, Some(Error), Some(Error)],
    &["RFC 6350, 6.1.1", "RFC 6350, 6.1.2", "RFC 2426, 4"],
    "BEGIN and END have no parameters and, in 4.0, no group.",
    "Readers look for the exact line BEGIN:VCARD, and do not see the card or its end otherwise. A \
     group is allowed in 3.0.",
);

pub(in crate::validate) static WHITE_SPACE_AROUND_COLON: Rule = Rule::new(
    "white-space-around-colon",
    [None, Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2426, 5"],
    "BEGIN and END lines hold no white space.",
    "vCard 2.1 allows white space around the colon, later versions do not. Readers look for the \
     exact line BEGIN:VCARD, and do not see the card or its end otherwise.",
);

pub(in crate::validate) static END_MISMATCHED: Rule = Rule::new(
    "end-mismatched",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 6.1.2", "RFC 2426, 2.1.1", "vCard 2.1, 2.1.1"],
    "END in a card has the value VCARD.",
    "END of anything else ends nothing here; many readers stop at it.",
);

pub(in crate::validate) static END_MISSING: Rule = Rule::new(
    "end-missing",
    [None, Some(Error), Some(Error)],
    &["RFC 6350, 6.1.2", "RFC 6350, 3.3", "RFC 2426, 2.1.1"],
    "A card ends with END:VCARD.",
    "The input was cut off, and more than this line may be lost; most readers drop the card. A 2.1 \
     card may end where the input ends.",
);

pub(in crate::validate) static BLANK_LINE_INSIDE_CARD: Rule = Rule::new(
    "blank-line-inside-card",
    [None, Some(Warning), Some(Warning)],
    &["RFC 6350, 3.3", "RFC 2426, 4"],
    "There are no blank lines in a card.",
    "vCard 2.1 allows them between properties, and 3.0 directly after BEGIN. Readers skip them. \
     Reported once a card, with the number of lines.",
);

pub(in crate::validate) static FOLD_FIRST_LINE: Rule = Rule::new(
    "fold-first-line",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.2", "RFC 2425, 5.8.1", "vCard 2.1, 2.1.3"],
    "A line that begins with white space continues a property before it.",
    "After BEGIN or a blank line there is none. Taken literally the line belongs to BEGIN, which \
     then begins no card. Remove the white space.",
);

pub(in crate::validate) static AGENT_NESTED_OUTSIDE_2_1: Rule = Rule::new(
    "agent-nested-outside-2.1",
    [None, Some(Error), Some(Error)],
    &["RFC 6350, A.2", "RFC 2426, 2.4.2", "RFC 2426, 3.5.4"],
    "Only in 2.1 does a card lie on the lines after an AGENT property.",
    "In 3.0 the card is the value, as one escaped text; in 4.0 RELATED with TYPE=agent points to \
     it. Readers of these versions take the inner END for the end of the outer card.",
);

pub(in crate::validate) fn check(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    previous: Option<&PlacedLine<'_>>,
) {
    let flags = line.flags();
    if flags.has(Flags::SENTINEL) {
        return sentinel(findings, line);
    }
    if flags.has(Flags::BLANK) {
        return blank_line_inside_card(findings, line, previous);
    }
    if flags.has(Flags::INDENTED) {
        fold_first_line(findings, line);
    }
    if flags.has(Flags::NESTED) {
        agent_nested_outside_2_1(findings, line);
    }
    if matches!(line.content.name_bytes().len(), 3 | 5) {
        let end = line.content.is("END");
        match end || line.content.is("BEGIN") {
            true if is_vcard(line) => begin_parameters(findings, line),
            true if end => end_mismatched(findings, line),
            true => begin_of_other(findings, line),
            false => {}
        }
    }
}

fn sentinel(findings: &mut Findings, line: &PlacedLine<'_>) {
    let content = line.without_ending();
    // The usual case: nothing but BEGIN:VCARD or END:VCARD.
    if content.len() <= 11 && !content.iter().copied().any(is_white_space) {
        return;
    }
    begin_group(findings, line);
    white_space_around_colon(findings, line);
}

fn begin_group(findings: &mut Findings, line: &PlacedLine<'_>) {
    if let Some(group) = line.content.group()
        && (findings.standard == Version::V4_0 || findings.profile == Profile::CardDav)
    {
        let message = format!(
            "{} has the group \"{}\"",
            line.content.name(),
            shown(group.as_bytes())
        );
        let span = line.span_of(group.as_bytes());
        findings.add(&BEGIN_PARAMETERS, line, span, message);
    }
}

fn begin_parameters(findings: &mut Findings, line: &PlacedLine<'_>) {
    if let Some(parameters) = line.content.parameter_text() {
        findings.add(
            &BEGIN_PARAMETERS,
            line,
            line.span_of(parameters),
            format!(
                "{} has parameters, so no reader takes it for a {0} line",
                line.content.name()
            ),
        );
    }
}

fn white_space_around_colon(findings: &mut Findings, line: &PlacedLine<'_>) {
    if line.flags().has(Flags::HEAD_FOLDED) || line.flags().has(Flags::VALUE_FOLDED) {
        return;
    }
    let content = line.without_ending();
    let Some(start) = content.iter().position(|byte| is_white_space(*byte)) else {
        return;
    };
    let after = content.iter().skip(start);
    let spaces = after.take_while(|byte| is_white_space(**byte)).count();
    findings.add(
        &WHITE_SPACE_AROUND_COLON,
        line,
        start..start + spaces,
        format!("white space in the {} line", line.content.name()),
    );
}

fn blank_line_inside_card(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    previous: Option<&PlacedLine<'_>>,
) {
    let after_begin =
        previous.is_some_and(|line| line.flags().has(Flags::SENTINEL) && line.content.is("BEGIN"));
    if after_begin && findings.standard == Version::V3_0 {
        return;
    }
    // A run of them is one line to the reader, however long.
    let mut lines = 0;
    let mut start = 0;
    let mut first = 0..line.raw().len();
    while let Some(end) = physical_end(line.raw(), start, true).filter(|end| end.next > start) {
        if lines == 0 {
            first = 0..end.next;
        }
        lines += 1;
        start = end.next;
    }
    findings.count_many(lines, &BLANK_LINE_INSIDE_CARD, line, first, || {
        Cow::Borrowed("a blank line inside of the card")
    });
}

fn fold_first_line(findings: &mut Findings, line: &PlacedLine<'_>) {
    let indent = line.raw().iter().take_while(|byte| is_white_space(**byte));
    findings.add(
        &FOLD_FIRST_LINE,
        line,
        0..indent.count(),
        "the line begins with white space, but there is no property before it to continue",
    );
}

fn agent_nested_outside_2_1(findings: &mut Findings, line: &PlacedLine<'_>) {
    findings.add(
        &AGENT_NESTED_OUTSIDE_2_1,
        line,
        line.first_line(),
        "the agent's card stands on lines of its own, as only 2.1 has it",
    );
}

fn is_vcard(line: &PlacedLine<'_>) -> bool {
    trim(line.content.raw_value()).eq_ignore_ascii_case(b"VCARD")
}

fn end_mismatched(findings: &mut Findings, line: &PlacedLine<'_>) {
    findings.add(
        &END_MISMATCHED,
        line,
        line.span_of_value(),
        format!(
            "END:{} in a card; expected END:VCARD",
            shown(line.content.raw_value())
        ),
    );
}

/// BEGIN that begins no card.
fn begin_of_other(findings: &mut Findings, line: &PlacedLine<'_>) {
    findings.add(
        &BEGIN_INSIDE_CARD,
        line,
        line.first_line(),
        format!("BEGIN:{} inside of a card", shown(line.content.raw_value())),
    );
}

/// That a card begins before the one before it has ended.
pub(in crate::validate) fn begin_inside_card(card: &Card, profile: Profile) -> Option<Diagnostic> {
    let line = PlacedLine::new(card.lines().next()?, card.position());
    let mut findings = Findings::new(profile, versions::standard(card, profile));
    findings.add(
        &BEGIN_INSIDE_CARD,
        &line,
        line.first_line(),
        "BEGIN:VCARD inside of a card; expected END:VCARD before it",
    );
    findings.take_list().pop()
}

/// That a card has no END.
pub(in crate::validate) fn end_missing(
    card: &Card,
    begin: &PlacedLine<'_>,
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
    findings.take_list().pop()
}
