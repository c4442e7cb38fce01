//! Reads, edits and writes a card without `std`; that this builds is the proof.
//!
//! `cargo test` runs the same code, on the host.
#![cfg_attr(not(test), no_std)]

extern crate alloc;

use alloc::string::String;

#[cfg(not(test))]
#[global_allocator]
static ALLOCATOR: linked_list_allocator::LockedHeap = linked_list_allocator::LockedHeap::empty();

#[cfg(not(test))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

/// The version named by `text`, in the crate's own words.
pub fn version(text: &str) -> Option<String> {
    let version: vcardinal::Version = text.parse().ok()?;
    Some(alloc::format!("{version}"))
}
