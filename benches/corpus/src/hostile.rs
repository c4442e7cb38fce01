//! Inputs that make a careless reader slow, big or wrong, each of any size.

use std::fmt::Write as _;
use std::str::FromStr;

use crate::text::escape;
use crate::{UnknownName, known};

/// A hostile shape: one thing of which there is too much.
///
/// ```
/// use vcardinal_corpus::Shape;
///
/// let shape: Shape = "semis".parse()?;
/// let bytes = shape.bytes(5);
/// assert!(bytes.windows(10).any(|w| w == b"ADR:;;;;;\r"));
/// # Ok::<(), vcardinal_corpus::UnknownName>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A note on one line.
    LongLine,
    /// The same note folded at 74 octets.
    FoldLine,
    /// A note in which every other character is escaped.
    EscLine,
    /// A note of folds with nothing between them.
    EmptyFold,
    /// Lines of colons alone.
    Colons,
    /// A note of colons.
    ColonLine,
    /// An address of empty components.
    Semis,
    /// A list of categories.
    Commas,
    /// Empty parameters.
    ParamSemi,
    /// A quote that is never closed.
    Quote,
    /// A card without END.
    NoEnd,
    /// BEGIN lines alone.
    Begins,
    /// A note of bare carriage returns.
    Crs,
    /// Blank lines inside a card.
    Blank,
    /// Lines without a colon.
    NoColon,
    /// A 4.0 photo on one line.
    B64Line,
    /// Quoted-printable text of 2.1 in soft-broken lines.
    Qp21,
    /// Cards of 2.1 nested in AGENT.
    Agent21,
    /// TEL properties.
    Props,
    /// Unknown properties, each with another name.
    XProps,
    /// Parameters, each with another name.
    Params,
    /// One parameter name repeated.
    Types,
    /// One parameter with a list of values.
    TypeList,
    /// Cards of 3.0 nested in AGENT by escaping: the size doubles at each level.
    Agent30,
}

