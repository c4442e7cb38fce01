//! What DESIGN.md promises of the lossless core ("The lossless core"), a group of tests for each
//! promise.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, BufReader, Read};

use vcardinal::syntax::TextError;
use vcardinal::{
    BuildError, Card, CardReader, CardWriter, EditError, Event, JunkKind, Layout, Limits,
    Parameter, Property, PushReader, Version,
};

fn card(lines: &str) -> Card {
    Card::parse(lines).unwrap()
}

fn names(input: &[u8]) -> Vec<String> {
    CardReader::from_slice(input)
        .map(|card| card.unwrap().display_name().into_owned())
        .collect()
}

#[test]
fn a_card_is_its_begin_line_to_its_end_line() {
    let pieces: [&[u8]; 6] = [
        b"\xEF\xBB\xBF",
        b"\r\n\n",
        b"From: someone\r\n",
        b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Moss\r\nEND:VCARD \t\r\n",
        b"\n",
        b"BEGIN:VCARD\nFN:Odalys",
    ];
    let input = pieces.concat();
    let mut reader = CardReader::from_slice(&input);
    let mut writer = CardWriter::from_writer(Vec::new());
    let mut seen = Vec::new();
    while let Some(event) = reader.next_event().unwrap() {
        seen.push(match &event {
            Event::Card(card) => (None, card.to_bytes().into_owned()),
            Event::Junk(junk) => (Some(junk.kind()), junk.bytes().to_vec()),
            _ => panic!("{event:?}"),
        });
        writer.write_event(&event).unwrap();
    }
    let kinds = [
        Some(JunkKind::ByteOrderMark),
        Some(JunkKind::Blank),
        Some(JunkKind::Text),
        None,
        Some(JunkKind::Blank),
        None,
    ];
    assert_eq!(
        seen,
        kinds
            .into_iter()
            .zip(pieces.map(<[u8]>::to_vec))
            .collect::<Vec<_>>()
    );
    assert_eq!(writer.into_inner().unwrap(), input);
    // Junk comes in bounded pieces.
    let junk = b"no card here\n".repeat(100_000);
    let mut reader = CardReader::from_slice(&junk);
    let mut copy = Vec::new();
    while let Some(Event::Junk(piece)) = reader.next_event().unwrap() {
        assert!(piece.bytes().len() <= 65 * 1024);
        copy.extend_from_slice(piece.bytes());
    }
    assert_eq!(copy, junk);
}

#[test]
fn errors_only_where_there_is_no_card_to_return() {
    // A limit costs one card.
    let mut limits = Limits::default();
    limits.card = 60;
    let long = format!("BEGIN:VCARD\nFN:{}\nEND:VCARD\n", "a".repeat(60));
    let input = format!("{long}BEGIN:VCARD\nFN:Odalys\nEND:VCARD\n");
    let mut reader = CardReader::from_slice(input.as_bytes()).with_limits(limits);
    let error = reader.next().unwrap().unwrap_err();
    assert!(error.is_limit() && !error.is_fatal());
    assert_eq!(
        error.to_string(),
        "line 1, column 1: card is larger than the limit of 60"
    );
    assert_eq!(reader.next().unwrap().unwrap().display_name(), "Odalys");
    assert!(reader.next().is_none());
    // I/O ends the iteration.
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the line is cut"))
        }
    }
    let before = "BEGIN:VCARD\nFN:Odalys\nEND:VCARD\nBEGIN:VCARD\nFN:lost".as_bytes();
    let mut reader = CardReader::from_reader(BufReader::new(before.chain(Broken)));
    assert_eq!(reader.next().unwrap().unwrap().display_name(), "Odalys");
    let error = reader.next().unwrap().unwrap_err();
    assert!(error.is_io() && error.is_fatal());
    assert_eq!(
        error.to_string(),
        "line 4, column 1: cannot read or write: the line is cut"
    );
    assert!(reader.next().is_none());
    // Whatever else is wrong, there is a card.
    for bad in [
        "BEGIN:VCARD\n",
        "BEGIN:VCARD\nno colon\nEND:VCARD\n",
        "BEGIN:VCARD\nVERSION:9.9\nVERSION:4.0\n:\n;;;\n=\nTEL;X=\":1\n",
        "BEGIN:VCARD\nN;CHARSET=x-none:\u{e9}\nBDAY:never\nEND:VCARD",
    ] {
        assert_eq!(&*card(bad).to_bytes(), bad.as_bytes());
    }
}

