//! What a property is called: one vocabulary, whoever asks, and back.

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;
use vcardinal::contact::Contact;
use vcardinal::property;
use vcardinal::typed::{Entry, IntoEntry, Phone, Typed};
use vcardinal::value::Address;
use vcardinal::{Card, CardReader, PropertyRef, Version};

use crate::common;
use crate::common::{any_cards, cases, growth};

fn card(version: &str, lines: &str) -> Card {
    Card::parse(format!(
        "BEGIN:VCARD\r\nVERSION:{version}\r\n{lines}\r\nEND:VCARD\r\n"
    ))
    .unwrap()
}

/// The cards of a fixture.
fn fixture(path: &str) -> Vec<Card> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let cards = CardReader::from_path(fixtures.join(path)).unwrap();
    cards.map(Result::unwrap).collect()
}

/// What all who can be asked say that a property is called.
fn label(card: &Card, property: &PropertyRef<'_>) -> Option<String> {
    let label = property.label().map(String::from);
    let property = card.entry(property.id()).unwrap();
    assert_eq!(card.labels().of(&property).as_deref(), label.as_deref());
    let other = property.label_or("\u{1F6F6}");
    assert_eq!(other, label.as_deref().unwrap_or("\u{1F6F6}"));
    label
}

/// The labels of phones and emails, which those of the contact are too, once every value is one
/// that contacts have.
fn labels(card: &Card) -> Vec<Option<String>> {
    let mut bytes = Vec::new();
    let (mut labels, mut values) = (Vec::new(), Vec::new());
    for property in card.lines() {
        let is_phone = Typed::<property::Tel>::new(property).is_some();
        let is_email = Typed::<property::Email>::new(property).is_some();
        let value = match (is_phone, is_email) {
            (true, _) => format!("+1415{:07}", labels.len()),
            (_, true) => format!("z{}@example.com", labels.len()),
            _ => {
                bytes.extend_from_slice(property.raw());
                continue;
            }
        };
        labels.push(label(card, &property));
        let (raw, old) = (property.raw(), property.line().raw_value());
        let head = old.as_ptr() as usize - raw.as_ptr() as usize;
        bytes.extend_from_slice(&raw[..head]);
        bytes.extend_from_slice(value.as_bytes());
        bytes.extend_from_slice(b"\r\n");
        values.push(value);
    }
    let whole = Card::parse(&bytes).unwrap();
    let (contact, left_out) = Contact::from_card(&whole);
    if left_out.is_group() {
        return labels;
    }
    let phones = contact
        .phones
        .iter()
        .map(|phone| (&phone.value, &phone.label));
    let emails = contact
        .emails
        .iter()
        .map(|email| (&email.value, &email.label));
    let of_contact: BTreeMap<_, _> = phones.chain(emails).collect();
    // Nobody can read it where its parameters say that it is something else.
    let is_read = |value: &String| {
        let mut texts = whole.properties().map(|property| property.text());
        texts.any(|text| text.is_ok_and(|text| text == *value))
    };
    let read = values.iter().filter(|value| is_read(value)).count();
    assert_eq!(of_contact.len(), read, "{whole}");
    for (label, value) in labels.iter().zip(&values) {
        if !is_read(value) {
            continue;
        }
        // Contacts hold no control characters.
        let label = label
            .as_ref()
            .map(|label| label.replace(char::is_control, " "));
        let label = label.as_deref().map(str::trim);
        let label = label.filter(|label| !label.is_empty());
        assert_eq!(of_contact[value].as_deref(), label, "{whole}");
    }
    labels
}

