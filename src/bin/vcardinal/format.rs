//! `format`: cards in canonical layout.

use std::io::Write;

use vcardinal::{CardReader, Event, Layout};

use crate::arguments::Format;
use crate::input::Source;
use crate::input::total_size;
use crate::left_out::LeftOut;
use crate::output::{self, Failure, Outcome, Progress, Status, printable};
use crate::reading::for_each_source;
use crate::replace::Replacement;

pub fn run(command: &Format) -> Outcome {
    let sources = command.inputs.sources()?;
    if command.in_place && sources.contains(&Ok(Source::Stdin)) {
        return Err(Failure::Usage(String::from(
            "--in-place needs files; it cannot be used with standard input",
        )));
    }
    let progress = Progress::new(total_size(&sources), false);
    let mut out = output::stdout();
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
    out.flush()?;
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
                card.append_with(Layout::Canonical, &mut card_bytes);
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

/// Replaces a file by its canonical layout, if they differ.
fn in_place(command: &Format, source: &Source, progress: &Progress) -> Result<(), Failure> {
    let Some(path) = source.path() else {
        return Ok(());
    };
    let mut replacement = Replacement::new(source, path)?;
    let changes = format(command, source, progress, replacement.out(), false).map_err(|error| {
        match error {
            // Not standard output, but the file beside.
            Failure::Output(message) => source.failure(message),
            other => other,
        }
    })?;
    match changes {
        true => replacement.finish(),
        false => Ok(()),
    }
}
