//! Laws of the API over all properties and all types of values: text goes where a value goes, what can be
//! read can be set, every type has the standard traits, errors name the property and say things once.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::str::FromStr;

use vcardinal::typed::{Entry, TypedProperty};
use vcardinal::value::{self, FromText, Pref};
use vcardinal::{Card, PropertyMut, Version, property, registry};

fn card(version: &str, lines: &str) -> Card {
    Card::parse(format!(
        "BEGIN:VCARD\r\nVERSION:{version}\r\n{lines}END:VCARD\r\n"
    ))
    .unwrap()
}

/// Each marker with a text that is a value of it.
macro_rules! for_each_marker {
    ($law:ident) => {
        for_each_marker! { $law;
            Adr ";;1 Oak St;Town;;;", Anniversary "1996-04-15", Bday "1985-04-12", BirthPlace "Oslo",
            CalAdrUri "mailto:ada@example.com", CalUri "https://example.com/a.ics",
            CapUri "cap://example.com/a", Categories "friend,sailor", Class "PRIVATE",
            ClientPidMap "1;urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556",
            ContactUri "mailto:contact@example.com", Created "2022-07-05T09:34:12Z",
            DeathDate "1996-04-15", DeathPlace "Oslo", Email "zoe@example.com", Expertise "knots",
            FbUrl "https://example.com/busy", FullName "Zoë Quist", Gender "F", Geo "geo:46.7,-71.2",
            GramGender "neuter", Hobby "sailing", Impp "xmpp:zoe@example.com", Interest "knots",
            JsProp "1", Key "https://example.com/key.asc", Kind "org", Label "1 Oak St", Lang "fr",
            Language "de", Logo "https://example.com/logo.png", Mailer "Post",
            Member "mailto:ada@example.com", N "Quist;Zoë;;;", Nickname "Zo", Note "one, two; three\nfour",
            Org "Example", OrgDirectory "https://example.com/people", Photo "https://example.com/zoe.png",
            ProdId "-//Example//1", Pronouns "they/them",
            Related "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", Rev "1995-10-31T22:27:10Z",
            Role "Programmer", SocialProfile "https://example.com/@zoe", SortString "Quist",
            Sound "https://example.com/zoe.ogg", Source "https://example.com/zoe.vcf",
            SourceName "Zoë's card", Tel "tel:+14155550123", Title "Boss", Tz "Europe/Oslo",
            Uid "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", Url "https://example.com/",
            Xml "<a xmlns=\"x:y\"/>",
        }
    };
    ($law:ident; $($marker:ident $text:expr,)+) => {
        $($law::<property::$marker>($text);)+
    };
}

/// A version that has the property.
fn version_of<P: TypedProperty>() -> Version {
    let row = registry::property(P::NAME.as_bytes()).unwrap();
    let mut versions = [Version::V4_0, Version::V3_0, Version::V2_1].into_iter();
    versions
        .find(|version| row.column(*version).is_some())
        .unwrap()
}

thread_local! {
    static SEEN: std::cell::RefCell<BTreeSet<&'static str>> = const { std::cell::RefCell::new(BTreeSet::new()) };
}

fn see<P: TypedProperty>(_: &str) {
    SEEN.with_borrow_mut(|seen| assert!(seen.insert(P::NAME), "{}", P::NAME));
}

