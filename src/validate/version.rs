//! Rules about VERSION.

use alloc::format;

use super::diagnostic::{
    Rule,
    Severity::{Error, Info},
};
use super::findings::{Findings, LineAt, shown};
use super::fix::{Change, Fix};
use super::profile::Profile;
use crate::card::Card;
use crate::syntax::grammar::trim;
use crate::version::Version;

pub(super) static VERSION_MISSING: Rule = Rule::new(
    "version-missing",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 6.7.9", "RFC 2426, 3.6.9", "vCard 2.1, 2.6.6"],
    "A card has a VERSION.",
    "Without it a reader cannot know how to read the rest, and many refuse the card. Such a card is \
     read and checked as 3.0 here.",
);

pub(super) static VERSION_REPEATED: Rule = Rule::new(
    "version-repeated",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 6.7.9", "RFC 2426, 3.6.9", "vCard 2.1, 2.6.6"],
    "A card has one VERSION.",
    "Readers take the first or the last. The first one whose version is known counts here. Remove \
     the others.",
);

pub(super) static VERSION_LATE: Rule = Rule::new(
    "version-late",
    [None, None, Some(Error)],
    &["RFC 6350, 6.7.9", "RFC 6350, 3.3"],
    "In 4.0, VERSION is the line after BEGIN:VCARD.",
    "Readers decide by it how to read the lines that follow. 2.1 and 3.0 have it anywhere.",
);

pub(super) static VERSION_UNKNOWN: Rule = Rule::new(
    "version-unknown",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 6.7.9", "RFC 2426, 3.6.9", "vCard 2.1, 2.6.6"],
    "VERSION is 2.1, 3.0 or 4.0.",
    "There are no others. A card that names one is checked as 4.0 if the number is larger, and as \
     3.0 otherwise.",
);

pub(super) static VERSION_NOT_OF_PROFILE: Rule = Rule::new(
    "version-not-of-profile",
    [Some(Error), Some(Error), Some(Error)],
    &[
        "RFC 6350, 6.7.9",
        "RFC 2426, 3.6.9",
        "vCard 2.1, 2.6.6",
        "RFC 6352, 6.2.2",
    ],
    "A card has a version of the profile that it is checked under.",
    "The rest of the card is held against the version of the profile. Every CardDAV server takes 3.0, \
     and one that says so takes 4.0 too, which is worth knowing. Contacts on macOS is reported to \
     refuse cards of 4.0, and to stop synchronizing at one (lennart-k/rustical#265).",
);

/// What was seen so far of a card.
#[derive(Default)]
pub(super) struct Seen {
    /// Lines before the current one, blank ones not counted.
    pub lines: usize,
    versions: usize,
    first: Option<Version>,
}

impl Seen {
    /// Notes a VERSION that stands where it should and names the version the card is read by.
    /// Whether that is all there is to say.
    pub fn note_plain(&mut self, value: &[u8], standard: Version) -> bool {
        if self.versions > 0 || self.lines != 1 || value != standard.as_str().as_bytes() {
            return false;
        }
        self.versions = 1;
        self.first = Some(standard);
        true
    }
}

/// The version that a card without a known one is held against.
pub(super) fn nearest(card: &Card) -> Version {
    let named = card
        .property("VERSION")
        .map(|property| property.value_bytes());
    match named.as_deref().map(trim).and_then(<[u8]>::first) {
        Some(b'4'..=b'9') => Version::V4_0,
        _ => Version::V3_0,
    }
}

pub(super) fn check(findings: &mut Findings, at: &LineAt<'_>, seen: &mut Seen) {
    let name = at.line.name_bytes();
    if name.len() != 7 || !name.eq_ignore_ascii_case(b"VERSION") {
        return;
    }
    seen.versions += 1;
    let value = at.line.value(at.property.version());
    let version = core::str::from_utf8(trim(&value))
        .ok()
        .and_then(|text| text.parse::<Version>().ok());
    if seen.versions > 1 {
        findings.add(
            &VERSION_REPEATED,
            at,
            at.first_line(),
            "VERSION again; expected one",
        );
        if version.is_some() && version == seen.first {
            findings.fix(|| {
                Some(Fix::new(
                    "remove the repetition",
                    at.entry(),
                    Change::Remove,
                ))
            });
        }
        return;
    }
    seen.first = version;
    if version.is_none() {
        findings.add(
            &VERSION_UNKNOWN,
            at,
            at.in_raw_value(0..at.line.raw_value().len()),
            format!(
                "the version \"{}\"; expected 2.1, 3.0 or 4.0",
                shown(&value)
            ),
        );
    }
    if seen.lines > 1 {
        findings.add(
            &VERSION_LATE,
            at,
            at.first_line(),
            format!(
                "VERSION stands on line {} of the card; 4.0 wants it directly after BEGIN:VCARD",
                seen.lines + 1
            ),
        );
        findings.fix(|| Some(Fix::new("move it there", at.entry(), Change::MoveFirst)));
    }
}

pub(super) fn missing(findings: &mut Findings, begin: &LineAt<'_>, seen: &Seen) {
    if seen.versions == 0 {
        findings.next_line();
        findings.add(
            &VERSION_MISSING,
            begin,
            begin.first_line(),
            "the card has no VERSION",
        );
    }
}

pub(super) fn not_of_profile(
    findings: &mut Findings,
    begin: &LineAt<'_>,
    card: &Card,
    profile: Profile,
) {
    let Some(version) = card.version() else {
        return;
    };
    let mut severity = Error;
    let message = match profile.version() {
        Some(expected) if expected != version => {
            format!("a card of {version}; the profile {profile} is about {expected}")
        }
        None if profile == Profile::CardDav && version == Version::V2_1 => {
            format!("a card of {version}; CardDAV servers take 3.0 and 4.0")
        }
        None if profile == Profile::CardDav && version == Version::V4_0 => {
            severity = Info;
            format!("a card of {version}; CardDAV servers that do not announce it take 3.0 only")
        }
        None if profile == Profile::Apple && version == Version::V4_0 => {
            format!("a card of {version}; the address books of Apple take 3.0")
        }
        _ => return,
    };
    findings.next_line();
    let line = begin.first_line();
    findings.add_as(severity, &VERSION_NOT_OF_PROFILE, begin, line, message);
}
