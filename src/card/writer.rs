//! Cards to an output.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::vec::Vec;

use super::{Card, Event, Layout};
use crate::error::{Error, ErrorKind};
use crate::limits::Limits;
use crate::syntax::flags::Flags;
use crate::syntax::{ContentLine, LineReader};

/// Writes cards to an output, one after the other.
///
/// ```
/// use vcardinal::{CardReader, CardWriter};
///
/// let input = b"BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n-- the end\n";
/// let mut reader = CardReader::from_slice(input);
/// let mut writer = CardWriter::from_writer(Vec::new());
/// while let Some(event) = reader.next_event()? {
///     writer.write_event(&event)?;
/// }
/// assert_eq!(writer.into_inner()?, input);
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

impl CardWriter<io::BufWriter<File>> {
    /// Writes cards to a new file, or over what was in one.
    ///
    /// # Errors
    ///
    /// The file cannot be opened; the error names it.
    ///
    /// ```no_run
    /// use vcardinal::{CardReader, CardWriter};
    ///
    /// let mut writer = CardWriter::from_path("copy.vcf")?;
    /// for card in CardReader::from_path("contacts.vcf")? {
    ///     writer.write(&card?)?;
    /// }
    /// writer.flush()?;
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let file = File::create(path).map_err(|error| {
            let path = path.to_owned();
            Error::new(ErrorKind::Open { path, error }, None)
        })?;
        Ok(CardWriter::from_writer(io::BufWriter::new(file)))
    }
}

impl<W: Write> CardWriter<W> {
    /// Writes cards as they are. Each card is one call of `write_all`; a `BufWriter` makes
    /// sense around a file.
    pub fn from_writer(output: W) -> Self {
        CardWriter {
            output,
            layout: Layout::Untouched,
            buffer: Vec::new(),
            last: Last::default(),
        }
    }

    /// Writes cards in this layout from here on.
    ///
    /// ```
    /// use vcardinal::{Card, CardWriter, Layout};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// let mut writer = CardWriter::from_writer(Vec::new()).with_layout(Layout::Canonical);
    /// writer.write(&card)?;
    /// assert_eq!(writer.into_inner()?, b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nEND:VCARD\r\n");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn with_layout(mut self, layout: Layout) -> Self {
        self.layout = layout;
        self
    }

    /// What it writes to.
    pub fn get_ref(&self) -> &W {
        &self.output
    }

    /// What it writes to; what is written there in between stands between cards.
    pub fn get_mut(&mut self) -> &mut W {
        &mut self.output
    }

    /// Flushes the output.
    ///
    /// # Errors
    ///
    /// When the output cannot be flushed.
    pub fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
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
            card.source_bytes()
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

    /// Flushes what it writes to, and hands it back.
    ///
    /// # Errors
    ///
    /// When the output cannot be flushed.
    pub fn into_inner(mut self) -> io::Result<W> {
        self.output.flush()?;
        Ok(self.output)
    }
}

impl Card {
    /// Whether it is not closed and its last line is an AGENT without a value, so that a card
    /// after it would be that value.
    fn ends_in_agent(&self) -> bool {
        if self.is_closed() {
            return false;
        }
        let is_empty_agent =
            |line: &ContentLine<'_>| line.is("AGENT") && line.raw_value().trim_ascii().is_empty();
        let last = self.lines().rfind(|line| !line.line().is_blank());
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
