//! Known good and bad values of each type, and that what is written is read back the same.

use proptest::prelude::*;
use vcardinal::Version;
use vcardinal::Version::{V2_1, V3_0, V4_0};
use vcardinal::registry::{self, PropertyId, ValueType};
use vcardinal::value::*;

use crate::common::cases::cases;

/// The canonical text of what a grammatical value reads as.
fn strict<'a, T: Value<'a>>(raw: &'a str, version: Version) -> String {
    let value = T::parse_strict(raw, version).unwrap_or_else(|e| panic!("{raw:?}: {e}"));
    value
        .to_text(version)
        .unwrap_or_else(|e| panic!("{raw:?}: {e}"))
}

/// What is said about a value that is read, but is not grammatical.
fn tolerated<'a, T: Value<'a>>(raw: &'a str, version: Version) -> String {
    T::parse(raw, version).unwrap_or_else(|e| panic!("{raw:?}: {e}"));
    match T::parse_strict(raw, version) {
        Ok(_) => panic!("{raw:?} is strict"),
        Err(error) => format!("{:?} {error}", error.span),
    }
}

/// What is said about a value that is not read.
fn refused<'a, T: Value<'a>>(raw: &'a str, version: Version) -> String {
    match T::parse(raw, version) {
        Ok(_) => panic!("{raw:?} is read"),
        Err(error) => format!("{:?} {error}", error.span),
    }
}

const EXTENDED: &str =
    "extended format with hyphens or colons; 4.0 has the basic format, as 19850412 or 102200";

#[test]
fn ok_dates_of_4_0() {
    // RFC 6350, 4.3.1
    for raw in [
        "19850412", "1985-04", "1985", "--0412", "--04", "---12", "--0229", "---31", "20000229",
        "00000101", "99991231",
    ] {
        assert_eq!(strict::<PartialDate>(raw, V4_0), raw);
        assert_eq!(strict::<DateAndOrTime>(raw, V4_0), raw);
    }
}

#[test]
fn err_dates_of_4_0() {
    for raw in [
        "",
        "198504",
        "+0019850412",
        "1985W156",
        "1985102",
        "19",
        "--4",
        "--- 2",
        "--0230",
        "---32",
        "---00",
        "19000229",
        "19850230",
        "19851301",
        "19850001",
        "19850400",
        "-0412",
        "1985-",
        "1985-4",
        "--",
        "---",
        "-",
        "1985-04-",
        "1985041",
        "198504123",
        "1985-04-123",
        "--0412Z",
        "１９８５",
        "1985-0a",
    ] {
        refused::<PartialDate>(raw, V4_0);
        refused::<DateAndOrTime>(raw, V4_0);
    }
    assert_eq!(
        refused::<PartialDate>("198504", V4_0),
        "0..6 six digits are not a date; a year and a month are written as 1985-04, a time as T102200"
    );
    assert_eq!(
        refused::<PartialDate>("19000229", V4_0),
        "6..8 day 29 in month 2; that month ends with day 28"
    );
    assert_eq!(
        refused::<PartialDate>("19851301", V4_0),
        "4..6 month 13; expected 1 to 12"
    );
}

