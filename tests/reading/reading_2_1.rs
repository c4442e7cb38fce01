//! vCard 2.1 as its producers write it: folds, escapes, lists, quoted-printable in parts; and that a
//! card written anew, by any version, says what it said.

use proptest::prelude::*;
use vcardinal::validate::{Profile, validate};
use vcardinal::{Card, CardReader, CardWriter, Layout, Property, Version};

use crate::common;
use crate::common::cases;

fn card(version: Version, lines: &str) -> Card {
    Card::parse(format!(
        "BEGIN:VCARD\r\nVERSION:{version}\r\n{lines}\r\nEND:VCARD\r\n"
    ))
    .unwrap()
}

fn text(lines: &str) -> String {
    let card = card(Version::V2_1, lines);
    card.properties()
        .nth(1)
        .unwrap()
        .text()
        .unwrap()
        .into_owned()
}

fn anew(card: &Card) -> Card {
    let mut out = Vec::new();
    let mut writer = CardWriter::from_writer(&mut out).with_layout(Layout::Canonical);
    writer.write(card).unwrap();
    drop(writer);
    Card::parse(&out).unwrap()
}

/// What every property says: its text, its components, its list.
fn values(card: &Card) -> Vec<[String; 3]> {
    card.properties()
        .filter(|property| property.nested_card().is_none())
        .map(|property| {
            [
                format!("{:?}", property.text()),
                format!("{:?}", property.components()),
                format!("{:?}", property.list()),
            ]
        })
        .collect()
}

#[test]
fn ok_one_white_space_goes_with_a_fold() {
    for (line, wanted) in [
        (
            "EMAIL;INTERNET:ava.hall@post.exam\r\n ple.org",
            "ava.hall@post.example.org",
        ),
        (
            "URL:http://www.example.org/staff/fol\r\n\tded.html",
            "http://www.example.org/staff/folded.html",
        ),
        ("NOTE:Mill lane\r\n  corner", "Mill lane corner"),
        ("NOTE:one.\r\n two.", "one.two."),
        ("NOTE:a\r\n b\n c\r d", "abcd"),
        ("NOTE;ENCODING=QUOTED-PRINTABLE:a=20b\r\n c", "a bc"),
        ("NOTE;ENCODING=QUOTED-PRINTABLE:a=\r\n b", "a b"),
        ("NOTE;ENCODING=8BIT:x\r\n y", "xy"),
        ("TEL;WO\r\n RK;X-A=a\r\n b:555\r\n 01", "55501"),
    ] {
        assert_eq!(text(line), wanted, "{line:?}");
        let card = card(Version::V2_1, line);
        let again = anew(&card);
        assert_eq!(
            again.properties().nth(1).unwrap().text().unwrap(),
            wanted,
            "{line:?}"
        );
        assert!(card.same_content(&again), "{line:?}");
    }
    let heads = card(Version::V2_1, "TEL;WO\r\n RK;X-A=a\r\n b:1");
    let tel = heads.property("TEL").unwrap();
    assert!(tel.has_type("WORK"));
    assert_eq!(tel.parameter("X-A").unwrap().value(), "ab");
}

#[test]
fn ok_folds_inside_words_are_counted_once_a_card() {
    let count = |lines: &str| {
        let report = validate(&card(Version::V2_1, lines), Profile::Declared);
        let found = report
            .iter()
            .filter(|finding| finding.rule.id == "fold-inside-word");
        found.map(|finding| finding.count).collect::<Vec<_>>()
    };
    assert_eq!(count("N:A\r\nNOTE:ab\r\n cd\r\n ef\r\nTITLE:g\r\n h"), [3]);
    assert_eq!(
        count("N:A\r\nNOTE:ab\r\n  cd\r\nTITLE:g \r\n h"),
        [0_u32; 0]
    );
    assert_eq!(count("N:A\r\nNOTE;QUOTED-PRINTABLE:ab=\r\n cd"), [0_u32; 0]);
    assert_eq!(count("N:A\r\nPHOTO;BASE64:AAAA\r\n BBBB\r\n"), [0_u32; 0]);
}

