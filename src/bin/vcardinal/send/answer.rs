//! What the service says, for people and as JSON.

use serde::Serialize;
use vcardinal::send_contact::{ApiError, ErrorCode};

use super::credentials::Masks;
use super::transport::Answer;
use crate::arguments::{Send, ValueFormat};
use crate::exit::{Outcome, Status};
use crate::json;
use crate::message::{self, count, printable};
use crate::output;

#[derive(Debug, Serialize)]
struct AnswerObject {
    sent: bool,
    chat_id: Option<String>,
    status: Option<String>,
    error: Option<ErrorObject>,
    trace_id: Option<String>,
}

#[derive(Debug, Serialize)]
struct ErrorObject {
    code: u32,
    http_status: u16,
    meaning: Option<&'static str>,
    message: String,
    retryable: bool,
    retry_after: Option<u64>,
}

pub fn print(command: &Send, answer: Answer, masks: &Masks) -> Outcome {
    let mask = |text: &Option<String>| text.as_deref().map(|text| masks.mask(text));
    let object = match &answer {
        Ok(response) => AnswerObject {
            sent: true,
            chat_id: Some(masks.mask(&response.chat_id)),
            status: Some(masks.mask(&response.status)),
            error: None,
            trace_id: mask(&response.trace_id),
        },
        Err(error) => AnswerObject {
            sent: false,
            chat_id: None,
            status: None,
            error: Some(ErrorObject::new(error, masks)),
            trace_id: mask(&error.trace_id),
        },
    };
    let status = match object.sent {
        true => Status::Clean,
        false => Status::Found,
    };
    let text = match command.format {
        ValueFormat::Json => json::to_string(&object)? + "\n",
        ValueFormat::Human => object.for_people(),
    };
    output::write_once(text.as_bytes()).map(|_| status)
}

impl AnswerObject {
    /// A line for standard output; an error goes to standard error.
    fn for_people(&self) -> String {
        let trace = match &self.trace_id {
            Some(trace) => format!(" (trace {})", printable(trace)),
            None => String::new(),
        };
        if let Some(error) = &self.error {
            message::error(&format!(
                "not sent: {}, code {}, HTTP {}{trace}",
                error.meaning.unwrap_or("an unknown error"),
                error.code,
                error.http_status,
            ));
            if !error.message.is_empty() {
                message::say(&format!(
                    "note: the service says: {}",
                    printable(&error.message)
                ));
            }
            message::say(&match (error.retryable, error.retry_after) {
                (true, Some(seconds)) => format!(
                    "note: you may try again after {}",
                    count(seconds, "second", "seconds")
                ),
                (true, None) => String::from("note: you may try again"),
                (false, _) => String::from("note: sending the same again will not help"),
            });
            return String::new();
        }
        format!(
            "{} to chat {}{trace}\n",
            printable(self.status.as_deref().unwrap_or_default()),
            printable(self.chat_id.as_deref().unwrap_or_default()),
        )
    }
}

impl ErrorObject {
    fn new(error: &ApiError, masks: &Masks) -> Self {
        ErrorObject {
            code: error.code.into(),
            http_status: error.status,
            meaning: meaning(error.code),
            message: masks.mask(&error.message),
            retryable: error.retryable,
            retry_after: error.retry_after.map(|time| time.as_secs()),
        }
    }
}

/// What an error means for the sender, and what to do about it.
fn meaning(code: ErrorCode) -> Option<&'static str> {
    Some(match code {
        ErrorCode::NoContent => "there was neither a contact nor a card in the request",
        ErrorCode::InvalidContent => "the service does not accept this contact",
        ErrorCode::InvalidPhone => "a telephone number is not valid; see `vcardinal phone`",
        ErrorCode::InvalidJson => "the request did not arrive as it was sent",
        ErrorCode::RateLimited => "too many requests",
        ErrorCode::TenantNotFound => "there is no such tenant; see --tenant",
        ErrorCode::ChatNotFound => "there is no such chat; for the first message use --to",
        ErrorCode::BadSignature => "the secret does not belong to the tenant",
        ErrorCode::Forbidden => "the account is not allowed to do this",
        ErrorCode::EmailNotVerified => "the email address of the account is not verified",
        ErrorCode::AccountLimit => "the account has reached a limit",
        ErrorCode::NoCredentials => "the credentials did not arrive",
        ErrorCode::TimestampSkew => "the clock of this machine is off by more than five minutes",
        ErrorCode::Internal => "the service failed",
        ErrorCode::DeliveryUnavailable => "nothing can be delivered now",
        ErrorCode::NotConfigured => "the service is not configured",
        ErrorCode::DeliveryServiceError | ErrorCode::DeliveryFailed => "delivery failed",
        ErrorCode::LinesSaturated => "all lines are busy",
        ErrorCode::LineCannotSend => "the chat has no line that can send contacts",
        _ => return None,
    })
}
