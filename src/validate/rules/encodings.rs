//! Rules about the parameter ENCODING.

use alloc::format;

use crate::card::{Parameter, ParameterEdit, PropertyRef};
use crate::registry::{self, ParameterId, PropertyId, ValueType};
use crate::syntax::ParameterRef;
use crate::syntax::byte_class::trim;
use crate::syntax::flags::Flags;
use crate::syntax::fold::LINE_MAX;
use crate::syntax::line_head::{Encoding, encoding_word, is_quoted_printable};
use crate::syntax::physical::physical_end;
use crate::validate::findings::{Findings, shown};
use crate::validate::fix::{Change, Fix};
use crate::validate::looks_at::LooksAt;
use crate::validate::octets::begins_with;
use crate::validate::placed_line::{LineParameter, PlacedLine, find};
use crate::validate::profile::Profile;
use crate::validate::rule::{
    Rule,
    Severity::{Error, Info, Warning},
};
use crate::value::{Binary, DataUri, Uri, Value as _};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &ENCODING_UNKNOWN,
    &ENCODING_BASE64_IN_3_0,
    &BASE64_IN_4_0,
    &QUOTED_PRINTABLE_OUTSIDE_2_1,
    &ENCODING_MISSING,
    &ENCODING_OF_REFERENCE,
];

pub(in crate::validate) const LOOKS_AT: LooksAt = LooksAt::parameters(&[ParameterId::ENCODING]);

pub(in crate::validate) static ENCODING_UNKNOWN: Rule = Rule::new(
    "encoding-unknown",
    [Some(Error), Some(Error), Some(Error)],
    &[
        "RFC 6350, A.2",
        "RFC 2426, 2.4.1",
        "RFC 2425, 5.8.3",
        "vCard 2.1, 2.1.5",
    ],
    "ENCODING names an encoding of the version: QUOTED-PRINTABLE, BASE64, 7BIT and 8BIT in 2.1, b in \
     3.0, none in 4.0.",
    "A reader cannot know what the octets of the value stand for. Where the word is that of another \
     version, or has its hyphen elsewhere (QUOTEDPRINTABLE, 8-BIT), it is read as what it means, and \
     a warning.",
);

pub(in crate::validate) static ENCODING_BASE64_IN_3_0: Rule = Rule::new(
    "encoding-base64-in-3.0",
    [None, Some(Warning), None],
    &["RFC 2425, 5.8.3", "RFC 2426, 2.4.1"],
    "The word for base64 is b in 3.0.",
    "BASE64 is the word of 2.1; many programs write it in 3.0, and readers take both. Write \
     ENCODING=b.",
);

pub(in crate::validate) static BASE64_IN_4_0: Rule = Rule::new(
    "base64-in-4.0",
    [None, None, Some(Error)],
    &["RFC 6350, A.2", "RFC 6350, 6.2.4"],
    "Inline data of 4.0 is a data: URI.",
    "4.0 has no ENCODING; readers take the base64 for a relative URI or for text. Write \
     data:image/jpeg;base64\\,... as the value.",
);

pub(in crate::validate) static QUOTED_PRINTABLE_OUTSIDE_2_1: Rule = Rule::new(
    "quoted-printable-outside-2.1",
    [None, Some(Error), Some(Error)],
    &["RFC 6350, A.2", "RFC 2426, 5"],
    "Only 2.1 has quoted-printable.",
    "A reader that goes by the standard shows the equals signs and digits, and loses the lines \
     after a soft line break. Write the text as UTF-8.",
);

