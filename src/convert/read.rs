//! A property of the source -> a draft: decoded text, names that every version can write.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::change::ChangeKind;
use super::draft::{Content, Draft, Given};
use super::run::{Run, Source, why};
use super::table::{By, by};
use super::{from_2_1, media};
use crate::card::{PropertyRef, PropertyValue, hyphened, writable_name};
use crate::registry::{self, ParameterId, PropertyId, PropertyRow, Shape, ValueType};
use crate::syntax::byte_class::is_in_token;
use crate::syntax::escape::{Separators, is_written_so, split, split_components, unescape};
use crate::syntax::flags::Flags;
use crate::syntax::line_head::encoding_word;
use crate::syntax::physical::line_breaks;
use crate::syntax::places::Places;
use crate::syntax::wide;
use crate::syntax::{Charset, ParameterRef, TextError};
use crate::typed::value_type::declared;
use crate::value::{Binary, Uri, Value};
use crate::version::Version;

/// Most cards have no more lines.
const USUAL_LINES: usize = 32;

/// The properties of the source, VERSION, BEGIN and END apart. What is no property is dropped.
pub(super) fn drafts<'a>(run: &mut Run<'a>) -> Vec<Draft<'a>> {
    let card = run.card;
    run.sources.reserve(USUAL_LINES);
    let mut drafts = Vec::with_capacity(USUAL_LINES);
    let mut line = card.position().line;
    let mut has_version = false;
    for property in card.lines() {
        let begins = line;
        line += line_breaks(property.raw());
        if property.line().flags().has(Flags::SENTINEL) {
            continue;
        }
        if !property.line().is_content() {
            let is_blank = property.raw().iter().all(u8::is_ascii_whitespace);
            if !is_blank {
                let source = add_source(run, property, begins);
                let reason = why("RFC 6350, 3.3", "a line that is not a property is left out");
                run.note_source(ChangeKind::Dropped, Some(source), "", None, reason);
            }
            continue;
        }
        let source = add_source(run, property, begins);
        if property.is("VERSION") {
            version(run, source, &property, &mut has_version);
            continue;
        }
        match draft(run, source, &property) {
            Some(draft) if run.from == Version::V2_1 => {
                drafts.extend(from_2_1::adapt(run, draft, &property));
            }
            draft => drafts.extend(draft),
        }
    }
    drafts
}

fn add_source<'a>(run: &mut Run<'a>, property: PropertyRef<'a>, line: u64) -> usize {
    run.sources.push(Source { property, line });
    run.sources.len() - 1
}

/// The first VERSION becomes that of the result; others are dropped.
fn version(run: &mut Run<'_>, source: usize, property: &PropertyRef<'_>, has_version: &mut bool) {
    let is_known = property
        .text()
        .is_ok_and(|text| text.trim().parse::<Version>().is_ok());
    if *has_version {
        let reason = why(
            "RFC 6350, 6.7.9",
            "a card has one VERSION; the first counts",
        );
        run.note_source(ChangeKind::Dropped, Some(source), "VERSION", None, reason);
    } else if !is_known {
        let reason = why(
            "RFC 6350, 6.7.9",
            "the version is not a known one; the card is read as 3.0",
        );
        run.note_source(
            ChangeKind::Approximated,
            Some(source),
            "VERSION",
            Some(0),
            reason,
        );
    }
    *has_version |= is_known || run.card.version().is_none();
}

fn draft<'a>(run: &mut Run<'a>, source: usize, property: &PropertyRef<'a>) -> Option<Draft<'a>> {
    let Some(name) = writable_name(property.name()) else {
        let reason = why(
            "RFC 6350, 3.3",
            "nothing of the name is a letter, a digit or a hyphen",
        );
        let (kind, source) = (ChangeKind::Dropped, Some(source));
        run.note_source(kind, source, property.name(), None, reason);
        return None;
    };
    let is_renamed = matches!(name, Cow::Owned(_));
    let mut draft = run.draft(name, PropertyValue::Text(String::new()), Some(source));
    draft.group = group(run, &draft, property);
    draft.parameters = parameters(run, &draft, property);
    draft.value_type = match draft.is_of_unknown_type() {
        true => None,
        false => value_type(property, draft.row),
    };
    if draft.is(PropertyId::AGENT) {
        draft.card = property.nested_card().map(Box::new);
    }
    read_value(run, &mut draft, property);
    let is_known = draft.value_type.is_some()
        || draft.has("ENCODING")
        || draft.made().is_some_and(PropertyValue::is_inline);
    if is_known && let Some(given) = draft.take("VALUE") {
        let reason = why("RFC 2426, 4", "what is inline has no other type");
        run.note_dropped_parameter(&draft, &given, reason);
    }
    if is_renamed {
        let reason = why(
            "RFC 6350, 3.3",
            "names are letters, digits and hyphens; a hyphen stands for each other character",
        );
        run.note(ChangeKind::Moved, &draft, reason);
    }
    Some(draft)
}

