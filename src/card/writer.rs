//! Cards to an output, as they are or laid out anew.

use alloc::vec::Vec;

use super::Card;
#[cfg(feature = "std")]
use crate::limits::Limits;
use crate::syntax::flags::Flags;
use crate::syntax::fold::fold;
use crate::syntax::physical::physical_end;
use crate::syntax::run::continues_base64;
use crate::syntax::sentinel::{self, Found, Sentinel};
use crate::syntax::span::slice;
#[cfg(feature = "std")]
use crate::syntax::{ContentLine, LineReader};
use crate::version::Version;

/// What the bytes of a written card look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Layout {
    /// As the card was read, with the edits that were made.
    #[default]
    Untouched,
    /// Lines end in CRLF and are folded at 75 octets, blank lines are gone, and the card has an
    /// END. Names, parameters and values are as they were. RFC 6350, 3.2.
    Canonical,
}

impl Card {
    /// Appends its bytes in the given layout.
    ///
    /// ```
    /// use vcardinal::{Card, Layout};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\n\nFN:Zoë\n  Quist\n")?;
    /// let mut bytes = Vec::new();
    /// card.append_with(Layout::Canonical, &mut bytes);
    /// assert_eq!(bytes, "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoë Quist\r\nEND:VCARD\r\n".as_bytes());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn append_with(&self, layout: Layout, out: &mut Vec<u8>) {
        match layout {
            Layout::Untouched => self.append_to(out),
            Layout::Canonical => self.append_canonical(out),
        }
    }

    fn append_canonical(&self, out: &mut Vec<u8>) {
        let mut logical = Vec::new();
        // What the line before takes along.
        let mut before = Flags::SENTINEL;
        for entry in self.lines() {
            let line = entry.line();
            let flags = line.flags();
            if line.is_blank() {
                continue;
            }
            let apart = core::mem::replace(&mut before, flags);
            let physical_lines = !line.is_content()
                || flags.has(Flags::QUOTED_PRINTABLE)
                || flags.has(Flags::NESTED)
                || (flags.has(Flags::BASE64) && self.version() == Some(Version::V2_1))
                || (self.version() == Some(Version::V2_1) && flags.has(Flags::VALUE_FOLDED));
            if physical_lines {
                // Their line breaks are part of what they say; only their endings change.
                logical.clear();
                if line.is_content() {
                    logical.extend_from_slice(line.head());
                    logical.push(b':');
                    logical.extend_from_slice(line.raw_value());
                } else {
                    logical.extend_from_slice(trim_start(line.raw_value()));
                }
                if logical.is_empty() {
                    // Nothing but white space.
                    before = apart;
                    continue;
                }
                if flags.has(Flags::INDENTED)
                    && matches!(sentinel::find(&logical, true), Found::Sentinel { .. })
                {
                    logical.insert(0, b' ');
                }
                keep_apart(apart, &logical, out);
                lines_with_crlf(&logical, out);
                if flags.has(Flags::NESTED) && flags.has(Flags::OPEN) {
                    for _ in 0..open_cards(line.raw_value()) {
                        out.extend_from_slice(b"END:VCARD\r\n");
                    }
                }
                if flags.has(Flags::BASE64) && self.version() == Some(Version::V2_1) {
                    out.extend_from_slice(b"\r\n");
                }
                continue;
            }
            logical.clear();
            logical.extend_from_slice(line.head());
            logical.push(b':');
            logical.extend_from_slice(&line.value(self.version()));
            if flags.has(Flags::INDENTED) && sentinel::sentinel(&logical).is_some() {
                // Without the white space before it, it would frame a card.
                logical.insert(0, b' ');
            }
            keep_apart(apart, &logical, out);
            match self.version() {
                Some(Version::V2_1) => {
                    out.extend_from_slice(&logical);
                    out.extend_from_slice(b"\r\n");
                }
                _ => fold(&logical, "\r\n", out),
            }
        }
        if !self.is_closed() {
            out.extend_from_slice(b"END:VCARD\r\n");
        }
    }

    /// Whether it is not closed and its last line is an AGENT without a value, so that a card
    /// after it would be that value.
    #[cfg(feature = "std")]
    fn ends_in_agent(&self) -> bool {
        if self.is_closed() {
            return false;
        }
        let is_empty_agent =
            |line: &ContentLine<'_>| line.is("AGENT") && line.raw_value().trim_ascii().is_empty();
        let last = self.lines().filter(|line| !line.line().is_blank()).last();
        match last.map(|last| last.line()) {
            Some(last) if last.flags().has(Flags::NESTED) => {
                let mut lines =
                    LineReader::from_slice(last.raw_value()).with_limits(Limits::none());
                let mut ends = false;
                while let Ok(Some(line)) = lines.next_line() {
                    ends = is_empty_agent(&line) || (ends && line.is_blank());
                }
                ends
            }
            Some(last) => is_empty_agent(&last),
            None => false,
        }
    }
}

/// Puts an empty line between two lines that would be read as one without it.
fn keep_apart(before: Flags, line: &[u8], out: &mut Vec<u8>) {
    let joins = match line.first() {
        Some(b' ' | b'\t') => !before.has(Flags::SENTINEL),
        // What a label in a head would go on with.
        Some(b'=' | b')') if before.has(Flags::OPEN) => true,
        _ => before.has(Flags::BASE64) && continues_base64(line, true) == Some(true),
    };
    if joins && !out.ends_with(b"\r\n\r\n") {
        out.extend_from_slice(b"\r\n");
    }
}

