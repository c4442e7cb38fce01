//! How many random cases a property test tries.

use proptest::prelude::ProptestConfig;
use proptest::test_runner::{FileFailurePersistence, RngSeed};

/// As many random cases as the environment asks for, or the same `usual` ones every time.
pub fn cases(usual: u32) -> ProptestConfig {
    let cases = std::env::var("VCARDINAL_CASES").ok();
    ProptestConfig {
        rng_seed: match cases {
            Some(_) => RngSeed::Random,
            None => RngSeed::Fixed(0x5EED),
        },
        cases: cases.map_or(usual, |cases| cases.parse().unwrap()),
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        max_shrink_iters: 20_000,
        ..ProptestConfig::default()
    }
}