#[test]
fn ok_one_label_whoever_asks() {
    for (version, lines, expected) in [
        // Words of TYPE.
        ("3.0", "TEL;TYPE=CELL:1", "mobile"),
        ("3.0", "TEL;TYPE=mobile:1", "mobile"),
        ("3.0", "TEL;TYPE=HOME,CELL:1", "mobile"),
        ("4.0", "TEL;TYPE=home,mobile:1", "mobile"),
        (
            "3.0",
            "TEL;type=IPHONE;type=CELL;type=VOICE;type=pref:1",
            "iphone",
        ),
        ("3.0", "TEL;TYPE=HOME,FAX:1", "home fax"),
        ("3.0", "TEL;TYPE=FAX;TYPE=WORK:1", "work fax"),
        ("3.0", "TEL;TYPE=OTHER,FAX:1", "other fax"),
        ("3.0", "TEL;TYPE=fax:1", "fax"),
        ("3.0", "TEL;TYPE=homefax:1", "home fax"),
        ("4.0", "TEL;TYPE=workfax:1", "work fax"),
        ("3.0", "TEL;TYPE=work fax:1", "work fax"),
        ("3.0", "TEL;TYPE=HOME,PAGER:1", "home pager"),
        ("3.0", "TEL;TYPE=WORK,PAGER:1", "work pager"),
        ("3.0", "TEL;TYPE=PAGER:1", "pager"),
        ("3.0", "TEL;TYPE=VIDEO,WORK:1", "work video"),
        ("3.0", "TEL;TYPE=HOME,VIDEO:1", "home video"),
        ("4.0", "TEL;TYPE=video:1", "video"),
        ("3.0", "TEL;TYPE=CAR:1", "car"),
        ("3.0", "TEL;TYPE=MAIN:1", "main"),
        ("4.0", "TEL;TYPE=main-number:1", "main"),
        ("3.0", "TEL;TYPE=SCHOOL:1", "school"),
        ("3.0", "TEL;TYPE=OTHER:1", "other"),
        ("3.0", "TEL;TYPE=VOICE,WORK:1", "work"),
        ("2.1", "TEL;CELL;PREF:1", "mobile"),
        ("2.1", "TEL;HOME,VOICE:1", "home"),
        ("3.0", "EMAIL;TYPE=INTERNET,HOME:1", "home"),
        ("2.1", "EMAIL;CELL:1", "mobile"),
        // Words that say how it works.
        ("3.0", "TEL:1", ""),
        ("3.0", "TEL;TYPE=:1", ""),
        ("3.0", "TEL;TYPE=VOICE,pref,MSG,ISDN,MODEM,BBS,PCS:1", ""),
        ("4.0", "TEL;TYPE=\"text,textphone,voice\";PREF=1:1", ""),
        ("3.0", "EMAIL;TYPE=INTERNET,X400:1", ""),
        ("2.1", "EMAIL;AOL:1", ""),
        // One's own words.
        ("3.0", "TEL;TYPE=X-BOAT:1", "BOAT"),
        ("3.0", "TEL;TYPE=iPhone:1", "iPhone"),
        ("3.0", "TEL;TYPE=Mobil:1", "Mobil"),
        ("3.0", "TEL;TYPE=x-mobil:1", "mobil"),
        ("3.0", "TEL;TYPE=X-null:1", "null"),
        ("3.0", "TEL;TYPE=X-,VOICE,Boat:1", "Boat"),
        ("3.0", "TEL;TYPE=Mobile (private):1", "Mobile (private)"),
        ("3.0", "TEL;TYPE=B\u{fc}ro:1", "B\u{fc}ro"),
        ("3.0", "TEL;TYPE=voice,assistant:1", "assistant"),
        ("2.1", "TEL;X-Summer house:1", "Summer house"),
        ("3.0", "TEL;TYPE=Boat,HOME:1", "home"),
        // Delimiters that are escaped or quoted, and a quote that is open.
        ("3.0", "TEL;TYPE=HOME\\,VOICE:1", "home"),
        ("3.0", "TEL;TYPE=CELL\\,VOICE:1", "mobile"),
        ("3.0", "TEL;TYPE=FAX\\,WORK:1", "work fax"),
        ("3.0", "TEL;TYPE=CELL\\;PREF:1", "mobile"),
        ("4.0", "TEL;TYPE=VOICE\\,CELL:1", "mobile"),
        ("4.0", "TEL;TYPE=\"HOME\\,VOICE\":1", "home"),
        ("2.1", "TEL;TYPE=HOME\\,VOICE:1", "home"),
        ("2.1", "TEL;HOME\\,VOICE:1", "home"),
        ("2.1", "TEL;TYPE=CELL\\;PREF:1", "mobile"),
        ("3.0", "EMAIL;TYPE=INTERNET\\,HOME:1", "home"),
        ("3.0", "TEL;TYPE=\"home,work\":1", "home"),
        ("3.0", "TEL;TYPE=\"cell,voice\":1", "mobile"),
        ("3.0", "TEL;TYPE=\"WORK,X-Desk\":1", "work"),
        (
            "3.0",
            "TEL;TYPE=\"Office, 2nd floor\":1",
            "Office, 2nd floor",
        ),
        (
            "4.0",
            "TEL;TYPE=\"B\u{fc}ro\\, EG\",voice:1",
            "B\u{fc}ro, EG",
        ),
        ("3.0", "TEL;TYPE=\"cell:1", "mobile"),
        ("3.0", "TEL;TYPE=\"Boat,voice:1", "Boat"),
        // Samsung.
        (
            "2.1",
            "TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=70=72=6F):1",
            "pro",
        ),
        ("2.1", "TEL;x-custom(Summer house):1", "Summer house"),
        ("2.1", "TEL;X-CUSTOM():1", ""),
        (
            "2.1",
            "TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=FF=70):1",
            "\u{FFFD}p",
        ),
        ("2.1", "TEL;X-CUSTOMER(a):1", "CUSTOMER(a)"),
        ("2.1", "TEL;X-CUSTOM(a:1", ""),
        // X-ABLabel.
        (
            "3.0",
            "item1.TEL;type=HOME:1\r\nITEM1.X-ABLABEL:Boat",
            "Boat",
        ),
        (
            "3.0",
            "item1.X-ABLabel:_$!<Mobile>!$_\r\nitem1.TEL:1",
            "mobile",
        ),
        (
            "3.0",
            "item1.TEL:1\r\nitem1.X-ABLabel:_$!<HomeFAX>!$_",
            "home fax",
        ),
        (
            "3.0",
            "item1.TEL:1\r\nitem1.X-ABLabel:_$!<WorkFAX>!$_",
            "work fax",
        ),
        (
            "3.0",
            "item1.TEL:1\r\nitem1.X-ABLabel:_$!<OtherFAX>!$_",
            "other fax",
        ),
        (
            "3.0",
            "item1.TEL:1\r\nitem1.X-ABLabel:_$!<iPhone>!$_",
            "iphone",
        ),
        (
            "3.0",
            "item1.TEL:1\r\nitem1.X-ABLabel:_$!<AssistantPhone>!$_",
            "assistant phone",
        ),
        (
            "3.0",
            "item1.TEL:1\r\nitem1.X-ABLabel:_$!<HTMLPage>!$_",
            "html page",
        ),
        (
            "3.0",
            "item1.TEL:1\r\nitem1.X-ABLabel:  _$!<Home>!$_ ",
            "home",
        ),
        (
            "3.0",
            "item1.TEL:1\r\nitem1.X-ABLabel: \r\nitem1.X-ABLabel:Boat",
            "Boat",
        ),
        ("3.0", "item1.TEL;TYPE=HOME:1\r\nitem1.X-ABLabel: ", "home"),
        (
            "3.0",
            "item1.TEL;TYPE=HOME:1\r\nitem1.X-ABLabel:_$!< >!$_",
            "home",
        ),
        ("3.0", "item1.TEL:1\r\nitem2.X-ABLabel:Boat", ""),
        ("3.0", "TEL:1\r\nX-ABLabel:Boat", ""),
        ("3.0", "item1.TEL:1\r\nitem1.X-ABLabel:Work", "Work"),
        (
            "3.0",
            "item1.TEL:1\r\nitem1.X-ABLabel:_$!<_$!<Home>!$_>!$_",
            "_$!<Home>!$_",
        ),
        (
            "2.1",
            "a.TEL;X-CUSTOM(b):1\r\na.X-ABLabel;ENCODING=QUOTED-PRINTABLE:B=C3=A5t",
            "B\u{e5}t",
        ),
    ] {
        let expected = Some(expected).filter(|label| !label.is_empty());
        assert_eq!(
            labels(&card(version, lines)),
            [expected.map(String::from)],
            "{lines}"
        );
    }
}

