//! Where a line stands, and what was found so far.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::profile::Profile;
use crate::card::PropertyRef;
use crate::diagnostic::{Diagnostic, Fix, Rule, Severity, section_in};
use crate::registry::{Column, ParameterId, PropertyRow};
use crate::syntax::ContentLine;
use crate::syntax::ParameterRef;
use crate::syntax::byte_class::is_white_space;
use crate::syntax::flags::Flags;
use crate::syntax::fold::{head_offset, source_offset};
use crate::syntax::physical::physical_end;
use crate::version::Version;

/// A part of a line. Where it is in the input is looked up once a finding is new: back over the
/// folds of a long line that is work, and a hostile line has the same fault many times.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// Of the line as in the input.
    Raw(Range<usize>),
    /// Of the unfolded head.
    Head(Range<usize>),
    /// Of the unfolded value.
    Value(Range<usize>),
}

impl From<Range<usize>> for Place {
    fn from(span: Range<usize>) -> Self {
        Place::Raw(span)
    }
}

/// One line of a card and where it stands in the input.
#[derive(Clone, Copy)]
pub(super) struct LineAt<'a> {
    pub property: PropertyRef<'a>,
    pub line: ContentLine<'a>,
    /// As in the input, with folds and line ending.
    pub raw: &'a [u8],
    /// Offset of its first byte in the input.
    pub byte: u64,
    /// Number of its first physical line.
    pub number: u64,
    /// The row of the property, if it has one.
    pub row: Option<&'static PropertyRow>,
}

/// One parameter of a line and what it is known as.
#[derive(Clone, Copy)]
pub(super) struct Param<'a> {
    pub parameter: ParameterRef<'a>,
    pub id: Option<ParameterId>,
}

impl<'a> Param<'a> {
    /// Its first value.
    pub fn value(&self) -> Cow<'a, str> {
        self.parameter.value()
    }
}

impl<'a> LineAt<'a> {
    pub fn flags(&self) -> Flags {
        self.line.flags()
    }

    /// Offset in the raw line of its ending.
    pub fn content_end(&self) -> usize {
        self.raw.len().saturating_sub(self.flags().ending())
    }

    /// Its number in the card.
    pub fn entry(&self) -> u32 {
        self.property.id().index() as u32
    }

    /// Where the standard of the version defines the property.
    pub fn section(&self, version: Version) -> Option<&'static str> {
        section_in(self.row?.sections, version)
    }

    /// Its bytes without the ending.
    pub fn content(&self) -> &'a [u8] {
        self.raw.get(..self.content_end()).unwrap_or_default()
    }

    /// Offset in the raw line of the value.
    pub fn value_at(&self) -> usize {
        self.content_end() - self.line.raw_value().len()
    }

    /// The place in the raw line of a part of the value as it stands in the input.
    pub fn in_raw_value(&self, span: Range<usize>) -> Place {
        let at = self.value_at();
        Place::Raw(at + span.start..at + span.end)
    }

    /// The place of a part of the unfolded value.
    pub fn in_value(&self, span: Range<usize>) -> Place {
        Place::Value(span)
    }

    /// The place of a part of the unfolded head.
    pub fn in_head(&self, span: Range<usize>) -> Place {
        Place::Head(span)
    }

    /// The place of a part of the unfolded head, given as a slice of it.
    pub fn of_head(&self, part: &[u8]) -> Place {
        let at = (part.as_ptr() as usize).saturating_sub(self.line.head().as_ptr() as usize);
        Place::Head(at..at + part.len())
    }

    /// From the name to the end of the head.
    pub fn name_to_value(&self) -> Range<usize> {
        self.resolve(self.of_head(self.line.name_bytes())).start..self.value_at()
    }

    /// Looks up a place in the raw line, back over the folds.
    fn resolve(&self, place: Place) -> Range<usize> {
        match place {
            Place::Raw(span) => span,
            Place::Value(span) => {
                let at = self.value_at();
                if !self.flags().has(Flags::VALUE_FOLDED) {
                    return at + span.start..at + span.end;
                }
                let value = self.line.raw_value();
                let kept = self.property.version() == Some(Version::V2_1) && !self.line.is_base64();
                self.between(at, span, |offset| match kept {
                    true => kept_offset(value, offset),
                    false => source_offset(value, offset),
                })
            }
            Place::Head(span) => {
                let colon = self.value_at().saturating_sub(1);
                if !self.flags().has(Flags::HEAD_FOLDED) {
                    let at = colon.saturating_sub(self.line.head().len());
                    return at + span.start..at + span.end;
                }
                let indent = self
                    .raw
                    .iter()
                    .take_while(|byte| is_white_space(**byte))
                    .count();
                let head = self.raw.get(..colon).unwrap_or_default();
                self.between(0, span, |offset| head_offset(head, indent + offset))
            }
        }
    }

    /// The end of a part is after its last byte, not after a fold that follows it.
    fn between(
        &self,
        at: usize,
        span: Range<usize>,
        place: impl Fn(usize) -> usize,
    ) -> Range<usize> {
        let start = at + place(span.start);
        if span.is_empty() {
            return start..start;
        }
        start..at + place(span.end - 1) + 1
    }

    /// Its first physical line, without the ending.
    pub fn first_line(&self) -> Range<usize> {
        0..physical_end(self.raw, 0, true).map_or(self.raw.len(), |end| end.content)
    }

    /// Bytes, number and column of a place in the raw line.
    fn place(&self, offset: usize) -> (u64, u64, u64) {
        let mut start = 0;
        let mut number = self.number;
        while let Some(end) = physical_end(self.raw, start, true) {
            if end.next > offset || end.next == end.content {
                break;
            }
            start = end.next;
            number += 1;
        }
        (
            self.byte + offset as u64,
            number,
            (offset - start.min(offset)) as u64 + 1,
        )
    }
}

