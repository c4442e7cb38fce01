//! Typed access to the properties of a card.

use vcardinal::property;
use vcardinal::typed::{AccessErrorKind, Entry, Phone, SetErrorKind, Typed, TypedProperty};
use vcardinal::value::{
    Address, DateOrText, E164, Key, Kind, Media, Name, PartialDate, Pref, Telephone, Text,
    TextList, TimeZone, Uri, UriOrText,
};
use vcardinal::{Card, CardReader, Property, Version};

use crate::common;

fn card(version: &str, lines: &str) -> Card {
    Card::parse(format!(
        "BEGIN:VCARD\r\nVERSION:{version}\r\n{lines}\r\nEND:VCARD\r\n"
    ))
    .unwrap()
}

/// Media type and base64 of what stands inline in PHOTO.
fn inline(version: &str, line: &str) -> Option<Result<(String, Option<String>), String>> {
    let card = card(version, line);
    let data = card.property("PHOTO").unwrap().binary()?;
    Some(match data {
        Ok(data) => Ok((
            data.media_type().to_owned(),
            data.as_base64().map(str::to_owned),
        )),
        Err(error) => Err(error.to_string()),
    })
}

#[test]
fn ok_inline_data_as_producers_write_it() {
    for (version, line, media_type, base64) in [
        (
            "3.0",
            "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4A==",
            "image/jpeg",
            "/9j/4A==",
        ),
        (
            "3.0",
            "PHOTO;ENCODING=B;TYPE=jpg:/9j/4A",
            "image/jpeg",
            "/9j/4A",
        ),
        ("3.0", "PHOTO;ENCODING=b:/9j/\r\n 4A==", "", "/9j/4A=="),
        (
            "2.1",
            "PHOTO;ENCODING=BASE64;TYPE=GIF:\r\n R0lG\r\n ODlh\r\n",
            "image/gif",
            "R0lGODlh",
        ),
        (
            "2.1",
            "PHOTO;GIF;BASE64:\r\n R0lG\r\n ODlh\r\n",
            "image/gif",
            "R0lGODlh",
        ),
        ("3.0", "PHOTO;ENCODING=b;TYPE=wav:R0lG", "audio/wav", "R0lG"),
        (
            "3.0",
            "PHOTO;ENCODING=b;TYPE=PGP:R0lG",
            "application/pgp-keys",
            "R0lG",
        ),
        (
            "3.0",
            "PHOTO;ENCODING=b;TYPE=image/webp:R0lG",
            "image/webp",
            "R0lG",
        ),
        (
            "3.0",
            "PHOTO;ENCODING=b:data:image/png;base64,iVBO",
            "image/png",
            "iVBO",
        ),
        (
            "4.0",
            r"PHOTO:data:image/png;base64\,iVBO",
            "image/png",
            "iVBO",
        ),
        (
            "2.1",
            r"PHOTO:data:image/png;base64\,iVBO",
            "image/png",
            "iVBO",
        ),
        (
            "4.0",
            "PHOTO:DATA:image/png;BASE64,iV\r\n  BO",
            "image/png",
            "iVBO",
        ),
    ] {
        let expected = (media_type.to_owned(), Some(base64.to_owned()));
        assert_eq!(inline(version, line), Some(Ok(expected)), "{line}");
    }
    let text = inline("4.0", "PHOTO:data:text/plain,a%20b");
    assert_eq!(text, Some(Ok(("text/plain".to_owned(), None))));
    for line in ["PHOTO:https://example.com/a.gif", "PHOTO:R0lG", "PHOTO:"] {
        assert_eq!(inline("4.0", line), None, "{line}");
    }
}

#[test]
fn err_inline_data_that_is_damaged() {
    let damaged = |line| inline("3.0", line).unwrap().unwrap_err();
    assert_eq!(damaged("PHOTO;ENCODING=b:R0!G"), "expected base64 text");
    assert_eq!(damaged("PHOTO;ENCODING=b:"), "empty; expected base64 text");
    assert_eq!(
        damaged("PHOTO:data:image/png;base64"),
        "expected a data: URI, as data:image/png;base64,iVBORw0K"
    );
}

/// The only card of a fixture.
fn fixture(path: &str) -> Card {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(path);
    Card::parse(std::fs::read(path).unwrap()).unwrap()
}