#[test]
fn ok_labels_of_every_property() {
    for (version, lines, expected) in [
        ("3.0", "ADR;TYPE=dom,home,postal,parcel:;;1;;;;", "home"),
        ("3.0", "ADR;TYPE=intl,postal:;;1;;;;", ""),
        ("4.0", "ADR;TYPE=Billing:;;1;;;;", "billing"),
        (
            "3.0",
            "ADR;TYPE=\"Summer house, Maine\":;;1;;;;",
            "Summer house, Maine",
        ),
        (
            "2.1",
            "ADR;X-CUSTOM(CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE,=70=72=6F):;;1;;;;",
            "pro",
        ),
        ("3.0", "URL;type=WORK:x", "work"),
        ("3.0", "i.URL:x\r\ni.X-ABLabel:_$!<HomePage>!$_", "homepage"),
        ("3.0", "IMPP;TYPE=PERSONAL,pref:x", "personal"),
        ("3.0", "IMPP;X-SERVICE-TYPE=Jabber;type=HOME:x", "home"),
        ("4.0", "RELATED;TYPE=Spouse:x", "spouse"),
        ("4.0", "RELATED;TYPE=\"friend,co-worker\":x", "friend"),
        ("4.0", "RELATED;TYPE=Aunt:x", "Aunt"),
        ("3.0", "X-SPOUSE:x", "spouse"),
        ("3.0", "X-MANAGER:x", "manager"),
        (
            "3.0",
            "i.X-ABDATE:2012-06-23\r\ni.X-ABLabel:_$!<Anniversary>!$_",
            "anniversary",
        ),
        (
            "3.0",
            "i.X-ABRELATEDNAMES:x\r\ni.X-ABLabel:_$!<Mother>!$_",
            "mother",
        ),
        ("3.0", "X-HUT;TYPE=Aft:x", "Aft"),
        // Where TYPE is the format of what is held.
        ("2.1", "PHOTO;GIF;BASE64:AAAA", ""),
        ("3.0", "PHOTO;ENCODING=b;TYPE=PNG:AAAA", ""),
        ("3.0", "PHOTO;ENCODING=b;TYPE=WORK,JPEG:AAAA", "work"),
        ("3.0", "LOGO;VALUE=uri;TYPE=image/svg+xml:x", ""),
        ("3.0", "SOUND;ENCODING=b;TYPE=AAC:AAAA", ""),
        ("3.0", "KEY;ENCODING=b;TYPE=PGP:AAAA", ""),
        ("4.0", "KEY;TYPE=home:x", "home"),
        // A label has none.
        ("3.0", "i.X-ABLabel:Boat\r\ni.TEL:1", ""),
    ] {
        let card = card(version, lines);
        let property = card.properties().nth(1).unwrap();
        let expected = Some(expected).filter(|label| !label.is_empty());
        assert_eq!(label(&card, &property).as_deref(), expected, "{lines}");
    }
}

