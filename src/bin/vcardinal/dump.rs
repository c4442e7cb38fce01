//! `dump`: cards as JSON, one object a line.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use std::borrow::Cow;
use vcardinal::syntax::ParameterRef;
use vcardinal::{Card, CardReader, Event, PropertyRef};

use crate::arguments::Dump;
use crate::input::total_size;
use crate::left_out::LeftOut;
use crate::output::{self, Failure, Outcome, Progress, Status};
use crate::reading::for_each_source;

/// A card as `dump` shows it.
#[derive(Debug, Serialize)]
struct CardObject<'a> {
    file: &'a str,
    card: u64,
    version: Option<&'static str>,
    closed: bool,
    position: PositionObject,
    span: [u64; 2],
    properties: Vec<PropertyObject<'a>>,
    other_lines: Vec<LineObject<'a>>,
}

#[derive(Debug, Serialize)]
struct PositionObject {
    byte: u64,
    line: u64,
    column: u64,
}

#[derive(Debug, Serialize)]
struct PropertyObject<'a> {
    group: Option<&'a str>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    written_name: Option<&'a str>,
    parameters: Vec<ParameterObject<'a>>,
    #[serde(flatten)]
    raw: Raw<'a>,
    text: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text_error: Option<String>,
    span: Option<[u64; 2]>,
}

#[derive(Debug, Serialize)]
struct ParameterObject<'a> {
    name: String,
    values: Vec<Cow<'a, str>>,
    #[serde(flatten)]
    raw: Raw<'a>,
}

#[derive(Debug, Serialize)]
struct LineObject<'a> {
    #[serde(flatten)]
    raw: Raw<'a>,
    span: Option<[u64; 2]>,
}

/// Bytes as text, and as base64 too where that is not all of them.
#[derive(Debug, Serialize)]
struct Raw<'a> {
    raw: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw_base64: Option<String>,
}

impl<'a> Raw<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Raw {
                raw: Cow::Borrowed(text),
                raw_base64: None,
            },
            Err(_) => Raw {
                raw: String::from_utf8_lossy(bytes),
                raw_base64: Some(STANDARD.encode(bytes)),
            },
        }
    }
}

impl<'a> CardObject<'a> {
    fn new(file: &'a str, number: u64, card: &'a Card) -> Self {
        let position = card.position();
        let end = position.byte + card.to_bytes().len() as u64;
        let mut other_lines = Vec::new();
        for entry in card.lines() {
            if !entry.line().is_content() {
                other_lines.push(LineObject {
                    raw: Raw::new(entry.raw()),
                    span: span(&entry),
                });
            }
        }
        CardObject {
            file,
            card: number,
            version: card.version().map(|version| version.as_str()),
            closed: card.is_closed(),
            position: PositionObject {
                byte: position.byte,
                line: position.line,
                column: position.column,
            },
            span: [position.byte, end],
            properties: card.properties().map(PropertyObject::new).collect(),
            other_lines,
        }
    }
}

impl<'a> PropertyObject<'a> {
    fn new(property: PropertyRef<'a>) -> Self {
        let name = property.name().to_ascii_uppercase();
        let (text, text_error) = match property.text() {
            Ok(text) => (Some(text), None),
            Err(error) => (None, Some(error.to_string())),
        };
        PropertyObject {
            group: property.group(),
            written_name: (name != property.name()).then_some(property.name()),
            name,
            parameters: property.parameters().map(ParameterObject::new).collect(),
            raw: Raw::new(property.line().raw_value()),
            text,
            text_error,
            span: span(&property),
        }
    }
}

impl<'a> ParameterObject<'a> {
    fn new(parameter: ParameterRef<'a>) -> Self {
        ParameterObject {
            name: parameter.meaning().to_ascii_uppercase(),
            values: parameter.values().collect(),
            raw: Raw::new(parameter.raw()),
        }
    }
}

fn span(property: &PropertyRef<'_>) -> Option<[u64; 2]> {
    property.span().map(|span| [span.start, span.end])
}

pub fn run(command: &Dump) -> Outcome {
    let sources = command.inputs.sources()?;
    let progress = Progress::new(total_size(&sources), false);
    let mut out = output::stdout();
    let reading = for_each_source(sources, &progress, |source| {
        let stream = source.open(&progress)?;
        let file = source.name();
        let mut left_out = LeftOut::new(source, stream.utf16.clone());
        let mut reader =
            CardReader::from_reader(stream.reader).with_limits(command.inputs.limits());
        let mut number = 0;
        while let Some(event) = reader.next_event().map_err(|error| source.failure(error))? {
            left_out.see(&event);
            if let Event::Card(card) = event {
                number += 1;
                serde_json::to_writer(&mut out, &CardObject::new(&file, number, card))
                    .map_err(std::io::Error::from)?;
                out.write_all(b"\n")?;
            }
        }
        out.flush()?;
        progress.suspend(|| left_out.say())?;
        Ok::<_, Failure>(())
    })?;
    out.flush()?;
    reading.outcome(Status::Clean)
}