/// As [`source_offset`], where the white space at a fold is text and only the break goes.
fn kept_offset(value: &[u8], unfolded: usize) -> usize {
    let mut left = unfolded;
    let mut start = 0;
    while let Some(end) = physical_end(value, start, true) {
        let length = end.content - start;
        if left < length || end.next >= value.len() {
            break;
        }
        left -= length;
        start = end.next;
    }
    start + left
}

/// A few bytes of the input, for a message.
pub(super) fn shown(bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes.get(..40).unwrap_or(bytes)).into_owned();
    if bytes.len() > 40 {
        text.push('…');
    }
    text.replace(char::is_control, "\u{FFFD}")
}

pub(super) fn snippet(bytes: &[u8]) -> Cow<'static, str> {
    let line = physical_end(bytes, 0, true).map_or(0, |end| end.content);
    let bytes = bytes
        .get(..line.min(Diagnostic::SNIPPET))
        .unwrap_or_default();
    match bytes {
        [] => Cow::Borrowed(""),
        bytes => Cow::Owned(String::from_utf8_lossy(bytes).replace(char::is_control, "\u{FFFD}")),
    }
}

/// The findings of one card.
pub(super) struct Findings {
    pub profile: Profile,
    /// What the card is held against.
    pub standard: Version,
    /// Whether lines are written by the version they are held against, so that a repair is right.
    pub repairs: bool,
    list: Vec<Diagnostic>,
    /// Where in the list the findings of the current line begin.
    line: usize,
    /// The finding that the last call of an adding function was about.
    last: Option<usize>,
    /// Where the findings are that are reported once for the whole card.
    counted: Vec<(&'static str, usize)>,
}

impl Findings {
    pub fn new(profile: Profile, standard: Version) -> Self {
        Findings {
            profile,
            standard,
            repairs: true,
            list: Vec::new(),
            line: 0,
            last: None,
            counted: Vec::new(),
        }
    }

    pub fn into_list(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|finding| finding.span.start);
        self.list
    }

