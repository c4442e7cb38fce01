//! Rules about values: what is read as the type that property and VALUE say.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::Range;

use super::diagnostic::{
    Rule, Severity,
    Severity::{Error, Info, Warning},
    section_in,
};
use super::findings::{self, Findings, LineAt, shown};
use super::fix::{Change, Fix};
use super::profile::{Profile, REVISED_DATES};
use crate::registry::{self, Occurrence, PropertyId, Shape, ValueType};
use crate::syntax::escape;
use crate::syntax::line::Flags;
use crate::value::{
    DataUri, DateAndOrTime, Notes, Reason, TelUri, Timestamp, Uri, UtcOffset, Value as _,
    ValueError, check as check_value,
};
use crate::version::Version;

macro_rules! value_rule {
    ($name:ident, $id:literal, $severities:expr, $sections:expr, $summary:literal, $explanation:literal) => {
        pub(super) static $name: Rule =
            Rule::new($id, $severities, $sections, $summary, $explanation);
    };
}

const ALL: [Option<Severity>; 3] = [Some(Warning), Some(Error), Some(Error)];

value_rule!(
    DATE_INVALID,
    "date-invalid",
    ALL,
    &[
        "RFC 6350, 4.3",
        "RFC 6350, 4.3.1",
        "RFC 6350, 4.3.2",
        "RFC 6350, 4.3.3",
        "RFC 6350, 4.3.4",
        "RFC 2425, 5.8.4",
        "vCard 2.1, 2.2.4",
        "RFC 6350, 4"
    ],
    "A date or a time exists, and is written in the form of the version.",
    "4.0 has the basic format (19850412, T102200) and may leave parts out (--0412); 3.0 has whole \
     dates, with hyphens or without. A form of another version that readers understand is a warning. \
     A date in words needs VALUE=text in 4.0."
);
value_rule!(
    TIMESTAMP_INVALID,
    "timestamp-invalid",
    ALL,
    &[
        "RFC 6350, 4.3.5",
        "RFC 6350, 6.7.4",
        "RFC 2426, 3.6.4",
        "RFC 2425, 5.8.4",
        "vCard 2.1, 2.6.2"
    ],
    "A timestamp is a whole date and a whole time.",
    "As 19961022T140000Z in 4.0, and 1996-10-22T14:00:00Z in 3.0. Programs that synchronize compare \
     it, and take the wrong side of a conflict when they cannot read it."
);
value_rule!(
    BOOLEAN_INVALID,
    "boolean-invalid",
    ALL,
    &["RFC 6350, 4.4", "RFC 2425, 5.8.4"],
    "A boolean is true or false.",
    "In any letter case."
);
value_rule!(
    INTEGER_INVALID,
    "integer-invalid",
    ALL,
    &["RFC 6350, 4.5", "RFC 2425, 5.8.4"],
    "An integer is decimal digits, with a sign or without, and has 64 bits.",
    "Readers have no room for more."
);
value_rule!(
    FLOAT_INVALID,
    "float-invalid",
    ALL,
    &["RFC 6350, 4.6", "RFC 2425, 5.8.4"],
    "A number with a point has digits on both sides of it.",
    "There is no exponent."
);
value_rule!(
    UTC_OFFSET_INVALID,
    "utc-offset-invalid",
    ALL,
    &[
        "RFC 6350, 4.7",
        "RFC 6350, 6.5.1",
        "RFC 2426, 2.4.4",
        "RFC 2426, 3.4.1",
        "vCard 2.1, 2.4.5"
    ],
    "An offset from UTC is a sign, hours and minutes.",
    "-0500 in 4.0, -05:00 in 3.0. A name such as Europe/Oslo is text."
);
value_rule!(
    LANGUAGE_TAG_INVALID,
    "language-tag-invalid",
    [Some(Warning), Some(Warning), Some(Error)],
    &[
        "RFC 6350, 4.8",
        "RFC 6350, 5.1",
        "RFC 2425, 5.8.3",
        "vCard 2.1, 2.1.7"
    ],
    "A language is one language tag of RFC 5646.",
    "Parts are separated by hyphens: en-US, not en_US."
);
value_rule!(
    URI_INVALID,
    "uri-invalid",
    ALL,
    &[
        "RFC 6350, 4.2",
        "RFC 2425, 5.8.4",
        "RFC 2426, 3.6.8",
        "vCard 2.1, 2.6.4",
        "RFC 6350, 4"
    ],
    "A URI begins with a scheme and holds the characters of RFC 3986 only.",
    "Without a scheme a reader cannot know where it leads: write https://example.com/. Other \
     characters are percent-encoded."
);
value_rule!(
    URI_SCHEME,
    "uri-scheme",
    [None, None, Some(Warning)],
    &["RFC 6350, 6.5.2", "RFC 6350, 6.4.1", "RFC 8605, 2.1"],
    "The URI of a GEO is a geo: URI, and that of a CONTACT-URI is one of mail or the web.",
    "Readers do not know what to do with another."
);
value_rule!(
    TEL_URI_INVALID,
    "tel-uri-invalid",
    [None, None, Some(Error)],
    &[
        "RFC 6350, 6.4.1",
        "RFC 3966, 3",
        "RFC 3966, 5.1.1",
        "RFC 3966, 5.1.3",
        "RFC 3966, 5.1.4",
        "RFC 3966, 5.1.5"
    ],
    "A tel: URI is a number with + or with a phone-context, and parameters.",
    "Spaces and letters are not part of it: tel:+1-415-555-0123;ext=7."
);
value_rule!(
    DATA_URI_INVALID,
    "data-uri-invalid",
    [None, Some(Warning), Some(Error)],
    &["RFC 6350, 6.2.4", "RFC 6350, 4.2"],
    "A data: URI has a comma, and base64 after it if it says so.",
    "The bytes cannot be read otherwise."
);
value_rule!(
    GEO_INVALID,
    "geo-invalid",
    ALL,
    &[
        "RFC 6350, 6.5.2",
        "RFC 6350, 5.10",
        "RFC 5870, 3.3",
        "RFC 5870, 3.4.2",
        "RFC 2426, 3.4.2",
        "vCard 2.1, 2.4.6",
        "RFC 6350, 5"
    ],
    "A position is a geo: URI in 4.0, and two numbers before.",
    "geo:37.386,-122.083 in 4.0, 37.386;-122.083 in 3.0. Latitude comes first, from -90 to 90."
);
value_rule!(
    GENDER_INVALID,
    "gender-invalid",
    [None, None, Some(Error)],
    &["RFC 6350, 6.2.7"],
    "GENDER is M, F, O, N, U or nothing, and a text after a semicolon.",
    "Words go into the second component: GENDER:;femme."
);
value_rule!(
    KIND_INVALID,
    "kind-invalid",
    [None, None, Some(Error)],
    &["RFC 6350, 6.1.4"],
    "KIND is one word.",
    "individual, group, org or location, another registered one, or a private one with X-."
);
value_rule!(
    CLIENT_PID_MAP_INVALID,
    "client-pid-map-invalid",
    [None, None, Some(Error)],
    &["RFC 6350, 6.7.7"],
    "CLIENTPIDMAP is a number from 1 and a URI, with a semicolon between them.",
    "The number is the second one of the PID parameters; the URI names the program that gave them."
);
value_rule!(
    COMPONENT_COUNT,
    "component-count",
    [Some(Info), Some(Info), Some(Warning)],
    &[
        "RFC 6350, 6.2.2",
        "RFC 6350, 6.3.1",
        "RFC 9554, 2.1",
        "RFC 9554, 2.2",
        "RFC 2426, 3.1.2",
        "RFC 2426, 3.2.1",
        "vCard 2.1, 2.2.2"
    ],
    "N has 5 components, or 7; ADR has 7, or 18.",
    "Readers that count on all of them fail on fewer. Add the semicolons."
);
value_rule!(
    COMMA_UNESCAPED,
    "comma-unescaped",
    [None, Some(Warning), Some(Warning)],
    &[
        "RFC 6350, 3.4",
        "RFC 6350, 4.1",
        "RFC 2426, 5",
        "RFC 2426, 2.3",
        "RFC 2426, 2.5"
    ],
    "A comma in a value that is no list is written \\,.",
    "A few readers cut the text at the comma; most take it for what it is. In a URI it is the other \
     way round: most readers take \\, too, and a few need it."
);
value_rule!(
    SEMICOLON_UNESCAPED,
    "semicolon-unescaped",
    [None, Some(Warning), Some(Error)],
    &[
        "RFC 2426, 5",
        "RFC 2426, 2.3",
        "RFC 6350, 3.4",
        "RFC 2426, 2.5"
    ],
    "A semicolon that separates nothing is written \\; in 3.0, and in the components of 4.0.",
    "Readers cut the text at the semicolon."
);
value_rule!(
    VALUE_EMPTY,
    "value-empty",
    [Some(Info), Some(Info), Some(Info)],
    &["RFC 6350, 4", "RFC 2426, 4", "vCard 2.1, 2.1.2"],
    "A property has a value.",
    "An empty text is grammatical and says nothing. Leave the property out."
);
value_rule!(
    VALUE_LIST,
    "value-list",
    [None, None, Some(Error)],
    &["RFC 6350, 5.2", "RFC 6350, 4.8"],
    "A value that is no text stands alone; only CATEGORIES, NICKNAME and the components of N and ADR \
     are lists.",
    "Readers fail on the comma, or take the first value. Write a line for each, where the property may \
     occur more than once."
);
value_rule!(
    VALUE_NOT_REGISTERED,
    "value-not-registered",
    [Some(Info), Some(Warning), Some(Warning)],
    &["RFC 9554, 3.2", "RFC 2426, 2.1.3", "RFC 2426, 3.7.1"],
    "The value of CLASS, PROFILE and GRAMGENDER is one of a list.",
    "Readers cannot know what another means."
);
value_rule!(
    XML_NAMESPACE,
    "xml-namespace",
    [None, None, Some(Error)],
    &["RFC 6350, 6.1.5"],
    "XML begins with the tag of an element, with a namespace that is not that of vCard.",
    "What vCard has, has a property of its own. Whether the element is whole, and the only one, is \
     for a reader of XML to say."
);

