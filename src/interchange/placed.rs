//! What is wrong with JSON, and where: what the errors of its formats hold.

use alloc::string::String;
use core::fmt;

/// What is wrong, and where.
#[derive(Debug)]
pub(crate) struct Placed<K> {
    pub kind: K,
    /// A JSON pointer (RFC 6901); empty for the whole value.
    pub pointer: String,
    /// Where the value begins in a stream.
    pub byte: Option<u64>,
}

impl<K> Placed<K> {
    /// At a place in a value by itself.
    pub fn new(kind: K, pointer: impl Into<String>) -> Self {
        Placed {
            kind,
            pointer: pointer.into(),
            byte: None,
        }
    }

    /// The value lies in an array, or in a stream.
    pub fn put_inside(&mut self, prefix: &str, byte: u64) {
        self.pointer.insert_str(0, prefix);
        self.byte = Some(byte);
    }

    /// At the same place, what a format calls it.
    pub fn map<L>(self, call: impl FnOnce(K) -> L) -> Placed<L> {
        Placed {
            kind: call(self.kind),
            pointer: self.pointer,
            byte: self.byte,
        }
    }
}

impl<K: fmt::Display> fmt::Display for Placed<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(byte) = self.byte {
            write!(f, "byte {byte}: ")?;
        }
        if !self.pointer.is_empty() {
            write!(f, "{}: ", self.pointer)?;
        }
        self.kind.fmt(f)
    }
}