#[test]
fn ok_labels_of_producers() {
    let of = |path| -> Vec<String> {
        let cards = fixture(path);
        let labels = cards.iter().flat_map(labels);
        labels.map(Option::unwrap_or_default).collect()
    };
    assert_eq!(
        of("producers/apple/labels.vcf"),
        [
            "iphone",
            "mobile",
            "main",
            "home fax",
            "work fax",
            "other fax",
            "pager",
            "other",
            "school",
            "home fax",
            "iphone",
            "assistant phone",
            "work",
            "Boat",
            "work",
            "iPad mini, old",
        ]
    );
    assert_eq!(
        of("producers/misc-servers/type-words-joined.vcf"),
        [
            "home",
            "mobile",
            "work fax",
            "mobile",
            "mobile",
            "home",
            "mobile",
            "Office, 2nd floor",
            "B\u{fc}ro, EG",
            "home",
            "home",
            "home",
            "home",
            "mobile",
        ]
    );
    assert_eq!(
        of("producers/samsung/x-custom-labels.vcf"),
        [
            "pro",
            "\u{6e56}\u{306e}\u{5bb6}",
            "Summer house",
            "Boat (old)",
            "pro",
            "Lake house",
            "work",
            "\u{6e56}\u{306e}\u{5bb6}",
            "\u{6e56}\u{306e}\u{5bb6}\u{306e}\u{524d}\u{306e}\u{96fb}\u{8a71}\u{756a}\u{53f7}1",
            "\u{c5}rsm\u{f6}te",
            "pro",
            "pro",
        ]
    );
    let samsung = &fixture("producers/samsung/x-custom-labels.vcf")[0];
    let address = samsung.addresses().next().unwrap();
    assert_eq!(address.label().as_deref(), Some("pro"));
    assert_eq!(address.value().unwrap().street(), ["1 Quay"]);
}

