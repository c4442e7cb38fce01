//! Lossless vCard reading, editing and writing.
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod contact;
pub mod diagnostic;
mod error;
mod limits;
#[cfg(feature = "serde")]
pub mod send_contact;
pub mod value;
mod version;

pub use error::{Error, ErrorKind, Position};
pub use limits::Limits;
pub use version::{UnknownVersion, Version};
