//! Rules about the values of parameters, but for TYPE.

use alloc::format;
use alloc::string::{String, ToString};

use super::values::dates::TIMESTAMP_INVALID;
use super::values::numbers::{BOOLEAN_INVALID, GEO_INVALID};
use super::values::uris::URI_INVALID;
use super::values::words::LANGUAGE_TAG_INVALID;
use crate::registry::{self, ParameterId, PropertyId};
use crate::validate::diagnostic::{
    Rule, Severity,
    Severity::{Error, Warning},
    section_in,
};
use crate::validate::findings::{Findings, shown};
use crate::validate::placed_line::{LineParameter, PlacedLine};
use crate::validate::profile::Profile;
use crate::value::{
    CalScale, Geo, LanguageTag, Level, MediaType, Pid, Pref, Reason, Timestamp, Uri, Value as _,
    ValueError,
};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &PREF_INVALID,
    &PID_INVALID,
    &INDEX_INVALID,
    &LEVEL_INVALID,
    &MEDIATYPE_INVALID,
    &CALSCALE_UNKNOWN,
    &COUNTRY_CODE_INVALID,
    &PROP_ID_INVALID,
    &PHONETIC_UNKNOWN,
    &SORT_AS_TOO_LONG,
];

pub(in crate::validate) static PREF_INVALID: Rule = Rule::new(
    "pref-invalid",
    [None, None, Some(Error)],
    &["RFC 6350, 5.3"],
    "PREF is an integer from 1 to 100.",
    "1 is the best. Readers ignore anything else, or the property.",
);

pub(in crate::validate) static PID_INVALID: Rule = Rule::new(
    "pid-invalid",
    [None, None, Some(Error)],
    &["RFC 6350, 5.5"],
    "PID is a number from 1, or two with a dot between them.",
    "The first numbers the property, the second names the CLIENTPIDMAP of the program that did.",
);

pub(in crate::validate) static INDEX_INVALID: Rule = Rule::new(
    "index-invalid",
    [None, None, Some(Error)],
    &["RFC 6715, 3.1", "RFC 6715, 2.4"],
    "INDEX is an integer from 1.",
    "Its place in a list.",
);

pub(in crate::validate) static LEVEL_INVALID: Rule = Rule::new(
    "level-invalid",
    [None, None, Some(Error)],
    &[
        "RFC 6715, 3.2",
        "RFC 6715, 2.1",
        "RFC 6715, 2.2",
        "RFC 6715, 2.3",
    ],
    "LEVEL is beginner, average or expert for EXPERTISE, and high, medium or low for HOBBY and \
     INTEREST.",
    "Readers ignore anything else.",
);

pub(in crate::validate) static MEDIATYPE_INVALID: Rule = Rule::new(
    "mediatype-invalid",
    [None, None, Some(Warning)],
    &["RFC 6350, 5.7"],
    "MEDIATYPE is a media type: two names with a slash between them.",
    "It says what the URI leads to, as image/png.",
);

pub(in crate::validate) static CALSCALE_UNKNOWN: Rule = Rule::new(
    "calscale-unknown",
    [None, None, Some(Warning)],
    &["RFC 6350, 5.8"],
    "CALSCALE is gregorian, or a private name.",
    "A reader that does not know the calendar has to ignore the date.",
);

pub(in crate::validate) static COUNTRY_CODE_INVALID: Rule = Rule::new(
    "country-code-invalid",
    [None, None, Some(Warning)],
    &["RFC 8605, 3.1"],
    "CC is a country code of two letters.",
    "As ISO 3166 has them, for instance DE.",
);

pub(in crate::validate) static PROP_ID_INVALID: Rule = Rule::new(
    "prop-id-invalid",
    [None, None, Some(Error)],
    &["RFC 9554, 4.7"],
    "PROP-ID has 1 to 255 letters, digits, hyphens and underscores.",
    "It becomes the key of an object in JSContact.",
);

pub(in crate::validate) static PHONETIC_UNKNOWN: Rule = Rule::new(
    "phonetic-unknown",
    [None, None, Some(Warning)],
    &["RFC 9554, 4.6"],
    "PHONETIC is ipa, jyut, piny or script, or a private name.",
    "Readers cannot know how to sound the value.",
);

pub(in crate::validate) static SORT_AS_TOO_LONG: Rule = Rule::new(
    "sort-as-too-long",
    [None, None, Some(Error)],
    &["RFC 6350, 5.9"],
    "SORT-AS has at most as many values as the property has components.",
    "Each sorts by one component, in their order.",
);

