//! E.164 numbers: the three levels, national text, and the comparison with libphonenumber.

use std::fmt::Write as _;

use vcardinal::value::phone::{NationalError, PhoneKind, Region};
use vcardinal::value::{E164, E164Reason};

/// The columns of `fixtures/phone/numbers.tsv`.
fn verdict(number: E164) -> String {
    let assignment = number.assignment();
    format!(
        "{number}\t{:?}\t{}\t{}\t{}",
        number.possibility(),
        u8::from(number.is_valid()),
        assignment.map_or("", |a| a.region.as_str()),
        assignment.map_or(String::new(), |a| format!("{:?}", a.kind)),
    )
}

fn differences(table: &str) -> (usize, String) {
    let (mut rows, mut different) = (0, String::new());
    for row in table.lines().filter(|row| row.starts_with('+')) {
        rows += 1;
        let number: E164 = row.split('\t').next().unwrap().parse().unwrap();
        let ours = verdict(number);
        if ours != row {
            writeln!(different, "theirs {row}\nours   {ours}").unwrap();
        }
    }
    (rows, different)
}

#[test]
fn verdicts_are_those_of_libphonenumber() {
    let (rows, different) = differences(include_str!("../../fixtures/phone/numbers.tsv"));
    assert!(rows >= 60, "{rows} rows");
    assert!(different.is_empty(), "{different}");
}

/// See `tests/phone_oracle.py`.
#[test]
#[ignore = "needs a table made with tests/phone_oracle.py"]
fn oracle_e164() {
    let path = std::env::var("PHONE_ORACLE_E164").expect("PHONE_ORACLE_E164 names the table");
    let (rows, different) = differences(&std::fs::read_to_string(path).unwrap());
    let count = different.lines().count() / 2;
    println!("{rows} numbers, {count} verdicts differ");
    assert!(rows >= 20_000, "{rows} rows");
    assert!(different.is_empty(), "{different}");
}

/// See `tests/phone_oracle.py`. A number refused is a lesser evil than another number.
#[test]
#[ignore = "needs a table made with tests/phone_oracle.py"]
fn oracle_national() {
    let path = std::env::var("PHONE_ORACLE_NATIONAL").expect("PHONE_ORACLE_NATIONAL");
    let table = std::fs::read_to_string(path).unwrap();
    let (mut rows, mut refused, mut accepted, mut other) = (0, 0, 0, String::new());
    for row in table.lines() {
        let [region, written, theirs] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{row}");
        };
        rows += 1;
        let ours = E164::from_national(written, region.parse().unwrap())
            .map_or(String::new(), |derived| derived.number.to_string());
        match (ours.as_str(), theirs) {
            (ours, theirs) if ours == theirs => {}
            ("", _) => {
                if std::env::var_os("SHOW").is_some() {
                    println!("refused {row}");
                }
                refused += 1;
            }
            (_, "") => {
                if std::env::var_os("SHOW").is_some() {
                    println!("accepted {row} as {ours}");
                }
                accepted += 1;
            }
            (ours, _) => writeln!(other, "{row} ours {ours}").unwrap(),
        }
    }
    println!(
        "{rows} texts: {refused} refused that they take, {accepted} taken that they refuse, \
         {} read as another number\n{other}",
        other.lines().count()
    );
    assert!(other.is_empty());
}

/// Characters that come close to numbers, and some that do not.
fn random_texts(count: u64) -> impl Iterator<Item = String> {
    const CHARACTERS: [char; 44] = [
        '0',
        '1',
        '2',
        '3',
        '4',
        '5',
        '6',
        '7',
        '8',
        '9',
        '0',
        '1',
        '2',
        '3',
        '4',
        '5',
        '6',
        '7',
        '8',
        '9',
        '+',
        '+',
        '-',
        '.',
        '(',
        ')',
        ' ',
        '/',
        'x',
        'e',
        't',
        ';',
        '=',
        'p',
        'w',
        '*',
        '#',
        '\u{A0}',
        '\u{660}',
        '\u{FF11}',
        '\u{FF0B}',
        '\u{1F600}',
        '\r',
        '\0',
    ];
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    (0..count).map(move |_| {
        let length = next() % 24;
        let plus = if next() % 2 == 0 { "+" } else { "" };
        let mut text = plus.to_owned();
        for _ in 0..length {
            // Half of the texts are digits only, so that many get past the syntax.
            let among = if plus.is_empty() {
                44
            } else {
                20 + (next() % 40 / 39) * 24
            };
            text.push(CHARACTERS[(next() % among) as usize]);
        }
        text
    })
}

