//! Reads and writes the same bytes with every vCard crate we know, in one run, and says who read
//! them right.
//!
//! Times are CPU time of the measuring thread. In every round each crate has its turn, so that a
//! busy machine slows all of them; the figure is the median of the rounds. Reading includes
//! dropping what was made. Whether a crate reads a corpus at all is tried in a process of its own
//! first, because some of them overflow the stack or never end.

use std::collections::BTreeMap;
use std::env;
use std::hint::black_box;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use vcardinal_corpus::{Corpus, Kind, Size};

mod ceiling;
mod heap;
mod peers;

use peers::Row;

#[global_allocator]
static ALLOCATOR: heap::Counting = heap::Counting;

const ROUNDS: usize = 9;
/// Slower work gets three rounds.
const SLOW: Duration = Duration::from_millis(400);
/// Faster work is repeated until it takes this long.
const LEAST: Duration = Duration::from_millis(8);
const PROBE: Duration = Duration::from_secs(30);

const USAGE: &str = "\
usage: vcardinal-peers [--size small|medium|large] [--only NAME] [--kind KIND]

--size   half a megabyte, five (the default) or fifty of each kind
--only   the rows whose names contain NAME, and calcard to compare with
--kind   plain, folded, photo30, photo40 or apple30; all without it";

struct Options {
    size: Size,
    only: Option<String>,
    kinds: Vec<Kind>,
    probe: Option<String>,
}

fn options() -> Option<Options> {
    let mut options = Options {
        size: Size::Medium,
        only: None,
        kinds: Kind::ALL.to_vec(),
        probe: None,
    };
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next()?;
        match argument.as_str() {
            "--size" => options.size = value.parse().ok()?,
            "--only" => options.only = Some(value),
            "--kind" => options.kinds = vec![value.parse().ok()?],
            "--probe" => options.probe = Some(value),
            _ => return None,
        }
    }
    Some(options)
}

fn main() -> ExitCode {
    let Some(options) = options() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    if let Some(name) = &options.probe {
        return probe(&options, name);
    }
    let rows: Vec<Box<dyn Row>> = peers::all()
        .into_iter()
        .filter(|row| match &options.only {
            Some(only) => row.name().contains(only.as_str()) || row.name().starts_with(BASE),
            None => true,
        })
        .collect();
    let mut tables = Tables::default();
    for &kind in &options.kinds {
        eprintln!("{} …", kind.name());
        compare(kind, options.size, &rows, &mut tables);
    }
    tables.print(&options, &rows);
    ExitCode::SUCCESS
}

/// The row the ratios are taken to.
const BASE: &str = "calcard";

/// Tries one row on one corpus and prints what came of it in one line.
fn probe(options: &Options, name: &str) -> ExitCode {
    let rows = peers::all();
    let (Some(row), Some(&kind)) = (
        rows.iter().find(|row| row.name() == name),
        options.kinds.first(),
    ) else {
        return ExitCode::from(2);
    };
    std::panic::set_hook(Box::new(|_| {}));
    let corpus = Corpus::generate(kind, options.size.until(kind));
    let input = str::from_utf8(&corpus.bytes).expect("a corpus is UTF-8");
    let guarded = std::panic::AssertUnwindSafe(|| {
        let verdict = peers::judge(row.as_ref(), &corpus);
        let held = if verdict.error.is_none() {
            row.held(input)
        } else {
            None
        };
        (verdict, held)
    });
    let Ok((verdict, held)) = std::panic::catch_unwind(guarded) else {
        println!("panics\treading");
        return ExitCode::SUCCESS;
    };
    let writing =
        std::panic::AssertUnwindSafe(|| row.written(input).map(|out| out == corpus.bytes));
    let written = match std::panic::catch_unwind(writing) {
        Ok(None) => "none",
        Ok(Some(true)) => "same",
        Ok(Some(false)) => "differs",
        Err(_) => "panics",
    };
    println!(
        "read\t{}\t{}\t{}\t{}\t{}\t{written}",
        verdict.right,
        held.map_or(0, |heap| heap.allocations),
        held.map_or(0, |heap| heap.live),
        held.map_or(0, |heap| heap.peak),
        verdict.error.unwrap_or_default(),
    );
    ExitCode::SUCCESS
}

/// What a probe said.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Probed {
    Read {
        right: usize,
        allocations: usize,
        live: isize,
        peak: isize,
        /// Empty where the whole file was read.
        error: String,
        written: String,
    },
    Failed(String),
}

