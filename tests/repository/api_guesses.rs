//! The code that people guess: each job and each guess as a function, which has to compile and to do
//! what was meant.

use std::error::Error;

use vcardinal::typed::{Entry, Phone};
use vcardinal::validate::{Checker, Profile};
use vcardinal::value::{Address, Name, Organization, PartialDate, Timestamp};
use vcardinal::{
    Card, CardReader, CardWriter, ErrorKind, Layout, Limit, Limits, PushReader, Version, property,
};

type Outcome = Result<(), Box<dyn Error>>;

fn card(lines: &str) -> Card {
    Card::parse(format!(
        "BEGIN:VCARD\r\nVERSION:4.0\r\n{lines}END:VCARD\r\n"
    ))
    .unwrap()
}

mod jobs {
    use super::*;

    /// The export of a phone into a 4.0 store.
    #[test]
    fn ok_01_import() -> Outcome {
        let path = std::env::temp_dir().join(format!("vcardinal-job-{}.vcf", std::process::id()));
        std::fs::write(
            &path,
            "BEGIN:VCARD\nVERSION:2.1\nN:Quist;Zoe\nTEL;CELL:+14155550123\nEND:VCARD\n",
        )?;
        let (mut store, mut notes) = (Vec::new(), Vec::new());
        for card in CardReader::from_path(&path)? {
            let converted = card?.convert(Version::V4_0)?;
            for change in converted.changes() {
                notes.push(format!("{change}"));
            }
            store.push(converted.into_card());
        }
        std::fs::remove_file(&path)?;
        assert_eq!(store[0].display_name(), "Zoe Quist");
        assert_eq!(notes.len(), 1);
        let error = CardReader::from_path("no such file").unwrap_err();
        assert!(error.to_string().starts_with("cannot open no such file: "));
        Ok(())
    }

