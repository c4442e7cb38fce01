//! What was found in a card so far: several faults of one rule in one line are one finding.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::diagnostic::{Diagnostic, Rule, Severity};
use super::fix::Fix;
use super::placed_line::{PlacedLine, SpanIn};
use super::profile::Profile;
use crate::error::Position;
use crate::registry::{Column, PropertyRow};
use crate::syntax::physical::physical_end;
use crate::syntax::span::slice;
use crate::version::Version;

/// Numbers and names of a card beyond this are not remembered; no card of an address book has as
/// many.
pub(super) const REMEMBERED: usize = 10_000;

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

    /// Whether the card is held against 2.1.
    pub fn is_2_1(&self) -> bool {
        self.standard == Version::V2_1
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
        line: &PlacedLine<'_>,
        span: impl Into<SpanIn>,
        message: impl Into<Cow<'static, str>>,
    ) {
        self.add_citing(None, rule, line, span, message);
    }

    /// As [`add`](Self::add), with a section that says it for this property or parameter.
    pub fn add_citing(
        &mut self,
        section: Option<&'static str>,
        rule: &'static Rule,
        line: &PlacedLine<'_>,
        span: impl Into<SpanIn>,
        message: impl Into<Cow<'static, str>>,
    ) {
        self.last = None;
        if let Some(severity) = self.profile.severity(rule, self.standard) {
            self.add_citing_as(severity, section, rule, line, span, message);
        }
    }

    /// As [`add`](Self::add), with a severity of its own.
    pub fn add_as(
        &mut self,
        severity: Severity,
        rule: &'static Rule,
        line: &PlacedLine<'_>,
        span: impl Into<SpanIn>,
        message: impl Into<Cow<'static, str>>,
    ) {
        self.add_citing_as(severity, None, rule, line, span, message);
    }

    /// As [`add`](Self::add), with a severity and a section of its own.
    pub fn add_citing_as(
        &mut self,
        severity: Severity,
        section: Option<&'static str>,
        rule: &'static Rule,
        line: &PlacedLine<'_>,
        span: impl Into<SpanIn>,
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
                let span = line.in_line(span.into());
                self.push(severity, rule, line, span, message.into());
                if let (Some(section), Some(finding)) = (section, self.list.last_mut()) {
                    finding.section = section;
                }
            }
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

    /// Adds a finding that is reported once for all lines of the card.
    pub fn count(
        &mut self,
        rule: &'static Rule,
        line: &PlacedLine<'_>,
        span: Range<usize>,
        message: impl FnOnce() -> Cow<'static, str>,
    ) {
        self.count_many(1, rule, line, span, message);
    }

    /// As [`count`](Self::count), for what was found `times` in one line.
    pub fn count_many(
        &mut self,
        times: u32,
        rule: &'static Rule,
        line: &PlacedLine<'_>,
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
                self.push(severity, rule, line, span, message());
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
        line: &PlacedLine<'_>,
        span: Range<usize>,
        message: Cow<'static, str>,
    ) {
        let found = Found {
            rule,
            start: line.position(span.start),
            bytes: slice(line.raw(), span),
            message,
        };
        let section = rule.section_in(self.standard);
        self.list.push(found.under(self.profile, severity, section));
    }
}

/// What was found, before it is known how much it matters.
pub(super) struct Found<'a> {
    pub rule: &'static Rule,
    pub start: Position,
    /// The bytes in question.
    pub bytes: &'a [u8],
    pub message: Cow<'static, str>,
}

impl Found<'_> {
    /// The finding; `section` is where the rule stands if the profile does not say otherwise.
    pub fn under(self, profile: Profile, severity: Severity, section: &'static str) -> Diagnostic {
        Diagnostic {
            rule: self.rule,
            severity,
            section: profile.section(self.rule).unwrap_or(section),
            span: self.start.byte..self.start.byte + self.bytes.len() as u64,
            line: self.start.line,
            column: self.start.column,
            message: self.message,
            snippet: snippet(self.bytes),
            count: 1,
            fix: None,
        }
    }
}

/// A few bytes of the input, for a message.
pub(super) fn shown(bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes.get(..40).unwrap_or(bytes)).into_owned();
    if bytes.len() > 40 {
        text.push('…');
    }
    text.replace(char::is_control, "\u{FFFD}")
}

fn snippet(bytes: &[u8]) -> Cow<'static, str> {
    let line = physical_end(bytes, 0, true).map_or(0, |end| end.content);
    match slice(bytes, 0..line.min(Diagnostic::SNIPPET)) {
        [] => Cow::Borrowed(""),
        bytes => Cow::Owned(String::from_utf8_lossy(bytes).replace(char::is_control, "\u{FFFD}")),
    }
}
