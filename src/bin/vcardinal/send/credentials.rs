//! The environment and files -> credentials, and how to keep them out of the output.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use vcardinal::send_contact::{Credentials, RequestParts};

use crate::arguments::Send;
use crate::exit::Failure;
use crate::message::{self, printable};

const SECRET: &str = "CHERT_SIGNING_SECRET";
const TENANT: &str = "CHERT_TENANT";
/// Bytes of a file with a secret at most: it has one line.
const MAX_SECRET: u64 = 64 * 1024;

pub struct Found {
    pub credentials: Credentials,
    secret: SecretString,
}

impl Found {
    /// What must not be printed of a request and its answer.
    pub fn masks(self, request: &RequestParts) -> Masks {
        let mut secrets = vec![self.secret];
        for header in request.headers.iter().filter(|header| header.is_secret()) {
            secrets.push(SecretString::from(header.value()));
            // The hexadecimal digits of a signature alone.
            let last = header.value().rsplit([',', ' ']).next();
            secrets.extend(last.map(SecretString::from));
        }
        Masks(secrets)
    }
}

/// Secrets that must not be printed, even where a server repeats them.
pub struct Masks(Vec<SecretString>);

impl Masks {
    pub fn mask(&self, text: &str) -> String {
        let mut text = String::from(text);
        for secret in &self.0 {
            let secret = secret.expose_secret();
            if !secret.is_empty() && text.contains(secret) {
                text = text.replace(secret, "***");
            }
        }
        text
    }
}

/// The credentials that a command line and the environment ask for.
pub fn find(command: &Send) -> Result<Found, Failure> {
    let secret = match &command.secret_file {
        Some(path) => Some(in_file(path)?),
        None => in_environment()?,
    };
    let secret = match secret {
        Some(secret) => secret,
        // Only its mask is printed.
        None if command.dry_run => {
            message::say(&format!(
                "note: to send it, set {SECRET} or use --secret-file"
            ));
            SecretString::from("none")
        }
        None => {
            return Err(Failure::Usage(format!(
                "no secret given; set {SECRET} or use --secret-file"
            )));
        }
    };
    let credentials = match tenant(command)? {
        Some(tenant) if command.bearer => {
            Credentials::bearer(secret.expose_secret()).tenant(tenant)
        }
        Some(tenant) => Credentials::hmac(tenant, secret.expose_secret()),
        None => Credentials::bearer(secret.expose_secret()),
    };
    Ok(Found {
        credentials,
        secret,
    })
}

fn tenant(command: &Send) -> Result<Option<String>, Failure> {
    if let Some(tenant) = &command.tenant {
        return Ok(Some(tenant.clone()));
    }
    let tenant = std::env::var_os(TENANT).filter(|tenant| !tenant.is_empty());
    let not_text = |_| Failure::Usage(format!("{TENANT} is not UTF-8"));
    tenant
        .map(|tenant| tenant.into_string().map_err(not_text))
        .transpose()
}

fn in_environment() -> Result<Option<SecretString>, Failure> {
    match std::env::var_os(SECRET).filter(|secret| !secret.is_empty()) {
        None => Ok(None),
        // The error of the standard library would have the value in it.
        Some(secret) => match secret.into_string() {
            Ok(secret) if secret.trim().is_empty() => Err(Failure::Usage(format!(
                "{SECRET} is blank; it contains no secret"
            ))),
            Ok(secret) => Ok(Some(SecretString::from(secret))),
            Err(_) => Err(Failure::Usage(format!("{SECRET} is not UTF-8"))),
        },
    }
}

/// The first and only line of a file.
fn in_file(path: &Path) -> Result<SecretString, Failure> {
    let title = printable(&path.to_string_lossy());
    let failure = |message: &dyn std::fmt::Display| Failure::Input(format!("{title}: {message}"));
    let file = File::open(path).map_err(|error| failure(&error))?;
    let mut secret = String::new();
    let read = file.take(MAX_SECRET + 1).read_to_string(&mut secret);
    // Wiped when dropped, whatever is wrong with it.
    let secret = SecretString::from(secret);
    let len = read.map_err(|error| failure(&error))?;
    let line = secret.expose_secret().trim_end_matches(['\r', '\n']);
    if line.trim().is_empty() {
        return Err(failure(&"the file contains no secret"));
    }
    if len as u64 > MAX_SECRET || line.contains(['\r', '\n']) {
        return Err(failure(&"expected a single line with the secret"));
    }
    Ok(SecretString::from(line))
}
