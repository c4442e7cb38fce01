//! Time grows with the input, and no faster.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

#[path = "../common/mod.rs"]
mod common;

mod checks;
#[cfg(feature = "convert")]
mod conversion;
mod reading_and_writing;
mod values;
