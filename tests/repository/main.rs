//! What the repository says of itself: its pages, its API and its structure.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

#[path = "../common/mod.rs"]
mod common;

#[cfg(all(
    feature = "base64",
    feature = "convert",
    feature = "email",
    feature = "serde"
))]
mod api_guesses;
mod api_laws;
mod api_snapshot;
mod api_words;
mod circles;
mod layers;
mod pages;
mod where_is_it;
