//! Ten times of a card takes ten times the time to jCard, xCard and JSContact, and back from each.

use vcardinal::{Card, CardReader, Limits, jcard, jscontact, xcard};

use crate::common::growth::{growth, least};
use crate::common::hostile;
use crate::conversion::{self, Many};
use crate::values::VALUES;

/// What is linear takes 10; without optimization, and beside other work, the allocator alone costs more.
/// What grows as the square takes 100.
const MOST: f64 = if cfg!(debug_assertions) { 30.0 } else { 16.0 };

/// About as many bytes in each small input.
const SIZE: usize = if cfg!(debug_assertions) {
    10_000
} else {
    40_000
};

/// A format, with what is timed and what makes its text.
struct Format {
    name: &'static str,
    to: fn(&[u8], &Limits),
    from: fn(&[u8], &Limits),
    text: fn(&[Card]) -> String,
}

const FORMATS: &[Format] = &[
    Format {
        name: "jCard",
        to: |bytes, limits| drop(jcards(&cards(bytes, limits))),
        from: |text, limits| {
            jcard::Reader::new(text)
                .with_limits(limits.clone())
                .for_each(drop)
        },
        text: jcards,
    },
    Format {
        name: "xCard",
        to: |bytes, limits| drop(xcard::to_string(&cards(bytes, limits))),
        from: |text, limits| {
            xcard::Reader::new(text)
                .with_limits(limits.clone())
                .for_each(drop)
        },
        text: |cards| xcard::to_string(cards).unwrap_or_default(),
    },
    JSCONTACT,
];

const JSCONTACT: Format = Format {
    name: "JSContact",
    to: |bytes, limits| drop(jscontacts(&cards(bytes, limits))),
    from: |text, limits| {
        jscontact::Reader::new(text)
            .with_limits(limits.clone())
            .for_each(drop)
    },
    text: jscontacts,
};

fn jcards(cards: &[Card]) -> String {
    let texts = cards.iter().filter_map(|card| jcard::to_string(card).ok());
    texts.collect()
}

fn jscontacts(cards: &[Card]) -> String {
    let texts = cards
        .iter()
        .filter_map(|card| jscontact::to_string(card).ok());
    texts.collect()
}

fn cards(bytes: &[u8], limits: &Limits) -> Vec<Card> {
    let cards = CardReader::from_slice(bytes).with_limits(limits.clone());
    cards.filter_map(Result::ok).collect()
}

/// The ways that are slow, by their names.
#[derive(Default)]
struct Slow(Vec<String>);

impl Slow {
    fn one(&mut self, name: String, way: fn(&[u8], &Limits), small: &[u8], large: &[u8]) -> bool {
        let least = least(MOST, || growth(small, large, way, &Limits::none()));
        let is_slow = least > MOST;
        if is_slow {
            self.0.push(format!("{name}: {least:.1}"));
        }
        is_slow
    }

    /// To a format and back.
    fn both(&mut self, name: &str, format: &Format, small: &[u8], large: &[u8]) {
        let to = format!("{name} to {}", format.name);
        if self.one(to, format.to, small, large) {
            return;
        }
        let text = |bytes: &[u8]| (format.text)(&cards(bytes, &Limits::none())).into_bytes();
        let (small, large) = (text(small), text(large));
        if !small.is_empty() {
            let from = format!("{name} from {}", format.name);
            self.one(from, format.from, &small, &large);
        }
    }

    fn all(&mut self, name: &str, small: &[u8], large: &[u8]) {
        for format in FORMATS {
            self.both(name, format, small, large);
        }
    }

    fn assert_none(&self) {
        assert!(
            self.0.is_empty(),
            "took too many times the time:\n{}",
            self.0.join("\n")
        );
    }
}