#[test]
fn sentinels_stray_equals_sign_spares_the_neighbour() {
    let input = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN:One\r\nNOTE;ENCODING=QUOTED-PRINTABLE:stray=\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:2.1\r\nN:Two\r\nNOTE;QUOTED-PRINTABLE:stray=\r\n\
        item1.begin : vcard\t\r\nVERSION:2.1\r\nN:Three\r\nPHOTO;BASE64:QUJD\r\nEnd\r\n :VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:2.1\r\nN:Four\r\nEND:VCARD\r\n";
    assert_eq!(names(input), ["One", "Two", "Three", "Four"]);
}

#[test]
fn sentinels_are_logical_lines() {
    for begin in [
        "BEGIN:VCARD",
        "begin \t: vCard \t",
        "B\r\n EGIN:VCARD",
        "BEGIN\n :\n VCARD",
        "item1\r\n .BEGIN:VCARD",
        "a.item1\r\n .BEGIN:VCARD",
        "a-b\r\n\t_.BEG\r IN:VCARD",
    ] {
        let end = begin
            .replace("BEGIN", "END")
            .replace("begin", "End")
            .replace("BEG", "E");
        let input = format!(
            "{begin}\r\nN:One\r\n{begin}\r\nN:Two\r\n{}\r\n",
            end.replace("EGIN", "\r\n ND")
        );
        assert_eq!(names(input.as_bytes()), ["One", "Two"], "{begin:?}");
    }
    for other in [
        " BEGIN:VCARD",
        "BEGIN:VCARDS",
        "BEGIN;X=Y:VCARD",
        ".BEGIN:VCARD",
        "BEGIN:\"VCARD\"",
        "NOTE:BEGIN:VCARD",
    ] {
        let input = format!("BEGIN:VCARD\r\n{other}\r\nN:One\r\nEND:VCARD\r\n");
        assert_eq!(names(input.as_bytes()), ["One"], "{other:?}");
    }
}

#[test]
fn sentinels_a_card_is_nested_after_an_empty_agent_only() {
    let inner = "BEGIN:VCARD\nVERSION:2.1\nN:Inner\nEND:VCARD\n";
    let outer = card(&format!(
        "BEGIN:VCARD\nVERSION:2.1\nN:Outer\nAGENT:\n{inner}TEL:1\nEND:VCARD\n"
    ));
    let agent = outer.property("AGENT").unwrap();
    assert_eq!(agent.nested_card().unwrap().to_string(), inner.trim_end());
    let listed: Vec<_> = outer.properties().map(|property| property.name()).collect();
    assert_eq!(listed, ["VERSION", "N", "AGENT", "TEL"]);
    // Otherwise the outer one ends, unclosed, and is handed out.
    let input = format!("BEGIN:VCARD\nN:Outer\nNOTE:\n{inner}END:VCARD\n");
    assert_eq!(names(input.as_bytes()), ["Outer", "Inner"]);
    // Depth is limited, never recursive.
    let deep = [
        b"BEGIN:VCARD\nAGENT:\n".repeat(100_000),
        b"END:VCARD\n".repeat(100_000),
    ]
    .concat();
    let cards: Vec<_> = CardReader::from_slice(&deep).collect();
    assert_eq!(
        cards[0].as_ref().unwrap_err().to_string(),
        "line 1, column 1: nesting is larger than the limit of 16"
    );
    let card = Card::parse_with(&deep, Limits::none()).unwrap();
    assert_eq!(card.properties().count(), 1);
    assert_eq!(&*card.to_bytes(), deep);
}

