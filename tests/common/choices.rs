//! Random bytes to random decisions, for property tests and fuzz targets alike.

/// Decisions made from bytes; when the bytes run out, every decision is the first.
pub struct Choices<'a> {
    bytes: &'a [u8],
}

/// Texts that meet the corners of the grammar.
const TEXTS: &[&str] = &[
    "",
    "a",
    "Quist",
    "Zoë",
    "😀",
    "東京都",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\\",
    "\\n",
    "\\,",
    "\\;",
    ",",
    ";",
    ":",
    "\"",
    "^",
    "^n",
    "^'",
    "=",
    "=41",
    "=\n",
    "=0D=0A",
    "END:VCARD",
    "BEGIN:VCARD",
    "\r\nEND:VCARD\r\n",
    "\nTEL:1",
    "VERSION:2.1",
    "AGENT:",
    "QUJD",
    "QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD",
    "data:image/gif;base64,AAAA",
    "https://example.com/a,b;c?d=e",
    "\u{feff}",
    "\u{a0}",
    "\u{2028}",
    "\u{85}",
    "'",
    "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore",
];

/// Names of properties and parameters: known ones, odd ones, and some that are not valid.
const NAMES: &[&str] = &[
    "NOTE",
    "FN",
    "N",
    "TEL",
    "X-A",
    "AGENT",
    "PHOTO",
    "ADR",
    "CATEGORIES",
    "x-odd-1",
    "TYPE",
    "LABEL",
    "X-B",
    "QUJD",
    "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij",
    "VCARD",
    "a",
    "-",
    "0",
    "BEGIN",
    "END",
    "ENCODING",
    "CHARSET",
    "VALUE",
    "",
    "NO TE",
    "É",
    "A:B",
    "A\nB",
    "A;B",
];

impl<'a> Choices<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Choices { bytes }
    }

    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub fn byte(&mut self) -> u8 {
        match self.bytes.split_first() {
            Some((first, rest)) => {
                self.bytes = rest;
                *first
            }
            None => 0,
        }
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        match bound {
            0 | 1 => 0,
            2..=256 => usize::from(self.byte()) % bound,
            _ => (usize::from(self.byte()) << 8 | usize::from(self.byte())) % bound,
        }
    }

    /// True once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    pub fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.below(5) {
            match self.below(4) {
                0 => {
                    let code = u32::from(self.byte()) | u32::from(self.byte() & 3) << 8;
                    text.extend(char::from_u32(code));
                }
                1 => {
                    let piece = self.pick(TEXTS);
                    text.push_str(&piece.repeat(1 + self.below(40)));
                }
                _ => text.push_str(self.pick(TEXTS)),
            }
        }
        text
    }

    pub fn name(&mut self) -> &'static str {
        // Names that are not valid come rarely, so that most of what is built can be written.
        match self.once_in(16) {
            true => self.pick(NAMES),
            false => self.pick(&NAMES[..19]),
        }
    }

    pub fn bytes(&mut self, most: usize) -> Vec<u8> {
        let len = self.below(most);
        (0..len).map(|_| self.byte()).collect()
    }
}
