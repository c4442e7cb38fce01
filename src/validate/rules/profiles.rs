//! Rules that one profile has, and no version.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::card::{Parameter, ParameterEdit, PropertyRef};
use crate::registry::{Column, ParameterId, PropertyId, PropertyRow, ReadAs, ValueType};
use crate::syntax::flags::Flags;
use crate::validate::findings::{Findings, shown};
use crate::validate::fix::{Change, Fix};
use crate::validate::looks_at::LooksAt;
use crate::validate::placed_line::{LineParameter, PlacedLine, SpanIn, find};
use crate::validate::profile::{Profile, REVISED_ESCAPING, REVISED_VALUE};
use crate::validate::rule::{
    Rule,
    Severity::{Error, Warning},
};
use crate::value::{DateAndOrTime, Value as _};

pub(in crate::validate) static RULES: &[&Rule] = &[
    &ESCAPE_IN_URI,
    &VALUE_TYPE_UNSTATED,
    &SEMICOLON_IN_PARAMETER,
    &BIRTHDAY_WITH_TIME,
];

pub(in crate::validate) const LOOKS_AT: LooksAt = LooksAt::flags(Flags::QUOTE);

pub(in crate::validate) static ESCAPE_IN_URI: Rule = Rule::for_profiles(
    "escape-in-uri",
    Error,
    &[REVISED_ESCAPING],
    "There is no backslash in a URI.",
    "RFC 6350 and its errata have a comma in a URI written \\,; the revision has nothing escaped in \
     it. A reader may take \\, and \\; for what was meant, and need not; a URI itself has no \
     backslash. Checked under the profile vcard4-bis only.",
);

pub(in crate::validate) static VALUE_TYPE_UNSTATED: Rule = Rule::for_profiles(
    "value-type-unstated",
    Warning,
    &[REVISED_VALUE],
    "A property of another document than the revision, whose values are not texts, names their type \
     in VALUE.",
    "A reader that does not know the property takes its value for text, and cuts it at a comma or \
     undoes escapes that are none. Checked under the profile vcard4-bis only, and of registered \
     properties: nobody can know what the values of an X- name are.",
);

pub(in crate::validate) static SEMICOLON_IN_PARAMETER: Rule = Rule::for_profiles(
    "semicolon-in-parameter",
    Error,
    &["RFC 6350, 3.3", "RFC 2426, 4"],
    "There is no semicolon in the value of a parameter.",
    "The standards allow one in quotes. Contacts on macOS is reported to cut the parameter there and \
     to take the rest of the line for something else (stalwartlabs/stalwart#3265, about JSCOMPS). \
     Checked under the profile apple only.",
);

pub(in crate::validate) static BIRTHDAY_WITH_TIME: Rule = Rule::for_profiles(
    "birthday-with-time",
    Warning,
    &["RFC 6350, 6.2.5", "RFC 2426, 3.1.5"],
    "A birthday or another day of the year has no time.",
    "The standards allow one. The address books of Apple keep a date alone, and in another time zone a \
     midnight of UTC is the day before. Checked under the profile apple only.",
);

pub(in crate::validate) fn check(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
    value_type: Option<ValueType>,
) {
    match findings.profile {
        Profile::Vcard4Bis => {
            escape_in_uri(findings, line, value_type);
            value_type_unstated(findings, line, parameters);
        }
        Profile::Apple => {
            semicolon_in_parameter(findings, line, parameters);
            birthday_with_time(findings, line, value_type);
        }
        _ => {}
    }
}

fn escape_in_uri(findings: &mut Findings, line: &PlacedLine<'_>, value_type: Option<ValueType>) {
    // A number and a URI, of which neither is text.
    let map = line
        .row
        .is_some_and(|row| row.id == PropertyId::CLIENTPIDMAP);
    if value_type != Some(ValueType::Uri) && !map {
        return;
    }
    let value = line.content.value();
    let Some(first) = memchr::memchr(b'\\', &value) else {
        return;
    };
    findings.add(
        &ESCAPE_IN_URI,
        line,
        SpanIn::Value(first..first + 1),
        "a backslash in a URI; expected the character alone",
    );
    findings.fix(|| {
        let raw = unescaped(&value)?;
        Some(Fix::new(
            "take the backslashes out",
            line,
            Change::Raw(raw, Vec::new()),
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
pub(in crate::validate) const fn wants_value_type(row: &PropertyRow, column: &Column) -> bool {
    if matches!(column.default_type(), ValueType::Text) || row.stands_for.is_some() {
        return false;
    }
    let mut sections = row.sections;
    while let [first, rest @ ..] = sections {
        if let [b'R', b'F', b'C', b' ', b'6', b'3', b'5', b'0', b',', ..] = first.as_bytes() {
            return false;
        }
        sections = rest;
    }
    true
}

fn value_type_unstated(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
) {
    let Some(row) = line.row else { return };
    let Some(column) = findings.column(row) else {
        return;
    };
    let stated = find(parameters, ParameterId::VALUE).is_some();
    if stated || !wants_value_type(row, column) {
        return;
    }
    let word = column.default_type().name();
    findings.add(
        &VALUE_TYPE_UNSTATED,
        line,
        line.span_of_name(),
        format!("{} without VALUE={word}", row.name),
    );
    findings.fix(|| {
        let value = Parameter::new("VALUE", [word]).ok()?;
        let change = Change::Parameters([ParameterEdit::Add(value)].into());
        let fix = Fix::new(format!("write VALUE={word}"), line, change);
        let value = line.property.value().ok()?;
        // What is not such a value is a text, and stays one.
        let same = |after: PropertyRef<'_>| after.value().is_ok_and(|after| after == value);
        fix.is_right(line, same).then_some(fix)
    });
}

fn birthday_with_time(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    value_type: Option<ValueType>,
) {
    let is_day = line.row.is_some_and(|row| row.form() == ReadAs::DateOrText);
    if !is_day || value_type == Some(ValueType::Text) {
        return;
    }
    let Ok(text) = line.property.raw_text() else {
        return;
    };
    let read = DateAndOrTime::parse(&text, findings.standard);
    if read.is_ok_and(|read| read.time().is_some()) {
        findings.add(
            &BIRTHDAY_WITH_TIME,
            line,
            line.span_of_value(),
            "a time beside the date; expected the date alone",
        );
    }
}

fn semicolon_in_parameter(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameters: &[LineParameter<'_>],
) {
    if !line.flags().has(Flags::QUOTE) {
        return;
    }
    for parameter in parameters {
        let raw = parameter.written.raw();
        if memchr::memchr(b';', raw).is_some() {
            findings.add(
                &SEMICOLON_IN_PARAMETER,
                line,
                line.span_of(raw),
                format!("a semicolon inside of {}", shown(raw)),
            );
        }
    }
}
