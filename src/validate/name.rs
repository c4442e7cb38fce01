//! Rules about groups and names.

use alloc::borrow::Cow;
use alloc::format;

use super::card::is_2_1;
use super::diagnostic::{Rule, Severity::Error};
use super::findings::{Findings, LineAt, Place, shown};
use crate::syntax::fold::{FoldSpace, unfold};
use crate::syntax::grammar::{is_white_space, trim_end};
use crate::syntax::line::{Flags, source_offset};

pub(super) static COLON_MISSING: Rule = Rule::new(
    "colon-missing",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.1.2"],
    "A line has a colon, outside of quotes, between its name and its value.",
    "It is no property without one, and readers skip the line or give up the card. Often the line \
     is text that lost its fold, or the rest of a quoted-printable value.",
);

pub(super) static NAME_EMPTY: Rule = Rule::new(
    "name-empty",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.1.2"],
    "A property has a name.",
    "Nobody can know what the value is.",
);

pub(super) static NAME_INVALID: Rule = Rule::new(
    "name-invalid",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.9"],
    "A name is made of letters, digits and hyphens; one that begins with X- goes on after that.",
    "Readers skip the property or give up the card. vCard 2.1 has other characters in names too, \
     but for brackets and delimiters.",
);

pub(super) static WHITE_SPACE_IN_NAME: Rule = Rule::new(
    "white-space-in-name",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2426, 5", "vCard 2.1, 2.9"],
    "There is no white space in a name, or between it and what follows.",
    "Readers take the white space for a part of the name, and do not know the property.",
);

pub(super) static GROUP_EMPTY: Rule = Rule::new(
    "group-empty",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.9"],
    "A dot before the name ends the name of a group.",
    "Remove the dot.",
);

pub(super) static GROUP_INVALID: Rule = Rule::new(
    "group-invalid",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.9"],
    "The name of a group is made of letters, digits and hyphens.",
    "Readers skip the property or give up the card. vCard 2.1 has other characters in groups too, \
     but for brackets and delimiters.",
);

pub(super) static GROUP_NESTED: Rule = Rule::new(
    "group-nested",
    [None, Some(Error), Some(Error)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2"],
    "A property is in one group at most.",
    "Only vCard 2.1 has groups of groups. Readers take the first dot for the end of the group, and \
     do not know the property.",
);

fn is_token(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

/// The word of vCard 2.1: printable ASCII other than white space and delimiters.
fn is_word(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .all(|byte| byte.is_ascii_graphic() && !b"[]=:.,;".contains(byte))
}

/// The token grammar of the version, over the byte where it is first broken.
fn first_invalid(findings: &Findings, bytes: &[u8]) -> Option<usize> {
    let fits = if is_2_1(findings) { is_word } else { is_token };
    bytes
        .iter()
        .position(|byte| !fits(core::slice::from_ref(byte)))
}

fn expected(findings: &Findings) -> &'static str {
    match is_2_1(findings) {
        true => "printable ASCII without white space and []=:.,;",
        false => "letters, digits and hyphens",
    }
}

/// Of a property whose name and colon were found.
pub(super) fn check(findings: &mut Findings, at: &LineAt<'_>) {
    let name = at.line.name_bytes();
    // A name that the registry has is a good one.
    if at.row.is_none() {
        property_name(findings, at, name, &|part| at.of_head(part));
    }
    let head = at.line.head();
    if head.len() > name.len() {
        let after = (name.as_ptr() as usize - head.as_ptr() as usize) + name.len();
        let spaces = head
            .iter()
            .skip(after)
            .take_while(|byte| is_white_space(**byte))
            .count();
        if spaces > 0 {
            findings.add(
                &WHITE_SPACE_IN_NAME,
                at,
                at.in_head(after..after + spaces),
                format!("white space after the name {}; expected none", shown(name)),
            );
        }
        if let Some(group) = at.line.group() {
            property_group(findings, at, group.as_bytes(), &|part| at.of_head(part));
        }
    }
}

type Where<'p> = &'p dyn Fn(&[u8]) -> Place;

fn property_name(findings: &mut Findings, at: &LineAt<'_>, name: &[u8], place: Where<'_>) {
    if name.len() == 2 && name.eq_ignore_ascii_case(b"X-") {
        return findings.add(
            &NAME_INVALID,
            at,
            place(name),
            "the name X- goes on with at least one character",
        );
    }
    let Some(first) = first_invalid(findings, name) else {
        return;
    };
    let byte = name.get(first).copied().unwrap_or_default();
    if is_white_space(byte) {
        return findings.add(
            &WHITE_SPACE_IN_NAME,
            at,
            place(name.get(first..=first).unwrap_or_default()),
            format!("white space in the name \"{}\"; expected none", shown(name)),
        );
    }
    findings.add(
        &NAME_INVALID,
        at,
        place(name),
        format!(
            "the name \"{}\" holds {}; expected {}",
            shown(name),
            character(name, first),
            expected(findings)
        ),
    );
}

fn property_group(findings: &mut Findings, at: &LineAt<'_>, group: &[u8], place: Where<'_>) {
    if group.contains(&b'.') && !is_2_1(findings) {
        return findings.add(
            &GROUP_NESTED,
            at,
            place(group),
            format!(
                "\"{}\" is a group in a group; expected one name and one dot",
                shown(group)
            ),
        );
    }
    let invalid = group
        .split(|byte| *byte == b'.')
        .find_map(|part| first_invalid(findings, part).map(|first| (part, first)));
    if let Some((part, first)) = invalid {
        findings.add(
            &GROUP_INVALID,
            at,
            place(group),
            format!(
                "the group \"{}\" holds {}; expected {}",
                shown(group),
                character(part, first),
                expected(findings)
            ),
        );
    }
}

/// The character at `at`, for a message.
fn character(bytes: &[u8], at: usize) -> Cow<'static, str> {
    let rest = bytes.get(at..).unwrap_or_default();
    let rest = rest.get(..4).unwrap_or(rest);
    let valid = match core::str::from_utf8(rest) {
        Ok(text) => text,
        Err(error) => core::str::from_utf8(rest.get(..error.valid_up_to()).unwrap_or_default())
            .unwrap_or_default(),
    };
    match valid.chars().next() {
        Some(character) if !character.is_control() => Cow::Owned(format!("\"{character}\"")),
        _ => Cow::Owned(format!(
            "the octet {:02X}",
            rest.first().copied().unwrap_or_default()
        )),
    }
}

