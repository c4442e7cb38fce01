//! Converting ten times the input takes ten times the time, in each direction and whatever it looks like.

use vcardinal::{CardReader, Limits, Version};

use crate::common::growth::{growth, least};
use crate::common::hostile;
use crate::values::VALUES;

/// What is linear takes 10; without optimization, and beside other work, the allocator alone costs more.
/// What grows as the square takes 100.
const MOST: f64 = if cfg!(debug_assertions) { 30.0 } else { 12.0 };

/// About as many bytes in each small input.
const SIZE: usize = if cfg!(debug_assertions) {
    10_000
} else {
    40_000
};

fn convert(bytes: &[u8], limits: &Limits) {
    for card in CardReader::from_slice(bytes).with_limits(limits.clone()) {
        let Ok(card) = card else { continue };
        for to in [Version::V3_0, Version::V4_0] {
            let _ = card.convert(to);
        }
    }
}

/// A name, the version, what stands before, what there is many of (`#` is a number that no other has),
/// after.
type Many = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const MANY: &[Many] = &[
    ("properties", "3.0", "", "NOTE:a#\r\n", ""),
    ("groups", "3.0", "", "i#.TEL:1\r\ni#.X-ABLabel:a\r\n", ""),
    (
        "lines of one group",
        "3.0",
        "i.X-ABLabel:a\r\n",
        "i.TEL:#\r\n",
        "",
    ),
    ("ALTIDs", "4.0", "", "TITLE;ALTID=#:a\r\n", ""),
    ("forms of one thing", "4.0", "", "TITLE;ALTID=1:a#\r\n", ""),
    ("words of TYPE", "3.0", "TEL;TYPE=msg", ",w#", ":1\r\n"),
    ("words of TYPE", "4.0", "TEL;TYPE=text", ",w#", ":1\r\n"),
    (
        "words of TYPE of a profile",
        "3.0",
        "X-SOCIALPROFILE;X-TYPE=a",
        ",w#",
        ":https://a.example\r\n",
    ),
    (
        "words of TYPE of a profile",
        "4.0",
        "SOCIALPROFILE;TYPE=a",
        ",w#",
        ":https://a.example\r\n",
    ),
    (
        "services of a profile",
        "4.0",
        "SOCIALPROFILE;SERVICE-TYPE=a",
        ",w#",
        ":https://a.example\r\n",
    ),
    (
        "words of TYPE of a picture",
        "3.0",
        "PHOTO;VALUE=uri;X-TYPE=a",
        ",w#",
        ":https://a.example\r\n",
    ),
    (
        "kinds of a key",
        "4.0",
        "KEY;VALUE=text;X-TYPE=a",
        ",w#",
        ":a\r\n",
    ),
    ("words without a name", "2.1", "TEL", ";w#", ":1\r\n"),
    ("parameters", "3.0", "NOTE", ";X-A#=b", ":a\r\n"),
    ("parameters", "4.0", "NOTE", ";X-A#=b", ":a\r\n"),
    (
        "parameters that are left out",
        "4.0",
        "GEO",
        ";PID#=1;PREF=1;ALTID=#",
        ":geo:1,2\r\n",
    ),
    (
        "parameters of one name",
        "4.0",
        "UID",
        ";PID=1.1",
        ":urn:uuid:1\r\n",
    ),
    (
        "parameters of a property that becomes one",
        "3.0",
        "LABEL",
        ";X-A#=b",
        ":a\r\n",
    ),
    (
        "parameters of a messenger",
        "3.0",
        "X-AIM",
        ";X-A#=b",
        ":a\r\n",
    ),
    (
        "lines beside many parameters",
        "3.0",
        "i.ADR",
        ";X-A#=b",
        ":;;a;;;;\r\n{i.X-ABADR:de\r\n}",
    ),
    (
        "labels beside many parameters",
        "3.0",
        "ADR",
        ";X-A#=b",
        ":;;a;;;;\r\n{LABEL:a\r\n}",
    ),
    (
        "lines beside many parameters",
        "3.0",
        "N",
        ";X-A#=b",
        ":a;;;;\r\n{SORT-STRING:a\r\n}",
    ),
    ("folds", "3.0", "NOTE:a", "\r\n a", "\r\n"),
    ("folded texts", "4.0", "NOTE:a", "\r\n \\, ;", "\r\n"),
    (
        "labels",
        "3.0",
        "ADR:;;a;;;;\r\n",
        "LABEL;TYPE=w#:a\r\n",
        "",
    ),
    (
        "addresses and labels",
        "3.0",
        "",
        "ADR;TYPE=w#:;;a;;;;\r\nLABEL;TYPE=w#:a\r\n",
        "",
    ),
    (
        "addresses with labels",
        "4.0",
        "",
        "ADR;LABEL=a#;CC=de:;;a;;;;\r\n",
        "",
    ),
    (
        "anniversaries",
        "3.0",
        "",
        "X-ANNIVERSARY:2001-02-03\r\n",
        "",
    ),
    (
        "dates beside a long one",
        "3.0",
        "ANNIVERSARY:",
        "a",
        "\r\n{X-ANNIVERSARY:2001-02-03\r\n}",
    ),
    (
        "anniversaries",
        "4.0",
        "",
        "ANNIVERSARY;ALTID=#:20010203\r\n",
        "",
    ),
    (
        "relations",
        "3.0",
        "",
        "i#.X-ABRELATEDNAMES:a\r\ni#.X-ABLabel:_$!<Spouse>!$_\r\n",
        "",
    ),
    (
        "relations",
        "4.0",
        "",
        "RELATED;VALUE=text;TYPE=spouse:a\r\n",
        "",
    ),
    (
        "what a card has once",
        "3.0",
        "",
        "UID:a#\r\nREV:2001-02-03\r\nKIND:a\r\n",
        "",
    ),
    (
        "what a card has once",
        "4.0",
        "",
        "UID:a#\r\nREV:20010203T000000Z\r\nKIND:a\r\n",
        "",
    ),
    (
        "names",
        "4.0",
        "",
        "N;ALTID=1;PHONETIC=x:a;b;c;;\r\nFN:a\r\n",
        "",
    ),
    (
        "maps",
        "4.0",
        "",
        "CLIENTPIDMAP:#;urn:a\r\nTEL;PID=1.#:1\r\n",
        "",
    ),
    ("lines that are no properties", "3.0", "", "a#\r\n", ""),
    (
        "labels of Samsung",
        "2.1",
        "TEL;X-CUSTOM(",
        "a#,",
        "):1\r\n",
    ),
    (
        "parts of a label of Samsung",
        "2.1",
        "TEL;X-CUSTOM(CHARSET=UTF-8",
        ",A#=b",
        "):1\r\n",
    ),
    (
        "parameters beside a label of Samsung",
        "2.1",
        "TEL;X-CUSTOM(a)",
        ";A#=b",
        ":1\r\n",
    ),
    ("labels of Samsung", "2.1", "", "TEL;X-CUSTOM(a#):1\r\n", ""),
    (
        "losses in a card in a card",
        "2.1",
        "AGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\n",
        "a#\r\n",
        "END:VCARD\r\n",
    ),
    (
        "texts in a card in a card",
        "2.1",
        "AGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\n",
        "NOTE:a;b\r\n",
        "END:VCARD\r\n",
    ),
    (
        "losses in a card in a URI",
        "4.0",
        "RELATED;TYPE=agent:data:text/vcard\\,BEGIN:VCARD%0D%0AVERSION:4.0%0D%0A",
        "a#%0D%0A",
        "END:VCARD%0D%0A\r\n",
    ),
    (
        "parameters of a tel URI",
        "4.0",
        "TEL;VALUE=uri:tel:1",
        ";ext=#",
        "\r\n",
    ),
    ("components", "4.0", "ADR:", ";a", "\r\n"),
    (
        "quoted-printable",
        "2.1",
        "NOTE;ENCODING=QUOTED-PRINTABLE:",
        "=0D=0A=\r\n",
        "a\r\n",
    ),
];

