//! The lines around a finding, as little of them as it takes to see what is meant.
//!
//! A card is somebody's personal data, and findings end up in logs: the line in question is cut
//! to about a line's worth, and of the lines before and after it only the names are shown.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::message::{self, is_harmless};

/// Bytes of the line in question that are shown at most, on a terminal that is not narrow.
const SHOWN: usize = 100;
/// Of a line of the terminal, what stands before and after those bytes.
const MARGIN: usize = 12;
/// Bytes of what a reader takes for one character; a family of emoji has 25.
const CHARACTER: usize = 64;
/// Bytes that are looked through for the end of a line; hostile lines are long.
const LOOK: usize = 4096;

/// A few lines of a source.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt {
    pub text: String,
    /// Whether the first line of the text is the one before the line in question.
    pub has_line_before: bool,
    /// The bytes of the text that are in question, in one line.
    pub marked: Range<usize>,
}

/// The lines of `source` around the bytes `at`.
pub fn excerpt(source: &[u8], at: Range<usize>) -> Excerpt {
    let line_end = line_end(source, at.start.min(source.len()));
    let start = at.start.min(line_end);
    let (line, begins) = line_start(source, start);
    let mut from = line;
    let mut to = line_end;
    let shown = message::width().map_or(SHOWN, |width| SHOWN.min(width - MARGIN));
    if !begins || to - from > shown {
        from = from.max(start.saturating_sub(shown * 2 / 5));
        to = to.min(from + shown);
    }
    // Not through the middle of what a reader takes for one character.
    if from > line {
        from = next_character(source, from, start);
    }
    if to < line_end {
        to = last_character(source, start, to, line_end);
    }
    let end = at.end.clamp(start, to.max(start));

    let mut text = String::new();
    let before = begins.then(|| name_of_line_before(source, line)).flatten();
    let has_line_before = before.is_some();
    if let Some(before) = before {
        text.push_str(&before);
        text.push('\n');
    }
    if from > line || !begins {
        text.push('…');
    }
    push(source, from..start, &mut text);
    let marked = text.len();
    push(source, start..end, &mut text);
    let marked = marked..text.len();
    push(source, end..to, &mut text);
    if to < line_end {
        text.push('…');
    } else if let Some(next) = after_break(source, line_end)
        && next < source.len()
    {
        text.push('\n');
        text.push_str(&name_of_line(source, next));
    }
    Excerpt {
        text,
        has_line_before,
        marked,
    }
}

/// Where the line of `at` begins, or where looking for that ended, and which of them it is.
pub fn line_start(source: &[u8], at: usize) -> (usize, bool) {
    let from = at.saturating_sub(LOOK);
    let before = source.get(from..at).unwrap_or_default();
    match before.iter().rposition(is_break) {
        Some(position) => (from + position + 1, true),
        None => (from, from == 0),
    }
}

fn line_end(source: &[u8], at: usize) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    let rest = rest.get(..LOOK).unwrap_or(rest);
    let end = at + rest.iter().position(is_break).unwrap_or(rest.len());
    // Inside CRLF is at the end of a line, not at the beginning of the next.
    let mut break_start = end;
    while end == at
        && end - break_start < 2
        && source.get(break_start).is_some_and(is_break)
        && break_start > 0
        && source.get(break_start - 1) == Some(&b'\r')
    {
        break_start -= 1;
    }
    break_start
}

fn after_break(source: &[u8], end: usize) -> Option<usize> {
    match source.get(end..)? {
        [b'\r', b'\r', b'\n', ..] => Some(end + 3),
        [b'\r', b'\n', ..] => Some(end + 2),
        [b'\r' | b'\n', ..] => Some(end + 1),
        _ => None,
    }
}

fn is_break(byte: &u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// Where the next grapheme cluster begins, at `from` or after it, but not after `end`.
fn next_character(source: &[u8], from: usize, end: usize) -> usize {
    // One that began before is known by what is before it.
    let text = look_back(source, from)..end;
    let base = text.start;
    let text = String::from_utf8_lossy(source.get(text).unwrap_or_default());
    let Cow::Borrowed(text) = text else {
        // Not all of it is UTF-8.
        return (from..end)
            .find(|at| !is_continuation(source, *at))
            .unwrap_or(end);
    };
    let mut begins = text.grapheme_indices(true).map(|(at, _)| base + at);
    begins.find(|at| *at >= from).unwrap_or(end)
}

/// Where the last grapheme cluster begins that does not end at `to` or before; not before `start`.
fn last_character(source: &[u8], start: usize, to: usize, line_end: usize) -> usize {
    let mut end = line_end.min(to + CHARACTER);
    while end > to && end < line_end && is_continuation(source, end) {
        end -= 1;
    }
    let text = String::from_utf8_lossy(source.get(start..end).unwrap_or_default());
    let Cow::Borrowed(text) = text else {
        let begins = (start..=to).rev().find(|at| !is_continuation(source, *at));
        return begins.unwrap_or(start);
    };
    let begins = text.grapheme_indices(true).map(|(at, _)| start + at);
    begins.take_while(|at| *at <= to).last().unwrap_or(start)
}

/// A place before `at` at which a character begins, in all likelihood a grapheme cluster too.
fn look_back(source: &[u8], at: usize) -> usize {
    let mut from = at.saturating_sub(CHARACTER);
    while from < at && is_continuation(source, from) {
        from += 1;
    }
    from
}

fn is_continuation(source: &[u8], at: usize) -> bool {
    source.get(at).is_some_and(|byte| byte & 0xC0 == 0x80)
}

fn push(source: &[u8], range: Range<usize>, text: &mut String) {
    if let Some(bytes) = source.get(range) {
        text.push_str(&shown(&String::from_utf8_lossy(bytes)));
    }
}

/// Text as it may be sent to a terminal: a tab as it is, which the renderer makes blanks of, other
/// control characters as their pictures, and U+FFFD for the rest of what is not harmless.
fn shown(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\t' => character,
            '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or(' '),
            '\u{7F}' => '\u{2421}',
            _ if is_harmless(character) => character,
            _ => char::REPLACEMENT_CHARACTER,
        })
        .collect()
}

