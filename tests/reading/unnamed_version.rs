//! The version of a card that names none which is known: what it looks like, for reading, checking and
//! writing alike, and after every edit what its bytes look like.

use proptest::prelude::*;
use proptest::sample::select;
use vcardinal::validate::{Profile, validate};
use vcardinal::{
    Card, CardReader, EntryId, Event, Parameter, Property, PropertyRef, PropertyValue, Version,
};

use crate::common;
use crate::common::cases;

fn card(lines: &str) -> Card {
    Card::parse(format!("BEGIN:VCARD\r\n{lines}\r\nEND:VCARD\r\n")).unwrap()
}

#[test]
fn ok_a_card_is_of_the_version_that_it_looks_like() {
    for (lines, wanted) in [
        ("N:Vik;Odda", Version::V3_0),
        ("N:Vik;Odda\r\nTEL;TYPE=HOME:1", Version::V3_0),
        ("N:Vik;Odda\r\nTEL;HOME:1", Version::V2_1),
        ("N:Vik;Odda\r\nTEL;TYPE=HOME;CELL:1", Version::V2_1),
        ("N;ENCODING=QUOTED-PRINTABLE:=56ik;Odda", Version::V2_1),
        ("N;QUOTEDPRINTABLE:=56ik;Odda", Version::V2_1),
        ("PHOTO;BASE64;GIF:R0lGODlh\r\n", Version::V2_1),
        ("PHOTO;ENCODING=BASE64;TYPE=GIF:R0lGODlh\r\n", Version::V3_0),
        ("N;CHARSET=UTF-8:Vik;Odda", Version::V2_1),
        // Nothing is a word.
        ("TEL;:1", Version::V3_0),
        ("TEL; ;TYPE=a:1", Version::V3_0),
        // The text of a parameter is not one.
        ("ADR;LABEL=\"1 Elm;Odda\":;;1 Elm;Odda;;;", Version::V3_0),
        // What looks like none that is known.
        ("VERSION:5.0\r\nTEL;HOME:1", Version::V4_0),
        ("VERSION:4\r\nTEL;HOME:1", Version::V4_0),
        ("VERSION:2.0\r\nTEL;HOME:1", Version::V2_1),
        ("VERSION:2.0\r\nTEL:1", Version::V3_0),
        ("VERSION:x\r\nVERSION:5.0\r\nTEL;HOME:1", Version::V2_1),
        // What is named counts.
        ("TEL;HOME:1\r\nVERSION:3.0", Version::V3_0),
        ("VERSION:x\r\nVERSION:4.0\r\nTEL;HOME:1", Version::V4_0),
    ] {
        let card = card(lines);
        assert_eq!(card.effective_version(), wanted, "{lines}");
        assert!(
            card.properties()
                .all(|one| one.effective_version() == wanted),
            "{lines}"
        );
    }
}

/// What is said of the rest of a card does not change with the VERSION line that it lacks.
#[test]
fn ok_a_card_without_version_is_read_and_checked_as_what_it_looks_like() {
    for (version, lines) in [
        (
            "2.1",
            "N;ENCODING=QUOTED-PRINTABLE:=4C=3Bie;Odd\r\nTEL;HOME;CELL:1\r\nORG:Elm\\, Inc.\r\n\
             NOTE:C:\\temp\r\nSOUND:LI OD\r\nKEY:ab cd\r\nX-A;B=x\\;y:z",
        ),
        (
            "2.1",
            "N:Lie;Odd\r\nFN;QUOTED-PRINTABLE;CHARSET=UTF-8:=C3=98\r\nADR;HOME:;;a;b\r\nREV:1",
        ),
        (
            "3.0",
            "FN:Odd Lie\r\nN:Lie;Odd\r\nTEL;TYPE=HOME:1\r\nNOTE:a\\\\n",
        ),
    ] {
        let named = card(&format!("VERSION:{version}\r\n{lines}"));
        let unnamed = card(lines);
        let said = |property: PropertyRef<'_>| {
            let parameters: Vec<_> = property
                .parameters()
                .map(|one| {
                    (
                        one.meaning().to_owned(),
                        one.values().map(String::from).collect::<Vec<_>>(),
                    )
                })
                .collect();
            let text = property.text().map(String::from);
            let value = property.value().map(|value| format!("{value:?}"));
            (
                parameters,
                text,
                property.components(),
                value.map_err(|error| error.to_string()),
            )
        };
        let with: Vec<_> = named.properties().skip(1).map(said).collect();
        let without: Vec<_> = unnamed.properties().map(said).collect();
        assert_eq!(with, without, "{lines}");
        assert_eq!(named.display_name(), unnamed.display_name());
        let rules = |card: &Card| {
            let report = validate(card, Profile::Declared);
            let rules = report.iter().map(|finding| finding.rule.id.to_owned());
            rules
                .filter(|id| id != "version-missing")
                .collect::<Vec<_>>()
        };
        assert_eq!(rules(&named), rules(&unnamed), "{lines}");
        // And so it is written.
        let mut cards = [named, unnamed];
        for card in &mut cards {
            card.push(Property::text("TITLE", "a, b; ø").unwrap())
                .unwrap();
        }
        let line = |card: &Card| {
            String::from_utf8_lossy(card.property("TITLE").unwrap().raw()).into_owned()
        };
        assert_eq!(line(&cards[0]), line(&cards[1]), "{lines}");
    }
}

