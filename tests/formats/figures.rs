//! The figures of RFC 9553, and the cards that RFC 7095 and RFC 6351 show as wholes: their shapes, with
//! invented data. Each comes back from a vCard as it was.

use serde_json::{Value, json};
use vcardinal::{Card, jcard, jscontact, xcard};

use crate::common::format_laws::{from_jscontact, in_jcard, in_jscontact, in_xcard};

/// RFC 9553: the number of a figure, and the members of a card of its shape. 2 and 5 are grammar.
fn figures() -> Vec<(u8, Value)> {
    let name =
        |components: Value| json!({ "name": { "components": components, "isOrdered": true } });
    vec![
        (
            1,
            json!({ "name": {
                "components": [
                    { "kind": "given", "value": "Ody", "phonetic": "/ˈoʊdi/" },
                    { "kind": "surname", "value": "Brook", "phonetic": "/bɹʊk/" },
                ],
                "phoneticSystem": "ipa",
            } }),
        ),
        (
            3,
            json!({ "example.com:mood": "calm", "example.com:moods": { "tide": "high" } }),
        ),
        (
            4,
            json!({ "example.com:mood": "calm", "kind": "example.com:boat" }),
        ),
        (
            6,
            json!({
                "uid": "9a1c5f20-7f0e-4a39-8f62-0b7d1f3f5c11",
                "updated": "2024-05-06T07:08:09Z",
                "name": {
                    "components": [
                        { "kind": "given", "value": "Odalys" }, { "kind": "surname", "value": "Brook" },
                    ],
                    "isOrdered": true,
                },
            }),
        ),
        (
            7,
            json!({ "version": "1.0", "uid": "urn:uuid:9a1c5f20-7f0e-4a39-8f62-0b7d1f3f5c11" }),
        ),
        (8, json!({ "created": "2024-05-06T07:08:09Z" })),
        (9, json!({ "kind": "individual" })),
        (10, json!({ "language": "pt-BR" })),
        (
            11,
            json!({
                "kind": "group",
                "name": { "full": "The crew" },
                "uid": "urn:uuid:0b7d1f3f-5c11-4a39-8f62-9a1c5f207f0e",
                "members": {
                    "urn:uuid:11111111-2222-4333-8444-555555555555": true,
                    "urn:uuid:66666666-7777-4888-8999-aaaaaaaaaaaa": true,
                },
            }),
        ),
        (12, json!({ "prodId": "Yard Book v1" })),
        (
            13,
            json!({ "relatedTo": {
                "urn:uuid:11111111-2222-4333-8444-555555555555": { "relation": { "friend": true } },
                "8cacdfb7d1ffdb59@example.com": { "relation": {} },
            } }),
        ),
        (
            14,
            json!({ "uid": "urn:uuid:9a1c5f20-7f0e-4a39-8f62-0b7d1f3f5c11" }),
        ),
        (15, json!({ "updated": "2024-05-06T07:08:09Z" })),
        (
            16,
            name(
                json!([{ "kind": "given", "value": "Odalys" }, { "kind": "surname", "value": "van Brook" }]),
            ),
        ),
        (
            17,
            name(json!([
                { "kind": "given", "value": "Odalys" },
                { "kind": "surname", "value": "Brook" },
                { "kind": "surname2", "value": "Solis" },
            ])),
        ),
        (
            18,
            json!({ "name": { "full": "Dr. Odalys B. Brook, MSc" } }),
        ),
        (
            19,
            json!({ "name": {
                "components": [
                    { "kind": "given", "value": "Odalys" },
                    { "kind": "given2", "value": "Bea" },
                    { "kind": "surname", "value": "Brook Solis" },
                ],
                "sortAs": { "surname": "Bea Brook Solis", "given": "Odalys" },
                "isOrdered": true,
            } }),
        ),
        (
            20,
            json!({
                "language": "zh-Hant",
                "name": { "components": [
                    { "kind": "surname", "value": "陳" },
                    { "kind": "given", "value": "大文" },
                    { "kind": "given2", "value": "小" },
                    { "kind": "given2", "value": "月明" },
                ] },
                "localizations": { "yue": {
                    "name/phoneticSystem": "jyut",
                    "name/phoneticScript": "Latn",
                    "name/components/0/phonetic": "can4",
                    "name/components/1/phonetic": "daai6man4",
                    "name/components/2/phonetic": "siu2",
                    "name/components/3/phonetic": "jyut6ming4",
                } },
            }),
        ),
        (21, json!({ "nicknames": { "k1": { "name": "Ody" } } })),
        (
            22,
            json!({ "organizations": { "o1": {
                "name": "Fulmar Yard, Ltd.",
                "units": [{ "name": "Keels" }, { "name": "Oak" }],
                "sortAs": "Fulmar",
            } } }),
        ),
        (
            23,
            json!({ "speakToAs": {
                "grammaticalGender": "neuter",
                "pronouns": {
                    "p1": { "pronouns": "they/them", "pref": 2 },
                    "p2": { "pronouns": "xe/xir", "pref": 1 },
                },
            } }),
        ),
        (
            24,
            json!({
                "titles": {
                    "t1": { "kind": "title", "name": "Shipwright" },
                    "t2": { "kind": "role", "name": "Head of the yard", "organizationId": "o2" },
                },
                "organizations": { "o2": { "name": "Fulmar Yard" } },
            }),
        ),
        (
            25,
            json!({ "emails": {
                "e1": { "contexts": { "work": true }, "address": "ody@yard.example" },
                "e2": { "address": "ody@example.com", "pref": 1 },
            } }),
        ),
        (
            26,
            json!({ "onlineServices": {
                "x1": { "uri": "xmpp:ody@example.com", "vCardName": "impp" },
                "x2": { "service": "Boatnet", "user": "@ody@boat.example", "uri": "https://boat.example/@ody" },
            } }),
        ),
        (
            27,
            json!({ "phones": {
                "t0": { "contexts": { "private": true }, "features": { "voice": true }, "number": "tel:+1-202-555-0101;ext=5", "pref": 1 },
                "t3": { "contexts": { "work": true }, "number": "tel:+1-202-555-0102" },
            } }),
        ),
        (
            28,
            json!({ "preferredLanguages": {
                "l1": { "language": "pt", "contexts": { "work": true }, "pref": 1 },
                "l2": { "language": "en", "contexts": { "work": true }, "pref": 2 },
                "l3": { "language": "pt", "contexts": { "private": true } },
            } }),
        ),
        (
            29,
            json!({ "calendars": {
                "c1": { "kind": "calendar", "uri": "webcal://cal.example.com/tides.ics" },
                "c2": { "kind": "freeBusy", "uri": "https://cal.example.com/busy/ody" },
            } }),
        ),
        (
            30,
            json!({ "schedulingAddresses": { "s1": { "uri": "mailto:ody@example.com" } } }),
        ),
        (
            31,
            json!({ "addresses": { "k23": {
                "contexts": { "work": true },
                "components": [
                    { "kind": "number", "value": "1204" },
                    { "kind": "separator", "value": " " },
                    { "kind": "name", "value": "Elm St" },
                    { "kind": "locality", "value": "Ashford" },
                    { "kind": "region", "value": "VA" },
                    { "kind": "separator", "value": " " },
                    { "kind": "postcode", "value": "20190" },
                    { "kind": "country", "value": "USA" },
                ],
                "countryCode": "US",
                "defaultSeparator": ", ",
                "isOrdered": true,
            } } }),
        ),
        (
            32,
            json!({ "addresses": { "k25": {
                "components": [
                    { "kind": "number", "value": "12" },
                    { "kind": "name", "value": "3 Quay 7 Alley" },
                    { "kind": "subdistrict", "value": "North Quay" },
                    { "kind": "district", "value": " Harbour" },
                    { "kind": "locality", "value": "Port" },
                    { "kind": "country", "value": "Thailand" },
                    { "kind": "postcode", "value": "10110" },
                ],
                "defaultSeparator": ", ",
                "isOrdered": true,
            } } }),
        ),
        (33, tokyo()),
        (
            34,
            json!({ "cryptoKeys": { "k1": { "uri": "https://keys.example.com/ody.cer" } } }),
        ),
        (
            35,
            json!({ "cryptoKeys": { "k2": { "uri": "data:application/pgp-keys;base64,LS0tLS1CRUdJTg==" } } }),
        ),
        (
            36,
            json!({ "directories": {
                "d1": { "kind": "entry", "uri": "https://dir.example.com/ody.vcf" },
                "d2": { "kind": "directory", "uri": "ldap://ldap.example/o=Yard,ou=Keels", "pref": 1 },
            } }),
        ),
        (
            37,
            json!({ "links": { "l3": { "kind": "contact", "uri": "mailto:contact@example.com", "pref": 1 } } }),
        ),
        (
            38,
            json!({ "media": {
                "m1": { "kind": "sound", "uri": "CID:ODY.part8.20240506T070809.Mail@example.com" },
                "m2": { "kind": "logo", "uri": "https://example.com/logos/yard.jpg" },
                "m3": { "kind": "photo", "uri": "data:image/jpeg;base64,MIICajCCAdOg" },
            } }),
        ),
        (
            39,
            json!({
                "name": { "components": [
                    { "kind": "title", "value": "Mr." }, { "kind": "given", "value": "Petro" },
                    { "kind": "given2", "value": "Ivanovych" }, { "kind": "surname", "value": "Brid" },
                ] },
                "localizations": { "uk-Cyrl": { "name": { "components": [
                    { "kind": "title", "value": "г-н" }, { "kind": "given", "value": "Петро" },
                    { "kind": "given2", "value": "Іванович" }, { "kind": "surname", "value": "Брід" },
                ] } } },
            }),
        ),
        (
            40,
            json!({
                "name": { "full": "Odalys Brook" },
                "titles": { "t1": { "kind": "title", "name": "novelist" } },
                "localizations": { "es": { "titles/t1/name": "escritora" } },
            }),
        ),
        (
            41,
            json!({ "anniversaries": {
                "k8": { "kind": "birth", "date": { "year": 1984, "month": 12, "day": 10 } },
                "k9": {
                    "kind": "death",
                    "date": { "@type": "Timestamp", "utc": "2051-10-15T23:10:00Z" },
                    "place": { "full": "4445 Quay Road, Ashford, 91921" },
                },
            } }),
        ),
        (42, json!({ "keywords": { "boats": true, "yard": true } })),
        (
            43,
            json!({ "notes": { "n1": {
                "note": "Open office hours are 1600 to 1715, Mon-Fri",
                "created": "2022-11-23T15:01:32Z",
                "author": { "name": "Lou" },
            } } }),
        ),
        (
            44,
            json!({ "personalInfo": {
                "pi2": { "kind": "expertise", "value": "keels", "level": "high" },
                "pi1": { "kind": "hobby", "value": "reading", "level": "high" },
                "pi6": { "kind": "interest", "value": "r&b music", "level": "medium" },
            } }),
        ),
    ]
}

