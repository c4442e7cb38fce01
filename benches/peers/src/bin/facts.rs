//! What other vCard crates do with a few inputs, tried at each run: the facts of COMPARE.md.
//!
//! Each fact runs in a process of its own, because some of them abort or never end. The program
//! fails when a fact is no longer so, which is good news for the crate in question and a line to
//! change in COMPARE.md.

use std::fmt::Write as _;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use std::{env, thread};

use vcardinal_corpus::Shape;

const PATIENCE: Duration = Duration::from_secs(20);

struct Fact {
    about: &'static str,
    claim: &'static str,
    /// What `seen` answers, or how it ends.
    expected: Expected,
    seen: fn() -> String,
}

#[derive(Clone, Copy, PartialEq)]
enum Expected {
    Answer(&'static str),
    Panics,
    Aborts,
    NeverEnds,
    /// The answer is a number of times and at least this.
    AtLeast(f64),
}

fn card(version: &str, lines: &str) -> String {
    format!("BEGIN:VCARD\r\nVERSION:{version}\r\nFN:Ada Quist\r\n{lines}END:VCARD\r\n")
}

/// The unfolded lines of `output` that contain `part`.
fn lines_with(output: &str, part: &str) -> String {
    let unfolded = output.replace("\r\n ", "");
    let lines: Vec<&str> = unfolded
        .lines()
        .filter(|line| line.contains(part))
        .collect();
    lines.join(" / ")
}

fn injected(output: &str) -> String {
    let injected = output.lines().any(|line| line.starts_with("EMAIL:"));
    if injected {
        "an EMAIL line"
    } else {
        "no EMAIL line"
    }
    .to_owned()
}

mod with_calcard {
    use calcard::vcard::{VCard, VCardProperty, VCardVersion};
    use calcard::{Entry, Parser};

    pub fn all(input: &str) -> Vec<Entry> {
        let mut parser = Parser::new(input);
        let mut entries = Vec::new();
        loop {
            match parser.entry() {
                Entry::Eof => return entries,
                entry => entries.push(entry),
            }
        }
    }

    pub fn first(input: &str) -> VCard {
        all(input)
            .into_iter()
            .find_map(|entry| match entry {
                Entry::VCard(card) => Some(card),
                _ => None,
            })
            .expect("calcard reads a card")
    }

    pub fn rewritten(input: &str) -> String {
        let card = first(input);
        let mut out = String::new();
        let version = card.version().unwrap_or(VCardVersion::V4_0);
        card.write_to(&mut out, version)
            .expect("a String takes all");
        out
    }

    pub fn kinds(input: &str) -> String {
        let kinds: Vec<&str> = all(input)
            .iter()
            .map(|entry| match entry {
                Entry::VCard(_) => "a card",
                Entry::InvalidLine(_) => "an invalid line",
                Entry::UnterminatedComponent(_) => "an unterminated component",
                _ => "something else",
            })
            .collect();
        kinds.join(", ")
    }

    pub fn has_tel(input: &str) -> bool {
        first(input).property(&VCardProperty::Tel).is_some()
    }
}

mod with_vcard_rs {
    use vcard_rs::tree::cst::VcardCst;

    pub fn rewritten(input: &str) -> String {
        let tree = VcardCst::parse(input).expect("vcard-rs reads a card");
        String::from_utf8_lossy(&tree.decode().encode().to_bytes()).into_owned()
    }

    pub fn read(input: &str) -> String {
        let cards: Vec<_> = VcardCst::parse_many(input).collect();
        let right = cards.iter().filter(|card| card.is_ok()).count();
        format!("{right} cards, {} errors", cards.len() - right)
    }

    pub fn longest_error(input: &str) -> usize {
        VcardCst::parse_many(input)
            .filter_map(Result::err)
            .map(|error| error.to_string().len())
            .max()
            .unwrap_or(0)
    }

