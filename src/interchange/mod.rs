//! What the other formats have in common: a card as 4.0, its properties taken apart one by one, and back;
//! with the changes on the way. And values of JSON one after the other.

#[cfg(any(feature = "jcard", feature = "xcard"))]
mod inward;
#[cfg(any(feature = "jcard", feature = "jscontact"))]
mod json_octets;
#[cfg(any(feature = "jcard", feature = "jscontact"))]
mod json_values;
#[cfg(any(feature = "jcard", feature = "jscontact"))]
mod json_writer;
#[cfg(any(feature = "jcard", feature = "xcard"))]
mod outward;
#[cfg(any(feature = "jcard", feature = "jscontact"))]
mod placed;

#[cfg(any(feature = "jcard", feature = "xcard"))]
pub(crate) use inward::{Inward, Refusal};
#[cfg(any(feature = "jcard", feature = "jscontact"))]
pub(crate) use json_values::{JsonValues, Shape, Trouble};
#[cfg(any(feature = "jcard", feature = "jscontact"))]
pub use json_writer::Writer;
#[cfg(any(feature = "jcard", feature = "xcard"))]
pub(crate) use outward::Outward;
#[cfg(any(feature = "jcard", feature = "jscontact"))]
pub(crate) use placed::Placed;
