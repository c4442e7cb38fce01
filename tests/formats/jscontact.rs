//! JSContact and vCard, each made of the other: the pairs of RFC 9555, the figures of RFC 9553, and what
//! those leave open. The data are invented; the shapes are those of the RFCs.

use serde_json::{Map, Value, json};
use vcardinal::validate::{Profile, validate};
use vcardinal::{Card, jscontact};

fn card(lines: &str) -> Card {
    let name = match lines.lines().any(|line| line.starts_with("FN")) {
        true => "",
        false => "FN:Odalys Brook\n",
    };
    let text = format!("BEGIN:VCARD\nVERSION:4.0\n{name}{lines}\nEND:VCARD\n");
    Card::parse(text).unwrap()
}

/// A card with these members, and with a name where there is none.
fn value(members: &Value) -> Value {
    let mut map = Map::new();
    map.insert("@type".into(), "Card".into());
    map.insert("version".into(), "2.0".into());
    map.insert("name".into(), json!({ "full": "Odalys Brook" }));
    map.extend(members.as_object().unwrap().clone());
    Value::Object(map)
}

/// What a card comes to is what is expected, and what that comes to is the card again.
#[track_caller]
fn both_ways(lines: &str, members: &Value) {
    let card = card(lines);
    let expected = value(members);
    let found = jscontact::to_value(&card).unwrap();
    assert_eq!(found, expected, "{lines}\n{found:#}");
    assert_eq!(jscontact::check(&expected), [], "{expected:#}");
    let back = jscontact::from_value(&expected).unwrap();
    assert_eq!(content(&back), content(&card), "{lines}\n{back}");
    assert_no_error(&back);
}

/// What a card comes to, where the way back has another form of it.
#[track_caller]
fn one_way(lines: &str, members: &Value) {
    let found = jscontact::to_value(&card(lines)).unwrap();
    let expected = value(members);
    assert_eq!(found, expected, "{lines}\n{found:#}");
    round(&expected);
}

/// A card comes back as it was.
#[track_caller]
fn round(value: &Value) -> Card {
    assert_eq!(jscontact::check(value), [], "{value:#}");
    let card = jscontact::from_value(value).unwrap();
    let back = jscontact::to_value(&card).unwrap();
    assert_eq!(sorted(&back), sorted(value), "{card}\n{back:#}");
    assert_no_error(&card);
    card
}

#[track_caller]
fn assert_no_error(card: &Card) {
    let report = validate(card, Profile::Declared);
    let errors: Vec<String> = report.errors().map(|finding| finding.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}\n{card}");
}

/// With the components sorted whose order says nothing.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        Value::Object(map) => {
            let mut map: Map<String, Value> = map
                .iter()
                .map(|(name, value)| (name.clone(), sorted(value)))
                .collect();
            let is_ordered = map.get("isOrdered") == Some(&Value::Bool(true));
            if let Some(Value::Array(components)) = map.get_mut("components")
                && !is_ordered
            {
                components.sort_by_key(Value::to_string);
            }
            Value::Object(map)
        }
        other => other.clone(),
    }
}

/// What a card says: its properties with their parameters, in an order that says nothing. An FN that is
/// made from others says nothing.
fn content(card: &Card) -> Vec<String> {
    let mut all: Vec<String> = card
        .properties()
        .map(|property| {
            let mut parameters: Vec<String> = property
                .parameters()
                .map(|parameter| {
                    let values: Vec<_> = parameter.values().collect();
                    format!(
                        "{}={}",
                        parameter.meaning().to_ascii_uppercase(),
                        values.join(",")
                    )
                })
                .collect();
            parameters.sort();
            let group = property
                .group()
                .map(|group| format!("{}.", group.to_ascii_lowercase()));
            let name = property.name().to_ascii_uppercase();
            let value = match name.as_str() {
                // Components at the end with nothing in them say nothing.
                "ADR" | "N" => property
                    .raw_text()
                    .unwrap()
                    .trim_end_matches(';')
                    .to_owned(),
                _ => property.raw_text().unwrap().into_owned(),
            };
            format!(
                "{}{name};{}:{value}",
                group.unwrap_or_default(),
                parameters.join(";")
            )
        })
        .collect();
    all.sort();
    all
}