pub(super) fn check(findings: &mut Findings, at: &LineAt<'_>, value_type: Option<ValueType>) {
    let flags = at.flags();
    if flags.has(Flags::NESTED) {
        return;
    }
    let raw = at.line.raw_value();
    let property = at.row.map(|row| row.id);
    let Some(value_type) = value_type else {
        return;
    };
    // Written for a position that was left empty.
    let no_position = raw == b";" && property == Some(PropertyId::GEO);
    if raw.is_empty() || no_position {
        return empty(findings, at, value_type);
    }
    // Most texts have none of the characters that could be wrong in one.
    let special = memchr::memchr3(b',', b';', b'\\', raw).is_some();
    if !special && value_type == ValueType::Text && is_plain_text(at) {
        return;
    }
    if flags.has(Flags::BASE64) || at.row.is_some_and(|row| row.stands_for.is_some()) {
        return;
    }
    let Ok(text) = at.property.raw_text() else {
        return;
    };
    let place = Place {
        at,
        text: &text,
        exact: !at.line.is_quoted_printable(),
    };
    let rule = rule_of(property, value_type);
    typed(findings, &place, property, value_type, &text, rule);
    special_values(findings, &place, property, value_type, &text);
}

/// Whether a text without delimiters cannot be wrong.
fn is_plain_text(at: &LineAt<'_>) -> bool {
    match at.row {
        None => true,
        Some(row) => {
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
    }
}

/// Where in the input a part of the text is.
struct Place<'p, 'a> {
    at: &'p LineAt<'a>,
    text: &'p str,
    /// Whether the octets of the text are those of the line.
    exact: bool,
}

impl Place<'_, '_> {
    fn span(&self, part: &Range<usize>) -> findings::Place {
        match self.exact {
            true => self.at.in_value(part.clone()),
            false => self.at.in_raw_value(0..self.at.line.raw_value().len()),
        }
    }
}

fn empty(findings: &mut Findings, at: &LineAt<'_>, value_type: ValueType) {
    let name = at.line.name_bytes();
    // These have rules of their own.
    if at.row.is_some_and(|row| {
        matches!(
            row.id,
            PropertyId::FN | PropertyId::VERSION | PropertyId::END
        )
    }) {
        return;
    }
    if value_type == ValueType::Text || findings.standard == Version::V2_1 {
        return findings.add_in(
            at.section(findings.standard),
            &VALUE_EMPTY,
            at,
            at.name_to_value(),
            format!("{} has no value; expected a text, or no {0}", shown(name)),
        );
    }
    // Written everywhere for a field that was left empty, and skipped by readers.
    let rule = rule_of(at.row.map(|row| row.id), value_type).unwrap_or(&VALUE_EMPTY);
    findings.add_in_as(
        Warning,
        at.section(findings.standard),
        rule,
        at,
        at.name_to_value(),
        format!(
            "{} has no value; expected {}, or no {0}",
            shown(name),
            value_type.name()
        ),
    );
}

fn rule_of(property: Option<PropertyId>, value_type: ValueType) -> Option<&'static Rule> {
    Some(match (property, value_type) {
        (Some(PropertyId::N | PropertyId::ADR | PropertyId::ORG), _) => &COMPONENT_COUNT,
        (Some(PropertyId::GENDER), _) => &GENDER_INVALID,
        (Some(PropertyId::KIND), _) => &KIND_INVALID,
        (Some(PropertyId::CLIENTPIDMAP), _) => &CLIENT_PID_MAP_INVALID,
        (Some(PropertyId::GEO), _) => &GEO_INVALID,
        (Some(PropertyId::REV | PropertyId::CREATED), _) => &TIMESTAMP_INVALID,
        (_, ValueType::Timestamp) => &TIMESTAMP_INVALID,
        (_, ValueType::Date | ValueType::Time | ValueType::DateTime | ValueType::DateAndOrTime) => {
            &DATE_INVALID
        }
        (_, ValueType::Uri | ValueType::Url) => &URI_INVALID,
        (_, ValueType::Boolean) => &BOOLEAN_INVALID,
        (_, ValueType::Integer) => &INTEGER_INVALID,
        (_, ValueType::Float) => &FLOAT_INVALID,
        (_, ValueType::UtcOffset) => &UTC_OFFSET_INVALID,
        (_, ValueType::LanguageTag) => &LANGUAGE_TAG_INVALID,
        _ => return None,
    })
}

