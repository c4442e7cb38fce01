//! Rules about URIs.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::texts::COMMA_UNESCAPED;
use super::value_text::ValueText;
use crate::card::{Parameter, ParameterEdit};
use crate::registry::{PropertyId, ValueType};
use crate::syntax::escape;
use crate::validate::findings::{Findings, shown};
use crate::validate::fix::{Change, Fix};
use crate::validate::looks_at::LooksAt;
use crate::validate::octets::begins_with;
use crate::validate::profile::Profile;
use crate::validate::rule::{
    Rule,
    Severity::{Error, Info, Warning},
};
use crate::validate::rules::escapes::ESCAPE_UNKNOWN;
use crate::value::{DataUri, Reason, TelUri, TelUriReason, Value as _};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &URI_INVALID,
    &URI_SCHEME,
    &MEDIATYPE_DIFFERS,
    &TEL_URI_INVALID,
    &TEL_SCHEME_IN_TEXT,
    &DATA_URI_INVALID,
];

pub(in crate::validate) const LOOKS_AT: LooksAt = LooksAt::properties(&[PropertyId::GEO]);

pub(in crate::validate) static URI_INVALID: Rule = Rule::new(
    "uri-invalid",
    [Some(Warning), Some(Error), Some(Error)],
    &[
        "RFC 6350, 4.2",
        "RFC 2425, 5.8.4",
        "RFC 2426, 3.6.8",
        "vCard 2.1, 2.6.4",
        "RFC 6350, 4",
        "RFC 6350, 5",
    ],
    "A URI begins with a scheme and holds the characters of RFC 3986 only.",
    "Without a scheme a reader cannot know where it leads: write https://example.com/. Other \
     characters are percent-encoded.",
);

pub(in crate::validate) static URI_SCHEME: Rule = Rule::new(
    "uri-scheme",
    [None, None, Some(Warning)],
    &["RFC 6350, 6.5.2", "RFC 6350, 6.4.1", "RFC 8605, 2.1"],
    "The URI of a GEO is a geo: URI, and one CONTACT-URI of a card is one of mail or the web.",
    "Readers do not know what to do with another. GEO may have one (an info).",
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
        "RFC 3966, 5.3",
    ],
    "A tel: URI is a number with + or with a phone-context, and parameters.",
    "Spaces and letters are not part of it: tel:+1-415-555-0123;ext=7.",
);

pub(in crate::validate) static TEL_SCHEME_IN_TEXT: Rule = Rule::new(
    "tel-scheme-in-text",
    [Some(Info), Some(Info), Some(Info)],
    &["RFC 6350, 6.4.1", "RFC 2426, 3.3.1", "vCard 2.1, 2.4.1"],
    "A number that is a text has no scheme.",
    "Readers that take it for a number show tel: before it, or fail to dial it. Write VALUE=uri in 4.0, \
     and the number alone in 3.0 and 2.1, which have no such URI.",
);

pub(in crate::validate) static MEDIATYPE_DIFFERS: Rule = Rule::new(
    "mediatype-differs",
    [None, None, Some(Info)],
    &["RFC 6350, 5.7"],
    "MEDIATYPE beside a data: URI is the media type that the URI names.",
    "Readers go by the one or by the other. The URI needs no MEDIATYPE.",
);

pub(in crate::validate) static DATA_URI_INVALID: Rule = Rule::new(
    "data-uri-invalid",
    [None, Some(Warning), Some(Error)],
    &["RFC 2397, 3", "RFC 6350, 6.2.4", "RFC 6350, 4.2"],
    "A data: URI has a comma, and base64 after it if it says so.",
    "The bytes cannot be read otherwise.",
);

/// Whether no rule here has something to say about the scheme of a text.
pub(in crate::validate) fn is_clean(id: PropertyId, value_type: ValueType, value: &[u8]) -> bool {
    id != PropertyId::TEL || value_type == ValueType::Uri || !begins_with(value, "tel:")
}