fn text(property: Option<Typed<'_, impl for<'a> TypedProperty<Value<'a> = Text<'a>>>>) -> String {
    property.unwrap().value().unwrap().as_str().to_owned()
}

#[test]
fn ok_labels_of_apple() {
    let card = fixture("producers/apple/macos-groups-and-labels.vcf");
    let emails: Vec<_> = card
        .emails()
        .map(|email| {
            let address = email.value().unwrap().into_cow();
            (
                address,
                email.label(),
                email.label_or("other"),
                email.pref(),
            )
        })
        .collect();
    assert_eq!(
        emails,
        [
            (
                "mira@halvorsen.example".into(),
                Some("home".into()),
                "home".into(),
                Some(Pref::FIRST)
            ),
            (
                "mira@boat.example".into(),
                Some("boat".into()),
                "boat".into(),
                None
            ),
        ]
    );
    let url = card.urls().next().unwrap();
    assert_eq!(url.value().unwrap().as_str(), "https://halvorsen.example");
    assert_eq!(url.label().as_deref(), Some("homepage"));
    let chat = card.impps().next().unwrap();
    assert_eq!(chat.label_or("other"), "chat");
    assert_eq!(chat.value().unwrap().scheme(), Some("xmpp"));
    let address = card.preferred_address().unwrap();
    assert_eq!(address.value().unwrap().street(), ["1 Quay"]);
    assert_eq!(address.label().as_deref(), Some("home"));
    assert_eq!(card.preferred_phone().unwrap().label_or("other"), "mobile");
}

#[test]
fn ok_labels_are_bound_whatever_the_letter_case_and_place() {
    let card = card(
        "3.0",
        "ITEM1.x-ablabel:_$!<Work>!$_\r\nitem1.TEL:1\r\nTEL:2\r\nitem2.TEL:3\r\n\
         item2.X-ABLabel:\r\nitem3.TEL;TYPE=VOICE,Car:4\r\nitem3.X-ABLabel: _$!<a\\, b>!$_",
    );
    let labels: Vec<_> = card.phones().map(|phone| phone.label()).collect();
    assert_eq!(
        labels,
        [Some("work".into()), None, None, Some("a, b".into())]
    );
    let labels: Vec<_> = card.phones().map(|phone| phone.label_or("?")).collect();
    assert_eq!(labels, ["work", "?", "?", "a, b"]);
}

