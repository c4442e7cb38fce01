//! Conversion between versions: every row of the table, and laws over cards made at random, the
//! fixtures and a corpus.
//!
//! A file of `fixtures/convert/` has a card, after `=>` the card that comes out, and after `=> report`
//! what was changed. `BLESS=1 cargo test --all-features --test formats convert` writes what comes out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::select;
use vcardinal::convert::{Change, ChangeKind, Convert, ConvertError};
use vcardinal::registry::{self, PropertyId, ValueType};
use vcardinal::validate::{Profile, Severity, validate};
use vcardinal::{Card, CardReader, Limits, PropertyRef, Version};

use crate::common;
use crate::common::{cards, cases, growth};

/// From and to.
const WAYS: [(Version, Version); 4] = [
    (Version::V2_1, Version::V3_0),
    (Version::V2_1, Version::V4_0),
    (Version::V3_0, Version::V4_0),
    (Version::V4_0, Version::V3_0),
];

fn line(change: &Change) -> String {
    let shown = |text: Option<&str>| text.map_or(String::from("-"), String::from);
    format!(
        "{change}\n    {} => {}",
        shown(change.from()),
        shown(change.to())
    )
}

fn pairs() -> Vec<(PathBuf, Version)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/convert");
    let mut files = Vec::new();
    for folder in std::fs::read_dir(root).unwrap() {
        let folder = folder.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let (_, to) = name.split_once('-').unwrap();
        for file in std::fs::read_dir(&folder).unwrap() {
            files.push((file.unwrap().path(), to.parse().unwrap()));
        }
    }
    files.sort();
    assert!(files.len() > 150, "the pairs are not there");
    files
}