#[test]
fn every_month_has_its_days() {
    for (month, days) in [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        .into_iter()
        .enumerate()
    {
        let month = u8::try_from(month + 1).unwrap();
        for day in 0..=40 {
            let expected = (1..=days).contains(&day);
            assert_eq!(
                PartialDate::month_day(month, day).is_ok(),
                expected,
                "{month} {day}"
            );
            assert_eq!(
                PartialDate::new(2024, month, day).is_ok(),
                expected,
                "{month} {day}"
            );
            let raw = format!("--{month:02}{day:02}");
            assert_eq!(PartialDate::parse(&raw, V4_0).is_ok(), expected, "{raw}");
        }
    }
    for (year, leap) in [
        (0, true),
        (1900, false),
        (2000, true),
        (2023, false),
        (2100, false),
    ] {
        assert_eq!(PartialDate::new(year, 2, 29).is_ok(), leap, "{year}");
    }
    assert!(PartialDate::new(10_000, 1, 1).is_err() && PartialDate::of_day(32).is_err());
}

#[test]
fn tolerated_dates_of_4_0() {
    for (raw, at, canonical) in [
        ("1985-04-12", "7..8", "19850412"),
        ("1985-0412", "4..5", "19850412"),
        ("198504-12", "6..7", "19850412"),
        ("--04-12", "4..5", "--0412"),
    ] {
        assert_eq!(
            tolerated::<PartialDate>(raw, V4_0),
            format!("{at} {EXTENDED}")
        );
        let date = PartialDate::parse(raw, V4_0).unwrap();
        assert_eq!(date.to_text(V4_0).unwrap(), canonical);
    }
}

#[test]
fn ok_dates_of_3_0_and_2_1() {
    for version in [V2_1, V3_0] {
        for raw in ["19850412", "1985-04-12", "1985-0412", "198504-12"] {
            assert_eq!(strict::<PartialDate>(raw, version), "1985-04-12");
        }
        for raw in ["1985", "1985-04", "--0412", "---12"] {
            assert!(
                tolerated::<PartialDate>(raw, version).contains("only 4.0"),
                "{raw}"
            );
            let date = PartialDate::parse(raw, version).unwrap();
            assert_eq!(
                date.to_text(version),
                Err(Unwritable::NotInVersion {
                    version,
                    what: "a date with parts left out",
                    instead: Some("year, month and day have one"),
                })
            );
        }
    }
}

#[test]
fn ok_times_of_4_0() {
    // RFC 6350, 4.3.2
    for (raw, canonical) in [
        ("102200", "102200"),
        ("1022", "1022"),
        ("10", "10"),
        ("-2200", "-2200"),
        ("-22", "-22"),
        ("--00", "--00"),
        ("102200Z", "102200Z"),
        ("102200-0800", "102200-0800"),
        ("2200Z", "2200Z"),
        ("10Z", "10Z"),
        ("10+01", "10+0100"),
        ("10-0330", "10-0330"),
        ("235960", "235960"),
        ("--60", "--60"),
        ("000000", "000000"),
    ] {
        assert_eq!(strict::<PartialTime>(raw, V4_0), canonical);
        let raw = format!("T{raw}");
        assert_eq!(strict::<DateAndOrTime>(&raw, V4_0), format!("T{canonical}"));
    }
}

#[test]
fn err_times_of_4_0() {
    for raw in [
        "", "1", "102", "10220", "240000", "246000", "106000", "102261", "-", "--", "-6000",
        "--61", "---00", "10+1", "10+2400", "10+0160", "10ZZ", "10 22", "10:",
    ] {
        refused::<PartialTime>(raw, V4_0);
    }
    assert_eq!(
        refused::<PartialTime>("240000", V4_0),
        "0..2 hour 24; expected 0 to 23"
    );
}

#[test]
fn tolerated_times_of_4_0() {
    for (raw, note, canonical) in [
        ("10:22:00", format!("2..3 {EXTENDED}"), "102200"),
        ("10:22", format!("2..3 {EXTENDED}"), "1022"),
        ("-22:00", format!("3..4 {EXTENDED}"), "-2200"),
        ("10+01:00", format!("5..6 {EXTENDED}"), "10+0100"),
        (
            "102200.5",
            "6..8 a fraction of a second; 4.0 has whole seconds".into(),
            "102200",
        ),
        // Erratum 3484 of RFC 6350.
        (
            "-2200Z",
            "5..6 a zone after a time without an hour, which cannot have one".into(),
            "-2200",
        ),
        (
            "--42+01",
            "4..7 a zone after a time without an hour, which cannot have one".into(),
            "--42",
        ),
    ] {
        assert_eq!(tolerated::<PartialTime>(raw, V4_0), note);
        let time = PartialTime::parse(raw, V4_0).unwrap();
        assert_eq!(time.to_text(V4_0).unwrap(), canonical);
    }
}

#[test]
fn ok_times_of_3_0() {
    // RFC 2425, 5.8.4
    for (raw, canonical) in [
        ("10:22:00", "10:22:00"),
        ("102200", "10:22:00"),
        ("10:22:00.33Z", "10:22:00Z"),
        ("10:22:00,33", "10:22:00"),
        ("10:22:00-08:00", "10:22:00-08:00"),
        ("102200-0800", "10:22:00-08:00"),
    ] {
        assert_eq!(strict::<PartialTime>(raw, V3_0), canonical);
    }
    tolerated::<PartialTime>("10:22", V3_0);
}

#[test]
fn dates_with_times() {
    // RFC 6350, 4.3.3 and 4.3.4
    for (raw, canonical) in [
        ("19961022T140000", "19961022T140000"),
        ("--1022T1400", "--1022T1400"),
        ("---22T14", "---22T14"),
        ("20090808T1430-0500", "20090808T1430-0500"),
        ("19531015T231000Z", "19531015T231000Z"),
    ] {
        assert_eq!(strict::<DateTime>(raw, V4_0), canonical);
        assert_eq!(strict::<DateAndOrTime>(raw, V4_0), canonical);
    }
    for raw in [
        "1996T14",
        "1996-10T14",
        "--10T14",
        "19961022T-30",
        "19961022T--30",
        "19961022T",
        "19961022T24",
        "10:22",
        "T",
        "circa 1800",
        "spring",
        "T1022T10",
    ] {
        refused::<DateAndOrTime>(raw, V4_0);
    }
    assert_eq!(
        refused::<DateAndOrTime>("--04T2320", V4_0),
        "0..5 a time after a date without day; expected YYYYMMDD, --MMDD or ---DD before the T"
    );
    for raw in [
        "1996-10-22T14:00:00Z",
        "19961022t140000z",
        "19961022 140000",
        "t10",
    ] {
        tolerated::<DateAndOrTime>(raw, V4_0);
    }
    assert_eq!(
        strict::<DateAndOrTime>("1996-10-22T14:00:00Z", V3_0),
        "1996-10-22T14:00:00Z"
    );
    assert_eq!(
        DateAndOrTime::parse("1985", V4_0).unwrap().value_type(V4_0),
        ValueType::DateAndOrTime
    );
    assert_eq!(
        DateAndOrTime::parse("19850412", V3_0)
            .unwrap()
            .value_type(V3_0),
        ValueType::Date
    );
}

#[test]
fn seconds_and_months_are_told_apart() {
    // RFC 6350, 4.3.4, erratum 4261
    let second = DateAndOrTime::parse("T--10", V4_0).unwrap();
    assert_eq!(second.time().unwrap().second(), Some(10));
    let month = DateAndOrTime::parse("--10", V4_0).unwrap();
    assert_eq!(month.date().unwrap().month(), Some(10));
}

#[test]
fn timestamps() {
    // RFC 6350, 4.3.5
    for (raw, canonical) in [
        ("19961022T140000", "19961022T140000"),
        ("19961022T140000Z", "19961022T140000Z"),
        ("19961022T140000-05", "19961022T140000-0500"),
        ("19961022T140000-0500", "19961022T140000-0500"),
    ] {
        assert_eq!(strict::<Timestamp>(raw, V4_0), canonical);
    }
    for raw in [
        "",
        "19961022T1400Z",
        "--1022T140000",
        "yesterday",
        "15668479",
        "19961022T140000ZZ",
    ] {
        refused::<Timestamp>(raw, V4_0);
    }
    tolerated::<Timestamp>("19961022", V4_0);
    tolerated::<Timestamp>("19961022T140000.5Z", V4_0);
    // RFC 2426, 3.6.4
    assert_eq!(
        strict::<Timestamp>("1995-10-31T22:27:10Z", V3_0),
        "1995-10-31T22:27:10Z"
    );
    assert_eq!(
        strict::<Timestamp>("1997-11-15", V3_0),
        "1997-11-15T00:00:00"
    );
}

#[test]
fn utc_offsets() {
    // RFC 6350, 4.7
    for (raw, canonical) in [
        ("-0500", "-0500"),
        ("+01", "+0100"),
        ("+1245", "+1245"),
        ("-0030", "-0030"),
    ] {
        assert_eq!(strict::<UtcOffset>(raw, V4_0), canonical);
    }
    for raw in [
        "", "0500", "+2460", "+2400", "Z", "+1", "+010", "+01000", "+01:", "EST",
    ] {
        refused::<UtcOffset>(raw, V4_0);
    }
    assert_eq!(
        tolerated::<UtcOffset>("-05:00", V4_0),
        format!("3..4 {EXTENDED}")
    );
    // RFC 2426, 4
    assert_eq!(strict::<UtcOffset>("-05:00", V3_0), "-05:00");
    tolerated::<UtcOffset>("-0500", V3_0);
    tolerated::<UtcOffset>("-05", V3_0);
    for raw in ["-05", "-0500", "-05:00"] {
        assert_eq!(strict::<UtcOffset>(raw, V2_1), "-05:00");
    }
}

#[test]
fn booleans_and_numbers() {
    // RFC 6350, 4.4 to 4.6
    for raw in ["TRUE", "true", "True"] {
        assert_eq!(strict::<bool>(raw, V4_0), "TRUE");
    }
    for raw in ["", "1", "yes", "TR UE"] {
        refused::<bool>(raw, V4_0);
    }
    tolerated::<bool>("TRUE ", V4_0);
    for (raw, canonical) in [
        ("1234567890", "1234567890"),
        ("-5", "-5"),
        ("+7", "7"),
        ("9223372036854775807", "9223372036854775807"),
        ("-9223372036854775808", "-9223372036854775808"),
    ] {
        assert_eq!(strict::<i64>(raw, V4_0), canonical);
    }
    for raw in ["", "+", "0x1F", "9223372036854775808", "1.0", "1,2", "+-1"] {
        refused::<i64>(raw, V4_0);
    }
    assert_eq!(
        strict::<List<i64>>("+1234556790,432109876", V4_0),
        "1234556790,432109876"
    );
    assert_eq!(
        refused::<List<i64>>("1,x", V4_0),
        "2..3 expected an integer, as -42"
    );
    for (raw, canonical) in [
        ("20.30", "20.3"),
        ("1000000.0000001", "1000000.0000001"),
        ("100000", "100000"),
        ("0.1234567890123456", "0.1234567890123456"),
        ("-0", "-0"),
        ("+1.5", "1.5"),
    ] {
        assert_eq!(strict::<f64>(raw, V4_0), canonical);
    }
    for raw in [
        "", "1e5", "NaN", "inf", "infinity", "1.", ".5", "1.5.2", "-", "1,5", "+-1",
    ] {
        refused::<f64>(raw, V4_0);
    }
    assert_eq!(f64::INFINITY.to_text(V4_0), Err(Unwritable::NotFinite));
    assert_eq!(strict::<List<f64>>("1.333,3.14", V4_0), "1.333,3.14");
}

#[test]
fn language_tags() {
    // RFC 6350, 4.8; RFC 5646, 2.1
    for raw in [
        "en",
        "de-CH",
        "zh-Hant-TW",
        "sl-rozaj-biske",
        "de-CH-1901",
        "sl-IT-nedis",
        "es-419",
        "en-a-myext-b-another",
        "x-whatever",
        "i-klingon",
        "zh-min-nan",
        "zh-cmn-Hans-CN",
        "en-US-u-islamcal",
        "qaa-Qaaa-QM-x-southern",
        "en-GB-oed",
        "EN-us",
    ] {
        assert_eq!(strict::<LanguageTag>(raw, V4_0), raw);
    }
    for raw in [
        "",
        "en_US",
        "en,fr",
        "e",
        "en-",
        "-en",
        "en--US",
        "english-",
        "toolonglanguage",
        "en-a",
        "en-x",
        "x",
        "x-",
        "419-DE",
        "de-419-DE",
        "a-DE",
        "ar-a-aaa-b-",
        "é",
    ] {
        refused::<LanguageTag>(raw, V4_0);
    }
    assert_eq!(
        tolerated::<LanguageTag>("en ", V4_0),
        "2..3 white space after the value"
    );
    assert_eq!(
        refused::<LanguageTag>("en-US-!", V4_0),
        "6..7 expected a language tag, as en, de-CH or zh-Hant-TW"
    );
}

#[test]
fn texts() {
    // RFC 6350, 3.4 and 4.1
    assert_eq!(strict::<Text>(r"a\, b\nc\\n", V4_0), r"a\, b\nc\\n");
    assert_eq!(strict::<Text>(r"a\;b;c", V4_0), "a;b;c");
    assert_eq!(strict::<Text>(r"a\;b", V3_0), r"a\;b");
    assert_eq!(strict::<Text>(r"12:30 'x'", V4_0), r"12:30 'x'");
    assert_eq!(Text::parse(r"a\Nb", V4_0).unwrap().as_str(), "a\nb");
    assert_eq!(Text::parse("a=\r\nb", V2_1).unwrap().as_str(), "a=\nb");
    assert_eq!(
        tolerated::<Text>("a, b", V4_0),
        r"1..2 a comma inside a value; expected \,"
    );
    assert_eq!(
        tolerated::<Text>(r"12\:30", V4_0),
        r"2..4 unknown escape; only \\ \, \; and \n are escapes"
    );
    assert!(tolerated::<Text>("a\u{7}b", V4_0).starts_with("1..2 a control character"));
    assert_eq!(strict::<Text>(r"a\, b, c", V2_1), "a, b, c");
    assert_eq!(Text::new("a\u{7}").to_text(V4_0), Err(Unwritable::Control));
}

#[test]
fn text_lists() {
    // RFC 6350, 6.2.3
    let names = TextList::parse_strict(r"Jim,Jimmie\, the fox", V4_0).unwrap();
    assert_eq!(names.as_slice(), ["Jim", "Jimmie, the fox"]);
    assert_eq!(strict::<TextList>("a,,b,", V4_0), "a,b");
    assert_eq!(strict::<TextList>("INTERNET,IETF", V3_0), "INTERNET,IETF");
    assert_eq!(TextList::parse("", V4_0).unwrap(), TextList::default());
    assert!(tolerated::<TextList>(r"a,b\x", V4_0).starts_with("3..5 "));
}

#[test]
fn uris() {
    // RFC 6350, 4.2; RFC 3986
    for raw in [
        "http://example.com/a%20b",
        "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "mailto:ada@example.com",
        "ldap://[2001:db8::7]/c=GB?objectClass?one",
        "x:",
    ] {
        assert_eq!(strict::<Uri>(raw, V4_0), raw);
    }
    assert_eq!(
        strict::<Uri>("http://example.com/a,b", V4_0),
        r"http://example.com/a\,b"
    );
    assert_eq!(
        strict::<Uri>("http://example.com/a,b", V3_0),
        "http://example.com/a,b"
    );
    for (raw, note) in [
        (
            "www.example.com",
            "0..15 no scheme; expected a URI, as https://example.com/",
        ),
        (
            "jd.vcf",
            "0..6 no scheme; expected a URI, as https://example.com/",
        ),
        (
            "http://e.com/a b",
            "14..15 this character is not allowed in a URI; expected it percent-encoded",
        ),
        (
            "http://e.com/é",
            "13..15 this character is not allowed in a URI; expected it percent-encoded",
        ),
        (
            "http://e.com/%zz",
            "13..14 a percent sign without two hexadecimal digits after it",
        ),
    ] {
        assert_eq!(tolerated::<Uri>(raw, V4_0), note);
    }
    refused::<Uri>("", V4_0);
    refused::<Uri>("http://e.com/\n", V4_0);
    // Apple escapes the colon in 3.0.
    assert_eq!(
        Uri::parse(r"http\://example.com", V3_0).unwrap().as_str(),
        "http://example.com"
    );
}

#[test]
fn names() {
    // RFC 6350, 6.2.2; RFC 9554, 2.2
    assert_eq!(strict::<Name>(";;;;", V4_0), ";;;;");
    assert_eq!(
        strict::<Name>(r"Stevenson;John;Philip,Paul;Dr.;Jr.,M.D.,A.C.P.", V4_0),
        r"Stevenson;John;Philip,Paul;Dr.;Jr.,M.D.,A.C.P."
    );
    assert_eq!(strict::<Name>("Doe;Jane;;;;;", V4_0), "Doe;Jane;;;");
    assert_eq!(strict::<Name>("Doe;Jane;;;;Roe;", V4_0), "Doe;Jane;;;;Roe;");
    let name = Name::parse_strict(r"a\;b\, c;d;;;", V4_0).unwrap();
    assert_eq!(
        (name.family(), name.given()),
        (&["a;b, c".into()][..], &["d".into()][..])
    );
    assert_eq!(
        tolerated::<Name>("Stevenson;John", V4_0),
        "0..14 2 components; expected 5, or 7 with those of RFC 9554"
    );
    tolerated::<Name>("a;b;c;d;e;f", V4_0);
    tolerated::<Name>("a;b;c;d;e;f;g;h", V4_0);
    assert_eq!(strict::<Name>("Public;John", V3_0), "Public;John;;;");
    // 2.1 has no lists.
    let name = Name::parse_strict("Veni, Vidi, Vici;The Restaurant.", V2_1).unwrap();
    assert_eq!(name.family(), ["Veni, Vidi, Vici"]);
    assert_eq!(
        Name::parse(r"Veni\; Vidi;The", V2_1).unwrap().family(),
        ["Veni; Vidi"]
    );
    let name = Name::new("Quist", "Zoë").with_generations(["II"]);
    assert!(name.to_text(V3_0).is_err());
    assert_eq!(name.to_text(V4_0).unwrap(), "Quist;Zoë;;;;;II");
}

#[test]
fn addresses() {
    // RFC 6350, 6.3.1; RFC 9554, 2.1
    let raw = ";;123 Main Street;Any Town;CA;91921-1234;U.S.A.";
    for version in Version::ALL {
        assert_eq!(strict::<Address>(raw, version), raw);
    }
    let raw = ";;Oak St 1;Oslo;;0155;Norway;;;;1;Oak St;A,B;;;;;";
    let address = Address::parse_strict(raw, V4_0).unwrap();
    assert_eq!(
        (address.street_number(), address.building().len()),
        (&["1".into()][..], 2)
    );
    assert!(address.street_is_repeated());
    assert_eq!(address.to_text(V4_0).unwrap(), raw);
    assert_eq!(
        tolerated::<Address>("123 Main Street;Any Town", V4_0),
        "0..24 2 components; expected 7, or 18 with those of RFC 9554"
    );
    assert_eq!(
        Address::parse(";;Street", V3_0)
            .unwrap()
            .to_text(V3_0)
            .unwrap(),
        ";;Street;;;;"
    );
}

#[test]
fn organizations() {
    // RFC 6350, 6.6.4
    let org = Organization::parse_strict(r"a\;b\\;c", V4_0).unwrap();
    assert_eq!((org.name(), org.units()), ("a;b\\", &["c".into()][..]));
    assert_eq!(strict::<Organization>(";DepartmentA", V4_0), ";DepartmentA");
    assert_eq!(strict::<Organization>("Acme;;", V4_0), "Acme");
    assert_eq!(
        strict::<Organization>("ABC, Inc.;North;Sales", V2_1),
        "ABC, Inc.;North;Sales"
    );
    assert!(tolerated::<Organization>("ABC, Inc.", V4_0).starts_with("3..4 "));
}

#[test]
fn genders() {
    // RFC 6350, 6.2.7
    for raw in [
        "M",
        "F",
        "O;intersex",
        ";it's complicated",
        "M;Fellow",
        "",
        "U",
        "N",
    ] {
        assert_eq!(strict::<Gender>(raw, V4_0), raw);
    }
    assert_eq!(strict::<Gender>("m", V4_0), "M");
    for raw in ["X", "female", "MF", "M x;x"] {
        refused::<Gender>(raw, V4_0);
    }
    assert!(tolerated::<Gender>("M ;x", V4_0).starts_with("1..2 "));
    assert_eq!(
        tolerated::<Gender>("M;a;b", V4_0),
        r"3..4 a semicolon inside a value; expected \;"
    );
    assert_eq!(Gender::parse("M;a;b", V4_0).unwrap().identity(), "a;b");
}

#[test]
fn positions() {
    // RFC 6350, 6.5.2; RFC 5870
    for (raw, canonical) in [
        (r"geo:37.386013\,-122.082932", r"geo:37.386013\,-122.082932"),
        ("geo:48.2010,16.3695,183", r"geo:48.201\,16.3695\,183"),
        (
            "geo:48.198634,16.371648;crs=wgs84;u=40",
            r"geo:48.198634\,16.371648;crs=wgs84;u=40",
        ),
        ("GEO:90,0;a=b;c", r"geo:90\,0;a=b;c"),
        ("geo:66,300;crs=x-other", r"geo:66\,300;crs=x-other"),
    ] {
        assert_eq!(strict::<Geo>(raw, V4_0), canonical);
    }
    for raw in [
        "",
        "geo:",
        "geo:1",
        "geo:1,2,3,4",
        "geo:91,0",
        "geo:0,181",
        "geo:1,2;u=-1",
        "geo:1,x",
        "37d23m;-122d4m",
        "1;2;3",
        "1e1;2",
        "geo:1,2;=3",
    ] {
        refused::<Geo>(raw, V4_0);
    }
    // RFC 2426, 3.4.2
    assert_eq!(
        strict::<Geo>("37.386013;-122.082932", V3_0),
        "37.386013;-122.082932"
    );
    assert_eq!(strict::<Geo>("37.3;-122.1", V3_0), "37.300000;-122.100000");
    tolerated::<Geo>("geo:1,2", V3_0);
    tolerated::<Geo>("37.24,-17.87", V3_0);
    tolerated::<Geo>("1;2", V4_0);
    // vCard 2.1, 2.4.6
    assert_eq!(strict::<Geo>("37.24,-17.87", V2_1), "37.240000,-17.870000");
    assert_eq!(Geo::parse("-122.08,37.38", V2_1).unwrap().latitude(), 37.38);
}

#[test]
fn telephones() {
    // RFC 6350, 6.4.1; RFC 3966
    for (raw, canonical) in [
        ("tel:+1-415-555-0123;ext=5", "tel:+1-415-555-0123;ext=5"),
        (r"tel:+1-415-555-0123\;ext=5", "tel:+1-415-555-0123;ext=5"),
        ("TEL:+14155550123", "tel:+14155550123"),
        (
            "tel:7042;phone-context=example.com",
            "tel:7042;phone-context=example.com",
        ),
        (
            "tel:863-1234;phone-context=+1-914-555",
            "tel:863-1234;phone-context=+1-914-555",
        ),
        (
            r"tel:+1-212-555-0101;isub=1\,2;a;z=1",
            r"tel:+1-212-555-0101;isub=1\,2;a;z=1",
        ),
        ("tel:*#06#;phone-context=+44", "tel:*#06#;phone-context=+44"),
    ] {
        assert_eq!(strict::<TelUri>(raw, V4_0), canonical);
        assert_eq!(strict::<Telephone>(raw, V4_0), canonical);
    }
    for raw in [
        "tel:",
        "tel:+",
        "tel:call me",
        "tel:+1;ext=x",
        "tel:+1;=5",
        "tel:+1;",
        "sip:a@e.com",
        "tel:+1;ext",
        "tel:+1;phone-context=",
    ] {
        refused::<TelUri>(raw, V4_0);
    }
    assert!(tolerated::<TelUri>("tel:5550123", V4_0).contains("phone-context"));
    for (raw, note, canonical) in [
        (
            "tel:+1 415%20555 0123",
            "4..21 not written the standard way; expected no spaces in the number",
            "tel:+14155550123",
        ),
        (
            "tel:+1-212-555-0101;z=1;a;isub=12",
            "19..33 not written the standard way; \
             expected ext or isub, phone-context, then the others by name",
            "tel:+1-212-555-0101;isub=12;a;z=1",
        ),
    ] {
        assert_eq!(tolerated::<TelUri>(raw, V4_0), note);
        assert_eq!(
            Telephone::parse(raw, V4_0).unwrap().to_text(V4_0).unwrap(),
            canonical
        );
    }
    for version in Version::ALL {
        let text = "+1 (415) 555-0123 x5";
        assert_eq!(strict::<Telephone>(text, version), text);
    }
    assert!(matches!(
        Telephone::parse("sip:ada@example.com", V4_0),
        Ok(Telephone::Uri(_))
    ));
    // RFC 3966, 4
    let tel = |raw| TelUri::parse(raw, V4_0).unwrap();
    for (a, b, same) in [
        ("tel:+1-415-555-0123", "tel:+14155550123", true),
        ("tel:+14155550123;ext=1-2", "tel:+14155550123;EXT=12", true),
        ("tel:+14155550123;ext=1", "tel:+14155550123", false),
        ("tel:5550123;phone-context=+1415", "tel:+14155550123", false),
        (
            "tel:7042;phone-context=Example.COM",
            "tel:70-42;phone-context=example.com",
            true,
        ),
        ("tel:+14155550123;a=B;c", "tel:+14155550123;C;A=b", true),
    ] {
        assert_eq!(tel(a) == tel(b), same, "{a} {b}");
    }
}

#[test]
fn media() {
    // RFC 6350, 6.2.4, erratum 3845; RFC 2397
    assert_eq!(
        strict::<Media>("data:image/gif;base64,R0lGODlh", V4_0),
        r"data:image/gif;base64\,R0lGODlh"
    );
    assert_eq!(
        strict::<Media>(r"DATA:image/GIF;BASE64\,R0lGODlh", V3_0),
        "data:image/GIF;base64,R0lGODlh"
    );
    assert_eq!(
        strict::<Media>("data:text/plain;charset=utf-8,a%20b", V4_0),
        r"data:text/plain;charset=utf-8\,a%20b"
    );
    assert_eq!(strict::<Media>("R0lGODlh", V3_0), "R0lGODlh");
    assert_eq!(strict::<Media>("R0lG ODlh\t", V2_1), "R0lGODlh");
    assert!(tolerated::<Media>("R0lGODlh", V4_0).contains("a form of another version"));
    assert!(tolerated::<Media>("R0lGOD", V3_0).contains("padded"));
    for raw in [
        "",
        "data:image/gif",
        "data:image/gif;base64,R0*G",
        "data:image/gif;base64,",
    ] {
        refused::<Media>(raw, V4_0);
    }
    tolerated::<Media>("photos/ada.png", V4_0);
    assert!(matches!(
        Media::parse("cid:part3@example.com", V3_0),
        Ok(Media::Uri(_))
    ));
}

#[cfg(feature = "base64")]
#[test]
fn media_decode() {
    let gif = b"GIF89a";
    for (raw, version) in [
        (r"data:image/gif;base64\,R0lGODlh", V4_0),
        ("R0lG ODlh", V2_1),
        ("R0lGODlh", V3_0),
    ] {
        assert_eq!(
            Media::parse(raw, version)
                .unwrap()
                .decode()
                .unwrap()
                .unwrap(),
            gif
        );
    }
    assert_eq!(Binary::parse("QQ", V3_0).unwrap().decode().unwrap(), b"A");
    assert!(Binary::parse("A", V3_0).unwrap().decode().is_err());
    assert_eq!(
        DataUri::parse("data:,a%2Cb%", V4_0)
            .unwrap()
            .decode()
            .unwrap_err()
            .span,
        5..6
    );
    assert_eq!(Binary::from_bytes(gif).as_base64(), "R0lGODlh");
}

#[test]
fn small_types() {
    // RFC 6350, 6.1.4, 6.5.1, 6.6.6, 6.7.7 and 6.8.1
    for raw in [
        "individual",
        "group",
        "org",
        "location",
        "application",
        "device",
        "x-robot",
    ] {
        assert_eq!(strict::<Kind>(raw, V4_0), raw);
        assert_eq!(strict::<Kind>(&raw.to_uppercase(), V4_0), raw);
    }
    tolerated::<Kind>("some body", V4_0);
    refused::<Kind>(" ", V4_0);
    for raw in [
        "Europe/Oslo",
        "-0500",
        "https://example.com/zone",
        r"EST\, more or less",
    ] {
        assert_eq!(strict::<TimeZone>(raw, V4_0), raw);
    }
    assert_eq!(
        strict::<TimeZone>(r"-05:00\; EST\; Raleigh/North America", V3_0),
        r"-05:00\; EST\; Raleigh/North America"
    );
    assert_eq!(
        strict::<UriOrText>("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", V4_0),
        "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
    );
    assert_eq!(
        strict::<UriOrText>(r"Please contact Ada: \, she knows", V4_0),
        r"Please contact Ada: \, she knows"
    );
    assert_eq!(
        strict::<ClientPidMap>("1;urn:uuid:3df403f4-5924-4bb7-b077-3c711d9eb34b", V4_0),
        "1;urn:uuid:3df403f4-5924-4bb7-b077-3c711d9eb34b"
    );
    for raw in [
        "",
        "1",
        ";urn:a:b",
        "0;urn:a:b",
        "+1;urn:a:b",
        "1;",
        "4294967296;urn:a:b",
    ] {
        refused::<ClientPidMap>(raw, V4_0);
    }
    assert!(matches!(
        Key::parse("ftp://example.com/k", V4_0),
        Ok(Key::Uri(_))
    ));
    assert!(matches!(
        Key::parse("not a key: at all", V4_0),
        Ok(Key::Text(_))
    ));
}

#[test]
fn parameters() {
    // RFC 6350, 5.3, 5.5, 5.7 and 5.8
    for (text, pref) in [
        ("1", Some(1)),
        ("100", Some(100)),
        ("01", Some(1)),
        ("0", None),
        ("101", None),
        ("001", None),
        ("", None),
        ("+1", None),
        ("1.0", None),
        ("99999999999", None),
    ] {
        assert_eq!(Pref::parse(text).ok().map(Pref::get), pref, "{text}");
    }
    assert_eq!(
        Pref::parse("101").unwrap_err().to_string(),
        "PREF 101; expected 1 to 100"
    );
    for (text, right) in [
        ("1", true),
        ("4.1", true),
        ("4.", false),
        (".1", false),
        ("0", false),
        ("1.0", false),
        ("1.1.1", false),
        ("+1", false),
        ("", false),
    ] {
        assert_eq!(Pid::parse(text).is_ok(), right, "{text}");
    }
    assert_eq!(Pid::parse_list("4.1,5.x").unwrap_err().span, 4..7);
    for (text, right) in [
        ("image/png", true),
        ("text/vcard;version=4.0", true),
        ("pgp", false),
        ("image/", false),
        ("/png", false),
        ("a/b;c", false),
        ("a/b; c=\"d e\"", true),
        ("a b/c", false),
    ] {
        assert_eq!(MediaType::parse(text).is_ok(), right, "{text}");
    }
    assert!(CalScale::parse("").is_err() && CalScale::parse("x mayan").is_err());
    assert!(Level::parse("best").is_err());
    assert_eq!(Types::new(["home,WORK"]), Types::new(["work", "HOME"]));
    assert_ne!(Types::new(["home"]), Types::new(["home", "work"]));
}

/// Written by the version, a made value is grammatical and reads as the same.
fn written<T>(value: &T) -> Result<(), TestCaseError>
where
    T: for<'a> Value<'a> + PartialEq + std::fmt::Debug,
{
    for version in Version::ALL {
        if let Ok(text) = value.to_text(version) {
            prop_assert!(
                !text
                    .bytes()
                    .any(|b| b < 0x20 && b != b'\t' && !(version == V2_1 && (b == 13 || b == 10))),
                "{:?}",
                text
            );
            match T::parse_strict(&text, version) {
                Ok(read) => prop_assert_eq!(&read, value, "{} in {}", text, version),
                Err(error) => prop_assert!(false, "{}: {} in {}", text, error, version),
            }
        } else {
            let mut out = String::from("before");
            prop_assert!(value.write_to(version, &mut out).is_err());
            prop_assert_eq!(out, "before");
        }
    }
    Ok(())
}

macro_rules! written {
    ($value:expr, $type:ident) => {{
        let value = $value;
        for version in Version::ALL {
            let mut out = String::from("before");
            if value.write_to(version, &mut out).is_ok() {
                let text = &out["before".len()..];
                prop_assert!(
                    !text.bytes().any(|b| {
                        b < 0x20 && b != b'\t' && !(version == V2_1 && (b == 13 || b == 10))
                    }),
                    "{:?}",
                    text
                );
                match $type::parse_strict(text, version) {
                    Ok(read) => prop_assert_eq!(&read, &value, "{} in {}", text, version),
                    Err(error) => prop_assert!(false, "{}: {} in {}", text, error, version),
                }
            } else {
                prop_assert_eq!(out, "before");
            }
        }
    }};
}

/// What is read, if it can be written, reads as the same.
macro_rules! reread {
    ($raw:expr, $($type:ident)+) => {$(
        for version in Version::ALL {
            if let Ok(value) = $type::parse(&$raw, version) {
                let mut out = String::from("before");
                if value.write_to(version, &mut out).is_ok() {
                    let text = &out["before".len()..];
                    let again = $type::parse(text, version);
                    prop_assert_eq!(again.as_ref(), Ok(&value), "{} in {}", text, version);
                } else {
                    prop_assert_eq!(&out, "before");
                }
            }
        }
    )+};
}

const TEXT: &str = "[a-cé ,;:\\\\\n\r\t\u{7}\u{7f}\u{85}nN.+-]{0,8}";

fn texts_of(n: usize) -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec(TEXT, 0..3), n)
}

