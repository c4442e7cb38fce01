//! `X-` names of vendors, by what the registry says they stand for.
//!
//! Address books wrote what older versions have no property for under names of their own:
//! X-ANNIVERSARY, X-SPOUSE, X-SKYPE. Asking a card for its anniversary finds these too. The text
//! is turned into that of the standard when it is read, and back when it is set, so that a property
//! keeps the form that its producer reads.

use alloc::borrow::Cow;
use alloc::string::String;

use super::value_type::{declared, version_of};
use crate::card::PropertyRef;
use crate::registry::{self, PropertyId, PropertyRow, StandsFor};
use crate::syntax::TextError;
use crate::syntax::escape::{escape_text, unescape};
use crate::value::uri::{percent_decode, percent_encode};
use crate::value::{Uri, Value};
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
pub(super) fn takes_place_of(property: &PropertyRef<'_>, id: PropertyId) -> bool {
    let Some(row) = row(property.line().name_bytes()) else {
        return false;
    };
    row.id.stands_for_property() == Some(id)
        && (row.id != PropertyId::X_ABDATE || is_labelled(property, id))
}

fn is_labelled(property: &PropertyRef<'_>, id: PropertyId) -> bool {
    let label = property.label();
    label.is_some_and(|label| label.eq_ignore_ascii_case(id.name()))
}

/// The TYPE that the name of a RELATED says: `spouse` of X-SPOUSE.
pub(super) fn related_type(property: &PropertyRef<'_>) -> Option<&'static str> {
    match row(property.line().name_bytes())?.stands_for? {
        StandsFor::Related(word) => Some(word),
        _ => None,
    }
}

/// The raw text of a value as the standard would have it.
pub(super) fn raw_text<'a>(property: &PropertyRef<'a>) -> Result<Cow<'a, str>, TextError> {
    let raw = property.raw_text()?;
    // With a VALUE it is what that says, and nothing else.
    let Some(row) = row(property.line().name_bytes()).filter(|_| declared(property).is_none())
    else {
        return Ok(raw);
    };
    let version = version_of(property);
    Ok(match standard_text(row, &raw, version) {
        Some(text) => Cow::Owned(text),
        None => raw,
    })
}

fn standard_text(row: &PropertyRow, raw: &str, version: Version) -> Option<String> {
    let text = unescape(raw, version);
    let text = text.trim();
    match row.stands_for? {
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
        // A word that no standard has for a sex is what somebody says of it.
        StandsFor::Property(PropertyId::GENDER) => {
            let known = registry::standard_word(row.id, text).map(String::from);
            let is_gender = matches!(text.as_bytes(), [_] | [_, b';', ..] | [b';', ..] | []);
            known.or_else(|| {
                (!is_gender).then(|| {
                    let mut gender = String::from(";");
                    escape_text(text, Version::V4_0, &mut gender);
                    gender
                })
            })
        }
        StandsFor::Property(_) => registry::standard_word(row.id, text).map(String::from),
        _ => None,
    }
}

/// What to write on a vendor's line for this raw text of the standard; `None` where that is
/// the same.
pub(super) fn vendor_text(name: &str, raw: &str, version: Version) -> Option<String> {
    let row = row(name.as_bytes())?;
    match row.stands_for? {
        StandsFor::Impp(scheme) => {
            let uri = Uri::parse(raw, version).ok()?;
            let bytes = percent_decode(uri.after_scheme()).ok()?;
            let text = String::from_utf8(bytes).ok()?;
            let mut written = String::new();
            escape_text(&text, version, &mut written);
            uri.has_scheme(scheme).then_some(written)
        }
        StandsFor::Property(_) => registry::vendor_word(row.id, raw).map(String::from),
        _ => None,
    }
}
