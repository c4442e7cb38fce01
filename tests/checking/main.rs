//! The checker: its rules, against the standards, other checkers and real cards.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

#[path = "../common/mod.rs"]
mod common;

mod clean_is_readable;
#[cfg(all(feature = "jcard", feature = "xcard", feature = "jscontact"))]
mod conformance;
mod further_cards;
mod other_checkers;
#[cfg(all(feature = "jcard", feature = "xcard", feature = "jscontact"))]
mod pairs;
mod profiles;
mod requirements;
mod rules_fixtures;
mod sections;
mod servers;
mod severities;
mod validate;
