//! A property taken apart, so that nothing of the syntax of a line is left in it: group, name,
//! parameters, type, values. What jCard, xCard and the program's `dump` print, and what the first two
//! are read into.
//!
//! ```
//! use vcardinal::Card;
//! use vcardinal::decomposed::{Decomposed, Values};
//!
//! let card = Card::parse(
//!     "BEGIN:VCARD\nVERSION:4.0\nitem1.CATEGORIES;TYPE=\"home,work\":one\\, two,three\nEND:VCARD\n",
//! )?;
//! let property = card.property("CATEGORIES").unwrap();
//! let parts = Decomposed::of(&property);
//! assert_eq!(parts.group.as_deref(), Some("item1"));
//! assert_eq!(parts.parameter("TYPE").unwrap(), ["home", "work"]);
//! assert_eq!(parts.value_type.as_str(), "text");
//! assert_eq!(parts.values, Values::Texts(vec!["one, two".into(), "three".into()]));
//!
//! // And back: what is written has the same content.
//! let properties = parts.to_properties()?;
//! let copy = vcardinal::decomposed::card_of(properties.properties)?;
//! assert!(copy.same_content(&card));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | file | what it is about |
//! |---|---|
//! | `property` | the parts of a property |
//! | `of_property` | a property of a card -> its parts |
//! | `to_property` | the parts -> properties to be written |
//! | `value_kind` | which texts are values of a type |
//! | `deviation` | what could not be taken apart or put together as it was |
//! | `card_of` | properties -> a card |
//! | `dump` | all of a card as data, as `vcardinal dump` prints it |
//!
//! Covers what RFC 7095 and RFC 6351 need of RFC 6350, 3.3 to 5, RFC 6868, and errata 3100, 3488,
//! 3845 and 3846 of RFC 6350.

mod card_of;
mod deviation;
#[cfg(feature = "serde")]
mod dump;
mod of_property;
mod property;
mod to_property;
mod value_kind;

#[cfg(any(feature = "jcard", feature = "xcard"))]
pub(crate) use card_of::Lines;
pub use card_of::card_of;
pub use deviation::Deviation;
#[cfg(feature = "serde")]
pub use dump::{Dump, DumpLine, DumpedBytes, DumpedLine, DumpedParameter, DumpedProperty};
pub use property::{Decomposed, GivenParameter, Type, Values};
pub use to_property::Composed;
#[cfg(feature = "jscontact")]
pub(crate) use value_kind::part;