/// The laws here are held over every property that has a value type of its own.
#[test]
fn ok_no_property_is_left_out() {
    for_each_marker! { see }
    // What frames a card, says its version, or holds a whole card or nothing of its own.
    let others = ["AGENT", "BEGIN", "END", "PROFILE", "VERSION"];
    let standard = registry::properties()
        .iter()
        .filter(|row| row.stands_for.is_none());
    let missing: Vec<_> = standard
        .map(|row| row.name)
        .filter(|name| !registry::is_private(name.as_bytes()) && !others.contains(name))
        .filter(|name| SEEN.with_borrow(|seen| !seen.contains(name)))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn takes_text<P: TypedProperty>(text: &'static str)
where
    for<'a> P::Value<'a>: FromText<'a> + Debug,
{
    let version = version_of::<P>();
    let value = format!("{:?}", P::Value::<'_>::from_text(text.into()).unwrap());
    let read = |card: &Card| format!("{:?}", card.preferred::<P>().unwrap().value().unwrap());
    let mut card = card(version.as_str(), "");
    // A &str, a String, a value, an entry, an option of each.
    card.add::<P>(text).unwrap();
    assert_eq!(read(&card), value, "{}", P::NAME);
    card.set::<P>(String::from(text)).unwrap();
    card.set::<P>(&String::from(text)).unwrap();
    card.set::<P>(Some(text)).unwrap();
    card.set::<P>(Entry::new(text).types(["x-other"])).unwrap();
    assert_eq!(card.all::<P>().count(), 1, "{}", P::NAME);
    assert_eq!(read(&card), value, "{}", P::NAME);
    assert!(card.get::<P>().unwrap().has_type("x-other"), "{}", P::NAME);
    card.get_mut::<P>().unwrap().set(text).unwrap();
    assert_eq!(read(&card), value, "{}", P::NAME);

    // Nothing adds nothing where things are built, and is an error that says so where one thing is set.
    assert_eq!(card.set::<P>(None::<&str>).unwrap_err().property(), P::NAME);
    let nothing = || Card::builder(Version::V4_0).full_name("A");
    let same = nothing().with::<P>(None::<&str>).build().unwrap();
    assert_eq!(same, nothing().build().unwrap(), "{}", P::NAME);

    // An empty text is not a value, and the error names the property.
    let error = card.set::<P>("").unwrap_err();
    assert_eq!(error.property(), P::NAME);
    assert!(error.to_string().starts_with(P::NAME), "{error}");
    says_it_once(&error);
    let error = vcardinal::Error::from(error);
    assert_eq!(error.property(), Some(P::NAME));
    says_it_once(&error);

    assert_eq!(card.remove::<P>(), 1, "{}", P::NAME);
    assert!(card.get_mut::<P>().is_none());
}

#[test]
fn ok_text_goes_where_a_value_goes() {
    for_each_marker! { takes_text }
}

fn can_be_set<P: TypedProperty>(text: &'static str)
where
    for<'a> P::Value<'a>: FromText<'a>,
{
    for version in [Version::V3_0, Version::V4_0] {
        let row = registry::property(P::NAME.as_bytes()).unwrap();
        // A KEY of 3.0 is no URI.
        if row.column(version).is_none() || P::NAME == "KEY" && version == Version::V3_0 {
            continue;
        }
        let mut card = card(version.as_str(), "item1.X-A:1\r\n");
        card.add::<P>(text).unwrap();
        let before = card.to_string();
        let what = format!("{} {version}", P::NAME);
        each_is_set_and_gone(&mut card.get_mut::<P>().unwrap(), &what);
        card.remove_where(|line| line.is("X-ABLabel"));
        assert_eq!(card.to_string(), before, "{what}");
    }
}

fn each_is_set_and_gone(property: &mut PropertyMut<'_>, what: &str) {
    property.set_types(["home", "x-a"]).unwrap();
    assert!(property.get().has_type("x-a"), "{what}");
    property.set_preferred(true).unwrap();
    assert!(
        property.get().is_preferred() && property.get().has_type("home"),
        "{what}"
    );
    property.set_pref(None).unwrap();
    assert_eq!(property.get().pref(), None, "{what}");
    property.set_language("fr").unwrap();
    assert_eq!(property.get().language().as_deref(), Some("fr"), "{what}");
    property.set_alt_id("7").unwrap();
    assert_eq!(property.get().alt_id().as_deref(), Some("7"), "{what}");
    for label in ["Summer house", "Boat"] {
        property.set_label(label).unwrap();
        assert_eq!(property.get().label().as_deref(), Some(label), "{what}");
    }
    property.set_group("own").unwrap();
    assert_eq!(property.get().group(), Some("own"), "{what}");
    // And none of it again.
    property.set_group(None).unwrap();
    property.set_types(None::<&str>).unwrap();
    property.set_language(None).unwrap();
    property.set_alt_id(None).unwrap();
    assert!(
        property.get().label().is_none() && property.get().language().is_none(),
        "{what}"
    );
}

#[test]
fn ok_what_can_be_read_can_be_set() {
    for_each_marker! { can_be_set }
    let mut card = card("3.0", "TEL;TYPE=pref,cell:1\r\n");
    card.property_mut("TEL")
        .unwrap()
        .set_pref(Pref::new(5).unwrap())
        .unwrap();
    assert!(
        card.to_string().contains("TEL;TYPE=cell:1"),
        "3.0 has one preference alone"
    );
}

/// Iterators over a card go both ways, and no more come than they say.
#[test]
fn ok_iterators_are_double_ended_and_bounded() {
    let mut card = card(
        "3.0",
        "TEL:1\r\nX-A:2\r\n\r\nitem1.X-ABDATE:2000-01-01\r\nitem1.X-ABLabel:Anniversary\r\n\
         ANNIVERSARY:2001-01-01\r\njunk\r\nX-ANNIVERSARY:2002-01-01\r\nTEL:3\r\n",
    );
    fn same<T: Debug>(all: impl DoubleEndedIterator<Item = T> + Clone) -> usize {
        let shown = |one: T| format!("{one:?}");
        let forwards: Vec<String> = all.clone().map(shown).collect();
        let mut backwards: Vec<String> = all.clone().rev().map(shown).collect();
        backwards.reverse();
        assert_eq!(forwards, backwards);
        for taken in 0..=forwards.len() {
            let mut rest = all.clone();
            for turn in 0..taken {
                let one = if turn % 2 == 0 {
                    rest.next()
                } else {
                    rest.next_back()
                };
                assert!(one.is_some());
            }
            let (least, most) = rest.size_hint();
            let count = rest.count();
            assert_eq!(count, forwards.len() - taken);
            assert!(least <= count && most.is_some_and(|most| count <= most));
        }
        forwards.len()
    }
    for _ in 0..2 {
        assert_eq!((same(card.phones()), card.phones().len()), (2, 2));
        assert_eq!(
            (same(card.anniversaries()), card.anniversaries().len()),
            (3, 3)
        );
        assert_eq!((same(card.notes()), card.notes().len()), (0, 0));
        assert_eq!(
            (card.phones().is_empty(), card.notes().is_empty()),
            (false, true)
        );
        same(card.properties());
        same(card.lines());
        same((&card).into_iter());
        // And once more with lines that are linked.
        card.set::<property::Title>("x").unwrap();
        card.remove::<property::Title>();
    }
}

/// Each text of a chain of errors is said once.
fn says_it_once(error: &(dyn Error + 'static)) {
    let mut texts = vec![error.to_string()];
    let mut next = error.source();
    while let Some(error) = next {
        let text = error.to_string();
        assert!(
            texts.iter().all(|said| !said.contains(&text)),
            "{text:?} in {texts:?}"
        );
        texts.push(text);
        next = error.source();
    }
}

thread_local! {
    /// The types of errors that were looked at.
    static ERRORS: std::cell::RefCell<BTreeSet<String>> = const { std::cell::RefCell::new(BTreeSet::new()) };
}

/// Says each thing once, by itself and as the one error of the crate, and goes where errors go.
fn is_error<T: Error + Send + Sync + 'static>(error: T) -> vcardinal::Error
where
    vcardinal::Error: From<T>,
{
    let name = std::any::type_name::<T>().rsplit("::").next().unwrap();
    ERRORS.with_borrow_mut(|errors| errors.insert(name.to_owned()));
    says_it_once(&error);
    let error = vcardinal::Error::from(error);
    says_it_once(&error);
    error
}

#[test]
fn err_errors_say_a_thing_once_and_become_one() {
    of_cards();
    of_values();
    #[cfg(feature = "convert")]
    of_conversions();
    #[cfg(all(feature = "jcard", feature = "xcard", feature = "jscontact"))]
    of_formats();
    #[cfg(feature = "serde")]
    of_contacts();
    #[cfg(feature = "send-contact")]
    of_messages();
    // Where errors of csv and of serde_json go.
    let _: std::io::Error = Card::parse("").unwrap_err().into();
    let _: Box<dyn Error + Send + Sync> = Card::parse("").unwrap_err().into();

    if cfg!(all(feature = "cli", feature = "uuid")) {
        // What another error holds as its reason is said there.
        let reasons =
            |name: &String| name.ends_with("Kind") || name.ends_with("Reason") || name == "Named";
        let missing: Vec<String> = ERRORS.with_borrow(|seen| {
            let all = errors_of_the_sources().into_iter();
            all.filter(|name| !reasons(name) && !seen.contains(name))
                .collect()
        });
        assert!(missing.is_empty(), "{missing:?}");
    }
}

/// The types that are errors by the sources.
fn errors_of_the_sources() -> BTreeSet<String> {
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut names = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.extend((!path.ends_with("bin")).then_some(path));
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            let word = |text: &str| {
                text.split([' ', '(', '{', ';', '<'])
                    .next()
                    .unwrap()
                    .to_owned()
            };
            let by_hand = source.split("error::Error for ").skip(1);
            names.extend(by_hand.filter(|rest| rest.contains('{')).map(word));
            let mut derives = false;
            for line in source.lines() {
                derives |= line.contains("derive(") && line.contains("thiserror::Error");
                let item = ["pub enum ", "pub struct ", "struct "];
                if let Some(rest) = item.iter().find_map(|item| line.strip_prefix(item))
                    && std::mem::take(&mut derives)
                {
                    names.insert(word(rest));
                }
            }
        }
    }
    assert!(names.len() > 30, "{names:?}");
    names
}

fn of_cards() {
    let mut card = card("3.0", "N:A;;;;\r\nFN:A\r\nREV:now\r\nNOTE:\u{e9}\r\n");
    is_error(vcardinal::CardReader::from_path("no such file").unwrap_err());
    is_error(Card::parse("").unwrap_err());
    let error = card.rev().unwrap().value().unwrap_err();
    assert_eq!(is_error(error).property(), Some("REV"));
    is_error(card.set::<property::Note>("\u{1}").unwrap_err());
    is_error(card.set_text("NOTE", "\u{1}").unwrap_err());
    is_error(card.set_text("no name", "a").unwrap_err());
    is_error(vcardinal::Token::new("").unwrap_err());
    let latin = Card::parse(b"BEGIN:VCARD\nFN:\xE9\nEND:VCARD\n").unwrap();
    is_error(latin.property("FN").unwrap().text().unwrap_err());
    let parts = vcardinal::Property::text("NOTE", "\u{1}").unwrap();
    is_error(vcardinal::decomposed::card_of([parts]).unwrap_err());
    let build = |builder: vcardinal::CardBuilder| builder.build().unwrap_err();
    let new = || Card::builder(Version::V4_0);
    for error in [
        build(Card::builder(Version::V2_1)),
        build(new()),
        build(new().full_name("A").url("a")),
        build(new().full_name("A").text("NOTE", "\u{1}")),
        build(new().full_name("A").text("no name", "a")),
        build(new().full_name("A").text("REV", "now")),
        build(new().full_name("A").full_name("B").gender("F").gender("M")),
    ] {
        says_it_once(&error.clone());
        is_error(error);
    }
    let profile = vcardinal::validate::Profile::Apple;
    let checker = vcardinal::validate::Checker::new(profile);
    is_error(checker.allow("no-such-rule").unwrap_err());
    is_error("x".parse::<vcardinal::validate::Profile>().unwrap_err());
    is_error(vcardinal::validate::Valid::new(card, profile).unwrap_err());
}

fn of_values() {
    is_error("x".parse::<value::PartialDate>().unwrap_err());
    is_error("x".parse::<value::E164>().unwrap_err());
    is_error(value::TelUri::new("x").unwrap_err());
    is_error("x".parse::<Version>().unwrap_err());
    is_error("x".parse::<vcardinal::Layout>().unwrap_err());
    let circa = value::DateOrText::from("circa 1800");
    is_error(value::Value::to_text(&circa, Version::V3_0).unwrap_err());
    #[cfg(feature = "email")]
    is_error("x".parse::<value::Email>().unwrap_err());
    #[cfg(feature = "phone")]
    {
        use vcardinal::value::phone::Region;
        is_error("x".parse::<Region>().unwrap_err());
        is_error(value::E164::from_national("x", "DE".parse().unwrap()).unwrap_err());
    }
}

#[cfg(feature = "convert")]
fn of_conversions() {
    let new = card("4.0", "FN:A\r\n");
    is_error(new.convert(Version::V2_1).unwrap_err());
    let name = new.property("FN").unwrap();
    is_error(card("2.1", "N:A\r\n").import(name).unwrap_err());
}

#[cfg(all(feature = "jcard", feature = "xcard", feature = "jscontact"))]
fn of_formats() {
    use vcardinal::{jcard, jscontact, xcard};
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("broken"))
        }
    }
    let broken = || std::io::BufReader::new(Broken);
    is_error(jcard::Reader::new(broken()).next().unwrap().unwrap_err());
    is_error(xcard::Reader::new(broken()).next().unwrap().unwrap_err());
    is_error(jcard::from_str("[").unwrap_err());
    is_error(jcard::from_str("[1]").unwrap_err());
    let mut cards = xcard::Reader::new(&b"<vcards"[..]);
    is_error(cards.next().unwrap().unwrap_err());
    is_error(jscontact::read(b"{\"a\":1,\"a\":2}").unwrap_err());
    is_error(jscontact::from_value(&serde_json::json!({})).unwrap_err());
}

