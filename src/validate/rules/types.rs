//! Rules about the values of TYPE.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::registry::{self, Condition, ParameterId, Permit, PropertyId};
use crate::validate::diagnostic::{
    Rule,
    Severity::{Info, Warning},
};
use crate::validate::findings::{Findings, shown};
use crate::validate::fix::{Change, Fix};
use crate::validate::placed_line::{LineParameter, PlacedLine, find};
use crate::validate::profile::Profile;
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &TYPE_NOT_PERMITTED,
    &TYPE_UNKNOWN,
    &TYPE_PREF_IN_4_0,
    &TYPE_LIST_QUOTED,
];

pub(in crate::validate) static TYPE_NOT_PERMITTED: Rule = Rule::new(
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

pub(in crate::validate) static TYPE_UNKNOWN: Rule = Rule::new(
    "type-unknown",
    [Some(Info), Some(Info), Some(Info)],
    &["RFC 6350, 5.6", "RFC 2426, 4", "vCard 2.1, 2.9"],
    "A TYPE is registered, or begins with X-.",
    "Readers that do not know it ignore it.",
);

pub(in crate::validate) static TYPE_PREF_IN_4_0: Rule = Rule::new(
    "type-pref-in-4.0",
    [None, None, Some(Warning)],
    &["RFC 6350, A.3", "RFC 6350, 5.3"],
    "What is preferred has PREF in 4.0, not TYPE=pref.",
    "Readers of 4.0 do not look for it in TYPE. Write PREF=1.",
);

pub(in crate::validate) static TYPE_LIST_QUOTED: Rule = Rule::new(
    "type-list-quoted",
    [None, Some(Warning), Some(Warning)],
    &["RFC 6350, 5.6", "RFC 6350, 5", "RFC 2426, 4"],
    "The values of TYPE stand in no quotes together.",
    "TYPE=\"home,work\" is one value with a comma in it to many readers, in spite of an example of \
     RFC 6350 (errata 3100, 3138, 7061). Write TYPE=home,work.",
);

pub(in crate::validate) fn check(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
) {
    if find(parameters, ParameterId::TYPE).is_none() {
        return;
    }
    let Some(row) = line.row.filter(|row| row.stands_for.is_none()) else {
        return;
    };
    // Where TYPE means nothing, another rule says so, once.
    let taken = findings.column(row).is_some_and(|column| {
        matches!(
            column.permit(ParameterId::TYPE),
            Permit::If(condition) if condition != Condition::PrefOnly
        )
    });
    if !taken {
        return;
    }
    let types = parameters
        .iter()
        .filter(|parameter| parameter.is(ParameterId::TYPE));
    for parameter in types {
        for value in parameter.written.values() {
            if value.contains(',') && findings.standard != Version::V2_1 {
                type_list_quoted(findings, line, parameter, parameters, row.id, &value);
                if findings.profile == Profile::Vcard4Bis {
                    continue;
                }
            }
            for one in value.split(',').map(str::trim) {
                if one.is_empty() || registry::is_private(one.as_bytes()) {
                    continue;
                }
                if findings.standard == Version::V4_0 && is_pref(one) {
                    type_pref_in_4_0(findings, line, parameter, parameters);
                } else if !is_known_type(row.id, findings.standard, one.as_bytes()) {
                    not_known(findings, line, parameter, row.id, one);
                }
            }
        }
    }
}

fn is_pref(one: &str) -> bool {
    one.eq_ignore_ascii_case("pref")
}

fn type_list_quoted(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    parameters: &[LineParameter<'_>],
    property: PropertyId,
    value: &str,
) {
    findings.add(
        &TYPE_LIST_QUOTED,
        line,
        line.span_of(parameter.written.raw()),
        format!(
            "the list \"{}\" in quotes is one value; expected TYPE={0}",
            shown(value.as_bytes())
        ),
    );
    let standard = findings.standard;
    let one_value = findings.profile == Profile::Vcard4Bis;
    findings.fix(|| {
        let all = all_types(parameters);
        // What the list is made of was not looked at; the repair must not be wrong.
        let known = |one: &String| {
            registry::is_private(one.as_bytes())
                || is_known_type(property, standard, one.as_bytes())
                || is_pref(one)
        };
        if one_value && !all.iter().all(known) {
            return None;
        }
        if standard == Version::V4_0 && all.iter().any(|one| is_pref(one)) {
            return Some(with_pref(line, parameters));
        }
        Some(Fix::new(
            format!("write TYPE={}", all.join(",")),
            line.entry(),
            Change::SetParameter {
                name: "TYPE",
                values: all,
            },
        ))
    });
}

fn all_types(parameters: &[LineParameter<'_>]) -> Vec<String> {
    let mut all = Vec::new();
    for parameter in parameters.iter().filter(|it| it.is(ParameterId::TYPE)) {
        for value in parameter.written.values() {
            let values = value.split(',').map(str::trim);
            all.extend(values.filter(|one| !one.is_empty()).map(String::from));
        }
    }
    all
}

fn type_pref_in_4_0(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    parameters: &[LineParameter<'_>],
) {
    findings.add(
        &TYPE_PREF_IN_4_0,
        line,
        line.span_of(parameter.written.raw()),
        "TYPE=pref in a card of 4.0; expected PREF=1",
    );
    findings.fix(|| Some(with_pref(line, parameters)));
}

/// PREF instead of TYPE=pref.
fn with_pref(line: &PlacedLine<'_>, parameters: &[LineParameter<'_>]) -> Fix {
    let mut values = all_types(parameters);
    values.retain(|value| !is_pref(value));
    let name = "TYPE";
    let types = match values.is_empty() {
        true => Change::RemoveParameter { name },
        false => Change::SetParameter { name, values },
    };
    let fix = Fix::new("write PREF=1", line.entry(), types);
    if find(parameters, ParameterId::PREF).is_some() {
        return fix;
    }
    let pref = Change::SetParameter {
        name: "PREF",
        values: [String::from("1")].into(),
    };
    fix.and(line.entry(), pref)
}

/// Whether the words of a TYPE are clean at a glance: no rule here has anything to say about them.
pub(in crate::validate) fn is_clean(property: PropertyId, standard: Version, words: &[u8]) -> bool {
    words.split(|byte| *byte == b',').all(|one| {
        let pref = standard == Version::V4_0 && one.eq_ignore_ascii_case(b"pref");
        !pref && (is_known_type(property, standard, one) || registry::is_private(one))
    })
}

/// Whether TYPE may have this value; two every property takes, or is written with by everybody.
#[inline]
fn is_known_type(property: PropertyId, standard: Version, one: &[u8]) -> bool {
    one.eq_ignore_ascii_case(b"work")
        || one.eq_ignore_ascii_case(b"home")
        || registry::is_registered_type(property, standard, one)
}

fn not_known(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    property: PropertyId,
    one: &str,
) {
    // Formats of media have many names.
    if property.row().is_media() {
        if findings.standard == Version::V4_0 {
            format_not_permitted(findings, line, parameter, property, one);
        }
        return;
    }
    let elsewhere = registry::groups().iter().any(|group| {
        group.parameter == Some(ParameterId::TYPE)
            && group
                .values
                .iter()
                .any(|known| known.eq_ignore_ascii_case(one))
    });
    match elsewhere {
        true => type_not_permitted(findings, line, parameter, property, one),
        false => type_unknown(findings, line, parameter, one),
    }
}

fn format_not_permitted(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    property: PropertyId,
    one: &str,
) {
    let message = format!(
        "TYPE={} is not for {} in {}; expected MEDIATYPE, as MEDIATYPE=image/png, or the media type \
         of the data: URI",
        shown(one.as_bytes()),
        property.name(),
        findings.standard
    );
    let section = line.section(findings.standard);
    let span = line.span_of(parameter.written.raw());
    findings.add_citing(section, &TYPE_NOT_PERMITTED, line, span, message);
}

fn type_not_permitted(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    property: PropertyId,
    one: &str,
) {
    let message = format!(
        "TYPE={} is not for {} in {}; expected it left out",
        shown(one.as_bytes()),
        property.name(),
        findings.standard
    );
    let section = line.section(findings.standard);
    let span = line.span_of(parameter.written.raw());
    findings.add_citing(section, &TYPE_NOT_PERMITTED, line, span, message);
}

fn type_unknown(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    one: &str,
) {
    findings.add(
        &TYPE_UNKNOWN,
        line,
        line.span_of(parameter.written.raw()),
        format!(
            "TYPE={} is not registered; expected a word that is, or X-{0}",
            shown(one.as_bytes())
        ),
    );
}
