//! Lossless vCard: reading 2.1, 3.0 and 4.0, editing, writing 3.0 and 4.0, and checking.
//!
//! For software that takes in and hands out contacts: address books, CardDAV and JMAP servers,
//! messengers, CRMs, importers. What was read and not touched is written back byte for byte; what
//! is newly written conforms; hostile input ends in an error and not in a hang.
//!
//! ```
//! use vcardinal::{Card, CardReader, Property, Version};
//!
//! // Read: a bad card does not affect the others.
//! let input = b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zo\xC3\xAB Quist\r\nTEL;TYPE=cell:1\r\nEND:VCARD\r\n";
//! for card in CardReader::from_slice(input) {
//!     let mut card = card?;
//!     assert_eq!(card.display_name(), "Zoë Quist");
//!
//!     // Change one thing, keep every other byte.
//!     if let Some(mut mobile) = card.find_mut(|p| p.is("TEL") && p.has_type("cell")) {
//!         mobile.set_text("+14155550123")?;
//!     }
//!     assert!(card.to_bytes().ends_with(b"\r\nTEL;TYPE=cell:+14155550123\r\nEND:VCARD\r\n"));
//! }
//!
//! // Make one.
//! let card = Card::builder(Version::V3_0)
//!     .full_name("Ada Quist")
//!     .property(Property::components("N", ["Quist", "Ada", "", "", ""])?)
//!     .build()?;
//! assert_eq!(card.version(), Some(Version::V3_0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Which layer do I need?
//!
//! ```text
//! bytes -> syntax (lines) -> card (lossless) -> typed (values) -> contact -> send_contact
//! bytes <- syntax         <- card            <- typed          <- contact
//! ```
//!
//! | I want | use |
//! |---|---|
//! | cards from a file or a stream | [`CardReader`], [`PushReader`] for pieces |
//! | one card from bytes | [`Card::parse`] |
//! | to change a card and keep the rest | [`Card::find_mut`], [`Card::push`] |
//! | a new card | [`Card::builder`] |
//! | phones, emails, names, dates of a card as types | [`typed`]: [`Card::phones`], [`Card::get`]; set them: [`Card::set`] |
//! | the value types themselves | [`value`] |
//! | a person's names, phones and emails, no standard | [`contact`] |
//! | what is wrong with a card, and by which rule | [`validate`] |
//! | what a standard says about a property | [`registry`] |
//! | lines, not cards | [`LineReader`] |
//!
//! # Features
//!
//! `std`, `phone`, `email` and `serde` are on by default; without them the crate is `no_std` with
//! `alloc`.
//!
//! | feature | brings |
//! |---|---|
//! | `std` | streams, files, `io::Write` |
//! | `serde` | cards as strings, contacts as the JSON of the messaging API |
//! | `phone` | telephone numbers checked against the metadata of the phonenumber crate |
//! | `email`, `idna` | email addresses; their internationalised domains too |
//! | `charset` | text of other charsets than UTF-8, as vCard 2.1 has it |
//! | `base64` | the bytes of photos, sounds and keys that stand inline |
//! | `chrono`, `jiff`, `time` | conversions of dates and times |
//! | `http`, `sign` | the send-contact request as `http::Request`, and its signature |
//! | `arbitrary` | values for fuzz targets |
//! | `cli` | what the program `vcardinal` needs |
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod card;
pub mod contact;
mod error;
mod limits;
pub mod registry;
#[cfg(feature = "serde")]
pub mod send_contact;
pub mod syntax;
pub mod typed;
pub mod validate;
pub mod value;
mod version;

#[cfg(feature = "std")]
pub use card::CardWriter;
pub use card::{
    BuildError, Card, CardBuilder, CardReader, EditError, EntryId, Event, Junk, JunkKind, Layout,
    Parameter, Properties, Property, PropertyMut, PropertyRef, PropertyValue, PushReader, Token,
    TokenError, WriteError,
};
pub use error::{Error, ErrorKind, Position};
pub use limits::Limits;
pub use syntax::LineReader;
pub use version::{UnknownVersion, Version};

/// The examples of the README, so that they are compiled and run.
#[cfg(all(doctest, feature = "std"))]
#[doc = include_str!("../README.md")]
mod readme {}