#[test]
fn entries_are_views_that_borrow() {
    let card =
        card("BEGIN:VCARD\nVERSION:4.0\nFN:Ada\nitem1.TEL;TY\n PE=home:1\nNOTE:a\n b\nEND:VCARD\n");
    let fn_ = card.property("FN").unwrap();
    let copy = fn_;
    assert!(matches!(fn_.text(), Ok(Cow::Borrowed("Ada"))));
    assert_eq!(copy.name(), fn_.name());
    let tel = card.property("TEL").unwrap();
    assert_eq!(
        (tel.group(), tel.parameter("TYPE").unwrap().value()),
        (Some("item1"), Cow::Borrowed("home"))
    );
    assert_eq!(tel.raw(), b"item1.TEL;TY\n PE=home:1\n");
    assert!(matches!(card.property("NOTE").unwrap().text(), Ok(Cow::Owned(text)) if text == "ab"));
    // One card, filled again and again.
    let input = b"BEGIN:VCARD\nFN:One\nEND:VCARD\nBEGIN:VCARD\nFN:Two\nTEL:1\nEND:VCARD\n";
    let mut reader = CardReader::from_slice(input);
    let mut card = Card::new();
    let mut seen = Vec::new();
    while reader.read_card(&mut card).unwrap() {
        seen.push((card.display_name().into_owned(), card.properties().count()));
    }
    assert_eq!(seen, [("One".into(), 1), ("Two".into(), 2)]);
}

#[test]
fn edits_change_their_line_alone() {
    let source = "BEGIN:VCARD\nVERSION:3.0\r\nfn:Ada\r\n\nNOTE:a\n  b\nX-Odd;;=:?\nEND:VCARD";
    let mut card = card(source);
    assert!(matches!(card.to_bytes(), Cow::Borrowed(_)));
    card.property_mut("FN")
        .unwrap()
        .set_text("Odalys; Ann")
        .unwrap();
    assert_eq!(
        card.to_string(),
        source.replace("fn:Ada", "fn:Odalys\\; Ann")
    );
    // The new line has the line ending of its neighbour.
    let id = card.property("X-ODD").unwrap().id();
    card.insert_after(id, Property::text("TITLE", "x").unwrap())
        .unwrap();
    card.property_mut("NOTE").unwrap().remove().unwrap();
    assert_eq!(
        card.to_string(),
        "BEGIN:VCARD\nVERSION:3.0\r\nfn:Odalys\\; Ann\r\n\nX-Odd;;=:?\nTITLE:x\nEND:VCARD"
    );
    let mut canonical = Vec::new();
    card.append_with(Layout::Canonical, &mut canonical);
    assert!(
        !String::from_utf8(canonical)
            .unwrap()
            .replace("\r\n", "")
            .contains('\n')
    );
}

#[test]
fn edits_canonical_layout_keeps_lines_apart() {
    for (source, wanted) in [
        // The empty line that a soft break joins is one, though a CR is before it.
        (
            "NOTE;QUOTED-PRINTABLE:x=\r\r0D\r\n",
            "NOTE;QUOTED-PRINTABLE:x=\r\n\r\n0D\r\n",
        ),
        // White space that keeps a line from framing a card stays.
        (" BEGIN:VCARD\n", " BEGIN:VCARD\r\n"),
        (" TEL:1\n", "TEL:1\r\n"),
        // The blank line after base64 stays where something would continue it.
        (
            "KEY;BASE64:QUJD\n\nQUJD\n",
            "KEY;BASE64:QUJD\r\n\r\nQUJD\r\n",
        ),
        ("NOTE:a\n\n \t \n\nTEL:1\n", "NOTE:a\r\nTEL:1\r\n"),
    ] {
        let card = card(&format!("BEGIN:VCARD\n{source}END:VCARD\n"));
        let mut canonical = Vec::new();
        card.append_with(Layout::Canonical, &mut canonical);
        let wanted = format!("BEGIN:VCARD\r\n{wanted}END:VCARD\r\n");
        assert_eq!(String::from_utf8(canonical).unwrap(), wanted);
        assert!(
            Card::parse(wanted).unwrap().same_content(&card),
            "{source:?}"
        );
    }
}

