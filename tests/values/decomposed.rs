//! A property taken apart and put together says what it said, unless that is named.

use proptest::prelude::*;
use vcardinal::decomposed::{Decomposed, Deviation, Type, Values, card_of};
use vcardinal::registry::ValueType;
use vcardinal::{Card, CardReader, Limits, PropertyRef, Version};

use crate::common;
use crate::common::{any_cards, cards, cases, growth};

/// A card with this one property of another.
fn alone(property: &PropertyRef<'_>) -> Card {
    let mut bytes = b"BEGIN:VCARD\r\nVERSION:4.0\r\n".to_vec();
    bytes.extend_from_slice(property.raw());
    if !bytes.ends_with(b"\n") {
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"END:VCARD\r\n");
    Card::parse(bytes).unwrap()
}

/// Each property comes back with the same content, or a deviation is named.
fn check(card: &Card) -> usize {
    let mut checked = 0;
    if card.version() != Some(Version::V4_0) {
        return 0;
    }
    for property in card.properties() {
        if property.is("VERSION") || property.is("BEGIN") || property.is("END") {
            continue;
        }
        let parts = Decomposed::of(&property);
        let Ok(composed) = parts.to_properties() else {
            let named = [Deviation::Nameless, Deviation::Renamed];
            let short = parts.deviations.iter().any(|one| named.contains(one));
            assert!(
                short
                    || property.name().len() > 255
                    || matches!(parts.value_type, Type::Other(_))
                    || property.group().is_some(),
                "{parts:?}"
            );
            continue;
        };
        let Ok(back) = card_of(composed.properties) else {
            panic!("{parts:?}");
        };
        if !parts.deviations.is_empty() || !composed.deviations.is_empty() {
            continue;
        }
        let before = alone(&property);
        assert!(before.same_content(&back), "{before}{back}{parts:?}");
        checked += 1;
    }
    checked
}

#[test]
fn ok_fixtures_come_back() {
    let mut checked = 0;
    for file in common::fixtures() {
        for card in CardReader::from_slice(&std::fs::read(file).unwrap()) {
            checked += card.map_or(0, |card| check(&card));
        }
    }
    assert!(checked > 1500, "{checked}");
}

#[test]
fn ok_the_corpus_comes_back() {
    for file in common::corpus() {
        for card in CardReader::from_slice(&std::fs::read(file).unwrap()).flatten() {
            check(&card);
        }
    }
}

proptest! {
    #![proptest_config(cases::cases(200))]

    #[test]
    fn ok_built_cards_come_back(card in cards::any_card(Version::V4_0)) {
        for property in card.properties() {
            let parts = Decomposed::of(&property);
            prop_assert_eq!(&parts.deviations, &[], "{}", property.text_lossy());
        }
        check(&card);
    }

    #[test]
    fn ok_faulty_cards_come_back(card in any_cards::any_card()) {
        check(&card.0);
    }
}

