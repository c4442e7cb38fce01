//! Text of other charsets: what is read, what is assumed only on request, and that whatever cannot be
//! read is an error among the findings.

use proptest::prelude::*;
use vcardinal::syntax::TextError;
use vcardinal::validate::{Profile, Severity, validate};
use vcardinal::{Card, CardReader, Charset, PushReader, Version};

use crate::common;
use crate::common::cases;

fn card(version: &str, lines: &[u8]) -> Card {
    let head = format!("BEGIN:VCARD\r\nVERSION:{version}\r\n");
    Card::parse([head.as_bytes(), lines, b"\r\nEND:VCARD\r\n"].concat()).unwrap()
}

const WESTERN: Option<Charset> = Some(Charset::WINDOWS_1252);

#[test]
fn ok_a_fallback_reads_what_names_no_charset() {
    for (version, line, text) in [
        ("2.1", &b"N:Br\xFCck;J\xF6rn"[..], "Brück;Jörn"),
        ("2.1", b"FN;ENCODING=QUOTED-PRINTABLE:J=F6rn", "Jörn"),
        ("2.1", b"FN;QUOTED-PRINTABLE:J=F6=\r\nrn", "Jörn"),
        ("2.1", b"ORG:\x80 & \xA9", "€ & ©"),
        ("2.1", b"NOTE;CHARSET=:caf\xE9", "café"),
        ("3.0", b"ORG:Caf\xE9\\, bar", "Café, bar"),
        ("4.0", b"NOTE:caf\xE9\\nbar", "café\nbar"),
        ("4.0", b"NOTE:caf\r\n \xE9", "café"),
    ] {
        let mut card = card(version, line);
        let bytes = card.to_bytes().into_owned();
        let property = card.properties().nth(1).unwrap();
        let shown = String::from_utf8_lossy(line).into_owned();
        assert!(
            matches!(property.text(), Err(TextError::NotUtf8 { .. })),
            "{shown}"
        );
        assert_eq!(property.assumed_charset(), None, "{shown}");
        let assuming = property.with_fallback_charset(WESTERN);
        assert_eq!(assuming.text().unwrap(), text, "{shown}");
        let decoded = assuming.decode().unwrap();
        assert!(decoded.charset_assumed, "{shown}");
        assert_eq!(decoded.charset, Some("windows-1252"), "{shown}");
        assert_eq!(assuming.assumed_charset(), WESTERN, "{shown}");

        card.set_fallback_charset(WESTERN);
        let property = card.properties().nth(1).unwrap();
        assert_eq!(property.text().unwrap(), text, "{shown}");
        assert!(property.value().is_ok(), "{shown}");
        assert_eq!(card.to_bytes(), bytes, "{shown}");
        card.set_fallback_charset(None);
        assert!(card.properties().nth(1).unwrap().text().is_err(), "{shown}");
    }
}

#[test]
fn ok_a_fallback_touches_nothing_that_says_what_it_is() {
    for (version, line, text) in [
        ("2.1", &b"FN:Zo\xC3\xAB"[..], Some("Zoë")),
        ("2.1", b"FN:plain", Some("plain")),
        ("2.1", b"FN;CHARSET=ISO-8859-5:\xD8", Some("и")),
        ("2.1", b"FN;CHARSET=UTF-8;QUOTED-PRINTABLE:J=F6rn", None),
        ("2.1", b"FN;CHARSET=US-ASCII:J\xF6rn", None),
        ("2.1", b"FN;CHARSET=x-unheard-of:Jorn", None),
        ("2.1", b"FN;CHARSET=SHIFT_JIS:\x83", None),
    ] {
        let card = card(version, line);
        let property = card.properties().nth(1).unwrap();
        let assuming = property.with_fallback_charset(WESTERN);
        assert_eq!(assuming.text().ok().as_deref(), text);
        assert_eq!(assuming.assumed_charset(), None);
        assert_eq!(property.text(), assuming.text());
    }
}

#[test]
fn ok_a_fallback_is_given_to_every_card_of_a_reader() {
    let one = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN:Zo\xEB\r\nEND:VCARD\r\n";
    let input = [&one[..], one].concat();
    let reader = CardReader::from_slice(&input).with_fallback_charset(WESTERN);
    let names: Vec<String> = reader
        .map(|card| {
            card.unwrap()
                .property("N")
                .unwrap()
                .text()
                .unwrap()
                .into_owned()
        })
        .collect();
    assert_eq!(names, ["Zoë", "Zoë"]);
    let mut reader = PushReader::new().with_fallback_charset(WESTERN);
    reader.push(&input);
    reader.finish();
    while let Some(event) = reader.next_event() {
        let vcardinal::Event::Card(card) = event else {
            continue;
        };
        assert_eq!(card.fallback_charset(), WESTERN);
        let name = card.names().next().unwrap();
        assert_eq!(name.value().unwrap().family(), ["Zoë"]);
    }
    let mut card = Card::new();
    let mut reader = CardReader::from_slice(&input).with_fallback_charset(WESTERN);
    assert!(reader.read_card(&mut card).unwrap());
    assert_eq!(card.property("N").unwrap().text().unwrap(), "Zoë");
}