pub(in crate::validate) fn check(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
) {
    // Counted once, however often a hostile line has SORT-AS.
    let mut components = None;
    for parameter in parameters {
        match parameter.id {
            Some(ParameterId::LANGUAGE) => language(findings, line, parameter),
            Some(ParameterId::SORT_AS) if findings.standard == Version::V4_0 => {
                let components = *components.get_or_insert_with(|| components_of(line));
                sort_as_too_long(findings, line, parameter, components);
            }
            Some(id) if findings.standard == Version::V4_0 => {
                of_4_0(findings, line, parameter, id);
            }
            _ => {}
        }
    }
}

fn of_4_0(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    id: ParameterId,
) {
    let Some(check) = check_of(id) else { return };
    let text = parameter.value();
    if !text.is_empty() {
        let value = ParameterValue {
            line,
            parameter,
            id,
            text: &text,
        };
        check(findings, &value);
    }
}

/// The value of a parameter of 4.0.
struct ParameterValue<'p, 'a> {
    line: &'p PlacedLine<'a>,
    parameter: &'p LineParameter<'a>,
    id: ParameterId,
    text: &'p str,
}

impl ParameterValue<'_, '_> {
    /// Adds that the value is not what the parameter has.
    fn not_expected(&self, findings: &mut Findings, rule: &'static Rule, expected: &str) {
        let shown = shown(self.text.as_bytes());
        let message = format!("{}={shown}; {expected}", self.id.name());
        self.add(findings, None, rule, message);
    }

    /// Adds that the value cannot be read.
    fn invalid(&self, findings: &mut Findings, rule: &'static Rule, error: &ValueError) {
        self.add(findings, None, rule, self.unreadable(error));
    }

    fn unreadable(&self, error: &ValueError) -> String {
        match error.reason {
            // It names what it is about.
            Reason::OutOfRange { .. } => error.to_string(),
            _ => format!(
                "{}={}; {error}",
                self.id.name(),
                shown(self.text.as_bytes())
            ),
        }
    }

    fn add(
        &self,
        findings: &mut Findings,
        severity: Option<Severity>,
        rule: &'static Rule,
        message: String,
    ) {
        let section = section_in(self.id.row().sections, findings.standard);
        let span = self.line.span_of(self.parameter.written.raw());
        match severity {
            Some(severity) => {
                findings.add_citing_as(severity, section, rule, self.line, span, message);
            }
            None => findings.add_citing(section, rule, self.line, span, message),
        }
    }
}

fn language(findings: &mut Findings, line: &PlacedLine<'_>, parameter: &LineParameter<'_>) {
    for text in parameter.written.values() {
        if text.is_empty() {
            continue;
        }
        if let Err(error) = LanguageTag::parse_strict(&text, Version::V4_0) {
            let value = ParameterValue {
                line,
                parameter,
                id: ParameterId::LANGUAGE,
                text: &text,
            };
            value.invalid(findings, &LANGUAGE_TAG_INVALID, &error);
        }
    }
}

type Check = fn(&mut Findings, &ParameterValue<'_, '_>);

/// What looks at the values of a parameter in 4.0.
fn check_of(id: ParameterId) -> Option<Check> {
    Some(match id {
        ParameterId::PREF => pref_invalid,
        ParameterId::PID => pid_invalid,
        ParameterId::INDEX => index_invalid,
        ParameterId::LEVEL => level_invalid,
        ParameterId::MEDIATYPE => mediatype_invalid,
        ParameterId::CALSCALE => calscale_unknown,
        ParameterId::CC => country_code_invalid,
        ParameterId::PROP_ID => prop_id_invalid,
        ParameterId::PHONETIC => phonetic_unknown,
        ParameterId::GEO => geo_invalid,
        ParameterId::CREATED => created_invalid,
        ParameterId::DERIVED => derived_invalid,
        ParameterId::AUTHOR => author_invalid,
        _ => return None,
    })
}

/// Whether a value is clean at a glance: no rule here has anything to say about it.
pub(in crate::validate) fn is_clean(id: ParameterId, standard: Version, value: &[u8]) -> bool {
    match id {
        ParameterId::LANGUAGE => LanguageTag::is_clean(value),
        _ if standard != Version::V4_0 => true,
        ParameterId::PREF => Pref::is_clean(value),
        ParameterId::SORT_AS => false,
        _ => check_of(id).is_none(),
    }
}

fn created_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    if let Err(error) = Timestamp::parse(value.text, Version::V4_0) {
        value.invalid(findings, &TIMESTAMP_INVALID, &error);
    }
}

