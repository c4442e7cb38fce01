//! Ten times the input takes ten times the time, whatever it looks like; and nesting takes no
//! stack. Memory is measured by the package in `tests/memory`.

use std::hint::black_box;
use std::io::BufReader;

use vcardinal::contact::Contact;
use vcardinal::property::{Anniversary, Tel};
use vcardinal::typed::Phone;
use vcardinal::{
    Card, CardReader, Event, Layout, Limits, LineReader, Property, PushReader, Version,
};

use crate::common::growth::{MOST_TEXTS, SIZE, growth, least};
use crate::common::hostile;

/// A way to use the library, from the bytes of an input.
type Use = (&'static str, fn(&[u8], &Limits));

const USES: &[Use] = &[
    ("read a slice", |bytes, limits| {
        CardReader::from_slice(bytes)
            .with_limits(limits.clone())
            .for_each(drop);
    }),
    ("read a stream", |bytes, limits| {
        let stream = BufReader::with_capacity(500, bytes);
        CardReader::from_reader(stream)
            .with_limits(limits.clone())
            .for_each(drop);
    }),
    ("read pieces", |bytes, limits| {
        let mut reader = PushReader::new().with_limits(limits.clone());
        for piece in bytes.chunks(50) {
            reader.push(piece);
            while reader.next_event().is_some() {}
        }
        reader.finish();
        while reader.next_event().is_some() {}
    }),
    ("read lines", |bytes, limits| {
        let mut reader = LineReader::from_slice(bytes).with_limits(limits.clone());
        while !matches!(reader.next_line(), Ok(None)) {}
    }),
    ("take apart", |bytes, limits| {
        for card in CardReader::from_slice(bytes)
            .with_limits(limits.clone())
            .flatten()
        {
            for property in card.lines() {
                let _ = (
                    property.text(),
                    property.list(),
                    property.components(),
                    property.has_type("x"),
                );
                let _ = property
                    .parameters()
                    .flat_map(|parameter| parameter.values())
                    .count();
                #[cfg(feature = "base64")]
                let _ = property.binary();
            }
            let _ = (card.display_name(), card.same_content(&card));
        }
    }),
    ("ask how many come", |bytes, limits| {
        for card in CardReader::from_slice(bytes)
            .with_limits(limits.clone())
            .flatten()
        {
            let (mut properties, mut phones) = (card.properties(), card.phones());
            for _ in card.lines() {
                black_box((properties.size_hint(), phones.size_hint()));
                black_box((properties.next(), phones.next()));
            }
        }
    }),
    ("write", |bytes, limits| {
        let mut out = Vec::new();
        for mut card in CardReader::from_slice(bytes)
            .with_limits(limits.clone())
            .flatten()
        {
            card.append_with(Layout::Canonical, &mut out);
            let ids: Vec<_> = card.properties().map(|property| property.id()).collect();
            for (index, id) in ids.into_iter().enumerate() {
                let Some(mut property) = card.entry_mut(id) else {
                    continue;
                };
                match index % 4 {
                    0 => drop(property.set_text("a; b")),
                    1 => drop(property.set_group(None)),
                    2 => drop(property.remove()),
                    _ => drop(card.insert_after(id, Property::text("NOTE", "new").unwrap())),
                }
            }
            card.append_to(&mut out);
        }
    }),
];

/// The cost of ten times the input, in times the cost of the input; 10 is linear.
///
/// What reading is promised to take is 12, and it is measured with optimization (`cargo test
/// --release --test scaling`). Without it, and beside other work, the allocator alone costs more
/// than that on the larger input, and the test tells what grows as the square, which is 100.
const MOST: f64 = if cfg!(debug_assertions) { 30.0 } else { 12.0 };

#[test]
fn ok_ten_times_the_input_takes_ten_times_the_time() {
    let mut slow = Vec::new();
    for hostile in hostile::all(SIZE) {
        let (small, large) = (hostile.bytes(1), hostile.bytes(10));
        for (index, (name, use_)) in USES.iter().enumerate() {
            for (kind, limits) in [
                ("no limits", Limits::none()),
                ("usual limits", Limits::default()),
            ] {
                if index > 0 && limits == Limits::default() {
                    continue;
                }
                let most = match *name {
                    "take apart" | "write" => MOST_TEXTS,
                    _ => MOST,
                };
                let least = least(most, || growth(&small, &large, *use_, &limits));
                if least > most {
                    slow.push(format!(
                        "{name} of {} with {kind}: {least:.1}",
                        hostile.name
                    ));
                }
            }
        }
    }
    assert!(
        slow.is_empty(),
        "ten times the input took too many times the time:\n{}",
        slow.join("\n")
    );
}

/// Each label needs a group that no other property has.
#[test]
fn ok_ten_times_the_labels_take_ten_times_the_time() {
    let to_a_card: Use = ("to a card", |labels, _| {
        let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n").unwrap();
        for _ in labels {
            card.add::<Tel>(Phone::new("1").label("Boat")).unwrap();
        }
    });
    let to_a_builder: Use = ("to a builder", |labels, _| {
        let mut builder = Card::builder(Version::V4_0).full_name("A");
        for _ in labels {
            builder = builder.phone(Phone::new("1").label("Boat"));
        }
        builder.build().unwrap();
    });
    for (name, add) in [to_a_card, to_a_builder] {
        let (few, many) = ([0; 1_000], [0; 10_000]);
        let least = least(MOST, || growth(&few, &many, add, &Limits::default()));
        assert!(least <= MOST, "{name}: {least:.1}");
    }
}

/// One card with as many of something as there are, and what is done with it.
fn assert_linear(name: &str, lines: impl Fn(usize) -> String, use_: fn(&[u8], &Limits)) {
    let card = |count| {
        let lines = lines(count);
        format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nN:A;;;;\r\n{lines}END:VCARD\r\n")
    };
    let (few, many) = (card(500), card(5_000));
    let (few, many) = (few.as_bytes(), many.as_bytes());
    let least = least(MOST, || growth(few, many, use_, &Limits::none()));
    assert!(least <= MOST, "{name}: {least:.1}");
}

/// A date of Apple is what its label says it is.
#[test]
fn ok_ten_times_the_labelled_dates_take_ten_times_the_time() {
    let dates = |count| {
        let one = |at| format!("i{at}.X-ABDATE:2001-02-03\r\ni{at}.X-ABLabel:Moved\r\n");
        (0..count).map(one).collect()
    };
    assert_linear("labelled dates", dates, |bytes, limits| {
        let card = Card::parse_with(bytes, limits.clone()).unwrap();
        assert_eq!(card.all::<Anniversary>().count(), 0);
    });
}

#[test]
fn ok_ten_times_the_types_take_ten_times_the_time() {
    let types = |count| {
        let words: Vec<String> = (0..count).map(|at| format!("x{at}")).collect();
        format!("TEL;TYPE={}:1\r\n", words.join(","))
    };
    assert_linear("types", types, |bytes, limits| {
        let card = Card::parse_with(bytes, limits.clone()).unwrap();
        let types = card.property("TEL").unwrap().types();
        assert!(types == card.property("TEL").unwrap().types());
    });
}

/// Samsung's parameter is many to a reader of parameters.
#[test]
fn ok_ten_times_the_parts_of_a_label_take_ten_times_the_time() {
    let parts = |count| {
        let parts: String = (0..count).map(|at| format!(";a{at}=b")).collect();
        format!("TEL;X-CUSTOM(Boat{parts}):+14155550123\r\n")
    };
    assert_linear("parts of a label", parts, |bytes, limits| {
        let mut card = Card::parse_with(bytes, limits.clone()).unwrap();
        let (mut contact, _) = Contact::from_card(&card);
        contact.phones[0].label = Some("home".into());
        contact.apply_to(&mut card).unwrap();
        assert!(
            card.to_string()
                .contains("\r\nTEL;TYPE=HOME:+14155550123\r\n"),
            "{card}"
        );
    });
}

#[test]
fn ok_nesting_takes_no_stack() {
    let deep = |depth: usize| {
        let begin = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN:a\r\nAGENT:\r\n".repeat(depth);
        [
            begin,
            b"BEGIN:VCARD\r\nN:b\r\n".to_vec(),
            b"END:VCARD\r\n".repeat(depth + 1),
        ]
        .concat()
    };
    let work = move || {
        let bytes = deep(100_000);
        let mut card = Card::parse_with(&bytes, Limits::none()).unwrap();
        assert_eq!(card.properties().count(), 3);
        assert!(card.same_content(&card.clone()));
        let mut out = Vec::new();
        card.append_with(Layout::Canonical, &mut out);
        assert_eq!(out.len(), bytes.len());
        // One level at a time; each is a card of its own.
        assert!(
            card.property("AGENT").unwrap().nested_card().is_none(),
            "beyond the usual limit"
        );
        card.property_mut("N").unwrap().set_text("Odalys").unwrap();
        assert_eq!(
            &*Card::parse_with(card.to_bytes(), Limits::none())
                .unwrap()
                .to_bytes(),
            &*card.to_bytes()
        );
        drop(card);
        let refused = Card::parse(&bytes).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "line 1, column 1: nesting is larger than the limit of 16"
        );
        let shallow = Card::parse(deep(16)).unwrap();
        let mut depth = 0;
        let mut inner = Some(shallow);
        while let Some(card) = inner {
            depth += 1;
            inner = card.property("AGENT").and_then(|agent| agent.nested_card());
        }
        assert_eq!(depth, 17);
        let mut reader = PushReader::new().with_limits(Limits::none());
        reader.push(&bytes);
        assert!(matches!(reader.next_event(), Some(Event::Card(_))));
    };
    std::thread::Builder::new()
        .stack_size(64 * 1024)
        .spawn(work)
        .unwrap()
        .join()
        .unwrap();
}
