//! Lossless vCard reading, editing and writing.
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod card;
pub mod diagnostic;
mod error;
mod limits;
pub mod registry;
pub mod syntax;
pub mod value;
mod version;

pub use card::*;
pub use error::{Error, ErrorKind, Position};
pub use limits::Limits;
pub use syntax::LineReader;
pub use version::{UnknownVersion, Version};
