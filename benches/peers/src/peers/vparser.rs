//! vparser: borrowed content lines, unfolded only when asked; no writer.

use vparser::{ContentLine, Parser};

use super::{LineCollector, Peer, Texts};

pub struct Lines;

impl Peer for Lines {
    const NAME: &'static str = "vparser, lines";
    const RAW: bool = true;
    type Model<'a> = Vec<ContentLine<'a>>;

    fn read(input: &str) -> Result<Vec<ContentLine<'_>>, String> {
        Ok(Parser::new(input).collect())
    }

    fn texts(input: &str) -> Result<Vec<Texts>, String> {
        let mut cards = LineCollector::default();
        for line in Parser::new(input) {
            cards.line(&line.name(), &line.value());
        }
        Ok(cards.cards)
    }
}
