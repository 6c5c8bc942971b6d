//! How long every benchmark runs.

use criterion::Criterion;
use std::time::Duration;

/// Short runs: ratios within a group are meant, not absolute times.
pub(crate) fn criterion() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_millis(1500))
        .configure_from_args()
}