/// Of a line in which no name and colon were found: why not.
pub(super) fn malformed(findings: &mut Findings, at: &LineAt<'_>) {
    let content = at.content();
    let folded = at.flags().has(Flags::VALUE_FOLDED) || at.flags().has(Flags::HEAD_FOLDED);
    let line = match folded {
        true => unfold(content, FoldSpace::Removed),
        false => Cow::Borrowed(content),
    };
    let place = |part: &[u8]| {
        let start = part.as_ptr() as usize - line.as_ptr() as usize;
        Place::from(match (folded, part.len()) {
            (true, 0) => source_offset(content, start)..source_offset(content, start),
            (true, length) => {
                source_offset(content, start)..source_offset(content, start + length - 1) + 1
            }
            (false, length) => start..start + length,
        })
    };
    let indent = line
        .iter()
        .take_while(|byte| is_white_space(**byte))
        .count();
    let line_text = line.get(indent..).unwrap_or_default();
    if !has_colon(line_text) {
        return findings.add(
            &COLON_MISSING,
            at,
            at.first_line(),
            "no colon after the name; expected NAME:value",
        );
    }
    let end = line_text
        .iter()
        .position(|byte| matches!(byte, b':' | b';'))
        .unwrap_or(line_text.len());
    let head = trim_end(line_text.get(..end).unwrap_or_default());
    let (group, name) = match memchr::memrchr(b'.', head) {
        Some(dot) => (head.get(..dot), head.get(dot + 1..).unwrap_or_default()),
        None => (None, head),
    };
    if name.is_empty() {
        return findings.add(
            &NAME_EMPTY,
            at,
            place(line_text.get(..=end).unwrap_or_default()),
            "no name before the colon",
        );
    }
    if group.is_some_and(<[u8]>::is_empty) {
        return findings.add(
            &GROUP_EMPTY,
            at,
            place(head.get(..1).unwrap_or_default()),
            "no group before the dot; expected its name, or no dot",
        );
    }
    if let Some(group) = group {
        property_group(findings, at, group, &place);
    }
    property_name(findings, at, name, &place);
    if name.len() > usize::from(u16::MAX) || group.is_some_and(|g| g.len() > usize::from(u16::MAX))
    {
        findings.add(
            &NAME_INVALID,
            at,
            at.first_line().start..at.first_line().start + 1,
            "the name is longer than any name",
        );
    }
}

/// Whether there is a colon outside of quotes.
fn has_colon(line: &[u8]) -> bool {
    let mut quoted = false;
    line.iter().any(|byte| {
        quoted ^= *byte == b'"';
        *byte == b':' && !quoted
    })
}
