//! Cards of one version -> another, with a report of what could not be carried over.
//!
//! 2.1 to 3.0 and 4.0, 3.0 to 4.0 and 4.0 to 3.0; 2.1 is never written. Every property of the source
//! is in the result with the same meaning, or one of the [changes](Change) says what became of it.
//!
//! ```
//! use vcardinal::{Card, Version};
//!
//! let phone = Card::parse(
//!     "BEGIN:VCARD\nVERSION:2.1\nN:Quist;Zo=C3=AB\nTEL;CELL;PREF:+1 415 555 0123\nEND:VCARD\n",
//! )?;
//! # let phone = Card::parse(
//! #     "BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:Quist;Zo=C3=AB\nTEL;CELL;PREF:+1 415 555 0123\nEND:VCARD\n",
//! # )?;
//! let converted = phone.convert(Version::V4_0)?;
//! for change in converted.changes() {
//!     println!("{change}"); // FN: made from N, since 4.0 demands it (derived; RFC 6350, 6.2.1)
//! }
//! assert_eq!(
//!     converted.into_card().to_string(),
//!     "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoë Quist\r\nN:Quist;Zoë;;;\r\n\
//!      TEL;TYPE=CELL;PREF=1:+1 415 555 0123\r\nEND:VCARD\r\n"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | file | what it is about |
//! |---|---|
//! | `options`, `change` | what is chosen; what is reported |
//! | `table` | what happens to each property, per direction |
//! | `driver`, `conversion` | the steps; what comes out |
//! | `import` | one property of a card in another |
//! | `read`, `draft` | a property of the source, decoded |
//! | `run` | one conversion on its way |
//! | `from_2_1` | forms that 2.1 alone has |
//! | `upward`, `downward` | to 4.0 and to 3.0, property by property |
//! | `parameters` | parameters of every property |
//! | `names`, `addresses`, `media`, `dates`, `agent`, `related`, `vendors` | what one theme needs |
//! | `required` | VERSION, FN, N; one of what a card has once |
//! | `write` | the card that comes out |
#![doc = include_str!("../../docs/conversion.md")]

mod addresses;
mod agent;
mod change;
mod conversion;
mod dates;
mod downward;
mod draft;
mod driver;
mod from_2_1;
mod import;
mod media;
mod names;
mod options;
mod parameters;
mod read;
mod related;
mod required;
mod run;
mod table;
mod upward;
mod vendors;
mod write;

pub use change::{Change, ChangeKind};
pub use conversion::{Conversion, ConvertError};
pub use import::ImportError;
pub use options::Convert;
pub use table::{Carried, CarriedRow, rows};