fn typed(
    findings: &mut Findings,
    place: &Place<'_, '_>,
    property: Option<PropertyId>,
    value_type: ValueType,
    text: &str,
    rule: Option<&'static Rule>,
) {
    let version = findings.standard;
    let mut notes = 0;
    let mut sink = |note: ValueError| {
        notes += 1;
        // One hostile value has millions of them.
        if notes <= 1000 {
            self::note(findings, place, value_type, text, rule, note);
        }
    };
    // RFC 6350, 6.5.2 has any URI in GEO.
    let foreign = property == Some(PropertyId::GEO)
        && value_type == ValueType::Uri
        && Uri::parse(text, version)
            .is_ok_and(|uri| uri.scheme().is_some() && !uri.has_scheme("geo"));
    // A tel: URI is looked at more closely below.
    let tel = property == Some(PropertyId::TEL)
        && value_type == ValueType::Uri
        && text
            .get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case("tel:"));
    if tel {
        return;
    }
    let as_property = property.filter(|_| !foreign);
    let result = check_value(
        as_property,
        value_type,
        text,
        version,
        &mut Notes::to(&mut sink),
    );
    if let (Err(error), Some(rule)) = (result, rule) {
        if is_list(property, value_type, text, version) {
            let name = shown(place.at.line.name_bytes());
            let repeats = place
                .at
                .row
                .and_then(|row| findings.column(row))
                .is_none_or(|column| column.occurrence == Occurrence::Any);
            let message = match repeats {
                true => format!("a list of values; expected a line of {name} for each"),
                false => format!("a list of values; {name} has one"),
            };
            return findings.add(&VALUE_LIST, place.at, place.span(&(0..text.len())), message);
        }
        add(findings, None, place, rule, value_type, &error);
        findings.fix(|| canonical(place.at, property, value_type, text, version));
    }
}

