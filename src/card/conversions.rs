//! A card as its bytes and as text: equality, conversions.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

use super::Card;
use crate::error::Error;

/// Same bytes.
impl PartialEq for Card {
    fn eq(&self, other: &Self) -> bool {
        self.to_bytes() == other.to_bytes()
    }
}

impl Eq for Card {}

impl Hash for Card {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.to_bytes().hash(state);
    }
}

/// The card as text; bytes that are not UTF-8 come as U+FFFD. [`Card::to_bytes`] has them all.
impl fmt::Display for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.to_bytes()))
    }
}

impl FromStr for Card {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Card::parse(text)
    }
}

impl TryFrom<&str> for Card {
    type Error = Error;

    fn try_from(text: &str) -> Result<Self, Error> {
        Card::parse(text)
    }
}

impl TryFrom<String> for Card {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        Card::parse(text)
    }
}

impl TryFrom<Vec<u8>> for Card {
    type Error = Error;

    fn try_from(bytes: Vec<u8>) -> Result<Self, Error> {
        Card::parse(bytes)
    }
}

impl TryFrom<&[u8]> for Card {
    type Error = Error;

    fn try_from(bytes: &[u8]) -> Result<Self, Error> {
        Card::parse(bytes)
    }
}
