//! Repairs: edits of a card that remove a finding.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::diagnostic::Diagnostic;
use super::driver::validate_in_batches;
use super::findings::shown_up_to;
use super::report::Report;
use super::rule::Rule;
use super::rules::streams;
use crate::card::{Card, EntryId};
use crate::syntax::physical::line_breaks;

/// More repairs than one line can need one after the other.
const ROUNDS: usize = 16;

impl Report {
    /// Makes every repair there is to the card that was checked; how many were made.
    ///
    /// A line that needs several is repaired, checked again and repaired again, so that there is
    /// nothing left to do for a second call. A repair that does not work is left out: check the
    /// card again to see what is left.
    ///
    /// ```
    /// use vcardinal::{Card, validate::{Profile, validate}};
    ///
    /// let mut card = Card::parse(
    ///     "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Quist, Ada\r\nREV:1996-10-22T14:00:00Z\r\nEND:VCARD\r\n",
    /// )?;
    /// assert_eq!(validate(&card, Profile::Declared).repair(&mut card), 2);
    /// assert!(card.to_string().contains("FN:Quist\\, Ada\r\nREV:19961022T140000Z\r\n"));
    /// assert!(validate(&card, Profile::Declared).is_clean());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn repair(&self, card: &mut Card) -> usize {
        self.repair_where(card, |_| true)
    }

    /// As [`repair`](Self::repair), but makes the repairs of some findings only.
    ///
    /// ```
    /// use vcardinal::{Card, validate::{Profile, validate}};
    ///
    /// let mut card = Card::parse(
    ///     "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Quist, Ada\r\nREV:1996-10-22T14:00:00Z\r\nEND:VCARD\r\n",
    /// )?;
    /// let report = validate(&card, Profile::Declared);
    /// assert_eq!(report.repair_where(&mut card, |finding| finding.rule.id != "comma-unescaped"), 1);
    /// assert!(card.to_string().contains("FN:Quist, Ada\r\nREV:19961022T140000Z\r\n"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn repair_where(&self, card: &mut Card, wanted: impl Fn(&Diagnostic) -> bool) -> usize {
        let mut made = 0;
        self.repair_each(card, wanted, |_| made += 1);
        made
    }

    /// As [`repair_where`](Self::repair_where), and tells of each repair what it changed.
    ///
    /// ```
    /// use vcardinal::{Card, validate::{Profile, validate}};
    ///
    /// let mut card = Card::parse(
    ///     "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nTEL;TYPE=;TYPE=cell:1\r\nEND:VCARD\r\n",
    /// )?;
    /// let mut log = Vec::new();
    /// validate(&card, Profile::Declared).repair_each(&mut card, |_| true, |repair| {
    ///     log.push(repair.to_string());
    /// });
    /// assert_eq!(
    ///     log,
    ///     ["line 4: remove TYPE [parameter-value-missing]\n- TEL;TYPE=;TYPE=cell:1\n+ TEL;TYPE=cell:1"]
    /// );
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn repair_each(
        &self,
        card: &mut Card,
        wanted: impl Fn(&Diagnostic) -> bool,
        mut made: impl FnMut(Repair),
    ) {
        let mut round = Round::default();
        self.repair_lines(card, &wanted, &mut round, &mut made);
        // What a report does not list is not looked at by the first round.
        let mut goes_on = round.has_repaired() || self.is_cut();
        for _ in 1..ROUNDS {
            if !goes_on {
                break;
            }
            round.touched.clear();
            // A batch is done with before the next is found, so that a card with a fault in each line takes
            // no more memory than its report.
            let before = card.clone();
            validate_in_batches(&before, self.profile(), |report| {
                report.repair_lines(card, &wanted, &mut round, &mut made);
            });
            goes_on = round.has_repaired();
        }
    }

    /// Whether there are findings that are counted only.
    fn is_cut(&self) -> bool {
        self.iter()
            .any(|finding| core::ptr::eq(finding.rule, &streams::LIMIT_EXCEEDED))
    }

    /// At most one repair of each line in a round.
    fn repair_lines(
        &self,
        card: &mut Card,
        wanted: &impl Fn(&Diagnostic) -> bool,
        round: &mut Round,
        made: &mut impl FnMut(Repair),
    ) {
        let wanted = self.iter().filter(|finding| wanted(finding));
        for (finding, fix) in wanted.filter_map(|one| Some((one, one.fix.as_ref()?))) {
            let entry = fix.entry();
            if round.touched.contains(&entry) {
                continue;
            }
            round.places.remember(card);
            let before = line_of(card, entry);
            if fix.make(card).is_ok_and(|changed| changed) {
                round.touched.insert(entry);
                made(Repair {
                    rule: finding.rule,
                    title: String::from(fix.title()),
                    line: round.places.of(entry),
                    before,
                    after: line_of(card, entry),
                });
            }
        }
    }
}

/// One round of repairs, in which each line is repaired once.
#[derive(Default)]
struct Round {
    places: Places,
    /// The lines that were repaired.
    touched: BTreeSet<EntryId>,
}

impl Round {
    fn has_repaired(&self) -> bool {
        !self.touched.is_empty()
    }
}

/// The bytes of a line; nothing where it is gone.
fn line_of(card: &Card, entry: EntryId) -> Vec<u8> {
    card.entry(entry)
        .map_or(Vec::new(), |line| line.raw().to_vec())
}

/// Where the lines of a card were before the first repair.
#[derive(Default)]
struct Places(BTreeMap<EntryId, u64>);

impl Places {
    fn remember(&mut self, card: &Card) {
        if !self.0.is_empty() {
            return;
        }
        let mut number = card.position().line;
        for line in card.lines() {
            self.0.insert(line.id(), number);
            number += line_breaks(line.raw());
        }
    }

    fn of(&self, entry: EntryId) -> u64 {
        self.0.get(&entry).copied().unwrap_or_default()
    }
}

/// One repair that was made: of which finding, and what became of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Repair {
    /// The rule that the line broke.
    pub rule: &'static Rule,
    /// What was done, in a few words: `write PREF=1`.
    pub title: String,
    /// The line of the input that the repaired line began at, from 1. Where all lines of the card are
    /// changed, the first.
    pub line: u64,
    /// The line as it was, with its folds and its ending.
    pub before: Vec<u8>,
    /// The line as it is now; nothing where it was removed.
    pub after: Vec<u8>,
}

/// The line, what was done, and the lines before and after as in a diff. Control characters and bytes
/// that are not UTF-8 come as U+FFFD, and a long line is cut.
impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {} [{}]", self.line, self.title, self.rule.id)?;
        for (sign, bytes) in [('-', &self.before), ('+', &self.after)] {
            let text = bytes.trim_ascii_end();
            if !text.is_empty() && self.before != self.after {
                write!(f, "\n{sign} {}", shown_up_to(text, Self::SHOWN))?;
            }
        }
        Ok(())
    }
}

impl Repair {
    /// Bytes of a line that are displayed at most.
    pub const SHOWN: usize = 200;
}
