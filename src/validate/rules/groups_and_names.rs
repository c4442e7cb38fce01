//! Rules about groups and names.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

use crate::registry;
use crate::syntax::byte_class::{is_in_token, is_white_space, trim_end};
use crate::syntax::flags::Flags;
use crate::syntax::fold::{source_offset, unfold};
use crate::syntax::span::slice;
use crate::validate::findings::{Findings, shown};
use crate::validate::looks_at::LooksAt;
use crate::validate::placed_line::{PlacedLine, SpanIn};
use crate::validate::rule::{Rule, Severity::Error};

pub(in crate::validate) static RULES: &[&Rule] = &[
    &COLON_MISSING,
    &NAME_EMPTY,
    &NAME_INVALID,
    &WHITE_SPACE_IN_NAME,
    &GROUP_EMPTY,
    &GROUP_INVALID,
    &GROUP_NESTED,
];

pub(in crate::validate) const LOOKS_AT: LooksAt = LooksAt::flags(Flags::MALFORMED);

pub(in crate::validate) static COLON_MISSING: Rule = Rule::new(
    "colon-missing",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.1.2"],
    "A line has a colon, outside of quotes, between its name and its value.",
    "It is no property without one, and readers skip the line or give up the card. Often the line \
     is text that lost its fold, or the rest of a quoted-printable value.",
);

pub(in crate::validate) static NAME_EMPTY: Rule = Rule::new(
    "name-empty",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.1.2"],
    "A property has a name.",
    "Nobody can know what the value is.",
);

pub(in crate::validate) static NAME_INVALID: Rule = Rule::new(
    "name-invalid",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.9"],
    "A name is made of letters, digits and hyphens; one that begins with X- goes on after that.",
    "Readers skip the property or give up the card. vCard 2.1 has other characters in names too, \
     but for brackets and delimiters.",
);

pub(in crate::validate) static WHITE_SPACE_IN_NAME: Rule = Rule::new(
    "white-space-in-name",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2426, 5", "vCard 2.1, 2.9"],
    "There is no white space in a name, or between it and what follows.",
    "Readers take the white space for a part of the name, and do not know the property.",
);

pub(in crate::validate) static GROUP_EMPTY: Rule = Rule::new(
    "group-empty",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.9"],
    "A dot before the name ends the name of a group.",
    "Remove the dot.",
);

pub(in crate::validate) static GROUP_INVALID: Rule = Rule::new(
    "group-invalid",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.9"],
    "The name of a group is made of letters, digits and hyphens.",
    "Readers skip the property or give up the card. vCard 2.1 has other characters in groups too, \
     but for brackets and delimiters.",
);

pub(in crate::validate) static GROUP_NESTED: Rule = Rule::new(
    "group-nested",
    [None, Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2"],
    "A property is in one group at most.",
    "Only vCard 2.1 has groups of groups. Readers take the first dot for the end of the group, and \
     do not know the property.",
);

/// The word of vCard 2.1: printable ASCII other than white space and delimiters.
pub(in crate::validate) fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"[]=:.,;".contains(&byte)
}

/// Where the grammar of a name in the version is first broken.
fn first_invalid(findings: &Findings, name: &[u8]) -> Option<usize> {
    let fits = match findings.is_2_1() {
        true => is_word_byte,
        false => is_in_token,
    };
    name.iter().position(|byte| !fits(*byte))
}

fn expected(findings: &Findings) -> &'static str {
    match findings.is_2_1() {
        true => "printable ASCII without white space and []=:.,;",
        false => "letters, digits and hyphens",
    }
}

/// Of a property whose name and colon were found.
pub(in crate::validate) fn check(findings: &mut Findings, line: &PlacedLine<'_>) {
    let name = line.content.name_bytes();
    let span_of: SpanOf<'_> = &|part| line.span_of(part);
    // A name that the registry has is a good one.
    if line.row.is_none() {
        property_name(findings, line, name, span_of);
    }
    if line.content.head().len() > name.len() {
        white_space_after_name(findings, line);
        if let Some(group) = line.content.group() {
            property_group(findings, line, group.as_bytes(), span_of);
        }
    }
}

/// Where in the line a slice of it is.
type SpanOf<'p> = &'p dyn Fn(&[u8]) -> SpanIn;

fn property_name(findings: &mut Findings, line: &PlacedLine<'_>, name: &[u8], span_of: SpanOf<'_>) {
    if name.len() == 2 && registry::is_private(name) {
        return findings.add(
            &NAME_INVALID,
            line,
            span_of(name),
            "the name X- goes on with at least one character",
        );
    }
    let Some(first) = first_invalid(findings, name) else {
        return;
    };
    let byte = slice(name, first..first + 1);
    if byte.iter().copied().all(is_white_space) {
        return white_space_in_name(findings, line, name, span_of(byte));
    }
    findings.add(
        &NAME_INVALID,
        line,
        span_of(name),
        format!(
            "the name \"{}\" holds {}; expected {}",
            shown(name),
            character(name, first),
            expected(findings)
        ),
    );
}

