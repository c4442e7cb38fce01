//! What a line is and has, as bits.

use super::physical::Ending;

/// What a lexed line is and has, as bits: as many as fit beside the rest of a [`Line`] without making it
/// larger.
///
/// [`Line`]: super::lexer::Line
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Flags(u32);

impl Flags {
    const ENDING: u32 = 0b11;
    pub const NONE: Flags = Flags(0);
    /// The head is folded; its unfolded form is in the tail.
    pub const HEAD_FOLDED: Flags = Flags(1 << 2);
    /// The value region holds line breaks.
    pub const VALUE_FOLDED: Flags = Flags(1 << 3);
    /// Begins with white space, with no line before it that this could continue.
    pub const INDENTED: Flags = Flags(1 << 4);
    pub const QUOTED_PRINTABLE: Flags = Flags(1 << 5);
    pub const BASE64: Flags = Flags(1 << 6);
    /// Quotes in the parameters are ordinary characters.
    pub const LITERAL_QUOTES: Flags = Flags(1 << 7);
    /// No content line: no colon, or no name before it.
    pub const MALFORMED: Flags = Flags(1 << 8);
    /// One or more lines with nothing in them.
    pub const BLANK: Flags = Flags(1 << 9);
    /// An AGENT whose value is the cards on the following lines.
    pub const NESTED: Flags = Flags(1 << 10);
    pub const QUOTE: Flags = Flags(1 << 11);
    pub const BACKSLASH: Flags = Flags(1 << 12);
    /// Ends in a soft line break that only a sentinel or the end of the input stopped.
    pub const OPEN: Flags = Flags(1 << 13);
    /// Backslashes in the parameters hide the next character (vCard 2.1).
    pub const BACKSLASH_ESCAPES: Flags = Flags(1 << 14);
    pub const SENTINEL: Flags = Flags(1 << 15);
    /// A parameter begins as one that names the type of the value: VALUE, or the INLINE, URL, URI,
    /// CONTENT-ID and CID that are written without it.
    ///
    /// This flag and the next two are set in passing by the lexer, which stops at each parameter anyway.
    /// Whoever asks for the value of a line without them, as nearly all are, need not search its
    /// parameters again for what is not there.
    pub const MAY_NAME_TYPE: Flags = Flags(1 << 16);
    /// A parameter begins as CHARSET does.
    pub const MAY_NAME_CHARSET: Flags = Flags(1 << 17);
    /// A parameter begins as one that names the encoding: ENCODING, or what 2.1 writes without it.
    pub const MAY_NAME_ENCODING: Flags = Flags(1 << 18);
    /// Flags of a value that stands in the input in another form.
    pub const WRAPPED: Flags =
        Flags(Self::VALUE_FOLDED.0 | Self::QUOTED_PRINTABLE.0 | Self::NESTED.0);

    pub const fn or(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }

    /// Whether it has this flag, or one of several.
    #[inline]
    pub fn has(self, flag: Flags) -> bool {
        self.0 & flag.0 != 0
    }

    #[inline]
    pub fn set(&mut self, flag: Flags) {
        self.0 |= flag.0;
    }

    /// Takes over how wide the line ending is.
    pub fn copy_ending(&mut self, from: Flags) {
        self.0 = (self.0 & !Self::ENDING) | (from.0 & Self::ENDING);
    }

    pub fn clear(&mut self, flag: Flags) {
        self.0 &= !flag.0;
    }

    #[inline]
    pub fn set_if(&mut self, condition: bool, flag: Flags) {
        if condition {
            self.set(flag);
        }
    }

    /// Width of the line ending, 0 to 3 bytes.
    #[inline]
    pub fn ending(self) -> usize {
        (self.0 & Self::ENDING) as usize
    }

    #[inline]
    pub fn set_ending(&mut self, ending: Ending) {
        self.0 = (self.0 & !Self::ENDING) | ((ending.next - ending.content) as u32 & Self::ENDING);
    }
}
