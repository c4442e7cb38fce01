//! Dates, timestamps and positions as producers write them, and what is said of them.

use vcardinal::property;
use vcardinal::typed::AnyValue;
use vcardinal::validate::{Profile, Severity, validate};
use vcardinal::value::{DateOrText, Geo, GeoOrUri, Uri, Value};
use vcardinal::{Card, Version};

#[test]
fn ok_dates_as_producers_write_them() {
    let read = |line: &str| {
        let text =
            format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nN:A;;;;\r\n{line}\r\nEND:VCARD\r\n");
        let card = Card::parse(&text).unwrap();
        let value = card.properties().next_back().unwrap().value();
        let found = validate(&card, Profile::Declared);
        let of_line = found.iter().filter(|finding| finding.line == 5);
        let messages: Vec<_> = of_line
            .map(|finding| (finding.severity, finding.message.to_string()))
            .collect();
        (
            value
                .map(|value| format!("{value:?}"))
                .map_err(|error| error.to_string()),
            messages,
        )
    };
    let whole = read("REV:2019-02-11T08:15:00Z").0.unwrap();
    for line in [
        "REV:2019-02-11T08:15:00Z(1)",
        "REV:2019-02-11T08:15:00Z(27)",
    ] {
        let (value, messages) = read(line);
        assert_eq!(value.as_ref(), Ok(&whole), "{line}");
        assert_eq!(
            messages,
            [(
                Severity::Warning,
                "text after the end of the time".to_owned()
            )],
            "{line}"
        );
    }
    assert!(read("REV:2019-02-11T08:15:00Z(a)").0.is_err());
    assert!(read("REV:2019-02-11T08:15:00Z 2").0.is_err());
    let whole = read("BDAY:1991-03-09").0.unwrap();
    for line in ["BDAY:1991-3-9", "BDAY:1991-03-9", "BDAY:1991-3-09"] {
        let (value, messages) = read(line);
        assert_eq!(value.as_ref(), Ok(&whole), "{line}");
        assert!(
            messages
                .iter()
                .all(|(severity, text)| *severity == Severity::Warning
                    && text.contains("two digits")),
            "{line}: {messages:?}"
        );
        assert!(!messages.is_empty());
    }
    assert!(read("BDAY:1991-2-30").0.is_err());
    assert!(read("BDAY:1991-13-1").0.is_err());
    for (line, separator) in [
        ("BDAY:1991/03/09", "\"/\""),
        ("BDAY:1991.03.09", "\".\""),
        ("BDAY:1991-03/09", "\"/\""),
        ("REV:1991/03/09", "\"/\""),
    ] {
        let (value, messages) = read(line);
        assert!(value.unwrap_err().starts_with(separator), "{line}");
        let [(Severity::Error, message)] = messages.as_slice() else {
            panic!("{line}: {messages:?}");
        };
        assert!(message.starts_with(separator), "{line}: {message}");
    }
}

#[test]
fn ok_a_date_of_another_calendar_is_no_gregorian_one() {
    let card = |parameters: &str| {
        let text = format!(
            "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nBDAY{parameters}:57520315\r\nEND:VCARD\r\n"
        );
        Card::parse(&text).unwrap()
    };
    for gregorian in ["", ";CALSCALE=gregorian", ";CALSCALE=Gregorian"] {
        let card = card(gregorian);
        let birthday = card.birthday().unwrap().value().unwrap();
        assert_eq!(birthday.date().unwrap().year(), Some(5752), "{gregorian}");
    }
    for other in [
        ";CALSCALE=x-hebrew",
        ";CALSCALE=\"x-mayan\"",
        ";calscale=iso8601",
    ] {
        let card = card(other);
        let birthday = card.birthday().unwrap();
        assert_eq!(
            birthday.value().unwrap(),
            DateOrText::Text("57520315".into()),
            "{other}"
        );
        assert_eq!(birthday.value().unwrap().date(), None, "{other}");
        assert!(birthday.parameter("CALSCALE").is_some());
    }
}

#[test]
fn ok_a_geo_of_another_scheme_is_a_uri() {
    for (line, uri) in [
        ("GEO:https://maps.example.com/odalys", true),
        ("GEO: HTTPS://maps.example.com/odalys", true),
        ("GEO:urn:ogc:def:crs:EPSG::4326", true),
        ("GEO;VALUE=uri:https://maps.example.com/a\\,b", true),
        ("GEO:geo:1\\,2", false),
        ("GEO:1;2", false),
    ] {
        let text = format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n{line}\r\nEND:VCARD\r\n");
        let mut card = Card::parse(&text).unwrap();
        let geo = card.geo().unwrap().value().unwrap().into_owned();
        assert_eq!(matches!(geo, GeoOrUri::Uri(_)), uri, "{line}");
        assert_eq!((geo.uri().is_some(), geo.geo().is_some()), (uri, !uri));
        let any = card.property("GEO").unwrap().value().unwrap();
        assert_eq!(any, AnyValue::GeoOrUri(geo.clone()), "{line}");
        // The same set back changes nothing, and what is set is read back.
        card.set::<property::Geo>(geo.clone()).unwrap();
        assert_eq!(card.to_string(), text, "{line}");
        card.set::<property::Geo>(Geo::new(3.0, 4.0).unwrap())
            .unwrap();
        card.set::<property::Geo>(geo.clone()).unwrap();
        assert_eq!(card.geo().unwrap().value().unwrap(), geo, "{line}");
    }
    for line in ["GEO:geo:91,181", "GEO:here", "GEO:geo:", "GEO:"] {
        let text = format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n{line}\r\nEND:VCARD\r\n");
        let card = Card::parse(&text).unwrap();
        assert!(card.geo().unwrap().value().is_err(), "{line}");
        assert!(card.property("GEO").unwrap().value().is_err(), "{line}");
    }
    // Before 4.0 there are two numbers and nothing else.
    let map = || Uri::new("https://maps.example.com/odalys").unwrap();
    let old = Card::builder(Version::V3_0)
        .fill_required()
        .with::<property::Geo>(GeoOrUri::from(map()))
        .build();
    assert!(old.is_err());
    // A position is not to be given as a URI.
    let geo = GeoOrUri::Uri(Uri::new("geo:1,2").unwrap());
    assert!(geo.to_text(Version::V4_0).is_err());
}
