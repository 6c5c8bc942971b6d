//! Weights that cut a tie. Book: *Fairness*.

/// The weights that make group and label independent: $`w_{gy} = \frac{n_g n_y}{n\, n_{gy}}`$, where `counts[g][y]` is the number $`n_{gy}`$ of samples of
/// group g with the label y, and $`n_g`$, $`n_y`$ and n are its sums. No count is 0.
pub fn reweigh(counts: &[Vec<f64>]) -> Vec<Vec<f64>> {
    todo!("{counts:?}")
}

gradus_judges::judge!(reweigh);
