//! Is the die fair? Book: *Does a sample fit?*.

/// Pearson's statistic $`\sum_i (n_i - N p_i)^2 / N p_i`$: how far the `counts` $`n_i`$ of N throws are from the `expected` probabilities
/// $`p_i`$, all of them positive.
pub fn chi_squared(counts: &[u32], expected: &[f64]) -> f64 {
    todo!("{counts:?} {expected:?}")
}

gradus_judges::judge!(chi_squared);
