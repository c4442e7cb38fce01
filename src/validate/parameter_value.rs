//! Rules about the values of parameters.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::diagnostic::{
    Rule,
    Severity::{Error, Info, Warning},
    section_in,
};
use super::findings::{Findings, LineAt, Param, shown};
use super::fix::{Change, Fix};
use super::profile::Profile;
use super::value;
use crate::registry::{self, Condition, ParameterId, Permit, PropertyId};
use crate::value::{
    CalScale, Geo, LanguageTag, Level, MediaType, Pid, Pref, Reason, Timestamp, Uri, Value as _,
    ValueError,
};
use crate::version::Version;

pub(super) static PREF_INVALID: Rule = Rule::new(
    "pref-invalid",
    [None, None, Some(Error)],
    &["RFC 6350, 5.3"],
    "PREF is an integer from 1 to 100.",
    "1 is the best. Readers ignore anything else, or the property.",
);

pub(super) static PID_INVALID: Rule = Rule::new(
    "pid-invalid",
    [None, None, Some(Error)],
    &["RFC 6350, 5.5"],
    "PID is a number from 1, or two with a dot between them.",
    "The first numbers the property, the second names the CLIENTPIDMAP of the program that did.",
);

pub(super) static INDEX_INVALID: Rule = Rule::new(
    "index-invalid",
    [None, None, Some(Error)],
    &["RFC 6715, 3.1", "RFC 6715, 2.4"],
    "INDEX is an integer from 1.",
    "Its place in a list.",
);

pub(super) static LEVEL_INVALID: Rule = Rule::new(
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

pub(super) static MEDIATYPE_INVALID: Rule = Rule::new(
    "mediatype-invalid",
    [None, None, Some(Warning)],
    &["RFC 6350, 5.7"],
    "MEDIATYPE is a media type: two names with a slash between them.",
    "It says what the URI leads to, as image/png.",
);

pub(super) static CALSCALE_UNKNOWN: Rule = Rule::new(
    "calscale-unknown",
    [None, None, Some(Warning)],
    &["RFC 6350, 5.8"],
    "CALSCALE is gregorian, or a private name.",
    "A reader that does not know the calendar has to ignore the date.",
);

pub(super) static COUNTRY_CODE_INVALID: Rule = Rule::new(
    "country-code-invalid",
    [None, None, Some(Warning)],
    &["RFC 8605, 3.1"],
    "CC is a country code of two letters.",
    "As ISO 3166 has them, for instance DE.",
);

pub(super) static PROP_ID_INVALID: Rule = Rule::new(
    "prop-id-invalid",
    [None, None, Some(Error)],
    &["RFC 9554, 4.7"],
    "PROP-ID has 1 to 255 letters, digits, hyphens and underscores.",
    "It becomes the key of an object in JSContact.",
);

pub(super) static PHONETIC_UNKNOWN: Rule = Rule::new(
    "phonetic-unknown",
    [None, None, Some(Warning)],
    &["RFC 9554, 4.6"],
    "PHONETIC is ipa, jyut, piny or script, or a private name.",
    "Readers cannot know how to sound the value.",
);

pub(super) static SORT_AS_TOO_LONG: Rule = Rule::new(
    "sort-as-too-long",
    [None, None, Some(Error)],
    &["RFC 6350, 5.9"],
    "SORT-AS has at most as many values as the property has components.",
    "Each sorts by one component, in their order.",
);

pub(super) static TYPE_NOT_PERMITTED: Rule = Rule::new(
    "type-not-permitted",
    [Some(Info), Some(Info), Some(Warning)],
    &[
        "RFC 6350, 5.6",
        "RFC 6350, 6.4.1",
        "RFC 6350, A.3",
        "RFC 2426, 4",
        "RFC 6350, 6.6.6",
    ],
    "A TYPE that is registered for some properties stands on one of them.",
    "Readers ignore it, as TYPE=cell on EMAIL, or it means something that the version says \
     otherwise, as TYPE=JPEG.",
);

pub(super) static TYPE_UNKNOWN: Rule = Rule::new(
    "type-unknown",
    [Some(Info), Some(Info), Some(Info)],
    &["RFC 6350, 5.6", "RFC 2426, 4", "vCard 2.1, 2.9"],
    "A TYPE is registered, or begins with X-.",
    "Readers that do not know it ignore it.",
);

pub(super) static TYPE_PREF_IN_4_0: Rule = Rule::new(
    "type-pref-in-4.0",
    [None, None, Some(Warning)],
    &["RFC 6350, A.3", "RFC 6350, 5.3"],
    "What is preferred has PREF in 4.0, not TYPE=pref.",
    "Readers of 4.0 do not look for it in TYPE. Write PREF=1.",
);

pub(super) static TYPE_LIST_QUOTED: Rule = Rule::new(
    "type-list-quoted",
    [None, Some(Warning), Some(Warning)],
    &["RFC 6350, 5.6", "RFC 6350, 5", "RFC 2426, 4"],
    "The values of TYPE stand in no quotes together.",
    "TYPE=\"home,work\" is one value with a comma in it to many readers, in spite of an example of \
     RFC 6350 (errata 3100, 3138, 7061). Write TYPE=home,work.",
);

pub(super) fn check(findings: &mut Findings, at: &LineAt<'_>, params: &[Param<'_>]) {
    let mut types = false;
    // Counted once, however often a hostile line has SORT-AS.
    let mut components = None;
    for param in params {
        match param.id {
            Some(ParameterId::TYPE) => types = true,
            Some(ParameterId::LANGUAGE) => language(findings, at, param),
            Some(ParameterId::SORT_AS) if findings.standard == Version::V4_0 => {
                let components = *components.get_or_insert_with(|| components_of(at));
                sort_as(findings, at, param, components);
            }
            Some(id) if findings.standard == Version::V4_0 => of_4_0(findings, at, param, id),
            _ => {}
        }
    }
    if types {
        self::types(findings, at, params);
    }
}

