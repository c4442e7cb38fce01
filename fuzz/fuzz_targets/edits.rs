//! Edits: what they do not touch stays, what is refused changes nothing, and parsing the edited
//! bytes gives the edited lines.
#![no_main]

#[path = "../../tests/common/choices.rs"]
mod choices;
#[path = "../src/input.rs"]
mod input;
#[path = "../../tests/common/laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let (bytes, decisions) = input::parts(data);
    laws::editing(bytes, &mut choices::Choices::new(decisions));
});