/// A URI where a number is a text.
pub(in crate::validate) fn tel_scheme_in_text(findings: &mut Findings, value: &ValueText<'_, '_>) {
    if !is_tel(value) || value.value_type == ValueType::Uri {
        return;
    }
    let standard = findings.standard;
    let expected = match standard {
        Version::V4_0 => "VALUE=uri",
        _ => "the number alone",
    };
    findings.add_citing(
        value.line.section(standard),
        &TEL_SCHEME_IN_TEXT,
        value.line,
        value.span(0.."tel:".len()),
        format!("a tel: URI in a text; expected {expected}"),
    );
    findings.fix(|| match standard {
        Version::V4_0 => tel_is_uri(value),
        _ => number_alone(value),
    });
}

fn tel_is_uri(value: &ValueText<'_, '_>) -> Option<Fix> {
    TelUri::parse_strict(value.text, Version::V4_0).ok()?;
    let stated = value.line.content.parameter("VALUE").is_some();
    let parameter = Parameter::new("VALUE", ["uri"]).ok()?;
    let change = Change::Parameters([ParameterEdit::Add(parameter)].into());
    (!stated && value.line.is_plain()).then(|| Fix::new("write VALUE=uri", value.line, change))
}

/// The number, where the URI has no parameters and needs no context.
fn number_alone(value: &ValueText<'_, '_>) -> Option<Fix> {
    let number = value.text.get("tel:".len()..)?;
    let global = number.strip_prefix('+')?;
    let is_part = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'(' | b')');
    let change = Change::Raw(String::from(number), Vec::new());
    (!global.is_empty() && global.bytes().all(is_part) && value.line.is_plain())
        .then(|| Fix::new("write the number alone", value.line, change))
}

