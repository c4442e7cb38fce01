//! Ten times the parts of a value, or the edits of a card, take ten times the time: each value type with
//! the part of it that repeats, each edit that asks the card something first.

use vcardinal::contact::Contact;
use vcardinal::property::{Anniversary, Bday, Note, Org, Tel, Title};
use vcardinal::typed::Phone;
use vcardinal::validate::{Profile, validate};
use vcardinal::value::{Name, PartialDate};
use vcardinal::{Card, Limits, Property, Version};

use crate::common::growth::{growth, least};

/// What is done to an input, and what it is called.
type Use = (&'static str, fn(&[u8], &Limits));

/// What is linear takes 10; without optimization, and beside other work, the allocator alone costs more.
/// What grows as the square takes 100.
const MOST: f64 = if cfg!(debug_assertions) { 30.0 } else { 12.0 };

fn assert_linear(
    slow: &mut Vec<String>,
    name: &str,
    small: &[u8],
    large: &[u8],
    use_: fn(&[u8], &Limits),
) {
    let least = least(MOST, || growth(small, large, use_, &Limits::none()));
    if least > MOST {
        slow.push(format!("{name}: {least:.1}"));
    }
}

/// What of a value repeats: a name, the version, what stands before, what there is many of, after.
pub const VALUES: &[(&str, &str, &str, &str, &str)] = &[
    ("parameters of a geo URI", "4.0", "GEO:geo:1,2", ";a=b", ""),
    ("accuracies of a geo URI", "4.0", "GEO:geo:1,2", ";u=1", ""),
    (
        "systems of a geo URI",
        "4.0",
        "GEO:geo:1,2",
        ";crs=wgs84",
        "",
    ),
    ("numbers of a geo URI", "4.0", "GEO:geo:1", ",2", ""),
    (
        "escaped numbers of a geo URI",
        "4.0",
        "GEO:geo:1",
        "\\,2",
        "",
    ),
    ("numbers of a position", "3.0", "GEO:1", ";2", ""),
    ("numbers of a position", "2.1", "GEO:1", ",2", ""),
    (
        "parameters of a geo URI in ADR",
        "4.0",
        "ADR;GEO=\"geo:1,2",
        ";a=b",
        "\":;;a;;;;",
    ),
    (
        "parameters of a geo URI in TZ",
        "4.0",
        "TZ;VALUE=uri:geo:1,2",
        ";a=b",
        "",
    ),
    (
        "parameters of a tel URI",
        "4.0",
        "TEL;VALUE=uri:tel:+14155550123",
        ";a=b",
        "",
    ),
    (
        "parameters of one name",
        "4.0",
        "TEL;VALUE=uri:tel:+14155550123",
        ";ext=1",
        "",
    ),
    (
        "digits of a tel URI",
        "4.0",
        "TEL;VALUE=uri:tel:+1",
        "-2",
        "",
    ),
    ("digits of a number", "3.0", "TEL:+1", "-2", ""),
    ("subtags of a language", "4.0", "LANG:en", "-abcde", ""),
    (
        "subtags of a parameter",
        "4.0",
        "FN;LANGUAGE=en",
        "-abcde",
        ":a",
    ),
    ("extensions of a language", "4.0", "LANG:en-a", "-b-cde", ""),
    ("PID", "4.0", "TEL;PID=1", ",2.3", ":1"),
    ("SORT-AS", "4.0", "ORG;SORT-AS=a", ",b", ":a"),
    ("quoted SORT-AS", "4.0", "N;SORT-AS=\"a", ",b", "\":a;b;;;"),
    ("JSCOMPS", "4.0", "N;JSCOMPS=\"", ";0", "\":a;b;;;;;"),
    (
        "separators of JSCOMPS",
        "4.0",
        "ADR;JSCOMPS=\"",
        ";s,\\, ",
        "\":;;a;;;;",
    ),
    ("JSPTR", "4.0", "NOTE;JSPTR=\"a", "/b", "\":a"),
    ("TYPE", "4.0", "TEL;TYPE=a", ",b", ":1"),
    ("many TYPE", "3.0", "TEL", ";TYPE=b", ":1"),
    (
        "parameters of a data URI",
        "4.0",
        "PHOTO:data:image/gif",
        ";a=b",
        "\\;base64,AAAA",
    ),
    (
        "escaped parameters of a data URI",
        "4.0",
        "PHOTO:data:image/gif",
        "\\;a=b",
        "\\;base64\\,AAAA",
    ),
    (
        "octets of a data URI",
        "4.0",
        "PHOTO:data:image/gif;base64,",
        "AAAA",
        "",
    ),
    (
        "percent signs of a data URI",
        "4.0",
        "PHOTO:data:,",
        "%41",
        "",
    ),
    ("base64", "3.0", "PHOTO;ENCODING=b;TYPE=GIF:", "AAAA", ""),
    (
        "white space in base64",
        "3.0",
        "PHOTO;ENCODING=b;TYPE=GIF:",
        "A A",
        "",
    ),
    (
        "text that is not base64",
        "2.1",
        "PHOTO;ENCODING=BASE64:",
        "A-",
        "",
    ),
    ("units of ORG", "4.0", "ORG:a", ";b", ""),
    ("commas of ORG", "4.0", "ORG:a", ",b", ""),
    ("components of N", "4.0", "N:a", ";b", ""),
    ("names of a component", "4.0", "N:a", ",b", ";;;;"),
    ("components of ADR", "3.0", "ADR:a", ";b", ""),
    ("streets", "4.0", "ADR:;;a", ",b", ";;;;"),
    ("categories", "4.0", "CATEGORIES:a", ",b", ""),
    ("escapes", "3.0", "NOTE:a", "\\n", ""),
    ("backslashes", "2.1", "NOTE:a", "\\", ""),
    (
        "octets of quoted-printable",
        "2.1",
        "N;ENCODING=QUOTED-PRINTABLE:",
        "=3B",
        "",
    ),
    (
        "soft breaks",
        "2.1",
        "NOTE;ENCODING=QUOTED-PRINTABLE:",
        "a=\r\n",
        "b",
    ),
    ("another charset", "2.1", "N;CHARSET=SHIFT_JIS:", "a;", ""),
    ("dates", "4.0", "X-A;VALUE=date:19850412", ",19850412", ""),
    (
        "dates and times",
        "4.0",
        "X-A;VALUE=date-and-or-time:19850412",
        ",T10",
        "",
    ),
    (
        "timestamps",
        "4.0",
        "X-A;VALUE=timestamp:19961022T140000Z",
        ",19961022T140000Z",
        "",
    ),
    ("integers", "4.0", "X-A;VALUE=integer:1", ",2", ""),
    ("floats", "4.0", "X-A;VALUE=float:1", ",2.5", ""),
    ("digits of a float", "4.0", "X-A;VALUE=float:1.", "2", ""),
    (
        "digits of a fraction",
        "4.0",
        "REV:19961022T140000.",
        "1",
        "Z",
    ),
    ("digits of an offset", "4.0", "TZ:+0", "1", ""),
    ("an address", "4.0", "EMAIL:a@b", ".c", ""),
    (
        "comments of an address",
        "4.0",
        "EMAIL:",
        "(",
        "a@b.example",
    ),
    ("a mailbox", "3.0", "EMAIL:\"a", "\\\"", "\" <a@b.example>"),
    ("a gender", "4.0", "GENDER:M", ";a", ""),
    ("a map of PID", "4.0", "CLIENTPIDMAP:1", ";urn:a", ""),
    ("a URI", "4.0", "URL:http://a.example/", "%41\\,", ""),
    (
        "a key",
        "4.0",
        "KEY:data:application/pgp-keys;base64,",
        "AAAA",
        "",
    ),
    (
        "relations",
        "4.0",
        "RELATED;TYPE=friend",
        ",agent",
        ":urn:uuid:1",
    ),
    (
        "a label of Apple",
        "3.0",
        "i.TEL:1\r\ni.X-ABLabel:_$!<",
        "!>$",
        ">!$_",
    ),
    (
        "labels of one group",
        "3.0",
        "i.TEL:1\r\n",
        "i.X-ABLabel:a\r\n",
        "i.TEL:2",
    ),
    (
        "lines of one group",
        "3.0",
        "i.X-ABLabel:a\r\n",
        "i.TEL:2\r\n",
        "i.X-ABLabel:b",
    ),
    (
        "forms of one thing",
        "4.0",
        "",
        "TITLE;ALTID=1;LANGUAGE=fr:a\r\n",
        "TITLE;ALTID=1;LANGUAGE=en:b",
    ),
    (
        "numbers of groups",
        "3.0",
        "",
        "item1.TEL:1\r\n",
        "item2.TEL:1",
    ),
    (
        "dates of vendors",
        "3.0",
        "",
        "X-ANNIVERSARY:2001-02-03\r\n",
        "ANNIVERSARY:2001-02-03",
    ),
];

fn read(bytes: &[u8], limits: &Limits) {
    let card = Card::parse_with(bytes, limits.clone()).unwrap();
    // One property asked by itself looks through the card for the label of its group.
    let labels = card.labels();
    for property in card.properties() {
        let _ = (property.value(), property.list(), property.components());
        let _ = (
            labels.of(&property),
            property.types(),
            property.pid(),
            property.pref(),
        );
        let _ = (property.types(), property.language(), property.alt_id());
        #[cfg(feature = "base64")]
        let _ = property
            .binary()
            .map(|binary| binary.map(|data| data.decode()));
    }
    let _ = (
        card.anniversary().map(|one| one.value()),
        card.display_name(),
    );
    let _ = (
        card.preferred_in::<Title>("en"),
        card.alternatives::<Title>(),
    );
}

fn set_again(bytes: &[u8], limits: &Limits) {
    let mut card = Card::parse_with(bytes, limits.clone()).unwrap();
    let ids: Vec<_> = card.properties().map(|one| one.id()).collect();
    for id in ids {
        let text = card.entry(id).map(|one| one.text_lossy().into_owned());
        if let (Some(mut property), Some(text)) = (card.entry_mut(id), text) {
            let _ = property.set_text(&text);
            let _ = property.set_text("another");
        }
    }
}

fn check_and_repair(bytes: &[u8], limits: &Limits) {
    let mut card = Card::parse_with(bytes, limits.clone()).unwrap();
    validate(&card, Profile::Declared).repair(&mut card);
}

fn contact(bytes: &[u8], limits: &Limits) {
    let mut card = Card::parse_with(bytes, limits.clone()).unwrap();
    let (mut contact, _) = Contact::from_card(&card);
    contact.given_name = Some("Another".into());
    for phone in &mut contact.phones {
        phone.label = Some("Boat".into());
    }
    let _ = contact.apply_to(&mut card);
    let _ = contact.to_card(Version::V3_0);
}

#[test]
fn ok_ten_times_the_parts_of_a_value_take_ten_times_the_time() {
    let mut slow = Vec::new();
    for (name, version, before, many, after) in VALUES {
        let card = |count: usize| {
            let many = many.repeat(count);
            format!(
                "BEGIN:VCARD\r\nVERSION:{version}\r\nFN:A\r\nN:A;;;;\r\n{before}{many}{after}\r\nEND:VCARD\r\n"
            )
        };
        let count = (20_000 / many.len()).max(400);
        let (small, large) = (card(count), card(count * 10));
        for (what, use_) in [
            ("read", read as fn(&[u8], &Limits)),
            ("set", set_again),
            ("check and repair", check_and_repair),
            ("contact", contact),
        ] {
            let name = format!("{what}: {name} of {version}");
            assert_linear(&mut slow, &name, small.as_bytes(), large.as_bytes(), use_);
        }
    }
    assert!(
        slow.is_empty(),
        "took too many times the time:\n{}",
        slow.join("\n")
    );
}

/// As many lines in groups, or under the name of a vendor, as there are edits.
fn card_of(many: usize) -> Card {
    let one = |at| format!("item{at}.TEL:{at}\r\nitem{at}.X-ABLabel:Boat {at}\r\n");
    let lines: String = (0..many).map(one).collect();
    let card = format!(
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n{lines}X-ANNIVERSARY:2001-02-03\r\nNOTE:a\r\nEND:VCARD\r\n"
    );
    Card::parse_with(card, Limits::none()).unwrap()
}

type Edit = (&'static str, fn(&mut Card, usize));

const EDITS: &[Edit] = &[
    ("add with a label", |card, _| {
        card.add::<Tel>(Phone::new("1").label("Boat")).unwrap();
    }),
    ("add", |card, at| {
        card.add::<Note>(format!("{at}")).unwrap();
    }),
    ("set what is there", |card, at| {
        card.set::<Note>(format!("{at}")).unwrap();
    }),
    ("set what is not there", |card, at| {
        card.set::<Org>(vcardinal::value::Organization::new(format!("{at}")))
            .unwrap();
    }),
    ("set under the name of a vendor", |card, at| {
        let day = u8::try_from(at % 28 + 1).unwrap();
        card.set::<Anniversary>(PartialDate::new(2001, 2, day).unwrap())
            .unwrap();
    }),
    ("set several", |card, at| {
        card.set::<Title>(format!("{at}")).unwrap();
        card.set::<Bday>(PartialDate::month_day(4, u8::try_from(at % 28 + 1).unwrap()).unwrap())
            .unwrap();
        card.set::<vcardinal::property::N>(Name::new(format!("{at}"), "a"))
            .unwrap();
    }),
    ("set and remove", |card, at| {
        card.set::<Title>(format!("{at}")).unwrap();
        card.property_mut("TITLE").unwrap().remove().unwrap();
    }),
    ("change the first", |card, at| {
        card.property_mut("note")
            .unwrap()
            .set_text(format!("{at}"))
            .unwrap();
    }),
    ("remove the first with its label", |card, _| {
        card.property_mut("TEL").unwrap().remove().unwrap();
    }),
    ("insert", |card, at| {
        let id = card.property_mut("NOTE").unwrap().id();
        card.insert_after(id, Property::text("X-A", &*format!("{at}")).unwrap())
            .unwrap();
        card.insert_before(id, Property::text("X-B", &*format!("{at}")).unwrap())
            .unwrap();
    }),
    ("copy", |card, _| {
        let other =
            Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\ni.TEL:1\r\ni.X-ABLabel:a\r\nEND:VCARD\r\n")
                .unwrap();
        card.push_copy(&other.property("TEL").unwrap()).unwrap();
    }),
];

/// Each edit costs its own line, and no look through the card.
#[test]
fn ok_ten_times_the_edits_take_ten_times_the_time() {
    const FEW: usize = 500;
    let mut slow = Vec::new();
    for (name, edit) in EDITS {
        let time = |many: usize, times: usize| {
            (0..3)
                .map(|_| {
                    let cards: Vec<Card> = (0..times).map(|_| card_of(many)).collect();
                    let began = std::time::Instant::now();
                    for mut card in cards {
                        (0..many).for_each(|at| edit(&mut card, at));
                    }
                    began.elapsed()
                })
                .min()
                .unwrap()
        };
        let least = least(MOST, || {
            let (few, many) = (time(FEW, 10), time(FEW * 10, 1));
            many.as_secs_f64() / few.as_secs_f64() * 10.0
        });
        if least > MOST {
            slow.push(format!("{name}: {least:.1}"));
        }
    }
    assert!(
        slow.is_empty(),
        "took too many times the time:\n{}",
        slow.join("\n")
    );
}

/// Each comma is looked for by itself, and has its escape.
#[test]
fn ok_a_note_of_a_million_commas_takes_ten_times_the_time_of_a_tenth() {
    let mut slow = Vec::new();
    let uses: [Use; 3] = [
        ("build", |commas, _| {
            let text = std::str::from_utf8(commas).unwrap();
            let builder = Card::builder(Version::V4_0).full_name("A").note(text);
            builder.build().unwrap();
        }),
        ("set", |commas, _| {
            let mut card = Card::builder(Version::V3_0)
                .full_name("A")
                .name(Name::new("A", "B"))
                .note("a")
                .build()
                .unwrap();
            card.set::<Note>(std::str::from_utf8(commas).unwrap())
                .unwrap();
        }),
        ("read and check", |commas, limits| {
            let text = std::str::from_utf8(commas).unwrap();
            let text =
                format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nNOTE:{text}\r\nEND:VCARD\r\n");
            let card = Card::parse_with(text, limits.clone()).unwrap();
            let _ = validate(&card, Profile::Declared);
        }),
    ];
    let (few, many) = (vec![b','; 100_000], vec![b','; 1_000_000]);
    for (name, use_) in uses {
        assert_linear(&mut slow, name, &few, &many, use_);
    }
    assert!(
        slow.is_empty(),
        "took too many times the time:\n{}",
        slow.join("\n")
    );
}

#[test]
fn ok_ten_times_the_properties_of_a_builder_take_ten_times_the_time() {
    let mut slow = Vec::new();
    let (few, many) = ([0; 500], [0; 5_000]);
    type Build = fn(&[u8], &Limits);
    let builds: [(&str, Build); 3] = [
        ("labels", |many, _| {
            let builder = Card::builder(Version::V3_0)
                .full_name("A")
                .name(Name::new("A", "B"));
            let build = many.iter().fold(builder, |builder, _| {
                builder.phone(Phone::new("1").label("Boat"))
            });
            build.build().unwrap();
        }),
        ("notes", |many, _| {
            let builder = Card::builder(Version::V4_0).full_name("A");
            many.iter()
                .fold(builder, |builder, _| builder.note("a"))
                .build()
                .unwrap();
        }),
        ("properties", |many, _| {
            let builder = Card::builder(Version::V4_0).full_name("A");
            let one = || Property::text("X-A", "a").unwrap();
            many.iter()
                .fold(builder, |builder, _| builder.property(one()))
                .build()
                .unwrap();
        }),
    ];
    for (name, build) in builds {
        assert_linear(&mut slow, name, &few, &many, build);
    }
    assert!(
        slow.is_empty(),
        "took too many times the time:\n{}",
        slow.join("\n")
    );
}
