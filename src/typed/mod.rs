//! Properties of a card <-> typed values.
//!
//! A value type of [`value`](crate::value) knows its text; this stage knows the property around it:
//! which type its value has (VALUE, or the default of the property in its version), what it is
//! called, how much it is preferred, and how all that is written.
//!
//! ```
//! use vcardinal::{Card, property};
//!
//! let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nTEL;VALUE=uri:tel:+14155550123\nEND:VCARD\n")?;
//! assert_eq!(card.phones().next().unwrap().value()?.number(), Some("+14155550123"));
//! card.set::<property::Title>("Boss")?;
//! assert_eq!(card.get::<property::Title>().unwrap().value()?.as_str(), "Boss");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | file | what it has |
//! |---|---|
//! | `card_value` | values taken from properties with their parameters, and put there |
//! | `property` | the markers: which property is read as which type, and the methods named for it |
//! | `typed` | a property with its type |
//! | `label` | what somebody calls a property: TYPE words and X-ABLabel <-> labels |
//! | `preference` | how much it is preferred: PREF, and `pref` in TYPE |
//! | `parameter` | what TYPE, LANGUAGE, ALTID and PID say |
//! | `display_name` | what to call a card on a screen |
//! | `get` | the properties of a card by marker, and the preferred one |
//! | `set` | values into cards and properties |
//! | `build` | what a builder makes conforms |
//! | `set_error` | why a value was not set |
//! | `set_parameters` | label, TYPE, preference, language and ALTID, set |
//! | `entry` | a value with its label and preference, for cards and the builder |
//! | `value_type` | which type a value has: VALUE, or the default of the property |
//! | `change` | properties of a kind changed and removed |
//! | `answers` | numbers, addresses, bytes of pictures |
//! | `uid` | a UID for a card that has none |
//! | `any` | the value of any property, when the name is known only at run time |
//! | `vendor_names` | `X-` names, by what they stand for |
//! | `inline_media` | what stands inline in PHOTO and its like |

mod answers;
mod any;
mod build;
mod card_value;
mod change;
mod display_name;
mod entry;
mod get;
mod inline_media;
pub(crate) mod label;
mod parameter;
mod preference;
pub(crate) mod property;
mod respell;
mod set;
mod set_error;
mod set_parameters;
#[expect(
    clippy::module_inception,
    reason = "the type that gives the stage its name"
)]
mod typed;
#[cfg(feature = "uuid")]
mod uid;
pub(crate) mod value_type;
pub(crate) mod vendor_names;

pub use answers::Phone;
pub use any::AnyValue;
pub use card_value::{AccessError, AccessErrorKind, CardValue};
pub use change::TypedMut;
pub use entry::{Entry, IntoEntry};
pub use label::Labels;
pub use set_error::{SetError, SetErrorKind};
pub use typed::{All, Typed, TypedProperty};