    /// A PUT of CardDAV.
    #[test]
    #[cfg(feature = "uuid")]
    fn ok_02_carddav() -> Outcome {
        fn put(body: &[u8]) -> Result<Result<Vec<u8>, String>, vcardinal::Error> {
            let mut card = Card::parse_with(body, Limits::default().with_card(100 * 1024))?;
            let report = Checker::new(Profile::CardDav)
                .allow("uid-missing")?
                .check(CardReader::from_slice(body))?;
            if report.has_errors() {
                return Ok(Err(report.to_string()));
            }
            card.ensure_uid()?;
            card.set::<property::Rev>(Timestamp::now())?;
            Ok(Ok(card.into_bytes()))
        }
        let written = put(b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nEND:VCARD\r\n")?.unwrap();
        let card = Card::parse(written)?;
        assert!(
            card.uid()
                .unwrap()
                .value()?
                .as_str()
                .starts_with("urn:uuid:")
        );
        assert!(card.rev().unwrap().value()? > "2020-01-01T00:00:00Z".parse()?);
        let refused = put(b"BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n")?.unwrap_err();
        assert!(refused.contains("error[fn-missing]"), "{refused}");
        Ok(())
    }

    /// What two cards of one person have in common.
    #[test]
    fn ok_03_keys() -> Outcome {
        fn keys(card: &Card) -> impl Iterator<Item = String> {
            let uid = card
                .uid()
                .and_then(|uid| uid.text().ok())
                .map(|uid| uid.into_owned());
            uid.into_iter().chain(
                card.phones()
                    .filter_map(|phone| phone.to_e164().ok())
                    .map(|number| number.to_string()),
            )
        }
        let card =
            card("UID:urn:uuid:1\r\nTEL:+1 (415) 555-0123\r\nTEL:555\r\nEMAIL:zoe@example.com\r\n");
        assert_eq!(
            keys(&card).collect::<Vec<_>>(),
            ["urn:uuid:1", "+14155550123"]
        );
        assert_eq!(
            card.preferred_email().unwrap().address()?.as_str(),
            "zoe@example.com"
        );
        Ok(())
    }

    /// A row of a list.
    #[test]
    fn ok_04_row() {
        let card = card(
            "FN:Zoë Quist\r\nN:Quist;Zoë;;;\r\nTEL;TYPE=cell:+1 415 555 0123\r\n\
             TEL;VALUE=uri:tel:+1-415-555-0100;ext=5\r\nBDAY:--1210\r\nORG:Example;Sales\r\n",
        );
        let phones: Vec<(String, String)> = card
            .phones()
            .map(|p| {
                (
                    p.label_or("other").into_owned(),
                    p.value().map(|v| v.to_string()).unwrap_or_default(),
                )
            })
            .collect();
        let birthday = card
            .birthday()
            .and_then(|b| b.value().ok())
            .map(|b| b.to_string());
        let company = card
            .organization()
            .and_then(|o| o.value().ok())
            .map(|o| o.name().to_owned());
        assert_eq!(card.display_name().into_owned(), "Zoë Quist");
        assert_eq!(card.sort_key(), "Quist Zoë");
        let shown = [
            ("mobile", "+1 415 555 0123"),
            ("other", "+1-415-555-0100 ext. 5"),
        ];
        assert_eq!(
            phones,
            shown.map(|(label, number)| (label.into(), number.into()))
        );
        assert_eq!(birthday.as_deref(), Some("--12-10"));
        assert_eq!(company.as_deref(), Some("Example"));
    }

    /// What producers have for a day, a messenger and the like is read by the standard's name.
    #[test]
    fn ok_04_names_of_vendors() {
        let card = Card::parse(
            "BEGIN:VCARD\nVERSION:3.0\nN:A;;;;\nFN:A\nX-ANNIVERSARY:1996-04-15\nX-JABBER:a@example.com\n\
             X-SPOUSE:Ada\nX-GENDER:Female\nEND:VCARD\n",
        )
        .unwrap();
        assert_eq!(
            card.anniversary().unwrap().value().unwrap().to_string(),
            "1996-04-15"
        );
        assert_eq!(card.impp().unwrap().value().unwrap(), "xmpp:a@example.com");
        assert_eq!(card.related().next().unwrap().value().unwrap(), "Ada");
        assert_eq!(
            card.gender().unwrap().value().unwrap().to_string(),
            "female"
        );
    }

    /// From a struct.
    #[test]
    fn ok_05_export() -> Outcome {
        struct Person {
            first: String,
            last: String,
            company: String,
            department: String,
            mobile: String,
            street: String,
            city: String,
            birthday: String,
            page: String,
            id: String,
            tags: Vec<String>,
            title: Option<String>,
        }
        let p = Person {
            first: "Zoë".into(),
            last: "Quist".into(),
            company: "Example".into(),
            department: "Sales".into(),
            mobile: "+1 415 555 0123".into(),
            street: "1 Oak St".into(),
            city: "Town".into(),
            birthday: "1985-04-12".into(),
            page: "https://example.com/".into(),
            id: "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6".into(),
            tags: vec!["friend".into(), "sailor".into()],
            title: None,
        };
        let card = Card::builder(Version::V3_0)
            .full_name(format!("{} {}", p.first, p.last))
            .name(Name::new(p.last, p.first))
            .organization(Organization::new(p.company).with_unit(p.department))
            .phone(Phone::new(p.mobile).types(["cell"]).preferred())
            .address(
                Entry::new(
                    Address::default()
                        .with_street(p.street)
                        .with_locality(p.city),
                )
                .types(["work"]),
            )
            .birthday(p.birthday)
            .title(p.title)
            .url(p.page)
            .uid(p.id)
            .categories(p.tags)
            .build()?;
        assert_eq!(
            card.to_string(),
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoë Quist\r\nN:Quist;Zoë;;;\r\nORG:Example;Sales\r\n\
             TEL;TYPE=cell,pref:+1 415 555 0123\r\nADR;TYPE=work:;;1 Oak St;Town;;;\r\n\
             BDAY:1985-04-12\r\nURL:https://example.com/\r\n\
             UID:urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6\r\nCATEGORIES:friend,sailor\r\nEND:VCARD\r\n"
        );
        let circa = Card::builder(Version::V3_0)
            .full_name("A")
            .birthday("circa 1800")
            .build();
        assert_eq!(circa.unwrap_err().property(), Some("BDAY"));
        Ok(())
    }

    /// Pieces from a socket.
    #[test]
    fn ok_06_socket() -> Outcome {
        let input = b"junk\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:B\r\nEND:VCARD\r\n";
        let mut pieces = input.chunks(7).chain([&[][..]]);
        let mut names = Vec::new();
        let mut reader = PushReader::new().with_limits(Limits::default().with_card(65_536));
        loop {
            let piece = pieces.next().unwrap();
            if piece.is_empty() {
                reader.finish();
            } else {
                reader.push(piece);
            }
            while let Some(card) = reader.next_card() {
                names.push(card?.display_name().into_owned());
            }
            if piece.is_empty() {
                break;
            }
        }
        assert_eq!(names, ["A", "B"]);
        Ok(())
    }

    /// A phone that has a label, a note, all phones.
    #[test]
    fn ok_07_change() -> Outcome {
        let mut card =
            card("FN:A\r\nitem1.TEL: 1\r\nitem1.X-ABLabel:Boat\r\nTEL: 2\r\nNOTE:old\r\n");
        if let Some(mut phone) =
            card.find_mut(|p| p.is("TEL") && p.label().as_deref() == Some("Boat"))
        {
            phone.set_label("Car")?;
        }
        if let Some(mut note) = card.get_mut::<property::Note>() {
            note.set("x")?;
        }
        let clean = |text: &str| text.trim().to_owned();
        let changed = card.update_where(
            |p| p.is("TEL"),
            |mut p| {
                let new = clean(&p.get().text_lossy());
                p.set_text(new)
            },
        )?;
        assert_eq!(changed, 2);
        assert_eq!(
            card.to_string(),
            "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nitem1.TEL:1\r\nitem1.X-ABLabel:Car\r\nTEL:2\r\nNOTE:x\r\nEND:VCARD\r\n"
        );
        Ok(())
    }

    /// Properties of one card in another, of whatever version.
    #[test]
    fn ok_08_copy() -> Outcome {
        let theirs = Card::parse(
            "BEGIN:VCARD\nVERSION:2.1\nN:B;A\nTEL;CELL;PREF:+14155550123\nitem1.TEL:12\nitem1.X-ABLabel:Boat\nEND:VCARD\n",
        )?;
        let mut ours = card("FN:A\r\nitem1.URL:https://example.com/\r\nitem1.X-ABLabel:Home\r\n");
        for property in theirs.properties().filter(|p| p.is("TEL")) {
            ours.import(property)?;
        }
        assert!(
            ours.to_string()
                .contains("TEL;TYPE=CELL;PREF=1:+14155550123\r\n"),
            "{ours}"
        );
        let labels: Vec<_> = ours
            .phones()
            .map(|phone| phone.label_or("other").into_owned())
            .collect();
        assert_eq!(labels, ["mobile", "Boat"]);
        assert_eq!(ours.url().unwrap().label().as_deref(), Some("Home"));
        assert!(!ours.validate(Profile::Rfc6350).has_errors());
        Ok(())
    }

    /// What is removed takes its label along.
    #[test]
    fn ok_09_remove() {
        let lines = "FN:A\r\nitem1.TEL:1\r\nitem1.X-ABLabel:Boat\r\nNOTE:b\r\nNOTE:c\r\n";
        let mut card = card(lines);
        assert_eq!(card.remove::<property::Note>(), 2);
        assert_eq!(card.remove_where(|p| p.is("TEL")), 1);
        assert_eq!(
            card.to_string(),
            "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nEND:VCARD\r\n"
        );
    }

    #[test]
    fn ok_10_sort() {
        let mut cards = [
            card("FN:Zoë Quist\r\nN:Quist;Zoë;;;\r\n"),
            card("FN:X\r\nN;SORT-AS=Brook:van Brook;Ada;;;\r\n"),
        ];
        cards.sort_by_key(|card| card.sort_key());
        assert_eq!(cards[0].display_name(), "X");
        assert_eq!(
            cards[0].name().unwrap().sort_as().unwrap().as_slice(),
            ["Brook"]
        );
    }

    #[test]
    fn ok_11_photo() -> Outcome {
        let png = b"\x89PNG".to_vec();
        for version in [Version::V3_0, Version::V4_0] {
            let card = Card::builder(version)
                .full_name("A")
                .fill_required()
                .photo("image/png", &png)
                .build()?;
            let photo = card.photo().unwrap();
            assert_eq!(photo.bytes()?, png);
            assert_eq!(photo.media_type().as_deref(), Some("image/png"));
            assert_eq!(photo.uri(), None);
            let link = Card::builder(version)
                .full_name("A")
                .fill_required()
                .with::<property::Photo>("https://example.com/a.png")
                .build()?;
            let photo = link.photo().unwrap();
            assert_eq!(photo.uri().as_deref(), Some("https://example.com/a.png"));
            assert_eq!(photo.bytes().unwrap_err().property(), Some("PHOTO"));
        }
        Ok(())
    }

    #[test]
    fn ok_12_addresses() -> Outcome {
        let card =
            card("ADR:;;Quay 1;Oslo;;0150;Norway\r\nADR:;;1 Oak St;Portland;OR;97201;USA\r\n");
        let shown: Result<Vec<String>, _> = card
            .addresses()
            .map(|a| a.value().map(|a| a.to_string()))
            .collect();
        assert_eq!(
            shown?,
            [
                "Quay 1\n0150 Oslo\nNorway",
                "1 Oak St\nPortland OR 97201\nUSA"
            ]
        );
        let old = Card::parse(
            "BEGIN:VCARD\nVERSION:3.0\nhome.ADR:;;Quay 1;Oslo;;;\nhome.LABEL:The boat\\nOslo\nEND:VCARD\n",
        )?;
        assert_eq!(
            old.addresses().next().unwrap().formatted(),
            "The boat\nOslo"
        );
        Ok(())
    }

    #[test]
    fn ok_13_json() -> Outcome {
        let name = Name::new("Quist", "Zoë");
        assert_eq!(
            serde_json::to_string(&name)?,
            r#"{"family":["Quist"],"given":["Zoë"]}"#
        );
        let report = card("").validate(Profile::Rfc6350);
        let json: serde_json::Value = serde_json::to_value(&report)?;
        assert_eq!(json[0]["rule"], "fn-missing");
        assert_eq!(
            serde_json::to_string(&PartialDate::month_day(12, 10)?)?,
            r#""--12-10""#
        );
        Ok(())
    }

    #[test]
    fn ok_14_errors() -> Outcome {
        fn set_note(bytes: &[u8]) -> Result<Vec<u8>, vcardinal::Error> {
            let mut card = Card::parse(bytes)?;
            card.set::<property::Note>("x\u{1}")?;
            Ok(card.into_bytes())
        }
        let error = set_note(b"BEGIN:VCARD\nVERSION:4.0\nEND:VCARD\n").unwrap_err();
        assert_eq!(
            error.to_string(),
            "NOTE: the value holds a control character"
        );
        let error = Card::parse_with("BEGIN:VCARD\nEND:VCARD\n", Limits::default().with_card(10))
            .unwrap_err();
        match error.kind() {
            ErrorKind::Limit {
                limit: Limit::Card,
                max,
            } => assert_eq!(*max, 10),
            other => panic!("{other:?}"),
        }
        Ok(())
    }
}

/// What people write at first, a function each.
mod guesses {
    use super::*;

