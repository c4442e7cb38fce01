//! Cards <-> xCard, the XML of RFC 6351.
//!
//! ```
//! use vcardinal::{Card, xcard};
//!
//! let card = Card::parse(
//!     "BEGIN:VCARD\nVERSION:4.0\nFN:Zoë Quist\nITEM1.TEL;TYPE=home,cell:+1 415 555 0123\nBDAY:--1210\nEND:VCARD\n",
//! )?;
//! let xml = xcard::to_string([&card])?;
//! assert!(xml.contains("<fn><text>Zoë Quist</text></fn>"));
//! assert!(xml.contains(
//!     "<group name=\"ITEM1\"><tel><parameters><type><text>home</text><text>cell</text></type></parameters>"
//! ));
//! assert!(xml.contains("<bday><date>--1210</date></bday>"));
//!
//! // And back: one card after the other, from a document of any size.
//! for read in xcard::Reader::new(xml.as_bytes()) {
//!     assert!(read?.same_content(&card));
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | in a card | in xCard | section of RFC 6351 |
//! |---|---|---|
//! | the card | `<vcard>` in `<vcards>`; no version, which the namespace says; 2.1 and 3.0 are converted to 4.0 | 5 |
//! | a name | an element, in lower case | 5 |
//! | `ITEM1.` before it | `<group name="ITEM1">` around it and its neighbours of the group | 5 |
//! | VALUE, or the default of the property | the element of the value: `<uri>` | 5 |
//! | parameters | elements in `<parameters>`, with an element of their type for each value | 5 |
//! | N, ADR, GENDER, CLIENTPIDMAP | elements of their components, repeated for a list | appendix A |
//! | ORG, CATEGORIES, NICKNAME | `<text>` repeated | appendix A |
//! | dates and times | in the basic format of cards, in `<date>`, `<time>` or `<date-time>` | appendix A |
//! | an XML property | the element itself, where it is one of another namespace | 6 |
//! | a property nobody knows | `<unknown>`, the raw text | 6 |
//!
//! Knowingly different: components that RFC 9554 added to N and ADR have no elements; they are written in a
//! namespace of ours ([`NAMESPACE`]), which other readers pass over, and reported. What is read although RFC 6351
//! does not have it is said in [`Reader::read`].
//!
//! A document with a document type, with an entity beyond the five of XML, with elements deeper than
//! [`MAX_DEPTH`], or with a property larger than [`Limits::line`](crate::Limits::line) is refused.
//!
//! | file | what it is about |
//! |---|---|
//! | `names` | elements of components, parameters and values |
//! | `write`, `writer` | a card -> its elements; many cards to a document |
//! | `reader`, `property`, `foreign` | a document -> cards; one property; elements of other namespaces |
//! | `source` | the events of a document, within limits |
//! | `error` | what is wrong, and where |
//!
#![doc = include_str!("../../docs/xcard.md")]

mod error;
mod foreign;
mod names;
mod property;
mod reader;
mod source;
mod write;
mod writer;

pub use error::{Error, ErrorKind};
pub use names::{MAX_DEPTH, NAMESPACE};
pub use reader::Reader;
pub use write::XCard;
pub use writer::{Writer, to_string};
