//! Whether a line that is written anew says what it said.

use crate::syntax::flags::Flags;
use crate::syntax::{ContentLine, decode};

/// Whether the value of a line with other parameters is what it was.
pub(super) fn says_the_same(old: &ContentLine<'_>, new: &ContentLine<'_>) -> bool {
    let same = |flag| old.flags().has(flag) == new.flags().has(flag);
    let charset = |line: &ContentLine<'_>| {
        line.charset_parameter()
            .map(|charset| charset.value().to_ascii_uppercase())
    };
    let text = |line| decode::raw_text(line, None).map(|decoded| decoded.text);
    same(Flags::QUOTED_PRINTABLE)
        && same(Flags::BASE64)
        && (charset(old) == charset(new) || text(old) == text(new))
}