    fn zoe() -> Card {
        card("FN:Zoë\r\nN:Quist;Zoë;;;\r\nUID:urn:uuid:1\r\nTEL:+1 415 555 0123\r\nNOTE:a\r\n")
    }

    fn built(with: impl FnOnce(vcardinal::CardBuilder) -> vcardinal::CardBuilder) -> Card {
        let builder = Card::builder(Version::V4_0).full_name("A");
        with(builder).build().unwrap()
    }

    #[test]
    fn ok_convert() -> Outcome {
        assert_eq!(zoe().convert(Version::V4_0)?.into_card(), zoe());
        Ok(())
    }

    #[test]
    #[cfg(feature = "uuid")]
    fn ok_ensure_uid() -> Outcome {
        assert_eq!(zoe().ensure_uid()?, "urn:uuid:1");
        Ok(())
    }

    #[test]
    fn ok_now() -> Outcome {
        assert!(Timestamp::now() > "2020-01-01T00:00:00Z".parse()?);
        Ok(())
    }

    #[test]
    fn ok_sort_key() {
        assert_eq!(zoe().sort_key(), "Quist Zoë");
    }

    #[test]
    fn ok_has_errors() {
        assert!(card("").validate(Profile::Rfc6350).has_errors());
    }

    #[test]
    fn ok_a_report_has_a_length() {
        let report = card("").validate(Profile::Rfc6350);
        assert!(!report.is_empty());
        assert_eq!(report.len(), report.iter().count());
        assert_eq!((&report).into_iter().count(), report.into_iter().count());
    }

