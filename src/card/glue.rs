//! Which lines can stand beside each other.
//!
//! Two lines can be *glued*: read one after the other they are two lines, but only as long as
//! nothing comes between them, or something does. A line that begins with white space would
//! continue another line before it; a soft line break that only END:VCARD stopped would swallow
//! another line after it; a stray line of base64 characters would become part of a base64 block
//! before it. Edits keep such lines where they are, or refuse.

use crate::syntax::ContentLine;
use crate::syntax::continuation::continues_base64;
use crate::syntax::flags::Flags;

/// What of a line decides whether it can have another neighbour.
#[derive(Clone, Copy)]
pub(super) struct Edge<'a> {
    pub raw: &'a [u8],
    pub flags: Flags,
}

impl<'a> From<ContentLine<'a>> for Edge<'a> {
    fn from(line: ContentLine<'a>) -> Self {
        Edge {
            raw: line.raw(),
            flags: line.flags(),
        }
    }
}

/// Whether `after`, read directly after `before`, becomes part of it.
pub(super) fn fuses(before: Edge<'_>, after: Edge<'_>) -> bool {
    if before.flags.has(Flags::OPEN) {
        return !after.flags.has(Flags::SENTINEL);
    }
    // A lone CR and what would make a longer line ending of it.
    if before.raw.ends_with(b"\r")
        && (after.raw.starts_with(b"\n") || after.raw.starts_with(b"\r\n"))
    {
        return true;
    }
    // A sentinel takes nothing along, and neither does a blank line.
    if after.flags.has(Flags::INDENTED) {
        return !(before.flags.has(Flags::SENTINEL)
            || before.flags.has(Flags::BLANK)
            || before.flags.has(Flags::NESTED));
    }
    before.flags.has(Flags::BASE64) && continues_base64(after.raw, true) == Some(true)
}

/// Whether the two stay two lines only because nothing stands between them.
pub(super) fn are_glued(before: Edge<'_>, after: Edge<'_>) -> bool {
    before.flags.has(Flags::OPEN) || after.flags.has(Flags::INDENTED)
}
