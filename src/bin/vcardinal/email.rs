//! `email`: what an email address is made of.

use std::fmt::Write as _;
use std::io::Write as _;
use std::mem;

use serde::Serialize;
use vcardinal::value::{Email, EmailError};

use crate::arguments::{self, ValueFormat as Format};
use crate::exit::{Outcome, Status};
use crate::json;
use crate::marked_value::Carets;
use crate::message::printable;
use crate::words::for_each_word;

pub fn run(command: &arguments::Email) -> Outcome {
    let mut out = command.to_file.open()?;
    let mut status = Status::Clean;
    let carets = Carets::new();
    let mut is_first = true;
    for_each_word(&command.addresses, "an email address", |input| {
        let result = Email::parse(input);
        // A domain that cannot be in the DNS is as wrong as any other fault.
        let result = result.and_then(|email| Ok((email.ascii_domain()?.into_owned(), email)));
        if result.is_err() {
            status = Status::Found;
        }
        match command.format {
            Format::Json => json::to_line(&mut out, &Answer::new(input, &result))?,
            Format::Human => {
                if !mem::take(&mut is_first) {
                    out.write_all(b"\n")?;
                }
                out.write_all(for_people(input, &result, &carets).as_bytes())?;
            }
        }
        Ok(())
    })?;
    out.finish()?;
    Ok(status)
}

type Parsed = Result<(String, Email), EmailError>;

/// What is known of an address.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    input: &'a str,
    valid: bool,
    local_part: Option<&'a str>,
    domain: Option<&'a str>,
    ascii_domain: Option<&'a str>,
    internationalized: Option<bool>,
    literal: Option<bool>,
    normalized: Option<String>,
    error: Option<String>,
    error_byte: Option<usize>,
    section: Option<&'static str>,
}

impl<'a> Answer<'a> {
    fn new(input: &'a str, parsed: &'a Parsed) -> Self {
        let ok = parsed.as_ref().ok();
        let error = parsed.as_ref().err();
        Answer {
            input,
            valid: ok.is_some(),
            local_part: ok.map(|(_, email)| email.local_part()),
            domain: ok.map(|(_, email)| email.domain()),
            ascii_domain: ok.map(|(ascii, _)| ascii.as_str()),
            internationalized: ok.map(|(_, email)| email.is_internationalized()),
            literal: ok.map(|(_, email)| email.is_literal()),
            normalized: ok.map(|(_, email)| email.normalized()),
            error: error.map(|error| error.reason().to_string()),
            error_byte: error.map(EmailError::offset),
            section: error.map(EmailError::section),
        }
    }
}

fn for_people(input: &str, parsed: &Parsed, carets: &Carets) -> String {
    let (ascii, email) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            let message = format!("{} ({})", error.reason(), error.section());
            return carets.render(input, error.offset(), &message, &[]);
        }
    };
    let mut text = format!("{}\n", printable(input));
    let mut row = |name: &str, value: &str| {
        let _ = writeln!(text, "  {name:<20}{}", printable(value));
    };
    row("local part", email.local_part());
    row("domain", email.domain());
    if email.is_literal() {
        row("", "an IP address instead of a name");
    } else if ascii != email.domain() {
        row("domain in the DNS", ascii);
    }
    row(
        "internationalized",
        match email.is_internationalized() {
            true => "yes, every mail server on the way must support SMTPUTF8 (RFC 6531)",
            false => "no",
        },
    );
    let normalized = email.normalized();
    if normalized != input {
        row("normalized", &normalized);
    }
    text
}