/// A label breaks where it is encoded, and takes nothing along that is not.
#[test]
fn ok_soft_breaks_in_a_label() {
    let card = &fixture("edge/soft-break-in-head-2.1.vcf")[0];
    let found: Vec<_> = card
        .properties()
        .skip(2)
        .map(|property| {
            let label = label(card, &property).unwrap_or_default();
            let text = property.text().unwrap();
            let words: Vec<_> = text.split_whitespace().collect();
            (property.name(), label, words.join(" "))
        })
        .collect();
    let found: Vec<_> = found
        .iter()
        .map(|(name, label, text)| (*name, label.as_str(), text.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("TEL", "Boat", "+14155550140"),
            ("TEL", "Bo", "+14155550141"),
            ("NOTE", "Boat", "soft break"),
            ("NOTE", "Boat", "fold and more"),
            ("EMAIL", "", "odalys@fable.example"),
            ("URL", "", "http://fable.example"),
        ]
    );
}

/// In every card there is, a contact has the labels that the properties have.
#[test]
fn ok_the_labels_of_real_cards() {
    let (mut properties, mut labelled) = (0, 0);
    for file in common::fixtures().into_iter().chain(common::corpus()) {
        for card in CardReader::from_path(&file).unwrap().flatten() {
            let found = labels(&card);
            properties += found.len();
            labelled += found.iter().flatten().count();
        }
    }
    assert!(properties > 250, "{properties} phones and emails");
    assert!(labelled > 150, "{labelled} with a label");
}

#[test]
fn ok_a_property_is_found_by_its_label() {
    let mut card = card(
        "3.0",
        "TEL;TYPE=CELL:1\r\nitem1.TEL:2\r\nitem1.X-ABLabel:Boat",
    );
    let mut boat = card
        .find_mut(|p| p.label().as_deref() == Some("Boat"))
        .unwrap();
    boat.set_text("3").unwrap();
    assert!(card.to_string().contains("\r\nitem1.TEL:3\r\n"));
    // What is returned is not tied to the text for none, nor to the card.
    fn owner(card: &Card) -> std::borrow::Cow<'_, str> {
        let other = String::from("other");
        let label = card.property("TEL").unwrap().label_or(&other).into_owned();
        label.into()
    }
    assert_eq!(owner(&card), "mobile");
    assert_eq!(card.property("VERSION").unwrap().label_or("other"), "other");
}

// ---- writing ----

#[test]
fn ok_labels_as_each_version_writes_them() {
    for (label, three, four) in [
        ("mobile", "TEL;TYPE=CELL:1", "TEL;TYPE=cell:1"),
        ("iphone", "TEL;TYPE=IPHONE,CELL:1", "TEL;TYPE=iphone,cell:1"),
        ("home fax", "TEL;TYPE=HOME,FAX:1", "TEL;TYPE=home,fax:1"),
        (
            "work pager",
            "TEL;TYPE=WORK,PAGER:1",
            "TEL;TYPE=work,pager:1",
        ),
        (
            "home video",
            "TEL;TYPE=HOME,VIDEO:1",
            "TEL;TYPE=home,video:1",
        ),
        ("main", "TEL;TYPE=MAIN:1", "TEL;TYPE=main-number:1"),
        ("other", "TEL;TYPE=OTHER:1", "TEL;TYPE=other:1"),
        // Which 4.0 does not have for TEL.
        (
            "car",
            "TEL;TYPE=CAR:1",
            "item1.TEL:1\r\nitem1.X-ABLabel:car",
        ),
        (
            " Summer house ",
            "item1.TEL:1\r\nitem1.X-ABLabel:Summer house",
            "item1.TEL:1\r\nitem1.X-ABLabel:Summer house",
        ),
        (
            "Mobile",
            "item1.TEL:1\r\nitem1.X-ABLabel:Mobile",
            "item1.TEL:1\r\nitem1.X-ABLabel:Mobile",
        ),
        (
            "_$!<Home>!$_",
            "item1.TEL:1\r\nitem1.X-ABLabel:_$!<_$!<Home>!$_>!$_",
            "item1.TEL:1\r\nitem1.X-ABLabel:_$!<_$!<Home>!$_>!$_",
        ),
        (" ", "TEL:1", "TEL:1"),
    ] {
        for (version, expected) in [(Version::V3_0, three), (Version::V4_0, four)] {
            let phone = Phone::new("1").label(label);
            let card = Card::builder(version).phone(phone);
            let card = card.build_unchecked().unwrap();
            let expected =
                format!("BEGIN:VCARD\r\nVERSION:{version}\r\n{expected}\r\nEND:VCARD\r\n");
            assert_eq!(card.to_string(), expected, "{label}");
        }
    }
}