#[test]
fn ok_each_row_comes_out_as_written() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for (file, to) in pairs() {
        let text = std::fs::read_to_string(&file).unwrap();
        let (before, expected) = text.split_once("=>\n").unwrap_or((&text, ""));
        let converted = Card::parse(before).unwrap().convert(to).unwrap();
        let card = converted.card().to_string().replace("\r\n", "\n");
        let mut found = format!("{card}=> report\n");
        for change in converted.changes() {
            found.push_str(&line(change));
            found.push('\n');
        }
        if bless {
            std::fs::write(&file, format!("{before}=>\n{found}")).unwrap();
        } else if found != expected {
            wrong.push(format!("{}:\n{found}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each row of the table has a pair whose card before has the property.
#[test]
fn ok_each_row_has_a_pair() {
    let mut shown: BTreeSet<(PropertyId, Version)> = BTreeSet::new();
    for (file, to) in pairs() {
        let text = std::fs::read_to_string(&file).unwrap();
        let (before, _) = text.split_once("=>\n").unwrap();
        let card = Card::parse(before).unwrap();
        for property in card.properties() {
            let row = registry::property(property.name().as_bytes());
            shown.extend(row.map(|row| (row.id, to)));
        }
    }
    let missing: Vec<_> = vcardinal::convert::rows()
        .iter()
        .filter(|row| !shown.contains(&(row.property, row.to)))
        .map(|row| format!("{} to {}", row.property.name(), row.to))
        .collect();
    assert!(
        missing.is_empty(),
        "no pair in fixtures/convert: {missing:?}"
    );
}

#[test]
fn err_2_1_is_no_target() {
    let card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nFN:A\nN:A;;;;\nEND:VCARD\n").unwrap();
    assert_eq!(
        card.convert(Version::V2_1).unwrap_err(),
        ConvertError::Target
    );
}

/// What a card says, in no order, for comparing cards of one version: names, groups renumbered,
/// parameters as sets, values decoded.
fn meaning(card: &Card) -> BTreeMap<String, usize> {
    let mut meaning = BTreeMap::new();
    for property in card.properties() {
        *meaning.entry(meaning_of(&property)).or_default() += 1;
    }
    meaning
}

fn meaning_of(property: &PropertyRef<'_>) -> String {
    let mut parameters: BTreeSet<String> = BTreeSet::new();
    for parameter in property.parameters() {
        let name = parameter.meaning().to_ascii_uppercase();
        if ["VALUE", "ENCODING", "CHARSET"].contains(&&*name) {
            continue;
        }
        for value in parameter.values() {
            let value = match name.as_str() {
                "TYPE" => value.to_ascii_lowercase(),
                _ => value.into_owned(),
            };
            // It is what an EMAIL is where nothing else is said.
            if name == "TYPE" && value == "internet" && property.is("EMAIL") {
                continue;
            }
            // The media type says it.
            let id = registry::property(property.name().as_bytes()).map(|row| row.id);
            if name == "TYPE"
                && property.binary().is_some()
                && id.is_some_and(|id| registry::is_media_word(id, &value))
            {
                continue;
            }
            // The default says nothing.
            if name == "CALSCALE" && value.eq_ignore_ascii_case("gregorian") {
                continue;
            }
            parameters.insert(format!("{name}={value}"));
        }
    }
    let value = match property.binary() {
        Some(Ok(data)) => format!("{} {:?}", data.media_type(), data.decode()),
        _ => property.text_lossy().trim().replace("\\,", ","),
    };
    format!(
        "{} {parameters:?} {value}",
        property.name().to_ascii_uppercase()
    )
}

fn errors(card: &Card) -> BTreeSet<&'static str> {
    validate(card, Profile::Declared)
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.rule.id)
        .collect()
}

/// What a value that is wrong may be called in the form of the other version.
const OF_VALUES: [&str; 10] = [
    "base64-invalid",
    "data-uri-invalid",
    "date-invalid",
    "encoding-missing",
    "geo-invalid",
    "language-tag-invalid",
    "pid-invalid",
    "pid-source-unmapped",
    "timestamp-invalid",
    "uri-invalid",
];

/// What holds for every card.
fn laws(card: &Card, to: Version) {
    let before = card.to_bytes().into_owned();
    let converted = card.convert(to).unwrap();
    let out = converted.card().to_bytes().into_owned();
    let context = || {
        format!(
            "{}\n=>\n{}\n{}",
            String::from_utf8_lossy(&before),
            String::from_utf8_lossy(&out),
            converted
                .changes()
                .iter()
                .map(line)
                .collect::<Vec<_>>()
                .join("\n")
        )
    };
    if card.version() == Some(to) {
        assert!(
            out == before && converted.changes().is_empty(),
            "{}",
            context()
        );
        return;
    }
    assert_eq!(converted.card().version(), Some(to), "{}", context());
    // Twice is once.
    let twice = converted.card().convert(to).unwrap();
    assert!(*twice.card().to_bytes() == *out, "{}", context());
    let again = card.convert(to).unwrap();
    assert!(*again.card().to_bytes() == *out && again.changes() == converted.changes());
    written_well(converted.card(), &context);
    accounted(card, converted.card(), converted.changes(), &context);
    let (old, new) = (errors(card), errors(converted.card()));
    let added: Vec<_> = new
        .difference(&old)
        .filter(|rule| !OF_VALUES.contains(rule))
        .collect();
    // Of a card with errors nothing is said: one error may hide another.
    assert!(
        added.is_empty() || !old.is_empty(),
        "new errors {added:?} beside {old:?}\n{}",
        context()
    );
    inline(card, converted.card(), &context);
}

/// UTF-8, no trace of 2.1, lines that are not too long.
fn written_well(card: &Card, context: &dyn Fn() -> String) {
    let bytes = card.to_bytes();
    let text = std::str::from_utf8(&bytes).unwrap_or_else(|_| panic!("{}", context()));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{line}\n{}", context());
        assert!(
            !line.contains(|c: char| c.is_ascii_control() && c != '\t'),
            "{line:?}"
        );
    }
    for property in card.properties() {
        for parameter in property.parameters() {
            assert!(parameter.name().is_some(), "a bare word\n{}", context());
            assert!(!parameter.is("CHARSET"), "{}", context());
            let is_old = |word: &str| {
                ["QUOTED-PRINTABLE", "BASE64"]
                    .iter()
                    .any(|own| own.eq_ignore_ascii_case(word))
            };
            assert!(
                !parameter.is("ENCODING") || !is_old(&parameter.value()),
                "{}",
                context()
            );
        }
    }
}

/// Every property of the source is there, or in the report.
fn accounted(card: &Card, out: &Card, changes: &[Change], context: &dyn Fn() -> String) {
    let count = |card: &Card| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for property in card.properties() {
            *counts
                .entry(property.name().to_ascii_uppercase())
                .or_default() += 1;
        }
        counts
    };
    let (before, after) = (count(card), count(out));
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for change in changes {
        let is_new = seen.insert((change.entry(), change.parameter().map(String::from)));
        assert!(
            change.entry().is_none() || is_new,
            "twice: {change}\n{}",
            context()
        );
        assert_eq!(
            change.to().is_none(),
            change.kind() == ChangeKind::Dropped || change.to().is_none()
        );
        let is_of_property = change.parameter().is_none();
        let is_gone = matches!(
            change.kind(),
            ChangeKind::Dropped | ChangeKind::Moved | ChangeKind::Approximated
        );
        if is_of_property
            && is_gone
            && let Some(name) = change.property()
        {
            *told.entry(name.into()).or_default() += 1;
        }
    }
    for (name, before) in before {
        let after = after.get(&name).copied().unwrap_or_default();
        let told = told.get(&name).copied().unwrap_or_default();
        // An FN without a letter gives way to one that was made.
        assert!(
            before <= after + told || (name == "FN" && after == 1),
            "{before} {name}, {after} after, {told} told\n{}",
            context()
        );
    }
}

