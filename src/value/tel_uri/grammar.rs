//! The grammar of RFC 3966, section 3: where the number and the parameters of a `tel:` URI are, and
//! what keeps them from conforming.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::error::{TelUriError, TelUriReason};
use crate::syntax::byte_class::{is_in_token, is_token};
use crate::syntax::span::{self, slice};

/// Where the parts of a URI are in its text.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    pub number: Range<usize>,
    pub parameters: Vec<Parameter>,
}

#[derive(Debug, Clone)]
pub(super) struct Parameter {
    pub name: Range<usize>,
    pub value: Option<Range<usize>>,
}

/// Before the context come `ext` and `isub`, after it all others.
pub(super) fn rank(name: &str) -> u8 {
    if name.eq_ignore_ascii_case("ext") || name.eq_ignore_ascii_case("isub") {
        0
    } else if name.eq_ignore_ascii_case("phone-context") {
        1
    } else {
        2
    }
}

/// ```abnf
/// visual-separator = "-" / "." / "(" / ")"
/// ```
pub(super) const fn is_visual_separator(c: char) -> bool {
    matches!(c, '-' | '.' | '(' | ')')
}

fn fail<T>(offset: usize, reason: TelUriReason) -> Result<T, TelUriError> {
    Err(TelUriError::new(offset, reason))
}

/// The character that begins there.
fn char_at(text: &str, at: usize) -> char {
    span::text(text, at..).chars().next().unwrap_or_default()
}

/// Whether it has the scheme, and may be a `tel:` URI.
pub(in crate::value) fn is_tel(text: &str) -> bool {
    text.as_bytes()
        .first_chunk::<4>()
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"tel:"))
}

/// Where the parts of a text are, read leniently: see [`TelUri::parse_lenient`](super::TelUri).
pub(super) fn parts(text: &str) -> Result<Parts, TelUriError> {
    if !is_tel(text) {
        return fail(0, TelUriReason::Scheme);
    }
    let end = memchr::memchr(b';', text.as_bytes()).unwrap_or(text.len());
    let number = 4..end;
    let mut digits = false;
    let mut at = 4;
    let mut rest = slice(text.as_bytes(), number.clone());
    while let [byte, after @ ..] = rest {
        rest = after;
        match byte {
            b'+' if at == 4 => {}
            b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F' | b'*' | b'#' => digits = true,
            b' ' | b'-' | b'.' | b'(' | b')' => {}
            b'%' if after.starts_with(b"20") => {
                rest = slice(after, 2..);
                at += 2;
            }
            _ => return fail(at, TelUriReason::NotADigit(char_at(text, at))),
        }
        at += 1;
    }
    if !digits {
        return fail(end, TelUriReason::NoDigits);
    }

    let mut parameters = Vec::new();
    let mut names: Vec<(String, usize)> = Vec::new();
    let mut start = end + 1;
    while let Some(part) = text.get(start..) {
        let part = part.split(';').next().unwrap_or_default();
        let name = part.split('=').next().unwrap_or_default();
        if name.is_empty() {
            return fail(start, TelUriReason::NoParameterName);
        }
        if let Some((at, c)) = part
            .char_indices()
            .find(|(_, c)| c.is_ascii_control() || *c == ' ')
        {
            return fail(start + at, TelUriReason::Parameter(c));
        }
        let end = start + part.len();
        let name = start..start + name.len();
        names.push((span::text(text, name.clone()).to_ascii_lowercase(), start));
        parameters.push(Parameter {
            value: (name.end < end).then_some(name.end + 1..end),
            name,
        });
        start = end + 1;
    }
    names.sort();
    let twice = names.windows(2).find_map(|pair| match pair {
        [(one, _), (other, at)] if one == other => Some(*at),
        _ => None,
    });
    match twice {
        Some(at) => fail(at, TelUriReason::Twice),
        None => Ok(Parts { number, parameters }),
    }
}