#[test]
fn ok_labels_beside_other_types() {
    for (types, label, expected) in [
        (&["voice"][..], "mobile", "TEL;TYPE=voice,CELL,pref:1"),
        (&["cell"], "mobile", "TEL;TYPE=cell,pref:1"),
        (&["home"], "home fax", "TEL;TYPE=home,FAX,pref:1"),
        // Together they would say something else.
        (
            &["fax"],
            "work",
            "item1.TEL;TYPE=fax,pref:1\r\nitem1.X-ABLabel:work",
        ),
        (
            &["home"],
            "work",
            "item1.TEL;TYPE=home,pref:1\r\nitem1.X-ABLabel:work",
        ),
        (
            &["home"],
            "Boat",
            "item1.TEL;TYPE=home,pref:1\r\nitem1.X-ABLabel:Boat",
        ),
    ] {
        let phone = Phone::new("1").label(label).types(types.iter().copied());
        let card = Card::builder(Version::V3_0)
            .phone(phone.preferred())
            .build_unchecked()
            .unwrap();
        assert!(card.to_string().contains(expected), "{label}: {card}");
        assert_eq!(labels(&card), [Some(label.to_owned())]);
        assert!(card.phones().next().unwrap().is_preferred());
    }
}

/// A property with a label, other words of TYPE and a preference, in a card of the version.
fn with_label(version: Version, kind: usize, label: &str, types: &[&str], pref: bool) -> Card {
    fn entry<'v, P: vcardinal::typed::TypedProperty>(
        value: impl IntoEntry<'v, P>,
        label: &'v str,
        types: &'v [&'v str],
        pref: bool,
    ) -> Entry<'v, P> {
        let entry = Entry::new(value).label(label).types(types.iter().copied());
        if pref { entry.preferred() } else { entry }
    }
    let mut card = card(version.as_str(), "item1.NOTE:a");
    let related = vcardinal::value::UriOrText::Text("a".into());
    let uri = vcardinal::value::Uri::new("xmpp:a@b.example").unwrap();
    let address = Address::default().with_street(["1 Quay"]);
    match kind {
        0 => card.add::<property::Tel>(entry("+14155550123", label, types, pref)),
        1 => card.add::<property::Email>(entry("a@b.example", label, types, pref)),
        2 => card.add::<property::Adr>(entry(address, label, types, pref)),
        3 => card.add::<property::Url>(entry(uri, label, types, pref)),
        4 if version != Version::V2_1 => card.add::<property::Impp>(entry(uri, label, types, pref)),
        5 if version == Version::V4_0 => {
            card.add::<property::Related>(entry(related, label, types, pref))
        }
        _ => card.add::<property::Note>(entry("a", label, types, pref)),
    }
    .unwrap();
    card
}

const WORDS: [&str; 33] = [
    "iphone",
    "mobile",
    "home fax",
    "work fax",
    "other fax",
    "fax",
    "home pager",
    "work pager",
    "pager",
    "home video",
    "work video",
    "video",
    "car",
    "main",
    "home",
    "work",
    "school",
    "other",
    "personal",
    "business",
    "spouse",
    "friend",
    "billing",
    "cell",
    "voice",
    "Mobile",
    "HOME",
    "x-boat",
    "X-",
    "homefax",
    "_$!<Home>!$_",
    "_$!<_$!<Home>!$_>!$_",
    "_$!<>!$_",
];

