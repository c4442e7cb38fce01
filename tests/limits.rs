//! Each limit, at the limit and one past it: what is refused is one card, with its place and the
//! reason in full; its neighbours and all its bytes are there.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use vcardinal::syntax::TextError;
use vcardinal::{
    Card, CardReader, ErrorKind, Event, JunkKind, Limits, LineReader, Position, PushReader,
};

const BEFORE: &str = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Before\r\nEND:VCARD\r\n";
const AFTER: &str = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:After\r\nEND:VCARD\r\n";

fn limits(change: impl FnOnce(&mut Limits)) -> Limits {
    let mut limits = Limits::default();
    change(&mut limits);
    limits
}

/// What the events of an input are, in a few words each; their bytes are the input.
fn events(bytes: &[u8], limits: &Limits) -> Vec<String> {
    let mut reader = CardReader::from_slice(bytes).with_limits(limits.clone());
    let mut copy = Vec::new();
    let mut events: Vec<String> = Vec::new();
    while let Some(event) = reader.next_event().unwrap() {
        events.push(match event {
            Event::Card(card) => {
                copy.extend_from_slice(&card.to_bytes());
                card.display_name().into_owned()
            }
            Event::Junk(junk) => {
                copy.extend_from_slice(junk.bytes());
                match junk.kind() {
                    JunkKind::Refused => continue,
                    kind => format!("{kind:?}"),
                }
            }
            Event::Bad { error, bytes } => {
                copy.extend_from_slice(bytes);
                assert!(error.is_limit() && !error.is_fatal() && !error.is_io());
                error.to_string()
            }
            _ => unreachable!(),
        });
    }
    assert_eq!(copy, bytes, "bytes are lost");
    events
}

/// The same, in pieces of one byte.
fn events_byte_by_byte(bytes: &[u8], limits: &Limits) -> Vec<String> {
    let mut reader = PushReader::with_limits(limits.clone());
    let mut events = Vec::new();
    for piece in bytes.chunks(1).map(Some).chain([None]) {
        match piece {
            Some(piece) => reader.push(piece),
            None => reader.finish(),
        }
        while let Some(event) = reader.next_event() {
            match event {
                Event::Card(card) => events.push(card.display_name().into_owned()),
                Event::Junk(junk) if junk.kind() == JunkKind::Refused => {}
                Event::Junk(junk) => events.push(format!("{:?}", junk.kind())),
                Event::Bad { error, .. } => events.push(error.to_string()),
                _ => unreachable!(),
            }
        }
    }
    events
}

/// A card between two others: handed out under `at`, refused under `past` for this reason.
fn is_refused_past(
    card: &str,
    at: Limits,
    past: Limits,
    kind: (&'static str, usize),
    message: &str,
) {
    let input = format!("{BEFORE}{card}{AFTER}");
    let line = BEFORE.lines().count() + 1;
    let message = format!("line {line}, column 1: {message}");
    for events in [events, events_byte_by_byte] {
        assert_eq!(events(input.as_bytes(), &at), ["Before", "Odalys", "After"]);
        assert_eq!(
            events(input.as_bytes(), &past),
            ["Before", &*message, "After"]
        );
    }
    assert!(Card::parse_with(card, at).is_ok());
    let error = Card::parse_with(card, past.clone()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Limit { limit, max } if (*limit, *max) == kind));
    assert_eq!(error.position(), Some(Position::START));
    // Without its END, it ends at the next BEGIN all the same.
    let open = card.strip_suffix("END:VCARD\r\n").unwrap();
    let input = format!("{BEFORE}{open}{AFTER}");
    assert_eq!(
        events(input.as_bytes(), &past),
        ["Before", &*message, "After"]
    );
    // The iterator goes on after it.
    let read: Vec<_> = CardReader::from_slice(input.as_bytes())
        .with_limits(past)
        .map(|card| {
            card.map(|card| card.display_name().into_owned())
                .map_err(|error| error.to_string())
        })
        .collect();
    assert_eq!(
        read,
        [Ok("Before".into()), Err(message), Ok("After".into())]
    );
}

#[test]
fn line_at_the_limit_and_one_past_it() {
    let line = "NOTE:a note\r\n  that is folded\r\n";
    let card = format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Odalys\r\n{line}END:VCARD\r\n");
    let len = line.len();
    is_refused_past(
        &card,
        limits(|limits| limits.line = len),
        limits(|limits| limits.line = len - 1),
        ("line", len - 1),
        "line is larger than the limit of 30",
    );
}

