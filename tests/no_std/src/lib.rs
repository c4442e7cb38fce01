//! Reads, edits, builds and writes cards without `std`; that this builds is the proof.
//!
//! `cargo test` runs the same code, on the host.
#![cfg_attr(not(test), no_std)]

extern crate alloc;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use vcardinal::{Card, CardReader, LineReader, Property, Version};

#[cfg(not(test))]
#[global_allocator]
static ALLOCATOR: linked_list_allocator::LockedHeap = linked_list_allocator::LockedHeap::empty();

#[cfg(not(test))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

/// Takes every card of `bytes`, replaces its FN, adds a NOTE, and puts out what comes of it;
/// then a card made from nothing.
pub fn rewrite(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let mut lines = LineReader::from_slice(bytes);
    let mut count = 0;
    while lines
        .next_line()
        .map_err(|error| error.to_string())?
        .is_some()
    {
        count += 1;
    }
    let mut reader = CardReader::from_slice(bytes);
    let mut card = Card::new();
    while reader
        .read_card(&mut card)
        .map_err(|error| error.to_string())?
    {
        if let Some(mut name) = card.property_mut("FN") {
            name.set_text("Zoë Quist")
                .map_err(|error| error.to_string())?;
        }
        let note =
            Property::text("NOTE", format!("{count} lines")).map_err(|error| error.to_string())?;
        card.push(note).map_err(|error| error.to_string())?;
        card.append_to(&mut out);
    }
    Card::builder(Version::V4_0)
        .full_name("Ada Quist")
        .build()
        .map_err(|error| error.to_string())?
        .append_to(&mut out);
    Ok(out)
}

#[cfg(test)]
mod tests {
    #[test]
    fn ok_rewrites() {
        let input = b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Quist;Z;;;\r\nFN:Z\r\nEND:VCARD\r\n";
        let output = super::rewrite(input).map(String::from_utf8);
        assert_eq!(
            output,
            Ok(Ok(
                "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Quist;Z;;;\r\nFN:Zoë Quist\r\nNOTE:5 lines\r\n\
                   END:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Quist\r\nEND:VCARD\r\n"
                    .to_owned()
            ))
        );
    }
}