/// A group, with a hyphen for each character that is not one of a name, as the dot of groups in
/// groups.
fn group<'a>(
    run: &mut Run<'a>,
    draft: &Draft<'a>,
    property: &PropertyRef<'a>,
) -> Option<Cow<'a, str>> {
    let group = property.group()?;
    if !group.is_empty() && group.bytes().all(is_in_token) && group.len() <= 255 {
        return Some(Cow::Borrowed(group));
    }
    let mut written = hyphened(group);
    written.truncate(255);
    let reason = why("RFC 6350, 3.3", "a group is letters, digits and hyphens");
    run.note(ChangeKind::Approximated, draft, reason);
    (!written.is_empty()).then_some(Cow::Owned(written))
}

/// The parameters but VALUE, ENCODING and CHARSET, of which nothing is left in decoded text. A VALUE
/// that is not registered stays, since nobody knows what the value is.
fn parameters<'a>(
    run: &mut Run<'a>,
    draft: &Draft<'a>,
    property: &PropertyRef<'a>,
) -> Vec<Given<'a>> {
    let mut parameters: Vec<Given<'a>> = Vec::new();
    let mut places = Places::default();
    let mut has_type = false;
    for parameter in property.parameters() {
        let mut given = given(&parameter, run.from, draft.row);
        let id = given.id();
        match id {
            Some(ParameterId::VALUE) => {
                if is_unknown_type(run, draft, &mut given, &mut has_type) {
                    parameters.push(given);
                }
                continue;
            }
            Some(ParameterId::ENCODING) => {
                unknown_encoding(run, draft, given);
                continue;
            }
            Some(ParameterId::CHARSET) => continue,
            _ => {}
        }
        // An empty value says nothing.
        if id.is_some() && given.values.iter().all(|value| value.is_empty()) {
            continue;
        }
        if id == Some(ParameterId::TYPE) {
            words_apart(&mut given.values);
            if given.values.is_empty() {
                continue;
            }
        }
        if !writable(run, draft, &mut given) {
            continue;
        }
        clean_parameter(run, draft, &mut given);
        if id == Some(ParameterId::LABEL) && run.from == Version::V4_0 {
            // Of parameters, LABEL alone has this escape too. RFC 6350, 6.3.1.
            for value in &mut given.values {
                *value = value.replace("\\n", "\n").replace("\\N", "\n").into();
            }
        }
        let is_list = id.is_none_or(|id| id.row().many);
        let earlier = places.of(&parameters, |other| &other.name, &given.name);
        match earlier.and_then(|at| parameters.get_mut(at)) {
            Some(other) if is_list => other.values.append(&mut given.values),
            _ => parameters.push(given),
        }
    }
    parameters
}

/// Whether a VALUE names a type that is not registered, which is kept. Notes one that is registered,
/// and says nothing of the value.
fn is_unknown_type<'a>(
    run: &mut Run<'a>,
    draft: &Draft<'a>,
    given: &mut Given<'a>,
    has_type: &mut bool,
) -> bool {
    given.values.retain(|value| !value.is_empty());
    let Some(word) = given.values.first() else {
        return false;
    };
    if core::mem::replace(has_type, true) {
        let reason = why("RFC 6350, 5.2", "a value has one type; the first counts");
        run.note_dropped_parameter(draft, given, reason);
        return false;
    }
    // 2.1 says it of whatever stands on the line.
    if word.eq_ignore_ascii_case("INLINE") {
        return false;
    }
    let Some(row) = registry::value_type(word.as_bytes()) else {
        given.values.truncate(1);
        given.name = "VALUE".into();
        clean_parameter(run, draft, given);
        return true;
    };
    let is_foreign = |own: &PropertyRow| !own.ever_permits_type(row.value_type);
    if draft.row.is_some_and(is_foreign) {
        let reason = why("RFC 6350, 5.2", "the property has no such values");
        run.note_dropped_parameter(draft, given, reason);
    }
    false
}

