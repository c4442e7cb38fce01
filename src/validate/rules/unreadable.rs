//! Rules about text that cannot be read for all that is right with the octets of its line.

use alloc::format;

use super::characters::NOT_UTF_8;
use super::charsets::{CHARSET_UNKNOWN, bare_character, encoded_octet, is_charset};
use crate::syntax::flags::Flags;
use crate::syntax::fold::unfold;
use crate::syntax::{TextError, charset, decode};
use crate::validate::findings::{Findings, shown};
use crate::validate::octets::Octets;
use crate::validate::placed_line::PlacedLine;
use crate::validate::rule::{Rule, Severity::Error};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[&CHARSET_MISMATCH];

pub(in crate::validate) static CHARSET_MISMATCH: Rule = Rule::new(
    "charset-mismatch",
    [Some(Error), Some(Error), Some(Error)],
    &["RFC 6350, A.2", "RFC 2426, 5", "vCard 2.1, 2.1.6"],
    "The octets of a text are text of the charset that CHARSET names.",
    "A reader finds no text, or drops the property: a character is cut in two, or CHARSET names another \
     charset than the octets are in. Name the right one, or write the text anew.",
);

/// Text that cannot be read, for all that is right with the octets of the line itself.
pub(in crate::validate) fn check(findings: &mut Findings, line: &PlacedLine<'_>, octets: Octets) {
    let quoted_printable = line.flags().has(Flags::QUOTED_PRINTABLE);
    let is_charset_named = line.flags().has(Flags::MAY_NAME_CHARSET);
    if octets.utf8 && !quoted_printable && !is_charset_named {
        return;
    }
    // In 2.1, whoever parts the value first reads each part by itself.
    let parted = quoted_printable && findings.is_2_1();
    let version = match parted {
        true => Version::V2_1,
        false => Version::V3_0,
    };
    let Err(error) = decode::raw(&line.content, version, parted, None) else {
        return;
    };
    let value = line.content.raw_value();
    // Where the octets of the line are UTF-8, those that are encoded are at fault.
    let is_bare_utf8 = core::str::from_utf8(&unfold(value)).is_ok();
    let bare = bare_character(value);
    let encoded = encoded_octet(value).filter(|_| quoted_printable);
    let span = match is_bare_utf8 {
        true => encoded.or(bare),
        false => bare.or(encoded),
    };
    let span = span.unwrap_or(0..value.len());
    let span = line.span_in_written_value(span);
    match error {
        // Where the octets of the line are at fault, a rule about those says so.
        TextError::NotUtf8 { .. } if is_bare_utf8 && !findings.is_2_1() => findings.add(
            &NOT_UTF_8,
            line,
            span,
            "the octets that quoted-printable stands for are not UTF-8; expected the text in UTF-8",
        ),
        // And so in 4.0, which has one charset.
        TextError::Malformed { label }
            if is_bare_utf8
                || (!charset::is_utf8(&label) && findings.standard != Version::V4_0) =>
        {
            let label = shown(label.as_bytes());
            let message = format!(
                "the octets are not {label}, which CHARSET names; expected the charset that they are in"
            );
            findings.add(&CHARSET_MISMATCH, line, span, message);
        }
        // Names that are registered, but for charsets that nobody reads.
        TextError::UnknownCharset { label }
            if cfg!(feature = "charset") && is_charset(label.as_bytes()) =>
        {
            let message = format!(
                "\"{}\" is not a charset that can be read; expected UTF-8",
                shown(label.as_bytes())
            );
            findings.add(&CHARSET_UNKNOWN, line, span, message);
        }
        _ => {}
    }
}
