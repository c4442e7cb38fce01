//! What holds for every input, tried on random ones. `PROPTEST_CASES=100000 cargo test --release
//! --all-features --test changing laws` tries more of them.

#[cfg(feature = "serde")]
use crate::common::contact_laws;
#[cfg(feature = "convert")]
use crate::common::convert_laws;
#[cfg(all(feature = "jcard", feature = "xcard", feature = "jscontact"))]
use crate::common::format_laws;
#[cfg(feature = "sign")]
use crate::common::receive_laws;
use crate::common::{cases, choices, laws, set_laws, stage_laws, value_laws};
use cases::cases;
use choices::Choices;
use proptest::prelude::*;
use vcardinal::Limits;

use crate::common;

/// Bytes that show as text when a case fails.
#[derive(Clone)]
struct Bytes(Vec<u8>);

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

impl std::ops::Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// Pieces that matter to the line grammar, so that random inputs meet its corners.
fn soup(most: usize) -> impl Strategy<Value = Bytes> {
    let piece = prop_oneof![
        12 => prop::sample::select(vec![
            "BEGIN:VCARD\n", "END:VCARD\n", "begin : vcard ", "BEGIN:VCARD", "END:VCARD", "VERSION:2.1\r\n", "VERSION:4.0\n",
            "VERSION:3.0\r", "\r\n", "\n", "\r", " ", "\t", "=", ":", ";", ",", "\"", "\\", ".", "NOTE", "NOTE:a\r\n",
            "AGENT:", "AGENT:\n", "PHOTO;BASE64:", "QUJD\n", "ENCODING=b", "QUOTED-PRINTABLE", "END", "BEG", "IN:VCARD",
            "X;ENCODING=QUOTED-PRINTABLE:", "TEL;TYPE=\"a:b\":1\n", "\r\n ", "=\r\n", "\u{feff}", "é", "item1.",
            "N:Quist;Zoë\\;x,y;;\n", "TEL;X=a\\:b:1\n", ";CHARSET=ISO-8859-1:", "X-A;B=\"c\n",
            "TEL;X-CUSTOM(ENCODING=QUOTED-PRINTABLE,=4=\n", "=41=\r\n", "=42):1\n", ")",
        ]).prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(piece, 0..most).prop_map(|pieces| Bytes(pieces.concat()))
}

/// A card of some version with a few such lines in it.
fn card() -> impl Strategy<Value = Bytes> {
    let version = prop::sample::select(vec![
        "",
        "VERSION:2.1\n",
        "VERSION:3.0\r\n",
        "VERSION:4.0\r\n",
    ]);
    let fixture = prop::sample::select(small_fixtures());
    prop_oneof![
        (version, soup(24), any::<bool>()).prop_map(|(version, lines, closed)| {
            let end: &[u8] = if closed { b"\nEND:VCARD" } else { b"" };
            Bytes([b"BEGIN:VCARD\n", version.as_bytes(), &lines, end].concat())
        }),
        fixture,
    ]
}

fn small_fixtures() -> Vec<Bytes> {
    common::fixtures()
        .into_iter()
        .map(|path| std::fs::read(path).unwrap())
        .filter(|bytes| bytes.len() < 1500)
        .map(Bytes)
        .collect()
}

/// Limits so small that random inputs reach them.
fn small_limits() -> impl Strategy<Value = Limits> {
    let at_most = |most| prop_oneof![Just(usize::MAX), 1..most];
    (
        at_most(60usize),
        at_most(120),
        at_most(6),
        at_most(3),
        0usize..3,
    )
        .prop_map(|(line, card, properties, parameters, nesting)| {
            let mut limits = Limits::default();
            limits.line = line.min(limits.line);
            limits.card = card.min(limits.card);
            limits.properties = properties;
            limits.parameters = parameters;
            limits.nesting = nesting;
            limits
        })
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn ok_reading_does_not_depend_on_the_cut(bytes in soup(60)) {
        laws::reading(&bytes, &Limits::default());
    }

    #[test]
    fn ok_limits_do_not_depend_on_the_cut(bytes in soup(60), limits in small_limits()) {
        laws::reading(&bytes, &limits);
    }

    #[test]
    fn ok_lines_do_not_depend_on_the_cut(bytes in soup(30), limits in small_limits()) {
        laws::lines(&bytes, &Limits::default());
        laws::lines(&bytes, &limits);
    }

    #[test]
    fn ok_any_bytes_copy_identically(bytes in prop::collection::vec(any::<u8>(), 0..300).prop_map(Bytes)) {
        laws::reading(&bytes, &Limits::default());
    }

    #[test]
    fn ok_every_question_has_an_answer(bytes in card()) {
        laws::asking(&bytes);
    }

    #[test]
    fn ok_cards_of_many_inputs_stay_apart(one in soup(12), two in card(), three in card()) {
        laws::writing(&[&one, &two, &three]);
    }

    #[test]
    fn ok_edits_touch_nothing_else(bytes in card(), choices in prop::collection::vec(any::<u8>(), 0..120).prop_map(Bytes)) {
        laws::editing(&bytes, &mut Choices::new(&choices));
    }

    #[test]
    fn ok_any_strings_are_built_into_lines(choices in prop::collection::vec(any::<u8>(), 0..300).prop_map(Bytes)) {
        laws::building(&mut Choices::new(&choices));
    }
}

/// Lines that mean something to the stages above the line grammar.
fn lines_of_properties() -> impl Strategy<Value = Bytes> {
    let line = prop::sample::select(vec![
        "FN:Zoë\r\n",
        "FN:\u{e9}\n",
        "N:Quist;Zoë;;;\r\n",
        "N;CHARSET=ISO-8859-1:a;b\n",
        "ORG:A,B;C\n",
        "ORG;SORT-AS=a:B\n",
        "TEL;TYPE=cell,pref:+14155550123\r\n",
        "TEL;VALUE=uri:tel:+1-415-555-0123;ext=1\n",
        "item1.TEL:+14155550199\n",
        "item1.X-ABLabel:Boat\n",
        "EMAIL;TYPE=INTERNET:a@b.example\n",
        "BDAY:1985-04-12\n",
        "BDAY;VALUE=date:--0412\r\n",
        "REV:1996-10-22T14:00:00Z\n",
        "GEO:geo:1\\,2;u=3\n",
        "GEO:37.3;-122.1\n",
        "TZ:-0500\n",
        "PHOTO;ENCODING=b;TYPE=GIF:R0lGOA\n",
        "KEY;ENCODING=b;TYPE=X509:AA==\n",
        "SOUND;ENCODING=b;TYPE=MPEG:AAAA\n",
        "PHOTO:data:image/gif;base64\\,R0lG\n",
        "CATEGORIES:a\\,b,c\n",
        "RELATED;TYPE=friend:urn:uuid:1\n",
        "CLIENTPIDMAP:1;urn:uuid:2\n",
        "GENDER:M;a\n",
        "X-ANNIVERSARY:2001-02-03\n",
        "ADR;LABEL=\"a^nb\":;;c;d;e;f;g\n",
        "NOTE;ENCODING=QUOTED-PRINTABLE:=C3=AB=\n b\n",
        "N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Zo=C3=AB;=3B\n",
        "LANG;PREF=1:en\n",
        "URL:http://a.example/\\,\n",
        "no colon\n",
        "NOTE:a\rlong long long long long long long long long long long long long long long long\n",
        "\n",
        "X-A;=b:c\n",
    ]);
    let version = prop::sample::select(vec![
        "VERSION:2.1\n",
        "VERSION:3.0\r\n",
        "VERSION:4.0\r\n",
        "",
    ]);
    let end = prop::sample::select(vec!["END:VCARD\r\n", "END:VCARD\n", ""]);
    (
        version,
        prop::collection::vec(line, 0..8),
        any::<Option<(prop::sample::Index, u8)>>(),
        end,
    )
        .prop_map(|(version, lines, damage, end)| {
            let mut bytes = format!("BEGIN:VCARD\r\n{version}{}{end}", lines.concat()).into_bytes();
            if let Some((at, byte)) = damage {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            Bytes(bytes)
        })
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn ok_a_value_set_back_changes_nothing(bytes in lines_of_properties()) {
        stage_laws::typed(&bytes);
    }

    #[test]
    fn ok_findings_have_their_place_and_repairs_break_nothing(bytes in prop_oneof![lines_of_properties(), card()]) {
        stage_laws::checked(&bytes);
    }

    #[test]
    fn ok_the_canonical_layout_is_for_good(bytes in prop_oneof![lines_of_properties(), card()]) {
        stage_laws::canonical(&bytes);
    }

    #[test]
    fn ok_what_a_value_writes_it_reads(choices in prop::collection::vec(any::<u8>(), 0..30).prop_map(Bytes)) {
        value_laws::values(&Choices::new(&choices).text());
    }

    #[test]
    fn ok_set_touches_no_other_line(
        bytes in lines_of_properties(),
        choices in prop::collection::vec(any::<u8>(), 0..120).prop_map(Bytes),
    ) {
        set_laws::setting(&bytes, &mut Choices::new(&choices));
    }

    #[cfg(feature = "convert")]
    #[test]
    fn ok_any_card_is_converted_whole(bytes in prop_oneof![lines_of_properties(), card()]) {
        convert_laws::converting(&bytes);
    }

    #[cfg(feature = "serde")]
    #[test]
    fn ok_a_contact_changes_only_what_it_says(bytes in lines_of_properties()) {
        contact_laws::contacts(&[b"\0", &*bytes].concat());
    }
}

/// No property is left out of the law of typed access.
#[test]
fn ok_every_marker_is_asked_with() {
    let source = std::fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/typed/property.rs"),
    );
    let source = source.unwrap();
    let rows = source.lines().filter_map(|line| line.strip_prefix("    "));
    let markers: Vec<&str> = rows
        .filter(|row| row.contains(" borrowing ") || row.contains(" holding "))
        .filter_map(|row| row.split(' ').next())
        .filter(|marker| marker.starts_with(|first: char| first.is_ascii_uppercase()))
        .collect();
    assert!(markers.len() > 40, "{markers:?}");
    assert_eq!(markers, stage_laws::MARKERS);
}

/// What found something once goes on being tried.
#[test]
fn ok_the_seeds_of_the_fuzz_targets() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    for target in std::fs::read_dir(folder).unwrap() {
        let target = target.unwrap();
        for seed in std::fs::read_dir(target.path()).unwrap() {
            let data = std::fs::read(seed.unwrap().path()).unwrap();
            let Some((len, rest)) = data.split_last() else {
                continue;
            };
            let (bytes, decisions) = rest.split_at(rest.len() - usize::from(*len).min(rest.len()));
            match target.file_name().to_str().unwrap() {
                "typed" => {
                    stage_laws::typed(bytes);
                    value_laws::values(&String::from_utf8_lossy(decisions));
                }
                "findings" => stage_laws::checked(bytes),
                "canonical" => stage_laws::canonical(bytes),
                #[cfg(feature = "convert")]
                "converts" => convert_laws::converting(bytes),
                "set" => set_laws::setting(bytes, &mut Choices::new(decisions)),
                #[cfg(feature = "serde")]
                "contact" => contact_laws::contacts(&data),
                #[cfg(feature = "sign")]
                "receive" => receive_laws::receiving(&data),
                #[cfg(all(feature = "jcard", feature = "xcard", feature = "jscontact"))]
                "jcard" => format_laws::jcards(&data),
                #[cfg(all(feature = "jcard", feature = "xcard", feature = "jscontact"))]
                "xcard" => format_laws::xcards(&data),
                #[cfg(all(feature = "jcard", feature = "xcard", feature = "jscontact"))]
                "jscontact" => format_laws::jscontacts(&data),
                #[cfg(not(feature = "jscontact"))]
                "jcard" | "xcard" | "jscontact" | "converts" | "contact" | "receive" => {}
                other => panic!("no law for the seeds of {other}"),
            }
        }
    }
}