#[test]
fn ok_groups() {
    // RFC 9555, 2.3.9.
    both_ways(
        "item1.TEL;PROP-ID=p1;VALUE=uri:tel:+1-202-555-0101",
        &json!({ "phones": { "p1": {
            "number": "tel:+1-202-555-0101", "vCardParams": { "group": "item1" },
        } } }),
    );
    both_ways(
        "item2.X-MOOD:calm",
        &json!({ "vCardProps": [["x-mood", { "group": "item2" }, "unknown", "calm"]] }),
    );
    // RFC 9555, 2.11.11.
    both_ways(
        "item1.TEL;PROP-ID=p1;VALUE=uri:tel:+1-202-555-0101\nitem1.X-ABLabel:boat",
        &json!({ "phones": { "p1": { "number": "tel:+1-202-555-0101", "label": "boat" } } }),
    );
    // A label of two numbers; and one of an object that has none.
    both_ways(
        "b.TEL;PROP-ID=p1:1\nb.TEL;PROP-ID=p2:2\nb.X-ABLabel:boat",
        &json!({ "phones": {
            "p1": { "number": "1", "label": "boat", "vCardParams": { "group": "b" } },
            "p2": { "number": "2", "label": "boat", "vCardParams": { "group": "b" } },
        } }),
    );
    both_ways(
        "b.NOTE;PROP-ID=n1:a\nb.X-ABLabel:boat",
        &json!({
            "notes": { "n1": { "note": "a", "vCardParams": { "group": "b" } } },
            "vCardProps": [["x-ablabel", { "group": "b" }, "unknown", "boat"]],
        }),
    );
}

#[test]
fn ok_languages() {
    // RFC 9555, 2.3.11: one dominant language, which is that of the card.
    one_way(
        "FN;LANGUAGE=EN:Odalys Brook\nTITLE;PROP-ID=t1;ALTID=1;LANGUAGE=EN:Head\n\
         TITLE;PROP-ID=t1;ALTID=1;LANGUAGE=fr:Cheffe",
        &json!({
            "language": "en",
            "titles": { "t1": { "kind": "title", "name": "Head" } },
            "localizations": { "fr": { "titles/t1/name": "Cheffe" } },
        }),
    );
    both_ways(
        "TITLE;PROP-ID=t1;ALTID=1:Head\nTITLE;PROP-ID=t1;ALTID=1;LANGUAGE=fr:Cheffe",
        &json!({
            "titles": { "t1": { "kind": "title", "name": "Head" } },
            "localizations": { "fr": { "titles/t1/name": "Cheffe" } },
        }),
    );
    // A title that is in one language alone.
    both_ways(
        "TITLE;PROP-ID=t1;LANGUAGE=fr:Cheffe",
        &json!({ "titles": { "t1": {
            "kind": "title", "name": "Cheffe", "vCardParams": { "language": "fr" },
        } } }),
    );
    // Other parameters of the variant.
    both_ways(
        "EMAIL;PROP-ID=e1;ALTID=1;PREF=1;TYPE=work:a@example.com\n\
         EMAIL;PROP-ID=e1;ALTID=1;LANGUAGE=fr:b@example.com",
        &json!({
            "emails": { "e1": { "address": "a@example.com", "pref": 1, "contexts": { "work": true } } },
            "localizations": { "fr": {
                "emails/e1/address": "b@example.com",
                "emails/e1/pref": null,
                "emails/e1/contexts": null,
            } },
        }),
    );
    // The full name alone, and the whole name.
    both_ways(
        "FN;ALTID=1:Odalys Brook\nFN;ALTID=1;LANGUAGE=uk:Одаліс Брук",
        &json!({ "localizations": { "uk": { "name/full": "Одаліс Брук" } } }),
    );
    both_ways(
        "FN;ALTID=1:Odalys Brook\nN;ALTID=1:Brook;Odalys;;;;;\nFN;ALTID=1;LANGUAGE=uk:Одаліс Брук\n\
         N;ALTID=1;LANGUAGE=uk:Брук;Одаліс;;;;;",
        &json!({
            "name": { "full": "Odalys Brook", "components": [
                { "kind": "surname", "value": "Brook" }, { "kind": "given", "value": "Odalys" },
            ] },
            "localizations": { "uk": { "name": { "full": "Одаліс Брук", "components": [
                { "kind": "surname", "value": "Брук" }, { "kind": "given", "value": "Одаліс" },
            ] } } },
        }),
    );
    // An address whose label is all that is other, and one with other components. RFC 9555, 2.6.1.
    both_ways(
        "ADR;PROP-ID=a1;ALTID=1;LABEL=Mill Lane:;;;;;;\n\
         ADR;PROP-ID=a1;ALTID=1;LANGUAGE=fr;LABEL=allée du Moulin:;;;;;;",
        &json!({
            "addresses": { "a1": { "full": "Mill Lane" } },
            "localizations": { "fr": { "addresses/a1/full": "allée du Moulin" } },
        }),
    );
    both_ways(
        "ADR;PROP-ID=a1;ALTID=1:;;;Basel;;;\nADR;PROP-ID=a1;ALTID=1;LANGUAGE=fr:;;;Bâle;;;",
        &json!({
            "addresses": { "a1": { "components": [{ "kind": "locality", "value": "Basel" }] } },
            "localizations": { "fr": { "addresses/a1": {
                "components": [{ "kind": "locality", "value": "Bâle" }],
            } } },
        }),
    );
    both_ways(
        "BDAY;PROP-ID=b1:19530415\nBIRTHPLACE;PROP-ID=b1;ALTID=1:Basel\n\
         BIRTHPLACE;PROP-ID=b1;ALTID=1;LANGUAGE=fr:Bâle",
        &json!({
            "anniversaries": { "b1": {
                "kind": "birth",
                "date": { "year": 1953, "month": 4, "day": 15 },
                "place": { "full": "Basel" },
            } },
            "localizations": { "fr": { "anniversaries/b1/place/full": "Bâle" } },
        }),
    );
}

