//! What a builder gives has no error, or it says what is missing: every property, value type and
//! parameter of the registry, whether or not they belong together.

use std::collections::BTreeMap;

use vcardinal::property;
use vcardinal::property::{Bday, Key as KeyOf, Member, Photo, Related, SocialProfile, Sound, Uid};
use vcardinal::registry;
use vcardinal::typed::{Entry, Phone, SetErrorKind};
use vcardinal::validate::{Profile, Severity, validate};
use vcardinal::value::{
    Address, Binary, DateOrText, Key, Kind, Media, Name, PartialDate, Reason, TelUri, Unwritable,
    Uri, UriOrText,
};
use vcardinal::{
    BuildError, Card, CardBuilder, Parameter, Property, PropertyValue, UriCommas, Version,
};

fn builder(version: Version) -> CardBuilder {
    Card::builder(version)
        .full_name("Ada Quist")
        .name(Name::new("Quist", "Ada"))
}

const TEXTS: &[&str] = &[
    "",
    "a",
    "19850412",
    "1985-04-12",
    "--1204",
    "https://example.com/a,b",
    "tel:+14155550123",
    "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
    "1;urn:x:y",
    "en",
    "M",
    "group",
    "-0500",
    "12.5;-3.25",
    "geo:1,2",
    "20460313T184250Z",
    "<a xmlns=\"urn:x\"/>",
    "<a/>",
    "{\"a\":[1]}",
    "[1, 2",
    "M;a;b",
    "female",
    ";x",
    "x;urn:x:y",
    "two words",
    "\\",
    "AQID",
];

/// Values beside a parameter.
const VALUES: &[&str] = &["a", "https://example.com/", "19850412"];

const WORDS: &[&str] = &[
    "1",
    "a",
    "en",
    "image/png",
    "geo:1,2",
    "true",
    "1.1",
    "gregorian",
    "mailto:a@example.com",
    "home",
    ";1;0",
    "s,\\, ;1",
    "s;0",
    "/a~2b",
    "name/components/0",
    "notes/1/title",
    "2.7",
    "script",
];

#[test]
fn ok_what_is_built_has_no_error() {
    let mut failed: BTreeMap<String, String> = BTreeMap::new();
    let (mut built, mut refused) = (0, 0);
    let mut try_one = |version, property: Property| {
        let what = format!("{property:?}");
        let card = match builder(version).property(property).build() {
            Ok(card) => card,
            Err(_) => return refused += 1,
        };
        built += 1;
        let report = validate(&card, Profile::Declared);
        if let Some(finding) = report
            .iter()
            .find(|finding| finding.severity == Severity::Error)
        {
            let key = format!("{version} {}", finding.rule.id);
            failed
                .entry(key)
                .or_insert_with(|| format!("{finding}\n{what}"));
        }
    };
    for version in [Version::V3_0, Version::V4_0] {
        for row in registry::properties() {
            if matches!(row.name, "FN" | "N" | "BEGIN" | "END")
                || Property::text(row.name, "").is_err()
            {
                continue;
            }
            for (at, text) in TEXTS.iter().enumerate() {
                let mut values = vec![
                    PropertyValue::Text((*text).into()),
                    PropertyValue::Raw((*text).into()),
                    PropertyValue::Uri((*text).into()),
                ];
                values.push(PropertyValue::List(vec![(*text).into(), "b".into()]));
                for value in values {
                    let property = Property::new(row.name, value).unwrap();
                    try_one(version, property.clone());
                    if at % 4 != 0 || !matches!(property.value(), PropertyValue::Raw(_)) {
                        continue;
                    }
                    for named in registry::value_types() {
                        let parameter = Parameter::new("VALUE", [named.name]).unwrap();
                        try_one(version, property.clone().with_parameter(parameter));
                    }
                }
            }
            for parameter in registry::parameters() {
                if parameter.name == "ENCODING" {
                    continue;
                }
                for (word, text) in WORDS.iter().zip(VALUES.iter().cycle()) {
                    let parameter = Parameter::new(parameter.name, [*word]).unwrap();
                    try_one(
                        version,
                        Property::text(row.name, *text)
                            .unwrap()
                            .with_parameter(parameter),
                    );
                }
            }
        }
    }
    assert!(built > 1000 && refused > 1000, "{built} {refused}");
    let shown: Vec<_> = failed.values().take(60).collect();
    assert!(failed.is_empty(), "{} kinds: {shown:#?}", failed.len());
}

