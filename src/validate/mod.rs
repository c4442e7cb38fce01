//! Cards -> findings: which rule of which standard a card breaks, where, and how badly.
//!
//! [`validate`] looks at one card. A [`Checker`] looks at a stream, and so at what lies between
//! cards too. Neither changes anything.
//!
//! Every rule is a [`Rule`] with a stable id, and a function beside it; [`rules`] lists them.
//! Severities follow one principle. An *error* is what the standard forbids and what makes
//! readers fail or lose data. A *warning* is what the standard forbids or advises against and
//! readers are known to cope with. An *info* is worth knowing in a card that is conforming.
//!
//! | file | rules about |
//! |---|---|
//! | `plain` | none: the lines that are plainly right, which no rule has to look at |
//! | `stream` | what lies between cards |
//! | `frame` | BEGIN and END, blank lines, nested cards |
//! | `line` | line endings, folds, length, octets |
//! | `name` | groups and names |
//! | `parameter` | the grammar of parameters |
//! | `encoding` | quoted-printable, base64, charsets |
//! | `escape` | backslashes in text |
//! | `version` | VERSION |
//! | `property`, `value` | which properties a version has, and what their values are |
//! | `permit`, `parameter_value` | which parameters a property takes, and their values |
//! | `agent` | cards in AGENT |
//! | `occurrence` | how often a property occurs |
//! | `jscontact` | JSCOMPS, JSPTR and JSPROP |
//! | `relation` | properties that depend on each other |
//! | `of_profile` | what one profile wants, and no version |

mod agent;
mod card;
mod diagnostic;
mod encoding;
mod escape;
mod findings;
mod fix;
mod frame;
mod jscontact;
mod line;
mod name;
mod occurrence;
mod of_profile;
mod parameter;
mod parameter_value;
mod permit;
mod plain;
mod profile;
mod property;
mod relation;
mod repair;
mod report;
mod rules;
mod stream;
mod valid;
mod value;
mod version;

pub use profile::{Profile, UnknownProfile};
pub use repair::fill_required;
pub use report::Report;
pub use rules::{rule, rules};
pub use stream::Checker;
pub use valid::{NotValid, Valid};

pub use diagnostic::{Diagnostic, Rule, Severity};
pub use fix::Fix;

use crate::card::Card;

/// What is wrong with a card by the rules of a profile.
///
/// A card that was edited is looked at as it would be written.
///
/// ```
/// use vcardinal::{Card, validate::{Profile, validate}};
///
/// let card = Card::parse("BEGIN:VCARD\r\nFN:Ada Quist\r\nVERSION:4.0\r\nEND:VCARD\r\n")?;
/// let report = validate(&card, Profile::Declared);
/// let findings: Vec<_> = report.iter().map(|finding| finding.to_string()).collect();
/// assert_eq!(
///     findings,
///     ["error[version-late]: VERSION stands on line 3 of the card; 4.0 wants it directly after \
///       BEGIN:VCARD (line 3, column 1; RFC 6350, 6.7.9)"]
/// );
/// # Ok::<(), vcardinal::Error>(())
/// ```
#[must_use]
pub fn validate(card: &Card, profile: Profile) -> Report {
    let mut checked = card::check(card, profile);
    checked.findings.extend(checked.unclosed);
    Report::new(checked.findings, profile)
}
