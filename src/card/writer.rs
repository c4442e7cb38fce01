//! Cards to an output, as they are or laid out anew.

use alloc::vec::Vec;

use super::Card;
use crate::syntax::fold::fold;
use crate::syntax::line::{Flags, physical_end};
use crate::syntax::sentinel::{Sentinel, sentinel};
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
        let mut after_base64 = false;
        let mut ends = usize::from(!self.is_closed());
        for entry in self.lines() {
            let line = entry.line();
            let flags = line.flags();
            if line.raw().trim_ascii().is_empty() {
                continue;
            }
            // Without the blank line between them it would become part of the block.
            if after_base64 && !line.is_content() {
                out.extend_from_slice(b"\r\n");
            }
            after_base64 = flags.has(Flags::BASE64);
            if flags.has(Flags::NESTED) && flags.has(Flags::OPEN) {
                ends += open_cards(line.raw());
            }
            let physical_lines = flags.has(Flags::QUOTED_PRINTABLE)
                || flags.has(Flags::NESTED)
                || (flags.has(Flags::BASE64) && self.version() == Some(Version::V2_1))
                || (self.version() == Some(Version::V2_1) && flags.has(Flags::VALUE_FOLDED));
            if physical_lines {
                // Their line breaks are part of what they say; only their endings change.
                lines_with_crlf(line.raw(), out);
                if flags.has(Flags::BASE64) && self.version() == Some(Version::V2_1) {
                    out.extend_from_slice(b"\r\n");
                }
                continue;
            }
            logical.clear();
            if line.is_content() {
                logical.extend_from_slice(line.head());
                logical.push(b':');
            }
            let value = line.value(self.version());
            match line.is_content() {
                true => logical.extend_from_slice(&value),
                // White space before it would make it a fold of the line before.
                false => logical.extend_from_slice(value.trim_ascii_start()),
            }
            match self.version() {
                Some(Version::V2_1) => {
                    out.extend_from_slice(&logical);
                    out.extend_from_slice(b"\r\n");
                }
                _ => fold(&logical, "\r\n", out),
            }
        }
        for _ in 0..ends {
            out.extend_from_slice(b"END:VCARD\r\n");
        }
    }
}

/// Cards that are open at the end of the lines of an AGENT.
fn open_cards(raw: &[u8]) -> usize {
    let mut open = 0_usize;
    let mut start = 0;
    while start < raw.len()
        && let Some(end) = physical_end(raw, start, true)
    {
        match sentinel(raw.get(start..end.content).unwrap_or_default()) {
            Some(Sentinel::Begin) => open += 1,
            Some(Sentinel::End) => open = open.saturating_sub(1),
            None => {}
        }
        start = end.next;
    }
    open
}

fn lines_with_crlf(raw: &[u8], out: &mut Vec<u8>) {
    let mut start = 0;
    while start < raw.len()
        && let Some(end) = physical_end(raw, start, true)
    {
        out.extend_from_slice(raw.get(start..end.content).unwrap_or_default());
        out.extend_from_slice(b"\r\n");
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
            }
        }

        /// Writes a card.
        ///
        /// # Errors
        ///
        /// When the output cannot be written.
        pub fn write(&mut self, card: &Card) -> io::Result<()> {
            if self.layout == Layout::Untouched && !card.is_edited() {
                return self.output.write_all(card.source());
            }
            self.buffer.clear();
            card.append_with(self.layout, &mut self.buffer);
            self.output.write_all(&self.buffer)
        }

        /// Writes what a reader found: a card, or the bytes of what is none. In the canonical
        /// layout what is no card is left out.
        ///
        /// # Errors
        ///
        /// When the output cannot be written.
        pub fn write_event(&mut self, event: &Event<'_>) -> io::Result<()> {
            match event {
                Event::Card(card) => self.write(card),
                Event::Junk(junk) if self.layout == Layout::Untouched => {
                    self.output.write_all(junk.bytes())
                }
                Event::Bad { bytes, .. } if self.layout == Layout::Untouched => {
                    self.output.write_all(bytes)
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
