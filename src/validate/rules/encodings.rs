//! Rules about the parameter ENCODING.

use alloc::format;
use alloc::string::String;

use crate::registry::{self, ParameterId, PropertyId, ValueType};
use crate::syntax::ParameterRef;
use crate::syntax::byte_class::trim;
use crate::validate::diagnostic::{
    Rule,
    Severity::{Error, Warning},
};
use crate::validate::findings::{Findings, shown};
use crate::validate::fix::{Change, Fix};
use crate::validate::looks_at::LooksAt;
use crate::validate::octets::begins_with;
use crate::validate::placed_line::{LineParameter, PlacedLine, find};
use crate::value::{Uri, Value as _};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &ENCODING_UNKNOWN,
    &ENCODING_BASE64_IN_3_0,
    &BASE64_IN_4_0,
    &QUOTED_PRINTABLE_OUTSIDE_2_1,
    &ENCODING_MISSING,
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
    "A reader cannot know what the octets of the value stand for.",
);

pub(in crate::validate) static ENCODING_BASE64_IN_3_0: Rule = Rule::new(
    "encoding-base64-in-3.0",
    [None, Some(Warning), None],
    &["RFC 2426, 2.4.1", "RFC 2425, 5.8.3"],
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
    [None, Some(Error), None],
    &[
        "RFC 2426, 2.4.1",
        "RFC 2426, 3.1.4",
        "RFC 2426, 3.5.3",
        "RFC 2426, 3.6.6",
    ],
    "A PHOTO, LOGO or SOUND of 3.0 has ENCODING=b or VALUE=uri.",
    "Without either nobody can tell data from a reference. A URI is known by its scheme, and a \
     warning; so is the spoken name that mobile phones put into SOUND.",
);

pub(in crate::validate) fn check(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
) {
    let named = |parameter: &&LineParameter<'_>| {
        parameter.is(ParameterId::ENCODING) && parameter.written.name_bytes().is_some()
    };
    for parameter in parameters.iter().filter(named) {
        encoding(findings, line, parameter.written);
    }
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

fn is_one_of(word: &[u8], words: &[&str]) -> bool {
    words
        .iter()
        .any(|known| known.as_bytes().eq_ignore_ascii_case(word))
}

fn encoding(findings: &mut Findings, line: &PlacedLine<'_>, parameter: ParameterRef<'_>) {
    let word = written(parameter);
    let base64 = is_one_of(word, &["b", "BASE64"]);
    match findings.standard {
        _ if word.is_empty() => {}
        Version::V2_1 => encoding_unknown_in_2_1(findings, line, word),
        _ if is_one_of(word, &["QUOTED-PRINTABLE"]) => {
            quoted_printable_outside_2_1(findings, line, parameter);
        }
        Version::V3_0 if is_one_of(word, &["b"]) => {}
        Version::V3_0 if base64 => encoding_base64_in_3_0(findings, line, word),
        Version::V4_0 if base64 => base64_in_4_0(findings, line, parameter),
        _ => encoding_unknown(findings, line, word),
    }
}

fn encoding_unknown_in_2_1(findings: &mut Findings, line: &PlacedLine<'_>, word: &[u8]) {
    if registry::is_private(word)
        || is_one_of(word, &["QUOTED-PRINTABLE", "BASE64", "7BIT", "8BIT"])
    {
        return;
    }
    let span = line.span_of(word);
    let message = format!(
        "the encoding \"{}\"; expected QUOTED-PRINTABLE, BASE64, 7BIT or 8BIT",
        shown(word)
    );
    match is_one_of(word, &["b"]) {
        true => findings.add_as(Warning, &ENCODING_UNKNOWN, line, span, message),
        false => findings.add(&ENCODING_UNKNOWN, line, span, message),
    }
}

fn encoding_unknown(findings: &mut Findings, line: &PlacedLine<'_>, word: &[u8]) {
    let expected = match findings.standard {
        Version::V3_0 => "expected b",
        _ => "4.0 has none",
    };
    let span = line.span_of(word);
    let message = format!("the encoding \"{}\"; {expected}", shown(word));
    match is_one_of(word, &["7BIT", "8BIT"]) {
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

fn encoding_base64_in_3_0(findings: &mut Findings, line: &PlacedLine<'_>, word: &[u8]) {
    findings.add(
        &ENCODING_BASE64_IN_3_0,
        line,
        line.span_of(word),
        format!("ENCODING={}; expected ENCODING=b", shown(word)),
    );
}

fn base64_in_4_0(findings: &mut Findings, line: &PlacedLine<'_>, parameter: ParameterRef<'_>) {
    findings.add(
        &BASE64_IN_4_0,
        line,
        line.span_of(parameter.raw()),
        "base64 in a card of 4.0; expected a data: URI",
    );
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
    // A KEY may be a text too.
    if findings.standard != Version::V3_0
        || !row.is_media()
        || row.id == PropertyId::KEY
        || value_type != Some(ValueType::Binary)
        || find(parameters, ParameterId::ENCODING).is_some()
        || line.content.raw_value().is_empty()
    {
        return;
    }
    let section = line.section(findings.standard);
    let name = line.span_of_name();
    if is_uri(line) {
        let message = format!("{} is a URI; expected VALUE=uri", row.name);
        findings.add_citing_as(Warning, section, &ENCODING_MISSING, line, name, message);
        return findings.fix(|| value_is_uri(line));
    }
    let spoken = parameters
        .iter()
        .any(|parameter| begins_with(parameter.value().as_bytes(), "X-IRMC-"));
    let message = format!(
        "{} has neither ENCODING=b nor VALUE=uri; expected one of them",
        row.name
    );
    match spoken {
        true => findings.add_citing_as(Warning, section, &ENCODING_MISSING, line, name, message),
        false => findings.add_citing(section, &ENCODING_MISSING, line, name, message),
    }
}

fn value_is_uri(line: &PlacedLine<'_>) -> Option<Fix> {
    let text = line.property.raw_text().ok()?;
    Uri::parse_strict(&text, Version::V3_0).ok()?;
    Some(Fix::new(
        "write VALUE=uri",
        line.entry(),
        Change::SetParameter {
            name: "VALUE",
            values: [String::from("uri")].into(),
        },
    ))
}
