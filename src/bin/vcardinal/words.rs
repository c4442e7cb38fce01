//! Words to look at: arguments, or the lines of standard input.

use std::io::{self, BufRead, IsTerminal, Read};

use crate::exit::Failure;

/// Bytes of a line that are read at most; no number, address or name has as many.
const LONG: u64 = 64 * 1024;

/// Goes through the words. `-` stands for the lines of standard input, and so does no word at all,
/// unless that is a terminal; lines with nothing but blanks are passed over. `what` is what a word is.
pub fn for_each_word(
    words: &[String],
    what: &str,
    mut see: impl FnMut(&str) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if words.is_empty() {
        if io::stdin().is_terminal() {
            return Err(Failure::Usage(format!(
                "name {what}, or `-` for the lines of standard input"
            )));
        }
        return match for_each_line(&mut see)? {
            0 => Err(Failure::Usage(format!(
                "standard input is empty; name {what}"
            ))),
            _ => Ok(()),
        };
    }
    let mut has_read = false;
    for word in words {
        if word != "-" {
            see(word)?;
        } else if has_read {
            return Err(Failure::Usage(String::from(
                "standard input can be read only once",
            )));
        } else {
            has_read = true;
            for_each_line(&mut see)?;
        }
    }
    Ok(())
}

/// How many words there were.
fn for_each_line(see: &mut impl FnMut(&str) -> Result<(), Failure>) -> Result<u64, Failure> {
    let failure = |error: io::Error| Failure::Input(format!("<stdin>: {error}"));
    let mut input = io::stdin().lock();
    let mut line = Vec::new();
    let mut words = 0;
    for number in 1_u64.. {
        line.clear();
        let mut start = input.by_ref().take(LONG);
        if start.read_until(b'\n', &mut line).map_err(failure)? == 0 {
            break;
        }
        if line.len() as u64 == LONG && line.last() != Some(&b'\n') {
            return Err(Failure::Input(format!(
                "<stdin>: line {number} is longer than {LONG} bytes"
            )));
        }
        // What is not UTF-8 is not valid either, whatever stands in its place.
        let text = String::from_utf8_lossy(&line);
        let text = match number {
            1 => text.trim_start_matches('\u{FEFF}'),
            _ => &text,
        };
        let word = text.trim_matches(|character: char| character.is_ascii_whitespace());
        if !word.is_empty() {
            words += 1;
            see(word)?;
        }
    }
    Ok(words)
}
