//! Octets -> whether one of them is of a kind, sixteen at a time.
//!
//! All in a form that compilers turn into vector instructions: no branch depends on an octet.

/// Whether an octet is of the kind.
#[inline(always)]
pub(crate) fn any(bytes: &[u8], kind: impl Fn(u8) -> bool) -> bool {
    let Some(last) = bytes.last_chunk::<16>() else {
        return bytes.iter().any(|byte| kind(*byte));
    };
    let (chunks, _) = bytes.as_chunks::<16>();
    let mut found = [0; 16];
    for chunk in chunks.iter().chain([last]) {
        for (found, byte) in found.iter_mut().zip(chunk) {
            // All bits and not one: that is what a vector comparison gives.
            *found |= u8::from(kind(*byte)).wrapping_neg();
        }
    }
    u128::from_ne_bytes(found) != 0
}

/// How many octets of at most 255 are of the kind.
#[inline(always)]
pub(crate) fn count(bytes: &[u8], kind: impl Fn(u8) -> bool) -> Option<usize> {
    let counted = bytes.iter().fold(0_u8, |count, byte| {
        count.wrapping_add(u8::from(kind(*byte)))
    });
    (bytes.len() <= 255).then_some(usize::from(counted))
}

#[cfg(test)]
mod tests {
    use super::count;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ok_the_wide_look_equals_the_plain_one(
            bytes in prop::collection::vec(prop::sample::select(b"abc;".to_vec()), 0..300)
        ) {
            let plain: Vec<&u8> = bytes.iter().filter(|byte| **byte == b';').collect();
            prop_assert_eq!(super::any(&bytes, |byte| byte == b';'), !plain.is_empty());
            let counted = (bytes.len() <= 255).then_some(plain.len());
            prop_assert_eq!(count(&bytes, |byte| byte == b';'), counted);
        }
    }
}
