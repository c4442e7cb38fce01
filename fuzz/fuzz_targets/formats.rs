//! Any card in jCard, xCard and JSContact, and back: nothing is lost but what is named.
#![no_main]

#[path = "../../tests/common/choices.rs"]
mod choices;
#[path = "../../tests/common/format_laws.rs"]
#[allow(dead_code, reason = "no target uses all of it")]
mod format_laws;
#[path = "../src/input.rs"]
mod input;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let (bytes, _) = input::parts(data);
    format_laws::in_all_formats(bytes);
});
