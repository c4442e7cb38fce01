//! `convert`: cards of one version or format as cards of another, and what was lost on the way.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use vcardinal::convert::{Change, ChangeKind, Convert as Conversion};
use vcardinal::{Card, CardReader, Event};

use crate::arguments::Convert;
use crate::card_format::{CardFormat, CardSink, Layout, NotWritten};
use crate::exit::{Failure, Outcome, Status};
use crate::input::{Source, total_size};
use crate::json;
use crate::left_out::LeftOut;
use crate::message::{count, error, printable, say};
use crate::output::{Output, Progress};
use crate::reading::for_each_source;

/// A change as `--report` writes it.
#[derive(Debug, Serialize)]
struct ChangeObject<'a> {
    file: &'a str,
    card: u64,
    line: Option<u64>,
    property: Option<&'a str>,
    parameter: Option<&'a str>,
    kind: &'a str,
    from: Option<&'a str>,
    to: Option<&'a str>,
    section: &'a str,
    message: &'a str,
}

pub fn run(command: &Convert) -> Outcome {
    let to = CardFormat::named(&command.to).map_err(Failure::Usage)?;
    let from = command.from.as_deref().map(CardFormat::to_read);
    let from = from.transpose().map_err(Failure::Usage)?;
    let sources = command.inputs.sources()?;
    for path in [&command.output, &command.report].into_iter().flatten() {
        refuse_input(path, &sources)?;
    }
    if command.output.is_some() && command.output == command.report {
        let message = "--output and --report name the same file";
        return Err(Failure::Usage(String::from(message)));
    }
    for (option, is_given) in [("--array", command.array), ("--pretty", command.pretty)] {
        if is_given && !to.has_layouts {
            let message = format!("{option} is for JSON, and not for {}", to.title);
            return Err(Failure::Usage(message));
        }
    }
    let layout = Layout {
        array: command.array,
        pretty: command.pretty,
    };
    let progress = Progress::new(total_size(&sources), false);
    let out = Output::to(command.output.as_deref())?;
    let report = match &command.report {
        Some(path) => Some(Output::to(Some(path))?),
        None => None,
    };
    let mut converter = Converter {
        command,
        to,
        from,
        conversion: command.chosen(to.version),
        out: to.sink(out, layout),
        report,
        cards: 0,
        kinds: BTreeMap::new(),
        is_complete: true,
    };
    let reading = for_each_source(sources, &progress, |source| {
        converter.source(source, &progress)
    })?;
    if !command.quiet {
        converter.say_summary();
    }
    let has_dropped = converter.kinds.contains_key(&ChangeKind::Dropped);
    converter.out.finish()?.finish()?;
    if let Some(report) = converter.report {
        report.finish()?;
    }
    let is_clean = converter.is_complete && !(command.strict && has_dropped);
    reading.outcome(match is_clean {
        true => Status::Clean,
        false => Status::Found,
    })
}

/// What is read cannot be written over while it is read.
fn refuse_input(path: &Path, sources: &[Result<Source, Failure>]) -> Result<(), Failure> {
    let Ok(output) = path.canonicalize() else {
        return Ok(());
    };
    let inputs = sources
        .iter()
        .filter_map(|source| source.as_ref().ok()?.path());
    let is_input = |input: &Path| input.canonicalize().is_ok_and(|input| input == output);
    match inputs.into_iter().any(is_input) {
        true => Err(Failure::Usage(format!(
            "{}: it is read and cannot be written over",
            printable(&path.to_string_lossy())
        ))),
        false => Ok(()),
    }
}

struct Converter<'a> {
    command: &'a Convert,
    to: &'static CardFormat,
    from: Option<&'static CardFormat>,
    conversion: Conversion,
    out: Box<dyn CardSink>,
    report: Option<Output>,
    cards: u64,
    /// How many changes there are of each kind.
    kinds: BTreeMap<ChangeKind, u64>,
    /// Whether each card of the input is in the output, and no input is something else than cards; that there
    /// are none, as in `[]`, is right.
    is_complete: bool,
}