/// Notes an ENCODING that is not known, which no version can say.
fn unknown_encoding<'a>(run: &mut Run<'a>, draft: &Draft<'a>, mut given: Given<'a>) {
    given.values.retain(|value| {
        let is_known = encoding_word(value.as_bytes()).is_some() || value.eq_ignore_ascii_case("B");
        !value.is_empty() && !is_known
    });
    if !given.values.is_empty() {
        let reason = why(
            "RFC 2426, 4",
            "the encoding is not known; the value stands as it was",
        );
        run.note_dropped_parameter(draft, &given, reason);
    }
}

/// The words of TYPE one by one: some write them in one pair of quotes, or with blanks between them.
fn words_apart(values: &mut Vec<Cow<'_, str>>) {
    let is_word = |value: &Cow<'_, str>| {
        !value.is_empty() && !value.contains(',') && value.trim().len() == value.len()
    };
    if values.iter().all(is_word) {
        return;
    }
    let words = values.iter().flat_map(|value| value.split(','));
    let words = words.map(str::trim).filter(|word| !word.is_empty());
    *values = words.map(|word| Cow::Owned(String::from(word))).collect();
}

/// Gives a parameter a name that can be written; whether there is one.
fn writable<'a>(run: &mut Run<'a>, draft: &Draft<'a>, given: &mut Given<'a>) -> bool {
    let name = match writable_name(&given.name) {
        Some(Cow::Borrowed(_)) => return true,
        Some(Cow::Owned(name)) => name,
        None => {
            let reason = why(
                "RFC 6350, 3.3",
                "the parameter has no name that can be written",
            );
            run.note_dropped_parameter(draft, given, reason);
            return false;
        }
    };
    let from = given.shown();
    let old = core::mem::replace(&mut given.name, Cow::Owned(name));
    let reason = why(
        "RFC 6350, 3.3",
        "names are letters, digits and hyphens; a hyphen stands for each other character",
    );
    let to = Some(given.shown());
    run.note_parameter(ChangeKind::Moved, draft, (&old, from), to, reason);
    true
}

fn given<'a>(
    parameter: &ParameterRef<'a>,
    version: Version,
    row: Option<&PropertyRow>,
) -> Given<'a> {
    let values: Vec<_> = parameter.values().collect();
    let name = parameter.meaning();
    // Other converters made `CELL=` and `PREF=` of the bare words of 2.1.
    let is_word = version != Version::V4_0
        && values.iter().all(|value| value.is_empty())
        && parameter.name().is_some()
        && row.is_some_and(|row| {
            let types = Some(ParameterId::TYPE);
            registry::is_registered(row.id, types, Version::V2_1, name)
        });
    match is_word {
        true => Given {
            name: Cow::Borrowed("TYPE"),
            values: [Cow::Borrowed(name)].into(),
        },
        false => Given {
            name: Cow::Borrowed(name),
            values,
        },
    }
}

/// Takes control characters away; a line break is for the version to write or not.
fn clean_parameter(run: &mut Run<'_>, draft: &Draft<'_>, given: &mut Given<'_>) {
    let is_bad = |character: char| character.is_control() && !matches!(character, '\t' | '\n');
    let is_clean = |value: &Cow<'_, str>| {
        let is_plain = |byte: u8| matches!(byte, b' '..=b'~');
        value.bytes().all(is_plain) || !value.contains(is_bad)
    };
    if given.values.iter().all(is_clean) {
        return;
    }
    let from = given.shown();
    for value in &mut given.values {
        value.to_mut().retain(|character| !is_bad(character));
    }
    let to = Some(given.shown());
    let reason = why(
        "RFC 6350, 3.3",
        "control characters have no form and are left out",
    );
    let from = (&*given.name, from);
    run.note_parameter(ChangeKind::Approximated, draft, from, to, reason);
}

/// The type of the value; of a name that is not known, only what VALUE says.
fn value_type(property: &PropertyRef<'_>, row: Option<&PropertyRow>) -> Option<ValueType> {
    match row {
        Some(row) if row.stands_for.is_none() => property.value_type(),
        _ => declared(property),
    }
}