pub(in crate::validate) static ENCODING_MISSING: Rule = Rule::new(
    "encoding-missing",
    [Some(Warning), Some(Error), None],
    &[
        "RFC 2426, 2.4.1",
        "RFC 2426, 3.7.2",
        "vCard 2.1, 2.1.5",
        "RFC 2426, 3.1.4",
        "RFC 2426, 3.5.3",
        "RFC 2426, 3.6.6",
    ],
    "A PHOTO, LOGO or SOUND of 3.0 has ENCODING=b or VALUE=uri; a PHOTO or LOGO of 2.1 has an ENCODING or \
     VALUE=URL.",
    "Without either nobody can tell data from a reference. A URI is known by its scheme, and a \
     warning; so is the spoken name that mobile phones put into SOUND. A KEY of 3.0 may be a text, and is \
     an info where the text is base64.",
);

pub(in crate::validate) static ENCODING_OF_REFERENCE: Rule = Rule::new(
    "encoding-of-reference",
    [Some(Warning), Some(Warning), None],
    &["RFC 2426, 2.4.1", "RFC 2426, 3.1.4", "vCard 2.1, 2.1.8"],
    "What ENCODING says is base64, VALUE does not say is a reference.",
    "Readers take the one or the other: base64 for a link that leads nowhere, or a link for data that \
     cannot be read. Leave out the one that is wrong.",
);

pub(in crate::validate) fn check(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
) {
    for (place, parameter) in parameters.iter().enumerate() {
        let written = parameter.written;
        // That a word has no name, another rule says where it matters.
        let is_alone = written.name_bytes().is_none();
        if parameter.is(ParameterId::ENCODING) && !(is_alone && is_of_standard(trim(written.raw())))
        {
            encoding(findings, line, written, place);
        }
    }
    encoding_of_reference(findings, line, parameters);
}

/// The value of a parameter as it is written, quotes removed.
pub(in crate::validate) fn written<'a>(parameter: ParameterRef<'a>) -> &'a [u8] {
    let raw = parameter.raw_values().next().unwrap_or_default();
    trim(
        raw.strip_prefix(b"\"")
            .and_then(|raw| raw.strip_suffix(b"\""))
            .unwrap_or(raw),
    )
}

/// The word for base64 that 3.0 has.
fn is_b(word: &[u8]) -> bool {
    word.eq_ignore_ascii_case(b"b")
}

/// Whether 2.1 has this very word.
fn is_of_standard(word: &[u8]) -> bool {
    encoding_word(word).is_some_and(|(_, known)| known.as_bytes().eq_ignore_ascii_case(word))
}

fn encoding(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: ParameterRef<'_>,
    place: usize,
) {
    let word = written(parameter);
    let base64 = is_b(word) || matches!(encoding_word(word), Some((Encoding::Base64, _)));
    match findings.standard {
        _ if word.is_empty() => {}
        Version::V2_1 => encoding_unknown_in_2_1(findings, line, word, place),
        _ if is_quoted_printable(word) => {
            quoted_printable_outside_2_1(findings, line, parameter);
        }
        Version::V3_0 if is_b(word) => {}
        Version::V3_0 if base64 => encoding_base64_in_3_0(findings, line, word, place),
        Version::V4_0 if base64 => base64_in_4_0(findings, line, parameter, place),
        _ => encoding_unknown(findings, line, word),
    }
}

fn encoding_of_reference(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
) {
    if !line.flags().has(Flags::BASE64) {
        return;
    }
    let Some(value) = find(parameters, ParameterId::VALUE) else {
        return;
    };
    let word = value.value();
    let row = registry::value_type(word.as_bytes()).map(|row| row.value_type);
    if matches!(
        row,
        Some(ValueType::Uri | ValueType::Url | ValueType::ContentId)
    ) {
        let span = line.span_of(value.written.raw());
        let message = format!(
            "VALUE={} beside an ENCODING that says base64; expected one of them",
            shown(word.as_bytes())
        );
        findings.add(&ENCODING_OF_REFERENCE, line, span, message);
    }
}

