//! Rules about values: what is read as the type that property and VALUE say.
//!
//! Here a value is read, and what that notes is handed to the rule that it breaks.
//!
//! | file | rules about |
//! |---|---|
//! | `value_text` | none: the text of a value, and where its parts are |
//! | `general` | a value of any type |
//! | `texts` | texts: their components, and the delimiters in them |
//! | `words` | texts with a grammar of their own, and values that are one of a list |
//! | `dates` | dates, times, timestamps and offsets from UTC |
//! | `numbers` | booleans, numbers and positions |
//! | `uris` | URIs |

pub(super) mod dates;
pub(super) mod general;
pub(super) mod numbers;
pub(super) mod texts;
pub(super) mod uris;
mod value_text;
pub(super) mod words;

use alloc::borrow::Cow;
use alloc::string::ToString;

use super::{base64, charsets};
use crate::registry::{PropertyId, Shape, ValueType};
use crate::syntax::charset;
use crate::syntax::flags::Flags;
use crate::typed::value_type::declared;
use crate::validate::diagnostic::{Rule, Severity, Severity::Warning};
use crate::validate::findings::Findings;
use crate::validate::placed_line::PlacedLine;
use crate::validate::profile::{Profile, REVISED_DATES};
use crate::value::{Notes, Reason, Uri, Value as _, ValueError, check as check_value};
use value_text::ValueText;

/// Notes of one value that are looked at: a hostile one has millions of them.
const NOTES: usize = 1000;

pub(in crate::validate) fn check(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    value_type: Option<ValueType>,
) {
    let Some(value_type) = value_type else { return };
    if line.flags().has(Flags::NESTED) {
        return;
    }
    let raw = line.content.raw_value();
    // What stands for another property is what its VALUE says, as any name nobody knows.
    let vendor = line.row.is_some_and(|row| row.stands_for.is_some());
    let property = line.row.map(|row| row.id).filter(|_| !vendor);
    let rule = rule_of(property, value_type);
    // Written for a position that was left empty.
    let no_position = raw == b";" && property == Some(PropertyId::GEO);
    if raw.is_empty() || no_position {
        return general::value_empty(findings, line, value_type, rule);
    }
    // Most texts have none of the characters that could be wrong in one.
    let special = memchr::memchr3(b',', b';', b'\\', raw).is_some();
    if !special && value_type == ValueType::Text && is_free_text(line) {
        return;
    }
    // Without VALUE it is in the form of its producer.
    if line.flags().has(Flags::BASE64) || (vendor && declared(&line.property).is_none()) {
        return;
    }
    let Ok(text) = line.property.raw_text() else {
        return;
    };
    let value = ValueText {
        line,
        property,
        value_type,
        text: &text,
        exact: !line.content.is_quoted_printable()
            && (matches!(text, Cow::Borrowed(_)) || !is_transcoded(line)),
    };
    read(findings, &value, rule);
    match value_type {
        ValueType::Uri => uris::check(findings, &value),
        ValueType::Text => texts::check(findings, &value),
        _ => {}
    }
}

/// Whether the text of a line is in another charset than UTF-8.
fn is_transcoded(line: &PlacedLine<'_>) -> bool {
    charsets::named(line).is_some_and(|label| !charset::is_utf8(&label))
}

/// Whether a text without delimiters cannot be wrong.
fn is_free_text(line: &PlacedLine<'_>) -> bool {
    let Some(row) = line.row else { return true };
    matches!(row.shape, Shape::Single | Shape::List)
        && !matches!(
            row.id,
            PropertyId::KIND
                | PropertyId::CLASS
                | PropertyId::PROFILE
                | PropertyId::GRAMGENDER
                | PropertyId::XML
        )
}

