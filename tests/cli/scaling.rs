//! Ten times the input takes ten times the time, whatever the command, and wherever its lines end.

use std::time::{Duration, Instant};

use super::*;

const COMMANDS: &[&[&str]] = &[
    &["check", "-q"],
    &["check", "--format=json"],
    &["check", "--format=sarif"],
    &["check", "--fix", "--dry-run"],
    &["check", "--fix", "--no-backup", "--show-repairs"],
    &["dump"],
    &["format"],
    &["format", "--check"],
    &["format", "--in-place"],
    &["copy"],
    &["contact"],
    &["contact", "--to-vcard=4.0"],
    &["convert", "--to=3.0"],
    &["convert", "--to=4.0"],
    &["convert", "--to=jcard"],
    &["convert", "--to=xcard"],
    &["convert", "--to=jscontact"],
    // Nobody is at this port, so that all is made but the connection.
    &[
        "send",
        "--to=+14155550123",
        "--base-url=https://127.0.0.1:1",
        "--secret-file=secret",
    ],
    &["send", "--to=+14155550123", "--as-contact", "--dry-run"],
];

/// Commands whose input is what they are for, and what there is many of; `#` is a number.
const OWN: &[(&[&str], &str, &str, &str)] = &[
    (
        &["contact", "--from-json"],
        "",
        "{\"full_name\":\"A#\"}\n",
        "",
    ),
    (
        &["contact", "--from-json"],
        "{\"full_name\":\"A\",\"phones\":[{\"value\":\"+14155550123\"}",
        ",{\"value\":\"+1415555#\",\"label\":\"a#\"}",
        "]}\n",
    ),
    (
        &["contact", "--from-json", "--to-vcard=4.0"],
        "{\"full_name\":\"A\",\"emails\":[{\"value\":\"a@b.example\"}",
        ",{\"value\":\"a#@b.example\",\"label\":\"a#\"}",
        "]}\n",
    ),
    (
        &["contact", "--from-json"],
        "{\"full_name\":\"",
        "A ",
        "\"}\n",
    ),
    (
        &["send", "--to=+14155550123", "--dry-run"],
        "{\"full_name\":\"A\",\"emails\":[{\"value\":\"a@b.example\"}",
        ",{\"value\":\"a#@b.example\"}",
        "]}\n",
    ),
    (&["phone", "-"], "", "+1415555#\n", ""),
    (&["phone", "-"], "+1", "4", "\n"),
    (&["phone", "-"], "tel:+14155550123", ";a=b", "\n"),
    (&["phone", "--format=json", "-"], "+1 4", "-()1", "\n"),
    (&["email", "-"], "", "a#@b.example\n", ""),
    (&["email", "-"], "a@b", ".b", ".example\n"),
    (&["email", "-"], "a", ".a", "@b.example\n"),
    (
        &["email", "--format=json", "-"],
        "a@",
        "\u{fc}.",
        "example\n",
    ),
    (
        &["convert", "--to=4.0", "--from=jcard"],
        "[\"vcard\",[[\"version\",{},\"text\",\"4.0\"]",
        ",[\"note\",{\"group\":\"i#\"},\"text\",\"a\"]",
        "]]",
    ),
    (
        &["convert", "--to=4.0", "--from=xcard"],
        "<vcards xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\"><vcard>",
        "<note><text>a#</text></note>",
        "</vcard></vcards>",
    ),
    (
        &["convert", "--to=4.0", "--from=jscontact"],
        "{\"@type\":\"Card\",\"version\":\"2.0\",\"titles\":{\"t\":{\"name\":\"A\"}},\"localizations\":{\"de\":{\"titles/t/name\":\"B\"}",
        ",\"de-x-#\":{\"titles/t/name\":\"B#\"}",
        "}}",
    ),
];

/// An input with so many bytes of what there is many of.
fn own((_, before, many, after): &(&[&str], &str, &str, &str), size: usize) -> Vec<u8> {
    let many: String = (0..size / many.len())
        .map(|at| many.replace('#', &format!("{:04}", at % 10_000)))
        .collect();
    format!("{before}{many}{after}").into_bytes()
}