#[cfg(feature = "serde")]
fn of_contacts() {
    use vcardinal::contact::Contact;
    is_error(Contact::from_json(b"{}").unwrap_err());
    let empty = Contact::default();
    is_error(empty.to_card(Version::V4_0).unwrap_err());
    is_error(empty.apply_to(&mut card("4.0", "FN:A\r\n")).unwrap_err());
}

#[cfg(feature = "send-contact")]
fn of_messages() {
    use vcardinal::send_contact::{
        ApiError, BaseUrl, ChatId, ErrorCode, SendContact, SendContactResponse,
    };
    is_error("ftp:a".parse::<BaseUrl>().unwrap_err());
    is_error("".parse::<ChatId>().unwrap_err());
    let send = || SendContact::to_chat("1".parse().unwrap());
    is_error(send().body().unwrap_err());
    let error = send().vcard_text("FN:A").body().unwrap_err();
    let vcardinal::send_contact::SendContactError::VcardText(inner) = error.clone() else {
        panic!("{error:?}");
    };
    is_error(error);
    is_error(inner);
    is_error(ApiError::new(ErrorCode::Other(1), "no"));
    let none: [(&str, &str); 0] = [];
    let error = SendContactResponse::from_parts(200, none, b"?").unwrap_err();
    let vcardinal::send_contact::ResponseError::Malformed(inner) = error.clone() else {
        panic!("{error:?}");
    };
    is_error(error);
    is_error(inner);
}

