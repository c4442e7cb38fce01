//! Which strings the members of a card take. RFC 9553, 1.4.

use crate::value::{LanguageTag, Uri};

/// `[A-Za-z0-9_-]{1,255}`. RFC 9553, 1.4.1.
pub(super) fn is_id(text: &str) -> bool {
    let is_in = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=255).contains(&text.len()) && text.bytes().all(is_in)
}

/// A URI. RFC 3986, 3.
pub(super) fn is_uri(text: &str) -> bool {
    Uri::new(text).is_ok()
}

/// A `geo:` URI. RFC 5870.
pub(super) fn is_geo(text: &str) -> bool {
    let has_scheme = text
        .split_once(':')
        .is_some_and(|(scheme, place)| scheme.eq_ignore_ascii_case("geo") && !place.is_empty());
    has_scheme && is_uri(text)
}

/// A language tag. RFC 5646, 2.1.
pub(super) fn is_language(text: &str) -> bool {
    LanguageTag::new(text).is_ok()
}

/// Four letters. RFC 5646, 2.2.3.
pub(super) fn is_script(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Two letters. ISO 3166-1.
pub(super) fn is_country_code(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The form that names of the time zone database have: `Europe/Oslo`, `Etc/GMT+5`, `UTC`.
pub(super) fn is_time_zone(text: &str) -> bool {
    let is_in = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+');
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(is_in);
    text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && text.split('/').all(is_part)
}

/// `type/subtype`, and parameters after it. RFC 2046.
pub(super) fn is_media_type(text: &str) -> bool {
    let (name, _) = text.split_once(';').unwrap_or((text, ""));
    let is_in = |byte: u8| byte.is_ascii_graphic() && !b"()<>@,;:\\\"/[]?=".contains(&byte);
    let is_token = |token: &str| !token.is_empty() && token.bytes().all(is_in);
    name.trim_end()
        .split_once('/')
        .is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
        && !text.chars().any(char::is_control)
}

/// `1*DIGIT "." 1*DIGIT`. RFC 9553, 1.9.1.
pub(super) fn is_version(text: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.split_once('.')
        .is_some_and(|(major, minor)| is_number(major) && is_number(minor))
}

/// A name of vCard. RFC 6350, 3.3.
pub(super) fn is_vcard_name(text: &str) -> bool {
    let is_in = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=255).contains(&text.len()) && text.bytes().all(is_in)
}

/// A name and a domain with an at sign between them, and no white space that is not quoted: the
/// grammar of RFC 5322, 3.4.1, with the characters of RFC 6532.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_atom = |character: char| {
        !character.is_ascii() && !character.is_control()
            || character.is_ascii_alphanumeric()
            || "!#$%&'*+-/=?^_`{|}~".contains(character)
    };
    let is_dot_atom = |text: &str| {
        text.split('.')
            .all(|atom| !atom.is_empty() && atom.chars().all(is_atom))
    };
    let quoted = local
        .strip_prefix('"')
        .and_then(|local| local.strip_suffix('"'));
    let is_local = match quoted {
        Some(inside) => !inside.chars().any(char::is_control) && is_quoted(inside),
        None => is_dot_atom(local),
    };
    let literal = domain
        .strip_prefix('[')
        .and_then(|domain| domain.strip_suffix(']'));
    let is_domain = match literal {
        Some(inside) => inside
            .bytes()
            .all(|b| b.is_ascii_graphic() && !b"[]\\".contains(&b)),
        None => is_dot_atom(domain),
    };
    is_local && is_domain
}

/// Whether each quote in a quoted string has a backslash before it.
fn is_quoted(inside: &str) -> bool {
    let mut characters = inside.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => return false,
            '\\' if characters.next().is_none() => return false,
            _ => {}
        }
    }
    true
}

/// A name of a vendor. RFC 9553, 1.8.1.
///
/// ```abnf
/// v-extension = v-prefix ":" v-name
/// v-prefix    = v-label *("." v-label)
/// v-label     = alnum-int / alnum-int *(alnum-int / "-") alnum-int
/// v-name      = 1*(WSP / "!" / %x23-2e / %x30-7d / NON-ASCII)
/// ```
pub(super) fn is_of_vendor(text: &str) -> bool {
    let Some((prefix, name)) = text.split_once(':') else {
        return false;
    };
    let is_letter = |character: char| character.is_ascii_alphanumeric() || !character.is_ascii();
    let is_label = |label: &str| {
        label.starts_with(is_letter)
            && label.ends_with(is_letter)
            && label.chars().all(|c| is_letter(c) || c == '-')
    };
    let is_in_name = |character: char| {
        let is_plain =
            matches!(character, ' ' | '\t' | '!' | '\u{23}'..='\u{2E}' | '\u{30}'..='\u{7D}');
        is_plain || !character.is_ascii()
    };
    prefix.split('.').all(is_label) && !name.is_empty() && name.chars().all(is_in_name)
}

/// A name as those that are registered: lower camel case. RFC 9553, 1.7.2.
pub(super) fn is_name(text: &str) -> bool {
    let is_in = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'@';
    let begins = |first: &u8| first.is_ascii_lowercase() || *first == b'@';
    text.as_bytes().first().is_some_and(begins) && text.bytes().all(is_in)
}

/// `2010-10-10T10:10:10.003Z`. RFC 9553, 1.4.5.
pub(super) fn is_utc_date_time(text: &str) -> bool {
    let Some((whole, fraction)) = text.strip_suffix('Z').map(|text| {
        text.split_once('.')
            .map_or((text, None), |(w, f)| (w, Some(f)))
    }) else {
        return false;
    };
    let is_fraction = fraction.is_none_or(|digits| {
        !digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.ends_with('0')
    });
    is_fraction && date_time(whole).is_some()
}

/// The numbers of `2010-10-10T10:10:10`, all of them in their ranges.
pub(super) fn date_time(text: &str) -> Option<[u32; 6]> {
    let bytes = text.as_bytes();
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    let has_marks = marks.iter().all(|(at, mark)| bytes.get(*at) == Some(mark));
    if bytes.len() != 19 || !has_marks {
        return None;
    }
    let number = |from: usize, to: usize| -> Option<u32> {
        let digits = text.get(from..to)?;
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| digits.parse().ok()).flatten()
    };
    let [year, month, day] = [number(0, 4)?, number(5, 7)?, number(8, 10)?];
    let [hour, minute, second] = [number(11, 13)?, number(14, 16)?, number(17, 19)?];
    let is_date = u16::try_from(year).ok().is_some_and(|year| {
        let (month, day) = (u8::try_from(month), u8::try_from(day));
        let (Ok(month), Ok(day)) = (month, day) else {
            return false;
        };
        crate::value::PartialDate::new(year, month, day).is_ok()
    });
    // 60 is a leap second. RFC 3339, 5.7.
    let is_time = hour < 24 && minute < 60 && second <= 60;
    (is_date && is_time).then_some([year, month, day, hour, minute, second])
}