/// The bytes of pictures, sounds and keys stay, with their media types.
fn inline(card: &Card, out: &Card, context: &dyn Fn() -> String) {
    let all = |card: &Card| {
        let mut all = Vec::new();
        for property in card.properties() {
            let row = registry::property(property.name().as_bytes());
            if row.is_none_or(|row| !row.is_media() || row.stands_for.is_some()) {
                continue;
            }
            if let Some(Ok(data)) = property.binary() {
                let essence = data
                    .media_type()
                    .split(';')
                    .next()
                    .unwrap()
                    .to_ascii_lowercase();
                all.push((data.decode().ok(), essence));
            }
        }
        all
    };
    // What is damaged goes over as it stands, and may read otherwise there.
    let is_damaged = |property: PropertyRef<'_>| matches!(property.binary(), Some(Err(_)));
    if card.properties().any(is_damaged) {
        return;
    }
    let (before, after) = (all(card), all(out));
    assert_eq!(before.len(), after.len(), "{}", context());
    for ((bytes, media_type), (new_bytes, new_type)) in before.iter().zip(&after) {
        assert!(bytes == new_bytes, "{}", context());
        // A media type has two parts. RFC 2045, 5.1.
        let is_known = media_type.contains('/') && media_type != "application/octet-stream";
        assert!(
            !is_known || media_type == new_type,
            "{media_type} {new_type}\n{}",
            context()
        );
    }
}

/// There and back: what no change names is as it was.
fn there_and_back(card: &Card, by_way_of: Version) {
    let own = card.version().unwrap();
    let there = card.convert(by_way_of).unwrap();
    let back = there.card().convert(own).unwrap();
    let mut told: BTreeSet<String> = BTreeSet::new();
    for change in there.changes().iter().chain(back.changes()) {
        let kinds = [
            ChangeKind::Approximated,
            ChangeKind::Derived,
            ChangeKind::Dropped,
        ];
        if kinds.contains(&change.kind()) {
            told.extend(change.property().map(String::from));
        }
    }
    let (before, after) = (meaning(card), meaning(back.card()));
    let lost: Vec<_> = before
        .iter()
        // Where a card has a private twin, the other one keeps the name.
        .filter(|(line, count)| {
            let twin = match line.strip_prefix("X-") {
                Some(plain) => String::from(plain),
                None => format!("X-{line}"),
            };
            after.get(&twin).copied().unwrap_or_default() < **count
        })
        // One date is one anniversary.
        .filter(|(line, count)| **count == 1 || !line.starts_with("ANNIVERSARY "))
        .filter(|(line, count)| after.get(*line).copied().unwrap_or_default() < **count)
        .filter(|(line, _)| {
            let name = line.split(' ').next().unwrap_or_default();
            let plain = name.strip_prefix("X-").unwrap_or(name);
            !told
                .iter()
                .any(|told| told.strip_prefix("X-").unwrap_or(told) == plain)
                && !is_respelt(line, name)
        })
        .collect();
    assert!(
        lost.is_empty(),
        "{lost:#?}\n{card}=>\n{}=>\n{}{}\n{}",
        there.card(),
        back.card(),
        there
            .changes()
            .iter()
            .map(line)
            .collect::<Vec<_>>()
            .join("\n"),
        back.changes()
            .iter()
            .map(line)
            .collect::<Vec<_>>()
            .join("\n"),
    );
}

