//! Names of vendors are read, and set, as the properties they stand for.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use vcardinal::registry::{self, PropertyId, StandsFor};
use vcardinal::typed::property::{Anniversary, Gender, Impp, Kind, Member, Uid};
use vcardinal::typed::{AnyValue, SetError};
use vcardinal::value::{DateOrText, PartialDate, Sex, Uri};
use vcardinal::{Card, Version};

fn card(version: Version, lines: &str) -> Card {
    Card::parse(format!(
        "BEGIN:VCARD\r\nVERSION:{version}\r\nFN:A\r\nN:A;;;;\r\n{lines}\r\nEND:VCARD\r\n"
    ))
    .unwrap()
}

#[test]
fn ok_anniversaries_of_every_vendor() {
    let wanted = DateOrText::from(PartialDate::new(2010, 5, 1).unwrap());
    let mut names: Vec<&str> = registry::properties()
        .iter()
        .filter(|row| row.id.stands_for_property() == Some(PropertyId::ANNIVERSARY))
        .map(|row| row.name)
        .collect();
    names.retain(|name| *name != "X-ABDATE");
    assert!(names.len() >= 5, "{names:?}");
    for name in names {
        for version in Version::ALL {
            for date in ["2010-05-01", "20100501"] {
                let card = card(version, &format!("{name}:{date}"));
                let found = card.anniversary().unwrap();
                assert_eq!(found.name(), name);
                assert_eq!(found.value().unwrap(), wanted, "{version} {name}");
            }
        }
    }
}

#[test]
fn ok_a_date_of_apple_is_the_anniversary_when_its_label_says_so() {
    let of = |label: &str| {
        card(
            Version::V3_0,
            &format!("item1.X-ABDATE:2010-05-01\r\nitem1.X-ABLabel:{label}"),
        )
    };
    assert!(of("_$!<Anniversary>!$_").anniversary().is_some());
    assert!(of("anniversary").anniversary().is_some());
    assert!(of("_$!<Other>!$_").anniversary().is_none());
    assert!(
        card(Version::V3_0, "X-ABDATE:2010-05-01")
            .anniversary()
            .is_none()
    );
}

#[test]
fn ok_messengers_are_uris_of_their_scheme() {
    for row in registry::properties() {
        let Some(StandsFor::Impp(scheme)) = row.stands_for else {
            continue;
        };
        let card = card(Version::V3_0, &format!("{}:zoe quist\\, 7", row.name));
        let impps: Vec<_> = card.impps().collect();
        let wanted = format!("{scheme}:zoe%20quist%2C%207");
        assert_eq!(impps[0].value().unwrap().as_str(), wanted);
        assert_eq!(impps[0].name(), row.name);
        assert!(
            matches!(impps[0].property().value(), Ok(AnyValue::Uri(uri)) if uri.as_str() == wanted)
        );
    }
    let whole = card(
        Version::V4_0,
        "X-SKYPE:skype:zoe?chat\r\nX-JABBER:xmpp:zoe@example.com",
    );
    let uris: Vec<String> = whole
        .impps()
        .map(|impp| impp.value().unwrap().as_str().to_owned())
        .collect();
    assert_eq!(uris, ["skype:zoe?chat", "xmpp:zoe@example.com"]);
}

#[test]
fn ok_kinds_members_and_genders() {
    let kind = |line: &str| {
        let card = card(Version::V3_0, line);
        card.get::<Kind>()
            .map(|kind| kind.value().unwrap().as_str().to_owned())
    };
    assert_eq!(
        kind("X-ADDRESSBOOKSERVER-KIND:group").as_deref(),
        Some("group")
    );
    assert_eq!(kind("X-EVOLUTION-LIST:TRUE").as_deref(), Some("group"));
    assert_eq!(
        kind("X-EVOLUTION-LIST:FALSE").as_deref(),
        Some("individual")
    );
    assert_eq!(kind("X-ABShowAs:COMPANY").as_deref(), Some("org"));
    assert_eq!(kind("NOTE:x"), None);
    let gender = |line: &str| {
        let card = card(Version::V3_0, line);
        let gender = card.get::<Gender>().unwrap().value().unwrap();
        (gender.sex(), gender.identity().to_owned())
    };
    assert_eq!(gender("X-GENDER:Male"), (Some(Sex::Male), String::new()));
    assert_eq!(gender("X-GENDER:F"), (Some(Sex::Female), String::new()));
    assert_eq!(gender("X-WAB-GENDER:2"), (Some(Sex::Male), String::new()));
    assert_eq!(gender("X-GENDER:two; or more").1, "two; or more");
    let members = card(
        Version::V3_0,
        "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1\r\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:2",
    );
    assert_eq!(members.all::<Member>().count(), 2);
}

#[test]
fn ok_somebody_related_has_the_type_of_the_name() {
    let card = card(Version::V3_0, "X-SPOUSE:Ada Quist\r\nX-EVOLUTION-MANAGER:B");
    let types: Vec<Vec<String>> = card
        .related()
        .map(|related| related.types().iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(types, [["spouse"], ["x-manager"]]);
}

#[test]
fn ok_its_own_name_comes_first() {
    let card = card(
        Version::V4_0,
        "X-ANNIVERSARY:2001-01-01\r\nANNIVERSARY:20020202",
    );
    assert_eq!(card.anniversary().unwrap().name(), "ANNIVERSARY");
    assert_eq!(
        card.preferred::<Anniversary>().unwrap().name(),
        "ANNIVERSARY"
    );
    assert_eq!(card.all::<Anniversary>().count(), 2);
}

#[test]
fn ok_what_is_set_is_set_in_the_form_of_its_vendor() {
    let mut card = card(
        Version::V3_0,
        "X-ANNIVERSARY:2001-01-01\r\nX-SKYPE:zoe\r\nX-GENDER:Male\r\nX-EVOLUTION-LIST:FALSE",
    );
    card.set::<Anniversary>(PartialDate::new(2010, 5, 1).unwrap())
        .unwrap();
    card.set::<Impp>(Uri::new("skype:ada%20q").unwrap())
        .unwrap();
    card.set::<Gender>(vcardinal::value::Gender::new(Some(Sex::Female)))
        .unwrap();
    card.set::<Kind>(vcardinal::value::Kind::Group).unwrap();
    let text = card.to_string();
    assert!(
        text.contains("\r\nX-ANNIVERSARY:2010-05-01\r\nX-SKYPE:ada q\r\nX-GENDER:Female\r\nX-EVOLUTION-LIST:TRUE\r\n"),
        "{text}"
    );
    // Nothing is made up: without one of a vendor, 3.0 has no ANNIVERSARY.
    let mut without = self::card(Version::V3_0, "NOTE:x");
    let error = without.set::<Anniversary>(PartialDate::new(2010, 5, 1).unwrap());
    assert!(
        matches!(error, Err(SetError::NotInVersion { .. })),
        "{error:?}"
    );
}

#[test]
fn ok_an_identifier_of_one_address_book_is_no_uid() {
    let card = card(
        Version::V3_0,
        "X-ABUID:5AD380FD\\:ABPerson\r\nX-IRMC-LUID:1",
    );
    assert!(card.get::<Uid>().is_none());
}

#[test]
fn ok_a_value_that_is_not_what_its_name_promises_is_text() {
    let card = card(Version::V3_0, "X-ANNIVERSARY:in spring");
    let value = card.properties().last().unwrap().value().unwrap();
    assert_eq!(value, AnyValue::Text("in spring".into()));
}
