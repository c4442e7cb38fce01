//! The text of an X-ABLabel <-> a label.
//!
//! Apple writes its own labels between `_$!<` and `>!$_`, so that each device can show them in its
//! language; they are read as the words they stand for.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

use super::shortened;

const OPEN: &str = "_$!<";
const CLOSE: &str = ">!$_";

/// The word between the marks with which Apple writes a label that it has a word for in every
/// language.
fn marked(text: &str) -> Option<&str> {
    text.strip_prefix(OPEN)?.strip_suffix(CLOSE)
}

/// The label that the text says; none where it is blank.
pub(super) fn read(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    let text = shortened(text, str::trim);
    let label = match marked(&text) {
        // Marks in marks: a label of one's own that looks like one of Apple's.
        Some(inner) if inner.starts_with(OPEN) => {
            shortened(text, |text| marked(text).unwrap_or(text).trim())
        }
        Some(word) => Cow::Owned(of_apple(word.trim())),
        None => text,
    };
    (!label.is_empty()).then_some(label)
}

/// The text for a label, so that it comes back as it is.
pub(super) fn write(label: &str) -> Cow<'_, str> {
    match marked(label) {
        Some(_) => Cow::Owned(format!("{OPEN}{label}{CLOSE}")),
        None => Cow::Borrowed(label),
    }
}

/// Apple's word as people write it: `HomeFAX` is `home fax`, `Mother` is `mother`.
fn of_apple(word: &str) -> String {
    if word == "HomePage" {
        return String::from("homepage");
    }
    let mut label = String::with_capacity(word.len() + 1);
    let mut letters = word.chars().peekable();
    let mut before: Option<char> = None;
    while let Some(letter) = letters.next() {
        let begins_word = letter.is_uppercase()
            && before.is_some_and(|before| {
                // The i of iPhone is no word of its own.
                (before.is_lowercase() && label.len() > before.len_utf8())
                    || (before.is_uppercase() && letters.peek().is_some_and(|c| c.is_lowercase()))
            });
        if begins_word {
            label.push(' ');
        }
        label.extend(letter.to_lowercase());
        before = Some(letter);
    }
    label
}
