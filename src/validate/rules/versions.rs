//! Rules about VERSION.

use alloc::format;

use crate::card::Card;
use crate::registry::PropertyId;
use crate::syntax::byte_class::trim;
use crate::validate::findings::{Findings, shown};
use crate::validate::fix::{Change, Fix};
use crate::validate::placed_line::PlacedLine;
use crate::validate::profile::Profile;
use crate::validate::rule::{
    Rule,
    Severity::{Error, Info, Warning},
};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &VERSION_MISSING,
    &VERSION_REPEATED,
    &VERSION_GROUP,
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
     read and checked here as 2.1 where it has parameters that only 2.1 has, and as 3.0 otherwise; one \
     with an N and no FN is checked as 2.1. That it lacks what one of the versions asks for is not \
     reported.",
);

pub(in crate::validate) static VERSION_REPEATED: Rule = Rule::new(
    "version-repeated",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, 6.7.9", "RFC 2426, 3.6.9", "vCard 2.1, 2.6.6"],
    "A card has one VERSION.",
    "Readers take the first or the last. The first one whose version is known counts here. Remove \
     the others.",
);

pub(in crate::validate) static VERSION_GROUP: Rule = Rule::new(
    "version-group",
    [None, None, Some(Warning)],
    &["RFC 6350, 3.3", "RFC 6350, 6.7.9"],
    "VERSION has no group in 4.0.",
    "The grammar has the line VERSION:4.0 as it is, and readers look for it letter by letter.",
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
    "There are no others. A card that names one is read and checked as 4.0 if the number is larger, \
     and otherwise as a card without VERSION.",
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

/// What a card is held against under a profile.
pub(in crate::validate) fn standard(card: &Card, profile: Profile) -> Version {
    let named = profile.version().or(card.version());
    named.unwrap_or_else(|| nearest(card, profile))
}

/// The version that a card without a known one is held against: mostly that which it is read by.
///
/// Servers and the address books of Apple read all that names none as 3.0; and a card with an N and no
/// FN is as 2.1 has it, which makes no difference to reading.
fn nearest(card: &Card, profile: Profile) -> Version {
    let is_nameless = || {
        let has = |name: &str| card.property(name).is_some();
        !has("VERSION") && !has("FN") && has("N")
    };
    match card.effective_version() {
        Version::V4_0 => Version::V4_0,
        _ if profile != Profile::Declared => Version::V3_0,
        Version::V3_0 if is_nameless() => Version::V2_1,
        read_by => read_by,
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
        let value = line.content.value();
        let version = core::str::from_utf8(trim(&value))
            .ok()
            .and_then(|text| text.parse::<Version>().ok());
        if self.count > 1 {
            return self.version_repeated(findings, line, version);
        }
        self.first = version;
        if let Some(group) = line.content.group() {
            let message = "VERSION in a group; expected VERSION:4.0";
            let span = line.span_of(group.as_bytes());
            findings.add(&VERSION_GROUP, line, span, message);
        }
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
        // What its parameters say would go with it.
        let alone = line.content.parameter_text().is_none() && line.content.group().is_none();
        if version.is_some() && version == self.first && alone {
            findings.fix(|| Some(Fix::new("remove the repetition", line, Change::Remove)));
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
        findings.fix(|| Some(Fix::new("move it there", line, Change::MoveFirst)));
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
            format!("a card of {version}; expected 3.0 or 4.0")
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
