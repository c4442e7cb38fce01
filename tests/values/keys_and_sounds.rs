//! KEY and SOUND are texts where their version or VALUE says so, and nothing of a text is dropped;
//! what is inline stays that, with a blank line after it in 2.1.

use vcardinal::property::{Key as KeyOf, Sound};
use vcardinal::registry::{self, PropertyId};
use vcardinal::typed::AnyValue;
use vcardinal::validate::{Profile, validate};
use vcardinal::value::{Binary, DataUri, Key, Media, Uri, Value};
use vcardinal::{Card, PropertyValue, Version};

fn card(version: Version, lines: &str) -> Card {
    Card::parse(format!(
        "BEGIN:VCARD\r\nVERSION:{version}\r\nFN:A\r\nN:A;;;;\r\n{lines}\r\nEND:VCARD\r\n"
    ))
    .unwrap()
}

fn key(version: Version, line: &str) -> Key<'static> {
    let card = card(version, line);
    let key = card.keys().next().unwrap().value().unwrap().into_owned();
    let any = card.property("KEY").unwrap().value().unwrap();
    assert_eq!(any, AnyValue::Key(key.clone()), "{line}");
    key
}

fn sound(version: Version, line: &str) -> Media<'static> {
    let card = card(version, line);
    let sound = card.sounds().next().unwrap().value().unwrap().into_owned();
    let any = card.property("SOUND").unwrap().value().unwrap();
    assert_eq!(any, AnyValue::Media(sound.clone()), "{line}");
    sound
}

#[test]
fn ok_a_sound_of_2_1_is_a_text() {
    for (line, text) in [
        ("SOUND:REN AH-SAH KOO RAH", "REN AH-SAH KOO RAH"),
        ("SOUND:RENA", "RENA"),
        ("SOUND;VALUE=INLINE:AAAA", "AAAA"),
        ("SOUND;X-IRMC-N:Vik;Odda;;;", "Vik;Odda;;;"),
        (
            "SOUND;X-IRMC-N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=98de;Odda",
            "Øde;Odda",
        ),
        ("SOUND:a\\temp", "a\\temp"),
    ] {
        assert_eq!(
            sound(Version::V2_1, line),
            Media::Text(text.to_owned().into()),
            "{line}"
        );
    }
    let data = sound(Version::V2_1, "SOUND;WAVE;BASE64:\r\n UklG\r\n");
    assert!(matches!(data, Media::Data(_)), "{data:?}");
    let uri = sound(Version::V2_1, "SOUND;VALUE=URL:https://example.com/a.wav");
    assert!(matches!(uri, Media::Uri(_)), "{uri:?}");
    // What phones write in any version.
    for version in [Version::V2_1, Version::V3_0] {
        for line in ["SOUND;X-IRMC-N:Vik;Odda", "SOUND;TYPE=X-IRMC-N:Vik;Odda"] {
            let wanted = Media::Text("Vik;Odda".into());
            assert_eq!(sound(version, line), wanted, "{version} {line}");
        }
    }
    // 3.0 has data or a URI there.
    let inline = sound(Version::V3_0, "SOUND:UklG");
    assert!(matches!(inline, Media::Inline(_)), "{inline:?}");

    let mut card = card(Version::V2_1, "SOUND;X-IRMC-N:Vik;Odda");
    let text = |text: &str| Media::Text(text.to_owned().into());
    card.set::<Sound>(text("Lie;Odda")).unwrap();
    assert!(card.to_string().contains("\r\nSOUND;X-IRMC-N:Lie;Odda\r\n"));
    for version in [Version::V3_0, Version::V4_0] {
        let built = Card::builder(version)
            .fill_required()
            .with::<Sound>(vcardinal::typed::Entry::new(text("Lie")))
            .build();
        assert!(built.is_err(), "{version}");
    }
    // It would be read as a place to look for the sound.
    assert!(card.set::<Sound>(text("https://example.com/a")).is_err());
}

#[test]
fn ok_a_key_is_a_text_where_its_version_or_its_blanks_say_so() {
    let text = |text: &str| Key::Text(text.to_owned().into());
    let print = "4F1A 22C0 93DE  77B1";
    for (version, line, wanted) in [
        (Version::V2_1, "KEY:spruce gate", text("spruce gate")),
        (Version::V2_1, "KEY;PGP:AQIDBA==", text("AQIDBA==")),
        (Version::V2_1, "KEY;X509:MIIC", text("MIIC")),
        (
            Version::V3_0,
            "KEY;TYPE=PGP:4F1A 22C0 93DE  77B1",
            text(print),
        ),
        (Version::V3_0, "KEY;VALUE=text:4F1A", text("4F1A")),
        (Version::V4_0, "KEY;VALUE=text:4F1A 22C0", text("4F1A 22C0")),
    ] {
        assert_eq!(key(version, line), wanted, "{line}");
    }
    for (version, line) in [
        (Version::V2_1, "KEY;X509;BASE64:\r\n AQID\r\n"),
        (Version::V3_0, "KEY;ENCODING=b;TYPE=PGP:AQ ID"),
        (Version::V3_0, "KEY;TYPE=PGP;ENCODING=b:AQ\r\n  ID"),
    ] {
        let Key::Data(data) = key(version, line) else {
            panic!("{line}")
        };
        assert_eq!(data.as_base64(), Some("AQID"), "{line}");
    }
    let inline = key(Version::V3_0, "KEY;VALUE=binary:AQ ID");
    assert!(matches!(inline, Key::Inline(_)), "{inline:?}");
}

