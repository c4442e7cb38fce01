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
];

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
    for _ in 0..times {
        fs::write(place.path("a.vcf"), bytes).unwrap();
        let mut child = place.command(&[command, &["a.vcf"]].concat());
        child.stdout(Stdio::null()).stderr(Stdio::null());
        let began = Instant::now();
        assert!(matches!(child.status().unwrap().code(), Some(0..=2)));
        all += began.elapsed();
    }
    all
}

#[test]
fn ok_ten_times_the_input_takes_ten_times_the_time() {
    // What is linear takes 10; without optimization, and beside other work, more is allowed. What grows
    // as the square takes 100.
    let (size, most) = match cfg!(debug_assertions) {
        true => (40_000, 30.0),
        false => (200_000, 12.0),
    };
    let mut slow = Vec::new();
    for ((name, small), (_, large)) in shapes(size).into_iter().zip(shapes(size * 10)) {
        for command in COMMANDS {
            let mut least = f64::INFINITY;
            for _ in 0..6 {
                // The small input as often as makes as many bytes, less what starting takes.
                let start = time(&["email", "a@b.example"], b"", 3).as_secs_f64() / 3.0;
                let few = time(command, &small, 3).as_secs_f64() / 3.0 - start;
                let many = time(command, &large, 1).as_secs_f64() - start;
                // Faster than can be measured is fast enough.
                least = least.min(many / few.max(0.002));
                if least <= most {
                    break;
                }
            }
            if least > most {
                slow.push(format!("{command:?} of {name}: {least:.1}"));
            }
        }
    }
    assert!(
        slow.is_empty(),
        "took too many times the time:\n{}",
        slow.join("\n")
    );
}