fn tokyo() -> Value {
    json!({
        "addresses": { "k26": {
            "components": [
                { "kind": "block", "value": "3-1" },
                { "kind": "separator", "value": "-" },
                { "kind": "number", "value": "5" },
                { "kind": "separator", "value": " " },
                { "kind": "district", "value": "Minami" },
                { "kind": "locality", "value": "Kita-ku" },
                { "kind": "region", "value": "Tokyo" },
                { "kind": "separator", "value": " " },
                { "kind": "postcode", "value": "100-0000" },
            ],
            "defaultSeparator": ", ",
            "full": "3-1-5 Minami, Kita-ku, Tokyo 100-0000",
            "isOrdered": true,
        } },
        "localizations": { "jp": { "addresses/k26": {
            "components": [
                { "kind": "region", "value": "東京都" },
                { "kind": "locality", "value": "北区" },
                { "kind": "district", "value": "南" },
                { "kind": "block", "value": "3-1" },
                { "kind": "separator", "value": "-" },
                { "kind": "number", "value": "5" },
                { "kind": "postcode", "value": "〒100-0000" },
            ],
            "defaultSeparator": "",
            "full": "〒100-0000東京都北区南3-1-5",
            "isOrdered": true,
        } } },
    })
}

/// Figures with members that vCard has no property for.
const OF_VENDORS: [u8; 2] = [3, 4];