#[test]
fn ok_sounds() {
    // RFC 9555, 2.3.15; RFC 9553, figure 20.
    let name = json!({ "components": [
        { "kind": "surname", "value": "陳" },
        { "kind": "given", "value": "大文" },
        { "kind": "given2", "value": "文" },
        { "kind": "given2", "value": "明" },
    ] });
    one_way(
        "FN;DERIVED=TRUE:陳大文\nLANGUAGE:zh-Hant\nN;ALTID=1;LANGUAGE=zh-Hant:陳;大文;文,明;;\n\
         N;ALTID=1;PHONETIC=jyut;SCRIPT=Latn;LANGUAGE=yue:can4;daai6man4;man4,ming4;;",
        &json!({
            "language": "zh-Hant",
            "name": name,
            "localizations": { "yue": {
                "name/phoneticSystem": "jyut",
                "name/phoneticScript": "Latn",
                "name/components/0/phonetic": "can4",
                "name/components/1/phonetic": "daai6man4",
                "name/components/2/phonetic": "man4",
                "name/components/3/phonetic": "ming4",
            } },
        }),
    );
    // In the language of the card; RFC 9553, figure 1.
    both_ways(
        "FN:Odalys Brook\nN;ALTID=1;JSCOMPS=\";1;0\":Brook;Odalys;;;;;\n\
         N;ALTID=1;PHONETIC=ipa;JSCOMPS=\";1;0\":/brʊk/;/ˈɔdaliːs/;;;;;",
        &json!({ "name": {
            "full": "Odalys Brook",
            "components": [
                { "kind": "given", "value": "Odalys", "phonetic": "/ˈɔdaliːs/" },
                { "kind": "surname", "value": "Brook", "phonetic": "/brʊk/" },
            ],
            "isOrdered": true,
            "phoneticSystem": "ipa",
        } }),
    );
    both_ways(
        "ADR;PROP-ID=a1;ALTID=1:;;;京都;;;\n\
         ADR;PROP-ID=a1;ALTID=1;PHONETIC=script;SCRIPT=Latn:;;;Kyoto;;;",
        &json!({ "addresses": { "a1": {
            "components": [{ "kind": "locality", "value": "京都", "phonetic": "Kyoto" }],
            "phoneticScript": "Latn",
        } } }),
    );
    // What does not fit.
    let found = jscontact::to_value(&card(
        "N;ALTID=1:Brook;Odalys;;;;;\nN;ALTID=1;PHONETIC=ipa:/brʊk/;;;;;;",
    ));
    assert_eq!(found.unwrap()["vCardProps"][0][0], "n");
}

