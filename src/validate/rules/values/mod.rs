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
//! | `email_addresses` | EMAIL |

pub(super) mod dates;
pub(in crate::validate) mod email_addresses;
pub(super) mod general;
pub(super) mod numbers;
pub(super) mod texts;
pub(in crate::validate) mod uris;
mod value_text;
pub(super) mod words;

use alloc::borrow::Cow;
use alloc::string::ToString;

use super::{base64, charsets};
use crate::registry::{self, PropertyId, Shape, ValueType};
use crate::syntax::charset;
use crate::syntax::flags::Flags;
use crate::typed::value_type::declared;
use crate::validate::findings::Findings;
use crate::validate::placed_line::PlacedLine;
use crate::validate::profile::{Profile, REVISED_DATES};
use crate::validate::rule::{Rule, Severity, Severity::Warning};
use crate::value::{Notes, Reason, ValueError, check as check_value};
use crate::version::Version;
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
    let rule = match (property, value_type) {
        // Without VALUE a key may be a text too (RFC 2426, 3.7.2).
        (Some(PropertyId::KEY), ValueType::Binary) if declared(&line.property).is_some() => {
            Some(&base64::BASE64_INVALID)
        }
        _ => rule_of(property, value_type),
    };
    // Written for a position that was left empty.
    let no_position = raw == b";" && property == Some(PropertyId::GEO);
    let blank =
        raw.trim_ascii().is_empty() && !general::may_begin_with_a_blank(property, value_type);
    if raw.is_empty() || blank || no_position {
        return general::value_empty(findings, line, value_type, rule);
    }
    // Most texts have none of the characters that could be wrong in one.
    let special = memchr::memchr3(b',', b';', b'\\', raw).is_some()
        || line.row.is_some_and(|row| {
            !uris::is_clean(row.id, value_type, raw) || !email_addresses::is_clean(row.id, raw)
        });
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
        at: 0,
        exact: !line.content.is_quoted_printable()
            && (matches!(text, Cow::Borrowed(_)) || !is_transcoded(line)),
    };
    let value = general::without_white_space(findings, value);
    read(findings, &value, rule);
    match value_type {
        ValueType::Uri => uris::check(findings, &value),
        ValueType::Url => uris::delimiter_escaped(findings, &value),
        ValueType::Text => {
            texts::check(findings, &value);
            uris::tel_scheme_in_text(findings, &value);
            email_addresses::check(findings, &value);
        }
        ValueType::PhoneNumber => {
            texts::check(findings, &value);
            uris::tel_scheme_in_text(findings, &value);
        }
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
        && !registry::is_enumerated(row.id)
        && !matches!(row.id, PropertyId::TZ | PropertyId::XML)
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
        (None, ValueType::Binary) => &base64::BASE64_INVALID,
        _ => return None,
    })
}

/// Reads a value as what it should be; what is noted on the way, and that it is no such value.
fn read(findings: &mut Findings, value: &ValueText<'_, '_>, rule: Option<&'static Rule>) {
    if value.value_type == ValueType::Uri && uris::is_tel(value) {
        return;
    }
    let version = findings.standard;
    let mut notes = 0;
    // Asked once, and not of each note.
    let mut readable = None;
    let mut sink = |note: ValueError| {
        notes += 1;
        if notes <= NOTES {
            let is_readable = || value.line.property.value().is_ok();
            let readable = *readable.get_or_insert_with(is_readable);
            noted(findings, value, rule, &note, readable);
        }
    };
    let mut sink = Notes::to(&mut sink);
    let result = check_value(
        value.property,
        value.value_type,
        value.text,
        version,
        &mut sink,
    );
    match (result, rule) {
        (Ok(()), Some(rule)) => dates::other_than_stated(findings, value, rule),
        (Err(error), Some(rule)) if !general::value_list(findings, value) => {
            // Servers read the dates of these two only.
            let read = matches!(
                value.property,
                Some(PropertyId::BDAY | PropertyId::ANNIVERSARY)
            );
            let taken = findings.profile == Profile::CardDav && !read;
            unreadable(findings, taken.then_some(Warning), value, rule, &error);
        }
        _ => {}
    }
}

/// A deviation that readers can make sense of, if the value can be read.
fn noted(
    findings: &mut Findings,
    value: &ValueText<'_, '_>,
    rule: Option<&'static Rule>,
    note: &ValueError,
    readable: bool,
) {
    let revised = findings.profile == Profile::Vcard4Bis;
    match note.reason {
        // The octets of the line were checked already.
        Reason::UnknownEscape | Reason::Control => {}
        // Where nothing is escaped, or one text is all there is after the semicolon.
        Reason::BareComma if revised && value.value_type == ValueType::Uri => {}
        Reason::BareSemicolon if revised && value.property == Some(PropertyId::GENDER) => {}
        Reason::WhiteSpace(place) => general::white_space(findings, value, &note.span, place),
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
                let severity = readable.then_some(Warning);
                unreadable(findings, severity, value, rule, note);
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
    let section = section_of(value, rule, error, standard);
    value.add(findings, severity, section, rule, error, message);
    findings.fix(|| dates::canonical(value, standard));
}

/// The section that says what a value breaks: of the property for the rules about one property, and
/// for the others of the type, which a rule names first.
fn section_of(
    value: &ValueText<'_, '_>,
    rule: &'static Rule,
    error: &ValueError,
    standard: Version,
) -> Option<&'static str> {
    let of_property = [
        &texts::COMPONENT_COUNT,
        &words::GENDER_INVALID,
        &words::KIND_INVALID,
        &words::CLIENT_PID_MAP_INVALID,
    ];
    let is = |other: &'static Rule| core::ptr::eq(rule, other);
    if of_property.into_iter().any(is) {
        return value.line.section(standard);
    }
    if standard != Version::V4_0 {
        return None;
    }
    // "Value and parameter MUST match", where a property has several types.
    let several = value
        .property
        .and_then(|id| id.row().column(standard))
        .is_some_and(|column| column.types.len() > 1);
    // What is an offset of another form breaks the type alone.
    let is_offset = is(&dates::UTC_OFFSET_INVALID) && dates::looks_like_offset(value.text);
    if several && !is_offset && declared(&value.line.property).is_some() {
        return value.line.section(standard);
    }
    if is(&dates::DATE_INVALID) {
        Some(dates::section(value.value_type, value.text, error))
    } else if is(&numbers::GEO_INVALID) && value.begins_with("geo:") {
        Some(numbers::section(error))
    } else {
        None
    }
}
