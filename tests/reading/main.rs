//! What is read, and written as it came.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

#[path = "../common/mod.rs"]
mod common;

#[cfg(feature = "charset")]
mod charsets;
mod limits;
mod lossless;
mod lossless_core;
mod reading_2_1;
mod same_content;
mod spans;
mod unnamed_version;
mod uri_commas;
mod white_space;