#[test]
fn ok_general_and_identification() {
    // RFC 9555, 2.4.2, 2.4.3.
    both_ways("KIND:individual", &json!({ "kind": "individual" }));
    both_ways(
        "SOURCE;PROP-ID=s1:https://dir.example.com/book/brook/Odalys%20Brook.vcf",
        &json!({ "directories": { "s1": {
            "kind": "entry", "uri": "https://dir.example.com/book/brook/Odalys%20Brook.vcf",
        } } }),
    );
    // 2.5.1.
    both_ways(
        "BDAY;PROP-ID=k1:19531015T231000Z\nBIRTHPLACE;PROP-ID=k1:1 Mill Lane\\nEastwold\n\
         DEATHDATE;PROP-ID=k2:19960415\nDEATHPLACE;PROP-ID=k2;VALUE=uri:geo:48.2\\,16.3\n\
         ANNIVERSARY;PROP-ID=k3:19860201",
        &json!({ "anniversaries": {
            "k1": {
                "kind": "birth",
                "date": { "@type": "Timestamp", "utc": "1953-10-15T23:10:00Z" },
                "place": { "full": "1 Mill Lane\nEastwold" },
            },
            "k2": {
                "kind": "death",
                "date": { "year": 1996, "month": 4, "day": 15 },
                "place": { "coordinates": "geo:48.2,16.3" },
            },
            "k3": { "kind": "wedding", "date": { "year": 1986, "month": 2, "day": 1 } },
        } }),
    );
    // 2.5.2, 2.5.4, 2.5.5, 2.5.6, 2.5.7.
    both_ways(
        "FN:Ms. Odalys Q. Brook\\, Esq.",
        &json!({ "name": { "full": "Ms. Odalys Q. Brook, Esq." } }),
    );
    both_ways(
        "GRAMGENDER:neuter\nPRONOUNS;PROP-ID=o1;PREF=2:they/them\nPRONOUNS;PROP-ID=o2;PREF=1:xe/xir",
        &json!({ "speakToAs": { "grammaticalGender": "neuter", "pronouns": {
            "o1": { "pronouns": "they/them", "pref": 2 },
            "o2": { "pronouns": "xe/xir", "pref": 1 },
        } } }),
    );
    one_way(
        "N;SORT-AS=\"Brookhaven,Odalys Quill\":Brookhaven;Odalys;Quill,Roe;Dr.;Jr.,M.D.,A.C.P.;;Jr.",
        &json!({ "name": {
            "full": "Odalys Brook",
            "components": [
                { "kind": "surname", "value": "Brookhaven" },
                { "kind": "given", "value": "Odalys" },
                { "kind": "given2", "value": "Quill" },
                { "kind": "given2", "value": "Roe" },
                { "kind": "title", "value": "Dr." },
                { "kind": "credential", "value": "M.D." },
                { "kind": "credential", "value": "A.C.P." },
                { "kind": "generation", "value": "Jr." },
            ],
            "sortAs": { "surname": "Brookhaven", "given": "Odalys Quill" },
        } }),
    );
    both_ways(
        "NICKNAME;PROP-ID=n1:Ody",
        &json!({ "nicknames": { "n1": { "name": "Ody" } } }),
    );
    both_ways(
        "PHOTO;PROP-ID=m1:https://www.example.com/photos/ody.gif",
        &json!({ "media": { "m1": {
            "kind": "photo", "uri": "https://www.example.com/photos/ody.gif",
        } } }),
    );
    // 2.5.3.
    both_ways(
        "GENDER:F",
        &json!({ "vCardProps": [["gender", {}, "text", "F"]] }),
    );
}

#[test]
fn ok_addresses() {
    // RFC 9555, 2.6.1.
    one_way(
        "ADR;PROP-ID=a1;TYPE=work;CC=US:;;54321 Elm St;Eastwold;VA;20190;USA;;;;54321;Elm St;;;;;;",
        &json!({ "addresses": { "a1": {
            "components": [
                { "kind": "locality", "value": "Eastwold" },
                { "kind": "region", "value": "VA" },
                { "kind": "postcode", "value": "20190" },
                { "kind": "country", "value": "USA" },
                { "kind": "number", "value": "54321" },
                { "kind": "name", "value": "Elm St" },
            ],
            "contexts": { "work": true },
            "countryCode": "US",
        } } }),
    );
    // The older form.
    let old = jscontact::to_value(&card(
        "ADR;PROP-ID=a1:PO 5;Apt 7;1 Elm St;Eastwold;VA;20190;USA",
    ));
    let old = &old.unwrap()["addresses"]["a1"]["components"];
    let kinds: Vec<&str> = old
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["kind"].as_str().unwrap())
        .collect();
    let expected = [
        "postOfficeBox",
        "apartment",
        "name",
        "locality",
        "region",
        "postcode",
        "country",
    ];
    assert_eq!(kinds, expected);
    // What is said about an address.
    both_ways(
        "ADR;PROP-ID=a1;PREF=1;TYPE=home,billing,delivery;GEO=\"geo:48.2,16.3\";TZ=Europe/Vienna;\
         LABEL=\"1 Elm St^nEastwold\":;;;;;;",
        &json!({ "addresses": { "a1": {
            "full": "1 Elm St\nEastwold",
            "contexts": { "private": true, "billing": true, "delivery": true },
            "coordinates": "geo:48.2,16.3",
            "timeZone": "Europe/Vienna",
            "pref": 1,
        } } }),
    );
    // A label as RFC 6350 writes it.
    one_way(
        "ADR;PROP-ID=a1;LABEL=\"1 Elm St\\nEastwold\":;;;;;;",
        &json!({ "addresses": { "a1": { "full": "1 Elm St\nEastwold" } } }),
    );
}

