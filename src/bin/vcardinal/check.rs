//! `check`: what is wrong, where, and which section of which standard says so.

use std::io::{self, BufWriter, Seek, Write};
use std::ops::Range;

use vcardinal::validate::{self, Checker, Fix};
use vcardinal::validate::{Diagnostic, Severity};
use vcardinal::{Card, CardReader, Event};

use crate::arguments::names::Findings;
use crate::arguments::{Check, FindingFormat};
use crate::check_fix;
use crate::exit::{Failure, Outcome, Status, complain};
use crate::findings::human::Human;
use crate::findings::json::Json;
use crate::findings::sarif::Sarif;
use crate::findings::statistics::Statistics;
use crate::findings::{Edit, File, Finding, Printer};
use crate::input::{Source, Stream, total_size};
use crate::message::{self, count};
use crate::output::{Output, Progress};
use crate::reading::for_each_source;

pub fn run(command: &Check) -> Outcome {
    if command.statistics && command.format == FindingFormat::Sarif {
        let message = "--statistics counts findings, and SARIF has no place for that";
        return Err(Failure::Usage(String::from(message)));
    }
    let sources = command.inputs.sources_to_check()?;
    let progress = Progress::new(total_size(&sources), true);
    let to_stdout = command.fix && !command.dry_run && sources.contains(&Ok(Source::Stdin));
    if to_stdout && sources.len() > 1 {
        return Err(Failure::Usage(String::from(
            "--fix takes files, or standard input alone, which goes to standard output",
        )));
    }
    let mut repairs = Repairs::default();
    if command.fix && command.dry_run {
        let reading = for_each_source(sources, &progress, |source| {
            repairs.add(check_fix::repair(command, source, &progress, None)?);
            Ok(())
        })?;
        repairs.say(command);
        return reading.outcome(repairs.status());
    }
    let out = match to_stdout && command.to_file.output.is_none() {
        // What was repaired goes to standard output.
        true => Output::stderr(),
        false => command.to_file.open()?,
    };
    let mut run = Run::new(command, &progress, out);
    let result = run.printer.begin(&mut run.out, validate::rules());
    let reading = result.map_err(Failure::from).and_then(|()| {
        for_each_source(sources, &progress, |source| match command.fix {
            true if to_stdout => run.repair_to_stdout(source, &progress, &mut repairs),
            true => run.repair(source, &progress, &mut repairs),
            false => run.check(source, &progress),
        })
    });
    let reading = reading.and_then(|reading| {
        run.printer.end(&mut run.out)?;
        run.out.flush()?;
        Ok(reading)
    });
    match reading {
        Ok(reading) => {
            repairs.say(command);
            run.summarize();
            let status = run.status();
            run.finish()?;
            reading.outcome(status)
        }
        Err(Failure::BrokenPipe(_)) => Err(Failure::BrokenPipe(run.status())),
        Err(failure) => Err(failure),
    }
}

/// What `--fix` comes to.
#[derive(Debug, Default)]
struct Repairs {
    repairs: u64,
    files: u64,
}

impl Repairs {
    fn add(&mut self, repairs: u64) {
        self.repairs += repairs;
        self.files += u64::from(repairs > 0);
    }

    fn status(&self) -> Status {
        match self.repairs {
            0 => Status::Clean,
            _ => Status::Found,
        }
    }

    fn say(&self, command: &Check) {
        if command.fix && !command.quiet {
            message::say(&format!(
                "{}{} in {}",
                if command.dry_run {
                    "there would be "
                } else {
                    ""
                },
                count(self.repairs, "repair", "repairs"),
                count(self.files, "file", "files"),
            ));
        }
    }
}

/// What one run of `check` comes to.
struct Run<'a> {
    command: &'a Check,
    printer: Box<dyn Printer>,
    out: BufWriter<Paused<'a>>,
    cards: u64,
    files: u64,
    errors: u64,
    warnings: u64,
    infos: u64,
}