/// `PHONE_RANDOM=200000` for the full count.
#[test]
fn random_texts_neither_panic_nor_change() {
    let count = std::env::var("PHONE_RANDOM").map_or(5_000, |n| n.parse().unwrap());
    let regions: Vec<Region> = Region::all().collect();
    let (mut strict, mut valid) = (0, 0);
    for (index, text) in random_texts(count).enumerate() {
        if let Ok(number) = E164::parse(&text) {
            assert_eq!(number.as_str(), text);
            assert_eq!(E164::parse_lenient(&text), Ok(number));
            let suggestion = number.without_trunk_prefix();
            assert!(suggestion.is_none_or(|other| other.is_valid() && !number.is_valid()));
            // A valid number has the length of one, whichever way one asks.
            assert!(!number.is_valid() || number.is_possible(), "{number}");
            strict += 1;
            valid += u32::from(number.is_valid());
        }
        if let Ok(number) = E164::parse_lenient(&text) {
            assert_eq!(number.as_str().parse(), Ok(number));
        }
        if let Ok(derived) = E164::from_national(&text, regions[index % regions.len()]) {
            assert!(derived.number.is_valid());
            assert_eq!(derived.written, text);
        }
    }
    assert!(strict > 100 && valid > 0, "{strict} numbers, {valid} valid");
}

#[test]
fn a_megabyte_is_refused_at_once() {
    let digits = "1".repeat(1 << 20);
    assert!(E164::parse(&format!("+{digits}")).is_err());
    assert!(E164::parse_lenient(&format!("+1{}", " ".repeat(1 << 20))).is_ok());
    assert!(E164::from_national(&digits, "US".parse().unwrap()).is_err());
    assert!(E164::from_national(&format!("x{digits}"), "US".parse().unwrap()).is_err());
}

#[test]
fn errors_name_the_byte_and_the_reason() {
    for (text, message) in [
        ("", "byte 0: expected a number, found nothing"),
        ("+", "byte 1: expected digits after '+'"),
        (
            "14155550123",
            "byte 0: expected '+' and the calling code first",
        ),
        (
            " +14155550123",
            "byte 0: expected '+' and the calling code first",
        ),
        ("++14155550123", "byte 1: expected a digit, found '+'"),
        (
            "+04155550123",
            "byte 1: expected a calling code, which cannot begin with 0",
        ),
        ("+1415555é0123", "byte 8: expected a digit, found 'é'"),
        ("+14155550123\r\n", "byte 12: expected a digit, found '\\r'"),
        (
            "+\u{661}4155550123",
            "byte 1: expected a digit, found '\u{661}'",
        ),
        (
            "+1234567890123456",
            "byte 16: expected no more than 15 digits",
        ),
    ] {
        assert_eq!(
            text.parse::<E164>().unwrap_err().to_string(),
            message,
            "{text:?}"
        );
    }
    assert!("+123456789012345".parse::<E164>().is_ok());
    assert!("+1".parse::<E164>().is_ok());
}

#[test]
fn lenient_reading_skips_separators_only() {
    for text in [
        "+1 415 555 0123",
        "+1-415-555-0123",
        "+1.415.555.0123",
        "+1 (415) 555/0123",
        "(+1) 415 555 0123",
        "\u{202A}+1\u{A0}415\u{A0}555\u{2011}0123\u{202C}",
        "\u{FF0B}\u{FF11}\u{FF14}\u{FF11}\u{FF15}\u{FF15}\u{FF15}\u{FF15}\u{FF10}\u{FF11}\u{FF12}\u{FF13}",
        "+\u{661}\u{664}\u{661}\u{665}\u{665}\u{665}\u{665}\u{660}\u{661}\u{662}\u{663}",
    ] {
        assert_eq!(
            E164::parse_lenient(text).unwrap().as_str(),
            "+14155550123",
            "{text:?}"
        );
    }
    for (text, offset, reason) in [
        ("415 555 0123", 0, E164Reason::NoPlus),
        ("+44 (0)20 7946 0123", 5, E164Reason::TrunkZero),
        ("+1 415 555 0123 x7", 16, E164Reason::NotADigit('x')),
        ("+1 415 555 0123;ext=7", 15, E164Reason::NotADigit(';')),
        ("+1 415 555 012a", 14, E164Reason::NotADigit('a')),
        ("+1\n4155550123", 2, E164Reason::NotADigit('\n')),
        (" ( ", 3, E164Reason::Empty),
    ] {
        let error = E164::parse_lenient(text).unwrap_err();
        assert_eq!(
            (error.offset(), error.reason()),
            (offset, reason),
            "{text:?}"
        );
    }
}

