//! Cards: the same however the input is cut, with and without limits; each reads alone as in the
//! input; whatever can be asked has an answer; written again, nothing is lost.
#![no_main]

#[path = "../../tests/common/choices.rs"]
mod choices;
#[path = "../src/input.rs"]
mod input;
#[path = "../../tests/common/laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let (bytes, decisions) = input::parts(data);
    laws::reading(bytes, &vcardinal::Limits::default());
    laws::reading(bytes, &input::limits(decisions));
    laws::asking(bytes);
    let middle = bytes.len() / 2;
    laws::writing(&[bytes, &bytes[middle..], &bytes[..middle]]);
});
