//! Draws of another law, weighed. Book: *Monte Carlo*.

/// The mean $`\sum_i w_i f_i / \sum_i w_i`$ of values whose weights are known by their logarithms, $`w_i = e^{l_i}`$, up to a common factor. The logarithms may be so
/// large or so small that the weights are no numbers. There is one value at least.
pub fn importance_mean(values: &[f64], ln_weights: &[f64]) -> f64 {
    todo!("{values:?} {ln_weights:?}")
}

gradus_judges::judge!(importance_mean);
