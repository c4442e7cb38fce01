//! A property of a card <-> its typed value.
//!
//! | file | what it is about |
//! |---|---|
//! | `property` | a marker for each property, which says what type its value has |
//! | `card_value` | how a value is taken from a property, VALUE and encoding heeded, and put there |
//! | `typed` | one property with its type: value, label, preference, language |
//! | `get` | the properties of a card by marker, and the preferred one; the named accessors |
//! | `set` | values into cards and properties |
//! | `entry` | a value with its label and preference, for cards and the builder |
//! | `any` | the value of any property, when the name is known only at run time |
//! | `binary` | what stands inline in PHOTO and its like |
//!
//! Knowingly left out: `X-` names that stand for a standard property are not taken for it.

mod any;
mod binary;
mod card_value;
mod entry;
mod get;
pub mod property;
mod set;
mod typed;

pub use any::AnyValue;
pub use card_value::{AccessError, CardValue};
pub use entry::{Entry, IntoEntry, Phone};
pub use set::SetError;
pub use typed::{All, Typed};
