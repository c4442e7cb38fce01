//! `format`: cards in canonical layout.

use std::io::Write;

use vcardinal::{Card, CardReader, Event, Layout};

use crate::arguments::{Commas, Format};
use crate::exit::{Failure, Outcome, Status};
use crate::input::Source;
use crate::input::total_size;
use crate::left_out::LeftOut;
use crate::message::printable;
use crate::output::Progress;
use crate::reading::for_each_source;
use crate::replace_file::Replacement;

pub fn run(command: &Format) -> Outcome {
    let sources = command.inputs.sources()?;
    if command.in_place && sources.contains(&Ok(Source::Stdin)) {
        return Err(Failure::Usage(String::from(
            "--in-place needs files; it cannot be used with standard input",
        )));
    }
    let progress = Progress::new(total_size(&sources), false);
    let mut out = command.to_file.open()?;
    let mut status = Status::Clean;
    let reading = for_each_source(sources, &progress, |source| {
        if command.in_place {
            return in_place(command, source, &progress);
        }
        if command.check {
            if format(command, source, &progress, std::io::sink(), true)? {
                status = Status::Found;
                writeln!(out, "{}", printable(&source.name()))?;
            }
            return Ok(());
        }
        format(command, source, &progress, &mut out, false)?;
        Ok::<_, Failure>(out.flush()?)
    })?;
    out.finish()?;
    reading.outcome(status)
}

/// Writes the cards of a source in the canonical layout; whether that differs from the source.
/// `quiet` leaves out what need not be said when nothing is written.
fn format(
    command: &Format,
    source: &Source,
    progress: &Progress,
    mut out: impl Write,
    quiet: bool,
) -> Result<bool, Failure> {
    let stream = source.open(progress)?;
    let mut changes = stream.utf16.is_some();
    let mut left_out = LeftOut::new(source, stream.utf16.clone());
    let mut reader = CardReader::from_reader(stream.reader).with_limits(command.inputs.limits());
    let mut card_bytes = Vec::new();
    while let Some(event) = reader.next_event().map_err(|error| source.failure(error))? {
        left_out.see(&event);
        match event {
            Event::Card(card) => {
                card_bytes.clear();
                if command.uri_commas.is_none() && !command.quote_circumflexes {
                    card.append_with(Layout::Canonical, &mut card_bytes);
                } else {
                    let mut other = card.clone();
                    respell(command, source, &mut other)?;
                    other.append_with(Layout::Canonical, &mut card_bytes);
                }
                changes |= *card_bytes != *card.to_bytes();
                out.write_all(&card_bytes)?;
            }
            _ => changes = true,
        }
    }
    out.flush()?;
    if quiet && !left_out.has_refused() {
        return Ok(changes);
    }
    progress.suspend(|| left_out.say())?;
    Ok(changes)
}

/// Writes what the options ask for another way.
fn respell(command: &Format, source: &Source, card: &mut Card) -> Result<(), Failure> {
    let version = card.effective_version();
    let commas = command.uri_commas.map_or(Ok(0), |commas| {
        card.rewrite_uri_commas(|property| match commas {
            Commas::All(commas) => commas,
            Commas::For(profile) => profile.uri_commas(property.name(), version),
        })
    });
    let quotes = match command.quote_circumflexes {
        true => card.quote_circumflexes(),
        false => Ok(0),
    };
    commas.and(quotes).map_err(|error| source.failure(error))?;
    Ok(())
}

/// Replaces a file by its canonical layout, if they differ.
fn in_place(command: &Format, source: &Source, progress: &Progress) -> Result<(), Failure> {
    let Some(path) = source.path() else {
        return Ok(());
    };
    let mut replacement = Replacement::new(path)?;
    let changes = format(command, source, progress, replacement.out(), false).map_err(|error| {
        match error {
            // Not standard output, but the file beside.
            Failure::Output(message) => source.failure(message),
            other => other,
        }
    })?;
    match changes {
        true => replacement.finish(false),
        false => Ok(()),
    }
}