/// Whether a value is several of its type with commas between them. A comma may be part of a URI,
/// and is that of a fraction in a time of 3.0.
fn is_list(
    property: Option<PropertyId>,
    value_type: ValueType,
    text: &str,
    version: Version,
) -> bool {
    let single = matches!(
        value_type,
        ValueType::Date
            | ValueType::Time
            | ValueType::DateTime
            | ValueType::DateAndOrTime
            | ValueType::Timestamp
            | ValueType::Boolean
            | ValueType::Integer
            | ValueType::Float
            | ValueType::UtcOffset
            | ValueType::LanguageTag
    );
    let is_value =
        |one: &str| check_value(property, value_type, one, version, &mut Notes::none()).is_ok();
    single
        && version == Version::V4_0
        && text.contains(',')
        && text.split(',').take(2).all(is_value)
}

/// A deviation that readers can make sense of.
fn note(
    findings: &mut Findings,
    place: &Place<'_, '_>,
    value_type: ValueType,
    text: &str,
    rule: Option<&'static Rule>,
    note: ValueError,
) {
    let property = place.at.row.map(|row| row.id);
    let revised = findings.profile == Profile::Vcard4Bis;
    match note.reason {
        // The octets of the line were checked already.
        Reason::UnknownEscape | Reason::Control => {}
        // Where nothing is escaped, or one text is all there is after the semicolon.
        Reason::BareComma if revised && value_type == ValueType::Uri => {}
        Reason::BareSemicolon if revised && property == Some(PropertyId::GENDER) => {}
        Reason::BareComma => {
            let uri = matches!(value_type, ValueType::Uri);
            let severity = if uri { Some(Info) } else { None };
            add(
                findings,
                severity,
                place,
                &COMMA_UNESCAPED,
                value_type,
                &note,
            );
            let single = place.at.row.is_some_and(|row| row.shape == Shape::Single);
            if single && value_type == ValueType::Text && place.exact {
                let standard = findings.standard;
                findings.fix(|| Some(escaped(place.at, text, standard)));
            }
        }
        Reason::BareSemicolon => {
            add(
                findings,
                None,
                place,
                &SEMICOLON_UNESCAPED,
                value_type,
                &note,
            );
        }
        Reason::Components { .. } => {
            add(findings, None, place, &COMPONENT_COUNT, value_type, &note)
        }
        _ => {
            let Some(rule) = rule else { return };
            match note.reason {
                Reason::ZoneOnTruncatedTime if revised => findings.add_in(
                    Some(REVISED_DATES),
                    rule,
                    place.at,
                    place.span(&note.span),
                    note.to_string(),
                ),
                _ => add(findings, Some(Warning), place, rule, value_type, &note),
            }
            let standard = findings.standard;
            findings.fix(|| canonical(place.at, property, value_type, text, standard));
        }
    }
}

