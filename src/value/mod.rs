//! Text of a property <-> typed value, one file for each kind of value.

mod calling_codes;
mod e164;
#[cfg(feature = "email")]
mod email;
#[cfg(feature = "phone")]
pub mod phone;
mod tel_uri;

pub use e164::{E164, E164Error, E164Reason, Possibility};
#[cfg(feature = "email")]
pub use email::{Email, EmailError, EmailReason};
pub use tel_uri::{TelUri, TelUriError, TelUriReason};
