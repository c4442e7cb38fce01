//! Dates and times, complete, reduced and truncated. RFC 6350, 4.3; RFC 2425, 5.8.4; vCard 2.1.
//!
//! 4.0 leaves parts out: `--1210` is the tenth of December of whatever year, `1985-04` some day
//! in April. 3.0 and 2.1 only have complete dates and times, and write them with hyphens and
//! colons. All forms are read in every version; the ones the version does not have are noted.
//!
//! Fractions of a second are read and dropped: 4.0 forbids them.

mod date;
mod either;
mod time;
mod timestamp;

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "time")]
#[path = "time_crate.rs"]
mod time_crate;

pub use date::PartialDate;
pub use either::{DateAndOrTime, DateTime};
pub use time::{PartialTime, Zone};
pub use timestamp::Timestamp;

use alloc::string::String;
use core::ops::Range;

use super::{Notes, Reason, ValueError};
use crate::version::Version;

/// The number of two digits.
fn two_digits([tens, ones]: [u8; 2]) -> Option<u8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + (ones - b'0'))
}

/// Appends numbers of two digits, each with what stands before it.
fn push_pairs<const N: usize>(out: &mut String, pairs: [(&str, u8); N]) {
    for (before, number) in pairs {
        out.push_str(before);
        out.push(char::from(b'0' + number / 10 % 10));
        out.push(char::from(b'0' + number % 10));
    }
}

/// A place in the text of a date, time or offset.
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    version: Version,
    extended_noted: bool,
    /// The next number has one digit: 0 is to be read before it.
    one_digit: bool,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(raw: &'a str, version: Version) -> Self {
        Cursor {
            bytes: raw.as_bytes(),
            at: 0,
            version,
            extended_noted: false,
            one_digit: false,
        }
    }

    pub(super) const fn at(&self) -> usize {
        self.at
    }

    pub(super) const fn end(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn peek_after(&self, by: usize) -> Option<u8> {
        self.bytes.get(self.at + by).copied()
    }

    pub(super) fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn digit_follows(&self) -> bool {
        self.peek().is_some_and(|byte| byte.is_ascii_digit())
    }

    /// Lets the next number have one digit only, which is noted: 2020-4-1, where hyphens tell the
    /// numbers apart.
    fn one_digit(&mut self, hyphened: bool, notes: &mut Notes<'_>) {
        let is_digit = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_digit());
        if hyphened && self.digit_follows() && !is_digit(self.peek_after(1)) {
            let reason =
                Reason::Spelling("two digits for the month and for the day, as 1985-04-12");
            notes.add(self.at..self.at + 1, reason);
            self.one_digit = true;
        }
    }

    /// Two digits of this range.
    pub(super) fn two(
        &mut self,
        what: &'static str,
        expected: &'static str,
        low: u8,
        high: u8,
    ) -> Result<u8, ValueError> {
        let one_digit = core::mem::take(&mut self.one_digit);
        let digits = match one_digit {
            true => (Some(b'0'), self.peek()),
            false => (self.peek(), self.peek_after(1)),
        };
        let length = if one_digit { 1 } else { 2 };
        let (Some(tens @ b'0'..=b'9'), Some(ones @ b'0'..=b'9')) = digits else {
            return Err(ValueError::new(
                self.at..self.end(),
                Reason::Expected(expected),
            ));
        };
        let found = (tens - b'0') * 10 + ones - b'0';
        if !(low..=high).contains(&found) {
            let reason = Reason::OutOfRange {
                what,
                found: u32::from(found),
                low: u32::from(low),
                high: u32::from(high),
            };
            return Err(ValueError::new(self.at..self.at + length, reason));
        }
        self.at += length;
        Ok(found)
    }

    /// Notes hyphens or colons in 4.0, once for a value.
    pub(super) fn extended(&mut self, span: Range<usize>, notes: &mut Notes<'_>) {
        if self.version == Version::V4_0 && !self.extended_noted {
            self.extended_noted = true;
            notes.add(span, Reason::Extended);
        }
    }

    /// The `T` before a time; a lower case one or a space is tolerated.
    fn designator(&mut self, notes: &mut Notes<'_>) -> bool {
        match self.peek() {
            Some(b'T') => {}
            Some(b't' | b' ') => notes.add(self.at..self.at + 1, Reason::Designator),
            _ => return false,
        }
        self.at += 1;
        true
    }

    /// Nothing may follow.
    pub(super) fn finish(&self, what: &'static str) -> Result<(), ValueError> {
        if self.at < self.end() {
            return Err(ValueError::new(
                self.at..self.end(),
                Reason::TextAfter(what),
            ));
        }
        Ok(())
    }
}
