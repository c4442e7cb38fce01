//! The formats that `convert` reads and writes: a row for each.

use std::io::{self, BufRead, Read as _, Write as _};

use vcardinal::convert::{Change, Conversion, Convert, ConvertError};
use vcardinal::{Card, Limits, Version, jcard, jscontact, xcard};

use crate::json::Escaped;
use crate::output::Output;

/// A format of cards.
#[derive(Debug)]
pub struct CardFormat {
    /// What `--to` and `--from` call it.
    pub name: &'static str,
    /// What it is called in a message.
    pub title: &'static str,
    /// The version of the cards that become it.
    pub version: Version,
    /// Reads it; `None` where it is vCard, of which nothing may be lost between the cards.
    pub read: Option<ReadCards>,
    write: fn(Output, Layout) -> Box<dyn CardSink>,
    /// Whether there are several layouts of it.
    pub has_layouts: bool,
}

/// Reads the cards of an input.
pub type ReadCards = fn(Box<dyn BufRead>, &Limits) -> Cards;

/// The cards of an input that is not vCard, or why one is not read.
pub type Cards = Box<dyn Iterator<Item = Result<Conversion, Unread>>>;

/// Why a card is not read.
pub struct Unread {
    /// What is wrong, in one message or in several.
    pub messages: Vec<String>,
    /// Whether it is the input that cannot be read.
    pub is_io: bool,
}

impl Unread {
    fn new(message: &impl ToString, is_io: bool) -> Self {
        Unread {
            messages: vec![message.to_string()],
            is_io,
        }
    }
}

/// What a reader of a format reads.
fn cards<E: 'static>(
    read: impl FnMut() -> Option<Result<Conversion, E>> + 'static,
    unread: fn(&E) -> Unread,
) -> Cards {
    let cards = std::iter::from_fn(read);
    Box::new(cards.map(move |card| card.map_err(|error| unread(&error))))
}

/// How it is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    pub array: bool,
    pub pretty: bool,
}

pub static FORMATS: [CardFormat; 5] = [
    CardFormat {
        name: "3.0",
        title: "3.0",
        version: Version::V3_0,
        read: None,
        write: |out, _| Box::new(Lines(out)),
        has_layouts: false,
    },
    CardFormat {
        name: "4.0",
        title: "4.0",
        version: Version::V4_0,
        read: None,
        write: |out, _| Box::new(Lines(out)),
        has_layouts: false,
    },
    CardFormat {
        name: "jcard",
        title: "jCard",
        version: Version::V4_0,
        read: Some(|input, limits| {
            let mut reader = jcard::Reader::new(input).with_limits(limits.clone());
            cards(
                move || reader.read(),
                |error| Unread::new(error, error.is_io()),
            )
        }),
        write: |out, layout| {
            json(out, layout, |out, card, options| {
                let card = jcard::JCard::with(card, options)?;
                out.write(&card)?;
                Ok(card.changes())
            })
        },
        has_layouts: true,
    },
    CardFormat {
        name: "jscontact",
        title: "JSContact",
        version: Version::V4_0,
        read: Some(|input, limits| {
            let mut reader = jscontact::Reader::new(input).with_limits(limits.clone());
            cards(move || reader.read(), invalid)
        }),
        write: |out, layout| {
            json(out, layout, |out, card, options| {
                let (card, changes) = jscontact::to_value_with(card, options)?;
                out.write(&card)?;
                Ok(changes)
            })
        },
        has_layouts: true,
    },
    CardFormat {
        name: "xcard",
        title: "xCard",
        version: Version::V4_0,
        read: Some(|input, limits| {
            let mut reader = xcard::Reader::new(input).with_limits(limits.clone());
            cards(
                move || reader.read(),
                |error| Unread::new(error, error.is_io()),
            )
        }),
        write: |out, _| Box::new(Xcards(xcard::Writer::new(out))),
        has_layouts: false,
    },
];