fn language(findings: &mut Findings, at: &LineAt<'_>, param: &Param<'_>) {
    for value in param.parameter.values() {
        if value.is_empty() {
            continue;
        }
        if let Err(error) = LanguageTag::parse_strict(&value, Version::V4_0) {
            invalid(
                findings,
                at,
                param,
                &value::LANGUAGE_TAG_INVALID,
                &value,
                &error,
            );
        }
    }
}

fn of_4_0(findings: &mut Findings, at: &LineAt<'_>, param: &Param<'_>, id: ParameterId) {
    let value = param.value();
    if value.is_empty() {
        return;
    }
    let property = at.row.map(|row| row.id);
    let failed: Option<(&'static Rule, ValueError)> = match id {
        ParameterId::PREF => Pref::parse(&value).err().map(|e| (&PREF_INVALID, e)),
        ParameterId::PID => {
            let all: Vec<Cow<'_, str>> = param.parameter.values().collect();
            all.iter()
                .find_map(|value| match findings.profile {
                    // A list in quotes is one value there.
                    Profile::Vcard4Bis => Pid::parse(value).err(),
                    _ => Pid::parse_list(value).err(),
                })
                .map(|e| (&PID_INVALID, e))
        }
        ParameterId::MEDIATYPE => MediaType::parse(&*value)
            .err()
            .map(|e| (&MEDIATYPE_INVALID, e)),
        ParameterId::LEVEL => Level::parse(&value).err().map(|e| (&LEVEL_INVALID, e)),
        ParameterId::GEO => Geo::parse_strict(&value, Version::V4_0)
            .err()
            .filter(|_| Geo::parse_strict(&value.replace(',', "\\,"), Version::V4_0).is_err())
            .map(|e| (&value::GEO_INVALID, e)),
        ParameterId::CREATED => Timestamp::parse(&value, Version::V4_0)
            .err()
            .map(|e| (&value::TIMESTAMP_INVALID, e)),
        ParameterId::DERIVED => bool::parse_strict(&value, Version::V4_0)
            .err()
            .map(|e| (&value::BOOLEAN_INVALID, e)),
        ParameterId::AUTHOR => Uri::parse_strict(&value, Version::V4_0)
            .err()
            .map(|e| (&value::URI_INVALID, e)),
        _ => None,
    };
    if let Some((rule, error)) = failed {
        // As in the property GEO, what readers understand all the same is a warning.
        if id == ParameterId::GEO && Geo::parse(&value, Version::V4_0).is_ok() {
            return findings.add_in_as(
                Warning,
                section_in(id.row().sections, findings.standard),
                rule,
                at,
                at.of_head(param.parameter.raw()),
                not_valid(id, &value, &error),
            );
        }
        return invalid(findings, at, param, rule, &value, &error);
    }
    let message: Option<(&'static Rule, &'static str)> = match id {
        ParameterId::INDEX if !is_positive(&value) => {
            Some((&INDEX_INVALID, "expected an integer from 1"))
        }
        ParameterId::CC if value.len() != 2 || !value.bytes().all(|b| b.is_ascii_alphabetic()) => {
            Some((&COUNTRY_CODE_INVALID, "expected two letters"))
        }
        ParameterId::PROP_ID if !is_prop_id(&value) => Some((
            &PROP_ID_INVALID,
            "expected 1 to 255 letters, digits, hyphens and underscores",
        )),
        ParameterId::CALSCALE if !is_calendar(&value) => {
            Some((&CALSCALE_UNKNOWN, "expected gregorian"))
        }
        // On other properties it means nothing, which permit says.
        ParameterId::PHONETIC
            if !registry::is_registered(PropertyId::N, Some(id), findings.standard, &value)
                && !is_private(&value) =>
        {
            Some((&PHONETIC_UNKNOWN, "expected ipa, jyut, piny or script"))
        }
        ParameterId::LEVEL if !is_level_of(property, &value) => Some((
            &LEVEL_INVALID,
            match property {
                Some(PropertyId::EXPERTISE) => "expected beginner, average or expert",
                _ => "expected high, medium or low",
            },
        )),
        _ => None,
    };
    if let Some((rule, expected)) = message {
        not_expected(findings, at, param, id, rule, expected);
    }
}

