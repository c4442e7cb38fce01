//! Lines -> whether they are plainly right, as nearly all lines of nearly all cards are.
//!
//! No rule has anything to say about such a line, at any severity and under any profile, so none
//! has to look at it. Whatever is not seen to be right at a glance is left to the rules: a test
//! holds the findings with and without this glance against each other.

#[cfg(test)]
mod tests;

use super::findings::Findings;
use super::profile::Profile;
use super::rules::occurrences::Occurrences;
use super::rules::profiles;
use super::rules::types::is_known_type;
use super::rules::versions::Versions;
use crate::registry::{
    self, Column, Condition, Defined, ParameterId, Permit, PropertyId, PropertyRow, Shape,
    ValueType,
};
use crate::syntax::ContentLine;
use crate::syntax::flags::Flags;
use crate::syntax::wide;
use crate::version::Version;

/// Flags of a line that is left to the rules.
const SPECIAL: Flags = Flags::HEAD_FOLDED
    .or(Flags::INDENTED)
    .or(Flags::QUOTED_PRINTABLE)
    .or(Flags::BASE64)
    .or(Flags::LITERAL_QUOTES)
    .or(Flags::MALFORMED)
    .or(Flags::BLANK)
    .or(Flags::NESTED)
    .or(Flags::QUOTE)
    .or(Flags::BACKSLASH)
    .or(Flags::OPEN)
    .or(Flags::SENTINEL);

/// Whether no rule has anything to say about a line of one physical line.
#[inline(always)]
pub(super) fn is_clean(
    line: &ContentLine<'_>,
    findings: &Findings,
    versions: &mut Versions,
    occurrences: &mut Occurrences<'_>,
) -> bool {
    if line.flags().has(Flags::SENTINEL) {
        return line.raw() == b"END:VCARD\r\n";
    }
    let Some(clean) = property(line, findings.standard) else {
        return false;
    };
    if findings.profile == Profile::Vcard4Bis && profiles::wants_value_type(clean.row, clean.column)
    {
        return false;
    }
    if clean.row.id == PropertyId::VERSION && !versions.note_clean(clean.value, findings.standard) {
        return false;
    }
    occurrences.note_clean(clean.row, clean.column, clean.value)
}

/// As [`is_clean`]; apart, so that the usual way is short.
#[inline(never)]
pub(super) fn is_clean_when_unfolded(
    line: &ContentLine<'_>,
    findings: &Findings,
    versions: &mut Versions,
    occurrences: &mut Occurrences<'_>,
) -> bool {
    is_clean(line, findings, versions, occurrences)
}

/// A property with nothing wrong in it, but for how it goes with the other ones.
struct Clean<'a> {
    row: &'static PropertyRow,
    column: &'static Column,
    value: &'a [u8],
}

/// The property of a line that is plainly right. Its octets and line endings are not looked at.
#[inline(always)]
fn property<'a>(line: &ContentLine<'a>, standard: Version) -> Option<Clean<'a>> {
    let flags = line.flags();
    let value = line.raw_value();
    if flags.has(SPECIAL) || value.is_empty() {
        return None;
    }
    let name = line.name_bytes();
    let row = registry::property(name)?;
    let column = row.column(standard)?;
    if row.stands_for.is_some() || has_rules_of_its_own(row.id) {
        return None;
    }
    let head = line.head();
    let mut value_type = column.default_type();
    if head.len() > name.len() {
        let group = line.group().unwrap_or_default();
        if !group.bytes().all(is_token) {
            return None;
        }
        let dot = usize::from(!group.is_empty());
        match head.get(group.len() + dot + name.len()..)? {
            [] => {}
            [b';', text @ ..] => {
                value_type = parameters(text, row, column, standard)?;
            }
            _ => return None,
        }
    }
    is_value(row, value_type, value, standard).then_some(Clean { row, column, value })
}

/// Properties that a rule of their own is about, or that others depend on.
fn has_rules_of_its_own(id: PropertyId) -> bool {
    matches!(
        id,
        PropertyId::BEGIN
            | PropertyId::END
            | PropertyId::AGENT
            | PropertyId::CLASS
            | PropertyId::CLIENTPIDMAP
            | PropertyId::CONTACT_URI
            | PropertyId::GENDER
            | PropertyId::GEO
            | PropertyId::GRAMGENDER
            | PropertyId::KIND
            | PropertyId::MEMBER
            | PropertyId::PROFILE
            | PropertyId::XML
            // These need a parameter.
            | PropertyId::JSPROP
            | PropertyId::SOCIALPROFILE
    )
}

