//! Which words TYPE may have, and how a list of them is parted: what rules and repairs both ask.

use crate::registry::{self, PropertyId};
use crate::syntax::byte_class::is_x_name;
use crate::validate::placed_line::LineParameter;
use crate::version::Version;

pub(super) fn is_pref(one: &str) -> bool {
    one.eq_ignore_ascii_case("pref")
}

/// Whether a value with commas is a list for sure: each word of it is one that TYPE has. Otherwise it
/// may be the label that somebody gave, whole.
pub(super) fn is_list(property: PropertyId, standard: Version, value: &str) -> bool {
    let mut words = words(value);
    words.all(|one| is_word(property, standard, one))
}

/// Whether TYPE has such a word, on this property; `pref` every version has or had.
pub(super) fn is_word(property: PropertyId, standard: Version, one: &str) -> bool {
    is_pref(one) || is_x_name(one.as_bytes()) || is_known_type(property, standard, one.as_bytes())
}

/// The words of a value with commas. Some programs put a backslash before the comma.
pub(super) fn words(value: &str) -> impl Iterator<Item = &str> {
    let words = value.split(',').map(|one| word(one.trim()));
    words.filter(|one| !one.is_empty())
}

/// Without the backslash of a comma that follows.
pub(super) fn word(one: &str) -> &str {
    one.strip_suffix('\\').unwrap_or(one)
}

/// Whether a comma between words has a backslash before it, which no version has there.
pub(super) fn has_escaped_comma(parameter: &LineParameter<'_>) -> bool {
    memchr::memmem::find(parameter.written.raw(), b"\\,").is_some()
}

/// Whether TYPE may have this value; two every property takes, or is written with by everybody.
#[inline]
pub(super) fn is_known_type(property: PropertyId, standard: Version, one: &[u8]) -> bool {
    one.eq_ignore_ascii_case(b"work")
        || one.eq_ignore_ascii_case(b"home")
        || registry::is_registered_type(property, standard, one)
}