/// What the number given to [`Shape::bytes`] counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Bytes of the file, roughly.
    Bytes,
    /// Properties, parameters or values.
    Items,
    /// Levels of nesting; each doubles the size, so keep it small.
    Levels,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Shape; 24] = [
        Shape::LongLine,
        Shape::FoldLine,
        Shape::EscLine,
        Shape::EmptyFold,
        Shape::Colons,
        Shape::ColonLine,
        Shape::Semis,
        Shape::Commas,
        Shape::ParamSemi,
        Shape::Quote,
        Shape::NoEnd,
        Shape::Begins,
        Shape::Crs,
        Shape::Blank,
        Shape::NoColon,
        Shape::B64Line,
        Shape::Qp21,
        Shape::Agent21,
        Shape::Props,
        Shape::XProps,
        Shape::Params,
        Shape::Types,
        Shape::TypeList,
        Shape::Agent30,
    ];

    /// The name on the command line and of the file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Shape::LongLine => "longline",
            Shape::FoldLine => "foldline",
            Shape::EscLine => "escline",
            Shape::EmptyFold => "emptyfold",
            Shape::Colons => "colons",
            Shape::ColonLine => "colonline",
            Shape::Semis => "semis",
            Shape::Commas => "commas",
            Shape::ParamSemi => "paramsemi",
            Shape::Quote => "quote",
            Shape::NoEnd => "noend",
            Shape::Begins => "begins",
            Shape::Crs => "crs",
            Shape::Blank => "blank",
            Shape::NoColon => "nocolon",
            Shape::B64Line => "b64line",
            Shape::Qp21 => "qp21",
            Shape::Agent21 => "agent21",
            Shape::Props => "props",
            Shape::XProps => "xprops",
            Shape::Params => "params",
            Shape::Types => "types",
            Shape::TypeList => "typelist",
            Shape::Agent30 => "agent30",
        }
    }

    /// What the number given to [`Shape::bytes`] counts.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Shape::Props | Shape::XProps | Shape::Params | Shape::Types | Shape::TypeList => {
                Unit::Items
            }
            Shape::Agent30 => Unit::Levels,
            _ => Unit::Bytes,
        }
    }

    /// The file: `n` is in the shape's [`Unit`].
    #[must_use]
    pub fn bytes(self, n: usize) -> Vec<u8> {
        let note = |value: Vec<u8>| card(&[b"NOTE:", &value, b"\r\n"]);
        let line = |head: &str, value: Vec<u8>, tail: &str| {
            card(&[head.as_bytes(), &value, tail.as_bytes(), b"\r\n"])
        };
        match self {
            Shape::LongLine => note(b"abcdefghi ".repeat(n / 10)),
            Shape::FoldLine => {
                let mut chunk = b"abcdefghij".repeat(7);
                chunk.extend_from_slice(b"klmn");
                note(vec![chunk; n / 74].join(b"\r\n ".as_slice()))
            }
            Shape::EscLine => note(b"ab\\n\\,cd\\;".repeat(n / 10)),
            Shape::EmptyFold => line("NOTE:x", b"\r\n ".repeat(n / 3), "y"),
            Shape::Colons => card(&[&terminated(b':').repeat(n / 75)]),
            Shape::ColonLine => note(b":".repeat(n)),
            Shape::Semis => line("ADR:", b";".repeat(n), ""),
            Shape::Commas => line("CATEGORIES:", b"a,".repeat(n / 2), "b"),
            Shape::ParamSemi => line("NOTE", b";".repeat(n), ":x"),
            Shape::Quote => line("NOTE;X-A=\"", b"a".repeat(n), ""),
            Shape::NoEnd => [HEAD40.as_bytes(), &b"NOTE:hello world\r\n".repeat(n / 18)].concat(),
            Shape::Begins => b"BEGIN:VCARD\r\n".repeat(n / 13),
            Shape::Crs => line("NOTE:x", b"\r".repeat(n), "y"),
            Shape::Blank => card(&[&b"\r\n".repeat(n / 2)]),
            Shape::NoColon => card(&[&terminated(b'A').repeat(n / 75)]),
            Shape::B64Line => line("PHOTO:data:image/jpeg;base64,", b"QUJD".repeat(n / 4), ""),
            Shape::Qp21 => [
                b"BEGIN:VCARD\r\nVERSION:2.1\r\nN:a;b\r\nFN:x\r\n\
                NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:"
                    .as_slice(),
                &b"=D0=9F=D1=80=D0=B8=D0=B2=D0=B5=D1=82=20=\r\n".repeat(n / 42),
                b"=41\r\nEND:VCARD\r\n",
            ]
            .concat(),
            Shape::Agent21 => {
                let depth = n / 50;
                [
                    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN:a\r\nAGENT:\r\n".repeat(depth),
                    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN:a\r\nEND:VCARD\r\n".to_vec(),
                    b"END:VCARD\r\n".repeat(depth),
                ]
                .concat()
            }
            Shape::Props => line_each(n, |out, i| {
                let _ = write!(out, "TEL;TYPE=cell:+1 555 {i:07}\r\n");
            }),
            Shape::XProps => line_each(n, |out, i| {
                let _ = write!(out, "X-P{i:06}:value {i}\r\n");
            }),
            Shape::Params => {
                let mut parameters = String::new();
                for i in 0..n {
                    let _ = write!(parameters, ";X-P{i:06}=v{i}");
                }
                line("NOTE", parameters.into_bytes(), ":x")
            }
            Shape::Types => line("TEL", b";TYPE=home".repeat(n), ":+1"),
            Shape::TypeList => line("TEL;TYPE=", vec!["home"; n].join(",").into_bytes(), ":+1"),
            Shape::Agent30 => {
                let head = "BEGIN:VCARD\nVERSION:3.0\nN:a;b;;;\nFN:x\n";
                let mut card = format!("{head}END:VCARD\n");
                for _ in 0..n {
                    card = format!("{head}AGENT:{}\nEND:VCARD\n", escape(&card));
                }
                card.replace('\n', "\r\n").into_bytes()
            }
        }
    }
}

impl FromStr for Shape {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        known(name, Shape::ALL, Shape::name)
    }
}

const HEAD40: &str = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Scale Test\r\n";

fn card(body: &[&[u8]]) -> Vec<u8> {
    [HEAD40.as_bytes(), &body.concat(), b"END:VCARD\r\n"].concat()
}

fn terminated(byte: u8) -> Vec<u8> {
    let mut line = vec![byte; 73];
    line.extend_from_slice(b"\r\n");
    line
}

fn line_each(n: usize, mut write: impl FnMut(&mut String, usize)) -> Vec<u8> {
    let mut body = String::new();
    for i in 0..n {
        write(&mut body, i);
    }
    card(&[body.as_bytes()])
}
