//! Rules that one profile has, and no version.

use alloc::format;
use alloc::string::String;

use super::diagnostic::{
    Rule,
    Severity::{Error, Warning},
};
use super::findings::{Findings, LineAt, Param, shown};
use super::fix::{Change, Fix};
use super::profile::{Profile, REVISED_ESCAPING, REVISED_VALUE};
use crate::registry::{Column, ParameterId, PropertyId, PropertyRow, ValueType};
use crate::syntax::line::Flags;

pub(super) static ESCAPE_IN_URI: Rule = Rule::of_profile(
    "escape-in-uri",
    Error,
    &[REVISED_ESCAPING],
    "There is no backslash in a URI.",
    "RFC 6350 and its errata have a comma in a URI written \\,; the revision has nothing escaped in \
     it. A reader may take \\, and \\; for what was meant, and need not; a URI itself has no \
     backslash. Checked under the profile vcard4-bis only.",
);

pub(super) static VALUE_TYPE_UNSTATED: Rule = Rule::of_profile(
    "value-type-unstated",
    Warning,
    &[REVISED_VALUE],
    "A property of another document than the revision, whose values are no texts, names their type \
     in VALUE.",
    "A reader that does not know the property takes its value for text, and cuts it at a comma or \
     undoes escapes that are none. Checked under the profile vcard4-bis only, and of registered \
     properties: nobody can know what the values of an X- name are.",
);

pub(super) static SEMICOLON_IN_PARAMETER: Rule = Rule::of_profile(
    "semicolon-in-parameter",
    Error,
    &["RFC 6350, 3.3", "RFC 2426, 4"],
    "There is no semicolon in the value of a parameter.",
    "The standards allow one in quotes. Contacts on macOS is reported to cut the parameter there and \
     to take the rest of the line for something else (stalwartlabs/stalwart#3265, about JSCOMPS). \
     Checked under the profile apple only.",
);

pub(super) fn check(
    findings: &mut Findings,
    at: &LineAt<'_>,
    params: &[Param<'_>],
    value_type: Option<ValueType>,
) {
    match findings.profile {
        Profile::Vcard4Bis => {
            escape_in_uri(findings, at, value_type);
            value_type_unstated(findings, at, params);
        }
        Profile::Apple => semicolon_in_parameter(findings, at, params),
        _ => {}
    }
}

fn escape_in_uri(findings: &mut Findings, at: &LineAt<'_>, value_type: Option<ValueType>) {
    // A number and a URI, of which neither is text.
    let map = at.row.is_some_and(|row| row.id == PropertyId::CLIENTPIDMAP);
    if value_type != Some(ValueType::Uri) && !map {
        return;
    }
    let value = at.line.value(at.property.version());
    let Some(first) = memchr::memchr(b'\\', &value) else {
        return;
    };
    findings.add(
        &ESCAPE_IN_URI,
        at,
        at.in_value(first..first + 1),
        "a backslash in a URI; expected the character alone",
    );
    findings.fix(|| {
        let raw = unescaped(&value)?;
        Some(Fix::new(
            "take the backslashes out",
            at.entry(),
            Change::SetRaw(raw),
        ))
    });
}

/// The URI that was meant, where each backslash escapes a comma or a semicolon.
fn unescaped(value: &[u8]) -> Option<String> {
    let mut pieces = core::str::from_utf8(value).ok()?.split('\\');
    let mut uri = String::from(pieces.next()?);
    for piece in pieces {
        if !piece.starts_with([',', ';']) {
            return None;
        }
        uri.push_str(piece);
    }
    Some(uri)
}

/// Whether the values of a property are no texts, and readers of the revision alone cannot know.
/// Apart, so that passing over plain lines is short: inlined it costs 8 % under every profile.
#[inline(never)]
pub(super) fn wants_value_type(row: &PropertyRow, column: &Column) -> bool {
    column.default_type() != ValueType::Text
        && row.stands_for.is_none()
        && !row
            .sections
            .iter()
            .any(|section| section.starts_with("RFC 6350,"))
}

fn value_type_unstated(findings: &mut Findings, at: &LineAt<'_>, params: &[Param<'_>]) {
    let Some(row) = at.row else { return };
    let Some(column) = findings.column(row) else {
        return;
    };
    let stated = params
        .iter()
        .any(|param| param.id == Some(ParameterId::VALUE));
    if stated || !wants_value_type(row, column) {
        return;
    }
    let word = column.default_type().name();
    findings.add(
        &VALUE_TYPE_UNSTATED,
        at,
        at.of_head(at.line.name_bytes()),
        format!("{} without VALUE={word}", row.name),
    );
    findings.fix(|| {
        Some(Fix::new(
            format!("write VALUE={word}"),
            at.entry(),
            Change::SetParameter {
                name: "VALUE",
                values: [String::from(word)].into(),
            },
        ))
    });
}

fn semicolon_in_parameter(findings: &mut Findings, at: &LineAt<'_>, params: &[Param<'_>]) {
    if !at.flags().has(Flags::QUOTE) {
        return;
    }
    for param in params {
        let raw = param.parameter.raw();
        if memchr::memchr(b';', raw).is_some() {
            findings.add(
                &SEMICOLON_IN_PARAMETER,
                at,
                at.of_head(raw),
                format!("a semicolon inside of {}", shown(raw)),
            );
        }
    }
}
