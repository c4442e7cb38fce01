//! Escaping, folding and base64, written here the slow and obvious way on purpose: what is
//! measured must not be made by the code that is measured.

use std::fmt::Write as _;

/// Escapes TEXT (RFC 6350, 3.4): backslash, line end, comma and semicolon.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            ',' => out.push_str("\\,"),
            ';' => out.push_str("\\;"),
            _ => out.push(c),
        }
    }
    out
}

/// Appends `line`, folded at 75 octets on character boundaries (RFC 6350, 3.2), and CRLF.
pub fn fold_into(out: &mut Vec<u8>, line: &str) {
    let mut rest = line;
    let mut width = 75;
    while rest.len() > width {
        let (piece, after) = rest.split_at(rest.floor_char_boundary_at(width));
        out.extend_from_slice(piece.as_bytes());
        out.extend_from_slice(b"\r\n ");
        rest = after;
        width = 74;
    }
    out.extend_from_slice(rest.as_bytes());
    out.extend_from_slice(b"\r\n");
}

trait FloorBoundary {
    fn floor_char_boundary_at(&self, index: usize) -> usize;
}

// `str::floor_char_boundary` is newer than our `rust-version`.
impl FloorBoundary for str {
    fn floor_char_boundary_at(&self, mut index: usize) -> usize {
        while !self.is_char_boundary(index) {
            index -= 1;
        }
        index
    }
}

/// The base64 text of `bytes` (RFC 4648, 4), padded.
#[expect(clippy::indexing_slicing, reason = "six bits index a table of 64")]
pub fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk
            .iter()
            .chain([0, 0].iter())
            .take(3)
            .fold(0_usize, |bits, &byte| bits << 8 | usize::from(byte));
        for sextet in 0..4 {
            if sextet <= chunk.len() {
                out.push(char::from(ALPHABET[bits >> (18 - 6 * sextet) & 63]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

/// Only the letters a to z of `text`, in lower case.
pub fn ascii_letters(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .filter(char::is_ascii_lowercase)
        .collect()
}

/// 16 random bytes as a UUID of version 4.
pub fn uuid(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(36);
    for (i, byte) in bytes.iter().enumerate() {
        if matches!(i, 4 | 6 | 8 | 10) {
            hex.push('-');
        }
        // Writing to a String cannot fail.
        let _ = match i {
            6 => write!(hex, "4{:x}", byte & 15),
            8 => write!(hex, "a{:x}", byte & 15),
            _ => write!(hex, "{byte:02x}"),
        };
    }
    hex
}
