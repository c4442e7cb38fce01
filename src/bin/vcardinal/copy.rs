//! `copy`: through cards, untouched.

use std::io::Write;

use vcardinal::{CardReader, CardWriter};

use crate::arguments::Copy;
use crate::input::total_size;
use crate::output::{self, Failure, Outcome, Progress, Status};
use crate::reading::for_each_source;

pub fn run(command: &Copy) -> Outcome {
    let sources = command.inputs.sources()?;
    let progress = Progress::new(total_size(&sources), false);
    let mut out = output::stdout();
    let reading = for_each_source(sources, &progress, |source| {
        let stream = source.open_bytes(&progress)?;
        let mut reader =
            CardReader::from_reader(stream.reader).with_limits(command.inputs.limits());
        let mut writer = CardWriter::new(&mut out);
        while let Some(event) = reader.next_event().map_err(|error| source.failure(error))? {
            writer.write_event(&event)?;
        }
        Ok::<_, Failure>(())
    })?;
    out.flush()?;
    reading.outcome(Status::Clean)
}
