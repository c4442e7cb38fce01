//! Standard output or a file in its stead, and progress on standard error.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

use crate::arguments::ToFile;
use crate::exit::{Failure, Outcome, Status};
use crate::message::printable;
use crate::replace_file::Replacement;

const BUFFER: usize = 64 * 1024;

/// Where the results of a command go.
pub struct Output {
    place: Place,
    /// What it is called in messages; nothing for standard output.
    title: String,
}

enum Place {
    Stdout(BufWriter<io::StdoutLock<'static>>),
    Stderr(io::Stderr),
    /// It is put in its place when all of it is written.
    File(Box<Replacement>),
    /// A device or a pipe, which nothing can take the place of.
    Open(BufWriter<File>),
}

impl Output {
    pub fn stdout() -> Self {
        Output {
            place: Place::Stdout(BufWriter::with_capacity(BUFFER, io::stdout().lock())),
            title: String::new(),
        }
    }

    pub fn stderr() -> Self {
        Output {
            place: Place::Stderr(io::stderr()),
            title: String::new(),
        }
    }

    /// Whether it is a terminal that results appear on.
    pub fn is_terminal(&self) -> bool {
        matches!(&self.place, Place::Stdout(out) if out.get_ref().is_terminal())
    }

    /// Whether to write colours to it.
    pub fn colors(&self) -> bool {
        let choice = match &self.place {
            Place::Stdout(out) => anstream::AutoStream::choice(out.get_ref()),
            Place::Stderr(err) => anstream::AutoStream::choice(err),
            Place::File(_) | Place::Open(_) => anstream::ColorChoice::global(),
        };
        match choice {
            anstream::ColorChoice::Auto | anstream::ColorChoice::Never => false,
            anstream::ColorChoice::Always | anstream::ColorChoice::AlwaysAnsi => true,
        }
    }

    /// A file, or standard output where none is named.
    pub fn to(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else {
            return Ok(Output::stdout());
        };
        let title = printable(&path.to_string_lossy());
        let place = match path.metadata() {
            Ok(old) if old.is_file() => Place::File(Box::new(Replacement::new(path)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Place::File(Box::new(Replacement::create(path)?))
            }
            _ => {
                let failure = |error: io::Error| Failure::Input(format!("{title}: {error}"));
                let file = File::options().write(true).open(path).map_err(failure)?;
                Place::Open(BufWriter::with_capacity(BUFFER, file))
            }
        };
        Ok(Output { place, title })
    }

    fn out(&mut self) -> &mut dyn Write {
        match &mut self.place {
            Place::Stdout(out) => out,
            Place::Stderr(err) => err,
            Place::File(file) => file.out(),
            Place::Open(out) => out,
        }
    }

    /// An error of writing, which says what could not be written.
    fn named(&self, error: io::Error) -> io::Error {
        match self.title.is_empty() {
            true => error,
            false => io::Error::new(error.kind(), format!("{}: {error}", self.title)),
        }
    }

    /// Says that all is written. Without this call, a file that was named stays what it was.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        match self.place {
            Place::File(file) => file.finish(false),
            Place::Stdout(_) | Place::Stderr(_) | Place::Open(_) => Ok(()),
        }
    }
}

impl ToFile {
    pub fn open(&self) -> Result<Output, Failure> {
        Output::to(self.output.as_deref())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out().write(bytes);
        written.map_err(|error| self.named(error))
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.out().flush();
        flushed.map_err(|error| self.named(error))
    }
}

pub fn write_once(bytes: &[u8]) -> Outcome {
    let mut out = Output::stdout();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(Status::Clean)
}

/// A progress bar on standard error, when that is a terminal and there is much to read.
#[derive(Debug)]
pub struct Progress(Option<ProgressBar>);

/// Less than this is read before anybody could look.
const MUCH: u64 = 64 * 1024 * 1024;

impl Progress {
    /// For so many bytes to read. `interrupts` says whether the caller clears the bar before it
    /// writes to standard output.
    pub fn new(total: u64, interrupts: bool) -> Self {
        if !io::stderr().is_terminal() || (io::stdout().is_terminal() && !interrupts) {
            return Progress(None);
        }
        if total < MUCH {
            return Progress(None);
        }
        let bar = ProgressBar::new(total);
        if let Ok(style) = ProgressStyle::with_template(
            "{bar:40} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} to go",
        ) {
            bar.set_style(style);
        }
        Progress(Some(bar))
    }

    /// Counts what is read from `source`.
    pub fn count<R: Read>(&self, source: R) -> Counted<R> {
        Counted {
            source,
            bar: self.0.clone(),
        }
    }

    /// Does something while the bar is not there.
    pub fn suspend<T>(&self, action: impl FnOnce() -> T) -> T {
        match &self.0 {
            Some(bar) => bar.suspend(action),
            None => action(),
        }
    }

    pub fn finish(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

pub struct Counted<R> {
    source: R,
    bar: Option<ProgressBar>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len = self.source.read(buffer)?;
        if let Some(bar) = &self.bar {
            bar.inc(len as u64);
        }
        Ok(len)
    }
}
