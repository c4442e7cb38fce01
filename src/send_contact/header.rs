//! A header of a request, which may be a secret.

use std::fmt;

/// A header of a request. `Debug` does not show the value of a secret one.
///
/// ```
/// use vcardinal::{contact::Contact, send_contact::SendContact};
///
/// let contact = Contact::builder().full_name("Zoe Quist").build()?;
/// let request = SendContact::to_chat("ch_7Hq2".parse()?).contact(contact).unsigned()?;
/// let header = &request.headers[0];
/// assert_eq!((header.name(), header.value()), ("content-type", "application/json"));
/// assert!(!header.is_secret());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Header {
    name: &'static str,
    value: String,
    secret: bool,
}

impl Header {
    pub(super) fn plain(name: &'static str, value: String) -> Header {
        Header {
            name,
            value,
            secret: false,
        }
    }

    #[cfg(feature = "sign")]
    pub(super) fn secret(name: &'static str, value: String) -> Header {
        Header {
            name,
            value,
            secret: true,
        }
    }

    /// The name, in lower case.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The value. Do not log it where [`is_secret`](Header::is_secret) says so.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Whether whoever sees the value can send in the tenant's name.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.secret
    }
}

/// `content-type: application/json`, `authorization: ***`
impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = if self.secret { "***" } else { &self.value };
        write!(f, "{}: {value}", self.name)
    }
}

/// Wipes a secret value.
#[cfg(feature = "sign")]
impl Drop for Header {
    fn drop(&mut self) {
        if self.secret {
            secrecy::zeroize::Zeroize::zeroize(&mut self.value);
        }
    }
}
