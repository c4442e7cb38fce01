//! Bytes <-> content lines.
//!
//! This stage knows the line grammar of the three versions and nothing else: no property name
//! but BEGIN and END, which frame a card, and the encodings that decide where a line ends.
//!
//! | file | what it is about | sources |
//! |---|---|---|
//! | `byte_class` | what an octet is: white space, token, base64 | RFC 5234, B.1; RFC 6350, 3.3 |
//! | `physical` | where a physical line ends | RFC 6350, 3.2 |
//! | `continuation` | what joins physical lines to a logical one | RFC 6350, 3.2; vCard 2.1, 2.1.3, 2.1.5 |
//! | `line_head` | `[group.]name *(;parameter) :` | RFC 6350, 3.3; vCard 2.1, 2.1.1 |
//! | `lexer` | a logical line as spans: where it, its head and its value begin | |
//! | `flags` | what a line is and has | |
//! | `sentinel` | BEGIN:VCARD and END:VCARD lines | RFC 6350, 6.1.1, 6.1.2 |
//! | `content_line` | one line as a view: group, name, parameters, value | RFC 6350, 3.3 |
//! | `parameter` | parameters and their values | RFC 6350, 5; vCard 2.1, 2.1.2 |
//! | `caret` | `^n`, `^^` and `^'` in the values of parameters | RFC 6868 |
//! | `fold` | folding and unfolding | RFC 6350, 3.2 |
//! | `escape` | backslash escapes | RFC 6350, 3.4; RFC 2426, 4 |
//! | `quoted_printable`, `charset`, `decode` | value bytes to text | vCard 2.1, 2.1.5, 2.1.6 |
//! | `date_format` | the basic and the extended format of dates and times | RFC 6350, 4.3; RFC 7095, 3.5 |
//! | `plain_number` | a number without what says nothing | RFC 6350, 4.5, 4.6 |
//! | `places` | where the first of a name is among few and many | |
//! | `span` | the bytes of a span that is known to be inside | |
//! | `input` | slices, streams, pieces that arrive | |
//! | `reader` | whole inputs, line by line | |
//! | `wide` | whether an octet of some kind is there, many at a time | |

pub(crate) mod byte_class;
pub(crate) mod caret;
pub(crate) mod charset;
mod content_line;
pub(crate) mod continuation;
pub(crate) mod date_format;
pub(crate) mod decode;
pub mod escape;
pub(crate) mod flags;
pub(crate) mod fold;
pub(crate) mod input;
pub(crate) mod lexer;
pub(crate) mod line_head;
pub(crate) mod parameter;
pub(crate) mod physical;
pub(crate) mod places;
pub(crate) mod plain_number;
pub(crate) mod quoted_printable;
pub(crate) mod reader;
pub(crate) mod sentinel;
pub(crate) mod span;
pub(crate) mod wide;

pub(crate) use charset::Charset;
pub use content_line::ContentLine;
pub use decode::{Decoded, TextError};
#[cfg(feature = "std")]
pub use input::StreamInput;
pub use input::{Input, PushInput, SliceInput};
pub use parameter::{ParameterRef, ParameterValues, Parameters};
pub use physical::line_breaks;
#[cfg(feature = "std")]
pub(crate) use reader::LineReader;