/// What comes back in another spelling, or under the name that the standard has for it.
fn is_respelt(line: &str, name: &str) -> bool {
    let row = registry::property(name.as_bytes());
    let stands_for = row.and_then(|row| row.stands_for);
    (name == "TEL" && line.contains("tel:"))
        || ["PROFILE", "AGENT"].contains(&name)
        || stands_for.is_some()
        || [
            "LABEL",
            "ADR",
            "SORT-STRING",
            "N",
            "ORG",
            "REV",
            "BDAY",
            "TZ",
            "GEO",
        ]
        .contains(&name)
        || name.starts_with("X-") && registry::property(name.get(2..).unwrap().as_bytes()).is_some()
}

#[test]
fn ok_ten_times_the_labels_take_ten_times_the_time() {
    let card = |count: usize| {
        let mut card = String::from("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nN:A;;;;\r\n");
        for number in 0..count {
            card.push_str(&format!(
                "item{number}.X-ABRELATEDNAMES:Ida\r\nitem{number}.X-ABLabel:_$!<Friend>!$_\r\n"
            ));
        }
        card.push_str("END:VCARD\r\n");
        card.into_bytes()
    };
    let convert = |bytes: &[u8], limits: &Limits| {
        let card = Card::parse_with(bytes, limits.clone()).unwrap();
        let converted = card.convert(Version::V4_0).unwrap();
        assert!(!converted.card().to_string().contains("X-ABLabel"));
    };
    let (few, many) = (card(300), card(3_000));
    let least = growth::least(growth::MOST_TEXTS, || {
        growth::growth(&few, &many, convert, &Limits::none())
    });
    assert!(least <= growth::MOST_TEXTS, "{least:.1}");
}

fn of_files(files: Vec<PathBuf>) -> usize {
    let mut count = 0;
    for file in files {
        for card in CardReader::from_path(&file).unwrap() {
            let Ok(card) = card else { continue };
            for to in [Version::V3_0, Version::V4_0] {
                laws(&card, to);
                count += 1;
            }
        }
    }
    count
}

#[test]
fn ok_the_laws_hold_for_every_fixture() {
    assert!(of_files(common::fixtures()) > 1000);
}

#[test]
fn ok_the_laws_hold_for_the_corpus() {
    let count = of_files(common::corpus());
    eprintln!("{count} conversions");
}

#[test]
fn ok_options_are_kept() {
    let card = Card::parse(
        "BEGIN:VCARD\nVERSION:4.0\nFN:Zoe\nN:;Zoe;;;\nKIND:group\nURL:https://example.com/a,b\nEND:VCARD\n",
    )
    .unwrap();
    let convert = Convert::to(Version::V3_0)
        .vendor_forms(false)
        .uid_if_missing("a-1");
    let out = convert.card(&card).unwrap().into_card();
    assert!(out.to_string().contains("\r\nX-KIND:group\r\n"), "{out}");
    assert_eq!(out.property("UID").unwrap().text().unwrap(), "a-1");
    let card = Card::parse(b"BEGIN:VCARD\nVERSION:2.1\nN:M\xF6ller;Jo\nEND:VCARD\n").unwrap();
    let guessed = card.convert(Version::V4_0).unwrap();
    assert!(
        guessed.card().to_string().contains("N:Möller;Jo"),
        "{}",
        guessed.card()
    );
    let [_, change] = guessed.changes() else {
        panic!("{:?}", guessed.changes())
    };
    assert_eq!(change.kind(), ChangeKind::Approximated);
    let strict = Convert::to(Version::V4_0).fallback_charset(None);
    let out = strict.card(&card).unwrap().into_card();
    assert!(out.to_string().contains("N:M\u{FFFD}ller;Jo"), "{out}");
}

