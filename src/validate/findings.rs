//! What was found in a card so far: several faults of one rule in one line are one finding.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::mem;
use core::ops::Range;

use super::diagnostic::Diagnostic;
use super::fix::Fix;
use super::placed_line::{PlacedLine, SpanIn};
use super::profile::Profile;
use super::rule::{Rule, Severity, sections_in};
use crate::position::Position;
use crate::registry::{Column, PropertyRow};
use crate::syntax::physical::physical_end;
use crate::syntax::span::slice;
use crate::syntax::wide;
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
    /// How many findings are listed.
    most: usize,
    /// The rule under which the others are counted.
    beyond: Option<&'static Rule>,
    /// The finding that counts the others.
    others: Option<Diagnostic>,
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
            most: usize::MAX,
            beyond: None,
            others: None,
        }
    }

    /// Lists at most so many findings, and counts the others under this rule.
    pub fn at_most(&mut self, most: usize, beyond: &'static Rule) {
        (self.most, self.beyond) = (most, Some(beyond));
    }

    /// All that was found, in the order of where it is.
    pub fn take_list(&mut self) -> Vec<Diagnostic> {
        let mut list = mem::take(&mut self.list);
        if let Some(others) = self.others.take() {
            list.push(others);
        }
        list.sort_by_key(|finding| finding.span.start);
        list
    }

    /// How many are listed.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// What was found so far, but for what is reported once for the whole card: that may be found again.
    pub fn take_lines(&mut self) -> Vec<Diagnostic> {
        let mut list = mem::take(&mut self.list);
        self.counted.sort_unstable_by_key(|(_, index)| *index);
        // From the end, so that the places of the others stay.
        let mut kept = Vec::with_capacity(self.counted.len());
        for (_, index) in self.counted.iter().rev() {
            if *index < list.len() {
                kept.push(list.remove(*index));
            }
        }
        kept.reverse();
        for (place, (_, index)) in self.counted.iter_mut().enumerate() {
            *index = place;
        }
        self.list = kept;
        self.last = None;
        self.next_line();
        list
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
        let severity = self.profile.at_most(rule, severity);
        let mut earlier = self.list.iter_mut().enumerate().skip(self.line);
        match earlier.find(|(_, finding)| core::ptr::eq(finding.rule, rule)) {
            Some((index, finding)) => {
                finding.count += 1;
                if severity > finding.severity {
                    finding.severity = severity;
                    let message = core::mem::take(&mut finding.message);
                    finding.message = self.profile.with_verdict(rule, severity, message);
                }
                self.last = Some(index);
            }
            None => {
                let span = line.in_line(span.into());
                self.last = self.push(severity, section, rule, line, span, message.into());
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

    /// Adds how a finding is repaired that is reported once for all lines of the card. What is done
    /// to all lines is right by any version.
    pub fn fix_counted(&mut self, rule: &'static Rule, fix: impl FnOnce() -> Option<Fix>) {
        let known = self.counted.iter().find(|(id, _)| *id == rule.id);
        if let Some(finding) = known.and_then(|(_, index)| self.list.get_mut(*index))
            && finding.fix.is_none()
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
        self.count_as(severity, times, rule, line, span, message);
    }

    /// As [`count_many`](Self::count_many), with a severity of its own.
    pub fn count_as(
        &mut self,
        severity: Severity,
        times: u32,
        rule: &'static Rule,
        line: &PlacedLine<'_>,
        span: Range<usize>,
        message: impl FnOnce() -> Cow<'static, str>,
    ) {
        let known = self.counted.iter().find(|(id, _)| *id == rule.id);
        match known.and_then(|(_, index)| self.list.get_mut(*index)) {
            Some(finding) => finding.count += times,
            None => {
                let Some(index) = self.push(severity, None, rule, line, span, message()) else {
                    return;
                };
                self.counted.push((rule.id, index));
                if let Some(finding) = self.list.get_mut(index) {
                    finding.count = times;
                }
            }
        }
    }

    /// Where in the list it is; `None` where it is counted only.
    fn push(
        &mut self,
        severity: Severity,
        section: Option<&'static str>,
        rule: &'static Rule,
        line: &PlacedLine<'_>,
        span: Range<usize>,
        message: Cow<'static, str>,
    ) -> Option<usize> {
        let span = line.whole_characters(span);
        if self.list.len() >= self.most {
            self.count_other(severity, line, span);
            return None;
        }
        let found = Found {
            rule,
            start: line.position(span.start),
            bytes: slice(line.raw(), span),
            message,
        };
        let first = section.unwrap_or_else(|| rule.section_in(self.standard));
        let mut finding = found.under(self.profile, severity, first);
        finding.see_also = finding.see_also.or_else(|| {
            line.section(self.standard)
                .into_iter()
                .chain(sections_in(rule.sections, self.standard))
                .find(|other| *other != finding.section)
        });
        self.list.push(finding);
        Some(self.list.len() - 1)
    }

    /// Counts a finding that is not listed, at the place of the first of them.
    fn count_other(&mut self, severity: Severity, line: &PlacedLine<'_>, span: Range<usize>) {
        if let Some(others) = &mut self.others {
            others.count = others.count.saturating_add(1);
            others.severity = others.severity.max(severity);
        } else if let Some(rule) = self.beyond {
            let found = Found {
                rule,
                start: line.position(span.start),
                bytes: slice(line.raw(), span),
                message: format!(
                    "more findings than the limit of {}; these are not listed",
                    self.most
                )
                .into(),
            };
            let section = rule.section_in(self.standard);
            self.others = Some(found.under(self.profile, severity, section));
        }
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
        let message = profile.with_verdict(self.rule, severity, self.message);
        Diagnostic {
            rule: self.rule,
            severity,
            section: profile.section(self.rule).unwrap_or(section),
            see_also: profile.refused_by(severity),
            span: self.start.byte..self.start.byte + self.bytes.len() as u64,
            line: self.start.line,
            column: self.start.column,
            message,
            snippet: snippet(self.bytes),
            count: 1,
            fix: None,
        }
    }
}

/// A few bytes of the input, for a message.
pub(super) fn shown(bytes: &[u8]) -> String {
    shown_up_to(bytes, 40)
}

/// As many bytes of the input, for a message.
pub(super) fn shown_up_to(bytes: &[u8], most: usize) -> String {
    let mut text = printable(bytes.get(..most).unwrap_or(bytes));
    if bytes.len() > most {
        text.push('…');
    }
    text
}

/// Bytes as text, with U+FFFD for what is not UTF-8 and for control characters.
fn printable(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    // The controls beyond ASCII are U+0080 to U+009F: C2 80 to C2 9F.
    let may_be_control = |byte: u8| (byte < 0x20) | (byte == 0x7F) | (byte == 0xC2);
    match wide::any(bytes, may_be_control) {
        true => text.replace(char::is_control, "\u{FFFD}"),
        false => text.into_owned(),
    }
}

fn snippet(bytes: &[u8]) -> Cow<'static, str> {
    let line = physical_end(bytes, 0, true).map_or(0, |end| end.content);
    // The character that the limit falls into is decoded too, and then left out.
    match slice(bytes, 0..line.min(Diagnostic::SNIPPET + 4)) {
        [] => Cow::Borrowed(""),
        bytes => {
            let mut text = printable(bytes);
            let most = (0..=Diagnostic::SNIPPET).rev();
            let end = most.into_iter().find(|end| text.is_char_boundary(*end));
            text.truncate(end.unwrap_or(0));
            Cow::Owned(text)
        }
    }
}