/// With so many of what there is many of. What stands in braces after it is there as often.
fn card((_, version, before, many, after): &Many, count: usize) -> String {
    let times = |text: &str| -> String {
        let one = |at: usize| text.replace('#', &format!("{at}"));
        (0..count).map(one).collect()
    };
    let (many, after) = match after.split_once('{') {
        Some((start, rest)) => {
            let (again, end) = rest.split_once('}').unwrap();
            (times(many), format!("{start}{}{end}", times(again)))
        }
        None => (times(many), String::from(*after)),
    };
    format!(
        "BEGIN:VCARD\r\nVERSION:{version}\r\nFN:A\r\nN:A;;;;\r\n{before}{many}{after}END:VCARD\r\n"
    )
}

fn assert_linear(shapes: impl Iterator<Item = (String, Vec<u8>, Vec<u8>)>) {
    let mut slow = Vec::new();
    for (name, small, large) in shapes {
        let least = least(MOST, || growth(&small, &large, convert, &Limits::none()));
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

#[test]
fn ok_ten_times_the_things_of_a_card_take_ten_times_the_time() {
    assert_linear(MANY.iter().map(|shape| {
        let count = SIZE / shape.3.len();
        let (small, large) = (card(shape, count), card(shape, count * 10));
        let name = format!("{} of {}", shape.0, shape.1);
        (name, small.into_bytes(), large.into_bytes())
    }));
}

#[test]
fn ok_ten_times_the_parts_of_a_value_take_ten_times_the_time() {
    assert_linear(VALUES.iter().map(|(name, version, before, many, after)| {
        let card = |count: usize| {
            let many = many.repeat(count);
            let lines = format!("{before}{many}{after}");
            format!(
                "BEGIN:VCARD\r\nVERSION:{version}\r\nFN:A\r\nN:A;;;;\r\n{lines}\r\nEND:VCARD\r\n"
            )
        };
        let count = (SIZE / many.len()).max(400);
        let name = format!("{name} of {version}");
        (
            name,
            card(count).into_bytes(),
            card(count * 10).into_bytes(),
        )
    }));
}

#[test]
fn ok_ten_times_of_whatever_is_hostile_takes_ten_times_the_time() {
    let shapes = hostile::all(SIZE).into_iter();
    assert_linear(shapes.map(|shape| {
        let (small, large) = (shape.bytes(1), shape.bytes(10));
        (shape.name, small, large)
    }));
}
