//! Cards as JSContact, and back: RFC 9553, 9555 and 9982, with a report and a checker.
//!
//! ```
//! use serde_json::json;
//! use vcardinal::{Card, jscontact};
//!
//! let card = Card::parse(
//!     "BEGIN:VCARD\nVERSION:4.0\nFN:Zoë Quist\nTEL;PROP-ID=p1;TYPE=cell,home:+1 415 555 0123\n\
//!      item1.URL:https://example.com/zoe\nitem1.X-ABLabel:blog\nX-SHOE-SIZE:43\nEND:VCARD\n",
//! )?;
//! let value = jscontact::to_value(&card)?;
//! assert_eq!(value, json!({
//!     "@type": "Card",
//!     "version": "2.0",
//!     "name": { "full": "Zoë Quist" },
//!     "phones": { "p1": {
//!         "number": "+1 415 555 0123", "features": { "mobile": true }, "contexts": { "private": true },
//!     } },
//!     "links": { "URL-1": { "uri": "https://example.com/zoe", "label": "blog" } },
//!     "vCardProps": [["x-shoe-size", {}, "unknown", "43"]],
//! }));
//!
//! let back = jscontact::from_value(&value)?;
//! assert_eq!(back.property("URL").unwrap().text()?, "https://example.com/zoe");
//! assert_eq!(jscontact::to_value(&back)?, value);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! With names instead of texts, [`jscontact::Card`](Card):
//!
//! ```
//! use vcardinal::jscontact::{Card, Phone};
//!
//! let vcard = vcardinal::Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:Ada\nEND:VCARD\n")?;
//! let mut card = Card::of(&vcard)?;
//! card.phones.push(Phone::new("+1 415 555 0123"));
//! assert!(card.to_vcard()?.to_string().contains("TEL;PROP-ID=1:+1 415 555 0123"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Many cards, one a line or in an array, one by one; one that is not valid does not cost the others:
//!
//! ```
//! use vcardinal::jscontact;
//!
//! let input = b"{ \"@type\": \"Card\", \"version\": \"2.0\", \"name\": { \"full\": \"A\" } }\n\
//!     { \"@type\": \"Card\", \"version\": \"2.0\", \"emails\": { \"e\": { \"adress\": \"a@example.com\" } } }\n";
//! let mut reader = jscontact::Reader::new(&input[..]);
//! assert_eq!(reader.next().unwrap()?.display_name(), "A");
//! let error = reader.next().unwrap().unwrap_err();
//! assert_eq!(error.problems()[0].to_string(), "/emails/e: address is missing (RFC 9553, 2.3.1)");
//! # Ok::<(), jscontact::Error>(())
//! ```
//!
//! Version 2.0 is written, in which a card needs no `uid`, and none is made up; a card of version 1.0 is
//! read, and is one of version 1.0 when it comes back. Cards of 2.1 and 3.0 are [converted](crate::convert)
//! to 4.0 first. What JSContact has no member for goes to `vCardProps` and `vCardParams`, and what vCard
//! has no property for goes to JSPROP, so that what goes there and back is what it was: a JSContact card
//! to the letter, but for the order of components that have none. The whole
//! mapping is below.
//!
//! | file | what it is about |
//! |---|---|
//! | `table`, `schema` | which property is which member; which members an object type has |
//! | `check`, `walk`, `rules`, `patches`, `strings`, `jcard_shape`, `problem` | what is wrong with a card |
//! | `read`, `reader` | a text, so that no member is lost because its name comes twice; many cards of a stream |
//! | `error` | why there is no card, and where |
//! | `from_card`, `from_card_state`, `ids`, `line`, `of_property`, `parameters`, `places` | vCard -> JSContact, property by property |
//! | `groups`, `variants`, `localize`, `patching` | what several properties say together |
//! | `to_card`, `to_property`, `names`, `out`, `diff` | JSContact -> vCard, and what is left for JSPROP |
//! | `typed`, `object`, `by_id` | [`Card`] and its objects as Rust types |
//! | `components`, `dates`, `vcard_props`, `pointer` | values, both ways |
//! | `page` | the page below, made of the table |
//!
#![doc = include_str!("../../docs/jscontact.md")]

mod by_id;
mod check;
mod components;
mod convert;
mod dates;
mod diff;
mod error;
mod from_card;
mod from_card_state;
mod groups;
mod ids;
mod index;
mod jcard_shape;
mod line;
mod localize;
mod names;
mod object;
mod of_property;
mod out;
#[cfg(test)]
mod page;
mod parameters;
mod patches;
mod patching;
mod places;
mod pointer;
mod problem;
mod read;
mod reader;
mod rules;
mod schema;
mod strings;
mod table;
mod to_card;
mod to_property;
mod typed;
mod variants;
mod vcard_props;
mod walk;

pub use by_id::{ById, Iter, Set};
pub use check::{MAX_DEPTH, check};
pub use convert::{
    from_str, from_value, from_value_with_changes, to_string, to_value, to_value_with,
    to_value_with_changes,
};
pub use error::{Error, ErrorKind};
pub use object::{
    Address, AddressComponent, Anniversary, Author, Calendar, CryptoKey, Date, Directory,
    EmailAddress, LanguagePref, Link, Media, Name, NameComponent, Nickname, Note, OnlineService,
    OrgUnit, Organization, PartialDate, PersonalInfo, Phone, Pronouns, Relation, SchedulingAddress,
    SpeakToAs, Timestamp, Title,
};
pub use patches::MAX_COPIED;
pub use problem::{MAX_PROBLEMS, Problem};
pub use read::read;
pub use reader::Reader;
pub use typed::Card;

pub use crate::interchange::Writer;
