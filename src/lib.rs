//! Lossless vCard: reading 2.1, 3.0 and 4.0, editing, writing 3.0 and 4.0, and checking.
//!
//! For software that takes in and hands out contacts: address books, CardDAV and JMAP servers,
//! messengers, CRMs, importers. What was read and not touched is written back byte for byte; what
//! is newly written conforms; hostile input ends in an error and not in a hang.
//!
//! ```sh
//! cargo add vcardinal                     # the library
//! cargo install vcardinal --features cli  # the program
//! ```
//!
//! # Five jobs
//!
//! Read a file; a bad card does not affect the others:
//!
//! ```no_run
//! # use vcardinal::CardReader;
//! for card in CardReader::from_path("contacts.vcf")? {
//!     let card = card?;
//!     println!("{}", card.display_name());
//!     for phone in card.phones() {
//!         println!("  {}: {}", phone.label_or("other"), phone.value()?);
//!     }
//! }
//! # Ok::<(), vcardinal::Error>(())
//! ```
//!
//! Make a card; text goes wherever a value goes:
//!
//! ```
//! use vcardinal::typed::Phone;
//! use vcardinal::{Card, Version};
//!
//! let card = Card::builder(Version::V4_0)
//!     .full_name("Zoë Quist")
//!     .phone(Phone::new("+1 415 555 0123").label("mobile"))
//!     .birthday("1985-04-12")
//!     .categories(["friend", "sailor"])
//!     .build()?;
//! # Ok::<(), vcardinal::Error>(())
//! ```
//!
//! Change one thing, keep every other byte:
//!
//! ```
//! use vcardinal::{Card, property};
//!
//! let text = "BEGIN:VCARD\nVERSION:4.0\nfn:Zoe\nTEL:1\nEND:VCARD\n";
//! let mut card = Card::parse(text)?;
//! card.set::<property::FullName>("Zoë")?;
//! card.property_mut("TEL").unwrap().set_label("Boat")?;
//! assert!(card.to_bytes().starts_with(b"BEGIN:VCARD\nVERSION:4.0\nfn:"));
//! # Ok::<(), vcardinal::Error>(())
//! ```
//!
//! Check it, with a rule, a section and the bytes of each finding:
//!
//! ```
//! use vcardinal::{Card, validate::Profile};
//!
//! let card = Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n")?;
//! let report = card.validate(Profile::Rfc6350);
//! assert!(report.has_errors());
//! println!("{report}"); // error[fn-missing]: the card has no FN (line 1, ..
//! # Ok::<(), vcardinal::Error>(())
//! ```
//!
//! Have it in another version, and see what was lost (feature `convert`):
//!
//! ```
//! # #[cfg(feature = "convert")] {
//! # use vcardinal::{Card, Version};
//! # let card = Card::parse("BEGIN:VCARD\nVERSION:2.1\nN:A\nEND:VCARD\n").unwrap();
//! let converted = card.convert(Version::V4_0).unwrap();
//! for change in converted.changes() {
//!     println!("{change}");
//! }
//! # }
//! ```
//!
//! # Which layer do I need?
//!
//! ```text
//! bytes -> syntax -> card -> typed  -> contact -> send_contact
//! bytes <- lines  <- card <- values <- contact
//! ```
//!
//! | I want | use |
//! |---|---|
//! | cards from a file or a stream | [`CardReader`], [`PushReader`] for pieces |
//! | one card from bytes | [`Card::parse`] |
//! | to change a card and keep the rest | [`Card::find_mut`], [`Card::push`] |
//! | a new card | [`Card::builder`] |
//! | phones, emails, names, dates of a card as types | [`Card::phones`] and the like, [`Card::get`], [`Card::set`] |
//! | the value types themselves | [`value`] |
//! | a person's names, phones and emails, no standard | [`contact`] |
//! | a card of another version, and what of it could not be carried over | [`convert`]: [`Card::convert`] |
//! | a property taken apart: group, name, parameters, type, values | [`decomposed`] |
//! | jCard, the JSON of RDAP and others, and back | [`jcard`] |
//! | xCard, cards as XML, and back | [`xcard`] |
//! | what is wrong with a card, and by which rule | [`validate`] |
//! | what a standard says about a property | [`registry`] |
//! | lines, not cards | [`LineReader`] |
//!
//! # Features
//!
//! Only `std` is on by default: ten crates in all, derive macros included. Without it the crate is
//! `no_std` with `alloc`. A feature adds items and never changes what others return, but for
//! `phone` and `charset`, with which more can be told.
//!
//! | feature | brings | crates more |
//! |---|---|---|
//! | `std` | streams, files, `io::Write` | |
//! | `charset` | text of other charsets than UTF-8, as 2.1 has it | 5 |
//! | `base64` | the bytes of photos, sounds and keys | 1 |
//! | `convert` | cards of one version as cards of another | 6 |
//! | `jscontact` | cards as JSContact and back, and a checker of JSContact | 16 |
//! | `serde` | cards, values, findings and contacts as JSON | 8 |
//! | `email` | email addresses, checked | 1 |
//! | `idna` | their internationalised domains too | 27 |
//! | `phone` | numbers checked against metadata | 29 |
//! | `jcard` | cards as JSON (RFC 7095) and back | 12 |
//! | `xcard` | cards as XML (RFC 6351) and back | 7 |
//! | `chrono`, `jiff`, `time` | conversions of dates and times | 2 to 5 |
//! | `uuid` | a random UID for cards that have none | 4 |
//! | `arbitrary` | values for fuzz targets | 2 |
//! | `cli` | the program `vcardinal` | |
//! | `send-contact` | the request of a messaging API | 7 |
//! | `http`, `sign` | that as `http::Request`, and signed | 9, 22 |
//!
//! # Versions
//!
//! Rust 1.88 or newer; that is raised in minor releases only, and only to a version that is at
//! least six months old. Until 1.0, what breaks callers comes in minor releases only, and
//! CHANGELOG.md says what to write instead.
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

