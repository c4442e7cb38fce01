//! Whole inputs, line by line.

use alloc::vec::Vec;

use super::ContentLine;
use super::continuation::Pending;
use super::input::{Input, PushInput, SliceInput};
use super::lexer::{Lexed, Lexer};
use super::physical::{physical_end, trim_cr};
use super::span::slice;
use crate::error::{Error, ErrorKind};
use crate::limits::Limits;
use crate::position::Position;

/// A byte order mark.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Reads logical lines from an input, without making cards of them.
///
/// For filters and statistics that look at lines alone; a [`CardReader`](crate::CardReader) knows
/// the version of a card and so how to decode its values. Put together again, the
/// [`raw`](ContentLine::raw) bytes of all lines are the input.
///
/// ```
/// use vcardinal::LineReader;
///
/// let mut reader = LineReader::from_slice(b"BEGIN:VCARD\nTEL;TYPE=cell:1\nNOTE:a\n  b\nEND:VCARD\n");
/// let mut names = Vec::new();
/// while let Some(line) = reader.next_line()? {
///     names.push(format!("{}={}", line.name(), String::from_utf8_lossy(&line.value())));
/// }
/// assert_eq!(names, ["BEGIN=VCARD", "TEL=1", "NOTE=a b", "END=VCARD"]);
/// # Ok::<(), vcardinal::Error>(())
/// ```
#[derive(Debug)]
pub struct LineReader<I> {
    input: I,
    limits: Limits,
    position: Position,
    /// Bytes of the last line, which its caller may still look at.
    held: usize,
    breaks: u32,
    tail: Vec<u8>,
    pending: Option<Pending>,
    skipping: Skipping,
    done: bool,
}

impl<'a> LineReader<SliceInput<'a>> {
    /// Reads from bytes.
    ///
    /// ```
    /// use vcardinal::LineReader;
    ///
    /// let mut reader = LineReader::from_slice(b"FN:A\nTEL:1\n");
    /// assert_eq!(reader.next_line()?.unwrap().name(), "FN");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn from_slice(bytes: &'a [u8]) -> Self {
        LineReader::new(SliceInput::new(bytes))
    }
}

#[cfg(feature = "std")]
impl<R: std::io::BufRead> LineReader<super::input::StreamInput<R>> {
    /// Reads from a stream, in memory for its longest line.
    ///
    /// ```
    /// use vcardinal::LineReader;
    ///
    /// let mut reader = LineReader::from_reader(std::io::Cursor::new("FN:A\nTEL:1\n"));
    /// assert_eq!(reader.next_line()?.unwrap().name(), "FN");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn from_reader(reader: R) -> Self {
        LineReader::new(super::input::StreamInput::new(reader))
    }

    /// What it reads from. A buffer of its own may hold bytes that were taken from there already.
    #[must_use]
    pub fn get_ref(&self) -> &R {
        self.input.get_ref()
    }

    /// What it reads from; reading from that loses bytes of cards.
    #[must_use]
    pub fn get_mut(&mut self) -> &mut R {
        self.input.get_mut()
    }

    /// Hands back what it reads from; what it has taken from there and not handed out is lost.
    ///
    /// ```
    /// use vcardinal::LineReader;
    ///
    /// let reader = LineReader::from_reader(&b"BEGIN:VCARD\n"[..]);
    /// assert_eq!(reader.into_inner(), b"BEGIN:VCARD\n");
    /// ```
    #[must_use]
    pub fn into_inner(self) -> R {
        self.input.into_inner()
    }
}

impl LineReader<PushInput> {
    /// Reads from pieces that arrive: [`push`](Self::push) them, and ask for lines until there
    /// are none.
    ///
    /// ```
    /// use vcardinal::LineReader;
    ///
    /// let mut reader = LineReader::from_pieces();
    /// reader.push(b"FN:Zo\xC3");
    /// assert!(reader.next_line()?.is_none());
    /// reader.push(b"\xAB\n");
    /// assert!(reader.next_line()?.is_none(), "the next line could continue it");
    /// reader.finish();
    /// assert_eq!(reader.next_line()?.unwrap().raw_value(), "Zoë".as_bytes());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn from_pieces() -> Self {
        LineReader::new(PushInput::default())
    }

    /// Takes the next piece.
    pub fn push(&mut self, piece: &[u8]) {
        self.release();
        self.input.push(piece);
    }

    /// Says that no piece follows.
    pub fn finish(&mut self) {
        self.input.finish();
    }
}

