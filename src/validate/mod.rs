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
//! A file knows those that stand above it here, and no other:
//!
//! | file | what it is about |
//! |---|---|
//! | `fix` | a repair: what it does to which lines of a card |
//! | `rule` | what a rule is, and how much breaking it matters |
//! | `diagnostic` | one finding: which rule is broken, and where |
//! | `profile` | which rules apply, and how much breaking one matters |
//! | `report` | the findings of one card |
//! | `octets` | which kinds of octets there are in a card |
//! | `placed_line` | one line of a card, and where it and its parts stand in the input |
//! | `findings` | what was found in a card so far |
//! | `looks_at` | what rules have to see whatever it says |
//! | `rules` | the rules, a file for each theme |
//! | `glance` | which lines no rule has to look at |
//! | `cursor` | how far a pass over the lines has come |
//! | `driver` | the pass over one card: [`validate`] |
//! | `stream` | the pass over a stream: [`Checker`] |
//! | `repair` | all repairs of a report |
//! | `fill_required` | what a card must have and lacks, added to it |
//! | `valid` | a card without an error, as a type |

mod cursor;
mod diagnostic;
mod driver;
mod fill_required;
mod findings;
mod fix;
mod glance;
mod looks_at;
mod methods;
mod octets;
mod placed_line;
mod profile;
mod repair;
mod report;
mod rule;
mod rules;
#[cfg(feature = "serde")]
mod serde;
mod stream;
mod valid;

pub use diagnostic::Diagnostic;
pub use driver::validate;
pub use fill_required::fill_required;
pub use fix::Fix;
pub use profile::{Profile, UnknownProfile};
pub use repair::Repair;
pub use report::Report;
pub use rule::{Rule, Severity};
pub use rules::{rule, rules};
#[cfg(feature = "serde")]
pub use serde::{FindingLine, RuleCount};
pub use stream::{Checker, UnknownRule};
pub use valid::{NotValid, Valid};
