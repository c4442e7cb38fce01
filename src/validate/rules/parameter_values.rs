//! Rules about the values of parameters, but for TYPE.

use alloc::format;
use alloc::string::{String, ToString};

use super::values::dates::TIMESTAMP_INVALID;
use super::values::numbers::{BOOLEAN_INVALID, GEO_INVALID};
use super::values::uris::URI_INVALID;
use super::values::words::LANGUAGE_TAG_INVALID;
use crate::registry::{self, ParameterId, PropertyId};
use crate::syntax::byte_class::{is_token, is_x_name};
use crate::syntax::escape;
use crate::validate::findings::{Findings, shown};
use crate::validate::placed_line::{LineParameter, PlacedLine};
use crate::validate::profile::Profile;
use crate::validate::rule::{
    Rule, Severity,
    Severity::{Error, Warning},
    section_in,
};
use crate::value::{
    CalScale, Geo, LanguageTag, Level, MediaType, Pid, Pref, Reason, Timestamp, Uri, Value,
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
    &SCRIPT_INVALID,
    &SORT_AS_TOO_LONG,
    &CONTEXT_INVALID,
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

pub(in crate::validate) static SCRIPT_INVALID: Rule = Rule::new(
    "script-invalid",
    [None, None, Some(Warning)],
    &["RFC 9554, 4.8"],
    "SCRIPT is the subtag of a script: four letters.",
    "As Latn, Cyrl or Hans. Readers cannot know in which script another is.",
);

pub(in crate::validate) static SORT_AS_TOO_LONG: Rule = Rule::new(
    "sort-as-too-long",
    [None, None, Some(Error)],
    &["RFC 6350, 5.9"],
    "SORT-AS has at most as many values as the property has components.",
    "Each sorts by one component, in their order.",
);

pub(in crate::validate) static CONTEXT_INVALID: Rule = Rule::new(
    "context-invalid",
    [None, Some(Warning), None],
    &["RFC 2425, 5.8.3", "RFC 2425, 6.1"],
    "CONTEXT is one word of letters, digits and hyphens, the protocol that a SOURCE is read by.",
    "As LDAP with an ldap: URI. Readers cannot know what another text names.",
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
            Some(ParameterId::CONTEXT) if findings.standard == Version::V3_0 => {
                context_invalid(findings, line, parameter);
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

impl<'p> ParameterValue<'p, '_> {
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

    /// Reads the value as a property of this type is read: what readers understand all the same is a
    /// warning.
    fn strictly<T: Value<'p>>(&self, findings: &mut Findings, rule: &'static Rule) {
        let Err(error) = T::parse_strict(self.text, Version::V4_0) else {
            return;
        };
        let understood = T::parse(self.text, Version::V4_0).is_ok();
        let severity = understood.then_some(Warning);
        self.add(findings, severity, rule, self.unreadable(&error));
    }

    /// Whether a URI without quotes has ended at its first colon, so that its scheme is what is left: the
    /// last parameter, and a word.
    fn is_cut_at_colon(&self) -> bool {
        let raw = self.parameter.written.raw();
        let is_last = self.line.content.head().ends_with(raw);
        is_last && !raw.contains(&b'"') && is_scheme(self.text)
    }

    /// Adds that the colon of a URI has ended the parameter, and that the rest of it begins the value.
    fn cut_at_colon(
        &self,
        findings: &mut Findings,
        section: Option<&'static str>,
        rule: &'static Rule,
    ) {
        let message = format!(
            "{0}={1} ends at the colon; expected quotes around the URI, as {0}=\"{1}:…\"",
            self.id.name(),
            shown(self.text.as_bytes())
        );
        let span = self.line.span_of(self.parameter.written.raw());
        findings.add_citing(section, rule, self.line, span, message);
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

/// "MUST be quoted" of values with a colon, a semicolon or a comma.
const QUOTED: &str = "RFC 6350, 5";

/// Whether a text has the characters of the scheme of a URI.
fn is_scheme(text: &str) -> bool {
    let is_octet = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.bytes().all(is_octet)
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

/// A word that is not a token; one that is empty is no name of a protocol either.
fn context_invalid(findings: &mut Findings, line: &PlacedLine<'_>, parameter: &LineParameter<'_>) {
    if parameter.written.name_bytes().is_none() {
        return;
    }
    for text in parameter.written.values() {
        if !is_token(text.as_bytes()) {
            let id = ParameterId::CONTEXT;
            let value = ParameterValue {
                line,
                parameter,
                id,
                text: &text,
            };
            let expected = "expected a word of letters, digits and hyphens, as LDAP";
            value.not_expected(findings, &CONTEXT_INVALID, expected);
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
        ParameterId::SCRIPT => script_invalid,
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
        ParameterId::CONTEXT => is_token(value),
        _ if standard != Version::V4_0 => true,
        ParameterId::PREF => Pref::is_clean(value),
        ParameterId::SORT_AS => false,
        _ => check_of(id).is_none(),
    }
}

fn created_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    value.strictly::<Timestamp>(findings, &TIMESTAMP_INVALID);
}

fn derived_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    value.strictly::<bool>(findings, &BOOLEAN_INVALID);
}

fn author_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    if value.is_cut_at_colon() {
        // Its own section has the quotes.
        let section = section_in(value.id.row().sections, findings.standard);
        return value.cut_at_colon(findings, section, &URI_INVALID);
    }
    value.strictly::<Uri<'_>>(findings, &URI_INVALID);
}

fn pref_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    if let Err(error) = Pref::parse(value.text) {
        value.invalid(findings, &PREF_INVALID, &error);
    }
}

fn pid_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    let revised = findings.profile == Profile::Vcard4Bis;
    for listed in value.parameter.written.values() {
        // A list in quotes is one value there.
        let failed = match revised {
            true => Pid::parse(&listed).err().map(|error| (&*listed, error)),
            false => listed
                .split(',')
                .find_map(|one| Some((one, Pid::parse(one).err()?))),
        };
        if let Some((text, error)) = failed {
            return ParameterValue { text, ..*value }.invalid(findings, &PID_INVALID, &error);
        }
    }
}

