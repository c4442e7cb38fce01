//! From standard input to standard output: vCards as one xCard document, or the cards of one as vCards.
//!
//! ```sh
//! cargo run --features xcard --example xcard < cards.vcf > cards.xml
//! cargo run --features xcard --example xcard < cards.xml
//! ```

use std::io::{self, BufRead, Write};

use vcardinal::{CardReader, xcard};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut input = io::stdin().lock();
    let mut output = io::stdout().lock();
    if input.fill_buf()?.trim_ascii_start().starts_with(b"<") {
        for card in xcard::Reader::new(input) {
            output.write_all(&card?.to_bytes())?;
        }
        return Ok(());
    }
    let mut writer = xcard::Writer::new(output);
    for card in CardReader::from_reader(input) {
        let card = card?;
        writer.write(&xcard::XCard::of(&card)?)?;
    }
    writer.finish()?.flush()?;
    Ok(())
}
