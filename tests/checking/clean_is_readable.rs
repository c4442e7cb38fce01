//! What the checker finds nothing wrong with, typed access reads.
//!
//! Every property, with every VALUE, with some hundred values that look like any of the types: a
//! line without a finding has a [`value`](vcardinal::PropertyRef::value). And every line of every
//! fixture and of the corpus that has no error.

use vcardinal::property;
use vcardinal::registry;
use vcardinal::typed::TypedProperty;
use vcardinal::validate::{Profile, Severity, validate};
use vcardinal::{Card, CardReader, EntryId, Version};

use crate::common;

/// Texts that are a value of one type, or nearly.
const VALUES: &[&str] = &[
    "a",
    "A quite ordinary text",
    "a,b",
    "a;b",
    "a\\,b",
    "a\\;b",
    "a\\nb",
    "a\\x",
    "a\\",
    "\\",
    ",",
    ";",
    ",,",
    ";;",
    ";;;;",
    "a;b;c;d;e",
    "a,b;c,d;e;f;g",
    "a;b;c;d;e;f",
    ";;;;;;",
    "a;b;c;d;e;f;g",
    ";;1 A St;B;C;D;E",
    ";;;;;;;;;;;;;;;;;",
    "a;b;c;d;e;f;g;h;i;j;k;l;m;n;o;p;q;r",
    "a;;;;;;;;;;;;;;;;;;;;",
    "a;b,c",
    "a,b,c,d",
    "tel:+1-415-555-0123",
    "tel:+14155550123;ext=7",
    "tel:5550123",
    "tel:5550123;phone-context=+1",
    "tel:",
    "tel:x",
    "TEL:+1",
    "+1 415 555 0123",
    "(415) 555-0123",
    "+14155550123",
    "555",
    "tel:+1 415",
    "sip:a@example.com",
    "https://example.com/a",
    "http://a b/",
    "http://example.com/\u{e9}",
    "https://example.com/a,b",
    "https://example.com/a\\,b",
    "https://example.com/a;b",
    "HTTPS://EXAMPLE.COM",
    "www.example.com",
    "example",
    "//example.com/a",
    "#a",
    "mailto:a@example.com",
    "mailto:",
    "a@example.com",
    "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
    "urn:x",
    "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
    "xmpp:a@example.com",
    "x:y",
    "x: y",
    "1:2",
    ":",
    "a:",
    "cid:part1@example.com",
    "<a@example.com>",
    "19850412",
    "1985-04-12",
    "1985-04",
    "198504",
    "1985",
    "--0412",
    "--04-12",
    "--04",
    "---12",
    "--12",
    "19850230",
    "1985-02-30",
    "1985-4-1",
    "1985/04/12",
    "circa 1800",
    "19851301",
    "19850412,19860412",
    "1985-04-12,1986-04-12",
    "1985-04-12\\,1986-04-12",
    "T10",
    "T1022",
    "T102200",
    "T10:22:00",
    "T-2200",
    "T--00",
    "T102200Z",
    "T102200-0800",
    "T-2200Z",
    "102200",
    "10:22:00",
    "10:22",
    "102200,112200",
    "10:22:00Z",
    "10:22:00-08:00",
    "240000",
    "T240000",
    "T106000",
    "T102260",
    "T10.5",
    "T102200.5",
    "10:22:00,5",
    "19531015T231000Z",
    "1953-10-15T23:10:00Z",
    "1953-10-15T23:10:00",
    "19531015T2310",
    "19531015T23",
    "--1015T23",
    "1953-10-15T23:10:00-05:00",
    "1953-10-15T23:10:00,1954-10-15T23:10:00",
    "19531015T231000Z,19541015T231000Z",
    "1953-10-15T23:10:00.123Z",
    "1953-10-15 23:10:00",
    "19951301T222710Z",
    "19950101T242710Z",
    "19950101T226010Z",
    "1996-10-22T14:00:00Z",
    "19961022T140000",
    "19961022T140000-0500",
    "2017-05-10T14:36:01Z(2)",
    "true",
    "false",
    "TRUE",
    "False",
    "yes",
    "true,false",
    "1,2",
    "0",
    "1",
    "-1",
    "+1",
    "007",
    "7,8,9",
    "1,a",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999999999",
    "1.5",
    "-1.5",
    "1.5,2.5",
    "1.",
    ".5",
    "1e5",
    "1E5",
    "NaN",
    "inf",
    "20.30,1000000",
    "1,5",
    "0x10",
    "- 1",
    "1 2",
    "-0500",
    "-05:00",
    "+0000",
    "Z",
    "-05",
    "+05:30",
    "-0530",
    "+2500",
    "-5",
    "America/New_York",
    "EST",
    "-05:00;EST",
    "Europe/Oslo",
    "en",
    "en-US",
    "en_US",
    "fr,en",
    "e",
    "x-klingon",
    "de-Latn-DE-1996",
    "i-default",
    "english",
    "en-",
    "",
    "geo:1,2",
    "geo:1\\,2",
    "geo:37.386013,-122.082932",
    "geo:37.386013,-122.082932;u=10",
    "geo:91,0",
    "geo:0,181",
    "geo:1",
    "geo:",
    "37.386;-122.083",
    "37.386,-122.083",
    "37.386",
    "91;0",
    "0;181",
    "37;-122",
    "37.386;-122.083;5",
    "M",
    "F",
    "O",
    "N",
    "U",
    "m",
    "X",
    "M;Fellow",
    ";it's complicated",
    "M;",
    "female",
    "M,F",
    "M;a;b",
    "M;a,b",
    "individual",
    "group",
    "org",
    "location",
    "application",
    "device",
    "GROUP",
    "x-thing",
    "two words",
    "a_b",
    "1;urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
    "0;urn:x:y",
    "1;",
    "1;a b",
    "1",
    ";urn:x:y",
    "1;https://example.com/a,b",
    "1;2;3",
    "2.1",
    "3.0",
    "4.0",
    "5.0",
    "VCARD",
    "vcard",
    "PUBLIC",
    "public",
    "animate",
    "neuter",
    "he/him",
    "AAAA",
    "R0lGODlh",
    "R0lG ODlh",
    "AAA",
    "A",
    "=",
    "AA==",
    "AA=",
    "AAAA====",
    "!!!!",
    "R0l*G",
    "data:image/png;base64,AAAA",
    "data:image/png;base64\\,AAAA",
    "data:image/png;base64,AAA",
    "data:image/png,abc",
    "data:,",
    "data:",
    "data:text/plain,a b",
    "<a xmlns=\"urn:x\"/>",
    "<a/>",
    "BEGIN:VCARD\\nVERSION:3.0\\nFN:A\\nN:A;;;;\\nEND:VCARD\\n",
    " a",
    "a ",
    " 1",
    "1 ",
    " 1985-04-12",
    "1985-04-12 ",
    " https://example.com/",
    "\t",
    " ",
    "a\tb",
    "\u{e9}",
    "\u{1F469}",
    "a^nb",
    "a=b",
    "=41",
    "a=",
    "\"a\"",
    "'a'",
    "a b, c; d",
];