#[test]
fn ok_escapes_of_later_versions_are_undone() {
    for (line, wanted, rule) in [
        (r"FN:Lund\, Ada", "Lund, Ada", Some("comma-escaped")),
        (r"ORG:Elm\, Inc.", "Elm, Inc.", Some("comma-escaped")),
        (r"NOTE:one\ntwo", "one\ntwo", Some("line-break-not-encoded")),
        (r"NOTE:\None", "\none", Some("line-break-not-encoded")),
        (r"NOTE:a\;b", "a;b", None),
        (r"NOTE:C:\temp", r"C:\temp", None),
        (r"NOTE:\\srv\box", r"\\srv\box", None),
        (r"NOTE:\\nas\,x", r"\\nas,x", Some("comma-escaped")),
        (r"NOTE:a\\,b", r"a\\,b", None),
        (r"NOTE:a\:b\=c\", r"a\:b\=c\", None),
    ] {
        assert_eq!(text(line), wanted, "{line}");
        let report = validate(&card(Version::V2_1, line), Profile::Declared);
        for id in ["comma-escaped", "line-break-not-encoded"] {
            let found = report.iter().any(|finding| finding.rule.id == id);
            assert_eq!(found, rule == Some(id), "{line}: {id}");
        }
    }
}

#[test]
fn ok_lists_of_2_1() {
    for (line, wanted) in [
        ("CATEGORIES:club,choir", vec!["club", "choir"]),
        (r"NICKNAME:Jo\, the fox,Joe", vec!["Jo, the fox", "Joe"]),
        ("CATEGORIES;QUOTED-PRINTABLE:=61,b", vec!["a", "b"]),
    ] {
        let card = card(Version::V2_1, line);
        let property = card.properties().nth(1).unwrap();
        assert_eq!(property.list().unwrap(), wanted, "{line}");
        let vcardinal::typed::AnyValue::TextList(list) = property.value().unwrap() else {
            panic!("{line} is not a list")
        };
        assert_eq!(list.as_slice(), wanted, "{line}");
    }
}

#[test]
fn ok_quoted_printable_is_parted_before_it_is_decoded() {
    for (line, wanted) in [
        (
            "ADR;QUOTED-PRINTABLE:;;=4F=61=6B 1=3B0;=4C=65;;;",
            vec!["", "", "Oak 1;0", "Le", "", "", ""],
        ),
        (
            "N;QUOTED-PRINTABLE:=51=3B=4A=72;=5A=6F=65;;;",
            vec!["Q;Jr", "Zoe", "", "", ""],
        ),
        ("N;QUOTED-PRINTABLE:=51=5C;=5A=6F=65", vec!["Q\\", "Zoe"]),
        (
            "N;QUOTED-PRINTABLE:=51=3B=5A=3B=3B=3B",
            vec!["Q", "Z", "", "", ""],
        ),
        (r"N;QUOTED-PRINTABLE:Qu\;ist;=5A", vec!["Qu;ist", "Z"]),
        ("N;QUOTED-PRINTABLE:Qu=5C=3Bist;=5A", vec!["Qu;ist", "Z"]),
        ("ORG;QUOTED-PRINTABLE:A=3BB;C=\r\n=3BD", vec!["A;B", "C;D"]),
        (
            "X-ANDROID-CUSTOM;QUOTED-PRINTABLE:a/b;=78=3By;1",
            vec!["a/b", "x;y", "1"],
        ),
        ("N;QUOTED-PRINTABLE:a=2Cb;c\\=6Ed", vec!["a,b", "c\\nd"]),
        #[cfg(feature = "charset")]
        (
            "N;CHARSET=SHIFT_JIS;QUOTED-PRINTABLE:=83\\;=83=5C",
            vec!["ソ", "ソ"],
        ),
    ] {
        let card = card(Version::V2_1, line);
        let property = card.properties().nth(1).unwrap();
        let components: Vec<String> = property.components().unwrap().concat();
        assert_eq!(components, wanted, "{line}");
        assert!(card.same_content(&anew(&card)), "{line}");
    }
    let names = card(Version::V2_1, "N;QUOTED-PRINTABLE:=51=5C;=5A=6F=65;;;");
    let name = names.names().next().unwrap().value().unwrap();
    assert_eq!(
        (name.family(), name.given()),
        (&["Q\\".into()][..], &["Zoe".into()][..])
    );
}

/// The name that is shown is the name that is read.
#[test]
fn ok_the_name_that_is_shown_has_its_parts_as_they_are_read() {
    for (line, wanted) in [
        (
            "N;ENCODING=QUOTED-PRINTABLE:=51=3B=4A=72;=5A=6F=C3=AB;;;",
            "Zoë Q;Jr",
        ),
        (
            "N;QUOTED-PRINTABLE:=4C=3B=31;=4F=64;=41=3B=42;;",
            "Od A;B L;1",
        ),
        ("N;QUOTED-PRINTABLE:Lie=2C Vik;Odd;;;", "Odd Lie, Vik"),
        ("N;QUOTED-PRINTABLE:a=5C;Odd;;;", "Odd a\\"),
        ("N;QUOTED-PRINTABLE:=4C=69=65=3B=4F=64=64", "Odd Lie"),
        (
            "N;CHARSET=UTF-8;QUOTED-PRINTABLE:L=FFe;Odd",
            "Odd L\u{FFFD}e",
        ),
        ("N:Lie\\;Vik;Odd", "Odd Lie;Vik"),
        ("N:Lie\\, Vik;Odd", "Odd Lie, Vik"),
    ] {
        let card = card(Version::V2_1, line);
        assert_eq!(card.display_name(), wanted, "{line}");
        if let Ok(name) = card.names().next().unwrap().value() {
            assert_eq!(card.display_name(), name.to_string(), "{line}");
        }
    }
}

/// Words of encodings as producers write them are read as what they mean, and said.
#[test]
fn ok_encodings_by_other_words() {
    for (line, wanted, repaired) in [
        (
            "NOTE;ENCODING=QUOTEDPRINTABLE:a=\r\nb=C3=B8",
            "abø",
            "NOTE;ENCODING=QUOTED-PRINTABLE:a=\r\nb=C3=B8",
        ),
        (
            "NOTE;CHARSET=UTF-8;encoding=Quoted_Printable:=41",
            "A",
            "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=41",
        ),
        (
            "NOTE;QUOTEDPRINTABLE:=41",
            "A",
            "NOTE;ENCODING=QUOTED-PRINTABLE:=41",
        ),
        (
            "NOTE;ENCODING=8-BIT:a=41",
            "a=41",
            "NOTE;ENCODING=8BIT:a=41",
        ),
        ("NOTE;ENCODING=7-bit:a", "a", "NOTE;ENCODING=7BIT:a"),
        ("NOTE;8-BIT:a", "a", "NOTE;ENCODING=8BIT:a"),
        (
            "PHOTO;GIF;ENCODING=BASE-64:R0lG\r\n ODlh\r\n",
            "R0lGODlh",
            "PHOTO;GIF;ENCODING=BASE64:R0lG\r\n ODlh\r\n",
        ),
    ] {
        assert_eq!(text(line), wanted, "{line}");
        let mut card = card(Version::V2_1, line);
        let report = validate(&card, Profile::Declared);
        let of = report
            .iter()
            .filter(|finding| finding.rule.id == "encoding-unknown");
        let severities: Vec<_> = of.map(|finding| finding.severity).collect();
        assert_eq!(
            severities,
            [vcardinal::validate::Severity::Warning],
            "{line}"
        );
        report.repair(&mut card);
        assert!(
            card.to_string().contains(&format!("\r\n{repaired}\r\n")),
            "{card}"
        );
        let report = validate(&card, Profile::Declared);
        assert!(
            report
                .iter()
                .all(|finding| finding.rule.id != "encoding-unknown"),
            "{card}"
        );
        assert!(card.same_content(&anew(&card)), "{line}");
    }
    // The standard's own words, bare or not, are nothing to speak of, and others stay unknown.
    for (line, count) in [
        ("NOTE;QUOTED-PRINTABLE:a", 0),
        ("NOTE;ENCODING=8BIT:a", 0),
        ("NOTE;ENCODING=X-MINE:a", 0),
        ("NOTE;ENCODING=QUOTED:a", 1),
        ("NOTE;ENCODING=16BIT:a", 1),
    ] {
        let report = validate(&card(Version::V2_1, line), Profile::Declared);
        let found = report.errors();
        let found = found.filter(|finding| finding.rule.id == "encoding-unknown");
        assert_eq!(found.count(), count, "{line}");
    }
}

/// What a finding says of a folded value stands where it says.
#[test]
fn ok_findings_in_folded_values_point_at_what_they_say() {
    let text = "BEGIN:VCARD\r\nVERSION:2.1\r\nN:A\r\nNOTE:one\r\n  two\r\n  three\\, four\r\nEND:VCARD\r\n";
    let report = validate(&Card::parse(text).unwrap(), Profile::Declared);
    let escaped = report
        .iter()
        .find(|finding| finding.rule.id == "comma-escaped")
        .unwrap();
    let span = escaped.span.start as usize..escaped.span.end as usize;
    assert!(text[span.clone()].starts_with("\\,"), "{:?}", &text[span]);
}

#[test]
fn ok_a_blank_inside_a_character_belongs_to_the_fold() {
    for line in [
        "FN;CHARSET=UTF-8;QUOTED-PRINTABLE:=D0=\r\n =B0",
        "FN;CHARSET=UTF-8;QUOTED-PRINTABLE:=D0\r\n =B0",
    ] {
        assert_eq!(text(line), "а", "{line:?}");
    }
    assert_eq!(
        text("FN;CHARSET=UTF-8;QUOTED-PRINTABLE:=D0=B0=\r\n =D0=B0"),
        "а а"
    );
}

/// A colon after a backslash is not the one that ends the head, and the one that is may stand on a later
/// physical line.
#[test]
fn ok_a_hidden_colon_before_a_fold() {
    for (line, name, wanted) in [
        ("TEL;TYPE=home\\:1996-\r\n 10-22T14:00:00Z", "TEL", "00:00Z"),
        ("NOTE;X-A=b\\:c\r\n d:e", "NOTE", "e"),
        ("NOTE;X-A=b\\:c\r\n :", "NOTE", ""),
        ("NOTE;X-A=b\\:c\r\n d\r\n  e:f\r\n  g", "NOTE", "f g"),
        ("item1.NOTE;X-A=\"b\\:c\r\n d\":e", "NOTE", "e"),
        // There is no other: the first one is the best there is.
        ("NOTE;X-A=b\\:c\r\n d", "NOTE", "cd"),
    ] {
        let folded = card(Version::V2_1, line);
        let plain = card(Version::V2_1, &line.replace("\r\n ", ""));
        for card in [&folded, &plain, &anew(&folded)] {
            let property = card.property(name).unwrap();
            assert_eq!(property.text().unwrap(), wanted, "{line:?}");
        }
        assert!(folded.same_content(&anew(&folded)), "{line:?}");
        let parameters = |card: &Card| {
            let property = card.property(name).unwrap();
            let values = property.parameters().map(|one| one.value().into_owned());
            values.collect::<Vec<_>>()
        };
        assert_eq!(parameters(&folded), parameters(&plain), "{line:?}");
    }
}

/// No line of 2.1 that is written anew is folded, but for what is encoded: readers differ in what a
/// fold leaves behind, and a text without one is the same to all. The card in an AGENT stays as it came,
/// and is none of these lines. How many there were that are long.
fn assert_not_folded(again: &Card, place: &str) -> usize {
    if again.effective_version() != Version::V2_1 {
        return 0;
    }
    let mut long = 0;
    for property in again.properties() {
        let line = property.line();
        let is_nested = property.nested_card().is_some();
        if line.is_base64() || line.is_quoted_printable() || is_nested {
            continue;
        }
        let mut physical = property.raw().split(|octet| matches!(octet, b'\r' | b'\n'));
        long += usize::from(physical.next().is_some_and(|first| first.len() > 75));
        assert!(
            physical.all(|part| !matches!(part.first(), Some(b' ' | b'\t'))),
            "{}\n{place}",
            property.raw().escape_ascii()
        );
    }
    long
}

/// Texts with whatever could be taken for an escape or a separator.
const TEXT: &str = r"[a nN,;\\\\\n:=é]{0,24}";

proptest! {
    #![proptest_config(cases::cases(600))]

    /// What is written into a card of 2.1 reads back as it was given, or is refused.
    #[test]
    fn ok_what_is_written_in_2_1_reads_back(
        text in TEXT, items in prop::collection::vec(TEXT, 1..4),
    ) {
        let mut old = card(Version::V2_1, "N:A");
        old.push(Property::text("NOTE", text.as_str()).unwrap()).unwrap();
        prop_assert_eq!(old.property("NOTE").unwrap().text().unwrap(), &*text);
        let parts = Property::components("ADR", items.clone()).unwrap();
        if old.push(parts).is_ok() {
            let read = old.property("ADR").unwrap().components().unwrap().concat();
            prop_assert_eq!(&read, &items);
        }
        let set = old.set::<vcardinal::property::Title>(text.as_str());
        // Nothing is not a title.
        prop_assert_eq!(set.is_err(), text.is_empty());
        let title = old.titles().next();
        let title = title.map(|title| String::from(title.value().unwrap().as_str()));
        prop_assert_eq!(title.unwrap_or_default(), &*text);
        prop_assert!(old.same_content(&anew(&old)));
        let again = Card::parse(old.to_bytes()).unwrap();
        prop_assert!(old.same_content(&again));
    }

    /// The decoded values of a card are those of the card written anew, in every version, however
    /// long its lines are and wherever they are folded.
    #[test]
    fn ok_a_card_written_anew_says_the_same(
        version in prop::sample::select(Version::ALL.to_vec()),
        name in prop::sample::select(vec!["NOTE", "N", "ADR", "CATEGORIES", "X-MINE", "URL", "EMAIL"]),
        parameter in prop::sample::select(vec!["", ";X-A=b", ";ENCODING=QUOTED-PRINTABLE"]),
        pieces in prop::collection::vec("[a-z,;: \\\\né=]{1,120}", 1..5),
        fold in prop::sample::select(vec!["", "\r\n ", "\r\n  ", "\n\t", "=\r\n", "=\r\n "]),
    ) {
        let soft = fold.starts_with('=');
        prop_assume!(soft == parameter.contains("ENCODING") || !soft);
        let value = pieces.join(fold);
        let card = card(version, &format!("{name}{parameter}:{value}"));
        let again = anew(&card);
        prop_assert_eq!(values(&card), values(&again));
        prop_assert!(card.same_content(&again));
        assert_not_folded(&again, "");
        let third = anew(&again);
        prop_assert_eq!(third.to_bytes(), again.to_bytes());
    }
}

#[test]
fn ok_every_file_written_anew_says_the_same() {
    let mut long = 0;
    for path in common::fixtures().into_iter().chain(common::corpus()) {
        let bytes = std::fs::read(&path).unwrap();
        for card in CardReader::from_slice(&bytes).flatten() {
            let again = anew(&card);
            assert_eq!(values(&card), values(&again), "{}", path.display());
            long += assert_not_folded(&again, &path.display().to_string());
        }
    }
    assert!(long > 5, "{long}");
}
