//! From standard input to standard output: vCards as jCards, one a line, or jCards as vCards.
//!
//! ```sh
//! cargo run --features jcard --example jcard < cards.vcf
//! curl -s https://rdap.example/entity/1 | cargo run --features jcard --example jcard
//! ```

use std::io::{self, BufRead, Write};

use vcardinal::{CardReader, jcard};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut input = io::stdin().lock();
    let mut output = io::stdout().lock();
    if matches!(input.fill_buf()?.trim_ascii_start(), [b'[' | b'{', ..]) {
        for card in jcard::Reader::new(input) {
            match card {
                Ok(card) => output.write_all(&card.to_bytes())?,
                // It says where: `byte 34: /1/1/0/3: expected ..`
                Err(error) => eprintln!("left out: {error}"),
            }
        }
        return Ok(());
    }
    let mut writer = jcard::Writer::lines(output);
    for card in CardReader::from_reader(input) {
        let card = card?;
        let jcard = jcard::JCard::of(&card)?;
        for change in jcard.changes() {
            eprintln!("{}: {}", change.kind(), change.message());
        }
        writer.write(&jcard)?;
    }
    writer.finish()?.flush()?;
    Ok(())
}