/// Folds that say nothing are gone from encoded text as from what is no property.
#[test]
fn edits_canonical_layout_tidies_folds_of_encoded_text() {
    for (lines, wanted) in [
        (
            "X;ENCODING=QUOTED-PRINTABLE:\r\n \r\n",
            "X;ENCODING=QUOTED-PRINTABLE:\r\n",
        ),
        (
            "X;ENCODING=QUOTED-PRINTABLE:a\r\n\t\r\n b\r\n",
            "X;ENCODING=QUOTED-PRINTABLE:a\r\n b\r\n",
        ),
        // This blank comes after a soft line break, and may be text.
        (
            "X;ENCODING=QUOTED-PRINTABLE:a=\r\n \r\n",
            "X;ENCODING=QUOTED-PRINTABLE:a=\r\n \r\n",
        ),
        ("no colon\r\n \r\n", "no colon\r\n"),
    ] {
        let card = card(&format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\n{lines}END:VCARD\r\n"
        ));
        let mut out = Vec::new();
        card.append_with(Layout::Canonical, &mut out);
        let out = String::from_utf8(out).unwrap();
        assert!(
            out.contains(&format!("\r\n{wanted}END:VCARD")),
            "{lines:?}: {out:?}"
        );
        let again = Card::parse(&out).unwrap();
        assert!(again.same_content(&card), "{lines:?}");
    }
}

/// A long line that begins as a frame and goes on otherwise is not folded between the two.
#[test]
fn edits_canonical_layout_makes_no_frame_of_a_fold() {
    for blanks in [40, 60, 66, 70, 75, 140] {
        for (begin, after) in [
            ("END:VCARD", "x"),
            ("BEGIN:VCARD", "x"),
            ("END:VCARD", "é x"),
        ] {
            let line = format!("{begin}{}{after}", " ".repeat(blanks));
            let card = card(&format!(
                "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n{line}\r\nEND:VCARD\r\n"
            ));
            let mut out = Vec::new();
            card.append_with(Layout::Canonical, &mut out);
            let cards: Vec<_> = CardReader::from_slice(&out).map(Result::unwrap).collect();
            assert_eq!(cards.len(), 1, "{}", String::from_utf8_lossy(&out));
            assert!(cards[0].same_content(&card), "{line:?}");
        }
    }
}

#[test]
fn edits_cards_of_several_inputs_stay_apart() {
    let mut writer = CardWriter::from_writer(Vec::new());
    for source in [
        "BEGIN:VCARD\nFN:A",
        "BEGIN:VCARD\nFN:B\nAGENT:\n",
        "BEGIN:VCARD\nFN:C\nEND:VCARD",
        "BEGIN:VCARD\nFN:D\n",
    ] {
        writer.write(&card(source)).unwrap();
    }
    let written = writer.into_inner().unwrap();
    assert_eq!(names(&written), ["A", "B", "C", "D"]);
    assert_eq!(
        String::from_utf8(written).unwrap(),
        "BEGIN:VCARD\nFN:A\r\nBEGIN:VCARD\nFN:B\nAGENT:\nEND:VCARD\r\n\
         BEGIN:VCARD\nFN:C\nEND:VCARD\r\nBEGIN:VCARD\nFN:D\n"
    );
}