/// What the characters of a URI do not say.
pub(in crate::validate) fn check(findings: &mut Findings, value: &ValueText<'_, '_>) {
    delimiter_escaped(findings, value);
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

/// A backslash before a colon, which is no escape, or before a semicolon before 4.0, whose URIs have none.
/// Before other characters that a URI cannot have, it is one of those.
pub(in crate::validate) fn delimiter_escaped(findings: &mut Findings, value: &ValueText<'_, '_>) {
    // The revision has another rule.
    if findings.profile == Profile::Vcard4Bis {
        return;
    }
    let standard = findings.standard;
    let Some(first) = escaped_delimiters(value.text, standard).next() else {
        return;
    };
    let message = match value.text.as_bytes().get(first + 1) {
        Some(b';') => "\"\\;\" is not an escape in a URI; expected the semicolon alone",
        _ => "\"\\:\" is not an escape; expected the colon alone",
    };
    let span = value.span(first..first + 2);
    // 2.1 has no escapes in texts that the one rule is about; in a URI there is none either.
    let rule = match findings.is_2_1() {
        true => &URI_INVALID,
        false => &ESCAPE_UNKNOWN,
    };
    findings.add(rule, value.line, span, message);
    findings.fix(|| {
        let mut raw = String::with_capacity(value.text.len());
        let mut start = 0;
        for backslash in escaped_delimiters(value.text, standard) {
            raw.push_str(value.text.get(start..backslash)?);
            start = backslash + 1;
        }
        raw.push_str(value.text.get(start..)?);
        let change = Change::Raw(raw, Vec::new());
        let plain = value.line.is_plain();
        plain.then(|| Fix::new("take away the backslash", value.line, change))
    });
}

/// Where the backslashes are that stand before such delimiters, and are not themselves escaped.
fn escaped_delimiters(text: &str, standard: Version) -> impl Iterator<Item = usize> {
    let mut next = 0;
    memchr::memchr_iter(b'\\', text.as_bytes()).filter(move |at| {
        let begins = *at >= next;
        if begins {
            next = at + 2;
        }
        let hides = match text.as_bytes().get(at + 1) {
            Some(b':') => true,
            Some(b';') => standard != Version::V4_0,
            _ => false,
        };
        begins && hides
    })
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
    let both = value
        .text
        .parse::<TelUri>()
        .is_err_and(|error| error.reason() == TelUriReason::ExtensionAndSubaddress);
    let section = match value.text.get(error.span.clone()).unwrap_or_default() {
        found if found.contains([' ', '\t']) => "RFC 3966, 5.1.1",
        found if found.starts_with(['*', '#']) => "RFC 3966, 5.1.3",
        _ if error.reason == Reason::NoPhoneContext => "RFC 3966, 5.1.5",
        _ if both => "RFC 3966, 5.3",
        _ => "RFC 3966, 3",
    };
    findings.add_citing_as(
        severity,
        Some(section),
        &TEL_URI_INVALID,
        value.line,
        value.span(error.span.clone()),
        value.message(&error, both.then_some("expected ext or isub, not both")),
    );
}

/// Whether it is not one of the schemes that the property has.
fn is_of_another_scheme(value: &ValueText<'_, '_>) -> bool {
    match value.property {
        Some(PropertyId::GEO) => !value.begins_with("geo:") && value.text.contains(':'),
        _ => false,
    }
}

fn uri_scheme(findings: &mut Findings, value: &ValueText<'_, '_>) {
    let section = value.line.section(findings.standard);
    let message = "not a geo: URI, which is what readers look for";
    let whole = value.whole();
    findings.add_citing_as(Info, section, &URI_SCHEME, value.line, whole, message);
}

/// Whether it is the data of an image, a sound or a key.
fn is_inline(value: &ValueText<'_, '_>) -> bool {
    value.property.is_some_and(|id| id.row().is_media()) && value.begins_with("data:")
}

fn data_uri_invalid(findings: &mut Findings, value: &ValueText<'_, '_>) {
    let standard = findings.standard;
    let error = match DataUri::parse_strict(value.text, standard) {
        Ok(uri) => return mediatype_differs(findings, value, uri.media_type()),
        Err(error) => error,
    };
    let (rule, whole, message) = (&DATA_URI_INVALID, value.whole(), error.to_string());
    match DataUri::parse(value.text, standard) {
        // No octet of it is lost.
        Ok(uri) => {
            mediatype_differs(findings, value, uri.media_type());
            findings.add_as(Warning, rule, value.line, whole, message);
        }
        Err(_) => findings.add(rule, value.line, whole, message),
    }
}

/// Another media type than the one that a data: URI names.
fn mediatype_differs(findings: &mut Findings, value: &ValueText<'_, '_>, own: &str) {
    if value.line.content.parameter_text().is_none() {
        return;
    }
    let Some(parameter) = value.line.content.parameter("MEDIATYPE") else {
        return;
    };
    let stated = parameter.value();
    let name = |text: &str| {
        let name = text.split(';').next().unwrap_or_default();
        name.trim().to_ascii_lowercase()
    };
    let (stated, own) = (name(&stated), name(own));
    if stated.is_empty() || own.is_empty() || stated == own {
        return;
    }
    let message = format!(
        "MEDIATYPE={}, and the data: URI is {}; expected the same",
        shown(stated.as_bytes()),
        shown(own.as_bytes())
    );
    let span = value.line.span_of(parameter.raw());
    findings.add(&MEDIATYPE_DIFFERS, value.line, span, message);
}

fn comma_in_uri(findings: &mut Findings, value: &ValueText<'_, '_>) {
    // The comma of a data: URI stands before the data.
    if findings.standard != Version::V4_0
        // Under the profile of servers, what one makes of it is said.
        || matches!(findings.profile, Profile::Vcard4Bis | Profile::CardDav)
        || value.begins_with("data:")
    {
        return;
    }
    let first = escape::split(value.text, ',').next().unwrap_or_default();
    let comma = first.len();
    if comma < value.text.len() {
        findings.add_as(
            Info,
            &COMMA_UNESCAPED,
            value.line,
            value.span(comma..comma + 1),
            "a comma in a URI; expected \\, by the letter of the standard",
        );
    }
}
