//! Names of vendors are read, and set, as the properties they stand for.

use proptest::prelude::*;
use vcardinal::property::{
    Anniversary, Gender, Impp, Kind, Member, Note, Org, Related, Role, SocialProfile, Tel, Uid, Url,
};
use vcardinal::registry::{self, PropertyId, StandsFor};
use vcardinal::typed::{AnyValue, SetError, SetErrorKind, Typed, TypedProperty};
use vcardinal::value::{
    self, DateOrText, Organization, PartialDate, Sex, Telephone, Text, Uri, UriOrText,
};
use vcardinal::{Card, Version};

use crate::common::cases;

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

/// Apple has one name for everybody who is related, and says by a label how.
#[test]
fn ok_somebody_related_has_the_type_of_the_label() {
    for (label, types) in [
        ("_$!<Spouse>!$_", &["spouse"][..]),
        (" _$!<spouse>!$_ ", &["spouse"]),
        ("_$!<Child>!$_", &["child"]),
        ("_$!<Parent>!$_", &["parent"]),
        ("_$!<Friend>!$_", &["friend"]),
        ("_$!<Assistant>!$_", &["agent"]),
        ("_$!<Manager>!$_", &["x-manager"]),
        ("_$!<Mother>!$_", &["parent"]),
        ("_$!<Father>!$_", &["parent"]),
        ("_$!<Brother>!$_", &["sibling"]),
        ("_$!<Sister>!$_", &["sibling"]),
        // A word that 4.0 registers is one in whatever letter case.
        ("Neighbor", &["neighbor"]),
        ("_$!<Partner>!$_", &[]),
        ("Mother", &[]),
        ("Godmother", &[]),
        ("", &[]),
    ] {
        for version in [Version::V2_1, Version::V3_0] {
            let lines = format!(
                "item1.X-ABRELATEDNAMES:Ada Quist\r\nITEM1.X-ABLabel:{label}\r\nitem1.TEL:1\r\n\
                 item2.X-ABRELATEDNAMES:Bo Quist"
            );
            let card = card(version, &lines);
            let of: Vec<Vec<String>> = card
                .related()
                .map(|related| related.types().iter().map(str::to_owned).collect())
                .collect();
            assert_eq!(of, [types.to_vec(), vec![]], "{version} {label}");
            assert!(card.phones().next().unwrap().types().is_empty());
        }
    }
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
        matches!(
            error.as_ref().map_err(SetError::kind),
            Err(SetErrorKind::NotInVersion { .. })
        ),
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
    let value = card.properties().next_back().unwrap().value().unwrap();
    assert_eq!(
        value,
        AnyValue::DateOrText(DateOrText::Text("in spring".into()))
    );
}

/// Sets a value on each vendor's name for a property: it is read back, or refused and nothing is changed.
macro_rules! assert_read_back {
    ($property:ty, $value:expr) => {
        let value = $value;
        for row in registry::properties() {
            // One is not a name by the grammar, and the label decides about another.
            let is_of = row.id.stands_for_property() == <$property>::ID;
            if !is_of || row.name.contains('_') || row.name == "X-ABDATE" {
                continue;
            }
            for version in Version::ALL {
                let mut card = card(version, &format!("{}:x", row.name));
                let before = card.to_string();
                if card.property_mut(row.name).unwrap().set(&value).is_err() {
                    assert_eq!(card.to_string(), before);
                    continue;
                }
                let property = card.property(row.name).unwrap();
                let read = Typed::<$property>::new(property).unwrap().value();
                let read = read.unwrap_or_else(|error| panic!("{error}: {value:?}\n{card}"));
                assert!(read == value, "{read:?} is not {value:?}\n{card}");
            }
        }
    };
}

fn a_uri() -> impl Strategy<Value = Uri<'static>> {
    let text = "(xmpp|skype|aim|icq|sip|matrix|msnim|https?|urn|ymsgr|qq|gg):[a-z@/?#:,;.=&]{1,9}(%2[0CF]|%0A|%41|)[a-z]{0,3}";
    text.prop_filter_map("a URI", |text| Uri::new(text).ok())
}

proptest! {
    #![proptest_config(cases::cases(192))]

    #[test]
    fn ok_what_is_set_on_a_name_of_a_vendor_is_read_back(
        uri in a_uri(),
        text in "[a-zA-Z ,;:\\\\/ü0-9+-]{0,12}",
        sex in prop::option::of(prop::sample::select(vec![
            Sex::Male, Sex::Female, Sex::Other, Sex::None, Sex::Unknown,
        ])),
        kind in prop::sample::select(vec![
            value::Kind::Individual, value::Kind::Group, value::Kind::Org, value::Kind::Location,
        ]),
        month in 1_u8..=12,
    ) {
        let text = text.trim();
        assert_read_back!(Impp, uri.clone());
        assert_read_back!(Url, uri.clone());
        assert_read_back!(Member, uri.clone());
        assert_read_back!(Kind, kind);
        let gender = value::Gender::new(sex);
        assert_read_back!(Gender, gender.clone());
        assert_read_back!(Gender, gender.with_identity(text.to_owned()));
        assert_read_back!(Related, UriOrText::Uri(uri.clone()));
        assert_read_back!(SocialProfile, UriOrText::Uri(uri));
        assert_read_back!(Anniversary, DateOrText::from(PartialDate::new(1990, month, 2).unwrap()));
        assert_read_back!(Anniversary, DateOrText::from(PartialDate::month_day(month, 2).unwrap()));
        if !text.is_empty() {
            let text = || Text::new(text.to_owned());
            assert_read_back!(Anniversary, DateOrText::Text(text()));
            assert_read_back!(Related, UriOrText::Text(text()));
            assert_read_back!(SocialProfile, UriOrText::Text(text()));
            assert_read_back!(Tel, Telephone::Text(text()));
            assert_read_back!(Note, text());
            assert_read_back!(Role, text());
            assert_read_back!(Org, Organization::new(text().as_str().to_owned()));
        }
    }
}

