//! Checking and repairing ten times the input takes ten times the time, whatever it looks like.

use vcardinal::validate::{Profile, validate};
use vcardinal::{CardReader, Limits};

use crate::common::growth::{MOST_TEXTS, SIZE, growth, least};
use crate::common::hostile;

fn check_and_repair(bytes: &[u8], limits: &Limits) {
    for card in CardReader::from_slice(bytes).with_limits(limits.clone()) {
        let Ok(mut card) = card else { continue };
        validate(&card, Profile::Declared).repair(&mut card);
    }
}

fn card(lines: &str) -> Vec<u8> {
    format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:a\r\n{lines}END:VCARD\r\n").into_bytes()
}

/// A parameter that is held against the value, beside a value of as many parts.
fn about_the_value(parameter: &str, many: usize) -> Vec<u8> {
    let (parameters, value) = (parameter.repeat(many), "a;".repeat(many));
    card(&format!("N{parameters}:{value}\r\n"))
}

fn repaired(many: usize) -> Vec<u8> {
    card(&"TEL;TYPE=pref:1\r\nREV:1996-10-22T14:00:00Z\r\n".repeat(many))
}

#[test]
fn ok_ten_times_the_input_takes_ten_times_the_time() {
    let shapes = hostile::all(SIZE);
    let shapes = shapes.into_iter().map(|shape| {
        let (small, large) = (shape.bytes(1), shape.bytes(10));
        (shape.name, small, large)
    });
    let more = [
        (
            "JSCOMPS",
            about_the_value(";JSCOMPS=\";0\"", 400),
            about_the_value(";JSCOMPS=\";0\"", 4_000),
        ),
        (
            "SORT-AS",
            about_the_value(";SORT-AS=a", 400),
            about_the_value(";SORT-AS=a", 4_000),
        ),
        // Each of them may be a part of the value of one before it.
        (
            "parameters of no table",
            about_the_value(";a=b", 400),
            about_the_value(";a=b", 4_000),
        ),
        ("repaired lines", repaired(1_500), repaired(15_000)),
    ];
    let more = more.map(|(name, small, large)| (String::from(name), small, large));
    let mut slow = Vec::new();
    for (name, small, large) in shapes.chain(more) {
        let least = least(MOST_TEXTS, || {
            growth(&small, &large, check_and_repair, &Limits::none())
        });
        if least > MOST_TEXTS {
            slow.push(format!("{name}: {least:.1}"));
        }
    }
    assert!(slow.is_empty(), "took too long:\n{}", slow.join("\n"));
}
