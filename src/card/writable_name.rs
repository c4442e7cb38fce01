//! Names that a line can have, of names that were read somewhere.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::registry;
use crate::syntax::byte_class::is_in_token;

/// A name with a hyphen for each character that is not one of a name; then it is a private one.
/// `None` where nothing of it is left.
pub(crate) fn writable_name(name: &str) -> Option<Cow<'_, str>> {
    if !name.is_empty() && name.bytes().all(is_in_token) && name.len() <= 255 {
        return Some(Cow::Borrowed(name));
    }
    if !name
        .chars()
        .any(|character| is_of_name(character) && character != '-')
    {
        return None;
    }
    let mut written = hyphened(name);
    if !registry::is_private(written.as_bytes()) {
        written.insert_str(0, "X-");
    }
    written.truncate(255);
    Some(Cow::Owned(written))
}

fn is_of_name(character: char) -> bool {
    u8::try_from(character).is_ok_and(is_in_token)
}

/// With a hyphen for each character that is not one of a name.
pub(crate) fn hyphened(name: &str) -> String {
    let hyphen = |character| match is_of_name(character) {
        true => character,
        false => '-',
    };
    name.chars().map(hyphen).collect()
}
