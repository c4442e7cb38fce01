//! Rules about VERSION.

use alloc::format;

use crate::card::Card;
use crate::registry::PropertyId;
use crate::syntax::byte_class::trim;
use crate::validate::diagnostic::{
    Rule,
    Severity::{Error, Info},
};
use crate::validate::findings::{Findings, shown};
use crate::validate::fix::{Change, Fix};
use crate::validate::placed_line::PlacedLine;
use crate::validate::profile::Profile;
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &VERSION_MISSING,
    &VERSION_REPEATED,
    &VERSION_LATE,
    &VERSION_UNKNOWN,
    &VERSION_NOT_OF_PROFILE,
];

pub(in crate::validate) static VERSION_MISSING: Rule = Rule::new(
    "version-missing",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 6.7.9", "RFC 2426, 3.6.9", "vCard 2.1, 2.6.6"],
    "A card has a VERSION.",
    "Without it a reader cannot know how to read the rest, and many refuse the card. Such a card is \
     read and checked as 3.0 here.",
);

pub(in crate::validate) static VERSION_REPEATED: Rule = Rule::new(
    "version-repeated",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 6.7.9", "RFC 2426, 3.6.9", "vCard 2.1, 2.6.6"],
    "A card has one VERSION.",
    "Readers take the first or the last. The first one whose version is known counts here. Remove \
     the others.",
);

pub(in crate::validate) static VERSION_LATE: Rule = Rule::new(
    "version-late",
    [None, None, Some(Error)],
    &["RFC 6350, 6.7.9", "RFC 6350, 3.3"],
    "In 4.0, VERSION is the line after BEGIN:VCARD.",
    "Readers decide by it how to read the lines that follow. 2.1 and 3.0 have it anywhere.",
);

pub(in crate::validate) static VERSION_UNKNOWN: Rule = Rule::new(
    "version-unknown",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 6.7.9", "RFC 2426, 3.6.9", "vCard 2.1, 2.6.6"],
    "VERSION is 2.1, 3.0 or 4.0.",
    "There are no others. A card that names one is checked as 4.0 if the number is larger, and as \
     3.0 otherwise.",
);

pub(in crate::validate) static VERSION_NOT_OF_PROFILE: Rule = Rule::new(
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

/// Which VERSION properties a card has, up to the current line.
#[derive(Default)]
pub(in crate::validate) struct Versions {
    /// Lines before the current one, blank ones not counted.
    pub lines: usize,
    count: usize,
    first: Option<Version>,
}

/// The version that a card without a known one is held against.
pub(in crate::validate) fn nearest(card: &Card) -> Version {
    let named = card
        .property("VERSION")
        .map(|property| property.value_bytes());
    match named.as_deref().map(trim).and_then(<[u8]>::first) {
        Some(b'4'..=b'9') => Version::V4_0,
        _ => Version::V3_0,
    }
}

impl Versions {
    /// Notes a VERSION that stands where it should and names the version the card is read by.
    /// Whether that is all there is to say.
    pub fn note_clean(&mut self, value: &[u8], standard: Version) -> bool {
        if self.count > 0 || self.lines != 1 || value != standard.as_str().as_bytes() {
            return false;
        }
        self.count = 1;
        self.first = Some(standard);
        true
    }

    pub fn check(&mut self, findings: &mut Findings, line: &PlacedLine<'_>) {
        if line.row.is_none_or(|row| row.id != PropertyId::VERSION) {
            return;
        }
        self.count += 1;
        let value = line.content.value(line.property.version());
        let version = core::str::from_utf8(trim(&value))
            .ok()
            .and_then(|text| text.parse::<Version>().ok());
        if self.count > 1 {
            return self.version_repeated(findings, line, version);
        }
        self.first = version;
        if version.is_none() {
            version_unknown(findings, line, &value);
        }
        if self.lines > 1 {
            self.version_late(findings, line);
        }
    }

    fn version_repeated(
        &self,
        findings: &mut Findings,
        line: &PlacedLine<'_>,
        version: Option<Version>,
    ) {
        findings.add(
            &VERSION_REPEATED,
            line,
            line.first_line(),
            "VERSION again; expected one",
        );
        if version.is_some() && version == self.first {
            findings.fix(|| {
                Some(Fix::new(
                    "remove the repetition",
                    line.entry(),
                    Change::Remove,
                ))
            });
        }
    }

    fn version_late(&self, findings: &mut Findings, line: &PlacedLine<'_>) {
        findings.add(
            &VERSION_LATE,
            line,
            line.first_line(),
            format!(
                "VERSION stands on line {} of the card; 4.0 wants it directly after BEGIN:VCARD",
                self.lines + 1
            ),
        );
        findings.fix(|| Some(Fix::new("move it there", line.entry(), Change::MoveFirst)));
    }

    /// What can only be told at the end of the card. `begin` is its first line.
    pub fn finish(&self, findings: &mut Findings, begin: &PlacedLine<'_>, card: &Card) {
        if self.count == 0 {
            version_missing(findings, begin);
        }
        if let Some(version) = card.version() {
            version_not_of_profile(findings, begin, version);
        }
    }
}

fn version_unknown(findings: &mut Findings, line: &PlacedLine<'_>, value: &[u8]) {
    findings.add(
        &VERSION_UNKNOWN,
        line,
        line.span_of_value(),
        format!("the version \"{}\"; expected 2.1, 3.0 or 4.0", shown(value)),
    );
}

fn version_missing(findings: &mut Findings, begin: &PlacedLine<'_>) {
    findings.next_line();
    findings.add(
        &VERSION_MISSING,
        begin,
        begin.first_line(),
        "the card has no VERSION",
    );
}

fn version_not_of_profile(findings: &mut Findings, begin: &PlacedLine<'_>, version: Version) {
    let profile = findings.profile;
    let mut severity = Error;
    let message = match (profile, version) {
        (Profile::CardDav, Version::V2_1) => {
            format!("a card of {version}; CardDAV servers take 3.0 and 4.0")
        }
        (Profile::CardDav, Version::V4_0) => {
            severity = Info;
            format!("a card of {version}; CardDAV servers that do not announce it take 3.0 only")
        }
        (Profile::Apple, Version::V4_0) => {
            format!("a card of {version}; the address books of Apple take 3.0")
        }
        _ => match profile.version() {
            Some(expected) if expected != version => {
                format!("a card of {version}; the profile {profile} is about {expected}")
            }
            _ => return,
        },
    };
    findings.next_line();
    let line = begin.first_line();
    findings.add_as(severity, &VERSION_NOT_OF_PROFILE, begin, line, message);
}
