//! The JSON of each card of a stream, without reading more than one of them.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use std::io::{self, BufRead};

use super::json_octets::{Octets, Piece};
use super::placed::Placed;

/// What the cards of a format look like.
#[derive(Debug)]
pub(crate) struct Shape {
    /// What a card is called where something else is.
    pub what: &'static str,
    /// Whether a card is an array itself.
    pub is_array: bool,
    /// How deep the arrays and objects of one card may lie in each other.
    pub max_depth: usize,
}

/// Values of JSON one by one: those of an array, or one after the other.
#[derive(Debug)]
pub(crate) struct JsonValues<R> {
    octets: Octets<R>,
    shape: Shape,
    /// The text of one value.
    buffer: Vec<u8>,
    place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Between values.
    Outside,
    /// In an array of cards, before the one of this number.
    Inside(usize),
    /// After the one before this number.
    After(usize),
    Ended,
}

/// Where a value stands.
#[derive(Debug)]
pub(crate) struct Found {
    /// Its first octet.
    pub byte: u64,
    /// The pointer to it: that of its place in an array.
    pub pointer: String,
}

/// Why there is no value.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// Nothing can come after it.
    Io(io::Error),
    Expected {
        expected: &'static str,
        found: &'static str,
    },
    Limit {
        limit: &'static str,
        max: usize,
    },
}

/// What is wrong between values.
enum Wrong {
    /// Others may come.
    Here(Placed<Trouble>),
    /// Nothing can come after it.
    Last(Placed<Trouble>),
}

fn unread(error: io::Error) -> Placed<Trouble> {
    Placed::new(Trouble::Io(error), "")
}

fn last(error: io::Error) -> Wrong {
    Wrong::Last(unread(error))
}

fn wrong(expected: &'static str, found: &'static str, byte: u64) -> Placed<Trouble> {
    Placed {
        kind: Trouble::Expected { expected, found },
        pointer: String::new(),
        byte: Some(byte),
    }
}

impl<R: BufRead> JsonValues<R> {
    pub fn new(input: R, shape: Shape) -> Self {
        JsonValues {
            octets: Octets::new(input),
            shape,
            buffer: Vec::new(),
            place: Place::Outside,
        }
    }

    /// The text of the value that was found last.
    pub fn text(&self) -> &[u8] {
        &self.buffer
    }

    /// Finds the next value, of at most so many octets.
    pub fn next(&mut self, limit: usize) -> Option<Result<Found, Placed<Trouble>>> {
        let (byte, place) = match self.find() {
            Ok(found) => found?,
            Err(Wrong::Here(trouble)) => return Some(Err(trouble)),
            Err(Wrong::Last(trouble)) => {
                self.place = Place::Ended;
                return Some(Err(trouble));
            }
        };
        let pointer = match place {
            Place::Inside(at) => {
                self.place = Place::After(at + 1);
                format!("/{at}")
            }
            _ => String::new(),
        };
        let found = Found { byte, pointer };
        let max_depth = self.shape.max_depth;
        let (limit, max) = match self.octets.value(&mut self.buffer, limit, max_depth) {
            Err(error) => {
                self.place = Place::Ended;
                return Some(Err(unread(error)));
            }
            Ok(Piece::Value) => return Some(Ok(found)),
            Ok(Piece::Truncated) => {
                self.place = Place::Ended;
                // What JSON says of it names the place.
                return Some(Ok(found));
            }
            Ok(Piece::TooLarge) => ("card", limit),
            Ok(Piece::TooDeep) => ("depth of arrays and objects", max_depth),
        };
        Some(Err(Placed {
            kind: Trouble::Limit { limit, max },
            pointer: found.pointer,
            byte: Some(found.byte),
        }))
    }

    /// Goes to the beginning of the next value; what was read of it is in the buffer.
    fn find(&mut self) -> Result<Option<(u64, Place)>, Wrong> {
        self.buffer.clear();
        loop {
            if self.place == Place::Ended {
                return Ok(None);
            }
            self.octets.skip_blanks().map_err(last)?;
            let start = self.octets.at();
            let octet = self.octets.peek().map_err(last)?;
            match (self.place, octet) {
                (Place::Outside, None) => return Ok(None),
                (_, None) => {
                    let found = "the end of the input";
                    return Err(Wrong::Last(wrong("the end of the array", found, start)));
                }
                (Place::Outside, Some(b'[')) => {
                    self.octets.skip();
                    self.octets.skip_blanks().map_err(last)?;
                    match self.octets.peek().map_err(last)? {
                        Some(b'[' | b'{' | b']') => self.place = Place::Inside(0),
                        _ if !self.shape.is_array => self.place = Place::Inside(0),
                        _ => {
                            self.buffer.push(b'[');
                            return Ok(Some((start, Place::Outside)));
                        }
                    }
                }
                (Place::Outside, Some(b'{')) => return Ok(Some((start, Place::Outside))),
                (Place::Outside, Some(_)) => {
                    self.octets.skip_line().map_err(last)?;
                    let what = self.shape.what;
                    return Err(Wrong::Here(wrong(what, "another text", start)));
                }
                (Place::Inside(0) | Place::After(_), Some(b']')) => {
                    self.octets.skip();
                    self.place = Place::Outside;
                }
                (Place::After(at), Some(b',')) => {
                    self.octets.skip();
                    self.place = Place::Inside(at);
                }
                (Place::After(_), Some(_)) => {
                    return Err(Wrong::Last(wrong("a comma", "something else", start)));
                }
                (place, Some(_)) => return Ok(Some((start, place))),
            }
        }
    }
}