#[test]
fn line_of_each_encoding_at_the_limit_and_one_past_it() {
    for (line, message) in [
        (
            "NOTE;ENCODING=QUOTED-PRINTABLE:a=\r\nb=\r\nc\r\n",
            "line is larger than the limit of 41",
        ),
        (
            "PHOTO;ENCODING=BASE64:QUJD\r\nQUJD\r\nQUJD\r\n",
            "line is larger than the limit of 39",
        ),
        (
            "NOTE;X-A\r\n =b:c\r\n",
            "line is larger than the limit of 16",
        ),
        ("no content line\r\n", "line is larger than the limit of 16"),
    ] {
        let card = format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Odalys\r\n{line}END:VCARD\r\n");
        let len = line.len();
        is_refused_past(
            &card,
            limits(|limits| limits.line = len),
            limits(|limits| limits.line = len - 1),
            ("line", len - 1),
            message,
        );
    }
}

#[test]
fn card_at_the_limit_and_one_past_it() {
    let card = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Odalys\r\nNOTE:longer than its neighbours\r\n\
                END:VCARD\r\n";
    is_refused_past(
        card,
        limits(|limits| limits.card = card.len()),
        limits(|limits| limits.card = card.len() - 12),
        ("card", card.len() - 12),
        "card is larger than the limit of 69",
    );
    let past = limits(|limits| limits.card = card.len() - 1);
    let input = format!("{card}{AFTER}");
    for events in [events, events_byte_by_byte] {
        assert_eq!(
            events(input.as_bytes(), &past),
            [
                "line 1, column 1: card is larger than the limit of 80",
                "After"
            ]
        );
    }
}

#[test]
fn card_at_the_limit_without_end_before_another() {
    let card = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Odalys\r\n";
    let input = format!("{card}{AFTER}");
    let at = limits(|limits| limits.card = card.len().max(AFTER.len()));
    for events in [events, events_byte_by_byte] {
        assert_eq!(events(input.as_bytes(), &at), ["Odalys", "After"]);
    }
}

#[test]
fn properties_at_the_limit_and_one_past_it() {
    let card =
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Odalys\r\nno content\r\n\r\n\r\nNOTE:a\r\nEND:VCARD\r\n";
    is_refused_past(
        card,
        limits(|limits| limits.properties = 5),
        limits(|limits| limits.properties = 4),
        ("number of properties", 4),
        "number of properties is larger than the limit of 4",
    );
}

#[test]
fn parameters_at_the_limit_and_one_past_it() {
    let card = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Odalys\r\nTEL;TYPE=home;PREF=1;;X-A=\"b;c\":1\r\nEND:VCARD\r\n";
    is_refused_past(
        card,
        limits(|limits| limits.parameters = 4),
        limits(|limits| limits.parameters = 3),
        ("number of parameters", 3),
        "number of parameters is larger than the limit of 3",
    );
}

#[test]
fn nesting_at_the_limit_and_one_past_it() {
    let inner = "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Pell\r\nEND:VCARD\r\n";
    let middle = format!("BEGIN:VCARD\r\nVERSION:2.1\r\nN:Moss\r\nAGENT:\r\n{inner}END:VCARD\r\n");
    let card = format!("BEGIN:VCARD\r\nVERSION:2.1\r\nN:Odalys\r\nAGENT:\r\n{middle}END:VCARD\r\n");
    is_refused_past(
        &card,
        limits(|limits| limits.nesting = 2),
        limits(|limits| limits.nesting = 1),
        ("nesting", 1),
        "nesting is larger than the limit of 1",
    );
    let past = limits(|limits| limits.nesting = 0);
    assert_eq!(
        events(card.as_bytes(), &past),
        ["line 1, column 1: nesting is larger than the limit of 0"]
    );
}

#[test]
fn values_at_the_limit_and_one_past_it() {
    let card = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Odalys\r\nN:Moss;Odalys,Ann;;\r\nCATEGORIES:a,b\\,c,d\r\nEND:VCARD\r\n";
    let at = Card::parse_with(card, limits(|limits| limits.values = 5)).unwrap();
    let components = at.property("N").unwrap().components().unwrap();
    assert_eq!(
        components,
        [vec!["Moss"], vec!["Odalys", "Ann"], vec![""], vec![""]]
    );
    let past = Card::parse_with(card, limits(|limits| limits.values = 4)).unwrap();
    let error = past.property("N").unwrap().components().unwrap_err();
    assert_eq!(error, TextError::TooManyValues { max: 4 });
    assert_eq!(error.to_string(), "the value has more than 4 values");

    let at = Card::parse_with(card, limits(|limits| limits.values = 3)).unwrap();
    assert_eq!(
        at.property("CATEGORIES").unwrap().list().unwrap(),
        ["a", "b,c", "d"]
    );
    let past = Card::parse_with(card, limits(|limits| limits.values = 2)).unwrap();
    let list = past.property("CATEGORIES").unwrap().list();
    assert_eq!(list, Err(TextError::TooManyValues { max: 2 }));
    // The card and the text are there all the same.
    assert_eq!(
        past.property("CATEGORIES").unwrap().text().unwrap(),
        "a,b,c,d"
    );
    assert_eq!(past.display_name(), "Odalys");
}