fn zones() -> impl Strategy<Value = Option<Zone>> {
    prop_oneof![
        Just(None),
        Just(Some(Zone::Utc)),
        (-1439_i16..1440).prop_map(|m| Some(Zone::Offset(UtcOffset::from_minutes(m).unwrap()))),
    ]
}

fn dates() -> impl Strategy<Value = PartialDate> {
    (0_u16..10_000, 1_u8..13, 1_u8..32, 0..6).prop_filter_map("a day", |(y, m, d, form)| match form
    {
        0 => PartialDate::new(y, m, d).ok(),
        1 => PartialDate::year_month(y, m).ok(),
        2 => PartialDate::of_year(y).ok(),
        3 => PartialDate::month_day(m, d).ok(),
        4 => PartialDate::of_month(m).ok(),
        _ => PartialDate::of_day(d).ok(),
    })
}

fn times() -> impl Strategy<Value = PartialTime> {
    (0_u8..24, 0_u8..60, 0_u8..61, 0..6, zones()).prop_map(|(h, m, s, form, zone)| {
        let time = match form {
            0 => PartialTime::new(h, m, s),
            1 => PartialTime::hour_minute(h, m),
            2 => PartialTime::of_hour(h),
            3 => PartialTime::minute_second(m, s),
            4 => PartialTime::of_minute(m),
            _ => PartialTime::of_second(s),
        }
        .unwrap();
        zone.and_then(|zone| time.in_zone(zone).ok())
            .unwrap_or(time)
    })
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn dates_and_times_come_back(date in dates(), time in times()) {
        written(&date)?;
        written(&time)?;
        written(&DateAndOrTime::Date(date))?;
        written(&DateAndOrTime::Time(time))?;
        if let Ok(both) = DateTime::new(date, time) {
            written(&both)?;
            written(&DateAndOrTime::DateTime(both))?;
        }
        if let Ok(timestamp) = Timestamp::new(date, time) {
            written(&timestamp)?;
        }
        written(&List::new([date, date]))?;
    }

    #[test]
    fn numbers_come_back(number in any::<i64>(), float in any::<f64>(), minutes in -1439_i16..1440) {
        written(&number)?;
        written(&float)?;
        written(&UtcOffset::from_minutes(minutes).unwrap())?;
    }

    #[test]
    fn texts_come_back(text in TEXT, list in prop::collection::vec(TEXT, 0..4)) {
        written!(Text::new(text.as_str()), Text);
        written!(TextList::new(list.iter().map(String::as_str)), TextList);
        written!(Gender::new(Some(Sex::None)).with_identity(text.as_str()), Gender);
        let org = list.iter().fold(Organization::new(text.as_str()), |org, unit| org.with_unit(unit.as_str()));
        written!(org, Organization);
    }

    #[test]
    fn names_come_back(parts in texts_of(7)) {
        let name = Name::default()
            .with_generations(&parts[6])
            .with_family(&parts[0])
            .with_given(&parts[1])
            .with_additional(&parts[2])
            .with_prefixes(&parts[3])
            .with_suffixes(&parts[4])
            .with_secondary_surnames(&parts[5]);
        written!(name.clone(), Name);
        written!(name.with_secondary_surnames([""; 0]).with_generations([""; 0]), Name);
    }

    #[test]
    fn addresses_come_back(parts in texts_of(9)) {
        let address = Address::default()
            .with_country(&parts[6])
            .with_po_box(&parts[0])
            .with_street(&parts[2])
            .with_locality(&parts[3])
            .with_region(&parts[4])
            .with_postal_code(&parts[5]);
        written!(address.clone(), Address);
        written!(address.with_direction(&parts[7]).with_room(&parts[8]), Address);
    }

    #[test]
    fn positions_come_back(latitude in -90.0..90.0_f64, longitude in -180.0..180.0_f64, metres in any::<f64>()) {
        let geo = Geo::new(latitude, longitude).unwrap();
        written!(geo.clone(), Geo);
        written!(geo.with_altitude(metres).with_uncertainty(metres), Geo);
    }

    #[test]
    fn uris_come_back(rest in "[a-z/,;:=%\\\\é \n]{0,10}", digits in "[0-9.()-]{0,6}") {
        if let Ok(uri) = Uri::new(format!("x-a:{rest}")) {
            written!(uri.clone(), Uri);
            written!(UriOrText::Uri(uri.clone()), UriOrText);
            written!(ClientPidMap::new(7.try_into().unwrap(), uri), ClientPidMap);
        }
        if let Ok(tel) = TelUri::new(&format!("+{digits}")) {
            written!(tel.clone(), TelUri);
            if let Ok(tel) = tel.with_extension(&digits) {
                written!(Telephone::Tel(tel), Telephone);
            }
        }
        if let Ok(tel) = TelUri::local(&digits, "example.com") {
            written!(tel, TelUri);
        }
    }

    #[test]
    fn what_is_read_comes_back(raw in "[0-9a-dTZtelgou:;,.+=\\\\ -]{0,16}") {
        reread!(raw, PartialDate PartialTime DateTime DateAndOrTime Timestamp UtcOffset);
        reread!(raw, Text TextList Uri Name Address Organization Gender ClientPidMap Kind);
        reread!(raw, LanguageTag Binary DataUri Media Key UriOrText TimeZone Geo Telephone TelUri);
    }

    #[test]
    fn what_is_read_as_a_uri_comes_back(
        scheme in prop::sample::select(vec!["tel:", "geo:", "data:", "data:a/b;base64,", "http:", "tel:+1;", "geo:1,2;"]),
        raw in "[0-9a-cA-C:;,.+=/%@\\\\ \r\n\u{7}é-]{0,12}",
    ) {
        let raw = format!("{scheme}{raw}");
        reread!(raw, Text TextList Uri Name Address Organization Gender ClientPidMap Kind);
        reread!(raw, DataUri Media Key UriOrText TimeZone Geo Telephone TelUri);
    }
}

