//! Any bytes as JSContact: read or refused, and a valid card comes back from a vCard as it was.
#![no_main]

#[path = "../../tests/common/format_laws.rs"]
#[allow(dead_code, reason = "no target uses all of it")]
mod format_laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    format_laws::jscontacts(data);
});
