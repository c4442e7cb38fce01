//! Contacts, their numbers and addresses, and the request that sends them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

#[path = "../common/mod.rs"]
mod common;

#[cfg(all(feature = "serde", feature = "email", feature = "phone"))]
mod card;
#[cfg(all(feature = "base64", feature = "email", feature = "phone"))]
mod changed;
#[cfg(feature = "email")]
mod email;
#[cfg(all(feature = "serde", feature = "email"))]
mod object;
#[cfg(feature = "phone")]
mod phone;
#[cfg(all(feature = "serde", feature = "email", feature = "phone"))]
mod reading;
#[cfg(all(feature = "http", feature = "sign", feature = "email"))]
mod send_contact;