#[test]
fn ok_figures_of_rfc_9553() {
    let figures = figures();
    let numbers: Vec<u8> = figures.iter().map(|(number, _)| *number).collect();
    let expected: Vec<u8> = (1..=44).filter(|number| ![2, 5].contains(number)).collect();
    assert_eq!(numbers, expected);
    for (number, members) in figures {
        let mut card = json!({ "@type": "Card", "version": "2.0" });
        card.as_object_mut()
            .unwrap()
            .extend(members.as_object().unwrap().clone());
        assert_eq!(jscontact::check(&card), [], "figure {number}");
        from_jscontact(&card);
        let vcard = jscontact::from_value(&card).unwrap();
        in_jscontact(&vcard);
        // Each has a property of its own: nothing but what vendors name goes to JSPROP.
        let patches: Vec<String> = vcard
            .properties()
            .filter(|property| property.is("JSPROP"))
            .map(|property| String::from_utf8_lossy(property.raw()).into_owned())
            .filter(|line| !line.contains("JSPTR=version"))
            .collect();
        let is_of_vendor = OF_VENDORS.contains(&number);
        // An empty relation is the same as none.
        let is_same = number == 13 || number == 24;
        assert!(
            is_same || patches.is_empty() != is_of_vendor,
            "figure {number}: {patches:?}"
        );
    }
}