/// A name that cannot be read as it says is shown all the same, and not the next best property.
#[test]
fn ok_display_names_are_not_lost() {
    for (version, lines, name) in [
        (
            "2.1",
            &b"FN:J\xF6rn Br\xFCck\r\nEMAIL:j@mail.example"[..],
            "Jörn Brück",
        ),
        (
            "2.1",
            b"N:Br\xFCck;J\xF6rn\r\nEMAIL:j@mail.example",
            "Jörn Brück",
        ),
        ("2.1", b"N;QUOTED-PRINTABLE:Br=FCck;J=F6rn", "Jörn Brück"),
        (
            "2.1",
            b"ORG:B\xFCro;Einkauf\r\nEMAIL:j@mail.example",
            "Büro, Einkauf",
        ),
        ("3.0", b"FN:J\xF6rn\r\nEMAIL:j@mail.example", "Jörn"),
        ("4.0", b"FN:J\xF6rn\r\nEMAIL:j@mail.example", "Jörn"),
        (
            "2.1",
            b"FN;CHARSET=UTF-8:J\xF6rn\r\nORG:Bank",
            "J\u{FFFD}rn",
        ),
        (
            "2.1",
            b"N;CHARSET=UTF-8:Br\xFCck;Jorn\r\nORG:Bank",
            "Jorn Br\u{FFFD}ck",
        ),
        ("2.1", b"FN;CHARSET=x-none:Jorn\r\nORG:Bank", "Jorn"),
        ("2.1", b"FN: \r\nORG:Bank", "Bank"),
    ] {
        assert_eq!(card(version, lines).display_name(), name, "{version}");
    }
}

fn errors(card: &Card) -> Vec<String> {
    validate(card, Profile::Declared)
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| format!("{}: {}", finding.rule.id, finding.message))
        .collect()
}

#[test]
fn bad_text_that_cannot_be_read_is_an_error() {
    for (version, line, rule) in [
        (
            "2.1",
            &b"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3"[..],
            "charset-mismatch",
        ),
        (
            "2.1",
            b"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=\r\n=C3",
            "charset-mismatch",
        ),
        (
            "2.1",
            b"FN;CHARSET=UTF-8;QUOTED-PRINTABLE:=ED=A0=BD=ED=B8=80",
            "charset-mismatch",
        ),
        (
            "2.1",
            b"FN;CHARSET=utf8;QUOTED-PRINTABLE:=E2=82",
            "charset-mismatch",
        ),
        (
            "2.1",
            b"FN;CHARSET=US-ASCII;QUOTED-PRINTABLE:J=F6rn",
            "charset-mismatch",
        ),
        (
            "2.1",
            b"FN;CHARSET=SHIFT_JIS;QUOTED-PRINTABLE:=83",
            "charset-mismatch",
        ),
        ("2.1", b"FN;CHARSET=SHIFT_JIS:\x83", "charset-mismatch"),
        ("2.1", b"FN;CHARSET=GB2312:\xFF\xFF", "charset-mismatch"),
        (
            "2.1",
            b"FN;CHARSET=EUC-JP;QUOTED-PRINTABLE:=8F=A2",
            "charset-mismatch",
        ),
        ("2.1", b"FN;CHARSET=UTF-7:+AOQ-", "charset-unknown"),
        ("2.1", b"FN;CHARSET=UTF-8:J\xF6rn", "not-utf-8"),
        ("2.1", b"FN:J\xF6rn", "charset-missing"),
        ("2.1", b"FN;QUOTED-PRINTABLE:J=F6rn", "charset-missing"),
        ("3.0", b"FN;ENCODING=QUOTED-PRINTABLE:J=F6rn", "not-utf-8"),
        (
            "3.0",
            b"FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:J=F6rn",
            "charset-mismatch",
        ),
        ("3.0", b"FN;CHARSET=x-none:Jorn", "charset-unknown"),
        ("4.0", b"FN;CHARSET=EUC-KR:\xFF", "not-utf-8"),
    ] {
        let card = card(version, line);
        let shown = String::from_utf8_lossy(line).into_owned();
        assert!(card.properties().nth(1).unwrap().text().is_err(), "{shown}");
        let errors = errors(&card);
        assert!(
            errors
                .iter()
                .any(|error| error.starts_with(&format!("{rule}:"))),
            "{shown}: {errors:?}"
        );
    }
}