/// How many cards are begun and not ended in the lines of a nested card.
fn open_cards(lines: &[u8]) -> usize {
    let mut open = 0_usize;
    let mut rest = lines;
    while let Some(end) = physical_end(rest, 0, true).filter(|_| !rest.is_empty()) {
        let next = match sentinel::find(rest, true) {
            Found::Sentinel { sentinel, end, .. } => {
                open = match sentinel {
                    Sentinel::Begin => open + 1,
                    Sentinel::End => open.saturating_sub(1),
                };
                end.next
            }
            _ => end.next,
        };
        rest = slice(rest, next..);
    }
    open
}

fn trim_start(mut line: &[u8]) -> &[u8] {
    while let [b' ' | b'\t' | b'\r' | b'\n', after @ ..] = line {
        line = after;
    }
    line
}

/// The physical lines of a logical line, each with CRLF. The last has no ending of its own: where
/// one stands, an empty line comes after it.
fn lines_with_crlf(logical: &[u8], out: &mut Vec<u8>) {
    let mut start = 0;
    while let Some(end) = physical_end(logical, start, true) {
        out.extend_from_slice(slice(logical, start..end.content));
        out.extend_from_slice(b"\r\n");
        if end.next == end.content {
            break;
        }
        start = end.next;
    }
}

#[cfg(feature = "std")]
pub use std_writer::CardWriter;

#[cfg(feature = "std")]
mod std_writer {
    use super::{Card, Layout};
    use crate::card::Event;
    use std::io::{self, Write};
    use std::vec::Vec;

    /// Writes cards to an output, one after the other.
    ///
    /// ```
    /// use vcardinal::{CardReader, CardWriter};
    ///
    /// let input = b"BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n-- the end\n";
    /// let mut reader = CardReader::from_slice(input);
    /// let mut writer = CardWriter::new(Vec::new());
    /// while let Some(event) = reader.next_event()? {
    ///     writer.write_event(&event)?;
    /// }
    /// assert_eq!(writer.finish()?, input);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Debug)]
    pub struct CardWriter<W> {
        output: W,
        layout: Layout,
        buffer: Vec<u8>,
        last: Last,
    }

    /// What the output ends in.
    #[derive(Debug, Clone, Copy, Default)]
    struct Last {
        /// A line without an ending.
        in_line: bool,
        /// A card. What follows cannot continue its last line, whatever it is.
        card: bool,
        /// A card that is not closed and ends in an empty AGENT: the next card would be its value.
        open_agent: bool,
    }

    impl<W: Write> CardWriter<W> {
        /// Writes cards as they are. Each card is one call of `write_all`; a `BufWriter` makes
        /// sense around a file.
        pub fn new(output: W) -> Self {
            CardWriter::with_layout(output, Layout::Untouched)
        }

        /// Writes cards in a layout.
        pub fn with_layout(output: W, layout: Layout) -> Self {
            CardWriter {
                output,
                layout,
                buffer: Vec::new(),
                last: Last::default(),
            }
        }

        /// Writes a card.
        ///
        /// A line ending goes before it where the output has none, and an END where the card
        /// before ended in an AGENT without a value and would take this one for it. Neither is
        /// needed between the events of one reader.
        ///
        /// # Errors
        ///
        /// When the output cannot be written.
        pub fn write(&mut self, card: &Card) -> io::Result<()> {
            self.end_last(true)?;
            let bytes = if self.layout == Layout::Untouched && !card.is_edited() {
                card.source()
            } else {
                self.buffer.clear();
                card.append_with(self.layout, &mut self.buffer);
                &self.buffer
            };
            self.output.write_all(bytes)?;
            self.last = Last {
                in_line: !matches!(bytes, [.., b'\r' | b'\n'] | []),
                card: true,
                open_agent: self.layout == Layout::Untouched && card.ends_in_agent(),
            };
            Ok(())
        }

        /// Ends what was written last, where a new line begins.
        fn end_last(&mut self, begins_line: bool) -> io::Result<()> {
            if self.last.in_line && (begins_line || self.last.card) {
                self.output.write_all(b"\r\n")?;
            }
            if self.last.open_agent && begins_line {
                self.output.write_all(b"END:VCARD\r\n")?;
            }
            Ok(())
        }

        /// Writes bytes that are no card.
        fn write_bytes(&mut self, bytes: &[u8], begins_line: bool) -> io::Result<()> {
            self.end_last(begins_line)?;
            self.output.write_all(bytes)?;
            self.last = Last {
                in_line: !matches!(bytes, [.., b'\r' | b'\n'] | b"\xEF\xBB\xBF"),
                ..Last::default()
            };
            Ok(())
        }

        /// Writes what a reader found: a card, or the bytes of what is not a card. In the canonical
        /// layout what is no card is left out.
        ///
        /// # Errors
        ///
        /// When the output cannot be written.
        pub fn write_event(&mut self, event: &Event<'_>) -> io::Result<()> {
            match event {
                Event::Card(card) => self.write(card),
                Event::Junk(junk) if self.layout == Layout::Untouched => {
                    self.write_bytes(junk.bytes(), false)
                }
                Event::Bad { bytes, .. } if self.layout == Layout::Untouched => {
                    self.write_bytes(bytes, true)
                }
                _ => Ok(()),
            }
        }

        /// Flushes the output and hands it back.
        ///
        /// # Errors
        ///
        /// When the output cannot be flushed.
        pub fn finish(mut self) -> io::Result<W> {
            self.output.flush()?;
            Ok(self.output)
        }
    }
}