#[test]
fn ok_a_key_of_2_1_is_a_url() {
    let url = "https://example.com/k.asc";
    let read = key(Version::V2_1, &format!("KEY;PGP;VALUE=URL:{url}"));
    assert_eq!(read, Key::Uri(Uri::new(url).unwrap()));
    let mut card = card(Version::V2_1, "KEY;PGP:spruce gate");
    card.set::<KeyOf>(Key::Uri(Uri::new(url).unwrap())).unwrap();
    let line = format!("\r\nKEY;VALUE=url:{url}\r\n");
    assert!(card.to_string().contains(&line), "{card}");
    let report = validate(&card, Profile::Declared);
    assert!(report.iter().next().is_none(), "{report:?}");
}

/// What is read is what is written, of all four properties, in every version, under every VALUE: the
/// same value set back changes nothing, and no character of a text is gone.
#[test]
fn ok_nothing_of_a_text_is_dropped() {
    const TEXTS: &[&str] = &[
        "spruce gate",
        "AQID",
        "AQ ID",
        "4F1A 22C0 93DE  77B1",
        "Vik;Odda;;;",
        "https://example.com/k",
        "data:image/gif;base64,R0lGODlh",
        "REN AH-SAH",
    ];
    let mut texts = 0;
    let media = registry::properties().iter().filter(|row| row.is_media());
    for (row, version) in
        media.flat_map(|row| Version::ALL.into_iter().map(move |version| (row, version)))
    {
        let types = registry::value_types().iter();
        let types = types.map(|row| format!(";VALUE={}", row.name));
        for named in types.chain([String::new()]) {
            for text in TEXTS {
                let line = format!("{}{named}:{text}", row.name);
                let mut card = card(version, &line);
                let before = card.to_string();
                let property = card.properties().next_back().unwrap();
                let Ok(value) = property.value() else {
                    continue;
                };
                let read = match &value {
                    AnyValue::Media(Media::Text(read)) | AnyValue::Key(Key::Text(read)) => {
                        Some(read.as_str())
                    }
                    AnyValue::Key(Key::Inline(data)) if !named.contains("binary") => {
                        Some(data.as_base64())
                    }
                    _ => None,
                };
                if let Some(read) = read {
                    texts += 1;
                    assert_eq!(read, *text, "{version} {line}");
                }
                let name = property.name().to_owned();
                match value {
                    AnyValue::Media(value) => {
                        let value = value.into_owned();
                        let _ = card.property_mut(&name).unwrap().set(&value);
                    }
                    AnyValue::Key(value) => {
                        let value = value.into_owned();
                        let _ = card.property_mut(&name).unwrap().set(&value);
                    }
                    _ => {}
                }
                assert_eq!(card.to_string(), before, "{version} {line}");
            }
        }
    }
    assert!(texts > 50, "{texts}");
    assert!(PropertyId::KEY.row().is_media());
}

#[test]
fn err_data_without_an_octet() {
    let card = card(Version::V4_0, "PHOTO:data:image/gif;base64\\,");
    assert!(card.photo().unwrap().value().is_err());
    assert!(Binary::from_base64("").is_err());
    #[cfg(feature = "base64")]
    {
        let nothing = || Binary::from_bytes(&[]);
        assert!(DataUri::new("image/gif", nothing()).is_err());
        for version in Version::ALL {
            assert!(nothing().to_text(version).is_err(), "{version}");
            assert!(Media::Inline(nothing()).to_text(version).is_err());
            assert!(Key::Inline(nothing()).to_text(version).is_err());
        }
        let built = Card::builder(Version::V3_0)
            .fill_required()
            .with::<Sound>(vcardinal::typed::Entry::new(Media::Inline(nothing())))
            .build();
        assert!(built.is_err());
    }
    // A text of no characters is one all the same.
    let empty = DataUri::parse("data:,", Version::V4_0).unwrap();
    assert_eq!(empty.to_text(Version::V4_0).unwrap(), "data:\\,");
}

/// A card in memory has the findings that its bytes have.
#[test]
fn ok_a_photo_that_is_set_in_2_1_has_its_blank_line_in_memory_too() {
    let value = || PropertyValue::Base64 {
        media_type: "image/gif".into(),
        data: "R0lGODlh".into(),
    };
    let findings = |card: &Card| {
        let report = validate(card, Profile::Declared);
        let all = report.iter().map(|finding| finding.rule.id.to_owned());
        all.collect::<Vec<_>>()
    };
    for lines in [
        "PHOTO;GIF;BASE64:\r\n AAAA\r\n",
        "PHOTO;GIF;BASE64:\r\n AAAA\r\n\r\nNOTE:x",
        "PHOTO;GIF;BASE64:AAAA\r\nNOTE:x",
        "PHOTO;VALUE=URL:https://example.com/a.gif\r\nNOTE:x",
        "NOTE:x",
    ] {
        let mut card = card(Version::V2_1, lines);
        match card.property_mut("PHOTO") {
            Some(mut photo) => photo.set_value(value()).unwrap(),
            None => {
                let photo = vcardinal::Property::new("PHOTO", value()).unwrap();
                card.push(photo).unwrap();
            }
        }
        let again = Card::parse(card.to_bytes()).unwrap();
        assert_eq!(findings(&card), findings(&again), "{lines:?}");
        assert_eq!(findings(&card), [""; 0], "{lines:?}");
        // And after an edit of another line.
        card.push(vcardinal::Property::text("TITLE", "T").unwrap())
            .unwrap();
        let again = Card::parse(card.to_bytes()).unwrap();
        assert_eq!(findings(&card), findings(&again), "{lines:?}");
    }
}