impl<'a> Run<'a> {
    fn new(command: &'a Check, progress: &'a Progress, out: Output) -> Self {
        let printer: Box<dyn Printer> = match command.format {
            FindingFormat::Sarif => Box::new(Sarif::default()),
            format if command.statistics => {
                Box::new(Statistics::new(format == FindingFormat::Json))
            }
            FindingFormat::Human => Box::new(Human::new(out.colors())),
            FindingFormat::Json => Box::new(Json),
        };
        let paused = Paused {
            progress,
            is_terminal: out.is_terminal(),
            out,
        };
        Run {
            command,
            printer,
            out: BufWriter::with_capacity(64 * 1024, paused),
            cards: 0,
            files: 0,
            errors: 0,
            warnings: 0,
            infos: 0,
        }
    }

    /// All findings are written.
    fn finish(self) -> Result<(), Failure> {
        let paused = self
            .out
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        paused.out.finish()
    }

    fn status(&self) -> Status {
        match self.errors {
            0 => Status::Clean,
            _ => Status::Found,
        }
    }

    /// Repairs a file and checks what it is then. One that cannot be repaired is checked too.
    fn repair(
        &mut self,
        source: &Source,
        progress: &Progress,
        repairs: &mut Repairs,
    ) -> Result<(), Failure> {
        match check_fix::repair(self.command, source, progress, None) {
            Ok(made) => {
                repairs.add(made);
                self.check(source, progress)
            }
            Err(failure @ (Failure::Input(_) | Failure::Said)) => {
                progress.suspend(|| complain(&failure));
                match self.check(source, progress) {
                    // One word about it is enough.
                    Ok(()) | Err(Failure::Input(_)) => Err(Failure::Said),
                    other => other,
                }
            }
            Err(other) => Err(other),
        }
    }

    /// Repairs what comes from standard input, and checks what comes out.
    fn repair_to_stdout(
        &mut self,
        source: &Source,
        progress: &Progress,
        repairs: &mut Repairs,
    ) -> Result<(), Failure> {
        let failure = |error: io::Error| source.failure(error);
        let mut repaired = tempfile::tempfile().map_err(failure)?;
        let mut out = Output::stdout();
        {
            let mut both = Both(&mut out, BufWriter::new(&mut repaired));
            let made = check_fix::repair(self.command, source, progress, Some(&mut both));
            both.flush()?;
            repairs.add(made?);
        }
        repaired.rewind().map_err(failure)?;
        let stream = Stream::again(repaired, progress).map_err(failure)?;
        self.check_stream(source, stream)
    }

    fn check(&mut self, source: &Source, progress: &Progress) -> Result<(), Failure> {
        let stream = source.open(progress)?;
        self.check_stream(source, stream)
    }

