//! Values: a text as every value type, and every typed question to every property.
#![no_main]

#[path = "../../tests/common/choices.rs"]
mod choices;
#[path = "../src/input.rs"]
mod input;
#[path = "../../tests/common/stage_laws.rs"]
mod stage_laws;
#[path = "../../tests/common/value_laws.rs"]
mod value_laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let (bytes, decisions) = input::parts(data);
    stage_laws::typed(bytes);
    let text = String::from_utf8_lossy(if decisions.is_empty() {
        bytes
    } else {
        decisions
    });
    if text.len() < 200 {
        value_laws::values(&text);
    }
});
