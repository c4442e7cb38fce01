//! What a finding points at: octets of the source, between characters, within one line.

use common::spec::findings;
use vcardinal::registry;
use vcardinal::validate::{Diagnostic, Profile};

use crate::common;

/// Values in which something is wrong for one property or another, with characters of several
/// octets around it.
const VALUES: [&str; 18] = [
    "",
    "山田太郎の覚え書き",
    "ž,ž;ž",
    "ž\\x\\",
    " ž ",
    "https://fable.example/ž/\\,ž",
    "https://fable.example/[ž]\\\\ž",
    "https\\://fable.example/ž b",
    "geo:91\\,16.3ž",
    "geo:48.2\\,196.3",
    "1985-13-41Tž",
    "102200",
    "tel:+1 ž",
    "data:image/png;base64\\,ÁAAA",
    "AAžA",
    "1;ž;žžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžž",
    "<ž",
    "=C5=BE=C5",
];

const PARAMETERS: [&str; 10] = [
    "",
    ";TYPE=ž",
    ";PID=1.1,ž",
    ";SORT-AS=ž,ž,ž,ž,ž,ž,ž,ž,ž",
    ";LABEL=\"ž\\\"ž, ž\"",
    ";VALUE=ž",
    ";ENCODING=QUOTED-PRINTABLE;CHARSET=ž",
    ";ENCODING=b",
    ";ž",
    ";GEO=\"geo:ž\"",
];

/// A line with a fold after every `width` octets, or without folds.
fn folded(line: &str, width: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (at, byte) in line.bytes().enumerate() {
        if width > 0 && at > 0 && at % width == 0 {
            bytes.extend_from_slice(b"\r\n ");
        }
        bytes.push(byte);
    }
    bytes.extend_from_slice(b"\r\n");
    bytes
}

/// Where the logical line ends that an offset lies in.
fn line_end(bytes: &[u8], at: usize) -> usize {
    let mut from = at;
    loop {
        let end = bytes[from..]
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(bytes.len(), |end| from + end + 1);
        if !matches!(bytes.get(end), Some(b' ' | b'\t')) {
            return end;
        }
        from = end + 1;
    }
}

fn check(bytes: &[u8], finding: &Diagnostic) {
    let (start, end) = (finding.span.start as usize, finding.span.end as usize);
    let shown = || format!("{finding} in {}", String::from_utf8_lossy(bytes));
    assert!(start <= end && end <= bytes.len(), "{}", shown());
    assert!(end <= line_end(bytes, start), "{}", shown());
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert!(text.is_char_boundary(start), "{}", shown());
        assert!(text.is_char_boundary(end), "{}", shown());
    }
}

#[test]
fn ok_findings_point_between_characters_of_one_line() {
    let mut checked = 0;
    for (number, row) in registry::properties().iter().enumerate() {
        if ["BEGIN", "END", "AGENT"].contains(&row.name) {
            continue;
        }
        for (place, value) in VALUES.iter().enumerate() {
            // Each value with all parameters, and each fold with some of them.
            for (turn, parameters) in PARAMETERS.iter().enumerate() {
                let version = ["4.0", "3.0", "2.1"][(number + place + turn) % 3];
                let width = [0, 20, 7, 75][(place + turn) % 4];
                let mut bytes =
                    format!("BEGIN:VCARD\r\nVERSION:{version}\r\nFN:ž\r\n").into_bytes();
                bytes.extend(folded(&format!("{}{parameters}:{value}", row.name), width));
                bytes.extend_from_slice(b"\r\nEND:VCARD\r\n");
                let profile = Profile::ALL[(number + turn) % Profile::ALL.len()];
                for finding in findings(&bytes, profile) {
                    check(&bytes, &finding);
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 10_000, "{checked}");
}

/// Where exactly, of values whose text differs from the octets of the line.
#[test]
fn ok_a_finding_points_at_the_fault() {
    let cases = [
        ("URL:https://fable.example/x\\\\y", "uri-invalid", "\\\\"),
        ("URL:https://fable.example/\\,\\,<", "uri-invalid", "<"),
        ("GEO:geo:91\\,16.3", "geo-invalid", "91"),
        ("GEO:geo:48.2\\,196.3;u=5", "geo-invalid", "196.3"),
        ("FN:", "fn-empty", "FN:"),
        ("NOTE:ž,ž", "comma-unescaped", ","),
    ];
    for (line, id, expected) in cases {
        for width in [0, 9] {
            let mut bytes = b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n".to_vec();
            bytes.extend(folded(line, width));
            bytes.extend_from_slice(b"END:VCARD\r\n");
            let found = findings(&bytes, Profile::Declared);
            let finding = found.iter().find(|finding| finding.rule.id == id);
            let finding = finding.unwrap_or_else(|| panic!("{line}: {found:?}"));
            let span = &bytes[finding.span.start as usize..finding.span.end as usize];
            let text = String::from_utf8_lossy(span).replace("\r\n ", "");
            assert_eq!(text, expected, "{line}");
        }
    }
}

/// What is said of it names what is at fault, and what one should do.
#[test]
fn ok_messages_say_what_to_do() {
    let cases = [
        (
            "UID:3df403f4-5924-4bb7-b077-3c711d9eb34c",
            "no scheme; expected urn:uuid:3df403f4-5924-4bb7-b077-3c711d9eb34c, or VALUE=text",
        ),
        (
            "RELATED:Ida",
            "no scheme; expected a URI, as https://example.com/, or VALUE=text",
        ),
        (
            "TEL;VALUE=uri:5555",
            "no scheme; expected tel: before the number, or VALUE=text",
        ),
        (
            "IMPP:ida",
            "no scheme; expected the scheme of the service, as xmpp:",
        ),
        (
            "URL:fable.example",
            "no scheme; expected a URI, as https://example.com/",
        ),
        (
            "TEL;PID=1,0:5",
            "PID=0; expected one or two numbers from 1, as 4 or 4.1",
        ),
        (
            "ORG;SORT-AS=a,b,c:Fable",
            "SORT-AS has 3 values; expected at most 1, one for each component",
        ),
        (
            "BDAY:102200",
            "six digits are not a date; a year and a month are written as 1985-04, a time as T102200",
        ),
        (
            "ADR;LABEL=\"a\\\"b, c\":;;;;;;",
            "a backslash does not hide the quote in LABEL; expected ^' for it",
        ),
        (
            "URL:https://fable.example/x\\\\y",
            "\"\\\\\" is not allowed in a URI; expected it percent-encoded",
        ),
        (
            "KEY;TYPE=X509:https://fable.example/key",
            "TYPE=X509 is not for KEY in 4.0; expected MEDIATYPE=application/pkix-cert, or the media type \
             of the data: URI",
        ),
        (
            "KEY;TYPE=PGP:https://fable.example/key",
            "TYPE=PGP is not for KEY in 4.0; expected MEDIATYPE=application/pgp-keys, or the media type \
             of the data: URI",
        ),
    ];
    for (line, expected) in cases {
        let card = format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n{line}\r\nEND:VCARD\r\n");
        let found = findings(card.as_bytes(), Profile::Declared);
        assert!(
            found.iter().any(|finding| finding.message == expected),
            "{line}: {found:#?}"
        );
    }
    let begin = "BEGIN;X-A=1:VCARD\r\nVERSION:4.0\r\nFN:A\r\nEND:VCARD\r\n";
    let found = findings(begin.as_bytes(), Profile::Declared);
    assert_eq!(found[0].rule.id, "begin-parameters", "{found:#?}");
}
