//! New cards: any strings in, and what is read back is what was set, and no line more.
#![no_main]

#[path = "../../tests/common/choices.rs"]
mod choices;
#[path = "../../tests/common/laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    laws::building(&mut choices::Choices::new(data));
});
