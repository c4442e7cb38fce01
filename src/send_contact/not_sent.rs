//! Why there is no request to send.

use super::vcard_text::VcardTextError;
use crate::contact::ContactError;

/// Why there is no request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SendContactError {
    /// Nothing to deliver was given.
    #[error("there is no contact to send")]
    NoContent,
    /// The contact is not valid.
    #[error(transparent)]
    Contact(#[from] ContactError),
    /// The card is not one that can be sent.
    #[error("vcard_text: {0}")]
    VcardText(VcardTextError),
    /// The tenant is empty or has a character beside ASCII letters, digits, `_`, `-` and `.`.
    #[error("expected ASCII letters, digits, '_', '-' or '.' as the tenant")]
    Tenant,
    /// The secret is empty or cannot be put into a header.
    #[error("the secret is empty, or has characters that cannot be sent")]
    Secret,
    /// The system's clock is before 1970.
    #[error("the system's clock is before 1970")]
    Clock,
}

impl From<VcardTextError> for SendContactError {
    fn from(error: VcardTextError) -> Self {
        SendContactError::VcardText(error)
    }
}