#[test]
fn defaults_hold() {
    let usual = Limits::default();
    let parse = |middle: String| {
        let card = format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Odalys\r\n{middle}END:VCARD\r\n");
        Card::parse(card)
            .map(|_| ())
            .map_err(|error| error.to_string())
    };
    assert_eq!(
        parse(format!("NOTE:{}\r\n", "a".repeat(usual.card / 2))),
        Ok(())
    );
    assert_eq!(
        parse(format!("NOTE:{}\r\n", "a".repeat(usual.card))),
        Err("line 1, column 1: card is larger than the limit of 16777216".into())
    );
    assert_eq!(parse("A:\r\n".repeat(usual.properties - 2)), Ok(()));
    assert_eq!(
        parse("A:\r\n".repeat(usual.properties - 1)),
        Err("line 1, column 1: number of properties is larger than the limit of 100000".into())
    );
    assert_eq!(
        parse(format!("A{}:\r\n", ";".repeat(usual.parameters))),
        Ok(())
    );
    assert_eq!(
        parse(format!("A{}:\r\n", ";".repeat(usual.parameters + 1))),
        Err("line 1, column 1: number of parameters is larger than the limit of 10000".into())
    );
    // A run of blank lines is one, however long.
    assert_eq!(parse("\r\n".repeat(usual.properties * 2)), Ok(()));
}

#[test]
fn the_limit_that_is_exceeded_first_is_named_however_the_input_is_cut() {
    // The card is too large before its line is, and the other way round.
    let input = format!(
        "BEGIN:VCARD\r\nNOTE:{}\r\nEND:VCARD\r\n{AFTER}",
        "a".repeat(300)
    );
    for (line, card, name) in [
        (200, 200, "card"),
        (150, 200, "line"),
        (187, 200, "card"),
        (186, 200, "line"),
    ] {
        let limits = limits(|limits| (limits.line, limits.card) = (line, card));
        let max = if name == "line" { line } else { card };
        let wanted = [
            format!("line 1, column 1: {name} is larger than the limit of {max}"),
            "After".into(),
        ];
        assert_eq!(events(input.as_bytes(), &limits), wanted);
        assert_eq!(events_byte_by_byte(input.as_bytes(), &limits), wanted);
    }
}

#[test]
fn blank_lines_that_are_too_many_and_too_long() {
    let input = format!(
        "BEGIN:VCARD\r\nFN:Odalys\r\n{}END:VCARD\r\n",
        "\r\n".repeat(30)
    );
    for (properties, card, wanted) in [
        (1, 40, "number of properties is larger than the limit of 1"),
        (1, 25, "card is larger than the limit of 25"),
        (2, 40, "card is larger than the limit of 40"),
    ] {
        let limits = limits(|limits| (limits.properties, limits.card) = (properties, card));
        let wanted = [format!("line 1, column 1: {wanted}")];
        assert_eq!(events(input.as_bytes(), &limits), wanted);
        assert_eq!(events_byte_by_byte(input.as_bytes(), &limits), wanted);
    }
}

#[test]
fn line_reader_goes_on_after_a_line_that_is_too_much() {
    let input = b"A:1\r\nB:22222222222\r\n 2\r\nC:3\r\n";
    let limits = limits(|limits| limits.line = 15);
    let read = |pieces: &mut dyn Iterator<Item = &'static [u8]>| {
        let mut reader = LineReader::from_pieces().with_limits(limits.clone());
        let mut seen = Vec::new();
        loop {
            match reader.next_line() {
                Ok(Some(line)) => {
                    seen.push(line.name().to_owned());
                }
                Err(error) => seen.push(error.to_string()),
                Ok(None) => match pieces.next() {
                    Some([]) | None => {
                        reader.finish();
                        match reader.next_line() {
                            Ok(Some(line)) => seen.push(line.name().to_owned()),
                            Ok(None) => break,
                            Err(error) => seen.push(error.to_string()),
                        }
                    }
                    Some(piece) => reader.push(piece),
                },
            }
        }
        seen
    };
    let wanted = [
        "A",
        "line 2, column 1: line is larger than the limit of 15",
        "C",
    ];
    for size in 1..input.len() {
        assert_eq!(read(&mut input.chunks(size)), wanted, "pieces of {size}");
    }
}