/// What JSContact looks for in other lines of the card.
const LINES: &[Many] = &[
    (
        "places of addresses",
        "4.0",
        "",
        "ADR:;;a;b;;;\r\nGEO:geo:1,2\r\nTZ:Europe/Berlin\r\n",
        "",
    ),
    (
        "places",
        "4.0",
        "",
        "GEO:geo:1,2\r\nTZ:Europe/Berlin\r\n",
        "",
    ),
    (
        "places in groups",
        "4.0",
        "",
        "i#.ADR:;;a;b;;;\r\ni#.GEO:geo:1,2\r\ni#.TZ:Europe/Berlin\r\n",
        "",
    ),
    (
        "places in one group",
        "4.0",
        "",
        "i.ADR:;;a;b;;;\r\ni.GEO:geo:1,2\r\ni.TZ:Europe/Berlin\r\n",
        "",
    ),
    (
        "languages",
        "4.0",
        "",
        "TITLE;ALTID=1;LANGUAGE=de-x-#:a#\r\n",
        "",
    ),
    (
        "ALTIDs in two languages",
        "4.0",
        "",
        "TITLE;ALTID=#:a\r\nTITLE;ALTID=#;LANGUAGE=fr:b\r\n",
        "",
    ),
    (
        "lines in one language",
        "4.0",
        "",
        "ADR;ALTID=1;LANGUAGE=de:;;a;b;;;\r\n",
        "",
    ),
    (
        "dates in a language",
        "4.0",
        "",
        "BDAY;ALTID=1;LANGUAGE=de:20010203\r\n",
        "",
    ),
    (
        "names in languages",
        "4.0",
        "",
        "FN;LANGUAGE=de-x-#:a\r\nN;LANGUAGE=de-x-#:a;b;;;\r\n",
        "",
    ),
    (
        "languages of a long name",
        "4.0",
        "N;ALTID=2:a;b",
        ",c",
        ";;;\r\n{FN;LANGUAGE=de-x-#:a\r\n}",
    ),
    (
        "languages of a long label",
        "4.0",
        "i.X-ABLabel:a",
        "aaaaa#",
        "\r\ni.URL;ALTID=1:a:b\r\n{URL;ALTID=1;LANGUAGE=de-x-#:a:c\r\n}",
    ),
    ("derived names", "4.0", "", "FN;DERIVED=true:a#\r\n", ""),
    (
        "sounds",
        "4.0",
        "",
        "ADR;ALTID=1;PHONETIC=ipa:;;a;b;;;\r\n",
        "",
    ),
    (
        "sounds of a long address",
        "4.0",
        "ADR;ALTID=1:;;a",
        ",b",
        ";;;;\r\n{ADR;ALTID=1;PHONETIC=ipa;LANGUAGE=de-x-#:;;c;d;;;\r\n}",
    ),
    (
        "sounds in languages",
        "4.0",
        "ADR;ALTID=1:;;a;b;;;\r\n",
        "ADR;ALTID=1;LANGUAGE=de-x-#:;;a;b;;;\r\nADR;ALTID=1;PHONETIC=ipa;LANGUAGE=de-x-#:;;c;d;;;\r\n",
        "",
    ),
    (
        "labels of one group",
        "4.0",
        "",
        "i.TEL:1#\r\ni.X-ABLabel:a#\r\n",
        "",
    ),
    (
        "titles of one group",
        "4.0",
        "",
        "i.TITLE:a#\r\ni.ORG:b#\r\n",
        "",
    ),
    (
        "titles of organizations",
        "4.0",
        "",
        "i#.TITLE:a\r\ni#.ORG:b\r\n",
        "",
    ),
    ("PROP-IDs", "4.0", "", "TEL;PROP-ID=p#:1\r\n", ""),
    ("lines of one PROP-ID", "4.0", "", "TEL;PROP-ID=p:1\r\n", ""),
    (
        "Ids that are made",
        "4.0",
        "",
        "TEL:1\r\nTEL;PROP-ID=TEL-#:1\r\n",
        "",
    ),
    (
        "pointers",
        "4.0",
        "",
        "JSPROP;JSPTR=\"example.com:a#\":1\r\n",
        "",
    ),
    (
        "pointers into objects",
        "4.0",
        "",
        "TEL;PROP-ID=p#:1\r\nJSPROP;JSPTR=\"phones/p#/example.com:a\":1\r\n",
        "",
    ),
    (
        "pointers to what goes",
        "4.0",
        "",
        "TEL;PROP-ID=p#:1\r\nJSPROP;JSPTR=\"phones/p#\":null\r\n",
        "",
    ),
    ("members", "4.0", "KIND:group\r\n", "MEMBER:urn:a:#\r\n", ""),
    ("members of no group", "4.0", "", "MEMBER:urn:a:#\r\n", ""),
    (
        "relations",
        "4.0",
        "",
        "RELATED;TYPE=friend:urn:a:#\r\n",
        "",
    ),
    (
        "relations to one",
        "4.0",
        "",
        "RELATED;TYPE=friend:urn:a\r\n",
        "",
    ),
    (
        "relations to one with parameters",
        "4.0",
        "RELATED",
        ";X-A#=b",
        ":urn:a\r\n{RELATED;TYPE=friend:urn:a\r\n}",
    ),
    (
        "addresses of RFC 9554",
        "4.0",
        "",
        "ADR:;;a;b;c;d;e;f;g;h;1;i;j;k;l;m;n;o\r\n",
        "",
    ),
    (
        "profiles",
        "4.0",
        "",
        "SOCIALPROFILE;SERVICE-TYPE=s#;USERNAME=u:https://a.example/#\r\n",
        "",
    ),
    ("pronouns", "4.0", "", "PRONOUNS;LANGUAGE=de-x-#:a\r\n", ""),
    (
        "birthplaces",
        "4.0",
        "BDAY:20010203\r\n",
        "BIRTHPLACE:a#\r\n",
        "",
    ),
    (
        "birthplaces in languages",
        "4.0",
        "BDAY:20010203\r\nBIRTHPLACE;ALTID=1:a\r\n",
        "BIRTHPLACE;ALTID=1;LANGUAGE=de-x-#:a#\r\n",
        "",
    ),
    ("keywords", "4.0", "", "CATEGORIES:a#,b#\r\n", ""),
    (
        "languages of the card",
        "4.0",
        "",
        "NOTE;LANGUAGE=de:a\r\nLANGUAGE:de\r\n",
        "",
    ),
    ("second surnames", "4.0", "N:a", ",b#", ";c;;;;x{,b#}\r\n"),
    (
        "sorted units",
        "4.0",
        "ORG;SORT-AS=\"a",
        ",b",
        "\":a{;c}\r\n",
    ),
    (
        "parts in order",
        "4.0",
        "N;JSCOMPS=\";1;0",
        ";s\\,-",
        "\":a;b;;;\r\n",
    ),
    ("parameters of one line", "4.0", "TEL", ";X-A#=b", ":1\r\n"),
];