#[test]
fn edits_glued_lines_stay_together() {
    // White space that begins a line, an open soft break, and what looks like base64.
    let mut indented = card("BEGIN:VCARD\nVERSION:3.0\nNOTE:a\n\n indented:b\nEND:VCARD\n");
    let note = indented.property("NOTE").unwrap().id();
    let blank = indented
        .lines()
        .find(|line| line.line().is_blank())
        .unwrap()
        .id();
    let new = || Property::text("TITLE", "x").unwrap();
    assert_eq!(indented.insert_after(blank, new()), Err(EditError::Glued));
    assert!(indented.insert_after(note, new()).is_ok());
    let mut open = card("BEGIN:VCARD\nVERSION:2.1\nN:Ada\nNOTE;QUOTED-PRINTABLE:a=\nEND:VCARD\n");
    let note = open.property("NOTE").unwrap().id();
    assert_eq!(open.insert_after(note, new()), Err(EditError::Glued));
    open.push(new()).unwrap();
    assert!(open.to_string().contains("N:Ada\nTITLE:x\nNOTE;"));
    let block = "PHOTO;ENCODING=b:QUJD\n";
    let mut base64 = card(&format!(
        "BEGIN:VCARD\nVERSION:3.0\n{block}TITLE:x\nNOTE\n ;X=y:a note\nEND:VCARD\n"
    ));
    base64.property_mut("TITLE").unwrap().remove().unwrap();
    let again = Card::parse(base64.to_bytes()).unwrap();
    assert_eq!(again.property("NOTE").unwrap().text().unwrap(), "a note");
    assert_eq!(again.property("PHOTO").unwrap().raw(), block.as_bytes());
}

#[test]
fn bytes_first_version_late() {
    // A character split by a fold is whole again.
    let split = Card::parse(b"BEGIN:VCARD\nFN:Zo\xC3\n \xAB\nVERSION:3.0\nEND:VCARD\n").unwrap();
    assert_eq!(split.property("FN").unwrap().text().unwrap(), "Zoë");
    // Quotes are ordinary characters in 2.1, wherever the version stands.
    let lines = "TEL;X-A=\"a:b\":1\nNOTE:one\n two\n";
    let values = |card: &Card| {
        let value = |name| card.property(name).unwrap().text().unwrap().into_owned();
        (value("TEL"), value("NOTE"))
    };
    let v2_1 = card(&format!("BEGIN:VCARD\n{lines}VERSION:2.1\nEND:VCARD\n"));
    assert_eq!(values(&v2_1), ("b\":1".into(), "onetwo".into()));
    let v3_0 = card(&format!("BEGIN:VCARD\n{lines}VERSION:3.0\nEND:VCARD\n"));
    assert_eq!(values(&v3_0), ("1".into(), "onetwo".into()));
    let escaped = card("BEGIN:VCARD\nVERSION:2.1\nTEL;X-A=a\\:b\\;c:1\nEND:VCARD\n");
    let tel = escaped.property("TEL").unwrap();
    assert_eq!(
        (tel.text().unwrap(), tel.parameter("X-A").unwrap().value()),
        ("1".into(), "a:b;c".into())
    );
    // A quote that is never closed is a character.
    let unclosed = card("BEGIN:VCARD\nVERSION:4.0\nTEL;X-A=\"a;TYPE=home:1\nEND:VCARD\n");
    assert!(unclosed.property("TEL").unwrap().has_type("home"));
    // A trailing `=` alone joins nothing; base64 takes base64 alone.
    let plain = card(
        "BEGIN:VCARD\nVERSION:2.1\nNOTE:1 + 1 =\nTEL:2\nPHOTO;BASE64:QUJD\nQUJD\nKEY:3\nEND:VCARD\n",
    );
    let listed: Vec<_> = plain.properties().map(|property| property.name()).collect();
    assert_eq!(listed, ["VERSION", "NOTE", "TEL", "PHOTO", "KEY"]);
    // The version may itself be hard to find.
    assert_eq!(
        card("BEGIN:VCARD\nitem1.VER\n SION: 4\n .0 \nEND:VCARD\n").version(),
        Some(Version::V4_0)
    );
}