fn add(
    findings: &mut Findings,
    severity: Option<Severity>,
    place: &Place<'_, '_>,
    rule: &'static Rule,
    value_type: ValueType,
    error: &ValueError,
) {
    let standard = findings.standard;
    let section = place
        .at
        .section(standard)
        .or_else(|| section_in(value_type.row().sections, standard));
    let span = place.span(&error.span);
    let message = message(error, place.text, rule, value_type, standard);
    match severity.min(rule.severity_in(standard)) {
        Some(severity) => findings.add_in_as(severity, section, rule, place.at, span, message),
        None => findings.add_in(section, rule, place.at, span, message),
    }
}

/// What was found, where the error only says what was expected.
fn message(
    error: &ValueError,
    text: &str,
    rule: &Rule,
    value_type: ValueType,
    standard: Version,
) -> String {
    let found = match text.get(error.span.clone()) {
        Some(found) if !found.is_empty() => format!("\"{}\"", shown(found.as_bytes())),
        _ => return error.to_string(),
    };
    match error.reason {
        Reason::Expected(_) => match expected(rule, value_type, standard) {
            Some(expected) => format!("{found}; {expected}"),
            None => format!("{found}; {error}"),
        },
        Reason::NotInUri => {
            format!("{found} is not allowed in a URI; expected it percent-encoded")
        }
        Reason::Extended if value_type == ValueType::UtcOffset => {
            String::from("a colon in the offset; expected none in 4.0, as -0500")
        }
        _ => error.to_string(),
    }
}