#[test]
fn ok_geographical() {
    // RFC 9555, 2.8: into the address of the group, the only address, or one of its own.
    let address = |more: Value| {
        let mut address = json!({ "components": [{ "kind": "locality", "value": "Eastwold" }] });
        address
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!({ "addresses": { "a1": address } })
    };
    let place = json!({ "coordinates": "geo:48.2,16.3", "timeZone": "Etc/GMT+5" });
    for lines in [
        "ADR;PROP-ID=a1:;;;Eastwold;;;\nGEO:geo:48.2,16.3\nTZ;VALUE=utc-offset:-0500",
        "x.ADR;PROP-ID=a1:;;;Eastwold;;;\nX.GEO:geo:48.2,16.3\nx.TZ;VALUE=utc-offset:-0500",
        "ADR;PROP-ID=a1;TZ=-0500;GEO=\"geo:48.2,16.3\":;;;Eastwold;;;",
    ] {
        one_way(lines, &address(place.clone()));
    }
    one_way(
        "TZ;PROP-ID=z1:Europe/Oslo",
        &json!({ "addresses": { "z1": { "timeZone": "Europe/Oslo" } } }),
    );
    one_way(
        "TZ;PROP-ID=z1;VALUE=utc-offset:+0000",
        &json!({ "addresses": { "z1": { "timeZone": "Etc/UTC" } } }),
    );
    for (offset, is_zone) in [
        ("+1400", true),
        ("-1200", true),
        ("+0530", false),
        ("-1300", false),
    ] {
        let found = jscontact::to_value(&card(&format!("TZ;VALUE=utc-offset:{offset}"))).unwrap();
        assert_eq!(found.get("addresses").is_some(), is_zone, "{offset}");
        assert_eq!(found.get("vCardProps").is_some(), !is_zone, "{offset}");
        round(&found);
    }
    // Two addresses without groups: it is not known which.
    let found =
        jscontact::to_value(&card("ADR:;;;Eastwold;;;\nADR:;;;Westwold;;;\nGEO:geo:1,2")).unwrap();
    assert_eq!(found["addresses"].as_object().unwrap().len(), 3);
}

#[test]
fn ok_communication() {
    // RFC 9555, 2.7.1 to 2.7.6.
    both_ways(
        "EMAIL;PROP-ID=e1;TYPE=work:brook@xyz.example.com\nEMAIL;PROP-ID=e2;PREF=1:ody@example.com",
        &json!({ "emails": {
            "e1": { "address": "brook@xyz.example.com", "contexts": { "work": true } },
            "e2": { "address": "ody@example.com", "pref": 1 },
        } }),
    );
    both_ways(
        "IMPP;PROP-ID=o1;PREF=1:xmpp:ody@example.com",
        &json!({ "onlineServices": { "o1": {
            "uri": "xmpp:ody@example.com", "pref": 1, "vCardName": "impp",
        } } }),
    );
    both_ways(
        "LANG;PROP-ID=l1;TYPE=work;PREF=1:en\nLANG;PROP-ID=l2;TYPE=home:fr",
        &json!({ "preferredLanguages": {
            "l1": { "language": "en", "contexts": { "work": true }, "pref": 1 },
            "l2": { "language": "fr", "contexts": { "private": true } },
        } }),
    );
    both_ways("LANGUAGE:de-AT", &json!({ "language": "de-AT" }));
    both_ways(
        "SOCIALPROFILE;PROP-ID=o1;SERVICE-TYPE=Mastodon;USERNAME=\"@ody\":https://example.com/@ody\n\
         SOCIALPROFILE;PROP-ID=o2;SERVICE-TYPE=Chat;VALUE=text:ody42",
        &json!({ "onlineServices": {
            "o1": { "service": "Mastodon", "uri": "https://example.com/@ody", "user": "@ody" },
            "o2": { "service": "Chat", "user": "ody42" },
        } }),
    );
    both_ways(
        "TEL;PROP-ID=p1;VALUE=uri;PREF=1;TYPE=home,voice:tel:+1-202-555-0101;ext=55\n\
         TEL;PROP-ID=p2;TYPE=home:+33 1 99 00 12 34",
        &json!({ "phones": {
            "p1": {
                "number": "tel:+1-202-555-0101;ext=55", "pref": 1,
                "contexts": { "private": true }, "features": { "voice": true },
            },
            "p2": { "number": "+33 1 99 00 12 34", "contexts": { "private": true } },
        } }),
    );
    both_ways(
        "TEL;PROP-ID=p1;TYPE=cell,fax,main-number,pager,text,textphone,video,x-boat:1",
        &json!({ "phones": { "p1": {
            "number": "1",
            "features": {
                "mobile": true, "fax": true, "main-number": true, "pager": true,
                "text": true, "textphone": true, "video": true,
            },
            "vCardParams": { "type": "x-boat" },
        } } }),
    );
    // Not an address, and not a language.
    let found = jscontact::to_value(&card("EMAIL:at home\nLANG:not a tag")).unwrap();
    let expected = value(&json!({ "vCardProps": [
        ["email", {}, "text", "at home"],
        ["lang", {}, "language-tag", "not a tag"],
    ] }));
    assert_eq!(found, expected);
    let back = jscontact::from_value(&found).unwrap();
    assert_eq!(
        content(&back),
        content(&card("EMAIL:at home\nLANG:not a tag"))
    );
}

