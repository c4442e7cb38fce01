//! Conversions: any card in each version and back, whole, the same each time, and without new errors.
#![no_main]

#[path = "../../tests/common/choices.rs"]
mod choices;
#[path = "../../tests/common/convert_laws.rs"]
mod convert_laws;
#[path = "../src/input.rs"]
mod input;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let (bytes, _) = input::parts(data);
    convert_laws::converting(bytes);
});
