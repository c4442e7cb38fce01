//! From standard input to standard output: a vCard as JSContact, or a JSContact card as vCard.
//!
//! ```sh
//! cargo run --features jscontact --example jscontact < card.vcf
//! ```

use std::io::{Read, Write};
use std::process::ExitCode;

use vcardinal::{Card, jscontact};

fn main() -> ExitCode {
    match run() {
        Ok(text) => {
            let written = std::io::stdout().write_all(text.as_bytes());
            ExitCode::from(u8::from(written.is_err()))
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(1)
        }
    }
}

fn run() -> Result<String, Box<dyn std::error::Error>> {
    let mut input = Vec::new();
    std::io::stdin().read_to_end(&mut input)?;
    if input.trim_ascii_start().starts_with(b"{") {
        let value = jscontact::read(&input)?;
        return Ok(jscontact::from_value(&value)?.to_string());
    }
    let value = jscontact::to_value(&Card::parse(&input)?)?;
    Ok(format!("{value}\n"))
}