fn not_expected(
    findings: &mut Findings,
    at: &LineAt<'_>,
    param: &Param<'_>,
    id: ParameterId,
    rule: &'static Rule,
    expected: &str,
) {
    let value = param.value();
    findings.add_in(
        section_in(id.row().sections, findings.standard),
        rule,
        at,
        at.of_head(param.parameter.raw()),
        format!("{}={}; {expected}", id.name(), shown(value.as_bytes())),
    );
}

fn invalid(
    findings: &mut Findings,
    at: &LineAt<'_>,
    param: &Param<'_>,
    rule: &'static Rule,
    value: &str,
    error: &ValueError,
) {
    let Some(id) = param.id else { return };
    findings.add_in(
        section_in(id.row().sections, findings.standard),
        rule,
        at,
        at.of_head(param.parameter.raw()),
        not_valid(id, value, error),
    );
}

fn not_valid(id: ParameterId, value: &str, error: &ValueError) -> String {
    match error.reason {
        // It names what it is about.
        Reason::OutOfRange { .. } => error.to_string(),
        _ => format!("{}={}; {error}", id.name(), shown(value.as_bytes())),
    }
}

fn is_private(value: &str) -> bool {
    value
        .get(..2)
        .is_some_and(|start| start.eq_ignore_ascii_case("x-"))
}

fn is_positive(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_digit()) && value.bytes().any(|byte| byte != b'0')
}

fn is_prop_id(value: &str) -> bool {
    (1..=255).contains(&value.len())
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn is_calendar(value: &str) -> bool {
    matches!(CalScale::parse(value), Ok(CalScale::Gregorian)) || is_private(value)
}

fn is_level_of(property: Option<PropertyId>, value: &str) -> bool {
    match property {
        Some(id @ (PropertyId::EXPERTISE | PropertyId::HOBBY | PropertyId::INTEREST)) => {
            registry::is_registered(id, Some(ParameterId::LEVEL), Version::V4_0, value)
        }
        _ => true,
    }
}

fn components_of(at: &LineAt<'_>) -> usize {
    let semicolons = at.line.raw_value().iter().filter(|byte| **byte == b';');
    1 + semicolons.count()
}

fn sort_as(findings: &mut Findings, at: &LineAt<'_>, param: &Param<'_>, components: usize) {
    if param.value().is_empty() {
        return;
    }
    let written = param.parameter.raw_values().count();
    let values: usize = param
        .parameter
        .values()
        .map(|value| value.split(',').count())
        .sum();
    // A quoted list is one value where there is one component.
    let is_too_long = match components {
        1 => written > 1,
        _ => values > components,
    };
    if is_too_long {
        let expected = "expected at most one for each component of the value";
        not_expected(
            findings,
            at,
            param,
            ParameterId::SORT_AS,
            &SORT_AS_TOO_LONG,
            expected,
        );
    }
}

fn types(findings: &mut Findings, at: &LineAt<'_>, params: &[Param<'_>]) {
    let Some(row) = at.row.filter(|row| row.stands_for.is_none()) else {
        return;
    };
    let standard = findings.standard;
    // Where TYPE means nothing, permit says so, once.
    let taken = findings.column(row).is_some_and(|column| {
        matches!(
            column.permit(ParameterId::TYPE),
            Permit::If(condition) if condition != Condition::PrefOnly
        )
    });
    if !taken {
        return;
    }
    let one_value = findings.profile == Profile::Vcard4Bis;
    let of_type = || {
        params
            .iter()
            .filter(|param| param.id == Some(ParameterId::TYPE))
    };
    for param in of_type() {
        let span = || at.of_head(param.parameter.raw());
        for value in param.parameter.values() {
            if value.contains(',') && standard != Version::V2_1 {
                findings.add(
                    &TYPE_LIST_QUOTED,
                    at,
                    span(),
                    format!(
                        "the list \"{}\" in quotes is one value; expected TYPE={0}",
                        shown(value.as_bytes())
                    ),
                );
                findings.fix(|| {
                    let all = all_types(params);
                    // What the list is made of was not looked at; the repair must not be wrong.
                    let known = |one: &String| {
                        is_private(one)
                            || is_known_type(row.id, standard, one.as_bytes())
                            || one.eq_ignore_ascii_case("pref")
                    };
                    if one_value && !all.iter().all(known) {
                        return None;
                    }
                    if standard == Version::V4_0
                        && all.iter().any(|one| one.eq_ignore_ascii_case("pref"))
                    {
                        return Some(with_pref(at, params));
                    }
                    Some(Fix::new(
                        format!("write TYPE={}", all.join(",")),
                        at.entry(),
                        Change::SetParameter {
                            name: "TYPE",
                            values: all,
                        },
                    ))
                });
                if one_value {
                    continue;
                }
            }
            for one in value.split(',').map(str::trim) {
                if one.is_empty() || is_private(one) {
                    continue;
                }
                if standard == Version::V4_0 && one.eq_ignore_ascii_case("pref") {
                    type_pref(findings, at, param, params);
                } else {
                    one_type(findings, at, param, row.id, one);
                }
            }
        }
    }
}