#[test]
fn hostile_lengths_are_linear() {
    for raw in [
        "\\".repeat(1 << 20),
        ";".repeat(1 << 20),
        ",".repeat(1 << 20),
        "-".repeat(1 << 20),
    ] {
        for version in Version::ALL {
            let mut count = 0_usize;
            let mut sink = |_| count += 1;
            let mut notes = Notes::to(&mut sink);
            let _ = Text::read(&raw, version, &mut notes);
            let _ = Name::read(&raw, version, &mut notes);
            let _ = TextList::read(&raw, version, &mut notes);
            let _ = Geo::read(&raw, version, &mut notes);
            let _ = Uri::read(&raw, version, &mut notes);
            let _ = LanguageTag::read(&raw, version, &mut notes);
            let _ = DateAndOrTime::read(&raw, version, &mut notes);
            let _ = Telephone::read(&raw, version, &mut notes);
        }
    }
}

/// Run with `VCARD_SPEC` naming the folder that has `requirements.tsv`: the examples of the value
/// types and properties are right and wrong as the table says.
#[test]
fn the_examples_of_the_specification_tables() {
    let Some(folder) = std::env::var_os("VCARD_SPEC") else {
        return;
    };
    let text =
        std::fs::read_to_string(std::path::Path::new(&folder).join("requirements.tsv")).unwrap();
    let mut wrong = Vec::new();
    let mut counts = [0; 4];
    for row in text.lines().skip(1) {
        let cells: Vec<_> = row.split('\t').collect();
        let (id, level, applies) = (cells[0], cells[3], cells[4]);
        let version = if id.starts_with("V21") {
            V2_1
        } else if id.starts_with("R2425") || id.starts_with("R2426") {
            V3_0
        } else if id.starts_with("R6350") || id.starts_with("R9554") {
            V4_0
        } else {
            continue;
        };
        if !applies.contains("validate") {
            continue;
        }
        let value_type_section = id.starts_with("R6350-4");
        for line in lines_of(cells[6]) {
            counts[0] += 1;
            if let Some(Err(error)) = checked(&line, version) {
                wrong.push(format!("{id} ok {line}: {error}"));
            } else {
                counts[1] += 1;
            }
        }
        let binding = ["MUST", "MUST NOT", "GRAMMAR"].contains(&level);
        let bad: Vec<_> = lines_of(cells[7]).collect();
        if value_type_section && binding && !bad.is_empty() {
            counts[2] += 1;
            if bad
                .iter()
                .any(|line| checked(line, version).is_some_and(|c| c.is_err()))
            {
                counts[3] += 1;
            } else {
                wrong.push(format!("{id} bad {bad:?} is taken"));
            }
        }
    }
    eprintln!(
        "lines of good examples {} of {}, bad examples of section 4 {} of {}",
        counts[1], counts[0], counts[3], counts[2]
    );
    assert_eq!(wrong, EXPECTED, "{}", wrong.join("\n"));
}