/// The table names every property that a version does not have, once.
#[test]
fn ok_no_property_is_without_a_row() {
    for row in registry::properties() {
        for (from, to) in WAYS {
            let is_new = row.column(from).is_some() && row.column(to).is_none();
            let is_framed = [PropertyId::BEGIN, PropertyId::END].contains(&row.id);
            if !is_new
                || row.stands_for.is_some()
                || is_framed
                || to == Version::V3_0 && from == Version::V2_1
            {
                continue;
            }
            let found = vcardinal::convert::rows()
                .iter()
                .any(|own| own.property == row.id && own.to == to);
            assert!(found, "{} to {to}", row.name);
        }
    }
}

/// The names of every version, those of vendors and one that nobody has.
fn names() -> Vec<&'static str> {
    let rows = registry::properties().iter();
    let frame = [PropertyId::BEGIN, PropertyId::END, PropertyId::VERSION];
    rows.filter(|row| !frame.contains(&row.id) && row.name != cards::UNWRITABLE)
        .map(|row| row.name)
        .chain([cards::FREE])
        .collect()
}

/// A value with escapes that are whole, and separators.
fn value() -> impl Strategy<Value = String> {
    let pieces = vec![
        "a", "B", "\\\\", "\\,", "\\;", "\\n", ";", ",", " ", "/", "a:",
    ];
    prop::collection::vec(select(pieces), 1..7).prop_map(|pieces| pieces.concat())
}

/// No escape is left open that was not, and a text says what it said, under whichever name.
fn texts_stay(name: &str, values: &[String], from: Version) {
    let mut text = format!("BEGIN:VCARD\r\nVERSION:{from}\r\nFN:A\r\nN:A;;;;\r\n");
    for value in values {
        text.push_str(&format!("{name}:{value}\r\n"));
    }
    text.push_str("END:VCARD\r\n");
    let card = Card::parse(&text).unwrap();
    let to = match from {
        Version::V4_0 => Version::V3_0,
        _ => Version::V4_0,
    };
    let converted = card.convert(to).unwrap();
    let out = Card::parse(converted.card().to_bytes()).unwrap();
    let escapes = |card: &Card| {
        let report = validate(card, Profile::Declared);
        let all = report.iter().map(|finding| finding.rule.id);
        all.filter(|id| id.starts_with("escape-")).count()
    };
    let context = || format!("{card}=>\n{out}");
    assert!(escapes(&out) <= escapes(&card), "{}", context());
    // What becomes a parameter of another property is written another way.
    let is_text = match registry::property(name.as_bytes()) {
        None => true,
        Some(row) => {
            let is_text = |version| row.default_type(version) == ValueType::Text;
            let is_parameter = [PropertyId::LABEL, PropertyId::SORT_STRING].contains(&row.id);
            row.stands_for.is_none()
                && row.shape == registry::Shape::Single
                && is_text(from)
                && is_text(to)
                && !is_parameter
        }
    };
    let is_lossless = converted
        .changes()
        .iter()
        .all(|change| change.kind() == ChangeKind::Moved);
    if !is_text || !is_lossless {
        return;
    }
    let texts = |card: &Card| -> BTreeSet<String> {
        let lines = card.properties().filter(|one| !one.is("VERSION"));
        lines
            .map(|one| one.text_lossy().trim().to_lowercase())
            .collect()
    };
    assert_eq!(texts(&card), texts(&out), "{}", context());
}

proptest! {
    #![proptest_config(cases::cases(400))]

    #[test]
    fn ok_the_laws_hold_up(card in cards::any_card(Version::V3_0)) {
        laws(&card, Version::V4_0);
        laws(&card, Version::V3_0);
        there_and_back(&card, Version::V4_0);
    }

    #[test]
    fn ok_the_laws_hold_down(card in cards::any_card(Version::V4_0)) {
        laws(&card, Version::V3_0);
        laws(&card, Version::V4_0);
        there_and_back(&card, Version::V3_0);
    }

    #[test]
    fn ok_texts_stay_what_they_are(
        name in select(names()),
        values in prop::collection::vec(value(), 1..4),
        from in select(vec![Version::V3_0, Version::V4_0]),
    ) {
        texts_stay(name, &values, from);
    }
}
