//! What of a source is not in the output, and that it is said.

use vcardinal::{Event, JunkKind, Position};

use crate::exit::Failure;
use crate::input::{Source, Utf16};
use crate::message::{count, error, say};

/// What is left out of the output of a source. Nothing is left out silently.
#[derive(Debug)]
pub struct LeftOut {
    title: String,
    utf16: Option<Utf16>,
    /// Where the first junk begins, and how many bytes there are in all.
    junk: Option<(Position, u64)>,
    refused: Vec<String>,
    more_refused: u64,
}

impl LeftOut {
    pub fn new(source: &Source, utf16: Option<Utf16>) -> Self {
        LeftOut {
            title: source.title(),
            utf16,
            junk: None,
            refused: Vec::new(),
            more_refused: 0,
        }
    }

    pub fn see(&mut self, event: &Event<'_>) {
        match event {
            Event::Junk(junk) if junk.kind() == JunkKind::Text => {
                let (_, len) = self.junk.get_or_insert((junk.position(), 0));
                *len += junk.bytes().len() as u64;
            }
            // A hostile file has many.
            Event::Bad { .. } if self.refused.len() >= 10 => self.more_refused += 1,
            Event::Bad { error, .. } => self.refused.push(error.to_string()),
            _ => {}
        }
    }

    /// Whether there was anything but cards and blank space.
    pub fn has_junk(&self) -> bool {
        self.junk.is_some()
    }

    /// Whether a card was too large to read.
    pub fn has_refused(&self) -> bool {
        !self.refused.is_empty()
    }

    /// Says it on standard error. A card that was too large to read is a failure.
    pub fn say(&self) -> Result<(), Failure> {
        let title = &self.title;
        if let Some(utf16) = &self.utf16 {
            say(&format!(
                "note: {title}: [utf-16] converted from {} to UTF-8; positions refer to the converted text",
                utf16.encoding
            ));
            if utf16.malformed() > 0 {
                say(&format!(
                    "warning: {title}: [utf-16] {} not valid {}; U+FFFD stands in place of each",
                    count(utf16.malformed(), "code unit is", "code units are"),
                    utf16.encoding
                ));
            }
        }
        if let Some((position, len)) = self.junk {
            say(&format!(
                "warning: {title}: {} between cards left out, from {position} on",
                count(len, "byte", "bytes")
            ));
        }
        for refused in &self.refused {
            error(&format!("{title}: card left out: {refused}"));
        }
        if self.more_refused > 0 {
            error(&format!(
                "{title}: {} left out",
                count(self.more_refused, "more such card", "more such cards")
            ));
        }
        match self.has_refused() {
            true => Err(Failure::Said),
            false => Ok(()),
        }
    }
}
