//! A secret, which is in no `Debug`, no `Display` and no error, and is wiped when it goes.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// What a tenant proves itself with.
///
/// Made of a `String` or a `&str`; what it says never shows, and is wiped when it is dropped.
///
/// ```
/// use vcardinal::send_contact::Secret;
///
/// let secret = Secret::from("swordfish");
/// assert_eq!(format!("{secret:?}"), "***");
/// ```
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// What it says.
    pub(super) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<String> for Secret {
    fn from(secret: String) -> Self {
        Secret(secret.into())
    }
}

impl From<&str> for Secret {
    fn from(secret: &str) -> Self {
        Secret(secret.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
