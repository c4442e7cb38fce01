//! A request over HTTPS, once.

use std::io;
use std::time::Duration;

use ureq::{Agent, Error, Timeout};
use vcardinal::send_contact::{RequestParts, ResponseError, SendContactResponse};

use super::credentials::Masks;
use crate::arguments::Send;
use crate::exit::Failure;
use crate::message::{count, printable};

/// Bytes of an answer that are read at most; a proper one has a few hundred.
const MAX_ANSWER: u64 = 1024 * 1024;
/// Characters that are shown of an answer that is not valid.
const SHOWN: usize = 200;

pub type Answer = Result<SendContactResponse, vcardinal::send_contact::ApiError>;

/// Sends it; what the service says, if anything.
pub fn send(command: &Send, request: RequestParts, masks: &Masks) -> Result<Answer, Failure> {
    let is_https = request.url.starts_with("https:");
    let mut config = Agent::config_builder()
        .http_status_as_error(false)
        .https_only(is_https)
        // The credentials are for the service alone.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("vcardinal/", env!("CARGO_PKG_VERSION")))
        .timeout_connect(Some(Duration::from_secs(command.timeout.min(10))))
        .timeout_global(Some(Duration::from_secs(command.timeout)));
    if !is_https {
        // Loopback needs no proxy, which would see the credentials.
        config = config.proxy(None);
    }
    let agent = config.build().new_agent();
    let failure = |error: Error| {
        let known = match never_left(&error) {
            true => "nothing was sent",
            false => "it is not known whether the contact was sent",
        };
        let error = masks.mask(&describe(command, &error));
        Failure::Input(format!(
            "{}: {}; {known}",
            command.base_url,
            printable(&error)
        ))
    };

    let request = request
        .try_into_http()
        .map_err(Error::Http)
        .map_err(failure)?;
    let (head, mut body) = agent.run(request).map_err(failure)?.into_parts();
    let body = body
        .with_config()
        .limit(MAX_ANSWER)
        .read_to_vec()
        .map_err(failure)?;
    match SendContactResponse::from_parts(head.status.as_u16(), &head.headers, &body) {
        Ok(response) => Ok(Ok(response)),
        Err(ResponseError::Api(error)) => Ok(Err(error)),
        Err(ResponseError::Malformed(malformed)) => {
            let redirect = match head.status.is_redirection() {
                true => "; redirects are not followed",
                false => "",
            };
            // Masked before it is cut, lest half a secret is left.
            let text = masks.mask(&String::from_utf8_lossy(&body));
            let text: String = text.chars().take(SHOWN).collect();
            Err(Failure::Input(format!(
                "{}: HTTP {}: {}: {}{redirect}; it is not known whether the contact was sent",
                command.base_url,
                malformed.status,
                malformed.reason,
                printable(&text),
            )))
        }
        Err(other) => Err(Failure::Input(printable(&masks.mask(&other.to_string())))),
    }
}

/// Whether it failed before the request was on its way.
fn never_left(error: &Error) -> bool {
    match error {
        Error::Http(_)
        | Error::BadUri(_)
        | Error::RequireHttpsOnly(_)
        | Error::HostNotFound
        | Error::ConnectionFailed
        | Error::ConnectProxyFailed(_)
        | Error::InvalidProxyUrl
        | Error::Timeout(Timeout::Resolve | Timeout::Connect) => true,
        Error::Rustls(error) => is_about_the_server(&error.to_string()),
        Error::Io(error) => {
            matches!(
                error.kind(),
                io::ErrorKind::ConnectionRefused
                    | io::ErrorKind::HostUnreachable
                    | io::ErrorKind::NetworkUnreachable
            ) || is_about_the_server(&error.to_string())
        }
        _ => false,
    }
}

/// Whether the server does not exist or cannot prove who it is; error kinds do not tell.
fn is_about_the_server(message: &str) -> bool {
    message.starts_with("failed to lookup address")
        || message.starts_with("invalid peer certificate")
}

fn describe(command: &Send, error: &Error) -> String {
    match error {
        Error::Io(error) => error.to_string(),
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
            String::from("could not connect in time")
        }
        Error::Timeout(_) => format!(
            "no answer within {}",
            count(command.timeout, "second", "seconds")
        ),
        Error::BodyExceedsLimit(limit) => format!("the answer is larger than {limit} bytes"),
        other => other.to_string(),
    }
}
