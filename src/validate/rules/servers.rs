//! Rules about what a CardDAV server does to a card that it takes. What one refuses is an error of
//! the rule that the card breaks, and stands in the table of the profile.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::registry::{PropertyId, PropertyRow, ValueType};
use crate::syntax::escape;
use crate::validate::findings::Findings;
use crate::validate::fix::{Change, Fix};
use crate::validate::placed_line::{PlacedLine, SpanIn};
use crate::validate::profile::Profile;
use crate::validate::rule::{
    Rule,
    Severity::{Error, Warning},
};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[&CHANGED_BY_SERVER, &PROFILE_LETTER_CASE];

pub(in crate::validate) static PROFILE_LETTER_CASE: Rule = Rule::for_profiles(
    "profile-letter-case",
    Error,
    &["RFC 2426, 2.1.3"],
    "The value of PROFILE is written VCARD, in capitals.",
    "The standard knows no difference, but Radicale takes any other word than VCARD for another kind of \
     object than the card has begun as, and refuses the card. PROFILE says nothing that BEGIN does not: \
     leave it out. Checked under the profile carddav only.",
);

pub(in crate::validate) static CHANGED_BY_SERVER: Rule = Rule::for_profiles(
    "changed-by-server",
    Warning,
    &["RFC 6352, 6.3.2.3"],
    "A value is one that a CardDAV server gives back as it took it.",
    "Radicale stores what it has read: it cuts a URI at a comma without a backslash before it, drops the \
     components of N and ADR that RFC 9554 has added, takes a semicolon of GENDER and CLIENTPIDMAP \
     for text, and drops a continuation line that holds nothing but blanks. What was cut is gone, on the \
     server and then on every client. In 4.0 write \\, in a URI; in 3.0 no form is \
     right for all readers. Checked under the profile carddav only.",
);

/// Whether values of a property are looked at.
pub(in crate::validate) const fn looks_at(row: &PropertyRow) -> bool {
    let id = row.id.number();
    if has_semicolon(row.id)
        || id == PropertyId::PROFILE.number()
        || row.component_counts().1 > row.component_counts().0
    {
        return true;
    }
    let mut columns: &[_] = &[
        row.column(Version::V2_1),
        row.column(Version::V3_0),
        row.column(Version::V4_0),
    ];
    while let [column, rest @ ..] = columns {
        if let Some(column) = column {
            let mut types = column.types;
            while let [first, others @ ..] = types {
                if matches!(first, ValueType::Uri | ValueType::Url) {
                    return true;
                }
                types = others;
            }
        }
        columns = rest;
    }
    false
}

/// Whether the semicolon between the parts of a value is taken for text.
const fn has_semicolon(id: PropertyId) -> bool {
    id.number() == PropertyId::GENDER.number() || id.number() == PropertyId::CLIENTPIDMAP.number()
}

pub(in crate::validate) fn check(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    value_type: Option<ValueType>,
) {
    if findings.profile != Profile::CardDav {
        return;
    }
    let Ok(text) = line.property.raw_text() else {
        return;
    };
    let row = line.row.filter(|row| row.stands_for.is_none());
    if matches!(value_type, Some(ValueType::Uri | ValueType::Url)) {
        // The coordinates of a position come back whole.
        if row.is_none_or(|row| row.id != PropertyId::GEO) {
            cut_at_comma(findings, line, &text);
        }
    } else if let Some(row) = row {
        match row.id {
            PropertyId::PROFILE => profile_letter_case(findings, line, &text),
            id if has_semicolon(id) => semicolon_is_text(findings, line, row, &text),
            _ => components_dropped(findings, line, row, &text),
        }
    }
}

fn cut_at_comma(findings: &mut Findings, line: &PlacedLine<'_>, text: &str) {
    let comma = escape::split(text, ',').next().unwrap_or_default().len();
    if comma >= text.len() {
        return;
    }
    let name = line.content.name();
    findings.add(
        &CHANGED_BY_SERVER,
        line,
        SpanIn::Value(comma..comma + 1),
        format!("Radicale cuts this {name} at its comma"),
    );
    // sabre/dav adds a backslash to that of a URL each time.
    let escapes = findings.standard == Version::V4_0 && !line.content.is("URL");
    if escapes && line.is_plain() {
        findings.fix(|| {
            let parts: Vec<&str> = escape::split(text, ',').collect();
            let change = Change::Raw(parts.join("\\,"), Vec::new());
            Some(Fix::new("write \\, for the comma", line, change))
        });
    }
}

/// `PROFILE:vCard`; that the value is another one at all is another rule.
fn profile_letter_case(findings: &mut Findings, line: &PlacedLine<'_>, text: &str) {
    if text == "VCARD" || !text.eq_ignore_ascii_case("VCARD") {
        return;
    }
    let message = format!("PROFILE is {text}; expected VCARD");
    findings.add(&PROFILE_LETTER_CASE, line, line.span_of_value(), message);
}

fn semicolon_is_text(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    row: &PropertyRow,
    text: &str,
) {
    let Some(at) = text.find(';') else { return };
    findings.add(
        &CHANGED_BY_SERVER,
        line,
        SpanIn::Value(at..at + 1),
        format!("Radicale writes the semicolon of this {} as \\;", row.name),
    );
}

/// Components that RFC 9554 has added.
fn components_dropped(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    row: &PropertyRow,
    text: &str,
) {
    let (old, all) = row.component_counts();
    if findings.standard != Version::V4_0 || all == old {
        return;
    }
    let kept: usize = escape::split_components(text, Version::V4_0)
        .take(old)
        .map(|component| component.len() + 1)
        .sum();
    let added = text.get(kept..).unwrap_or_default();
    if added.bytes().any(|byte| byte != b';') {
        findings.add(
            &CHANGED_BY_SERVER,
            line,
            SpanIn::Value(kept..text.len()),
            String::from(match row.id {
                PropertyId::N => "Radicale drops the components of N after the fifth",
                _ => "Radicale drops the components of ADR after the seventh",
            }),
        );
    }
}

/// A continuation line of blanks alone, as a long run of them is folded.
pub(super) fn line_dropped(findings: &mut Findings, line: &PlacedLine<'_>, content: Range<usize>) {
    if findings.profile == Profile::CardDav {
        let message = "Radicale drops this continuation line, whose blanks are a part of the text";
        findings.add(&CHANGED_BY_SERVER, line, content, message);
    }
}