/// A card as RFC 6350 has its author's.
const AUTHOR: &str = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Odalys Brook\r\nN:Brook;Odalys;;;MSc,Jr.\r\nBDAY:--0203\r\n\
    ANNIVERSARY:20090808T1430-0500\r\nGENDER:F\r\nLANG;PREF=1:pt\r\nLANG;PREF=2:en\r\nORG;TYPE=work:Fulmar\r\n\
    ADR;TYPE=work:;Suite 4;12 Quay;Ashford;VA;20190;USA\r\n\
    TEL;VALUE=uri;TYPE=\"work,voice\";PREF=1:tel:+1-202-555-0101;ext=102\r\n\
    EMAIL;TYPE=work:ody@yard.example\r\nGEO;TYPE=work:geo:51.1,0.9\r\n\
    KEY;TYPE=work;VALUE=uri:https://yard.example/ody.asc\r\nTZ;VALUE=utc-offset:-0500\r\n\
    URL;TYPE=home:https://ody.example\r\nEND:VCARD\r\n";

/// RFC 7095, B.1: there TZ has no VALUE, which RFC 6350, 6.5.1 makes a text.
#[test]
fn ok_card_of_rfc_7095() {
    let card = Card::parse(AUTHOR).unwrap();
    let expected = json!(["vcard", [
        ["version", {}, "text", "4.0"],
        ["fn", {}, "text", "Odalys Brook"],
        ["n", {}, "text", ["Brook", "Odalys", "", "", ["MSc", "Jr."]]],
        ["bday", {}, "date-and-or-time", "--02-03"],
        // Nothing is added: 14:30 has no seconds.
        ["anniversary", {}, "date-and-or-time", "2009-08-08T14:30-05:00"],
        ["gender", {}, "text", "F"],
        ["lang", { "pref": "1" }, "language-tag", "pt"],
        ["lang", { "pref": "2" }, "language-tag", "en"],
        ["org", { "type": "work" }, "text", "Fulmar"],
        ["adr", { "type": "work" }, "text", ["", "Suite 4", "12 Quay", "Ashford", "VA", "20190", "USA"]],
        ["tel", { "type": ["work", "voice"], "pref": "1" }, "uri", "tel:+1-202-555-0101;ext=102"],
        ["email", { "type": "work" }, "text", "ody@yard.example"],
        ["geo", { "type": "work" }, "uri", "geo:51.1,0.9"],
        ["key", { "type": "work" }, "uri", "https://yard.example/ody.asc"],
        ["tz", {}, "utc-offset", "-05:00"],
        ["url", { "type": "home" }, "uri", "https://ody.example"],
    ]]);
    assert_eq!(jcard::to_value(&card).unwrap(), expected);
    assert!(jcard::from_value(&expected).unwrap().same_content(&card));
    in_jcard(&card);
}

