//! The table of requirements and its examples.

use std::path::PathBuf;

use vcardinal::CardReader;
use vcardinal::validate::{Checker, Diagnostic, Profile};

pub fn findings(bytes: &[u8], profile: Profile) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut checker = Checker::new(profile);
    let mut reader = CardReader::from_slice(bytes);
    while let Some(event) = reader.next_event().unwrap() {
        checker.event(&event, &mut |finding| found.push(finding));
    }
    checker.finish(&mut |finding| found.push(finding));
    found
}

/// One row of the table of requirements.
pub struct Requirement {
    pub id: String,
    pub rfc: String,
    pub section: String,
    pub level: String,
    pub applies_to: String,
    pub requirement: String,
    pub ok: Vec<u8>,
    pub bad: Vec<u8>,
}

pub fn requirements() -> Vec<Requirement> {
    let Some(folder) = std::env::var_os("VCARD_SPEC") else {
        eprintln!("skipped the requirements: VCARD_SPEC is not set");
        return Vec::new();
    };
    let table = std::fs::read_to_string(PathBuf::from(folder).join("requirements.tsv")).unwrap();
    rows(&table)
}

/// Rows of our own, for what that table leaves out.
pub fn own_requirements() -> Vec<Requirement> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/requirements.tsv");
    rows(&std::fs::read_to_string(path).unwrap())
}

fn rows(table: &str) -> Vec<Requirement> {
    table
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let example = |at: usize| cells.get(at).copied().map(unescaped).unwrap_or_default();
            Requirement {
                id: cells[0].into(),
                rfc: cells[1].into(),
                section: cells[2].into(),
                level: cells[3].into(),
                applies_to: cells[4].into(),
                requirement: cells[5].into(),
                ok: example(6),
                bad: example(7),
            }
        })
        .collect()
}

/// The bytes of a cell with C escapes.
pub fn unescaped(cell: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = cell.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        let (&escaped, after) = rest.split_first().unwrap();
        rest = after;
        match escaped {
            b'r' => bytes.push(b'\r'),
            b'n' => bytes.push(b'\n'),
            b't' => bytes.push(b'\t'),
            b'x' => {
                let digits = std::str::from_utf8(&rest[..2]).unwrap();
                bytes.push(u8::from_str_radix(digits, 16).unwrap());
                rest = &rest[2..];
            }
            other => bytes.push(other),
        }
    }
    bytes
}

/// A whole stream, made of what an example shows.
pub fn stream(example: &[u8], rfc: &str) -> Option<Vec<u8>> {
    if example.is_empty() || matches!(example[0], b'[' | b'<') {
        return None;
    }
    let text = String::from_utf8_lossy(example).to_ascii_uppercase();
    let whole = text
        .split(['\r', '\n'])
        .any(|line| line.starts_with("BEGIN") || line.starts_with("END:VCARD"));
    if whole || text.contains(".BEGIN:") {
        return Some(example.to_vec());
    }
    let version = match rfc {
        "RFC2425" | "RFC2426" | "RFC2739" | "RFC4770" => "3.0",
        "VCARD2.1" => "2.1",
        _ => "4.0",
    };
    let has = |name: &str| {
        text.split("\r\n").any(|line| {
            line.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with(':') || rest.starts_with(';'))
        })
    };
    let mut card = format!("BEGIN:VCARD\r\nVERSION:{version}\r\n").into_bytes();
    if !has("FN") {
        card.extend_from_slice(b"FN:X\r\n");
    }
    if version == "3.0" && !has("N") {
        card.extend_from_slice(b"N:X;;;;\r\n");
    }
    card.extend_from_slice(example);
    if !card.ends_with(b"\r\n") {
        card.extend_from_slice(b"\r\n");
    }
    card.extend_from_slice(b"END:VCARD\r\n");
    Some(card)
}

pub fn document(rfc: &str) -> String {
    match rfc.strip_prefix("RFC") {
        Some(number) => format!("RFC {number}"),
        None => String::from("vCard 2.1"),
    }
}

/// What the examples of a document are held against.
pub fn profile(rfc: &str) -> Profile {
    match rfc {
        "RFC6352" => Profile::CardDav,
        _ => Profile::Declared,
    }
}

/// Whether the finding itself, and not only the page of its rule, names the section of a requirement:
/// first, or as the other place to look.
pub fn names(finding: &Diagnostic, requirement: &Requirement) -> (bool, bool) {
    let wanted = format!("{}, {}", document(&requirement.rfc), requirement.section);
    let first = finding.section == wanted;
    (first, first || finding.see_also == Some(&*wanted))
}