#[test]
fn ok_organizational() {
    // RFC 9555, 2.9.1 to 2.9.6.
    both_ways(
        "CONTACT-URI;PROP-ID=l1;PREF=1:mailto:contact@example.com\n\
         LOGO;PROP-ID=m1:https://www.example.com/logos/corp.jpg",
        &json!({
            "links": { "l1": { "kind": "contact", "uri": "mailto:contact@example.com", "pref": 1 } },
            "media": { "m1": { "kind": "logo", "uri": "https://www.example.com/logos/corp.jpg" } },
        }),
    );
    both_ways(
        "KIND:group\nMEMBER:urn:uuid:03a0e51f-d1aa-4385-8a53-e29025acd8af\nMEMBER:mailto:a@example.com",
        &json!({ "kind": "group", "members": {
            "urn:uuid:03a0e51f-d1aa-4385-8a53-e29025acd8af": true, "mailto:a@example.com": true,
        } }),
    );
    both_ways(
        "ORG;PROP-ID=o1;SORT-AS=Brookworks:Brookworks\\, Inc.;Northern Division;Sales",
        &json!({ "organizations": { "o1": {
            "name": "Brookworks, Inc.",
            "units": [{ "name": "Northern Division" }, { "name": "Sales" }],
            "sortAs": "Brookworks",
        } } }),
    );
    both_ways(
        "ORG;PROP-ID=o1;TYPE=home;SORT-AS=,,Sales:;Northern Division;The Sales",
        &json!({ "organizations": { "o1": {
            "units": [{ "name": "Northern Division" }, { "name": "The Sales", "sortAs": "Sales" }],
            "contexts": { "private": true },
        } } }),
    );
    both_ways(
        "RELATED;TYPE=friend:urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6\n\
         RELATED;TYPE=contact,x-boat;PREF=1:https://example.com/book/lou.vcf\n\
         RELATED;VALUE=text:Ask my deputy Lou\\, please.",
        &json!({ "relatedTo": {
            "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6": { "relation": { "friend": true } },
            "https://example.com/book/lou.vcf": {
                "relation": { "contact": true }, "vCardParams": { "pref": "1", "type": "x-boat" },
            },
            "Ask my deputy Lou, please.": { "relation": {} },
        } }),
    );
    both_ways(
        "TITLE;PROP-ID=t1:Research Scientist\nitem1.ROLE;PROP-ID=t2:Project Leader\n\
         item1.ORG;PROP-ID=o1:Brookworks\\, Inc.",
        &json!({
            "titles": {
                "t1": { "kind": "title", "name": "Research Scientist" },
                "t2": { "kind": "role", "name": "Project Leader", "organizationId": "o1" },
            },
            "organizations": { "o1": { "name": "Brookworks, Inc." } },
        }),
    );
    // A member of no group, and a second kind.
    let text = "KIND:org\nKIND:individual\nMEMBER:mailto:a@example.com";
    let found = jscontact::to_value(&card(text)).unwrap();
    let expected = value(&json!({ "kind": "org", "vCardProps": [
        ["kind", {}, "text", "individual"],
        ["member", {}, "uri", "mailto:a@example.com"],
    ] }));
    assert_eq!(found, expected);
    let back = jscontact::from_value(&found).unwrap();
    assert_eq!(content(&back), content(&card(text)));
}

#[test]
fn ok_personal_information() {
    // RFC 9555, 2.10.1 to 2.10.4.
    both_ways(
        "EXPERTISE;PROP-ID=i1;LEVEL=beginner;INDEX=2:Norse poetry\n\
         EXPERTISE;PROP-ID=i2;LEVEL=expert;INDEX=1:chemistry\nHOBBY;PROP-ID=i3;LEVEL=high;INDEX=1:reading\n\
         INTEREST;PROP-ID=i4;LEVEL=medium:drum&bass",
        &json!({ "personalInfo": {
            "i1": { "kind": "expertise", "value": "Norse poetry", "level": "low", "listAs": 2 },
            "i2": { "kind": "expertise", "value": "chemistry", "level": "high", "listAs": 1 },
            "i3": { "kind": "hobby", "value": "reading", "level": "high", "listAs": 1 },
            "i4": { "kind": "interest", "value": "drum&bass", "level": "medium" },
        } }),
    );
    both_ways(
        "ORG-DIRECTORY;PROP-ID=d1;INDEX=1:https://directory.example.com\n\
         ORG-DIRECTORY;PROP-ID=d2;PREF=1:ldap://ldap.example/o=Works\\,ou=Tools",
        &json!({ "directories": {
            "d1": { "kind": "directory", "uri": "https://directory.example.com", "listAs": 1 },
            "d2": { "kind": "directory", "uri": "ldap://ldap.example/o=Works,ou=Tools", "pref": 1 },
        } }),
    );
}

