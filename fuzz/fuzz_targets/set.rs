//! `set` and `add`: what is refused changes nothing, what is done touches no other line.
#![no_main]

#[path = "../../tests/common/choices.rs"]
mod choices;
#[path = "../src/input.rs"]
mod input;
#[path = "../../tests/common/set_laws.rs"]
mod set_laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let (bytes, decisions) = input::parts(data);
    set_laws::setting(bytes, &mut choices::Choices::new(decisions));
});
