//! Status, headers and body of an answer -> [`SendContactResponse`] or [`ResponseError`].

use std::fmt;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::TRACE_HEADER;
use super::chat_id::{ChatId, ChatIdError};

/// The contact was handed on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SendContactResponse {
    /// The chat, also where it was made for a telephone number.
    pub chat_id: String,
    /// `sent`.
    pub status: String,
    /// The name under which the service has logged the request.
    pub trace_id: Option<String>,
}

/// Bytes of an answer that are read at most; a proper one has a few hundred.
const MAX_BODY: usize = 1024 * 1024;
/// Bytes of a message or an excerpt that are kept at most.
const MAX_TEXT: usize = 400;

impl SendContactResponse {
    /// The answer to a delivered contact.
    ///
    /// ```
    /// use vcardinal::send_contact::SendContactResponse;
    ///
    /// let answer = SendContactResponse::sent(&"ch_7Hq2".parse()?);
    /// assert_eq!(answer.to_json(), r#"{"chat_id":"ch_7Hq2","status":"sent"}"#);
    /// # Ok::<(), vcardinal::send_contact::ChatIdError>(())
    /// ```
    #[must_use]
    pub fn sent(chat_id: &ChatId) -> SendContactResponse {
        SendContactResponse {
            chat_id: chat_id.to_string(),
            status: "sent".to_owned(),
            trace_id: None,
        }
    }

    /// Reads an answer. Fields that are not known are passed over.
    ///
    /// # Errors
    ///
    /// [`ResponseError::Api`], where the service says why not, and [`ResponseError::Malformed`],
    /// where the answer did not come from the service.
    ///
    /// ```
    /// use vcardinal::send_contact::{ErrorCode, ResponseError, SendContactResponse};
    ///
    /// let body = br#"{"chat_id":"ch_7Hq2","status":"sent"}"#;
    /// let response = SendContactResponse::from_parts(202, [("X-Trace-ID", "a1b2")], body)?;
    /// assert_eq!(response.chat()?.as_str(), "ch_7Hq2");
    /// assert_eq!(response.trace_id.as_deref(), Some("a1b2"));
    ///
    /// let body = br#"{"success":false,"error":{"status":429,"code":1007,"message":"slow down",
    ///     "retryable":true,"retry_after":3},"trace_id":"a1b2"}"#;
    /// match SendContactResponse::from_parts(429, [("retry-after", "5")], body) {
    ///     Err(ResponseError::Api(error)) => {
    ///         assert_eq!(error.code, ErrorCode::RateLimited);
    ///         assert!(error.retryable);
    ///         assert_eq!(error.retry_after.map(|time| time.as_secs()), Some(3));
    ///     }
    ///     other => panic!("{other:?}"),
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_parts<N, V>(
        status: u16,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
    ) -> Result<SendContactResponse, ResponseError>
    where
        N: AsRef<str>,
        V: AsRef<[u8]>,
    {
        let (mut trace_id, mut retry_after) = (None, None);
        for (name, value) in headers {
            let value = || std::str::from_utf8(value.as_ref()).ok().map(str::trim);
            if name.as_ref().eq_ignore_ascii_case(TRACE_HEADER) {
                trace_id = value().map(bounded);
            } else if name.as_ref().eq_ignore_ascii_case("retry-after") {
                retry_after = value()
                    .and_then(|v| v.parse().ok())
                    .map(Duration::from_secs);
            }
        }
        let malformed = |reason: &'static str, trace_id| {
            Err(ResponseError::Malformed(MalformedResponse {
                status,
                reason,
                excerpt: bounded(&String::from_utf8_lossy(
                    body.get(..MAX_TEXT).unwrap_or(body),
                )),
                trace_id,
            }))
        };
        if body.len() > MAX_BODY {
            return malformed("the body is larger than 1 MiB", trace_id);
        }
        let Ok(Value::Object(fields)) = serde_json::from_slice(body) else {
            return malformed("the body is not a JSON object", trace_id);
        };
        // The body's name wins: a proxy may have put another into the header.
        let trace_id = text(&fields, "trace_id").or(trace_id);
        if let Some(Value::Object(error)) = fields.get("error") {
            let code = error.get("code").and_then(Value::as_u64);
            let Some(code) = code.and_then(|code| u32::try_from(code).ok()) else {
                return malformed("the error has no code", trace_id);
            };
            let seconds = error.get("retry_after").and_then(Value::as_f64);
            return Err(ResponseError::Api(ApiError {
                status,
                code: ErrorCode::from(code),
                message: text(error, "message").unwrap_or_default(),
                // Trying again is right only where the service says so.
                retryable: error.get("retryable") == Some(&Value::Bool(true)),
                retry_after: seconds
                    .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
                    .or(retry_after),
                trace_id,
            }));
        }
        if !(200..300).contains(&status) {
            return malformed(
                "the status is not a success and the body has no error",
                trace_id,
            );
        }
        match (text(&fields, "chat_id"), text(&fields, "status")) {
            (Some(chat_id), Some(status)) => Ok(SendContactResponse {
                chat_id,
                status,
                trace_id,
            }),
            _ => malformed("the body lacks chat_id or status", trace_id),
        }
    }

    /// Reads an answer as most HTTP clients give it.
    ///
    /// # Errors
    ///
    /// Those of [`from_parts`](SendContactResponse::from_parts).
    ///
    /// ```
    /// use vcardinal::send_contact::SendContactResponse;
    ///
    /// let answer = http::Response::builder().status(202).body(r#"{"chat_id":"ch_7Hq2","status":"sent"}"#)?;
    /// assert_eq!(SendContactResponse::from_http(&answer)?.chat_id, "ch_7Hq2");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "http")]
    pub fn from_http<B: AsRef<[u8]>>(
        response: &http::Response<B>,
    ) -> Result<SendContactResponse, ResponseError> {
        SendContactResponse::from_parts(
            response.status().as_u16(),
            response.headers(),
            response.body().as_ref(),
        )
    }

    /// The chat, for the next request.
    ///
    /// # Errors
    ///
    /// [`ChatIdError`] where the service gave an id that cannot be put into a path.
    pub fn chat(&self) -> Result<ChatId, ChatIdError> {
        self.chat_id.parse()
    }

    /// The body of the answer, for the side that gives it.
    #[must_use]
    pub fn to_json(&self) -> String {
        json!({"chat_id": self.chat_id, "status": self.status}).to_string()
    }
}