fn white_space_in_name(findings: &mut Findings, line: &PlacedLine<'_>, name: &[u8], space: SpanIn) {
    findings.add(
        &WHITE_SPACE_IN_NAME,
        line,
        space,
        format!("white space in the name \"{}\"", shown(name)),
    );
}

fn white_space_after_name(findings: &mut Findings, line: &PlacedLine<'_>) {
    let head = line.content.head();
    let name = line.content.name_bytes();
    let after = (name.as_ptr() as usize - head.as_ptr() as usize) + name.len();
    let rest = head.iter().skip(after);
    let spaces = rest.take_while(|byte| is_white_space(**byte)).count();
    if spaces > 0 {
        findings.add(
            &WHITE_SPACE_IN_NAME,
            line,
            SpanIn::Head(after..after + spaces),
            format!("white space after the name {}", shown(name)),
        );
    }
}

fn property_group(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    group: &[u8],
    span_of: SpanOf<'_>,
) {
    if group.contains(&b'.') && !findings.is_2_1() {
        return group_nested(findings, line, group, span_of(group));
    }
    let invalid = group
        .split(|byte| *byte == b'.')
        .find_map(|part| first_invalid(findings, part).map(|first| (part, first)));
    if let Some((part, first)) = invalid {
        findings.add(
            &GROUP_INVALID,
            line,
            span_of(group),
            format!(
                "the group \"{}\" holds {}; expected {}",
                shown(group),
                character(part, first),
                expected(findings)
            ),
        );
    }
}

fn group_nested(findings: &mut Findings, line: &PlacedLine<'_>, group: &[u8], span: SpanIn) {
    findings.add(
        &GROUP_NESTED,
        line,
        span,
        format!(
            "\"{}\" is a group in a group; expected one name and one dot",
            shown(group)
        ),
    );
}

/// The character that begins at an offset, for a message.
fn character(bytes: &[u8], offset: usize) -> String {
    let rest = slice(bytes, offset..bytes.len().min(offset + 4));
    let first = rest.utf8_chunks().next();
    match first.and_then(|chunk| chunk.valid().chars().next()) {
        Some(character) if !character.is_control() => format!("\"{character}\""),
        _ => format!(
            "the octet {:02X}",
            rest.first().copied().unwrap_or_default()
        ),
    }
}

/// Of a line in which no name and colon were found: why not.
pub(in crate::validate) fn malformed(findings: &mut Findings, line: &PlacedLine<'_>) {
    let content = line.without_ending();
    let folded = line.flags().has(Flags::VALUE_FOLDED) || line.flags().has(Flags::HEAD_FOLDED);
    let unfolded = match folded {
        true => unfold(content),
        false => Cow::Borrowed(content),
    };
    let span_of: SpanOf<'_> = &|part: &[u8]| {
        let start = part.as_ptr() as usize - unfolded.as_ptr() as usize;
        SpanIn::Line(match (folded, part.len()) {
            (true, 0) => source_offset(content, start)..source_offset(content, start),
            (true, length) => {
                source_offset(content, start)..source_offset(content, start + length - 1) + 1
            }
            (false, length) => start..start + length,
        })
    };
    let text = trim_start(&unfolded);
    if !has_colon(text) {
        return colon_missing(findings, line);
    }
    let end = text.iter().position(|byte| matches!(byte, b':' | b';'));
    let end = end.unwrap_or(text.len());
    let head = trim_end(slice(text, 0..end));
    let (group, name) = match memchr::memrchr(b'.', head) {
        Some(dot) => (Some(slice(head, 0..dot)), slice(head, dot + 1..head.len())),
        None => (None, head),
    };
    if name.is_empty() {
        return name_empty(findings, line, span_of(slice(text, 0..end + 1)));
    }
    if group.is_some_and(<[u8]>::is_empty) {
        return group_empty(findings, line, span_of(slice(head, 0..1)));
    }
    if let Some(group) = group {
        property_group(findings, line, group, span_of);
    }
    property_name(findings, line, name, span_of);
    let longest = usize::from(u16::MAX);
    if name.len() > longest || group.is_some_and(|group| group.len() > longest) {
        findings.add(
            &NAME_INVALID,
            line,
            0..1,
            "the name is longer than any name",
        );
    }
}

fn colon_missing(findings: &mut Findings, line: &PlacedLine<'_>) {
    findings.add(
        &COLON_MISSING,
        line,
        line.first_line(),
        "no colon after the name; expected NAME:value",
    );
}

fn name_empty(findings: &mut Findings, line: &PlacedLine<'_>, span: SpanIn) {
    findings.add(&NAME_EMPTY, line, span, "no name before the colon");
}

fn group_empty(findings: &mut Findings, line: &PlacedLine<'_>, span: SpanIn) {
    findings.add(
        &GROUP_EMPTY,
        line,
        span,
        "no group before the dot; expected its name, or no dot",
    );
}

fn trim_start(mut text: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = text
        && is_white_space(*first)
    {
        text = rest;
    }
    text
}

/// Whether there is a colon outside of quotes.
fn has_colon(line: &[u8]) -> bool {
    let mut quoted = false;
    line.iter().any(|byte| {
        quoted ^= *byte == b'"';
        *byte == b':' && !quoted
    })
}
