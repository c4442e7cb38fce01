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
use std::process::ExitCode;
use std::time::Duration;

use cpu_time::ThreadTime;
use vcardinal_corpus::{Corpus, Kind, Size};

mod ceiling;
mod heap;
mod peers;
mod probe;
mod report;

use peers::Row;
use probe::Probed;
use report::{BASE, CEILINGS, COPY, FIND, Tables, UTF8};

#[global_allocator]
static ALLOCATOR: heap::Counting = heap::Counting;

const ROUNDS: usize = 9;
/// Slower work gets three rounds.
const SLOW: Duration = Duration::from_millis(400);
/// Faster work is repeated until it takes this long.
const LEAST: Duration = Duration::from_millis(8);

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
        return probe::answer(&options, name);
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
        let probed = probe::run(row.as_ref(), kind, size);
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
            let skip_read = row.writes_alone() || enough(Work::Read);
            let skip_write = enough(Work::Write);
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