#[test]
fn trunk_prefixes_are_pointed_out() {
    for (text, meant) in [
        ("+4402079460123", Some("+442079460123")),
        ("+330199001234", Some("+33199001234")),
        ("+43069637491", Some("+4369637491")),
        ("+442079460123", None),
        ("+390600000000", None),
        ("+44020794601", None),
    ] {
        let number: E164 = text.parse().unwrap();
        let meant = meant.map(|text| text.parse::<E164>().unwrap());
        assert_eq!(number.without_trunk_prefix(), meant, "{text}");
    }
    let region: Region = "GB".parse().unwrap();
    assert_eq!(
        E164::from_national("+44 020 7946 0123", region)
            .unwrap_err()
            .to_string(),
        "GB has no such number; did you mean +442079460123?"
    );
}

#[test]
fn national_text_needs_its_region() {
    for (region, written, number, extension) in [
        ("US", "(415) 555-0123", "+14155550123", None),
        ("US", "415.555.0123 x42", "+14155550123", Some("42")),
        ("US", "415 555 0123;ext=42", "+14155550123", Some("42")),
        ("US", "+1 415 555 0123 Ext. 42", "+14155550123", Some("42")),
        ("US", "011 44 20 7946 0123", "+442079460123", None),
        ("GB", "020 7946 0123", "+442079460123", None),
        ("GB", "\u{FF10}20 7946 0123", "+442079460123", None),
        ("GB", "00 1 415 555 0123", "+14155550123", None),
        ("FR", "01 99 00 12 34", "+33199001234", None),
        ("IT", "06 0000 0000", "+390600000000", None),
        ("RU", "8 812 234-56-78", "+78122345678", None),
        ("RU", "812 234-56-78", "+78122345678", None),
    ] {
        let derived = E164::from_national(written, region.parse().unwrap())
            .unwrap_or_else(|error| panic!("{region} {written}: {error}"));
        assert_eq!(derived.number.as_str(), number, "{region} {written}");
        assert_eq!(derived.extension.as_deref(), extension, "{written}");
        assert_eq!(derived.written, written);
        assert_eq!(derived.region.as_str(), region);
    }
    let us: Region = "US".parse().unwrap();
    for wrong in [
        "911",
        "555 0123",
        "",
        "call me",
        "415 555 012p3",
        "1-415-FLOWERS",
        "*123#",
    ] {
        assert!(E164::from_national(wrong, us).is_err(), "{wrong}");
    }
    assert!(matches!(
        E164::from_national("415 555 o123", us),
        Err(NationalError::Syntax(error)) if error.offset() == 8
    ));
}

#[test]
fn kinds_have_names() {
    let number: E164 = "+448081570123".parse().unwrap();
    let assignment = number.assignment().unwrap();
    assert_eq!(assignment.kind, PhoneKind::TollFree);
    assert_eq!(
        format!("{} in {}", assignment.kind, assignment.region),
        "toll free in GB"
    );
    let number: E164 = "+80012345678".parse().unwrap();
    assert_eq!(number.assignment().unwrap().region, Region::WORLD);
}

/// `cargo test --release --test contact -- --ignored --nocapture phone::`
#[test]
#[ignore = "a measurement, for optimised builds"]
fn speed_of_a_warm_check() {
    let numbers: Vec<E164> = include_str!("../../fixtures/phone/numbers.tsv")
        .lines()
        .filter(|row| row.starts_with('+'))
        .map(|row| row.split('\t').next().unwrap().parse().unwrap())
        .collect();
    let start = std::time::Instant::now();
    let mut valid = numbers.iter().filter(|number| number.is_valid()).count();
    println!("cold: {:?} for all", start.elapsed());
    let rounds = 2_000;
    let start = std::time::Instant::now();
    for _ in 0..rounds {
        valid += numbers.iter().filter(|number| number.is_valid()).count();
    }
    let each = start.elapsed() / (rounds * numbers.len() as u32);
    println!("warm: {each:?} a number, {valid} valid");
    assert!(each < std::time::Duration::from_micros(2));
}