mod card;
pub mod contact;
#[cfg(feature = "convert")]
pub mod convert;
pub mod decomposed;
mod error;
#[cfg(any(feature = "jcard", feature = "xcard", feature = "jscontact"))]
mod interchange;
#[cfg(feature = "jcard")]
pub mod jcard;
#[cfg(feature = "jscontact")]
pub mod jscontact;
mod limits;
mod position;
pub mod property {
    //! A marker for each property of the standards: what [`Card::get`](crate::Card::get),
    //! [`Card::set`](crate::Card::set) and the like are asked with.
    //!
    //! Some have the name of a value type too, so they are written with the module in front; there is
    //! no `prelude`, as the root and this module are enough. A
    //! property of your own is a [`TypedProperty`](crate::typed::TypedProperty).
    //!
    //! ```
    //! use vcardinal::{Card, property};
    //!
    //! let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    //! card.set::<property::Note>("one, two")?;
    //! assert_eq!(card.get::<property::Note>().unwrap().value()?, "one, two");
    //! # Ok::<(), Box<dyn std::error::Error>>(())
    //! ```
    pub use crate::typed::property::*;
}
pub mod registry;
#[cfg(feature = "send-contact")]
pub mod send_contact;
pub mod syntax;
pub mod typed;
pub mod validate;
pub mod value;
mod version;
mod word;
#[cfg(feature = "xcard")]
pub mod xcard;

#[cfg(feature = "std")]
pub use card::CardWriter;
pub use card::{
    BuildError, Card, CardBuilder, CardReader, EditError, EntryId, Event, Junk, JunkKind, Layout,
    Parameter, Properties, Property, PropertyMut, PropertyRef, PropertyValue, PushReader, Token,
    TokenError, UriCommas, WriteError,
};
pub use error::{Error, ErrorKind};
pub use limits::{Limit, Limits};
pub use position::Position;
pub use syntax::charset::Charset;
pub use syntax::reader::LineReader;
pub use version::{UnknownVersion, Version};
pub use word::UnknownWord;

/// The examples of the README, so that they are compiled and run.
#[cfg(all(doctest, feature = "std"))]
#[doc = include_str!("../README.md")]
mod readme {}