    #[test]
    fn ok_next_card() -> Outcome {
        let mut reader = PushReader::new();
        reader.push(zoe().to_bytes());
        reader.finish();
        assert_eq!(reader.next_card().unwrap()?, zoe());
        assert!(reader.next_card().is_none());
        Ok(())
    }

    #[test]
    fn ok_name() -> Outcome {
        assert_eq!(zoe().name().unwrap().value()?.given(), ["Zoë"]);
        Ok(())
    }

    #[test]
    fn ok_set_text() -> Outcome {
        let mut card = zoe();
        card.set_text("X-ID", "7")?;
        assert!(card.to_string().contains("\r\nX-ID:7\r\n"));
        Ok(())
    }

    #[test]
    fn ok_get_mut() -> Outcome {
        let mut card = zoe();
        card.get_mut::<property::Note>().unwrap().set("b")?;
        assert_eq!(card.note().unwrap().value()?, "b");
        Ok(())
    }

    #[test]
    fn ok_remove() {
        assert_eq!(zoe().remove::<property::Note>(), 1);
    }

    #[test]
    fn ok_uid_as_text() -> Outcome {
        assert_eq!(zoe().uid().unwrap().value()?.to_string(), "urn:uuid:1");
        Ok(())
    }

    #[test]
    fn ok_e164_of_a_value() -> Outcome {
        let phone = zoe().preferred_phone().unwrap().value()?.into_owned();
        assert_eq!(phone.to_e164()?.to_string(), "+14155550123");
        Ok(())
    }