#[inline]
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

/// The type of the value, if all parameters are plainly right.
fn parameters(
    text: &[u8],
    row: &PropertyRow,
    column: &Column,
    standard: Version,
) -> Option<ValueType> {
    let mut value_type = None;
    let mut seen = [false; 2];
    let mut wanted = None;
    let mut text = text;
    loop {
        // The usual one without a search.
        let (known, from_value) = match text {
            [b'T', b'Y', b'P', b'E', b'=', rest @ ..]
            | [b't', b'y', b'p', b'e', b'=', rest @ ..] => (ParameterId::TYPE.row(), rest),
            _ => {
                let equals = text.iter().position(|byte| *byte == b'=')?;
                let (name, rest) = text.split_at_checked(equals)?;
                (registry::parameter(name)?, rest.get(1..)?)
            }
        };
        let end = from_value.iter().position(|byte| *byte == b';');
        let (value, rest) = from_value.split_at_checked(end.unwrap_or(from_value.len()))?;
        if value.is_empty() || known.defined(standard) != Defined::Yes {
            return None;
        }
        match column.permit(known.id) {
            Permit::If(Condition::Always) => {}
            Permit::If(condition @ (Condition::IfText | Condition::IfUri)) => {
                if wanted.is_some_and(|wanted| wanted != condition) {
                    return None;
                }
                wanted = Some(condition);
            }
            _ => return None,
        }
        match known.id {
            ParameterId::TYPE => {
                let mut types = value.split(|byte| *byte == b',');
                if !types.all(|one| is_type(one, row.id, standard)) {
                    return None;
                }
            }
            ParameterId::VALUE => {
                let named = registry::value_type(value)?;
                let fits = column.permits_type(named.value_type)
                    && named.versions.contains(&standard)
                    && value_type.is_none();
                if !fits {
                    return None;
                }
                value_type = Some(named.value_type);
            }
            ParameterId::PREF => {
                let number = match value {
                    [b'1'..=b'9'] | [b'1'..=b'9', b'0'..=b'9'] => true,
                    other => other == b"100",
                };
                if !number || core::mem::replace(seen.first_mut()?, true) {
                    return None;
                }
            }
            ParameterId::LANGUAGE => {
                let tag = value.len() == 2 && value.iter().all(u8::is_ascii_alphabetic);
                if !tag || core::mem::replace(seen.last_mut()?, true) {
                    return None;
                }
            }
            _ => return None,
        }
        match rest {
            [] => break,
            [_, next @ ..] => text = next,
        }
    }
    let value_type = value_type.unwrap_or(column.default_type());
    let fits = match wanted {
        None => true,
        Some(Condition::IfText) => matches!(value_type, ValueType::Text | ValueType::PhoneNumber),
        Some(_) => matches!(value_type, ValueType::Uri | ValueType::Url),
    };
    fits.then_some(value_type)
}

fn is_type(word: &[u8], property: PropertyId, standard: Version) -> bool {
    let pref = standard == Version::V4_0 && word.eq_ignore_ascii_case(b"pref");
    !pref && is_known_type(property, standard, word)
}

#[inline(always)]
fn is_value(row: &PropertyRow, value_type: ValueType, value: &[u8], standard: Version) -> bool {
    match value_type {
        ValueType::Text | ValueType::PhoneNumber => is_text(row, value, standard),
        ValueType::Uri if row.id == PropertyId::TEL => is_tel(value),
        ValueType::Uri => is_uri(value),
        ValueType::Date | ValueType::DateAndOrTime | ValueType::Timestamp | ValueType::DateTime => {
            is_date(row.id, value_type, value, standard)
        }
        ValueType::LanguageTag => value.len() == 2 && value.iter().all(u8::is_ascii_alphabetic),
        _ => false,
    }
}

/// Whether a text has its delimiters where they belong, and known escapes only.
fn is_text(row: &PropertyRow, value: &[u8], standard: Version) -> bool {
    let is_delimiter = |byte| (byte == b',') | (byte == b';') | (byte == b'\\');
    if matches!(row.shape, Shape::Single) && !wide::any(value, is_delimiter) {
        return true;
    }
    let Some((semicolons, commas)) = delimiters(value) else {
        return false;
    };
    match row.shape {
        Shape::Single => semicolons == 0 && commas == 0,
        Shape::List => semicolons == 0,
        _ if commas > 0 => false,
        _ => match (row.id, standard) {
            (PropertyId::N, Version::V4_0) => matches!(semicolons, 4 | 6),
            (PropertyId::N, _) => semicolons == 4,
            (PropertyId::ADR, Version::V4_0) => matches!(semicolons, 6 | 17),
            (PropertyId::ADR, _) => semicolons == 6,
            (id, _) => id == PropertyId::ORG,
        },
    }
}

