//! Which rules apply, and how much breaking one matters.
//!
//! A profile is a version or two, and a short table of what it sees otherwise than the standards of
//! the versions: `DIFFERENCES`, with the section or the report that says so. Which value types and
//! parameters a property has is a fact, so what the revision of RFC 6350 changes there is a row of
//! the registry, `registry/revision.rs`. What cannot be said in a row is a rule of its own, in
//! `rules/profiles.rs`, or, for a stream, in `rules/streams.rs`.

use core::fmt;
use core::str::FromStr;

use super::diagnostic::{
    Rule, Severity,
    Severity::{Error, Warning},
};
use crate::registry::{self, Column, PropertyRow};
use crate::version::Version;

/// The rules a card is held against.
///
/// ```
/// use vcardinal::{Card, validate::{Profile, validate}};
///
/// let card = Card::parse(
///     "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Quist\r\nURL:https://fable.example/a\\,b\r\nEND:VCARD\r\n",
/// )?;
/// let errors = |profile| -> Vec<_> {
///     validate(&card, profile).errors().map(|finding| finding.rule.id).collect()
/// };
/// assert!(errors(Profile::Rfc6350).is_empty());
/// assert_eq!(errors(Profile::Vcard4Bis), ["escape-in-uri"]);
/// assert_eq!(errors(Profile::CardDav), ["uid-missing"]);
/// assert_eq!(errors(Profile::Apple), ["version-not-of-profile", "n-missing"]);
///
/// assert_eq!("rfc6350".parse(), Ok(Profile::Rfc6350));
/// assert_eq!(Profile::Vcard4Bis.to_string(), "vcard4-bis");
/// # Ok::<(), vcardinal::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Profile {
    /// `declared`: each card by the standard of the version it names. One without a version that
    /// is known is held against 3.0, or against 4.0 if it names a later one.
    #[default]
    Declared,
    /// `rfc6350`: vCard 4.0, RFC 6350 and its extensions.
    Rfc6350,
    /// `rfc2426`: vCard 3.0, RFC 2425 and 2426.
    Rfc2426,
    /// `vcard21`: vCard 2.1, the versit consortium's text of 1996.
    Vcard21,
    /// `vcard4-bis`: 4.0 as the IETF working group is revising it, in
    /// draft-ietf-calext-vcard4-bis.
    ///
    /// Over RFC 6350: nothing is escaped in a URI (3.4), a bare semicolon ends no GENDER (6.2.7),
    /// a quoted list is one value (3.3), a time without an hour has no zone (4.3), the text
    /// of a MEMBER is a UID (6.6.5), and a property of another document whose values are no texts
    /// names their type (5.2). Of the last, only properties that are registered are looked at: what
    /// the default type of an `X-` name is, nobody can know.
    Vcard4Bis,
    /// `carddav`: what a CardDAV server takes as one resource of an address book, RFC 6352.
    ///
    /// One card and nothing else, of 3.0 or 4.0, with a UID (5.1, 6.2.2, 6.3.2.1). For the one card
    /// and nothing else use a [`Checker`](super::Checker). That no other resource has the UID
    /// cannot be seen in one resource.
    CardDav,
    /// `apple`: what the address books of Apple take. No standard says; it is what has been
    /// reported of Contacts on macOS, and of iCloud.
    ///
    /// They take 3.0 (reported in lennart-k/rustical#265) with an N (sabre-io/vobject#503), cut
    /// values at a semicolon that is not escaped, and parameters at one in quotes
    /// (stalwartlabs/stalwart#3265), and show a quoted list of types as one word with a quote in
    /// it (nextcloud/contacts#2866).
    Apple,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Profile; 7] = [
        Profile::Declared,
        Profile::Rfc6350,
        Profile::Rfc2426,
        Profile::Vcard21,
        Profile::Vcard4Bis,
        Profile::CardDav,
        Profile::Apple,
    ];

    /// Its name on a command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Profile::Declared => "declared",
            Profile::Rfc6350 => "rfc6350",
            Profile::Rfc2426 => "rfc2426",
            Profile::Vcard21 => "vcard21",
            Profile::Vcard4Bis => "vcard4-bis",
            Profile::CardDav => "carddav",
            Profile::Apple => "apple",
        }
    }

    /// The one version a card must have; none where several will do.
    pub(super) const fn version(self) -> Option<Version> {
        match self {
            Profile::Rfc6350 | Profile::Vcard4Bis => Some(Version::V4_0),
            Profile::Rfc2426 => Some(Version::V3_0),
            Profile::Vcard21 => Some(Version::V2_1),
            Profile::Declared | Profile::CardDav | Profile::Apple => None,
        }
    }

    /// How much breaking a rule matters in a card held against `version`; none if it does not
    /// apply.
    ///
    /// A single finding may weigh less, where readers are known to cope with it.
    ///
    /// ```
    /// use vcardinal::{Version, validate::{Profile, Severity, rule}};
    ///
    /// let rule = rule("uid-missing").unwrap();
    /// assert_eq!(Profile::CardDav.severity(rule, Version::V3_0), Some(Severity::Error));
    /// assert_eq!(Profile::Rfc2426.severity(rule, Version::V3_0), None);
    /// ```
    #[must_use]
    pub fn severity(self, rule: &Rule, version: Version) -> Option<Severity> {
        match self.difference(rule) {
            Some(difference) => Some(difference.severity),
            None => rule.severity_in(version),
        }
    }

    /// Where it stands that the profile differs in this rule, if a standard says so.
    pub(super) fn section(self, rule: &Rule) -> Option<&'static str> {
        let section = self.difference(rule)?.section;
        (!section.is_empty()).then_some(section)
    }

    fn difference(self, rule: &Rule) -> Option<&'static Difference> {
        DIFFERENCES
            .iter()
            .find(|difference| difference.profile == self && difference.rule == rule.id)
    }

    /// What a version says about a property under the profile.
    pub(super) fn column(
        self,
        row: &'static PropertyRow,
        version: Version,
    ) -> Option<&'static Column> {
        match self {
            Profile::Vcard4Bis => registry::revised(row.id).or(row.column(version)),
            _ => row.column(version),
        }
    }
}