    #[test]
    fn ok_bytes_of_a_photo() -> Outcome {
        let card = built(|builder| builder.photo("image/png", b"\x89PNG"));
        assert_eq!(card.photo().unwrap().bytes()?, b"\x89PNG");
        Ok(())
    }

    #[test]
    fn ok_an_address_as_text() -> Outcome {
        let card = built(|builder| builder.address(Address::default().with_street("1 Oak St")));
        let shown = card.preferred_address().unwrap().value()?.to_string();
        assert_eq!(shown, "1 Oak St");
        Ok(())
    }

    #[test]
    fn ok_birthday_of_a_text() -> Outcome {
        let card = built(|builder| builder.birthday("1985-04-12"));
        let birthday = card.birthday().unwrap().value()?;
        assert_eq!(birthday, PartialDate::new(1985, 4, 12)?.into());
        Ok(())
    }

    #[test]
    fn ok_url_of_a_text() {
        let card = built(|builder| builder.url("https://example.com/"));
        assert!(
            card.to_string()
                .contains("\r\nURL:https://example.com/\r\n")
        );
    }

    #[test]
    fn ok_categories_of_an_array() {
        let card = built(|builder| builder.categories(["a", "b"]));
        assert!(card.to_string().contains("\r\nCATEGORIES:a,b\r\n"));
    }

