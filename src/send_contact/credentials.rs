//! [`Credentials`] -> the headers that prove who sends: a bearer token, or an HMAC over the body.

use std::fmt;
use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use super::error::SendContactError;
use super::header::Header;
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
    secret: SecretString,
}

#[derive(Debug, Clone, Copy)]
enum Way {
    Bearer,
    Hmac,
}

impl Credentials {
    /// The secret itself goes with the request, as `authorization: Bearer`.
    #[must_use]
    pub fn bearer(secret: impl Into<SecretString>) -> Credentials {
        Credentials {
            tenant: None,
            way: Way::Bearer,
            secret: secret.into(),
        }
    }

    /// A signature of time and body goes with the request; the secret stays here.
    #[must_use]
    pub fn hmac(tenant: impl Into<String>, secret: impl Into<SecretString>) -> Credentials {
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
        let secret = self.secret.expose_secret();
        if secret.is_empty() {
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

/// HMAC-SHA256 of `<unix_seconds>.<body>` under the secret.
pub(super) fn mac(secret: &SecretString, unix_seconds: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
    // Keys of any length will do; the error is that of other algorithms.
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()).ok()?;
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
