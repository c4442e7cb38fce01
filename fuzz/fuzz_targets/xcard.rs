//! Any bytes as xCards: read or refused, and what was read goes out and comes back.
#![no_main]

#[path = "../../tests/common/format_laws.rs"]
#[allow(dead_code, reason = "no target uses all of it")]
mod format_laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    format_laws::xcards(data);
});