/// The parameters that name a type: none, each type there is, one of somebody's own, and the words
/// that 2.1 writes without VALUE.
fn named(version: Version) -> Vec<String> {
    let types = registry::value_types()
        .iter()
        .map(|row| format!(";VALUE={}", row.name));
    let mut all: Vec<String> = types.collect();
    all.push(String::new());
    all.push(";VALUE=x-mine".to_owned());
    all.push(";VALUE=unheard-of".to_owned());
    if version == Version::V2_1 {
        for word in [
            "URL",
            "INLINE",
            "CID",
            "CONTENT-ID",
            "VALUE=INLINE",
            "VALUE=CID",
        ] {
            all.push(format!(";{word}"));
        }
    }
    all
}

/// What is clean and cannot be read, and how many lines were clean.
fn unreadable(version: Version) -> (Vec<String>, usize) {
    let mut names: Vec<&str> = registry::properties().iter().map(|row| row.name).collect();
    names.retain(|name| !matches!(*name, "BEGIN" | "END"));
    names.extend(["X-OF-MY-OWN", "UNREGISTERED"]);
    let (mut failed, mut clean) = (Vec::new(), 0);
    for name in names {
        let before = match name {
            "VERSION" => String::new(),
            _ => format!("VERSION:{version}\r\n"),
        };
        for parameters in named(version) {
            for value in VALUES {
                let line = format!("{name}{parameters}:{value}");
                let text =
                    format!("BEGIN:VCARD\r\n{before}FN:A\r\nN:A;;;;\r\n{line}\r\nEND:VCARD\r\n");
                let card = Card::parse(&text).unwrap();
                let number = 4 + u64::from(name != "VERSION");
                let report = validate(&card, Profile::Declared);
                if report.iter().any(|finding| finding.line == number) {
                    continue;
                }
                let property = card
                    .properties()
                    .find(|property| property.raw().starts_with(line.as_bytes()));
                let Some(property) = property else { continue };
                clean += 1;
                if let Err(error) = property.value() {
                    failed.push(format!("{version} {line}: {error}"));
                }
            }
        }
    }
    (failed, clean)
}

fn ok_what_is_clean_can_be_read(version: Version, least: usize) {
    let (failed, clean) = unreadable(version);
    let shown: Vec<&String> = failed.iter().step_by(failed.len() / 40 + 1).collect();
    assert!(
        failed.is_empty(),
        "{} of {clean} clean lines: {shown:#?}",
        failed.len()
    );
    assert!(clean > least, "{clean} clean lines");
}

