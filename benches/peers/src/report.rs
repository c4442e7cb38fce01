//! What was measured, as tables.

use std::collections::BTreeMap;

use crate::Options;
use crate::peers::Row;
use crate::probe::Probed;

pub type Key = (&'static str, &'static str);

/// MB/s of a row on a kind.
pub type Speeds = BTreeMap<Key, f64>;

/// The rows the ratios are taken to.
pub const BASE: &str = "calcard";
const BASE_KEPT: &str = "calcard, all kept";

#[derive(Default)]
pub struct Tables {
    pub read: Speeds,
    pub write: Speeds,
    pub probed: BTreeMap<Key, Probed>,
    pub ceiling: Speeds,
    pub cards: BTreeMap<&'static str, usize>,
    pub bytes: BTreeMap<&'static str, usize>,
}

pub const COPY: &str = "copy of the file";
pub const FIND: &str = "line ends, folds and colons found";
pub const UTF8: &str = "UTF-8 checked by std";
pub const COPY_CARDS: &str = "copy of each card out of a Vec<Vec<u8>>";
pub const CEILINGS: [&str; 4] = [COPY, FIND, UTF8, COPY_CARDS];

impl Tables {
    pub fn print(&self, options: &Options, rows: &[Box<dyn Row>]) {
        let kinds: Vec<&'static str> = options.kinds.iter().map(|kind| kind.name()).collect();
        let head = |first: &str| {
            println!("| {first} | {} |", kinds.join(" | "));
            println!("|---|{}", "---|".repeat(kinds.len()));
        };
        println!(
            "\nMB/s (10^6 bytes of the file a second), median of {} interleaved rounds, thread CPU",
            crate::ROUNDS
        );
        println!(
            "time. In brackets the ratios to `{BASE}`, which drops each card as it comes, and to"
        );
        println!("`{BASE_KEPT}`, which drops all at the end.\n");
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

        let readers = || rows.iter().filter(|row| !row.writes_alone());
        println!("### Reading, with drop\n");
        head("");
        for row in readers() {
            let cells = self.cells(&kinds, |kind| self.reading(&self.read, row.name(), kind));
            println!("| {} | {cells} |", row.name());
        }
        for name in CEILINGS.iter().take(3) {
            let cells = self.cells(&kinds, |kind| self.reading(&self.ceiling, name, kind));
            println!("| *{name}* | {cells} |");
        }

        println!("\n### Writing every card\n");
        println!("The ratio is to `{BASE_KEPT}`.\n");
        head("");
        for row in rows {
            if kinds
                .iter()
                .any(|&kind| self.write.contains_key(&(row.name(), kind)))
            {
                let cells = self.cells(&kinds, |kind| self.writing(&self.write, row.name(), kind));
                println!("| {} | {cells} |", row.name());
            }
        }
        let cells = self.cells(&kinds, |kind| self.writing(&self.ceiling, COPY_CARDS, kind));
        println!("| *{COPY_CARDS}* | {cells} |");

        println!("\n### Read right\n");
        println!(
            "Cards whose FN and NOTE are what the generator wrote, of all cards. \"Raw\": the crate"
        );
        println!("hands out text with its escapes, and was compared with that.\n");
        head("");
        for row in readers() {
            let cells = self.cells(&kinds, |kind| self.right(row.name(), kind));
            let raw = if row.raw() { " (raw)" } else { "" };
            println!("| {}{raw} | {cells} |", row.name());
        }

        println!("\n### Written back\n");
        println!("Is the output the input, byte for byte?\n");
        head("");
        for row in rows {
            if kinds
                .iter()
                .all(|&kind| !self.write.contains_key(&(row.name(), kind)))
            {
                continue;
            }
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
        for row in readers() {
            let cells = self.cells(&kinds, |kind| self.memory(row.name(), kind));
            println!("| {} | {cells} |", row.name());
        }
    }

    fn cells(&self, kinds: &[&'static str], cell: impl Fn(&'static str) -> String) -> String {
        let cells: Vec<String> = kinds.iter().map(|&kind| cell(kind)).collect();
        cells.join(" | ")
    }

    fn reading(&self, table: &Speeds, name: &'static str, kind: &'static str) -> String {
        let bases = [BASE, BASE_KEPT].map(|base| self.read.get(&(base, kind)).copied());
        speed(table.get(&(name, kind)).copied(), &bases)
    }

    fn writing(&self, table: &Speeds, name: &'static str, kind: &'static str) -> String {
        let base = self.write.get(&(BASE_KEPT, kind)).copied();
        speed(table.get(&(name, kind)).copied(), &[base])
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

fn speed(speed: Option<f64>, bases: &[Option<f64>]) -> String {
    let Some(speed) = speed else {
        return "-".to_owned();
    };
    let ratios: Vec<String> = bases
        .iter()
        .flatten()
        .map(|base| format!("{:.1}", speed / base))
        .collect();
    if ratios.is_empty() {
        format!("{speed:.0}")
    } else {
        format!("{speed:.0} ({})", ratios.join("; "))
    }
}