#[test]
fn ok_explanatory_security_calendar() {
    // RFC 9555, 2.11.1 to 2.11.9.
    both_ways(
        "CATEGORIES:boats,IETF,Some Industry",
        &json!({ "keywords": { "boats": true, "IETF": true, "Some Industry": true } }),
    );
    both_ways(
        "CREATED:19940930T143510Z\nREV:19951031T222710Z\nPRODID:Brook Contacts 1.23.5\n\
         UID:urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        &json!({
            "created": "1994-09-30T14:35:10Z", "updated": "1995-10-31T22:27:10Z",
            "prodId": "Brook Contacts 1.23.5", "uid": "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        }),
    );
    // Another zone.
    one_way(
        "REV:19960101T003000+0100",
        &json!({ "updated": "1995-12-31T23:30:00Z" }),
    );
    both_ways(
        "NOTE;PROP-ID=n1;CREATED=20221123T150132Z;AUTHOR-NAME=Lou;AUTHOR=\"mailto:lou@example.com\":\
         Open from 0800 to 1715\\, Mon-Fri.",
        &json!({ "notes": { "n1": {
            "note": "Open from 0800 to 1715, Mon-Fri.",
            "created": "2022-11-23T15:01:32Z",
            "author": { "name": "Lou", "uri": "mailto:lou@example.com" },
        } } }),
    );
    both_ways(
        "SOUND;PROP-ID=m1:CID:ody.19960229@example.com\nURL;PROP-ID=l1:https://example.org/~ody.html\n\
         KEY;PROP-ID=c1:https://www.example.com/keys/ody.cer",
        &json!({
            "media": { "m1": { "kind": "sound", "uri": "CID:ody.19960229@example.com" } },
            "links": { "l1": { "uri": "https://example.org/~ody.html" } },
            "cryptoKeys": { "c1": { "uri": "https://www.example.com/keys/ody.cer" } },
        }),
    );
    // 2.13.1 to 2.13.3.
    both_ways(
        "CALADRURI;PROP-ID=s1;PREF=1:mailto:ody@example.com\nCALURI;PROP-ID=c1;PREF=1:https://cal.example.com/a\n\
         CALURI;PROP-ID=c2;MEDIATYPE=text/calendar:https://ftp.example.com/a.ics\n\
         FBURL;PROP-ID=c3:https://www.example.com/busy/ody",
        &json!({
            "schedulingAddresses": { "s1": { "uri": "mailto:ody@example.com", "pref": 1 } },
            "calendars": {
                "c1": { "kind": "calendar", "uri": "https://cal.example.com/a", "pref": 1 },
                "c2": {
                    "kind": "calendar", "uri": "https://ftp.example.com/a.ics",
                    "mediaType": "text/calendar",
                },
                "c3": { "kind": "freeBusy", "uri": "https://www.example.com/busy/ody" },
            },
        }),
    );
}

#[test]
fn ok_extended() {
    // RFC 9555, 2.15.1 to 2.15.3.
    both_ways(
        "item1.X-MOOD;X-BY=Lou:Calm\\, mostly",
        &json!({ "vCardProps": [
            ["x-mood", { "x-by": "Lou", "group": "item1" }, "unknown", "Calm\\, mostly"],
        ] }),
    );
    both_ways(
        "EMAIL;PROP-ID=e1;X-BY=Lou:ody@example.com",
        &json!({ "emails": { "e1": { "address": "ody@example.com", "vCardParams": { "x-by": "Lou" } } } }),
    );
    both_ways(
        "CLIENTPIDMAP:1;urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556\nEMAIL;PROP-ID=e1;PID=1.1:a@example.com",
        &json!({
            "emails": { "e1": { "address": "a@example.com", "vCardParams": { "pid": "1.1" } } },
            "vCardProps": [["clientpidmap", {}, "text", ["1", "urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556"]]],
        }),
    );
}

/// Values that are no texts have the forms of jCard. RFC 9555, 2.15.1; RFC 7095, 3.5.
#[test]
fn ok_extended_values() {
    both_ways(
        "X-DAY;VALUE=date:19850412\nX-AT;VALUE=time:102200-0800\nX-OFFSET;VALUE=utc-offset:-0530\n\
         X-COUNT;VALUE=integer:5\nX-SIZE;VALUE=float:1.50\nX-IS;VALUE=boolean:FALSE",
        &json!({ "vCardProps": [
            ["x-day", {}, "date", "1985-04-12"],
            ["x-at", {}, "time", "10:22:00-08:00"],
            ["x-offset", {}, "utc-offset", "-05:30"],
            ["x-count", {}, "integer", 5],
            ["x-size", {}, "float", "1.50"],
            ["x-is", {}, "boolean", false],
        ] }),
    );
}