#[test]
fn err_what_the_version_demands_is_missing() {
    let missing = |builder: CardBuilder| match builder.build() {
        Err(BuildError::Missing { name, .. }) => Some(name),
        Err(error) => panic!("{error}"),
        Ok(_) => None,
    };
    assert_eq!(missing(Card::builder(Version::V4_0)), Some("FN"));
    assert_eq!(
        missing(Card::builder(Version::V3_0).full_name("Ada")),
        Some("N")
    );
    assert_eq!(missing(Card::builder(Version::V3_0).fill_required()), None);
    let empty = Card::builder(Version::V4_0).build_unchecked().unwrap();
    assert_eq!(
        empty.to_string(),
        "BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n"
    );
    for name in ["VERSION", "BEGIN", "END", "version"] {
        let error = builder(Version::V4_0).text(name, "2.1").build_unchecked();
        assert!(matches!(error, Err(BuildError::Name { .. })), "{name}");
    }
    for parameter in ["PREF", "PID", "SORT-AS", "ALTID", "INDEX"] {
        let parameter = Parameter::new(parameter, ["1"]).unwrap();
        let email = Property::text("EMAIL", "a@example.com")
            .unwrap()
            .with_parameter(parameter);
        assert!(matches!(
            builder(Version::V3_0).property(email).build(),
            Err(BuildError::Parameter { .. })
        ));
    }
    let related = builder(Version::V3_0).text("RELATED", "a").build();
    assert!(matches!(related, Err(BuildError::NotInVersion { .. })));
    let twice = builder(Version::V4_0)
        .text("BDAY", "19850412")
        .text("BDAY", "19850413")
        .build();
    assert!(matches!(twice, Err(BuildError::TooMany { name: "BDAY" })));
}

#[test]
fn err_what_a_value_needs_is_missing() {
    let profile = || UriOrText::Text("@ada".into());
    let built = builder(Version::V4_0)
        .with::<SocialProfile>(profile())
        .build();
    assert!(matches!(
        built,
        Err(BuildError::ParameterMissing {
            parameter: "SERVICE-TYPE",
            ..
        })
    ));
    let service = Parameter::new("SERVICE-TYPE", ["Harbour"]).unwrap();
    let entry = Entry::new(profile()).parameter(service);
    assert!(
        builder(Version::V4_0)
            .with::<SocialProfile>(entry)
            .build()
            .is_ok()
    );
    // Of a card that exists it is asked too, before anything is changed.
    let text = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nSOCIALPROFILE:https://example.com/@a\r\nEND:VCARD\r\n";
    let mut card = Card::parse(text).unwrap();
    let error = card.set::<SocialProfile>(profile()).unwrap_err();
    assert_eq!(
        error.kind(),
        &SetErrorKind::Needs {
            parameter: "SERVICE-TYPE"
        }
    );
    assert_eq!(
        error.to_string(),
        "SOCIALPROFILE: a value of this type needs the parameter SERVICE-TYPE; set that first"
    );
    assert_eq!(card.to_string(), text);
    let service = Parameter::new("SERVICE-TYPE", ["Harbour"]).unwrap();
    let mut one = card.property_mut("SOCIALPROFILE").unwrap();
    one.set_parameter(service).unwrap();
    card.set::<SocialProfile>(profile()).unwrap();
    assert!(validate(&card, Profile::Declared).is_empty(), "{card}");
    let member = || Uri::new("mailto:a@example.com").unwrap();
    let built = builder(Version::V4_0).with::<Member>(member()).build();
    assert!(matches!(built, Err(BuildError::MemberOfNoGroup)));
    assert!(
        builder(Version::V4_0)
            .text("KIND", "group")
            .with::<Member>(member())
            .build()
            .is_ok()
    );
}

/// A card that exists becomes a group in steps, in any order: what its properties are to each other the
/// checker says.
#[test]
fn ok_members_and_their_kind_come_in_any_order() {
    let text = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Rowers\r\nEND:VCARD\r\n";
    let found = |card: &Card| -> Vec<&str> {
        let report = validate(card, Profile::Declared);
        report.iter().map(|finding| finding.rule.id).collect()
    };
    for kind_first in [true, false] {
        let mut card = Card::parse(text).unwrap();
        if kind_first {
            card.set::<property::Kind>(Kind::Group).unwrap();
        }
        card.add::<Member>("mailto:a@example.com").unwrap();
        card.set::<Member>("mailto:b@example.com").unwrap();
        card.add::<Member>("mailto:c@example.com").unwrap();
        if !kind_first {
            assert_eq!(found(&card), ["member-without-group"]);
            card.set::<property::Kind>(Kind::Group).unwrap();
        }
        assert_eq!(card.members().count(), 2);
        assert!(found(&card).is_empty(), "{card}");
    }
}