fn text(fields: &Map<String, Value>, name: &str) -> Option<String> {
    fields.get(name).and_then(Value::as_str).map(bounded)
}

fn bounded(text: &str) -> String {
    let end = (0..=MAX_TEXT.min(text.len())).rev();
    let end = end.into_iter().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default().to_owned()
}

/// Why a contact was not handed on, or is not known to have been.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ResponseError {
    /// The service says why.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The answer did not come from the service (but perhaps from a proxy), or it was cut short.
    #[error(transparent)]
    Malformed(#[from] MalformedResponse),
}

/// An answer that did not come from the service, or not all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MalformedResponse {
    /// The HTTP status.
    pub status: u16,
    /// What is wrong with it.
    pub reason: &'static str,
    /// The beginning of the body, bounded.
    pub excerpt: String,
    /// The name under which the service has logged the request.
    pub trace_id: Option<String>,
}

impl fmt::Display for MalformedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "HTTP {}: {}: {:?}",
            self.status, self.reason, self.excerpt
        )
    }
}

impl std::error::Error for MalformedResponse {}

/// What the service says when it does not do what was asked for.
///
/// Decide by [`code`](ApiError::code) and [`retryable`](ApiError::retryable), never by the message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiError {
    /// The HTTP status.
    pub status: u16,
    /// Which error it is.
    pub code: ErrorCode,
    /// What it is in words, which may change.
    pub message: String,
    /// Whether the same request may succeed later, as the service says; false where it does not.
    pub retryable: bool,
    /// How long to wait before that, from the body or else the header; `None` where the service does
    /// not say.
    pub retry_after: Option<Duration>,
    /// The name under which the service has logged the request.
    pub trace_id: Option<String>,
}

impl ApiError {
    /// An error to answer with, its status and whether to retry those that go with its code.
    ///
    /// ```
    /// use vcardinal::send_contact::{ApiError, ErrorCode};
    ///
    /// let error = ApiError::new(ErrorCode::NoContent, "neither contact nor vcard_text");
    /// assert_eq!(error.status, 400);
    /// assert_eq!(
    ///     error.to_json(),
    ///     r#"{"success":false,"error":{"status":400,"code":1001,"message":"neither contact nor vcard_text","retryable":false},"trace_id":null}"#
    /// );
    /// ```
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> ApiError {
        ApiError {
            status: code.usual_status(),
            code,
            message: message.into(),
            retryable: matches!(
                code,
                ErrorCode::RateLimited | ErrorCode::DeliveryUnavailable | ErrorCode::LinesSaturated
            ),
            retry_after: None,
            trace_id: None,
        }
    }

