//! How the bytes of a fuzzer become a vCard file and decisions.
#![allow(dead_code, reason = "no target uses all of it")]

use crate::choices::Choices;
use vcardinal::Limits;

/// A file, and bytes to decide by. The last byte says how many there are of those before it, so
/// that a file from the fixtures is a good input as it is.
pub fn parts(data: &[u8]) -> (&[u8], &[u8]) {
    let Some((len, data)) = data.split_last() else {
        return (&[], &[]);
    };
    data.split_at(data.len() - usize::from(*len).min(data.len()))
}

/// Limits so small that short inputs reach them.
pub fn limits(decisions: &[u8]) -> Limits {
    let mut choices = Choices::new(decisions);
    let mut at_most = |most| match choices.byte() {
        byte if byte % 2 == 0 => usize::MAX,
        byte => 1 + usize::from(byte) * most / 256,
    };
    let usual = Limits::default();
    let mut limits = usual.clone();
    limits.line = at_most(100).min(usual.line);
    limits.card = at_most(200).min(usual.card);
    limits.properties = at_most(8);
    limits.parameters = at_most(4);
    limits.nesting = at_most(3);
    limits
}
