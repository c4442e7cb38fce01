//! Values and the registry: what a property says, typed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

#[path = "../common/mod.rs"]
mod common;

mod dates_of_producers;
mod decomposed;
mod keys_and_sounds;
mod labels;
mod registry;
mod typed_access;
mod value;
mod vendor_names;
