//! `phone`: what a telephone number is, question by question.

use std::fmt::Write as _;
use std::io::Write as _;
use std::mem;

use serde::Serialize;
use vcardinal::value::phone::{NationalError, Region};
use vcardinal::value::{E164, E164Reason, Possibility, TelUri};

use crate::arguments::{Phone, ValueFormat as Format};
use crate::exit::{Outcome, Status};
use crate::json;
use crate::marked_value::Carets;
use crate::message::printable;
use crate::words::for_each_word;

pub fn run(command: &Phone) -> Outcome {
    let mut out = command.to_file.open()?;
    let mut status = Status::Clean;
    let carets = Carets::new();
    let mut is_first = true;
    for_each_word(&command.numbers, "a telephone number", |input| {
        let answer = Answer::new(input, command.region);
        if !answer.valid {
            status = Status::Found;
        }
        match command.format {
            Format::Json => json::to_line(&mut out, &answer)?,
            Format::Human => {
                if !mem::take(&mut is_first) {
                    out.write_all(b"\n")?;
                }
                out.write_all(answer.for_people(&carets).as_bytes())?;
            }
        }
        Ok(())
    })?;
    out.finish()?;
    Ok(status)
}

/// What is known of a number.
#[derive(Debug, Default, Serialize)]
struct Answer<'a> {
    input: &'a str,
    valid: bool,
    written: Option<&'static str>,
    e164: Option<String>,
    derived: bool,
    extension: Option<String>,
    calling_code: Option<u16>,
    national_number: Option<String>,
    possible: Option<&'static str>,
    region: Option<&'static str>,
    kind: Option<&'static str>,
    suggestion: Option<String>,
    error: Option<String>,
    error_byte: Option<usize>,
}

impl<'a> Answer<'a> {
    fn new(input: &'a str, region: Option<Region>) -> Self {
        let mut answer = Answer {
            input,
            ..Answer::default()
        };
        match answer.read(region) {
            Ok(number) => answer.explain(number),
            Err((offset, error)) => {
                answer.error_byte = offset;
                answer.error = Some(error);
            }
        }
        answer
    }

    /// The number, or where and why the input is not one.
    fn read(&mut self, region: Option<Region>) -> Result<E164, (Option<usize>, String)> {
        let input = self.input;
        let scheme = input.get(..4);
        if scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("tel:")) {
            let fail = |error: vcardinal::value::TelUriError| {
                (Some(error.offset()), error.reason().to_string())
            };
            let uri = TelUri::parse_lenient(input).map_err(fail)?;
            uri.check().map_err(fail)?;
            self.written = Some("tel-uri");
            self.extension = uri.extension().map(String::from);
            return uri.to_e164().map_err(|error| {
                let offset = "tel:".len() + error.offset();
                (Some(offset), error.reason().to_string())
            });
        }
        let error = match E164::parse(input) {
            Ok(number) => {
                self.written = Some("e164");
                return Ok(number);
            }
            Err(error) => error,
        };
        if let Ok(number) = E164::parse_lenient(input) {
            self.written = Some("separators");
            return Ok(number);
        }
        let Some(region) = region else {
            // With separators there may be a better reason than the first of them.
            let error = E164::parse_lenient(input).err().unwrap_or(error);
            return Err((Some(error.offset()), error.reason().to_string()));
        };
        match E164::from_national(input, region) {
            Ok(number) => {
                self.written = Some("national");
                self.derived = true;
                self.extension = number.extension;
                Ok(number.number)
            }
            Err(NationalError::Syntax(error)) => {
                Err((Some(error.offset()), error.reason().to_string()))
            }
            Err(error) => {
                if let NationalError::Invalid { suggestion, .. } = error {
                    self.suggestion = suggestion.map(|number| number.to_string());
                }
                Err((None, format!("{region} has no such number")))
            }
        }
    }

    fn explain(&mut self, number: E164) {
        self.e164 = Some(number.to_string());
        self.calling_code = number.calling_code();
        self.national_number = number.national_number().map(String::from);
        self.possible = Some(match number.possibility() {
            Possibility::Possible => "possible",
            Possibility::LocalOnly => "local-only",
            Possibility::UnknownCallingCode => "unknown-calling-code",
            Possibility::TooShort => "too-short",
            Possibility::TooLong => "too-long",
            _ => "wrong-length",
        });
        let assignment = number.assignment();
        self.valid = assignment.is_some();
        self.region = assignment.map(|assignment| assignment.region.as_str());
        self.kind = assignment.map(|assignment| assignment.kind.as_str());
        self.suggestion = number
            .without_trunk_prefix()
            .map(|number| number.to_string());
    }

    fn for_people(&self, carets: &Carets) -> String {
        let help = |number: &String| format!("did you mean {number}?");
        if let (Some(error), offset) = (&self.error, self.error_byte) {
            let mut notes: Vec<_> = self.suggestion.iter().map(help).collect();
            if *error == E164Reason::NoPlus.to_string() {
                notes.push(String::from(
                    "if the number has no calling code, name its country, for instance --region US",
                ));
            }
            return carets.render(self.input, offset.unwrap_or(0), error, &notes);
        }
        let mut text = format!("{}\n", printable(self.input));
        let number = self.e164.as_deref().unwrap_or_default();
        let mut row = |name: &str, value: &str| {
            let _ = writeln!(text, "  {name:<10}{value}");
        };
        match self.written {
            Some("separators") => row("written", &format!("with separators; E.164 is {number}")),
            Some("tel-uri") => row("written", &format!("as a tel: URI; E.164 is {number}")),
            Some("national") => row(
                "written",
                &format!("without its calling code; E.164 is probably {number}"),
            ),
            _ => row("written", "as E.164"),
        }
        if let Some(extension) = &self.extension {
            row("extension", &printable(extension));
        }
        let code = self.calling_code.unwrap_or_default();
        match self.possible {
            Some("possible") => row(
                "possible",
                &format!("yes, a number under +{code} can have this many digits"),
            ),
            Some("local-only") => row("possible", "only within one town; the area code is missing"),
            Some("unknown-calling-code") => {
                row("possible", "no, this calling code is not assigned")
            }
            Some("too-short") => row("possible", &format!("no, too short for +{code}")),
            Some("too-long") => row("possible", &format!("no, too long for +{code}")),
            _ => row(
                "possible",
                &format!("no, no number under +{code} has this many digits"),
            ),
        }
        match (self.region, self.kind) {
            (Some(region), Some(kind)) => {
                row("valid", "yes");
                row("region", region);
                row("kind", kind);
            }
            _ => row("valid", "no, such numbers are not assigned"),
        }
        if let Some(number) = &self.suggestion {
            row("", &help(number));
        }
        text
    }
}