impl<I: Input> LineReader<I> {
    fn new(input: I) -> Self {
        LineReader {
            input,
            limits: Limits::default(),
            position: Position::START,
            held: 0,
            breaks: 0,
            tail: Vec::new(),
            pending: None,
            skipping: Skipping::No,
            done: false,
        }
    }

    /// With limits of your own.
    ///
    /// ```
    /// use vcardinal::{Limits, LineReader};
    ///
    /// let mut reader = LineReader::from_slice(b"NOTE:too long\nFN:A\n").with_limits(Limits::default().with_line(8));
    /// assert!(reader.next_line().unwrap_err().is_limit());
    /// assert_eq!(reader.next_line()?.unwrap().name(), "FN");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Where the line begins that was handed out last.
    ///
    /// ```
    /// use vcardinal::LineReader;
    ///
    /// let mut reader = LineReader::from_slice(b"FN:A\nTEL:1\n");
    /// reader.next_line()?;
    /// reader.next_line()?;
    /// assert_eq!(reader.position().line, 2);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn position(&self) -> Position {
        self.position
    }

    #[inline]
    fn release(&mut self) {
        self.input.consume(self.held);
        self.position.byte += self.held as u64;
        self.position.line += u64::from(self.breaks);
        self.held = 0;
        self.breaks = 0;
    }

    /// The next logical line; none at the end, or when the next piece has to arrive first.
    ///
    /// A byte order mark is a line by itself, which is no content line.
    ///
    /// # Errors
    ///
    /// When a line exceeds a limit, and then the next call reads the line after it; when the
    /// input cannot be read, and then nothing comes after.
    ///
    /// ```
    /// use vcardinal::LineReader;
    ///
    /// let mut reader = LineReader::from_slice(b"FN:A\r\nTEL:\r\n 1\r\n");
    /// let mut count = 0;
    /// while let Some(line) = reader.next_line()? {
    ///     count += usize::from(line.is_content());
    /// }
    /// assert_eq!(count, 2);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn next_line(&mut self) -> Result<Option<ContentLine<'_>>, Error> {
        self.release();
        self.skip()?;
        if self.skipping != Skipping::No {
            return Ok(None);
        }
        loop {
            if self.done {
                return Ok(None);
            }
            let (window, eof) = (self.input.window(), self.input.is_at_end());
            if window.is_empty() && eof {
                self.done = true;
                return Ok(None);
            }
            if !window.is_empty() {
                self.tail.clear();
                let (input, eof) = match window.starts_with(MARK) {
                    true => (MARK, true),
                    false => (window, eof),
                };
                let lexer = Lexer::new(input, eof, &self.limits, usize::MAX);
                match lexer.lex(0, &mut self.tail, &mut self.pending) {
                    Lexed::Line {
                        line, next, breaks, ..
                    } => {
                        self.held = next;
                        self.breaks = breaks;
                        let raw = slice(self.input.window(), ..next);
                        return Ok(Some(ContentLine::new(raw, &line, &self.tail)));
                    }
                    Lexed::Over { limit, max } => {
                        let error =
                            Error::new(ErrorKind::Limit { limit, max }, Some(self.position));
                        self.pending = None;
                        self.skipping = Skipping::InLine;
                        return Err(error);
                    }
                    Lexed::NeedMore => {}
                }
            }
            match self.input.fill(self.position) {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(error) => {
                    self.done = true;
                    return Err(error);
                }
            }
        }
    }

    /// Drops the physical lines of a line that is too much.
    fn skip(&mut self) -> Result<(), Error> {
        loop {
            let (window, eof) = (self.input.window(), self.input.is_at_end());
            let rest = slice(window, self.held..);
            match self.skipping {
                Skipping::No => return Ok(()),
                Skipping::BetweenLines if !rest.is_empty() || eof => {
                    self.skipping = match rest.first() {
                        Some(b' ' | b'\t') => Skipping::InLine,
                        _ => Skipping::No,
                    };
                    self.release();
                    continue;
                }
                Skipping::BetweenLines => {}
                Skipping::InLine => match physical_end(rest, 0, eof) {
                    Some(end) => {
                        self.held += end.next;
                        self.breaks += 1;
                        self.skipping = Skipping::BetweenLines;
                        continue;
                    }
                    // A CR that an LF may follow is looked at again.
                    None => self.held += trim_cr(rest).len(),
                },
            }
            self.release();
            if !self.input.fill(self.position)? {
                return Ok(());
            }
        }
    }
}

/// Where the dropping of a line has got to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Skipping {
    No,
    InLine,
    BetweenLines,
}