#[test]
fn ok_a_short_form_is_written_where_it_says_the_same() {
    let cases = [
        (
            "X-JABBER",
            "xmpp:ute@example.com/desk",
            "X-JABBER:ute@example.com/desk",
        ),
        (
            "X-JABBER",
            "xmpp:ute@example.com?message",
            "X-JABBER;VALUE=uri:xmpp:ute@example.com?message",
        ),
        (
            "X-SKYPE",
            "skype:ute.lind?call",
            "X-SKYPE;VALUE=uri:skype:ute.lind?call",
        ),
        ("X-SKYPE", "skype:ute%20lind", "X-SKYPE:ute lind"),
        (
            "X-ICQ",
            "sip:ute@example.com",
            "X-ICQ;VALUE=uri:sip:ute@example.com",
        ),
    ];
    for (name, uri, line) in cases {
        let mut card = card(Version::V3_0, &format!("{name}:before"));
        card.set::<Impp>(Uri::new(uri).unwrap()).unwrap();
        assert!(
            card.to_string().contains(&format!("\r\n{line}\r\n")),
            "{card}"
        );
        assert_eq!(card.impps().next().unwrap().value().unwrap().as_str(), uri);
    }
    let card = card(Version::V3_0, "X-JABBER:ute@example.com/desk");
    let read = card.impps().next().unwrap().value().unwrap();
    assert_eq!(read.as_str(), "xmpp:ute@example.com/desk");
}

#[test]
fn bad_words_that_a_vendor_does_not_have() {
    let no_word = |line: &str, set: &dyn Fn(&mut Card) -> Result<(), SetError>| {
        let mut card = card(Version::V4_0, line);
        let before = card.to_string();
        let error = set(&mut card);
        assert!(
            matches!(
                error.as_ref().map_err(SetError::kind),
                Err(SetErrorKind::NoWord)
            ),
            "{line}: {error:?}"
        );
        assert_eq!(card.to_string(), before);
    };
    let group = |card: &mut Card| card.set::<Kind>(value::Kind::Group).map(drop);
    let org = |card: &mut Card| card.set::<Kind>(value::Kind::Org).map(drop);
    let other = |card: &mut Card| {
        card.set::<Gender>(value::Gender::new(Some(Sex::Other)))
            .map(drop)
    };
    no_word("X-ABShowAs:COMPANY", &group);
    no_word("X-EVOLUTION-LIST:TRUE", &org);
    no_word("X-WAB-GENDER:1", &other);
    let mut card = card(Version::V4_0, "X-ANNIVERSARY:2001-01-01");
    card.set::<Anniversary>("in spring").unwrap();
    assert!(
        card.to_string().contains("\r\nX-ANNIVERSARY:in spring\r\n"),
        "{card}"
    );
    assert_eq!(
        card.anniversary().unwrap().value().unwrap(),
        DateOrText::Text("in spring".into())
    );
}

#[test]
fn ok_a_text_that_is_there_as_a_date_is_said_to_be_a_text() {
    let mut card =
        vcardinal::Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nX-ANNIVERSARY:x\nEND:VCARD\n")
            .unwrap();
    let text = || DateOrText::Text(Text::new("x"));
    card.set::<Anniversary>(text()).unwrap();
    assert_eq!(card.anniversary().unwrap().value().unwrap(), text());
    // What is there already is not said again, and what would be read as a date is told apart.
    assert!(card.to_string().contains("\nX-ANNIVERSARY:x\n"), "{card}");
    let text = || DateOrText::Text(Text::new("2001-01-01"));
    card.set::<Anniversary>(text()).unwrap();
    assert_eq!(card.anniversary().unwrap().value().unwrap(), text());
    assert!(
        card.to_string()
            .contains("\nX-ANNIVERSARY;VALUE=text:2001-01-01\n"),
        "{card}"
    );
}

/// One letter is a sex only where the standard says so, whoever reads it.
#[test]
#[cfg(feature = "convert")]
fn ok_a_gender_is_read_as_it_is_converted() {
    for (line, sex, identity) in [
        ("M", Some(Sex::Male), ""),
        ("m", Some(Sex::Male), ""),
        ("Male", Some(Sex::Male), ""),
        ("U", Some(Sex::Unknown), ""),
        ("X", None, "X"),
        ("d", None, "d"),
        ("X;y", None, "X;y"),
        ("F;a\\, b", Some(Sex::Female), "a, b"),
        ("F;a;b", Some(Sex::Female), "a;b"),
        (";none", None, "none"),
        ("two\\; or more", None, "two; or more"),
        ("", None, ""),
    ] {
        let card = card(
            Version::V3_0,
            &format!("FN:A\r\nN:A;;;;\r\nX-GENDER:{line}"),
        );
        let read = |card: &vcardinal::Card| {
            let gender = card.get::<Gender>().unwrap().value().unwrap();
            (gender.sex(), gender.identity().to_owned())
        };
        let wanted = (sex, identity.to_owned());
        assert_eq!(read(&card), wanted, "{line}");
        let converted = card.convert(Version::V4_0).unwrap();
        assert!(converted.card().property("GENDER").is_some(), "{line}");
        assert_eq!(read(converted.card()), wanted, "{line}");
    }
}