/// Members that an answer of an RDAP server has, whose card is a jCard, and a JSContact card has not.
/// RFC 9083, 4.1, 4.9 and 5.1.
const OF_ANSWERS: [&str; 3] = ["vcardArray", "objectClassName", "rdapConformance"];

/// How much of an input is looked at to know what it is.
const MAX_START: usize = 64 * 1024;

/// The octets of an input so far, as far as they tell what it is.
#[derive(Default)]
struct Look {
    state: State,
    /// How many octets of a byte order mark there are.
    mark: usize,
    /// How many objects and arrays are open, from the first object on.
    depth: usize,
    /// The name of a member, or another text of its object.
    name: Vec<u8>,
}

#[derive(Default)]
enum State {
    /// Nothing but white space.
    #[default]
    Start,
    /// An array that nothing is in yet.
    Array,
    /// In an object, and in no text.
    Object,
    Text {
        is_escaped: bool,
    },
    /// After a text, which is a name if a colon comes.
    Named,
}

impl Look {
    /// The name of the format, as soon as it is known: of an object, by the first of its members that tells
    /// whether it is an answer of an RDAP server.
    fn take(&mut self, octet: u8) -> Option<&'static str> {
        let is_space = octet.is_ascii_whitespace();
        match &mut self.state {
            State::Start if "\u{FEFF}".as_bytes().get(self.mark) == Some(&octet) => self.mark += 1,
            State::Start | State::Array if is_space => {}
            State::Start | State::Array if octet == b'{' => {
                self.depth = 1;
                self.state = State::Object;
            }
            State::Array => return Some("jcard"),
            State::Start => match octet {
                b'<' => return Some("xcard"),
                b'[' => self.state = State::Array,
                _ => return Some("vcard"),
            },
            State::Text { is_escaped: true } => self.letter(octet, false),
            State::Text { .. } if octet == b'"' => self.state = State::Named,
            State::Text { .. } => self.letter(octet, octet == b'\\'),
            State::Named if is_space => {}
            State::Named if octet == b':' && self.depth == 1 => {
                self.state = State::Object;
                let name = &*self.name;
                if OF_ANSWERS.iter().any(|own| own.as_bytes() == name) {
                    return Some("jcard");
                }
                return (name == b"@type").then_some("jscontact");
            }
            State::Named | State::Object => {
                self.state = State::Object;
                match octet {
                    b'{' | b'[' => self.depth += 1,
                    b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                    b'"' => {
                        self.name.clear();
                        self.state = State::Text { is_escaped: false };
                    }
                    _ => {}
                }
                return (self.depth == 0).then_some("jscontact");
            }
        }
        None
    }

    /// Takes a letter of a text.
    fn letter(&mut self, octet: u8, is_escaped: bool) {
        if self.depth == 1 {
            self.name.push(octet);
        }
        self.state = State::Text { is_escaped };
    }

    /// The name of the format where nothing has told.
    fn guess(&self) -> &'static str {
        match self.state {
            State::Start => "vcard",
            _ => "jscontact",
        }
    }
}

/// What is wrong with a JSContact card: a line, and one for each problem where there are several.
fn invalid(error: &jscontact::Error) -> Unread {
    let mut unread = Unread::new(error, error.is_io());
    let problems = error.problems();
    if problems.len() > 1 {
        let (byte, count) = (error.byte().unwrap_or_default(), problems.len());
        unread.messages = vec![format!(
            "byte {byte}: the JSContact card is not valid: {count} problems"
        )];
        let each = problems.iter().map(ToString::to_string);
        unread.messages.extend(each);
    }
    unread
}

