//! Properties of a card <-> typed values.
//!
//! A value type of [`value`](crate::value) knows its text; this stage knows the property around it:
//! which type its value has (VALUE, or the default of the property in its version), what it is
//! called, how much it is preferred, and how all that is written.
//!
//! ```
//! use vcardinal::Card;
//! use vcardinal::typed::property::Title;
//!
//! let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nTEL;VALUE=uri:tel:+14155550123\nEND:VCARD\n")?;
//! assert_eq!(card.phones().next().unwrap().value()?.number(), Some("+14155550123"));
//! card.set::<Title>("Boss")?;
//! assert_eq!(card.get::<Title>().unwrap().value()?.as_str(), "Boss");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | file | what it has |
//! |---|---|
//! | `card_value` | values taken from properties with their parameters, and put there |
//! | `property` | the markers: which property is read as which type |
//! | `typed` | a property with its type |
//! | `label` | what somebody calls a property: TYPE words and X-ABLabel <-> labels |
//! | `preference` | how much it is preferred: PREF, and `pref` in TYPE |
//! | `parameter` | what TYPE, LANGUAGE, ALTID and PID say |
//! | `get` | the properties of a card by marker, and the preferred one; the named accessors |
//! | `set` | values into cards and properties |
//! | `entry` | a value with its label and preference, for cards and the builder |
//! | `value_type` | which type a value has: VALUE, or the default of the property |
//! | `any` | the value of any property, when the name is known only at run time |
//! | `vendor` | `X-` names, by what they stand for |
//! | `binary` | what stands inline in PHOTO and its like |

mod any;
mod binary;
mod card_value;
mod entry;
mod get;
pub(crate) mod label;
mod parameter;
mod preference;
pub mod property;
mod set;
#[expect(
    clippy::module_inception,
    reason = "the type that gives the stage its name"
)]
mod typed;
pub(crate) mod value_type;
mod vendor;

pub use any::AnyValue;
pub use card_value::{AccessError, CardValue};
pub use entry::{Entry, IntoEntry, Phone};
pub use label::Labels;
pub use property::TypedProperty;
pub use set::SetError;
pub use typed::{All, Typed};