/// Why a value was not written says the error by itself, with the version and what there is a form for.
#[test]
fn err_a_value_that_was_not_written_says_why() {
    // Without a year it would have the form of a vendor.
    let date = || PartialDate::year_month(1985, 4).unwrap();
    let built = builder(Version::V3_0).with::<Bday>(date()).build();
    let error = built.unwrap_err();
    let set = error.set_error().unwrap();
    assert_eq!(set.property(), "BDAY");
    assert_eq!(
        set.kind(),
        &SetErrorKind::Value(Unwritable::NotInVersion {
            version: Version::V3_0,
            what: "a date with parts left out",
            instead: Some("year, month and day have one"),
        })
    );
    // Of a card that exists it is the same error.
    let text = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nN:A;;;;\r\nEND:VCARD\r\n";
    let mut card = Card::parse(text).unwrap();
    assert_eq!(&card.set::<Bday>(date()).unwrap_err(), set);
    assert_eq!(
        error.to_string(),
        "BDAY: vCard 3.0 has no form for a date with parts left out; year, month and day have one"
    );
    // Of text.
    let error = builder(Version::V4_0)
        .url("example.com")
        .build()
        .unwrap_err();
    let kind = error.set_error().map(|error| error.kind());
    assert!(
        matches!(kind, Some(SetErrorKind::Text(why)) if why.reason == Reason::NoScheme),
        "{error:?}"
    );
    // Of what was written by hand.
    let value = PropertyValue::Raw("female".into());
    let gender = Property::new("GENDER", value).unwrap();
    let error = builder(Version::V4_0).property(gender).build().unwrap_err();
    let set = error.set_error().unwrap();
    assert_eq!(set.property(), "GENDER");
    assert!(matches!(set.kind(), SetErrorKind::Text(_)), "{error:?}");
    assert_eq!(set.to_string(), error.to_string());
    let missing = Card::builder(Version::V4_0).build().unwrap_err();
    assert!(missing.set_error().is_none());
}

fn line(card: &Card, name: &str) -> String {
    let property = card.property(name).unwrap();
    String::from_utf8_lossy(property.raw())
        .replace("\r\n ", "")
        .replace("\r\n", "")
}

#[test]
fn ok_texts_are_what_they_are_read_as() {
    let four = |builder: CardBuilder, name| line(&builder.build().unwrap(), name);
    let uid = "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1";
    for version in [Version::V3_0, Version::V4_0] {
        assert_eq!(four(builder(version).uid(uid), "UID"), format!("UID:{uid}"));
        assert_eq!(
            four(builder(version).birthday("1985-04-12"), "BDAY"),
            match version {
                Version::V4_0 => "BDAY:19850412",
                _ => "BDAY:1985-04-12",
            }
        );
    }
    let of_4_0 = || builder(Version::V4_0);
    assert_eq!(
        four(of_4_0().phone("tel:+14155550123"), "TEL"),
        "TEL;VALUE=uri:tel:+14155550123"
    );
    assert_eq!(
        four(builder(Version::V3_0).phone("tel:+14155550123"), "TEL"),
        "TEL:+14155550123"
    );
    assert_eq!(
        four(of_4_0().with::<Related>("mailto:b@example.com"), "RELATED"),
        "RELATED:mailto:b@example.com"
    );
    assert_eq!(
        four(of_4_0().with::<Related>("Bo"), "RELATED"),
        "RELATED;VALUE=text:Bo"
    );
    assert_eq!(
        four(of_4_0().birthday("about 1790"), "BDAY"),
        "BDAY;VALUE=text:about 1790"
    );
    assert!(matches!(DateOrText::from("--12-10"), DateOrText::Date(_)));
    let mut card = of_4_0().build().unwrap();
    card.set::<Uid>(uid).unwrap();
    assert_eq!(line(&card, "UID"), format!("UID:{uid}"));
}

