//! `contact`: cards to contacts, contacts to cards.

use std::io::{self, BufRead, Read, Write};

use serde::de::IgnoredAny;
use vcardinal::contact::Contact;
use vcardinal::{CardReader, Event};

use crate::arguments;
use crate::contact_notes::Notes;
use crate::exit::{Failure, Outcome, Status};
use crate::input::total_size;
use crate::input::{Source, Stream};
use crate::json;
use crate::left_out::LeftOut;
use crate::message::{self, printable};
use crate::output::{Output, Progress};
use crate::reading::for_each_source;

/// Bytes of a JSON file that are read at most, unless all limits are off.
const MAX_JSON: u64 = 16 * 1024 * 1024;

pub fn run(command: &arguments::Contact) -> Outcome {
    let sources = command.inputs.sources()?;
    let progress = Progress::new(total_size(&sources), false);
    let mut run = Run {
        command,
        progress: &progress,
        out: command.to_file.open()?,
        status: Status::Clean,
    };
    let reading = for_each_source(sources, &progress, |source| {
        let mut stream = source.open(&progress)?;
        let failure = |error: io::Error| source.failure(error);
        match command.from_json || is_json(source, &mut stream).map_err(failure)? {
            true => run.contacts(source, stream),
            false => run.cards(source, stream),
        }
    })?;
    run.out.finish()?;
    reading.outcome(run.status)
}

struct Run<'a> {
    command: &'a arguments::Contact,
    progress: &'a Progress,
    out: Output,
    status: Status,
}

impl Run<'_> {
    fn cards(&mut self, source: &Source, stream: Stream) -> Result<(), Failure> {
        let reading = self.command.reading.chosen();
        let mut notes = Notes::of(source.title());
        let mut left_out = LeftOut::new(source, stream.utf16.clone());
        let limits = self.command.inputs.limits();
        let mut reader = CardReader::from_reader(stream.reader).with_limits(limits);
        let mut number = 0_u64;
        while let Some(event) = reader.next_event().map_err(|error| source.failure(error))? {
            left_out.see(&event);
            let Event::Card(card) = event else { continue };
            number += 1;
            let title = format!("{}: card {number}", source.title());
            let (contact, no_place) = reading.contact(card);
            if !self.command.quiet {
                self.progress.suspend(|| notes.say(&title, card, &no_place));
            }
            if no_place.is_group() {
                continue;
            }
            match contact.validate() {
                Err(error) if self.command.to_vcard.is_some() => self.refuse(&title, &error),
                Err(error) if !self.command.quiet => {
                    let error = printable(&error.to_string());
                    self.progress.suspend(|| {
                        message::say(&format!("note: {title}: cannot be sent: {error}"));
                    });
                    self.print(&title, &contact)?;
                }
                _ => self.print(&title, &contact)?,
            }
        }
        self.out.flush()?;
        self.progress.suspend(|| {
            notes.finish();
            left_out.say()
        })
    }

    fn contacts(&mut self, source: &Source, stream: Stream) -> Result<(), Failure> {
        let limit = match self.command.inputs.no_limits {
            true => u64::MAX,
            false => MAX_JSON,
        };
        let json = read_all(source, stream, limit)?;
        for (index, text) in texts(&json).into_iter().enumerate() {
            let title = format!("{}: contact {}", source.title(), index + 1);
            match Contact::from_json(text) {
                Ok(contact) => self.print(&title, &contact)?,
                Err(error) => self.refuse(&title, &error),
            }
        }
        Ok(())
    }

    fn print(&mut self, title: &str, contact: &Contact) -> Result<(), Failure> {
        match self.command.to_vcard {
            Some(version) => match contact.to_card(version) {
                Ok(card) => self.out.write_all(&card.to_bytes())?,
                Err(error) => self.refuse(title, &error),
            },
            None if self.command.pretty => {
                json::to_writer_pretty(&mut self.out, contact)?;
                self.out.write_all(b"\n")?;
            }
            None => {
                json::to_line(&mut self.out, contact)?;
            }
        }
        Ok(())
    }

    /// Reports why a contact is not valid; the others are read all the same.
    fn refuse(&mut self, title: &str, error: &dyn std::error::Error) {
        self.status = Status::Found;
        let error = printable(&error.to_string());
        self.progress
            .suspend(|| message::error(&format!("{title}: {error}")));
    }
}

/// Whether there are contacts in a source rather than cards, by its name or how it begins.
pub fn is_json(source: &Source, stream: &mut Stream) -> io::Result<bool> {
    let named = source.path().and_then(|path| path.extension());
    if named.is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
        return Ok(true);
    }
    let start = stream.reader.fill_buf()?;
    Ok(without_mark(start).trim_ascii_start().starts_with(b"{"))
}

/// All bytes of a source, of which there must not be too many.
pub fn read_all(source: &Source, stream: Stream, limit: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut reader = stream.reader.take(limit.saturating_add(1));
    reader
        .read_to_end(&mut bytes)
        .map_err(|error| source.failure(error))?;
    if bytes.len() as u64 > limit {
        return Err(source.failure(format!("larger than the limit of {limit}")));
    }
    Ok(bytes)
}

pub fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes)
}

/// The JSON texts that stand one after the other, or what is left of them at the first fault.
pub fn texts(json: &[u8]) -> Vec<&[u8]> {
    let json = without_mark(json);
    let mut values = serde_json::Deserializer::from_slice(json).into_iter::<IgnoredAny>();
    let mut texts = Vec::new();
    let mut start = 0;
    while let Some(value) = values.next() {
        let end = match value {
            Ok(IgnoredAny) => values.byte_offset(),
            Err(_) => json.len(),
        };
        texts.extend(json.get(start..end));
        if value.is_err() {
            break;
        }
        start = end;
    }
    if texts.is_empty() {
        texts.push(json);
    }
    texts
}