/// RFC 6351, 4, and the extensions of 5.1.
#[test]
fn ok_card_of_rfc_6351() {
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <vcards xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\">\n<vcard>\
        <fn><text>Odalys Brook</text></fn>\
        <n><surname>Brook</surname><given>Odalys</given><additional/><prefix/>\
        <suffix>MSc</suffix><suffix>Jr.</suffix></n>\
        <bday><date>--0203</date></bday>\
        <anniversary><date-time>20090808T1430-0500</date-time></anniversary>\
        <gender><sex>F</sex></gender>\
        <lang><parameters><pref><integer>1</integer></pref></parameters><language-tag>pt</language-tag></lang>\
        <lang><parameters><pref><integer>2</integer></pref></parameters><language-tag>en</language-tag></lang>\
        <org><parameters><type><text>work</text></type></parameters><text>Fulmar</text></org>\
        <adr><parameters><type><text>work</text></type></parameters>\
        <pobox/><ext>Suite 4</ext><street>12 Quay</street><locality>Ashford</locality><region>VA</region>\
        <code>20190</code><country>USA</country></adr>\
        <tel><parameters><pref><integer>1</integer></pref><type><text>work</text><text>voice</text></type></parameters>\
        <uri>tel:+1-202-555-0101;ext=102</uri></tel>\
        <email><parameters><type><text>work</text></type></parameters><text>ody@yard.example</text></email>\
        <geo><parameters><type><text>work</text></type></parameters><uri>geo:51.1,0.9</uri></geo>\
        <key><parameters><type><text>work</text></type></parameters><uri>https://yard.example/ody.asc</uri></key>\
        <tz><utc-offset>-0500</utc-offset></tz>\
        <url><parameters><type><text>home</text></type></parameters><uri>https://ody.example</uri></url>\
        </vcard>\n</vcards>\n";
    let card = Card::parse(AUTHOR).unwrap();
    assert_eq!(xcard::to_string([&card]).unwrap(), xml);
    let mut reader = xcard::Reader::new(xml.as_bytes());
    assert!(reader.next().unwrap().unwrap().same_content(&card));
    assert!(reader.next().is_none());
    in_xcard(&card);
    // What other namespaces have is an XML property; what nobody knows has its own element.
    let extended = Card::parse(
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n\
         XML:<my-prop xmlns=\"https://example.com/ns\"><text>value</text></my-prop>\r\n\
         X-MY-PROP;PREF=1;VALUE=text:value goes here\r\nEND:VCARD\r\n",
    )
    .unwrap();
    let xml = xcard::to_string([&extended]).unwrap();
    assert!(
        xml.contains(
            "<my-prop xmlns=\"https://example.com/ns\"><text>value</text></my-prop>\
             <x-my-prop><parameters><pref><integer>1</integer></pref></parameters>\
             <text>value goes here</text></x-my-prop>"
        ),
        "{xml}"
    );
    in_xcard(&extended);
}