/// The rule that a value breaks which cannot be read as what it should be.
fn rule_of(property: Option<PropertyId>, value_type: ValueType) -> Option<&'static Rule> {
    Some(match (property, value_type) {
        (Some(PropertyId::N | PropertyId::ADR | PropertyId::ORG), _) => &texts::COMPONENT_COUNT,
        (Some(PropertyId::GENDER), _) => &words::GENDER_INVALID,
        (Some(PropertyId::KIND), _) => &words::KIND_INVALID,
        (Some(PropertyId::CLIENTPIDMAP), _) => &words::CLIENT_PID_MAP_INVALID,
        (Some(PropertyId::GEO), _) => &numbers::GEO_INVALID,
        (Some(PropertyId::REV | PropertyId::CREATED), _) => &dates::TIMESTAMP_INVALID,
        (_, ValueType::Timestamp) => &dates::TIMESTAMP_INVALID,
        (_, ValueType::Date | ValueType::Time | ValueType::DateTime | ValueType::DateAndOrTime) => {
            &dates::DATE_INVALID
        }
        (_, ValueType::Uri | ValueType::Url) => &uris::URI_INVALID,
        (_, ValueType::Boolean) => &numbers::BOOLEAN_INVALID,
        (_, ValueType::Integer) => &numbers::INTEGER_INVALID,
        (_, ValueType::Float) => &numbers::FLOAT_INVALID,
        (_, ValueType::UtcOffset) => &dates::UTC_OFFSET_INVALID,
        (_, ValueType::LanguageTag) => &words::LANGUAGE_TAG_INVALID,
        // Of the others one says that the encoding is missing.
        (None | Some(PropertyId::KEY), ValueType::Binary) => &base64::BASE64_INVALID,
        _ => return None,
    })
}

/// Reads a value as what it should be; what is noted on the way, and that it is no such value.
fn read(findings: &mut Findings, value: &ValueText<'_, '_>, rule: Option<&'static Rule>) {
    if value.value_type == ValueType::Uri && uris::is_tel(value) {
        return;
    }
    let version = findings.standard;
    // RFC 6350, 6.5.2 has any URI in GEO.
    let foreign = value.property == Some(PropertyId::GEO)
        && value.value_type == ValueType::Uri
        && Uri::parse(value.text, version)
            .is_ok_and(|uri| uri.scheme().is_some() && !uri.has_scheme("geo"));
    let property = value.property.filter(|_| !foreign);
    let mut notes = 0;
    let mut sink = |note: ValueError| {
        notes += 1;
        if notes <= NOTES {
            noted(findings, value, rule, &note);
        }
    };
    let mut sink = Notes::to(&mut sink);
    let result = check_value(property, value.value_type, value.text, version, &mut sink);
    if let (Err(error), Some(rule)) = (result, rule)
        && !general::value_list(findings, value)
    {
        unreadable(findings, None, value, rule, &error);
    }
}

/// A deviation that readers can make sense of.
fn noted(
    findings: &mut Findings,
    value: &ValueText<'_, '_>,
    rule: Option<&'static Rule>,
    note: &ValueError,
) {
    let revised = findings.profile == Profile::Vcard4Bis;
    match note.reason {
        // The octets of the line were checked already.
        Reason::UnknownEscape | Reason::Control => {}
        // Where nothing is escaped, or one text is all there is after the semicolon.
        Reason::BareComma if revised && value.value_type == ValueType::Uri => {}
        Reason::BareSemicolon if revised && value.property == Some(PropertyId::GENDER) => {}
        Reason::BareComma => texts::comma_unescaped(findings, value, note),
        Reason::BareSemicolon => texts::semicolon_unescaped(findings, value, note),
        Reason::Components { .. } => texts::component_count(findings, value, note),
        Reason::ZoneOnTruncatedTime if revised => {
            let Some(rule) = rule else { return };
            let span = value.span(note.span.clone());
            let section = Some(REVISED_DATES);
            findings.add_citing(section, rule, value.line, span, note.to_string());
            let standard = findings.standard;
            findings.fix(|| dates::canonical(value, standard));
        }
        _ => {
            if let Some(rule) = rule {
                unreadable(findings, Some(Warning), value, rule, note);
            }
        }
    }
}

/// What is not written as the type has it; of less weight, where `severity` says so.
fn unreadable(
    findings: &mut Findings,
    severity: Option<Severity>,
    value: &ValueText<'_, '_>,
    rule: &'static Rule,
    error: &ValueError,
) {
    let standard = findings.standard;
    let expected = dates::expected(rule, value.value_type, standard);
    let message = value.message(error, expected);
    value.add(findings, severity, rule, error, message);
    findings.fix(|| dates::canonical(value, standard));
}