fn index_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    // An integer of RFC 6350, 4.5, which may have a sign, and has 64 bits.
    if !value.text.parse::<i64>().is_ok_and(|number| number >= 1) {
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
        let message = format!("LEVEL={}; {expected}", shown(value.text.as_bytes()));
        let section = value.line.section(Version::V4_0);
        let span = value.line.span_of(value.parameter.written.raw());
        findings.add_citing(section, &LEVEL_INVALID, value.line, span, message);
    }
}

fn mediatype_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    if let Err(error) = MediaType::parse(value.text) {
        value.invalid(findings, &MEDIATYPE_INVALID, &error);
    }
}

fn calscale_unknown(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    let known = matches!(CalScale::parse(value.text), Ok(CalScale::Gregorian));
    if !known && !is_x_name(value.text.as_bytes()) {
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
        && !is_x_name(value.text.as_bytes())
    {
        let expected = "expected ipa, jyut, piny or script";
        value.not_expected(findings, &PHONETIC_UNKNOWN, expected);
    }
}

fn script_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    if value.text.len() != 4 || !value.text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        let expected = "expected the four letters of a script, as Latn";
        value.not_expected(findings, &SCRIPT_INVALID, expected);
    }
}

fn geo_invalid(findings: &mut Findings, value: &ParameterValue<'_, '_>) {
    if value.is_cut_at_colon() {
        return value.cut_at_colon(findings, Some(QUOTED), &GEO_INVALID);
    }
    // A comma needs no backslash in a parameter.
    let escaped = value.text.replace(',', "\\,");
    // As in the property GEO, other schemes are permitted (RFC 6350, 6.5.2).
    let foreign = Uri::parse_strict(&escaped, Version::V4_0)
        .is_ok_and(|uri| uri.scheme().is_some() && !uri.has_scheme("geo"));
    if !foreign && Geo::parse_strict(&escaped, Version::V4_0).is_err() {
        value.strictly::<Geo<'_>>(findings, &GEO_INVALID);
    }
}

fn components_of(line: &PlacedLine<'_>) -> usize {
    // Of a text that cannot be read nobody knows how many there are.
    let text = line.property.raw_text();
    text.map_or(usize::MAX, |text| {
        escape::split_components(&text, Version::V4_0).count()
    })
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
    let values = match components {
        1 => parameter.written.raw_values().count(),
        _ => {
            let values = parameter.written.values();
            values.map(|value| value.split(',').count()).sum()
        }
    };
    if values > components {
        let value = ParameterValue {
            line,
            parameter,
            id: ParameterId::SORT_AS,
            text: &text,
        };
        let message = format!(
            "SORT-AS has {values} values; expected at most {components}, one for each component"
        );
        value.add(findings, None, &SORT_AS_TOO_LONG, message);
    }
}