impl Converter<'_> {
    fn source(&mut self, source: &Source, progress: &Progress) -> Result<(), Failure> {
        let stream = source.open(progress)?;
        let (format, reader) = match self.from {
            Some(format) => (format, stream.reader),
            None => CardFormat::of(stream.reader).map_err(|error| source.failure(error))?,
        };
        let mut left_out = LeftOut::new(source, stream.utf16);
        let limits = self.command.inputs.limits();
        let (name, title) = (source.name(), source.title());
        let mut number = 0;
        if let Some(read) = format.read {
            for card in read(reader, &limits) {
                number += 1;
                match card {
                    Ok(read) => {
                        let place = (number, &*name, &*title);
                        self.card(read.card(), read.changes(), place, progress)?;
                    }
                    Err(unread) if unread.is_io => {
                        return Err(source.failure(unread.messages.join("; ")));
                    }
                    Err(unread) => {
                        self.is_complete = false;
                        let place = format!("{title}: card {number}");
                        progress.suspend(|| complain(&place, &unread.messages));
                    }
                }
            }
        } else {
            let mut reader = CardReader::from_reader(reader).with_limits(limits);
            while let Some(event) = reader.next_event().map_err(|error| source.failure(error))? {
                left_out.see(&event);
                if let Event::Card(card) = event {
                    number += 1;
                    self.card(card, &[], (number, &name, &title), progress)?;
                }
            }
            self.is_complete &= !left_out.has_refused();
            if left_out.has_junk() && number == 0 && !left_out.has_refused() {
                self.is_complete = false;
                progress.suspend(|| error(&format!("{title}: there is no card in it")));
            }
        }
        self.out.flush()?;
        match progress.suspend(|| left_out.say()) {
            // Cards that are too large cost no more than a wrong one.
            Err(Failure::Said) => Ok(()),
            other => other,
        }
    }

    /// Converts a card. `read` is what was changed when it was read.
    fn card(
        &mut self,
        card: &Card,
        read: &[Change],
        (number, name, title): (u64, &str, &str),
        progress: &Progress,
    ) -> Result<(), Failure> {
        let written = match self.out.write(card, &self.conversion) {
            Ok(written) => written,
            Err(NotWritten::Io(error)) => return Err(error.into()),
            Err(NotWritten::Convert(reason)) => {
                let line = card.position().line;
                progress.suspend(|| error(&format!("{title}:{line}: card left out: {reason}")));
                self.is_complete = false;
                return Ok(());
            }
        };
        self.cards += 1;
        for change in read.iter().chain(&written) {
            *self.kinds.entry(change.kind()).or_default() += 1;
            self.report(change, number, name)?;
        }
        let any_change = !read.is_empty() || !written.is_empty();
        if !self.command.quiet && any_change {
            progress.suspend(|| {
                for change in read.iter().chain(&written) {
                    say(&line(change, title, card.position().line));
                }
            });
        }
        Ok(())
    }

    fn report(&mut self, change: &Change, card: u64, file: &str) -> Result<(), Failure> {
        let Some(report) = &mut self.report else {
            return Ok(());
        };
        let object = ChangeObject {
            file,
            card,
            line: change.line(),
            property: change.property(),
            parameter: change.parameter(),
            kind: change.kind().as_str(),
            from: change.from(),
            to: change.to(),
            section: change.section(),
            message: change.message(),
        };
        json::to_line(report, &object)?;
        Ok(())
    }

    fn say_summary(&self) {
        // The gravest first.
        let kinds = self.kinds.iter().rev();
        let kinds: Vec<String> = kinds
            .map(|(kind, count)| format!("{count} {kind}"))
            .collect();
        let cards = count(self.cards, "card", "cards");
        let changes = match kinds.is_empty() {
            true => String::from("nothing lost"),
            false => kinds.join(", "),
        };
        say(&format!(
            "{cards} converted to {}: {changes}",
            self.to.title
        ));
    }
}

/// Says why a card is not read.
fn complain(place: &str, messages: &[String]) {
    for (at, message) in messages.iter().enumerate() {
        let left_out = if at == 0 { " left out" } else { "" };
        error(&printable(&format!("{place}{left_out}: {message}")));
    }
}

/// A change on one line for people.
fn line(change: &Change, title: &str, card: u64) -> String {
    let line = change.line().unwrap_or(card);
    let mut characters = change.from().or(change.to()).unwrap_or_default().chars();
    let mut from: String = characters.by_ref().take(60).collect();
    if characters.next().is_some() {
        from.push('…');
    }
    let section = match change.section() {
        "" => String::new(),
        section => format!("; {section}"),
    };
    let text = format!(
        "{title}:{line}: {from}: {} ({}{section})",
        change.message(),
        change.kind()
    );
    printable(&text)
}