#[test]
fn ok_values_in_the_form_of_3_0() {
    let of_3_0 = || builder(Version::V3_0);
    let of = |builder: CardBuilder, name: &str| line(&builder.build().unwrap(), name);
    let data = || Binary::from_base64("AQID").unwrap();
    assert_eq!(
        of(of_3_0().with::<Photo>(Media::Inline(data())), "PHOTO"),
        "PHOTO;ENCODING=b:AQID"
    );
    assert_eq!(
        of(of_3_0().with::<KeyOf>(Key::Inline(data())), "KEY"),
        "KEY;ENCODING=b:AQID"
    );
    assert_eq!(
        of(of_3_0().with::<KeyOf>(Key::Text("ab cd".into())), "KEY"),
        "KEY;VALUE=text:ab cd"
    );
    let sound = Media::Data(data().into_data_uri("audio/mpeg").unwrap());
    assert_eq!(
        of(of_3_0().with::<Sound>(sound), "SOUND"),
        "SOUND;ENCODING=b;TYPE=MPEG:AQID"
    );
    let key = Key::Uri(Uri::new("https://example.com/k").unwrap());
    assert!(of_3_0().with::<KeyOf>(key).build().is_err());
    let birthday = PartialDate::month_day(2, 29).unwrap();
    let card = of_3_0().birthday(birthday).build().unwrap();
    assert_eq!(
        line(&card, "BDAY"),
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29"
    );
    assert_eq!(
        card.get::<Bday>().unwrap().value().unwrap(),
        birthday.into()
    );
    let extension: TelUri = "tel:+14155550103;ext=102".parse().unwrap();
    let error = of_3_0().phone(Phone::new(extension)).build().unwrap_err();
    assert!(
        error.to_string().contains("write the number as text"),
        "{error}"
    );
}

#[test]
fn ok_parts_of_rfc_9554_are_repeated_where_old_readers_look() {
    let name = Name::new("Ruiz", "Ana")
        .with_secondary_surnames(["Soto"])
        .with_generations(["Jr."]);
    let address = Address::default()
        .with_street_number(["1"])
        .with_street_name(["Oak St"])
        .with_locality(["Oslo"]);
    let card = Card::builder(Version::V4_0)
        .full_name("Ana")
        .name(name)
        .address(address)
        .build()
        .unwrap();
    assert_eq!(line(&card, "N"), "N:Ruiz,Soto;Ana;;;Jr.;Soto;Jr.");
    assert_eq!(
        line(&card, "ADR"),
        "ADR:;;1 Oak St;Oslo;;;;;;;1;Oak St;;;;;;"
    );
}

#[test]
fn ok_commas_of_uris_are_a_choice() {
    let url = || Property::uri("URL", "https://example.com/a,b").unwrap();
    let data = || {
        Media::Data(
            Binary::from_base64("AQID")
                .unwrap()
                .into_data_uri("image/gif")
                .unwrap(),
        )
    };
    let typed = || Uri::new("https://example.com/a,b").unwrap();
    for (version, commas, comma) in [
        (Version::V4_0, None, "\\,"),
        (Version::V4_0, Some(UriCommas::Plain), ","),
        (Version::V4_0, Some(UriCommas::Escaped), "\\,"),
        (Version::V3_0, None, ","),
        (Version::V3_0, Some(UriCommas::Plain), ","),
        (Version::V3_0, Some(UriCommas::Escaped), "\\,"),
    ] {
        let with = |builder: CardBuilder| match commas {
            Some(commas) => builder.uri_commas(commas),
            None => builder,
        };
        let wanted = format!("URL:https://example.com/a{comma}b");
        let generic = with(builder(version)).property(url()).build().unwrap();
        assert_eq!(line(&generic, "URL"), wanted);
        let mut card = with(builder(version)).url(typed()).build().unwrap();
        assert_eq!(line(&card, "URL"), wanted);
        // What is not touched stays, and an equal value touches nothing.
        card.set_uri_commas(UriCommas::Plain);
        card.property_mut("URL").unwrap().set(&typed()).unwrap();
        assert_eq!(line(&card, "URL"), wanted);
        card.property_mut("URL")
            .unwrap()
            .set(&Uri::new("https://example.com/c,d").unwrap())
            .unwrap();
        assert_eq!(line(&card, "URL"), "URL:https://example.com/c,d");
        if version == Version::V4_0 {
            let card = with(builder(version))
                .with::<Photo>(data())
                .photo("image/gif", [1, 2, 3])
                .build()
                .unwrap();
            let photos = card
                .to_string()
                .matches(&format!("base64{comma}AQID"))
                .count();
            assert_eq!(photos, 2, "{card}");
        }
    }
}

