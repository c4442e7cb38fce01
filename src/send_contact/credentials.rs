//! [`Credentials`] -> the headers that prove who sends: a bearer token, or an HMAC over the body.

use std::fmt;
use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::header::Header;
use super::not_sent::SendContactError;
use super::secret::Secret;
use super::{SIGNATURE_HEADER, TENANT_HEADER};

/// What a tenant of the service proves itself with.
///
/// The secret is never part of `Debug`, `Display` or an error, and is wiped when dropped.
///
/// ```
/// use vcardinal::send_contact::Credentials;
///
/// let credentials = Credentials::hmac("acme", "a secret of the tenant");
/// assert_eq!(format!("{credentials:?}"), r#"Credentials { tenant: Some("acme"), way: Hmac, secret: *** }"#);
/// ```
#[derive(Clone)]
pub struct Credentials {
    tenant: Option<String>,
    way: Way,
    secret: Secret,
}

#[derive(Debug, Clone, Copy)]
enum Way {
    Bearer,
    Hmac,
}

impl Credentials {
    /// The secret itself goes with the request, as `authorization: Bearer`.
    ///
    /// ```
    /// use vcardinal::send_contact::Credentials;
    ///
    /// let headers = Credentials::bearer("secret").tenant("acme").headers(1_700_000_000, b"{}")?;
    /// assert!(headers.iter().any(|header| header.value() == "Bearer secret" && header.is_secret()));
    /// # Ok::<(), vcardinal::send_contact::SendContactError>(())
    /// ```
    #[must_use]
    pub fn bearer(secret: impl Into<Secret>) -> Credentials {
        Credentials {
            tenant: None,
            way: Way::Bearer,
            secret: secret.into(),
        }
    }

    /// A signature of time and body goes with the request; the secret stays here.
    #[must_use]
    pub fn hmac(tenant: impl Into<String>, secret: impl Into<Secret>) -> Credentials {
        Credentials {
            tenant: Some(tenant.into()),
            way: Way::Hmac,
            secret: secret.into(),
        }
    }

    /// Names the tenant, which a bearer token needs where an account has more than one.
    #[must_use]
    pub fn tenant(mut self, tenant: impl Into<String>) -> Credentials {
        self.tenant = Some(tenant.into());
        self
    }

    /// The headers that go with `body`, which must be sent as it is, at a time in seconds since
    /// 1970-01-01 UTC.
    ///
    /// # Errors
    ///
    /// [`SendContactError::Tenant`] or [`SendContactError::Secret`], where they cannot be put
    /// into a header.
    ///
    /// ```
    /// use vcardinal::send_contact::Credentials;
    ///
    /// let headers = Credentials::hmac("acme", "secret").headers(1_700_000_000, b"{}")?;
    /// assert_eq!(headers[0].name(), "x-chert-tenant");
    /// assert!(headers[1].value().starts_with("v1,1700000000,"));
    /// # Ok::<(), vcardinal::send_contact::SendContactError>(())
    /// ```
    pub fn headers(&self, unix_seconds: u64, body: &[u8]) -> Result<Vec<Header>, SendContactError> {
        let secret = self.secret.expose();
        if is_blank(&self.secret) {
            return Err(SendContactError::Secret);
        }
        let mut headers = Vec::with_capacity(2);
        if let Some(tenant) = &self.tenant {
            let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
            if tenant.is_empty() || !tenant.bytes().all(plain) {
                return Err(SendContactError::Tenant);
            }
            headers.push(Header::plain(TENANT_HEADER, tenant.clone()));
        }
        match self.way {
            Way::Bearer => {
                if !secret.bytes().all(|b| b.is_ascii_graphic()) {
                    return Err(SendContactError::Secret);
                }
                headers.push(Header::secret("authorization", format!("Bearer {secret}")));
            }
            Way::Hmac => {
                let mac = mac(&self.secret, &unix_seconds.to_string(), body)
                    .ok_or(SendContactError::Secret)?;
                let mut value = format!("v1,{unix_seconds},");
                for byte in mac.finalize().into_bytes() {
                    // Writing to a string does not fail.
                    let _ = write!(value, "{byte:02x}");
                }
                headers.push(Header::secret(SIGNATURE_HEADER, value));
            }
        }
        Ok(headers)
    }
}

/// Whether a secret is none that anybody chose: nothing but white space and control characters, as
/// is left of a variable that was not set.
pub(super) fn is_blank(secret: &Secret) -> bool {
    let mut characters = secret.expose().chars();
    characters.all(|character| character.is_whitespace() || character.is_control())
}

/// HMAC-SHA256 of `<unix_seconds>.<body>` under the secret.
pub(super) fn mac(secret: &Secret, unix_seconds: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
    // Keys of any length will do; the error is that of other algorithms.
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).ok()?;
    mac.update(unix_seconds.as_bytes());
    mac.update(b".");
    mac.update(body);
    Some(mac)
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("tenant", &self.tenant)
            .field("way", &self.way)
            .field("secret", &format_args!("***"))
            .finish()
    }
}