/// The raw text, and the version whose escapes are in it.
fn raw_text<'a>(
    run: &mut Run<'_>,
    draft: &Draft<'_>,
    property: &PropertyRef<'a>,
) -> (Cow<'a, str>, Version) {
    let charset = run.options.charset(run.card);
    // Nearly all text is UTF-8, or in the charset that it names.
    if !property.line().is_base64()
        && let Ok(read) = property.with_fallback_charset(None).raw_in()
    {
        return read;
    }
    let property = property.with_fallback_charset(charset);
    if property.line().is_base64()
        && let Some(text) = base64_text(run, draft, &property, charset)
    {
        return (Cow::Owned(text), run.from);
    }
    let error = match property.raw_in() {
        Ok(read) => {
            if let Some(charset) = property.assumed_charset() {
                assumed(run, draft, charset);
            }
            return read;
        }
        Err(error) => error,
    };
    let bytes = property.value_bytes();
    let version = run.from;
    let lossy = || Cow::Owned(String::from_utf8_lossy(&bytes).into_owned());
    let text = match (&error, charset) {
        (TextError::UnknownCharset { .. }, _) if core::str::from_utf8(&bytes).is_ok() => {
            as_utf8(run, draft);
            lossy()
        }
        (TextError::UnknownCharset { .. }, Some(charset)) => {
            assumed(run, draft, charset);
            let read = charset.decode(&bytes).map(Cow::into_owned);
            read.map_or_else(lossy, Cow::Owned)
        }
        _ => {
            let reason = why(
                "RFC 6350, 3.1",
                "the bytes are not text of the charset that is named; U+FFFD stands for them",
            );
            run.note(ChangeKind::Approximated, draft, reason);
            let named = property.values_named("CHARSET").next();
            let named = named.and_then(|label| Charset::for_label(&label));
            named.map_or_else(lossy, |charset| Cow::Owned(charset.decode_lossy(&bytes)))
        }
    };
    (text, version)
}

/// The text that a property of text has in base64, as phones write names of other alphabets.
fn base64_text(
    run: &mut Run<'_>,
    draft: &Draft<'_>,
    property: &PropertyRef<'_>,
    fallback: Option<Charset>,
) -> Option<String> {
    let base64 = String::from_utf8(property.value_bytes().into_owned()).ok()?;
    let bytes = Binary::from_base64(base64).ok()?.decode().ok()?;
    let named = property.values_named("CHARSET").next();
    match named.and_then(|label| Charset::for_label(&label)) {
        Some(charset) => Some(charset.decode_lossy(&bytes)),
        None => match String::from_utf8(bytes) {
            Ok(text) => {
                if property.values_named("CHARSET").next().is_some() {
                    as_utf8(run, draft);
                }
                Some(text)
            }
            Err(error) => {
                let charset = fallback?;
                assumed(run, draft, charset);
                Some(charset.decode_lossy(error.as_bytes()))
            }
        },
    }
}

fn as_utf8(run: &mut Run<'_>, draft: &Draft<'_>) {
    let reason = why(
        "RFC 6350, 3.1",
        "the charset that is named is not known; read as UTF-8",
    );
    run.note(ChangeKind::Approximated, draft, reason);
}

fn assumed(run: &mut Run<'_>, draft: &Draft<'_>, charset: Charset) {
    let message = alloc::format!("no charset is named that is known; read as {charset}");
    run.note(
        ChangeKind::Approximated,
        draft,
        why("RFC 6350, 3.1", message),
    );
}

fn read_value<'a>(run: &mut Run<'a>, draft: &mut Draft<'a>, property: &PropertyRef<'a>) {
    if draft.card.is_some() {
        return;
    }
    if media::read(run, draft, property) {
        return;
    }
    if property.line().is_base64()
        && let Some(row) = draft.row.filter(|row| !row.is_media())
    {
        draft.value_type = Some(row.default_type(run.from));
    }
    let (raw, dialect) = raw_text(run, draft, property);
    let raw = without_control_characters(run, draft, raw);
    if let Cow::Borrowed(raw) = raw
        && is_kept(run, draft, raw, dialect)
    {
        draft.content = Content::Kept(raw);
        return;
    }
    draft.set(match draft.row {
        Some(row) if row.stands_for.is_none() => typed(draft, row, &raw, dialect),
        _ => match dialect {
            Version::V2_1 => PropertyValue::Raw(from_2_1::as_3_0(&raw)),
            _ => PropertyValue::Raw(on_one_line(&raw)),
        },
    });
}