/// What to say of a date or a timestamp that is none at all: the form of the version.
fn expected(rule: &Rule, value_type: ValueType, standard: Version) -> Option<&'static str> {
    let timestamp = core::ptr::eq(rule, &TIMESTAMP_INVALID);
    let date = matches!(
        value_type,
        ValueType::Date | ValueType::DateTime | ValueType::DateAndOrTime
    );
    match standard {
        Version::V4_0 if timestamp => Some("expected a whole date and time, as 19961022T140000Z"),
        _ if timestamp => Some("expected a date and time, as 1996-10-22T14:00:00Z"),
        Version::V4_0 => None,
        _ if value_type == ValueType::UtcOffset => Some("expected an offset from UTC, as -05:00"),
        _ => date.then_some("expected a whole date, as 1985-04-12"),
    }
}

/// The whole value escaped anew, when it is one text.
fn escaped(at: &LineAt<'_>, text: &str, version: Version) -> Fix {
    let meant = escape::unescape(text, version);
    Fix::new(
        "escape the text",
        at.entry(),
        Change::SetText(meant.into_owned()),
    )
}

/// The value in the form of the version, when it was understood.
fn canonical(
    at: &LineAt<'_>,
    property: Option<PropertyId>,
    value_type: ValueType,
    text: &str,
    version: Version,
) -> Option<Fix> {
    let written: String = match (property, value_type) {
        (Some(PropertyId::REV | PropertyId::CREATED), _) | (_, ValueType::Timestamp) => {
            let written = Timestamp::parse(text, version).ok()?;
            let written = written.to_text(version).ok()?;
            // A time that the card does not have is not ours to invent, nor one to cut off.
            let is_same = digits(text).eq(digits(&written));
            is_same.then_some(written)?
        }
        (Some(PropertyId::BDAY | PropertyId::ANNIVERSARY | PropertyId::DEATHDATE), _) => {
            DateAndOrTime::parse(text, version)
                .ok()?
                .to_text(version)
                .ok()?
        }
        (_, ValueType::UtcOffset) => UtcOffset::parse(text, version)
            .ok()?
            .to_text(version)
            .ok()?,
        _ => return None,
    };
    if written == text {
        return None;
    }
    let clean = check_value(property, value_type, &written, version, &mut Notes::none());
    clean.ok()?;
    Some(Fix::new(
        format!("write {written}"),
        at.entry(),
        Change::SetRaw(written),
    ))
}

fn digits(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(u8::is_ascii_digit)
}

