//! Texts in the languages of others: what JSContact leaves in a card (JSCOMPS, JSPTR, JSPROP), and XML.
//!
//! RFC 9555, 3; RFC 6350, 6.1.5. Whether a JSPROP is JSON at all is known with the feature `serde`
//! only.

use alloc::vec::Vec;

use super::xml;
use crate::registry::PropertyId;
use crate::syntax::escape;

/// No name or address has as many octets; the parts of a longer one are not counted.
pub(crate) const LONGEST: usize = 10_000;

/// A place in JSCOMPS: which value of which component, and how that is written.
pub(crate) struct Place<'v> {
    pub component: usize,
    pub value: usize,
    pub written: &'v str,
}

/// What is wrong with a JSCOMPS.
pub(crate) enum JsCompsFault<'v> {
    /// What it begins with is neither nothing nor a separator.
    Start(&'v str),
    /// This is neither a place nor a separator.
    Entry(&'v str),
    /// There is no place.
    NoPlace,
}

/// The places in JSCOMPS. RFC 9555, 3.3.1.
///
/// ```abnf
/// jscomps-param = "JSCOMPS" "=" DQUOTE [jscomps-entry-sep] ";" jscomps-entrylist DQUOTE
/// jscomps-entry = jscomps-entry-pos / jscomps-entry-sep
/// ```
pub(crate) fn js_comps(value: &str) -> Result<Vec<Place<'_>>, JsCompsFault<'_>> {
    let mut entries = escape::split(value, ';');
    let first = entries.next().unwrap_or_default();
    if !first.is_empty() && !is_separator(first) {
        return Err(JsCompsFault::Start(first));
    }
    let mut places = Vec::new();
    for entry in entries {
        if is_separator(entry) {
            continue;
        }
        let place = place(entry).ok_or(JsCompsFault::Entry(entry))?;
        if places.len() < LONGEST {
            places.push(place);
        }
    }
    match places.is_empty() {
        true => Err(JsCompsFault::NoPlace),
        false => Ok(places),
    }
}

/// `"s" "," jscomps-entry-verb`
fn is_separator(entry: &str) -> bool {
    entry
        .strip_prefix("s,")
        .is_some_and(|text| escape::split(text, ',').count() == 1)
}

/// `1*DIGIT [ "," 1*DIGIT ]`, where the second number is not zero.
fn place(written: &str) -> Option<Place<'_>> {
    // What is larger than any number of components is not there either way.
    let number = |digits: &str| -> Option<usize> {
        let all = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        all.then(|| digits.parse().unwrap_or(usize::MAX))
    };
    let (component, value) = match written.split_once(',') {
        None => (number(written)?, 0),
        Some((first, second)) => {
            let second = number(second).filter(|second| *second > 0)?;
            (number(first)?, second)
        }
    };
    Some(Place {
        component,
        value,
        written,
    })
}

/// What is wrong with a JSPTR.
pub(crate) enum JsPtrFault {
    /// A `~` that begins neither `~0` nor `~1`. RFC 6901, 3.
    Tilde,
    /// It leads into this array.
    Array(&'static [&'static str]),
}

/// Arrays of a JSContact Card; `*` is any key.
const ARRAYS: [&[&str]; 4] = [
    &["name", "components"],
    &["addresses", "*", "components"],
    &["organizations", "*", "units"],
    &["vCardProps"],
];

/// What is wrong with the value of JSPTR. RFC 9555, 3.3.2.
pub(crate) fn js_ptr_fault(value: &str) -> Option<JsPtrFault> {
    let mut after = value.split('~').skip(1);
    if after.any(|rest| !rest.starts_with(['0', '1'])) {
        return Some(JsPtrFault::Tilde);
    }
    let path = value.strip_prefix('/').unwrap_or(value);
    let into = ARRAYS.iter().find(|array| {
        let mut keys = path.split('/');
        let inside = array
            .iter()
            .all(|name| keys.next().is_some_and(|key| *name == "*" || key == *name));
        inside && keys.next().is_some()
    });
    into.map(|array| JsPtrFault::Array(array))
}

/// What there is to say of a text that should be compact JSON. RFC 9555, 3.2.1.
pub(crate) struct Json {
    /// The character from which on it is not JSON.
    pub error: Option<usize>,
    /// Whether there is white space between its parts.
    pub is_spaced: bool,
}

pub(crate) fn json(text: &str) -> Json {
    let mut quoted = false;
    let mut depth = 0_usize;
    let mut deepest = 0;
    let mut is_spaced = false;
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => quoted = !quoted,
            b'\\' if quoted => {
                bytes.next();
            }
            _ if quoted => {}
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b' ' | b'\t' | b'\r' | b'\n' => is_spaced = true,
            _ => {}
        }
    }
    Json {
        error: json_error(text, deepest),
        is_spaced,
    }
}

#[cfg(feature = "serde")]
fn json_error(text: &str, deepest: usize) -> Option<usize> {
    // The reader goes no deeper, and so cannot tell.
    if deepest > 100 {
        return None;
    }
    let error = serde_json::from_str::<serde::de::IgnoredAny>(text).err()?;
    Some(error.column())
}

#[cfg(not(feature = "serde"))]
fn json_error(_: &str, _: usize) -> Option<usize> {
    None
}

/// What a text of this property should have been and is not; `None` for all other properties, which
/// take any text.
pub(crate) fn fault_of_text(property: PropertyId, text: &str) -> Option<&'static str> {
    match property {
        PropertyId::JSPROP => json(text).error.map(|_| "JSON"),
        PropertyId::XML => xml::check(text)
            .err()
            .map(|_| "one whole XML element with a namespace of its own"),
        _ => None,
    }
}

/// Whether the texts of a property are in such a language.
pub(crate) fn is_foreign(property: PropertyId) -> bool {
    matches!(property, PropertyId::JSPROP | PropertyId::XML)
}