/// Whether a value stays as it stands: nothing on the way looks into it, and what we would write is
/// what stands there.
fn is_kept(run: &Run<'_>, draft: &Draft<'_>, raw: &str, dialect: Version) -> bool {
    if dialect == Version::V2_1 || dialect != run.from {
        return false;
    }
    let Some(row) = draft.row.filter(|row| row.stands_for.is_none()) else {
        return memchr::memchr2(b'\r', b'\n', raw.as_bytes()).is_none();
    };
    let is_same = match by(row.id, run.to) {
        By::Same | By::Tel | By::Impp | By::Organization => true,
        // Components are counted, and those that say how a name sounds are taken apart.
        By::Name | By::Address => {
            let semicolons = memchr::memchr_iter(b';', raw.as_bytes()).count();
            semicolons + 1 == row.component_counts().0 && !draft.has("PHONETIC")
        }
        _ => false,
    };
    let has_both = [Version::V3_0, Version::V4_0]
        .iter()
        .all(|version| row.column(*version).is_some());
    let says_something = raw.bytes().any(|byte| !matches!(byte, b';' | b','));
    if !(is_same && has_both && (says_something || raw.is_empty())) {
        return false;
    }
    match (row.shape, draft.value_type) {
        (Shape::List, _) => is_written_so(raw, run.to, Separators::Commas),
        (Shape::Components(_) | Shape::ComponentsRepeatingLast(_), _) => {
            is_written_so(raw, run.to, Separators::Semicolons)
        }
        (_, Some(ValueType::Text | ValueType::PhoneNumber) | None) => {
            is_written_so(raw, run.to, Separators::None)
        }
        (_, Some(ValueType::Uri | ValueType::Url)) if by(row.id, run.to) != By::Tel => {
            let is_plain = |byte: u8| matches!(byte, b'!'..=b'~' if byte != b',' && byte != b'\\');
            raw.bytes().all(is_plain)
        }
        _ => false,
    }
}

/// The value of a property of the standards.
fn typed(draft: &Draft<'_>, row: &PropertyRow, raw: &str, dialect: Version) -> PropertyValue {
    let text = |raw: &str| String::from(&*unescape(raw, dialect));
    match row.shape {
        Shape::List => PropertyValue::List(split(raw, ',').map(text).collect()),
        Shape::Components(all) | Shape::ComponentsRepeatingLast(all) => {
            let component = |(at, raw): (usize, &str)| -> Vec<String> {
                let is_list = all.get(at).is_some_and(|component| component.list);
                match is_list && dialect != Version::V2_1 {
                    true => split(raw, ',').map(text).collect(),
                    false => [text(raw)].into(),
                }
            };
            let parts = split_components(raw, dialect).enumerate();
            PropertyValue::Components(parts.map(component).collect())
        }
        _ => by_type(draft, row, raw, dialect),
    }
}

fn by_type(draft: &Draft<'_>, row: &PropertyRow, raw: &str, dialect: Version) -> PropertyValue {
    match draft.value_type {
        Some(ValueType::Uri | ValueType::Url | ValueType::ContentId)
            if row.id != PropertyId::GEO =>
        {
            match Uri::parse(raw, dialect) {
                Ok(uri) => PropertyValue::Uri(uri.as_str().into()),
                Err(_) => PropertyValue::Raw(on_one_line(raw)),
            }
        }
        Some(ValueType::Text | ValueType::PhoneNumber | ValueType::Vcard) | None => {
            PropertyValue::Text(unescape(raw, dialect).into_owned())
        }
        _ => PropertyValue::Raw(on_one_line(raw)),
    }
}

/// Decoded quoted-printable can have line breaks where no escape stands for them.
fn on_one_line(raw: &str) -> String {
    if memchr::memchr2(b'\r', b'\n', raw.as_bytes()).is_none() {
        return raw.into();
    }
    raw.replace("\r\n", "\n").replace(['\r', '\n'], "\\n")
}

fn without_control_characters<'a>(
    run: &mut Run<'_>,
    draft: &Draft<'_>,
    raw: Cow<'a, str>,
) -> Cow<'a, str> {
    let is_bad =
        |byte: u8| byte.is_ascii_control() & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
    if !wide::any(raw.as_bytes(), is_bad) {
        return raw;
    }
    let reason = why(
        "RFC 6350, 3.3",
        "control characters have no form and are left out",
    );
    run.note(ChangeKind::Approximated, draft, reason);
    Cow::Owned(
        raw.chars()
            .filter(|character| !u8::try_from(*character).is_ok_and(is_bad))
            .collect(),
    )
}