fn encoding_unknown_in_2_1(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    word: &[u8],
    place: usize,
) {
    if registry::is_private(word) || is_of_standard(word) {
        return;
    }
    let span = line.span_of(word);
    let message = format!(
        "the encoding \"{}\"; expected QUOTED-PRINTABLE, BASE64, 7BIT or 8BIT",
        shown(word)
    );
    let meant = match is_b(word) {
        true => Some("BASE64"),
        false => encoding_word(word).map(|(_, known)| known),
    };
    match meant {
        Some(known) => {
            findings.add_as(Warning, &ENCODING_UNKNOWN, line, span, message);
            findings.fix(|| encoding_is(line, known, place));
        }
        None => findings.add(&ENCODING_UNKNOWN, line, span, message),
    }
}

/// The word for an encoding that the version has, where it is another's.
fn encoding_is(line: &PlacedLine<'_>, word: &'static str, place: usize) -> Option<Fix> {
    let is_read_so = match encoding_word(word.as_bytes()) {
        Some((Encoding::Plain, _)) => !line.flags().has(Flags::QUOTED_PRINTABLE.or(Flags::BASE64)),
        Some((Encoding::QuotedPrintable, _)) => line.flags().has(Flags::QUOTED_PRINTABLE),
        Some((Encoding::Base64, _)) | None => line.flags().has(Flags::BASE64),
    };
    let encoding = Parameter::new("ENCODING", [word]).ok()?;
    let fix = Fix::new(
        format!("write ENCODING={word}"),
        line,
        Change::Parameters([ParameterEdit::Replace(place, encoding)].into()),
    );
    // The longer word may not fit, where a soft break has its place.
    let most = line.first_line().len().max(LINE_MAX);
    let fits = |after: PropertyRef<'_>| {
        !line.flags().has(Flags::QUOTED_PRINTABLE)
            || physical_end(after.raw(), 0, true).is_some_and(|end| end.content <= most)
    };
    (is_read_so && fix.is_right(line, fits)).then_some(fix)
}

fn encoding_unknown(findings: &mut Findings, line: &PlacedLine<'_>, word: &[u8]) {
    let expected = match findings.standard {
        Version::V3_0 => "expected b",
        _ => "4.0 has none",
    };
    let span = line.span_of(word);
    let message = format!("the encoding \"{}\"; {expected}", shown(word));
    match matches!(encoding_word(word), Some((Encoding::Plain, _))) {
        // The value is what it is without the parameter.
        true => findings.add_as(Warning, &ENCODING_UNKNOWN, line, span, message),
        false => findings.add(&ENCODING_UNKNOWN, line, span, message),
    }
}

fn quoted_printable_outside_2_1(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: ParameterRef<'_>,
) {
    findings.add(
        &QUOTED_PRINTABLE_OUTSIDE_2_1,
        line,
        line.span_of(parameter.raw()),
        format!(
            "quoted-printable in a card of {}; expected the text itself, with \\n for a line break",
            findings.standard
        ),
    );
}

fn encoding_base64_in_3_0(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    word: &[u8],
    place: usize,
) {
    findings.add(
        &ENCODING_BASE64_IN_3_0,
        line,
        line.span_of(word),
        format!("ENCODING={}; expected ENCODING=b", shown(word)),
    );
    findings.fix(|| encoding_is(line, "b", place));
}

fn base64_in_4_0(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: ParameterRef<'_>,
    place: usize,
) {
    let text = line.property.raw_text().unwrap_or_default();
    let is_data_uri = begins_with(text.as_bytes(), "data:");
    let message = match is_data_uri {
        true => "ENCODING beside a data: URI; expected the URI alone",
        false => "base64 in a card of 4.0; expected a data: URI",
    };
    let span = line.span_of(parameter.raw());
    findings.add(&BASE64_IN_4_0, line, span, message);
    if is_data_uri {
        findings.fix(|| {
            DataUri::parse_strict(&text, Version::V4_0).ok()?;
            let edits = [ParameterEdit::Remove(place)].into();
            let change = Change::Raw(text.into_owned(), edits);
            Some(Fix::new("remove ENCODING", line, change))
        });
    }
}