    fn check_stream(&mut self, source: &Source, stream: Stream) -> Result<(), Failure> {
        let (name, title) = (source.name(), source.title());
        let file = File {
            name: &name,
            title: &title,
        };
        self.files += 1;
        if let Some(utf16) = &stream.utf16
            && let Some(finding) = Finding::utf16(utf16.encoding)
        {
            self.print(file, finding, (&[], 0))?;
        }
        let is_terminal = self.out.get_ref().is_terminal;
        let limits = self.command.inputs.limits();
        let mut reader = CardReader::from_reader(stream.reader).with_limits(limits);
        let mut checker = Checker::new(self.command.profile.0);
        let mut numbers = Numbers::default();
        let mut result = Ok(());
        loop {
            let start = reader.position().byte;
            let event = reader.next_event().map_err(|error| source.failure(error))?;
            let Some(event) = event else { break };
            let bytes = match &event {
                Event::Card(card) => card.to_bytes(),
                Event::Junk(junk) => junk.bytes().into(),
                Event::Bad { bytes, .. } => (*bytes).into(),
                _ => continue,
            };
            let mut card = None;
            if let Event::Card(read) = &event {
                self.cards += 1;
                numbers.next(start..start + bytes.len() as u64);
                // What was converted has other bytes in the file.
                let is_wanted = self.printer.takes_edits() && stream.utf16.is_none();
                card = is_wanted.then_some(*read);
            }
            let mut tried = 0;
            checker.event(&event, &mut |diagnostic| {
                if result.is_ok() {
                    let number = numbers.of(&diagnostic);
                    let mut finding = Finding::new(diagnostic, number);
                    if let (Some(card), Some(fix)) = (card, &finding.fix)
                        && tried < TRIED
                    {
                        tried += bytes.len();
                        finding.edit = edit_of(card, &bytes, fix);
                    }
                    result = self.print(file, finding, (&bytes, start));
                }
            });
            if is_terminal {
                self.out.flush()?;
            }
            std::mem::replace(&mut result, Ok(()))?;
        }
        checker.finish(&mut |diagnostic| {
            if result.is_ok() {
                let number = numbers.of(&diagnostic);
                let finding = Finding::new(diagnostic, number);
                result = self.print(file, finding, (&[], 0));
            }
        });
        result?;
        match stream.utf16 {
            Some(utf16) if utf16.malformed() > 0 => {
                if let Some(finding) = Finding::malformed_utf16(utf16.encoding, utf16.malformed()) {
                    self.print(file, finding, (&[], 0))?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Prints a finding, unless it is not wanted, and counts it.
    fn print(
        &mut self,
        file: File<'_>,
        mut finding: Finding,
        source: (&[u8], u64),
    ) -> io::Result<()> {
        let is = |these: &Findings| these.holds(finding.rule.id, finding.severity);
        if self.command.allow.iter().any(is) {
            return Ok(());
        }
        if self.command.deny.iter().any(is) {
            finding.severity = Severity::Error;
        }
        match finding.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            _ => self.infos += 1,
        }
        self.printer.print(&mut self.out, file, &finding, source)
    }

    fn summarize(&self) {
        if self.command.quiet {
            return;
        }
        message::say(&format!(
            "{} in {}: {}, {}, {}",
            count(self.cards, "card", "cards"),
            count(self.files, "file", "files"),
            count(self.errors, "error", "errors"),
            count(self.warnings, "warning", "warnings"),
            count(self.infos, "info", "infos"),
        ));
    }
}

/// Bytes of one card, and of it again for each repair, that are changed to see what a repair does.
/// More findings come without the bytes of their repairs.
const TRIED: usize = 256 * 1024 * 1024;

/// What a repair does to the bytes of a card.
fn edit_of(card: &Card, bytes: &[u8], fix: &Fix) -> Option<Edit> {
    let mut repaired = card.clone();
    fix.apply(&mut repaired).ok()?;
    Edit::between(bytes, &repaired.to_bytes())
}

/// The last two cards, to one of which a finding belongs, if to any.
#[derive(Debug, Default)]
struct Numbers {
    cards: [(u64, Range<u64>); 2],
}

impl Numbers {
    fn next(&mut self, card: Range<u64>) {
        let [_, last] = self.cards.clone();
        let number = last.0 + 1;
        self.cards = [last, (number, card)];
    }

    fn of(&self, diagnostic: &Diagnostic) -> Option<u64> {
        let start = diagnostic.span.start;
        let [before, last] = &self.cards;
        // What is missing at the end of a card is found right after it.
        let holds = |card: &&(u64, Range<u64>)| card.1.contains(&start) && card.0 > 0;
        let ends = |card: &&(u64, Range<u64>)| {
            card.1.end == start && diagnostic.span.is_empty() && card.0 > 0
        };
        [last, before]
            .into_iter()
            .find(holds)
            .or_else(|| [last, before].into_iter().find(ends))
            .map(|card| card.0)
    }
}

/// Where findings go, with the progress bar out of the way.
struct Paused<'a> {
    progress: &'a Progress,
    out: Output,
    is_terminal: bool,
}

impl Write for Paused<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.progress.suspend(|| self.out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.progress.suspend(|| self.out.flush())
    }
}

/// Two places for the same bytes.
struct Both<A, B>(A, B);

impl<A: Write, B: Write> Write for Both<A, B> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write_all(bytes)?;
        self.1.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()?;
        self.1.flush()
    }
}
