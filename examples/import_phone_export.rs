//! The export of an old phone as clean 4.0 cards, and what could not be carried over:
//! `cargo run --features convert --example import_phone_export -- phone.vcf > contacts.vcf`; without
//! a file, a card that is made here.

use std::error::Error;
use std::io::{self, Cursor, Read, Write};

use vcardinal::{CardReader, Version};

const EXPORT: &str = "BEGIN:VCARD\r\nVERSION:2.1\r\n\
    N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Quist;Zo=C3=AB\r\n\
    TEL;CELL;PREF:+1 415 555 0123\r\nBDAY:1985-04-12\r\nX-IRMC-LUID:7\r\nEND:VCARD\r\n";

/// Writes each card as 4.0 and says what is not in it as it was.
fn import(input: impl Read, mut output: impl Write) -> Result<(), Box<dyn Error>> {
    for card in CardReader::from_reader(io::BufReader::new(input)) {
        let card = match card {
            Ok(card) => card,
            Err(error) if error.is_fatal() => return Err(error.into()),
            Err(error) => {
                eprintln!("left out: {error}");
                continue;
            }
        };
        let converted = card.convert(Version::V4_0)?;
        for change in converted.changes() {
            eprintln!("{}: {change}", converted.card().display_name());
        }
        output.write_all(&converted.card().to_bytes())?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let output = io::stdout().lock();
    match std::env::args_os().nth(1) {
        Some(path) => import(std::fs::File::open(path)?, output),
        None => import(Cursor::new(EXPORT), output),
    }
}
