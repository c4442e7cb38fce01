//! One card, line by line, in one pass.

use alloc::vec::Vec;

use super::diagnostic::Diagnostic;
use super::findings::{Findings, LineAt, Param};
use super::profile::Profile;
use super::{
    agent, encoding, escape, frame, jscontact, line, name, occurrence, of_profile, parameter,
    parameter_value, permit, plain, property, relation, value, version,
};
use crate::card::{Card, EntryId, PropertyRef};
use crate::registry::{self, ParameterId, PropertyId};
use crate::syntax::ContentLine;
use crate::syntax::grammar::trim;
use crate::syntax::line::{Flags, physical_end};
use crate::syntax::wide;
use crate::version::Version;

/// What was found in a card.
pub(super) struct Checked {
    pub findings: Vec<Diagnostic>,
    /// That it has no END, which is another fault when a BEGIN follows.
    pub unclosed: Option<Diagnostic>,
}

/// What kinds of octets occur in a card at all, so that a line of a plain one need not be searched.
#[derive(Clone, Copy)]
pub(super) struct Octets {
    /// C0 control characters other than tab, CR and LF, and DEL.
    pub control: bool,
    pub non_ascii: bool,
    pub backslash: bool,
    /// Whether all is UTF-8, taken without unfolding.
    pub utf8: bool,
}

impl Octets {
    fn of(bytes: &[u8]) -> Self {
        let non_ascii = !bytes.is_ascii();
        let backslash = memchr::memchr(b'\\', bytes).is_some();
        Octets {
            control: wide::any(bytes, is_control),
            non_ascii,
            backslash,
            utf8: !non_ascii || simdutf8::basic::from_utf8(bytes).is_ok(),
        }
    }
}

