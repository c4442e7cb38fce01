//! A [`Contact`](crate::contact::Contact) -> the request that delivers it to a chat, and the answer back.
//!
//! `POST /api/v1/chats/{id}/send-contact` of the Chert Messaging API, version 1. Nothing here
//! opens a connection: a request comes out as [`RequestParts`] (with the feature `http`, as
//! `http::Request<Vec<u8>>`) for the HTTP client of your choice, and what it answers goes into
//! [`SendContactResponse::from_parts`].
//!
//! The request is not idempotent, since the recipient sees a card each time; nothing is ever sent
//! again on its own. [`ApiError::retryable`] says when trying again makes sense, and a request is
//! to be signed again then.
//!
//! For those who implement or mock the endpoint there is the other side, [`Receiver`] (feature
//! `sign`).

mod base_url;
mod chat_id;
#[cfg(feature = "sign")]
mod credentials;
mod header;
mod not_sent;
#[cfg(feature = "sign")]
mod receive;
mod request;
mod response;
#[cfg(feature = "sign")]
mod secret;
mod vcard_text;

pub use base_url::{BaseUrl, BaseUrlError};
pub use chat_id::{ChatId, ChatIdError};
#[cfg(feature = "sign")]
pub use credentials::Credentials;
pub use header::Header;
pub use not_sent::SendContactError;
#[cfg(feature = "sign")]
pub use receive::{Received, Receiver, SeenSignatures};
pub use request::{Content, Recipient, RequestParts, SendContact};
pub use response::{ApiError, ErrorCode, MalformedResponse, ResponseError, SendContactResponse};
#[cfg(feature = "sign")]
pub use secret::Secret;
pub use vcard_text::VcardTextError;

/// Carries the tenant's short name.
#[cfg(feature = "sign")]
const TENANT_HEADER: &str = "x-chert-tenant";
/// Carries `v1,<seconds>,<hex>`.
#[cfg(feature = "sign")]
const SIGNATURE_HEADER: &str = "x-chert-signature";
/// Carries the name under which the service has logged the request.
const TRACE_HEADER: &str = "x-trace-id";

crate::error::into_error! {
    Send: BaseUrlError, ChatIdError, SendContactError, VcardTextError, ApiError, MalformedResponse,
    ResponseError
}
