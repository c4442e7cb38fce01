//! Cards <-> jCard, the JSON of RFC 7095, which RDAP servers and many programs of the web speak.
//!
//! ```
//! use vcardinal::{Card, jcard};
//!
//! let card = Card::parse(
//!     "BEGIN:VCARD\nVERSION:4.0\nFN:Zoë Quist\nitem1.TEL;TYPE=home,cell:+1 415 555 0123\nBDAY:--1210\nEND:VCARD\n",
//! )?;
//! let json = jcard::to_value(&card)?;
//! assert_eq!(
//!     json.to_string(),
//!     concat!(
//!         r#"["vcard",[["version",{},"text","4.0"],["fn",{},"text","Zoë Quist"],"#,
//!         r#"["tel",{"group":"item1","type":["home","cell"]},"text","+1 415 555 0123"],"#,
//!         r#"["bday",{},"date-and-or-time","--12-10"]]]"#,
//!     ),
//! );
//! assert!(jcard::from_value(&json)?.same_content(&card));
//!
//! // Straight to text; and what could not be said, which is nothing here.
//! let jcard = jcard::JCard::of(&card)?;
//! assert_eq!(serde_json::to_string(&jcard)?, json.to_string());
//! assert!(jcard.changes().is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Many cards, one a line or in an array, one by one:
//!
//! ```
//! use vcardinal::jcard;
//!
//! let input = br#"[["vcard",[["version",{},"text","4.0"],["fn",{},"text","A"]]],
//!                  ["vcard",[["version",{},"text","4.0"],["fn",{},"text",null]]]]"#;
//! let mut reader = jcard::Reader::new(&input[..]);
//! assert_eq!(reader.next().unwrap()?.display_name(), "A");
//! let error = reader.next().unwrap().unwrap_err();
//! assert_eq!(error.pointer(), "/1/1/1/3"); // the second card, its second property, the value
//! # Ok::<(), jcard::Error>(())
//! ```
//!
//! | in a card | in jCard | section of RFC 7095 |
//! |---|---|---|
//! | VERSION | first; cards of 2.1 and 3.0 are converted to 4.0 | 3.3.1.1 |
//! | a name | in lower case; `["tel", ...]` | 3.3 |
//! | `ITEM1.` before it | the parameter `group` | 3.3.1.2 |
//! | VALUE, or the default of the property | the third member | 3.4.1 |
//! | parameters | a text each; an array of texts for several values | 3.4.2 |
//! | a comma list (CATEGORIES) | more members | 3.3 |
//! | components (N, ADR, ORG, GENDER) | an array, with an array for a list in it; one alone is a text | 3.3.1.3 |
//! | text | without escapes | 3.1 |
//! | dates and times | in the extended format, nothing added | 3.5.3 to 3.5.7 |
//! | boolean, integer, float | as JSON has them | 3.5.8 to 3.5.10 |
//! | a property nobody knows | type `unknown`, the raw text | 5.1 |
//!
//! Knowingly different: a value that is not of its type is `unknown`, so that it comes back as it was; a number
//! that JSON readers would round is that too. Reading takes what RDAP servers write (numbers as parameters,
//! commas in `type`) and says so in [`read`].
//!
//! | file | what it is about |
//! |---|---|
//! | `write` | a card -> JSON |
//! | `read` | JSON -> a card |
//! | `reader` | many cards of a stream |
//! | `error` | what is wrong, and where |
//!
#![doc = include_str!("../../docs/jcard.md")]

mod error;
mod read;
mod reader;
mod write;

pub use error::{Error, ErrorKind};
pub use read::{from_str, from_value, read};
pub use reader::{MAX_DEPTH, Reader};
pub use write::{JCard, to_string, to_value};

pub use crate::interchange::Writer;