#[test]
fn ok_what_is_clean_can_be_read_in_2_1() {
    ok_what_is_clean_can_be_read(Version::V2_1, 10_000);
}

#[test]
fn ok_what_is_clean_can_be_read_in_3_0() {
    ok_what_is_clean_can_be_read(Version::V3_0, 10_000);
}

#[test]
fn ok_what_is_clean_can_be_read_in_4_0() {
    ok_what_is_clean_can_be_read(Version::V4_0, 10_000);
}

/// What cannot be read of the properties of one kind, but for those of some lines; how many can.
fn unread<P: TypedProperty>(card: &Card, wrong: &[EntryId], failed: &mut Vec<String>) -> usize {
    let mut read = 0;
    let forms = card.all::<P>().filter(|form| !wrong.contains(&form.id()));
    for form in forms.filter(|form| !is_empty(form)) {
        match form.value() {
            Ok(_) => read += 1,
            Err(error) => failed.push(format!(
                "as {}: {error}: {}",
                P::NAME,
                String::from_utf8_lossy(form.raw())
            )),
        }
    }
    read
}

/// Whether there is nothing to be read: a value that is empty is a warning, since readers pass over it.
fn is_empty(property: &vcardinal::PropertyRef<'_>) -> bool {
    let is_separator = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b';' | b'=');
    property.value_bytes().iter().all(is_separator)
}

/// The lines that a finding of at least this severity is about; nothing where it may be about any.
fn wrong_lines(card: &Card, least: Severity) -> Option<Vec<EntryId>> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in card.lines() {
        starts.push((at, line.id()));
        at += line.raw().len() as u64;
    }
    let report = validate(card, Profile::Declared);
    let mut wrong = Vec::new();
    for error in report.iter().filter(|one| one.severity >= least) {
        let line = starts
            .iter()
            .rev()
            .find(|(start, _)| *start <= error.span.start);
        wrong.push(line?.1);
        if error.count > 1 {
            return None;
        }
    }
    Some(wrong)
}

/// Nothing wrong is found on a line, and its text, its value and its typed value can be read: of every fixture,
/// where warnings do not count as wrong, and of real cards, where they do: a date as no version has it is an error
/// where readers lose it, and a warning where most of them understand it.
#[test]
#[cfg_attr(not(feature = "charset"), ignore = "files have text of other charsets")]
fn ok_lines_of_files_without_an_error_can_be_read() {
    macro_rules! all {
        ($card:expr, $wrong:expr, $failed:expr; $($marker:ident)+) => {
            0 $(+ unread::<property::$marker>($card, $wrong, $failed))+
        };
    }
    let (mut failed, mut read) = (Vec::new(), 0);
    let fixtures = common::fixtures()
        .into_iter()
        .map(|path| (path, Severity::Error));
    let corpus = common::corpus()
        .into_iter()
        .map(|path| (path, Severity::Warning));
    for (path, least) in fixtures.chain(corpus) {
        let bytes = std::fs::read(&path).unwrap();
        for card in CardReader::from_slice(&bytes).flatten() {
            // Places are counted from its start.
            let Ok(card) = Card::parse(card.to_bytes()) else {
                continue;
            };
            let Some(wrong) = wrong_lines(&card, least) else {
                continue;
            };
            let mut of_card = Vec::new();
            for property in card.properties().filter(|one| !wrong.contains(&one.id())) {
                let text = property.text().err().map(|error| error.to_string());
                let value = property.value().err().filter(|_| !is_empty(&property));
                let value = value.map(|error| error.to_string());
                if let Some(error) = text.or(value) {
                    of_card.push(format!(
                        "{error}: {}",
                        String::from_utf8_lossy(property.raw())
                    ));
                }
            }
            read += all! {
                &card, &wrong, &mut of_card;
                Adr Anniversary Bday BirthPlace CalAdrUri CalUri CapUri Categories Class ClientPidMap
                ContactUri Created DeathDate DeathPlace Email Expertise FbUrl FullName Gender Geo GramGender
                Hobby Impp Interest JsProp Key Kind Label Lang Language Logo Mailer Member N Nickname
                Note Org OrgDirectory Photo ProdId Pronouns Related Rev Role SocialProfile SortString
                Sound Source SourceName Tel Title Tz Uid Url Xml
            };
            failed.extend(
                of_card
                    .into_iter()
                    .map(|what| format!("{}: {what}", path.display())),
            );
        }
    }
    assert!(failed.is_empty(), "{}: {failed:#?}", failed.len());
    assert!(read > 1000, "{read}");
}