/// Lines with and without what 2.1 alone has, and such as read differently in it.
const LINES: &[&str] = &[
    "N:Lie;Odd",
    "TEL;HOME:1",
    "TEL;TYPE=HOME:1",
    "FN;ENCODING=QUOTED-PRINTABLE:=41",
    "NOTE:a\\\\n",
    "NOTE:plain",
    "NOTE;X-A=\"a;b\":c",
    "X-B;C=x\\;y:z",
    "ORG:a\\,b;c",
    "VERSION:5.0",
    "VERSION:2.0",
    "VERSION:2.1",
    "VERSION:3.0",
    "VERSION:4.0",
    "NOTE;X-A=a^nb:c",
    "no property",
];

/// A property: which one, its components, its text.
type Said = (EntryId, Vec<Vec<String>>, Result<String, String>);

fn said(card: &Card) -> Vec<Said> {
    let said = |property: PropertyRef<'_>| {
        let parameters = property
            .parameters()
            .map(|one| one.values().map(String::from).collect());
        let text = property.text().map(String::from);
        (
            property.id(),
            parameters.collect(),
            text.map_err(|error| error.to_string()),
        )
    };
    card.properties().map(said).collect()
}

proptest! {
    #![proptest_config(cases::cases(400))]

    /// Whatever is edited, the card is of the version that its bytes are, and all lines that were not
    /// touched say what they said; moves of one of several VERSION lines too.
    #[test]
    fn ok_a_card_that_is_edited_is_of_the_version_that_its_bytes_are(
        lines in prop::collection::vec(select(LINES), 1..8),
        edits in prop::collection::vec((0_u8..5, any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..8),
    ) {
        let mut card = card(&lines.join("\r\n"));
        for (kind, one, other) in edits {
            let ids: Vec<EntryId> = card.properties().map(|property| property.id()).collect();
            if ids.is_empty() {
                break;
            }
            let (one, other) = (ids[one.index(ids.len())], ids[other.index(ids.len())]);
            let before = said(&card);
            let old_bytes = card.to_bytes().into_owned();
            let mut touched = Some(one);
            let done = match kind {
                0 => {
                    touched = None;
                    card.entry_mut(one).unwrap().move_after(other)
                }
                1 => card.entry_mut(one).unwrap().remove(),
                2 => card.entry_mut(one).unwrap().set_text("5.0"),
                3 => card.entry_mut(one).unwrap().set_text("a\\nø"),
                _ => card.push(Property::text("TITLE", "b").unwrap()).map(|new| touched = Some(new)),
            };
            let again = Card::parse(card.to_bytes()).unwrap();
            prop_assert_eq!(again.version(), card.version(), "{}", card);
            prop_assert_eq!(again.effective_version(), card.effective_version(), "{}", card);
            let strip = |card: &Card| said(card).into_iter().map(|(_, a, b)| (a, b)).collect::<Vec<_>>();
            prop_assert_eq!(strip(&again), strip(&card), "{}", card);
            if done.is_err() {
                prop_assert_eq!(&*card.to_bytes(), &old_bytes[..]);
                continue;
            }
            let after = said(&card);
            for (id, parameters, text) in &before {
                if Some(*id) == touched {
                    continue;
                }
                let Some((_, now, now_text)) = after.iter().find(|(other, ..)| other == id) else {
                    continue;
                };
                prop_assert_eq!((now, now_text), (parameters, text), "{}", card);
            }
        }
    }
}

/// What is set on the one line by which a card looks like 2.1 is written as in a card of 2.1, and read so:
/// the card goes on looking like it, so that its other lines say what they said.
#[test]
fn ok_a_card_stays_of_the_version_it_looks_like_whatever_is_set() {
    let components = |parts: &[&[&str]]| {
        let items = |part: &&[&str]| part.iter().map(|item| (*item).into()).collect();
        PropertyValue::Components(parts.iter().map(items).collect())
    };
    let list =
        |items: &[&str]| PropertyValue::List(items.iter().map(|item| (*item).into()).collect());
    let values = [
        components(&[&[","], &["Odd"]]),
        components(&[&["Lie, Vik"], &["Odd"], &[], &["Dr"]]),
        components(&[&["!,", ""]]),
        components(&[&["a;b", "c\\,d"], &["\\n"]]),
        list(&["a", "b"]),
        list(&["a,", "b"]),
        PropertyValue::Text("C:\\new, \\\\nas; a\\".into()),
        PropertyValue::Text("plain".into()),
        PropertyValue::Raw("a,b;c\\\\n".into()),
        PropertyValue::Uri("http://a.example/\\,b".into()),
    ];
    let said = |card: &Card| -> Vec<_> {
        let lines = card.properties().filter(|line| !line.is("VERSION"));
        let said = |line: PropertyRef<'_>| {
            let text = line.text().map(String::from);
            // Encoded components are parted first, so that they have no items.
            let has_parts = ["N", "ORG"].contains(&line.name());
            (
                text,
                (!has_parts).then(|| line.list()),
                line.components(),
                line.effective_version(),
            )
        };
        lines.map(said).collect()
    };
    for version in ["", "VERSION:\r\n", "VERSION:2.0\r\nVERSION:x\r\n"] {
        for line in [
            "N;ENCODING=QUOTED-PRINTABLE:=4C=69e;Odd",
            "N;QUOTED-PRINTABLE:Lie;Odd",
            "N;CHARSET=UTF-8:Lie;Odd",
            "X-A;LANGUAGE=no;ENCODING=QUOTED-PRINTABLE:a",
            "ORG;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:=D8;b",
        ] {
            let rest = "ADR;TYPE=HOME:;;1 Elm, Flat 2;Odda;;;\r\nNOTE:a,b\\;c";
            let name = line.split(';').next().unwrap();
            let unnamed = card(&format!("{version}{line}\r\n{rest}"));
            let named = card(&format!("VERSION:2.1\r\n{line}\r\n{rest}"));
            assert_eq!(unnamed.effective_version(), Version::V2_1);
            for value in &values {
                for replaces in [false, true] {
                    let edited = |card: &Card| {
                        let mut card = card.clone();
                        let mut entry = card.property_mut(name).unwrap();
                        let done = match replaces {
                            true => entry.replace(&Property::new(name, value.clone()).unwrap()),
                            false => entry.set_value(value.clone()),
                        };
                        let read = Card::parse(card.to_bytes()).unwrap();
                        (done, said(&card), said(&read))
                    };
                    assert_eq!(edited(&unnamed), edited(&named), "{line} {value:?}");
                }
            }
        }
    }
}

