//! Which rules apply, and how much breaking one matters.

use core::fmt;
use core::str::FromStr;

use crate::diagnostic::{Rule, Severity};
use crate::version::Version;

/// The rules a card is held against.
///
/// ```
/// use vcardinal::validate::Profile;
///
/// assert_eq!("rfc6350".parse(), Ok(Profile::Rfc6350));
/// assert_eq!(Profile::Vcard4Bis.to_string(), "vcard4-bis");
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
    /// `vcard4-bis`: 4.0 as the IETF working group is revising it.
    Vcard4Bis,
    /// `carddav`: what a CardDAV server takes, RFC 6352.
    CardDav,
    /// `apple`: what the address books of Apple take.
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
    pub(super) fn severity(self, rule: &Rule, version: Version) -> Option<Severity> {
        let own = OVERRIDES
            .iter()
            .find(|(profile, id, _)| *profile == self && *id == rule.id);
        match own {
            Some((_, _, severity)) => *severity,
            None => rule.severity_in(version),
        }
    }
}

/// What a profile sees otherwise than the standard of the version.
const OVERRIDES: &[(Profile, &str, Option<Severity>)] = &[
    // Servers that compare octets, and clients that show nothing without an N.
    (Profile::CardDav, "uid-missing", Some(Severity::Error)),
    (
        Profile::CardDav,
        "line-ending-not-crlf",
        Some(Severity::Error),
    ),
    (Profile::CardDav, "byte-order-mark", Some(Severity::Error)),
    (Profile::Apple, "n-missing", Some(Severity::Error)),
    (Profile::Apple, "type-list-quoted", Some(Severity::Error)),
    (Profile::Apple, "label-alone", Some(Severity::Error)),
    // The revision forbids what RFC 6350 and its errata disagree on.
    (
        Profile::Vcard4Bis,
        "type-list-quoted",
        Some(Severity::Error),
    ),
    (Profile::Vcard4Bis, "escape-unknown", Some(Severity::Error)),
];

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
