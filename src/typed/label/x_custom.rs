//! `TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=70=72=6F):`, as phones of Samsung write a
//! label of one's own.
//!
//! It is not a parameter by any grammar: the commas and equals signs in the parentheses are its own,
//! and a reader of parameters finds one of the name `X-CUSTOM(CHARSET` there.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::shortened;
use crate::card::PropertyRef;
use crate::syntax::line_head::is_quoted_printable;
use crate::syntax::{Charset, charset, quoted_printable};

const NAME: &[u8] = b"X-CUSTOM(";

/// Where, in the parameters of a line, the text between the parentheses of `X-CUSTOM(..)` stands.
fn span(parameters: &[u8]) -> Option<Range<usize>> {
    let start = memchr::memchr_iter(b'(', parameters).find_map(|at| {
        let from = (at + 1).checked_sub(NAME.len())?;
        let word = parameters.get(from..=at)?;
        let before = from.checked_sub(1).and_then(|at| parameters.get(at));
        let begins = matches!(
            before,
            None | Some(b';' | b',' | b'=' | b'"' | b' ' | b'\t')
        );
        (begins && word.eq_ignore_ascii_case(NAME)).then_some(at + 1)
    })?;
    let text = parameters.get(start..)?;
    let len = memchr::memchr_iter(b')', text).find(|at| {
        let after = text.get(at + 1..).unwrap_or_default().trim_ascii_start();
        matches!(after.first(), None | Some(b';' | b',' | b'"'))
    })?;
    Some(start..start + len)
}

/// The label that the parameters of a line say this way.
pub(super) fn read(parameters: &[u8]) -> Option<Cow<'_, str>> {
    decoded(parameters.get(span(parameters)?)?)
}

/// The text in the parentheses: `CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=70=72=6F` is `pro`; `None`
/// where it is blank.
fn decoded(mut text: &[u8]) -> Option<Cow<'_, str>> {
    let (mut charset_of, mut is_encoded) = (None, false);
    while let Some(end) = text.iter().position(|byte| matches!(byte, b',' | b';')) {
        let (head, rest) = text.split_at_checked(end)?;
        let said = |name: &[u8]| {
            let (own, value) = head.split_at_checked(name.len())?;
            own.eq_ignore_ascii_case(name).then_some(value)
        };
        if let Some(label) = said(b"CHARSET=") {
            charset_of = core::str::from_utf8(label).ok();
        } else if let Some(encoding) = said(b"ENCODING=") {
            is_encoded = is_quoted_printable(encoding);
        } else {
            break;
        }
        text = rest.get(1..)?;
    }
    let bytes = match is_encoded {
        true => Cow::Owned(quoted_printable::decode(text)),
        false => Cow::Borrowed(text),
    };
    let converted = charset_of
        .filter(|label| !charset::is_utf8(label))
        .and_then(|label| Some(Charset::for_label(label)?.decode(&bytes)?.into_owned()));
    let label = match (converted, bytes) {
        (Some(text), _) => Cow::Owned(text),
        (None, Cow::Borrowed(bytes)) => String::from_utf8_lossy(bytes),
        (None, Cow::Owned(bytes)) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
    };
    Some(shortened(label, str::trim)).filter(|label| !label.is_empty())
}

/// Whether a word of TYPE begins this way.
pub(super) fn is_begun(word: &[u8]) -> bool {
    word.get(..NAME.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(NAME))
}

/// The names of the parameters that a reader finds there, for whoever removes the label.
pub(super) fn names(property: &PropertyRef<'_>) -> Vec<String> {
    let is_there = |text| span(text).is_some();
    if !property.line().parameter_text().is_some_and(is_there) {
        return Vec::new();
    }
    let mut inside = false;
    let mut names = Vec::new();
    for parameter in property.parameters() {
        let raw = parameter.raw().trim_ascii();
        inside |= is_begun(raw);
        if inside {
            names.extend(parameter.name().map(String::from));
            inside = !raw.ends_with(b")");
        }
    }
    names
}