fn standard<T: Clone + Debug + PartialEq + Display + FromStr>() {}
fn hashed<T: Eq + Hash>() {}
fn ordered<T: Ord>() {}
fn text_like<T: AsRef<str> + for<'a> PartialEq<&'a str> + PartialEq<str>>() {}
#[cfg(feature = "serde")]
fn serial<T: serde::Serialize + serde::de::DeserializeOwned>() {}

macro_rules! types {
    ($check:ident: $($type:ty),+ $(,)?) => { $($check::<$type>();)+ };
}

/// Type by trait. What does not hold does not compile.
#[test]
fn ok_every_value_type_has_the_standard_traits() {
    use vcardinal::value::*;
    types! { standard:
        Address<'static>, Binary<'static>, CalScale<'static>, ClientPidMap<'static>, DataUri<'static>,
        DateAndOrTime, DateOrText<'static>, DateTime, E164, Gender<'static>, Geo<'static>,
        GeoOrUri<'static>, Key<'static>, Kind<'static>, LanguageTag<'static>, Level, List<i64>,
        List<f64>, Media<'static>, MediaType<'static>, Name<'static>, Organization<'static>,
        PartialDate, PartialTime, Pid, Pref, Sex, SortAs<'static>, TelUri, Telephone<'static>,
        Text<'static>, TextList<'static>, TimeZone<'static>, Timestamp, Types<'static>,
        Uri<'static>, UriOrText<'static>, UtcOffset, Zone, vcardinal::Version,
        vcardinal::validate::Profile, vcardinal::validate::Severity, vcardinal::Layout,
        vcardinal::UriCommas,
    }
    types! { hashed:
        Address<'static>, Binary<'static>, CalScale<'static>, ClientPidMap<'static>, DataUri<'static>,
        DateAndOrTime, DateOrText<'static>, DateTime, E164, Gender<'static>, Key<'static>,
        Kind<'static>, LanguageTag<'static>, Level, List<i64>, Media<'static>, MediaType<'static>,
        Name<'static>, Organization<'static>, PartialDate, PartialTime, Pid, Pref, Sex,
        SortAs<'static>, TelUri, Telephone<'static>, Text<'static>, TextList<'static>,
        TimeZone<'static>, Timestamp, Uri<'static>, UriOrText<'static>, UtcOffset, Zone,
    }
    types! { ordered: Timestamp, UtcOffset, E164, Pref, Text<'static>, Uri<'static> }
    types! { text_like:
        Text<'static>, Uri<'static>, UriOrText<'static>, LanguageTag<'static>, Kind<'static>,
        MediaType<'static>, CalScale<'static>,
    }
    #[cfg(feature = "serde")]
    types! { serial:
        Address<'static>, Binary<'static>, CalScale<'static>, ClientPidMap<'static>, DataUri<'static>,
        DateAndOrTime, DateOrText<'static>, DateTime, E164, Gender<'static>, Geo<'static>,
        GeoOrUri<'static>, Key<'static>, Kind<'static>, LanguageTag<'static>, Level, List<i64>,
        List<f64>, Media<'static>, MediaType<'static>, Name<'static>, Organization<'static>,
        PartialDate, PartialTime, Pid, Pref, Sex, SortAs<'static>, TelUri, Telephone<'static>,
        Text<'static>, TextList<'static>, TimeZone<'static>, Timestamp, Types<'static>,
        Uri<'static>, UriOrText<'static>, UtcOffset, Zone, vcardinal::Version,
        vcardinal::validate::Profile, vcardinal::validate::Severity, vcardinal::Layout,
        vcardinal::UriCommas,
    }
    #[cfg(feature = "email")]
    types! { standard: Email }
}