/// Inputs of about so many bytes.
fn shapes(size: usize) -> Vec<(&'static str, Vec<u8>)> {
    const CLEAN: &str = "BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL:1\nEND:VCARD\n";
    const BAD: &str = "BEGIN:VCARD\nVERSION:4.0\nFN:A, B\nREV:1996-10-22T14:00:00Z\nEND:VCARD\n";
    let fill = |unit: &str| unit.repeat(size / unit.len()).into_bytes();
    let one_card = |unit: &str| {
        let lines = unit.repeat(size / unit.len());
        format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n{lines}END:VCARD\r\n").into_bytes()
    };
    let mut shapes = vec![
        ("cards", fill(CLEAN)),
        ("cards of CRLF", fill(&CLEAN.replace('\n', "\r\n"))),
        ("cards of CR", fill(&CLEAN.replace('\n', "\r"))),
        ("cards of CR with faults", fill(&BAD.replace('\n', "\r"))),
        ("cards with faults", fill(BAD)),
        (
            "cards of CR, one with faults",
            [
                BAD.replace('\n', "\r").into_bytes(),
                fill(&CLEAN.replace('\n', "\r")),
            ]
            .concat(),
        ),
        (
            "a CRLF card before CR cards",
            [
                BAD.replace('\n', "\r\n").into_bytes(),
                fill(&CLEAN.replace('\n', "\r")),
            ]
            .concat(),
        ),
        ("byte order marks", fill("\u{FEFF}")),
        ("junk", fill("junk ")),
        ("junk of CR", fill("junk\r")),
        ("unclosed cards", fill("BEGIN:VCARD\rFN:A, B\r")),
        (
            "lines with faults",
            one_card("TEL;TYPE=pref:1\r\nREV:1996-10-22T14:00:00Z\r\n"),
        ),
        (
            "lines of CR with faults",
            one_card("TEL;TYPE=pref:1\rREV:1996-10-22T14:00:00Z\r"),
        ),
        ("lines in groups", one_card("a.TEL:1\r\na.X-ABLabel:b\r\n")),
        (
            "places of addresses",
            one_card("ADR:;;a;b;;;\r\nGEO:geo:1,2\r\nTZ:Europe/Berlin\r\n"),
        ),
        ("parameters of a geo URI", {
            let many = ";a=b".repeat(size / 4);
            format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nGEO:geo:1,2{many}\r\nEND:VCARD\r\n")
                .into_bytes()
        }),
    ];
    let utf_16_cards = utf_16(&CLEAN.repeat(size / CLEAN.len() / 2), true, true);
    shapes.push(("UTF-16", utf_16_cards));
    shapes
}

fn time(command: &[&str], bytes: &[u8], times: usize) -> Duration {
    let place = Place::new();
    let mut all = Duration::ZERO;
    fs::write(place.path("secret"), "not a secret").unwrap();
    for _ in 0..times {
        fs::write(place.path("a.vcf"), bytes).unwrap();
        let mut child = match command.last() {
            // Words come from standard input.
            Some(&"-") => {
                let mut child = place.command(command);
                child.stdin(fs::File::open(place.path("a.vcf")).unwrap());
                child
            }
            _ => place.command(&[command, &["a.vcf"]].concat()),
        };
        child.stdout(Stdio::null()).stderr(Stdio::null());
        child.env_remove("CHERT_SIGNING_SECRET");
        child.env_remove("CHERT_TENANT");
        let began = Instant::now();
        // A request that reached nobody is 3 or more.
        assert!(matches!(child.status().unwrap().code(), Some(0..=9)));
        all += began.elapsed();
    }
    all
}

/// What is linear takes 10; without optimization, and beside other work, more is allowed. What grows
/// as the square takes 100.
const SIZE_AND_MOST: (usize, f64) = match cfg!(debug_assertions) {
    true => (40_000, 30.0),
    false => (200_000, 12.0),
};

/// The least growth of some attempts.
fn growth(command: &[&str], small: &[u8], large: &[u8]) -> f64 {
    crate::common::growth::least(SIZE_AND_MOST.1, || {
        // The small input as often as makes as many bytes, less what starting takes.
        let start = time(&["email", "a@b.example"], b"", 3).as_secs_f64() / 3.0;
        let few = time(command, small, 3).as_secs_f64() / 3.0 - start;
        let many = time(command, large, 1).as_secs_f64() - start;
        // Faster than can be measured is fast enough.
        many / few.max(0.002)
    })
}

fn assert_none(slow: &[String]) {
    assert!(
        slow.is_empty(),
        "took too many times the time:\n{}",
        slow.join("\n")
    );
}

#[test]
fn ok_ten_times_the_input_takes_ten_times_the_time() {
    let (size, most) = SIZE_AND_MOST;
    let mut slow = Vec::new();
    for ((name, small), (_, large)) in shapes(size).into_iter().zip(shapes(size * 10)) {
        for command in COMMANDS {
            let least = growth(command, &small, &large);
            if least > most {
                slow.push(format!("{command:?} of {name}: {least:.1}"));
            }
        }
    }
    assert_none(&slow);
}

#[test]
fn ok_ten_times_the_words_and_contacts_take_ten_times_the_time() {
    let (size, most) = SIZE_AND_MOST;
    let mut slow = Vec::new();
    for input in OWN {
        let least = growth(input.0, &own(input, size), &own(input, size * 10));
        if least > most {
            slow.push(format!("{:?} of {:?}: {least:.1}", input.0, input.2));
        }
    }
    assert_none(&slow);
}
