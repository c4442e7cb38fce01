//! Standard output, progress, and how a run ends.

use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};

use crate::input::{Source, Utf16};
use vcardinal::{Event, JunkKind, Position};

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

fn complain(failure: &Failure) {
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

/// Goes through the sources. One that cannot be read is reported, and the next is read.
pub fn for_each_source(
    sources: Vec<Result<Source, Failure>>,
    progress: &Progress,
    mut read: impl FnMut(&Source) -> Result<(), Failure>,
) -> Result<Reading, Failure> {
    let mut reading = Reading::Complete;
    for source in sources {
        let result = source.and_then(|source| read(&source));
        match result {
            Err(failure @ (Failure::Input(_) | Failure::Said)) => {
                reading = Reading::Incomplete;
                progress.suspend(|| complain(&failure));
            }
            other => other?,
        }
    }
    progress.finish();
    Ok(reading)
}

/// Whether all sources were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Complete,
    /// Some were not, and that was reported.
    Incomplete,
}

impl Reading {
    pub fn outcome(self, status: Status) -> Outcome {
        match self {
            Reading::Complete => Ok(status),
            Reading::Incomplete => Err(Failure::Said),
        }
    }
}

/// A progress bar on standard error, when that is a terminal and there is much to read.
#[derive(Debug)]
pub struct Progress(Option<ProgressBar>);

/// Less than this is read before anybody could look.
const MUCH: u64 = 64 * 1024 * 1024;

impl Progress {
    /// `interrupts` says whether the caller clears the bar before it writes to standard output.
    pub fn new(sources: &[Result<Source, Failure>], interrupts: bool) -> Self {
        if !io::stderr().is_terminal() || (io::stdout().is_terminal() && !interrupts) {
            return Progress(None);
        }
        let total = sources
            .iter()
            .filter_map(|source| source.as_ref().ok()?.path()?.metadata().ok())
            .map(|metadata| metadata.len())
            .sum();
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

/// What is left out of the output of a source. Nothing is left out silently.
#[derive(Debug)]
pub struct LeftOut {
    title: String,
    utf16: Option<Utf16>,
    /// Where the first junk begins, and how many bytes there are in all.
    junk: Option<(Position, u64)>,
    refused: Vec<String>,
    more_refused: u64,
}

impl LeftOut {
    pub fn new(source: &Source, utf16: Option<Utf16>) -> Self {
        LeftOut {
            title: source.title(),
            utf16,
            junk: None,
            refused: Vec::new(),
            more_refused: 0,
        }
    }

    pub fn see(&mut self, event: &Event<'_>) {
        match event {
            Event::Junk(junk) if junk.kind() == JunkKind::Text => {
                let (_, len) = self.junk.get_or_insert((junk.position(), 0));
                *len += junk.bytes().len() as u64;
            }
            // A hostile file has many.
            Event::Bad { .. } if self.refused.len() >= 10 => self.more_refused += 1,
            Event::Bad { error, .. } => self.refused.push(error.to_string()),
            _ => {}
        }
    }

    /// Whether a card was too large to read.
    pub fn has_refused(&self) -> bool {
        !self.refused.is_empty()
    }

    /// Says it on standard error. A card that was too large to read is a failure.
    pub fn say(&self) -> Result<(), Failure> {
        let title = &self.title;
        if let Some(utf16) = &self.utf16 {
            say(&format!(
                "note: {title}: [utf-16] converted from {} to UTF-8; positions refer to the converted text",
                utf16.encoding
            ));
            if utf16.malformed() > 0 {
                say(&format!(
                    "warning: {title}: [utf-16] {} not valid {}; U+FFFD stands in place of each",
                    count(utf16.malformed(), "code unit is", "code units are"),
                    utf16.encoding
                ));
            }
        }
        if let Some((position, len)) = self.junk {
            say(&format!(
                "warning: {title}: {} between cards left out, from {position} on",
                count(len, "byte", "bytes")
            ));
        }
        for refused in &self.refused {
            error(&format!("{title}: card left out: {refused}"));
        }
        if self.more_refused > 0 {
            error(&format!(
                "{title}: {} left out",
                count(self.more_refused, "more such card", "more such cards")
            ));
        }
        match self.has_refused() {
            true => Err(Failure::Said),
            false => Ok(()),
        }
    }
}

/// `1 card`, `2 cards`.
pub fn count(number: u64, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}