/// What makes a card one of another version is written by the rules of that.
#[test]
fn ok_a_line_is_written_in_the_version_that_the_card_has_with_it() {
    let url = || Property::uri("URL", "http://a.example/1,2").unwrap();
    let (plain, escaped) = ("URL:http://a.example/1,2", "URL:http://a.example/1\\,2");
    for (lines, place, replaces, property, wanted) in [
        ("VERSION:5.0", "VERSION", true, url(), plain),
        ("VERSION:5.0", "VERSION", false, url(), escaped),
        ("VERSION:4.0", "VERSION", true, url(), plain),
        ("VERSION:4.0", "VERSION", false, url(), escaped),
        ("VERSION:4.0\r\nVERSION:3.0", "VERSION", true, url(), plain),
        (
            "VERSION:3.0\r\nVERSION:4.0",
            "VERSION",
            true,
            url(),
            escaped,
        ),
        ("NOTE:a", "NOTE", true, url(), plain),
        (
            "VERSION:5.0\r\nTEL;HOME:1",
            "VERSION",
            true,
            Property::text("ORG", "\u{d8}, b").unwrap(),
            "ORG;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=C3=98, b",
        ),
        (
            "NOTE:a",
            "NOTE",
            false,
            Property::text("ORG", "\u{d8}, b")
                .unwrap()
                .with_parameter(Parameter::new("CHARSET", ["UTF-8"]).unwrap()),
            "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=98, b",
        ),
    ] {
        let mut card = card(lines);
        let mut entry = card.property_mut(place).unwrap();
        match replaces {
            true => entry.replace(&property).unwrap(),
            false => {
                card.push(property).unwrap();
            }
        }
        let text = card.to_string();
        assert!(
            text.contains(&format!("\r\n{wanted}\r\n")),
            "{lines} {text}"
        );
    }
}

#[test]
fn ok_every_card_is_of_the_version_that_it_is_after_an_edit_that_changes_nothing() {
    for path in common::fixtures() {
        let bytes = std::fs::read(&path).unwrap();
        let mut reader = CardReader::from_slice(&bytes);
        while let Ok(Some(event)) = reader.next_event() {
            let Event::Card(card) = event else { continue };
            let mut edited = card.clone();
            let Ok(new) = edited.push(Property::text("X-NEW", "a").unwrap()) else {
                continue;
            };
            assert_eq!(
                edited.effective_version(),
                card.effective_version(),
                "{}",
                path.display()
            );
            edited.entry_mut(new).unwrap().remove().unwrap();
            assert_eq!(
                edited.effective_version(),
                card.effective_version(),
                "{}",
                path.display()
            );
        }
    }
}