#[test]
fn ok_a_circumflex_stands_in_quotes() {
    let label = Parameter::new("LABEL", ["1 Elm\nTown"]).unwrap();
    let address = Entry::new(Address::default().with_locality(["Town"])).parameter(label);
    let card = builder(Version::V4_0).address(address).build().unwrap();
    assert_eq!(line(&card, "ADR"), "ADR;LABEL=\"1 Elm^nTown\":;;;Town;;;");
}

#[test]
fn ok_a_picture_that_is_preferred_says_what_it_is() {
    let data = |media_type: &str| {
        let data = Binary::from_base64("AQID").unwrap();
        Media::Data(data.into_data_uri(media_type.to_owned()).unwrap())
    };
    for (entry, wanted) in [
        (
            Entry::new(data("image/jpeg")).preferred(),
            "PHOTO;TYPE=pref;ENCODING=b;TYPE=JPEG:AQID",
        ),
        (
            Entry::new(data("image/png")).types(["home"]).preferred(),
            "PHOTO;TYPE=home,pref;ENCODING=b;TYPE=PNG:AQID",
        ),
        (
            Entry::new(data("image/x-odd")).types(["work"]),
            "PHOTO;TYPE=work;ENCODING=b;TYPE=X-ODD:AQID",
        ),
    ] {
        let card = builder(Version::V3_0)
            .with::<Photo>(entry)
            .build_unchecked()
            .unwrap();
        assert_eq!(line(&card, "PHOTO"), wanted);
        let photo = card.property("PHOTO").unwrap();
        let media_type = photo.binary().unwrap().unwrap().media_type().to_owned();
        assert!(
            wanted
                .to_lowercase()
                .contains(&media_type["image/".len()..]),
            "{media_type}"
        );
        assert_eq!(photo.is_preferred(), wanted.contains("pref"));
    }
    let card = builder(Version::V4_0)
        .with::<Photo>(Entry::new(data("image/jpeg")).preferred())
        .build()
        .unwrap();
    let photo = card.photo().unwrap();
    assert!(photo.is_preferred());
    assert_eq!(photo.value().unwrap(), data("image/jpeg"));
}

/// A value in the language of another standard, and what stands in for the rest of the card.
#[test]
fn err_values_that_only_the_checker_read() {
    let of = |version: Version, name: &'static str, value: &str| {
        let value = PropertyValue::Raw(value.into());
        builder(version).property(Property::new(name, value).unwrap())
    };
    let of_4_0 = |name, value: &str| of(Version::V4_0, name, value).build();
    for (name, wrong, right) in [
        ("GENDER", "female", "F"),
        ("GENDER", "M;a;b", "M;a\\;b"),
        ("GENDER", "x;it varies", ";it varies"),
        ("XML", "<a/>", "<a xmlns=\"urn:x\"/>"),
        (
            "XML",
            "<a xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\"/>",
            "<a xmlns=\"urn:x:y\">b</a>",
        ),
    ] {
        assert!(of_4_0(name, wrong).is_err(), "{name}:{wrong}");
        let card = of_4_0(name, right).unwrap();
        assert_eq!(
            validate(&card, Profile::Declared).errors().count(),
            0,
            "{card}"
        );
    }
    for (wrong, right) in [
        ("tux", "\"tux\""),
        ("[1, 2", "[1,2]"),
        ("{\"a\":}", "{\"a\":null}"),
    ] {
        let of = |json: &str, pointer: &str| {
            let pointer = Parameter::new("JSPTR", [pointer]).unwrap();
            let property = Property::text("JSPROP", json).unwrap();
            builder(Version::V4_0)
                .property(property.with_parameter(pointer))
                .build()
        };
        #[cfg(feature = "serde")]
        assert!(of(wrong, "notes/1").is_err(), "{wrong}");
        let card = of(right, "notes/1").unwrap();
        assert_eq!(
            validate(&card, Profile::Declared).errors().count(),
            0,
            "{card}"
        );
        assert!(of(right, "notes~2").is_err());
        assert!(of(right, "name/components/1").is_err());
    }
    for (comps, is_right) in [
        (";1;0", true),
        ("s,\\, ;1;0", true),
        (";0", true),
        ("1;0", false),
        (";x", false),
        (";1,0", false),
        ("", true),
        (";", false),
    ] {
        let comps = Parameter::new("JSCOMPS", [comps]).unwrap();
        let name = Entry::new(Name::new("Lie", "Odd")).parameter(comps.clone());
        let built = Card::builder(Version::V4_0)
            .full_name("A")
            .name(name)
            .build();
        assert_eq!(built.is_ok(), is_right, "{comps:?}");
    }
}