/// What keeps a URI that was read leniently from conforming to RFC 3966.
pub(super) fn check(text: &str, parts: &Parts) -> Result<(), TelUriError> {
    let number = span::text(text, parts.number.clone());
    let global = number.starts_with('+');
    let digits = number.strip_prefix('+').unwrap_or(number);
    let start = parts.number.end - digits.len();
    for (at, byte) in (start..).zip(digits.bytes()) {
        let allowed = is_visual_separator(char::from(byte))
            || byte.is_ascii_digit()
            || (!global && (byte.is_ascii_hexdigit() || matches!(byte, b'*' | b'#')));
        if !allowed {
            return fail(at, TelUriReason::NotADigit(char_at(text, at)));
        }
    }
    let mut before: Option<(u8, &str)> = None;
    for parameter in &parts.parameters {
        let name = span::text(text, parameter.name.clone());
        if let Some(at) = name.bytes().position(|byte| !is_in_token(byte)) {
            let at = parameter.name.start + at;
            return fail(at, TelUriReason::Parameter(char_at(text, at)));
        }
        let value = parameter
            .value
            .clone()
            .unwrap_or(parameter.name.end..parameter.name.end);
        check_value(name, span::text(text, value.clone()), value.start)?;
        let rank = rank(name);
        if let Some((earlier, earlier_name)) = before {
            if rank == 0 && earlier == 0 {
                return fail(parameter.name.start, TelUriReason::ExtensionAndSubaddress);
            }
            if (earlier, earlier_name) > (rank, name) {
                return fail(parameter.name.start, TelUriReason::Order);
            }
        }
        before = Some((rank, name));
    }
    if !global
        && !parts.parameters.iter().any(|parameter| {
            span::text(text, parameter.name.clone()).eq_ignore_ascii_case("phone-context")
        })
    {
        return fail(parts.number.end, TelUriReason::NoContext);
    }
    Ok(())
}

/// What keeps the value of a parameter from conforming.
pub(super) fn check_value(name: &str, value: &str, start: usize) -> Result<(), TelUriError> {
    let wrong = |reason| fail(start, reason);
    if name.eq_ignore_ascii_case("ext") {
        if !value.contains(|c: char| c.is_ascii_digit()) {
            return wrong(TelUriReason::NoValue);
        }
        return match value
            .char_indices()
            .find(|(_, c)| !c.is_ascii_digit() && !is_visual_separator(*c))
        {
            Some((at, c)) => fail(start + at, TelUriReason::NotADigit(c)),
            None => Ok(()),
        };
    }
    if name.eq_ignore_ascii_case("phone-context") {
        return match value.strip_prefix('+') {
            Some(digits)
                if digits.contains(|c: char| c.is_ascii_digit())
                    && digits
                        .chars()
                        .all(|c| c.is_ascii_digit() || is_visual_separator(c)) =>
            {
                Ok(())
            }
            None if is_domain_name(value) => Ok(()),
            _ => wrong(TelUriReason::Context),
        };
    }
    let subaddress = name.eq_ignore_ascii_case("isub");
    if subaddress && value.is_empty() {
        return wrong(TelUriReason::NoValue);
    }
    let mut rest = value.char_indices();
    while let Some((at, c)) = rest.next() {
        let allowed = match c {
            '%' => {
                let hex = |c: Option<char>| c.is_some_and(|c| c.is_ascii_hexdigit());
                let mut ahead = rest.as_str().chars();
                hex(ahead.next()) && hex(ahead.next())
            }
            '-' | '_' | '.' | '!' | '~' | '*' | '\'' | '(' | ')' => true,
            '[' | ']' | '/' | ':' | '&' | '+' | '$' => true,
            '?' | '@' | '=' | ',' => subaddress,
            c => c.is_ascii_alphanumeric(),
        };
        if !allowed {
            return fail(start + at, TelUriReason::Parameter(c));
        }
    }
    Ok(())
}