proptest! {
    #![proptest_config(cases::cases(2_000))]

    /// Whatever somebody calls a thing, it is called so when it is read.
    #[test]
    fn ok_a_label_comes_back_as_it_was_written(
        label in prop_oneof![
            2 => prop::sample::select(WORDS.to_vec()).prop_map(str::to_owned),
            1 => "[^\\p{Cc}]{0,24}",
            1 => "[a-z ,;:\\\\\"\n]{0,12}",
            1 => "_\\$!<[a-zA-Z<>! ]{0,8}>!\\$_",
        ],
        types in prop::collection::vec(
            prop::sample::select(vec!["home", "FAX", "voice", "cell", "Aft", "x-Desk", "home,work"]),
            0..3,
        ),
        pref: bool,
        kind in 0..7_usize,
        version in prop::sample::select(Version::ALL.to_vec()),
    ) {
        // 2.1 has no commas in parameters.
        let types: Vec<_> = match version {
            Version::V2_1 => types.into_iter().filter(|word| !word.contains(',')).collect(),
            _ => types,
        };
        let card = with_label(version, kind, &label, &types, pref);
        let bytes = card.to_bytes();
        let card = Card::parse(&bytes).unwrap();
        let property = card.properties().nth(2).unwrap();
        let expected = match label.trim() {
            "" => {
                let plain = with_label(version, kind, "", &types, pref);
                plain.properties().nth(2).unwrap().label().map(String::from)
            }
            label => Some(label.to_owned()),
        };
        prop_assert_eq!(self::label(&card, &property), expected.clone(), "{}", card);
        // And so it is by the contact.
        let of_contact = labels(&card);
        prop_assert_eq!(of_contact.is_empty(), kind > 1, "{}", card);
        if let Some(label) = of_contact.first() {
            prop_assert_eq!(label, &expected, "{}", card);
        }
        prop_assert_eq!(property.is_preferred(), pref, "{}", card);
        for word in types {
            prop_assert!(property.has_type(word.split(',').next().unwrap()), "{}", card);
        }
    }
}

proptest! {
    #![proptest_config(cases::cases(600))]

    /// A contact calls the phones and emails of a card what the card calls them, whatever else is in it.
    #[test]
    fn ok_the_labels_of_any_card_are_those_of_its_contact(
        card in prop_oneof![any_cards::person(), any_cards::any_card()],
    ) {
        labels(&card.0);
    }
}

#[test]
fn ok_many_labels_are_linear() {
    let card = |phones: usize| {
        let lines: Vec<_> = (0..phones)
            .map(|n| format!("item{n}.TEL:+1{n:07}\r\nitem{n}.X-ABLabel:L{n}\r\n"))
            .collect();
        format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\n{}END:VCARD\r\n",
            lines.concat()
        )
        .into_bytes()
    };
    let ask: fn(&[u8], &vcardinal::Limits) = |bytes, limits| {
        let card = Card::parse_with(bytes, limits.clone()).unwrap();
        let labels = card.labels();
        let found = card.phones().filter_map(|phone| labels.of(&phone));
        assert_eq!(found.count() * 2 + 3, card.lines().count());
    };
    let (small, large) = (card(1_000), card(10_000));
    // Quadratic work takes a hundred times the time in every attempt.
    let grown = (0..8)
        .map(|_| growth::growth(&small, &large, ask, &vcardinal::Limits::none()))
        .find(|grown| *grown <= growth::MOST_TEXTS);
    assert!(grown.is_some());
}

#[test]
fn ok_a_blank_label_is_set_and_goes_with_its_property() {
    let text = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nN:A;;;;\r\n\
        item1.TEL:+14155550123\r\nitem1.X-ABLabel: \r\nEND:VCARD\r\n";
    let mut card = Card::parse(text).unwrap();
    let (mut contact, _) = Contact::from_card(&card);
    assert_eq!(contact.phones[0].label, None);
    contact.phones[0].label = Some("Boat".into());
    contact.apply_to(&mut card).unwrap();
    assert!(
        card.to_string()
            .ends_with("\r\nitem1.TEL:+14155550123\r\nitem1.X-ABLabel:Boat\r\nEND:VCARD\r\n"),
        "{card}"
    );
    let mut card = Card::parse(text).unwrap();
    contact.phones.clear();
    contact.apply_to(&mut card).unwrap();
    assert!(!card.to_string().contains("item1"), "{card}");
}

/// A copy whose label says something else in the other version is refused, and leaves nothing behind.
#[test]
fn err_a_copy_whose_label_cannot_be_copied() {
    let from = "BEGIN:VCARD\nVERSION:4.0\nFN:A\nitem1.TEL:1\nitem1.X-ABLabel:a\\\\b\nEND:VCARD\n";
    let from = Card::parse(from).unwrap();
    let mut to = Card::parse("BEGIN:VCARD\nVERSION:2.1\nN:A\nEND:VCARD\n").unwrap();
    let before = to.to_string();
    let phone = from.property("TEL").unwrap();
    assert_eq!(to.push_copy(&phone), Err(vcardinal::EditError::Version));
    assert_eq!(to.to_string(), before);
}
