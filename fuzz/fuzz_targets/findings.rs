//! Findings and repairs, under every profile: places, and repairs that break nothing.
#![no_main]

#[path = "../../tests/common/choices.rs"]
mod choices;
#[path = "../src/input.rs"]
mod input;
#[path = "../../tests/common/stage_laws.rs"]
mod stage_laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let (bytes, _) = input::parts(data);
    stage_laws::checked(bytes);
});