/// C0 control characters other than tab, CR and LF, and DEL.
#[inline(always)]
pub(super) fn is_control(byte: u8) -> bool {
    (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r') | (byte == 0x7F)
}

pub(super) fn check(card: &Card, profile: Profile) -> Checked {
    check_lines(card, profile, true, true)
}

/// A card inside of another, by the version it names or else by that of the outer one; cards inside
/// of it are left out.
pub(super) fn check_agent(card: &Card, outer: Version) -> Checked {
    let profile = match (card.version(), outer) {
        (None, Version::V2_1) => Profile::Vcard21,
        (None, Version::V3_0) => Profile::Rfc2426,
        _ => Profile::Declared,
    };
    check_lines(card, profile, true, false)
}

/// With or without passing over what is plainly right, which makes no difference to what is found.
fn check_lines(card: &Card, profile: Profile, pass_over: bool, agents: bool) -> Checked {
    let bytes = card.to_bytes();
    let octets = Octets::of(&bytes);
    let declared = card.version();
    let standard = profile
        .version()
        .or(declared)
        .unwrap_or_else(|| version::nearest(card));
    let mut findings = Findings::new(profile, standard);
    findings.repairs = declared.is_none_or(|version| version == standard);
    let stated = profile == Profile::Vcard4Bis;
    let mut versions = version::Seen::default();
    let mut occurrences = occurrence::Seen::default();
    let mut relations = relation::Seen::default();
    let mut params: Vec<Param<'_>> = Vec::new();
    let start = card.position();
    let mut byte = start.byte;
    let mut number = start.line;
    let mut rest = &*bytes;
    let mut begin = None;
    let mut previous: Option<LineAt<'_>> = None;
    // What a line is read by and what it is held against have to be the same.
    let pass_over = pass_over
        && !card.is_edited()
        && declared == Some(standard)
        && standard != Version::V2_1
        && octets.utf8
        && !octets.control;
    let mut lines = card.lines();
    let mut index = 0;
    loop {
        if pass_over && begin.is_some() {
            let before = (index, byte);
            while let Some(line) = card.source_content_line(index)
                && line::is_plain(&line)
                && is_plain(&line, standard, stated, &mut versions, &mut occurrences)
            {
                index += 1;
                versions.lines += 1;
                byte += line.raw().len() as u64;
            }
            if index > before.0 {
                rest = rest.get((byte - before.1) as usize..).unwrap_or_default();
                previous = None;
                number += (index - before.0) as u64;
            }
        }
        let next = match pass_over {
            true => card
                .source_content_line(index)
                .map(|line| (line, EntryId::new(index))),
            false => lines
                .next()
                .map(|property| (property.line(), property.id())),
        };
        let Some((line, id)) = next else { break };
        index += 1;
        let raw = line.raw();
        let passes = pass_over && begin.is_some();
        let property = PropertyRef::new(card, id, line);
        let (skipped, breaks) = written_before(rest, property, card.is_edited());
        byte += skipped as u64;
        number += breaks;
        rest = rest.get(skipped + raw.len()..).unwrap_or_default();
        let flags = line.flags();
        let content = line.is_content() && !flags.has(Flags::SENTINEL);
        let at = LineAt {
            property,
            line,
            raw,
            byte,
            number,
            row: match content {
                true => registry::property(line.name_bytes()),
                false => None,
            },
        };
        findings.next_line();
        if pass_over && raw == b"BEGIN:VCARD\r\n" && begin.is_none() {
            versions.lines += 1;
            begin = Some(at);
            previous = Some(at);
            number += 1;
            byte += raw.len() as u64;
            continue;
        }
        number += line::check(&mut findings, &at, octets, rest.is_empty());
        // A long text is folded, and as right as a short one.
        if passes
            && flags.has(Flags::VALUE_FOLDED)
            && is_plain_when_unfolded(&line, standard, stated, &mut versions, &mut occurrences)
        {
            previous = None;
            versions.lines += 1;
            byte += raw.len() as u64;
            continue;
        }
        frame::check(&mut findings, &at, previous.as_ref());
        if let Some(previous) = &previous {
            encoding::base64_blank_line_missing(&mut findings, previous, &at);
        }
        if content {
            params.clear();
            collect(&mut params, &at);
            name::check(&mut findings, &at);
            if !params.is_empty() {
                parameter::check(&mut findings, &at, &params, octets);
            }
            encoding::check(&mut findings, &at, &params, octets);
            escape::check(&mut findings, &at, octets);
            version::check(&mut findings, &at, &mut versions);
            let value_type = property::check(&mut findings, &at, &params);
            permit::check(&mut findings, &at, &params, value_type);
            if !params.is_empty() {
                parameter_value::check(&mut findings, &at, &params);
                jscontact::check(&mut findings, &at, &params);
            }
            value::check(&mut findings, &at, value_type);
            of_profile::check(&mut findings, &at, &params, value_type);
            if agents {
                agent::check(&mut findings, &at, value_type);
            }
            occurrences.note(&mut findings, &at, &params);
            relations.note(&mut findings, &at, &params);
        } else if flags.has(Flags::MALFORMED) {
            name::malformed(&mut findings, &at);
        }
        if !at.line.is_blank() {
            versions.lines += 1;
        }
        begin.get_or_insert(at);
        previous = Some(at);
        byte += raw.len() as u64;
    }
    let Some(begin) = begin else {
        return Checked {
            findings: Vec::new(),
            unclosed: None,
        };
    };
    version::missing(&mut findings, &begin, &versions);
    version::not_of_profile(&mut findings, &begin, card, profile);
    occurrences.missing(&mut findings, &begin);
    relations.finish(&mut findings);
    let unclosed = frame::end_missing(card, &begin, profile, standard);
    Checked {
        findings: findings.into_list(),
        unclosed,
    }
}

/// As [`is_plain`]; apart, so that the usual way is short.
#[inline(never)]
fn is_plain_when_unfolded(
    line: &ContentLine<'_>,
    standard: Version,
    stated: bool,
    versions: &mut version::Seen,
    occurrences: &mut occurrence::Seen<'_>,
) -> bool {
    is_plain(line, standard, stated, versions, occurrences)
}

/// Whether no rule has anything to say about a line of one physical line. With `stated`, one says
/// which properties have VALUE.
#[inline(always)]
fn is_plain(
    line: &ContentLine<'_>,
    standard: Version,
    stated: bool,
    versions: &mut version::Seen,
    occurrences: &mut occurrence::Seen<'_>,
) -> bool {
    if line.flags().has(Flags::SENTINEL) {
        return line.raw() == b"END:VCARD\r\n";
    }
    let Some(plain) = plain::property(line, standard) else {
        return false;
    };
    if stated && of_profile::wants_value_type(plain.row, plain.column) {
        return false;
    }
    if plain.row.id == PropertyId::VERSION && !versions.note_plain(plain.value, standard) {
        return false;
    }
    occurrences.note_plain(plain.row, plain.column, plain.value)
}

/// The parameters of a line, and what each is known as.
fn collect<'a>(params: &mut Vec<Param<'a>>, at: &LineAt<'a>) {
    if at.line.head().len() <= at.line.name_bytes().len() {
        return;
    }
    for parameter in at.property.parameters() {
        let id = match parameter.name_bytes() {
            Some(name) => registry::parameter(name).map(|row| row.id),
            // A name without a value.
            None if registry::parameter(trim(parameter.raw())).is_some() => None,
            None => match parameter.meaning() {
                "ENCODING" => Some(ParameterId::ENCODING),
                "VALUE" => Some(ParameterId::VALUE),
                _ => Some(ParameterId::TYPE),
            },
        };
        params.push(Param { parameter, id });
    }
}

