//! Tries a row in a process of its own: some crates overflow the stack or never end.

use std::env;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use vcardinal_corpus::{Corpus, Kind, Size};

use crate::Options;
use crate::peers::{self, Row};

const PATIENCE: Duration = Duration::from_secs(30);

/// Tries one row on one corpus and prints what came of it in one line.
pub fn answer(options: &Options, name: &str) -> ExitCode {
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
pub enum Probed {
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

pub fn run(row: &dyn Row, kind: Kind, size: Size) -> Probed {
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
            Ok(None) if start.elapsed() > PATIENCE => {
                // Killing and reaping: failures leave nothing to do.
                let _ = child.kill();
                let _ = child.wait();
                return Probed::Failed(format!("no end within {} s", PATIENCE.as_secs()));
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