    #[test]
    fn ok_uid_of_a_text() {
        let uid = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
        let card = built(|builder| builder.uid(uid));
        assert!(card.to_string().contains(&format!("\r\nUID:{uid}\r\n")));
    }

    #[test]
    fn ok_phone_of_a_uri() {
        let card = built(|builder| builder.phone("tel:+14155550123"));
        assert!(
            card.to_string()
                .contains("\r\nTEL;VALUE=uri:tel:+14155550123\r\n")
        );
    }

    #[test]
    fn ok_add_a_list() -> Outcome {
        let mut card = zoe();
        card.add::<property::Categories>(["a", "b"])?;
        assert!(card.to_string().contains("\r\nCATEGORIES:a,b\r\n"));
        Ok(())
    }

    #[test]
    fn ok_bytes_in_a_layout() -> Outcome {
        let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
        assert_eq!(
            card.to_bytes_with(Layout::Canonical),
            super::card("FN:A\r\n").to_bytes().into_owned()
        );
        Ok(())
    }

    #[test]
    fn ok_for_property_in_a_card() {
        let mut names = Vec::new();
        for property in &zoe() {
            names.push(property.name().to_owned());
        }
        assert_eq!(names, ["VERSION", "FN", "N", "UID", "TEL", "NOTE"]);
        let last = zoe()
            .properties()
            .next_back()
            .map(|property| property.name().to_owned());
        assert_eq!(last.as_deref(), Some("NOTE"));
        assert_eq!((zoe().properties().len(), zoe().phones().len()), (6, 1));
    }

    #[test]
    fn ok_a_date_is_read_and_compared() -> Outcome {
        assert!("1985-04-12".parse::<PartialDate>()? == PartialDate::new(1985, 4, 12)?);
        Ok(())
    }

    #[test]
    fn ok_a_text_is_compared() -> Outcome {
        assert!(zoe().note().unwrap().value()? == "a");
        Ok(())
    }

    #[test]
    fn ok_a_writer_gives_back() -> Outcome {
        let mut writer = CardWriter::from_writer(Vec::new()).with_layout(Layout::Canonical);
        writer.write(&zoe())?;
        assert_eq!(writer.into_inner()?, zoe().into_bytes());
        Ok(())
    }

    /// VERSION by itself would make all other lines say something else.
    #[test]
    fn err_the_version_is_not_set() {
        let error = card("").set_text("VERSION", "3.0").unwrap_err();
        assert!(error.to_string().contains("use convert"));
    }

    /// What is guessed and not there is named where the way to do it is documented: a search finds it.
    #[test]
    fn ok_what_is_not_there_is_told() {
        let told = [
            ("limits.rs", "Limits { card: 1, ..Limits::default() }"),
            ("convert/driver.rs", "set_version"),
            ("value/date_time/jiff.rs", "jiff::Timestamp::now()"),
            ("card/text_by_name.rs", "properties_mut"),
            ("card/reader.rs", "into_owned"),
            ("card/reader.rs", "parse_all"),
            ("typed/property.rs", "#[doc(alias = $name)]"),
            ("value/date_time/date.rs", "no tuple is a date"),
            ("decomposed/dump.rs", "to_json"),
            ("convert/import.rs", "merge"),
            ("card/same_content.rs", "diff"),
            ("contact/from_card.rs", "From<&Card>"),
            ("card/text_by_name.rs", "no `String`"),
            ("card/mod.rs", "AsRef<[u8]>"),
            ("lib.rs", "prelude"),
        ];
        let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        for (file, word) in told {
            let text = std::fs::read_to_string(source.join(file)).unwrap();
            let is_told = text.lines().any(|line| {
                let line = line.trim_start();
                line.contains(word) && (line.starts_with("//") || line.starts_with("#[doc"))
            });
            assert!(is_told, "{file}: {word}");
        }
    }
}
