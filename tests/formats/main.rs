//! Other versions and other formats.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

#[path = "../common/mod.rs"]
mod common;

#[cfg(feature = "convert")]
mod convert;
#[cfg(all(feature = "jcard", feature = "xcard", feature = "jscontact"))]
mod figures;
#[cfg(all(feature = "jcard", feature = "xcard", feature = "jscontact"))]
mod format_laws;
#[cfg(feature = "jcard")]
mod jcard;
#[cfg(feature = "jscontact")]
mod jscontact;
#[cfg(feature = "jscontact")]
mod jscontact_check;
#[cfg(all(feature = "jcard", feature = "xcard", feature = "jscontact"))]
mod jscontact_laws;
#[cfg(all(feature = "jcard", feature = "xcard", feature = "jscontact"))]
mod oracles;
#[cfg(feature = "xcard")]
mod xcard;