    pub fn valid_and_written(input: &str) -> Option<String> {
        let tree = VcardCst::parse(input).expect("vcard-rs reads a card");
        let valid = tree.decode().validate().ok()?;
        Some(String::from_utf8_lossy(&valid.into_inner().encode().to_bytes()).into_owned())
    }
}

fn ical_vcard_rewritten(input: &str) -> String {
    let lines: Vec<_> = match ical_vcard::Parser::new(input.as_bytes()).collect::<Result<_, _>>() {
        Ok(lines) => lines,
        Err(error) => return format!("error: {}", error.to_string().lines().next().unwrap_or("")),
    };
    let lines: Vec<ical_vcard::Contentline> = lines;
    let mut out = Vec::new();
    ical_vcard::Writer::new(&mut out)
        .write_all(&lines)
        .expect("a Vec takes all");
    String::from_utf8(out).expect("ical_vcard writes UTF-8")
}

fn vobject_rewritten(input: &str) -> String {
    let card = vobject::parse_component(input).expect("vobject reads a card");
    vobject::write_component(&card)
}

fn ical_read(input: &str) -> ical::parser::vcard::component::VcardContact {
    ical::VcardParser::new(input.as_bytes())
        .next()
        .and_then(Result::ok)
        .expect("ical reads a card")
}

fn ical_value(input: &str, name: &str) -> String {
    use ical::parser::Component;
    ical_read(input)
        .get_property(name)
        .and_then(|property| property.value.clone())
        .unwrap_or_default()
}

fn vcard4_rewritten(input: &str) -> String {
    match vcard4::parse(input) {
        Ok(cards) => cards.iter().map(ToString::to_string).collect(),
        Err(error) => format!("error: {error}"),
    }
}

/// How many times longer `work` takes on ten times the input; linear is 10.
fn times_ten(small: &str, big: &str, work: fn(&str)) -> String {
    let time = |input: &str| {
        let mut best = Duration::MAX;
        for _ in 0..3 {
            let start = Instant::now();
            work(input);
            best = best.min(start.elapsed());
        }
        best.as_secs_f64()
    };
    format!("{:.0}", time(big) / time(small))
}

fn shape(shape: Shape, n: usize) -> String {
    String::from_utf8(shape.bytes(n)).expect("shapes are UTF-8")
}

fn facts() -> Vec<Fact> {
    use Expected::{Aborts, Answer, AtLeast, NeverEnds, Panics};
    macro_rules! fact {
        ($about:literal, $claim:literal, $expected:expr, $seen:expr) => {
            Fact {
                about: $about,
                claim: $claim,
                expected: $expected,
                seen: $seen,
            }
        };
    }
    vec![
        fact!(
            "calcard",
            "rewrites Apple's repeated `type=`",
            Answer("EMAIL;TYPE=INTERNET,HOME:a@example.com"),
            || {
                let input = card("3.0", "EMAIL;type=INTERNET;type=HOME:a@example.com\r\n");
                lines_with(&with_calcard::rewritten(&input), "EMAIL")
            }
        ),
        fact!(
            "calcard",
            "writes a CHARSET parameter into 3.0, which has none",
            Answer("NOTE;CHARSET=UTF-8:Zoë"),
            || lines_with(
                &with_calcard::rewritten(&card("3.0", "NOTE:Zoë\r\n")),
                "NOTE"
            )
        ),
        fact!(
            "calcard",
            "drops a quoted list of types it does not know",
            Answer("TEL:1"),
            || {
                let input = card("4.0", "TEL;TYPE=\"x-foo,x-bar\":1\r\n");
                lines_with(&with_calcard::rewritten(&input), "TEL")
            }
        ),
        fact!(
            "calcard",
            "takes backslashes out of parameters",
            Answer("NOTE;X-P=\"C:temp\":x"),
            || {
                let input = card("4.0", "NOTE;X-P=\"C:\\temp\":x\r\n");
                lines_with(&with_calcard::rewritten(&input), "NOTE")
            }
        ),
        fact!(
            "calcard",
            "takes a card without END for a whole one",
            Answer("a card"),
            || with_calcard::kinds("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Quist\r\nNOTE:cut of")
        ),
        fact!(
            "calcard",
            "loses what stands after a 2.1 AGENT with a card in it",
            Answer("TEL is lost"),
            || {
                let input = card(
                    "2.1",
                    "AGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nN:Agent\r\nEND:VCARD\r\nTEL:1\r\n",
                );
                let kept = with_calcard::has_tel(&input);
                if kept { "TEL is kept" } else { "TEL is lost" }.to_owned()
            }
        ),
        fact!(
            "calcard",
            "writes a line that the input smuggled into a property name",
            Answer("an EMAIL line"),
            || injected(&with_calcard::rewritten(&card(
                "4.0",
                "X-A\\nEMAIL:evil@example.com\r\n"
            )))
        ),
        fact!(
            "calcard",
            "skips a line without a colon without a word",
            Answer("a card"),
            || with_calcard::kinds(&card("4.0", "no colon here\r\n"))
        ),
        fact!(
            "vcard-rs",
            "rejects a file that begins with a byte order mark",
            Answer("0 cards, 1 errors"),
            || with_vcard_rs::read(&format!("\u{feff}{}", card("4.0", "")))
        ),
        fact!(
            "vcard-rs",
            "loses a card with a line without a colon, and all cards after it",
            Answer("1 cards, 1 errors"),
            || {
                let good = card("4.0", "");
                let bad = card("4.0", "no colon here\r\n");
                with_vcard_rs::read(&format!("{good}{bad}{good}{good}"))
            }
        ),
        fact!(
            "vcard-rs",
            "puts the whole input into an error",
            Answer("more than 100 kB"),
            || {
                let longest = with_vcard_rs::longest_error(&shape(Shape::NoEnd, 100_000));
                if longest > 100_000 {
                    "more than 100 kB"
                } else {
                    "less"
                }
                .to_owned()
            }
        ),
        fact!(
            "vcard-rs",
            "writes a line that the input smuggled into a URI, and calls the card valid",
            Answer("an EMAIL line"),
            || {
                let input = card(
                    "4.0",
                    "URL:https://example.com/\\nEMAIL:evil@example.com\r\n",
                );
                with_vcard_rs::valid_and_written(&input)
                    .map_or("not valid".to_owned(), |output| injected(&output))
            }
        ),
        fact!(
            "vcard-rs",
            "does not fold what it writes from the model",
            Answer("205 octets"),
            || {
                let output = with_vcard_rs::rewritten(&card(
                    "4.0",
                    &format!("NOTE:{}\r\n", "a".repeat(200)),
                ));
                let longest = output.lines().map(str::len).max().unwrap_or(0);
                format!("{longest} octets")
            }
        ),
        fact!(
            "vcard-rs",
            "drops the sixth and seventh part of N (RFC 9554) in the model",
            Answer("N:Quist;Ada;;;"),
            || {
                let output = with_vcard_rs::rewritten(&card("4.0", "N:Quist;Ada;;;;Second;Jr\r\n"));
                output
                    .lines()
                    .find(|line| line.starts_with("N:"))
                    .unwrap_or("")
                    .to_owned()
            }
        ),
        fact!(
            "ical_vcard",
            "takes a blank line inside a card for an error",
            Answer("error"),
            || ical_vcard_rewritten(&card("4.0", "\r\n"))
                .chars()
                .take(5)
                .collect()
        ),
        fact!(
            "ical_vcard",
            "takes a bare parameter of 2.1 for an error",
            Answer("error"),
            || ical_vcard_rewritten(&card("2.1", "TEL;CELL:1\r\n"))
                .chars()
                .take(5)
                .collect()
        ),
        fact!(
            "ical_vcard",
            "changes letter case, and a quoted list to an unquoted one",
            Answer("ITEM1.TEL;TYPE=voice,home:1"),
            || {
                let input = card("4.0", "item1.tel;type=\"voice,home\":1\r\n");
                lines_with(&ical_vcard_rewritten(&input), ":1")
            }
        ),
        fact!(
            "vobject",
            "keeps one of several parameters of the same name",
            Answer("EMAIL;TYPE=HOME:a@example.com"),
            || {
                let input = card("3.0", "EMAIL;TYPE=INTERNET;TYPE=HOME:a@example.com\r\n");
                lines_with(&vobject_rewritten(&input), "EMAIL")
            }
        ),
        fact!(
            "vobject",
            "sorts properties by name, so that VERSION is last",
            Answer("BEGIN:VCARD / FN:Ada Quist / TEL:1 / VERSION:4.0 / END:VCARD"),
            || lines_with(&vobject_rewritten(&card("4.0", "TEL:1\r\n")), "")
        ),
        fact!(
            "vobject",
            "overflows the stack on 1 MB of empty folds",
            Aborts,
            || vobject_rewritten(&shape(Shape::EmptyFold, 1_000_000))
        ),
        fact!(
            "vobject",
            "overflows the stack on 1 MB of BEGIN lines",
            Aborts,
            || match vobject::parse_component(&shape(Shape::Begins, 1_000_000)) {
                Ok(_) => "a card".to_owned(),
                Err(error) => error.to_string(),
            }
        ),
        fact!(
            "vobject",
            "is quadratic in blank lines: ten times the lines cost (times)",
            AtLeast(50.0),
            || times_ten(
                &shape(Shape::Blank, 2_000),
                &shape(Shape::Blank, 20_000),
                |input| {
                    let _ = std::hint::black_box(vobject::parse_component(input));
                }
            )
        ),
        fact!(
            "ical",
            "loses the space before a fold",
            Answer("onetwo"),
            || ical_value(&card("4.0", "NOTE:one \r\n two\r\n"), "NOTE")
        ),
        fact!(
            "ical",
            "panics when it writes a parameter with a comma after a letter outside ASCII",
            Panics,
            || {
                use ical::generator::Emitter;
                ical_read(&card("4.0", "NOTE;X-P=\"ë,x\":x\r\n")).generate()
            }
        ),
        fact!(
            "ical",
            "is quadratic in the parameters of a line: ten times cost (times)",
            AtLeast(40.0),
            || times_ten(
                &shape(Shape::Params, 1_000),
                &shape(Shape::Params, 10_000),
                |input| {
                    std::hint::black_box(ical_read(input));
                }
            )
        ),
        fact!(
            "vcard",
            "reads 4.0 alone",
            Answer("the vCard version \"3.0\" is not supported (at line 2)"),
            || match vcard::VCard::parse_multiple(&card("3.0", "N:Quist;Ada;;;\r\n")) {
                Ok(cards) => format!("{} cards", cards.len()),
                Err(error) => error.to_string(),
            }
        ),
        fact!(
            "vcard",
            "loses the whole file over one date in the format of 3.0",
            Answer("an error"),
            || {
                let good = card("4.0", "");
                let bad = card("4.0", "BDAY:1990-01-02\r\n");
                match vcard::VCard::parse_multiple(&format!("{good}{bad}{good}")) {
                    Ok(cards) => format!("{} cards", cards.len()),
                    Err(_) => "an error".to_owned(),
                }
            }
        ),
        fact!(
            "vcard4",
            "panics on the UID that Apple's address book writes",
            Panics,
            || vcard4_rewritten(&card(
                "3.0",
                "UID:3765A955-0000-4000-8000-000000000000:ABPerson\r\n"
            ))
        ),
        fact!(
            "vcard4",
            "its iterator repeats an error for ever",
            NeverEnds,
            || {
                let input = format!("{}\r\n", card("4.0", "no colon here\r\n"));
                vcard4::iter(&input, false)
                    .filter(Result::is_err)
                    .count()
                    .to_string()
            }
        ),
        fact!(
            "vcard4",
            "writes 3.0 cards as 4.0",
            Answer("VERSION:4.0"),
            || lines_with(
                &vcard4_rewritten(&card("3.0", "N:Quist;Ada;;;\r\n")),
                "VERSION"
            )
        ),
        fact!(
            "vcard4",
            "makes two components of one with an escaped semicolon",
            Answer("N:Quist;Berg;Ada;;;"),
            || {
                let output = vcard4_rewritten(&card("4.0", "N:Quist\\;Berg;Ada;;;\r\n"));
                output
                    .lines()
                    .find(|line| line.starts_with("N:"))
                    .unwrap_or(&output)
                    .to_owned()
            }
        ),
        fact!(
            "vcard4",
            "makes a year 0 of a date without a year",
            Answer("BDAY:00000412"),
            || lines_with(&vcard4_rewritten(&card("4.0", "BDAY:--0412\r\n")), "BDAY")
        ),
        fact!(
            "vparser",
            "hands out lines: two cards are eight of them",
            Answer("8 lines"),
            || {
                let two = card("4.0", "").repeat(2);
                format!("{} lines", vparser::Parser::new(&two).count())
            }
        ),
    ]
}

fn main() -> ExitCode {
    let facts = facts();
    let mut arguments = env::args().skip(1);
    if arguments.next().as_deref() == Some("--one") {
        let number: usize = arguments
            .next()
            .and_then(|n| n.parse().ok())
            .unwrap_or(usize::MAX);
        return facts.get(number).map_or(ExitCode::from(2), |fact| {
            print!("{}", (fact.seen)());
            ExitCode::SUCCESS
        });
    }
    let mut changed = 0;
    let mut table = String::from("| crate | what it does | seen |\n|---|---|---|\n");
    for (number, fact) in facts.iter().enumerate() {
        let (seen, holds) = run(number, fact.expected);
        let verdict = if holds { "" } else { "**no longer so**: " };
        changed += usize::from(!holds);
        let _ = writeln!(
            table,
            "| {} | {} | {verdict}`{}` |",
            fact.about,
            fact.claim,
            seen.replace('|', "\\|")
        );
    }
    print!("{table}");
    if changed > 0 {
        eprintln!("{changed} facts of COMPARE.md are no longer so");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Runs one fact in a process of its own: what it answered or how it ended, and whether that was
/// expected.
fn run(number: usize, expected: Expected) -> (String, bool) {
    let child = env::current_exe().and_then(|program| {
        Command::new(program)
            .args(["--one", &number.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
    });
    let mut child = match child {
        Ok(child) => child,
        Err(error) => return (error.to_string(), false),
    };
    let start = Instant::now();
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if start.elapsed() > PATIENCE => {
                let _ = child.kill();
                let _ = child.wait();
                let seen = format!("no end within {} s", PATIENCE.as_secs());
                return (seen, expected == Expected::NeverEnds);
            }
            Ok(None) => thread::sleep(Duration::from_millis(5)),
            Err(error) => return (error.to_string(), false),
        }
    };
    match status.code() {
        Some(0) => {
            let Ok(output) = child.wait_with_output() else {
                return ("lost".to_owned(), false);
            };
            let seen = String::from_utf8_lossy(&output.stdout).into_owned();
            let holds = match expected {
                Expected::Answer(answer) => seen == answer,
                Expected::AtLeast(least) => seen.parse().is_ok_and(|times: f64| times >= least),
                _ => false,
            };
            (seen, holds)
        }
        // What a panic exits with.
        Some(101) => ("panics".to_owned(), expected == Expected::Panics),
        Some(code) => (format!("exit code {code}"), false),
        None => ("aborts".to_owned(), expected == Expected::Aborts),
    }
}