/// Whether the value is a URI that base64 could not be: base64 has no colon.
fn is_uri(line: &PlacedLine<'_>) -> bool {
    line.property
        .raw_text()
        .is_ok_and(|text| Uri::parse(&text, Version::V3_0).is_ok_and(|uri| uri.scheme().is_some()))
}

pub(in crate::validate) fn encoding_missing(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
    value_type: Option<ValueType>,
) {
    let Some(row) = line.row else { return };
    let of_text = match findings.standard {
        Version::V4_0 => return,
        Version::V3_0 => row.id == PropertyId::KEY,
        // Those two are texts by default.
        Version::V2_1 if matches!(row.id, PropertyId::KEY | PropertyId::SOUND) => return,
        Version::V2_1 => false,
    };
    if !row.is_media()
        || row.stands_for.is_some()
        || value_type != Some(ValueType::Binary)
        || find(parameters, ParameterId::ENCODING).is_some_and(|named| !named.value().is_empty())
        || line.content.raw_value().is_empty()
    {
        return;
    }
    let section = line.section(findings.standard);
    let name = line.span_of_name();
    if of_text {
        return key_without_encoding(findings, line);
    }
    if is_uri(line) {
        let word = match findings.standard {
            Version::V2_1 => "VALUE=URL",
            _ => "VALUE=uri",
        };
        let message = format!("{} is a URI; expected {word}", row.name);
        findings.add_citing_as(Warning, section, &ENCODING_MISSING, line, name, message);
        if findings.standard == Version::V3_0 {
            let profile = findings.profile;
            findings.fix(|| value_is_uri(line, parameters, profile));
        }
        return;
    }
    if findings.is_2_1() {
        let message = format!(
            "{} has neither ENCODING nor VALUE=URL; expected one of them",
            row.name
        );
        return findings.add_citing(section, &ENCODING_MISSING, line, name, message);
    }
    let spoken = parameters
        .iter()
        .any(|parameter| registry::is_word_of_spoken(&parameter.value()));
    let message = format!(
        "{} has neither ENCODING=b nor VALUE=uri; expected one of them",
        row.name
    );
    match spoken {
        true => findings.add_citing_as(Warning, section, &ENCODING_MISSING, line, name, message),
        false => findings.add_citing(section, &ENCODING_MISSING, line, name, message),
    }
}

/// A key of 3.0 may be a text; one that is nothing but base64 is hardly meant as one.
fn key_without_encoding(findings: &mut Findings, line: &PlacedLine<'_>) {
    let is_base64 = line
        .property
        .raw_text()
        .is_ok_and(|text| text.len() >= 8 && Binary::parse_strict(&text, Version::V3_0).is_ok());
    if is_base64 && !is_uri(line) {
        let section = line.section(findings.standard);
        let message = "KEY is base64, and has no ENCODING; expected ENCODING=b";
        let name = line.span_of_name();
        findings.add_citing_as(Info, section, &ENCODING_MISSING, line, name, message);
    }
}

fn value_is_uri(
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
    profile: Profile,
) -> Option<Fix> {
    let text = line.property.raw_text().ok()?;
    // A server cuts a URI at its comma, and leaves alone what it takes for data.
    if profile == Profile::CardDav && text.contains(',') {
        return None;
    }
    Uri::parse_strict(&text, Version::V3_0).ok()?;
    // As a URI its data would be found to be none.
    if begins_with(text.as_bytes(), "data:") {
        DataUri::parse_strict(&text, Version::V3_0).ok()?;
    }
    if find(parameters, ParameterId::VALUE).is_some() {
        return None;
    }
    let value = Parameter::new("VALUE", ["uri"]).ok()?;
    Some(Fix::new(
        "write VALUE=uri",
        line,
        Change::Parameters([ParameterEdit::Add(value)].into()),
    ))
}