impl CardFormat {
    /// The format of this name.
    pub fn named(name: &str) -> Result<&'static CardFormat, String> {
        let found = FORMATS.iter().find(|format| format.name == name);
        found.ok_or_else(|| match name {
            "2.1" => String::from("2.1 is read and not written"),
            _ => {
                let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
                format!("the formats are {}", names.join(", "))
            }
        })
    }

    /// The format of this name, to be read; `vcard` and each version of it are one.
    pub fn to_read(name: &str) -> Result<&'static CardFormat, String> {
        match name {
            "vcard" | "2.1" => CardFormat::named("4.0"),
            name => CardFormat::named(name),
        }
    }

    /// The format of an input by its content, and the input with what was looked at.
    pub fn of(mut input: Box<dyn BufRead>) -> io::Result<(&'static CardFormat, Box<dyn BufRead>)> {
        let mut start = Vec::new();
        let mut look = Look::default();
        let mut name = None;
        while name.is_none() && start.len() < MAX_START {
            let more = input.fill_buf()?;
            if more.is_empty() {
                break;
            }
            start.extend_from_slice(more);
            name = more.iter().find_map(|octet| look.take(*octet));
            let len = more.len();
            input.consume(len);
        }
        let name = name.unwrap_or_else(|| look.guess());
        let format = CardFormat::to_read(name).map_err(io::Error::other)?;
        Ok((format, Box::new(io::Cursor::new(start).chain(input))))
    }

    /// What writes it.
    pub fn sink(&self, out: Output, layout: Layout) -> Box<dyn CardSink> {
        (self.write)(out, layout)
    }
}

/// Why a card is not in the output.
pub enum NotWritten {
    Convert(ConvertError),
    Io(io::Error),
}

impl From<ConvertError> for NotWritten {
    fn from(error: ConvertError) -> Self {
        NotWritten::Convert(error)
    }
}

impl From<io::Error> for NotWritten {
    fn from(error: io::Error) -> Self {
        NotWritten::Io(error)
    }
}

/// Where cards go, in some format.
pub trait CardSink {
    /// Writes a card: what was changed.
    fn write(&mut self, card: &Card, options: &Convert) -> Result<Vec<Change>, NotWritten>;
    /// Writes what a buffer holds.
    fn flush(&mut self) -> io::Result<()>;
    /// Writes what stands after all cards; where it went.
    fn finish(self: Box<Self>) -> io::Result<Output>;
}

/// vCard.
struct Lines(Output);

impl CardSink for Lines {
    fn write(&mut self, card: &Card, options: &Convert) -> Result<Vec<Change>, NotWritten> {
        let (card, changes) = options.card(card)?.into_parts();
        self.0.write_all(&card.to_bytes())?;
        Ok(changes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }

    fn finish(self: Box<Self>) -> io::Result<Output> {
        Ok(self.0)
    }
}

/// Writes a card as a value of JSON: what was changed.
type WriteValue =
    fn(&mut jcard::Writer<Escaped<Output>>, &Card, &Convert) -> Result<Vec<Change>, NotWritten>;

/// Values of JSON, one a line or in an array.
struct JsonValues {
    out: jcard::Writer<Escaped<Output>>,
    write: WriteValue,
}

fn json(out: Output, layout: Layout, write: WriteValue) -> Box<dyn CardSink> {
    let out = Escaped(out);
    let out = match layout.array {
        true => jcard::Writer::array(out),
        false => jcard::Writer::lines(out),
    };
    let out = out.pretty(layout.pretty);
    Box::new(JsonValues { out, write })
}

impl CardSink for JsonValues {
    fn write(&mut self, card: &Card, options: &Convert) -> Result<Vec<Change>, NotWritten> {
        (self.write)(&mut self.out, card, options)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(self: Box<Self>) -> io::Result<Output> {
        self.out.finish().map(|Escaped(out)| out)
    }
}

struct Xcards(xcard::Writer<Output>);

impl CardSink for Xcards {
    fn write(&mut self, card: &Card, options: &Convert) -> Result<Vec<Change>, NotWritten> {
        let card = xcard::XCard::with(card, options)?;
        self.0.write(&card)?;
        Ok(card.changes())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }

    fn finish(self: Box<Self>) -> io::Result<Output> {
        self.0.finish()
    }
}
