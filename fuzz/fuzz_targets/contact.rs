//! Contacts: read from cards, changed, and applied to them. JSON stands before the first NUL.
#![no_main]

#[path = "../../tests/common/contact_laws.rs"]
mod contact_laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    contact_laws::contacts(data);
});
