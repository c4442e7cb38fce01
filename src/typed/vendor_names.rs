//! `X-` names of vendors, by what the registry says they stand for.
//!
//! Address books wrote what older versions have no property for under names of their own:
//! X-ANNIVERSARY, X-SPOUSE, X-SKYPE. Asking a card for its anniversary finds these too. The text
//! is turned into that of the standard when it is read, and back when it is set, so that a property
//! keeps the form that its producer reads.

use alloc::borrow::Cow;
use alloc::string::String;

use super::label;
use super::set_error::SetErrorKind;
use super::value_type::declared;
use crate::card::{PropertyRef, PropertyValue};
use crate::registry::{self, PropertyId, PropertyRow, ReadAs, StandsFor};
use crate::syntax::TextError;
use crate::syntax::escape::{escape_text, unescape};
use crate::value::uri::{percent_decode, percent_encode};
use crate::value::{DateAndOrTime, Gender, Telephone, Uri, Value};
use crate::version::Version;

/// The row of a vendor's name; `None` for other names, which nearly all are.
#[inline]
fn row(name: &[u8]) -> Option<&'static PropertyRow> {
    if !registry::is_private(name) {
        return None;
    }
    registry::property(name).filter(|row| row.stands_for.is_some())
}

/// Whether a property stands in the place of this one.
///
/// X-ABDATE is any date: that it is the anniversary, its label says.
#[inline]
pub(super) fn takes_place_of<'a>(
    property: &PropertyRef<'a>,
    id: PropertyId,
    label: impl FnOnce(&PropertyRef<'a>) -> Option<Cow<'a, str>>,
) -> bool {
    let Some(row) = row(property.line().name_bytes()) else {
        return false;
    };
    row.id.stands_for_property() == Some(id)
        && (row.id != PropertyId::X_ABDATE
            || label(property).is_some_and(|label| label.eq_ignore_ascii_case(id.name())))
}

/// The TYPE that the name of a RELATED says: `spouse` of X-SPOUSE.
pub(super) fn related_type(property: &PropertyRef<'_>) -> Option<&'static str> {
    match row(property.line().name_bytes())?.stands_for? {
        StandsFor::Related(word) => Some(word),
        _ => None,
    }
}

/// The TYPE that the label of a RELATED says, where its name says none: `spouse` of an
/// X-ABRELATEDNAMES that Apple calls `_$!<Spouse>!$_`.
pub(super) fn related_type_by_label<'a>(property: &PropertyRef<'a>) -> Option<Cow<'a, str>> {
    let row = row(property.line().name_bytes())?;
    if row.stands_for != Some(StandsFor::Property(PropertyId::RELATED)) {
        return None;
    }
    let (word, _) = registry::related_word(&label::text(property)?)?;
    Some(word)
}

/// The raw text of a value as the standard would have it, and the version whose escapes are in it.
#[inline]
pub(super) fn raw_text<'a>(
    property: &PropertyRef<'a>,
) -> Result<(Cow<'a, str>, Version), TextError> {
    match registry::is_private(property.line().name_bytes()) {
        true => raw_text_of_private(property),
        false => property.raw_in(),
    }
}

#[cold]
fn raw_text_of_private<'a>(
    property: &PropertyRef<'a>,
) -> Result<(Cow<'a, str>, Version), TextError> {
    let (raw, dialect) = property.raw_in()?;
    // With a VALUE it is what that says, and nothing else.
    let Some(row) = row(property.line().name_bytes()).filter(|_| declared(property).is_none())
    else {
        return Ok((raw, dialect));
    };
    Ok(match standard_text(row, &raw, dialect) {
        Some(text) => (Cow::Owned(text), dialect),
        None => (raw, dialect),
    })
}

/// The text of a vendor's value as the standard would have it; `None` where it is the same.
pub(crate) fn standard_text(row: &PropertyRow, raw: &str, version: Version) -> Option<String> {
    let stands_for = row.stands_for?;
    // The text of the others, as of a label, is that of the standard.
    if !matches!(stands_for, StandsFor::Impp(_) | StandsFor::Property(_)) {
        return None;
    }
    let text = unescape(raw, version);
    let text = text.trim();
    match stands_for {
        StandsFor::Impp(scheme) => {
            let has_scheme =
                Uri::parse(text, Version::V3_0).is_ok_and(|uri| uri.scheme().is_some());
            (!text.is_empty() && !has_scheme).then(|| {
                let mut uri = String::from(scheme);
                uri.push(':');
                percent_encode(text, &mut uri);
                uri
            })
        }
        StandsFor::Property(PropertyId::GENDER) => {
            let gender = gender(row, raw, text, version);
            (gender != raw).then_some(gender)
        }
        StandsFor::Property(_) => registry::standard_word(row.id, text).map(String::from),
        _ => None,
    }
}

/// The raw text of a GENDER for what a vendor wrote: its word, a letter and what is said beside it, or
/// else what somebody says of their gender. RFC 6350, 6.2.7.
fn gender(row: &PropertyRow, raw: &str, text: &str, version: Version) -> String {
    if let Some(word) = registry::standard_word(row.id, text) {
        return word.into();
    }
    let gender = Gender::parse(raw, version);
    let gender = gender.unwrap_or_else(|_| Gender::default().with_identity(text));
    // Whatever has no form is what it was.
    gender.to_text(version).unwrap_or_else(|_| raw.into())
}

/// What to write on a vendor's line for this raw text of the standard; `None` where that is
/// the same.
///
/// What is written is read back as what was set: a URI that its short form does not say is written
/// whole.
///
/// # Errors
///
/// The vendor has words of its own, and not for this.
pub(super) fn vendor_text(
    name: &str,
    raw: &str,
    version: Version,
) -> Result<Option<String>, SetErrorKind> {
    let Some((row, stands_for)) = row(name.as_bytes()).and_then(|row| Some((row, row.stands_for?)))
    else {
        return Ok(None);
    };
    Ok(match stands_for {
        StandsFor::Impp(scheme) => short_form(row, scheme, raw, version),
        StandsFor::Property(_) => {
            let word = registry::vendor_word(row.id, raw).map(String::from);
            if word.is_none() && registry::takes_vendor_words_only(row.id) {
                return Err(SetErrorKind::NoWord);
            }
            word
        }
        _ => None,
    })
}

/// The address in a URI of a vendor's scheme, where that is read as this URI again.
fn short_form(row: &PropertyRow, scheme: &str, raw: &str, version: Version) -> Option<String> {
    let uri = Uri::parse(raw, version).ok()?;
    if !uri.has_scheme(scheme) {
        return None;
    }
    let text = String::from_utf8(percent_decode(uri.after_scheme()).ok()?).ok()?;
    let mut written = String::new();
    escape_text(&text, version, &mut written);
    let read = standard_text(row, &written, version)?;
    (read == uri.as_str()).then_some(written)
}

/// Whether VALUE has to say that a value is text: where the property that a vendor's name stands for
/// has dates or URIs, and the text would be read as one, or not at all.
pub(super) fn has_to_say_text(name: &str, value: &PropertyValue, version: Version) -> bool {
    let PropertyValue::Raw(raw) = value else {
        return false;
    };
    match row(name.as_bytes()).map(PropertyRow::form) {
        Some(ReadAs::DateOrText) => DateAndOrTime::parse(raw, version).is_ok(),
        Some(ReadAs::Telephone) => {
            !matches!(Telephone::parse(raw, version), Ok(Telephone::Text(_)))
        }
        _ => false,
    }
}
