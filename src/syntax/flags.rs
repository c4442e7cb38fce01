//! What a line is and has, as bits.

use super::physical::Ending;

/// What a lexed line is and has, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Flags(u16);

impl Flags {
    const ENDING: u16 = 0b11;
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
        usize::from(self.0 & Self::ENDING)
    }

    #[inline]
    pub fn set_ending(&mut self, ending: Ending) {
        self.0 = (self.0 & !Self::ENDING) | ((ending.next - ending.content) as u16 & Self::ENDING);
    }
}