#[test]
fn charsets_never_a_silent_replacement() {
    let bytes = b"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1:Zo\xEB\nORG:\xEB\nEND:VCARD\n";
    let card = Card::parse(bytes).unwrap();
    assert_eq!(&*card.to_bytes(), bytes);
    let name = card.property("N").unwrap();
    match cfg!(feature = "charset") {
        true => assert_eq!(name.text().unwrap(), "Zoë"),
        false => assert!(
            matches!(name.text(), Err(TextError::UnknownCharset { label }) if label == "ISO-8859-1")
        ),
    }
    let organization = card.property("ORG").unwrap();
    assert_eq!(
        organization.text(),
        Err(TextError::NotUtf8 { valid_up_to: 0 })
    );
    assert_eq!(organization.text_lossy(), "\u{fffd}");
    assert_eq!(organization.value_bytes(), &b"\xEB"[..]);
}

#[test]
fn vcard_2_1_is_never_chosen() {
    assert!(matches!(
        Card::builder(Version::V2_1).full_name("Ada").build(),
        Err(BuildError::Version)
    ));
    // Editing a 2.1 card writes 2.1.
    let mut old = card("BEGIN:VCARD\r\nVERSION:2.1\r\nN:Quist\r\nEND:VCARD\r\n");
    old.push(Property::text("NOTE", "Zoë\nQuist").unwrap())
        .unwrap();
    assert_eq!(
        old.to_string(),
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Quist\r\n\
         NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Zo=C3=AB=0D=0AQuist\r\nEND:VCARD\r\n"
    );
    assert_eq!(old.property("NOTE").unwrap().text().unwrap(), "Zoë\nQuist");
}

#[test]
fn positions_count_bytes_and_lines() {
    let input = "\n\njunk\r\nBEGIN:VCARD\r\nFN:Zoë\r\n\r\nNOTE:a\r\n b\r\nTEL:1\r\nEND:VCARD\r\nBEGIN:VCARD\rFN:B\rEND:VCARD\r";
    let cards: Vec<Card> = CardReader::from_slice(input.as_bytes())
        .map(Result::unwrap)
        .collect();
    let places: Vec<_> = cards
        .iter()
        .map(|card| {
            (
                card.position().byte as usize,
                card.position().line,
                card.position().column,
            )
        })
        .collect();
    let second = input.rfind("BEGIN").unwrap();
    assert_eq!(places, [(8, 4, 1), (second, 11, 1)]);
    let note = cards[0].property("TEL").unwrap();
    let at = input.find("TEL").unwrap() as u64;
    assert_eq!(note.span(), Some(at..at + 7));
}

#[test]
fn traits_go_by_bytes() {
    fn is_everywhere<T: Send + Sync + 'static>(_: &T) {}
    let text = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoë\r\nEND:VCARD\r\n";
    let a: Card = text.parse().unwrap();
    let b = Card::try_from(text.as_bytes()).unwrap();
    is_everywhere(&a);
    assert_eq!(a.to_string(), text);
    assert_eq!(a, b);
    assert_eq!(HashSet::from([a.clone(), b]).len(), 1);
    let folded: Card = "BEGIN:VCARD\nVERSION:4.0\nFN:Zo\n ë\nEND:VCARD\n"
        .parse()
        .unwrap();
    assert!(a.same_content(&folded) && a != folded);
    let other: Card = text.replace("Zoë", "Zoe").parse().unwrap();
    assert!(!a.same_content(&other));
    // An edit counts.
    let mut edited = a.clone();
    edited.property_mut("FN").unwrap().set_text("Zoe").unwrap();
    assert_eq!(edited, other);
    #[cfg(feature = "serde")]
    {
        let json = serde_json::to_string(&a).unwrap();
        assert_eq!(json, format!("{:?}", text));
        assert_eq!(serde_json::from_str::<Card>(&json).unwrap(), a);
    }
}