fn run_probe(row: &dyn Row, kind: Kind, size: Size) -> Probed {
    let child = env::current_exe().and_then(|program| {
        Command::new(program)
            .args([
                "--probe",
                row.name(),
                "--kind",
                kind.name(),
                "--size",
                size.name(),
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
    });
    let mut child = match child {
        Ok(child) => child,
        Err(error) => return Probed::Failed(format!("cannot start: {error}")),
    };
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(_)) => break,
            Ok(None) if start.elapsed() > PROBE => {
                // Killing and reaping: failures leave nothing to do.
                let _ = child.kill();
                let _ = child.wait();
                return Probed::Failed(format!("no end within {} s", PROBE.as_secs()));
            }
            Ok(None) => std::thread::sleep(Duration::from_millis(5)),
            Err(error) => return Probed::Failed(format!("lost: {error}")),
        }
    }
    let output = match child.wait_with_output() {
        Ok(output) => output,
        Err(error) => return Probed::Failed(format!("lost: {error}")),
    };
    let text = String::from_utf8_lossy(&output.stdout);
    let fields: Vec<&str> = text.trim_end_matches('\n').split('\t').collect();
    match fields.as_slice() {
        ["read", right, allocations, live, peak, error, written] => Probed::Read {
            right: right.parse().unwrap_or(0),
            allocations: allocations.parse().unwrap_or(0),
            live: live.parse().unwrap_or(0),
            peak: peak.parse().unwrap_or(0),
            error: (*error).to_owned(),
            written: (*written).to_owned(),
        },
        ["panics", ..] => Probed::Failed("panics".to_owned()),
        _ => Probed::Failed(format!("aborts ({})", output.status)),
    }
}

type Key = (&'static str, &'static str);

#[derive(Default)]
struct Tables {
    read: BTreeMap<Key, f64>,
    write: BTreeMap<Key, f64>,
    probed: BTreeMap<Key, Probed>,
    ceiling: BTreeMap<Key, f64>,
    cards: BTreeMap<&'static str, usize>,
    bytes: BTreeMap<&'static str, usize>,
}

const COPY: &str = "copy of the file";
const FIND: &str = "line ends, folds and colons found";
const UTF8: &str = "UTF-8 checked by std";
const COPY_CARDS: &str = "copy of each card out of a Vec<Vec<u8>>";
const CEILINGS: [&str; 4] = [COPY, FIND, UTF8, COPY_CARDS];

