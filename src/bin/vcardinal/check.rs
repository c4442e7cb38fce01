//! `check`: what is wrong, where, and which section of which standard says so.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::ops::Range;

use vcardinal::validate::{self, Checker};
use vcardinal::validate::{Diagnostic, Severity};
use vcardinal::{CardReader, Event};

use crate::arguments::{Check, FindingFormat};
use crate::findings::human::Human;
use crate::findings::json::Json;
use crate::findings::sarif::Sarif;
use crate::findings::{File, Finding, Printer};
use crate::input::Source;
use crate::input::total_size;
use crate::output::{self, Failure, Outcome, Progress, Status, count};
use crate::reading::for_each_source;
use crate::repair;

/// What `--deny` takes for every rule whose finding is a warning.
const WARNINGS: &str = "warnings";

pub fn run(command: &Check) -> Outcome {
    let denied = command.deny.iter().filter(|id| *id != WARNINGS);
    for id in denied.chain(&command.allow) {
        if validate::rule(id).is_none() {
            return Err(Failure::Usage(format!(
                "there is no rule `{id}`; `vcardinal explain --list` prints all"
            )));
        }
    }
    let sources = command.inputs.sources()?;
    let progress = Progress::new(total_size(&sources), true);
    if command.fix && sources.contains(&Ok(Source::Stdin)) {
        return Err(Failure::Usage(String::from(
            "--fix needs files; it cannot be used with standard input",
        )));
    }
    let mut repairs = Repairs::default();
    if command.fix && command.dry_run {
        let reading = for_each_source(sources, &progress, |source| {
            repairs.add(repair::repair(command, source, &progress)?);
            Ok(())
        })?;
        repairs.say(command);
        return reading.outcome(repairs.status());
    }
    let mut run = Run::new(command, &progress);
    let result = run.printer.begin(&mut run.out, validate::rules());
    let reading = result.map_err(Failure::from).and_then(|()| {
        for_each_source(sources, &progress, |source| {
            if command.fix {
                repairs.add(repair::repair(command, source, &progress)?);
            }
            run.check(source, &progress)
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
            reading.outcome(run.status())
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
            output::say(&format!(
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
    fn new(command: &'a Check, progress: &'a Progress) -> Self {
        let colors = anstream::AutoStream::choice(&io::stdout());
        Run {
            command,
            printer: match command.format {
                FindingFormat::Human => {
                    Box::new(Human::new(colors != anstream::ColorChoice::Never))
                }
                FindingFormat::Json => Box::new(Json),
                FindingFormat::Sarif => Box::new(Sarif::default()),
            },
            out: BufWriter::with_capacity(
                64 * 1024,
                Paused {
                    progress,
                    stdout: io::stdout().lock(),
                },
            ),
            cards: 0,
            files: 0,
            errors: 0,
            warnings: 0,
            infos: 0,
        }
    }

    fn status(&self) -> Status {
        match self.errors {
            0 => Status::Clean,
            _ => Status::Found,
        }
    }

    fn check(&mut self, source: &Source, progress: &Progress) -> Result<(), Failure> {
        let stream = source.open(progress)?;
        let (name, title) = (source.name(), source.title());
        let file = File {
            name: &name,
            title: &title,
        };
        self.files += 1;
        if let Some(utf16) = &stream.utf16 {
            self.print(file, Finding::utf16(utf16.encoding), (&[], 0))?;
        }
        let is_terminal = self.out.get_ref().stdout.is_terminal();
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
            if let Event::Card(_) = event {
                self.cards += 1;
                numbers.next(start..start + bytes.len() as u64);
            }
            checker.event(&event, &mut |diagnostic| {
                if result.is_ok() {
                    let finding = Finding::new(&diagnostic, numbers.of(&diagnostic));
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
                let finding = Finding::new(&diagnostic, numbers.of(&diagnostic));
                result = self.print(file, finding, (&[], 0));
            }
        });
        result?;
        match stream.utf16 {
            Some(utf16) if utf16.malformed() > 0 => {
                let finding = Finding::malformed_utf16(utf16.encoding, utf16.malformed());
                Ok(self.print(file, finding, (&[], 0))?)
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
        let is = |id: &String| id == finding.rule;
        if self.command.allow.iter().any(is) {
            return Ok(());
        }
        let is_warning = finding.severity == Severity::Warning;
        let deny = &self.command.deny;
        if deny.iter().any(is) || (is_warning && deny.iter().any(|id| id == WARNINGS)) {
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
        output::say(&format!(
            "{} in {}: {}, {}, {}",
            count(self.cards, "card", "cards"),
            count(self.files, "file", "files"),
            count(self.errors, "error", "errors"),
            count(self.warnings, "warning", "warnings"),
            count(self.infos, "info", "infos"),
        ));
    }
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

/// Standard output, with the progress bar out of the way.
struct Paused<'a> {
    progress: &'a Progress,
    stdout: StdoutLock<'static>,
}

impl Write for Paused<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.progress.suspend(|| self.stdout.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.progress.suspend(|| self.stdout.flush())
    }
}