#[test]
fn ok_utf_8_is_advised_only_where_it_is_utf_8() {
    let message = |line: &[u8]| {
        let report = validate(&card("2.1", line), Profile::Declared);
        let found = report
            .iter()
            .find(|finding| finding.rule.id == "charset-missing");
        let found = found.unwrap();
        (found.severity, found.message.to_string())
    };
    for line in [&b"FN:Zo\xC3\xAB"[..], b"FN;QUOTED-PRINTABLE:Zo=C3=AB"] {
        let (severity, text) = message(line);
        assert_eq!(severity, Severity::Warning);
        assert!(text.contains("CHARSET=UTF-8"), "{text}");
    }
    for line in [&b"FN:Zo\xEB"[..], b"FN;QUOTED-PRINTABLE:Zo=EB"] {
        let (severity, text) = message(line);
        assert_eq!(severity, Severity::Error);
        assert!(
            text.contains("Windows-1252") && !text.contains("CHARSET=UTF-8"),
            "{text}"
        );
    }
}

/// Octets that are text of one charset or another, or of none.
fn octets() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"abc".to_vec()),
        Just(b" ".to_vec()),
        Just("é".as_bytes().to_vec()),
        Just("山".as_bytes().to_vec()),
        Just(vec![0xE9]),
        Just(vec![0x83, 0x5C]),
        Just(vec![0x8E, 0xB1]),
        Just(vec![0xED, 0xA0, 0xBD]),
        Just(b";".to_vec()),
        (0x80..=0xFFu8).prop_map(|octet| vec![octet]),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn quoted_printable(octets: &[u8]) -> Vec<u8> {
    let encode = |octet: &u8| match octet {
        b'a'..=b'z' | b';' => vec![*octet],
        octet => format!("={octet:02X}").into_bytes(),
    };
    octets.iter().flat_map(encode).collect()
}

proptest! {
    #![proptest_config(cases::cases(1500))]

    /// No error among the findings: every text can be read, and every value.
    #[test]
    fn ok_without_an_error_every_text_is_readable(
        version in prop::sample::select(Version::ALL.to_vec()),
        name in prop::sample::select(vec!["FN", "N", "NOTE", "TEL", "X-MINE", "CATEGORIES"]),
        label in prop::sample::select(vec![
            "", ";CHARSET=", ";CHARSET=UTF-8", ";CHARSET=US-ASCII", ";CHARSET=SHIFT_JIS",
            ";CHARSET=windows-1252", ";CHARSET=GB2312", ";CHARSET=EUC-JP", ";CHARSET=UTF-7",
            ";CHARSET=UTF-16", ";CHARSET=ISO-2022-JP", ";CHARSET=BIG5", ";CHARSET=x-none",
        ]),
        encoded in any::<bool>(),
        folded in any::<bool>(),
        octets in octets(),
    ) {
        let mut line = format!("{name}{label}").into_bytes();
        line.extend_from_slice(match encoded {
            true => b";ENCODING=QUOTED-PRINTABLE:",
            false => b":",
        });
        line.extend(match encoded {
            true => quoted_printable(&octets),
            false => octets,
        });
        if folded && !encoded {
            line.splice(line.len()..line.len(), *b"\r\n z");
        }
        let card = card(version.as_str(), &line);
        let property = card.properties().nth(1).unwrap();
        let errors = errors(&card);
        let of_line = errors.iter().any(|error| !error.contains("missing:"));
        if property.text().is_err() {
            prop_assert!(
                of_line || errors.iter().any(|error| error.starts_with("charset-missing")),
                "{}: {errors:?}", String::from_utf8_lossy(&line)
            );
        }
    }
}

/// The same of every card that is at hand: fixtures, and the corpus where there is one.
#[test]
fn ok_files_without_an_error_are_readable() {
    let mut seen = 0;
    for path in common::fixtures().into_iter().chain(common::corpus()) {
        let bytes = std::fs::read(&path).unwrap();
        for card in CardReader::from_slice(&bytes).flatten() {
            if validate(&card, Profile::Declared).errors().next().is_some() {
                continue;
            }
            seen += 1;
            for property in card.properties() {
                assert!(property.text().is_ok(), "{}", path.display());
            }
        }
    }
    assert!(seen > 100, "{seen}");
}