/// ```abnf
/// domainname  = *( domainlabel "." ) toplabel [ "." ]
/// domainlabel = alphanum / alphanum *( alphanum / "-" ) alphanum
/// toplabel    = ALPHA / ALPHA *( alphanum / "-" ) alphanum
/// ```
fn is_domain_name(text: &str) -> bool {
    let text = text.strip_suffix('.').unwrap_or(text);
    let top = text.rsplit('.').next().unwrap_or_default();
    top.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.split('.').all(|label| {
            !label.starts_with('-') && !label.ends_with('-') && is_token(label.as_bytes())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::TelUri;
    use alloc::borrow::ToOwned;
    use alloc::string::ToString;

    #[test]
    fn strict_reads_the_grammar() {
        for ok in [
            "tel:+1-415-555-0123",
            "TEL:+1.415.555.0123",
            "tel:+1(415)555-0123",
            "tel:+14155550123;ext=7",
            "tel:+14155550123;ext=7-0",
            "tel:+14155550123;isub=a%20b",
            "tel:+14155550123;isub=a=b@c?d,e",
            "tel:+14155550123;ext=7;a;b=%3B;c=[/:&+$]",
            "tel:7042;phone-context=example.com",
            "tel:7042;phone-context=example.com.",
            "tel:7042;phone-context=a-1.b",
            "tel:7042;phone-context=+1-415-555",
            "tel:*21#;phone-context=+1",
            "tel:dead-beef;phone-context=example.com",
            "tel:7042;ext=1;phone-context=example.com;a=b",
        ] {
            let uri = ok
                .parse::<TelUri>()
                .unwrap_or_else(|error| panic!("{ok}: {error}"));
            assert_eq!(uri.to_string(), ok);
            let again: TelUri = uri.normalized().parse().unwrap();
            assert_eq!(again, uri);
            assert_eq!(again.normalized(), uri.normalized());
        }
    }

    #[test]
    fn strict_refuses_and_says_where() {
        use TelUriReason as R;
        for (wrong, offset, reason, lenient) in [
            ("", 0, R::Scheme, false),
            ("+14155550123", 0, R::Scheme, false),
            ("te\u{212A}:+1", 0, R::Scheme, false),
            ("sip:+14155550123", 0, R::Scheme, false),
            ("tel:", 4, R::NoDigits, false),
            ("tel:+", 5, R::NoDigits, false),
            ("tel:+-()", 8, R::NoDigits, false),
            ("tel:+1 415", 6, R::NotADigit(' '), true),
            ("tel:+1%20415", 6, R::NotADigit('%'), true),
            ("tel:+1%0D%0A415", 6, R::NotADigit('%'), false),
            ("tel:+1\r\n415", 6, R::NotADigit('\r'), false),
            ("tel:+1415flowers", 10, R::NotADigit('l'), false),
            ("tel:+1415a", 9, R::NotADigit('a'), true),
            ("tel:+1#", 6, R::NotADigit('#'), true),
            ("tel:1+1", 5, R::NotADigit('+'), false),
            ("tel:\u{661}", 4, R::NotADigit('\u{661}'), false),
            ("tel:7042", 8, R::NoContext, true),
            ("tel:7042;ext=1", 8, R::NoContext, true),
            ("tel:7042;phone-context=", 23, R::Context, true),
            ("tel:7042;phone-context=+", 23, R::Context, true),
            ("tel:7042;phone-context=example.1", 23, R::Context, true),
            ("tel:7042;phone-context=-a.b", 23, R::Context, true),
            ("tel:7042;phone-context=a..b", 23, R::Context, true),
            ("tel:+1;", 7, R::NoParameterName, false),
            ("tel:+1;=x", 7, R::NoParameterName, false),
            ("tel:+1;;a=b", 7, R::NoParameterName, false),
            ("tel:+1;a b=1", 8, R::Parameter(' '), false),
            ("tel:+1;a_b=1", 8, R::Parameter('_'), true),
            ("tel:+1;a=b=c", 10, R::Parameter('='), true),
            ("tel:+1;a=\u{e9}", 9, R::Parameter('\u{e9}'), true),
            ("tel:+1;a=%4", 9, R::Parameter('%'), true),
            ("tel:+1;a=1\r\nX:2", 10, R::Parameter('\r'), false),
            ("tel:+1;ext=", 11, R::NoValue, true),
            ("tel:+1;ext", 10, R::NoValue, true),
            ("tel:+1;ext=7a", 12, R::NotADigit('a'), true),
            ("tel:+1;isub=", 12, R::NoValue, true),
            ("tel:+1;a=1;A=2", 11, R::Twice, false),
            ("tel:+1;ext=1;isub=2", 13, R::ExtensionAndSubaddress, true),
            ("tel:1;phone-context=+1;ext=1", 23, R::Order, true),
            ("tel:+1;b=1;a=1", 11, R::Order, true),
        ] {
            let error = wrong
                .parse::<TelUri>()
                .map(|uri| uri.to_string())
                .unwrap_err();
            assert_eq!(
                (error.offset(), error.reason()),
                (offset, reason),
                "{wrong}"
            );
            assert_eq!(TelUri::parse_lenient(wrong).is_ok(), lenient, "{wrong}");
        }
    }

    #[test]
    fn many_parameters_are_read_in_linear_time() {
        let mut text = "tel:+1".to_owned();
        for n in 0..50_000 {
            text += &alloc::format!(";p{n}=1");
        }
        let uri = TelUri::parse_lenient(&text).unwrap();
        assert_eq!(uri.parameters().count(), 50_000);
        assert!(uri.check().is_err());
    }
}
