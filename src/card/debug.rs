//! What `Debug` shows of a card: its lines by their names and sizes, and not what they say, so that no log
//! fills with somebody's contact data. `{:#?}` shows the beginnings of values.

use alloc::string::String;
use core::fmt;

use super::{Card, PropertyRef};
use crate::syntax::ContentLine;

/// Lines that are shown at most.
const LINES: usize = 64;

/// Characters of a value that are shown at most.
const CHARACTERS: usize = 40;

/// `Card { version: 4.0, lines: [BEGIN (5 bytes), FN (9 bytes), TEL;TYPE (12 bytes), END (5 bytes)] }`
impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Version(Option<crate::version::Version>);
        impl fmt::Debug for Version {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.0 {
                    Some(version) => fmt::Display::fmt(&version, f),
                    None => f.write_str("none"),
                }
            }
        }
        struct Lines<'a>(&'a Card);
        impl fmt::Debug for Lines<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut list = f.debug_list();
                let mut lines = self.0.lines();
                list.entries(lines.by_ref().take(LINES).map(|line| line.line()));
                match lines.count() {
                    0 => list.finish(),
                    more => list.entry(&format_args!("and {more} more")).finish(),
                }
            }
        }
        f.debug_struct("Card")
            .field("version", &Version(self.version))
            .field("lines", &Lines(self))
            .finish()
    }
}

/// As its line.
impl fmt::Debug for PropertyRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line().fmt(f)
    }
}

/// `item1.TEL;TYPE (12 bytes)`, and with `{:#?}` the beginning of the value.
impl fmt::Debug for ContentLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_content() {
            return write!(f, "no content line ({} bytes)", self.raw_value().len());
        }
        if let Some(group) = self.group() {
            write!(f, "{group}.")?;
        }
        f.write_str(self.name())?;
        for parameter in self.parameters().take(LINES) {
            write!(f, ";{}", parameter.meaning())?;
        }
        let len = self.raw_value().len();
        if f.alternate() {
            let value = self.value();
            let start = value
                .get(..value.len().min(4 * CHARACTERS))
                .unwrap_or_default();
            let shown: String = String::from_utf8_lossy(start)
                .chars()
                .take(CHARACTERS)
                .collect();
            write!(f, ": {shown:?}")?;
        }
        write!(f, " ({len} bytes)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn ok_a_card_shows_no_contact_data_and_not_much() {
        let text = format!(
            "BEGIN:VCARD\nVERSION:4.0\nFN:Zo\u{eb} Quist\nitem1.TEL;TYPE=cell:+1415\nPHOTO:{}\n{}END:VCARD\n",
            "R0lG".repeat(100_000),
            "NOTE:Quist\n".repeat(1000)
        );
        let card = Card::parse(text).unwrap();
        let shown = format!("{card:?}");
        assert!(
            shown.starts_with("Card { version: 4.0, lines: [BEGIN (5 bytes), "),
            "{shown}"
        );
        assert!(shown.contains("item1.TEL;TYPE (5 bytes)"), "{shown}");
        assert!(
            !shown.contains("Quist") && shown.len() < 3000,
            "{}",
            shown.len()
        );
        let long = format!("{card:#?}");
        assert!(
            long.contains("Quist") && long.len() < 10_000,
            "{}",
            long.len()
        );
        let property = card.property("PHOTO").unwrap();
        assert_eq!(format!("{property:?}"), "PHOTO (400000 bytes)");
        assert!(format!("{card:?}{:?}", card.photo()).len() < 3000);
    }
}