/// Line endings that writing an edited card puts before a line: what keeps two lines apart.
fn written_before(rest: &[u8], property: PropertyRef<'_>, edited: bool) -> (usize, u64) {
    let mut skipped = 0;
    let mut lines = 0;
    if edited {
        while let Some(here) = rest.get(skipped..)
            && !here.starts_with(property.raw())
            && matches!(here.first(), Some(b'\r' | b'\n'))
            && let Some(end) = physical_end(here, 0, true)
        {
            skipped += end.next;
            lines += 1;
        }
    }
    (skipped, lines)
}

/// The version that a card is judged and read by.
pub(super) fn is_2_1(findings: &Findings) -> bool {
    findings.standard == Version::V2_1
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use crate::card::{CardReader, Event};
    use alloc::string::String;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    fn findings(card: &Card, profile: Profile, pass_over: bool) -> Vec<Diagnostic> {
        let checked = check_lines(card, profile, pass_over, true);
        checked
            .findings
            .into_iter()
            .chain(checked.unclosed)
            .collect()
    }

    /// Both ways under every profile.
    fn compare(bytes: &[u8]) -> usize {
        let mut cards = 0;
        let mut reader = CardReader::from_slice(bytes);
        while let Ok(Some(event)) = reader.next_event() {
            let Event::Card(card) = event else { continue };
            cards += 1;
            for profile in Profile::ALL {
                assert_eq!(
                    findings(card, profile, true),
                    findings(card, profile, false),
                    "{profile}: {}",
                    String::from_utf8_lossy(&card.to_bytes())
                );
            }
        }
        cards
    }

    fn files(folder: &std::path::Path, all: &mut Vec<Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, all);
            } else if path.metadata().unwrap().len() < 100_000 {
                all.push(std::fs::read(&path).unwrap());
            }
        }
    }

    #[test]
    fn ok_passing_over_plain_lines_changes_no_finding_of_a_fixture() {
        let mut all = Vec::new();
        let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        files(&fixtures, &mut all);
        assert!(all.iter().map(|bytes| compare(bytes)).sum::<usize>() > 300);
    }

    #[test]
    fn ok_passing_over_plain_lines_changes_no_finding_of_an_address_book() {
        use vcardinal_corpus::{Corpus, Kind, Until};
        for kind in [Kind::Plain, Kind::Folded, Kind::Apple30] {
            let corpus = Corpus::generate(kind, Until::Cards(20));
            assert_eq!(compare(&corpus.bytes), 20);
        }
    }

    /// Values of parameters, right and wrong.
    const WORDS: &[&str] = &[
        "work",
        "HOME",
        "cell",
        "pref",
        "x-a",
        "text",
        "uri",
        "date",
        "1",
        "100",
        "0",
        "en",
        "e",
        "\"a,b\"",
        "1.1",
        "",
        "a^b",
        "phone-number",
        "language-tag",
        "19850412",
        "internet",
    ];

    /// Values of properties, right and wrong.
    const VALUES: &[&str] = &[
        "a",
        "a,b",
        "a;b",
        "a\\,b",
        "a\\x",
        "a\\",
        ";;;;",
        "a;b;c;d;e",
        ";;;;;;",
        ";;1 A St;B;C;D;E",
        "tel:+1-415-555-0123",
        "tel:1",
        "+1 415 555 0123",
        "https://example.com/a",
        "http://a b/",
        "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
        "mailto:a@example.com",
        "19850412",
        "1985-04-12",
        "19850230",
        "19951031T222710Z",
        "1995-10-31T22:27:10Z",
        "19951301T222710Z",
        "19950001T222710Z",
        "19950101T242710Z",
        "19950101T226010Z",
        "19951301",
        "19950100",
        "1995-13-01",
        "1995-01-01T24:00:00Z",
        "--0412",
        "en",
        "e",
        "4.0",
        "3.0",
        "group",
        "",
        " ",
        "a\r\n b",
        "a\\\r\n ,b",
        "\u{e9}",
        "a,,b",
        ",",
        "data:image/png;base64\\,AAAA",
        "geo:1,2",
        "M",
        "true",
        "1",
    ];

    /// A card with one line for each property.
    fn of_each_property(version: &str, parameters: &str, value: &str) -> String {
        let mut card = std::format!("BEGIN:VCARD\r\nVERSION:{version}\r\n");
        for row in registry::properties() {
            if !matches!(row.id, PropertyId::BEGIN | PropertyId::END) {
                card += &std::format!("{}{parameters}:{value}\r\n", row.name);
            }
        }
        card + "END:VCARD\r\n"
    }

    #[test]
    fn ok_passing_over_plain_lines_changes_no_finding_of_any_property() {
        for version in ["3.0", "4.0"] {
            for value in VALUES {
                assert_eq!(compare(of_each_property(version, "", value).as_bytes()), 1);
            }
        }
    }

    #[test]
    fn ok_passing_over_plain_lines_changes_no_finding_of_any_parameter() {
        for version in ["3.0", "4.0"] {
            for row in registry::parameters() {
                for word in WORDS {
                    let parameters = std::format!(";{}={word}", row.name);
                    for value in ["a", "https://example.com/", "19850412"] {
                        let text = of_each_property(version, &parameters, value);
                        let card = Card::parse(text).unwrap();
                        assert_eq!(
                            findings(&card, Profile::Declared, true),
                            findings(&card, Profile::Declared, false),
                            "{version} {parameters}:{value}"
                        );
                    }
                }
            }
        }
    }

    fn line() -> impl Strategy<Value = String> {
        let names: Vec<&str> = registry::properties().iter().map(|row| row.name).collect();
        let parameters: Vec<&str> = registry::parameters().iter().map(|row| row.name).collect();
        let group = prop::sample::select(std::vec!["", "", "", "item1.", "a.b.", "a b.", "_."]);
        let parameter = (
            prop::sample::select(parameters),
            prop::collection::vec(prop::sample::select(WORDS.to_vec()), 1..3),
        )
            .prop_map(|(name, values)| std::format!(";{name}={}", values.join(",")));
        (
            group,
            prop::sample::select(names),
            prop::collection::vec(parameter, 0..3),
            prop::sample::select(VALUES.to_vec()),
        )
            .prop_map(|(group, name, parameters, value)| {
                std::format!("{group}{name}{}:{value}\r\n", parameters.concat())
            })
    }

    proptest! {
        #[test]
        fn ok_passing_over_plain_lines_changes_no_finding(
            version in prop::sample::select(std::vec!["3.0", "4.0"]),
            lines in prop::collection::vec(line(), 1..12),
        ) {
            let card = std::format!(
                "BEGIN:VCARD\r\nVERSION:{version}\r\n{}END:VCARD\r\n",
                lines.concat()
            );
            compare(card.as_bytes());
        }
    }
}