#[test]
fn push_hands_a_card_out_at_its_last_byte() {
    let card = b"BEGIN:VCARD\nVERSION:2.1\nN:a\nEND:VCARD\n";
    let mut reader = PushReader::new();
    for byte in &card[..card.len() - 1] {
        reader.push([*byte]);
        assert!(reader.next_event().is_none());
    }
    reader.push(b"\n");
    assert!(matches!(reader.next_event(), Some(Event::Card(read)) if *read.to_bytes() == card[..]));
    assert!(reader.next_event().is_none());
}

#[test]
fn push_takes_long_lines_byte_by_byte() {
    type Shape = fn(usize) -> Vec<u8>;
    let note = |size| [b"NOTE:".as_slice(), &b"a".repeat(size), b"\n"].concat();
    let shapes: [(&str, Shape); 7] = [
        ("a long line", note),
        ("a long line after a soft break", |size| {
            [
                b"NOTE;QUOTED-PRINTABLE:=\n".as_slice(),
                &b"a".repeat(size),
                b"\n",
            ]
            .concat()
        }),
        ("a long line of base64", |size| {
            [b"PHOTO;BASE64:\n".as_slice(), &b"A".repeat(size), b"\n"].concat()
        }),
        ("folds", |size| {
            [b"NOTE:x\n ".repeat(size / 8), b"\n".to_vec()].concat()
        }),
        ("no colon", |size| {
            [b"X".repeat(size), b"\n".to_vec()].concat()
        }),
        ("a folded head", |size| {
            [b"NOTE".as_slice(), &b"\n a".repeat(size / 3), b":b\n"].concat()
        }),
        ("an open quote", |size| {
            [b"NOTE;X=\"".as_slice(), &b"a".repeat(size), b":\n"].concat()
        }),
    ];
    let timed = |shape: Shape, size| {
        let junk = b"junk".repeat(size / 16);
        let input = [&*junk, b"\nBEGIN:VCARD\n", &*shape(size), b"END:VCARD\n"].concat();
        let began = std::time::Instant::now();
        let mut reader = PushReader::new();
        let mut cards = 0;
        for byte in input.chunks(1) {
            reader.push(byte);
            while let Some(event) = reader.next_event() {
                cards += usize::from(matches!(event, Event::Card(_)));
            }
        }
        assert_eq!(cards, 1);
        began.elapsed()
    };
    for (name, shape) in shapes {
        // Were the bytes before it looked at for each byte, four times the line would take sixteen
        // times the time.
        let growth = |_| timed(shape, 400_000).as_secs_f64() / timed(shape, 100_000).as_secs_f64();
        let growth = (0..5).map(growth).find(|growth| *growth < 9.0);
        assert!(growth.is_some(), "{name}");
    }
}

#[test]
fn rules_parameters_that_change_what_a_value_says_are_refused() {
    let mut card = card(
        "BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Zo=C3=AB\nTEL:=41\nEND:VCARD\n",
    );
    let before = card.to_string();
    assert!(
        card.property_mut("N")
            .unwrap()
            .remove_parameter("ENCODING")
            .is_err()
    );
    let encoding = Parameter::new("ENCODING", ["QUOTED-PRINTABLE"]).unwrap();
    assert!(
        card.property_mut("TEL")
            .unwrap()
            .set_parameter(encoding)
            .is_err()
    );
    assert_eq!(card.to_string(), before);
    assert_eq!(
        card.property_mut("N").unwrap().remove_parameter("CHARSET"),
        Ok(true)
    );
}

/// What is asked for by a name lives as long as the card, and not only as the name.
#[test]
fn ok_properties_outlive_the_name_that_they_were_asked_for_by() {
    let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nX-A;B=c:a\nX-A:b\nEND:VCARD\n").unwrap();
    let (first, all) = {
        let name = String::from("x-a");
        (card.property(&name), card.properties_named(&name))
    };
    let parameter = {
        let name = String::from("b");
        first.unwrap().parameter(&name)
    };
    assert_eq!(parameter.unwrap().value(), "c");
    assert_eq!(all.count(), 2);
}