    /// What the standard, as the profile has it, says about a property.
    pub fn column(&self, row: &'static PropertyRow) -> Option<&'static Column> {
        self.profile.column(row, self.standard)
    }

    pub fn next_line(&mut self) {
        self.line = self.list.len();
    }

    /// Adds a finding about a part of a line; further ones of the same rule in the same line are
    /// counted only, so that one hostile line costs no more than one.
    pub fn add(
        &mut self,
        rule: &'static Rule,
        at: &LineAt<'_>,
        place: impl Into<Place>,
        message: impl Into<Cow<'static, str>>,
    ) {
        self.add_in(None, rule, at, place, message);
    }

    /// As [`add`](Self::add), with a section that says it for this property or parameter.
    pub fn add_in(
        &mut self,
        section: Option<&'static str>,
        rule: &'static Rule,
        at: &LineAt<'_>,
        place: impl Into<Place>,
        message: impl Into<Cow<'static, str>>,
    ) {
        self.last = None;
        if let Some(severity) = self.profile.severity(rule, self.standard) {
            self.add_in_as(severity, section, rule, at, place, message);
        }
    }

    /// Adds how the last finding is repaired, unless that is known.
    pub fn fix(&mut self, fix: impl FnOnce() -> Option<Fix>) {
        if self.repairs
            && let Some(finding) = self.last.and_then(|last| self.list.get_mut(last))
            && finding.fix.is_none()
            && finding.count == 1
        {
            finding.fix = fix();
        }
    }

    /// As [`add`](Self::add), with a severity of its own.
    pub fn add_as(
        &mut self,
        severity: Severity,
        rule: &'static Rule,
        at: &LineAt<'_>,
        place: impl Into<Place>,
        message: impl Into<Cow<'static, str>>,
    ) {
        self.add_in_as(severity, None, rule, at, place, message);
    }

    /// As [`add`](Self::add), with a severity and a section of its own.
    pub fn add_in_as(
        &mut self,
        severity: Severity,
        section: Option<&'static str>,
        rule: &'static Rule,
        at: &LineAt<'_>,
        place: impl Into<Place>,
        message: impl Into<Cow<'static, str>>,
    ) {
        let mut earlier = self.list.iter_mut().enumerate().skip(self.line);
        match earlier.find(|(_, finding)| core::ptr::eq(finding.rule, rule)) {
            Some((index, finding)) => {
                finding.count += 1;
                finding.severity = finding.severity.max(severity);
                self.last = Some(index);
            }
            None => {
                self.last = Some(self.list.len());
                let span = at.resolve(place.into());
                self.push(severity, rule, at, span, message.into());
                if let (Some(section), Some(finding)) = (section, self.list.last_mut()) {
                    finding.section = section;
                }
            }
        }
    }

    /// Adds a finding that is reported once for all lines of the card.
    pub fn count(
        &mut self,
        rule: &'static Rule,
        at: &LineAt<'_>,
        span: Range<usize>,
        message: impl FnOnce() -> Cow<'static, str>,
    ) {
        self.count_many(1, rule, at, span, message);
    }

    /// As [`count`](Self::count), for what was found `times` in one line.
    pub fn count_many(
        &mut self,
        times: u32,
        rule: &'static Rule,
        at: &LineAt<'_>,
        span: Range<usize>,
        message: impl FnOnce() -> Cow<'static, str>,
    ) {
        let Some(severity) = self.profile.severity(rule, self.standard) else {
            return;
        };
        let known = self.counted.iter().find(|(id, _)| *id == rule.id);
        match known.and_then(|(_, index)| self.list.get_mut(*index)) {
            Some(finding) => finding.count += times,
            None => {
                self.counted.push((rule.id, self.list.len()));
                self.push(severity, rule, at, span, message());
                if let Some(finding) = self.list.last_mut() {
                    finding.count = times;
                }
            }
        }
    }

    fn push(
        &mut self,
        severity: Severity,
        rule: &'static Rule,
        at: &LineAt<'_>,
        span: Range<usize>,
        message: Cow<'static, str>,
    ) {
        let (start, line, column) = at.place(span.start);
        self.list.push(Diagnostic {
            rule,
            severity,
            section: self
                .profile
                .section(rule)
                .unwrap_or_else(|| rule.section_in(self.standard)),
            span: start..start + span.len() as u64,
            line,
            column,
            message,
            snippet: snippet(at.raw.get(span).unwrap_or_default()),
            count: 1,
            fix: None,
        });
    }
}