fn shown_is_read<T: FromStr<Err: Debug> + Display + PartialEq + Debug>(texts: &[&str]) {
    for text in texts {
        let value: T = text.parse().unwrap();
        assert_eq!(value.to_string(), *text);
        assert_eq!(value.to_string().parse::<T>().unwrap(), value);
    }
}

/// What is shown of dates, times and the like is read as the same.
#[test]
fn ok_what_is_shown_is_read() {
    use vcardinal::value::*;
    let dates = ["1985-04-12", "1985-04", "1985", "--04-12", "--04", "---12"];
    shown_is_read::<PartialDate>(&dates);
    shown_is_read::<DateAndOrTime>(&dates);
    shown_is_read::<DateOrText<'_>>(&dates);
    shown_is_read::<PartialTime>(&[
        "10:22:00",
        "10:22",
        "10",
        "-22:00",
        "-22",
        "--00",
        "10:22:00Z",
        "10:22-05:00",
    ]);
    shown_is_read::<DateTime>(&["1985-04-12T10:22:00", "--04-12T10"]);
    shown_is_read::<Timestamp>(&[
        "1995-10-31T22:27:10Z",
        "1995-10-31T22:27:10-05:00",
        "1995-10-31T22:27:10",
    ]);
    shown_is_read::<UtcOffset>(&["-05:00", "+05:30"]);
    shown_is_read::<Uri<'_>>(&["https://example.com/a,b"]);
    shown_is_read::<Geo<'_>>(&["geo:46.7,-71.2", "geo:46.7,-71.2,3;u=2"]);
    shown_is_read::<DataUri<'_>>(&["data:image/gif;base64,R0lGODlh"]);
    shown_is_read::<Sex>(&["male", "female", "other", "none", "unknown"]);
    shown_is_read::<List<i64>>(&["1"]);
}