fn derived_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    if let Err(error) = bool::parse_strict(value.text, Version::V4_0) {
        value.invalid(findings, &BOOLEAN_INVALID, &error);
    }
}

fn author_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    if let Err(error) = Uri::parse_strict(value.text, Version::V4_0) {
        value.invalid(findings, &URI_INVALID, &error);
    }
}

fn pref_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    if let Err(error) = Pref::parse(value.text) {
        value.invalid(findings, &PREF_INVALID, &error);
    }
}

fn pid_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    let failed = value
        .parameter
        .written
        .values()
        .find_map(|one| match findings.profile {
            // A list in quotes is one value there.
            Profile::Vcard4Bis => Pid::parse(&one).err(),
            _ => Pid::parse_list(&one).err(),
        });
    if let Some(error) = failed {
        value.invalid(findings, &PID_INVALID, &error);
    }
}

fn index_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    let digits = value.text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || value.text.bytes().all(|byte| byte == b'0') {
        value.not_expected(findings, &INDEX_INVALID, "expected an integer from 1");
    }
}

fn level_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    if let Err(error) = Level::parse(value.text) {
        return value.invalid(findings, &LEVEL_INVALID, &error);
    }
    let Some(property) = value.line.row.map(|row| row.id) else {
        return;
    };
    let level = Some(ParameterId::LEVEL);
    let expected = match property {
        PropertyId::EXPERTISE => "expected beginner, average or expert",
        PropertyId::HOBBY | PropertyId::INTEREST => "expected high, medium or low",
        _ => return,
    };
    if !registry::is_registered(property, level, Version::V4_0, value.text) {
        value.not_expected(findings, &LEVEL_INVALID, expected);
    }
}

fn mediatype_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    if let Err(error) = MediaType::parse(value.text) {
        value.invalid(findings, &MEDIATYPE_INVALID, &error);
    }
}

fn calscale_unknown(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    let known = matches!(CalScale::parse(value.text), Ok(CalScale::Gregorian));
    if !known && !registry::is_private(value.text.as_bytes()) {
        value.not_expected(findings, &CALSCALE_UNKNOWN, "expected gregorian");
    }
}

fn country_code_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    if value.text.len() != 2 || !value.text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        value.not_expected(findings, &COUNTRY_CODE_INVALID, "expected two letters");
    }
}

fn prop_id_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    let is_octet = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if value.text.len() > 255 || !value.text.bytes().all(is_octet) {
        let expected = "expected 1 to 255 letters, digits, hyphens and underscores";
        value.not_expected(findings, &PROP_ID_INVALID, expected);
    }
}

/// On properties that have no sound it means nothing, which is another rule.
fn phonetic_unknown(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    let phonetic = Some(ParameterId::PHONETIC);
    if !registry::is_registered(PropertyId::N, phonetic, findings.standard, value.text)
        && !registry::is_private(value.text.as_bytes())
    {
        let expected = "expected ipa, jyut, piny or script";
        value.not_expected(findings, &PHONETIC_UNKNOWN, expected);
    }
}

fn geo_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    let Err(error) = Geo::parse_strict(value.text, Version::V4_0) else {
        return;
    };
    if Geo::parse_strict(&value.text.replace(',', "\\,"), Version::V4_0).is_ok() {
        return;
    }
    // As in the property GEO, what readers understand all the same is a warning.
    let understood = Geo::parse(value.text, Version::V4_0).is_ok();
    let severity = understood.then_some(Warning);
    value.add(findings, severity, &GEO_INVALID, value.unreadable(&error));
}

fn components_of(line: &PlacedLine<'_>) -> usize {
    let semicolons = line
        .content
        .raw_value()
        .iter()
        .filter(|byte| **byte == b';');
    1 + semicolons.count()
}

fn sort_as_too_long(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    components: usize,
) {
    let text = parameter.value();
    if text.is_empty() {
        return;
    }
    // A quoted list is one value where there is one component.
    let is_too_long = match components {
        1 => parameter.written.raw_values().count() > 1,
        _ => {
            let values = parameter.written.values();
            let values: usize = values.map(|value| value.split(',').count()).sum();
            values > components
        }
    };
    if is_too_long {
        let value = ParameterValue {
            line,
            parameter,
            id: ParameterId::SORT_AS,
            text: &text,
        };
        let expected = "expected at most one for each component of the value";
        value.not_expected(findings, &SORT_AS_TOO_LONG, expected);
    }
}