#[test]
fn err_what_no_reader_makes_sense_of() {
    for version in [Version::V3_0, Version::V4_0] {
        let raw = |raw: &str| {
            let value = PropertyValue::Raw(raw.into());
            builder(version)
                .property(Property::new("NOTE", value).unwrap())
                .build()
        };
        assert!(raw("a\\").is_err() && raw("\\\\\\").is_err());
        assert!(raw("a\\\\").is_ok() && raw("a\\n").is_ok());
    }
    let phonetic = Parameter::new("PHONETIC", ["script"]).unwrap();
    let name = Entry::new(Name::new("Lie", "Odd")).parameter(phonetic);
    let of = |name| {
        Card::builder(Version::V4_0)
            .full_name("A")
            .name(name)
            .build()
    };
    assert!(matches!(
        of(name.clone()),
        Err(BuildError::ParameterMissing {
            parameter: "SCRIPT",
            ..
        })
    ));
    let script = Parameter::new("SCRIPT", ["Latn"]).unwrap();
    assert!(of(name.parameter(script)).is_ok());
}

#[test]
fn err_numbers_that_programs_cannot_tell_apart() {
    let tel = |parameter: &'static str, value: &str| {
        let parameter = Parameter::new(parameter, [value]).unwrap();
        Property::text("TEL", "1")
            .unwrap()
            .with_parameter(parameter)
    };
    let of_4_0 = || builder(Version::V4_0);
    let map = |number: &str| format!("{number};urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1");
    let built = of_4_0().property(tel("PID", "1.2")).build();
    assert!(matches!(
        built,
        Err(BuildError::PidWithoutMap { source_id: 2 })
    ));
    let built = of_4_0()
        .property(tel("PID", "1.1,2.3"))
        .text("CLIENTPIDMAP", map("1"))
        .build();
    assert!(matches!(
        built,
        Err(BuildError::PidWithoutMap { source_id: 3 })
    ));
    // In either order, and of a property that nobody knows.
    let private = Property::text("X-A", "1").unwrap();
    let private = private.with_parameter(Parameter::new("PID", ["7.2"]).unwrap());
    let card = of_4_0()
        .text("CLIENTPIDMAP", map("1"))
        .property(tel("PID", "1.1"))
        .property(tel("PID", "2"))
        .property(private)
        .text("CLIENTPIDMAP", map("2"))
        .build()
        .unwrap();
    assert_eq!(
        validate(&card, Profile::Declared).errors().count(),
        0,
        "{card}"
    );
    let twice = of_4_0()
        .text("CLIENTPIDMAP", map("1"))
        .text("CLIENTPIDMAP", map("1"))
        .property(tel("PID", "1.1"));
    assert!(twice.build().is_err());
    let same = of_4_0().property(tel("PROP-ID", "a"));
    assert!(same.clone().property(tel("PROP-ID", "b")).build().is_ok());
    assert!(same.property(tel("PROP-ID", "a")).build().is_err());
}

/// Of alternatives the first says whether the card is a group, to who builds it and to who checks it.
#[test]
fn ok_the_first_kind_says_whether_a_card_is_a_group() {
    let with = |kinds: [&str; 2]| {
        let kind = |kind: &str| {
            let altid = Parameter::new("ALTID", ["1"]).unwrap();
            Property::text("KIND", kind).unwrap().with_parameter(altid)
        };
        let member = Property::uri("MEMBER", "urn:uuid:1").unwrap();
        let builder = Card::builder(Version::V4_0).full_name("Oak");
        let [first, second] = kinds.map(kind);
        builder
            .property(first)
            .property(second)
            .property(member)
            .build()
    };
    let card = with(["group", "org"]).unwrap();
    assert!(!validate(&card, Profile::Declared).has_errors());
    assert!(matches!(
        with(["org", "group"]),
        Err(BuildError::MemberOfNoGroup)
    ));
}
