//! How many random cases a property test tries.

use proptest::prelude::ProptestConfig;
use proptest::test_runner::{FileFailurePersistence, RngSeed};

/// As many random cases as the environment asks for with `PROPTEST_CASES`, other ones each time; or
/// the same `usual` ones every time.
pub fn cases(usual: u32) -> ProptestConfig {
    // Which reads the environment itself.
    let asked = ProptestConfig::default();
    let is_asked = std::env::var_os("PROPTEST_CASES").is_some();
    ProptestConfig {
        rng_seed: match is_asked {
            true => RngSeed::Random,
            false => RngSeed::Fixed(0x5EED),
        },
        cases: if is_asked { asked.cases } else { usual },
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        max_shrink_iters: 20_000,
        ..asked
    }
}
