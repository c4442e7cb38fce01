//! What setting a value does to a property, over the whole registry: a card without findings stays
//! one, nothing of the old value is left on the new one, what belongs to the property stays, and
//! setting the value that is there changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use vcardinal::property;
use vcardinal::registry::{self, BelongsTo, PropertyId};
use vcardinal::typed::{AnyValue, TypedProperty};
use vcardinal::validate::{Profile, validate};
use vcardinal::value::{
    Address, Binary, DateOrText, Key, Media, Name, Organization, PartialDate, TimeZone, Uri,
    UriOrText,
};
use vcardinal::{Card, CardReader, EntryId, Event, PropertyRef, PropertyValue, Version};

use crate::common;
use crate::common::any_value::set;
use crate::common::cards;
use crate::common::cards::{Wanted, all};
use crate::common::cases::cases;

/// What the checker finds, and on which lines.
fn findings(card: &Card) -> BTreeSet<String> {
    validate(card, Profile::Declared)
        .iter()
        .map(|finding| format!("{} {}", finding.severity, finding.rule.id))
        .collect()
}

/// What belongs to the value of a property, and the rest, as they are written.
fn parameters(property: &PropertyRef<'_>) -> (Vec<String>, Vec<(String, Vec<String>)>) {
    let (mut of_value, mut rest) = (Vec::new(), Vec::new());
    let id = registry::property(property.name().as_bytes()).map(|row| row.id);
    let before_4_0 = property.version() != Some(Version::V4_0);
    for parameter in property.parameters() {
        let name = parameter.meaning().to_ascii_uppercase();
        let values: Vec<String> = parameter.values().map(String::from).collect();
        match registry::belongs_to(name.as_bytes()) {
            BelongsTo::Value | BelongsTo::SuchValues => {
                of_value.push(format!("{name}={}", values.join(",")));
            }
            _ => {
                let is_media = |word: &String| {
                    name == "TYPE"
                        && before_4_0
                        && id.is_some_and(|id| registry::is_media_word(id, word))
                };
                let values: Vec<String> =
                    values.into_iter().filter(|word| !is_media(word)).collect();
                if !values.is_empty() {
                    rest.push((name, values));
                }
            }
        }
    }
    (of_value, rest)
}

/// A property whose value others of the card answer to.
fn is_answered_to(id: Option<PropertyId>) -> bool {
    matches!(
        id.map(|id| id.stands_for_property().unwrap_or(id)),
        // Who may have members; whose PIDs there are; a label of a group.
        Some(PropertyId::KIND | PropertyId::CLIENTPIDMAP | PropertyId::VERSION)
    )
}

/// Sets a value on a property of a card without findings.
fn assert_set_keeps(card: &Card, id: EntryId, value: &AnyValue<'_>) {
    let before = findings(card);
    let mut changed = card.clone();
    let old = card.entry(id).unwrap();
    let (of_value, rest) = parameters(&old);
    let says = format!("{}{value:?}", String::from_utf8_lossy(old.raw()));
    let done = set(&mut changed.entry_mut(id).unwrap(), value);
    if let Err(error) = done {
        assert_eq!(changed.to_bytes(), card.to_bytes(), "{says}: {error}");
        return;
    }
    let new = changed.entry(id).unwrap();
    let now = String::from_utf8_lossy(new.raw()).into_owned();
    let (of_new_value, new_rest) = parameters(&new);
    assert_eq!(new_rest, rest, "{says}\n{now}");
    if new.raw() != old.raw() {
        for parameter in &of_new_value {
            let (name, _) = parameter.split_once('=').unwrap();
            // What a new value writes itself, and what holds for both.
            assert!(
                matches!(name, "VALUE" | "ENCODING" | "X-APPLE-OMIT-YEAR" | "CHARSET")
                    || (matches!(name, "LANGUAGE" | "USERNAME") && of_value.contains(parameter)),
                "{parameter} stays\n{says}\n{now}"
            );
        }
    }
    if before.is_empty() {
        let mut after = findings(&changed);
        // What somebody sets may be doubtful in itself, whatever was there before: an EMAIL that is not an
        // address, a name that begins as escaped components do.
        for doubtful in ["warning email-invalid", "info components-escaped"] {
            after.remove(doubtful);
        }
        // Of another kind: a zone that 2.1 has no name for, a URI that nobody is reached by, an
        // address of another network, and a day without its year, which 3.0 says by a parameter of Apple's.
        let has_no_year = new.parameter("X-APPLE-OMIT-YEAR").is_some();
        // 2.1 has no place to break a head that is a line by itself.
        let head = new.raw().split(|octet| *octet == b':').next().unwrap();
        after.retain(
            |finding| match (&**finding, &*new.name().to_ascii_uppercase()) {
                ("warning utc-offset-invalid" | "warning white-space-around-value", "TZ") => false,
                ("warning uri-scheme", "CONTACT-URI") | ("info email-invalid", "EMAIL") => false,
                ("info parameter-not-permitted", _) => !has_no_year,
                ("warning quoted-printable-line-too-long", _) => head.len() < 74,
                _ => true,
            },
        );
        assert!(after.is_empty(), "{after:?}\n{says}\n{now}\n{changed}");
    }
    // And so it is read.
    let read = new
        .value()
        .unwrap_or_else(|error| panic!("{error}\n{says}\n{now}"));
    let again = changed.clone().to_bytes().into_owned();
    let mut once_more = changed.clone();
    // What is read leniently may have no form; what is there stays then.
    let _ = set(&mut once_more.entry_mut(id).unwrap(), &read);
    assert_eq!(once_more.to_bytes(), again, "{now}");
}

