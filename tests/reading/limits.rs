//! Each limit, at the limit and one past it: what is refused is one card, with its place and the
//! reason in full; its neighbours and all its bytes are there.

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
    let mut reader = PushReader::new().with_limits(limits.clone());
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
fn is_refused_past(card: &str, at: Limits, past: Limits, kind: (&str, usize), message: &str) {
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
    assert!(
        matches!(error.kind(), ErrorKind::Limit { limit, max } if (limit.as_str(), *max) == kind)
    );
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

/// Every way to a list or to components: at the limit it is read, one over it is refused.
#[test]
fn ok_values_of_typed_access_are_limited() {
    use vcardinal::property::{Adr, Categories, N, Nickname, Org};
    use vcardinal::typed::{AccessError, AccessErrorKind, TypedProperty};

    const MAX: usize = 10;
    let of = |count: usize, separator: &str| vec!["1"; count].join(separator);
    let card = |version: &str, line: &str| {
        let text = format!("BEGIN:VCARD\r\nVERSION:{version}\r\n{line}\r\nEND:VCARD\r\n");
        Card::parse_with(text, limits(|limits| limits.values = MAX)).unwrap()
    };
    let refused = AccessErrorKind::Text(TextError::TooManyValues { max: MAX });
    let is = |line: &str, version: &str, is_read: bool| {
        let card = card(version, line);
        let property = card.properties().nth(1).unwrap();
        match property.value() {
            Ok(_) => assert!(is_read, "{version} {line} is read"),
            Err(error) => {
                assert!(!is_read, "{version} {line}: {error}");
                assert_eq!(*error.kind(), refused, "{version} {line}");
            }
        }
    };
    for (name, separators, versions) in [
        ("CATEGORIES", &[","][..], &["3.0", "4.0"][..]),
        ("NICKNAME", &[","], &["3.0", "4.0"]),
        ("N", &[";"], &["2.1"]),
        ("N", &[";", ","], &["3.0", "4.0"]),
        ("ADR", &[";"], &["2.1"]),
        ("ADR", &[";", ","], &["3.0", "4.0"]),
        ("ORG", &[";"], &["2.1", "3.0", "4.0"]),
        ("X-A;VALUE=integer", &[","], &["4.0"]),
        ("X-A;VALUE=float", &[","], &["4.0"]),
    ] {
        for version in versions {
            for separator in separators {
                let line = |count| format!("{name}:{}", of(count, separator));
                is(&line(MAX), version, true);
                is(&line(MAX + 1), version, false);
            }
        }
    }
    for (kind, one) in [
        ("date", "19850412"),
        ("time", "T102200"),
        ("date-time", "19961022T140000"),
        ("date-and-or-time", "--0412"),
        ("timestamp", "19961022T140000Z"),
    ] {
        let one = if kind == "time" { "102200" } else { one };
        let line = |count| format!("X-A;VALUE={kind}:{}", vec![one; count].join(","));
        is(&line(MAX), "4.0", true);
        is(&line(MAX + 1), "4.0", false);
    }
    // What is no list may have as many commas as it likes.
    for name in ["NOTE", "FN", "TITLE"] {
        is(&format!("{name}:{}", of(100, ",")), "4.0", true);
    }
    is(&format!("ORG:{}", of(100, ",")), "4.0", true);

    // By marker, quoted-printable and folded too.
    fn read<P: TypedProperty>(card: &Card) -> Result<(), AccessError> {
        card.get::<P>().unwrap().value().map(|_| ())
    }
    for (line, read) in [
        ("CATEGORIES", read::<Categories> as fn(&Card) -> _),
        ("NICKNAME", read::<Nickname>),
        ("N", read::<N>),
        ("ADR", read::<Adr>),
        ("ORG", read::<Org>),
    ] {
        let separator = if line == "CATEGORIES" || line == "NICKNAME" {
            ","
        } else {
            ";"
        };
        for (count, is_read) in [(MAX, true), (MAX + 1, false)] {
            let whole = format!("{line}:{}", of(count, separator));
            let folded = whole.replace('1', "1\r\n ");
            let encoded = format!(
                "{line};ENCODING=QUOTED-PRINTABLE:{}",
                of(count, separator).replace('1', "=31")
            );
            for (version, line) in [("4.0", &whole), ("3.0", &folded), ("2.1", &encoded)] {
                assert_eq!(read(&card(version, line)).is_ok(), is_read, "{line}");
            }
        }
    }
    // Of a parameter, as many as the limit says, in one list or in several.
    for count in [MAX - 1, MAX, MAX + 1, 1_000] {
        let words: Vec<String> = (0..count).map(|at| format!("x{at}")).collect();
        let several: String = words.iter().map(|word| format!(";TYPE={word}")).collect();
        let pids: String = words
            .iter()
            .map(|word| format!("{},", &word[1..]))
            .collect();
        let pids = pids.replace("0,", "1,");
        for line in [
            format!("TEL;TYPE={}:1", words.join(",")),
            format!("TEL;TYPE=\"{}\":1", words.join(",")),
            format!("TEL{several}:1"),
        ] {
            let card = card("4.0", &line);
            let types = card.properties().nth(1).unwrap().types().to_string();
            let expected = &words[..count.min(MAX)];
            assert_eq!(types.split(',').collect::<Vec<_>>(), expected, "{line}");
        }
        // In one value, in several, and in one that is folded, so that it is not lent.
        let strings = words.join(",");
        for line in [
            format!("N;SORT-AS=\"{strings}\":a;b"),
            format!("N;SORT-AS={strings}:a;b"),
            format!("N;SORT-AS=\"{}\":a;b", strings.replace('x', "x\r\n ")),
        ] {
            let card = card("4.0", &line);
            let sorted = card.properties().nth(1).unwrap().sort_as().unwrap();
            assert_eq!(sorted.as_slice(), &words[..count.min(MAX)], "{line}");
        }
        let line = format!("TEL;PID={}:1", pids.trim_end_matches(','));
        assert_eq!(
            card("4.0", &line).properties().nth(1).unwrap().pid().len(),
            count.min(MAX),
            "{line}"
        );
    }
}

/// Where nothing that is listed has a repair, what is counted only may have one.
#[test]
fn ok_a_repair_looks_beyond_what_is_listed() {
    use vcardinal::validate::{Profile, validate};

    let lines = "TEL;PREF=200:1\r\n".repeat(30) + &"TEL;TYPE=:1\r\n".repeat(30);
    let text = format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n{lines}END:VCARD\n");
    for max in [0, 1, 2, 29, 30, 31, 1_000] {
        let with = limits(|limits| limits.findings = max);
        let mut card = Card::parse_with(&text, with).unwrap();
        let mut made = Vec::new();
        validate(&card, Profile::Declared).repair_each(
            &mut card,
            |_| true,
            |one| made.push(one.line),
        );
        made.sort_unstable();
        // The last is the END line, whose ending is another one.
        assert_eq!(made, (34..=64).collect::<Vec<u64>>(), "{max}");
        let left = validate(&card, Profile::Declared);
        assert_eq!(left.clone().repair(&mut card), 0);
        assert!(!card.to_string().contains("TYPE") && card.to_string().ends_with("END:VCARD\r\n"));
    }
}

/// As many findings as the limit says are listed; the others are one more, with their number and the
/// severity of the worst.
#[test]
fn ok_findings_of_one_card_are_limited() {
    use vcardinal::validate::{Checker, Profile, Severity, validate};

    let text = |count: usize| {
        format!(
            "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n{}END:VCARD\r\n",
            "REV:1996-10-22T14:00:00Z\r\nBDAY:x\r\n".repeat(count)
        )
    };
    let all = {
        let card = Card::parse_with(text(20), Limits::none()).unwrap();
        validate(&card, Profile::Declared)
    };
    let all: Vec<_> = all.iter().collect();
    assert!(all.len() > 40 && all.iter().all(|one| one.rule.id != "limit-exceeded"));
    for max in [1, 5, all.len() - 1, all.len(), all.len() + 1] {
        let with = limits(|limits| limits.findings = max);
        let mut card = Card::parse_with(text(20), with.clone()).unwrap();
        let report = validate(&card, Profile::Declared);
        let (others, listed): (Vec<_>, Vec<_>) = report
            .iter()
            .partition(|one| one.rule.id == "limit-exceeded");
        assert_eq!(listed.len(), max.min(all.len()));
        match all.len().checked_sub(max).filter(|left| *left > 0) {
            None => assert!(others.is_empty()),
            Some(left) => {
                assert_eq!(others.len(), 1);
                assert_eq!(others[0].count as usize, left);
                assert!(others[0].severity >= Severity::Warning);
                assert_eq!(
                    others[0].message,
                    format!("more findings than the limit of {max}; these are not listed")
                );
                assert!(!report.is_clean());
            }
        }
        // A stream tells the same.
        let mut streamed = Vec::new();
        let text = text(20);
        let mut reader = CardReader::from_slice(text.as_bytes()).with_limits(with);
        let mut checker = Checker::new(Profile::Declared);
        while let Some(event) = reader.next_event().unwrap() {
            checker.event(&event, &mut |finding| streamed.push(finding.to_string()));
        }
        checker.finish(&mut |finding| streamed.push(finding.to_string()));
        let mut found: Vec<_> = report.iter().map(ToString::to_string).collect();
        streamed.sort();
        found.sort();
        assert_eq!(streamed, found);
        // What is not listed is repaired all the same.
        let mut whole = Card::parse_with(&text, Limits::none()).unwrap();
        validate(&whole, Profile::Declared).repair(&mut whole);
        report.repair(&mut card);
        assert_eq!(card.to_string(), whole.to_string(), "{max}");
    }
    let many = validate(&Card::parse(text(10_000)).unwrap(), Profile::Declared);
    assert_eq!(many.iter().count(), Limits::default().findings + 1);
}
