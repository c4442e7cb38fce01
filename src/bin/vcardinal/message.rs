//! The one gate between text of others and a terminal. Text of a file, its name, an argument, or a
//! server is shown through here, and never sent as it is: a terminal obeys some characters, and others
//! make it show a text in another order than it is read in.
//!
//! Everything on standard error goes through [`say`]; what goes to standard output for people is put
//! together of [`printable`] and [`excerpt`](crate::excerpt) texts; JSON is written by
//! [`crate::json`], which escapes the same characters. `tests/cli/terminal.rs` looks at the bytes.

use std::io::{self, Write};
use std::sync::OnceLock;

/// Writes `error: ` and a message to standard error, which may be closed.
pub fn error(message: &str) {
    say(&format!("error: {message}"));
}

/// Writes lines to standard error, which may be closed.
pub fn say(message: &str) {
    let message: Vec<String> = message.split('\n').map(printable).collect();
    let _ = writeln!(io::stderr(), "{}", message.join("\n"));
}

/// Whether a character only stands for itself on a screen: not a control character (C0, DEL, C1), nor
/// one that orders the text around it, parts lines, or is not seen (tags, and formats that Unicode
/// advises against).
pub fn is_harmless(character: char) -> bool {
    !(character.is_control()
        || matches!(
            character,
            '\u{061C}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2066}'..='\u{206F}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E007F}'
        ))
}

/// Text in one line, with U+FFFD in place of what is not [harmless](is_harmless).
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|character| match is_harmless(character) {
            true => character,
            false => char::REPLACEMENT_CHARACTER,
        })
        .collect()
}

/// Characters of a line of the terminal, if that is known; no fewer than 40. It is asked for once: there
/// may be many findings.
pub fn width() -> Option<usize> {
    static WIDTH: OnceLock<Option<usize>> = OnceLock::new();
    *WIDTH.get_or_init(|| {
        let columns = std::env::var("COLUMNS").ok();
        let columns = columns.and_then(|columns| columns.parse().ok());
        let of_terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        columns
            .or_else(of_terminal)
            .map(|width: usize| width.max(40))
    })
}

/// `1 card`, `2 cards`.
pub fn count(number: u64, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_words_of_all_scripts_are_harmless() {
        let text = "Zo\u{eb} \u{645}\u{631}\u{62d}\u{628}\u{627} \u{4f60} \u{1F468}\u{200D}\u{1F469}\u{FE0F} \u{FEFF}";
        assert_eq!(printable(text), text);
    }

    #[test]
    fn ok_what_a_terminal_obeys_is_not_sent() {
        for character in
            "\0\t\n\r\u{1b}\u{7f}\u{80}\u{9b}\u{9d}\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\
                          \u{202a}\u{202e}\u{2066}\u{2069}\u{206a}\u{fff9}\u{e0001}\u{e007f}"
                .chars()
        {
            assert_eq!(
                printable(&String::from(character)),
                "\u{FFFD}",
                "{character:?}"
            );
        }
    }
}
