//! Labels <-> TYPE values, and Apple's X-ABLabel for all that TYPE has no word for.
//!
//! In a card, a label of one's own is a second property in the group of the first:
//!
//! ```text
//! item1.TEL:+14155550123
//! item1.X-ABLabel:Summer house
//! ```
//!
//! Apple writes its own labels between `_$!<` and `>!$_`, so that each device can show them in its
//! language; they are read as the words they stand for.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::card::PropertyRef;

/// A label, and the TYPE values that say it. A row that is part of another comes after it.
type Row = (&'static str, &'static [&'static str]);

/// RFC 2426, 3.3.1 and RFC 6350, 6.4.1, with Apple's `IPHONE`, `MAIN`, `SCHOOL` and `OTHER`.
pub(super) const PHONE: &[Row] = &[
    ("iphone", &["IPHONE", "CELL"]),
    ("mobile", &["CELL"]),
    ("home fax", &["HOME", "FAX"]),
    ("work fax", &["WORK", "FAX"]),
    ("fax", &["FAX"]),
    ("pager", &["PAGER"]),
    ("car", &["CAR"]),
    ("main", &["MAIN"]),
    ("main", &["MAIN-NUMBER"]),
    ("home", &["HOME"]),
    ("work", &["WORK"]),
    ("school", &["SCHOOL"]),
    ("other", &["OTHER"]),
];

pub(super) const EMAIL: &[Row] = &[
    ("home", &["HOME"]),
    ("work", &["WORK"]),
    ("school", &["SCHOOL"]),
    ("other", &["OTHER"]),
];

/// TYPE values that say how a thing works or that it is preferred, not what it is for.
const NO_LABEL: &[&str] = &[
    "PREF",
    "VOICE",
    "MSG",
    "INTERNET",
    "X400",
    "TEXT",
    "VIDEO",
    "TEXTPHONE",
    "ISDN",
    "MODEM",
    "BBS",
    "PCS",
];

/// The TYPE values of a label; none where it needs an X-ABLabel.
pub(super) fn types(label: &str, rows: &[Row]) -> Option<&'static [&'static str]> {
    rows.iter()
        .find(|(known, _)| *known == label)
        .map(|(_, types)| *types)
}

/// The label that TYPE values say.
pub(super) fn of_types(property: &PropertyRef<'_>, rows: &[Row]) -> Option<String> {
    let known = rows
        .iter()
        .find(|(_, types)| types.iter().all(|value| property.has_type(value)));
    if let Some((label, _)) = known {
        return Some((*label).to_string());
    }
    let word = type_values(property).into_iter().find(|value| {
        !NO_LABEL
            .iter()
            .any(|other| value.eq_ignore_ascii_case(other))
    })?;
    let prefixed = word
        .get(..2)
        .is_some_and(|start| start.eq_ignore_ascii_case("x-"));
    let word = if prefixed { word.get(2..)? } else { &word };
    (!super::blank(word)).then(|| plain(word))
}

/// The TYPE values that are no label, as they are written.
pub(super) fn other_types(property: &PropertyRef<'_>) -> Vec<String> {
    let mut values = type_values(property);
    values.retain(|value| {
        NO_LABEL
            .iter()
            .any(|other| value.eq_ignore_ascii_case(other))
    });
    values
}

fn type_values(property: &PropertyRef<'_>) -> Vec<String> {
    property
        .parameter_values("TYPE")
        .flat_map(|values| {
            let items = values.split(',').map(|item| item.trim().to_string());
            items.filter(|item| !item.is_empty()).collect::<Vec<_>>()
        })
        .collect()
}

const OPEN: &str = "_$!<";
const CLOSE: &str = ">!$_";

/// The text of an X-ABLabel for a label of one's own.
pub(super) fn to_ab_label(label: &str) -> String {
    match inner(label) {
        // Once more around it, so that it does not come back as the word it stands for.
        Some(_) => format!("{OPEN}{label}{CLOSE}"),
        None => label.to_string(),
    }
}

/// The label that the text of an X-ABLabel says.
pub(super) fn of_ab_label(text: &str) -> String {
    let Some(inner) = inner(text) else {
        return plain(text);
    };
    match inner {
        "HomeFAX" => "home fax".to_string(),
        "WorkFAX" => "work fax".to_string(),
        "OtherFAX" => "other fax".to_string(),
        inner if inner.starts_with(OPEN) => plain(inner),
        inner => plain(inner).to_lowercase(),
    }
}

fn inner(text: &str) -> Option<&str> {
    text.strip_prefix(OPEN)?.strip_suffix(CLOSE)
}

/// Without control characters, which a contact cannot hold.
pub(super) fn plain(text: &str) -> String {
    match text.contains(char::is_control) {
        true => text.replace(char::is_control, " "),
        false => text.to_string(),
    }
}
