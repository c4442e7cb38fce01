//! Octets of a stream, and where a value of JSON in it ends.

use alloc::vec::Vec;
use std::io::{self, BufRead};

/// A piece of a stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A value is in the buffer.
    Value,
    /// A value that is larger than the limit; it was passed over.
    TooLarge,
    /// A value whose brackets lie too deep in each other; it was passed over.
    TooDeep,
    /// The stream ends inside of a value, which is in the buffer.
    Truncated,
}

/// Octets of a stream one by one, counted.
#[derive(Debug)]
pub(super) struct Octets<R> {
    input: R,
    at: u64,
}

impl<R: BufRead> Octets<R> {
    pub fn new(input: R) -> Self {
        Octets { input, at: 0 }
    }

    pub fn at(&self) -> u64 {
        self.at
    }

    pub fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.input.fill_buf() {
                Ok(buffer) => return Ok(buffer.first().copied()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    pub fn skip(&mut self) {
        self.input.consume(1);
        self.at += 1;
    }

    /// Passes over white space, and over a byte order mark at the beginning.
    pub fn skip_blanks(&mut self) -> io::Result<()> {
        while let Some(octet) = self.peek()? {
            let is_mark = self.at < 3 && matches!(octet, 0xEF | 0xBB | 0xBF);
            if !is_mark && !matches!(octet, b' ' | b'\t' | b'\r' | b'\n') {
                break;
            }
            self.skip();
        }
        Ok(())
    }

    /// Passes over what is left of a line.
    pub fn skip_line(&mut self) -> io::Result<()> {
        while let Some(octet) = self.peek()? {
            self.skip();
            if octet == b'\n' {
                break;
            }
        }
        Ok(())
    }

    /// Appends a value to `buffer`: up to the bracket that closes the first one, or, where it does not begin
    /// with one, up to what cannot belong to it.
    /// Brackets may lie `max_depth` deep in each other.
    pub fn value(
        &mut self,
        buffer: &mut Vec<u8>,
        limit: usize,
        max_depth: usize,
    ) -> io::Result<Piece> {
        let depth = buffer.iter().filter(|octet| **octet == b'[').count();
        let mut state = State {
            depth,
            deepest: depth,
            in_text: false,
            is_escaped: false,
        };
        let mut is_too_large = false;
        loop {
            let chunk = match self.input.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                return Ok(Piece::Truncated);
            }
            let end = chunk.iter().position(|octet| state.ends(*octet));
            let (taken, is_end) = match end {
                // A closing bracket belongs to it, what stands beside a bare word does not.
                Some(at) => (at + usize::from(state.deepest > 0), true),
                None => (chunk.len(), false),
            };
            is_too_large |= buffer.len() + taken > limit;
            if !is_too_large {
                buffer.extend_from_slice(chunk.get(..taken).unwrap_or_default());
            }
            self.input.consume(taken);
            self.at += taken as u64;
            if is_end {
                break;
            }
        }
        Ok(match (is_too_large, state.deepest > max_depth) {
            (true, _) => Piece::TooLarge,
            (false, true) => Piece::TooDeep,
            (false, false) => Piece::Value,
        })
    }
}

struct State {
    depth: usize,
    deepest: usize,
    in_text: bool,
    is_escaped: bool,
}

impl State {
    /// Whether the value ends with this octet, or before it where it is not in brackets.
    fn ends(&mut self, octet: u8) -> bool {
        if self.in_text {
            match octet {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => self.in_text = false,
                _ => {}
            }
            return false;
        }
        match octet {
            b'"' => self.in_text = true,
            b'[' | b'{' => {
                self.depth += 1;
                self.deepest = self.deepest.max(self.depth);
            }
            b']' | b'}' if self.depth > 0 => {
                self.depth -= 1;
                return self.depth == 0;
            }
            b']' | b'}' => return true,
            b',' | b'\n' if self.depth == 0 => return true,
            _ => {}
        }
        false
    }
}