/// CPU time of one turn.
fn turn(work: &mut dyn FnMut()) -> Duration {
    let mut times = 0;
    let start = ThreadTime::now();
    loop {
        work();
        times += 1;
        let spent = start.elapsed();
        if spent >= LEAST {
            return spent / times;
        }
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Work {
    Ceiling,
    Read,
    Write,
}

fn compare(kind: Kind, size: Size, rows: &[Box<dyn Row>], tables: &mut Tables) {
    let corpus = Corpus::generate(kind, size.until(kind));
    let input = str::from_utf8(&corpus.bytes).expect("a corpus is UTF-8");
    tables.cards.insert(kind.name(), corpus.cards.len());
    tables.bytes.insert(kind.name(), corpus.bytes.len());
    for row in rows {
        let probed = run_probe(row.as_ref(), kind, size);
        tables.probed.insert((row.name(), kind.name()), probed);
    }
    let cards = ceiling::cards(&corpus.bytes, &corpus.spans);
    let mut out = Vec::with_capacity(corpus.bytes.len());
    let mut times: BTreeMap<(Work, &'static str), Vec<Duration>> = BTreeMap::new();
    for round in 0..ROUNDS {
        for name in CEILINGS {
            let time = turn(&mut || match name {
                COPY => ceiling::copy(&corpus.bytes, &mut out),
                FIND => drop(black_box(ceiling::find(black_box(&corpus.bytes)))),
                UTF8 => drop(black_box(str::from_utf8(black_box(&corpus.bytes)))),
                _ => ceiling::copy_cards(&cards, &mut out),
            });
            times.entry((Work::Ceiling, name)).or_default().push(time);
        }
        for row in rows {
            let Some(Probed::Read { error, written, .. }) =
                tables.probed.get(&(row.name(), kind.name()))
            else {
                continue;
            };
            if !error.is_empty() {
                continue;
            }
            let enough = |work| {
                round >= 3
                    && times
                        .get(&(work, row.name()))
                        .and_then(|times: &Vec<Duration>| times.first())
                        .is_some_and(|&first| first > SLOW)
            };
            let (skip_read, skip_write) = (enough(Work::Read), enough(Work::Write));
            if !skip_read {
                let time = turn(&mut || {
                    // The probe read it without an error.
                    let _ = row.read(input);
                });
                times
                    .entry((Work::Read, row.name()))
                    .or_default()
                    .push(time);
            }
            if !skip_write && (written == "same" || written == "differs") {
                row.write(input, &mut |work| {
                    let time = turn(work);
                    times
                        .entry((Work::Write, row.name()))
                        .or_default()
                        .push(time);
                });
            }
        }
    }
    for ((work, name), mut times) in times {
        let speed = corpus.bytes.len() as f64 / median(&mut times).as_secs_f64() / 1e6;
        let table = match work {
            Work::Ceiling => &mut tables.ceiling,
            Work::Read => &mut tables.read,
            Work::Write => &mut tables.write,
        };
        table.insert((name, kind.name()), speed);
    }
}

impl Tables {
    fn print(&self, options: &Options, rows: &[Box<dyn Row>]) {
        let kinds: Vec<&'static str> = options.kinds.iter().map(|kind| kind.name()).collect();
        let head = |first: &str| {
            println!("| {first} | {} |", kinds.join(" | "));
            println!("|---|{}", "---|".repeat(kinds.len()));
        };
        println!(
            "\nMB/s (10^6 bytes of the file a second), median of {ROUNDS} interleaved rounds,"
        );
        println!(
            "thread CPU time; in brackets the ratio to `{BASE}`, which drops each card as it comes.\n"
        );
        let sizes: Vec<String> = kinds
            .iter()
            .map(|kind| {
                format!(
                    "{} {} cards, {} bytes",
                    kind, self.cards[kind], self.bytes[kind]
                )
            })
            .collect();
        println!("Corpora: {}.\n", sizes.join("; "));

        println!("### Reading, with drop\n");
        head("");
        for row in rows {
            println!(
                "| {} | {} |",
                row.name(),
                self.speeds(&self.read, row.name(), BASE, &kinds)
            );
        }
        for name in CEILINGS.iter().take(3) {
            let cells = self.cells(&kinds, |kind| {
                ratio(&self.ceiling, name, &self.read, BASE, kind)
            });
            println!("| *{name}* | {cells} |");
        }

        println!("\n### Writing every card\n");
        println!("The ratio is to `{BASE_WRITER}`.\n");
        head("");
        for row in rows {
            if kinds
                .iter()
                .any(|&kind| self.write.contains_key(&(row.name(), kind)))
            {
                println!(
                    "| {} | {} |",
                    row.name(),
                    self.speeds(&self.write, row.name(), BASE_WRITER, &kinds)
                );
            }
        }
        let cells = self.cells(&kinds, |kind| {
            ratio(&self.ceiling, COPY_CARDS, &self.write, BASE_WRITER, kind)
        });
        println!("| *{COPY_CARDS}* | {cells} |");

        println!("\n### Read right\n");
        println!(
            "Cards whose FN and NOTE are what the generator wrote, of all cards. \"Raw\": the crate"
        );
        println!("hands out text with its escapes, and was compared with that.\n");
        head("");
        for row in rows {
            let cells = self.cells(&kinds, |kind| self.right(row.name(), kind));
            let raw = if row.raw() { " (raw)" } else { "" };
            println!("| {}{raw} | {cells} |", row.name());
        }

        println!("\n### Written back\n");
        println!("Is the output the input, byte for byte?\n");
        head("");
        for row in rows {
            let cells = self.cells(&kinds, |kind| match self.probed.get(&(row.name(), kind)) {
                Some(Probed::Read { written, error, .. }) if error.is_empty() => {
                    written.replace("none", "no writer")
                }
                _ => "-".to_owned(),
            });
            println!("| {} | {cells} |", row.name());
        }

        println!("\n### Memory\n");
        println!(
            "Allocations a card, and bytes alive per input byte when the file is read (most at one"
        );
        println!("time in brackets).\n");
        head("");
        for row in rows {
            let cells = self.cells(&kinds, |kind| self.memory(row.name(), kind));
            println!("| {} | {cells} |", row.name());
        }
    }

    fn cells(&self, kinds: &[&'static str], cell: impl Fn(&'static str) -> String) -> String {
        let cells: Vec<String> = kinds.iter().map(|&kind| cell(kind)).collect();
        cells.join(" | ")
    }

    fn speeds(
        &self,
        table: &BTreeMap<Key, f64>,
        name: &'static str,
        base: &'static str,
        kinds: &[&'static str],
    ) -> String {
        self.cells(kinds, |kind| ratio(table, name, table, base, kind))
    }

    fn right(&self, name: &'static str, kind: &'static str) -> String {
        let total = self.cards[kind];
        match self.probed.get(&(name, kind)) {
            Some(Probed::Read { right, error, .. }) if error.is_empty() => {
                format!("{right}/{total}")
            }
            Some(Probed::Read { right, error, .. }) => {
                format!("{right}/{total} one by one; the file: {error}")
            }
            Some(Probed::Failed(how)) => how.clone(),
            None => "-".to_owned(),
        }
    }

    fn memory(&self, name: &'static str, kind: &'static str) -> String {
        match self.probed.get(&(name, kind)) {
            Some(Probed::Read {
                allocations,
                live,
                peak,
                error,
                ..
            }) if error.is_empty() => {
                let bytes = self.bytes[kind] as f64;
                format!(
                    "{:.1}; {:.2} ({:.2})",
                    *allocations as f64 / self.cards[kind] as f64,
                    *live as f64 / bytes,
                    *peak as f64 / bytes
                )
            }
            _ => "-".to_owned(),
        }
    }
}

/// The row the ratios of writing are taken to: writing needs the cards kept.
const BASE_WRITER: &str = "calcard, all kept";

fn ratio(
    table: &BTreeMap<Key, f64>,
    name: &'static str,
    base_table: &BTreeMap<Key, f64>,
    base: &'static str,
    kind: &'static str,
) -> String {
    match (table.get(&(name, kind)), base_table.get(&(base, kind))) {
        (Some(speed), Some(base)) => format!("{speed:.0} ({:.1})", speed / base),
        (Some(speed), None) => format!("{speed:.0}"),
        (None, _) => "-".to_owned(),
    }
}
