//! What changes a card, and keeps its meaning.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

#[path = "../common/mod.rs"]
mod common;

#[cfg(feature = "base64")]
mod building;
mod built_cards_are_clean;
#[cfg(feature = "base64")]
mod laws;
#[cfg(feature = "base64")]
mod meaning;
#[cfg(feature = "base64")]
mod repaired_lines;
#[cfg(feature = "base64")]
mod repairs;
#[cfg(feature = "base64")]
mod setting;
mod version_change;