fn special_values(
    findings: &mut Findings,
    place: &Place<'_, '_>,
    property: Option<PropertyId>,
    value_type: ValueType,
    text: &str,
) {
    let at = place.at;
    let standard = findings.standard;
    let all = 0..text.len();
    let revised = findings.profile == Profile::Vcard4Bis;
    let section = at.section(standard);
    let mut report = |rule: &'static Rule, message: String| {
        findings.add_in(section, rule, at, place.span(&all), message);
    };
    let starts = |word: &str| {
        text.get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    match (property, value_type) {
        (Some(PropertyId::TEL), ValueType::Uri) if starts("tel:") => {
            if let Err(error) = TelUri::parse_strict(text, standard) {
                // What readers dial all the same is a warning.
                let severity = match TelUri::parse(text, standard) {
                    Ok(_) => Warning,
                    Err(_) => Error,
                };
                findings.add_in_as(
                    severity,
                    section,
                    &TEL_URI_INVALID,
                    at,
                    place.span(&error.span),
                    message(&error, text, &TEL_URI_INVALID, value_type, standard),
                );
            }
        }
        (Some(PropertyId::N | PropertyId::ADR), ValueType::Text) if standard == Version::V3_0 => {
            let expected = if property == Some(PropertyId::N) {
                5
            } else {
                7
            };
            let found = escape::split_components(text, standard).count();
            if found < expected {
                report(
                    &COMPONENT_COUNT,
                    format!("{found} components; expected {expected}"),
                );
            }
        }
        (Some(PropertyId::GEO), ValueType::Uri) if !starts("geo:") && text.contains(':') => report(
            &URI_SCHEME,
            String::from("the URI of GEO; expected a geo: URI"),
        ),
        (Some(PropertyId::CONTACT_URI), ValueType::Uri)
            if !["mailto:", "http:", "https:"]
                .iter()
                .any(|scheme| starts(scheme)) =>
        {
            report(
                &URI_SCHEME,
                String::from("the URI of CONTACT-URI; expected one with mailto:, http: or https:"),
            );
        }
        (
            Some(PropertyId::PHOTO | PropertyId::LOGO | PropertyId::SOUND | PropertyId::KEY),
            ValueType::Uri,
        ) if starts("data:") => {
            if let Err(error) = DataUri::parse(text, standard) {
                report(&DATA_URI_INVALID, error.to_string());
            }
        }
        (_, ValueType::Uri) if standard == Version::V4_0 && !revised && text.contains(',') => {
            let mut pieces = escape::split(text, ',');
            let first = pieces.next().unwrap_or_default().len();
            // The comma of a data: URI stands before the data.
            if first < text.len() && !starts("data:") {
                findings.add_in_as(
                    Info,
                    section,
                    &COMMA_UNESCAPED,
                    at,
                    place.span(&(first..first + 1)),
                    "a comma in a URI; expected \\, by the letter of the standard",
                );
            }
        }
        (Some(PropertyId::XML), _) => xml(&mut report, text, standard),
        (Some(id @ (PropertyId::CLASS | PropertyId::PROFILE | PropertyId::GRAMGENDER)), _)
            if !registry::is_registered(id, None, standard, text) && !starts("X-") =>
        {
            report(
                &VALUE_NOT_REGISTERED,
                format!(
                    "\"{}\" is none of the values of {}; expected {}",
                    shown(text.as_bytes()),
                    id.name(),
                    registry::registered_values(id, None, standard)
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            );
        }
        // 3.0 has no bare semicolon in any text.
        (Some(id), ValueType::Text)
            if standard == Version::V3_0
                && matches!(id.row().shape, Shape::Single | Shape::List) =>
        {
            let mut pieces = escape::split_components(text, standard);
            let first = pieces.next().unwrap_or_default().len();
            if first < text.len() {
                let span = place.span(&(first..first + 1));
                findings.add_in(
                    section,
                    &SEMICOLON_UNESCAPED,
                    at,
                    span,
                    "a semicolon inside a value; expected \\;",
                );
                if id.row().shape == Shape::Single && place.exact {
                    findings.fix(|| Some(escaped(at, text, standard)));
                }
            }
        }
        _ => {}
    }
}

fn xml(report: &mut impl FnMut(&'static Rule, String), text: &str, version: Version) {
    let xml = escape::unescape(text, version);
    let start = xml.trim_start();
    let tag = start.split('>').next().unwrap_or_default();
    if !start.starts_with('<') || !tag.contains("xmlns") {
        report(
            &XML_NAMESPACE,
            String::from("no element with its namespace; expected one, as <a xmlns=\"…\">"),
        );
    } else if tag.contains("urn:ietf:params:xml:ns:vcard-4.0") {
        report(
            &XML_NAMESPACE,
            String::from("the element is in the namespace of vCard; expected another"),
        );
    }
}
