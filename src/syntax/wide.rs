//! Octets -> whether one of them is of a kind, sixteen at a time, and where one is, eight at a time.
//!
//! All in a form that compilers turn into vector instructions: no branch depends on an octet.

/// Whether an octet is of the kind.
#[inline(always)]
pub(crate) fn any(bytes: &[u8], kind: impl Fn(u8) -> bool) -> bool {
    any_of_many(bytes, &kind).unwrap_or_else(|| any_of_few(bytes, kind))
}

/// As [`any`], of sixteen or more; `None` of fewer.
#[inline(always)]
pub(crate) fn any_of_many(bytes: &[u8], kind: impl Fn(u8) -> bool) -> Option<bool> {
    let last = bytes.last_chunk::<16>()?;
    let (chunks, _) = bytes.as_chunks::<16>();
    // All bits and not one: that is what a vector comparison gives.
    let mut found = [0; 16];
    for (found, byte) in found.iter_mut().zip(last) {
        *found = u8::from(kind(*byte)).wrapping_neg();
    }
    for chunk in chunks {
        for (found, byte) in found.iter_mut().zip(chunk) {
            *found |= u8::from(kind(*byte)).wrapping_neg();
        }
    }
    Some(is_any(&found))
}

/// As [`any`], of fewer than sixteen: the first eight and the last eight, which may have some in common.
#[inline(always)]
fn any_of_few(bytes: &[u8], kind: impl Fn(u8) -> bool) -> bool {
    let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) else {
        return bytes.iter().any(|byte| kind(*byte));
    };
    let mut found = [0; 8];
    for (found, (first, last)) in found.iter_mut().zip(first.iter().zip(last)) {
        *found = u8::from(kind(*first)).wrapping_neg() | u8::from(kind(*last)).wrapping_neg();
    }
    is_any(&found)
}

/// Whether a vector has a bit. A fold is one comparison, where a number made of the octets is put together
/// octet by octet.
#[inline(always)]
fn is_any(found: &[u8]) -> bool {
    found.iter().fold(0, |all, one| all | one) != 0
}

/// Where the first octet of the kind is. What comes after its block is not looked at.
#[inline(always)]
pub(crate) fn find(bytes: &[u8], kind: impl Fn(u8) -> bool) -> Option<usize> {
    let (chunks, rest) = bytes.as_chunks::<16>();
    let mut before = 0;
    for chunk in chunks {
        if any(chunk, &kind) {
            return chunk
                .iter()
                .position(|byte| kind(*byte))
                .map(|at| before + at);
        }
        before += chunk.len();
    }
    if !any_of_few(rest, &kind) {
        return None;
    }
    rest.iter()
        .position(|byte| kind(*byte))
        .map(|at| before + at)
}

/// How many octets of at most 255 are of the kind.
#[inline(always)]
pub(crate) fn count(bytes: &[u8], kind: impl Fn(u8) -> bool) -> Option<usize> {
    let counted = bytes.iter().fold(0_u8, |count, byte| {
        count.wrapping_add(u8::from(kind(*byte)))
    });
    (bytes.len() <= 255).then_some(usize::from(counted))
}

/// Where an octet stands first: for texts of a few octets, which a call of `memchr` costs more than
/// it saves.
#[inline(always)]
pub(crate) fn position(bytes: &[u8], octet: u8) -> Option<usize> {
    let Some(last) = bytes.last_chunk::<8>() else {
        return bytes.iter().position(|byte| *byte == octet);
    };
    let (chunks, _) = bytes.as_chunks::<8>();
    let mut at = 0;
    for chunk in chunks {
        if let Some(found) = position_in(chunk, octet) {
            return Some(at + found);
        }
        at += 8;
    }
    // Those that it has in common with the chunk before are not the octet.
    position_in(last, octet).map(|found| bytes.len() - 8 + found)
}

#[inline(always)]
fn position_in(chunk: &[u8; 8], octet: u8) -> Option<usize> {
    const LOW_BITS: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH_BITS: u64 = u64::from_ne_bytes([0x80; 8]);
    // Nought where the octet is. Less one, the highest bit of the first such place is set, and of none
    // before it.
    let differs = u64::from_le_bytes(*chunk) ^ (LOW_BITS * u64::from(octet));
    let found = differs.wrapping_sub(LOW_BITS) & !differs & HIGH_BITS;
    (found != 0).then_some(found.trailing_zeros() as usize / 8)
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
            let first = bytes.iter().position(|byte| *byte == b';');
            prop_assert_eq!(super::find(&bytes, |byte| byte == b';'), first);
            let counted = (bytes.len() <= 255).then_some(plain.len());
            prop_assert_eq!(count(&bytes, |byte| byte == b';'), counted);
        }

        #[test]
        fn ok_the_place_found_in_blocks_is_the_first(
            bytes in prop::collection::vec(prop::sample::select(&[0, 1, b':', b';', b'<', 0x7F, 0x80, 0xBB, 0xFF][..]), 0..40),
            octet in prop::sample::select(&[0, 1, b';', 0x80, 0xBB, 0xFF][..]),
        ) {
            let place = bytes.iter().position(|byte| *byte == octet);
            prop_assert_eq!(super::position(&bytes, octet), place);
        }
    }
}