fn name_of_line_before(source: &[u8], line: usize) -> Option<String> {
    let before = source.get(..line)?;
    let end = match before {
        [.., b'\r', b'\r', b'\n'] => line - 3,
        [.., b'\r', b'\n'] => line - 2,
        [.., b'\r' | b'\n'] => line - 1,
        _ => return None,
    };
    let (start, begins) = line_start(source, end);
    Some(match begins {
        true => name_of_line(source.get(..end)?, start),
        false => String::from("…"),
    })
}

/// Group and name of a line, and all of it where that is not personal data.
fn name_of_line(source: &[u8], start: usize) -> String {
    let line = source.get(start..).unwrap_or_default();
    let line = line.get(..SHOWN).unwrap_or(line);
    let end = line.iter().position(is_break).unwrap_or(line.len());
    let line = String::from_utf8_lossy(line.get(..end).unwrap_or_default());
    let Some((head, _)) = line.split_once([':', ';']) else {
        return match line.is_empty() {
            true => String::new(),
            false => String::from("…"),
        };
    };
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    if !head.bytes().all(is_name) {
        return String::from("…");
    }
    match head.to_ascii_uppercase().as_str() {
        "BEGIN" | "END" | "VERSION" if line.len() < 24 => shown(&line),
        _ => format!("{}…", line.get(..=head.len()).unwrap_or(head)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: &[u8] = b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zo\xC3\xAB Quist\r\nitem1.TEL;TYPE=cell:+1 415 555 0123\r\nEND:VCARD\r\n";

    fn at(word: &str) -> Excerpt {
        let start = CARD
            .windows(word.len())
            .position(|window| window == word.as_bytes())
            .unwrap();
        excerpt(CARD, start..start + word.len())
    }

    #[test]
    fn ok_neighbours_without_their_values() {
        let excerpt = at("Zoë");
        assert_eq!(excerpt.text, "VERSION:4.0\nFN:Zoë Quist\nitem1.TEL;…");
        assert_eq!(excerpt.text.get(excerpt.marked), Some("Zoë"));
        assert!(excerpt.has_line_before);
    }

    #[test]
    fn ok_first_and_last_line() {
        assert_eq!(at("BEGIN").text, "BEGIN:VCARD\nVERSION:4.0");
        assert!(!at("BEGIN").has_line_before);
        assert_eq!(at("END:").text, "item1.TEL;…\nEND:VCARD");
    }

    #[test]
    fn ok_line_break_in_question() {
        for start in [24, 25] {
            let excerpt = excerpt(CARD, start..26);
            assert_eq!(excerpt.text, "BEGIN:VCARD\nVERSION:4.0\nFN:…", "{start}");
            assert_eq!(excerpt.marked, 23..23);
        }
    }

    #[test]
    fn ok_long_line_is_cut_on_both_sides() {
        let line = "é".repeat(1_000_000);
        let excerpt = excerpt(line.as_bytes(), 1_000_001..1_000_003);
        assert!(excerpt.text.starts_with("…é") && excerpt.text.ends_with("é…"));
        assert!(excerpt.text.len() < 115, "{}", excerpt.text.len());
    }

    #[test]
    fn ok_no_character_is_cut() {
        const FAMILY: &str = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}";
        for character in [
            "\u{6771}",
            "\u{416}",
            "e\u{301}",
            "\u{1F1E6}\u{1F1F9}",
            FAMILY,
            "\u{BAA}\u{BBF}",
        ] {
            let line = character.repeat(40);
            for before in 0..character.len() {
                let line = format!("{}{line}", "x".repeat(before));
                let at = before + 20 * character.len();
                let text = excerpt(line.as_bytes(), at..at + character.len()).text;
                let rest = text
                    .trim_matches('…')
                    .trim_start_matches('x')
                    .replace(character, "");
                assert_eq!(rest, "", "{character} after {before} in {text}");
            }
        }
        // Where not all is UTF-8, the rest is cut between characters.
        let line = [&b"\xFF"[..], "\u{6771}".repeat(80).as_bytes()].concat();
        let text = excerpt(&line, 121..124).text;
        assert_eq!(text.trim_matches('…').replace('\u{6771}', ""), "");
    }

    #[test]
    fn ok_not_utf_8_and_places_outside() {
        let excerpt1 = excerpt(b"FN:\xE9\n", 3..4);
        assert_eq!(excerpt1.text, "FN:\u{FFFD}");
        assert_eq!(excerpt1.marked, 3..6);
        assert_eq!(excerpt(b"", 7..9).text, "");
        for start in 0..=CARD.len() + 1 {
            for end in start..=CARD.len() + 1 {
                let excerpt = excerpt(CARD, start..end);
                assert!(
                    excerpt
                        .text
                        .get(excerpt.marked)
                        .is_some_and(|marked| !marked.contains('\n'))
                );
            }
        }
    }
}
