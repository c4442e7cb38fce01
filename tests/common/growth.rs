//! How the time of some work grows with its input.

use std::time::{Duration, Instant};

use vcardinal::Limits;

/// The small input is worked on ten times for the large one once, so that both take about as
/// long, and whatever else the machine does meets both alike.
pub fn growth(small: &[u8], large: &[u8], use_: fn(&[u8], &Limits), limits: &Limits) -> f64 {
    let times = large.len().div_ceil(small.len());
    let timed = |work: &dyn Fn()| {
        let began = Instant::now();
        work();
        began.elapsed()
    };
    let (mut before, mut after) = (Duration::MAX, Duration::MAX);
    for _ in 0..3 {
        before = before.min(timed(&|| (0..times).for_each(|_| use_(small, limits))));
        after = after.min(timed(&|| use_(large, limits)));
    }
    after.as_secs_f64() / before.as_secs_f64() * 10.0
}

/// The least growth of up to eight attempts, no more of them than it takes to see one within `most`:
/// what is quadratic takes a hundred times the time in every attempt, and a machine that is busy with
/// something else is not so during all of them.
pub fn least(most: f64, mut growth: impl FnMut() -> f64) -> f64 {
    let mut least = f64::INFINITY;
    for _ in 0..8 {
        least = least.min(growth());
        if least <= most {
            break;
        }
    }
    least
}

/// Bytes of the small inputs. Without optimization, little is enough to see what grows how.
pub const SIZE: usize = if cfg!(debug_assertions) {
    20_000
} else {
    60_000
};

/// What makes a text of each part may take more than ten times: more of the machine's memory is
/// touched than its caches hold. Without optimization, and beside other work, the allocator alone
/// costs more than that on the larger input; what grows as the square takes 100.
pub const MOST_TEXTS: f64 = if cfg!(debug_assertions) { 30.0 } else { 20.0 };
