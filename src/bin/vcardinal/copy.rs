//! `copy`: through cards, untouched.
//!
//! One file comes out byte for byte. Between two there is a line end, so that the last line of one and
//! the first of the next stay two lines; and only the first byte order mark of all is kept.

use std::io::{self, Write};

use vcardinal::{CardReader, CardWriter, Event, JunkKind};

use crate::arguments::Copy;
use crate::exit::{Failure, Outcome, Status};
use crate::input::total_size;
use crate::message;
use crate::output::{Output, Progress};
use crate::reading::for_each_source;

pub fn run(command: &Copy) -> Outcome {
    let sources = command.inputs.sources()?;
    let progress = Progress::new(total_size(&sources), false);
    let several = sources.len() > 1;
    let mut out = Joined::new(command.to_file.open()?);
    // The file before, if its last card goes on.
    let mut open = None;
    let reading = for_each_source(sources, &progress, |source| {
        if let Some(title) = open.take() {
            progress.suspend(|| {
                message::say(&format!(
                    "warning: {title}: its last card has no END:VCARD; what follows may become a part of it"
                ));
            });
        }
        // Two encodings in one file are none that anybody reads.
        let stream = match several {
            true => source.open(&progress)?,
            false => source.open_bytes(&progress)?,
        };
        let mut reader =
            CardReader::from_reader(stream.reader).with_limits(command.inputs.limits());
        let is_first = !out.any;
        out.end_line()?;
        let mut is_open = false;
        let mut writer = CardWriter::from_writer(&mut out);
        while let Some(event) = reader.next_event().map_err(|error| source.failure(error))? {
            is_open = match &event {
                Event::Card(card) => !card.is_closed(),
                Event::Junk(junk) if junk.kind() == JunkKind::ByteOrderMark && !is_first => {
                    continue;
                }
                Event::Junk(junk) if junk.kind() == JunkKind::Refused => is_open,
                _ => false,
            };
            writer.write_event(&event)?;
        }
        open = is_open.then(|| source.title());
        Ok::<_, Failure>(())
    })?;
    out.out.finish()?;
    reading.outcome(Status::Clean)
}

/// Files one after the other.
struct Joined {
    out: Output,
    last: u8,
    any: bool,
}

impl Joined {
    fn new(out: Output) -> Self {
        Joined {
            out,
            last: b'\n',
            any: false,
        }
    }

    /// Ends the line that the file before may have left.
    fn end_line(&mut self) -> io::Result<()> {
        match self.last {
            b'\n' | b'\r' => Ok(()),
            _ => self.write_all(b"\r\n"),
        }
    }
}

impl Write for Joined {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        if let Some(last) = bytes.get(..written).and_then(<[u8]>::last) {
            self.last = *last;
            self.any = true;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
