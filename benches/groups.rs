//! What every benchmark group shares: the corpora, and how long to measure.

use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput};
use vcardinal_corpus::{Corpus, Kind, Size};

/// Calls `each` with every corpus of half a megabyte and a group that reports bytes a second.
pub fn for_each_corpus(
    criterion: &mut Criterion,
    name: &str,
    mut each: impl FnMut(&mut BenchmarkGroup<'_, WallTime>, &'static str, &Corpus),
) {
    let mut group = criterion.benchmark_group(name);
    group
        .sample_size(30)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    for kind in Kind::ALL {
        let corpus = Corpus::generate(kind, Size::Small.until(kind));
        group.throughput(Throughput::Bytes(corpus.bytes.len() as u64));
        each(&mut group, kind.name(), &corpus);
    }
    group.finish();
}
