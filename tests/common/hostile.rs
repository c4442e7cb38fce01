//! Inputs with too much of one thing, of any size.
#![allow(dead_code, reason = "no test uses all of it")]

use vcardinal_corpus::{Shape, Unit};

/// One thing of which there is too much.
pub struct Hostile {
    pub name: String,
    make: Box<dyn Fn(usize) -> Vec<u8>>,
}

impl Hostile {
    /// The input, in times its usual size.
    pub fn bytes(&self, times: usize) -> Vec<u8> {
        (self.make)(times)
    }
}

/// Every shape; their usual size is about `size` bytes.
pub fn all(size: usize) -> Vec<Hostile> {
    let shapes = Shape::ALL.into_iter().map(|shape| Hostile {
        name: shape.name().into(),
        make: Box::new(move |times| match shape.unit() {
            Unit::Bytes => shape.bytes(size * times),
            Unit::Items => shape.bytes(size / 20 * times),
            // Each level doubles the size.
            Unit::Levels => {
                let mut levels = 1;
                while shape.bytes(levels).len() < size * times {
                    levels += 1;
                }
                shape.bytes(levels)
            }
        }),
    });
    let more = MORE
        .iter()
        .map(|(name, version, before, many, after)| Hostile {
            name: (*name).into(),
            make: Box::new(move |times| {
                let many = many.repeat(size * times / many.len());
                format!("BEGIN:VCARD\r\nVERSION:{version}\r\n{before}{many}{after}END:VCARD\r\n")
                    .into_bytes()
            }),
        });
    shapes.chain(more).collect()
}

/// Name, version, and what stands before, many times over, and after.
type More = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const MORE: &[More] = &[
    ("folds of one character", "4.0", "NOTE:x", "\r\n a", "\r\n"),
    ("folded head", "4.0", "NOTE;X=", "\r\n a", ":b\r\n"),
    (
        "soft breaks in a head",
        "2.1",
        "TEL;X-CUSTOM(ENCODING=QUOTED-PRINTABLE,=",
        "\r\n=41=",
        "\r\n):1\r\n",
    ),
    (
        "heads that break softly",
        "2.1",
        "",
        "TEL;X-CUSTOM(ENCODING=QUOTED-PRINTABLE,=\r\n=41=\r\n",
        "",
    ),
    (
        "folded head in 2.1 with a quote",
        "2.1",
        "NOTE;X=\"",
        "\r\n a",
        ":b\r\n",
    ),
    (
        "folded head without a colon",
        "4.0",
        "NOTE",
        "\r\n a",
        "\r\n",
    ),
    ("folded heads", "3.0", "", "N\r\n O\r\n TE:a\r\n", ""),
    ("groups of groups", "2.1", "", "a.", "NOTE:x\r\n"),
    (
        "quoted-printable and no end",
        "2.1",
        "NOTE;QUOTED-PRINTABLE:",
        "=\r\n",
        "",
    ),
    (
        "quoted-printable and white space",
        "2.1",
        "NOTE;QUOTED-PRINTABLE:",
        "  =  \r\n",
        "\r\n",
    ),
    (
        "quoted-printable on one line",
        "2.1",
        "NOTE;QUOTED-PRINTABLE:=\r\n",
        "=41=42 ",
        "\r\n",
    ),
    (
        "soft breaks before BEGIN",
        "2.1",
        "",
        "END:VCARD\r\nBEGIN:VCARD\r\nN;QUOTED-PRINTABLE:a=\r\n",
        "",
    ),
    (
        "soft breaks before what is almost END",
        "2.1",
        "",
        "NOTE;QUOTED-PRINTABLE:a=\r\nEND:VCAR\r\n",
        "",
    ),
    (
        "base64 in lines",
        "2.1",
        "PHOTO;BASE64:\r\n",
        "QUJDQUJDQUJDQUJD\r\n",
        "\r\n",
    ),
    (
        "base64 on one line",
        "2.1",
        "PHOTO;BASE64:\r\n",
        "QUJD",
        "\r\n\r\n",
    ),
    (
        "base64 before what is almost base64",
        "2.1",
        "",
        "PHOTO;BASE64:QUJD\r\nQUJD\r\n :x\r\n",
        "",
    ),
    ("backslashes in 2.1", "2.1", "NOTE;X=", "\\:", ":x\r\n"),
    ("quotes", "3.0", "NOTE;X=", "\"a\"", ":x\r\n"),
    ("quotes in 2.1", "2.1", "NOTE;X=", "\"a:", ":x\r\n"),
    ("open quotes", "4.0", "", "NOTE;X=\"a:b\r\n", ""),
    (
        "parameters that name encodings",
        "4.0",
        "NOTE",
        ";ENCODING=QUOTED-PRINTABLE;BASE64",
        ":x=\r\n",
    ),
    ("circumflexes", "4.0", "NOTE;X=", "^^^n^'", ":x\r\n"),
    ("backslashes", "4.0", "NOTE:", "\\\\\\;", "\r\n"),
    ("list items in components", "4.0", "N:", "a,b;", "\r\n"),
    ("versions", "4.0", "", "VERSION:none\r\nVERSION:4.0\r\n", ""),
    (
        "agents without a card",
        "2.1",
        "",
        "AGENT:\r\nNOTE:a\r\n",
        "",
    ),
    (
        "agents and blank lines",
        "2.1",
        "",
        "AGENT:\r\n\r\n\r\n",
        "",
    ),
    (
        "agents in turn",
        "2.1",
        "",
        "AGENT:\r\nBEGIN:VCARD\r\nEND:VCARD\r\n",
        "",
    ),
    (
        "blank lines in a nested card",
        "2.1",
        "AGENT:\r\nBEGIN:VCARD\r\n",
        "\r\nN:a\r\n",
        "END:VCARD\r\n",
    ),
    (
        "indented BEGIN lines",
        "4.0",
        "NOTE:",
        "\r\n BEGIN:VCARD",
        "\r\n",
    ),
    (
        "byte order marks",
        "4.0",
        "END:VCARD\r\n",
        "\u{feff}",
        "\r\n",
    ),
    (
        "junk on one line",
        "4.0",
        "END:VCARD\r\n",
        "BEGIN:VCAR",
        "\r\n",
    ),
    ("junk in short lines", "4.0", "END:VCARD\r\n", "B\r\n", ""),
    (
        "a word of END after the other",
        "4.0",
        "END:VCARD\r\n",
        "END:VCARD\r\n",
        "",
    ),
    ("line feeds alone", "4.0", "NOTE:a\n", "\n", ""),
    ("NUL bytes", "4.0", "NOTE:", "\0", "\r\n"),
    ("percent signs", "4.0", "PHOTO:data:,", "%41%", "\r\n"),
];
