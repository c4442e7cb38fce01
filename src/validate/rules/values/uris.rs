//! Rules about URIs.

use alloc::string::ToString;

use super::texts::COMMA_UNESCAPED;
use super::value_text::ValueText;
use crate::registry::PropertyId;
use crate::syntax::escape;
use crate::validate::diagnostic::{
    Rule,
    Severity::{Error, Info, Warning},
};
use crate::validate::findings::Findings;
use crate::validate::looks_at::LooksAt;
use crate::validate::profile::Profile;
use crate::value::{DataUri, TelUri, Value as _};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &URI_INVALID,
    &URI_SCHEME,
    &TEL_URI_INVALID,
    &DATA_URI_INVALID,
];

pub(in crate::validate) const LOOKS_AT: LooksAt =
    LooksAt::properties(&[PropertyId::GEO, PropertyId::CONTACT_URI]);

pub(in crate::validate) static URI_INVALID: Rule = Rule::new(
    "uri-invalid",
    [Some(Warning), Some(Error), Some(Error)],
    &[
        "RFC 6350, 4.2",
        "RFC 2425, 5.8.4",
        "RFC 2426, 3.6.8",
        "vCard 2.1, 2.6.4",
        "RFC 6350, 4",
    ],
    "A URI begins with a scheme and holds the characters of RFC 3986 only.",
    "Without a scheme a reader cannot know where it leads: write https://example.com/. Other \
     characters are percent-encoded.",
);

pub(in crate::validate) static URI_SCHEME: Rule = Rule::new(
    "uri-scheme",
    [None, None, Some(Warning)],
    &["RFC 6350, 6.5.2", "RFC 6350, 6.4.1", "RFC 8605, 2.1"],
    "The URI of a GEO is a geo: URI, and that of a CONTACT-URI is one of mail or the web.",
    "Readers do not know what to do with another.",
);

pub(in crate::validate) static TEL_URI_INVALID: Rule = Rule::new(
    "tel-uri-invalid",
    [None, None, Some(Error)],
    &[
        "RFC 6350, 6.4.1",
        "RFC 3966, 3",
        "RFC 3966, 5.1.1",
        "RFC 3966, 5.1.3",
        "RFC 3966, 5.1.4",
        "RFC 3966, 5.1.5",
    ],
    "A tel: URI is a number with + or with a phone-context, and parameters.",
    "Spaces and letters are not part of it: tel:+1-415-555-0123;ext=7.",
);

pub(in crate::validate) static DATA_URI_INVALID: Rule = Rule::new(
    "data-uri-invalid",
    [None, Some(Warning), Some(Error)],
    &["RFC 6350, 6.2.4", "RFC 6350, 4.2"],
    "A data: URI has a comma, and base64 after it if it says so.",
    "The bytes cannot be read otherwise.",
);

/// What the characters of a URI do not say.
pub(in crate::validate) fn check(findings: &mut Findings, value: &ValueText<'_, '_>) {
    if is_tel(value) {
        tel_uri_invalid(findings, value);
    } else if is_of_another_scheme(value) {
        uri_scheme(findings, value);
    } else if is_inline(value) {
        data_uri_invalid(findings, value);
    } else {
        comma_in_uri(findings, value);
    }
}

/// Whether a number is a tel: URI, which is looked at more closely than other URIs.
pub(in crate::validate) fn is_tel(value: &ValueText<'_, '_>) -> bool {
    value.property == Some(PropertyId::TEL) && value.begins_with("tel:")
}

fn tel_uri_invalid(findings: &mut Findings, value: &ValueText<'_, '_>) {
    let standard = findings.standard;
    let Err(error) = TelUri::parse_strict(value.text, standard) else {
        return;
    };
    // What readers dial all the same is a warning.
    let severity = match TelUri::parse(value.text, standard) {
        Ok(_) => Warning,
        Err(_) => Error,
    };
    findings.add_citing_as(
        severity,
        value.line.section(standard),
        &TEL_URI_INVALID,
        value.line,
        value.span(error.span.clone()),
        value.message(&error, None),
    );
}

/// Whether it is not one of the schemes that the property has.
fn is_of_another_scheme(value: &ValueText<'_, '_>) -> bool {
    match value.property {
        Some(PropertyId::GEO) => !value.begins_with("geo:") && value.text.contains(':'),
        Some(PropertyId::CONTACT_URI) => !["mailto:", "http:", "https:"]
            .iter()
            .any(|scheme| value.begins_with(scheme)),
        _ => false,
    }
}

fn uri_scheme(findings: &mut Findings, value: &ValueText<'_, '_>) {
    let message = match value.property {
        Some(PropertyId::GEO) => "the URI of GEO; expected a geo: URI",
        _ => "the URI of CONTACT-URI; expected one with mailto:, http: or https:",
    };
    let section = value.line.section(findings.standard);
    findings.add_citing(section, &URI_SCHEME, value.line, value.whole(), message);
}

/// Whether it is the data of an image, a sound or a key.
fn is_inline(value: &ValueText<'_, '_>) -> bool {
    value.property.is_some_and(|id| id.row().is_media()) && value.begins_with("data:")
}

fn data_uri_invalid(findings: &mut Findings, value: &ValueText<'_, '_>) {
    if let Err(error) = DataUri::parse(value.text, findings.standard) {
        let section = value.line.section(findings.standard);
        findings.add_citing(
            section,
            &DATA_URI_INVALID,
            value.line,
            value.whole(),
            error.to_string(),
        );
    }
}

fn comma_in_uri(findings: &mut Findings, value: &ValueText<'_, '_>) {
    // The comma of a data: URI stands before the data.
    if findings.standard != Version::V4_0
        || findings.profile == Profile::Vcard4Bis
        || value.begins_with("data:")
    {
        return;
    }
    let first = escape::split(value.text, ',').next().unwrap_or_default();
    let comma = first.len();
    if comma < value.text.len() {
        findings.add_citing_as(
            Info,
            value.line.section(findings.standard),
            &COMMA_UNESCAPED,
            value.line,
            value.span(comma..comma + 1),
            "a comma in a URI; expected \\, by the letter of the standard",
        );
    }
}
