//! Which rules apply, and how much breaking one matters.
//!
//! A profile is a version or two, and a short table of what it sees otherwise than the standards of
//! the versions: `DIFFERENCES`, with the section or the report that says so. Which value types and
//! parameters a property has is a fact, so what the revision of RFC 6350 changes there is a row of
//! the registry, `registry/revision.rs`. What cannot be said in a row is a rule of its own, in
//! `rules/profiles.rs`, or, for a stream, in `rules/streams.rs`.

use alloc::borrow::Cow;
use alloc::format;
use core::fmt;
use core::str::FromStr;

use super::rule::{
    Rule, Severity,
    Severity::{Error, Warning},
};
use crate::card::UriCommas;
use crate::registry::{self, Column, PropertyId, PropertyRow};
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
    /// `declared`: each card by the standard of the version it names, or else of the one that it
    /// [looks like](crate::Card::effective_version).
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
    ///
    /// An error is what Radicale 3.9 or sabre/dav 4.7 (Nextcloud, Baikal) refuse, and its message
    /// says which of them; a warning is what they change or cut, and whatever breaks a standard and
    /// is taken all the same.
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
            // What servers refuse is a rule of the version, or of no version.
            Some(difference)
                if difference.profile == Profile::CardDav
                    && rule.severity_in(version).is_none()
                    && Version::ALL
                        .iter()
                        .any(|it| rule.severity_in(*it).is_some()) =>
            {
                None
            }
            Some(difference) => Some(difference.severity),
            None => Some(self.at_most(rule, rule.severity_in(version)?)),
        }
    }

    /// A severity, or less, where the profile says how much any finding of the rule can matter.
    pub(super) fn at_most(self, rule: &Rule, severity: Severity) -> Severity {
        match self {
            Profile::CardDav if self.difference(rule).is_none() => severity.min(Warning),
            _ => severity,
        }
    }

    /// The message of a finding, with what servers do with such a card where it is an error.
    pub(super) fn with_verdict(
        self,
        rule: &Rule,
        severity: Severity,
        message: Cow<'static, str>,
    ) -> Cow<'static, str> {
        let difference = self.difference(rule).filter(|_| severity == Error);
        match difference.map_or("", |difference| difference.verdict) {
            "" => message,
            verdict => Cow::Owned(format!("{message}; {verdict}")),
        }
    }

    /// How the commas of the URIs of a property are written for the readers of the profile.
    ///
    /// `\,` in 4.0, as the standard has it and Radicale needs it; plain under the revision, which
    /// forbids the escape, and in 3.0. What is stored on CardDAV servers in 3.0 is plain in URL and
    /// PHOTO, where an escape is shown by others, and escaped in SOURCE and IMPP, where nobody breaks on
    /// it. [`UriCommas`] says which readers break on what.
    ///
    /// ```
    /// use vcardinal::validate::Profile;
    /// use vcardinal::{Card, UriCommas, Version};
    ///
    /// assert_eq!(Profile::Rfc6350.uri_commas("URL", Version::V4_0), UriCommas::Escaped);
    /// assert_eq!(Profile::Vcard4Bis.uri_commas("URL", Version::V4_0), UriCommas::Plain);
    /// assert_eq!(Profile::CardDav.uri_commas("IMPP", Version::V3_0), UriCommas::Escaped);
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nURL:http://a.example/1\\,2\nEND:VCARD\n")?;
    /// let version = card.effective_version();
    /// card.rewrite_uri_commas(|property| Profile::Vcard4Bis.uri_commas(property.name(), version))?;
    /// assert!(card.to_string().contains("\nURL:http://a.example/1,2\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn uri_commas(self, property: &str, version: Version) -> UriCommas {
        let id = registry::property(property.as_bytes()).map(|row| row.id);
        match (self, version) {
            (Profile::Vcard4Bis, _) => UriCommas::Plain,
            (Profile::CardDav, Version::V3_0)
                if id.is_some_and(|id| ESCAPED_ON_SERVERS.contains(&id)) =>
            {
                UriCommas::Escaped
            }
            _ => UriCommas::of_version(version),
        }
    }

    /// Where it stands that the profile differs in this rule, if a standard says so.
    pub(super) fn section(self, rule: &Rule) -> Option<&'static str> {
        let section = self.difference(rule)?.section;
        (!section.is_empty()).then_some(section)
    }

    /// What a server names when it refuses a card, for an error under the profile of servers: the
    /// preconditions of what is stored.
    pub(super) fn refused_by(self, severity: Severity) -> Option<&'static str> {
        (self == Profile::CardDav && severity == Error).then_some("RFC 6352, 6.3.2.1")
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

