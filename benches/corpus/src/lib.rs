//! Address books and hostile inputs, generated, always the same, to measure vCard readers
//! with.
//!
//! - [`Corpus::generate`] makes an address book of one [`Kind`], with the facts a reader must
//!   find in it: a figure counts only if the text was read right. A smaller corpus is the first
//!   part of a bigger one of its kind.
//! - [`Shape::bytes`] makes a file with too much of one thing.
//!
//! ```
//! use vcardinal_corpus::{Corpus, Kind, Until};
//!
//! let corpus = Corpus::generate(Kind::Plain, Until::Cards(3));
//! assert_eq!(corpus.cards.len(), 3);
//! assert_eq!(corpus.card_bytes(0).map(|card| card.starts_with(b"BEGIN:VCARD\r\n")), Some(true));
//! ```

mod address_book;
mod hostile;
mod rng;
mod text;
mod words;

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

pub use address_book::CardFacts;
pub use hostile::{Shape, Unit};
pub use text::escape;

use address_book::CardText;
use rng::Rng;

/// A kind of address book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 4.0, fifteen short properties a card, nearly all ASCII.
    Plain,
    /// 4.0, long addresses and notes outside ASCII, folded.
    Folded,
    /// 3.0 with 30 to 75 kB of photo in base64.
    Photo30,
    /// 4.0 with the same photo in a data: URI.
    Photo40,
    /// 3.0 as Apple's address book writes it.
    Apple30,
}

/// Where a corpus ends: with the card that reaches the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Until {
    /// This many cards.
    Cards(usize),
    /// This many bytes or a little more.
    Bytes(usize),
}

/// The sizes the figures are given for: half a megabyte, five and fifty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Size {
    /// 1,000 plain cards or 500 kB of another kind.
    Small,
    /// Ten times `Small`.
    Medium,
    /// A hundred times `Small`.
    Large,
}

/// An address book and what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corpus {
    /// The file.
    pub bytes: Vec<u8>,
    /// What each card holds, in order.
    pub cards: Vec<CardFacts>,
    /// Where each card starts and ends in `bytes`.
    pub spans: Vec<Range<usize>>,
}

/// The name of no [`Kind`], [`Size`] or [`Shape`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName(String);

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no kind, size or shape is named {:?}", self.0)
    }
}

impl std::error::Error for UnknownName {}

fn known<T: Copy, const N: usize>(
    name: &str,
    all: [T; N],
    name_of: fn(T) -> &'static str,
) -> Result<T, UnknownName> {
    all.into_iter()
        .find(|&one| name_of(one) == name)
        .ok_or_else(|| UnknownName(name.to_owned()))
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 5] = [
        Kind::Plain,
        Kind::Folded,
        Kind::Photo30,
        Kind::Photo40,
        Kind::Apple30,
    ];

    /// The name on the command line and of the file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Plain => "plain",
            Kind::Folded => "folded",
            Kind::Photo30 => "photo30",
            Kind::Photo40 => "photo40",
            Kind::Apple30 => "apple30",
        }
    }

    const fn seed(self) -> u64 {
        match self {
            Kind::Plain => 0xA1,
            Kind::Folded => 0xB2,
            Kind::Photo30 => 0xC3,
            Kind::Photo40 => 0xC4,
            Kind::Apple30 => 0xD5,
        }
    }
}

impl FromStr for Kind {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        known(name, Kind::ALL, Kind::name)
    }
}

impl Size {
    /// Every size, smallest first.
    pub const ALL: [Size; 3] = [Size::Small, Size::Medium, Size::Large];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Size::Small => "small",
            Size::Medium => "medium",
            Size::Large => "large",
        }
    }

    /// Where a corpus of this kind ends.
    #[must_use]
    pub const fn until(self, kind: Kind) -> Until {
        let scale = match self {
            Size::Small => 1,
            Size::Medium => 10,
            Size::Large => 100,
        };
        match kind {
            Kind::Plain => Until::Cards(1_000 * scale),
            _ => Until::Bytes(500_000 * scale),
        }
    }
}

impl FromStr for Size {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        known(name, Size::ALL, Size::name)
    }
}

impl Corpus {
    /// Makes an address book of `kind` that ends where `until` says; it has at least one card.
    #[must_use]
    pub fn generate(kind: Kind, until: Until) -> Corpus {
        let write_card: fn(&mut Rng, &mut CardText<'_>) = match kind {
            Kind::Plain => address_book::plain,
            Kind::Folded => address_book::folded,
            Kind::Photo30 => address_book::photo30,
            Kind::Photo40 => address_book::photo40,
            Kind::Apple30 => address_book::apple30,
        };
        let mut rng = Rng::new(kind.seed());
        let mut corpus = Corpus {
            bytes: Vec::new(),
            cards: Vec::new(),
            spans: Vec::new(),
        };
        loop {
            let start = corpus.bytes.len();
            let mut card = CardText::begin(&mut corpus.bytes);
            write_card(&mut rng, &mut card);
            corpus.cards.push(card.end());
            corpus.spans.push(start..corpus.bytes.len());
            let full = match until {
                Until::Cards(n) => corpus.cards.len() >= n,
                Until::Bytes(n) => corpus.bytes.len() >= n,
            };
            if full {
                return corpus;
            }
        }
    }

    /// The bytes of one card, BEGIN line to END line.
    #[must_use]
    pub fn card_bytes(&self, index: usize) -> Option<&[u8]> {
        self.bytes.get(self.spans.get(index)?.clone())
    }

    /// Lines as they stand in the file, so that a folded line counts for several.
    #[must_use]
    pub fn physical_lines(&self) -> usize {
        self.bytes.iter().filter(|&&byte| byte == b'\n').count()
    }

    /// Properties of all cards: logical lines without BEGIN and END, with VERSION.
    #[must_use]
    pub fn properties(&self) -> usize {
        self.cards.iter().map(|card| card.properties).sum()
    }
}