#[test]
fn ok_patches() {
    // RFC 9555, 3.2.1.
    both_ways("JSPROP;JSPTR=mood:true", &json!({ "mood": true }));
    both_ways(
        "JSPROP;JSPTR=\"example.com:mood\":{\"calm\":1234}",
        &json!({ "example.com:mood": { "calm": 1234 } }),
    );
    both_ways(
        "TEL;PROP-ID=p1;VALUE=uri:tel:+33-1-99-00-12-34\n\
         JSPROP;JSPTR=\"phones/p1/example.com:mood:x\":\"a\\, b\"",
        &json!({ "phones": { "p1": {
            "number": "tel:+33-1-99-00-12-34", "example.com:mood:x": "a, b",
        } } }),
    );
    // A patch that has no place: none is applied.
    one_way(
        "JSPROP;JSPTR=mood:true\nJSPROP;JSPTR=phones/p1/mood:true",
        &json!({ "vCardProps": [
            ["jsprop", { "jsptr": "mood" }, "text", "true"],
            ["jsprop", { "jsptr": "phones/p1/mood" }, "text", "true"],
        ] }),
    );
    for wrong in [
        "JSPROP;JSPTR=kind:\"Org\"",
        "JSPROP;JSPTR=name:true\nJSPROP;JSPTR=name/full:\"a\"",
        "JSPROP;JSPTR=mood:1\nJSPROP;JSPTR=mood:2",
        "JSPROP;JSPTR=\"a~b\":1",
        "JSPROP;JSPTR=mood:tux",
        "JSPROP:1",
        "JSPROP;JSPTR=version:2",
    ] {
        let found = jscontact::to_value(&card(wrong)).unwrap();
        let kept = found["vCardProps"].as_array().unwrap().len();
        assert_eq!(kept, wrong.lines().count(), "{wrong}");
        assert_eq!(jscontact::check(&found), [], "{wrong}");
    }
}

#[test]
fn ok_ordered_components() {
    // RFC 9555, 3.3.1.
    let name = |members: Value| json!({ "name": members });
    both_ways(
        "N;JSCOMPS=\";1;0\":Brook;Odalys;;;;;\nFN;DERIVED=TRUE:Odalys Brook",
        &name(json!({
            "components": [
                { "kind": "given", "value": "Odalys" }, { "kind": "surname", "value": "Brook" },
            ],
            "isOrdered": true,
        })),
    );
    let members = name(json!({
        "components": [
            { "kind": "given", "value": "Odalys" },
            { "kind": "given2", "value": "Quill" },
            { "kind": "given2", "value": "Roe" },
            { "kind": "surname", "value": "Brook" },
            { "kind": "generation", "value": "Jr." },
            { "kind": "credential", "value": "M.D." },
        ],
        "isOrdered": true,
    }));
    one_way(
        "N;JSCOMPS=\";1;2;2,1;0;6;4,1\":Brook;Odalys;Quill,Roe;;Jr.,M.D.;;Jr.\n\
         FN;DERIVED=TRUE:Odalys Quill Roe Brook Jr. M.D.",
        &members,
    );
    both_ways(
        "N;JSCOMPS=\";1;2;2,1;0;6;4\":Brook;Odalys;Quill,Roe;;M.D.,Jr.;;Jr.\n\
         FN;DERIVED=TRUE:Odalys Quill Roe Brook Jr. M.D.",
        &members,
    );
    both_ways(
        "ADR;PROP-ID=a1;JSCOMPS=\"s,\\, ;10;s, ;11;3\":;;54321,Elm St;Eastwold;;;;;;;54321;Elm St;;;;;;",
        &json!({ "addresses": { "a1": {
            "components": [
                { "kind": "number", "value": "54321" },
                { "kind": "separator", "value": " " },
                { "kind": "name", "value": "Elm St" },
                { "kind": "locality", "value": "Eastwold" },
            ],
            "defaultSeparator": ", ",
            "isOrdered": true,
        } } }),
    );
    // No default separator, and one that is empty, are not the same.
    for (comps, default) in [
        ("\";3;4\"", None),
        ("\"s,;3;4\"", Some("")),
        ("\"s,^nx^^y^'z;3;4\"", Some("\nx^y\"z")),
    ] {
        let mut address = json!({
            "components": [
                { "kind": "locality", "value": "Eastwold" }, { "kind": "region", "value": "VA" },
            ],
            "isOrdered": true,
        });
        if let Some(default) = default {
            address["defaultSeparator"] = default.into();
        }
        both_ways(
            &format!("ADR;PROP-ID=a1;JSCOMPS={comps}:;;;Eastwold;VA;;"),
            &json!({ "addresses": { "a1": address } }),
        );
    }
    // JSCOMPS that does not fit its value says nothing, and is kept.
    for comps in [
        "\";1\"",
        "\";0;0\"",
        "\";1;7\"",
        "\";1;0;2\"",
        "\"x;1;0\"",
        "\";1;0,1\"",
    ] {
        let found =
            jscontact::to_value(&card(&format!("N;JSCOMPS={comps}:Brook;Odalys;;;;;"))).unwrap();
        assert_eq!(found["name"].get("isOrdered"), None, "{comps}");
        round(&found);
    }
}