fn all_types(params: &[Param<'_>]) -> Vec<String> {
    params
        .iter()
        .filter(|param| param.id == Some(ParameterId::TYPE))
        .flat_map(|param| param.parameter.values())
        .flat_map(|value| {
            value
                .split(',')
                .map(|one| one.trim().to_string())
                .collect::<Vec<_>>()
        })
        .filter(|one| !one.is_empty())
        .collect()
}

fn type_pref(findings: &mut Findings, at: &LineAt<'_>, param: &Param<'_>, params: &[Param<'_>]) {
    findings.add(
        &TYPE_PREF_IN_4_0,
        at,
        at.of_head(param.parameter.raw()),
        "TYPE=pref in a card of 4.0; expected PREF=1",
    );
    findings.fix(|| Some(with_pref(at, params)));
}

/// PREF instead of TYPE=pref.
fn with_pref(at: &LineAt<'_>, params: &[Param<'_>]) -> Fix {
    let mut values = all_types(params);
    values.retain(|value| !value.eq_ignore_ascii_case("pref"));
    let entry = at.entry();
    let name = "TYPE";
    let types = match values.is_empty() {
        true => Change::RemoveParameter { name },
        false => Change::SetParameter { name, values },
    };
    let fix = Fix::new("write PREF=1", entry, types);
    let known = params
        .iter()
        .any(|param| param.id == Some(ParameterId::PREF));
    if known {
        return fix;
    }
    let pref = Change::SetParameter {
        name: "PREF",
        values: [String::from("1")].into(),
    };
    fix.and(entry, pref)
}

/// Whether TYPE may have this value; two every property takes, or is written with by everybody.
#[inline]
pub(super) fn is_known_type(property: PropertyId, standard: Version, one: &[u8]) -> bool {
    one.eq_ignore_ascii_case(b"work")
        || one.eq_ignore_ascii_case(b"home")
        || registry::is_registered_type(property, standard, one)
}

fn one_type(
    findings: &mut Findings,
    at: &LineAt<'_>,
    param: &Param<'_>,
    property: PropertyId,
    one: &str,
) {
    let standard = findings.standard;
    if is_known_type(property, standard, one.as_bytes()) {
        return;
    }
    // Formats of media have many names.
    let media = matches!(
        property,
        PropertyId::PHOTO | PropertyId::LOGO | PropertyId::SOUND | PropertyId::KEY
    );
    if media && standard != Version::V4_0 {
        return;
    }
    let elsewhere = registry::groups().iter().any(|group| {
        group.parameter == Some(ParameterId::TYPE)
            && group
                .values
                .iter()
                .any(|known| known.eq_ignore_ascii_case(one))
    });
    let name = property.name();
    if elsewhere || media {
        findings.add_in(
            at.section(standard),
            &TYPE_NOT_PERMITTED,
            at,
            at.of_head(param.parameter.raw()),
            match media {
                true => format!(
                    "TYPE={} is not for {name} in {standard}; expected MEDIATYPE, as \
                     MEDIATYPE=image/png, or the media type of the data: URI",
                    shown(one.as_bytes())
                ),
                false => format!(
                    "TYPE={} is not for {name} in {standard}; expected it left out",
                    shown(one.as_bytes())
                ),
            },
        );
    } else {
        findings.add(
            &TYPE_UNKNOWN,
            at,
            at.of_head(param.parameter.raw()),
            format!(
                "TYPE={} is not registered; expected a word that is, or X-{0}",
                shown(one.as_bytes())
            ),
        );
    }
}
