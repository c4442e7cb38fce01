//! Lines: put together again they are the input, and the same however it is cut.
#![no_main]

#[path = "../../tests/common/choices.rs"]
mod choices;
#[path = "../src/input.rs"]
mod input;
#[path = "../../tests/common/laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let (bytes, decisions) = input::parts(data);
    laws::lines(bytes, &vcardinal::Limits::default());
    laws::lines(bytes, &input::limits(decisions));
});