/// How many bare semicolons and commas there are; none when a backslash begins no escape.
fn delimiters(value: &[u8]) -> Option<(usize, usize)> {
    if !wide::any(value, |byte| (byte == b',') | (byte == b'\\'))
        && let Some(semicolons) = wide::count(value, |byte| byte == b';')
    {
        return Some((semicolons, 0));
    }
    let mut semicolons = 0;
    let mut commas = 0;
    let mut octets = value.iter();
    while let Some(byte) = octets.next() {
        match byte {
            b';' => semicolons += 1,
            b',' => commas += 1,
            b'\\' if !matches!(octets.next()?, b'\\' | b',' | b';' | b'n' | b'N') => return None,
            _ => {}
        }
    }
    Some((semicolons, commas))
}

/// A global number: `+` and digits, with the separators that people write.
fn is_tel(value: &[u8]) -> bool {
    let Some(number) = value.strip_prefix(b"tel:+") else {
        return false;
    };
    number.first().is_some_and(u8::is_ascii_digit)
        && number
            .iter()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'(' | b')'))
}

fn is_uri(value: &[u8]) -> bool {
    let scheme = [&b"https://"[..], b"http://", b"mailto:", b"urn:uuid:"]
        .iter()
        .any(|scheme| value.starts_with(scheme));
    scheme && !wide::any(value, |byte| !is_plain_in_uri(byte))
}

/// Characters of a URI that need no second look; those from the hyphen to the semicolon are the
/// point, the slash, the digits and the colon.
#[inline(always)]
fn is_plain_in_uri(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26)
        | (byte.wrapping_sub(b'-') < 15)
        | (byte == b'_')
        | (byte == b'~')
        | (byte == b'?')
        | (byte == b'#')
        | (byte == b'@')
        | (byte == b'=')
        | (byte == b'&')
        | (byte == b'+')
}

/// A whole date, or a whole timestamp, in the form that the version writes.
fn is_date(id: PropertyId, value_type: ValueType, value: &[u8], standard: Version) -> bool {
    let timestamp = match (id, value_type) {
        (PropertyId::REV | PropertyId::CREATED, _) => true,
        (PropertyId::BDAY | PropertyId::ANNIVERSARY | PropertyId::DEATHDATE, _) => false,
        _ => return false,
    };
    let (year, rest) = match value {
        [a, b, c, d, rest @ ..] => ([*a, *b, *c, *d], rest),
        _ => return false,
    };
    let (date, time) = match (standard, timestamp) {
        (Version::V4_0, false) => (<[u8; 4]>::try_from(rest).ok(), None),
        (Version::V4_0, true) => match rest {
            [a, b, c, d, b'T', e, f, g, h, i, j, b'Z'] => {
                (Some([*a, *b, *c, *d]), Some([*e, *f, *g, *h, *i, *j]))
            }
            _ => return false,
        },
        (_, false) => match rest {
            [b'-', a, b, b'-', c, d] => (Some([*a, *b, *c, *d]), None),
            _ => return false,
        },
        (_, true) => match rest {
            [
                b'-',
                a,
                b,
                b'-',
                c,
                d,
                b'T',
                e,
                f,
                b':',
                g,
                h,
                b':',
                i,
                j,
                b'Z',
            ] => (Some([*a, *b, *c, *d]), Some([*e, *f, *g, *h, *i, *j])),
            _ => return false,
        },
    };
    let Some([month_tens, month, day_tens, day]) = date else {
        return false;
    };
    let two = |tens: u8, ones: u8, least: u8, most: u8| {
        tens.is_ascii_digit()
            && ones.is_ascii_digit()
            && (least..=most).contains(&((tens - b'0') * 10 + (ones - b'0')))
    };
    // The 29th and later are left to the calendar.
    year.iter().all(u8::is_ascii_digit)
        && two(month_tens, month, 1, 12)
        && two(day_tens, day, 1, 28)
        && time.is_none_or(
            |[hour_tens, hour, minute_tens, minute, second_tens, second]| {
                two(hour_tens, hour, 0, 23)
                    && two(minute_tens, minute, 0, 59)
                    && two(second_tens, second, 0, 59)
            },
        )
}