/// What a profile sees otherwise than the standard of the version.
pub(super) struct Difference {
    pub profile: Profile,
    pub rule: &'static str,
    pub severity: Severity,
    /// Empty where no standard says so.
    pub section: &'static str,
}

const fn differs(
    profile: Profile,
    rule: &'static str,
    severity: Severity,
    section: &'static str,
) -> Difference {
    Difference {
        profile,
        rule,
        severity,
        section,
    }
}

pub(super) static DIFFERENCES: [Difference; 15] = {
    use Profile::{Apple, CardDav, Vcard4Bis};
    [
        differs(CardDav, "card-count", Error, "RFC 6352, 5.1"),
        differs(CardDav, "junk-outside-card", Error, "RFC 6352, 5.1"),
        differs(CardDav, "uid-missing", Error, "RFC 6352, 5.1"),
        // Data has to be valid, and some servers are strict here.
        differs(CardDav, "line-ending-not-crlf", Error, "RFC 6352, 6.3.2.1"),
        differs(CardDav, "byte-order-mark", Error, "RFC 6352, 6.3.2.1"),
        differs(CardDav, "version-not-of-profile", Error, "RFC 6352, 6.2.2"),
        differs(Apple, "label-alone", Error, ""),
        differs(Apple, "n-missing", Error, ""),
        differs(Apple, "semicolon-in-parameter", Error, ""),
        differs(Apple, "semicolon-unescaped", Error, ""),
        differs(Apple, "type-list-quoted", Error, ""),
        differs(Vcard4Bis, "escape-in-uri", Error, REVISED_ESCAPING),
        differs(Vcard4Bis, "escape-unknown", Error, REVISED_ESCAPING),
        differs(Vcard4Bis, "type-list-quoted", Error, REVISED_GRAMMAR),
        differs(Vcard4Bis, "value-type-unstated", Warning, REVISED_VALUE),
    ]
};

pub(super) const REVISED_GRAMMAR: &str = "draft-ietf-calext-vcard4-bis, 3.3";
pub(super) const REVISED_ESCAPING: &str = "draft-ietf-calext-vcard4-bis, 3.4";
pub(super) const REVISED_DATES: &str = "draft-ietf-calext-vcard4-bis, 4.3";
pub(super) const REVISED_VALUE: &str = "draft-ietf-calext-vcard4-bis, 5.2";

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The text names no profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a profile is declared, rfc6350, rfc2426, vcard21, vcard4-bis, carddav or apple")]
pub struct UnknownProfile;

impl FromStr for Profile {
    type Err = UnknownProfile;

    fn from_str(text: &str) -> Result<Self, UnknownProfile> {
        Profile::ALL
            .into_iter()
            .find(|profile| profile.as_str() == text)
            .ok_or(UnknownProfile)
    }
}