#[test]
fn ok_years_that_apple_omits() {
    let bday = |version, line| {
        let card = card(version, line);
        let date = card.birthday().unwrap().value().unwrap().date().unwrap();
        (date.year(), date.month(), date.day())
    };
    let unknown = (None, Some(3), Some(22));
    assert_eq!(
        bday("3.0", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-22"),
        unknown
    );
    assert_eq!(bday("4.0", "BDAY;X-APPLE-OMIT-YEAR=1604:16040322"), unknown);
    assert_eq!(
        bday("3.0", "BDAY;X-APPLE-OMIT-YEAR=1604:1981-03-22"),
        (Some(1981), Some(3), Some(22))
    );
    assert_eq!(
        bday("3.0", "BDAY;value=date:1604-03-22"),
        (Some(1604), Some(3), Some(22))
    );
    assert_eq!(bday("4.0", "BDAY:--0322"), unknown);
}

#[test]
fn ok_values_of_2_1() {
    let card = fixture("cards/bare-parameters-2.1.vcf");
    let phones: Vec<_> = card
        .phones()
        .map(|phone| {
            let number = phone.value().unwrap().number().unwrap().to_owned();
            (number, phone.types().to_string(), phone.is_preferred())
        })
        .collect();
    assert_eq!(
        phones,
        [
            ("+1-415-555-0194".into(), "HOME,VOICE,PREF".into(), true),
            ("+1-415-555-0195".into(), "WORK,FAX".into(), false),
        ]
    );
    assert_eq!(text(card.preferred_email()), "odalys@fable.example");
    let photo = card.photo().unwrap().value().unwrap();
    assert!(
        matches!(&photo, Media::Uri(uri) if uri.as_str() == "https://pics.example/odalys.gif"),
        "{photo:?}"
    );
    let address = card.addresses().next().unwrap().value().unwrap();
    assert_eq!(address.po_box(), ["PO Box 7"]);
    let name = card.names().next().unwrap().value().unwrap();
    assert_eq!(name.to_string(), "Odalys Brook");

    let card = fixture("cards/quoted-printable-2.1.vcf");
    assert_eq!(
        text(card.notes().next()),
        "First line\nSecond line = with an equals sign\nThird line is long enough that it needs \
         a soft break somewhere in it"
    );
    let card = fixture("cards/photo-base64-2.1-block.vcf");
    let Ok(Media::Data(photo)) = card.photo().unwrap().value() else {
        panic!("inline");
    };
    assert_eq!(photo.media_type(), "image/jpeg");
    assert!(photo.as_base64().unwrap().starts_with("/9j/4AAQ"));
}

#[test]
fn ok_the_parameter_value_decides() {
    let card = card(
        "4.0",
        "TEL;VALUE=text:tel:+14155550100\r\nTEL;VALUE=uri:tel:+14155550100\r\n\
         BDAY;VALUE=text:1985\r\nBDAY;VALUE=date-and-or-time:1985\r\nRELATED;VALUE=text:urn:a\r\n\
         RELATED:urn:a\r\nTZ;VALUE=text:-0500\r\nTZ;VALUE=utc-offset:-0500\r\n\
         KEY;VALUE=text:data:,a\r\nKEY:data:,a",
    );
    let phones: Vec<_> = card.phones().map(|phone| phone.value().unwrap()).collect();
    assert!(matches!(
        &phones[..],
        [Telephone::Text(_), Telephone::Tel(_)]
    ));
    let dates: Vec<_> = card
        .all::<property::Bday>()
        .map(|date| date.value().unwrap())
        .collect();
    assert!(matches!(
        &dates[..],
        [DateOrText::Text(_), DateOrText::Date(_)]
    ));
    let related: Vec<_> = card.related().map(|one| one.value().unwrap()).collect();
    assert!(matches!(
        &related[..],
        [UriOrText::Text(_), UriOrText::Uri(_)]
    ));
    let zones: Vec<_> = card
        .all::<property::Tz>()
        .map(|zone| zone.value().unwrap())
        .collect();
    assert!(matches!(
        &zones[..],
        [TimeZone::Name(_), TimeZone::Offset(_)]
    ));
    let keys: Vec<_> = card.keys().map(|key| key.value().unwrap()).collect();
    assert!(matches!(&keys[..], [Key::Text(_), Key::Data(_)]));
}

#[test]
fn ok_preference() {
    let best = |version, lines| text(card(version, lines).preferred_email());
    assert_eq!(
        best("4.0", "EMAIL:a\r\nEMAIL;PREF=100:b\r\nEMAIL;PREF=2:c"),
        "c"
    );
    assert_eq!(best("4.0", "EMAIL;PREF=1:a\r\nEMAIL;PREF=1:b"), "a");
    assert_eq!(
        best("4.0", "EMAIL;PREF=2:a\r\nEMAIL;TYPE=\"home,pref\":b"),
        "b"
    );
    assert_eq!(best("3.0", "EMAIL:a\r\nEMAIL;type=WORK;type=pref:b"), "b");
    assert_eq!(best("2.1", "EMAIL:a\r\nEMAIL;PREF;INTERNET:b"), "b");
    assert_eq!(best("3.0", "EMAIL:a\r\nEMAIL:b"), "a");
    // What is not a preference does not count.
    for wrong in ["0", "101", "first", ""] {
        let lines = format!("EMAIL:a\r\nEMAIL;PREF={wrong}:b");
        assert_eq!(text(card("4.0", &lines).preferred_email()), "a", "{wrong}");
    }
    assert!(card("4.0", "NOTE:a").preferred_email().is_none());
}

#[test]
fn ok_alternatives_of_one_altid_are_one() {
    let card = fixture("cards/altid-4.0.vcf");
    let titles: Vec<Vec<_>> = card
        .alternatives::<property::Title>()
        .iter()
        .map(|forms| forms.iter().map(|form| text(Some(*form))).collect())
        .collect();
    assert_eq!(
        titles,
        [
            vec!["Patronne", "Boss"],
            vec!["Keeper of the Cards"],
            vec!["Helper"]
        ]
    );
    let name = |language| {
        let name = card.preferred_in::<property::N>(language).unwrap();
        name.value().unwrap().family()[0].clone().into_owned()
    };
    assert_eq!(name("en-AU"), "Asakura");
    assert_eq!(name("JA"), "朝倉");
    assert_eq!(name("fr"), "朝倉");
    assert_eq!(name("e"), "朝倉");
    assert_eq!(name(""), "朝倉");
    assert_eq!(text(card.preferred_in::<property::Title>("en")), "Boss");
    assert_eq!(
        card.names().next().unwrap().language().as_deref(),
        Some("ja")
    );
    assert_eq!(card.names().next().unwrap().alt_id().as_deref(), Some("1"));
}

#[test]
fn ok_pids() {
    let card = fixture("cards/pid-clientpidmap-4.0.vcf");
    let pids: Vec<Vec<String>> = card
        .emails()
        .map(|email| email.pid().iter().map(ToString::to_string).collect())
        .collect();
    assert_eq!(pids, [vec!["1.1", "2.1"], vec!["2.2"]]);
    let maps: Vec<_> = card
        .all::<property::ClientPidMap>()
        .map(|map| map.value().unwrap().source.get())
        .collect();
    assert_eq!(maps, [1, 2]);
}

#[test]
fn err_values_that_are_none() {
    let card = card(
        "4.0",
        "BDAY:next tuesday\r\nREV:now\r\nFN;CHARSET=x-none:a\r\nEMAIL:",
    );
    let error = card.birthday().unwrap().value().unwrap_err();
    assert!(
        matches!(error.kind(), AccessErrorKind::Value(_)),
        "{error:?}"
    );
    assert!(card.rev().unwrap().value().is_err());
    let error = card.full_names().next().unwrap().value().unwrap_err();
    assert!(
        matches!(error.kind(), AccessErrorKind::Text(_)),
        "{error:?}"
    );
    assert_eq!(text(card.emails().next()), "");
}

#[test]
fn ok_folded_values_outlive_the_property() {
    let card = card("4.0", "FN:A fold\r\n ed name\r\nN:Qu\r\n ist;A;;;");
    let (name, full) = {
        let full = card.full_names().next().unwrap().value().unwrap();
        (card.names().next().unwrap().value().unwrap(), full)
    };
    assert_eq!(full.as_str(), "A folded name");
    assert_eq!(name.family(), ["Quist"]);
}

/// Every property of every fixture has a value, or an error; no property is skipped.
#[test]
fn ok_any_value_of_the_fixtures() {
    let mut counts = [0; 2];
    for path in common::fixtures() {
        for card in CardReader::from_slice(&std::fs::read(&path).unwrap()).flatten() {
            for property in card.properties() {
                counts[usize::from(property.value().is_err())] += 1;
            }
        }
    }
    assert!(counts[0] > 2000 && counts[1] > 10, "{counts:?}");
    assert!(counts[0] > 10 * counts[1], "{counts:?}");
}

#[test]
fn ok_set_keeps_the_rest() {
    let set = |version, line: &str, set: &dyn Fn(&mut Card)| {
        let mut card = card(version, line);
        set(&mut card);
        let text = card.to_string();
        let start = format!("BEGIN:VCARD\r\nVERSION:{version}\r\n");
        let rest = text.strip_prefix(&start).unwrap();
        rest.strip_suffix("\r\nEND:VCARD\r\n").unwrap().to_owned()
    };
    let number: E164 = "+14155550123".parse().unwrap();
    let tel = move |card: &mut Card| {
        card.set::<property::Tel>(number).unwrap();
    };
    for (version, before, after) in [
        (
            "4.0",
            "a.tel;X-b=c:1",
            "a.tel;X-b=c;VALUE=uri:tel:+14155550123",
        ),
        (
            "4.0",
            "TEL;value=text;PREF=1:1",
            "TEL;VALUE=uri;PREF=1:tel:+14155550123",
        ),
        ("3.0", "TEL;TYPE=cell:1", "TEL;TYPE=cell:+14155550123"),
        ("3.0", "TEL;VALUE=uri:tel:1", "TEL:+14155550123"),
        ("2.1", "TEL;CELL:1", "TEL;CELL:+14155550123"),
        ("4.0", "NOTE:a", "NOTE:a\r\nTEL;VALUE=uri:tel:+14155550123"),
        ("3.0", "NOTE:a", "NOTE:a\r\nTEL:+14155550123"),
    ] {
        assert_eq!(set(version, before, &tel), after);
    }
    let note = |card: &mut Card| {
        card.set::<property::Note>("Zoë, a;\nb").unwrap();
    };
    for (version, before, after) in [
        (
            "4.0",
            "note;LANGUAGE=en:1",
            "note;LANGUAGE=en:Zoë\\, a;\\nb",
        ),
        (
            "3.0",
            "NOTE;CHARSET=x;ENCODING=8BIT:1",
            "NOTE:Zoë\\, a\\;\\nb",
        ),
        (
            "2.1",
            "NOTE:1",
            "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Zo=C3=AB, a;=0D=0Ab",
        ),
    ] {
        assert_eq!(set(version, before, &note), after);
    }
    let date = |card: &mut Card| {
        let date = PartialDate::new(1985, 4, 12).unwrap();
        card.set::<property::Bday>(date).unwrap();
    };
    for (version, before, after) in [
        ("4.0", "BDAY;VALUE=text:circa 1985", "BDAY:19850412"),
        (
            "3.0",
            "BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-22",
            "BDAY:1985-04-12",
        ),
        ("3.0", "NOTE:a", "NOTE:a\r\nBDAY:1985-04-12"),
    ] {
        assert_eq!(set(version, before, &date), after);
    }
    let text = |card: &mut Card| {
        card.set::<property::Bday>("circa 1985").unwrap();
    };
    assert_eq!(set("4.0", "BDAY:1985", &text), "BDAY;VALUE=text:circa 1985");
    let uid = |card: &mut Card| {
        card.set::<property::Uid>(Uri::new("urn:uuid:1").unwrap())
            .unwrap();
    };
    assert_eq!(set("3.0", "UID:a", &uid), "UID:urn:uuid:1");
    assert_eq!(set("4.0", "UID;VALUE=text:a", &uid), "UID:urn:uuid:1");
}

#[cfg(feature = "base64")]
#[test]
fn ok_set_photo_in_the_form_of_the_version() {
    let data = vcardinal::value::Binary::from_bytes(b"GIF89a")
        .into_data_uri("image/gif")
        .unwrap();
    for (version, before, after) in [
        (
            "4.0",
            "PHOTO:https://example.com/a.png",
            "PHOTO:data:image/gif;base64\\,R0lGODlh",
        ),
        (
            "3.0",
            "PHOTO;VALUE=uri:https://example.com/a.png",
            "PHOTO;ENCODING=b;TYPE=GIF:R0lGODlh",
        ),
    ] {
        let mut card = card(version, before);
        card.set::<property::Photo>(Media::Data(data.clone()))
            .unwrap();
        assert!(
            card.to_string().contains(&format!("\r\n{after}\r\n")),
            "{card}"
        );
        let read = card.photo().unwrap().value().unwrap();
        assert_eq!(read, Media::Data(data.clone()));
        card.set::<property::Photo>(Media::Uri(Uri::new("https://example.com/b.png").unwrap()))
            .unwrap();
        let read = card.photo().unwrap().value().unwrap();
        assert_eq!(
            read,
            Media::Uri(Uri::new("https://example.com/b.png").unwrap())
        );
    }
}

#[test]
fn err_set_what_the_version_does_not_have() {
    let mut three = card("3.0", "FN:A");
    let before = three.to_string();
    let error = three.set::<property::Kind>(Kind::Group).unwrap_err();
    assert_eq!(
        error.to_string(),
        "KIND: vCard 3.0 does not have this property"
    );
    let error = three
        .set::<property::Bday>(DateOrText::Text("about 1790".into()))
        .unwrap_err();
    assert!(matches!(error.kind(), SetErrorKind::Value(_)), "{error:?}");
    let error = three.set::<property::Note>("a\u{7}").unwrap_err();
    assert_eq!(
        error.to_string(),
        "NOTE: the value holds a control character"
    );
    assert_eq!(three.to_string(), before);
    // But one that is there can be changed.
    let mut three = card("3.0", "KIND:org");
    three.set::<property::Kind>(Kind::Group).unwrap();
    assert!(three.to_string().contains("\r\nKIND:group\r\n"));
    let built = Card::builder(Version::V3_0)
        .with::<property::Kind>(Kind::Group)
        .build();
    assert_eq!(
        built.unwrap_err().to_string(),
        "KIND: vCard 3.0 does not have this property"
    );
}

/// What the checker calls a URI is read as one, however its colon is written.
#[test]
fn ok_a_picture_at_a_uri_with_an_escaped_colon() {
    let card = card("3.0", "PHOTO:https\\://a.example/b\\,c.png\r\nLOGO:a\\:b,c");
    let read = |name: &str| match card.property(name).unwrap().value().unwrap() {
        vcardinal::typed::AnyValue::Media(Media::Uri(uri)) => uri.as_str().to_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(read("PHOTO"), "https://a.example/b,c.png");
    assert_eq!(read("LOGO"), "a:b,c");
}

/// A property and its label are two lines, and come together or not at all.
#[test]
fn err_a_label_without_a_form_adds_nothing() {
    for version in ["3.0", "4.0"] {
        let mut card = card(version, "");
        let before = card.to_string();
        let phone = || Phone::new("+14155550123".parse::<E164>().unwrap());
        for label in ["a\u{1}b", "\0", "\u{7f}Boat"] {
            if card.add::<property::Tel>(phone().label(label)).is_err() {
                assert_eq!(card.to_string(), before, "{label:?}");
            } else {
                panic!("{label:?} is written: {card}");
            }
        }
        card.add::<property::Tel>(phone().label("Boat")).unwrap();
        assert_eq!(card.phones().count(), 1);
    }
}

#[test]
fn ok_build_in_both_versions() {
    let build = |version| {
        Card::builder(version)
            .full_name("Zoë Quist")
            .name(Name::new("Quist", "Zoë"))
            .text("NOTE", "plain")
            .property(
                Property::text("X-OWN", "a")
                    .unwrap()
                    .with_group("ITEM1")
                    .unwrap(),
            )
            .phone(
                Phone::new("+14155550123".parse::<E164>().unwrap())
                    .label("Boat")
                    .types(["cell", "voice"])
                    .preferred(),
            )
            .phone("+1 415 555 0100")
            .email(
                Entry::new("zoe@example.com")
                    .types(["work"])
                    .pref(Pref::new(7).unwrap()),
            )
            .address(
                Address::default()
                    .with_street(["1 Quay"])
                    .with_locality(["Oslo"]),
            )
            .organization("Lamps; and more")
            .birthday(PartialDate::new(1985, 4, 12).unwrap())
            .categories(TextList::new(["a", "b,c"]))
            .url(Uri::new("https://example.com/a,b").unwrap())
            .build()
            .unwrap()
            .to_string()
    };
    assert_eq!(
        build(Version::V4_0),
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoë Quist\r\nN:Quist;Zoë;;;\r\nNOTE:plain\r\n\
         ITEM1.X-OWN:a\r\n\
         item2.TEL;VALUE=uri;PREF=1;TYPE=cell,voice:tel:+14155550123\r\n\
         item2.X-ABLabel:Boat\r\nTEL:+1 415 555 0100\r\n\
         EMAIL;PREF=7;TYPE=work:zoe@example.com\r\nADR:;;1 Quay;Oslo;;;\r\n\
         ORG:Lamps\\; and more\r\nBDAY:19850412\r\nCATEGORIES:a,b\\,c\r\n\
         URL:https://example.com/a\\,b\r\nEND:VCARD\r\n"
    );
    assert_eq!(
        build(Version::V3_0),
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoë Quist\r\nN:Quist;Zoë;;;\r\nNOTE:plain\r\n\
         ITEM1.X-OWN:a\r\n\
         item2.TEL;TYPE=cell,voice,pref:+14155550123\r\n\
         item2.X-ABLabel:Boat\r\nTEL:+1 415 555 0100\r\n\
         EMAIL;TYPE=work:zoe@example.com\r\nADR:;;1 Quay;Oslo;;;\r\n\
         ORG:Lamps\\; and more\r\nBDAY:1985-04-12\r\nCATEGORIES:a,b\\,c\r\n\
         URL:https://example.com/a,b\r\nEND:VCARD\r\n"
    );
}
