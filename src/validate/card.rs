//! One card, line by line, in one pass.

use alloc::vec::Vec;

use super::findings::{Findings, LineAt, Param};
use super::profile::Profile;
use super::{
    encoding, escape, frame, line, name, occurrence, parameter, parameter_value, permit, property,
    relation, value, version,
};
use crate::card::{Card, PropertyRef};
use crate::diagnostic::Diagnostic;
use crate::registry::{self, ParameterId};
use crate::syntax::grammar::trim;
use crate::syntax::line::{Flags, physical_end};
use crate::version::Version;

/// What was found in a card.
pub(super) struct Checked {
    pub findings: Vec<Diagnostic>,
    /// That it has no END, which is another fault when a BEGIN follows.
    pub unclosed: Option<Diagnostic>,
}

/// What kinds of octets occur in a card at all, so that a line of a plain one need not be searched.
#[derive(Clone, Copy)]
pub(super) struct Octets {
    /// C0 control characters other than tab, CR and LF, and DEL.
    pub control: bool,
    pub non_ascii: bool,
    pub backslash: bool,
    /// Whether all is UTF-8, taken without unfolding.
    pub utf8: bool,
}

impl Octets {
    fn of(bytes: &[u8]) -> Self {
        let mut control = 0;
        let mut all = 0;
        let mut backslash = 0;
        for chunk in bytes.chunks(4096) {
            for byte in chunk {
                // Without a branch, so that the compiler takes many octets at a time.
                control |= u8::from(is_control(*byte));
                all |= byte;
                backslash |= u8::from(*byte == b'\\');
            }
        }
        let non_ascii = all >= 0x80;
        Octets {
            control: control != 0,
            non_ascii,
            backslash: backslash != 0,
            utf8: !non_ascii || simdutf8::basic::from_utf8(bytes).is_ok(),
        }
    }
}

/// C0 control characters other than tab, CR and LF, and DEL.
#[inline(always)]
pub(super) fn is_control(byte: u8) -> bool {
    (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r') | (byte == 0x7F)
}

pub(super) fn check(card: &Card, profile: Profile) -> Checked {
    let bytes = card.to_bytes();
    let octets = Octets::of(&bytes);
    let declared = card.version();
    let standard = profile
        .version()
        .or(declared)
        .unwrap_or_else(|| version::nearest(card));
    let mut findings = Findings::new(profile, standard);
    let mut versions = version::Seen::default();
    let mut occurrences = occurrence::Seen::default();
    let mut relations = relation::Seen::default();
    let mut params: Vec<Param<'_>> = Vec::new();
    let start = card.position();
    let mut byte = start.byte;
    let mut number = start.line;
    let mut rest = &*bytes;
    let mut begin = None;
    let mut previous: Option<LineAt<'_>> = None;
    for property in card.lines() {
        let (skipped, lines) = written_before(rest, property, card.is_edited());
        byte += skipped as u64;
        number += lines;
        let line = property.line();
        let raw = line.raw();
        rest = rest.get(skipped + raw.len()..).unwrap_or_default();
        let flags = line.flags();
        let content = line.is_content() && !flags.has(Flags::SENTINEL);
        let at = LineAt {
            property,
            line,
            raw,
            byte,
            number,
            row: match content {
                true => registry::property(line.name_bytes()),
                false => None,
            },
        };
        findings.next_line();
        number += line::check(&mut findings, &at, octets, rest.is_empty());
        frame::check(&mut findings, &at, previous.as_ref());
        if let Some(previous) = &previous {
            encoding::base64_blank_line_missing(&mut findings, previous, &at);
        }
        if content {
            params.clear();
            collect(&mut params, &at);
            name::check(&mut findings, &at);
            if !params.is_empty() {
                parameter::check(&mut findings, &at, &params, octets);
            }
            encoding::check(&mut findings, &at, &params, octets);
            escape::check(&mut findings, &at, octets);
            version::check(&mut findings, &at, &mut versions);
            let value_type = property::check(&mut findings, &at, &params);
            permit::check(&mut findings, &at, &params, value_type);
            if !params.is_empty() {
                parameter_value::check(&mut findings, &at, &params);
            }
            value::check(&mut findings, &at, value_type);
            occurrences.note(&mut findings, &at, &params);
            relations.note(&mut findings, &at, &params);
        } else if flags.has(Flags::MALFORMED) {
            name::malformed(&mut findings, &at);
        }
        if !at.line.is_blank() {
            versions.lines += 1;
        }
        begin.get_or_insert(at);
        previous = Some(at);
        byte += raw.len() as u64;
    }
    let Some(begin) = begin else {
        return Checked {
            findings: Vec::new(),
            unclosed: None,
        };
    };
    version::missing(&mut findings, &begin, &versions);
    version::not_of_profile(&mut findings, &begin, card, profile);
    occurrences.missing(&mut findings, &begin);
    relations.finish(&mut findings);
    let unclosed = frame::end_missing(card, &begin, profile, standard);
    Checked {
        findings: findings.into_list(),
        unclosed,
    }
}

/// The parameters of a line, and what each is known as.
fn collect<'a>(params: &mut Vec<Param<'a>>, at: &LineAt<'a>) {
    if at.line.head().len() <= at.line.name_bytes().len() {
        return;
    }
    for parameter in at.property.parameters() {
        let id = match parameter.name_bytes() {
            Some(name) => registry::parameter(name).map(|row| row.id),
            // A name without a value.
            None if registry::parameter(trim(parameter.raw())).is_some() => None,
            None => match parameter.meaning() {
                "ENCODING" => Some(ParameterId::ENCODING),
                "VALUE" => Some(ParameterId::VALUE),
                _ => Some(ParameterId::TYPE),
            },
        };
        params.push(Param { parameter, id });
    }
}

/// Line endings that writing an edited card puts before a line: what keeps two lines apart.
fn written_before(rest: &[u8], property: PropertyRef<'_>, edited: bool) -> (usize, u64) {
    let mut skipped = 0;
    let mut lines = 0;
    if edited {
        while let Some(here) = rest.get(skipped..)
            && !here.starts_with(property.raw())
            && matches!(here.first(), Some(b'\r' | b'\n'))
            && let Some(end) = physical_end(here, 0, true)
        {
            skipped += end.next;
            lines += 1;
        }
    }
    (skipped, lines)
}

/// The version that a card is judged and read by.
pub(super) fn is_2_1(findings: &Findings) -> bool {
    findings.standard == Version::V2_1
}