/// Whether a value is read but is not right: the text of a vendor's name as a URI or as base64.
fn is_only_read(value: &AnyValue<'_>) -> bool {
    match value {
        AnyValue::Uri(uri)
        | AnyValue::UriOrText(UriOrText::Uri(uri))
        | AnyValue::Media(Media::Uri(uri))
        | AnyValue::Key(Key::Uri(uri))
        | AnyValue::TimeZone(TimeZone::Uri(uri)) => Uri::new(uri.as_str()).is_err(),
        // A group of one digit is not an octet.
        AnyValue::Media(Media::Inline(data)) | AnyValue::Key(Key::Inline(data)) => {
            data.as_base64().trim_end_matches('=').len() % 4 == 1
        }
        _ => false,
    }
}

/// One of the cards that a strategy makes.
fn made(strategy: impl Strategy<Value = Card>, runner: &mut TestRunner) -> Card {
    strategy.new_tree(runner).unwrap().current()
}

fn of_name(card: &Card, wanted: Wanted) -> Vec<PropertyRef<'_>> {
    let named = card
        .properties()
        .filter(|property| property.is(wanted.name()));
    named.collect()
}

#[test]
fn ok_a_clean_card_stays_clean_whatever_is_set() {
    let mut runner = TestRunner::new_with_rng(
        Default::default(),
        TestRng::deterministic_rng(RngAlgorithm::ChaCha),
    );
    let mut pairs = 0;
    let mut failed = BTreeMap::new();
    let kinds = 2 * registry::properties().len() as u32;
    for version in [Version::V3_0, Version::V4_0] {
        for old in all(version) {
            for new in all(version) {
                if old.name() != new.name() || is_answered_to(old.row.map(|row| row.id)) {
                    continue;
                }
                for _ in 0..cases(6 * kinds).cases.div_ceil(kinds) {
                    let card = made(cards::card(vec![old], version), &mut runner);
                    let other = made(cards::card(vec![new], version), &mut runner);
                    for property in of_name(&card, old) {
                        for value in of_name(&other, new) {
                            let Ok(value) = value.value() else { continue };
                            if is_only_read(&value) {
                                continue;
                            }
                            pairs += 1;
                            let tried =
                                AssertUnwindSafe(|| assert_set_keeps(&card, property.id(), &value));
                            if let Err(panic) = std::panic::catch_unwind(tried) {
                                let what = (old.name(), format!("{:?}", new.value_type));
                                failed
                                    .entry(what)
                                    .or_insert(panic.downcast::<String>().ok());
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(pairs > 1000, "{pairs}");
}

/// The cards of all files that nothing is wrong with.
fn clean_cards() -> Vec<Card> {
    let mut clean = Vec::new();
    for file in common::fixtures().into_iter().chain(common::corpus()) {
        let bytes = std::fs::read(file).unwrap();
        let cards = CardReader::from_slice(&bytes).filter_map(Result::ok);
        // Of a large file they are all alike.
        let cards = cards.take(20).filter(|card| findings(card).is_empty());
        clean.extend(cards.filter(|card| card.to_bytes().len() < 8192));
    }
    clean
}

/// Real cards of every version, and the values that others have, of whatever version.
#[test]
fn ok_a_clean_card_of_a_file_stays_clean_whatever_is_set() {
    const EACH: usize = 10;
    let clean = clean_cards();
    let mut of_name: BTreeMap<String, Vec<PropertyRef<'_>>> = BTreeMap::new();
    for property in clean.iter().flat_map(Card::properties) {
        let of_name = of_name.entry(property.name().to_ascii_uppercase());
        of_name.or_default().push(property);
    }
    let mut pairs = BTreeMap::<Version, usize>::new();
    let mut failed = BTreeMap::new();
    let mut next = 0;
    for card in &clean {
        let version = card.effective_version();
        for property in card.properties() {
            let id = registry::property(property.name().as_bytes()).map(|row| row.id);
            if is_answered_to(id) {
                continue;
            }
            let others = &of_name[&property.name().to_ascii_uppercase()];
            for _ in 0..EACH.min(others.len()) {
                // Other ones each time, and all of them in the end.
                next += 1;
                let other = &others[next * 31 % others.len()];
                let Ok(value) = other.value() else { continue };
                // Text of 2.1 that is in base64 is octets, which no later version has in its place.
                let is_of_2_1 = other.version() == Some(Version::V2_1) && version != Version::V2_1;
                if is_only_read(&value) || is_of_2_1 && matches!(value, AnyValue::Binary(_)) {
                    continue;
                }
                *pairs.entry(version).or_default() += 1;
                let tried = AssertUnwindSafe(|| assert_set_keeps(card, property.id(), &value));
                if let Err(panic) = std::panic::catch_unwind(tried) {
                    let what = (version, property.name().to_ascii_uppercase());
                    failed
                        .entry(what)
                        .or_insert(panic.downcast::<String>().ok());
                }
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
    for version in Version::ALL {
        assert!(pairs[&version] > 150, "{pairs:?}");
    }
}

fn assert_nothing_changes(card: &Card) -> usize {
    let mut count = 0;
    for property in card.properties() {
        let Ok(value) = property.value() else {
            continue;
        };
        let mut same = card.clone();
        let Some(mut entry) = same.entry_mut(property.id()) else {
            continue;
        };
        if set(&mut entry, &value).is_ok() {
            count += 1;
            assert_eq!(
                String::from_utf8_lossy(&same.to_bytes()),
                String::from_utf8_lossy(&card.to_bytes()),
                "{value:?}"
            );
        }
    }
    count
}

#[test]
fn ok_setting_the_value_that_is_there_changes_nothing() {
    let mut count = 0;
    for file in common::fixtures().into_iter().chain(common::corpus()) {
        let bytes = std::fs::read(file).unwrap();
        let mut reader = CardReader::from_slice(&bytes);
        while let Ok(Some(event)) = reader.next_event() {
            if let Event::Card(card) = event {
                count += assert_nothing_changes(card);
            }
        }
    }
    assert!(count > 1000, "{count}");
}

/// What joins parameters of one name says one encoding twice, which is that encoding: the value is read,
/// and set back it changes nothing.
#[test]
fn ok_an_encoding_that_is_said_twice_is_read_and_set_back() {
    let jpeg = [0xFF, 0xD8, 0xFF, 0xE0];
    for (version, line) in [
        ("3.0", "PHOTO;ENCODING=b,b;TYPE=JPEG,jpeg:/9j/4A=="),
        ("3.0", "PHOTO;TYPE=JPEG,jpeg;encoding=B , b:/9j/4A=="),
        ("3.0", "PHOTO;ENCODING=\"b\",b;TYPE=home,JPEG:/9j/4A=="),
        ("3.0", "PHOTO;ENCODING=b,BASE64;TYPE=JPEG:/9j/4A=="),
        ("2.1", "PHOTO;ENCODING=BASE64,base64;TYPE=JPEG:/9j/4A==\r\n"),
        ("2.1", "PHOTO;ENCODING=b,b;TYPE=JPEG,jpeg:/9j\r\n /4A==\r\n"),
    ] {
        let text = format!("BEGIN:VCARD\r\nVERSION:{version}\r\n{line}\r\nEND:VCARD\r\n");
        let mut card = Card::parse(&text).unwrap();
        let photo = card.property("PHOTO").unwrap();
        assert_eq!(photo.bytes().unwrap(), jpeg, "{line}");
        assert_eq!(photo.media_type().as_deref(), Some("image/jpeg"), "{line}");
        assert_eq!(assert_nothing_changes(&card), 2, "{line}");
        // Another one is written with one.
        let gif = Binary::from_base64("R0lGODlh").unwrap();
        let gif = AnyValue::Media(Media::Data(gif.into_data_uri("image/gif").unwrap()));
        set(&mut card.property_mut("PHOTO").unwrap(), &gif).unwrap();
        let photo = card.property("PHOTO").unwrap();
        assert_eq!(photo.bytes().unwrap(), b"GIF89a", "{line}");
        assert_eq!(photo.media_type().as_deref(), Some("image/gif"), "{line}");
    }
    let text = |line: &str| {
        let text = format!("BEGIN:VCARD\r\nVERSION:2.1\r\n{line}\r\nEND:VCARD\r\n");
        let card = Card::parse(text).unwrap();
        let text = card.property("NOTE").unwrap().text().unwrap();
        text.into_owned()
    };
    let twice = "NOTE;ENCODING=QUOTED-PRINTABLE,QUOTEDPRINTABLE:a=3Db=\r\nc";
    assert_eq!(text(twice), "a=bc");
    // Two that are not one are none.
    for both in [
        "QUOTED-PRINTABLE,BASE64",
        "8BIT,QUOTED-PRINTABLE",
        "QUOTED-PRINTABLE,X-A",
    ] {
        assert_eq!(
            text(&format!("NOTE;ENCODING={both}:a=3Db")),
            "a=3Db",
            "{both}"
        );
    }
}

/// A word in VALUE that is not registered makes the value a text, and typed access reads it as what its
/// property has all the same: set back, that says no more than what is there.
#[test]
fn ok_a_value_of_an_unknown_type_set_back_changes_nothing() {
    let mut set_back = 0;
    macro_rules! each {
        ($($marker:ident: $($value:literal)+;)+) => {$($(
            for version in ["2.1", "3.0", "4.0"] {
                for word in ["x-mine", "uri\0", "\"date;time\"", "\u{e9}"] {
                    let name = <property::$marker as TypedProperty>::NAME;
                    let line = format!("{name};TYPE=home;VALUE={word}:{}", $value);
                    let text = format!("BEGIN:VCARD\r\nVERSION:{version}\r\n{line}\r\nEND:VCARD\r\n");
                    let card = Card::parse(&text).unwrap();
                    let typed = card.get::<property::$marker>().unwrap();
                    let Ok(value) = typed.value() else { continue };
                    let mut same = card.clone();
                    if same.entry_mut(typed.id()).unwrap().set(&value).is_ok() {
                        set_back += 1;
                        assert_eq!(same.to_string(), card.to_string(), "{value:?}");
                    }
                }
            }
        )+)+};
    }
    each! {
        Tel: "+1-415-555-0123;ext=1" "tel:+14155550123" "(415) 555-0100";
        Url: "http://a.example/\\,b" "a b";
        Bday: "1985-04-12" "19850412" "about 1790";
        Rev: "19951031T222710Z" "1995-10-31T22:27:10Z";
        Geo: "37.3;-122.1" "geo:37.3\\,-122.1";
        Tz: "-0500" "Europe/Oslo";
        Photo: "http://a.example/b.gif" "data:image/gif;base64\\,R0lG";
        Uid: "urn:uuid:1" "a;b";
        N: "Quist;Ada;;;" "Quist\\, Q;Ada";
        Adr: ";;1 Elm;Lund;;;";
        Org: "A\\, B;C";
        Categories: "a\\,b,c";
        Note: "a; b\\nc";
        Kind: "org";
        Lang: "en";
        Gender: "M;a";
        Related: "urn:uuid:1" "a, b";
        Impp: "xmpp:a@b.example";
        Key: "http://a.example/k";
        Anniversary: "20010203";
    }
    assert!(set_back > 200, "{set_back}");
}

/// A line of a card, a value that is set on it, and the line then.
fn assert_line(version: &str, line: &str, value: &AnyValue<'_>, wanted: &str) {
    let card = format!("BEGIN:VCARD\r\nVERSION:{version}\r\nFN:A\r\n{line}\r\nEND:VCARD\r\n");
    let mut card = Card::parse(card).unwrap();
    let name = line.split([';', ':']).next().unwrap();
    set(&mut card.property_mut(name).unwrap(), value).unwrap();
    let property = card.property(name).unwrap();
    let written = String::from_utf8_lossy(property.raw()).replace("\r\n", "");
    assert_eq!(written, wanted, "{version} {line}");
}

/// A text of 2.1 says that it is UTF-8 by a parameter, and not by its letters in another one.
#[test]
fn ok_a_charset_in_another_parameter_is_none() {
    let value = AnyValue::Text("\u{e9}".to_owned().into());
    for line in [
        "NOTE;X-A=CHARSET=UTF-8:a",
        "NOTE;X-B(CHARSET=UTF-8,x):a",
        "NOTE;CELL:a",
    ] {
        let head = line.strip_suffix(":a").unwrap();
        let wanted = format!("{head};ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=C3=A9");
        assert_line("2.1", line, &value, &wanted);
    }
}

#[test]
fn ok_what_described_the_old_value_goes_with_it() {
    let date = || AnyValue::DateOrText(PartialDate::new(1980, 6, 5).unwrap().into());
    let text = |text: &str| AnyValue::DateOrText(DateOrText::Text(text.to_owned().into()));
    let uri = |uri: &str| Uri::new(uri.to_owned()).unwrap();
    let png = || {
        let data = Binary::from_base64("iVBORw0K").unwrap();
        AnyValue::Media(Media::Data(data.into_data_uri("image/png").unwrap()))
    };
    let bare = || AnyValue::Media(Media::Inline(Binary::from_base64("R0lGODlh").unwrap()));
    let cases = [
        (
            "4.0",
            "BDAY;VALUE=text;LANGUAGE=en:about 1790",
            date(),
            "BDAY:19800605",
        ),
        (
            "4.0",
            "BDAY;LANGUAGE=en;VALUE=text;ALTID=1:a",
            text("b"),
            "BDAY;LANGUAGE=en;VALUE=text;ALTID=1:b",
        ),
        (
            "4.0",
            "ANNIVERSARY;CALSCALE=gregorian:20110203",
            text("in May"),
            "ANNIVERSARY;VALUE=text:in May",
        ),
        (
            "4.0",
            "BDAY;CALSCALE=x-coptic:17410101",
            date(),
            "BDAY:19800605",
        ),
        (
            "4.0",
            "RELATED;TYPE=friend;LANGUAGE=de;VALUE=text:Ute",
            AnyValue::UriOrText(UriOrText::Uri(uri("mailto:ute@example.com"))),
            "RELATED;TYPE=friend:mailto:ute@example.com",
        ),
        (
            "4.0",
            "RELATED;MEDIATYPE=text/vcard:https://example.com/a.vcf",
            AnyValue::UriOrText(UriOrText::Text("Ute".into())),
            "RELATED;VALUE=text:Ute",
        ),
        (
            "4.0",
            "PHOTO;PREF=1;TYPE=home;MEDIATYPE=image/gif:https://example.com/a",
            png(),
            "PHOTO;PREF=1;TYPE=home:data:image/png;base64\\,iVBORw0K",
        ),
        (
            "3.0",
            "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4A==",
            png(),
            "PHOTO;ENCODING=b;TYPE=PNG:iVBORw0K",
        ),
        (
            "3.0",
            "PHOTO;ENCODING=b;TYPE=\"JPEG\",home;X-A=1:/9j/4A==",
            png(),
            "PHOTO;TYPE=home;X-A=1;ENCODING=b;TYPE=PNG:iVBORw0K",
        ),
        (
            "3.0",
            "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4A==",
            AnyValue::Media(Media::Uri(uri("https://example.com/b.png"))),
            "PHOTO;VALUE=uri:https://example.com/b.png",
        ),
        (
            "3.0",
            "PHOTO;ENCODING=b;TYPE=GIF:/9j/4A==",
            bare(),
            "PHOTO;TYPE=GIF;ENCODING=b:R0lGODlh",
        ),
        (
            "2.1",
            "PHOTO;GIF;BASE64:/9j/4A==",
            bare(),
            "PHOTO;GIF;ENCODING=BASE64:R0lGODlh",
        ),
        (
            "2.1",
            "PHOTO;HOME;GIF;BASE64:/9j/4A==",
            png(),
            "PHOTO;HOME;ENCODING=BASE64;TYPE=PNG:iVBORw0K",
        ),
        (
            "4.0",
            "N;JSCOMPS=\";1;0\";SORT-AS=\"Ruiz,Ana\":Ruiz;Ana;;;",
            AnyValue::Name(Name::new("Soto", "Eva")),
            "N:Soto;Eva;;;",
        ),
        (
            "4.0",
            "ORG;PID=1.1;SORT-AS=Z:Zeta",
            AnyValue::Organization(Organization::new("Alpha")),
            "ORG;PID=1.1:Alpha",
        ),
        (
            "4.0",
            "ADR;TYPE=work;LABEL=\"1 Old Rd\";GEO=\"geo:1,2\";TZ=-0500;CC=NO:;;1 Old Rd;Oslo;;;",
            AnyValue::Address(
                Address::default()
                    .with_street(["2 New Rd"])
                    .with_locality(["Oslo"]),
            ),
            "ADR;TYPE=work:;;2 New Rd;Oslo;;;",
        ),
    ];
    for (version, line, value, wanted) in cases {
        assert_line(version, line, &value, wanted);
    }
}

/// A line of a card, an untyped value that is set on it, and the line then.
fn assert_value(version: &str, line: &str, value: PropertyValue, wanted: &str) {
    let card = format!("BEGIN:VCARD\r\nVERSION:{version}\r\nFN:A\r\n{line}\r\nEND:VCARD\r\n");
    let mut card = Card::parse(card).unwrap();
    let name = line.split([';', ':']).next().unwrap();
    card.property_mut(name).unwrap().set_value(value).unwrap();
    let property = card.property(name).unwrap();
    let written = String::from_utf8_lossy(property.raw()).replace("\r\n", "");
    assert_eq!(written, wanted, "{version} {line}");
}

#[test]
fn ok_what_described_the_old_value_goes_with_it_whoever_sets_it() {
    let text = |text: &str| PropertyValue::Text(text.into());
    let components = |parts: &[&str]| {
        PropertyValue::Components(parts.iter().map(|part| vec![(*part).into()]).collect())
    };
    let cases = [
        (
            "4.0",
            "ADR;TYPE=work;LABEL=\"3 Low St\";GEO=\"geo:1,2\";CC=SE:;;3 Low St;Lund;;;",
            components(&["", "", "4 Low St", "Lund", "", "", ""]),
            "ADR;TYPE=work:;;4 Low St;Lund;;;",
        ),
        // An equal value leaves everything.
        (
            "4.0",
            "ADR;LABEL=\"3 Low St\":;;3 Low St;Lund;;;",
            components(&["", "", "3 Low St", "Lund", "", "", ""]),
            "ADR;LABEL=\"3 Low St\":;;3 Low St;Lund;;;",
        ),
        (
            "4.0",
            "N;SORT-AS=\"Lind,Eva\";JSCOMPS=\";0;1\";ALTID=1:Lind;Eva;;;",
            components(&["Berg", "Eva", "", "", ""]),
            "N;ALTID=1:Berg;Eva;;;",
        ),
        (
            "4.0",
            "ROLE;DERIVED=true;PREF=1:A",
            text("B"),
            "ROLE;PREF=1:B",
        ),
        (
            "4.0",
            "NOTE;LANGUAGE=sv;PID=1.1:hej",
            text("ja"),
            "NOTE;LANGUAGE=sv;PID=1.1:ja",
        ),
        (
            "4.0",
            "BDAY;VALUE=text;LANGUAGE=sv:i maj",
            text("i juni"),
            "BDAY;VALUE=text;LANGUAGE=sv:i juni",
        ),
        (
            "3.0",
            "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-02",
            text("1990-05-02"),
            "BDAY:1990-05-02",
        ),
        (
            "2.1",
            "TITLE;LANGUAGE=sv;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Chef=E9",
            text("Chefen"),
            "TITLE;LANGUAGE=sv:Chefen",
        ),
        (
            "3.0",
            "PHOTO;VALUE=uri;TYPE=home:https://example.com/a.gif",
            PropertyValue::Base64 {
                media_type: "image/png".into(),
                data: "iVBORw0K".into(),
            },
            "PHOTO;TYPE=home;ENCODING=b;TYPE=PNG:iVBORw0K",
        ),
    ];
    for (version, line, value, wanted) in cases {
        assert_value(version, line, value, wanted);
    }
}

#[test]
fn ok_a_contact_takes_along_what_described_the_old_name() {
    let mut card = Card::parse(
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Eva Lind\r\nN;SORT-AS=\"Lind,Eva\":Lind;Eva;;;\r\n\
         ORG;SORT-AS=Zeta;PREF=1:The Zeta\r\nEND:VCARD\r\n",
    )
    .unwrap();
    let (mut contact, _) = vcardinal::contact::Contact::from_card(&card);
    contact.family_name = Some("Berg".into());
    contact.organization = Some("Alpha".into());
    contact.apply_to(&mut card).unwrap();
    let text = card.to_string();
    assert!(
        text.contains("\r\nN:Berg;Eva;;;\r\nORG;PREF=1:Alpha\r\n"),
        "{text}"
    );
}

/// The same over every property and what it may have: nothing that described the old value stays.
#[test]
fn ok_an_untyped_value_takes_along_what_a_typed_one_does() {
    let mut runner = TestRunner::new_with_rng(
        Default::default(),
        TestRng::deterministic_rng(RngAlgorithm::ChaCha),
    );
    let (mut changed, mut gone) = (0, 0);
    let kinds = 2 * registry::properties().len() as u32;
    for version in [Version::V3_0, Version::V4_0] {
        for wanted in all(version) {
            for _ in 0..cases(12 * kinds).cases.div_ceil(kinds) {
                let card = made(cards::card(vec![wanted], version), &mut runner);
                let other = made(cards::card(vec![wanted], version), &mut runner);
                let lines = of_name(&card, wanted)
                    .into_iter()
                    .zip(of_name(&other, wanted));
                for (old, new) in lines {
                    let Ok(raw) = new.raw_text() else { continue };
                    let mut card = card.clone();
                    let (of_value, rest) = parameters(&old);
                    let (id, is_same) = (old.id(), old.raw_text().is_ok_and(|old| old == raw));
                    let before = old.raw().to_vec();
                    let value = PropertyValue::Raw(raw.into_owned());
                    if card.entry_mut(id).unwrap().set_value(value).is_err() {
                        continue;
                    }
                    let now = card.entry(id).unwrap();
                    let says = format!(
                        "{}{}",
                        String::from_utf8_lossy(&before),
                        String::from_utf8_lossy(now.raw())
                    );
                    if is_same {
                        assert_eq!(now.raw(), before, "{says}");
                        continue;
                    }
                    let (stay, new_rest) = parameters(&now);
                    assert_eq!(new_rest, rest, "{says}");
                    for parameter in &stay {
                        assert!(
                            parameter.starts_with("VALUE=")
                                || parameter.starts_with("LANGUAGE=")
                                || parameter.starts_with("USERNAME="),
                            "{parameter} stays\n{says}"
                        );
                    }
                    changed += 1;
                    gone += of_value.len() - stay.len();
                }
            }
        }
    }
    assert!(changed > 300 && gone > 100, "{changed} {gone}");
}

#[test]
fn ok_each_word_of_the_table_of_media_types_is_read_and_set_back() {
    for row in registry::media_rows() {
        for id in row.properties {
            for version in ["2.1", "3.0"] {
                let encoding = if version == "2.1" { "BASE64" } else { "b" };
                let line = format!(
                    "{};TYPE=WORK,pref;ENCODING={encoding};TYPE={}:R0lGODlh",
                    id.name(),
                    row.word
                );
                let card = format!(
                    "BEGIN:VCARD\r\nVERSION:{version}\r\nFN:A\r\n{line}\r\n\r\nEND:VCARD\r\n"
                );
                let mut card = Card::parse(card).unwrap();
                let before = card.to_string();
                let data = card
                    .property(id.name())
                    .unwrap()
                    .binary()
                    .unwrap()
                    .unwrap()
                    .into_owned();
                assert_eq!(data.media_type(), row.media_type, "{line}");
                let bytes = data.decode().unwrap();
                let mut property = card.property_mut(id.name()).unwrap();
                property.set_binary(row.media_type, &bytes).unwrap();
                assert_eq!(card.to_string(), before);
                let mut property = card.property_mut(id.name()).unwrap();
                property.set_binary(row.media_type, &[1, 2, 3]).unwrap();
                let data = card.property(id.name()).unwrap().binary().unwrap().unwrap();
                assert_eq!(
                    (data.media_type(), data.as_base64()),
                    (row.media_type, Some("AQID"))
                );
                assert!(card.to_string().contains("TYPE=WORK,pref"), "{card}");
                // One blank line after the block, as before.
                assert!(!card.to_string().contains("\r\n\r\n\r\n"), "{card:?}");
            }
        }
    }
    let card = Card::parse(
        "BEGIN:VCARD\nVERSION:3.0\nPHOTO;ENCODING=b;MEDIATYPE=image/gif:R0lGODlh\nEND:VCARD\n",
    )
    .unwrap();
    let data = card.property("PHOTO").unwrap().binary().unwrap().unwrap();
    assert_eq!(data.media_type(), "image/gif");
}

/// What says how the old value sounds goes with it; forms in other languages stay.
#[test]
fn ok_how_the_old_value_sounds_goes_with_it() {
    let read = |lines: &str| {
        Card::parse(format!(
            "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n{lines}\r\nEND:VCARD\r\n"
        ))
        .unwrap()
    };
    let name = || AnyValue::Name(Name::new("Berg", "Eva"));
    for (lines, wanted) in [
        (
            "N;ALTID=1:Lind;Eva;;;\r\nN;ALTID=1;PHONETIC=ipa:/l/;/e/;;;",
            "N;ALTID=1:Berg;Eva;;;",
        ),
        (
            "N;ALTID=1;PHONETIC=script;SCRIPT=Kana:a;b;;;\r\nN;LANGUAGE=sv;altid=1:Lind;Eva;;;\r\n\
             NOTE:x\r\nN;PHONETIC=ipa;ALTID=\"1\":c;d;;;",
            "N;LANGUAGE=sv;altid=1:Berg;Eva;;;\r\nNOTE:x",
        ),
        // Another ALTID, another property, another language, and no sound at all.
        (
            "N;ALTID=1:Lind;Eva;;;\r\nN;ALTID=2;PHONETIC=ipa:a;b;;;\r\nORG;ALTID=1;PHONETIC=ipa:c\r\n\
             N;ALTID=1;LANGUAGE=ja:d;e;;;",
            "N;ALTID=1:Berg;Eva;;;\r\nN;ALTID=2;PHONETIC=ipa:a;b;;;\r\nORG;ALTID=1;PHONETIC=ipa:c\r\n\
             N;ALTID=1;LANGUAGE=ja:d;e;;;",
        ),
        (
            "N:Lind;Eva;;;\r\nN;PHONETIC=ipa:a;b;;;",
            "N:Berg;Eva;;;\r\nN;PHONETIC=ipa:a;b;;;",
        ),
    ] {
        let mut card = read(lines);
        let is_name = |p: &PropertyRef<'_>| p.is("N") && p.parameter("PHONETIC").is_none();
        set(&mut card.find_mut(is_name).unwrap(), &name()).unwrap();
        assert_eq!(card.to_string(), read(wanted).to_string());
        // An equal value leaves everything, and so does what cannot be set.
        let mut same = read(lines);
        let old = same.properties().find(is_name).unwrap().value().unwrap();
        let AnyValue::Name(old) = old else { panic!() };
        let old = old.into_owned();
        same.find_mut(is_name).unwrap().set(&old).unwrap();
        assert_eq!(same.to_string(), read(lines).to_string());
        let control = PropertyValue::Components(vec![vec!["\u{1}".into()]]);
        assert!(same.find_mut(is_name).unwrap().set_value(control).is_err());
        assert_eq!(same.to_string(), read(lines).to_string());
        // Whoever sets it.
        let untyped = ["Berg", "Eva", "", "", ""].map(|part| vec![part.to_owned()]);
        let mut card = read(lines);
        let untyped = PropertyValue::Components(untyped.to_vec());
        card.find_mut(is_name).unwrap().set_value(untyped).unwrap();
        assert_eq!(card.to_string(), read(wanted).to_string());
    }
    // What is only spelt another way sounds the same.
    let lines = "N;ALTID=1:Li\\;nd;Eva;;;\r\nN;ALTID=1;PHONETIC=ipa:/l/;/e/;;;";
    let mut card = read(lines);
    card.property_mut("N")
        .unwrap()
        .set_parameter(vcardinal::Parameter::new("LANGUAGE", ["sv"]).unwrap())
        .unwrap();
    assert_eq!(card.properties_named("N").count(), 2);
}