/// Properties of 3.0 whose URIs vobject, and with it Radicale, cuts at a plain comma, while no reader
/// breaks on an escaped one.
const ESCAPED_ON_SERVERS: [PropertyId; 2] = [PropertyId::SOURCE, PropertyId::IMPP];

/// What a profile sees otherwise than the standard of the version.
pub(super) struct Difference {
    pub profile: Profile,
    pub rule: &'static str,
    pub severity: Severity,
    /// Empty where no standard says so.
    pub section: &'static str,
    /// What servers do with such a card, for the message; or nothing.
    pub verdict: &'static str,
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
        verdict: "",
    }
}

/// What a server was seen to refuse.
const fn refused(rule: &'static str, section: &'static str, verdict: &'static str) -> Difference {
    Difference {
        verdict,
        ..differs(Profile::CardDav, rule, Error, section)
    }
}

pub(super) static DIFFERENCES: [Difference; 37] = {
    use Profile::{Apple, CardDav, Vcard4Bis};
    const BOTH: &str = "Radicale and sabre/dav refuse the card";
    const RADICALE: &str = "Radicale refuses the card";
    const SABRE: &str = "sabre/dav refuses the card";
    [
        // Radicale 3.9 and sabre/dav 4.7 were asked; `tests/checking/servers.rs` counts how often this is right.
        refused("base64-in-4.0", "", SABRE),
        refused("base64-invalid", "", RADICALE),
        refused("bare-carriage-return", "", BOTH),
        refused("begin-inside-card", "", BOTH),
        refused("begin-parameters", "", SABRE),
        refused("card-count", "RFC 6352, 5.1", BOTH),
        refused("colon-missing", "", BOTH),
        refused("comma-unescaped", "", RADICALE),
        refused("date-invalid", "", SABRE),
        refused("end-mismatched", "", BOTH),
        refused("end-missing", "", RADICALE),
        refused("end-without-begin", "", BOTH),
        refused(
            "fn-missing",
            "",
            "Radicale refuses the card, and sabre/dav adds one",
        ),
        refused("junk-outside-card", "RFC 6352, 5.1", RADICALE),
        // No card is read at all.
        refused("limit-exceeded", "", ""),
        refused("utf-16", "", ""),
        refused("name-empty", "", BOTH),
        refused("name-invalid", "", BOTH),
        refused("parameter-empty", "", RADICALE),
        refused("profile-letter-case", "", RADICALE),
        refused("property-repeated", "", SABRE),
        refused("quoted-printable-outside-2.1", "", BOTH),
        refused("uid-missing", "RFC 6352, 5.1", RADICALE),
        refused(
            "version-not-of-profile",
            "RFC 6352, 6.2.2",
            "sabre/dav refuses the card, and Radicale most of them",
        ),
        refused("version-repeated", "", RADICALE),
        refused("version-unknown", "", SABRE),
        differs(CardDav, "changed-by-server", Warning, "RFC 6352, 6.3.2.3"),
        differs(Apple, "birthday-with-time", Warning, ""),
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
#[non_exhaustive]
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

crate::error::into_error! { Validate: UnknownProfile }
