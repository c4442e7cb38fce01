//! `dump`: cards as JSON, one object a line.

use std::io::Write;

use vcardinal::decomposed::DumpLine;
use vcardinal::{CardReader, Event};

use crate::arguments::Dump;
use crate::exit::{Failure, Outcome, Status};
use crate::input::total_size;
use crate::json;
use crate::left_out::LeftOut;
use crate::output::Progress;
use crate::reading::for_each_source;

pub fn run(command: &Dump) -> Outcome {
    let sources = command.inputs.sources()?;
    let progress = Progress::new(total_size(&sources), false);
    let mut out = command.to_file.open()?;
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
                let dump = card.dump_with(command.text.charset.0);
                json::to_line(&mut out, &DumpLine::new(&file, number, dump))?;
            }
        }
        out.flush()?;
        progress.suspend(|| left_out.say())?;
        Ok::<_, Failure>(())
    })?;
    out.finish()?;
    reading.outcome(Status::Clean)
}
