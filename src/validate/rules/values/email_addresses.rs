//! Rules about EMAIL: that there is an address, and nothing else. Whether it can be written to,
//! [`Email`](crate::value::Email) says.

use alloc::format;

use super::value_text::ValueText;
use crate::registry::{ParameterId, PropertyId, registered_values};
use crate::syntax::{escape, wide};
use crate::validate::findings::Findings;
use crate::validate::octets::begins_with;
use crate::validate::placed_line::PlacedLine;
use crate::validate::rule::{
    Rule,
    Severity::{Info, Warning},
};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[&EMAIL_INVALID];

pub(in crate::validate) static EMAIL_INVALID: Rule = Rule::new(
    "email-invalid",
    [Some(Info), Some(Warning), Some(Warning)],
    &["RFC 6350, 6.4.2", "RFC 2426, 3.3.2", "vCard 2.1, 2.4.2"],
    "EMAIL is one address, as zoe@example.com.",
    "Without mailto:, without the name of somebody, without white space, and another line of EMAIL for \
     each further address. Programs that write to it fail, and some servers refuse the card. Addresses \
     of other systems, as X400 of 3.0, are not looked at.",
);

/// Whether no rule here has anything to say about a value. Inlined up to the name, since it is asked of
/// every property.
#[inline(always)]
pub(in crate::validate) fn is_clean(id: PropertyId, value: &[u8]) -> bool {
    id != PropertyId::EMAIL || is_clean_address(value)
}

/// One @ between characters that need no second look.
fn is_clean_address(value: &[u8]) -> bool {
    let sign = wide::position(value, b'@');
    let Some((1.., [_, domain @ ..])) = sign.and_then(|at| Some((at, value.get(at..)?))) else {
        return false;
    };
    !domain.is_empty()
        && wide::position(domain, b'@').is_none()
        && !wide::any(value, |byte| {
            (byte <= b' ')
                // The colon, the semicolon and the less-than sign.
                | (byte.wrapping_sub(b':') <= b'<' - b':')
                | (byte == b'>')
                | (byte == b'"')
                | (byte == b',')
                | (byte == b'\\')
        })
}

pub(in crate::validate) fn check(findings: &mut Findings, value: &ValueText<'_, '_>) {
    let standard = findings.standard;
    if value.property != Some(PropertyId::EMAIL) || is_of_another_system(value.line, standard) {
        return;
    }
    let text = escape::unescape(value.text, standard);
    let Some(fault) = fault(&text) else { return };
    findings.add_citing(
        value.line.section(standard),
        &EMAIL_INVALID,
        value.line,
        value.whole(),
        format!("{fault}, as zoe@example.com"),
    );
}

/// Whether TYPE names another system of mail than that of the internet, which 2.1 and 3.0 have.
fn is_of_another_system(line: &PlacedLine<'_>, standard: Version) -> bool {
    let types = Some(ParameterId::TYPE);
    standard != Version::V4_0
        && registered_values(PropertyId::EMAIL, types, standard).any(|system| {
            !["internet", "pref", "home", "work"]
                .iter()
                .any(|usual| usual.eq_ignore_ascii_case(system))
                && line.property.has_type(system)
        })
}

/// What a text has that is not one address. RFC 5322, 3.4.1, in coarse strokes.
fn fault(text: &str) -> Option<&'static str> {
    const ONE: &str = "several addresses; expected a line of EMAIL for each";
    if begins_with(text.as_bytes(), "mailto:") {
        return Some("a mailto: URI; expected the address alone");
    }
    let (quoted, rest) = match quoted_local_part(text) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let signs = rest.bytes().filter(|byte| *byte == b'@').count();
    let ends = rest.starts_with('@') && !quoted || rest.ends_with('@');
    if rest.contains(['<', '>']) {
        Some("something else beside the address; expected the address alone")
    } else if signs == 0 {
        Some("no @ in it; expected an address")
    } else if signs > 1 && rest.contains([';', ',', ' ', '\n', '/']) {
        Some(ONE)
    } else if signs > 1 {
        Some("more than one @; expected an address")
    } else if rest.contains(char::is_whitespace) {
        Some("white space in the address; expected none")
    } else if ends {
        Some("nothing on one side of the @; expected an address")
    } else if rest.contains([';', ',']) {
        Some("something else beside the address; expected the address alone")
    } else {
        None
    }
}

/// What follows a local part in quotes, from the @ on.
fn quoted_local_part(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('"')?;
    let mut escaped = false;
    let end = inner.find(|character| {
        let ends = character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        ends
    })?;
    let rest = inner.get(end + 1..)?;
    rest.starts_with('@').then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_addresses() {
        for text in [
            "zoe@example.com",
            "zoe+news.a-b_c@mail.example.com",
            "zo\u{eb}@b\u{fc}cher.example",
            "zoe@localhost",
            "zoe@[192.0.2.1]",
            "\"a b@c\"@example.com",
            "\"a\\\"b\"@example.com",
            "!#$%&'*+/=?^_`{|}~@example.com",
        ] {
            assert_eq!(fault(text), None, "{text}");
        }
    }

    #[test]
    fn err_what_is_not_one_address() {
        for (text, said) in [
            ("mailto:z@example.com", "mailto"),
            ("MAILTO:z@example.com", "mailto"),
            ("zoe", "no @"),
            ("zoe at example.com", "no @"),
            ("Zoe <z@example.com>", "beside"),
            ("<z@example.com>", "beside"),
            ("\"Zoe\" <z@example.com>", "beside"),
            ("a@example.com; b@example.com", "several"),
            ("a@example.com,b@example.com", "several"),
            ("a@b@c", "more than one"),
            ("zoe @example.com", "white space"),
            (" zoe@example.com", "white space"),
            ("@example.com", "one side"),
            ("zoe@", "one side"),
            ("zoe@example.com;", "beside"),
        ] {
            let found = fault(text).unwrap_or_default();
            assert!(found.contains(said), "{text}: {found}");
            assert!(!is_clean(PropertyId::EMAIL, text.as_bytes()), "{text}");
        }
    }
}