    /// The body of the answer, for the side that gives it.
    #[must_use]
    pub fn to_json(&self) -> String {
        use serde::Serialize;

        #[derive(Serialize)]
        struct Envelope<'a> {
            success: bool,
            error: Inner<'a>,
            trace_id: Option<&'a str>,
        }
        #[derive(Serialize)]
        struct Inner<'a> {
            status: u16,
            code: u32,
            message: &'a str,
            retryable: bool,
            #[serde(skip_serializing_if = "Option::is_none")]
            retry_after: Option<u64>,
        }
        let envelope = Envelope {
            success: false,
            error: Inner {
                status: self.status,
                code: self.code.into(),
                message: &self.message,
                retryable: self.retryable,
                retry_after: self.retry_after.map(|time| time.as_secs()),
            },
            trace_id: self.trace_id.as_deref(),
        };
        // Numbers, strings and truth values: nothing that JSON cannot hold.
        serde_json::to_string(&envelope).unwrap_or_default()
    }
}

/// `error 1001, HTTP 400, trace a1b2: "neither contact nor vcard_text"`
impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error {}, HTTP {}", u32::from(self.code), self.status)?;
        if let Some(trace_id) = &self.trace_id {
            write!(f, ", trace {}", trace_id.escape_debug())?;
        }
        write!(f, ": {:?}", self.message)
    }
}

impl std::error::Error for ApiError {}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal;)*) => {
        /// Which error it is; those not known here are kept by their number.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode {
            $($(#[$doc])* $name,)*
            /// Any other.
            Other(u32),
        }

        impl From<u32> for ErrorCode {
            fn from(code: u32) -> Self {
                match code {
                    $($code => ErrorCode::$name,)*
                    other => ErrorCode::Other(other),
                }
            }
        }

        impl From<ErrorCode> for u32 {
            fn from(code: ErrorCode) -> Self {
                match code {
                    $(ErrorCode::$name => $code,)*
                    ErrorCode::Other(other) => other,
                }
            }
        }

        impl ErrorCode {
            /// Every code that has a name.
            pub const NAMED: &[ErrorCode] = &[$(ErrorCode::$name),*];

            /// The HTTP status this endpoint sends with the code; 500 for others. What was
            /// received is [`ApiError::status`], which may differ.
            #[must_use]
            pub const fn usual_status(self) -> u16 {
                match self {
                    $(ErrorCode::$name => $status,)*
                    ErrorCode::Other(_) => 500,
                }
            }
        }
    };
}

codes! {
    /// 1001: neither `contact` nor `vcard_text`.
    NoContent = 1001, 400;
    /// 1002: no identifying field, or a field of an unsupported shape.
    InvalidContent = 1002, 400;
    /// 1003: a telephone number that is not valid.
    InvalidPhone = 1003, 400;
    /// 1004: the body is not JSON.
    InvalidJson = 1004, 400;
    /// 1007: too many requests.
    RateLimited = 1007, 429;
    /// 2001: no such tenant.
    TenantNotFound = 2001, 404;
    /// 2002: no such chat; a telephone number makes one.
    ChatNotFound = 2002, 404;
    /// 2004: the signature or the token is wrong.
    BadSignature = 2004, 401;
    /// 2005: not allowed.
    Forbidden = 2005, 403;
    /// 2007: the account's email is not verified.
    EmailNotVerified = 2007, 403;
    /// 2008: a limit of the account is reached.
    AccountLimit = 2008, 402;
    /// 2012: no credentials.
    NoCredentials = 2012, 401;
    /// 2013: the time of the signature is off by more than five minutes.
    TimestampSkew = 2013, 401;
    /// 3001: the service failed.
    Internal = 3001, 500;
    /// 3002: delivery is not available now.
    DeliveryUnavailable = 3002, 503;
    /// 3003: the service is not configured.
    NotConfigured = 3003, 500;
    /// 3004: the delivery service failed.
    DeliveryServiceError = 3004, 502;
    /// 4001: delivery failed.
    DeliveryFailed = 4001, 502;
    /// 4002: all lines are busy.
    LinesSaturated = 4002, 503;
    /// 4099: no pinned line, or one that cannot send contacts.
    LineCannotSend = 4099, 501;
}
