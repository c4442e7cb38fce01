//! What is said of a JSContact card that is not valid.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// How many problems of one card are listed; one more says that there are others.
pub const MAX_PROBLEMS: usize = 1000;

/// Something in a JSContact card that makes it invalid.
///
/// ```
/// use vcardinal::jscontact;
///
/// let card = serde_json::json!({ "@type": "Card", "version": "2.0", "notes": { "n": {} } });
/// let problem = &jscontact::check(&card)[0];
/// assert_eq!((problem.pointer(), problem.message()), ("/notes/n", "note is missing"));
/// assert_eq!(problem.section(), "RFC 9553, 2.8.3");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pointer: String,
    message: String,
    section: &'static str,
}

impl Problem {
    pub(super) fn new(pointer: String, message: impl Into<String>, section: &'static str) -> Self {
        Problem {
            pointer,
            message: message.into(),
            section,
        }
    }

    /// Where: a JSON pointer (RFC 6901), as `/emails/e1/address`; empty for the card itself.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What is wrong, in a sentence without its full stop.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The section of a standard behind it.
    #[must_use]
    pub fn section(&self) -> &'static str {
        self.section
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match self.pointer.is_empty() {
            true => "the card",
            false => &self.pointer,
        };
        write!(f, "{place}: {} ({})", self.message, self.section)
    }
}

/// The problems so far.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<Problem>);

impl Problems {
    /// Adds one; the text of its pointer is made only where it is listed.
    pub fn add(
        &mut self,
        pointer: impl Into<String>,
        message: impl Into<String>,
        section: &'static str,
    ) {
        match self.0.len() {
            len if len < MAX_PROBLEMS => {
                self.0.push(Problem::new(pointer.into(), message, section));
            }
            MAX_PROBLEMS => {
                let message = format!("there are more than {MAX_PROBLEMS} problems");
                self.0.push(Problem::new(String::new(), message, section));
            }
            _ => {}
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn into_vec(self) -> Vec<Problem> {
        self.0
    }
}