/// Members of a card in JSContact: a name, what stands before, what there is many of, what stands between,
/// what there is as much of again, after. `#` is a number.
type Members = (&'static str, [&'static str; 5]);

const MEMBERS: &[Members] = &[
    (
        "localizations",
        [
            r#""titles":{"t":{"name":"A"}},"localizations":{"#,
            r#""de-x-#":{"titles/t/name":"B"}"#,
            "",
            "",
            "}",
        ],
    ),
    (
        "localizations of the name",
        [
            r#""name":{"full":"A"},"localizations":{"#,
            r#""de-x-#":{"name/full":"B"}"#,
            "",
            "",
            "}",
        ],
    ),
    (
        "localizations of a member",
        [
            r#""localizations":{"#,
            r#""de-x-#":{"kind":"org"}"#,
            "",
            "",
            "}",
        ],
    ),
    (
        "localizations that take the place of many",
        [
            r#""name":{"full":"A"},"titles":{"#,
            r#""t#":{"name":"A"}"#,
            r#"},"localizations":{"#,
            r#""de-x-#":{"titles":{"t":{"name":"B"}},"name/full":"C"}"#,
            "}",
        ],
    ),
    (
        "patches",
        [
            r#""titles":{"#,
            r#""t#":{"name":"A"}"#,
            r#"},"localizations":{"fr":{"#,
            r#""titles/t#/name":"B""#,
            "}}",
        ],
    ),
    (
        "patches that take away",
        [
            r#""titles":{"#,
            r#""t#":{"name":"A"}"#,
            r#"},"localizations":{"fr":{"#,
            r#""titles/t#":null"#,
            "}}",
        ],
    ),
    (
        "patches that take away in one object",
        [
            r#""titles":{"t":{"name":"A","#,
            r#""example.com:a#":1"#,
            r#"}},"localizations":{"fr":{"#,
            r#""titles/t/example.com:a#":null"#,
            "}}",
        ],
    ),
    (
        "patches of vendors",
        [
            "",
            r#""example.com:a#":{"b":1}"#,
            r#","localizations":{"fr":{"#,
            r#""example.com:a#/b":2"#,
            "}}",
        ],
    ),
    (
        "patches before others",
        [
            r#""titles":{"#,
            r#""t#":{"name":"A"}"#,
            r#"},"localizations":{"fr":{"#,
            r#""titles/t#":null,"titles/t#/name":"B""#,
            "}}",
        ],
    ),
    (
        "patches without a place",
        [r#""localizations":{"fr":{"#, r#""a#/b":1"#, "", "", "}}"],
    ),
    (
        "properties of jCard",
        [
            r#""vCardProps":["#,
            r#"["x-a#",{},"text","b"]"#,
            "",
            "",
            "]",
        ],
    ),
    (
        "notes of jCard",
        [
            r#""vCardProps":["#,
            r#"["note",{},"text","b"]"#,
            "",
            "",
            "]",
        ],
    ),
    (
        "properties in groups",
        [
            r#""vCardProps":["#,
            r#"["x-a",{"group":"i#"},"text","b"]"#,
            "",
            "",
            "]",
        ],
    ),
    (
        "parameters",
        [
            r#""titles":{"t":{"name":"A","vCardParams":{"#,
            r#""x-a#":"b""#,
            "",
            "",
            "}}}",
        ],
    ),
    (
        "addresses",
        [
            r#""addresses":{"#,
            r#""a#":{"components":[{"kind":"name","value":"a"}],"coordinates":"geo:1,2","timeZone":"Europe/Berlin"}"#,
            "",
            "",
            "}",
        ],
    ),
    (
        "ordered addresses",
        [
            r#""addresses":{"#,
            r#""a#":{"components":[{"kind":"number","value":"a"},{"kind":"separator","value":"-"},{"kind":"floor","value":"b"}],"isOrdered":true,"full":"c"}"#,
            "",
            "",
            "}",
        ],
    ),
    (
        "addresses that sound",
        [
            r#""addresses":{"#,
            r#""a#":{"components":[{"kind":"name","value":"a","phonetic":"b"}],"phoneticSystem":"ipa"}"#,
            "",
            "",
            "}",
        ],
    ),
    (
        "titles of organizations",
        [
            r#""organizations":{"#,
            r#""o#":{"name":"A"}"#,
            r#"},"titles":{"#,
            r#""t#":{"name":"B","organizationId":"o#"}"#,
            "}",
        ],
    ),
    (
        "titles of one organization",
        [
            r#""organizations":{"o":{"name":"A"}},"titles":{"#,
            r#""t#":{"name":"B","organizationId":"o"}"#,
            "",
            "",
            "}",
        ],
    ),
    (
        "labels",
        [
            r#""phones":{"#,
            r#""p#":{"number":"1","label":"a#"}"#,
            "",
            "",
            "}",
        ],
    ),
    (
        "members of a group",
        [
            r#""kind":"group","members":{"#,
            r#""urn:a:#":true"#,
            "",
            "",
            "}",
        ],
    ),
    (
        "relations",
        [
            r#""relatedTo":{"#,
            r#""urn:a:#":{"relation":{"friend":true}}"#,
            "",
            "",
            "}",
        ],
    ),
    (
        "words below a long name",
        [
            r#""relatedTo":{"urn:"#,
            "aaaaaaaaaaaaaaaaaaaa",
            r#"":{"relation":{"#,
            r#""example.com:a#":true"#,
            "}}}",
        ],
    ),
    (
        "faults below a long name",
        [
            r#""relatedTo":{"urn:"#,
            "aaaaaaaaaaaaaaaaaaaa",
            r#"":{"relation":{"#,
            r#""a:#":true"#,
            "}}}",
        ],
    ),
    ("keywords", [r#""keywords":{"#, r#""a#":true"#, "", "", "}"]),
    (
        "anniversaries of one kind",
        [
            r#""anniversaries":{"#,
            r#""a#":{"kind":"birth","date":{"year":2001}}"#,
            "",
            "",
            "}",
        ],
    ),
    (
        "anniversaries of vendors",
        [
            r#""anniversaries":{"#,
            r#""a#":{"kind":"example.com:a#","date":{"year":2001}}"#,
            "",
            "",
            "}",
        ],
    ),
    (
        "parts of a name",
        [
            r#""name":{"components":["#,
            r#"{"kind":"given","value":"a#"}"#,
            "",
            "",
            "]}",
        ],
    ),
    (
        "ordered parts of a name",
        [
            r#""name":{"isOrdered":true,"components":["#,
            r#"{"kind":"surname2","value":"a#"}"#,
            "",
            "",
            "]}",
        ],
    ),
    (
        "members of vendors",
        ["", r#""example.com:a#":1"#, "", "", ""],
    ),
    (
        "contexts",
        [
            r#""phones":{"p":{"number":"1","contexts":{"#,
            r#""example.com:a#":true"#,
            "",
            "",
            "}}}",
        ],
    ),
    (
        "units",
        [
            r#""organizations":{"o":{"name":"A","units":["#,
            r#"{"name":"a#","sortAs":"b"}"#,
            "",
            "",
            "]}}",
        ],
    ),
    (
        "pronouns",
        [
            r#""speakToAs":{"pronouns":{"#,
            r#""p#":{"pronouns":"a"}"#,
            "",
            "",
            "}}",
        ],
    ),
    (
        "names in another letter case",
        ["", r#""A#":1"#, "", "", ""],
    ),
];

fn value((_, [before, many, between, again, after]): &Members, count: usize) -> String {
    let times = |text: &str| -> String {
        let all = (0..count).map(|at| text.replace('#', &format!("{at}")));
        let is_json = text.starts_with(['"', '[', '{']);
        all.collect::<Vec<_>>().join(if is_json { "," } else { "" })
    };
    let (many, again) = (times(many), times(again));
    format!(r#"{{"@type":"Card","version":"2.0",{before}{many}{between}{again}{after}}}"#)
}

fn count(many: &str) -> usize {
    SIZE / many.len().max(8)
}

#[test]
fn ok_ten_times_the_lines_that_jscontact_joins_take_ten_times_the_time() {
    let mut slow = Slow::default();
    for shape in LINES {
        let card = |count: usize| {
            let card = conversion::card(shape, count);
            // With no other name than those of the shape.
            card.replace("\r\nFN:A\r\nN:A;;;;\r\n", "\r\nFN:A\r\n")
                .into_bytes()
        };
        let count = count(shape.3);
        slow.both(shape.0, &JSCONTACT, &card(count), &card(count * 10));
    }
    slow.assert_none();
}

#[test]
fn ok_ten_times_the_members_of_jscontact_take_ten_times_the_time() {
    let mut slow = Slow::default();
    for shape in MEMBERS {
        let count = count(shape.1[1]);
        let (small, large) = (value(shape, count), value(shape, count * 10));
        jscontact::read(small.as_bytes()).expect(shape.0);
        let (small, large) = (small.as_bytes(), large.as_bytes());
        slow.one(shape.0.into(), JSCONTACT.from, small, large);
    }
    slow.assert_none();
}

#[test]
fn ok_ten_times_the_things_of_a_card_take_ten_times_the_time() {
    let mut slow = Slow::default();
    for shape in conversion::MANY {
        let card = |count: usize| conversion::card(shape, count).into_bytes();
        let count = SIZE / shape.3.len();
        let name = format!("{} of {}", shape.0, shape.1);
        slow.all(&name, &card(count), &card(count * 10));
    }
    slow.assert_none();
}

#[test]
fn ok_ten_times_the_parts_of_a_value_take_ten_times_the_time() {
    let mut slow = Slow::default();
    for (name, version, before, many, after) in VALUES {
        let card = |count: usize| {
            let lines = format!("{before}{}{after}", many.repeat(count));
            let start = format!("BEGIN:VCARD\r\nVERSION:{version}\r\nFN:A\r\nN:A;;;;\r\n");
            format!("{start}{lines}\r\nEND:VCARD\r\n").into_bytes()
        };
        let count = (SIZE / many.len()).max(400);
        slow.all(
            &format!("{name} of {version}"),
            &card(count),
            &card(count * 10),
        );
    }
    slow.assert_none();
}

#[test]
fn ok_ten_times_of_whatever_is_hostile_takes_ten_times_the_time() {
    let mut slow = Slow::default();
    for shape in hostile::all(SIZE) {
        slow.all(&shape.name, &shape.bytes(1), &shape.bytes(10));
    }
    slow.assert_none();
}
