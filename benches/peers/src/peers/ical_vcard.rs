//! ical_vcard: owned content lines, text undecoded.

use ical_vcard::{Contentline, Parser, Writer};

use super::{LineCollector, Peer, Texts};

pub struct Lines;

impl Peer for Lines {
    const NAME: &'static str = "ical_vcard, lines";
    const RAW: bool = true;
    type Model<'a> = Vec<Contentline>;

    fn read(input: &str) -> Result<Vec<Contentline>, String> {
        Parser::new(input.as_bytes())
            .max_line_length(usize::MAX)
            .collect::<Result<_, _>>()
            .map_err(|error| super::excerpt(error.to_string()))
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        let mut cards = LineCollector::default();
        for line in Self::read(input)? {
            cards.line(line.name(), line.value());
        }
        Ok(cards.cards)
    }

    fn write(lines: &Vec<Contentline>, out: &mut Vec<u8>) -> bool {
        Writer::new(out).write_all(lines).is_ok()
    }
}