/// Where a good example is not grammatical, or a bad one is, and why.
const EXPECTED: &[&str] = &[];

fn lines_of(cell: &str) -> impl Iterator<Item = String> {
    let text = cell
        .replace("\\\\", "\u{1}")
        .replace("\\r\\n ", "")
        .replace("\\r\\n", "\n")
        .replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace('\u{1}', "\\");
    let plain = !text.contains("\\x") && !text.starts_with(['[', '<']);
    let lines: Vec<_> = if plain {
        text.lines().map(str::to_owned).collect()
    } else {
        Vec::new()
    };
    lines.into_iter().filter(|line| line.contains(':'))
}

/// Whether the value of a line is grammatical; none where that is no question of its type.
fn checked(line: &str, version: Version) -> Option<Result<(), ValueError>> {
    let mut quoted = false;
    let colon = line.bytes().position(|byte| {
        quoted ^= byte == b'"' && version != V2_1;
        byte == b':' && !quoted
    })?;
    let (head, raw) = (&line[..colon], &line[colon + 1..]);
    let mut parts = head.split(';');
    let name = parts.next()?.rsplit('.').next()?;
    let row = registry::property(name.as_bytes());
    let mut value_type = match row.and_then(|row| row.column(version)) {
        Some(column) => column.default_type(),
        None => ValueType::Text,
    };
    for part in parts {
        let upper = part.to_ascii_uppercase();
        if upper.contains("QUOTED-PRINTABLE") || upper.contains("BASE64") {
            return None;
        }
        if let Some(word) = upper.strip_prefix("VALUE=") {
            value_type = registry::value_type(word.as_bytes())?.value_type;
        }
    }
    let mut first = None;
    let mut sink = |note| {
        first.get_or_insert(note);
    };
    let id = row.map(|row| row.id).filter(|id| *id != PropertyId::AGENT);
    let result = check(id, value_type, raw, version, &mut Notes::to(&mut sink));
    Some(result.and(first.map_or(Ok(()), Err)))
}