/// The moment counts, not how it is written; the clock of the standard library agrees.
#[test]
fn ok_timestamps_are_moments() {
    use vcardinal::value::Timestamp;
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    assert_eq!(at("2000-02-29T23:30:00-01:00"), at("2000-03-01T00:30:00Z"));
    assert!(at("1999-12-31T23:59:59Z") < at("2000-01-01T00:00:00Z"));
    for seconds in (-62_167_219_200_i64..253_402_300_800).step_by(86_400 * 97 + 12_345) {
        let moment = Timestamp::from_unix_seconds(seconds).unwrap();
        assert_eq!(moment.unix_seconds(), seconds);
        let clock = std::time::SystemTime::from(moment);
        assert_eq!(Timestamp::try_from(clock).unwrap(), moment);
        assert_eq!(at(&moment.to_string()), moment);
    }
    assert!(Timestamp::from_unix_seconds(253_402_300_800).is_err());
}

/// `use property::*` shadows nothing that a program writes.
#[test]
fn ok_markers_shadow_nothing() {
    use vcardinal::property::*;
    fn call(f: impl Fn(&str) -> Option<usize>) -> Result<Option<usize>, String> {
        Ok(f("a"))
    }
    assert_eq!(call(|text| Some(text.len())), Ok(Some(1)));
    assert!(card("4.0", "FN:A\r\n").get::<FullName>().is_some());
}

/// What is logged is not what is written on an envelope.
#[test]
fn ok_a_parameter_shows_its_name_and_how_long_it_is() {
    let text = "BEGIN:VCARD\nVERSION:3.0\nFN:A\nADR;WORK;LABEL=\"Mill Lane\":;;;;;;\nEND:VCARD\n";
    let card = vcardinal::Card::parse(text).unwrap();
    let address = card.property("ADR").unwrap();
    let label = address.parameter("LABEL").unwrap();
    assert_eq!(
        format!("{:?}", address.parameters()),
        "[TYPE (4 bytes), LABEL (17 bytes)]"
    );
    assert_eq!(format!("{label:?}"), "LABEL (17 bytes)");
    assert!(!format!("{:?}", label.values()).contains("Mill"));
}