fn parts_of(version: &str, line: &str) -> (String, Values<'static>, Vec<Deviation>) {
    let card = Card::parse(format!(
        "BEGIN:VCARD\nVERSION:{version}\n{line}\nEND:VCARD\n"
    ))
    .unwrap();
    let property = card.properties().nth(1).unwrap();
    let parts = Decomposed::of(&property);
    let own = |texts: &[std::borrow::Cow<'_, str>]| -> Vec<std::borrow::Cow<'static, str>> {
        texts.iter().map(|text| text.to_string().into()).collect()
    };
    let values = match &parts.values {
        Values::One(text) => Values::One(text.to_string().into()),
        Values::Texts(texts) => Values::Texts(own(texts)),
        Values::Components(all) => Values::Components(all.iter().map(|texts| own(texts)).collect()),
        other => panic!("{other:?}"),
    };
    (
        parts.value_type.as_str().to_owned(),
        values,
        parts.deviations,
    )
}

#[test]
fn ok_types_and_values() {
    use Deviation::{NotOfType, TypeNotPermitted};
    let one = |text: &str| Values::One(text.to_owned().into());
    for (line, value_type, value, deviations) in [
        ("TEL:tel:+1", "text", "tel:+1", &[][..]),
        ("TEL;VALUE=uri:tel:+1", "uri", "tel:+1", &[]),
        ("TEL;VALUE=integer:1", "text", "1", &[TypeNotPermitted]),
        ("NOTE:a\\, b\\nc\\\\d\\;e", "text", "a, b\nc\\d;e", &[]),
        ("X-A:a\\,b;c", "unknown", "a\\,b;c", &[]),
        ("X-A;VALUE=Text:a\\,b;c", "text", "a,b;c", &[]),
        ("X-A;VALUE=X-Mine:a\\,b", "x-mine", "a\\,b", &[]),
        ("X-ANNIVERSARY:2020-01-01", "unknown", "2020-01-01", &[]),
        ("AGENT:x", "unknown", "x", &[]),
        ("BDAY:19850412", "date-and-or-time", "19850412", &[]),
        ("BDAY:1985-04-12", "date-and-or-time", "19850412", &[]),
        ("BDAY;VALUE=date:--0412", "date", "--0412", &[]),
        ("BDAY;VALUE=text:circa 1800", "text", "circa 1800", &[]),
        (
            "BDAY:circa 1800",
            "unknown",
            "circa 1800",
            &[NotOfType(ValueType::DateAndOrTime)],
        ),
        ("REV:20200101T000000Z", "timestamp", "20200101T000000Z", &[]),
        ("TZ;VALUE=utc-offset:-05:00", "utc-offset", "-0500", &[]),
        ("LANG:de-CH", "language-tag", "de-CH", &[]),
        (
            "X-B;VALUE=boolean:perhaps",
            "unknown",
            "perhaps",
            &[NotOfType(ValueType::Boolean)],
        ),
        (
            "X-I;VALUE=integer:123456789012345678901",
            "integer",
            "123456789012345678901",
            &[],
        ),
        ("GEO:geo:1\\,2", "uri", "geo:1,2", &[]),
        // As typed access reads it: of two backslashes one escapes the other.
        ("URL:http://e.com/a\\\\,b", "uri", "http://e.com/a\\,b", &[]),
        ("BIRTHPLACE:Leeds", "text", "Leeds", &[]),
        ("SOCIALPROFILE:https://e.com", "uri", "https://e.com", &[]),
    ] {
        let values = match value_type {
            "integer" => Values::Texts(vec![value.to_owned().into()]),
            _ => one(value),
        };
        let found = parts_of("4.0", line);
        assert_eq!(
            found,
            (value_type.to_owned(), values, deviations.to_vec()),
            "{line}"
        );
    }
    let list = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| (*text).to_owned().into())
            .collect::<Vec<_>>()
    };
    for (line, parts) in [
        (
            "N:Quist;Zoë;A,B\\,C;;",
            vec![
                list(&["Quist"]),
                list(&["Zoë"]),
                list(&["A", "B,C"]),
                list(&[""]),
                list(&[""]),
            ],
        ),
        (
            "ORG:Nut, Bolt\\; Co;Rings",
            vec![list(&["Nut, Bolt; Co"]), list(&["Rings"])],
        ),
        ("GENDER:;x", vec![list(&[""]), list(&["x"])]),
        (
            "CLIENTPIDMAP:1;urn:uuid:a",
            vec![list(&["1"]), list(&["urn:uuid:a"])],
        ),
    ] {
        assert_eq!(parts_of("4.0", line).1, Values::Components(parts), "{line}");
    }
    assert_eq!(
        parts_of("4.0", "CATEGORIES:a,b\\,c").1,
        Values::Texts(list(&["a", "b,c"]))
    );
    assert_eq!(
        parts_of("4.0", "X-I;VALUE=integer:1,2").1,
        Values::Texts(list(&["1", "2"]))
    );
    // Before 4.0: text of another charset, and dates as they are.
    assert_eq!(parts_of("3.0", "BDAY:1985-04-12").1, one("1985-04-12"));
    assert_eq!(
        parts_of("2.1", "N;ENCODING=QUOTED-PRINTABLE:=C3=A9;b").1,
        Values::Components(vec![list(&["é"]), list(&["b"])])
    );
    assert_eq!(
        parts_of("3.0", "GEO:1;2").1,
        Values::Components(vec![list(&["1"]), list(&["2"])])
    );
}

#[test]
fn ok_parameters() {
    for (line, name, values) in [
        (
            "TEL;TYPE=home;X-A=1;type=\"work,cell\":1",
            "type",
            &["home", "work", "cell"][..],
        ),
        (
            "N;SORT-AS=\"Dam,Ira\":van Dam;Ira;;;",
            "SORT-AS",
            &["Dam", "Ira"],
        ),
        ("FN;SORT-AS=\"Dam,Ira\":a", "SORT-AS", &["Dam,Ira"]),
        ("NOTE;X-P=\"a,^'b^'\":t", "x-p", &["a,\"b\""]),
        ("ADR;LABEL=\"a\\nb\\, c\":;;;;;;", "LABEL", &["a\nb, c"]),
        ("TEL;HOME:1", "TYPE", &["HOME"]),
    ] {
        let card = Card::parse(format!("BEGIN:VCARD\nVERSION:4.0\n{line}\nEND:VCARD\n")).unwrap();
        let property = card.properties().nth(1).unwrap();
        let parts = Decomposed::of(&property);
        assert_eq!(parts.parameter(name).unwrap(), values, "{line}");
    }
    let line = "TEL;GROUP=a;VALUE=text;ENCODING=8BIT:1";
    assert_eq!(parts_of("4.0", line).2, [Deviation::GroupParameter]);
}

#[test]
fn ok_many_parameters_and_values_are_linear() {
    fn take_apart(bytes: &[u8], limits: &Limits) {
        let card = Card::parse_with(bytes, limits.clone()).unwrap();
        for property in card.properties() {
            let parts = Decomposed::of(&property);
            card_of(parts.to_properties().unwrap().properties).unwrap();
        }
    }
    let limits = Limits::none();
    let of = |line: String| format!("BEGIN:VCARD\nVERSION:4.0\n{line}\nEND:VCARD\n");
    let lines: [fn(usize) -> String; 3] = [
        |times| {
            let names: Vec<String> = (0..times).map(|at| format!(";X-{at}=1")).collect();
            format!("TEL{}:1", names.concat())
        },
        |times| format!("N:{}", "a,".repeat(times)),
        |times| format!("TEL;TYPE=\"{}\":", "a,".repeat(times)),
    ];
    for line in lines {
        let growth = growth::growth(
            of(line(2_000)).as_bytes(),
            of(line(20_000)).as_bytes(),
            take_apart,
            &limits,
        );
        assert!(growth < growth::MOST_TEXTS, "{growth}");
    }
}