/// Padding is no part of the data.
#[test]
fn ok_base64_is_equal_with_and_without_padding() {
    use std::collections::HashSet;
    for (one, other) in [("R0lGOA", "R0lGOA=="), ("QUI", "QUI="), ("QUJD", "QUJD")] {
        for version in [Version::V2_1, Version::V3_0] {
            let read = |text| Binary::parse(text, version).unwrap().into_owned();
            assert_eq!(read(one), read(other), "{one}");
            assert_eq!(HashSet::from([read(one), read(other)]).len(), 1, "{one}");
        }
        let uri = |text: &str| {
            DataUri::parse(&format!("data:image/gif;base64,{text}"), Version::V4_0)
                .unwrap()
                .into_owned()
        };
        assert_eq!(uri(one), uri(other), "{one}");
        assert_ne!(
            uri(one),
            DataUri::parse("data:image/gif;base64,AAAA", Version::V4_0).unwrap()
        );
    }
    // Without an octet nothing is written.
    let empty = Binary::from_base64("");
    assert!(empty.is_err());
    assert!(DataUri::parse("data:image/gif;base64\\,", Version::V4_0).is_err());
    let error =
        DataUri::new("imagé/gif", Binary::parse("QUJD", Version::V3_0).unwrap()).unwrap_err();
    assert_eq!(error.span, 4..6);
}
