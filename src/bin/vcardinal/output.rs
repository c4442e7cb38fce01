//! Standard output, progress, and how a run ends.

use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};

/// How a run ended, when nothing failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Clean,
    /// An error was found, or a file would change.
    Found,
}

/// Why something could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The command line asks for what is not there.
    Usage(String),
    /// Something could not be read, or written in its place. Other files can be.
    Input(String),
    /// As `Input`, but already reported where it happened.
    Said,
    /// Standard output could not be written.
    Output(String),
    /// The reader of standard output has closed it, which is not reported.
    BrokenPipe(Status),
}

impl From<io::Error> for Failure {
    /// An error of writing to standard output.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::BrokenPipe(Status::Clean),
            _ => Failure::Output(error.to_string()),
        }
    }
}

pub type Outcome = Result<Status, Failure>;

pub fn exit_code(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(Status::Clean) | Err(Failure::BrokenPipe(Status::Clean)) => ExitCode::SUCCESS,
        Ok(Status::Found) | Err(Failure::BrokenPipe(Status::Found)) => ExitCode::from(1),
        Err(failure) => {
            complain(&failure);
            ExitCode::from(2)
        }
    }
}

pub fn complain(failure: &Failure) {
    match failure {
        Failure::Usage(message) | Failure::Input(message) => error(message),
        Failure::Output(message) => error(&format!("cannot write: {message}")),
        Failure::Said | Failure::BrokenPipe(_) => {}
    }
}

/// Writes `error: ` and a message to standard error, which may be closed.
pub fn error(message: &str) {
    say(&format!("error: {message}"));
}

/// Writes a line to standard error, which may be closed.
pub fn say(message: &str) {
    let _ = writeln!(io::stderr(), "{message}");
}

/// Text without characters that could control a terminal.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
            _ if character.is_control() => char::REPLACEMENT_CHARACTER,
            _ => character,
        })
        .collect()
}

pub type Out = BufWriter<io::StdoutLock<'static>>;

pub fn stdout() -> Out {
    BufWriter::with_capacity(64 * 1024, io::stdout().lock())
}

pub fn write_once(bytes: &[u8]) -> Outcome {
    let mut out = stdout();
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

/// `1 card`, `2 cards`.
pub fn count(number: u64, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}
