//! The receiver: what it takes has a good credential.
#![no_main]

#[path = "../../tests/common/receive_laws.rs"]
mod receive_laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    receive_laws::receiving(data);
});
