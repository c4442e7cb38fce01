//! The drafts -> the card.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::change::{Change, in_order, shown};
use super::conversion::{Conversion, ConvertError};
use super::draft::{Content, Draft};
use super::run::{Run, why};
use crate::card::render::{append_raw, append_value, named_parameter, push_raw};
use crate::card::uri_commas::Style;
use crate::card::{Property, Token};
use crate::version::Version;

/// The number of the line that begins the card, for what it says.
pub(super) const BEGIN: usize = usize::MAX;

/// The raw text of a draft in a version.
pub(super) fn raw_of(draft: &Draft<'_>, version: Version) -> String {
    let mut raw = String::new();
    match &draft.content {
        Content::Kept(kept) => raw.push_str(kept),
        Content::Made(value) => push_raw(value, Style::new(version, None), &mut raw),
    }
    raw
}

/// Appends the lines of a draft. `line` is memory to work in, and has the line unfolded then.
///
/// # Errors
///
/// Says why it cannot be written: an `X-` made a name too long, a character has no form.
fn append(
    draft: &Draft<'_>,
    style: Style,
    line: &mut String,
    out: &mut Vec<u8>,
) -> Result<(), String> {
    line.clear();
    if let Some(group) = &draft.group {
        Token::check(group).map_err(|error| error.to_string())?;
        line.push_str(group);
        line.push('.');
    }
    Property::check_name(&draft.name).map_err(|error| error.to_string())?;
    line.push_str(&draft.name);
    if !draft.is_of_unknown_type()
        && let Some(value_type) = draft.value_parameter(style.version)
    {
        line.push_str(";VALUE=");
        line.push_str(value_type);
    }
    for given in &draft.parameters {
        Token::check(&given.name).map_err(|error| error.to_string())?;
        line.push(';');
        named_parameter(&given.name, &given.values, style.version, line)
            .map_err(|error| error.to_string())?;
    }
    match &draft.content {
        Content::Kept(raw) => append_raw(raw, style.version, line, out),
        Content::Made(value) => append_value(value, style, line, out),
    }
    .map_err(|error| error.to_string())
}

/// Writes what there is, and says of each change what came of it.
pub(super) fn card(mut run: Run<'_>) -> Result<Conversion, ConvertError> {
    let style = Style::new(run.to, run.options.uri_commas);
    let len: usize = run
        .sources
        .iter()
        .map(|source| source.property.raw().len())
        .sum();
    let mut bytes = Vec::with_capacity(len + len / 8 + 64);
    bytes.extend_from_slice(b"BEGIN:VCARD\r\nVERSION:");
    bytes.extend_from_slice(run.to.as_str().as_bytes());
    bytes.extend_from_slice(b"\r\n");
    let mut line = String::with_capacity(256);
    // Where the line of each draft is that a change wants to show.
    let mut wanted: Vec<usize> = run
        .changes
        .iter()
        .filter_map(|change| change.result)
        .collect();
    wanted.sort_unstable();
    let mut results: Vec<(usize, String)> = Vec::new();
    for draft in core::mem::take(&mut run.out) {
        let start = bytes.len();
        match append(&draft, style, &mut line, &mut bytes) {
            Ok(()) if wanted.binary_search(&draft.number).is_ok() => {
                results.push((draft.number, shown(&line)));
            }
            Ok(()) => {}
            Err(message) => {
                bytes.truncate(start);
                run.note_dropped(&draft, why("", message));
            }
        }
    }
    bytes.extend_from_slice(b"END:VCARD\r\n");
    results.sort_unstable();
    let result_of = |number: usize| {
        let at = results
            .binary_search_by_key(&number, |(own, _)| *own)
            .ok()?;
        results.get(at).map(|(_, text)| text.clone())
    };
    let to = run.to;
    let changes = run.changes.into_iter().map(|pending| {
        let to = match pending.result {
            Some(0) => Some(alloc::format!("VERSION:{to}")),
            Some(BEGIN) => Some("BEGIN:VCARD".into()),
            Some(number) => result_of(number),
            None => pending.change.to,
        };
        Change {
            to,
            ..pending.change
        }
    });
    let changes = in_order(changes.collect());
    let card = run
        .card
        .rewritten(&bytes)
        .map_err(|_| ConvertError::TooLarge)?;
    Ok(Conversion { card, changes })
}
